/*
 * nutrient.h
 *		Type nutrient in the server.
 */
#ifndef VITK_NUTRIENT_H
#define VITK_NUTRIENT_H

#include "vitk.h"

#include "core/nutrient.h"

extern void vitk_nutrient_reject(int32 id) __attribute__((noreturn));

/* A nutrient that a function was given, which a newer registry may have named */
static inline int32
DatumGetNutrient(Datum d)
{
	int32		id = DatumGetInt32(d);

	if (unlikely(id < 1 || id > VITK_NUTRIENT_COUNT))
		vitk_nutrient_reject(id);
	return id;
}

#define PG_GETARG_NUTRIENT(n)	DatumGetNutrient(PG_GETARG_DATUM(n))

/* Its entry in the registry */
extern const VitkNutrient *vitk_nutrient_get(int32 id);

#endif							/* VITK_NUTRIENT_H */
