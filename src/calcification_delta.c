/*
 * calcification_delta.c
 *		The change between two scans, and what it means.
 */
#include "vitk.h"

#include <math.h>

#include "funcapi.h"
#include "utils/builtins.h"

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

/* The row that a function returns, kept from call to call */
static TupleDesc
result_desc(FunctionCallInfo fcinfo)
{
	TupleDesc	desc = fcinfo->flinfo->fn_extra;
	MemoryContext old;

	if (desc != NULL)
		return desc;
	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	old = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);
	desc = BlessTupleDesc(CreateTupleDescCopy(desc));
	MemoryContextSwitchTo(old);
	fcinfo->flinfo->fn_extra = desc;
	return desc;
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

/* calcification_delta(baseline, followup, years) */
PG_FUNCTION_INFO_V1(calcification_delta);
Datum
calcification_delta(PG_FUNCTION_ARGS)
{
	VitkCalcification *before;
	VitkCalcification *after;
	const VitkMethod *method;
	double		years;
	VitkDelta	d;
	VitkErr		err;
	TupleDesc	desc;
	Row			row;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	before = PG_GETARG_CALCIFICATION_P(0);
	after = PG_GETARG_CALCIFICATION_P(1);
	if (!vitk_calcification_delta(before, after, optional_float8(fcinfo, 2, &years), &d, &err))
		VITK_RAISE(&err);
	desc = result_desc(fcinfo);
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
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(desc, row.values, row.nulls)));
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

/* calcification_progression(baseline, followup, years, criterion [, bmi]) */
PG_FUNCTION_INFO_V1(calcification_progression);
Datum
calcification_progression(PG_FUNCTION_ARGS)
{
	static const char *const names[] = {"regression", "stable", "progression"};
	VitkCalcification *before;
	VitkCalcification *after;
	const VitkCriterion *criterion;
	VitkProgression result;
	double		years;
	double		bmi;
	VitkErr		err;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(3))
		PG_RETURN_NULL();
	before = PG_GETARG_CALCIFICATION_P(0);
	after = PG_GETARG_CALCIFICATION_P(1);
	criterion = find_criterion(PG_GETARG_TEXT_PP(3), before, PG_NARGS() > 4);
	if (!vitk_progression(before, after, optional_float8(fcinfo, 2, &years), criterion,
						  optional_float8(fcinfo, 4, &bmi), &result, &err))
		VITK_RAISE(&err);
	if (result == VITK_UNDECIDED)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(names[result + 1]));
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
