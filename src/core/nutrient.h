/*
 * nutrient.h
 *		The registry of nutrients, compiled from src/data/nutrient.csv.
 */
#ifndef VITK_CORE_NUTRIENT_H
#define VITK_CORE_NUTRIENT_H

#include "core/err.h"
#include "nutrient_count_data.h"	/* generated: VITK_NUTRIENT_COUNT */

/* Ids are 1 .. VITK_NUTRIENT_COUNT, without gaps, and never used again. */
#define VITK_MAX_NAME 64		/* the longest name with some room */

typedef struct VitkNutrient
{
	int			id;
	const char *code;
	const char *name;
	const char *group;
	const char *unit;			/* UCUM code of the unit that profiles keep */
	const char *synonyms;		/* separated by | */
	double		molar_mass;		/* g/mol, 0 = has none */
	double		units_per_iu;	/* registry units in one IU, 0 = has no IU */
	const char *infoods;		/* INFOODS tag, "" = has none */
	const char *usda;			/* USDA nutrient number, "" = has none */
} VitkNutrient;

extern const VitkNutrient *vitk_nutrient_by_id(int id);
extern int	vitk_nutrient_place(int id);
extern int	vitk_nutrient_by_name(const char *s, size_t len);
extern int	vitk_edit_distance(const char *a, int an, const char *b, int bn);
extern bool vitk_nutrient_parse(const char *s, size_t len, int *id, VitkErr *err);

#endif							/* VITK_CORE_NUTRIENT_H */
