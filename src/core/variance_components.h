/*
 * variance_components.h
 *		The days of persons, and how much they vary within and between persons.
 */
#ifndef VITK_CORE_VARIANCE_COMPONENTS_H
#define VITK_CORE_VARIANCE_COMPONENTS_H

#include "core/study_sample.h"

#define VITK_COMPONENTS_LEN 288 /* the longest variance_components text and a NUL fit */

/*
 * What a one-way analysis of variance needs, in sums that pool.  "between" is
 * as a sample of all days, each of them replaced by the mean of its person.
 */
typedef struct VitkComponents
{
	double		persons;
	double		days_squared;	/* sum over persons of their days squared */
	double		means;			/* sum of the means of persons */
	double		ss_within;		/* sum of squares of days about their person's mean */
	VitkSample	between;
	double		zero_days;		/* days known to be at zero, of all */
} VitkComponents;

/* false if it would overflow */
extern bool vitk_components_add(VitkComponents *c, const VitkSample *person);
extern bool vitk_components_pool(const VitkComponents *a, const VitkComponents *b, VitkComponents *out);

extern bool vitk_components_from_parts(double persons, double days_each, double mean, double within,
									   double between, VitkComponents *out, VitkErr *err);
extern bool vitk_components_valid(const VitkComponents *c, VitkErr *err);
extern int	vitk_components_cmp(const VitkComponents *a, const VitkComponents *b);
extern bool vitk_components_parse(const char *s, size_t len, VitkComponents *out, VitkErr *err);
extern int	vitk_components_format(const VitkComponents *c, char *buf);

/* NaN where there are too few persons or days */
extern double vitk_components_mean(const VitkComponents *c);
extern double vitk_components_within(const VitkComponents *c);
extern double vitk_components_between(const VitkComponents *c, bool truncated);

#endif							/* VITK_CORE_VARIANCE_COMPONENTS_H */
