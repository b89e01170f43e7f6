-- extremes: min and max of a type.  generate.pl puts this in place of a line
--
--   @extremes TYPE@

CREATE FUNCTION vitk_internal.@type@_smaller(@type@, @type@) RETURNS @type@
    AS 'MODULE_PATHNAME', 'vitk_smaller' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.@type@_smaller(@type@, @type@) IS 'aggregate transition and combine function of min()';
CREATE FUNCTION vitk_internal.@type@_larger(@type@, @type@) RETURNS @type@
    AS 'MODULE_PATHNAME', 'vitk_larger' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.@type@_larger(@type@, @type@) IS 'aggregate transition and combine function of max()';
CREATE AGGREGATE min(@type@) (
    SFUNC = vitk_internal.@type@_smaller, STYPE = @type@, SORTOP = <,
    COMBINEFUNC = vitk_internal.@type@_smaller, PARALLEL = SAFE);
COMMENT ON AGGREGATE min(@type@) IS 'the first in the order of the type';
CREATE AGGREGATE max(@type@) (
    SFUNC = vitk_internal.@type@_larger, STYPE = @type@, SORTOP = >,
    COMBINEFUNC = vitk_internal.@type@_larger, PARALLEL = SAFE);
COMMENT ON AGGREGATE max(@type@) IS 'the last in the order of the type';
