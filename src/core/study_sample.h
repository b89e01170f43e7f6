/*
 * study_sample.h
 *		study_sample: how many, their sum, their spread.
 */
#ifndef VITK_CORE_STUDY_SAMPLE_H
#define VITK_CORE_STUDY_SAMPLE_H

#include <math.h>

#include "core/err.h"
#include "core/number.h"

#define VITK_SAMPLE_MAX_N 9007199254740991.0	/* 2^53 - 1: up to there doubles count by one */
#define VITK_SAMPLE_LEN 192		/* the longest sample text and a NUL fit */

/*
 * n is a whole number, sum and ss are finite, ss >= 0; ss = 0 where n is 1,
 * sum = 0 as well where n is 0.  A zero has no sign.
 */
typedef struct VitkSample
{
	double		n;
	double		sum;
	double		ss;				/* sum of squares about the mean */
} VitkSample;

/*
 * Add a value (Youngs and Cramer 1971, doi:10.1080/00401706.1971.10488826, as
 * float8_accum does).  False if the sample is no longer finite: x was not, or
 * the sums overflow.
 */
static inline bool
vitk_sample_add(VitkSample *s, double x)
{
	double		n = s->n + 1;

	x = vitk_flush(vitk_sas_zero(x));
	s->sum += x;
	if (s->n > 0)
	{
		double		d = x * n - s->sum;

		s->ss = vitk_flush(s->ss + d * d / (n * s->n));
	}
	s->n = n;
	return isfinite(s->sum) && isfinite(s->ss) && n <= VITK_SAMPLE_MAX_N;
}

/* n >= 1 for the mean, n >= 2 for what tells the spread */
static inline double
vitk_sample_mean(const VitkSample *s)
{
	return s->sum / s->n;
}

static inline double
vitk_sample_variance(const VitkSample *s)
{
	return s->ss / (s->n - 1);
}

static inline double
vitk_sample_sd(const VitkSample *s)
{
	return sqrt(vitk_sample_variance(s));
}

static inline double
vitk_sample_se(const VitkSample *s)
{
	return sqrt(vitk_sample_variance(s) / s->n);
}

/* out may be a or b; false if it would overflow */
extern bool vitk_sample_pool(const VitkSample *a, const VitkSample *b, VitkSample *out);
extern int	vitk_sample_cmp(const VitkSample *a, const VitkSample *b);
extern bool vitk_sample_valid(const VitkSample *s, VitkErr *err);

/* from what papers print */
extern bool vitk_sample_from_sd(double n, double mean, double sd, VitkSample *out, VitkErr *err);
extern bool vitk_sample_from_se(double n, double mean, double se, VitkSample *out, VitkErr *err);
extern bool vitk_sample_from_ci(double n, double mean, double lower, double upper, double level,
								bool skewed, VitkSample *out, VitkErr *err);
extern bool vitk_sample_parse(const char *s, size_t len, VitkSample *out, VitkErr *err);
extern int	vitk_sample_format(const VitkSample *s, const char *plus_minus, char *buf);

/* half the width of the confidence interval of the mean, n >= 2 */
extern double vitk_sample_ci_half(const VitkSample *s, double level);

/* followup minus baseline, of the same subjects; NaN for a correlation asks for it */
extern bool vitk_sample_change(const VitkSample *baseline, const VitkSample *followup,
							   double correlation, VitkSample *out, VitkErr *err);
extern bool vitk_sample_change_correlation(const VitkSample *baseline, const VitkSample *followup,
										   const VitkSample *change, double *out, VitkErr *err);

#endif							/* VITK_CORE_STUDY_SAMPLE_H */
