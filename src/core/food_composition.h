/*
 * food_composition.h
 *		food_composition: the profiles of many foods as one value.
 *
 * Needs no server and allocates nothing.  Behind a header stand entries, each
 * a food's number and its profile, canonical, in the order of the numbers.  To
 * add up diets it is laid out in another way, once per query: see food_table.h.
 *
 * A loose composition is the running state of the aggregate: entries in the
 * order in which they came, and spare room behind them.
 */
#ifndef VITK_CORE_FOOD_COMPOSITION_H
#define VITK_CORE_FOOD_COMPOSITION_H

#include "core/nutrient_profile.h"

#define VITK_COMPOSITION_VERSION	1
#define VITK_COMPOSITION_LOOSE		0x01	/* flag in "form" */

/* One food; the profile behind it is a multiple of 8 bytes long. */
typedef struct VitkFoodEntry
{
	int32_t		food_no;
	uint32_t	size;			/* bytes, this header among them */
} VitkFoodEntry;

typedef struct VitkComposition
{
	int32_t		vl_len_;		/* the server's length word, see SET_VARSIZE */
	uint8_t		version;
	uint8_t		form;
	uint16_t	unused;			/* 0 */
	uint32_t	n;				/* foods */
	uint32_t	used;			/* bytes, this header among them */
	uint64_t	mark[2];		/* of the content: see vitk_composition_settle */
} VitkComposition;

extern const VitkComposition vitk_composition_empty;

static inline const VitkFoodEntry *
vitk_composition_first(const VitkComposition *c)
{
	return (const VitkFoodEntry *) (c + 1);
}

static inline const VitkFoodEntry *
vitk_composition_next(const VitkFoodEntry *e)
{
	return (const VitkFoodEntry *) ((const char *) e + e->size);
}

static inline const VitkProfile *
vitk_food_entry_profile(const VitkFoodEntry *e)
{
	return (const VitkProfile *) (e + 1);
}

static inline size_t
vitk_food_entry_size(const VitkProfile *p)
{
	return sizeof(VitkFoodEntry) + ((vitk_profile_size(p) + 7) & ~(size_t) 7);
}

/* for (VITK_EACH_FOOD(e, c)): each entry e of c in turn */
#define VITK_EACH_FOOD(e, c) \
	const VitkFoodEntry *e = vitk_composition_first(c); \
	(const char *) e < (const char *) (c) + (c)->used; \
	e = vitk_composition_next(e)

extern bool vitk_composition_valid(const VitkComposition *c, size_t size);
extern bool vitk_composition_takes(int32_t food_no, const VitkProfile *p, VitkErr *err);
extern void vitk_composition_append(VitkComposition *c, int32_t food_no, const VitkProfile *p);
extern bool vitk_composition_settle(VitkComposition *dst, const VitkComposition *src,
									const VitkFoodEntry **index, VitkErr *err);
extern const VitkProfile *vitk_composition_find(const VitkComposition *c, int32_t food_no);
extern int	vitk_composition_cmp(const VitkComposition *a, const VitkComposition *b);

extern void vitk_profile_draw(VitkProfile *p, int32_t food_no, int64_t seed);
extern void vitk_profile_only(VitkProfile *dst, const VitkProfile *p, const uint8_t *wanted);
extern void vitk_profile_know_all(VitkProfile *p, int nutrient);

/* Text: the entries one by one */
extern bool vitk_composition_open(const char **s, const char *end, bool *more, VitkErr *err);
extern bool vitk_composition_parse_food(const char **s, const char *end, int32_t *food_no,
										VitkProfile *p, bool *more, VitkErr *err);

#endif							/* VITK_CORE_FOOD_COMPOSITION_H */
