-- event_tables: events of n in two arms of several studies, pooled by Mantel and Haenszel, and by Peto
--
-- As rma.mh and rma.peto of R's metafor (doi:10.18637/jss.v036.i03).  The state is an array of sums.

CREATE FUNCTION vitk_internal.event_tables_add(float8[], events_treat bigint, n_treat bigint, events_control bigint, n_control bigint) RETURNS float8[]
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.event_tables_add(float8[], bigint, bigint, bigint, bigint) IS
    'aggregate transition function: adds the sums of a table';
CREATE FUNCTION vitk_internal.event_tables_add(float8[], events_treat bigint, n_treat bigint, events_control bigint, n_control bigint, drop00 boolean) RETURNS float8[]
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.event_tables_add(float8[], bigint, bigint, bigint, bigint, boolean) IS
    'likewise, leaving out tables without events';
CREATE FUNCTION vitk_internal.event_tables_combine(float8[], float8[]) RETURNS float8[]
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.event_tables_combine(float8[], float8[]) IS 'aggregate combine function: the sums of both';
CREATE FUNCTION vitk_internal.event_tables_odds_ratio(float8[]) RETURNS effect_size
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.event_tables_odds_ratio(float8[]) IS 'aggregate final function: the log odds ratio of Mantel and Haenszel';
CREATE FUNCTION vitk_internal.event_tables_risk_ratio(float8[]) RETURNS effect_size
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.event_tables_risk_ratio(float8[]) IS 'aggregate final function: the log risk ratio of Mantel and Haenszel';
CREATE FUNCTION vitk_internal.event_tables_risk_difference(float8[]) RETURNS effect_size
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.event_tables_risk_difference(float8[]) IS 'aggregate final function: the risk difference of Mantel and Haenszel';
CREATE FUNCTION vitk_internal.event_tables_peto(float8[]) RETURNS effect_size
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.event_tables_peto(float8[]) IS 'aggregate final function: the log odds ratio of Peto';

CREATE AGGREGATE mh_odds_ratio(events_treat bigint, n_treat bigint, events_control bigint, n_control bigint) (
    SFUNC = vitk_internal.event_tables_add, STYPE = float8[], INITCOND = '{0,0,0,0,0,0,0,0,0,0,0,0,0,0,0}', FINALFUNC = vitk_internal.event_tables_odds_ratio,
    COMBINEFUNC = vitk_internal.event_tables_combine, PARALLEL = SAFE);
COMMENT ON AGGREGATE mh_odds_ratio(bigint, bigint, bigint, bigint) IS
    'log odds ratio of all tables by Mantel and Haenszel, standard error by Robins, Breslow and Greenland 1986, as rma.mh(measure = "OR") of metafor: valid even where events are few, without a correction for zeros. Tables in which nobody, or everybody, had the event add nothing; NULL counts are left out; NULL when the tables do not determine it';

CREATE AGGREGATE mh_risk_ratio(events_treat bigint, n_treat bigint, events_control bigint, n_control bigint) (
    SFUNC = vitk_internal.event_tables_add, STYPE = float8[], INITCOND = '{0,0,0,0,0,0,0,0,0,0,0,0,0,0,0}', FINALFUNC = vitk_internal.event_tables_risk_ratio,
    COMBINEFUNC = vitk_internal.event_tables_combine, PARALLEL = SAFE);
COMMENT ON AGGREGATE mh_risk_ratio(bigint, bigint, bigint, bigint) IS
    'log risk ratio of all tables by Mantel and Haenszel, standard error by Greenland and Robins 1985, as rma.mh(measure = "RR") of metafor. Tables in which nobody had the event add nothing, those in which everybody had it count';

CREATE AGGREGATE mh_risk_difference(events_treat bigint, n_treat bigint, events_control bigint, n_control bigint) (
    SFUNC = vitk_internal.event_tables_add, STYPE = float8[], INITCOND = '{0,0,0,0,0,0,0,0,0,0,0,0,0,0,0}', FINALFUNC = vitk_internal.event_tables_risk_difference,
    COMBINEFUNC = vitk_internal.event_tables_combine, PARALLEL = SAFE);
COMMENT ON AGGREGATE mh_risk_difference(bigint, bigint, bigint, bigint) IS
    'risk difference of all tables by Mantel and Haenszel, standard error by Sato, Greenland and Robins 1989, as rma.mh(measure = "RD") of metafor. Tables without events count, as they say that the risks are equal';

CREATE AGGREGATE peto_odds_ratio(events_treat bigint, n_treat bigint, events_control bigint, n_control bigint) (
    SFUNC = vitk_internal.event_tables_add, STYPE = float8[], INITCOND = '{0,0,0,0,0,0,0,0,0,0,0,0,0,0,0}', FINALFUNC = vitk_internal.event_tables_peto,
    COMBINEFUNC = vitk_internal.event_tables_combine, PARALLEL = SAFE);
COMMENT ON AGGREGATE peto_odds_ratio(bigint, bigint, bigint, bigint) IS
    'log odds ratio of all tables by Peto (Yusuf et al. 1985), as rma.peto of metafor: for rare events, arms of about one size and effects that are not large';

CREATE AGGREGATE mh_risk_difference(events_treat bigint, n_treat bigint, events_control bigint, n_control bigint, drop00 boolean) (
    SFUNC = vitk_internal.event_tables_add, STYPE = float8[], INITCOND = '{0,0,0,0,0,0,0,0,0,0,0,0,0,0,0}', FINALFUNC = vitk_internal.event_tables_risk_difference,
    COMBINEFUNC = vitk_internal.event_tables_combine, PARALLEL = SAFE);
COMMENT ON AGGREGATE mh_risk_difference(bigint, bigint, bigint, bigint, boolean) IS
    'likewise; drop00 => true leaves out tables in which nobody, or everybody, had the event';

CREATE AGGREGATE mh_risk_ratio(events_treat bigint, n_treat bigint, events_control bigint, n_control bigint, drop00 boolean) (
    SFUNC = vitk_internal.event_tables_add, STYPE = float8[], INITCOND = '{0,0,0,0,0,0,0,0,0,0,0,0,0,0,0}', FINALFUNC = vitk_internal.event_tables_risk_ratio,
    COMBINEFUNC = vitk_internal.event_tables_combine, PARALLEL = SAFE);
COMMENT ON AGGREGATE mh_risk_ratio(bigint, bigint, bigint, bigint, boolean) IS
    'likewise; drop00 => true leaves out tables in which everybody had the event (those in which nobody had it add nothing in any case)';

CREATE FUNCTION log_hazard_ratio(o_minus_e float8, variance float8) RETURNS effect_size
    AS 'MODULE_PATHNAME', 'event_tables_log_hazard_ratio' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION log_hazard_ratio(o_minus_e float8, variance float8) IS
    'log hazard ratio of a trial that reports observed minus expected events and their variance, as from a log-rank test: (O - E) / V with standard error 1 / sqrt(V); Cochrane Handbook 6.8.2; an error for a variance that is not positive';
