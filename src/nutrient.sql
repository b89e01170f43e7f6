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

CREATE FUNCTION vitk_internal.nutrient_rows(
    OUT nutrient nutrient, OUT "position" integer, OUT molar_mass float8, OUT units_per_iu float8,
    OUT parent nutrient, OUT variant_of nutrient, OUT code text, OUT name text, OUT nutrient_group text, OUT unit text,
    OUT synonyms text, OUT infoods text, OUT usda text, OUT fdc text, OUT formula text, OUT chebi text, OUT cas text,
    OUT sum_of text, OUT note text, OUT source text)
    RETURNS SETOF record
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 659;
COMMENT ON FUNCTION vitk_internal.nutrient_rows() IS 'the registry as the library has it; lists are separated by |';

CREATE VIEW vitk.nutrient AS
    SELECT nutrient, code, name, nutrient_group, unit, "position", string_to_array(synonyms, '|') AS synonyms,
           molar_mass, units_per_iu, string_to_array(infoods, '|') AS infoods, string_to_array(usda, '|') AS usda,
           string_to_array(fdc, '|') AS fdc, formula, chebi, cas, parent, sum_of, variant_of, note, source
    FROM vitk_internal.nutrient_rows();
COMMENT ON VIEW vitk.nutrient IS 'the registry of nutrients, with the names by which type nutrient reads them';
COMMENT ON COLUMN vitk.nutrient.nutrient IS 'the nutrient';
COMMENT ON COLUMN vitk.nutrient.code IS 'its code, as printed';
COMMENT ON COLUMN vitk.nutrient.name IS 'its chemical or common name';
COMMENT ON COLUMN vitk.nutrient.nutrient_group IS 'vitamin K, mineral, fatty acid, ...: one of 22 groups';
COMMENT ON COLUMN vitk.nutrient.unit IS 'unit in which profiles keep and print it (UCUM code)';
COMMENT ON COLUMN vitk.nutrient."position" IS 'place in an order for people, which is the order of the type: it never changes between two nutrients';
COMMENT ON COLUMN vitk.nutrient.synonyms IS 'other names that are read';
COMMENT ON COLUMN vitk.nutrient.molar_mass IS 'g/mol; NULL for sums of several substances';
COMMENT ON COLUMN vitk.nutrient.units_per_iu IS 'amount of one international unit, in the unit of the nutrient; NULL where there is none or no single one';
COMMENT ON COLUMN vitk.nutrient.infoods IS 'INFOODS tag names; ambiguous ones are refused as names';
COMMENT ON COLUMN vitk.nutrient.usda IS 'USDA nutrient numbers (the older ones of three digits, which are read as names)';
COMMENT ON COLUMN vitk.nutrient.fdc IS 'ids of FoodData Central';
COMMENT ON COLUMN vitk.nutrient.formula IS 'chemical formula, from which the molar mass is computed';
COMMENT ON COLUMN vitk.nutrient.chebi IS 'ChEBI identifier';
COMMENT ON COLUMN vitk.nutrient.cas IS 'CAS registry number';
COMMENT ON COLUMN vitk.nutrient.parent IS 'the nutrient of which this is a part';
COMMENT ON COLUMN vitk.nutrient.sum_of IS 'what a sum adds up, in words';
COMMENT ON COLUMN vitk.nutrient.variant_of IS 'the nutrient that this measures in another way: the two are not compared';
COMMENT ON COLUMN vitk.nutrient.note IS 'what to watch out for';
COMMENT ON COLUMN vitk.nutrient.source IS 'where the row comes from';
GRANT SELECT ON vitk.nutrient TO PUBLIC;

CREATE VIEW vitk.nutrient_flat AS
    SELECT code AS nutrient, row_number() OVER (ORDER BY "position")::integer AS nutrient_order, name, nutrient_group,
           unit, "position", pg_catalog.array_to_string(synonyms, ', ') AS synonyms, molar_mass, units_per_iu,
           pg_catalog.array_to_string(infoods, ', ') AS infoods, pg_catalog.array_to_string(usda, ', ') AS usda,
           pg_catalog.array_to_string(fdc, ', ') AS fdc, formula, chebi, cas,
           parent::text AS parent, sum_of, variant_of::text AS variant_of, note, source
    FROM vitk.nutrient;
COMMENT ON VIEW vitk.nutrient_flat IS 'vitk.nutrient in plain columns, for BI tools';
@comments vitk.nutrient_flat from vitk.nutrient: name, nutrient_group, unit, "position", molar_mass, units_per_iu, formula, chebi, cas, parent, sum_of, variant_of@
@comments vitk.nutrient_flat from vitk.nutrient: note, source@
COMMENT ON COLUMN vitk.nutrient_flat.nutrient IS 'key: code of the nutrient, as type nutrient prints it';
COMMENT ON COLUMN vitk.nutrient_flat.nutrient_order IS 'to sort by, from 1: MK-4 before MK-10';
COMMENT ON COLUMN vitk.nutrient_flat.synonyms IS 'other names that are read; NULL: none';
COMMENT ON COLUMN vitk.nutrient_flat.infoods IS 'INFOODS tag names; NULL: none';
COMMENT ON COLUMN vitk.nutrient_flat.usda IS 'USDA nutrient numbers; NULL: none';
COMMENT ON COLUMN vitk.nutrient_flat.fdc IS 'ids of FoodData Central; NULL: none';
GRANT SELECT ON vitk.nutrient_flat TO PUBLIC;
