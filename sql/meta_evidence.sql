-- what it reads, and how it prints
SELECT t AS literal, t::meta_evidence FROM unnest(ARRAY[
    '{-10 (SE 9.22), -17 [-86, 53]}',
    ' { SMD -0.5 (SE 0.2, df=18),SMD -0.25(SE .25) } ',
    '{OR 0.35 [0.16, 0.78], OR 1 (log SE 0.5), log OR -0.1 (SE 0.3)}',
    '{-0 (SE 1e-30), 1e30 (SE 1e30)}',
    '{0.1 (SE 0.30000000000000004)}',
    '{}', ' { } ']) AS t;
SET extra_float_digits = -15;
SELECT '{0.1 (SE 0.30000000000000004)}'::meta_evidence;
RESET extra_float_digits;
-- bad literals
SELECT ''::meta_evidence;
SELECT '{'::meta_evidence;
SELECT '-10 (SE 9.22)'::meta_evidence;
SELECT '{-10 (SE 9.22)'::meta_evidence;
SELECT '-10 (SE 9.22)}'::meta_evidence;
SELECT '{,}'::meta_evidence;
SELECT '{-10 (SE 9.22),}'::meta_evidence;
SELECT '{-10 (SE 9.22),, 1 (SE 2)}'::meta_evidence;
SELECT '{-10 (SE 9.22) 1 (SE 2)}'::meta_evidence;
SELECT '{-10 (SE 9.22), {1 (SE 2)}}'::meta_evidence;
SELECT '{-10 (SE 0)}'::meta_evidence;
SELECT '{-10 (SE 9.22), -17 [-86, 53'::meta_evidence;
SELECT '{nan (SE 1)}'::meta_evidence;
SELECT '{1 (SE 1), OR 0.35 [0.16, 0.78]}'::meta_evidence;
SELECT '{1.1e30 (SE 1)}'::meta_evidence;
SELECT '{1 (SE 1.1e30)}'::meta_evidence;
SELECT '{1 (SE 0.9e-30)}'::meta_evidence;
SELECT ('{' || repeat('1 (SE 1),', 100000) || '1 (SE 1)}')::meta_evidence;
-- what is in it
CREATE TABLE evidence_test (id integer PRIMARY KEY, e meta_evidence);
INSERT INTO evidence_test VALUES
    (1, '{-10 (SE 9.22), -17 [-86, 53], 4 (SE 3, df=12)}'),
    (2, '{OR 0.35 [0.16, 0.78], log OR -0.1 (SE 0.3)}'),
    (3, '{-10 (SE 9.22)}'),
    (4, '{}'),
    (5, NULL);
SELECT id, e, k(e), measure(e) FROM evidence_test ORDER BY id;
SELECT id, u.* FROM evidence_test, unnest(e) u ORDER BY id, study;
SELECT id, e || e AS twice, e || '{}' = e AS and_none, '{}' || e = e AS none_and FROM evidence_test ORDER BY id;
SELECT '{1 (SE 1)}'::meta_evidence || '{SMD 1 (SE 1)}';
SELECT k(e || e) FROM (SELECT meta_evidence(effect_size(i, 1)) AS e FROM generate_series(1, 60000) i) s;
-- comparison
SELECT a, b, a = b AS eq, a <> b AS ne, a < b AS lt, a <= b AS le, a > b AS gt, a >= b AS ge, vitk_internal.meta_evidence_cmp(a, b) AS cmp
FROM (VALUES
    ('{1 (SE 1), 2 (SE 1)}'::meta_evidence, '{1 (SE 1.0), 2 [1, 3] }'::meta_evidence),
    ('{1 (SE 1), 2 (SE 1)}', '{2 (SE 1), 1 (SE 1)}'),
    ('{1 (SE 1), 2 (SE 1)}', '{1 (SE 1)}'),
    ('{-0 (SE 1)}', '{0 (SE 1)}'),
    ('{0 (SE 1)}', '{0 (SE 1, df=3)}'),
    ('{SMD 0 (SE 1)}', '{9 (SE 1)}'),
    ('{}', '{1 (SE 1)}'),
    ('{}', '{}')) v (a, b);
SELECT count(DISTINCT e), count(DISTINCT hashed), count(DISTINCT extended) FROM (
    SELECT e, vitk_internal.meta_evidence_hash(e) AS hashed, vitk_internal.meta_evidence_hash_extended(e, 7) AS extended
    FROM evidence_test WHERE e IS NOT NULL
    UNION ALL VALUES ('{-0 (SE 1)}'::meta_evidence, vitk_internal.meta_evidence_hash('{-0 (SE 1)}'), vitk_internal.meta_evidence_hash_extended('{0 (SE 1)}', 7)),
                     ('{0 (SE 1)}', vitk_internal.meta_evidence_hash('{0 (SE 1)}'), vitk_internal.meta_evidence_hash_extended('{-0 (SE 1)}', 7))) s;
-- frozen: hash partitions of users depend on these
SELECT e, vitk_internal.meta_evidence_hash(e), vitk_internal.meta_evidence_hash_extended(e, 0), vitk_internal.meta_evidence_hash_extended(e, 42)
FROM unnest('{"{}","{1 (SE 0.5), 2 (SE 1, df=3)}"}'::meta_evidence[]) e;
-- made of rows: NULL is left out, no row is NULL, order as asked for
SELECT meta_evidence(e) FROM (VALUES (1, '1 (SE 1)'::effect_size), (2, NULL), (3, '2 (SE 1)'), (4, NULL)) v (i, e);
SELECT meta_evidence(e ORDER BY i DESC) FROM (VALUES (1, '1 (SE 1)'::effect_size), (2, NULL), (3, '2 (SE 1)')) v (i, e);
SELECT meta_evidence(e) IS NULL AS none, meta_evidence(NULL::effect_size) IS NULL AS null_alone
FROM (SELECT '1 (SE 1)'::effect_size AS e WHERE false) s;
SELECT meta_evidence(e) FROM (VALUES ('1 (SE 1)'::effect_size), ('OR 0.5 [0.2, 1.25]')) v (e);
SELECT meta_evidence(effect_size(1e31, 1));
SELECT meta_evidence(e ORDER BY id) FROM evidence_test WHERE id <> 2;
SELECT meta_evidence(e) FROM evidence_test;
SELECT k(meta_evidence(effect_size(1, 1))) FROM generate_series(1, 100001);
-- growing: from none to many, in groups, in windows where every row's value stays as it was
SELECT i % 3 AS g, k(meta_evidence(effect_size(i, 1) ORDER BY i)), (pooled(meta_evidence(effect_size(i, 1)), 'FE')).estimate
FROM generate_series(1, 3000) i GROUP BY 1 ORDER BY 1;
SELECT i, meta_evidence(effect_size(i, 1)) OVER (ORDER BY i) AS up_to, meta_evidence(effect_size(i, 1)) OVER (ORDER BY i ROWS 1 PRECEDING) AS two,
       k(meta_evidence(effect_size(i, 1)) OVER ()) AS all
FROM generate_series(1, 5) i ORDER BY i;
SELECT count(*) AS rows, count(DISTINCT e) AS values, min(k(e)), max(k(e)), bool_and(k(e) = i) AS as_it_was
FROM (SELECT i, meta_evidence(effect_size(i, 1)) OVER (ORDER BY i) AS e FROM generate_series(1, 200) i) s;
-- stored long and compressed, and short
INSERT INTO evidence_test SELECT 6, meta_evidence(effect_size(i % 7, 1 + i % 3) ORDER BY i) FROM generate_series(1, 5000) i;
SELECT id, pg_column_size(e) < 24 * k(e) AS compressed, k(e), k(e || e) FROM evidence_test WHERE e IS NOT NULL ORDER BY id;
SELECT e::text::meta_evidence = e AS text, (SELECT meta_evidence(u.effect ORDER BY study) FROM unnest(e) u) = e AS unnested FROM evidence_test WHERE id = 6;
SELECT count(*) FROM evidence_test a JOIN evidence_test b USING (e);
-- whichever worker had which studies, the pooled results are the same to the last bit
CREATE TABLE evidence_rows AS
SELECT i % 4 AS g, effect_size(sin(i), 0.2 + 0.1 * cos(i * i), 'SMD') AS e FROM generate_series(1, 20000) i;
ANALYZE evidence_rows;
CREATE VIEW pooled_by_g AS SELECT g, p.* FROM (SELECT g, meta_evidence(e) AS e FROM evidence_rows GROUP BY g) s, pooled(e) p;
CREATE TABLE pooled_serial AS SELECT * FROM pooled_by_g;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 2;
CREATE FUNCTION is_parallel(query text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    line text;
BEGIN
    FOR line IN EXECUTE 'EXPLAIN ' || query LOOP
        IF line LIKE '%Partial%Aggregate%' THEN
            RETURN true;
        END IF;
    END LOOP;
    RETURN false;
END $$;
SELECT is_parallel('SELECT * FROM pooled_by_g');
CREATE TABLE pooled_parallel AS SELECT * FROM pooled_by_g;
SELECT is_parallel('SELECT meta_evidence(e) FROM evidence_rows'),
       (SELECT pooled(meta_evidence(e)) FROM evidence_rows) = (SELECT pooled(meta_evidence(e ORDER BY e)) FROM evidence_rows) AS same;
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;
RESET max_parallel_workers_per_gather;
SELECT count(*), count(*) FILTER (WHERE p = s) AS same FROM pooled_parallel p JOIN pooled_serial s USING (g);
DROP FUNCTION is_parallel;
DROP VIEW pooled_by_g;
DROP TABLE evidence_test, evidence_rows, pooled_serial, pooled_parallel;
