/*
 * variance_components.h
 *		Type variance_components in the server: doubles, by reference.
 */
#ifndef VITK_VARIANCE_COMPONENTS_H
#define VITK_VARIANCE_COMPONENTS_H

#include "vitk.h"

#include "core/variance_components.h"

#define PG_GETARG_COMPONENTS_P(n) ((VitkComponents *) PG_GETARG_POINTER(n))
#define PG_RETURN_COMPONENTS_P(x) PG_RETURN_POINTER(x)

#endif							/* VITK_VARIANCE_COMPONENTS_H */
