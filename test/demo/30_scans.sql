-- The other half: what the arteries of twelve of them did, beside what they ate.

\set ON_ERROR_STOP 1
\set QUIET 1

CREATE TABLE example.scan (
    person text PRIMARY KEY REFERENCES example.person,
    years float8 NOT NULL,
    bmi float8 NOT NULL,
    baseline calcification(agatston) NOT NULL,
    followup calcification(agatston) NOT NULL
);
COMMENT ON TABLE example.scan IS
    'EXAMPLE: two scans of the coronary arteries of invented persons; made up without regard to what they ate';

INSERT INTO example.scan VALUES
    ('Chiyo', 3.0, 22.1, '0 AU', '4 AU'), ('Dirk', 2.5, 28.4, '412 AU', '505 AU'),
    ('Elena', 2.5, 24.6, '96 AU', '128 AU'), ('Farid', 3.0, 23.5, '12 AU', '19 AU'),
    ('Grace', 2.8, 25.2, '35 AU', '38 AU'), ('Hugo', 3.1, 29.9, '188 AU', '301 AU'),
    ('Kenji', 2.9, 22.8, '64 AU', '101 AU'), ('Lea', 2.4, 21.9, '240 AU', '262 AU'),
    ('Mara', 3.0, 23.3, '20 AU', '16 AU'), ('Nils', 2.7, 26.1, '305 AU', '352 AU'),
    ('Olga', 3.2, 27.5, '58 AU', '75 AU'), ('Paul', 3.0, 31.2, '77 AU', '149 AU');

\echo
\echo '7. Two scans of the coronary arteries (Agatston score, AU), twelve of the persons'
\echo
\echo 'Invented, too, and without regard to what they ate: nothing follows from them. Change a year'
\echo 'in AU and in % (compound), and what three published criteria say of it.'
\echo

SELECT who, baseline, followup, years, round(d.per_year::numeric, 1) AS "AU a year",
       round(d.percent_per_year::numeric, 1) AS "% a year",
       calcification_progression(baseline, followup, years, 'sevrukov') AS sevrukov,
       calcification_progression(baseline, followup, years, 'annual_15') AS annual_15,
       calcification_progression(baseline, followup, years, 'mesa', bmi) AS mesa
FROM example.scan JOIN example.who USING (person), calcification_delta(baseline, followup, years) AS d
ORDER BY person;

\echo
\echo '8. Change of calcification by thirds of vitamin K intake, as MK-4 (bioconversion)'
\echo
\echo 'Persons ordered by the middle of the interval. Mean and SD of the change in AU a year; how'
\echo 'many progress by each criterion. sqrt: difference of square roots, less skewed.'
\echo

CREATE TABLE example.third AS
    SELECT person, ug AS intake_ug, ntile(3) OVER (ORDER BY ug) AS third, d.per_year, d.sqrt_difference,
           calcification_progression(baseline, followup, years, 'sevrukov') = 'progression' AS sevrukov,
           calcification_progression(baseline, followup, years, 'annual_15') = 'progression' AS annual_15,
           calcification_progression(baseline, followup, years, 'mesa', bmi) = 'progression' AS mesa
    FROM example.scan JOIN example.person USING (person) JOIN example.intake USING (person),
         middle(mk4_equivalent(total, antagonist => warfarin) / 3, 'ug') AS ug,
         calcification_delta(baseline, followup, years) AS d;
COMMENT ON TABLE example.third IS 'EXAMPLE: intake and change of calcification of the invented persons';

SELECT third, n(s) AS persons, from_ug AS "from ug/d", to_ug AS "to ug/d",
       round(mean(s)::numeric, 1) AS "mean AU a year", round(sd(s)::numeric, 1) AS "SD",
       round(mean(r)::numeric, 2) AS "mean sqrt", sevrukov, annual_15, mesa
FROM (SELECT third, study_sample(per_year) AS s, study_sample(sqrt_difference) AS r,
             round(min(intake_ug)::numeric, 1) AS from_ug, round(max(intake_ug)::numeric, 1) AS to_ug,
             count(*) FILTER (WHERE sevrukov) AS sevrukov, count(*) FILTER (WHERE annual_15) AS annual_15,
             count(*) FILTER (WHERE mesa) AS mesa
      FROM example.third
      GROUP BY third) AS t
ORDER BY third;

\echo
\echo '9. The highest third against the lowest, and all persons on one line'
\echo
\echo 'Difference of means with 95 % confidence interval (Welch) and p; and the change in AU a year'
\echo 'for ten times the intake, by least squares, with its R2.'
\echo

SELECT 'highest - lowest third, AU a year' AS comparison, round(estimate(e)::numeric, 1) AS estimate,
       round(ci_lower(e)::numeric, 1) AS "95 % from", round(ci_upper(e)::numeric, 1) AS "to",
       round(p_value(e)::numeric, 2) AS p, NULL AS "R2"
FROM (SELECT mean_difference(study_sample(per_year) FILTER (WHERE third = 3),
                             study_sample(per_year) FILTER (WHERE third = 1)) AS e
      FROM example.third) AS t
UNION ALL
SELECT 'ten times the intake, AU a year', round(regr_slope(per_year, log(intake_ug))::numeric, 1), NULL, NULL, NULL,
       round(regr_r2(per_year, log(intake_ug))::numeric, 2)
FROM example.third;
