# make demo: its scripts run without a word of complaint, print tables that fit a terminal and say that
# the persons are invented; its sums are those of plain SQL.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use IPC::Run ();
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql('postgres', 'CREATE DATABASE demo');

my @scripts = sort glob 'doc/example/*.sql';
cmp_ok(scalar @scripts, '>=', 2, 'there are scripts');
my ($out, $err) = ('', '');
# as the Makefile calls it
IPC::Run::run([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-P', 'pager=off', '-d', $node->connstr('demo'),
	map { ('-f', $_) } @scripts ], '>', \$out, '2>', \$err);
is($?, 0, 'they run');
is($err, '', 'without complaint');
like($out, qr/The persons and their diaries are invented/, 'the heading says that the persons are invented');
like($out, qr/Nothing here is advice to a patient/, 'and that this is no advice');
is(join("\n", grep { length > 119 } split /\n/, $out), '', 'every line fits');

# each numbered table has rows
my (undef, @tables) = split /^(?=\d+\. )/m, $out;
is(scalar @tables, 16, 'sixteen tables');
for my $table (@tables)
{
	my ($title) = $table =~ /^(.*)$/m;
	my @rows = grep { /\|/ } split /\n/, $table;
	cmp_ok(scalar @rows, '>', $title =~ /^(1|[3-9]|12)\. / ? 12 : $title =~ /^2\. / ? 2 : 3, "rows of: $title");
}
like($tables[0], qr/^ Kenji +\| a bowl of natto +\| +1\.00 \| bowl +\| Natto +\| +50$/m, 'words become a food and grams');
like($tables[1], qr/^ canteen stew, 350 g +\| +1 \| no such food +\| unknown +\| 350 \|/m, 'what was not matched is listed');
like($tables[2], qr/^ Kenji M 66 +\| +239 \| +100 \|.*\| +470 \| +5 \|/m, 'three bowls of natto: 150 g x 939 ug/100 g in 3 days, a borrowed value');
like($tables[3], qr/^ Elena F 68 warfarin +\| 4\.3\.\.[\d.]+ ug .* 4\.3\.\.[\d.]+ ug *$/m, 'under warfarin MK-4 as eaten counts, as it does alone');
like($tables[3], qr/^ Grace F 51 +\| [\d.]+\.\./m, 'without it counts at least itself');
like($tables[6], qr/^ Hugo M 60 +\| retinol \(NAM, EFSA\) /m, 'cod liver oil');

like($tables[10], qr/^ vitk: REML, t +\| +3 \| +734 \| AU +\| -15\.81 \| -64\.27 \| +32\.64 /m, 'the pooled trials: t with k - 1 df, and no narrower than normal');
like($tables[10], qr/^ Li \(meta-analysis\) 2023 +\| +- \| 1533 \| AU +\| -17\.37 \| -34\.18 \| +-0\.56 /m, 'beside Li et al.');
like($tables[10], qr/"diederichsen2022:avc" and "hasific2023:cac" have participants in common/, 'an overlap is refused');
like($tables[11], qr/What is found below was put in/, 'the second cohort is invented, too');

sub ask
{
	return $node->safe_psql('demo', shift);
}

is(ask('SELECT count(*), count(DISTINCT sex), count(*) FILTER (WHERE warfarin) FROM example.person'), '16|2|3',
	'sixteen persons of both sexes, three on warfarin');
is(ask(q{SELECT count(DISTINCT (person, day)) FROM example.diary}), '48', 'three days each');
cmp_ok(ask('SELECT count(*) FROM example.diary WHERE food_id IS NULL'), '>=', 1, 'a food is not known');
is(ask(q{SELECT oid::regclass FROM pg_class WHERE relnamespace IN ('example'::regnamespace, 'cohort'::regnamespace, 'dashboard'::regnamespace) AND relkind IN ('r', 'v', 'm')
	AND obj_description(oid, 'pg_class') NOT LIKE 'EXAMPLE: %invented%'}), '', 'every table says that it is an example');

# the sums by plain SQL, from the values in the food table
is(ask(q{
	WITH plain AS (
		SELECT person, nutrient, sum(lower(amount, unit(nutrient)) * grams / 100) AS lower,
			sum(upper(amount, unit(nutrient)) * grams / 100) AS upper, sum(grams) AS known
		FROM example.diary JOIN vitk.food_value_in_force USING (food_id)
		WHERE amount IS NOT NULL
		GROUP BY person, nutrient),
	ours AS (
		SELECT person, nutrient, lower, upper, coverage * grams(food) AS known
		FROM example.intake, unnest(food))
	SELECT count(*), count(plain.lower), count(ours.lower),
		count(*) FILTER (WHERE abs(ours.lower - plain.lower) <= 1e-12 * plain.lower
			AND abs(ours.upper - plain.upper) <= 1e-12 * plain.upper
			AND abs(ours.known - plain.known) <= 1e-12 * plain.known)
	FROM plain FULL JOIN ours USING (person, nutrient)}) =~ /^(\d\d\d)\|\1\|\1\|\1$/ ? 'all' : 'not all', 'all',
	'intake is what plain SQL adds up');
is(ask(q{SELECT count(*), count(*) FILTER (WHERE g.expected = round(i.grams::numeric, 2)) FROM example.item AS i JOIN (VALUES ('2 tsp canola oil', 9), ('a cup of boiled broccoli', 156),
	('1 1/2 slices of cheddar cheese', 42), ('6 whole-wheat crackers', 27.6), ('two hard-boiled eggs', 100), ('a bowl of natto', 50), ('a cup of whole milk', 244),
	('1 oz oil roasted cashew nuts', 28.35)) AS g (line, expected) USING (line)}), '8|8', 'grams as the published measures have them');
is(ask('SELECT count(DISTINCT l.line), count(DISTINCT i.line), count(*) = (SELECT count(*) FROM example.diary) FROM example.meal, string_to_table(items, $$; $$) AS l (line) LEFT JOIN example.item AS i USING (line)')
	=~ /^(\d+)\|\1\|t$/ ? 'all' : 'not all', 'all', 'no line of a diary is lost');
is(ask(q{SELECT count(*) FROM (SELECT person, sum(grams) AS g FROM example.diary GROUP BY person) AS d
	JOIN example.intake USING (person) WHERE abs(grams(food) - g) < 1e-9 AND grams(total) = grams(food)}), '16', 'and so is the mass');

# the second cohort: terciles, change, differences and lines by plain SQL
is(ask('SELECT count(*), count(*) FILTER (WHERE warfarin), count(DISTINCT tercile) FROM cohort.progress'), '60|10|3',
	'sixty persons, ten on warfarin, three terciles');
is(ask(q{SELECT count(*) FROM cohort.progress a JOIN cohort.progress b ON a.tercile < b.tercile AND middle(a.mk4, 'ug') > middle(b.mk4, 'ug')}),
	'0', 'a higher tercile eats more');
is(ask(q{SELECT count(*) FROM cohort.progress JOIN cohort.scan USING (person)
	WHERE absolute = value(scan.followup) - value(scan.baseline) AND per_year = absolute / scan.years}), '60', 'change by plain SQL');
is(ask(q{
	WITH t AS (
		SELECT tercile, study_sample(per_year) AS s, avg(per_year) AS m, var_samp(per_year) / count(*) AS v FROM cohort.progress GROUP BY tercile)
	SELECT count(*) FROM t AS a JOIN t AS b ON a.tercile > b.tercile, mean_difference(a.s, b.s) AS d
	WHERE abs(estimate(d) - (a.m - b.m)) < 1e-9 AND abs(se(d) - sqrt(a.v + b.v)) < 1e-9}), '3', 'differences of terciles by plain SQL');
is(ask(q{SELECT count(*) FROM cohort.progress, LATERAL (VALUES (value(followup) - value(baseline), 4.930 * sqrt(value(baseline)))) AS c (d, l)
	WHERE calcification_progression(baseline, followup, years, 'sevrukov') =
		CASE WHEN d > 0 AND d >= CASE WHEN baseline = '0 AU' THEN 11.6 ELSE l END THEN 'progression'
			WHEN d < 0 AND -d >= l THEN 'regression' ELSE 'stable' END}), '60', 'progression by plain SQL');
is(ask(q{
	SELECT count(*) FROM cohort.intake JOIN cohort.person USING (person) JOIN (
		SELECT person, sum(lower(amount, 'ug') * grams / 100) / 3 AS mk4
		FROM cohort.diary JOIN vitk.food_value USING (food_id)
		WHERE nutrient = 'MK-4' GROUP BY person) AS plain USING (person)
	WHERE NOT warfarin AND abs(lower(intake.mk4, 'ug') - plain.mk4) < 1e-9}), '50', 'MK-4 eaten, by plain SQL, is the least that counts');

# what the dashboard draws
is(ask(q{SELECT count(*), count(DISTINCT sex), count(*) FILTER (WHERE warfarin), (SELECT count(DISTINCT (person, day)) FROM dashboard.diary),
	(SELECT count(*) FROM dashboard.scan) FROM dashboard.person}), '240|2|29|496|150', 'persons, days and scans of the dashboard');
is(ask('SELECT count(*) FROM example.intake AS e JOIN dashboard.intake AS d USING (person) WHERE d.days = 3 AND abs(grams(d.food) * 3 - grams(e.food)) < 1e-9'),
	'16', 'the sixteen are among them, with the mean of their days');

$node->stop;
done_testing();
