/*
 * tau2.h
 *		The search for tau2, the variance between studies, that has the highest likelihood.
 */
#ifndef VITK_CORE_TAU2_H
#define VITK_CORE_TAU2_H

#include <stdbool.h>

/*
 * What is zero at the estimate, with its slope there, and the log likelihood of
 * which it is twice the derivative.  Below "from" the score is all but that at
 * zero, beyond "to" it is negative.
 */
typedef struct VitkTau2Model
{
	double		(*score) (const void *data, double tau2, double *slope);
	double		(*log_likelihood) (const void *data, double tau2);
	const void *data;
	double		from;
	double		to;
	bool		falling;		/* the score only falls: its first zero is the only one */
} VitkTau2Model;

extern double vitk_search_tau2(const VitkTau2Model *m);

#endif							/* VITK_CORE_TAU2_H */
