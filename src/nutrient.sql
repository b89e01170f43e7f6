-- nutrient: a substance of the registry

CREATE TYPE nutrient;

CREATE FUNCTION vitk_internal.nutrient_in(cstring) RETURNS nutrient
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.nutrient_in(cstring) IS 'I/O';
CREATE FUNCTION vitk_internal.nutrient_out(nutrient) RETURNS cstring
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.nutrient_out(nutrient) IS 'I/O';
CREATE FUNCTION vitk_internal.nutrient_recv(internal) RETURNS nutrient
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.nutrient_recv(internal) IS 'I/O';
CREATE FUNCTION vitk_internal.nutrient_send(nutrient) RETURNS bytea
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.nutrient_send(nutrient) IS 'I/O';

CREATE TYPE nutrient (
    INPUT = vitk_internal.nutrient_in,
    OUTPUT = vitk_internal.nutrient_out,
    RECEIVE = vitk_internal.nutrient_recv,
    SEND = vitk_internal.nutrient_send,
    INTERNALLENGTH = 4,
    ALIGNMENT = int4,
    PASSEDBYVALUE
);
COMMENT ON TYPE nutrient IS
    'a substance, such as MK-4; reads codes, names, INFOODS tags and USDA numbers (view vitk.nutrient lists them)';

CREATE CAST (nutrient AS text) WITH INOUT AS ASSIGNMENT;
COMMENT ON CAST (nutrient AS text) IS 'the code of the nutrient';
CREATE CAST (text AS nutrient) WITH INOUT;
COMMENT ON CAST (text AS nutrient) IS 'the nutrient of this code, name, INFOODS tag or USDA number';

@comparison nutrient: nutrient; place in the registry@

-- what the registry says of a nutrient

CREATE FUNCTION nutrient_name(nutrient) RETURNS text
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nutrient_name(nutrient) IS 'name of the nutrient, such as menaquinone-4';
CREATE FUNCTION unit(nutrient) RETURNS text
    AS 'MODULE_PATHNAME', 'nutrient_unit' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION unit(nutrient) IS 'unit in which profiles keep and print the nutrient (UCUM code)';
CREATE FUNCTION molar_mass(nutrient) RETURNS float8
    AS 'MODULE_PATHNAME', 'nutrient_molar_mass' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION molar_mass(nutrient) IS 'molar mass in g/mol; NULL for sums such as total vitamin K';

CREATE VIEW vitk.nutrient AS
    SELECT code::nutrient AS nutrient, code, name, "group" AS nutrient_group, unit,
           string_to_array(synonyms, '|') AS synonyms, molar_mass::float8, units_per_iu::float8,
           infoods, usda, chebi, cas, source
    FROM (@values nutrient.csv@
    ) AS v (id, code, name, "group", unit, synonyms, molar_mass, units_per_iu, infoods, usda, chebi, cas, source);
COMMENT ON VIEW vitk.nutrient IS 'the registry of nutrients, with the names by which type nutrient reads them';
COMMENT ON COLUMN vitk.nutrient.nutrient IS 'the nutrient';
COMMENT ON COLUMN vitk.nutrient.code IS 'its code, as printed';
COMMENT ON COLUMN vitk.nutrient.name IS 'its chemical or common name';
COMMENT ON COLUMN vitk.nutrient.nutrient_group IS 'vitamin K, vitamin D, vitamin A, mineral, energy or macronutrient';
COMMENT ON COLUMN vitk.nutrient.unit IS 'unit in which profiles keep and print it (UCUM code)';
COMMENT ON COLUMN vitk.nutrient.synonyms IS 'further names that are read';
COMMENT ON COLUMN vitk.nutrient.molar_mass IS 'g/mol; NULL for sums of several substances';
COMMENT ON COLUMN vitk.nutrient.units_per_iu IS 'amount of one international unit, in the unit of the nutrient; NULL where there is none';
COMMENT ON COLUMN vitk.nutrient.infoods IS 'INFOODS tag name';
COMMENT ON COLUMN vitk.nutrient.usda IS 'USDA nutrient number';
COMMENT ON COLUMN vitk.nutrient.chebi IS 'ChEBI identifier';
COMMENT ON COLUMN vitk.nutrient.cas IS 'CAS registry number';
COMMENT ON COLUMN vitk.nutrient.source IS 'where molar mass and IU factor come from';
GRANT SELECT ON vitk.nutrient TO PUBLIC;

CREATE VIEW vitk.nutrient_flat AS
    SELECT code AS nutrient, row_number() OVER (ORDER BY nutrient)::integer AS nutrient_order, name, nutrient_group,
           unit, pg_catalog.array_to_string(synonyms, ', ') AS synonyms, molar_mass, units_per_iu, infoods, usda, chebi, cas, source
    FROM vitk.nutrient;
COMMENT ON VIEW vitk.nutrient_flat IS 'vitk.nutrient in plain columns, for BI tools';
COMMENT ON COLUMN vitk.nutrient_flat.nutrient IS 'key: code of the nutrient, as type nutrient prints it';
COMMENT ON COLUMN vitk.nutrient_flat.nutrient_order IS 'to sort by, from 1: MK-4 before MK-10';
COMMENT ON COLUMN vitk.nutrient_flat.name IS 'its chemical or common name';
COMMENT ON COLUMN vitk.nutrient_flat.nutrient_group IS 'vitamin K, vitamin D, vitamin A, mineral, energy or macronutrient';
COMMENT ON COLUMN vitk.nutrient_flat.unit IS 'unit in which profiles keep and print it (UCUM code)';
COMMENT ON COLUMN vitk.nutrient_flat.synonyms IS 'further names that are read; NULL: none';
COMMENT ON COLUMN vitk.nutrient_flat.molar_mass IS 'g/mol; NULL for sums of several substances';
COMMENT ON COLUMN vitk.nutrient_flat.units_per_iu IS 'amount of one international unit, in unit; NULL where there is none';
COMMENT ON COLUMN vitk.nutrient_flat.infoods IS 'INFOODS tag name';
COMMENT ON COLUMN vitk.nutrient_flat.usda IS 'USDA nutrient number';
COMMENT ON COLUMN vitk.nutrient_flat.chebi IS 'ChEBI identifier';
COMMENT ON COLUMN vitk.nutrient_flat.cas IS 'CAS registry number';
COMMENT ON COLUMN vitk.nutrient_flat.source IS 'where molar mass and IU factor come from';
GRANT SELECT ON vitk.nutrient_flat TO PUBLIC;
