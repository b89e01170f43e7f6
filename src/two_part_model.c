/*
 * two_part_model.c
 *		Usual intakes of what is not eaten daily, by maximum likelihood.
 *
 * The statistics are in core/two_part_model.c.
 */
#include "vitk.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "storage/shmem.h"
#include "utils/array.h"

#include "core/two_part_model.h"

#define MOST_COVARIATES (VITK_MAX_COLUMNS - 1)
/* further from zero nothing is that somebody measured */
#define LARGEST 1e30

/* An array of numbers in rows; no rows where the argument is NULL */
typedef struct Table
{
	int			rows;
	int			columns;
	double	   *value;			/* row after row; NaN for NULL */
} Table;

static double
number_of(Datum value, bool isnull, const char *name)
{
	double		v = isnull ? NAN : DatumGetFloat8(value);

	if (!isnull && !(fabs(v) <= LARGEST))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%s must be within %g of zero, not %g", name, LARGEST, v)));
	return v;
}

/* A list is a column; where there are more columns, it is one row */
static Table
table_arg(FunctionCallInfo fcinfo, int n, int columns, const char *name)
{
	Table		t = {0, 1, NULL};
	ArrayType  *array;
	Datum	   *values;
	bool	   *nulls;
	int			count;

	if (PG_ARGISNULL(n))
		return t;
	array = PG_GETARG_ARRAYTYPE_P(n);
	deconstruct_array(array, FLOAT8OID, sizeof(float8), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE, &values, &nulls, &count);
	if (ARR_NDIM(array) > 2)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("%s must be an array of one or two dimensions, not %d", name, ARR_NDIM(array))));
	if (ARR_NDIM(array) == 2)
		t.columns = ARR_DIMS(array)[1];
	else if (count == columns)
		t.columns = columns;
	t.rows = count > 0 ? count / t.columns : 0;
	t.value = palloc(mul_size(Max(count, 1), sizeof(double)));
	for (int i = 0; i < count; i++)
		t.value[i] = number_of(values[i], nulls[i], name);
	return t;
}

static void
check_known(const Table *t, const char *name)
{
	for (int i = 0; i < t->rows * t->columns; i++)
		if (isnan(t->value[i]))
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("%s must not be NULL, as in row %d", name, i / t->columns + 1),
					 errhint("Leave rows without it out of all arguments.")));
}

static void
check_rows(int rows, int expected, const char *name, const char *of)
{
	if (rows != expected)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s and %s must have the same number of rows, not %d and %d", name, of, rows, expected),
				 errhint("Aggregate both with array_agg() over the same rows, one a day.")));
}

/* Row i with an intercept before it */
static void
put_row(const Table *t, int i, int p, double *x)
{
	x[0] = 1;
	for (int j = 1; j < p; j++)
		x[j] = t->value[(size_t) i * t->columns + j - 1];
}

/* The amount on its scale; NaN of a day without */
static double
amount_of(double intake, VitkIntakeScale scale)
{
	double		y;
	VitkErr		err;

	if (intake < 0)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("intake must be at least 0, not %g", intake)));
	if (intake == 0)
		return NAN;
	if (!vitk_usual_scale(intake, scale, &y, &err))
		VITK_RAISE(&err);
	return y;
}

static VitkIntakeScale
scale_arg(FunctionCallInfo fcinfo, int n)
{
	VitkText	name = vitk_text_arg(fcinfo, n);
	VitkIntakeScale scale;
	VitkErr		err;

	if (!vitk_intake_scale_by_name(name.data, name.len, &scale, &err))
		VITK_RAISE(&err);
	return scale;
}

/*
 * The fit
 */

/* A day of the arguments */
typedef struct Day
{
	int64		person;
	int			row;
} Day;

/* All days, by person */
typedef struct Days
{
	int			n;
	Day		   *day;
	Table		intake;
	Table		covariates;
	Table		weight;
	int			p;
	VitkIntakeScale scale;
} Days;

static int
day_cmp(const void *a, const void *b)
{
	const Day  *x = a;
	const Day  *y = b;

	if (x->person != y->person)
		return x->person < y->person ? -1 : 1;
	return (x->row > y->row) - (x->row < y->row);
}

/* Is the day known, of a person who counts? */
static bool
counts(const Days *d, int row)
{
	return !isnan(d->intake.value[row]) && (d->weight.rows == 0 || d->weight.value[row] > 0);
}

static void
take_days(FunctionCallInfo fcinfo, Days *d)
{
	Datum	   *values;
	bool	   *nulls;
	int			count;

	deconstruct_array(PG_GETARG_ARRAYTYPE_P(0), INT8OID, sizeof(int64), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE, &values, &nulls, &count);
	check_rows(count, d->intake.rows, "person", "intake");
	d->day = palloc(mul_size(Max(count, 1), sizeof(Day)));
	d->n = 0;
	for (int i = 0; i < count; i++)
	{
		if (nulls[i])
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("person must not be NULL"),
					 errhint("Whose days are not known cannot be told apart.")));
		if (counts(d, i))
			d->day[d->n++] = (Day) {DatumGetInt64(values[i]), i};
	}
	qsort(d->day, d->n, sizeof(Day), day_cmp);
}

static void
days_args(FunctionCallInfo fcinfo, Days *d)
{
	d->scale = scale_arg(fcinfo, 4);
	d->intake = table_arg(fcinfo, 1, 1, "intake");
	d->covariates = table_arg(fcinfo, 2, 1, "covariates");
	d->weight = table_arg(fcinfo, 3, 1, "weight");
	check_known(&d->covariates, "covariates");
	check_known(&d->weight, "weight");
	if (!PG_ARGISNULL(2))
		check_rows(d->covariates.rows, d->intake.rows, "covariates", "intake");
	if (!PG_ARGISNULL(3))
		check_rows(d->weight.rows, d->intake.rows, "weight", "intake");
	for (int i = 0; i < d->weight.rows; i++)
		if (d->weight.value[i] < 0)
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("weight must be at least 0, not %g", d->weight.value[i])));
	d->p = d->covariates.rows > 0 ? d->covariates.columns + 1 : 1;
	if (d->p > VITK_MAX_COLUMNS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many covariates: %d, with a limit of %d", d->p - 1, MOST_COVARIATES)));
	take_days(fcinfo, d);
}

static double
weight_of(const Days *d, int first, int n)
{
	double		weight = d->weight.rows > 0 ? d->weight.value[d->day[first].row] : 1;

	for (int i = first + 1; i < first + n; i++)
		if (d->weight.rows > 0 && d->weight.value[d->day[i].row] != weight)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("person " INT64_FORMAT " has weights that differ", d->day[first].person),
					 errhint("A weight is of a person and the same on each day; in NHANES it is WTDR2D for two days.")));
	return weight;
}

/* Persons one after the other, in arrays that the fit points to; returns the number of days of the one with most */
static int
group_persons(const Days *d, VitkTwoPartFit *fit)
{
	VitkTwoPartDays *person = palloc(mul_size(Max(d->n, 1), sizeof(VitkTwoPartDays)));
	double	   *weight = palloc(mul_size(Max(d->n, 1), sizeof(double)));
	double	   *y = palloc(mul_size(Max(d->n, 1), sizeof(double)));
	double	   *x = palloc(mul_size(mul_size(Max(d->n, 1), d->p), sizeof(double)));
	int			most = 0;
	int			k = 0;

	for (int i = 0, n; i < d->n; i += n)
	{
		for (n = 0; i + n < d->n && d->day[i + n].person == d->day[i].person; n++)
		{
			y[i + n] = amount_of(d->intake.value[d->day[i + n].row], d->scale);
			put_row(&d->covariates, d->day[i + n].row, d->p, x + (size_t) (i + n) * d->p);
		}
		person[k] = (VitkTwoPartDays) {n, y + i, x + (size_t) i * d->p};
		weight[k++] = weight_of(d, i, n);
		most = Max(most, n);
	}
	fit->persons = k;
	fit->person = person;
	fit->weight = weight;
	return most;
}

/* Weights to a mean of 1, so that the sample counts as so many persons as it has */
static void
scale_weights(VitkTwoPartFit *fit)
{
	double	   *weight = unconstify(double *, fit->weight);
	double		sum = 0;

	for (int i = 0; i < fit->persons; i++)
		sum += weight[i] / fit->persons;
	for (int i = 0; i < fit->persons; i++)
		weight[i] /= sum;
}

/* Whether amounts of a person differ */
static bool
varies(const VitkTwoPartDays *p)
{
	double		first = NAN;

	for (int i = 0; i < p->n; i++)
	{
		if (isnan(first))
			first = p->y[i];
		else if (!isnan(p->y[i]) && fabs(p->y[i] - first) > 1e-9 * fmax(1, fabs(first)))
			return true;
	}
	return false;
}

static int
count_amounts(const VitkTwoPartFit *fit, bool *scatter)
{
	int			n = 0;

	*scatter = false;
	for (int i = 0; i < fit->persons; i++)
	{
		for (int j = 0; j < fit->person[i].n; j++)
			n += !isnan(fit->person[i].y[j]);
		*scatter = *scatter || varies(&fit->person[i]);
	}
	return n;
}

static void
check_both_parts(int days, int amounts, bool scatter)
{
	if (amounts > 0 && amounts < days && scatter)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("days do not determine a model in two parts"),
			 errdetail("Of %d days %d are with intake%s.", days, amounts,
					   scatter ? "" : ", and nobody has two such days with amounts that differ"),
			 errhint("What is eaten every day needs one part, usual_intake().")));
}

static Datum
array_of(const double *v, int n)
{
	Datum		values[VITK_MAX_COLUMNS];

	for (int i = 0; i < n; i++)
		values[i] = Float8GetDatum(v[i]);
	return PointerGetDatum(construct_array(values, n, FLOAT8OID, sizeof(float8), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}

/* two_part_fit(person, intake, covariates, weight, scale, correlated) */
PG_FUNCTION_INFO_V1(two_part_model_fit);
Datum
two_part_model_fit(PG_FUNCTION_ARGS)
{
	Days		d;
	VitkTwoPartFit *fit = palloc0(sizeof(VitkTwoPartFit));
	VitkTwoPartModel *m = &fit->model;
	bool		done = false;
	bool		scatter;
	bool		nulls[11] = {false};
	double		sd_amount;
	int			amounts;
	VitkErr		err;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(4) || PG_ARGISNULL(5))
		PG_RETURN_NULL();
	days_args(fcinfo, &d);
	m->p = d.p;
	fit->correlated = PG_GETARG_BOOL(5);
	fit->room = palloc(mul_size(3 * Max(group_persons(&d, fit), 1), sizeof(double)));
	amounts = count_amounts(fit, &scatter);
	check_both_parts(d.n, amounts, scatter);
	scale_weights(fit);
	if (!vitk_two_part_start(fit, &err))
		VITK_RAISE(&err);
	while (!done)
	{
		CHECK_FOR_INTERRUPTS();
		if (!vitk_two_part_step(fit, &done, &err))
			VITK_RAISE(&err);
	}
	sd_amount = hypot(m->loading, m->sd_rest);
	return vitk_row_datum(fcinfo, (Datum[]) {PG_GETARG_DATUM(4), array_of(m->frequency, m->p), array_of(m->amount, m->p),
			Float8GetDatum(m->sd_frequency), Float8GetDatum(sd_amount), Float8GetDatum(m->loading / sd_amount), Float8GetDatum(m->sd_day),
			Int64GetDatum(fit->persons), Int64GetDatum(d.n), Int64GetDatum(amounts), Float8GetDatum(fit->log_likelihood)}, nulls);
}

/*
 * Persons
 */

static double
sd_arg(FunctionCallInfo fcinfo, int n, const char *name)
{
	double		sd = PG_GETARG_FLOAT8(n);

	if (!(sd >= 0 && sd <= LARGEST))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%s must be within 0 and %g, not %g", name, LARGEST, sd)));
	return sd;
}

/* The arguments (frequency, amount, sd_frequency, sd_amount, correlation, sd_day) */
static void
model_args(FunctionCallInfo fcinfo, VitkTwoPartModel *m)
{
	Table		frequency = table_arg(fcinfo, 0, 1, "frequency");
	Table		amount = table_arg(fcinfo, 1, 1, "amount");
	double		sd_amount = sd_arg(fcinfo, 3, "sd_amount");
	double		correlation = PG_GETARG_FLOAT8(4);

	check_known(&frequency, "frequency");
	check_known(&amount, "amount");
	m->p = frequency.rows;
	if (m->p < 1 || m->p > VITK_MAX_COLUMNS || amount.rows != m->p || frequency.columns * amount.columns != 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("two_part_model has %d coefficients of frequency and %d of amount", frequency.rows, amount.rows)));
	if (!(fabs(correlation) <= 1))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("correlation must be within -1 and 1, not %g", correlation)));
	memcpy(m->frequency, frequency.value, m->p * sizeof(double));
	memcpy(m->amount, amount.value, m->p * sizeof(double));
	m->sd_frequency = sd_arg(fcinfo, 2, "sd_frequency");
	m->sd_day = sd_arg(fcinfo, 5, "sd_day");
	m->loading = correlation * sd_amount;
	/* where amounts follow from how often, or all persons have the same, some scatter is left that makes no difference */
	m->sd_rest = fmax(fmax(sqrt(1 - correlation * correlation), 0.01) * sd_amount, fmax(1e-4 * m->sd_day, 1e-100));
}

static void
check_columns(const Table *t, int p, const char *name)
{
	check_known(t, name);
	if (t->columns != p - 1 && !(p == 1 && t->rows == 0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must have as many columns as the model has covariates: %d, not %d", name, p - 1, t->rows > 0 ? t->columns : 0),
				 errhint("A row for each day, or kind of day: ARRAY[x1, x2] is one, ARRAY[[x1, x2], [x1, x2]] are two.")));
}

/* The arguments (intake, covariates) */
static VitkTwoPartDays
person_args(FunctionCallInfo fcinfo, int p, VitkIntakeScale scale)
{
	Table		intake = table_arg(fcinfo, 7, 1, "intake");
	Table		covariates = table_arg(fcinfo, 8, p - 1, "covariates");
	double	   *y = palloc(mul_size(Max(intake.rows, 1), sizeof(double)));
	double	   *x = palloc(mul_size(mul_size(Max(intake.rows, 1), p), sizeof(double)));
	int			n = 0;

	if (intake.rows > 0 && (p > 1 || covariates.rows > 0))
	{
		check_columns(&covariates, p, "covariates");
		check_rows(covariates.rows, intake.rows, "covariates", "intake");
	}
	for (int i = 0; i < intake.rows; i++)
	{
		if (isnan(intake.value[i]))
			continue;
		y[n] = amount_of(intake.value[i], scale);
		put_row(&covariates, i, p, x + (size_t) n++ * p);
	}
	return (VitkTwoPartDays) {n, y, x};
}

/* The arguments (at, day_weight) */
static VitkTwoPartYear
year_args(FunctionCallInfo fcinfo, int p)
{
	Table		at = table_arg(fcinfo, 9, p - 1, "at");
	Table		weight = table_arg(fcinfo, 10, 1, "day_weight");
	int			kinds = p == 1 ? Max(at.rows, 1) : at.rows;
	double	   *x = palloc(mul_size(mul_size(Max(kinds, 1), p), sizeof(double)));
	double	   *w = palloc(mul_size(Max(kinds, 1), sizeof(double)));
	double		sum = 0;

	check_columns(&at, p, "at");
	check_known(&weight, "day_weight");
	if (kinds == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("at must have a row of %d covariates", p - 1),
				 errhint("It says of whom, and on which kinds of days, the usual intake is.")));
	if (!PG_ARGISNULL(10))
		check_rows(weight.rows, kinds, "day_weight", "at");
	for (int i = 0; i < kinds; i++)
	{
		put_row(&at, i, p, x + (size_t) i * p);
		w[i] = PG_ARGISNULL(10) ? 1 : weight.value[i];
		sum += w[i];
		if (w[i] < 0 || (i == kinds - 1 && sum <= 0))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("day_weight must be at least 0, and of some kind of day above 0")));
	}
	for (int i = 0; i < kinds; i++)
		w[i] /= sum;
	return (VitkTwoPartYear) {kinds, x, w};
}

/* The arguments (reference, kind, above); NaN where the usual intake is asked for */
static double
reference_args(FunctionCallInfo fcinfo)
{
	VitkText	kind = vitk_text_arg(fcinfo, 12);
	VitkErr		err;

	if (PG_ARGISNULL(12))
		return NAN;
	if (!vitk_share_kind(kind.data, kind.len, PG_GETARG_BOOL(13), &err))
		VITK_RAISE(&err);
	return number_of(PG_GETARG_DATUM(11), false, "reference value");
}

PG_FUNCTION_INFO_V1(two_part_model_person);
Datum
two_part_model_person(PG_FUNCTION_ARGS)
{
	VitkIntakeScale scale;
	VitkTwoPartModel m;
	VitkTwoPartDays days;
	VitkTwoPartYear year;
	VitkTwoPartPerson r;
	double		reference;
	double		result;

	for (int i = 0; i <= 6; i++)
		if (PG_ARGISNULL(i))
			PG_RETURN_NULL();
	if (PG_ARGISNULL(13) || (!PG_ARGISNULL(12) && PG_ARGISNULL(11)))
		PG_RETURN_NULL();
	scale = scale_arg(fcinfo, 6);
	model_args(fcinfo, &m);
	days = person_args(fcinfo, m.p, scale);
	year = year_args(fcinfo, m.p);
	reference = reference_args(fcinfo);
	r = vitk_two_part_person(&m, scale, &days, &year, reference, palloc(mul_size(3 * Max(days.n, 1), sizeof(double))));
	result = isnan(reference) ? r.usual : PG_GETARG_BOOL(13) ? r.above : r.below;
	if (!isfinite(result))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("usual intake is out of range")));
	PG_RETURN_FLOAT8(result);
}
