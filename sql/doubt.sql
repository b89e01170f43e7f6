-- what is possible, but so odd that one should look at it
\pset null null
-- an energy that no factor in use explains; the bounds by hand
SELECT p AS profile, food_doubt(p::nutrient_profile) AS doubt
FROM unnest(ARRAY['100 g: fat 10 g, energy 20 kcal',         -- 83.7 at least
    '100 g: fat 10 g, energy 75 kcal', '100 g: fat 10 g, energy 74 kcal',     -- 83.7 * 0.95 - 5 = 74.5
    '250 g: fat 25 g, energy 50 kcal',                       -- the same food
    '100 g: alcohol 40 g, energy 100 kcal',                  -- 277.2
    '100 g: sugars 100 g, energy 200 kcal', '100 g: starch 50 g, sugars 20 g, energy 100 kcal', '100 g: sugars 10 g, energy 40 kcal',
    '100 g: carbohydrate 60 g, energy 10 kcal',              -- all of it may be fibre
    '100 g: carbohydrate 60 g, fibre 20 g, energy 10 kcal',  -- 40 * 2.4 = 96
    '100 g: carbohydrate 60 g, fibre 20 g, polyols 40 g, energy 10 kcal',
    '100 g: carbohydrate-available 60 g, energy 10 kcal',    -- 144
    '100 g: protein 3.3 g, fat 3.5 g, carbohydrate 4.8 g, water 87 g, alcohol 0 g, ash 0.7 g, energy 268 kcal',  -- milk in kJ
    '100 g: protein 3.3 g, fat 3.5 g, carbohydrate 4.8 g, energy 268 kcal', '100 g: protein 3.3 g, fat 3.5 g, carbohydrate 4.8 g, energy 64 kcal',
    '100 g: protein 0 g, fat 0 g, carbohydrate 3 g, water 87 g, energy 83 kcal', '100 g: protein 0 g, fat 0 g, carbohydrate 3 g, water 87 g, alcohol 0 g, energy 83 kcal',  -- wine
    '100 g: protein 0 g, fat 0 g, carbohydrate 0.93 g, water 93.81 g, alcohol 0 g, fibre 0 g, energy 21 kcal',   -- vinegar
    '100 g: protein 16 g, fat 4.3 g, carbohydrate-available 22 g, fibre 43 g, water 10 g, ash 5 g, energy 282 kcal', -- bran, fibre 2 kcal/g
    '100 g: protein 16 g, fat 4.3 g, carbohydrate-available 22 g, energy 282 kcal',
    '100 g: protein 0.1 g, fat 81 g, carbohydrate 0.1 g, energy-specific 300 kcal', '100 g: fat 81 g, energy-gross 1 kJ',
    '100 g: fat 10 g (known 50 g), energy 20 kcal', '100 g and more: fat 10 g, energy 20 kcal', 'fat 10 g, energy 20 kcal',
    '100 g: fat <10 g, energy 20 kcal', '100 g: fat 10 g, energy 20..90 kcal', '100 g: water 99 g']) AS p;
-- more than any table has, parts of a whole, and all that is odd at once
SELECT p AS profile, food_doubt(p::nutrient_profile) AS doubt
FROM unnest(ARRAY['100 g: K1 12 mg', '10 g: K1 1.2 mg', '1000 g: K1 12 mg', 'K1 12 mg', '100 g: K1 12 mg, energy 950 kcal, fat 100 g']) AS p
UNION ALL SELECT NULL, food_doubt(NULL);

-- parts of the whole: elements, fatty acids by name and by kind, amino acids, what carbohydrate consists of
CREATE FUNCTION pg_temp.read(p text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    detail text;
BEGIN
    RETURN p::nutrient_profile;
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL;
    RETURN concat_ws(': ', SQLERRM, detail);
END $$;
SELECT p AS profile, pg_temp.read(p) FROM unnest(ARRAY['100 g: calcium 60 g, phosphorus 60 g', '100 g: sodium 39.3 g, chloride 60.7 g', '100 g: sodium 0.06 kg, potassium 50000 mg',
    '100 g: sugars 60 g, starch 60 g', '100 g: fibre 60 g, protein 60 g', '100 g: alcohol 60 g, starch 60 g', '100 g: fat 10 g, cholesterol 60 g', '100 g: fat 10.3 g, cholesterol 3100 mg',
    '100 g: FASAT 60 g, FAMS 60 g', '100 g: fat 10 g, F16D0 6 g, F18D1 7 g', '100 g: FASAT 10 g, F16D0 7 g, F18D0 5 g', '100 g: FASAT 10 g, F16D0 6 g, F18D0 4 g', '100 g: FAPU 1 g, F18D2 3 g', '100 g: FAMS 2 g, F18D1 9 g',
    '100 g: protein 10 g, leucine 8 g, lysine 8 g', '100 g: protein 20 g, leucine 8 g, lysine 8 g', '100 g: sugars 5 g, sugars-added 8 g', '100 g: starch 5 g, amylose 4 g, amylopectin 4 g', '100 g: polyols 5 g, xylitol 8 g',
    '100 g: fibre 5 g, fibre-soluble 4 g, fibre-insoluble 4 g', '100 g: FASAT 60 g (known 50 g), FAMS 60 g', '100 g: FASAT <60 g, FAMS <60 g']) AS p;

-- more than anybody ate in a day
SELECT p AS profile, days, intake_doubt(p::nutrient_profile, days) AS doubt
FROM (VALUES ('5000000 g: K1 100 ug', 1), ('16828 g: K1 100 ug', 1), ('16829 g: K1 100 ug', 1), ('16829 g: K1 100 ug', 2), ('730 kg', 365),
    ('2000 g: K1 3959.3 ug', 1), ('2000 g: K1 4 mg', 1), ('2000 g: K1 4 mg', 2), ('2000 g: K1 3..5 mg', 1), ('K1 10 mg', 1),
    ('2000 g: K1 100 ug', 1), ('2000 g: K1 100 ug, energy 60 MJ', 1), ('2000 g: sodium 200 g, D 4 mg', 1), ('2000 g and more: calcium 9 g', 1),
    ('2000 g: fat 100 g, protein 80 g, carbohydrate 250 g, energy 9000 kcal', 1), ('2000 g: MK-4 45 mg', 1), ('2000 g', 1)) AS v (p, days);
SELECT intake_doubt('2000 g: K1 50 ug'::nutrient_profile + 'K1 10 mg') AS food_and_tablet, intake_doubt('17 kg') AS one_day, intake_doubt('17 kg', NULL) AS unknown_days;
SELECT intake_doubt('2000 g', 0);
SELECT intake_doubt('2000 g', 40000);
-- it is seen where persons are judged: with their rows, which all come
SELECT nutrient, kind, verdict, note ~ 'of food and drink a day is more than any of' AS mass, note ~ 'ug of K1 a day is more than any of' AS k1
FROM intake_vs_limit('5000000 g: K1 1 g, calcium 900 mg', 'male', 44) WHERE nutrient IN ('vitamin K', 'calcium') ORDER BY nutrient, kind;
SELECT count(*) FILTER (WHERE note ~ 'more than any') AS doubted, count(*) > 20 AS rows FROM intake_vs_limit('2000 g: K1 100 ug, calcium 900 mg', 'male', 44);
SELECT count(*) FILTER (WHERE note ~ 'more than any') AS doubted FROM intake_vs_limit('14000 g: K1 7000 ug', 'male', 44, days => 7);
SELECT j.note FROM reference_value('male', 44) r, LATERAL intake_vs_limit('2000 g: K1 5 mg',
    r, 1) j WHERE r.nutrient = 'vitamin K' AND r.kind = 'AI';

-- the facts
SELECT component, nutrients, lowest, highest, unit FROM vitk.energy_factor WHERE component IN ('energy', 'fat', 'protein', 'carbohydrate', 'alcohol', 'tolerance') ORDER BY component;
SELECT nutrient, most, unit, persons FROM vitk.intake_maximum WHERE nutrient IN ('food and drink', 'K1', 'energy', 'D') ORDER BY nutrient;
-- each of them is the most that is taken without a doubt
SELECT times, count(*) > 60 AS many, count(intake_doubt(format('16800 g: %s %s %s', nutrient, most * times, unit)::nutrient_profile)) = count(*) AS all_doubted,
    count(intake_doubt(format('16800 g: %s %s %s', nutrient, most * times, unit)::nutrient_profile)) AS doubted
FROM vitk.intake_maximum, unnest('{1,1.001}'::float8[]) AS times WHERE nutrient NOT IN ('food and drink', 'water') GROUP BY times;
