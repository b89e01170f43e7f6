-- what is read, and how it prints
SELECT c, c::calcification FROM unnest(ARRAY['312 AU', '250 mm3', '48 mg', '9 AAC24', '7.2 ug/mg', '1.35 TBR', '0 AU', '-0 AU', '  12.50 AU ',
    '312AU', '3.12e2 au', '312 Agatston', '250 mm³', '250 mm^3', '250 volume', '48 MG', '9 aac-24', '7.5 AAC24', '24 AAC24', '7.2 µg/mg', '7.2 μg/mg',
    '7.2 mcg/mg', '1000 ug/mg', '.5 AU', '5. AU', '+5 AU', '0.30000000000000004 TBR', '10000000 AU', '9999999.999999998 mm3', '0.001 AU', '5.397605346934028e-79 AU']) AS c;
-- what is refused, by its whole message
CREATE FUNCTION pg_temp.refusal(command text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    message text; detail text; hint text;
BEGIN
    EXECUTE command;
    RETURN command || ' was not refused';
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
    RETURN concat_ws(E'\n    ', SQLSTATE || ' ' || message, nullif(detail, ''), nullif(hint, ''));
END $$;
\pset tuples_only
\pset format unaligned
SELECT pg_temp.refusal(format('SELECT %L::calcification', c)) FROM unnest(ARRAY['', ' ', 'AU', '312', '-1 AU', '-0.001 mm3', '24.5 AAC24', '-1 AAC24', '25 AAC24',
    '1000.5 ug/mg', '-1 TBR', 'NaN AU', 'Infinity AU', '1e999 AU', '1e-999 AU', '0x10 AU', '3,5 AU', '1..2 AU', '<1 AU', '1 AU 2', '12 ml', '7 ug/g', '7 mg/g', '5 HU', '3 AU/a',
    '10000000.1 AU', '1e300 mm3', '1e8 mg', '1001 TBR', '1e-9 AU', '0.0009 mm3', '1e-7 ug/mg', '1e-300 TBR', '1 ' || repeat('é', 40), repeat('9', 400) || ' AU']) AS c;
SELECT pg_temp.refusal(c) FROM unnest(ARRAY[
    $$SELECT calcification(5, 'ml')$$, $$SELECT calcification(5, '')$$, $$SELECT calcification(-5, 'agatston')$$, $$SELECT calcification('NaN', 'AU')$$,
    $$SELECT calcification('Infinity', 'volume')$$, $$SELECT calcification(25, 'aac24')$$,
    $$SELECT value('312 AU'::calcification, 'volume')$$, $$SELECT value('312 AU'::calcification, 'ml')$$,
    $$SELECT NULL::calcification(agatston, volume)$$, $$SELECT NULL::calcification(wood)$$, $$SELECT NULL::calcification(3)$$,
    $$SELECT '250 mm3'::calcification(agatston)$$, $$SELECT calcification(250, 'volume')::calcification(agatston)$$,
    $$SELECT '{312 AU,250 mm3}'::calcification(agatston)[]$$, $$SELECT '{312 AU,250 mm3}'::calcification[]::calcification(agatston)[]$$,
    $$SELECT min(c) FROM unnest('{1 AU,2 mm3}'::calcification[]) c$$, $$SELECT max(c) FROM unnest('{1 AU,2 mm3}'::calcification[]) c$$,
    $$SELECT avg(c) FROM unnest('{9 AAC24,2 TBR}'::calcification[]) c$$, $$SELECT sum(c) FROM unnest('{9 mg,2 mm3}'::calcification[]) c$$,
    $$SELECT sum(c) FROM unnest('{1.2 TBR}'::calcification[]) c$$, $$SELECT sum(c) FROM unnest('{7 ug/mg,8 ug/mg}'::calcification[]) c$$,
    $$SELECT sum(c) FROM unnest('{20 AAC24,5 AAC24}'::calcification[]) c$$, $$SELECT sum(c) FROM unnest('{6000000 AU,6000000 AU}'::calcification[]) c$$,
    $$SELECT vitk_internal.calcification_avg_combine('{1,2,1}', '{1,2,2}')$$, $$SELECT vitk_internal.calcification_avg('{1,2}')$$, $$SELECT vitk_internal.calcification_avg('{1,2,0}')$$,
    $$SELECT vitk_internal.calcification_avg('{1,2,7}')$$, $$SELECT vitk_internal.calcification_avg('{1,30,4}')$$, $$SELECT vitk_internal.calcification_avg('{1,-2,1}')$$, $$SELECT vitk_internal.calcification_avg('{NaN,2,1}')$$,
    $$SELECT vitk_internal.calcification_avg('{1,NULL,1}')$$, $$SELECT vitk_internal.calcification_avg('{1,2,1e99}')$$]) AS c;
\pset format aligned
\pset tuples_only off
-- soft errors, where the server has them
DO $$
DECLARE
    good boolean; bad boolean; other boolean;
BEGIN
    IF current_setting('server_version_num')::int >= 160000 THEN
        EXECUTE $q$SELECT pg_input_is_valid('1 AU', 'calcification(agatston)'), pg_input_is_valid('1 AX', 'calcification'),
            pg_input_is_valid('1 mm3', 'calcification(agatston)')$q$ INTO good, bad, other;
        ASSERT good AND NOT bad AND NOT other;
    END IF;
END $$;

-- constructor and parts; a method goes by its name or its unit
SELECT calcification(312, 'agatston'), calcification(250, 'mm3'), calcification(48.0, 'Mass'), calcification(9, 'AAC24'), calcification(7.2, 'tissue'),
       calcification(1.35, 'tbr'), calcification(-0.0, 'AU'), calcification(NULL, 'AU') IS NULL AS strict;
SELECT c, value(c), method(c), unit(c), value(c, method(c)) = value(c, unit(c)) AS same
FROM unnest('{312 AU,250 mm3,48 mg,9 AAC24,7.2 ug/mg,1.35 TBR}'::calcification[]) c;
-- the methods
SELECT method, unit, aliases, maximum, additive, log_shift, name FROM vitk.calcification_method;
SELECT count(*) AS methods, count(*) FILTER (WHERE method(calcification(1, method)) = method AND unit(calcification(1, unit)) = unit) AS as_compiled
FROM vitk.calcification_method;

-- a column kept to one method
CREATE TABLE scan (person integer, score calcification(agatston), volume calcification(volume));
INSERT INTO scan VALUES (1, '312 AU', '250 mm3'), (2, calcification(0, 'agatston'), NULL);
INSERT INTO scan VALUES (3, '250 mm3', NULL);
INSERT INTO scan SELECT 3, volume FROM scan WHERE person = 1;
UPDATE scan SET volume = score;
COPY scan FROM stdin;
4	48 mg	\N
\.
SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 'scan'::regclass AND attnum > 1 ORDER BY attnum;
ALTER TABLE scan ALTER score TYPE calcification(volume);
ALTER TABLE scan ALTER score TYPE calcification;
INSERT INTO scan VALUES (3, '9 AAC24');
ALTER TABLE scan ALTER score TYPE calcification(agatston);
SELECT person, score FROM scan ORDER BY score;
DROP TABLE scan;

-- equality and order: method, then value
SELECT a, b, a < b AS lt, a <= b AS le, a = b AS eq, a <> b AS ne, a >= b AS ge, a > b AS gt, vitk_internal.calcification_cmp(a, b) AS cmp,
       vitk_internal.calcification_hash(a) = vitk_internal.calcification_hash(b) AND vitk_internal.calcification_hash_extended(a, 7) = vitk_internal.calcification_hash_extended(b, 7) AS same_hash
FROM (VALUES ('312 AU'::calcification, '312.0 Agatston'::calcification), ('0 AU', '-0 AU'), ('1 AU', '2 AU'), ('2 AU', '1 AU'), ('9 AU', '1 mm3'),
    ('1 AU', '1 mm3'), ('0.1 TBR', '0.10000000000000002 TBR'), ('0.001 AU', '0 AU'), ('1 mg', '1 mm3')) AS v (a, b);
SELECT c FROM unnest('{1 TBR,2 ug/mg,3 AAC24,4 mg,5 mm3,6 AU,0 TBR,0 AU,5.5 mm3}'::calcification[]) c ORDER BY c;
-- frozen: hash partitions of users depend on these
SELECT c, vitk_internal.calcification_hash(c), vitk_internal.calcification_hash_extended(c, 0), vitk_internal.calcification_hash_extended(c, 42)
FROM unnest('{312 AU,0 AU,0 mm3,9 AAC24}'::calcification[]) c;

-- joins, distinct, sort and index
CREATE TABLE calcification_test AS SELECT i, calcification(i % 20, (ARRAY['agatston', 'volume', 'aac24'])[i % 3 + 1]) AS c FROM generate_series(1, 500) i;
SET enable_hashjoin = off; SET enable_nestloop = off;
SELECT count(*), count(*) FILTER (WHERE x.i % 60 <> y.i % 60) AS wrong FROM calcification_test x JOIN calcification_test y USING (c);
SET enable_hashjoin = on; SET enable_mergejoin = off;
SELECT count(*), count(*) FILTER (WHERE x.i % 60 <> y.i % 60) AS wrong FROM calcification_test x JOIN calcification_test y USING (c);
RESET enable_hashjoin; RESET enable_nestloop; RESET enable_mergejoin;
SET enable_sort = off;
SELECT count(*) FROM (SELECT DISTINCT c FROM calcification_test) s;
SET enable_hashagg = off; RESET enable_sort;
SELECT count(*) FROM (SELECT DISTINCT c FROM calcification_test) s;
RESET enable_hashagg;
CREATE INDEX calcification_test_c ON calcification_test (c);
CREATE INDEX calcification_test_hash ON calcification_test USING hash (c);
ANALYZE calcification_test;
SET enable_seqscan = off; SET enable_bitmapscan = off;
SELECT count(*), min(c), max(c) FROM calcification_test WHERE c BETWEEN '5 mm3' AND '7 mm3';
SELECT count(*) FROM calcification_test WHERE c = '5 AAC24';
SELECT max(c) FROM calcification_test;	-- an index must not hide that methods are mixed
RESET enable_seqscan; RESET enable_bitmapscan;

-- aggregates
SELECT method(c), min(c), max(c), avg(c), sum(c) FILTER (WHERE method(c) <> 'aac24'), count(c) FROM calcification_test GROUP BY 1 ORDER BY 1;
SELECT min(c), max(c), avg(c), sum(c) FROM unnest('{1 AU,NULL,2.5 AU,0 AU}'::calcification[]) c;
SELECT min(c), max(c), avg(c), sum(c) FROM unnest('{NULL,NULL}'::calcification[]) c;
SELECT min(c), max(c), avg(c) FROM unnest('{24 AAC24,24 AAC24,24 AAC24}'::calcification[]) c;
-- a mean below the least value is 0 or the least, whichever is nearer, and reads back
SELECT zeros, avg(c), avg(c) = avg(c)::text::calcification AS reads_back FROM unnest('{199,999,1999,2001}'::int[]) zeros,
    LATERAL (SELECT '1 AU'::calcification AS c UNION ALL SELECT '0 AU' FROM generate_series(1, zeros)) x GROUP BY zeros ORDER BY zeros;
-- a running sum must not write on rows that were returned already
SELECT i, c, sum(c) OVER w, avg(c) OVER w, sum(c) OVER m AS moving, avg(c) OVER m AS moving_avg, max(c) OVER m
FROM calcification_test WHERE i IN (3, 6, 9, 12, 15) WINDOW w AS (ORDER BY i), m AS (ORDER BY i ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) ORDER BY i;
-- the state of avg is plain to see
SELECT s, vitk_internal.calcification_avg(s), vitk_internal.calcification_avg_combine(s, s), vitk_internal.calcification_avg_combine(s, '{0,0,0}') = s AND vitk_internal.calcification_avg_combine('{0,0,0}', s) = s AS neutral
FROM (SELECT vitk_internal.calcification_avg_accum(vitk_internal.calcification_avg_accum('{0,0,0}', '1 mm3'), '3 mm3') AS s) s;
-- serial and parallel agree, each group by itself
CREATE TABLE calcification_many AS SELECT i % 7 AS site, calcification(i % 4001 / 8.0, CASE WHEN i % 7 = 3 THEN 'volume' ELSE 'agatston' END) AS c FROM generate_series(1, 40000) i;
ALTER TABLE calcification_many SET (parallel_workers = 2);
SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0;
CREATE TEMPORARY TABLE parallel_answer AS SELECT site, min(c), max(c), avg(c), sum(c) FROM calcification_many GROUP BY site;
SET max_parallel_workers_per_gather = 0;
SELECT count(*), count(*) FILTER (WHERE p = s) AS same FROM parallel_answer p
JOIN (SELECT site, min(c), max(c), avg(c), sum(c) FROM calcification_many GROUP BY site) s USING (site);
RESET max_parallel_workers_per_gather; RESET parallel_setup_cost; RESET parallel_tuple_cost; RESET min_parallel_table_scan_size;

-- text and binary round trips, whatever extra_float_digits
SET extra_float_digits = -15;
SELECT '0.30000000000000004 TBR'::calcification, count(*) AS numbers, count(*) FILTER (WHERE value(c::text::calcification) = x) AS lossless
FROM generate_series(1, 1000) i, LATERAL (SELECT (0.1 + abs(sin(i))) * 10.0::float8 ^ (i % 9 - 2) AS x) s, LATERAL (SELECT calcification(x, 'mass') AS c) t;
RESET extra_float_digits;
SELECT c, vitk_internal.calcification_send(c) FROM unnest('{312 AU,9 AAC24}'::calcification[]) c;

DROP TABLE calcification_test, calcification_many;
