/*
 * survey_sample.h
 *		survey_sample: a weighted sample with its strata and primary sampling units.
 *
 * Estimates and standard errors are those of R's survey (svymean, svytotal,
 * svyratio, svycontrast of svyby): Taylor linearisation, PSUs drawn with
 * replacement within strata (Lumley 2004, doi:10.18637/jss.v009.i08).
 */
#ifndef VITK_CORE_SURVEY_SAMPLE_H
#define VITK_CORE_SURVEY_SAMPLE_H

#include "core/effect_size.h"

#define VITK_SURVEY_VERSION 1
#define VITK_MAX_PSUS 10000000

/*
 * A PSU: the sums over its rows that are in the domain.  A PSU of the design
 * without such a row has zeros.
 */
typedef struct VitkPsu
{
	int64_t		stratum;
	int64_t		psu;			/* within the stratum */
	double		n;				/* rows in the domain of weight above 0 */
	double		weight;			/* sum of weights */
	double		sum;			/* of weight * value */
	double		ss;				/* of weight * square of value less mean */
} VitkPsu;

/*
 * A varlena, which TOAST may have compressed.  What is stored is in order:
 * each PSU once, by stratum and number.  The state of an aggregate may have
 * spare room, and PSUs that are listed more than once.
 */
typedef struct VitkSurvey
{
	int32_t		vl_len_;
	uint8_t		version;
	uint8_t		ordered;		/* 1, or 0 in a state */
	uint16_t	unused;			/* 0 */
	uint32_t	psus;
	uint32_t	unused2;		/* 0 */
	VitkPsu		psu[];
} VitkSurvey;

/* What is done about a stratum with a single PSU; as survey.lonely.psu of R's survey */
typedef enum VitkLonely
{
	VITK_LONELY_FAIL = 1,
	VITK_LONELY_CERTAINTY,		/* it was sure to be drawn: adds no variance */
	VITK_LONELY_ADJUST,			/* it differs from the mean of all strata, not of its own */
	VITK_LONELY_AVERAGE			/* it adds as much as the other strata on average */
} VitkLonely;

/* A function of the sums, linear in those of each PSU: what its variance is asked for */
typedef struct VitkLinear
{
	const VitkSurvey *sample;
	double		of_sum;			/* factor of the sum of a PSU */
	double		of_weight;		/* factor of its weight */
} VitkLinear;

/* NaN is what the sample does not tell */
typedef struct VitkSurveyTotals
{
	double		n;
	double		weight;
	double		sum;
	double		ss;
	double		psus;
	double		strata;
} VitkSurveyTotals;

static inline size_t
vitk_survey_size(uint32_t psus)
{
	return offsetof(VitkSurvey, psu) + (size_t) psus * sizeof(VitkPsu);
}

/* Room for the text of so many PSUs, and a NUL */
static inline size_t
vitk_survey_text_size(uint32_t psus)
{
	return (size_t) psus * 192 + 3;
}

extern const VitkSurvey vitk_survey_none;

extern bool vitk_lonely_parse(const char *s, size_t len, VitkLonely *out, VitkErr *err);

/* No more PSUs than that are in a literal. */
extern uint32_t vitk_survey_text_bound(const char *s, size_t len);
extern bool vitk_survey_parse(const char *s, size_t len, VitkSurvey *dst, VitkErr *err);
extern int	vitk_survey_format(const VitkSurvey *s, char *buf);

/* A row: dst has room for one more PSU.  in_domain false: value is not looked at. */
extern bool vitk_survey_add(VitkSurvey *dst, int64_t stratum, int64_t psu, double weight,
							bool in_domain, double value, VitkErr *err);
/* Bring each PSU to stand once, in order; false if a sum overflows. */
extern bool vitk_survey_order(VitkSurvey *s);
extern bool vitk_survey_valid(const VitkSurvey *s, VitkErr *err);
extern int	vitk_survey_cmp(const VitkSurvey *a, const VitkSurvey *b);

/* Of samples in order */
extern VitkSurveyTotals vitk_survey_totals(const VitkSurvey *s);
extern bool vitk_survey_finite_totals(const VitkSurvey *s, VitkSurveyTotals *out, VitkErr *err);
/* a, or a + b, which have the same design */
extern bool vitk_survey_variance(const VitkLinear *a, const VitkLinear *b, VitkLonely lonely,
								 double *out, VitkErr *err);
extern bool vitk_survey_same_design(const VitkSurvey *a, const VitkSurvey *b, VitkErr *err);

typedef struct VitkSurveyEstimate
{
	double		estimate;
	double		se;
	double		df;				/* PSUs less strata */
	double		deff;
} VitkSurveyEstimate;

extern bool vitk_survey_mean(const VitkSurvey *s, VitkLonely lonely, VitkSurveyEstimate *out, VitkErr *err);
extern bool vitk_survey_total(const VitkSurvey *s, VitkLonely lonely, VitkSurveyEstimate *out, VitkErr *err);
extern bool vitk_survey_ratio(const VitkSurvey *numerator, const VitkSurvey *denominator,
							  VitkLonely lonely, VitkSurveyEstimate *out, VitkErr *err);
/* kind is VITK_EFFECT_NONE where there is none to tell */
extern bool vitk_survey_difference(const VitkSurvey *a, const VitkSurvey *b, VitkLonely lonely,
								   VitkEffect *out, VitkErr *err);

#endif							/* VITK_CORE_SURVEY_SAMPLE_H */
