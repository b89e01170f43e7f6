-- what it reads, and how it prints
SELECT t AS literal, t::food_composition FROM unnest(ARRAY[
    '{1002: 100 g: K1 7 ug, MK-4 15 ug; 5100: 100 g: K1 2 ug}',
    ' { 5100 :0.1 kg:phylloquinone 2 ug ;1002: 100 g: MK4 0.015 mg, K1 7 ug } ',
    '{7: 100 g: MK-7 <0.5 ug, D3 3 ug (known 40 g); 8: 30 g}',
    '{}', ' { } ']) AS t;
-- bad literals
SELECT ''::food_composition;
SELECT '{1002: 100 g: K1 7 ug'::food_composition;
SELECT '{1002: 100 g: K1 7 ug,}'::food_composition;
SELECT '{1002: 100 g: K1 7 ug;}'::food_composition;
SELECT '{1002: 100 g: K1 7 ug} {}'::food_composition;
SELECT '{} {}'::food_composition;
SELECT '{1002 100 g: K1 7 ug}'::food_composition;
SELECT '{natto: 100 g: K1 7 ug}'::food_composition;
SELECT '{1002: 100 g: K1 7 cups}'::food_composition;
SELECT '{1002: K1 7 ug}'::food_composition;
SELECT '{0: 100 g: K1 7 ug}'::food_composition;
SELECT '{1002: sum of 2: 100 g: K1 7 ug}'::food_composition;
SELECT '{1002: 100 g: K1 7 ug; 1002: 100 g: K1 8 ug}'::food_composition;
-- from its aggregate
CREATE TABLE food_test (food_no integer, profile nutrient_profile);
INSERT INTO food_test VALUES
    (11, '100 g: K1 7 ug, MK-4 15 ug, calcium 20 mg'),
    (12, '100 g: K1 700 ug, MK-4 0 ug, calcium 99 mg'),
    (13, '100 g: K1 3 ug, MK-4 <0.5 ug'),
    (14, '30 g: MK-7 60 ug'),
    (15, '100 g: K1 1 ug, calcium 3 mg (known 40 g)'),
    (16, NULL);
CREATE TABLE foods_test AS SELECT food_composition(food_no, profile) AS foods FROM food_test;
SELECT foods, food_count(foods), foods(foods), nutrients(foods) FROM foods_test;
-- of all nutrients there are, from the first to the last
SELECT nutrients(food_composition(1, with_grams(p, 100))) = (SELECT array_agg(nutrient ORDER BY nutrient) FROM vitk.nutrient) AS every_nutrient
FROM (SELECT profile(nutrient, nutrient_amount(0, unit(nutrient))) AS p FROM vitk.nutrient) AS s;
SELECT food_composition(food_no, profile ORDER BY food_no DESC) = foods AS same FROM food_test, foods_test GROUP BY foods;
SELECT food_composition(1, NULL), food_composition(1, '100 g: K1 1 ug') FILTER (WHERE false);
SELECT food_composition(11, profile) FROM food_test;
SELECT food_composition(NULL, profile) FROM food_test;
SELECT food_composition(food_no, profile) FROM (VALUES (1, 'K1 1 ug'::nutrient_profile)) v (food_no, profile);
SELECT food_composition(0, profile) FROM food_test;
SELECT food_composition(-1, profile) FROM food_test;
SELECT food_profile(foods, 13), foods -> 14, foods -> 16 FROM foods_test;
SELECT u.*, u.profile = foods -> u.food_no AS same FROM foods_test, unnest(foods) u;
SELECT i, food_composition(i, profile) OVER (ORDER BY i) FROM (SELECT i, format('100 g: K1 %s ug', i)::nutrient_profile AS profile FROM generate_series(1, 3) i) s;
-- what diets add up to
CREATE TABLE day_test (id integer, d diet);
INSERT INTO day_test VALUES
    (1, '{11: 200, 12: 50}'), (2, '{11: 200, 13: 50}'), (3, '{13: 10}'), (4, '{11: 200, 14: 15}'), (5, '{14: 50}'),
    (6, '{11: 100, 15: 50}'), (7, '{15: 50, 99: 50}'), (8, '{99: 120}'), (9, '{0: 150, 12: 0.333}'), (10, '{11: 0, 14: 0}'), (11, '{}'), (12, NULL);
SELECT id, d, intake(d, foods) FROM day_test, foods_test ORDER BY id;
-- the same as the aggregate makes of the rows, in order
CREATE VIEW by_rows AS
    SELECT id, intake(profile, grams ORDER BY u.food_no) AS by_rows FROM day_test, unnest(d) u LEFT JOIN food_test USING (food_no) GROUP BY id;
SELECT id, intake(d, foods) = by_rows AS same, intake(d, foods)::text = by_rows::text AS same_text
FROM day_test JOIN by_rows USING (id), foods_test ORDER BY id;
SELECT intake('{11: 6e17, 12: 6e17}'::diet, '{11: 1 g}'::food_composition);
-- eaten in unknown mass: as the aggregate has it
SELECT d, intake(d, foods), (SELECT intake(profile, grams ORDER BY u.food_no) FROM unnest(d) u LEFT JOIN food_test USING (food_no)) = intake(d, foods) AS same
FROM foods_test, unnest('{"{11: 100, 12: ?}","{12: ?}","{13: 50, 15: 20, 15: ?}","{11: 0, 12: ?}","{99: ?, 11: 7}"}'::diet[]) d;
-- a food's mass is known, and it holds no more of a nutrient than itself
SELECT food_composition(11, p) FROM (SELECT intake('100 g: K1 1 ug', NULL) + '100 g: K1 1 ug' AS p) s;
SELECT '{11: 100 g and more: K1 1 ug}'::food_composition;
SELECT '{11: 100 g: K1 200 g (known 100 g)}'::food_composition;
SELECT '{"11": {"grams": 100, "nutrients": {"K1": "200 g"}}}'::jsonb::food_composition;
SELECT food_composition(11, p + 'K1 200 g') FROM unnest('{100 g: K1 1 ug}'::nutrient_profile[]) p;
SELECT fortified(foods, '{11}', 'K1 200 g') FROM foods_test;
SELECT with_value(foods, 11, 'K1', '200 g') FROM foods_test;
-- the plan makes no difference: from a sub-select, a join on either side, a constant, a column of many
SELECT count(DISTINCT p) FROM (
    SELECT intake(d, (SELECT foods FROM foods_test)) AS p FROM day_test WHERE id = 1
    UNION ALL SELECT intake(d, foods) FROM day_test, foods_test WHERE id = 1
    UNION ALL SELECT intake(d, foods) FROM foods_test, LATERAL (SELECT d FROM day_test WHERE id = 1 OFFSET 0) s
    UNION ALL SELECT intake(d, (SELECT foods::text::food_composition FROM foods_test)) FROM day_test WHERE id = 1) s;
-- values of many compositions in one column, some out of line, take turns
CREATE TABLE turns AS SELECT i, (SELECT food_composition(j, format('100 g: K1 %s ug', i * j)::nutrient_profile) FROM generate_series(1, CASE WHEN i % 2 = 0 THEN 400 ELSE 3 END) j) AS foods
FROM generate_series(1, 300) i;
SELECT count(*), count(*) FILTER (WHERE upper(intake('{2: 100}', foods) -> 'K1', 'ug') = 2 * i) AS right FROM turns, generate_series(1, 3) g;
SELECT i % 2 AS odd, count(*) FILTER (WHERE pg_column_size(foods) > 8000) AS large FROM turns GROUP BY 1 ORDER BY 1;
DO $$
DECLARE
    f food_composition;
    k1 float8 := 0;
BEGIN
    FOR turn IN 1 .. 20 LOOP
        UPDATE turns SET foods = with_value(foods, 2, 'K1', nutrient_amount(turn, 'ug')) WHERE i = 2;
        SELECT foods INTO f FROM turns WHERE i = 2;
        k1 := k1 + upper(intake('{2: 100}', f) -> 'K1', 'ug');
    END LOOP;
    RAISE NOTICE 'a value that changes: %', k1;
END $$;
-- what if
SELECT restricted(foods, 'K1', 'MK-7'), restricted(foods, VARIADIC '{}'), restricted(foods, 'D3') FROM foods_test;
SELECT id, intake(d, restricted(foods, 'K1')) -> 'K1' AS k1, intake(d, foods) -> 'K1' AS of_all FROM day_test, foods_test ORDER BY id;
SELECT with_value(foods, 14, 'MK-7', '100 ug') -> 14 AS known, with_value(foods, 13, 'MK-4', '0.2 ug') -> 13 AS bounded,
    with_value(foods, 11, 'D3', '400 [IU]') -> 11 AS other_unit, with_value(foods, 15, 'calcium', '<5 mg') -> 15 AS in_part FROM foods_test;
SELECT with_value(foods, 99, 'K1', '1 ug') FROM foods_test;
SELECT with_value(foods, 11, 'K1', '-1 ug') FROM foods_test;
SELECT with_value(foods, 11, 'K1', '1 ug/d') FROM foods_test;
SELECT fortified(foods, '{11,14}', 'MK-7 20 ug, calcium 120 mg') -> 11 AS not_known_before, fortified(foods, '{11,14}', 'MK-7 20 ug') -> 14 AS known,
    fortified(foods, '{11,14}', 'MK-7 20 ug') -> 13 = foods -> 13 AS another FROM foods_test;
SELECT fortified(foods, '{11,99}', 'MK-7 20 ug') FROM foods_test;
SELECT fortified(foods, '{11}', '100 g: MK-7 20 ug') FROM foods_test;
-- a draw is within the bounds, the same for a seed, another for another, and depends on food and nutrient alone
SELECT draw(foods, 1) -> 13 AS drawn, draw(foods, 1) = draw(foods, 1) AS same, draw(foods, 1) = draw(foods, 2) AS other,
    draw(restricted(foods, 'MK-4'), 1) = restricted(draw(foods, 1), 'MK-4') AS by_itself FROM foods_test;
SELECT seed, draw(foods, seed) -> 13 FROM foods_test, unnest('{-9223372036854775808,-1,0,1,2,9223372036854775807}'::bigint[]) seed;
CREATE TABLE drawn AS
    SELECT seed, upper(draw(foods, seed) -> 7 -> 'K1', 'ug') AS v, upper(draw(foods, seed) -> 8 -> 'K1', 'ug') AS w
    FROM generate_series(1, 2000) seed, (SELECT '{7: 100 g: K1 10..30 ug; 8: 100 g: K1 10..30 ug}'::food_composition AS foods) s;
SELECT min(v) >= 10 AND max(v) <= 30 AS within, count(DISTINCT v) AS different, abs(avg(v) - 20) < 3 * 20 / sqrt(12 * 2000) AS mean,
    abs(stddev(v) - 20 / sqrt(12)) < 0.3 AS spread, abs(corr(v, w)) < 3 / sqrt(2000) AS alone, abs(corr(v, seed)) < 3 / sqrt(2000) AS of_the_seed FROM drawn;
-- comparison
SELECT a < b AS lt, a = b AS eq, a > b AS gt, vitk_internal.food_composition_cmp(a, b) AS cmp
FROM (VALUES
    ('{1: 100 g: K1 1 ug; 2: 100 g}'::food_composition, '{2: 100 g; 1: 100 g: K1 0.001 mg}'::food_composition),
    ('{1: 100 g: K1 1 ug}', '{1: 100 g: K1 1 ug; 2: 100 g}'),
    ('{1: 100 g: K1 2 ug}', '{1: 100 g: K1 1 ug}'),
    ('{2: 100 g}', '{1: 100 g: K1 1 ug}'),
    ('{}', '{}')) v (a, b);
-- frozen: hash partitions of users depend on these
SELECT vitk_internal.food_composition_hash(f), vitk_internal.food_composition_hash_extended(f, 0), vitk_internal.food_composition_hash_extended(f, 42)
FROM unnest('{"{}","{1: 100 g: K1 1 ug, MK-4 <2 ug; 2: 100 g}"}'::food_composition[]) f;
-- jsonb
SELECT foods::jsonb -> '13' AS one, foods::jsonb::food_composition = foods AS same FROM foods_test;
SELECT '{"13": {"grams": 100, "nutrients": {"K1": "7 ug"}}}'::jsonb::food_composition, '{}'::jsonb::food_composition;
SELECT '[]'::jsonb::food_composition;
SELECT '{"natto": {"grams": 100}}'::jsonb::food_composition;
SELECT '{"13": 7}'::jsonb::food_composition;
SELECT '{"13": {"grams": 100, "nutrients": {"K1": 7}}}'::jsonb::food_composition;
SELECT '{"13": {"nutrients": {"K1": "7 ug"}}}'::jsonb::food_composition;
-- the shipped foods
SELECT food_count(f) > 500 AS many, food_count(f) = (SELECT count(*) FROM vitk.food_profile) AS all,
    octet_length(f::text) > 10000 AS long, f::text::food_composition = f AS text, f::jsonb::food_composition = f AS json
FROM (SELECT food_composition(food_no, profile) AS f FROM vitk.food_profile JOIN vitk.food USING (food_id)) s;
DROP VIEW by_rows;
DROP TABLE food_test, foods_test, day_test, turns, drawn;
