/*
 * calcification.c
 *		Type calcification: a calcium burden and the method that measured it.
 */
#include "vitk.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "libpq/pqformat.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "calcification.h"
#include "dimension.h"

/* Why PG_GETARG_CALCIFICATION_P refused a value. */
void
vitk_calcification_reject(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATA_CORRUPTED),
			 errmsg("calcification has an unknown method"),
			 errhint("A newer version of vitk may have stored it.")));
}

static VitkCalcification *
make_calcification(double value, int method)
{
	VitkCalcification *result = palloc(sizeof(VitkCalcification));
	VitkErr		err;

	if (!vitk_calcification_make(value, method, result, &err))
		VITK_RAISE(&err);
	return result;
}

/* The method that a text argument names */
static int
method_from_text(const text *t)
{
	int			method;
	VitkErr		err;

	if (!vitk_method_parse(VARDATA_ANY(t), VARSIZE_ANY_EXHDR(t), &method, &err))
		VITK_RAISE(&err);
	return method;
}

/*
 * Input and output.  The type modifier is the method, -1 for any.
 */

PG_FUNCTION_INFO_V1(calcification_in);
Datum
calcification_in(PG_FUNCTION_ARGS)
{
	char	   *str = PG_GETARG_CSTRING(0);
	int32		typmod = PG_GETARG_INT32(2);
	VitkCalcification *result = palloc(sizeof(VitkCalcification));
	VitkErr		err;

	if (!vitk_calcification_parse(str, strlen(str), result, &err) ||
		(vitk_method_by_id(typmod) != NULL && !vitk_calcification_is(result, typmod, &err)))
		VITK_RETURN_ERROR(&err, VITK_ESCONTEXT(fcinfo));
	PG_RETURN_CALCIFICATION_P(result);
}

PG_FUNCTION_INFO_V1(calcification_out);
Datum
calcification_out(PG_FUNCTION_ARGS)
{
	char	   *buf = palloc(VITK_CALCIFICATION_LEN);

	vitk_calcification_format(PG_GETARG_CALCIFICATION_P(0), buf);
	PG_RETURN_CSTRING(buf);
}

PG_FUNCTION_INFO_V1(calcification_recv);
Datum
calcification_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	int32		typmod = PG_GETARG_INT32(2);
	VitkCalcification *result = palloc(sizeof(VitkCalcification));
	double		value = pq_getmsgfloat8(buf);
	int			method = pq_getmsgbyte(buf);
	bool		valid = false;
	VitkErr		err;

	if (vitk_method_by_id(method) == NULL)
		vitk_err(&err, VITK_E_BINARY, "unknown method %d", method);
	else
		valid = vitk_calcification_make(value, method, result, &err);
	if (!valid)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary value for type calcification: %s", err.msg)));
	if (vitk_method_by_id(typmod) != NULL && !vitk_calcification_is(result, typmod, &err))
		VITK_RAISE(&err);
	PG_RETURN_CALCIFICATION_P(result);
}

PG_FUNCTION_INFO_V1(calcification_send);
Datum
calcification_send(PG_FUNCTION_ARGS)
{
	VitkCalcification *c = PG_GETARG_CALCIFICATION_P(0);
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendfloat8(&buf, c->value);
	pq_sendbyte(&buf, c->method);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

PG_FUNCTION_INFO_V1(calcification_typmod_in);
Datum
calcification_typmod_in(PG_FUNCTION_ARGS)
{
	Datum	   *elements;
	int			n;
	const char *name;
	int			method;
	VitkErr		err;

	deconstruct_array(PG_GETARG_ARRAYTYPE_P(0), CSTRINGOID, -2, false, TYPALIGN_CHAR,
					  &elements, NULL, &n);
	if (n != 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid type modifier of calcification"),
				 errhint("Name one method, such as calcification(agatston).")));
	name = DatumGetCString(elements[0]);
	if (!vitk_method_parse(name, strlen(name), &method, &err))
		VITK_RAISE(&err);
	PG_RETURN_INT32(method);
}

PG_FUNCTION_INFO_V1(calcification_typmod_out);
Datum
calcification_typmod_out(PG_FUNCTION_ARGS)
{
	const VitkMethod *m = vitk_method_by_id(PG_GETARG_INT32(0));

	PG_RETURN_CSTRING(m == NULL ? pstrdup("") : psprintf("(%s)", m->code));
}

/* The cast that keeps a column to its method */
PG_FUNCTION_INFO_V1(calcification_typmod);
Datum
calcification_typmod(PG_FUNCTION_ARGS)
{
	VitkCalcification *c = PG_GETARG_CALCIFICATION_P(0);
	int32		typmod = PG_GETARG_INT32(1);
	VitkErr		err;

	if (vitk_method_by_id(typmod) != NULL && !vitk_calcification_is(c, typmod, &err))
		VITK_RAISE(&err);
	PG_RETURN_CALCIFICATION_P(c);
}

/*
 * Parts
 */

PG_FUNCTION_INFO_V1(calcification_from_value);
Datum
calcification_from_value(PG_FUNCTION_ARGS)
{
	PG_RETURN_CALCIFICATION_P(make_calcification(PG_GETARG_FLOAT8(0),
												 method_from_text(PG_GETARG_TEXT_PP(1))));
}

PG_FUNCTION_INFO_V1(calcification_value);
Datum
calcification_value(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(PG_GETARG_CALCIFICATION_P(0)->value);
}

/* ... of the method that the caller expects */
PG_FUNCTION_INFO_V1(calcification_value_of);
Datum
calcification_value_of(PG_FUNCTION_ARGS)
{
	VitkCalcification *c = PG_GETARG_CALCIFICATION_P(0);
	VitkErr		err;

	if (!vitk_calcification_is(c, method_from_text(PG_GETARG_TEXT_PP(1)), &err))
		VITK_RAISE(&err);
	PG_RETURN_FLOAT8(c->value);
}

PG_FUNCTION_INFO_V1(calcification_method);
Datum
calcification_method(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(vitk_method_by_id(PG_GETARG_CALCIFICATION_P(0)->method)->code));
}

PG_FUNCTION_INFO_V1(calcification_unit);
Datum
calcification_unit(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(vitk_method_by_id(PG_GETARG_CALCIFICATION_P(0)->method)->unit));
}

/*
 * Comparison.  As with nutrient_amount, the operators of the operator classes
 * do not raise where two values have no common scale; dimension.c looks at the
 * query, and what computes raises.
 */

PG_FUNCTION_INFO_V1(calcification_cmp);
Datum
calcification_cmp(PG_FUNCTION_ARGS)
{
	vitk_dimension_check(fcinfo);
	PG_RETURN_INT32(vitk_calcification_cmp(PG_GETARG_CALCIFICATION_RAW(0),
										   PG_GETARG_CALCIFICATION_RAW(1)));
}

#define CALCIFICATION_OPERATOR(name, op) \
PG_FUNCTION_INFO_V1(name); \
Datum \
name(PG_FUNCTION_ARGS) \
{ \
	vitk_dimension_check(fcinfo); \
	PG_RETURN_BOOL(vitk_calcification_cmp(PG_GETARG_CALCIFICATION_RAW(0), \
										  PG_GETARG_CALCIFICATION_RAW(1)) op 0); \
}

CALCIFICATION_OPERATOR(calcification_eq, ==)
CALCIFICATION_OPERATOR(calcification_ne, !=)
CALCIFICATION_OPERATOR(calcification_lt, <)
CALCIFICATION_OPERATOR(calcification_le, <=)
CALCIFICATION_OPERATOR(calcification_gt, >)
CALCIFICATION_OPERATOR(calcification_ge, >=)

/* a << b and a >> b, of one method alone */
static int
compare_alike(FunctionCallInfo fcinfo)
{
	VitkCalcification *a = PG_GETARG_CALCIFICATION_P(0);
	VitkCalcification *b = PG_GETARG_CALCIFICATION_P(1);
	VitkErr		err;

	vitk_dimension_check(fcinfo);
	if (!vitk_calcification_alike(a, b, &err))
		VITK_RAISE(&err);
	return vitk_calcification_cmp(a, b);
}

PG_FUNCTION_INFO_V1(calcification_surely_below);
Datum
calcification_surely_below(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_alike(fcinfo) < 0);
}

PG_FUNCTION_INFO_V1(calcification_surely_above);
Datum
calcification_surely_above(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_alike(fcinfo) > 0);
}

/* Equal values have equal bytes: no minus zero, and what is unused is zero. */
PG_FUNCTION_INFO_V1(calcification_hash);
Datum
calcification_hash(PG_FUNCTION_ARGS)
{
	vitk_dimension_check(fcinfo);
	return hash_any((unsigned char *) PG_GETARG_CALCIFICATION_RAW(0), sizeof(VitkCalcification));
}

PG_FUNCTION_INFO_V1(calcification_hash_extended);
Datum
calcification_hash_extended(PG_FUNCTION_ARGS)
{
	return hash_any_extended((unsigned char *) PG_GETARG_CALCIFICATION_RAW(0),
							 sizeof(VitkCalcification), PG_GETARG_INT64(1));
}

/*
 * Aggregates, over values of one method
 */

static VitkCalcification *
choose(FunctionCallInfo fcinfo, int sign)
{
	VitkCalcification *a = PG_GETARG_CALCIFICATION_P(0);
	VitkCalcification *b = PG_GETARG_CALCIFICATION_P(1);
	VitkErr		err;

	if (!vitk_calcification_alike(a, b, &err))
		VITK_RAISE(&err);
	return sign * vitk_calcification_cmp(a, b) >= 0 ? a : b;
}

PG_FUNCTION_INFO_V1(calcification_smaller);
Datum
calcification_smaller(PG_FUNCTION_ARGS)
{
	PG_RETURN_CALCIFICATION_P(choose(fcinfo, -1));
}

PG_FUNCTION_INFO_V1(calcification_larger);
Datum
calcification_larger(PG_FUNCTION_ARGS)
{
	PG_RETURN_CALCIFICATION_P(choose(fcinfo, 1));
}

/* a + b; in an aggregate, not in a window, the state a is ours to write on. */
PG_FUNCTION_INFO_V1(calcification_pl);
Datum
calcification_pl(PG_FUNCTION_ARGS)
{
	VitkCalcification *a = PG_GETARG_CALCIFICATION_P(0);
	VitkCalcification *b = PG_GETARG_CALCIFICATION_P(1);
	VitkCalcification *result = a;
	VitkErr		err;

	if (AggCheckCallContext(fcinfo, NULL) != AGG_CONTEXT_AGGREGATE)
		result = palloc(sizeof(VitkCalcification));
	if (!vitk_calcification_alike(a, b, &err) ||
		!vitk_calcification_make(a->value + b->value, a->method, result, &err))
		VITK_RAISE(&err);
	PG_RETURN_CALCIFICATION_P(result);
}

PG_FUNCTION_INFO_V1(calcification_sum);
Datum
calcification_sum(PG_FUNCTION_ARGS)
{
	VitkCalcification *c = PG_GETARG_CALCIFICATION_P(0);
	VitkErr		err;

	if (!vitk_calcification_additive(c, &err))
		VITK_RAISE(&err);
	PG_RETURN_CALCIFICATION_P(c);
}

/*
 * avg: the state is float8[3], as that of avg(float8) is: count, sum, method.
 */
typedef struct AvgState
{
	double		n;
	double		sum;
	double		method;			/* 0: none yet */
} AvgState;

#define AVG_STATE_LEN 3

static AvgState *
avg_state(ArrayType *array)
{
	AvgState   *state = (AvgState *) ((char *) array + ARR_OVERHEAD_NONULLS(1));

	if (ARR_NDIM(array) != 1 || ARR_DIMS(array)[0] != AVG_STATE_LEN ||
		ARR_HASNULL(array) || ARR_ELEMTYPE(array) != FLOAT8OID ||
		!(state->n >= 0 && state->sum >= 0 && state->method >= 0 && state->method <= 255 &&
		  (vitk_method_by_id((int) state->method) != NULL || state->n == 0)))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("malformed state of avg(calcification)")));
	return state;
}

/* Add n values of that sum to the state. */
static Datum
avg_add(FunctionCallInfo fcinfo, double n, double sum, int method)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(0);
	AvgState   *state = avg_state(array);
	VitkCalcification so_far = {0, (uint8_t) state->method, {0}};
	VitkCalcification other = {0, (uint8_t) method, {0}};
	VitkErr		err;

	if (state->n > 0 && !vitk_calcification_alike(&so_far, &other, &err))
		VITK_RAISE(&err);
	if (AggCheckCallContext(fcinfo, NULL) != AGG_CONTEXT_AGGREGATE)
	{
		array = PG_GETARG_ARRAYTYPE_P_COPY(0);
		state = avg_state(array);
	}
	state->n += n;
	state->sum += sum;
	state->method = method;
	PG_RETURN_ARRAYTYPE_P(array);
}

PG_FUNCTION_INFO_V1(calcification_avg_accum);
Datum
calcification_avg_accum(PG_FUNCTION_ARGS)
{
	VitkCalcification *c = PG_GETARG_CALCIFICATION_P(1);

	return avg_add(fcinfo, 1, c->value, c->method);
}

PG_FUNCTION_INFO_V1(calcification_avg_combine);
Datum
calcification_avg_combine(PG_FUNCTION_ARGS)
{
	AvgState   *other = avg_state(PG_GETARG_ARRAYTYPE_P(1));

	if (other->n == 0)
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	return avg_add(fcinfo, other->n, other->sum, (int) other->method);
}

PG_FUNCTION_INFO_V1(calcification_avg);
Datum
calcification_avg(PG_FUNCTION_ARGS)
{
	AvgState   *state = avg_state(PG_GETARG_ARRAYTYPE_P(0));

	if (state->n == 0)
		PG_RETURN_NULL();
	if (isinf(state->sum))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("sum of calcification is out of range")));
	PG_RETURN_CALCIFICATION_P(make_calcification(vitk_calcification_flush(state->sum / state->n, (int) state->method), (int) state->method));
}
