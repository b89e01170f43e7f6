/*
 * conversion.c
 *		What vitamers of vitamin K count as MK-4: text, look up, arithmetic.
 *
 * The built-in factors come from src/data/conversion_factor.csv, where each
 * has its evidence and its reason.
 */
#include "core/conversion.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/literal.h"
#include "core/number.h"
#include "core/nutrient.h"

#include "conversion_factor_data.h" /* generated: factors, sets, names, ids */

static const char *const basis_names[] = {"molar", "mass"};

const char *
vitk_factor_basis_name(VitkFactorBasis basis)
{
	return basis_names[basis];
}

/*
 * Give MK-4 its place: 1 where it was not given, and by the basis of the
 * others, so that equal conversions have equal images.
 */
static void
canonical_mk4(VitkMk4Factor *factor, int *n)
{
	VitkMk4Factor mk4 = {1, 1, NUTRIENT_MK4, VITK_MOLAR};
	int			at = *n;
	int			by_mass = 0;

	for (int i = *n - 1; i >= 0; i--)
	{
		if (factor[i].nutrient >= NUTRIENT_MK4)
			at = i;
		if (factor[i].nutrient != NUTRIENT_MK4 && factor[i].basis == VITK_MASS)
			by_mass++;
	}
	if (at == *n || factor[at].nutrient != NUTRIENT_MK4)
	{
		memmove(factor + at + 1, factor + at, (*n - at) * sizeof(VitkMk4Factor));
		factor[at] = mk4;
		(*n)++;
	}
	factor[at].basis = (by_mass > 0 && by_mass == *n - 1) ? VITK_MASS : VITK_MOLAR;
}

/*
 * Text: "molar: K1 0..0.25, MK-7 0.1; mass: K2 0..1"
 */

typedef struct Reader
{
	const char *p;
	const char *end;
	VitkMk4Factor *factor;
	int			n;
	VitkErr    *err;
} Reader;

/* Is a factor of this nutrient possible, and none there yet? */
static bool
check_nutrient(const VitkMk4Factor *f, const VitkMk4Factor *others, int n, VitkErr *err)
{
	const VitkNutrient *nutrient = vitk_nutrient_by_id(f->nutrient);

	if (nutrient == NULL || strcmp(nutrient->group, "vitamin K") != 0)
		return vitk_err(err, VITK_E_VALUE, "nutrient \"%s\" is not a form of vitamin K",
						nutrient ? nutrient->code : "?");
	if (f->basis == VITK_MOLAR && nutrient->molar_mass == 0)
	{
		vitk_err(err, VITK_E_VALUE, "nutrient \"%s\" has no molar mass", nutrient->code);
		return vitk_err_hint(err, "Give its factor by mass: \"mass: %s 0..1\".",
							 nutrient->code);
	}
	for (int i = 0; i < n; i++)
		if (others[i].nutrient == f->nutrient)
			return vitk_err(err, VITK_E_SYNTAX, "nutrient \"%s\" has two factors", nutrient->code);
	return true;
}

/* Grams of MK-4 of a gram of the nutrient where its factor is 1 */
static double
mass_ratio(const VitkMk4Factor *f)
{
	if (f->basis == VITK_MASS)
		return 1;
	return vitk_nutrient_by_id(NUTRIENT_MK4)->molar_mass /
		vitk_nutrient_by_id(f->nutrient)->molar_mass;
}

/*
 * One mol MK-4 per mol; by mass the same, but not less than a gram per gram,
 * as some authorities add them up.
 */
static double
greatest_factor(const VitkMk4Factor *f)
{
	double		molar_mass = vitk_nutrient_by_id(f->nutrient)->molar_mass;

	if (f->basis == VITK_MOLAR || molar_mass == 0)
		return 1;
	return fmax(1, vitk_nutrient_by_id(NUTRIENT_MK4)->molar_mass / molar_mass);
}

static bool
check_value(const VitkMk4Factor *f, VitkErr *err)
{
	const char *code = vitk_nutrient_by_id(f->nutrient)->code;

	if (!isfinite(f->lower) || !isfinite(f->upper))
		return vitk_err(err, VITK_E_RANGE, "the factor of %s is not finite", code);
	if (f->lower < 0)
		return vitk_err(err, VITK_E_RANGE, "the factor of %s is negative", code);
	if (f->lower > f->upper)
		return vitk_err(err, VITK_E_RANGE, "the bounds of the factor of %s are in the wrong order",
						code);
	if (f->upper > greatest_factor(f))
	{
		vitk_err(err, VITK_E_RANGE, "the factor of %s is above %.5g", code, greatest_factor(f));
		return vitk_err_hint(err, "A molecule of %s has one ring, so it gives at most one molecule of MK-4; 25 %% is 0.25.", code);
	}
	return true;
}

/* "0.1" or "0..0.25" */
static bool
read_value(const char *p, const char *end, VitkMk4Factor *f, VitkErr *err)
{
	if (!vitk_number_parse(&p, end, &f->lower, err))
		return false;
	f->upper = f->lower;
	if (end - p >= 2 && p[0] == '.' && p[1] == '.')
	{
		p += 2;
		if (!vitk_number_parse(&p, end, &f->upper, err))
			return false;
	}
	if (p != end)
		return vitk_err(err, VITK_E_SYNTAX, "unexpected \"%.*s\" after a factor",
						vitk_clip(p, end - p), p);
	f->lower += 0.0;			/* -0 becomes 0 */
	f->upper += 0.0;
	return check_value(f, err);
}

/* A nutrient and its factor, up to the next comma or semicolon */
static bool
read_factor(Reader *r, VitkFactorBasis basis)
{
	const char *name = r->p;
	const char *end = r->p;
	const char *value;
	const char *name_end;
	VitkMk4Factor f = {0, 0, 0, basis};
	int			id;
	int			at;

	while (end < r->end && *end != ',' && *end != ';')
		end++;
	r->p = end;
	vitk_trim(&name, &end);
	for (value = end; value > name && !vitk_is_space(value[-1]);)
		value--;
	if (value == name)
		return vitk_err(r->err, VITK_E_SYNTAX,
						"expected a nutrient and its factor, not \"%.*s\"",
						vitk_clip(name, end - name), name);
	name_end = value;
	vitk_trim(&name, &name_end);
	if (!vitk_nutrient_parse(name, name_end - name, &id, r->err))
		return false;
	f.nutrient = id;
	if (!check_nutrient(&f, r->factor, r->n, r->err) ||
		!read_value(value, end, &f, r->err))
		return false;

	for (at = r->n; at > 0 && r->factor[at - 1].nutrient > id; at--)
		r->factor[at] = r->factor[at - 1];
	r->factor[at] = f;
	r->n++;
	return true;
}

/* "molar:" or "mass:" and the factors up to a semicolon */
static bool
read_section(Reader *r)
{
	const char *name = r->p;
	const char *colon = memchr(r->p, ':', r->end - r->p);
	const char *end = colon ? colon : r->end;
	int			basis;

	vitk_trim(&name, &end);
	basis = vitk_find_word(basis_names, 2, name, end - name);
	if (colon == NULL || basis < 0)
		return vitk_err(r->err, VITK_E_SYNTAX, "expected \"molar:\" or \"mass:\" before the factors");

	r->p = colon;
	do
	{
		r->p++;
		if (!read_factor(r, basis))
			return false;
	} while (r->p < r->end && *r->p == ',');
	return true;
}

/* Name the type and the literal in front of what was wrong with it. */
static bool
refuse_literal(const char *s, size_t len, VitkErr *err)
{
	const char *hint = "Write factors as \"molar: K1 0..0.25, MK-7 0.1\" or \"mass: MK-7 0.6852\".";
	VitkErr		why = *err;

	if (why.code == VITK_E_RANGE)
		return vitk_value_refused("conversion", err);
	return vitk_syntax_refused("conversion", s, len, why.hint[0] ? why.hint : hint, err);
}

/* factor[] has room for VITK_MAX_FACTOR */
bool
vitk_conversion_parse(const char *s, size_t len, VitkMk4Factor *factor, int *n, VitkErr *err)
{
	Reader		r = {s, s + len, factor, 0, err};
	bool		ok;

	while ((ok = read_section(&r)) && r.p < r.end)
		r.p++;					/* the semicolon */
	if (!ok)
		return refuse_literal(s, len, err);
	canonical_mk4(factor, &r.n);
	*n = r.n;
	return true;
}

static char *
format_factor(const VitkMk4Factor *f, char *out)
{
	out += sprintf(out, "%s ", vitk_nutrient_by_id(f->nutrient)->code);
	out += vitk_number_format(f->lower, out);
	if (f->lower != f->upper)
	{
		*out++ = '.';
		*out++ = '.';
		out += vitk_number_format(f->upper, out);
	}
	return out;
}

/* buf has room for VITK_CONVERSION_LEN */
int
vitk_conversion_format(const VitkMk4Factors *c, char *buf)
{
	char	   *out = buf;

	for (int basis = VITK_MOLAR; basis <= VITK_MASS; basis++)
	{
		bool		open = false;

		for (int i = 0; i < c->n; i++)
		{
			if (c->factor[i].basis != basis)
				continue;
			if (!open)
				out += sprintf(out, "%s%s: ", out > buf ? "; " : "", basis_names[basis]);
			else
				out += sprintf(out, ", ");
			out = format_factor(&c->factor[i], out);
			open = true;
		}
	}
	*out = '\0';
	return out - buf;
}

/* Is this what vitk_conversion_parse could have made, minus zeros aside? */
static bool
check_factors(const VitkMk4Factors *c, VitkErr *err)
{
	VitkMk4Factor again[VITK_MAX_FACTOR + 1];
	int			n = c->n;

	for (int i = 0; i < c->n; i++)
	{
		const VitkMk4Factor *f = &c->factor[i];

		if (f->basis != VITK_MOLAR && f->basis != VITK_MASS)
			return vitk_err(err, VITK_E_BINARY, "a factor has unknown basis %d", f->basis);
		if (i > 0 && f[-1].nutrient >= f->nutrient)
			return vitk_err(err, VITK_E_BINARY, "the factors are not in the order of their nutrients");
		if (!check_nutrient(f, c->factor, i, err) || !check_value(f, err))
			return false;
	}
	memcpy(again, c->factor, n * sizeof(VitkMk4Factor));
	canonical_mk4(again, &n);
	if (n != c->n || memcmp(again, c->factor, n * sizeof(VitkMk4Factor)) != 0)
		return vitk_err(err, VITK_E_BINARY, "the factor of MK-4 is missing or has another basis");
	return true;
}

/* The same for binary input. */
bool
vitk_conversion_check(const VitkMk4Factors *c, VitkErr *err)
{
	VitkErr		why;

	if (check_factors(c, err))
		return true;
	why = *err;
	vitk_err(err, VITK_E_BINARY, "invalid binary value for type conversion");
	vitk_err_detail_of(err, why.msg);
	return false;
}

/* Total order: by nutrient, basis and bounds of the first factors that differ */
int
vitk_conversion_cmp(const VitkMk4Factors *a, const VitkMk4Factors *b)
{
	for (int i = 0; i < a->n && i < b->n; i++)
	{
		const VitkMk4Factor *f = &a->factor[i];
		const VitkMk4Factor *g = &b->factor[i];

		if (f->nutrient != g->nutrient)
			return f->nutrient < g->nutrient ? -1 : 1;
		if (f->basis != g->basis)
			return f->basis < g->basis ? -1 : 1;
		if (f->lower != g->lower)
			return f->lower < g->lower ? -1 : 1;
		if (f->upper != g->upper)
			return f->upper < g->upper ? -1 : 1;
	}
	return (a->n > b->n) - (a->n < b->n);
}

/*
 * The built-in factors
 */

static bool
unknown_name(const char *what, const char *const *names, int count,
			 const char *s, size_t len, VitkErr *err)
{
	char		list[128];
	const char *nearest = NULL;
	int			nearest_distance = 3;	/* more wrong letters are another word */

	vitk_list_names(names, count, list, sizeof(list));
	vitk_err(err, VITK_E_NAME, "unknown %s of a conversion: \"%.*s\"", what,
			 vitk_clip(s, len), s);
	vitk_err_detail(err, "Valid values are %s.", list);
	for (int i = 0; i < count && len <= VITK_MAX_NAME; i++)
	{
		int			d = vitk_edit_distance(s, len, names[i], strlen(names[i]));

		if (d < nearest_distance)
		{
			nearest_distance = d;
			nearest = names[i];
		}
	}
	if (memchr(s, ':', len) != NULL)
		vitk_err_hint(err, "To use factors of your own, cast a literal: 'molar: K1 0.1'::conversion.");
	else if (nearest != NULL)
		vitk_err_hint(err, "Perhaps you meant \"%s\".", nearest);
	return false;
}

bool
vitk_conversion_find(const char *species, size_t species_len,
					 const char *method, size_t method_len,
					 VitkAntagonist antagonist, VitkMk4Factors *out, VitkErr *err)
{
	int			s = vitk_find_word(conversion_species, CONVERSION_SPECIES_COUNT, species, species_len);
	int			m = vitk_find_word(conversion_methods, CONVERSION_METHODS_COUNT, method, method_len);

	if (s < 0)
		return unknown_name("species", conversion_species, CONVERSION_SPECIES_COUNT,
							species, species_len, err);
	if (m < 0)
		return unknown_name("method", conversion_methods, CONVERSION_METHODS_COUNT,
							method, method_len, err);
	*out = conversion_sets[m][s][antagonist];
	return true;
}

/*
 * MK-4 equivalents
 */

/* What a vitamer of a profile amounts to: its amount, and grams of MK-4 of a gram of it */
typedef struct Counted
{
	bool		found;
	double		lower;
	double		upper;
	double		factor_lower;
	double		factor_upper;
} Counted;

static Counted
counted(const VitkProfile *p, const VitkMk4Factors *c, int nutrient)
{
	Counted		v = {false, 0, 0, 0, 0};
	int			at = vitk_profile_index(p, nutrient);

	for (int i = 0; i < c->n && at >= 0; i++)
	{
		const VitkMk4Factor *f = &c->factor[i];

		if (f->nutrient != nutrient)
			continue;
		v.found = true;
		v.factor_lower = f->lower * mass_ratio(f);
		v.factor_upper = f->upper * mass_ratio(f);
	}
	if (at >= 0)
	{
		v.lower = vitk_profile_lower(p)[at];
		v.upper = vitk_profile_upper(p)[at];
	}
	return v;
}

/* A total and what the profile tells of its parts, each sum in grams of MK-4 but for "amount" */
typedef struct Whole
{
	double		lower;			/* what total and parts amount to, at least */
	double		upper;			/* and at most */
	double		least_upper;	/* at most, if of everything there is as little as can be */
	double		amount;			/* lower bound of the nutrient */
	double		least_amount;	/* the same for the lower bound: see add_part() */
} Whole;

/*
 * Add a part.  In the lower bound it takes the place of as much of the total:
 * of as little as it can be where it counts as much as the total or more, else
 * of as much.
 */
static void
add_part(Whole *w, const Counted *part, const Counted *total, bool beside)
{
	w->lower += part->factor_lower * part->lower;
	w->upper += part->factor_upper * part->upper;
	w->least_upper += part->factor_upper * (beside ? part->upper : part->lower);
	w->least_amount += part->factor_lower >= total->factor_lower ? part->lower : part->upper;
	if (!beside)
		w->amount += part->lower;
}

/*
 * Add the total to its parts.  Foods with a total and foods with the parts may
 * have been added up, so that the two may be the same vitamin or not: the lower
 * bound counts it once, the upper bound both, unless the total is known for all
 * of the mass: then the parts are in it.  most is the greatest factor of it.
 */
static void
add_total(const VitkProfile *p, int nutrient, const Counted *total, double most, Whole *w)
{
	double		rest = fmax(total->lower - w->least_amount, 0);
	double		inside = w->least_upper + most * fmax(total->upper - w->amount, 0);

	w->lower += total->factor_lower * rest;
	w->upper += total->factor_upper * total->upper;
	if (total->found && vitk_profile_coverage(p, nutrient) >= 1 && w->amount <= total->upper)
		w->upper = fmin(w->upper, inside);
	w->least_upper += most * fmax(total->lower - w->amount, 0);
	w->amount = fmax(w->amount, total->lower);
	w->least_amount = fmax(w->least_amount, total->lower);
}

/* What the parts in the list, 0 ends it, and their total amount to */
static Whole
whole(const VitkProfile *p, const VitkMk4Factors *c, int nutrient, const uint16_t *part, Whole w)
{
	Counted		total = counted(p, c, nutrient);
	double		most = total.factor_upper;

	for (; *part != 0; part++)
	{
		Counted		v = counted(p, c, *part);

		if (!vitk_profile_has(p, *part))
			continue;
		most = fmax(most, v.factor_upper);
		add_part(&w, &v, &total, vitk_profile_from_supplements(p, *part));
	}
	add_total(p, nutrient, &total, most, &w);
	return w;
}

/*
 * What the vitamin K of a profile amounts to as MK-4, in the registry unit of
 * MK-4 (generate.pl sees to it that all of vitamin K has the same).  False
 * where the profile has no nutrient of the conversion: then nothing is known.
 */
bool
vitk_mk4_equivalent(const VitkProfile *p, const VitkMk4Factors *c, VitkAmount *out)
{
	Whole		k2 = whole(p, c, NUTRIENT_K2, parts_of_k2, (Whole) {0, 0, 0, 0, 0});
	Whole		k = whole(p, c, NUTRIENT_K, parts_of_k, k2);

	/* no denormals: nobody means so little */
	out->upper = k.upper < DBL_MIN ? 0 : k.upper;
	out->lower = fmin(k.lower, k.upper) < DBL_MIN ? 0 : fmin(k.lower, k.upper);
	out->unit = *vitk_profile_unit(NUTRIENT_MK4);
	for (int i = 0; i < c->n; i++)
	{
		if (vitk_profile_has(p, c->factor[i].nutrient))
			return true;
	}
	return false;
}

/* Does the conversion count the nutrient for anything? */
static bool
counts(const VitkMk4Factors *c, int nutrient)
{
	for (int i = 0; i < c->n; i++)
		if (c->factor[i].nutrient == nutrient)
			return c->factor[i].upper > 0;
	return false;
}

/*
 * The share of the mass for which a vitamer is known, itself or in a total that
 * counts.  Which of them are of the same foods is not told: at least so much.
 */
static double
coverage_of(const VitkProfile *p, const VitkMk4Factors *c, int nutrient)
{
	double		coverage = vitk_profile_coverage(p, nutrient);

	if (nutrient == NUTRIENT_MK4 && counts(c, NUTRIENT_K2))
		coverage = fmax(coverage, vitk_profile_coverage(p, NUTRIENT_K2));
	if (counts(c, NUTRIENT_K))
		coverage = fmax(coverage, vitk_profile_coverage(p, NUTRIENT_K));
	return coverage;
}

/*
 * The share of the mass for which K1 and MK-4 are known, as far as they count;
 * NaN where neither does, or the mass is unknown.  The others are left out: hardly any table has them, and
 * a food that tells them must not make a profile less known.  A supplement is
 * what it says it is.
 */
double
vitk_mk4_coverage(const VitkProfile *p, const VitkMk4Factors *c)
{
	VitkAmount	amount;
	double		coverage = NAN;

	if (vitk_profile_has_more(p))
		return NAN;
	if (counts(c, NUTRIENT_K1))
		coverage = coverage_of(p, c, NUTRIENT_K1);
	if (counts(c, NUTRIENT_MK4))
		coverage = fmin(coverage, coverage_of(p, c, NUTRIENT_MK4));
	if (p->grams == 0 && !isnan(coverage))
		return vitk_mk4_equivalent(p, c, &amount) ? 1 : 0;
	return coverage;
}
