/*
 * doubt.h
 *		What is possible, but so odd that one should look at it.
 */
#ifndef VITK_CORE_DOUBT_H
#define VITK_CORE_DOUBT_H

#include "core/nutrient_profile.h"

#define VITK_DOUBT_LEN 400		/* of one doubt */

/* Doubts, one behind the other; those that have no room are left out */
typedef struct VitkDoubts
{
	size_t		len;
	char		text[4 * VITK_DOUBT_LEN];
} VitkDoubts;

extern void vitk_add_doubt(VitkDoubts *doubts, const char *doubt);
extern bool vitk_profile_doubt(const VitkProfile *p, int nutrient, VitkDoubts *doubts);
extern bool vitk_food_doubt(const VitkProfile *p, VitkDoubts *doubts);
extern bool vitk_mass_doubt(const VitkProfile *p, double days, char *doubt, size_t size);
extern bool vitk_eaten_doubt(const VitkProfile *p, double days, int nutrient, char *doubt, size_t size);
extern bool vitk_intake_doubt(const VitkProfile *p, double days, VitkDoubts *doubts);

#endif							/* VITK_CORE_DOUBT_H */
