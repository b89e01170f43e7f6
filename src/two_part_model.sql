-- two_part_model: usual intakes of what is not eaten daily by maximum likelihood, with covariates, weights and correlation

CREATE TYPE two_part_model AS (
    scale text, frequency float8[], amount float8[], sd_frequency float8, sd_amount float8, correlation float8, sd_day float8,
    persons bigint, days bigint, days_with_intake bigint, log_likelihood float8);
COMMENT ON TYPE two_part_model IS
    'a model in two parts, see two_part_fit(): how often something is eaten, and how much on such days';
COMMENT ON COLUMN two_part_model.scale IS 'scale of amounts, as in usual_scale()';
COMMENT ON COLUMN two_part_model.frequency IS 'logit of the probability of a day with intake: intercept, then the coefficient of each covariate';
COMMENT ON COLUMN two_part_model.amount IS 'amount on a day with intake, on the scale: intercept, then the coefficient of each covariate';
COMMENT ON COLUMN two_part_model.sd_frequency IS 'SD between persons of the logit';
COMMENT ON COLUMN two_part_model.sd_amount IS 'SD between persons of the amount on the scale';
COMMENT ON COLUMN two_part_model.correlation IS 'of both between persons: above 0 where those who eat it often eat more at a time';
COMMENT ON COLUMN two_part_model.sd_day IS 'SD of amounts between the days of a person';
COMMENT ON COLUMN two_part_model.persons IS 'number of persons of weight above 0';
COMMENT ON COLUMN two_part_model.days IS 'number of their days';
COMMENT ON COLUMN two_part_model.days_with_intake IS 'number of their days with intake';
COMMENT ON COLUMN two_part_model.log_likelihood IS 'logarithm of the likelihood at its maximum, of amounts on the scale; with weights that of the weighted sample, weights being scaled to a mean of 1';

CREATE FUNCTION two_part_fit(
    person bigint[], intake float8[], covariates float8[] DEFAULT NULL, weight float8[] DEFAULT NULL, scale text DEFAULT 'log',
    correlated boolean DEFAULT true) RETURNS two_part_model
    AS 'MODULE_PATHNAME', 'two_part_model_fit' LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1000000;
COMMENT ON FUNCTION two_part_fit(person bigint[], intake float8[], covariates float8[], weight float8[], scale text, correlated boolean) IS
    'model in two parts of what is not eaten daily (Tooze et al. 2006, doi:10.1016/j.jada.2006.07.003) by maximum likelihood, from columns of a table with a row a day, by array_agg(): person, intake (0 on a day without; NULL is a day not known), covariates of the day or its person (up to 20, array_agg(x) or array_agg(ARRAY[x1, x2]), kinds coded as 0 and 1, in both parts), survey weight of the person. Between persons the logit of the probability of a day and the amount on the scale (none, sqrt, cuberoot, log) are normal, correlated unless correlated is false. No standard errors: fit without each PSU in turn. Errors: 22023 arrays of different lengths, weights of one person that differ, days that determine no model: all or none with intake, or nobody with two such days; 22003 numbers out of range; 22004 a person, covariate or weight that is NULL';

CREATE FUNCTION vitk_internal.two_part_of_person(
    frequency float8[], amount float8[], sd_frequency float8, sd_amount float8, correlation float8, sd_day float8, scale text,
    intake float8[], covariates float8[], at float8[], day_weight float8[], reference float8, kind text, above boolean) RETURNS float8
    AS 'MODULE_PATHNAME', 'two_part_model_person' LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION vitk_internal.two_part_of_person(float8[], float8[], float8, float8, float8, float8, text, float8[], float8[], float8[], float8[], float8, text, boolean) IS
    'usual intake, or with a kind the probability that it is below or above the reference, of a person with these days';

CREATE FUNCTION two_part_intake(
    model two_part_model, intake float8[], covariates float8[] DEFAULT NULL, at float8[] DEFAULT NULL, day_weight float8[] DEFAULT NULL) RETURNS float8
    LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10000
    RETURN vitk_internal.two_part_of_person((model).frequency, (model).amount, (model).sd_frequency, (model).sd_amount, (model).correlation,
        (model).sd_day, (model).scale, intake, covariates, at, day_weight, NULL, NULL, false);
COMMENT ON FUNCTION two_part_intake(model two_part_model, intake float8[], covariates float8[], at float8[], day_weight float8[]) IS
    'usual intake a day of a person with these days (NULL or none: of all who are like that), as expected by the model: the best guess of one person, and what a regression of an outcome on intake takes (regression calibration); such guesses scatter less than usual intakes do, so that shares are not counted of them but are the mean of two_part_probability_below(). covariates: of these days, as in two_part_fit(). at: what the usual intake is of, a row of covariates for each kind of day (weekday, weekend), with the weight of each in day_weight (4/7, 3/7; NULL: alike); NULL for a model without covariates. NULL for a model that is NULL';

CREATE FUNCTION two_part_probability_below(
    model two_part_model, intake float8[], reference float8, kind text, covariates float8[] DEFAULT NULL, at float8[] DEFAULT NULL, day_weight float8[] DEFAULT NULL) RETURNS float8
    LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10000
    RETURN vitk_internal.two_part_of_person((model).frequency, (model).amount, (model).sd_frequency, (model).sd_amount, (model).correlation,
        (model).sd_day, (model).scale, intake, covariates, at, day_weight, reference, coalesce(kind, ''), false);
COMMENT ON FUNCTION two_part_probability_below(model two_part_model, intake float8[], reference float8, kind text, covariates float8[], at float8[], day_weight float8[]) IS
    'probability that the usual intake of a person with these days is below an EAR, arguments as in two_part_intake(): its mean over persons, weighted in a survey, is the share below; with intake NULL it is the share of all who are like that. Errors as share_below';
CREATE FUNCTION two_part_probability_above(
    model two_part_model, intake float8[], reference float8, kind text, covariates float8[] DEFAULT NULL, at float8[] DEFAULT NULL, day_weight float8[] DEFAULT NULL) RETURNS float8
    LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10000
    RETURN vitk_internal.two_part_of_person((model).frequency, (model).amount, (model).sd_frequency, (model).sd_amount, (model).correlation,
        (model).sd_day, (model).scale, intake, covariates, at, day_weight, reference, coalesce(kind, ''), true);
COMMENT ON FUNCTION two_part_probability_above(model two_part_model, intake float8[], reference float8, kind text, covariates float8[], at float8[], day_weight float8[]) IS
    'probability that the usual intake of a person with these days is above a UL, as two_part_probability_below()';
