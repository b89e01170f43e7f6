/*
 * printed_sample.h
 *		Mean and SD of samples of which a paper prints quantiles, or a geometric
 *		mean; and what designs with clusters, shared controls and crossover need.
 */
#ifndef VITK_CORE_PRINTED_SAMPLE_H
#define VITK_CORE_PRINTED_SAMPLE_H

#include "core/effect_size.h"

/* How the mean is estimated */
typedef enum VitkQuantileMethod
{
	VITK_QUANTILES_LUO = 1,		/* Luo et al. 2018, doi:10.1177/0962280216669183: optimal weights */
	VITK_QUANTILES_WAN			/* Wan et al. 2014, doi:10.1186/1471-2288-14-135: equal ones */
} VitkQuantileMethod;

/* What of the five numbers is known, the rest NaN */
typedef struct VitkQuantiles
{
	double		n;
	double		minimum;
	double		q1;
	double		median;
	double		q3;
	double		maximum;
} VitkQuantiles;

extern bool vitk_quantile_method_parse(const char *s, size_t len, VitkQuantileMethod *out, VitkErr *err);

/* Minimum and maximum, or both quartiles, or all; the SD is Wan's */
extern bool vitk_sample_from_quantiles(const VitkQuantiles *q, VitkQuantileMethod method,
									   VitkSample *out, VitkErr *err);
/* Of log-normal values: mean and SD on their own scale */
extern bool vitk_sample_from_geometric(double n, double mean, double sd, VitkSample *out, VitkErr *err);
extern bool vitk_sample_from_geometric_ci(double n, double mean, double lower, double upper,
										  double level, VitkSample *out, VitkErr *err);

/* Standardised mean change: by the SD of the change, or of baseline; metafor's SMCC, SMCR */
extern bool vitk_effect_smcc(const VitkSample *baseline, const VitkSample *followup,
							 double correlation, VitkEffect *out, VitkErr *err);
extern bool vitk_effect_smcr(const VitkSample *baseline, const VitkSample *followup,
							 double correlation, VitkEffect *out, VitkErr *err);

/* n of the sample divided among parts, as whole numbers that add up to it */
extern bool vitk_sample_part(const VitkSample *s, double parts, double part, VitkSample *out, VitkErr *err);
/* A sample of clusters has as much to tell as n / design_effect persons. */
extern bool vitk_sample_effective(const VitkSample *s, double design_effect, VitkSample *out, VitkErr *err);

#endif							/* VITK_CORE_PRINTED_SAMPLE_H */
