# A join with intake_vs_limit or reference_value is one plan, not a function call for each person.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION vitk');

sub ask { return $node->safe_psql('postgres', shift) }

ask(q{CREATE TABLE person AS
	SELECT i AS id, CASE WHEN i % 2 = 0 THEN 'female' ELSE 'male' END AS sex, (i % 90) + 0.5::float8 AS age,
		CASE WHEN i % 3 > 0 THEN 50 + (i % 50)::float8 END AS kg, CASE i % 4 WHEN 0 THEN 'EFSA' WHEN 1 THEN 'NAM' END AS authority,
		CASE WHEN i % 2 = 0 AND i % 90 BETWEEN 18 AND 45 AND i % 5 = 0 THEN 'pregnancy' ELSE 'none' END AS life_stage,
		format('1500 g: K1 %s ug, D 5 ug, retinol %s ug, calcium 900 mg (known 1200 g)', i % 200, i % 4000)::nutrient_profile AS eaten
	FROM generate_series(1, 10000) i;
	ANALYZE person});

my $limits = 'intake_vs_limit(eaten, sex, age, life_stage => person.life_stage)';
my %queries = (
	'intake_vs_limit' => "SELECT id, l.* FROM person, $limits l",
	'with days and a weight' =>
	  "SELECT id, l.* FROM person, intake_vs_limit(eaten, sex, age, 'EFSA', weight_kg => kg, days => 2) l",
	'with a coverage' => 'SELECT id, l.* FROM person, intake_vs_limit(eaten, sex, age, min_coverage => 0.8) l',
	'the authority from a column' => 'SELECT id, l.* FROM person, intake_vs_limit(eaten, sex, age, person.authority, weight_kg => coalesce(kg, 70)) l',
	'LEFT JOIN LATERAL' =>
	  "SELECT id, l.verdict FROM person LEFT JOIN LATERAL $limits l ON l.nutrient = 'vitamin K' AND l.kind = 'AI'",
	'grouped' => "SELECT nutrient, kind, verdict, count(*) FROM person, $limits l GROUP BY 1, 2, 3",
	'of an aggregated intake' => "SELECT id, l.* FROM (SELECT id, sex, age, sum(eaten) AS eaten FROM person
		GROUP BY id, sex, age) p, intake_vs_limit(eaten, sex, age) l",
	'reference_value' => 'SELECT id, r.* FROM person, reference_value(sex, age) r');

for my $name (sort keys %queries)
{
	my $plan = ask("EXPLAIN $queries{$name}");
	unlike($plan, qr/Function Scan/, "$name: no function is called for each person");
	like($plan, qr/on reference_value v\b/, "$name: the table is read in the plan");
}

# the COST of what is to be asked last does not make a small cohort look worth compiling (jit_above_cost)
my ($cost) = ask("ANALYZE vitk.reference_value; EXPLAIN SELECT id, l.* FROM person, $limits l WHERE id <= 400") =~ /cost=[\d.]+\.\.([\d.]+)/;
cmp_ok($cost, '<', 100_000, '400 persons are not compiled just in time');

# a function that is not inlined is seen by that test
ask(q{CREATE FUNCTION opaque(eaten nutrient_profile, sex text, age float8) RETURNS SETOF vitk.intake_verdict
	LANGUAGE sql VOLATILE AS 'SELECT * FROM intake_vs_limit(eaten, sex, age)'});
like(ask('EXPLAIN SELECT id, l.* FROM person, opaque(eaten, sex, age) l'), qr/Function Scan/, 'a volatile function would be called');

# inlined or called, the rows are the same
my $ways = q{SELECT count(*), count(DISTINCT id), sum(verdict_order), sum(intake_lower), sum(hashtext(l::text)::bigint) FROM person, };
my $inlined = ask("$ways intake_vs_limit(eaten, sex, age) l");
like($inlined, qr/^99\d{4}\|10000\|/, 'some hundred rows of each of ten thousand persons');
like(ask("EXPLAIN SELECT id, l.* FROM person, $limits l"), qr/Memoize/, 'what is looked up for a sex and an age is kept');
is(ask("$ways intake_vs_limit(eaten, sex, age) l WHERE id <= 500"), ask("$ways opaque(eaten, sex, age) l WHERE id <= 500"),
	'inlined and called give the same rows');
is(ask("SET max_parallel_workers_per_gather = 2; SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0;
	SET min_parallel_table_scan_size = 0; $ways intake_vs_limit(eaten, sex, age) l"), $inlined, 'so does a parallel plan');

# a value per kg that does not hold asks for no weight, in an outer join neither
is(ask(q{SELECT count(*), count(l.verdict) FROM person LEFT JOIN LATERAL
	intake_vs_limit(eaten, sex, age, 'EFSA', weight_kg => kg) l ON l.nutrient = 'K1' WHERE kg IS NULL AND age >= 1}),
	join('|', (ask('SELECT count(*) FROM person WHERE kg IS NULL AND age >= 1')) x 2), 'EFSA without weights');

# One person, one resource: so little to the planner, too, that nothing is compiled just in time (jit_above_cost 100000)
for my $call (q{intake_vs_limit('100 g: K1 7 ug', 'female', 30)}, q{reference_value('female', 30)}, q{fhir_resources('{}')}, q{fhir_observation('{}')},
	q{fhir_medication('{}')}, q{fhir_nutrition('{}')}, q{find_food('kale')}, q{find_measure('sr28:11234', '1 cup')}, q{diary_item('1 cup kale')})
{
	my ($cost) = ask("EXPLAIN SELECT * FROM $call") =~ /cost=[\d.]+\.\.([\d.]+)/;
	cmp_ok($cost, '<', 10000, "$call: cost $cost");
}

$node->stop;
done_testing();
