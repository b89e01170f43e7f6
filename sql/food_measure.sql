-- household measures: as people write them, with those of a food, and errors that say which it has
SELECT typed, find_measure.food_measure, round(find_measure.grams::numeric, 3) AS grams, doubt
FROM (VALUES ('sr28:11091', 'cup'), ('sr28:11091', 'Cups'), ('sr28:11091', 'cups, chopped'), ('sr28:11091', 'chopped cup'), ('sr28:09003', 'cup'),
             ('sr28:09003', 'MEDIUM'), ('sr28:01001', 'tablespoons'), ('sr28:01001', 'teaspoon'), ('sr28:01001', 'oz'), ('sr28:01001', 'ounces'),
             ('sr28:01001', 'lbs'), ('sr28:01001', 'g'), ('sr28:14003', 'fl. oz.'), ('sr28:14003', 'fluid ounces'), ('sr28:14003', 'mL'),
             ('sr28:16113', 'bowl'), ('sr28:18069', 'slices'), ('sr28:07028', 'slice'), ('sr28:11457', 'leaves'), ('kamao2007:natto', 'cup'),
             ('kamao2007:natto', 'gram'), ('sr28:09132', ''), ('sr28:09132', '('), ('no:such', 'cup'), (NULL, 'cup'), ('sr28:09132', NULL))
         AS t (food_id, typed)
LEFT JOIN LATERAL find_measure(food_id, typed) ON true;

SELECT grams('sr28:11091', 2, 'cups') AS broccoli, grams('sr28:16113', 0.5, 'cup') AS natto, grams('sr28:01001', 3, 'ounces') AS butter,
       grams('sr28:01001', 0, 'cup') AS none, grams('sr28:01001', NULL, 'cup') AS unknown;
SELECT grams('sr28:11091', 2, 'barrels');
SELECT grams('sr28:09003', 1, 'cup');
SELECT grams('sr28:18069', 1, 'slice');
SELECT grams('kamao2007:natto', 1, 'cup');
SELECT grams('sr28:1801x', 2, 'biscuits');
SELECT grams('sr28:18014', -2, 'biscuits');
SELECT grams('sr28:18014', 'NaN', 'biscuits');

-- one's own stand before those shipped; shipped ones stay as they are
BEGIN;
INSERT INTO vitk.source (source_id, citation) VALUES ('kitchen', 'our own scales');
INSERT INTO vitk.food_measure (food_id, measure, grams, source_id) VALUES
    ('sr28:11091', 'Cup', 150, 'kitchen'), ('kamao2007:natto', 'pack', 45, 'kitchen'), ('sr28:09003', 'bowls', 250, 'kitchen');
INSERT INTO vitk.household_measure (measure, synonyms, millilitres, source) VALUES ('go', 'gou', 180.39, 'Japanese measure of rice');
SELECT grams('sr28:11091', 2, 'cups') AS broccoli, grams('kamao2007:natto', 2, 'packs') AS natto, grams('sr28:09003', 1, 'bowl') AS apples,
       round(grams('sr28:20045', 1, 'gou')::numeric, 2) AS rice;
SAVEPOINT s;
UPDATE vitk.food_measure SET grams = 1 WHERE food_id = 'sr28:11091' AND builtin;
ROLLBACK TO s;
INSERT INTO vitk.food_measure (food_id, measure, grams, source_id) VALUES ('sr28:11091', 'Cup', 0, 'kitchen');
ROLLBACK;

-- against the published rows: the weight of one; ounces are exact
SELECT count(*) AS shipped, count(doubt) AS doubted, count(*) FILTER (WHERE measure IN ('oz', 'lb')) AS masses, count(*) FILTER (WHERE grams / amount > 5000) AS heavy
FROM vitk.food_measure WHERE builtin;
SELECT vitk_internal.measure_key('2 Cups, of (8 fl oz) sliced Radishes; loaves', '{tablespoon}', '{tbsp}'), vitk_internal.measure_key('Tablespoons', '{tablespoon}', '{tbsp}'),
       cardinality(vitk_internal.measure_key(repeat('a b ', 200), '{}', '{}'));
SELECT vitk_internal.measure_key('a', '{a,b}', '{a}');
