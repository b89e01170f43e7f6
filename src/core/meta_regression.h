/*
 * meta_regression.h
 *		What of the differences between studies goes with their moderators.
 *
 * Definitions are those of R's metafor (rma.uni with mods, predict),
 * doi:10.18637/jss.v036.i03.
 */
#ifndef VITK_CORE_META_REGRESSION_H
#define VITK_CORE_META_REGRESSION_H

#include "core/least_squares.h"
#include "core/pooled.h"

#define VITK_MAX_MODERATORS (VITK_MAX_COLUMNS - 1)
/* a fit walks over all of them some hundred times */
#define VITK_REGRESSION_STUDIES 10000

/* One study: as a VitkMetaPoint, and its moderators, each within VITK_META_MAX of zero */
typedef struct VitkRegressionRow
{
	double		y;
	double		v;
	const double *x;
} VitkRegressionRow;

/* NaN is what the studies do not tell; all of it with an obstacle */
typedef struct VitkRegression
{
	/* given: rows in any order, room for k points, k * p and k numbers */
	VitkRegressionRow *row;
	int			k;
	VitkPoolOptions options;
	VitkMetaPoint *points;
	VitkLeastSquares fit;		/* p: moderators and intercept */
	/* found */
	bool		too_few;		/* obstacle: as many coefficients as studies */
	int			dependent;		/* obstacle: this moderator, from 1, follows from those before */
	VitkPoolTest test;
	double		b[VITK_MAX_COLUMNS];	/* from the heaviest study */
	double		scale;			/* what Knapp and Hartung multiply variances by */
	double		df;				/* of t; NaN for z */
	double		tau2;
	double		se_tau2;
	double		i2;				/* percent */
	double		h2;
	double		r2;				/* percent */
	double		qe;				/* what is left between studies */
	double		qe_df;
	double		qe_p;
	double		qm;				/* the moderators together: chi-square, or F where df2 is a number */
	double		qm_df1;
	double		qm_df2;
	double		qm_p;
} VitkRegression;

typedef struct VitkRegressionEstimate
{
	double		estimate;
	double		se;
	double		statistic;
	double		p_value;
	double		ci_lower;
	double		ci_upper;
	double		predict_lower;	/* where the effect of a new study is expected */
	double		predict_upper;
} VitkRegressionEstimate;

extern void vitk_meta_regression(VitkRegression *m);
/* of one moderator, by its number from 1 */
extern VitkRegressionEstimate vitk_regression_slope(const VitkRegression *m, int moderator);
/* the effect at these moderators; at zeros it is the intercept */
extern VitkRegressionEstimate vitk_regression_predict(const VitkRegression *m, const double *x);

#endif							/* VITK_CORE_META_REGRESSION_H */
