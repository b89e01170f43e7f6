/*
 * part_of_whole.c
 *		Parts of a food that are more than the whole of which they are parts.
 *
 * In a literal that is an error, as more of a nutrient than there is food is.
 * Published tables have such foods: what is imported is taken, with a doubt.
 */
#include "core/part_of_whole.h"

#include <stdio.h>

#include "core/nutrient.h"

typedef struct VitkPart
{
	uint16_t	nutrient;
	double		factor;			/* from its unit to that of the whole */
} VitkPart;

struct VitkWhole
{
	int			nutrient;		/* 0: the food itself */
	double		share;			/* its parts are so much of it at most */
	double		rounding;		/* and so much more in 100 g, in its unit, as printed values are rounded */
	uint8_t		nparts;
	const VitkPart *parts;
};

#include "part_of_whole_data.h"

#define MAX_PARTS 32				/* whose names are told */
#define WHOLE_COUNT ((int) (sizeof(wholes) / sizeof(wholes[0])))

/* Is a nutrient known for all of the mass, and not among "other"? */
static bool
counts_as_part(const VitkProfile *p, int nutrient, const VitkNutrientSet *other)
{
	int			i = vitk_profile_index(p, nutrient);

	return i >= 0 && !vitk_in_set(other, nutrient) && vitk_profile_known(p, i) == p->grams;
}

/* The least of a part that is there, in the unit of its whole */
static double
amount_of(const VitkProfile *p, const VitkPart *part)
{
	return vitk_profile_lower(p)[vitk_profile_index(p, part->nutrient)] * part->factor;
}

/*
 * Do the parts of a whole exceed it?  Only those count that are known for all
 * of the mass, as the whole must be, and are not among "other".
 */
static bool
parts_exceed(const VitkProfile *p, const VitkWhole *w, const VitkNutrientSet *other)
{
	double		whole = p->grams;
	double		parts = 0;

	if (w->nutrient != 0)
	{
		if (!counts_as_part(p, w->nutrient, other))
			return false;
		whole = vitk_profile_upper(p)[vitk_profile_index(p, w->nutrient)];
	}
	for (int k = 0; k < w->nparts; k++)
		if (counts_as_part(p, w->parts[k].nutrient, other))
			parts += amount_of(p, &w->parts[k]);
	return parts > whole * w->share + p->grams / 100 * w->rounding;
}

/* The first whole that its parts exceed; NULL = none */
const VitkWhole *
vitk_exceeded_whole(const VitkProfile *p, const VitkNutrientSet *other)
{
	for (int k = 0; k < WHOLE_COUNT; k++)
		if (parts_exceed(p, &wholes[k], other))
			return &wholes[k];
	return NULL;
}

void
vitk_add_parts(const VitkWhole *w, VitkNutrientSet *set)
{
	for (int k = 0; k < w->nparts; k++)
		vitk_add_to_set(set, w->parts[k].nutrient);
}

/* What is wrong with a whole that its parts exceed */
static void
describe_parts(const VitkProfile *p, const VitkWhole *w, const VitkNutrientSet *other, char *text, size_t size)
{
	const char *unit = w->nutrient == 0 ? "g" : vitk_nutrient_by_id(w->nutrient)->unit;
	double		whole = w->nutrient == 0 ? p->grams : vitk_profile_upper(p)[vitk_profile_index(p, w->nutrient)];
	double		sum = 0;
	const char *names[MAX_PARTS];
	int			n = 0;
	char		list[200];

	for (int k = 0; k < w->nparts && n < MAX_PARTS; k++)
		if (counts_as_part(p, w->parts[k].nutrient, other))
		{
			names[n++] = vitk_nutrient_by_id(w->parts[k].nutrient)->code;
			sum += amount_of(p, &w->parts[k]);
		}
	vitk_list_names(names, n, list, sizeof(list));
	snprintf(text, size, "%g %s of %s in %g %s of %s", sum, unit, list, whole, unit,
			 w->nutrient == 0 ? "food" : vitk_nutrient_by_id(w->nutrient)->code);
}

/* Complain of a whole that its parts exceed. */
bool
vitk_parts_beyond_whole(const VitkProfile *p, const VitkWhole *w, const VitkNutrientSet *other, VitkErr *err)
{
	char		text[300];

	describe_parts(p, w, other, text, sizeof(text));
	vitk_err(err, VITK_E_RANGE, "parts exceed the whole in nutrient_profile");
	return vitk_err_detail(err, "There are %s.", text);
}

/* Is a nutrient the whole, or one of the parts? */
static bool
concerns(const VitkWhole *w, int nutrient)
{
	for (int k = 0; k < w->nparts; k++)
		if (w->parts[k].nutrient == nutrient)
			return true;
	return w->nutrient == nutrient;
}

/*
 * Write which parts of a food are more than their whole, of what concerns one
 * nutrient, or any if it is 0; false: none.  Published tables have such foods.
 */
bool
vitk_parts_doubt(const VitkProfile *p, int nutrient, char *doubt, size_t size)
{
	const VitkNutrientSet none = {{0}};
	char		text[300];

	for (int k = 0; k < WHOLE_COUNT; k++)
		if ((nutrient == 0 || concerns(&wholes[k], nutrient)) && parts_exceed(p, &wholes[k], &none))
		{
			describe_parts(p, &wholes[k], &none, text, sizeof(text));
			snprintf(doubt, size, "parts exceed the whole: %s", text);
			return true;
		}
	return false;
}
