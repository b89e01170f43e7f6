-- An example cohort: 16 persons, 3 days each.  All of it is invented.

\set ON_ERROR_STOP 1
\set QUIET 1

\echo 'vitk: an example'
\echo '================'
\echo
\echo 'Sixteen persons, three days of eating each. The persons and their diaries are invented for this'
\echo 'example; the contents of the foods and the limits are real (vitk.source says from where).'
\echo 'vitk is for the analysis of data. Nothing here is advice to a patient.'
\echo

SET client_min_messages = warning;
CREATE EXTENSION vitk;

CREATE SCHEMA example;
COMMENT ON SCHEMA example IS 'EXAMPLE: an invented cohort, no real person';

CREATE TABLE example.person (
    person text PRIMARY KEY,
    sex text NOT NULL,
    age float8 NOT NULL,
    weight_kg float8 NOT NULL,
    life_stage text NOT NULL DEFAULT 'none',
    warfarin boolean NOT NULL DEFAULT false
);
COMMENT ON TABLE example.person IS 'EXAMPLE: invented persons, no real one among them; age in years';

INSERT INTO example.person VALUES
    ('Anna', 'female', 34, 71, 'pregnancy', false),
    ('Ben', 'male', 28, 84, 'none', false),
    ('Chiyo', 'female', 62, 52, 'none', false),
    ('Dirk', 'male', 71, 88, 'none', true),
    ('Elena', 'female', 68, 63, 'none', true),
    ('Farid', 'male', 45, 70, 'none', false),
    ('Grace', 'female', 51, 66, 'none', false),
    ('Hugo', 'male', 60, 92, 'none', false),
    ('Ines', 'female', 24, 58, 'none', false),
    ('Jonas', 'male', 15, 61, 'none', false),
    ('Kenji', 'male', 66, 64, 'none', false),
    ('Lea', 'female', 78, 55, 'none', true),
    ('Mara', 'female', 59, 64, 'none', false),
    ('Nils', 'male', 73, 81, 'none', false),
    ('Olga', 'female', 64, 70, 'none', false),
    ('Paul', 'male', 57, 95, 'none', false);

-- Daily supplements: profiles without a mass.  Vitamin D is in them as D3 and
-- as D, because the foods have both.  45 mg of MK-4 (menatetrenone) a day is the
-- dose used against osteoporosis in Japan.
CREATE TABLE example.supplement (
    person text NOT NULL REFERENCES example.person,
    product text NOT NULL,
    a_day nutrient_profile NOT NULL
);
COMMENT ON TABLE example.supplement IS 'EXAMPLE: what the invented persons take every day';

INSERT INTO example.supplement VALUES
    ('Anna', 'vitamin D3', 'D3 10 ug, D 10 ug'),
    ('Chiyo', 'menatetrenone, 3 x 15 mg', 'MK-4 45 mg'),
    ('Grace', 'MK-7 with D3', 'MK-7 180 ug, D3 1000 [IU], D 1000 [IU]'),
    ('Grace', 'calcium', 'calcium 600 mg'),
    ('Hugo', 'cod liver oil, a spoon', 'retinol 4080 ug, A-RAE 4080 ug, D3 34 ug, D 34 ug'),
    ('Lea', 'calcium with D3', 'calcium 1000 mg, D3 20 ug, D 20 ug');

-- The diaries, in words: a meal a row, its items separated by ";".
CREATE TABLE example.meal (
    person text NOT NULL REFERENCES example.person,
    day integer NOT NULL CHECK (day BETWEEN 1 AND 3),
    meal text NOT NULL,
    items text NOT NULL,
    PRIMARY KEY (person, day, meal)
);
COMMENT ON TABLE example.meal IS 'EXAMPLE: what the invented persons wrote down in three days';

INSERT INTO example.meal VALUES
    ('Anna', 1, 'breakfast', 'a container of plain nonfat Greek yogurt; half a cup of blueberries; a cup of coffee'),
    ('Anna', 1, 'lunch', 'a whole wheat hamburger roll; 2 pats of whipped butter; a slice of cheddar cheese; 60 g cucumber'),
    ('Anna', 1, 'dinner', 'cooked sockeye salmon, 140 g; a bowl of brown rice; half a cup of frozen spinach, boiled; 2 teaspoons of olive oil'),
    ('Anna', 1, 'snack', '3/4 cup of grapes'),
    ('Anna', 2, 'breakfast', '2 slices of whole-wheat bread; 3 pats of whipped butter; a hard-boiled egg; a cup of coffee'),
    ('Anna', 2, 'lunch', '2 cups of cooked whole-wheat spaghetti; half a cup of frozen boiled green peas; 2 teaspoons of olive oil'),
    ('Anna', 2, 'dinner', '2 1/2 rotisserie chicken drumsticks, original seasoning; a cup of mashed potatoes; 3/4 cup of boiled broccoli'),
    ('Anna', 2, 'snack', '3/4 container of plain nonfat Greek yogurt; one green kiwi'),
    ('Anna', 3, 'breakfast', 'a container of plain nonfat Greek yogurt; 20 g filberts; half a cup of grapes'),
    ('Anna', 3, 'lunch', '2 slices of whole-wheat bread; 30 g Gouda, 13 weeks; a medium raw carrot'),
    ('Anna', 3, 'dinner', 'lasagna with meat sauce, 320 g; a cup of shredded romaine lettuce; 2 tsp canola oil'),
    ('Anna', 3, 'snack', 'dark chocolate, 70-85% cacao (20 g)'),
    ('Ben', 1, 'breakfast', 'a medium plain bagel; 3 pats of whipped butter; a mug of coffee'),
    ('Ben', 1, 'lunch', 'one Whopper, no cheese; a medium McDonald''s french fries'),
    ('Ben', 1, 'dinner', '1 1/2 slices of Digiorno pizza'),
    ('Ben', 1, 'snack', '50 g potato chips'),
    ('Ben', 2, 'breakfast', 'two large scrambled eggs; hash browns 100 g; a mug of coffee'),
    ('Ben', 2, 'lunch', 'canteen stew, 350 g; a hamburger roll'),
    ('Ben', 2, 'dinner', '3 strips of KFC crispy chicken; a medium McDonald''s french fries; 30 g kosher dill pickles'),
    ('Ben', 2, 'snack', '120 g ice cream'),
    ('Ben', 3, 'breakfast', 'a medium plain bagel; a slice of cheddar cheese; a mug of coffee'),
    ('Ben', 3, 'lunch', '1 1/2 slices of Digiorno pizza'),
    ('Ben', 3, 'dinner', '180 g minced beef steak, cooked; 1 1/2 hamburger rolls; half a cup of chopped iceberg lettuce; 20 g kosher dill pickles'),
    ('Ben', 3, 'snack', '40 g potato chips'),
    ('Chiyo', 1, 'breakfast', '3/4 bowl of brown rice; a bowl of natto'),
    ('Chiyo', 1, 'lunch', 'cooked sockeye salmon, 90 g; 3/4 bowl of brown rice; a cup of shredded raw cabbage'),
    ('Chiyo', 1, 'dinner', 'half a cup of edamame; 90 g cooked prawns; 3/4 bowl of brown rice; 1 teaspoon sesame oil'),
    ('Chiyo', 1, 'snack', 'half a cup of grapes'),
    ('Chiyo', 2, 'breakfast', '3/4 bowl of brown rice; a hard-boiled egg; 2 cups of raw spinach'),
    ('Chiyo', 2, 'lunch', 'a fillet of raw Pacific cod; 3/4 bowl of brown rice; a medium raw carrot'),
    ('Chiyo', 2, 'dinner', 'a cup of raw white mushrooms; 90 g grilled skinless chicken breast; 3/4 bowl of brown rice; 2 tsp soybean oil'),
    ('Chiyo', 2, 'snack', 'one green kiwi'),
    ('Chiyo', 3, 'breakfast', '3/4 bowl of brown rice; a bowl of natto'),
    ('Chiyo', 3, 'lunch', '90 g cooked prawns; 3/4 bowl of brown rice; 80 g cucumber; 1 teaspoon sesame oil'),
    ('Chiyo', 3, 'dinner', 'cooked sockeye salmon, 100 g; 1 1/2 cups of shredded raw cabbage; 3/4 bowl of brown rice'),
    ('Chiyo', 3, 'snack', 'half a container of plain nonfat Greek yogurt'),
    ('Dirk', 1, 'breakfast', '2 slices of whole-wheat bread; 3 pats of whipped butter; 2 slices of sliced ham, packaged; a mug of coffee'),
    ('Dirk', 1, 'lunch', '2 hamburger rolls; 3 slices of salami'),
    ('Dirk', 1, 'dinner', '1 1/4 cups of mashed potatoes; 150 g cooked beef; 2 medium raw carrots'),
    ('Dirk', 1, 'snack', '3/4 cup of whole milk'),
    ('Dirk', 2, 'breakfast', '2 slices of whole-wheat bread; 3 pats of whipped butter; 1 1/2 slices of cheddar cheese; a mug of coffee'),
    ('Dirk', 2, 'lunch', '2 slices of whole-wheat bread; two hard-boiled eggs'),
    ('Dirk', 2, 'dinner', '1 1/4 cups of mashed potatoes; 1 1/2 fillets of raw Pacific cod; 1 1/2 cups of raw white mushrooms; 3 pats of whipped butter'),
    ('Dirk', 2, 'snack', '3/4 cup of whole milk'),
    ('Dirk', 3, 'breakfast', '2 slices of whole-wheat bread; 3 pats of whipped butter; 2 slices of sliced ham, packaged; a mug of coffee'),
    ('Dirk', 3, 'lunch', '2 hamburger rolls; 1 1/2 slices of cheddar cheese'),
    ('Dirk', 3, 'dinner', '1 1/2 rotisserie chicken thighs, original seasoning; a bowl of brown rice; 1 1/2 medium raw carrots'),
    ('Dirk', 3, 'snack', '100 g ice cream'),
    ('Elena', 1, 'breakfast', 'a container of plain nonfat Greek yogurt; 25 g filberts; a cup of coffee'),
    ('Elena', 1, 'lunch', '1 1/2 cups of shredded romaine lettuce; two hard-boiled eggs; 1 tbsp olive oil; 2 slices of whole-wheat bread'),
    ('Elena', 1, 'dinner', 'cooked sockeye salmon, 120 g; a cup of boiled broccoli; 2 teaspoons of olive oil'),
    ('Elena', 1, 'snack', '3/4 cup of grapes'),
    ('Elena', 2, 'breakfast', 'a container of plain nonfat Greek yogurt; half a cup of blueberries; a cup of coffee'),
    ('Elena', 2, 'lunch', '1 1/2 cups of shredded romaine lettuce; 100 g grilled skinless chicken breast; 1 tbsp olive oil; 2 slices of whole-wheat bread'),
    ('Elena', 2, 'dinner', '1 1/2 cups of cooked whole-wheat spaghetti; a cup of microwaved green beans; 2 teaspoons of olive oil'),
    ('Elena', 2, 'snack', 'one green kiwi'),
    ('Elena', 3, 'breakfast', '2 slices of whole-wheat bread; 2 pats of whipped butter; a cup of coffee'),
    ('Elena', 3, 'lunch', '1 1/2 cups of shredded romaine lettuce; 100 g cooked prawns; 1 tbsp olive oil; 2 slices of whole-wheat bread'),
    ('Elena', 3, 'dinner', '1 1/2 fillets of raw Pacific cod; a cup of boiled broccoli; 2 teaspoons of olive oil'),
    ('Elena', 3, 'snack', 'dark chocolate, 70-85% cacao (20 g)'),
    ('Farid', 1, 'breakfast', '3 slices of whole-wheat bread; half a cup of sliced avocado; a cup of coffee'),
    ('Farid', 1, 'lunch', 'a bowl of brown rice; 3/4 cup of edamame; 4 cups of raw kale; 1 teaspoon sesame oil'),
    ('Farid', 1, 'dinner', '2 cups of cooked whole-wheat spaghetti; 1 1/2 cups of raw white mushrooms; a cup of microwaved green beans; 1 tbsp olive oil'),
    ('Farid', 1, 'snack', '30 g filberts'),
    ('Farid', 2, 'breakfast', '3 slices of whole-wheat bread; a handful of sunflower seeds; a cup of coffee'),
    ('Farid', 2, 'lunch', '2 1/2 cups of raw spinach; half a cup of sliced avocado; a medium raw carrot; 1 tbsp soybean oil'),
    ('Farid', 2, 'dinner', 'a bowl of brown rice; a cup of frozen boiled green peas; 1 1/2 cups of shredded raw cabbage; 2 tsp canola oil'),
    ('Farid', 2, 'snack', 'a cup of grapes'),
    ('Farid', 3, 'breakfast', '3 slices of whole-wheat bread; half a cup of sliced avocado; a cup of coffee'),
    ('Farid', 3, 'lunch', 'a bowl of brown rice; a cup of boiled broccoli; 1 oz oil roasted cashew nuts; 2 tsp soybean oil'),
    ('Farid', 3, 'dinner', '2 cups of cooked whole-wheat spaghetti; 4 cups of raw kale; 1 tbsp olive oil'),
    ('Farid', 3, 'snack', '4 prunes'),
    ('Grace', 1, 'breakfast', '2 slices of whole-wheat bread; 2 pats of whipped butter; a hard-boiled egg; a cup of coffee'),
    ('Grace', 1, 'lunch', '1 1/2 slices of cheddar cheese; 6 whole-wheat crackers; 80 g cucumber'),
    ('Grace', 1, 'dinner', '130 g grilled skinless chicken breast; 3/4 cup of boiled broccoli; 3/4 bowl of brown rice'),
    ('Grace', 1, 'snack', '3/4 container of plain nonfat Greek yogurt'),
    ('Grace', 2, 'breakfast', '3/4 container of plain nonfat Greek yogurt; half a cup of blueberries; a cup of coffee'),
    ('Grace', 2, 'lunch', '2 slices of whole-wheat bread; 2 slices of sliced ham, packaged; a cup of shredded romaine lettuce'),
    ('Grace', 2, 'dinner', 'a plate of lasagna with meat sauce; a cup of chopped iceberg lettuce; 2 tsp canola oil'),
    ('Grace', 2, 'snack', 'dark chocolate, 70-85% cacao (15 g)'),
    ('Grace', 3, 'breakfast', '2 slices of whole-wheat bread; 30 g Edam; a cup of coffee'),
    ('Grace', 3, 'lunch', 'a whole wheat hamburger roll; 80 g cooked prawns; half a cup of sliced avocado'),
    ('Grace', 3, 'dinner', 'cooked sockeye salmon, 120 g; 3/4 cup of mashed potatoes; half a cup of frozen boiled green peas'),
    ('Grace', 3, 'snack', '3/4 cup of grapes'),
    ('Hugo', 1, 'breakfast', 'croissant, 60 g; 3 pats of whipped butter; a cup of coffee'),
    ('Hugo', 1, 'lunch', '50 g goose liver; 2 slices of whole-wheat bread; half a cup of grapes'),
    ('Hugo', 1, 'dinner', '180 g cooked beef; a cup of microwaved green beans; 50 g Camembert; 3 pats of whipped butter'),
    ('Hugo', 1, 'snack', 'dark chocolate, 70-85% cacao (30 g)'),
    ('Hugo', 2, 'breakfast', '2 slices of whole-wheat bread; 3 pats of whipped butter; 50 g Gouda, 13 weeks; a cup of coffee'),
    ('Hugo', 2, 'lunch', '4 slices of salami; 2 slices of whole-wheat bread; 30 g kosher dill pickles'),
    ('Hugo', 2, 'dinner', '130 g heifer liver, cooked; a cup of mashed potatoes; 3 pats of whipped butter; 40 g Edam'),
    ('Hugo', 3, 'breakfast', 'croissant, 60 g; 3 pats of whipped butter; a cup of coffee'),
    ('Hugo', 3, 'lunch', '60 g Camembert; 3 slices of whole-wheat bread'),
    ('Hugo', 3, 'dinner', '4 rotisserie chicken drumsticks, original seasoning; 1 1/2 cups of raw white mushrooms; a cup of mashed potatoes; 3 pats of whipped butter'),
    ('Hugo', 3, 'snack', '100 g ice cream'),
    ('Ines', 1, 'breakfast', '3/4 container of plain nonfat Greek yogurt; one green kiwi; a cup of coffee'),
    ('Ines', 1, 'lunch', '1 1/2 cups of shredded romaine lettuce; 80 g grilled skinless chicken breast; half a cup of sliced avocado; 2 teaspoons of olive oil'),
    ('Ines', 1, 'dinner', '1 1/2 cups of cooked whole-wheat spaghetti; 1 1/2 cups of raw spinach; 2 teaspoons of olive oil'),
    ('Ines', 2, 'breakfast', 'a cup of coffee; croissant, 50 g'),
    ('Ines', 2, 'lunch', 'a slice of Digiorno pizza'),
    ('Ines', 2, 'dinner', '1 1/2 cups of shredded romaine lettuce; a hard-boiled egg; 60 g cucumber; 2 tsp canola oil'),
    ('Ines', 2, 'snack', '30 g potato chips; a bottle of bubble tea'),
    ('Ines', 3, 'breakfast', '3/4 container of plain nonfat Greek yogurt; half a cup of blueberries'),
    ('Ines', 3, 'lunch', '2 slices of whole-wheat bread; a slice of cheddar cheese; a medium raw carrot'),
    ('Ines', 3, 'dinner', '3/4 bowl of brown rice; 100 g cooked prawns; a cup of microwaved green beans; 2 tsp soybean oil'),
    ('Ines', 3, 'snack', 'dark chocolate, 70-85% cacao (20 g)'),
    ('Jonas', 1, 'breakfast', 'a medium plain bagel; 1 1/4 cups of whole milk; 3 pats of whipped butter'),
    ('Jonas', 1, 'lunch', 'one Whopper, no cheese; a medium McDonald''s french fries'),
    ('Jonas', 1, 'dinner', '2 1/2 cups of cooked whole-wheat spaghetti; 150 g minced beef steak, cooked'),
    ('Jonas', 1, 'snack', '150 g ice cream; a cup of whole milk'),
    ('Jonas', 2, 'breakfast', '3 slices of whole-wheat bread; 2 slices of cheddar cheese; 1 1/4 cups of whole milk'),
    ('Jonas', 2, 'lunch', '1 1/2 slices of Digiorno pizza'),
    ('Jonas', 2, 'dinner', '2 rotisserie chicken thighs, original seasoning; 1 1/4 bowls of brown rice; half a cup of frozen boiled green peas'),
    ('Jonas', 2, 'snack', '60 g potato chips'),
    ('Jonas', 3, 'breakfast', 'a medium plain bagel; two large scrambled eggs; 1 1/4 cups of whole milk'),
    ('Jonas', 3, 'lunch', '3 strips of KFC crispy chicken; a medium McDonald''s french fries'),
    ('Jonas', 3, 'dinner', 'lasagna with meat sauce, 400 g'),
    ('Jonas', 3, 'snack', 'a cup of whole milk; 3/4 cup of grapes'),
    ('Kenji', 1, 'breakfast', 'a bowl of brown rice; a bowl of natto; a hard-boiled egg'),
    ('Kenji', 1, 'lunch', 'a bowl of brown rice; cooked sockeye salmon, 100 g; a cup of shredded raw cabbage'),
    ('Kenji', 1, 'dinner', 'a bowl of brown rice; 100 g cooked beef; half a cup of frozen spinach, boiled; 2 tsp soybean oil'),
    ('Kenji', 2, 'breakfast', 'a bowl of brown rice; a bowl of natto'),
    ('Kenji', 2, 'lunch', 'a bowl of brown rice; 100 g cooked prawns; a cup of raw white mushrooms'),
    ('Kenji', 2, 'dinner', 'a bowl of brown rice; a fillet of raw Pacific cod; half a cup of edamame; 60 g cucumber'),
    ('Kenji', 3, 'breakfast', 'a bowl of brown rice; a bowl of natto; a hard-boiled egg'),
    ('Kenji', 3, 'lunch', 'a bowl of brown rice; 110 g grilled skinless chicken breast; a medium raw carrot'),
    ('Kenji', 3, 'dinner', 'a bowl of brown rice; cooked sockeye salmon, 100 g; a cup of shredded raw cabbage; 1 teaspoon sesame oil'),
    ('Lea', 1, 'breakfast', '2 slices of whole-wheat bread; 2 pats of whipped butter; a cup of coffee'),
    ('Lea', 1, 'lunch', 'a fillet of raw Pacific cod; 3/4 cup of mashed potatoes; 1 1/2 medium raw carrots'),
    ('Lea', 1, 'dinner', '2 slices of whole-wheat bread; 30 g Edam; half a cup of whole milk'),
    ('Lea', 2, 'breakfast', '2 slices of whole-wheat bread; 2 pats of whipped butter; a cup of coffee'),
    ('Lea', 2, 'lunch', 'a rotisserie chicken thigh, original seasoning; 3/4 cup of mashed potatoes; half a cup of boiled red cabbage'),
    ('Lea', 2, 'dinner', '3/4 container of plain nonfat Greek yogurt; 2 slices of whole-wheat bread; 25 g Gouda, 13 weeks'),
    ('Lea', 3, 'breakfast', '2 slices of whole-wheat bread; a hard-boiled egg; a cup of coffee'),
    ('Lea', 3, 'lunch', 'lasagna with meat sauce, 220 g'),
    ('Lea', 3, 'dinner', '2 slices of whole-wheat bread; a slice of sliced ham, packaged; 2 pats of whipped butter; half a cup of whole milk'),
    ('Lea', 3, 'snack', '3 prunes'),
    ('Mara', 1, 'breakfast', 'a container of plain nonfat Greek yogurt; half a cup of blueberries; a cup of coffee'),
    ('Mara', 1, 'lunch', '2 slices of whole-wheat bread; 40 g Gouda, 13 weeks; 60 g cucumber'),
    ('Mara', 1, 'dinner', '2 1/2 rotisserie chicken drumsticks, original seasoning; 3/4 cup of mashed potatoes; 1 1/2 medium raw carrots'),
    ('Mara', 1, 'snack', 'dark chocolate, 70-85% cacao (20 g)'),
    ('Mara', 2, 'breakfast', '2 slices of whole-wheat bread; 2 pats of whipped butter; a hard-boiled egg; a cup of coffee'),
    ('Mara', 2, 'lunch', '1 1/2 cups of cooked whole-wheat spaghetti; 1 1/2 cups of raw spinach; 2 teaspoons of olive oil'),
    ('Mara', 2, 'dinner', 'a fillet of raw Pacific cod; 3/4 bowl of brown rice; half a cup of frozen boiled green peas'),
    ('Mara', 3, 'breakfast', 'a container of plain nonfat Greek yogurt; 20 g filberts; a cup of coffee'),
    ('Mara', 3, 'lunch', '1 1/2 cups of shredded romaine lettuce; 2 slices of sliced ham, packaged; 2 slices of whole-wheat bread'),
    ('Mara', 3, 'dinner', 'a plate of lasagna with meat sauce; 60 g cucumber'),
    ('Mara', 3, 'snack', '3/4 cup of grapes'),
    ('Nils', 1, 'breakfast', '3 slices of whole-wheat bread; 4 pats of whipped butter; 1 1/2 slices of cheddar cheese; a mug of coffee'),
    ('Nils', 1, 'lunch', '2 hamburger rolls; 2 slices of salami'),
    ('Nils', 1, 'dinner', '160 g cooked beef; 1 1/4 cups of mashed potatoes; half a cup of frozen boiled green peas'),
    ('Nils', 1, 'snack', '3/4 cup of whole milk'),
    ('Nils', 2, 'breakfast', '3 slices of whole-wheat bread; 4 pats of whipped butter; a hard-boiled egg; a mug of coffee'),
    ('Nils', 2, 'lunch', '100 g cooked prawns; 2 slices of whole-wheat bread'),
    ('Nils', 2, 'dinner', 'cooked sockeye salmon, 150 g; a cup of mashed potatoes; 80 g cucumber'),
    ('Nils', 2, 'snack', '100 g ice cream'),
    ('Nils', 3, 'breakfast', '3 slices of whole-wheat bread; 4 pats of whipped butter; 2 slices of sliced ham, packaged; a mug of coffee'),
    ('Nils', 3, 'lunch', '2 hamburger rolls; 1 1/2 slices of cheddar cheese'),
    ('Nils', 3, 'dinner', '150 g minced beef steak, cooked; 2 cups of cooked whole-wheat spaghetti; 1 1/2 medium raw carrots'),
    ('Nils', 3, 'snack', '3/4 cup of whole milk'),
    ('Olga', 1, 'breakfast', '3/4 bowl of brown rice; half a cup of whole milk'),
    ('Olga', 1, 'lunch', '2 cups of shredded raw cabbage; 3/4 cup of mashed potatoes; 2 tsp canola oil'),
    ('Olga', 1, 'dinner', '5 cups of raw kale; 100 g cooked beef; 2 slices of whole-wheat bread'),
    ('Olga', 1, 'snack', '3 prunes'),
    ('Olga', 2, 'breakfast', '2 slices of whole-wheat bread; 2 pats of whipped butter; a cup of coffee'),
    ('Olga', 2, 'lunch', 'a cup of boiled red cabbage; a rotisserie chicken thigh, original seasoning; 3/4 cup of mashed potatoes'),
    ('Olga', 2, 'dinner', '3/4 cup of boiled broccoli; a fillet of raw Pacific cod; half a bowl of brown rice'),
    ('Olga', 3, 'breakfast', '3/4 bowl of brown rice; half a cup of whole milk'),
    ('Olga', 3, 'lunch', '2 cups of shredded raw cabbage; 3 slices of sliced ham, packaged; 3/4 cup of mashed potatoes'),
    ('Olga', 3, 'dinner', 'half a cup of frozen spinach, boiled; two hard-boiled eggs; 2 slices of whole-wheat bread'),
    ('Paul', 1, 'breakfast', 'croissant, 60 g; a cup of coffee'),
    ('Paul', 1, 'lunch', '1 1/2 slices of Digiorno pizza'),
    ('Paul', 1, 'dinner', '2 rotisserie chicken thighs, original seasoning; a medium McDonald''s french fries; half a cup of chopped iceberg lettuce'),
    ('Paul', 1, 'snack', '40 g potato chips'),
    ('Paul', 2, 'breakfast', 'a medium plain bagel; 3 pats of whipped butter; a cup of coffee'),
    ('Paul', 2, 'lunch', 'one Whopper, no cheese'),
    ('Paul', 2, 'dinner', '3 rotisserie chicken drumsticks, original seasoning; a cup of mashed potatoes; half a cup of microwaved green beans'),
    ('Paul', 3, 'breakfast', 'two large scrambled eggs; hash browns 100 g; a cup of coffee'),
    ('Paul', 3, 'lunch', '3 strips of KFC crispy chicken; a medium McDonald''s french fries'),
    ('Paul', 3, 'dinner', '1 1/2 slices of Digiorno pizza'),
    ('Paul', 3, 'snack', '120 g ice cream');

-- Measures that no food table has: what the bowls, mugs and hands of this house hold.
INSERT INTO vitk.source (source_id, citation) VALUES ('kitchen', 'EXAMPLE: scales of an invented kitchen');
INSERT INTO vitk.food_measure (food_id, measure, grams, source_id) VALUES
    ('sr28:20037', 'bowl', 200, 'kitchen'), ('sr28:16113', 'bowl', 50, 'kitchen'), ('sr28:14209', 'mug', 300, 'kitchen'),
    ('sr28:12036', 'handful', 30, 'kitchen');

-- From words to foods: each item is taken apart once, the first foods that have all its words are looked up, and of
-- these the first of which the measure is known is taken; "two eggs" are pieces; LEFT JOIN keeps what is not found.
CREATE TABLE example.item AS
    SELECT line, i.amount, i.measure, i.food AS words, f.food_id, f.name, i.amount * f.grams AS grams
    FROM (SELECT DISTINCT line FROM example.meal, string_to_table(items, '; ') AS line) AS l,
         LATERAL diary_item(line) AS i
    LEFT JOIN LATERAL (
        SELECT found.food_id, found.name, m.grams
        FROM find_food(i.food, 5) WITH ORDINALITY AS found (food_id, name, name_local, food_group, source_id, rank, place)
        LEFT JOIN LATERAL find_measure(found.food_id, coalesce(i.measure, 'piece')) AS m ON true
        WHERE found.rank >= 2
        ORDER BY m.grams IS NULL, place, m.grams
        LIMIT 1) AS f ON true;
COMMENT ON TABLE example.item IS 'EXAMPLE: the lines of the diaries of invented persons, with the foods and grams that they were matched with';

-- What was not matched is looked at by a person.
CREATE TABLE example.decision (
    line text PRIMARY KEY,
    food_id text REFERENCES vitk.food,
    grams float8 NOT NULL,
    why text NOT NULL
);
COMMENT ON TABLE example.decision IS 'EXAMPLE: what was taken for lines of the diaries of invented persons that were not matched';
COMMENT ON COLUMN example.decision.food_id IS 'food of vitk.food; NULL: what it was stays unknown';

INSERT INTO example.decision VALUES
    ('canteen stew, 350 g', NULL, 350, 'nobody knows what was in it'),
    ('a bottle of bubble tea', NULL, 400, 'no table has it; it holds 400 g'),
    ('a plate of lasagna with meat sauce', 'sr28:22977', 300, 'one plate was weighed');

CREATE TABLE example.diary (
    person text NOT NULL REFERENCES example.person,
    day integer NOT NULL CHECK (day BETWEEN 1 AND 3),
    meal text NOT NULL,
    food_id text REFERENCES vitk.food,
    grams float8 NOT NULL CHECK (grams >= 0)
);
COMMENT ON TABLE example.diary IS 'EXAMPLE: what the invented persons ate in three days';
COMMENT ON COLUMN example.diary.food_id IS 'food of vitk.food; NULL: what it was is not known (a canteen stew)';

INSERT INTO example.diary
    SELECT person, day, meal, coalesce(i.food_id, d.food_id), coalesce(i.grams, d.grams)
    FROM example.meal, string_to_table(items, '; ') WITH ORDINALITY AS l (line, place)
    LEFT JOIN example.item AS i USING (line)
    LEFT JOIN example.decision AS d USING (line)
    ORDER BY person, day, meal, place;

-- what each person ate, and took, in the three days
CREATE TABLE example.intake AS
    SELECT person, food, coalesce(food + supplement, food) AS total
    FROM (SELECT person, intake(profile, grams) AS food
          FROM example.diary LEFT JOIN vitk.food_profile USING (food_id)
          GROUP BY person) AS eaten
    LEFT JOIN (SELECT person, sum(a_day) * 3 AS supplement
               FROM example.supplement
               GROUP BY person) AS taken USING (person);
COMMENT ON TABLE example.intake IS 'EXAMPLE: sums of three days of the invented persons: food, and food with supplements';
