/*
 * conversion.h
 *		Type conversion in the server.
 */
#ifndef VITK_CONVERSION_H
#define VITK_CONVERSION_H

#include "vitk.h"

#include "core/conversion.h"

/* Storage is plain and alignment double: as for nutrient_profile. */
static inline VitkMk4Factors
vitk_get_factors(Datum d)
{
	VitkConversion *c = (VitkConversion *) DatumGetPointer(d);
	VitkMk4Factors result = {c->n, c->factor};

	return result;
}

#endif							/* VITK_CONVERSION_H */
