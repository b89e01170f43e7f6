/*
 * diet.h
 *		Type diet in the server.
 */
#ifndef VITK_DIET_SERVER_H
#define VITK_DIET_SERVER_H

#include "vitk.h"

#include "utils/array.h"

#include "core/diet.h"

/* A diet as it is stored: it may be the running state of an aggregate. */
extern VitkDiet *vitk_diet_detoast(Datum d);

/* A settled diet that a function was given; not to be changed */
extern VitkDiet *vitk_diet_get(Datum d);

#define PG_GETARG_DIET(n) vitk_diet_get(PG_GETARG_DATUM(n))

/* A diet with room for that many items, in either form, and the items of d */
extern VitkDiet *vitk_diet_copy(const VitkDiet *d, Size room);

/* Settle a diet that is made with room for its wide form, ready to be returned. */
extern VitkDiet *vitk_diet_finish(VitkDiet *d);

extern int32 vitk_check_food_no(int32 food_no);

/* The numbers of an array of foods, sorted, without NULLs; and is a food among them? */
extern int32 *vitk_get_foods(ArrayType *array, int *n);
extern int	vitk_compare_foods(const void *a, const void *b);
extern bool vitk_in_foods(int32 food_no, const int32 *foods, int n);

#define PG_RETURN_DIET(d) PG_RETURN_POINTER(vitk_diet_finish(d))

#endif							/* VITK_DIET_SERVER_H */
