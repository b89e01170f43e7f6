/*
 * intake_vs_limit.h
 *		What an intake says about a person, compared with a reference value.
 */
#ifndef VITK_CORE_INTAKE_VS_LIMIT_H
#define VITK_CORE_INTAKE_VS_LIMIT_H

#include <stdbool.h>
#include <stddef.h>

/* The role of a reference value; the kinds of each are in src/data/reference_value_kind.csv */
typedef enum VitkLimitKind
{
	VITK_LIMIT_UNKNOWN,
	VITK_LIMIT_AVERAGE,			/* EAR: half of all need more */
	VITK_LIMIT_ENOUGH,			/* RDA, PRI, RNI, AI: enough for nearly all */
	VITK_LIMIT_UPPER,			/* UL, guidance_level, CDRR, food_ceiling */
	VITK_LIMIT_SAFE,			/* safe_level: no harm up to there, nothing known above */
	VITK_LIMIT_RANGE,			/* AMDR, DG: from, to, or both */
	VITK_LIMIT_LABEL,			/* NRV, DV: what labels count as 100 % */
	VITK_LIMIT_CONTEXT			/* doses, habitual intakes: not a limit of a person */
} VitkLimitKind;

/* How the amount of a reference value is to be read; see vitk_limit_bound() */
typedef enum VitkLimitBound
{
	VITK_BOUND_UNKNOWN,
	VITK_BOUND_VALUE,			/* a value, of a range kind its two ends */
	VITK_BOUND_AT_LEAST,		/* of a range kind, its lower end alone */
	VITK_BOUND_AT_MOST,			/* its upper end alone */
	VITK_BOUND_HULL,			/* all values that may hold for a person not well known */
	VITK_BOUND_NONE_SET,		/* the authority looked and set none */
	VITK_BOUND_NO_VALUE			/* it has values for others, none for such a person */
} VitkLimitBound;

/* In the order in which an analyst wants to see them */
typedef enum VitkVerdict
{
	VITK_VERDICT_NONE,
	VITK_EXCEEDS,
	VITK_LIKELY_INADEQUATE,
	VITK_ABOVE_RANGE,
	VITK_BELOW_RANGE,
	VITK_UNCERTAIN,
	VITK_NOT_COMPARABLE,
	VITK_NO_CONCLUSION,
	VITK_WITHIN_LIMIT,
	VITK_WITHIN_RANGE,
	VITK_ADEQUATE,
	VITK_NO_LIMIT_SET,
	VITK_NO_VALUE
} VitkVerdict;

/*
 * An intake as verdicts see it: at least lower; at most most (infinite where
 * nothing bounds it); miss is what may not reach a value, see VitkCount.
 */
typedef struct VitkIntake
{
	double		lower;
	double		most;
	double		miss;
} VitkIntake;

extern VitkLimitKind vitk_limit_kind(const char *s, size_t len);
extern void vitk_limit_kind_names(VitkLimitKind first, VitkLimitKind last, char *list, size_t size);
extern const char *vitk_verdict_name(VitkVerdict verdict);
extern VitkLimitBound vitk_limit_bound(const char *s, size_t len);
extern VitkVerdict vitk_verdict(VitkLimitKind kind, VitkLimitBound bound, const VitkIntake *intake,
								double limit_lower, double limit_upper);

#endif							/* VITK_CORE_INTAKE_VS_LIMIT_H */
