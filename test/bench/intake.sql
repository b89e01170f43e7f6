-- The work-horse: what each person ate on each day.

-- all in memory, so that every way has a plan of the same shape
SET work_mem = '4GB';
SET hash_mem_multiplier = 1;

SELECT string_agg(format('sum(grams / 100 * v%s)', i), ', ' ORDER BY i) AS columns,
       string_agg(format('sum(grams / 100 * v[%s])', i), ', ' ORDER BY i) AS elements,
       string_agg(format('sum(grams / 100 * (v ->> %L)::float8)', code), ', ' ORDER BY i) AS fields
FROM nutrient_of \gset

INSERT INTO contestant
SELECT 'intake', ord, name, 'intake()',
       format('SELECT person, day, %s FROM diary JOIN %s USING (food) GROUP BY person, day', sums, foods)
FROM (VALUES
    (1, 'intake()', 'intake(p, grams)', 'food_profile'),
    (2, 'intake(), values missing or below detection', 'intake(p, grams)', 'food_gaps'),
    (3, '14 float8 columns', :'columns', 'food_columns'),
    (4, 'float4[14]', :'elements', 'food_array'),
    (5, 'jsonb', :'fields', 'food_jsonb')) v (ord, name, sums, foods);

-- the answers agree, to what float4 can hold
SELECT count(*) > 0 AS disagree
FROM (SELECT intake(p, grams) -> 'K1' AS p, sum(grams / 100 * v1) AS c, sum(grams / 100 * a.v[1]) AS a
      FROM diary JOIN food_profile USING (food) JOIN food_columns USING (food) JOIN food_array a USING (food)
      WHERE person <= 10 GROUP BY person, day) s
WHERE abs(upper(p, 'ug') / c - 1) > 1e-12 OR abs(a / c - 1) > 1e-6 \gset
\if :disagree
    \warn 'test/bench/intake.sql: the ways to sum disagree'
    \quit 1
\endif

-- of the first three; the others aggregate as the third does
CREATE TABLE plan (name text, workers int, plan jsonb);
CREATE PROCEDURE note_plans(workers int) LANGUAGE plpgsql AS $$
DECLARE
    c contestant;
    plan json;
BEGIN
    FOR c IN SELECT * FROM contestant WHERE suite = 'intake' AND ord <= 3 ORDER BY ord LOOP
        EXECUTE 'EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ' || c.query INTO plan;
        INSERT INTO plan VALUES (c.name, workers, plan -> 0 -> 'Plan');
    END LOOP;
END $$;

SET jit = off;
SET max_parallel_workers_per_gather = 0;
CALL note_plans(0);
CALL take_turns('intake', :runs, '0 off');
SET max_parallel_workers_per_gather = 2;
CALL note_plans(2);
CALL take_turns('intake', :runs, '2 off');
SET jit = on;
CALL take_turns('intake', :runs, '2 on');
SET max_parallel_workers_per_gather = 0;
CALL take_turns('intake', :runs, '0 on');

\echo
\echo 'Sums of 14 nutrients by person and day over' :rows 'diary rows and 8,000 foods: seconds, and how many times as long as intake()'
SELECT name,
       round(max(ms) FILTER (WHERE setting = '0 off')::numeric / 1000, 2) AS "0 workers",
       round(max(ratio) FILTER (WHERE setting = '0 off')::numeric, 2) AS "x",
       round(max(ms) FILTER (WHERE setting = '2 off')::numeric / 1000, 2) AS "2 workers",
       round(max(ratio) FILTER (WHERE setting = '2 off')::numeric, 2) AS "x",
       round(max(ms) FILTER (WHERE setting = '0 on')::numeric / 1000, 2) AS "0, jit",
       round(max(ratio) FILTER (WHERE setting = '0 on')::numeric, 2) AS "x",
       round(max(ms) FILTER (WHERE setting = '2 on')::numeric / 1000, 2) AS "2, jit",
       round(max(ratio) FILTER (WHERE setting = '2 on')::numeric, 2) AS "x"
FROM result WHERE suite = 'intake' GROUP BY ord, name ORDER BY ord;

\echo 'Memory: "Memory Usage" of the hash aggregate in EXPLAIN ANALYZE, 0 workers, by its groups; and what runs with 2 workers'
SELECT p.name, p.plan -> 'Actual Rows' AS groups,
       (p.plan -> 'Peak Memory Usage')::int * 1024 / (p.plan -> 'Actual Rows')::int AS "bytes a group",
       jsonb_path_query_first(q.plan, '$.**."Workers Launched"') AS workers,
       (SELECT string_agg(node #>> '{}', ' < ') FROM jsonb_path_query(q.plan, 'strict $.**."Node Type"') node) AS "plan with 2 workers"
FROM plan p JOIN plan q USING (name) JOIN contestant USING (name)
WHERE p.workers = 0 AND q.workers = 2 ORDER BY ord;
