/*
 * intake.c
 *		Sums of profiles: operator + and the aggregates.
 *
 * The state of every aggregate is a nutrient_profile.  Inside an aggregate it
 * is updated in place and the same pointer given back, as long as the sum
 * keeps its layout; where it grows, a new value is returned, which the
 * executor copies.  Window functions return the state of every row, so there
 * nothing is updated in place.  Nothing is kept in fn_extra.
 */
#include "nutrient_profile.h"

#include <math.h>

#include "core/number.h"
#include "nutrient.h"
#include "nutrient_amount.h"

/* A new value for the sum of a and p, its header set */
static VitkProfile *
new_sum(const VitkProfile *a, const VitkProfile *p, double grams, bool counted)
{
	VitkProfile head;
	VitkProfile *sum;

	vitk_profile_sum_layout(&head, a, p, grams, counted);
	sum = palloc(vitk_profile_size(&head));
	*sum = head;
	SET_VARSIZE(sum, vitk_profile_size(&head));
	return sum;
}

/* state + factor * p, where the scaled p weighs "grams"; state may be NULL */
static inline VitkProfile *
add_profile(FunctionCallInfo fcinfo, VitkProfile *state, const VitkProfile *p,
			double factor, double grams, bool counted)
{
	const VitkProfile *old = state ? state : &vitk_profile_empty;
	VitkProfile *sum = state;
	bool		finite;

	if (state == NULL ||
		vitk_profile_is_counted(old) != counted ||
		AggCheckCallContext(fcinfo, NULL) != AGG_CONTEXT_AGGREGATE ||
		!vitk_profile_add(state, p, factor, grams, &finite))
	{
		sum = new_sum(old, p, grams, counted);
		finite = vitk_profile_sum(sum, old, p, factor, grams);
	}
	if (!finite)
		vitk_profile_overflow();
	return sum;
}

/*
 * Operator +, transition and combine function of sum(), combine function of
 * intake().
 */
PG_FUNCTION_INFO_V1(nutrient_profile_pl);
Datum
nutrient_profile_pl(PG_FUNCTION_ARGS)
{
	const VitkProfile *p = PG_GETARG_PROFILE(1);
	VitkProfile *state = DatumGetVitkProfileState(PG_GETARG_DATUM(0), p);

	PG_RETURN_POINTER(add_profile(fcinfo, state, p, 1, p->grams, false));
}

/*
 * Transition function of intake(profile, grams): add that many grams of a
 * food.  A food without profile is mass of which nothing is known.  NULL grams
 * of any food are some more, of which nothing is known either.
 */
PG_FUNCTION_INFO_V1(nutrient_profile_eat);
Datum
nutrient_profile_eat(PG_FUNCTION_ARGS)
{
	const VitkProfile *p = PG_ARGISNULL(1) ?
		&vitk_profile_empty : PG_GETARG_PROFILE(1);
	VitkProfile *state = PG_ARGISNULL(0) ? NULL : DatumGetVitkProfileState(PG_GETARG_DATUM(0), p);
	double		grams;

	if (PG_ARGISNULL(2))
		PG_RETURN_POINTER(add_profile(fcinfo, state, &vitk_profile_unknown_mass, 1, 0, false));
	grams = PG_GETARG_FLOAT8(2);
	if (!(grams >= 0) || isinf(grams) || vitk_is_denormal(grams))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("grams of intake() must be finite and at least 0, not %g", grams)));
	if (unlikely(grams > VITK_MAX_GRAMS))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("grams of intake() must be at most %g, not %g", VITK_MAX_GRAMS, grams)));
	if (unlikely(p->grams == 0 && !PG_ARGISNULL(1)))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("nutrient_profile given to intake() has no mass"),
				 errhint("Use + or sum() to add supplements, or with_grams() to set the mass.")));
	if (unlikely(vitk_profile_has_more(p)))
		p = grams > 0 ? vitk_profile_part(p) : &vitk_profile_empty;
	PG_RETURN_POINTER(add_profile(fcinfo, state, p, grams / p->grams, grams, false));
}

/*
 * Transition and combine function of avg(): a counted sum.  A plain profile,
 * such as the first state, counts as one.
 */
PG_FUNCTION_INFO_V1(nutrient_profile_avg_pl);
Datum
nutrient_profile_avg_pl(PG_FUNCTION_ARGS)
{
	VitkProfile *state = PG_GETARG_PROFILE_OR_SUM(0);
	const VitkProfile *p = PG_GETARG_PROFILE_OR_SUM(1);
	double		count = vitk_profile_count(state) + vitk_profile_count(p);
	VitkProfile *sum;

	if (count > VITK_PROFILE_MAX_COUNT)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("avg() of more than %.0f nutrient_profiles", VITK_PROFILE_MAX_COUNT)));
	sum = add_profile(fcinfo, state, p, 1, p->grams, true);
	*vitk_profile_count_slot(sum) = count;
	PG_RETURN_POINTER(sum);
}

PG_FUNCTION_INFO_V1(nutrient_profile_avg);
Datum
nutrient_profile_avg(PG_FUNCTION_ARGS)
{
	const VitkProfile *sum = PG_GETARG_PROFILE_OR_SUM(0);
	double		count = vitk_profile_count(sum);
	VitkProfile *mean = palloc(vitk_profile_size(sum));

	if (!vitk_profile_scale(mean, sum, 1, count, sum->grams / count))
		vitk_profile_overflow();
	vitk_profile_uncount(mean);
	PG_RETURN_PROFILE(mean);
}

/* The union of profiles that share no nutrient and have no mass */
static Datum
compose(FunctionCallInfo fcinfo, VitkProfile *state, const VitkProfile *p)
{
	for (int i = 0; state != NULL && i < p->n; i++)
	{
		int			id = vitk_profile_nutrient(p, i);

		if (vitk_profile_has(state, id))
			ereport(ERROR,
					(errcode(ERRCODE_CARDINALITY_VIOLATION),
					 errmsg("nutrient %s occurs twice in profile()", vitk_nutrient_get(id)->code),
					 errhint("Choose one value for each nutrient, or add profiles by sum().")));
	}
	return PointerGetDatum(add_profile(fcinfo, state, p, 1, 0, false));
}

/* Transition function of profile(nutrient, nutrient_amount) */
PG_FUNCTION_INFO_V1(nutrient_profile_compose);
Datum
nutrient_profile_compose(PG_FUNCTION_ARGS)
{
	VitkProfile *state = PG_ARGISNULL(0) ? NULL : PG_GETARG_PROFILE(0);
	VitkProfileDraft draft;
	VitkProfileBuffer buf;
	VitkErr		err;

	vitk_profile_draft_init(&draft);
	if (!PG_ARGISNULL(2))
	{
		if (PG_ARGISNULL(1))
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("nutrient of an amount given to profile() must not be null")));
		if (!vitk_profile_draft_add(&draft, PG_GETARG_NUTRIENT(1),
									PG_GETARG_NUTRIENT_AMOUNT_P(2),
									VITK_ALL_KNOWN, &err))
			VITK_RAISE(&err);
	}
	if (!vitk_profile_draft_finish(&draft, &buf.profile, &err))
		VITK_RAISE(&err);
	return compose(fcinfo, state, &buf.profile);
}

/* Combine function of profile(nutrient, nutrient_amount) */
PG_FUNCTION_INFO_V1(nutrient_profile_compose_combine);
Datum
nutrient_profile_compose_combine(PG_FUNCTION_ARGS)
{
	return compose(fcinfo, PG_GETARG_PROFILE(0), PG_GETARG_PROFILE(1));
}
