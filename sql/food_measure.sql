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

-- lines of a diary taken apart
SELECT line, amount, measure, food
FROM unnest('{2 cups of boiled broccoli,a bowl of natto,100g chicken,1 1/2 cups rice,two eggs,an apple,"bread, 2 slices",milk (200 ml),2% milk,7-up,
              2-3 slices of ham,half a cup of tea,a few slices of ham,1 large egg,2 large slices of wholemeal bread,"beer 0,5 l",oatmeal 1 cup.,slice of toast,
              12 fl. oz. cola,one and a half cups of rice,a dozen oysters,1/0 cup milk,2 x coffee,1 tbsp. butter,"250gr yoghurt",Ein Glas Milch,5,"",  a  ,
              1 leg of lamb,a cup of shredded cabbage,"3 slices of sliced ham",0 g salt,1e3 g x,99999999999999 g x,of,2 of them}'::text[]) WITH ORDINALITY AS l (line, i), diary_item(line)
ORDER BY i;
SELECT diary_item(NULL), length((diary_item(repeat('1 cup ', 5000))).food) < 1000 AS bounded;
SET client_encoding = 'UTF8';
SELECT line, amount, measure, food FROM unnest('{1½ slices of bread,½ cup milk,2⅓ cups of rice,¼ l crème}'::text[]) AS line, diary_item(line);
RESET client_encoding;
SELECT word, vitk_internal.diary_number(word) FROM unnest('{2,"0,5",.5,1/2,"1 1/2",3/0,x,1/,"1 2",-1,1.5/2}'::text[]) AS word;

-- pieces: what is named as the food, else a medium one, a fruit or item
SELECT f.food_id, f.name, m.food_measure, round(m.grams::numeric, 2) AS grams
FROM (VALUES ('sr28:09003'), ('sr28:01123'), ('sr28:18001'), ('sr28:05345'), ('sr28:09148'), ('sr28:21252'), ('sr28:09291'), ('sr28:11091'), ('sr28:22977'), ('sr28:14209'),
             ('kamao2007:natto')) AS t (food_id)
JOIN vitk.food f USING (food_id) LEFT JOIN LATERAL find_measure(f.food_id, 'pieces') AS m ON true;
-- a line to grams
SELECT line, f.name, round(i.amount * m.grams) AS grams
FROM unnest('{2 cups of boiled broccoli,two apples,an egg,12 fl oz beer}'::text[]) WITH ORDINALITY AS l (line, place),
     diary_item(line) AS i, find_food(i.food, 1, '{sr28}') AS f, find_measure(f.food_id, coalesce(i.measure, 'piece')) AS m
ORDER BY place;
