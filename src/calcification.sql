-- calcification: a calcium burden and the method that measured it

CREATE TYPE calcification;

CREATE FUNCTION vitk_internal.calcification_in(cstring, oid, integer) RETURNS calcification
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.calcification_in(cstring, oid, integer) IS 'I/O';
CREATE FUNCTION vitk_internal.calcification_out(calcification) RETURNS cstring
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.calcification_out(calcification) IS 'I/O';
CREATE FUNCTION vitk_internal.calcification_recv(internal, oid, integer) RETURNS calcification
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.calcification_recv(internal, oid, integer) IS 'I/O';
CREATE FUNCTION vitk_internal.calcification_send(calcification) RETURNS bytea
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.calcification_send(calcification) IS 'I/O';
CREATE FUNCTION vitk_internal.calcification_typmod_in(cstring[]) RETURNS integer
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.calcification_typmod_in(cstring[]) IS 'I/O typmod';
CREATE FUNCTION vitk_internal.calcification_typmod_out(integer) RETURNS cstring
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.calcification_typmod_out(integer) IS 'I/O typmod';

CREATE TYPE calcification (
    INPUT = vitk_internal.calcification_in,
    OUTPUT = vitk_internal.calcification_out,
    RECEIVE = vitk_internal.calcification_recv,
    SEND = vitk_internal.calcification_send,
    TYPMOD_IN = vitk_internal.calcification_typmod_in,
    TYPMOD_OUT = vitk_internal.calcification_typmod_out,
    INTERNALLENGTH = 16,
    ALIGNMENT = double
);
COMMENT ON TYPE calcification IS
    'a calcium burden and its method: 312 AU (Agatston), 250 mm3 (volume), 48 mg (mass), 9 AAC24, 7.2 ug/mg (tissue, dry weight), 1.35 TBR; calcification(agatston) keeps a column to one method';

CREATE FUNCTION vitk_internal.calcification_typmod(calcification, integer) RETURNS calcification
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.calcification_typmod(calcification, integer) IS
    'keep to the method of the type modifier; an error for a value of another';
CREATE CAST (calcification AS calcification) WITH FUNCTION vitk_internal.calcification_typmod(calcification, integer) AS IMPLICIT;
COMMENT ON CAST (calcification AS calcification) IS 'keep to the method of the type modifier; an error for a value of another';

-- parts

CREATE FUNCTION calcification(value float8, method text) RETURNS calcification
    AS 'MODULE_PATHNAME', 'calcification_from_value' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION calcification(value float8, method text) IS
    'value by a method, which is given by its name (agatston) or its unit (AU); an error when the method is unknown or the value is out of its range';
CREATE FUNCTION value(calcification) RETURNS float8
    AS 'MODULE_PATHNAME', 'calcification_value' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION value(calcification) IS
    'the number, in the unit of the method; value(calcification, method) checks the method';
CREATE FUNCTION value(calcification, method text) RETURNS float8
    AS 'MODULE_PATHNAME', 'calcification_value_of' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION value(calcification, method text) IS
    'the number, in the unit of the method; an error when the value is by another method';
CREATE FUNCTION method(calcification) RETURNS text
    AS 'MODULE_PATHNAME', 'calcification_method' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION method(calcification) IS 'method: agatston, volume, mass, aac24, tissue or tbr';
CREATE FUNCTION unit(calcification) RETURNS text
    AS 'MODULE_PATHNAME', 'calcification_unit' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION unit(calcification) IS 'unit: AU, mm3, mg, AAC24, ug/mg or TBR';

-- order: method, then value.  Values of different methods are unequal and ordered all the
-- same, because operators of an operator class must not raise on values; a query in which
-- the two methods are known to differ is refused by their support function.

@comparison calcification: method and value; method, value; dimensions@

-- below and above, of one method alone

CREATE FUNCTION vitk_internal.calcification_surely_below(calcification, calcification) RETURNS boolean
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE SUPPORT vitk_internal.dimension_support;
COMMENT ON FUNCTION vitk_internal.calcification_surely_below(calcification, calcification) IS 'implementation of << operator';
CREATE FUNCTION vitk_internal.calcification_surely_above(calcification, calcification) RETURNS boolean
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE SUPPORT vitk_internal.dimension_support;
COMMENT ON FUNCTION vitk_internal.calcification_surely_above(calcification, calcification) IS 'implementation of >> operator';
CREATE OPERATOR << (
    LEFTARG = calcification, RIGHTARG = calcification, FUNCTION = vitk_internal.calcification_surely_below,
    COMMUTATOR = >>, RESTRICT = vitk_internal.dimension_belowsel, JOIN = scalarltjoinsel);
CREATE OPERATOR >> (
    LEFTARG = calcification, RIGHTARG = calcification, FUNCTION = vitk_internal.calcification_surely_above,
    COMMUTATOR = <<, RESTRICT = vitk_internal.dimension_abovesel, JOIN = scalargtjoinsel);
COMMENT ON OPERATOR << (calcification, calcification) IS 'below; an error when the methods differ';
COMMENT ON OPERATOR >> (calcification, calcification) IS 'above; an error when the methods differ';

-- aggregates: values of different methods are an error; no SORTOP: an index would find a
-- minimum among different methods without one

CREATE FUNCTION vitk_internal.calcification_smaller(calcification, calcification) RETURNS calcification
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.calcification_smaller(calcification, calcification) IS 'smaller of two values; an error when the methods differ';
CREATE FUNCTION vitk_internal.calcification_larger(calcification, calcification) RETURNS calcification
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.calcification_larger(calcification, calcification) IS 'larger of two values; an error when the methods differ';
CREATE AGGREGATE min(calcification) (
    SFUNC = vitk_internal.calcification_smaller, STYPE = calcification,
    COMBINEFUNC = vitk_internal.calcification_smaller, PARALLEL = SAFE);
COMMENT ON AGGREGATE min(calcification) IS 'smallest value; an error when methods differ';
CREATE AGGREGATE max(calcification) (
    SFUNC = vitk_internal.calcification_larger, STYPE = calcification,
    COMBINEFUNC = vitk_internal.calcification_larger, PARALLEL = SAFE);
COMMENT ON AGGREGATE max(calcification) IS 'largest value; an error when methods differ';

CREATE FUNCTION vitk_internal.calcification_pl(calcification, calcification) RETURNS calcification
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.calcification_pl(calcification, calcification) IS
    'aggregate transition and combine function: sum of two parts; an error when the methods differ';
CREATE FUNCTION vitk_internal.calcification_sum(calcification) RETURNS calcification
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.calcification_sum(calcification) IS 'aggregate final function: an error when the method is a ratio';
CREATE AGGREGATE sum(calcification) (
    SFUNC = vitk_internal.calcification_pl, STYPE = calcification, FINALFUNC = vitk_internal.calcification_sum,
    COMBINEFUNC = vitk_internal.calcification_pl, PARALLEL = SAFE);
COMMENT ON AGGREGATE sum(calcification) IS
    'sum of the parts of one scan, such as its arteries; an error when methods differ or the method is a ratio (tissue, tbr)';

-- the state of avg: count, sum, method
CREATE FUNCTION vitk_internal.calcification_avg_accum(float8[], calcification) RETURNS float8[]
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.calcification_avg_accum(float8[], calcification) IS 'aggregate transition function';
CREATE FUNCTION vitk_internal.calcification_avg_combine(float8[], float8[]) RETURNS float8[]
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.calcification_avg_combine(float8[], float8[]) IS 'aggregate combine function';
CREATE FUNCTION vitk_internal.calcification_avg(float8[]) RETURNS calcification
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.calcification_avg(float8[]) IS 'aggregate final function';
CREATE AGGREGATE avg(calcification) (
    SFUNC = vitk_internal.calcification_avg_accum, STYPE = float8[], SSPACE = 48, INITCOND = '{0,0,0}',
    FINALFUNC = vitk_internal.calcification_avg, COMBINEFUNC = vitk_internal.calcification_avg_combine, PARALLEL = SAFE);
COMMENT ON AGGREGATE avg(calcification) IS 'mean; an error when methods differ; less than half the minimum of vitk.calcification_method is 0';

-- the methods, the very rows that are compiled in

CREATE VIEW vitk.calcification_method AS
    SELECT code AS method, unit, string_to_array(aliases, '|') AS aliases, minimum::float8, maximum::float8, range_reason,
           additive::boolean, log_shift::float8, name, citation, doi
    FROM (@values calcification_method.csv@
    ) AS v (id, code, unit, aliases, minimum, maximum, range_reason, additive, log_shift, name, citation, doi);
COMMENT ON VIEW vitk.calcification_method IS 'the methods of type calcification, with their units and ranges';
COMMENT ON COLUMN vitk.calcification_method.method IS 'the method, as in calcification(agatston)';
COMMENT ON COLUMN vitk.calcification_method.unit IS 'its unit, as printed';
COMMENT ON COLUMN vitk.calcification_method.aliases IS 'other accepted spellings of the unit; NULL: none';
COMMENT ON COLUMN vitk.calcification_method.minimum IS 'smallest value beside 0, in unit; what is less is an error, a zero as SAS writes it is 0';
COMMENT ON COLUMN vitk.calcification_method.maximum IS 'largest value, in unit';
COMMENT ON COLUMN vitk.calcification_method.range_reason IS 'why nothing measures less or more';
COMMENT ON COLUMN vitk.calcification_method.additive IS 'values of the parts of one scan add up';
COMMENT ON COLUMN vitk.calcification_method.log_shift IS 's in the log_difference ln(x + s) of calcification_delta; NULL: none is in use. 25 is in use without a source that we have read: Erbel 2014, doi:10.1093/eurheartj/ehu288, has ln(x + 1)';
COMMENT ON COLUMN vitk.calcification_method.name IS 'what it measures';
COMMENT ON COLUMN vitk.calcification_method.citation IS 'source; NULL: none needed';
COMMENT ON COLUMN vitk.calcification_method.doi IS 'DOI of the source; NULL: not given';
GRANT SELECT ON vitk.calcification_method TO PUBLIC;

CREATE VIEW vitk.calcification_method_flat AS
    SELECT method, unit, pg_catalog.array_to_string(aliases, ', ') AS aliases, minimum, maximum, range_reason, additive, log_shift, name, citation, doi
    FROM vitk.calcification_method;
COMMENT ON VIEW vitk.calcification_method_flat IS 'vitk.calcification_method in plain columns, for BI tools';
@comments vitk.calcification_method_flat from vitk.calcification_method: unit, aliases, minimum, maximum, range_reason, additive, log_shift, name, citation, doi@
COMMENT ON COLUMN vitk.calcification_method_flat.method IS 'key: the method';
GRANT SELECT ON vitk.calcification_method_flat TO PUBLIC;
