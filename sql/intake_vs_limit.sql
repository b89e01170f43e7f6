-- intake_vs_limit: intakes held against limits

--
-- two amounts to a ratio
--

SELECT intake_vs_limit('60 ug/d'::nutrient_amount, '120 ug/d'::nutrient_amount) AS half,
       intake_vs_limit('45 mg/d'::nutrient_amount, '1000 ug/d'::nutrient_amount) AS units,
       intake_vs_limit('40..80 ug/d'::nutrient_amount, '90..110 ug/d'::nutrient_amount) AS middles,
       intake_vs_limit('0 ug/d'::nutrient_amount, '90 ug/d'::nutrient_amount) AS nothing,
       intake_vs_limit('1 ug/(kg.d)'::nutrient_amount, '2 ug/(kg.d)'::nutrient_amount) AS per_kg;
SELECT intake_vs_limit('60 ug'::nutrient_amount, '120 ug/d'::nutrient_amount);
SELECT intake_vs_limit('60 ug/d'::nutrient_amount, '1 ug/(kg.d)'::nutrient_amount);
SELECT intake_vs_limit('600 [IU]/d'::nutrient_amount, '15 ug/d'::nutrient_amount);
SELECT intake_vs_limit('60 ug/d'::nutrient_amount, '0 ug/d'::nutrient_amount);

--
-- verdicts: kind, intake, coverage, limit
--

SELECT kind, lower, upper, coverage, intake_verdict(kind, lower, upper, coverage, 100, 100)
FROM (VALUES (1, 'EAR'), (2, 'RDA'), (3, 'PRI'), (4, 'RNI'), (5, 'AI'), (6, 'UL'), (7, 'guidance_level')) AS k (i, kind),
     (VALUES (1, 90::float8, 90::float8, 1::float8), (2, 90, 100, 1), (3, 100, 100, 1), (4, 100, 110, 1),
             (5, 110, 110, 1), (6, 90, 90, 0.9), (7, 100, 100, 0.9), (8, 110, 110, 0.9), (9, 90, NULL, 1),
             (10, NULL, NULL, 0)) AS v (j, lower, upper, coverage)
ORDER BY i, j;
-- a printed range
SELECT kind, intake, intake_verdict(kind, intake, intake, 1, 35, 65)
FROM (VALUES (1, 'RNI'), (2, 'EAR'), (3, 'UL')) AS k (i, kind), (VALUES (34::float8), (35), (50), (65), (66)) AS v (intake)
ORDER BY i, intake;
-- sums of decimals meet a limit although they miss it in the last bit
SELECT 0.1::float8 + 0.7 < 0.8, intake_verdict('AI', 0.1::float8 + 0.7, 0.1::float8 + 0.7, 1, 0.8, 0.8),
       0.1::float8 + 0.2 > 0.3, intake_verdict('UL', 0.1::float8 + 0.2, 0.1::float8 + 0.2, 1, 0.3, 0.3);
SELECT intake_verdict('UL', 1, 1, 1, NULL, NULL), intake_verdict('UL', 1, 1, 1, 0, 0), intake_verdict('UL', 0, 0, 1, 0, 0),
       intake_verdict('NRV', 1, 1, 1, 2, 2), intake_verdict('therapeutic', 1, 1, 1, 2, 2), intake_verdict(NULL, 1, 1, 1, 2, 2);
SELECT intake_verdict('DRV', 1, 1, 1, 2, 2);
SELECT intake_verdict('AI', 2, 1, 1, 2, 2);
SELECT intake_verdict('AI', 'NaN', 1, 1, 2, 2);
SELECT intake_verdict('AI', 1, 1, 1, 3, 2);
SELECT intake_verdict('AI', 1, 1, 'NaN', 2, 2);
SELECT intake_verdict('AI', 1, 1, 150, 2, 2);
SELECT intake_verdict('AI', 1, 1, -1, 2, 2);
-- kinds of ranges, a safe level, and what limits no person
SELECT kind, intake, intake_verdict(kind, intake, intake, 1, 45, 65), intake_verdict(kind, intake, NULL, 1, 45, 65) AS open
FROM (VALUES (1, 'AMDR'), (2, 'DG'), (3, 'CDRR'), (4, 'safe_level'), (5, 'NRV')) AS k (i, kind),
     (VALUES (44::float8), (45), (65), (66)) AS v (intake)
ORDER BY i, intake;
-- how much must be known: what is known settles it, or is taken for the whole from min_coverage on
SELECT kind, lower, upper, coverage, intake_verdict(kind, lower, upper, coverage, 100, 100) AS all_known,
       intake_verdict(kind, lower, upper, coverage, 100, 100, 0.9) AS from_90_percent
FROM (VALUES (1, 'EAR'), (2, 'AI'), (3, 'UL')) AS k (i, kind),
     (VALUES (1, 90::float8, 90::float8, 0.9::float8), (2, 90, 90, 0.89), (3, 100, 100, 0.9), (4, 110, 110, 0.1), (5, 110, 110, 0.9),
             (6, 90, 110, 0.9), (7, 90, NULL, 0.9), (8, NULL, NULL, 0)) AS v (j, lower, upper, coverage)
ORDER BY i, j;
SELECT intake_verdict('AI', 1, 1, 1, 2, 2, NULL) AS one, intake_verdict('UL', 1, 1, 1e-300, 2, 2, 1e-300) AS tiny;
SELECT intake_verdict('AI', 1, 1, 1, 2, 2, 0);
SELECT intake_verdict('AI', 1, 1, 1, 2, 2, 1.01);
SELECT intake_verdict('AI', 1, 1, 1, 2, 2, 'NaN');

--
-- a profile against the limits of a person
--

CREATE TEMP VIEW diet AS SELECT
    '2000 g: K1 100 ug, A-RAE 800 ug, retinol 300..400 ug, D 5 ug, calcium 900 mg (known 1800 g)'::nutrient_profile AS p;
SELECT nutrient, kind, intake_lower AS lower, intake_upper AS upper, coverage, limit_lower, limit_upper, unit,
       round(ratio::numeric, 4) AS ratio, verdict, counted
FROM diet, intake_vs_limit(p, 'male', 40) WHERE nutrient IN ('vitamin K', 'D', 'retinol', 'A-RAE', 'calcium') ORDER BY nutrient COLLATE "C", kind;
SELECT nutrient, kind, verdict, basis, authority, year, source, note
FROM diet, intake_vs_limit(p, 'male', 40) WHERE nutrient IN ('vitamin K', 'D', 'retinol', 'A-RAE', 'calcium') ORDER BY verdict_order, nutrient COLLATE "C", kind;
-- EFSA sets vitamin A in RE: never held against RAE
SELECT nutrient, kind, intake_lower, intake_upper, coverage, limit_lower, verdict, counted, note
FROM diet, intake_vs_limit(p, 'male', 40, 'EFSA') WHERE nutrient IN ('A-RE', 'retinol') ORDER BY kind;
SELECT authority, nutrient, kind, intake_lower, verdict, note
FROM intake_vs_limit('100 g: A-RE 800 ug', 'male', 40, NULL, weight_kg => 70)
WHERE nutrient IN ('A-RE', 'A-RAE', 'retinol') ORDER BY authority COLLATE "C", kind;
-- what the profile has nothing of is not zero
SELECT nutrient, kind, intake_lower, intake_upper, coverage, ratio, verdict, counted
FROM intake_vs_limit('100 g: fat 5 g', 'female', 40) WHERE nutrient IN ('vitamin K', 'retinol', 'calcium', 'fat', 'energy') ORDER BY nutrient COLLATE "C", kind;
SELECT nutrient, kind, intake_lower, intake_upper, coverage, ratio, verdict, counted
FROM intake_vs_limit('100 g: K1 0 ug, retinol 0 ug', 'female', 40) WHERE nutrient IN ('vitamin K', 'retinol') ORDER BY kind;
-- days
SELECT days, intake_lower, ratio, verdict FROM (VALUES (1::float8), (2), (0.5)) AS d (days),
    LATERAL intake_vs_limit('1000 g: K1 150 ug', 'male', 40, days => days) WHERE nutrient = 'vitamin K' AND kind = 'AI' ORDER BY days;
-- how much must be known; the coverage is shown as it is
SELECT share, nutrient, kind, intake_lower, coverage, verdict, verdict_order FROM (VALUES (1::float8), (0.9), (0.95)) AS s (share),
    LATERAL intake_vs_limit('1000 g: K1 100 ug (known 900 g), calcium 900 mg (known 950 g)', 'male', 40, min_coverage => share)
WHERE nutrient IN ('vitamin K', 'calcium') ORDER BY share, nutrient, kind;
-- weight
SELECT nutrient, intake_lower, limit_lower, unit, ratio, verdict, note
FROM intake_vs_limit('1000 g: K1 66 ug', 'female', 30, 'EFSA', weight_kg => 60) WHERE kind = 'AI' AND nutrient = 'K1' ORDER BY limit_lower;
-- a range, an age, a life stage, an addition
SELECT verdict, limit_lower, limit_upper, ratio FROM intake_vs_limit('1000 g: K1 50 ug', 'male', 12, 'WHO') WHERE nutrient = 'K1';
SELECT stage, verdict, limit_lower, note FROM (VALUES ('none'), ('pregnancy'), ('lactation')) AS s (stage),
    LATERAL intake_vs_limit('1000 g: A-RAE 700 ug', 'female', 20, 'MHLW', stage) WHERE kind = 'RDA' AND nutrient = 'A-RAE' ORDER BY stage;
-- every authority at once
SELECT authority, nutrient, kind, intake_lower AS lower, intake_upper AS upper, coverage, limit_lower, unit, verdict, counted
FROM intake_vs_limit('1000 g: K1 80 ug, MK-4 20 ug, MK-7 10 ug', 'male', 40, NULL, weight_kg => 80)
WHERE nutrient IN ('vitamin K', 'K1') ORDER BY authority COLLATE "C", nutrient, kind, limit_lower;

--
-- kinds beside these: ranges of energy, what is per energy, what counts supplements only
--

CREATE TEMP VIEW day AS SELECT '2500 g: energy 2000 kcal, fat 70 g, protein 50 g, carbohydrate 300 g, magnesium 400 mg, niacin 20 mg,
    sodium 2300 mg, water 2000 g, thiamin 1 mg, alpha-tocopherol 20 mg, FASAT 20 g, folate 300 ug, 18:3 2 g'::nutrient_profile AS p;
-- fat 70 g: 630 of 2000 kcal are 31.5 per 100 kcal
SELECT nutrient, kind, rounded(nutrient_amount(intake_lower, intake_upper, unit), 4) AS intake, coverage, limit_lower, limit_upper, unit,
       verdict, counted, note
FROM day, intake_vs_limit(p, 'male', 40) WHERE coverage > 0 ORDER BY nutrient COLLATE "C", kind;
SELECT authority, nutrient, kind, rounded(nutrient_amount(intake_lower, intake_upper, unit), 4) AS intake, limit_lower, limit_upper, verdict, counted
FROM day, intake_vs_limit(p, 'male', 40, NULL, weight_kg => 70) WHERE unit LIKE '%J%' OR unit LIKE '%kcal%' ORDER BY authority COLLATE "C", nutrient COLLATE "C", kind, limit_lower;
-- the energy of what was eaten: at least, at most, of a part, of several days, not known
SELECT p, days, share, intake_lower, intake_upper, coverage, verdict, counted, note FROM (VALUES
    (1, '1000 g: fat 70..80 g, energy 1800..2000 kcal', 1, 1), (2, '1000 g: fat 70 g, energy 1800 kcal (known 900 g)', 1, 1),
    (3, '1000 g: fat 70 g, energy 1800 kcal (known 900 g)', 1, 0.9), (4, '1000 g: fat 70 g (known 900 g), energy 1800 kcal', 1, 1),
    (5, '3000 g: fat 210 g, energy 6000 kcal', 3, 1), (6, '1000 g: fat 70 g', 1, 1), (7, '1000 g: energy 2000 kcal', 1, 1),
    (8, '1000 g: fat 70 g, energy 0 kcal', 1, 1)) AS v (i, p, days, share),
    intake_vs_limit(p::nutrient_profile, 'male', 40, days => days, min_coverage => share) WHERE nutrient = 'fat' AND kind = 'AMDR' ORDER BY i;
-- a UL of supplements: those alone are held against it, beside food at most so much is theirs
SELECT p, intake_lower, intake_upper, coverage, verdict, counted, note FROM unnest('{magnesium 400 mg,magnesium 300 mg,1000 g: magnesium 300 mg,
        1000 g: magnesium 400 mg,1000 g: magnesium 300 mg (known 900 g)}'::nutrient_profile[]) WITH ORDINALITY AS x (p, i),
    intake_vs_limit(p, 'male', 40) WHERE nutrient = 'magnesium' AND kind = 'UL' ORDER BY i;
-- a CDRR is a threshold, an AMDR a range, of which one end may be all
SELECT p, nutrient, kind, limit_lower, limit_upper, verdict FROM unnest('{1000 g: sodium 2300 mg,1000 g: sodium 2301 mg,
        "1000 g: sugars-added 100 g, energy 2000 kcal","1000 g: sugars-added 130 g, energy 2000 kcal"}'::nutrient_profile[]) WITH ORDINALITY AS x (p, i),
    intake_vs_limit(p, 'male', 40) WHERE kind IN ('CDRR', 'AMDR') AND nutrient IN ('sodium', 'sugars-added') AND coverage > 0 ORDER BY i;
-- vitamin D of MHLW at 40: 9 ug since 2025
SELECT intake_lower, limit_lower, verdict, year FROM unnest('{1000 g: D 6 ug,1000 g: D 9 ug}'::nutrient_profile[]) AS p,
    intake_vs_limit(p, 'male', 40, 'MHLW') WHERE nutrient = 'D' AND kind = 'AI' ORDER BY intake_lower;
-- an own limit in percent of energy needs a basis that knows the energy of its nutrients
BEGIN;
INSERT INTO vitk.reference_value (authority, nutrient, basis, kind, age_min, amount, bound, source) VALUES
    ('clinic', 'fat', 'fat-energy', 'DG', 18, '30 kcal/(100.kcal)', 'at_most', 'own'), ('clinic', 'B6', NULL, 'RDA', 18, '0.1 mg/(8.MJ)', 'value', 'own');
SELECT nutrient, intake_lower, limit_lower, limit_upper, unit, verdict FROM intake_vs_limit('1000 g: fat 70 g, energy 2000 kcal, B6 1 mg', 'male', 40, 'clinic') ORDER BY nutrient;
ROLLBACK;
INSERT INTO vitk.reference_value (authority, nutrient, kind, age_min, amount, source) VALUES ('clinic', 'fat', 'DG', 18, '30 kcal/(100.kcal)', 'own');
INSERT INTO vitk.reference_value (authority, nutrient, basis, kind, age_min, amount, source) VALUES ('clinic', 'fat', 'fat-energy', 'DG', 18, '30 g/d', 'own');
INSERT INTO vitk.reference_value (authority, nutrient, basis, kind, age_min, amount, source) VALUES ('clinic', 'fat', 'fat-energy', 'DG', 18, '30 kcal/(100.kcal.d)', 'own');

--
-- what counts
--

CREATE FUNCTION pg_temp.counted(p nutrient_profile, nutrient nutrient, basis text)
RETURNS TABLE (intake float8[], counted text, note text) LANGUAGE sql AS $$
    SELECT ARRAY[(j).intake_lower, (j).intake_upper, (j).coverage], (j).counted, (j).note
    FROM (SELECT vitk_internal.judge(p, nutrient, 'AI', basis, NULL, NULL, NULL, 1, 1) AS j OFFSET 0) x
$$;
-- {lower, upper, coverage}
SELECT p, c.* FROM unnest('{100 g: vitamin K 120 ug,100 g: K1 120 ug,"100 g: K1 120 ug, K2 10 ug","100 g: K1 120 ug, MK-4 10 ug",
        K2 100 ug,dK1 3 ug}'::nutrient_profile[])
    WITH ORDINALITY AS x (p, i), pg_temp.counted(p, 'vitamin K', 'vitamin K') c ORDER BY i;
SELECT p, c.* FROM unnest('{100 g: vitamin K 120 ug,100 g: K1 120 ug,"100 g: K1 120 ug, K2 10 ug (known 50 g)",
        "100 g: K1 120 ug, MK-7 10 ug (known 50 g)","100 g: K1 120 ug (known 50 g)",MK-7 100 ug}'::nutrient_profile[])
    WITH ORDINALITY AS x (p, i), pg_temp.counted(p, 'vitamin K', 'phylloquinone-based') c ORDER BY i;
-- phylloquinone is at most the total
SELECT p, c.* FROM unnest('{100 g: K1 40 ug,100 g: vitamin K 60 ug,100 g: vitamin K 60 ug (known 50 g),"100 g: K1 40 ug (known 50 g), vitamin K 60 ug"}'::nutrient_profile[])
    WITH ORDINALITY AS x (p, i), pg_temp.counted(p, 'K1', 'K1') c ORDER BY i;
SELECT verdict, intake_lower, intake_upper, counted FROM unnest('{100 g: vitamin K 60 ug,100 g: vitamin K 90 ug}'::nutrient_profile[])
    WITH ORDINALITY AS x (p, i), intake_vs_limit(p, 'male', 40, 'EFSA') WHERE nutrient = 'K1' ORDER BY i;
SELECT p, c.* FROM unnest('{"100 g: K1 100 ug, MK-4 10 ug, MK-7 100 ug","100 g: K1 100 ug, MK-4 10 ug",100 g: vitamin K 150 ug}'::nutrient_profile[])
    WITH ORDINALITY AS x (p, i), pg_temp.counted(p, 'vitamin K', 'mk4-equivalents') c ORDER BY i;
SELECT p, c.* FROM unnest('{100 g: K1 160 ug,100 g: vitamin K 160 ug}'::nutrient_profile[])
    WITH ORDINALITY AS x (p, i), pg_temp.counted(p, 'K1', 'k1-supplement') c ORDER BY i;
-- vitamin D: the total, or its parts, never both; tables round
SELECT p, c.* FROM unnest('{100 g: D 5 ug,"100 g: D2 1 ug, D3 4 ug","100 g: D 5 ug, D2 1 ug, D3 4 ug","100 g: D 5 ug, D2 0.1 ug, D3 5 ug",
        100 g: D3 4 ug,"100 g: D 5 ug (known 90 g), D2 1 ug, D3 5 ug"}'::nutrient_profile[])
    WITH ORDINALITY AS x (p, i), pg_temp.counted(p, 'D', 'D') c ORDER BY i;
-- parts that exceed the total by more than rounding: from elsewhere, at least so much
SELECT p, c.* FROM unnest('{"D 5 ug, D3 25 ug","100 g: D 5 ug, D3 25 ug (known 10 g)"}'::nutrient_profile[])
    WITH ORDINALITY AS x (p, i), pg_temp.counted(p, 'D', 'D') c ORDER BY i;
SELECT c.* FROM pg_temp.counted('vitamin K 60 ug, MK-7 100 ug', 'vitamin K', 'vitamin K') c;
-- foods that state the total, and a supplement that states a part
SELECT c.* FROM pg_temp.counted('100 g: D 5 ug'::nutrient_profile + 'D3 25 ug'::nutrient_profile, 'D', 'D') c;
SELECT c.* FROM pg_temp.counted('100 g: vitamin K 60 ug'::nutrient_profile + 'MK-7 100 ug'::nutrient_profile, 'vitamin K', 'phylloquinone-based') c;
SELECT c.* FROM pg_temp.counted('100 g: vitamin K 60 ug'::nutrient_profile + 'K1 100 ug'::nutrient_profile, 'K1', 'K1') c;
-- a nutrient without a basis of its own counts itself
SELECT c.* FROM pg_temp.counted('100 g: phosphorus 5 mg (known 40 g)', 'phosphorus', 'phosphorus') c;
SELECT c.* FROM pg_temp.counted('100 g: MK-7 5..6 ug', 'MK-7', 'MK-7') c;

--
-- limits of one's own, in units of one's own
--

INSERT INTO vitk.reference_value (authority, nutrient, kind, age_min, amount, source) VALUES
    ('clinic', 'D', 'UL', 18, '28000 [IU]/wk', 'own'),
    ('clinic', 'calcium', 'AI', 18, '12 mg/(kg.d)', 'own'),
    ('clinic', 'K1', 'AI', 18, '150 nmol/d', 'own'),
    ('clinic', 'energy', 'EAR', 18, '8.4 MJ/d', 'own');
SELECT nutrient, kind, intake_lower, limit_lower, unit, verdict, note
FROM intake_vs_limit('2000 g: D 120 ug, calcium 500 mg, K1 67.6065 ug, energy 2000 kcal', 'male', 40, 'clinic', weight_kg => 50)
ORDER BY nutrient;
DELETE FROM vitk.reference_value WHERE NOT builtin;

-- untyped arguments, as drivers send them
PREPARE untyped AS SELECT count(*) FROM intake_vs_limit($1, $2, $3, $4, $5, $6, $7);
EXECUTE untyped('1000 g: K1 100 ug', 'male', 40, 'NAM', 'none', NULL, 1);
SELECT count(*) FROM intake_vs_limit('1000 g: K1 100 ug', 'male', 40, 'NAM', 'none', NULL);
SELECT count(*) FROM intake_vs_limit('1000 g: K1 100 ug', 'male', 40, 'NAM', 'none', NULL, 3);

--
-- errors, and what is unknown
--

SELECT count(*) FROM diet, intake_vs_limit(p, 'man', 40);
SELECT count(*) FROM diet, intake_vs_limit(p, 'male', -1);
SELECT count(*) FROM diet, intake_vs_limit(p, 'male', 40, 'USDA');
SELECT count(*) FROM diet, intake_vs_limit(p, 'male', 40, life_stage => 'pregnancy');
SELECT count(*) FROM diet, intake_vs_limit(p, 'male', 40, life_stage => 'old');
SELECT count(*) FROM diet, intake_vs_limit(p, 'male', 40, weight_kg => -70);
SELECT count(*) FROM diet, intake_vs_limit(p, 'male', 40, weight_kg => 60000);
SELECT count(*) FROM diet, intake_vs_limit(p, 'male', 40, days => 1e6);
SELECT count(*) FROM diet, intake_vs_limit(p, 'male', 40, days => 0);
SELECT count(intake_lower) FROM diet, intake_vs_limit(p, 'male', 40, days => 1e-307);
SELECT count(*) FROM diet, intake_vs_limit(p, 'male', 40, min_coverage => 90);
SELECT count(*) FROM diet, intake_vs_limit(p, 'male', 40, min_coverage => 0);
SELECT count(*) FROM diet, intake_vs_limit(p, 'male', 40, 'SACN');
-- nobody vanishes: what is not known of a person or an intake gives rows that say so
SELECT nutrient, kind, intake_lower, coverage, limit_lower, verdict FROM intake_vs_limit(NULL::nutrient_profile, 'male', 40) WHERE nutrient = 'vitamin K';
SELECT i, nutrient, kind, limit_lower, limit_upper, verdict, note
FROM (VALUES (1, 'female', 31::float8, 'pregnancy'), (2, 'male', 44, NULL), (3, NULL, 50, 'none'), (4, 'F', NULL, 'NONE'), (5, NULL, NULL, NULL),
             (6, NULL, 31, 'Pregnancy')) AS person (i, sex, age, life_stage),
     LATERAL intake_vs_limit('2000 g: K1 100 ug, calcium 1200 mg', sex, age, 'nam', life_stage)
WHERE nutrient IN ('vitamin K', 'calcium') ORDER BY i, nutrient, kind;
SELECT nutrient, kind, intake_lower, limit_lower, verdict, note FROM intake_vs_limit('2000 g: MK-4 2 mg', 'male', 50, 'article') ORDER BY kind;
-- monotone: all of K1 known takes nothing away
SELECT i, nutrient, kind, intake_lower, intake_upper, round(coverage::numeric, 2) AS coverage, verdict, counted, note
FROM unnest('{"1124 g: K1 67.9 ug (known 1123 g), K2 80 ug (known 113 g)","1124 g: K1 67.9 ug, K2 80 ug (known 113 g)","1124 g: K1 67.9 ug",
        "1124 g: K1 67.9 ug, K2 10 ug (known 113 g)","1124 g: K1 67.9 ug, MK-7 80 ug (known 113 g)"}'::nutrient_profile[]) WITH ORDINALITY AS x (p, i),
     intake_vs_limit(p, 'female', 28) WHERE nutrient = 'vitamin K' AND kind = 'AI' ORDER BY i;
-- one limit as a value: the same rows
WITH by_value AS (SELECT v::text AS row FROM diet, reference_value('male', 40, NULL, weight_kg => 70) r, LATERAL intake_vs_limit(p, r, 2, 0.9) v),
     by_table AS (SELECT t::text AS row FROM diet, intake_vs_limit(p, 'male', 40, NULL, weight_kg => 70, days => 2, min_coverage => 0.9) t)
SELECT count(*), count(v.row) AS by_value, count(t.row) AS by_table FROM by_value v FULL JOIN by_table t USING (row);
SELECT nutrient, kind, limit_lower, limit_upper, unit, ratio, verdict, counted, note
FROM intake_vs_limit('K1 100 ug', ROW('K1', 'AI', '65 ug/d', 'value', 'K1', NULL, 'me', NULL, NULL, NULL)::reference_value_row, 1);
SELECT count(*) FROM diet, intake_vs_limit(p, 'male', NULL);
SELECT count(*) FROM diet, intake_vs_limit(p, 'male', 40, days => NULL);
SELECT count(*) FROM diet, intake_vs_limit(p, 'male', 40, min_coverage => NULL);
-- more was eaten, of unknown mass: what is known is a lower bound and no more, whatever share of it is asked for
SELECT v.nutrient, v.kind, v.intake_lower, v.intake_upper, v.coverage, v.ratio, v.verdict, mild.verdict AS mild, v.counted, v.note
FROM intake_vs_limit('250 g and more: K1 150 ug, calcium 900 mg, retinol 3500 ug', 'female', 52) v
    JOIN intake_vs_limit('250 g and more: K1 150 ug, calcium 900 mg, retinol 3500 ug', 'female', 52, min_coverage => 0.1) mild USING (nutrient, kind)
WHERE v.nutrient IN ('vitamin K', 'calcium', 'retinol');
SELECT nutrient, kind, intake_lower, coverage, verdict FROM intake_vs_limit('0 g and more', 'female', 52) WHERE nutrient IN ('vitamin K', 'calcium');
SELECT mk4_equivalent(p), mk4_coverage(p), mk4_coverage(p, 'human', 'mk4_only') FROM unnest('{"250 g and more: MK-4 15 ug",0 g and more}'::nutrient_profile[]) p;
