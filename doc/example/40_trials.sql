-- What published trials say together.  Nothing here is invented: vitk.study_result says where
-- each figure was read.

\set ON_ERROR_STOP 1
\set QUIET 1

\echo
\echo '10. Published trials of vitamin K and coronary calcification (CAC), change in Agatston units (AU)'
\echo
\echo 'For a paper that prints means and their spread, the effect (vitamin K minus control) is computed; for one'
\echo 'that prints means and a p value, the standard error is the one that the p value implies. AVADEC reported'
\echo 'the aortic valve (AVC), then the coronary arteries, of the same men: one of the two may be pooled.'
\echo

SELECT study, left(outcome, 3) AS "of", concat_ws(' ', vitamer, round(dose_ug_per_day)) AS "ug a day",
       n, round(estimate) AS effect, concat_ws(' to ', round(lower), round(upper)) AS "95 % interval",
       effect_from AS "from",
       coalesce(obstacle, 'yes') AS "pooled below"
FROM vitk.study_result_flat
WHERE unit = 'AU' AND outcome IN ('CAC change', 'AVC change') AND kind = 'randomised_trial'
ORDER BY year, study;

\echo
\echo '11. Pooled, next to two meta-analyses as published'
\echo
\echo 'What differs: Li et al. took 14 trials with 1533 persons, here are three. Of the other trials in these'
\echo 'tables none prints a difference of CAC in AU that can be used in computations. Of one of the three n, mean and'
\echo 'spread are known, of two only means and p; three trials and t (Knapp-Hartung) make a wide'
\echo 'interval. Lees et al. pooled vascular calcification of any kind, in percent: another scale, not AU.'
\echo 'I2: share of the spread that is between trials. The next trial may lie in its prediction interval.'
\echo

WITH cac AS (
    SELECT meta_evidence(effect) AS evidence, sum(n) AS n
    FROM vitk.study_result_poolable
    WHERE outcome = 'CAC change' AND unit = 'AU' AND species = 'human')
SELECT what AS pooled, k AS trials, n, 'AU' AS unit, round(estimate::numeric, 2) AS effect,
       round(ci_lower::numeric, 2) AS lower, round(ci_upper::numeric, 2) AS upper,
       round(p_value::numeric, 2) AS p, round(i2::numeric) AS "I2 %",
       round(pi_lower) || ' to ' || round(pi_upper) AS "next trial"
FROM cac, (VALUES ('vitk: REML, t', 'REML', 'adhoc'), ('vitk: REML, normal', 'REML', 'z'),
                  ('vitk: fixed effect', 'FE', 'z')) AS m (what, by, tested),
     LATERAL pooled(evidence, by, tested)
UNION ALL
SELECT concat(study, ' ', year), NULL, n, unit, round(estimate::numeric, 2), round(lower::numeric, 2),
       round(upper::numeric, 2), p::numeric, NULL, NULL
FROM vitk.study_result_flat
WHERE result_id IN ('li2023:cac', 'lees2019:calcification')
ORDER BY pooled DESC;

\echo
\echo 'Results that overlap are refused. Asked for the valve and the coronary arteries of AVADEC at once:'
\echo

DO $$
DECLARE
    message text;
BEGIN
    PERFORM study_effects('{shea2009:cac,diederichsen2022:avc,hasific2023:cac}');
EXCEPTION WHEN invalid_parameter_value THEN
    GET STACKED DIAGNOSTICS message = MESSAGE_TEXT;
    PERFORM set_config('example.message', message, false);
END
$$;
SELECT current_setting('example.message') AS "study_effects() says";
