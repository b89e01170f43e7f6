-- Mean and spread in one pass: study_sample beside core's stddev.

INSERT INTO contestant VALUES
    ('sample', 1, 'stddev(float8)', 'stddev(float8)', 'SELECT stddev(grams) FROM diary'),
    ('sample', 2, 'study_sample(float8)', 'stddev(float8)', 'SELECT study_sample(grams) FROM diary'),
    ('sample', 3, 'stddev(float8), by food', 'stddev(float8), by food', 'SELECT food, stddev(grams) FROM diary GROUP BY food'),
    ('sample', 4, 'study_sample(float8), by food', 'stddev(float8), by food', 'SELECT food, study_sample(grams) FROM diary GROUP BY food');

SET jit = off;
SET max_parallel_workers_per_gather = 0;
CALL take_turns('sample', :runs, '0');
SET max_parallel_workers_per_gather = 2;
CALL take_turns('sample', :runs, '2');

\echo
\echo 'One column of' :rows 'rows: seconds, and how many times as long as stddev()'
SELECT name,
       round(max(ms) FILTER (WHERE setting = '0')::numeric / 1000, 2) AS "0 workers",
       round(max(ratio) FILTER (WHERE setting = '0')::numeric, 2) AS "x",
       round(max(ms) FILTER (WHERE setting = '2')::numeric / 1000, 2) AS "2 workers",
       round(max(ratio) FILTER (WHERE setting = '2')::numeric, 2) AS "x"
FROM result WHERE suite = 'sample' GROUP BY ord, name ORDER BY ord;
