-- What the dashboard (make dashboard, src/dashboard) shows: the sixteen persons and 224 more.  All of
-- it is invented, by the rules below, so that the same figures come out everywhere.
--
-- The pages read this schema and vitk, nothing else: make relations of these names and columns over
-- your own tables, run 61_dashboard_views.sql, and they show your data.

\set ON_ERROR_STOP 1
\set QUIET 1

CREATE SCHEMA dashboard;
COMMENT ON SCHEMA dashboard IS 'EXAMPLE: 240 invented persons, no real one among them';

CREATE TABLE dashboard.person (
    person text PRIMARY KEY,
    sex text NOT NULL,
    age float8 NOT NULL,
    age_group text NOT NULL GENERATED ALWAYS AS
        ((ARRAY['0–18', '19–30', '31–50', '51–70', 'over 70'])[1 + width_bucket(age, ARRAY[19, 31, 51, 71])]) STORED,
    life_stage text NOT NULL DEFAULT 'none',
    warfarin boolean NOT NULL DEFAULT false
);
COMMENT ON TABLE dashboard.person IS 'EXAMPLE: invented persons; age in years, age_group as pages show it';

CREATE TABLE dashboard.diary (
    person text NOT NULL REFERENCES dashboard.person,
    day integer NOT NULL,
    meal text NOT NULL,
    food_id text REFERENCES vitk.food,
    grams float8 NOT NULL CHECK (grams >= 0)
);
COMMENT ON TABLE dashboard.diary IS 'EXAMPLE: what the invented persons ate; food_id NULL: what it was is not known';

CREATE TABLE dashboard.supplement (
    person text NOT NULL REFERENCES dashboard.person,
    product text NOT NULL,
    a_day nutrient_profile NOT NULL
);
COMMENT ON TABLE dashboard.supplement IS 'EXAMPLE: what the invented persons take every day';

CREATE TABLE dashboard.scan (
    person text PRIMARY KEY REFERENCES dashboard.person,
    years float8 NOT NULL,
    baseline calcification(agatston) NOT NULL,
    followup calcification(agatston) NOT NULL
);
COMMENT ON TABLE dashboard.scan IS
    'EXAMPLE: invented scans, made to rise faster with warfarin and slower with MK-4: what a picture shows was put in';
