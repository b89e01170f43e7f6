-- nutrient_amount: a number or an interval, and its unit

CREATE TYPE nutrient_amount;

CREATE FUNCTION vitk_internal.nutrient_amount_in(cstring, oid, integer) RETURNS nutrient_amount
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.nutrient_amount_in(cstring, oid, integer) IS 'I/O';
CREATE FUNCTION vitk_internal.nutrient_amount_out(nutrient_amount) RETURNS cstring
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.nutrient_amount_out(nutrient_amount) IS 'I/O';
CREATE FUNCTION vitk_internal.nutrient_amount_recv(internal, oid, integer) RETURNS nutrient_amount
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.nutrient_amount_recv(internal, oid, integer) IS 'I/O';
CREATE FUNCTION vitk_internal.nutrient_amount_send(nutrient_amount) RETURNS bytea
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.nutrient_amount_send(nutrient_amount) IS 'I/O';
CREATE FUNCTION vitk_internal.nutrient_amount_typmod_in(cstring[]) RETURNS integer
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.nutrient_amount_typmod_in(cstring[]) IS 'I/O typmod';
CREATE FUNCTION vitk_internal.nutrient_amount_typmod_out(integer) RETURNS cstring
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.nutrient_amount_typmod_out(integer) IS 'I/O typmod';

CREATE TYPE nutrient_amount (
    INPUT = vitk_internal.nutrient_amount_in,
    OUTPUT = vitk_internal.nutrient_amount_out,
    RECEIVE = vitk_internal.nutrient_amount_recv,
    SEND = vitk_internal.nutrient_amount_send,
    TYPMOD_IN = vitk_internal.nutrient_amount_typmod_in,
    TYPMOD_OUT = vitk_internal.nutrient_amount_typmod_out,
    INTERNALLENGTH = 24,
    ALIGNMENT = double
);
COMMENT ON TYPE nutrient_amount IS
    'an amount with its UCUM unit, possibly an interval: 45 mg, 120 ug/d, <0.5 ug, 35..65 ug/d, 600 [IU]/d; nutrient_amount(''ug/d'') keeps a column to one unit';

CREATE FUNCTION vitk_internal.nutrient_amount_typmod(nutrient_amount, integer) RETURNS nutrient_amount
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.nutrient_amount_typmod(nutrient_amount, integer) IS
    'convert to the unit of the type modifier; an error for an amount of another dimension';
CREATE CAST (nutrient_amount AS nutrient_amount) WITH FUNCTION vitk_internal.nutrient_amount_typmod(nutrient_amount, integer) AS IMPLICIT;
COMMENT ON CAST (nutrient_amount AS nutrient_amount) IS 'convert to the unit of the type modifier; an error for an amount of another dimension';

-- parts

CREATE FUNCTION nutrient_amount(value float8, unit text) RETURNS nutrient_amount
    AS 'MODULE_PATHNAME', 'nutrient_amount_from_value' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nutrient_amount(value float8, unit text) IS
    'amount from a value and a UCUM unit, as clinical tables have them; an error when the unit is not supported or the value not finite';
CREATE FUNCTION nutrient_amount(lower float8, upper float8, unit text) RETURNS nutrient_amount
    AS 'MODULE_PATHNAME', 'nutrient_amount_from_bounds' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nutrient_amount(lower float8, upper float8, unit text) IS
    'interval from its bounds and a UCUM unit; an error when lower is above upper, a bound not finite or the unit not supported';
CREATE FUNCTION unit(nutrient_amount) RETURNS text
    AS 'MODULE_PATHNAME', 'nutrient_amount_unit' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION unit(nutrient_amount) IS 'unit of the amount (UCUM code)';
CREATE FUNCTION lower(amount nutrient_amount, unit text) RETURNS float8
    AS 'MODULE_PATHNAME', 'nutrient_amount_lower' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION lower(amount nutrient_amount, unit text) IS
    'lower bound in the given unit; an error when the unit is of another dimension';
CREATE FUNCTION upper(amount nutrient_amount, unit text) RETURNS float8
    AS 'MODULE_PATHNAME', 'nutrient_amount_upper' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION upper(amount nutrient_amount, unit text) IS
    'upper bound in the given unit; an error when the unit is of another dimension';
CREATE FUNCTION middle(amount nutrient_amount, unit text) RETURNS float8
    AS 'MODULE_PATHNAME', 'nutrient_amount_middle' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION middle(amount nutrient_amount, unit text) IS
    'middle of lower and upper bound in the given unit; an error when the unit is of another dimension';
CREATE FUNCTION to_unit(amount nutrient_amount, unit text) RETURNS nutrient_amount
    AS 'MODULE_PATHNAME', 'nutrient_amount_convert' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION to_unit(amount nutrient_amount, unit text) IS
    'the amount in the given unit; an error when the unit is of another dimension';
CREATE FUNCTION to_unit(amount nutrient_amount, unit text, nutrient nutrient) RETURNS nutrient_amount
    AS 'MODULE_PATHNAME', 'nutrient_amount_convert_nutrient' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION to_unit(amount nutrient_amount, unit text, nutrient nutrient) IS
    'the amount in the given unit, across mass, moles (by the molar mass of the nutrient) and IU; an error when the nutrient has no molar mass or no IU';
CREATE FUNCTION vitk_internal.to_unit_or_null(amount nutrient_amount, unit text, nutrient nutrient) RETURNS nutrient_amount
    AS 'MODULE_PATHNAME', 'nutrient_amount_convert_or_null' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.to_unit_or_null(nutrient_amount, text, nutrient) IS
    'for views: to_unit(), NULL where that is an error';
CREATE FUNCTION rounded(value nutrient_amount, digits integer DEFAULT 0) RETURNS nutrient_amount
    AS 'MODULE_PATHNAME', 'nutrient_amount_rounded' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rounded(value nutrient_amount, digits integer) IS
    'the amount with that many decimals in its unit; bounds of an interval are rounded outward, <0.04 becomes <0.1; an error beyond 15 decimals';

-- arithmetic

CREATE FUNCTION vitk_internal.nutrient_amount_pl(nutrient_amount, nutrient_amount) RETURNS nutrient_amount
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.nutrient_amount_pl(nutrient_amount, nutrient_amount) IS 'implementation of + operator';
CREATE FUNCTION vitk_internal.nutrient_amount_mi(nutrient_amount, nutrient_amount) RETURNS nutrient_amount
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.nutrient_amount_mi(nutrient_amount, nutrient_amount) IS 'implementation of - operator';
CREATE FUNCTION vitk_internal.nutrient_amount_um(nutrient_amount) RETURNS nutrient_amount
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.nutrient_amount_um(nutrient_amount) IS 'implementation of - operator';
CREATE FUNCTION vitk_internal.nutrient_amount_mul(nutrient_amount, float8) RETURNS nutrient_amount
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.nutrient_amount_mul(nutrient_amount, float8) IS 'implementation of * operator';
CREATE FUNCTION vitk_internal.nutrient_amount_div(nutrient_amount, float8) RETURNS nutrient_amount
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.nutrient_amount_div(nutrient_amount, float8) IS 'implementation of / operator';
CREATE FUNCTION vitk_internal.nutrient_amount_ratio(nutrient_amount, nutrient_amount) RETURNS float8
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.nutrient_amount_ratio(nutrient_amount, nutrient_amount) IS 'implementation of / operator';
CREATE FUNCTION vitk_internal.float8_mul_nutrient_amount(float8, nutrient_amount) RETURNS nutrient_amount
    AS 'MODULE_PATHNAME', 'nutrient_amount_mul_commuted' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.float8_mul_nutrient_amount(float8, nutrient_amount) IS 'implementation of * operator';
CREATE OPERATOR + (
    LEFTARG = nutrient_amount, RIGHTARG = nutrient_amount, FUNCTION = vitk_internal.nutrient_amount_pl,
    COMMUTATOR = +);
COMMENT ON OPERATOR + (nutrient_amount, nutrient_amount) IS
    'sum, in the unit of the left; an error when the dimensions differ';
CREATE OPERATOR - (
    LEFTARG = nutrient_amount, RIGHTARG = nutrient_amount, FUNCTION = vitk_internal.nutrient_amount_mi);
COMMENT ON OPERATOR - (nutrient_amount, nutrient_amount) IS
    'difference, in the unit of the left; of intervals the interval of all differences; an error when the dimensions differ';
CREATE OPERATOR - (
    RIGHTARG = nutrient_amount, FUNCTION = vitk_internal.nutrient_amount_um);
COMMENT ON OPERATOR - (NONE, nutrient_amount) IS 'negate';
CREATE OPERATOR * (
    LEFTARG = nutrient_amount, RIGHTARG = float8, FUNCTION = vitk_internal.nutrient_amount_mul,
    COMMUTATOR = *);
COMMENT ON OPERATOR * (nutrient_amount, float8) IS 'multiply by a number';
CREATE OPERATOR * (
    LEFTARG = float8, RIGHTARG = nutrient_amount, FUNCTION = vitk_internal.float8_mul_nutrient_amount,
    COMMUTATOR = *);
COMMENT ON OPERATOR * (float8, nutrient_amount) IS 'multiply by a number';
CREATE OPERATOR / (
    LEFTARG = nutrient_amount, RIGHTARG = float8, FUNCTION = vitk_internal.nutrient_amount_div);
COMMENT ON OPERATOR / (nutrient_amount, float8) IS 'divide by a number';
CREATE OPERATOR / (
    LEFTARG = nutrient_amount, RIGHTARG = nutrient_amount, FUNCTION = vitk_internal.nutrient_amount_ratio);
COMMENT ON OPERATOR / (nutrient_amount, nutrient_amount) IS
    'ratio of two amounts of one dimension; an error when one of them is an interval (divide lower, upper or middle)';

-- comparison by value in 15 significant digits: 1 g = 1000 mg, 0.1 mg = 100 ug.
-- Order: dimension, lower bound, upper bound.  Amounts of different dimension are
-- unequal and ordered all the same, because operators of an operator class must
-- not raise on values; a query in which the two dimensions are known to differ is
-- refused by their support function, and what computes with them raises.

@comparison nutrient_amount: bounds and dimension, whatever the unit; dimension, lower bound, upper bound; dimensions@

-- surely below and above: of intervals, whatever their true values are

CREATE FUNCTION vitk_internal.nutrient_amount_surely_below(nutrient_amount, nutrient_amount) RETURNS boolean
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE SUPPORT vitk_internal.dimension_support;
COMMENT ON FUNCTION vitk_internal.nutrient_amount_surely_below(nutrient_amount, nutrient_amount) IS 'implementation of << operator';
CREATE FUNCTION vitk_internal.nutrient_amount_surely_above(nutrient_amount, nutrient_amount) RETURNS boolean
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE SUPPORT vitk_internal.dimension_support;
COMMENT ON FUNCTION vitk_internal.nutrient_amount_surely_above(nutrient_amount, nutrient_amount) IS 'implementation of >> operator';
CREATE OPERATOR << (
    LEFTARG = nutrient_amount, RIGHTARG = nutrient_amount, FUNCTION = vitk_internal.nutrient_amount_surely_below,
    COMMUTATOR = >>, RESTRICT = vitk_internal.dimension_belowsel, JOIN = scalarltjoinsel);
CREATE OPERATOR >> (
    LEFTARG = nutrient_amount, RIGHTARG = nutrient_amount, FUNCTION = vitk_internal.nutrient_amount_surely_above,
    COMMUTATOR = <<, RESTRICT = vitk_internal.dimension_abovesel, JOIN = scalargtjoinsel);
COMMENT ON OPERATOR << (nutrient_amount, nutrient_amount) IS
    'surely below: the upper bound of the left is below the lower bound of the right; an error when the dimensions differ';
COMMENT ON OPERATOR >> (nutrient_amount, nutrient_amount) IS
    'surely above: the lower bound of the left is above the upper bound of the right; an error when the dimensions differ';

-- aggregates: amounts of different dimension are an error

CREATE AGGREGATE sum(nutrient_amount) (
    SFUNC = vitk_internal.nutrient_amount_pl, STYPE = nutrient_amount,
    COMBINEFUNC = vitk_internal.nutrient_amount_pl, PARALLEL = SAFE);
COMMENT ON AGGREGATE sum(nutrient_amount) IS
    'sum of the lower and of the upper bounds, in the unit of the first amount; an error when dimensions differ';

-- no SORTOP: an index would find a minimum among different dimensions without an error
CREATE FUNCTION vitk_internal.nutrient_amount_smaller(nutrient_amount, nutrient_amount) RETURNS nutrient_amount
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.nutrient_amount_smaller(nutrient_amount, nutrient_amount) IS 'smaller of two amounts; an error when the dimensions differ';
CREATE FUNCTION vitk_internal.nutrient_amount_larger(nutrient_amount, nutrient_amount) RETURNS nutrient_amount
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.nutrient_amount_larger(nutrient_amount, nutrient_amount) IS 'larger of two amounts; an error when the dimensions differ';
CREATE AGGREGATE min(nutrient_amount) (
    SFUNC = vitk_internal.nutrient_amount_smaller, STYPE = nutrient_amount,
    COMBINEFUNC = vitk_internal.nutrient_amount_smaller, PARALLEL = SAFE);
COMMENT ON AGGREGATE min(nutrient_amount) IS
    'smallest amount, by lower bound, then upper bound; an error when dimensions differ';
CREATE AGGREGATE max(nutrient_amount) (
    SFUNC = vitk_internal.nutrient_amount_larger, STYPE = nutrient_amount,
    COMBINEFUNC = vitk_internal.nutrient_amount_larger, PARALLEL = SAFE);
COMMENT ON AGGREGATE max(nutrient_amount) IS
    'largest amount, by lower bound, then upper bound; an error when dimensions differ';

-- the state of avg: count, sum of lower bounds, of upper bounds, and the unit in two numbers
CREATE FUNCTION vitk_internal.nutrient_amount_avg_accum(float8[], nutrient_amount) RETURNS float8[]
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.nutrient_amount_avg_accum(float8[], nutrient_amount) IS 'aggregate transition function';
CREATE FUNCTION vitk_internal.nutrient_amount_avg_combine(float8[], float8[]) RETURNS float8[]
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.nutrient_amount_avg_combine(float8[], float8[]) IS 'aggregate combine function';
CREATE FUNCTION vitk_internal.nutrient_amount_avg(float8[]) RETURNS nutrient_amount
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.nutrient_amount_avg(float8[]) IS 'aggregate final function';
CREATE AGGREGATE avg(nutrient_amount) (
    SFUNC = vitk_internal.nutrient_amount_avg_accum, STYPE = float8[], SSPACE = 64, INITCOND = '{0,0,0,0,0}',
    FINALFUNC = vitk_internal.nutrient_amount_avg, COMBINEFUNC = vitk_internal.nutrient_amount_avg_combine, PARALLEL = SAFE);
COMMENT ON AGGREGATE avg(nutrient_amount) IS
    'mean of the lower and of the upper bounds, in the unit of the first amount; an error when dimensions differ';
