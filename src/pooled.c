/*
 * pooled.c
 *		What the studies of a meta_evidence say together.
 *
 * The statistics are in core/pooled.c.
 */
#include "vitk.h"

#include <math.h>

#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "core/estimate.h"
#include "pooled.h"

VitkPoolOptions
vitk_pool_options(FunctionCallInfo fcinfo, int first)
{
	text	   *method = PG_GETARG_TEXT_PP(first);
	text	   *test = PG_GETARG_TEXT_PP(first + 1);
	VitkPoolOptions o = {.level = PG_GETARG_FLOAT8(first + 2)};
	VitkErr		err;

	if (!vitk_pool_method_parse(VARDATA_ANY(method), VARSIZE_ANY_EXHDR(method), &o.method, &err) ||
		!vitk_pool_test_parse(VARDATA_ANY(test), VARSIZE_ANY_EXHDR(test), &o.test, &err) ||
		!vitk_level_valid(o.level, &err))
		VITK_RAISE(&err);
	return o;
}

int
vitk_evidence_points(const VitkEvidence *e, uint32 end, uint32 omitted, VitkMetaPoint *p)
{
	int			n = 0;

	for (uint32 i = 0; i < end; i++)
	{
		if (i == omitted)
			continue;
		p[n].y = e->study[i].estimate;
		p[n++].v = e->study[i].se * e->study[i].se;
	}
	qsort(p, n, sizeof(VitkMetaPoint), vitk_meta_point_cmp);
	return n;
}

void
vitk_put_number(Datum *value, bool *isnull, double number)
{
	*isnull = !isfinite(number);
	*value = *isnull ? (Datum) 0 : Float8GetDatum(number);
}

static void
put_text(Datum *value, bool *isnull, const char *s)
{
	*isnull = s == NULL;
	*value = *isnull ? (Datum) 0 : CStringGetTextDatum(s);
}

#define POOLED_COLUMNS 25

/* Pool k studies to a row: k, the numbers, ratios, method, test, measure */
static void
pool_to_row(const VitkMetaPoint *p, int k, int kind, const VitkPoolOptions *o,
			Datum *values, bool *nulls)
{
	bool		is_log = k > 0 && vitk_effect_is_log(kind);
	VitkPooled	r = vitk_meta_pool(p, k, o);
	double		numbers[] = {
		r.estimate, r.se, r.statistic, r.df, r.p_value, r.ci_lower, r.ci_upper,
		r.tau2, r.se_tau2, r.i2, r.h2, r.q, r.q_df, r.q_p, r.pi_lower, r.pi_upper,
		r.predict_lower, r.predict_upper,
		is_log ? exp(r.estimate) : NAN,
		is_log ? exp(r.ci_lower) : NAN,
		is_log ? exp(r.ci_upper) : NAN
	};
	int			n = 0;

	nulls[n] = false;
	values[n++] = Int32GetDatum(k);
	for (int i = 0; i < (int) lengthof(numbers); i++, n++)
		vitk_put_number(&values[n], &nulls[n], numbers[i]);
	put_text(&values[n], &nulls[n], vitk_pool_method_name(o->method));
	n++;
	put_text(&values[n], &nulls[n], k == 0 ? NULL : vitk_pool_test_name(r.test));
	n++;
	put_text(&values[n], &nulls[n], k == 0 ? NULL : vitk_effect_kind_name(kind));
	Assert(n + 1 == POOLED_COLUMNS);
}

PG_FUNCTION_INFO_V1(meta_evidence_pooled);
Datum
meta_evidence_pooled(PG_FUNCTION_ARGS)
{
	VitkEvidence *e = PG_GETARG_EVIDENCE(0);
	VitkPoolOptions o = vitk_pool_options(fcinfo, 1);
	VitkMetaPoint *p = palloc(Max(e->k, 1) * sizeof(VitkMetaPoint));
	int			k = vitk_evidence_points(e, e->k, e->k, p);
	Datum		values[POOLED_COLUMNS];
	bool		nulls[POOLED_COLUMNS];

	pool_to_row(p, k, e->kind, &o, values, nulls);
	pfree(p);
	PG_RETURN_DATUM(vitk_row_datum(fcinfo, values, nulls));
}

/* A row for each study: pooled without it, or with those up to it */
static void
pool_series(FunctionCallInfo fcinfo, bool leave_out)
{
	VitkEvidence *e = PG_GETARG_EVIDENCE(0);
	VitkPoolOptions o = vitk_pool_options(fcinfo, 1);
	VitkMetaPoint *p = palloc(Max(e->k, 1) * sizeof(VitkMetaPoint));
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	for (uint32 i = 0; i < e->k; i++)
	{
		VitkEffect	effect = vitk_evidence_effect(e, i);
		int			k = leave_out ? vitk_evidence_points(e, e->k, i, p) : vitk_evidence_points(e, i + 1, e->k, p);
		Datum		values[2 + POOLED_COLUMNS] = {Int32GetDatum(i + 1), PointerGetDatum(&effect)};
		bool		nulls[2 + POOLED_COLUMNS] = {false};

		CHECK_FOR_INTERRUPTS();
		pool_to_row(p, k, e->kind, &o, values + 2, nulls + 2);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
}

PG_FUNCTION_INFO_V1(meta_evidence_leave_one_out);
Datum
meta_evidence_leave_one_out(PG_FUNCTION_ARGS)
{
	pool_series(fcinfo, true);
	return (Datum) 0;
}

PG_FUNCTION_INFO_V1(meta_evidence_cumulative);
Datum
meta_evidence_cumulative(PG_FUNCTION_ARGS)
{
	pool_series(fcinfo, false);
	return (Datum) 0;
}

PG_FUNCTION_INFO_V1(meta_evidence_egger_test);
Datum
meta_evidence_egger_test(PG_FUNCTION_ARGS)
{
	VitkEvidence *e = PG_GETARG_EVIDENCE(0);
	VitkMetaPoint *p = palloc(Max(e->k, 1) * sizeof(VitkMetaPoint));
	int			k = vitk_evidence_points(e, e->k, e->k, p);
	VitkEgger	r = vitk_meta_egger(p, k);
	double		numbers[] = {
		r.bias, r.se, r.statistic, r.df, r.p_value, r.limit_estimate, r.limit_se
	};
	Datum		values[1 + lengthof(numbers)] = {Int32GetDatum(k)};
	bool		nulls[1 + lengthof(numbers)] = {false};

	for (int i = 0; i < (int) lengthof(numbers); i++)
		vitk_put_number(&values[i + 1], &nulls[i + 1], numbers[i]);
	PG_RETURN_DATUM(vitk_row_datum(fcinfo, values, nulls));
}

/* heterogeneity_ci(evidence, method, level) */
PG_FUNCTION_INFO_V1(pooled_heterogeneity_ci);
Datum
pooled_heterogeneity_ci(PG_FUNCTION_ARGS)
{
	VitkEvidence *e = PG_GETARG_EVIDENCE(0);
	text	   *method = PG_GETARG_TEXT_PP(1);
	VitkPoolOptions o = {.test = VITK_POOL_Z, .level = PG_GETARG_FLOAT8(2)};
	VitkMetaPoint *p = palloc(Max(e->k, 1) * sizeof(VitkMetaPoint));
	int			k = vitk_evidence_points(e, e->k, e->k, p);
	Datum		values[10] = {Int32GetDatum(k)};
	bool		nulls[10] = {false};
	VitkHeterogeneity h;
	VitkErr		err;

	if (!vitk_pool_method_parse(VARDATA_ANY(method), VARSIZE_ANY_EXHDR(method), &o.method, &err) ||
		!vitk_level_valid(o.level, &err))
		VITK_RAISE(&err);
	h = vitk_meta_q_profile(p, k, &o);
	for (int i = 0; i < 3; i++)
	{
		double		tau2 = i == 0 ? h.tau2 : i == 1 ? h.lower : h.upper;

		vitk_put_number(&values[1 + i], &nulls[1 + i], tau2);
		vitk_put_number(&values[4 + i], &nulls[4 + i], 100 * (tau2 / (tau2 + h.typical)));
		vitk_put_number(&values[7 + i], &nulls[7 + i], tau2 / h.typical + 1);
	}
	PG_RETURN_DATUM(vitk_row_datum(fcinfo, values, nulls));
}
