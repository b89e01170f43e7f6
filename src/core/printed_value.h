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
	VITK_PRINTED_UNKNOWN		/* blank, dash: nobody knows */
} VitkPrintedKind;

extern bool vitk_printed_parse(const char *s, size_t len, char decimal_mark,
							   VitkPrintedKind *kind, double *value,
							   VitkErr *err);
extern bool vitk_printed_per(const char *s, size_t len, double *grams,
							 VitkErr *err);

#endif							/* VITK_CORE_PRINTED_VALUE_H */
