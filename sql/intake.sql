CREATE TABLE intake_test (id integer PRIMARY KEY, person integer, grams float8, p nutrient_profile);
INSERT INTO intake_test VALUES
    (1, 1, 50, '100 g: K1 7 ug, MK-4 15 ug'),
    (2, 1, 200, '100 g: K1 3 ug, MK-4 0 ug'),
    (3, 2, 100, '100 g: K1 7 ug, MK-4 15 ug'),
    (4, 2, 50, '100 g: MK-4 10 ug, MK-7 <0.5 ug'),
    (5, 2, 25, NULL),
    (6, 3, 0, '100 g: K1 7 ug'),
    (7, 3, 20, '250 g: K1 10 ug (known 125 g), fat 3 g');
-- adding: mass, bounds and known grams each for itself
SELECT a + b AS sum, b + a = a + b AS commutes FROM (VALUES
    ('100 g: K1 7 ug'::nutrient_profile, '50 g: K1 3 ug'::nutrient_profile),
    ('100 g: K1 7 ug', '50 g: MK-4 3 ug'),
    ('100 g: K1 7 ug, fat 1 g', '50 g: K1 1..2 ug'),
    ('100 g: K1 7 ug', '50 g'),
    ('100 g', '50 g: K1 0 ug'),
    ('100 g: K1 7 ug', '0 g'),
    -- a supplement adds its amounts, and no mass: what was covered stays so
    ('100 g: K1 7 ug', 'K1 100 ug'),
    ('100 g: K1 7 ug (known 60 g)', 'K1 100 ug'),
    ('100 g: K1 7 ug', 'MK-7 90 ug'),
    ('K1 100 ug', 'MK-7 90 ug, K1 <1 ug'),
    ('0 g', '0 g')) v(a, b);
SELECT '6e17 g'::nutrient_profile + '6e17 g';
SELECT 'K1 1e308 ug'::nutrient_profile + 'K1 1e308 ug';
SELECT 'K1 <1e308 ug'::nutrient_profile + 'K1 <1e308 ug, fat 1 g';
SELECT sum(p) FROM (VALUES ('K1 <3 ug, MK-4 <1e308 ug'::nutrient_profile), ('K1 <3 ug, MK-4 <1e308 ug')) AS v (p);
-- the smallest normal number is not rounded to zero
SELECT sum(p) FROM (VALUES ('K1 1 ug, MK-4 2.2250738585072014e-308 ug'::nutrient_profile), ('K1 1 ug, MK-4 0 ug')) AS v (p);
SELECT '100 g: K1 1 ug'::nutrient_profile + NULL IS NULL AS strict;
SELECT '100 g'::nutrient_profile + 'sum of 2: 100 g';
-- what each person ate
SELECT person, intake(p, grams) FROM intake_test GROUP BY person ORDER BY person;
SELECT intake(p, grams) FROM intake_test;
SELECT intake(p, grams) = sum(portion(p, grams)) AS same FROM intake_test WHERE person = 1;
SELECT intake(p, grams) AS of_nothing FROM intake_test WHERE false;
SELECT intake(NULL, grams) AS only_unknown FROM intake_test;
SELECT intake(p, grams) FILTER (WHERE person = 1), intake(p, grams) FILTER (WHERE id = 5) AS unknown_food FROM intake_test;
SELECT coverage(i, 'K1') AS k1, coverage(i, 'MK-4') AS mk4, coverage(i, 'MK-7') AS mk7, coverage(i, 'fat') AS fat
FROM (SELECT intake(p, grams) AS i FROM intake_test WHERE person = 2) s;
-- eaten, of unknown mass: the day has so much and more
SELECT person, intake(p, CASE WHEN id <> 3 THEN grams END) FROM intake_test GROUP BY person ORDER BY person;
SELECT intake(p, NULL), intake(NULL, NULL) FROM intake_test;
SELECT i, grams(i), coverage(i, 'K1') AS k1, i -> 'K1' AS "->", i + '50 g: K1 1 ug' AS plus, i + 'D3 25 ug' AS with_supplement, i * 2 AS twice, i * 0 AS nothing
FROM (SELECT intake(p, CASE WHEN id <> 2 THEN grams END) AS i FROM intake_test WHERE person = 1) s;
SELECT sum(i), avg(i), avg(i) = '70 g and more: K1 3.5 ug, MK-4 7.5 ug'::nutrient_profile AS mean FROM unnest('{"100 g and more: K1 7 ug, MK-4 15 ug",40 g: K1 0 ug\, MK-4 0 ug}'::nutrient_profile[]) i;
-- of a part of it nobody knows what it is a part of
SELECT portion('250 g and more: K1 15 ug, MK-4 1..2 ug', 100) AS portion, intake('250 g and more: K1 15 ug', 100) AS intake, intake('250 g and more: K1 15 ug', 0) AS none;
SELECT intake(p, -grams) FROM intake_test;
SELECT intake(p, 'nan') FROM intake_test;
SELECT intake(p, 'inf') FROM intake_test;
SELECT intake('K1 100 ug', 1);
SELECT intake('0 g', 0);
SELECT intake('sum of 2: 100 g', 1);
SELECT intake('1e-300 g: K1 0 ug', 1e15);
SELECT intake('1e-300 g: K1 1 ug (known 1e-300 g)', 1e15) FROM generate_series(1, 2);
SELECT intake('100 g: K1 1 ug', 6e17) FROM generate_series(1, 2);
SELECT intake('100 g: K1 1 ug', 1e300);
SELECT intake('1 g: K1 1e308 ug (known 1 g)', 1) FROM generate_series(1, 2);
-- codes by which a program tells these errors apart
\set VERBOSITY sqlstate
SELECT intake('100 g: K1 1 ug', -1);
SELECT intake('K1 1 ug', 1);
SELECT '6e17 g'::nutrient_profile + '6e17 g';
SELECT portion('100 g: K1 1 ug', -1);
SELECT portion('K1 1 ug', 1);
SELECT 'K1'::nutrient_profile;
SELECT 'K1 1 ug, K1 2 ug'::nutrient_profile;
SELECT profile(n, '1 ug') FROM unnest('{K1,K1}'::nutrient[]) n;
SELECT '[]'::jsonb::nutrient_profile;
\set VERBOSITY default
-- supplements are added to it
SELECT person, intake(p, grams) + 'K1 100 ug, D3 25 ug' AS with_supplement FROM intake_test GROUP BY person ORDER BY person;
-- sum and mean; rows without profile count for neither
SELECT person, sum(p), avg(p) FROM intake_test GROUP BY person ORDER BY person;
SELECT sum(p), avg(p) FROM intake_test WHERE p IS NULL;
SELECT avg(p) FROM unnest(ARRAY['100 g: K1 7 ug', '100 g: K1 7 ug', '100 g: K1 7 ug']::nutrient_profile[]) p;
SELECT avg(p) FROM unnest(ARRAY['K1 7 ug', 'MK-4 1..3 ug', NULL]::nutrient_profile[]) p;
SELECT avg(p) FROM unnest(ARRAY['100 g: K1 7 ug']::nutrient_profile[]) p;
SELECT avg(p) AS of_partial_sums FROM unnest(ARRAY['sum of 3: 300 g: K1 21 ug', '100 g: K1 3 ug']::nutrient_profile[]) p;
SELECT avg(p) FROM unnest(ARRAY['6e17 g', '6e17 g']::nutrient_profile[]) p;
-- day totals of a person, then the mean day
SELECT avg(day) AS mean_day FROM (SELECT intake(p, grams) AS day FROM intake_test GROUP BY person) s;
-- a profile made of rows
SELECT profile(n, a), with_grams(profile(n, a), 100) AS per_100_g
FROM (VALUES ('K1'::nutrient, '0.007 mg'::nutrient_amount), ('MK-7', '<0.5 ug'), ('D3', '40 IU'), ('MK-4', NULL), (NULL, NULL)) v(n, a);
SELECT profile(n, NULL) AS all_unknown FROM unnest('{K1,MK-4}'::nutrient[]) n;
SELECT profile('K1', '5 ug') FROM generate_series(1, 0);
SELECT profile(n, '5 ug') FROM unnest('{K1,MK-4,K1}'::nutrient[]) n;
SELECT profile(n, '5 ug') FROM (VALUES ('K1'::nutrient), (NULL)) v(n);
SELECT profile('K1', '-5 ug');
SELECT profile('K1', '5 kcal');
SELECT profile('K1', '5 ug/d');
SELECT profile(n, a) = 'K1 7 ug, fat 3 g' AS same FROM unnest('K1 7 ug, fat 3 g'::nutrient_profile) AS u(n, a);
-- window functions: nothing leaks into rows that were returned before
SELECT id, intake(p, grams) OVER (ORDER BY id) AS so_far FROM intake_test ORDER BY id;
SELECT id, intake(p, grams) OVER w AS moving, sum(p) OVER w, avg(p) OVER w
FROM intake_test WINDOW w AS (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) ORDER BY id;
SELECT count(DISTINCT so_far) AS distinct_rows, count(*) AS rows FROM
    (SELECT intake('100 g: K1 1 ug', 10) OVER (ORDER BY i) AS so_far FROM generate_series(1, 1000) i) s;
-- grouping sets share no state
SELECT person, intake(p, grams), sum(p) FROM intake_test GROUP BY ROLLUP (person) ORDER BY person;
-- the aggregates are parallel safe, combinable, and their state is the profile itself
SELECT aggfnoid::regprocedure, aggtranstype::regtype, aggcombinefn, aggfinalfn, aggserialfn, aggtransspace, proparallel
FROM pg_aggregate JOIN pg_proc ON pg_proc.oid = aggfnoid WHERE aggtranstype = 'nutrient_profile'::regtype ORDER BY aggfnoid::regprocedure::text;
DROP TABLE intake_test;
