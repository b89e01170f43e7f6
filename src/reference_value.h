/*
 * reference_value.h
 *		What intake_vs_limit.c needs of reference values.
 */
#ifndef VITK_REFERENCE_VALUE_H
#define VITK_REFERENCE_VALUE_H

#include "vitk.h"

#include "core/unit.h"

/* The unit in which profiles keep a nutrient, a day */
extern VitkUnit vitk_unit_per_day(int nutrient);

/* An error that names the argument and its range, where it is not good */
extern void vitk_check_number(double number, const char *name, bool good, const char *range);
extern double vitk_check_days(double days);

#endif							/* VITK_REFERENCE_VALUE_H */
