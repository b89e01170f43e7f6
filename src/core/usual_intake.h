/*
 * usual_intake.h
 *		Usual intakes from diaries of a few days: variance components, the
 *		shrinkage of NRC 1986, shares below and above a reference value.
 */
#ifndef VITK_CORE_USUAL_INTAKE_H
#define VITK_CORE_USUAL_INTAKE_H

#include "core/study_sample.h"

#define VITK_COMPONENTS_LEN 256 /* the longest variance_components text and a NUL fit */

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
} VitkComponents;

/* The scale on which days of a person scatter evenly */
typedef enum VitkIntakeScale
{
	VITK_INTAKE_NONE,
	VITK_INTAKE_SQRT,
	VITK_INTAKE_CUBEROOT,
	VITK_INTAKE_LOG
} VitkIntakeScale;

extern bool vitk_intake_scale_by_name(const char *s, size_t len, VitkIntakeScale *out, VitkErr *err);
extern bool vitk_usual_scale(double x, VitkIntakeScale scale, double *out, VitkErr *err);
extern bool vitk_usual_unscale(double y, VitkIntakeScale scale, double *out, VitkErr *err);

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

/* the person has one day or more */
extern bool vitk_usual_intake(const VitkSample *person, const VitkComponents *c, VitkIntakeScale scale,
							  double *out, VitkErr *err);

/* May a share of persons be told from a reference value of this kind? */
extern bool vitk_share_kind(const char *kind, size_t len, bool above, VitkErr *err);
extern bool vitk_components_share(const VitkComponents *c, double reference, VitkIntakeScale scale,
								  bool above, double *out, VitkErr *err);

#endif							/* VITK_CORE_USUAL_INTAKE_H */
