/*
 * diet.h
 *		diet: foods and how many grams of each were eaten, packed.
 *
 * Needs no server and allocates nothing.  An item is a food, by its number,
 * and a mass.  While every mass is a multiple of 0.01 g an item takes 8 bytes,
 * else 12:
 *
 *	packed		food, hundredths of a gram		two words of 32 bits
 *	wide		food, grams						a word, and a double at its heels
 *
 * In a settled diet, items are in the order of their foods, each food once:
 * what was eaten of it twice is one sum.  Beside that a food may have one item
 * more, of which the mass is not known.  Sums of hundredths are exact, in
 * whatever order.  A loose diet is the running state of an aggregate: items in
 * the order in which they came, and spare room behind them.
 */
#ifndef VITK_CORE_DIET_H
#define VITK_CORE_DIET_H

#include <string.h>

#include "core/err.h"
#include "core/food_value.h"

#define VITK_DIET_VERSION	1
#define VITK_DIET_WIDE		0x01	/* flags in "form" */
#define VITK_DIET_LOOSE		0x02

/* Foods have numbers from 1; 0 stands for those that have none. */
#define VITK_FOOD_WITHOUT_NUMBER 0

/* Instead of a mass: eaten, but nobody knows how much */
#define VITK_MASS_UNKNOWN	(-1.0)

typedef struct VitkDiet
{
	int32_t		vl_len_;		/* the server's length word, see SET_VARSIZE */
	uint32_t	n;				/* items */
	uint8_t		version;
	uint8_t		form;
	uint16_t	unused;			/* 0 */
	uint32_t	word[];			/* 2 or 3 an item */
} VitkDiet;

typedef struct VitkEaten
{
	int32_t		food_no;
	double		grams;			/* finite, from zero, or VITK_MASS_UNKNOWN */
} VitkEaten;

extern const VitkDiet vitk_diet_empty;

static inline int
vitk_diet_words(const VitkDiet *d)
{
	return (d->form & VITK_DIET_WIDE) ? 3 : 2;
}

/* Bytes of n items in the form of d, or in the wide one */
static inline size_t
vitk_diet_size(const VitkDiet *d, size_t n)
{
	return offsetof(VitkDiet, word) + n * vitk_diet_words(d) * sizeof(uint32_t);
}

static inline size_t
vitk_diet_wide_size(size_t n)
{
	return offsetof(VitkDiet, word) + n * 3 * sizeof(uint32_t);
}

#define VITK_HUNDREDTHS_UNKNOWN UINT32_MAX

/*
 * The double nearest to h / 100, as a literal such as 120.5 is, without a
 * division.  0.01 is cut in two: the first product is exact, for its factor
 * has 16 bits, and of the second at most 2^-72 of the whole is lost.  That is
 * too little to matter: h / 100 is at least 2^-61 of itself away from where
 * the nearest double changes.
 */
static inline double
vitk_hundredths(uint32_t h)
{
	double		x = h;

	return x * 0x1.47aep-7 + x * 0x1.47ae147ae147bp-27;
}

static inline VitkEaten
vitk_diet_packed_item(const VitkDiet *d, size_t i)
{
	uint32_t	hundredths = d->word[2 * i + 1];

	return (VitkEaten) {d->word[2 * i], hundredths == VITK_HUNDREDTHS_UNKNOWN ?
		VITK_MASS_UNKNOWN : vitk_hundredths(hundredths)};
}

static inline VitkEaten
vitk_diet_wide_item(const VitkDiet *d, size_t i)
{
	VitkEaten	e = {d->word[3 * i], 0};

	memcpy(&e.grams, d->word + 3 * i + 1, sizeof(double));
	return e;
}

static inline VitkEaten
vitk_diet_item(const VitkDiet *d, size_t i)
{
	return (d->form & VITK_DIET_WIDE) ? vitk_diet_wide_item(d, i) : vitk_diet_packed_item(d, i);
}

extern bool vitk_diet_append(VitkDiet *d, VitkEaten e);
extern bool vitk_diet_append_all(VitkDiet *d, const VitkDiet *more);
extern void vitk_diet_widen(VitkDiet *dst, const VitkDiet *src);
extern bool vitk_diet_settle(VitkDiet *d);

extern size_t vitk_diet_find(const VitkDiet *d, int32_t food_no);
extern bool vitk_diet_is_eaten(const VitkDiet *d, int32_t food_no);
extern double vitk_diet_grams(const VitkDiet *d);
extern int	vitk_diet_cmp(const VitkDiet *a, const VitkDiet *b);

extern bool vitk_food_no_valid(int32_t food_no, VitkErr *err);
extern bool vitk_grams_eaten_valid(double grams, VitkErr *err);

/* Text.  No more items than that are in a literal; room for n items and a NUL */
#define VITK_DIET_TEXT_SIZE(n)	((size_t) (n) * 48 + 3)

extern size_t vitk_diet_text_bound(const char *s, size_t len);
extern bool vitk_food_no_parse(const char **s, const char *end, int32_t *food_no, VitkErr *err);
extern bool vitk_diet_parse(const char *s, size_t len, VitkDiet *dst, VitkErr *err);
extern size_t vitk_diet_format(const VitkDiet *d, char *buf);

#endif							/* VITK_CORE_DIET_H */
