-- The answers of DuckDB and ours agree.

SET max_parallel_workers_per_gather = 0;
CREATE TABLE our_check AS
WITH d AS MATERIALIZED (SELECT person, day, intake(diet, foods) AS p, intake(swap(diet, 17, 18), foods) AS q FROM days, foods),
    m AS MATERIALIZED (SELECT person, avg(p) AS mean FROM d GROUP BY person)
SELECT '(a) by person and day' AS name, (SELECT sum((upper(p -> 'K1', 'ug') + upper(p -> 'magnesium', 'mg')) * (person % 97 + day)) FROM d) AS value
UNION ALL SELECT '(b) mean day of each person', (SELECT sum(upper(mean -> 'MK-4', 'ug') * (person % 97)) FROM m)
UNION ALL SELECT '(c) share of persons below', (SELECT avg((upper(mean -> 'K1', 'ug') < 1500)::integer) FROM m)
UNION ALL SELECT '(d) one nutrient', (SELECT sum(upper(p -> 'K1', 'ug') * (person % 97 + day)) FROM d)
UNION ALL SELECT '(e) a swap', (SELECT sum((upper(q -> 'K1', 'ug') + upper(q -> 'magnesium', 'mg')) * (person % 97 + day)) FROM d);
SELECT count(*) <> 5 OR bool_or(abs(o.value - d.value) > 1e-9 * abs(d.value)) AS disagree FROM our_check o JOIN duckdb_check d USING (name) \gset
\if :disagree
    TABLE our_check;
    TABLE duckdb_check;
    \warn 'test/bench/diet_check.sql: DuckDB and the packed days disagree'
    \quit 1
\endif
\echo 'DuckDB, which has the diary in rows, gives the same answers to 1e-9'
