/*
 * intake_vs_limit.c
 *		Reference values and intakes held against them.
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

#include "core/nutrient_amount.h"
#include "core/reference_value.h"
#include "core/intake_vs_limit.h"
#include "nutrient.h"
#include "nutrient_amount.h"
#include "nutrient_profile.h"

#define MAX_AGE 150.0

static bool
text_is(const text *t, const char *s)
{
	return VARSIZE_ANY_EXHDR(t) == strlen(s) &&
		memcmp(VARDATA_ANY(t), s, strlen(s)) == 0;
}

/*
 * Checks of the table
 */

PG_FUNCTION_INFO_V1(is_limit_basis);
Datum
is_limit_basis(PG_FUNCTION_ARGS)
{
	text	   *name = PG_GETARG_TEXT_PP(0);

	PG_RETURN_BOOL(vitk_basis_by_name(VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name)) != NULL);
}

/* The unit of a limit of per kg, times kg */
static VitkUnit
without_kg(VitkUnit unit)
{
	unit.per_mass = 0;
	return unit;
}

static VitkUnit
registry_unit_per_day(int nutrient)
{
	VitkUnit	unit = *vitk_profile_unit(nutrient);
	VitkUnit	per_day;
	VitkErr		err;

	if (!vitk_unit_parse("g/d", 3, &per_day, &err))
		VITK_RAISE(&err);
	unit.per_time = per_day.per_time;
	return unit;
}

static bool
is_body_weight(const VitkUnit *unit)
{
	VitkUnit	per_kg;
	VitkErr		err;

	if (!vitk_unit_parse("g/kg", 4, &per_kg, &err))
		VITK_RAISE(&err);
	return unit->per_mass == per_kg.per_mass;
}

PG_FUNCTION_INFO_V1(is_limit);
Datum
is_limit(PG_FUNCTION_ARGS)
{
	VitkAmount *amount = PG_GETARG_NUTRIENT_AMOUNT_P(0);
	int			nutrient = PG_GETARG_INT32(1);
	VitkUnit	per_day = without_kg(amount->unit);
	VitkUnit	registry = registry_unit_per_day(nutrient);
	double		converted;
	VitkErr		err;

	PG_RETURN_BOOL(amount->lower >= 0 &&
				   (amount->unit.per_mass == 0 || is_body_weight(&amount->unit)) &&
				   vitk_unit_convert_nutrient(amount->upper, &per_day, &registry, nutrient,
											  &converted, &err));
}

PG_FUNCTION_INFO_V1(is_per_kg);
Datum
is_per_kg(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(PG_GETARG_NUTRIENT_AMOUNT_P(0)->unit.per_mass != 0);
}

/*
 * Checks of arguments
 */

static bool
check_name(const text *name, const char *what, const char *hint, const char *const *names)
{
	for (; *names; names++)
	{
		if (text_is(name, *names))
			return true;
	}
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unknown %s \"%s\"", what, text_to_cstring(name)),
			 errhint("%s", hint)));
}

static void
check_number(double number, const char *name, bool good, const char *range)
{
	if (!good)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be %s, not %g", name, range, number)));
}

PG_FUNCTION_INFO_V1(check_person);
Datum
check_person(PG_FUNCTION_ARGS)
{
	static const char *const sexes[] = {"female", "male", NULL};
	static const char *const life_stages[] = {"none", "pregnancy", "lactation", NULL};
	text	   *sex = PG_ARGISNULL(0) ? NULL : PG_GETARG_TEXT_PP(0);
	text	   *life_stage = PG_ARGISNULL(2) ? NULL : PG_GETARG_TEXT_PP(2);

	if (sex != NULL)
		check_name(sex, "sex", "The sex of a person is female or male.", sexes);
	if (!PG_ARGISNULL(1))
	{
		double		age = PG_GETARG_FLOAT8(1);

		check_number(age, "age_years", age >= 0 && age < MAX_AGE, "from 0 to below 150");
	}
	if (life_stage != NULL)
		check_name(life_stage, "life stage",
				   "Life stages are none, pregnancy and lactation.", life_stages);
	if (sex != NULL && life_stage != NULL && text_is(sex, "male") && !text_is(life_stage, "none"))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("life stage \"%s\" needs sex \"female\"", text_to_cstring(life_stage))));
	if (!PG_ARGISNULL(3))
	{
		double		weight = PG_GETARG_FLOAT8(3);

		check_number(weight, "weight_kg", weight > 0 && isfinite(weight), "more than 0");
	}
	if (sex == NULL || PG_ARGISNULL(1) || life_stage == NULL)
		PG_RETURN_NULL();
	PG_RETURN_BOOL(true);
}

PG_FUNCTION_INFO_V1(check_days);
Datum
check_days(PG_FUNCTION_ARGS)
{
	double		days = PG_GETARG_FLOAT8(0);

	check_number(days, "days", days > 0 && isfinite(days), "more than 0");
	PG_RETURN_BOOL(true);
}

static void
check_share(double share)
{
	check_number(share, "min_coverage", share > 0 && share <= 1, "above 0 and at most 1");
}

PG_FUNCTION_INFO_V1(check_min_coverage);
Datum
check_min_coverage(PG_FUNCTION_ARGS)
{
	check_share(PG_GETARG_FLOAT8(0));
	PG_RETURN_BOOL(true);
}

PG_FUNCTION_INFO_V1(unknown_authority);
Datum
unknown_authority(PG_FUNCTION_ARGS)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unknown authority \"%s\"",
					PG_ARGISNULL(0) ? "" : text_to_cstring(PG_GETARG_TEXT_PP(0))),
			 PG_ARGISNULL(1) ? 0 :
			 errhint("Table vitk.reference_value has values of %s; NULL means all of them.",
					 text_to_cstring(PG_GETARG_TEXT_PP(1)))));
}

PG_FUNCTION_INFO_V1(weight_needed);
Datum
weight_needed(PG_FUNCTION_ARGS)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("reference value of %s for %s is per kg of body weight",
					PG_ARGISNULL(0) ? "" : text_to_cstring(PG_GETARG_TEXT_PP(0)),
					PG_ARGISNULL(1) ? "" : vitk_nutrient_get(PG_GETARG_INT32(1))->code),
			 errhint("Give weight_kg, or name another authority.")));
}

/*
 * Limits and intakes
 */

PG_FUNCTION_INFO_V1(limit_per_day);
Datum
limit_per_day(PG_FUNCTION_ARGS)
{
	VitkAmount *amount;
	VitkAmount *result;
	VitkUnit	unit;
	double		weight;
	VitkErr		err;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	amount = PG_GETARG_NUTRIENT_AMOUNT_P(0);
	if (amount->unit.per_mass == 0)
		PG_RETURN_NUTRIENT_AMOUNT_P(amount);
	if (PG_ARGISNULL(1))
		PG_RETURN_NULL();

	weight = PG_GETARG_FLOAT8(1);
	unit = without_kg(amount->unit);
	result = palloc(sizeof(VitkAmount));
	if (!vitk_amount_make(amount->lower * weight, amount->upper * weight, &unit, result, &err))
		VITK_RAISE(&err);
	PG_RETURN_NUTRIENT_AMOUNT_P(result);
}

static VitkUnit
limit_unit_of(FunctionCallInfo fcinfo, int limit_arg, int nutrient)
{
	return PG_ARGISNULL(limit_arg) ? registry_unit_per_day(nutrient) :
		PG_GETARG_NUTRIENT_AMOUNT_P(limit_arg)->unit;
}

PG_FUNCTION_INFO_V1(limit_unit);
Datum
limit_unit(PG_FUNCTION_ARGS)
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

	if (!vitk_basis_count(intake,
						  vitk_basis_by_name(VARDATA_ANY(basis), VARSIZE_ANY_EXHDR(basis)),
						  nutrient, unit, count, &err))
		VITK_RAISE(&err);
}

PG_FUNCTION_INFO_V1(limit_intake);
Datum
limit_intake(PG_FUNCTION_ARGS)
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

PG_FUNCTION_INFO_V1(limit_counted);
Datum
limit_counted(PG_FUNCTION_ARGS)
{
	VitkUnit	unit = registry_unit_per_day(PG_GETARG_INT32(1));
	VitkCount	count;

	count_profile(fcinfo, &unit, &count);
	if (count.counted[0] == '\0')
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(count.counted));
}

PG_FUNCTION_INFO_V1(limit_note);
Datum
limit_note(PG_FUNCTION_ARGS)
{
	VitkUnit	unit = registry_unit_per_day(PG_GETARG_INT32(1));
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

	if (kind == VITK_LIMIT_UNKNOWN)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("unknown kind of reference value \"%s\"", text_to_cstring(name)),
				 errhint("Limits are EAR, RDA, PRI, RNI, AI, UL and guidance_level.")));
	return kind;
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

PG_FUNCTION_INFO_V1(intake_verdict);
Datum
intake_verdict(PG_FUNCTION_ARGS)
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
