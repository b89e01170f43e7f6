-- reference_value: what authorities say a person should eat a day, and may

CREATE VIEW vitk.limit_basis AS
    SELECT basis, way::integer, bound, string_to_array(nutrients, '|')::nutrient[] AS nutrients,
           factor, required::boolean, note
    FROM (@values limit_basis.csv@
    ) AS v (basis, way, bound, nutrients, factor, required, note);
COMMENT ON VIEW vitk.limit_basis IS
    'which nutrients of a profile count towards a reference value; a nutrient that is not listed counts as itself';
COMMENT ON COLUMN vitk.limit_basis.basis IS 'name of the basis; the code of a nutrient where it is the basis of values for that';
COMMENT ON COLUMN vitk.limit_basis.way IS 'ways to count are tried in this order';
COMMENT ON COLUMN vitk.limit_basis.bound IS
    'exact: the sum is the intake; at_least, at_most: the sum bounds it; never: such a profile cannot be compared';
COMMENT ON COLUMN vitk.limit_basis.nutrients IS 'what is summed';
COMMENT ON COLUMN vitk.limit_basis.factor IS 'by which each is multiplied';
COMMENT ON COLUMN vitk.limit_basis.required IS 'whether this way needs them to be present';
COMMENT ON COLUMN vitk.limit_basis.note IS 'what column note of intake_vs_limit says when this way was used';
GRANT SELECT ON vitk.limit_basis TO PUBLIC;

CREATE VIEW vitk.limit_basis_flat AS
    SELECT pg_catalog.concat_ws('/', basis, way, pg_catalog.array_to_string(nutrients, '+')) AS key, basis, way, bound,
           pg_catalog.array_to_string(nutrients, ', ') AS nutrients, factor, required, note
    FROM vitk.limit_basis;
COMMENT ON VIEW vitk.limit_basis_flat IS 'vitk.limit_basis in plain columns, for BI tools';
@comments vitk.limit_basis_flat from vitk.limit_basis: way, nutrients, factor, required, note@
COMMENT ON COLUMN vitk.limit_basis_flat.key IS 'key: basis, way and nutrients';
COMMENT ON COLUMN vitk.limit_basis_flat.basis IS 'name of the basis';
COMMENT ON COLUMN vitk.limit_basis_flat.bound IS 'exact, at_least, at_most or never, see vitk.limit_basis';
GRANT SELECT ON vitk.limit_basis_flat TO PUBLIC;

CREATE FUNCTION vitk_internal.is_limit_basis(text) RETURNS boolean
    AS 'MODULE_PATHNAME', 'reference_value_is_basis' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.is_limit_basis(text) IS 'whether view vitk.limit_basis lists this basis';
CREATE FUNCTION vitk_internal.is_limit(nutrient_amount, nutrient, basis text) RETURNS boolean
    AS 'MODULE_PATHNAME', 'reference_value_is_limit' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.is_limit(nutrient_amount, nutrient, text) IS
    'whether an amount can be a limit of the nutrient: not negative, per time, per kg of body weight and time, or per energy, in a kind of unit that the nutrient is measured in; a share of energy, kcal/(100.kcal), of a basis that knows the energy of its nutrients';
CREATE FUNCTION vitk_internal.is_daily(nutrient_amount, nutrient) RETURNS boolean
    AS 'MODULE_PATHNAME', 'reference_value_is_daily' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.is_daily(nutrient_amount, nutrient) IS
    'whether an amount is not negative, per time or per kg of body weight and time, in a kind of unit that the nutrient is measured in';
CREATE FUNCTION vitk_internal.is_per_kg(nutrient_amount) RETURNS boolean
    AS 'MODULE_PATHNAME', 'reference_value_is_per_kg' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.is_per_kg(nutrient_amount) IS 'whether an amount is per kg of body weight; NULL is not';

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
CREATE FUNCTION vitk_internal.limit_of(authority text, year integer, nutrient nutrient, kind text, life_stage text, per_kg boolean, add_on boolean, condition text)
RETURNS vitk_internal.limit_key
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT vitk_internal.limit_key(k, k, '[]')
    FROM (SELECT ARRAY[authority, year::text, nutrient::text, kind, life_stage,
                       CASE WHEN per_kg THEN 'per_kg' ELSE 'per_day' END,
                       CASE WHEN add_on THEN 'add_on' ELSE 'whole' END, condition]) AS key (k);
END;
COMMENT ON FUNCTION vitk_internal.limit_of(text, integer, nutrient, text, text, boolean, boolean, text) IS
    'what a reference value applies to, for the constraint on overlapping ages';
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
    life_stage  text NOT NULL DEFAULT 'none' CHECK (life_stage IN ('none', 'pregnancy', 'lactation',
        'pregnancy_t1', 'pregnancy_t2', 'pregnancy_t3', 'lactation_0_6mo', 'lactation_7_12mo')),
    condition   text CHECK (condition <> ''),
    amount      nutrient_amount CONSTRAINT reference_value_amount_check CHECK (vitk_internal.is_limit(amount, nutrient, coalesce(basis, nutrient::text))),
    bound       text NOT NULL DEFAULT 'value' CHECK (bound IN ('value', 'at_least', 'at_most')),
    add_on      boolean NOT NULL DEFAULT false,
    source      text NOT NULL,
    note        text,
    builtin     boolean NOT NULL DEFAULT false,
    CONSTRAINT reference_value_ages CHECK (age_min < age_max),
    CONSTRAINT reference_value_life_stage_sex CHECK (life_stage = 'none' OR sex = 'female'),
    CONSTRAINT reference_value_bound CHECK (bound = 'value' OR kind IN (@list reference_value_kind.csv role=range@)),
    CONSTRAINT reference_value_add_on CHECK (NOT add_on OR (life_stage <> 'none' AND amount IS NOT NULL)),
    CONSTRAINT reference_value_ages_overlap EXCLUDE USING gist (
        vitk_internal.limit_of(authority, year, nutrient, kind, life_stage, vitk_internal.is_per_kg(amount), add_on, condition) WITH OPERATOR(pg_catalog.&&),
        vitk_internal.limit_sex(sex) WITH OPERATOR(pg_catalog.&&),
        vitk_internal.limit_ages(age_min, age_max) WITH OPERATOR(pg_catalog.&&))
        WHERE (NOT builtin)         -- of those shipped the build sees to it
);
COMMENT ON TABLE vitk.reference_value IS
    'dietary reference values; no two of your own of one authority, year, nutrient, kind, condition, life stage and sex overlap in age; one of your own stands in place of a shipped one of the same year';
COMMENT ON COLUMN vitk.reference_value.authority IS 'who set it';
COMMENT ON COLUMN vitk.reference_value.year IS 'when it was published; of several years, the newest that covers a person applies';
COMMENT ON COLUMN vitk.reference_value.nutrient IS 'in terms of which nutrient: A-RAE, A-RE and retinol are three different ones';
COMMENT ON COLUMN vitk.reference_value.basis IS
    'which nutrients of a profile count, see view vitk.limit_basis; NULL = the basis named as the nutrient';
COMMENT ON COLUMN vitk.reference_value.kind IS
    'limits of a person: @names reference_value_kind.csv role=average|enough|upper|safe@; ranges: @names reference_value_kind.csv role=range@; and, saying nothing about what a person needs, @names reference_value_kind.csv role=label|context@';
COMMENT ON COLUMN vitk.reference_value.sex IS 'female, male or both';
COMMENT ON COLUMN vitk.reference_value.age_min IS 'from this age in years';
COMMENT ON COLUMN vitk.reference_value.age_max IS 'up to, but not including, this age in years';
COMMENT ON COLUMN vitk.reference_value.life_stage IS
    'none, pregnancy, lactation; pregnancy_t1 to pregnancy_t3 for a trimester, lactation_0_6mo and lactation_7_12mo for months after birth';
COMMENT ON COLUMN vitk.reference_value.condition IS
    'for whom or with what diet the value applies, such as a phytate intake or a physical activity level; each gives a row of its own; NULL: for all';
COMMENT ON COLUMN vitk.reference_value.bound IS
    'value; at_least or at_most for a range with only one end';
COMMENT ON COLUMN vitk.reference_value.amount IS
    'the value per day, or per kg of body weight and day, or per energy (mg/MJ; kcal/(100.kcal) is percent of energy); an interval where a range is printed; NULL = examined, none set';
COMMENT ON COLUMN vitk.reference_value.add_on IS 'whether it is added to the value of the same age in life stage none';
COMMENT ON COLUMN vitk.reference_value.source IS 'where it was read';
COMMENT ON COLUMN vitk.reference_value.note IS 'what else the source says';
COMMENT ON COLUMN vitk.reference_value.builtin IS 'shipped with the extension: refreshed by its updates, left out of dumps';
CREATE INDEX reference_value_add_on ON vitk.reference_value (authority, nutrient, kind) WHERE add_on;
CREATE INDEX reference_value_authority ON vitk.reference_value (authority);
CREATE INDEX reference_value_part ON vitk.reference_value (pg_catalog.lower(authority), life_stage)
    WHERE pg_catalog.strpos(life_stage, '_') > 0;
CREATE INDEX reference_value_authority_in_either_case ON vitk.reference_value (pg_catalog.lower(authority));

GRANT SELECT ON vitk.reference_value TO PUBLIC;
GRANT INSERT, UPDATE, DELETE ON vitk.reference_value TO pg_database_owner WITH GRANT OPTION;

@rows vitk.reference_value reference_value.csv@

SELECT pg_catalog.pg_extension_config_dump('vitk.reference_value', 'WHERE NOT builtin');

CREATE VIEW vitk.reference_value_flat AS
    SELECT pg_catalog.concat_ws('/', r.authority, r.year, r.nutrient, r.kind, r.sex, r.life_stage, r.age_min::numeric,
                     CASE WHEN vitk_internal.is_per_kg(r.amount) THEN 'kg' END, CASE WHEN r.add_on THEN 'add-on' END, r.condition) AS key,
           r.authority, r.year, n.nutrient, r.basis, r.kind, r.sex, r.age_min, r.age_max, r.life_stage,
           lower(r.amount, unit(r.amount)) AS lower, upper(r.amount, unit(r.amount)) AS upper,
           coalesce(unit(r.amount), n.unit || '/d') AS unit,
           vitk_internal.is_per_kg(r.amount) AS per_kg, r.add_on, r.source, r.note, r.builtin, n.nutrient_order, r.condition, r.bound
    FROM vitk.reference_value r JOIN vitk.nutrient_flat n ON n.nutrient = r.nutrient::text;
COMMENT ON VIEW vitk.reference_value_flat IS 'vitk.reference_value in plain columns, for BI tools';
@comments vitk.reference_value_flat from vitk.reference_value: authority, year, nutrient, basis, sex, age_min, age_max, life_stage, condition, bound, add_on@
@comments vitk.reference_value_flat from vitk.reference_value: source, note@
COMMENT ON COLUMN vitk.reference_value_flat.key IS 'key: identifies the row';
COMMENT ON COLUMN vitk.reference_value_flat.kind IS 'EAR, RDA, PRI, RNI, AI, UL and others';
COMMENT ON COLUMN vitk.reference_value_flat.lower IS 'the value, in unit; NULL = examined, none set';
COMMENT ON COLUMN vitk.reference_value_flat.upper IS 'the same, or the upper end of a printed range, in unit';
COMMENT ON COLUMN vitk.reference_value_flat.unit IS 'unit of lower and upper (UCUM)';
COMMENT ON COLUMN vitk.reference_value_flat.builtin IS 'shipped with the extension';
COMMENT ON COLUMN vitk.reference_value_flat.nutrient_order IS 'to sort nutrients by';
COMMENT ON COLUMN vitk.reference_value_flat.per_kg IS 'whether the value is per kg of body weight';
GRANT SELECT ON vitk.reference_value_flat TO PUBLIC;

-- the values that hold for a person

CREATE FUNCTION vitk_internal.person_sex(sex text, life_stage text) RETURNS text
    AS 'MODULE_PATHNAME', 'reference_value_person_sex' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.person_sex(text, text) IS
    'female or male, from names in upper or lower case and F and M; female where a life stage implies it; NULL where it is not known; an error for other names, and for a pregnant or lactating male';
CREATE FUNCTION vitk_internal.person_life_stage(life_stage text) RETURNS text
    AS 'MODULE_PATHNAME', 'reference_value_life_stage' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.person_life_stage(text) IS 'the life stage in lower case; none for NULL; an error for other names';
CREATE FUNCTION vitk_internal.checked_age(age_years float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'reference_value_checked_age' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.checked_age(float8) IS 'the age; an error for one outside 0 to below 150';
CREATE FUNCTION vitk_internal.checked_weight(weight_kg float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'reference_value_checked_weight' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.checked_weight(float8) IS 'the weight; an error for one outside 0.2 to 700';
CREATE FUNCTION vitk_internal.unknown_authority(authority text, known text) RETURNS text
    AS 'MODULE_PATHNAME', 'reference_value_unknown_authority' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.unknown_authority(text, text) IS 'an error that names the known authorities';
CREATE FUNCTION vitk_internal.limit_per_day(amount nutrient_amount, weight_kg float8) RETURNS nutrient_amount
    AS 'MODULE_PATHNAME', 'reference_value_per_day' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.limit_per_day(nutrient_amount, float8) IS
    'a reference value per kg of body weight times that weight, others unchanged';

CREATE TYPE reference_value_row AS (
    nutrient    nutrient,
    kind        text,
    amount      nutrient_amount,
    bound       text,
    basis       text,
    condition   text,
    authority   text,
    year        integer,
    source      text,
    note        text
);
COMMENT ON TYPE reference_value_row IS 'a row of reference_value(sex, age_years, ...)';
COMMENT ON COLUMN reference_value_row.nutrient IS 'in terms of which nutrient';
COMMENT ON COLUMN reference_value_row.kind IS 'kind of the value, see vitk.reference_value.kind';
COMMENT ON COLUMN reference_value_row.amount IS 'the value per day; NULL: bound says why';
COMMENT ON COLUMN reference_value_row.bound IS
    'value; at_least or at_most: a range with one end; hull: from the lowest to the highest of all values that may apply to a person whose sex, age or trimester is not known; none set: the authority examined it and set none; no value: it has values for others, but none for such a person';
COMMENT ON COLUMN reference_value_row.basis IS 'which nutrients of a profile count, see view vitk.limit_basis';
COMMENT ON COLUMN reference_value_row.condition IS 'for whom or with what diet the value applies; NULL: for all';
COMMENT ON COLUMN reference_value_row.authority IS 'who set it';
COMMENT ON COLUMN reference_value_row.year IS 'when';
COMMENT ON COLUMN reference_value_row.source IS 'where it was read';
COMMENT ON COLUMN reference_value_row.note IS 'what to know about the value';

CREATE FUNCTION vitk_internal.reference_value_hull(
    sex text, age_years float8, authority text, life_stage text, weight_kg float8)
RETURNS SETOF @extschema@.reference_value_row
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 10 SET search_path = pg_catalog, pg_temp SET jit = off AS $function$
BEGIN
    RETURN QUERY
    WITH stage AS (
        SELECT v.life_stage AS name FROM vitk.reference_value v
        WHERE (reference_value_hull.authority IS NULL OR v.authority = reference_value_hull.authority)
          AND starts_with(v.life_stage, reference_value_hull.life_stage || '_')
        UNION SELECT reference_value_hull.life_stage
        WHERE NOT EXISTS (SELECT FROM vitk.reference_value v
                          WHERE (reference_value_hull.authority IS NULL OR v.authority = reference_value_hull.authority)
                            AND starts_with(v.life_stage, reference_value_hull.life_stage || '_'))),
    age AS (
        SELECT reference_value_hull.age_years AS years WHERE reference_value_hull.age_years IS NOT NULL
        UNION SELECT v.age_min FROM vitk.reference_value v
        WHERE reference_value_hull.age_years IS NULL
          AND (reference_value_hull.authority IS NULL OR v.authority = reference_value_hull.authority)
          AND (reference_value_hull.life_stage = 'none'
               OR v.life_stage = reference_value_hull.life_stage
               OR starts_with(v.life_stage, reference_value_hull.life_stage || '_')
               OR NOT EXISTS (SELECT FROM vitk.reference_value s
                              WHERE (reference_value_hull.authority IS NULL OR s.authority = reference_value_hull.authority)
                                AND starts_with(s.life_stage, reference_value_hull.life_stage)))),
    cell AS (
        SELECT p.sex, age.years, stage.name AS life_stage, row_number() OVER () AS i, count(*) OVER () AS cells
        FROM unnest(CASE WHEN reference_value_hull.sex IS NULL THEN ARRAY['female', 'male']
                         ELSE ARRAY[reference_value_hull.sex] END) AS p (sex), age, stage),
    found AS (
        SELECT r.nutrient::text AS code, r.kind, r.authority, cell.i,
               CASE WHEN r.kind IN (@list reference_value_kind.csv role=enough@) THEN 'enough' ELSE r.kind END AS role, r.condition, r.basis,
               CASE WHEN r.bound = 'no value' THEN 'no value' WHEN r.amount IS NULL THEN 'none set' ELSE r.bound END AS bound,
               @extschema@.lower(r.amount, @extschema@.unit(r.amount)) AS low,
               @extschema@.upper(r.amount, @extschema@.unit(r.amount)) AS high,
               @extschema@.unit(r.amount) AS unit, r.year, r.source, r.note, cell.cells,
               -- a value per kg of body weight stays beside that per day
               strpos(r.note, 'kg.d) for ') > 0 AS weighed
        FROM cell, LATERAL @extschema@.reference_value(cell.sex, cell.years, reference_value_hull.authority,
                                                       cell.life_stage, reference_value_hull.weight_kg) r),
    -- an adequate intake is one that reaches what is enough at every age, be it called AI or RDA there
    hull AS (
        SELECT f.code, max(f.kind COLLATE "C") AS kind, string_agg(DISTINCT f.kind, ' or ') AS kinds, f.authority, f.condition,
               f.basis, f.bound, f.unit, min(f.low) AS low, max(f.high) AS high,
               max(f.year) AS year, min(f.year) AS first_year, min(f.source) AS source,
               max(f.cells) > count(DISTINCT f.i) AS in_part,
               CASE WHEN count(DISTINCT coalesce(f.note, '')) = 1 THEN min(f.note) END AS note,
               count(DISTINCT (f.low, f.high)) > 1 AS varies,
               count(*) OVER (PARTITION BY f.authority, f.code, f.role) AS others, coalesce(f.weighed, false) AS weighed
        FROM found f
        GROUP BY f.code, f.role, f.authority, f.condition, f.basis, f.bound, f.unit, coalesce(f.weighed, false))
    SELECT h.code::@extschema@.nutrient, h.kind, @extschema@.nutrient_amount(h.low, h.high, h.unit),
           CASE WHEN h.varies AND h.bound = 'value' THEN 'hull' ELSE h.bound END,
           h.basis, h.condition, h.authority, h.year, h.source,
           concat_ws('; ', h.note, CASE WHEN h.weighed AND h.note IS NULL THEN 'per kg of body weight' END,
               CASE WHEN h.kind <> h.kinds THEN h.kinds END,
               CASE WHEN h.varies THEN concat_ws(' and ', CASE WHEN reference_value_hull.sex IS NULL THEN 'sex' END,
                                           CASE WHEN reference_value_hull.age_years IS NULL THEN 'age' END,
                                           CASE WHEN (SELECT count(*) FROM stage) > 1 THEN 'part of ' || reference_value_hull.life_stage END)
                                       || ' not known: from the lowest to the highest that may apply' END,
               CASE WHEN h.first_year < h.year THEN 'values of ' || h.first_year::text || ' to ' || h.year::text END,
               CASE WHEN h.in_part AND h.bound <> 'no value'
                    THEN 'for some whom this may be, the authority has no such value' END)
    FROM hull h
    WHERE h.bound <> 'no value' OR h.others = 1;
END
$function$;
COMMENT ON FUNCTION vitk_internal.reference_value_hull(text, float8, text, text, float8) IS
    'the values of reference_value() for a person whose sex, age or trimester is not known: for each nutrient and kind, from the lowest to the highest that may apply, with a note';

CREATE FUNCTION vitk_internal.age_band(age_years float8, ages float8[]) RETURNS float8
    AS 'MODULE_PATHNAME', 'reference_value_age_band' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.age_band(float8, float8[]) IS
    'the greatest of these ages, which are in order, that is not above the age; 0 where there is none: limits are the same from one of the ages where limits change to the next';

-- What reads the whole table for a query, not for a person: (SELECT f()) is asked once.  COST: in a query whose
-- planner takes a cohort's part for that of a person, the sum of many would look worth compiling (jit_above_cost).
CREATE FUNCTION vitk_internal.limit_age_bands() RETURNS float8[]
LANGUAGE sql STABLE PARALLEL SAFE COST 1
BEGIN ATOMIC
    SELECT pg_catalog.array_agg(b.age ORDER BY b.age)
    FROM (SELECT v.age_min AS age FROM vitk.reference_value v UNION SELECT v.age_max FROM vitk.reference_value v) b;
END;
COMMENT ON FUNCTION vitk_internal.limit_age_bands() IS 'the ages at which limits change, in order';
CREATE FUNCTION vitk_internal.known_authority(authority text) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 1
BEGIN ATOMIC
    SELECT coalesce((SELECT k.authority FROM vitk.reference_value k
                     WHERE pg_catalog.lower(k.authority) = pg_catalog.lower(known_authority.authority)
                     ORDER BY k.authority COLLATE "C" LIMIT 1),
                    vitk_internal.unknown_authority(known_authority.authority,
                        (SELECT string_agg(DISTINCT k.authority COLLATE "C", ', ') FROM vitk.reference_value k)));
END;
COMMENT ON FUNCTION vitk_internal.known_authority(text) IS 'an authority as the table writes it, read in either case; an error for others';
CREATE FUNCTION vitk_internal.has_parts(authority text, life_stage text) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT EXISTS (SELECT FROM vitk.reference_value f
                   WHERE pg_catalog.strpos(f.life_stage, '_') > 0
                     AND (has_parts.authority IS NULL OR pg_catalog.lower(f.authority) = pg_catalog.lower(has_parts.authority))
                     AND starts_with(f.life_stage, pg_catalog.lower(has_parts.life_stage) || '_'));
END;
COMMENT ON FUNCTION vitk_internal.has_parts(text, text) IS
    'whether the authority, or any where it is NULL, has values for parts of the life stage, such as trimesters';

CREATE FUNCTION reference_value(
    sex         text,
    age_years   float8,
    authority   text DEFAULT 'NAM',
    life_stage  text DEFAULT 'none',
    weight_kg   float8 DEFAULT NULL)
RETURNS SETOF reference_value_row
LANGUAGE sql STABLE PARALLEL SAFE ROWS 100
BEGIN ATOMIC
    -- What is found for a sex, a band of ages and a life stage serves everyone of them: the planner keeps it (Memoize),
    -- for which q and r must stay apart, so OFFSET 0 in each, and r ask for nothing that is one person's own.
    SELECT r.nutrient, r.kind,
           CASE WHEN r.per_kg
                THEN coalesce(vitk_internal.limit_per_day(r.amount, q.kg) + vitk_internal.limit_per_day(r.added, q.kg),
                              vitk_internal.limit_per_day(r.amount, q.kg))
                ELSE r.amount END AS amount,
           r.bound, r.basis, r.condition, r.authority, r.year, r.source,
           CASE WHEN r.per_kg
                THEN nullif(pg_catalog.concat_ws('; ', r.note, r.amount::text || coalesce(' for ' || q.kg::numeric::text || ' kg',
                                                                   ': the body weight is not known'), r.later_note), '')
                ELSE r.note END AS note
    FROM (SELECT vitk_internal.person_sex(reference_value.sex, reference_value.life_stage) AS sex,
                 CASE vitk_internal.person_sex(reference_value.sex, reference_value.life_stage)
                      WHEN 'female' THEN 'male' ELSE 'female' END AS other_sex,
                 vitk_internal.age_band(vitk_internal.checked_age(reference_value.age_years),
                                        (SELECT vitk_internal.limit_age_bands())) AS age,
                 vitk_internal.person_life_stage(reference_value.life_stage) AS stage,
                 pg_catalog.split_part(vitk_internal.person_life_stage(reference_value.life_stage), '_', 1) AS whole_stage,
                 vitk_internal.checked_weight(reference_value.weight_kg) AS kg,
                 reference_value.weight_kg IS NOT NULL AS weighed,
                 (SELECT vitk_internal.known_authority(reference_value.authority)) AS authority,
                 CASE WHEN reference_value.sex IS NULL AND coalesce(reference_value.life_stage, 'none') = 'none'
                        OR reference_value.age_years IS NULL THEN false
                      WHEN pg_catalog.lower(reference_value.life_stage) IN ('pregnancy', 'lactation')
                      THEN NOT vitk_internal.has_parts(reference_value.authority, reference_value.life_stage)
                      ELSE true END AS known,
                 -- of a person well known the weight comes in above
                 CASE WHEN reference_value.sex IS NULL OR reference_value.age_years IS NULL
                        OR pg_catalog.lower(reference_value.life_stage) IN ('pregnancy', 'lactation')
                      THEN vitk_internal.checked_weight(reference_value.weight_kg) END AS hull_kg
          OFFSET 0) q,
         LATERAL (
            SELECT w.nutrient, w.kind, w.per_kg, w.added,
                   CASE WHEN w.per_kg THEN w.amount ELSE coalesce(w.amount + w.added, w.amount) END AS amount,
                   CASE WHEN w.per_kg AND NOT q.weighed THEN 'no value' WHEN w.amount IS NULL AND w.bound = 'value' THEN 'none set'
                        ELSE w.bound END AS bound,
                   coalesce(w.basis, w.nutrient::text) AS basis, w.condition, w.authority, w.year, w.source,
                   nullif(pg_catalog.concat_ws('; ', w.note, w.added::text || ' added for ' || q.stage, w.added_note,
                                               CASE WHEN NOT w.per_kg THEN w.later_note END), '') AS note,
                   w.later_note
            -- one row for each nutrient, kind and condition, and one more per kg of body weight where a weight is
            -- given: that of the life stage before that of the age, the newer before the older, your own before that
            -- which is shipped.  A nutrient that has values for others only gives a row that says so.  ROW, which finds
            -- at run time what it is sorted by: pg_upgrade makes functions before operator classes.
            FROM (SELECT x.*,
                         nullif(pg_catalog.concat_ws('; ',
                             CASE WHEN x.life_stage = 'none' AND q.stage <> 'none' AND x.added IS NULL AND x.bound <> 'no value'
                                  THEN 'nothing set for ' || q.stage || ': the value for the age applies' END,
                             CASE WHEN x.first_year < x.last_year
                                  THEN 'values of ' || x.authority || ' for it here are from ' || x.first_year::text || ' to ' || x.last_year::text END), '') AS later_note
                  FROM (SELECT u.*,
                               min(u.year) OVER (PARTITION BY u.authority, ROW(u.nutrient)) AS first_year,
                               max(u.year) OVER (PARTITION BY u.authority, ROW(u.nutrient)) AS last_year,
                               count(*) FILTER (WHERE u.bound <> 'no value') OVER (PARTITION BY u.authority, ROW(u.nutrient), u.other
                                   ORDER BY u.kind COLLATE "C" ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS valued
                        FROM ((SELECT DISTINCT ON (v.authority, ROW(v.nutrient), v.kind, v.condition, vitk_internal.is_per_kg(v.amount) AND q.weighed)
                                      v.authority, v.nutrient, v.kind, v.condition, vitk_internal.is_per_kg(v.amount) AS per_kg, v.amount, v.bound, v.basis, v.year,
                                      v.source, v.note, v.life_stage, a.amount AS added, a.note AS added_note,
                                      v.kind NOT IN (@list reference_value_kind.csv role=average|enough@) AS other
                               FROM vitk.reference_value v
                               LEFT JOIN vitk.reference_value a
                                   ON a.add_on AND v.life_stage = 'none' AND a.life_stage IN (q.stage, q.whole_stage)
                                  AND a.authority = v.authority AND a.nutrient = v.nutrient AND a.kind = v.kind
                                  AND a.year IS NOT DISTINCT FROM v.year AND (NOT vitk_internal.is_per_kg(a.amount) OR vitk_internal.is_per_kg(v.amount))
                                  AND (a.condition IS NULL OR a.condition = v.condition)
                                  AND a.age_min <= q.age AND q.age < a.age_max
                               WHERE q.known
                                 AND v.age_min <= q.age AND q.age < v.age_max
                                 AND NOT v.add_on
                                 AND (reference_value.authority IS NULL OR v.authority = q.authority)
                                 AND v.sex <> q.other_sex
                                 AND (v.life_stage = 'none' OR v.life_stage = q.stage OR v.life_stage = q.whole_stage)
                               ORDER BY v.authority, ROW(v.nutrient), v.kind, v.condition, vitk_internal.is_per_kg(v.amount) AND q.weighed,
                                        vitk_internal.is_per_kg(v.amount), v.life_stage = 'none', v.life_stage <> q.stage, v.year DESC NULLS LAST, v.builtin,
                                        a.life_stage <> q.stage, a.builtin, vitk_internal.is_per_kg(a.amount) <> vitk_internal.is_per_kg(v.amount), a.condition)
                              UNION ALL
                              SELECT o.authority, o.nutrient, o.kind, NULL, false, NULL, 'no value', NULL, NULL,
                                     o.source, 'no value for such a person, only for ages from ' || o.age_min::numeric::text || ' to below '
                                         || o.age_max::numeric::text || ' years', 'none', NULL, NULL, o.other
                              FROM (SELECT k.authority, (pg_catalog.array_agg(k.nutrient))[1] AS nutrient, max(k.kind COLLATE "C") AS kind,
                                           min(k.age_min) AS age_min, max(k.age_max) AS age_max, min(k.source) AS source,
                                           k.kind NOT IN (@list reference_value_kind.csv role=average|enough@) AS other
                                    FROM vitk.reference_value k
                                    WHERE (reference_value.authority IS NULL OR pg_catalog.lower(k.authority) = pg_catalog.lower(reference_value.authority))
                                      AND k.amount IS NOT NULL
                                      AND k.kind IN (@list reference_value_kind.csv role=average|enough|upper|label@)
                                    GROUP BY k.authority, k.nutrient::text, k.kind NOT IN (@list reference_value_kind.csv role=average|enough@)) o
                              WHERE q.known) u) x
                  WHERE CASE x.bound WHEN 'no value' THEN x.valued = 0 ELSE true END) w
            UNION ALL
            SELECT (h.value).nutrient, (h.value).kind, false, NULL, (h.value).amount, (h.value).bound, (h.value).basis, (h.value).condition,
                   (h.value).authority, (h.value).year, (h.value).source, (h.value).note, NULL
            FROM (SELECT vitk_internal.reference_value_hull(q.sex, q.age, q.authority, q.stage, q.hull_kg) AS value
                  WHERE NOT q.known) h
            OFFSET 0) r;
END;
COMMENT ON FUNCTION reference_value(text, float8, text, text, float8) IS
    'the reference values that apply to a person: sex female or male (F, M), age in years, authority (NULL = all of them), life stage none (NULL), pregnancy or lactation, weight in kg; names in upper or lower case; for an unknown sex or age, from the lowest to the highest of all that may apply; a row "no value" for a nutrient that the authority has values for, but none for such a person, or one per kg where no weight is given; errors: other names, an age outside 0 to below 150, a weight outside 0.2 to 700';
