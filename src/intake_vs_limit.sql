-- intake_vs_limit: an intake compared with limits

CREATE FUNCTION intake_vs_limit(intake nutrient_amount, "limit" nutrient_amount) RETURNS float8
    AS 'MODULE_PATHNAME', 'intake_vs_limit_ratio' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION intake_vs_limit(nutrient_amount, nutrient_amount) IS
    'the intake as a multiple of the limit, for intervals middle over middle; an error where the units do not convert or the limit is zero';

CREATE FUNCTION intake_verdict(
    kind text, intake_lower float8, intake_upper float8, coverage float8, limit_lower float8, limit_upper float8,
    min_coverage float8 DEFAULT 1)
RETURNS text
    AS 'MODULE_PATHNAME', 'intake_vs_limit_verdict' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION intake_verdict(text, float8, float8, float8, float8, float8, float8) IS
    'what an intake says when compared with a reference value in the same unit: the verdicts of intake_vs_limit; a limit of NULL is "no limit set"; an upper bound of NULL or a coverage below min_coverage leaves the intake without an upper bound; NULL where kind is NULL; an error for a coverage that is not from 0 to 1 and a min_coverage that is not above 0 and at most 1; IOM 2000, doi:10.17226/9956';

CREATE FUNCTION vitk_internal.check_days_and_coverage(days float8, min_coverage float8) RETURNS boolean
    AS 'MODULE_PATHNAME', 'intake_vs_limit_check' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.check_days_and_coverage(float8, float8) IS
    'true; an error for days that are not above 0 and at most 36525, or a share that is not above 0 and at most 1';

CREATE TYPE vitk_internal.judgement AS (
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
    note            text
);
COMMENT ON TYPE vitk_internal.judgement IS 'what is computed for a row of intake_vs_limit';
CREATE FUNCTION vitk_internal.judge(
    profile nutrient_profile, nutrient nutrient, kind text, basis text, amount nutrient_amount, bound text, note text,
    days float8, min_coverage float8)
RETURNS vitk_internal.judgement
    AS 'MODULE_PATHNAME', 'intake_vs_limit_judge' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.judge(nutrient_profile, nutrient, text, text, nutrient_amount, text, text, float8, float8) IS
    'a profile of some days compared with one daily limit: computed once, with all that intake_vs_limit shows of it; a NULL profile is one of which nothing is known, and so is one of an unknown number of days; a NULL min_coverage is 1';

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
    condition       text,
    authority       text,
    year            integer,
    source          text,
    note            text
);
COMMENT ON TYPE vitk.intake_verdict IS 'a row of intake_vs_limit(profile, sex, age_years, ...)';
COMMENT ON COLUMN vitk.intake_verdict.nutrient IS 'nutrient in whose terms the limit is set';
COMMENT ON COLUMN vitk.intake_verdict.kind IS '@names reference_value_kind.csv role=average|enough|upper@';
COMMENT ON COLUMN vitk.intake_verdict.intake_lower IS 'daily intake, lower bound';
COMMENT ON COLUMN vitk.intake_verdict.intake_upper IS
    'daily intake, upper bound, of what is known; NULL where nothing bounds it';
COMMENT ON COLUMN vitk.intake_verdict.coverage IS 'share of the mass eaten for which the intake is known; NULL where more was eaten of unknown mass';
COMMENT ON COLUMN vitk.intake_verdict.limit_lower IS 'the limit; NULL where none is set';
COMMENT ON COLUMN vitk.intake_verdict.limit_upper IS 'the same, or the upper end of a printed range';
COMMENT ON COLUMN vitk.intake_verdict.unit IS 'unit of intake and limit (UCUM)';
COMMENT ON COLUMN vitk.intake_verdict.ratio IS
    'middle of the intake over middle of the limit; its lower bound where the intake has no upper bound';
COMMENT ON COLUMN vitk.intake_verdict.verdict IS
    '@verdicts@';
COMMENT ON COLUMN vitk.intake_verdict.verdict_order IS 'from 1, to sort verdicts in the order in which the comment of verdict names them';
COMMENT ON COLUMN vitk.intake_verdict.counted IS 'nutrients of the profile that were counted';
COMMENT ON COLUMN vitk.intake_verdict.basis IS 'what the limit is set on, see view vitk.limit_basis';
COMMENT ON COLUMN vitk.intake_verdict.condition IS 'for whom or with what diet the limit applies, such as a phytate intake; NULL: for all';
COMMENT ON COLUMN vitk.intake_verdict.authority IS 'who set the limit';
COMMENT ON COLUMN vitk.intake_verdict.year IS 'when';
COMMENT ON COLUMN vitk.intake_verdict.source IS 'where it was read';
COMMENT ON COLUMN vitk.intake_verdict.note IS 'what to know about the limit and the comparison';

-- One limit as a value: no table is read.  The judgement is computed once a row: OFFSET 0 keeps the planner
-- from putting a call for each column in its place.
CREATE FUNCTION intake_vs_limit(
    profile     nutrient_profile,
    "limit"     reference_value_row,
    days        float8,
    min_coverage float8 DEFAULT 1)
RETURNS SETOF vitk.intake_verdict
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 1
BEGIN ATOMIC
    SELECT (intake_vs_limit."limit").nutrient::text, (intake_vs_limit."limit").kind,
           (l.j).intake_lower, (l.j).intake_upper, (l.j).coverage, (l.j).limit_lower, (l.j).limit_upper, (l.j).unit,
           (l.j).ratio, (l.j).verdict, (l.j).verdict_order, (l.j).counted, (intake_vs_limit."limit").basis,
           (intake_vs_limit."limit").condition, (intake_vs_limit."limit").authority, (intake_vs_limit."limit").year,
           (intake_vs_limit."limit").source, (l.j).note
    FROM (SELECT vitk_internal.judge(intake_vs_limit.profile, (intake_vs_limit."limit").nutrient,
                     (intake_vs_limit."limit").kind, (intake_vs_limit."limit").basis, (intake_vs_limit."limit").amount,
                     (intake_vs_limit."limit").bound, (intake_vs_limit."limit").note,
                     intake_vs_limit.days, intake_vs_limit.min_coverage) AS j
          OFFSET 0) l
    WHERE vitk_internal.check_days_and_coverage(intake_vs_limit.days, intake_vs_limit.min_coverage);
END;
COMMENT ON FUNCTION intake_vs_limit(nutrient_profile, reference_value_row, float8, float8) IS
    'what was eaten in some days, compared with one limit that is given as a value, such as a row of reference_value(): reads no table, so it runs on any node; rows and errors as for intake_vs_limit(profile, sex, age_years, ...)';

CREATE FUNCTION intake_vs_limit(
    profile     nutrient_profile,
    sex         text,
    age_years   float8,
    authority   text DEFAULT 'NAM',
    life_stage  text DEFAULT 'none',
    weight_kg   float8 DEFAULT NULL,
    days        float8 DEFAULT 1,
    min_coverage float8 DEFAULT 1)
RETURNS SETOF vitk.intake_verdict
LANGUAGE sql STABLE PARALLEL SAFE ROWS 100
BEGIN ATOMIC
    SELECT r.nutrient::text, r.kind,
           (l.j).intake_lower, (l.j).intake_upper, (l.j).coverage, (l.j).limit_lower, (l.j).limit_upper, (l.j).unit,
           (l.j).ratio, (l.j).verdict, (l.j).verdict_order, (l.j).counted, r.basis, r.condition, r.authority, r.year,
           r.source, (l.j).note
    FROM reference_value(intake_vs_limit.sex, intake_vs_limit.age_years, intake_vs_limit.authority,
                         intake_vs_limit.life_stage, intake_vs_limit.weight_kg) r,
         LATERAL (SELECT vitk_internal.judge(intake_vs_limit.profile, r.nutrient, r.kind, r.basis, r.amount, r.bound,
                             r.note, intake_vs_limit.days, intake_vs_limit.min_coverage) AS j
                  OFFSET 0) l
    WHERE vitk_internal.check_days_and_coverage(intake_vs_limit.days, intake_vs_limit.min_coverage);
END;
COMMENT ON FUNCTION intake_vs_limit(nutrient_profile, text, float8, text, text, float8, float8, float8) IS
    'what a person ate in some days, compared with each limit that reference_value() gives for that person; where at least min_coverage of the mass is known, the verdict takes the known part for the whole; errors as there, for days that are not above 0 and at most 36525, and for a min_coverage that is not above 0 and at most 1; a NULL profile, or a NULL number of days, is an intake of which nothing is known';
