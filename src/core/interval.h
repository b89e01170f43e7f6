/*
 * interval.h
 *		Is an estimate in the middle of its confidence interval?
 */
#ifndef VITK_CORE_INTERVAL_H
#define VITK_CORE_INTERVAL_H

#include "core/err.h"

/* Numbers as printed, and half a unit of the last digit of each */
typedef struct VitkInterval
{
	double		value;
	double		lower;
	double		upper;
	double		value_off;
	double		lower_off;
	double		upper_off;
} VitkInterval;

extern double vitk_printed_off(const char *s, const char *end);
extern VitkInterval vitk_interval(double value, double lower, double upper);

/* false: it does not, neither itself nor, for a ratio, its logarithm */
extern bool vitk_interval_check(const VitkInterval *i, bool ratio, VitkErr *err);

#endif							/* VITK_CORE_INTERVAL_H */
