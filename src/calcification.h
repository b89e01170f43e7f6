/*
 * calcification.h
 *		calcification in the server.
 */
#ifndef VITK_CALCIFICATION_H
#define VITK_CALCIFICATION_H

#include "vitk.h"

#include "core/calcification.h"

#define PG_GETARG_CALCIFICATION_P(n) ((VitkCalcification *) PG_GETARG_POINTER(n))
#define PG_RETURN_CALCIFICATION_P(c) PG_RETURN_POINTER(c)

#endif							/* VITK_CALCIFICATION_H */
