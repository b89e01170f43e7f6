/*
 * recipe.c
 *		Profiles of what is cooked: losses and yield.
 */
#include "vitk.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "utils/array.h"

#include "nutrient.h"
#include "nutrient_profile.h"

typedef struct Kept
{
	Datum	   *nutrient;
	Datum	   *factor;
	int			n;
} Kept;

static Datum *
elements(ArrayType *array, int size, char align, int *n)
{
	Datum	   *values;
	bool	   *nulls;

	deconstruct_array(array, ARR_ELEMTYPE(array), size, true, align, &values, &nulls, n);
	for (int i = 0; i < *n; i++)
		if (nulls[i])
			ereport(ERROR, (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("a nutrient or its factor is missing")));
	return values;
}

static double
factor_of(const Kept *kept, int nutrient)
{
	for (int i = 0; i < kept->n; i++)
		if (vitk_nutrient_get(DatumGetInt32(kept->nutrient[i]))->id == nutrient)
			return DatumGetFloat8(kept->factor[i]);
	return 1;
}

/* profile_retained(profile, nutrients, factors) */
PG_FUNCTION_INFO_V1(recipe_profile_retained);
Datum
recipe_profile_retained(PG_FUNCTION_ARGS)
{
	const VitkProfile *p = PG_GETARG_PROFILE(0);
	VitkProfile *result = palloc(vitk_profile_size(p));
	int			sides = vitk_profile_is_full(p) ? 2 : 1;
	Kept		kept;
	int			n;

	kept.nutrient = elements(PG_GETARG_ARRAYTYPE_P(1), sizeof(int32), TYPALIGN_INT, &kept.n);
	kept.factor = elements(PG_GETARG_ARRAYTYPE_P(2), sizeof(float8), TYPALIGN_DOUBLE, &n);
	if (n != kept.n)
		ereport(ERROR, (errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR), errmsg("each nutrient needs its factor")));
	memcpy(result, p, vitk_profile_size(p));
	for (int i = 0; i < p->n; i++)
	{
		double		factor = factor_of(&kept, vitk_profile_nutrient(p, i));

		if (!(factor >= 0 && factor <= 1))
			ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("a retention factor must be from 0 to 1")));
		for (int side = 0; side < sides; side++)
			result->v[side * p->n + i] *= factor;
	}
	PG_RETURN_PROFILE(result);
}

/* profile_of_yield(profile, grams): 100 g of it */
PG_FUNCTION_INFO_V1(recipe_profile_of_yield);
Datum
recipe_profile_of_yield(PG_FUNCTION_ARGS)
{
	const VitkProfile *p = PG_GETARG_PROFILE(0);
	double		grams = PG_GETARG_FLOAT8(1);
	VitkProfile *result = palloc(vitk_profile_size(p));

	if (!(grams > 0) || isinf(grams) || p->grams <= 0)
		ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("a recipe and its yield must have a mass")));
	if (!vitk_profile_scale(result, p, 100, grams, 100))
		vitk_profile_overflow();
	if (vitk_profile_is_full(p))
		for (int i = 2 * p->n; i < 3 * p->n; i++)
			result->v[i] = p->v[i] < p->grams ? fmin(p->v[i] * 100 / p->grams, 100) : 100;
	PG_RETURN_PROFILE(result);
}
