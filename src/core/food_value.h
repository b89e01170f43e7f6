/*
 * food_value.h
 *		What 100 g of a food can contain, and what has been published.
 */
#ifndef VITK_CORE_FOOD_VALUE_H
#define VITK_CORE_FOOD_VALUE_H

#include "core/err.h"

extern bool vitk_food_value_possible(int nutrient, double lower, VitkErr *err);
extern bool vitk_food_value_doubt(int nutrient, double lower, char *doubt, size_t size);

#endif							/* VITK_CORE_FOOD_VALUE_H */
