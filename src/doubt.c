/*
 * doubt.c
 *		Doubts about foods and intakes.
 */
#include "vitk.h"

#include "utils/builtins.h"

#include "core/doubt.h"
#include "nutrient.h"
#include "nutrient_profile.h"
#include "reference_value.h"

/* vitk_internal.food_doubt(profile, nutrient): what of it does not fit the rest of a food, or NULL; NULL nutrient: any */
PG_FUNCTION_INFO_V1(doubt_of_profile);
Datum
doubt_of_profile(PG_FUNCTION_ARGS)
{
	int			nutrient = PG_ARGISNULL(1) ? 0 : PG_GETARG_NUTRIENT(1);
	VitkDoubts	doubts = {0};

	if (PG_ARGISNULL(0) || !vitk_profile_doubt(PG_GETARG_PROFILE(0), nutrient, &doubts))
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(doubts.text));
}

/* food_doubt(profile): what is odd about a food, or NULL */
PG_FUNCTION_INFO_V1(doubt_of_food);
Datum
doubt_of_food(PG_FUNCTION_ARGS)
{
	VitkDoubts	doubts = {0};

	if (!vitk_food_doubt(PG_GETARG_PROFILE(0), &doubts))
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(doubts.text));
}

/* intake_doubt(profile, days): what is odd about what somebody ate, or NULL */
PG_FUNCTION_INFO_V1(doubt_of_intake);
Datum
doubt_of_intake(PG_FUNCTION_ARGS)
{
	double		days = PG_GETARG_FLOAT8(1);
	VitkDoubts	doubts = {0};

	(void) vitk_check_days(days);
	if (!vitk_intake_doubt(PG_GETARG_PROFILE(0), days, &doubts))
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(doubts.text));
}
