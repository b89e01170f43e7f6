-- comparison: operators and operator classes of a type.  generate.pl puts this in place of a line
--
--   @comparison TYPE: what is equal; what it is sorted by@
--   @comparison TYPE: what is equal; what it is sorted by; dimensions@
--
-- None of these functions raises for a value: they are LEAKPROOF, so that indexes serve under row-level security.

CREATE FUNCTION vitk_internal.@type@_eq(@type@, @type@) RETURNS boolean
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE@support@;
CREATE FUNCTION vitk_internal.@type@_ne(@type@, @type@) RETURNS boolean
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE@support@;
CREATE FUNCTION vitk_internal.@type@_lt(@type@, @type@) RETURNS boolean
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE@support@;
CREATE FUNCTION vitk_internal.@type@_le(@type@, @type@) RETURNS boolean
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE@support@;
CREATE FUNCTION vitk_internal.@type@_gt(@type@, @type@) RETURNS boolean
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE@support@;
CREATE FUNCTION vitk_internal.@type@_ge(@type@, @type@) RETURNS boolean
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE@support@;
CREATE FUNCTION vitk_internal.@type@_cmp(@type@, @type@) RETURNS integer
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION vitk_internal.@type@_hash(@type@) RETURNS integer
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION vitk_internal.@type@_hash_extended(@type@, bigint) RETURNS bigint
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.@type@_eq(@type@, @type@) IS 'implementation of = operator';
COMMENT ON FUNCTION vitk_internal.@type@_ne(@type@, @type@) IS 'implementation of <> operator';
COMMENT ON FUNCTION vitk_internal.@type@_lt(@type@, @type@) IS 'implementation of < operator';
COMMENT ON FUNCTION vitk_internal.@type@_le(@type@, @type@) IS 'implementation of <= operator';
COMMENT ON FUNCTION vitk_internal.@type@_gt(@type@, @type@) IS 'implementation of > operator';
COMMENT ON FUNCTION vitk_internal.@type@_ge(@type@, @type@) IS 'implementation of >= operator';
COMMENT ON FUNCTION vitk_internal.@type@_cmp(@type@, @type@) IS 'less-equal-greater, by @order@';
COMMENT ON FUNCTION vitk_internal.@type@_hash(@type@) IS 'hash';
COMMENT ON FUNCTION vitk_internal.@type@_hash_extended(@type@, bigint) IS 'hash with seed';

CREATE OPERATOR = (
    LEFTARG = @type@, RIGHTARG = @type@, FUNCTION = vitk_internal.@type@_eq,
    COMMUTATOR = =, NEGATOR = <>, RESTRICT = @sel@eqsel, JOIN = eqjoinsel, HASHES, MERGES);
CREATE OPERATOR <> (
    LEFTARG = @type@, RIGHTARG = @type@, FUNCTION = vitk_internal.@type@_ne,
    COMMUTATOR = <>, NEGATOR = =, RESTRICT = @sel@neqsel, JOIN = neqjoinsel);
CREATE OPERATOR < (
    LEFTARG = @type@, RIGHTARG = @type@, FUNCTION = vitk_internal.@type@_lt,
    COMMUTATOR = >, NEGATOR = >=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel);
CREATE OPERATOR <= (
    LEFTARG = @type@, RIGHTARG = @type@, FUNCTION = vitk_internal.@type@_le,
    COMMUTATOR = >=, NEGATOR = >, RESTRICT = scalarlesel, JOIN = scalarlejoinsel);
CREATE OPERATOR > (
    LEFTARG = @type@, RIGHTARG = @type@, FUNCTION = vitk_internal.@type@_gt,
    COMMUTATOR = <, NEGATOR = <=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel);
CREATE OPERATOR >= (
    LEFTARG = @type@, RIGHTARG = @type@, FUNCTION = vitk_internal.@type@_ge,
    COMMUTATOR = <=, NEGATOR = <, RESTRICT = scalargesel, JOIN = scalargejoinsel);
COMMENT ON OPERATOR = (@type@, @type@) IS 'the same @equal@';
COMMENT ON OPERATOR <> (@type@, @type@) IS 'not the same @equal@';
COMMENT ON OPERATOR < (@type@, @type@) IS 'sorts before, by @order@';
COMMENT ON OPERATOR <= (@type@, @type@) IS 'equal or sorts before, by @order@';
COMMENT ON OPERATOR > (@type@, @type@) IS 'sorts after, by @order@';
COMMENT ON OPERATOR >= (@type@, @type@) IS 'equal or sorts after, by @order@';

CREATE OPERATOR CLASS @type@_ops DEFAULT FOR TYPE @type@ USING btree AS
    OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
    FUNCTION 1 vitk_internal.@type@_cmp(@type@, @type@);
CREATE OPERATOR CLASS @type@_ops DEFAULT FOR TYPE @type@ USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 vitk_internal.@type@_hash(@type@),
    FUNCTION 2 vitk_internal.@type@_hash_extended(@type@, bigint);
COMMENT ON OPERATOR CLASS @type@_ops USING btree IS 'order by @order@';
COMMENT ON OPERATOR FAMILY @type@_ops USING btree IS 'order by @order@';
COMMENT ON OPERATOR CLASS @type@_ops USING hash IS 'the same @equal@';
COMMENT ON OPERATOR FAMILY @type@_ops USING hash IS 'the same @equal@';
