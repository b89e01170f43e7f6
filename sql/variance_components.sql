-- variance_components of persons with unequal days, beside an analysis of variance by hand
CREATE TEMP TABLE day (person text, x float8);
INSERT INTO day VALUES ('a', 10), ('a', 14), ('b', 20), ('b', 22), ('b', 27), ('c', 12), ('d', 30), ('d', 22);
CREATE TEMP VIEW person AS SELECT person, study_sample(x) AS days FROM day GROUP BY person;
CREATE TEMP TABLE component AS SELECT variance_components(days) AS c FROM person;
SELECT c, persons(c), days(c), mean(c), variance_within(c), round(variance_between(c)::numeric, 12) AS between,
    round(variance_ratio(c)::numeric, 12) AS ratio, round(icc(c)::numeric, 12) AS icc
FROM component;
SELECT round(ms_within::numeric, 12) AS within, round(((ms_between - ms_within) / n0)::numeric, 12) AS between
FROM (SELECT sum((x - m) ^ 2) / (count(*) - 4) AS ms_within, sum((m - g) ^ 2) / 3 AS ms_between, (8 - 18 / 8.0) / 3 AS n0
    FROM (SELECT x, avg(x) OVER (PARTITION BY person) AS m, avg(x) OVER () AS g FROM day) s) s;
-- persons without days and NULLs do not count; the order of persons and their groups do not matter
SELECT variance_components(days) = (SELECT c FROM component) AS equal
FROM (SELECT days FROM person UNION ALL VALUES ('(n=0)'::study_sample), (NULL)) s;
SELECT abs(variance_between(a) / variance_between(b) - 1) < 1e-12 AS pooled, persons(a), days(a)
FROM component AS o (b), (SELECT pool(c) AS a
    FROM (SELECT variance_components(days) AS c FROM person GROUP BY person < 'c') s) s;
SELECT pool('(persons=0)', c) = c AS left, pool(c, '(persons=0)') = c AS right, persons(pool(c, c)), days(pool(c, c)) FROM component;
SELECT pool(c) IS NULL AS none FROM component WHERE false;
-- as a window function: earlier rows keep what they were
SELECT person, persons(c), days(c), round(variance_within(c)::numeric, 6) AS within, round(variance_between(c)::numeric, 6) AS between
FROM (SELECT person, variance_components(days) OVER (ORDER BY person) AS c FROM person) s ORDER BY person;

-- too few persons or days are NULL; without repeated days there is nothing within
SELECT s AS days, mean(c), variance_within(c) AS within, variance_between(c) AS between, variance_between(c, false) AS raw, variance_ratio(c) AS ratio, icc(c)
FROM (VALUES ('{}'::study_sample[]), ('{5 (n=1)}'), ('{5 ± 1 (n=2)}'), ('{5 (n=1),7 (n=1)}'), ('{5 (n=1),7 ± 1 (n=2)}'),
    ('{5 ± 0 (n=2),5 ± 0 (n=2)}'), ('{5 ± 0 (n=2),7 ± 0 (n=2)}'), ('{5 ± 2 (n=2),5 ± 2 (n=2)}')) v (s),
    LATERAL (SELECT variance_components(x) FROM unnest(s) x) t (c);
-- what a paper prints
SELECT c, persons(c), days(c), mean(c), variance_within(c), variance_between(c), round(variance_ratio(c)::numeric, 12) AS ratio
FROM variance_components(100, 2, 80, 900, 400) c;
SELECT mean(c), variance_within(c), variance_between(c), c FROM variance_components(2, 2, -0.0, 0, 0) c;

-- text: complete, in any order, lossless
SELECT c FROM unnest('{(persons=0)," ( persons = 0 , days=0 ) ","(ss_between=289.875,SS_WITHIN=66,sum=157,means=73,days_squared=18,days=8,persons=4)",
    "(persons=1, days=1, days_squared=1, means=-0, sum=-0, ss_within=0, ss_between=0)"}'::variance_components[]) c;
SELECT count(*), count(*) FILTER (WHERE c = c::text::variance_components AND vitk_internal.variance_components_send(c) = vitk_internal.variance_components_send(c::text::variance_components)) AS same
FROM (SELECT g, variance_components(s) AS c FROM (SELECT i % 200 AS g, i, study_sample(sin(i * j) * 10.0::float8 ^ (i % 200 - 100)) AS s
    FROM generate_series(1, 2000) i, generate_series(1, 3) j WHERE (i + j) % 4 > 0 GROUP BY i) s GROUP BY g) t;

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
    RETURN pg_temp.refusal(format('SELECT %L::variance_components', literal));
\pset tuples_only
\pset format unaligned
SELECT pg_temp.refused(s) FROM unnest(ARRAY['', 'persons=0', '(persons=0', '(persons=0) x', '()', '(people=3)', '(persons 3)', '(persons=0, persons=0)', '(persons=NaN)', '(persons=1e999)', '(persons=2)',
    '(days=8)', '(persons=4, days=8, days_squared=18, means=73, sum=157, ss_within=66)']) s;
SELECT pg_temp.refused(format('(persons=%s, days=%s, days_squared=%s, means=%s, sum=%s, ss_within=%s, ss_between=%s)', VARIADIC v::text[]))
FROM (VALUES ('{-1,8,18,73,157,66,289}'), ('{4.5,8,18,73,157,66,289}'), ('{4,1e17,18,73,157,66,289}'), ('{4,3,18,73,157,66,289}'), ('{0,3,9,73,157,66,289}'),
    ('{4,8,15,73,157,66,289}'), ('{4,8,29,73,157,66,289}'), ('{0,0,1,0,0,0,0}'), ('{0,0,0,1,0,0,0}'), ('{0,0,0,0,1,0,0}'), ('{0,0,0,0,0,1,0}'), ('{4,8,18,73,157,-66,289}'), ('{4,8,18,73,157,66,-289}'),
    ('{1,8,64,73,157,66,289}'), ('{4,4,4,73,157,66,289}')) v (v);
SELECT pg_temp.refusal(c) FROM unnest(ARRAY['SELECT variance_components(1, 2, 80, 900, 400)', 'SELECT variance_components(100, 1, 80, 900, 400)', 'SELECT variance_components(100, 2, 80, -1, 400)',
    'SELECT variance_components(100, 2, 80, 900, -1)', $$SELECT variance_components(100, 2, 80, 'Infinity', 400)$$, $$SELECT variance_components(100, 2, 'NaN', 900, 400)$$, 'SELECT variance_components(9000000000000000000, 2, 80, 900, 400)',
    $$SELECT variance_components(s) FROM unnest('{1e308 (n=1),1e308 (n=1)}'::study_sample[]) s$$, $$SELECT variance_components(s) FROM unnest('{-1e200 (n=1),1e200 (n=1)}'::study_sample[]) s$$,
    $$SELECT pool(c, c) FROM variance_components(2, 2, 4e307, 1, 1) c$$]) c;
\pset format aligned
\pset tuples_only off
-- soft errors, where the server has them
DO $$
DECLARE
    good boolean; bad boolean;
BEGIN
    IF current_setting('server_version_num')::int >= 160000 THEN
        EXECUTE $q$SELECT pg_input_is_valid('(persons=0)', 'variance_components'), pg_input_is_valid('(persons=2)', 'variance_components')$q$ INTO good, bad;
        ASSERT good AND NOT bad;
    END IF;
END $$;

-- order: none, then by mean, then persons; what is equal hashes alike
SELECT c FROM unnest(ARRAY[variance_components(3, 2, 5, 1, 1), '(persons=0)', variance_components(2, 2, 5, 1, 1), variance_components(2, 2, 4, 9, 9), variance_components(2, 3, 5, 1, 1), variance_components(2, 2, 5, 2, 1)]) c ORDER BY c;
SELECT a < b AS lt, a <= b AS le, a = b AS eq, a <> b AS ne, a >= b AS ge, a > b AS gt
FROM (VALUES (variance_components(2, 2, 4, 1, 1), variance_components(2, 2, 5, 1, 1)), (variance_components(2, 2, 5, 1, 1), variance_components(2, 2, 5, 1, 1))) v (a, b);
-- frozen: hash partitions of users depend on these
SELECT c, vitk_internal.variance_components_hash(c), vitk_internal.variance_components_hash_extended(c, 0), vitk_internal.variance_components_hash_extended(c, 42)
FROM unnest(ARRAY['(persons=0)', variance_components(3, 2, 5, 1, 1)]) c;
