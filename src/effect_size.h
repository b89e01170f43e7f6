/*
 * effect_size.h
 *		Type effect_size in the server: 32 bytes, by reference.
 */
#ifndef VITK_EFFECT_SIZE_H
#define VITK_EFFECT_SIZE_H

#include "vitk.h"

#include "core/effect_size.h"

#define PG_GETARG_EFFECT_SIZE_P(n) ((VitkEffect *) PG_GETARG_POINTER(n))
#define PG_RETURN_EFFECT_SIZE_P(x) PG_RETURN_POINTER(x)

#endif							/* VITK_EFFECT_SIZE_H */
