/*
 * food_value.c
 *		What 100 g of a food can contain, and what has been published.
 *
 * More of a nutrient than there is food is an error of units or of a decimal
 * mark, and refused.  More than any published table has may be true of a
 * supplement or a new food: taken, with a doubt.
 */
#include "core/food_value.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/nutrient.h"
#include "core/number.h"

typedef struct PlausibleMaximum
{
	int			nutrient;
	double		published;		/* in 100 g, in the unit of the nutrient */
	double		possible;		/* 0: its mass alone tells */
	const char *food;			/* where that much was found */
} PlausibleMaximum;

#include "plausible_maximum_data.h"

static const PlausibleMaximum *
maximum_of(int nutrient)
{
	for (size_t i = 0; i < sizeof(plausible_maxima) / sizeof(plausible_maxima[0]); i++)
		if (plausible_maxima[i].nutrient == nutrient)
			return &plausible_maxima[i];
	return NULL;
}

/* How much of the unit of a nutrient is 100 g of it; 0: no mass */
static double
in_100_g(const char *unit)
{
	static const struct
	{
		const char *unit;
		double		in_100_g;
	}			masses[] = {{"g", 1e2}, {"mg", 1e5}, {"ug", 1e8}, {"ng", 1e11}};

	for (size_t i = 0; i < sizeof(masses) / sizeof(masses[0]); i++)
		if (strcmp(unit, masses[i].unit) == 0)
			return masses[i].in_100_g;
	return 0;
}

/* How much of a nutrient 100 g of food can contain, in its unit; infinite: nobody knows */
static double
possible_in_100_g(int nutrient)
{
	static double possible[VITK_NUTRIENT_COUNT + 1];
	double		most = possible[nutrient];

	if (most == 0)
	{
		const PlausibleMaximum *m = maximum_of(nutrient);

		most = m != NULL && m->possible > 0 ? m->possible : in_100_g(vitk_nutrient_by_id(nutrient)->unit);
		if (most == 0)
			most = INFINITY;
		possible[nutrient] = most;
	}
	return most;
}

/* An assay of water or fat may overshoot by the rounding of its parts. */
#define OVERSHOOT 1.001

/* Is at least so much of a nutrient, in its unit, more than a mass of food can hold? */
bool
vitk_exceeds_food(int nutrient, double lower, double grams)
{
	return grams > 0 && lower > possible_in_100_g(nutrient) * OVERSHOOT / 100 * grams;
}

/* Can 100 g of food contain at least that much, in the unit of the nutrient? */
bool
vitk_food_value_possible(int nutrient, double lower, VitkErr *err)
{
	const VitkNutrient *n = vitk_nutrient_by_id(nutrient);
	char		number[VITK_NUMBER_LEN];

	if (!vitk_exceeds_food(nutrient, lower, 100))
		return true;
	vitk_number_format(lower, number);
	return vitk_err(err, VITK_E_VALUE, "%s %s of %s in 100 g of food is more than is possible",
					number, n->unit, n->code);
}

/* Write the doubt about that much in 100 g of food; false: there is none. */
bool
vitk_food_value_doubt(int nutrient, double lower, char *doubt, size_t size)
{
	const VitkNutrient *n = vitk_nutrient_by_id(nutrient);
	const PlausibleMaximum *m = maximum_of(nutrient);
	char		number[VITK_NUMBER_LEN];

	/* figures that went through another unit differ in the last digit */
	if (m == NULL || lower <= m->published * (1 + 1e-9))
		return false;
	vitk_number_format(m->published, number);
	snprintf(doubt, size, "more than in any published table: at most %s %s in 100 g of %s", number, n->unit, m->food);
	return true;
}
