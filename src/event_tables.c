/*
 * event_tables.c
 *		Aggregates that pool events of n by Mantel and Haenszel, and by Peto.
 *
 * The state is an array of sums (core/event_tables.h), which combine by adding.
 */
#include "vitk.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "utils/array.h"

#include "core/event_tables.h"
#include "effect_size.h"

/* The sums of a state; they may be changed in place in an aggregate, else in a copy */
static ArrayType *
get_sums(FunctionCallInfo fcinfo, int n, bool change, double **sums)
{
	ArrayType  *array = change && AggCheckCallContext(fcinfo, NULL) != AGG_CONTEXT_AGGREGATE ?
		PG_GETARG_ARRAYTYPE_P_COPY(n) : PG_GETARG_ARRAYTYPE_P(n);

	if (ARR_NDIM(array) != 1 || ARR_DIMS(array)[0] != (int) VITK_TABLES_SUMS ||
		ARR_HASNULL(array) || ARR_ELEMTYPE(array) != FLOAT8OID)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("expected an array of %d sums", (int) VITK_TABLES_SUMS)));
	*sums = (double *) ARR_DATA_PTR(array);
	return array;
}

/* The arguments (state, events_treat, n_treat, events_control, n_control[, drop00]) */
PG_FUNCTION_INFO_V1(event_tables_add);
Datum
event_tables_add(PG_FUNCTION_ARGS)
{
	double	   *sums;
	ArrayType  *state = get_sums(fcinfo, 0, true, &sums);
	double		events[2] = {PG_GETARG_INT64(1), PG_GETARG_INT64(3)};
	double		n[2] = {PG_GETARG_INT64(2), PG_GETARG_INT64(4)};
	VitkErr		err;

	if (!vitk_tables_add((VitkTables *) sums, events, n, PG_NARGS() > 5 && PG_GETARG_BOOL(5), &err))
		VITK_RAISE(&err);
	PG_RETURN_ARRAYTYPE_P(state);
}

PG_FUNCTION_INFO_V1(event_tables_combine);
Datum
event_tables_combine(PG_FUNCTION_ARGS)
{
	double	   *sums;
	double	   *more;
	ArrayType  *state = get_sums(fcinfo, 0, true, &sums);

	get_sums(fcinfo, 1, false, &more);
	for (size_t i = 0; i < VITK_TABLES_SUMS; i++)
		sums[i] += more[i];
	PG_RETURN_ARRAYTYPE_P(state);
}

static Datum
mantel_haenszel(FunctionCallInfo fcinfo, int kind)
{
	double	   *sums;
	VitkEffect	effect;
	VitkErr		err;
	bool		ok;

	get_sums(fcinfo, 0, false, &sums);
	ok = vitk_tables_mantel_haenszel((VitkTables *) sums, kind, &effect, &err);
	return vitk_return_effect(fcinfo, ok, &effect, &err);
}

PG_FUNCTION_INFO_V1(event_tables_odds_ratio);
Datum
event_tables_odds_ratio(PG_FUNCTION_ARGS)
{
	return mantel_haenszel(fcinfo, VITK_EFFECT_OR);
}

PG_FUNCTION_INFO_V1(event_tables_risk_ratio);
Datum
event_tables_risk_ratio(PG_FUNCTION_ARGS)
{
	return mantel_haenszel(fcinfo, VITK_EFFECT_RR);
}

PG_FUNCTION_INFO_V1(event_tables_risk_difference);
Datum
event_tables_risk_difference(PG_FUNCTION_ARGS)
{
	return mantel_haenszel(fcinfo, VITK_EFFECT_RD);
}

PG_FUNCTION_INFO_V1(event_tables_peto);
Datum
event_tables_peto(PG_FUNCTION_ARGS)
{
	double	   *sums;
	VitkEffect	effect;
	VitkErr		err;
	bool		ok;

	get_sums(fcinfo, 0, false, &sums);
	ok = vitk_tables_peto((VitkTables *) sums, &effect, &err);
	return vitk_return_effect(fcinfo, ok, &effect, &err);
}

/* log_hazard_ratio(o_minus_e, variance): of a trial that prints both */
PG_FUNCTION_INFO_V1(event_tables_log_hazard_ratio);
Datum
event_tables_log_hazard_ratio(PG_FUNCTION_ARGS)
{
	double		oe = PG_GETARG_FLOAT8(0);
	double		v = PG_GETARG_FLOAT8(1);
	VitkEffect	effect = {0};
	VitkErr		err;
	bool		ok;

	if (!(isfinite(v) && v > 0))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("variance of O - E must be finite and above 0, not %g", v)));
	ok = vitk_effect_make(oe / v, 1 / sqrt(v), 0, VITK_EFFECT_HR, &effect, &err);
	return vitk_return_effect(fcinfo, ok, &effect, &err);
}
