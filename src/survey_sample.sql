-- survey_sample: a weighted sample with its strata and primary sampling units
--
-- Estimates and standard errors are those of R's survey (doi:10.18637/jss.v009.i08).

CREATE TYPE survey_sample;

CREATE FUNCTION vitk_internal.survey_sample_in(cstring) RETURNS survey_sample
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.survey_sample_in(cstring) IS 'I/O';
CREATE FUNCTION vitk_internal.survey_sample_out(survey_sample) RETURNS cstring
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.survey_sample_out(survey_sample) IS 'I/O';
CREATE FUNCTION vitk_internal.survey_sample_recv(internal) RETURNS survey_sample
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.survey_sample_recv(internal) IS 'I/O';
CREATE FUNCTION vitk_internal.survey_sample_send(survey_sample) RETURNS bytea
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.survey_sample_send(survey_sample) IS 'I/O';

CREATE TYPE survey_sample (
    INPUT = vitk_internal.survey_sample_in,
    OUTPUT = vitk_internal.survey_sample_out,
    RECEIVE = vitk_internal.survey_sample_recv,
    SEND = vitk_internal.survey_sample_send,
    INTERNALLENGTH = VARIABLE,
    ALIGNMENT = double,
    STORAGE = extended
);
COMMENT ON TYPE survey_sample IS
    'a weighted sample with its strata and primary sampling units, up to 10 million of them: {134/1: n=2, weight=3, sum=5, ss=1.5; 134/2: n=0}, the sums over those rows of each stratum/PSU that are in the domain';

-- from rows.  SSPACE: 48 bytes a PSU, up to twice that

CREATE FUNCTION vitk_internal.survey_sample_add(survey_sample, value float8, weight float8, stratum bigint, psu bigint) RETURNS survey_sample
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.survey_sample_add(survey_sample, float8, float8, bigint, bigint) IS
    'aggregate transition function of survey_sample(value, weight, stratum, psu)';
CREATE FUNCTION vitk_internal.survey_sample_pool(survey_sample, survey_sample) RETURNS survey_sample
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.survey_sample_pool(survey_sample, survey_sample) IS
    'aggregate combine function: the rows of both';
CREATE FUNCTION vitk_internal.survey_sample_final(survey_sample) RETURNS survey_sample
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.survey_sample_final(survey_sample) IS
    'aggregate final function of survey_sample(): sorts the PSUs and frees spare space';

CREATE AGGREGATE survey_sample(value float8, weight float8, stratum bigint, psu bigint) (
    SFUNC = vitk_internal.survey_sample_add,
    STYPE = survey_sample,
    SSPACE = 4096,
    FINALFUNC = vitk_internal.survey_sample_final,
    COMBINEFUNC = vitk_internal.survey_sample_pool,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE survey_sample(float8, float8, bigint, bigint) IS
    'the rows of a survey: value, sampling weight, stratum and primary sampling unit (which is numbered within its stratum). A row whose value is NULL is in the design, but not in the domain: choose a domain with CASE, never with WHERE, for the standard error needs the whole design. For shares, give a value of 0 or 1. An error for a weight, stratum or psu that is NULL and for a weight below 0';

CREATE AGGREGATE pool(survey_sample) (
    SFUNC = vitk_internal.survey_sample_pool,
    STYPE = survey_sample,
    SSPACE = 4096,
    FINALFUNC = vitk_internal.survey_sample_final,
    COMBINEFUNC = vitk_internal.survey_sample_pool,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE pool(survey_sample) IS
    'the rows of all samples as one, of one survey; NULL when there are none';

-- parts

CREATE FUNCTION n(sample survey_sample) RETURNS bigint
    AS 'MODULE_PATHNAME', 'survey_sample_n' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION n(sample survey_sample) IS
    'number of rows in the domain, of weight above 0';
CREATE FUNCTION sum_weights(sample survey_sample) RETURNS float8
    AS 'MODULE_PATHNAME', 'survey_sample_sum_weights' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION sum_weights(sample survey_sample) IS
    'sum of the weights of the rows in the domain: the size of the population';
CREATE FUNCTION strata(sample survey_sample) RETURNS integer
    AS 'MODULE_PATHNAME', 'survey_sample_strata' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION strata(sample survey_sample) IS
    'number of strata of the design';
CREATE FUNCTION psus(sample survey_sample) RETURNS integer
    AS 'MODULE_PATHNAME', 'survey_sample_psus' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION psus(sample survey_sample) IS
    'number of primary sampling units of the design';
CREATE FUNCTION df(sample survey_sample) RETURNS float8
    AS 'MODULE_PATHNAME', 'survey_sample_df' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION df(sample survey_sample) IS
    'degrees of freedom of the design: PSUs minus strata, in the domain or not (degf() of the whole design in R); NULL when there are none';
CREATE FUNCTION mean(sample survey_sample) RETURNS float8
    AS 'MODULE_PATHNAME', 'survey_sample_mean' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION mean(sample survey_sample) IS
    'weighted mean of the domain; for a value of 0 or 1, the share; NULL when the domain is empty';
CREATE FUNCTION total(sample survey_sample) RETURNS float8
    AS 'MODULE_PATHNAME', 'survey_sample_total' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION total(sample survey_sample) IS
    'estimated total of the population, the sum of weight * value';

-- estimates with what is uncertain in them.  lonely_psu is as survey.lonely.psu of R

CREATE FUNCTION se(sample survey_sample, lonely_psu text DEFAULT 'fail') RETURNS float8
    AS 'MODULE_PATHNAME', 'survey_sample_se' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION se(sample survey_sample, lonely_psu text) IS
    'standard error of the mean by Taylor linearisation, as svymean() of R; lonely_psu says what is done about a stratum with a single PSU: fail, an error is raised; certainty, it adds nothing; adjust, it is centred on the mean of all strata; average, it adds as much as the others do on average';
CREATE FUNCTION deff(sample survey_sample, lonely_psu text DEFAULT 'fail') RETURNS float8
    AS 'MODULE_PATHNAME', 'survey_sample_deff' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION deff(sample survey_sample, lonely_psu text) IS
    'design effect of the mean, as deff = TRUE of svymean(): its variance against that of a simple sample of as many rows; NULL where the sum of the weights does not exceed the number of rows';
CREATE FUNCTION ci(sample survey_sample, level float8 DEFAULT 0.95, lonely_psu text DEFAULT 'fail', OUT lower float8, OUT upper float8)
    RETURNS record
    AS 'MODULE_PATHNAME', 'survey_sample_ci' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION ci(sample survey_sample, level float8, lonely_psu text, OUT lower float8, OUT upper float8) IS
    'confidence interval of the mean, by Student t with the df of the design; lonely_psu as of se()';
CREATE FUNCTION survey_mean(sample survey_sample, level float8 DEFAULT 0.95, lonely_psu text DEFAULT 'fail', OUT n bigint, OUT sum_weights float8, OUT estimate float8, OUT se float8, OUT df float8, OUT ci_lower float8, OUT ci_upper float8, OUT deff float8)
    RETURNS record
    AS 'MODULE_PATHNAME', 'survey_sample_survey_mean' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION survey_mean(sample survey_sample, level float8, lonely_psu text, OUT n bigint, OUT sum_weights float8, OUT estimate float8, OUT se float8, OUT df float8, OUT ci_lower float8, OUT ci_upper float8, OUT deff float8) IS
    'the weighted mean, or share, of the domain with its standard error, interval and design effect; lonely_psu says what is done about a stratum with a single PSU: fail, an error is raised; certainty, it adds nothing; adjust, it is centred on the mean of all strata; average, it adds as much as the others do on average';
CREATE FUNCTION survey_total(sample survey_sample, level float8 DEFAULT 0.95, lonely_psu text DEFAULT 'fail', OUT n bigint, OUT sum_weights float8, OUT estimate float8, OUT se float8, OUT df float8, OUT ci_lower float8, OUT ci_upper float8, OUT deff float8)
    RETURNS record
    AS 'MODULE_PATHNAME', 'survey_sample_survey_total' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION survey_total(sample survey_sample, level float8, lonely_psu text, OUT n bigint, OUT sum_weights float8, OUT estimate float8, OUT se float8, OUT df float8, OUT ci_lower float8, OUT ci_upper float8, OUT deff float8) IS
    'the estimated total of the domain with its standard error and interval, as svytotal() of R; lonely_psu as of survey_mean(); deff is NULL';
CREATE FUNCTION survey_ratio(numerator survey_sample, denominator survey_sample, level float8 DEFAULT 0.95, lonely_psu text DEFAULT 'fail', OUT estimate float8, OUT se float8, OUT df float8, OUT ci_lower float8, OUT ci_upper float8)
    RETURNS record
    AS 'MODULE_PATHNAME', 'survey_sample_ratio' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION survey_ratio(numerator survey_sample, denominator survey_sample, level float8, lonely_psu text, OUT estimate float8, OUT se float8, OUT df float8, OUT ci_lower float8, OUT ci_upper float8) IS
    'ratio of the totals of two values of the same rows, as svyratio() of R; an error when they are not of the same rows: where one is NULL, make both NULL';
CREATE FUNCTION survey_difference(a survey_sample, b survey_sample, lonely_psu text DEFAULT 'fail') RETURNS effect_size
    AS 'MODULE_PATHNAME', 'survey_sample_difference' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION survey_difference(a survey_sample, b survey_sample, lonely_psu text) IS
    'difference of the means of two domains, or of two values, of one design, with their covariance, as svycontrast() of svyby(covmat = TRUE) in R; df are those of the design; NULL for an empty domain; an error for samples of different designs';

CREATE FUNCTION vitk_internal.survey_quantile_at(value float8[], weight float8[], probability float8) RETURNS float8
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    -- but for what sums of weights in another order would say
    SELECT min(c.v) FROM (
        SELECT u.v, sum(u.w) OVER (ORDER BY u.v) AS up_to, sum(u.w) OVER () AS total
        FROM unnest(value, weight) AS u (v, w) WHERE u.v IS NOT NULL AND u.w > 0::float8) AS c
    WHERE c.up_to >= probability * c.total * (1::float8 - 1e-12::float8);
END;
COMMENT ON FUNCTION vitk_internal.survey_quantile_at(float8[], float8[], float8) IS
    'the smallest value at or below which that share of the weight lies';

-- quantiles need the values themselves

CREATE FUNCTION survey_quantile(value float8[], weight float8[], stratum bigint[], psu bigint[], probability float8, level float8 DEFAULT 0.95, lonely_psu text DEFAULT 'fail',
    OUT n bigint, OUT sum_weights float8, OUT estimate float8, OUT se float8, OUT df float8, OUT ci_lower float8, OUT ci_upper float8)
    RETURNS record
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 10000 SET search_path = pg_catalog, pg_temp AS $function$
DECLARE
    below record;
BEGIN
    IF cardinality(value) <> ANY (ARRAY[cardinality(weight), cardinality(stratum), cardinality(psu)]) THEN
        RAISE EXCEPTION 'value, weight, stratum and psu must have the same number of elements, not %, %, % and %',
            cardinality(value), cardinality(weight), cardinality(stratum), cardinality(psu)
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Aggregate all four with array_agg() over the same rows.';
    ELSIF NOT probability BETWEEN 0 AND 1 THEN
        RAISE EXCEPTION 'probability must be between 0 and 1, not %', probability USING ERRCODE = 'numeric_value_out_of_range';
    ELSIF EXISTS (SELECT FROM unnest(value) AS v WHERE v NOT BETWEEN '-1.7976931348623157e308' AND '1.7976931348623157e308') THEN
        RAISE EXCEPTION 'value must be finite' USING ERRCODE = 'numeric_value_out_of_range', HINT = 'Use NULL for what is not in the domain.';
    END IF;
    estimate := vitk_internal.survey_quantile_at(value, weight, probability);
    SELECT (m).* INTO below
    FROM (SELECT @extschema@.survey_mean(@extschema@.survey_sample((r.v <= estimate)::integer, r.w, r.s, r.p), level, lonely_psu) AS m
          FROM unnest(value, weight, stratum, psu) AS r (v, w, s, p)) AS all_rows;
    n := coalesce(below.n, 0);
    sum_weights := below.sum_weights;
    df := below.df;
    -- Woodruff 1952: the interval of the share at or below, taken back to values
    IF below.ci_lower >= 0 THEN
        ci_lower := vitk_internal.survey_quantile_at(value, weight, below.ci_lower);
    END IF;
    IF below.ci_upper <= 1 THEN
        ci_upper := vitk_internal.survey_quantile_at(value, weight, below.ci_upper);
    END IF;
    se := CASE WHEN below.se > 0 THEN (ci_upper - ci_lower) * below.se / (below.ci_upper - below.ci_lower) ELSE ci_upper - ci_lower END;
END
$function$;
COMMENT ON FUNCTION survey_quantile(value float8[], weight float8[], stratum bigint[], psu bigint[], probability float8, level float8, lonely_psu text, OUT n bigint, OUT sum_weights float8, OUT estimate float8, OUT se float8, OUT df float8, OUT ci_lower float8, OUT ci_upper float8) IS
    'weighted quantile of a domain, the smallest value at or below which that share of the population lies, with the interval of Woodruff 1952, as svyquantile() of R (qrule = "math", interval.type = "mean", df those of the design). The four arrays are columns of the same rows, from array_agg(); value is NULL outside the domain, and a domain is chosen that way, never by WHERE. An end of the interval is NULL where that of the share lies beyond 0 or 1; se is the width of the interval over twice the quantile of t. Errors: 22023 arrays of different lengths, 22003 a probability beyond 0 and 1, and as survey_sample() and survey_mean()';

@comparison survey_sample: sums of the same PSUs; PSU by PSU, their sums, then the number of PSUs@
