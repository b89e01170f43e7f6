/*
 * reference_value.c
 *		Checks of reference values and of the persons whom they are looked up
 *		for, and what a value per kg of body weight is for one of them.
 *
 * The table is read by SQL functions that the planner inlines.
 */
#include "vitk.h"

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "core/literal.h"
#include "core/reference_value.h"
#include "nutrient.h"
#include "nutrient_amount.h"
#include "reference_value.h"

#define MAX_AGE 150.0

/* in kg: the smallest child born that lived, and more than the heaviest person */
#define MIN_WEIGHT 0.2
#define MAX_WEIGHT 700.0

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

/* Not negative, and in a unit of the nutrient over time, whatever this is of body weight */
static bool
is_daily(const VitkAmount *amount, const VitkUnit *unit, int nutrient)
{
	VitkUnit	per_day = without_kg(*unit);
	VitkUnit	registry = vitk_unit_per_day(nutrient);
	double		converted;
	VitkErr		err;

	return amount->lower >= 0 &&
		(unit->per_mass == 0 || is_body_weight(unit)) &&
		vitk_unit_convert_nutrient(amount->upper, &per_day, &registry, nutrient, &converted, &err);
}

PG_FUNCTION_INFO_V1(reference_value_is_daily);
Datum
reference_value_is_daily(PG_FUNCTION_ARGS)
{
	VitkAmount *amount = PG_GETARG_NUTRIENT_AMOUNT_P(0);

	PG_RETURN_BOOL(is_daily(amount, &amount->unit, PG_GETARG_NUTRIENT(1)));
}

/*
 * mg/MJ; or kcal/(100.kcal), of a basis that knows the energy of its nutrients.
 * It is held against a day's own energy, so it is over no time.
 */
static bool
is_per_energy(const VitkAmount *amount, int nutrient, bool energy)
{
	VitkUnit	unit = amount->unit;

	if (unit.per_mass != 0 || unit.per_volume != 0 || unit.per_time != 0)
		return false;
	if (energy)
		return amount->lower >= 0 && vitk_unit_kind_of_id(unit.num) == VITK_KIND_ENERGY;
	unit.per_energy = 0;
	unit.mult = 0;
	unit.per_time = vitk_unit_per_day(nutrient).per_time;
	return is_daily(amount, &unit, nutrient);
}

/* Arguments: amount, nutrient, and the name of the basis, which is that of the nutrient by default */
PG_FUNCTION_INFO_V1(reference_value_is_limit);
Datum
reference_value_is_limit(PG_FUNCTION_ARGS)
{
	VitkAmount *amount = PG_GETARG_NUTRIENT_AMOUNT_P(0);
	int			nutrient = PG_GETARG_NUTRIENT(1);
	text	   *basis = PG_GETARG_TEXT_PP(2);
	bool		energy = vitk_limit_basis_is_energy(vitk_limit_basis_by_name(VARDATA_ANY(basis), VARSIZE_ANY_EXHDR(basis)));

	if (amount->unit.per_energy != 0)
		PG_RETURN_BOOL(is_per_energy(amount, nutrient, energy));
	PG_RETURN_BOOL(!energy && is_daily(amount, &amount->unit, nutrient));
}

PG_FUNCTION_INFO_V1(reference_value_is_per_kg);
Datum
reference_value_is_per_kg(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(!PG_ARGISNULL(0) && PG_GETARG_NUTRIENT_AMOUNT_P(0)->unit.per_mass != 0);
}

/*
 * Checks of arguments
 */

/* The name itself, in the case of the list */
static const char *
known_name(const text *name, const char *what, const char *hint, const char *const *names, int count)
{
	int			at = vitk_find_word(names, count, VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name));

	if (at < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("unknown %s \"%s\"", what, text_to_cstring(name)),
				 errhint("%s", hint)));
	return names[at];
}

static const char *
known_life_stage(const text *name)
{
	static const char *const names[] = {
		"none", "pregnancy", "lactation", "pregnancy_t1", "pregnancy_t2", "pregnancy_t3",
		"lactation_0_6mo", "lactation_7_12mo"
	};

	return known_name(name, "life stage",
					  "Valid life stages are none, pregnancy, pregnancy_t1, pregnancy_t2, pregnancy_t3, "
					  "lactation, lactation_0_6mo and lactation_7_12mo.", names, lengthof(names));
}

void
vitk_check_number(double number, const char *name, bool good, const char *range)
{
	if (!good)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be %s, not %g", name, range, number)));
}

#define MAX_DAYS 36525.0		/* a hundred years */

/* The days that somebody was asked about */
double
vitk_check_days(double days)
{
	vitk_check_number(days, "days", days > 0, "more than 0");
	vitk_check_number(days, "days", days <= MAX_DAYS, "at most 36525 (100 years)");
	return days;
}

/* Arguments: sex and life stage; NULL = not known, female where the stage says so */
PG_FUNCTION_INFO_V1(reference_value_person_sex);
Datum
reference_value_person_sex(PG_FUNCTION_ARGS)
{
	static const char *const names[] = {"female", "male", "f", "m"};
	const char *stage = PG_ARGISNULL(1) ? "none" : known_life_stage(PG_GETARG_TEXT_PP(1));
	const char *sex;

	if (PG_ARGISNULL(0))
	{
		if (strcmp(stage, "none") == 0)
			PG_RETURN_NULL();
		PG_RETURN_TEXT_P(cstring_to_text("female"));
	}
	sex = known_name(PG_GETARG_TEXT_PP(0), "sex", "The sex of a person is female (or F) or male (or M).",
					 names, lengthof(names));
	if (sex[0] == 'm' && strcmp(stage, "none") != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("life stage \"%s\" needs sex \"female\"", stage)));
	PG_RETURN_TEXT_P(cstring_to_text(sex[0] == 'm' ? "male" : "female"));
}

/* NULL is none */
PG_FUNCTION_INFO_V1(reference_value_life_stage);
Datum
reference_value_life_stage(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(PG_ARGISNULL(0) ? "none" : known_life_stage(PG_GETARG_TEXT_PP(0))));
}

PG_FUNCTION_INFO_V1(reference_value_checked_age);
Datum
reference_value_checked_age(PG_FUNCTION_ARGS)
{
	double		age = PG_GETARG_FLOAT8(0);

	vitk_check_number(age, "age_years", age >= 0 && age < MAX_AGE, "from 0 to below 150");
	PG_RETURN_FLOAT8(age);
}

/* Arguments: an age, and ages in order; those of a table, so what else they may be is checked too */
PG_FUNCTION_INFO_V1(reference_value_age_band);
Datum
reference_value_age_band(PG_FUNCTION_ARGS)
{
	double		age = PG_GETARG_FLOAT8(0);
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(1);
	int			low = 0;
	int			high;
	const double *ages = (const double *) ARR_DATA_PTR(array);

	if (ARR_NDIM(array) == 0)
		PG_RETURN_FLOAT8(0);
	if (ARR_NDIM(array) != 1 || ARR_HASNULL(array) || ARR_ELEMTYPE(array) != FLOAT8OID)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("ages must be in one row, without NULL")));
	high = ARR_DIMS(array)[0];
	while (low < high)
	{
		int			middle = (low + high) / 2;

		if (ages[middle] <= age)
			low = middle + 1;
		else
			high = middle;
	}
	PG_RETURN_FLOAT8(low > 0 ? ages[low - 1] : 0);
}

PG_FUNCTION_INFO_V1(reference_value_checked_weight);
Datum
reference_value_checked_weight(PG_FUNCTION_ARGS)
{
	double		weight = PG_GETARG_FLOAT8(0);

	vitk_check_number(weight, "weight_kg", weight > 0, "more than 0");
	vitk_check_number(weight, "weight_kg", weight >= MIN_WEIGHT && weight <= MAX_WEIGHT,
					  "from 0.2 to 700, in kilograms");
	PG_RETURN_FLOAT8(weight);
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
