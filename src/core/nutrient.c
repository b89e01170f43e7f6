/*
 * nutrient.c
 *		The registry of nutrients: look up by id and by name.
 */
#include "core/nutrient.h"

#include <stdio.h>
#include <string.h>

#include "core/number.h"
#include "nutrient_data.h"		/* generated: nutrients[], nutrient_names[] */

const VitkNutrient *
vitk_nutrient_by_id(int id)
{
	if (id < 1 || id > VITK_NUTRIENT_COUNT)
		return NULL;
	return &nutrients[id - 1];
}

/* Place of a nutrient in the order of the registry, from 0 */
int
vitk_nutrient_place(int id)
{
	return id - 1;
}

/*
 * Fold a name: ASCII lower case, without spaces, hyphens and underscores, so
 * that "MK-4", "mk4" and "MK 4" are one.  Returns the length, or -1 when the
 * input is no name.  generate.pl folds the names of the registry alike.
 */
static int
fold_name(const char *s, size_t len, char *buf)
{
	int			n = 0;

	for (size_t i = 0; i < len; i++)
	{
		char		c = s[i];

		if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '-' || c == '_')
			continue;
		if (n == VITK_MAX_NAME)
			return -1;
		buf[n++] = vitk_lower_case(c);
	}
	return n > 0 ? n : -1;
}

static int
compare_name(const char *s, int len, const char *name)
{
	int			cmp = strncmp(s, name, len);

	return cmp != 0 ? cmp : -(name[len] != '\0');
}

/* id of the nutrient that has this code, synonym, tag or number; 0 = none */
int
vitk_nutrient_by_name(const char *s, size_t len)
{
	char		name[VITK_MAX_NAME];
	int			n = fold_name(s, len, name);
	int			lo = 0;
	int			hi = NUTRIENT_NAME_COUNT - 1;

	if (n < 0 || memchr(name, '\0', n) != NULL)
		return 0;
	while (lo <= hi)
	{
		int			mid = (lo + hi) / 2;
		int			cmp = compare_name(name, n, nutrient_names[mid].name);

		if (cmp == 0)
			return nutrient_names[mid].id;
		if (cmp < 0)
			hi = mid - 1;
		else
			lo = mid + 1;
	}
	return 0;
}

/* Levenshtein distance of two names, bn <= VITK_MAX_NAME */
int
vitk_edit_distance(const char *a, int an, const char *b, int bn)
{
	int			row[VITK_MAX_NAME + 1];

	for (int j = 0; j <= bn; j++)
		row[j] = j;
	for (int i = 1; i <= an; i++)
	{
		int			diagonal = row[0];

		row[0] = i;
		for (int j = 1; j <= bn; j++)
		{
			int			above = row[j];
			int			best = diagonal + (a[i - 1] != b[j - 1]);

			if (above + 1 < best)
				best = above + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			row[j] = best;
			diagonal = above;
		}
	}
	return row[bn];
}

/* The known name nearest to an unknown one, for a hint; NULL = none is near */
static const char *
nearest_name(const char *s, size_t len)
{
	char		name[VITK_MAX_NAME];
	int			n = fold_name(s, len, name);
	int			best_distance = VITK_MAX_NAME;
	const char *best = NULL;

	if (n < 0)
		return NULL;
	for (int i = 0; i < NUTRIENT_NAME_COUNT; i++)
	{
		const char *known = nutrient_names[i].name;
		int			d = vitk_edit_distance(name, n, known, (int) strlen(known));

		if (d < best_distance)
		{
			best_distance = d;
			best = nutrients[nutrient_names[i].id - 1].code;
		}
	}
	/* a third of the letters wrong is a typing error, more is another word */
	return best_distance <= 1 + n / 3 ? best : NULL;
}

/*
 * "vitamin A" and "mineral" name a group: hint at its nutrients, because the
 * nearest name would be another vitamin.
 */
static bool
hint_group(const char *s, size_t len, VitkErr *err)
{
	char		name[VITK_MAX_NAME];
	char		group[VITK_MAX_NAME];
	char		codes[160] = "";
	int			n = fold_name(s, len, name);
	size_t		used = 0;

	for (int i = 0; i < VITK_NUTRIENT_COUNT && n > 0; i++)
		if (fold_name(nutrients[i].group, strlen(nutrients[i].group), group) == n &&
			memcmp(name, group, n) == 0 && used < sizeof(codes))
			used += snprintf(codes + used, sizeof(codes) - used, "%s%s",
							 used ? ", " : "", nutrients[i].code);
	if (used == 0)
		return false;
	vitk_err_hint(err, "That is a group of nutrients; name one of them: %s.", codes);
	return true;
}

bool
vitk_nutrient_parse(const char *s, size_t len, int *id, VitkErr *err)
{
	const char *nearest;

	*id = vitk_nutrient_by_name(s, len);
	if (*id != 0)
		return true;
	vitk_err(err, VITK_E_NAME, "unknown nutrient \"%.*s\"",
			 vitk_clip(s, len), s);
	if (hint_group(s, len, err))
		return false;
	nearest = nearest_name(s, len);
	if (nearest != NULL)
		vitk_err_hint(err, "Perhaps you meant \"%s\".", nearest);
	else
		vitk_err_hint(err, "View vitk.nutrient lists the nutrients and their names.");
	return false;
}
