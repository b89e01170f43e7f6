/*
 * publication_bias.c
 *		Do small studies of a meta_evidence find something else than large ones?
 */
#include "vitk.h"

#include <math.h>

#include "storage/shmem.h"
#include "utils/builtins.h"

#include "core/publication_bias.h"
#include "meta_regression.h"
#include "pooled.h"

PG_FUNCTION_INFO_V1(publication_bias_rank_test);
Datum
publication_bias_rank_test(PG_FUNCTION_ARGS)
{
	VitkEvidence *e = PG_GETARG_EVIDENCE(0);
	VitkMetaPoint *p = palloc(Max(e->k, 1) * sizeof(VitkMetaPoint));
	double	   *x = palloc(Max(e->k, 1) * sizeof(double));
	double	   *work = palloc((VITK_RANK_EXACT * (VITK_RANK_EXACT - 1) / 2 + 1) * sizeof(double));
	int			k = vitk_evidence_points(e, e->k, e->k, p);
	VitkRankTest r = vitk_meta_rank_test(p, k, x, work);
	Datum		values[4] = {Int32GetDatum(k), (Datum) 0, (Datum) 0, BoolGetDatum(r.exact)};
	bool		nulls[4] = {false};

	vitk_put_number(&values[1], &nulls[1], r.tau);
	vitk_put_number(&values[2], &nulls[2], r.p_value);
	PG_RETURN_DATUM(vitk_row_datum(fcinfo, values, nulls));
}

/* The side where small studies lack, by a regression on their standard errors */
static VitkFillSide
side_of_small_studies(const VitkMetaPoint *p, int k, const VitkPoolOptions *o)
{
	VitkRegression m = {.options = *o};
	double	   *se;

	if (k > VITK_REGRESSION_STUDIES)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many studies to tell the side: %d, with a limit of %d", k, VITK_REGRESSION_STUDIES),
				 errhint("Say side => 'left' or 'right'.")));
	vitk_regression_alloc(&m, k, 1);
	se = palloc(mul_size(k, sizeof(double)));
	for (int i = 0; i < k; i++)
	{
		se[i] = sqrt(p[i].v);
		m.row[i] = (VitkRegressionRow)
		{
			p[i].y, p[i].v, &se[i]
		};
	}
	return vitk_fill_side(&m);
}

/* The evidence, and after it the mirror images of the last k0 points */
static VitkEvidence *
fill(const VitkEvidence *e, const VitkMetaPoint *p, const VitkTrimAndFill *r)
{
	VitkEvidence *filled = palloc(vitk_evidence_size(e->k + r->k0));
	VitkErr		err;

	memcpy(filled, e, vitk_evidence_size(e->k));
	SET_VARSIZE(filled, vitk_evidence_size(e->k + r->k0));
	for (uint32 i = e->k - r->k0; i < e->k; i++)
	{
		VitkEffect	image;

		if (!vitk_effect_make(2 * r->center - p[i].y, sqrt(p[i].v), 0, e->kind, &image, &err) ||
			!vitk_evidence_add(filled, &image, &err))
			VITK_RAISE(&err);
	}
	return filled;
}

/* trim_and_fill(evidence, method, estimator, side) */
PG_FUNCTION_INFO_V1(publication_bias_trim_and_fill);
Datum
publication_bias_trim_and_fill(PG_FUNCTION_ARGS)
{
	VitkEvidence *e = PG_GETARG_EVIDENCE(0);
	VitkText	method = vitk_text_arg(fcinfo, 1);
	VitkText	name = vitk_text_arg(fcinfo, 2);
	VitkText	side_name = vitk_text_arg(fcinfo, 3);
	VitkMetaPoint *p = palloc(Max(e->k, 1) * 2 * sizeof(VitkMetaPoint));
	int			k = vitk_evidence_points(e, e->k, e->k, p);
	VitkPoolOptions o = {.test = VITK_POOL_Z, .level = 0.95};
	VitkFillEstimator estimator;
	VitkTrimAndFill r = {VITK_FILL_UNKNOWN, -1, NAN, NAN, NAN};
	Datum		values[6] = {Int32GetDatum(k)};
	bool		nulls[6] = {false};
	VitkErr		err;

	if (!vitk_pool_method_parse(method.data, method.len, &o.method, &err) ||
		!vitk_fill_estimator_parse(name.data, name.len, &estimator, &err) ||
		!vitk_fill_side_parse(side_name.data, side_name.len, &r.side, &err))
		VITK_RAISE(&err);
	if (r.side == VITK_FILL_UNKNOWN && k > 0)
		r.side = side_of_small_studies(p, k, &o);
	if (r.side != VITK_FILL_UNKNOWN && k > 1)
		r = vitk_meta_trim_and_fill(p, k, &o, estimator, r.side, p + k);
	nulls[1] = nulls[5] = r.k0 < 0;
	nulls[3] = r.side == VITK_FILL_UNKNOWN;
	values[1] = Int32GetDatum(r.k0);
	vitk_put_number(&values[2], &nulls[2], r.se_k0);
	values[3] = nulls[3] ? (Datum) 0 : CStringGetTextDatum(vitk_fill_side_name(r.side));
	vitk_put_number(&values[4], &nulls[4], r.p_value);
	values[5] = nulls[5] ? (Datum) 0 : PointerGetDatum(fill(e, p, &r));
	PG_RETURN_DATUM(vitk_row_datum(fcinfo, values, nulls));
}
