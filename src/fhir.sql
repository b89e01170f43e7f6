-- fhir: resources of FHIR R4 (and R5, where it differs) as rows
--
-- One row a value, drug or meal, which says why nothing was read where nothing was: none of these raises.

-- jsonb_path_query(), but for its estimate of 1000 rows: a few such, one after the other, and JIT compiles for seconds
-- what takes microseconds
CREATE FUNCTION vitk_internal.fhir_query(target jsonb, path jsonpath, vars jsonb DEFAULT '{}', silent boolean DEFAULT false) RETURNS SETOF jsonb
    AS 'jsonb_path_query' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE ROWS 1;
COMMENT ON FUNCTION vitk_internal.fhir_query(jsonb, jsonpath, jsonb, boolean) IS 'jsonb_path_query(), of which a row is expected';

CREATE FUNCTION vitk_internal.fhir_system(address text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE pg_catalog.rtrim(pg_catalog.regexp_replace(address, '^https:', 'http:'), '/')
    WHEN 'http://loinc.org' THEN 'LOINC'
    WHEN 'urn:oid:2.16.840.1.113883.6.1' THEN 'LOINC'
    WHEN 'http://snomed.info/sct' THEN 'SNOMED CT'
    WHEN 'urn:oid:2.16.840.1.113883.6.96' THEN 'SNOMED CT'
    WHEN 'http://www.nlm.nih.gov/research/umls/rxnorm' THEN 'RxNorm'
    WHEN 'urn:oid:2.16.840.1.113883.6.88' THEN 'RxNorm'
    WHEN 'http://www.whocc.no/atc' THEN 'ATC'
    WHEN 'urn:oid:2.16.840.1.113883.6.73' THEN 'ATC'
    WHEN 'http://fhir.de/CodeSystem/bfarm/atc' THEN 'ATC'
    WHEN 'http://fhir.de/CodeSystem/dimdi/atc' THEN 'ATC'
    ELSE address END;
COMMENT ON FUNCTION vitk_internal.fhir_system(text) IS
    'name in vitk.clinical_code of a system that FHIR identifies by a URL or an OID (https://terminology.hl7.org, external code systems; Germany''s ATC: HL7 Deutschland, basis profiles)';

CREATE FUNCTION vitk_internal.fhir_code(concept jsonb, kinds text[], OUT kind text, OUT means text)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT c.kind, c.means
    FROM vitk_internal.fhir_query(concept, '$.coding[*]') WITH ORDINALITY AS g (coding, place)
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

CREATE FUNCTION vitk_internal.fhir_all(resource jsonb, VARIADIC paths jsonpath[]) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT coalesce(pg_catalog.jsonb_agg(v.found ORDER BY p.place, v.place), '[]')
    FROM pg_catalog.unnest(paths) WITH ORDINALITY AS p (path, place),
         LATERAL vitk_internal.fhir_query(resource, p.path) WITH ORDINALITY AS v (found, place);
END;
COMMENT ON FUNCTION vitk_internal.fhir_all(jsonb, jsonpath[]) IS 'all that the resource has at these paths, as an array';

CREATE FUNCTION vitk_internal.fhir_label(concept jsonb) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT left(coalesce(nullif(concat_ws('|', g.coding ->> 'system', g.coding ->> 'code'), ''), concept ->> 'text', g.coding ->> 'display'), 200)
    FROM (SELECT pg_catalog.jsonb_path_query_first(concept, '$.coding[0]')) AS g (coding);
END;
COMMENT ON FUNCTION vitk_internal.fhir_label(jsonb) IS 'a CodeableConcept in short: its first code, as system|code, or else its text';

-- Bundles lie in Bundles where a server answers a batch.
CREATE FUNCTION fhir_resources(document jsonb) RETURNS SETOF jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    WITH RECURSIVE part (resource, place) AS (
        SELECT t.resource, ARRAY[t.place]
        FROM vitk_internal.fhir_query(document, '$[*]') WITH ORDINALITY AS t (resource, place)
        UNION ALL
        SELECT t.resource, pg_catalog.array_append(part.place, t.place)
        FROM part, LATERAL vitk_internal.fhir_query(part.resource, CASE part.resource ->> 'resourceType'
            WHEN 'Bundle' THEN '$.entry[*].resource'::jsonpath
            WHEN 'DiagnosticReport' THEN '$.contained[*]'::jsonpath END) WITH ORDINALITY AS t (resource, place)
    )
    SELECT resource FROM part WHERE resource ->> 'resourceType' IS DISTINCT FROM 'Bundle' ORDER BY place;
END;
COMMENT ON FUNCTION fhir_resources(jsonb) IS
    'the resources in a FHIR Bundle (the answer to a search or to $everything, a transaction, a batch), in an array of resources, and those contained in a DiagnosticReport beside it; any other resource is itself; never raises an error';

CREATE FUNCTION vitk_internal.fhir_parts(document jsonb, types text[]) RETURNS SETOF jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT document WHERE document ->> 'resourceType' = ANY (types)
    UNION ALL
    SELECT coalesce(r.resource, document)
    FROM (VALUES (1)) AS one (row) LEFT JOIN fhir_resources(document) AS r (resource) ON r.resource ->> 'resourceType' = ANY (types)
    WHERE coalesce(document ->> 'resourceType' <> ALL (types), true);
END;
COMMENT ON FUNCTION vitk_internal.fhir_parts(jsonb, text[]) IS
    'the resources of these types in a document; where there are none, the document, so that a row can say so';

CREATE FUNCTION vitk_internal.fhir_not(document jsonb, types text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN document ->> 'resourceType' = 'Bundle' OR pg_catalog.jsonb_typeof(document) = 'array' THEN 'holds no ' WHEN types LIKE 'O%' THEN 'not an ' ELSE 'not a ' END || types;
COMMENT ON FUNCTION vitk_internal.fhir_not(jsonb, text) IS 'the reason why nothing is read of a document without resources of these types';

-- The value of an Observation, and those of its components; without a value of its own it is the heading of a panel.
CREATE FUNCTION vitk_internal.fhir_values(observation jsonb, OUT holder jsonb, OUT panel boolean) RETURNS SETOF record
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT observation, observation IS NOT NULL AND pg_catalog.jsonb_path_exists(observation, '$.component[*]')
           AND NOT pg_catalog.jsonb_path_exists(observation, '$.keyvalue() ? (@.key starts with "value")', '{}', true)
    UNION ALL
    SELECT vitk_internal.fhir_query(observation, '$.component[*]'), false;
END;
COMMENT ON FUNCTION vitk_internal.fhir_values(jsonb) IS
    'what of an Observation may have a code and a value: itself and its components; panel: it has components and no value';

CREATE FUNCTION vitk_internal.fhir_unit(quantity jsonb) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN pg_catalog.btrim(CASE WHEN quantity ->> 'system' = 'http://unitsofmeasure.org'
                             THEN vitk_internal.fhir_text(quantity, '$.code', '$.unit') ELSE vitk_internal.fhir_text(quantity, '$.unit', '$.code') END);
COMMENT ON FUNCTION vitk_internal.fhir_unit(jsonb) IS 'the unit of a Quantity: its code of UCUM, or what is printed';

-- SETOF so that it is inlined, OFFSET 0 so that each part is found once.  Of the types of value[x] a Quantity, an integer, a string with a number and a Range are read; a bound of a Range is part of it.
CREATE FUNCTION vitk_internal.fhir_value(holder jsonb, OUT low float8, OUT high float8, OUT comparator text, OUT unit text, OUT reason text) RETURNS SETOF record
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT coalesce(n.single, n.low, n.high), coalesce(n.single, n.high, n.low),
           coalesce(vitk_internal.fhir_text(holder, '$.valueQuantity.comparator'), vitk_internal.clinical_comparator(n.printed, NULL),
                    CASE WHEN n.high IS NULL AND n.low IS NOT NULL THEN '>=' WHEN n.low IS NULL AND n.high IS NOT NULL THEN '<=' END),
           coalesce(vitk_internal.clinical_unit(n.printed), n.unit, n.low_unit, n.high_unit),
           CASE WHEN t.types > 1 THEN 'more than one value'
                WHEN t.type IS NULL AND t.absent IS NOT NULL THEN 'no value: ' || t.absent
                WHEN t.absent IS NOT NULL THEN 'a value, and a reason why there is none: ' || t.absent
                WHEN t.type = 'valueString' AND n.single IS NULL THEN 'the text is no number with a unit: ' || left(n.printed, 80)
                WHEN t.type = 'valueRange' AND n.low_unit <> n.high_unit THEN 'the bounds of the range have different units'
                WHEN t.type = 'valueRange' AND n.low > n.high THEN 'the range ends below its start'
                WHEN t.type NOT IN ('valueQuantity', 'valueInteger', 'valueString', 'valueRange')
                    THEN 'the value is a ' || left(pg_catalog.substr(t.type, 6), 40) || coalesce(': ' || left(n.shown, 80), '') END
    FROM (SELECT pg_catalog.jsonb_array_length(k.keys) AS types, k.keys ->> 0 AS type, k.absent
          FROM (SELECT pg_catalog.jsonb_path_query_array(holder, '$.keyvalue() ? (@.key starts with "value").key', '{}', true) AS keys,
                       vitk_internal.fhir_text(holder, '$.dataAbsentReason.text', '$.dataAbsentReason.coding[*].code', '$.dataAbsentReason.coding[*].display') AS absent
                OFFSET 0) AS k) AS t
    CROSS JOIN LATERAL (
        SELECT q.printed, vitk_internal.clinical_quantity(q.printed) AS single, vitk_internal.fhir_unit(holder -> 'valueQuantity') AS unit,
               vitk_internal.clinical_number(vitk_internal.fhir_text(holder, '$.valueRange.low.value')) AS low,
               vitk_internal.clinical_number(vitk_internal.fhir_text(holder, '$.valueRange.high.value')) AS high,
               vitk_internal.fhir_unit(holder #> '{valueRange,low}') AS low_unit, vitk_internal.fhir_unit(holder #> '{valueRange,high}') AS high_unit,
               coalesce(vitk_internal.fhir_label(holder -> 'valueCodeableConcept'),
                        (holder #>> '{valueRatio,numerator,value}') || ':' || (holder #>> '{valueRatio,denominator,value}')) AS shown
        FROM (SELECT vitk_internal.fhir_text(holder, '$.valueQuantity.value', '$.valueInteger', '$.valueString')) AS q (printed)
        OFFSET 0) AS n;
END;
COMMENT ON FUNCTION vitk_internal.fhir_value(jsonb) IS
    'the value of an Observation or a component: low and high are equal but for a Range with both; reason: why it is none, before what it is of is known';

CREATE FUNCTION vitk_internal.fhir_modified(resource jsonb) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN 'has a modifierExtension, which may say the contrary: ' || left(vitk_internal.fhir_text(resource, '$.modifierExtension[*].url'), 80);
COMMENT ON FUNCTION vitk_internal.fhir_modified(jsonb) IS 'why a resource that an extension may turn into its contrary is not read; NULL: none does';

CREATE FUNCTION fhir_observation(resource jsonb,
    OUT subject text, OUT day date, OUT code text, OUT kind text, OUT means text, OUT value float8, OUT comparator text, OUT unit text,
    OUT lower float8, OUT upper float8, OUT amount nutrient_amount, OUT calcification calcification, OUT reason text)
RETURNS SETOF record
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT r.subject, r.day, vitk_internal.fhir_label(r.code), c.kind, c.means, CASE WHEN r.low = r.high THEN r.low END, r.comparator, r.unit,
           CASE WHEN v.reason IS NULL THEN CASE WHEN r.comparator IN ('<', '<=') THEN 0 ELSE r.low END END,
           CASE WHEN v.reason IS NULL AND r.comparator IS DISTINCT FROM '>' AND r.comparator IS DISTINCT FROM '>=' THEN r.high END,
           CASE WHEN v.reason IS NOT NULL THEN NULL
                WHEN r.low < r.high AND c.kind IN ('nutrient', 'marker') THEN nutrient_amount(r.low, r.high, r.unit)
                ELSE vitk_internal.clinical_amount(c.kind, c.means, r.low, r.unit, r.comparator) END,
           CASE WHEN v.reason IS NULL AND r.low = r.high THEN vitk_internal.clinical_calcification(c.kind, c.means, r.low, r.unit, r.comparator) END,
           v.reason
    FROM (SELECT part ->> 'resourceType' AS type, panel, holder -> 'code' AS code,
                 vitk_internal.fhir_text(part, '$.subject.reference', '$.subject.identifier.value') AS subject,
                 vitk_internal.clinical_day(vitk_internal.fhir_text(part, '$.effectiveDateTime', '$.effectivePeriod.start', '$.effectiveInstant')) AS day,
                 n.low, n.high, n.comparator, n.unit, n.reason, coalesce(vitk_internal.fhir_modified(part), vitk_internal.fhir_modified(holder)) AS modified,
                 coalesce(part ->> 'status', 'not given') AS status
          FROM vitk_internal.fhir_parts(resource, '{Observation}') AS p (part)
          CROSS JOIN LATERAL vitk_internal.fhir_values(p.part) AS h
          CROSS JOIN LATERAL vitk_internal.fhir_value(h.holder) AS n) AS r
    LEFT JOIN LATERAL vitk_internal.fhir_code(r.code, '{inr,calcification,nutrient,marker}') AS c ON true
    CROSS JOIN LATERAL (
        SELECT CASE
            WHEN r.type IS DISTINCT FROM 'Observation' THEN vitk_internal.fhir_not(resource, 'Observation')
            WHEN r.status NOT IN ('final', 'amended', 'corrected') THEN 'status is ' || left(r.status, 40)
            WHEN c.kind IS NULL THEN 'no code of vitk.clinical_code'
            WHEN r.modified IS NOT NULL THEN r.modified
            WHEN r.day IS NULL THEN 'day is not known'
            ELSE coalesce(r.reason, vitk_internal.clinical_reason(c.kind, c.means, r.low, r.unit, r.comparator),
                          vitk_internal.clinical_reason(c.kind, c.means, r.high, r.unit, r.comparator)) END) AS v (reason)
    WHERE NOT r.panel OR c.kind IS NOT NULL;
END;
COMMENT ON FUNCTION fhir_observation(jsonb) IS
    'laboratory values and calcium scores from a FHIR Observation, one row for its value and for each of its components, or from all Observations of a Bundle, by the codes of vitk.clinical_code: kind nutrient, marker, calcification or inr; code as system|code; value NULL for a Range; lower and upper in unit, one of them NULL for a bound; reason: why it was not read; the day is taken as written, whatever the time zone; never raises an error';

-- A drug lies in the resource, in one that it contains, in the Bundle, or elsewhere.
CREATE FUNCTION vitk_internal.fhir_drug(part jsonb, document jsonb, medication jsonb, OUT concepts jsonb, OUT reference text, OUT found boolean)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT vitk_internal.fhir_all(pg_catalog.jsonb_build_array(part, m.medication), '$[0].medicationCodeableConcept', '$[0].medication.concept',
                                  '$[1].code', '$[1].ingredient[*].itemCodeableConcept', '$[1].ingredient[*].item.concept')
           || pg_catalog.jsonb_build_array(pg_catalog.jsonb_build_object('text', vitk_internal.fhir_text(part,
                  '$.medicationReference.display', '$.medication.reference.display'))),
           r.reference, m.medication IS NOT NULL
    FROM (SELECT address, coalesce(substring(address, '(Medication/[A-Za-z0-9.-]+)(?:/_history/.*)?$'), nullif(address, '')) AS reference
          FROM vitk_internal.fhir_text(part, '$.medicationReference.reference', '$.medication.reference.reference') AS a (address)) AS r
    LEFT JOIN LATERAL (
        SELECT c.medication FROM vitk_internal.fhir_query(part, '$.contained[*]') AS c (medication)
        WHERE '#' || (c.medication ->> 'id') = r.address
        UNION ALL
        SELECT e.entry -> 'resource'
        FROM (SELECT vitk_internal.fhir_query(document, '$[*].entry[*] ? (@.resource.resourceType == "Medication")')
              UNION ALL
              SELECT vitk_internal.fhir_query(document, '$[*].entry[*].resource.entry[*] ? (@.resource.resourceType == "Medication")')) AS e (entry)
        WHERE e.entry ->> 'fullUrl' = r.address OR 'Medication/' || (e.entry #>> '{resource,id}') = r.reference
        UNION ALL
        SELECT medication WHERE medication IS NOT NULL
        LIMIT 1) AS m ON true;
END;
COMMENT ON FUNCTION vitk_internal.fhir_drug(jsonb, jsonb, jsonb) IS
    'concepts by which a resource names its drug; reference: the Medication that it refers to; found: whether that is known';

-- A Period that ends in a month or a year lasts to its last day (FHIR R4, data type Period).
CREATE FUNCTION vitk_internal.fhir_last_day(printed text) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN coalesce(vitk_internal.clinical_day(printed), vitk_internal.clinical_day(printed || '-12-31'),
                (vitk_internal.clinical_day(printed || '-01') + interval '1 month' - interval '1 day')::date);
COMMENT ON FUNCTION vitk_internal.fhir_last_day(text) IS 'the last day of a FHIR dateTime, which may be a month or a year; NULL for any other text';

CREATE FUNCTION fhir_medication(resource jsonb, medication jsonb DEFAULT NULL,
    OUT subject text, OUT code text, OUT kind text, OUT means text, OUT start_date date, OUT recorded_end_date date, OUT open_ended boolean, OUT reason text)
RETURNS SETOF record
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT r.subject, coalesce(vitk_internal.fhir_label(d.concepts -> 0), d.reference), c.kind, c.means, r.start_date, e.end_date, e.end_date IS NULL,
           CASE WHEN r.type IS NULL OR r.type NOT IN ('MedicationStatement', 'MedicationRequest', 'MedicationAdministration', 'MedicationDispense')
                    THEN vitk_internal.fhir_not(resource, 'MedicationStatement, MedicationRequest, MedicationAdministration or MedicationDispense')
                WHEN r.status IN ('entered-in-error', 'not-taken', 'not-done', 'cancelled', 'declined', 'draft', 'preparation', 'intended', 'unknown')
                    THEN 'status is ' || r.status
                WHEN vitk_internal.fhir_modified(r.part) IS NOT NULL THEN vitk_internal.fhir_modified(r.part)
                WHEN r.forbids THEN 'says that the drug is not to be taken'
                WHEN c.kind IS NULL AND d.reference IS NOT NULL AND NOT d.found THEN 'the drug is in another resource: ' || left(d.reference, 80)
                WHEN c.kind IS NULL THEN 'no drug of vitk.clinical_code'
                WHEN r.start_date IS NULL THEN 'start is not known'
                WHEN r.end_text IS NOT NULL AND l.end_date IS NULL THEN 'end is not a date: ' || left(r.end_text, 40)
                WHEN e.end_date < r.start_date THEN 'end before start' END
    FROM (SELECT part, part ->> 'resourceType' AS type, part ->> 'status' AS status,
                 part -> 'doNotPerform' = 'true' OR part ->> 'intent' = 'proposal' AS forbids,
                 vitk_internal.fhir_text(part, '$.subject.reference', '$.subject.identifier.value') AS subject,
                 vitk_internal.clinical_day(vitk_internal.fhir_text(part, '$.effectivePeriod.start', '$.effectiveDateTime',
                     '$.occurencePeriod.start', '$.occurrencePeriod.start', '$.occurenceDateTime', '$.occurrenceDateTime',
                     '$.whenHandedOver', '$.whenPrepared',
                     '$.dispenseRequest.validityPeriod.start', '$.dosageInstruction[*].timing.repeat.boundsPeriod.start', '$.authoredOn')) AS start_date,
                 vitk_internal.fhir_text(part, '$.effectivePeriod.end', '$.occurencePeriod.end', '$.occurrencePeriod.end',
                     '$.dispenseRequest.validityPeriod.end', '$.dosageInstruction[*].timing.repeat.boundsPeriod.end') AS end_text,
                 CASE vitk_internal.fhir_text(part, '$.dispenseRequest.expectedSupplyDuration.code', '$.dispenseRequest.expectedSupplyDuration.unit',
                                              '$.daysSupply.code', '$.daysSupply.unit')
                     WHEN 'd' THEN 1::float8 WHEN 'day' THEN 1::float8 WHEN 'days' THEN 1::float8 WHEN 'Day' THEN 1::float8 WHEN 'Days' THEN 1::float8
                     WHEN 'wk' THEN 7::float8 END
                 * vitk_internal.clinical_number(vitk_internal.fhir_text(part, '$.dispenseRequest.expectedSupplyDuration.value', '$.daysSupply.value')) AS supply
          FROM vitk_internal.fhir_parts(resource, '{MedicationStatement,MedicationRequest,MedicationAdministration,MedicationDispense}') AS p (part)) AS r
    CROSS JOIN LATERAL vitk_internal.fhir_drug(r.part, resource, medication) AS d
    LEFT JOIN LATERAL (
        SELECT f.kind, f.means FROM vitk_internal.fhir_code(d.concepts, '{antagonist,vitamin_k_drug}') AS f WHERE f.kind IS NOT NULL
        UNION ALL
        SELECT n.kind, n.means
        FROM (SELECT pg_catalog.string_agg(n.name, '; ')
              FROM pg_catalog.jsonb_array_elements_text(vitk_internal.fhir_all(d.concepts, '$.text', '$.coding[*].display')) AS n (name)) AS t (names),
             LATERAL vitk_internal.clinical_drug(t.names, NULL) AS n
        WHERE n.kind IS NOT NULL
        LIMIT 1) AS c ON true
    CROSS JOIN LATERAL (SELECT vitk_internal.fhir_last_day(r.end_text)) AS l (end_date)
    CROSS JOIN LATERAL (
        SELECT CASE WHEN l.end_date < '2099-01-01' OR r.start_date >= '2099-01-01' AND l.end_date < '2300-01-01' THEN l.end_date
                    WHEN l.end_date IS NULL AND r.supply >= 1::float8 AND r.supply <= 3660::float8 THEN r.start_date + (r.supply::integer - 1)
                    WHEN l.end_date IS NULL AND r.type = 'MedicationAdministration' THEN r.start_date END) AS e (end_date);
END;
COMMENT ON FUNCTION fhir_medication(jsonb, jsonb) IS
    'periods on a vitamin K antagonist or on vitamin K, from a FHIR MedicationStatement, MedicationRequest, MedicationAdministration or MedicationDispense, or from all of them in a Bundle, by the codes and names of vitk.clinical_code; medication: the Medication that the resource refers to, where it is neither in it nor in the Bundle; code as system|code; open_ended: no end is recorded, or one in 2099 or later; reason: why it was not read; never raises an error';

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
          FROM (SELECT vitk_internal.fhir_query(resource, '$.ingredientLabel[*]')
                UNION ALL SELECT vitk_internal.fhir_query(resource, '$.consumedItem[*].ingredientLabel[*]')
                UNION ALL SELECT vitk_internal.fhir_query(resource, '$.oralDiet.nutrient[*]')) AS l (n)) AS i,
         LATERAL printed_value(i.name, i.printed, i.unit) AS v;
END;
COMMENT ON FUNCTION vitk_internal.fhir_nutrients(jsonb) IS 'the nutrients of a NutritionIntake or NutritionOrder, each with its amount or the reason why it has none';

CREATE FUNCTION fhir_nutrition(resource jsonb,
    OUT subject text, OUT day date, OUT profile nutrient_profile, OUT not_read text, OUT reason text)
RETURNS SETOF record
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT r.subject, r.day, CASE WHEN r.reason IS NULL THEN p.profile END, p.not_read,
           coalesce(r.reason, CASE WHEN p.profile IS NULL THEN 'no nutrients' END)
    FROM (SELECT part, vitk_internal.fhir_text(part, '$.subject.reference', '$.patient.reference', '$.subject.identifier.value') AS subject,
                 vitk_internal.clinical_day(vitk_internal.fhir_text(part, '$.occurrenceDateTime', '$.occurrencePeriod.start', '$.dateTime')) AS day,
                 CASE WHEN part ->> 'resourceType' IS NULL OR part ->> 'resourceType' NOT IN ('NutritionIntake', 'NutritionOrder')
                          THEN vitk_internal.fhir_not(resource, 'NutritionIntake or NutritionOrder')
                      WHEN part ->> 'status' IN ('entered-in-error', 'not-done', 'draft', 'proposed', 'preparation', 'unknown', 'revoked')
                          THEN 'status is ' || (part ->> 'status')
                      ELSE vitk_internal.fhir_modified(part) END AS reason
          FROM vitk_internal.fhir_parts(resource, '{NutritionIntake,NutritionOrder}') AS p (part)) AS r
    CROSS JOIN LATERAL (
        SELECT profile(s.nutrient, s.amount) AS profile, (
                SELECT pg_catalog.string_agg(format('%s: %s', coalesce(left(n.name, 60), 'a nutrient without a name'), coalesce(n.reason, 'no amount')), '; ')
                FROM vitk_internal.fhir_nutrients(r.part) AS n WHERE n.amount IS NULL) AS not_read
        FROM (SELECT (n.nutrient::text)::nutrient AS nutrient, sum(to_unit(n.amount, unit(n.nutrient), n.nutrient)) AS amount
              FROM vitk_internal.fhir_nutrients(r.part) AS n
              WHERE n.amount IS NOT NULL GROUP BY n.nutrient::text) AS s) AS p;
END;
COMMENT ON FUNCTION fhir_nutrition(jsonb) IS
    'nutrients eaten according to a FHIR NutritionIntake (from the labels of its ingredients), or ordered per day by a NutritionOrder, as a profile without a mass, or from all of them in a Bundle; not_read: nutrients that were left out and why; reason: why there is no profile; never raises an error';
