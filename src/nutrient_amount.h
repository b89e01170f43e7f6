/*
 * nutrient_amount.h
 *		Type nutrient_amount in the server: 24 bytes, by reference.
 */
#ifndef VITK_NUTRIENT_AMOUNT_H
#define VITK_NUTRIENT_AMOUNT_H

#include "vitk.h"

#include "core/nutrient_amount.h"

#define PG_GETARG_NUTRIENT_AMOUNT_P(n) ((VitkAmount *) PG_GETARG_POINTER(n))
#define PG_RETURN_NUTRIENT_AMOUNT_P(x) PG_RETURN_POINTER(x)

extern VitkUnit vitk_unit_from_text(const text *t);
extern int	vitk_check_digits(int32 digits, const char *type);

#endif							/* VITK_NUTRIENT_AMOUNT_H */
