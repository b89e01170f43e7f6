/*
 * diet_change.c
 *		What if: diets with a food swapped, left out, or eaten more or less of.
 *
 * A diet that has none of the foods concerned is given back as it came, so
 * that a change for everybody costs little more than finding who it concerns.
 */
#include "diet.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "utils/array.h"

/* Has the settled diet an item of that food?  The first one is the i-th. */
static bool
find_item(const VitkDiet *d, int32 food_no, uint32 *i)
{
	*i = vitk_diet_find(d, food_no);
	return *i < d->n && vitk_diet_item(d, *i).food_no == food_no;
}

static bool
has_item(const VitkDiet *d, int32 food_no)
{
	uint32		ignored;

	return find_item(d, food_no, &ignored);
}

int
vitk_compare_foods(const void *a, const void *b)
{
	int32		x = *(const int32 *) a;
	int32		y = *(const int32 *) b;

	return (x > y) - (x < y);
}

/* The numbers in an array, sorted; NULLs are left out. */
int32 *
vitk_get_foods(ArrayType *array, int *n)
{
	Datum	   *elements;
	bool	   *nulls;
	int			count;
	int32	   *foods;

	deconstruct_array(array, INT4OID, sizeof(int32), true, TYPALIGN_INT, &elements, &nulls, &count);
	foods = palloc((count + 1) * sizeof(int32));
	*n = 0;
	for (int i = 0; i < count; i++)
		if (!nulls[i])
			foods[(*n)++] = DatumGetInt32(elements[i]);
	qsort(foods, *n, sizeof(int32), vitk_compare_foods);
	return foods;
}

bool
vitk_in_foods(int32 food_no, const int32 *foods, int n)
{
	return bsearch(&food_no, foods, n, sizeof(int32), vitk_compare_foods) != NULL;
}

static double
check_factor(double factor)
{
	if (!isfinite(factor) || factor < 0)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("factor of a diet must be finite and at least 0, not %g", factor)));
	return factor + 0.0;
}

/* The items of d, where those of the foods (all if NULL) are multiplied */
static VitkDiet *
multiply(const VitkDiet *d, const int32 *foods, int n, double factor)
{
	VitkDiet   *result = vitk_diet_copy(d, d->n);

	result->n = 0;
	result->form |= VITK_DIET_WIDE;
	for (uint32 i = 0; i < d->n; i++)
	{
		VitkEaten	e = vitk_diet_item(d, i);

		if (e.grams != VITK_MASS_UNKNOWN && (foods == NULL || vitk_in_foods(e.food_no, foods, n)))
			e.grams *= factor;
		(void) vitk_diet_append(result, e);
	}
	return result;
}

PG_FUNCTION_INFO_V1(diet_change_mul);
Datum
diet_change_mul(PG_FUNCTION_ARGS)
{
	double		factor = check_factor(PG_GETARG_FLOAT8(1));

	PG_RETURN_DIET(multiply(PG_GETARG_DIET(0), NULL, 0, factor));
}

PG_FUNCTION_INFO_V1(diet_change_mul_commuted);
Datum
diet_change_mul_commuted(PG_FUNCTION_ARGS)
{
	return DirectFunctionCall2(diet_change_mul, PG_GETARG_DATUM(1), PG_GETARG_DATUM(0));
}

/* scaled(diet, foods, factor) */
PG_FUNCTION_INFO_V1(diet_change_scaled);
Datum
diet_change_scaled(PG_FUNCTION_ARGS)
{
	VitkDiet   *d = PG_GETARG_DIET(0);
	double		factor = check_factor(PG_GETARG_FLOAT8(2));
	int			n;
	int32	   *foods = vitk_get_foods(PG_GETARG_ARRAYTYPE_P(1), &n);

	for (int i = 0; i < n; i++)
		if (has_item(d, foods[i]))
			PG_RETURN_DIET(multiply(d, foods, n, factor));
	PG_RETURN_POINTER(d);
}

/* without(diet, VARIADIC foods) */
PG_FUNCTION_INFO_V1(diet_change_without);
Datum
diet_change_without(PG_FUNCTION_ARGS)
{
	VitkDiet   *d = PG_GETARG_DIET(0);
	VitkDiet   *result;
	int			n;
	int32	   *foods = vitk_get_foods(PG_GETARG_ARRAYTYPE_P(1), &n);
	bool		any = false;

	for (int i = 0; i < n && !any; i++)
		any = has_item(d, foods[i]);
	if (!any)
		PG_RETURN_POINTER(d);
	result = vitk_diet_copy(d, d->n);
	result->n = 0;
	for (uint32 i = 0; i < d->n; i++)
	{
		VitkEaten	e = vitk_diet_item(d, i);

		if (!vitk_in_foods(e.food_no, foods, n))
			(void) vitk_diet_append(result, e);
	}
	PG_RETURN_DIET(result);
}

/*
 * The usual swap: the only item of a food, the i-th, becomes one of a food that
 * the diet does not have, whose place is before the j-th.
 */
static VitkDiet *
with_other_food(const VitkDiet *d, Size i, Size j, int32 to_food)
{
	VitkDiet   *result = vitk_diet_copy(d, d->n);
	Size		words = vitk_diet_words(d);
	Size		item = words * sizeof(uint32);
	uint32	   *word = result->word;

	if (j > i)
	{
		j--;
		memmove(word + words * i, word + words * (i + 1), item * (j - i));
	}
	else
		memmove(word + words * (j + 1), word + words * j, item * (i - j));
	memcpy(word + words * j, d->word + words * i, item);
	word[words * j] = to_food;
	SET_VARSIZE(result, vitk_diet_size(result, result->n));
	return result;
}

/* Replace a part of one item by another food; the diet is wide, with room. */
static void
swap_part(VitkDiet *d, uint32 i, int32 to_food, double share)
{
	VitkEaten	e = vitk_diet_item(d, i);
	VitkEaten	moved = {to_food, e.grams};

	if (e.grams != VITK_MASS_UNKNOWN)
	{
		moved.grams = e.grams * share;
		e.grams -= moved.grams;
		memcpy(d->word + 3 * (Size) i + 1, &e.grams, sizeof(double));
	}
	(void) vitk_diet_append(d, moved);
}

/* swap(diet, from_food, to_food, share) */
PG_FUNCTION_INFO_V1(diet_change_swap);
Datum
diet_change_swap(PG_FUNCTION_ARGS)
{
	VitkDiet   *d = PG_GETARG_DIET(0);
	int32		from_food = PG_GETARG_INT32(1);
	int32		to_food = vitk_check_food_no(PG_GETARG_INT32(2));
	double		share = PG_GETARG_FLOAT8(3);
	uint32		n = d->n;
	uint32		i;
	uint32		j;
	VitkDiet   *result;

	if (!(share >= 0 && share <= 1))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("share of a food to swap must be from 0 to 1, not %g", share)));
	if (share == 0 || from_food == to_food || !find_item(d, from_food, &i))
		PG_RETURN_POINTER(d);
	if (share == 1 && !find_item(d, to_food, &j) && (i + 1 == n || vitk_diet_item(d, i + 1).food_no != from_food))
		PG_RETURN_POINTER(with_other_food(d, i, j, to_food));
	result = vitk_diet_copy(d, (Size) n + 2);	/* it has two items of a food at most */
	if (share < 1)
		vitk_diet_widen(result, d);
	for (; i < n && vitk_diet_item(d, i).food_no == from_food; i++)
	{
		if (share < 1)
			swap_part(result, i, to_food, share);
		else
			result->word[vitk_diet_words(result) * (Size) i] = to_food;
	}
	PG_RETURN_DIET(result);
}
