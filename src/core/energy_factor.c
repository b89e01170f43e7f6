/*
 * energy_factor.c
 *		Does the energy of a food fit what gives energy in it?
 *
 * Tables count energy by other factors of fat, protein and carbohydrate, each
 * for its foods.  With the lowest and the highest in use, what is known of a
 * food bounds its energy; an energy beyond them and a tolerance is mostly kJ
 * read as kcal, or a value of another row.  Some foods are so: sweeteners,
 * leavening agents, salatrim.  They are taken, with a doubt.
 */
#include "core/energy_factor.h"

#include <math.h>
#include <stdio.h>

#include "core/nutrient.h"

typedef struct EnergyFactor
{
	double		lowest;			/* kcal in a gram */
	double		highest;
	int			nnutrients;		/* of these the first counts that is known */
	const uint16_t *nutrients;
} EnergyFactor;

#include "energy_factor_data.h"

/* The rows, as the generator puts them */
typedef enum Component
{
	ENERGY, FAT, PROTEIN, CARBOHYDRATE, AVAILABLE, FIBRE, POLYOLS, SUGARS, STARCH, ALCOHOL, WATER, ASH,
	REST,						/* the mass that none of them accounts for */
	TOLERANCE					/* in percent, and in kcal of 100 g */
} Component;

/* What is known of a component for all of the mass, in g */
typedef struct Part
{
	bool		known;
	double		lower;
	double		upper;
} Part;

static Part
part_of(const VitkProfile *p, Component component)
{
	const EnergyFactor *f = &energy_factors[component];
	Part		part = {false, 0, 0};

	for (int k = 0; k < f->nnutrients && !part.known; k++)
	{
		int			i = vitk_profile_index(p, f->nutrients[k]);

		if (i >= 0 && vitk_profile_known(p, i) == p->grams)
		{
			part.known = true;
			part.lower = vitk_profile_lower(p)[i];
			part.upper = vitk_profile_upper(p)[i];
		}
	}
	return part;
}

/* The carbohydrate of a food, whichever way it is counted */
static Part
carbohydrate_of(const VitkProfile *p, bool *available)
{
	Part		carbohydrate = part_of(p, CARBOHYDRATE);

	*available = !carbohydrate.known;
	return carbohydrate.known ? carbohydrate : part_of(p, AVAILABLE);
}

/*
 * The least energy of the carbohydrate.  By difference it contains fibre,
 * which may have none, and which may be all of it where it is not known.
 */
static double
least_of_carbohydrate(const VitkProfile *p)
{
	bool		available;
	Part		carbohydrate = carbohydrate_of(p, &available);
	Part		fibre = part_of(p, FIBRE);
	double		sugars = part_of(p, SUGARS).lower * energy_factors[SUGARS].lowest +
		part_of(p, STARCH).lower * energy_factors[STARCH].lowest;
	double		digested = carbohydrate.lower - part_of(p, POLYOLS).upper;

	if (!available)
		digested = fibre.known ? digested - fibre.upper : 0;
	return fmax(sugars, digested * energy_factors[available ? AVAILABLE : CARBOHYDRATE].lowest);
}

static double
least_energy(const VitkProfile *p)
{
	return part_of(p, FAT).lower * energy_factors[FAT].lowest +
		part_of(p, PROTEIN).lower * energy_factors[PROTEIN].lowest +
		part_of(p, ALCOHOL).lower * energy_factors[ALCOHOL].lowest +
		least_of_carbohydrate(p);
}

/* What the rest of the mass can give: alcohol where none is stated, else organic acids, or fibre */
static double
most_of_rest(const VitkProfile *p, double carbohydrate, bool available)
{
	Part		fibre = part_of(p, FIBRE);
	Part		water = part_of(p, WATER);
	double		rest = p->grams - carbohydrate - water.lower - part_of(p, FAT).lower -
		part_of(p, PROTEIN).lower - part_of(p, ALCOHOL).lower - part_of(p, ASH).lower -
		(available ? fibre.lower : 0);

	if (rest <= 0)
		return 0;
	if (water.known)
		return rest * energy_factors[part_of(p, ALCOHOL).known ? REST : ALCOHOL].highest;
	return available && !fibre.known ? rest * energy_factors[FIBRE].highest : 0;
}

/* Infinite where a macronutrient is not known */
static double
most_energy(const VitkProfile *p)
{
	bool		available;
	Part		fat = part_of(p, FAT);
	Part		protein = part_of(p, PROTEIN);
	Part		carbohydrate = carbohydrate_of(p, &available);

	if (!fat.known || !protein.known || !carbohydrate.known)
		return INFINITY;
	return fat.upper * energy_factors[FAT].highest +
		protein.upper * energy_factors[PROTEIN].highest +
		carbohydrate.upper * energy_factors[CARBOHYDRATE].highest +
		part_of(p, ALCOHOL).upper * energy_factors[ALCOHOL].highest +
		(available ? part_of(p, FIBRE).upper * energy_factors[FIBRE].highest : 0) +
		most_of_rest(p, carbohydrate.lower, available);
}

/* Write why one energy does not fit its components; false: it does, or nobody can tell. */
static bool
describe_misfit(const VitkProfile *p, int nutrient, char *doubt, size_t size)
{
	int			i = vitk_profile_index(p, nutrient);
	double		percent = energy_factors[TOLERANCE].lowest;
	double		slack = energy_factors[TOLERANCE].highest * p->grams / 100;
	double		least;
	double		most;
	const char *code = vitk_nutrient_by_id(nutrient)->code;

	if (i < 0 || vitk_profile_known(p, i) != p->grams)
		return false;
	least = least_energy(p);
	most = most_energy(p);
	if (vitk_profile_upper(p)[i] < least * (1 - percent / 100) - slack)
		snprintf(doubt, size, "energy does not fit: %g kcal of %s, but what is known of fat, protein, carbohydrate and alcohol gives at least %.4g kcal",
				 vitk_profile_upper(p)[i], code, least);
	else if (vitk_profile_lower(p)[i] > most * (1 + percent / 100) + slack)
		snprintf(doubt, size, "energy does not fit: %g kcal of %s, but what is known of fat, protein, carbohydrate and alcohol gives at most %.4g kcal",
				 vitk_profile_lower(p)[i], code, most);
	else
		return false;
	return true;
}

/* Write why an energy does not fit its components, nutrient 0: any; false: they fit. */
bool
vitk_energy_doubt(const VitkProfile *p, int nutrient, char *doubt, size_t size)
{
	const EnergyFactor *energy = &energy_factors[ENERGY];

	for (int k = 0; k < energy->nnutrients; k++)
		if ((nutrient == 0 || nutrient == energy->nutrients[k]) &&
			describe_misfit(p, energy->nutrients[k], doubt, size))
			return true;
	return false;
}
