-- fhir: resources of FHIR R4 (and R5, where it differs) as rows
--
-- One row a resource, which says why nothing was read where nothing was: none of these raises.

CREATE FUNCTION vitk_internal.fhir_system(address text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE address
    WHEN 'http://loinc.org' THEN 'LOINC'
    WHEN 'http://snomed.info/sct' THEN 'SNOMED CT'
    WHEN 'http://www.nlm.nih.gov/research/umls/rxnorm' THEN 'RxNorm'
    WHEN 'http://www.whocc.no/atc' THEN 'ATC'
    ELSE address END;
COMMENT ON FUNCTION vitk_internal.fhir_system(text) IS
    'name in vitk.clinical_code of a system that FHIR identifies by a URL (https://terminology.hl7.org, external code systems)';

CREATE FUNCTION vitk_internal.fhir_code(concept jsonb, kinds text[], OUT kind text, OUT means text)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT c.kind, c.means
    FROM pg_catalog.jsonb_path_query(concept, '$.coding[*]') WITH ORDINALITY AS g (coding, place)
    JOIN vitk.clinical_code c ON c.system = vitk_internal.fhir_system(g.coding ->> 'system') AND c.code = g.coding ->> 'code'
    WHERE c.kind = ANY (kinds)
    ORDER BY g.place
    LIMIT 1;
END;
COMMENT ON FUNCTION vitk_internal.fhir_code(jsonb, text[]) IS
    'what a CodeableConcept means by vitk.clinical_code; NULL: none of these kinds';

CREATE FUNCTION vitk_internal.fhir_text(resource jsonb, VARIADIC paths jsonpath[]) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT pg_catalog.jsonb_path_query_first(resource, p.path) #>> '{}'
    FROM pg_catalog.unnest(paths) WITH ORDINALITY AS p (path, place)
    WHERE pg_catalog.jsonb_typeof(pg_catalog.jsonb_path_query_first(resource, p.path)) IN ('string', 'number')
    ORDER BY p.place
    LIMIT 1;
END;
COMMENT ON FUNCTION vitk_internal.fhir_text(jsonb, jsonpath[]) IS 'the first of these paths that the resource has, as text';

CREATE FUNCTION fhir_observation(resource jsonb,
    OUT subject text, OUT day date, OUT kind text, OUT means text, OUT value float8, OUT comparator text, OUT unit text,
    OUT lower float8, OUT upper float8, OUT amount nutrient_amount, OUT calcification calcification, OUT reason text)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT r.subject, r.day, c.kind, c.means, r.value, r.comparator, r.unit,
           CASE WHEN v.reason IS NULL THEN CASE WHEN r.comparator IN ('<', '<=') THEN 0 ELSE r.value END END,
           CASE WHEN v.reason IS NULL AND r.comparator IS DISTINCT FROM '>' AND r.comparator IS DISTINCT FROM '>=' THEN r.value END,
           CASE WHEN v.reason IS NULL THEN vitk_internal.clinical_amount(c.kind, c.means, r.value, r.unit, r.comparator) END,
           CASE WHEN v.reason IS NULL THEN vitk_internal.clinical_calcification(c.kind, c.means, r.value, r.unit, r.comparator) END,
           v.reason
    FROM (SELECT vitk_internal.fhir_text(resource, '$.subject.reference', '$.subject.identifier.value') AS subject,
                 vitk_internal.clinical_day(vitk_internal.fhir_text(resource, '$.effectiveDateTime', '$.effectivePeriod.start', '$.effectiveInstant')) AS day,
                 vitk_internal.clinical_number(q.printed) AS value,
                 coalesce(vitk_internal.fhir_text(resource, '$.valueQuantity.comparator'), vitk_internal.clinical_comparator(q.printed)) AS comparator,
                 CASE WHEN resource #>> '{valueQuantity,system}' = 'http://unitsofmeasure.org'
                      THEN vitk_internal.fhir_text(resource, '$.valueQuantity.code', '$.valueQuantity.unit')
                      ELSE vitk_internal.fhir_text(resource, '$.valueQuantity.unit', '$.valueQuantity.code') END AS unit,
                 coalesce(resource ->> 'status', 'not given') AS status
          FROM (SELECT vitk_internal.fhir_text(resource, '$.valueQuantity.value', '$.valueInteger', '$.valueString')) AS q (printed)) AS r
    LEFT JOIN LATERAL vitk_internal.fhir_code(resource -> 'code', '{inr,calcification,nutrient,marker}') AS c ON true
    CROSS JOIN LATERAL (
        SELECT CASE
            WHEN resource ->> 'resourceType' IS DISTINCT FROM 'Observation' THEN 'not an Observation'
            WHEN r.status NOT IN ('final', 'amended', 'corrected') THEN 'status is ' || left(r.status, 40)
            WHEN c.kind IS NULL THEN 'no code of vitk.clinical_code'
            WHEN r.day IS NULL THEN 'day is not known'
            ELSE vitk_internal.clinical_reason(c.kind, c.means, r.value, r.unit, r.comparator) END) AS v (reason);
END;
COMMENT ON FUNCTION fhir_observation(jsonb) IS
    'a laboratory value or calcium score from a FHIR Observation, by the codes of vitk.clinical_code: kind nutrient, marker, calcification or inr; lower and upper in unit, one of them NULL for a bound; reason: why it was not read; the day is taken as written, whatever the time zone; never raises an error';

CREATE FUNCTION fhir_medication(resource jsonb,
    OUT subject text, OUT kind text, OUT means text, OUT start_date date, OUT recorded_end_date date, OUT open_ended boolean, OUT reason text)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT r.subject, c.kind, c.means, r.start_date, e.end_date, e.end_date IS NULL,
           CASE WHEN r.type IS NULL OR r.type NOT IN ('MedicationStatement', 'MedicationRequest', 'MedicationAdministration')
                    THEN 'not a MedicationStatement, MedicationRequest or MedicationAdministration'
                WHEN r.status IN ('entered-in-error', 'not-taken', 'not-done', 'cancelled', 'draft', 'intended', 'unknown')
                    THEN 'status is ' || r.status
                WHEN c.kind IS NULL THEN 'no drug of vitk.clinical_code'
                WHEN r.start_date IS NULL THEN 'start is not known'
                WHEN e.end_date < r.start_date THEN 'end before start' END
    FROM (SELECT resource ->> 'resourceType' AS type, resource ->> 'status' AS status,
                 vitk_internal.fhir_text(resource, '$.subject.reference', '$.subject.identifier.value') AS subject,
                 vitk_internal.clinical_day(vitk_internal.fhir_text(resource, '$.effectivePeriod.start', '$.effectiveDateTime',
                     '$.occurencePeriod.start', '$.occurrencePeriod.start', '$.occurenceDateTime', '$.occurrenceDateTime',
                     '$.dispenseRequest.validityPeriod.start', '$.dosageInstruction[*].timing.repeat.boundsPeriod.start', '$.authoredOn')) AS start_date,
                 vitk_internal.clinical_day(vitk_internal.fhir_text(resource, '$.effectivePeriod.end', '$.occurencePeriod.end', '$.occurrencePeriod.end',
                     '$.dispenseRequest.validityPeriod.end', '$.dosageInstruction[*].timing.repeat.boundsPeriod.end')) AS end_date,
                 CASE WHEN vitk_internal.fhir_text(resource, '$.dispenseRequest.expectedSupplyDuration.code', '$.dispenseRequest.expectedSupplyDuration.unit')
                           IN ('d', 'day', 'days')
                      THEN vitk_internal.clinical_number(vitk_internal.fhir_text(resource, '$.dispenseRequest.expectedSupplyDuration.value')) END AS supply,
                 -- the drug is in the resource, or in one that it contains
                 coalesce(resource -> 'medicationCodeableConcept', resource #> '{medication,concept}',
                          (SELECT m -> 'code' FROM pg_catalog.jsonb_path_query(resource, '$.contained[*]') AS m
                           WHERE '#' || (m ->> 'id') = coalesce(resource #>> '{medicationReference,reference}', resource #>> '{medication,reference,reference}')
                           LIMIT 1)) AS drug) AS r
    LEFT JOIN LATERAL (
        SELECT f.kind, f.means FROM vitk_internal.fhir_code(r.drug, '{antagonist,vitamin_k_drug}') AS f WHERE f.kind IS NOT NULL
        UNION ALL
        SELECT d.kind, d.means FROM vitk_internal.clinical_drug(vitk_internal.fhir_text(r.drug, '$.text', '$.coding[*].display'), NULL) AS d
        WHERE d.kind IS NOT NULL
        LIMIT 1) AS c ON true
    CROSS JOIN LATERAL (
        SELECT CASE WHEN r.end_date < '2099-01-01' THEN r.end_date
                    WHEN r.end_date IS NULL AND r.supply >= 1::float8 AND r.supply <= 3660::float8 THEN r.start_date + (r.supply::integer - 1)
                    WHEN r.end_date IS NULL AND r.type = 'MedicationAdministration' THEN r.start_date END) AS e (end_date);
END;
COMMENT ON FUNCTION fhir_medication(jsonb) IS
    'a period on a vitamin K antagonist or on vitamin K, from a FHIR MedicationStatement, MedicationRequest or MedicationAdministration, by the codes and names of vitk.clinical_code; open_ended: no end is recorded, or one in 2099 or later; reason: why it was not read; never raises an error';

-- Amounts are read as a food table's cells are, which never raises; beyond a tonne nobody eats.
CREATE FUNCTION vitk_internal.fhir_nutrients(resource jsonb, OUT name text, OUT nutrient nutrient, OUT amount nutrient_amount, OUT reason text)
RETURNS SETOF record
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT i.name, v.nutrient, CASE WHEN i.value <= 1e9::float8 THEN v.amount END,
           CASE WHEN i.value > 1e9::float8 THEN 'not a plausible amount' ELSE v.reason END
    FROM (SELECT vitk_internal.fhir_text(n, '$.nutrient.concept.text', '$.nutrient.concept.coding[*].display',
                                         '$.modifier.text', '$.modifier.coding[*].display') AS name,
                 vitk_internal.fhir_text(n, '$.amount.value') AS printed,
                 vitk_internal.clinical_number(vitk_internal.fhir_text(n, '$.amount.value')) AS value,
                 vitk_internal.fhir_text(n, '$.amount.code', '$.amount.unit') AS unit
          FROM (SELECT pg_catalog.jsonb_path_query(resource, '$.ingredientLabel[*]')
                UNION ALL SELECT pg_catalog.jsonb_path_query(resource, '$.consumedItem[*].ingredientLabel[*]')
                UNION ALL SELECT pg_catalog.jsonb_path_query(resource, '$.oralDiet.nutrient[*]')) AS l (n)) AS i,
         LATERAL printed_value(i.name, i.printed, i.unit) AS v;
END;
COMMENT ON FUNCTION vitk_internal.fhir_nutrients(jsonb) IS 'the nutrients of a NutritionIntake or NutritionOrder, each with its amount or the reason why it has none';

CREATE FUNCTION fhir_nutrition(resource jsonb,
    OUT subject text, OUT day date, OUT profile nutrient_profile, OUT not_read text, OUT reason text)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT r.subject, r.day, CASE WHEN r.reason IS NULL THEN p.profile END, p.not_read,
           coalesce(r.reason, CASE WHEN p.profile IS NULL THEN 'no nutrients' END)
    FROM (SELECT vitk_internal.fhir_text(resource, '$.subject.reference', '$.patient.reference', '$.subject.identifier.value') AS subject,
                 vitk_internal.clinical_day(vitk_internal.fhir_text(resource, '$.occurrenceDateTime', '$.occurrencePeriod.start', '$.dateTime')) AS day,
                 CASE WHEN resource ->> 'resourceType' IS NULL OR resource ->> 'resourceType' NOT IN ('NutritionIntake', 'NutritionOrder')
                          THEN 'not a NutritionIntake or NutritionOrder'
                      WHEN resource ->> 'status' IN ('entered-in-error', 'not-done', 'draft', 'proposed', 'preparation', 'unknown', 'revoked')
                          THEN 'status is ' || (resource ->> 'status') END AS reason) AS r
    CROSS JOIN LATERAL (
        SELECT profile(s.nutrient, s.amount) AS profile, (
                SELECT pg_catalog.string_agg(format('%s: %s', coalesce(left(n.name, 60), 'a nutrient without a name'), coalesce(n.reason, 'no amount')), '; ')
                FROM vitk_internal.fhir_nutrients(resource) AS n WHERE n.amount IS NULL) AS not_read
        FROM (SELECT (n.nutrient::text)::nutrient AS nutrient, sum(to_unit(n.amount, unit(n.nutrient), n.nutrient)) AS amount
              FROM vitk_internal.fhir_nutrients(resource) AS n
              WHERE n.amount IS NOT NULL GROUP BY n.nutrient::text) AS s) AS p;
END;
COMMENT ON FUNCTION fhir_nutrition(jsonb) IS
    'nutrients eaten according to a FHIR NutritionIntake (from the labels of its ingredients), or ordered per day by a NutritionOrder, as a profile without a mass; not_read: nutrients that were left out and why; reason: why there is no profile; never raises an error';
