/*
 * rounded.c
 *		Values for people to read: so many decimals, of the types that have no
 *		file of which this is the main part.
 */
#include "vitk.h"

#include <math.h>

#include "miscadmin.h"

#include "calcification.h"
#include "conversion.h"
#include "diet.h"
#include "effect_size.h"
#include "food_composition.h"
#include "meta_evidence.h"
#include "nutrient_amount.h"
#include "nutrient_profile.h"
#include "study_sample.h"
#include "survey_sample.h"
#include "variance_components.h"

static double
nearest(double v, int digits)
{
	double		lower = v;
	double		upper = v;

	vitk_bounds_round(&lower, &upper, digits);
	return lower;
}

/* What is more than zero stays so: it keeps one digit at least. */
static double
nearest_positive(double v, int digits)
{
	double		rounded = nearest(v, digits);

	while (v > 0 && rounded == 0 && digits < VITK_MAX_DIGITS)
		rounded = nearest(v, ++digits);
	return rounded > 0 ? rounded : v;
}

PG_FUNCTION_INFO_V1(rounded_calcification);
Datum
rounded_calcification(PG_FUNCTION_ARGS)
{
	const VitkCalcification *c = PG_GETARG_CALCIFICATION_P(0);
	int			digits = vitk_check_digits(PG_GETARG_INT32(1), "calcification");
	VitkCalcification *result = palloc0(sizeof(VitkCalcification));
	VitkErr		err;

	if (!vitk_calcification_make(nearest(c->value, digits), c->method, result, &err))
		VITK_RAISE(&err);
	PG_RETURN_CALCIFICATION_P(result);
}

PG_FUNCTION_INFO_V1(rounded_study_sample);
Datum
rounded_study_sample(PG_FUNCTION_ARGS)
{
	const VitkSample *s = PG_GETARG_STUDY_SAMPLE_P(0);
	int			digits = vitk_check_digits(PG_GETARG_INT32(1), "study_sample");
	VitkSample *result = palloc0(sizeof(VitkSample));
	VitkErr		err;

	*result = *s;
	if (s->n >= 2)
	{
		if (!vitk_sample_from_sd(s->n, nearest(vitk_sample_mean(s), digits),
								 nearest(vitk_sample_sd(s), digits), result, &err))
			VITK_RAISE(&err);
	}
	else if (s->n == 1)
		result->sum = nearest(s->sum, digits);
	PG_RETURN_STUDY_SAMPLE_P(result);
}

/* A ratio as such, where that leaves one; standard errors on the scale that they are on */
static VitkEffect
rounded_effect(const VitkEffect *e, int digits)
{
	double		ratio = vitk_effect_is_log(e->kind) ? nearest(exp(e->estimate), digits) : 0;
	VitkEffect	result;
	VitkErr		err;

	if (!vitk_effect_make(ratio > 0 && isfinite(ratio) ? log(ratio) : nearest(e->estimate, digits),
						  nearest_positive(e->se, digits),
						  e->df > 0 ? nearest_positive(e->df, digits) : e->df,
						  e->kind, &result, &err))
		VITK_RAISE(&err);
	return result;
}

PG_FUNCTION_INFO_V1(rounded_effect_size);
Datum
rounded_effect_size(PG_FUNCTION_ARGS)
{
	int			digits = vitk_check_digits(PG_GETARG_INT32(1), "effect_size");
	VitkEffect *result = palloc(sizeof(VitkEffect));

	*result = rounded_effect(PG_GETARG_EFFECT_SIZE_P(0), digits);
	PG_RETURN_EFFECT_SIZE_P(result);
}

PG_FUNCTION_INFO_V1(rounded_meta_evidence);
Datum
rounded_meta_evidence(PG_FUNCTION_ARGS)
{
	const VitkEvidence *e = PG_GETARG_EVIDENCE(0);
	int			digits = vitk_check_digits(PG_GETARG_INT32(1), "meta_evidence");
	VitkEvidence *result = palloc(vitk_evidence_size(e->k));

	memcpy(result, e, vitk_evidence_size(e->k));
	SET_VARSIZE(result, vitk_evidence_size(e->k));
	for (uint32 i = 0; i < e->k; i++)
	{
		VitkEffect	effect = vitk_evidence_effect(e, i);

		effect = rounded_effect(&effect, digits);
		result->study[i] = (VitkStudy) {effect.estimate, effect.se, effect.df};
	}
	PG_RETURN_POINTER(result);
}

PG_FUNCTION_INFO_V1(rounded_conversion);
Datum
rounded_conversion(PG_FUNCTION_ARGS)
{
	VitkMk4Factors f = vitk_get_factors(PG_GETARG_DATUM(0));
	int			digits = vitk_check_digits(PG_GETARG_INT32(1), "conversion");
	VitkConversion *result = palloc0(VITK_CONVERSION_SIZE(f.n));
	VitkMk4Factors made = {f.n, result->factor};
	VitkErr		err;

	SET_VARSIZE(result, VITK_CONVERSION_SIZE(f.n));
	result->n = f.n;
	memcpy(result->factor, f.factor, f.n * sizeof(VitkMk4Factor));
	for (int i = 0; i < f.n; i++)
		vitk_bounds_round(&result->factor[i].lower, &result->factor[i].upper, digits);
	if (!vitk_conversion_check(&made, &err))
		VITK_RAISE(&err);
	PG_RETURN_POINTER(result);
}

PG_FUNCTION_INFO_V1(rounded_diet);
Datum
rounded_diet(PG_FUNCTION_ARGS)
{
	const VitkDiet *d = PG_GETARG_DIET(0);
	int			digits = vitk_check_digits(PG_GETARG_INT32(1), "diet");
	VitkDiet   *result = vitk_diet_copy(&vitk_diet_empty, d->n);

	result->form = VITK_DIET_WIDE;
	for (uint32 i = 0; i < d->n; i++)
	{
		VitkEaten	e = vitk_diet_item(d, i);

		if (e.grams != VITK_MASS_UNKNOWN)
			e.grams = nearest(e.grams, digits);
		(void) vitk_diet_append(result, e);
	}
	PG_RETURN_DIET(result);
}

PG_FUNCTION_INFO_V1(rounded_food_composition);
Datum
rounded_food_composition(PG_FUNCTION_ARGS)
{
	const VitkComposition *c = PG_GETARG_COMPOSITION(0);
	int			digits = vitk_check_digits(PG_GETARG_INT32(1), "food_composition");
	VitkComposition *result = vitk_composition_make(&vitk_composition_empty, c->used);

	for (VITK_EACH_FOOD(e, c))
	{
		VitkProfile *p = vitk_profile_rounded(vitk_food_entry_profile(e), digits);

		CHECK_FOR_INTERRUPTS();
		result = vitk_composition_add(result, e->food_no, p);
		pfree(p);
	}
	PG_RETURN_POINTER(vitk_composition_finish(result));
}

PG_FUNCTION_INFO_V1(rounded_survey_sample);
Datum
rounded_survey_sample(PG_FUNCTION_ARGS)
{
	const VitkSurvey *s = vitk_get_survey(PG_GETARG_DATUM(0));
	int			digits = vitk_check_digits(PG_GETARG_INT32(1), "survey_sample");
	Size		size = vitk_survey_size(s->psus);
	VitkSurvey *result = palloc(size);

	memcpy(result, s, size);
	SET_VARSIZE(result, size);
	for (uint32 i = 0; i < s->psus; i++)
	{
		VitkPsu    *p = &result->psu[i];

		p->weight = nearest_positive(p->weight, digits);
		p->sum = nearest(p->sum, digits);
		p->ss = nearest(p->ss, digits);
	}
	PG_RETURN_POINTER(result);
}

PG_FUNCTION_INFO_V1(rounded_variance_components);
Datum
rounded_variance_components(PG_FUNCTION_ARGS)
{
	VitkComponents *result = palloc(sizeof(VitkComponents));
	int			digits = vitk_check_digits(PG_GETARG_INT32(1), "variance_components");

	*result = *PG_GETARG_COMPONENTS_P(0);
	result->means = nearest(result->means, digits);
	result->between.sum = nearest(result->between.sum, digits);
	result->ss_within = nearest(result->ss_within, digits);
	result->between.ss = nearest(result->between.ss, digits);
	PG_RETURN_COMPONENTS_P(result);
}
