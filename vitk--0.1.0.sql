\echo Use "CREATE EXTENSION vitk" to load this file. \quit

-- vitk: the schema of the reference tables

CREATE SCHEMA vitk;
COMMENT ON SCHEMA vitk IS 'Reference tables of the extension vitk: nutrients, foods, limits, conversions';
GRANT USAGE ON SCHEMA vitk TO PUBLIC;

-- nutrient: a substance of the registry

CREATE TYPE nutrient;

CREATE FUNCTION nutrient_in(cstring) RETURNS nutrient
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nutrient_in(cstring) IS 'I/O';
CREATE FUNCTION nutrient_out(nutrient) RETURNS cstring
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nutrient_out(nutrient) IS 'I/O';
CREATE FUNCTION nutrient_recv(internal) RETURNS nutrient
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nutrient_recv(internal) IS 'I/O';
CREATE FUNCTION nutrient_send(nutrient) RETURNS bytea
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nutrient_send(nutrient) IS 'I/O';

CREATE TYPE nutrient (
    INPUT = nutrient_in,
    OUTPUT = nutrient_out,
    RECEIVE = nutrient_recv,
    SEND = nutrient_send,
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

-- comparison: registry order

CREATE FUNCTION nutrient_eq(nutrient, nutrient) RETURNS boolean
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION nutrient_ne(nutrient, nutrient) RETURNS boolean
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION nutrient_lt(nutrient, nutrient) RETURNS boolean
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION nutrient_le(nutrient, nutrient) RETURNS boolean
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION nutrient_gt(nutrient, nutrient) RETURNS boolean
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION nutrient_ge(nutrient, nutrient) RETURNS boolean
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION nutrient_cmp(nutrient, nutrient) RETURNS integer
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION nutrient_hash(nutrient) RETURNS integer
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION nutrient_hash_extended(nutrient, bigint) RETURNS bigint
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION nutrient_eq(nutrient, nutrient) IS 'implementation of = operator';
COMMENT ON FUNCTION nutrient_ne(nutrient, nutrient) IS 'implementation of <> operator';
COMMENT ON FUNCTION nutrient_lt(nutrient, nutrient) IS 'implementation of < operator';
COMMENT ON FUNCTION nutrient_le(nutrient, nutrient) IS 'implementation of <= operator';
COMMENT ON FUNCTION nutrient_gt(nutrient, nutrient) IS 'implementation of > operator';
COMMENT ON FUNCTION nutrient_ge(nutrient, nutrient) IS 'implementation of >= operator';
COMMENT ON FUNCTION nutrient_cmp(nutrient, nutrient) IS 'less-equal-greater, by registry order';
COMMENT ON FUNCTION nutrient_hash(nutrient) IS 'hash';
COMMENT ON FUNCTION nutrient_hash_extended(nutrient, bigint) IS 'hash with seed';

CREATE OPERATOR = (
    LEFTARG = nutrient, RIGHTARG = nutrient, FUNCTION = nutrient_eq,
    COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES);
CREATE OPERATOR <> (
    LEFTARG = nutrient, RIGHTARG = nutrient, FUNCTION = nutrient_ne,
    COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel);
CREATE OPERATOR < (
    LEFTARG = nutrient, RIGHTARG = nutrient, FUNCTION = nutrient_lt,
    COMMUTATOR = >, NEGATOR = >=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel);
CREATE OPERATOR <= (
    LEFTARG = nutrient, RIGHTARG = nutrient, FUNCTION = nutrient_le,
    COMMUTATOR = >=, NEGATOR = >, RESTRICT = scalarlesel, JOIN = scalarlejoinsel);
CREATE OPERATOR > (
    LEFTARG = nutrient, RIGHTARG = nutrient, FUNCTION = nutrient_gt,
    COMMUTATOR = <, NEGATOR = <=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel);
CREATE OPERATOR >= (
    LEFTARG = nutrient, RIGHTARG = nutrient, FUNCTION = nutrient_ge,
    COMMUTATOR = <=, NEGATOR = <, RESTRICT = scalargesel, JOIN = scalargejoinsel);
COMMENT ON OPERATOR = (nutrient, nutrient) IS 'the same nutrient';
COMMENT ON OPERATOR <> (nutrient, nutrient) IS 'not the same nutrient';
COMMENT ON OPERATOR < (nutrient, nutrient) IS 'stands before in the registry';
COMMENT ON OPERATOR <= (nutrient, nutrient) IS 'stands before in the registry, or the same';
COMMENT ON OPERATOR > (nutrient, nutrient) IS 'stands after in the registry';
COMMENT ON OPERATOR >= (nutrient, nutrient) IS 'stands after in the registry, or the same';

CREATE OPERATOR CLASS nutrient_ops DEFAULT FOR TYPE nutrient USING btree AS
    OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
    FUNCTION 1 nutrient_cmp(nutrient, nutrient);
COMMENT ON OPERATOR CLASS nutrient_ops USING btree IS 'registry order of nutrients';
COMMENT ON OPERATOR FAMILY nutrient_ops USING btree IS 'registry order of nutrients';
CREATE OPERATOR CLASS nutrient_ops DEFAULT FOR TYPE nutrient USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 nutrient_hash(nutrient),
    FUNCTION 2 nutrient_hash_extended(nutrient, bigint);
COMMENT ON OPERATOR CLASS nutrient_ops USING hash IS 'equality of nutrients';
COMMENT ON OPERATOR FAMILY nutrient_ops USING hash IS 'equality of nutrients';

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
    FROM (VALUES
('1', 'K1', 'phylloquinone', 'vitamin K', 'ug', 'vitamin K1|phytonadione|phytomenadione', '450.71', NULL, 'VITK1', '430', 'CHEBI:18067', '84-80-0', 'molar mass from the formula C31H46O2'),
('2', 'dK1', '2'',3''-dihydrophylloquinone', 'vitamin K', 'ug', 'dihydrophylloquinone|dihydro-K1|dihydro-vitamin K1', '452.72', NULL, 'VITK1D', '429', NULL, NULL, 'molar mass from the formula C31H48O2'),
('3', 'MK-4', 'menaquinone-4', 'vitamin K', 'ug', 'menatetrenone|menaquinone 4', '444.66', NULL, 'MK4', '428', 'CHEBI:78277', '863-61-6', 'molar mass from the formula C31H40O2'),
('4', 'MK-5', 'menaquinone-5', 'vitamin K', 'ug', NULL, '512.78', NULL, 'MK5', NULL, NULL, NULL, 'molar mass from the formula C36H48O2'),
('5', 'MK-6', 'menaquinone-6', 'vitamin K', 'ug', NULL, '580.9', NULL, 'MK6', NULL, NULL, NULL, 'molar mass from the formula C41H56O2'),
('6', 'MK-7', 'menaquinone-7', 'vitamin K', 'ug', NULL, '649.02', NULL, 'MK7', NULL, 'CHEBI:44245', '2124-57-4', 'molar mass from the formula C46H64O2'),
('7', 'MK-8', 'menaquinone-8', 'vitamin K', 'ug', NULL, '717.13', NULL, 'MK8', NULL, 'CHEBI:44027', NULL, 'molar mass from the formula C51H72O2'),
('8', 'MK-9', 'menaquinone-9', 'vitamin K', 'ug', NULL, '785.25', NULL, 'MK9', NULL, NULL, NULL, 'molar mass from the formula C56H80O2'),
('9', 'MK-10', 'menaquinone-10', 'vitamin K', 'ug', NULL, '853.37', NULL, 'MK10', NULL, NULL, NULL, 'molar mass from the formula C61H88O2'),
('10', 'MK-11', 'menaquinone-11', 'vitamin K', 'ug', NULL, '921.49', NULL, 'MK11', NULL, NULL, NULL, 'molar mass from the formula C66H96O2'),
('11', 'MK-12', 'menaquinone-12', 'vitamin K', 'ug', NULL, '989.61', NULL, 'MK12', NULL, NULL, NULL, 'molar mass from the formula C71H104O2'),
('12', 'MK-13', 'menaquinone-13', 'vitamin K', 'ug', NULL, '1057.73', NULL, 'MK13', NULL, NULL, NULL, 'molar mass from the formula C76H112O2'),
('13', 'K3', 'menadione', 'vitamin K', 'ug', 'vitamin K3', '172.18', NULL, NULL, NULL, 'CHEBI:28869', '58-27-5', 'molar mass from the formula C11H8O2'),
('14', 'K1O', 'phylloquinone 2,3-epoxide', 'vitamin K', 'ug', 'phylloquinone epoxide|K1 epoxide', '466.71', NULL, NULL, NULL, NULL, NULL, 'molar mass from the formula C31H46O3'),
('15', 'MK-4O', 'menaquinone-4 2,3-epoxide', 'vitamin K', 'ug', 'menaquinone-4 epoxide|MK-4 epoxide', '460.66', NULL, NULL, NULL, NULL, NULL, 'molar mass from the formula C31H40O3'),
('16', 'K2', 'vitamin K2, menaquinones not told apart', 'vitamin K', 'ug', 'vitamin K2|menaquinones|total K2', NULL, NULL, NULL, NULL, NULL, NULL, 'sum of MK-n: no single molar mass'),
('17', 'K', 'vitamin K, vitamers not told apart', 'vitamin K', 'ug', 'vitamin K|total K|total vitamin K', NULL, NULL, 'VITK', NULL, NULL, NULL, 'sum of vitamers: no single molar mass'),
('18', 'D2', 'ergocalciferol', 'vitamin D', 'ug', 'vitamin D2', '396.66', '0.025', 'ERGCAL', '325', NULL, NULL, 'molar mass from the formula C28H44O; 40 IU = 1 ug: IOM 2011, doi:10.17226/13050'),
('19', 'D3', 'cholecalciferol', 'vitamin D', 'ug', 'vitamin D3|colecalciferol', '384.65', '0.025', 'CHOCAL', '326', NULL, NULL, 'molar mass from the formula C27H44O; 40 IU = 1 ug: IOM 2011, doi:10.17226/13050'),
('20', '25-OH-D3', '25-hydroxycholecalciferol', 'vitamin D', 'ug', 'calcifediol|calcidiol|25-hydroxyvitamin D3', '400.65', NULL, 'CHOCALOH', NULL, NULL, NULL, 'molar mass from the formula C27H44O2; no IU: factors in use differ'),
('21', 'D', 'vitamin D, D2 and D3 not told apart', 'vitamin D', 'ug', 'vitamin D|total D|total vitamin D', NULL, '0.025', 'VITD', '328', NULL, NULL, '40 IU = 1 ug: IOM 2011, doi:10.17226/13050; D2 and D3 differ in molar mass'),
('22', 'retinol', 'retinol, preformed vitamin A', 'vitamin A', 'ug', 'preformed vitamin A', '286.46', '0.3', 'RETOL', '319', NULL, NULL, 'molar mass from the formula C20H30O; 1 IU = 0.3 ug retinol: IOM 2001, doi:10.17226/10026'),
('23', 'beta-carotene', 'beta-carotene', 'vitamin A', 'ug', 'beta carotene|betacarotene', '536.89', NULL, 'CARTB', '321', NULL, NULL, 'molar mass from the formula C40H56; no IU: the 0.6 ug of oil and the 1.2-3.6 ug of food differ'),
('24', 'A-RAE', 'vitamin A, retinol activity equivalents', 'vitamin A', 'ug', 'RAE|vitamin A RAE', NULL, NULL, 'VITA_RAE', '320', NULL, NULL, 'a sum of activities: no molar mass; never mixed with RE'),
('25', 'A-RE', 'vitamin A, retinol equivalents', 'vitamin A', 'ug', 'RE|vitamin A RE', NULL, NULL, 'VITA', '392', NULL, NULL, 'a sum of activities: no molar mass; never mixed with RAE'),
('26', 'calcium', 'calcium', 'mineral', 'mg', 'Ca', '40.078', NULL, 'CA', '301', NULL, NULL, 'standard atomic weight (IUPAC)'),
('27', 'phosphorus', 'phosphorus', 'mineral', 'mg', 'P', '30.974', NULL, 'P', '305', NULL, NULL, 'standard atomic weight (IUPAC)'),
('28', 'magnesium', 'magnesium', 'mineral', 'mg', 'Mg', '24.305', NULL, 'MG', '306', NULL, NULL, 'standard atomic weight (IUPAC)'),
('29', 'energy', 'energy', 'energy', 'kcal', NULL, NULL, NULL, 'ENERC', '208', NULL, NULL, NULL),
('30', 'fat', 'total fat', 'macronutrient', 'g', 'total fat|total lipid', NULL, NULL, 'FAT', '204', NULL, NULL, NULL)
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
