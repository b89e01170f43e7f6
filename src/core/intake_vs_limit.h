/*
 * intake_vs_limit.h
 *		What an intake says about a person, held against a reference value.
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
	VITK_LIMIT_UPPER,			/* UL, guidance_level */
	VITK_LIMIT_CONTEXT			/* NRV, doses, habitual intakes: not a limit of a person */
} VitkLimitKind;

/* In the order in which an analyst wants to see them */
typedef enum VitkVerdict
{
	VITK_VERDICT_NONE,
	VITK_EXCEEDS,
	VITK_LIKELY_INADEQUATE,
	VITK_UNCERTAIN,
	VITK_NOT_COMPARABLE,
	VITK_NO_CONCLUSION,
	VITK_WITHIN_LIMIT,
	VITK_ADEQUATE,
	VITK_NO_LIMIT_SET
} VitkVerdict;

extern VitkLimitKind vitk_limit_kind(const char *s, size_t len);
extern void vitk_limit_kind_names(VitkLimitKind first, VitkLimitKind last, char *list, size_t size);
extern const char *vitk_verdict_name(VitkVerdict verdict);
extern VitkVerdict vitk_verdict(VitkLimitKind kind, double lower, double upper, bool open,
								double limit_lower, double limit_upper);

#endif							/* VITK_CORE_INTAKE_VS_LIMIT_H */
