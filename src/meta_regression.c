/*
 * meta_regression.c
 *		What of the differences between the studies of a meta_evidence goes with their moderators.
 *
 * The statistics are in core/meta_regression.c.
 */
#include "vitk.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "storage/shmem.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "meta_regression.h"
#include "pooled.h"

/* Rows of moderators: a number each, or an array each */
typedef struct Moderators
{
	int			rows;
	int			columns;
	double	   *x;				/* row after row */
} Moderators;

static void
check_shape(int dimensions, int columns)
{
	if (dimensions > 2)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("moderators must be an array of one or two dimensions, not %d", dimensions),
				 errhint("array_agg(x) has one moderator of each study, array_agg(ARRAY[x1, x2]) several.")));
	if (columns > VITK_MAX_MODERATORS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many moderators: %d, with a limit of %d", columns, VITK_MAX_MODERATORS)));
}

static Moderators
moderators_arg(FunctionCallInfo fcinfo, int n)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(n);
	int			dimensions = ARR_NDIM(array);
	Moderators	m = {0, 1, NULL};
	Datum	   *values;
	bool	   *nulls;
	int			count;

	deconstruct_array(array, FLOAT8OID, sizeof(float8), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE, &values, &nulls, &count);
	if (dimensions > 0)
		m.rows = ARR_DIMS(array)[0];
	if (dimensions == 2)
		m.columns = ARR_DIMS(array)[1];
	check_shape(dimensions, m.columns);
	m.x = palloc(Max(count, 1) * sizeof(double));
	for (int i = 0; i < count; i++)
	{
		if (nulls[i])
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("moderator %d of study %d is NULL", i % m.columns + 1, i / m.columns + 1),
					 errhint("Leave studies without it out of both arguments: meta_evidence(effect) FILTER (WHERE x IS NOT NULL), likewise array_agg.")));
		m.x[i] = DatumGetFloat8(values[i]);
		if (!(fabs(m.x[i]) <= VITK_META_MAX))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("moderator must be within %g of zero, not %g", VITK_META_MAX, m.x[i])));
	}
	return m;
}

static void
check_studies(const VitkEvidence *e, const Moderators *x)
{
	if (x->rows != (int) e->k)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("moderators of %d studies for evidence of %u", x->rows, e->k),
				 errdetail("meta_evidence() leaves out effects that are NULL, array_agg() takes every row."),
				 errhint("Aggregate both over the same rows: WHERE effect IS NOT NULL.")));
	if (e->k > VITK_REGRESSION_STUDIES)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many studies for a meta-regression: %u, with a limit of %d", e->k, VITK_REGRESSION_STUDIES)));
}

/* Room for k studies with that many moderators */
void
vitk_regression_alloc(VitkRegression *m, int k, int moderators)
{
	Size		rows = Max(k, 1);

	m->k = m->fit.k = k;
	m->fit.p = moderators + 1;
	m->row = palloc(mul_size(rows, sizeof(VitkRegressionRow)));
	m->points = palloc(mul_size(rows, sizeof(VitkMetaPoint)));
	m->fit.q = palloc(mul_size(mul_size(rows, m->fit.p), sizeof(double)));
	m->fit.e = palloc(mul_size(rows, sizeof(double)));
}

/* The arguments (evidence, moderators), and from "options" on method, test and level */
static void
fit(FunctionCallInfo fcinfo, int options, VitkRegression *m)
{
	VitkEvidence *e = PG_GETARG_EVIDENCE(0);
	Moderators	x = moderators_arg(fcinfo, 1);

	check_studies(e, &x);
	m->options = vitk_pool_options(fcinfo, options);
	vitk_regression_alloc(m, e->k, x.columns);
	for (uint32 i = 0; i < e->k; i++)
		m->row[i] = (VitkRegressionRow)
	{
		e->study[i].estimate, e->study[i].se * e->study[i].se, x.x + (size_t) i * x.columns
	};
	vitk_meta_regression(m);
}

/* number, estimate, se, statistic, df, p_value, ci_lower, ci_upper */
static void
put_term(ReturnSetInfo *rsinfo, int term, const VitkRegression *m, const VitkRegressionEstimate *r)
{
	double		numbers[] = {
		r->estimate, r->se, r->statistic, isnan(r->estimate) ? NAN : m->df, r->p_value, r->ci_lower, r->ci_upper
	};
	Datum		values[1 + lengthof(numbers)] = {Int32GetDatum(term)};
	bool		nulls[1 + lengthof(numbers)] = {false};

	for (int i = 0; i < (int) lengthof(numbers); i++)
		vitk_put_number(&values[1 + i], &nulls[1 + i], numbers[i]);
	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
}

/* meta_regression(evidence, moderators, method, test, level): intercept and slopes */
PG_FUNCTION_INFO_V1(meta_regression);
Datum
meta_regression(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	double		zeros[VITK_MAX_MODERATORS] = {0};
	VitkRegression m;
	VitkRegressionEstimate r;

	fit(fcinfo, 2, &m);
	InitMaterializedSRF(fcinfo, 0);
	r = vitk_regression_predict(&m, zeros);
	put_term(rsinfo, 0, &m, &r);
	for (int j = 1; j < m.fit.p; j++)
	{
		r = vitk_regression_slope(&m, j);
		put_term(rsinfo, j, &m, &r);
	}
	return (Datum) 0;
}

/* Why nothing can be said, or NULL */
static void
put_obstacle(Datum *value, bool *isnull, const VitkRegression *m)
{
	*isnull = false;
	if (m->too_few)
		*value = CStringGetTextDatum(psprintf("%d studies for %d coefficients", m->k, m->fit.p));
	else if (m->dependent > 0)
		*value = CStringGetTextDatum(psprintf("moderator %d is the same in all studies or follows from those before", m->dependent));
	else
		*isnull = true;
}

/* meta_regression_fit(evidence, moderators, method, test, level): the model as a whole */
PG_FUNCTION_INFO_V1(meta_regression_fit);
Datum
meta_regression_fit(PG_FUNCTION_ARGS)
{
	VitkRegression m;

	fit(fcinfo, 2, &m);
	{
		double		numbers[] = {
			m.tau2, m.se_tau2, m.i2, m.h2, m.r2, m.qe, m.qe_df, m.qe_p, m.qm, m.qm_df1, m.qm_df2, m.qm_p
		};
		int			n = lengthof(numbers);
		Datum		values[2 + lengthof(numbers) + 3] = {Int32GetDatum(m.k), Int32GetDatum(m.fit.p)};
		bool		nulls[2 + lengthof(numbers) + 3] = {false};

		for (int i = 0; i < n; i++)
			vitk_put_number(&values[2 + i], &nulls[2 + i], numbers[i]);
		values[2 + n] = CStringGetTextDatum(vitk_pool_method_name(m.options.method));
		values[3 + n] = CStringGetTextDatum(vitk_pool_test_name(m.test));
		put_obstacle(&values[4 + n], &nulls[4 + n], &m);
		PG_RETURN_DATUM(vitk_row_datum(fcinfo, values, nulls));
	}
}

static void
check_predicted(const VitkRegression *m, const Moderators *at)
{
	if (at->rows > 0 && at->columns != m->fit.p - 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("predictions at %d moderators by a regression on %d", at->columns, m->fit.p - 1),
				 errhint("at is an array of rows: ARRAY[[x1, x2]], and of one moderator ARRAY[x].")));
}

/* meta_regression_predict(evidence, moderators, at, method, test, level) */
PG_FUNCTION_INFO_V1(meta_regression_predict);
Datum
meta_regression_predict(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	bool		is_log = vitk_effect_is_log(PG_GETARG_EVIDENCE(0)->kind);
	Moderators	at = moderators_arg(fcinfo, 2);
	VitkRegression m;

	fit(fcinfo, 3, &m);
	check_predicted(&m, &at);
	InitMaterializedSRF(fcinfo, 0);
	for (int row = 0; row < at.rows; row++)
	{
		VitkRegressionEstimate r = vitk_regression_predict(&m, at.x + (size_t) row * at.columns);
		double		numbers[] = {
			r.estimate, r.se, r.ci_lower, r.ci_upper, r.predict_lower, r.predict_upper,
			is_log ? exp(r.estimate) : NAN, is_log ? exp(r.ci_lower) : NAN, is_log ? exp(r.ci_upper) : NAN
		};
		Datum		values[1 + lengthof(numbers)] = {Int32GetDatum(row + 1)};
		bool		nulls[1 + lengthof(numbers)] = {false};

		CHECK_FOR_INTERRUPTS();
		for (int i = 0; i < (int) lengthof(numbers); i++)
			vitk_put_number(&values[1 + i], &nulls[1 + i], numbers[i]);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}
