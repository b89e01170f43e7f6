/*
 * survey_sample.c
 *		survey_sample: sums by PSU, and what they tell of a population.
 */
#include "core/survey_sample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/estimate.h"

const VitkSurvey vitk_survey_none = {.version = VITK_SURVEY_VERSION, .ordered = 1};

bool
vitk_lonely_parse(const char *s, size_t len, VitkLonely *out, VitkErr *err)
{
	static const char *const names[] = {"fail", "certainty", "adjust", "average"};
	int			i = vitk_find_word(names, 4, s, len);

	if (i < 0)
	{
		vitk_err(err, VITK_E_NAME, "unknown treatment of a lonely PSU \"%.*s\"", vitk_clip(s, len), s);
		return vitk_err_hint(err, "Valid values are fail, certainty, adjust and average.");
	}
	*out = (VitkLonely) (VITK_LONELY_FAIL + i);
	return true;
}

/*
 * Rows and PSUs
 */

static bool
check_row(double weight, bool in_domain, double value, VitkErr *err)
{
	if (!isfinite(weight) || weight < 0)
		return vitk_err(err, VITK_E_RANGE, "weight must be finite and at least 0, not %g", weight);
	if (in_domain && !isfinite(value))
	{
		vitk_err(err, VITK_E_RANGE, "value must be finite, not %g", value);
		return vitk_err_hint(err, "For a row outside the domain, the value must be NULL.");
	}
	return true;
}

static bool
psu_finite(const VitkPsu *p)
{
	return isfinite(p->weight) && isfinite(p->sum) && isfinite(p->ss);
}

/* Sums of both; the squares are about the mean of both (Chan 1979). */
static void
pool_psu(VitkPsu *a, const VitkPsu *b)
{
	if (a->weight > 0 && b->weight > 0)
	{
		double		d = a->sum / a->weight - b->sum / b->weight;

		a->ss += b->ss + a->weight * (b->weight / (a->weight + b->weight)) * d * d;
	}
	else
		a->ss += b->ss;
	a->n += b->n;
	a->weight += b->weight;
	a->sum += b->sum;
}

/*
 * A row is a PSU of its own until PSUs are brought to order, but for the
 * one that came last: rows of one often stand together.
 */
bool
vitk_survey_add(VitkSurvey *dst, int64_t stratum, int64_t psu, double weight,
				bool in_domain, double value, VitkErr *err)
{
	VitkPsu		row = {stratum, psu, 0, 0, 0, 0};
	VitkPsu    *last = dst->psus > 0 ? &dst->psu[dst->psus - 1] : NULL;

	if (!check_row(weight, in_domain, value, err))
		return false;
	if (in_domain && weight > 0)
	{
		row.n = 1;
		row.weight = weight;
		row.sum = weight * value + 0.0; /* a zero has no sign */
	}
	if (last != NULL && last->stratum == stratum && last->psu == psu)
		pool_psu(last, &row);
	else
	{
		last = &dst->psu[dst->psus++];
		*last = row;
		dst->ordered = 0;
	}
	if (!psu_finite(last))
		return vitk_err(err, VITK_E_RANGE, "survey_sample is out of range");
	return true;
}

static int
psu_cmp(const void *a, const void *b)
{
	const VitkPsu *p = a;
	const VitkPsu *q = b;

	if (p->stratum != q->stratum)
		return p->stratum < q->stratum ? -1 : 1;
	return (p->psu > q->psu) - (p->psu < q->psu);
}

bool
vitk_survey_order(VitkSurvey *s)
{
	uint32_t	kept = 0;
	bool		finite = true;

	if (s->ordered)
		return true;
	qsort(s->psu, s->psus, sizeof(VitkPsu), psu_cmp);
	for (uint32_t i = 1; i < s->psus; i++)
	{
		if (psu_cmp(&s->psu[kept], &s->psu[i]) != 0)
			s->psu[++kept] = s->psu[i];
		else
		{
			pool_psu(&s->psu[kept], &s->psu[i]);
			finite = finite && psu_finite(&s->psu[kept]);
		}
	}
	if (s->psus > 0)
		s->psus = kept + 1;
	s->ordered = 1;
	return finite;
}

static bool
psu_valid(const VitkPsu *p, VitkErr *err)
{
	if (!(p->n >= 0 && p->n <= 9007199254740991.0 && p->n == floor(p->n)))
		return vitk_err(err, VITK_E_RANGE, "n must be a whole number below 2^53, not %g", p->n);
	if (!psu_finite(p))
		return vitk_err(err, VITK_E_RANGE, "a sum is not finite");
	if (p->ss < 0 || p->weight < 0)
		return vitk_err(err, VITK_E_RANGE, "%s is negative", p->ss < 0 ? "ss" : "weight");
	if ((p->n > 0) != (p->weight > 0))
		return vitk_err(err, VITK_E_VALUE, "n = %g does not match weight = %g", p->n, p->weight);
	if ((p->n == 0 && p->sum != 0) || (p->n < 2 && p->ss != 0))
		return vitk_err(err, VITK_E_VALUE, "a sample with n = %g has no %s", p->n, p->n == 0 ? "sum" : "ss");
	if ((p->n == 0 && signbit(p->n)) || (p->weight == 0 && signbit(p->weight)) ||
		(p->sum == 0 && signbit(p->sum)) || (p->ss == 0 && signbit(p->ss)))
		return vitk_err(err, VITK_E_BINARY, "a zero has a minus sign");
	return true;
}

bool
vitk_survey_valid(const VitkSurvey *s, VitkErr *err)
{
	for (uint32_t i = 0; i < s->psus; i++)
	{
		if (!psu_valid(&s->psu[i], err))
			return false;
		if (i > 0 && psu_cmp(&s->psu[i - 1], &s->psu[i]) >= 0)
			return vitk_err(err, VITK_E_BINARY, "PSUs are not in order");
	}
	return true;
}

/* PSU by PSU, then by their number */
int
vitk_survey_cmp(const VitkSurvey *a, const VitkSurvey *b)
{
	for (uint32_t i = 0; i < a->psus && i < b->psus; i++)
	{
		const VitkPsu *p = &a->psu[i];
		const VitkPsu *q = &b->psu[i];
		int			cmp = psu_cmp(p, q);

		if (cmp == 0)
			cmp = vitk_double_cmp(p->n, q->n);
		if (cmp == 0)
			cmp = vitk_double_cmp(p->weight, q->weight);
		if (cmp == 0)
			cmp = vitk_double_cmp(p->sum, q->sum);
		if (cmp == 0)
			cmp = vitk_double_cmp(p->ss, q->ss);
		if (cmp != 0)
			return cmp;
	}
	return (a->psus > b->psus) - (a->psus < b->psus);
}

/*
 * Estimates
 */

VitkSurveyTotals
vitk_survey_totals(const VitkSurvey *s)
{
	VitkSurveyTotals t = {0, 0, 0, 0, s->psus, 0};
	VitkPsu		all = {0};

	for (uint32_t i = 0; i < s->psus; i++)
	{
		t.strata += i == 0 || s->psu[i].stratum != s->psu[i - 1].stratum;
		pool_psu(&all, &s->psu[i]);
	}
	t.n = all.n;
	t.weight = all.weight;
	t.sum = all.sum;
	t.ss = all.ss;
	return t;
}

/* Each PSU is finite, their sum need not be: by an infinite weight every mean would be 0. */
bool
vitk_survey_finite_totals(const VitkSurvey *s, VitkSurveyTotals *out, VitkErr *err)
{
	*out = vitk_survey_totals(s);
	if (!isfinite(out->weight) || !isfinite(out->sum))
		return vitk_err(err, VITK_E_RANGE, "survey_sample is out of range");
	return true;
}

bool
vitk_survey_same_design(const VitkSurvey *a, const VitkSurvey *b, VitkErr *err)
{
	bool		same = a->psus == b->psus;

	for (uint32_t i = 0; same && i < a->psus; i++)
		same = psu_cmp(&a->psu[i], &b->psu[i]) == 0;
	if (same)
		return true;
	vitk_err(err, VITK_E_VALUE, "survey_samples come from different designs");
	vitk_err_detail(err, "One has a PSU that the other lacks.");
	return vitk_err_hint(err, "Aggregate both over the same rows, with a value of NULL where a row is outside the domain.");
}

/* What a PSU adds to the function whose variance is asked for */
static double
contribution(const VitkLinear *a, const VitkLinear *b, uint32_t i)
{
	const VitkPsu *p = &a->sample->psu[i];
	double		z = a->of_sum * p->sum + a->of_weight * p->weight;

	if (b != NULL)
	{
		p = &b->sample->psu[i];
		z += b->of_sum * p->sum + b->of_weight * p->weight;
	}
	return z;
}

/* The variance within the stratum of the PSUs from first to before end */
static double
stratum_variance(const VitkLinear *a, const VitkLinear *b, uint32_t first, uint32_t end)
{
	double		m = end - first;
	double		mean = 0;
	double		ss = 0;

	for (uint32_t i = first; i < end; i++)
		mean += contribution(a, b, i) / m;
	for (uint32_t i = first; i < end; i++)
	{
		double		d = contribution(a, b, i) - mean;

		ss += d * d;
	}
	return ss * m / (m - 1);
}

static bool
lonely_psu(int64_t stratum, VitkErr *err)
{
	vitk_err(err, VITK_E_VALUE, "stratum %lld has a single PSU", (long long) stratum);
	vitk_err_detail(err, "The variance within it cannot be estimated.");
	return vitk_err_hint(err, "Aggregate all rows of the design, with NULL for those outside the domain; or merge strata; or pass lonely_psu => 'certainty', 'adjust' or 'average'.");
}

bool
vitk_survey_variance(const VitkLinear *a, const VitkLinear *b, VitkLonely lonely,
					 double *out, VitkErr *err)
{
	const VitkSurvey *s = a->sample;
	double		strata = 0;
	double		single = 0;
	uint32_t	end;

	*out = 0;
	for (uint32_t first = 0; first < s->psus; first = end)
	{
		for (end = first + 1; end < s->psus && s->psu[end].stratum == s->psu[first].stratum;)
			end++;
		strata++;
		if (end - first > 1)
		{
			*out += stratum_variance(a, b, first, end);
			continue;
		}
		if (lonely == VITK_LONELY_FAIL)
			return lonely_psu(s->psu[first].stratum, err);
		single++;
		if (lonely == VITK_LONELY_ADJUST)
		{
			double		z = contribution(a, b, first);

			*out += z * z;
		}
	}
	if (lonely == VITK_LONELY_AVERAGE)
		*out *= strata / (strata - single);
	return true;
}

/* Kish's design effect: against the variance of as many rows drawn one by one from the population */
static double
design_effect(const VitkSurveyTotals *t, double variance)
{
	double		simple = t->ss / t->weight / (t->n - 1) * ((t->weight - t->n) / t->weight);

	return simple > 0 && isfinite(simple) ? variance / simple : NAN;
}

static void
put_estimate(const VitkSurveyTotals *t, double estimate, double variance, VitkSurveyEstimate *out)
{
	*out = (VitkSurveyEstimate) {estimate, sqrt(variance), t->psus - t->strata, NAN};
	if (!(out->df > 0))
		out->df = NAN;
}

/* NaN where no row is in the domain */
bool
vitk_survey_mean(const VitkSurvey *s, VitkLonely lonely, VitkSurveyEstimate *out, VitkErr *err)
{
	VitkSurveyTotals t;
	VitkLinear	l = {s, 0, 0};
	double		mean;
	double		variance;

	*out = (VitkSurveyEstimate) {NAN, NAN, NAN, NAN};
	if (!vitk_survey_finite_totals(s, &t, err))
		return false;
	if (t.n == 0)
		return true;
	mean = t.sum / t.weight;
	l.of_sum = 1 / t.weight;
	l.of_weight = -mean / t.weight;
	if (!vitk_survey_variance(&l, NULL, lonely, &variance, err))
		return false;
	put_estimate(&t, mean, variance, out);
	out->deff = design_effect(&t, variance);
	return true;
}

bool
vitk_survey_total(const VitkSurvey *s, VitkLonely lonely, VitkSurveyEstimate *out, VitkErr *err)
{
	VitkSurveyTotals t;
	VitkLinear	l = {s, 1, 0};
	double		variance;

	*out = (VitkSurveyEstimate) {NAN, NAN, NAN, NAN};
	if (!vitk_survey_finite_totals(s, &t, err))
		return false;
	if (s->psus == 0)
		return true;
	if (!vitk_survey_variance(&l, NULL, lonely, &variance, err))
		return false;
	put_estimate(&t, t.sum, variance, out);
	return true;
}

/* Are both values known of the same rows? */
static bool
same_rows(const VitkSurvey *a, const VitkSurvey *b, VitkErr *err)
{
	bool		same = true;

	if (!vitk_survey_same_design(a, b, err))
		return false;
	for (uint32_t i = 0; same && i < a->psus; i++)
		same = a->psu[i].n == b->psu[i].n &&
			fabs(a->psu[i].weight - b->psu[i].weight) <= 1e-9 * a->psu[i].weight;
	if (same)
		return true;
	vitk_err(err, VITK_E_VALUE, "numerator and denominator do not come from the same rows");
	return vitk_err_hint(err, "Where either value is NULL, make both NULL.");
}

bool
vitk_survey_ratio(const VitkSurvey *numerator, const VitkSurvey *denominator,
				  VitkLonely lonely, VitkSurveyEstimate *out, VitkErr *err)
{
	VitkSurveyTotals y = vitk_survey_totals(numerator);
	VitkSurveyTotals x = vitk_survey_totals(denominator);
	double		ratio = y.sum / x.sum;
	VitkLinear	a = {numerator, 1 / x.sum, 0};
	VitkLinear	b = {denominator, -ratio / x.sum, 0};
	double		variance;

	*out = (VitkSurveyEstimate) {NAN, NAN, NAN, NAN};
	if (!same_rows(numerator, denominator, err) ||
		!vitk_survey_finite_totals(numerator, &y, err) || !vitk_survey_finite_totals(denominator, &x, err))
		return false;
	if (y.n == 0 || x.sum == 0)
		return true;
	if (!vitk_survey_variance(&a, &b, lonely, &variance, err))
		return false;
	put_estimate(&y, ratio, variance, out);
	return true;
}

bool
vitk_survey_difference(const VitkSurvey *a, const VitkSurvey *b, VitkLonely lonely,
					   VitkEffect *out, VitkErr *err)
{
	VitkSurveyTotals s = vitk_survey_totals(a);
	VitkSurveyTotals t = vitk_survey_totals(b);
	double		ma = s.sum / s.weight;
	double		mb = t.sum / t.weight;
	VitkLinear	la = {a, 1 / s.weight, -ma / s.weight};
	VitkLinear	lb = {b, -1 / t.weight, mb / t.weight};
	double		variance;

	*out = (VitkEffect) {0};
	if (!vitk_survey_same_design(a, b, err) ||
		!vitk_survey_finite_totals(a, &s, err) || !vitk_survey_finite_totals(b, &t, err))
		return false;
	if (s.n == 0 || t.n == 0)
		return true;
	if (!vitk_survey_variance(&la, &lb, lonely, &variance, err))
		return false;
	if (!(variance > 0 && s.psus > s.strata))
		return true;
	return vitk_effect_make(ma - mb, sqrt(variance), s.psus - s.strata, VITK_EFFECT_MD, out, err);
}
