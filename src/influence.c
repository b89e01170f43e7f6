/*
 * influence.c
 *		What each study of a meta_evidence weighs, and what would be without it.
 *
 * The statistics are in core/influence.c.
 */
#include "vitk.h"

#include <math.h>

#include "funcapi.h"
#include "miscadmin.h"

#include "core/distribution.h"
#include "core/influence.h"
#include "pooled.h"

/* Where the study with this number stands among the points, which are in another order */
static int
find_point(const VitkEvidence *e, uint32 study, const VitkMetaPoint *p, int k)
{
	VitkMetaPoint this = {e->study[study].estimate, e->study[study].se * e->study[study].se};
	int			i = 0;

	while (i < k - 1 && vitk_meta_point_cmp(&p[i], &this) != 0)
		i++;
	return i;
}

typedef struct Model
{
	VitkEvidence *evidence;
	VitkPoolOptions options;
	VitkMetaPoint *p;
	VitkMetaPoint *others;
	int			k;
	VitkPooled	all;
} Model;

static void
fit(FunctionCallInfo fcinfo, Model *m)
{
	m->evidence = PG_GETARG_EVIDENCE(0);
	m->options = vitk_pool_options(fcinfo, 1);
	m->p = palloc(Max(m->evidence->k, 1) * sizeof(VitkMetaPoint));
	m->others = palloc(Max(m->evidence->k, 1) * sizeof(VitkMetaPoint));
	m->k = vitk_evidence_points(m->evidence, m->evidence->k, m->evidence->k, m->p);
	m->all = vitk_meta_pool(m->p, m->k, &m->options);
}

static void
put_row(ReturnSetInfo *rsinfo, uint32 study, VitkEffect *effect, const double *numbers, int n,
		Datum *values, bool *nulls)
{
	values[0] = Int32GetDatum(study + 1);
	values[1] = PointerGetDatum(effect);
	nulls[0] = nulls[1] = false;
	for (int i = 0; i < n; i++)
		vitk_put_number(&values[2 + i], &nulls[2 + i], numbers[i]);
	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
}

/* study_weights(evidence, method, test, level): what a forest plot needs */
PG_FUNCTION_INFO_V1(influence_study_weights);
Datum
influence_study_weights(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	Model		m;

	fit(fcinfo, &m);
	InitMaterializedSRF(fcinfo, 0);
	for (uint32 i = 0; i < m.evidence->k; i++)
	{
		VitkEffect	e = vitk_evidence_effect(m.evidence, i);
		VitkInfluence w = vitk_meta_weight(m.p, m.k, find_point(m.evidence, i, m.p, m.k), &m.all);
		double		half = vitk_effect_ci_half(&e, m.options.level);
		bool		is_log = vitk_effect_is_log(e.kind);
		double		numbers[] = {
			e.estimate, e.se, e.estimate - half, e.estimate + half,
			is_log ? exp(e.estimate) : NAN,
			is_log ? exp(e.estimate - half) : NAN,
			is_log ? exp(e.estimate + half) : NAN,
			w.weight, w.residual, w.rstandard
		};
		Datum		values[2 + lengthof(numbers)];
		bool		nulls[2 + lengthof(numbers)];

		put_row(rsinfo, i, &e, numbers, lengthof(numbers), values, nulls);
	}
	return (Datum) 0;
}

/* influence(evidence, method, test, level) */
PG_FUNCTION_INFO_V1(influence_influence);
Datum
influence_influence(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	Model		m;

	fit(fcinfo, &m);
	InitMaterializedSRF(fcinfo, 0);
	for (uint32 i = 0; i < m.evidence->k; i++)
	{
		VitkEffect	e = vitk_evidence_effect(m.evidence, i);
		VitkInfluence r = vitk_meta_influence(m.p, m.k, find_point(m.evidence, i, m.p, m.k), &m.all,
											  &m.options, m.others);
		double		numbers[] = {
			r.rstudent, r.dffits, r.cooks_distance, r.cov_ratio, r.tau2_deleted, r.q_deleted,
			r.hat, r.weight, r.dfbetas
		};
		Datum		values[3 + lengthof(numbers)];
		bool		nulls[3 + lengthof(numbers)];

		CHECK_FOR_INTERRUPTS();
		values[2 + lengthof(numbers)] = BoolGetDatum(r.influential);
		nulls[2 + lengthof(numbers)] = false;
		put_row(rsinfo, i, &e, numbers, lengthof(numbers), values, nulls);
	}
	return (Datum) 0;
}
