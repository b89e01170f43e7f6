/*
 * publication_bias.h
 *		Do small studies find something else than large ones?
 */
#ifndef VITK_CORE_PUBLICATION_BIAS_H
#define VITK_CORE_PUBLICATION_BIAS_H

#include "core/meta_regression.h"
#include "core/pooled.h"

/* Kendall's rank correlation; NaN is what the studies do not tell */
typedef struct VitkRankTest
{
	double		tau;
	double		p_value;
	bool		exact;
} VitkRankTest;

/* Beyond so many studies, and with ties, the p value is that of the normal approximation. */
#define VITK_RANK_EXACT 100

/* x has room for k numbers, work for VITK_RANK_EXACT * (VITK_RANK_EXACT - 1) / 2 + 1 */
extern VitkRankTest vitk_meta_rank_test(const VitkMetaPoint *p, int k, double *x, double *work);

/* Trim and fill: how many studies lack on one side */
typedef enum VitkFillEstimator
{
	VITK_FILL_L0 = 1,
	VITK_FILL_R0,
	VITK_FILL_Q0
} VitkFillEstimator;

/* left: studies of small effect lack; unknown: where larger errors go with smaller effects, right */
typedef enum VitkFillSide
{
	VITK_FILL_UNKNOWN = 0,
	VITK_FILL_LEFT,
	VITK_FILL_RIGHT
} VitkFillSide;

typedef struct VitkTrimAndFill
{
	VitkFillSide side;			/* unknown where equal variances or few studies cannot tell */
	int			k0;				/* -1: it did not settle */
	double		se_k0;
	double		p_value;		/* of R0: none lacks */
	double		center;			/* estimate of the trimmed studies, about which they are mirrored */
} VitkTrimAndFill;

extern bool vitk_fill_estimator_parse(const char *s, size_t len, VitkFillEstimator *out, VitkErr *err);
extern bool vitk_fill_side_parse(const char *s, size_t len, VitkFillSide *out, VitkErr *err);
extern const char *vitk_fill_side_name(VitkFillSide side);

/*
 * The side is known.  p comes back in the order of the effects, from the side
 * where studies lack; the last k0 are those to mirror.  others has room for k
 * studies.
 */
extern VitkTrimAndFill vitk_meta_trim_and_fill(VitkMetaPoint *p, int k, const VitkPoolOptions *o,
											   VitkFillEstimator estimator, VitkFillSide side,
											   VitkMetaPoint *others);

/* Where small studies lack, by the regression on the standard error: where that falls, right */
extern VitkFillSide vitk_fill_side(VitkRegression *regression);

#endif							/* VITK_CORE_PUBLICATION_BIAS_H */
