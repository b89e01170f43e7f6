/*
 * nutrient_amount.h
 *		Type nutrient_amount in the server: 24 bytes, by reference.
 */
#ifndef VITK_NUTRIENT_AMOUNT_H
#define VITK_NUTRIENT_AMOUNT_H

#include "vitk.h"

#include "core/nutrient_amount.h"

extern void vitk_amount_reject(void) __attribute__((noreturn));

/* An amount that a function was given, in a unit that a newer version may have written */
static inline VitkAmount *
DatumGetVitkAmount(Datum d)
{
	VitkAmount *a = (VitkAmount *) DatumGetPointer(d);

	if (unlikely(!vitk_unit_known(&a->unit)))
		vitk_amount_reject();
	return a;
}

#define PG_GETARG_NUTRIENT_AMOUNT_P(n) DatumGetVitkAmount(PG_GETARG_DATUM(n))

/* Comparison takes them as they are. */
#define PG_GETARG_NUTRIENT_AMOUNT_RAW(n) ((VitkAmount *) PG_GETARG_POINTER(n))
#define PG_RETURN_NUTRIENT_AMOUNT_P(x) PG_RETURN_POINTER(x)

extern VitkUnit vitk_unit_from_text(const text *t);
extern VitkAmount *vitk_amount_new(double lower, double upper, const VitkUnit *unit);
extern int	vitk_check_digits(int32 digits, const char *type);

#endif							/* VITK_NUTRIENT_AMOUNT_H */
