-- study: trials, meta-analyses and the rat study, what they found, and what of it may be pooled
--
-- Shipped rows carry builtin and come from src/data/study*.csv.  Users add their own beside
-- them; pg_dump keeps those.

CREATE TABLE vitk.study (
    study_id text PRIMARY KEY CHECK (study_id ~ '^[a-z0-9][a-z0-9_.-]*$'),
    name text NOT NULL CHECK (name <> ''),
    year integer CHECK (year BETWEEN 1900 AND 2200),
    kind text NOT NULL CHECK (kind IN ('randomised_trial', 'controlled_trial', 'cohort', 'case_cohort', 'cross_sectional',
                                       'single_arm', 'meta_analysis', 'animal_experiment')),
    design text,
    doi text CHECK (doi ~ '^10\.[0-9]{4,9}/.+'),
    registration text,
    population text,
    species text NOT NULL DEFAULT 'human' CHECK (species <> ''),
    country text,
    n integer CHECK (n > 0),
    duration interval,
    duration_max interval,
    integrity_note text,
    note text,
    builtin boolean NOT NULL DEFAULT false,
    CONSTRAINT study_duration CHECK (interval '0' < duration AND duration <= coalesce(duration_max, duration))
);
COMMENT ON TABLE vitk.study IS 'trials, meta-analyses and animal experiments; what they found: vitk.study_result';
COMMENT ON COLUMN vitk.study.study_id IS 'short name, such as shea2009: lower-case letters, digits, "_", "." and "-"';
COMMENT ON COLUMN vitk.study.name IS 'first author, and the name of the trial';
COMMENT ON COLUMN vitk.study.year IS 'when it was published';
COMMENT ON COLUMN vitk.study.kind IS
    'randomised_trial, controlled_trial (not randomised), cohort, case_cohort, cross_sectional, single_arm, meta_analysis, animal_experiment; the results of a single_arm or meta_analysis are never pooled';
COMMENT ON COLUMN vitk.study.design IS 'its design in words';
COMMENT ON COLUMN vitk.study.doi IS 'DOI without the URL of a resolver';
COMMENT ON COLUMN vitk.study.registration IS 'number in a register of trials';
COMMENT ON COLUMN vitk.study.population IS 'who was studied';
COMMENT ON COLUMN vitk.study.species IS 'human, rat or another';
COMMENT ON COLUMN vitk.study.country IS 'ISO code of the country, UK for GB';
COMMENT ON COLUMN vitk.study.n IS 'number of persons or animals in all arms; NULL: not known';
COMMENT ON COLUMN vitk.study.duration IS 'how long participants were treated; where that varied, the shortest time';
COMMENT ON COLUMN vitk.study.duration_max IS 'where that varied, the longest time';
COMMENT ON COLUMN vitk.study.integrity_note IS 'doubts about the study itself';
COMMENT ON COLUMN vitk.study.note IS 'what else to know before using it';
COMMENT ON COLUMN vitk.study.builtin IS 'shipped with the extension: an update replaces it, pg_dump leaves it out';

CREATE TABLE vitk.study_arm (
    study_id text NOT NULL REFERENCES vitk.study,
    arm text NOT NULL CHECK (arm <> ''),
    intervention text NOT NULL,
    vitamer nutrient,
    dose nutrient_amount,
    antagonist text CHECK (antagonist <> ''),
    antagonist_dose nutrient_amount,
    phase integer CHECK (phase > 0),
    co_nutrients nutrient_profile,
    n integer CHECK (n > 0),
    note text,
    builtin boolean NOT NULL DEFAULT false,
    PRIMARY KEY (study_id, arm),
    CONSTRAINT study_arm_dose CHECK (dose IS NULL OR vitamer IS NOT NULL),
    CONSTRAINT study_arm_antagonist_dose CHECK (antagonist_dose IS NULL OR antagonist IS NOT NULL)
);
COMMENT ON TABLE vitk.study_arm IS 'the arms of studies: who got what';
COMMENT ON COLUMN vitk.study_arm.study_id IS 'the study';
COMMENT ON COLUMN vitk.study_arm.arm IS 'name of the arm within it';
COMMENT ON COLUMN vitk.study_arm.intervention IS 'what was given';
COMMENT ON COLUMN vitk.study_arm.vitamer IS 'vitamer of vitamin K that was given; NULL: none';
COMMENT ON COLUMN vitk.study_arm.dose IS
    'how much of it, as the source says: per day or another time (30 mg/(7.d)), or in a mass of food (100 ug/g)';
COMMENT ON COLUMN vitk.study_arm.antagonist IS 'vitamin K antagonist that was given or taken, such as warfarin; NULL: none';
COMMENT ON COLUMN vitk.study_arm.antagonist_dose IS 'how much of it, as the source says, as dose; NULL: by effect (INR), or not known';
COMMENT ON COLUMN vitk.study_arm.phase IS 'of a study in phases, the one in which the arm was treated so; NULL: there is but one';
COMMENT ON COLUMN vitk.study_arm.co_nutrients IS 'other nutrients that were given, per day; those of unknown amount are in note';
COMMENT ON COLUMN vitk.study_arm.n IS 'number of persons or animals in the arm; NULL: not known';
COMMENT ON COLUMN vitk.study_arm.note IS 'what else to know about it';
COMMENT ON COLUMN vitk.study_arm.builtin IS 'shipped with the extension: an update replaces it, pg_dump leaves it out';

CREATE TABLE vitk.study_result (
    result_id text PRIMARY KEY GENERATED ALWAYS AS (study_id || ':' || code) STORED,
    study_id text NOT NULL REFERENCES vitk.study,
    code text NOT NULL CHECK (code <> ''),
    outcome text NOT NULL CHECK (outcome <> ''),
    method text CHECK (method = method(calcification(0::float8, method))),
    unit text,
    treat_arm text,
    control_arm text,
    n integer CHECK (n > 0),
    n_treat integer CHECK (n_treat > 0),
    n_control integer CHECK (n_control > 0),
    mean_treat float8 CHECK (mean_treat > '-infinity' AND mean_treat < 'infinity'),
    mean_control float8 CHECK (mean_control > '-infinity' AND mean_control < 'infinity'),
    spread_kind text CHECK (spread_kind IN ('SD', 'SE', '95 % CI', 'unclear')),
    spread_treat float8 CHECK (spread_treat >= 0::float8 AND spread_treat < 'infinity'),
    spread_control float8 CHECK (spread_control >= 0::float8 AND spread_control < 'infinity'),
    lower_treat float8,
    upper_treat float8,
    lower_control float8,
    upper_control float8,
    events_treat integer,
    events_control integer,
    estimate float8 CHECK (estimate > '-infinity' AND estimate < 'infinity'),
    effect effect_size,
    effect_kind text,
    p float8 CHECK (p BETWEEN 0::float8 AND 1::float8),
    p_bound text CHECK (p_bound IN ('<', '>')),
    direction text CHECK (direction IN ('up', 'down', 'equal', 'present', 'absent')),
    finding text,
    overlaps_with text,         -- no foreign key: of one within a table pg_dump warns, and --inserts restores rows in any order
    integrity_note text,
    source text NOT NULL CHECK (source <> ''),
    note text,
    builtin boolean NOT NULL DEFAULT false,
    sample_treat study_sample GENERATED ALWAYS AS (
        CASE spread_kind
            WHEN 'SD' THEN study_sample(n_treat::float8, mean_treat, spread_treat)
            WHEN 'SE' THEN study_sample_from_se(n_treat::float8, mean_treat, spread_treat)
            WHEN '95 % CI' THEN study_sample_from_ci(n_treat::float8, mean_treat, lower_treat, upper_treat)
        END) STORED,
    sample_control study_sample GENERATED ALWAYS AS (
        CASE spread_kind
            WHEN 'SD' THEN study_sample(n_control::float8, mean_control, spread_control)
            WHEN 'SE' THEN study_sample_from_se(n_control::float8, mean_control, spread_control)
            WHEN '95 % CI' THEN study_sample_from_ci(n_control::float8, mean_control, lower_control, upper_control)
        END) STORED,
    FOREIGN KEY (study_id, treat_arm) REFERENCES vitk.study_arm,
    FOREIGN KEY (study_id, control_arm) REFERENCES vitk.study_arm,
    CONSTRAINT study_result_arms CHECK (treat_arm <> control_arm),
    CONSTRAINT study_result_n CHECK (n >= coalesce(n_treat, 0) + coalesce(n_control, 0)),
    CONSTRAINT study_result_spread CHECK (
        CASE WHEN spread_kind IS NULL
                 THEN pg_catalog.num_nonnulls(spread_treat, spread_control, lower_treat, upper_treat, lower_control, upper_control) = 0
             WHEN spread_kind = '95 % CI' THEN pg_catalog.num_nonnulls(spread_treat, spread_control) = 0
             ELSE pg_catalog.num_nonnulls(lower_treat, upper_treat, lower_control, upper_control) = 0 END),
    CONSTRAINT study_result_interval CHECK (
        '-infinity' < lower_treat AND lower_treat <= mean_treat
        AND mean_treat <= upper_treat AND upper_treat < 'infinity'
        AND '-infinity' < lower_control AND lower_control <= mean_control
        AND mean_control <= upper_control AND upper_control < 'infinity'),
    CONSTRAINT study_result_events CHECK (
        (events_treat IS NULL OR (n_treat IS NOT NULL AND events_treat BETWEEN 0 AND n_treat))
        AND (events_control IS NULL OR (n_control IS NOT NULL AND events_control BETWEEN 0 AND n_control))),
    CONSTRAINT study_result_estimate CHECK (estimate IS NULL OR effect IS NULL),
    CONSTRAINT study_result_p CHECK (p_bound IS NULL OR p IS NOT NULL),
    UNIQUE (study_id, code),
    CONSTRAINT study_result_overlaps_with CHECK (overlaps_with <> study_id || ':' || code)
);
COMMENT ON TABLE vitk.study_result IS
    'what studies found, numbers as their sources print them; what the effect is and whether it may be pooled: vitk.study_result_effect';
COMMENT ON COLUMN vitk.study_result.result_id IS 'key: study and code, such as shea2009:cac';
COMMENT ON COLUMN vitk.study_result.study_id IS 'the study';
COMMENT ON COLUMN vitk.study_result.code IS 'short name of the result within the study';
COMMENT ON COLUMN vitk.study_result.outcome IS 'what was measured: CAC change (coronary artery calcification), AVC change (aortic valve), ...';
COMMENT ON COLUMN vitk.study_result.method IS 'method of type calcification, where calcification was measured by one of them';
COMMENT ON COLUMN vitk.study_result.unit IS 'unit of means, estimate and effect; NULL: there are none, or a ratio';
COMMENT ON COLUMN vitk.study_result.treat_arm IS 'arm that was given vitamin K; NULL: no single one';
COMMENT ON COLUMN vitk.study_result.control_arm IS 'arm that it is compared with; NULL: none';
COMMENT ON COLUMN vitk.study_result.n IS 'number of persons or animals, all arms';
COMMENT ON COLUMN vitk.study_result.n_treat IS 'number in treat_arm';
COMMENT ON COLUMN vitk.study_result.n_control IS 'number in control_arm';
COMMENT ON COLUMN vitk.study_result.mean_treat IS 'mean of treat_arm';
COMMENT ON COLUMN vitk.study_result.mean_control IS 'mean of control_arm';
COMMENT ON COLUMN vitk.study_result.spread_kind IS
    'what the source prints with its means: SD; SE (of the mean, SEM); 95 % CI (of the mean); unclear: it does not say, so that no sample is made of it';
COMMENT ON COLUMN vitk.study_result.spread_treat IS 'SD or SE of treat_arm, as spread_kind says';
COMMENT ON COLUMN vitk.study_result.spread_control IS 'SD or SE of control_arm, as spread_kind says';
COMMENT ON COLUMN vitk.study_result.lower_treat IS 'lower end of the 95 % CI of the mean of treat_arm';
COMMENT ON COLUMN vitk.study_result.upper_treat IS 'upper end of the 95 % CI of the mean of treat_arm';
COMMENT ON COLUMN vitk.study_result.lower_control IS 'lower end of the 95 % CI of the mean of control_arm';
COMMENT ON COLUMN vitk.study_result.upper_control IS 'upper end of the 95 % CI of the mean of control_arm';
COMMENT ON COLUMN vitk.study_result.events_treat IS 'how many of n_treat had the outcome';
COMMENT ON COLUMN vitk.study_result.events_control IS 'how many of n_control had the outcome';
COMMENT ON COLUMN vitk.study_result.estimate IS 'published estimate that comes without an interval, in unit';
COMMENT ON COLUMN vitk.study_result.effect IS 'published effect with its interval or standard error: treatment minus, or over, control';
COMMENT ON COLUMN vitk.study_result.effect_kind IS 'what kind of effect the source says it is';
COMMENT ON COLUMN vitk.study_result.p IS 'p value of the comparison of the arms, as printed';
COMMENT ON COLUMN vitk.study_result.p_bound IS '< or > where the source says no more than that p is below or above this';
COMMENT ON COLUMN vitk.study_result.direction IS
    'which way it went, by the words of the source: up or down (significantly, against the control or, of a single arm, in time), equal (no difference that the source calls one), present or absent; NULL: it does not say';
COMMENT ON COLUMN vitk.study_result.finding IS 'what the source says of it, in words';
COMMENT ON COLUMN vitk.study_result.overlaps_with IS
    'result_id of a result of the same participants, or some of them, that is preferred to this one where only one may be taken; where there is no such result this one cannot be pooled; results of one study overlap in any case';
COMMENT ON COLUMN vitk.study_result.integrity_note IS 'doubts about the figures, such as misprints';
COMMENT ON COLUMN vitk.study_result.source IS 'where it was read';
COMMENT ON COLUMN vitk.study_result.note IS 'what else to know before using it';
COMMENT ON COLUMN vitk.study_result.builtin IS 'shipped with the extension: an update replaces it, pg_dump leaves it out';
COMMENT ON COLUMN vitk.study_result.sample_treat IS
    'n, mean and spread of treat_arm, from the columns before; NULL where one of them is not known';
COMMENT ON COLUMN vitk.study_result.sample_control IS
    'n, mean and spread of control_arm, from the columns before; NULL where one of them is not known';

@rows vitk.study study.csv@
@rows vitk.study_arm study_arm.csv@
@rows vitk.study_result study_result.csv@

SELECT pg_catalog.pg_extension_config_dump('vitk.study', 'WHERE NOT builtin');
SELECT pg_catalog.pg_extension_config_dump('vitk.study_arm', 'WHERE NOT builtin');
SELECT pg_catalog.pg_extension_config_dump('vitk.study_result', 'WHERE NOT builtin');

GRANT SELECT ON vitk.study, vitk.study_arm, vitk.study_result TO PUBLIC;
GRANT INSERT, UPDATE, DELETE ON vitk.study, vitk.study_arm, vitk.study_result TO pg_database_owner WITH GRANT OPTION;

-- who took part: studies that overlap, directly or by way of others, are one set of participants
CREATE VIEW vitk.study_participants AS
    WITH RECURSIVE overlap AS (
        SELECT a.study_id, b.study_id AS other
        FROM vitk.study_result a JOIN vitk.study_result b ON b.result_id = a.overlaps_with
        WHERE a.study_id <> b.study_id
    ), either_way AS (
        SELECT study_id, other FROM overlap UNION SELECT other, study_id FROM overlap
    ), reach AS (
        SELECT study_id, study_id AS other FROM vitk.study
        UNION
        SELECT r.study_id, o.other FROM reach r JOIN either_way o ON o.study_id = r.other
    )
    SELECT study_id, min(other COLLATE "C") AS participants FROM reach GROUP BY study_id;
COMMENT ON VIEW vitk.study_participants IS
    'which studies have participants in common, by overlaps_with of their results; plain columns, for BI tools';
COMMENT ON COLUMN vitk.study_participants.study_id IS 'key: the study';
COMMENT ON COLUMN vitk.study_participants.participants IS
    'identifies the set of participants: the first study_id of all studies that share some';
GRANT SELECT ON vitk.study_participants TO PUBLIC;

-- NULL where there is none, or it fits no number: one odd row must not stop a view
CREATE FUNCTION vitk_internal.study_difference(mean_treat float8, mean_control float8) RETURNS float8
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN abs(mean_treat) < 1e307::float8 AND abs(mean_control) < 1e307::float8
            THEN (mean_treat::numeric - mean_control::numeric)::float8 END;
COMMENT ON FUNCTION vitk_internal.study_difference(float8, float8) IS
    'difference of two means in the decimals in which they are printed';
CREATE FUNCTION vitk_internal.study_effect_from_p(difference float8, p float8, df float8) RETURNS effect_size
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.study_effect_from_p(float8, float8, float8) IS
    'effect_size_from_p of a difference of means; NULL where that is an error';

-- The standard error that a difference of means and its p value imply is Cochrane Handbook
-- 6.5.2.3: |difference| / quantile of t with n_treat + n_control - 2 df; where these are not
-- known n - 2, normal where n is not known either.
CREATE VIEW vitk.study_result_effect AS
    SELECT r.result_id, r.study_id, s.name AS study, s.year, s.kind, s.species, r.outcome, r.method, r.unit, r.n,
           e.effect, e.effect_from,
           CASE WHEN s.kind = 'meta_analysis' THEN 'meta-analysis'
                WHEN s.kind = 'single_arm' OR r.control_arm IS NULL THEN 'no control arm'
                WHEN NOT EXISTS (SELECT FROM vitk.study_result o WHERE o.result_id = r.overlaps_with) AND r.overlaps_with IS NOT NULL
                    THEN 'overlaps with a result that is not there'
                WHEN e.effect IS NULL THEN 'no effect with a standard error' END AS obstacle,
           p.participants, r.overlaps_with, r.builtin
    FROM vitk.study_result r
    JOIN vitk.study s USING (study_id)
    JOIN vitk.study_participants p USING (study_id)
    CROSS JOIN LATERAL (
        SELECT mean_difference(r.sample_treat, r.sample_control) AS of_samples,
               log_odds_ratio(r.events_treat::bigint, r.n_treat::bigint,
                              r.events_control::bigint, r.n_control::bigint) AS of_counts,
               coalesce(r.n_treat::bigint + r.n_control::bigint, r.n::bigint) AS n
    ) AS c
    CROSS JOIN LATERAL (
        SELECT CASE WHEN r.p_bound IS NULL AND r.control_arm IS NOT NULL
                    THEN vitk_internal.study_effect_from_p(vitk_internal.study_difference(r.mean_treat, r.mean_control), r.p,
                                                           CASE WHEN c.n > 2 THEN (c.n - 2)::float8 END) END AS of_p
    ) AS d
    CROSS JOIN LATERAL (
        SELECT coalesce(of_samples, of_counts, r.effect, of_p) AS effect,
               CASE WHEN of_samples IS NOT NULL THEN 'samples'
                    WHEN of_counts IS NOT NULL THEN 'counts'
                    WHEN r.effect IS NOT NULL THEN 'published'
                    WHEN of_p IS NOT NULL THEN 'p value' END AS effect_from
    ) AS e;
COMMENT ON VIEW vitk.study_result_effect IS
    'every result of vitk.study_result with its effect, treatment minus control, how that was obtained, and what prevents pooling it';
@comments vitk.study_result_effect from vitk.study_result: study_id, n, overlaps_with@
@comments vitk.study_result_effect from vitk.study: year, species@
COMMENT ON COLUMN vitk.study_result_effect.result_id IS 'key of the result';
COMMENT ON COLUMN vitk.study_result_effect.study IS 'its name';
COMMENT ON COLUMN vitk.study_result_effect.kind IS 'kind of study, see vitk.study';
COMMENT ON COLUMN vitk.study_result_effect.outcome IS 'what was measured';
COMMENT ON COLUMN vitk.study_result_effect.method IS 'method of type calcification';
COMMENT ON COLUMN vitk.study_result_effect.unit IS 'unit of the effect; NULL: a ratio';
COMMENT ON COLUMN vitk.study_result_effect.effect IS 'the effect; NULL: the source gives none that can be used in computations';
COMMENT ON COLUMN vitk.study_result_effect.effect_from IS
    'samples: mean_difference of both; counts: log_odds_ratio; published: effect as its source gives it; p value: difference of means whose standard error is the one that the printed p implies (Student t with n_treat + n_control - 2 df, or n - 2, normal without n; no more precise than the printed p, and right only if p is from such a test)';
COMMENT ON COLUMN vitk.study_result_effect.obstacle IS 'why it cannot be pooled; NULL: it can';
COMMENT ON COLUMN vitk.study_result_effect.participants IS 'identifies the set of participants: two results with the same one overlap';
COMMENT ON COLUMN vitk.study_result_effect.builtin IS 'shipped with the extension';
GRANT SELECT ON vitk.study_result_effect TO PUBLIC;

CREATE VIEW vitk.study_result_poolable AS
    SELECT DISTINCT ON (participants, outcome, unit)
           result_id, study_id, study, year, kind, species, outcome, method, unit, n, effect, effect_from, participants, builtin
    FROM vitk.study_result_effect e
    WHERE obstacle IS NULL
    ORDER BY participants, outcome, unit,
             EXISTS (SELECT FROM vitk.study_result o
                     WHERE o.result_id = e.overlaps_with AND o.outcome = e.outcome AND o.unit IS NOT DISTINCT FROM e.unit),
             overlaps_with IS NOT NULL, builtin, result_id COLLATE "C";
COMMENT ON VIEW vitk.study_result_poolable IS
    'results ready to pool, one of each outcome (and unit) of a set of participants: no overlap within an outcome, no single arm, no meta-analysis; choose one outcome, unit and species, then pooled(meta_evidence(effect)); of overlapping results of an outcome, the one that names no other of it in overlaps_with, then one that names none at all, then the user''s own, then the first result_id; for others, use study_effects()';
@comments vitk.study_result_poolable from vitk.study_result_effect: result_id, study_id, study, year, kind, species, outcome, method, unit, n, builtin@
COMMENT ON COLUMN vitk.study_result_poolable.effect IS 'the effect, treatment minus control';
COMMENT ON COLUMN vitk.study_result_poolable.effect_from IS 'how it was obtained, see vitk.study_result_effect';
COMMENT ON COLUMN vitk.study_result_poolable.participants IS 'identifies the set of participants, no two are the same within an outcome and unit';
GRANT SELECT ON vitk.study_result_poolable TO PUBLIC;

-- results by name, to pool: refuses what must not be pooled

CREATE FUNCTION vitk_internal.study_result_unknown(result_id text) RETURNS boolean
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.study_result_unknown(text) IS 'an error that says that there is no such result';
CREATE FUNCTION vitk_internal.study_result_refused(result_id text, obstacle text) RETURNS boolean
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.study_result_refused(text, text) IS 'an error that says why a result cannot be pooled';
CREATE FUNCTION vitk_internal.study_results_differ(a text, b text, what text, a_value text, b_value text) RETURNS boolean
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.study_results_differ(text, text, text, text, text) IS
    'an error that says in what two results differ that therefore cannot be pooled';
CREATE FUNCTION vitk_internal.study_results_overlap(a text, b text, participants text) RETURNS boolean
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.study_results_overlap(text, text, text) IS 'an error that names two results of the same participants';

CREATE FUNCTION study_effects(result_ids text[], allow_overlap boolean DEFAULT false)
RETURNS TABLE (result_id text, study text, year integer, outcome text, unit text, effect effect_size, effect_from text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 10
BEGIN ATOMIC
    WITH asked AS (
        SELECT a.result_id, a.place, e.study, e.year, e.species, e.outcome, e.unit, e.effect, e.effect_from,
               e.obstacle, e.participants, e.result_id IS NOT NULL AS known
        FROM pg_catalog.unnest(study_effects.result_ids) WITH ORDINALITY AS a (result_id, place)
        LEFT JOIN vitk.study_result_effect e USING (result_id)
    )
    SELECT a.result_id, a.study, a.year, a.outcome, a.unit, a.effect, a.effect_from
    FROM asked a
    LEFT JOIN LATERAL (SELECT b.result_id, b.participants FROM asked b
                       WHERE b.place < a.place AND b.participants = a.participants
                       ORDER BY b.place LIMIT 1) AS same ON true
    LEFT JOIN asked f ON f.place = 1
    WHERE CASE WHEN NOT a.known THEN vitk_internal.study_result_unknown(a.result_id)
               WHEN a.obstacle IS NOT NULL THEN vitk_internal.study_result_refused(a.result_id, a.obstacle)
               WHEN a.species <> f.species
                   THEN vitk_internal.study_results_differ(f.result_id, a.result_id, 'species', f.species, a.species)
               WHEN a.unit IS DISTINCT FROM f.unit
                   THEN vitk_internal.study_results_differ(f.result_id, a.result_id, 'unit',
                                                  coalesce(f.unit, 'none'), coalesce(a.unit, 'none'))
               WHEN same.result_id IS NOT NULL AND study_effects.allow_overlap IS NOT TRUE
                   THEN vitk_internal.study_results_overlap(same.result_id, a.result_id, a.participants)
               ELSE true END
    ORDER BY a.place;
END;
COMMENT ON FUNCTION study_effects(text[], boolean) IS
    'the effects of these results of vitk.study_result, for meta_evidence(effect), in the order asked for; an error names a result that is not there or cannot be pooled (single arm, meta-analysis, no standard error), two of different species or unit, and two of the same participants, unless allow_overlap';

-- flat, for BI tools
CREATE VIEW vitk.study_result_flat AS
    SELECT r.result_id, r.study_id, s.name AS study, s.year, s.kind, s.design, s.doi, s.registration,
           s.population, s.species, s.country,
           (12::numeric * extract(year FROM s.duration) + extract(month FROM s.duration)
            + extract(day FROM s.duration) * 12::numeric / 365.25)::float8 AS months,
           t.intervention, t.vitamer::text AS vitamer,
           CASE WHEN vitk_internal.is_daily(t.dose, t.vitamer) AND NOT vitk_internal.is_per_kg(t.dose)
                THEN middle(vitk_internal.to_unit_or_null(t.dose, 'ug/d', t.vitamer), 'ug/d') END AS dose_ug_per_day,
           t.dose::text AS dose, t.antagonist, t.co_nutrients::text AS co_nutrients, c.intervention AS control,
           r.outcome, r.method, r.unit, r.n, r.n_treat, r.n_control, r.mean_treat, r.mean_control,
           sd(r.sample_treat) AS sd_treat, sd(r.sample_control) AS sd_control,
           r.events_treat, r.events_control,
           measure(e.effect) AS measure, b.estimate, b.lower, b.upper, estimate(e.effect) AS yi, se(e.effect) AS sei, e.effect_from,
           CASE WHEN e.effect IS NULL THEN coalesce(r.estimate, vitk_internal.study_difference(r.mean_treat, r.mean_control)) END AS estimate_without_se,
           r.p, r.p_bound, r.direction, r.finding,
           q.result_id = r.result_id IS TRUE AS poolable,
           coalesce(e.obstacle, 'participants of ' || nullif(q.result_id, r.result_id)) AS obstacle,
           e.participants, r.overlaps_with,
           nullif(pg_catalog.concat_ws('; ', s.integrity_note, r.integrity_note), '') AS integrity_note,
           nullif(pg_catalog.concat_ws('; ', s.note, r.note), '') AS note, r.source, r.builtin
    FROM vitk.study_result r
    JOIN vitk.study s USING (study_id)
    JOIN vitk.study_result_effect e USING (result_id)
    LEFT JOIN vitk.study_result_poolable q
        ON q.participants = e.participants AND q.outcome = e.outcome AND q.unit IS NOT DISTINCT FROM e.unit
    LEFT JOIN vitk.study_arm t ON t.study_id = r.study_id AND t.arm = r.treat_arm
    LEFT JOIN vitk.study_arm c ON c.study_id = r.study_id AND c.arm = r.control_arm
    LEFT JOIN LATERAL back_transform(e.effect) AS b ON true;
COMMENT ON VIEW vitk.study_result_flat IS
    'vitk.study_result with study, arms and effect in plain columns, for BI tools';
@comments vitk.study_result_flat from vitk.study_arm: study_id@
@comments vitk.study_result_flat from vitk.study_result_effect: study, kind, outcome, method, overlaps_with, builtin@
@comments vitk.study_result_flat from vitk.study: year, design, population, species@
@comments vitk.study_result_flat from vitk.study_result: n, events_treat, events_control, source@
@comments vitk.study_result_flat from vitk.study_result_poolable: effect_from@
COMMENT ON COLUMN vitk.study_result_flat.result_id IS 'key: identifies the row';
COMMENT ON COLUMN vitk.study_result_flat.doi IS 'its DOI';
COMMENT ON COLUMN vitk.study_result_flat.registration IS 'its number in a register of trials';
COMMENT ON COLUMN vitk.study_result_flat.country IS 'ISO code of the country';
COMMENT ON COLUMN vitk.study_result_flat.months IS 'how long participants were treated, in months; where that varied, the shortest time';
COMMENT ON COLUMN vitk.study_result_flat.intervention IS 'what the treated arm got';
COMMENT ON COLUMN vitk.study_result_flat.vitamer IS 'vitamer that it got';
COMMENT ON COLUMN vitk.study_result_flat.dose_ug_per_day IS 'dose in ug per day; NULL: none, or not per day';
COMMENT ON COLUMN vitk.study_result_flat.dose IS 'dose as in vitk.study_arm';
COMMENT ON COLUMN vitk.study_result_flat.antagonist IS 'vitamin K antagonist that the treated arm got or took';
COMMENT ON COLUMN vitk.study_result_flat.co_nutrients IS 'other nutrients that the treated arm got, per day';
COMMENT ON COLUMN vitk.study_result_flat.control IS 'what the control arm got';
COMMENT ON COLUMN vitk.study_result_flat.unit IS 'unit of means, SDs, estimate and its interval; NULL: there are none, or a ratio';
COMMENT ON COLUMN vitk.study_result_flat.n_treat IS 'number in the treated arm';
COMMENT ON COLUMN vitk.study_result_flat.n_control IS 'number in the control arm';
COMMENT ON COLUMN vitk.study_result_flat.mean_treat IS 'mean of the treated arm';
COMMENT ON COLUMN vitk.study_result_flat.mean_control IS 'mean of the control arm';
COMMENT ON COLUMN vitk.study_result_flat.sd_treat IS 'SD of the treated arm, also where the source prints SE or interval; NULL: not known';
COMMENT ON COLUMN vitk.study_result_flat.sd_control IS 'SD of the control arm, likewise';
COMMENT ON COLUMN vitk.study_result_flat.measure IS 'what estimate is: MD mean difference, ROM ratio of means, OR odds ratio, ...';
COMMENT ON COLUMN vitk.study_result_flat.estimate IS 'the effect, treatment minus control; of ROM, OR, RR and HR the ratio; to 12 digits, as back_transform gives it';
COMMENT ON COLUMN vitk.study_result_flat.lower IS 'lower end of its 95 % confidence interval, by its standard error: the printed one may be rounded or asymmetric';
COMMENT ON COLUMN vitk.study_result_flat.upper IS 'upper end of its 95 % confidence interval, likewise';
COMMENT ON COLUMN vitk.study_result_flat.yi IS 'the effect as metafor takes it: of ROM, OR, RR and HR the logarithm';
COMMENT ON COLUMN vitk.study_result_flat.sei IS 'its standard error, on the same scale';
COMMENT ON COLUMN vitk.study_result_flat.estimate_without_se IS 'the published estimate, or the difference of means, where no interval is known; in unit';
COMMENT ON COLUMN vitk.study_result_flat.p IS 'p value as printed';
COMMENT ON COLUMN vitk.study_result_flat.p_bound IS '< or > where p is only a bound';
COMMENT ON COLUMN vitk.study_result_flat.direction IS 'which way it went: up, down, equal, present or absent';
COMMENT ON COLUMN vitk.study_result_flat.finding IS 'what the source says, in words';
COMMENT ON COLUMN vitk.study_result_flat.poolable IS 'whether it is in vitk.study_result_poolable';
COMMENT ON COLUMN vitk.study_result_flat.obstacle IS 'why it is not';
COMMENT ON COLUMN vitk.study_result_flat.participants IS 'identifies the set of participants: take one result of each';
COMMENT ON COLUMN vitk.study_result_flat.integrity_note IS 'doubts about study or figures';
COMMENT ON COLUMN vitk.study_result_flat.note IS 'what else to know';
GRANT SELECT ON vitk.study_result_flat TO PUBLIC;
