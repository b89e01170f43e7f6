/*
 * diet.c
 *		Layout, arithmetic and text of diet: see diet.h.
 *
 *		diet	"{" [ food ":" mass { "," food ":" mass } ] "}"
 *
 * where the food is a whole number and the mass a number of grams, or "?" when
 * it is not known.
 */
#include "core/diet.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/literal.h"
#include "core/number.h"

const VitkDiet vitk_diet_empty = {.version = VITK_DIET_VERSION};

/* Above that, not every multiple of 0.01 has its own double. */
#define MAX_HUNDREDTHS 9e13

/* Is this mass a multiple of 0.01 g, to the last bit? */
static bool
in_hundredths(double grams, uint64_t *hundredths)
{
	if (!(grams >= 0 && grams < MAX_HUNDREDTHS / 100))
		return false;
	*hundredths = (uint64_t) (grams * 100 + 0.5);
	return *hundredths / 100.0 == grams;
}

/* The same, and it fits a word; what is not known does, too. */
static bool
in_word(double grams, uint32_t *word)
{
	uint64_t	hundredths;

	if (grams == VITK_MASS_UNKNOWN)
	{
		*word = VITK_HUNDREDTHS_UNKNOWN;
		return true;
	}
	if (!in_hundredths(grams, &hundredths) || hundredths >= VITK_HUNDREDTHS_UNKNOWN)
		return false;
	*word = (uint32_t) hundredths;
	return true;
}

static void
put_wide(uint32_t *word, VitkEaten e)
{
	word[0] = e.food_no;
	memcpy(word + 1, &e.grams, sizeof(double));
}

/*
 * Append an item; there is room for it.  Returns false when a packed diet
 * cannot hold it: widen the diet first.  The diet is loose afterwards.
 */
bool
vitk_diet_append(VitkDiet *d, VitkEaten e)
{
	if (d->form & VITK_DIET_WIDE)
		put_wide(d->word + 3 * (size_t) d->n, e);
	else
	{
		if (!in_word(e.grams, &d->word[2 * (size_t) d->n + 1]))
			return false;
		d->word[2 * (size_t) d->n] = e.food_no;
	}
	d->form |= VITK_DIET_LOOSE;
	d->n++;
	return true;
}

/* Append all items of another diet; false as above, with none appended. */
bool
vitk_diet_append_all(VitkDiet *d, const VitkDiet *more)
{
	if (vitk_diet_words(d) == vitk_diet_words(more))
		memcpy(d->word + vitk_diet_words(d) * (size_t) d->n, more->word,
			   vitk_diet_size(more, more->n) - offsetof(VitkDiet, word));
	else if ((d->form & VITK_DIET_WIDE) == 0)
		return false;
	else
		for (size_t i = 0; i < more->n; i++)
			put_wide(d->word + 3 * (d->n + i), vitk_diet_item(more, i));
	d->n += more->n;
	d->form |= VITK_DIET_LOOSE;
	return true;
}

/* Copy src into dst in the wide form; dst may be src, where there is room. */
void
vitk_diet_widen(VitkDiet *dst, const VitkDiet *src)
{
	size_t		n = src->n;

	if (src->form & VITK_DIET_WIDE)
		memmove(dst->word, src->word, n * 3 * sizeof(uint32_t));
	else
		for (size_t i = n; i-- > 0;)
			put_wide(dst->word + 3 * i, vitk_diet_item(src, i));
	dst->n = n;
	dst->version = src->version;
	dst->form = src->form | VITK_DIET_WIDE;
	dst->unused = 0;
}

/* Pack a wide diet if each of its masses can be. */
static void
narrow(VitkDiet *d)
{
	uint32_t	ignored;

	for (size_t i = 0; i < d->n; i++)
		if (!in_word(vitk_diet_item(d, i).grams, &ignored))
			return;
	for (size_t i = 0; i < d->n; i++)
	{
		VitkEaten	e = vitk_diet_item(d, i);

		d->word[2 * i] = e.food_no;
		(void) in_word(e.grams, &d->word[2 * i + 1]);
	}
	d->form &= ~VITK_DIET_WIDE;
}

/*
 * Settling: sort, and sum what was eaten of a food
 */

/* By food, then by mass, an unknown one last */
static int
compare(VitkEaten a, VitkEaten b)
{
	if (a.food_no != b.food_no)
		return a.food_no < b.food_no ? -1 : 1;
	if (a.grams == b.grams)
		return 0;
	if (a.grams == VITK_MASS_UNKNOWN || b.grams == VITK_MASS_UNKNOWN)
		return a.grams == VITK_MASS_UNKNOWN ? 1 : -1;
	return a.grams < b.grams ? -1 : 1;
}

static uint64_t
packed_key(const uint32_t *word)
{
	return (uint64_t) word[0] << 32 | word[1];
}

static int
compare_packed(const void *a, const void *b)
{
	uint64_t	x = packed_key(a);
	uint64_t	y = packed_key(b);

	return (x > y) - (x < y);
}

static int
compare_wide(const void *a, const void *b)
{
	VitkEaten	x = {.food_no = *(const uint32_t *) a};
	VitkEaten	y = {.food_no = *(const uint32_t *) b};

	memcpy(&x.grams, (const uint32_t *) a + 1, sizeof(double));
	memcpy(&y.grams, (const uint32_t *) b + 1, sizeof(double));
	return compare(x, y);
}

/* A day is short and often nearly sorted. */
#define INSERTION_SORT_MAX 48

static void
sort_packed(uint32_t *word, size_t n)
{
	if (n > INSERTION_SORT_MAX)
	{
		for (size_t i = 1; i < n; i++)
			if (packed_key(word + 2 * i - 2) > packed_key(word + 2 * i))
			{
				qsort(word, n, 2 * sizeof(uint32_t), compare_packed);
				return;
			}
		return;
	}
	for (size_t i = 1; i < n; i++)
	{
		uint64_t	key = packed_key(word + 2 * i);
		size_t		j = i;

		for (; j > 0 && packed_key(word + 2 * j - 2) > key; j--)
			memcpy(word + 2 * j, word + 2 * j - 2, 2 * sizeof(uint32_t));
		word[2 * j] = key >> 32;
		word[2 * j + 1] = (uint32_t) key;
	}
}

/* Do two items, one behind the other in a sorted diet, become one? */
static bool
merges(VitkEaten a, VitkEaten b)
{
	return a.food_no == b.food_no &&
		(a.grams == VITK_MASS_UNKNOWN) == (b.grams == VITK_MASS_UNKNOWN);
}

/* Sum of two known masses: of hundredths of a gram exact, in either form */
static double
add_grams(double a, double b)
{
	uint64_t	x;
	uint64_t	y;

	if (in_hundredths(a, &x) && in_hundredths(b, &y) && x + y < MAX_HUNDREDTHS)
		return (x + y) / 100.0;
	return a + b;
}

/* Merge a sorted packed diet; false, with nothing done, when a sum does not fit. */
static bool
merge_packed(VitkDiet *d)
{
	uint64_t	sum = 0;
	size_t		out = 0;
	bool		any = false;

	for (size_t i = 0; i < d->n; i++)
	{
		bool		same = i > 0 && d->word[2 * i] == d->word[2 * i - 2];

		any |= same;
		sum = d->word[2 * i + 1] + (same ? sum : 0);
		if (sum >= VITK_HUNDREDTHS_UNKNOWN && d->word[2 * i + 1] != VITK_HUNDREDTHS_UNKNOWN)
			return false;
	}
	if (!any)
		return true;
	for (size_t i = 0; i < d->n; i++)
	{
		uint32_t   *last = d->word + 2 * out - 2;
		uint32_t	hundredths = d->word[2 * i + 1];

		if (out == 0 || !merges(vitk_diet_item(d, out - 1), vitk_diet_item(d, i)))
		{
			memmove(d->word + 2 * out, d->word + 2 * i, 2 * sizeof(uint32_t));
			out++;
		}
		else if (hundredths != VITK_HUNDREDTHS_UNKNOWN)
			last[1] += hundredths;
	}
	d->n = out;
	return true;
}

static bool
merge_wide(VitkDiet *d)
{
	size_t		out = 0;
	bool		finite = true;

	for (size_t i = 0; i < d->n; i++)
	{
		VitkEaten	e = vitk_diet_item(d, i);

		if (out > 0 && merges(vitk_diet_item(d, out - 1), e))
		{
			out--;
			if (e.grams != VITK_MASS_UNKNOWN)
				e.grams = add_grams(vitk_diet_item(d, out).grams, e.grams);
		}
		finite &= e.grams <= VITK_MAX_GRAMS;
		put_wide(d->word + 3 * out++, e);
	}
	d->n = out;
	return finite;
}

/*
 * Settle a diet, in place: there is room for it in the wide form.  Returns
 * false when a sum gets out of range.  Equal diets have equal bytes behind
 * the length word afterwards.
 */
bool
vitk_diet_settle(VitkDiet *d)
{
	d->form &= ~VITK_DIET_LOOSE;
	if ((d->form & VITK_DIET_WIDE) == 0)
	{
		sort_packed(d->word, d->n);
		if (merge_packed(d))
			return true;
		vitk_diet_widen(d, d);
	}
	else
		qsort(d->word, d->n, 3 * sizeof(uint32_t), compare_wide);
	if (!merge_wide(d))
		return false;
	narrow(d);
	return true;
}

/*
 * What is in it
 */

/* The first item of a settled diet whose food is not before food_no */
size_t
vitk_diet_find(const VitkDiet *d, int32_t food_no)
{
	int			words = vitk_diet_words(d);
	size_t		lo = 0;
	size_t		hi = d->n;

	while (lo < hi)
	{
		size_t		mid = (lo + hi) / 2;

		if ((int32_t) d->word[words * mid] < food_no)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* Was any of this food eaten?  None of it was when its mass is zero. */
bool
vitk_diet_is_eaten(const VitkDiet *d, int32_t food_no)
{
	for (size_t i = vitk_diet_find(d, food_no); i < d->n; i++)
	{
		VitkEaten	e = vitk_diet_item(d, i);

		if (e.food_no != food_no)
			break;
		if (e.grams != 0)
			return true;
	}
	return false;
}

/* The known mass of all items together, infinite when it is out of range */
double
vitk_diet_grams(const VitkDiet *d)
{
	double		sum = 0;
	uint64_t	hundredths = 0;

	if ((d->form & VITK_DIET_WIDE) == 0)
	{
		for (size_t i = 0; i < d->n; i++)
			if (d->word[2 * i + 1] != VITK_HUNDREDTHS_UNKNOWN)
				hundredths += d->word[2 * i + 1];
		return hundredths / 100.0;
	}
	for (size_t i = 0; i < d->n; i++)
	{
		VitkEaten	e = vitk_diet_item(d, i);

		if (e.grams != VITK_MASS_UNKNOWN)
			sum = add_grams(sum, e.grams);
	}
	return sum;
}

/* Order of settled diets: item by item, by food, then by mass; then by length */
int
vitk_diet_cmp(const VitkDiet *a, const VitkDiet *b)
{
	for (size_t i = 0; i < a->n && i < b->n; i++)
	{
		int			cmp = compare(vitk_diet_item(a, i), vitk_diet_item(b, i));

		if (cmp != 0)
			return cmp;
	}
	return (a->n > b->n) - (a->n < b->n);
}

bool
vitk_food_no_valid(int32_t food_no, VitkErr *err)
{
	return food_no >= 0 ||
		vitk_err(err, VITK_E_VALUE, "food number must not be negative: %d", (int) food_no);
}

bool
vitk_grams_eaten_valid(double grams, VitkErr *err)
{
	if (vitk_is_denormal(grams))
		return vitk_err(err, VITK_E_RANGE, "mass of a food eaten is out of range: %g g", grams);
	if (grams > VITK_MAX_GRAMS && grams <= DBL_MAX)
		return vitk_err(err, VITK_E_RANGE, "mass of a food eaten must be at most %g g, not %g", VITK_MAX_GRAMS, grams);
	return (grams >= 0 && grams <= DBL_MAX) ||
		vitk_err(err, VITK_E_RANGE,
				 "mass of a food eaten must be a finite number of grams and at least 0, not %g", grams);
}

/*
 * Text
 */

static bool
refuse(const char *expected, const char *s, const char *end, VitkErr *err)
{
	vitk_err(err, VITK_E_SYNTAX, "invalid input syntax for type %s: expected %s, not \"%.*s\"",
			 "diet", expected, vitk_clip(s, end - s), s);
	return vitk_err_hint(err, "Write, for example, \"{1002: 14, 5100: 120.5}\": food numbers and grams, with \"?\" for an unknown mass.");
}

/* Step over one character and the space around it */
static bool
skip_char(const char **s, const char *end, char c)
{
	vitk_skip_space(s, end);
	if (*s == end || **s != c)
		return false;
	(*s)++;
	vitk_skip_space(s, end);
	return true;
}

bool
vitk_food_no_parse(const char **s, const char *end, int32_t *food_no, VitkErr *err)
{
	const char *p = *s;
	int64_t		number = 0;

	while (p < end && vitk_is_digit(*p) && number <= INT32_MAX)
		number = 10 * number + (*p++ - '0');
	if (p == *s)
		return refuse("a food number", *s, end, err);
	if (number > INT32_MAX)
	{
		vitk_err(err, VITK_E_RANGE, "food number is out of range for type %s", "diet");
		return vitk_err_detail(err, "Food numbers are from 1 to %d.", INT32_MAX);
	}
	*food_no = (int32_t) number;
	*s = p;
	return true;
}

static bool
parse_item(const char **s, const char *end, VitkEaten *e, VitkErr *err)
{
	const char *start;

	if (!vitk_food_no_parse(s, end, &e->food_no, err))
		return false;
	if (!skip_char(s, end, ':'))
		return refuse("a colon after the food number", *s, end, err);
	start = *s;
	if (skip_char(s, end, '?'))
	{
		e->grams = VITK_MASS_UNKNOWN;
		return true;
	}
	if (!vitk_number_parse(s, end, &e->grams, err))
		return err->code == VITK_E_RANGE ? vitk_value_refused("diet", err) :
			refuse("grams", start, end, err);
	return vitk_grams_eaten_valid(e->grams, err) || vitk_value_refused("diet", err);
}

/* One more than there are commas */
size_t
vitk_diet_text_bound(const char *s, size_t len)
{
	size_t		commas = 0;

	for (size_t i = 0; i < len; i++)
		commas += s[i] == ',';
	return commas + 1;
}

/*
 * Read a diet, settled, into dst, which has room for as many wide items as
 * vitk_diet_text_bound() says.
 */
bool
vitk_diet_parse(const char *s, size_t len, VitkDiet *dst, VitkErr *err)
{
	const char *end = s + len;
	bool		more;

	*dst = vitk_diet_empty;
	if (!skip_char(&s, end, '{'))
		return refuse("an opening brace", s, end, err);
	more = !skip_char(&s, end, '}');
	while (more)
	{
		VitkEaten	e;

		if (!parse_item(&s, end, &e, err))
			return false;
		if (!vitk_diet_append(dst, e))
		{
			vitk_diet_widen(dst, dst);
			(void) vitk_diet_append(dst, e);
		}
		if (skip_char(&s, end, '}'))
			more = false;
		else if (!skip_char(&s, end, ','))
			return refuse("a comma or a closing brace", s, end, err);
	}
	if (s != end)
		return refuse("nothing after the closing brace", s, end, err);
	return vitk_diet_settle(dst) ||
		vitk_err(err, VITK_E_RANGE, "mass of a food is out of range for type %s", "diet");
}

/* Write a settled diet into VITK_DIET_TEXT_SIZE(n) bytes; returns the length. */
size_t
vitk_diet_format(const VitkDiet *d, char *buf)
{
	char	   *out = buf;

	*out++ = '{';
	for (size_t i = 0; i < d->n; i++)
	{
		VitkEaten	e = vitk_diet_item(d, i);

		out += sprintf(out, "%s%d: ", i > 0 ? ", " : "", (int) e.food_no);
		if (e.grams == VITK_MASS_UNKNOWN)
			*out++ = '?';
		else
			out += vitk_number_format(e.grams, out);
	}
	strcpy(out, "}");
	return out + 1 - buf;
}
