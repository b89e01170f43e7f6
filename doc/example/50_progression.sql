-- Intake and calcification of one cohort.  All of it is invented, by the rules below, so that the
-- same figures come out everywhere.

\set ON_ERROR_STOP 1
\set QUIET 1

\echo
\echo '12. An example of a cohort: diaries, warfarin, two scans'
\echo
\echo 'Sixty persons, invented by a rule that is in doc/example/50_progression.sql: foods in amounts that differ'
\echo 'from person to person, every sixth on warfarin, and scans that were made to rise faster with warfarin and'
\echo 'slower with MK-4. What is found below was put in: it shows that the arithmetic works, and nothing else.'
\echo 'MK-4 is mk4_equivalent of the mean day (bioconversion, under warfarin with the factors of that state).'
\echo

CREATE SCHEMA cohort;
COMMENT ON SCHEMA cohort IS 'EXAMPLE: an invented cohort, no real person';

-- u(person, k): evenly from 0 to 1 over the 60 persons, in an order that k chooses
CREATE FUNCTION cohort.u(person integer, k integer) RETURNS float8
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ((person * k) % 61) / 61.0;
COMMENT ON FUNCTION cohort.u IS 'EXAMPLE: the rule by which persons were invented';

CREATE TABLE cohort.person AS
    SELECT person, 50 + person % 25 AS age, person % 6 = 0 AS warfarin,
           22 + 10 * cohort.u(person, 29) AS bmi
    FROM generate_series(1, 60) AS person;
COMMENT ON TABLE cohort.person IS 'EXAMPLE: invented persons; bmi in kg/m2';

-- grams: what a person eats of it, more or less from day to day
CREATE TABLE cohort.diary AS
    SELECT person, day, food_id, grams * (0.7 + 0.6 * cohort.u(person, 5 + day * day)) AS grams
    FROM generate_series(1, 60) AS person, generate_series(1, 3) AS day,
         LATERAL (VALUES ('ciqual2025:7098', 130),                                       -- bread
                         ('sr28:20037', 150),                                            -- rice
                         ('sr28:05345', 20 + 220 * cohort.u(person, 2)),                 -- chicken
                         ('sr28:01002', 5 + 35 * cohort.u(person, 7)),                   -- butter
                         ('vermeer2018:cheese-gouda-13-weeks', 60 * cohort.u(person, 17)),
                         ('sr28:11091', 10 + 60 * cohort.u(person, 11)),                 -- broccoli
                         ('sr28:01132', CASE WHEN person % 3 = 0 THEN 110 ELSE 0 END)    -- egg
                 ) AS eaten (food_id, grams)
    WHERE grams > 0;
COMMENT ON TABLE cohort.diary IS 'EXAMPLE: what the invented persons ate in three days';

-- Two steps: a profile of each day, then the mean day.
CREATE TABLE cohort.intake AS
    SELECT person, mk4_equivalent(avg(intake), antagonist => warfarin) AS mk4
    FROM (SELECT person, day, intake(profile, grams)
          FROM cohort.diary LEFT JOIN vitk.food_profile USING (food_id)
          GROUP BY person, day) AS days
    JOIN cohort.person USING (person)
    GROUP BY person, warfarin;
COMMENT ON TABLE cohort.intake IS 'EXAMPLE: vitamin K of the invented persons as MK-4 a day';

-- Scans: a baseline; a rise each year of 35 AU, 10 % of the baseline, 25 AU more under warfarin, 0.6 AU less
-- for each ug of MK-4, and up to 20 AU more or less that stand for everything else; the volume follows the score.
CREATE TABLE cohort.scan (
    person integer PRIMARY KEY,
    years float8 NOT NULL,
    baseline calcification(agatston) NOT NULL,
    followup calcification(agatston) NOT NULL,
    baseline_volume calcification(volume) NOT NULL,
    followup_volume calcification(volume) NOT NULL
);
COMMENT ON TABLE cohort.scan IS 'EXAMPLE: scans of the invented persons, so many years apart';
INSERT INTO cohort.scan
    SELECT person, years, calcification(a, 'AU'), calcification(b, 'AU'),
           calcification(round(0.8 * a), 'mm3'), calcification(round(0.8 * b), 'mm3')
    FROM (SELECT person, years, a,
                 greatest(0, round(a + years * (35 + 0.1 * a + CASE WHEN warfarin THEN 25 ELSE 0 END
                                                - 0.6 * middle(mk4, 'ug') + 40 * (cohort.u(person, 19) - 0.5)))) AS b
          FROM cohort.intake JOIN cohort.person USING (person),
               LATERAL (SELECT 2 + person % 3 * 0.5 AS years,
                               round(greatest(0, 500 * cohort.u(person, 23) ^ 2 - 10)) AS a) AS made) AS invented;

-- one row a person: everything that follows reads this
CREATE VIEW cohort.progress AS
    SELECT person, warfarin, bmi, mk4, ntile(3) OVER (ORDER BY middle(mk4, 'ug'), person) AS tercile, s.years, s.baseline, s.followup,
           s.baseline_volume, s.followup_volume, d.*
    FROM cohort.person JOIN cohort.intake USING (person)
    JOIN cohort.scan AS s USING (person),
         LATERAL calcification_delta(baseline, followup, years) AS d;
COMMENT ON VIEW cohort.progress IS
    'EXAMPLE: intake of the invented persons as MK-4, its tercile, and the change of calcification';

SELECT person, CASE WHEN warfarin THEN 'yes' ELSE '' END AS warfarin, rounded(mk4, 1) AS "MK-4 a day", tercile,
       baseline, followup, years, absolute AS change, round(per_year::numeric, 1) AS "a year",
       round(percent_per_year::numeric, 1) AS "% a year", followup_category AS category
FROM cohort.progress
ORDER BY person
LIMIT 15;

\echo
\echo '13. Change of the score (AU a year) by tercile of MK-4'
\echo
\echo 'study_sample makes n, mean and spread from a column. Terciles by the middle of the interval of MK-4.'
\echo

SELECT tercile, n(change) AS persons, warfarin, concat(round(lowest), ' to ', round(highest)) AS "ug MK-4 a day",
       round(mean(baseline)::numeric) AS "baseline AU", round(mean(change)::numeric, 1) AS "AU a year",
       round(ci_lower(change)::numeric, 1) AS lower, round(ci_upper(change)::numeric, 1) AS upper
FROM (SELECT tercile, count(*) FILTER (WHERE warfarin) AS warfarin,
             min(middle(mk4, 'ug')) AS lowest, max(middle(mk4, 'ug')) AS highest,
             study_sample(value(baseline, 'agatston')) AS baseline, study_sample(per_year) AS change
      FROM cohort.progress
      GROUP BY tercile) AS t
ORDER BY tercile;

\echo
\echo '14. Terciles compared: mean difference (AU a year), 95 % interval and p (Welch)'
\echo

WITH t AS (
    SELECT tercile, warfarin, study_sample(per_year) AS change
    FROM cohort.progress
    GROUP BY GROUPING SETS ((tercile), (tercile, warfarin)))
SELECT format('tercile %s - tercile %s', high.tercile, low.tercile) AS difference,
       CASE WHEN low.warfarin THEN 'warfarin' WHEN NOT low.warfarin THEN 'no warfarin' ELSE 'all' END AS persons,
       n(high.change) AS n, n(low.change) AS "n of the lower", round(estimate(d)::numeric, 1) AS "AU a year",
       round(ci_lower(d)::numeric, 1) AS lower, round(ci_upper(d)::numeric, 1) AS upper, round(p_value(d)::numeric, 5) AS p
FROM t AS low JOIN t AS high ON high.tercile > low.tercile AND high.warfarin IS NOT DISTINCT FROM low.warfarin,
     mean_difference(high.change, low.change) AS d
WHERE low.warfarin IS NOT TRUE
ORDER BY persons, high.tercile, low.tercile;

\echo
\echo '15. Share progressing (%), by criterion and tercile'
\echo
\echo 'hokanson reads volumes, mesa needs the BMI. Where a criterion says nothing (annual_15 for a baseline of'
\echo 'zero, mesa where its formula gives no positive limit), the person is counted under "none" only.'
\echo

SELECT criterion,
       round(100 * avg((verdict = 'progression')::int) FILTER (WHERE tercile = 1), 1) AS "tercile 1",
       round(100 * avg((verdict = 'progression')::int) FILTER (WHERE tercile = 2), 1) AS "tercile 2",
       round(100 * avg((verdict = 'progression')::int) FILTER (WHERE tercile = 3), 1) AS "tercile 3",
       count(*) FILTER (WHERE verdict = 'progression') AS progression, count(*) FILTER (WHERE verdict = 'stable') AS stable,
       count(*) FILTER (WHERE verdict = 'regression') AS regression, count(*) FILTER (WHERE verdict IS NULL) AS none
FROM cohort.progress,
     LATERAL (VALUES ('hokanson', calcification_progression(baseline_volume, followup_volume, years, 'hokanson')),
                     ('sevrukov', calcification_progression(baseline, followup, years, 'sevrukov')),
                     ('annual_15', calcification_progression(baseline, followup, years, 'annual_15')),
                     ('mesa', calcification_progression(baseline, followup, years, 'mesa', bmi))) AS c (criterion, verdict)
GROUP BY criterion
ORDER BY criterion;

\echo
\echo '16. A line through it: AU a year for each ug of MK-4 a day (PostgreSQL''s regr_slope and its kin)'
\echo
\echo 'A raw line, adjusted for nothing: those on warfarin have less MK-4 and a faster rise, so among all the'
\echo 'line is steeper than among those without. Middle of the interval of MK-4; the rule had -0.6.'
\echo

SELECT CASE WHEN grouping(warfarin) = 1 THEN 'all' WHEN warfarin THEN 'warfarin' ELSE 'no warfarin' END AS persons,
       regr_count(per_year, x) AS n, round(regr_slope(per_year, x)::numeric, 3) AS slope,
       round(regr_intercept(per_year, x)::numeric, 1) AS intercept, round(regr_r2(per_year, x)::numeric, 3) AS r2
FROM (SELECT per_year, warfarin, middle(mk4, 'ug') AS x FROM cohort.progress) AS p
GROUP BY ROLLUP (warfarin)
ORDER BY 1;

\echo
\echo 'make psql opens this database: \\dt+ example.* and cohort.*, then see README.md.'
