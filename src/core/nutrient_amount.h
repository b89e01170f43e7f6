/*
 * nutrient_amount.h
 *		nutrient_amount: a number or an interval, and its unit.
 */
#ifndef VITK_CORE_NUTRIENT_AMOUNT_H
#define VITK_CORE_NUTRIENT_AMOUNT_H

#include "core/unit.h"

#define VITK_AMOUNT_LEN 160		/* the longest amount text and a NUL fit */

/* lower <= upper, both finite, a zero has no sign; in the unit as written */
typedef struct VitkAmount
{
	double		lower;
	double		upper;
	VitkUnit	unit;
} VitkAmount;

/*
 * What comparison and hash look at: the dimension, and each bound in base
 * units rounded to 15 significant decimal digits, mantissa * 10^exponent.
 */
typedef struct VitkDecimal
{
	int64_t		mantissa;		/* 0, or 15 digits and a sign */
	int64_t		exponent;		/* 0 where mantissa is 0 */
} VitkDecimal;

typedef struct VitkAmountKey
{
	int64_t		dimension;
	VitkDecimal lower;
	VitkDecimal upper;
} VitkAmountKey;

extern bool vitk_amount_parse(const char *s, size_t len, VitkAmount *out, VitkErr *err);
extern int	vitk_amount_format(const VitkAmount *a, char *buf);
extern bool vitk_amount_make(double lower, double upper, const VitkUnit *unit,
							 VitkAmount *out, VitkErr *err);
extern bool vitk_amount_valid(const VitkAmount *a, VitkErr *err);
extern double vitk_amount_middle(const VitkAmount *a);
extern void vitk_amount_key(const VitkAmount *a, VitkAmountKey *key);
extern int	vitk_amount_cmp(const VitkAmount *a, const VitkAmount *b);
extern bool vitk_amount_surely_below(const VitkAmount *a, const VitkAmount *b,
									 bool *below, VitkErr *err);
extern bool vitk_amount_convert(const VitkAmount *a, const VitkUnit *to, int nutrient,
								VitkAmount *out, VitkErr *err);
extern bool vitk_amount_add(const VitkAmount *a, const VitkAmount *b,
							VitkAmount *out, VitkErr *err);

/* vitk_bounds_round takes from -VITK_MAX_DIGITS to VITK_MAX_DIGITS decimals. */
#define VITK_MAX_DIGITS 15
extern void vitk_bounds_round(double *lower, double *upper, int digits);

#endif							/* VITK_CORE_NUTRIENT_AMOUNT_H */
