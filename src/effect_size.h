/*
 * effect_size.h
 *		Type effect_size in the server: 32 bytes, by reference.
 */
#ifndef VITK_EFFECT_SIZE_H
#define VITK_EFFECT_SIZE_H

#include "vitk.h"

#include "core/effect_size.h"

extern void vitk_effect_reject(void) __attribute__((noreturn));

/* An effect that a function was given, of a measure that a newer version may have added */
static inline VitkEffect *
DatumGetVitkEffect(Datum d)
{
	VitkEffect *e = (VitkEffect *) DatumGetPointer(d);

	if (unlikely(e->kind <= VITK_EFFECT_NONE || e->kind >= VITK_EFFECT_KINDS))
		vitk_effect_reject();
	return e;
}

#define PG_GETARG_EFFECT_SIZE_P(n) DatumGetVitkEffect(PG_GETARG_DATUM(n))

/* Comparison takes them as they are. */
#define PG_GETARG_EFFECT_SIZE_RAW(n) ((VitkEffect *) PG_GETARG_POINTER(n))
#define PG_RETURN_EFFECT_SIZE_P(x) PG_RETURN_POINTER(x)

/* The effect as a result, NULL where it is of no measure; raises err where it is not ok */
extern Datum vitk_return_effect(FunctionCallInfo fcinfo, bool ok, const VitkEffect *effect,
								const VitkErr *err);

#endif							/* VITK_EFFECT_SIZE_H */
