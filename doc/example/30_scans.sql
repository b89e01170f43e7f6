-- The other half: what the arteries of twelve of them did, next to what they ate.

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
\echo '9. Two scans of the coronary arteries (Agatston score, AU), twelve of the persons'
\echo
\echo 'Invented too, and without regard to what they ate: nothing follows from them. Change a year'
\echo 'in AU and in % (compound), and what three published criteria say about it.'
\echo

SELECT who, baseline, followup, years, round(d.per_year::numeric, 1) AS "AU a year",
       round(d.percent_per_year::numeric, 1) AS "% a year",
       calcification_progression(baseline, followup, years, 'sevrukov') AS sevrukov,
       calcification_progression(baseline, followup, years, 'annual_15') AS annual_15,
       calcification_progression(baseline, followup, years, 'mesa', bmi) AS mesa
FROM example.scan JOIN example.who USING (person), calcification_delta(baseline, followup, years) AS d
ORDER BY person;
