/*
 * diet_gin.c
 *		Who ate it: diet ? food, ?| and ?& of several, and GIN for them.
 *
 * A food is eaten when its mass is above zero, or not known.  The index keeps
 * the foods that are, so that its answers need no second look at the table.
 */
#include "diet.h"

#include "access/gin.h"
#include "access/stratnum.h"
#include "catalog/pg_type.h"

/* Numbers of the operators in the class: those of jsonb_ops */
#define EATEN_STRATEGY		9	/* ? */
#define EATEN_ANY_STRATEGY	10	/* ?| */
#define EATEN_ALL_STRATEGY	11	/* ?& */

PG_FUNCTION_INFO_V1(diet_gin_eaten);
Datum
diet_gin_eaten(PG_FUNCTION_ARGS)
{
	VitkDiet   *d = PG_GETARG_DIET(0);
	bool		eaten = vitk_diet_is_eaten(d, PG_GETARG_INT32(1));

	PG_FREE_IF_COPY(d, 0);
	PG_RETURN_BOOL(eaten);
}

/* How many of these foods were eaten? */
static int
count_eaten(const VitkDiet *d, const int32 *foods, int n)
{
	int			count = 0;

	for (int i = 0; i < n; i++)
		count += vitk_diet_is_eaten(d, foods[i]);
	return count;
}

PG_FUNCTION_INFO_V1(diet_gin_eaten_any);
Datum
diet_gin_eaten_any(PG_FUNCTION_ARGS)
{
	int			n;
	int32	   *foods = vitk_get_foods(PG_GETARG_ARRAYTYPE_P(1), &n);

	PG_RETURN_BOOL(count_eaten(PG_GETARG_DIET(0), foods, n) > 0);
}

PG_FUNCTION_INFO_V1(diet_gin_eaten_all);
Datum
diet_gin_eaten_all(PG_FUNCTION_ARGS)
{
	int			n;
	int32	   *foods = vitk_get_foods(PG_GETARG_ARRAYTYPE_P(1), &n);

	PG_RETURN_BOOL(count_eaten(PG_GETARG_DIET(0), foods, n) == n);
}

/* The keys of a diet: the foods that were eaten */
PG_FUNCTION_INFO_V1(diet_gin_extract);
Datum
diet_gin_extract(PG_FUNCTION_ARGS)
{
	const VitkDiet *d = PG_GETARG_DIET(0);
	int32	   *nkeys = (int32 *) PG_GETARG_POINTER(1);
	Datum	   *keys = palloc((d->n + 1) * sizeof(Datum));

	*nkeys = 0;
	for (uint32 i = 0; i < d->n; i++)
	{
		VitkEaten	e = vitk_diet_item(d, i);

		if (e.grams != 0 && (*nkeys == 0 || DatumGetInt32(keys[*nkeys - 1]) != e.food_no))
			keys[(*nkeys)++] = Int32GetDatum(e.food_no);
	}
	PG_RETURN_POINTER(keys);
}

PG_FUNCTION_INFO_V1(diet_gin_extract_query);
Datum
diet_gin_extract_query(PG_FUNCTION_ARGS)
{
	int32	   *nkeys = (int32 *) PG_GETARG_POINTER(1);
	StrategyNumber strategy = PG_GETARG_UINT16(2);
	int32	   *search_mode = (int32 *) PG_GETARG_POINTER(6);
	Datum	   *keys;
	int32	   *foods;

	if (strategy == EATEN_STRATEGY)
	{
		keys = palloc(sizeof(Datum));
		keys[0] = PG_GETARG_DATUM(0);
		*nkeys = 1;
		PG_RETURN_POINTER(keys);
	}
	foods = vitk_get_foods(PG_GETARG_ARRAYTYPE_P(0), nkeys);
	keys = palloc((*nkeys + 1) * sizeof(Datum));
	for (int i = 0; i < *nkeys; i++)
		keys[i] = Int32GetDatum(foods[i]);
	/* everybody has eaten all of no foods */
	if (*nkeys == 0 && strategy == EATEN_ALL_STRATEGY)
		*search_mode = GIN_SEARCH_MODE_ALL;
	PG_RETURN_POINTER(keys);
}

PG_FUNCTION_INFO_V1(diet_gin_consistent);
Datum
diet_gin_consistent(PG_FUNCTION_ARGS)
{
	const bool *check = (bool *) PG_GETARG_POINTER(0);
	StrategyNumber strategy = PG_GETARG_UINT16(1);
	int32		nkeys = PG_GETARG_INT32(3);
	bool	   *recheck = (bool *) PG_GETARG_POINTER(5);
	int32		found = 0;

	*recheck = false;
	for (int i = 0; i < nkeys; i++)
		found += check[i];
	PG_RETURN_BOOL(strategy == EATEN_ALL_STRATEGY ? found == nkeys : found > 0);
}

PG_FUNCTION_INFO_V1(diet_gin_triconsistent);
Datum
diet_gin_triconsistent(PG_FUNCTION_ARGS)
{
	const GinTernaryValue *check = (GinTernaryValue *) PG_GETARG_POINTER(0);
	StrategyNumber strategy = PG_GETARG_UINT16(1);
	int32		nkeys = PG_GETARG_INT32(3);
	bool		all = strategy == EATEN_ALL_STRATEGY;
	GinTernaryValue result = all ? GIN_TRUE : GIN_FALSE;

	/* of all the least, of any the greatest, where maybe is between no and yes */
	for (int i = 0; i < nkeys; i++)
	{
		if (check[i] == (all ? GIN_FALSE : GIN_TRUE))
			PG_RETURN_GIN_TERNARY_VALUE(check[i]);
		if (check[i] == GIN_MAYBE)
			result = GIN_MAYBE;
	}
	PG_RETURN_GIN_TERNARY_VALUE(result);
}
