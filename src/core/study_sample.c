/*
 * study_sample.c
 *		study_sample: pooling, literals, what follows from a sample.
 */
#include "core/study_sample.h"

#include <stdio.h>
#include <string.h>

#include "core/distribution.h"
#include "core/estimate.h"
#include "core/number.h"

/* Digits of the mean and the SD: what a person types reads back from them. */
#define DIGITS 15

/* Digits of what is written with the exact sums, and what it may be off by */
#define DIGITS_BESIDE 6
#define OFF_BESIDE 1e-5

/* The sums of both, and the spread of each about the mean of all (Chan 1979) */
bool
vitk_sample_pool(const VitkSample *a, const VitkSample *b, VitkSample *out)
{
	VitkSample	r;
	double		d;

	if (a->n == 0 || b->n == 0)
	{
		*out = a->n == 0 ? *b : *a;
		return true;
	}
	r.n = a->n + b->n;
	r.sum = vitk_flush(a->sum + b->sum);
	d = vitk_sample_mean(a) - vitk_sample_mean(b);
	r.ss = vitk_flush(a->ss + b->ss + a->n * b->n * d * d / r.n);
	*out = r;
	return r.n <= VITK_SAMPLE_MAX_N && isfinite(r.sum) && isfinite(r.ss);
}

/* Order: the empty sample, then by mean, n, sum and spread */
int
vitk_sample_cmp(const VitkSample *a, const VitkSample *b)
{
	int			cmp = (a->n > 0) - (b->n > 0);

	if (cmp == 0 && a->n > 0)
		cmp = vitk_double_cmp(vitk_sample_mean(a), vitk_sample_mean(b));
	if (cmp == 0)
		cmp = vitk_double_cmp(a->n, b->n);
	if (cmp == 0)
		cmp = vitk_double_cmp(a->sum, b->sum);
	if (cmp == 0)
		cmp = vitk_double_cmp(a->ss, b->ss);
	return cmp;
}

static bool
check_n(double n, VitkErr *err)
{
	if (n >= 0 && n <= VITK_SAMPLE_MAX_N && n == floor(n))
		return true;
	return vitk_err(err, VITK_E_RANGE, "n must be a whole number below 2^53, not %g", n);
}

/* May it be stored? */
bool
vitk_sample_valid(const VitkSample *s, VitkErr *err)
{
	if (!check_n(s->n, err))
		return false;
	if (!isfinite(s->sum) || !isfinite(s->ss))
		return vitk_err(err, VITK_E_RANGE, "sum or spread is not finite");
	if (vitk_is_denormal(s->sum) || vitk_is_denormal(s->ss))
		return vitk_err(err, VITK_E_RANGE, "sum or spread is too small");
	if (s->ss < 0)
		return vitk_err(err, VITK_E_RANGE, "spread is negative");
	if (s->n == 0 && s->sum != 0)
		return vitk_err(err, VITK_E_VALUE, "a sample with n = 0 cannot have a sum");
	if (s->n < 2 && s->ss != 0)
		return vitk_err(err, VITK_E_VALUE, "a sample with n = %g cannot have a spread", s->n);
	if ((s->n == 0 && signbit(s->n)) || (s->sum == 0 && signbit(s->sum)) ||
		(s->ss == 0 && signbit(s->ss)))
		return vitk_err(err, VITK_E_BINARY, "a zero has a minus sign");
	return true;
}

/*
 * From n, mean and SD, SE or interval
 */

static bool
from_spread(double n, double mean, double ss, VitkSample *out, VitkErr *err)
{
	/* + 0.0, because a zero has no sign */
	*out = (VitkSample) {n + 0.0, vitk_flush(n * mean) + 0.0, vitk_flush(ss) + 0.0};
	return vitk_sample_valid(out, err);
}

/* Refuse what is not finite or negative, or a spread of fewer than two. */
static bool
check_spread(double n, double spread, const char *name, VitkErr *err)
{
	if (!check_n(n, err))
		return false;
	if (!isfinite(spread) || spread < 0)
		return vitk_err(err, VITK_E_RANGE, "%s must be finite and at least 0, not %g", name, spread);
	if (n < 2)
		return vitk_err(err, VITK_E_VALUE, "a sample with n = %g has no %s", n, name);
	return true;
}

bool
vitk_sample_from_sd(double n, double mean, double sd, VitkSample *out, VitkErr *err)
{
	return check_spread(n, sd, "SD", err) &&
		from_spread(n, mean, sd * sd * (n - 1), out, err);
}

bool
vitk_sample_from_se(double n, double mean, double se, VitkSample *out, VitkErr *err)
{
	return check_spread(n, se, "SE", err) &&
		from_spread(n, mean, se * se * n * (n - 1), out, err);
}

/* From an interval whose digits have been looked at */
static bool
from_interval(double n, double mean, double lower, double upper, double level,
			  VitkSample *out, VitkErr *err)
{
	double		half = (upper - lower) / 2;

	if (!vitk_level_valid(level, err) || !check_spread(n, fabs(half), "confidence interval", err))
		return false;
	if (!(lower <= mean && mean <= upper))
		return vitk_err(err, VITK_E_VALUE, "mean %g lies outside its interval", mean);
	return vitk_sample_from_se(n, mean, half / vitk_t_quantile((1 - level) / 2, n - 1, true),
							   out, err);
}

bool
vitk_sample_from_ci(double n, double mean, double lower, double upper, double level,
					bool skewed, VitkSample *out, VitkErr *err)
{
	VitkInterval interval = vitk_interval(mean, lower, upper);

	return from_interval(n, mean, lower, upper, level, out, err) &&
		(skewed || vitk_interval_check(&interval, false, err));
}

double
vitk_sample_ci_half(const VitkSample *s, double level)
{
	return vitk_sample_se(s) * vitk_t_quantile((1 - level) / 2, s->n - 1, true);
}

/*
 * The differences of n pairs: their mean is the difference of the means, their
 * variance that of both less twice the covariance.
 */
bool
vitk_sample_change(const VitkSample *baseline, const VitkSample *followup, double correlation,
				   VitkSample *out, VitkErr *err)
{
	if (isnan(correlation))
	{
		vitk_err(err, VITK_E_VALUE, "correlation of baseline and followup must be given");
		vitk_err_detail(err, "The spread of the change depends on it.");
		return vitk_err_hint(err, "Use corr() of the raw values, or change_correlation() with a study that reports the SD of the change, and try other values too.");
	}
	if (!(correlation >= -1 && correlation <= 1))
		return vitk_err(err, VITK_E_RANGE, "correlation must be between -1 and 1, not %g", correlation);
	if (baseline->n != followup->n)
	{
		vitk_err(err, VITK_E_VALUE, "baseline has n = %.0f, but followup has n = %.0f",
				 baseline->n, followup->n);
		return vitk_err_hint(err, "A change needs both values from the same subjects.");
	}
	out->n = baseline->n;
	out->sum = vitk_flush(followup->sum - baseline->sum);
	/* as a square and a rest, which cannot come out negative */
	out->ss = sqrt(followup->ss) - sqrt(baseline->ss);
	out->ss = out->ss * out->ss +
		2 * (1 - correlation) * sqrt(followup->ss) * sqrt(baseline->ss);
	out->ss = vitk_flush(out->ss);
	return vitk_sample_valid(out, err);
}

/*
 * The other way round (Cochrane Handbook 6.5.2.8): of a study that tells the
 * spread of the change.  NaN where there is no spread to correlate.
 */
bool
vitk_sample_change_correlation(const VitkSample *baseline, const VitkSample *followup,
							   const VitkSample *change, double *out, VitkErr *err)
{
	*out = NAN;
	if (baseline->n < 2 || followup->n < 2 || change->n < 2 ||
		baseline->ss == 0 || followup->ss == 0)
		return true;
	*out = (vitk_sample_variance(baseline) + vitk_sample_variance(followup) -
			vitk_sample_variance(change)) /
		(2 * vitk_sample_sd(baseline) * vitk_sample_sd(followup));
	if (fabs(*out) <= 1 + 1e-12)
	{
		*out = fmax(-1, fmin(1, *out));
		return true;
	}
	vitk_err(err, VITK_E_VALUE, "no correlation gives these samples a change with SD %g",
			 vitk_sample_sd(change));
	return vitk_err_hint(err, "Perhaps an SE was taken for an SD.");
}

/*
 * Text
 */

/* Does what is written with an exact sum match it, if there is any? */
static bool
fits(double beside, double exact)
{
	return isnan(beside) || fabs(beside - exact) <= OFF_BESIDE * fabs(exact) + DBL_MIN;
}

/* Does the literal say what a sample needs, and no more? */
static bool
check_parts(const VitkEstimate *e, VitkErr *err)
{
	int			spreads = !isnan(e->sd) + !isnan(e->se) + !isnan(e->lower);

	if (isnan(e->n))
		return vitk_err(err, VITK_E_SYNTAX, "the number of values, n, is missing");
	if (!isnan(e->df) || !isnan(e->log_se))
		return vitk_err(err, VITK_E_SYNTAX, "a sample has no %s", isnan(e->df) ? "log SE" : "df");
	if (e->n == 0)
		return isnan(e->value) || vitk_err(err, VITK_E_VALUE, "a sample with n = 0 has no mean");
	if (isnan(e->value) && isnan(e->sum))
		return vitk_err(err, VITK_E_SYNTAX, "the mean is missing");
	if (spreads > 1)
		return vitk_err(err, VITK_E_SYNTAX, "only one of SD, SE and interval can be given");
	if (!isnan(e->level) && isnan(e->lower))
		return vitk_err(err, VITK_E_SYNTAX, "a level is given without an interval");
	if (!isnan(e->ss) && spreads > 0 && isnan(e->sd))
		return vitk_err(err, VITK_E_SYNTAX, "only an SD can be given together with ss");
	if (spreads == 0 && isnan(e->ss) && e->n > 1)
		return vitk_err(err, VITK_E_SYNTAX, "the spread is missing, which is allowed only for n = 1");
	return true;
}

/* n, sum and ss from what the literal says; of exact sums no more is asked */
static bool
interpret(const VitkEstimate *e, VitkSample *out, VitkErr *err)
{
	/* with the exact sum, the mean is a rounded one, which may lead out of range */
	double		mean = isnan(e->value) || !isnan(e->sum) ? 0 : e->value;
	double		level = isnan(e->level) ? 0.95 : e->level;
	bool		ok = true;

	if (!check_parts(e, err))
		return false;
	*out = (VitkSample) {e->n, 0, 0};
	if (!isnan(e->ss))
		out->ss = e->ss;
	else if (!isnan(e->sd))
		ok = vitk_sample_from_sd(e->n, mean, e->sd, out, err);
	else if (!isnan(e->se))
		ok = vitk_sample_from_se(e->n, mean, e->se, out, err);
	else if (!isnan(e->lower))
		ok = from_interval(e->n, isnan(e->value) ? 0 : e->value, e->lower, e->upper, level, out, err) &&
			vitk_interval_check(&e->interval, false, err);
	if (!ok)
		return false;
	out->sum = isnan(e->sum) ? vitk_flush(e->n * mean) + 0.0 : e->sum;
	if (!vitk_sample_valid(out, err))
		return false;
	if ((!isnan(e->sum) && !fits(e->value, vitk_sample_mean(out))) ||
		(!isnan(e->ss) && !fits(e->sd, vitk_sample_sd(out))))
		return vitk_err(err, VITK_E_VALUE, "mean and SD do not match sum and ss");
	return true;
}

/*
 * Read "3.2 ± 0.4 (n=7)", "27 (SE 6, n=200)", "275 [225, 326] (n=180)",
 * "5 (n=1)" or "(n=7, sum=22.4, ss=0.96)".
 */
bool
vitk_sample_parse(const char *s, size_t len, VitkSample *out, VitkErr *err)
{
	VitkEstimate e;

	if (vitk_estimate_parse(s, s + len, &e, err) && interpret(&e, out, err))
		return true;
	return vitk_literal_refused("study_sample", s, len,
								"Write mean, SD and n, such as \"3.2 +- 0.4 (n=7)\"; or with an SE or interval, \"27 (SE 6, n=200)\", \"275 [225, 326] (n=180)\".",
								err);
}

static int
put_rounded(char *buf, int n, double v, int digits)
{
	return n + vitk_number_format(vitk_flush(vitk_round_to_digits(v, digits)) + 0.0, buf + n);
}

/*
 * Write the canonical text to buf[VITK_SAMPLE_LEN]; returns its length.  Mean
 * and SD in as many digits as a person types; where these do not read back to
 * the same sums, the sums stand beside them: "0.75 ± 1.78901 (n=10, ss=28.805)".
 */
int
vitk_sample_format(const VitkSample *s, const char *plus_minus, char *buf)
{
	double		mean = vitk_sample_mean(s);
	double		sd = s->n >= 2 ? vitk_sample_sd(s) : 0;
	double		mean_read = vitk_flush(vitk_round_to_digits(mean, DIGITS));	/* as it is written */
	double		sd_read = vitk_flush(vitk_round_to_digits(sd, DIGITS));
	bool		sum_exact = s->n * mean_read == s->sum;
	bool		ss_exact = s->n < 2 || sd_read * sd_read * (s->n - 1) == s->ss;
	int			n = 0;

	if (s->n == 0)
		return vitk_put(buf, 0, "(n=0)");
	n = put_rounded(buf, n, mean, sum_exact ? DIGITS : DIGITS_BESIDE);
	if (s->n >= 2)
	{
		n = vitk_put(buf, n, plus_minus);
		n = put_rounded(buf, n, sd, ss_exact ? DIGITS : DIGITS_BESIDE);
	}
	n = vitk_put(buf, n, " (n=");
	n += sprintf(buf + n, "%.0f", s->n);
	if (!sum_exact)
	{
		n = vitk_put(buf, n, ", sum=");
		n += vitk_number_format(s->sum, buf + n);
	}
	if (!ss_exact)
	{
		n = vitk_put(buf, n, ", ss=");
		n += vitk_number_format(s->ss, buf + n);
	}
	return vitk_put(buf, n, ")");
}
