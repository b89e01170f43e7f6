\set SHOW_CONTEXT never
-- one printed value: what it is, or why it is refused
SELECT v.printed, p.status, p.kind, p.amount, p.reason
FROM (VALUES (1, '12,3'), (2, '12.3'), (3, '0'), (4, '.5'), (5, '1e3'), (6, '  7 '), (7, '0,123'), (8, '1.234'),
             (9, '1,234'), (10, '1 234'), (11, '1.234,5'), (12, '1,234,567'),
             (13, '< 0.5'), (14, '<0,5'), (15, U&'\2264\00A02'), (16, '<0'), (17, '<'),
             (18, 'traces'), (19, 'Tr'), (20, 'TRACE'), (21, '-'), (22, ''), (23, NULL), (24, U&'\2013'), (25, 'N'),
             (26, 'nd'), (27, '-3'), (28, '3-5'), (29, '(3)'), (30, '12a'), (31, 'inf'), (32, '0x10'), (33, '1e999'),
             (34, repeat('9', 80)), (35, '> 5')) AS v (i, printed),
     LATERAL printed_value('MK-4', v.printed, 'ug') AS p
ORDER BY i;
-- as long as a printed value gets, and one longer
SELECT length(printed), p.status, p.amount, p.reason
FROM (VALUES (repeat('0', 62) || '5'), (repeat('0', 63) || '5'), (' ' || repeat('0', 62) || '5 ')) AS v (printed), LATERAL printed_value('MK-4', printed, 'ug') AS p;
-- brackets, full-width forms, marks and words of single tables
SELECT v.dialect, v.printed, p.status, p.kind, p.amount, p.reason
FROM (VALUES (1, NULL, '(0)'), (2, NULL, '(12)'), (3, NULL, '(Tr)'), (4, NULL, '[12]'), (5, NULL, '[0]'), (6, NULL, U&'\FF080\FF09'),
             (7, NULL, U&'\FF11\FF0E5'), (8, NULL, '( 0,5 )'), (9, NULL, '(-)'), (10, NULL, '(<0.5)'), (11, NULL, '(12]'), (12, NULL, '()'),
             (13, NULL, '*'), (14, 'mext', '*'), (15, NULL, U&'20.3\2020'), (16, 'mext', U&'20.3\2020'), (17, 'mext', U&'\2020'),
             (18, 'mext', '-30.5'), (19, NULL, 'n.d.'), (20, 'swiss', 'n.d.'), (21, 'swiss', 'tr.'), (22, 'afcd', '1,234.5'),
             (23, 'afcd', '12,34'), (24, 'afcd', '1234,567'), (25, 'afcd', ',123'), (26, 'afcd', '1,234,567'), (27, NULL, E'<\n0,5'),
             (28, NULL, '3.75E-5'), (29, NULL, '((3))'), (30, 'aquatic', 'NA')) AS v (i, dialect, printed),
     LATERAL printed_value('MK-4', v.printed, 'ug', dialect => v.dialect) AS p
ORDER BY i;
SELECT * FROM printed_value('K1', '1', 'ug', dialect => 'klingon');

-- food as eaten, in some languages; dry matter and volumes are not
SELECT per, p.status, p.amount, p.reason
FROM unnest(ARRAY['per 100g edible portion', 'per 100 g EP', '100 g (edible portion)', 'per 100 g of edible portion', '100 g, edible part',
                  'per 100g fresh weight', 'par 100 g de partie comestible', 'pro 100 g essbarer Anteil', U&'\53EF\98DF\90E8 100 g \5F53\305F\308A',
                  '/100 g', '100 grams', '100 g.', '0.1 kg', '1.5 kg', 'per 100 g dry matter', '100 g DM', 'per 100 g edible portion, dry matter',
                  '100 g or 100 ml', 'per 100ml edible portion', '100 g protein', '100 kcal', 'edible portion']) AS per,
     LATERAL printed_value('K1', '5', 'ug', per) AS p;

-- more than is possible is refused, more than any published table has a doubt
SELECT v.nutrient, v.value, v.unit, p.status, p.amount, p.reason, vitk_internal.food_value_doubt(p.nutrient, p.amount) AS doubt
FROM (VALUES ('MK-4', '7000', 'g'), ('K1', '200', 'g'), ('fat', '100', 'g'), ('fat', '100.5', 'g'), ('energy', '902', 'kcal'), ('energy', '903', 'kcal'),
             ('energy', '3774', 'kJ'), ('energy', '3774', 'kcal'), ('K1', '1714.5', 'ug'), ('K1', '12', 'mg'), ('MK-7', '5', 'mg'), ('D', '4000000', '[IU]')) AS v (nutrient, value, unit),
     LATERAL printed_value(v.nutrient, v.value, v.unit) AS p;

-- a table has one decimal mark
SELECT mark, printed, p.status, p.amount, p.reason
FROM (VALUES ('.', '1,5'), ('.', '1.5'), (',', '1,234'), (',', '1.234')) AS v (mark, printed),
     LATERAL printed_value('K1', printed, 'ug', decimal_mark => mark) AS p;
SELECT * FROM printed_value('K1', '1', 'ug', decimal_mark => ';');
-- per 100 g, from whatever mass it is printed for; the mass of a volume is not known
SELECT per, p.status, p.amount, p.reason
FROM (VALUES (1, '100 g'), (2, 'per 100g'), (3, 'kg'), (4, '1 kg'), (5, ''), (6, NULL), (7, '28.35 g'), (8, '100 ml'), (9, '0 g'),
             (10, 'per portion'),
             (11, repeat(U&'\00E9', 50))) AS v (i, per),
     LATERAL printed_value('K1', '5', 'ug', per) AS p
ORDER BY i;
-- the unit must be one of the nutrient
SELECT name, unit, p.status, p.nutrient, p.amount, p.reason
FROM (VALUES (1, 'VITK1', 'ug'), (2, '430', 'mg'), (3, 'vitamin D', '[IU]'), (4, 'K1', '[IU]'), (5, 'K1', 'kcal'), (6, 'energy', 'kJ'),
             (7, 'K1', NULL), (8, 'K1', 'ug/d'), (9, 'K1', 'spoons'), (10, 'Specific gravity', 'mg'), (11, NULL, 'mg'), (12, 'K', 'mg'),
             (13, 'VITK', 'ug')) AS v (i, name, unit),
     LATERAL printed_value(name, '400', unit) AS p
ORDER BY i;

-- a table is staged
CREATE TEMP TABLE food_import (LIKE vitk.food_import INCLUDING DEFAULTS);
INSERT INTO food_import (code, name, name_local, nutrient, value, unit) VALUES
    ('1', 'Butter', 'Boter', 'VITK1', '7,0', 'ug'),
    ('1', 'Butter', 'Boter', 'MK4', '15', 'ug'),
    ('1', 'Butter', 'Boter', 'MK-7', '<0,5', 'ug'),
    ('1', 'Butter', 'Boter', 'MK-8', 'sporen', 'ug'),
    ('1', 'Butter', 'Boter', 'MK-9', '-', 'ug'),
    ('1', 'Butter', 'Boter', 'Specific gravity', '0,1', 'mg'),
    ('2', NULL, 'Water', 'K1', '', 'ug');
CALL vitk.import_foods('mine');
CALL vitk.import_foods('sr28');
INSERT INTO vitk.source (source_id, citation) VALUES ('mine', 'a table of mine');
CALL vitk.import_foods('mine', refused_rows => 'ask');
CALL vitk.import_foods('mine', 'no_such_table');
CALL vitk.import_foods('mine');
SELECT food_id, name, name_local, builtin FROM vitk.food WHERE source_id = 'mine' ORDER BY food_id;
SELECT food_id, nutrient, kind, amount, source_id FROM vitk.food_value WHERE source_id = 'mine' ORDER BY food_id, nutrient;
SELECT * FROM vitk.food_profile WHERE food_id LIKE 'mine:%' ORDER BY food_id;

-- once more: not beside the first, but in its place
CALL vitk.import_foods('mine');
UPDATE food_import SET value = '16' WHERE nutrient = 'MK4';
CALL vitk.import_foods('mine', replace_foods => true);
SELECT profile -> 'MK-4' AS mk4 FROM vitk.food_profile WHERE food_id = 'mine:1';

-- refused rows: nothing is taken, and the reasons are told
INSERT INTO food_import (code, name, nutrient, value, unit, per, kind, n, minimum, maximum) VALUES
    ('3', 'Milk', 'K1', '0,3', 'ug', '100 ml', NULL, NULL, NULL, NULL),
    ('4', 'Kale', 'K1', '1,234', 'ug', '100 g', NULL, NULL, NULL, NULL),
    ('4', 'Kale', 'calcium', '254', 'ug', '100 g', 'weighed', NULL, NULL, NULL),
    ('4', 'Kale', 'retinol', '0', 'ug', '100 g', 'measured', 3, 2, 1),
    ('4', 'Kale', 'fat', '1', 'g', '100 g', 'measured', 0, NULL, NULL),
    ('5', 'Egg', 'MK-4', '7', 'ug', '100 g', 'measured', 4, 5, 9),
    ('5', 'Egg', 'K1', '0,3', 'ug', '100 g', NULL, NULL, NULL, NULL),
    ('5', 'Egg', 'phylloquinone', '0,4', 'ug', '100 g', NULL, NULL, NULL, NULL),
    ('6', 'Cod', 'K1', '0,1', 'ug', '100 g', NULL, NULL, NULL, NULL),
    ('6', 'Cod, raw', 'MK-4', '0,1', 'ug', '100 g', NULL, NULL, NULL, NULL),
    (NULL, 'Nameless', 'K1', '1', 'ug', '100 g', NULL, NULL, NULL, NULL),
    ('7', NULL, 'K1', '1', 'ug', '100 g', NULL, NULL, NULL, NULL);
CALL vitk.import_foods('mine', replace_foods => true);
SELECT status, count(*) FROM import_check() GROUP BY status ORDER BY status;
SELECT code, printed_nutrient, printed_value, reason FROM import_check()
WHERE status = 'refused' ORDER BY code, printed_nutrient, reason;
-- numbers that are none, and texts that no index takes
BEGIN;
TRUNCATE food_import;
INSERT INTO food_import (code, name, nutrient, value, unit, minimum, maximum) VALUES
    ('1', 'Butter', 'K1', '7', 'ug', 1, 'NaN'), ('2', 'Butter', 'K1', '7', 'ug', 'Infinity', NULL), ('3', 'Butter', 'K1', '7', 'ug', 'NaN', 9),
    ('4', 'Butter', 'K1', '7', 'ug', NULL, 'Infinity'), ('5', 'Butter', 'K1', '7', 'ug', -1, 9), ('13', 'Butter', 'K1', '7', 'ug', 1, 2e8), ('14', 'Butter', 'K1', '7', 'ug', 1, 99e6), ('6', 'Butter', 'K1', '7', 'ug', 6, 8),
    (repeat('9', 12800), 'Butter', 'K1', '7', 'ug', NULL, NULL), (repeat('9', 100), 'Butter', 'K1', '7', 'ug', NULL, NULL), ('7', repeat('x', 1001), 'K1', '7', 'ug', NULL, NULL),
    ('8', 'Vitamin', 'K1', '12', 'mg', NULL, NULL);
INSERT INTO food_import (code, name, nutrient, value, unit, printed_column, preference) VALUES
    ('9', 'Oil', 'energy', '3774', 'kJ', 'Energy (kJ)', 2), ('9', 'Oil', 'energy', '902', 'kcal', 'Energy (kcal)', 1),
    ('10', 'Water', 'energy', '0', 'kJ', 'Energy (kJ)', 2), ('10', 'Water', 'energy', '-', 'kcal', 'Energy (kcal)', 1),
    ('11', 'Jam', 'carbohydrate', '30', 'g', 'Carbohydrate', 1), ('11', 'Jam', 'sugars', '60', 'g', 'Sugars', 1), ('11', 'Jam', 'fat', '0.1', 'g', 'Fat', 1), ('12', 'Cheese', 'fat', '33', 'g', 'Fat', 1), ('12', 'Cheese', 'energy', '40', 'kcal', 'Energy (kcal)', 1), ('11', 'Jam', 'starch', 'traces', 'g', 'Starch', 1);
SELECT left(code, 10) AS code, printed_column, printed_value, status, amount, minimum, maximum, reason, doubt FROM import_check() ORDER BY length(code), code, printed_column;
CALL vitk.import_foods('mine', replace_foods => true, refused_rows => 'skip');
SELECT food_id, nutrient, amount, doubt FROM vitk.food_value WHERE source_id = 'mine' AND (doubt IS NOT NULL OR nutrient = 'energy') ORDER BY food_id;
SELECT printed_column, taken, unknown, skipped, refused, doubted FROM pg_temp.import_report ORDER BY printed_column;
INSERT INTO vitk.food_value (food_id, nutrient, kind, amount, source_id) VALUES ('mine:6', 'MK-4', 'label', '7000 g', 'mine');
ROLLBACK;
SELECT count(*) FROM vitk.food WHERE source_id = 'mine';
CALL vitk.import_foods('mine', refused_rows => 'skip', replace_foods => true);
SELECT food_id, name FROM vitk.food WHERE source_id = 'mine' ORDER BY food_id;
SELECT food_id, nutrient, kind, amount, n, minimum, maximum FROM vitk.food_value
WHERE food_id = 'mine:5' ORDER BY nutrient;
-- the decimal mark told, "1,234" is certain
CALL vitk.import_foods('mine', decimal_mark => ',', refused_rows => 'skip', replace_foods => true);
-- a wrong one is refused in short, and so is another table
SELECT count(*) FROM import_check(decimal_mark => 'comma');
CREATE TEMPORARY TABLE other AS SELECT code, nutrient, value, 1 AS grams FROM food_import;
SELECT count(*) FROM import_check('other');
CALL vitk.import_foods('mine', 'other');
SELECT profile FROM vitk.food_profile WHERE food_id = 'mine:4';

DELETE FROM vitk.food_value WHERE source_id = 'mine';
DELETE FROM vitk.food WHERE source_id = 'mine';
DELETE FROM vitk.source WHERE source_id = 'mine';
DROP TABLE food_import;
