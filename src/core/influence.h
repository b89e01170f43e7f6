/*
 * influence.h
 *		What each study weighs in a meta-analysis, and what would be without it.
 *
 * Definitions are those of R's metafor (weights, rstandard, influence, dfbetas
 * of rma.uni; confint by the Q profile), doi:10.18637/jss.v036.i03.
 */
#ifndef VITK_CORE_INFLUENCE_H
#define VITK_CORE_INFLUENCE_H

#include "core/pooled.h"

/* NaN is what the studies do not tell. */
typedef struct VitkInfluence
{
	double		weight;			/* percent */
	double		residual;		/* estimate less that of all */
	double		rstandard;		/* in its standard errors */
	double		rstudent;		/* against the estimate of all others */
	double		dffits;
	double		cooks_distance;
	double		cov_ratio;
	double		tau2_deleted;
	double		q_deleted;
	double		hat;
	double		dfbetas;
	bool		influential;
} VitkInfluence;

/* Of the study at "which"; all is vitk_meta_pool() of p */
extern VitkInfluence vitk_meta_weight(const VitkMetaPoint *p, int k, int which, const VitkPooled *all);
/* others has room for k - 1 studies */
extern VitkInfluence vitk_meta_influence(const VitkMetaPoint *p, int k, int which, const VitkPooled *all,
										 const VitkPoolOptions *o, VitkMetaPoint *others);

#endif							/* VITK_CORE_INFLUENCE_H */
