-- The tools: take turns, take the median.  The data: diary and foods.

CREATE EXTENSION vitk;
SET client_min_messages = warning;

-- what is measured, and each single measurement
CREATE TABLE contestant (suite text, ord int, name text, query text, PRIMARY KEY (suite, name));
CREATE TABLE measured (suite text, setting text, name text, run int, ms float8);

-- Milliseconds that a query takes in the server.  It must return no row, see "drain".
CREATE FUNCTION elapsed(query text) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
    start timestamptz := clock_timestamp();
BEGIN
    EXECUTE query;
    RETURN extract(epoch FROM clock_timestamp() - start) * 1000;
END $$;

-- Have a query compute its whole result and send nothing of it.
CREATE FUNCTION drain(query text) RETURNS text
RETURN query || ' OFFSET 1000000000';

-- All contestants of a suite, one after the other, so many times.
CREATE PROCEDURE take_turns(this_suite text, runs int, setting text DEFAULT '') LANGUAGE plpgsql AS $$
DECLARE
    c contestant;
BEGIN
    FOR run IN 1 .. runs LOOP
        FOR c IN SELECT * FROM contestant WHERE suite = this_suite ORDER BY ord LOOP
            INSERT INTO measured VALUES (this_suite, setting, c.name, run, elapsed(drain(c.query)));
            COMMIT;
        END LOOP;
    END LOOP;
END $$;

CREATE VIEW result AS
SELECT suite, setting, ord, name, percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) AS ms
FROM measured JOIN contestant USING (suite, name)
GROUP BY suite, setting, ord, name;

-- Persons eat 20 foods a day on 5 days, of 8,000 foods with 14 nutrients.
SELECT setseed(0.4447);
CREATE UNLOGGED TABLE diary (person int, day int, food int, grams float8);
INSERT INTO diary
SELECT 1 + i / 100, 1 + i / 20 % 5, 1 + floor(random() * 8000), 5 + round((random() * 295)::numeric, 1)
FROM generate_series(0, :rows - 1) i;

CREATE TABLE nutrient_of (i int PRIMARY KEY, code nutrient, scale float8);
INSERT INTO nutrient_of VALUES
    (1, 'K1', 100), (2, 'dK1', 20), (3, 'MK-4', 30), (4, 'MK-5', 2), (5, 'MK-6', 2), (6, 'MK-7', 10),
    (7, 'MK-8', 20), (8, 'MK-9', 50), (9, 'D3', 10), (10, 'A-RAE', 300), (11, 'retinol', 200),
    (12, 'calcium', 500), (13, 'phosphorus', 500), (14, 'magnesium', 100);

-- a food's values in order, numbers as tables print them
CREATE TABLE food AS
SELECT food, array_agg(round((random() * scale)::numeric, 2)::float8 ORDER BY i) AS v
FROM generate_series(1, 8000) food, nutrient_of GROUP BY food;

SELECT format('CREATE TABLE food_columns AS SELECT food, %s FROM food',
              string_agg(format('v[%s] AS v%1$s', i), ', ' ORDER BY i)) FROM nutrient_of \gexec
CREATE TABLE food_array AS SELECT food, v::float4[] AS v FROM food;
CREATE TABLE food_jsonb AS
SELECT food, (SELECT jsonb_object_agg(code::text, v[i]) FROM nutrient_of) AS v FROM food;
CREATE TABLE food_profile AS
SELECT food, (SELECT with_grams(profile(code, nutrient_amount(v[i], unit(code))), 100) FROM nutrient_of) AS p
FROM food;
-- as real tables are: one value in ten is missing, one in ten below detection
CREATE TABLE food_gaps AS
SELECT food, (SELECT with_grams(profile(code, CASE WHEN (food + i) % 10 = 1
                                              THEN nutrient_amount(0, v[i], unit(code))
                                              ELSE nutrient_amount(v[i], unit(code)) END), 100)
              FROM nutrient_of WHERE (food + i) % 10 <> 0) AS p
FROM food;

VACUUM ANALYZE;
