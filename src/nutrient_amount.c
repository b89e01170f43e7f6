/*
 * nutrient_amount.c
 *		Type nutrient_amount: a number or interval with its unit.
 */
#include "vitk.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "libpq/pqformat.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "core/number.h"
#include "core/unit_typmod.h"
#include "dimension.h"
#include "nutrient.h"
#include "nutrient_amount.h"

/* The unit that a text argument names */
VitkUnit
vitk_unit_from_text(const text *t)
{
	VitkUnit	unit;
	VitkErr		err;

	if (!vitk_unit_parse(VARDATA_ANY(t), VARSIZE_ANY_EXHDR(t), &unit, &err))
		VITK_RAISE(&err);
	return unit;
}

static VitkAmount *
make_amount(double lower, double upper, const VitkUnit *unit)
{
	VitkAmount *result = palloc(sizeof(VitkAmount));
	VitkErr		err;

	if (!vitk_amount_make(lower, upper, unit, result, &err))
		VITK_RAISE(&err);
	return result;
}

/*
 * Input and output.  The type modifier is the unit of a column, -1 for any:
 * amounts in other units of its dimension are converted, others refused.
 */

static VitkUnit
unit_of_typmod(int32 typmod)
{
	VitkUnit	unit;

	if (!vitk_unit_from_typmod(typmod, &unit))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("type modifier %d of nutrient_amount is not known", typmod),
				 errhint("A newer version of vitk may have made it.")));
	return unit;
}

/* Why PG_GETARG_NUTRIENT_AMOUNT_P refused a value. */
void
vitk_amount_reject(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATA_CORRUPTED),
			 errmsg("nutrient_amount has an unknown unit"),
			 errhint("A newer version of vitk may have stored it.")));
}

static bool
keep_to_typmod(VitkAmount *a, int32 typmod, VitkErr *err)
{
	VitkUnit	unit;

	if (typmod < 0)
		return true;
	unit = unit_of_typmod(typmod);
	return vitk_unit_same(&a->unit, &unit) || vitk_amount_convert(a, &unit, 0, a, err);
}

PG_FUNCTION_INFO_V1(nutrient_amount_in);
Datum
nutrient_amount_in(PG_FUNCTION_ARGS)
{
	char	   *str = PG_GETARG_CSTRING(0);
	VitkAmount *result = palloc(sizeof(VitkAmount));
	VitkErr		err;

	if (!vitk_amount_parse(str, strlen(str), result, &err) ||
		!keep_to_typmod(result, PG_GETARG_INT32(2), &err))
		VITK_RETURN_ERROR(&err, VITK_ESCONTEXT(fcinfo));
	PG_RETURN_NUTRIENT_AMOUNT_P(result);
}

PG_FUNCTION_INFO_V1(nutrient_amount_out);
Datum
nutrient_amount_out(PG_FUNCTION_ARGS)
{
	char	   *buf = palloc(VITK_AMOUNT_LEN);

	vitk_amount_format(PG_GETARG_NUTRIENT_AMOUNT_P(0), buf);
	PG_RETURN_CSTRING(buf);
}

PG_FUNCTION_INFO_V1(nutrient_amount_recv);
Datum
nutrient_amount_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	VitkAmount *result = palloc(sizeof(VitkAmount));
	double		lower = pq_getmsgfloat8(buf);
	double		upper = pq_getmsgfloat8(buf);
	VitkUnit	unit;
	VitkErr		err;

	unit.num = pq_getmsgbyte(buf);
	unit.per_mass = pq_getmsgbyte(buf);
	unit.per_volume = pq_getmsgbyte(buf);
	unit.per_energy = pq_getmsgbyte(buf);
	unit.per_time = pq_getmsgbyte(buf);
	unit.unused = pq_getmsgbyte(buf);
	unit.mult = pq_getmsgint(buf, 2);
	if (!vitk_amount_make(lower, upper, &unit, result, &err))
	{
		err.code = VITK_E_BINARY;
		VITK_RAISE(&err);
	}
	if (!keep_to_typmod(result, PG_GETARG_INT32(2), &err))
		VITK_RAISE(&err);
	PG_RETURN_NUTRIENT_AMOUNT_P(result);
}

PG_FUNCTION_INFO_V1(nutrient_amount_send);
Datum
nutrient_amount_send(PG_FUNCTION_ARGS)
{
	VitkAmount *a = PG_GETARG_NUTRIENT_AMOUNT_P(0);
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendfloat8(&buf, a->lower);
	pq_sendfloat8(&buf, a->upper);
	pq_sendbyte(&buf, a->unit.num);
	pq_sendbyte(&buf, a->unit.per_mass);
	pq_sendbyte(&buf, a->unit.per_volume);
	pq_sendbyte(&buf, a->unit.per_energy);
	pq_sendbyte(&buf, a->unit.per_time);
	pq_sendbyte(&buf, a->unit.unused);
	pq_sendint16(&buf, a->unit.mult);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/* The unit that a type modifier names; refuses what has no room in it. */
PG_FUNCTION_INFO_V1(nutrient_amount_typmod_in);
Datum
nutrient_amount_typmod_in(PG_FUNCTION_ARGS)
{
	Datum	   *elements;
	int			n;
	const char *name;
	VitkUnit	unit;
	VitkErr		err;
	int32		typmod;

	deconstruct_array(PG_GETARG_ARRAYTYPE_P(0), CSTRINGOID, -2, false, TYPALIGN_CHAR,
					  &elements, NULL, &n);
	if (n != 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid type modifier of nutrient_amount"),
				 errhint("Name one unit, in quotes, such as nutrient_amount('ug/d').")));
	name = DatumGetCString(elements[0]);
	if (!vitk_unit_parse(name, strlen(name), &unit, &err))
		VITK_RAISE(&err);
	typmod = vitk_unit_to_typmod(&unit);
	if (typmod < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("unit \"%s\" does not fit into a type modifier", name),
				 errdetail("The factor of its divisor is too large."),
				 errhint("Use a larger unit instead of the factor, or a CHECK constraint on unit(amount).")));
	PG_RETURN_INT32(typmod);
}

PG_FUNCTION_INFO_V1(nutrient_amount_typmod_out);
Datum
nutrient_amount_typmod_out(PG_FUNCTION_ARGS)
{
	int32		typmod = PG_GETARG_INT32(0);
	VitkUnit	unit;
	char		buf[VITK_UNIT_LEN];

	if (typmod < 0)
		PG_RETURN_CSTRING(pstrdup(""));
	unit = unit_of_typmod(typmod);
	vitk_unit_format(&unit, buf);
	PG_RETURN_CSTRING(psprintf("('%s')", buf));
}

/* The cast that keeps a column to its unit */
PG_FUNCTION_INFO_V1(nutrient_amount_typmod);
Datum
nutrient_amount_typmod(PG_FUNCTION_ARGS)
{
	VitkAmount *result = palloc(sizeof(VitkAmount));
	VitkErr		err;

	*result = *PG_GETARG_NUTRIENT_AMOUNT_P(0);
	if (!keep_to_typmod(result, PG_GETARG_INT32(1), &err))
		VITK_RAISE(&err);
	PG_RETURN_NUTRIENT_AMOUNT_P(result);
}

/*
 * Parts
 */

PG_FUNCTION_INFO_V1(nutrient_amount_from_value);
Datum
nutrient_amount_from_value(PG_FUNCTION_ARGS)
{
	double		value = PG_GETARG_FLOAT8(0);
	VitkUnit	unit = vitk_unit_from_text(PG_GETARG_TEXT_PP(1));

	PG_RETURN_NUTRIENT_AMOUNT_P(make_amount(value, value, &unit));
}

PG_FUNCTION_INFO_V1(nutrient_amount_from_bounds);
Datum
nutrient_amount_from_bounds(PG_FUNCTION_ARGS)
{
	VitkUnit	unit = vitk_unit_from_text(PG_GETARG_TEXT_PP(2));

	PG_RETURN_NUTRIENT_AMOUNT_P(make_amount(PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(1), &unit));
}

/* The first argument in the unit that the second names */
static VitkAmount
converted_argument(FunctionCallInfo fcinfo, int nutrient)
{
	VitkUnit	unit = vitk_unit_from_text(PG_GETARG_TEXT_PP(1));
	VitkAmount	result;
	VitkErr		err;

	if (!vitk_amount_convert(PG_GETARG_NUTRIENT_AMOUNT_P(0), &unit, nutrient, &result, &err))
		VITK_RAISE(&err);
	return result;
}

PG_FUNCTION_INFO_V1(nutrient_amount_lower);
Datum
nutrient_amount_lower(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(converted_argument(fcinfo, 0).lower);
}

PG_FUNCTION_INFO_V1(nutrient_amount_upper);
Datum
nutrient_amount_upper(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(converted_argument(fcinfo, 0).upper);
}

PG_FUNCTION_INFO_V1(nutrient_amount_middle);
Datum
nutrient_amount_middle(PG_FUNCTION_ARGS)
{
	VitkAmount	a = converted_argument(fcinfo, 0);

	PG_RETURN_FLOAT8(vitk_amount_middle(&a));
}

PG_FUNCTION_INFO_V1(nutrient_amount_unit);
Datum
nutrient_amount_unit(PG_FUNCTION_ARGS)
{
	char		buf[VITK_UNIT_LEN];
	int			len = vitk_unit_format(&PG_GETARG_NUTRIENT_AMOUNT_P(0)->unit, buf);

	PG_RETURN_TEXT_P(cstring_to_text_with_len(buf, len));
}

PG_FUNCTION_INFO_V1(nutrient_amount_convert);
Datum
nutrient_amount_convert(PG_FUNCTION_ARGS)
{
	VitkAmount *result = palloc(sizeof(VitkAmount));

	*result = converted_argument(fcinfo, 0);
	PG_RETURN_NUTRIENT_AMOUNT_P(result);
}

PG_FUNCTION_INFO_V1(nutrient_amount_convert_nutrient);
Datum
nutrient_amount_convert_nutrient(PG_FUNCTION_ARGS)
{
	VitkAmount *result = palloc(sizeof(VitkAmount));

	*result = converted_argument(fcinfo, PG_GETARG_NUTRIENT(2));
	PG_RETURN_NUTRIENT_AMOUNT_P(result);
}

/* For views, which one odd row must not stop: NULL for what does not convert */
PG_FUNCTION_INFO_V1(nutrient_amount_convert_or_null);
Datum
nutrient_amount_convert_or_null(PG_FUNCTION_ARGS)
{
	VitkUnit	unit = vitk_unit_from_text(PG_GETARG_TEXT_PP(1));
	VitkAmount *result = palloc(sizeof(VitkAmount));
	VitkErr		err;

	if (!vitk_amount_convert(PG_GETARG_NUTRIENT_AMOUNT_P(0), &unit, PG_GETARG_NUTRIENT(2), result, &err))
		PG_RETURN_NULL();
	PG_RETURN_NUTRIENT_AMOUNT_P(result);
}

/* The decimals that rounded() of a type was given */
int
vitk_check_digits(int32 digits, const char *type)
{
	if (digits < -VITK_MAX_DIGITS || digits > VITK_MAX_DIGITS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("cannot round a %s to %d decimals", type, digits),
				 errdetail("The number of decimals must be from %d to %d.", -VITK_MAX_DIGITS, VITK_MAX_DIGITS)));
	return digits;
}

PG_FUNCTION_INFO_V1(nutrient_amount_rounded);
Datum
nutrient_amount_rounded(PG_FUNCTION_ARGS)
{
	VitkAmount *result = palloc(sizeof(VitkAmount));
	int			digits = vitk_check_digits(PG_GETARG_INT32(1), "nutrient_amount");

	*result = *PG_GETARG_NUTRIENT_AMOUNT_P(0);
	vitk_bounds_round(&result->lower, &result->upper, digits);
	PG_RETURN_NUTRIENT_AMOUNT_P(result);
}

/*
 * Arithmetic.  Of intervals it gives the interval of all possible results.
 */

/*
 * a + b in the unit of a; also the transition and the combine function of
 * sum(), where the state a is ours to write on.  Not so in a window: there the
 * state of one row may have been returned already.
 */
PG_FUNCTION_INFO_V1(nutrient_amount_pl);
Datum
nutrient_amount_pl(PG_FUNCTION_ARGS)
{
	VitkAmount *a = PG_GETARG_NUTRIENT_AMOUNT_P(0);
	VitkAmount *result = a;
	VitkErr		err;

	if (AggCheckCallContext(fcinfo, NULL) != AGG_CONTEXT_AGGREGATE)
		result = palloc(sizeof(VitkAmount));
	if (!vitk_amount_add(a, PG_GETARG_NUTRIENT_AMOUNT_P(1), result, &err))
		VITK_RAISE(&err);
	PG_RETURN_NUTRIENT_AMOUNT_P(result);
}

static void
negate(const VitkAmount *a, VitkAmount *result)
{
	/* 0 - x, because -0 is not a bound */
	result->lower = 0.0 - a->upper;
	result->upper = 0.0 - a->lower;
	result->unit = a->unit;
}

PG_FUNCTION_INFO_V1(nutrient_amount_mi);
Datum
nutrient_amount_mi(PG_FUNCTION_ARGS)
{
	VitkAmount *result = palloc(sizeof(VitkAmount));
	VitkAmount	b;
	VitkErr		err;

	negate(PG_GETARG_NUTRIENT_AMOUNT_P(1), &b);
	if (!vitk_amount_add(PG_GETARG_NUTRIENT_AMOUNT_P(0), &b, result, &err))
		VITK_RAISE(&err);
	PG_RETURN_NUTRIENT_AMOUNT_P(result);
}

PG_FUNCTION_INFO_V1(nutrient_amount_um);
Datum
nutrient_amount_um(PG_FUNCTION_ARGS)
{
	VitkAmount *result = palloc(sizeof(VitkAmount));

	negate(PG_GETARG_NUTRIENT_AMOUNT_P(0), result);
	PG_RETURN_NUTRIENT_AMOUNT_P(result);
}

static bool
lost(double result, double operand)
{
	return !isfinite(result) || ((result == 0 || vitk_is_denormal(result)) && operand != 0);
}

/* An amount times or over a number; a zero result of none is out of range. */
static VitkAmount *
scaled_amount(const VitkAmount *a, double factor, bool divide)
{
	double		x = divide ? a->lower / factor : a->lower * factor;
	double		y = divide ? a->upper / factor : a->upper * factor;

	if (!isfinite(factor))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("a nutrient_amount can be scaled only by a finite number")));
	if ((divide || factor != 0) && (lost(x, a->lower) || lost(y, a->upper)))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%s of nutrient_amount is out of range", divide ? "quotient" : "product")));
	return make_amount(Min(x, y), Max(x, y), &a->unit);
}

PG_FUNCTION_INFO_V1(nutrient_amount_mul);
Datum
nutrient_amount_mul(PG_FUNCTION_ARGS)
{
	PG_RETURN_NUTRIENT_AMOUNT_P(scaled_amount(PG_GETARG_NUTRIENT_AMOUNT_P(0),
											  PG_GETARG_FLOAT8(1), false));
}

PG_FUNCTION_INFO_V1(nutrient_amount_mul_commuted);
Datum
nutrient_amount_mul_commuted(PG_FUNCTION_ARGS)
{
	PG_RETURN_NUTRIENT_AMOUNT_P(scaled_amount(PG_GETARG_NUTRIENT_AMOUNT_P(1),
											  PG_GETARG_FLOAT8(0), false));
}

static void
division_by_zero(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_DIVISION_BY_ZERO),
			 errmsg("division of nutrient_amount by zero")));
}

PG_FUNCTION_INFO_V1(nutrient_amount_div);
Datum
nutrient_amount_div(PG_FUNCTION_ARGS)
{
	double		divisor = PG_GETARG_FLOAT8(1);

	if (divisor == 0)
		division_by_zero();
	PG_RETURN_NUTRIENT_AMOUNT_P(scaled_amount(PG_GETARG_NUTRIENT_AMOUNT_P(0), divisor, true));
}

/*
 * The ratio of two amounts is a number, so it wants two numbers: the ratio of
 * intervals is an interval, and which of its values is meant the user must say.
 */
PG_FUNCTION_INFO_V1(nutrient_amount_ratio);
Datum
nutrient_amount_ratio(PG_FUNCTION_ARGS)
{
	VitkAmount *a = PG_GETARG_NUTRIENT_AMOUNT_P(0);
	VitkAmount *b = PG_GETARG_NUTRIENT_AMOUNT_P(1);
	VitkAmount	c;
	VitkErr		err;
	double		ratio;

	if (!vitk_amount_convert(a, &b->unit, 0, &c, &err))
		VITK_RAISE(&err);
	if (a->lower != a->upper || b->lower != b->upper)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("cannot divide two amounts when one of them is an interval"),
				 errhint("Divide lower(amount, unit), upper(amount, unit) or middle(amount, unit).")));
	if (b->lower == 0)
		division_by_zero();
	ratio = c.lower / b->lower;
	if (lost(ratio, c.lower))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("quotient of nutrient_amount is out of range")));
	PG_RETURN_FLOAT8(ratio);
}

/*
 * Comparison.  Amounts of different dimension are unequal, and ordered by
 * dimension.  = and < belong to the operator classes: sorts, indexes and even
 * the planner, on its sampled values, may compare any two values of a column.
 * What is known of a query is looked at by dimension.c.  What computes refuses
 * values: + - /, to_unit, lower, upper, middle, sum, avg, min, max, << and >>.
 */

PG_FUNCTION_INFO_V1(nutrient_amount_cmp);
Datum
nutrient_amount_cmp(PG_FUNCTION_ARGS)
{
	vitk_dimension_check(fcinfo);
	PG_RETURN_INT32(vitk_amount_cmp(PG_GETARG_NUTRIENT_AMOUNT_RAW(0),
									PG_GETARG_NUTRIENT_AMOUNT_RAW(1)));
}

#define AMOUNT_OPERATOR(name, op) \
PG_FUNCTION_INFO_V1(name); \
Datum \
name(PG_FUNCTION_ARGS) \
{ \
	vitk_dimension_check(fcinfo); \
	PG_RETURN_BOOL(vitk_amount_cmp(PG_GETARG_NUTRIENT_AMOUNT_RAW(0), \
								   PG_GETARG_NUTRIENT_AMOUNT_RAW(1)) op 0); \
}

AMOUNT_OPERATOR(nutrient_amount_eq, ==)
AMOUNT_OPERATOR(nutrient_amount_ne, !=)
AMOUNT_OPERATOR(nutrient_amount_lt, <)
AMOUNT_OPERATOR(nutrient_amount_le, <=)
AMOUNT_OPERATOR(nutrient_amount_gt, >)
AMOUNT_OPERATOR(nutrient_amount_ge, >=)

/* a << b: does all that a may be lie below all that b may be? */
static bool
surely_below(const VitkAmount *a, const VitkAmount *b)
{
	bool		below;
	VitkErr		err;

	if (!vitk_amount_surely_below(a, b, &below, &err))
		VITK_RAISE(&err);
	return below;
}

PG_FUNCTION_INFO_V1(nutrient_amount_surely_below);
Datum
nutrient_amount_surely_below(PG_FUNCTION_ARGS)
{
	vitk_dimension_check(fcinfo);
	PG_RETURN_BOOL(surely_below(PG_GETARG_NUTRIENT_AMOUNT_P(0), PG_GETARG_NUTRIENT_AMOUNT_P(1)));
}

PG_FUNCTION_INFO_V1(nutrient_amount_surely_above);
Datum
nutrient_amount_surely_above(PG_FUNCTION_ARGS)
{
	vitk_dimension_check(fcinfo);
	PG_RETURN_BOOL(surely_below(PG_GETARG_NUTRIENT_AMOUNT_P(1), PG_GETARG_NUTRIENT_AMOUNT_P(0)));
}

/* The key has no padding: five int64. */
PG_FUNCTION_INFO_V1(nutrient_amount_hash);
Datum
nutrient_amount_hash(PG_FUNCTION_ARGS)
{
	VitkAmountKey key;

	vitk_dimension_check(fcinfo);
	vitk_amount_key(PG_GETARG_NUTRIENT_AMOUNT_RAW(0), &key);
	return hash_any((unsigned char *) &key, sizeof(key));
}

PG_FUNCTION_INFO_V1(nutrient_amount_hash_extended);
Datum
nutrient_amount_hash_extended(PG_FUNCTION_ARGS)
{
	VitkAmountKey key;

	vitk_amount_key(PG_GETARG_NUTRIENT_AMOUNT_RAW(0), &key);
	return hash_any_extended((unsigned char *) &key, sizeof(key), PG_GETARG_INT64(1));
}

/* One of two amounts of the same dimension, for min and max */
static VitkAmount *
choose(FunctionCallInfo fcinfo, int sign)
{
	VitkAmount *a = PG_GETARG_NUTRIENT_AMOUNT_P(0);
	VitkAmount *b = PG_GETARG_NUTRIENT_AMOUNT_P(1);
	VitkAmount	c;
	VitkErr		err;

	if (vitk_unit_dimension(&a->unit) != vitk_unit_dimension(&b->unit) &&
		!vitk_amount_convert(b, &a->unit, 0, &c, &err))
		VITK_RAISE(&err);
	return sign * vitk_amount_cmp(a, b) >= 0 ? a : b;
}

PG_FUNCTION_INFO_V1(nutrient_amount_smaller);
Datum
nutrient_amount_smaller(PG_FUNCTION_ARGS)
{
	PG_RETURN_NUTRIENT_AMOUNT_P(choose(fcinfo, -1));
}

PG_FUNCTION_INFO_V1(nutrient_amount_larger);
Datum
nutrient_amount_larger(PG_FUNCTION_ARGS)
{
	PG_RETURN_NUTRIENT_AMOUNT_P(choose(fcinfo, 1));
}

/*
 * avg: the state is float8[5], as that of avg(float8) is float8[3]: count, sum
 * of the lower and of the upper bounds, and the unit, whose eight bytes make
 * two whole numbers.  A public type of fixed size, updated in place, that
 * needs no serialization.
 */
typedef struct AvgState
{
	double		n;
	double		lower;
	double		upper;
	double		unit[2];		/* bytes of num .. per_energy; of per_time .. mult */
} AvgState;

#define AVG_STATE_LEN 5

static AvgState *
avg_state(ArrayType *array)
{
	if (ARR_NDIM(array) != 1 || ARR_DIMS(array)[0] != AVG_STATE_LEN ||
		ARR_HASNULL(array) || ARR_ELEMTYPE(array) != FLOAT8OID)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("state of avg(nutrient_amount) must be an array of %d float8 without nulls",
						AVG_STATE_LEN)));
	return (AvgState *) ((char *) array + ARR_OVERHEAD_NONULLS(1));
}

/* Sum of a state, as amount; the caller looks at n first */
static VitkAmount
avg_sum(const AvgState *state)
{
	VitkAmount	result;
	VitkErr		err;
	uint32		high;
	uint32		low;

	if (!(state->unit[0] >= 0 && state->unit[0] <= PG_UINT32_MAX &&
		  state->unit[1] >= 0 && state->unit[1] <= PG_UINT32_MAX && state->n >= 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("malformed state of avg(nutrient_amount)")));
	high = (uint32) state->unit[0];
	low = (uint32) state->unit[1];
	result.unit.num = high >> 24;
	result.unit.per_mass = high >> 16;
	result.unit.per_volume = high >> 8;
	result.unit.per_energy = high;
	result.unit.per_time = low >> 24;
	result.unit.unused = low >> 16;
	result.unit.mult = low;
	if (!vitk_amount_make(state->lower, state->upper, &result.unit, &result, &err))
		VITK_RAISE(&err);
	return result;
}

/* Add n amounts, whose sum is given, to the state. */
static Datum
avg_add(FunctionCallInfo fcinfo, double n, const VitkAmount *sum)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(0);
	AvgState   *state = avg_state(array);
	VitkAmount	total = *sum;
	VitkErr		err;

	if (state->n > 0)
	{
		VitkAmount	so_far = avg_sum(state);

		if (!vitk_amount_add(&so_far, sum, &total, &err))
			VITK_RAISE(&err);
	}
	if (AggCheckCallContext(fcinfo, NULL) != AGG_CONTEXT_AGGREGATE)
	{
		array = PG_GETARG_ARRAYTYPE_P_COPY(0);
		state = avg_state(array);
	}
	state->n += n;
	state->lower = total.lower;
	state->upper = total.upper;
	state->unit[0] = (uint32) total.unit.num << 24 | total.unit.per_mass << 16 |
		total.unit.per_volume << 8 | total.unit.per_energy;
	state->unit[1] = (uint32) total.unit.per_time << 24 | total.unit.unused << 16 |
		total.unit.mult;
	PG_RETURN_ARRAYTYPE_P(array);
}

PG_FUNCTION_INFO_V1(nutrient_amount_avg_accum);
Datum
nutrient_amount_avg_accum(PG_FUNCTION_ARGS)
{
	return avg_add(fcinfo, 1, PG_GETARG_NUTRIENT_AMOUNT_P(1));
}

PG_FUNCTION_INFO_V1(nutrient_amount_avg_combine);
Datum
nutrient_amount_avg_combine(PG_FUNCTION_ARGS)
{
	AvgState   *other = avg_state(PG_GETARG_ARRAYTYPE_P(1));
	VitkAmount	sum;

	if (other->n == 0)
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	sum = avg_sum(other);
	return avg_add(fcinfo, other->n, &sum);
}

PG_FUNCTION_INFO_V1(nutrient_amount_avg);
Datum
nutrient_amount_avg(PG_FUNCTION_ARGS)
{
	AvgState   *state = avg_state(PG_GETARG_ARRAYTYPE_P(0));
	VitkAmount	sum;

	if (state->n == 0)
		PG_RETURN_NULL();
	sum = avg_sum(state);
	PG_RETURN_NUTRIENT_AMOUNT_P(scaled_amount(&sum, state->n, true));
}
