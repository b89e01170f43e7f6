/*
 * nutrient_profile.c
 *		Layout and arithmetic of nutrient_profile: see profile.h.
 */
#include "core/nutrient_profile.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "core/nutrient.h"

const VitkProfile vitk_profile_empty = {.version = VITK_PROFILE_VERSION};

static inline int
popcount(uint64_t bits)
{
	return __builtin_popcountll(bits);
}

static size_t
size_of(int n, int form)
{
	size_t		numbers = (size_t) n * ((form & VITK_PROFILE_FULL) ? 3 : 1);

	if (form & VITK_PROFILE_COUNTED)
		numbers++;
	return offsetof(VitkProfile, v) + numbers * sizeof(double);
}

/* Bytes that a profile takes, by its header. */
size_t
vitk_profile_size(const VitkProfile *p)
{
	return size_of(p->n, p->form);
}

/* Where in the body a nutrient stands; -1 = it is absent. */
int
vitk_profile_index(const VitkProfile *p, int nutrient)
{
	uint64_t	below = ((uint64_t) 1 << (nutrient & 63)) - 1;

	if (!vitk_profile_has(p, nutrient))
		return -1;
	if (nutrient < 64)
		return popcount(p->has[0] & below);
	return popcount(p->has[0]) + popcount(p->has[1] & below);
}

/* Unit in which profiles keep a nutrient. */
const VitkUnit *
vitk_profile_unit(int nutrient)
{
	static VitkUnit units[VITK_PROFILE_IDS];
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
 * Sums: dst = a + factor * p, where the scaled p weighs "grams".
 *
 * Grams, bounds and known grams are added each for itself; a nutrient that
 * one side lacks counts there as an amount of 0 known for 0 grams.  The sum
 * stays compact as long as that changes nothing: both are compact, and a side
 * that lacks a nutrient of the other has no mass.
 */

static inline bool
same_nutrients(const VitkProfile *a, const VitkProfile *p)
{
	return a->has[0] == p->has[0] && a->has[1] == p->has[1];
}

/* Has a all nutrients of p? */
static inline bool
covers(const VitkProfile *a, const VitkProfile *p)
{
	return ((p->has[0] & ~a->has[0]) | (p->has[1] & ~a->has[1])) == 0;
}

static inline bool
sum_is_compact(const VitkProfile *a, const VitkProfile *p, double grams)
{
	return !vitk_profile_is_full(a) && !vitk_profile_is_full(p) &&
		(grams == 0 || covers(p, a)) && (a->grams == 0 || covers(a, p));
}

/* Has the sum the very layout of a, so that a may be its own destination? */
bool
vitk_profile_sum_fits(const VitkProfile *a, const VitkProfile *p, double grams)
{
	return covers(a, p) && (vitk_profile_is_full(a) || sum_is_compact(a, p, grams));
}

/* Set the header of the sum, to learn its size. */
void
vitk_profile_sum_layout(VitkProfile *head, const VitkProfile *a,
						const VitkProfile *p, double grams, bool counted)
{
	*head = vitk_profile_empty;
	head->has[0] = a->has[0] | p->has[0];
	head->has[1] = a->has[1] | p->has[1];
	head->n = popcount(head->has[0]) + popcount(head->has[1]);
	if (counted)
		head->form |= VITK_PROFILE_COUNTED;
	if (!sum_is_compact(a, p, grams))
		head->form |= VITK_PROFILE_FULL;
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
		double		x = dst[i] + v[i] * factor;
		uint64_t	bits;

		dst[i] = x;
		memcpy(&bits, &x, sizeof(bits));
		bad |= bits | (bits + ((uint64_t) 1 << 52));
	}
	return bad >> 63 == 0;
}

/* All other sums: walk the nutrients of the sum, and those of a and p along. */
static bool
add_general(VitkProfile *dst, const VitkProfile *a, const VitkProfile *p,
			double factor, double grams)
{
	double	   *lower = dst->v;
	double	   *upper = vitk_profile_is_full(dst) ? lower + dst->n : NULL;
	double	   *known = upper ? upper + dst->n : NULL;
	int			i = 0;			/* index in a */
	int			j = 0;			/* index in p */
	int			k = 0;			/* index in dst, not below i: dst may be a */
	bool		finite = true;

	for (int word = 0; word < 2; word++)
		for (uint64_t bits = dst->has[word]; bits != 0; bits &= bits - 1, k++)
		{
			uint64_t	bit = bits & -bits;
			double		lo = 0;
			double		hi = 0;
			double		kn = 0;

			if (a->has[word] & bit)
			{
				lo = vitk_profile_lower(a)[i];
				hi = vitk_profile_upper(a)[i];
				kn = vitk_profile_known(a, i);
				i++;
			}
			if (p->has[word] & bit)
			{
				double		pk = vitk_profile_known(p, j);

				lo += vitk_profile_lower(p)[j] * factor;
				hi += vitk_profile_upper(p)[j] * factor;
				/* known for all stays so, whatever the factor was rounded to */
				kn += pk < p->grams ? fmin(pk * factor, grams) : grams;
				j++;
			}
			lower[k] = lo;
			if (upper)
			{
				upper[k] = hi;
				known[k] = kn;
			}
			finite &= hi <= DBL_MAX;
		}
	return finite;
}

/*
 * Compute the sum.  dst has its header from vitk_profile_sum_layout, or is a
 * itself when vitk_profile_sum_fits says so.  The count of a counted sum is
 * the caller's.  Returns false when a number gets out of range.
 */
bool
vitk_profile_sum(VitkProfile *dst, const VitkProfile *a, const VitkProfile *p,
				 double factor, double grams)
{
	bool		finite;

	if (dst == a && !vitk_profile_is_full(a) && same_nutrients(a, p))
		finite = add_compact(dst->v, p->v, dst->n, factor);
	else
		finite = add_general(dst, a, p, factor, grams);
	dst->grams = a->grams + grams;
	return finite && dst->grams <= DBL_MAX;
}

/*
 * dst = p * mul / div, with a mass of "grams"; dst has room for p.  Two
 * roundings, but 7 ug in 100 g are 2.1 ug in 30 g, as by hand.
 */
bool
vitk_profile_scale(VitkProfile *dst, const VitkProfile *p,
				   double mul, double div, double grams)
{
	int			bounds = vitk_profile_is_full(p) ? 2 * p->n : p->n;
	bool		finite = grams <= DBL_MAX;

	memcpy(dst, p, vitk_profile_size(p));
	mul += 0.0;					/* -0 to 0 */
	dst->grams = grams + 0.0;
	for (int i = 0; i < bounds; i++)
	{
		dst->v[i] = p->v[i] * mul / div;
		finite &= dst->v[i] <= DBL_MAX;
	}
	if (vitk_profile_is_full(p))
		for (int i = bounds; i < 3 * p->n; i++)
			dst->v[i] = p->v[i] < p->grams ?
				fmin(p->v[i] * mul / div, dst->grams) : dst->grams;
	return finite;
}

/*
 * Copy p in the one form that is canonical, compact if it can be, and return
 * its size.  Equal profiles have equal bytes behind the length word.
 */
size_t
vitk_profile_canonical(VitkProfile *dst, const VitkProfile *p)
{
	bool		compact = true;

	if (vitk_profile_is_full(p))
		for (int i = 0; i < p->n && compact; i++)
			compact = vitk_profile_lower(p)[i] == vitk_profile_upper(p)[i] &&
				vitk_profile_known(p, i) == p->grams;
	if (!compact || !vitk_profile_is_full(p))
		memcpy(dst, p, vitk_profile_size(p));
	else
	{
		memcpy(dst, p, size_of(p->n, 0));
		dst->form = p->form & ~VITK_PROFILE_FULL;
		if (vitk_profile_is_counted(p))
			*vitk_profile_count_slot(dst) = vitk_profile_count(p);
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
 * Order of profiles, for sorting and DISTINCT: by mass, then nutrient by
 * nutrient in registry order, absent before present, by lower, upper and
 * known grams.  It looks at the content, whatever the form.
 */
int
vitk_profile_cmp(const VitkProfile *a, const VitkProfile *b)
{
	int			i = 0;

	RETURN_UNLESS_EQUAL(vitk_profile_count(a), vitk_profile_count(b));
	RETURN_UNLESS_EQUAL(a->grams, b->grams);
	for (int word = 0; word < 2; word++)
		for (uint64_t bits = a->has[word] | b->has[word]; bits != 0; bits &= bits - 1, i++)
		{
			uint64_t	bit = bits & -bits;

			RETURN_UNLESS_EQUAL((a->has[word] & bit) != 0, (b->has[word] & bit) != 0);
			RETURN_UNLESS_EQUAL(vitk_profile_lower(a)[i], vitk_profile_lower(b)[i]);
			RETURN_UNLESS_EQUAL(vitk_profile_upper(a)[i], vitk_profile_upper(b)[i]);
			RETURN_UNLESS_EQUAL(vitk_profile_known(a, i), vitk_profile_known(b, i));
		}
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
	return v >= 0 && v <= DBL_MAX && !signbit(v);
}

/* Does every nutrient that p claims to have exist, and are there n of them? */
static bool
valid_nutrients(const VitkProfile *p, VitkErr *err)
{
	int			n = 0;

	for (int id = 0; id < VITK_PROFILE_IDS; id++)
		if (vitk_profile_has(p, id))
		{
			n++;
			if (vitk_nutrient_by_id(id) == NULL)
			{
				invalid(err, "");
				return vitk_err_detail(err, "No nutrient has the id %d.", id);
			}
		}
	return n == p->n || invalid(err, "The number of nutrients differs from the nutrients.");
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
	if (p->form & ~(VITK_PROFILE_FULL | VITK_PROFILE_COUNTED))
		return invalid(err, "The form is unknown.");
	if (!valid_nutrients(p, err))
		return false;
	if (size != vitk_profile_size(p))
		return invalid(err, "The size does not fit the number of nutrients.");
	if (!is_amount(p->grams))
		return invalid(err, "The mass is not a finite number from zero.");
	for (int i = 0; i < p->n; i++)
	{
		double		lower = vitk_profile_lower(p)[i];
		double		upper = vitk_profile_upper(p)[i];
		double		known = vitk_profile_known(p, i);

		if (!is_amount(lower) || !is_amount(upper) || lower > upper)
			return invalid(err, "An amount is not finite, not negative and in order.");
		if (!is_amount(known) || known > p->grams)
			return invalid(err, "Grams known are not between zero and the mass.");
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
	draft->has[0] = draft->has[1] = 0;
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
	uint64_t	bit = (uint64_t) 1 << (nutrient & 63);
	VitkAmount	converted;

	if (draft->has[nutrient >> 6] & bit)
	{
		vitk_err(err, VITK_E_VALUE, "nutrient %s occurs twice in nutrient_profile", n->code);
		return vitk_err_hint(err, "Add profiles with + to add amounts of one nutrient.");
	}
	if (amount->lower < 0)
	{
		vitk_err(err, VITK_E_RANGE, "negative amount of %s in nutrient_profile", n->code);
		return vitk_err_detail(err, "A profile tells what is in a food; amounts are zero or more.");
	}
	if (!vitk_amount_convert(amount, vitk_profile_unit(nutrient), nutrient, &converted, err))
		return false;
	draft->has[nutrient >> 6] |= bit;
	draft->lower[nutrient] = converted.lower;
	draft->upper[nutrient] = converted.upper;
	draft->known[nutrient] = known;
	return true;
}

/* Check the mass of a draft and what is known for it; write its profile. */
bool
vitk_profile_draft_finish(const VitkProfileDraft *draft, VitkProfile *dst, VitkErr *err)
{
	VitkProfileBuffer buf;
	VitkProfile *full = &buf.profile;
	int			i = 0;

	*full = vitk_profile_empty;
	full->form = VITK_PROFILE_FULL | (draft->count > 1 ? VITK_PROFILE_COUNTED : 0);
	full->grams = draft->grams;
	full->has[0] = draft->has[0];
	full->has[1] = draft->has[1];
	full->n = popcount(full->has[0]) + popcount(full->has[1]);
	for (int id = 1; id < VITK_PROFILE_IDS; id++)
	{
		double		known;

		if (!vitk_profile_has(full, id))
			continue;
		known = draft->known[id] == VITK_ALL_KNOWN ? draft->grams : draft->known[id];
		if (known > draft->grams)
		{
			vitk_err(err, VITK_E_RANGE, "%s is known for more grams than the nutrient_profile has",
					 vitk_nutrient_by_id(id)->code);
			return vitk_err_detail(err, "Known are %g g of %g g.", known, draft->grams);
		}
		full->v[i] = draft->lower[id];
		full->v[full->n + i] = draft->upper[id];
		full->v[2 * full->n + i] = known;
		i++;
	}
	if (draft->count > 1)
		*vitk_profile_count_slot(full) = draft->count;
	vitk_profile_canonical(dst, full);
	return true;
}
