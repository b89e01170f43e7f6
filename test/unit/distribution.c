/*
 * distribution.c
 *		Hold src/core/distribution.c against the values of distribution.txt.
 *
 * Each line there is "function x df upper value": x is the argument or, for a
 * quantile, the probability; f_cdf_3 is F with 3 numerator degrees of freedom.  Prints what is further off than 1e-12 of its
 * size; exits 0 when nothing is and there was something to compare.
 */
#include "core/distribution.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TOLERANCE 1e-12

static double
evaluate(const char *name, double x, double df, int upper)
{
	if (strcmp(name, "normal_cdf") == 0)
		return vitk_normal_cdf(x, upper);
	if (strcmp(name, "normal_quantile") == 0)
		return vitk_normal_quantile(x, upper);
	if (strcmp(name, "t_cdf") == 0)
		return vitk_t_cdf(x, df, upper);
	if (strcmp(name, "t_quantile") == 0)
		return vitk_t_quantile(x, df, upper);
	if (strcmp(name, "chisq_cdf") == 0)
		return vitk_chisq_cdf(x, df, upper);
	if (strcmp(name, "chisq_quantile") == 0)
		return vitk_chisq_quantile(x, df, upper);
	if (strncmp(name, "f_cdf_", 6) == 0)
		return vitk_f_cdf(x, strtod(name + 6, NULL), df, upper);
	return NAN;
}

int
main(void)
{
	char		name[32];
	double		x;
	double		df;
	double		value;
	int			upper;
	int			compared = 0;
	int			wrong = 0;

	while (scanf("%31s %lf %lf %d %lf", name, &x, &df, &upper, &value) == 5)
	{
		double		ours = evaluate(name, x, df, upper);

		compared++;
		if (ours == value || fabs(ours - value) <= TOLERANCE * fabs(value))
			continue;
		printf("%s(%.17g, df %.17g, %s tail) is %.17g, should be %.17g\n",
			   name, x, df, upper ? "upper" : "lower", ours, value);
		wrong++;
	}
	printf("%d compared, %d wrong\n", compared, wrong);
	return compared == 0 || wrong > 0;
}
