-- reference_value: what authorities say a person should eat a day, and may

CREATE VIEW vitk.limit_basis AS
    SELECT basis, way::integer, bound, string_to_array(nutrients, '|')::nutrient[] AS nutrients,
           factor, required::boolean, note
    FROM (@values limit_basis.csv@
    ) AS v (basis, way, bound, nutrients, factor, required, note);
COMMENT ON VIEW vitk.limit_basis IS
    'which nutrients of a profile count towards a reference value; a nutrient that is not listed counts itself';
COMMENT ON COLUMN vitk.limit_basis.basis IS 'name of the basis; the code of a nutrient where it is the basis of values for that';
COMMENT ON COLUMN vitk.limit_basis.way IS 'ways to count are tried in this order';
COMMENT ON COLUMN vitk.limit_basis.bound IS
    'exact: the sum is the intake; at_least, at_most: it bounds it; never: such a profile cannot be compared';
COMMENT ON COLUMN vitk.limit_basis.nutrients IS 'what is summed';
COMMENT ON COLUMN vitk.limit_basis.factor IS 'by which each is multiplied';
COMMENT ON COLUMN vitk.limit_basis.required IS 'whether the way is of no use without them';
COMMENT ON COLUMN vitk.limit_basis.note IS 'what column note of intake_vs_limit says when this way was used';
GRANT SELECT ON vitk.limit_basis TO PUBLIC;

CREATE VIEW vitk.limit_basis_flat AS
    SELECT pg_catalog.concat_ws('/', basis, way, pg_catalog.array_to_string(nutrients, '+')) AS key, basis, way, bound,
           pg_catalog.array_to_string(nutrients, ', ') AS nutrients, factor, required, note
    FROM vitk.limit_basis;
COMMENT ON VIEW vitk.limit_basis_flat IS 'vitk.limit_basis in plain columns, for BI tools';
COMMENT ON COLUMN vitk.limit_basis_flat.key IS 'key: basis, way and nutrients';
COMMENT ON COLUMN vitk.limit_basis_flat.basis IS 'name of the basis';
COMMENT ON COLUMN vitk.limit_basis_flat.way IS 'ways to count are tried in this order';
COMMENT ON COLUMN vitk.limit_basis_flat.bound IS 'exact, at_least, at_most or never, see vitk.limit_basis';
COMMENT ON COLUMN vitk.limit_basis_flat.nutrients IS 'what is summed';
COMMENT ON COLUMN vitk.limit_basis_flat.factor IS 'by which each is multiplied';
COMMENT ON COLUMN vitk.limit_basis_flat.required IS 'whether the way is of no use without them';
COMMENT ON COLUMN vitk.limit_basis_flat.note IS 'what column note of intake_vs_limit says when this way was used';
GRANT SELECT ON vitk.limit_basis_flat TO PUBLIC;

CREATE FUNCTION vitk_internal.is_limit_basis(text) RETURNS boolean
    AS 'MODULE_PATHNAME', 'reference_value_is_basis' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.is_limit_basis(text) IS 'whether view vitk.limit_basis lists this basis';
CREATE FUNCTION vitk_internal.is_limit(nutrient_amount, nutrient) RETURNS boolean
    AS 'MODULE_PATHNAME', 'reference_value_is_limit' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.is_limit(nutrient_amount, nutrient) IS
    'whether an amount may limit the nutrient: not negative, per time or per kg of body weight and time, of a kind that the nutrient is measured in';
CREATE FUNCTION vitk_internal.is_per_kg(nutrient_amount) RETURNS boolean
    AS 'MODULE_PATHNAME', 'reference_value_is_per_kg' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.is_per_kg(nutrient_amount) IS 'whether an amount is per kg of body weight';

-- Core PostgreSQL has GiST for ranges, not for text: a range of one key is that key.
CREATE TYPE vitk_internal.limit_key AS RANGE (
    SUBTYPE = text[],
    COLLATION = "C",
    MULTIRANGE_TYPE_NAME = vitk_internal.limit_key_multirange
);
COMMENT ON TYPE vitk_internal.limit_key IS
    'lets an EXCLUDE constraint compare text without btree_gist: two ranges of one key each overlap where the keys are equal';
COMMENT ON TYPE vitk_internal.limit_key_multirange IS 'comes with limit_key';
COMMENT ON CAST (vitk_internal.limit_key AS vitk_internal.limit_key_multirange) IS 'comes with limit_key';
COMMENT ON FUNCTION vitk_internal.limit_key(text[], text[]) IS 'constructor of limit_key';
COMMENT ON FUNCTION vitk_internal.limit_key(text[], text[], text) IS 'constructor of limit_key';
COMMENT ON FUNCTION vitk_internal.limit_key_multirange() IS 'constructor of limit_key_multirange';
COMMENT ON FUNCTION vitk_internal.limit_key_multirange(vitk_internal.limit_key) IS 'constructor of limit_key_multirange';
COMMENT ON FUNCTION vitk_internal.limit_key_multirange(VARIADIC vitk_internal.limit_key[]) IS 'constructor of limit_key_multirange';

-- An error about overlapping ages prints these calls and their results: names that can be read.
CREATE FUNCTION vitk_internal.limit_of(authority text, year integer, nutrient nutrient, kind text, life_stage text, per_kg boolean, add_on boolean)
RETURNS vitk_internal.limit_key
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT vitk_internal.limit_key(k, k, '[]')
    FROM (SELECT ARRAY[authority, year::text, nutrient::text, kind, life_stage,
                       CASE WHEN per_kg THEN 'per_kg' ELSE 'per_day' END,
                       CASE WHEN add_on THEN 'add_on' ELSE 'whole' END]) AS key (k);
END;
COMMENT ON FUNCTION vitk_internal.limit_of(text, integer, nutrient, text, text, boolean, boolean) IS
    'what a reference value is of, for the constraint on overlapping ages';
CREATE FUNCTION vitk_internal.limit_sex(sex text) RETURNS vitk_internal.limit_key
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN vitk_internal.limit_key(ARRAY[CASE sex WHEN 'both' THEN 'female' ELSE sex END],
                      ARRAY[CASE sex WHEN 'both' THEN 'male' ELSE sex END], '[]');
COMMENT ON FUNCTION vitk_internal.limit_sex(text) IS 'female, male, or from female to male, for the constraint on overlapping ages';
CREATE FUNCTION vitk_internal.limit_ages(age_min float8, age_max float8) RETURNS numrange
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN numrange(age_min::numeric, age_max::numeric);
COMMENT ON FUNCTION vitk_internal.limit_ages(float8, float8) IS 'ages of a reference value, for the constraint on overlapping ages';

CREATE TABLE vitk.reference_value (
    authority   text NOT NULL CHECK (authority <> ''),
    year        integer CHECK (year BETWEEN 1900 AND 2200),
    nutrient    nutrient NOT NULL,
    basis       text CHECK (vitk_internal.is_limit_basis(basis)),
    kind        text NOT NULL CHECK (kind IN (@list reference_value_kind.csv@)),
    sex         text NOT NULL DEFAULT 'both' CHECK (sex IN ('female', 'male', 'both')),
    age_min     float8 NOT NULL CHECK (age_min >= 0::float8),
    age_max     float8 NOT NULL DEFAULT 150 CHECK (age_max <= 150::float8),
    life_stage  text NOT NULL DEFAULT 'none' CHECK (life_stage IN ('none', 'pregnancy', 'lactation')),
    amount      nutrient_amount CONSTRAINT reference_value_amount_check CHECK (vitk_internal.is_limit(amount, nutrient)),
    per_kg      boolean NOT NULL GENERATED ALWAYS AS (coalesce(vitk_internal.is_per_kg(amount), false)) STORED,
    add_on      boolean NOT NULL DEFAULT false,
    source      text NOT NULL,
    note        text,
    builtin     boolean NOT NULL DEFAULT false,
    CONSTRAINT reference_value_ages CHECK (age_min < age_max),
    CONSTRAINT reference_value_life_stage_sex CHECK (life_stage = 'none' OR sex = 'female'),
    CONSTRAINT reference_value_add_on CHECK (NOT add_on OR (life_stage <> 'none' AND amount IS NOT NULL)),
    CONSTRAINT reference_value_ages_overlap EXCLUDE USING gist (
        vitk_internal.limit_of(authority, year, nutrient, kind, life_stage, per_kg, add_on) WITH OPERATOR(pg_catalog.&&),
        vitk_internal.limit_sex(sex) WITH OPERATOR(pg_catalog.&&),
        vitk_internal.limit_ages(age_min, age_max) WITH OPERATOR(pg_catalog.&&))
);
COMMENT ON TABLE vitk.reference_value IS
    'dietary reference values; no two of one authority, year, nutrient, kind, life stage and sex overlap in age';
COMMENT ON COLUMN vitk.reference_value.authority IS 'who set it';
COMMENT ON COLUMN vitk.reference_value.year IS 'when it was published; of several years the newest that covers a person holds';
COMMENT ON COLUMN vitk.reference_value.nutrient IS 'in terms of which nutrient: A-RAE, A-RE and retinol are three';
COMMENT ON COLUMN vitk.reference_value.basis IS
    'which nutrients of a profile count, see view vitk.limit_basis; NULL = the basis named as the nutrient';
COMMENT ON COLUMN vitk.reference_value.kind IS
    '@names reference_value_kind.csv role=average|enough|upper@; and, no limits of a person, @names reference_value_kind.csv role=context@';
COMMENT ON COLUMN vitk.reference_value.sex IS 'female, male or both';
COMMENT ON COLUMN vitk.reference_value.age_min IS 'from this age in years';
COMMENT ON COLUMN vitk.reference_value.age_max IS 'to below this age in years';
COMMENT ON COLUMN vitk.reference_value.life_stage IS 'none, pregnancy or lactation';
COMMENT ON COLUMN vitk.reference_value.amount IS
    'the value a day, or per kg of body weight and day; an interval where a range is printed; NULL = examined, none set';
COMMENT ON COLUMN vitk.reference_value.per_kg IS 'whether the value is per kg of body weight';
COMMENT ON COLUMN vitk.reference_value.add_on IS 'whether it is added to the value of the same age in life stage none';
COMMENT ON COLUMN vitk.reference_value.source IS 'where it was read';
COMMENT ON COLUMN vitk.reference_value.note IS 'what else the source says';
COMMENT ON COLUMN vitk.reference_value.builtin IS 'shipped with the extension: refreshed by its updates, left out of dumps';
CREATE INDEX reference_value_add_on ON vitk.reference_value (authority, nutrient, kind) WHERE add_on;

GRANT SELECT ON vitk.reference_value TO PUBLIC;
GRANT INSERT, UPDATE, DELETE ON vitk.reference_value TO pg_database_owner WITH GRANT OPTION;

@rows vitk.reference_value reference_value.csv@

SELECT pg_catalog.pg_extension_config_dump('vitk.reference_value', 'WHERE NOT builtin');

CREATE VIEW vitk.reference_value_flat AS
    SELECT pg_catalog.concat_ws('/', r.authority, r.year, r.nutrient, r.kind, r.sex, r.life_stage, r.age_min::numeric,
                     CASE WHEN r.per_kg THEN 'kg' END, CASE WHEN r.add_on THEN 'add-on' END) AS key,
           r.authority, r.year, n.nutrient, r.basis, r.kind, r.sex, r.age_min, r.age_max, r.life_stage,
           lower(r.amount, unit(r.amount)) AS lower, upper(r.amount, unit(r.amount)) AS upper,
           coalesce(unit(r.amount), n.unit || '/d') AS unit,
           r.per_kg, r.add_on, r.source, r.note, r.builtin, n.nutrient_order
    FROM vitk.reference_value r JOIN vitk.nutrient_flat n ON n.nutrient = r.nutrient::text;
COMMENT ON VIEW vitk.reference_value_flat IS 'vitk.reference_value in plain columns, for BI tools';
COMMENT ON COLUMN vitk.reference_value_flat.key IS 'key: names the row';
COMMENT ON COLUMN vitk.reference_value_flat.authority IS 'who set it';
COMMENT ON COLUMN vitk.reference_value_flat.year IS 'when it was published';
COMMENT ON COLUMN vitk.reference_value_flat.nutrient IS 'in terms of which nutrient';
COMMENT ON COLUMN vitk.reference_value_flat.basis IS 'which nutrients of a profile count, see view vitk.limit_basis';
COMMENT ON COLUMN vitk.reference_value_flat.kind IS 'EAR, RDA, PRI, RNI, AI, UL and others';
COMMENT ON COLUMN vitk.reference_value_flat.sex IS 'female, male or both';
COMMENT ON COLUMN vitk.reference_value_flat.age_min IS 'from this age in years, to sort by';
COMMENT ON COLUMN vitk.reference_value_flat.age_max IS 'to below this age in years';
COMMENT ON COLUMN vitk.reference_value_flat.life_stage IS 'none, pregnancy or lactation';
COMMENT ON COLUMN vitk.reference_value_flat.lower IS 'the value, in unit; NULL = examined, none set';
COMMENT ON COLUMN vitk.reference_value_flat.upper IS 'the same, or the upper end of a printed range, in unit';
COMMENT ON COLUMN vitk.reference_value_flat.unit IS 'unit of lower and upper (UCUM)';
COMMENT ON COLUMN vitk.reference_value_flat.per_kg IS 'whether the value is per kg of body weight';
COMMENT ON COLUMN vitk.reference_value_flat.add_on IS 'whether it is added to the value of the same age in life stage none';
COMMENT ON COLUMN vitk.reference_value_flat.source IS 'where it was read';
COMMENT ON COLUMN vitk.reference_value_flat.note IS 'what else the source says';
COMMENT ON COLUMN vitk.reference_value_flat.builtin IS 'shipped with the extension';
COMMENT ON COLUMN vitk.reference_value_flat.nutrient_order IS 'to sort nutrients by';
GRANT SELECT ON vitk.reference_value_flat TO PUBLIC;

-- the values that hold for a person

CREATE FUNCTION vitk_internal.check_person(sex text, age_years float8, life_stage text, weight_kg float8) RETURNS boolean
    AS 'MODULE_PATHNAME', 'reference_value_check_person' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.check_person(text, float8, text, float8) IS
    'true; an error for an unknown sex or life stage, an age outside 0 to below 150, a weight that is not above 0; NULL where sex, age or life stage is unknown';
CREATE FUNCTION vitk_internal.unknown_authority(authority text, known text) RETURNS boolean
    AS 'MODULE_PATHNAME', 'reference_value_unknown_authority' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.unknown_authority(text, text) IS 'an error that names the known authorities';
-- asked last, of rows that a query's own conditions leave
CREATE FUNCTION vitk_internal.weight_needed(authority text, nutrient nutrient) RETURNS boolean
    AS 'MODULE_PATHNAME', 'reference_value_weight_needed' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;
COMMENT ON FUNCTION vitk_internal.weight_needed(text, nutrient) IS 'an error that says that a value is per kg of body weight';
CREATE FUNCTION vitk_internal.limit_per_day(amount nutrient_amount, weight_kg float8) RETURNS nutrient_amount
    AS 'MODULE_PATHNAME', 'reference_value_per_day' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.limit_per_day(nutrient_amount, float8) IS
    'a reference value per kg of body weight times that weight, others as they are';

CREATE TYPE reference_value_row AS (
    nutrient    nutrient,
    kind        text,
    amount      nutrient_amount,
    basis       text,
    authority   text,
    year        integer,
    source      text,
    note        text
);
COMMENT ON TYPE reference_value_row IS 'a row of reference_value(sex, age_years, ...)';

CREATE FUNCTION reference_value(
    sex         text,
    age_years   float8,
    authority   text DEFAULT 'NAM',
    life_stage  text DEFAULT 'none',
    weight_kg   float8 DEFAULT NULL)
RETURNS SETOF reference_value_row
LANGUAGE sql STABLE PARALLEL SAFE ROWS 10
BEGIN ATOMIC
    SELECT r.nutrient, r.kind,
           vitk_internal.limit_per_day(coalesce(r.amount + r.added, r.amount), reference_value.weight_kg) AS amount,
           coalesce(r.basis, r.nutrient::text) AS basis, r.authority, r.year, r.source,
           nullif(pg_catalog.concat_ws('; ', r.note,
               r.added::text || ' added for ' || reference_value.life_stage, r.added_note,
               CASE WHEN r.per_kg THEN r.amount::text || ' for ' || reference_value.weight_kg::numeric::text || ' kg' END,
               CASE WHEN r.life_stage <> reference_value.life_stage AND r.added IS NULL
                    THEN 'nothing set for ' || reference_value.life_stage || ': the value of the age holds' END), '') AS note
    -- one row for each nutrient and kind, and one more per kg of body weight where a weight is given: that of
    -- the life stage before that of the age, the newer before the older.  ROW, which finds at run time what it is
    -- sorted by: pg_upgrade makes functions before operator classes.
    FROM (SELECT DISTINCT ON (v.authority, ROW(v.nutrient), v.kind, v.per_kg AND reference_value.weight_kg IS NOT NULL)
                 v.*, a.amount AS added, a.note AS added_note
          FROM vitk.reference_value v
          LEFT JOIN vitk.reference_value a
              ON a.add_on AND v.life_stage = 'none' AND a.life_stage = reference_value.life_stage
             AND a.authority = v.authority AND a.nutrient = v.nutrient AND a.kind = v.kind
             AND a.year IS NOT DISTINCT FROM v.year AND a.per_kg = v.per_kg
             AND a.age_min <= reference_value.age_years AND reference_value.age_years < a.age_max
          WHERE vitk_internal.check_person(reference_value.sex, reference_value.age_years,
                                  reference_value.life_stage, reference_value.weight_kg)
            AND CASE WHEN reference_value.authority IS NULL
                       OR reference_value.authority IN (SELECT k.authority FROM vitk.reference_value k) THEN true
                     ELSE vitk_internal.unknown_authority(reference_value.authority,
                              (SELECT string_agg(DISTINCT k.authority COLLATE "C", ', ') FROM vitk.reference_value k)) END
            AND NOT v.add_on
            AND (reference_value.authority IS NULL OR v.authority = reference_value.authority)
            AND v.sex IN ('both', reference_value.sex)
            AND v.life_stage IN ('none', reference_value.life_stage)
            AND v.age_min <= reference_value.age_years AND reference_value.age_years < v.age_max
          ORDER BY v.authority, ROW(v.nutrient), v.kind, v.per_kg AND reference_value.weight_kg IS NOT NULL,
                   v.per_kg, v.life_stage = 'none', v.year DESC NULLS LAST) r
    -- without a weight, a value a day stood for the one per kg; where there is none the weight is missing
    WHERE CASE WHEN r.per_kg AND reference_value.weight_kg IS NULL THEN vitk_internal.weight_needed(r.authority, r.nutrient)
               ELSE true END;
END;
COMMENT ON FUNCTION reference_value(text, float8, text, text, float8) IS
    'the reference values that hold for a person: sex female or male, age in years, authority (NULL = all of them), life stage none, pregnancy or lactation, weight in kg; errors: names that are not known, an age outside 0 to below 150, a value per kg without a weight; no rows where sex, age or life stage is NULL';
