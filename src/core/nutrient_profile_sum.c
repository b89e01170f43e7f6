/*
 * nutrient_profile_sum.c
 *		Sums of profiles: dst = a + factor * p, where the scaled p weighs "grams".
 *
 * Grams, bounds and known grams are added each for itself; a nutrient that
 * one side lacks counts there as an amount of 0 known for 0 grams.  The sum
 * stays compact as long as that changes nothing: both are compact, and a side
 * that lacks a nutrient of the other has no mass.
 */
#include "core/nutrient_profile.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "core/number.h"

/* The padding of the lists is zero, so words may be compared. */
static inline bool
same_nutrients(const VitkProfile *a, const VitkProfile *p)
{
	const char *ids = (const char *) vitk_profile_ids(a);
	const char *others = (const char *) vitk_profile_ids(p);

	if (a->n != p->n)
		return false;
	for (size_t i = 0; i < VITK_PROFILE_IDS_SIZE(a->n); i += sizeof(uint64_t))
	{
		uint64_t	x;
		uint64_t	y;

		memcpy(&x, ids + i, sizeof(x));
		memcpy(&y, others + i, sizeof(y));
		if (x != y)
			return false;
	}
	return true;
}

/* Has a all nutrients of p? */
static bool
covers(const VitkProfile *a, const VitkProfile *p)
{
	const uint16_t *ids = vitk_profile_ids(a);
	const uint16_t *others = vitk_profile_ids(p);
	int			i = 0;

	if (p->n > a->n)
		return false;
	if (same_nutrients(a, p))
		return true;
	for (int j = 0; j < p->n; j++, i++)
	{
		while (i < a->n && ids[i] < others[j])
			i++;
		if (i == a->n || ids[i] != others[j])
			return false;
	}
	return true;
}

static inline bool
sum_is_compact(const VitkProfile *a, const VitkProfile *p, double grams)
{
	return !vitk_profile_is_full(a) && !vitk_profile_is_full(p) &&
		(grams == 0 || covers(p, a)) && (a->grams == 0 || covers(a, p));
}

/* How many nutrients a and p have together. */
static int
count_union(const VitkProfile *a, const VitkProfile *p)
{
	const uint16_t *ids = vitk_profile_ids(a);
	const uint16_t *others = vitk_profile_ids(p);
	int			n = 0;
	int			i = 0;
	int			j = 0;

	if (same_nutrients(a, p))
		return a->n;
	for (; i < a->n && j < p->n; n++)
	{
		int			id = ids[i];

		i += id <= others[j];
		j += others[j] <= id;
	}
	return n + (a->n - i) + (p->n - j);
}

/* Set the header of the sum, to learn its size. */
void
vitk_profile_sum_layout(VitkProfile *head, const VitkProfile *a,
						const VitkProfile *p, double grams, bool counted)
{
	*head = vitk_profile_empty;
	head->n = count_union(a, p);
	head->form = (a->form | p->form) & VITK_PROFILE_MORE;
	if (counted)
		head->form |= VITK_PROFILE_COUNTED;
	if (!sum_is_compact(a, p, grams))
		head->form |= VITK_PROFILE_FULL;
}

/* No denormals; NaN stays NaN. */
static inline double
normal(double x)
{
	return x < DBL_MIN ? 0 : x;
}

/*
 * The work-horse: everything is exact and known.  Returns true if all is
 * finite.  Compilers vectorise the loop because the test is on integers: a
 * carry out of an exponent of all ones reaches the sign bit, which is not set
 * otherwise; the NaN that 0 * infinity gives may have it set itself.
 */
static bool
add_compact(double *restrict dst, const double *restrict v, int n, double factor)
{
	uint64_t	bad = 0;

	for (int i = 0; i < n; i++)
	{
		double		x = normal(dst[i] + v[i] * factor);
		uint64_t	bits;

		dst[i] = x;
		memcpy(&bits, &x, sizeof(bits));
		bad |= bits | (bits + ((uint64_t) 1 << 52));
	}
	return bad >> 63 == 0;
}

/* Grams of p's i-th nutrient that are known, of the "grams" which p becomes */
static inline double
known_of(const VitkProfile *p, int i, double factor, double grams)
{
	double		known = vitk_profile_known(p, i);

	/* known for all stays so, whatever the factor was rounded to */
	return known < p->grams ? normal(fmin(known * factor, grams)) : grams;
}

/* Add to a, which is full and has all nutrients of p. */
static bool
add_to_full(VitkProfile *a, const VitkProfile *p, double factor, double grams)
{
	const uint16_t *ids = vitk_profile_ids(a);
	const uint16_t *others = vitk_profile_ids(p);
	const double *lower = vitk_profile_lower(p);
	const double *upper = vitk_profile_upper(p);
	double	   *v = a->v;
	int			n = a->n;
	int			i = 0;
	bool		finite = true;

	for (int j = 0; j < p->n; j++, i++)
	{
		while (ids[i] != others[j])
			i++;
		v[i] = normal(v[i] + lower[j] * factor);
		v[n + i] = normal(v[n + i] + upper[j] * factor);
		v[2 * n + i] += known_of(p, j, factor, grams);
		finite &= v[n + i] <= DBL_MAX;
	}
	return finite;
}

/*
 * Add to a in place, if the sum has the very layout of a; false: it has not,
 * and nothing was done.  *finite = no number got out of range.  The count of a
 * counted sum is the caller's.
 */
bool
vitk_profile_add(VitkProfile *a, const VitkProfile *p,
				 double factor, double grams, bool *finite)
{
	if (!vitk_profile_is_full(a) && !vitk_profile_is_full(p) && same_nutrients(a, p))
		*finite = add_compact(a->v, p->v, a->n, factor);
	else if (vitk_profile_is_full(a) && covers(a, p))
		*finite = add_to_full(a, p, factor, grams);
	else
		return false;
	a->form |= p->form & VITK_PROFILE_MORE;
	a->grams += grams;
	*finite &= a->grams <= VITK_MAX_GRAMS;
	return true;
}

/* Write one nutrient of a sum: the i-th of a, the j-th of p, -1 = absent. */
static bool
add_nutrient(VitkProfile *dst, int k, const VitkProfile *a, int i,
			 const VitkProfile *p, int j, double factor, double grams)
{
	double		lower = 0;
	double		upper = 0;
	double		known = 0;

	if (i >= 0)
	{
		lower = vitk_profile_lower(a)[i];
		upper = vitk_profile_upper(a)[i];
		known = vitk_profile_known(a, i);
	}
	if (j >= 0)
	{
		lower = normal(lower + vitk_profile_lower(p)[j] * factor);
		upper = normal(upper + vitk_profile_upper(p)[j] * factor);
		known += known_of(p, j, factor, grams);
	}
	dst->v[k] = lower;
	if (vitk_profile_is_full(dst))
	{
		dst->v[dst->n + k] = upper;
		dst->v[2 * dst->n + k] = known;
	}
	return upper <= DBL_MAX;
}

/*
 * Compute the sum.  dst has its header from vitk_profile_sum_layout.  The count
 * of a counted sum is the caller's.  False: a number gets out of range.
 */
bool
vitk_profile_sum(VitkProfile *dst, const VitkProfile *a, const VitkProfile *p,
				 double factor, double grams)
{
	const uint16_t *ids = vitk_profile_ids(a);
	const uint16_t *others = vitk_profile_ids(p);
	uint16_t   *sum_ids = (uint16_t *) vitk_profile_ids(dst);
	int			i = 0;
	int			j = 0;
	bool		finite = true;

	dst->grams = a->grams + grams;
	if (!vitk_profile_is_full(dst) && same_nutrients(a, p))
	{
		memcpy(dst->v, a->v, a->n * sizeof(double));
		memcpy(sum_ids, ids, VITK_PROFILE_IDS_SIZE(a->n));
		return add_compact(dst->v, p->v, a->n, factor) && dst->grams <= VITK_MAX_GRAMS;
	}
	for (int k = 0; k < dst->n; k++)
	{
		bool		of_a = i < a->n && (j == p->n || ids[i] <= others[j]);
		bool		of_p = j < p->n && (i == a->n || others[j] <= ids[i]);

		sum_ids[k] = of_a ? ids[i] : others[j];
		finite &= add_nutrient(dst, k, a, of_a ? i : -1, p, of_p ? j : -1, factor, grams);
		i += of_a;
		j += of_p;
	}
	vitk_profile_clear_padding(dst);
	return finite && dst->grams <= VITK_MAX_GRAMS;
}

/*
 * dst = p * mul / div, with a mass of "grams"; dst has room for p.  Two
 * roundings, but 7 ug in 100 g are 2.1 ug in 30 g, as by hand.  Of nothing
 * there is no more.
 */
bool
vitk_profile_scale(VitkProfile *dst, const VitkProfile *p,
				   double mul, double div, double grams)
{
	int			bounds = vitk_profile_is_full(p) ? 2 * p->n : p->n;
	bool		finite = grams <= VITK_MAX_GRAMS && !vitk_is_denormal(grams);

	memcpy(dst, p, vitk_profile_size(p));
	mul += 0.0;					/* -0 to 0 */
	dst->grams = grams + 0.0;
	if (mul == 0)
		dst->form &= ~VITK_PROFILE_MORE;
	for (int i = 0; i < bounds; i++)
	{
		dst->v[i] = normal(p->v[i] * mul / div);
		finite &= dst->v[i] <= DBL_MAX;
	}
	if (vitk_profile_is_full(p))
		for (int i = bounds; i < 3 * p->n; i++)
			dst->v[i] = p->v[i] < p->grams ?
				normal(fmin(p->v[i] * mul / div, dst->grams)) : dst->grams;
	return finite;
}

/*
 * What is known of any part of a profile: where its mass is unknown, nobody
 * can tell how much of what is known is in that part, and it may be nothing.
 */

/* Bytes that vitk_profile_as_part() writes at most */
size_t
vitk_profile_part_size(const VitkProfile *p)
{
	return vitk_profile_size(p) + 2 * p->n * sizeof(double);
}

void
vitk_profile_as_part(VitkProfile *dst, const VitkProfile *p)
{
	int			n = p->n;

	memcpy(dst, p, offsetof(VitkProfile, v));
	dst->form |= VITK_PROFILE_FULL;
	for (int i = 0; i < n; i++)
	{
		dst->v[i] = 0;
		dst->v[n + i] = vitk_profile_upper(p)[i];
		dst->v[2 * n + i] = vitk_profile_known(p, i);
	}
	if (vitk_profile_is_counted(p))
		*vitk_profile_count_slot(dst) = vitk_profile_count(p);
	memcpy((uint16_t *) vitk_profile_ids(dst), vitk_profile_ids(p), VITK_PROFILE_IDS_SIZE(n));
}

/* Make a sum a plain profile, in place. */
void
vitk_profile_uncount(VitkProfile *p)
{
	const uint16_t *ids = vitk_profile_ids(p);

	p->form &= ~VITK_PROFILE_COUNTED;
	memmove((uint16_t *) vitk_profile_ids(p), ids, VITK_PROFILE_IDS_SIZE(p->n));
}
