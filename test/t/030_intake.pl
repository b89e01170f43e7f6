# Sums of profiles against plain SQL: serial, parallel, spilled, partitioned, in windows;
# profiles through COPY, and binary images that are no profiles.
#
# VITK_SEED repeats a run.
use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use Cwd qw(abs_path);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Vitk;

my $seed = $ENV{VITK_SEED} // int(rand(1_000_000));
diag("030_intake.pl: seed $seed (VITK_SEED=$seed repeats this run)");

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', "jit = off\nmax_parallel_workers = 4");
$node->start;
my $dir = abs_path(PostgreSQL::Test::Utils::tempdir);

sub ask
{
	my $sql = shift;
	return $node->safe_psql('postgres', $sql);
}

# Random foods with missing, censored and partly known values; diaries with foods that no
# table knows; supplements without mass.  "content" is the long form that plain SQL adds up.
ask(q{
CREATE EXTENSION vitk;
SET max_parallel_workers_per_gather = 0;
SELECT setseed(} . $seed % 1_000_000 / 1e6 . q{);
CREATE TABLE food AS
	SELECT f AS food, CASE WHEN f % 3 = 0 THEN 1 + 500 * random() ELSE 100 END AS mass FROM generate_series(1, 300) f;
CREATE TABLE content AS
	SELECT food, nutrient, unit, lower, lower + CASE WHEN random() < 0.2 THEN 10 * random() ELSE 0 END AS upper,
		mass * CASE WHEN food % 2 = 0 AND random() < 0.2 THEN random() ELSE 1 END AS known
	FROM (SELECT food, mass, nutrient, unit,
			CASE WHEN random() < 0.2 THEN 0 ELSE 10 ^ (6 * random() - 2) END AS lower
		FROM food, vitk.nutrient WHERE food % 2 = 1 OR random() < 0.7 + 0 * length(unit)
		ORDER BY food, nutrient) s;
-- every fourth food has the same nutrients, exact and known: their sums stay compact
UPDATE content SET upper = lower, known = mass FROM food WHERE content.food = food.food AND food.food % 4 = 1;
CREATE TABLE food_profile AS
	SELECT food, (mass || ' g: ' || string_agg(format('%s %s..%s %s (known %s g)', nutrient, lower, upper, unit, known), ', '))::nutrient_profile AS profile
	FROM food JOIN content USING (food) GROUP BY food, mass;
CREATE TABLE diary AS
	SELECT p AS person, i AS item,
		(CASE WHEN p % 5 = 0 THEN 1 + 4 * floor(74 * random()) ELSE floor(310 * random()) END)::integer AS food,
		CASE WHEN random() < 0.05 THEN 0 ELSE 400 * random() END AS grams
	FROM generate_series(1, 400) p, generate_series(1, 25) i;
CREATE TABLE supplement AS
	SELECT p AS person, s, profile(nutrient, nutrient_amount(10 * random(), 10 + 10 * random(), unit)) AS profile
	FROM generate_series(1, 400, 2) p, generate_series(1, 3) s, LATERAL (SELECT * FROM vitk.nutrient WHERE random() < 0.2 + 0 * p * s * length(unit)) n
	GROUP BY p, s;
CREATE TABLE eaten (person integer, item integer, food integer, grams float8, profile nutrient_profile)
	PARTITION BY HASH (person);
CREATE TABLE eaten_0 PARTITION OF eaten FOR VALUES WITH (MODULUS 3, REMAINDER 0) WITH (parallel_workers = 4);
CREATE TABLE eaten_1 PARTITION OF eaten FOR VALUES WITH (MODULUS 3, REMAINDER 1) WITH (parallel_workers = 4);
CREATE TABLE eaten_2 PARTITION OF eaten FOR VALUES WITH (MODULUS 3, REMAINDER 2) WITH (parallel_workers = 4);
INSERT INTO eaten
	SELECT person, item, food, grams, profile FROM diary LEFT JOIN food_profile USING (food);
VACUUM ANALYZE;

-- what plain SQL says, in the units of the registry
CREATE TABLE oracle AS
	SELECT person, nutrient, sum(grams / mass * lower) AS lower, sum(grams / mass * upper) AS upper,
		sum(grams / mass * known) AS known, count(*)
	FROM diary JOIN food USING (food) JOIN content USING (food) GROUP BY person, nutrient;
CREATE TABLE oracle_grams AS SELECT person, sum(grams) AS grams FROM diary GROUP BY person;

CREATE FUNCTION near(a float8, b float8) RETURNS boolean IMMUTABLE
	RETURN abs(a - b) <= 1e-12 * greatest(abs(a), abs(b));
});

cmp_ok(ask('SELECT count(*) FROM eaten WHERE profile IS NULL'), '>', 50, 'foods are missing');
cmp_ok(ask('SELECT count(*) FROM content WHERE lower < upper'), '>', 500, 'values are censored');
cmp_ok(ask('SELECT count(*) FROM content JOIN food USING (food) WHERE known < mass'), '>', 50,
	'values are partly known');

# Persons whose sums differ from the oracle: "" is agreement, nutrient by nutrient and in number.
# 1e-12 relative, which many sums of one person sum to as well, as nothing is negative.
sub differences
{
	my ($intakes, $settings) = @_;
	return ask("$settings
		CREATE TEMP TABLE result AS $intakes;
		SELECT 'person ' || person || ': ' || coalesce(nutrient::text, 'grams')
		FROM (SELECT person, u.nutrient, u.lower, u.upper, known_grams(intake, u.nutrient) AS known
			FROM result, unnest(intake) u) AS got
		FULL JOIN oracle USING (person, nutrient)
		WHERE (near(got.lower, oracle.lower) AND near(got.upper, oracle.upper)
			AND near(got.known, oracle.known)) IS NOT TRUE
		UNION ALL
		SELECT 'person ' || person || ': grams' FROM result FULL JOIN oracle_grams o USING (person)
		WHERE near(grams(intake), o.grams) IS NOT TRUE
		UNION ALL
		SELECT 'person ' || person || ': twice' FROM result GROUP BY person HAVING count(*) > 1");
}

sub query_plan
{
	my ($intakes, $settings) = @_;
	return ask("$settings EXPLAIN (ANALYZE, COSTS OFF) $intakes");
}

my $per_person = 'SELECT person, intake(profile, grams) AS intake FROM eaten GROUP BY person';
my $by_portions = 'SELECT person, sum(coalesce(portion(profile, grams), with_grams($$0 g$$, nullif(grams, 0)))) AS intake
	FROM eaten GROUP BY person';
my $joined = 'SELECT person, intake(profile, grams) AS intake FROM diary LEFT JOIN food_profile USING (food) GROUP BY person';
my $serial = 'SET max_parallel_workers_per_gather = 0;';
my $parallel = 'SET max_parallel_workers_per_gather = 4; SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0;
	SET min_parallel_table_scan_size = 0;';

is(differences($per_person, $serial), '', 'serial sums are those of plain SQL');
is(differences($per_person, "$serial SET enable_hashagg = off;"), '', 'sorted too');
is(differences($joined, $serial), '', 'joined too');
is(differences($per_person, "$serial SET jit = on; SET jit_above_cost = 0; SET jit_inline_above_cost = 0;
	SET jit_optimize_above_cost = 0;"), '', 'compiled just in time too');
is(differences($by_portions, $serial), '', 'so are sums of portions');

like(query_plan($per_person, $parallel), qr/Gather.*Partial \w*Aggregate/s, 'the parallel plan adds partial sums');
is(differences($per_person, $parallel), '', 'parallel sums are those of plain SQL');
is(differences($by_portions, $parallel), '', 'so are parallel sums of portions');
is(differences($per_person, "$parallel SET parallel_leader_participation = off; SET enable_hashagg = off;"),
	'', 'workers alone, sorted, too');

my $spill = "$serial SET work_mem = '64kB'; SET hash_mem_multiplier = 1; SET enable_sort = off;";
like(query_plan($per_person, $spill), qr/HashAggregate.*Batches: (?!1 )\d+/s, 'the hash table spills');
is(differences($per_person, $spill), '', 'spilled sums are those of plain SQL');

my $partitionwise = 'SET enable_partitionwise_aggregate = on;';
like(query_plan($per_person, "$serial $partitionwise"), qr/Append.*Aggregate.*eaten_0.*Aggregate.*eaten_1/s,
	'the plan aggregates partition by partition');
is(differences($per_person, "$serial $partitionwise"), '', 'sums by partition are those of plain SQL');
is(differences($per_person, "$parallel $partitionwise"), '', 'in parallel too');
my $total = 'SELECT 0 AS person, intake(profile, grams) AS intake FROM eaten';
like(query_plan($total, "$serial $partitionwise"), qr/Append.*Partial Aggregate/s, 'partial sums of partitions');
is(ask("$serial CREATE TEMP TABLE a AS $total; $partitionwise CREATE TEMP TABLE b AS $total;
	$parallel CREATE TEMP TABLE c AS $total;
	SELECT count(*) FILTER (WHERE (near(x.lower, y.lower) AND near(x.upper, y.upper) AND near(x.coverage, y.coverage)
		AND near(x.lower, z.lower) AND near(x.upper, z.upper) AND near(x.coverage, z.coverage)) IS NOT TRUE)
		|| ' of ' || count(*)
	FROM (SELECT u.* FROM a, unnest(intake) u) x FULL JOIN (SELECT u.* FROM b, unnest(intake) u) y USING (nutrient)
	FULL JOIN (SELECT u.* FROM c, unnest(intake) u) z USING (nutrient)"),
	'0 of ' . ask('SELECT count(*) FROM vitk.nutrient'), 'one sum over all partitions is the same whatever the plan');

# foods whose values are all exact and known give compact sums: 10 bytes a nutrient
is(ask("SELECT count(DISTINCT pg_column_size(i)), min(pg_column_size(i)) - 16 - 8 * (SELECT count(*) + ceil(count(*) / 4.0) FROM vitk.nutrient)
	FROM (SELECT intake(profile, grams) AS i FROM eaten WHERE person % 5 = 0 AND profile IS NOT NULL GROUP BY person) s"),
	'1|0', 'sums of exact and known values stay compact');

# supplements, mean, and a profile made of rows
is(ask("$parallel
	SELECT count(*) FILTER (WHERE (near(got.lower, o.lower) AND near(got.upper, o.upper)) IS NOT TRUE) || ' of ' || (count(*) > 1000)
	FROM (SELECT person, u.* FROM (SELECT person, sum(profile) AS p FROM supplement GROUP BY person) s, unnest(p) u) got
	FULL JOIN (SELECT person, nutrient, sum(lower) AS lower, sum(upper) AS upper
		FROM supplement, unnest(profile) GROUP BY person, nutrient) o USING (person, nutrient)"),
	'0 of true', 'supplements add up');
is(ask("SELECT count(*) FILTER (WHERE grams(eaten + taken) <> grams(eaten)
		OR known_grams(eaten + taken, nutrient) <> known_grams(eaten, nutrient)
		OR NOT near(u.lower, coalesce(lower(eaten -> nutrient, u.unit), 0) + coalesce(lower(taken -> nutrient, u.unit), 0)))
		|| ' of ' || (count(*) > 1000)
	FROM (SELECT person, intake(profile, grams) AS eaten FROM eaten GROUP BY person) e
	JOIN (SELECT person, sum(profile) AS taken FROM supplement GROUP BY person) t USING (person), unnest(eaten + taken) u"),
	'0 of true', 'a supplement adds amounts, neither mass nor known mass');
my $mean = 'SELECT avg(profile) AS mean, sum(profile) AS total, count(profile) AS n FROM eaten';
for my $settings ($serial, $parallel)
{
	is(ask("$settings WITH s AS ($mean)
		SELECT count(*) FILTER (WHERE NOT (near(m.lower * n, t.lower) AND near(m.upper * n, t.upper)
			AND near(m.coverage, t.coverage) AND near(grams(mean) * n, grams(total))))
			|| ' of ' || count(*) FROM s, unnest(mean) m JOIN LATERAL (SELECT * FROM unnest(total)) t USING (nutrient)"),
		'0 of ' . ask('SELECT count(*) FROM vitk.nutrient'), 'the mean is the sum divided by the number');
}
like(query_plan($mean, $parallel), qr/Partial Aggregate/, 'means are parallel');
my $composed = 'SELECT food, profile(nutrient, nutrient_amount(lower, upper, unit)) AS p FROM content GROUP BY food';
is(ask("$parallel ALTER TABLE content SET (parallel_workers = 4); SET enable_hashagg = off;
	SELECT count(*) FROM ($composed) c JOIN food_profile USING (food)
	WHERE p IS DISTINCT FROM (SELECT profile(nutrient, amount) FROM unnest(profile))"), '0',
	'profiles made of rows, in parallel, hold what the rows hold');
like(query_plan($composed, "$parallel SET enable_hashagg = off;"), qr/Partial GroupAggregate/, 'and they are parallel');
ask("CREATE TABLE twice (nutrient nutrient, amount nutrient_amount, n integer) PARTITION BY LIST (n);
	CREATE TABLE twice_1 PARTITION OF twice FOR VALUES IN (1);
	CREATE TABLE twice_2 PARTITION OF twice FOR VALUES IN (2);
	INSERT INTO twice SELECT 'K1', CASE WHEN i <= 2 THEN '1 ug'::nutrient_amount END, 1 + i % 2 FROM generate_series(1, 4000) i;
	ANALYZE twice");
my $twice = 'SELECT profile(nutrient, amount) FROM twice';
like(ask("$serial $partitionwise EXPLAIN $twice"), qr/Append.*Partial Aggregate/s, 'each partition makes its profile');
my ($status, undef, $stderr) = $node->psql('postgres', "$serial $partitionwise $twice");
like($stderr, qr/nutrient K1 occurs twice in profile\(\)/, 'a nutrient of two partitions occurs twice');

# windows: each row has the sum of its own frame, as a self-join has it
for my $frame (
	[ 'ROWS UNBOUNDED PRECEDING', 'b.item <= a.item' ],
	[ 'ROWS BETWEEN 3 PRECEDING AND 2 FOLLOWING', 'b.item BETWEEN a.item - 3 AND a.item + 2' ],
	[ 'ROWS BETWEEN 2 FOLLOWING AND 5 FOLLOWING', 'b.item BETWEEN a.item + 2 AND a.item + 5' ],
	[ 'ROWS BETWEEN 4 PRECEDING AND CURRENT ROW EXCLUDE CURRENT ROW', 'b.item BETWEEN a.item - 4 AND a.item - 1' ])
{
	my ($window, $condition) = @$frame;
	is(ask("$serial CREATE TEMP TABLE w AS
		SELECT person, item, intake(profile, grams) OVER f AS moving, sum(portion(profile, grams)) OVER f AS total,
			avg(profile) OVER f AS mean
		FROM eaten WHERE person <= 40 WINDOW f AS (PARTITION BY person ORDER BY item $window);
		CREATE TEMP TABLE j AS
		SELECT a.person, a.item, intake(b.profile, b.grams) AS moving, sum(portion(b.profile, b.grams)) AS total,
			avg(b.profile) AS mean
		FROM eaten a JOIN eaten b ON b.person = a.person AND $condition WHERE a.person <= 40 GROUP BY a.person, a.item;
		SELECT count(*) FILTER (WHERE EXISTS (
			SELECT FROM unnest(w.moving) x FULL JOIN unnest(j.moving) y USING (nutrient)
			WHERE (near(x.lower, y.lower) AND near(x.upper, y.upper) AND near(x.coverage, y.coverage)) IS NOT TRUE)
			OR EXISTS (SELECT FROM unnest(w.total) x FULL JOIN unnest(j.total) y USING (nutrient)
			WHERE (near(x.lower, y.lower) AND near(x.upper, y.upper) AND near(x.coverage, y.coverage)) IS NOT TRUE)
			OR EXISTS (SELECT FROM unnest(w.mean) x FULL JOIN unnest(j.mean) y USING (nutrient)
			WHERE (near(x.lower, y.lower) AND near(x.upper, y.upper) AND near(x.coverage, y.coverage)) IS NOT TRUE)
			OR NOT near(grams(w.moving), grams(j.moving)) OR (w.moving IS NULL) <> (j.moving IS NULL))
			|| ' of ' || count(*)
		FROM w LEFT JOIN j USING (person, item)"), '0 of 1000', "moving sums: $window");
}

# COPY, both ways; and what comes back is what plain SQL summed
for my $format ('binary', 'text', 'csv')
{
	is(ask("$serial CREATE TEMP TABLE t AS $per_person UNION ALL SELECT food, profile FROM food_profile
			UNION ALL SELECT person, profile FROM supplement;
		COPY t TO '$dir/profiles.$format' (FORMAT $format);
		CREATE TEMP TABLE back (LIKE t);
		SET extra_float_digits = -15;
		COPY back FROM '$dir/profiles.$format' (FORMAT $format);
		SELECT count(*) FROM ((TABLE t EXCEPT ALL TABLE back) UNION ALL (TABLE back EXCEPT ALL TABLE t)) d"), '0',
		"COPY keeps every profile: $format");
}
is(ask('SELECT count(*) FROM food_profile WHERE profile <> profile::jsonb::nutrient_profile'), '0', 'jsonb keeps profiles');
is(ask('SELECT count(*) FROM (SELECT avg(profile) FROM food_profile) s(p) WHERE p <> p::text::nutrient_profile'), '0',
	'text keeps a mean');

# binary images: ids, then numbers
sub image
{
	my ($version, $form, $n, $grams, $ids, @numbers) = @_;
	return pack('C C n d> n* ', $version, $form, $n, $grams, @$ids) . pack('d>*', @numbers);
}

sub receive
{
	my $file = copy_file("$dir/image.bin", @_);
	my ($status, $out, $err) = $node->psql('postgres',
		"CREATE TEMP TABLE t (p nutrient_profile); COPY t FROM '$file' (FORMAT binary); SELECT p, pg_column_size(p) FROM t");
	return $status == 0 ? $out : $err;
}

my $nan = unpack 'd>', pack 'H*', '7ff8000000000000';
my $infinity = unpack 'd>', pack 'H*', '7ff0000000000000';
my ($K1, $MK4) = (1, 3);
my $count = ask('SELECT count(*) FROM vitk.nutrient');
is(receive(image(2, 0, 1, 100, [$K1], 7)), '100 g: K1 7 ug|29', 'a compact image is read');
is(receive(image(2, 1, 2, 100, [ $K1, $MK4 ], 7, 0, 7, 1, 100, 50)),
	'100 g: K1 7 ug, MK-4 <1 ug (known 50 g)|69', 'a full image is read');
is(receive(image(2, 1, 1, 100, [$K1], 7, 7, 100)), '100 g: K1 7 ug|29', 'a full image that says no more is made compact');
is(receive(image(2, 0, 1, 100, [$K1], -0.0)), '100 g: K1 0 ug|29', 'a negative zero becomes zero');
is(receive(image(2, 2, 1, 300, [$K1], 21, 3)), 'sum of 3: 300 g: K1 21 ug|37', 'the state of avg() is read');
is(receive(image(2, 4, 1, 100, [$K1], 7)), '100 g and more: K1 7 ug|29', 'and more of unknown mass is read');
for my $bad (
	[ 'another version', image(3, 0, 1, 100, [$K1], 7), 'version' ],
	[ 'an unknown form', image(2, 8, 1, 100, [$K1], 7), 'form' ],
	[ 'a mass beyond all harvests', image(2, 0, 1, 2e18, [$K1], 7), 'mass' ],
	[ 'a denormal', image(2, 0, 1, 100, [$K1], 5e-324), 'amount' ],
	[ 'too many nutrients', image(2, 0, 2, 100, [$K1], 7, 8), 'size' ],
	[ 'too few nutrients', image(2, 0, 0, 100, [$K1]), 'size' ],
	[ 'more nutrients than there are', image(2, 0, $count + 1, 100, [ 1 .. $count + 1 ], (7) x ($count + 1)), 'more nutrients' ],
	[ 'nutrients out of order', image(2, 0, 2, 100, [ $MK4, $K1 ], 7, 8), 'order' ],
	[ 'a nutrient twice', image(2, 0, 2, 100, [ $K1, $K1 ], 7, 8), 'order' ],
	[ 'the version before', image(1, 0, 1, 100, [$K1], 7), 'version' ],
	[ 'nutrient 0', image(2, 0, 1, 100, [0], 7), 'id 0' ],
	[ 'an unknown nutrient', image(2, 0, 1, 100, [ $count + 1 ], 7), 'id ' . ($count + 1) ],
	[ 'a number missing', image(2, 0, 1, 100, [$K1]), 'size' ],
	[ 'a number too many', image(2, 0, 1, 100, [$K1], 7, 7), 'size' ],
	[ 'a byte too many', image(2, 0, 1, 100, [$K1], 7) . 'x', 'size' ],
	[ 'far too much', image(2, 0, 1, 100, [$K1], (7) x 10000), 'size' ],
	[ 'half a header', substr(image(2, 0, 1, 100, [$K1], 7), 0, 10), 'insufficient data left in message' ],
	[ 'nothing', '', 'no data left in message' ],
	[ 'mass not a number', image(2, 0, 1, $nan, [$K1], 7), 'mass' ],
	[ 'infinite mass', image(2, 0, 1, $infinity, [$K1], 7), 'mass' ],
	[ 'negative mass', image(2, 0, 1, -100, [$K1], 7), 'mass' ],
	[ 'amount not a number', image(2, 0, 1, 100, [$K1], $nan), 'amount' ],
	[ 'infinite amount', image(2, 1, 1, 100, [$K1], 7, $infinity, 100), 'amount' ],
	[ 'negative amount', image(2, 0, 1, 100, [$K1], -7), 'amount' ],
	[ 'bounds out of order', image(2, 1, 1, 100, [$K1], 7, 6, 100), 'amount' ],
	[ 'more known than there is', image(2, 1, 1, 100, [$K1], 7, 7, 101), 'known' ],
	[ 'known grams not a number', image(2, 1, 1, 100, [$K1], 7, 7, $nan), 'known' ],
	[ 'count of one', image(2, 2, 1, 100, [$K1], 7, 1), 'number of profiles' ],
	[ 'count not whole', image(2, 2, 1, 100, [$K1], 7, 2.5), 'number of profiles' ],
	[ 'count not a number', image(2, 2, 1, 100, [$K1], 7, $nan), 'number of profiles' ])
{
	my ($name, $image, $why) = @$bad;
	my $answer = receive($image);
	like($answer, $why =~ /message/ ? qr/ERROR:  $why/
		: qr/ERROR:  invalid binary value for type nutrient_profile\nDETAIL:  .*$why/,
		"refused: $name");
}

# the subscript finds the types of its own extension wherever that lies
ask('CREATE DATABASE elsewhere');
is($node->safe_psql('elsewhere', q{CREATE SCHEMA analysis; CREATE EXTENSION vitk SCHEMA analysis;
	SELECT ('100 g: K1 7 ug'::analysis.nutrient_profile)['phylloquinone'];
	ALTER SCHEMA analysis RENAME TO other;
	CREATE TABLE t (p other.nutrient_profile, k1 other.nutrient_amount GENERATED ALWAYS AS (p['K1']) STORED);
	INSERT INTO t VALUES ('100 g: K1 8 ug'); SELECT k1 FROM t}), "7 ug\n8 ug", 'subscripts in another schema');

SKIP:
{
	skip 'soft errors came with PostgreSQL 16', 2 if ask('SHOW server_version_num') < 160000;
	is(ask(q{SELECT pg_input_is_valid('100 g: K1 7 ug', 'nutrient_profile')}), 't', 'valid input is valid');
	is(ask(q{SELECT string_agg(t, ', ') FROM unnest(ARRAY['', 'K1', 'Kx 7 ug', '100 g: K1 7', '-1 g: K1 1 ug',
		'K1 1 ug, K1 2 ug', '5 g: K1 1 ug (known 6 g)', 'K1 7 kcal', 'K1 -1 ug', 'sum of 1: 5 g', '1e999 g']) t
		WHERE pg_input_is_valid(t, 'nutrient_profile')}), '', 'invalid input is not, and raises nothing');
}

$node->stop;
done_testing();
