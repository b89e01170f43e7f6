-- import: whole food tables, as a user has them on disk
--
-- One row a food and nutrient goes into a temporary table made like
-- vitk.food_import; import_check shows what would become of each, and
-- vitk.import_foods takes them.  The scripts of import/ do it for FoodData
-- Central, FNDDS, CIQUAL and NEVO.

CREATE FUNCTION printed_value(name text, value text, unit text DEFAULT NULL, per text DEFAULT '100 g',
                                   decimal_mark text DEFAULT NULL, dialect text DEFAULT NULL,
                                   OUT status text, OUT reason text, OUT nutrient nutrient, OUT kind text,
                                   OUT amount nutrient_amount)
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION printed_value(text, text, text, text, text, text) IS
    'reads one value as food tables print it: 12,3 or 0.5 is an amount, < 0.5 is below_detection, traces is trace, (12) is imputed, (0) is assumed_zero, blank or - is unknown; status taken, unknown, skipped (no such nutrient) or refused with the reason; the amount is per 100 g; a volume, dry matter, a range, "nd", a possible thousands separator and more than 100 g of food can contain are refused; decimal_mark (. or ,) says which one the table uses, dialect (afcd, aquatic, mext, swiss) what else it prints';

CREATE TABLE vitk.food_import (
    code text,
    name text,
    name_local text,
    food_group text,
    nutrient text,
    value text,
    unit text,
    per text DEFAULT '100 g',
    kind text,
    n integer,
    minimum float8,
    maximum float8,
    derivation_code text,
    note text,
    printed_column text,
    preference integer DEFAULT 1
);
COMMENT ON TABLE vitk.food_import IS
    'model of the staging table, itself always empty: CREATE TEMP TABLE food_import (LIKE vitk.food_import INCLUDING DEFAULTS)';
COMMENT ON COLUMN vitk.food_import.code IS 'number or code of the food in its source';
COMMENT ON COLUMN vitk.food_import.name IS 'name in English; NULL: the local one is used';
COMMENT ON COLUMN vitk.food_import.name_local IS 'name as the source prints it';
COMMENT ON COLUMN vitk.food_import.food_group IS 'group of foods';
COMMENT ON COLUMN vitk.food_import.nutrient IS 'nutrient by any name that type nutrient reads; others are skipped';
COMMENT ON COLUMN vitk.food_import.value IS 'the value as printed';
COMMENT ON COLUMN vitk.food_import.unit IS 'its unit (UCUM code)';
COMMENT ON COLUMN vitk.food_import.per IS 'the mass it refers to, such as 100 g or kg; blank: 100 g';
COMMENT ON COLUMN vitk.food_import.kind IS
    'how the value was obtained, see vitk.food_value; NULL: compiled; "< x" and traces keep their own kind whatever is given here';
COMMENT ON COLUMN vitk.food_import.n IS 'number of samples measured';
COMMENT ON COLUMN vitk.food_import.minimum IS 'smallest value found, in unit per 100 g';
COMMENT ON COLUMN vitk.food_import.maximum IS 'largest value found, in unit per 100 g';
COMMENT ON COLUMN vitk.food_import.derivation_code IS 'how the value was obtained, in the code of its source';
COMMENT ON COLUMN vitk.food_import.note IS 'what to know before using it';
COMMENT ON COLUMN vitk.food_import.printed_column IS 'header of the column that has the value';
COMMENT ON COLUMN vitk.food_import.preference IS
    'where a food has several values for one nutrient, the one with the lowest preference that is known is taken, such as energy in kcal before that in kJ';
GRANT SELECT ON vitk.food_import TO PUBLIC;

-- The staged rows and what becomes of them.  The name of the staging table is
-- looked up as the caller would, everything else where it was when the extension
-- was created, or in pg_catalog and vitk, whatever search_path says: a function
-- in SQL takes the name, one in plpgsql the table, for its rows want EXECUTE.
-- printed_value reads each cell, the rest is seen by comparing rows.
CREATE FUNCTION vitk_internal.import_check_table(staging regclass, decimal_mark text, dialect text)
RETURNS TABLE (status text, reason text, code text, name text, name_local text, food_group text,
               printed_nutrient text, printed_value text, printed_unit text,
               nutrient nutrient, kind text, amount nutrient_amount, n integer, minimum float8, maximum float8,
               derivation_code text, note text, printed_column text, doubt text)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $function$
DECLARE
    missing text;
BEGIN
    -- refuse a wrong decimal_mark or table without telling the whole query below
    PERFORM @extschema@.printed_value('K1', '1', 'ug', decimal_mark => decimal_mark, dialect => dialect);
    SELECT string_agg(attname, ', ' ORDER BY attnum) INTO missing
        FROM pg_attribute AS due
        WHERE attrelid = 'vitk.food_import'::regclass AND attnum > 0 AND NOT attisdropped
          AND NOT EXISTS (SELECT FROM pg_attribute AS given
                          WHERE given.attrelid = staging AND given.attnum > 0 AND given.attname = due.attname);
    IF missing IS NOT NULL THEN
        RAISE EXCEPTION 'table % lacks columns of vitk.food_import: %', staging, missing
            USING ERRCODE = 'undefined_column',
                  HINT = 'CREATE TEMPORARY TABLE food_import (LIKE vitk.food_import INCLUDING DEFAULTS) has them all.';
    END IF;
    RETURN QUERY EXECUTE format($query$
        SELECT CASE WHEN refused IS NOT NULL THEN 'refused' WHEN passed_over THEN 'skipped' ELSE status END,
               coalesce(refused, CASE WHEN passed_over THEN 'another column gives this nutrient' END, reason),
               code, name, name_local, food_group, nutrient, value, unit,
               nutrient_of, kind, amount, n, minimum, maximum, derivation_code, note, printed_column,
               CASE WHEN taken AND amount IS NOT NULL THEN coalesce(vitk_internal.food_value_doubt(nutrient_of, amount),
                                             vitk_internal.food_doubt(@extschema@.with_grams(@extschema@.profile(nutrient_of, amount) FILTER (WHERE taken)
                                                                                  OVER (PARTITION BY code), 100), nutrient_of)) END
        FROM (SELECT *, status = 'taken' AND refused IS NULL AND NOT passed_over AS taken FROM (
              SELECT *, status = 'taken' AND preference > best AS passed_over,
                     CASE WHEN code IS NULL THEN 'no code of the food'
                          WHEN name IS NULL THEN 'no name of the food'
                          WHEN length(code) > 100 THEN 'the code is longer than 100 characters'
                          WHEN greatest(length(name), length(name_local), length(food_group)) > 1000
                              THEN 'the name is longer than 1000 characters'
                          WHEN min(name) OVER food <> max(name) OVER food
                              THEN 'the food has more than one name'
                          WHEN status <> 'taken' OR preference > best THEN NULL
                          WHEN count(*) FILTER (WHERE status = 'taken' AND preference = best) OVER value_of_food > 1
                              THEN 'more than one value of this nutrient for this food'
                          WHEN kind NOT IN (@list food_value_kind.csv@)
                              THEN format('unknown kind "%%s"', kind)
                          WHEN n <= 0 THEN 'n is not positive'
                          WHEN NOT (minimum >= 0 AND minimum < 'infinity') OR NOT (maximum >= 0 AND maximum < 'infinity')
                               OR minimum > maximum THEN 'minimum and maximum are not a valid range'
                          WHEN NOT vitk_internal.food_value_possible(nutrient_of, @extschema@.nutrient_amount(greatest(minimum, maximum), coalesce(@extschema@.unit(amount), @extschema@.unit(nutrient_of))))
                              THEN 'minimum or maximum is more than 100 g of food can contain'
                     END AS refused
              FROM (SELECT *, min(preference) FILTER (WHERE status = 'taken') OVER (PARTITION BY code, nutrient_of) AS best
                    FROM (SELECT nullif(trim(s.code), '') AS code,
                                 coalesce(nullif(trim(s.name), ''), nullif(trim(s.name_local), '')) AS name,
                                 nullif(trim(s.name_local), '') AS name_local,
                                 nullif(trim(s.food_group), '') AS food_group,
                                 s.nutrient, s.value, s.unit, p.status, p.reason, p.nutrient AS nutrient_of,
                                 coalesce(p.kind, s.kind, 'compiled') AS kind, p.amount,
                                 s.n, s.minimum, s.maximum, s.derivation_code, s.note, s.printed_column,
                                 coalesce(s.preference, 1) AS preference
                          FROM %s s,
                               LATERAL @extschema@.printed_value(s.nutrient, s.value, s.unit, s.per, $1, $2) p) q) r
              WINDOW food AS (PARTITION BY code),
                     value_of_food AS (PARTITION BY code, nutrient_of)) c) d
        $query$, staging) USING decimal_mark, dialect;
END
$function$;
COMMENT ON FUNCTION vitk_internal.import_check_table(regclass, text, text) IS 'what import_check() shows';
CREATE FUNCTION import_check(staging text DEFAULT 'food_import', decimal_mark text DEFAULT NULL, dialect text DEFAULT NULL)
RETURNS TABLE (status text, reason text, code text, name text, name_local text, food_group text,
               printed_nutrient text, printed_value text, printed_unit text,
               nutrient nutrient, kind text, amount nutrient_amount, n integer, minimum float8, maximum float8,
               derivation_code text, note text, printed_column text, doubt text)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT * FROM vitk_internal.import_check_table(staging::regclass, decimal_mark, dialect);
END;
COMMENT ON FUNCTION import_check(text, text, text) IS
    'every staged row and what becomes of it: taken, with a doubt where no published table has that much, the parts of a food exceed their whole or its energy does not fit fat, protein, carbohydrate and alcohol, unknown (blank or -), skipped (nutrient not in the registry, or another column gives it) or refused with the reason; changes nothing';

-- a value of another table is told, too: what the foods of a source borrow by vitk.food_link
CREATE FUNCTION vitk_internal.tell_borrowed(source_id text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $function$
DECLARE
    borrowed record;
BEGIN
    FOR borrowed IN
        SELECT l.nutrient::text AS nutrient, l.from_food_id, count(*) AS foods, min(l.food_id) AS food_id
        FROM vitk.food_link l JOIN vitk.food f USING (food_id)
        WHERE f.source_id = tell_borrowed.source_id
          AND NOT EXISTS (SELECT FROM vitk.food_value has WHERE has.food_id = l.food_id AND has.nutrient OPERATOR(@extschema@.=) l.nutrient)
        GROUP BY 1, 2 ORDER BY 1, 2
    LOOP
        RAISE NOTICE '% of % foods of this source is borrowed from food "%"', borrowed.nutrient, borrowed.foods, borrowed.from_food_id
            USING DETAIL = format('Food "%s" is one of them: the table has no value of it.', borrowed.food_id),
                  HINT = 'vitk.food_link has the links; delete those that you do not want.';
    END LOOP;
END
$function$;
COMMENT ON FUNCTION vitk_internal.tell_borrowed(text) IS 'tells which values the foods of a source borrow from other foods';

CREATE FUNCTION vitk_internal.import_foods_of_table(source_id text, staging regclass, decimal_mark text, dialect text,
                                           refused_rows text, replace_foods boolean,
                                           OUT foods bigint, OUT taken bigint, OUT unknown bigint,
                                           OUT skipped bigint, OUT refused bigint)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $function$
#variable_conflict use_column
DECLARE
    reasons text;
    clash text;
    gone text[];
BEGIN
    IF refused_rows IS NULL OR refused_rows NOT IN ('stop', 'skip') THEN
        RAISE EXCEPTION 'refused_rows must be "stop" or "skip"' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF NOT EXISTS (SELECT FROM vitk.source s WHERE s.source_id = import_foods_of_table.source_id AND NOT s.builtin) THEN
        RAISE EXCEPTION 'source "%" is not one of your own in vitk.source', import_foods_of_table.source_id
            USING ERRCODE = 'foreign_key_violation',
                  HINT = 'INSERT INTO vitk.source (source_id, citation) first; foods of shipped sources come with the extension.';
    END IF;

    -- Two editions at once would mix, for neither sees what the other is about to insert.  The row is
    -- written, not locked alone, so that a snapshot taken before the other edition is refused.
    IF replace_foods THEN
        UPDATE vitk.source s SET citation = s.citation WHERE s.source_id = import_foods_of_table.source_id;
    END IF;

    CREATE TEMPORARY TABLE vitk_import_checked ON COMMIT DROP AS
        SELECT * FROM vitk_internal.import_check_table(staging, decimal_mark, dialect);
    SELECT count(DISTINCT code) FILTER (WHERE status <> 'refused'), count(*) FILTER (WHERE status = 'taken'),
           count(*) FILTER (WHERE status = 'unknown'), count(*) FILTER (WHERE status = 'skipped'),
           count(*) FILTER (WHERE status = 'refused')
        INTO foods, taken, unknown, skipped, refused
        FROM pg_temp.vitk_import_checked;

    IF refused > 0 THEN
        SELECT string_agg(format('%s x %s, such as %s of %s: "%s"', times, reason, printed_nutrient,
                                 coalesce(left(code, 40), 'no code'), left(printed_value, 40)), E'\n' ORDER BY times DESC, reason)
            INTO reasons
            FROM (SELECT reason, count(*) AS times, min(code) AS code,
                         (array_agg(printed_nutrient ORDER BY code, printed_nutrient))[1] AS printed_nutrient,
                         (array_agg(printed_value ORDER BY code, printed_nutrient))[1] AS printed_value
                  FROM pg_temp.vitk_import_checked WHERE status = 'refused'
                  GROUP BY reason ORDER BY count(*) DESC, reason LIMIT 10) AS r;
        IF refused_rows = 'stop' THEN
            RAISE EXCEPTION 'nothing imported: % of % rows refused', refused,
                    taken + unknown + skipped + refused
                USING ERRCODE = 'data_exception', DETAIL = reasons,
                      HINT = 'SELECT * FROM import_check() WHERE status = ''refused'' lists them; refused_rows => ''skip'' imports the others.';
        END IF;
        RAISE WARNING '% rows refused', refused USING DETAIL = reasons;
    END IF;

    IF replace_foods THEN
        DELETE FROM vitk.food_value v USING vitk.food f
            WHERE v.food_id = f.food_id AND f.source_id = import_foods_of_table.source_id AND NOT v.builtin;
        -- a food that comes again keeps its number, and what refers to it; what is said of one that does not goes with it
        gone := ARRAY(SELECT f.food_id FROM vitk.food f
                      WHERE f.source_id = import_foods_of_table.source_id AND NOT f.builtin
                        AND NOT EXISTS (SELECT FROM pg_temp.vitk_import_checked c WHERE c.status <> 'refused' AND c.code = f.code));
        DELETE FROM vitk.food_link l WHERE l.food_id = ANY (gone) OR l.from_food_id = ANY (gone);
        DELETE FROM vitk.food_link_name l WHERE l.from_food_id = ANY (gone);
        DELETE FROM vitk.food_measure m WHERE m.food_id = ANY (gone);
        DELETE FROM vitk.recipe r WHERE r.food_id = ANY (gone);
        DELETE FROM vitk.recipe_yield y WHERE y.food_id = ANY (gone);
        DELETE FROM vitk.food f WHERE f.food_id = ANY (gone);
    ELSE
        SELECT min(f.food_id) INTO clash
            FROM vitk.food f
            WHERE f.source_id = import_foods_of_table.source_id
              AND f.code IN (SELECT code FROM pg_temp.vitk_import_checked);
        IF clash IS NOT NULL THEN
            RAISE EXCEPTION 'nothing imported: food "%" already exists', clash
                USING ERRCODE = 'unique_violation',
                      HINT = 'replace_foods => true removes the foods of this source first.';
        END IF;
    END IF;

    IF replace_foods THEN
        UPDATE vitk.food f
            SET name = c.name, name_local = c.name_local, food_group = c.food_group
            FROM (SELECT code, min(name) AS name, min(name_local) AS name_local, min(food_group) AS food_group
                  FROM pg_temp.vitk_import_checked WHERE status <> 'refused' GROUP BY code) AS c
            WHERE f.source_id = import_foods_of_table.source_id AND f.code = c.code;
    END IF;
    INSERT INTO vitk.food (source_id, code, name, name_local, food_group)
        SELECT import_foods_of_table.source_id, code, min(name), min(name_local), min(food_group)
        FROM pg_temp.vitk_import_checked c
        WHERE status <> 'refused'
          AND NOT EXISTS (SELECT FROM vitk.food f WHERE f.source_id = import_foods_of_table.source_id AND f.code = c.code)
        GROUP BY code;
    INSERT INTO vitk.food_value (food_id, nutrient, kind, amount, n, minimum, maximum, derivation_code,
                                 source_id, note)
        SELECT import_foods_of_table.source_id || ':' || code, nutrient, kind, amount, n, minimum, maximum,
               derivation_code, import_foods_of_table.source_id, note
        FROM pg_temp.vitk_import_checked WHERE status = 'taken';
    INSERT INTO vitk.food_link (food_id, nutrient, from_food_id, note)
        SELECT DISTINCT ON (f.food_id, r.nutrient) f.food_id, r.nutrient, r.from_food_id, r.note
        FROM vitk.food f
        JOIN vitk.food_link_name r ON r.name IN (lower(f.name), lower(split_part(f.name, ',', 1)))
        WHERE f.source_id = import_foods_of_table.source_id AND f.food_id <> r.from_food_id
        ORDER BY f.food_id, r.nutrient, r.builtin
    ON CONFLICT DO NOTHING;
    PERFORM vitk_internal.tell_borrowed(import_foods_of_table.source_id);

    IF to_regclass('pg_temp.import_report') IS NOT NULL THEN
        DROP TABLE pg_temp.import_report;
    END IF;
    CREATE TEMPORARY TABLE import_report AS
        SELECT coalesce(printed_column, printed_nutrient) AS printed_column, printed_nutrient, min(nutrient::text) AS nutrient,
               count(*) FILTER (WHERE status = 'taken') AS taken, count(*) FILTER (WHERE status = 'unknown') AS unknown,
               count(*) FILTER (WHERE status = 'skipped') AS skipped, count(*) FILTER (WHERE status = 'refused') AS refused,
               count(doubt) AS doubted, string_agg(DISTINCT reason, '; ' ORDER BY reason) AS reason
        FROM pg_temp.vitk_import_checked GROUP BY 1, 2;
    DROP TABLE pg_temp.vitk_import_checked;
END
$function$;
COMMENT ON FUNCTION vitk_internal.import_foods_of_table(text, regclass, text, text, text, boolean) IS 'what import_foods() does';
CREATE PROCEDURE vitk.import_foods(source_id text, staging text DEFAULT 'food_import',
                                   decimal_mark text DEFAULT NULL, refused_rows text DEFAULT 'stop',
                                   replace_foods boolean DEFAULT false, dialect text DEFAULT NULL,
                                   INOUT foods bigint DEFAULT NULL, INOUT taken bigint DEFAULT NULL,
                                   INOUT unknown bigint DEFAULT NULL, INOUT skipped bigint DEFAULT NULL,
                                   INOUT refused bigint DEFAULT NULL)
LANGUAGE sql
BEGIN ATOMIC
    SELECT * FROM vitk_internal.import_foods_of_table(source_id, staging::regclass, decimal_mark, dialect, refused_rows, replace_foods);
END;
COMMENT ON PROCEDURE vitk.import_foods(text, text, text, text, boolean, text, bigint, bigint, bigint, bigint, bigint) IS
    'imports the foods and values of a staging table made like vitk.food_import, under a source of your own; all or nothing: a refused row stops it, unless refused_rows is skip; replace_foods removes the earlier foods of this source first; foods named in vitk.food_link_name borrow the values that their table lacks; the temporary table import_report lists the outcome by column; returns how many foods and how many rows were taken, unknown, skipped (nutrient not in the registry) and refused; errors: 23503 unknown source, 22000 refused rows, 23505 food exists already';
