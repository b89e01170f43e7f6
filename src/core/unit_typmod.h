/*
 * unit_typmod.h
 *		A unit as type modifier: nutrient_amount('ug/d').
 */
#ifndef VITK_CORE_UNIT_TYPMOD_H
#define VITK_CORE_UNIT_TYPMOD_H

#include "core/unit.h"

/* -1: it has no room for this unit */
extern int32_t vitk_unit_to_typmod(const VitkUnit *u);

/* false: it was made by a newer vitk, or is none */
extern bool vitk_unit_from_typmod(int32_t typmod, VitkUnit *out);

#endif							/* VITK_CORE_UNIT_TYPMOD_H */
