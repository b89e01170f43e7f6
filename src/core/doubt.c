/*
 * doubt.c
 *		What is possible, but so odd that one should look at it.
 *
 * Of a food: more than any table has, parts that exceed their whole, an energy
 * that does not fit.  Of what somebody ate in some days: more than any of the
 * many thousand persons of a survey ate in one.  What is impossible is an
 * error where it is read; a doubt stops nothing.
 */
#include "core/doubt.h"

#include <stdio.h>
#include <string.h>

#include "core/energy_factor.h"
#include "core/food_value.h"
#include "core/nutrient.h"
#include "core/part_of_whole.h"

typedef struct IntakeMaximum
{
	int			nutrient;		/* 0: food and drink itself */
	double		most;			/* in a day, in the unit of the nutrient */
	int			persons;
	const char *survey;
} IntakeMaximum;

#include "intake_maximum_data.h"

#define INTAKE_MAXIMUM_COUNT ((int) (sizeof(intake_maxima) / sizeof(intake_maxima[0])))

void
vitk_add_doubt(VitkDoubts *doubts, const char *doubt)
{
	size_t		room = sizeof(doubts->text) - doubts->len;
	const char *separator = doubts->len > 0 ? "; " : "";

	if (strlen(separator) + strlen(doubt) + 1 <= room)
		doubts->len += snprintf(doubts->text + doubts->len, room, "%s%s", separator, doubt);
}

/*
 * What does not fit each other in a profile, of what concerns one nutrient, or
 * any if it is 0; false: nothing.  Where more was eaten of unknown mass, what
 * is known of a part may not be known of its whole.
 */
bool
vitk_profile_doubt(const VitkProfile *p, int nutrient, VitkDoubts *doubts)
{
	char		doubt[VITK_DOUBT_LEN];

	if (p->grams == 0 || vitk_profile_has_more(p))
		return doubts->len > 0;
	if (vitk_parts_doubt(p, nutrient, doubt, sizeof(doubt)))
		vitk_add_doubt(doubts, doubt);
	if (vitk_energy_doubt(p, nutrient, doubt, sizeof(doubt)))
		vitk_add_doubt(doubts, doubt);
	return doubts->len > 0;
}

/* What is odd about a food; false: nothing */
bool
vitk_food_doubt(const VitkProfile *p, VitkDoubts *doubts)
{
	for (int i = 0; p->grams > 0 && i < p->n; i++)
	{
		int			nutrient = vitk_profile_nutrient(p, i);
		char		more[VITK_DOUBT_LEN / 2];
		char		doubt[VITK_DOUBT_LEN];

		if (!vitk_food_value_doubt(nutrient, vitk_profile_lower(p)[i] / p->grams * 100, more, sizeof(more)))
			continue;
		snprintf(doubt, sizeof(doubt), "%s %s", vitk_nutrient_by_id(nutrient)->code, more);
		vitk_add_doubt(doubts, doubt);
	}
	return vitk_profile_doubt(p, 0, doubts);
}

/* NULL: nobody has counted it */
static const IntakeMaximum *
maximum_of(int nutrient)
{
	for (int i = 0; i < INTAKE_MAXIMUM_COUNT; i++)
		if (intake_maxima[i].nutrient == nutrient)
			return &intake_maxima[i];
	return NULL;
}

/* Sums of the amounts that make the maximum may come out a little above it. */
static bool
beyond(const IntakeMaximum *m, double a_day)
{
	return m != NULL && a_day > m->most * (1 + 1e-9);
}

static void
describe_eaten(const IntakeMaximum *m, double a_day, char *doubt, size_t size)
{
	bool		food = m->nutrient == 0;

	snprintf(doubt, size, "%g %s of %s a day is more than any of %d persons ate and drank: at most %.10g (%s, without supplements)", a_day,
			 food ? "g" : vitk_nutrient_by_id(m->nutrient)->unit,
			 food ? "food and drink" : vitk_nutrient_by_id(m->nutrient)->code, m->persons, m->most, m->survey);
}

/* Write the doubt about the mass eaten in some days; false: there is none. */
bool
vitk_mass_doubt(const VitkProfile *p, double days, char *doubt, size_t size)
{
	const IntakeMaximum *m = &intake_maxima[0];

	if (!beyond(m, p->grams / days))
		return false;
	describe_eaten(m, p->grams / days, doubt, size);
	return true;
}

/* The same of a nutrient, which supplements may give at will */
bool
vitk_eaten_doubt(const VitkProfile *p, double days, int nutrient, char *doubt, size_t size)
{
	int			i = vitk_profile_index(p, nutrient);
	const IntakeMaximum *m = i < 0 || vitk_profile_known_grams(p, nutrient) == 0 ? NULL : maximum_of(nutrient);

	if (i < 0 || !beyond(m, vitk_profile_lower(p)[i] / days))
		return false;
	describe_eaten(m, vitk_profile_lower(p)[i] / days, doubt, size);
	return true;
}

/* What is odd about what somebody ate in some days; false: nothing */
bool
vitk_intake_doubt(const VitkProfile *p, double days, VitkDoubts *doubts)
{
	char		doubt[VITK_DOUBT_LEN];

	if (vitk_mass_doubt(p, days, doubt, sizeof(doubt)))
		vitk_add_doubt(doubts, doubt);
	for (int i = 0; i < p->n; i++)
		if (vitk_eaten_doubt(p, days, vitk_profile_nutrient(p, i), doubt, sizeof(doubt)))
			vitk_add_doubt(doubts, doubt);
	return vitk_profile_doubt(p, 0, doubts);
}
