-- the shipped foods and values
SELECT s.source_id, count(*) AS foods, s.licence
FROM vitk.source s JOIN vitk.food f USING (source_id)
GROUP BY s.source_id ORDER BY foods DESC, s.source_id;
SELECT v.nutrient, v.kind, count(*), count(v.n) AS with_n, count(*) FILTER (WHERE v.amount IS NULL) AS unknown
FROM vitk.food_value v
WHERE v.nutrient IN ('K1', 'dK1', 'MK-4', 'K2', 'vitamin K')
GROUP BY v.nutrient, v.kind ORDER BY v.nutrient, v.kind;

-- the rule by which SR28 foods came: a value of vitamin K
SELECT count(*) AS foods, count(*) FILTER (WHERE NOT k) AS without
FROM (SELECT f.food_id, bool_or(v.nutrient IN ('K1', 'dK1', 'MK-4')) AS k
      FROM vitk.food f JOIN vitk.food_value v USING (food_id) WHERE f.source_id = 'sr28' GROUP BY f.food_id) AS s;
-- sums of what is printed, as in sr28_more.csv and foods_usda_sr28.csv; a not-detected zero is its rounding
SELECT v.nutrient, count(*), round(sum(lower(v.amount, unit(v.nutrient)))::numeric, 3) AS sum,
       count(*) FILTER (WHERE lower(v.amount, unit(v.nutrient)) < upper(v.amount, unit(v.nutrient))) AS not_detected,
       max(upper(v.amount, unit(v.nutrient))) FILTER (WHERE v.kind = 'below_detection') AS rounding, sum(v.n) AS n
FROM vitk.food_value v WHERE v.source_id = 'sr28' AND v.builtin
GROUP BY v.nutrient ORDER BY v.nutrient;

-- the kinds of zero are kept apart
SELECT v.kind, count(*) FROM vitk.food_value v
WHERE v.nutrient = 'MK-4' AND v.amount = '0 ug' GROUP BY v.kind ORDER BY v.kind;

-- every shipped row is marked as such, named, and has a source that says so too
SELECT count(*) FROM vitk.food f JOIN vitk.source s USING (source_id) JOIN vitk.food_value v USING (food_id)
WHERE NOT (f.builtin AND s.builtin AND v.builtin AND v.source_id = f.source_id);
SELECT f.source_id, f.name, count(*) FROM vitk.food f GROUP BY 1, 2 HAVING count(*) > 1;
SELECT count(*) FROM vitk.food f WHERE NOT EXISTS (SELECT FROM vitk.food_value v WHERE v.food_id = f.food_id);
SELECT f.food_id, f.name, f.name_local, f.food_group FROM vitk.food f
WHERE f.food_id IN ('sr28:05348', 'sr28:11098', 'sr28:15037', 'sr28:23080', 'ciqual2025:40120', 'kamao2007:natto')
ORDER BY f.food_id;

-- one profile a food; a trace is not in it, a "< x" is an interval
SELECT p.food_id, p.profile FROM vitk.food_profile p
WHERE p.food_id IN ('sr28:01002', 'ciqual2025:12007', 'ciqual2025:20010', 'dunlop2022:cheese-cheddar')
ORDER BY p.food_id;
SELECT count(*), count(*) FILTER (WHERE grams(p.profile) = 100) AS of_100_g FROM vitk.food_profile p;

-- what BI tools read
SELECT food_id, food, k1_ug, dk1_ug, mk4_ug, mk5_ug, mk9_ug, k2_ug, k_ug, flags, source
FROM vitk.food_vitamin_k
WHERE food_id IN ('sr28:01002', 'sr28:05348', 'ciqual2025:12007', 'ciqual2025:12729', 'ciqual2025:20010',
                  'dunlop2022:cheese-cheddar', 'fu2017:cheese-blue')
ORDER BY food_id;
SELECT count(*), count(k1_ug), count(mk4_ug), count(mk7_ug), count(k2_ug), count(k_ug) FROM vitk.food_vitamin_k;

-- a diary: 100 g of spinach, 20 g of butter, 30 g of camembert, 50 g of something unknown
SELECT intake(p.profile, d.grams) -> 'K1' AS k1, intake(p.profile, d.grams) -> 'MK-4' AS mk4,
       coverage(intake(p.profile, d.grams), 'MK-4')
FROM (VALUES ('sr28:11457', 100.0), ('sr28:01002', 20), ('ciqual2025:12007', 30), ('unknown', 50)) AS d (food_id, grams)
LEFT JOIN vitk.food_profile p USING (food_id);

-- foods of one's own; the amount in any unit of the nutrient
BEGIN;
INSERT INTO vitk.source (source_id, citation) VALUES ('lab', 'our own laboratory');
INSERT INTO vitk.food (source_id, code, name) VALUES ('lab', '1', 'Goose liver paste'), ('lab', '2', 'Cod liver oil');
INSERT INTO vitk.food_value (food_id, nutrient, kind, amount, n, sd, source_id) VALUES
    ('lab:1', 'MK-4', 'measured', '0.2 mg', 3, 0.01, 'lab'),
    ('lab:1', 'MK-7', 'below_detection', '<0.5 ug', 3, NULL, 'lab'),
    ('lab:1', 'MK-8', 'trace', NULL, 3, NULL, 'lab'),
    ('lab:2', 'D', 'label', '8400 [IU]', NULL, NULL, 'lab'),
    ('lab:2', 'retinol', 'label', '30 mg', NULL, NULL, 'lab');
SELECT food_id, profile FROM vitk.food_profile WHERE food_id LIKE 'lab:%' ORDER BY food_id;
SELECT food_id, mk4_ug, mk7_ug, mk8_ug, flags FROM vitk.food_vitamin_k WHERE food_id LIKE 'lab:%';

-- a value of one's own stands before a shipped one, and comes beside the others
INSERT INTO vitk.food_value (food_id, nutrient, kind, amount, source_id) VALUES
    ('sr28:01002', 'MK-4', 'measured', '18 ug', 'lab'), ('sr28:01002', 'MK-9', 'measured', '1 ug', 'lab');
SELECT profile -> 'K1' AS k1, profile -> 'MK-4' AS mk4, profile -> 'MK-9' AS mk9
FROM vitk.food_profile WHERE food_id = 'sr28:01002';
SELECT mk4_ug FROM vitk.food_vitamin_k WHERE food_id = 'sr28:01002';
ROLLBACK;

-- values that do not fit each other are taken, with a doubt, and stop nothing
BEGIN;
INSERT INTO vitk.source (source_id, citation) VALUES ('lab', 'our own laboratory');
INSERT INTO vitk.food (source_id, code, name) VALUES ('lab', '1', 'Jam'), ('lab', '2', 'Soup'), ('lab', '3', 'Liver'), ('lab', '4', 'Bread');
INSERT INTO vitk.food_value (food_id, nutrient, kind, amount, source_id) VALUES
    ('lab:1', 'carbohydrate', 'measured', '30 g', 'lab'), ('lab:1', 'sugars', 'measured', '60 g', 'lab'),
    ('lab:2', 'water', 'measured', '90 g', 'lab'), ('lab:2', 'protein', 'measured', '20 g', 'lab'),
    ('lab:3', 'K2', 'measured', '10 ug', 'lab'), ('lab:3', 'MK-4', 'measured', '36 ug', 'lab'), ('lab:3', 'K1', 'measured', '12 mg', 'lab'),
    ('lab:4', 'energy', 'measured', '1050 kJ', 'lab'), ('lab:4', 'fat', 'measured', '60 g', 'lab'), ('lab:4', 'carbohydrate', 'measured', '30 g', 'lab'), ('lab:4', 'starch', 'measured', '31 g', 'lab');
SELECT food_id, food, nutrient, doubt FROM vitk.food_doubt WHERE food_id LIKE 'lab:%' ORDER BY food_id, nutrient;
SELECT food_id, profile, profile = profile::text::nutrient_profile AS reads_back FROM vitk.food_profile WHERE food_id LIKE 'lab:%' ORDER BY food_id;
-- of what is shipped, by the values alone
SELECT food_id, food, nutrient, doubt FROM vitk.food_doubt WHERE food_id NOT LIKE 'lab:%' ORDER BY food_id, nutrient;
ROLLBACK;

-- nonsense is kept out
BEGIN;
INSERT INTO vitk.source (source_id, citation) VALUES ('lab', 'our own laboratory');
INSERT INTO vitk.food (source_id, code, name) VALUES ('lab', '1', 'Goose liver paste');
\set VERBOSITY terse
\set ON_ERROR_ROLLBACK on
INSERT INTO vitk.source (source_id, citation) VALUES ('our lab', 'a name with a space');
INSERT INTO vitk.source (source_id, citation, doi) VALUES ('x', 'no DOI', 'https://doi.org/10.1/x');
INSERT INTO vitk.food (source_id, code, name) VALUES ('nobody', '1', 'Of no source');
INSERT INTO vitk.food (source_id, code, name) VALUES ('lab', '1', 'The same code');
INSERT INTO vitk.food_value (food_id, nutrient, kind, amount, source_id) VALUES ('lab:9', 'K1', 'measured', '1 ug', 'lab');
INSERT INTO vitk.food_value (food_id, nutrient, kind, amount, source_id) VALUES ('lab:1', 'K1', 'guessed', '1 ug', 'lab');
INSERT INTO vitk.food_value (food_id, nutrient, kind, amount, source_id) VALUES ('lab:1', 'K1', 'measured', NULL, 'lab');
INSERT INTO vitk.food_value (food_id, nutrient, kind, amount, source_id) VALUES ('lab:1', 'K1', 'measured', '-1 ug', 'lab');
INSERT INTO vitk.food_value (food_id, nutrient, kind, amount, source_id) VALUES ('lab:1', 'K1', 'measured', '1 kcal', 'lab');
INSERT INTO vitk.food_value (food_id, nutrient, kind, amount, source_id) VALUES ('lab:1', 'K1', 'measured', '1 ug/(100.g)', 'lab');
INSERT INTO vitk.food_value (food_id, nutrient, kind, amount, source_id) VALUES ('lab:1', 'K1', 'measured', '1 [IU]', 'lab');
INSERT INTO vitk.food_value (food_id, nutrient, kind, amount, n, source_id) VALUES ('lab:1', 'K1', 'measured', '1 ug', 0, 'lab');
INSERT INTO vitk.food_value (food_id, nutrient, kind, amount, sd, source_id) VALUES ('lab:1', 'K1', 'measured', '1 ug', 'nan', 'lab');
INSERT INTO vitk.food_value (food_id, nutrient, kind, amount, minimum, maximum, source_id) VALUES ('lab:1', 'K1', 'measured', '1 ug', 2, 1, 'lab');
INSERT INTO vitk.food_value (food_id, nutrient, kind, amount, source_id) VALUES ('lab:1', 'K1', 'measured', '1 ug', 'lab'), ('lab:1', 'K1', 'label', '2 ug', 'lab');
SELECT count(*) FROM vitk.food_value WHERE food_id = 'lab:1';
ROLLBACK;
