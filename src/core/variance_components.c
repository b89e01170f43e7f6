/*
 * variance_components.c
 *		The days of persons in sums that pool, and the variance within and between
 *		persons that they tell.
 */
#include "core/variance_components.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/estimate.h"
#include "core/number.h"

#define MAX_COUNT 9007199254740991.0	/* 2^53 - 1: up to there doubles count by one */

/*
 * How many of a person's days were at zero, which n, sum and spread tell for
 * one day and for two, m - d and m + d; of more days only when all were.
 */
static double
zero_days(const VitkSample *person)
{
	double		mean = vitk_sample_mean(person);
	double		half = sqrt(person->ss / 2);

	if (person->sum == 0 && person->ss == 0)
		return person->n;
	return person->n == 2 && fabs(fabs(mean) - half) <= 1e-9 * half ? 1 : 0;
}

/* A person without days is none. */
bool
vitk_components_add(VitkComponents *c, const VitkSample *person)
{
	VitkSample	days = {person->n, person->sum, 0};

	if (person->n == 0)
		return true;
	c->persons++;
	c->days_squared += person->n * person->n;
	c->means += vitk_sample_mean(person);
	c->ss_within += person->ss;
	c->zero_days += zero_days(person);
	return vitk_sample_pool(&c->between, &days, &c->between) &&
		isfinite(c->means) && isfinite(c->ss_within);
}

bool
vitk_components_pool(const VitkComponents *a, const VitkComponents *b, VitkComponents *out)
{
	VitkComponents r;

	r.persons = a->persons + b->persons;
	r.days_squared = a->days_squared + b->days_squared;
	r.means = a->means + b->means;
	r.ss_within = a->ss_within + b->ss_within;
	r.zero_days = a->zero_days + b->zero_days;
	if (!vitk_sample_pool(&a->between, &b->between, &r.between))
		return false;
	*out = r;
	return isfinite(r.means) && isfinite(r.ss_within);
}

double
vitk_components_mean(const VitkComponents *c)
{
	return c->persons > 0 ? c->means / c->persons : NAN;
}

/* The mean square within persons */
double
vitk_components_within(const VitkComponents *c)
{
	double		df = c->between.n - c->persons;

	return df > 0 ? c->ss_within / df : NAN;
}

/*
 * What the mean square between persons has above that within, a person's days
 * counting as the n0 of unequal numbers (Searle, Casella and McCulloch 1992,
 * Variance Components, chapter 3, doi:10.1002/9780470316856).  The difference can
 * come out negative, a variance cannot: truncated, it is zero.
 */
double
vitk_components_between(const VitkComponents *c, bool truncated)
{
	double		df = c->persons - 1;
	double		n0;
	double		variance;

	if (df < 1)
		return NAN;
	/* never below one, however the sums are rounded */
	n0 = fmax(1, (c->between.n - c->days_squared / c->between.n) / df);
	variance = (c->between.ss / df - vitk_components_within(c)) / n0;
	return truncated && variance < 0 ? 0 : variance;
}

static bool
is_count(double n)
{
	return n >= 0 && n <= MAX_COUNT && n == floor(n);
}

static bool
has_signed_zero(const VitkComponents *c)
{
	double		v[] = {c->persons, c->days_squared, c->means, c->ss_within,
		c->between.n, c->between.sum, c->between.ss, c->zero_days};

	for (size_t i = 0; i < sizeof(v) / sizeof(v[0]); i++)
		if (v[i] == 0 && signbit(v[i]))
			return true;
	return false;
}

/* May it be stored? */
bool
vitk_components_valid(const VitkComponents *c, VitkErr *err)
{
	double		days = c->between.n;
	double		most = days - c->persons + 1;	/* of one person, if the others have one */
	double		slack = 1 + 1e-9;	/* sums of squares beyond 2^53 are rounded */

	if (!is_count(c->persons))
		return vitk_err(err, VITK_E_RANGE, "persons must be a whole number below 2^53, not %g", c->persons);
	if (!is_count(days))
		return vitk_err(err, VITK_E_RANGE, "days must be a whole number below 2^53, not %g", days);
	if (days < c->persons || (c->persons == 0 && days > 0))
		return vitk_err(err, VITK_E_VALUE, "%.0f persons cannot have %.0f days", c->persons, days);
	if (!(c->days_squared * c->persons * slack >= days * days &&
		  c->days_squared <= (most * most + c->persons - 1) * slack) &&
		(c->persons > 0 || c->days_squared != 0))
		return vitk_err(err, VITK_E_VALUE, "days_squared = %g does not match %.0f days of %.0f persons",
						c->days_squared, days, c->persons);
	if (!isfinite(c->means) || !isfinite(c->between.sum) ||
		!isfinite(c->ss_within) || !isfinite(c->between.ss))
		return vitk_err(err, VITK_E_RANGE, "a sum is not finite");
	if (c->ss_within < 0 || c->between.ss < 0)
		return vitk_err(err, VITK_E_RANGE, "a sum of squares is negative");
	if (!is_count(c->zero_days) || c->zero_days > days)
		return vitk_err(err, VITK_E_VALUE, "zero_days = %g does not match %.0f days", c->zero_days, days);
	if (c->persons == 0 && (c->days_squared != 0 || c->means != 0 || c->between.sum != 0))
		return vitk_err(err, VITK_E_VALUE, "there are sums without any persons");
	if (c->persons < 2 && c->between.ss != 0)
		return vitk_err(err, VITK_E_VALUE, "ss_between needs two persons");
	if (days == c->persons && c->ss_within != 0)
		return vitk_err(err, VITK_E_VALUE, "ss_within needs a person with two days");
	if (has_signed_zero(c))
		return vitk_err(err, VITK_E_BINARY, "a zero has a minus sign");
	return true;
}

/* From what a paper prints: so many persons with as many days each */
bool
vitk_components_from_parts(double persons, double days_each, double mean, double within, double between,
						   VitkComponents *out, VitkErr *err)
{
	double		days = persons * days_each;

	if (!(persons >= 2 && days_each >= 2))
		return vitk_err(err, VITK_E_VALUE, "variance components need two persons with two days each, not %g with %g",
						persons, days_each);
	if (!(isfinite(within) && within >= 0 && isfinite(between) && between >= 0))
		return vitk_err(err, VITK_E_RANGE, "variance must be finite and at least 0, not %g",
						isfinite(within) && within >= 0 ? between : within);
	/* + 0.0, because a zero has no sign */
	*out = (VitkComponents) {
		persons, days * days_each, persons * mean + 0.0, within * (days - persons) + 0.0,
		{days, days * mean + 0.0, (within + days_each * between) * (persons - 1) + 0.0},
		0
	};
	return vitk_components_valid(out, err);
}

/* Order: no persons, then by mean; then whatever differs */
int
vitk_components_cmp(const VitkComponents *a, const VitkComponents *b)
{
	int			cmp = (a->persons > 0) - (b->persons > 0);

	if (cmp == 0 && a->persons > 0)
		cmp = vitk_double_cmp(vitk_components_mean(a), vitk_components_mean(b));
	if (cmp == 0)
		cmp = vitk_double_cmp(a->persons, b->persons);
	if (cmp == 0)
		cmp = vitk_double_cmp(a->means, b->means);
	if (cmp == 0)
		cmp = vitk_double_cmp(a->days_squared, b->days_squared);
	if (cmp == 0)
		cmp = vitk_double_cmp(a->ss_within, b->ss_within);
	if (cmp == 0)
		cmp = vitk_sample_cmp(&a->between, &b->between);
	return cmp != 0 ? cmp : vitk_double_cmp(a->zero_days, b->zero_days);
}

/*
 * Text: the sums, each by its name
 */

typedef struct Part
{
	const char *name;
	double	   *value;
} Part;

#define PARTS 8

static void
list_parts(VitkComponents *c, Part part[PARTS])
{
	const Part	parts[PARTS] = {
		{"persons", &c->persons}, {"days", &c->between.n}, {"days_squared", &c->days_squared},
		{"means", &c->means}, {"sum", &c->between.sum},
		{"ss_within", &c->ss_within}, {"ss_between", &c->between.ss}, {"zero_days", &c->zero_days}
	};

	memcpy(part, parts, sizeof(parts));
}

/* "persons=237" */
static bool
read_part(const char **p, const char *end, const Part part[PARTS], VitkErr *err)
{
	for (int i = 0; i < PARTS; i++)
	{
		const char *q = *p;

		if (!vitk_skip_word(&q, end, part[i].name) || !vitk_skip_word(&q, end, "="))
			continue;
		if (!isnan(*part[i].value))
			return vitk_err(err, VITK_E_SYNTAX, "part %s occurs twice", part[i].name);
		*p = q;
		if (!vitk_number_parse(p, end, part[i].value, err))
			return false;
		vitk_skip_space(p, end);
		return true;
	}
	return vitk_err(err, VITK_E_SYNTAX, "unknown part \"%.*s\"", vitk_clip(*p, end - *p), *p);
}

static bool
read_parts(const char *p, const char *end, const Part part[PARTS], VitkErr *err)
{
	vitk_skip_space(&p, end);
	if (!vitk_skip_word(&p, end, "("))
		return vitk_err(err, VITK_E_SYNTAX, "the opening parenthesis is missing");
	do
	{
		if (!read_part(&p, end, part, err))
			return false;
	} while (vitk_skip_word(&p, end, ","));
	if (!vitk_skip_word(&p, end, ")"))
		return vitk_err(err, VITK_E_SYNTAX, "the parenthesis is not closed");
	if (p < end)
		return vitk_err(err, VITK_E_SYNTAX, "unexpected \"%.*s\"", vitk_clip(p, end - p), p);
	return true;
}

/* All must be there but zero_days; of no persons nothing else need be. */
static bool
complete(VitkComponents *c, const Part part[PARTS], VitkErr *err)
{
	for (int i = 0; i < PARTS; i++)
		if (isnan(*part[i].value))
		{
			if (c->persons != 0 && i < PARTS - 1)
				return vitk_err(err, VITK_E_SYNTAX, "part %s is missing", part[i].name);
			*part[i].value = 0;
		}
	return true;
}

bool
vitk_components_parse(const char *s, size_t len, VitkComponents *out, VitkErr *err)
{
	Part		part[PARTS];

	*out = (VitkComponents) {NAN, NAN, NAN, NAN, {NAN, NAN, NAN}, NAN};
	list_parts(out, part);
	if (read_parts(s, s + len, part, err) && complete(out, part, err) && vitk_components_valid(out, err))
		return true;
	return vitk_literal_refused("variance_components", s, len,
								"Write \"(persons=2, days=5, days_squared=13, means=9, sum=23, ss_within=1.5, ss_between=1.2)\", "
								"or build it with variance_components().", err);
}

/* Write the canonical text to buf[VITK_COMPONENTS_LEN]; returns its length. */
int
vitk_components_format(const VitkComponents *c, char *buf)
{
	VitkComponents copy = *c;
	Part		part[PARTS];
	int			n = 0;

	list_parts(&copy, part);
	for (int i = 0; i < (c->zero_days > 0 ? PARTS : PARTS - 1); i++)
	{
		n += sprintf(buf + n, "%s%s=", i == 0 ? "(" : ", ", part[i].name);
		n += vitk_number_format(*part[i].value, buf + n);
		if (c->persons == 0)
			break;
	}
	return n + sprintf(buf + n, ")");
}
