-- builtin: nobody but the scripts of the extension sets it, on any table that has it
SELECT count(*) >= 9 AS nine, string_agg(c.oid::regclass::text, ' ') FILTER (WHERE NOT guarded) AS unguarded
FROM pg_extension, unnest(extconfig) AS o (oid) JOIN pg_class c USING (oid),
     LATERAL (SELECT count(*) = 4 AND bool_and(tgenabled = 'A') AS guarded FROM pg_trigger WHERE tgrelid = c.oid AND tgname LIKE 'builtin%') g
WHERE extname = 'vitk' AND relkind = 'r';
SELECT count(*) FROM pg_attribute WHERE attname = 'builtin' AND attrelid NOT IN (SELECT tgrelid FROM pg_trigger WHERE tgname = 'builtin_insert')
    AND (SELECT relkind = 'r' FROM pg_class WHERE oid = attrelid);

-- what is inserted is one's own, also with builtin and as a copy of a shipped row
INSERT INTO vitk.source (source_id, citation, builtin) VALUES ('mine', 'a paper of ours', true) RETURNING source_id, builtin;
INSERT INTO vitk.food_value SELECT * FROM vitk.food_value WHERE food_id = 'sr28:01002' AND nutrient = 'MK-4' RETURNING food_id, nutrient, amount, builtin;
INSERT INTO vitk.study SELECT 'mine', name, year, kind, design FROM vitk.study WHERE study_id = 'braam2004' RETURNING study_id, name, builtin;
COPY vitk.source (source_id, citation, builtin) FROM stdin;
copied	by COPY	t
\.
MERGE INTO vitk.source s USING (VALUES ('merged', 'by MERGE')) AS n (id, citation) ON source_id = id
    WHEN NOT MATCHED THEN INSERT (source_id, citation, builtin) VALUES (id, n.citation, true);
INSERT INTO vitk.source (source_id, citation, builtin) VALUES ('mine', 'a paper of ours, corrected', true)
    ON CONFLICT (source_id) DO UPDATE SET citation = excluded.citation RETURNING source_id, citation, builtin;
SELECT source_id, builtin FROM vitk.source WHERE source_id IN ('copied', 'merged') ORDER BY 1;

-- so is a copy of a whole row of each table where it may stand beside the shipped one
BEGIN;
CREATE TABLE copied (of_table text, own bigint);
SELECT format('WITH mine AS (INSERT INTO %s SELECT * FROM %1$s WHERE builtin LIMIT 1 RETURNING builtin)
    INSERT INTO copied SELECT %1$L, count(*) FILTER (WHERE NOT builtin) FROM mine', t)
FROM (SELECT conrelid::regclass AS t FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = ANY (conkey)
      WHERE contype = 'p' AND attname = 'builtin' AND conrelid::regclass::text LIKE 'vitk.%'
      UNION SELECT 'vitk.reference_value'::regclass) AS keyed WHERE t <> 'vitk.food_value'::regclass ORDER BY 1 \gexec
SELECT * FROM copied ORDER BY of_table;
-- the doubt is that of the amount, whatever is written
INSERT INTO vitk.food_value (food_id, nutrient, kind, amount, source_id, doubt) VALUES ('sr28:01003', 'vitamin K', 'compiled', '12 mg', 'mine', 'none') RETURNING doubt;
UPDATE vitk.food_value SET amount = '12 ug' WHERE food_id = 'sr28:01003' AND NOT builtin RETURNING doubt;
ROLLBACK;

-- a shipped row stays as it is, whoever comes
SELECT current_setting('is_superuser');
UPDATE vitk.food SET note = 'x' WHERE food_id = 'sr28:01002';
UPDATE vitk.source SET builtin = false WHERE source_id = 'sr28';
DELETE FROM vitk.food_value WHERE food_id = 'sr28:01002' AND builtin;
INSERT INTO vitk.source (source_id, citation) VALUES ('sr28', 'x') ON CONFLICT (source_id) DO UPDATE SET citation = excluded.citation;
INSERT INTO vitk.source (source_id, citation) VALUES ('sr28', 'x') ON CONFLICT (source_id) DO NOTHING RETURNING source_id;
MERGE INTO vitk.source s USING (VALUES ('sr28')) AS n (id) ON source_id = id WHEN MATCHED THEN DELETE;
UPDATE vitk.source SET builtin = true WHERE source_id = 'mine';
TRUNCATE vitk.study_result, vitk.study_arm, vitk.study CASCADE;
TRUNCATE vitk.reference_value;

-- one's own come and go
UPDATE vitk.source SET note = 'x' WHERE NOT builtin RETURNING source_id, note;
DELETE FROM vitk.food_value WHERE NOT builtin RETURNING food_id, nutrient;
DELETE FROM vitk.study WHERE NOT builtin RETURNING study_id;
DELETE FROM vitk.source WHERE NOT builtin RETURNING source_id;

-- as the apply of a logical replication does it: each server has the shipped rows of its own version
SET session_replication_role = replica;
INSERT INTO vitk.source (source_id, citation, builtin) VALUES ('theirs', 'x', true), ('ours', 'y', false) RETURNING source_id, builtin;
UPDATE vitk.source SET note = 'x' WHERE source_id IN ('sr28', 'ours') RETURNING source_id;
DELETE FROM vitk.source WHERE source_id IN ('sr28', 'ours') RETURNING source_id;
RESET session_replication_role;

-- what a methods section names
SELECT library = sql AS one, sql = (SELECT extversion FROM pg_extension WHERE extname = 'vitk') AS sql, postgresql = current_setting('server_version') AS postgresql,
    'sr28' = ANY (string_to_array(foods, ', ')) AS foods, reference_values LIKE '%NAM %' AS reference_values
FROM vitk_version();

-- the schemas are the extension's own: CREATE EXTENSION says so (in a database without it, test/t/001_install.pl)
