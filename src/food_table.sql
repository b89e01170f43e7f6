-- food_table: how published food composition tables are laid out
--
-- Shipped rows come from src/data/food_table.csv and food_table_column.csv.  The scripts of src/import
-- read a file by them; a table that is not here is a list of rows of one's own, and no code.

CREATE TABLE vitk.food_table (
    layout text NOT NULL CHECK (layout ~ '^[a-z0-9][a-z0-9_]*$'),
    name text NOT NULL,
    dialect text,
    decimal_mark text CHECK (decimal_mark IN ('.', ',')),
    citation text,
    url text,
    licence text,
    note text,
    builtin boolean NOT NULL DEFAULT false,
    PRIMARY KEY (layout)
);
COMMENT ON TABLE vitk.food_table IS 'layouts of published food composition tables, by which the import scripts read their files';
COMMENT ON COLUMN vitk.food_table.layout IS 'short name';
COMMENT ON COLUMN vitk.food_table.name IS 'the table and its editions';
COMMENT ON COLUMN vitk.food_table.dialect IS 'what it prints instead of numbers, see printed_value(); NULL: what all tables have in common';
COMMENT ON COLUMN vitk.food_table.decimal_mark IS 'its decimal mark; NULL: both are read where that is unambiguous';
COMMENT ON COLUMN vitk.food_table.citation IS 'how to cite it: the scripts enter it into vitk.source';
COMMENT ON COLUMN vitk.food_table.url IS 'where it is published';
COMMENT ON COLUMN vitk.food_table.licence IS 'terms under which its figures may be used';
COMMENT ON COLUMN vitk.food_table.note IS 'what to know before using it';
COMMENT ON COLUMN vitk.food_table.builtin IS 'shipped with the extension: an update replaces it, pg_dump leaves it out';

CREATE TABLE vitk.food_table_column (
    layout text NOT NULL REFERENCES vitk.food_table,
    header text NOT NULL,
    role text NOT NULL CHECK (role IN ('code', 'name', 'name_local', 'food_group', 'per', 'traces', 'derivation',
                                       'value', 'ignore')),
    preference integer NOT NULL DEFAULT 1 CHECK (preference > 0),
    nutrient text NOT NULL DEFAULT '-' CHECK ((nutrient <> '-') = (role = 'value')),
    unit text,
    required boolean NOT NULL DEFAULT false,
    note text,
    builtin boolean NOT NULL DEFAULT false,
    PRIMARY KEY (layout, header, nutrient)
);
COMMENT ON TABLE vitk.food_table_column IS 'what each column of a published food composition table is';
COMMENT ON COLUMN vitk.food_table_column.layout IS 'the table, see vitk.food_table';
COMMENT ON COLUMN vitk.food_table_column.header IS
    'header as printed; blanks, line breaks, punctuation, accents and capitals are ignored; \uXXXX for letters outside ASCII';
COMMENT ON COLUMN vitk.food_table_column.role IS
    'code, name (in English), name_local, food_group, per (the mass that values refer to), traces (names of the nutrients whose zero is a trace), derivation (of the value in the column before it), value, or ignore (known, and no amount of a nutrient)';
COMMENT ON COLUMN vitk.food_table_column.preference IS 'where several columns give one nutrient, the first that has a value for the food is taken';
COMMENT ON COLUMN vitk.food_table_column.nutrient IS 'for role value: the nutrient, by any name that type nutrient reads, a header with two of them gives both; - for other roles';
COMMENT ON COLUMN vitk.food_table_column.unit IS 'for role value: the unit (UCUM code); NULL: the rows give it';
COMMENT ON COLUMN vitk.food_table_column.required IS 'a file without this column has another layout';
COMMENT ON COLUMN vitk.food_table_column.note IS 'what to know about its values';
COMMENT ON COLUMN vitk.food_table_column.builtin IS 'shipped with the extension: an update replaces it, pg_dump leaves it out';

@rows vitk.food_table food_table.csv@
@rows vitk.food_table_column food_table_column.csv@

SELECT pg_catalog.pg_extension_config_dump('vitk.food_table', 'WHERE NOT builtin');
SELECT pg_catalog.pg_extension_config_dump('vitk.food_table_column', 'WHERE NOT builtin');

GRANT SELECT ON vitk.food_table, vitk.food_table_column TO PUBLIC;
GRANT INSERT, UPDATE, DELETE ON vitk.food_table, vitk.food_table_column TO pg_database_owner WITH GRANT OPTION;

CREATE FUNCTION vitk_internal.header_key(header text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT regexp_replace(regexp_replace(replace(vitk_internal.plain_letters(normalize(header, NFKC)), chr(956), 'u'),
                                         '\mmcg', 'ug', 'g'),
                          '[\u0001-/:-^`{-\u007F]+', '', 'g');
END;
COMMENT ON FUNCTION vitk_internal.header_key(text) IS
    'a header without what varies between editions and programs: blanks, line breaks, punctuation, accents, capitals, forms of the micro sign; databases in UTF8 only';

-- The header row of a file is the one in which most cells are known; title rows may stand above it, and
-- headers may reach over several rows.
CREATE FUNCTION vitk_internal.food_table_columns(layout text, records jsonb)
RETURNS TABLE (header_row integer, place integer, header text, role text, preference integer, nutrient text, unit text, note text)
LANGUAGE sql STABLE
BEGIN ATOMIC
    WITH cell AS MATERIALIZED (
        SELECT r.row::integer AS row, c.place::integer AS place, trim(regexp_replace(c.text, '\s+', ' ', 'g')) AS text,
               vitk_internal.header_key(c.text) AS key
        FROM jsonb_array_elements(records) WITH ORDINALITY AS r (cells, row),
             jsonb_array_elements_text(r.cells) WITH ORDINALITY AS c (text, place)
        WHERE c.text <> ''),
    known AS MATERIALIZED (
        SELECT vitk_internal.header_key(unistr(k.header)) AS key, k.role, k.preference, k.nutrient, k.unit, k.note
        FROM vitk.food_table_column k
        WHERE k.layout = food_table_columns.layout),
    head AS (
        SELECT c.row FROM cell c JOIN (SELECT DISTINCT key FROM known) AS k USING (key)
        GROUP BY c.row ORDER BY count(*) DESC, c.row LIMIT 1),
    -- of headers over several rows, the lowest that is known counts: units may be there too
    found AS MATERIALIZED (
        SELECT f.* FROM (SELECT head.row, c.place, c.text, k.role, k.preference, k.nutrient, k.unit, k.note,
                                c.row = max(c.row) OVER (PARTITION BY c.place) AS lowest
                         FROM head, cell c JOIN known k USING (key)
                         WHERE c.row <= head.row) AS f
        WHERE f.lowest)
    SELECT f.row, f.place, f.text, f.role, f.preference, f.nutrient, f.unit, f.note FROM found f
    UNION ALL
    -- columns that nobody told of
    SELECT head.row, c.place, string_agg(c.text, ' ' ORDER BY c.row), NULL, NULL, NULL, NULL, NULL
    FROM head, cell c
    WHERE c.row <= head.row AND NOT EXISTS (SELECT FROM found f WHERE f.place = c.place)
    GROUP BY head.row, c.place;
END;
COMMENT ON FUNCTION vitk_internal.food_table_columns(text, jsonb) IS
    'the columns of a file, its first records as a JSON array of arrays, by the layout of a table: where the header is and what each column is; role NULL: not known';

CREATE FUNCTION vitk_internal.csv_records(content text, delimiter text, most integer,
                                          OUT number integer, OUT cells text[]) RETURNS SETOF record
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.csv_records(text, text, integer) IS
    'the first records of a file of comma-separated values: quoted fields may contain anything, and any kind of line ending is read';

-- The delimiter with which most of the header is known
CREATE FUNCTION vitk_internal.csv_delimiter(layout text, content text) RETURNS text
    LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT d.delimiter
    FROM pg_catalog.unnest(ARRAY[',', ';', '|', chr(9)]) WITH ORDINALITY AS d (delimiter, place),
         LATERAL (SELECT pg_catalog.jsonb_agg(pg_catalog.to_jsonb(r.cells) ORDER BY r.number)
                  FROM vitk_internal.csv_records(left(content, 100000), d.delimiter, 40) AS r) AS head (records),
         LATERAL (SELECT count(c.role) FROM vitk_internal.food_table_columns(layout, head.records) AS c) AS known (columns)
    ORDER BY known.columns DESC, d.place
    LIMIT 1;
END;
COMMENT ON FUNCTION vitk_internal.csv_delimiter(text, text) IS 'the field delimiter of a file, by the layout that it has';

CREATE FUNCTION vitk_internal.stage_food_table(layout text, content text, delimiter text, per text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET client_min_messages = warning AS $function$
#variable_conflict use_variable
DECLARE
    bad text;
    head_row integer;
BEGIN
    IF NOT EXISTS (SELECT FROM vitk.food_table t WHERE t.layout = stage_food_table.layout) THEN
        RAISE EXCEPTION 'unknown layout "%"', layout
            USING ERRCODE = 'invalid_parameter_value', HINT = 'SELECT layout, name FROM vitk.food_table lists them.';
    END IF;
    delimiter := coalesce(delimiter, vitk_internal.csv_delimiter(layout, content));

    DROP TABLE IF EXISTS pg_temp.import_record, pg_temp.import_column, pg_temp.food_import;
    CREATE TEMPORARY TABLE import_record AS
        SELECT number, cells FROM vitk_internal.csv_records(content, delimiter, 2147483647);
    CREATE TEMPORARY TABLE import_column AS
        SELECT c.* FROM (SELECT pg_catalog.jsonb_agg(pg_catalog.to_jsonb(r.cells) ORDER BY r.number) FROM import_record r WHERE r.number <= 40) AS h (records),
                    vitk_internal.food_table_columns(layout, h.records) AS c;
    SELECT min(c.header_row) INTO head_row FROM import_column c;

    SELECT string_agg(format('no column "%s"', k.header), ', ' ORDER BY k.header) INTO bad
        FROM vitk.food_table_column k
        WHERE k.layout = stage_food_table.layout AND k.required
          AND NOT EXISTS (SELECT FROM import_column c
                          WHERE c.role = k.role AND c.nutrient = k.nutrient
                            AND vitk_internal.header_key(c.header) = vitk_internal.header_key(unistr(k.header)));
    SELECT concat_ws(', ', bad, string_agg(format('%s columns of role %s', n, role), ', ')) INTO bad
        FROM (SELECT c.role, count(*) AS n FROM import_column c
              WHERE c.role IN ('code', 'name', 'name_local', 'food_group', 'per', 'traces')
              GROUP BY c.role HAVING count(*) > 1) AS twice;
    IF bad <> '' OR NOT EXISTS (SELECT FROM import_column c WHERE c.role = 'value') THEN
        RAISE EXCEPTION 'file does not have layout "%": %', layout, coalesce(nullif(bad, ''), 'no column of values')
            USING HINT = 'SELECT * FROM import_column shows what was recognised in its header, vitk.food_table_column what was expected.';
    END IF;

    CREATE TEMPORARY TABLE food_import (LIKE vitk.food_import INCLUDING DEFAULTS);
    WITH food AS MATERIALIZED (
        SELECT r.number, r.cells, f.*
        FROM import_record r,
             LATERAL (SELECT max(r.cells[c.place]) FILTER (WHERE c.role = 'code') AS code,
                             max(r.cells[c.place]) FILTER (WHERE c.role = 'name') AS name,
                             max(r.cells[c.place]) FILTER (WHERE c.role = 'name_local') AS name_local,
                             max(r.cells[c.place]) FILTER (WHERE c.role = 'food_group') AS food_group,
                             max(r.cells[c.place]) FILTER (WHERE c.role = 'per') AS per,
                             max(r.cells[c.place]) FILTER (WHERE c.role = 'traces') AS traces
                      FROM import_column c) AS f
        WHERE r.number > head_row AND EXISTS (SELECT FROM unnest(r.cells) AS c (cell) WHERE trim(cell) <> '')),
    v AS MATERIALIZED (
        SELECT c.*, (SELECT min(d.place) FROM import_column d
                     WHERE d.role = 'derivation' AND d.place > c.place
                       AND NOT EXISTS (SELECT FROM import_column o WHERE o.role = 'value' AND o.place > c.place AND o.place < d.place)
                    ) AS derived
        FROM import_column c WHERE c.role = 'value')
    INSERT INTO food_import (code, name, name_local, food_group, nutrient, value, unit, per, derivation_code, printed_column, preference)
        -- programs that take codes for numbers write 11000000 as 1.1e+07
        SELECT CASE WHEN f.code ~ '^[0-9.]+[eE]\+[0-9]{1,2}$' THEN f.code::numeric::bigint::text ELSE f.code END,
               f.name, f.name_local, f.food_group, v.nutrient,
               -- a zero of which the table says elsewhere that it is a trace, by the first word of its header
               CASE WHEN trim(f.cells[v.place]) IN ('', '0') AND substring(v.header, '^\S+') = ANY (regexp_split_to_array(f.traces, '[\s,;]+'))
                    THEN 'traces' ELSE f.cells[v.place] END,
               v.unit, coalesce(nullif(f.per, ''), per, '100 g'), nullif(f.cells[v.derived], ''), v.header, v.preference
        FROM food f, v;
END
$function$;
COMMENT ON FUNCTION vitk_internal.stage_food_table(text, text, text, text) IS
    'fills the temporary table food_import from a food table as published, by its layout in vitk.food_table_column; import_column shows what was recognised in the header';
