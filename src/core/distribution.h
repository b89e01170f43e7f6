/*
 * distribution.h
 *		Distribution functions and quantiles: normal, Student t, chi-square, F.
 *
 * Each takes the tail it is asked for, so that nothing is lost in 1 - p: with
 * upper, a probability is that of values above.  Right to 1e-12 relative
 * against R, far tails included (test/t/080_distribution.pl).
 */
#ifndef VITK_CORE_DISTRIBUTION_H
#define VITK_CORE_DISTRIBUTION_H

#include <stdbool.h>

extern double vitk_normal_cdf(double x, bool upper);
extern double vitk_t_cdf(double t, double df, bool upper);
extern double vitk_chisq_cdf(double x, double df, bool upper);
extern double vitk_f_cdf(double x, double df1, double df2, bool upper);

/* NaN outside 0 < p < 1 (0 <= p <= 1 gives the ends, infinite where they are) */
extern double vitk_normal_quantile(double p, bool upper);
extern double vitk_t_quantile(double p, double df, bool upper);
extern double vitk_chisq_quantile(double p, double df, bool upper);

#endif							/* VITK_CORE_DISTRIBUTION_H */
