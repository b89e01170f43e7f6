-- FHIR resources as rows: one row each, which says why nothing was read where nothing was
\pset null NULL
\x on
SELECT * FROM fhir_observation('{"resourceType": "Observation", "status": "final", "subject": {"reference": "Patient/1"},
    "code": {"coding": [{"system": "http://local", "code": "Ca"}, {"system": "http://loinc.org", "code": "17861-6"}]}, "effectiveDateTime": "2026-01-05T23:30:00-05:00",
    "valueQuantity": {"value": 9.8, "unit": "mg/dl", "system": "http://unitsofmeasure.org", "code": "mg/dL"}}');
SELECT * FROM fhir_observation('{"resourceType": "Observation", "status": "amended", "subject": {"identifier": {"value": "4711"}},
    "code": {"coding": [{"system": "http://loinc.org", "code": "62292-8"}]}, "effectivePeriod": {"start": "2026-01-06"},
    "valueQuantity": {"value": 10, "comparator": "<", "unit": "ng/mL"}}');
SELECT * FROM fhir_observation('{"resourceType": "Observation", "status": "final", "code": {"coding": [{"system": "http://snomed.info/sct", "code": "450360000"}]},
    "effectiveDateTime": "2026-02-01", "valueInteger": 312}');
SELECT * FROM fhir_observation('{"resourceType": "Observation", "status": "corrected", "code": {"coding": [{"system": "http://loinc.org", "code": "34714-6"}]},
    "effectiveDateTime": "2026-01-05", "valueString": "> 10"}');
\x off
-- what is not read, and why
SELECT label, o.kind, o.reason
FROM (VALUES ('no resource', NULL::jsonb), ('an array', '[]'), ('a number', '5'), ('another resource', '{"resourceType": "Patient"}'),
    ('parts of other types', '{"resourceType": "Observation", "status": "final", "code": 5, "valueQuantity": [1], "subject": "me"}'),
    ('a draft', '{"resourceType": "Observation", "status": "preliminary", "code": {"coding": [{"system": "http://loinc.org", "code": "17861-6"}]}}'),
    ('no status', '{"resourceType": "Observation", "code": {"coding": [{"system": "http://loinc.org", "code": "17861-6"}]}}'),
    ('another code', '{"resourceType": "Observation", "status": "final", "code": {"coding": [{"system": "http://loinc.org", "code": "0000-0"}]}}'),
    ('a month', '{"resourceType": "Observation", "status": "final", "code": {"coding": [{"system": "http://loinc.org", "code": "17861-6"}]}, "effectiveDateTime": "2026-01", "valueQuantity": {"value": 9, "unit": "mg/dL"}}'),
    ('too large', '{"resourceType": "Observation", "status": "final", "code": {"coding": [{"system": "http://loinc.org", "code": "17861-6"}]}, "effectiveDateTime": "2026-01-05", "valueQuantity": {"value": 1e400, "unit": "mg/dL"}}'),
    ('no unit', '{"resourceType": "Observation", "status": "final", "code": {"coding": [{"system": "http://loinc.org", "code": "17861-6"}]}, "effectiveDateTime": "2026-01-05", "valueQuantity": {"value": 9}}'),
    ('INR in seconds', '{"resourceType": "Observation", "status": "final", "code": {"coding": [{"system": "http://loinc.org", "code": "6301-6"}]}, "effectiveDateTime": "2026-01-05", "valueQuantity": {"value": 24.1, "unit": "s"}}'))
    AS v (label, resource), fhir_observation(resource) AS o;

-- each type that a value may have is read, or named: a range of normal values is none
SELECT label, o.value, o.comparator AS c, o.unit, o.lower, o.upper, o.amount, o.calcification, o.reason
FROM (VALUES
    ('range', '62292-8', '{"valueRange": {"low": {"value": 20, "unit": "ng/mL"}, "high": {"value": 30, "unit": "ng/mL"}}}'::jsonb),
    ('range without an end', '62292-8', '{"valueRange": {"low": {"value": 20, "unit": "ng/mL"}}}'),
    ('range without a start', '62292-8', '{"valueRange": {"high": {"value": 4, "code": "ng/mL", "system": "http://unitsofmeasure.org"}}}'),
    ('range of two units', '62292-8', '{"valueRange": {"low": {"value": 20, "unit": "ng/mL"}, "high": {"value": 75, "unit": "nmol/L"}}}'),
    ('range backwards', '62292-8', '{"valueRange": {"low": {"value": 30, "unit": "ng/mL"}, "high": {"value": 20, "unit": "ng/mL"}}}'),
    ('range below zero', '62292-8', '{"valueRange": {"low": {"value": -1, "unit": "ng/mL"}, "high": {"value": 20, "unit": "ng/mL"}}}'),
    ('range, no unit', '62292-8', '{"valueRange": {"low": {"value": 1}, "high": {"value": 20}}}'),
    ('empty range', '62292-8', '{"valueRange": {"low": {"unit": "ng/mL"}}}'),
    ('range of INR', '6301-6', '{"valueRange": {"low": {"value": 2}, "high": {"value": 3}}}'),
    ('range of scores', 'CAC', '{"valueRange": {"low": {"value": 100}, "high": {"value": 399}}}'),
    ('INR as a ratio', '6301-6', '{"valueRatio": {"numerator": {"value": 2.5}, "denominator": {"value": 1}}}'),
    ('titre', '62292-8', '{"valueRatio": {"numerator": {"value": 1}, "denominator": {"value": 128}}}'),
    ('samples', '62292-8', '{"valueSampledData": {"origin": {"value": 0, "unit": "ng/mL"}, "period": 10, "dimensions": 1, "data": "2 3 4"}}'),
    ('code', '62292-8', '{"valueCodeableConcept": {"text": "below detection"}}'),
    ('yes', '62292-8', '{"valueBoolean": true}'),
    ('text with a unit', '62292-8', '{"valueString": "<0.5 ug/L"}'),
    ('text, no unit', '62292-8', '{"valueString": "12"}'),
    ('text of words', '62292-8', '{"valueString": "haemolysed"}'),
    ('text of a titre', '62292-8', '{"valueString": "1:128"}'),
    ('text with a decimal comma', '62292-8', '{"valueString": "12,5 ng/mL"}'),
    ('text of INR', '6301-6', '{"valueString": "2.4 INR"}'),
    ('text of seconds', '6301-6', '{"valueString": "24 s"}'),
    ('score in text', 'CAC', '{"valueString": ">1000 AU"}'),
    ('absent', '62292-8', '{"dataAbsentReason": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/data-absent-reason", "code": "not-performed"}]}}'),
    ('absent, yet there', '62292-8', '{"valueQuantity": {"value": 5, "unit": "ng/mL"}, "dataAbsentReason": {"text": "error"}}'),
    ('two values', '62292-8', '{"valueQuantity": {"value": 5, "unit": "ng/mL"}, "valueString": "6 ng/mL"}'),
    ('normal values alone', '62292-8', '{"referenceRange": [{"low": {"value": 20, "unit": "ng/mL"}, "high": {"value": 50, "unit": "ng/mL"}}]}'),
    ('with normal values', '62292-8', '{"valueQuantity": {"value": 5, "unit": "ng/mL "}, "referenceRange": [{"low": {"value": 20, "unit": "ng/mL"}}]}'),
    ('sufficient to achieve', '62292-8', '{"valueQuantity": {"value": 5, "unit": "ng/mL", "comparator": "ad"}}'),
    ('modified', '62292-8', '{"valueQuantity": {"value": 5, "unit": "ng/mL"}, "modifierExtension": [{"url": "http://example.org/of-the-mother", "valueBoolean": true}]}'))
    AS v (label, code, value),
    fhir_observation(value || jsonb_build_object('resourceType', 'Observation', 'status', 'final', 'effectiveDateTime', '2026-01-05', 'code', jsonb_build_object('coding',
        CASE code WHEN 'CAC' THEN '[{"system": "http://snomed.info/sct", "code": "450360000"}]' ELSE jsonb_build_array(jsonb_build_object('system', 'http://loinc.org', 'code', code)) END))) AS o;

-- medication
SELECT label, m.subject, m.kind, m.means, m.start_date, m.recorded_end_date, m.open_ended, m.reason
FROM (VALUES
    ('statement, still taken', '{"resourceType": "MedicationStatement", "status": "active", "subject": {"reference": "Patient/2"}, "medicationCodeableConcept": {"coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "11289"}]}, "effectivePeriod": {"start": "2024-03-01"}}'::jsonb),
    ('statement, ended', '{"resourceType": "MedicationStatement", "status": "completed", "medicationCodeableConcept": {"coding": [{"system": "http://www.whocc.no/atc", "code": "B01AA07"}]}, "effectivePeriod": {"start": "2024-03-01", "end": "2024-06-30"}}'),
    ('ends in 9999', '{"resourceType": "MedicationStatement", "status": "active", "medicationCodeableConcept": {"text": "Warfarin 3 mg"}, "effectivePeriod": {"start": "2024-03-01", "end": "9999-12-31"}}'),
    ('request, contained', '{"resourceType": "MedicationRequest", "status": "completed", "medicationReference": {"reference": "#m"}, "contained": [{"id": "x", "code": {"text": "aspirin"}}, {"id": "m", "code": {"text": "Marcumar 3 mg Tabletten"}}], "authoredOn": "2024-03-01", "dispenseRequest": {"expectedSupplyDuration": {"value": 90, "unit": "days", "code": "d"}}}'),
    ('request of R5', '{"resourceType": "MedicationRequest", "status": "active", "medication": {"concept": {"coding": [{"system": "http://www.whocc.no/atc", "code": "B02BA01"}]}}, "authoredOn": "2024-03-01"}'),
    ('administration', '{"resourceType": "MedicationAdministration", "status": "completed", "medicationCodeableConcept": {"text": "Konakion 10 mg; phytomenadione"}, "effectiveDateTime": "2024-03-02T10:00:00Z"}'),
    ('administration of warfarin', '{"resourceType": "MedicationAdministration", "status": "completed", "medicationCodeableConcept": {"text": "warfarin"}, "effectiveDateTime": "2024-03-02T10:00:00Z"}'),
    ('not taken', '{"resourceType": "MedicationStatement", "status": "not-taken", "medicationCodeableConcept": {"text": "warfarin"}, "effectivePeriod": {"start": "2024-03-01"}}'),
    ('another drug', '{"resourceType": "MedicationStatement", "status": "active", "medicationCodeableConcept": {"text": "aspirin"}, "effectivePeriod": {"start": "2024-03-01"}}'),
    ('no start', '{"resourceType": "MedicationStatement", "status": "active", "medicationCodeableConcept": {"text": "warfarin"}}'),
    ('backwards', '{"resourceType": "MedicationStatement", "status": "active", "medicationCodeableConcept": {"text": "warfarin"}, "effectivePeriod": {"start": "2024-03-01", "end": "2024-02-01"}}'),
    ('moved by 150 years', '{"resourceType": "MedicationStatement", "status": "completed", "medicationCodeableConcept": {"text": "warfarin"}, "effectivePeriod": {"start": "2174-03-01", "end": "2174-06-30"}}'),
    ('modified', '{"resourceType": "MedicationStatement", "status": "active", "medicationCodeableConcept": {"text": "warfarin"}, "effectivePeriod": {"start": "2024-03-01"}, "modifierExtension": [{"url": "http://example.org/refused"}]}'),
    ('ends in a month', '{"resourceType": "MedicationStatement", "status": "completed", "medicationCodeableConcept": {"text": "warfarin"}, "effectivePeriod": {"start": "2024-02-01", "end": "2024-06"}}'),
    ('ends in a year', '{"resourceType": "MedicationStatement", "status": "completed", "medicationCodeableConcept": {"text": "warfarin"}, "effectivePeriod": {"start": "2024-02-01", "end": "2024"}}'),
    ('ends in February', '{"resourceType": "MedicationStatement", "status": "completed", "medicationCodeableConcept": {"text": "warfarin"}, "effectivePeriod": {"start": "2024-02-01", "end": "2024-02"}}'),
    ('ends in no month', '{"resourceType": "MedicationStatement", "status": "completed", "medicationCodeableConcept": {"text": "warfarin"}, "effectivePeriod": {"start": "2024-02-01", "end": "2024-13"}}'),
    ('ends some day', '{"resourceType": "MedicationStatement", "status": "completed", "medicationCodeableConcept": {"text": "warfarin"}, "effectivePeriod": {"start": "2024-02-01", "end": "in summer"}}'),
    ('endless supply', '{"resourceType": "MedicationRequest", "status": "active", "medicationCodeableConcept": {"text": "warfarin"}, "authoredOn": "2024-03-01", "dispenseRequest": {"expectedSupplyDuration": {"value": 1e300, "code": "d"}}}'),
    ('nothing', NULL), ('an array', '[1]')) AS v (label, resource), fhir_medication(resource) AS m;

-- nutrition
SELECT label, n.subject, n.day, n.profile, n.not_read, n.reason
FROM (VALUES
    ('intake', '{"resourceType": "NutritionIntake", "status": "completed", "subject": {"reference": "Patient/3"}, "occurrenceDateTime": "2026-02-01", "ingredientLabel": [{"nutrient": {"concept": {"text": "vitamin K1"}}, "amount": {"value": 90, "unit": "ug"}}, {"nutrient": {"concept": {"text": "MK-7"}}, "amount": {"value": 0.18, "unit": "mg"}}, {"nutrient": {"concept": {"text": "MK-7"}}, "amount": {"value": 20, "unit": "ug"}}, {"nutrient": {"concept": {"text": "pixie dust"}}, "amount": {"value": 3, "unit": "g"}}]}'::jsonb),
    ('order', '{"resourceType": "NutritionOrder", "status": "active", "patient": {"reference": "Patient/4"}, "dateTime": "2026-02-02", "oralDiet": {"nutrient": [{"modifier": {"text": "calcium"}, "amount": {"value": 1000, "unit": "mg"}}]}}'),
    ('no nutrients', '{"resourceType": "NutritionIntake", "status": "completed", "occurrenceDateTime": "2026-02-01", "consumedItem": [{"type": {"text": "toast"}}]}'),
    ('odd amounts', '{"resourceType": "NutritionIntake", "status": "completed", "ingredientLabel": [{"nutrient": {"concept": {"text": "MK-7"}}, "amount": {"value": 1e308, "unit": "g"}}, {"nutrient": {"concept": {"text": "K1"}}, "amount": {"value": -3, "unit": "ug"}}, {"nutrient": {}, "amount": 5}]}'),
    ('modified', '{"resourceType": "NutritionIntake", "status": "completed", "modifierExtension": [{"url": "http://example.org/left"}], "ingredientLabel": [{"nutrient": {"concept": {"text": "K1"}}, "amount": {"value": 3, "unit": "ug"}}]}'),
    ('draft', '{"resourceType": "NutritionOrder", "status": "draft"}'), ('nothing', NULL), ('a text', '"x"')) AS v (label, resource), fhir_nutrition(resource) AS n;

-- what servers give: a Bundle of a search, of $everything or of a transaction, in which a drug is a resource of its own
CREATE TABLE bundle AS SELECT '{"resourceType": "Bundle", "type": "searchset", "entry": [
    {"fullUrl": "https://fhir.example.org/Patient/1", "resource": {"resourceType": "Patient", "id": "1"}},
    {"resource": {"resourceType": "Observation", "status": "final", "subject": {"reference": "Patient/1"}, "effectiveDateTime": "2026-01-05",
        "code": {"coding": [{"system": "http://loinc.org", "code": "24323-8"}], "text": "Comprehensive metabolic panel"}, "component": [
        {"code": {"coding": [{"system": "http://loinc.org", "code": "17861-6"}]}, "valueQuantity": {"value": 9.6, "unit": "mg/dL"}},
        {"code": {"coding": [{"system": "http://loinc.org", "code": "2345-7"}]}, "valueQuantity": {"value": 91, "unit": "mg/dL"}},
        {"code": {"coding": [{"system": "http://loinc.org", "code": "62292-8"}]}, "valueQuantity": {"value": 4, "comparator": "<", "unit": "ng/mL"}},
        {"code": {"coding": [{"system": "http://loinc.org", "code": "6301-6"}]}, "dataAbsentReason": {"text": "clotted"}}]}},
    {"resource": {"resourceType": "Observation", "status": "final", "subject": {"reference": "Patient/1"}, "effectiveDateTime": "2026-02-01",
        "code": {"coding": [{"system": "http://snomed.info/sct", "code": "450360000"}]}, "valueQuantity": {"value": 312, "code": "{score}"}, "component": [
        {"code": {"text": "left anterior descending"}, "valueQuantity": {"value": 200}}]}},
    {"resource": {"resourceType": "Observation", "status": "preliminary", "component": [5, {"code": {"coding": []}}],
        "code": {"coding": [{"system": "urn:oid:2.16.840.1.113883.6.1", "code": "34714-6"}]}}},
    {"fullUrl": "urn:uuid:aaaa", "resource": {"resourceType": "Medication", "id": "w1", "code": {"text": "house mixture"},
        "ingredient": [{"itemCodeableConcept": {"coding": [{"system": "http://fhir.de/CodeSystem/bfarm/atc", "code": "B01AA04"}]}}]}},
    {"resource": {"resourceType": "Medication", "id": "w2", "code": {"coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "11289"}]}}},
    {"resource": {"resourceType": "MedicationRequest", "status": "active", "intent": "order", "authoredOn": "2026-01-01", "medicationReference": {"reference": "urn:uuid:aaaa"}}},
    {"resource": {"resourceType": "MedicationStatement", "status": "active", "effectivePeriod": {"start": "2026-01-02"},
        "medicationReference": {"reference": "https://fhir.example.org/Medication/w2/_history/3"}}},
    {"resource": {"resourceType": "MedicationDispense", "status": "completed", "whenHandedOver": "2026-01-03T09:00:00+01:00", "daysSupply": {"value": 4, "code": "wk"},
        "medicationReference": {"reference": "Medication/elsewhere", "display": "Falithrom 3 mg"}}},
    {"resource": {"resourceType": "MedicationRequest", "status": "active", "authoredOn": "2026-01-04", "medicationReference": {"reference": "Medication/elsewhere"}}},
    {"resource": {"resourceType": "MedicationRequest", "status": "active", "authoredOn": "2026-01-05", "doNotPerform": true,
        "medicationCodeableConcept": {"text": "blood thinner", "coding": [{"display": "Warfarin 5 MG Oral Tablet"}]}}},
    {"resource": {"resourceType": "NutritionIntake", "status": "completed", "occurrenceDateTime": "2026-02-01",
        "ingredientLabel": [{"nutrient": {"concept": {"text": "vitamin K1"}}, "amount": {"value": 90, "unit": "ug"}}]}}]}'::jsonb AS document;
SELECT subject, day, code, means, value, unit, lower, upper, amount, calcification, reason FROM bundle, fhir_observation(document);
SELECT code, means, start_date, recorded_end_date, open_ended, reason FROM bundle, fhir_medication(document);
SELECT day, profile, reason FROM bundle, fhir_nutrition(document);
SELECT r ->> 'resourceType' AS resource, count(*) FROM bundle, fhir_resources(document) AS r GROUP BY 1 ORDER BY 1;
-- a Medication of another file, a report that contains what it reports, a Bundle in a Bundle, an array
SELECT m.means, m.start_date, m.reason
FROM (VALUES ('{"resourceType": "MedicationRequest", "status": "active", "authoredOn": "2026-01-04", "medicationReference": {"reference": "Medication/w2"}}'::jsonb)) AS v (resource),
     fhir_medication(resource, '{"resourceType": "Medication", "id": "w2", "code": {"coding": [{"system": "http://www.whocc.no/atc", "code": "B01AA03"}]}}') AS m;
WITH o (inr) AS (SELECT '{"resourceType": "Observation", "status": "final", "effectiveDateTime": "2026-01-05", "valueQuantity": {"value": 2.5},
    "code": {"coding": [{"system": "https://loinc.org/", "code": "34714-6"}]}}'::jsonb)
SELECT label, v.*
FROM o, LATERAL (VALUES ('report', jsonb_build_object('resourceType', 'DiagnosticReport', 'contained', jsonb_build_array(inr))),
    ('batch', jsonb_build_object('resourceType', 'Bundle', 'entry', jsonb_build_array(jsonb_build_object('resource',
        jsonb_build_object('resourceType', 'Bundle', 'entry', jsonb_build_array(jsonb_build_object('resource', inr), jsonb_build_object('resource', inr))))))),
    ('array', jsonb_build_array(inr, 5, '{"resourceType": "Patient"}'::jsonb)), ('empty', '{"resourceType": "Bundle"}'), ('odd', '{"resourceType": "Bundle", "entry": 5}')) AS d (label, document),
    LATERAL (SELECT o.day, o.means, o.value, o.reason FROM fhir_observation(document) AS o) AS v;
SELECT reason FROM fhir_medication('{"resourceType": "Bundle", "entry": []}') UNION ALL SELECT reason FROM fhir_nutrition('[]');
