/*
 * pooled.c
 *		Hold the estimates of tau2 of src/core/pooled.c against a fine grid.
 *
 * Random hard data: few studies, variances of many orders of magnitude, far
 * outliers, clusters.  The tau2 of ML and REML must have the highest (restricted)
 * likelihood of all values tried, that of PM must bring Q to its degrees of
 * freedom.  The numbers come from a generator of our own, so that they are the
 * same everywhere.  Prints what is wrong and how hard the data were.
 */
#include "core/pooled.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define SETS 3000
#define MAX_K 40

#define SEED 20240229
#include "random.h"

static int
hard_data(VitkMetaPoint *p)
{
	int			k = 2 + (int) (uniform() * (uniform() < 0.5 ? 6 : MAX_K - 2));
	double		spread_v = magnitude(1, 1e12);
	double		tau = uniform() < 0.3 ? 0 : magnitude(1e-4, 1e4);
	double		outlier = uniform() < 0.3 ? magnitude(1, 1e6) : 0;
	int			clusters = uniform() < 0.3 ? 2 : 1;

	for (int i = 0; i < k; i++)
	{
		p[i].v = magnitude(1 / sqrt(spread_v), sqrt(spread_v));
		p[i].y = tau * normal() + sqrt(p[i].v) * normal() + 10 * tau * (i % clusters);
	}
	if (outlier > 0)
		p[0].y += outlier * sqrt(p[0].v);
	if (uniform() < 0.05)
		for (int i = 1; i < k; i++)
			p[i].y = p[0].y;
	qsort(p, k, sizeof(*p), vitk_meta_point_cmp);
	return k;
}

/* Has a value of the grid a higher likelihood?  Counts the maxima, too. */
static bool
beaten(const VitkMetaPoint *p, int k, double tau2, bool restricted, int *maxima)
{
	double		ours = vitk_meta_log_likelihood(p, k, tau2, restricted);
	double		last = vitk_meta_log_likelihood(p, k, 0, restricted);
	bool		rising = true;
	bool		result = last > ours + 1e-9 * (1 + fabs(ours));

	*maxima = 0;
	for (double t = 1e-4 * p[0].v; t < 1e16 * p[k - 1].v; t *= 1.04)
	{
		double		ll = vitk_meta_log_likelihood(p, k, t, restricted);

		if (ll > ours + 1e-9 * (1 + fabs(ours)))
			result = true;
		/* by more than rounding */
		if (rising && ll < last - 1e-9 * (1 + fabs(last)))
			(*maxima)++;
		if (fabs(ll - last) > 1e-9 * (1 + fabs(last)))
			rising = ll > last;
		last = ll;
	}
	return result;
}

static bool
wrong(const VitkMetaPoint *p, int k, VitkPoolMethod method, int *maxima)
{
	VitkPoolOptions o = {method, VITK_POOL_Z, 0.95};
	VitkPooled	out = vitk_meta_pool(p, k, &o);
	double		q = 0;

	if (!(out.tau2 >= 0 && isfinite(out.tau2) && isfinite(out.se_tau2) && out.se > 0))
		return true;
	if (method != VITK_POOL_PM)
		return beaten(p, k, out.tau2, method == VITK_POOL_REML, maxima);
	for (int i = 0; i < k; i++)
	{
		double		r = p[i].y - out.estimate;

		q += r * r / (p[i].v + out.tau2);
	}
	return out.tau2 == 0 ? out.q > k - 1 : fabs(q / (k - 1) - 1) > 1e-6;
}

int
main(void)
{
	static const VitkPoolMethod methods[] = {VITK_POOL_PM, VITK_POOL_REML, VITK_POOL_ML};
	VitkMetaPoint p[MAX_K];
	int			failed = 0;
	int			multimodal = 0;

	for (int set = 0; set < SETS; set++)
	{
		int			k = hard_data(p);

		for (int m = 0; m < 3; m++)
		{
			int			maxima = 0;

			if (wrong(p, k, methods[m], &maxima))
			{
				printf("set %d, k = %d: %s is wrong\n", set, k, vitk_pool_method_name(methods[m]));
				failed++;
			}
			multimodal += maxima > 1;
		}
	}
	printf("%d sets, %d wrong, %d likelihoods with several maxima\n", SETS, failed, multimodal);
	return failed > 0;
}
