/*
 * least_squares.h
 *		Least squares of k rows and few columns.
 */
#ifndef VITK_CORE_LEAST_SQUARES_H
#define VITK_CORE_LEAST_SQUARES_H

/* An intercept and 20 more */
#define VITK_MAX_COLUMNS 21

static inline double
vitk_dot(const double *a, const double *b, int n)
{
	double		sum = 0;

	for (int i = 0; i < n; i++)
		sum += a[i] * b[i];
	return sum;
}

/*
 * On entry q holds X, column after column, and e what it is to explain; then
 * X = Q R with orthonormal columns, c = Q'e, and e is what is left of it.
 */
typedef struct VitkLeastSquares
{
	int			k;
	int			p;				/* columns, 1 .. VITK_MAX_COLUMNS */
	double	   *q;				/* k * p */
	double	   *e;				/* k */
	double		r[VITK_MAX_COLUMNS][VITK_MAX_COLUMNS];	/* upper triangle */
	double		c[VITK_MAX_COLUMNS];
} VitkLeastSquares;

/* The first column that follows from those before; p when none does */
extern int	vitk_least_squares(VitkLeastSquares *s);
/* b = R^-1 c, the coefficients; u = R'^-1 a, whose square is the variance factor of the contrast a'b */
extern void vitk_coefficients(const VitkLeastSquares *s, double *b);
extern double vitk_contrast_variance(const VitkLeastSquares *s, const double *a);

#endif							/* VITK_CORE_LEAST_SQUARES_H */
