-- what it reads, and how it prints
SELECT t AS literal, t::diet FROM unnest(ARRAY[
    '{1002: 14, 5100: 120.5}',
    ' { 5100:120.5,1002 : 14.00 } ',
    '{}', ' { } ',
    '{7: 1, 7: 2.25, 3: 0.1, 3: 0.2}',
    '{7: ?, 7: 3, 7: ?}',
    '{7: 0, 0: 5, 2147483647: 42949672.94}',
    '{7: 42949672.95}',
    '{7: 42949672.94, 7: 0.01}',
    '{7: 0.3333333333333333, 8: 0.1, 8: 0.2}',
    '{7: 1e18, 8: 3e-308}',
    '{7: 5e-3}']) AS t;
SET extra_float_digits = -15;
SELECT '{7: 0.30000000000000004}'::diet;
RESET extra_float_digits;
-- bad literals
SELECT ''::diet;
SELECT '1002: 14'::diet;
SELECT '{1002: 14'::diet;
SELECT '{1002: 14} and more'::diet;
SELECT '{1002: 14,}'::diet;
SELECT '{1002 14}'::diet;
SELECT '{1002: 14; 1003: 5}'::diet;
SELECT '{natto: 50}'::diet;
SELECT '{-1: 50}'::diet;
SELECT '{1002: fifty}'::diet;
SELECT '{1002: -1}'::diet;
SELECT '{1002: NaN}'::diet;
SELECT '{1002: 1e400}'::diet;
SELECT '{2147483648: 1}'::diet;
SELECT '{99999999999999999999999999: 1}'::diet;
SELECT '{1: 6e17, 1: 6e17}'::diet;
-- 8 bytes a food while masses are multiples of 0.01 g, else 12
SELECT pg_column_size('{}'::diet), pg_column_size('{1: 14, 2: 120.55}'::diet), pg_column_size('{1: 14, 2: 120.555}'::diet);
-- what is in it
CREATE TABLE diet_test (id integer PRIMARY KEY, d diet);
INSERT INTO diet_test VALUES
    (1, '{1002: 14, 5100: 120.5}'),
    (2, '{1002: 3, 1002: ?, 5100: 0}'),
    (3, '{5100: ?}'),
    (4, '{}'),
    (5, NULL),
    (6, '{1002: 0.125, 77: 33.333333333333336}');
SELECT id, d, grams(d), food_count(d), foods(d), grams(d, 1002) AS g1002, grams(d, 5100) AS g5100, grams(d, 6) AS g6
FROM diet_test ORDER BY id;
SELECT id, u.* FROM diet_test, unnest(d) u ORDER BY id, food_no, grams;
SELECT grams('{1: 1e18, 2: 1e18}'::diet);
SELECT '{1: 1e300}'::diet;
SELECT '{"1": 1e300}'::jsonb::diet;
SELECT diet(1, 1e300);
-- together
SELECT a.id, b.id, a.d + b.d AS sum, a.d + b.d = b.d + a.d AS commutes
FROM diet_test a, diet_test b WHERE a.id <= b.id ORDER BY 1, 2;
SELECT sum(d), sum(d) FILTER (WHERE id = 5), sum(d) FILTER (WHERE id = 4) FROM diet_test;
SELECT diet(food_no, grams) FROM (VALUES (5100, 120.5::float8), (1002, 10), (1002, 4), (77, NULL), (NULL, 30), (NULL, NULL)) v (food_no, grams);
SELECT diet(NULL, NULL), diet(1, 2) FILTER (WHERE false);
SELECT diet(1, -1);
SELECT diet(-1, 1);
SELECT diet(1, 'NaN');
SELECT diet(1, 'Infinity');
-- a sum of hundredths is exact, whatever stands beside them and in whatever order
SELECT diet(i % 2, 0.01) AS packed, abs(grams(diet(i % 2, CASE WHEN i = 7 THEN 0.001 ELSE 0.01 END)) - 999.991) < 1e-9 AS wide,
    diet(i % 2, 0.01 ORDER BY i DESC) = diet(i % 2, 0.01) AS same FROM generate_series(1, 100000) i;
SELECT food_count(sum(d)), grams(sum(d)) FROM (SELECT diet(i * j % 1009, i / 100.0::float8) AS d FROM generate_series(1, 100) i, generate_series(1, 50) j GROUP BY j) s;
-- a window returns every state
SELECT i, diet(i % 3, i) OVER (ORDER BY i), sum(format('{%s: %s}', i % 3, i)::diet) OVER (ORDER BY i) FROM generate_series(1, 7) i;
-- what if
SELECT '{1002: 14, 5100: 120.55}'::diet * 2 AS twice, 0.5 * '{1002: 14, 5100: ?}'::diet AS half, 0 * '{1002: 14}'::diet AS nothing;
SELECT '{1: 1}'::diet * -1::float8;
SELECT '{1: 1e10}'::diet * 1e300;
SELECT '{1: 1e10}'::diet * 1e9;
SELECT swap('{1: 10, 2: 5, 3: ?}', 2, 1) AS into_another, swap('{1: 10, 2: 5}', 2, 9) AS into_a_new,
    swap('{1: 10, 2: 5}', 2, 9, 0.3) AS a_share, swap('{1: 10, 2: 5}', 2, 9, 0) AS none, swap('{1: 10}', 2, 9) AS not_there,
    swap('{2: 5}', 2, 2) AS itself, swap('{2: 5, 2: ?}', 2, 1) AS of_unknown_mass, swap('{2: 5, 2: ?}', 2, 1, 0.5) AS share_of_unknown_mass;
SELECT swap('{1: 10}', 1, 2, 1.5);
SELECT swap('{1: 10}', 1, -2);
SELECT without('{1: 10, 2: 5, 3: ?}', 2, 3, 7), without('{1: 10}', 7), without('{1: 10}', VARIADIC '{1,NULL}');
SELECT scaled('{1: 10, 2: 5, 3: ?}', '{2,3,7}', 1.5), scaled('{1: 10}', '{7}', 2), scaled('{1: 10}', '{}', 2), scaled('{1: 10}', '{1}', 0);
SELECT scaled('{1: 10}', '{1}', -1);
-- who ate it: more than 0 g, or of unknown mass
SELECT id, d, d ? 1002 AS "?", d ?| '{5100,77}' AS "?|", d ?& '{1002,5100}' AS "?&" FROM diet_test ORDER BY id;
SELECT '{1: 1}'::diet ?| '{}' AS any_of_none, '{1: 1}'::diet ?& '{}' AS all_of_none, '{1: 1}'::diet ?& '{1,NULL}' AS nulls_left_out;
CREATE TABLE diet_many AS SELECT i AS id, diet(i * j % 211, CASE WHEN i % 7 = 0 THEN NULL ELSE i * j % 5 END) AS d
FROM generate_series(1, 2000) i, generate_series(1, 10) j GROUP BY i;
INSERT INTO diet_many SELECT -i, CASE WHEN i % 2 = 0 THEN '{}'::diet END FROM generate_series(1, 20) i;
CREATE INDEX diet_many_gin ON diet_many USING gin (d);
VACUUM ANALYZE diet_many;
SET enable_seqscan = off;
CREATE FUNCTION pg_temp.plan_has(query text, pattern text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE line text;
BEGIN
    FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP
        IF line ~ pattern THEN RETURN true; END IF;
    END LOOP;
    RETURN false;
END $$;
SELECT pg_temp.plan_has('SELECT count(*) FROM diet_many WHERE d ? 17', 'Bitmap Index Scan');
CREATE TABLE found AS SELECT 1 AS q, array_agg(id ORDER BY id) AS ids FROM diet_many WHERE d ? 17
UNION ALL SELECT 2, array_agg(id ORDER BY id) FROM diet_many WHERE d ?| '{17,18,500}'
UNION ALL SELECT 3, array_agg(id ORDER BY id) FROM diet_many WHERE d ?& '{17,34}'
UNION ALL SELECT 4, array_agg(id ORDER BY id) FROM diet_many WHERE d ?& '{}'
UNION ALL SELECT 5, array_agg(id ORDER BY id) FROM diet_many WHERE d ?| '{}'
UNION ALL SELECT 6, array_agg(id ORDER BY id) FROM diet_many WHERE d ? 17 AND d ?| '{34,51}';
SET enable_seqscan = on;
SET enable_bitmapscan = off;
SELECT q, cardinality(ids) AS n, ids IS NOT DISTINCT FROM by_hand AS same FROM found JOIN (
    SELECT 1 AS q, array_agg(id ORDER BY id) AS by_hand FROM diet_many WHERE 17 IN (SELECT food_no FROM unnest(d) WHERE grams > 0 OR grams IS NULL)
    UNION ALL SELECT 2, array_agg(id ORDER BY id) FROM diet_many WHERE EXISTS (SELECT FROM unnest(d) WHERE food_no IN (17, 18, 500) AND (grams > 0 OR grams IS NULL))
    UNION ALL SELECT 3, array_agg(id ORDER BY id) FROM diet_many WHERE 2 = (SELECT count(DISTINCT food_no) FROM unnest(d) WHERE food_no IN (17, 34) AND (grams > 0 OR grams IS NULL))
    UNION ALL SELECT 4, array_agg(id ORDER BY id) FROM diet_many WHERE d IS NOT NULL
    UNION ALL SELECT 5, NULL
    UNION ALL SELECT 6, array_agg(id ORDER BY id) FROM diet_many WHERE d ? 17 AND (d ? 34 OR d ? 51)) h USING (q) ORDER BY q;
RESET enable_bitmapscan;
-- comparison
SELECT a, b, a = b AS eq, a <> b AS ne, a < b AS lt, a <= b AS le, a > b AS gt, a >= b AS ge, vitk_internal.diet_cmp(a, b) AS cmp
FROM (VALUES
    ('{1: 2, 3: 4}'::diet, '{3: 4.0, 1: 2}'::diet),
    ('{1: 2}', '{1: 2, 3: 4}'),
    ('{1: 2.001}', '{1: 2}'),
    ('{1: ?}', '{1: 2}'),
    ('{2: 1}', '{1: 9}'),
    ('{}', '{0: 0}'),
    ('{}', '{}')) v (a, b);
-- frozen: hash partitions of users depend on these
SELECT d, vitk_internal.diet_hash(d), vitk_internal.diet_hash_extended(d, 0), vitk_internal.diet_hash_extended(d, 42)
FROM diet_test WHERE d IS NOT NULL ORDER BY id;
-- jsonb
SELECT id, d::jsonb, d::jsonb::diet = d AS same FROM diet_test ORDER BY id;
SELECT '[14]'::jsonb::diet;
SELECT '{"natto": 14}'::jsonb::diet;
SELECT '{"1002": "14"}'::jsonb::diet;
SELECT '{"1002": {"grams": 14}}'::jsonb::diet;
SELECT '{"1002": -14}'::jsonb::diet;
SELECT '{"1002": 1e400}'::jsonb::diet;
SELECT '{"1002": [14, null, 3]}'::jsonb::diet, '{"1002": []}'::jsonb::diet;
SELECT '{"1002": [[14]]}'::jsonb::diet;
-- a long one, compressed and out of line
CREATE TABLE diet_long AS SELECT diet(i, i / 3.0::float8) AS d FROM generate_series(1, 20000) i;
SELECT food_count(d), round(grams(d)::numeric, 6) AS grams, d::text::diet = d AS text, d::jsonb::diet = d AS json, food_count(swap(d, 5, 6)) AS swapped FROM diet_long;
DROP TABLE diet_test, diet_many, found, diet_long;
