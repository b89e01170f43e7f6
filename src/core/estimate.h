/*
 * estimate.h
 *		An estimate as papers print it: "27 (SE 6, n=200)", "-17 [-86, 53]".
 */
#ifndef VITK_CORE_ESTIMATE_H
#define VITK_CORE_ESTIMATE_H

#include "core/interval.h"
#include "core/literal.h"

/* What a literal says; NaN where it does not say. */
typedef struct VitkEstimate
{
	double		value;
	double		sd;
	double		se;
	double		log_se;			/* standard error of the logarithm */
	double		lower;			/* confidence interval, lower <= upper */
	double		upper;
	double		level;			/* of the interval, 0 .. 1 */
	double		n;
	double		df;
	double		sum;
	double		ss;				/* sum of squares about the mean */
	VitkInterval interval;		/* value, lower and upper, with their printed digits */
} VitkEstimate;

extern bool vitk_estimate_parse(const char *s, const char *end, VitkEstimate *out, VitkErr *err);
extern bool vitk_level_valid(double level, VitkErr *err);

/* What the files of both types share to read, order and write */
extern double vitk_round_to_digits(double v, int digits);
extern double vitk_as_printed(double v);
extern int	vitk_put(char *buf, int n, const char *text);

static inline int
vitk_double_cmp(double a, double b)
{
	return (a > b) - (a < b);
}

#endif							/* VITK_CORE_ESTIMATE_H */
