/*
 * food_value.c
 *		What 100 g of a food can contain: the checks of vitk.food_value.
 */
#include "vitk.h"

#include "utils/builtins.h"

#include "core/food_value.h"
#include "core/nutrient.h"
#include "core/nutrient_amount.h"
#include "nutrient.h"
#include "nutrient_amount.h"

/* The least that an amount is, in the unit of the nutrient */
static double
least(int nutrient, const VitkAmount *amount)
{
	const char *unit = vitk_nutrient_by_id(nutrient)->unit;
	VitkUnit	to;
	VitkAmount	converted;
	VitkErr		err = {0};

	if (!vitk_unit_parse(unit, strlen(unit), &to, &err) ||
		!vitk_amount_convert(amount, &to, nutrient, &converted, &err))
		VITK_RAISE(&err);
	return converted.lower;
}

/* food_value_possible(nutrient, amount): can 100 g of food contain that much? */
PG_FUNCTION_INFO_V1(food_value_possible);
Datum
food_value_possible(PG_FUNCTION_ARGS)
{
	int			nutrient = PG_GETARG_NUTRIENT(0);
	VitkErr		err = {0};

	PG_RETURN_BOOL(vitk_food_value_possible(nutrient, least(nutrient, PG_GETARG_NUTRIENT_AMOUNT_P(1)), &err));
}

/* food_value_doubt(nutrient, amount): what is odd about that much in 100 g, or NULL */
PG_FUNCTION_INFO_V1(food_value_doubt);
Datum
food_value_doubt(PG_FUNCTION_ARGS)
{
	int			nutrient = PG_GETARG_NUTRIENT(0);
	char		doubt[256];

	if (!vitk_food_value_doubt(nutrient, least(nutrient, PG_GETARG_NUTRIENT_AMOUNT_P(1)), doubt, sizeof(doubt)))
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(doubt));
}
