-- what it reads, and how it prints
SELECT t AS literal, t::nutrient_profile FROM unnest(ARRAY[
    '100 g: K1 7 ug, MK-4 15 ug, MK-7 <0.5 ug',
    '100g:MK4 15ug,phylloquinone 7mcg',
    ' 0.1 kg : vitamin K1 7 ug , MK 4 1..2 ug ',
    '250 g: K1 7 ug (known 100 g)',
    '250 g: K1 0 ug, MK-4 <1 ug (known 0 g)',
    '1 kg: D3 1000 IU, retinol 100 [IU], K1 1 nmol, calcium 1 g, energy 100 kJ',
    'K1 100 ug, D3 25 ug',
    '0 g: K1 100 ug',
    'MK-4 45 mg',
    '25-OH-D3 5 ug',
    '430 5 ug',
    '100 g', '100 g:', '0 g',
    '1e-300 g: K1 1e300 ug (known 1e-300 g)',
    '100 g: K1 0.1 ug, MK-4 0.30000000000000004 ug, MK-5 1e-7 ug, MK-6 -0 ug',
    'sum of 3: 300 g: K1 21 ug',
    '250 g and more: K1 15 ug', ' 0.25 kg  and more:K1 15 ug,MK-4 <1 ug (known 40 g)', '0 g and more: D3 5 ug', '30 g and more', '0 g and more:',
    '1 g and more: K1 2 g', 'sum of 2: 30 g and more: K1 1 ug']) AS t;
-- every nutrient of the registry reads from its own output
WITH full_profile AS (
    SELECT ('100 g: ' || string_agg(format('%s %s..%s %s (known 0.1 g)', code, 1e300::float8 / 3, 1e300::float8 / 0.7, unit), ', '))::nutrient_profile AS p
    FROM vitk.nutrient)
SELECT p::text::nutrient_profile = p AS lossless, (SELECT count(*) FROM unnest(p)) = (SELECT count(*) FROM vitk.nutrient) AS complete
FROM full_profile;
-- numbers print the same whatever the settings
SET extra_float_digits = -15;
SELECT '100.1 g: K1 0.30000000000000004 ug'::nutrient_profile, '100.1 g: K1 0.30000000000000004 ug'::nutrient_profile::jsonb;
RESET extra_float_digits;
-- bad literals
SELECT ''::nutrient_profile;
SELECT ':'::nutrient_profile;
SELECT '5'::nutrient_profile;
SELECT 'K1'::nutrient_profile;
SELECT '100 g: K1'::nutrient_profile;
SELECT '100 g: 7 ug'::nutrient_profile;
SELECT '100 g: Kx 7 ug'::nutrient_profile;
SELECT '100 g: vitamin Q 7 ug'::nutrient_profile;
SELECT '100 g K1 7 ug'::nutrient_profile;
SELECT 'K1: 7 ug'::nutrient_profile;
SELECT '100 g: : K1 7 ug'::nutrient_profile;
SELECT '100 g: K1 7 ug,'::nutrient_profile;
SELECT ',K1 7 ug'::nutrient_profile;
SELECT '100 g: K1 7 ug,, MK-4 3 ug'::nutrient_profile;
SELECT '100 g: K1 7 ug, vitamin K1 8 ug'::nutrient_profile;
SELECT '100 g: K1 -7 ug'::nutrient_profile;
SELECT '100 g: K1 -1..7 ug'::nutrient_profile;
SELECT '100 g: K1 7'::nutrient_profile;
SELECT '100 g: K1 7 ug/d'::nutrient_profile;
SELECT '100 g: K1 7 ug/(100.g)'::nutrient_profile;
SELECT '100 g: K1 7 kcal'::nutrient_profile;
SELECT '100 g: K1 7 IU'::nutrient_profile;
SELECT '100 g: vitamin K 7 nmol'::nutrient_profile;
SELECT '100 g: K1 nan ug'::nutrient_profile;
SELECT '100 g: K1 1e999 ug'::nutrient_profile;
SELECT '100 g: K1 1e308 g'::nutrient_profile;
SELECT '-1 g: K1 7 ug'::nutrient_profile;
SELECT '1..2 g: K1 7 ug'::nutrient_profile;
SELECT '100: K1 7 ug'::nutrient_profile;
SELECT '100 mol: K1 7 ug'::nutrient_profile;
SELECT 'inf g'::nutrient_profile;
SELECT 'K1 7 ug and more'::nutrient_profile;
SELECT '100 ug and more'::nutrient_profile;
SELECT '100 g and more and more: K1 7 ug'::nutrient_profile;
SELECT '100 g more: K1 7 ug'::nutrient_profile;
SELECT '100 gand more: K1 7 ug'::nutrient_profile;
SELECT 'and more: K1 7 ug'::nutrient_profile;
SELECT '100 g: K1 7 ug, and more'::nutrient_profile;
SELECT '1e300 g: K1 7 ug'::nutrient_profile;
SELECT '1.1e15 kg'::nutrient_profile;
SELECT '1e308 kg: K1 7 ug'::nutrient_profile;
SELECT '100 g: K1 7 ug (known 101 g)'::nutrient_profile;
SELECT 'K1 7 ug (known 1 g)'::nutrient_profile;
SELECT '100 g: K1 7 ug (known 5 mol)'::nutrient_profile;
SELECT '100 g: K1 7 ug (known)'::nutrient_profile;
SELECT '100 g: K1 7 ug (about 5 g)'::nutrient_profile;
SELECT '100 g: (known 5 g)'::nutrient_profile;
SELECT 'sum of 1: 100 g'::nutrient_profile;
SELECT 'sum of 2.5: 100 g'::nutrient_profile;
SELECT 'sum of x: 100 g'::nutrient_profile;
SELECT 'sum of 2'::nutrient_profile;
SELECT ('100 g: ' || repeat('é', 300) || ' 7 ug')::nutrient_profile;
SELECT ('100 g: K1 ' || repeat('é', 300))::nutrient_profile;
-- a mass of food is in g or kg, and food holds no more of a nutrient than itself, unless a supplement came with it
SELECT '100 ug'::nutrient_profile;
SELECT '120 ug'::nutrient_profile;
SELECT '100 mg'::nutrient_profile;
SELECT '100 mg: K1 7 ug'::nutrient_profile;
SELECT '100 g: K1 200 g'::nutrient_profile;
SELECT '{"grams": 100, "nutrients": {"fat": "100.2 g"}}'::jsonb::nutrient_profile;
SELECT '100 g: fat 100 g, water <200 g'::nutrient_profile;
SELECT '100 g: energy 1000 kcal'::nutrient_profile, '100 g: energy-specific 20 kJ'::nutrient_profile;
SELECT '100 g: energy 1002 kcal'::nutrient_profile;
SELECT with_grams('K1 200 g', 100);
SELECT with_grams(profile('energy', '5000 kcal'), 100);
-- nor more of parts than of the whole, beyond rounding: proximates, classes of fatty acids, sugars
SELECT p::nutrient_profile FROM unnest(ARRAY[
    '100 g: water 90 g, protein 5 g, fat 4 g, carbohydrate 5 g, ash 1 g', '100 g: fat 10 g, FASAT 4 g, FAMS 4 g, FAPU 2.9 g',
    '100 g: fat 0.1 g, FASAT 0.1 g, FAMS 0.1 g, FAPU 0.1 g', 'fat 1 g, FASAT 5 g', '100 g: water <90 g, protein 60 g, fat <40 g',
    '100 g: water 70.5 g, protein 36 g', '100 g: D 0.2 ug, D3 0.9 ug', '100 g: A-RAE 58 ug, retinol 59 ug', '100 g: vitamin K 600 ug, K1 34 ug, MK-7 826 ug', '100 g: vitamin K 7 ug, K1 25 ug (known 0 g)',
    '100 g and more: water 90 g, protein 50 g', '200 g: water 90 g, protein 90 g, fat 30 g (known 100 g)']) p;
DO $$
DECLARE
    p text;
    detail text;
BEGIN
    FOREACH p IN ARRAY ARRAY['100 g: water 90 g, protein 18 g', '100 g: water 60 g, protein 10 g, fat 10 g, carbohydrate 20 g, ash 1 g, alcohol 7 g',
        '100 g: water 60 g, protein 10 g, carbohydrate-available 20 g, fibre 18 g', '100 g: fat 10 g, FASAT 4 g, FAMS 4 g, FAPU 4 g',
        '100 g: fat 10 g, FASAT 12 g', '100 g: fatty acids 5 g, FASAT 3 g, FAMS 3 g', '100 g: fat 5 g, fatty acids 6 g', '100 g: FAPU 5 g, FAPUN3 4 g, FAPUN6 2 g',
        '100 g: carbohydrate 10 g, sugars 8 g, starch 8 g', '100 g: carbohydrate-available 10 g, sugars 12 g', '100 g: sugars 10 g, glucose 6 g, fructose 6 g',
        '100 g: protein 10 g, protein-plant 6 g, protein-animal 6 g', '100 g: K2 5 ug, MK-4 4 ug, MK-7 3 ug', '100 g: vitamin K 5 ug, K1 4 ug, MK-4 3 ug',
        '100 g: D 5 ug, D2 4 ug, D3 3 ug', '100 g: A-RAE 5 ug, retinol 11 ug', '100 g: A-RE 5 ug, retinol 11 ug', '100 g: folate 50 ug, food folate 40 ug, folic acid 20 ug',
        '100 g: fat 1 g, EPA 1 g, DHA 1 g', '100 g: FAPU 1 g, EPA 1 g, DHA 1 g', '100 g: FAPUN3 1 g, EPA 1 g, DPA 1 g'] LOOP
        BEGIN
            RAISE NOTICE '%: taken', p::nutrient_profile;
        EXCEPTION WHEN numeric_value_out_of_range THEN
            GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL;
            RAISE NOTICE '%: % (%)', p, SQLERRM, detail;
        END;
    END LOOP;
END $$;
SELECT '{"grams": 100, "nutrients": {"water": "90 g", "protein": "18 g"}}'::jsonb::nutrient_profile;
-- food and supplements together may be more than food, alone and together, and say so
SELECT food + supplement AS p, (food + supplement)::text::nutrient_profile = food + supplement AS text,
    (food + supplement)::jsonb::nutrient_profile = food + supplement AS json
FROM (VALUES ('100 g: water 90 g, protein 5 g'::nutrient_profile, 'protein 30 g'::nutrient_profile), ('100 g: fat 5 g, FASAT 1 g, FAMS 1 g', 'FAMS 8 g, D3 25 ug'),
    ('100 g: fat 5 g, FASAT 1 g, FAMS 1 g, sugars 4 g, glucose 3 g', 'FASAT 200 g, glucose 3 g'), ('100 g: fat 5 g', 'FASAT 7 g'), ('100 g', 'D3 25 ug')) v (food, supplement);
SELECT p, p::text::nutrient_profile = p AS text, p::jsonb::nutrient_profile = p AS json
FROM (SELECT '1 g: calcium 3 mg'::nutrient_profile + 'calcium 2 g' AS p) s;
-- compressed, out of line or with a short header: the same value
CREATE TABLE wide_test (id int, p1 nutrient_profile, p2 nutrient_profile, p3 nutrient_profile, p4 nutrient_profile);
INSERT INTO wide_test SELECT i, p, p, p, p FROM generate_series(1, 2) i,
    (SELECT with_grams(profile(nutrient, nutrient_amount(1, 2, unit)), 100) AS p FROM vitk.nutrient WHERE position <= 1500) s;
SELECT count(*) AS rows, bool_and(p1 = p4) AS equal, max(pg_column_size(p1)) < 3900 AS compressed,
    sum(p1) = sum(portion(p2, 100)) AS sums, min((SELECT count(*) FROM unnest(p3))) AS nutrients FROM wide_test;
DROP TABLE wide_test;
-- what is in it
CREATE TABLE profile_test (id integer PRIMARY KEY, p nutrient_profile);
INSERT INTO profile_test VALUES
    (1, '100 g: K1 7 ug, MK-4 15 ug'),
    (2, '250 g: K1 7..9 ug (known 100 g), MK-7 <0.5 ug'),
    (3, 'K1 100 ug, calcium 500 mg'),
    (4, '100 g'),
    (5, '0 g'),
    (6, NULL);
SELECT id, p -> 'K1' AS k1, p['MK-4'] AS mk4, amount(p, 'calcium') AS calcium, p ? 'MK-7' AS has_mk7, grams(p),
       known_grams(p, 'K1'), coverage(p, 'K1') AS k1_coverage, coverage(p, 'MK-4') AS mk4_coverage
FROM profile_test ORDER BY id;
SELECT id, u.* FROM profile_test, unnest(p) u ORDER BY id, nutrient;
SELECT id, unnest(p) FROM profile_test WHERE id < 3 ORDER BY id;
-- the highest and the lowest bit of the bitmap
SELECT p, p -> 'fat' AS fat, p -> 'K1' AS k1, coverage(p, 'fat') FROM (SELECT '100 g: K1 1 ug, fat 2 g (known 5 g)'::nutrient_profile AS p) s;
-- subscripts: read only, one nutrient
SELECT p[code::nutrient] FROM profile_test, (VALUES ('K1'), ('MK-4'), (NULL)) v(code) WHERE id = 1;
SELECT (NULL::nutrient_profile)['K1'] IS NULL AS null_profile;
SELECT p['Kx'] FROM profile_test;
SELECT p[1] FROM profile_test;
SELECT p[code] FROM profile_test, (VALUES ('K1'::text)) v(code);
SELECT p['K1']['MK-4'] FROM profile_test;
SELECT p['K1':'MK-4'] FROM profile_test;
UPDATE profile_test SET p['K1'] = '5 ug';
CREATE TABLE profile_generated (p nutrient_profile, k1 nutrient_amount GENERATED ALWAYS AS (p['K1']) STORED,
    fat_grams float8 GENERATED ALWAYS AS (known_grams(p, 'fat')) STORED);
INSERT INTO profile_generated VALUES ('100 g: K1 7 ug, fat 1 g (known 50 g)');
SELECT * FROM profile_generated;
CREATE VIEW profile_view AS SELECT p['MK-4'] AS mk4, p -> 'K1' AS k1 FROM profile_test;
SELECT replace(pg_get_viewdef('profile_view'), 'profile_test.', '') AS profile_view; -- 15 qualifies columns
DROP VIEW profile_view;
DROP TABLE profile_generated;
-- portions and multiples
SELECT id, portion(p, 30), p * 2 AS twice, 0.5 * p AS half, p * 0 AS nothing FROM profile_test WHERE id IN (1, 2, 4) ORDER BY id;
SELECT portion('100 g: K1 7 ug', 0), portion('100 g: K1 7 ug', -0.0::float8), '100 g: K1 7 ug'::nutrient_profile * -0.0::float8 AS no_negative_zero;
SELECT portion('300 g: K1 1 ug (known 299.99999999999994 g)', 0.1) AS known_not_above_mass;
SELECT portion('100 g: K1 7 ug', NULL) IS NULL AS null_grams;
SELECT portion('100 g: K1 7 ug', -1);
SELECT portion('100 g: K1 7 ug', 'nan');
SELECT portion('100 g: K1 7 ug', 'infinity');
SELECT portion('K1 7 ug', 100);
SELECT portion('0 g', 0);
SELECT portion('1e-300 g: K1 7 ug (known 1e-300 g)', 1e15);
SELECT portion('100 g: K1 7 ug', 1e300);
SELECT '100 g: K1 7 ug'::nutrient_profile * -1;
SELECT '100 g: K1 7 ug'::nutrient_profile * 'nan';
SELECT 'K1 1e308 ug'::nutrient_profile * 10;
SELECT '6e17 g'::nutrient_profile * 10;
-- rounded for people to read
SELECT rounded('33.3 g: K1 33.599999999999994 ug, MK-4 35.26..64.31 ug (known 3.3 g), MK-7 <0.04 ug'::nutrient_profile, 1),
    rounded('100 g: K1 7.25 ug, calcium 123.4 mg'::nutrient_profile), rounded('K1 7.25 ug'::nutrient_profile, -1), rounded('33.3 g'::nutrient_profile);
SELECT rounded('K1 7 ug'::nutrient_profile, 16);
SELECT with_grams('K1 7 ug, MK-7 <0.5 ug', 100), with_grams('0 g', 100);
SELECT with_grams('100 g: K1 7 ug', 100);
SELECT with_grams('K1 7 ug', 0);
SELECT with_grams('K1 7 ug', -5);
-- jsonb, there and back
SELECT id, p::jsonb, p::jsonb::nutrient_profile = p AS lossless FROM profile_test WHERE p IS NOT NULL ORDER BY id;
SELECT '{"grams": 100, "nutrients": {"phylloquinone": "7 ug", "MK4": {"lower": 0.001, "upper": 0.002, "unit": "mg"}}}'::jsonb::nutrient_profile;
SELECT '{}'::jsonb::nutrient_profile, '{"nutrients": {"D3": "1000 IU"}}'::jsonb::nutrient_profile;
SELECT '{"grams": 0.1, "nutrients": {"K1": {"lower": 0.30000000000000004, "upper": 1e22, "unit": "ug"}}}'::jsonb::nutrient_profile;
SELECT '[]'::jsonb::nutrient_profile;
SELECT '"100 g"'::jsonb::nutrient_profile;
SELECT '{"gram": 100}'::jsonb::nutrient_profile;
SELECT '{"grams": "100"}'::jsonb::nutrient_profile;
SELECT '{"grams": -1}'::jsonb::nutrient_profile;
SELECT '{"grams": 1e400}'::jsonb::nutrient_profile;
SELECT '{"grams": 1e-400}'::jsonb::nutrient_profile;
SELECT '{"nutrients": []}'::jsonb::nutrient_profile;
SELECT '{"nutrients": 1}'::jsonb::nutrient_profile;
SELECT '{"nutrients": {"Kx": "1 ug"}}'::jsonb::nutrient_profile;
SELECT '{"nutrients": {"K1": 7}}'::jsonb::nutrient_profile;
SELECT '{"nutrients": {"K1": [7]}}'::jsonb::nutrient_profile;
SELECT '{"nutrients": {"K1": "7"}}'::jsonb::nutrient_profile;
SELECT '{"nutrients": {"K1": "-7 ug"}}'::jsonb::nutrient_profile;
SELECT '{"nutrients": {"K1": "7 ug", "MK-4": "1 ug", "vitamin K1": "7 ug"}}'::jsonb::nutrient_profile;
SELECT '{"nutrients": {"K1": {"lower": 7, "upper": 7}}}'::jsonb::nutrient_profile;
SELECT '{"nutrients": {"K1": {"upper": 7, "unit": "ug"}}}'::jsonb::nutrient_profile;
SELECT '{"nutrients": {"K1": {"lower": 8, "upper": 7, "unit": "ug"}}}'::jsonb::nutrient_profile;
SELECT '{"nutrients": {"K1": {"lower": 7, "upper": 7, "unit": 1}}}'::jsonb::nutrient_profile;
SELECT '{"nutrients": {"K1": {"lower": 7, "upper": 7, "unit": "pound"}}}'::jsonb::nutrient_profile;
SELECT '{"nutrients": {"K1": {"lower": 7, "upper": 7, "unit": "ug", "note": "x"}}}'::jsonb::nutrient_profile;
SELECT '{"grams": 5, "nutrients": {"K1": {"lower": 7, "upper": 7, "unit": "ug", "known_grams": 6}}}'::jsonb::nutrient_profile;
-- the running state of avg() is no profile for anything else
SELECT 'sum of 2: 200 g: K1 7 ug'::nutrient_profile -> 'K1';
SELECT ('sum of 2: 200 g: K1 7 ug'::nutrient_profile)['K1'];
SELECT portion('sum of 2: 200 g: K1 7 ug', 5);
SELECT 'sum of 2: 200 g: K1 7 ug'::nutrient_profile::jsonb;
-- equality is by content: the form of a sum, compact or not, does not matter
SELECT a::text, b::text, a = b AS eq, a <> b AS ne, a < b AS lt, a <= b AS le, a > b AS gt, a >= b AS ge,
       vitk_internal.nutrient_profile_hash(a) = vitk_internal.nutrient_profile_hash(b) AS same_hash,
       vitk_internal.nutrient_profile_hash_extended(a, 7) = vitk_internal.nutrient_profile_hash_extended(b, 7) AS same_extended
FROM (VALUES
    ('100 g: K1 7 ug'::nutrient_profile, '0.1 kg: phylloquinone 0.007 mg'::nutrient_profile),
    ('100 g: K1 7 ug', '100 g: K1 7 ug (known 99 g)'),
    ('100 g: K1 7 ug', '100 g: K1 7..8 ug'),
    ('100 g: K1 7 ug', '100 g: K1 7 ug, MK-4 0 ug'),
    ('100 g: K1 7 ug', 'K1 7 ug'),
    ('100 g: K1 7 ug', '100 g: MK-4 7 ug'),
    ('K1 7 ug, MK-4 2 ug', 'K1 7 ug'::nutrient_profile + 'MK-4 2 ug'),
    ('100 g: K1 7 ug', ('100 g: K1 1..2 ug'::nutrient_profile) * 0 + '100 g: K1 7 ug'),
    ('0 g', '100 g')) v(a, b);
-- frozen: hash partitions of users depend on these
SELECT p, vitk_internal.nutrient_profile_hash(p), vitk_internal.nutrient_profile_hash_extended(p, 0), vitk_internal.nutrient_profile_hash_extended(p, 42)
FROM unnest(ARRAY['100 g: K1 7 ug, MK-7 <0.5 ug', 'K1 7 ug', '0 g']::nutrient_profile[]) p;
SELECT vitk_internal.nutrient_profile_hash_extended(p, 0)::bit(32)::int4 = vitk_internal.nutrient_profile_hash(p) AS low_half FROM profile_test WHERE id = 1;
SELECT p FROM profile_test ORDER BY p;
SELECT DISTINCT p FROM (SELECT p FROM profile_test UNION ALL SELECT p + '0 g' FROM profile_test) s ORDER BY p;
CREATE INDEX profile_test_p ON profile_test (p);
SET enable_seqscan = off; SET enable_bitmapscan = off;
SELECT id FROM profile_test WHERE p = '100 g: MK-4 15 ug, K1 7 ug';
SELECT id FROM profile_test WHERE p < '100 g: K1 7 ug' ORDER BY p;
RESET enable_seqscan; RESET enable_bitmapscan;
SET enable_hashjoin = off; SET enable_nestloop = off;
SELECT count(*) AS merge_join FROM profile_test a JOIN profile_test b USING (p);
SET enable_hashjoin = on; SET enable_mergejoin = off;
SELECT count(*) AS hash_join FROM profile_test a JOIN profile_test b USING (p);
RESET enable_hashjoin; RESET enable_nestloop; RESET enable_mergejoin;
-- storage: compressed, out of line or neither, the values are the same
ALTER TABLE profile_test ALTER p SET STORAGE extended;
SELECT (array_agg(p ORDER BY id))[2] = (SELECT p FROM profile_test WHERE id = 2) AS in_array FROM profile_test;
SELECT (t).p -> 'K1' AS in_composite FROM profile_test t WHERE id = 1;
SELECT pg_column_size(p) FROM profile_test WHERE id IN (1, 2, 5) ORDER BY id;
CREATE TABLE profile_wide (id integer, a nutrient_profile, b nutrient_profile, c nutrient_profile);
ALTER TABLE profile_wide ALTER b SET STORAGE extended, ALTER c SET STORAGE external;
INSERT INTO profile_wide
SELECT id, p, p, p
FROM (SELECT id, with_grams(profile(nutrient, nutrient_amount(id, id + 1, 'ug')), 10000) AS p
      FROM vitk.nutrient, generate_series(1, 2) AS id WHERE unit IN ('ug', 'mg', 'g') GROUP BY id) AS wide;
SELECT id, pg_column_size(a) < pg_column_size(a * 1) AS compressed, a = b AND b = c AS equal,
       a::text = b::text AND b::text = c::text AS same_text, a -> 'K1' AS k1,
       sum(a) OVER () = sum(b) OVER () AND sum(b) OVER () = sum(c) OVER () AS same_sum
FROM profile_wide ORDER BY id;
SELECT id, count(*) FROM (SELECT id, a FROM profile_wide UNION SELECT id, b FROM profile_wide UNION SELECT id, c FROM profile_wide) AS u
GROUP BY id ORDER BY id;
CREATE INDEX ON profile_wide (id, (a -> 'K1'));
DROP TABLE profile_wide;
-- more profiles in a row than a page holds
CREATE TABLE profile_row AS
SELECT p AS a, p AS b, p AS c, p AS d, p AS e, p AS f, p AS g, p AS h, p AS i, p AS j, p AS k, p AS l
FROM (SELECT with_grams(profile(nutrient, nutrient_amount(sin(position) + 1, cos(position) + 3, 'ug')), 10000) AS p
      FROM vitk.nutrient WHERE unit IN ('ug', 'mg', 'g')) AS wide;
SELECT pg_column_size(a * 1) * 12 > 8192 AS longer_than_a_page, a = f AND f = l AS equal, a -> 'MK-4' = l -> 'MK-4' AS same FROM profile_row;
DROP TABLE profile_row;
DROP TABLE profile_test;
-- binary form: what recv reads, send writes; the wire is checked (the TAP tests corrupt it)
SELECT vitk_internal.nutrient_profile_send('100 g: K1 7 ug'), vitk_internal.nutrient_profile_send('K1 1..2 ug');

-- a nutrient as a plain number in its own unit
SELECT lower(p, 'calcium'), middle(p, 'calcium'), upper(p, 'calcium'), middle(p, 'K1'), middle(p, 'MK-4') AS unknown, middle(p, NULL)
FROM (VALUES ('100 g: K1 7 ug, calcium 0.1..0.3 g'::nutrient_profile)) AS v (p);
SELECT middle('100 g: K1 7 ug'::nutrient_profile, 'K99');

-- a count beyond those that doubles tell apart would read back as another
SELECT 'sum of 9007199254740991: 100 g: K1 5 ug'::nutrient_profile;
SELECT 'sum of 9007199254740992: 100 g: K1 5 ug'::nutrient_profile;
SELECT 'sum of 9007199254740993: 100 g: K1 5 ug'::nutrient_profile;
