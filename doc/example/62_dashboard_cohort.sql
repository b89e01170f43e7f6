-- The persons of the dashboard: those of the example and 224 more, all of them invented.

\set ON_ERROR_STOP 1
\set QUIET 1

-- u(i, k): evenly from 0 to 1 over the persons, in an order that k chooses
CREATE FUNCTION dashboard.u(i integer, k integer) RETURNS float8
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ((i * k) % 227) / 227.0;
COMMENT ON FUNCTION dashboard.u IS 'EXAMPLE: the rule by which persons were invented';

CREATE TABLE dashboard.invented AS
    SELECT i, 'P' || lpad(i::text, 3, '0') AS person, CASE i % 2 WHEN 0 THEN 'female' ELSE 'male' END AS sex,
           19 + floor(68 * dashboard.u(i, 59)) AS age
    FROM generate_series(1, 224) AS i;
COMMENT ON TABLE dashboard.invented IS 'EXAMPLE: the invented persons, numbered';

INSERT INTO dashboard.person (person, sex, age, life_stage, warfarin)
    SELECT person, sex, age, life_stage, warfarin
    FROM example.person
    UNION ALL
    SELECT person, sex, age, 'none', age >= 50 AND i % 5 = 0
    FROM dashboard.invented;

-- Two days each; a meal is one that one of the sixteen had, in portions larger or smaller.
INSERT INTO dashboard.diary
    SELECT person, day, meal, food_id, grams
    FROM example.diary
    UNION ALL
    SELECT p.person, d.day, m.meal, e.food_id,
           round((CASE sex WHEN 'male' THEN 1.15 ELSE 0.95 END * (0.7 + 0.6 * dashboard.u(i, 100 + d.day)) * grams)::numeric)
    FROM dashboard.invented AS p, generate_series(1, 2) AS d (day),
         (VALUES (1, 'breakfast'), (2, 'lunch'), (3, 'dinner'), (4, 'snack')) AS m (number, meal)
    JOIN (SELECT dense_rank() OVER (PARTITION BY meal ORDER BY person, day) AS choice, meal, food_id, grams
          FROM example.diary) AS e USING (meal)
    WHERE choice = 1 + floor(dashboard.u(i, 31 * number + 7 * d.day) * (SELECT count(DISTINCT (person, day))
                                                                       FROM example.diary AS all_of
                                                                       WHERE all_of.meal = m.meal));

INSERT INTO dashboard.supplement
    SELECT person, product, a_day
    FROM example.supplement
    UNION ALL
    SELECT p.person, s.product, s.a_day
    FROM dashboard.invented AS p
    JOIN (VALUES (7, 'Anna'), (9, 'Grace'), (10, 'Lea'), (56, 'Hugo')) AS every (n, whose) ON i % n = 0
    JOIN example.supplement AS s ON s.person = whose;

-- Two scans of those of 45 years and more: a rise each year of 35 AU, 10 % of the baseline, 30 AU more under
-- warfarin, 0.8 AU less for each ug of MK-4 (as in 50_progression.sql), and up to 20 AU that stand for everything else.
INSERT INTO dashboard.scan
    SELECT person, years, baseline, followup
    FROM example.scan
    UNION ALL
    SELECT person, years, calcification(a, 'AU'),
           calcification(greatest(0, round(a + years * (35 + 0.1 * a + CASE WHEN warfarin THEN 30 ELSE 0 END
                                                        - 0.8 * least(mk4, 60) + 40 * (dashboard.u(i, 19) - 0.5)))), 'AU')
    FROM (SELECT person, i, warfarin, 2 + i % 3 * 0.5 AS years,
                 round(greatest(0, 500 * dashboard.u(i, 23) ^ 2 - 10)) AS a,
                 middle(mk4_equivalent(food, antagonist => warfarin), 'ug') AS mk4
          FROM dashboard.invented JOIN dashboard.person USING (person) JOIN dashboard.intake USING (person)
          WHERE dashboard.person.age >= 45) AS made;

ANALYZE dashboard.person, dashboard.diary, dashboard.supplement, dashboard.scan;

\echo
\echo 'make dashboard draws it, for 240 persons.'
