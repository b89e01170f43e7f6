-- What published trials found, pooled.

\set ON_ERROR_STOP 1
\set QUIET 1

\echo
\echo '10. Published trials of vitamin K that measured the change of the Agatston score (CAC)'
\echo
\echo 'Real trials now. Difference of the mean change, vitamin K minus control, in AU with 95 %'
\echo 'interval; below 0: slower with vitamin K. n: participants. from: what the effect is made of.'
\echo

CREATE VIEW example.cac_trial AS
    SELECT result_id, study, year, vitamer, dose_ug_per_day, months, n, effect, effect_from
    FROM vitk.study_result_poolable JOIN vitk.study_result_flat USING (result_id, study, year, n, effect_from)
    WHERE vitk.study_result_poolable.outcome = 'CAC change' AND vitk.study_result_poolable.unit = 'AU';
COMMENT ON VIEW example.cac_trial IS 'EXAMPLE: published trials, none of them invented: the results of vitk.study_result that may be pooled';

SELECT study, year, vitamer, round(dose_ug_per_day) AS "ug/d", months, n, round(estimate(effect)::numeric, 1) AS "AU",
       round(ci_lower(effect)::numeric, 1) AS "95 % from", round(ci_upper(effect)::numeric, 1) AS "to",
       round(p_value(effect)::numeric, 2) AS p, effect_from AS "from"
FROM example.cac_trial
ORDER BY year;

\echo
\echo '11. Pooled, beside two published meta-analyses'
\echo
\echo 'REML with the test of Knapp and Hartung is the default; with three trials it is wide. I2: share of'
\echo 'the spread that is between trials. The next trial may lie in the prediction interval.'
\echo

SELECT name AS "method", p.k, round(p.estimate::numeric, 1) AS "AU", round(ci_lower::numeric, 1) AS "95 % from",
       round(ci_upper::numeric, 1) AS "to", round(p_value::numeric, 2) AS p, round(i2::numeric) AS "I2 %",
       round(pi_lower::numeric) || ' to ' || round(pi_upper::numeric) AS "prediction"
FROM (SELECT meta_evidence(effect ORDER BY result_id) AS e FROM example.cac_trial) AS evidence,
     (VALUES (1, 'fixed effect', 'FE', false), (2, 'DerSimonian-Laird', 'DL', false), (3, 'REML', 'REML', false),
             (4, 'REML, Knapp-Hartung', 'REML', true)) AS way (nth, name, method, knapp_hartung),
     pooled(e, method, knapp_hartung) AS p
ORDER BY nth;

SELECT study || ' ' || year AS published, outcome, unit, n, estimate, round(lower::numeric, 2) AS "95 % from",
       round(upper::numeric, 2) AS "to", p
FROM vitk.study_result_flat
WHERE result_id IN ('li2023:cac', 'lees2019:calcification')
ORDER BY year;

\echo 'They pool more trials than those whose spread we know, and Lees 2019 pools percentages.'
\echo
\echo '12. Results that have participants in common are not pooled'
\echo

CREATE TEMPORARY TABLE refusal (said text);
DO $$
BEGIN
    PERFORM study_effects('{shea2009:cac,diederichsen2022:avc,hasific2023:cac}');
EXCEPTION WHEN OTHERS THEN
    INSERT INTO refusal VALUES (SQLERRM);
END
$$;
SELECT said AS "study_effects() says" FROM refusal;

\echo
\echo 'make psql opens this database: \\dt+ example.*, then see README.md.'
