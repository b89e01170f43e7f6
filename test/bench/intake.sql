-- The work-horse: what each person ate on each day.

-- every way computes in memory, with a plan of the same shape
SET work_mem = '4GB';
SET hash_mem_multiplier = 1;
SET max_parallel_workers_per_gather = 0;

SELECT string_agg(format('sum(grams / 100 * v%s)', i), ', ' ORDER BY i) AS columns,
       string_agg(format('sum(grams / 100 * v[%s])', i), ', ' ORDER BY i) AS elements,
       string_agg(format('sum(grams / 100 * (v ->> %L)::float8)', code), ', ' ORDER BY i) AS fields
FROM nutrient_of \gset

\set by_day 'USING (food) GROUP BY person, day'

INSERT INTO contestant
SELECT 'intake', ord, name, format('SELECT person, day, %s FROM diary JOIN %s USING (food) GROUP BY person, day', sums, foods)
FROM (VALUES
    (1, 'intake()', 'intake(p, grams)', 'food_profile'),
    (2, 'intake(), with gaps and bounds', 'intake(p, grams)', 'food_gaps'),
    (3, '14 float8 columns', :'columns', 'food_columns'),
    (4, 'float4[]', :'elements', 'food_array'),
    (5, 'jsonb', :'fields', 'food_jsonb')) v (ord, name, sums, foods);

-- the answers agree, to what float4 can hold
\set ten 'FROM diary d JOIN food_profile USING (food) JOIN food_columns USING (food) JOIN food_array a USING (food) WHERE person <= 10'
SELECT count(*) AS wrong
FROM (SELECT intake(p, grams) -> 'K1' AS p, sum(grams / 100 * v1) AS c, sum(grams / 100 * a.v[1]) AS a :ten GROUP BY person, day) s
WHERE abs(upper(p, 'ug') / c - 1) > 1e-12 OR abs(a / c - 1) > 1e-6 \gset
\if :wrong
    \warn 'the ways to sum disagree'
    SELECT 1 / 0;
\endif

-- plan and memory of each
CREATE TABLE planned (name text, workers int, plan jsonb);
CREATE FUNCTION plan_of(query text) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    plan json;
BEGIN
    EXECUTE 'EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ' || query INTO plan;
    RETURN plan -> 0 -> 'Plan';
END $$;
INSERT INTO planned SELECT name, 0, plan_of(query) FROM contestant WHERE suite = 'intake' AND name <> 'jsonb';

CALL take_turns('intake', :runs, '0 workers, jit off');
