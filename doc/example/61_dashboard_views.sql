-- What the pages of the dashboard read beside dashboard.person, diary, supplement and scan.  It needs no change
-- over tables or views of your own, whatever the type of dashboard.diary.day.

\set ON_ERROR_STOP 1
\set QUIET 1

-- the mean day of each person: food, and food with supplements
CREATE VIEW dashboard.intake AS
    SELECT person, days, food, coalesce(food + a_day, food) AS total
    FROM (SELECT person, count(*)::integer AS days, avg(intake) AS food
          FROM (SELECT person, day, intake(profile, grams)
                FROM dashboard.diary LEFT JOIN vitk.food_profile USING (food_id)
                GROUP BY person, day) AS person_day
          GROUP BY person) AS eaten
    LEFT JOIN (SELECT person, sum(a_day) AS a_day
               FROM dashboard.supplement
               GROUP BY person) AS taken USING (person);
COMMENT ON VIEW dashboard.intake IS 'the mean day of each person: food, and total with supplements';

-- The values that hold for each person, looked up once for all persons of the same sex, age and life stage.
CREATE VIEW dashboard.person_limit AS
    SELECT unnest(persons) AS person, a.authority, r AS "limit"
    FROM (SELECT sex, age, life_stage, array_agg(person) AS persons
          FROM dashboard.person
          GROUP BY sex, age, life_stage) AS alike,
         unnest('{NAM,EFSA,MHLW,NNR}'::text[]) AS a (authority),
         reference_value(sex, age, a.authority, life_stage) AS r
    WHERE r.nutrient IN ('vitamin K', 'K1', 'D', 'A-RAE', 'A-RE', 'retinol', 'calcium')
      AND r.kind IN ('AI', 'EAR', 'UL', 'RDA', 'PRI');
COMMENT ON VIEW dashboard.person_limit IS 'reference values of four authorities that hold for each person';

CREATE FUNCTION dashboard.least_persons() RETURNS integer
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN coalesce(nullif(current_setting('dashboard.least_persons', true), '')::integer, 5);
COMMENT ON FUNCTION dashboard.least_persons IS
    'groups of fewer persons are not shown: 5, or what ALTER DATABASE study SET dashboard.least_persons = 10 says';
