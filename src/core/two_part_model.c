/*
 * two_part_model.c
 *		How often and how much, by maximum likelihood.
 *
 * The model is that of Tooze et al. 2006, doi:10.1016/j.jada.2006.07.003 (the method
 * of the National Cancer Institute): a logistic regression of days with and without
 * intake and a linear one of amounts on their scale, each with a term of the
 * person, the two terms correlated or not.  Given z, the term of how often,
 * amounts are normal, and the likelihood is an integral over z alone.
 */
#include "core/two_part_model.h"

#include <math.h>
#include <string.h>

#include "core/distribution.h"

/* The integrand is walked from its mode, in steps of half its width there, until it is e^-NEGLIGIBLE of that. */
#define NEGLIGIBLE 40.0
/* Squares of how far estimates may be from the maximum, in standard errors: where the search ends, and where it may */
#define CONVERGED 1e-18
#define CLOSE 1e-9
#define MAX_STEPS 300

/* What the days of a person say, but for z */
typedef struct Person
{
	const VitkTwoPartDays *days;
	double	   *logit;			/* of each day, where z is 0 */
	double	   *residual;		/* of amounts, less their mean */
	double	   *expected;		/* probability of each day, over z */
	double		amounts;		/* number of days with intake */
	double		mean;			/* of their residuals, where z is 0 */
	double		ss;				/* sum of squares about it */
	double		variance;		/* of that mean, times amounts */
	double		mode;
	double		top;			/* of the logarithm of the integrand */
	double		step;
} Person;

/* Integrals over z, relative to the top; those but the first are means in the end */
typedef struct Moments
{
	double		mass;
	double		z;
	double		z2;
	double		excess;			/* of z times days with intake less those expected */
} Moments;

static double
expit(double logit)
{
	return logit > 0 ? 1 / (1 + exp(-logit)) : exp(logit) / (1 + exp(logit));
}

/* Amounts: number, mean and scatter of what the covariates leave */
static void
sum_amounts(const VitkTwoPartModel *m, Person *p)
{
	double		sum = 0;

	p->amounts = p->ss = 0;
	for (int i = 0; i < p->days->n; i++)
	{
		p->logit[i] = vitk_dot(m->frequency, p->days->x + (size_t) i * m->p, m->p);
		p->residual[i] = p->days->y[i] - vitk_dot(m->amount, p->days->x + (size_t) i * m->p, m->p);
		if (isnan(p->days->y[i]))
			continue;
		p->amounts++;
		sum += p->residual[i];
	}
	p->mean = p->amounts > 0 ? sum / p->amounts : 0;
	for (int i = 0; i < p->days->n; i++)
	{
		if (isnan(p->days->y[i]))
			continue;
		p->residual[i] -= p->mean;
		p->ss += p->residual[i] * p->residual[i];
	}
	p->variance = m->sd_day * m->sd_day + p->amounts * m->sd_rest * m->sd_rest;
}

/* The logarithm of the integrand at z, but for what does not depend on it, and its derivatives */
static double
log_integrand(const VitkTwoPartModel *m, const Person *p, double z, double *slope, double *curvature)
{
	double		rest = p->mean - m->loading * z;
	double		value = -z * z / 2;

	*slope = -z;
	*curvature = -1;
	if (p->amounts > 0)
	{
		value -= p->amounts * rest * rest / p->variance / 2;
		*slope += p->amounts * m->loading * rest / p->variance;
		*curvature -= p->amounts * m->loading * m->loading / p->variance;
	}
	for (int i = 0; i < p->days->n; i++)
	{
		double		logit = p->logit[i] + m->sd_frequency * z;
		double		eaten = isnan(p->days->y[i]) ? 0 : 1;
		double		probability = expit(logit);

		value += eaten * logit - (logit > 0 ? logit + log1p(exp(-logit)) : log1p(exp(logit)));
		*slope += m->sd_frequency * (eaten - probability);
		*curvature -= m->sd_frequency * m->sd_frequency * probability * (1 - probability);
	}
	return value;
}

/* The integrand is log-concave: it has one mode, to which Newton's steps lead if none is too long. */
static void
find_mode(const VitkTwoPartModel *m, Person *p)
{
	double		slope;
	double		curvature;
	double		z = 0;

	for (int i = 0; i < 50; i++)
	{
		double		step;

		(void) log_integrand(m, p, z, &slope, &curvature);
		step = fmax(-2, fmin(2, -slope / curvature));
		z += step;
		if (fabs(step) < 1e-3)
			break;
	}
	p->mode = z;
	p->top = log_integrand(m, p, z, &slope, &curvature);
	p->step = 0.5 / sqrt(-curvature);
}

static void
prepare(const VitkTwoPartModel *m, const VitkTwoPartDays *days, double *room, Person *p)
{
	p->days = days;
	p->logit = room;
	p->residual = room + days->n;
	p->expected = room + 2 * (size_t) days->n;
	sum_amounts(m, p);
	find_mode(m, p);
}

/*
 * The nodes of the integral, by their number from the mode, on one side: equal
 * steps, whose sum is exact to rounding for what is as smooth as this and
 * vanishes at both ends.  False beyond the last.
 */
static bool
node(const VitkTwoPartModel *m, const Person *p, int number, double *z, double *weight)
{
	double		slope;
	double		curvature;
	double		below;

	*z = p->mode + number * p->step;
	below = log_integrand(m, p, *z, &slope, &curvature) - p->top;
	*weight = exp(below);
	return below > -NEGLIGIBLE;
}

static void
add_node(const VitkTwoPartModel *m, Person *p, double z, double weight, Moments *sum)
{
	double		excess = p->amounts;

	for (int i = 0; i < p->days->n; i++)
	{
		double		probability = expit(p->logit[i] + m->sd_frequency * z);

		excess -= probability;
		p->expected[i] += weight * probability;
	}
	sum->mass += weight;
	sum->z += weight * z;
	sum->z2 += weight * z * z;
	sum->excess += weight * z * excess;
}

static void
integrate(const VitkTwoPartModel *m, Person *p, Moments *sum)
{
	double		z;
	double		weight;

	*sum = (Moments) {0};
	memset(p->expected, 0, p->days->n * sizeof(double));
	for (int side = -1; side <= 1; side += 2)
		for (int i = side < 0 ? -1 : 0; node(m, p, i, &z, &weight); i += side)
			add_node(m, p, z, weight, sum);
	for (int i = 0; i < p->days->n; i++)
		p->expected[i] /= sum->mass;
	sum->z /= sum->mass;
	sum->z2 /= sum->mass;
	sum->excess /= sum->mass;
}

/* Gradient of a person's log-likelihood: the mean over z of that of the integrand (Fisher's identity) */
static void
gradient_of_person(const VitkTwoPartModel *m, const Person *p, const Moments *mean, double *g)
{
	double	   *frequency = g;
	double	   *amount = g + m->p;
	double	   *rest = g + 2 * m->p;
	double		day = m->sd_day * m->sd_day;
	double		mean_rest = p->mean - m->loading * mean->z;
	double		mean_rest2 = p->mean * p->mean - 2 * p->mean * m->loading * mean->z + m->loading * m->loading * mean->z2;
	double		of_variance = -1 / p->variance + p->amounts * mean_rest2 / p->variance / p->variance;

	memset(g, 0, (2 * m->p + 4) * sizeof(double));
	for (int i = 0; i < p->days->n; i++)
	{
		bool		eaten = !isnan(p->days->y[i]);
		const double *x = p->days->x + (size_t) i * m->p;

		for (int j = 0; j < m->p; j++)
		{
			frequency[j] += (eaten - p->expected[i]) * x[j];
			if (eaten)
				amount[j] += (p->residual[i] / day + mean_rest / p->variance) * x[j];
		}
	}
	rest[0] = m->sd_frequency * mean->excess;
	if (p->amounts == 0)
		return;
	rest[1] = p->amounts * m->sd_rest * m->sd_rest * of_variance;
	rest[2] = p->ss / day - (p->amounts - 1) + day * of_variance;
	rest[3] = p->amounts * (p->mean * mean->z - m->loading * mean->z2) / p->variance;
}

/* A person's log-likelihood, and its gradient */
static double
person_likelihood(const VitkTwoPartModel *m, const VitkTwoPartDays *days, double *room, double *g)
{
	const double log_2pi = log(2 * M_PI);
	Person		p;
	Moments		mean;
	double		value;

	prepare(m, days, room, &p);
	integrate(m, &p, &mean);
	gradient_of_person(m, &p, &mean, g);
	value = p.top + log(p.step * mean.mass) - log_2pi / 2;
	if (p.amounts > 0)
		value -= p.amounts * log_2pi / 2 + (p.amounts - 1) * log(m->sd_day) + log(p.variance) / 2 +
			p.ss / (m->sd_day * m->sd_day) / 2;
	return value;
}

static void
model_at(const double *at, bool correlated, VitkTwoPartModel *m)
{
	const double *rest = at + 2 * m->p;

	memcpy(m->frequency, at, m->p * sizeof(double));
	memcpy(m->amount, at + m->p, m->p * sizeof(double));
	m->sd_frequency = exp(rest[0]);
	m->sd_rest = exp(rest[1]);
	m->sd_day = exp(rest[2]);
	m->loading = correlated ? rest[3] : 0;
}

/* Log-likelihood of all at these parameters; with "squares" also the sum of squares of the persons' gradients */
static double
likelihood(VitkTwoPartFit *fit, const double *at, double *gradient,
		   double squares[VITK_TWO_PART_PARAMETERS][VITK_TWO_PART_PARAMETERS])
{
	double		g[VITK_TWO_PART_PARAMETERS];
	double		sum = 0;

	model_at(at, fit->correlated, &fit->model);
	memset(gradient, 0, VITK_TWO_PART_PARAMETERS * sizeof(double));
	for (int i = 0; i < fit->persons; i++)
	{
		sum += fit->weight[i] * person_likelihood(&fit->model, &fit->person[i], fit->room, g);
		for (int j = 0; j < fit->parameters; j++)
		{
			gradient[j] += fit->weight[i] * g[j];
			if (squares)
				for (int k = 0; k <= j; k++)
					squares[j][k] += fit->weight[i] * g[j] * g[k];
		}
	}
	return sum;
}

/*
 * The search: BFGS (Nocedal and Wright 2006, Numerical Optimization, chapter 6,
 * doi:10.1007/978-0-387-40065-5), whose first metric are the squares of the
 * gradients of persons, so that the scale of a covariate makes no difference.
 */

/* a = L L', then a = L^-1; false where it has none */
static bool
invert_triangle(double a[VITK_TWO_PART_PARAMETERS][VITK_TWO_PART_PARAMETERS], int n)
{
	for (int i = 0; i < n; i++)
	{
		double		own = a[i][i];

		for (int j = 0; j <= i; j++)
		{
			double		s = a[i][j] - vitk_dot(a[i], a[j], j);

			if (j < i)
				a[i][j] = s / a[j][j];
			else if (s > 1e-10 * own)
				a[i][i] = sqrt(s);
			else
				return false;
		}
	}
	for (int j = 0; j < n; j++)
	{
		a[j][j] = 1 / a[j][j];
		for (int i = j + 1; i < n; i++)
		{
			double		s = 0;

			for (int k = j; k < i; k++)
				s -= a[i][k] * a[k][j];
			a[i][j] = s / a[i][i];
		}
	}
	return true;
}

/* Where nothing is known yet: the means, and as much scatter between persons as within */
static void
first_guess(VitkTwoPartFit *fit)
{
	double		days = 0;
	double		n = 0;
	double		sum = 0;
	double		squares = 0;
	double	   *rest = fit->at + 2 * fit->model.p;

	for (int i = 0; i < fit->persons; i++)
		for (int j = 0; j < fit->person[i].n; j++)
		{
			double		y = fit->person[i].y[j];

			days += fit->weight[i];
			if (isnan(y))
				continue;
			n += fit->weight[i];
			sum += fit->weight[i] * y;
			squares += fit->weight[i] * y * y;
		}
	memset(fit->at, 0, sizeof(fit->at));
	fit->at[0] = log(n / (days - n));
	fit->at[fit->model.p] = sum / n;
	rest[1] = rest[2] = log(fmax(squares / n - sum / n * (sum / n), 1e-300) / 2) / 2;
}

bool
vitk_two_part_start(VitkTwoPartFit *fit, VitkErr *err)
{
	int			n = fit->parameters = 2 * fit->model.p + (fit->correlated ? 4 : 3);
	double		squares[VITK_TWO_PART_PARAMETERS][VITK_TWO_PART_PARAMETERS] = {{0}};

	first_guess(fit);
	fit->steps = 0;
	fit->log_likelihood = likelihood(fit, fit->at, fit->gradient, squares);
	if (!isfinite(fit->log_likelihood) || !invert_triangle(squares, n))
	{
		vitk_err(err, VITK_E_VALUE, "days do not determine a model in two parts");
		vitk_err_detail(err, "A covariate follows from the others, or there are too few days with and without intake for %d parameters.", n);
		return vitk_err_hint(err, "Leave out covariates; a kind is coded as 0 and 1, one less than there are kinds.");
	}
	for (int i = 0; i < n; i++)
		for (int j = 0; j < n; j++)
		{
			fit->inverse[i][j] = 0;
			for (int k = i > j ? i : j; k < n; k++)
				fit->inverse[i][j] += squares[k][i] * squares[k][j];
		}
	return true;
}

/* What the gradient changed by over the step tells of the inverse of the curvature */
static void
update_inverse(VitkTwoPartFit *fit, const double *step, const double *change)
{
	int			n = fit->parameters;
	double		along = -vitk_dot(step, change, n);
	double		h[VITK_TWO_PART_PARAMETERS];
	double		factor;

	if (!(along > 0))
		return;
	for (int i = 0; i < n; i++)
		h[i] = -vitk_dot(fit->inverse[i], change, n);
	factor = (1 - vitk_dot(h, change, n) / along) / along;
	for (int i = 0; i < n; i++)
		for (int j = 0; j < n; j++)
			fit->inverse[i][j] += factor * step[i] * step[j] - (h[i] * step[j] + step[i] * h[j]) / along;
}

/* Along the direction, shorter until it leads up; false where nothing does */
static bool
search_line(VitkTwoPartFit *fit, const double *direction, double gain)
{
	int			n = fit->parameters;
	double		at[VITK_TWO_PART_PARAMETERS] = {0};
	double		gradient[VITK_TWO_PART_PARAMETERS];
	double		step[VITK_TWO_PART_PARAMETERS];

	for (double length = 1; length > 1e-8; length /= 2)
	{
		double		value;

		for (int i = 0; i < n; i++)
		{
			step[i] = length * direction[i];
			at[i] = fit->at[i] + step[i];
		}
		value = likelihood(fit, at, gradient, NULL);
		if (!(value >= fit->log_likelihood + 1e-4 * length * gain - 1e-13 * fabs(fit->log_likelihood)))
			continue;
		for (int i = 0; i < n; i++)
			fit->gradient[i] = gradient[i] - fit->gradient[i];
		update_inverse(fit, step, fit->gradient);
		memcpy(fit->gradient, gradient, sizeof(gradient));
		memcpy(fit->at, at, sizeof(at));
		fit->log_likelihood = value;
		return true;
	}
	return false;
}

static bool
refuse_fit(const VitkTwoPartFit *fit, VitkErr *err)
{
	vitk_err(err, VITK_E_VALUE, "model in two parts was not found in %d steps", fit->steps);
	return vitk_err_hint(err, "Perhaps all or none of the days of a group have intake: leave out covariates, or fit without correlation.");
}

bool
vitk_two_part_step(VitkTwoPartFit *fit, bool *done, VitkErr *err)
{
	double		direction[VITK_TWO_PART_PARAMETERS];
	double		gain;

	for (int i = 0; i < fit->parameters; i++)
		direction[i] = vitk_dot(fit->inverse[i], fit->gradient, fit->parameters);
	gain = vitk_dot(direction, fit->gradient, fit->parameters);
	*done = gain < CONVERGED;
	if (!*done && (fit->steps == MAX_STEPS || !search_line(fit, direction, gain)))
	{
		*done = gain < CLOSE;
		if (!*done)
			return refuse_fit(fit, err);
	}
	fit->steps++;
	model_at(fit->at, fit->correlated, &fit->model);
	return true;
}

/*
 * Persons
 */

/* Usual intake of those with this z whose amounts are this much above what is expected of all */
static double
usual_at(const VitkTwoPartModel *m, VitkIntakeScale scale, const VitkTwoPartYear *year, double z, double above, double variance)
{
	double		sum = 0;

	for (int i = 0; i < year->kinds; i++)
	{
		const double *x = year->x + (size_t) i * m->p;
		double		y = vitk_dot(m->amount, x, m->p) + above;

		/* there are no square roots below zero */
		if (scale == VITK_INTAKE_SQRT)
			y = fmax(y, 0);
		sum += year->weight[i] * expit(vitk_dot(m->frequency, x, m->p) + m->sd_frequency * z) *
			vitk_mean_of_days(y, variance, scale);
	}
	return sum;
}

/* How much above it must be for a usual intake of the reference; within 12 SD */
static double
solve_amount(const VitkTwoPartModel *m, VitkIntakeScale scale, const VitkTwoPartYear *year, double z, double mean, double sd,
			 double reference)
{
	double		lower = mean - 12 * sd;
	double		upper = mean + 12 * sd;

	for (int i = 0; i < 60; i++)
	{
		double		middle = (lower + upper) / 2;

		if (usual_at(m, scale, year, z, middle, m->sd_day * m->sd_day) < reference)
			lower = middle;
		else
			upper = middle;
	}
	return (lower + upper) / 2;
}

static void
add_person_node(const VitkTwoPartModel *m, VitkIntakeScale scale, const VitkTwoPartYear *year, const Person *p,
				double reference, double z, double weight, VitkTwoPartPerson *sum)
{
	double		rest = m->sd_rest * m->sd_rest;
	double		mean = m->loading * z + p->amounts * rest * (p->mean - m->loading * z) / p->variance;
	double		variance = rest * m->sd_day * m->sd_day / p->variance;
	double		at;

	/* the mean over what is not known of the person is as that over days */
	sum->usual += weight * usual_at(m, scale, year, z, mean, variance + m->sd_day * m->sd_day);
	if (isnan(reference))
		return;
	at = (solve_amount(m, scale, year, z, mean, sqrt(variance), reference) - mean) / sqrt(variance);
	sum->below += weight * vitk_normal_cdf(at, false);
	sum->above += weight * vitk_normal_cdf(at, true);
}

VitkTwoPartPerson
vitk_two_part_person(const VitkTwoPartModel *m, VitkIntakeScale scale, const VitkTwoPartDays *days,
					 const VitkTwoPartYear *year, double reference, double *room)
{
	VitkTwoPartPerson sum = {0, 0, 0};
	Person		p;
	double		mass = 0;
	double		z;
	double		weight;

	prepare(m, days, room, &p);
	/* the share below is less smooth in z than the likelihood: a step, if amounts follow from z */
	p.step = fmin(fmin(p.step, 0.5) / 8, fmax(m->sd_rest / (m->sd_frequency + fabs(m->loading)) / 2, 1e-3));
	for (int side = -1; side <= 1; side += 2)
		for (int i = side < 0 ? -1 : 0; node(m, &p, i, &z, &weight); i += side)
		{
			mass += weight;
			add_person_node(m, scale, year, &p, reference, z, weight, &sum);
		}
	return (VitkTwoPartPerson)
	{
		sum.usual / mass, sum.below / mass, sum.above / mass
	};
}
