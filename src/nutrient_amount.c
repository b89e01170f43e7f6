/*
 * nutrient_amount.c
 *		Type nutrient_amount: a number or interval with its unit.
 */
#include "vitk.h"


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

VitkAmount *
vitk_amount_new(double lower, double upper, const VitkUnit *unit)
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

	PG_RETURN_NUTRIENT_AMOUNT_P(vitk_amount_new(value, value, &unit));
}

PG_FUNCTION_INFO_V1(nutrient_amount_from_bounds);
Datum
nutrient_amount_from_bounds(PG_FUNCTION_ARGS)
{
	VitkUnit	unit = vitk_unit_from_text(PG_GETARG_TEXT_PP(2));

	PG_RETURN_NUTRIENT_AMOUNT_P(vitk_amount_new(PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(1), &unit));
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
