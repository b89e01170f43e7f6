# Laws of packed days over random foods and diaries: packed = row by row, to the last digit; = plain SQL; in parallel,
# under every plan, of drawn and restricted compositions too; and dump and restore.  VITK_SEED repeats a run.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $seed = $ENV{VITK_SEED} // int rand 1e6;
diag("113_diet.pl: seed $seed (VITK_SEED=$seed repeats this run)");

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', 'jit = off');
$node->start;

sub ask
{
	my ($sql) = @_;
	return $node->safe_psql('postgres', $sql);
}

# Foods with values missing, bounded, known in part, of other masses; diaries with foods that nobody knows, 0 g, odd grams.
ask(q{CREATE EXTENSION vitk;
	SELECT setseed(} . $seed % 1_000_000 / 1e6 . q{);
	-- numbers as they come: a run of them, and some far off
	CREATE FUNCTION number(n integer) RETURNS integer LANGUAGE sql AS 'SELECT n + CASE WHEN n % 5 = 4 THEN 700001 * (n % 3 + 1) ELSE 0 END';
	CREATE TABLE value AS
		SELECT number(food_no) AS food_no, nutrient, lower, lower + CASE WHEN random() < 0.2 THEN random() * 5 ELSE 0 END AS upper
		FROM (SELECT food_no, n::nutrient AS nutrient, random() * CASE n WHEN 'fat' THEN 20 ELSE 100 END AS lower FROM generate_series(1, 300) AS food_no,
			unnest('{K1,dK1,MK-4,MK-7,MK-9,D3,retinol,calcium,magnesium,energy,fat}'::text[]) AS n) AS s
		WHERE random() < 0.6 + food_no % 2;
	CREATE TABLE food AS
		SELECT food_no, with_grams(profile(nutrient, nutrient_amount(lower, upper, unit(nutrient))), (ARRAY[100, 30, 33.3, 1000])[1 + food_no % 4]) AS profile
		FROM value GROUP BY food_no;
	UPDATE food SET profile = profile + '7 g: K1 3 ug' WHERE food_no % 40 = 3;
	CREATE TABLE item AS
		SELECT i / 23 AS day, number(floor(random() * 330)::integer) AS food_no,
			CASE WHEN random() < 0.02 THEN 0 WHEN random() < 0.01 THEN NULL WHEN i % 1000 > 900 THEN random() * 300 ELSE round((random() * 300)::numeric, 2) END AS grams
		FROM generate_series(1, 23 * 3000) AS i;
	CREATE TABLE day AS SELECT day, diet(food_no, grams) FROM item GROUP BY day;
	INSERT INTO day SELECT 100000 + day / 100, sum(diet) FROM day GROUP BY 1;
	CREATE TABLE foods AS SELECT food_composition(food_no, profile) AS foods FROM food;
	ALTER TABLE day SET (parallel_workers = 2);
	ANALYZE});
is(ask('SELECT count(*) FROM day JOIN (SELECT day, sum(grams) AS g, count(DISTINCT food_no) AS n FROM item GROUP BY day) i USING (day)
	WHERE abs(grams(diet) - g) > 1e-9 * g OR food_count(diet) <> n'), 0, 'a packed day has the foods and grams of its rows');
is(ask('SELECT count(*) FROM day WHERE diet <> (SELECT diet(food_no, grams ORDER BY random()) FROM unnest(diet))'), 0, 'and gives them back');

my $by_rows = '(SELECT intake(profile, grams ORDER BY u.food_no) FROM unnest(diet) AS u LEFT JOIN food USING (food_no))';
is(ask("SELECT count(*) FROM day, foods WHERE intake(diet, foods) <> $by_rows OR intake(diet, foods)::text <> $by_rows\::text"), 0,
	'packed = row by row, to the last digit');
is(ask(q{SELECT count(*) FROM day, foods, LATERAL (SELECT sum(grams / grams(profile) * lower(profile -> 'K1', 'ug')) AS lower,
			sum(grams / grams(profile) * upper(profile -> 'K1', 'ug')) AS upper, sum(known_grams(profile, 'K1') * grams / grams(profile)) AS known, sum(grams) AS grams
		FROM unnest(diet) AS u LEFT JOIN food USING (food_no)) AS p
	WHERE abs(lower(intake(diet, foods) -> 'K1', 'ug') - p.lower) > 1e-11 * p.lower OR abs(upper(intake(diet, foods) -> 'K1', 'ug') - p.upper) > 1e-11 * p.upper
		OR abs(known_grams(intake(diet, foods), 'K1') - coalesce(p.known, 0)) > 1e-11 * p.grams}), 0, '= plain SQL, bounds and known grams');
cmp_ok(ask(q{SELECT count(*) FROM day, foods WHERE coverage(intake(diet, foods), 'K1') IS NULL}), '>', 100, 'of some days a food was eaten in unknown mass');

# Plain days, and days with one food of another kind among plain ones, of few nutrients and many
my @codes = qw(K1 dK1 MK-4 MK-5 MK-6 MK-7 MK-8 MK-9 MK-10 D3 retinol calcium magnesium phosphorus iron zinc copper);
my $codes = join(',', @codes);
ask(qq{CREATE TABLE plain_value AS SELECT food_no, code::nutrient AS nutrient, i, random() * 50 AS x
		FROM generate_series(1, 100) AS food_no, unnest('{$codes}'::text[]) WITH ORDINALITY AS c (code, i) WHERE food_no % 40 <> 2 OR code <> 'K1';
	CREATE FUNCTION plain(n integer) RETURNS TABLE (food_no integer, profile nutrient_profile) LANGUAGE sql AS \$\$
		SELECT food_no, CASE WHEN food_no % 40 = 3 THEN profile + '7 g: K1 3 ug' ELSE profile END
		FROM (SELECT food_no, with_grams(profile(nutrient, nutrient_amount(x, x + (food_no % 40 = 1)::integer, unit(nutrient))), 100) AS profile
			FROM plain_value WHERE i <= n GROUP BY food_no) AS p \$\$;
	CREATE TABLE meal AS SELECT i / (1 + i / 2000) AS meal, diet(1 + floor(random() * 101)::integer,
			CASE WHEN i % 400 = 7 THEN 0 WHEN i % 400 = 9 THEN NULL WHEN i % 400 = 11 THEN random() * 300 ELSE (1 + floor(random() * 30000)) / 100 END) AS diet
		FROM generate_series(1, 12000) AS i GROUP BY 1;
	CREATE TABLE plain_foods AS SELECT food_composition(food_no, profile) AS foods FROM plain(17)});
for my $n (1 .. 5, 8, 9, 16, 17)
{
	my $some = join(', ', map { "'$_'" } @codes[0 .. $n - 1]);
	is(ask("SELECT count(*) FROM (SELECT meal, min(diet) AS diet, intake(profile, u.grams ORDER BY u.food_no) AS by_rows
			FROM meal CROSS JOIN unnest(diet) AS u LEFT JOIN plain($n) USING (food_no) GROUP BY meal) AS m
		WHERE intake(diet, (SELECT restricted(foods, $some) FROM plain_foods))::text <> by_rows\::text"), 0, "meals, $n nutrients: packed = row by row, to the last digit");
}
cmp_ok(ask(q{SELECT least(count(*) FILTER (WHERE plain), count(*) FILTER (WHERE NOT plain)) FROM (SELECT coverage(p, 'K1') IS NOT DISTINCT FROM 1
		AND lower(p -> 'K1', 'ug') = upper(p -> 'K1', 'ug') AS plain FROM meal, plain_foods, LATERAL (SELECT intake(diet, foods) AS p OFFSET 0) i) m}),
	'>', 500, 'plain ones and others');

# Plans: with and without workers, either side first, drawn or restricted for each row or once
my @ways = (
	'SELECT day, intake(diet, (SELECT foods FROM foods)) AS p FROM day',
	'SELECT day, intake(diet, foods) AS p FROM day, foods',
	'SELECT day, intake(diet, foods) AS p FROM (SELECT * FROM foods OFFSET 0) f, day',
	'SELECT day, intake(diet, foods) AS p FROM day LEFT JOIN foods ON true ORDER BY random()');
for my $workers (0, 2)
{
	my $set = "SET max_parallel_workers_per_gather = $workers; SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0;";
	is(ask("$set SELECT count(DISTINCT h) FROM (" . join(' UNION ALL ', map { "SELECT md5(string_agg(p::text, '' ORDER BY day)) AS h FROM ($_) s" } @ways) . ') s'),
		1, "every plan gives the same, $workers workers");
	is(ask("$set SELECT count(*) FROM (SELECT day % 7 AS g, sum(diet) AS s FROM day GROUP BY 1) a JOIN
			(SELECT g, diet(food_no, grams) AS s FROM (SELECT day % 7 AS g, (unnest(diet)).* FROM day) u GROUP BY g) b USING (g)
		WHERE a.s <> b.s AND EXISTS (SELECT FROM unnest(a.s) x JOIN unnest(b.s) y USING (food_no) WHERE abs(x.grams - y.grams) > 1e-12 * x.grams)"),
		0, "sum(diet) is the diet of all rows, $workers workers");
}
like(ask('SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0; EXPLAIN SELECT intake(diet, foods) FROM day, foods'), qr/Gather/, 'with workers there are workers');
is(ask(q{SELECT count(*) FROM day, foods, generate_series(1, 3) AS seed WHERE day % 50 = 0 AND
	(intake(diet, draw(restricted(foods, 'K1', 'MK-4'), seed)) -> 'K1') IS DISTINCT FROM (intake(diet, draw(foods, seed)) -> 'K1')}), 0, 'draws and restrictions commute');
is(ask(q{SELECT count(*) FROM day, foods, generate_series(1, 3) AS seed WHERE day % 50 = 0 AND NOT
	(lower(intake(diet, draw(foods, seed)) -> 'D3', 'ug') BETWEEN lower(intake(diet, foods) -> 'D3', 'ug') * (1 - 1e-12) AND upper(intake(diet, foods) -> 'D3', 'ug') * (1 + 1e-12))}),
	0, 'a draw is within the bounds');
is(ask('SELECT count(*) FROM day WHERE swap(swap(diet, 5, 1000000), 1000000, 5) <> diet OR grams(swap(diet, 5, 6)) <> grams(diet) AND abs(grams(swap(diet, 5, 6)) - grams(diet)) > 1e-9
	OR without(diet, 5) + scaled(without(diet, VARIADIC array_remove(foods(diet), 5)), \'{6}\', 3) <> diet'), 0, 'what is swapped, scaled and left out adds up');

is(ask(q{SELECT count(*) FROM (SELECT diet, a, b, swap(diet, a, b) AS swapped FROM meal,
			LATERAL (SELECT food_no AS a FROM unnest(diet) ORDER BY md5(meal || ' ' || food_no) LIMIT 2) AS x, unnest(ARRAY[1, 50, 101, meal % 101 + 1]) AS b) AS s
	WHERE swapped <> (SELECT diet(CASE food_no WHEN a THEN b ELSE food_no END, grams) FROM unnest(diet)) OR swapped::text::diet <> swapped
		OR vitk_internal.diet_send(swapped) <> vitk_internal.diet_send(swapped::text::diet)}), 0, 'swapped = the same items under another food, settled');

$node->command_ok([ 'pg_dump', '-Fc', '-f', $node->basedir . '/dump', '-d', $node->connstr('postgres') ], 'dump');
$node->safe_psql('postgres', 'CREATE DATABASE other');
$node->command_ok([ 'pg_restore', '-d', $node->connstr('other'), $node->basedir . '/dump' ], 'restore');
my $all = q{SELECT md5(string_agg(day || diet::text || intake(diet, foods)::text, '' ORDER BY day)) FROM day, foods};
is($node->safe_psql('other', $all), ask($all), 'the same there');

$node->stop;
done_testing();
