-- doubt: what is possible, but so odd that one should look at it

CREATE FUNCTION food_doubt(profile nutrient_profile) RETURNS text
    AS 'MODULE_PATHNAME', 'doubt_of_food' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION food_doubt(nutrient_profile) IS
    'what is odd about the profile of a food: more of a nutrient than any published table has, parts that are more than their whole, an energy that what is known of fat, protein, carbohydrate and alcohol cannot give by any factor in use (vitk.energy_factor); NULL: nothing';

CREATE FUNCTION intake_doubt(profile nutrient_profile, days float8 DEFAULT 1) RETURNS text
    AS 'MODULE_PATHNAME', 'doubt_of_intake' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION intake_doubt(nutrient_profile, float8) IS
    'what is odd about what a person ate in some days: more food and drink, or more of a nutrient, a day than any of some thousand persons (vitk.intake_maximum), parts that are more than their whole, an energy that does not fit; they were asked for foods, so what a supplement alone gives is not doubted, but one that is added to foods is; NULL: nothing; an error for days that are not above 0 and at most 36525';

-- the very rows that are compiled in

CREATE VIEW vitk.energy_factor AS
    SELECT component, replace(nutrients, '|', ', ') AS nutrients, lowest::float8, highest::float8, 'kcal/g' AS unit, source
    FROM (@values energy_factor.csv@
    ) AS v (component, nutrients, lowest, highest, source)
    WHERE component NOT IN ('energy', 'tolerance');
COMMENT ON VIEW vitk.energy_factor IS
    'how much energy what gives energy can give; an energy is doubted where no factor in use explains it, and 5 percent and 5 kcal in 100 g more; plain columns, for BI tools';
COMMENT ON COLUMN vitk.energy_factor.component IS
    'key: what gives energy; carbohydrate: by difference, with fibre; available: without; rest: mass of a food of known water that nothing accounts for, which counts as alcohol where none is stated';
COMMENT ON COLUMN vitk.energy_factor.nutrients IS 'the nutrients of which the first that is known counts; NULL: none';
COMMENT ON COLUMN vitk.energy_factor.lowest IS 'the least energy that it can give, in unit';
COMMENT ON COLUMN vitk.energy_factor.highest IS 'the most, in unit';
COMMENT ON COLUMN vitk.energy_factor.unit IS 'unit of lowest and highest';
COMMENT ON COLUMN vitk.energy_factor.source IS 'where the factors stand';
GRANT SELECT ON vitk.energy_factor TO PUBLIC;

CREATE VIEW vitk.intake_maximum AS
    SELECT coalesce(v.nutrient, 'food and drink') AS nutrient, coalesce(n.nutrient_order, 0) AS nutrient_order, most::float8, v.unit, persons::integer, v.source
    FROM (@values intake_maximum.csv@
    ) AS v (nutrient, most, unit, persons, source)
    LEFT JOIN vitk.nutrient_flat n ON n.nutrient = v.nutrient;
COMMENT ON VIEW vitk.intake_maximum IS 'the most that any of the persons of a survey ate and drank in a day: intake_doubt() doubts more; plain columns, for BI tools';
COMMENT ON COLUMN vitk.intake_maximum.nutrient IS 'key: the nutrient, or food and drink, by mass';
COMMENT ON COLUMN vitk.intake_maximum.nutrient_order IS 'to sort nutrients by; 0: food and drink';
COMMENT ON COLUMN vitk.intake_maximum.most IS 'the most in a day, in unit';
COMMENT ON COLUMN vitk.intake_maximum.unit IS 'unit of most';
COMMENT ON COLUMN vitk.intake_maximum.persons IS 'how many persons were asked, on one day each';
COMMENT ON COLUMN vitk.intake_maximum.source IS 'the survey';
GRANT SELECT ON vitk.intake_maximum TO PUBLIC;
