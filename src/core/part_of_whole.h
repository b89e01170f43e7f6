/*
 * part_of_whole.h
 *		Parts of a food that are more than the whole of which they are parts.
 */
#ifndef VITK_CORE_PART_OF_WHOLE_H
#define VITK_CORE_PART_OF_WHOLE_H

#include "core/nutrient_profile.h"

/* A nutrient, or the food itself, and what it cannot be less than: its parts */
typedef struct VitkWhole VitkWhole;

extern const VitkWhole *vitk_exceeded_whole(const VitkProfile *p, const VitkNutrientSet *other);
extern void vitk_add_parts(const VitkWhole *w, VitkNutrientSet *set);
extern bool vitk_parts_beyond_whole(const VitkProfile *p, const VitkWhole *w, const VitkNutrientSet *other, VitkErr *err);
extern bool vitk_parts_doubt(const VitkProfile *p, int nutrient, char *doubt, size_t size);

#endif							/* VITK_CORE_PART_OF_WHOLE_H */
