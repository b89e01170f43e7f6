-- what is shipped
SELECT kind, species, count(*) AS studies, sum(n) AS n FROM vitk.study GROUP BY kind, species ORDER BY kind, species;
SELECT count(*) AS studies, (SELECT count(*) FROM vitk.study_arm) AS arms, (SELECT count(*) FROM vitk.study_result) AS results,
       count(*) FILTER (WHERE NOT builtin) AS own
FROM vitk.study;

-- every study has a result; every arm of a result is there; every shipped row says where it is from
SELECT study_id FROM vitk.study s WHERE NOT EXISTS (SELECT FROM vitk.study_result r WHERE r.study_id = s.study_id);
SELECT study_id, arm FROM vitk.study_arm a
WHERE NOT EXISTS (SELECT FROM vitk.study_result r WHERE r.study_id = a.study_id AND a.arm IN (r.treat_arm, r.control_arm))
ORDER BY study_id, arm;
SELECT result_id FROM vitk.study_result r JOIN vitk.study s USING (study_id)
WHERE s.doi IS NOT NULL AND r.source NOT LIKE 'doi:' || s.doi || '%' ORDER BY 1;

-- doses as their sources say them, and a day
SELECT study_id, arm, vitamer, dose, co_nutrients,
       CASE WHEN study_id <> 'schurgers2007' THEN round(lower(to_unit(dose, 'ug/d'), 'ug/d')) END AS ug_a_day
FROM vitk.study_arm WHERE dose IS NOT NULL ORDER BY study_id COLLATE "C", arm COLLATE "C";

-- the rat study: design, doses and published ratios, no means, no n, no spread
SELECT design, duration, n, note FROM vitk.study WHERE study_id = 'schurgers2007';
SELECT code, outcome, unit, estimate, finding, source FROM vitk.study_result WHERE study_id = 'schurgers2007' ORDER BY code COLLATE "C";
SELECT count(*) FROM vitk.study_result r JOIN vitk.study_arm a USING (study_id)
WHERE study_id = 'schurgers2007'
  AND num_nonnulls(r.n, r.n_treat, r.mean_treat, r.mean_control, r.spread_kind, r.effect, r.p, a.n) > 0;

-- SEM, SD and interval are told apart; no sample without n, none of a spread of unknown kind
SELECT result_id, spread_kind, sample_treat, sample_control FROM vitk.study_result
WHERE spread_kind IS NOT NULL ORDER BY result_id COLLATE "C";
SELECT round(sd(sample_treat)) AS sd_treat, round(sd(sample_control)) AS sd_control FROM vitk.study_result WHERE result_id = 'shea2009:cac';

-- the effects, how they came about, and what forbids to pool
SELECT result_id, measure(effect), round(b.estimate::numeric, 2) AS estimate, round(b.lower::numeric, 2) AS lower,
       round(b.upper::numeric, 2) AS upper, effect_from, obstacle
FROM vitk.study_result_effect LEFT JOIN LATERAL back_transform(effect) AS b ON true
ORDER BY result_id COLLATE "C";
-- as papers print them, and in BI tools
SELECT result_id, measure, estimate, lower, upper FROM vitk.study_result_flat WHERE effect_from = 'published' ORDER BY result_id COLLATE "C";
-- the standard error from p is the one that gives this p
SELECT result_id, r.p, round(p_value(e.effect)::numeric, 12) AS again, df(e.effect)
FROM vitk.study_result_effect e JOIN vitk.study_result r USING (result_id)
WHERE effect_from = 'p value' ORDER BY result_id COLLATE "C";

-- who is whose participant
SELECT participants, string_agg(study_id, ', ' ORDER BY study_id COLLATE "C") AS studies
FROM vitk.study_participants GROUP BY participants HAVING count(*) > 1;

-- ready to pool: one result of each outcome of a set of participants, and nothing that is refused
SELECT result_id, outcome, unit, effect_from FROM vitk.study_result_poolable ORDER BY result_id COLLATE "C";
SELECT a.result_id, b.result_id FROM vitk.study_result_poolable a JOIN vitk.study_result_poolable b
    ON a.result_id < b.result_id AND a.participants = b.participants AND a.outcome = b.outcome AND a.unit IS NOT DISTINCT FROM b.unit;
-- whoever has an effect of an outcome is in, by one result
SELECT count(*) FROM vitk.study_result_effect e WHERE obstacle IS NULL AND NOT EXISTS (SELECT FROM vitk.study_result_poolable p
    WHERE p.participants = e.participants AND p.outcome = e.outcome AND p.unit IS NOT DISTINCT FROM e.unit);
SELECT count(*) FROM vitk.study_result_poolable p JOIN vitk.study_result r ON r.overlaps_with = p.result_id AND r.outcome = p.outcome
WHERE r.result_id IN (SELECT result_id FROM vitk.study_result_poolable);
SELECT o.outcome, count(*) FROM (SELECT DISTINCT outcome FROM vitk.study_result_poolable WHERE unit = 'AU') o,
    study_effects(ARRAY(SELECT p.result_id FROM vitk.study_result_poolable p WHERE p.unit = 'AU' AND p.outcome = o.outcome)) AS e GROUP BY o.outcome ORDER BY o.outcome COLLATE "C";

-- results by name, in the order asked for
SELECT result_id, study, year, outcome, unit, estimate(effect), round(se(effect)::numeric, 6) AS se, effect_from
FROM study_effects('{hasific2023:cac,shea2009:cac,kurnatowska2015:cac}');
SELECT count(*) FROM study_effects('{}');
SELECT count(*) FROM study_effects(NULL);

-- what must not be pooled is refused, and named
SELECT count(*) FROM study_effects('{shea2009:cac,diederichsen2022:avc,hasific2023:cac}');
SELECT count(*) FROM study_effects('{shea2009:cac,diederichsen2022:avc,hasific2023:cac}', allow_overlap => NULL);
SELECT count(*) FROM study_effects('{shea2009:cac,diederichsen2022:avc,hasific2023:cac}', allow_overlap => true);
\set VERBOSITY terse
SELECT study FROM study_effects('{zwakenberg2019:tbr,zwakenberg2019:mass}');
SELECT study FROM study_effects('{haroon2023:cac,haroon2023:avc}');
SELECT study FROM study_effects('{shea2009:cac,shea2009:cac}');
SELECT study FROM study_effects('{shea2009:cac,ikari2016:cac}');
SELECT study FROM study_effects('{shea2009:cac,ikari2016:cac}', true);
SELECT study FROM study_effects('{shea2009:cac,li2023:cac}', true);
SELECT study FROM study_effects('{holden2023:cac}');
SELECT study FROM study_effects('{shea2009:bmd}');
SELECT study FROM study_effects('{NULL}');
SELECT study FROM study_effects('{shea2009:cac,zwakenberg2019:tbr}', true);
SELECT study FROM study_effects('{shea2009:cac,haroon2023:cac}');

-- pooled, by what is ready and by name
\set VERBOSITY default
SELECT k, round(estimate::numeric, 6) AS estimate, round(se::numeric, 6) AS se, round(ci_lower::numeric, 4) AS lower,
       round(ci_upper::numeric, 4) AS upper, round(tau2::numeric, 4) AS tau2, round(i2::numeric, 4) AS i2, round(q::numeric, 6) AS q
FROM (VALUES ('REML', 'knha'), ('REML', 'adhoc'), ('REML', 'z'), ('DL', 'knha'), ('FE', 'z')) AS m (by, tested),
     (SELECT meta_evidence(effect) AS evidence FROM vitk.study_result_poolable WHERE outcome = 'CAC change' AND unit = 'AU') AS cac,
     LATERAL pooled(evidence, by, tested);
SELECT (pooled(meta_evidence(e.effect))).k FROM study_effects('{shea2009:cac,diederichsen2022:avc,hasific2023:cac}', allow_overlap => true) AS e;
SELECT (pooled(meta_evidence(e.effect))).k FROM study_effects('{shea2009:cac,diederichsen2022:avc,hasific2023:cac}') AS e;
-- effects of different kinds do not get that far
SELECT meta_evidence(effect ORDER BY result_id COLLATE "C") FROM vitk.study_result_poolable;

-- flat
SELECT result_id, months, vitamer, dose_ug_per_day, control, n, sd_treat, measure, estimate, lower, upper, p, poolable, obstacle
FROM (SELECT result_id, round(months::numeric, 2) AS months, vitamer, round(dose_ug_per_day) AS dose_ug_per_day, control, n,
             round(sd_treat::numeric, 2) AS sd_treat, measure, estimate, round(lower::numeric, 2) AS lower,
             round(upper::numeric, 2) AS upper, p, poolable, obstacle FROM vitk.study_result_flat) AS flat
WHERE result_id IN ('shea2009:cac', 'haroon2023:cac', 'ikari2016:cac', 'schurgers2007:vitamers', 'li2023:cac')
ORDER BY result_id COLLATE "C";
SELECT count(*), count(DISTINCT result_id), count(*) FILTER (WHERE poolable), count(*) FILTER (WHERE poolable = (obstacle IS NULL)) FROM vitk.study_result_flat;
SELECT result_id, poolable, obstacle FROM vitk.study_result_flat WHERE unit = 'AU' ORDER BY result_id COLLATE "C";
SELECT result_id, mean_treat, mean_control, estimate, estimate_without_se, integrity_note FROM vitk.study_result_flat
WHERE integrity_note IS NOT NULL OR estimate_without_se IS NOT NULL ORDER BY result_id COLLATE "C";

\set VERBOSITY terse
-- studies of one's own: typed in from a paper, or from raw data
BEGIN;
INSERT INTO vitk.study (study_id, name, year, kind, n, duration) VALUES
    ('ours', 'Our trial', 2026, 'randomised_trial', 120, '2 years'), ('ours-late', 'Its follow-up', 2026, 'randomised_trial', 90, '3 years'),
    ('mice', 'Our mice', 2026, 'animal_experiment', 16, '6 weeks'), ('same', 'Shea again', 2026, 'randomised_trial', 388, '3 years');
UPDATE vitk.study SET species = 'mouse' WHERE study_id = 'mice';
INSERT INTO vitk.study_arm (study_id, arm, intervention, vitamer, dose, n)
SELECT study_id, arm, arm, vitamer::nutrient, dose::nutrient_amount, 60
FROM unnest('{ours,ours-late,mice,same}'::text[]) AS study_id,
     (VALUES ('K', 'MK-7', '5 ug/(kg.d)'), ('placebo', NULL, NULL)) AS a (arm, vitamer, dose);
INSERT INTO vitk.study_result (study_id, code, outcome, method, unit, treat_arm, control_arm, n, n_treat, n_control,
                               mean_treat, mean_control, spread_kind, spread_treat, spread_control, overlaps_with, source) VALUES
    ('ours', 'cac', 'CAC change', 'agatston', 'AU', 'K', 'placebo', 120, 60, 60, 20, 30, 'SD', 50, 60, NULL, 'us'),
    ('ours-late', 'cac', 'CAC change', 'agatston', 'AU', 'K', 'placebo', 90, 40, 50, 25, 40, 'SD', 50, 60, 'ours:cac', 'us'),
    ('same', 'cac', 'CAC change', 'agatston', 'AU', 'K', 'placebo', 388, 200, 188, 27, 37, 'SE', 6, 7, 'ours-late:cac', 'us'),
    ('mice', 'ca', 'aortic calcium', 'tissue', 'ug/mg', 'K', 'placebo', 16, 8, 8, 3, 5, 'SD', 1, 1, NULL, 'us');
INSERT INTO vitk.study_result (study_id, code, outcome, unit, treat_arm, control_arm, n, n_treat, n_control,
                               mean_treat, mean_control, spread_kind, lower_treat, upper_treat, lower_control, upper_control, source) VALUES
    ('mice', 'ci', 'aortic calcium', 'AU', 'K', 'placebo', 16, 8, 8, 3, 5, '95 % CI', 2, 4, 4, 6, 'us');
SELECT result_id, n(sample_treat), mean(sample_treat), round(sd(sample_treat)::numeric, 6) AS sd, effect_from
FROM vitk.study_result JOIN vitk.study_result_effect USING (result_id, study_id)
WHERE NOT study_result.builtin ORDER BY result_id COLLATE "C";
-- of a chain of overlaps one is taken
SELECT study_id, participants FROM vitk.study_participants WHERE study_id IN ('ours', 'ours-late', 'same', 'mice') ORDER BY study_id;
SELECT result_id FROM vitk.study_result_poolable WHERE NOT builtin ORDER BY result_id COLLATE "C";
SELECT dose, dose_ug_per_day FROM vitk.study_result_flat WHERE result_id = 'ours:cac';
SAVEPOINT a;
SELECT study FROM study_effects('{ours:cac,shea2009:cac,same:cac}');
ROLLBACK TO a;
SELECT study FROM study_effects('{shea2009:cac,mice:ci}');
ROLLBACK TO a;
-- a second result of a shipped study does not take the place of the first unless it stands before it
INSERT INTO vitk.study_result (study_id, code, outcome, unit, effect, overlaps_with, source, treat_arm, control_arm)
VALUES ('shea2009', 'cac10', 'CAC change', 'AU', '-5 (SE 3)', 'shea2009:cac', 'us', 'K1', 'multivitamin');
SELECT result_id FROM vitk.study_result_poolable WHERE study_id = 'shea2009';
UPDATE vitk.study_result SET overlaps_with = NULL WHERE result_id = 'shea2009:cac10';
SELECT result_id FROM vitk.study_result_poolable WHERE study_id = 'shea2009';
ROLLBACK;

-- nonsense is kept out
BEGIN;
INSERT INTO vitk.study (study_id, name, kind) VALUES ('ours', 'Our trial', 'randomised_trial');
INSERT INTO vitk.study_arm (study_id, arm, intervention) VALUES ('ours', 'a', 'a'), ('ours', 'b', 'b');
\set ON_ERROR_ROLLBACK on
INSERT INTO vitk.study (study_id, name, kind) VALUES ('Our trial', 'x', 'randomised_trial');
INSERT INTO vitk.study (study_id, name, kind) VALUES ('x', 'x', 'opinion');
INSERT INTO vitk.study (study_id, name, kind, duration) VALUES ('x', 'x', 'cohort', '-1 year');
INSERT INTO vitk.study (study_id, name, kind, duration, duration_max) VALUES ('x', 'x', 'cohort', '2 years', '1 year');
INSERT INTO vitk.study_arm (study_id, arm, intervention, dose) VALUES ('ours', 'c', 'c', '5 ug/d');
INSERT INTO vitk.study_result (study_id, code, outcome, source) VALUES ('nobody', 'x', 'x', 'x');
INSERT INTO vitk.study_result (study_id, code, outcome, source, method) VALUES ('ours', 'x', 'x', 'x', 'guess');
INSERT INTO vitk.study_result (study_id, code, outcome, source, method) VALUES ('ours', 'x', 'x', 'x', 'AU');
INSERT INTO vitk.study_result (study_id, code, outcome, source, treat_arm) VALUES ('ours', 'x', 'x', 'x', 'c');
INSERT INTO vitk.study_result (study_id, code, outcome, source, treat_arm, control_arm) VALUES ('ours', 'x', 'x', 'x', 'a', 'a');
INSERT INTO vitk.study_result (study_id, code, outcome, source, spread_treat) VALUES ('ours', 'x', 'x', 'x', 5);
INSERT INTO vitk.study_result (study_id, code, outcome, source, spread_kind, lower_treat) VALUES ('ours', 'x', 'x', 'x', 'SD', 5);
INSERT INTO vitk.study_result (study_id, code, outcome, source, spread_kind, mean_treat, lower_treat, upper_treat) VALUES ('ours', 'x', 'x', 'x', '95 % CI', 5, 6, 7);
INSERT INTO vitk.study_result (study_id, code, outcome, source, mean_treat) VALUES ('ours', 'x', 'x', 'x', 'NaN');
INSERT INTO vitk.study_result (study_id, code, outcome, source, events_treat) VALUES ('ours', 'x', 'x', 'x', 5);
INSERT INTO vitk.study_result (study_id, code, outcome, source, events_treat, n_treat, n) VALUES ('ours', 'x', 'x', 'x', 5, 4, 4);
INSERT INTO vitk.study_result (study_id, code, outcome, source, n, n_treat, n_control) VALUES ('ours', 'x', 'x', 'x', 5, 3, 3);
INSERT INTO vitk.study_result (study_id, code, outcome, source, estimate, effect) VALUES ('ours', 'x', 'x', 'x', 5, '5 (SE 1)');
INSERT INTO vitk.study_result (study_id, code, outcome, source, p_bound) VALUES ('ours', 'x', 'x', 'x', '<');
INSERT INTO vitk.study_result (study_id, code, outcome, source, overlaps_with) VALUES ('ours', 'x', 'x', 'x', 'ours:x');
-- one that overlaps with a result that is not there is taken, as a restore has rows in any order, and not pooled
INSERT INTO vitk.study_result (study_id, code, outcome, treat_arm, control_arm, effect, source, overlaps_with) VALUES ('ours', 'y', 'x', 'a', 'b', '5 (SE 1)', 'x', 'ours:z');
SELECT obstacle FROM vitk.study_result_effect WHERE result_id = 'ours:y';
SELECT count(*) FROM study_effects('{ours:y}');
UPDATE vitk.study_result SET overlaps_with = NULL WHERE result_id = 'ours:y';
SELECT obstacle FROM vitk.study_result_effect WHERE result_id = 'ours:y';
DELETE FROM vitk.study_result WHERE result_id = 'ours:y';
INSERT INTO vitk.study_result (study_id, code, outcome, source, n_treat, mean_treat, spread_kind, spread_treat) VALUES ('ours', 'x', 'x', 'x', 1, 5, 'SD', 2);
SELECT count(*) FROM vitk.study_result WHERE study_id = 'ours';
ROLLBACK;

-- Odd rows stop no view.  The standard error of p: 13 / qt(0.985, 10) is 5.143454 in R, n being that of both arms
BEGIN;
INSERT INTO vitk.study (study_id, name, year, kind) VALUES ('odd', 'odd', 2026, 'randomised_trial');
INSERT INTO vitk.study_arm (study_id, arm, intervention, vitamer, dose)
VALUES ('odd', 'a', 'x', 'MK-7', '360 ug/d'), ('odd', 'b', 'placebo', NULL, NULL), ('odd', 'c', 'x', 'MK-7', '1e308 g/d'),
    ('odd', 'd', 'x', 'K1', '5 [IU]/d'), ('odd', 'e', 'x', 'K1', '1e308 mmol/d');
INSERT INTO vitk.study_result (study_id, code, outcome, treat_arm, control_arm, effect, source)
VALUES ('odd', 'big', 'x', 'a', 'b', 'log OR 19.5 (SE 4500)', 's'), ('odd', 'bigger', 'x', 'c', 'b', 'log OR 1e308 (SE 1e308)', 's'),
    ('odd', 'iu', 'x', 'd', 'b', '-1e308 (SE 1e308)', 's'), ('odd', 'mol', 'x', 'e', 'b', NULL, 's');
INSERT INTO vitk.study_result (study_id, code, outcome, treat_arm, control_arm, n, n_treat, n_control, mean_treat, mean_control, p, source)
VALUES ('odd', 'p .03', 'x', 'a', 'b', NULL, 6, 6, 31, 44, .03, 's'), ('odd', 'p 1e-17', 'x', 'a', 'b', NULL, 6, 6, 31, 44, 1e-17, 's'),
    ('odd', 'p least', 'x', 'a', 'b', NULL, 6, 6, 31, 44, 5e-324, 's'), ('odd', 'p huge', 'x', 'a', 'b', NULL, 6, 6, 1.7e308, -1.7e308, .03, 's'),
    ('odd', 'p near 1', 'x', 'a', 'b', NULL, 6, 6, 1e306, -1e306, .9999999999999999, 's'), ('odd', 'p n', 'x', 'a', 'b', 12, NULL, NULL, 31, 44, .03, 's'),
    ('odd', 'p three arms', 'x', 'a', 'b', 40, 6, 6, 31, 44, .03, 's'), ('odd', 'p many', 'x', 'a', 'b', 2147483647, 2147483646, 1, 31, 44, .03, 's'),
    ('odd', 'p 0', 'x', 'a', 'b', NULL, 6, 6, 31, 44, 0, 's'), ('odd', 'p 1', 'x', 'a', 'b', NULL, 6, 6, 31, 44, 1, 's'),
    ('odd', 'p equal', 'x', 'a', 'b', NULL, 6, 6, 31, 31, .5, 's'), ('odd', 'p one', 'x', 'a', 'b', NULL, 1, 1, 31, 44, .03, 's');
SELECT result_id, round(estimate(effect)::numeric, 4) AS estimate, round(se(effect)::numeric, 6) AS se, df(effect), effect_from
FROM vitk.study_result_effect WHERE result_id LIKE 'odd:p %' ORDER BY result_id COLLATE "C";
SELECT result_id, dose_ug_per_day, estimate, lower, upper, estimate_without_se FROM vitk.study_result_flat WHERE study_id = 'odd' ORDER BY result_id COLLATE "C";
SELECT result_id FROM vitk.study_result_poolable WHERE study_id = 'odd';
ROLLBACK;
