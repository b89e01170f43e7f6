-- What users entered, as one row a table

SELECT table_name, own_rows, checksum FROM vitk_own_rows() WHERE own_rows > 0 OR checksum IS NOT NULL;
-- every table that may have rows of users' is asked
SELECT count(*) = (SELECT count(*) FROM pg_class c JOIN pg_attribute a ON attrelid = c.oid AND attname = 'builtin'
                   WHERE relnamespace = 'vitk'::regnamespace AND relkind = 'r') AS all_tables FROM vitk_own_rows();

-- the same rows, in another order and after a change that was taken back
INSERT INTO vitk.source (source_id, citation) VALUES ('lab', 'our own'), ('ward', 'as the ward has it');
CREATE TABLE first AS SELECT * FROM vitk_own_rows();
SELECT table_name, own_rows, length(checksum) FROM first WHERE own_rows > 0;
DELETE FROM vitk.source WHERE source_id = 'lab';
SELECT r.table_name, r.own_rows, r.checksum = f.checksum AS agree FROM vitk_own_rows() AS r JOIN first AS f USING (table_name) WHERE f.own_rows > 0;
INSERT INTO vitk.source (source_id, citation) VALUES ('lab', 'our own.');
SELECT r.table_name, r.own_rows, r.checksum = f.checksum AS agree FROM vitk_own_rows() AS r JOIN first AS f USING (table_name) WHERE f.own_rows > 0;
UPDATE vitk.source SET citation = 'our own' WHERE source_id = 'lab';
SET datestyle = 'German';
SET extra_float_digits = -5;
SELECT r.table_name, r.own_rows, r.checksum = f.checksum AS agree FROM vitk_own_rows() AS r JOIN first AS f USING (table_name) WHERE f.own_rows > 0;
DELETE FROM vitk.source WHERE NOT builtin;
DROP TABLE first;
