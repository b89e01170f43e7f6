/*
 * clinical.c
 *		A value as laboratories and scanners hand it over, or the reason why it
 *		is none: never an error, so that one odd row stops no view.
 */
#include "vitk.h"

#include <math.h>

#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/datetime.h"

#include "core/clinical.h"
#include "core/literal.h"

/* Three arguments from number n on: value, unit, comparator */
static VitkReading
reading_args(FunctionCallInfo fcinfo, int n)
{
	VitkReading r;
	VitkText	unit = vitk_text_arg(fcinfo, n + 1);
	VitkText	comparator = vitk_text_arg(fcinfo, n + 2);
	const char *unit_end;

	r.has_value = !PG_ARGISNULL(n);
	r.value = r.has_value ? PG_GETARG_FLOAT8(n) : 0;
	unit_end = unit.data + unit.len;
	vitk_trim(&unit.data, &unit_end);
	r.unit = unit.data;
	r.unit_len = unit_end - unit.data;
	r.comparator = vitk_comparator(comparator.data, comparator.len);
	return r;
}

/* What the arguments kind, means, value, unit, comparator come to */
typedef struct Outcome
{
	bool		taken;
	bool		bound;			/* only above or below the value */
	VitkClinicalKind kind;
	VitkAmount	amount;
	VitkCalcification calcification;
	VitkErr		err;
} Outcome;

static void
read_clinical(FunctionCallInfo fcinfo, Outcome *o)
{
	VitkText	kind = vitk_text_arg(fcinfo, 0);
	VitkText	means = vitk_text_arg(fcinfo, 1);
	VitkReading r = reading_args(fcinfo, 2);
	int			method;

	memset(o, 0, sizeof(*o));
	o->kind = vitk_clinical_kind(kind.data, kind.len);
	switch (o->kind)
	{
		case VITK_CLINICAL_NUTRIENT:
			o->taken = vitk_reading_amount(&r, &o->amount, &o->bound, &o->err);
			break;
		case VITK_CLINICAL_CALCIFICATION:
			o->taken = vitk_method_parse(means.data, means.len, &method, &o->err) &&
				vitk_reading_calcification(&r, method, &o->calcification, &o->bound, &o->err);
			break;
		case VITK_CLINICAL_INR:
			o->taken = vitk_reading_inr(&r, &o->err);
			o->bound = r.comparator != VITK_COMPARATOR_EQUAL;
			break;
		case VITK_CLINICAL_OTHER:
			vitk_err(&o->err, VITK_E_NAME, "unknown kind of clinical value");
			break;
	}
}

static text *
reason_text(const VitkErr *err)
{
	return cstring_to_text(err->msg);
}

PG_FUNCTION_INFO_V1(clinical_amount);
Datum
clinical_amount(PG_FUNCTION_ARGS)
{
	Outcome		o;
	VitkAmount *result;

	read_clinical(fcinfo, &o);
	if (!o.taken || o.bound || o.kind != VITK_CLINICAL_NUTRIENT)
		PG_RETURN_NULL();
	result = palloc(sizeof(VitkAmount));
	*result = o.amount;
	PG_RETURN_POINTER(result);
}

PG_FUNCTION_INFO_V1(clinical_calcification);
Datum
clinical_calcification(PG_FUNCTION_ARGS)
{
	Outcome		o;
	VitkCalcification *result;

	read_clinical(fcinfo, &o);
	if (!o.taken || o.bound || o.kind != VITK_CLINICAL_CALCIFICATION)
		PG_RETURN_NULL();
	result = palloc(sizeof(VitkCalcification));
	*result = o.calcification;
	PG_RETURN_POINTER(result);
}

PG_FUNCTION_INFO_V1(clinical_reason);
Datum
clinical_reason(PG_FUNCTION_ARGS)
{
	Outcome		o;

	read_clinical(fcinfo, &o);
	if (o.taken)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(reason_text(&o.err));
}

/* try_nutrient_amount(value, unit, comparator, OUT amount, OUT reason) */
PG_FUNCTION_INFO_V1(clinical_try_nutrient_amount);
Datum
clinical_try_nutrient_amount(PG_FUNCTION_ARGS)
{
	VitkReading r = reading_args(fcinfo, 0);
	VitkAmount	amount = {0};
	VitkErr		err = {0};
	bool		bound;
	Datum		values[2];
	bool		nulls[2] = {false, true};

	values[0] = PointerGetDatum(&amount);
	if (vitk_reading_amount(&r, &amount, &bound, &err) && bound)
		vitk_err(&err, VITK_E_VALUE, "no upper bound");
	if (err.code != VITK_E_NONE)
	{
		values[1] = PointerGetDatum(reason_text(&err));
		nulls[0] = true;
		nulls[1] = false;
	}
	PG_RETURN_DATUM(vitk_row_datum(fcinfo, values, nulls));
}

/* The number of a text such as "2.4", "<0.5" or "> 10", without a unit; NULL where there is none */
PG_FUNCTION_INFO_V1(clinical_number);
Datum
clinical_number(PG_FUNCTION_ARGS)
{
	VitkText	t = vitk_text_arg(fcinfo, 0);
	VitkReading r;

	if (!vitk_reading_parse(t.data, t.len, &r) || r.unit_len > 0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(r.value);
}

/* The number of such a text with or without a unit: "<0.5 ug/L" */
PG_FUNCTION_INFO_V1(clinical_quantity);
Datum
clinical_quantity(PG_FUNCTION_ARGS)
{
	VitkText	t = vitk_text_arg(fcinfo, 0);
	VitkReading r;

	if (!vitk_reading_parse(t.data, t.len, &r))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(r.value);
}

/* The unit of such a text */
PG_FUNCTION_INFO_V1(clinical_unit);
Datum
clinical_unit(PG_FUNCTION_ARGS)
{
	VitkText	t = vitk_text_arg(fcinfo, 0);
	VitkReading r;

	if (!vitk_reading_parse(t.data, t.len, &r) || r.unit_len == 0)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text_with_len(r.unit, r.unit_len));
}

/* A number of SQL: beyond float8 it is infinite, not an error. */
PG_FUNCTION_INFO_V1(clinical_number_of_numeric);
Datum
clinical_number_of_numeric(PG_FUNCTION_ARGS)
{
	return DirectFunctionCall1(numeric_float8_no_overflow, PG_GETARG_DATUM(0));
}

/*
 * clinical_comparator(printed, value): the comparator of such a text; NULL where
 * there is none.  Whose bound it is cannot be told where the value given is
 * another number, as half of the detection limit is: then it is the text, which
 * is no comparator.
 */
PG_FUNCTION_INFO_V1(clinical_comparator);
Datum
clinical_comparator(PG_FUNCTION_ARGS)
{
	VitkText	t = vitk_text_arg(fcinfo, 0);
	VitkReading r;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	(void) vitk_reading_parse(t.data, t.len, &r);
	if (r.comparator == VITK_COMPARATOR_EQUAL)
		PG_RETURN_NULL();
	if (!PG_ARGISNULL(1) && !(fabs(PG_GETARG_FLOAT8(1) - r.value) <= 1e-6 * fabs(r.value)))
		PG_RETURN_TEXT_P(cstring_to_text_with_len(t.data, t.len));
	PG_RETURN_TEXT_P(cstring_to_text(r.comparator == VITK_COMPARATOR_BELOW ? "<" : ">"));
}

/* The day of an ISO 8601 date or timestamp; NULL where it is none */
PG_FUNCTION_INFO_V1(clinical_day);
Datum
clinical_day(PG_FUNCTION_ARGS)
{
	VitkText	t = vitk_text_arg(fcinfo, 0);
	VitkDay		day;

	if (!vitk_day_parse(t.data, t.len, &day))
		PG_RETURN_NULL();
	PG_RETURN_DATEADT(date2j(day.year, day.month, day.day) - POSTGRES_EPOCH_JDATE);
}
