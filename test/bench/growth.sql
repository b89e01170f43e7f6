-- How time and memory grow with the number of items: days of 20 foods, 5 a person.

SET client_min_messages = warning;
SET jit = off;
SET max_parallel_workers_per_gather = 0;
CREATE TABLE IF NOT EXISTS growth (items bigint, name text, ord int, bytes bigint, ms float8, kb int);
DROP TABLE days;
CREATE UNLOGGED TABLE days AS
SELECT (i / 5)::int AS person, (i % 5)::int AS day,
       (SELECT diet((1 + (i * 20 + k) * 2654435761 % 8000)::int, 5 + ((i * 7 + k * 13) % 2950) / 10.0) FROM generate_series(1, 20) k) AS diet
FROM generate_series(0, :items / 20 - 1) i;
ALTER TABLE days ADD PRIMARY KEY (person, day);
VACUUM ANALYZE days;

-- A session each.  What its process had of its own at most: all but the server's shared memory
CREATE OR REPLACE FUNCTION own_kb() RETURNS int LANGUAGE sql AS $$
    SELECT sum(CASE m[1] WHEN 'VmHWM' THEN m[2]::int ELSE - m[2]::int END)::int
    FROM regexp_matches(pg_read_file('/proc/self/status'), '(VmHWM|RssShmem):\s+(\d+) kB', 'g') m $$;
SELECT format($$\c
SET jit = off;
SET max_parallel_workers_per_gather = 0;
SELECT count(food_count(diet)) FROM days \g /dev/null
INSERT INTO growth SELECT %s, %L, %s, pg_relation_size('days'), ms, own_kb() FROM (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY elapsed(%L)) AS ms FROM generate_series(1, 3) OFFSET 0) s;$$, :items, name, n, query)
FROM (SELECT row_number() OVER () AS n, * FROM diet_query) q
WHERE name IN ('the scan alone', '(a) by person and day', '(b) mean day of each person', '(c) share of persons below', '(d) one nutrient')
\g (format=unaligned tuples_only) growth_sessions.sql
\i growth_sessions.sql
