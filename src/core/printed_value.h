/*
 * printed_value.h
 *		A value as food composition tables print it.
 */
#ifndef VITK_CORE_PRINTED_VALUE_H
#define VITK_CORE_PRINTED_VALUE_H

#include "core/err.h"

typedef enum VitkPrintedKind
{
	VITK_PRINTED_VALUE,			/* a number */
	VITK_PRINTED_BELOW,			/* "< x": 0 to x */
	VITK_PRINTED_TRACE,			/* present, how much is not said */
	VITK_PRINTED_IMPUTED,		/* "(12)": estimated, not measured */
	VITK_PRINTED_ASSUMED_ZERO,	/* "(0)" */
	VITK_PRINTED_UNKNOWN		/* blank, dash: nobody knows */
} VitkPrintedKind;

/* How a table prints */
typedef struct VitkPrintedRule
{
	int			dialect;		/* of vitk_printed_dialect(); 0: what is common to all */
	char		decimal_mark;	/* '.' or ',', or 0 to read both where that is unambiguous */
} VitkPrintedRule;

extern int	vitk_printed_dialect(const char *name, size_t len);
extern void vitk_printed_dialect_list(char *list, size_t size);
extern bool vitk_printed_parse(const char *s, size_t len, const VitkPrintedRule *rule,
							   VitkPrintedKind *kind, double *value, VitkErr *err);
extern bool vitk_printed_per(const char *s, size_t len, double *grams,
							 VitkErr *err);

#endif							/* VITK_CORE_PRINTED_VALUE_H */
