-- calcification_delta: the change between two scans, and what it means

-- The row is NULL where a scan is NULL; a NULL or unknown interval leaves the columns per
-- year NULL.
CREATE FUNCTION calcification_delta(baseline calcification, followup calcification, years float8 DEFAULT NULL,
    OUT absolute float8, OUT percent float8, OUT per_year float8, OUT percent_per_year float8,
    OUT simple_percent_per_year float8, OUT sqrt_difference float8, OUT log_difference float8,
    OUT baseline_category text, OUT followup_category text, OUT method text, OUT unit text)
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION calcification_delta(calcification, calcification, float8) IS
    'change between two scans: absolute and per_year in unit; percent of the baseline (NULL from zero); percent_per_year compound, simple_percent_per_year percent / years; differences of square roots and of ln(x + 25) (Agatston and volume); Agatston categories (agatston_4); NULL scans give a NULL row, NULL years NULL per year; an error when methods differ or years are not above 0 and at most 100';

CREATE FUNCTION calcification_delta(baseline calcification, followup calcification, baseline_date date, followup_date date,
    OUT absolute float8, OUT percent float8, OUT per_year float8, OUT percent_per_year float8,
    OUT simple_percent_per_year float8, OUT sqrt_difference float8, OUT log_difference float8,
    OUT baseline_category text, OUT followup_category text, OUT method text, OUT unit text)
    AS 'MODULE_PATHNAME', 'calcification_delta_dates' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION calcification_delta(calcification, calcification, date, date) IS
    'the same between two dates: whole years from anniversary to anniversary, and the days of the last, incomplete year as a fraction of it (29 February has its anniversary on the 28th); an error when the follow-up is not after the baseline or a date is not finite';

-- A BMI that is not given is NaN, for a criterion that needs it says so; one that is not known is NULL.
CREATE FUNCTION calcification_progression(baseline calcification, followup calcification, years float8, criterion text,
    bmi float8 DEFAULT 'NaN', annualisation text DEFAULT 'compound') RETURNS text
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION calcification_progression(calcification, calcification, float8, text, float8, text) IS
    'progression, stable or regression by a published criterion of vitk.progression_criterion; bmi in kg/m2, which criterion mesa needs; annualisation compound or simple, for criteria in percent a year; NULL where an argument that it uses is NULL and where it does not cover such a baseline; equal scans are stable; an error when the criterion is unknown, is not for this method or needs the BMI, when methods differ, or when years are not above 0 and at most 100';
CREATE FUNCTION calcification_progression(baseline calcification, followup calcification, baseline_date date, followup_date date,
    criterion text, bmi float8 DEFAULT 'NaN', annualisation text DEFAULT 'compound') RETURNS text
    AS 'MODULE_PATHNAME', 'calcification_progression_dates' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION calcification_progression(calcification, calcification, date, date, text, float8, text) IS
    'the same between two dates, whose years are counted as in calcification_delta; an error when the follow-up is not after the baseline or a date is not finite';
CREATE FUNCTION calcification_progression_limit(baseline calcification, criterion text) RETURNS float8
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION calcification_progression_limit(calcification, text) IS
    'the limit that the criterion sets to a change from this baseline, on its scale (vitk.progression_criterion); NULL where it does not cover a zero baseline; an error when the criterion is unknown, is not for this method or needs the BMI';
CREATE FUNCTION calcification_progression_limit(baseline calcification, criterion text, bmi float8) RETURNS float8
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION calcification_progression_limit(calcification, text, float8) IS
    'the same with the body mass index in kg/m2, which criterion mesa needs; NULL where its formula gives no positive limit; an error when the BMI is not from 5 to 250';

CREATE FUNCTION calcification_category(score calcification, scheme text DEFAULT 'agatston_4') RETURNS text
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION calcification_category(calcification, text) IS
    'category of the score by a scheme of vitk.calcification_category: agatston_4, agatston_6 or cac_drs; a score between whole numbers belongs to the first category that ends above it (0.5 is 1-99, 10.5 is 11-100); an error when the scheme is unknown or not for this method';
CREATE FUNCTION calcification_category_order(score calcification, scheme text DEFAULT 'agatston_4') RETURNS integer
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION calcification_category_order(calcification, text) IS
    'position of the category within its scheme, from 1, for sorting; an error when the scheme is unknown or not for this method';

CREATE VIEW vitk.arterial_age AS
    SELECT intercept::float8, slope::float8, citation, doi, note
    FROM (@values arterial_age.csv@
    ) AS v (intercept, slope, citation, doi, note);
COMMENT ON VIEW vitk.arterial_age IS 'the formula of arterial_age, intercept + slope * ln(score + 1), in plain columns, for BI tools';
COMMENT ON COLUMN vitk.arterial_age.intercept IS 'arterial age of a score of zero, in years';
COMMENT ON COLUMN vitk.arterial_age.slope IS 'years per unit of ln(score + 1)';
COMMENT ON COLUMN vitk.arterial_age.citation IS 'key: the source';
COMMENT ON COLUMN vitk.arterial_age.doi IS 'DOI of the source';
COMMENT ON COLUMN vitk.arterial_age.note IS 'what was read, and for whom it is not meant';
GRANT SELECT ON vitk.arterial_age TO PUBLIC;
CREATE FUNCTION arterial_age(score calcification) RETURNS float8
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
    BEGIN ATOMIC
        SELECT intercept + slope * pg_catalog.ln(value(score, 'agatston') + 1::float8) FROM vitk.arterial_age;
    END;
COMMENT ON FUNCTION arterial_age(calcification) IS
    'arterial age in years of an Agatston score, by vitk.arterial_age (not for diabetics); an error for another method';

-- groups, such as animals that are killed to be measured

CREATE FUNCTION calcification_delta(baseline study_sample, followup study_sample) RETURNS effect_size
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN log_ratio_of_means(followup, baseline);
COMMENT ON FUNCTION calcification_delta(study_sample, study_sample) IS
    'change between two groups: log of the ratio of means, followup over baseline (ROM); percent_change gives it in percent; an error when a mean is not positive, NULL when a group is too small or without spread';

-- the criteria and the categories, the very rows that are compiled in

CREATE VIEW vitk.progression_criterion AS
    SELECT criterion, method, baseline, scale, rule, inclusive::boolean, linear::float8, root::float8,
           bmi::float8, constant::float8, bmi::float8 <> 0::float8 AS needs_bmi, citation, doi,
           pg_catalog.concat_ws('/', criterion, method, baseline) AS key
    FROM (@values progression_criterion.csv@
    ) AS v (criterion, method, baseline, scale, inclusive, linear, root, bmi, constant, rule, citation, doi);
COMMENT ON VIEW vitk.progression_criterion IS
    'the criteria of calcification_progression: progression where the change on the scale reaches or exceeds linear * baseline + root * sqrt(baseline) + bmi * BMI + constant, regression where it does so downward; for criteria of your own, use the columns of calcification_delta; plain columns, for BI tools';
COMMENT ON COLUMN vitk.progression_criterion.criterion IS 'its name';
COMMENT ON COLUMN vitk.progression_criterion.method IS 'the method of calcification that it was published for';
COMMENT ON COLUMN vitk.progression_criterion.baseline IS 'the baselines that the row is for: any, zero or positive';
COMMENT ON COLUMN vitk.progression_criterion.scale IS 'the change: absolute (in the unit of the method), sqrt (difference of square roots) or percent_per_year (compound, or simple where calcification_progression is called with that)';
COMMENT ON COLUMN vitk.progression_criterion.rule IS 'the criterion in words';
COMMENT ON COLUMN vitk.progression_criterion.inclusive IS 'true: a change equal to the limit counts; false: it must exceed the limit';
COMMENT ON COLUMN vitk.progression_criterion.linear IS 'coefficient of the baseline';
COMMENT ON COLUMN vitk.progression_criterion.root IS 'coefficient of the square root of the baseline';
COMMENT ON COLUMN vitk.progression_criterion.bmi IS 'coefficient of the body mass index (kg/m2)';
COMMENT ON COLUMN vitk.progression_criterion.constant IS 'constant term, in the unit of the scale';
COMMENT ON COLUMN vitk.progression_criterion.needs_bmi IS 'calcification_progression needs the argument bmi';
COMMENT ON COLUMN vitk.progression_criterion.citation IS 'source';
COMMENT ON COLUMN vitk.progression_criterion.doi IS 'DOI of the source';
COMMENT ON COLUMN vitk.progression_criterion.key IS 'key: criterion, method and baseline';
GRANT SELECT ON vitk.progression_criterion TO PUBLIC;

CREATE VIEW vitk.calcification_category AS
    SELECT scheme, method, position::integer AS category_order, category,
           pg_catalog.lag(upper::float8) OVER w AS lower, NOT pg_catalog.lag(inclusive::boolean) OVER w AS lower_inclusive,
           upper::float8, inclusive::boolean AS upper_inclusive, v.citation, v.doi,
           scheme || '/' || position AS key, m.unit, pg_catalog.replace(category, '-', ' to ') AS label
    FROM (@values calcification_category.csv@
    ) AS v (scheme, method, position, category, upper, inclusive, citation, doi)
    JOIN vitk.calcification_method m USING (method)
    WINDOW w AS (PARTITION BY scheme ORDER BY position::integer);
COMMENT ON VIEW vitk.calcification_category IS 'the schemes of calcification_category, in plain columns, for BI tools';
COMMENT ON COLUMN vitk.calcification_category.scheme IS 'name of the scheme';
COMMENT ON COLUMN vitk.calcification_category.method IS 'the method of calcification that it is for';
COMMENT ON COLUMN vitk.calcification_category.category_order IS 'position within the scheme, from 1';
COMMENT ON COLUMN vitk.calcification_category.category IS 'the category, as published for whole scores; for spreadsheets see label';
COMMENT ON COLUMN vitk.calcification_category.lower IS 'lower bound, in unit; NULL: none';
COMMENT ON COLUMN vitk.calcification_category.lower_inclusive IS 'whether the lower bound belongs to it';
COMMENT ON COLUMN vitk.calcification_category.upper IS 'upper bound, in unit; NULL: none';
COMMENT ON COLUMN vitk.calcification_category.upper_inclusive IS 'whether the upper bound belongs to it';
COMMENT ON COLUMN vitk.calcification_category.citation IS 'source';
COMMENT ON COLUMN vitk.calcification_category.doi IS 'DOI of the source; NULL: not given';
COMMENT ON COLUMN vitk.calcification_category.key IS 'key: scheme and category_order';
COMMENT ON COLUMN vitk.calcification_category.unit IS 'unit of lower and upper';
COMMENT ON COLUMN vitk.calcification_category.label IS
    'the category for spreadsheets, which take 1-10 for a day: 1 to 10';
GRANT SELECT ON vitk.calcification_category TO PUBLIC;
