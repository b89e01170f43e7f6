-- rounded: values for people to read, of every type that prints numbers.  Amounts and profiles have theirs.

CREATE FUNCTION rounded(value calcification, digits integer DEFAULT 0) RETURNS calcification
    AS 'MODULE_PATHNAME', 'rounded_calcification' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rounded(value calcification, digits integer) IS
    'the value with that many decimals; an error beyond 15 decimals';
CREATE FUNCTION rounded(value study_sample, digits integer DEFAULT 0) RETURNS study_sample
    AS 'MODULE_PATHNAME', 'rounded_study_sample' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rounded(value study_sample, digits integer) IS
    'mean and SD with that many decimals; an error beyond 15 decimals';
CREATE FUNCTION rounded(value effect_size, digits integer DEFAULT 0) RETURNS effect_size
    AS 'MODULE_PATHNAME', 'rounded_effect_size' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rounded(value effect_size, digits integer) IS
    'estimate (of a ratio, the ratio) and standard error with that many decimals; a standard error that would be zero keeps one digit; an error beyond 15 decimals';
CREATE FUNCTION rounded(value meta_evidence, digits integer DEFAULT 0) RETURNS meta_evidence
    AS 'MODULE_PATHNAME', 'rounded_meta_evidence' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rounded(value meta_evidence, digits integer) IS
    'each effect with that many decimals; an error beyond 15 decimals';
CREATE FUNCTION rounded(value conversion, digits integer DEFAULT 0) RETURNS conversion
    AS 'MODULE_PATHNAME', 'rounded_conversion' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rounded(value conversion, digits integer) IS
    'the factors with that many decimals; bounds are rounded outward; an error beyond 15 decimals';
CREATE FUNCTION rounded(value diet, digits integer DEFAULT 0) RETURNS diet
    AS 'MODULE_PATHNAME', 'rounded_diet' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rounded(value diet, digits integer) IS
    'grams with that many decimals; an error beyond 15 decimals';
CREATE FUNCTION rounded(value food_composition, digits integer DEFAULT 0) RETURNS food_composition
    AS 'MODULE_PATHNAME', 'rounded_food_composition' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rounded(value food_composition, digits integer) IS
    'the profile of each food with that many decimals; bounds are rounded outward; an error beyond 15 decimals';
CREATE FUNCTION rounded(value survey_sample, digits integer DEFAULT 0) RETURNS survey_sample
    AS 'MODULE_PATHNAME', 'rounded_survey_sample' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rounded(value survey_sample, digits integer) IS
    'weights and sums of each PSU with that many decimals; an error beyond 15 decimals';
CREATE FUNCTION rounded(value variance_components, digits integer DEFAULT 0) RETURNS variance_components
    AS 'MODULE_PATHNAME', 'rounded_variance_components' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rounded(value variance_components, digits integer) IS
    'the sums with that many decimals; an error beyond 15 decimals';

-- min and max of the types that have none of their own

@extremes nutrient@
@extremes nutrient_profile@
@extremes conversion@
@extremes study_sample@
@extremes effect_size@
@extremes meta_evidence@
@extremes variance_components@
@extremes survey_sample@
@extremes diet@
@extremes food_composition@

-- LIKE on nutrients by their code, without an implicit cast to text

CREATE FUNCTION vitk_internal.nutrient_like(nutrient, text) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT $1::text ~~ $2;
END;
COMMENT ON FUNCTION vitk_internal.nutrient_like(nutrient, text) IS 'implementation of ~~ operator';
CREATE FUNCTION vitk_internal.nutrient_notlike(nutrient, text) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT $1::text !~~ $2;
END;
COMMENT ON FUNCTION vitk_internal.nutrient_notlike(nutrient, text) IS 'implementation of !~~ operator';
CREATE FUNCTION vitk_internal.nutrient_ilike(nutrient, text) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT $1::text ~~* $2;
END;
COMMENT ON FUNCTION vitk_internal.nutrient_ilike(nutrient, text) IS 'implementation of ~~* operator';
CREATE FUNCTION vitk_internal.nutrient_notilike(nutrient, text) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT $1::text !~~* $2;
END;
COMMENT ON FUNCTION vitk_internal.nutrient_notilike(nutrient, text) IS 'implementation of !~~* operator';
CREATE OPERATOR ~~ (
    LEFTARG = nutrient, RIGHTARG = text, FUNCTION = vitk_internal.nutrient_like, NEGATOR = !~~,
    RESTRICT = contsel, JOIN = contjoinsel);
COMMENT ON OPERATOR ~~ (nutrient, text) IS 'LIKE: the code of the nutrient matches the pattern';
CREATE OPERATOR !~~ (
    LEFTARG = nutrient, RIGHTARG = text, FUNCTION = vitk_internal.nutrient_notlike, NEGATOR = ~~,
    RESTRICT = contsel, JOIN = contjoinsel);
COMMENT ON OPERATOR !~~ (nutrient, text) IS 'NOT LIKE: the code of the nutrient does not match the pattern';
CREATE OPERATOR ~~* (
    LEFTARG = nutrient, RIGHTARG = text, FUNCTION = vitk_internal.nutrient_ilike, NEGATOR = !~~*,
    RESTRICT = contsel, JOIN = contjoinsel);
COMMENT ON OPERATOR ~~* (nutrient, text) IS 'ILIKE: the code of the nutrient matches the pattern in upper or lower case';
CREATE OPERATOR !~~* (
    LEFTARG = nutrient, RIGHTARG = text, FUNCTION = vitk_internal.nutrient_notilike, NEGATOR = ~~*,
    RESTRICT = contsel, JOIN = contjoinsel);
COMMENT ON OPERATOR !~~* (nutrient, text) IS 'NOT ILIKE: the code of the nutrient does not match the pattern in upper or lower case';
