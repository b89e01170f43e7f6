/*
 * interval.c
 *		Is an estimate in the middle of its confidence interval?
 *
 * The standard error of an estimate is read from half the width of its interval.
 * That is right where the estimate is in the middle (of a ratio: on the
 * logarithmic scale).  Where it does not, the figures are something else:
 * quartiles, another scale, a misprint, or an exact or bootstrap interval.
 */
#include "core/interval.h"

#include <math.h>
#include <string.h>

#include "core/number.h"

/*
 * What rounding does not explain may be up to this part of half the width:
 * papers cut digits off and lose the zero of 0.50.
 */
#define SLACK 0.02

/* Half a unit of the last digit of a number at the start of s, as printed */
double
vitk_printed_off(const char *s, const char *end)
{
	int			decimals = 0;
	int			exponent = 0;
	bool		negative = false;

	while (s < end && !vitk_is_digit(*s) && *s != '.')
		s++;
	while (s < end && vitk_is_digit(*s))
		s++;
	if (s < end && *s == '.')
		for (s++; s < end && vitk_is_digit(*s); s++)
			decimals++;
	if (end - s > 1 && (*s == 'e' || *s == 'E'))
	{
		negative = s[1] == '-';
		for (s += negative || s[1] == '+' ? 2 : 1; s < end && vitk_is_digit(*s) && exponent < 1000; s++)
			exponent = exponent * 10 + (*s - '0');
	}
	return 0.5 * pow(10, (negative ? -exponent : exponent) - decimals);
}

static double
off_of_double(double v)
{
	char		text[VITK_NUMBER_LEN];
	int			len = vitk_number_format(v, text);

	return vitk_printed_off(text, text + len);
}

/*
 * An interval of doubles.  They do not tell the zeros at their ends, so the
 * three count as printed alike, to the last digit of any.  Only the estimate may
 * be coarser, where it has decimals of its own: 0.5 [-0.23, 1.36].
 */
VitkInterval
vitk_interval(double value, double lower, double upper)
{
	double		own = isfinite(value) ? off_of_double(value) : 0;
	double		finest = fmin(own, fmin(isfinite(lower) ? off_of_double(lower) : 0,
										isfinite(upper) ? off_of_double(upper) : 0));

	return (VitkInterval) {value, lower, upper, own < 0.5 ? own : finest, finest, finest};
}

static double
on_scale(double v, bool ratio)
{
	if (!ratio)
		return v;
	return v > 0 ? log(v) : -INFINITY;
}

/* What lies between estimate and middle that rounding does not explain, in half widths */
static double
gap(const VitkInterval *i, bool ratio)
{
	double		half = on_scale(i->upper, ratio) / 2 - on_scale(i->lower, ratio) / 2;
	double		above = on_scale(i->lower - i->lower_off, ratio) / 2 +
		on_scale(i->upper - i->upper_off, ratio) / 2 - on_scale(i->value + i->value_off, ratio);
	double		below = on_scale(i->value - i->value_off, ratio) -
		on_scale(i->lower + i->lower_off, ratio) / 2 - on_scale(i->upper + i->upper_off, ratio) / 2;
	double		between = fmax(above, below);

	return between <= 0 ? 0 : between / half;
}

static bool
fits(const VitkInterval *i, bool ratio)
{
	return gap(i, ratio) <= SLACK;
}

/* A figure that would fit with its point one place further, or with the other sign */
static bool
find_misprint(const VitkInterval *i, bool ratio, double *printed, double *perhaps)
{
	static const double factors[] = {10, 0.1, 100, 0.01, -1};

	for (int place = 0; place < 3; place++)
		for (int f = 0; f < 5; f++)
		{
			VitkInterval j = *i;
			double	   *value = place == 0 ? &j.upper : place == 1 ? &j.lower : &j.value;
			double	   *off = place == 0 ? &j.upper_off : place == 1 ? &j.lower_off : &j.value_off;

			*printed = *value;
			*value *= factors[f];
			*off *= fabs(factors[f]);
			*perhaps = *value;
			if (j.lower < j.value && j.value < j.upper && (!ratio || j.lower > 0) && fits(&j, ratio))
				return true;
		}
	return false;
}

static bool
hint(const VitkInterval *i, bool ratio, VitkErr *err)
{
	double		printed;
	double		perhaps;

	if (ratio && fits(i, false))
		return vitk_err_hint(err, "The estimate itself is in the middle, not its logarithm: perhaps it is a difference, or already a logarithm.");
	if (!ratio && i->lower > 0 && fits(i, true))
		return vitk_err_hint(err, "Its logarithm is in the middle: perhaps it is a ratio (OR, RR, HR, ROM) or a geometric mean.");
	if (find_misprint(i, ratio, &printed, &perhaps))
		return vitk_err_hint(err, "Perhaps %.15g is a misprint for %.15g.", printed, perhaps);
	return vitk_err_hint(err, "Perhaps these are quartiles, or a figure is misprinted. An exact or bootstrap interval is asymmetric by nature: "
						 "the functions ..._from_ci accept it with skewed => true.");
}

bool
vitk_interval_check(const VitkInterval *i, bool ratio, VitkErr *err)
{
	double		lower = on_scale(i->lower, ratio);
	double		upper = on_scale(i->upper, ratio);
	double		middle = lower / 2 + upper / 2;

	if (i->lower == i->upper || fits(i, ratio))
		return true;
	vitk_err(err, VITK_E_VALUE, "estimate %.6g is not in the middle of its interval [%.6g, %.6g]",
			 i->value, i->lower, i->upper);
	vitk_err_detail(err, "The middle is %.4g%s.", ratio ? exp(middle) : middle,
					ratio ? ", that of the logarithms" : "");
	hint(i, ratio, err);
	return false;
}
