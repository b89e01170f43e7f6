-- intake_vs_limit: an intake held against limits

CREATE FUNCTION intake_vs_limit(intake nutrient_amount, "limit" nutrient_amount) RETURNS float8
    AS 'MODULE_PATHNAME', 'intake_vs_limit_ratio' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION intake_vs_limit(nutrient_amount, nutrient_amount) IS
    'the intake as a multiple of the limit, middle by middle of intervals; error where the units do not convert or the limit is zero';

CREATE FUNCTION intake_verdict(
    kind text, intake_lower float8, intake_upper float8, coverage float8, limit_lower float8, limit_upper float8)
RETURNS text
    AS 'MODULE_PATHNAME', 'intake_vs_limit_verdict' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION intake_verdict(text, float8, float8, float8, float8, float8) IS
    'the verdict where all of the mass must be known: min_coverage 1';
CREATE FUNCTION intake_verdict(
    kind text, intake_lower float8, intake_upper float8, coverage float8, limit_lower float8, limit_upper float8,
    min_coverage float8)
RETURNS text
    AS 'MODULE_PATHNAME', 'intake_vs_limit_verdict' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION intake_verdict(text, float8, float8, float8, float8, float8, float8) IS
    'what an intake says, held against a reference value in one unit: exceeds, likely inadequate, uncertain, no conclusion, within limit, adequate, no limit set (limit NULL); an upper bound of NULL or a coverage below min_coverage leaves the intake open above; NULL for kinds that limit no person, and where kind or min_coverage is NULL; an error for a min_coverage that is not above 0 and at most 1; IOM 2000, doi:10.17226/9956';

CREATE FUNCTION vitk_internal.check_days(days float8) RETURNS boolean
    AS 'MODULE_PATHNAME', 'intake_vs_limit_check_days' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.check_days(float8) IS 'true; an error for a number of days that is not above 0';
CREATE FUNCTION vitk_internal.check_min_coverage(min_coverage float8) RETURNS boolean
    AS 'MODULE_PATHNAME', 'intake_vs_limit_check_min_coverage' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.check_min_coverage(float8) IS 'true; an error for a share that is not above 0 and at most 1';
CREATE FUNCTION vitk_internal.limit_intake(
    intake nutrient_profile, nutrient nutrient, basis text, "limit" nutrient_amount, days float8)
RETURNS float8[]
    AS 'MODULE_PATHNAME', 'intake_vs_limit_intake' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.limit_intake(nutrient_profile, nutrient, text, nutrient_amount, float8) IS
    'what a profile of some days counts towards a limit a day, in the unit of that limit: {lower, upper, coverage}, upper NULL where nothing bounds it; NULL where the profile cannot be compared';
CREATE FUNCTION vitk_internal.limit_counted(intake nutrient_profile, nutrient nutrient, basis text) RETURNS text
    AS 'MODULE_PATHNAME', 'intake_vs_limit_counted' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.limit_counted(nutrient_profile, nutrient, text) IS
    'which nutrients of a profile limit_intake counts; NULL = none';
CREATE FUNCTION vitk_internal.limit_note(intake nutrient_profile, nutrient nutrient, basis text) RETURNS text
    AS 'MODULE_PATHNAME', 'intake_vs_limit_note' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.limit_note(nutrient_profile, nutrient, text) IS
    'what is to be said about the way in which limit_intake counts; NULL = nothing';
CREATE FUNCTION vitk_internal.limit_unit("limit" nutrient_amount, nutrient nutrient) RETURNS text
    AS 'MODULE_PATHNAME', 'intake_vs_limit_unit' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.limit_unit(nutrient_amount, nutrient) IS
    'the unit of a limit; that of the nutrient a day where none is set';

CREATE TYPE vitk.intake_verdict AS (
    nutrient        text,
    kind            text,
    intake_lower    float8,
    intake_upper    float8,
    coverage        float8,
    limit_lower     float8,
    limit_upper     float8,
    unit            text,
    ratio           float8,
    verdict         text,
    verdict_order   integer,
    counted         text,
    basis           text,
    authority       text,
    year            integer,
    source          text,
    note            text
);
COMMENT ON TYPE vitk.intake_verdict IS 'a row of intake_vs_limit(profile, sex, age_years, ...)';
COMMENT ON COLUMN vitk.intake_verdict.nutrient IS 'nutrient in whose terms the limit is set';
COMMENT ON COLUMN vitk.intake_verdict.kind IS '@names reference_value_kind.csv role=average|enough|upper@';
COMMENT ON COLUMN vitk.intake_verdict.intake_lower IS 'intake a day: at least';
COMMENT ON COLUMN vitk.intake_verdict.intake_upper IS
    'intake a day: at most, of what is known; NULL where nothing bounds it';
COMMENT ON COLUMN vitk.intake_verdict.coverage IS 'share of the mass eaten for which the intake is known';
COMMENT ON COLUMN vitk.intake_verdict.limit_lower IS 'the limit; NULL where none is set';
COMMENT ON COLUMN vitk.intake_verdict.limit_upper IS 'the same, or the upper end of a printed range';
COMMENT ON COLUMN vitk.intake_verdict.unit IS 'unit of intake and limit (UCUM)';
COMMENT ON COLUMN vitk.intake_verdict.ratio IS
    'middle of the intake over middle of the limit; its lower bound where nothing bounds the intake above';
COMMENT ON COLUMN vitk.intake_verdict.verdict IS
    'exceeds, likely inadequate, uncertain, not comparable, no conclusion, within limit, adequate or no limit set';
COMMENT ON COLUMN vitk.intake_verdict.verdict_order IS '1 .. 8, to sort verdicts as above';
COMMENT ON COLUMN vitk.intake_verdict.counted IS 'nutrients of the profile that were counted';
COMMENT ON COLUMN vitk.intake_verdict.basis IS 'what the limit is set on, see view vitk.limit_basis';
COMMENT ON COLUMN vitk.intake_verdict.authority IS 'who set the limit';
COMMENT ON COLUMN vitk.intake_verdict.year IS 'when';
COMMENT ON COLUMN vitk.intake_verdict.source IS 'where it was read';
COMMENT ON COLUMN vitk.intake_verdict.note IS 'what to know of limit and comparison';

-- An untyped argument ('NAM', NULL, a driver's $4) is taken for text where it can be: the fourth then means the
-- function below.  So that nothing speaks against it, no later argument is text here and a number there.
CREATE FUNCTION intake_vs_limit(
    intake      nutrient_profile,
    sex         text,
    age_years   float8,
    min_coverage float8,
    authority   text DEFAULT 'NAM',
    weight_kg   float8 DEFAULT NULL,
    days        float8 DEFAULT 1,
    life_stage  text DEFAULT 'none')
RETURNS SETOF vitk.intake_verdict
LANGUAGE sql STABLE PARALLEL SAFE ROWS 10
BEGIN ATOMIC
    SELECT v.nutrient::text, v.kind, v.eaten[1], v.eaten[2], v.eaten[3], v.limit_lower, v.limit_upper, v.unit,
           (v.eaten[1] + coalesce(v.eaten[2], v.eaten[1])) / nullif(v.limit_lower + v.limit_upper, 0::float8) AS ratio,
           v.verdict,
           pg_catalog.array_position(ARRAY['exceeds', 'likely inadequate', 'uncertain', 'not comparable', 'no conclusion',
                                'within limit', 'adequate', 'no limit set'], v.verdict) AS verdict_order,
           v.counted, v.basis, v.authority, v.year, v.source, v.note
    FROM (SELECT l.*,
                 CASE WHEN l.eaten IS NULL AND l.limit_lower IS NOT NULL THEN 'not comparable'
                      ELSE intake_verdict(l.kind, l.eaten[1], l.eaten[2], l.eaten[3], l.limit_lower, l.limit_upper,
                                          intake_vs_limit.min_coverage)
                 END AS verdict
          FROM (SELECT r.nutrient, r.kind, r.basis, r.authority, r.year, r.source,
                       vitk_internal.limit_unit(r.amount, r.nutrient) AS unit,
                       lower(r.amount, vitk_internal.limit_unit(r.amount, r.nutrient)) AS limit_lower,
                       upper(r.amount, vitk_internal.limit_unit(r.amount, r.nutrient)) AS limit_upper,
                       vitk_internal.limit_intake(intake_vs_limit.intake, r.nutrient, r.basis, r.amount,
                                         intake_vs_limit.days) AS eaten,
                       vitk_internal.limit_counted(intake_vs_limit.intake, r.nutrient, r.basis) AS counted,
                       nullif(pg_catalog.concat_ws('; ', r.note,
                            vitk_internal.limit_note(intake_vs_limit.intake, r.nutrient, r.basis)), '') AS note
                FROM reference_value(intake_vs_limit.sex, intake_vs_limit.age_years, intake_vs_limit.authority,
                                     intake_vs_limit.life_stage, intake_vs_limit.weight_kg) r
                WHERE r.kind IN (@list reference_value_kind.csv role=average|enough|upper@)
                  AND intake_vs_limit.intake IS NOT NULL
                  AND vitk_internal.check_days(intake_vs_limit.days)
                  AND vitk_internal.check_min_coverage(intake_vs_limit.min_coverage)) l) v;
END;
COMMENT ON FUNCTION intake_vs_limit(nutrient_profile, text, float8, float8, text, float8, float8, text) IS
    'what a person ate in some days, held against each limit that reference_value() gives for that person; where a share of the mass from min_coverage on is known, the verdict takes what is known for the whole; errors as there, for days that are not above 0, and for a min_coverage that is not above 0 and at most 1; no rows where intake, sex, age, life stage, days or min_coverage is NULL';

CREATE FUNCTION intake_vs_limit(
    intake      nutrient_profile,
    sex         text,
    age_years   float8,
    authority   text DEFAULT 'NAM',
    life_stage  text DEFAULT 'none',
    weight_kg   float8 DEFAULT NULL,
    days        float8 DEFAULT 1)
RETURNS SETOF vitk.intake_verdict
LANGUAGE sql STABLE PARALLEL SAFE ROWS 10
BEGIN ATOMIC
    SELECT v.*
    FROM intake_vs_limit(intake_vs_limit.intake, intake_vs_limit.sex, intake_vs_limit.age_years, 1::float8,
                         intake_vs_limit.authority, intake_vs_limit.weight_kg, intake_vs_limit.days,
                         intake_vs_limit.life_stage) v;
END;
COMMENT ON FUNCTION intake_vs_limit(nutrient_profile, text, float8, text, text, float8, float8) IS
    'the same where all of the mass must be known for a verdict: min_coverage 1';
