/*
 * effect_size.c
 *		effect_size: literals, and what samples and counts tell.
 */
#include "core/effect_size.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/distribution.h"
#include "core/estimate.h"
#include "core/number.h"

/* Digits of a ratio that was typed */
#define MIN_DIGITS 12
#define MAX_DIGITS 15

static const struct
{
	const char *name;
	bool		is_log;
}			kinds[VITK_EFFECT_KINDS] = {
	[VITK_EFFECT_MD] = {"MD", false},
	[VITK_EFFECT_SMD] = {"SMD", false},
	[VITK_EFFECT_ROM] = {"ROM", true},
	[VITK_EFFECT_OR] = {"OR", true},
	[VITK_EFFECT_RR] = {"RR", true},
	[VITK_EFFECT_RD] = {"RD", false},
	[VITK_EFFECT_GEN] = {"GEN", false},
	[VITK_EFFECT_HR] = {"HR", true}
};

const char *
vitk_effect_kind_name(int kind)
{
	return kinds[kind].name;
}

bool
vitk_effect_is_log(int kind)
{
	return kinds[kind].is_log;
}

int
vitk_effect_kind_by_name(const char *s, size_t len)
{
	for (int kind = 1; kind < VITK_EFFECT_KINDS; kind++)
		if (vitk_same_word(s, len, kinds[kind].name))
			return kind;
	return VITK_EFFECT_NONE;
}

/* An effect from its parts, checked */
bool
vitk_effect_make(double estimate, double se, double df, int kind, VitkEffect *out, VitkErr *err)
{
	*out = (VitkEffect) {vitk_flush(estimate) + 0.0, se, df + 0.0, (uint8_t) kind, {0}};
	if (kind <= VITK_EFFECT_NONE || kind >= VITK_EFFECT_KINDS)
		return vitk_err(err, VITK_E_BINARY, "unknown measure %d", kind);
	if (!isfinite(estimate))
		return vitk_err(err, VITK_E_RANGE, "estimate is not finite");
	if (!isfinite(se) || se <= 0 || vitk_is_denormal(se))
		return vitk_err(err, VITK_E_RANGE, "SE must be finite and above 0, not %g", se);
	if (!isfinite(df) || df < 0)
		return vitk_err(err, VITK_E_RANGE, "df must be finite and above 0, not %g", df);
	/* down to here the t distribution is computed right; real ones are not as small */
	if (df > 0 && df < 0.1)
		return vitk_err(err, VITK_E_RANGE, "df must be at least 0.1, not %g", df);
	return true;
}

/* Half the width of an interval of that level, in standard errors */
static double
critical_value(double level, double df)
{
	double		tail = (1 - level) / 2;

	return df > 0 ? vitk_t_quantile(tail, df, true) : vitk_normal_quantile(tail, true);
}

double
vitk_effect_ci_half(const VitkEffect *e, double level)
{
	return e->se * critical_value(level, e->df);
}

/* Two-sided; of nearly no effect, rounding must not make it more than 1 */
double
vitk_effect_p_value(const VitkEffect *e)
{
	double		statistic = fabs(e->estimate / e->se);
	double		tail = e->df > 0 ?
		vitk_t_cdf(statistic, e->df, true) : vitk_normal_cdf(statistic, true);

	return fmin(1, 2 * tail);
}

/* Order: kind, estimate, SE, df */
int
vitk_effect_cmp(const VitkEffect *a, const VitkEffect *b)
{
	int			cmp = (int) a->kind - (int) b->kind;

	if (cmp == 0)
		cmp = vitk_double_cmp(a->estimate, b->estimate);
	if (cmp == 0)
		cmp = vitk_double_cmp(a->se, b->se);
	if (cmp == 0)
		cmp = vitk_double_cmp(a->df, b->df);
	return cmp;
}

/*
 * Text
 */

static bool
take_log(double *v, int kind, VitkErr *err)
{
	if (!isnan(*v) && !(*v > 0))
		return vitk_err(err, VITK_E_VALUE, "%s is a ratio, which must be above 0", kinds[kind].name);
	*v = log(*v);
	return true;
}

/* Estimate and interval on the scale of the effect */
static bool
from_interval(const VitkEstimate *e, int kind, VitkEffect *out, VitkErr *err)
{
	double		level = isnan(e->level) ? 0.95 : e->level;
	double		df = isnan(e->df) ? 0 : e->df;

	if (!vitk_level_valid(level, err))
		return false;
	if (!(e->lower <= e->value && e->value <= e->upper))
		return vitk_err(err, VITK_E_VALUE, "the estimate lies outside its interval");
	if (!isfinite(df) || df < 0)
		return vitk_effect_make(e->value, 1, df, kind, out, err);	/* refuses */
	return vitk_effect_make(e->value, (e->upper / 2 - e->lower / 2) / critical_value(level, df),
							df, kind, out, err);
}

bool
vitk_effect_from_ci(double estimate, double lower, double upper, double level,
					double df, int kind, bool skewed, VitkEffect *out, VitkErr *err)
{
	VitkEstimate e = {.value = estimate, .lower = lower, .upper = upper, .level = level, .df = df};

	e.interval = vitk_interval(estimate, lower, upper);
	if (kinds[kind].is_log &&
		(!take_log(&e.value, kind, err) || !take_log(&e.lower, kind, err) ||
		 !take_log(&e.upper, kind, err)))
		return false;
	return from_interval(&e, kind, out, err) &&
		(skewed || vitk_interval_check(&e.interval, kinds[kind].is_log, err));
}

/* Its standard error is the estimate over the statistic of its test. */
bool
vitk_effect_from_t(double estimate, double t, double df, int kind, VitkEffect *out, VitkErr *err)
{
	if (kinds[kind].is_log && !take_log(&estimate, kind, err))
		return false;
	if (!isfinite(t))
		return vitk_err(err, VITK_E_RANGE, "statistic must be finite, not %g", t);
	if (estimate == 0 || t == 0)
	{
		vitk_err(err, VITK_E_VALUE, "an effect of zero and its test do not determine a standard error");
		return vitk_err_hint(err, "Use its interval, or means and SDs.");
	}
	if (isfinite(estimate) && estimate < 0 && t > 0)
		t = -t;					/* papers leave signs of statistics away */
	return vitk_effect_make(estimate, estimate / t, df, kind, out, err);
}

/*
 * Cochrane Handbook 6.5.2.3.  The quantile is that of the tail, so that p may
 * be as small as numbers are.
 */
bool
vitk_effect_from_p(double estimate, double p, double df, int kind, VitkEffect *out, VitkErr *err)
{
	if (!(p / 2 > 0 && p < 1))		/* half of the least number is none */
	{
		vitk_err(err, VITK_E_RANGE, "p value must be above 0 and below 1, not %g", p);
		return vitk_err_hint(err, "A bound such as p < 0.001 does not determine the standard error, only its largest possible value.");
	}
	if (!isfinite(df) || (df != 0 && df < 0.1))
		return vitk_effect_make(0, 1, df, kind, out, err);	/* refuses */
	return vitk_effect_from_t(estimate, df > 0 ? vitk_t_quantile(p / 2, df, true) :
							  vitk_normal_quantile(p / 2, true), df, kind, out, err);
}

/* "OR" or "log OR" in front of the estimate; none is MD */
static bool
read_kind(const char **p, const char *end, int *kind, bool *logs, VitkErr *err)
{
	*kind = VITK_EFFECT_MD;
	*logs = false;
	for (;;)
	{
		const char *word;
		size_t		len;

		vitk_skip_space(p, end);
		word = *p;
		while (*p < end && ((**p | 0x20) >= 'a' && (**p | 0x20) <= 'z'))
			(*p)++;
		len = *p - word;
		if (len == 0 && !*logs)
			return true;
		if (!*logs && vitk_same_word(word, len, "log"))
		{
			*logs = true;
			continue;
		}
		*kind = vitk_effect_kind_by_name(word, len);
		if (*logs && !kinds[*kind].is_log)
			return vitk_err(err, VITK_E_SYNTAX, "\"log\" can be written only before ROM, OR, RR or HR");
		if (*kind == VITK_EFFECT_NONE)
			return vitk_err(err, VITK_E_SYNTAX, "unknown measure \"%.*s\"",
							vitk_clip(word, len), word);
		return true;
	}
}

/* Does the literal say what an effect needs, and no more? */
static bool
check_parts(const VitkEstimate *e, int kind, bool logs, VitkErr *err)
{
	if (isnan(e->value))
		return vitk_err(err, VITK_E_SYNTAX, "the estimate is missing");
	if (!isnan(e->sd) || !isnan(e->n) || !isnan(e->sum) || !isnan(e->ss))
		return vitk_err(err, VITK_E_SYNTAX, "an effect has an SE, not an SD, n, sum or ss");
	if (!isnan(e->se) + !isnan(e->log_se) + !isnan(e->lower) != 1)
		return vitk_err(err, VITK_E_SYNTAX, "either an SE or an interval is required");
	if (!isnan(e->level) && isnan(e->lower))
		return vitk_err(err, VITK_E_SYNTAX, "a level is given without an interval");
	if (!isnan(e->df) && e->df == 0)
		return vitk_err(err, VITK_E_RANGE, "df must be finite and above 0, not 0");
	if (!isnan(e->log_se) && !kinds[kind].is_log)
		return vitk_err(err, VITK_E_SYNTAX, "%s is not a ratio and has no log SE", kinds[kind].name);
	if (!isnan(e->se) && kinds[kind].is_log && !logs)
		return vitk_err(err, VITK_E_SYNTAX, "the SE of a ratio is that of its logarithm: "
						"write \"log SE\", or an interval");
	return true;
}

static bool
interpret(VitkEstimate *e, int kind, bool logs, VitkEffect *out, VitkErr *err)
{
	if (!check_parts(e, kind, logs, err))
		return false;
	if (kinds[kind].is_log && !logs &&
		(!take_log(&e->value, kind, err) || !take_log(&e->lower, kind, err) ||
		 !take_log(&e->upper, kind, err)))
		return false;
	if (!isnan(e->lower))
		return from_interval(e, kind, out, err) &&
			vitk_interval_check(&e->interval, kinds[kind].is_log && !logs, err);
	return vitk_effect_make(e->value, isnan(e->se) ? e->log_se : e->se,
							isnan(e->df) ? 0 : e->df, kind, out, err);
}

/*
 * Read "-10 (SE 9.22)", "-17 [-86, 53]", "SMD -0.8 (SE 0.3, df=18)",
 * "OR 0.35 [0.16, 0.78]", "OR 0.35 (log SE 0.4)" or "log OR -1.05 (SE 0.4)".
 */
bool
vitk_effect_parse(const char *s, size_t len, VitkEffect *out, VitkErr *err)
{
	const char *p = s;
	const char *end = s + len;
	VitkEstimate e;
	int			kind;
	bool		logs;

	if (read_kind(&p, end, &kind, &logs, err) &&
		vitk_estimate_parse(p, end, &e, err) &&
		interpret(&e, kind, logs, out, err))
		return true;
	return vitk_literal_refused("effect_size", s, len,
								"Write an estimate with its SE or interval, such as \"-10 (SE 9.22)\", "
								"\"-17 [-86, 53]\" or \"OR 0.35 [0.16, 0.78]\"; measures are "
								"MD, SMD, ROM, OR, RR, HR, RD and GEN.", err);
}

/* The ratio in digits that read back to its logarithm; NaN if there is none */
static double
typed_ratio(const VitkEffect *e)
{
	for (int digits = MIN_DIGITS; digits <= MAX_DIGITS && kinds[e->kind].is_log; digits++)
	{
		double		ratio = vitk_round_to_digits(exp(e->estimate), digits);

		if (isfinite(ratio) && ratio >= DBL_MIN && log(ratio) == e->estimate)
			return ratio;
	}
	return NAN;
}

/*
 * Write the canonical text to buf[VITK_EFFECT_LEN]; returns its length.  A
 * ratio that was typed reads back from its digits; the log of one that was
 * computed hardly ever does, and is written itself: "log OR -1.0498 (SE 0.404)".
 */
int
vitk_effect_format(const VitkEffect *e, char *buf)
{
	double		ratio = typed_ratio(e);
	bool		as_ratio = !isnan(ratio);
	int			n = 0;

	if (kinds[e->kind].is_log && !as_ratio)
		n = vitk_put(buf, n, "log ");
	if (e->kind != VITK_EFFECT_MD)
	{
		n = vitk_put(buf, n, kinds[e->kind].name);
		n = vitk_put(buf, n, " ");
	}
	n += vitk_number_format(as_ratio ? ratio : e->estimate, buf + n);
	n = vitk_put(buf, n, as_ratio ? " (log SE " : " (SE ");
	n += vitk_number_format(e->se, buf + n);
	if (e->df > 0)
	{
		n = vitk_put(buf, n, ", df=");
		n += vitk_number_format(e->df, buf + n);
	}
	return vitk_put(buf, n, ")");
}

/*
 * From samples
 */

static bool
no_effect(VitkEffect *out)
{
	*out = (VitkEffect) {0};
	return true;
}

/* An effect, or none where there is no spread */
static bool
effect(double estimate, double variance, double df, int kind, VitkEffect *out, VitkErr *err)
{
	if (variance == 0)
		return no_effect(out);
	return vitk_effect_make(estimate, sqrt(variance), df, kind, out, err);
}

/* Variance within both, for samples of one spread */
static double
pooled_variance(const VitkSample *a, const VitkSample *b)
{
	return (a->ss + b->ss) / (a->n + b->n - 2);
}

/* As R's t.test: Welch (doi:10.1093/biomet/34.1-2.28), or of equal variance */
bool
vitk_effect_mean_difference(const VitkSample *a, const VitkSample *b, bool equal_variance,
							VitkEffect *out, VitkErr *err)
{
	double		va;
	double		vb;
	double		v;

	if (equal_variance)
	{
		if (a->n < 1 || b->n < 1 || a->n + b->n < 3)
			return no_effect(out);
		v = pooled_variance(a, b);
		return effect(vitk_sample_mean(a) - vitk_sample_mean(b), v / a->n + v / b->n,
					  a->n + b->n - 2, VITK_EFFECT_MD, out, err);
	}
	if (a->n < 2 || b->n < 2)
		return no_effect(out);
	va = vitk_sample_variance(a) / a->n;
	vb = vitk_sample_variance(b) / b->n;
	v = va + vb;
	va /= v;
	vb /= v;
	return effect(vitk_sample_mean(a) - vitk_sample_mean(b), v,
				  1 / (va * va / (a->n - 1) + vb * vb / (b->n - 1)), VITK_EFFECT_MD, out, err);
}

/*
 * J(m) = gamma(m / 2) / (sqrt(m / 2) gamma((m - 1) / 2)), what makes Hedges' g
 * of Cohen's d (Hedges 1981, doi:10.3102/10769986006002107).  For large m by
 * the series of gamma(x + 1/2) / gamma(x), because the difference of the
 * logarithms loses digits.
 */
double
vitk_hedges_correction(double m)
{
	double		x = (m - 1) / 2;
	double		y = 1 / x;

	if (m < 300)
		return exp(lgamma(m / 2) - lgamma(x)) / sqrt(m / 2);
	return sqrt((m - 1) / m) *
		(1 + y * (-1.0 / 8 + y * (1.0 / 128 + y * (5.0 / 1024 + y * (-21.0 / 32768)))));
}

/* metafor's SMD, with the large-sample variance (vtype = "LS") */
bool
vitk_effect_hedges_g(const VitkSample *a, const VitkSample *b, VitkEffect *out, VitkErr *err)
{
	double		n = a->n + b->n;
	double		g;

	if (a->n < 2 || b->n < 2 || (a->ss == 0 && b->ss == 0))
		return no_effect(out);
	g = vitk_hedges_correction(n - 2) *
		(vitk_sample_mean(a) - vitk_sample_mean(b)) / sqrt(pooled_variance(a, b));
	return effect(g, 1 / a->n + 1 / b->n + g * g / (2 * n), 0, VITK_EFFECT_SMD, out, err);
}

/* metafor's ROM, variance by the delta method (doi:10.1890/0012-9658(1999)080[1150:TMAORR]2.0.CO;2) */
bool
vitk_effect_log_ratio_of_means(const VitkSample *a, const VitkSample *b,
							   VitkEffect *out, VitkErr *err)
{
	double		ma;
	double		mb;
	double		ca;
	double		cb;

	if (a->n < 2 || b->n < 2)
		return no_effect(out);
	ma = vitk_sample_mean(a);
	mb = vitk_sample_mean(b);
	if (!(ma > 0 && mb > 0))
	{
		vitk_err(err, VITK_E_VALUE, "log ratio of means requires means above 0, not %g", ma > 0 ? mb : ma);
		return vitk_err_hint(err, "Use mean_difference() or hedges_g().");
	}
	ca = vitk_sample_se(a) / ma;
	cb = vitk_sample_se(b) / mb;
	return effect(log(ma / mb), ca * ca + cb * cb, 0, VITK_EFFECT_ROM, out, err);
}

/* The paired t-test, of the sample of changes */
bool
vitk_effect_mean_change(const VitkSample *change, VitkEffect *out, VitkErr *err)
{
	if (change->n < 2)
		return no_effect(out);
	return effect(vitk_sample_mean(change), vitk_sample_variance(change) / change->n,
				  change->n - 1, VITK_EFFECT_MD, out, err);
}

/*
 * Difference of the followups of two arms, adjusted for baseline: the analysis
 * of covariance of the raw values, lm(followup ~ baseline + arm), from their
 * sums of squares within the arms and the correlation within the arms.
 */
bool
vitk_effect_ancova(const VitkSample baseline[2], const VitkSample followup[2],
				   double correlation, VitkEffect *out, VitkErr *err)
{
	double		n = baseline[0].n + baseline[1].n;
	double		xx = baseline[0].ss + baseline[1].ss;
	double		yy = followup[0].ss + followup[1].ss;
	double		dx;
	double		dy;
	VitkSample	change;

	/* refuses what has no change: correlation unknown or out of range, n unlike */
	for (int i = 0; i < 2; i++)
		if (!vitk_sample_change(&baseline[i], &followup[i], correlation, &change, err))
			return false;
	if (baseline[0].n < 1 || baseline[1].n < 1 || n < 4 || xx == 0)
		return no_effect(out);
	dx = vitk_sample_mean(&baseline[0]) - vitk_sample_mean(&baseline[1]);
	dy = vitk_sample_mean(&followup[0]) - vitk_sample_mean(&followup[1]);
	return effect(dy - correlation * sqrt(yy / xx) * dx,
				  yy * (1 - correlation) * (1 + correlation) / (n - 3) *
				  (1 / baseline[0].n + 1 / baseline[1].n + dx * dx / xx),
				  n - 3, VITK_EFFECT_MD, out, err);
}

/*
 * From counts
 */

static bool
check_counts(const double events[2], const double n[2], double continuity, VitkErr *err)
{
	for (int i = 0; i < 2; i++)
		if (!(events[i] >= 0 && events[i] <= n[i]))
			return vitk_err(err, VITK_E_VALUE, "events must be from 0 to n = %.0f, not %.0f",
							n[i], events[i]);
	if (!isfinite(continuity) || continuity < 0)
		return vitk_err(err, VITK_E_RANGE, "continuity correction must be finite and at least 0, not %g",
						continuity);
	return true;
}

/*
 * metafor's OR, RR and RD.  Where one of the four cells is zero, continuity is
 * added to each, as metafor does (add = 1/2, to = "only0").
 */
bool
vitk_effect_counts(int kind, const double events[2], const double n[2], double continuity,
				   VitkEffect *out, VitkErr *err)
{
	double		a = events[0];
	double		b = n[0] - events[0];
	double		c = events[1];
	double		d = n[1] - events[1];
	bool		zero = a == 0 || b == 0 || c == 0 || d == 0;

	if (!check_counts(events, n, continuity, err))
		return false;
	if (n[0] == 0 || n[1] == 0)
		return no_effect(out);
	if (zero && continuity == 0 && (kind == VITK_EFFECT_OR || (kind == VITK_EFFECT_RR && (a == 0 || c == 0))))
	{
		vitk_err(err, VITK_E_VALUE, "%s of counts with a zero is not defined", kinds[kind].name);
		return vitk_err_hint(err, "A continuity correction of 0.5 adds one half to each cell.");
	}
	if (zero)
	{
		a += continuity;
		b += continuity;
		c += continuity;
		d += continuity;
	}
	if (kind == VITK_EFFECT_OR)
		return effect(log(a / b) - log(c / d), 1 / a + 1 / b + 1 / c + 1 / d, 0, kind, out, err);
	if (kind == VITK_EFFECT_RR)
		return effect(log(a / (a + b)) - log(c / (c + d)),
					  b / a / (a + b) + d / c / (c + d), 0, kind, out, err);
	return effect(a / (a + b) - c / (c + d),
				  a / (a + b) * b / (a + b) / (a + b) + c / (c + d) * d / (c + d) / (c + d),
				  0, kind, out, err);
}
