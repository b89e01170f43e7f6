/*
 * usual_intake.c
 *		Usual intakes from diaries of a few days.
 *
 * A day of a person is the person's usual intake and an error of that day.
 * Of persons seen twice, a one-way analysis of variance tells both variances;
 * the scatter of the means of few days is then shrunk to that of the usual
 * intakes: NRC 1986, Nutrient Adequacy: Assessment Using Food Consumption
 * Surveys, doi:10.17226/618.
 */
#include "core/usual_intake.h"

#include <stdio.h>
#include <string.h>

#include "core/distribution.h"
#include "core/estimate.h"
#include "core/number.h"
#include "core/intake_vs_limit.h"

#define MAX_COUNT 9007199254740991.0	/* 2^53 - 1: up to there doubles count by one */

/*
 * Scales
 */

static const char *const scale_name[] = {
	[VITK_INTAKE_NONE] = "none",
	[VITK_INTAKE_SQRT] = "sqrt",
	[VITK_INTAKE_CUBEROOT] = "cuberoot",
	[VITK_INTAKE_LOG] = "log"
};

bool
vitk_intake_scale_by_name(const char *s, size_t len, VitkIntakeScale *out, VitkErr *err)
{
	for (size_t i = 0; i < sizeof(scale_name) / sizeof(scale_name[0]); i++)
		if (strlen(scale_name[i]) == len && memcmp(scale_name[i], s, len) == 0)
		{
			*out = (VitkIntakeScale) i;
			return true;
		}
	vitk_err(err, VITK_E_NAME, "unknown scale \"%.*s\"", vitk_clip(s, len), s);
	return vitk_err_hint(err, "Scales are none, sqrt, cuberoot and log.");
}

static bool
check_finite(double v, const char *what, VitkErr *err)
{
	if (isfinite(v))
		return true;
	return vitk_err(err, VITK_E_RANGE, "%s must be finite, not %g", what, v);
}

bool
vitk_usual_scale(double x, VitkIntakeScale scale, double *out, VitkErr *err)
{
	if (!check_finite(x, "intake", err))
		return false;
	if (scale != VITK_INTAKE_NONE && x < 0)
		return vitk_err(err, VITK_E_RANGE, "intake of %g has no place on scale %s",
						x, scale_name[scale]);
	switch (scale)
	{
		case VITK_INTAKE_NONE:
			*out = x;
			break;
		case VITK_INTAKE_SQRT:
			*out = sqrt(x);
			break;
		case VITK_INTAKE_CUBEROOT:
			*out = cbrt(x);
			break;
		case VITK_INTAKE_LOG:
			if (x == 0)
			{
				vitk_err(err, VITK_E_VALUE, "intake of zero has no logarithm");
				return vitk_err_hint(err, "Take sqrt or cuberoot, which have a place for days without intake.");
			}
			*out = log(x);
			break;
	}
	return true;
}

/*
 * The mean of all days whose mean on the scale is y, and whose variance there
 * is "within": exact for the square root, for the cube root of errors that are
 * symmetric, for the logarithm of normal ones.  The bare inverse of the scale,
 * as if a person's days did not scatter, tells too low an intake: Nusser et al.
 * 1996, J Am Stat Assoc 91:1440-1449.
 */
static double
mean_of_days(double y, double within, VitkIntakeScale scale)
{
	switch (scale)
	{
		case VITK_INTAKE_NONE:
			break;
		case VITK_INTAKE_SQRT:
			return y * y + within;
		case VITK_INTAKE_CUBEROOT:
			return y * (y * y + 3 * within);
		case VITK_INTAKE_LOG:
			return exp(y + within / 2);
	}
	return y;
}

/* What mean_of_days() takes to x; NaN where nothing does. */
static double
day_of_mean(double x, double within, VitkIntakeScale scale)
{
	double		sd = sqrt(within);
	double		t;

	switch (scale)
	{
		case VITK_INTAKE_NONE:
			break;
		case VITK_INTAKE_SQRT:
			return sqrt(x - within);
		case VITK_INTAKE_CUBEROOT:
			/* y = 2 sd sinh(u) makes y^3 + 3 y sd^2 = 2 sd^3 sinh(3 u) */
			t = x / (2 * sd * within);
			return isfinite(t) ? 2 * sd * sinh(asinh(t) / 3) : cbrt(x);
		case VITK_INTAKE_LOG:
			return log(x) - within / 2;
	}
	return x;
}

static bool
to_intake(double y, double within, VitkIntakeScale scale, double *out, VitkErr *err)
{
	if ((scale == VITK_INTAKE_SQRT || scale == VITK_INTAKE_CUBEROOT) && y < 0)
	{
		vitk_err(err, VITK_E_RANGE, "%g is no intake on scale %s", y, scale_name[scale]);
		return vitk_err_hint(err, "Bring each day to the scale by usual_scale().");
	}
	*out = mean_of_days(y, within, scale);
	if (isfinite(*out))
		return true;
	vitk_err(err, VITK_E_RANGE, "intake is out of range: %g on scale %s", y, scale_name[scale]);
	return vitk_err_hint(err, "Bring each day to the scale by usual_scale().");
}

bool
vitk_usual_unscale(double y, VitkIntakeScale scale, double *out, VitkErr *err)
{
	return check_finite(y, "intake", err) && to_intake(y, 0, scale, out, err);
}

/*
 * Variance components
 */

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
		c->between.n, c->between.sum, c->between.ss};

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
		return vitk_err(err, VITK_E_VALUE, "days_squared = %g fits no %.0f days of %.0f persons",
						c->days_squared, days, c->persons);
	if (!isfinite(c->means) || !isfinite(c->between.sum) ||
		!isfinite(c->ss_within) || !isfinite(c->between.ss))
		return vitk_err(err, VITK_E_RANGE, "a sum is not finite");
	if (c->ss_within < 0 || c->between.ss < 0)
		return vitk_err(err, VITK_E_RANGE, "a sum of squares is negative");
	if (c->persons == 0 && (c->days_squared != 0 || c->means != 0 || c->between.sum != 0))
		return vitk_err(err, VITK_E_VALUE, "no persons have no sum");
	if (c->persons < 2 && c->between.ss != 0)
		return vitk_err(err, VITK_E_VALUE, "ss_between needs two persons");
	if (days == c->persons && c->ss_within != 0)
		return vitk_err(err, VITK_E_VALUE, "ss_within needs a person with two days");
	if (has_signed_zero(c))
		return vitk_err(err, VITK_E_BINARY, "a zero has a sign");
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
		return vitk_err(err, VITK_E_RANGE, "variance must be finite and not negative, not %g",
						isfinite(within) && within >= 0 ? between : within);
	/* + 0.0, because a zero has no sign */
	*out = (VitkComponents) {
		persons, days * days_each, persons * mean + 0.0, within * (days - persons) + 0.0,
		{days, days * mean + 0.0, (within + days_each * between) * (persons - 1) + 0.0}
	};
	return vitk_components_valid(out, err);
}

static int
double_cmp(double a, double b)
{
	return (a > b) - (a < b);
}

/* Order: no persons, then by mean; then whatever differs */
int
vitk_components_cmp(const VitkComponents *a, const VitkComponents *b)
{
	int			cmp = (a->persons > 0) - (b->persons > 0);

	if (cmp == 0 && a->persons > 0)
		cmp = double_cmp(vitk_components_mean(a), vitk_components_mean(b));
	if (cmp == 0)
		cmp = double_cmp(a->persons, b->persons);
	if (cmp == 0)
		cmp = double_cmp(a->means, b->means);
	if (cmp == 0)
		cmp = double_cmp(a->days_squared, b->days_squared);
	if (cmp == 0)
		cmp = double_cmp(a->ss_within, b->ss_within);
	return cmp != 0 ? cmp : vitk_sample_cmp(&a->between, &b->between);
}

/*
 * Text: the sums, each by its name
 */

typedef struct Part
{
	const char *name;
	double	   *value;
} Part;

#define PARTS 7

static void
list_parts(VitkComponents *c, Part part[PARTS])
{
	const Part	parts[PARTS] = {
		{"persons", &c->persons}, {"days", &c->between.n}, {"days_squared", &c->days_squared},
		{"means", &c->means}, {"sum", &c->between.sum},
		{"ss_within", &c->ss_within}, {"ss_between", &c->between.ss}
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
		vitk_skip_word(p, end, "");
		return true;
	}
	return vitk_err(err, VITK_E_SYNTAX, "unknown part \"%.*s\"", vitk_clip(*p, end - *p), *p);
}

static bool
read_parts(const char *p, const char *end, const Part part[PARTS], VitkErr *err)
{
	vitk_skip_word(&p, end, "");
	if (!vitk_skip_word(&p, end, "("))
		return vitk_err(err, VITK_E_SYNTAX, "no parenthesis is opened");
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

/* All must be there; of no persons nothing else need be. */
static bool
complete(VitkComponents *c, const Part part[PARTS], VitkErr *err)
{
	for (int i = 0; i < PARTS; i++)
		if (isnan(*part[i].value))
		{
			if (c->persons != 0)
				return vitk_err(err, VITK_E_SYNTAX, "part %s is missing", part[i].name);
			*part[i].value = 0;
		}
	return true;
}

bool
vitk_components_parse(const char *s, size_t len, VitkComponents *out, VitkErr *err)
{
	Part		part[PARTS];

	*out = (VitkComponents) {NAN, NAN, NAN, NAN, {NAN, NAN, NAN}};
	list_parts(out, part);
	if (read_parts(s, s + len, part, err) && complete(out, part, err) && vitk_components_valid(out, err))
		return true;
	return vitk_literal_refused("variance_components", s, len,
								"Write \"(persons=2, days=5, days_squared=13, means=9, sum=23, ss_within=1.5, ss_between=1.2)\", "
								"or make it by variance_components().", err);
}

/* Write the canonical text to buf[VITK_COMPONENTS_LEN]; returns its length. */
int
vitk_components_format(const VitkComponents *c, char *buf)
{
	VitkComponents copy = *c;
	Part		part[PARTS];
	int			n = 0;

	list_parts(&copy, part);
	for (int i = 0; i < PARTS; i++)
	{
		n += sprintf(buf + n, "%s%s=", i == 0 ? "(" : ", ", part[i].name);
		n += vitk_number_format(*part[i].value, buf + n);
		if (c->persons == 0)
			break;
	}
	return n + sprintf(buf + n, ")");
}

/*
 * Usual intakes
 */

static bool
check_components(const VitkComponents *c, VitkErr *err)
{
	if (c->persons >= 2 && c->between.n > c->persons)
		return true;
	vitk_err(err, VITK_E_VALUE, "variance components need two persons and a second day of one of them");
	vitk_err_detail(err, "The number of persons is %.0f, that of their days %.0f.", c->persons, c->between.n);
	return vitk_err_hint(err, "variance_components(persons, days_each, mean, variance_within, variance_between) takes the variances of another survey.");
}

/*
 * The mean of a person's days, drawn towards that of all persons so that such
 * values scatter as usual intakes do (NRC 1986).  For the distribution in a
 * group: of a single person something else were the best guess.
 */
bool
vitk_usual_intake(const VitkSample *person, const VitkComponents *c, VitkIntakeScale scale,
				  double *out, VitkErr *err)
{
	double		mean = vitk_components_mean(c);
	double		within;
	double		between;
	double		observed;		/* variance of means of as many days */
	double		shrink;

	if (!check_components(c, err))
		return false;
	within = vitk_components_within(c);
	between = vitk_components_between(c, true);
	observed = between + within / person->n;
	shrink = observed > 0 ? sqrt(between / observed) : 0;
	return to_intake(mean + (vitk_sample_mean(person) - mean) * shrink, within, scale, out, err);
}

/*
 * Shares of persons
 *
 * The share below the EAR is near that of persons who do not meet their own
 * requirement: the cut-point method, IOM 2000, Dietary Reference Intakes:
 * Applications in Dietary Assessment, doi:10.17226/9956, chapter 4.  It holds
 * for no other kind of value.
 */

static bool
refuse_share_below(const char *kind, int len, VitkErr *err)
{
	vitk_err(err, VITK_E_VALUE, "reference value of kind %.*s gives no prevalence of inadequate intakes", len, kind);
	if (len == 2 && memcmp(kind, "AI", 2) == 0)
	{
		vitk_err_detail(err, "How an AI relates to requirements is not known: of intakes below it nothing can be concluded.");
		return vitk_err_hint(err, "Where the mean of a group is at or above the AI, few are likely to have inadequate intakes.");
	}
	if (vitk_limit_kind(kind, len) == VITK_LIMIT_UPPER)
	{
		vitk_err_detail(err, "It tells how much may be too much.");
		return vitk_err_hint(err, "share_above() gives the share above it.");
	}
	if (vitk_limit_kind(kind, len) == VITK_LIMIT_ENOUGH)
		vitk_err_detail(err, "It exceeds the requirements of nearly all: the share below it overstates inadequacy.");
	return vitk_err_hint(err, "Use the EAR.");
}

bool
vitk_share_kind(const char *kind, size_t len, bool above, VitkErr *err)
{
	int			clip = vitk_clip(kind, len);
	char		average[128];
	char		upper[128];

	vitk_limit_kind_names(VITK_LIMIT_AVERAGE, VITK_LIMIT_AVERAGE, average, sizeof(average));
	vitk_limit_kind_names(VITK_LIMIT_UPPER, VITK_LIMIT_UPPER, upper, sizeof(upper));
	switch (vitk_limit_kind(kind, len))
	{
		case VITK_LIMIT_UNKNOWN:
			vitk_err(err, VITK_E_NAME, "unknown kind of reference value \"%.*s\"", clip, kind);
			return vitk_err_hint(err, "share_below() takes %s, share_above() takes %s.", average, upper);
		case VITK_LIMIT_AVERAGE:
			if (!above)
				return true;
			break;
		case VITK_LIMIT_UPPER:
			if (above)
				return true;
			break;
		default:
			break;
	}
	if (!above)
		return refuse_share_below(kind, clip, err);
	vitk_err(err, VITK_E_VALUE, "reference value of kind %.*s gives no share at risk of too much", clip, kind);
	return vitk_err_hint(err, "share_above() takes %s.", upper);
}

/* The share of normal values below x, or above; of values that are all one, too */
static double
normal_share(double x, double mean, double variance, bool above)
{
	if (variance > 0)
		return vitk_normal_cdf((x - mean) / sqrt(variance), above);
	return above ? mean > x : mean < x;
}

/*
 * The share of usual intakes below or above a reference value, if they are
 * normal on the scale.
 */
bool
vitk_components_share(const VitkComponents *c, double reference, VitkIntakeScale scale, bool above,
					  double *out, VitkErr *err)
{
	double		mean = vitk_components_mean(c);
	double		between;
	double		y;

	if (!check_finite(reference, "reference value", err) || !check_components(c, err))
		return false;
	between = vitk_components_between(c, true);
	y = day_of_mean(reference, vitk_components_within(c), scale);
	if (!isfinite(y))
		/* on the scale there are no usual intakes as small as that */
		*out = above;
	else
		*out = normal_share(y, mean, between, above);
	return true;
}
