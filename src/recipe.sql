-- recipe: foods that are made of others, and what 100 g of each food contain
--
-- Shipped: USDA's retention factors, src/data/retention.csv and retention_factor.csv.  A recipe is one's own.

CREATE TABLE vitk.retention (
    code text NOT NULL CHECK (code <> '' AND length(code) <= 20),
    description text NOT NULL,
    source text NOT NULL,
    builtin boolean NOT NULL DEFAULT false,
    PRIMARY KEY (code)
);
COMMENT ON TABLE vitk.retention IS 'ways to prepare a food, of which it is known how much of its nutrients is left';
COMMENT ON COLUMN vitk.retention.code IS 'short name, of USDA''s its retention code of four digits, which no row of your own can take';
COMMENT ON COLUMN vitk.retention.description IS 'food and preparation';
COMMENT ON COLUMN vitk.retention.source IS 'where it is printed';
COMMENT ON COLUMN vitk.retention.builtin IS 'shipped with the extension: an update replaces it, pg_dump leaves it out';

CREATE TABLE vitk.retention_factor (
    code text NOT NULL REFERENCES vitk.retention,
    nutrient nutrient NOT NULL,
    factor float8 NOT NULL CHECK (factor >= 0::float8 AND factor <= 1::float8),
    builtin boolean NOT NULL DEFAULT false,
    PRIMARY KEY (code, nutrient, builtin)
);
COMMENT ON TABLE vitk.retention_factor IS
    'what is left of a nutrient after a preparation; a nutrient without a row is left whole: USDA''s factors below 1 are here, and it publishes none for vitamins K, D and E';
COMMENT ON COLUMN vitk.retention_factor.code IS 'the preparation, see vitk.retention';
COMMENT ON COLUMN vitk.retention_factor.nutrient IS 'the nutrient';
COMMENT ON COLUMN vitk.retention_factor.factor IS 'part that is left, 0 to 1';
COMMENT ON COLUMN vitk.retention_factor.builtin IS
    'shipped with the extension: an update replaces it, pg_dump leaves it out; a factor of your own, of a shipped code too, stands in its place';

@rows vitk.retention retention.csv@
@rows vitk.retention_factor retention_factor.csv@

CREATE TABLE vitk.recipe (
    food_id text NOT NULL REFERENCES vitk.food,
    place integer NOT NULL DEFAULT 1,
    ingredient_id text NOT NULL REFERENCES vitk.food,
    grams float8 NOT NULL CHECK (grams > 0::float8 AND grams < 'infinity'),
    retention_code text REFERENCES vitk.retention,
    source_id text NOT NULL REFERENCES vitk.source,
    note text,
    builtin boolean NOT NULL DEFAULT false,
    PRIMARY KEY (food_id, ingredient_id, place)
);
COMMENT ON TABLE vitk.recipe IS
    'what foods are made of, one row an ingredient; a food that has a recipe and no values of its own gets its profile by it';
COMMENT ON COLUMN vitk.recipe.food_id IS 'the food that is made';
COMMENT ON COLUMN vitk.recipe.place IS 'tells apart rows of one ingredient, such as onions raw and fried';
COMMENT ON COLUMN vitk.recipe.ingredient_id IS 'what goes in: a food, which may have a recipe itself';
COMMENT ON COLUMN vitk.recipe.grams IS 'so much of it, as its food describes it, g';
COMMENT ON COLUMN vitk.recipe.retention_code IS 'how it is prepared, see vitk.retention; NULL: nothing is lost';
COMMENT ON COLUMN vitk.recipe.source_id IS 'who says so';
COMMENT ON COLUMN vitk.recipe.note IS 'what else is known';
COMMENT ON COLUMN vitk.recipe.builtin IS 'shipped with the extension: an update replaces it, pg_dump leaves it out';
CREATE INDEX recipe_ingredient ON vitk.recipe (ingredient_id);

CREATE TABLE vitk.recipe_yield (
    food_id text NOT NULL REFERENCES vitk.food,
    grams float8 NOT NULL CHECK (grams > 0::float8 AND grams < 'infinity'),
    note text,
    builtin boolean NOT NULL DEFAULT false,
    PRIMARY KEY (food_id)
);
COMMENT ON TABLE vitk.recipe_yield IS 'what a recipe weighs when it is done; without a row as much as its ingredients';
COMMENT ON COLUMN vitk.recipe_yield.food_id IS 'the food that is made';
COMMENT ON COLUMN vitk.recipe_yield.grams IS 'so much of it, g';
COMMENT ON COLUMN vitk.recipe_yield.note IS 'how that is known';
COMMENT ON COLUMN vitk.recipe_yield.builtin IS 'shipped with the extension: an update replaces it, pg_dump leaves it out';

SELECT pg_catalog.pg_extension_config_dump('vitk.retention', 'WHERE NOT builtin');
SELECT pg_catalog.pg_extension_config_dump('vitk.retention_factor', 'WHERE NOT builtin');
SELECT pg_catalog.pg_extension_config_dump('vitk.recipe', 'WHERE NOT builtin');
SELECT pg_catalog.pg_extension_config_dump('vitk.recipe_yield', 'WHERE NOT builtin');

GRANT SELECT ON vitk.retention, vitk.retention_factor, vitk.recipe, vitk.recipe_yield TO PUBLIC;
GRANT INSERT, UPDATE, DELETE ON vitk.retention, vitk.retention_factor, vitk.recipe, vitk.recipe_yield TO pg_database_owner WITH GRANT OPTION;

CREATE FUNCTION vitk_internal.refuse_circle() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $function$
DECLARE
    circle text;
BEGIN
    WITH RECURSIVE eaten (food_id, path) AS (
        SELECT new.ingredient_id, ARRAY[new.food_id, new.ingredient_id]
        UNION ALL
        SELECT r.ingredient_id, e.path || r.ingredient_id
        FROM eaten e
        JOIN vitk.recipe r ON r.food_id = e.food_id
        WHERE e.food_id <> new.food_id AND r.ingredient_id <> ALL (e.path[2:])
    )
    SELECT array_to_string(e.path, ' -> ') INTO circle FROM eaten e WHERE e.food_id = new.food_id LIMIT 1;
    IF circle IS NOT NULL THEN
        RAISE EXCEPTION 'a recipe goes in a circle: %', circle
            USING ERRCODE = 'check_violation', HINT = 'A food cannot be made of itself, nor of what is made of it.';
    END IF;
    RETURN NULL;
END
$function$;
COMMENT ON FUNCTION vitk_internal.refuse_circle() IS 'trigger: a recipe of which a food is in the end an ingredient of itself is refused, with its circle';
CREATE TRIGGER recipe_circle AFTER INSERT OR UPDATE ON vitk.recipe FOR EACH ROW EXECUTE FUNCTION vitk_internal.refuse_circle();

CREATE FUNCTION vitk_internal.profile_retained(profile nutrient_profile, nutrients nutrient[], factors float8[]) RETURNS nutrient_profile
    AS 'MODULE_PATHNAME', 'recipe_profile_retained' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.profile_retained(nutrient_profile, nutrient[], float8[]) IS 'the profile with these parts left of these nutrients';
CREATE FUNCTION vitk_internal.profile_of_yield(profile nutrient_profile, grams float8) RETURNS nutrient_profile
    AS 'MODULE_PATHNAME', 'recipe_profile_of_yield' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.profile_of_yield(nutrient_profile, float8) IS
    '100 g of what weighs so much when it is done and contains all that; a nutrient is known for as large a part as before';

-- A food that has a recipe and values is known by its values.  No circle stands in the table, but two that were
-- entered at the same time might make one: then nothing is known.
CREATE FUNCTION vitk_internal.recipe_profile(food_id text, path text[] DEFAULT '{}') RETURNS nutrient_profile
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $function$
DECLARE
    total @extschema@.nutrient_profile;
BEGIN
    IF food_id = ANY (path) OR cardinality(path) >= 50 THEN
        RETURN NULL;
    END IF;
    SELECT @extschema@.intake(CASE WHEN kept.nutrients IS NULL THEN p.profile
                                   ELSE vitk_internal.profile_retained(p.profile, kept.nutrients, kept.factors) END, r.grams)
        INTO total
        FROM vitk.recipe r
        LEFT JOIN LATERAL (SELECT @extschema@.with_grams(@extschema@.profile(v.nutrient, v.amount), 100) AS profile, count(*) > 0 AS has_values
                           FROM vitk.food_value_in_force v
                           WHERE v.food_id = r.ingredient_id AND v.amount IS NOT NULL) AS o ON true
        LEFT JOIN LATERAL (SELECT CASE WHEN o.has_values THEN o.profile
                                       ELSE vitk_internal.recipe_profile(r.ingredient_id, path || r.food_id) END AS profile) AS p ON true
        LEFT JOIN LATERAL (SELECT array_agg(f.nutrient) AS nutrients, array_agg(f.factor) AS factors
                           FROM (SELECT DISTINCT ON (f.nutrient) f.nutrient, f.factor FROM vitk.retention_factor f
                                 WHERE f.code = r.retention_code ORDER BY f.nutrient, f.builtin) AS f) AS kept ON true
        WHERE r.food_id = recipe_profile.food_id;
    RETURN vitk_internal.profile_of_yield(total, coalesce((SELECT y.grams FROM vitk.recipe_yield y WHERE y.food_id = recipe_profile.food_id),
                                                          @extschema@.grams(total)));
END
$function$;
COMMENT ON FUNCTION vitk_internal.recipe_profile(text, text[]) IS 'what 100 g of a food contain by its recipe; NULL: it has none';

CREATE FUNCTION recipe_profile(food_id text) RETURNS nutrient_profile
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT vitk_internal.recipe_profile(recipe_profile.food_id);
END;
COMMENT ON FUNCTION recipe_profile(text) IS
    'what 100 g of a food contain by its recipe, see vitk.recipe, also where the food has values of its own: FNDDS has none for MK-4, its ingredients in SR28 do; NULL: it has no recipe';

CREATE VIEW vitk.food_profile AS
    SELECT food_id, with_grams(profile(nutrient, amount), 100::float8) AS profile
    FROM vitk.food_value_in_force
    WHERE amount IS NOT NULL
    GROUP BY food_id
    UNION ALL
    SELECT r.food_id, vitk_internal.recipe_profile(r.food_id)
    FROM (SELECT DISTINCT food_id FROM vitk.recipe) AS r
    WHERE NOT EXISTS (SELECT FROM vitk.food_value_in_force v WHERE v.food_id = r.food_id AND v.amount IS NOT NULL);
COMMENT ON VIEW vitk.food_profile IS
    'what 100 g of each food contain, for intake(profile, grams): by its values, those borrowed by vitk.food_link among them, or where it has none by its recipe; traces and unknown amounts are left out and so count as not known; keep it in a materialized view for large diaries';
COMMENT ON COLUMN vitk.food_profile.food_id IS 'the food, see vitk.food';
COMMENT ON COLUMN vitk.food_profile.profile IS 'profile of 100 g';
GRANT SELECT ON vitk.food_profile TO PUBLIC;

CREATE VIEW vitk.food_doubt AS
    SELECT v.food_id, f.name AS food, v.nutrient, v.amount, v.doubt
    FROM vitk.food_value_in_force v
    JOIN vitk.food f USING (food_id)
    WHERE v.doubt IS NOT NULL
    UNION ALL
    SELECT d.food_id, f.name, NULL, NULL, d.doubt
    FROM (SELECT food_id, vitk_internal.food_doubt(profile, NULL) AS doubt FROM vitk.food_profile) AS d
    JOIN vitk.food f USING (food_id)
    WHERE d.doubt IS NOT NULL;
COMMENT ON VIEW vitk.food_doubt IS
    'foods with values that are taken with a doubt: more than any published table has, parts of a food that are more than their whole, or an energy that does not fit fat, protein, carbohydrate and alcohol';
@comments vitk.food_doubt from vitk.food_profile: food_id@
COMMENT ON COLUMN vitk.food_doubt.food IS 'its name in English';
COMMENT ON COLUMN vitk.food_doubt.nutrient IS 'the nutrient whose value is odd; NULL: values do not fit each other';
COMMENT ON COLUMN vitk.food_doubt.amount IS 'that value';
COMMENT ON COLUMN vitk.food_doubt.doubt IS 'what is odd';
GRANT SELECT ON vitk.food_doubt TO PUBLIC;
