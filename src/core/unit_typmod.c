/*
 * unit_typmod.c
 *		A unit as type modifier, a number from 0 to 2^31 - 1.
 *
 * It is stored in the catalogs of databases, so it must mean the same in every
 * version: a part is written as its rank among the units of its kind, in the
 * order of their ids, and src/data/unit.csv grows at its end only.  There is
 * not room for all that a unit can be, so there are two forms:
 *
 *	bit 30 clear: unit (6 bits), time (4), mass, volume or energy (6), factor (14)
 *	bit 30 set:	  unit (6), mass (4), volume (4), energy (4), time (4), factor (8)
 *
 * The first holds what people write, such as ug/(kg.d) or mg/(2000.kcal); the
 * second what is over several kinds at once.
 */
#include "core/unit_typmod.h"

#define KIND(kind) (1 << VITK_KIND_##kind)
#define NUMERATORS (KIND(MASS) | KIND(MOLE) | KIND(IU) | KIND(ENERGY))
#define DIVISORS (KIND(MASS) | KIND(VOLUME) | KIND(ENERGY))

#define MANY_DIVISORS (1 << 30)

/* Parts of a type modifier, from its high bits to its low ones */
typedef struct Packer
{
	uint32_t	bits;
	bool		fits;
} Packer;

static void
put(Packer *p, uint32_t value, int width)
{
	p->fits = p->fits && value < (uint32_t) 1 << width;
	p->bits = p->bits << width | value;
}

/* The how manieth unit of these kinds is it?  0 for none */
static void
put_unit(Packer *p, int id, int kinds, int width)
{
	uint32_t	rank = 0;

	for (int i = 1; i <= id; i++)
		rank += (kinds >> vitk_unit_kind_of_id(i)) & 1;
	put(p, rank, width);
}

int32_t
vitk_unit_to_typmod(const VitkUnit *u)
{
	Packer		p = {0, true};

	if ((u->per_mass != 0) + (u->per_volume != 0) + (u->per_energy != 0) <= 1)
	{
		put_unit(&p, u->num, NUMERATORS, 6);
		put_unit(&p, u->per_time, KIND(TIME), 4);
		put_unit(&p, u->per_mass | u->per_volume | u->per_energy, DIVISORS, 6);
		put(&p, u->mult, 14);
	}
	else
	{
		put_unit(&p, u->num, NUMERATORS, 6);
		put_unit(&p, u->per_mass, KIND(MASS), 4);
		put_unit(&p, u->per_volume, KIND(VOLUME), 4);
		put_unit(&p, u->per_energy, KIND(ENERGY), 4);
		put_unit(&p, u->per_time, KIND(TIME), 4);
		put(&p, u->mult, 8);
		p.bits |= MANY_DIVISORS;
	}
	return p.fits ? (int32_t) p.bits : -1;
}

/* The next width bits of *bits, which stand at its top (of 30), as a number */
static uint32_t
take(uint32_t *bits, int width)
{
	uint32_t	value = *bits >> (30 - width);

	*bits = (*bits << width) & (MANY_DIVISORS - 1);
	return value;
}

/* ... as the id of a unit of these kinds; 0 for none, or for one unknown */
static uint8_t
take_unit(uint32_t *bits, int kinds, int width, bool *known)
{
	uint32_t	rank = take(bits, width);
	int			id = 0;

	for (uint32_t i = 0; i < rank && *known;)
	{
		id++;
		*known = vitk_unit_kind_of_id(id) != VITK_KIND_NONE;
		i += (kinds >> vitk_unit_kind_of_id(id)) & 1;
	}
	return *known ? id : 0;
}

bool
vitk_unit_from_typmod(int32_t typmod, VitkUnit *out)
{
	uint32_t	bits = typmod & (MANY_DIVISORS - 1);
	bool		known = typmod >= 0;

	memset(out, 0, sizeof(*out));
	out->num = take_unit(&bits, NUMERATORS, 6, &known);
	if (typmod & MANY_DIVISORS)
	{
		out->per_mass = take_unit(&bits, KIND(MASS), 4, &known);
		out->per_volume = take_unit(&bits, KIND(VOLUME), 4, &known);
		out->per_energy = take_unit(&bits, KIND(ENERGY), 4, &known);
		out->per_time = take_unit(&bits, KIND(TIME), 4, &known);
		out->mult = take(&bits, 8);
	}
	else
	{
		uint8_t		id;

		out->per_time = take_unit(&bits, KIND(TIME), 4, &known);
		id = take_unit(&bits, DIVISORS, 6, &known);
		switch (vitk_unit_kind_of_id(id))
		{
			case VITK_KIND_MASS:
				out->per_mass = id;
				break;
			case VITK_KIND_VOLUME:
				out->per_volume = id;
				break;
			default:
				out->per_energy = id;
		}
		out->mult = take(&bits, 14);
	}
	return known && vitk_unit_valid(out) && vitk_unit_to_typmod(out) == typmod;
}
