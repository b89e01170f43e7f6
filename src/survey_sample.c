/*
 * survey_sample.c
 *		Type survey_sample: a weighted sample with its strata and PSUs; and what
 *		it tells of a population.
 *
 * Layout, text and statistics are in core/survey_sample*.c.
 */
#include "vitk.h"

#include <math.h>

#include "common/hashfn.h"
#include "funcapi.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"

#include "core/distribution.h"
#include "core/estimate.h"
#include "effect_size.h"
#include "survey_sample.h"

/* Every value comes through here: TOAST may hold it, its format may be unknown. */
static VitkSurvey *
get_state(Datum d)
{
	VitkSurvey *s = (VitkSurvey *) PG_DETOAST_DATUM(d);

	if (unlikely(VARSIZE(s) < vitk_survey_size(0) || s->version != VITK_SURVEY_VERSION ||
				 s->psus > VITK_MAX_PSUS || VARSIZE(s) < vitk_survey_size(s->psus)))
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg("survey_sample has an unknown format"),
				 errhint("A newer version of vitk may have stored it.")));
	return s;
}

/* A sample with room for that many PSUs, and those of s */
static VitkSurvey *
make_sample(const VitkSurvey *s, uint32 capacity)
{
	VitkSurvey *result = palloc(vitk_survey_size(capacity));

	memcpy(result, s, vitk_survey_size(s->psus));
	SET_VARSIZE(result, vitk_survey_size(capacity));
	return result;
}

static void
bring_to_order(VitkSurvey *s)
{
	if (!vitk_survey_order(s))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("survey_sample is out of range")));
}

/* In order: what is stored is, the state of an aggregate, which Citus sends as text, may not be */
VitkSurvey *
vitk_get_survey(Datum d)
{
	VitkSurvey *s = get_state(d);

	if (s->ordered)
		return s;
	s = make_sample(s, s->psus);
	bring_to_order(s);
	SET_VARSIZE(s, vitk_survey_size(s->psus));
	return s;
}

#define PG_GETARG_SURVEY(n) vitk_get_survey(PG_GETARG_DATUM(n))

/*
 * Input and output
 */

PG_FUNCTION_INFO_V1(survey_sample_in);
Datum
survey_sample_in(PG_FUNCTION_ARGS)
{
	char	   *str = PG_GETARG_CSTRING(0);
	size_t		len = strlen(str);
	VitkSurvey *s = palloc(vitk_survey_size(Min(vitk_survey_text_bound(str, len), VITK_MAX_PSUS)));
	VitkErr		err;

	if (!vitk_survey_parse(str, len, s, &err))
		VITK_RETURN_ERROR(&err, VITK_ESCONTEXT(fcinfo));
	SET_VARSIZE(s, vitk_survey_size(s->psus));
	PG_RETURN_POINTER(s);
}

PG_FUNCTION_INFO_V1(survey_sample_out);
Datum
survey_sample_out(PG_FUNCTION_ARGS)
{
	VitkSurvey *s = PG_GETARG_SURVEY(0);
	char	   *str = palloc_extended(vitk_survey_text_size(s->psus), MCXT_ALLOC_HUGE);

	vitk_survey_format(s, str);
	PG_RETURN_CSTRING(str);
}

PG_FUNCTION_INFO_V1(survey_sample_send);
Datum
survey_sample_send(PG_FUNCTION_ARGS)
{
	VitkSurvey *s = PG_GETARG_SURVEY(0);
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendint8(&buf, VITK_SURVEY_VERSION);
	pq_sendint32(&buf, s->psus);
	for (uint32 i = 0; i < s->psus; i++)
	{
		pq_sendint64(&buf, s->psu[i].stratum);
		pq_sendint64(&buf, s->psu[i].psu);
		pq_sendfloat8(&buf, s->psu[i].n);
		pq_sendfloat8(&buf, s->psu[i].weight);
		pq_sendfloat8(&buf, s->psu[i].sum);
		pq_sendfloat8(&buf, s->psu[i].ss);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

static void
reject_binary(const char *why)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid binary value for type survey_sample: %s", why)));
}

PG_FUNCTION_INFO_V1(survey_sample_recv);
Datum
survey_sample_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	int			version = pq_getmsgbyte(buf);
	uint32		psus = pq_getmsgint(buf, 4);
	VitkSurvey *s;
	VitkErr		err;

	if (version != VITK_SURVEY_VERSION)
		reject_binary("unknown format version");
	if (psus > VITK_MAX_PSUS || psus * sizeof(VitkPsu) > (size_t) (buf->len - buf->cursor))
		reject_binary("more PSUs than the message holds");
	s = make_sample(&vitk_survey_none, psus);
	s->psus = psus;
	for (uint32 i = 0; i < psus; i++)
	{
		s->psu[i].stratum = pq_getmsgint64(buf);
		s->psu[i].psu = pq_getmsgint64(buf);
		s->psu[i].n = pq_getmsgfloat8(buf);
		s->psu[i].weight = pq_getmsgfloat8(buf);
		s->psu[i].sum = pq_getmsgfloat8(buf);
		s->psu[i].ss = pq_getmsgfloat8(buf);
	}
	if (!vitk_survey_valid(s, &err))
		reject_binary(err.msg);
	PG_RETURN_POINTER(s);
}

/*
 * Aggregates.  The state is a survey_sample whose PSUs are brought to order
 * when its room is used up; if they still fill half of it, it doubles.
 */

#define LEAST_ROOM 64

/* The state, which may be changed in place, with room for so many more PSUs */
static VitkSurvey *
with_room(FunctionCallInfo fcinfo, uint32 more)
{
	VitkSurvey *s;
	uint64		needed;

	if (PG_ARGISNULL(0))
		return make_sample(&vitk_survey_none, Max(more, LEAST_ROOM));
	s = get_state(PG_GETARG_DATUM(0));
	needed = (uint64) s->psus + more;
	if (AggCheckCallContext(fcinfo, NULL) != AGG_CONTEXT_AGGREGATE)
		s = make_sample(s, Min(needed, VITK_MAX_PSUS));
	if ((Pointer) s == DatumGetPointer(PG_GETARG_DATUM(0)) && VARSIZE(s) >= vitk_survey_size(needed))
		return s;
	bring_to_order(s);
	needed = (uint64) s->psus + more;
	if (needed > VITK_MAX_PSUS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("survey_sample cannot hold more than %d PSUs", VITK_MAX_PSUS)));
	if ((Pointer) s == DatumGetPointer(PG_GETARG_DATUM(0)) && VARSIZE(s) >= vitk_survey_size(2 * needed))
		return s;
	return make_sample(s, Min(Max(2 * needed, LEAST_ROOM), VITK_MAX_PSUS));
}

/* The arguments (state, value, weight, stratum, psu); only the value may be NULL */
static void
check_design(FunctionCallInfo fcinfo)
{
	if (PG_ARGISNULL(2))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("weight of a survey_sample must not be null"),
				 errhint("Use WHERE weight > 0 to leave out rows to which the survey gives no weight.")));
	if (PG_ARGISNULL(3) || PG_ARGISNULL(4))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("%s of a survey_sample must not be null", PG_ARGISNULL(3) ? "stratum" : "psu"),
				 PG_ARGISNULL(3) ? errhint("For a survey without strata, pass the same number, such as 1, for every row.") :
				 errhint("For a survey without clusters, pass the number of the person.")));
}

PG_FUNCTION_INFO_V1(survey_sample_add);
Datum
survey_sample_add(PG_FUNCTION_ARGS)
{
	VitkSurvey *state;
	VitkErr		err;

	check_design(fcinfo);
	state = with_room(fcinfo, 1);
	if (!vitk_survey_add(state, PG_GETARG_INT64(3), PG_GETARG_INT64(4), PG_GETARG_FLOAT8(2),
						 !PG_ARGISNULL(1), PG_ARGISNULL(1) ? 0 : PG_GETARG_FLOAT8(1), &err))
		VITK_RAISE(&err);
	PG_RETURN_POINTER(state);
}

/* Combine function, and the transition function of pool(survey_sample) */
PG_FUNCTION_INFO_V1(survey_sample_pool);
Datum
survey_sample_pool(PG_FUNCTION_ARGS)
{
	VitkSurvey *more;
	VitkSurvey *state;

	if (PG_ARGISNULL(1))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	more = get_state(PG_GETARG_DATUM(1));
	state = with_room(fcinfo, more->psus);
	memcpy(state->psu + state->psus, more->psu, more->psus * sizeof(VitkPsu));
	state->psus += more->psus;
	state->ordered = 0;
	PG_RETURN_POINTER(state);
}

PG_FUNCTION_INFO_V1(survey_sample_final);
Datum
survey_sample_final(PG_FUNCTION_ARGS)
{
	VitkSurvey *s = get_state(PG_GETARG_DATUM(0));

	s = make_sample(s, s->psus);
	bring_to_order(s);
	SET_VARSIZE(s, vitk_survey_size(s->psus));
	PG_RETURN_POINTER(s);
}

/*
 * Parts
 */

static Datum
null_for_nan(FunctionCallInfo fcinfo, double v)
{
	if (!isfinite(v))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(v);
}

static VitkSurveyTotals
totals_arg(FunctionCallInfo fcinfo)
{
	VitkSurveyTotals t;
	VitkErr		err;

	if (!vitk_survey_finite_totals(PG_GETARG_SURVEY(0), &t, &err))
		VITK_RAISE(&err);
	return t;
}

PG_FUNCTION_INFO_V1(survey_sample_n);
Datum
survey_sample_n(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64((int64) vitk_survey_totals(PG_GETARG_SURVEY(0)).n);
}

PG_FUNCTION_INFO_V1(survey_sample_sum_weights);
Datum
survey_sample_sum_weights(PG_FUNCTION_ARGS)
{
	return null_for_nan(fcinfo, totals_arg(fcinfo).weight);
}

PG_FUNCTION_INFO_V1(survey_sample_psus);
Datum
survey_sample_psus(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32((int32) PG_GETARG_SURVEY(0)->psus);
}

PG_FUNCTION_INFO_V1(survey_sample_strata);
Datum
survey_sample_strata(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32((int32) vitk_survey_totals(PG_GETARG_SURVEY(0)).strata);
}

/* PSUs less strata; NULL where that is nothing */
PG_FUNCTION_INFO_V1(survey_sample_df);
Datum
survey_sample_df(PG_FUNCTION_ARGS)
{
	VitkSurveyTotals t = vitk_survey_totals(PG_GETARG_SURVEY(0));

	return null_for_nan(fcinfo, t.psus > t.strata ? t.psus - t.strata : NAN);
}

PG_FUNCTION_INFO_V1(survey_sample_mean);
Datum
survey_sample_mean(PG_FUNCTION_ARGS)
{
	VitkSurveyTotals t = totals_arg(fcinfo);

	return null_for_nan(fcinfo, t.sum / t.weight);
}

PG_FUNCTION_INFO_V1(survey_sample_total);
Datum
survey_sample_total(PG_FUNCTION_ARGS)
{
	VitkSurveyTotals t = totals_arg(fcinfo);

	return null_for_nan(fcinfo, t.psus > 0 ? t.sum : NAN);
}

/*
 * Estimates
 */

static VitkLonely
lonely_arg(FunctionCallInfo fcinfo, int n)
{
	text	   *name = PG_GETARG_TEXT_PP(n);
	VitkLonely	lonely;
	VitkErr		err;

	if (!vitk_lonely_parse(VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name), &lonely, &err))
		VITK_RAISE(&err);
	return lonely;
}

static double
level_arg(FunctionCallInfo fcinfo, int n)
{
	double		level = PG_GETARG_FLOAT8(n);
	VitkErr		err;

	if (!vitk_level_valid(level, &err))
		VITK_RAISE(&err);
	return level;
}

/* Standard error of the mean */
PG_FUNCTION_INFO_V1(survey_sample_se);
Datum
survey_sample_se(PG_FUNCTION_ARGS)
{
	VitkSurveyEstimate e;
	VitkErr		err;

	if (!vitk_survey_mean(PG_GETARG_SURVEY(0), lonely_arg(fcinfo, 1), &e, &err))
		VITK_RAISE(&err);
	return null_for_nan(fcinfo, e.se);
}

PG_FUNCTION_INFO_V1(survey_sample_deff);
Datum
survey_sample_deff(PG_FUNCTION_ARGS)
{
	VitkSurveyEstimate e;
	VitkErr		err;

	if (!vitk_survey_mean(PG_GETARG_SURVEY(0), lonely_arg(fcinfo, 1), &e, &err))
		VITK_RAISE(&err);
	return null_for_nan(fcinfo, e.deff);
}

/* The last columns of every row: estimate, se, df, ci_lower, ci_upper */
#define ESTIMATE_COLUMNS 5

static void
put_estimate(const VitkSurveyEstimate *e, double level, Datum *values, bool *nulls)
{
	double		half = isnan(e->df) ? NAN : e->se * vitk_t_quantile((1 - level) / 2, e->df, true);
	double		v[ESTIMATE_COLUMNS] = {
		e->estimate, e->se, e->df, e->estimate - half, e->estimate + half
	};

	for (int i = 0; i < ESTIMATE_COLUMNS; i++)
	{
		nulls[i] = !isfinite(v[i]);
		values[i] = nulls[i] ? (Datum) 0 : Float8GetDatum(v[i]);
	}
}

/* n, weights, the estimate, deff */
static Datum
sample_row(FunctionCallInfo fcinfo,
		   bool (*estimate) (const VitkSurvey *, VitkLonely, VitkSurveyEstimate *, VitkErr *))
{
	VitkSurvey *s = PG_GETARG_SURVEY(0);
	VitkSurveyTotals t = vitk_survey_totals(s);
	double		level = level_arg(fcinfo, 1);
	Datum		values[3 + ESTIMATE_COLUMNS] = {Int64GetDatum((int64) t.n), Float8GetDatum(t.weight)};
	bool		nulls[3 + ESTIMATE_COLUMNS] = {false};
	VitkSurveyEstimate e;
	VitkErr		err;

	if (!estimate(s, lonely_arg(fcinfo, 2), &e, &err))
		VITK_RAISE(&err);
	put_estimate(&e, level, values + 2, nulls + 2);
	nulls[2 + ESTIMATE_COLUMNS] = !isfinite(e.deff);
	if (isfinite(e.deff))
		values[2 + ESTIMATE_COLUMNS] = Float8GetDatum(e.deff);
	PG_RETURN_DATUM(vitk_row_datum(fcinfo, values, nulls));
}

PG_FUNCTION_INFO_V1(survey_sample_survey_mean);
Datum
survey_sample_survey_mean(PG_FUNCTION_ARGS)
{
	return sample_row(fcinfo, vitk_survey_mean);
}

PG_FUNCTION_INFO_V1(survey_sample_survey_total);
Datum
survey_sample_survey_total(PG_FUNCTION_ARGS)
{
	return sample_row(fcinfo, vitk_survey_total);
}

/* The confidence interval of the mean */
PG_FUNCTION_INFO_V1(survey_sample_ci);
Datum
survey_sample_ci(PG_FUNCTION_ARGS)
{
	double		level = level_arg(fcinfo, 1);
	Datum		values[ESTIMATE_COLUMNS];
	bool		nulls[ESTIMATE_COLUMNS];
	VitkSurveyEstimate e;
	VitkErr		err;

	if (!vitk_survey_mean(PG_GETARG_SURVEY(0), lonely_arg(fcinfo, 2), &e, &err))
		VITK_RAISE(&err);
	put_estimate(&e, level, values, nulls);
	PG_RETURN_DATUM(vitk_row_datum(fcinfo, values + 3, nulls + 3));
}

/* The arguments (numerator, denominator, level, lonely_psu) */
PG_FUNCTION_INFO_V1(survey_sample_ratio);
Datum
survey_sample_ratio(PG_FUNCTION_ARGS)
{
	double		level = level_arg(fcinfo, 2);
	Datum		values[ESTIMATE_COLUMNS];
	bool		nulls[ESTIMATE_COLUMNS];
	VitkSurveyEstimate e;
	VitkErr		err;

	if (!vitk_survey_ratio(PG_GETARG_SURVEY(0), PG_GETARG_SURVEY(1), lonely_arg(fcinfo, 3), &e, &err))
		VITK_RAISE(&err);
	put_estimate(&e, level, values, nulls);
	PG_RETURN_DATUM(vitk_row_datum(fcinfo, values, nulls));
}

PG_FUNCTION_INFO_V1(survey_sample_difference);
Datum
survey_sample_difference(PG_FUNCTION_ARGS)
{
	VitkEffect *result = palloc(sizeof(VitkEffect));
	VitkErr		err;

	if (!vitk_survey_difference(PG_GETARG_SURVEY(0), PG_GETARG_SURVEY(1), lonely_arg(fcinfo, 2), result, &err))
		VITK_RAISE(&err);
	if (result->kind == VITK_EFFECT_NONE)
		PG_RETURN_NULL();
	PG_RETURN_EFFECT_SIZE_P(result);
}

/*
 * Comparison: PSU by PSU
 */

static int
compare(FunctionCallInfo fcinfo)
{
	VitkSurvey *a = PG_GETARG_SURVEY(0);
	VitkSurvey *b = PG_GETARG_SURVEY(1);
	int			cmp = vitk_survey_cmp(a, b);

	/* sorting must not fill the memory with what came from TOAST */
	PG_FREE_IF_COPY(a, 0);
	PG_FREE_IF_COPY(b, 1);
	return cmp;
}

PG_FUNCTION_INFO_V1(survey_sample_cmp);
Datum
survey_sample_cmp(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(compare(fcinfo));
}

#define SURVEY_OPERATOR(name, op) \
PG_FUNCTION_INFO_V1(name); \
Datum \
name(PG_FUNCTION_ARGS) \
{ \
	PG_RETURN_BOOL(compare(fcinfo) op 0); \
}

SURVEY_OPERATOR(survey_sample_eq, ==)
SURVEY_OPERATOR(survey_sample_ne, !=)
SURVEY_OPERATOR(survey_sample_lt, <)
SURVEY_OPERATOR(survey_sample_le, <=)
SURVEY_OPERATOR(survey_sample_gt, >)
SURVEY_OPERATOR(survey_sample_ge, >=)

/* Equal samples have equal bytes: no padding, no minus zero */
static uint64
hash_sample(FunctionCallInfo fcinfo, uint64 seed)
{
	VitkSurvey *s = PG_GETARG_SURVEY(0);
	uint64		hash = DatumGetUInt64(hash_any_extended((unsigned char *) s->psu,
														s->psus * sizeof(VitkPsu), seed));

	PG_FREE_IF_COPY(s, 0);
	return hash;
}

PG_FUNCTION_INFO_V1(survey_sample_hash);
Datum
survey_sample_hash(PG_FUNCTION_ARGS)
{
	/* with seed 0 the extended hash has the plain one in its low half */
	PG_RETURN_UINT32((uint32) hash_sample(fcinfo, 0));
}

PG_FUNCTION_INFO_V1(survey_sample_hash_extended);
Datum
survey_sample_hash_extended(PG_FUNCTION_ARGS)
{
	PG_RETURN_UINT64(hash_sample(fcinfo, PG_GETARG_INT64(1)));
}
