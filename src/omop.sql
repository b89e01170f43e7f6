-- omop: views over the tables of a hospital in the OMOP Common Data Model
--
-- CALL vitk.omop_views('cdm', 'study') reads nothing; its views do, with the
-- rights of who called it.  They use columns that CDM 5.3 and 5.4 have in common.

CREATE TABLE vitk.omop_concept (
    kind text NOT NULL CHECK (kind IN ('antagonist', 'vitamin_k_drug', 'inr', 'calcification', 'nutrient')),
    means text NOT NULL CHECK (means <> ''),
    concept_id bigint NOT NULL CHECK (concept_id > 0),
    name text NOT NULL,
    source text NOT NULL,
    builtin boolean NOT NULL DEFAULT false,
    PRIMARY KEY (concept_id, kind),
    CONSTRAINT omop_concept_means CHECK (CASE kind
        WHEN 'calcification' THEN method(calcification(0::float8, means)) = means
        WHEN 'vitamin_k_drug' THEN means::nutrient IS NOT NULL
        WHEN 'nutrient' THEN means::nutrient IS NOT NULL
        ELSE true END)
);
COMMENT ON TABLE vitk.omop_concept IS
    'OMOP concepts that the views of vitk.omop_views look for; their descendants in concept_ancestor count too; add those of your drugs and laboratory';
COMMENT ON COLUMN vitk.omop_concept.kind IS
    'antagonist (drug against vitamin K), vitamin_k_drug, inr, calcification (a measurement), nutrient (its level in blood)';
COMMENT ON COLUMN vitk.omop_concept.means IS
    'name of the antagonist; nutrient of the drug or of the level; INR; method of the calcification';
COMMENT ON COLUMN vitk.omop_concept.concept_id IS 'concept_id, of a drug that of its ingredient';
COMMENT ON COLUMN vitk.omop_concept.name IS 'name of the concept';
COMMENT ON COLUMN vitk.omop_concept.source IS 'where it was found, with codes of other vocabularies';
COMMENT ON COLUMN vitk.omop_concept.builtin IS 'shipped with the extension: an update replaces it, pg_dump leaves it out';

@rows vitk.omop_concept omop_concept.csv@

SELECT pg_catalog.pg_extension_config_dump('vitk.omop_concept', 'WHERE NOT builtin');
GRANT SELECT ON vitk.omop_concept TO PUBLIC;
GRANT INSERT, UPDATE, DELETE ON vitk.omop_concept TO pg_database_owner WITH GRANT OPTION;

-- The types of this extension, which may lie in any schema, for functions in plpgsql,
-- which look names up when they run.
CREATE FUNCTION vitk_internal.omop_typed(kind text, means text, lower float8, upper float8, unit text,
                                OUT amount nutrient_amount, OUT calcification calcification, OUT method_unit text)
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE kind WHEN 'nutrient' THEN nutrient_amount(lower, upper, unit) END,
           CASE kind WHEN 'calcification' THEN calcification(upper, means) END,
           CASE kind WHEN 'calcification' THEN unit(calcification(0::float8, means)) END;
END;
COMMENT ON FUNCTION vitk_internal.omop_typed(text, text, float8, float8, text) IS
    'numbers as what omop_value() gives: a nutrient_amount in this unit, or a calcification by the method "means", with its unit';

-- One bad row must not stop a view, hence the exception blocks.
CREATE FUNCTION vitk_internal.omop_value(kind text, means text, value float8, unit text, operator text,
                                OUT amount nutrient_amount, OUT calcification calcification, OUT reason text)
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $function$
BEGIN
    IF value IS NULL THEN
        reason := 'no value';
    ELSIF kind = 'nutrient' THEN
        IF unit IS NULL THEN
            reason := 'no unit';
        ELSIF value < 0 THEN
            reason := 'negative level';
        ELSIF operator IN ('<', '<=') THEN
            amount := (vitk_internal.omop_typed(kind, means, 0, value, unit)).amount;
        ELSIF operator IN ('>', '>=') THEN
            reason := 'no upper bound';
        ELSE
            amount := (vitk_internal.omop_typed(kind, means, value, value, unit)).amount;
        END IF;
    ELSIF operator IN ('<', '<=', '>', '>=') THEN
        reason := 'only a bound';
    ELSIF kind = 'inr' THEN
        IF NOT (value > 0 AND value < 'infinity') THEN
            reason := 'INR is not positive';
        END IF;
    -- a score has no unit, or one that is an annotation; a microlitre is a cubic millimetre
    ELSIF means = 'agatston' AND unit !~ '^(1|AU|\{[^{}]*\})$'
          OR means <> 'agatston' AND (vitk_internal.omop_typed(kind, means, NULL, NULL, NULL)).method_unit
             IS DISTINCT FROM replace(unit, 'uL', 'mm3') THEN
        reason := format('unit is not that of calcification by %s', means);
    ELSE
        calcification := (vitk_internal.omop_typed(kind, means, value, value, NULL)).calcification;
    END IF;
EXCEPTION WHEN data_exception THEN
    reason := sqlerrm;
END
$function$;
COMMENT ON FUNCTION vitk_internal.omop_value(text, text, float8, text, text) IS
    'a laboratory value with its UCUM unit as nutrient_amount or calcification, or the reason why it is none; < and <= give an interval from zero; never an error';

CREATE PROCEDURE vitk.omop_views(cdm_schema text, target_schema text,
                                 persistence_days integer DEFAULT 30, open_days integer DEFAULT NULL)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $procedure$
DECLARE
    missing text;
    definition text;
BEGIN
    IF cdm_schema IS NULL OR target_schema IS NULL THEN
        RAISE EXCEPTION 'schemas of omop_views must not be null' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF persistence_days IS NULL OR persistence_days < 0 OR open_days < 0 THEN
        RAISE EXCEPTION 'days of omop_views must be zero or more' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    SELECT string_agg(t, ', ' ORDER BY t) INTO missing
        FROM unnest('{concept,concept_ancestor,drug_era,drug_exposure,measurement,observation_period}'::text[]) AS t
        WHERE to_regclass(format('%I.%I', cdm_schema, t)) IS NULL;
    IF missing IS NOT NULL THEN
        RAISE EXCEPTION 'schema "%" lacks tables of the OMOP CDM: %', cdm_schema, missing
            USING ERRCODE = 'undefined_table';
    END IF;
    IF to_regnamespace(quote_ident(target_schema)) IS NULL THEN
        EXECUTE format('CREATE SCHEMA %I', target_schema);
    END IF;

    -- %1$I: the CDM, %2$I: the views, %3$s and %4$s: persistence_days and open_days, %5$I: the schema of vitk's functions
    FOREACH definition IN ARRAY ARRAY[
$sql$CREATE OR REPLACE VIEW %2$I.omop_concept_set AS
    SELECT kind, means, concept_id FROM vitk.omop_concept
    UNION
    SELECT c.kind, c.means, a.descendant_concept_id::bigint
    FROM vitk.omop_concept c JOIN %1$I.concept_ancestor a ON a.ancestor_concept_id = c.concept_id$sql$,
$sql$COMMENT ON VIEW %2$I.omop_concept_set IS 'concepts of vitk.omop_concept and their descendants'$sql$,

-- An end that equals the start says that nobody knows the end.
$sql$CREATE OR REPLACE VIEW %2$I.omop_drug AS
    SELECT kind, means, source_table, source_id, person_id, concept_id, start_date,
           coalesce(end_date, start_date) AS recorded_end_date,
           coalesce(end_date,
                    CASE WHEN %4$s IS NOT NULL THEN start_date + %4$s
                         ELSE (SELECT greatest(max(o.observation_period_end_date), d.start_date)::date
                               FROM %1$I.observation_period o
                               WHERE o.person_id = d.person_id
                                 AND d.start_date BETWEEN o.observation_period_start_date
                                                      AND o.observation_period_end_date) END,
                    start_date) AS end_date,
           end_date IS NULL AS open_ended, end_from,
           CASE WHEN start_date IS NULL THEN 'no start'
                WHEN end_from = 'before start' THEN 'end before start' END AS reason
    FROM (SELECT c.kind, c.means, 'drug_exposure' AS source_table, x.drug_exposure_id::bigint AS source_id,
                 x.person_id::bigint, x.drug_concept_id::bigint AS concept_id,
                 x.drug_exposure_start_date::date AS start_date,
                 CASE WHEN x.drug_exposure_end_date > x.drug_exposure_start_date THEN x.drug_exposure_end_date
                      WHEN x.verbatim_end_date > x.drug_exposure_start_date THEN x.verbatim_end_date
                      WHEN x.days_supply > 0 THEN x.drug_exposure_start_date + (x.days_supply - 1) END::date AS end_date,
                 CASE WHEN x.drug_exposure_end_date < x.drug_exposure_start_date THEN 'before start'
                      WHEN x.drug_exposure_end_date > x.drug_exposure_start_date THEN 'end date'
                      WHEN x.verbatim_end_date > x.drug_exposure_start_date THEN 'verbatim end date'
                      WHEN x.days_supply > 0 THEN 'days of supply'
                      WHEN x.drug_exposure_end_date IS NULL THEN 'missing'
                      ELSE 'equals start' END AS end_from
          FROM %1$I.drug_exposure x JOIN %2$I.omop_concept_set c ON c.concept_id = x.drug_concept_id
          WHERE c.kind IN ('antagonist', 'vitamin_k_drug')
          UNION ALL
          SELECT c.kind, c.means, 'drug_era', e.drug_era_id::bigint, e.person_id::bigint, e.drug_concept_id::bigint,
                 e.drug_era_start_date::date,
                 CASE WHEN e.drug_era_end_date > e.drug_era_start_date THEN e.drug_era_end_date END::date,
                 CASE WHEN e.drug_era_end_date < e.drug_era_start_date THEN 'before start'
                      WHEN e.drug_era_end_date > e.drug_era_start_date THEN 'end date'
                      WHEN e.drug_era_end_date IS NULL THEN 'missing'
                      ELSE 'equals start' END
          FROM %1$I.drug_era e JOIN %2$I.omop_concept_set c ON c.concept_id = e.drug_concept_id
          WHERE c.kind IN ('antagonist', 'vitamin_k_drug')
            -- the exposure that an open era was made of knows better
            AND (e.drug_era_end_date > e.drug_era_start_date OR NOT EXISTS (
                SELECT FROM %1$I.drug_exposure x JOIN %2$I.omop_concept_set s ON s.concept_id = x.drug_concept_id
                WHERE x.person_id = e.person_id AND (s.kind, s.means) = (c.kind, c.means)
                  AND x.drug_exposure_start_date = e.drug_era_start_date))) AS d$sql$,
$sql$COMMENT ON VIEW %2$I.omop_drug IS 'exposures and eras of antagonists and vitamin K; end_from: end date, verbatim end date, days of supply, or of an open-ended one equals start or missing; recorded_end_date: last day that the record names; end_date: of an open-ended one assumed; reason: why the row is refused'$sql$,

$sql$CREATE OR REPLACE VIEW %2$I.omop_antagonist_period AS
    SELECT p.person_id, min(d.start_date) AS start_date, max(d.recorded_end_date) AS recorded_end_date,
           max(d.end_date) AS end_date, bool_or(d.open_ended) AS open_ended,
           string_agg(DISTINCT d.means, ', ' ORDER BY d.means) AS drugs, count(*) AS records
    FROM (SELECT person_id, unnest(range_agg(daterange(start_date, end_date + 1 + %3$s))) AS days
          FROM %2$I.omop_drug WHERE kind = 'antagonist' AND reason IS NULL
          GROUP BY person_id) AS p
    JOIN %2$I.omop_drug d ON d.person_id = p.person_id AND d.start_date <@ p.days
    WHERE d.kind = 'antagonist' AND d.reason IS NULL
    GROUP BY p.person_id, p.days$sql$,
$sql$COMMENT ON VIEW %2$I.omop_antagonist_period IS 'periods under a vitamin K antagonist: exposures no more than persistence_days apart are one; recorded_end_date is the last day that a record names, what follows up to end_date is assumed'$sql$,

$sql$CREATE OR REPLACE VIEW %2$I.omop_vitamin_k_drug AS
    SELECT source_table, source_id, person_id, concept_id, means AS nutrient, start_date, recorded_end_date,
           end_date, open_ended, end_from
    FROM %2$I.omop_drug WHERE kind = 'vitamin_k_drug' AND reason IS NULL$sql$,
$sql$COMMENT ON VIEW %2$I.omop_vitamin_k_drug IS 'exposures to vitamin K as a drug, by nutrient'$sql$,

$sql$CREATE OR REPLACE VIEW %2$I.omop_measurement AS
    SELECT m.kind, m.means, m.measurement_id, m.person_id, m.day, m.concept_id, m.value, m.unit, m.operator,
           v.amount, v.calcification, v.reason
    FROM (SELECT c.kind, c.means, x.measurement_id::bigint, x.person_id::bigint, x.measurement_date::date AS day,
                 x.measurement_concept_id::bigint AS concept_id, x.value_as_number::float8 AS value,
                 coalesce(u.concept_code, nullif(btrim(x.unit_source_value::text), ''))::text AS unit,
                 o.concept_name::text AS operator
          FROM %1$I.measurement x
          JOIN %2$I.omop_concept_set c ON c.concept_id = x.measurement_concept_id
          LEFT JOIN %1$I.concept u ON u.concept_id = x.unit_concept_id AND u.vocabulary_id = 'UCUM'
          LEFT JOIN %1$I.concept o ON o.concept_id = x.operator_concept_id
                                  AND o.concept_name IN ('<', '<=', '=', '>=', '>')
          WHERE c.kind IN ('inr', 'calcification', 'nutrient')) AS m,
         LATERAL vitk_internal.omop_value(m.kind, m.means, m.value, m.unit, m.operator) AS v$sql$,
$sql$COMMENT ON VIEW %2$I.omop_measurement IS 'measurements as typed values; unit: UCUM code, else as the source wrote it; reason: why the row is refused'$sql$,

$sql$CREATE OR REPLACE VIEW %2$I.omop_inr AS
    SELECT measurement_id, person_id, day, concept_id, value AS inr
    FROM %2$I.omop_measurement WHERE kind = 'inr' AND reason IS NULL$sql$,
$sql$COMMENT ON VIEW %2$I.omop_inr IS 'INR'$sql$,

$sql$CREATE OR REPLACE VIEW %2$I.omop_calcification AS
    SELECT measurement_id, person_id, day, concept_id, calcification, means AS method, value,
           %5$I.unit(calcification) AS unit
    FROM %2$I.omop_measurement WHERE kind = 'calcification' AND reason IS NULL$sql$,
$sql$COMMENT ON VIEW %2$I.omop_calcification IS 'calcium scores by their method'$sql$,

$sql$CREATE OR REPLACE VIEW %2$I.omop_nutrient AS
    SELECT measurement_id, person_id, day, concept_id, means AS nutrient, amount, value, unit,
           %5$I.lower(amount, %5$I.unit(amount)) AS lower,
           %5$I.upper(amount, %5$I.unit(amount)) AS upper
    FROM %2$I.omop_measurement WHERE kind = 'nutrient' AND reason IS NULL$sql$,
$sql$COMMENT ON VIEW %2$I.omop_nutrient IS 'levels of nutrients in blood; below detection is an interval from zero'$sql$,

$sql$CREATE OR REPLACE VIEW %2$I.omop_rejected AS
    SELECT 'measurement' AS source_table, measurement_id AS source_id, person_id, concept_id, kind, means, reason,
           day, value, unit
    FROM %2$I.omop_measurement WHERE reason IS NOT NULL
    UNION ALL
    SELECT source_table, source_id, person_id, concept_id, kind, means, reason, start_date, NULL, NULL
    FROM %2$I.omop_drug WHERE reason IS NOT NULL$sql$,
$sql$COMMENT ON VIEW %2$I.omop_rejected IS 'rows that the other views leave out, with the reason'$sql$]
    LOOP
        EXECUTE format(definition, cdm_schema, target_schema, persistence_days,
                       coalesce(open_days::text, 'NULL::integer'),
                       (SELECT nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = extnamespace
                        WHERE extname = 'vitk'));
    END LOOP;
END
$procedure$;
COMMENT ON PROCEDURE vitk.omop_views(text, text, integer, integer) IS
    'makes or replaces views over an OMOP CDM (5.3, 5.4) in target_schema: omop_antagonist_period, omop_drug, omop_vitamin_k_drug, omop_inr, omop_calcification, omop_nutrient, omop_measurement, omop_rejected, omop_concept_set; exposures up to persistence_days apart are one period; a drug whose end is missing or not after its start lasts open_days, NULL: to the end of the observation period; errors: 42P01 a table of the CDM is missing, 22023 negative days';
