-- builtin: rows that come with the extension
--
-- They are inserted before these triggers are there; the update script has its new rows in tables beside, by which it
-- is known.  So nobody else sets builtin or changes a row that has it: what users insert is theirs, also a copy of a
-- shipped row.  The triggers fire always, in a logical replication's apply, too, which must leave the shipped rows of
-- the subscriber alone: each server has those of its own version.

CREATE FUNCTION vitk_internal.guard_builtin() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $function$
BEGIN
    IF tg_op = 'TRUNCATE' THEN
        RAISE EXCEPTION 'shipped rows of %.% cannot be removed', tg_table_schema, tg_table_name
            USING ERRCODE = 'insufficient_privilege',
                  HINT = format('DELETE FROM %I.%I WHERE NOT builtin removes your own.', tg_table_schema, tg_table_name);
    ELSIF to_regclass(format('vitk_internal.shipped_%s', tg_table_name)) IS NOT NULL THEN
        RETURN coalesce(new, old);
    ELSIF current_setting('session_replication_role') = 'replica' THEN
        RETURN NULL;
    ELSIF tg_op = 'INSERT' THEN
        new.builtin := false;
        RETURN new;
    ELSIF NOT old.builtin THEN
        RAISE EXCEPTION 'a row of %.% cannot be marked as shipped', tg_table_schema, tg_table_name
            USING ERRCODE = 'insufficient_privilege',
                  HINT = 'Leave builtin false: pg_dump keeps only such rows.';
    END IF;
    RAISE EXCEPTION 'a shipped row of %.% cannot be %', tg_table_schema, tg_table_name,
                    CASE tg_op WHEN 'DELETE' THEN 'deleted' ELSE 'changed' END
        USING ERRCODE = 'insufficient_privilege',
              HINT = 'Insert a row of your own, which is used with it or in its place; WHERE NOT builtin selects only such rows.';
END
$function$;
COMMENT ON FUNCTION vitk_internal.guard_builtin() IS 'trigger: only the scripts of the extension set builtin or change rows that have it';

CREATE FUNCTION vitk_internal.guard_table(guarded regclass) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $function$
DECLARE
    key regclass;
    of_table boolean;
BEGIN
    EXECUTE format('CREATE TRIGGER builtin_insert BEFORE INSERT ON %s FOR EACH ROW WHEN (new.builtin)
                        EXECUTE FUNCTION vitk_internal.guard_builtin()', guarded);
    EXECUTE format('CREATE TRIGGER builtin_update BEFORE UPDATE ON %s FOR EACH ROW WHEN (old.builtin OR new.builtin)
                        EXECUTE FUNCTION vitk_internal.guard_builtin()', guarded);
    EXECUTE format('CREATE TRIGGER builtin_delete BEFORE DELETE ON %s FOR EACH ROW WHEN (old.builtin)
                        EXECUTE FUNCTION vitk_internal.guard_builtin()', guarded);
    EXECUTE format('CREATE TRIGGER builtin_truncate BEFORE TRUNCATE ON %s
                        EXECUTE FUNCTION vitk_internal.guard_builtin()', guarded);
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER builtin_insert, ENABLE ALWAYS TRIGGER builtin_update,
                        ENABLE ALWAYS TRIGGER builtin_delete, ENABLE ALWAYS TRIGGER builtin_truncate', guarded);
    -- a publication may have it: by what rows are known there, to which generated columns are not sent
    SELECT i.indexrelid, i.indisprimary INTO key, of_table
    FROM pg_index i
    WHERE i.indrelid = guarded AND i.indisunique AND i.indimmediate AND i.indpred IS NULL AND i.indexprs IS NULL
      AND NOT EXISTS (SELECT FROM pg_attribute a
                      WHERE a.attrelid = guarded AND a.attnum = ANY (i.indkey) AND (NOT a.attnotnull OR a.attgenerated <> ''))
    ORDER BY i.indisprimary DESC, i.indexrelid
    LIMIT 1;
    IF key IS NULL THEN
        EXECUTE format('ALTER TABLE %s REPLICA IDENTITY FULL', guarded);
    ELSIF NOT of_table THEN
        EXECUTE format('ALTER TABLE %s REPLICA IDENTITY USING INDEX %I', guarded,
                       (SELECT relname FROM pg_class WHERE oid = key));
    END IF;
END
$function$;
COMMENT ON FUNCTION vitk_internal.guard_table(regclass) IS 'creates the triggers of a table that has shipped rows; for the scripts of the extension';

SELECT vitk_internal.guard_table(c.oid)
FROM pg_catalog.pg_extension e, pg_catalog.pg_class c
WHERE e.extname OPERATOR(pg_catalog.=) 'vitk' AND c.oid OPERATOR(pg_catalog.=) ANY (e.extconfig)
  AND c.relkind OPERATOR(pg_catalog.=) 'r';
