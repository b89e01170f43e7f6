/*
 * distribution.c
 *		Distribution functions and quantiles: normal, Student t, chi-square, F.
 *
 * The cumulative functions are written as a prefactor, which is computed
 * without the cancellation that lgamma() would bring, times a continued
 * fraction or series (NIST DLMF 8.7, 8.9, 8.17, https://dlmf.nist.gov).
 * Quantiles solve the cumulative function by Newton's method on its logarithm.
 */
#include "core/distribution.h"

#include <float.h>
#include <math.h>

#define MAX_ITERATIONS 100000
#define TINY 1e-300

/*
 * ln Gamma(z) less Stirling's formula (z - 1/2) ln z - z + ln(2 pi) / 2, for
 * z >= 16, where six terms of the series (DLMF 5.11.1) are exact to the last bit.
 */
static double
stirling_error(double z)
{
	double		w = 1 / (z * z);

	return (1.0 / 12 - w * (1.0 / 360 - w * (1.0 / 1260 - w *
											 (1.0 / 1680 - w * (1.0 / 1188 - w * 691.0 / 360360))))) / z;
}

/* ln x - (x - 1), without cancellation where x is near 1; d = x - 1 */
static double
log_less_linear(double x, double d)
{
	double		sum = 0;
	double		term = d;

	if (fabs(d) > 0.1)
		return log(x) - d;
	for (int i = 2; i < 100; i++)
	{
		double		before = sum;

		term *= -d;
		sum += term / i;
		if (sum == before)
			break;
	}
	return sum;
}

double
vitk_normal_cdf(double x, bool upper)
{
	return 0.5 * erfc((upper ? x : -x) * M_SQRT1_2);
}

/*
 * Gamma(a + 1/2) / (Gamma(a) sqrt(a)), which goes to 1 with a: the constant of
 * the t distribution.
 */
static double
gamma_ratio(double a)
{
	if (a < 16)
		return tgamma(a + 0.5) / (tgamma(a) * sqrt(a));
	return exp(a * log_less_linear(1 + 0.5 / a, 0.5 / a) + stirling_error(a + 0.5) - stirling_error(a));
}

/* ln(1 + a b), also where the product overflows */
static double
log1p_product(double a, double b)
{
	double		product = a * b;

	return product < 1e300 ? log1p(product) : log(a) + log(b);
}

/*
 * The density of t, times a scale: far out the density itself underflows where
 * the product, which is a probability, does not.
 */
static double
scaled_t_density(double t, double df, double scale)
{
	double		q = t / sqrt(df);
	double		constant = gamma_ratio(df / 2) / sqrt(2 * M_PI);
	double		log_q = (df + 1) / 2 * log1p_product(q, q);

	return log_q < 600 ? constant * exp(-log_q) * scale : constant * exp(log(scale) - log_q);
}

/*
 * P(T > t) for t >= 0: the density at t times the integral over z of
 * density(t + z) / density(t).  The double exponential rule (Takahasi and Mori,
 * Publ RIMS 1974;9:721-741, doi:10.2977/prims/1195192451) sums positive terms
 * only, so it is as exact for df in the millions, where continued fractions
 * lose digits to x = df / (df + t^2) near 1, as it is far out in the tail.
 */
#define FIRST_NODE (-64)			/* below, and above the last, all terms are too small */
#define LAST_NODE 108			/* z up to 1e300: for small df the tail is as long */
#define STEP (1.0 / 16)

/* The nodes of the rule and their weights, which are the same for all t and df */
typedef struct Rule
{
	double		z[LAST_NODE - FIRST_NODE + 1];
	double		weight[LAST_NODE - FIRST_NODE + 1];
} Rule;

static const Rule *
double_exponential_rule(void)
{
	static Rule rule;

	if (rule.z[0] == 0)
		for (int i = LAST_NODE - FIRST_NODE; i >= 0; i--)
		{
			double		u = (FIRST_NODE + i) * STEP;

			rule.z[i] = exp(M_PI_2 * sinh(u));
			rule.weight[i] = M_PI_2 * cosh(u) * rule.z[i] * STEP;
		}
	return &rule;
}

static double
t_tail(double t, double df)
{
	const Rule *rule = double_exponential_rule();
	double		norm = hypot(t, sqrt(df));
	double		scale = norm / (df + 1) * (norm / (t + 1));
	double		sum = 0;

	if (isinf(t))
		return 0;
	for (int i = 0; i <= LAST_NODE - FIRST_NODE; i++)
	{
		double		z = scale * rule->z[i];
		double		log_q = log1p_product(z / norm, (2 * t + z) / norm);
		double		term = rule->weight[i] * exp(-(df + 1) / 2 * log_q);

		sum += term;
		if (i > -FIRST_NODE && term < sum * (DBL_EPSILON / 64))
			break;
	}
	return scaled_t_density(t, df, scale * sum);
}

double
vitk_t_cdf(double t, double df, bool upper)
{
	double		tail;

	if (isnan(t) || !(df > 0))
		return NAN;
	if (isinf(df))
		return vitk_normal_cdf(t, upper);
	tail = t == 0 ? 0.5 : fmin(t_tail(fabs(t), df), 0.5);	/* whatever it was rounded to */
	return (t > 0) == upper ? tail : 1 - tail;
}

/* x^a e^-x / Gamma(a + 1), about the height of a gamma density */
static double
gamma_front(double x, double a)
{
	if (a < 16)
		return x <= 0 ? 0 : exp(a * log(x) - x) / tgamma(a + 1);
	return exp(a * log_less_linear(x / a, (x - a) / a) - stirling_error(a)) / sqrt(2 * M_PI * a);
}

/* Sum of the series of the lower incomplete gamma function (DLMF 8.7.1) */
static double
gamma_series(double x, double a)
{
	double		sum = 1;
	double		term = 1;

	for (int i = 1; i < MAX_ITERATIONS; i++)
	{
		term *= x / (a + i);
		sum += term;
		if (term < sum * DBL_EPSILON / 2)
			break;
	}
	return sum;
}

/* Continued fraction of the upper incomplete gamma function (DLMF 8.9.2) */
static double
gamma_fraction(double x, double a)
{
	double		b = x + 1 - a;
	double		c = 1 / TINY;
	double		d = 1 / b;
	double		h = d;

	for (int i = 1; i < MAX_ITERATIONS; i++)
	{
		double		an = -i * (i - a);
		double		change;

		b += 2;
		d = an * d + b;
		d = 1 / (fabs(d) < TINY ? TINY : d);
		c = b + an / c;
		if (fabs(c) < TINY)
			c = TINY;
		change = d * c;
		h *= change;
		if (fabs(change - 1) < DBL_EPSILON)
			break;
	}
	return h;
}

double
vitk_chisq_cdf(double x, double df, bool upper)
{
	double		a = df / 2;
	double		front;

	if (isnan(x) || !(df > 0))
		return NAN;
	if (x <= 0)
		return upper ? 1 : 0;
	if (isinf(x))
		return upper ? 0 : 1;
	x /= 2;
	front = gamma_front(x, a);
	if (x < a + 1)
	{
		double		lower = front * gamma_series(x, a);

		return upper ? 1 - lower : lower;
	}
	else
	{
		double		above = front * a * gamma_fraction(x, a);

		return upper ? above : 1 - above;
	}
}

/* ln (Gamma(a + b) / (Gamma(a) Gamma(b))), for a >= b */
static double
log_inverse_beta(double a, double b)
{
	double		d = b / a;

	if (a < 16)
		return lgamma(a + b) - lgamma(a) - lgamma(b);
	return b * log(a) + a * log_less_linear(1 + d, d) + (b - 0.5) * log1p(d) +
		stirling_error(a + b) - stirling_error(a) - lgamma(b);
}

/* Continued fraction of the incomplete beta function (DLMF 8.17.22), by Lentz's method */
static double
beta_fraction(double x, double a, double b)
{
	double		c = 1;
	double		d = 1 / (1 - (a + b) * x / (a + 1));
	double		h = d;

	for (int m = 1; m < MAX_ITERATIONS; m++)
	{
		double		even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
		double		odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
		double		change;

		d = 1 / (1 + even * d);
		c = 1 + even / c;
		h *= c * d;
		d = 1 / (1 + odd * d);
		c = 1 + odd / c;
		change = c * d;
		h *= change;
		if (fabs(change - 1) < DBL_EPSILON)
			break;
	}
	return h;
}

/* The regularised incomplete beta function at x = 1 - y, where the fraction converges well */
static double
beta_tail(double x, double y, double a, double b)
{
	double		log_front = a * log(x) + b * log(y) +
		(a >= b ? log_inverse_beta(a, b) : log_inverse_beta(b, a));

	return exp(log_front) / a * beta_fraction(x, a, b);
}

double
vitk_f_cdf(double x, double df1, double df2, bool upper)
{
	double		a = df1 / 2;
	double		b = df2 / 2;
	double		p;				/* of a beta variable, and its complement */
	double		q;

	if (isnan(x) || !(df1 > 0) || !(df2 > 0))
		return NAN;
	if (isinf(df2))
		return vitk_chisq_cdf(x * df1, df1, upper);
	if (x <= 0 || isinf(x))
		return (x <= 0) == upper ? 1 : 0;
	p = df1 * x / (df1 * x + df2);
	q = df2 / (df1 * x + df2);
	if (p < (a + 1) / (a + b + 2))
	{
		double		lower = p > 0 ? beta_tail(p, q, a, b) : 0;

		return upper ? 1 - lower : lower;
	}
	else
	{
		double		above = q > 0 ? beta_tail(q, p, b, a) : 0;

		return upper ? above : 1 - above;
	}
}

/* x times the density at x, which is the slope of the cumulative function over ln x */
static double
normal_slope(double x, double df)
{
	(void) df;
	return x * exp(-x * x / 2) / sqrt(2 * M_PI);
}

static double
t_slope(double x, double df)
{
	return scaled_t_density(x, df, x);
}

static double
chisq_slope(double x, double df)
{
	return gamma_front(x / 2, df / 2) * df / 2;
}

static double
normal_cdf(double x, double df, bool upper)
{
	(void) df;
	return vitk_normal_cdf(x, upper);
}

/*
 * The x > 0 with cdf(x) = p, 0 < p <= 1/2, from a first guess.  Newton's method on ln cdf over
 * ln x, where tails are nearly straight; what it leaves the bracket for is
 * halved on the scale of ln x.
 */
static double
solve(double (*cdf) (double, double, bool), double (*slope_at) (double, double),
	  double p, double df, bool upper, double x)
{
	double		low = 0;
	double		high = INFINITY;

	for (int i = 0; i < 2000 && isfinite(x) && x > 0; i++)
	{
		double		f = cdf(x, df, upper);
		double		slope = slope_at(x, df) / f;
		double		next;

		if ((f > p) == upper)
			low = x;
		else
			high = x;
		next = x * exp((upper ? 1 : -1) * log(f / p) / slope);
		if (!(next >= low && next <= high) || isinf(next))
			next = isinf(high) ? low * 16 : low == 0 ? high / 16 : sqrt(low) * sqrt(high);
		if (fabs(next - x) <= 2 * DBL_EPSILON * x)
			return next;
		x = next;
	}
	return x;
}

/* The quantile of a distribution symmetric about zero */
static double
symmetric_quantile(double (*cdf) (double, double, bool), double (*slope_at) (double, double),
				   double p, double df, bool upper, double guess)
{
	double		x;

	if (!(p >= 0 && p <= 1) || !(df > 0))
		return NAN;
	if (p == 0.5)
		return 0;
	if (p == 0 || p == 1)
		return (p == 0) == upper ? INFINITY : -INFINITY;
	x = solve(cdf, slope_at, p < 0.5 ? p : 1 - p, df, true, guess);
	return (p < 0.5) == upper ? x : -x;
}

double
vitk_normal_quantile(double p, bool upper)
{
	return symmetric_quantile(normal_cdf, normal_slope, p, INFINITY, upper, 1);
}

/*
 * A t quantile to begin with: that of the normal distribution, stretched as
 * Hill 1970 does (doi:10.1145/355598.362775) in the first terms.
 */
static double
t_guess(double p, double df)
{
	double		z = fabs(vitk_normal_quantile(p, true));
	double		guess = z + z * (z * z + 1) / (4 * df);

	return isfinite(guess) && guess > 0 ? guess : 1;
}

double
vitk_t_quantile(double p, double df, bool upper)
{
	if (isinf(df) && df > 0)
		return vitk_normal_quantile(p, upper);
	return symmetric_quantile(vitk_t_cdf, t_slope, p, df, upper, t_guess(p, df));
}

double
vitk_chisq_quantile(double p, double df, bool upper)
{
	if (!(p >= 0 && p <= 1) || !(df > 0))
		return NAN;
	if (p == 0 || p == 1)
		return (p == 0) == upper ? INFINITY : 0;
	if (p > 0.5)
		return solve(vitk_chisq_cdf, chisq_slope, 1 - p, df, !upper, 1);
	return solve(vitk_chisq_cdf, chisq_slope, p, df, upper, 1);
}
