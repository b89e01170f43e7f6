/*
 * meta_regression.c
 *		Hold the tau2 of src/core/meta_regression.c against a fine grid, by normal equations in long double.
 *
 * Random hard data: few studies, variances of many orders of magnitude, moderators
 * far from zero and nearly dependent.  The tau2 of ML and REML must have the highest
 * (restricted) likelihood of all values tried; with no moderators all must be as
 * pooled.c says.  Prints what is wrong.
 */
#include "core/meta_regression.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>

#define SETS 600
#define MAX_K 30
#define MAX_P 4

#define SEED 20241128
#include "random.h"

static VitkRegressionRow row[MAX_K];
static double x[MAX_K][MAX_P];
static double q[MAX_K * MAX_P];
static double e[MAX_K];
static VitkMetaPoint points[MAX_K];

static void
hard_data(VitkRegression *m)
{
	double		spread_v = magnitude(1, 1e6);
	double		tau = uniform() < 0.3 ? 0 : magnitude(1e-3, 1e3);
	double		far = uniform() < 0.5 ? 0 : 2000;

	m->fit.p = 1 + (int) (uniform() * MAX_P);
	m->k = m->fit.k = m->fit.p + 1 + (int) (uniform() * (MAX_K - m->fit.p - 1));
	for (int i = 0; i < m->k; i++)
	{
		for (int j = 0; j < MAX_P; j++)
			x[i][j] = far + normal() + (j > 0 ? x[i][j - 1] : 0);
		row[i].v = magnitude(1 / sqrt(spread_v), sqrt(spread_v));
		row[i].y = tau * normal() + sqrt(row[i].v) * normal() + tau * x[i][0];
		row[i].x = x[i];
	}
	m->row = row;
	m->points = points;
	m->fit.q = q;
	m->fit.e = e;
}

/* The log likelihood at tau2 by X'WX = LL', moderators less those of the first study */
static long double
log_likelihood(const VitkRegression *m, long double tau2)
{
	int			p = m->fit.p;
	long double a[MAX_P + 1][MAX_P + 1] = {{0}};	/* the last row is y */
	long double logs = 0;

	for (int i = 0; i < m->k; i++)
	{
		long double w = 1 / (row[i].v + tau2);
		long double z[MAX_P + 1] = {1};

		for (int j = 1; j < p; j++)
			z[j] = (long double) row[i].x[j - 1] - row[0].x[j - 1];
		z[p] = (long double) row[i].y - row[0].y;
		logs -= logl(w);
		for (int r = 0; r <= p; r++)
			for (int c = 0; c <= r; c++)
				a[r][c] += w * z[r] * z[c];
	}
	for (int c = 0; c < p; c++)
	{
		if (m->options.method == VITK_POOL_REML)
			logs += logl(a[c][c]);
		for (int r = c + 1; r <= p; r++)
			for (int s = c + 1; s <= r; s++)
				a[r][s] -= a[r][c] * a[s][c] / a[c][c];
	}
	return -0.5L * (logs + a[p][p]);
}

static bool
beaten(const VitkRegression *m)
{
	long double ours = log_likelihood(m, m->tau2);
	long double most = ours + 1e-9L * (1 + fabsl(ours));

	if (log_likelihood(m, 0) > most)
		return true;
	for (double t = 1e-4 * row[0].v; t < 1e10 * row[m->k - 1].v; t *= 1.1)
		if (log_likelihood(m, t) > most)
			return true;
	return false;
}

static bool
differs(double a, double b)
{
	return !(fabs(a - b) <= 1e-7 * fmax(fabs(a), fabs(b)));
}

/* Without moderators it is pooled() */
static bool
unlike_pooled(const VitkRegression *m)
{
	double		none[1] = {0};
	VitkRegressionEstimate r = vitk_regression_predict(m, none);
	VitkPooled	pooled;

	for (int i = 0; i < m->k; i++)
		points[i] = (VitkMetaPoint) {row[i].y, row[i].v};
	pooled = vitk_meta_pool(points, m->k, &m->options);
	return differs(1 + pooled.tau2, 1 + m->tau2) || differs(pooled.se, r.se) || differs(pooled.q, m->qe) ||
		fabs(pooled.estimate - r.estimate) > 1e-7 * pooled.se;
}

int
main(void)
{
	static const VitkPoolMethod methods[] = {VITK_POOL_FE, VITK_POOL_DL, VITK_POOL_PM, VITK_POOL_REML, VITK_POOL_ML};
	int			failed = 0;

	for (int set = 0; set < SETS; set++)
	{
		VitkRegression m = {0};

		hard_data(&m);
		for (int i = 0; i < 5; i++)
		{
			bool		wrong;

			m.options = (VitkPoolOptions) {methods[i], VITK_POOL_ADHOC, 0.95};
			vitk_meta_regression(&m);
			wrong = m.too_few || m.dependent || !(m.tau2 >= 0 && isfinite(m.tau2)) ||
				(m.fit.p == 1 && unlike_pooled(&m)) || (i >= 3 && beaten(&m));
			if (wrong)
				printf("set %d, k = %d, p = %d: %s is wrong\n", set, m.k, m.fit.p, vitk_pool_method_name(methods[i]));
			failed += wrong;
		}
	}
	printf("%d sets, %d wrong\n", SETS, failed);
	return failed > 0;
}
