/*
 * printed_sample.c
 *		Mean and SD of samples of which a paper prints quantiles, or a geometric
 *		mean; and what designs with clusters, shared controls and crossover need.
 */
#include "core/printed_sample.h"

#include <math.h>

#include "core/interval.h"
#include "core/distribution.h"
#include "core/estimate.h"

bool
vitk_quantile_method_parse(const char *s, size_t len, VitkQuantileMethod *out, VitkErr *err)
{
	static const char *const names[] = {"luo", "wan"};
	int			i = vitk_find_word(names, 2, s, len);

	if (i < 0)
	{
		vitk_err(err, VITK_E_NAME, "unknown method for quantiles \"%.*s\"", vitk_clip(s, len), s);
		return vitk_err_hint(err, "Valid methods are luo and wan.");
	}
	*out = i == 0 ? VITK_QUANTILES_LUO : VITK_QUANTILES_WAN;
	return true;
}

static bool
check_quantiles(const VitkQuantiles *q, VitkErr *err)
{
	const double v[] = {q->minimum, q->q1, q->median, q->q3, q->maximum};
	double		last = -INFINITY;

	if (!(q->n >= 2 && q->n == floor(q->n)))
		return vitk_err(err, VITK_E_RANGE, "n must be a whole number of 2 or more, not %g", q->n);
	for (int i = 0; i < 5; i++)
	{
		if (isnan(v[i]))
			continue;
		if (isinf(v[i]))
			return vitk_err(err, VITK_E_RANGE, "a quantile must be finite, not %g", v[i]);
		if (v[i] < last)
		{
			vitk_err(err, VITK_E_VALUE, "quantiles must be in ascending order, but %g follows %g", v[i], last);
			return vitk_err_hint(err, "The order is n, minimum, q1, median, q3, maximum, without those that are not given.");
		}
		last = v[i];
	}
	return true;
}

/* How many SDs lie between minimum and maximum, and between the quartiles, of n normal values (Wan) */
static double
range_in_sd(double n)
{
	return 2 * vitk_normal_quantile((n - 0.375) / (n + 0.25), false);
}

static double
quartiles_in_sd(double n)
{
	return 2 * vitk_normal_quantile((0.75 * n - 0.125) / (n + 0.25), false);
}

static double
mean_of_quantiles(const VitkQuantiles *q, VitkQuantileMethod method)
{
	bool		luo = method == VITK_QUANTILES_LUO;
	double		range = (q->minimum + q->maximum) / 2;
	double		quartiles = (q->q1 + q->q3) / 2;
	double		a;
	double		b;

	if (isnan(range))
	{
		b = luo ? 0.7 + 0.39 / q->n : 2.0 / 3;
		return b * quartiles + (1 - b) * q->median;
	}
	if (isnan(quartiles))
	{
		a = luo ? 4 / (4 + pow(q->n, 0.75)) : 0.5;
		return a * range + (1 - a) * q->median;
	}
	a = luo ? 2.2 / (2.2 + pow(q->n, 0.75)) : 0.25;
	b = luo ? 0.7 - 0.72 / pow(q->n, 0.55) : 0.5;
	return a * range + b * quartiles + (1 - a - b) * q->median;
}

bool
vitk_sample_from_quantiles(const VitkQuantiles *q, VitkQuantileMethod method,
						   VitkSample *out, VitkErr *err)
{
	double		by_range = (q->maximum - q->minimum) / range_in_sd(q->n);
	double		by_quartiles = (q->q3 - q->q1) / quartiles_in_sd(q->n);

	if (!check_quantiles(q, err))
		return false;
	return vitk_sample_from_sd(q->n, mean_of_quantiles(q, method),
							   isnan(by_range) ? by_quartiles :
							   isnan(by_quartiles) ? by_range : (by_range + by_quartiles) / 2,
							   out, err);
}

/* From mean and SD of the logarithms: those of the values, which are log-normal */
static bool
from_logs(double n, double mean, double sd, VitkSample *out, VitkErr *err)
{
	double		m = exp(mean + sd * sd / 2);

	return vitk_sample_from_sd(n, m, m * sqrt(expm1(sd * sd)), out, err);
}

static bool
check_positive(double v, const char *what, double least, VitkErr *err)
{
	if (isfinite(v) && v >= least && v > 0)
		return true;
	return vitk_err(err, VITK_E_RANGE, "%s must be finite and %s, not %g", what,
					least > 0 ? "1 or more" : "above 0", v);
}

bool
vitk_sample_from_geometric(double n, double mean, double sd, VitkSample *out, VitkErr *err)
{
	return check_positive(mean, "geometric mean", 0, err) &&
		check_positive(sd, "geometric SD", 1, err) &&
		from_logs(n, log(mean), log(sd), out, err);
}

bool
vitk_sample_from_geometric_ci(double n, double mean, double lower, double upper,
							  double level, VitkSample *out, VitkErr *err)
{
	VitkSample	logs;
	VitkInterval interval;

	if (!check_positive(mean, "geometric mean", 0, err) ||
		!check_positive(lower, "lower bound", 0, err) || !check_positive(upper, "upper bound", 0, err))
		return false;
	if (!(lower <= mean && mean <= upper))
		return vitk_err(err, VITK_E_VALUE, "geometric mean %g lies outside its interval", mean);
	/* its middle is that of the logarithms */
	interval = vitk_interval(mean, lower, upper);
	if (!vitk_sample_from_ci(n, log(mean), log(lower), log(upper), level, true, &logs, err) ||
		!vitk_interval_check(&interval, true, err))
		return false;
	return from_logs(n, log(mean), vitk_sample_sd(&logs), out, err);
}

/* What both standardised changes have in common: n, correlation, spread */
static bool
standardised(const VitkSample *baseline, const VitkSample *followup, double correlation,
			 bool by_change, VitkEffect *out, VitkErr *err)
{
	double		n = baseline->n;
	VitkSample	change;
	double		sd;
	double		d;

	*out = (VitkEffect) {0};
	if (!vitk_sample_change(baseline, followup, correlation, &change, err))
		return false;
	if (n < 3)
		return true;
	sd = vitk_sample_sd(by_change ? &change : baseline);
	if (!(sd > 0))
		return true;
	d = vitk_hedges_correction(n - 1) * vitk_sample_mean(&change) / sd;
	return vitk_effect_make(d, sqrt((by_change ? 1 : 2 * (1 - correlation)) / n + d * d / (2 * n)),
							0, VITK_EFFECT_SMD, out, err);
}

bool
vitk_effect_smcc(const VitkSample *baseline, const VitkSample *followup, double correlation,
				 VitkEffect *out, VitkErr *err)
{
	return standardised(baseline, followup, correlation, true, out, err);
}

bool
vitk_effect_smcr(const VitkSample *baseline, const VitkSample *followup, double correlation,
				 VitkEffect *out, VitkErr *err)
{
	return standardised(baseline, followup, correlation, false, out, err);
}

/* The same mean and SD of fewer */
static bool
of_fewer(const VitkSample *s, double n, VitkSample *out, VitkErr *err)
{
	if (n < 2)
		return vitk_err(err, VITK_E_VALUE, "n = %.0f would be reduced to %.0f, which is too few for an SD", s->n, n);
	return vitk_sample_from_sd(n, vitk_sample_mean(s), vitk_sample_sd(s), out, err);
}

bool
vitk_sample_part(const VitkSample *s, double parts, double part, VitkSample *out, VitkErr *err)
{
	if (!(part >= 1 && part <= parts))
		return vitk_err(err, VITK_E_RANGE, "part must be from 1 to %.0f, not %.0f", parts, part);
	return of_fewer(s, floor(s->n * part / parts) - floor(s->n * (part - 1) / parts), out, err);
}

bool
vitk_sample_effective(const VitkSample *s, double design_effect, VitkSample *out, VitkErr *err)
{
	if (!(isfinite(design_effect) && design_effect >= 1))
		return vitk_err(err, VITK_E_RANGE, "design effect must be finite and at least 1, not %g", design_effect);
	return of_fewer(s, floor(s->n / design_effect), out, err);
}
