-- sums of profiles: operator + and the aggregates

CREATE FUNCTION vitk_internal.nutrient_profile_pl(nutrient_profile, nutrient_profile) RETURNS nutrient_profile
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.nutrient_profile_pl(nutrient_profile, nutrient_profile) IS 'implementation of + operator';

CREATE OPERATOR + (
    LEFTARG = nutrient_profile, RIGHTARG = nutrient_profile, FUNCTION = vitk_internal.nutrient_profile_pl, COMMUTATOR = +);
COMMENT ON OPERATOR + (nutrient_profile, nutrient_profile) IS
    'add masses, amounts and known grams; a nutrient that one side lacks is kept, with less coverage; if either side has more of unknown mass, so has the sum';

-- SSPACE: 16 bytes and 10 a nutrient while all is exact and known, then 26 a nutrient

CREATE FUNCTION vitk_internal.nutrient_profile_eat(nutrient_profile, nutrient_profile, float8) RETURNS nutrient_profile
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.nutrient_profile_eat(nutrient_profile, nutrient_profile, float8) IS
    'aggregate transition function of intake()';
CREATE AGGREGATE intake(profile nutrient_profile, grams float8) (
    SFUNC = vitk_internal.nutrient_profile_eat,
    STYPE = nutrient_profile,
    SSPACE = 256,
    COMBINEFUNC = vitk_internal.nutrient_profile_pl,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE intake(nutrient_profile, float8) IS
    'what the grams eaten of each food add up to; a NULL profile is mass of which nothing is known; NULL grams: eaten in unknown mass, which the sum shows, as in ''250 g and more: K1 15 ug''; an error for negative grams and for a profile without mass';

CREATE AGGREGATE sum(nutrient_profile) (
    SFUNC = vitk_internal.nutrient_profile_pl,
    STYPE = nutrient_profile,
    SSPACE = 256,
    COMBINEFUNC = vitk_internal.nutrient_profile_pl,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE sum(nutrient_profile) IS 'sum of profiles, as with the operator +';

CREATE FUNCTION vitk_internal.nutrient_profile_avg_pl(nutrient_profile, nutrient_profile) RETURNS nutrient_profile
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.nutrient_profile_avg_pl(nutrient_profile, nutrient_profile) IS
    'aggregate transition and combine function of avg()';
CREATE FUNCTION vitk_internal.nutrient_profile_avg(nutrient_profile) RETURNS nutrient_profile
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.nutrient_profile_avg(nutrient_profile) IS 'aggregate final function of avg()';
CREATE AGGREGATE avg(nutrient_profile) (
    SFUNC = vitk_internal.nutrient_profile_avg_pl,
    STYPE = nutrient_profile,
    SSPACE = 256,
    FINALFUNC = vitk_internal.nutrient_profile_avg,
    COMBINEFUNC = vitk_internal.nutrient_profile_avg_pl,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE avg(nutrient_profile) IS
    'mean of profiles: the sum with its mass, amounts and known grams divided by the number of profiles';

CREATE FUNCTION vitk_internal.nutrient_profile_compose(nutrient_profile, nutrient, nutrient_amount) RETURNS nutrient_profile
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.nutrient_profile_compose(nutrient_profile, nutrient, nutrient_amount) IS
    'aggregate transition function of profile()';
CREATE FUNCTION vitk_internal.nutrient_profile_compose_combine(nutrient_profile, nutrient_profile) RETURNS nutrient_profile
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.nutrient_profile_compose_combine(nutrient_profile, nutrient_profile) IS
    'aggregate combine function of profile()';
CREATE AGGREGATE profile(nutrient, nutrient_amount) (
    SFUNC = vitk_internal.nutrient_profile_compose,
    STYPE = nutrient_profile,
    SSPACE = 256,
    COMBINEFUNC = vitk_internal.nutrient_profile_compose_combine,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE profile(nutrient, nutrient_amount) IS
    'a profile without mass from rows; a NULL amount is unknown and left out; an error for a nutrient that occurs twice. with_grams() sets the mass';
