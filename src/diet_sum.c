/*
 * diet_sum.c
 *		Sums of diets: operator + and the aggregates.
 *
 * The state of an aggregate is a diet, loose and with spare room, extended in
 * place; when it is full it is settled, and if that does not make it short it
 * gets twice the room.  In a window the state of a row may have been returned,
 * so there it is copied.
 */
#include "diet.h"

/* Room of a first state: most meals and many days fit. */
#define FIRST_ROOM 16

/* How many items of the wide form fit into a state */
static Size
room_of(const VitkDiet *state)
{
	return (VARSIZE(state) - vitk_diet_wide_size(0)) / (vitk_diet_words(state) * sizeof(uint32));
}

/* A state with room for more items, in the form of d or the wide one */
static VitkDiet *
new_state(const VitkDiet *d, Size more, bool wide)
{
	VitkDiet   *state = vitk_diet_copy(d, Max((Size) d->n + more, FIRST_ROOM));
	Size		room = FIRST_ROOM;

	if (wide)
		vitk_diet_widen(state, d);
	if (d->n > 0)
	{
		vitk_diet_finish(state);
		if (wide)
			vitk_diet_widen(state, state);
		room = Max(2 * ((Size) state->n + more), FIRST_ROOM);
		state = repalloc(state, vitk_diet_wide_size(room));
	}
	state->form |= VITK_DIET_LOOSE;
	SET_VARSIZE(state, vitk_diet_size(state, Max(room, more)));
	return state;
}

/* The state, ready to be extended by so many items */
static VitkDiet *
with_room(FunctionCallInfo fcinfo, Size more)
{
	VitkDiet   *state;

	if (PG_ARGISNULL(0))
		return new_state(&vitk_diet_empty, more, false);
	state = vitk_diet_detoast(PG_GETARG_DATUM(0));
	if ((Pointer) state == DatumGetPointer(PG_GETARG_DATUM(0)) &&
		room_of(state) >= state->n + more &&
		AggCheckCallContext(fcinfo, NULL) == AGG_CONTEXT_AGGREGATE)
		return state;
	return new_state(state, more, (state->form & VITK_DIET_WIDE) != 0);
}

/* Transition function of diet(food_no, grams) */
PG_FUNCTION_INFO_V1(diet_sum_eat);
Datum
diet_sum_eat(PG_FUNCTION_ARGS)
{
	VitkDiet   *state = with_room(fcinfo, 1);
	VitkEaten	e = {VITK_FOOD_WITHOUT_NUMBER, VITK_MASS_UNKNOWN};
	VitkErr		err;

	/* neither food nor mass: the row of somebody who ate nothing */
	if (PG_ARGISNULL(1) && PG_ARGISNULL(2))
		PG_RETURN_POINTER(state);
	if (!PG_ARGISNULL(1))
		e.food_no = PG_GETARG_INT32(1);
	if (!PG_ARGISNULL(2))
	{
		e.grams = PG_GETARG_FLOAT8(2) + 0.0;	/* a zero has no sign */
		if (unlikely(!vitk_grams_eaten_valid(e.grams, &err)))
			VITK_RAISE(&err);
	}
	if (unlikely(!vitk_food_no_valid(e.food_no, &err)))
		VITK_RAISE(&err);
	if (unlikely(!vitk_diet_append(state, e)))
	{
		state = new_state(state, 1, true);
		(void) vitk_diet_append(state, e);
	}
	PG_RETURN_POINTER(state);
}

/* Transition function of sum(diet), combine function of both aggregates */
PG_FUNCTION_INFO_V1(diet_sum_add);
Datum
diet_sum_add(PG_FUNCTION_ARGS)
{
	VitkDiet   *more = vitk_diet_detoast(PG_GETARG_DATUM(1));
	VitkDiet   *state = with_room(fcinfo, more->n);

	if (!vitk_diet_append_all(state, more))
	{
		state = new_state(state, more->n, true);
		(void) vitk_diet_append_all(state, more);
	}
	PG_FREE_IF_COPY(more, 1);
	PG_RETURN_POINTER(state);
}

PG_FUNCTION_INFO_V1(diet_sum_final);
Datum
diet_sum_final(PG_FUNCTION_ARGS)
{
	const VitkDiet *state = vitk_diet_detoast(PG_GETARG_DATUM(0));

	PG_RETURN_DIET(vitk_diet_copy(state, state->n));
}

/* Operator + */
PG_FUNCTION_INFO_V1(diet_sum_pl);
Datum
diet_sum_pl(PG_FUNCTION_ARGS)
{
	const VitkDiet *a = PG_GETARG_DIET(0);
	const VitkDiet *b = PG_GETARG_DIET(1);
	VitkDiet   *sum = vitk_diet_copy(a, (Size) a->n + b->n);

	if (!vitk_diet_append_all(sum, b))
	{
		vitk_diet_widen(sum, sum);
		(void) vitk_diet_append_all(sum, b);
	}
	PG_RETURN_DIET(sum);
}
