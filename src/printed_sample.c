/*
 * printed_sample.c
 *		Samples and effects from quantiles, geometric means, and designs with
 *		clusters, shared controls and crossover.
 */
#include "vitk.h"

#include <math.h>

#include "core/printed_sample.h"
#include "effect_size.h"
#include "study_sample.h"

static Datum
return_sample(bool ok, const VitkSample *sample, const VitkErr *err)
{
	VitkSample *result;

	if (!ok)
		VITK_RAISE(err);
	result = palloc(sizeof(VitkSample));
	*result = *sample;
	PG_RETURN_STUDY_SAMPLE_P(result);
}

static Datum
of_quantiles(FunctionCallInfo fcinfo, const VitkQuantiles *q, int method_arg)
{
	text	   *name = PG_GETARG_TEXT_PP(method_arg);
	VitkQuantileMethod method;
	VitkSample	sample;
	VitkErr		err;
	bool		ok = vitk_quantile_method_parse(VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name), &method, &err) &&
		vitk_sample_from_quantiles(q, method, &sample, &err);

	return return_sample(ok, &sample, &err);
}

/* (n, q1, median, q3, method) */
PG_FUNCTION_INFO_V1(printed_sample_from_quantiles);
Datum
printed_sample_from_quantiles(PG_FUNCTION_ARGS)
{
	VitkQuantiles q = {PG_GETARG_FLOAT8(0), NAN, PG_GETARG_FLOAT8(1), PG_GETARG_FLOAT8(2), PG_GETARG_FLOAT8(3), NAN};

	return of_quantiles(fcinfo, &q, 4);
}

/* (n, minimum, median, maximum, method) */
PG_FUNCTION_INFO_V1(printed_sample_from_range);
Datum
printed_sample_from_range(PG_FUNCTION_ARGS)
{
	VitkQuantiles q = {PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(1), NAN, PG_GETARG_FLOAT8(2), NAN, PG_GETARG_FLOAT8(3)};

	return of_quantiles(fcinfo, &q, 4);
}

/* (n, minimum, q1, median, q3, maximum, method) */
PG_FUNCTION_INFO_V1(printed_sample_from_five);
Datum
printed_sample_from_five(PG_FUNCTION_ARGS)
{
	VitkQuantiles q = {
		PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(1), PG_GETARG_FLOAT8(2),
		PG_GETARG_FLOAT8(3), PG_GETARG_FLOAT8(4), PG_GETARG_FLOAT8(5)
	};

	return of_quantiles(fcinfo, &q, 6);
}

PG_FUNCTION_INFO_V1(printed_sample_from_geometric);
Datum
printed_sample_from_geometric(PG_FUNCTION_ARGS)
{
	VitkSample	sample;
	VitkErr		err;
	bool		ok = vitk_sample_from_geometric(PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(1),
												PG_GETARG_FLOAT8(2), &sample, &err);

	return return_sample(ok, &sample, &err);
}

PG_FUNCTION_INFO_V1(printed_sample_from_geometric_ci);
Datum
printed_sample_from_geometric_ci(PG_FUNCTION_ARGS)
{
	VitkSample	sample;
	VitkErr		err;
	bool		ok = vitk_sample_from_geometric_ci(PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(1), PG_GETARG_FLOAT8(2),
												   PG_GETARG_FLOAT8(3), PG_GETARG_FLOAT8(4), &sample, &err);

	return return_sample(ok, &sample, &err);
}

/* (baseline, followup, correlation), a correlation that is NULL is asked for */
static Datum
standardised_change(FunctionCallInfo fcinfo,
					bool (*make) (const VitkSample *, const VitkSample *, double, VitkEffect *, VitkErr *))
{
	VitkEffect	effect;
	VitkErr		err;
	bool		ok;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	ok = make(PG_GETARG_STUDY_SAMPLE_P(0), PG_GETARG_STUDY_SAMPLE_P(1),
			  PG_ARGISNULL(2) ? NAN : PG_GETARG_FLOAT8(2), &effect, &err);
	return vitk_return_effect(fcinfo, ok, &effect, &err);
}

PG_FUNCTION_INFO_V1(printed_sample_smcc);
Datum
printed_sample_smcc(PG_FUNCTION_ARGS)
{
	return standardised_change(fcinfo, vitk_effect_smcc);
}

PG_FUNCTION_INFO_V1(printed_sample_smcr);
Datum
printed_sample_smcr(PG_FUNCTION_ARGS)
{
	return standardised_change(fcinfo, vitk_effect_smcr);
}

PG_FUNCTION_INFO_V1(printed_sample_part);
Datum
printed_sample_part(PG_FUNCTION_ARGS)
{
	VitkSample	sample;
	VitkErr		err;
	bool		ok = vitk_sample_part(PG_GETARG_STUDY_SAMPLE_P(0), PG_GETARG_INT32(1), PG_GETARG_INT32(2),
									  &sample, &err);

	return return_sample(ok, &sample, &err);
}

PG_FUNCTION_INFO_V1(printed_sample_effective);
Datum
printed_sample_effective(PG_FUNCTION_ARGS)
{
	VitkSample	sample;
	VitkErr		err;
	bool		ok = vitk_sample_effective(PG_GETARG_STUDY_SAMPLE_P(0), PG_GETARG_FLOAT8(1), &sample, &err);

	return return_sample(ok, &sample, &err);
}

/* The same effect with its variance times the design effect */
PG_FUNCTION_INFO_V1(printed_sample_effective_effect);
Datum
printed_sample_effective_effect(PG_FUNCTION_ARGS)
{
	VitkEffect *e = PG_GETARG_EFFECT_SIZE_P(0);
	double		design_effect = PG_GETARG_FLOAT8(1);
	VitkEffect	effect;
	VitkErr		err;
	bool		ok;

	if (!(isfinite(design_effect) && design_effect >= 1))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("design effect must be finite and at least 1, not %g", design_effect)));
	ok = vitk_effect_make(e->estimate, e->se * sqrt(design_effect), e->df, e->kind, &effect, &err);
	return vitk_return_effect(fcinfo, ok, &effect, &err);
}

/* 1 + (size - 1) * icc */
PG_FUNCTION_INFO_V1(printed_sample_design_effect);
Datum
printed_sample_design_effect(PG_FUNCTION_ARGS)
{
	double		size = PG_GETARG_FLOAT8(0);
	double		icc = PG_GETARG_FLOAT8(1);

	if (!(isfinite(size) && size >= 1))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("cluster size must be finite and at least 1, not %g", size)));
	if (!(icc >= 0 && icc <= 1))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("intracluster correlation must be between 0 and 1, not %g", icc)));
	PG_RETURN_FLOAT8(1 + (size - 1) * icc);
}
