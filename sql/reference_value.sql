-- reference_value: the table of limits, and the values that hold for a person

--
-- what is shipped
--

SELECT count(*) AS values, count(*) FILTER (WHERE amount IS NULL) AS none_set,
       count(*) FILTER (WHERE vitk_internal.is_per_kg(amount)) AS per_kg, count(*) FILTER (WHERE add_on) AS add_on,
       count(*) FILTER (WHERE lower(amount, unit(amount)) < upper(amount, unit(amount))) AS ranges,
       bool_and(builtin) AS builtin
FROM vitk.reference_value;
SELECT kind, count(*) FROM vitk.reference_value GROUP BY kind ORDER BY kind COLLATE "C";
SELECT authority, count(*) FROM vitk.reference_value GROUP BY authority ORDER BY authority COLLATE "C";
SELECT nutrient, basis, count(*), count(*) FILTER (WHERE life_stage = 'none') AS none,
       count(*) FILTER (WHERE life_stage = 'pregnancy') AS pregnancy,
       count(*) FILTER (WHERE life_stage = 'lactation') AS lactation
FROM vitk.reference_value GROUP BY nutrient, basis ORDER BY nutrient, basis;
-- vitamin K has no upper limit here: none set, not zero
SELECT authority, year, nutrient, kind, sex, age_min, age_max, amount, note
FROM vitk.reference_value WHERE amount IS NULL AND nutrient = 'vitamin K' ORDER BY authority COLLATE "C", year, sex, age_min, life_stage;
-- every basis, and what counts towards it
SELECT basis, way, bound, nutrients, factor, required FROM vitk.limit_basis ORDER BY basis COLLATE "C", way, factor;
-- in plain types
SELECT key, lower, upper, unit FROM vitk.reference_value_flat
    WHERE nutrient IN ('vitamin K', 'K1', 'MK-4', 'A-RE', 'calcium', 'protein', 'fat', 'thiamin') AND authority NOT IN ('FDA', 'NNR')
      AND (lower < upper OR per_kg OR add_on OR lower IS NULL OR year IS NULL OR unit LIKE '%J%') ORDER BY key COLLATE "C";
SELECT count(*), count(DISTINCT key) FROM vitk.reference_value_flat;

--
-- the values of a person
--

SELECT nutrient, kind, amount, basis, year FROM reference_value('male', 40) ORDER BY nutrient, kind;
-- ages are half open
SELECT age, amount FROM (VALUES (0::float8), (0.4999), (0.5), (0.9999), (1), (3.9999), (4), (8.9999), (9), (13.9999),
        (14), (18.9999), (19), (30.9999), (31), (149.9999)) AS a (age),
    LATERAL reference_value('female', age) WHERE nutrient = 'vitamin K' AND kind = 'AI' ORDER BY age;
SELECT age, kind, amount FROM (VALUES (70.9999::float8), (71)) AS a (age),
    LATERAL reference_value('male', age) WHERE nutrient = 'calcium' ORDER BY age, kind;
-- an authority without values for the age has no rows
SELECT count(*) FROM reference_value('male', 0.2, 'EFSA') WHERE nutrient = 'K1';
-- sex
SELECT sex, amount FROM (VALUES ('female'), ('male')) AS s (sex), LATERAL reference_value(sex, 40, 'WHO')
    WHERE nutrient = 'K1' ORDER BY sex;
-- life stages: own values, the value of the age where there are none
SELECT stage, kind, amount, note FROM (VALUES ('none'), ('pregnancy'), ('lactation')) AS s (stage),
    LATERAL reference_value('female', 18, life_stage => stage) WHERE nutrient = 'A-RAE' ORDER BY stage, kind;
SELECT stage, nutrient, kind, amount, note FROM (VALUES ('none'), ('pregnancy')) AS s (stage),
    LATERAL reference_value('female', 30, 'EFSA', stage, 60) WHERE nutrient IN ('A-RE', 'retinol') ORDER BY stage, nutrient, kind;
-- values that are added to that of the age
SELECT age, stage, amount, note FROM (VALUES (29::float8), (30), (17)) AS a (age),
    (VALUES ('none'), ('pregnancy'), ('lactation')) AS s (stage),
    LATERAL reference_value('female', age, 'MHLW', stage) WHERE nutrient = 'A-RAE' ORDER BY age, stage, kind;
-- of two years the newer holds, where it covers the person
SELECT age, stage, nutrient, kind, amount, year FROM (VALUES (17::float8), (18)) AS a (age),
    (VALUES ('none'), ('lactation')) AS s (stage),
    LATERAL reference_value('female', age, 'MHLW', stage) WHERE nutrient IN ('vitamin K', 'D') AND kind IN ('AI', 'UL')
    ORDER BY age, stage, nutrient, kind;
-- MHLW 2025: adults 9 ug of vitamin D; of vitamin K 50 and 60 by sex at the age of 2; a drug's dose is no value of MHLW
SELECT sex, age, nutrient, kind, amount, year FROM (VALUES ('female'), ('male')) AS s (sex), (VALUES (2::float8), (40)) AS a (age),
    LATERAL reference_value(sex, age, 'MHLW') WHERE nutrient IN ('vitamin K', 'D', 'MK-4') ORDER BY age, sex, nutrient, kind;
SELECT authority, nutrient, kind, amount FROM reference_value('female', 60, NULL, weight_kg => 60) WHERE kind = 'therapeutic';
-- NAM: the report's 1100 mg of calcium before 19 in pregnancy and lactation, which tables misprint
SELECT age, stage, kind, amount, note FROM (VALUES (18::float8), (19)) AS a (age), (VALUES ('pregnancy'), ('lactation')) AS s (stage),
    LATERAL reference_value('female', age, 'NAM', stage) WHERE nutrient = 'calcium' AND kind = 'EAR' ORDER BY age, stage;
-- infants from 6 months on: EFSA
SELECT age, nutrient, kind, amount FROM (VALUES (0.5::float8), (0.58)) AS a (age),
    LATERAL reference_value('male', age, 'EFSA') WHERE nutrient IN ('K1', 'D', 'calcium', 'A-RE') ORDER BY age, nutrient, kind;
-- NNR: 10 ug of vitamin D below 75 years, 20 from then on; doubts are shown
SELECT age, kind, amount FROM (VALUES (5::float8), (74), (75)) AS a (age), LATERAL reference_value('male', age, 'NNR') WHERE nutrient = 'D' ORDER BY age, kind;
SELECT key, lower, unit, note FROM vitk.reference_value_flat WHERE note LIKE '%doubt%' ORDER BY key COLLATE "C";
-- EU labels are for adults
SELECT age, nutrient, amount FROM (VALUES (17::float8), (18)) AS a (age), LATERAL reference_value('male', age, 'EU') WHERE nutrient IN ('vitamin K', 'D') ORDER BY age, nutrient;
-- parts of pregnancy, what is added beside a condition and to a value per kg
SELECT stage, nutrient, kind, rounded(amount, 3) AS amount, condition, note FROM (VALUES ('none'), ('pregnancy_t2'), ('pregnancy')) AS s (stage),
    LATERAL reference_value('female', 30, 'EFSA', stage, 60) WHERE nutrient IN ('energy', 'protein', 'zinc') AND kind <> 'UL' ORDER BY stage, nutrient, kind, condition;
-- values of several years of one authority for one nutrient
SELECT nutrient, kind, amount, year, note FROM reference_value('male', 40, 'EFSA') WHERE nutrient = 'calcium' ORDER BY kind;
-- ranges
SELECT nutrient, kind, amount FROM reference_value('male', 15, 'WHO') WHERE nutrient = 'K1';
-- per kg of body weight
SELECT nutrient, kind, amount, note FROM reference_value('male', 40, 'COMA', weight_kg => 80) WHERE nutrient = 'vitamin K';
SELECT nutrient, kind, amount, note FROM reference_value('female', 40, 'EFSA', weight_kg => 55.5) WHERE nutrient = 'K1'
    ORDER BY amount;
-- whatever extra_float_digits says
SET extra_float_digits = -5;
SELECT amount, note FROM reference_value('female', 40, 'EFSA', weight_kg => 55.123456789012345) WHERE nutrient = 'K1' AND note <> '';
RESET extra_float_digits;
-- no weight: an error, unless the authority says the same a day
SELECT nutrient, kind, amount, note FROM reference_value('female', 40, 'EFSA') WHERE nutrient = 'K1';
SELECT * FROM reference_value('male', 40, 'COMA');
SELECT count(*), count(DISTINCT authority), count(DISTINCT nutrient) FROM reference_value('male', 40, NULL);
-- COMA 1991 is not SACN, which came after it; of adults nothing was set for pregnancy, 550 mg is added for lactation
SELECT count(*) FROM reference_value('male', 17, 'SACN');
SELECT authority, nutrient, amount, year, note FROM (VALUES ('COMA'), ('SACN')) AS a (of), (VALUES ('none'), ('pregnancy'), ('lactation')) AS s (stage),
    LATERAL reference_value('female', 30, of, stage) WHERE nutrient IN ('calcium', 'A-RE', 'D') ORDER BY authority, nutrient, stage;
-- all authorities, context included
SELECT nutrient, authority, year, kind, amount FROM reference_value('male', 40, NULL, weight_kg => 80)
    WHERE nutrient IN ('vitamin K', 'K1', 'MK-4', 'MK-7') OR kind = 'NRV' ORDER BY nutrient, authority COLLATE "C", kind COLLATE "C", amount;

-- errors
SELECT * FROM reference_value('woman', 40);
SELECT * FROM reference_value('both', 40);
SELECT * FROM reference_value('female', -0.1);
SELECT * FROM reference_value('female', 150);
SELECT * FROM reference_value('female', 'NaN');
SELECT count(*) FROM reference_value('female', 40, 'Nam');
SELECT * FROM reference_value('female', 40, life_stage => 'pregnant');
SELECT * FROM reference_value('male', 40, life_stage => 'lactation');
SELECT * FROM reference_value('male', 40, weight_kg => 0);
SELECT * FROM reference_value('male', 40, weight_kg => 'Infinity');
-- what is not known of a person gives no rows
SELECT count(*) FROM reference_value(NULL, 40);
SELECT count(*) FROM reference_value('male', NULL);
SELECT count(*) FROM reference_value('male', 40, life_stage => NULL);
-- and in a join an error is one of the row that it stands in
SELECT count(*) FROM (VALUES ('male', 40::float8), ('female', NULL)) AS p (sex, age), LATERAL reference_value(sex, age);
SELECT count(*) FROM (VALUES ('male', 40::float8), ('femal', 50)) AS p (sex, age), LATERAL reference_value(sex, age);
SELECT count(*) FROM (VALUES ('NAM'), ('IOM')) AS p (a), LATERAL reference_value('male', 40, a);
-- a value per kg that does not hold asks no weight, in an outer join neither
SELECT a, r.nutrient, r.amount FROM (VALUES ('EFSA'), ('WHO')) AS p (a)
    LEFT JOIN LATERAL reference_value('male', 40, a) r ON r.kind IN ('AI', 'RNI') AND r.nutrient = 'K1' ORDER BY a;

--
-- values of one's own
--

INSERT INTO vitk.reference_value (authority, year, nutrient, kind, age_min, amount, source)
    VALUES ('clinic', 2024, 'MK-7', 'AI', 18, '90 ug/d', 'own');
SELECT nutrient, kind, amount, basis, authority, year, source, note FROM reference_value('male', 40, 'clinic');
-- per week, in IU, per kg, moles, kJ
INSERT INTO vitk.reference_value (authority, nutrient, kind, age_min, amount, source) VALUES
    ('clinic', 'D', 'UL', 18, '28000 [IU]/wk', 'own'),
    ('clinic', 'calcium', 'AI', 18, '12 mg/(kg.d)', 'own'),
    ('clinic', 'phosphorus', 'UL', 18, '0.12 mol/d', 'own'),
    ('clinic', 'energy', 'average_intake', 18, '8.4 MJ/d', 'own');
SELECT nutrient, kind, amount FROM reference_value('male', 40, 'clinic', weight_kg => 50) ORDER BY nutrient, kind;

-- ages must not overlap
INSERT INTO vitk.reference_value (authority, year, nutrient, kind, age_min, age_max, amount, source)
    VALUES ('clinic', 2024, 'MK-7', 'AI', 10, 18, '45 ug/d', 'own');
INSERT INTO vitk.reference_value (authority, year, nutrient, kind, sex, age_min, age_max, amount, source)
    VALUES ('clinic', 2024, 'MK-7', 'AI', 'male', 16, 17, '45 ug/d', 'own');
\set VERBOSITY terse
INSERT INTO vitk.reference_value (authority, year, nutrient, kind, age_min, age_max, amount, source)
    VALUES ('clinic', 2024, 'MK-7', 'AI', 17, 19, '45 ug/d', 'own');
-- nor those of both sexes and one, nor where the year is unknown, whatever the unit
INSERT INTO vitk.reference_value (authority, year, nutrient, kind, sex, age_min, amount, source)
    VALUES ('clinic', 2024, 'MK-7', 'AI', 'female', 60, '45 ug/d', 'own');
INSERT INTO vitk.reference_value (authority, nutrient, kind, age_min, amount, source)
    VALUES ('clinic', 'D', 'UL', 70, '50 ug/d', 'own');
-- one of one's own stands in place of a shipped one of its year
INSERT INTO vitk.reference_value (authority, year, nutrient, kind, age_min, amount, source)
    VALUES ('NAM', 2001, 'vitamin K', 'UL', 50, '10 mg/d', 'own');
SELECT age, amount, source FROM (VALUES (49::float8), (50)) AS a (age), LATERAL reference_value('male', age) WHERE nutrient = 'vitamin K' AND kind = 'UL' ORDER BY age;
DELETE FROM vitk.reference_value WHERE authority = 'NAM' AND NOT builtin;
UPDATE vitk.reference_value SET age_max = 19 WHERE authority = 'clinic' AND age_max = 18;
-- the sexes beside each other, a life stage, per kg beside per day
INSERT INTO vitk.reference_value (authority, nutrient, kind, sex, age_min, life_stage, amount, source) VALUES
    ('clinic', 'magnesium', 'RDA', 'female', 18, 'none', '320 mg/d', 'own'),
    ('clinic', 'magnesium', 'RDA', 'male', 18, 'none', '420 mg/d', 'own'),
    ('clinic', 'magnesium', 'RDA', 'female', 18, 'pregnancy', '360 mg/d', 'own'),
    ('clinic', 'magnesium', 'RDA', 'female', 18, 'none', '5 mg/(kg.d)', 'own');

-- nonsense is refused
INSERT INTO vitk.reference_value (authority, nutrient, kind, age_min, amount, source)
    VALUES ('clinic', 'K1', 'AI', 18, '90 ug', 'own');
INSERT INTO vitk.reference_value (authority, nutrient, kind, age_min, amount, source)
    VALUES ('clinic', 'K1', 'AI', 18, '90 ug/L', 'own');
INSERT INTO vitk.reference_value (authority, nutrient, kind, age_min, amount, source)
    VALUES ('clinic', 'K1', 'AI', 18, '90 [IU]/d', 'own');
INSERT INTO vitk.reference_value (authority, nutrient, kind, age_min, amount, source)
    VALUES ('clinic', 'K1', 'AI', 18, '-90 ug/d', 'own');
INSERT INTO vitk.reference_value (authority, nutrient, kind, age_min, amount, source)
    VALUES ('clinic', 'K1', 'AI', 18, '9 ug/(g.d)', 'own');
INSERT INTO vitk.reference_value (authority, nutrient, kind, age_min, amount, source)
    VALUES ('clinic', 'K1', 'LOAEL', 18, '90 ug/d', 'own');
INSERT INTO vitk.reference_value (authority, nutrient, kind, sex, age_min, amount, source)
    VALUES ('clinic', 'K1', 'AI', 'all', 18, '90 ug/d', 'own');
INSERT INTO vitk.reference_value (authority, nutrient, kind, sex, age_min, life_stage, amount, source)
    VALUES ('clinic', 'K1', 'AI', 'female', 18, 'menopause', '90 ug/d', 'own');
INSERT INTO vitk.reference_value (authority, nutrient, kind, age_min, life_stage, amount, source)
    VALUES ('clinic', 'K1', 'AI', 18, 'pregnancy', '90 ug/d', 'own');
INSERT INTO vitk.reference_value (authority, nutrient, kind, age_min, age_max, amount, source)
    VALUES ('clinic', 'K1', 'AI', 18, 18, '90 ug/d', 'own');
INSERT INTO vitk.reference_value (authority, nutrient, kind, age_min, age_max, amount, source)
    VALUES ('clinic', 'K1', 'AI', -1, 18, '90 ug/d', 'own');
INSERT INTO vitk.reference_value (authority, nutrient, kind, age_min, amount, source)
    VALUES ('clinic', 'K1', 'AI', 'NaN', '90 ug/d', 'own');
INSERT INTO vitk.reference_value (authority, nutrient, kind, age_min, age_max, amount, source)
    VALUES ('clinic', 'K1', 'AI', 18, 200, '90 ug/d', 'own');
INSERT INTO vitk.reference_value (authority, nutrient, basis, kind, age_min, amount, source)
    VALUES ('clinic', 'K1', 'guess', 'AI', 18, '90 ug/d', 'own');
INSERT INTO vitk.reference_value (authority, nutrient, kind, age_min, amount, add_on, source)
    VALUES ('clinic', 'K1', 'AI', 18, '90 ug/d', true, 'own');
INSERT INTO vitk.reference_value (authority, nutrient, kind, age_min, amount)
    VALUES ('clinic', 'K1', 'AI', 18, '90 ug/d');
DELETE FROM vitk.reference_value WHERE NOT builtin;
