/*
 * energy_factor.h
 *		Does the energy of a food fit what gives energy in it?
 */
#ifndef VITK_CORE_ENERGY_FACTOR_H
#define VITK_CORE_ENERGY_FACTOR_H

#include "core/nutrient_profile.h"

extern bool vitk_energy_doubt(const VitkProfile *p, int nutrient, char *doubt, size_t size);

#endif							/* VITK_CORE_ENERGY_FACTOR_H */
