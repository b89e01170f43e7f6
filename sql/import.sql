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
             (7, 'K1', NULL), (8, 'K1', 'ug/d'), (9, 'K1', 'spoons'), (10, 'Iron', 'mg'), (11, NULL, 'mg'), (12, 'K', 'mg'),
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
    ('1', 'Butter', 'Boter', 'Iron', '0,1', 'mg'),
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
