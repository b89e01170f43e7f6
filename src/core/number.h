/*
 * number.h
 *		Numbers as text: finite decimals in, shortest exact text out.
 */
#ifndef VITK_NUMBER_H
#define VITK_NUMBER_H

#include <float.h>

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

/* SAS writes its zero as 16^-65, printed as 5.397605e-79 and the like. */
static inline double
vitk_sas_zero(double v)
{
	return v > 5.3976e-79 && v < 5.39762e-79 ? 0 : v;
}

/* What a computation leaves of nothing: a denormal, which no type keeps */
static inline double
vitk_flush(double v)
{
	return v > -DBL_MIN && v < DBL_MIN ? 0 : v;
}

static inline bool
vitk_is_denormal(double v)
{
	return v != 0 && vitk_flush(v) == 0;
}

extern bool vitk_number_parse(const char **p, const char *end, double *out,
							  VitkErr *err);
extern int	vitk_number_format(double v, char *buf);

#endif							/* VITK_NUMBER_H */
