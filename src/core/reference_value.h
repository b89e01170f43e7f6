/*
 * reference_value.h
 *		Which nutrients of a profile count towards a dietary reference value.
 *
 * A value is set in terms of its basis: total vitamin K, phylloquinone alone,
 * retinol activity equivalents.  Each basis has ways to count it, best first,
 * in src/data/limit_basis.csv.
 */
#ifndef VITK_CORE_REFERENCE_VALUE_H
#define VITK_CORE_REFERENCE_VALUE_H

#include "core/nutrient_profile.h"

typedef enum VitkBound
{
	VITK_EXACT,					/* the sum of its terms is the intake */
	VITK_AT_LEAST,				/* the intake is that sum or more */
	VITK_AT_MOST,				/* the intake is that sum or less */
	VITK_SET_ON,				/* as at_least; an intake whose required terms miss the value misses it */
	VITK_SUPPLEMENT,			/* the sum of a profile without food, at most the sum of one with food */
	VITK_NEVER					/* such a profile says nothing that compares */
} VitkBound;

typedef struct VitkBasisTerm
{
	int			nutrient;
	double		factor;			/* of energy: kcal in a gram */
	bool		required;		/* the way is of no use without it */
	bool		energy;			/* its energy counts, not its mass */
} VitkBasisTerm;

typedef struct VitkBasisWay
{
	VitkBound	bound;
	int			nterms;
	const VitkBasisTerm *terms;
	const char *note;			/* what to say when it is used, or NULL */
} VitkBasisWay;

typedef struct VitkLimitBasis
{
	const char *name;
	int			nways;
	const VitkBasisWay *ways;
} VitkLimitBasis;

#define VITK_COUNTED_LEN	256 /* the longest list of terms and a NUL fit */
#define VITK_COUNT_NOTES	4

/*
 * What was counted, in the unit of the limit.  lower holds whatever is not
 * known.  upper is shown; it bounds the intake where coverage is 1.  Where
 * more was eaten of unknown mass, nothing bounds it and coverage is NaN.  Verdicts
 * go by most, a bound of the intake where the share asked for is known, and by
 * miss, what an intake cannot reach is compared with: the same, or less where a
 * value was set on a part; both are infinite where nothing bounds the intake.
 */
typedef struct VitkCount
{
	bool		comparable;		/* false: in other terms, see notes */
	bool		known;			/* false: nothing of it is in the profile */
	bool		open;			/* nothing bounds it above: ignore upper */
	double		lower;
	double		upper;
	double		most;
	double		miss;
	double		coverage;		/* share of the mass that was counted */
	int			nnotes;
	const char *notes[VITK_COUNT_NOTES];
	char		counted[VITK_COUNTED_LEN];	/* such as K1 + MK-4 */
} VitkCount;

extern const VitkLimitBasis *vitk_limit_basis_by_name(const char *s, size_t len);
extern bool vitk_limit_basis_is_energy(const VitkLimitBasis *basis);
extern bool vitk_limit_count(const VitkProfile *p, const VitkLimitBasis *basis, int nutrient,
							 const VitkUnit *unit, double share, VitkCount *out, VitkErr *err);

#endif							/* VITK_CORE_REFERENCE_VALUE_H */
