/*
 * meta_regression.c
 *		What of the differences between studies goes with their moderators.
 *
 * Weights are 1 / (v + tau2).  Estimates and moderators are taken as differences
 * from those of the heaviest study, as in pooled.c: where it outweighs all others,
 * what is left of it would else be nothing but rounding.
 */
#include "core/meta_regression.h"

#include <math.h>
#include <stdlib.h>

#include "core/distribution.h"
#include "core/tau2.h"

static int
row_cmp(const void *a, const void *b)
{
	const VitkRegressionRow *p = a;
	const VitkRegressionRow *q = b;

	if (p->v != q->v)
		return p->v < q->v ? -1 : 1;
	if (p->y != q->y)
		return p->y < q->y ? -1 : 1;
	return (p->x > q->x) - (p->x < q->x);
}

/* With weights, or all alike; the first moderator's column that follows from those before, as vitk_least_squares */
static int
fit_at(const VitkRegression *m, double tau2, bool weighted, VitkLeastSquares *s)
{
	*s = m->fit;
	for (int i = 0; i < m->k; i++)
	{
		const VitkRegressionRow *row = &m->row[i];
		double		root = weighted ? 1 / sqrt(row->v + tau2) : 1;

		s->e[i] = root * (row->y - m->row[0].y);
		s->q[i] = root;
		for (int j = 1; j < s->p; j++)
			s->q[(long) j * m->k + i] = root * (row->x[j - 1] - m->row[0].x[j - 1]);
	}
	return vitk_least_squares(s);
}

/*
 * The sums at one tau2, with P = W - W X (X'W X)^-1 X'W as in pooled.c: its
 * elements are sqrt(w_i w_j) ((i = j) - h_ij), with h = Q Q'.
 */
typedef struct Sums
{
	double		w;				/* sum of weights, and of their squares */
	double		w2;
	double		trace_P;
	double		trace_PP;
	double		log_det;		/* of X'W X */
	double		rr;				/* y'Py */
	double		rPr;			/* y'PPy */
	double		rPPr;			/* y'PPPy */
} Sums;

/* 1 - h of a row; of the heaviest, which may be all but zero, by what the others have of the first column */
static double
one_less_hat(const VitkLeastSquares *s, int i)
{
	double		left = i == 0 ? 0 : 1 - s->q[i] * s->q[i];

	for (int other = 1; i == 0 && other < s->k; other++)
		left += s->q[other] * s->q[other];
	for (int j = 1; j < s->p; j++)
		left -= s->q[(long) j * s->k + i] * s->q[(long) j * s->k + i];
	return fmax(0, left);
}

/* Of P, the squares of what is not on the diagonal: first among the rows but the heaviest, then with that */
static double
squares_beside_diagonal(const VitkRegression *m, const VitkLeastSquares *s, double tau2)
{
	double		sum = 0;
	double		w0 = 1 / (m->row[0].v + tau2);

	for (int a = 0; a < s->p; a++)
		for (int b = 0; b < s->p; b++)
		{
			const double *qa = s->q + (long) a * s->k;
			const double *qb = s->q + (long) b * s->k;
			double		cross = 0;

			for (int i = 1; i < s->k; i++)
				cross += qa[i] * qb[i] / (m->row[i].v + tau2);
			sum += cross * cross + 2 * w0 * qa[0] * qb[0] * cross;
		}
	for (int i = 1; i < s->k; i++)
	{
		double		wh = (1 - one_less_hat(s, i)) / (m->row[i].v + tau2);

		sum -= wh * wh;
	}
	return sum;
}

static void
sum_up(const VitkRegression *m, double tau2, VitkLeastSquares *s, Sums *out)
{
	double		shared[VITK_MAX_COLUMNS] = {0};

	*out = (Sums) {0};
	fit_at(m, tau2, true, s);
	for (int i = 0; i < s->k; i++)
	{
		double		w = 1 / (m->row[i].v + tau2);
		double		diagonal = w * one_less_hat(s, i);
		double		we = w * s->e[i];

		out->w += w;
		out->w2 += w * w;
		out->trace_P += diagonal;
		out->trace_PP += diagonal * diagonal;
		out->rr += s->e[i] * s->e[i];
		out->rPr += s->e[i] * we;
		out->rPPr += we * we;
		for (int j = 0; j < s->p; j++)
			shared[j] += s->q[(long) j * s->k + i] * we;
	}
	out->trace_PP += squares_beside_diagonal(m, s, tau2);
	for (int j = 0; j < s->p; j++)
	{
		out->rPPr -= shared[j] * shared[j];
		out->log_det += 2 * log(s->r[j][j]);
	}
}

/* As score() of pooled.c */
static double
score_at(const void *data, double tau2, double *slope)
{
	const VitkRegression *m = data;
	VitkLeastSquares s;
	Sums		sums;

	sum_up(m, tau2, &s, &sums);
	switch (m->options.method)
	{
		case VITK_POOL_PM:
			*slope = -sums.rPr;
			return sums.rr - (m->k - s.p);
		case VITK_POOL_ML:
			*slope = sums.w2 - 2 * sums.rPPr;
			return sums.rPr - sums.w;
		default:
			*slope = sums.trace_PP - 2 * sums.rPPr;
			return sums.rPr - sums.trace_P;
	}
}

static double
log_likelihood_at(const void *data, double tau2)
{
	const VitkRegression *m = data;
	VitkLeastSquares s;
	Sums		sums;
	double		logs = 0;

	sum_up(m, tau2, &s, &sums);
	for (int i = 0; i < m->k; i++)
		logs += log(m->row[i].v + tau2);
	if (m->options.method == VITK_POOL_REML)
		logs += sums.log_det;
	return -0.5 * (logs + sums.rr);
}

/* The range as in pooled.c: what is left of y is less than y - y_0 */
static double
search_tau2(const VitkRegression *m)
{
	VitkTau2Model search = {.score = score_at, .log_likelihood = log_likelihood_at, .data = m,
		.from = m->row[0].v / 16, .to = m->row[m->k - 1].v,
	.falling = m->options.method == VITK_POOL_PM};
	double		farthest = 0;

	for (int i = 1; i < m->k; i++)
		farthest = fmax(farthest, fabs(m->row[i].y - m->row[0].y));
	search.to = fmax(search.to, 2.0 * m->k / (m->k - m->fit.p) * farthest * farthest);
	return vitk_search_tau2(&search);
}

/* "fixed" are the sums at tau2 = 0 */
static void
estimate_tau2(VitkRegression *m, const Sums *fixed)
{
	double		df = m->k - m->fit.p;
	double		t;
	VitkLeastSquares s;
	Sums		sums;

	if (m->options.method == VITK_POOL_FE)
	{
		m->tau2 = 0;
		return;
	}
	if (m->options.method == VITK_POOL_DL)
	{
		t = m->tau2 = fmax(0, (fixed->rr - df) / fixed->trace_P);
		m->se_tau2 = sqrt(2 * df + 4 * t * fixed->trace_P + 2 * t * t * fixed->trace_PP) / fixed->trace_P;
		return;
	}
	m->tau2 = search_tau2(m);
	sum_up(m, m->tau2, &s, &sums);
	if (m->options.method == VITK_POOL_PM)
		m->se_tau2 = m->k * sqrt(2 / df) / sums.w;
	else
		m->se_tau2 = sqrt(2 / (m->options.method == VITK_POOL_ML ? sums.w2 : sums.trace_PP));
}

/* What is left between the studies, and how much of it the moderators took */
static void
heterogeneity(VitkRegression *m, const Sums *fixed, double explained)
{
	double		typical = m->qe_df / fixed->trace_P;
	double		without;

	if (m->options.method == VITK_POOL_FE)
	{
		m->h2 = m->qe / m->qe_df;
		m->i2 = m->h2 > 1 ? 100 * (1 - 1 / m->h2) : 0;
		m->r2 = fmax(0, 100 * (1 - m->qe / (explained + m->qe) * (m->k - 1) / m->qe_df));
		return;
	}
	m->h2 = m->tau2 / typical + 1;
	m->i2 = 100 * (m->tau2 / (typical + m->tau2));
	for (int i = 0; i < m->k; i++)
		m->points[i] = (VitkMetaPoint) {m->row[i].y, m->row[i].v};
	without = vitk_meta_pool(m->points, m->k, &m->options).tau2;
	m->r2 = without > 0 ? fmax(0, 100 * (without - m->tau2) / without) : 0;
}

/* The moderators together: of the columns after the intercept, what Q explains of y */
static void
test_moderators(VitkRegression *m, double explained)
{
	m->qm_df1 = m->fit.p - 1;
	m->qm = explained / m->scale;
	if (m->fit.p == 1)
		return;
	if (m->test == VITK_POOL_Z)
		m->qm_p = vitk_chisq_cdf(m->qm, m->qm_df1, true);
	else
	{
		m->qm /= m->qm_df1;
		m->qm_df2 = m->df;
		m->qm_p = vitk_f_cdf(m->qm, m->qm_df1, m->qm_df2, true);
	}
}

static double
sum_explained(const VitkLeastSquares *s)
{
	double		sum = 0;

	for (int j = 1; j < s->p; j++)
		sum += s->c[j] * s->c[j];
	return sum;
}

static void
nothing_known(VitkRegression *m)
{
	m->too_few = m->k <= m->fit.p;
	m->dependent = 0;
	m->test = m->options.method == VITK_POOL_FE ? VITK_POOL_Z : m->options.test;
	m->scale = 1;
	m->df = m->tau2 = m->se_tau2 = m->i2 = m->h2 = m->r2 = NAN;
	m->qe = m->qe_df = m->qe_p = m->qm = m->qm_df1 = m->qm_df2 = m->qm_p = NAN;
}

void
vitk_meta_regression(VitkRegression *m)
{
	VitkLeastSquares s;
	Sums		fixed;
	Sums		sums;
	int			dependent;

	nothing_known(m);
	if (m->too_few)
		return;
	qsort(m->row, m->k, sizeof(VitkRegressionRow), row_cmp);
	dependent = fit_at(m, 0, false, &s);
	if (dependent < m->fit.p)
	{
		m->dependent = dependent;
		return;
	}
	sum_up(m, 0, &s, &fixed);
	m->qe = fixed.rr;
	m->qe_df = m->k - m->fit.p;
	m->qe_p = vitk_chisq_cdf(m->qe, m->qe_df, true);
	estimate_tau2(m, &fixed);
	heterogeneity(m, &fixed, sum_explained(&s));
	sum_up(m, m->tau2, &m->fit, &sums);
	if (m->test != VITK_POOL_Z)
	{
		m->df = m->qe_df;
		m->scale = sums.rr / m->df;
		if (m->test == VITK_POOL_ADHOC)
			m->scale = fmax(1, m->scale);
	}
	test_moderators(m, sum_explained(&m->fit));
	vitk_coefficients(&m->fit, m->b);
}

/* a'b, and more, of a contrast a */
static VitkRegressionEstimate
estimate(const VitkRegression *m, const double *a)
{
	VitkRegressionEstimate e = {NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
	double		df = isnan(m->df) ? INFINITY : m->df;
	double		quantile;
	double		half;

	if (m->too_few || m->dependent > 0)
		return e;
	quantile = vitk_t_quantile((1 - m->options.level) / 2, df, true);
	e.estimate = a[0] * m->row[0].y;
	for (int j = 0; j < m->fit.p; j++)
		e.estimate += a[j] * m->b[j];
	e.se = sqrt(m->scale * vitk_contrast_variance(&m->fit, a));
	half = quantile * e.se;
	e.ci_lower = e.estimate - half;
	e.ci_upper = e.estimate + half;
	if (e.se > 0)
	{
		e.statistic = e.estimate / e.se;
		e.p_value = 2 * vitk_t_cdf(fabs(e.statistic), df, true);
	}
	if (m->options.method == VITK_POOL_FE)
		return e;
	half = quantile * sqrt(e.se * e.se + m->tau2);
	e.predict_lower = e.estimate - half;
	e.predict_upper = e.estimate + half;
	return e;
}

VitkRegressionEstimate
vitk_regression_slope(const VitkRegression *m, int moderator)
{
	double		a[VITK_MAX_COLUMNS] = {0};

	a[moderator] = 1;
	return estimate(m, a);
}

VitkRegressionEstimate
vitk_regression_predict(const VitkRegression *m, const double *x)
{
	double		a[VITK_MAX_COLUMNS] = {1};

	for (int j = 1; j < m->fit.p; j++)
		a[j] = x[j - 1] - m->row[0].x[j - 1];
	return estimate(m, a);
}
