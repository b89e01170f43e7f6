/*
 * conversion.h
 *		Type conversion in the server.
 */
#ifndef VITK_CONVERSION_H
#define VITK_CONVERSION_H

#include "vitk.h"

#include "core/conversion.h"

/* Storage is plain and alignment double: as for nutrient_profile. */
/* The factors of a conversion that a function was given, which a newer version may have written */
extern VitkMk4Factors vitk_get_factors(Datum d);

/* The same, whatever they say: comparison takes them as they are. */
static inline VitkMk4Factors
vitk_get_raw_factors(Datum d)
{
	VitkConversion *c = (VitkConversion *) DatumGetPointer(d);
	int			room = (VARSIZE(c) - VITK_CONVERSION_SIZE(0)) / sizeof(VitkMk4Factor);
	VitkMk4Factors result = {c->n >= 0 && c->n <= room ? c->n : room, c->factor};

	return result;
}

#endif							/* VITK_CONVERSION_H */
