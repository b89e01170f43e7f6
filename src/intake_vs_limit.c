/*
 * intake_vs_limit.c
 *		Intakes compared with reference values.
 *
 * The tables are read by SQL functions that the planner inlines; what is here
 * computes.  Counting is in core/reference_value.c, judging in core/intake_vs_limit.c.
 */
#include "vitk.h"

#include <math.h>

#include "access/htup_details.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/float.h"

#include "core/doubt.h"
#include "core/reference_value.h"
#include "core/intake_vs_limit.h"
#include "nutrient.h"
#include "nutrient_amount.h"
#include "nutrient_profile.h"
#include "reference_value.h"

/*
 * Checks of arguments
 */

static double
checked_min_coverage(double share)
{
	vitk_check_number(share, "min_coverage", share > 0 && share <= 1, "above 0 and at most 1");
	return share;
}

/* For queries that look at no column of the judgement: the same errors */
PG_FUNCTION_INFO_V1(intake_vs_limit_check);
Datum
intake_vs_limit_check(PG_FUNCTION_ARGS)
{
	if (!PG_ARGISNULL(0))
		(void) vitk_check_days(PG_GETARG_FLOAT8(0));
	if (!PG_ARGISNULL(1))
		(void) checked_min_coverage(PG_GETARG_FLOAT8(1));
	PG_RETURN_BOOL(true);
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
			 errhint("Valid kinds are %s.", limits)));
}

static VitkLimitBound
get_bound(const text *name)
{
	VitkLimitBound bound = vitk_limit_bound(VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name));

	if (bound == VITK_BOUND_UNKNOWN)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("unknown bound of a reference value \"%s\"", text_to_cstring(name)),
				 errhint("Valid bounds are value, at_least, at_most, hull, none set and no value.")));
	return bound;
}

/*
 * A row of intake_vs_limit: all that is computed of it, at once
 */

/* The limit, and the intake in its unit */
typedef struct Judged
{
	VitkLimitKind kind;
	VitkLimitBound bound;
	VitkUnit	unit;
	double		limit_lower;
	double		limit_upper;
	double		min_coverage;
	VitkCount	count;
	VitkDoubts	doubts;
} Judged;

/* The columns of vitk_internal.judgement */
enum
{
	INTAKE_LOWER, INTAKE_UPPER, COVERAGE, LIMIT_LOWER, LIMIT_UPPER, UNIT, RATIO, VERDICT, VERDICT_ORDER,
	COUNTED, NOTE, JUDGEMENT_COLUMNS
};

/* Over some days to a day */
static void
count_per_day(VitkCount *count, double days)
{
	if (!isfinite(count->lower / days) || (!count->open && !isfinite(count->upper / days)))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("nutrient_profile over %g days is out of range", days)));
	count->lower /= days;
	count->upper /= days;
	count->most /= days;
	count->miss /= days;
}

/*
 * More than anybody ate is a wrong unit, or days that were not said.  Of the
 * nutrient of the limit and what its basis counts, the first doubt will do.
 */
static void
doubt_intake(const VitkProfile *p, const VitkLimitBasis *basis, int nutrient, double days, VitkDoubts *doubts)
{
	char		doubt[VITK_DOUBT_LEN];
	bool		found;

	if (vitk_mass_doubt(p, days, doubt, sizeof(doubt)))
		vitk_add_doubt(doubts, doubt);
	found = vitk_eaten_doubt(p, days, nutrient, doubt, sizeof(doubt));
	for (int w = 0; basis != NULL && w < basis->nways && !found; w++)
		for (int i = 0; i < basis->ways[w].nterms && !found; i++)
			found = vitk_eaten_doubt(p, days, basis->ways[w].terms[i].nutrient, doubt, sizeof(doubt));
	if (found)
		vitk_add_doubt(doubts, doubt);
}

static void
count_intake(const VitkProfile *p, int nutrient, const text *basis, double days, Judged *j)
{
	const VitkLimitBasis *b = vitk_limit_basis_by_name(VARDATA_ANY(basis), VARSIZE_ANY_EXHDR(basis));
	VitkErr		err;

	if (!vitk_limit_count(p, b, nutrient, &j->unit, j->min_coverage, &j->count, &err))
		VITK_RAISE(&err);
	if (j->count.known && j->unit.per_energy == 0)	/* a ratio is the same over any days */
		count_per_day(&j->count, days);
	j->doubts.len = 0;
	doubt_intake(p, b, nutrient, days, &j->doubts);
}

static VitkVerdict
verdict_of(const Judged *j)
{
	VitkIntake	intake = {j->count.lower, j->count.most, j->count.miss};

	if (!j->count.comparable && j->bound != VITK_BOUND_NONE_SET && j->bound != VITK_BOUND_NO_VALUE)
		return VITK_NOT_COMPARABLE;
	return vitk_verdict(j->kind, j->bound, &intake, j->limit_lower, j->limit_upper);
}

static Datum
notes_text(const Judged *j, const text *limit_note)
{
	const VitkCount *count = &j->count;
	StringInfoData note;

	initStringInfo(&note);
	if (limit_note != NULL)
		appendBinaryStringInfo(&note, VARDATA_ANY(limit_note), VARSIZE_ANY_EXHDR(limit_note));
	for (int i = 0; i < count->nnotes; i++)
		appendStringInfo(&note, "%s%s", note.len > 0 ? "; " : "", count->notes[i]);
	if (j->doubts.len > 0)
		appendStringInfo(&note, "%s%s", note.len > 0 ? "; " : "", j->doubts.text);
	return note.len > 0 ? PointerGetDatum(cstring_to_text_with_len(note.data, note.len)) : (Datum) 0;
}

static void
put_number(Datum *values, bool *nulls, int column, double number, bool known)
{
	values[column] = Float8GetDatum(number);
	nulls[column] = !known;
}

static void
put_numbers(const Judged *j, Datum *values, bool *nulls)
{
	const VitkCount *count = &j->count;
	bool		known = count->comparable && count->known;
	bool		limited = j->bound != VITK_BOUND_NONE_SET && j->bound != VITK_BOUND_NO_VALUE;
	bool		has_lower = limited && j->bound != VITK_BOUND_AT_MOST;
	bool		has_upper = limited && j->bound != VITK_BOUND_AT_LEAST;
	double		twice = has_lower && has_upper ? j->limit_lower + j->limit_upper :
		2 * (has_lower ? j->limit_lower : j->limit_upper);

	put_number(values, nulls, INTAKE_LOWER, count->lower, known);
	put_number(values, nulls, INTAKE_UPPER, count->upper, known && !count->open);
	put_number(values, nulls, COVERAGE, count->coverage, count->comparable && !isnan(count->coverage));
	put_number(values, nulls, LIMIT_LOWER, j->limit_lower, has_lower);
	put_number(values, nulls, LIMIT_UPPER, j->limit_upper, has_upper);
	put_number(values, nulls, RATIO, (count->lower + (count->open ? count->lower : count->upper)) / twice,
			   known && limited && twice > 0);
}

static Datum
judgement(FunctionCallInfo fcinfo, const Judged *j, const text *note)
{
	VitkVerdict verdict = verdict_of(j);
	Datum		values[JUDGEMENT_COLUMNS];
	bool		nulls[JUDGEMENT_COLUMNS] = {false};
	char		unit[VITK_UNIT_LEN];

	put_numbers(j, values, nulls);
	vitk_unit_format(&j->unit, unit);
	values[UNIT] = CStringGetTextDatum(unit);
	values[VERDICT] = CStringGetTextDatum(vitk_verdict_name(verdict));
	values[VERDICT_ORDER] = Int32GetDatum(verdict);
	values[COUNTED] = CStringGetTextDatum(j->count.counted);
	nulls[COUNTED] = j->count.counted[0] == '\0';
	values[NOTE] = notes_text(j, note);
	nulls[NOTE] = values[NOTE] == (Datum) 0;
	return vitk_row_datum(fcinfo, values, nulls);
}

/*
 * Arguments: profile (NULL = nothing is known), nutrient, kind, basis, amount
 * and bound of the limit, its note, days (NULL = how many is not known),
 * min_coverage (NULL = 1)
 */
PG_FUNCTION_INFO_V1(intake_vs_limit_judge);
Datum
intake_vs_limit_judge(PG_FUNCTION_ARGS)
{
	const VitkProfile *p = PG_ARGISNULL(0) || PG_ARGISNULL(7) ? &vitk_profile_empty : PG_GETARG_PROFILE(0);
	double		days = PG_ARGISNULL(7) ? 1 : vitk_check_days(PG_GETARG_FLOAT8(7));
	int			nutrient;
	Judged		j;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2) || PG_ARGISNULL(3))
		PG_RETURN_NULL();
	nutrient = PG_GETARG_NUTRIENT(1);
	j.kind = get_kind(PG_GETARG_TEXT_PP(2));
	j.bound = PG_ARGISNULL(5) ? VITK_BOUND_VALUE : get_bound(PG_GETARG_TEXT_PP(5));
	j.min_coverage = PG_ARGISNULL(8) ? 1 : checked_min_coverage(PG_GETARG_FLOAT8(8));
	if (PG_ARGISNULL(4))
	{
		if (j.bound != VITK_BOUND_NO_VALUE)
			j.bound = VITK_BOUND_NONE_SET;
		j.unit = vitk_unit_per_day(nutrient);
		j.limit_lower = j.limit_upper = 0;
	}
	else
	{
		const VitkAmount *amount = PG_GETARG_NUTRIENT_AMOUNT_P(4);

		j.unit = amount->unit;
		j.limit_lower = amount->lower;
		j.limit_upper = amount->upper;
	}
	count_intake(p, nutrient, PG_GETARG_TEXT_PP(3), days, &j);
	PG_RETURN_DATUM(judgement(fcinfo, &j, PG_ARGISNULL(6) ? NULL : PG_GETARG_TEXT_PP(6)));
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
	double		min_coverage = PG_ARGISNULL(6) ? 1 : checked_min_coverage(PG_GETARG_FLOAT8(6));
	bool		none_set = PG_ARGISNULL(4) || PG_ARGISNULL(5);
	double		limit_lower = none_set ? 0 : PG_GETARG_FLOAT8(4);
	double		limit_upper = none_set ? 0 : PG_GETARG_FLOAT8(5);
	VitkIntake	intake;
	VitkVerdict verdict;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	vitk_check_number(coverage, "coverage", coverage >= 0 && coverage <= 1, "from 0 to 1");
	check_bounds(lower, upper, "intake");
	check_bounds(limit_lower, limit_upper, "limit");
	intake.lower = lower;
	intake.most = intake.miss = PG_ARGISNULL(2) || coverage < min_coverage ? INFINITY : upper;
	verdict = vitk_verdict(get_kind(PG_GETARG_TEXT_PP(0)), none_set ? VITK_BOUND_NONE_SET : VITK_BOUND_VALUE,
						   &intake, limit_lower, limit_upper);
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
				 errmsg("limit must not be zero in intake_vs_limit()"),
				 errdetail("An intake cannot be a multiple of zero.")));
	PG_RETURN_FLOAT8(float8_div(eaten, vitk_amount_middle(limit)));
}
