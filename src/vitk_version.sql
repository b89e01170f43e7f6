-- vitk_version: what a methods section names

CREATE FUNCTION vitk_internal.library_version() RETURNS text
    AS 'MODULE_PATHNAME', 'vitk_library_version' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.library_version() IS 'version of the library that the server has loaded';

CREATE FUNCTION vitk_version(OUT library text, OUT sql text, OUT postgresql text, OUT foods text, OUT reference_values text)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT vitk_internal.library_version(),
           (SELECT e.extversion FROM pg_catalog.pg_extension e WHERE e.extname = 'vitk'),
           pg_catalog.current_setting('server_version'),
           (SELECT pg_catalog.string_agg(s.source_id, ', ' ORDER BY s.source_id COLLATE pg_catalog."C")
            FROM vitk.source s WHERE s.builtin),
           (SELECT pg_catalog.string_agg(CASE WHEN pg_catalog.right(a.authority, pg_catalog.length(a.years)) = a.years THEN a.authority
                                             ELSE a.authority || ' ' || a.years END, ', ' ORDER BY a.authority COLLATE pg_catalog."C")
            FROM (SELECT r.authority,
                         pg_catalog.concat_ws('-', pg_catalog.min(r.year),
                                              nullif(pg_catalog.max(r.year), pg_catalog.min(r.year))) AS years
                  FROM vitk.reference_value r WHERE r.builtin GROUP BY r.authority) AS a);
END;
COMMENT ON FUNCTION vitk_version() IS
    'what a methods section should name: version of the library, of the SQL objects (both differ between an installation and ALTER EXTENSION vitk UPDATE) and of PostgreSQL, the shipped sources of food values, see vitk.source, and the authorities of the shipped reference values with their years';
