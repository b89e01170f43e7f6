/*
 * calcification.h
 *		calcification in the server.
 */
#ifndef VITK_CALCIFICATION_H
#define VITK_CALCIFICATION_H

#include "vitk.h"

#include "core/calcification.h"

extern void vitk_calcification_reject(void) __attribute__((noreturn));

/* A value that a function was given, by a method that a newer version may have added */
static inline VitkCalcification *
DatumGetVitkCalcification(Datum d)
{
	VitkCalcification *c = (VitkCalcification *) DatumGetPointer(d);

	if (unlikely(vitk_method_by_id(c->method) == NULL))
		vitk_calcification_reject();
	return c;
}

#define PG_GETARG_CALCIFICATION_P(n) DatumGetVitkCalcification(PG_GETARG_DATUM(n))

/* Comparison takes them as they are. */
#define PG_GETARG_CALCIFICATION_RAW(n) ((VitkCalcification *) PG_GETARG_POINTER(n))
#define PG_RETURN_CALCIFICATION_P(c) PG_RETURN_POINTER(c)

#endif							/* VITK_CALCIFICATION_H */
