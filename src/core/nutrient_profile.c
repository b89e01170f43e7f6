/*
 * nutrient_profile.c
 *		Layout and arithmetic of nutrient_profile: see nutrient_profile.h.
 */
#include "core/nutrient_profile.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "core/literal.h"
#include "core/number.h"
#include "core/nutrient.h"
#include "core/part_of_whole.h"

const VitkProfile vitk_profile_empty = {.version = VITK_PROFILE_VERSION};
const VitkProfile vitk_profile_unknown_mass = {.version = VITK_PROFILE_VERSION, .form = VITK_PROFILE_MORE};

/* Where in the body a nutrient stands; -1 = it is absent. */
int
vitk_profile_index(const VitkProfile *p, int nutrient)
{
	const uint16_t *ids = vitk_profile_ids(p);
	int			lo = 0;
	int			n = p->n;

	/* the last id not above the one that is looked for */
	while (n > 1)
	{
		int			half = n / 2;

		lo += ids[lo + half] <= nutrient ? half : 0;
		n -= half;
	}
	return n == 1 && ids[lo] == nutrient ? lo : -1;
}

bool
vitk_profile_has(const VitkProfile *p, int nutrient)
{
	return vitk_profile_index(p, nutrient) >= 0;
}

/* Zeros behind the last id */
static void
clear_padding(VitkProfile *p)
{
	char	   *ids = (char *) vitk_profile_ids(p);
	size_t		used = p->n * sizeof(uint16_t);

	memset(ids + used, 0, VITK_PROFILE_IDS_SIZE(p->n) - used);
}

/* The order in which people see the nutrients, which is not that of the ids. */
void
vitk_profile_order(const VitkProfile *p, VitkProfileOrder *order)
{
	const uint16_t *ids = vitk_profile_ids(p);
	uint16_t	at[VITK_NUTRIENT_COUNT];
	VitkNutrientSet places = {{0}};

	for (int i = 0; i < p->n; i++)
	{
		int			place = vitk_nutrient_place(ids[i]);

		vitk_add_to_set(&places, place);
		at[place] = i;
	}
	order->n = 0;
	for (int word = 0; word < VITK_NUTRIENT_WORDS; word++)
		for (uint64_t bits = places.word[word]; bits != 0; bits &= bits - 1)
			order->index[order->n++] = at[word * 64 + __builtin_ctzll(bits)];
}

/* Unit in which profiles keep a nutrient. */
const VitkUnit *
vitk_profile_unit(int nutrient)
{
	static VitkUnit units[VITK_NUTRIENT_COUNT + 1];
	VitkUnit   *unit = &units[nutrient];

	if (unit->num == 0)
	{
		const char *code = vitk_nutrient_by_id(nutrient)->unit;
		VitkErr		err;

		/* the units of the registry are all in the unit table: a test reads them */
		(void) vitk_unit_parse(code, strlen(code), unit, &err);
	}
	return unit;
}

/* Amount of a nutrient in its registry unit; false = the nutrient is absent. */
bool
vitk_profile_amount(const VitkProfile *p, int nutrient, VitkAmount *out)
{
	int			i = vitk_profile_index(p, nutrient);

	if (i < 0)
		return false;
	out->lower = vitk_profile_lower(p)[i];
	out->upper = vitk_profile_upper(p)[i];
	out->unit = *vitk_profile_unit(nutrient);
	return true;
}

/*
 * Of which nutrients does a profile have more than food can hold, alone or
 * together?  Sums with supplements may, and the mass may be greater where more
 * was eaten.  A literal that claims it of a food is refused, so these say for
 * how many grams the nutrient is known, though it be for all.
 */
bool
vitk_profile_beyond(const VitkProfile *p, VitkNutrientSet *beyond)
{
	const VitkWhole *w;
	bool		any = false;

	memset(beyond, 0, sizeof(*beyond));
	if (p->grams == 0 || vitk_profile_has_more(p))
		return false;
	for (int i = 0; i < p->n; i++)
		if (vitk_exceeds_food(vitk_profile_nutrient(p, i), vitk_profile_lower(p)[i], p->grams))
		{
			vitk_add_to_set(beyond, vitk_profile_nutrient(p, i));
			any = true;
		}
	while ((w = vitk_exceeded_whole(p, beyond)) != NULL)
	{
		vitk_add_parts(w, beyond);
		any = true;
	}
	return any;
}

static bool
more_than_food(int nutrient, double lower, double grams, VitkErr *err)
{
	const VitkNutrient *n = vitk_nutrient_by_id(nutrient);

	vitk_err(err, VITK_E_RANGE, "more %s than food in nutrient_profile", n->code);
	return vitk_err_detail(err, "There are %g %s of it in %g g.", lower, n->unit, grams);
}

/* Is that what food can hold, nutrient by nutrient?  For profiles of food alone */
bool
vitk_profile_of_food(const VitkProfile *p, VitkErr *err)
{
	if (vitk_profile_has_more(p))
		return true;
	for (int i = 0; i < p->n; i++)
	{
		int			id = vitk_profile_nutrient(p, i);

		if (vitk_exceeds_food(id, vitk_profile_lower(p)[i], p->grams))
			return more_than_food(id, vitk_profile_lower(p)[i], p->grams, err);
	}
	return true;
}

/* Grams for which a nutrient is known; 0 when it is absent. */
double
vitk_profile_known_grams(const VitkProfile *p, int nutrient)
{
	int			i = vitk_profile_index(p, nutrient);

	return i < 0 ? 0 : vitk_profile_known(p, i);
}

/*
 * Share of the mass for which a nutrient is known.  Without a mass it is all
 * or nothing: a supplement is known for what its label says.
 */
double
vitk_profile_coverage(const VitkProfile *p, int nutrient)
{
	if (p->grams == 0)
		return vitk_profile_has(p, nutrient) ? 1 : 0;
	return vitk_profile_known_grams(p, nutrient) / p->grams;
}

/*
 * The rule for a total beside its parts, such as vitamin K and K1, for sums of
 * vitamers and for MK-4 equivalents alike: foods with the total and foods with
 * the parts may be the same, so a lower bound does not count both.  But a part
 * that no food of the profile states comes from supplements, and the total of
 * foods need not hold it: 25 ug D3 of a capsule beside the D of a food table.
 * It adds to the upper bound.  It does not to the lower one: as soon as one food
 * states D3, nobody can separate the capsule's share, and what one more food
 * states must not take away from what was proved.
 */
bool
vitk_profile_from_supplements(const VitkProfile *p, int nutrient)
{
	return p->grams > 0 && vitk_profile_has(p, nutrient) && vitk_profile_known_grams(p, nutrient) == 0;
}

/*
 * Sums: dst = a + factor * p, where the scaled p weighs "grams".
 *
 * Grams, bounds and known grams are added each for itself; a nutrient that
 * one side lacks counts there as an amount of 0 known for 0 grams.  The sum
 * stays compact as long as that changes nothing: both are compact, and a side
 * that lacks a nutrient of the other has no mass.
 */

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
	else if (vitk_profile_is_full(a) && (same_nutrients(a, p) || covers(a, p)))
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

	for (int k = 0; k < dst->n; k++)
	{
		bool		of_a = i < a->n && (j == p->n || ids[i] <= others[j]);
		bool		of_p = j < p->n && (i == a->n || others[j] <= ids[i]);

		sum_ids[k] = of_a ? ids[i] : others[j];
		finite &= add_nutrient(dst, k, a, of_a ? i : -1, p, of_p ? j : -1, factor, grams);
		i += of_a;
		j += of_p;
	}
	clear_padding(dst);
	dst->grams = a->grams + grams;
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

/* Does a profile say more than a compact one can: intervals, or grams not known? */
bool
vitk_profile_says_more(const VitkProfile *p)
{
	if (!vitk_profile_is_full(p))
		return false;
	for (int i = 0; i < p->n; i++)
		if (vitk_profile_lower(p)[i] != vitk_profile_upper(p)[i] ||
			vitk_profile_known(p, i) != p->grams)
			return true;
	return false;
}

/*
 * Copy p in the one form that is canonical, compact if it can be, and return
 * its size.  Equal profiles have equal bytes behind the length word.
 */
size_t
vitk_profile_canonical(VitkProfile *dst, const VitkProfile *p)
{
	if (!vitk_profile_is_full(p) || vitk_profile_says_more(p))
		memcpy(dst, p, vitk_profile_size(p));
	else
	{
		memcpy(dst, p, offsetof(VitkProfile, v) + p->n * sizeof(double));
		dst->form = p->form & ~VITK_PROFILE_FULL;
		if (vitk_profile_is_counted(p))
			*vitk_profile_count_slot(dst) = vitk_profile_count(p);
		memcpy((uint16_t *) vitk_profile_ids(dst), vitk_profile_ids(p), VITK_PROFILE_IDS_SIZE(p->n));
	}
	dst->vl_len_ = 0;
	return vitk_profile_size(dst);
}

#define RETURN_UNLESS_EQUAL(a, b) \
	do { \
		if ((a) != (b)) \
			return (a) < (b) ? -1 : 1; \
	} while (0)

/*
 * Order of profiles, for sorting and DISTINCT: by mass, those that have more
 * of unknown mass after those that have not, then nutrient by nutrient in the
 * order of their ids, absent before present, by lower, upper
 * and known grams.  It looks at the content, whatever the form, and at no
 * registry, so that profiles with nutrients of a newer one have their place.
 */
int
vitk_profile_cmp(const VitkProfile *a, const VitkProfile *b)
{
	const uint16_t *ids = vitk_profile_ids(a);
	const uint16_t *others = vitk_profile_ids(b);

	RETURN_UNLESS_EQUAL(vitk_profile_count(a), vitk_profile_count(b));
	RETURN_UNLESS_EQUAL(a->grams, b->grams);
	RETURN_UNLESS_EQUAL(vitk_profile_has_more(a), vitk_profile_has_more(b));
	for (int i = 0; i < a->n && i < b->n; i++)
	{
		/* who has the lower id has a nutrient that the other lacks */
		RETURN_UNLESS_EQUAL(others[i], ids[i]);
		RETURN_UNLESS_EQUAL(vitk_profile_lower(a)[i], vitk_profile_lower(b)[i]);
		RETURN_UNLESS_EQUAL(vitk_profile_upper(a)[i], vitk_profile_upper(b)[i]);
		RETURN_UNLESS_EQUAL(vitk_profile_known(a, i), vitk_profile_known(b, i));
	}
	RETURN_UNLESS_EQUAL(a->n, b->n);
	return 0;
}

static bool
invalid(VitkErr *err, const char *detail)
{
	vitk_err(err, VITK_E_BINARY, "invalid binary value for type %s", "nutrient_profile");
	return vitk_err_detail(err, "%s", detail);
}

static bool
is_amount(double v)
{
	return v >= 0 && v <= DBL_MAX && !signbit(v) && !vitk_is_denormal(v);
}

/* Do the nutrients exist, and are they in order? */
static bool
valid_nutrients(const VitkProfile *p, VitkErr *err)
{
	const uint16_t *ids = vitk_profile_ids(p);
	size_t		room = VITK_PROFILE_IDS_SIZE(p->n) / sizeof(uint16_t);

	for (int i = 0; i < p->n; i++)
	{
		if (vitk_nutrient_by_id(ids[i]) == NULL)
		{
			invalid(err, "");
			vitk_err_detail(err, "No nutrient has the id %d.", ids[i]);
			return vitk_err_hint(err, "A newer version of vitk may know it.");
		}
		if (i > 0 && ids[i - 1] >= ids[i])
			return invalid(err, "The nutrients are not in ascending order.");
	}
	for (size_t i = p->n; i < room; i++)
		if (ids[i] != 0)
			return invalid(err, "The padding is not zero.");
	return true;
}

/*
 * Is this block of bytes a profile?  Checks all that the code relies on, so
 * that what came over the wire can be trusted afterwards.
 */
bool
vitk_profile_valid(const VitkProfile *p, size_t size, VitkErr *err)
{
	if (size < sizeof(VitkProfile))
		return invalid(err, "The value is too short.");
	if (p->version != VITK_PROFILE_VERSION)
		return invalid(err, "The version of the format is not supported.");
	if (p->form & ~VITK_PROFILE_FORMS)
		return invalid(err, "The form is unknown.");
	if (p->n > VITK_NUTRIENT_COUNT)
		return invalid(err, "It has more nutrients than this version of vitk knows.");
	if (size != vitk_profile_size(p))
		return invalid(err, "The size does not match the number of nutrients.");
	if (!valid_nutrients(p, err))
		return false;
	if (!is_amount(p->grams) || p->grams > VITK_MAX_GRAMS)
		return invalid(err, "The mass is negative, not finite or too large.");
	for (int i = 0; i < p->n; i++)
	{
		double		lower = vitk_profile_lower(p)[i];
		double		upper = vitk_profile_upper(p)[i];
		double		known = vitk_profile_known(p, i);

		if (!is_amount(lower) || !is_amount(upper) || lower > upper)
			return invalid(err, "An amount is negative or not finite, or its bounds are in the wrong order.");
		if (!is_amount(known) || known > p->grams)
			return invalid(err, "The known grams are not between zero and the mass.");
	}
	if (vitk_profile_is_counted(p) &&
		!(vitk_profile_count(p) >= 2 && vitk_profile_count(p) <= VITK_PROFILE_MAX_COUNT &&
		  floor(vitk_profile_count(p)) == vitk_profile_count(p)))
		return invalid(err, "The number of profiles is not a whole number above one.");
	return true;
}

void
vitk_profile_draft_init(VitkProfileDraft *draft)
{
	draft->grams = 0;
	draft->count = 1;
	draft->more = false;
	memset(&draft->has, 0, sizeof(draft->has));
}

/*
 * Add a nutrient to a draft, known for so many grams or VITK_ALL_KNOWN.  The
 * amount may have any unit that converts to that of the registry.
 */
bool
vitk_profile_draft_add(VitkProfileDraft *draft, int nutrient,
					   const VitkAmount *amount, double known, VitkErr *err)
{
	const VitkNutrient *n = vitk_nutrient_by_id(nutrient);
	VitkAmount	converted;

	if (vitk_in_set(&draft->has, nutrient))
	{
		vitk_err(err, VITK_E_VALUE, "nutrient %s occurs twice in nutrient_profile", n->code);
		return vitk_err_hint(err, "Add profiles with + to add amounts of one nutrient.");
	}
	if (amount->lower < 0)
	{
		vitk_err(err, VITK_E_RANGE, "negative amount of %s in nutrient_profile", n->code);
		return vitk_err_detail(err, "A profile says what a food contains; amounts are zero or more.");
	}
	if (!vitk_amount_convert(amount, vitk_profile_unit(nutrient), nutrient, &converted, err))
		return false;
	vitk_add_to_set(&draft->has, nutrient);
	draft->lower[nutrient] = converted.lower;
	draft->upper[nutrient] = converted.upper;
	draft->known[nutrient] = known;
	return true;
}

/* The known grams of a nutrient of a draft, or a complaint */
static bool
draft_known(const VitkProfileDraft *draft, int id, double *known, VitkErr *err)
{
	*known = draft->known[id];
	if (*known == VITK_ALL_KNOWN)
	{
		*known = draft->grams;
		if (!draft->more && vitk_exceeds_food(id, draft->lower[id], draft->grams))
			return more_than_food(id, draft->lower[id], draft->grams, err);
	}
	if (*known <= draft->grams)
		return true;
	vitk_err(err, VITK_E_RANGE, "%s is known for more grams than the nutrient_profile has",
			 vitk_nutrient_by_id(id)->code);
	return vitk_err_detail(err, "It is known for %g g out of %g g.", *known, draft->grams);
}

/* Are the parts in a draft no more than the whole, as far as they are those of food alone? */
static bool
draft_adds_up(const VitkProfileDraft *draft, const VitkProfile *full, VitkErr *err)
{
	VitkNutrientSet told = {{0}};
	const VitkWhole *w;

	if (draft->more || draft->grams == 0)
		return true;
	for (int i = 0; i < full->n; i++)
		if (draft->known[vitk_profile_nutrient(full, i)] != VITK_ALL_KNOWN)
			vitk_add_to_set(&told, vitk_profile_nutrient(full, i));
	w = vitk_exceeded_whole(full, &told);
	return w == NULL || vitk_parts_beyond_whole(full, w, &told, err);
}

/* Check the mass of a draft and what is known for it; write its profile. */
bool
vitk_profile_draft_finish(const VitkProfileDraft *draft, VitkProfile *dst, VitkErr *err)
{
	VitkProfileBuffer buf;
	VitkProfile *full = &buf.profile;
	uint16_t	ids[VITK_NUTRIENT_COUNT];
	int			n = 0;

	if (draft->grams > VITK_MAX_GRAMS)
		return vitk_err(err, VITK_E_RANGE, "mass of a nutrient_profile must be at most %g g, not %g",
						VITK_MAX_GRAMS, draft->grams);
	for (int word = 0; word < VITK_NUTRIENT_WORDS; word++)
		for (uint64_t bits = draft->has.word[word]; bits != 0; bits &= bits - 1)
			ids[n++] = word * 64 + __builtin_ctzll(bits);
	*full = vitk_profile_empty;
	full->form = VITK_PROFILE_FULL | (draft->count > 1 ? VITK_PROFILE_COUNTED : 0) |
		(draft->more ? VITK_PROFILE_MORE : 0);
	full->grams = draft->grams;
	full->n = n;
	for (int i = 0; i < n; i++)
	{
		full->v[i] = draft->lower[ids[i]];
		full->v[n + i] = draft->upper[ids[i]];
		if (!draft_known(draft, ids[i], &full->v[2 * n + i], err))
			return false;
	}
	if (draft->count > 1)
		*vitk_profile_count_slot(full) = draft->count;
	memcpy((uint16_t *) vitk_profile_ids(full), ids, n * sizeof(uint16_t));
	clear_padding(full);
	vitk_profile_canonical(dst, full);
	return draft_adds_up(draft, full, err);
}
