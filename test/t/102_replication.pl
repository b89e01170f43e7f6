# A streaming replica and a logical one, in text and in binary, carry every type, updates and deletes by a
# key of our types, and indexes on them.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init(allows_streaming => 'logical');
$node->start;
$node->backup('base');

my $standby = PostgreSQL::Test::Cluster->new('standby');
$standby->init_from_backup($node, 'base', has_streaming => 1);
$standby->start;

my $subscriber = PostgreSQL::Test::Cluster->new('subscriber');
$subscriber->init(allows_streaming => 'logical');
$subscriber->start;

# values of each type, two of them
my %values = (
	nutrient => [ 'MK-4', 'D3' ],
	nutrient_amount => [ '<0.3333333333333333 ug/(kg.d)', '600 [IU]/d' ],
	nutrient_profile => [ '100 g: K1 0.1 ug, MK-4 <0.5 ug, MK-7 7 ug (known 30 g)', 'K1 100 ug, D3 25 ug' ],
	conversion => [ 'molar: K1 0..0.25, MK-7 0.1', 'mass: MK-7 0.6852' ],
	calcification => [ '312.7 AU', '7.2 ug/mg' ],
	study_sample => [ '3.2 (SD 0.4, n=7)', '(n=0)' ],
	effect_size => [ '-10 (SE 9.22)', 'OR 0.35 [0.16, 0.78]' ],
	diet => [ '{1002: 0.3333333333333333, 7: ?}', '{}' ],
	food_composition => [ '{7: 100 g: K1 0.1 ug, MK-4 <0.5 ug; 9: 30 g}', '{}' ],
	meta_evidence => [ '{-10 (SE 9.22), 3 (SE 1)}', '{}' ],
	survey_sample => [ '{1/1: n=2, weight=4, sum=10, ss=2}', '{}' ],
	variance_components => [ 'of three samples', '(persons=0)' ]);
my @types = sort keys %values;
my $create = 'CREATE TABLE everything (' . join(', ', map { "$_ $_" } @types)
  . ', PRIMARY KEY (nutrient, nutrient_amount), UNIQUE (calcification, study_sample));
	CREATE INDEX ON everything USING hash (nutrient_profile)';
my $three = q{(SELECT variance_components(s) FROM unnest('{"3.2 (SD 0.4, n=2)", "1.1 (SD 0.1, n=3)", "2 (SD 0.7, n=2)"}'::study_sample[]) AS s)};

$node->safe_psql('postgres', "CREATE EXTENSION vitk; $create");
is($node->safe_psql('postgres', q{SELECT string_agg(typname, ' ' ORDER BY typname) FROM pg_depend
	JOIN pg_extension e ON e.oid = refobjid AND extname = 'vitk' JOIN pg_type t ON t.oid = objid
	WHERE classid = 'pg_type'::regclass AND refclassid = 'pg_extension'::regclass AND typtype = 'b' AND typcategory <> 'A'}),
	"@types", 'the test knows every type');
$node->safe_psql('postgres', 'CREATE PUBLICATION all_of_it FOR TABLE everything');

(my $connstr = $node->connstr('postgres')) =~ s{'}{''}g;
for (qw(text binary))
{
	$subscriber->safe_psql('postgres', "CREATE DATABASE by_$_");
	$subscriber->safe_psql("by_$_", "CREATE EXTENSION vitk; $create;
		CREATE SUBSCRIPTION by_$_ CONNECTION '$connstr' PUBLICATION all_of_it WITH (copy_data = false, binary = "
		  . ($_ eq 'binary' ? 'true' : 'false') . ')');
}

# the rows, as text and in binary
my $rows = 'SELECT ' . join(', ', map { "$_, vitk_internal.${_}_send($_)" } @types) . ' FROM everything ORDER BY nutrient, nutrient_amount';

sub same_everywhere
{
	my ($name) = @_;
	my $expected = $node->safe_psql('postgres', $rows);
	$node->wait_for_catchup($standby, 'replay', $node->lsn('write'));
	is($standby->safe_psql('postgres', $rows), $expected, "$name: streaming");
	for (qw(text binary))
	{
		$node->wait_for_catchup("by_$_");
		is($subscriber->safe_psql("by_$_", $rows), $expected, "$name: logical, in $_");
	}
	return scalar split /\n/, $expected;
}

for my $i (0, 1)
{
	$node->safe_psql('postgres', 'INSERT INTO everything (' . join(', ', @types) . ') VALUES ('
		. join(', ', map { $values{$_}[$i] eq 'of three samples' ? $three : "'$values{$_}[$i]'" } @types) . ')');
}
is(same_everywhere('inserted'), 2, 'two rows');

# by the key, written in another unit: equal, so it is the same row
$node->safe_psql('postgres', q{UPDATE everything SET nutrient_profile = nutrient_profile + '5 g: K1 1 ug', effect_size = '1 (SE 1)'
	WHERE nutrient = 'menatetrenone' AND nutrient_amount = '<0.3333333333333333 ug/(kg.d)';
	UPDATE everything SET nutrient_amount = '15 ug/d' WHERE nutrient = 'D3'});
is(same_everywhere('updated'), 2, 'two rows still');
$node->safe_psql('postgres', q{DELETE FROM everything WHERE nutrient_amount = '0.015 mg/d'});
is(same_everywhere('deleted'), 1, 'one row is left');

# The replica computes, and finds by index.
is($standby->safe_psql('postgres', q{SET enable_seqscan = off;
	SELECT n(study_sample), intake(nutrient_profile, 50) FROM everything
	WHERE nutrient_profile = '105 g: K1 1.1 ug, MK-4 <0.5 ug (known 100 g), MK-7 7 ug (known 30 g)' GROUP BY 1}),
	$node->safe_psql('postgres', q{SELECT n(study_sample), intake(nutrient_profile, 50) FROM everything GROUP BY 1}),
	'a query of the replica');
is($standby->safe_psql('postgres', 'SELECT count(*) FROM vitk.food'), $node->safe_psql('postgres', 'SELECT count(*) FROM vitk.food'),
	'the reference tables are on the replica');

# A publication of all tables has those of the extension.  Its shipped rows stay at home, for the subscriber has those
# of its own version, own rows come along; from the first copy on.
$node->safe_psql('postgres', q{CREATE PUBLICATION whole FOR ALL TABLES;
	INSERT INTO vitk.source (source_id, citation) VALUES ('lab', 'our own laboratory');
	INSERT INTO vitk.food (source_id, code, name) VALUES ('lab', '1', 'Paste');
	INSERT INTO vitk.food_value (food_id, nutrient, kind, amount, source_id) VALUES ('lab:1', 'MK-4', 'measured', '0.3 mg', 'lab');
	INSERT INTO vitk.reference_value (authority, year, nutrient, kind, age_min, amount, source) VALUES ('clinic', 2024, 'MK-7', 'AI', 18, '90 ug/d', 'ours')});
$subscriber->safe_psql('postgres', 'CREATE DATABASE whole');
$subscriber->safe_psql('whole', "CREATE EXTENSION vitk; $create; CREATE TABLE local (x integer)");
my $shipped = $subscriber->safe_psql('whole', 'SELECT count(*) FROM vitk.food_value');
$subscriber->safe_psql('whole', "CREATE SUBSCRIPTION whole CONNECTION '$connstr' PUBLICATION whole");
ok($subscriber->poll_query_until('whole', q{SELECT count(*) > 9 AND bool_and(srsubstate = 'r') FROM pg_subscription_rel}), 'the first copy ends');
is($subscriber->safe_psql('whole', 'SELECT count(*) FROM vitk.food_value') - $shipped, 1, 'with the row that is not shipped');
is($subscriber->safe_psql('whole', q{SELECT profile FROM vitk.food_profile WHERE food_id = 'lab:1'}), '100 g: MK-4 300 ug', 'of a food of ours');
$node->safe_psql('postgres', q{UPDATE vitk.source SET note = 'moved' WHERE source_id = 'lab';
	UPDATE vitk.reference_value SET amount = '100 ug/d' WHERE NOT builtin;
	DELETE FROM vitk.food_value WHERE NOT builtin;
	CREATE UNLOGGED TABLE vitk_internal.shipped_food ();	-- as the script of an update does it
	UPDATE vitk.food SET name = 'of a later version' WHERE food_id = 'sr28:01002';
	DROP TABLE vitk_internal.shipped_food});
$node->wait_for_catchup('whole');
is($subscriber->safe_psql('whole', q{SELECT note, (SELECT amount FROM vitk.reference_value WHERE NOT builtin), (SELECT count(*) FROM vitk.food_value WHERE NOT builtin)
	FROM vitk.source WHERE NOT builtin}), 'moved|100 ug/d|0', 'own rows follow');
is($subscriber->safe_psql('whole', q{SELECT count(*) FROM vitk.food WHERE name = 'of a later version'}), 0, 'shipped rows do not');
is($node->safe_psql('postgres', q{SELECT count(*) FROM vitk.food WHERE name = 'of a later version'}), 1, 'though they were changed at home');

# and takes over
$standby->promote;
$standby->safe_psql('postgres', q{INSERT INTO everything (nutrient, nutrient_amount) VALUES ('K1', '1 mg')});
is($standby->safe_psql('postgres', q{SELECT nutrient FROM everything WHERE nutrient_amount = '1000 ug'}), 'K1', 'the replica takes over');

$_->stop for $subscriber, $standby, $node;
done_testing();
