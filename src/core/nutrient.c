/*
 * nutrient.c
 *		The registry of nutrients: look up by id and by name.
 */
#include "core/nutrient.h"

#include <stdio.h>
#include <string.h>

#include "core/literal.h"
#include "core/number.h"
/* A name of two meanings, which is refused */
typedef struct VitkAmbiguousName
{
	const char *meaning;
	const char *write;			/* what to write instead */
	const char *exact;			/* spellings that are taken, separated by | */
	int			id;				/* the nutrient that these name, 0 = none */
} VitkAmbiguousName;

#include "nutrient_data.h"		/* generated: nutrients[], ambiguous_names[], nutrient_names[] */

const VitkNutrient *
vitk_nutrient_by_id(int id)
{
	if (id < 1 || id > VITK_NUTRIENT_COUNT)
		return NULL;
	return &nutrients[id - 1];
}

/* Place of a nutrient of the registry in the order that people see, from 0 */
int
vitk_nutrient_place(int id)
{
	return nutrients[id - 1].place;
}

static void
trim_name(const char **s, size_t *len)
{
	const char *end = *s + *len;

	vitk_trim(s, &end);
	*len = end - *s;
}

/*
 * Fold a name: ASCII lower case, without spaces, hyphens and underscores, so
 * that "MK-4", "mk4" and "MK 4" are one.  A hyphen at the end stays: the tag
 * "PRO-" of INFOODS is not the tag "PRO".  Returns the length, or -1 when the
 * input is not a name.  generate.pl folds the names of the registry alike.
 */
static int
fold_name(const char *s, size_t len, char *buf)
{
	int			n = 0;

	trim_name(&s, &len);
	for (size_t i = 0; i < len; i++)
	{
		char		c = s[i];

		if (vitk_is_space(c) || c == '_' || (c == '-' && i + 1 < len))
			continue;
		if (n == VITK_MAX_NAME)
			return -1;
		buf[n++] = vitk_lower_case(c);
	}
	return n > 0 && !(n == 1 && buf[0] == '-') ? n : -1;
}

static int
compare_name(const char *s, int len, const char *name)
{
	int			cmp = strncmp(s, name, len);

	return cmp != 0 ? cmp : -(name[len] != '\0');
}

/* What nutrient_names[] has for a name; 0 = it is not there */
static int
find_name(const char *s, size_t len)
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

/* Is a text one of a list, to the letter? */
static bool
is_listed(const char *s, size_t len, const char *list)
{
	while (*list != '\0')
	{
		size_t		n = strcspn(list, "|");

		if (n == len && memcmp(s, list, n) == 0)
			return true;
		list += n + (list[n] == '|');
	}
	return false;
}

/* Id of the nutrient that has this code, synonym, tag or number; 0 = none */
int
vitk_nutrient_by_name(const char *s, size_t len)
{
	int			id = find_name(s, len);
	const VitkAmbiguousName *ambiguous;

	if (id >= 0)
		return id;
	ambiguous = &ambiguous_names[-1 - id];
	trim_name(&s, &len);
	return is_listed(s, len, ambiguous->exact) ? ambiguous->id : 0;
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

/*
 * The known name nearest to an unknown one, for a hint; NULL = none is near.
 * A third of the letters wrong is a typing error, more is another word.  Of
 * names equally near, one with the same first letter comes first.
 */
static const char *
nearest_name(const char *s, size_t len)
{
	char		name[VITK_MAX_NAME];
	int			n = fold_name(s, len, name);
	int			nearest = 2 * (1 + n / 3) + 2;
	const char *best = NULL;

	for (int i = 0; n > 0 && i < NUTRIENT_NAME_COUNT; i++)
	{
		const char *known = nutrient_names[i].name;
		int			known_len = (int) strlen(known);
		int			far = known[0] != name[0];

		/* the distance is no less than the lengths differ */
		if (nutrient_names[i].id < 0 ||
			2 * (n > known_len ? n - known_len : known_len - n) + far >= nearest)
			continue;
		far += 2 * vitk_edit_distance(name, n, known, known_len);
		if (far >= nearest)
			continue;
		nearest = far;
		best = nutrients[nutrient_names[i].id - 1].code;
	}
	return best;
}

/*
 * "fatty acid" and "mineral" name a group: hint at its nutrients, because the
 * nearest name would be of another kind.
 */
static bool
hint_group(const char *s, size_t len, VitkErr *err)
{
	char		name[VITK_MAX_NAME];
	char		group[VITK_MAX_NAME];
	char		codes[120] = "";
	int			n = fold_name(s, len, name);
	size_t		used = 0;
	bool		more = false;

	for (int i = 0; i < VITK_NUTRIENT_COUNT && n > 0; i++)
	{
		const VitkNutrient *nutrient = &nutrients[i];

		if (fold_name(nutrient->group, strlen(nutrient->group), group) != n ||
			memcmp(name, group, n) != 0)
			continue;
		if (used + strlen(nutrient->code) + 3 > sizeof(codes))
			more = true;
		else
			used += snprintf(codes + used, sizeof(codes) - used, "%s%s",
							 used ? ", " : "", nutrient->code);
	}
	if (used == 0)
		return false;
	vitk_err_hint(err, "That is a group of nutrients; name one of them: %s%s.", codes,
				  more ? ", ... (view vitk.nutrient has them all)" : "");
	return true;
}

/* A name of two meanings is refused with both, and what to write instead. */
static bool
refuse_ambiguous(const VitkAmbiguousName *ambiguous, const char *s, size_t len, VitkErr *err)
{
	trim_name(&s, &len);
	vitk_err(err, VITK_E_NAME, "nutrient name \"%.*s\" is ambiguous", vitk_clip(s, len), s);
	vitk_err_detail(err, "It can mean %s.", ambiguous->meaning);
	return vitk_err_hint(err, "Write %s.", ambiguous->write);
}

/* Is a name refused because it has two meanings?  err then says which. */
bool
vitk_nutrient_is_ambiguous(const char *s, size_t len, VitkErr *err)
{
	int			found = find_name(s, len);

	if (found >= 0 || vitk_nutrient_by_name(s, len) != 0)
		return false;
	refuse_ambiguous(&ambiguous_names[-1 - found], s, len, err);
	return true;
}

bool
vitk_nutrient_parse(const char *s, size_t len, int *id, VitkErr *err)
{
	const char *nearest;

	*id = vitk_nutrient_by_name(s, len);
	if (*id != 0)
		return true;
	if (vitk_nutrient_is_ambiguous(s, len, err))
		return false;
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
