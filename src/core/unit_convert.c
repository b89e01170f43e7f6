/*
 * unit_convert.c
 *		From one unit to another, of the same dimension or by what a nutrient weighs.
 */
#include "core/unit.h"

#include <math.h>
#include <stdio.h>

#include "core/number.h"
#include "core/nutrient.h"

/* A double and what rounding took from it: some 100 bits */
typedef struct Twofold
{
	double		hi;
	double		lo;
} Twofold;

static Twofold
times(Twofold a, double c)
{
	Twofold		r;
	double		hi = a.hi * c;
	double		lo = fma(a.hi, c, -hi) + a.lo * c;

	r.hi = hi + lo;
	r.lo = lo - (r.hi - hi);
	return r;
}

static Twofold
over(Twofold a, double c)
{
	Twofold		r;
	double		hi = a.hi / c;
	double		lo = (fma(-hi, c, a.hi) + a.lo) / c;

	r.hi = hi + lo;
	r.lo = lo - (r.hi - hi);
	return r;
}

/*
 * v * n / d * 10^e, rounded once: 700 mg is exactly the double 0.7 in g.
 * Powers of ten up to 22 are exact doubles.  Not finite when the result does
 * not fit.
 */
double
vitk_scale(double v, double n, double d, int e)
{
	static const double power10[] = {
		1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12,
		1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22
	};
	Twofold		x = {v, 0.0};

	for (; e > 22; e -= 22)
		x = times(x, 1e22);
	for (; e < -22; e += 22)
		x = over(x, 1e22);
	if (e > 0)
		x = times(x, power10[e]);
	else if (e < 0)
		x = over(x, power10[-e]);
	if (n != 1)
		x = times(x, n);
	if (d != 1)
		x = over(x, d);
	return x.hi;
}

/* "mass per volume and time", to buf[VITK_DIMENSION_LEN] */
void
vitk_dimension_text(uint32_t dimension, char *buf)
{
	static const char *const kinds[] = {"", "mass", "moles", "IU", "energy", "time", "volume"};
	static const char *const pers[] = {"mass", "volume", "energy", "time"};
	const char *between = " per ";
	int			n = sprintf(buf, "%s", kinds[dimension >> 4]);

	for (int i = 0; i < 4; i++)
	{
		if (dimension & (8 >> i))
		{
			n += sprintf(buf + n, "%s%s", between, pers[i]);
			between = " and ";
		}
	}
}

/* How amounts of the one come together with amounts of the other; NULL where they do not */
const char *
vitk_dimension_hint(uint32_t a, uint32_t b)
{
	if (((a ^ b) & 15) == 0 && a >> 4 <= VITK_KIND_IU && b >> 4 <= VITK_KIND_IU)
		return "Mass, moles and IU convert for a nutrient: to_unit(amount, unit, nutrient).";
	if ((a ^ b) == 1)
		return "Divide by the number of days in which the amount was eaten: nutrient_amount(lower(amount, 'ug') / days, 'ug/d').";
	return NULL;
}

static bool
refuse_conversion(const VitkUnit *from, const VitkUnit *to, VitkErr *err)
{
	char		from_text[VITK_UNIT_LEN];
	char		to_text[VITK_UNIT_LEN];
	char		from_dim[VITK_DIMENSION_LEN];
	char		to_dim[VITK_DIMENSION_LEN];
	const char *hint = vitk_dimension_hint(vitk_unit_dimension(from), vitk_unit_dimension(to));

	vitk_unit_format(from, from_text);
	vitk_unit_format(to, to_text);
	vitk_dimension_text(vitk_unit_dimension(from), from_dim);
	vitk_dimension_text(vitk_unit_dimension(to), to_dim);
	vitk_err(err, VITK_E_DIMENSION, "cannot convert nutrient_amount from \"%s\" to \"%s\"",
			 from_text, to_text);
	vitk_err_detail(err, "The first is %s, the second %s.", from_dim, to_dim);
	if (hint != NULL)
		vitk_err_hint(err, "%s", hint);
	return false;
}

static bool
scaled(double v, double n, double d, int e, const VitkUnit *to, double *out, VitkErr *err)
{
	char		text[VITK_UNIT_LEN];

	*out = vitk_scale(v, n, d, e);
	if (isfinite(*out) && !vitk_is_denormal(*out) && (*out != 0 || v == 0))
		return true;
	vitk_unit_format(to, text);
	return vitk_err(err, VITK_E_RANGE, "nutrient_amount is out of range in unit \"%s\"", text);
}

/* Convert within a dimension. */
bool
vitk_unit_convert(double v, const VitkUnit *from, const VitkUnit *to,
				  double *out, VitkErr *err)
{
	VitkFactor	f;
	VitkFactor	t;

	if (vitk_unit_same(from, to))
	{
		*out = v;
		return true;
	}
	if (vitk_unit_dimension(from) != vitk_unit_dimension(to))
		return refuse_conversion(from, to, err);
	f = vitk_unit_factor(from);
	t = vitk_unit_factor(to);
	return scaled(v, f.n * t.d, f.d * t.n, f.e - t.e, to, out, err);
}

/* Grams in one mole, IU or gram of the nutrient */
static bool
grams_of(VitkKind kind, const VitkNutrient *nutrient, VitkFactor *f, VitkErr *err)
{
	VitkUnit	unit;

	f->n = f->d = 1;
	f->e = 0;
	if (kind == VITK_KIND_MOLE)
	{
		f->n = nutrient->molar_mass;
		if (f->n == 0)
			return vitk_err(err, VITK_E_DIMENSION, "nutrient %s has no molar mass", nutrient->code);
	}
	else if (kind == VITK_KIND_IU)
	{
		if (nutrient->units_per_iu == 0)
			return vitk_err(err, VITK_E_DIMENSION, "nutrient %s has no international unit", nutrient->code);
		if (!vitk_unit_parse(nutrient->unit, strlen(nutrient->unit), &unit, err))
			return false;
		*f = vitk_unit_factor(&unit);
		f->n *= nutrient->units_per_iu;
	}
	return true;
}

/* Convert, across mass, moles and IU as well, for one nutrient. */
bool
vitk_unit_convert_nutrient(double v, const VitkUnit *from, const VitkUnit *to,
						   int nutrient, double *out, VitkErr *err)
{
	const VitkNutrient *entry = vitk_nutrient_by_id(nutrient);
	VitkKind	from_kind = vitk_unit_kind(from);
	VitkKind	to_kind = vitk_unit_kind(to);
	VitkFactor	f;
	VitkFactor	t;
	VitkFactor	fg;
	VitkFactor	tg;

	if (from_kind == to_kind)
		return vitk_unit_convert(v, from, to, out, err);
	if (((vitk_unit_dimension(from) ^ vitk_unit_dimension(to)) & 15) != 0 ||
		from_kind > VITK_KIND_IU || to_kind > VITK_KIND_IU)
		return refuse_conversion(from, to, err);
	if (entry == NULL)
		return vitk_err(err, VITK_E_NAME, "nutrient with id %d is not in the registry", nutrient);
	if (!grams_of(from_kind, entry, &fg, err) || !grams_of(to_kind, entry, &tg, err))
		return false;
	f = vitk_unit_factor(from);
	t = vitk_unit_factor(to);
	return scaled(v, f.n * t.d * fg.n * tg.d, f.d * t.n * fg.d * tg.n,
				  f.e - t.e + fg.e - tg.e, to, out, err);
}
