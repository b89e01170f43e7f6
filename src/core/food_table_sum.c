/*
 * food_table_sum.c
 *		Adding up a diet by a food_table, and the sum as a profile.
 */
#include "core/food_table.h"

#include <float.h>
#include <math.h>
#include <string.h>

/*
 * The work-horses do sum[k] += factor * v[k] for each item in turn.  They are
 * inlined where their last argument is a constant: then compilers make vectors
 * of their loops and keep the sums in registers.
 */
#define INLINED static inline __attribute__((always_inline))

/* For any of these flags it must be added up what is known, too */
#define NEEDS_KNOWN (~VITK_FOOD_BOUNDS)

/*
 * A plain day, in one pass: all foods are there and known exactly and whole,
 * and so are their masses.  False: it is another day.
 */
INLINED bool
sum_plain(const VitkFoodTable *t, const VitkDiet *d, VitkFoodSum *sum, const int width)
{
	double		block[16] = {0};
	double		grams = 0;

	for (size_t i = 0; i < d->n; i++)
	{
		VitkEaten	e = vitk_diet_packed_item(d, i);
		uint32_t	row = vitk_food_table_row(t, e.food_no);
		const double *v = t->lower + (size_t) row * width;
		double		factor = e.grams / t->grams[row];

		if (!(e.grams > 0) || t->flags[row] != 0)
			return false;
		grams += e.grams;
		for (int k = 0; k < width; k++)
			block[k] += v[k] * factor;
	}
	memcpy(t->sum, block, width * sizeof(double));
	sum->grams = grams;
	sum->flags = 0;
	return true;
}

/* The same for tables of so few nutrients that their sums fit into registers */
static bool
sum_few(const VitkFoodTable *t, const VitkDiet *d, VitkFoodSum *sum)
{
	if (d->n == 0 || (d->form & VITK_DIET_WIDE))
		return false;
	switch (t->stride)
	{
		case 1:
			return sum_plain(t, d, sum, 1);
		case 2:
			return sum_plain(t, d, sum, 2);
		case 4:
			return sum_plain(t, d, sum, 4);
		case 8:
			return sum_plain(t, d, sum, 8);
		case 16:
			return sum_plain(t, d, sum, 16);
	}
	return false;
}

/*
 * Any day: items are looked up, so many at a time, then added.
 */
#define CHUNK 64

typedef struct Items
{
	int			n;
	int			flags;
	double		total;			/* grams, of the items before as well */
	double		grams[CHUNK];
	double		factor[CHUNK];	/* grams eaten / grams of the profile */
	uint32_t	row[CHUNK];
	const double *v[CHUNK];		/* the rows to add */
} Items;

static const double ones[CHUNK] = {
#define EIGHT 1, 1, 1, 1, 1, 1, 1, 1
	EIGHT, EIGHT, EIGHT, EIGHT, EIGHT, EIGHT, EIGHT, EIGHT
#undef EIGHT
};

INLINED void
look_up_form(const VitkFoodTable *table, const VitkDiet *d, size_t from, Items *items, const bool wide)
{
	const VitkFoodTable t = *table;		/* which nothing that is written here changes */
	int			n = d->n - from < CHUNK ? (int) (d->n - from) : CHUNK;
	int			flags = 0;
	double		total = items->total;

	for (int i = 0; i < n; i++)
	{
		VitkEaten	e = wide ? vitk_diet_wide_item(d, from + i) : vitk_diet_packed_item(d, from + i);
		uint32_t	row = vitk_food_table_row(&t, e.food_no);

		if (e.grams == VITK_MASS_UNKNOWN)
		{
			flags |= VITK_FOOD_MORE;
			e.grams = 0;
			row = 0;
		}
		else if (e.grams == 0)
			flags |= VITK_FOOD_NOTHING;
		flags |= t.flags[row];
		total += e.grams;
		items->row[i] = row;
		items->grams[i] = e.grams;
		items->factor[i] = e.grams / t.grams[row];
		items->v[i] = t.lower + (size_t) row * t.stride;
		__builtin_prefetch(items->v[i]);
	}
	items->n = n;
	items->flags = flags;
	items->total = total;
}

/* Look up the next items of a diet. */
static void
look_up(const VitkFoodTable *t, const VitkDiet *d, size_t from, Items *items)
{
	if (d->form & VITK_DIET_WIDE)
		look_up_form(t, d, from, items, true);
	else
		look_up_form(t, d, from, items, false);
}

/* Add a block of columns. */
INLINED void
add_block(double *restrict sum, const double *const *v, const double *factor, int n, int at, const int width)
{
	double		block[8];

	for (int k = 0; k < width; k++)
		block[k] = sum[at + k];
	for (int i = 0; i < n; i++)
	{
		const double *x = v[i] + at;
		double		f = factor[i];

		for (int k = 0; k < width; k++)
			block[k] += x[k] * f;
	}
	for (int k = 0; k < width; k++)
		sum[at + k] = block[k];
}

static void
add_rows(double *restrict sum, const double *const *v, const double *factor, int n, int stride)
{
	if (stride == 1)
		add_block(sum, v, factor, n, 0, 1);
	else if (stride == 2)
		add_block(sum, v, factor, n, 0, 2);
	else if (stride == 4)
		add_block(sum, v, factor, n, 0, 4);
	else
		for (int at = 0; at < stride; at += 8)
			add_block(sum, v, factor, n, at, 8);
}

/* Grams for which nutrients are known, of foods that are in part, as known_of() in nutrient_profile_sum.c has them */
static void
add_partly(const VitkFoodTable *t, double *known, const Items *items)
{
	for (int i = 0; i < items->n; i++)
	{
		uint32_t	row = items->row[i];
		const double *mask = t->mask + (size_t) t->pattern[row] * t->stride;
		const double *part = (t->flags[row] & VITK_FOOD_PARTLY) ?
			t->known + (size_t) t->known_row[row] * t->stride : NULL;

		for (int k = 0; k < t->m; k++)
			if (mask[k] > 0)
				known[k] += part && part[k] < t->grams[row] ?
					fmin(part[k] * items->factor[i], items->grams[i]) : items->grams[i];
	}
}

/* Let v be the rows of mask, or those of upper, where there are some. */
static void
choose_rows(const VitkFoodTable *t, Items *items, bool mask)
{
	for (int i = 0; i < items->n; i++)
	{
		uint32_t	row = items->row[i];

		if (mask)
			items->v[i] = t->mask + (size_t) t->pattern[row] * t->stride;
		else if (t->flags[row] & VITK_FOOD_BOUNDS)
			items->v[i] = t->upper + (size_t) t->upper_row[row] * t->stride;
	}
}

/* Add the items to the four rows: lower, upper, known, present. */
static void
add_items(const VitkFoodTable *t, Items *items, int flags)
{
	double	   *lower = t->sum;
	double	   *upper = lower + t->stride;
	double	   *known = upper + t->stride;
	double	   *present = known + t->stride;

	add_rows(lower, items->v, items->factor, items->n, t->stride);
	if (flags & VITK_FOOD_BOUNDS)
	{
		choose_rows(t, items, false);
		add_rows(upper, items->v, items->factor, items->n, t->stride);
	}
	if ((flags & NEEDS_KNOWN) == 0)
		return;
	choose_rows(t, items, true);
	if (flags & VITK_FOOD_PARTLY)
		add_partly(t, known, items);
	else
		add_rows(known, items->v, items->grams, items->n, t->stride);
	if (flags & (VITK_FOOD_PARTLY | VITK_FOOD_NOTHING))
		add_rows(present, items->v, ones, items->n, t->stride);
}

static void
sum_any(const VitkFoodTable *t, const VitkDiet *d, VitkFoodSum *sum)
{
	Items		items;

	items.total = 0;
	sum->flags = d->n == 0 ? VITK_FOOD_GAPS : 0;
	for (size_t from = 0; from < d->n; from += CHUNK)
	{
		look_up(t, d, from, &items);
		sum->flags |= items.flags;
	}
	sum->grams = items.total;
	memset(t->sum, 0, (sum->flags == 0 ? 1 : 4) * t->stride * sizeof(double));
	for (size_t from = 0; from < d->n; from += CHUNK)
	{
		if (d->n > CHUNK)
			look_up(t, d, from, &items);
		add_items(t, &items, sum->flags);
	}
}

/* Add up a settled diet.  Returns false when a number gets out of range. */
bool
vitk_food_table_sum(const VitkFoodTable *t, const VitkDiet *d, VitkFoodSum *sum)
{
	bool		finite = true;

	if (!sum_few(t, d, sum))
		sum_any(t, d, sum);
	sum->lower = t->sum;
	sum->upper = (sum->flags & VITK_FOOD_BOUNDS) ? t->sum + t->stride : t->sum;
	sum->known = (sum->flags & NEEDS_KNOWN) ? t->sum + 2 * t->stride : NULL;
	sum->present = (sum->flags & (VITK_FOOD_PARTLY | VITK_FOOD_NOTHING)) ? t->sum + 3 * t->stride : sum->known;
	for (int k = 0; k < t->m; k++)
		finite &= sum->upper[k] <= DBL_MAX;
	/* no denormals: see nutrient_profile.h */
	for (int k = 0; k < (sum->flags == 0 ? 1 : 3) * t->stride; k++)
		t->sum[k] = t->sum[k] < DBL_MIN ? 0 : t->sum[k];
	return finite && sum->grams <= VITK_MAX_GRAMS;
}

/* One food as it is in the composition */
void
vitk_food_table_food(const VitkFoodTable *t, uint32_t row, VitkFoodSum *sum)
{
	const double *mask = t->mask + (size_t) t->pattern[row] * t->stride;
	const double *part = t->known + (size_t) t->known_row[row] * t->stride;
	double	   *known = t->sum + 2 * t->stride;

	sum->grams = t->grams[row];
	sum->flags = t->flags[row] | VITK_FOOD_GAPS;
	sum->lower = t->lower + (size_t) row * t->stride;
	sum->upper = (t->flags[row] & VITK_FOOD_BOUNDS) ?
		t->upper + (size_t) t->upper_row[row] * t->stride : sum->lower;
	for (int k = 0; k < t->m; k++)
		known[k] = (t->flags[row] & VITK_FOOD_PARTLY) ? part[k] : mask[k] * t->grams[row];
	sum->known = known;
	sum->present = mask;
}

/*
 * As a profile
 */

/* Bytes that the profile of a sum takes at most */
size_t
vitk_food_sum_size(const VitkFoodTable *t, const VitkFoodSum *sum)
{
	bool		full = sum->flags != 0;

	return offsetof(VitkProfile, v) + (size_t) t->m * (full ? 3 : 1) * sizeof(double) +
		VITK_PROFILE_IDS_SIZE(t->m);
}

/* Make a profile, canonical, of a sum; returns its size. */
size_t
vitk_food_sum_profile(const VitkFoodTable *t, const VitkFoodSum *sum, VitkProfile *dst)
{
	int			column[VITK_NUTRIENT_COUNT];
	uint16_t   *ids;
	int			n = 0;
	bool		compact = true;

	if (sum->flags == 0)
	{
		memcpy(dst, t->head, vitk_profile_size(t->head));
		dst->grams = sum->grams;
		memcpy(dst->v, sum->lower, t->m * sizeof(double));
		return vitk_profile_size(dst);
	}
	for (int k = 0; k < t->m; k++)
		if (sum->present == NULL || sum->present[k] > 0)
		{
			compact &= sum->lower[k] == sum->upper[k] && (sum->known == NULL || sum->known[k] == sum->grams);
			column[n++] = k;
		}
	*dst = vitk_profile_empty;
	dst->form = compact ? 0 : VITK_PROFILE_FULL;
	dst->n = n;
	dst->grams = sum->grams;
	ids = (uint16_t *) vitk_profile_ids(dst);
	for (int i = 0; i < n; i++)
	{
		ids[i] = t->ids[column[i]];
		dst->v[i] = sum->lower[column[i]];
		if (compact)
			continue;
		dst->v[n + i] = sum->upper[column[i]];
		dst->v[2 * n + i] = sum->known == NULL ? sum->grams : sum->known[column[i]];
	}
	vitk_profile_clear_padding(dst);
	return vitk_profile_size(dst);
}
