-- foods that borrow a value: by kind, and known in full; a value of one's own stands before it
SELECT food_id, nutrient, kind, amount, source_id, note, builtin FROM vitk.food_value_in_force WHERE kind = 'borrowed';
SELECT profile -> 'MK-7' AS mk7, coverage(profile, 'MK-7') FROM vitk.food_profile WHERE food_id = 'sr28:16113';
SELECT mk7_ug, flags ~ 'MK-7 borrowed' AS flagged FROM vitk.food_vitamin_k WHERE food_id = 'sr28:16113';

BEGIN;
INSERT INTO vitk.source (source_id, citation) VALUES ('own', 'our own');
INSERT INTO vitk.food (source_id, code, name) VALUES ('own', 'soup', 'Soup'), ('own', 'stock', 'Stock'), ('own', 'feast', 'Feast'), ('own', 'boiled', 'A, boiled'), ('own', 'bare', 'Nothing known'),
    ('own', 'a', 'A'), ('own', 'b', 'B'), ('own', 'c', 'C');
INSERT INTO vitk.food_value (food_id, nutrient, kind, amount, source_id) VALUES
    ('own:a', 'K1', 'measured', '100 ug', 'own'), ('own:a', 'calcium', 'measured', '10..20 mg', 'own'), ('own:a', 'vitamin C', 'measured', '60 mg', 'own'),
    ('own:b', 'K1', 'measured', '10 ug', 'own'), ('own:b', 'MK-4', 'measured', '5 ug', 'own'), ('own:b', 'vitamin C', 'measured', '6 mg', 'own');
SAVEPOINT s;
INSERT INTO vitk.food_link VALUES ('own:c', 'MK-4', 'own:b'), ('own:a', 'K1', 'own:b'), ('sr28:16113', 'MK-7', 'own:a');
SELECT food_id, nutrient, kind, amount, note FROM vitk.food_value_in_force WHERE kind = 'borrowed';
INSERT INTO vitk.food_value (food_id, nutrient, kind, source_id) VALUES ('own:c', 'MK-4', 'trace', 'own');
SELECT kind, amount FROM vitk.food_value_in_force WHERE food_id = 'own:c';
INSERT INTO vitk.food_link VALUES ('own:a', 'MK-4', 'own:a');
ROLLBACK TO s;

-- stock: 100 g of a and 300 g of water of which nothing is known, 200 g when it is done
-- soup: 100 g of stock, 100 g of b that is cooked
INSERT INTO vitk.retention (code, description, source) VALUES ('boil', 'vegetables, boiled', 'our own');
INSERT INTO vitk.retention_factor (code, nutrient, factor) VALUES ('boil', 'vitamin C', 0.5), ('boil', 'MK-4', 0.8), ('boil', 'iron', 0);
INSERT INTO vitk.recipe (food_id, ingredient_id, grams, retention_code, source_id) VALUES
    ('own:stock', 'own:a', 100, NULL, 'own'), ('own:stock', 'own:bare', 300, NULL, 'own'),
    ('own:soup', 'own:stock', 100, 'boil', 'own'), ('own:soup', 'own:b', 100, 'boil', 'own');
INSERT INTO vitk.recipe_yield (food_id, grams) VALUES ('own:stock', 200);
-- by hand: stock, in 100 g: K1 50, known of a quarter; calcium 5 .. 10; C 30.  Soup: K1 (50 + 10) / 2, known of (25 + 100) / 200;
-- C (30 + 6) / 2 / 2 = 9, MK-4 0.8 * 5 / 2 = 2, known of a half
SELECT food_id, profile FROM vitk.food_profile WHERE food_id IN ('own:stock', 'own:soup') ORDER BY food_id;
SELECT rounded(intake(profile, 50) -> 'K1', 2) AS of_a_portion FROM vitk.food_profile WHERE food_id = 'own:soup';
-- a food with values is known by them
INSERT INTO vitk.recipe (food_id, ingredient_id, grams, source_id) VALUES ('own:b', 'own:a', 1, 'own');
SELECT profile, recipe_profile(food_id), recipe_profile('sr28:11090') AS none FROM vitk.food_profile WHERE food_id = 'own:b';
-- recipes of shipped foods, and the same ingredient twice
INSERT INTO vitk.recipe (food_id, place, ingredient_id, grams, retention_code, source_id) VALUES
    ('own:feast', 1, 'sr28:11090', 100, '3005', 'own'), ('own:feast', 2, 'sr28:11090', 100, NULL, 'own');
SELECT (p.profile -> 'K1') = (f.profile -> 'K1') AS k1_whole, d.description
FROM vitk.food_profile p, vitk.food_profile f, vitk.retention d
WHERE p.food_id = 'own:feast' AND f.food_id = 'sr28:11090' AND d.code = '3005';
-- a factor of one's own, of a shipped code, stands before the shipped one; a shipped code is not taken again
INSERT INTO vitk.recipe (food_id, ingredient_id, grams, retention_code, source_id) VALUES ('own:boiled', 'own:a', 100, '3005', 'own');
SELECT factor, builtin FROM vitk.retention_factor WHERE code = '3005' AND nutrient = 'vitamin C';
SELECT rounded(profile -> 'vitamin C', 3) AS c_left FROM vitk.food_profile WHERE food_id = 'own:boiled';
INSERT INTO vitk.retention_factor (code, nutrient, factor) VALUES ('3005', 'vitamin C', 0.1), ('3005', 'K1', 0.5);
SELECT rounded(profile -> 'vitamin C', 3) AS c_left, profile -> 'K1' AS k1_left FROM vitk.food_profile WHERE food_id = 'own:boiled';
SAVEPOINT r;
INSERT INTO vitk.retention (code, description, source) VALUES ('3005', 'ours', 'our own');
ROLLBACK TO r;
-- circles, named
SAVEPOINT s;
INSERT INTO vitk.recipe (food_id, ingredient_id, grams, source_id) VALUES ('own:a', 'own:soup', 1, 'own');
ROLLBACK TO s;
INSERT INTO vitk.recipe (food_id, ingredient_id, grams, source_id) VALUES ('own:c', 'own:c', 1, 'own');
ROLLBACK TO s;
UPDATE vitk.recipe SET ingredient_id = 'own:soup' WHERE food_id = 'own:stock' AND ingredient_id = 'own:bare';
ROLLBACK TO s;
-- one that is there all the same is not known, and stops nothing
ALTER TABLE vitk.recipe DISABLE TRIGGER recipe_circle;
INSERT INTO vitk.recipe (food_id, ingredient_id, grams, source_id) VALUES ('own:c', 'own:c', 1, 'own');
SELECT profile IS NULL OR cardinality(array(SELECT nutrient FROM unnest(profile))) = 0 AS unknown FROM vitk.food_profile WHERE food_id = 'own:c';
ROLLBACK TO s;
INSERT INTO vitk.recipe (food_id, ingredient_id, grams, source_id) VALUES ('own:c', 'own:b', 0, 'own');
ROLLBACK;

SELECT count(*), count(DISTINCT code), min(factor), max(factor), count(*) FILTER (WHERE nutrient IN ('K1', 'MK-4', 'D', 'alpha-tocopherol')) AS of_k_d_e FROM vitk.retention_factor;
SELECT vitk_internal.profile_retained('100 g: K1 10 ug', '{K1}', '{2}');
SELECT vitk_internal.profile_retained('100 g: K1 10 ug', '{K1}', '{}');
SELECT vitk_internal.profile_of_yield('K1 10 ug', 10);
