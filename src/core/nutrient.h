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
	int			place;			/* in the order that people see, from 0 */
	int			position;		/* the same as nutrient.csv has it */
	const char *code;
	const char *name;
	const char *group;
	const char *unit;			/* UCUM code of the unit that profiles keep */
	const char *synonyms;		/* lists are separated by |; "" = has none */
	double		molar_mass;		/* g/mol, 0 = has none */
	double		units_per_iu;	/* registry units in one IU, 0 = has no IU */
	const char *infoods;		/* INFOODS tags */
	const char *usda;			/* USDA nutrient numbers */
	const char *fdc;			/* ids of FoodData Central */
	const char *formula;
	const char *chebi;
	const char *cas;
	int			parent;			/* the nutrient of which this is a part, 0 = none */
	int			variant_of;		/* the nutrient that this measures otherwise, 0 = none */
	const char *sum_of;
	const char *note;
	const char *source;
} VitkNutrient;

extern const VitkNutrient *vitk_nutrient_by_id(int id);
extern int	vitk_nutrient_place(int id);
extern int	vitk_nutrient_by_name(const char *s, size_t len);
extern int	vitk_edit_distance(const char *a, int an, const char *b, int bn);
extern bool vitk_nutrient_is_ambiguous(const char *s, size_t len, VitkErr *err);
extern bool vitk_nutrient_parse(const char *s, size_t len, int *id, VitkErr *err);

#endif							/* VITK_CORE_NUTRIENT_H */
