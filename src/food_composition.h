/*
 * food_composition.h
 *		Type food_composition in the server.
 */
#ifndef VITK_FOOD_COMPOSITION_H
#define VITK_FOOD_COMPOSITION_H

#include "vitk.h"

#include "core/food_table.h"

/* A composition as it is stored: it may be the running state of the aggregate. */
extern VitkComposition *vitk_composition_detoast(Datum d);

/* A settled composition that a function was given; not to be changed */
extern VitkComposition *vitk_composition_get(Datum d);

#define PG_GETARG_COMPOSITION(n) vitk_composition_get(PG_GETARG_DATUM(n))

/* An empty one, or those foods, with room for so many bytes in all */
extern VitkComposition *vitk_composition_make(const VitkComposition *c, Size bytes);

/* Append a food; it may move, when it has to grow. */
extern VitkComposition *vitk_composition_add(VitkComposition *c, int32 food_no, const VitkProfile *p);

/* A copy in order and marked, ready to be returned */
extern VitkComposition *vitk_composition_finish(const VitkComposition *c);

/* Call a function that reads a profile; an error of it tells of which food. */
extern VitkProfile *vitk_composition_read_profile(PGFunction read, Datum image, int32 food_no);

/* A profile of the entry of a composition, as a value */
extern VitkProfile *vitk_food_entry_copy(const VitkFoodEntry *e);

/*
 * Whence a composition comes, by which functions recognise one that they have
 * seen: its place in TOAST, which is told without reading it, or its mark.
 */
typedef struct VitkSource
{
	bool		toasted;
	LocalTransactionId lxid;	/* a place in TOAST is good for a transaction */
	struct varatt_external toast;
	uint64		mark[2];
} VitkSource;

/* Find among n sources, spaced by so many bytes, the one of d; -1 = it is not there. */
extern int	vitk_source_find(Datum d, VitkSource *source, VitkComposition **c,
							 void *sources, int n, Size spacing, int guess);

/* The table of a composition, kept with the function for the rest of the query */
extern const VitkFoodTable *vitk_food_table_get(FunctionCallInfo fcinfo, Datum d);

#endif							/* VITK_FOOD_COMPOSITION_H */
