-- sum(nutrient_amount), sum(float8) and, where it is, postgresql-unit's sum(unit)

SELECT greatest(:rows / 2, 1000) AS n, to_regtype('pgunit.unit') IS NOT NULL AS has_unit \gset
SET jit = off;
SET max_parallel_workers_per_gather = 0;

CREATE UNLOGGED TABLE sum_sample AS
SELECT f, nutrient_amount(f, 'ug') AS a, nutrient_amount(f, CASE WHEN i % 2 = 0 THEN 'ug' ELSE 'mg' END) AS m
FROM (SELECT i, round((random() * 100)::numeric, 2)::float8 AS f FROM generate_series(1, :n) i) s;
INSERT INTO contestant VALUES
    ('sums', 1, 'sum(nutrient_amount)', 'sum(nutrient_amount)', 'SELECT sum(a) FROM sum_sample'),
    ('sums', 2, 'sum(nutrient_amount), ug and mg', 'sum(nutrient_amount)', 'SELECT sum(m) FROM sum_sample'),
    ('sums', 3, 'sum(float8)', 'sum(nutrient_amount)', 'SELECT sum(f) FROM sum_sample');
\if :has_unit
    ALTER TABLE sum_sample ADD u pgunit.unit;
    UPDATE sum_sample SET u = (f || ' ug')::pgunit.unit;
    INSERT INTO contestant VALUES
        ('sums', 4, 'sum(unit) of postgresql-unit', 'sum(nutrient_amount)', 'SELECT pgunit.sum(u) FROM sum_sample');
\endif
VACUUM FULL ANALYZE sum_sample;

CALL take_turns('sums', :runs);

\echo 'One sum over' :n 'rows: ns a row with the scan, and how many times as long as sum(nutrient_amount)'
SELECT name, round((ms * 1e6 / :n)::numeric, 1) AS ns, round(ratio::numeric, 2) AS x
FROM result WHERE suite = 'sums' ORDER BY ord;
