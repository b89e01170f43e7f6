/*
 * food_composition.c
 *		Layout and text of food_composition, and what-if on it: see food_composition.h.
 *
 *		food_composition	"{" [ food ":" profile { ";" food ":" profile } ] "}"
 *
 * where each profile is a nutrient_profile with a mass.
 */
#include "core/food_composition.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/diet.h"
#include "core/draw.h"
#include "core/literal.h"
#include "core/number.h"

const VitkComposition vitk_composition_empty = {
	.version = VITK_COMPOSITION_VERSION,
	.used = sizeof(VitkComposition)
};

/*
 * Is this block of bytes laid out as a composition, so that walking through it
 * stays within?  What the profiles say was checked when they were made.
 */
bool
vitk_composition_valid(const VitkComposition *c, size_t size)
{
	const char *p = (const char *) vitk_composition_first(c);
	size_t		left;

	if (size < sizeof(VitkComposition) || c->version != VITK_COMPOSITION_VERSION ||
		(c->form & ~VITK_COMPOSITION_LOOSE) || c->used < sizeof(VitkComposition) || c->used > size)
		return false;
	left = c->used - sizeof(VitkComposition);
	for (uint32_t i = 0; i < c->n; i++)
	{
		const VitkFoodEntry *e = (const VitkFoodEntry *) p;

		if (left < sizeof(VitkFoodEntry) + sizeof(VitkProfile) || e->size > left || e->size % 8 != 0 ||
			e->size < sizeof(VitkFoodEntry) + sizeof(VitkProfile) ||
			!vitk_profile_readable(vitk_food_entry_profile(e), e->size - sizeof(VitkFoodEntry)) ||
			!vitk_profile_known_nutrients(vitk_food_entry_profile(e)) ||
			e->size != vitk_food_entry_size(vitk_food_entry_profile(e)))
			return false;
		p += e->size;
		left -= e->size;
	}
	return left == 0;
}

/* Add to an error of a profile of which food it is. */
static bool
of_food(VitkErr *err, int32_t food_no)
{
	char		detail[sizeof(err->detail)];

	memcpy(detail, err->detail, sizeof(detail));
	return vitk_err_detail(err, "%s%sThis is food %d of a food_composition.",
						   detail, detail[0] ? " " : "", (int) food_no);
}

/* May that be one of the foods? */
bool
vitk_composition_takes(int32_t food_no, const VitkProfile *p, VitkErr *err)
{
	if (!vitk_food_no_valid(food_no, err))
		return false;
	if (food_no == VITK_FOOD_WITHOUT_NUMBER)
	{
		vitk_err(err, VITK_E_VALUE, "food %d cannot have a profile in a food_composition",
				 VITK_FOOD_WITHOUT_NUMBER);
		return vitk_err_detail(err, "In a diet, it stands for foods without a number.");
	}
	if (p->grams == 0)
	{
		vitk_err(err, VITK_E_VALUE, "profile of food %d of a food_composition has no mass", (int) food_no);
		return vitk_err_hint(err, "Use with_grams() to set its mass.");
	}
	if (vitk_profile_has_more(p))
	{
		vitk_err(err, VITK_E_VALUE, "mass of food %d of a food_composition is not known", (int) food_no);
		return vitk_err_hint(err, "Estimate the masses of what it was made of.");
	}
	return vitk_profile_of_food(p, err) || of_food(err, food_no);
}

/* Append a food; there are vitk_food_entry_size() bytes for it.  c is loose then. */
void
vitk_composition_append(VitkComposition *c, int32_t food_no, const VitkProfile *p)
{
	VitkFoodEntry *e = (VitkFoodEntry *) ((char *) c + c->used);
	VitkProfile *q = (VitkProfile *) (e + 1);
	size_t		size = vitk_profile_canonical(q, p);

	e->food_no = food_no;
	e->size = (uint32_t) vitk_food_entry_size(q);
	memset((char *) q + size, 0, e->size - sizeof(VitkFoodEntry) - size);
	c->used += e->size;
	c->n++;
	c->form |= VITK_COMPOSITION_LOOSE;
}

static int
compare_entries(const void *a, const void *b)
{
	int32_t		x = (*(const VitkFoodEntry *const *) a)->food_no;
	int32_t		y = (*(const VitkFoodEntry *const *) b)->food_no;

	return (x > y) - (x < y);
}

/*
 * 128 bits that tell one content from another, by which caches know it.  They
 * never leave the machine: text and binary forms are without them.
 */
static void
set_mark(VitkComposition *c)
{
	const char *p = (const char *) vitk_composition_first(c);
	const char *end = (const char *) c + c->used;
	uint64_t	a = UINT64_C(0x9E3779B97F4A7C15) ^ c->n;
	uint64_t	b = UINT64_C(0xC2B2AE3D27D4EB4F) ^ c->used;

	for (; p < end; p += sizeof(uint64_t))
	{
		uint64_t	word;

		memcpy(&word, p, sizeof(word));
		a = (a ^ word) * UINT64_C(0xBF58476D1CE4E5B9);
		a ^= a >> 31;
		b = (b + word) * UINT64_C(0x94D049BB133111EB);
		b ^= b >> 29;
	}
	c->mark[0] = a ^ (b << 7);
	c->mark[1] = b ^ (a >> 9);
}

/*
 * Copy src into dst with its foods in order and marked; index has room for n
 * entries.  An error tells the food that is there twice.
 */
bool
vitk_composition_settle(VitkComposition *dst, const VitkComposition *src,
						const VitkFoodEntry **index, VitkErr *err)
{
	uint32_t	n = 0;
	char	   *out = (char *) (dst + 1);

	for (VITK_EACH_FOOD(e, src))
		index[n++] = e;
	qsort(index, n, sizeof(*index), compare_entries);
	*dst = *src;
	dst->form &= ~VITK_COMPOSITION_LOOSE;
	for (uint32_t i = 0; i < n; i++)
	{
		if (i > 0 && index[i]->food_no == index[i - 1]->food_no)
		{
			vitk_err(err, VITK_E_VALUE, "food %d occurs twice in food_composition",
					 (int) index[i]->food_no);
			return vitk_err_hint(err, "A food has only one profile: choose one for each food.");
		}
		memcpy(out, index[i], index[i]->size);
		out += index[i]->size;
	}
	set_mark(dst);
	return true;
}

/* The profile of a food; NULL = there is none */
const VitkProfile *
vitk_composition_find(const VitkComposition *c, int32_t food_no)
{
	for (VITK_EACH_FOOD(e, c))
		if (e->food_no >= food_no)
			return e->food_no == food_no ? vitk_food_entry_profile(e) : NULL;
	return NULL;
}

/* Order: food by food, its number, then its profile; then the number of foods */
int
vitk_composition_cmp(const VitkComposition *a, const VitkComposition *b)
{
	const VitkFoodEntry *x = vitk_composition_first(a);
	const VitkFoodEntry *y = vitk_composition_first(b);

	for (uint32_t i = 0; i < a->n && i < b->n; i++)
	{
		int			cmp = x->food_no != y->food_no ? (x->food_no < y->food_no ? -1 : 1) :
			vitk_profile_cmp(vitk_food_entry_profile(x), vitk_food_entry_profile(y));

		if (cmp != 0)
			return cmp;
		x = vitk_composition_next(x);
		y = vitk_composition_next(y);
	}
	return (a->n > b->n) - (a->n < b->n);
}

/*
 * What if
 */

/* Draw each bounded value of a food's profile within its bounds. */
void
vitk_profile_draw(VitkProfile *p, int32_t food_no, int64_t seed)
{
	if (!vitk_profile_is_full(p))
		return;
	for (int i = 0; i < p->n; i++)
		if (p->v[i] < p->v[p->n + i])
			p->v[i] = p->v[p->n + i] = vitk_draw_uniform(p->v[i], p->v[p->n + i], seed, food_no,
														  vitk_profile_nutrient(p, i));
}

/* Copy to dst of p what is wanted: wanted[id] is not 0. */
void
vitk_profile_only(VitkProfile *dst, const VitkProfile *p, const uint8_t *wanted)
{
	int			numbers = vitk_profile_is_full(p) ? 3 : 1;
	int			n = 0;
	uint16_t   *ids;

	for (int i = 0; i < p->n; i++)
		n += wanted[vitk_profile_nutrient(p, i)] != 0;
	*dst = *p;
	dst->n = n;
	ids = (uint16_t *) vitk_profile_ids(dst);
	memset(ids, 0, VITK_PROFILE_IDS_SIZE(n));
	for (int i = 0, out = 0; i < p->n; i++)
	{
		if (!wanted[vitk_profile_nutrient(p, i)])
			continue;
		for (int k = 0; k < numbers; k++)
			dst->v[k * n + out] = p->v[k * p->n + i];
		ids[out++] = vitk_profile_nutrient(p, i);
	}
}

/* A nutrient of p is known for all of its mass from now on. */
void
vitk_profile_know_all(VitkProfile *p, int nutrient)
{
	int			i = vitk_profile_index(p, nutrient);

	if (i >= 0 && vitk_profile_is_full(p))
		p->v[2 * p->n + i] = p->grams;
}

/*
 * Text
 */

static bool
refuse(const char *expected, const char *s, const char *end, VitkErr *err)
{
	vitk_err(err, VITK_E_SYNTAX, "invalid input syntax for type %s: expected %s, not \"%.*s\"",
			 "food_composition", expected, vitk_clip(s, end - s), s);
	return vitk_err_hint(err, "Write, for example, \"{1002: 100 g: K1 7 ug, MK-4 15 ug; 5100: 100 g: K1 2 ug}\".");
}

/* Behind a food: is there one more, or the end? */
static bool
parse_end(const char **s, const char *end, bool *more, VitkErr *err)
{
	if (*s < end && **s == ';')
	{
		(*s)++;
		*more = true;
		return true;
	}
	if (*s == end || **s != '}')
		return refuse("a semicolon or a closing brace", *s, end, err);
	(*s)++;
	vitk_skip_space(s, end);
	*more = false;
	return *s == end || refuse("nothing after the closing brace", *s, end, err);
}

/* Step over the opening brace of a literal; are there foods behind it? */
bool
vitk_composition_open(const char **s, const char *end, bool *more, VitkErr *err)
{
	vitk_skip_space(s, end);
	if (*s == end || **s != '{')
		return refuse("an opening brace", *s, end, err);
	(*s)++;
	vitk_skip_space(s, end);
	*more = true;
	return *s == end || **s != '}' || parse_end(s, end, more, err);
}

/* Read the next food of a literal into p, a VitkProfileBuffer; are there more? */
bool
vitk_composition_parse_food(const char **s, const char *end, int32_t *food_no,
							VitkProfile *p, bool *more, VitkErr *err)
{
	const char *stop;

	vitk_skip_space(s, end);
	if (*s == end || !vitk_is_digit(**s))
		return refuse("a food number", *s, end, err);
	if (!vitk_food_no_parse(s, end, food_no, err))
		return false;
	vitk_skip_space(s, end);
	if (*s == end || **s != ':')
		return refuse("a colon after the food number", *s, end, err);
	(*s)++;
	for (stop = *s; stop < end && *stop != ';' && *stop != '}'; stop++)
		;
	if (!vitk_profile_parse(*s, stop - *s, p, err))
		return of_food(err, *food_no);
	if (vitk_profile_is_counted(p))
		return refuse("a profile with a mass", *s, stop, err);
	*s = stop;
	return vitk_composition_takes(*food_no, p, err) && parse_end(s, end, more, err);
}
