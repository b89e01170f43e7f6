-- meta_evidence: the effects of k studies

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
    'the effects of up to 100000 studies, all of one measure, such as ''{-10 (SE 9.22), -17 [-86, 53]}''';

-- what is in it

CREATE FUNCTION k(meta_evidence) RETURNS integer
    AS 'MODULE_PATHNAME', 'meta_evidence_k' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION k(meta_evidence) IS 'number of studies';
CREATE FUNCTION measure(meta_evidence) RETURNS text
    AS 'MODULE_PATHNAME', 'meta_evidence_measure' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION measure(meta_evidence) IS
    'measure of the effects, as of effect_size; NULL when there are none';
CREATE FUNCTION unnest(
    evidence meta_evidence,
    OUT study integer, OUT effect effect_size,
    OUT estimate float8, OUT se float8, OUT df float8, OUT measure text)
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
    'the studies of the first, then those of the second; an error for different measures';

CREATE FUNCTION vitk_internal.meta_evidence_add(meta_evidence, effect_size) RETURNS meta_evidence
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.meta_evidence_add(meta_evidence, effect_size) IS
    'aggregate transition function of meta_evidence(effect_size)';
CREATE FUNCTION vitk_internal.meta_evidence_final(meta_evidence) RETURNS meta_evidence
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.meta_evidence_final(meta_evidence) IS
    'aggregate final function of meta_evidence(): frees spare space';

CREATE AGGREGATE meta_evidence(effect_size) (
    SFUNC = vitk_internal.meta_evidence_add,
    STYPE = meta_evidence,
    SSPACE = 1024,
    FINALFUNC = vitk_internal.meta_evidence_final,
    COMBINEFUNC = vitk_internal.meta_evidence_concat,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE meta_evidence(effect_size) IS
    'the effects of several studies; NULL effects are ignored; an error for different measures. Pooling does not depend on their order, cumulative() takes them in that of ORDER BY';

CREATE AGGREGATE meta_evidence(meta_evidence) (
    SFUNC = vitk_internal.meta_evidence_concat,
    STYPE = meta_evidence,
    SSPACE = 1024,
    FINALFUNC = vitk_internal.meta_evidence_final,
    COMBINEFUNC = vitk_internal.meta_evidence_concat,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE meta_evidence(meta_evidence) IS
    'the studies of several bodies of evidence together, as with the operator ||';

@comparison meta_evidence: effects in the same order; kind, then effect by effect, then number of effects@
