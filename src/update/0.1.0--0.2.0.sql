-- From 0.1.0 to 0.2.0: what replacing functions, views, comments and rows does not bring about (README.md,
-- "Development")

@definition vitk.limit_of@
@definition vitk.limit_sex@
@definition vitk.limit_ages@
ALTER TABLE vitk.reference_value
    DROP CONSTRAINT reference_value_ages_overlap,
    ADD CONSTRAINT reference_value_ages_overlap EXCLUDE USING gist (
        vitk.limit_of(authority, year, nutrient, kind, life_stage, per_kg, add_on) WITH OPERATOR(pg_catalog.&&),
        vitk.limit_sex(sex) WITH OPERATOR(pg_catalog.&&),
        vitk.limit_ages(age_min, age_max) WITH OPERATOR(pg_catalog.&&));

-- not before the functions that they index are those of this version
@definition vitk.plain_letters@
@definition vitk.food_words@
@definition food_english@
@definition food_french@
