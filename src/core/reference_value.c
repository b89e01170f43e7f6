/*
 * reference_value.c
 *		Count what a profile holds towards a dietary reference value.
 *
 * Every way of a basis that the profile allows bounds the same intake, so the
 * bounds may be combined: 40 ug of K1 known for half of the food and 60 ug of
 * total vitamin K known for all of it make 40 to 60 ug of K1.
 */
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
	double		lower;
	double		upper;
	double		coverage;
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

/* The unit in which profiles keep a nutrient, over a day as limits are */
static VitkUnit
daily_unit(int nutrient)
{
	VitkUnit	unit = *vitk_profile_unit(nutrient);
	VitkUnit	per_day;
	VitkErr		err;

	(void) vitk_unit_parse("g/d", 3, &per_day, &err);
	unit.per_time = per_day.per_time;
	return unit;
}

static bool
add_term(const VitkProfile *p, const VitkBasisTerm *term, const VitkUnit *unit,
		 Sum *sum, VitkErr *err)
{
	VitkUnit	from = daily_unit(term->nutrient);
	VitkAmount	a;
	double		lower;
	double		upper;

	(void) vitk_profile_amount(p, term->nutrient, &a);
	if (!vitk_unit_convert_nutrient(a.lower, &from, unit, term->nutrient, &lower, err) ||
		!vitk_unit_convert_nutrient(a.upper, &from, unit, term->nutrient, &upper, err))
		return false;
	sum->lower += term->factor * lower;
	sum->upper += term->factor * upper;
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

static bool
share_terms(const VitkBasisWay *a, const VitkBasisWay *b)
{
	for (int i = 0; i < a->nterms; i++)
	{
		if (has_term(b, a->terms[i].nutrient))
			return true;
	}
	return false;
}

/*
 * A part that no food of the profile states, beside a total that foods state,
 * comes from supplements, and the total cannot hold it: 25 ug D3 of a capsule
 * beside the D of a food table.
 */
static bool
is_supplement(const VitkProfile *p, const Sum *sum, const VitkBasisTerm *part)
{
	return p->grams > 0 && sum->coverage > 0 &&
		vitk_profile_has(p, part->nutrient) &&
		vitk_profile_known_grams(p, part->nutrient) == 0 &&
		!has_term(sum->way, part->nutrient);
}

/* The parts of an exact total are the first at_least way, those of an at_most the first. */
static const VitkBasisWay *
parts_of(const VitkLimitBasis *basis, const VitkBasisWay *way)
{
	if (way->bound == VITK_AT_MOST)
		return basis->ways;
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
		if (!is_supplement(p, sum, &parts->terms[i]))
			continue;
		sum->parts = parts;
		if (!add_term(p, &parts->terms[i], unit, sum, err))
			return false;
	}
	return true;
}

static bool
sum_way(const VitkProfile *p, const VitkLimitBasis *basis, const VitkBasisWay *way,
		const VitkUnit *unit, Sum *sum, VitkErr *err)
{
	bool		present = false;

	memset(sum, 0, sizeof(*sum));
	sum->coverage = 1;
	for (int i = 0; i < way->nterms; i++)
	{
		const VitkBasisTerm *term = &way->terms[i];
		double		coverage = vitk_profile_coverage(p, term->nutrient);

		if (!vitk_profile_has(p, term->nutrient))
		{
			if (term->required)
				return true;
			continue;
		}
		present = true;
		if (coverage < sum->coverage && (term->required || way->bound == VITK_AT_LEAST))
			sum->coverage = coverage;
		if (way->bound != VITK_NEVER && !add_term(p, term, unit, sum, err))
			return false;
	}
	if (!present)
		return true;
	sum->way = way;
	return add_supplements(p, basis, unit, sum, err);
}

static bool
is_closed(const Sum *sum)
{
	return sum->way->bound != VITK_AT_LEAST && sum->coverage >= 1;
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

	if (term->factor != 1)
		snprintf(factor, sizeof(factor), "%.4g ", term->factor);
	snprintf(out->counted + used, sizeof(out->counted) - used, "%s%s%s",
			 separator, factor, vitk_nutrient_by_id(term->nutrient)->code);
}

/* Write what a sum counts, such as "K1 + 0.6852 MK-7", behind what is there. */
static void
add_counted(const VitkProfile *p, const Sum *sum, VitkCount *out)
{
	const char *separator = out->counted[0] ? ", " : "";

	if (sum->way->bound == VITK_AT_MOST)
		separator = out->counted[0] ? ", at most " : "at most ";
	for (int i = 0; i < sum->way->nterms; i++)
	{
		if (!vitk_profile_has(p, sum->way->terms[i].nutrient))
			continue;
		add_term_name(&sum->way->terms[i], separator, out);
		separator = " + ";
	}
	add_note(out, sum->way->note);
	if (sum->parts == NULL)
		return;
	for (int i = 0; i < sum->parts->nterms; i++)
	{
		if (is_supplement(p, sum, &sum->parts->terms[i]))
			add_term_name(&sum->parts->terms[i], " + ", out);
	}
	add_note(out, "what no food states is from supplements and added");
}

/*
 * The sum to start from: the first exact one that is known for everything,
 * else the one that proves most.
 */
static const Sum *
best_sum(const Sum *sums, int n)
{
	const Sum  *best = NULL;

	for (int i = 0; i < n; i++)
	{
		const Sum  *s = &sums[i];

		if (s->way == NULL || s->way->bound == VITK_AT_MOST || s->way->bound == VITK_NEVER)
			continue;
		if (is_closed(s))
			return s;
		if (best == NULL || s->lower > best->lower)
			best = s;
	}
	return best;
}

/* The first sum of this bound, or the first that is known for everything. */
static const Sum *
first_of(const Sum *sums, int n, VitkBound bound)
{
	const Sum  *first = NULL;

	for (int i = 0; i < n; i++)
	{
		if (sums[i].way == NULL || sums[i].way->bound != bound)
			continue;
		if (is_closed(&sums[i]))
			return &sums[i];
		if (first == NULL)
			first = &sums[i];
	}
	return first;
}

/* Take the bounds of the best sum. */
static void
count_best(const VitkProfile *p, const Sum *best, const Sum *sums, int n, VitkCount *out)
{
	out->lower = best->lower;
	out->upper = best->upper;
	out->coverage = best->coverage;
	out->open = best->way->bound == VITK_AT_LEAST;
	add_counted(p, best, out);
	if (!is_closed(best))
		return;

	for (int i = 0; i < n; i++)
	{
		if (sums[i].way == NULL || sums[i].way->bound > VITK_AT_LEAST ||
			sums[i].lower <= best->upper || share_terms(best->way, sums[i].way))
			continue;
		add_note(out, "the vitamers in the profile exceed their total");
		if (sums[i].lower > out->upper)
			out->upper = sums[i].lower;
		if (sums[i].lower > best->upper * ROUNDING)
		{
			out->lower = out->upper;
			out->open = true;
			out->counted[0] = '\0';
			add_counted(p, &sums[i], out);
		}
	}
}

/* Bound what is not known for all of the food by a total that is. */
static void
count_most(const VitkProfile *p, const Sum *most, bool best, VitkCount *out)
{
	if (best && most->coverage < 1)
		return;
	out->upper = most->upper > out->lower ? most->upper : out->lower;
	out->coverage = most->coverage;
	out->open = false;
	add_counted(p, most, out);
}

/*
 * Count a profile towards a limit on a nutrient, in the unit of that limit.
 * basis NULL = the nutrient itself counts and no other.
 */
bool
vitk_limit_count(const VitkProfile *p, const VitkLimitBasis *basis, int nutrient,
				 const VitkUnit *unit, VitkCount *out, VitkErr *err)
{
	VitkBasisTerm itself = {nutrient, 1, true};
	VitkBasisWay way = {VITK_EXACT, 1, &itself, NULL};
	VitkLimitBasis	plain = {"", 1, &way};
	Sum			sums[BASIS_MAX_WAYS];
	const Sum  *best;
	const Sum  *most;
	const Sum  *never;

	if (basis == NULL)
		basis = &plain;
	for (int i = 0; i < basis->nways; i++)
	{
		if (!sum_way(p, basis, &basis->ways[i], unit, &sums[i], err))
			return false;
	}
	memset(out, 0, sizeof(*out));
	best = best_sum(sums, basis->nways);
	most = first_of(sums, basis->nways, VITK_AT_MOST);
	never = first_of(sums, basis->nways, VITK_NEVER);

	out->known = best != NULL || most != NULL;
	out->comparable = out->known || never == NULL;
	out->open = true;
	if (best != NULL)
		count_best(p, best, sums, basis->nways, out);
	if (most != NULL && (best == NULL || !is_closed(best)))
		count_most(p, most, best != NULL, out);
	if (!out->comparable)
		add_note(out, never->way->note);
	return true;
}
