/*
 * reference_value.c
 *		Checks of reference values and of the persons whom they are looked up
 *		for, and what a value per kg of body weight is for one of them.
 *
 * The table is read by SQL functions that the planner inlines.
 */
#include "vitk.h"

#include <math.h>

#include "utils/builtins.h"

#include "core/reference_value.h"
#include "nutrient.h"
#include "nutrient_amount.h"
#include "reference_value.h"

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

PG_FUNCTION_INFO_V1(reference_value_is_basis);
Datum
reference_value_is_basis(PG_FUNCTION_ARGS)
{
	text	   *name = PG_GETARG_TEXT_PP(0);

	PG_RETURN_BOOL(vitk_limit_basis_by_name(VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name)) != NULL);
}

/* The unit of a limit of per kg, times kg */
static VitkUnit
without_kg(VitkUnit unit)
{
	unit.per_mass = 0;
	return unit;
}

VitkUnit
vitk_unit_per_day(int nutrient)
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

PG_FUNCTION_INFO_V1(reference_value_is_limit);
Datum
reference_value_is_limit(PG_FUNCTION_ARGS)
{
	VitkAmount *amount = PG_GETARG_NUTRIENT_AMOUNT_P(0);
	int			nutrient = PG_GETARG_INT32(1);
	VitkUnit	per_day = without_kg(amount->unit);
	VitkUnit	registry = vitk_unit_per_day(nutrient);
	double		converted;
	VitkErr		err;

	PG_RETURN_BOOL(amount->lower >= 0 &&
				   (amount->unit.per_mass == 0 || is_body_weight(&amount->unit)) &&
				   vitk_unit_convert_nutrient(amount->upper, &per_day, &registry, nutrient,
											  &converted, &err));
}

PG_FUNCTION_INFO_V1(reference_value_is_per_kg);
Datum
reference_value_is_per_kg(PG_FUNCTION_ARGS)
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

void
vitk_check_number(double number, const char *name, bool good, const char *range)
{
	if (!good)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be %s, not %g", name, range, number)));
}

PG_FUNCTION_INFO_V1(reference_value_check_person);
Datum
reference_value_check_person(PG_FUNCTION_ARGS)
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

		vitk_check_number(age, "age_years", age >= 0 && age < MAX_AGE, "from 0 to below 150");
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

		vitk_check_number(weight, "weight_kg", weight > 0 && isfinite(weight), "more than 0");
	}
	if (sex == NULL || PG_ARGISNULL(1) || life_stage == NULL)
		PG_RETURN_NULL();
	PG_RETURN_BOOL(true);
}

PG_FUNCTION_INFO_V1(reference_value_unknown_authority);
Datum
reference_value_unknown_authority(PG_FUNCTION_ARGS)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unknown authority \"%s\"",
					PG_ARGISNULL(0) ? "" : text_to_cstring(PG_GETARG_TEXT_PP(0))),
			 PG_ARGISNULL(1) ? 0 :
			 errhint("Table vitk.reference_value has values of %s; NULL means all of them.",
					 text_to_cstring(PG_GETARG_TEXT_PP(1)))));
}

PG_FUNCTION_INFO_V1(reference_value_weight_needed);
Datum
reference_value_weight_needed(PG_FUNCTION_ARGS)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("reference value of %s for %s is per kg of body weight",
					PG_ARGISNULL(0) ? "" : text_to_cstring(PG_GETARG_TEXT_PP(0)),
					PG_ARGISNULL(1) ? "" : vitk_nutrient_get(PG_GETARG_INT32(1))->code),
			 errhint("Give weight_kg, or name another authority.")));
}

/*
 * Values of a person
 */

PG_FUNCTION_INFO_V1(reference_value_per_day);
Datum
reference_value_per_day(PG_FUNCTION_ARGS)
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
