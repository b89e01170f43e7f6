-- from_jsonb: the cast from jsonb of a type, by its function TYPE_read_jsonb.  generate.pl puts this in place of a line
--
--   @from_jsonb TYPE@
--
-- What is read must write the same: so a key that is misspelt, missing or one too many is an error.

COMMENT ON FUNCTION vitk_internal.@type@_read_jsonb(jsonb) IS 'reads what the cast to jsonb writes, and the literal as a string';
CREATE FUNCTION vitk_internal.@type@_from_jsonb(jsonb) RETURNS @type@
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $function$
DECLARE
    result @extschema@.@type@;
BEGIN
    BEGIN
        result := vitk_internal.@type@_read_jsonb($1);
    EXCEPTION WHEN data_exception THEN
        PERFORM vitk_internal.jsonb_refused('@type@', sqlerrm);
    END;
    IF result IS NULL OR jsonb_typeof($1) <> 'string' AND result::jsonb <> $1 THEN
        PERFORM vitk_internal.jsonb_refused('@type@', NULL);
    END IF;
    RETURN result;
END
$function$;
COMMENT ON FUNCTION vitk_internal.@type@_from_jsonb(jsonb) IS 'implementation of the cast from jsonb';
CREATE CAST (jsonb AS @type@) WITH FUNCTION vitk_internal.@type@_from_jsonb(jsonb);
COMMENT ON CAST (jsonb AS @type@) IS 'reads what the cast to jsonb writes, and the literal as a string';
