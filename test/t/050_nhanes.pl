# The main job on real input: two days of food of 237 men of NHANES 2015-2016, 7,603 items.
# (a) profiles of FNDDS 2017-2018 give CDC's own vitamin K of every item whose food did not change;
# (b) CDC's own nutrients of each item, summed by vitk, give CDC's own totals of each person.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $shared = $ENV{VITK_SHARED} // '../shared';
my $items = "$shared/data/nhanes/items_2015_2016_men_60_79.csv";
my $totals = "$shared/data/nhanes/DR1TOT_I_38nutrients.csv";
my $codes = "$shared/data/fndds/codes_reproducing_2015_2016_vk.csv";
my $fndds = "$shared/data/fndds/FNDDS_2017_2018_NutVal.csv";
for ($items, $totals, $codes, $fndds)
{
	plan skip_all => "no file $_" unless -f;
}

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql('postgres', 'CREATE DATABASE study ENCODING UTF8 TEMPLATE template0');

sub ask
{
	return $node->safe_psql('study', $_[0]);
}

# load the files in one session and keep what is needed of them; a program has
# written some codes as 2e+07
my $load = PostgreSQL::Test::Utils::tempdir() . '/load.psql';
open my $fh, '>', $load or die $!;
print $fh <<"END";
\\set ON_ERROR_STOP 1
CREATE EXTENSION vitk;
\\set file '$fndds'
\\set source fndds2017
\\i src/import/fndds.psql
\\unset delimiter
\\set file '$codes'
\\set table codes
\\i src/import/csv.psql
CREATE TABLE same_code AS SELECT food_code::numeric::bigint::text AS code FROM codes;
\\set file '$items'
\\set table items
\\i src/import/csv.psql
CREATE TABLE item AS
	SELECT "SEQN"::integer AS person, "Day"::integer AS day, "LINE"::integer AS line,
	       "FoodCode"::numeric::bigint::text AS code, 'fndds2017:' || "FoodCode"::numeric::bigint AS food_id,
	       "FoodAmt"::float8 AS grams, "VK"::float8 AS vk, "VD"::float8 AS vd, "VARA"::float8 AS vara,
	       "RET"::float8 AS ret, "CALC"::float8 AS calc
	FROM items;
\\set file '$totals'
\\set table totals
\\i src/import/csv.psql
CREATE TABLE cdc_day1 AS
	SELECT "SEQN"::numeric::integer AS person, vk::float8, vd::float8, vara::float8, ret::float8, calc::float8
	FROM totals WHERE vk <> '';
CREATE TABLE food_profile AS SELECT * FROM vitk.food_profile WHERE food_id LIKE 'fndds2017:%';
ANALYZE;
END
close $fh;
$node->command_ok([ 'psql', '-X', '-d', $node->connstr('study'), '-f', $load ], 'the files load');
is(ask('SELECT count(*), count(DISTINCT person), round(sum(grams)::numeric, 6) FROM item'),
	'7603|237|1496055.520000', '7,603 items of 237 men, 1,496,055.52 g');

is(ask('SELECT count(*) FROM same_code JOIN food_profile p ON p.food_id = $$fndds2017:$$ || code'), '1436',
	'1,436 foods are said to be the same in both editions');

# (a) foods whose vitamin K FNDDS did not change from 2015-2016 to 2017-2018.  CDC prints one
# decimal: half of that is the most by which an item may differ.
is(ask(q{SELECT count(*), count(DISTINCT code),
		count(*) FILTER (WHERE abs(lower(portion(p.profile, i.grams) -> 'K1', 'ug') - i.vk) <= 0.05 + 1e-9)
	FROM item i JOIN same_code USING (code) JOIN food_profile p USING (food_id)}),
	'5712|1001|5712', "5,712 items of 1,001 of those foods: grams x value is CDC's vitamin K within 0.05 ug, every one");

# the whole diary, foods that FNDDS 2017-2018 lacks among it: they are mass of unknown content
ask(q{CREATE TABLE person_day AS
	SELECT person, day, intake(p.profile, i.grams) AS profile
	FROM item i LEFT JOIN food_profile p USING (food_id) GROUP BY person, day});
is(ask(q{SELECT count(*), round(sum(grams(profile))::numeric, 6) FROM person_day}),
	'474|1496055.520000', 'intake of 474 person-days, no gram lost');
is(ask(q{SELECT count(*) FROM item i WHERE NOT EXISTS (SELECT FROM food_profile p WHERE p.food_id = i.food_id)}),
	'218', '218 items are of foods that FNDDS 2017-2018 has not');
is(ask(q{SELECT count(*) FILTER (WHERE coverage(profile, 'K1') < 1) > 0, max(coverage(profile, 'MK-4')), count(profile -> 'MK-4')
	FROM person_day}), 't|0|0', 'those days are covered in part; MK-4, which FNDDS has not, is unknown, not zero');
is(ask(q{WITH oracle AS (
		SELECT person, day, n.nutrient, sum(i.grams * lower(v.amount, unit(n.nutrient)) / 100) AS amount,
		       sum(i.grams) FILTER (WHERE v.amount IS NOT NULL) AS known
		FROM item i CROSS JOIN unnest('{K1,D,A-RAE,retinol,calcium,energy,fat}'::nutrient[]) AS n (nutrient)
		LEFT JOIN vitk.food_value v ON v.food_id = i.food_id AND v.nutrient = n.nutrient
		GROUP BY person, day, n.nutrient)
	SELECT count(*),
	       count(*) FILTER (WHERE abs(lower(profile -> nutrient, unit(nutrient)) - amount) <= 1e-12 * amount),
	       count(*) FILTER (WHERE abs(known_grams(profile, nutrient) - known) <= 1e-12 * known)
	FROM oracle JOIN person_day USING (person, day)}),
	'3318|3318|3318', 'seven nutrients of each person-day and their known grams are those of plain SQL');

# (b) profiles from CDC's own item nutrients
ask(q{CREATE TABLE cdc_item AS
	SELECT person, day, line, with_grams(profile(nutrient, amount), grams) AS profile
	FROM item, LATERAL (VALUES ('K1'::nutrient, nutrient_amount(vk, 'ug')), ('D', nutrient_amount(vd, 'ug')),
		('A-RAE', nutrient_amount(vara, 'ug')), ('retinol', nutrient_amount(ret, 'ug')),
		('calcium', nutrient_amount(calc, 'mg'))) AS v (nutrient, amount)
	GROUP BY person, day, line, grams});
is(ask(q{SELECT round(lower(sum(profile) -> 'K1', 'ug')::numeric, 6),
		round(lower(sum(profile) FILTER (WHERE day = 1) -> 'K1', 'ug')::numeric, 6),
		round(grams(sum(profile))::numeric, 6), coverage(sum(profile), 'K1')
	FROM cdc_item}),
	'57265.200000|26966.100000|1496055.520000|1', 'all: 57,265.2 ug of vitamin K, 26,966.1 on day 1, in 1,496,055.52 g');

# CDC adds up what it prints, so the sums agree but for binary rounding
is(ask(q{WITH ours AS (SELECT person, sum(profile) AS p FROM cdc_item WHERE day = 1 GROUP BY person)
	SELECT count(*),
	       count(*) FILTER (WHERE abs(lower(p -> 'K1', 'ug') - vk) < 1e-9),
	       count(*) FILTER (WHERE abs(lower(p -> 'D', 'ug') - vd) < 1e-9),
	       count(*) FILTER (WHERE abs(lower(p -> 'A-RAE', 'ug') - vara) < 1e-9),
	       count(*) FILTER (WHERE abs(lower(p -> 'retinol', 'ug') - ret) < 1e-9),
	       count(*) FILTER (WHERE abs(lower(p -> 'calcium', 'mg') - calc) < 1e-9)
	FROM ours JOIN cdc_day1 USING (person)}),
	'237|237|237|237|237|237', "vitamin K, D, RAE, retinol and calcium of all 237 are CDC's day-1 totals");

# (c) the same files by the one script: persons, days and diary
$node->command_ok([ 'psql', '-X', '-d', $node->connstr('study'), '-v', "demo=$shared/data/nhanes/DEMO_I.csv", '-v', "day1_total=$totals",
	'-v', "items=$items", '-v', 'source=fndds2017', '-f', 'src/import/nhanes.psql' ], 'nhanes.psql reads them');
is(ask('SELECT (SELECT count(*) FROM nhanes.person), (SELECT count(*) FROM nhanes.day), (SELECT count(*) FROM nhanes.diary), (SELECT round(sum(grams)::numeric, 2) FROM nhanes.diary)'),
	ask('SELECT 9971, 9544, 7603, 1496055.52'), 'all persons, days and items');
is(ask(q{SELECT round(lower(sum(eaten) -> 'K1', 'ug')::numeric, 6), round(lower(sum(eaten) FILTER (WHERE day = 1) -> 'K1', 'ug')::numeric, 6)
	FROM nhanes.diary}), '57265.200000|26966.100000', "vitamin K of the items is CDC's");
is(ask(q{WITH ours AS (SELECT seqn, sum(eaten) AS p FROM nhanes.diary WHERE day = 1 GROUP BY seqn), n AS (SELECT nutrient::nutrient FROM vitk.food_table_column WHERE layout = 'nhanes' AND nutrient <> '-')
	SELECT count(*) = count(*) FILTER (WHERE abs(lower(p -> n.nutrient, unit(n.nutrient)) - lower(d.total -> n.nutrient, unit(n.nutrient))) < 1e-6),
		count(DISTINCT seqn), count(DISTINCT n.nutrient)
	FROM ours JOIN nhanes.day d USING (seqn), n WHERE d.day = 1 AND d.total ? n.nutrient}), 't|237|38', 'each nutrient of the day is the sum of its items');
is(ask(q{SELECT count(*) FILTER (WHERE d.food_id IS NULL), count(DISTINCT p.sex), min(p.age_years), max(p.age_years), count(DISTINCT (p.stratum, p.psu)) > 20
	FROM nhanes.diary d JOIN nhanes.person p USING (seqn)}), '218|1|60|79|t', 'men of 60 to 79, with their design');
is(ask(q{SELECT count(*) FILTER (WHERE sex = 'male'), count(*) FILTER (WHERE sex = 'female'), count(*) FILTER (WHERE life_stage = 'pregnancy'), count(*) FILTER (WHERE top_coded) > 0
	FROM nhanes.person}), ask(q{SELECT 4892, 5079, 70, true}), 'codes in words');
$node->command_ok([ 'psql', '-X', '-d', $node->connstr('study'), '-v', "demo=$shared/data/nhanes/DEMO_J.csv", '-v', "day1_total=$shared/data/nhanes/DR1TOT_J.csv",
	'-v', 'schema=cycle_j', '-f', 'src/import/nhanes.psql' ], 'and those of the next cycle, as CDC names the variables');
# README of the files: of the reliable days, men 20+ with 120 ug or more, women 20+ with 90 or more
is(ask(q{SELECT count(*) FILTER (WHERE sex = 'male'), count(*) FILTER (WHERE sex = 'male' AND k >= 120), count(*) FILTER (WHERE sex = 'female'), count(*) FILTER (WHERE sex = 'female' AND k >= 90)
	FROM (SELECT sex, lower(total -> 'K1', 'ug') AS k FROM cycle_j.person JOIN cycle_j.day USING (seqn) WHERE reliable AND day = 1 AND age_years >= 20) AS d}),
	'2307|694|2435|996', 'vitamin K of men and women');

$node->stop;
done_testing();
