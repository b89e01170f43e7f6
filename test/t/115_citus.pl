# Citus: the procedure of doc/operations.md, statement by statement, on a coordinator and two workers; and every
# aggregate computed in parts, never with the rows at the coordinator, equal to one node's.
use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Vitk;

my %node = map { $_ => PostgreSQL::Test::Cluster->new($_) } qw(coordinator first second);
plan skip_all => 'SKIPPED: no Citus in this PostgreSQL (it is not in Debian): 100_aggregates.pl tests its rules on one node'
  unless -e $node{coordinator}->config_data('--pkglibdir') . '/citus.so';

for my $node (values %node)
{
	$node->init;
	$node->append_conf('postgresql.conf', "shared_preload_libraries = 'citus'\ncitus.node_conninfo = 'sslmode=prefer'\ncitus.shard_count = 4\nmax_prepared_transactions = 20");
	$node->start;
	$node->safe_psql('postgres', 'CREATE EXTENSION citus');
}
sub ask { return $node{coordinator}->safe_psql('postgres', shift) }
ask(sprintf q{SELECT citus_set_coordinator_host('%s', %d)}, $node{coordinator}->host, $node{coordinator}->port);
ask(sprintf q{SELECT citus_add_node('%s', %d)}, $_->host, $_->port) for @node{qw(first second)};

# The page.  Its "..." of hosts stand for the nodes that are there by now.
my ($page) = slurp_file('doc/operations.md') =~ /^### Citus\n(.*?)(?=^##|\z)/ms;
my @blocks = $page =~ /^```psql\n(.*?)^```/msg;
cmp_ok(scalar @blocks, '>=', 3, 'the page has its steps');
my $answer = ask(join "\n", @blocks);
like($answer, qr/^Ada\|1062\.1 ug$/m, 'the intake of the page');
like($answer, qr/^Ada\|vitamin K\|AI\|/m, 'the limits of the page');
like($answer, qr/^t$/m, 'the nodes agree');
is(ask(q{SELECT count(*) FROM pg_dist_partition WHERE logicalrelid::regclass::text LIKE 'vitk.%'}), '0', 'no table of ours is Citus\'s');

# What the workers are asked: the limits are judged there, not at the coordinator
like(ask(q{EXPLAIN (VERBOSE, COSTS OFF) SELECT person, v.nutrient, v.kind, v.verdict
	FROM person_day JOIN limits USING (sex, age_years), LATERAL intake_vs_limit(profile, reference, 1) AS v}), qr/Custom Scan \(Citus Adaptive\).*Task/s, 'limits are judged at the workers');

# A row of one's own that only the coordinator has is seen.
ask(q{INSERT INTO vitk.source (source_id, citation) VALUES ('lab', 'our own table')});
my ($agree) = $page =~ /^(SELECT [^;]*vitk_own_rows[^;]*;)/m;
is(ask($agree), 'f', 'an own row on the coordinator alone is seen');

# Every aggregate
my $one = PostgreSQL::Test::Cluster->new('one');
$one->init;
$one->start;
$one->safe_psql('postgres', 'CREATE EXTENSION vitk;' . shards());
ask(shards());
ask(q{SELECT create_distributed_table('shard', 'id')});
cmp_ok(ask(q{SELECT count(DISTINCT shardid) FROM (SELECT get_shard_id_for_distribution_column('shard', id) AS shardid FROM shard) s}), '>', 1, 'rows of more than one shard');
for (split /\n/, $one->safe_psql('postgres', q{SELECT p.oid::regprocedure, array_to_string(proargtypes::regtype[], ',')
	FROM pg_proc p JOIN pg_depend ON classid = 'pg_proc'::regclass AND objid = p.oid AND deptype = 'e' WHERE prokind = 'a' ORDER BY 1}))
{
	my ($name, $types) = split /\|/;
	my ($function, $arguments) = call_of($name, $types);
	my $whole = $one->safe_psql('postgres', "SELECT $function($arguments) FROM (SELECT * FROM shard ORDER BY id, x) AS s");
	my $parts = ask("SET citus.coordinator_aggregation_strategy = 'disabled'; SELECT $function($arguments) FROM shard");
	# parts come in any order, in which a list of studies stays
	($whole, $parts) = map { join ', ', sort split /, /, s/^\{|\}$//gr } $whole, $parts if $name =~ /meta_evidence|effect_size/;
	($whole, $parts) = map { $one->safe_psql('postgres', "SELECT concat_ws(' ', measure(e), round(estimate(e)::numeric, 12), round(se(e)::numeric, 12)) FROM (SELECT '$_'::effect_size) AS s (e)") } $whole, $parts
	  if $name =~ /^(?:mh|peto)_/;
	($whole, $parts) = map { $one->safe_psql('postgres', "SELECT n(s), mean(s), sd(s) FROM (SELECT '$_'::study_sample) AS a (s)") } $whole, $parts
	  if $name =~ /^(?:study_sample|pool\(study_sample)/;
	ok(agree($whole, $parts), "$name on three nodes") or diag("one: $whole\nthree: $parts");
}

# Packed days where the persons are, their foods in a reference table
my $days = q{CREATE TABLE food_table AS SELECT food_composition(food_no, profile) AS foods FROM vitk.food_profile JOIN vitk.food USING (food_id) WHERE food_no < 4000;
CREATE TABLE packed AS SELECT i / 5 AS person, i AS day, diet((SELECT min(food_no) FROM vitk.food) + i * k % 3000, i % 7 * k) AS diet
	FROM generate_series(1, 500) AS i, generate_series(1, 20) AS k GROUP BY i;};
$one->safe_psql('postgres', $days);
ask($days);
ask(q{SELECT create_reference_table('food_table')});
ask(q{SELECT create_distributed_table('packed', 'person')});
for my $what ('intake(diet, foods)', q{intake(diet, restricted(foods, 'K1'))}, q{intake(swap(diet, 1011, 1012, 0.5), draw(fortified(foods, '{1009}', 'MK-7 20 ug'), 7))})
{
	my $query = "SELECT person, rounded(avg($what), 9) FROM packed, food_table GROUP BY person ORDER BY person";
	is(ask($query), $one->safe_psql('postgres', $query), "$what on three nodes");
}
like(ask(q{EXPLAIN (VERBOSE, COSTS OFF) SELECT person, avg(intake(diet, foods)) FROM packed, food_table GROUP BY person}), qr/Task.*Aggregate.*avg\(intake/s, 'and there');

$_->stop for $one, values %node;
done_testing();
