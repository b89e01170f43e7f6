/*
 * food_table.h
 *		A food_composition laid out to add up diets: intake(diet, food_composition).
 *
 * Made once a query and used for each diet.  A row of doubles a food, a column
 * a nutrient, rows as far apart as cache lines ask for; food 0 and foods that
 * are not there share one row of zeros.  What most foods do not have is kept
 * apart from what they all have:
 *
 *	lower	of every food: its amounts, or their lower bounds; 0 where unknown
 *	upper	of foods with bounded amounts, else lower is meant
 *	mask	1 where a nutrient is known, 0 where not: one for all foods alike
 *	known	of foods that are known in part, grams that are, as in a profile
 *
 * The sums are those of the aggregate intake(profile, grams) in the order of
 * the foods, operation by operation, so that they agree to the last digit.
 */
#ifndef VITK_CORE_FOOD_TABLE_H
#define VITK_CORE_FOOD_TABLE_H

#include "core/diet.h"
#include "core/food_composition.h"

/* What the sum of a diet needs besides the lower bounds */
#define VITK_FOOD_GAPS		0x01	/* a food or a nutrient is not known */
#define VITK_FOOD_BOUNDS	0x02	/* an amount has bounds */
#define VITK_FOOD_PARTLY	0x04	/* known for a part of the mass */
#define VITK_FOOD_NOTHING	0x08	/* 0 g of a food: what is known does not tell what is there */
#define VITK_FOOD_MORE		0x10	/* eaten, of unknown mass */

typedef struct VitkFoodSlot
{
	int32_t		food_no;
	uint32_t	row;			/* 0: the slot is free, or the row of zeros */
} VitkFoodSlot;

typedef struct VitkFoodTable
{
	uint32_t	n;				/* foods; their rows are 1 .. n */
	int			m;				/* nutrients */
	int			stride;			/* from row to row, in doubles: m and zeros */
	uint32_t	patterns;		/* rows of mask; row 0 is of zeros */
	uint32_t	bounded;		/* rows of upper */
	uint32_t	partly;			/* rows of known */
	uint32_t	first;			/* the lowest number of a food */
	uint32_t	near;			/* so many numbers from there on have their row in near_row */
	uint32_t   *near_row;
	int			bits;			/* there are 2 ^ bits slots for the others */
	VitkFoodSlot *slot;
	uint8_t    *flags;			/* of each row */
	double	   *grams;			/* of each row */
	uint32_t   *pattern;		/* of each row, its row of mask */
	uint32_t   *upper_row;		/* of each row, its row of upper */
	uint32_t   *known_row;		/* of each row, its row of known */
	double	   *lower;
	double	   *upper;
	double	   *mask;
	double	   *known;
	double	   *sum;			/* 4 rows in which a diet is added up */
	uint16_t   *ids;			/* of the columns */
	VitkProfile *head;			/* header and ids of a compact sum */
} VitkFoodTable;

/* What a diet added up to; the arrays are the table's. */
typedef struct VitkFoodSum
{
	double		grams;
	int			flags;
	const double *lower;
	const double *upper;
	const double *known;
	const double *present;		/* above 0: the nutrient is there */
} VitkFoodSum;

/* Places to work in for vitk_food_table_plan: of that many words */
#define VITK_FOOD_PLAN_WORDS(n) (6 * ((size_t) (n) + 1) + 2)

extern size_t vitk_food_table_plan(VitkFoodTable *t, const VitkComposition *c, uint32_t *words);
extern void vitk_food_table_build(VitkFoodTable *t, const VitkComposition *c,
								  const uint32_t *words, char *memory);
extern bool vitk_food_table_sum(const VitkFoodTable *t, const VitkDiet *d, VitkFoodSum *sum);
extern void vitk_food_table_food(const VitkFoodTable *t, uint32_t row, VitkFoodSum *sum);
extern size_t vitk_food_sum_size(const VitkFoodTable *t, const VitkFoodSum *sum);
extern size_t vitk_food_sum_profile(const VitkFoodTable *t, const VitkFoodSum *sum, VitkProfile *dst);

/* The row of a food; 0 = it is not there */
static inline uint32_t
vitk_food_table_row(const VitkFoodTable *t, int32_t food_no)
{
	uint32_t	mask = ((uint32_t) 1 << t->bits) - 1;
	uint32_t	distance = (uint32_t) food_no - t->first;
	uint32_t	i;

	if (distance < t->near)
		return t->near_row[distance];
	i = (uint32_t) food_no * UINT32_C(2654435769) >> (32 - t->bits);
	while (t->slot[i].food_no != food_no && t->slot[i].row != 0)
		i = (i + 1) & mask;
	return t->slot[i].row;
}

#endif							/* VITK_CORE_FOOD_TABLE_H */
