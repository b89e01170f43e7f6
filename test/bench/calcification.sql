-- The change between two scans, and progression: ns a row, beside the same by hand in SQL.

SELECT greatest(:rows / 10, 1000) AS n \gset
SET jit = off;
SET max_parallel_workers_per_gather = 0;

CREATE TABLE scans AS
SELECT calcification(b, 'agatston') AS b, calcification(f, 'agatston') AS f, b AS vb, f AS vf, 1 + i % 5 AS y, 20 + i % 15 AS bmi
FROM (SELECT i, round((exp(7 * random()) - 1)::numeric, 1)::float8 AS b, round((exp(7 * random()) - 1)::numeric, 1)::float8 AS f
      FROM generate_series(1, :n) i) s;
VACUUM ANALYZE scans;

INSERT INTO contestant
SELECT 'scans', ord, name, CASE WHEN ord > 1 THEN 'two scans and years' END, format('SELECT count(%s) FROM scans', expression)
FROM (VALUES
    (1, 'two scans and years', 'b) + count(f) + count(y'),
    (2, 'calcification_delta(b, f, y)', 'calcification_delta(b, f, y)'),
    (3, 'the same row by hand, of float8 columns', $$ROW(vf - vb, 100 * (vf - vb) / nullif(vb, 0), (vf - vb) / y, 100 * ((vf / nullif(vb, 0)) ^ (1.0::float8 / y) - 1),
        100 * (vf - vb) / nullif(vb, 0) / y, sqrt(vf) - sqrt(vb), ln(vf + 25) - ln(vb + 25),
        CASE WHEN vb = 0 THEN '0' WHEN vb < 100 THEN '1-99' WHEN vb < 400 THEN '100-399' ELSE '>= 400' END,
        CASE WHEN vf = 0 THEN '0' WHEN vf < 100 THEN '1-99' WHEN vf < 400 THEN '100-399' ELSE '>= 400' END, 'agatston', 'AU')$$),
    (4, 'calcification_progression, sevrukov', $$calcification_progression(b, f, y, 'sevrukov')$$),
    (5, 'the same by hand', $$CASE WHEN vf - vb >= 4.930 * sqrt(vb) THEN 'progression' WHEN vb - vf >= 4.930 * sqrt(vb) THEN 'regression' ELSE 'stable' END$$),
    (6, 'calcification_progression, annual_15', $$calcification_progression(b, f, y, 'annual_15')$$),
    (7, 'calcification_progression, mesa', $$calcification_progression(b, f, y, 'mesa', bmi)$$),
    (8, 'calcification_category(b)', 'calcification_category(b)')) v (ord, name, expression);

CALL take_turns('scans', :runs);

\echo
\echo 'Two scans: ns a row, less what count() of the arguments takes'
SELECT name AS call, round(more_ms * 1e6 / :n) AS ns
FROM result WHERE suite = 'scans' AND more_ms IS NOT NULL ORDER BY ord;
