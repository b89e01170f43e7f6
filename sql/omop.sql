-- omop_views over a CDM of a handful of rows; t/085_omop.pl has whole ones
CREATE SCHEMA cdm;
CREATE TABLE cdm.concept (concept_id integer, concept_name text, vocabulary_id text, concept_code text);
CREATE TABLE cdm.concept_ancestor (ancestor_concept_id integer, descendant_concept_id integer);
CREATE TABLE cdm.observation_period (person_id integer, observation_period_start_date date, observation_period_end_date date);
CREATE TABLE cdm.drug_exposure (drug_exposure_id integer, person_id integer, drug_concept_id integer, drug_exposure_start_date date,
    drug_exposure_end_date date, verbatim_end_date date, days_supply integer);
CREATE TABLE cdm.measurement (measurement_id integer, person_id integer, measurement_concept_id integer, measurement_date timestamp,
    operator_concept_id integer, value_as_number numeric, unit_concept_id integer, unit_source_value text, value_source_value text);
CREATE TABLE cdm.observation (observation_id integer, person_id integer, observation_concept_id integer, observation_date date,
    value_as_number numeric, value_as_string text, unit_concept_id integer, unit_source_value text);
INSERT INTO cdm.concept VALUES (1310149, 'warfarin', 'RxNorm', '11289'), (40163554, 'warfarin 5 MG Oral Tablet', 'RxNorm', '855332'),
    (8840, 'milligram per deciliter', 'UCUM', 'mg/dL'), (4171756, '<', 'Meas Value Operator', '<'), (3022217, 'INR', 'LOINC', '6301-6');
INSERT INTO cdm.concept_ancestor VALUES (1310149, 1310149), (1310149, 40163554);
INSERT INTO cdm.observation_period VALUES (1, '2024-01-01', '2026-06-30'), (2, '2024-01-01', '2026-06-30');
INSERT INTO cdm.drug_exposure VALUES
    (1, 1, 40163554, '2026-01-01', '2026-01-30', NULL, NULL),	-- a clinical drug, by its ingredient
    (2, 1, 1310149, '2026-02-20', '2026-02-20', NULL, 10),		-- within 30 days of the one before
    (3, 2, 1310149, '2026-03-01', '9999-12-31', NULL, NULL),	-- nobody knows when it ended
    (4, 2, 1310149, '2026-05-01', '2026-04-01', NULL, NULL), (5, 2, 1310149, NULL, NULL, NULL, NULL),
    (6, 2, 19072027, '2026-01-01', '2026-01-31', NULL, NULL), (7, 2, 999, '2026-01-01', '2026-01-31', NULL, NULL);
INSERT INTO cdm.measurement VALUES
    (1, 1, 3022217, '2026-01-05 08:00', NULL, 2.4, NULL, NULL, NULL), (2, 1, 3022217, '2026-01-06', NULL, NULL, NULL, '{INR}', '>8.0'),
    (3, 1, 3022217, '2026-01-07', NULL, 24.1, NULL, 's', NULL), (4, 1, 3022217, '2026-01-08', NULL, 35, NULL, '%', NULL),
    (5, 1, 42872742, '2026-01-05', NULL, 312, NULL, '{score}', NULL), (6, 1, 42872742, '2026-01-05', NULL, -3, NULL, NULL, NULL),
    (7, 1, 3006906, '2026-01-05', NULL, 9.8, 8840, 'anything', NULL), (8, 1, 3002431, '2026-01-05', 4171756, 0.1, NULL, 'ug/L', NULL),
    (9, 1, 3002431, '2026-01-05', NULL, 'NaN', NULL, 'ug/L', NULL), (10, 1, 3002431, '0001-01-01', NULL, 1, NULL, 'ug/L', NULL),
    (11, 1, 3002431, NULL, NULL, 1, NULL, 'ug/L', NULL), (12, 1, 999, '2026-01-05', NULL, 1, NULL, 'ug/L', NULL);
INSERT INTO cdm.observation VALUES (1, 2, 3022217, '2026-02-05', NULL, '1.1', NULL, NULL);

CALL vitk.omop_views('cdm', 'study');
SELECT person_id, start_date, recorded_end_date, end_date, open_ended, drugs, records FROM study.omop_antagonist_period ORDER BY person_id, start_date;
SELECT source_id, nutrient, start_date, end_date FROM study.omop_vitamin_k_drug;
SELECT source_table, source_id, day, inr, lower, upper FROM study.omop_inr ORDER BY 1, 2;
SELECT source_id, calcification FROM study.omop_calcification;
SELECT source_id, nutrient, amount, lower, upper FROM study.omop_nutrient ORDER BY 1;
SELECT source_table, source_id, means, value, unit, reason FROM study.omop_rejected ORDER BY 1, 2;
SELECT means, descendants, found, rejected, reasons, note FROM study.omop_check WHERE found > 0 OR kind = 'antagonist' AND means = 'warfarin' ORDER BY 1, 2;
SELECT name, note FROM study.omop_check WHERE what = 'table' ORDER BY 1;
-- every row is counted once, or rejected with a reason
SELECT (SELECT count(*) FROM study.omop_inr) + (SELECT count(*) FROM study.omop_calcification) + (SELECT count(*) FROM study.omop_nutrient)
    + (SELECT count(*) FROM study.omop_rejected WHERE source_table IN ('measurement', 'observation')) AS rows,
    (SELECT count(*) FROM cdm.measurement WHERE measurement_concept_id <> 999) + (SELECT count(*) FROM cdm.observation) AS of;
-- what is entered later is there at the next look, and again after the views were made anew
INSERT INTO cdm.measurement VALUES (13, 2, 42872742, '2026-02-01', NULL, 17, NULL, NULL, NULL);
CALL vitk.omop_views('cdm', 'study', persistence_days => 0);
SELECT source_id, calcification FROM study.omop_calcification ORDER BY 1;
SELECT count(*) AS periods_of_one FROM study.omop_antagonist_period WHERE person_id = 1;
-- what hospitals hand over beside that: units behind the number, bounds that only the text has, concepts that the vocabulary lacks,
-- halves of a detection limit, rows without a concept, days moved into another century
INSERT INTO cdm.concept VALUES (4172703, '=', 'Meas Value Operator', '=');
INSERT INTO cdm.measurement VALUES
    (20, 3, 3002431, '2026-01-05', NULL, 0.5, NULL, 'ug/L', '<0.5 ug/L'), (21, 3, 3002431, '2026-01-05', NULL, NULL, NULL, NULL, '<0.5 ug/L'),
    (22, 3, 3002431, '2026-01-05', 4172703, 0.5, NULL, 'mcg/L', '<0.5'), (23, 3, 3002431, '2026-01-05', NULL, 0.25, NULL, 'ug/L', '<0.5'),
    (24, 3, 3002431, '2026-01-05', 4171754, 0.5, NULL, 'ug/L', NULL), (25, 3, 3002431, '2026-01-05', 4172703, 0.5, 0, 'ng/mL', '0.5'),
    (26, 3, 3002431, '2026-01-05', NULL, NULL, NULL, 'ug/L', '0,5'), (27, 3, 3002431, '2026-01-05', NULL, NULL, NULL, 'ug/L', '1:128'),
    (28, 3, 3002431, '2026-01-05', NULL, 0, NULL, 'ng/mL', NULL), (29, 3, 3002431, '2026-01-05', NULL, -0.1, NULL, 'ng/mL', NULL),
    (30, 3, 3022217, '2026-01-05', NULL, 24, 8555, NULL, NULL), (31, 3, 3022217, '2026-01-05', NULL, NULL, NULL, NULL, '2.4 INR'),
    (32, 3, 3022217, '2174-01-05', NULL, 2.5, NULL, NULL, '> 10 (critical)'), (33, 3, 3022217, '2174-01-05', 0, 10, NULL, NULL, '> 10 (critical)'),
    (34, 3, 0, '2026-01-05', NULL, 2.5, NULL, NULL, NULL), (35, 3, NULL, '2026-01-05', NULL, 2.5, NULL, NULL, NULL);
INSERT INTO cdm.observation_period VALUES (4, '2174-01-01', '2175-06-30');
INSERT INTO cdm.drug_exposure VALUES (20, 4, 1310149, '2174-01-01', '2174-01-31', NULL, NULL), (21, 4, 1310149, '2174-06-01', '9999-12-31', '2174-06-14', NULL),
    (22, 4, 1310149, '2174-09-01', '9999-12-31', NULL, NULL), (23, 4, 1310149, '2175-03-01', '2175-03-01', NULL, 0);
SELECT source_id, value, comparator, unit, amount, reason FROM study.omop_measurement WHERE person_id = 3 ORDER BY 1;
SELECT source_id, value, comparator, reason FROM study.omop_rejected WHERE comparator <> '=' ORDER BY 1;
SELECT source_id, inr, lower, upper FROM study.omop_inr WHERE person_id = 3 ORDER BY 1;
SELECT source_id, start_date, recorded_end_date, end_date, end_from, reason FROM study.omop_drug WHERE person_id = 4 ORDER BY 1;
SELECT name, note FROM study.omop_check WHERE what = 'table' AND note LIKE '%rows%';
DELETE FROM cdm.measurement WHERE person_id = 3;
-- materialised, and refreshed
CALL vitk.omop_views('cdm', 'kept', materialized => true);
DELETE FROM cdm.measurement WHERE measurement_id = 13;
SELECT count(*) FROM kept.omop_calcification;
CALL vitk.omop_refresh('kept');
SELECT count(*) FROM kept.omop_calcification;

\set SHOW_CONTEXT never
CALL vitk.omop_views('nowhere', 'study');
CALL vitk.omop_views(NULL, 'study');
CALL vitk.omop_views('cdm', 'study', persistence_days => -1);
CALL vitk.omop_refresh('nowhere');

SET client_min_messages = warning;
DROP SCHEMA cdm, study, kept CASCADE;
