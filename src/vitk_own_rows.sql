-- vitk_own_rows: whether several servers know the same of what users entered

CREATE FUNCTION vitk_own_rows(OUT table_name text, OUT own_rows bigint, OUT checksum text) RETURNS SETOF record
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 20
SET search_path = pg_catalog, pg_temp SET datestyle = 'ISO, YMD' SET extra_float_digits = 1 SET bytea_output = 'hex' AS $function$
BEGIN
    FOR table_name IN
        SELECT c.oid::regclass::text
        FROM pg_extension e JOIN pg_class c ON c.oid = ANY (e.extconfig)
        WHERE e.extname = 'vitk' AND c.relkind = 'r'
        ORDER BY c.relname COLLATE "C"
    LOOP
        EXECUTE format('SELECT count(*), encode(sha256(string_agg(r.hash, NULL ORDER BY r.hash)), ''hex'')
                        FROM (SELECT sha256(convert_to(t::text, ''UTF8'')) AS hash FROM %s AS t WHERE NOT builtin) AS r', table_name)
            INTO own_rows, checksum;
        RETURN NEXT;
    END LOOP;
END
$function$;
COMMENT ON FUNCTION vitk_own_rows() IS
    'for each table of schema vitk that has shipped rows: how many rows are not shipped, and a checksum of them (SHA-256, whatever their order), NULL where there are none; servers that are to compute the same must agree in it and in vitk_version()';
