/*
 * nutrient.h
 *		Type nutrient in the server.
 */
#ifndef VITK_NUTRIENT_H
#define VITK_NUTRIENT_H

#include "vitk.h"

#include "core/nutrient.h"

extern const VitkNutrient *vitk_nutrient_get(int32 id);

#endif							/* VITK_NUTRIENT_H */
