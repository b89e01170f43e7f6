/*
 * unit.h
 *		Units of nutrient amounts: a closed part of UCUM (src/data/unit.csv).
 */
#ifndef VITK_CORE_UNIT_H
#define VITK_CORE_UNIT_H

#include "core/err.h"

#include <string.h>

#define VITK_UNIT_LEN 64		/* the longest unit text and a NUL fit */
#define VITK_DIMENSION_LEN 64

/*
 * A unit: a mass, moles, IU or energy over at most one each of mass (of body
 * or food), volume, energy and time.  Each part is the id of a row of
 * src/data/unit.csv, 0 = no such part.  mult is the integer factor of the
 * divisor, such as the 100 of ug/(100.g) or the 8 of mg/(8.h); 0 = none.
 * All bits are value: equal bytes mean the same unit, and recv checks each.
 */
typedef struct VitkUnit
{
	uint8_t		num;
	uint8_t		per_mass;
	uint8_t		per_volume;
	uint8_t		per_energy;
	uint8_t		per_time;
	uint8_t		unused;			/* 0 */
	uint16_t	mult;			/* 2 .. 65535, or 0 */
} VitkUnit;

typedef enum VitkKind
{
	VITK_KIND_NONE = 0,
	VITK_KIND_MASS,
	VITK_KIND_MOLE,
	VITK_KIND_IU,
	VITK_KIND_ENERGY,
	VITK_KIND_TIME,
	VITK_KIND_VOLUME
} VitkKind;

/* A unit's size in base units (g, mol, IU, J, over g, L, J, d): n / d * 10^e */
typedef struct VitkFactor
{
	double		n;
	double		d;
	int			e;
} VitkFactor;

extern bool vitk_unit_parse(const char *s, size_t len, VitkUnit *out, VitkErr *err);
extern int	vitk_unit_format(const VitkUnit *u, char *buf);
extern bool vitk_unit_valid(const VitkUnit *u);

/* The last id that this library knows */
extern const int vitk_unit_last;

/* Are all parts of it units that this library knows? */
static inline bool
vitk_unit_known(const VitkUnit *u)
{
	return u->num <= vitk_unit_last && u->per_mass <= vitk_unit_last && u->per_volume <= vitk_unit_last &&
		u->per_energy <= vitk_unit_last && u->per_time <= vitk_unit_last;
}
extern VitkKind vitk_unit_kind(const VitkUnit *u);
extern VitkKind vitk_unit_kind_of_id(int id);
extern uint32_t vitk_unit_dimension(const VitkUnit *u);
extern void vitk_dimension_text(uint32_t dimension, char *buf);
extern const char *vitk_dimension_hint(uint32_t a, uint32_t b);
extern VitkFactor vitk_unit_factor(const VitkUnit *u);
extern double vitk_scale(double v, double n, double d, int e);

/* Equal units, byte by byte; 1 wk and 7 d are two units of one size. */
static inline bool
vitk_unit_same(const VitkUnit *a, const VitkUnit *b)
{
	return memcmp(a, b, sizeof(*a)) == 0;
}

extern bool vitk_unit_convert(double v, const VitkUnit *from, const VitkUnit *to,
							  double *out, VitkErr *err);
extern bool vitk_unit_convert_nutrient(double v, const VitkUnit *from,
									   const VitkUnit *to, int nutrient,
									   double *out, VitkErr *err);

#endif							/* VITK_CORE_UNIT_H */
