-- to_json: the casts of a type to json and jsonb.  generate.pl puts this in place of a line
--
--   @to_json TYPE: what they write@

CREATE FUNCTION vitk_internal.as_json(@type@) RETURNS json
    AS 'MODULE_PATHNAME', 'json_@type@' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.as_json(@type@) IS 'implementation of the cast to json';
CREATE CAST (@type@ AS json) WITH FUNCTION vitk_internal.as_json(@type@);
COMMENT ON CAST (@type@ AS json) IS '@shape@';
CREATE FUNCTION vitk_internal.as_jsonb(@type@) RETURNS jsonb
    AS 'MODULE_PATHNAME', 'json_b_@type@' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.as_jsonb(@type@) IS 'implementation of the cast to jsonb';
CREATE CAST (@type@ AS jsonb) WITH FUNCTION vitk_internal.as_jsonb(@type@);
COMMENT ON CAST (@type@ AS jsonb) IS '@shape@';
