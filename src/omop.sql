-- omop: views over the tables of a hospital in the OMOP Common Data Model
--
-- CALL vitk.omop_views('cdm', 'study') reads the catalogue alone; its views read the CDM, with
-- the rights of who called it.  They use columns that CDM 5.3 and 5.4 have in common, whatever
-- their types and the case of their names.

CREATE TABLE vitk.omop_concept (
    kind text NOT NULL CHECK (kind IN ('antagonist', 'vitamin_k_drug', 'inr', 'calcification', 'nutrient', 'marker')),
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
    'antagonist (a vitamin K antagonist), vitamin_k_drug, inr, calcification (a measurement), nutrient (its level in blood), marker (another level, such as 25-OH-D)';
COMMENT ON COLUMN vitk.omop_concept.means IS
    'name of the antagonist; nutrient of the drug or of the level; INR; method of the calcification; name of the marker';
COMMENT ON COLUMN vitk.omop_concept.concept_id IS 'concept_id; for a drug, that of its ingredient';
COMMENT ON COLUMN vitk.omop_concept.name IS 'name of the concept';
COMMENT ON COLUMN vitk.omop_concept.source IS 'where it was found, with codes of other vocabularies';
COMMENT ON COLUMN vitk.omop_concept.builtin IS 'shipped with the extension: an update replaces it, pg_dump leaves it out';

@rows vitk.omop_concept omop_concept.csv@

SELECT pg_catalog.pg_extension_config_dump('vitk.omop_concept', 'WHERE NOT builtin');
GRANT SELECT ON vitk.omop_concept TO PUBLIC;
GRANT INSERT, UPDATE, DELETE ON vitk.omop_concept TO pg_database_owner WITH GRANT OPTION;

-- Reading a catalogue: tables and columns of a CDM by their names, whatever the case they were made in

CREATE FUNCTION vitk_internal.cdm_table(schema_name text, table_name text) RETURNS regclass
LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT c.oid::regclass
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = schema_name AND pg_catalog.lower(c.relname::text) = table_name AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
    ORDER BY c.relname = table_name DESC, c.relname
    LIMIT 1;
END;
COMMENT ON FUNCTION vitk_internal.cdm_table(text, text) IS 'a table of a CDM; NULL where the schema has none';

-- What is read of a CDM.  ! in a type: an error where the table lacks the column.
CREATE FUNCTION vitk_internal.omop_columns(OUT table_name text, OUT column_name text, OUT type text, OUT needed boolean) RETURNS SETOF record
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT v.table_name, v.column_name, pg_catalog.rtrim(v.type, '!'), v.type LIKE '%!'
    FROM (VALUES
        ('concept', 'concept_id', 'concept!'), ('concept', 'vocabulary_id', 'text!'), ('concept', 'concept_code', 'text!'),
        ('concept', 'concept_name', 'text!'),
        ('concept_ancestor', 'ancestor_concept_id', 'concept!'), ('concept_ancestor', 'descendant_concept_id', 'concept!'),
        ('observation_period', 'person_id', 'person!'), ('observation_period', 'observation_period_start_date', 'day!'),
        ('observation_period', 'observation_period_end_date', 'day!'),
        ('drug_exposure', 'drug_exposure_id', 'row!'), ('drug_exposure', 'person_id', 'person!'),
        ('drug_exposure', 'drug_concept_id', 'concept!'), ('drug_exposure', 'drug_exposure_start_date', 'day!'),
        ('drug_exposure', 'drug_exposure_end_date', 'day!'), ('drug_exposure', 'verbatim_end_date', 'day'),
        ('drug_exposure', 'days_supply', 'number'),
        ('drug_era', 'drug_era_id', 'row!'), ('drug_era', 'person_id', 'person!'), ('drug_era', 'drug_concept_id', 'concept!'),
        ('drug_era', 'drug_era_start_date', 'day!'), ('drug_era', 'drug_era_end_date', 'day!'),
        ('measurement', 'measurement_id', 'row!'), ('measurement', 'person_id', 'person!'),
        ('measurement', 'measurement_concept_id', 'concept!'), ('measurement', 'measurement_date', 'day!'),
        ('measurement', 'operator_concept_id', 'concept'), ('measurement', 'value_as_number', 'number!'),
        ('measurement', 'unit_concept_id', 'concept'), ('measurement', 'unit_source_value', 'text'),
        ('measurement', 'value_source_value', 'text'),
        ('observation', 'observation_id', 'row!'), ('observation', 'person_id', 'person!'),
        ('observation', 'observation_concept_id', 'concept!'), ('observation', 'observation_date', 'day!'),
        ('observation', 'value_as_number', 'number!'), ('observation', 'value_as_string', 'text'),
        ('observation', 'unit_concept_id', 'concept'), ('observation', 'unit_source_value', 'text'),
        ('observation', 'value_source_value', 'text')) AS v (table_name, column_name, type);
END;
COMMENT ON FUNCTION vitk_internal.omop_columns() IS 'the columns of a CDM that the views of omop_views read, and as what';

-- A time with a time zone is taken at UTC: no setting of a session may move a day.
CREATE FUNCTION vitk_internal.cdm_column(cdm_table regclass, column_name text, is text, "alias" text DEFAULT 'x') RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE
        WHEN c.name IS NULL THEN CASE "is" WHEN 'text' THEN 'NULL::text' WHEN 'day' THEN 'NULL::date' WHEN 'number' THEN 'NULL::float8'
                                           WHEN 'concept' THEN 'NULL::bigint' END
        WHEN "is" IN ('person', 'row') THEN c.name
        WHEN "is" = 'concept' THEN CASE
            WHEN c.type IN ('smallint', 'integer', 'bigint') THEN c.name
            WHEN c.type IN ('real', 'double precision') OR c.type LIKE 'numeric%'
                THEN format('CASE WHEN %1$s >= 1 AND %1$s < 1e15 THEN %1$s::bigint END', c.name)
            -- 1310149.0 is what an integer becomes in tools whose integers cannot be missing
            ELSE format($$CASE WHEN %1$s::text ~ '^\s*[0-9]{1,15}([.]0*)?\s*$' THEN split_part(btrim(%1$s::text), '.', 1)::bigint END$$, c.name) END
        WHEN "is" = 'text' THEN format('nullif(btrim(%s::text), %L)', c.name, '')
        WHEN "is" = 'day' THEN CASE c.type
            WHEN 'date' THEN c.name
            WHEN 'timestamp without time zone' THEN c.name || '::date'
            WHEN 'timestamp with time zone' THEN format('(%s AT TIME ZONE ''UTC'')::date', c.name)
            ELSE format('vitk_internal.clinical_day(%s::text)', c.name) END
        WHEN c.type IN ('smallint', 'integer', 'bigint', 'real', 'double precision') THEN c.name || '::float8'
        -- what float8 cannot represent is not a number, but no error either
        WHEN c.type LIKE 'numeric%' THEN format('vitk_internal.clinical_number(%s)', c.name)
        ELSE format('vitk_internal.clinical_number(%s::text)', c.name) END
    FROM (VALUES (1)) AS one (row)
    LEFT JOIN LATERAL (
        SELECT format('%s.%I', "alias", a.attname) AS name, pg_catalog.format_type(a.atttypid, NULL) AS type
        FROM pg_catalog.pg_attribute a
        WHERE a.attrelid = cdm_table AND a.attnum > 0 AND NOT a.attisdropped AND pg_catalog.lower(a.attname::text) = column_name
        ORDER BY a.attname = column_name DESC, a.attname
        LIMIT 1) AS c ON true;
END;
COMMENT ON FUNCTION vitk_internal.cdm_column(regclass, text, text, text) IS
    'how to read a column of a CDM as person, row, concept, text, day or number, whatever its type, without an error; a column that is missing reads as NULL, but for ids of persons and rows';

-- Ids stay as the CDM has them, unless its tables have them in types that cannot be compared: then all are texts.
CREATE FUNCTION vitk_internal.cdm_id_type(cdm_schema text, "is" text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE WHEN count(*) = 0 THEN 'bigint'
                WHEN count(DISTINCT t.type) = 1 OR bool_and(t.type IN ('smallint', 'integer', 'bigint', 'numeric', 'real', 'double precision')) THEN min(t.type)
                ELSE 'text' END
    FROM vitk_internal.omop_columns() AS c
    JOIN pg_catalog.pg_attribute a ON a.attrelid = vitk_internal.cdm_table(cdm_schema, c.table_name) AND a.attnum > 0
        AND NOT a.attisdropped AND pg_catalog.lower(a.attname::text) = c.column_name,
    LATERAL (SELECT pg_catalog.format_type(a.atttypid, NULL) AS type) AS t
    WHERE c.type = "is";
END;
COMMENT ON FUNCTION vitk_internal.cdm_id_type(text, text) IS 'type of the ids of persons, or of rows, in a CDM';

-- {name} in a template becomes what the variables say.
CREATE FUNCTION vitk_internal.omop_filled(template text, variables jsonb) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $function$
DECLARE
    variable record;
BEGIN
    FOR variable IN SELECT * FROM jsonb_each_text(variables) LOOP
        template := replace(template, '{' || variable.key || '}', variable.value);
    END LOOP;
    RETURN template;
END
$function$;
COMMENT ON FUNCTION vitk_internal.omop_filled(text, jsonb) IS 'the template with the names in braces replaced';

-- The vocabulary must be there, and something that it could speak of; what else is missing reads as empty, and is told.
CREATE FUNCTION vitk_internal.omop_missing(cdm_schema text, vocabulary_schema text) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $function$
DECLARE
    schema_name text;
    missing text[];
BEGIN
    FOREACH schema_name IN ARRAY ARRAY[cdm_schema, vocabulary_schema] LOOP
        IF to_regnamespace(quote_ident(schema_name)) IS NULL THEN
            RAISE EXCEPTION 'schema "%" does not exist', schema_name USING ERRCODE = 'invalid_schema_name';
        END IF;
    END LOOP;
    SELECT array_agg(t ORDER BY t) INTO missing
    FROM unnest('{concept,concept_ancestor}'::text[]) AS t WHERE vitk_internal.cdm_table(vocabulary_schema, t) IS NULL;
    IF missing IS NOT NULL THEN
        RAISE EXCEPTION 'schema "%" lacks tables of the OMOP CDM: %', vocabulary_schema, array_to_string(missing, ', ')
            USING ERRCODE = 'undefined_table',
                  HINT = 'Where the vocabulary has a schema of its own, name it: vocabulary_schema => ''vocab''.';
    END IF;
    SELECT array_agg(t ORDER BY t) INTO missing
    FROM unnest('{drug_era,drug_exposure,measurement,observation,observation_period}'::text[]) AS t
    WHERE vitk_internal.cdm_table(cdm_schema, t) IS NULL;
    IF missing @> '{drug_era,drug_exposure,measurement,observation}' THEN
        RAISE EXCEPTION 'schema "%" lacks tables of the OMOP CDM: %', cdm_schema, array_to_string(missing, ', ')
            USING ERRCODE = 'undefined_table';
    END IF;
    missing := array_remove(array_remove(missing, 'drug_era'), 'observation');
    IF cardinality(missing) > 0 THEN
        RAISE WARNING 'schema "%" lacks tables of the OMOP CDM: %', cdm_schema, array_to_string(missing, ', ')
            USING DETAIL = 'They are read as if they were empty.';
    END IF;
END
$function$;
COMMENT ON FUNCTION vitk_internal.omop_missing(text, text) IS 'error where a CDM lacks what omop_views cannot do without, warning where it lacks what it should have';

-- What the templates of omop_views read of a CDM; an error where a column is missing that they need.
CREATE FUNCTION vitk_internal.omop_variables(cdm_schema text, vocabulary_schema text) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $function$
DECLARE
    variables jsonb := '{}';
    id_types jsonb := jsonb_build_object('person', vitk_internal.cdm_id_type(cdm_schema, 'person'), 'row', vitk_internal.cdm_id_type(cdm_schema, 'row'));
    wanted record;
    found_table regclass;
    expression text;
BEGIN
    PERFORM vitk_internal.omop_missing(cdm_schema, vocabulary_schema);
    FOR wanted IN SELECT * FROM vitk_internal.omop_columns() LOOP
        found_table := vitk_internal.cdm_table(CASE WHEN wanted.table_name LIKE 'concept%' THEN vocabulary_schema ELSE cdm_schema END,
                                               wanted.table_name);
        expression := vitk_internal.cdm_column(found_table, wanted.column_name, wanted.type,
                                               CASE wanted.table_name WHEN 'concept' THEN 'c' ELSE 'x' END);
        IF found_table IS NOT NULL AND wanted.needed AND coalesce(expression, 'NULL::') LIKE 'NULL::%' THEN
            RAISE EXCEPTION 'table % lacks column % of the OMOP CDM', found_table, wanted.column_name
                USING ERRCODE = 'undefined_column';
        END IF;
        IF id_types ->> wanted.type = 'text' OR expression IS NULL THEN
            expression := format('%s::%s', coalesce(expression, 'NULL'), id_types ->> wanted.type);
        END IF;
        variables := variables || jsonb_build_object(
            wanted.table_name, coalesce(found_table::text, '(SELECT WHERE false)'),
            wanted.table_name || '.' || wanted.column_name, expression);
    END LOOP;
    RETURN variables;
END
$function$;
COMMENT ON FUNCTION vitk_internal.omop_variables(text, text) IS
    'names of the tables of a CDM and how to read their columns, for the templates of omop_views';

-- What the views select, as templates.  A view that is not there in this CDM is left out.

CREATE FUNCTION vitk_internal.omop_template(view_name text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE view_name
    -- DISTINCT of UNION ALL where UNION would say the same: that keeps queries from running in parallel
    WHEN 'omop_concept_set' THEN $sql$
    SELECT DISTINCT kind, means, concept_id
    FROM (SELECT kind, means, concept_id FROM vitk.omop_concept
      UNION ALL
      SELECT kind, means, concept_id FROM {target}.omop_own_concept
      UNION ALL
      SELECT r.kind, r.means, {concept_ancestor.descendant_concept_id}::bigint
      FROM (SELECT kind, means, concept_id FROM vitk.omop_concept
            UNION ALL SELECT kind, means, concept_id FROM {target}.omop_own_concept) AS r
      JOIN {concept_ancestor} x ON {concept_ancestor.ancestor_concept_id} = r.concept_id) AS c$sql$

    -- non-overlapping whatever the table has, so that no row of a drug is doubled by it
    WHEN 'omop_observed' THEN $sql$
    SELECT person_id, unnest(range_agg(daterange(first_day, last_day, '[]'))) AS days
    FROM (SELECT {observation_period.person_id} AS person_id, {observation_period.observation_period_start_date} AS first_day,
             {observation_period.observation_period_end_date} AS last_day
      FROM {observation_period} x) AS o
    WHERE first_day <= last_day AND first_day >= '1850-01-01' AND last_day < '2300-01-01'
    GROUP BY person_id$sql$

    WHEN 'omop_exposure' THEN $sql$
    SELECT c.kind, c.means, 'drug_exposure' AS source_table, {drug_exposure.drug_exposure_id} AS source_id,
       {drug_exposure.person_id} AS person_id, c.concept_id,
       {drug_exposure.drug_exposure_start_date} AS start_date, {drug_exposure.drug_exposure_end_date} AS end_date,
       {drug_exposure.verbatim_end_date} AS verbatim_end_date, {drug_exposure.days_supply} AS days_supply
    FROM {drug_exposure} x JOIN {target}.omop_concept_set c ON c.concept_id = {drug_exposure.drug_concept_id}
    WHERE c.kind IN ('antagonist', 'vitamin_k_drug')$sql$

    -- the exposure that an open era was made of knows better
    WHEN 'omop_era' THEN $sql$
    SELECT e.*
    FROM (SELECT c.kind, c.means, 'drug_era' AS source_table, {drug_era.drug_era_id} AS source_id,
             {drug_era.person_id} AS person_id, c.concept_id,
             {drug_era.drug_era_start_date} AS start_date, {drug_era.drug_era_end_date} AS end_date,
             NULL::date AS verbatim_end_date, NULL::float8 AS days_supply
      FROM {drug_era} x JOIN {target}.omop_concept_set c ON c.concept_id = {drug_era.drug_concept_id}
      WHERE c.kind IN ('antagonist', 'vitamin_k_drug')) AS e
    WHERE NOT EXISTS (
    SELECT FROM {exposure} s
    WHERE s.person_id = e.person_id AND (s.kind, s.means, s.start_date) = (e.kind, e.means, e.start_date)
      AND (e.end_date > e.start_date) IS NOT TRUE)$sql$

    -- An end that equals the start says that nobody knows the end; so does one in 2099 or 9999, or
    -- beyond the time in which the person was observed; but where all days were moved into another century, so were the ends.
    WHEN 'omop_drug' THEN $sql$
    SELECT kind, means, source_table, source_id, person_id, concept_id, start_date,
       coalesce(known_end, start_date) AS recorded_end_date,
       CASE WHEN reason IS NULL THEN coalesce(known_end, {open_end}, start_date) ELSE start_date END AS end_date,
       known_end IS NULL AS open_ended, end_from, reason
    FROM (SELECT *,
             CASE end_from WHEN 'end date' THEN end_date WHEN 'verbatim end date' THEN verbatim_end_date
                           WHEN 'days of supply' THEN start_date + (days_supply::integer - 1) END AS known_end,
             CASE WHEN start_date IS NULL THEN 'no start'
                  WHEN start_date < '1850-01-01' OR start_date >= '2300-01-01' THEN 'start is not a plausible date'
                  WHEN end_from = 'before start' THEN 'end before start'
                  WHEN end_from = 'supply' THEN 'days of supply are not plausible' END AS reason
      FROM (SELECT d.*, upper(o.days) - 1 AS observed_to,
                   CASE WHEN d.end_date < d.start_date THEN 'before start'
                        WHEN d.end_date > d.start_date AND d.end_date < least(upper(o.days), e.never) THEN 'end date'
                        WHEN d.verbatim_end_date > d.start_date AND d.verbatim_end_date < least(upper(o.days), e.never) THEN 'verbatim end date'
                        WHEN d.days_supply >= 1 AND d.days_supply <= 3660 THEN 'days of supply'
                        WHEN d.days_supply > 3660 OR d.days_supply < 0 THEN 'supply'
                        WHEN d.end_date IS NULL THEN 'missing'
                        WHEN d.end_date = d.start_date THEN 'equals start'
                        ELSE 'beyond observation' END AS end_from
            FROM ({exposures_and_eras}) AS d
            CROSS JOIN LATERAL (SELECT CASE WHEN d.start_date >= '2099-01-01' THEN '2300-01-01'::date ELSE '2099-01-01' END AS never) AS e
            LEFT JOIN ({observed}) AS o ON o.person_id = d.person_id AND d.start_date <@ o.days) AS e) AS d$sql$

    WHEN 'omop_antagonist_period' THEN $sql$
    SELECT p.person_id, min(d.start_date) AS start_date, max(d.recorded_end_date) AS recorded_end_date,
       max(d.end_date) AS end_date, bool_or(d.open_ended) AS open_ended,
       string_agg(DISTINCT d.means, ', ' ORDER BY d.means) AS drugs, count(*) AS records
    FROM (SELECT person_id, unnest(range_agg(daterange(start_date, end_date + 1 + {persistence_days}))) AS days
      FROM {target}.omop_drug WHERE kind = 'antagonist' AND reason IS NULL
      GROUP BY person_id) AS p
    JOIN {target}.omop_drug d ON d.person_id = p.person_id AND d.start_date <@ p.days
    WHERE d.kind = 'antagonist' AND d.reason IS NULL
    GROUP BY p.person_id, p.days$sql$

    WHEN 'omop_vitamin_k_drug' THEN $sql$
    SELECT source_table, source_id, person_id, concept_id, means AS nutrient, start_date, recorded_end_date,
       end_date, open_ended, end_from
    FROM {target}.omop_drug WHERE kind = 'vitamin_k_drug' AND reason IS NULL$sql$

    -- The comparator is in a concept, or in the value as the laboratory wrote it, whatever the concept of = says.
    -- A concept that the vocabulary lacks is told, for without it 24 s would be an INR of 24.
    WHEN 'omop_reading' THEN $sql$
    SELECT c.kind, c.means, 'measurement' AS source_table, {measurement.measurement_id} AS source_id,
       {measurement.person_id} AS person_id, {measurement.measurement_date} AS day, c.concept_id,
       coalesce({measurement.value_as_number}, vitk_internal.clinical_quantity({measurement.value_source_value})) AS value,
       coalesce(nullif(o.comparator, '='), vitk_internal.clinical_comparator({measurement.value_source_value}, {measurement.value_as_number}), o.comparator,
                CASE WHEN {measurement.operator_concept_id} > 0 THEN 'concept ' || {measurement.operator_concept_id} END) AS comparator,
       coalesce(CASE WHEN {measurement.value_as_number} IS NULL THEN vitk_internal.clinical_unit({measurement.value_source_value}) END,
                u.unit, {measurement.unit_source_value}, CASE WHEN {measurement.unit_concept_id} > 0 THEN 'concept ' || {measurement.unit_concept_id} END) AS unit
    FROM {measurement} x
    JOIN {target}.omop_concept_set c ON c.concept_id = {measurement.measurement_concept_id}
    LEFT JOIN ({units}) AS u ON u.concept_id = {measurement.unit_concept_id}
    LEFT JOIN ({operators}) AS o ON o.concept_id = {measurement.operator_concept_id}
    WHERE c.kind IN ('inr', 'calcification', 'nutrient', 'marker')$sql$

    WHEN 'omop_observation' THEN $sql$
    SELECT c.kind, c.means, 'observation', {observation.observation_id},
       {observation.person_id}, {observation.observation_date}, c.concept_id,
       coalesce({observation.value_as_number}, vitk_internal.clinical_quantity({observation.value_as_string}),
                vitk_internal.clinical_quantity({observation.value_source_value})),
       coalesce(vitk_internal.clinical_comparator({observation.value_as_string}, {observation.value_as_number}),
                vitk_internal.clinical_comparator({observation.value_source_value}, {observation.value_as_number})),
       coalesce(CASE WHEN {observation.value_as_number} IS NULL
                     THEN vitk_internal.clinical_unit(CASE WHEN vitk_internal.clinical_quantity({observation.value_as_string}) IS NULL
                                                           THEN {observation.value_source_value} ELSE {observation.value_as_string} END) END,
                u.unit, {observation.unit_source_value}, CASE WHEN {observation.unit_concept_id} > 0 THEN 'concept ' || {observation.unit_concept_id} END)
    FROM {observation} x
    JOIN {target}.omop_concept_set c ON c.concept_id = {observation.observation_concept_id}
    LEFT JOIN ({units}) AS u ON u.concept_id = {observation.unit_concept_id}
    WHERE c.kind IN ('inr', 'calcification', 'nutrient', 'marker')$sql$

    WHEN 'units' THEN $sql$
    SELECT {concept.concept_id} AS concept_id, {concept.concept_code} AS unit
    FROM {concept} c WHERE {concept.vocabulary_id} = 'UCUM'$sql$

    WHEN 'operators' THEN $sql$
    SELECT {concept.concept_id} AS concept_id, {concept.concept_name} AS comparator
    FROM {concept} c WHERE {concept.concept_name} IN ('<', '<=', '=', '>=', '>')$sql$

    WHEN 'omop_measurement' THEN $sql$
    SELECT kind, means, source_table, source_id, person_id, day, concept_id, value, comparator, unit,
       vitk_internal.clinical_amount(kind, means, value, unit, comparator) AS amount,
       vitk_internal.clinical_calcification(kind, means, value, unit, comparator) AS calcification,
       CASE WHEN day IS NULL THEN 'no date'
            WHEN day < '1850-01-01' OR day >= '2300-01-01' THEN 'date is not plausible'
            ELSE vitk_internal.clinical_reason(kind, means, value, unit, comparator) END AS reason
    FROM ({readings}) AS m$sql$

    WHEN 'omop_inr' THEN $sql$
    SELECT source_table, source_id, person_id, day, concept_id,
       CASE WHEN comparator IN ('<', '<=', '>', '>=') THEN NULL ELSE value END AS inr, {bounds}
    FROM {target}.omop_measurement WHERE kind = 'inr' AND reason IS NULL$sql$

    WHEN 'omop_calcification' THEN $sql$
    SELECT source_table, source_id, person_id, day, concept_id, calcification, means AS method, value,
       {schema}.unit({schema}.calcification(0::float8, means)) AS unit, {bounds}
    FROM {target}.omop_measurement WHERE kind = 'calcification' AND reason IS NULL$sql$

    WHEN 'omop_nutrient' THEN $sql$
    SELECT source_table, source_id, person_id, day, concept_id, means AS nutrient, amount, value, unit, {bounds}
    FROM {target}.omop_measurement WHERE kind IN ('nutrient', 'marker') AND reason IS NULL$sql$

    WHEN 'bounds' THEN $sql$
       CASE WHEN comparator IN ('<', '<=') THEN 0 ELSE value END AS lower,
       CASE WHEN comparator IN ('>', '>=') THEN NULL ELSE value END AS upper$sql$

    WHEN 'omop_rejected' THEN $sql$
    SELECT source_table, source_id, person_id, concept_id, kind, means, reason, day, value, unit, comparator
    FROM {target}.omop_measurement WHERE reason IS NOT NULL
    UNION ALL
    SELECT source_table, source_id, person_id, concept_id, kind, means, reason, start_date, NULL, NULL, NULL
    FROM {target}.omop_drug WHERE reason IS NOT NULL$sql$

    WHEN 'omop_check' THEN $sql$
    WITH root AS (
    SELECT kind, means, concept_id, name FROM vitk.omop_concept
    UNION ALL SELECT kind, means, concept_id, name FROM {target}.omop_own_concept
    ), part AS (
    SELECT kind, means, concept_id AS root_id, concept_id FROM root
    UNION
    SELECT r.kind, r.means, r.concept_id, {concept_ancestor.descendant_concept_id}::bigint
    FROM root r JOIN {concept_ancestor} x ON {concept_ancestor.ancestor_concept_id} = r.concept_id
    ), seen AS (
    SELECT kind, means, concept_id, reason, count(*) AS rows
    FROM (SELECT kind, means, concept_id, reason FROM {target}.omop_measurement
          UNION ALL SELECT kind, means, concept_id, reason FROM {target}.omop_drug) AS all_rows
    GROUP BY kind, means, concept_id, reason
    ), counted AS (
    SELECT kind, means, root_id, sum(rows)::bigint AS found, coalesce(sum(rows) FILTER (WHERE reason IS NOT NULL), 0)::bigint AS rejected,
           string_agg(format('%s: %s', reason, rows), '; ' ORDER BY rows DESC, reason) FILTER (WHERE reason IS NOT NULL) AS reasons
    FROM (SELECT p.kind, p.means, p.root_id, s.reason, sum(s.rows) AS rows
          FROM part p JOIN seen s USING (kind, means, concept_id)
          GROUP BY p.kind, p.means, p.root_id, s.reason) AS by_reason
    GROUP BY kind, means, root_id
    ), looked_up AS (
    SELECT r.*, EXISTS (SELECT FROM {concept} c WHERE {concept.concept_id} = r.concept_id) AS in_vocabulary,
           coalesce(d.descendants, 0) AS descendants,
           coalesce(n.found, 0) AS found, coalesce(n.rejected, 0) AS rejected, n.reasons
    FROM root r
    LEFT JOIN (SELECT kind, means, root_id, count(*) FILTER (WHERE concept_id <> root_id) AS descendants FROM part GROUP BY kind, means, root_id) d
      ON (d.kind, d.means, d.root_id) = (r.kind, r.means, r.concept_id)
    LEFT JOIN counted n ON (n.kind, n.means, n.root_id) = (r.kind, r.means, r.concept_id)
    )
    SELECT 'concept' AS what, kind, means, concept_id, name, in_vocabulary, descendants, found, rejected, reasons,
       CASE WHEN NOT in_vocabulary THEN 'not in the vocabulary'
            WHEN descendants = 0 AND kind IN ('antagonist', 'vitamin_k_drug')
                THEN 'no descendants: clinical drugs and brands of this ingredient are not found'
            WHEN found = 0 THEN 'no rows' END AS note
    FROM looked_up
    UNION ALL
    SELECT 'table', NULL, NULL, NULL, name, NULL, NULL, NULL, NULL, NULL, note
    FROM ({tables}) AS t$sql$
END;
COMMENT ON FUNCTION vitk_internal.omop_template(text) IS 'what a view of omop_views selects, with names in braces to be filled in';

CREATE FUNCTION vitk_internal.omop_comment(view_name text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE view_name
    WHEN 'omop_concept_set' THEN 'concepts of vitk.omop_concept and omop_own_concept, and their descendants'
    WHEN 'omop_drug' THEN 'exposures and eras of antagonists and vitamin K; end_from: end date, verbatim end date, days of supply, or, for an open-ended one, equals start, missing or beyond observation; recorded_end_date: last day that the record names; end_date: for an open-ended one, assumed; reason: why the row is refused'
    WHEN 'omop_antagonist_period' THEN 'periods under a vitamin K antagonist: exposures no more than persistence_days apart are one; recorded_end_date is the last day that a record names, and what follows up to end_date is assumed'
    WHEN 'omop_vitamin_k_drug' THEN 'exposures to vitamin K as a drug, by nutrient'
    WHEN 'omop_measurement' THEN 'measurements and observations as typed values; unit: UCUM code, else as the source wrote it; comparator: of a value that is a bound; reason: why the row is refused'
    WHEN 'omop_inr' THEN 'INR; where only a bound is known, inr is NULL and lower or upper has the bound'
    WHEN 'omop_calcification' THEN 'calcium scores by their method; where only a bound is known, calcification is NULL and lower or upper has the bound'
    WHEN 'omop_nutrient' THEN 'levels of nutrients and markers such as 25-OH-D in blood, bounds in unit; below detection is an interval from zero; above the range of the assay, upper and amount are NULL'
    WHEN 'omop_rejected' THEN 'rows that the other views leave out, with the reason; comparator: as found, where none is known by it'
    WHEN 'omop_check' THEN 'what the other views rest on: for each concept, whether it is in the vocabulary, its descendants, and rows found and rejected with the reasons; for each table, whether it is missing or empty, and how many rows have no concept (0)'
END;
COMMENT ON FUNCTION vitk_internal.omop_comment(text) IS 'the comment of a view of omop_views';

-- Is a table missing or empty?  As a SELECT of its name and a note.
CREATE FUNCTION vitk_internal.omop_tables(variables jsonb) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT string_agg(CASE WHEN variables ->> t.name NOT LIKE '(%'
                           THEN format('SELECT %L AS name, CASE WHEN NOT EXISTS (SELECT FROM %s) THEN %L%s END AS note',
                                       t.name, variables ->> t.name, 'empty' || t.means,
                                       CASE WHEN t.concept IS NOT NULL THEN format(' ELSE (SELECT format(''%%s rows without a concept: what they are is not known'', count(*)) FROM %s x WHERE coalesce(%s, 0) = 0 HAVING count(*) > 0)',
                                              variables ->> t.name, variables ->> t.concept) ELSE '' END)
                           ELSE format('SELECT %L AS name, %L AS note', t.name, 'missing' || t.means) END,
                      ' UNION ALL ' ORDER BY t.name)
    FROM (VALUES ('concept', ': units and comparators are known only as the source wrote them', NULL),
                 ('concept_ancestor', ': clinical drugs and brands are not found by their ingredient', NULL),
                 ('drug_exposure', '', 'drug_exposure.drug_concept_id'), ('drug_era', '', 'drug_era.drug_concept_id'),
                 ('measurement', '', 'measurement.measurement_concept_id'), ('observation', '', 'observation.observation_concept_id'),
                 ('observation_period', ': a drug without an end lasts only to its start', NULL)) AS t (name, means, concept);
END;
COMMENT ON FUNCTION vitk_internal.omop_tables(jsonb) IS 'the part of omop_check that is about tables';

CREATE FUNCTION vitk_internal.omop_definitions(cdm_schema text, target_schema text, persistence_days integer, open_days integer,
                                               vocabulary_schema text, home text) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $function$
DECLARE
    variables jsonb := vitk_internal.omop_variables(cdm_schema, vocabulary_schema);
BEGIN
    variables := variables || jsonb_build_object(
        'target', quote_ident(target_schema), 'schema', quote_ident(home), 'persistence_days', persistence_days,
        'open_end', CASE WHEN open_days IS NULL THEN 'greatest(observed_to, start_date)' ELSE format('start_date + %s', open_days) END,
        'bounds', vitk_internal.omop_template('bounds'), 'tables', vitk_internal.omop_tables(variables));
    -- a template that another one holds is filled in before it
    variables := variables || jsonb_build_object(
        'units', vitk_internal.omop_filled(vitk_internal.omop_template('units'), variables),
        'operators', vitk_internal.omop_filled(vitk_internal.omop_template('operators'), variables),
        'observed', vitk_internal.omop_filled(vitk_internal.omop_template('omop_observed'), variables),
        'exposure', '(' || vitk_internal.omop_filled(vitk_internal.omop_template('omop_exposure'), variables) || ')');
    variables := variables || jsonb_build_object(
        'exposures_and_eras', vitk_internal.omop_filled(vitk_internal.omop_template('omop_exposure') || ' UNION ALL '
            || vitk_internal.omop_template('omop_era'), variables),
        'readings', vitk_internal.omop_filled(vitk_internal.omop_template('omop_reading') || ' UNION ALL '
            || vitk_internal.omop_template('omop_observation'), variables));
    RETURN (SELECT jsonb_object_agg(v, vitk_internal.omop_filled(vitk_internal.omop_template(v), variables))
            FROM unnest('{omop_concept_set,omop_drug,omop_antagonist_period,omop_vitamin_k_drug,omop_measurement,omop_inr,omop_calcification,omop_nutrient,omop_rejected,omop_check}'::text[]) AS v);
END
$function$;
COMMENT ON FUNCTION vitk_internal.omop_definitions(text, text, integer, integer, text, text) IS 'what each view of omop_views selects';

-- REFRESH CONCURRENTLY wants a unique index, which a CDM without keys may not allow: some have rows twice.
CREATE PROCEDURE vitk_internal.omop_index(target_schema text, view_name text)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $procedure$
DECLARE
    name text := view_name || '_row';
BEGIN
    EXECUTE format('CREATE UNIQUE INDEX %I ON %I.%I (person_id, source_table, source_id, kind, means)', name, target_schema, view_name);
EXCEPTION WHEN unique_violation THEN
    EXECUTE format('CREATE INDEX %I ON %I.%I (person_id, source_table, source_id, kind, means)', name, target_schema, view_name);
END
$procedure$;
COMMENT ON PROCEDURE vitk_internal.omop_index(text, text) IS 'the index of a materialised view of omop_views: unique where its rows are';

CREATE PROCEDURE vitk.omop_views(cdm_schema text, target_schema text,
                                 persistence_days integer DEFAULT 30, open_days integer DEFAULT NULL,
                                 vocabulary_schema text DEFAULT NULL, materialized boolean DEFAULT false)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $procedure$
DECLARE
    views CONSTANT text[] := '{omop_concept_set,omop_drug,omop_antagonist_period,omop_vitamin_k_drug,omop_measurement,omop_inr,omop_calcification,omop_nutrient,omop_rejected,omop_check}';
    definitions jsonb;
    view_name text;
    kept boolean;
BEGIN
    IF cdm_schema IS NULL OR target_schema IS NULL OR materialized IS NULL THEN
        RAISE EXCEPTION 'cdm_schema, target_schema and materialized must not be null' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF persistence_days IS NULL OR persistence_days NOT BETWEEN 0 AND 36600 OR open_days NOT BETWEEN 0 AND 36600 THEN
        RAISE EXCEPTION 'persistence_days and open_days must be from 0 to 36600' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    definitions := vitk_internal.omop_definitions(
        cdm_schema, target_schema, persistence_days, open_days, coalesce(vocabulary_schema, cdm_schema),
        (SELECT nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = extnamespace WHERE extname = 'vitk'));
    IF to_regnamespace(quote_ident(target_schema)) IS NULL THEN
        EXECUTE format('CREATE SCHEMA %I', target_schema);
    END IF;
    IF vitk_internal.cdm_table(target_schema, 'omop_own_concept') IS NULL THEN
        EXECUTE format('CREATE TABLE %I.omop_own_concept (LIKE vitk.omop_concept INCLUDING CONSTRAINTS INCLUDING COMMENTS)', target_schema);
        EXECUTE format('ALTER TABLE %I.omop_own_concept DROP COLUMN builtin, ADD PRIMARY KEY (concept_id, kind)', target_schema);
        EXECUTE format('COMMENT ON TABLE %I.omop_own_concept IS ''concepts of your own that the views look for, in addition to vitk.omop_concept''', target_schema);
    END IF;

    -- A view cannot become a materialised one, nor change its columns: all go, in reverse, unless others need them.
    SELECT coalesce(bool_and(c.relkind IS NOT DISTINCT FROM CASE WHEN materialized AND v.name IN ('omop_drug', 'omop_measurement') THEN 'm' ELSE 'v' END), false)
    INTO kept
    FROM unnest(views) AS v (name)
    LEFT JOIN pg_class c ON c.relname = v.name AND c.relnamespace = to_regnamespace(quote_ident(target_schema));
    IF materialized OR NOT kept THEN
        FOR view_name IN SELECT v FROM unnest(views) WITH ORDINALITY AS t (v, position) ORDER BY position DESC LOOP
            EXECUTE (SELECT format('DROP %s %I.%I', CASE relkind WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'VIEW' END, target_schema, view_name)
                     FROM pg_class WHERE relname = view_name AND relkind IN ('v', 'm') AND relnamespace = to_regnamespace(quote_ident(target_schema))
                     UNION ALL SELECT 'SELECT' LIMIT 1);
        END LOOP;
    END IF;
    FOREACH view_name IN ARRAY views LOOP
        IF materialized AND view_name IN ('omop_drug', 'omop_measurement') THEN
            EXECUTE format('CREATE MATERIALIZED VIEW %I.%I AS %s', target_schema, view_name, definitions ->> view_name);
            CALL vitk_internal.omop_index(target_schema, view_name);
            EXECUTE format('COMMENT ON MATERIALIZED VIEW %I.%I IS %L', target_schema, view_name, vitk_internal.omop_comment(view_name));
        ELSE
            EXECUTE format('CREATE OR REPLACE VIEW %I.%I AS %s', target_schema, view_name, definitions ->> view_name);
            EXECUTE format('COMMENT ON VIEW %I.%I IS %L', target_schema, view_name, vitk_internal.omop_comment(view_name));
        END IF;
    END LOOP;
END
$procedure$;
COMMENT ON PROCEDURE vitk.omop_views(text, text, integer, integer, text, boolean) IS
    'creates or replaces views over an OMOP CDM (5.3, 5.4) in target_schema: omop_antagonist_period, omop_drug, omop_vitamin_k_drug, omop_inr, omop_calcification, omop_nutrient, omop_measurement, omop_rejected, omop_check, omop_concept_set; and the table omop_own_concept for concepts of your own. Exposures up to persistence_days apart are one period; a drug without a recorded end lasts open_days, NULL: to the end of the observation period; vocabulary_schema: where concept and concept_ancestor are, NULL: in the CDM; materialized: omop_drug and omop_measurement are materialised views, which omop_refresh brings up to date. A table that is missing reads as empty, with a warning. Errors: 3F000 no such schema, 42P01 the vocabulary or all tables of drugs and measurements are missing, 42703 a column, 22023 days out of range';

CREATE PROCEDURE vitk.omop_refresh(target_schema text)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $procedure$
DECLARE
    view_name text;
    refreshed integer := 0;
    whole boolean;
BEGIN
    FOR view_name IN
        SELECT relname FROM pg_class
        WHERE relnamespace = to_regnamespace(quote_ident(target_schema)) AND relkind = 'm' AND relname IN ('omop_drug', 'omop_measurement')
    LOOP
        refreshed := refreshed + 1;
        BEGIN
            EXECUTE format('REFRESH MATERIALIZED VIEW CONCURRENTLY %I.%I', target_schema, view_name);
            -- of rows with a NULL that are there twice it keeps one, and says nothing
            EXECUTE format('SELECT (SELECT count(*) FROM %I.%I) = (SELECT count(*) FROM (%s) AS q)', target_schema, view_name,
                           rtrim(pg_get_viewdef(format('%I.%I', target_schema, view_name)::regclass), ';')) INTO STRICT whole;
            IF NOT whole THEN
                RAISE cardinality_violation;
            END IF;
        EXCEPTION WHEN cardinality_violation OR unique_violation OR object_not_in_prerequisite_state THEN    -- rows that are there twice
            EXECUTE format('DROP INDEX IF EXISTS %I.%I', target_schema, view_name || '_row');
            EXECUTE format('REFRESH MATERIALIZED VIEW %I.%I', target_schema, view_name);
            CALL vitk_internal.omop_index(target_schema, view_name);
        END;
    END LOOP;
    IF refreshed = 0 THEN
        RAISE EXCEPTION 'schema "%" has no materialized views of omop_views', target_schema
            USING ERRCODE = 'undefined_table', HINT = 'CALL vitk.omop_views(cdm_schema, target_schema, materialized => true) makes them.';
    END IF;
END
$procedure$;
COMMENT ON PROCEDURE vitk.omop_refresh(text) IS
    'brings the materialised views of omop_views up to date while others read them (who wait, where rows of the CDM are there twice); error 42P01 where there are none';
