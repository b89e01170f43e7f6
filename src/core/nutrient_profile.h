/*
 * nutrient_profile.h
 *		What a mass of food contains: layout and arithmetic of nutrient_profile.
 *
 * Needs no server and allocates nothing.  A profile is a header, a bitmap of
 * the nutrients present and, in the order of their ids, one of two bodies:
 *
 *	compact		v[n]						amounts, exact, known for all grams
 *	full		lower[n], upper[n], known[n]	bounds, and grams they are known for
 *
 * Amounts are in the registry unit of the nutrient.  Zero grams mean "no
 * mass": a supplement.  All numbers are finite and not negative, and no zero
 * is negative.  lower <= upper and known <= grams hold without tolerance:
 * addition and multiplication in floating point are monotone, so sums and
 * multiples keep the order of what they are made from.
 *
 * A counted profile is the running state of avg(): a sum with the number of
 * profiles in it behind the body.  An uncounted one counts as one.
 */
#ifndef VITK_CORE_NUTRIENT_PROFILE_H
#define VITK_CORE_NUTRIENT_PROFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/nutrient_amount.h"
#include "core/err.h"

#define VITK_PROFILE_VERSION	1
#define VITK_PROFILE_FULL		0x01	/* flags in "form" */
#define VITK_PROFILE_COUNTED	0x02

#define VITK_PROFILE_IDS		128 /* ids run from 1 to 127 */

typedef struct VitkProfile
{
	int32_t		vl_len_;		/* the server's length word, see SET_VARSIZE */
	uint8_t		version;
	uint8_t		form;
	uint16_t	n;				/* nutrients present */
	double		grams;
	uint64_t	has[2];			/* bit id: nutrient id is present */
	double		v[];
} VitkProfile;

#define VITK_PROFILE_MAX_SIZE \
	(offsetof(VitkProfile, v) + (3 * VITK_PROFILE_IDS + 1) * sizeof(double))

/* Room for any profile, aligned. */
typedef union VitkProfileBuffer
{
	VitkProfile profile;
	double		align;
	char		bytes[VITK_PROFILE_MAX_SIZE];
} VitkProfileBuffer;

/* A profile while it is read or composed: indexed by nutrient id. */
typedef struct VitkProfileDraft
{
	double		grams;
	double		count;			/* 1, or how many profiles this is the sum of */
	uint64_t	has[2];
	double		lower[VITK_PROFILE_IDS];
	double		upper[VITK_PROFILE_IDS];
	double		known[VITK_PROFILE_IDS];	/* VITK_ALL_KNOWN: all grams */
} VitkProfileDraft;

#define VITK_ALL_KNOWN	(-1.0)

/* Counts are whole numbers that a double holds. */
#define VITK_PROFILE_MAX_COUNT	9007199254740992.0

/* A profile with no mass and no nutrient: neutral in sums. */
extern const VitkProfile vitk_profile_empty;

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
vitk_profile_has(const VitkProfile *p, int nutrient)
{
	return (p->has[nutrient >> 6] >> (nutrient & 63)) & 1;
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
	return p->v + (vitk_profile_is_full(p) ? 3 : 1) * p->n;
}

static inline double
vitk_profile_count(const VitkProfile *p)
{
	return vitk_profile_is_counted(p) ?
		*vitk_profile_count_slot((VitkProfile *) p) : 1.0;
}

extern size_t vitk_profile_size(const VitkProfile *p);
extern int	vitk_profile_index(const VitkProfile *p, int nutrient);
extern const VitkUnit *vitk_profile_unit(int nutrient);
extern bool vitk_profile_amount(const VitkProfile *p, int nutrient, VitkAmount *out);
extern double vitk_profile_known_grams(const VitkProfile *p, int nutrient);
extern double vitk_profile_coverage(const VitkProfile *p, int nutrient);

extern bool vitk_profile_sum_fits(const VitkProfile *a, const VitkProfile *p, double grams);
extern void vitk_profile_sum_layout(VitkProfile *head, const VitkProfile *a,
									const VitkProfile *p, double grams, bool counted);
extern bool vitk_profile_sum(VitkProfile *dst, const VitkProfile *a,
							 const VitkProfile *p, double factor, double grams);
extern bool vitk_profile_scale(VitkProfile *dst, const VitkProfile *p,
							   double mul, double div, double grams);

extern size_t vitk_profile_canonical(VitkProfile *dst, const VitkProfile *p);
extern int	vitk_profile_cmp(const VitkProfile *a, const VitkProfile *b);
extern bool vitk_profile_valid(const VitkProfile *p, size_t size, VitkErr *err);

extern void vitk_profile_draft_init(VitkProfileDraft *draft);
extern bool vitk_profile_draft_add(VitkProfileDraft *draft, int nutrient,
								   const VitkAmount *amount, double known, VitkErr *err);
extern bool vitk_profile_draft_finish(const VitkProfileDraft *draft, VitkProfile *dst,
									  VitkErr *err);

/* profile_text.c */
#define VITK_PROFILE_TEXT_SIZE(n)	(128 + (size_t) (n) * 288)

extern bool vitk_profile_parse(const char *s, size_t len, VitkProfile *dst, VitkErr *err);
extern int	vitk_profile_format(const VitkProfile *p, char *buf);

#endif							/* VITK_CORE_NUTRIENT_PROFILE_H */
