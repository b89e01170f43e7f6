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
 * 9.6e15 g of primary crops of 2022 (FAO, World Food and Agriculture,
 * Statistical Yearbook 2024).
 */
#define VITK_MAX_GRAMS 1e18

extern bool vitk_exceeds_food(int nutrient, double lower, double grams);
extern bool vitk_food_value_possible(int nutrient, double lower, VitkErr *err);
extern bool vitk_food_value_doubt(int nutrient, double lower, char *doubt, size_t size);

#endif							/* VITK_CORE_FOOD_VALUE_H */
