/*
 * two_part_model.h
 *		How often and how much, by maximum likelihood: covariates, weights, and
 *		persons who eat more often eating more at a time.
 */
#ifndef VITK_CORE_TWO_PART_MODEL_H
#define VITK_CORE_TWO_PART_MODEL_H

#include "core/least_squares.h"
#include "core/usual_intake.h"

/* coefficients of both parts; logarithms of three SDs; the loading */
#define VITK_TWO_PART_PARAMETERS (2 * VITK_MAX_COLUMNS + 4)

/*
 * The logit of the probability of a day with intake is x'frequency + sd_frequency z,
 * the amount on such days, on its scale, x'amount + loading z + sd_rest u + sd_day e;
 * z and u are of the person, e of the day, all standard normal.
 */
typedef struct VitkTwoPartModel
{
	int			p;				/* columns of x, an intercept first */
	double		frequency[VITK_MAX_COLUMNS];
	double		amount[VITK_MAX_COLUMNS];
	double		sd_frequency;
	double		loading;
	double		sd_rest;
	double		sd_day;
} VitkTwoPartModel;

/* Days of one person: y is the amount on its scale, NaN on days without; x has p numbers a day */
typedef struct VitkTwoPartDays
{
	int			n;
	const double *y;
	const double *x;
} VitkTwoPartDays;

typedef struct VitkTwoPartFit
{
	/* given: persons, their weights, whether often and much may go together, room for 3 numbers for each day of a person */
	int			persons;
	const VitkTwoPartDays *person;
	const double *weight;
	bool		correlated;
	double	   *room;
	VitkTwoPartModel model;		/* p; the rest is found */
	double		log_likelihood;
	int			steps;
	/* of the search */
	int			parameters;
	double		at[VITK_TWO_PART_PARAMETERS];
	double		gradient[VITK_TWO_PART_PARAMETERS];
	double		inverse[VITK_TWO_PART_PARAMETERS][VITK_TWO_PART_PARAMETERS];
} VitkTwoPartFit;

/* Start, then step until it is done; each walks over all days some times. */
extern bool vitk_two_part_start(VitkTwoPartFit *fit, VitkErr *err);
extern bool vitk_two_part_step(VitkTwoPartFit *fit, bool *done, VitkErr *err);

/* The kinds of days of a year: a row of x each, with weights whose sum is 1 */
typedef struct VitkTwoPartYear
{
	int			kinds;
	const double *x;
	const double *weight;
} VitkTwoPartYear;

typedef struct VitkTwoPartPerson
{
	double		usual;			/* expected usual intake a day */
	double		below;			/* probability that it is below the reference */
	double		above;
} VitkTwoPartPerson;

/* Of a person with these days, or, without any, of all who are like that; a NaN reference leaves the probabilities alone */
extern VitkTwoPartPerson vitk_two_part_person(const VitkTwoPartModel *m, VitkIntakeScale scale, const VitkTwoPartDays *days,
											  const VitkTwoPartYear *year, double reference, double *room);

#endif							/* VITK_CORE_TWO_PART_MODEL_H */
