-- dimension: comparisons across dimensions or methods, refused when a query is planned

CREATE FUNCTION vitk_internal.dimension_support(internal) RETURNS internal
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.dimension_support(internal) IS
    'planner support: an error where both sides of a comparison are known to differ in dimension or method; index conditions of << and >>';
CREATE FUNCTION vitk_internal.dimension_eqsel(internal, oid, internal, integer) RETURNS float8
    AS 'MODULE_PATHNAME' LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.dimension_eqsel(internal, oid, internal, integer) IS 'restriction selectivity of =, after a check of both dimensions';
CREATE FUNCTION vitk_internal.dimension_neqsel(internal, oid, internal, integer) RETURNS float8
    AS 'MODULE_PATHNAME' LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.dimension_neqsel(internal, oid, internal, integer) IS 'restriction selectivity of <>, after a check of both dimensions';
CREATE FUNCTION vitk_internal.dimension_belowsel(internal, oid, internal, integer) RETURNS float8
    AS 'MODULE_PATHNAME' LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.dimension_belowsel(internal, oid, internal, integer) IS 'restriction selectivity of <<';
CREATE FUNCTION vitk_internal.dimension_abovesel(internal, oid, internal, integer) RETURNS float8
    AS 'MODULE_PATHNAME' LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.dimension_abovesel(internal, oid, internal, integer) IS 'restriction selectivity of >>';
