-- food_composition: the profiles of many foods as one value, and the intake of diets by it

CREATE TYPE food_composition;

CREATE FUNCTION vitk_internal.food_composition_in(cstring) RETURNS food_composition
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.food_composition_in(cstring) IS 'I/O';
CREATE FUNCTION vitk_internal.food_composition_out(food_composition) RETURNS cstring
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.food_composition_out(food_composition) IS 'I/O';
CREATE FUNCTION vitk_internal.food_composition_recv(internal) RETURNS food_composition
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.food_composition_recv(internal) IS 'I/O';
CREATE FUNCTION vitk_internal.food_composition_send(food_composition) RETURNS bytea
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.food_composition_send(food_composition) IS 'I/O';

-- external: it is read once a query, and compression would gain little of numbers.  Category: intake('100 g: ...', NULL),
-- untyped, stays the aggregate of profiles and grams, because among arguments of a category float8 is preferred
CREATE TYPE food_composition (
    INPUT = vitk_internal.food_composition_in,
    OUTPUT = vitk_internal.food_composition_out,
    RECEIVE = vitk_internal.food_composition_recv,
    SEND = vitk_internal.food_composition_send,
    INTERNALLENGTH = VARIABLE,
    ALIGNMENT = double,
    STORAGE = external,
    CATEGORY = 'N'
);
COMMENT ON TYPE food_composition IS
    'the profiles of many foods, by their numbers, such as ''{1002: 100 g: K1 7 ug, MK-4 15 ug; 5100: 100 g: K1 2 ug}''; build it with the aggregate food_composition(food_no, profile) and keep it in a table of one row; up to 1 GB';

CREATE FUNCTION vitk_internal.food_composition_add(food_composition, integer, nutrient_profile) RETURNS food_composition
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.food_composition_add(food_composition, integer, nutrient_profile) IS
    'aggregate transition function of food_composition()';
CREATE FUNCTION vitk_internal.food_composition_combine(food_composition, food_composition) RETURNS food_composition
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.food_composition_combine(food_composition, food_composition) IS
    'aggregate combine function of food_composition()';
CREATE FUNCTION vitk_internal.food_composition_final(food_composition) RETURNS food_composition
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.food_composition_final(food_composition) IS
    'aggregate final function of food_composition(): sorts, and frees spare space';

-- SSPACE: megabytes, but there is one group
CREATE AGGREGATE food_composition(food_no integer, profile nutrient_profile) (
    SFUNC = vitk_internal.food_composition_add,
    STYPE = food_composition,
    SSPACE = 1000000,
    FINALFUNC = vitk_internal.food_composition_final,
    COMBINEFUNC = vitk_internal.food_composition_combine,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE food_composition(integer, nutrient_profile) IS
    'the profiles of foods as one value; a NULL profile is ignored; an error for a food that occurs twice, for food 0 and for a profile without mass';

-- what is in it

CREATE FUNCTION food_count(foods food_composition) RETURNS integer
    AS 'MODULE_PATHNAME', 'food_composition_food_count' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION food_count(food_composition) IS 'number of foods';
CREATE FUNCTION foods(foods food_composition) RETURNS integer[]
    AS 'MODULE_PATHNAME', 'food_composition_foods' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION foods(food_composition) IS 'the numbers of its foods, in order';
CREATE FUNCTION nutrients(foods food_composition) RETURNS nutrient[]
    AS 'MODULE_PATHNAME', 'food_composition_nutrients' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nutrients(food_composition) IS 'the nutrients that any of its foods has, in the order of vitk.nutrient';
CREATE FUNCTION food_profile(foods food_composition, food_no integer) RETURNS nutrient_profile
    AS 'MODULE_PATHNAME', 'food_table_profile' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION food_profile(food_composition, integer) IS 'profile of one food; NULL when it is not included';
CREATE OPERATOR -> (LEFTARG = food_composition, RIGHTARG = integer, FUNCTION = food_profile);
COMMENT ON OPERATOR -> (food_composition, integer) IS 'profile of one food, NULL when it is not included';
CREATE FUNCTION unnest(foods food_composition, OUT food_no integer, OUT profile nutrient_profile) RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'food_composition_unnest' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 8000;
COMMENT ON FUNCTION unnest(food_composition) IS 'a row for each food, in order of their numbers: food_no and profile';

-- what diets add up to

CREATE FUNCTION intake(diet diet, foods food_composition) RETURNS nutrient_profile
    AS 'MODULE_PATHNAME', 'food_table_intake' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION intake(diet, food_composition) IS
    'what a diet adds up to: the same, to the last digit, as the aggregate intake(profile, grams) over its foods in order; a food that is not in the composition is mass of which nothing is known; a food eaten in unknown mass makes the sum so much and more; the part of the composition that is needed is kept in memory for the rest of the query';

-- what if.  COST: a plan that asks for the same one for every row gets what was kept, so it should not pay workers for it

CREATE FUNCTION restricted(foods food_composition, VARIADIC nutrients nutrient[]) RETURNS food_composition
    AS 'MODULE_PATHNAME', 'food_change_restricted' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION restricted(food_composition, nutrient[]) IS
    'the same foods with these nutrients only, which makes intake() faster in proportion; made once per query';
CREATE FUNCTION with_value(foods food_composition, food_no integer, nutrient nutrient, amount nutrient_amount) RETURNS food_composition
    AS 'MODULE_PATHNAME', 'food_change_with_value' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION with_value(food_composition, integer, nutrient, nutrient_amount) IS
    'the same foods, where this one has that amount in 100 g, whatever was known before; an error for a food that is not included';
CREATE FUNCTION fortified(foods food_composition, food_nos integer[], added nutrient_profile) RETURNS food_composition
    AS 'MODULE_PATHNAME', 'food_change_fortified' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION fortified(food_composition, integer[], nutrient_profile) IS
    'the same foods, where the amounts of a profile without mass, such as ''MK-7 20 ug'', are added to 100 g of each of these; where the nutrient was not known, it is at least that much, and the coverage does not change; an error for a food that is not included';
CREATE FUNCTION draw(foods food_composition, seed bigint) RETURNS food_composition
    AS 'MODULE_PATHNAME', 'food_change_draw' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION draw(food_composition, bigint) IS
    'the same foods, where each interval is replaced by a value drawn within its bounds, uniformly and independently; the draw depends only on seed, food and nutrient, and is the same on every machine';

-- jsonb

CREATE FUNCTION vitk_internal.as_jsonb(food_composition) RETURNS jsonb
    AS 'MODULE_PATHNAME', 'food_composition_json_from_foods' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.as_jsonb(food_composition) IS 'implementation of the cast';
CREATE FUNCTION vitk_internal.food_composition(jsonb) RETURNS food_composition
    AS 'MODULE_PATHNAME', 'food_composition_json_to_foods' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.food_composition(jsonb) IS 'implementation of the cast';
CREATE CAST (food_composition AS jsonb) WITH FUNCTION vitk_internal.as_jsonb(food_composition);
COMMENT ON CAST (food_composition AS jsonb) IS
    'the profiles by the numbers of their foods, lossless: {"1002": {"grams": 100, "nutrients": {...}}, ...}';
CREATE CAST (jsonb AS food_composition) WITH FUNCTION vitk_internal.food_composition(jsonb);
COMMENT ON CAST (jsonb AS food_composition) IS 'profiles of foods from a jsonb object';

@comparison food_composition: foods and profiles; food by food, its number, then its profile; then number of foods@
