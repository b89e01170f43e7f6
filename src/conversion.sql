-- conversion: what vitamers of vitamin K count as MK-4

CREATE TYPE conversion;

CREATE FUNCTION vitk_internal.conversion_in(cstring) RETURNS conversion
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.conversion_in(cstring) IS 'I/O';
CREATE FUNCTION vitk_internal.conversion_out(conversion) RETURNS cstring
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.conversion_out(conversion) IS 'I/O';
CREATE FUNCTION vitk_internal.conversion_recv(internal) RETURNS conversion
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.conversion_recv(internal) IS 'I/O';
CREATE FUNCTION vitk_internal.conversion_send(conversion) RETURNS bytea
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.conversion_send(conversion) IS 'I/O';

CREATE TYPE conversion (
    INPUT = vitk_internal.conversion_in,
    OUTPUT = vitk_internal.conversion_out,
    RECEIVE = vitk_internal.conversion_recv,
    SEND = vitk_internal.conversion_send,
    INTERNALLENGTH = VARIABLE,
    ALIGNMENT = double,
    STORAGE = plain
);
COMMENT ON TYPE conversion IS
    'how much MK-4 each vitamer of vitamin K counts as, such as "molar: K1 0..0.25, MK-7 0.1" (mol MK-4 per mol) or "mass: MK-7 0.6852" (g per g); MK-4 counts as 1 unless given';

@comparison conversion: factors; nutrient, basis and bounds of the first factors that differ@

CREATE FUNCTION conversion(species text, method text, antagonist boolean DEFAULT false) RETURNS conversion
    AS 'MODULE_PATHNAME', 'conversion_builtin' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION conversion(text, text, boolean) IS
    'the built-in factors for a species (human, rat, mouse) and a method (bioconversion, article, molar, japan_dri, mk4_only), with a vitamin K antagonist, without one, or, where antagonist is NULL, from the lower to the higher of both; names in upper or lower case, an unknown one is an error; NULL where species or method is NULL; evidence and reasons: vitk.conversion_factor';

CREATE FUNCTION unnest(conversion, OUT nutrient nutrient, OUT basis text, OUT lower float8, OUT upper float8)
    RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'conversion_unnest' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 17;
COMMENT ON FUNCTION unnest(conversion) IS
    'the factors as rows: nutrient, basis (molar or mass), lower and upper bound';

CREATE FUNCTION draw(conversion conversion, seed bigint) RETURNS conversion
    AS 'MODULE_PATHNAME', 'conversion_draw' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION draw(conversion, bigint) IS
    'the same factors, where each interval is replaced by a value drawn within its bounds, uniformly and independently; the draw depends only on seed and nutrient, and is the same on every machine';

-- MK-4 equivalents

CREATE FUNCTION mk4_equivalent(profile nutrient_profile, conversion conversion) RETURNS nutrient_amount
    AS 'MODULE_PATHNAME', 'conversion_mk4_equivalent' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION mk4_equivalent(nutrient_profile, conversion) IS
    'vitamin K of the profile in ug of MK-4 by these factors, an interval where amounts or factors are intervals; a nutrient without a factor is not counted, nor is what the profile does not know (see mk4_coverage), so that the upper bound is of what is known; NULL when the profile has no nutrient with a factor; where a profile has a total and its parts, the lower bound counts them once; the upper bound counts the total in full, or, where it is known for all of the mass, only what it contains besides the parts';

CREATE FUNCTION mk4_equivalent(profile nutrient_profile, species text DEFAULT 'human',
    method text DEFAULT 'bioconversion', antagonist boolean DEFAULT false) RETURNS nutrient_amount
    AS 'MODULE_PATHNAME', 'conversion_mk4_equivalent_builtin' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION mk4_equivalent(nutrient_profile, text, text, boolean) IS
    'vitamin K of the profile in ug of MK-4 by the built-in factors: mk4_equivalent(profile, conversion(species, method, antagonist)); antagonist NULL: not known, from the lower to the higher of both; an unknown species or method is an error; sources: vitk.conversion_evidence';

CREATE FUNCTION mk4_coverage(profile nutrient_profile, conversion conversion) RETURNS float8
    AS 'MODULE_PATHNAME', 'conversion_mk4_coverage' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION mk4_coverage(nutrient_profile, conversion) IS
    'share of the mass, 0 to 1, for which mk4_equivalent rests on known amounts: the lower coverage of K1 and MK-4, as far as these factors count them, where total vitamin K (for both) and K2 (for MK-4) serve as well if they count; the other vitamers are left out because hardly any table has them: see coverage(); for a supplement 1 where something counts, else 0; NULL when neither K1 nor MK-4 counts, and where more was eaten of unknown mass';

CREATE FUNCTION mk4_coverage(profile nutrient_profile, species text DEFAULT 'human',
    method text DEFAULT 'bioconversion', antagonist boolean DEFAULT false) RETURNS float8
    AS 'MODULE_PATHNAME', 'conversion_mk4_coverage_builtin' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION mk4_coverage(nutrient_profile, text, text, boolean) IS
    'share of the mass for which mk4_equivalent of the same arguments rests on known amounts: mk4_coverage(profile, conversion(species, method, antagonist))';

-- the evidence

CREATE TABLE vitk.conversion_evidence (
    evidence_id text PRIMARY KEY,
    species text NOT NULL,
    population text,
    nutrients nutrient[],
    dose text,
    route text,
    antagonist text,
    tissue text,
    quantity text,
    lower float8 CHECK (lower < 'Infinity' AND lower > '-Infinity'),
    best float8 CHECK (best < 'Infinity' AND best > '-Infinity'),
    upper float8 CHECK (upper < 'Infinity' AND upper > '-Infinity'),
    unit text,
    role text,
    finding text NOT NULL,
    citation text NOT NULL,
    doi text CHECK (doi ~ '^10\.[0-9]+/'),
    builtin boolean NOT NULL DEFAULT false,
    CHECK (lower <= upper AND lower <= best AND best <= upper)
);
COMMENT ON TABLE vitk.conversion_evidence IS
    'what was found about the conversion of vitamin K to MK-4 in humans, rats and mice, with and without an antagonist; findings that disagree are listed side by side; add your own rows';
COMMENT ON COLUMN vitk.conversion_evidence.evidence_id IS 'key: first author, year and what was looked at';
COMMENT ON COLUMN vitk.conversion_evidence.species IS 'human, rat, mouse or in vitro';
COMMENT ON COLUMN vitk.conversion_evidence.population IS 'which people or animals, as far as the source says';
COMMENT ON COLUMN vitk.conversion_evidence.nutrients IS 'the vitamers looked at';
COMMENT ON COLUMN vitk.conversion_evidence.dose IS 'dose, as the source gives it';
COMMENT ON COLUMN vitk.conversion_evidence.route IS 'route of the dose';
COMMENT ON COLUMN vitk.conversion_evidence.antagonist IS 'vitamin K antagonist and its dose, or none';
COMMENT ON COLUMN vitk.conversion_evidence.tissue IS 'where it was measured';
COMMENT ON COLUMN vitk.conversion_evidence.quantity IS 'what was measured';
COMMENT ON COLUMN vitk.conversion_evidence.lower IS 'lower bound of the quantity, in unit; NULL: not given';
COMMENT ON COLUMN vitk.conversion_evidence.best IS 'the value given, in unit; NULL: not given, or not detectable';
COMMENT ON COLUMN vitk.conversion_evidence.upper IS 'upper bound of the quantity, in unit; NULL: not given';
COMMENT ON COLUMN vitk.conversion_evidence.unit IS 'unit of lower, best and upper; NULL: none';
COMMENT ON COLUMN vitk.conversion_evidence.role IS 'what it means for the factors';
COMMENT ON COLUMN vitk.conversion_evidence.finding IS 'the finding, in short';
COMMENT ON COLUMN vitk.conversion_evidence.citation IS 'source';
COMMENT ON COLUMN vitk.conversion_evidence.doi IS 'DOI of the source; NULL: it has none';
COMMENT ON COLUMN vitk.conversion_evidence.builtin IS 'shipped with vitk; false for your own rows';
GRANT SELECT ON vitk.conversion_evidence TO PUBLIC;
GRANT INSERT, UPDATE, DELETE ON vitk.conversion_evidence TO pg_database_owner WITH GRANT OPTION;
SELECT pg_catalog.pg_extension_config_dump('vitk.conversion_evidence', 'WHERE NOT builtin');

@rows vitk.conversion_evidence conversion_evidence.csv@

-- the factors that follow from it, the very rows that are compiled into the functions

CREATE VIEW vitk.conversion_factor AS
    SELECT method, species, antagonist::boolean, n::nutrient AS nutrient, basis,
           lower::float8, upper::float8, string_to_array(evidence, ' ') AS evidence, reason
    FROM (@values conversion_factor.csv@
    ) AS v (method, species, antagonist, nutrients, basis, lower, upper, evidence, reason),
    string_to_table(nutrients, '|') AS n;
COMMENT ON VIEW vitk.conversion_factor IS
    'the built-in factors of mk4_equivalent, each with its evidence and reason; factors of your own are values of type conversion';
COMMENT ON COLUMN vitk.conversion_factor.method IS 'bioconversion, article, molar, japan_dri or mk4_only';
COMMENT ON COLUMN vitk.conversion_factor.species IS 'human, rat or mouse; NULL: any';
COMMENT ON COLUMN vitk.conversion_factor.antagonist IS 'with a vitamin K antagonist; NULL: with or without';
COMMENT ON COLUMN vitk.conversion_factor.nutrient IS 'what is converted';
COMMENT ON COLUMN vitk.conversion_factor.basis IS 'molar: mol MK-4 per mol; mass: g MK-4 per g';
COMMENT ON COLUMN vitk.conversion_factor.lower IS 'lower bound of the factor';
COMMENT ON COLUMN vitk.conversion_factor.upper IS 'upper bound of the factor';
COMMENT ON COLUMN vitk.conversion_factor.evidence IS 'the rows of vitk.conversion_evidence that it rests on; NULL: none';
COMMENT ON COLUMN vitk.conversion_factor.reason IS 'why these bounds';
GRANT SELECT ON vitk.conversion_factor TO PUBLIC;

CREATE VIEW vitk.conversion_factor_flat AS
    SELECT pg_catalog.concat_ws('/', c.method, coalesce(c.species, 'any'),
                     CASE c.antagonist WHEN true THEN 'antagonist' WHEN false THEN 'without' ELSE 'any' END, n.nutrient) AS key,
           c.method, c.species, c.antagonist, n.nutrient, n.nutrient_order, c.basis, c.lower, c.upper,
           pg_catalog.array_to_string(c.evidence, ', ') AS evidence, c.reason
    FROM vitk.conversion_factor c JOIN vitk.nutrient_flat n ON n.nutrient = c.nutrient::text;
COMMENT ON VIEW vitk.conversion_factor_flat IS 'vitk.conversion_factor in plain columns, for BI tools';
@comments vitk.conversion_factor_flat from vitk.conversion_factor: method, species, antagonist, lower, upper, evidence, reason@
COMMENT ON COLUMN vitk.conversion_factor_flat.key IS 'key: method, species, antagonist and nutrient';
COMMENT ON COLUMN vitk.conversion_factor_flat.nutrient IS 'what is converted, see vitk.nutrient_flat';
COMMENT ON COLUMN vitk.conversion_factor_flat.nutrient_order IS 'to sort nutrients by';
COMMENT ON COLUMN vitk.conversion_factor_flat.basis IS 'unit of the factor: molar, mol MK-4 per mol; mass, g MK-4 per g';
GRANT SELECT ON vitk.conversion_factor_flat TO PUBLIC;
