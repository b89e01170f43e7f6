/*
 * publication_bias.c
 *		Do small studies find something else than large ones?
 */
#include "core/publication_bias.h"

#include <math.h>
#include <stdlib.h>

#include "core/distribution.h"

static int
double_order(const void *a, const void *b)
{
	double		x = *(const double *) a;
	double		y = *(const double *) b;

	return (x > y) - (x < y);
}

/* Sums over groups of equal numbers: t(t-1), t(t-1)(t-2), t(t-1)(2t+5); x comes back in order */
static void
count_ties(double *x, int k, double ties[3])
{
	ties[0] = ties[1] = ties[2] = 0;
	qsort(x, k, sizeof(double), double_order);
	for (int i = 0, end; i < k; i = end)
	{
		double		t;

		for (end = i + 1; end < k && x[end] == x[i];)
			end++;
		t = end - i;
		ties[0] += t * (t - 1);
		ties[1] += t * (t - 1) * (t - 2);
		ties[2] += t * (t - 1) * (2 * t + 5);
	}
}

/* The normal approximation with ties, as cor.test() of R */
static double
normal_p(double s, double k, const double tx[3], const double ty[3])
{
	double		pairs = k * (k - 1);
	double		variance = (pairs * (2 * k + 5) - tx[2] - ty[2]) / 18 +
		tx[0] * ty[0] / (2 * pairs) + tx[1] * ty[1] / (9 * pairs * (k - 2));

	return 2 * vitk_normal_cdf(fabs(s) / sqrt(variance), true);
}

/*
 * Twice the share of the orders of k numbers that have as few pairs of the rarer
 * kind, concordant or discordant, or fewer.  share[c] are the orders with c such
 * pairs: a number more goes to one of n places, and adds none to n - 1 of them.
 */
static double
exact_p(int k, double s, double *share)
{
	int			pairs = k * (k - 1) / 2;
	int			few = (int) ((pairs - fabs(s)) / 2 + 0.5);
	double		p = 0;

	for (int c = 0; c <= pairs; c++)
		share[c] = c == 0;
	for (int n = 2; n <= k; n++)
		for (int c = n * (n - 1) / 2; c >= 0; c--)	/* from above: what is read is still of n - 1 */
		{
			double		sum = 0;

			for (int j = 0; j < n && j <= c; j++)
				sum += share[c - j];
			share[c] = sum / n;
		}
	for (int c = 0; c <= few; c++)
		p += share[c];
	return fmin(1, 2 * p);
}

/*
 * Begg and Mazumdar 1994, doi:10.2307/2533446, as ranktest() of metafor:
 * Kendall's tau of the standardised deviates from the fixed-effect estimate and
 * the variances.
 */
VitkRankTest
vitk_meta_rank_test(const VitkMetaPoint *p, int k, double *x, double *work)
{
	VitkRankTest out = {NAN, NAN, false};
	const VitkPoolOptions fixed = {VITK_POOL_FE, VITK_POOL_Z, 0.95};
	VitkPooled	all = vitk_meta_pool(p, k, &fixed);
	double		ties[2][3];
	double		s = 0;
	double		pairs = k * (k - 1.0);

	if (k < 3)
		return out;
	for (int i = 0; i < k; i++)
		x[i] = (p[i].y - all.estimate) / sqrt(p[i].v - all.se * all.se);
	for (int i = 0; i < k; i++)
		for (int j = 0; j < i; j++)
			s += ((x[i] > x[j]) - (x[i] < x[j])) * ((p[i].v > p[j].v) - (p[i].v < p[j].v));
	count_ties(x, k, ties[0]);
	for (int i = 0; i < k; i++)
		x[i] = p[i].v;
	count_ties(x, k, ties[1]);
	if (ties[0][0] == pairs || ties[1][0] == pairs)
		return out;
	out.tau = s / sqrt((pairs - ties[0][0]) / 2 * ((pairs - ties[1][0]) / 2));
	out.exact = k <= VITK_RANK_EXACT && ties[0][0] == 0 && ties[1][0] == 0;
	out.p_value = out.exact ? exact_p(k, s, work) : normal_p(s, k, ties[0], ties[1]);
	return out;
}
