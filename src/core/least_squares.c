/*
 * least_squares.c
 *		Least squares of k rows and few columns.
 *
 * Gram-Schmidt, each column twice: the second pass takes away what rounding
 * left of the columns before, so that Q is orthonormal to the last digits
 * (Giraud, Langou, Rozloznik and van den Eshof 2005, doi:10.1007/s00211-005-0615-4).
 */
#include "core/least_squares.h"

#include <math.h>

/* What is left of a column whose part in the columns before is more than rounding */
#define INDEPENDENT 1e-10

/* Take from a what the first n columns of Q have of it, and add that to part */
static void
take_away(const VitkLeastSquares *s, int n, double *a, double *part)
{
	for (int j = 0; j < n; j++)
	{
		const double *q = s->q + (long) j * s->k;
		double		share = vitk_dot(q, a, s->k);

		part[j] += share;
		for (int i = 0; i < s->k; i++)
			a[i] -= share * q[i];
	}
}

int
vitk_least_squares(VitkLeastSquares *s)
{
	int			dependent = s->p;

	for (int j = 0; j < s->p; j++)
	{
		double	   *a = s->q + (long) j * s->k;
		double		length = sqrt(vitk_dot(a, a, s->k));
		double		part[VITK_MAX_COLUMNS] = {0};
		double		left;

		take_away(s, j, a, part);
		take_away(s, j, a, part);
		left = sqrt(vitk_dot(a, a, s->k));
		if (!(left > INDEPENDENT * length) && dependent == s->p)
			dependent = j;
		for (int i = 0; i < j; i++)
			s->r[i][j] = part[i];
		s->r[j][j] = left;
		for (int i = 0; i < s->k && left > 0; i++)
			a[i] /= left;
		s->c[j] = 0;
	}
	take_away(s, s->p, s->e, s->c);
	take_away(s, s->p, s->e, s->c);
	return dependent;
}

void
vitk_coefficients(const VitkLeastSquares *s, double *b)
{
	for (int i = s->p - 1; i >= 0; i--)
	{
		b[i] = s->c[i];
		for (int j = i + 1; j < s->p; j++)
			b[i] -= s->r[i][j] * b[j];
		b[i] /= s->r[i][i];
	}
}

double
vitk_contrast_variance(const VitkLeastSquares *s, const double *a)
{
	double		u[VITK_MAX_COLUMNS];
	double		sum = 0;

	for (int i = 0; i < s->p; i++)
	{
		u[i] = a[i];
		for (int j = 0; j < i; j++)
			u[i] -= s->r[j][i] * u[j];
		u[i] /= s->r[i][i];
		sum += u[i] * u[i];
	}
	return sum;
}
