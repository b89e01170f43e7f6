-- meta_evidence: the effects of k studies, and what they say together

CREATE TYPE meta_evidence;

CREATE FUNCTION vitk_internal.meta_evidence_in(cstring) RETURNS meta_evidence
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.meta_evidence_in(cstring) IS 'I/O';
CREATE FUNCTION vitk_internal.meta_evidence_out(meta_evidence) RETURNS cstring
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.meta_evidence_out(meta_evidence) IS 'I/O';
CREATE FUNCTION vitk_internal.meta_evidence_recv(internal) RETURNS meta_evidence
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.meta_evidence_recv(internal) IS 'I/O';
CREATE FUNCTION vitk_internal.meta_evidence_send(meta_evidence) RETURNS bytea
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.meta_evidence_send(meta_evidence) IS 'I/O';

CREATE TYPE meta_evidence (
    INPUT = vitk_internal.meta_evidence_in,
    OUTPUT = vitk_internal.meta_evidence_out,
    RECEIVE = vitk_internal.meta_evidence_recv,
    SEND = vitk_internal.meta_evidence_send,
    INTERNALLENGTH = VARIABLE,
    ALIGNMENT = double,
    STORAGE = extended
);
COMMENT ON TYPE meta_evidence IS
    'the effects of up to 100000 studies, all of one kind, such as ''{-10 (SE 9.22), -17 [-86, 53]}''';

-- what is in it

CREATE FUNCTION k(meta_evidence) RETURNS integer
    AS 'MODULE_PATHNAME', 'meta_evidence_k' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION k(meta_evidence) IS 'number of studies';
CREATE FUNCTION kind(meta_evidence) RETURNS text
    AS 'MODULE_PATHNAME', 'meta_evidence_kind' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kind(meta_evidence) IS
    'kind of the effects, as of effect_size; NULL when there are none';
CREATE FUNCTION unnest(
    evidence meta_evidence,
    OUT study integer, OUT effect effect_size,
    OUT estimate float8, OUT se float8, OUT df float8, OUT kind text)
    RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'meta_evidence_unnest' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 20;
COMMENT ON FUNCTION unnest(meta_evidence) IS
    'a row for each study, in order: its number from 1, its effect, and the parts of that';

-- together: the operator || and the aggregates.  SSPACE: 24 bytes a study, up to twice that

CREATE FUNCTION vitk_internal.meta_evidence_concat(meta_evidence, meta_evidence) RETURNS meta_evidence
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.meta_evidence_concat(meta_evidence, meta_evidence) IS 'implementation of || operator';

CREATE OPERATOR || (
    LEFTARG = meta_evidence, RIGHTARG = meta_evidence, FUNCTION = vitk_internal.meta_evidence_concat);
COMMENT ON OPERATOR || (meta_evidence, meta_evidence) IS
    'the studies of the one, then those of the other; error for different kinds';

CREATE FUNCTION vitk_internal.meta_evidence_add(meta_evidence, effect_size) RETURNS meta_evidence
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.meta_evidence_add(meta_evidence, effect_size) IS
    'aggregate transition function of meta_evidence(effect_size)';
CREATE FUNCTION vitk_internal.meta_evidence_final(meta_evidence) RETURNS meta_evidence
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.meta_evidence_final(meta_evidence) IS
    'aggregate final function of meta_evidence(): takes spare room away';

CREATE AGGREGATE meta_evidence(effect_size) (
    SFUNC = vitk_internal.meta_evidence_add,
    STYPE = meta_evidence,
    SSPACE = 1024,
    FINALFUNC = vitk_internal.meta_evidence_final,
    COMBINEFUNC = vitk_internal.meta_evidence_concat,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE meta_evidence(effect_size) IS
    'the effects of studies together; NULL effects are left out; error for different kinds. No order is needed to pool them, cumulative() takes them in that of ORDER BY';

CREATE AGGREGATE meta_evidence(meta_evidence) (
    SFUNC = vitk_internal.meta_evidence_concat,
    STYPE = meta_evidence,
    SSPACE = 1024,
    FINALFUNC = vitk_internal.meta_evidence_final,
    COMBINEFUNC = vitk_internal.meta_evidence_concat,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE meta_evidence(meta_evidence) IS
    'the studies of several bodies of evidence together, as by the operator ||';

-- what they say together, as R's metafor defines it (doi:10.18637/jss.v036.i03)

CREATE FUNCTION pooled(
    evidence meta_evidence, method text DEFAULT 'REML', knapp_hartung boolean DEFAULT true, level float8 DEFAULT 0.95,
    OUT k integer, OUT estimate float8, OUT se float8, OUT statistic float8, OUT df float8, OUT p_value float8,
    OUT ci_lower float8, OUT ci_upper float8, OUT tau2 float8, OUT se_tau2 float8, OUT i2 float8, OUT h2 float8,
    OUT q float8, OUT q_df float8, OUT q_p float8, OUT pi_lower float8, OUT pi_upper float8,
    OUT ratio float8, OUT ratio_lower float8, OUT ratio_upper float8, OUT estimator text, OUT test text, OUT kind text)
    AS 'MODULE_PATHNAME', 'meta_evidence_pooled' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION pooled(evidence meta_evidence, method text, knapp_hartung boolean, level float8) IS
    'what the studies say together: method FE, DL, PM, REML or ML; knapp_hartung: t test with k - 1 df (not for FE nor one study, where it is z); ci_ and pi_ of the level, the latter where a new study is expected (t with k - 2 df); i2 in percent; of logarithms ratio is the exponential. NULL is what cannot be told. The order of studies makes no difference';

CREATE FUNCTION leave_one_out(
    evidence meta_evidence, method text DEFAULT 'REML', knapp_hartung boolean DEFAULT true, level float8 DEFAULT 0.95,
    OUT study integer, OUT effect effect_size,
    OUT k integer, OUT estimate float8, OUT se float8, OUT statistic float8, OUT df float8, OUT p_value float8,
    OUT ci_lower float8, OUT ci_upper float8, OUT tau2 float8, OUT se_tau2 float8, OUT i2 float8, OUT h2 float8,
    OUT q float8, OUT q_df float8, OUT q_p float8, OUT pi_lower float8, OUT pi_upper float8,
    OUT ratio float8, OUT ratio_lower float8, OUT ratio_upper float8, OUT estimator text, OUT test text, OUT kind text)
    RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'meta_evidence_leave_one_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000 ROWS 20;
COMMENT ON FUNCTION leave_one_out(evidence meta_evidence, method text, knapp_hartung boolean, level float8) IS
    'a row for each study, by its number from 1: its effect, and pooled() of all others';

CREATE FUNCTION cumulative(
    evidence meta_evidence, method text DEFAULT 'REML', knapp_hartung boolean DEFAULT true, level float8 DEFAULT 0.95,
    OUT study integer, OUT effect effect_size,
    OUT k integer, OUT estimate float8, OUT se float8, OUT statistic float8, OUT df float8, OUT p_value float8,
    OUT ci_lower float8, OUT ci_upper float8, OUT tau2 float8, OUT se_tau2 float8, OUT i2 float8, OUT h2 float8,
    OUT q float8, OUT q_df float8, OUT q_p float8, OUT pi_lower float8, OUT pi_upper float8,
    OUT ratio float8, OUT ratio_lower float8, OUT ratio_upper float8, OUT estimator text, OUT test text, OUT kind text)
    RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'meta_evidence_cumulative' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000 ROWS 20;
COMMENT ON FUNCTION cumulative(evidence meta_evidence, method text, knapp_hartung boolean, level float8) IS
    'a row for each study, by its number from 1: its effect, and pooled() of it and all before it';

CREATE FUNCTION egger_test(
    evidence meta_evidence,
    OUT k integer, OUT bias float8, OUT se float8, OUT statistic float8, OUT df float8, OUT p_value float8,
    OUT limit_estimate float8, OUT limit_se float8)
    AS 'MODULE_PATHNAME', 'meta_evidence_egger_test' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION egger_test(meta_evidence) IS
    'do small studies differ? Egger''s regression (1997, doi:10.1136/bmj.315.7109.629), weighted, as regtest(model = "lm") of metafor: bias is the coefficient of the standard error, limit_estimate the effect where that is 0; NULL for less than 3 studies or equal standard errors';

@comparison meta_evidence: effects in the same order; kind, then effect by effect, then number of effects@
