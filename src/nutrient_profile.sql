-- nutrient_profile: what a mass of food, or an intake, contains

CREATE TYPE nutrient_profile;

CREATE FUNCTION vitk_internal.nutrient_profile_in(cstring) RETURNS nutrient_profile
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.nutrient_profile_in(cstring) IS 'I/O';
CREATE FUNCTION vitk_internal.nutrient_profile_out(nutrient_profile) RETURNS cstring
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.nutrient_profile_out(nutrient_profile) IS 'I/O';
CREATE FUNCTION vitk_internal.nutrient_profile_recv(internal) RETURNS nutrient_profile
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.nutrient_profile_recv(internal) IS 'I/O';
CREATE FUNCTION vitk_internal.nutrient_profile_send(nutrient_profile) RETURNS bytea
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.nutrient_profile_send(nutrient_profile) IS 'I/O';
CREATE FUNCTION vitk_internal.nutrient_profile_subscript(internal) RETURNS internal
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.nutrient_profile_subscript(internal) IS 'subscript handler: profile[nutrient], read only';

CREATE TYPE nutrient_profile (
    INPUT = vitk_internal.nutrient_profile_in,
    OUTPUT = vitk_internal.nutrient_profile_out,
    RECEIVE = vitk_internal.nutrient_profile_recv,
    SEND = vitk_internal.nutrient_profile_send,
    SUBSCRIPT = vitk_internal.nutrient_profile_subscript,
    INTERNALLENGTH = VARIABLE,
    ALIGNMENT = double,
    STORAGE = main
);
COMMENT ON TYPE nutrient_profile IS
    'what a mass of food or an intake contains, such as ''100 g: K1 7 ug, MK-7 <0.5 ug''; without a mass: a supplement; ''250 g and more: K1 15 ug'': more was eaten, of unknown mass';

-- what is in it

CREATE FUNCTION amount(profile nutrient_profile, nutrient nutrient) RETURNS nutrient_amount
    AS 'MODULE_PATHNAME', 'nutrient_profile_amount' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION amount(nutrient_profile, nutrient) IS
    'amount of a nutrient in the unit of the registry; NULL when the profile lacks it';
CREATE FUNCTION lower(profile nutrient_profile, nutrient nutrient) RETURNS float8
    AS 'MODULE_PATHNAME', 'nutrient_profile_lower' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION lower(nutrient_profile, nutrient) IS
    'lower bound of a nutrient, as a number in the unit of the registry (see unit(nutrient)); NULL when the profile lacks it';
CREATE FUNCTION middle(profile nutrient_profile, nutrient nutrient) RETURNS float8
    AS 'MODULE_PATHNAME', 'nutrient_profile_middle' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION middle(nutrient_profile, nutrient) IS
    'middle of lower and upper bound of a nutrient, as a number in the unit of the registry (see unit(nutrient)); NULL when the profile lacks it';
CREATE FUNCTION upper(profile nutrient_profile, nutrient nutrient) RETURNS float8
    AS 'MODULE_PATHNAME', 'nutrient_profile_upper' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION upper(nutrient_profile, nutrient) IS
    'upper bound, of what is known of a nutrient, as a number in the unit of the registry (see unit(nutrient)); NULL when the profile lacks it';
CREATE FUNCTION has_nutrient(profile nutrient_profile, nutrient nutrient) RETURNS boolean
    AS 'MODULE_PATHNAME', 'nutrient_profile_has' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION has_nutrient(nutrient_profile, nutrient) IS
    'whether the profile has this nutrient, for all or part of its mass';
CREATE FUNCTION grams(profile nutrient_profile) RETURNS float8
    AS 'MODULE_PATHNAME', 'nutrient_profile_grams' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION grams(nutrient_profile) IS 'mass in g; 0 = the profile has no mass; where more was eaten of unknown mass: at least so much';
CREATE FUNCTION known_grams(profile nutrient_profile, nutrient nutrient) RETURNS float8
    AS 'MODULE_PATHNAME', 'nutrient_profile_known_grams' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION known_grams(nutrient_profile, nutrient) IS
    'grams of the mass for which the nutrient is known; 0 when the profile lacks it';
CREATE FUNCTION coverage(profile nutrient_profile, nutrient nutrient) RETURNS float8
    AS 'MODULE_PATHNAME', 'nutrient_profile_coverage' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION coverage(nutrient_profile, nutrient) IS
    'share of the mass for which the nutrient is known, 0 to 1; without a mass 1 where it is present, else 0; NULL where more was eaten of unknown mass';

CREATE OPERATOR -> (LEFTARG = nutrient_profile, RIGHTARG = nutrient, FUNCTION = amount);
COMMENT ON OPERATOR -> (nutrient_profile, nutrient) IS 'amount of a nutrient, NULL when the profile lacks it';
CREATE OPERATOR ? (
    LEFTARG = nutrient_profile, RIGHTARG = nutrient, FUNCTION = has_nutrient,
    RESTRICT = contsel, JOIN = contjoinsel);
COMMENT ON OPERATOR ? (nutrient_profile, nutrient) IS 'whether the profile has this nutrient';

CREATE FUNCTION unnest(
    profile nutrient_profile,
    OUT nutrient nutrient, OUT amount nutrient_amount,
    OUT lower float8, OUT upper float8, OUT unit text, OUT coverage float8)
    RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'nutrient_profile_unnest' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 14;
COMMENT ON FUNCTION unnest(nutrient_profile) IS
    'a row for each nutrient of the profile: amount, its bounds as numbers in the unit, share of the mass for which it is known, NULL where more was eaten of unknown mass';

-- other masses

CREATE FUNCTION portion(profile nutrient_profile, grams float8) RETURNS nutrient_profile
    AS 'MODULE_PATHNAME', 'nutrient_profile_portion' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION portion(nutrient_profile, float8) IS
    'what that many grams of the food contain; of one with more of unknown mass it is not known what lies in the portion: from nothing to its share of what is known; error for a negative mass or a profile without mass';
CREATE FUNCTION with_grams(profile nutrient_profile, grams float8) RETURNS nutrient_profile
    AS 'MODULE_PATHNAME', 'nutrient_profile_with_grams' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION with_grams(nutrient_profile, float8) IS
    'gives a profile without mass its mass in g, for all of which its nutrients are then known; error if it has one, or holds less than the nutrients';
CREATE FUNCTION rounded(value nutrient_profile, digits integer DEFAULT 0) RETURNS nutrient_profile
    AS 'MODULE_PATHNAME', 'nutrient_profile_rounded' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rounded(nutrient_profile, integer) IS
    'the profile with its mass and amounts rounded to that many decimals, for people to read; bounds of intervals are rounded outward, known parts of the mass, and a mass that is a lower bound, down; an error beyond 15 decimals';
CREATE FUNCTION vitk_internal.nutrient_profile_mul(nutrient_profile, float8) RETURNS nutrient_profile
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.nutrient_profile_mul(nutrient_profile, float8) IS 'implementation of * operator';
CREATE FUNCTION vitk_internal.nutrient_profile_mul(float8, nutrient_profile) RETURNS nutrient_profile
    AS 'MODULE_PATHNAME', 'nutrient_profile_mul_commuted' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.nutrient_profile_mul(float8, nutrient_profile) IS 'implementation of * operator';

CREATE OPERATOR * (
    LEFTARG = nutrient_profile, RIGHTARG = float8, FUNCTION = vitk_internal.nutrient_profile_mul, COMMUTATOR = *);
COMMENT ON OPERATOR * (nutrient_profile, float8) IS 'multiply mass and amounts; error for a negative factor';
CREATE OPERATOR * (
    LEFTARG = float8, RIGHTARG = nutrient_profile, FUNCTION = vitk_internal.nutrient_profile_mul, COMMUTATOR = *);
COMMENT ON OPERATOR * (float8, nutrient_profile) IS 'multiply mass and amounts; error for a negative factor';

-- jsonb

CREATE FUNCTION vitk_internal.nutrient_profile_to_jsonb(nutrient_profile) RETURNS jsonb
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.nutrient_profile_to_jsonb(nutrient_profile) IS 'implementation of the cast to jsonb';
CREATE FUNCTION vitk_internal.nutrient_profile_from_jsonb(jsonb) RETURNS nutrient_profile
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.nutrient_profile_from_jsonb(jsonb) IS 'implementation of the cast from jsonb';
CREATE CAST (nutrient_profile AS jsonb) WITH FUNCTION vitk_internal.nutrient_profile_to_jsonb(nutrient_profile);
COMMENT ON CAST (nutrient_profile AS jsonb) IS
    'the profile as {"grams": g, "more": true where more was eaten of unknown mass, "nutrients": {code: {"lower", "upper", "unit", "known_grams" where less than all}}}, lossless';
CREATE CAST (jsonb AS nutrient_profile) WITH FUNCTION vitk_internal.nutrient_profile_from_jsonb(jsonb);
COMMENT ON CAST (jsonb AS nutrient_profile) IS
    'reads what the cast to jsonb writes, and amounts as strings; unknown keys are errors';

@comparison nutrient_profile: mass, amounts and known grams; mass, then nutrient by nutrient@
