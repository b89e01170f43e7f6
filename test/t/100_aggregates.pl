# What Citus and parallel query ask of an aggregate before they compute it in parts, for every aggregate
# there is; and the parts themselves: computed a shard at a time, shipped as text, as Citus does, combined.
use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Vitk;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;

sub ask
{
	return $node->safe_psql('postgres', shift);
}

ask('CREATE EXTENSION vitk');
ask(q{CREATE VIEW members AS SELECT classid, objid FROM pg_depend
	WHERE deptype = 'e' AND refclassid = 'pg_extension'::regclass
	AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'vitk');
	CREATE VIEW aggregates AS SELECT p.oid::regprocedure AS name, p.pronargs, p.proargtypes, p.proretset,
		p.proparallel, a.*, t.typtype, t.typinput, t.typoutput, t.typsend, t.typreceive
	FROM members JOIN pg_proc p ON classid = 'pg_proc'::regclass AND p.oid = objid
	JOIN pg_aggregate a ON aggfnoid = p.oid JOIN pg_type t ON t.oid = aggtranstype});

# The rule.
cmp_ok(ask('SELECT count(*) FROM aggregates'), '>=', 20, 'there are aggregates');
my @rule = (
	[ 'has a state of a type that can be stored', q{typtype <> 'p'} ],
	[ 'has a combine function', 'aggcombinefn <> 0' ],
	[ 'has a combine function that takes two states and gives one',
		'EXISTS (SELECT FROM pg_proc c WHERE c.oid = aggcombinefn AND prorettype = aggtranstype
			AND proargtypes[0] = aggtranstype AND proargtypes[1] = aggtranstype AND pronargs = 2)' ],
	[ 'is parallel safe, with all of its functions', q{proparallel = 's' AND NOT EXISTS (SELECT FROM pg_proc f
		WHERE f.oid IN (aggtransfn, aggcombinefn, aggfinalfn) AND (f.proparallel <> 's' OR f.provolatile <> 'i'))} ],
	[ 'has an argument', 'pronargs > 0' ],
	[ 'is no ordered-set aggregate', q{aggkind = 'n' AND aggnumdirectargs = 0} ],
	[ 'has a final function of the state alone', 'NOT aggfinalextra' ],
	[ 'has a final function that leaves the state as it is', q{aggfinalmodify = 'r'} ],
	[ 'has a state with text input and output', 'typinput <> 0 AND typoutput <> 0' ],
	[ 'has a state with binary input and output', 'typsend <> 0 AND typreceive <> 0' ]);
is(ask("SELECT name FROM aggregates WHERE ($_->[1]) IS NOT TRUE ORDER BY 1"), '', "every aggregate $_->[0]") for @rule;

# The types: as columns by which a table is distributed, in text and binary between servers.
my $types = q{members JOIN pg_type t ON classid = 'pg_type'::regclass AND t.oid = objid AND typtype = 'b' AND typcategory <> 'A'};
cmp_ok(ask("SELECT count(*) FROM $types"), '>=', 7, 'there are types');
is(ask("SELECT t.oid::regtype FROM $types WHERE typinput = 0 OR typoutput = 0 OR typsend = 0 OR typreceive = 0"),
	'', 'every type has text and binary input and output');
is(ask("SELECT t.oid::regtype FROM $types WHERE NOT EXISTS (SELECT FROM pg_opclass o JOIN pg_am m ON m.oid = opcmethod
	WHERE amname = 'hash' AND opcdefault AND opcintype = t.oid
	AND EXISTS (SELECT FROM pg_amproc WHERE amprocfamily = opcfamily AND amprocnum = 2))"),
	'', 'every type hashes, also with a seed, as hash partitions need it');

# The parts.  Of each aggregate two others are made: its transition without the final function, to compute a
# part, and its combine with the final function.  Three shards and one without rows.
ask(shards());

# For each aggregate another order of the rows, and other parts, drawn at random
my $seed = $ENV{VITK_SEED} // int rand 1_000_000;
diag "$0: seed $seed (VITK_SEED=$seed repeats this run)";
ask("SELECT setseed($seed % 1000000 / 1e6);
	CREATE TABLE chance AS SELECT number, x AS cx, grams AS cgrams, random() AS place, floor(random() * 4)::integer AS part FROM shard, generate_series(1, 99) AS number ORDER BY number, x");

ok(agree('MK-4 <0.3 ug', 'MK-4 <0.30000000000000004 ug') && !agree('MK-4 0.3 ug', 'MK-4 0.30001 ug') && !agree('', ''),
	'what agrees and what does not');

my $number = 0;
for (split /\n/, ask(q{SELECT name, array_to_string(proargtypes::regtype[], ','), aggtransfn, aggtranstype::regtype,
	aggcombinefn, CASE WHEN aggfinalfn <> 0 THEN aggfinalfn::text ELSE '' END,
	coalesce(quote_literal(agginitval), '') FROM aggregates ORDER BY name::text}))
{
	my ($name, $types, $step, $state, $combine, $final, $start) = split /\|/, $_, -1;
	my ($function, $arguments) = call_of($name, $types);
	ok($arguments, "the test has arguments for $name") or next;
	$number++;
	ask("CREATE AGGREGATE part$number ($types) (SFUNC = $step, STYPE = $state" . ($start ne '' ? ", INITCOND = $start" : '') . ");
		CREATE AGGREGATE whole$number ($state) (SFUNC = $combine, STYPE = $state" . ($final ne '' ? ", FINALFUNC = $final" : '') . ')');
	my ($whole, $parts, $shuffled, $split) = split /\n/, ask("SELECT $function($arguments) FROM (SELECT * FROM shard ORDER BY id, x) AS s;
		SELECT whole$number(part::text::$state) FROM generate_series(0, 3) AS shard_id,
			LATERAL (SELECT part$number($arguments) AS part FROM (SELECT * FROM shard WHERE id = shard_id ORDER BY x) AS s) AS p;
		SELECT $function($arguments) FROM (SELECT * FROM shard, chance WHERE (x, grams) = (cx, cgrams) AND number = $number ORDER BY place) AS s;
		SELECT whole$number(part::text::$state ORDER BY part_place) FROM (SELECT part, min(place) AS part_place FROM chance WHERE number = $number GROUP BY part) AS c (part_id, part_place),
			LATERAL (SELECT part$number($arguments) AS part FROM (SELECT * FROM shard, chance WHERE (x, grams) = (cx, cgrams) AND number = $number AND chance.part = part_id ORDER BY place) AS s) AS p");
	# a ratio prints as such or as its logarithm, whichever reads back; its standard error tells the digits
	($whole, $parts, $shuffled, $split) = map { ask("SELECT concat_ws(' ', measure(e), round(estimate(e)::numeric, 12), round(se(e)::numeric, 12)) FROM (SELECT '$_'::effect_size) AS s (e)") } $whole, $parts, $shuffled, $split
	  if $name =~ /^(?:mh|peto)_/;
	# a sample adds its sums to its text where six digits would not read back
	($whole, $parts, $shuffled, $split) = map { ask("SELECT n(s), mean(s), sd(s) FROM (SELECT '$_'::study_sample) AS a (s)") } $whole, $parts, $shuffled, $split
	  if $name =~ /^(?:study_sample|pool\(study_sample)/;
	# evidence keeps its studies in the order in which they came: what is made of it does not depend on that
	($whole, $parts, $shuffled, $split) = map { ask("SELECT pooled('$_'::meta_evidence, 'DL')") } $whole, $parts, $shuffled, $split
	  if $name =~ /^meta_evidence/;
	ok(agree($whole, $parts), "$name in parts, shipped as text") or diag("whole: $whole\nparts: $parts");
	ok(agree($whole, $shuffled), "$name in another order") or diag("whole: $whole\nshuffled: $shuffled");
	ok(agree($whole, $split), "$name in random parts") or diag("whole: $whole\nsplit: $split");
}

$node->stop;
done_testing();
