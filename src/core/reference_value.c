/*
 * reference_value.c
 *		Count what a profile holds towards a dietary reference value.
 *
 * Every way of a basis that the profile allows bounds the same intake, so the
 * bounds are combined: the greatest lower bound holds, and the least upper
 * bound of what is known for all of the food.  A sum of what is known is a
 * lower bound however little is known; so one value more never takes away what
 * was proved, which is the law "monotone" of the tests.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/reference_value.h"
#include "core/nutrient.h"

#include "limit_basis_data.h"

/*
 * Food tables round: parts that exceed their total by less than this bound the
 * amount together with it.  Parts that exceed it by more come from elsewhere,
 * and how much of the total belongs to them is not known.
 */
#define ROUNDING	1.1

/* What one way makes of a profile */
typedef struct Sum
{
	const VitkBasisWay *way;	/* NULL = the profile does not allow it */
	VitkBound	bound;			/* that of the way, for this profile */
	double		lower;
	double		upper;			/* with what supplements add */
	double		coverage;		/* the least of its terms */
	double		required_upper;	/* the same of what the way cannot do without */
	double		required_coverage;
	const VitkBasisWay *parts;	/* some of these come from supplements, or NULL */
} Sum;

const VitkLimitBasis *
vitk_limit_basis_by_name(const char *s, size_t len)
{
	for (int i = 0; i < BASIS_COUNT; i++)
	{
		if (strlen(bases[i].name) == len && memcmp(bases[i].name, s, len) == 0)
			return &bases[i];
	}
	return NULL;
}

/* Is what it counts the energy of nutrients, for a limit in percent of energy? */
bool
vitk_limit_basis_is_energy(const VitkLimitBasis *basis)
{
	return basis != NULL && basis->ways[0].terms[0].energy;
}

/* A unit that is parsed once */
static const VitkUnit *
unit_of(const char *text, VitkUnit *parsed)
{
	VitkErr		err;

	if (parsed->num == 0)
		(void) vitk_unit_parse(text, strlen(text), parsed, &err);
	return parsed;
}

static const VitkUnit *
grams_per_day(void)
{
	static VitkUnit parsed;

	return unit_of("g/d", &parsed);
}

static const VitkUnit *
kcal_per_day(void)
{
	static VitkUnit parsed;

	return unit_of("kcal/d", &parsed);
}

/* The unit in which profiles keep a nutrient, over a day as limits are */
static VitkUnit
daily_unit(int nutrient)
{
	VitkUnit	unit = *vitk_profile_unit(nutrient);

	unit.per_time = grams_per_day()->per_time;
	return unit;
}

/* The bounds of a term in the unit of the limit */
static bool
term_bounds(const VitkProfile *p, const VitkBasisTerm *term, const VitkUnit *unit,
			double *lower, double *upper, VitkErr *err)
{
	VitkUnit	from = daily_unit(term->nutrient);
	const VitkUnit *to = term->energy ? grams_per_day() : unit;
	VitkAmount	a;

	(void) vitk_profile_amount(p, term->nutrient, &a);
	if (!vitk_unit_convert_nutrient(a.lower, &from, to, term->nutrient, lower, err) ||
		!vitk_unit_convert_nutrient(a.upper, &from, to, term->nutrient, upper, err))
		return false;
	*lower *= term->factor;
	*upper *= term->factor;
	return !term->energy ||
		(vitk_unit_convert(*lower, kcal_per_day(), unit, lower, err) &&
		 vitk_unit_convert(*upper, kcal_per_day(), unit, upper, err));
}

static bool
add_term(const VitkProfile *p, const VitkBasisTerm *term, const VitkUnit *unit,
		 Sum *sum, VitkErr *err)
{
	double		coverage = vitk_profile_coverage(p, term->nutrient);
	double		lower;
	double		upper;

	if (!term_bounds(p, term, unit, &lower, &upper, err))
		return false;
	sum->lower += lower;
	sum->upper += upper;
	if (coverage < sum->coverage)
		sum->coverage = coverage;
	if (!term->required)
		return true;
	sum->required_upper += upper;
	if (coverage < sum->required_coverage)
		sum->required_coverage = coverage;
	return true;
}

static bool
has_term(const VitkBasisWay *way, int nutrient)
{
	for (int i = 0; i < way->nterms; i++)
	{
		if (way->terms[i].nutrient == nutrient)
			return true;
	}
	return false;
}

/* A part that comes from supplements, beside a total that foods state */
static bool
is_supplement(const VitkProfile *p, const Sum *sum, const VitkBasisTerm *part)
{
	return sum->coverage > 0 &&
		vitk_profile_from_supplements(p, part->nutrient) &&
		!has_term(sum->way, part->nutrient);
}

/* The parts of an exact total are the first at_least way, those of an at_most the first. */
static const VitkBasisWay *
parts_of(const VitkLimitBasis *basis, const VitkBasisWay *way)
{
	if (way->bound == VITK_AT_MOST)
		return basis->ways[0].bound == VITK_SUPPLEMENT ? NULL : basis->ways;
	for (int i = 0; i < basis->nways; i++)
	{
		if (way->bound == VITK_EXACT && basis->ways[i].bound == VITK_AT_LEAST)
			return &basis->ways[i];
	}
	return NULL;
}

static bool
add_supplements(const VitkProfile *p, const VitkLimitBasis *basis, const VitkUnit *unit,
				Sum *sum, VitkErr *err)
{
	const VitkBasisWay *parts = parts_of(basis, sum->way);

	for (int i = 0; parts != NULL && i < parts->nterms; i++)
	{
		double		lower;
		double		upper;

		if (!is_supplement(p, sum, &parts->terms[i]))
			continue;
		sum->parts = parts;
		if (!term_bounds(p, &parts->terms[i], unit, &lower, &upper, err))
			return false;
		sum->upper += upper;
	}
	return true;
}

static bool
sum_way(const VitkProfile *p, const VitkLimitBasis *basis, const VitkBasisWay *way,
		const VitkUnit *unit, Sum *sum, VitkErr *err)
{
	bool		present = false;

	memset(sum, 0, sizeof(*sum));
	sum->coverage = sum->required_coverage = 1;
	for (int i = 0; i < way->nterms; i++)
	{
		const VitkBasisTerm *term = &way->terms[i];

		if (!vitk_profile_has(p, term->nutrient))
		{
			if (term->required)
				return true;
			continue;
		}
		present = true;
		if (way->bound != VITK_NEVER && !add_term(p, term, unit, sum, err))
			return false;
	}
	if (!present)
		return true;
	sum->way = way;
	sum->bound = way->bound != VITK_SUPPLEMENT ? way->bound :
		p->grams == 0 && !vitk_profile_has_more(p) ? VITK_EXACT : VITK_AT_MOST;
	return add_supplements(p, basis, unit, sum, err);
}

static void
add_note(VitkCount *out, const char *note)
{
	for (int i = 0; i < out->nnotes; i++)
	{
		if (out->notes[i] == note)
			return;
	}
	if (note != NULL && out->nnotes < VITK_COUNT_NOTES)
		out->notes[out->nnotes++] = note;
}

static void
add_term_name(const VitkBasisTerm *term, const char *separator, VitkCount *out)
{
	size_t		used = strlen(out->counted);
	char		factor[32] = "";

	if (term->factor != 1 && !term->energy)
		snprintf(factor, sizeof(factor), "%.4g ", term->factor);
	snprintf(out->counted + used, sizeof(out->counted) - used, "%s%s%s",
			 separator, factor, vitk_nutrient_by_id(term->nutrient)->code);
}

/* Write what a sum counts, such as "K1 + 0.6852 MK-7", behind what is there. */
static void
add_counted(const VitkProfile *p, const Sum *sum, VitkCount *out)
{
	const char *separator = out->counted[0] ? ", " : "";

	if (sum->bound == VITK_AT_MOST)
		separator = out->counted[0] ? ", at most " : "at most ";
	for (int i = 0; i < sum->way->nterms; i++)
	{
		if (!vitk_profile_has(p, sum->way->terms[i].nutrient))
			continue;
		add_term_name(&sum->way->terms[i], separator, out);
		separator = " + ";
	}
	if (sum->way->bound != VITK_SUPPLEMENT || sum->bound == VITK_AT_MOST)
		add_note(out, sum->way->note);
	if (sum->parts == NULL)
		return;
	for (int i = 0; i < sum->parts->nterms; i++)
	{
		if (is_supplement(p, sum, &sum->parts->terms[i]))
			add_term_name(&sum->parts->terms[i], " + ", out);
	}
	add_note(out, "what no food states is taken as from supplements: the upper bound counts it on top of the total, the lower bound within it");
}

/* Does the intake, of what it is known for, not exceed this sum? */
static bool
is_upper(const Sum *sum)
{
	return sum->way != NULL &&
		(sum->bound == VITK_EXACT || sum->bound == VITK_AT_MOST);
}

static bool
is_lower(const Sum *sum)
{
	return sum->way != NULL &&
		sum->bound != VITK_AT_MOST && sum->bound != VITK_NEVER;
}

/* The sum that proves most, the first of equals; NULL = none is known */
static const Sum *
best_lower(const Sum *sums, int n)
{
	const Sum  *best = NULL;

	for (int i = 0; i < n; i++)
	{
		if (is_lower(&sums[i]) && (best == NULL || sums[i].lower > best->lower))
			best = &sums[i];
	}
	return best;
}

/* The least upper bound that is known for so great a share of the mass */
static const Sum *
least_upper(const Sum *sums, int n, double share)
{
	const Sum  *least = NULL;

	for (int i = 0; i < n; i++)
	{
		if (is_upper(&sums[i]) && sums[i].coverage >= share &&
			(least == NULL || sums[i].upper < least->upper))
			least = &sums[i];
	}
	return least;
}

/* The first sum of this bound */
static const Sum *
first_of(const Sum *sums, int n, VitkBound bound)
{
	for (int i = 0; i < n; i++)
	{
		if (sums[i].way != NULL && sums[i].bound == bound)
			return &sums[i];
	}
	return NULL;
}

/*
 * An upper bound beside what is proved: parts that exceed their total by
 * rounding are the intake, those that exceed it by more leave it open.
 */
static double
reconciled(double upper, double lower)
{
	if (upper >= lower)
		return upper;
	return lower <= upper * ROUNDING ? lower : INFINITY;
}

/* What verdicts go by: see VitkCount. */
static void
set_verdict_bounds(const Sum *sums, int n, double share, VitkCount *out)
{
	const Sum  *most = least_upper(sums, n, share);

	out->most = most ? reconciled(most->upper, out->lower) : INFINITY;
	out->miss = out->most;
	for (int i = 0; i < n; i++)
	{
		if (sums[i].way != NULL && sums[i].bound == VITK_SET_ON &&
			sums[i].required_coverage >= share)
			out->miss = fmin(out->miss, sums[i].required_upper);
	}
}

/* The bounds to show, and what they are made of */
static void
set_shown_bounds(const VitkProfile *p, const Sum *sums, int n, VitkCount *out)
{
	const Sum  *best = best_lower(sums, n);
	const Sum  *most = least_upper(sums, n, 1);
	const Sum  *shown = most != NULL && most->bound == VITK_EXACT ? most : best;
	double		upper = most ? reconciled(most->upper, out->lower) : INFINITY;

	if (most == NULL && best == NULL)
		most = first_of(sums, n, VITK_AT_MOST);
	if (most != NULL && most->upper < out->lower)
	{
		add_note(out, "the vitamers in the profile exceed their total");
		if (isinf(upper))
			shown = best;
	}
	if (shown != NULL)
		add_counted(p, shown, out);
	if (most != NULL && most->bound == VITK_AT_MOST)
		add_counted(p, most, out);
	out->open = isinf(upper);
	out->upper = upper;
	out->coverage = out->open || most == NULL ? (shown ? shown->coverage : 0) : 1;
	if (!out->open)
		return;
	if (shown == NULL)
	{
		out->upper = most->upper;
		out->coverage = most->coverage;
		out->open = false;
	}
	else if (shown->bound == VITK_EXACT && shown->coverage < 1)
	{
		out->upper = shown->upper;	/* of what is known */
		out->open = false;
	}
}

/* More was eaten, of unknown mass: what is known is a lower bound and no more. */
static void
leave_open(VitkCount *out)
{
	out->open = true;
	out->most = out->miss = INFINITY;
	out->coverage = NAN;
	add_note(out, "more was eaten, of unknown mass");
}

static bool
count_amount(const VitkProfile *p, const VitkLimitBasis *basis, int nutrient,
				 const VitkUnit *unit, double share, VitkCount *out, VitkErr *err)
{
	VitkBasisTerm itself = {nutrient, 1, true, false};
	VitkBasisWay way = {VITK_EXACT, 1, &itself, NULL};
	VitkLimitBasis plain = {"", 1, &way};
	Sum			sums[BASIS_MAX_WAYS];
	const Sum  *best;
	const Sum  *never;

	if (basis == NULL)
		basis = &plain;
	for (int i = 0; i < basis->nways; i++)
	{
		if (!sum_way(p, basis, &basis->ways[i], unit, &sums[i], err))
			return false;
	}
	memset(out, 0, sizeof(*out));
	best = best_lower(sums, basis->nways);
	never = first_of(sums, basis->nways, VITK_NEVER);
	out->known = best != NULL || first_of(sums, basis->nways, VITK_AT_MOST) != NULL;
	out->comparable = out->known || never == NULL;
	out->open = true;
	out->miss = out->most = INFINITY;
	if (out->known)
	{
		out->lower = best ? best->lower : 0;
		set_verdict_bounds(sums, basis->nways, share, out);
		set_shown_bounds(p, sums, basis->nways, out);
	}
	if (vitk_profile_has_more(p))
		leave_open(out);
	if (!out->comparable)
		add_note(out, never->way->note);
	return true;
}

/* Nothing of the ratio is known where the energy is not. */
static void
divide_by_unknown(VitkCount *out)
{
	out->known = false;
	out->open = true;
	out->lower = 0;
	out->most = out->miss = INFINITY;
	if (!isnan(out->coverage))
		out->coverage = 0;
	add_note(out, "the value is per energy, and the profile has no energy");
}

/*
 * A day's amount over the energy of the same day, in units of so much energy.
 * The least that it can be is over the most energy, and the other way round.
 */
static void
divide_by_energy(const VitkCount *energy, VitkCount *out)
{
	double		most = out->open ? INFINITY : out->upper;

	out->lower = energy->most > 0 && !isinf(energy->most) ? out->lower / energy->most : 0;
	out->upper = most / energy->lower;
	out->open = isinf(out->upper);
	out->most /= energy->lower;
	out->miss /= energy->lower;
	out->coverage = isnan(out->coverage + energy->coverage) ? NAN : fmin(out->coverage, energy->coverage);
	snprintf(out->counted + strlen(out->counted), sizeof(out->counted) - strlen(out->counted), " / energy");
}

/*
 * Count a profile towards a limit on a nutrient, in the unit of that limit.
 * basis NULL = the nutrient itself counts and no other.  share is what verdicts
 * take for all of the mass.  A limit per energy, such as mg/MJ, or kcal/(100.kcal),
 * which is percent of energy, is held against the energy of the profile.
 */
bool
vitk_limit_count(const VitkProfile *p, const VitkLimitBasis *basis, int nutrient,
				 const VitkUnit *unit, double share, VitkCount *out, VitkErr *err)
{
	VitkUnit	per_day = *unit;
	VitkUnit	per_energy = {.num = unit->per_energy};
	VitkCount	energy;

	if (unit->per_energy == 0)
		return count_amount(p, basis, nutrient, unit, share, out, err);
	per_day.per_energy = 0;
	per_day.mult = 0;
	per_day.per_time = per_energy.per_time = grams_per_day()->per_time;
	if (!count_amount(p, basis, nutrient, &per_day, share, out, err) ||
		!count_amount(p, NULL, NUTRIENT_ENERGY, &per_energy, share, &energy, err))
		return false;
	if (unit->mult != 0)
	{
		energy.lower /= unit->mult;
		energy.most /= unit->mult;
	}
	if (!out->known)
		return true;
	if (energy.known && energy.lower > 0)
		divide_by_energy(&energy, out);
	else
		divide_by_unknown(out);
	return true;
}
