/*
 * draw.h
 *		Numbers drawn at random, the same for a seed on every machine.
 */
#ifndef VITK_CORE_DRAW_H
#define VITK_CORE_DRAW_H

#include <stdint.h>

/* "what" and "which" name what is drawn: a food, or 0, and its nutrient */
extern double vitk_draw_uniform(double lower, double upper, int64_t seed, int64_t what, int64_t which);

#endif							/* VITK_CORE_DRAW_H */
