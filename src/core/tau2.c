/*
 * tau2.c
 *		The search for tau2, the variance between studies, that has the highest likelihood.
 */
#include "core/tau2.h"

#include <float.h>
#include <math.h>

/*
 * The zero of the score between low, where it is above zero, and high, where
 * it is not: Newton's method, halving the interval where that leaves it or
 * gains little.
 */
static double
solve_score(const VitkTau2Model *m, double low, double high)
{
	double		x = (low + high) / 2;
	double		last_step = high - low;

	for (int i = 0; i < 200; i++)
	{
		double		slope;
		double		f = m->score(m->data, x, &slope);
		double		next;

		if (f > 0)
			low = x;
		else
			high = x;
		next = x - f / slope;
		if (!(next > low && next < high) || fabs(next - x) > last_step / 2)
			next = (low + high) / 2;
		last_step = fabs(next - x);
		x = next;
		if (last_step <= 2 * DBL_EPSILON * x)
			break;
	}
	return x;
}

/*
 * Fisher scoring, the usual way, may oscillate or end in a lesser maximum.  So
 * walk over the whole range in steps of a factor two and solve wherever the
 * score falls through zero; of several maxima of the likelihood the highest
 * counts.  This always converges.
 */
double
vitk_search_tau2(const VitkTau2Model *m)
{
	double		slope;
	double		low = 0;
	double		best = -1;
	bool		rising = m->score(m->data, 0, &slope) > 0;

	if (!rising)
		best = 0;
	for (double high = m->from; low <= m->to; low = high, high *= 2)
	{
		bool		was_rising = rising;

		rising = m->score(m->data, high, &slope) > 0;
		if (was_rising && !rising)
		{
			double		found = solve_score(m, low, high);

			if (best < 0 ||
				m->log_likelihood(m->data, found) > m->log_likelihood(m->data, best))
				best = found;
		}
		if (m->falling && !rising)
			break;
	}
	return best;
}
