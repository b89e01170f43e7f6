/*
 * find_food_rank.c
 *		How well the name of a food fits the words that somebody typed.
 *
 * Tables of foods name them from the general to the particular: "Rice, brown,
 * long-grain, cooked".  Who types "brown rice" means that one, not "Brown rice
 * chips".  So each word of a name that was not typed costs: most where it stands
 * in one segment with those typed, and behind them, for there it is another noun;
 * little in a segment of its own, and how much then says find_food_word.csv.
 */
#include "core/find_food.h"

#include <string.h>

#include "core/number.h"
#include "find_food_word_data.h"

#define MAX_TYPED	16			/* words of a line of a diary that count */
#define MAX_WORDS	64			/* words of a name that count */
#define MIN_STEM	3
#define REPEATED	(-2)		/* a word that stands before it already */

/* What a word that was not typed costs by its place; chosen on the tuning part of test/t/046_find_food.csv */
#define COST_WORD		0.3		/* in a segment of its own */
#define COST_BEFORE		0.8		/* before those typed, in their segment: "Irish coffee" */
#define COST_BEHIND		1.5		/* behind them: "rice milk" */
#define COST_SEGMENT	1.0		/* a segment before those typed: "Snacks, popcorn" */
#define COST_ODD		2.0		/* words of such a segment count from here on: "Baby food, apple" */
#define COST_AND		1.0		/* something is joined to them: "Vodka and lemonade" */
#define COST_WITH		0.8		/* and so */
#define COST_BRAND		1.5		/* a word in capitals */
#define COST_ORDER		0.6		/* typed words the other way round in a segment: "chocolate milk" */
#define COST_BEGUN		0.2		/* the last word typed is the beginning of one */
#define COST_MISSING	3.0		/* a typed word that the name has not */
#define COST_NOUN		2.0		/* and that is the last one typed, which tells what it is */

typedef struct Word
{
	const char *s;
	int			len;
	int			stem;			/* length without its ending */
	bool		y;				/* the stem ends in an i that stands for y */
	int			segment;
	bool		aside;			/* in brackets */
	char		join;			/* a: after "and", o: after "or", w: after "with", or 0 */
	int			typed;			/* which typed word it is, -1 none, or REPEATED */
} Word;

typedef struct Words
{
	int			n;
	Word		word[MAX_WORDS];
} Words;

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80);
}

static bool
ends_with(const char *s, int len, const char *end)
{
	int			n = strlen(end);

	return len - n >= MIN_STEM && memcmp(s + len - n, end, n) == 0;
}

/* Without what plural and participle add: "potatoes", "boiled", "dates" */
static void
find_stem(Word *w)
{
	int			len = w->len;

	if (ends_with(w->s, len, "ies") || ends_with(w->s, len, "ied"))
		len -= 2;
	else if (ends_with(w->s, len, "ing"))
		len -= 3;
	else if (ends_with(w->s, len, "es") || ends_with(w->s, len, "ed"))
		len -= 2;
	else if (len > MIN_STEM && w->s[len - 1] == 's' && w->s[len - 2] != 's')
		len--;
	if (len > MIN_STEM && w->s[len - 1] == 'e')
		len--;
	w->stem = len;
	w->y = w->s[len - 1] == 'i' || w->s[len - 1] == 'y';
}

static bool
is_among(const Word *w, const char *const *list, int n)
{
	for (int i = 0; i < n; i++)
		if (w->len == (int) strlen(list[i]) && memcmp(w->s, list[i], w->len) == 0)
			return true;
	return false;
}

/* Words that say nothing, in English and French */
static bool
is_filler(const Word *w)
{
	static const char *const fillers[] = {
		"a", "an", "the", "of", "with", "and", "or", "in", "on", "as", "to", "from", "for", "s",
		"le", "la", "les", "l", "de", "du", "des", "d", "au", "aux", "en", "et", "avec", "ou"
	};

	return is_among(w, fillers, sizeof(fillers) / sizeof(fillers[0]));
}

static void
split_words(const char *s, size_t len, int most, Words *words)
{
	int			segment = 0;
	int			depth = 0;
	char		join = 0;

	words->n = 0;
	for (size_t i = 0; i < len && words->n < most;)
	{
		Word	   *w = &words->word[words->n];
		size_t		from = i;

		while (i < len && is_letter(s[i]))
			i++;
		if (i == from)
		{
			if (s[i] == ',' || s[i] == ';' || s[i] == ':')
			{
				segment++;
				join = 0;
			}
			depth += s[i] == '(' ? 1 : s[i] == ')' && depth > 0 ? -1 : 0;
			i++;
			continue;
		}
		*w = (Word) {.s = s + from, .len = i - from, .segment = segment, .aside = depth > 0, .typed = -1};
		find_stem(w);
		if (is_filler(w))
			join = w->len < 2 ? join : w->s[0] == 'o' ? 'o' : w->s[0] == 'a' && w->s[1] == 'n' ? 'a' : w->s[0] == 'w' ? 'w' : join;
		else
		{
			w->join = join;
			join = 0;
			words->n++;
		}
	}
}

static bool
same_word(const Word *a, const Word *b)
{
	int			n = a->stem - (a->y ? 1 : 0);

	return a->y == b->y && n == b->stem - (b->y ? 1 : 0) && memcmp(a->s, b->s, n) == 0;
}

static bool
begins(const Word *typed, const Word *w)
{
	return typed->len < w->len && memcmp(typed->s, w->s, typed->len) == 0;
}

/* Give the words of the name their typed words; what it costs that some are not there */
static double
match_words(const Words *typed, Words *name)
{
	double		cost = 0;

	for (int t = 0; t < typed->n; t++)
	{
		bool		last = t == typed->n - 1;
		bool		found = false;

		for (int i = 0; i < name->n; i++)
			if (name->word[i].typed == -1 && same_word(&typed->word[t], &name->word[i]))
			{
				name->word[i].typed = found ? REPEATED : t;
				found = true;
			}
		for (int i = 0; last && !found && i < name->n; i++)
			if (name->word[i].typed == -1 && begins(&typed->word[t], &name->word[i]))
			{
				name->word[i].typed = t;
				found = true;
				cost += COST_BEGUN;
			}
		if (!found)
			cost += COST_MISSING + (last ? COST_NOUN : 0);
	}
	return cost;
}

/* What the table says of a word in a food of that group */
static double
word_cost(const Word *w, const char *group, size_t group_len)
{
	double		cost = COST_WORD;

	for (int i = 0; i < FOOD_WORD_COUNT; i++)
	{
		size_t		n;

		if (w->s[0] != food_words[i].word[0] || w->len != (int) strlen(food_words[i].word) || memcmp(w->s, food_words[i].word, w->len) != 0)
			continue;
		n = strlen(food_words[i].group);
		if (n == 0 || (n <= group_len && memcmp(food_words[i].group, group, n) == 0))
			cost = food_words[i].cost;
	}
	return cost;
}

/* A word in the segment of those typed, which reach from first to last; one that is free says no more than they: "oeuf cru" */
static double
beside_cost(const Word *w, int at, int first, int last)
{
	double		cost = at > last ? COST_BEHIND : at > first ? COST_WORD : COST_BEFORE;

	if (w->aside || w->typed == REPEATED || word_cost(w, "", 0) <= 0)
		return 0;
	if (w->join == 'w' && at > first)
		return COST_WITH;
	return cost + (w->join == 'a' ? COST_AND : 0);
}

/* A segment with words that were typed, from word i to before word end */
static double
typed_segment_cost(const Words *name, int i, int end)
{
	double		cost = 0;
	int			first = end;
	int			last = -1;
	int			before = -1;

	for (int j = i; j < end; j++)
	{
		if (name->word[j].typed < 0)
			continue;
		if (first == end)
			first = j;
		else if (name->word[j].join == 'a')
			cost += COST_AND;
		last = j;
		if (name->word[j].typed < before)
			cost += COST_ORDER;
		before = name->word[j].typed;
	}
	/* "Vodka and lemonade" */
	if (first > i && first < end && name->word[first].join == 'a')
		cost += COST_AND;
	for (int j = i; j < end; j++)
		if (name->word[j].typed < 0)
			cost += beside_cost(&name->word[j], j, first, last);
	return cost;
}

static bool
is_repeated(const Words *name, int at)
{
	if (name->word[at].typed == REPEATED)
		return true;
	for (int i = 0; i < at; i++)
		if (same_word(&name->word[i], &name->word[at]))
			return true;
	return false;
}

/* The word behind "NS as to regular, quick, or instant" and the like, which begins at word i */
static int
skip_not_specified(const Words *name, int i)
{
	int			segment = name->word[i].segment;
	int			end = i;

	for (int j = i; j < name->n && name->word[j].segment <= segment + 4; j++)
		if (name->word[j].join == 'o' && j > 0 && name->word[j - 1].segment < name->word[j].segment)
			segment = name->word[j].segment;
	while (end < name->n && name->word[end].segment <= segment)
		end++;
	return end;
}

/* A segment without any, from word i on; gives back where the next one begins */
static int
other_segment_cost(const Words *name, int i, const char *group, size_t group_len, bool leads, double *cost)
{
	int			segment = name->word[i].segment;

	for (; i < name->n && name->word[i].segment == segment; i++)
	{
		const Word *w = &name->word[i];
		double		of_word = word_cost(w, group, group_len);

		if ((leads || w->aside) && of_word < COST_ODD)
			of_word = 0;
		if (!is_repeated(name, i))
			*cost += of_word + (w->join == 'w' && of_word == COST_WORD ? COST_WITH : 0);
		if (w->len == 2 && memcmp(w->s, "ns", 2) == 0)
			return skip_not_specified(name, i);
	}
	return i;
}

static double
segments_cost(const Words *name, const char *group, size_t group_len)
{
	double		cost = 0;
	bool		begun = false;

	for (int i = 0, end; i < name->n; i = end)
	{
		bool		typed = false;

		for (end = i; end < name->n && name->word[end].segment == name->word[i].segment; end++)
			typed |= name->word[end].typed >= 0;
		if (typed)
			cost += typed_segment_cost(name, i, end);
		else
		{
			cost += begun ? 0 : COST_SEGMENT;
			end = other_segment_cost(name, i, group, group_len, !begun, &cost);
		}
		begun |= typed;
	}
	return cost;
}

/* USDA prints brands in capitals */
static int
count_capitals(const char *name, size_t len)
{
	int			n = 0;

	for (size_t i = 0, from; i < len; i++)
	{
		for (from = i; i < len && name[i] >= 'A' && name[i] <= 'Z'; i++)
			;
		if (i - from >= 4)
			n++;
	}
	return n;
}

/*
 * From above 0 to 1: 1 where the name is what was typed.  typed and plain are in
 * plain letters, name is plain as it is printed.
 */
double
vitk_food_rank(const char *typed, size_t typed_len, const char *plain, size_t plain_len,
			   const char *name, size_t name_len, const char *group, size_t group_len)
{
	Words		typed_words;
	Words		words;
	double		cost;

	split_words(typed, typed_len, MAX_TYPED, &typed_words);
	split_words(plain, plain_len, MAX_WORDS, &words);
	cost = match_words(&typed_words, &words);
	cost += segments_cost(&words, group, group_len);
	if (count_capitals(typed, typed_len) == 0 && count_capitals(name, name_len) > 0)
		cost += COST_BRAND;
	return 1 / (2 + (cost < -1 ? -1 : cost));
}
