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
	vitk_profile_clear_padding(full);
	vitk_profile_canonical(dst, full);
	return draft_adds_up(draft, full, err);
}
