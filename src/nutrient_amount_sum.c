/*
 * nutrient_amount_sum.c
 *		Arithmetic of amounts: of intervals it gives the interval of all
 *		possible results.
 */
#include "vitk.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "utils/array.h"

#include "core/number.h"
#include "nutrient_amount.h"

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
	return vitk_amount_new(Min(x, y), Max(x, y), &a->unit);
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
