/*
 * calcification_delta.c
 *		The change between two scans, and what it means.
 */
#include "vitk.h"

#include <math.h>

#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/datetime.h"

#include "calcification.h"
#include "core/calcification_delta.h"

/* A float8 argument that may be NULL */
static const double *
optional_float8(FunctionCallInfo fcinfo, int n, double *value)
{
	if (PG_NARGS() <= n || PG_ARGISNULL(n))
		return NULL;
	*value = PG_GETARG_FLOAT8(n);
	return value;
}

/* Columns of the row; the order is that of src/calcification_delta.sql. */
typedef struct Row
{
	Datum		values[11];
	bool		nulls[11];
	int			n;
} Row;

static void
put_number(Row *row, double value, bool known)
{
	row->nulls[row->n] = !known;
	row->values[row->n++] = known ? Float8GetDatum(value) : (Datum) 0;
}

static void
put_text(Row *row, const char *value)
{
	row->nulls[row->n] = value == NULL;
	row->values[row->n++] = value == NULL ? (Datum) 0 : CStringGetTextDatum(value);
}

static void
put_category(Row *row, const VitkCalcification *c)
{
	const VitkCategory *category = vitk_default_category(c);

	put_text(row, category == NULL ? NULL : category->name);
}

/* The day of that many years later; of 29 February the 28th where there is none */
static int
anniversary(int year, int month, int day, int years)
{
	if (month == 2 && day == 29 && !isleap(year + years))
		day = 28;
	return date2j(year + years, month, day);
}

/*
 * Years between two dates, by the calendar: whole years from anniversary to
 * anniversary, and of the last one the share of its days.  NULL dates: unknown.
 */
static const double *
years_between(FunctionCallInfo fcinfo, int n, double *years)
{
	DateADT		from;
	DateADT		to;
	int			year;
	int			month;
	int			day;
	int			whole;
	int			last;
	int			end;

	if (PG_ARGISNULL(n) || PG_ARGISNULL(n + 1))
		return NULL;
	from = PG_GETARG_DATEADT(n);
	to = PG_GETARG_DATEADT(n + 1);
	if (DATE_NOT_FINITE(from) || DATE_NOT_FINITE(to) || to <= from)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("date of the follow-up must be finite and after that of the baseline")));
	j2date(from + POSTGRES_EPOCH_JDATE, &year, &month, &day);
	whole = (to - from) / 366;
	end = to + POSTGRES_EPOCH_JDATE;
	while (anniversary(year, month, day, whole + 1) <= end)
		whole++;
	last = anniversary(year, month, day, whole);
	*years = whole + (double) (end - last) / (anniversary(year, month, day, whole + 1) - last);
	return years;
}

static Datum
delta_row(FunctionCallInfo fcinfo, const double *years)
{
	VitkCalcification *before = PG_GETARG_CALCIFICATION_P(0);
	VitkCalcification *after = PG_GETARG_CALCIFICATION_P(1);
	const VitkMethod *method;
	VitkDelta	d;
	VitkErr		err;
	Row			row;

	if (!vitk_calcification_delta(before, after, years, &d, &err))
		VITK_RAISE(&err);
	method = vitk_method_by_id(before->method);
	row.n = 0;
	put_number(&row, d.absolute, true);
	put_number(&row, d.percent, d.has_percent);
	put_number(&row, d.per_year, d.has_years);
	put_number(&row, d.percent_per_year, d.has_percent && d.has_years);
	put_number(&row, d.simple_percent_per_year, d.has_percent && d.has_years);
	put_number(&row, d.sqrt_difference, true);
	put_number(&row, d.log_difference, d.has_log);
	put_category(&row, before);
	put_category(&row, after);
	put_text(&row, method->code);
	put_text(&row, method->unit);
	PG_RETURN_DATUM(vitk_row_datum(fcinfo, row.values, row.nulls));
}

/* calcification_delta(baseline, followup, years) */
PG_FUNCTION_INFO_V1(calcification_delta);
Datum
calcification_delta(PG_FUNCTION_ARGS)
{
	double		years;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	return delta_row(fcinfo, optional_float8(fcinfo, 2, &years));
}

/* calcification_delta(baseline, followup, baseline_date, followup_date) */
PG_FUNCTION_INFO_V1(calcification_delta_dates);
Datum
calcification_delta_dates(PG_FUNCTION_ARGS)
{
	double		years;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	return delta_row(fcinfo, years_between(fcinfo, 2, &years));
}

/* The criterion that an argument names, for this baseline */
static const VitkCriterion *
find_criterion(const text *name, const VitkCalcification *before, bool with_bmi)
{
	const VitkCriterion *criterion;
	VitkErr		err;

	if (!vitk_criterion_find(VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name), before, with_bmi,
							 &criterion, &err))
		VITK_RAISE(&err);
	return criterion;
}

/* The arguments criterion, bmi and annualisation, from the n-th on; a bmi of NaN is not given. */
static Datum
progression(FunctionCallInfo fcinfo, const double *years, int n)
{
	static const char *const names[] = {"regression", "stable", "progression"};
	VitkCalcification *before = PG_GETARG_CALCIFICATION_P(0);
	const text *annualisation = PG_GETARG_TEXT_PP(n + 2);
	double		value;
	const double *bmi = optional_float8(fcinfo, n + 1, &value);
	bool		given = bmi == NULL || !isnan(value);
	const VitkCriterion *criterion = find_criterion(PG_GETARG_TEXT_PP(n), before, given);
	bool		simple;
	VitkProgression result;
	VitkErr		err;

	if (!vitk_annualisation_parse(VARDATA_ANY(annualisation), VARSIZE_ANY_EXHDR(annualisation), &simple, &err) ||
		!vitk_progression(before, PG_GETARG_CALCIFICATION_P(1), years, simple, criterion,
						  given ? bmi : NULL, &result, &err))
		VITK_RAISE(&err);
	if (result == VITK_UNDECIDED)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(names[result + 1]));
}

/* calcification_progression(baseline, followup, years, criterion, bmi, annualisation) */
PG_FUNCTION_INFO_V1(calcification_progression);
Datum
calcification_progression(PG_FUNCTION_ARGS)
{
	double		years;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(3) || PG_ARGISNULL(5))
		PG_RETURN_NULL();
	return progression(fcinfo, optional_float8(fcinfo, 2, &years), 3);
}

/* ... with the dates of both scans in place of the years */
PG_FUNCTION_INFO_V1(calcification_progression_dates);
Datum
calcification_progression_dates(PG_FUNCTION_ARGS)
{
	double		years;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(4) || PG_ARGISNULL(6))
		PG_RETURN_NULL();
	return progression(fcinfo, years_between(fcinfo, 2, &years), 4);
}

/* calcification_progression_limit(baseline, criterion [, bmi]) */
PG_FUNCTION_INFO_V1(calcification_progression_limit);
Datum
calcification_progression_limit(PG_FUNCTION_ARGS)
{
	VitkCalcification *before = PG_GETARG_CALCIFICATION_P(0);
	const VitkCriterion *criterion = find_criterion(PG_GETARG_TEXT_PP(1), before, PG_NARGS() > 2);
	double		bmi;
	double		limit;
	VitkErr		err;

	if (!vitk_criterion_limit(criterion, before->value, optional_float8(fcinfo, 2, &bmi),
							  &limit, &err))
		VITK_RAISE(&err);
	if (isnan(limit))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(limit);
}

static const VitkCategory *
get_category(FunctionCallInfo fcinfo)
{
	const text *scheme = PG_GETARG_TEXT_PP(1);
	const VitkCategory *category;
	VitkErr		err;

	if (!vitk_category(PG_GETARG_CALCIFICATION_P(0), VARDATA_ANY(scheme), VARSIZE_ANY_EXHDR(scheme),
					   &category, &err))
		VITK_RAISE(&err);
	return category;
}

/* calcification_category(score, scheme) */
PG_FUNCTION_INFO_V1(calcification_category);
Datum
calcification_category(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(get_category(fcinfo)->name));
}

/* calcification_category_order(score, scheme) */
PG_FUNCTION_INFO_V1(calcification_category_order);
Datum
calcification_category_order(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(get_category(fcinfo)->position);
}
