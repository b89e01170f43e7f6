-- refresh: the end of an update, from whatever version, to the one whose rows these are
--
-- The shipped rows lie in tables vitk_internal.shipped_* named as those of the schema vitk.  They are not temporary,
-- for a transaction that has touched such tables cannot be prepared, as Citus does, and unlogged, so that no
-- publication has them.  While they are there, the triggers of builtin let rows pass.  Rows of users stay as they
-- are, also where a row is shipped now under the key of one of theirs; and where rows of theirs refer to
-- one that is shipped no longer, it stays and becomes theirs.
--
-- This runs as a superuser even when the owner of a database, who is none, updates.  So it calls nothing
-- outside of pg_catalog and reads no table of a user's: whether a row is referred to, DELETE tells.  Where a
-- DELETE would take rows of a user along, or fail at COMMIT only, it is not tried.

SET LOCAL search_path = pg_catalog, pg_temp;

DO $refresh$
DECLARE
    tables CONSTANT text[] := '{@tables@}';     -- those that others refer to first
    gone text[];                                -- for each, the condition of a row that is shipped no longer
    relation regclass;
    columns text;
    excluded text;
    shipped text;
    key text;
    condition text;
    resolution text;
    old_row tid;
    removed boolean;
    affected bigint;
    left_out bigint;
BEGIN
    FOR i IN 1 .. cardinality(tables) LOOP
        relation := format('vitk.%I', tables[i])::regclass;
        shipped := 'shipped_' || tables[i];
        EXECUTE format('LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE', relation);

        SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum),
               string_agg(format('excluded.%I', attname), ', ' ORDER BY attnum)
        INTO columns, excluded
        FROM pg_attribute
        WHERE attrelid = relation AND attnum > 0 AND NOT attisdropped AND attgenerated = '';

        SELECT conname,
               (SELECT format('NOT EXISTS (SELECT FROM vitk_internal.%I s WHERE ROW(%s)::text = ROW(%s)::text)', shipped,
                              string_agg(format('s.%I', attname), ', ' ORDER BY attnum),
                              string_agg(format('t.%I', attname), ', ' ORDER BY attnum))
                FROM pg_attribute WHERE attrelid = conrelid AND attnum = ANY (conkey))
        INTO key, condition
        FROM pg_constraint
        WHERE conrelid = relation AND contype = 'p';

        IF key IS NULL THEN             -- nobody can refer to such rows
            EXECUTE format('DELETE FROM %s WHERE builtin', relation);
            gone[i] := 'false';
            resolution := 'DO NOTHING';
        ELSE
            gone[i] := condition;
            resolution := format('ON CONSTRAINT %I DO UPDATE SET (%s) = ROW(%s) WHERE t.builtin', key, columns, excluded);
        END IF;
        EXECUTE format('INSERT INTO %s AS t (%s) SELECT %2$s FROM vitk_internal.%I ON CONFLICT %s',
                       relation, columns, shipped, resolution);
        GET DIAGNOSTICS affected = ROW_COUNT;
        EXECUTE format('SELECT count(*) - $1 FROM vitk_internal.%I', shipped) INTO left_out USING affected;
        IF left_out > 0 THEN            -- the level that is seen while a script of an extension runs
            RAISE WARNING 'shipped rows of % left out because rows of yours stand in their place: %', relation, left_out
                USING DETAIL = 'A dump of this database cannot be restored as long as they do.',
                      HINT = 'Delete yours or give them another key; dump and restore then bring the shipped ones.';
        END IF;
    END LOOP;

    -- again and again: a row may go when those that refer to it have gone
    LOOP
        removed := false;
        FOR i IN 1 .. cardinality(tables) LOOP
            relation := format('vitk.%I', tables[i])::regclass;
            CONTINUE WHEN EXISTS (SELECT FROM pg_constraint
                                  WHERE confrelid = relation AND (confdeltype NOT IN ('a', 'r') OR condeferrable));
            FOR old_row IN EXECUTE format('SELECT ctid FROM %s t WHERE builtin AND %s', relation, gone[i]) LOOP
                BEGIN
                    EXECUTE format('DELETE FROM %s WHERE ctid = $1', relation) USING old_row;
                    removed := true;
                EXCEPTION
                    WHEN foreign_key_violation OR restrict_violation THEN NULL;
                END;
            END LOOP;
        END LOOP;
        EXIT WHEN NOT removed;
    END LOOP;

    FOR i IN 1 .. cardinality(tables) LOOP
        relation := format('vitk.%I', tables[i])::regclass;
        EXECUTE format('UPDATE %s t SET builtin = false WHERE builtin AND %s', relation, gone[i]);
        GET DIAGNOSTICS affected = ROW_COUNT;
        IF affected > 0 THEN
            RAISE WARNING 'rows of % that are shipped no longer and are yours now: %', relation, affected
                USING DETAIL = 'Rows of yours refer to them, or might go with them.';
        END IF;
    END LOOP;

    FOR i IN 1 .. cardinality(tables) LOOP
        relation := format('vitk.%I', tables[i])::regclass;
        EXECUTE format('DROP TABLE vitk_internal.shipped_%s', tables[i]);
        IF NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = relation AND tgname = 'builtin_insert') THEN
            PERFORM vitk_internal.guard_table(relation);
        END IF;
    END LOOP;

    -- relations that are new: everybody reads, the owner of the database adds rows
    FOR relation IN
        SELECT c.oid
        FROM pg_class c
        JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
        WHERE c.relnamespace = 'vitk'::regnamespace AND c.relkind IN ('r', 'v') AND c.relacl IS NULL
    LOOP
        EXECUTE format('GRANT SELECT ON %s TO PUBLIC', relation);
        IF relation IN (SELECT format('vitk.%I', t)::regclass FROM unnest(tables) AS t) THEN
            EXECUTE format('GRANT INSERT, UPDATE, DELETE ON %s TO pg_database_owner WITH GRANT OPTION', relation);
        END IF;
    END LOOP;
END
$refresh$;
