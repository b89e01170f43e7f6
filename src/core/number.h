/*
 * number.h
 *		Numbers as text: finite decimals in, shortest exact text out.
 */
#ifndef VITK_NUMBER_H
#define VITK_NUMBER_H

#include "core/err.h"

#define VITK_NUMBER_LEN 32		/* "-1.7976931348623157e+308" and a NUL fit */

/* ASCII alone, whatever the locale */
static inline bool
vitk_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline char
vitk_lower_case(char c)
{
	return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

static inline bool
vitk_is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

extern bool vitk_number_parse(const char **p, const char *end, double *out,
							  VitkErr *err);
extern int	vitk_number_format(double v, char *buf);

#endif							/* VITK_NUMBER_H */
