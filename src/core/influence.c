/*
 * influence.c
 *		What each study weighs in a meta-analysis, and what would be without it.
 */
#include "core/influence.h"

#include <math.h>

#include "core/distribution.h"

/* The sum of the weights 1 / (v + tau2) */
static double
sum_of_weights(const VitkMetaPoint *p, int k, double tau2)
{
	double		w = 0;

	for (int i = 0; i < k; i++)
		w += 1 / (p[i].v + tau2);
	return w;
}

VitkInfluence
vitk_meta_weight(const VitkMetaPoint *p, int k, int which, const VitkPooled *all)
{
	VitkInfluence out = {NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, false};
	double		w = sum_of_weights(p, k, all->tau2);
	double		v = p[which].v + all->tau2;

	out.hat = 1 / v / w;
	out.weight = 100 * out.hat;
	out.residual = p[which].y - all->estimate;
	if (k > 1)
		out.rstandard = out.residual / sqrt(v * (1 - out.hat));
	return out;
}

/* Viechtbauer and Cheung 2010, doi:10.1002/jrsm.11, for a model of nothing but a mean */
VitkInfluence
vitk_meta_influence(const VitkMetaPoint *p, int k, int which, const VitkPooled *all,
					const VitkPoolOptions *o, VitkMetaPoint *others)
{
	VitkInfluence out = vitk_meta_weight(p, k, which, all);
	double		variance = all->se * all->se;
	VitkPooled	del;
	double		scale;			/* what Knapp and Hartung multiply variances by */
	double		shift;

	if (k < 2)
		return out;
	for (int i = 0; i < k - 1; i++)
		others[i] = p[i < which ? i : i + 1];
	del = vitk_meta_pool(others, k - 1, o);
	scale = del.se * del.se * sum_of_weights(others, k - 1, del.tau2);
	shift = all->estimate - del.estimate;
	out.tau2_deleted = del.tau2;
	out.q_deleted = del.q;
	out.rstudent = (p[which].y - del.estimate) /
		sqrt((p[which].v + del.tau2) * scale + del.se * del.se);
	out.dffits = shift / sqrt(scale * out.hat * (del.tau2 + p[which].v));
	out.cooks_distance = shift * shift / variance;
	out.cov_ratio = del.se * del.se / variance;
	out.dfbetas = shift / sqrt(scale / sum_of_weights(p, k, del.tau2));
	out.influential = fabs(out.dffits) > 3 * sqrt(1.0 / (k - 1)) ||
		vitk_chisq_cdf(out.cooks_distance, 1, false) > 0.5 ||
		out.hat > 3.0 / k || fabs(out.dfbetas) > 1;
	return out;
}
