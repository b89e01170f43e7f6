/*
 * intake_vs_limit.c
 *		Intakes held against reference values.
 *
 * The tables are read by SQL functions that the planner inlines; what is here
 * computes.  Counting is in core/reference_value.c, judging in core/intake_vs_limit.c.
 */
#include "vitk.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "lib/stringinfo.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/float.h"

#include "core/reference_value.h"
#include "core/intake_vs_limit.h"
#include "nutrient_amount.h"
#include "nutrient_profile.h"
#include "reference_value.h"

/*
 * Checks of arguments
 */

PG_FUNCTION_INFO_V1(intake_vs_limit_check_days);
Datum
intake_vs_limit_check_days(PG_FUNCTION_ARGS)
{
	double		days = PG_GETARG_FLOAT8(0);

	vitk_check_number(days, "days", days > 0 && isfinite(days), "more than 0");
	PG_RETURN_BOOL(true);
}

static void
check_share(double share)
{
	vitk_check_number(share, "min_coverage", share > 0 && share <= 1, "above 0 and at most 1");
}

PG_FUNCTION_INFO_V1(intake_vs_limit_check_min_coverage);
Datum
intake_vs_limit_check_min_coverage(PG_FUNCTION_ARGS)
{
	check_share(PG_GETARG_FLOAT8(0));
	PG_RETURN_BOOL(true);
}

/*
 * Limits and intakes
 */

static VitkUnit
limit_unit_of(FunctionCallInfo fcinfo, int limit_arg, int nutrient)
{
	return PG_ARGISNULL(limit_arg) ? vitk_unit_per_day(nutrient) :
		PG_GETARG_NUTRIENT_AMOUNT_P(limit_arg)->unit;
}

PG_FUNCTION_INFO_V1(intake_vs_limit_unit);
Datum
intake_vs_limit_unit(PG_FUNCTION_ARGS)
{
	VitkUnit	unit;
	char		buf[VITK_UNIT_LEN];

	if (PG_ARGISNULL(1))
		PG_RETURN_NULL();
	unit = limit_unit_of(fcinfo, 0, PG_GETARG_INT32(1));
	vitk_unit_format(&unit, buf);
	PG_RETURN_TEXT_P(cstring_to_text(buf));
}

/* Count a profile: arguments 0 = profile, 1 = nutrient, 2 = basis */
static void
count_profile(FunctionCallInfo fcinfo, const VitkUnit *unit, VitkCount *count)
{
	VitkProfile *intake = PG_GETARG_PROFILE(0);
	int			nutrient = PG_GETARG_INT32(1);
	text	   *basis = PG_GETARG_TEXT_PP(2);
	VitkErr		err;

	if (!vitk_limit_count(intake,
						  vitk_limit_basis_by_name(VARDATA_ANY(basis), VARSIZE_ANY_EXHDR(basis)),
						  nutrient, unit, count, &err))
		VITK_RAISE(&err);
}

PG_FUNCTION_INFO_V1(intake_vs_limit_intake);
Datum
intake_vs_limit_intake(PG_FUNCTION_ARGS)
{
	VitkUnit	unit;
	VitkCount	count;
	double		days;
	Datum		values[3];
	bool		nulls[3];
	int			dims[1] = {3};
	int			lbs[1] = {1};

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2) || PG_ARGISNULL(4))
		PG_RETURN_NULL();
	unit = limit_unit_of(fcinfo, 3, PG_GETARG_INT32(1));
	days = PG_GETARG_FLOAT8(4);
	count_profile(fcinfo, &unit, &count);
	if (!count.comparable)
		PG_RETURN_NULL();
	if (!isfinite(count.upper / days) || !isfinite(count.lower / days))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("nutrient_profile over %g days is out of range", days)));
	nulls[0] = !count.known;
	nulls[1] = !count.known || count.open;
	nulls[2] = false;
	values[0] = Float8GetDatum(count.lower / days);
	values[1] = Float8GetDatum(count.upper / days);
	values[2] = Float8GetDatum(count.coverage);
	PG_RETURN_ARRAYTYPE_P(construct_md_array(values, nulls, 1, dims, lbs, FLOAT8OID,
											 sizeof(float8), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}

PG_FUNCTION_INFO_V1(intake_vs_limit_counted);
Datum
intake_vs_limit_counted(PG_FUNCTION_ARGS)
{
	VitkUnit	unit = vitk_unit_per_day(PG_GETARG_INT32(1));
	VitkCount	count;

	count_profile(fcinfo, &unit, &count);
	if (count.counted[0] == '\0')
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(count.counted));
}

PG_FUNCTION_INFO_V1(intake_vs_limit_note);
Datum
intake_vs_limit_note(PG_FUNCTION_ARGS)
{
	VitkUnit	unit = vitk_unit_per_day(PG_GETARG_INT32(1));
	VitkCount	count;
	StringInfoData note;

	count_profile(fcinfo, &unit, &count);
	if (count.nnotes == 0)
		PG_RETURN_NULL();
	initStringInfo(&note);
	for (int i = 0; i < count.nnotes; i++)
		appendStringInfo(&note, "%s%s", i > 0 ? "; " : "", count.notes[i]);
	PG_RETURN_TEXT_P(cstring_to_text_with_len(note.data, note.len));
}

static VitkLimitKind
get_kind(const text *name)
{
	VitkLimitKind kind = vitk_limit_kind(VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name));
	char		limits[128];

	if (kind != VITK_LIMIT_UNKNOWN)
		return kind;
	vitk_limit_kind_names(VITK_LIMIT_AVERAGE, VITK_LIMIT_UPPER, limits, sizeof(limits));
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unknown kind of reference value \"%s\"", text_to_cstring(name)),
			 errhint("Limits are %s.", limits)));
}

static void
check_bounds(double lower, double upper, const char *what)
{
	if (!(lower <= upper))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("lower bound of the %s must not exceed the upper bound: %g, %g",
						what, lower, upper)));
}

PG_FUNCTION_INFO_V1(intake_vs_limit_verdict);
Datum
intake_vs_limit_verdict(PG_FUNCTION_ARGS)
{
	/* nothing known is zero or more */
	double		lower = PG_ARGISNULL(1) ? 0 : PG_GETARG_FLOAT8(1);
	double		upper = PG_ARGISNULL(2) ? lower : PG_GETARG_FLOAT8(2);
	double		coverage = PG_ARGISNULL(3) ? 0 : PG_GETARG_FLOAT8(3);
	double		min_coverage = 1;
	bool		open;
	VitkLimitKind kind;
	VitkVerdict verdict;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	if (PG_NARGS() > 6)
	{
		if (PG_ARGISNULL(6))
			PG_RETURN_NULL();
		min_coverage = PG_GETARG_FLOAT8(6);
		check_share(min_coverage);
	}
	open = PG_ARGISNULL(2) || !(coverage >= min_coverage);
	kind = get_kind(PG_GETARG_TEXT_PP(0));
	check_bounds(lower, upper, "intake");
	if (kind == VITK_LIMIT_CONTEXT)
		PG_RETURN_NULL();
	if (PG_ARGISNULL(4) || PG_ARGISNULL(5))
		verdict = VITK_NO_LIMIT_SET;
	else
	{
		check_bounds(PG_GETARG_FLOAT8(4), PG_GETARG_FLOAT8(5), "limit");
		verdict = vitk_verdict(kind, lower, upper, open,
							   PG_GETARG_FLOAT8(4), PG_GETARG_FLOAT8(5));
	}
	PG_RETURN_TEXT_P(cstring_to_text(vitk_verdict_name(verdict)));
}

PG_FUNCTION_INFO_V1(intake_vs_limit_ratio);
Datum
intake_vs_limit_ratio(PG_FUNCTION_ARGS)
{
	VitkAmount *intake = PG_GETARG_NUTRIENT_AMOUNT_P(0);
	VitkAmount *limit = PG_GETARG_NUTRIENT_AMOUNT_P(1);
	double		eaten;
	VitkErr		err;

	if (!vitk_unit_convert(vitk_amount_middle(intake), &intake->unit, &limit->unit, &eaten, &err))
		VITK_RAISE(&err);
	if (vitk_amount_middle(limit) == 0)
		ereport(ERROR,
				(errcode(ERRCODE_DIVISION_BY_ZERO),
				 errmsg("limit of zero in intake_vs_limit"),
				 errdetail("An intake is no multiple of zero.")));
	PG_RETURN_FLOAT8(float8_div(eaten, vitk_amount_middle(limit)));
}
