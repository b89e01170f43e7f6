-- diet: foods and how many grams of each were eaten, a day or a meal in one value

CREATE TYPE diet;

CREATE FUNCTION vitk_internal.diet_in(cstring) RETURNS diet
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.diet_in(cstring) IS 'I/O';
CREATE FUNCTION vitk_internal.diet_out(diet) RETURNS cstring
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.diet_out(diet) IS 'I/O';
CREATE FUNCTION vitk_internal.diet_recv(internal) RETURNS diet
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.diet_recv(internal) IS 'I/O';
CREATE FUNCTION vitk_internal.diet_send(diet) RETURNS bytea
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.diet_send(diet) IS 'I/O';

CREATE TYPE diet (
    INPUT = vitk_internal.diet_in,
    OUTPUT = vitk_internal.diet_out,
    RECEIVE = vitk_internal.diet_recv,
    SEND = vitk_internal.diet_send,
    INTERNALLENGTH = VARIABLE,
    ALIGNMENT = int4,
    STORAGE = extended
);
COMMENT ON TYPE diet IS
    'foods, by number, and the grams eaten of each, such as ''{1002: 14, 5100: 120.5}''; ?: of unknown mass; a food eaten twice is one sum; food 0 stands for foods without a number; 8 bytes per food where grams are multiples of 0.01, else 12';

-- what is in it

CREATE FUNCTION grams(diet diet) RETURNS float8
    AS 'MODULE_PATHNAME', 'diet_grams' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION grams(diet) IS 'mass of all foods in g, leaving out those of unknown mass';
CREATE FUNCTION grams(diet diet, food_no integer) RETURNS float8
    AS 'MODULE_PATHNAME', 'diet_grams_of' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION grams(diet, integer) IS
    'grams eaten of a food: 0 when it was not eaten, NULL when it was eaten in unknown mass only';
CREATE FUNCTION food_count(diet diet) RETURNS integer
    AS 'MODULE_PATHNAME', 'diet_food_count' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION food_count(diet) IS 'number of different foods';
CREATE FUNCTION foods(diet diet) RETURNS integer[]
    AS 'MODULE_PATHNAME', 'diet_foods' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION foods(diet) IS 'the numbers of its foods, in order';
CREATE FUNCTION unnest(diet diet, OUT food_no integer, OUT grams float8) RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'diet_unnest' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 20;
COMMENT ON FUNCTION unnest(diet) IS
    'a row for each food, in order of their numbers: food_no and grams, NULL where they are not known; a food eaten in known and in unknown mass has two rows';

-- together: the operator + and the aggregates.  SSPACE: a state has room for 16 foods or more

CREATE FUNCTION vitk_internal.diet_pl(diet, diet) RETURNS diet
    AS 'MODULE_PATHNAME', 'diet_sum_pl' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.diet_pl(diet, diet) IS 'implementation of + operator';
CREATE OPERATOR + (LEFTARG = diet, RIGHTARG = diet, FUNCTION = vitk_internal.diet_pl, COMMUTATOR = +);
COMMENT ON OPERATOR + (diet, diet) IS 'what was eaten in both, one sum per food';

CREATE FUNCTION vitk_internal.diet_eat(diet, integer, float8) RETURNS diet
    AS 'MODULE_PATHNAME', 'diet_sum_eat' LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.diet_eat(diet, integer, float8) IS
    'aggregate transition function of diet(food_no, grams)';
CREATE FUNCTION vitk_internal.diet_add(diet, diet) RETURNS diet
    AS 'MODULE_PATHNAME', 'diet_sum_add' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.diet_add(diet, diet) IS
    'aggregate transition function of sum(diet), combine function of it and of diet(food_no, grams)';
CREATE FUNCTION vitk_internal.diet_final(diet) RETURNS diet
    AS 'MODULE_PATHNAME', 'diet_sum_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.diet_final(diet) IS
    'aggregate final function of diet(food_no, grams) and sum(diet): sorts, and adds up what was eaten of a food more than once';

CREATE AGGREGATE diet(food_no integer, grams float8) (
    SFUNC = vitk_internal.diet_eat,
    STYPE = diet,
    SSPACE = 300,
    FINALFUNC = vitk_internal.diet_final,
    COMBINEFUNC = vitk_internal.diet_add,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE diet(integer, float8) IS
    'a diet from rows; NULL grams: eaten, in unknown mass; a NULL food: food 0, of which nothing is known; both NULL: nothing was eaten; an error for negative grams or numbers';

CREATE AGGREGATE sum(diet) (
    SFUNC = vitk_internal.diet_add,
    STYPE = diet,
    SSPACE = 1000,
    FINALFUNC = vitk_internal.diet_final,
    COMBINEFUNC = vitk_internal.diet_add,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE sum(diet) IS 'sum of diets, as with the operator +: each food once';

-- what if

CREATE FUNCTION vitk_internal.diet_mul(diet, float8) RETURNS diet
    AS 'MODULE_PATHNAME', 'diet_change_mul' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.diet_mul(diet, float8) IS 'implementation of * operator';
CREATE FUNCTION vitk_internal.diet_mul(float8, diet) RETURNS diet
    AS 'MODULE_PATHNAME', 'diet_change_mul_commuted' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.diet_mul(float8, diet) IS 'implementation of * operator';
CREATE OPERATOR * (LEFTARG = diet, RIGHTARG = float8, FUNCTION = vitk_internal.diet_mul, COMMUTATOR = *);
COMMENT ON OPERATOR * (diet, float8) IS 'each food multiplied by the factor; an error for a negative factor';
CREATE OPERATOR * (LEFTARG = float8, RIGHTARG = diet, FUNCTION = vitk_internal.diet_mul, COMMUTATOR = *);
COMMENT ON OPERATOR * (float8, diet) IS 'each food multiplied by the factor; an error for a negative factor';

CREATE FUNCTION swap(diet diet, from_food integer, to_food integer, share float8 DEFAULT 1) RETURNS diet
    AS 'MODULE_PATHNAME', 'diet_change_swap' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION swap(diet, integer, integer, float8) IS
    'the diet in which a food, or a share of it from 0 to 1, is replaced by another, gram for gram; where its mass is unknown, the share replaced and the share kept are of unknown mass too';
CREATE FUNCTION without(diet diet, VARIADIC food_nos integer[]) RETURNS diet
    AS 'MODULE_PATHNAME', 'diet_change_without' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION without(diet, integer[]) IS 'the diet without these foods';
CREATE FUNCTION scaled(diet diet, food_nos integer[], factor float8) RETURNS diet
    AS 'MODULE_PATHNAME', 'diet_change_scaled' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION scaled(diet, integer[], float8) IS
    'the diet with these foods multiplied by a factor; an error for a negative factor';

-- who ate it

CREATE FUNCTION vitk_internal.diet_eaten(diet, integer) RETURNS boolean
    AS 'MODULE_PATHNAME', 'diet_gin_eaten' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.diet_eaten(diet, integer) IS 'implementation of ? operator';
CREATE FUNCTION vitk_internal.diet_eaten_any(diet, integer[]) RETURNS boolean
    AS 'MODULE_PATHNAME', 'diet_gin_eaten_any' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.diet_eaten_any(diet, integer[]) IS 'implementation of ?| operator';
CREATE FUNCTION vitk_internal.diet_eaten_all(diet, integer[]) RETURNS boolean
    AS 'MODULE_PATHNAME', 'diet_gin_eaten_all' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.diet_eaten_all(diet, integer[]) IS 'implementation of ?& operator';

CREATE OPERATOR ? (
    LEFTARG = diet, RIGHTARG = integer, FUNCTION = vitk_internal.diet_eaten,
    RESTRICT = contsel, JOIN = contjoinsel);
COMMENT ON OPERATOR ? (diet, integer) IS 'whether this food was eaten: more than 0 g of it, or an unknown mass';
CREATE OPERATOR ?| (
    LEFTARG = diet, RIGHTARG = integer[], FUNCTION = vitk_internal.diet_eaten_any,
    RESTRICT = contsel, JOIN = contjoinsel);
COMMENT ON OPERATOR ?| (diet, integer[]) IS 'whether any of these foods was eaten; NULLs among them are ignored';
CREATE OPERATOR ?& (
    LEFTARG = diet, RIGHTARG = integer[], FUNCTION = vitk_internal.diet_eaten_all,
    RESTRICT = contsel, JOIN = contjoinsel);
COMMENT ON OPERATOR ?& (diet, integer[]) IS 'whether each of these foods was eaten; NULLs among them are ignored';

CREATE FUNCTION vitk_internal.diet_gin_extract(diet, internal) RETURNS internal
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.diet_gin_extract(diet, internal) IS 'GIN support';
CREATE FUNCTION vitk_internal.diet_gin_extract_query(diet, internal, int2, internal, internal, internal, internal) RETURNS internal
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.diet_gin_extract_query(diet, internal, int2, internal, internal, internal, internal) IS 'GIN support';
CREATE FUNCTION vitk_internal.diet_gin_consistent(internal, int2, diet, integer, internal, internal, internal, internal) RETURNS boolean
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.diet_gin_consistent(internal, int2, diet, integer, internal, internal, internal, internal) IS 'GIN support';
CREATE FUNCTION vitk_internal.diet_gin_triconsistent(internal, int2, diet, integer, internal, internal, internal) RETURNS "char"
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.diet_gin_triconsistent(internal, int2, diet, integer, internal, internal, internal) IS 'GIN support';

CREATE OPERATOR CLASS diet_gin_ops DEFAULT FOR TYPE diet USING gin AS
    OPERATOR 9 ? (diet, integer), OPERATOR 10 ?| (diet, integer[]), OPERATOR 11 ?& (diet, integer[]),
    FUNCTION 1 pg_catalog.btint4cmp(integer, integer),
    FUNCTION 2 vitk_internal.diet_gin_extract(diet, internal),
    FUNCTION 3 vitk_internal.diet_gin_extract_query(diet, internal, int2, internal, internal, internal, internal),
    FUNCTION 4 vitk_internal.diet_gin_consistent(internal, int2, diet, integer, internal, internal, internal, internal),
    FUNCTION 6 vitk_internal.diet_gin_triconsistent(internal, int2, diet, integer, internal, internal, internal),
    STORAGE integer;
COMMENT ON OPERATOR CLASS diet_gin_ops USING gin IS 'the foods that were eaten: ?, ?|, ?&';
COMMENT ON OPERATOR FAMILY diet_gin_ops USING gin IS 'the foods that were eaten: ?, ?|, ?&';

-- jsonb

CREATE FUNCTION vitk_internal.as_jsonb(diet) RETURNS jsonb
    AS 'MODULE_PATHNAME', 'diet_json_from_diet' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.as_jsonb(diet) IS 'implementation of the cast';
CREATE FUNCTION vitk_internal.diet(jsonb) RETURNS diet
    AS 'MODULE_PATHNAME', 'diet_json_to_diet' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.diet(jsonb) IS 'implementation of the cast';
CREATE CAST (diet AS jsonb) WITH FUNCTION vitk_internal.as_jsonb(diet);
COMMENT ON CAST (diet AS jsonb) IS
    'foods and grams as a jsonb object, lossless: {"1002": 14, "5100": 120.5}; null: of unknown mass; [14, null]: that much, and more of unknown mass';
CREATE CAST (jsonb AS diet) WITH FUNCTION vitk_internal.diet(jsonb);
COMMENT ON CAST (jsonb AS diet) IS 'foods and grams from a jsonb object';

@comparison diet: foods and grams; food by food, its number, then its grams; then number of foods@
