/*
 * food_table.c
 *		A food_composition laid out to add up diets: see food_table.h.
 *
 * Plan counts and finds which foods know the same nutrients, build fills the
 * memory that the caller has made.  How diets are added up is in
 * food_table_sum.c.
 */
#include "core/food_table.h"

#include <string.h>

#define LINE 64					/* bytes of a cache line */

/* Layouts that loops know: short rows side by side, long ones in whole lines */
static int
stride_of(int m)
{
	return m <= 1 ? 1 : m <= 2 ? 2 : m <= 4 ? 4 : (m + 7) / 8 * 8;
}

static int
bits_for(uint32_t n)
{
	int			bits = 1;

	while (bits < 31 && ((uint32_t) 1 << bits) < 2 * (uint64_t) n)
		bits++;
	return bits;
}

/*
 * Numbers of foods come in runs: those that are near the first one are looked
 * up by their distance from it, in a table of a few numbers a food.
 */
static uint32_t
near_of(const VitkComposition *c, uint32_t first)
{
	uint32_t	near = 0;

	for (VITK_EACH_FOOD(e, c))
		if ((uint32_t) e->food_no - first < 4 * (uint64_t) c->n)
			near = (uint32_t) e->food_no - first + 1;
	return near;
}

static bool
same_nutrients(const VitkProfile *a, const VitkProfile *b)
{
	if (a->n != b->n)
		return false;
	for (int i = 0; i < a->n; i++)
		if (vitk_profile_nutrient(a, i) != vitk_profile_nutrient(b, i))
			return false;
	return true;
}

static uint32_t
hash_nutrients(const VitkProfile *p)
{
	uint32_t	h = 2166136261;

	for (int i = 0; i < p->n; i++)
		h = (h ^ vitk_profile_nutrient(p, i)) * 16777619;
	return h ^ h >> 15;
}

static int
flags_of(const VitkProfile *p)
{
	int			flags = 0;

	if (!vitk_profile_is_full(p))
		return 0;
	for (int i = 0; i < p->n; i++)
	{
		if (vitk_profile_lower(p)[i] < vitk_profile_upper(p)[i])
			flags |= VITK_FOOD_BOUNDS;
		if (vitk_profile_known(p, i) < p->grams)
			flags |= VITK_FOOD_PARTLY;
	}
	return flags;
}

/* The profile at so many bytes from the start */
static const VitkProfile *
profile_at(const VitkComposition *c, uint32_t offset)
{
	return vitk_food_entry_profile((const VitkFoodEntry *) ((const char *) c + offset));
}

/*
 * Number the patterns: words[row] is the pattern of a food, from 1.  Behind it
 * stand where the first food of each pattern is, and slots to find them by.
 */
static void
number_patterns(VitkFoodTable *t, const VitkComposition *c, uint32_t *words)
{
	uint32_t   *first = words + t->n + 1;
	uint32_t   *slot = first + t->n + 1;
	uint32_t	mask = ((uint32_t) 1 << t->bits) - 1;
	uint32_t	row = 0;

	memset(slot, 0, ((size_t) mask + 1) * sizeof(uint32_t));
	t->patterns = 1;
	words[0] = 0;
	for (VITK_EACH_FOOD(e, c))
	{
		const VitkProfile *p = vitk_food_entry_profile(e);
		uint32_t	i = hash_nutrients(p) & mask;

		while (slot[i] != 0 && !same_nutrients(p, profile_at(c, first[slot[i]])))
			i = (i + 1) & mask;
		if (slot[i] == 0)
		{
			first[t->patterns] = (uint32_t) ((const char *) e - (const char *) c);
			slot[i] = t->patterns++;
		}
		words[++row] = slot[i];
	}
}

/* The nutrients of all foods, ascending */
static int
collect_nutrients(const VitkComposition *c, uint16_t *ids)
{
	uint8_t		there[VITK_NUTRIENT_COUNT + 1] = {0};
	int			m = 0;

	for (VITK_EACH_FOOD(e, c))
	{
		const VitkProfile *p = vitk_food_entry_profile(e);

		for (int i = 0; i < p->n; i++)
			there[vitk_profile_nutrient(p, i)] = 1;
	}
	for (int id = 1; id <= VITK_NUTRIENT_COUNT; id++)
		if (there[id])
			ids[m++] = id;
	return m;
}

/* Hand out the memory: doubles first, on lines; returns how much it is. */
static size_t
lay_out(VitkFoodTable *t, char *memory)
{
	size_t		rows = (size_t) t->n + 1;
	size_t		line = t->stride * sizeof(double);
	char	   *start = memory + (LINE - (uintptr_t) memory % LINE) % LINE;
	char	   *p = start;

#define TAKE(member, bytes) (t->member = (void *) p, p += ((bytes) + 7) & ~(size_t) 7)
	TAKE(lower, rows * line);
	TAKE(upper, t->bounded * line);
	TAKE(mask, t->patterns * line);
	TAKE(known, t->partly * line);
	TAKE(sum, 4 * line);
	TAKE(grams, rows * sizeof(double));
	TAKE(head, offsetof(VitkProfile, v) + t->m * sizeof(double) + VITK_PROFILE_IDS_SIZE(t->m));
	TAKE(near_row, t->near * sizeof(uint32_t));
	TAKE(slot, ((size_t) 1 << t->bits) * sizeof(VitkFoodSlot));
	TAKE(pattern, rows * sizeof(uint32_t));
	TAKE(upper_row, rows * sizeof(uint32_t));
	TAKE(known_row, rows * sizeof(uint32_t));
	TAKE(ids, t->m * sizeof(uint16_t));
	TAKE(flags, rows);
#undef TAKE
	return p - start + LINE;
}

/* Plan the table of a settled composition; returns the bytes that it needs. */
size_t
vitk_food_table_plan(VitkFoodTable *t, const VitkComposition *c, uint32_t *words)
{
	uint16_t	ids[VITK_NUTRIENT_COUNT];

	memset(t, 0, sizeof(*t));
	t->n = c->n;
	t->first = c->n > 0 ? vitk_composition_first(c)->food_no : 0;
	t->near = near_of(c, t->first);
	t->bits = bits_for(c->n);
	t->m = collect_nutrients(c, ids);
	t->stride = stride_of(t->m);
	number_patterns(t, c, words);
	for (VITK_EACH_FOOD(e, c))
	{
		int			flags = flags_of(vitk_food_entry_profile(e));

		t->bounded += (flags & VITK_FOOD_BOUNDS) != 0;
		t->partly += (flags & VITK_FOOD_PARTLY) != 0;
	}
	return lay_out(t, (char *) LINE);
}

static void
insert_food(VitkFoodTable *t, int32_t food_no, uint32_t row)
{
	uint32_t	mask = ((uint32_t) 1 << t->bits) - 1;
	uint32_t	distance = (uint32_t) food_no - t->first;
	uint32_t	i = (uint32_t) food_no * UINT32_C(2654435769) >> (32 - t->bits);

	if (distance < t->near)
	{
		t->near_row[distance] = row;
		return;
	}
	while (t->slot[i].row != 0)
		i = (i + 1) & mask;
	t->slot[i] = (VitkFoodSlot) {food_no, row};
}

/* Fill the rows of one food. */
static void
put_food(VitkFoodTable *t, const VitkProfile *p, uint32_t row, const int *column,
		 uint32_t *bounded, uint32_t *partly)
{
	int			flags = flags_of(p);
	double	   *lower = t->lower + (size_t) row * t->stride;
	double	   *mask = t->mask + (size_t) t->pattern[row] * t->stride;
	double	   *upper = t->upper + (size_t) *bounded * t->stride;
	double	   *known = t->known + (size_t) *partly * t->stride;

	for (int i = 0; i < p->n; i++)
	{
		int			k = column[vitk_profile_nutrient(p, i)];

		lower[k] = vitk_profile_lower(p)[i];
		mask[k] = 1;
		if (flags & VITK_FOOD_BOUNDS)
			upper[k] = vitk_profile_upper(p)[i];
		if (flags & VITK_FOOD_PARTLY)
			known[k] = vitk_profile_known(p, i);
	}
	t->grams[row] = p->grams;
	t->flags[row] = flags | (p->n < t->m ? VITK_FOOD_GAPS : 0);
	if (flags & VITK_FOOD_BOUNDS)
		t->upper_row[row] = (*bounded)++;
	if (flags & VITK_FOOD_PARTLY)
		t->known_row[row] = (*partly)++;
}

/* Build the planned table in memory, which is as large as the plan said. */
void
vitk_food_table_build(VitkFoodTable *t, const VitkComposition *c,
					  const uint32_t *words, char *memory)
{
	int			column[VITK_NUTRIENT_COUNT + 1] = {0};
	uint32_t	row = 0;
	uint32_t	bounded = 0;
	uint32_t	partly = 0;
	size_t		size = lay_out(t, memory);

	memset(memory, 0, size);
	(void) collect_nutrients(c, t->ids);
	*t->head = vitk_profile_empty;
	t->head->n = t->m;
	memcpy((uint16_t *) vitk_profile_ids(t->head), t->ids, t->m * sizeof(uint16_t));
	for (int k = 0; k < t->m; k++)
		column[t->ids[k]] = k;
	memcpy(t->pattern, words, ((size_t) t->n + 1) * sizeof(uint32_t));
	t->grams[0] = 1;
	t->flags[0] = VITK_FOOD_GAPS;
	for (VITK_EACH_FOOD(e, c))
	{
		insert_food(t, e->food_no, ++row);
		put_food(t, vitk_food_entry_profile(e), row, column, &bounded, &partly);
	}
}
