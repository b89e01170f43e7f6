/*
 * effect_size.c
 *		Type effect_size: an estimate, its standard error, df and kind.
 */
#include "vitk.h"

#include <math.h>

#include "common/hashfn.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"
#include "utils/float.h"

#include "core/estimate.h"
#include "effect_size.h"
#include "study_sample.h"

/* The kind that a text argument names */
static int
kind_from_text(const text *t)
{
	int			kind = vitk_effect_kind_by_name(VARDATA_ANY(t), VARSIZE_ANY_EXHDR(t));

	if (kind == VITK_EFFECT_NONE)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("unknown measure of effect_size \"%s\"", text_to_cstring(t)),
				 errdetail("Valid measures are MD, SMD, ROM, OR, RR, HR, RD and GEN.")));
	return kind;
}

/* Why PG_GETARG_EFFECT_SIZE_P refused a value. */
void
vitk_effect_reject(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATA_CORRUPTED),
			 errmsg("effect_size has an unknown measure"),
			 errhint("A newer version of vitk may have stored it.")));
}

/*
 * Input and output
 */

PG_FUNCTION_INFO_V1(effect_size_in);
Datum
effect_size_in(PG_FUNCTION_ARGS)
{
	char	   *str = PG_GETARG_CSTRING(0);
	VitkEffect *result = palloc(sizeof(VitkEffect));
	VitkErr		err;

	if (!vitk_effect_parse(str, strlen(str), result, &err))
		VITK_RETURN_ERROR(&err, VITK_ESCONTEXT(fcinfo));
	PG_RETURN_EFFECT_SIZE_P(result);
}

PG_FUNCTION_INFO_V1(effect_size_out);
Datum
effect_size_out(PG_FUNCTION_ARGS)
{
	char	   *buf = palloc(VITK_EFFECT_LEN);

	vitk_effect_format(PG_GETARG_EFFECT_SIZE_P(0), buf);
	PG_RETURN_CSTRING(buf);
}

PG_FUNCTION_INFO_V1(effect_size_recv);
Datum
effect_size_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	VitkEffect *result = palloc(sizeof(VitkEffect));
	double		estimate = pq_getmsgfloat8(buf);
	double		se = pq_getmsgfloat8(buf);
	double		df = pq_getmsgfloat8(buf);
	int			kind = pq_getmsgbyte(buf);
	VitkErr		err;

	if (!vitk_effect_make(estimate, se, df, kind, result, &err))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary value for type effect_size: %s", err.msg)));
	PG_RETURN_EFFECT_SIZE_P(result);
}

PG_FUNCTION_INFO_V1(effect_size_send);
Datum
effect_size_send(PG_FUNCTION_ARGS)
{
	VitkEffect *e = PG_GETARG_EFFECT_SIZE_P(0);
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendfloat8(&buf, e->estimate);
	pq_sendfloat8(&buf, e->se);
	pq_sendfloat8(&buf, e->df);
	pq_sendbyte(&buf, e->kind);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/*
 * From parts.  Not strict: df may be NULL, which is the normal distribution.
 */

static double
df_argument(FunctionCallInfo fcinfo, int n)
{
	double		df = PG_ARGISNULL(n) ? 0 : PG_GETARG_FLOAT8(n);

	if (df == 0 && !PG_ARGISNULL(n))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("df must be finite and above 0, not 0"),
				 errhint("For the normal distribution, pass NULL.")));
	return df;
}

PG_FUNCTION_INFO_V1(effect_size_from_se);
Datum
effect_size_from_se(PG_FUNCTION_ARGS)
{
	VitkEffect *result;
	VitkErr		err;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	result = palloc(sizeof(VitkEffect));
	if (!vitk_effect_make(PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(1), df_argument(fcinfo, 3),
						  kind_from_text(PG_GETARG_TEXT_PP(2)), result, &err))
		VITK_RAISE(&err);
	PG_RETURN_EFFECT_SIZE_P(result);
}

PG_FUNCTION_INFO_V1(effect_size_from_ci);
Datum
effect_size_from_ci(PG_FUNCTION_ARGS)
{
	VitkEffect *result;
	VitkErr		err;

	for (int i = 0; i < 5; i++)
		if (PG_ARGISNULL(i))
			PG_RETURN_NULL();
	result = palloc(sizeof(VitkEffect));
	if (!vitk_effect_from_ci(PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(1), PG_GETARG_FLOAT8(2),
							 PG_GETARG_FLOAT8(4), df_argument(fcinfo, 5),
							 kind_from_text(PG_GETARG_TEXT_PP(3)),
							 !PG_ARGISNULL(6) && PG_GETARG_BOOL(6), result, &err))
		VITK_RAISE(&err);
	PG_RETURN_EFFECT_SIZE_P(result);
}

/* The arguments (estimate, statistic, measure, df), none of them but df NULL */
static Datum
effect_of_test(FunctionCallInfo fcinfo,
			   bool (*make) (double, double, double, int, VitkEffect *, VitkErr *))
{
	VitkEffect *result;
	VitkErr		err;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	result = palloc(sizeof(VitkEffect));
	if (!make(PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(1), df_argument(fcinfo, 3),
			  kind_from_text(PG_GETARG_TEXT_PP(2)), result, &err))
		VITK_RAISE(&err);
	PG_RETURN_EFFECT_SIZE_P(result);
}

PG_FUNCTION_INFO_V1(effect_size_from_p);
Datum
effect_size_from_p(PG_FUNCTION_ARGS)
{
	return effect_of_test(fcinfo, vitk_effect_from_p);
}

PG_FUNCTION_INFO_V1(effect_size_from_t);
Datum
effect_size_from_t(PG_FUNCTION_ARGS)
{
	return effect_of_test(fcinfo, vitk_effect_from_t);
}

static bool
effect_from_f(double estimate, double f, double df, int kind, VitkEffect *out, VitkErr *err)
{
	if (!(f >= 0))
		return vitk_err(err, VITK_E_RANGE, "F must be at least 0, not %g", f);
	return vitk_effect_from_t(estimate, sqrt(f), df, kind, out, err);
}

PG_FUNCTION_INFO_V1(effect_size_from_f);
Datum
effect_size_from_f(PG_FUNCTION_ARGS)
{
	return effect_of_test(fcinfo, effect_from_f);
}

/*
 * Parts
 */

PG_FUNCTION_INFO_V1(effect_size_estimate);
Datum
effect_size_estimate(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(PG_GETARG_EFFECT_SIZE_P(0)->estimate);
}

PG_FUNCTION_INFO_V1(effect_size_se);
Datum
effect_size_se(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(PG_GETARG_EFFECT_SIZE_P(0)->se);
}

PG_FUNCTION_INFO_V1(effect_size_df);
Datum
effect_size_df(PG_FUNCTION_ARGS)
{
	VitkEffect *e = PG_GETARG_EFFECT_SIZE_P(0);

	if (e->df == 0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(e->df);
}

PG_FUNCTION_INFO_V1(effect_size_measure);
Datum
effect_size_measure(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(vitk_effect_kind_name(PG_GETARG_EFFECT_SIZE_P(0)->kind)));
}

PG_FUNCTION_INFO_V1(effect_size_statistic);
Datum
effect_size_statistic(PG_FUNCTION_ARGS)
{
	VitkEffect *e = PG_GETARG_EFFECT_SIZE_P(0);

	PG_RETURN_FLOAT8(float8_div(e->estimate, e->se));
}

PG_FUNCTION_INFO_V1(effect_size_p_value);
Datum
effect_size_p_value(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(vitk_effect_p_value(PG_GETARG_EFFECT_SIZE_P(0)));
}

/* The estimate and that many half widths of its interval */
static double
ci_bound(FunctionCallInfo fcinfo, int sign)
{
	VitkEffect *e = PG_GETARG_EFFECT_SIZE_P(0);
	double		level = PG_GETARG_FLOAT8(1);
	double		bound;
	VitkErr		err;

	if (!vitk_level_valid(level, &err))
		VITK_RAISE(&err);
	bound = e->estimate + sign * vitk_effect_ci_half(e, level);
	if (isinf(bound))
		float_overflow_error();
	return bound;
}

PG_FUNCTION_INFO_V1(effect_size_ci_lower);
Datum
effect_size_ci_lower(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(ci_bound(fcinfo, -1));
}

PG_FUNCTION_INFO_V1(effect_size_ci_upper);
Datum
effect_size_ci_upper(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(ci_bound(fcinfo, 1));
}

/* Is the estimate a logarithm? */
PG_FUNCTION_INFO_V1(effect_size_is_log);
Datum
effect_size_is_log(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(vitk_effect_is_log(PG_GETARG_EFFECT_SIZE_P(0)->kind));
}

/*
 * On the scale on which papers print them: logarithms as ratios.  What does
 * not fit a number is NULL: it must not stop the other rows.
 */
PG_FUNCTION_INFO_V1(effect_size_back_transform);
Datum
effect_size_back_transform(PG_FUNCTION_ARGS)
{
	VitkEffect *e = PG_GETARG_EFFECT_SIZE_P(0);
	double		level = PG_GETARG_FLOAT8(1);
	bool		nulls[3] = {false};
	Datum		values[3] = {0};
	VitkErr		err;

	if (!vitk_level_valid(level, &err))
		VITK_RAISE(&err);
	for (int i = 0; i < 3; i++)
	{
		static const int halves[3] = {0, -1, 1};
		double		v = e->estimate + (i == 0 ? 0 : halves[i] * vitk_effect_ci_half(e, level));

		if (vitk_effect_is_log(e->kind))
			v = exp(v);
		nulls[i] = !isfinite(v);
		if (!nulls[i])
			values[i] = Float8GetDatum(vitk_as_printed(v));
	}
	PG_RETURN_DATUM(vitk_row_datum(fcinfo, values, nulls));
}

/* percent_change(effect, level): a log ratio as percent, with its interval */
PG_FUNCTION_INFO_V1(effect_size_percent_change);
Datum
effect_size_percent_change(PG_FUNCTION_ARGS)
{
	VitkEffect *e = PG_GETARG_EFFECT_SIZE_P(0);
	double		level = PG_GETARG_FLOAT8(1);
	bool		nulls[3] = {false};
	Datum		values[3];
	double		half;
	double		upper;
	VitkErr		err;

	if (!vitk_effect_is_log(e->kind))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("effect_size of measure %s is not a ratio", vitk_effect_kind_name(e->kind)),
				 errdetail("Only a ratio has a percent change.")));
	if (!vitk_level_valid(level, &err))
		VITK_RAISE(&err);
	half = vitk_effect_ci_half(e, level);
	upper = 100 * expm1(e->estimate + half);
	if (isinf(upper))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("percent change of effect_size is out of range")));
	values[0] = Float8GetDatum(vitk_as_printed(100 * expm1(e->estimate)));
	values[1] = Float8GetDatum(vitk_as_printed(100 * expm1(e->estimate - half)));
	values[2] = Float8GetDatum(vitk_as_printed(upper));
	PG_RETURN_DATUM(vitk_row_datum(fcinfo, values, nulls));
}

/*
 * From samples and counts.  Where no effect can be given, the result is
 * NULL, as that of SQL's stddev() and corr().
 */

Datum
vitk_return_effect(FunctionCallInfo fcinfo, bool ok, const VitkEffect *effect, const VitkErr *err)
{
	VitkEffect *result;

	if (!ok)
		VITK_RAISE(err);
	if (effect->kind == VITK_EFFECT_NONE)
		PG_RETURN_NULL();
	result = palloc(sizeof(VitkEffect));
	*result = *effect;
	PG_RETURN_EFFECT_SIZE_P(result);
}

PG_FUNCTION_INFO_V1(effect_size_mean_difference);
Datum
effect_size_mean_difference(PG_FUNCTION_ARGS)
{
	VitkEffect	effect;
	VitkErr		err;
	bool		ok = vitk_effect_mean_difference(PG_GETARG_STUDY_SAMPLE_P(0),
												 PG_GETARG_STUDY_SAMPLE_P(1),
												 PG_GETARG_BOOL(2), &effect, &err);

	return vitk_return_effect(fcinfo, ok, &effect, &err);
}

PG_FUNCTION_INFO_V1(effect_size_hedges_g);
Datum
effect_size_hedges_g(PG_FUNCTION_ARGS)
{
	VitkEffect	effect;
	VitkErr		err;
	bool		ok = vitk_effect_hedges_g(PG_GETARG_STUDY_SAMPLE_P(0),
										  PG_GETARG_STUDY_SAMPLE_P(1), &effect, &err);

	return vitk_return_effect(fcinfo, ok, &effect, &err);
}

PG_FUNCTION_INFO_V1(effect_size_log_ratio_of_means);
Datum
effect_size_log_ratio_of_means(PG_FUNCTION_ARGS)
{
	VitkEffect	effect;
	VitkErr		err;
	bool		ok = vitk_effect_log_ratio_of_means(PG_GETARG_STUDY_SAMPLE_P(0),
													PG_GETARG_STUDY_SAMPLE_P(1), &effect, &err);

	return vitk_return_effect(fcinfo, ok, &effect, &err);
}

PG_FUNCTION_INFO_V1(effect_size_mean_change);
Datum
effect_size_mean_change(PG_FUNCTION_ARGS)
{
	VitkEffect	effect;
	VitkErr		err;
	bool		ok = vitk_effect_mean_change(PG_GETARG_STUDY_SAMPLE_P(0), &effect, &err);

	return vitk_return_effect(fcinfo, ok, &effect, &err);
}

/* Not strict: a correlation that is NULL is asked for. */
PG_FUNCTION_INFO_V1(effect_size_ancova);
Datum
effect_size_ancova(PG_FUNCTION_ARGS)
{
	VitkSample	baseline[2];
	VitkSample	followup[2];
	VitkEffect	effect;
	VitkErr		err;
	bool		ok;

	for (int i = 0; i < 4; i++)
		if (PG_ARGISNULL(i))
			PG_RETURN_NULL();
	for (int i = 0; i < 2; i++)
	{
		baseline[i] = *PG_GETARG_STUDY_SAMPLE_P(2 * i);
		followup[i] = *PG_GETARG_STUDY_SAMPLE_P(2 * i + 1);
	}
	ok = vitk_effect_ancova(baseline, followup, PG_ARGISNULL(4) ? NAN : PG_GETARG_FLOAT8(4),
							&effect, &err);
	return vitk_return_effect(fcinfo, ok, &effect, &err);
}

static Datum
effect_of_counts(FunctionCallInfo fcinfo, int kind)
{
	double		events[2] = {PG_GETARG_INT64(0), PG_GETARG_INT64(2)};
	double		n[2] = {PG_GETARG_INT64(1), PG_GETARG_INT64(3)};
	VitkEffect	effect;
	VitkErr		err;
	bool		ok;

	/* beyond, doubles no longer count by one, and events above n may look equal to it */
	for (int i = 0; i < 4; i++)
		if (PG_GETARG_INT64(i) > (int64) VITK_SAMPLE_MAX_N)
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("events and n must be below 2^53, not %lld", (long long) PG_GETARG_INT64(i))));
	ok = vitk_effect_counts(kind, events, n, PG_GETARG_FLOAT8(4), &effect, &err);

	return vitk_return_effect(fcinfo, ok, &effect, &err);
}

PG_FUNCTION_INFO_V1(effect_size_log_odds_ratio);
Datum
effect_size_log_odds_ratio(PG_FUNCTION_ARGS)
{
	return effect_of_counts(fcinfo, VITK_EFFECT_OR);
}

PG_FUNCTION_INFO_V1(effect_size_log_risk_ratio);
Datum
effect_size_log_risk_ratio(PG_FUNCTION_ARGS)
{
	return effect_of_counts(fcinfo, VITK_EFFECT_RR);
}

PG_FUNCTION_INFO_V1(effect_size_risk_difference);
Datum
effect_size_risk_difference(PG_FUNCTION_ARGS)
{
	return effect_of_counts(fcinfo, VITK_EFFECT_RD);
}

/*
 * Comparison: equal are kind, estimate, SE and df.
 */

PG_FUNCTION_INFO_V1(effect_size_cmp);
Datum
effect_size_cmp(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(vitk_effect_cmp(PG_GETARG_EFFECT_SIZE_RAW(0), PG_GETARG_EFFECT_SIZE_RAW(1)));
}

#define EFFECT_OPERATOR(name, op) \
PG_FUNCTION_INFO_V1(name); \
Datum \
name(PG_FUNCTION_ARGS) \
{ \
	PG_RETURN_BOOL(vitk_effect_cmp(PG_GETARG_EFFECT_SIZE_RAW(0), \
								   PG_GETARG_EFFECT_SIZE_RAW(1)) op 0); \
}

EFFECT_OPERATOR(effect_size_eq, ==)
EFFECT_OPERATOR(effect_size_ne, !=)
EFFECT_OPERATOR(effect_size_lt, <)
EFFECT_OPERATOR(effect_size_le, <=)
EFFECT_OPERATOR(effect_size_gt, >)
EFFECT_OPERATOR(effect_size_ge, >=)

/* Padding is zero and no zero has a sign: equal values, equal bytes */
PG_FUNCTION_INFO_V1(effect_size_hash);
Datum
effect_size_hash(PG_FUNCTION_ARGS)
{
	return hash_any((unsigned char *) PG_GETARG_POINTER(0), sizeof(VitkEffect));
}

PG_FUNCTION_INFO_V1(effect_size_hash_extended);
Datum
effect_size_hash_extended(PG_FUNCTION_ARGS)
{
	return hash_any_extended((unsigned char *) PG_GETARG_POINTER(0), sizeof(VitkEffect),
							 PG_GETARG_INT64(1));
}
