-- The tools: take turns, take the median.  The data: diary and foods.

CREATE EXTENSION vitk;
SET client_min_messages = warning;

-- What is measured: queries that take turns.  "beside" names the one of the
-- suite that a query is compared with: ratios are taken within a turn.
CREATE TABLE contestant (suite text, ord int, name text, beside text, query text, PRIMARY KEY (suite, name));
CREATE TABLE measured (suite text, setting text, name text, turn int, ms float8);

-- Milliseconds that a query takes in the server.
CREATE FUNCTION elapsed(query text) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
    start timestamptz := clock_timestamp();
BEGIN
    -- the whole result is computed, and none of it sent or kept
    EXECUTE query || ' OFFSET 1000000000';
    RETURN extract(epoch FROM clock_timestamp() - start) * 1000;
END $$;

-- All contestants of a suite, one after the other, so many times.
CREATE PROCEDURE take_turns(this_suite text, turns int, setting text DEFAULT '', first_turn int DEFAULT 1) LANGUAGE plpgsql AS $$
DECLARE
    c contestant;
BEGIN
    FOR turn IN first_turn .. first_turn + turns - 1 LOOP
        FOR c IN SELECT * FROM contestant WHERE suite = this_suite ORDER BY ord LOOP
            INSERT INTO measured VALUES (this_suite, setting, c.name, turn, elapsed(c.query));
        END LOOP;
    END LOOP;
END $$;

-- Medians: of the time, of the ratio and of the difference to what it is compared with.
CREATE VIEW result AS
SELECT m.suite, m.setting, c.ord, m.name,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY m.ms) AS ms,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY m.ms / b.ms) AS ratio,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY m.ms - b.ms) AS more_ms
FROM contestant c
    JOIN measured m ON (m.suite, m.name) = (c.suite, c.name)
    LEFT JOIN measured b ON (b.suite, b.setting, b.name, b.turn) = (m.suite, m.setting, c.beside, m.turn)
GROUP BY m.suite, m.setting, c.ord, m.name;

-- Persons eat 20 foods a day on 5 days, of 8,000 foods with 14 nutrients.
SELECT setseed(0.4447) \g /dev/null
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
