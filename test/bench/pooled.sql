-- Pooling: us a call for 10, 100 and 10,000 studies, and making the evidence of its rows.

SET jit = off;
SET max_parallel_workers_per_gather = 0;

-- as many studies of each size; odds ratios that differ from study to study
CREATE TABLE effect AS
SELECT k, i % (100000 / k) AS meta_analysis, effect_size(0.3 * random() + 0.2 * sqrt(-2 * ln(1 - random())) * cos(6.2831853 * random()), 0.1 + random() / 2, 'OR') AS e
FROM unnest('{10,100,10000}'::int[]) k, generate_series(1, 100000) i;
CREATE TABLE evidence AS
SELECT k, meta_analysis, meta_evidence(e) AS e FROM effect GROUP BY 1, 2;
VACUUM ANALYZE effect;
VACUUM ANALYZE evidence;

INSERT INTO contestant
SELECT 'pooled', k * 10 + ord, format('k = %s: %s', k, name), CASE WHEN ord > 1 THEN format('k = %s: read the evidence', k) END, format(query, k)
FROM unnest('{10,100,10000}'::int[]) k,
    (VALUES (1, 'read the evidence', 'SELECT sum(k(e)) FROM evidence WHERE k = %s'),
            (2, 'pooled, REML and Knapp-Hartung', 'SELECT sum(p.estimate) FROM evidence v, pooled(e) p WHERE v.k = %s'),
            (3, 'pooled, DL', $$SELECT sum(p.estimate) FROM evidence v, pooled(e, 'DL') p WHERE v.k = %s$$),
            (4, 'egger_test', 'SELECT sum(p.bias) FROM evidence v, egger_test(e) p WHERE v.k = %s'),
            (5, 'meta_evidence(effect_size)', 'SELECT sum(k(e)) FROM (SELECT meta_evidence(e) AS e FROM effect WHERE k = %s GROUP BY meta_analysis) s')) v (ord, name, query)
UNION ALL
SELECT 'pooled', 1006, 'k = 100: leave_one_out', 'k = 100: read the evidence', 'SELECT sum(p.estimate) FROM evidence v, leave_one_out(e) p WHERE v.k = 100';

CALL take_turns('pooled', :runs);

\echo
\echo 'Pooling studies: us for each meta-analysis, less what it takes to read the evidence'
SELECT name AS call, round((more_ms * 1e3 / (100000 / substring(name FROM 'k = (\d+)')::int))::numeric, 1) AS us
FROM result WHERE suite = 'pooled' AND more_ms IS NOT NULL ORDER BY ord;
