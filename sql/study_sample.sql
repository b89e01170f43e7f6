-- what is read, and how it prints: what a person types comes back
SELECT s, s::study_sample FROM unnest(ARRAY['3.2 ± 0.4 (n=7)', '3.2 +- 0.4 (n=7)', '3.2+/-0.4(n=7)', '3.2 (SD 0.4, n=7)', '3.2 (sd=.4; N = 7)',
    '-12.5 ± 107 (n=120)', '27 (SE 6, n=200)', '27 (SEM 6, n=4)',
    '5 (n=1)', '-0 ± 0 (n=3)', '(n=0)', ' ( n = 0 ) ', '(n=7, sum=22.4, ss=0.96)',
    '3.2 ± 0.4 (n=7, sum=22.400000000000002)', '0.75 ± 1.78901 (n=10, sum=7.5, ss=28.805)', '1e-5 ± 2E3 (n=2)', '2.5 ± 0.1 (n=1000000)',
    '3.2 ± 0.4 (n=9007199254740991)', '0.1 ± 0.7 (n=3)', '1.7e308 (n=1)', '2.2250738585072014e-308 (n=1)', '72.5 ± 12.25 (n=12345)']) s;
SELECT s, n(s::study_sample), mean(s::study_sample), round(sd(s::study_sample)::numeric, 9) AS sd FROM unnest(ARRAY['275 [225, 326] (n=180)', '275 [225..326] (90 %, n=180)',
    '275 (95 % CI 225 to 326, n=180)', '275 (95% CI: 225, 326; n=180)', '275 [225;326] (n=180, 95 % CI)']) s;
-- 15 digits of mean and SD always come back
SELECT count(*) AS literals, count(*) FILTER (WHERE s::study_sample::text = s) AS same
FROM generate_series(1, 3000) i,
    LATERAL (SELECT format('%s ± %s (n=%s)', (sin(i) * 10.0 ^ (i % 12 - 4))::numeric(30, 15)::float8::numeric::float8, abs(cos(i) * 100)::numeric::float8, 2 + i % 977) AS s) t;

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
CREATE FUNCTION pg_temp.refused(literal text) RETURNS text
    RETURN pg_temp.refusal(format('SELECT %L::study_sample', literal));
\pset tuples_only
\pset format unaligned
SELECT pg_temp.refused(s) FROM unnest(ARRAY['', ' ', 'abc', '3.2', '3.2 ± 0.4', '3.2 (n=7)', '± 0.4 (n=7)', '(n=7)', '3.2 ± 0.4 (n=7', '3.2 ± 0.4 n=7', '3.2 ± 0.4 (7)',
    '3.2 ± 0.4 (n=7, n=7)', '3.2 ± 0.4 (n=7, SD 0.4)', '3.2 ± 0.4 (n=7, SE 0.4)', '275 [225, 326] (SE 6, n=180)', '3.2 ± 0.4 (n=7) x', '3.2 ± 0.4 (n=7, df=6)', '3.2 (log SE 1, n=7)',
    '3.2 ± 0.4 (m=7)', '3.2 ± (n=7)', '3.2 ± NaN (n=7)', 'NaN ± 1 (n=7)', 'inf ± 1 (n=7)', '1e400 ± 1 (n=7)', '3.2 ± 0.4 (n=7, 95 %)', '275 [225 326] (n=180)', '275 [225-326] (n=180)', '275 [225, 326 (n=180)',
    '275 [225, 326] (0 %, n=180)', '275 [225, 326] (100 %, n=180)', '(n=7, sum=22.4)', '(n=7, ss=0.96)', '3.2 (SE 1, ss=0.96, n=7)', '3,2 ± 0,4 (n=7)', '3.2 ± 0,4 (n=7)', '3.2 ± 0.4 (n=0x7)']) s;
SELECT pg_temp.refused(s) FROM unnest(ARRAY['3.2 ± -0.4 (n=7)', '3.2 (SE -1, n=7)', '3.2 ± 0.4 (n=7.5)', '3.2 ± 0.4 (n=-7)', '3.2 ± 0.4 (n=1)', '3.2 (SE 0, n=1)', '3.2 ± 0.4 (n=0)', '5 (n=0)', '(n=0, sum=1)', '(n=1, sum=1, ss=1)',
    '(n=7, sum=22.4, ss=-1)', '275 [326, 225] (n=180)', '200 [225, 326] (n=180)', '275 [225, 326] (n=1)', '3.2 ± 0.4 (n=9007199254740992)', '3.2 ± 1e200 (n=7)', '1e308 ± 1 (n=7)',
    '3.3 ± 0.4 (n=7, sum=22.4)', '3.2 ± 0.5 (n=7, ss=0.96)']) s;
SELECT pg_temp.refusal(c) FROM unnest(ARRAY['SELECT study_sample(7, 3.2, -1)', 'SELECT study_sample(7.5, 3.2, 1)', 'SELECT study_sample(1, 3.2, 1)', $$SELECT study_sample(7, 'NaN', 1)$$, $$SELECT study_sample(7, 1, 'Infinity')$$,
    'SELECT study_sample_from_se(7, 3.2, -1)', 'SELECT study_sample_from_ci(7, 3.2, 4, 5)', 'SELECT study_sample_from_ci(7, 3.2, 3, 4, 95)', $$SELECT study_sample_from_ci(7, 3.2, '-Infinity', 4)$$,
    $$SELECT ci_lower('3.2 ± 0.4 (n=7)'::study_sample, 95)$$, $$SELECT ci('3.2 ± 0.4 (n=7)'::study_sample, 0)$$, $$SELECT ci_upper('3.2 ± 0.4 (n=7)'::study_sample, 'NaN')$$,
    $$SELECT study_sample(x) FROM unnest('{1,NaN}'::float8[]) x$$, $$SELECT study_sample(x) FROM unnest('{Infinity}'::float8[]) x$$, $$SELECT study_sample(x) FROM unnest('{-1e200,1e200}'::float8[]) x$$,
    $$SELECT study_sample(x) FROM unnest('{1e308,1e308}'::float8[]) x$$, $$SELECT pool('1e308 (n=1)', '1e308 (n=1)'::study_sample)$$, $$SELECT pool('1 ± 1 (n=9007199254740991)', '1 (n=1)'::study_sample)$$,
    $$SELECT change('10 ± 3 (n=20)', '12 ± 4 (n=20)')$$, $$SELECT change('10 ± 3 (n=20)', '12 ± 4 (n=20)', NULL)$$, $$SELECT change('10 ± 3 (n=20)', '12 ± 4 (n=19)', 0.5)$$, $$SELECT change('10 ± 3 (n=20)', '12 ± 4 (n=20)', 1.1)$$,
    $$SELECT change('10 ± 3 (n=20)', '12 ± 4 (n=20)', 'NaN')$$, $$SELECT change_correlation('10 ± 3 (n=20)', '12 ± 4 (n=20)', '2 ± 9 (n=20)')$$]) c;
\pset format aligned
\pset tuples_only off
-- soft errors, where the server has them
DO $$
DECLARE
    good boolean; bad boolean;
BEGIN
    IF current_setting('server_version_num')::int >= 160000 THEN
        EXECUTE $q$SELECT pg_input_is_valid('5 (n=1)', 'study_sample'), pg_input_is_valid('5 ± 1 (n=1)', 'study_sample')$q$ INTO good, bad;
        ASSERT good AND NOT bad;
    END IF;
END $$;

-- parts; the mean of none and the spread of one are NULL
SELECT n(s), mean(s), round(sd(s)::numeric, 12) AS sd, round(se(s)::numeric, 12) AS se,
    round(ci_lower(s)::numeric, 10) AS lower, round(ci_upper(s, 0.9)::numeric, 10) AS upper_90
FROM unnest('{3.2 ± 0.4 (n=7),"27 (SE 6, n=200)","275 [225, 326] (n=180)",5 (n=1),(n=0),4 ± 0 (n=3)}'::study_sample[]) s;
SELECT ((ci('27 (SE 6, n=200)'::study_sample)).lower)::numeric, lower::numeric, upper::numeric FROM ci('275 [225, 326] (90 %, n=180)'::study_sample, level => 0.9);
SELECT study_sample(7, 3.2, 0.4), study_sample_from_se(200, 27, 6) = '27 (SE 6, n=200)' AS se, study_sample_from_ci(180, 275, 225, 326) = '275 [225, 326] (n=180)' AS ci,
    study_sample_from_ci(180, 275, 225, 326, 0.9) = '275 [225, 326] (90 %, n=180)' AS ci_90, study_sample(7, -0.0, 0) AS zero, study_sample(NULL, 1, 1) IS NULL AS strict;

-- the aggregate is what core's are
SELECT study_sample(x) AS s, n(study_sample(x)) = count(x) AS n, mean(study_sample(x)) = avg(x) AS avg, sd(study_sample(x)) = stddev(x) AS stddev
FROM unnest('{0.7,-1.6,NULL,-0.2,-1.2,-0.1,3.4,3.7,0.8,0,2}'::float8[]) x;
SELECT study_sample(x), n(study_sample(x)), mean(study_sample(x)) FROM unnest('{NULL}'::float8[]) x;
SELECT study_sample(x::int), study_sample(x::numeric), study_sample(DISTINCT x), study_sample(x) FILTER (WHERE x > 2) FROM unnest('{1,2,2,4}'::float8[]) x;
SELECT pool(s), study_sample(2, 3, 1) IS NULL AS none FROM unnest('{}'::study_sample[]) s;
SELECT pool('3 ± 1 (n=10)', '5 ± 1 (n=10)'::study_sample), pool('(n=0)', '5 (n=1)'::study_sample), pool('5 (n=1)', '(n=0)'::study_sample), pool('4 (n=1)', '6 (n=1)'::study_sample),
    pool('(n=0)', '(n=0)'::study_sample), pool(NULL, '5 (n=1)'::study_sample) IS NULL AS strict;
SELECT pool(s) FROM unnest('{3 ± 1 (n=10),NULL,5 ± 1 (n=10),(n=0),4 (n=1)}'::study_sample[]) s;

-- shards pooled are one pass, to 1e-12, also far from zero
CREATE TABLE sample_test AS SELECT i, 1e4 + sin(i) * 100 + i % 7 AS x FROM generate_series(1, 100000) i;
CREATE FUNCTION pg_temp.near(a study_sample, b study_sample) RETURNS boolean
    RETURN n(a) = n(b) AND abs(mean(a) / mean(b) - 1) < 1e-12 AND abs(sd(a) / sd(b) - 1) < 1e-12;
SELECT pg_temp.near(pool(s), (SELECT study_sample(x) FROM sample_test)) AS thousands FROM (SELECT study_sample(x) AS s FROM sample_test GROUP BY i % 1000) t;
SELECT pg_temp.near(pool(s), (SELECT study_sample(x) FROM sample_test)) AS ones FROM (SELECT study_sample(x) AS s FROM sample_test GROUP BY i) t;
-- serial and parallel
SELECT study_sample(x) AS serial FROM sample_test \gset
SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0; SET max_parallel_workers_per_gather = 2; SET parallel_leader_participation = off;
SELECT pg_temp.near(study_sample(x), :'serial') AS parallel FROM sample_test;
SELECT pg_temp.near(pool(s), :'serial') AS parallel_pool FROM (SELECT study_sample(x) AS s FROM sample_test GROUP BY i % 10) t;
RESET parallel_setup_cost; RESET parallel_tuple_cost; RESET min_parallel_table_scan_size; RESET max_parallel_workers_per_gather; RESET parallel_leader_participation;
-- a running sample must not write on rows that were returned already
SELECT i, study_sample(i) OVER w AS running, study_sample(i) OVER m AS moving, pool(study_sample(i, i, 1)) OVER w AS pooled
FROM generate_series(2, 6) i WINDOW w AS (ORDER BY i), m AS (ORDER BY i ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) ORDER BY i;
SELECT array_agg(s ORDER BY i) FROM (SELECT i, study_sample(i) OVER (ORDER BY i) AS s FROM generate_series(1, 4) i) t;

-- over amounts, by the accessor that names the unit: mg and ug do not mix
SELECT study_sample(middle(a, 'ug/d')) AS middle, study_sample(lower(a, 'ug/d')) AS lower FROM unnest('{120 ug/d,0.08 mg/d,<100 ug/d,700 ug/wk}'::nutrient_amount[]) a;
SELECT study_sample(middle(a, 'ug/d')) FROM unnest('{120 ug/d,80 ug}'::nutrient_amount[]) a;
-- over scans, by the accessor that names the method: Agatston and volume do not mix
SELECT study_sample(value(c, 'agatston')) FROM unnest('{312 AU,0 AU,NULL,48 AU,112 AU}'::calcification[]) c;
SELECT study_sample(value(c, 'agatston')) FROM unnest('{312 AU,250 mm3}'::calcification[]) c;

-- change of the same subjects: the correlation decides its spread
SELECT r, change('10 ± 3 (n=20)', '12 ± 4 (n=20)', r), round(change_correlation('10 ± 3 (n=20)', '12 ± 4 (n=20)', change('10 ± 3 (n=20)', '12 ± 4 (n=20)', r))::numeric, 12) AS back
FROM unnest('{-1,0,0.5,0.75,1}'::float8[]) r;
SELECT change('10 ± 3 (n=20)', '12 ± 3 (n=20)', 1) AS constant, change('5 (n=1)', '7 (n=1)', 0) AS one, change('(n=0)', '(n=0)', 0) AS none,
    change_correlation('10 ± 0 (n=20)', '12 ± 4 (n=20)', '2 ± 4 (n=20)') IS NULL AS no_spread, change(NULL, '12 ± 4 (n=20)', 0.5) IS NULL AS unknown;
-- from raw pairs: the sample of the differences
SELECT study_sample(y - x) AS differences, pg_temp.near(change(study_sample(x), study_sample(y), corr(x, y)), study_sample(y - x)) AS by_correlation
FROM (VALUES (0.7, 1.9), (-1.6, 0.8), (-0.2, 1.1), (-1.2, 0.1), (-0.1, -0.1), (3.4, 4.4), (3.7, 5.5), (0.8, 1.6), (0, 4.6), (2, 3.4)) v (x, y);

-- equal in all parts; order by mean, then n, sum and spread
SELECT s FROM unnest('{5 (n=1),3.2 ± 0.4 (n=7),3.2 ± 0.3 (n=7),3.2 ± 0.4 (n=5),(n=0),-1 ± 9 (n=3),0 (n=1)}'::study_sample[]) s ORDER BY s;
SELECT a < b AS lt, a <= b AS le, a = b AS eq, a <> b AS ne, a >= b AS ge, a > b AS gt, vitk_internal.study_sample_cmp(a, b) AS cmp
FROM (VALUES ('3 ± 1 (n=4)'::study_sample, '4 ± 1 (n=4)'::study_sample), ('3 ± 1 (n=4)', '(n=4, sum=12, ss=3)'), ('(n=0)', '-5 (n=1)'), ('3 ± 1 (n=5)', '3 ± 1 (n=4)')) v (a, b);
SELECT count(DISTINCT s), count(*) FROM unnest('{3 ± 1 (n=4),"(n=4, sum=12, ss=3)",4 ± 1 (n=4),"3 (SE 0.5, n=4)"}'::study_sample[]) s;
-- frozen: hash partitions of users depend on these
SELECT s, vitk_internal.study_sample_hash(s), vitk_internal.study_sample_hash_extended(s, 0), vitk_internal.study_sample_hash_extended(s, 42) FROM unnest('{3.2 ± 0.4 (n=7),(n=0),5 (n=1)}'::study_sample[]) s;
CREATE TABLE sample_index AS SELECT i, study_sample(5, i, 1) AS s FROM generate_series(1, 1000) i;
CREATE INDEX ON sample_index (s); CREATE INDEX ON sample_index USING hash (s);
ANALYZE sample_index;
SET enable_seqscan = off;
SELECT array_agg(i ORDER BY s) FROM sample_index WHERE s BETWEEN '7 ± 0 (n=2)' AND '9 ± 9 (n=2)';
SELECT i FROM sample_index WHERE s = '77 ± 1 (n=5)';
RESET enable_seqscan;
SET enable_nestloop = off; SET enable_mergejoin = off;
SELECT count(*) FROM sample_index a JOIN sample_index b USING (s);
SET enable_hashjoin = off; SET enable_mergejoin = on;
SELECT count(*) FROM sample_index a JOIN sample_index b USING (s);
RESET enable_hashjoin; RESET enable_nestloop;

-- text and binary round trips, whatever extra_float_digits
SET extra_float_digits = -15;
SELECT count(*) AS samples, count(*) FILTER (WHERE vitk_internal.study_sample_send(s::text::study_sample) = vitk_internal.study_sample_send(s)) AS lossless
FROM (SELECT study_sample(x) AS s FROM generate_series(1, 4000) g, LATERAL (SELECT sin(g * j) * 10.0::float8 ^ (g % 150 - 75) AS x FROM generate_series(1, 2 + g % 9) j) v GROUP BY g) t;
SELECT s, vitk_internal.study_sample_send(s) FROM unnest('{3.2 ± 0.4 (n=7),-5 (n=1)}'::study_sample[]) s;
-- a mean below the smallest normal number is written as 0, and the sum beside it
SELECT s, vitk_internal.study_sample_send(s::text::study_sample) = vitk_internal.study_sample_send(s) AS lossless
FROM (VALUES ('0 ± 0.2 (n=512, sum=4.1720134847010026e-308)'::study_sample), ('0 ± 1 (n=3, sum=-3e-308)')) v (s);
RESET extra_float_digits;
DROP TABLE sample_test, sample_index;
