/*
 * two_part.c
 *		Usual intakes of what is not eaten daily: how often, and how much on such days.
 *
 * A person's usual intake is the probability p of a day with intake times the
 * usual amount on such days.  p has a beta distribution, whose mean and variance
 * are those that an analysis of variance tells of days of 0 and 1; amounts are
 * normal between persons on their scale, and do not depend on p.  The moment form
 * of a model in two parts, as in the multiple source method (Haubrock et al.
 * 2011, doi:10.1097/EDE.0b013e31821b0f75), without covariates.
 */
#include "core/two_part.h"

#include <math.h>

/* Persons who differ by less than this share of what they could are alike; likewise at the other end. */
#define ALIKE 1e-6

static bool
check_frequency(const VitkComponents *f, VitkErr *err)
{
	double		mean = vitk_components_mean(f);

	if (!(f->persons >= 2 && f->between.n > f->persons))
	{
		vitk_err(err, VITK_E_VALUE, "frequency needs two persons and a second day of one of them");
		return vitk_err_detail(err, "The number of persons is %.0f, that of their days %.0f.", f->persons, f->between.n);
	}
	if (mean > 0 && mean <= 1 && vitk_components_within(f) <= 0.5)
		return true;
	vitk_err(err, VITK_E_VALUE, "frequency must be of days that are 1 or 0, some of them 1");
	return vitk_err_hint(err, "Take variance_components of study_sample((intake > 0)::integer), days without intake among them.");
}

/* Of those with this probability of a day, the share whose usual intake is below, or above */
static bool
share_at(double p, const VitkComponents *amount, double reference, VitkIntakeScale scale, bool above,
		 double *out, VitkErr *err)
{
	if (p <= 0 || reference / p > 1e300)
	{
		*out = reference > 0 ? !above : above && reference < 0;
		return true;
	}
	return vitk_components_share(amount, reference / p, scale, above, out, err);
}

/*
 * The mean of that over the beta distribution (a, b): p = 1 / (1 + exp(-pi sinh t)),
 * so that the ends of 0 .. 1, where its density may be infinite, are out of reach
 * (Takahasi and Mori 1974, doi:10.2977/prims/1195192451).  Sum of the weights: 1.
 */
static bool
beta_mean(double a, double b, const VitkComponents *amount, double reference, VitkIntakeScale scale, bool above,
		  double *out, VitkErr *err)
{
	double		variance = a * b / ((a + b) * (a + b) * (a + b + 1));
	bool		step = vitk_components_between(amount, true) <= 0;
	double		h = fmin(step ? 1.0 / 1024 : 1.0 / 32, sqrt(variance) / 4);
	double		most = -INFINITY;
	double		sum = 0;
	double		weights = 0;

	for (int i = (int) (-8 / h); i <= (int) (8 / h); i++)
	{
		double		u = M_PI * sinh(i * h);
		double		log_p = u > 0 ? -log1p(exp(-u)) : u - log1p(exp(u));
		double		log_weight = a * log_p + b * (log_p - u) + log(cosh(i * h));
		double		share;

		if (log_weight < most - 50)
			continue;
		if (log_weight > most)
		{
			/* all before in terms of the largest yet */
			sum *= exp(most - log_weight);
			weights *= exp(most - log_weight);
			most = log_weight;
		}
		if (!share_at(exp(log_p), amount, reference, scale, above, &share, err))
			return false;
		sum += exp(log_weight - most) * share;
		weights += exp(log_weight - most);
	}
	*out = sum / weights;
	return true;
}

bool
vitk_two_part_share(const VitkComponents *frequency, const VitkComponents *amount, double reference,
					VitkIntakeScale scale, bool above, double *out, VitkErr *err)
{
	double		mean;
	double		alike;			/* between persons, of what would be if each ate always or never */
	double		of_eaters;
	double		of_others;

	if (!check_frequency(frequency, err))
		return false;
	mean = vitk_components_mean(frequency);
	alike = mean < 1 ? vitk_components_between(frequency, true) / (mean * (1 - mean)) : 0;
	if (alike < ALIKE)
		return share_at(mean, amount, reference, scale, above, out, err);
	if (alike < 1 - ALIKE)
		return beta_mean(mean * (1 / alike - 1), (1 - mean) * (1 / alike - 1), amount, reference, scale, above, out, err);
	if (!share_at(1, amount, reference, scale, above, &of_eaters, err) ||
		!share_at(0, amount, reference, scale, above, &of_others, err))
		return false;
	*out = mean * of_eaters + (1 - mean) * of_others;
	return true;
}
