/*
 * study_sample.c
 *		Type study_sample: n, mean and spread; and the aggregates that make it.
 */
#include "vitk.h"

#include "common/hashfn.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"

#include "core/estimate.h"
#include "study_sample.h"

void
study_sample_overflow(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("study_sample is out of range")));
}

/*
 * Input and output
 */

PG_FUNCTION_INFO_V1(study_sample_in);
Datum
study_sample_in(PG_FUNCTION_ARGS)
{
	char	   *str = PG_GETARG_CSTRING(0);
	VitkSample *result = palloc(sizeof(VitkSample));
	VitkErr		err;

	if (!vitk_sample_parse(str, strlen(str), result, &err))
		VITK_RETURN_ERROR(&err, VITK_ESCONTEXT(fcinfo));
	PG_RETURN_STUDY_SAMPLE_P(result);
}

PG_FUNCTION_INFO_V1(study_sample_out);
Datum
study_sample_out(PG_FUNCTION_ARGS)
{
	char	   *buf = palloc(VITK_SAMPLE_LEN);

	/* not every server encoding has the sign */
	vitk_sample_format(PG_GETARG_STUDY_SAMPLE_P(0),
					   GetDatabaseEncoding() == PG_UTF8 ? " \302\261 " : " +- ", buf);
	PG_RETURN_CSTRING(buf);
}

PG_FUNCTION_INFO_V1(study_sample_recv);
Datum
study_sample_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	VitkSample *result = palloc(sizeof(VitkSample));
	VitkErr		err;

	result->n = pq_getmsgfloat8(buf);
	result->sum = pq_getmsgfloat8(buf);
	result->ss = pq_getmsgfloat8(buf);
	if (!vitk_sample_valid(result, &err))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary value for type study_sample: %s", err.msg)));
	PG_RETURN_STUDY_SAMPLE_P(result);
}

PG_FUNCTION_INFO_V1(study_sample_send);
Datum
study_sample_send(PG_FUNCTION_ARGS)
{
	VitkSample *s = PG_GETARG_STUDY_SAMPLE_P(0);
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendfloat8(&buf, s->n);
	pq_sendfloat8(&buf, s->sum);
	pq_sendfloat8(&buf, s->ss);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

PG_FUNCTION_INFO_V1(study_sample_from_sd);
Datum
study_sample_from_sd(PG_FUNCTION_ARGS)
{
	VitkSample *result = palloc(sizeof(VitkSample));
	VitkErr		err;

	if (!vitk_sample_from_sd(PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(1), PG_GETARG_FLOAT8(2),
							 result, &err))
		VITK_RAISE(&err);
	PG_RETURN_STUDY_SAMPLE_P(result);
}

PG_FUNCTION_INFO_V1(study_sample_from_se);
Datum
study_sample_from_se(PG_FUNCTION_ARGS)
{
	VitkSample *result = palloc(sizeof(VitkSample));
	VitkErr		err;

	if (!vitk_sample_from_se(PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(1), PG_GETARG_FLOAT8(2),
							 result, &err))
		VITK_RAISE(&err);
	PG_RETURN_STUDY_SAMPLE_P(result);
}

PG_FUNCTION_INFO_V1(study_sample_from_ci);
Datum
study_sample_from_ci(PG_FUNCTION_ARGS)
{
	VitkSample *result = palloc(sizeof(VitkSample));
	VitkErr		err;

	if (!vitk_sample_from_ci(PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(1), PG_GETARG_FLOAT8(2),
							 PG_GETARG_FLOAT8(3), PG_GETARG_FLOAT8(4), PG_GETARG_BOOL(5),
							 result, &err))
		VITK_RAISE(&err);
	PG_RETURN_STUDY_SAMPLE_P(result);
}

/*
 * Aggregates.  The state is a study_sample, updated in place; in a window it
 * may have been returned as the result of a row already, so there it is copied.
 */

static inline VitkSample *
own_state(FunctionCallInfo fcinfo)
{
	VitkSample *state = PG_GETARG_STUDY_SAMPLE_P(0);

	if (AggCheckCallContext(fcinfo, NULL) != AGG_CONTEXT_AGGREGATE)
	{
		VitkSample *copy = palloc(sizeof(VitkSample));

		*copy = *state;
		state = copy;
	}
	return state;
}

PG_FUNCTION_INFO_V1(study_sample_add);
Datum
study_sample_add(PG_FUNCTION_ARGS)
{
	VitkSample *state = own_state(fcinfo);
	double		x = PG_GETARG_FLOAT8(1);

	if (unlikely(!vitk_sample_add(state, x)))
	{
		if (!isfinite(x))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("a value of study_sample() must be finite, not %g", x),
					 errhint("Use NULL for an unknown value.")));
		study_sample_overflow();
	}
	PG_RETURN_STUDY_SAMPLE_P(state);
}

PG_FUNCTION_INFO_V1(study_sample_pool);
Datum
study_sample_pool(PG_FUNCTION_ARGS)
{
	VitkSample *state = own_state(fcinfo);

	if (!vitk_sample_pool(state, PG_GETARG_STUDY_SAMPLE_P(1), state))
		study_sample_overflow();
	PG_RETURN_STUDY_SAMPLE_P(state);
}

/*
 * Parts.  As SQL's own avg and stddev: the mean of none and the spread of one
 * are NULL.
 */

PG_FUNCTION_INFO_V1(study_sample_n);
Datum
study_sample_n(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64((int64) PG_GETARG_STUDY_SAMPLE_P(0)->n);
}

PG_FUNCTION_INFO_V1(study_sample_mean);
Datum
study_sample_mean(PG_FUNCTION_ARGS)
{
	VitkSample *s = PG_GETARG_STUDY_SAMPLE_P(0);

	if (s->n < 1)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(vitk_sample_mean(s));
}

#define SPREAD_OF_SAMPLE(name, f) \
PG_FUNCTION_INFO_V1(name); \
Datum \
name(PG_FUNCTION_ARGS) \
{ \
	VitkSample *s = PG_GETARG_STUDY_SAMPLE_P(0); \
	if (s->n < 2) \
		PG_RETURN_NULL(); \
	PG_RETURN_FLOAT8(f(s)); \
}

SPREAD_OF_SAMPLE(study_sample_sd, vitk_sample_sd)
SPREAD_OF_SAMPLE(study_sample_se, vitk_sample_se)

/* The mean and that many half widths of its interval */
static Datum
ci_bound(FunctionCallInfo fcinfo, int sign)
{
	VitkSample *s = PG_GETARG_STUDY_SAMPLE_P(0);
	double		level = PG_GETARG_FLOAT8(1);
	VitkErr		err;

	if (!vitk_level_valid(level, &err))
		VITK_RAISE(&err);
	if (s->n < 2)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(vitk_sample_mean(s) + sign * vitk_sample_ci_half(s, level));
}

PG_FUNCTION_INFO_V1(study_sample_ci_lower);
Datum
study_sample_ci_lower(PG_FUNCTION_ARGS)
{
	return ci_bound(fcinfo, -1);
}

PG_FUNCTION_INFO_V1(study_sample_ci_upper);
Datum
study_sample_ci_upper(PG_FUNCTION_ARGS)
{
	return ci_bound(fcinfo, 1);
}

/* Not strict: a correlation that is NULL is asked for. */
PG_FUNCTION_INFO_V1(study_sample_change);
Datum
study_sample_change(PG_FUNCTION_ARGS)
{
	VitkSample *result;
	VitkErr		err;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	result = palloc(sizeof(VitkSample));
	if (!vitk_sample_change(PG_GETARG_STUDY_SAMPLE_P(0), PG_GETARG_STUDY_SAMPLE_P(1),
							PG_ARGISNULL(2) ? NAN : PG_GETARG_FLOAT8(2), result, &err))
		VITK_RAISE(&err);
	PG_RETURN_STUDY_SAMPLE_P(result);
}

/* The correlation that gives the change its SD; NULL where one has no spread */
PG_FUNCTION_INFO_V1(study_sample_change_correlation);
Datum
study_sample_change_correlation(PG_FUNCTION_ARGS)
{
	double		correlation;
	VitkErr		err;

	if (!vitk_sample_change_correlation(PG_GETARG_STUDY_SAMPLE_P(0), PG_GETARG_STUDY_SAMPLE_P(1),
										PG_GETARG_STUDY_SAMPLE_P(2), &correlation, &err))
		VITK_RAISE(&err);
	if (isnan(correlation))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(correlation);
}

/*
 * Comparison: equal are n, sum and spread; order is by mean.
 */

PG_FUNCTION_INFO_V1(study_sample_cmp);
Datum
study_sample_cmp(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(vitk_sample_cmp(PG_GETARG_STUDY_SAMPLE_P(0), PG_GETARG_STUDY_SAMPLE_P(1)));
}

#define SAMPLE_OPERATOR(name, op) \
PG_FUNCTION_INFO_V1(name); \
Datum \
name(PG_FUNCTION_ARGS) \
{ \
	PG_RETURN_BOOL(vitk_sample_cmp(PG_GETARG_STUDY_SAMPLE_P(0), \
								   PG_GETARG_STUDY_SAMPLE_P(1)) op 0); \
}

SAMPLE_OPERATOR(study_sample_eq, ==)
SAMPLE_OPERATOR(study_sample_ne, !=)
SAMPLE_OPERATOR(study_sample_lt, <)
SAMPLE_OPERATOR(study_sample_le, <=)
SAMPLE_OPERATOR(study_sample_gt, >)
SAMPLE_OPERATOR(study_sample_ge, >=)

/* Three doubles without padding, no zero with a sign: equal values, equal bytes */
PG_FUNCTION_INFO_V1(study_sample_hash);
Datum
study_sample_hash(PG_FUNCTION_ARGS)
{
	return hash_any((unsigned char *) PG_GETARG_POINTER(0), sizeof(VitkSample));
}

PG_FUNCTION_INFO_V1(study_sample_hash_extended);
Datum
study_sample_hash_extended(PG_FUNCTION_ARGS)
{
	return hash_any_extended((unsigned char *) PG_GETARG_POINTER(0), sizeof(VitkSample),
							 PG_GETARG_INT64(1));
}
