-- 15 digits: the last bits are the C library's
SET extra_float_digits = 0;
-- the worked cases: 100 to 150 AU in 2 years
SELECT absolute, percent, per_year, simple_percent_per_year AS simple, round(percent_per_year::numeric, 2) AS compound,
       round(sqrt_difference::numeric, 4) AS sqrt, round(log_difference::numeric, 4) AS log, baseline_category, followup_category, method, unit
FROM calcification_delta('100 AU'::calcification, '150 AU', 2);
SELECT round(calcification_progression_limit('100 AU', 'sevrukov')::numeric, 1) AS sevrukov, round(calcification_progression_limit('100 AU', 'mesa', 27)::numeric, 1) AS mesa;
-- 0 to 8 AU in a year
SELECT absolute, percent, per_year, simple_percent_per_year AS simple, round(percent_per_year::numeric, 2) AS compound,
       round(sqrt_difference::numeric, 4) AS sqrt, round(log_difference::numeric, 4) AS log, baseline_category, followup_category, method, unit
FROM calcification_delta('0 AU'::calcification, '8 AU', 1);
SELECT calcification_progression_limit('0 AU', 'sevrukov') AS sevrukov, calcification_progression_limit('0 AU', 'mesa', 27) AS mesa;
-- 50 to 75 AU in a year
SELECT absolute, percent, per_year, simple_percent_per_year AS simple, round(percent_per_year::numeric, 2) AS compound,
       round(sqrt_difference::numeric, 4) AS sqrt, round(log_difference::numeric, 4) AS log, baseline_category, followup_category, method, unit
FROM calcification_delta('50 AU'::calcification, '75 AU', 1);
SELECT round(calcification_progression_limit('50 AU', 'sevrukov')::numeric, 1) AS sevrukov, round(calcification_progression_limit('50 AU', 'mesa', 27)::numeric, 1) AS mesa;
-- 400 to 520 AU in a year; ln(545 / 425) is 0.24870
SELECT absolute, percent, per_year, simple_percent_per_year AS simple, round(percent_per_year::numeric, 2) AS compound,
       round(sqrt_difference::numeric, 4) AS sqrt, round(log_difference::numeric, 4) AS log, baseline_category, followup_category, method, unit
FROM calcification_delta('400 AU'::calcification, '520 AU', 1);
SELECT round(calcification_progression_limit('400 AU', 'sevrukov')::numeric, 1) AS sevrukov, round(calcification_progression_limit('400 AU', 'mesa', 27)::numeric, 1) AS mesa;
-- 400 to 300 AU in a year
SELECT absolute, percent, per_year, simple_percent_per_year AS simple, round(percent_per_year::numeric, 2) AS compound,
       round(sqrt_difference::numeric, 4) AS sqrt, round(log_difference::numeric, 4) AS log, baseline_category, followup_category, method, unit
FROM calcification_delta('400 AU'::calcification, '300 AU', 1);
-- limits of volume
SELECT calcification_progression_limit('100 mm3', 'sevrukov') AS sevrukov, calcification_progression_limit('0 mm3', 'sevrukov') AS from_zero,
       calcification_progression_limit('100 mm3', 'hokanson') AS hokanson, calcification_progression_limit('100 mm3', 'mesa', 27) AS mesa;
-- their verdicts; the sign of the change makes no difference to a limit
SELECT b, f, y, calcification_progression(b, f, y, 'sevrukov') AS sevrukov, calcification_progression(b, f, y, 'annual_15') AS annual_15,
       calcification_progression(b, f, y, 'mesa', 27) AS mesa
FROM (VALUES ('100 AU'::calcification, '150 AU'::calcification, 2.0::float8), ('0 AU', '8 AU', 1), ('50 AU', '75 AU', 1), ('400 AU', '520 AU', 1), ('400 AU', '300 AU', 1)) AS v (b, f, y);
SELECT b, f, y, calcification_progression(b, f, y, 'hokanson') AS hokanson, calcification_progression(b, f, y, 'sevrukov') AS sevrukov,
       calcification_progression(b, f, y, 'annual_15') AS annual_15, calcification_progression(b, f, y, 'mesa', 27) AS mesa
FROM (VALUES ('100 mm3'::calcification, '150 mm3'::calcification, 2.0::float8), ('0 mm3', '8 mm3', 1), ('50 mm3', '75 mm3', 1), ('400 mm3', '520 mm3', 1), ('400 mm3', '300 mm3', 1)) AS v (b, f, y);

-- equal scans, scans of zero, to zero, long and short intervals
SELECT b, f, y, d.absolute, d.percent, d.per_year, d.simple_percent_per_year AS simple, d.percent_per_year AS compound, round(d.sqrt_difference::numeric, 10) AS sqrt, round(d.log_difference::numeric, 10) AS log
FROM (VALUES ('120 AU'::calcification, '120 AU'::calcification, 3.0::float8), ('0 AU', '0 AU', 1), ('120 AU', '0 AU', 2), ('0 AU', '0 AU', NULL), ('100 AU', '400 AU', 0.5), ('100 AU', '121 AU', 2))
    AS v (b, f, y), calcification_delta(b, f, y) AS d;
SELECT b, f, calcification_progression(b, f, 1, 'sevrukov') AS sevrukov, calcification_progression(b, f, 1, 'annual_15') AS annual_15, calcification_progression(b, f, 1, 'mesa', 27) AS mesa
FROM (VALUES ('120 AU'::calcification, '120 AU'::calcification), ('0 AU', '0 AU'), ('120 AU', '0 AU'), ('1 AU', '0 AU'), ('0 AU', '12 AU'), ('0 AU', '600 AU')) AS v (b, f);
-- every method has a change; logs only where 25 is at home, categories only of Agatston scores
SELECT c, d.absolute, d.percent, d.sqrt_difference IS NOT NULL AS sqrt, d.log_difference IS NOT NULL AS log, d.baseline_category, d.followup_category, d.method, d.unit
FROM unnest('{100 AU,100 mm3,100 mg,10 AAC24,10 ug/mg,10 TBR}'::calcification[]) c, calcification_delta(c, calcification(value(c) * 1.5, method(c)), 1) d;
-- NULL: no scan, no row; no interval, nothing per year
SELECT * FROM calcification_delta(NULL, '8 AU'::calcification, 1);
SELECT * FROM calcification_delta('8 AU'::calcification, NULL, 0);
SELECT absolute, percent, per_year, percent_per_year, simple_percent_per_year, followup_category, method, unit FROM calcification_delta('8 AU'::calcification, '9 AU'::calcification);
SELECT calcification_delta('8 AU'::calcification, NULL) IS NULL AS whole_row, (calcification_delta('8 AU'::calcification, '10 AU', 2)).percent;
SELECT calcification_progression(NULL, '8 AU', 1, 'sevrukov') IS NULL AS baseline, calcification_progression('8 AU', NULL, 1, 'sevrukov') IS NULL AS followup,
       calcification_progression('8 AU', '80 AU', 1, NULL) IS NULL AS criterion, calcification_progression('8 AU', '80 AU', NULL, 'annual_15') IS NULL AS years,
       calcification_progression('8 AU', '80 AU', NULL, 'sevrukov') AS years_unused, calcification_progression('8 AU', '80 AU', 1, 'mesa', NULL) IS NULL AS bmi,
       calcification_progression('8 AU', '80 AU', 1, 'sevrukov', NULL) AS bmi_unused, calcification_progression('8 AU', '8 AU', NULL::float8, 'mesa', NULL) AS equal;
-- limits are reached exactly, or just not
SELECT criterion, b, f, y, calcification_progression(b, f, y, criterion, 27) AS verdict
FROM (VALUES ('hokanson', '100 mm3'::calcification, '156.25 mm3'::calcification, 1.0::float8), ('hokanson', '100 mm3', '156.24 mm3', 1), ('hokanson', '100 mm3', '56.25 mm3', 1),
    ('hokanson', '100 mm3', '56.26 mm3', 1), ('hokanson', '0 mm3', '6.25 mm3', 1), ('hokanson', '0.01 mm3', '6.76 mm3', 1), ('hokanson', '6.25 mm3', '0 mm3', 1),
    ('sevrukov', '100 AU', '149.3 AU', 1), ('sevrukov', '100 AU', '149.29 AU', 1), ('sevrukov', '100 AU', '50.7 AU', 1), ('sevrukov', '100 AU', '50.71 AU', 1),
    ('sevrukov', '0 AU', '11.6 AU', 1), ('sevrukov', '0 AU', '11.7 AU', 1), ('sevrukov', '0 mm3', '9.5 mm3', 1), ('sevrukov', '0 mm3', '9.6 mm3', 1), ('sevrukov', '100 mm3', '134.45 mm3', 1),
    ('annual_15', '100 AU', '115 AU', 1), ('annual_15', '100 AU', '114.99 AU', 1), ('annual_15', '100 AU', '132.25 AU', 2), ('annual_15', '100 AU', '130 AU', 2), ('annual_15', '100 AU', '85 AU', 1),
    ('annual_15', '100 AU', '85.01 AU', 1), ('annual_15', '0.3 AU', '0.345 AU', 1),
    ('mesa', '100 AU', '166.94 AU', 1), ('mesa', '100 AU', '166.95 AU', 1), ('mesa', '100 AU', '33.06 AU', 1), ('mesa', '100 AU', '33.05 AU', 1)) AS v (criterion, b, f, y);
-- where the formula of mesa gives no positive limit it says nothing
SELECT calcification_progression_limit('0.1 AU', 'mesa', 18) AS "limit", calcification_progression('0.1 AU', '50 AU', 1, 'mesa', 18) AS verdict,
       calcification_progression_limit('0.1 AU', 'mesa', 27) AS at_27;

-- annualised: 160 of 100 in four years is 15 % a year simple, 12.47 compound; Raggi's limit is strict
SELECT b, f, y, calcification_progression(b, f, y, 'annual_15') AS compound, calcification_progression(b, f, y, 'annual_15', annualisation => 'simple') AS simple,
       calcification_progression(b, f, y, 'annual_15', NULL, NULL) IS NULL AS unknown
FROM (VALUES ('100 AU'::calcification, '160 AU'::calcification, 4.0::float8), ('100 AU', '161 AU', 4), ('100 AU', '174.9 AU', 4), ('100 AU', '175 AU', 4), ('100 AU', '115 AU', 1), ('100 AU', '115.01 AU', 1)) v (b, f, y);
-- square roots of Agatston scores: KOICA above 2.5, Cho 2016 from 2.5 on, and any calcium where there was none
SELECT b, f, calcification_progression(b, f, 1, 'koica') AS koica, calcification_progression(b, f, 1, 'cho_2016') AS cho_2016, calcification_progression_limit(b, 'cho_2016') AS "limit"
FROM (VALUES ('100 AU'::calcification, '156.25 AU'::calcification), ('100 AU', '156.26 AU'), ('0 AU', '6.25 AU'), ('0 AU', '6.26 AU'), ('0 AU', '0.1 AU'), ('0 AU', '0 AU')) v (b, f);
-- of those without calcium, 2.5 itself is progression in KOICA 2019; iPACK-HD counts more than 15 % of the baseline, over whatever time
SELECT f, calcification_progression('0 AU', f, 1, 'koica_2019') AS koica_2019, calcification_progression('0 AU', f, 1, 'koica') AS koica
FROM unnest('{0 AU,6.24 AU,6.25 AU,7 AU}'::calcification[]) f;
SELECT calcification_progression('100 AU', '150 AU', 1, 'koica_2019') AS of_calcium;
SELECT f, y, calcification_progression('100 AU', f, y, 'ipack') AS ipack, calcification_progression('100 AU', f, y, 'annual_15') AS annual_15
FROM unnest('{115 AU,116 AU,85 AU,84 AU}'::calcification[]) f, unnest('{1,2}'::float8[]) y;
SELECT calcification_progression('0 AU', '150 AU', 1, 'ipack') AS from_zero;
-- dates: whole years from anniversary to anniversary, and the share of the last one
SELECT a, b, (calcification_delta('0 AU'::calcification, '1 AU', a, b)).per_year ^ -1 AS years, calcification_progression('100 AU', '116 AU', a, b, 'annual_15') AS verdict
FROM (VALUES (date '2020-01-01', date '2022-01-01'), ('2020-02-29', '2021-02-28'), ('2020-02-29', '2024-02-29'), ('2020-01-31', '2020-07-31'), ('1999-12-31', '2000-01-01'), ('2019-07-01', '2020-06-30'), (NULL, '2020-06-30')) v (a, b);
SELECT calcification_progression('100 AU', '170 AU', date '2020-05-01', date '2021-05-01', 'mesa', bmi => 27) AS bmi, calcification_progression('100 AU', '160 AU', date '2020-05-01', date '2024-05-01', 'annual_15', annualisation => 'SIMPLE') AS simple;
-- between whole numbers; CAC-DRS
SELECT c, calcification_category(c, 'agatston_4') AS agatston_4, calcification_category(c, 'agatston_6') AS agatston_6, calcification_category(c, 'cac_drs') AS cac_drs
FROM unnest('{0 AU,0.5 AU,1 AU,10 AU,10.5 AU,99.5 AU,100 AU,299 AU,299.5 AU,300 AU,301 AU,400 AU,1000 AU}'::calcification[]) c;
SELECT round(arterial_age('0 AU')::numeric, 2) AS of_0, round(arterial_age('23 AU')::numeric, 2) AS of_23, round(arterial_age('100 AU')::numeric, 2) AS of_100, round(arterial_age('150 AU')::numeric, 1) AS of_150;

-- what is refused, by its whole message
CREATE FUNCTION pg_temp.refusal(command text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    message text; detail text; hint text;
BEGIN
    EXECUTE command;
    RETURN command || ' was not refused';
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
    RETURN concat_ws(E'\n    ', SQLSTATE || ' ' || message, nullif(detail, ''), nullif(hint, ''));
END $$;
\pset tuples_only
\pset format unaligned
SELECT pg_temp.refusal(c) FROM unnest(ARRAY[
    $$SELECT calcification_delta('100 AU', '150 mm3', 1)$$, $$SELECT calcification_delta('9 AAC24', '1.35 TBR', NULL)$$,
    $$SELECT calcification_delta('100 AU', '150 AU', 0)$$, $$SELECT calcification_delta('100 AU', '150 AU', -1)$$,
    $$SELECT calcification_delta('100 AU', '150 AU', 'NaN')$$, $$SELECT calcification_delta('100 AU', '150 AU', 'Infinity')$$,
    $$SELECT calcification_progression('100 AU', '150 AU', 730, 'annual_15')$$, $$SELECT calcification_delta('100 AU', '150 AU', 100.5)$$,
    $$SELECT calcification_delta('1 AU', '2 AU', date '2020-01-01', '2020-01-01'::date)$$, $$SELECT calcification_delta('1 AU', '2 AU', date '2020-01-02', '2020-01-01'::date)$$,
    $$SELECT calcification_delta('1 AU', '2 AU', date '2020-01-01', 'infinity'::date)$$, $$SELECT calcification_progression('1 AU', '2 AU', date '-infinity', '2020-01-01'::date, 'koica')$$,
    $$SELECT calcification_delta('1 AU', '2 AU', date '1820-01-02', '2020-01-01'::date)$$, $$SELECT calcification_progression('100 AU', '150 AU', 1, 'annual_15', annualisation => 'linear')$$,
    $$SELECT calcification_progression('100 AU', '150 AU', 1, 'mesa', 270)$$, $$SELECT calcification_progression('100 AU', '150 AU', 1, 'mesa', 2.7)$$,
    $$SELECT arterial_age('100 mm3')$$, $$SELECT '1e-10 AU'::calcification$$, $$SELECT calcification_progression('5.397605346934028e-79 AU', '0 AU', 1, 'cho_2016') = 'stable'$$,
    $$SELECT calcification_delta('0 AU', '150 AU', 1e-308)$$, $$SELECT calcification_delta('0.001 AU', '10000000 AU', 0.02)$$, $$SELECT calcification_delta('1 AU', '2 AU', 1e-4)$$,
    $$SELECT calcification_progression('100 AU', '150 mm3', 1, 'sevrukov')$$, $$SELECT calcification_progression('100 AU', '150 AU', 0, 'sevrukov')$$,
    $$SELECT calcification_progression('100 AU', '100 AU', -1, 'sevrukov')$$,
    $$SELECT calcification_progression('100 AU', '150 AU', 1, 'budoff')$$, $$SELECT calcification_progression('100 AU', '150 AU', 1, '')$$,
    $$SELECT calcification_progression('100 AU', '150 AU', 1, 'hokanson')$$, $$SELECT calcification_progression('100 mg', '150 mg', 1, 'sevrukov')$$,
    $$SELECT calcification_progression('9 AAC24', '10 AAC24', 1, 'annual_15')$$, $$SELECT calcification_progression('1 TBR', '2 TBR', 1, 'mesa', 27)$$,
    $$SELECT calcification_progression('100 AU', '150 AU', 1, 'mesa')$$, $$SELECT calcification_progression('0 AU', '0 AU', 1, 'mesa')$$,
    $$SELECT calcification_progression('100 AU', '150 AU', 1, 'mesa', 0)$$, $$SELECT calcification_progression('100 AU', '150 AU', 1, 'mesa', 'NaN')$$,
    $$SELECT calcification_progression('100 AU', '150 AU', 1, 'sevrukov', -27)$$,
    $$SELECT calcification_progression_limit('100 AU', 'mesa')$$, $$SELECT calcification_progression_limit('100 AU', 'hokanson')$$, $$SELECT calcification_progression_limit('100 AU', 'x')$$,
    $$SELECT calcification_delta('0 ± 0 (n=8)'::study_sample, '6 ± 1 (n=8)')$$, $$SELECT calcification_delta('100 AU', '150 AU')$$,
    $$SELECT percent_change('-10 (SE 9.22)')$$, $$SELECT percent_change('OR 0.35 [0.16, 0.78]', 1.5)$$, $$SELECT percent_change(effect_size(705, 10, 'ROM'))$$,
    $$SELECT study_sample(value(c, 'tissue')) FROM unnest('{7 ug/mg,48 mg}'::calcification[]) c$$,
    $$SELECT calcification_category('100 AU', 'framingham')$$, $$SELECT calcification_category('100 mm3')$$, $$SELECT calcification_category_order('9 AAC24', 'agatston_6')$$]) AS c;
\pset format aligned
\pset tuples_only off

-- categories by both schemes: whole scores at their borders, and what lies between
SELECT s, calcification_category(c) AS four, calcification_category_order(c) AS o4, calcification_category(c, 'agatston_6') AS six, calcification_category_order(c, 'agatston_6') AS o6
FROM unnest('{0,0.1,1,9,10,10.5,11,99,99.9,100,100.5,101,399,399.9,400,400.5,401,1000,1000.5,1001,1e7}'::float8[]) s, LATERAL (SELECT calcification(s, 'agatston') AS c) t;
SELECT scheme, category_order, category, label, lower, lower_inclusive, upper, upper_inclusive FROM vitk.calcification_category ORDER BY scheme, category_order;
-- the view says what the function does
SELECT count(*) AS scores, count(*) FILTER (WHERE k.category = calcification_category(c, scheme) AND category_order = calcification_category_order(c, scheme)) AS agree
FROM generate_series(0, 4400, 1) i, LATERAL (SELECT calcification(i / 4.0, 'agatston') AS c) t, vitk.calcification_category k
WHERE (lower IS NULL OR value(c) > lower OR lower_inclusive AND value(c) = lower) AND (upper IS NULL OR value(c) < upper OR upper_inclusive AND value(c) = upper);
-- the criteria, with their sources
SELECT criterion, method, baseline, scale, inclusive, linear, root, bmi, constant, needs_bmi FROM vitk.progression_criterion;
SELECT DISTINCT criterion, rule, doi FROM vitk.progression_criterion ORDER BY criterion, rule;
-- the view says what the function does
SELECT criterion, method, baseline, count(*) AS baselines,
       count(*) FILTER (WHERE calcification_progression_limit(calcification(b, method), criterion, 31.5) = linear * b + root * sqrt(b) + constant + bmi * 31.5) AS agree
FROM vitk.progression_criterion, unnest('{0,1,2.25,100,1234.5}'::float8[]) b
WHERE baseline = 'any' OR (baseline = 'zero') = (b = 0)
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;
-- groups: the log ratio of means, followup over baseline, and what it is in percent
SELECT b, f, d = log_ratio_of_means(f, b) AS same, round(estimate(d)::numeric, 6) AS log_ratio, round(ln(mean(f) / mean(b))::numeric, 6) AS by_hand,
       round(se(d)::numeric, 6) AS se, round(sqrt((se(f) / mean(f)) ^ 2 + (se(b) / mean(b)) ^ 2)::numeric, 6) AS se_by_hand
FROM (VALUES ('10 ± 2 (n=8)'::study_sample, '6 ± 1.5 (n=8)'::study_sample), ('6 ± 1.5 (n=8)', '6 ± 1 (n=7)')) AS v (b, f), calcification_delta(b, f) AS d;
SELECT round(percent::numeric, 4) AS percent, round(lower::numeric, 4) AS lower, round(upper::numeric, 4) AS upper,
       round((100 * (exp(ln(0.6) - 1.959963984540054 * sqrt(0.0128125)) - 1))::numeric, 4) AS lower_by_hand
FROM percent_change(calcification_delta('10 ± 2 (n=8)'::study_sample, '6 ± 1.5 (n=8)'));
SELECT round(percent::numeric, 4) AS percent, round(lower::numeric, 4) AS lower, round(upper::numeric, 4) AS upper FROM percent_change('OR 0.35 [0.16, 0.78]', 0.9);
SELECT * FROM percent_change('ROM 0.85 (log SE 0.2)');
SELECT calcification_delta('10 ± 2 (n=8)'::study_sample, (SELECT study_sample(6))) IS NULL AS too_small, calcification_delta(NULL, '6 ± 1 (n=8)'::study_sample) IS NULL AS strict,
       percent_change(NULL) IS NULL AS percent_strict;
-- measured one by one: the accessor makes sure of the method
SELECT calcification_delta(study_sample(value(c, 'tissue')) FILTER (WHERE week = 6), study_sample(value(c, 'tissue')) FILTER (WHERE week = 12))
     = calcification_delta('8 ± 1 (n=3)'::study_sample, '5 ± 1 (n=3)') AS same
FROM (VALUES (6, '7 ug/mg'::calcification), (6, '8 ug/mg'), (6, '9 ug/mg'), (12, '4 ug/mg'), (12, '5 ug/mg'), (12, '6 ug/mg')) AS v (week, c);
-- progression over a table, as a report has it; serial and parallel agree
CREATE TABLE two_scans AS SELECT i AS person, calcification(i * 7 % 997, 'agatston') AS baseline, calcification(i * 11 % 1201, 'agatston') AS followup, 1 + i % 5 AS years FROM generate_series(1, 5000) i;
ALTER TABLE two_scans SET (parallel_workers = 2);
SELECT baseline_category, count(*), count(*) FILTER (WHERE p = 'progression') AS progression, count(*) FILTER (WHERE p = 'stable') AS stable,
       count(*) FILTER (WHERE p = 'regression') AS regression, round(avg(per_year)::numeric, 3) AS per_year, count(percent) AS with_percent
FROM two_scans, calcification_delta(baseline, followup, years) d, LATERAL (SELECT calcification_progression(baseline, followup, years, 'sevrukov') AS p) s
GROUP BY baseline_category, calcification_category_order(baseline) ORDER BY calcification_category_order(baseline);
SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0;
CREATE TEMPORARY TABLE parallel_answer AS
SELECT person, calcification_delta(baseline, followup, years)::text AS d, calcification_progression(baseline, followup, years, 'mesa', 27) AS p FROM two_scans WHERE person % 3 = 0;
SET max_parallel_workers_per_gather = 0;
SELECT count(*), count(*) FILTER (WHERE a.d = s.d AND a.p IS NOT DISTINCT FROM s.p) AS same FROM parallel_answer a
JOIN (SELECT person, calcification_delta(baseline, followup, years)::text AS d, calcification_progression(baseline, followup, years, 'mesa', 27) AS p FROM two_scans) s USING (person);
RESET max_parallel_workers_per_gather; RESET parallel_setup_cost; RESET parallel_tuple_cost; RESET min_parallel_table_scan_size;
DROP TABLE two_scans;
