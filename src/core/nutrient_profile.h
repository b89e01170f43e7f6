/*
 * nutrient_profile.h
 *		What a mass of food contains: layout and arithmetic of nutrient_profile.
 *
 * Needs no server and allocates nothing.  A profile is a header, one of two
 * bodies, and the ids of the n nutrients present, in ascending order:
 *
 *	compact		v[n]						amounts, exact, known for all grams
 *	full		lower[n], upper[n], known[n]	bounds, and grams they are known for
 *
 * Amounts are in the registry unit of the nutrient.  Zero grams mean "no
 * mass": a supplement.  All numbers are finite and not negative, and no zero
 * is negative.  lower <= upper and known <= grams hold without tolerance:
 * addition and multiplication in floating point are monotone, so sums and
 * multiples keep the order of what they are made from.  What a sum or a
 * multiple would have less than a normal number of is zero.
 *
 * The ids take two bytes each and zeros up to a multiple of eight bytes, so
 * that lists are compared word by word.  How many nutrients there are is no
 * matter of the format.
 *
 * Food holds no more of a nutrient than itself: what is written or computed of
 * food alone and says otherwise is refused.  Sums with supplements may hold
 * more, and say so: see vitk_profile_beyond().
 *
 * A counted profile is the running state of avg(): a sum with the number of
 * profiles in it behind the body.  An uncounted one counts as one.
 *
 * More was eaten, of unknown mass, where VITK_PROFILE_MORE is set: the mass is
 * at least so much and each nutrient at least its lower bound.  Known grams
 * and upper bounds tell of the mass that is known, as they do elsewhere.
 */
#ifndef VITK_CORE_NUTRIENT_PROFILE_H
#define VITK_CORE_NUTRIENT_PROFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "core/nutrient_amount.h"
#include "core/err.h"
#include "core/food_value.h"
#include "core/nutrient.h"

#define VITK_PROFILE_VERSION	2
#define VITK_PROFILE_FULL		0x01	/* flags in "form" */
#define VITK_PROFILE_COUNTED	0x02
#define VITK_PROFILE_MORE		0x04
#define VITK_PROFILE_FORMS		(VITK_PROFILE_FULL | VITK_PROFILE_COUNTED | VITK_PROFILE_MORE)

typedef struct VitkProfile
{
	int32_t		vl_len_;		/* the server's length word, see SET_VARSIZE */
	uint8_t		version;
	uint8_t		form;
	uint16_t	n;				/* nutrients present */
	double		grams;
	double		v[];			/* the body, the count, the ids */
} VitkProfile;

/* Bytes that the ids of n nutrients take. */
#define VITK_PROFILE_IDS_SIZE(n) \
	(((size_t) (n) * sizeof(uint16_t) + 7) / 8 * 8)

/* Bytes that any profile of the nutrients of the registry takes at most */
#define VITK_PROFILE_MAX_SIZE \
	(offsetof(VitkProfile, v) + (3 * VITK_NUTRIENT_COUNT + 1) * sizeof(double) + \
	 VITK_PROFILE_IDS_SIZE(VITK_NUTRIENT_COUNT))

/* Room for such a profile, aligned. */
typedef union VitkProfileBuffer
{
	VitkProfile profile;
	double		align;
	char		bytes[VITK_PROFILE_MAX_SIZE];
} VitkProfileBuffer;

/* A set of nutrients, or of their places in the order of the registry */
#define VITK_NUTRIENT_WORDS		(VITK_NUTRIENT_COUNT / 64 + 1)

typedef struct VitkNutrientSet
{
	uint64_t	word[VITK_NUTRIENT_WORDS];
} VitkNutrientSet;

static inline bool
vitk_in_set(const VitkNutrientSet *set, int i)
{
	return (set->word[i / 64] >> (i % 64)) & 1;
}

static inline void
vitk_add_to_set(VitkNutrientSet *set, int i)
{
	set->word[i / 64] |= (uint64_t) 1 << (i % 64);
}

/* A profile while it is read or composed: indexed by nutrient id. */
typedef struct VitkProfileDraft
{
	double		grams;
	double		count;			/* 1, or how many profiles this is the sum of */
	bool		more;			/* and more, of unknown mass */
	VitkNutrientSet has;
	double		lower[VITK_NUTRIENT_COUNT + 1];
	double		upper[VITK_NUTRIENT_COUNT + 1];
	double		known[VITK_NUTRIENT_COUNT + 1]; /* VITK_ALL_KNOWN: all grams */
} VitkProfileDraft;

/* The nutrients of a profile in the order of the registry */
typedef struct VitkProfileOrder
{
	int			n;
	uint16_t	index[VITK_NUTRIENT_COUNT]; /* where in the body each stands */
} VitkProfileOrder;

#define VITK_ALL_KNOWN	(-1.0)

/* Counts are whole numbers that a double tells from the next. */
#define VITK_PROFILE_MAX_COUNT	9007199254740991.0

/* A profile with no mass and no nutrient: neutral in sums. */
extern const VitkProfile vitk_profile_empty;

/* Eaten, of unknown mass */
extern const VitkProfile vitk_profile_unknown_mass;

static inline bool
vitk_profile_is_full(const VitkProfile *p)
{
	return (p->form & VITK_PROFILE_FULL) != 0;
}

static inline bool
vitk_profile_is_counted(const VitkProfile *p)
{
	return (p->form & VITK_PROFILE_COUNTED) != 0;
}

static inline bool
vitk_profile_has_more(const VitkProfile *p)
{
	return (p->form & VITK_PROFILE_MORE) != 0;
}

static inline const double *
vitk_profile_lower(const VitkProfile *p)
{
	return p->v;
}

static inline const double *
vitk_profile_upper(const VitkProfile *p)
{
	return vitk_profile_is_full(p) ? p->v + p->n : p->v;
}

/* Known grams of the i-th nutrient present. */
static inline double
vitk_profile_known(const VitkProfile *p, int i)
{
	return vitk_profile_is_full(p) ? p->v[2 * p->n + i] : p->grams;
}

static inline double *
vitk_profile_count_slot(VitkProfile *p)
{
	return p->v + (size_t) (vitk_profile_is_full(p) ? 3 : 1) * p->n;
}

/* The ids of the nutrients present, ascending. */
static inline const uint16_t *
vitk_profile_ids(const VitkProfile *p)
{
	size_t		numbers = (size_t) (vitk_profile_is_full(p) ? 3 : 1) * p->n;

	return (const uint16_t *) (p->v + numbers + vitk_profile_is_counted(p));
}

/* Bytes that a profile takes, by its header. */
static inline size_t
vitk_profile_size(const VitkProfile *p)
{
	size_t		numbers = (size_t) (vitk_profile_is_full(p) ? 3 : 1) * p->n +
		vitk_profile_is_counted(p);

	return offsetof(VitkProfile, v) + numbers * sizeof(double) + VITK_PROFILE_IDS_SIZE(p->n);
}

/* Has a block of that many bytes a layout that this library knows? */
static inline bool
vitk_profile_readable(const VitkProfile *p, size_t size)
{
	return size >= sizeof(VitkProfile) && p->version == VITK_PROFILE_VERSION &&
		(p->form & ~VITK_PROFILE_FORMS) == 0 && size >= vitk_profile_size(p);
}

/* The i-th nutrient present, by id */
static inline int
vitk_profile_nutrient(const VitkProfile *p, int i)
{
	return vitk_profile_ids(p)[i];
}

/* Zeros behind the last id */
static inline void
vitk_profile_clear_padding(VitkProfile *p)
{
	char	   *ids = (char *) vitk_profile_ids(p);
	size_t		used = p->n * sizeof(uint16_t);

	memset(ids + used, 0, VITK_PROFILE_IDS_SIZE(p->n) - used);
}

/* Does a profile with that header fit a VitkProfileBuffer? */
static inline bool
vitk_profile_has_room(const VitkProfile *p)
{
	return p->version == VITK_PROFILE_VERSION && (p->form & ~VITK_PROFILE_FORMS) == 0 &&
		p->n <= VITK_NUTRIENT_COUNT;
}

/* Have a and p one size, version, form and number of nutrients? */
static inline bool
vitk_profile_same_head(const VitkProfile *a, const VitkProfile *p)
{
	uint64_t	x;
	uint64_t	y;

	memcpy(&x, a, sizeof(x));
	memcpy(&y, p, sizeof(y));
	return x == y;
}

/* Ids ascend and have no gaps: the last one tells of all. */
static inline bool
vitk_profile_known_nutrients(const VitkProfile *p)
{
	return p->n == 0 || vitk_profile_ids(p)[p->n - 1] <= VITK_NUTRIENT_COUNT;
}

static inline double
vitk_profile_count(const VitkProfile *p)
{
	return vitk_profile_is_counted(p) ?
		*vitk_profile_count_slot((VitkProfile *) p) : 1.0;
}

extern int	vitk_profile_index(const VitkProfile *p, int nutrient);
extern bool vitk_profile_has(const VitkProfile *p, int nutrient);
extern bool vitk_profile_beyond(const VitkProfile *p, VitkNutrientSet *beyond);
extern bool vitk_profile_of_food(const VitkProfile *p, VitkErr *err);
extern void vitk_profile_order(const VitkProfile *p, VitkProfileOrder *order);
extern const VitkUnit *vitk_profile_unit(int nutrient);
extern bool vitk_profile_amount(const VitkProfile *p, int nutrient, VitkAmount *out);
extern double vitk_profile_known_grams(const VitkProfile *p, int nutrient);
extern double vitk_profile_coverage(const VitkProfile *p, int nutrient);
extern bool vitk_profile_from_supplements(const VitkProfile *p, int nutrient);

extern bool vitk_profile_add(VitkProfile *a, const VitkProfile *p,
							 double factor, double grams, bool *finite);
extern void vitk_profile_sum_layout(VitkProfile *head, const VitkProfile *a,
									const VitkProfile *p, double grams, bool counted);
extern bool vitk_profile_sum(VitkProfile *dst, const VitkProfile *a,
							 const VitkProfile *p, double factor, double grams);
extern bool vitk_profile_scale(VitkProfile *dst, const VitkProfile *p,
							   double mul, double div, double grams);

extern size_t vitk_profile_part_size(const VitkProfile *p);
extern void vitk_profile_as_part(VitkProfile *dst, const VitkProfile *p);
extern void vitk_profile_uncount(VitkProfile *p);
extern bool vitk_profile_says_more(const VitkProfile *p);
extern size_t vitk_profile_canonical(VitkProfile *dst, const VitkProfile *p);
extern int	vitk_profile_cmp(const VitkProfile *a, const VitkProfile *b);
extern bool vitk_profile_valid(const VitkProfile *p, size_t size, VitkErr *err);

extern void vitk_profile_draft_init(VitkProfileDraft *draft);
extern bool vitk_profile_draft_add(VitkProfileDraft *draft, int nutrient,
								   const VitkAmount *amount, double known, VitkErr *err);
extern bool vitk_profile_draft_finish(const VitkProfileDraft *draft, VitkProfile *dst,
									  VitkErr *err);

/* nutrient_profile_text.c */
#define VITK_PROFILE_TEXT_SIZE(n)	(128 + (size_t) (n) * 288)

extern bool vitk_profile_parse(const char *s, size_t len, VitkProfile *dst, VitkErr *err);
extern int	vitk_profile_format(const VitkProfile *p, char *buf);

#endif							/* VITK_CORE_NUTRIENT_PROFILE_H */
