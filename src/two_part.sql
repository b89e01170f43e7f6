-- two_part: usual intakes of what is not eaten daily, how often and how much

CREATE FUNCTION two_part_share_below(
    frequency variance_components, amount variance_components, reference float8, kind text, scale text DEFAULT 'log') RETURNS float8
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION two_part_share_below(frequency variance_components, amount variance_components, reference float8, kind text, scale text) IS
    'share of persons whose usual intake of what is not eaten daily is below an EAR: the probability of a day with intake times the usual amount on such days. frequency: variance_components of study_sample((intake > 0)::integer) of each person, all days; amount: of usual_scale(intake, scale) of the days with intake. Probabilities have a beta distribution with the mean and variance of the analysis of variance, amounts are normal on the scale, neither depends on the other (where those who eat it often eat more at a time, shares at both ends are too small). Moment form of a model in two parts, without covariates: by group, take components of each. Errors as share_below';
CREATE FUNCTION two_part_share_above(
    frequency variance_components, amount variance_components, reference float8, kind text, scale text DEFAULT 'log') RETURNS float8
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION two_part_share_above(frequency variance_components, amount variance_components, reference float8, kind text, scale text) IS
    'share of persons whose usual intake of what is not eaten daily is above a UL, as two_part_share_below';
