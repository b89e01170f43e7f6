-- Packed days: the contestants; test/bench/run lets them take turns, with DuckDB between them.

SET jit = off;
SET max_parallel_workers_per_gather = 0;

CREATE TABLE foods AS SELECT food_composition(food, p) AS foods FROM food_profile;
CREATE TABLE foods_gaps AS SELECT food_composition(food, p) AS foods FROM food_gaps;
CREATE UNLOGGED TABLE days AS
SELECT person, day, diet(food, grams) AS diet, min(food) AS a_food FROM diary GROUP BY person, day
ORDER BY person, day;		-- as the diary has them
ALTER TABLE days ADD PRIMARY KEY (person, day);
VACUUM ANALYZE days;
ALTER TABLE days SET (parallel_workers = 1);

SELECT string_agg(format('sum(grams / 100 * v%s)', i), ', ' ORDER BY i) AS columns FROM nutrient_of \gset
-- work_mem is PostgreSQL's own: more of it makes (b) hash a state a person where reading in order is faster
CREATE TABLE diet_query (name text, query text);
INSERT INTO diet_query VALUES
    ('the scan alone', 'SELECT person, day FROM days WHERE food_count(diet) > 0'),
    ('(a) by person and day', 'SELECT person, day, intake(diet, (SELECT foods FROM foods)) FROM days'),
    ('(a) values missing or bounded', 'SELECT person, day, intake(diet, (SELECT foods FROM foods_gaps)) FROM days'),
    ('(b) mean day of each person', 'SELECT person, avg(intake(diet, (SELECT foods FROM foods))) FROM days GROUP BY person'),
    ('(c) share of persons below', $$SELECT avg((upper(mean -> 'K1', 'ug') < 1500)::integer) FROM
        (SELECT person, avg(intake(diet, (SELECT restricted(foods, 'K1') FROM foods))) AS mean FROM days GROUP BY person) s$$),
    ('(d) one nutrient', $$SELECT person, day, intake(diet, (SELECT restricted(foods, 'K1') FROM foods)) -> 'K1' FROM days$$),
    ('(e) a swap', 'SELECT person, day, intake(swap(diet, 17, 18), (SELECT foods FROM foods)) FROM days'),
    ('(e) a swap that concerns everybody', 'SELECT person, day, intake(swap(diet, a_food, 18), (SELECT foods FROM foods)) FROM days');
INSERT INTO contestant
SELECT 'diet', row_number() OVER (), name, CASE name WHEN '(a) values missing or bounded' THEN 'DuckDB (a) by person and day'
    WHEN '(e) a swap that concerns everybody' THEN 'DuckDB (e) a swap' WHEN 'the scan alone' THEN NULL ELSE 'DuckDB ' || name END, query FROM diet_query;
INSERT INTO contestant SELECT 'diet ingest', ord, name, 'array_agg', query FROM (VALUES
    (1, 'diet(food_no, grams)', 'SELECT person, day, diet(food, grams) FROM diary GROUP BY person, day'),
    (2, 'array_agg', 'SELECT person, day, array_agg(food), array_agg(grams) FROM diary GROUP BY person, day')) v (ord, name, query);
INSERT INTO contestant SELECT 'diet hashed', 1, name || ', work_mem 4 GB', NULL, query FROM diet_query WHERE name LIKE '(b)%';
INSERT INTO contestant SELECT 'diet rows', ord, name, 'intake(diet, foods)', query FROM (VALUES
    (1, 'intake(diet, foods)', 'SELECT person, day, intake(diet, foods) FROM days, foods'),
    (2, 'intake(profile, grams)', 'SELECT person, day, intake(p, grams) FROM diary JOIN food_profile USING (food) GROUP BY person, day'),
    (3, '14 float8 columns', format('SELECT person, day, %s FROM diary JOIN food_columns USING (food) GROUP BY person, day', :'columns'))) v (ord, name, query);
INSERT INTO contestant SELECT 'diet draws', ord, name, '(a)', query FROM (VALUES
    (1, '(a)', 'SELECT person, day, intake(diet, foods) FROM days, foods_gaps'),
    (2, '(f) 100 draws', $$SELECT seed, s.* FROM generate_series(1, 100) seed,
        LATERAL (SELECT person, day, intake(diet, draw(foods, seed)) FROM days, foods_gaps OFFSET 0) s$$)) v (ord, name, query);

\copy diary TO 'diary.csv' (FORMAT csv)
\copy food_columns TO 'foods.csv' (FORMAT csv)

\echo
\echo 'Storage, bytes an item, with all that a row takes'
SELECT round(pg_relation_size('diary') / :rows::numeric, 1) AS "a row an item", round(pg_relation_size('days') / :rows::numeric, 1) AS "a row a day",
    round(pg_relation_size('days')::numeric / pg_relation_size('diary'), 3) AS ratio, pg_size_pretty(pg_table_size('foods')) AS "8,000 foods x 14";

-- the packed sums are those of the rows, to the last digit
SELECT count(*) > 0 AS disagree FROM (
    SELECT person, day, intake(p, grams ORDER BY food) AS by_rows
    FROM (SELECT person, day, food, sum(grams::numeric)::float8 AS grams FROM diary WHERE person <= 200 GROUP BY 1, 2, 3) d JOIN food_gaps USING (food) GROUP BY 1, 2) r
JOIN days USING (person, day), foods_gaps WHERE intake(diet, foods) <> by_rows \gset
\if :disagree
    \warn 'test/bench/diet.sql: packed and row-wise sums disagree'
    \quit 1
\endif
