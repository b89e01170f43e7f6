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
	int			scale = vitk_find_word(scale_name, sizeof(scale_name) / sizeof(scale_name[0]), s, len);

	if (scale >= 0)
	{
		*out = (VitkIntakeScale) scale;
		return true;
	}
	vitk_err(err, VITK_E_NAME, "unknown scale \"%.*s\"", vitk_clip(s, len), s);
	return vitk_err_hint(err, "Valid scales are none, sqrt, cuberoot and log.");
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
		return vitk_err(err, VITK_E_RANGE, "intake of %g cannot be expressed on scale %s",
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
				return vitk_err_hint(err, "Use sqrt or cuberoot, which allow days without intake.");
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
double
vitk_mean_of_days(double y, double within, VitkIntakeScale scale)
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

/* What vitk_mean_of_days() takes to x; NaN where nothing does. */
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
		vitk_err(err, VITK_E_RANGE, "%g is not an intake on scale %s", y, scale_name[scale]);
		return vitk_err_hint(err, "Use usual_scale() to bring each day to the scale.");
	}
	*out = vitk_mean_of_days(y, within, scale);
	if (isfinite(*out))
		return true;
	vitk_err(err, VITK_E_RANGE, "intake is out of range: %g on scale %s", y, scale_name[scale]);
	return vitk_err_hint(err, "Use usual_scale() to bring each day to the scale.");
}

bool
vitk_usual_unscale(double y, VitkIntakeScale scale, double *out, VitkErr *err)
{
	return check_finite(y, "intake", err) && to_intake(y, 0, scale, out, err);
}

/*
 * Usual intakes
 */

/* Of what is eaten nearly daily no more days than that are without it. */
#define MOST_ZERO_DAYS 0.05

/*
 * Days without intake lie apart from those with it on every scale: neither is
 * a person's error normal, nor are usual intakes, and the shares that come of
 * it are far off.  On the scale of logarithms zero is an intake of one.
 */
static bool
check_zero_days(const VitkComponents *c, VitkIntakeScale scale, VitkErr *err)
{
	double		share = c->zero_days / c->between.n;

	if (scale == VITK_INTAKE_LOG || share <= MOST_ZERO_DAYS)
		return true;
	vitk_err(err, VITK_E_VALUE, "%.0f percent of the days are without intake: this is not eaten daily", 100 * share);
	vitk_err_detail(err, "How often it is eaten, and how much on those days, needs a model in two parts; this method is for what is eaten nearly every day, and its shares would be far off on any scale.");
	return vitk_err_hint(err, "Use two_part_share_below() or two_part_share_above(), or describe only the days with intake.");
}

static bool
check_components(const VitkComponents *c, VitkIntakeScale scale, VitkErr *err)
{
	if (c->persons >= 2 && c->between.n > c->persons)
		return check_zero_days(c, scale, err);
	vitk_err(err, VITK_E_VALUE, "variance components need two persons and a second day for one of them");
	vitk_err_detail(err, "There are %.0f persons with %.0f days in all.", c->persons, c->between.n);
	return vitk_err_hint(err, "To use the variances of another survey, call variance_components(persons, days_each, mean, variance_within, variance_between).");
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

	if (!check_components(c, scale, err))
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
	vitk_err(err, VITK_E_VALUE, "reference value of kind %.*s cannot give the prevalence of inadequate intakes", len, kind);
	if (len == 2 && memcmp(kind, "AI", 2) == 0)
	{
		vitk_err_detail(err, "How an AI relates to requirements is not known: nothing can be concluded about intakes below it.");
		return vitk_err_hint(err, "If the mean of a group is at or above the AI, few are likely to have inadequate intakes.");
	}
	if (vitk_limit_kind(kind, len) == VITK_LIMIT_UPPER)
	{
		vitk_err_detail(err, "It says how much may be too much.");
		return vitk_err_hint(err, "share_above() gives the share above it.");
	}
	if (vitk_limit_kind(kind, len) == VITK_LIMIT_ENOUGH)
		vitk_err_detail(err, "It exceeds the requirements of nearly everyone: the share below it overstates inadequacy.");
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
	vitk_err(err, VITK_E_VALUE, "reference value of kind %.*s cannot give the share at risk of too much", clip, kind);
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

	if (!check_finite(reference, "reference value", err) || !check_components(c, scale, err))
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
