/*
 * pooled.c
 *		Meta-analysis: what several studies say together.
 *
 * Weights are 1 / (v + tau2).
 */
#include "core/pooled.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "core/distribution.h"
#include "core/literal.h"
#include "core/number.h"
#include "core/tau2.h"

static const struct
{
	const char *name;
	VitkPoolMethod method;
}			method_names[] = {
	{"FE", VITK_POOL_FE}, {"DL", VITK_POOL_DL}, {"PM", VITK_POOL_PM},
	{"REML", VITK_POOL_REML}, {"ML", VITK_POOL_ML}
};

#define METHODS (sizeof(method_names) / sizeof(method_names[0]))

const char *
vitk_pool_method_name(VitkPoolMethod method)
{
	for (size_t i = 0; i < METHODS; i++)
		if (method_names[i].method == method)
			return method_names[i].name;
	return "?";
}

bool
vitk_pool_method_parse(const char *s, size_t len, VitkPoolMethod *out, VitkErr *err)
{
	for (size_t i = 0; i < METHODS; i++)
		if (vitk_same_word(s, len, method_names[i].name))
		{
			*out = method_names[i].method;
			return true;
		}
	vitk_err(err, VITK_E_NAME, "unknown pooling method \"%.*s\"", vitk_clip(s, len), s);
	return vitk_err_hint(err, "Valid methods are FE, DL, PM, REML and ML.");
}

static const struct
{
	const char *name;
	VitkPoolTest test;
}			test_names[] = {
	{"z", VITK_POOL_Z}, {"knha", VITK_POOL_KNHA}, {"adhoc", VITK_POOL_ADHOC}
};

#define TESTS (sizeof(test_names) / sizeof(test_names[0]))

const char *
vitk_pool_test_name(VitkPoolTest test)
{
	for (size_t i = 0; i < TESTS; i++)
		if (test_names[i].test == test)
			return test_names[i].name;
	return "?";
}

bool
vitk_pool_test_parse(const char *s, size_t len, VitkPoolTest *out, VitkErr *err)
{
	for (size_t i = 0; i < TESTS; i++)
		if (vitk_same_word(s, len, test_names[i].name))
		{
			*out = test_names[i].test;
			return true;
		}
	vitk_err(err, VITK_E_NAME, "unknown pooling test \"%.*s\"", vitk_clip(s, len), s);
	return vitk_err_hint(err, "Valid tests are z, knha and adhoc.");
}

/*
 * The order in which the functions below want the studies: the heaviest first.
 * Sums in this order, and not as the studies came, are the same to the last
 * bit, whichever worker aggregated which of them.
 */
int
vitk_meta_point_cmp(const void *a, const void *b)
{
	const VitkMetaPoint *p = a;
	const VitkMetaPoint *q = b;

	if (p->v != q->v)
		return p->v < q->v ? -1 : 1;
	return (p->y > q->y) - (p->y < q->y);
}

/*
 * The sums at one tau2.  The matrix P = W - W 1 1'W / w of the normal equations
 * has the elements w_i (1 - w_i / w) and -w_i w_j / w; Py those of w r, where
 * r = y - mean.
 */
typedef struct Sums
{
	double		mean;			/* weighted */
	double		w;				/* sum of weights, and of their squares */
	double		w2;
	double		trace_P;
	double		trace_PP;
	double		rr;				/* y'Py = sum of w r^2 */
	double		rPr;			/* y'PPy = sum of w^2 r^2 */
	double		rPPr;			/* y'PPPy */
} Sums;

/*
 * The heaviest study stands apart, and estimates are taken as differences from
 * its own: where it outweighs all others by many orders of magnitude,
 * 1 - w_0 / w and y_0 - mean would else be nothing but rounding.
 */
static void
sum_up(const VitkMetaPoint *p, int k, double tau2, Sums *s)
{
	double		w0 = 1 / (p[0].v + tau2);
	double		rest = 0;		/* sums over the others */
	double		rest2 = 0;
	double		rest4 = 0;
	double		wy = 0;
	double		mean;
	double		diagonal0;
	double		w2r;
	double		w3r2;

	for (int i = 1; i < k; i++)
	{
		double		w = 1 / (p[i].v + tau2);

		rest += w;
		rest2 += w * w;
		rest4 += w * w * w * w;
		wy += w * (p[i].y - p[0].y);
	}
	s->w = w0 + rest;
	s->w2 = w0 * w0 + rest2;
	mean = wy / s->w;
	diagonal0 = w0 * (rest / s->w);
	s->mean = p[0].y + mean;
	s->trace_P = diagonal0;
	s->trace_PP = diagonal0 * diagonal0 +
		(2 * w0 * w0 * rest2 + (rest2 * rest2 - rest4)) / (s->w * s->w);
	s->rr = w0 * mean * mean;
	s->rPr = w0 * w0 * mean * mean;
	w2r = -w0 * w0 * mean;
	w3r2 = w0 * s->rPr;
	for (int i = 1; i < k; i++)
	{
		double		w = 1 / (p[i].v + tau2);
		double		r = (p[i].y - p[0].y) - mean;
		double		wr = w * r;
		double		diagonal = w * (1 - w / s->w);

		s->trace_P += diagonal;
		s->trace_PP += diagonal * diagonal;
		s->rr += wr * r;
		s->rPr += wr * wr;
		w2r += w * wr;
		w3r2 += w * wr * wr;
	}
	s->rPPr = w3r2 - w2r * w2r / s->w;
}

/*
 * What is zero at the estimate of tau2, and its slope there.  For ML and REML
 * twice the derivative of the log likelihood (Viechtbauer 2005,
 * doi:10.3102/10769986030003261), for Paule and Mandel their condition that Q
 * equals its degrees of freedom (doi:10.6028/jres.087.022).
 */
static double
score(const Sums *s, int k, VitkPoolMethod method, double *slope)
{
	if (method == VITK_POOL_PM)
	{
		*slope = -s->rPr;
		return s->rr - (k - 1);
	}
	if (method == VITK_POOL_ML)
	{
		*slope = s->w2 - 2 * s->rPPr;
		return s->rPr - s->w;
	}
	*slope = s->trace_PP - 2 * s->rPPr;
	return s->rPr - s->trace_P;
}

/* The log likelihood (of ML, or restricted) at tau2, less its constant */
double
vitk_meta_log_likelihood(const VitkMetaPoint *p, int k, double tau2, bool restricted)
{
	Sums		s;
	double		logs = 0;

	sum_up(p, k, tau2, &s);
	for (int i = 0; i < k; i++)
		logs += log(p[i].v + tau2);
	if (restricted)
		logs += log(s.w);
	return -0.5 * (logs + s.rr);
}

/*
 * The range of tau2 to search.  Below "from" the weights are all but those at
 * zero.  Beyond "to" the score is negative: y'PPy <= k range^2 / tau2^2, while
 * the trace of P is at least (k - 1) / (2 tau2) once tau2 exceeds every v.
 */
static void
search_range(const VitkMetaPoint *p, int k, double *from, double *to)
{
	double		low = p[0].y;
	double		high = p[0].y;

	for (int i = 1; i < k; i++)
	{
		low = fmin(low, p[i].y);
		high = fmax(high, p[i].y);
	}
	*from = p[0].v / 16;
	*to = fmax(p[k - 1].v, 2.0 * k / (k - 1) * (high - low) * (high - low));
}

/* What the search for tau2 asks */
typedef struct Studies
{
	const VitkMetaPoint *p;
	int			k;
	VitkPoolMethod method;
} Studies;

static double
score_at(const void *data, double tau2, double *slope)
{
	const Studies *d = data;
	Sums		s;

	sum_up(d->p, d->k, tau2, &s);
	return score(&s, d->k, d->method, slope);
}

static double
log_likelihood_at(const void *data, double tau2)
{
	const Studies *d = data;

	return vitk_meta_log_likelihood(d->p, d->k, tau2, d->method == VITK_POOL_REML);
}

/* tau2 of PM, ML or REML */
static double
search_tau2(const VitkMetaPoint *p, int k, VitkPoolMethod method)
{
	Studies		studies = {p, k, method};
	VitkTau2Model m = {.score = score_at, .log_likelihood = log_likelihood_at, .data = &studies,
	.falling = method == VITK_POOL_PM};

	search_range(p, k, &m.from, &m.to);
	return vitk_search_tau2(&m);
}

/* tau2 and its standard error; "fixed" are the sums at zero, k >= 2 */
static void
estimate_tau2(const VitkMetaPoint *p, int k, VitkPoolMethod method, const Sums *fixed,
			  VitkPooled *out)
{
	double		trace = fixed->trace_P;
	Sums		s;

	if (method == VITK_POOL_FE)
	{
		out->tau2 = 0;
		return;
	}
	if (method == VITK_POOL_DL)
	{
		/* doi:10.1016/0197-2456(86)90046-2 */
		double		t = fmax(0, (fixed->rr - (k - 1)) / trace);

		out->tau2 = t;
		out->se_tau2 = sqrt(2 * (k - 1) + 4 * t * trace + 2 * t * t * fixed->trace_PP) / trace;
		return;
	}
	out->tau2 = search_tau2(p, k, method);
	sum_up(p, k, out->tau2, &s);
	if (method == VITK_POOL_PM)
		out->se_tau2 = k * sqrt(2.0 / (k - 1)) / s.w;
	else
		out->se_tau2 = sqrt(2 / (method == VITK_POOL_ML ? s.w2 : s.trace_PP));
}

/* Q of the fixed-effect model, and how much of the scatter is between studies */
static void
heterogeneity(const Sums *fixed, int k, VitkPoolMethod method, VitkPooled *out)
{
	out->q = fixed->rr;
	out->q_df = k - 1;
	if (k < 2)
		return;
	out->q_p = vitk_chisq_cdf(out->q, out->q_df, true);
	if (method == VITK_POOL_FE)
	{
		out->h2 = out->q / out->q_df;
		out->i2 = out->h2 > 1 ? 100 * (1 - 1 / out->h2) : 0;
	}
	else
	{
		/* Higgins and Thompson 2002, doi:10.1002/sim.1186: the typical variance */
		double		typical = (k - 1) / fixed->trace_P;

		out->h2 = out->tau2 / typical + 1;
		out->i2 = 100 * (out->tau2 / (typical + out->tau2));
	}
}

static double
t_or_normal_quantile(double p, double df)
{
	return vitk_t_quantile(p, isnan(df) ? INFINITY : df, true);
}

/* The test of no effect, and the intervals, from estimate, se and df */
static void
infer(int k, const VitkPoolOptions *o, VitkPooled *out)
{
	double		tail = (1 - o->level) / 2;
	double		quantile = t_or_normal_quantile(tail, out->df);
	double		half = quantile * out->se;
	double		sd_new = sqrt(out->se * out->se + out->tau2);

	out->ci_lower = out->estimate - half;
	out->ci_upper = out->estimate + half;
	if (out->se > 0)
	{
		out->statistic = out->estimate / out->se;
		out->p_value = 2 * vitk_t_cdf(fabs(out->statistic),
									  isnan(out->df) ? INFINITY : out->df, true);
	}
	if (o->method == VITK_POOL_FE || k < 2)
		return;
	/* as predict() of metafor */
	half = quantile * sd_new;
	out->predict_lower = out->estimate - half;
	out->predict_upper = out->estimate + half;
	if (k < 3)
		return;
	/* Higgins, Thompson and Spiegelhalter 2009, doi:10.1111/j.1467-985X.2008.00552.x */
	half = vitk_t_quantile(tail, k - 2, true) * sd_new;
	out->pi_lower = out->estimate - half;
	out->pi_upper = out->estimate + half;
}

/*
 * Knapp and Hartung 2003, doi:10.1002/sim.1482: the standard error by the
 * scatter of the studies about their mean, which the ad hoc form only lets
 * grow.
 */
static void
knapp_hartung(const Sums *s, int k, VitkPooled *out)
{
	double		factor = s->rr / (k - 1);

	if (out->test == VITK_POOL_ADHOC)
		factor = fmax(1, factor);
	out->se *= sqrt(factor);
	out->df = k - 1;
}

/*
 * Pool k studies.  No study tells nothing; one study stands for itself, with
 * tau2 0 and a normal test.
 */
VitkPooled
vitk_meta_pool(const VitkMetaPoint *p, int k, const VitkPoolOptions *o)
{
	VitkPooled	out = {NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN,
	NAN, NAN, VITK_POOL_Z};
	Sums		fixed;
	Sums		s;

	if (k == 0)
		return out;
	sum_up(p, k, 0, &fixed);
	if (k == 1)
		out.tau2 = 0;
	else
		estimate_tau2(p, k, o->method, &fixed, &out);
	heterogeneity(&fixed, k, o->method, &out);

	sum_up(p, k, out.tau2, &s);
	out.estimate = s.mean;
	out.se = 1 / sqrt(s.w);
	if (o->method != VITK_POOL_FE && k >= 2)
		out.test = o->test;
	if (out.test != VITK_POOL_Z)
		knapp_hartung(&s, k, &out);
	infer(k, o, &out);
	return out;
}

/* Q at tau2, which falls as tau2 grows */
static double
q_at(const VitkMetaPoint *p, int k, double tau2)
{
	Sums		s;

	sum_up(p, k, tau2, &s);
	return s.rr;
}

/* The tau2 at which Q has this value; 0 where it is less already */
static double
tau2_of_q(const VitkMetaPoint *p, int k, double q)
{
	double		low = 0;
	double		high;

	if (q_at(p, k, 0) <= q)
		return 0;
	for (high = p[0].v; q_at(p, k, high) > q; high *= 2)
		low = high;
	for (int i = 0; i < 200 && high - low > 2 * DBL_EPSILON * high; i++)
	{
		double		middle = low + (high - low) / 2;

		if (q_at(p, k, middle) > q)
			low = middle;
		else
			high = middle;
	}
	return low + (high - low) / 2;
}

/* The interval of tau2 by the Q profile: Viechtbauer 2007, doi:10.1002/sim.2514; k >= 2 */
VitkHeterogeneity
vitk_meta_q_profile(const VitkMetaPoint *p, int k, const VitkPoolOptions *o)
{
	double		tail = (1 - o->level) / 2;
	VitkHeterogeneity h = {NAN, NAN, NAN, NAN};
	Sums		fixed;

	if (k < 2 || o->method == VITK_POOL_FE)
		return h;
	sum_up(p, k, 0, &fixed);
	h.typical = (k - 1) / fixed.trace_P;
	h.tau2 = vitk_meta_pool(p, k, o).tau2;
	h.lower = tau2_of_q(p, k, vitk_chisq_quantile(tail, k - 1, true));
	h.upper = tau2_of_q(p, k, vitk_chisq_quantile(tail, k - 1, false));
	return h;
}

/*
 * Egger, Davey Smith, Schneider and Minder 1997, doi:10.1136/bmj.315.7109.629:
 * regress y / se on 1 / se.  The intercept is the bias, the slope what a study
 * without error would find.  The same as regtest(model = "lm") of metafor, the
 * regression of y on se with weights 1 / v.
 *
 * Estimates are taken as differences from that of the heaviest study, which
 * moves the slope alone: identical effects then have no bias but zero, and not
 * the rounding of one.
 */
typedef struct Regression
{
	double		mean_x;
	double		mean_z;
	double		xx;
	double		zz;
	double		slope;
	double		rss;
} Regression;

static double
precision(const VitkMetaPoint *p)
{
	return 1 / sqrt(p->v);
}

static void
regress(const VitkMetaPoint *p, int k, Regression *r)
{
	double		origin = precision(p);
	double		xz = 0;

	*r = (Regression) {0};
	for (int i = 0; i < k; i++)
	{
		r->mean_x += (precision(&p[i]) - origin) / k;
		r->mean_z += (p[i].y - p[0].y) * precision(&p[i]) / k;
	}
	r->mean_x += origin;
	for (int i = 0; i < k; i++)
	{
		double		x = precision(&p[i]) - r->mean_x;
		double		z = (p[i].y - p[0].y) * precision(&p[i]);

		r->xx += x * x;
		r->zz += z * z;
		xz += x * (z - r->mean_z);
	}
	if (r->xx == 0)
		return;
	r->slope = xz / r->xx;
	for (int i = 0; i < k; i++)
	{
		double		e = (p[i].y - p[0].y) * precision(&p[i]) - r->mean_z -
			r->slope * (precision(&p[i]) - r->mean_x);

		r->rss += e * e;
	}
	/* all on one line, but for the rounding of a few bits */
	if (r->rss < 1e-28 * r->zz)
		r->rss = 0;
}

VitkEgger
vitk_meta_egger(const VitkMetaPoint *p, int k)
{
	VitkEgger	out = {NAN, NAN, NAN, NAN, NAN, NAN, NAN};
	Regression	r;

	if (k < 3)
		return out;
	regress(p, k, &r);
	if (r.xx == 0)
		return out;				/* no line through them */
	out.df = k - 2;
	out.limit_estimate = p[0].y + r.slope;
	out.limit_se = sqrt(r.rss / out.df / r.xx);
	out.bias = r.mean_z - r.slope * r.mean_x;
	out.se = sqrt(r.rss / out.df * (1.0 / k + r.mean_x * r.mean_x / r.xx));
	if (out.se > 0)
	{
		out.statistic = out.bias / out.se;
		out.p_value = 2 * vitk_t_cdf(fabs(out.statistic), out.df, true);
	}
	return out;
}
