/*
 * calcification_delta.c
 *		The change between two scans, progression by published criteria, and
 *		categories of scores.
 *
 * Criteria and categories come from src/data, each row with its source.
 */
#include "core/calcification_delta.h"

#include <math.h>
#include <string.h>

#include "core/literal.h"
#include "core/number.h"

#include "calcification_category_data.h"	/* generated: categories */
#include "progression_criterion_data.h" /* generated: criteria */

#define DEFAULT_SCHEME "agatston_4"

/* Decimals that make the limit exactly shall reach it, whatever rounding did. */
#define SLACK 1e-12

/* Longer than any follow-up: whoever gives as much gives days or months */
#define MAX_YEARS 100

/* kg/m2 beyond what people live with: a weight, or a point that slipped */
#define MIN_BMI 5
#define MAX_BMI 250

static bool
check_years(const double *years, VitkErr *err)
{
	char		number[VITK_NUMBER_LEN];

	if (years == NULL || (*years > 0 && *years <= MAX_YEARS))
		return true;
	vitk_number_format(*years, number);
	if (!(*years > MAX_YEARS) || !isfinite(*years))
	{
		vitk_err(err, VITK_E_VALUE, "years between two scans must be positive and finite: %s", number);
		return vitk_err_detail(err, "This is the time from the baseline to the follow-up.");
	}
	vitk_err(err, VITK_E_VALUE, "%s years between two scans is more than %d", number, MAX_YEARS);
	return vitk_err_hint(err, "If these are days, divide them by 365.25, or give the dates of both scans.");
}

/* No score loses more than all of itself, whatever rounding did. */
static double
percent_of(double change, double before)
{
	return fmax(100 * change / before, -100);
}

/*
 * Percent per year that compound to the whole change.  Through log1p and
 * expm1, which keep the digits of small changes.
 */
static double
compound_percent(double change, double before, double years)
{
	if (years == 1)
		return percent_of(change, before);
	return 100 * expm1(log1p(change / before) / years);
}

bool
vitk_calcification_delta(const VitkCalcification *before, const VitkCalcification *after,
						 const double *years, VitkDelta *out, VitkErr *err)
{
	double		change = after->value - before->value;
	double		log_shift = vitk_method_by_id(before->method)->log_shift;

	memset(out, 0, sizeof(*out));
	if (!vitk_calcification_alike(before, after, err) || !check_years(years, err))
		return false;
	out->absolute = change;
	out->sqrt_difference = sqrt(after->value) - sqrt(before->value);
	out->has_log = log_shift > 0;
	if (out->has_log)
		out->log_difference = log((after->value + log_shift) / (before->value + log_shift));
	out->has_percent = before->value > 0;
	if (out->has_percent)
		out->percent = percent_of(change, before->value);
	out->has_years = years != NULL;
	if (out->has_years)
	{
		out->per_year = change / *years;
		if (out->has_percent)
		{
			out->percent_per_year = compound_percent(change, before->value, *years);
			out->simple_percent_per_year = out->percent / *years;
		}
	}
	if (isfinite(out->percent) && isfinite(out->per_year) && isfinite(out->percent_per_year) &&
		isfinite(out->simple_percent_per_year))
		return true;
	return vitk_err(err, VITK_E_RANGE, "change of calcification is out of range");
}

static bool
unknown_name(const char *what, const char *view, const char *const *names, int count,
			 const char *s, size_t len, VitkErr *err)
{
	char		list[128];

	vitk_list_names(names, count, list, sizeof(list));
	vitk_err(err, VITK_E_NAME, "unknown %s \"%.*s\"", what, vitk_clip(s, len), s);
	vitk_err_detail(err, "Valid values are %s.", list);
	return vitk_err_hint(err, "View vitk.%s lists them with their sources.", view);
}

/* The criterion is there, but published for other methods only. */
static bool
wrong_method(const char *name, const VitkCalcification *before, VitkErr *err)
{
	const char *methods[CRITERION_COUNT];
	int			n = 0;
	char		list[128];

	for (int i = 0; i < CRITERION_COUNT; i++)
	{
		const char *method = vitk_method_by_id(criteria[i].method)->code;

		if (strcmp(criteria[i].name, name) == 0 && (n == 0 || methods[n - 1] != method))
			methods[n++] = method;
	}
	vitk_list_names(methods, n, list, sizeof(list));
	vitk_err(err, VITK_E_DIMENSION, "progression criterion \"%s\" does not apply to calcification by %s",
			 name, vitk_method_by_id(before->method)->code);
	vitk_err_detail(err, "It was published for %s.", list);
	return vitk_err_hint(err, "For a rule of your own, use the columns of calcification_delta().");
}

/*
 * The criterion of that name for such a baseline; *out is NULL where it has
 * nothing to say of one, as a percentage of a change from zero.
 */
bool
vitk_criterion_find(const char *s, size_t len, const VitkCalcification *before,
					bool with_bmi, const VitkCriterion **out, VitkErr *err)
{
	const char *name = NULL;
	bool		applies = false;

	*out = NULL;
	for (int i = 0; i < CRITERION_COUNT; i++)
	{
		const VitkCriterion *c = &criteria[i];

		if (!vitk_same_word(s, len, c->name))
			continue;
		name = c->name;
		if (c->method != before->method)
			continue;
		applies = true;
		if (c->bmi != 0 && !with_bmi)
		{
			vitk_err(err, VITK_E_VALUE, "progression criterion \"%s\" needs the body mass index", name);
			return vitk_err_hint(err, "Give it in kg/m2 as the argument bmi.");
		}
		if (c->baseline == VITK_BASELINE_ANY ||
			(c->baseline == VITK_BASELINE_ZERO) == (before->value == 0))
			*out = c;
	}
	if (name == NULL)
		return unknown_name("progression criterion", "progression_criterion", criterion_names,
							CRITERION_NAMES_COUNT, s, len, err);
	return applies || wrong_method(name, before, err);
}

/*
 * The limit on the scale of the criterion; NAN where it needs a BMI that is
 * not known, or where the formula is outside its range and gives none.
 */
bool
vitk_criterion_limit(const VitkCriterion *c, double before, const double *bmi,
					 double *limit, VitkErr *err)
{
	char		number[VITK_NUMBER_LEN];

	if (bmi != NULL && !(*bmi >= MIN_BMI && *bmi <= MAX_BMI))
	{
		vitk_number_format(*bmi, number);
		vitk_err(err, VITK_E_VALUE, "body mass index must be from %d to %d kg/m2, not %s", MIN_BMI, MAX_BMI, number);
		return vitk_err_hint(err, "It is the weight in kg divided by the square of the height in m.");
	}
	*limit = NAN;
	if (c == NULL || (c->bmi != 0 && bmi == NULL))
		return true;
	*limit = c->linear * before + c->root * sqrt(before) + c->constant;
	if (c->bmi != 0)
		*limit += c->bmi * *bmi;
	/* any calcium at all counts by a limit of zero from a baseline of zero */
	if (*limit < 0 || (*limit == 0 && c->baseline != VITK_BASELINE_ZERO))
		*limit = NAN;
	return true;
}

/* How a change over several years becomes one a year, by its name */
bool
vitk_annualisation_parse(const char *s, size_t len, bool *simple, VitkErr *err)
{
	static const char *const names[] = {"compound", "simple"};
	int			found = vitk_find_word(names, 2, s, len);

	*simple = found == 1;
	if (found >= 0)
		return true;
	vitk_err(err, VITK_E_NAME, "unknown annualisation \"%.*s\"", vitk_clip(s, len), s);
	return vitk_err_detail(err, "Valid values are compound and simple.");
}

static double
percent_per_year(double before, double after, double years, bool simple)
{
	double		change = after - before;

	return simple ? percent_of(change, before) / years : compound_percent(change, before, years);
}

/* The change on the scale of the criterion; NAN where it needs unknown years */
static double
change_on_scale(VitkCriterionScale scale, double before, double after, const double *years, bool simple)
{
	switch (scale)
	{
		case VITK_CRITERION_ABSOLUTE:
			return after - before;
		case VITK_CRITERION_SQRT:
			return sqrt(after) - sqrt(before);
		case VITK_CRITERION_PERCENT_PER_YEAR:
			break;
	}
	return years != NULL ? percent_per_year(before, after, *years, simple) : NAN;
}

static bool
reaches(double change, double limit, bool inclusive)
{
	return inclusive ? change >= limit * (1 - SLACK) : change > limit * (1 + SLACK);
}

/*
 * What the criterion says of two scans.  Equal scans are stable by every
 * criterion, also where it could not judge a difference.
 */
bool
vitk_progression(const VitkCalcification *before, const VitkCalcification *after,
				 const double *years, bool simple, const VitkCriterion *criterion,
				 const double *bmi, VitkProgression *out, VitkErr *err)
{
	double		limit;
	double		change;

	if (!vitk_calcification_alike(before, after, err) || !check_years(years, err) ||
		!vitk_criterion_limit(criterion, before->value, bmi, &limit, err))
		return false;
	*out = after->value == before->value ? VITK_STABLE : VITK_UNDECIDED;
	if (*out == VITK_STABLE || isnan(limit))
		return true;
	change = change_on_scale(criterion->scale, before->value, after->value, years, simple);
	if (isnan(change))
		return true;
	if (reaches(change, limit, criterion->inclusive))
		*out = VITK_PROGRESSION;
	else if (reaches(-change, limit, criterion->inclusive))
		*out = VITK_REGRESSION;
	else
		*out = VITK_STABLE;
	return true;
}

/* The category of a score; NULL where the scheme is for another method */
static const VitkCategory *
find_category(const char *scheme, const VitkCalcification *c)
{
	for (int i = 0; i < CATEGORY_COUNT; i++)
	{
		const VitkCategory *k = &categories[i];

		if (k->method == c->method && strcmp(k->scheme, scheme) == 0 &&
			(c->value < k->upper || (k->inclusive && c->value == k->upper)))
			return k;
	}
	return NULL;
}

const VitkCategory *
vitk_default_category(const VitkCalcification *c)
{
	return find_category(DEFAULT_SCHEME, c);
}

bool
vitk_category(const VitkCalcification *c, const char *s, size_t len,
			  const VitkCategory **out, VitkErr *err)
{
	const VitkCategory *first = NULL;

	for (int i = 0; i < CATEGORY_COUNT && first == NULL; i++)
		if (vitk_same_word(s, len, categories[i].scheme))
			first = &categories[i];
	if (first == NULL)
		return unknown_name("scheme of categories", "calcification_category", category_schemes,
							CATEGORY_SCHEMES_COUNT, s, len, err);
	*out = find_category(first->scheme, c);
	if (*out != NULL)
		return true;
	vitk_err(err, VITK_E_DIMENSION, "scheme \"%s\" has no categories of calcification by %s",
			 first->scheme, vitk_method_by_id(c->method)->code);
	return vitk_err_detail(err, "It is for %s.", vitk_method_by_id(first->method)->code);
}
