/*
 * publication_bias.c
 *		Do small studies find something else than large ones?
 */
#include "core/publication_bias.h"

#include <math.h>
#include <stdlib.h>

#include "core/distribution.h"
#include "core/literal.h"

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

/*
 * Trim and fill: Duval and Tweedie 2000, doi:10.1111/j.0006-341X.2000.00455.x,
 * doi:10.1080/01621459.2000.10473905; as trimfill() of metafor.
 */

static const char *const estimator_name[] = {
	[0] = "",
	[VITK_FILL_L0] = "L0",
	[VITK_FILL_R0] = "R0",
	[VITK_FILL_Q0] = "Q0"
};

static const char *const side_name[] = {
	[VITK_FILL_UNKNOWN] = "auto",
	[VITK_FILL_LEFT] = "left",
	[VITK_FILL_RIGHT] = "right"
};

bool
vitk_fill_estimator_parse(const char *s, size_t len, VitkFillEstimator *out, VitkErr *err)
{
	int			found = vitk_find_word(estimator_name, sizeof(estimator_name) / sizeof(estimator_name[0]), s, len);

	if (found > 0)
	{
		*out = (VitkFillEstimator) found;
		return true;
	}
	vitk_err(err, VITK_E_NAME, "unknown estimator of missing studies \"%.*s\"", vitk_clip(s, len), s);
	return vitk_err_hint(err, "Valid estimators are L0, R0 and Q0.");
}

bool
vitk_fill_side_parse(const char *s, size_t len, VitkFillSide *out, VitkErr *err)
{
	int			found = vitk_find_word(side_name, sizeof(side_name) / sizeof(side_name[0]), s, len);

	if (found >= 0)
	{
		*out = (VitkFillSide) found;
		return true;
	}
	vitk_err(err, VITK_E_NAME, "unknown side \"%.*s\"", vitk_clip(s, len), s);
	return vitk_err_hint(err, "Valid sides are left, right and auto, which takes the one where small studies lack.");
}

const char *
vitk_fill_side_name(VitkFillSide side)
{
	return side_name[side];
}

VitkFillSide
vitk_fill_side(VitkRegression *regression)
{
	double		slope;

	vitk_meta_regression(regression);
	slope = vitk_regression_slope(regression, 1).estimate;
	if (isnan(slope))
		return VITK_FILL_UNKNOWN;
	return slope < 0 ? VITK_FILL_RIGHT : VITK_FILL_LEFT;
}

static int
by_effect(const void *a, const void *b)
{
	const VitkMetaPoint *p = a;
	const VitkMetaPoint *q = b;

	if (p->y != q->y)
		return p->y < q->y ? -1 : 1;
	return (p->v > q->v) - (p->v < q->v);
}

/*
 * Ranks of the distances from the centre: their sum above it (of R0: the largest
 * below it).  The studies rise, so that those below are met from the farthest on
 * and those above from the nearest: walk inwards from both ends.  Of equal
 * distances the one below comes first.
 */
static double
rank_sum(const VitkMetaPoint *p, int k, double center, VitkFillEstimator estimator)
{
	int			low = 0;
	int			high = k - 1;
	double		sum = 0;
	double		below = 0;

	for (int rank = k; rank > 0; rank--)
	{
		double		left = center - p[low].y;
		double		right = p[high].y - center;

		if (right >= left)
		{
			if (right > 0)
				sum += rank;
			high--;
		}
		else
		{
			if (left > 0)
				below = fmax(below, rank);
			low++;
		}
	}
	return estimator == VITK_FILL_R0 ? below : sum;
}

/* How many lack: k0, not yet a whole number, and its standard error */
static double
missing(VitkFillEstimator estimator, double k, double rank, double *se)
{
	double		k0;
	double		variance;		/* of the sum of ranks */

	if (estimator == VITK_FILL_R0)
	{
		/* where none is below the centre all are at it: nothing lacks */
		k0 = rank > 0 ? k - rank - 1 : 0;
		*se = sqrt(2 * fmax(0, k0) + 2);
		return k0;
	}
	if (estimator == VITK_FILL_L0)
		k0 = (4 * rank - k * (k + 1)) / (2 * k - 1);
	else
		k0 = k - 0.5 - sqrt(2 * k * k - 4 * rank + 0.25);
	variance = (k * (k + 1) * (2 * k + 1) + 10 * k0 * k0 * k0 + 27 * k0 * k0 + 17 * k0 -
				18 * k * k0 * k0 - 18 * k * k0 + 6 * k * k * k0) / 24;
	*se = 4 * sqrt(variance) / (2 * k - 1);
	if (estimator == VITK_FILL_Q0)
		*se = 2 * sqrt(variance) / sqrt((k - 0.5) * (k - 0.5) - k0 * (2 * k - k0 - 1));
	return k0;
}

static double
center_of_first(const VitkMetaPoint *p, int n, const VitkPoolOptions *o, VitkMetaPoint *others)
{
	for (int i = 0; i < n; i++)
		others[i] = p[i];
	qsort(others, n, sizeof(VitkMetaPoint), vitk_meta_point_cmp);
	return vitk_meta_pool(others, n, o).estimate;
}

/* metafor's limit too; where it is reached, the number goes round in circles */
#define VITK_FILL_STEPS 100

VitkTrimAndFill
vitk_meta_trim_and_fill(VitkMetaPoint *p, int k, const VitkPoolOptions *o,
						VitkFillEstimator estimator, VitkFillSide side,
						VitkMetaPoint *others)
{
	VitkTrimAndFill out = {side, -1, NAN, NAN, NAN};
	double		sign = side == VITK_FILL_RIGHT ? -1 : 1;
	int			k0 = 0;

	for (int i = 0; i < k; i++)
		p[i].y *= sign;
	qsort(p, k, sizeof(VitkMetaPoint), by_effect);
	for (int i = 0; i < VITK_FILL_STEPS && out.k0 < 0 && k0 < k; i++)
	{
		double		center = center_of_first(p, k - k0, o, others);
		double		rank = rank_sum(p, k, center, estimator);
		double		found = fmax(0, rint(missing(estimator, k, rank, &out.se_k0)));

		out.center = sign * center;
		if (found == k0)
			out.k0 = k0;
		k0 = found < k ? (int) found : k;
	}
	if (out.k0 >= 0 && estimator == VITK_FILL_R0)
		out.p_value = pow(0.5, out.k0 + 1);
	if (out.k0 < 0)
		out.se_k0 = NAN;
	for (int i = 0; i < k; i++)
		p[i].y *= sign;
	return out;
}
