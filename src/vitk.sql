-- vitk: the schemas next to that of the extension, which has what a user writes in a query
--
--   vitk            what one reads and maintains: tables, views, procedures
--   vitk_internal   what only the extension calls

DO $schemas$
DECLARE
    own CONSTANT pg_catalog.name := (SELECT n.nspname FROM pg_catalog.pg_extension e
                                     JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) e.extnamespace
                                     WHERE e.extname OPERATOR(pg_catalog.=) 'vitk');
    taken pg_catalog.name;
BEGIN
    IF own OPERATOR(pg_catalog.=) ANY ('{vitk,vitk_internal}'::pg_catalog.name[]) THEN
        RAISE EXCEPTION 'types and functions of vitk cannot be created in schema "%"', own
            USING ERRCODE = 'invalid_schema_name',
                  DETAIL = 'The extension itself creates the schemas "vitk", for its tables and views, and "vitk_internal".',
                  HINT = pg_catalog.format('DROP SCHEMA %s; CREATE EXTENSION vitk; or name any other schema.', own);
    END IF;
    SELECT n.nspname INTO taken FROM pg_catalog.pg_namespace n
        WHERE n.nspname OPERATOR(pg_catalog.=) ANY ('{vitk,vitk_internal}'::pg_catalog.name[])
        ORDER BY n.nspname LIMIT 1;
    IF taken IS NOT NULL THEN
        RAISE EXCEPTION 'schema "%" already exists', taken
            USING ERRCODE = 'duplicate_schema',
                  DETAIL = 'The extension itself creates the schemas "vitk", for its tables and views, and "vitk_internal".',
                  HINT = pg_catalog.format('Drop or rename it first, such as by ALTER SCHEMA %1$s RENAME TO %1$s_before.', taken);
    END IF;
END
$schemas$;

CREATE SCHEMA vitk;
COMMENT ON SCHEMA vitk IS 'Reference tables of the extension vitk: nutrients, foods, limits, conversions, studies';
GRANT USAGE ON SCHEMA vitk TO PUBLIC;

CREATE SCHEMA vitk_internal;
COMMENT ON SCHEMA vitk_internal IS 'What the extension vitk calls behind its types, operators and views; not for direct use';
GRANT USAGE ON SCHEMA vitk_internal TO PUBLIC;
