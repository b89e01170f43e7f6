/*
 * variance_components.c
 *		Type variance_components and the aggregates that make it.
 */
#include "vitk.h"

#include "common/hashfn.h"
#include "libpq/pqformat.h"
#include "nodes/nodes.h"

#include "study_sample.h"
#include "variance_components.h"

static void
components_overflow(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("variance_components is out of range")));
}

/*
 * Input and output
 */

PG_FUNCTION_INFO_V1(variance_components_in);
Datum
variance_components_in(PG_FUNCTION_ARGS)
{
	char	   *str = PG_GETARG_CSTRING(0);
	VitkComponents *result = palloc(sizeof(VitkComponents));
	VitkErr		err;

	if (!vitk_components_parse(str, strlen(str), result, &err))
		VITK_RETURN_ERROR(&err, VITK_ESCONTEXT(fcinfo));
	PG_RETURN_COMPONENTS_P(result);
}

PG_FUNCTION_INFO_V1(variance_components_out);
Datum
variance_components_out(PG_FUNCTION_ARGS)
{
	char	   *buf = palloc(VITK_COMPONENTS_LEN);

	vitk_components_format(PG_GETARG_COMPONENTS_P(0), buf);
	PG_RETURN_CSTRING(buf);
}

PG_FUNCTION_INFO_V1(variance_components_recv);
Datum
variance_components_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	VitkComponents *result = palloc(sizeof(VitkComponents));
	VitkErr		err;

	result->persons = pq_getmsgfloat8(buf);
	result->days_squared = pq_getmsgfloat8(buf);
	result->means = pq_getmsgfloat8(buf);
	result->ss_within = pq_getmsgfloat8(buf);
	result->between.n = pq_getmsgfloat8(buf);
	result->between.sum = pq_getmsgfloat8(buf);
	result->between.ss = pq_getmsgfloat8(buf);
	result->zero_days = pq_getmsgfloat8(buf);
	if (!vitk_components_valid(result, &err))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary value for type variance_components: %s", err.msg)));
	PG_RETURN_COMPONENTS_P(result);
}

PG_FUNCTION_INFO_V1(variance_components_send);
Datum
variance_components_send(PG_FUNCTION_ARGS)
{
	VitkComponents *c = PG_GETARG_COMPONENTS_P(0);
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendfloat8(&buf, c->persons);
	pq_sendfloat8(&buf, c->days_squared);
	pq_sendfloat8(&buf, c->means);
	pq_sendfloat8(&buf, c->ss_within);
	pq_sendfloat8(&buf, c->between.n);
	pq_sendfloat8(&buf, c->between.sum);
	pq_sendfloat8(&buf, c->between.ss);
	pq_sendfloat8(&buf, c->zero_days);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

PG_FUNCTION_INFO_V1(variance_components_from_parts);
Datum
variance_components_from_parts(PG_FUNCTION_ARGS)
{
	VitkComponents *result = palloc(sizeof(VitkComponents));
	VitkErr		err;

	if (!vitk_components_from_parts((double) PG_GETARG_INT64(0), (double) PG_GETARG_INT64(1),
									PG_GETARG_FLOAT8(2), PG_GETARG_FLOAT8(3), PG_GETARG_FLOAT8(4),
									result, &err))
		VITK_RAISE(&err);
	PG_RETURN_COMPONENTS_P(result);
}

/*
 * Aggregates
 */

PG_FUNCTION_INFO_V1(variance_components_add);
Datum
variance_components_add(PG_FUNCTION_ARGS)
{
	VitkComponents *state = vitk_own_state(fcinfo, sizeof(VitkComponents));

	if (!vitk_components_add(state, PG_GETARG_STUDY_SAMPLE_P(1)))
		components_overflow();
	PG_RETURN_COMPONENTS_P(state);
}

PG_FUNCTION_INFO_V1(variance_components_pool);
Datum
variance_components_pool(PG_FUNCTION_ARGS)
{
	VitkComponents *state = vitk_own_state(fcinfo, sizeof(VitkComponents));

	if (!vitk_components_pool(state, PG_GETARG_COMPONENTS_P(1), state))
		components_overflow();
	PG_RETURN_COMPONENTS_P(state);
}

/*
 * Parts.  What too few persons or days do not tell is NULL, as with avg and
 * variance.
 */

static Datum
null_for_nan(FunctionCallInfo fcinfo, double v)
{
	if (isnan(v))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(v);
}

PG_FUNCTION_INFO_V1(variance_components_persons);
Datum
variance_components_persons(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64((int64) PG_GETARG_COMPONENTS_P(0)->persons);
}

PG_FUNCTION_INFO_V1(variance_components_days);
Datum
variance_components_days(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64((int64) PG_GETARG_COMPONENTS_P(0)->between.n);
}

PG_FUNCTION_INFO_V1(variance_components_zero_days);
Datum
variance_components_zero_days(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64((int64) PG_GETARG_COMPONENTS_P(0)->zero_days);
}

PG_FUNCTION_INFO_V1(variance_components_mean);
Datum
variance_components_mean(PG_FUNCTION_ARGS)
{
	return null_for_nan(fcinfo, vitk_components_mean(PG_GETARG_COMPONENTS_P(0)));
}

PG_FUNCTION_INFO_V1(variance_components_within);
Datum
variance_components_within(PG_FUNCTION_ARGS)
{
	return null_for_nan(fcinfo, vitk_components_within(PG_GETARG_COMPONENTS_P(0)));
}

PG_FUNCTION_INFO_V1(variance_components_between);
Datum
variance_components_between(PG_FUNCTION_ARGS)
{
	return null_for_nan(fcinfo, vitk_components_between(PG_GETARG_COMPONENTS_P(0), PG_GETARG_BOOL(1)));
}

/* Within over between; NULL where nothing is between */
PG_FUNCTION_INFO_V1(variance_components_ratio);
Datum
variance_components_ratio(PG_FUNCTION_ARGS)
{
	VitkComponents *c = PG_GETARG_COMPONENTS_P(0);
	double		between = vitk_components_between(c, true);

	return null_for_nan(fcinfo, between > 0 ? vitk_components_within(c) / between : NAN);
}

/* Between over both; NULL where there is neither */
PG_FUNCTION_INFO_V1(variance_components_icc);
Datum
variance_components_icc(PG_FUNCTION_ARGS)
{
	VitkComponents *c = PG_GETARG_COMPONENTS_P(0);
	double		between = vitk_components_between(c, true);

	return null_for_nan(fcinfo, between / (between + vitk_components_within(c)));
}

/*
 * Comparison
 */

PG_FUNCTION_INFO_V1(variance_components_cmp);
Datum
variance_components_cmp(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(vitk_components_cmp(PG_GETARG_COMPONENTS_P(0), PG_GETARG_COMPONENTS_P(1)));
}

#define COMPONENTS_OPERATOR(name, op) \
PG_FUNCTION_INFO_V1(name); \
Datum \
name(PG_FUNCTION_ARGS) \
{ \
	PG_RETURN_BOOL(vitk_components_cmp(PG_GETARG_COMPONENTS_P(0), \
									   PG_GETARG_COMPONENTS_P(1)) op 0); \
}

COMPONENTS_OPERATOR(variance_components_eq, ==)
COMPONENTS_OPERATOR(variance_components_ne, !=)
COMPONENTS_OPERATOR(variance_components_lt, <)
COMPONENTS_OPERATOR(variance_components_le, <=)
COMPONENTS_OPERATOR(variance_components_gt, >)
COMPONENTS_OPERATOR(variance_components_ge, >=)

/* Doubles without padding, no zero with a sign: equal values, equal bytes */
PG_FUNCTION_INFO_V1(variance_components_hash);
Datum
variance_components_hash(PG_FUNCTION_ARGS)
{
	return hash_any((unsigned char *) PG_GETARG_POINTER(0), sizeof(VitkComponents));
}

PG_FUNCTION_INFO_V1(variance_components_hash_extended);
Datum
variance_components_hash_extended(PG_FUNCTION_ARGS)
{
	return hash_any_extended((unsigned char *) PG_GETARG_POINTER(0), sizeof(VitkComponents),
							 PG_GETARG_INT64(1));
}
