-- study_sample: n, mean and spread

CREATE TYPE study_sample;

CREATE FUNCTION vitk_internal.study_sample_in(cstring) RETURNS study_sample
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.study_sample_in(cstring) IS 'I/O';
CREATE FUNCTION vitk_internal.study_sample_out(study_sample) RETURNS cstring
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.study_sample_out(study_sample) IS 'I/O';
CREATE FUNCTION vitk_internal.study_sample_recv(internal) RETURNS study_sample
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.study_sample_recv(internal) IS 'I/O';
CREATE FUNCTION vitk_internal.study_sample_send(study_sample) RETURNS bytea
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.study_sample_send(study_sample) IS 'I/O';

CREATE TYPE study_sample (
    INPUT = vitk_internal.study_sample_in,
    OUTPUT = vitk_internal.study_sample_out,
    RECEIVE = vitk_internal.study_sample_recv,
    SEND = vitk_internal.study_sample_send,
    INTERNALLENGTH = 24,
    ALIGNMENT = double
);
COMMENT ON TYPE study_sample IS
    'n, mean and spread of a sample: 3.2 +- 0.4 (n=7) with its SD; 27 (SE 6, n=200); 275 [225, 326] (n=180) with its 95 percent interval';

-- from what papers print

CREATE FUNCTION study_sample(n float8, mean float8, sd float8) RETURNS study_sample
    AS 'MODULE_PATHNAME', 'study_sample_from_sd' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION study_sample(n float8, mean float8, sd float8) IS
    'sample from n, mean and standard deviation; an error when n is not a whole number or is below 2, or the SD negative';
CREATE FUNCTION study_sample_from_se(n float8, mean float8, se float8) RETURNS study_sample
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION study_sample_from_se(n float8, mean float8, se float8) IS
    'sample from n, mean and standard error of the mean; an error when n is not a whole number or is below 2, or the SE negative';
CREATE FUNCTION study_sample_from_ci(n float8, mean float8, lower float8, upper float8, level float8 DEFAULT 0.95,
    skewed boolean DEFAULT false) RETURNS study_sample
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION study_sample_from_ci(n float8, mean float8, lower float8, upper float8, level float8, skewed boolean) IS
    'sample from n, mean and its confidence interval (Student t, n - 1); an error when n is not a whole number or is below 2, or the mean lies outside, or further from the middle than the printed digits allow; skewed => true accepts such an interval, and takes the spread from half its width';

-- parts: the mean of none and the spread of one are NULL, as with avg and stddev

CREATE FUNCTION n(study_sample) RETURNS bigint
    AS 'MODULE_PATHNAME', 'study_sample_n' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION n(study_sample) IS 'number of values';
CREATE FUNCTION mean(study_sample) RETURNS float8
    AS 'MODULE_PATHNAME', 'study_sample_mean' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION mean(study_sample) IS 'mean; NULL when n is 0';
CREATE FUNCTION sd(study_sample) RETURNS float8
    AS 'MODULE_PATHNAME', 'study_sample_sd' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION sd(study_sample) IS 'standard deviation of the values, with denominator n - 1; NULL when n is below 2';
CREATE FUNCTION se(study_sample) RETURNS float8
    AS 'MODULE_PATHNAME', 'study_sample_se' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION se(study_sample) IS 'standard error of the mean; NULL when n is below 2';
CREATE FUNCTION sample_n(sample study_sample) RETURNS bigint
    AS 'MODULE_PATHNAME', 'study_sample_n' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION sample_n(study_sample) IS 'number of values, as n(study_sample); for tools that translate n() themselves, as dbplyr does';
CREATE FUNCTION sample_mean(sample study_sample) RETURNS float8
    AS 'MODULE_PATHNAME', 'study_sample_mean' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION sample_mean(study_sample) IS 'mean, as mean(study_sample); NULL when n is 0; for tools that translate mean() themselves, as dbplyr does';
CREATE FUNCTION sample_sd(sample study_sample) RETURNS float8
    AS 'MODULE_PATHNAME', 'study_sample_sd' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION sample_sd(study_sample) IS 'standard deviation, as sd(study_sample); NULL when n is below 2; for tools that translate sd() themselves, as dbplyr does';
CREATE FUNCTION ci_lower(sample study_sample, level float8 DEFAULT 0.95) RETURNS float8
    AS 'MODULE_PATHNAME', 'study_sample_ci_lower' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION ci_lower(sample study_sample, level float8) IS
    'lower end of the confidence interval of the mean (Student t, n - 1); NULL when n is below 2';
CREATE FUNCTION ci_upper(sample study_sample, level float8 DEFAULT 0.95) RETURNS float8
    AS 'MODULE_PATHNAME', 'study_sample_ci_upper' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION ci_upper(sample study_sample, level float8) IS
    'upper end of the confidence interval of the mean (Student t, n - 1); NULL when n is below 2';
CREATE FUNCTION ci(sample study_sample, level float8 DEFAULT 0.95, OUT lower float8, OUT upper float8)
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    BEGIN ATOMIC
        SELECT ci_lower(sample, level), ci_upper(sample, level);
    END;
COMMENT ON FUNCTION ci(sample study_sample, level float8) IS
    'confidence interval of the mean (Student t, n - 1); NULL when n is below 2';

-- change of the same subjects

CREATE FUNCTION change(baseline study_sample, followup study_sample, correlation float8 DEFAULT NULL) RETURNS study_sample
    AS 'MODULE_PATHNAME', 'study_sample_change' LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE;
COMMENT ON FUNCTION change(baseline study_sample, followup study_sample, correlation float8) IS
    'sample of the changes, followup minus baseline, of the same subjects; an error when the correlation is NULL (it decides the spread and has no default) or n differs';
CREATE FUNCTION change_correlation(baseline study_sample, followup study_sample, change study_sample) RETURNS float8
    AS 'MODULE_PATHNAME', 'study_sample_change_correlation' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION change_correlation(baseline study_sample, followup study_sample, change study_sample) IS
    'correlation of baseline and followup that gives the changes their SD (Cochrane Handbook 6.5.2.8); NULL without spread, an error when no correlation does';

-- aggregates: the state is a study_sample

CREATE FUNCTION vitk_internal.study_sample_add(study_sample, float8) RETURNS study_sample
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.study_sample_add(study_sample, float8) IS 'aggregate transition function: the sample and one more value';
CREATE FUNCTION pool(a study_sample, b study_sample) RETURNS study_sample
    AS 'MODULE_PATHNAME', 'study_sample_pool' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION pool(study_sample, study_sample) IS 'the two samples as one; an error when out of range';
CREATE AGGREGATE study_sample(float8) (
    SFUNC = vitk_internal.study_sample_add, STYPE = study_sample, INITCOND = '(n=0)',
    COMBINEFUNC = pool, PARALLEL = SAFE);
COMMENT ON AGGREGATE study_sample(float8) IS
    'sample of the values; NULLs are ignored, NaN and infinity are errors; n = 0 when there are none';
CREATE AGGREGATE pool(study_sample) (
    SFUNC = pool, STYPE = study_sample,
    COMBINEFUNC = pool, PARALLEL = SAFE);
COMMENT ON AGGREGATE pool(study_sample) IS
    'all samples as one, as if it had been made from all their values; NULL when there are none';

@comparison study_sample: n, sum and spread; mean, n, sum, spread@
