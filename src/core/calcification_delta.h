/*
 * calcification_delta.h
 *		The change between two scans, what it means by published criteria, and
 *		the categories of a score.
 */
#ifndef VITK_CORE_CALCIFICATION_DELTA_H
#define VITK_CORE_CALCIFICATION_DELTA_H

#include "core/calcification.h"

typedef struct VitkDelta
{
	double		absolute;		/* in the unit of the method */
	double		sqrt_difference;
	double		log_difference; /* of ln(x + shift of the method) */
	double		percent;
	double		per_year;
	double		percent_per_year;	/* compound */
	double		simple_percent_per_year;
	bool		has_log;		/* a shift is in use */
	bool		has_percent;	/* the baseline is not zero */
	bool		has_years;
} VitkDelta;

typedef enum VitkCriterionScale
{
	VITK_CRITERION_ABSOLUTE,
	VITK_CRITERION_SQRT,
	VITK_CRITERION_PERCENT_PER_YEAR
} VitkCriterionScale;

typedef enum VitkBaseline
{
	VITK_BASELINE_ANY,
	VITK_BASELINE_ZERO,
	VITK_BASELINE_POSITIVE
} VitkBaseline;

/*
 * A row of src/data/progression_criterion.csv: the change on its scale must
 * reach (inclusive) or exceed
 * linear * baseline + root * sqrt(baseline) + bmi * BMI + constant.
 */
typedef struct VitkCriterion
{
	const char *name;
	uint8_t		method;
	VitkBaseline baseline;
	VitkCriterionScale scale;
	bool		inclusive;
	double		linear;
	double		root;
	double		bmi;
	double		constant;
} VitkCriterion;

typedef enum VitkProgression
{
	VITK_REGRESSION = -1,
	VITK_STABLE = 0,
	VITK_PROGRESSION = 1,
	VITK_UNDECIDED				/* the criterion says nothing of such a pair */
} VitkProgression;

/* A row of src/data/calcification_category.csv */
typedef struct VitkCategory
{
	const char *scheme;
	const char *name;
	double		upper;			/* INFINITY: open */
	bool		inclusive;		/* does upper belong to it? */
	uint8_t		method;
	uint8_t		position;		/* 1, 2, ... within the scheme */
} VitkCategory;

/* years and bmi: NULL where unknown */
extern bool vitk_calcification_delta(const VitkCalcification *before,
									 const VitkCalcification *after,
									 const double *years, VitkDelta *out, VitkErr *err);
extern bool vitk_criterion_find(const char *s, size_t len, const VitkCalcification *before,
								bool with_bmi, const VitkCriterion **out, VitkErr *err);
extern bool vitk_criterion_limit(const VitkCriterion *criterion, double before,
								 const double *bmi, double *limit, VitkErr *err);
extern bool vitk_annualisation_parse(const char *s, size_t len, bool *simple, VitkErr *err);
extern bool vitk_progression(const VitkCalcification *before, const VitkCalcification *after,
							 const double *years, bool simple, const VitkCriterion *criterion,
							 const double *bmi, VitkProgression *out, VitkErr *err);
extern const VitkCategory *vitk_default_category(const VitkCalcification *c);
extern bool vitk_category(const VitkCalcification *c, const char *s, size_t len,
						  const VitkCategory **out, VitkErr *err);

#endif							/* VITK_CORE_CALCIFICATION_DELTA_H */
