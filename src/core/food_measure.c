/*
 * food_measure.c
 *		Words of household measures: "Cups, chopped (8 oz)" is cup, chopped.
 */
#include "core/food_measure.h"

#include <stdbool.h>
#include <string.h>

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '/' || (c & 0x80);
}

static bool
is_word(const VitkMeasureWord *w, const char *s)
{
	return w->len == (int) strlen(s) && memcmp(w->s, s, w->len) == 0;
}

static bool
ends_with(const VitkMeasureWord *w, const char *end, int least)
{
	int			n = strlen(end);

	return w->len - n >= least && memcmp(w->s + w->len - n, end, n) == 0;
}

static void
replace_end(VitkMeasureWord *w, int drop, const char *end)
{
	w->len -= drop;
	memcpy(w->s + w->len, end, strlen(end));
	w->len += strlen(end);
}

/* "leaves", "patties", "radishes", "slices" */
static void
make_singular(VitkMeasureWord *w)
{
	if (ends_with(w, "ches", 1) || ends_with(w, "shes", 1) || ends_with(w, "xes", 1) || ends_with(w, "sses", 1))
		replace_end(w, 2, "");
	else if (ends_with(w, "ves", 2))
		replace_end(w, 3, "f");
	else if (ends_with(w, "ies", 2))
		replace_end(w, 3, "y");
	else if (ends_with(w, "s", 2) && !ends_with(w, "ss", 0))
		replace_end(w, 1, "");
}

static bool
is_filler(const VitkMeasureWord *w)
{
	return is_word(w, "of") || is_word(w, "a") || is_word(w, "an") || is_word(w, "the") || is_word(w, "or");
}

/* The measure in plain letters; its words in singular, without what stands in brackets; "fl oz" is floz */
int
vitk_measure_words(const char *plain, size_t len, VitkMeasureWord *words)
{
	int			n = 0;
	int			depth = 0;

	if (len > VITK_MAX_MEASURE)
		len = VITK_MAX_MEASURE;
	for (size_t i = 0; i < len && n < VITK_MAX_MEASURE_WORDS;)
	{
		VitkMeasureWord *w = &words[n];

		if (depth > 0 || !is_letter(plain[i]))
		{
			depth += plain[i] == '(' ? 1 : plain[i] == ')' && depth > 0 ? -1 : 0;
			i++;
			continue;
		}
		for (w->len = 0; i < len && is_letter(plain[i]); i++)
			w->s[w->len++] = plain[i];
		make_singular(w);
		if (is_filler(w))
			continue;
		if (n > 0 && (is_word(w, "oz") || is_word(w, "ounce")) && (is_word(w - 1, "fl") || is_word(w - 1, "fluid")))
		{
			(w - 1)->len = 0;
			replace_end(w - 1, 0, "floz");
			continue;
		}
		n++;
	}
	return n;
}
