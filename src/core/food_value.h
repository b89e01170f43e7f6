/*
 * food_value.h
 *		What 100 g of a food can contain, and what has been published.
 */
#ifndef VITK_CORE_FOOD_VALUE_H
#define VITK_CORE_FOOD_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

/*
 * No mass of food is greater, in g: the harvests of a hundred years, by the
 * 9.9e15 g of 2023 (FAO, World Food and Agriculture, Statistical Yearbook 2024,
 * primary crops).
 */
#define VITK_MAX_GRAMS 1e18

/* A nutrient, and what it cannot be less than: its parts */
typedef struct VitkWhole
{
	int			nutrient;		/* 0: the food itself */
	double		share;			/* its parts are so much of it at most */
	double		rounding;		/* and so much more in 100 g, as printed values are rounded */
	uint8_t		nparts;
	const uint16_t *parts;
} VitkWhole;

extern const VitkWhole *vitk_wholes(int *n);
extern bool vitk_exceeds_food(int nutrient, double lower, double grams);
extern bool vitk_food_value_possible(int nutrient, double lower, VitkErr *err);
extern bool vitk_food_value_doubt(int nutrient, double lower, char *doubt, size_t size);

#endif							/* VITK_CORE_FOOD_VALUE_H */
