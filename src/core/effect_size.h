/*
 * effect_size.h
 *		effect_size: an estimate, its standard error, df and kind.
 *
 * Every difference is first minus second, treatment minus control; a change is
 * followup minus baseline.  Definitions are those of R's metafor (escalc),
 * doi:10.18637/jss.v036.i03.
 */
#ifndef VITK_CORE_EFFECT_SIZE_H
#define VITK_CORE_EFFECT_SIZE_H

#include "core/err.h"
#include "core/study_sample.h"

#define VITK_EFFECT_LEN 160		/* the longest effect text and a NUL fit */

/* Stored: an id is never used for anything else. */
typedef enum VitkEffectKind
{
	VITK_EFFECT_NONE = 0,		/* no value: cannot be told from these data */
	VITK_EFFECT_MD,				/* mean difference */
	VITK_EFFECT_SMD,			/* standardised mean difference, Hedges' g */
	VITK_EFFECT_ROM,			/* log of the ratio of means */
	VITK_EFFECT_OR,				/* log odds ratio */
	VITK_EFFECT_RR,				/* log risk ratio */
	VITK_EFFECT_RD,				/* risk difference */
	VITK_EFFECT_GEN,			/* any other measure */
	VITK_EFFECT_HR,				/* log hazard ratio */
	VITK_EFFECT_KINDS			/* one more than the last: stored, so kinds are added before it */
} VitkEffectKind;

/* estimate finite, se > 0 and finite, df 0 (normal) or > 0 and finite; of ratios, logs */
typedef struct VitkEffect
{
	double		estimate;
	double		se;
	double		df;
	uint8_t		kind;
	uint8_t		pad[7];			/* 0 */
} VitkEffect;

extern const char *vitk_effect_kind_name(int kind);
extern int	vitk_effect_kind_by_name(const char *s, size_t len);	/* 0 when unknown */
extern bool vitk_effect_is_log(int kind);

extern bool vitk_effect_make(double estimate, double se, double df, int kind, VitkEffect *out,
							 VitkErr *err);
/* estimate and bounds as printed: of ratio kinds on the ratio scale */
extern bool vitk_effect_from_ci(double estimate, double lower, double upper, double level,
								double df, int kind, bool skewed, VitkEffect *out, VitkErr *err);
/* from its p value, or the t, z or square root of F of its test; the estimate as printed */
extern bool vitk_effect_from_p(double estimate, double p, double df, int kind,
							   VitkEffect *out, VitkErr *err);
extern bool vitk_effect_from_t(double estimate, double t, double df, int kind,
							   VitkEffect *out, VitkErr *err);
extern bool vitk_effect_parse(const char *s, size_t len, VitkEffect *out, VitkErr *err);
extern int	vitk_effect_format(const VitkEffect *e, char *buf);
extern int	vitk_effect_cmp(const VitkEffect *a, const VitkEffect *b);

extern double vitk_effect_p_value(const VitkEffect *e);
extern double vitk_effect_ci_half(const VitkEffect *e, double level);

/*
 * From samples.  Where samples are too small or without spread, there is no
 * effect: kind is VITK_EFFECT_NONE.  False, with err, for what is wrong.
 */
extern bool vitk_effect_mean_difference(const VitkSample *a, const VitkSample *b,
										bool equal_variance, VitkEffect *out, VitkErr *err);
extern bool vitk_effect_hedges_g(const VitkSample *a, const VitkSample *b,
								 VitkEffect *out, VitkErr *err);
extern bool vitk_effect_log_ratio_of_means(const VitkSample *a, const VitkSample *b,
										   VitkEffect *out, VitkErr *err);
extern bool vitk_effect_mean_change(const VitkSample *change, VitkEffect *out, VitkErr *err);
extern bool vitk_effect_ancova(const VitkSample baseline[2], const VitkSample followup[2],
							   double correlation, VitkEffect *out, VitkErr *err);

/* From counts: events[i] of n[i] */
extern bool vitk_effect_counts(int kind, const double events[2], const double n[2],
							   double continuity, VitkEffect *out, VitkErr *err);
/* what makes Hedges' g of Cohen's d, m degrees of freedom */
extern double vitk_hedges_correction(double m);

#endif							/* VITK_CORE_EFFECT_SIZE_H */
