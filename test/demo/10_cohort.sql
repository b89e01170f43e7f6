-- An example cohort: 12 persons, 3 days each.  All of it is invented.

\set ON_ERROR_STOP 1
\set QUIET 1

\echo 'vitk: an example'
\echo '================'
\echo
\echo 'Twelve persons, three days of eating each. The persons and their diaries are invented for this'
\echo 'example; the contents of the foods and the limits are real (vitk.source says from where).'
\echo 'vitk is for the analysis of data. Nothing here is advice to a patient.'
\echo

SET client_min_messages = warning;
CREATE EXTENSION vitk;

CREATE SCHEMA example;
COMMENT ON SCHEMA example IS 'EXAMPLE: an invented cohort, no real person';

CREATE TABLE example.person (
    person text PRIMARY KEY,
    sex text NOT NULL,
    age float8 NOT NULL,
    weight_kg float8 NOT NULL,
    life_stage text NOT NULL DEFAULT 'none',
    warfarin boolean NOT NULL DEFAULT false
);
COMMENT ON TABLE example.person IS 'EXAMPLE: invented persons, no real one among them; age in years';

INSERT INTO example.person VALUES
    ('Anna', 'female', 34, 71, 'pregnancy', false),
    ('Ben', 'male', 28, 84, 'none', false),
    ('Chiyo', 'female', 62, 52, 'none', false),
    ('Dirk', 'male', 71, 88, 'none', true),
    ('Elena', 'female', 68, 63, 'none', true),
    ('Farid', 'male', 45, 70, 'none', false),
    ('Grace', 'female', 51, 66, 'none', false),
    ('Hugo', 'male', 60, 92, 'none', false),
    ('Ines', 'female', 24, 58, 'none', false),
    ('Jonas', 'male', 15, 61, 'none', false),
    ('Kenji', 'male', 66, 64, 'none', false),
    ('Lea', 'female', 78, 55, 'none', true);

-- Daily supplements: profiles without a mass.  Vitamin D stands in them as D3 and
-- as D, because the foods have both.  45 mg of MK-4 (menatetrenone) a day is the
-- dose used against osteoporosis in Japan.
CREATE TABLE example.supplement (
    person text NOT NULL REFERENCES example.person,
    product text NOT NULL,
    a_day nutrient_profile NOT NULL
);
COMMENT ON TABLE example.supplement IS 'EXAMPLE: what the invented persons take every day';

INSERT INTO example.supplement VALUES
    ('Anna', 'vitamin D3', 'D3 10 ug, D 10 ug'),
    ('Chiyo', 'menatetrenone, 3 x 15 mg', 'MK-4 45 mg'),
    ('Grace', 'MK-7 with D3', 'MK-7 180 ug, D3 1000 [IU], D 1000 [IU]'),
    ('Grace', 'calcium', 'calcium 600 mg'),
    ('Hugo', 'cod liver oil, a spoon', 'retinol 4080 ug, A-RAE 4080 ug, D3 34 ug, D 34 ug'),
    ('Lea', 'calcium with D3', 'calcium 1000 mg, D3 20 ug, D 20 ug');

CREATE TABLE example.diary (
    person text NOT NULL REFERENCES example.person,
    day integer NOT NULL CHECK (day BETWEEN 1 AND 3),
    meal text NOT NULL,
    food_id text REFERENCES vitk.food,
    grams float8 NOT NULL CHECK (grams >= 0)
);
COMMENT ON TABLE example.diary IS 'EXAMPLE: what the invented persons ate in three days';
COMMENT ON COLUMN example.diary.food_id IS 'food of vitk.food; NULL: what it was is not known (a canteen stew)';

INSERT INTO example.diary VALUES
    ('Anna', 1, 'breakfast', 'sr28:01256', 150), ('Anna', 1, 'breakfast', 'sr28:09050', 80),
    ('Anna', 1, 'breakfast', 'sr28:14180', 200), ('Anna', 1, 'lunch', 'sr28:28313', 60),
    ('Anna', 1, 'lunch', 'sr28:01002', 8), ('Anna', 1, 'lunch', 'sr28:01009', 30),
    ('Anna', 1, 'lunch', 'sr28:11205', 60), ('Anna', 1, 'dinner', 'sr28:15086', 140),
    ('Anna', 1, 'dinner', 'sr28:20037', 180), ('Anna', 1, 'dinner', 'sr28:11464', 90),
    ('Anna', 1, 'dinner', 'sr28:04053', 10), ('Anna', 1, 'snack', 'sr28:09132', 100),
    ('Anna', 2, 'breakfast', 'ciqual2025:7098', 70), ('Anna', 2, 'breakfast', 'sr28:01002', 10),
    ('Anna', 2, 'breakfast', 'ciqual2025:22010', 55), ('Anna', 2, 'breakfast', 'sr28:14180', 200),
    ('Anna', 2, 'lunch', 'sr28:20125', 220), ('Anna', 2, 'lunch', 'sr28:11313', 80),
    ('Anna', 2, 'lunch', 'sr28:04053', 10), ('Anna', 2, 'dinner', 'sr28:05343', 130),
    ('Anna', 2, 'dinner', 'sr28:11657', 200), ('Anna', 2, 'dinner', 'sr28:11091', 120),
    ('Anna', 2, 'snack', 'sr28:01256', 125), ('Anna', 2, 'snack', 'sr28:09148', 75),
    ('Anna', 3, 'breakfast', 'sr28:01256', 150), ('Anna', 3, 'breakfast', 'sr28:12120', 20),
    ('Anna', 3, 'breakfast', 'sr28:09132', 80), ('Anna', 3, 'lunch', 'ciqual2025:7098', 80),
    ('Anna', 3, 'lunch', 'vermeer2018:cheese-gouda-13-weeks', 30), ('Anna', 3, 'lunch', 'sr28:11124', 60),
    ('Anna', 3, 'dinner', 'sr28:22977', 320), ('Anna', 3, 'dinner', 'sr28:11251', 50),
    ('Anna', 3, 'dinner', 'sr28:04582', 8), ('Anna', 3, 'snack', 'sr28:19904', 20),
    ('Ben', 1, 'breakfast', 'sr28:18001', 100), ('Ben', 1, 'breakfast', 'sr28:01002', 10),
    ('Ben', 1, 'breakfast', 'sr28:14180', 300), ('Ben', 1, 'lunch', 'sr28:21252', 290),
    ('Ben', 1, 'lunch', 'sr28:21238', 150), ('Ben', 1, 'dinner', 'sr28:21474', 320),
    ('Ben', 1, 'snack', 'sr28:19411', 50),
    ('Ben', 2, 'breakfast', 'sr28:01132', 120), ('Ben', 2, 'breakfast', 'sr28:11391', 100),
    ('Ben', 2, 'breakfast', 'sr28:14180', 300), ('Ben', 2, 'lunch', NULL, 350),
    ('Ben', 2, 'lunch', 'sr28:18350', 45), ('Ben', 2, 'dinner', 'sr28:21421', 160),
    ('Ben', 2, 'dinner', 'sr28:21238', 150), ('Ben', 2, 'dinner', 'sr28:11937', 30),
    ('Ben', 2, 'snack', 'ciqual2025:39515', 120),
    ('Ben', 3, 'breakfast', 'sr28:18001', 100), ('Ben', 3, 'breakfast', 'sr28:01009', 30),
    ('Ben', 3, 'breakfast', 'sr28:14180', 300), ('Ben', 3, 'lunch', 'sr28:21474', 300),
    ('Ben', 3, 'dinner', 'ciqual2025:6253', 180), ('Ben', 3, 'dinner', 'sr28:18350', 60),
    ('Ben', 3, 'dinner', 'sr28:11252', 40), ('Ben', 3, 'dinner', 'sr28:11937', 20),
    ('Ben', 3, 'snack', 'sr28:19411', 40),
    ('Chiyo', 1, 'breakfast', 'sr28:20037', 150), ('Chiyo', 1, 'breakfast', 'kamao2007:natto', 45),
    ('Chiyo', 1, 'lunch', 'sr28:15086', 90), ('Chiyo', 1, 'lunch', 'sr28:20037', 150),
    ('Chiyo', 1, 'lunch', 'sr28:11109', 80), ('Chiyo', 1, 'dinner', 'sr28:11212', 80),
    ('Chiyo', 1, 'dinner', 'ciqual2025:10007', 90), ('Chiyo', 1, 'dinner', 'sr28:20037', 150),
    ('Chiyo', 1, 'dinner', 'sr28:04058', 6), ('Chiyo', 1, 'snack', 'sr28:09132', 80),
    ('Chiyo', 2, 'breakfast', 'sr28:20037', 150), ('Chiyo', 2, 'breakfast', 'ciqual2025:22010', 55),
    ('Chiyo', 2, 'breakfast', 'sr28:11457', 60), ('Chiyo', 2, 'lunch', 'sr28:15019', 110),
    ('Chiyo', 2, 'lunch', 'sr28:20037', 150), ('Chiyo', 2, 'lunch', 'sr28:11124', 60),
    ('Chiyo', 2, 'dinner', 'sr28:11260', 80), ('Chiyo', 2, 'dinner', 'sr28:05747', 90),
    ('Chiyo', 2, 'dinner', 'sr28:20037', 150), ('Chiyo', 2, 'dinner', 'sr28:04044', 8),
    ('Chiyo', 2, 'snack', 'sr28:09148', 80),
    ('Chiyo', 3, 'breakfast', 'sr28:20037', 150), ('Chiyo', 3, 'breakfast', 'kamao2007:natto', 45),
    ('Chiyo', 3, 'lunch', 'ciqual2025:10007', 90), ('Chiyo', 3, 'lunch', 'sr28:20037', 150),
    ('Chiyo', 3, 'lunch', 'sr28:11205', 80), ('Chiyo', 3, 'lunch', 'sr28:04058', 5),
    ('Chiyo', 3, 'dinner', 'sr28:15086', 100), ('Chiyo', 3, 'dinner', 'sr28:11109', 100),
    ('Chiyo', 3, 'dinner', 'sr28:20037', 150), ('Chiyo', 3, 'snack', 'sr28:01256', 100),
    ('Dirk', 1, 'breakfast', 'ciqual2025:7098', 80), ('Dirk', 1, 'breakfast', 'sr28:01002', 12),
    ('Dirk', 1, 'breakfast', 'sr28:07028', 40), ('Dirk', 1, 'breakfast', 'sr28:14180', 300),
    ('Dirk', 1, 'lunch', 'sr28:18350', 90), ('Dirk', 1, 'lunch', 'sr28:07069', 40),
    ('Dirk', 1, 'dinner', 'sr28:11657', 250), ('Dirk', 1, 'dinner', 'sr28:13366', 150),
    ('Dirk', 1, 'dinner', 'sr28:11124', 120), ('Dirk', 1, 'snack', 'sr28:01077', 200),
    ('Dirk', 2, 'breakfast', 'ciqual2025:7098', 80), ('Dirk', 2, 'breakfast', 'sr28:01002', 12),
    ('Dirk', 2, 'breakfast', 'sr28:01009', 40), ('Dirk', 2, 'breakfast', 'sr28:14180', 300),
    ('Dirk', 2, 'lunch', 'ciqual2025:7098', 80), ('Dirk', 2, 'lunch', 'ciqual2025:22010', 110),
    ('Dirk', 2, 'dinner', 'sr28:11657', 250), ('Dirk', 2, 'dinner', 'sr28:15019', 150),
    ('Dirk', 2, 'dinner', 'sr28:11260', 100), ('Dirk', 2, 'dinner', 'sr28:01002', 10),
    ('Dirk', 2, 'snack', 'sr28:01077', 200),
    ('Dirk', 3, 'breakfast', 'ciqual2025:7098', 80), ('Dirk', 3, 'breakfast', 'sr28:01002', 12),
    ('Dirk', 3, 'breakfast', 'sr28:07028', 40), ('Dirk', 3, 'breakfast', 'sr28:14180', 300),
    ('Dirk', 3, 'lunch', 'sr28:18350', 90), ('Dirk', 3, 'lunch', 'sr28:01009', 40),
    ('Dirk', 3, 'dinner', 'sr28:05345', 150), ('Dirk', 3, 'dinner', 'sr28:20037', 200),
    ('Dirk', 3, 'dinner', 'sr28:11124', 100), ('Dirk', 3, 'snack', 'ciqual2025:39515', 100),
    ('Elena', 1, 'breakfast', 'sr28:01256', 150), ('Elena', 1, 'breakfast', 'sr28:12120', 25),
    ('Elena', 1, 'breakfast', 'sr28:14180', 150), ('Elena', 1, 'lunch', 'sr28:11251', 80),
    ('Elena', 1, 'lunch', 'ciqual2025:22010', 110), ('Elena', 1, 'lunch', 'sr28:04053', 12),
    ('Elena', 1, 'lunch', 'ciqual2025:7098', 60), ('Elena', 1, 'dinner', 'sr28:15086', 120),
    ('Elena', 1, 'dinner', 'sr28:11091', 150), ('Elena', 1, 'dinner', 'sr28:04053', 10),
    ('Elena', 1, 'snack', 'sr28:09132', 120),
    ('Elena', 2, 'breakfast', 'sr28:01256', 150), ('Elena', 2, 'breakfast', 'sr28:09050', 80),
    ('Elena', 2, 'breakfast', 'sr28:14180', 150), ('Elena', 2, 'lunch', 'sr28:11251', 80),
    ('Elena', 2, 'lunch', 'sr28:05747', 100), ('Elena', 2, 'lunch', 'sr28:04053', 12),
    ('Elena', 2, 'lunch', 'ciqual2025:7098', 60), ('Elena', 2, 'dinner', 'sr28:20125', 200),
    ('Elena', 2, 'dinner', 'sr28:11062', 120), ('Elena', 2, 'dinner', 'sr28:04053', 10),
    ('Elena', 2, 'snack', 'sr28:09148', 75),
    ('Elena', 3, 'breakfast', 'ciqual2025:7098', 60), ('Elena', 3, 'breakfast', 'sr28:01002', 8),
    ('Elena', 3, 'breakfast', 'sr28:14180', 150), ('Elena', 3, 'lunch', 'sr28:11251', 80),
    ('Elena', 3, 'lunch', 'ciqual2025:10007', 100), ('Elena', 3, 'lunch', 'sr28:04053', 12),
    ('Elena', 3, 'lunch', 'ciqual2025:7098', 60), ('Elena', 3, 'dinner', 'sr28:15019', 150),
    ('Elena', 3, 'dinner', 'sr28:11091', 150), ('Elena', 3, 'dinner', 'sr28:04053', 10),
    ('Elena', 3, 'snack', 'sr28:19904', 20),
    ('Farid', 1, 'breakfast', 'ciqual2025:7098', 90), ('Farid', 1, 'breakfast', 'sr28:09037', 80),
    ('Farid', 1, 'breakfast', 'sr28:14180', 200), ('Farid', 1, 'lunch', 'sr28:20037', 200),
    ('Farid', 1, 'lunch', 'sr28:11212', 100), ('Farid', 1, 'lunch', 'sr28:11233', 60),
    ('Farid', 1, 'lunch', 'sr28:04058', 8), ('Farid', 1, 'dinner', 'sr28:20125', 250),
    ('Farid', 1, 'dinner', 'sr28:11260', 100), ('Farid', 1, 'dinner', 'sr28:11062', 120),
    ('Farid', 1, 'dinner', 'sr28:04053', 12), ('Farid', 1, 'snack', 'sr28:12120', 30),
    ('Farid', 2, 'breakfast', 'ciqual2025:7098', 90), ('Farid', 2, 'breakfast', 'sr28:12036', 30),
    ('Farid', 2, 'breakfast', 'sr28:14180', 200), ('Farid', 2, 'lunch', 'sr28:11457', 80),
    ('Farid', 2, 'lunch', 'sr28:09037', 70), ('Farid', 2, 'lunch', 'sr28:11124', 60),
    ('Farid', 2, 'lunch', 'sr28:04044', 12), ('Farid', 2, 'dinner', 'sr28:20037', 220),
    ('Farid', 2, 'dinner', 'sr28:11313', 150), ('Farid', 2, 'dinner', 'sr28:11109', 100),
    ('Farid', 2, 'dinner', 'sr28:04582', 10), ('Farid', 2, 'snack', 'sr28:09132', 150),
    ('Farid', 3, 'breakfast', 'ciqual2025:7098', 90), ('Farid', 3, 'breakfast', 'sr28:09037', 80),
    ('Farid', 3, 'breakfast', 'sr28:14180', 200), ('Farid', 3, 'lunch', 'sr28:20037', 200),
    ('Farid', 3, 'lunch', 'sr28:11091', 150), ('Farid', 3, 'lunch', 'sr28:12086', 30),
    ('Farid', 3, 'lunch', 'sr28:04044', 10), ('Farid', 3, 'dinner', 'sr28:20125', 250),
    ('Farid', 3, 'dinner', 'sr28:11233', 70), ('Farid', 3, 'dinner', 'sr28:04053', 15),
    ('Farid', 3, 'snack', 'sr28:09291', 40),
    ('Grace', 1, 'breakfast', 'ciqual2025:7098', 60), ('Grace', 1, 'breakfast', 'sr28:01002', 8),
    ('Grace', 1, 'breakfast', 'ciqual2025:22010', 55), ('Grace', 1, 'breakfast', 'sr28:14180', 200),
    ('Grace', 1, 'lunch', 'sr28:01009', 40), ('Grace', 1, 'lunch', 'sr28:18235', 30),
    ('Grace', 1, 'lunch', 'sr28:11205', 80), ('Grace', 1, 'dinner', 'sr28:05747', 130),
    ('Grace', 1, 'dinner', 'sr28:11091', 100), ('Grace', 1, 'dinner', 'sr28:20037', 150),
    ('Grace', 1, 'snack', 'sr28:01256', 125),
    ('Grace', 2, 'breakfast', 'sr28:01256', 125), ('Grace', 2, 'breakfast', 'sr28:09050', 60),
    ('Grace', 2, 'breakfast', 'sr28:14180', 200), ('Grace', 2, 'lunch', 'ciqual2025:7098', 80),
    ('Grace', 2, 'lunch', 'sr28:07028', 40), ('Grace', 2, 'lunch', 'sr28:11251', 40),
    ('Grace', 2, 'dinner', 'sr28:22977', 300), ('Grace', 2, 'dinner', 'sr28:11252', 50),
    ('Grace', 2, 'dinner', 'sr28:04582', 8), ('Grace', 2, 'snack', 'sr28:19904', 15),
    ('Grace', 3, 'breakfast', 'ciqual2025:7098', 60), ('Grace', 3, 'breakfast', 'ciqual2025:12729', 30),
    ('Grace', 3, 'breakfast', 'sr28:14180', 200), ('Grace', 3, 'lunch', 'sr28:28313', 60),
    ('Grace', 3, 'lunch', 'ciqual2025:10007', 80), ('Grace', 3, 'lunch', 'sr28:09037', 60),
    ('Grace', 3, 'dinner', 'sr28:15086', 120), ('Grace', 3, 'dinner', 'sr28:11657', 180),
    ('Grace', 3, 'dinner', 'sr28:11313', 80), ('Grace', 3, 'snack', 'sr28:09132', 100),
    ('Hugo', 1, 'breakfast', 'ciqual2025:7616', 60), ('Hugo', 1, 'breakfast', 'sr28:01002', 12),
    ('Hugo', 1, 'breakfast', 'sr28:14180', 200), ('Hugo', 1, 'lunch', 'ciqual2025:40120', 50),
    ('Hugo', 1, 'lunch', 'ciqual2025:7098', 70), ('Hugo', 1, 'lunch', 'sr28:09132', 60),
    ('Hugo', 1, 'dinner', 'sr28:13366', 180), ('Hugo', 1, 'dinner', 'sr28:11062', 120),
    ('Hugo', 1, 'dinner', 'ciqual2025:12007', 50), ('Hugo', 1, 'dinner', 'sr28:01002', 10),
    ('Hugo', 1, 'snack', 'sr28:19904', 30),
    ('Hugo', 2, 'breakfast', 'ciqual2025:7098', 70), ('Hugo', 2, 'breakfast', 'sr28:01002', 12),
    ('Hugo', 2, 'breakfast', 'vermeer2018:cheese-gouda-13-weeks', 50),
    ('Hugo', 2, 'breakfast', 'sr28:14180', 200), ('Hugo', 2, 'lunch', 'sr28:07069', 50),
    ('Hugo', 2, 'lunch', 'ciqual2025:7098', 70), ('Hugo', 2, 'lunch', 'sr28:11937', 30),
    ('Hugo', 2, 'dinner', 'ciqual2025:40105', 130), ('Hugo', 2, 'dinner', 'sr28:11657', 220),
    ('Hugo', 2, 'dinner', 'sr28:01002', 12), ('Hugo', 2, 'dinner', 'ciqual2025:12729', 40),
    ('Hugo', 3, 'breakfast', 'ciqual2025:7616', 60), ('Hugo', 3, 'breakfast', 'sr28:01002', 12),
    ('Hugo', 3, 'breakfast', 'sr28:14180', 200), ('Hugo', 3, 'lunch', 'ciqual2025:12007', 60),
    ('Hugo', 3, 'lunch', 'ciqual2025:7098', 90), ('Hugo', 3, 'dinner', 'sr28:05343', 200),
    ('Hugo', 3, 'dinner', 'sr28:11260', 100), ('Hugo', 3, 'dinner', 'sr28:11657', 200),
    ('Hugo', 3, 'dinner', 'sr28:01002', 12), ('Hugo', 3, 'snack', 'ciqual2025:39515', 100),
    ('Ines', 1, 'breakfast', 'sr28:01256', 125), ('Ines', 1, 'breakfast', 'sr28:09148', 75),
    ('Ines', 1, 'breakfast', 'sr28:14180', 200), ('Ines', 1, 'lunch', 'sr28:11251', 60),
    ('Ines', 1, 'lunch', 'sr28:05747', 80), ('Ines', 1, 'lunch', 'sr28:09037', 60),
    ('Ines', 1, 'lunch', 'sr28:04053', 8), ('Ines', 1, 'dinner', 'sr28:20125', 180),
    ('Ines', 1, 'dinner', 'sr28:11457', 50), ('Ines', 1, 'dinner', 'sr28:04053', 8),
    ('Ines', 2, 'breakfast', 'sr28:14180', 250), ('Ines', 2, 'breakfast', 'ciqual2025:7616', 50),
    ('Ines', 2, 'lunch', 'sr28:21474', 200), ('Ines', 2, 'dinner', 'sr28:11251', 80),
    ('Ines', 2, 'dinner', 'ciqual2025:22010', 55), ('Ines', 2, 'dinner', 'sr28:11205', 60),
    ('Ines', 2, 'dinner', 'sr28:04582', 8), ('Ines', 2, 'snack', 'sr28:19411', 30),
    ('Ines', 3, 'breakfast', 'sr28:01256', 125), ('Ines', 3, 'breakfast', 'sr28:09050', 60),
    ('Ines', 3, 'lunch', 'ciqual2025:7098', 60), ('Ines', 3, 'lunch', 'sr28:01009', 25),
    ('Ines', 3, 'lunch', 'sr28:11124', 50), ('Ines', 3, 'dinner', 'sr28:20037', 150),
    ('Ines', 3, 'dinner', 'ciqual2025:10007', 100), ('Ines', 3, 'dinner', 'sr28:11062', 90),
    ('Ines', 3, 'dinner', 'sr28:04044', 8), ('Ines', 3, 'snack', 'sr28:19904', 20),
    ('Jonas', 1, 'breakfast', 'sr28:18001', 110), ('Jonas', 1, 'breakfast', 'sr28:01077', 300),
    ('Jonas', 1, 'breakfast', 'sr28:01002', 10), ('Jonas', 1, 'lunch', 'sr28:21252', 290),
    ('Jonas', 1, 'lunch', 'sr28:21238', 110), ('Jonas', 1, 'dinner', 'sr28:20125', 300),
    ('Jonas', 1, 'dinner', 'ciqual2025:6253', 150), ('Jonas', 1, 'snack', 'ciqual2025:39515', 150),
    ('Jonas', 1, 'snack', 'sr28:01077', 250),
    ('Jonas', 2, 'breakfast', 'ciqual2025:7098', 100), ('Jonas', 2, 'breakfast', 'sr28:01009', 50),
    ('Jonas', 2, 'breakfast', 'sr28:01077', 300), ('Jonas', 2, 'lunch', 'sr28:21474', 300),
    ('Jonas', 2, 'dinner', 'sr28:05345', 200), ('Jonas', 2, 'dinner', 'sr28:20037', 250),
    ('Jonas', 2, 'dinner', 'sr28:11313', 60), ('Jonas', 2, 'snack', 'sr28:19411', 60),
    ('Jonas', 3, 'breakfast', 'sr28:18001', 110), ('Jonas', 3, 'breakfast', 'sr28:01132', 120),
    ('Jonas', 3, 'breakfast', 'sr28:01077', 300), ('Jonas', 3, 'lunch', 'sr28:21421', 150),
    ('Jonas', 3, 'lunch', 'sr28:21238', 110), ('Jonas', 3, 'dinner', 'sr28:22977', 400),
    ('Jonas', 3, 'snack', 'sr28:01077', 250), ('Jonas', 3, 'snack', 'sr28:09132', 100),
    ('Kenji', 1, 'breakfast', 'sr28:20037', 180), ('Kenji', 1, 'breakfast', 'kamao2007:natto', 50),
    ('Kenji', 1, 'breakfast', 'ciqual2025:22010', 55), ('Kenji', 1, 'lunch', 'sr28:20037', 200),
    ('Kenji', 1, 'lunch', 'sr28:15086', 100), ('Kenji', 1, 'lunch', 'sr28:11109', 60),
    ('Kenji', 1, 'dinner', 'sr28:20037', 200), ('Kenji', 1, 'dinner', 'sr28:13366', 100),
    ('Kenji', 1, 'dinner', 'sr28:11464', 80), ('Kenji', 1, 'dinner', 'sr28:04044', 8),
    ('Kenji', 2, 'breakfast', 'sr28:20037', 180), ('Kenji', 2, 'breakfast', 'kamao2007:natto', 50),
    ('Kenji', 2, 'lunch', 'sr28:20037', 200), ('Kenji', 2, 'lunch', 'ciqual2025:10007', 100),
    ('Kenji', 2, 'lunch', 'sr28:11260', 60), ('Kenji', 2, 'dinner', 'sr28:20037', 200),
    ('Kenji', 2, 'dinner', 'sr28:15019', 130), ('Kenji', 2, 'dinner', 'sr28:11212', 60),
    ('Kenji', 2, 'dinner', 'sr28:11205', 60),
    ('Kenji', 3, 'breakfast', 'sr28:20037', 180), ('Kenji', 3, 'breakfast', 'kamao2007:natto', 50),
    ('Kenji', 3, 'breakfast', 'ciqual2025:22010', 55), ('Kenji', 3, 'lunch', 'sr28:20037', 200),
    ('Kenji', 3, 'lunch', 'sr28:05747', 110), ('Kenji', 3, 'lunch', 'sr28:11124', 60),
    ('Kenji', 3, 'dinner', 'sr28:20037', 200), ('Kenji', 3, 'dinner', 'sr28:15086', 100),
    ('Kenji', 3, 'dinner', 'sr28:11109', 80), ('Kenji', 3, 'dinner', 'sr28:04058', 6),
    ('Lea', 1, 'breakfast', 'ciqual2025:7098', 50), ('Lea', 1, 'breakfast', 'sr28:01002', 8),
    ('Lea', 1, 'breakfast', 'sr28:14180', 150), ('Lea', 1, 'lunch', 'sr28:15019', 90),
    ('Lea', 1, 'lunch', 'sr28:11657', 150), ('Lea', 1, 'lunch', 'sr28:11124', 80),
    ('Lea', 1, 'dinner', 'ciqual2025:7098', 50), ('Lea', 1, 'dinner', 'ciqual2025:12729', 30),
    ('Lea', 1, 'dinner', 'sr28:01077', 150),
    ('Lea', 2, 'breakfast', 'ciqual2025:7098', 50), ('Lea', 2, 'breakfast', 'sr28:01002', 8),
    ('Lea', 2, 'breakfast', 'sr28:14180', 150), ('Lea', 2, 'lunch', 'sr28:05345', 80),
    ('Lea', 2, 'lunch', 'sr28:11657', 150), ('Lea', 2, 'lunch', 'sr28:11113', 80),
    ('Lea', 2, 'dinner', 'sr28:01256', 125), ('Lea', 2, 'dinner', 'ciqual2025:7098', 50),
    ('Lea', 2, 'dinner', 'vermeer2018:cheese-gouda-13-weeks', 25),
    ('Lea', 3, 'breakfast', 'ciqual2025:7098', 50), ('Lea', 3, 'breakfast', 'ciqual2025:22010', 55),
    ('Lea', 3, 'breakfast', 'sr28:14180', 150), ('Lea', 3, 'lunch', 'sr28:22977', 220),
    ('Lea', 3, 'dinner', 'ciqual2025:7098', 50), ('Lea', 3, 'dinner', 'sr28:07028', 30),
    ('Lea', 3, 'dinner', 'sr28:01002', 6), ('Lea', 3, 'dinner', 'sr28:01077', 150),
    ('Lea', 3, 'snack', 'sr28:09291', 30);

-- what each person ate, and took, in the three days
CREATE TABLE example.intake AS
    SELECT person, food, coalesce(food + supplement, food) AS total
    FROM (SELECT person, intake(profile, grams) AS food
          FROM example.diary LEFT JOIN vitk.food_profile USING (food_id)
          GROUP BY person) AS eaten
    LEFT JOIN (SELECT person, sum(a_day) * 3 AS supplement
               FROM example.supplement
               GROUP BY person) AS taken USING (person);
COMMENT ON TABLE example.intake IS 'EXAMPLE: sums of three days of the invented persons: food, and food with supplements';
