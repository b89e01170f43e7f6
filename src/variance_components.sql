-- variance_components: the days of persons, and how much they vary within and between persons

CREATE TYPE variance_components;

CREATE FUNCTION vitk_internal.variance_components_in(cstring) RETURNS variance_components
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.variance_components_in(cstring) IS 'I/O';
CREATE FUNCTION vitk_internal.variance_components_out(variance_components) RETURNS cstring
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.variance_components_out(variance_components) IS 'I/O';
CREATE FUNCTION vitk_internal.variance_components_recv(internal) RETURNS variance_components
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.variance_components_recv(internal) IS 'I/O';
CREATE FUNCTION vitk_internal.variance_components_send(variance_components) RETURNS bytea
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.variance_components_send(variance_components) IS 'I/O';

CREATE TYPE variance_components (
    INPUT = vitk_internal.variance_components_in,
    OUTPUT = vitk_internal.variance_components_out,
    RECEIVE = vitk_internal.variance_components_recv,
    SEND = vitk_internal.variance_components_send,
    INTERNALLENGTH = 64,
    ALIGNMENT = double
);
COMMENT ON TYPE variance_components IS
    'how days vary within persons and persons among each other: the sums of a one-way analysis of variance, which can be pooled';

CREATE FUNCTION variance_components(persons bigint, days_each bigint, mean float8, variance_within float8, variance_between float8) RETURNS variance_components
    AS 'MODULE_PATHNAME', 'variance_components_from_parts' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION variance_components(bigint, bigint, float8, float8, float8) IS
    'components as a paper prints them: persons with the same number of days each, mean, variance within persons and variance between; an error below two persons or two days, or for a negative variance';

-- parts: what too few persons or days do not tell is NULL

CREATE FUNCTION persons(variance_components) RETURNS bigint
    AS 'MODULE_PATHNAME', 'variance_components_persons' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION persons(variance_components) IS 'number of persons with one day or more';
CREATE FUNCTION days(variance_components) RETURNS bigint
    AS 'MODULE_PATHNAME', 'variance_components_days' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION days(variance_components) IS 'number of days of all persons';
CREATE FUNCTION zero_days(variance_components) RETURNS bigint
    AS 'MODULE_PATHNAME', 'variance_components_zero_days' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zero_days(variance_components) IS
    'number of days known to be zero: for persons with one or two days each such day, for persons with more days only where all are. usual_intake() and the shares refuse components with more than 5 percent of them, except on the log scale: what is not eaten daily needs a model in two parts';
CREATE FUNCTION mean(variance_components) RETURNS float8
    AS 'MODULE_PATHNAME', 'variance_components_mean' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION mean(variance_components) IS
    'mean of the means of persons: each person counts once, however many days there are; NULL without persons';
CREATE FUNCTION variance_within(variance_components) RETURNS float8
    AS 'MODULE_PATHNAME', 'variance_components_within' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION variance_within(variance_components) IS
    'variance of the days of a person: the mean square within persons; NULL when nobody has two days';
CREATE FUNCTION variance_between(components variance_components, truncated boolean DEFAULT true) RETURNS float8
    AS 'MODULE_PATHNAME', 'variance_components_between' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION variance_between(components variance_components, truncated boolean) IS
    'variance of the usual intakes of persons, by the method of moments of the analysis of variance, numbers of days may differ; an estimate below zero is given as 0, or as it is where truncated is false; NULL below two persons or when nobody has two days; Searle, Casella and McCulloch 1992, doi:10.1002/9780470316856';
CREATE FUNCTION variance_ratio(variance_components) RETURNS float8
    AS 'MODULE_PATHNAME', 'variance_components_ratio' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION variance_ratio(variance_components) IS
    'variance within over variance between persons; NULL when there is none between';
CREATE FUNCTION icc(variance_components) RETURNS float8
    AS 'MODULE_PATHNAME', 'variance_components_icc' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION icc(variance_components) IS
    'intraclass correlation, of two days of a person: the variance between persons over the sum of both; NULL when there is neither';

-- aggregates: the state is the type itself

CREATE FUNCTION vitk_internal.variance_components_add(variance_components, study_sample) RETURNS variance_components
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.variance_components_add(variance_components, study_sample) IS
    'aggregate transition function: the components and one more person';
CREATE FUNCTION pool(a variance_components, b variance_components) RETURNS variance_components
    AS 'MODULE_PATHNAME', 'variance_components_pool' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION pool(variance_components, variance_components) IS
    'the components of both groups of persons as one; an error when out of range';
CREATE AGGREGATE variance_components(study_sample) (
    SFUNC = vitk_internal.variance_components_add, STYPE = variance_components, INITCOND = '(persons=0)',
    COMBINEFUNC = pool, PARALLEL = SAFE);
COMMENT ON AGGREGATE variance_components(study_sample) IS
    'components of variance of persons, each given as the study_sample of their days; numbers of days may differ, NULLs and persons without days are ignored';
CREATE AGGREGATE pool(variance_components) (
    SFUNC = pool, STYPE = variance_components,
    COMBINEFUNC = pool, PARALLEL = SAFE);
COMMENT ON AGGREGATE pool(variance_components) IS
    'all components as one, as if they had been made from all their persons; NULL when there are none';

@comparison variance_components: sums; mean, persons, sums@
