/*
 * nutrient_amount.c
 *		nutrient_amount: literals, conversion, comparison, sums.
 */
#include "core/nutrient_amount.h"

#include <math.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>

#include "core/literal.h"
#include "core/number.h"

#define TYPE "nutrient_amount"

/* Refuse a literal that does not read, and show how one is written. */
static bool
refuse_literal(const char *s, size_t len, const char *why, VitkErr *err)
{
	vitk_err(err, VITK_E_SYNTAX, "%s", why);
	return vitk_syntax_refused(TYPE, s, len, "Write a number and a unit, such as "
							   "\"45 mg\", \"<0.5 ug\" or \"35..65 ug/d\".", err);
}

/* "7", "<0.5" or "35..65": the numbers in front of the unit */
static bool
parse_numbers(const char **p, const char *end, double *lower, double *upper, VitkErr *err)
{
	if (*p < end && **p == '<')
	{
		(*p)++;
		vitk_skip_space(p, end);
		*lower = 0;
		return vitk_number_parse(p, end, upper, err);
	}
	if (!vitk_number_parse(p, end, lower, err))
		return false;
	*upper = *lower;
	if (end - *p >= 2 && memcmp(*p, "..", 2) == 0)
	{
		*p += 2;
		return vitk_number_parse(p, end, upper, err);
	}
	return true;
}

/*
 * Read "45 mg", "<0.5 ug" (from 0 to 0.5: a value below a limit of detection
 * or quantification) or "35..65 ug/d".
 */
bool
vitk_amount_parse(const char *s, size_t len, VitkAmount *out, VitkErr *err)
{
	const char *p = s;
	const char *end = s + len;

	vitk_trim(&p, &end);
	if (!parse_numbers(&p, end, &out->lower, &out->upper, err))
		{
		VitkErr		cause = *err;

		return cause.code == VITK_E_RANGE ? vitk_value_refused(TYPE, err) :
			refuse_literal(s, len, cause.msg, err);
	}
	if (p < end && *p == ',')
		return refuse_literal(s, len, "the decimal separator must be a point", err);
	vitk_skip_space(&p, end);
	if (p == end)
		return refuse_literal(s, len, "the unit is missing", err);
	/* or as papers print them: an en dash, "to" */
	if (*p == '-' || *p == '.' || (end - p > 3 && (memcmp(p, "\342\200\223", 3) == 0 || memcmp(p, "to ", 3) == 0)))
		return refuse_literal(s, len, "the bounds of an interval must be separated by two dots", err);
	out->lower = vitk_sas_zero(out->lower);
	out->upper = vitk_sas_zero(out->upper);
	if (!vitk_unit_parse(p, end - p, &out->unit, err) || !vitk_amount_valid(out, err))
		return vitk_value_refused(TYPE, err);
	return true;
}

/* Write the canonical text to buf[VITK_AMOUNT_LEN]; returns its length. */
int
vitk_amount_format(const VitkAmount *a, char *buf)
{
	int			n = 0;

	if (a->lower == a->upper)
		n = vitk_number_format(a->lower, buf);
	else if (a->lower == 0)
	{
		buf[n++] = '<';
		n += vitk_number_format(a->upper, buf + n);
	}
	else
	{
		n = vitk_number_format(a->lower, buf);
		buf[n++] = '.';
		buf[n++] = '.';
		n += vitk_number_format(a->upper, buf + n);
	}
	buf[n++] = ' ';
	return n + vitk_unit_format(&a->unit, buf + n);
}

/* May it be stored? */
bool
vitk_amount_valid(const VitkAmount *a, VitkErr *err)
{
	char		lower[VITK_NUMBER_LEN];
	char		upper[VITK_NUMBER_LEN];

	if (!isfinite(a->lower) || !isfinite(a->upper))
		return vitk_err(err, VITK_E_RANGE, "amount is not finite");
	if (vitk_is_denormal(a->lower) || vitk_is_denormal(a->upper))
		return vitk_err(err, VITK_E_RANGE, "amount is too small");
	if (a->lower > a->upper)
	{
		vitk_number_format(a->lower, lower);
		vitk_number_format(a->upper, upper);
		return vitk_err(err, VITK_E_VALUE, "lower bound %s is above upper bound %s",
						lower, upper);
	}
	if (!vitk_unit_valid(&a->unit) ||
		(a->lower == 0 && signbit(a->lower)) || (a->upper == 0 && signbit(a->upper)))
		return vitk_err(err, VITK_E_BINARY, "unit or sign of zero is malformed");
	return true;
}

double
vitk_amount_middle(const VitkAmount *a)
{
	/* halves first: the sum of two finite numbers may not be finite */
	return a->lower == a->upper ? a->lower : a->lower / 2 + a->upper / 2;
}

/* An amount from its parts, checked; minus zero becomes zero. */
bool
vitk_amount_make(double lower, double upper, const VitkUnit *unit,
				 VitkAmount *out, VitkErr *err)
{
	out->lower = vitk_sas_zero(lower) + 0.0;
	out->upper = vitk_sas_zero(upper) + 0.0;
	out->unit = *unit;
	return vitk_amount_valid(out, err) || vitk_value_refused(TYPE, err);
}

/*
 * v in base units, rounded to 15 significant digits.  The scaling to 15
 * digits is part of the conversion, so nothing is rounded twice.
 */
static VitkDecimal
decimal(double v, const VitkFactor *f)
{
	VitkDecimal result = {0, 0};
	double		size = fabs(v);
	double		scaled;
	int			exponent;

	if (v == 0)
		return result;
	/* an estimate, off by one at most; then exactly 15 digits */
	exponent = (int) floor(log10(size) + log10(f->n) - log10(f->d)) + f->e - 14;
	scaled = vitk_scale(size, f->n, f->d, f->e - exponent);
	if (scaled < 1e14)
		scaled = vitk_scale(size, f->n, f->d, f->e - --exponent);
	else if (scaled >= 1e15)
		scaled = vitk_scale(size, f->n, f->d, f->e - ++exponent);
	scaled = rint(scaled);
	if (scaled >= 1e15)
	{
		scaled = 1e14;
		exponent++;
	}
	result.mantissa = (int64_t) (v < 0 ? -scaled : scaled);
	result.exponent = exponent;
	return result;
}

void
vitk_amount_key(const VitkAmount *a, VitkAmountKey *key)
{
	VitkFactor	f = vitk_unit_factor(&a->unit);

	key->dimension = vitk_unit_dimension(&a->unit);
	key->lower = decimal(a->lower, &f);
	key->upper = a->upper == a->lower ? key->lower : decimal(a->upper, &f);
}

static int
decimal_cmp(const VitkDecimal *a, const VitkDecimal *b)
{
	int			a_sign = (a->mantissa > 0) - (a->mantissa < 0);
	int			b_sign = (b->mantissa > 0) - (b->mantissa < 0);

	if (a_sign != b_sign)
		return a_sign > b_sign ? 1 : -1;
	if (a->exponent != b->exponent)
		return a->exponent > b->exponent ? a_sign : -a_sign;
	return (a->mantissa > b->mantissa) - (a->mantissa < b->mantissa);
}

/*
 * Compare two bounds of one dimension.  15 digits distinguish whatever differs
 * by more than 1e-14 of its size; nearly all pairs are decided by that, with
 * a margin for the rounding of this very conversion.
 */
static int
bound_cmp(double a, const VitkFactor *af, double b, const VitkFactor *bf)
{
	double		x = vitk_scale(a, af->n, af->d, af->e);
	double		y = vitk_scale(b, bf->n, bf->d, bf->e);
	double		margin = 2e-14 * fmax(fabs(x), fabs(y));
	VitkDecimal ad;
	VitkDecimal bd;

	if (isfinite(x) && isfinite(y) && margin > 1e-300)
	{
		if (x - y > margin)
			return 1;
		if (y - x > margin)
			return -1;
	}
	ad = decimal(a, af);
	bd = decimal(b, bf);
	return decimal_cmp(&ad, &bd);
}

/*
 * Order of amounts: dimension, then lower bound, then upper bound, each in
 * base units.  0.1 mg = 100 ug although no double is 0.1: equality is that of
 * 15 decimal digits, which is an equivalence and has a hash.
 */
int
vitk_amount_cmp(const VitkAmount *a, const VitkAmount *b)
{
	uint32_t	a_dim = vitk_unit_dimension(&a->unit);
	uint32_t	b_dim = vitk_unit_dimension(&b->unit);
	VitkFactor	af;
	VitkFactor	bf;
	int			cmp;

	if (a_dim != b_dim)
		return a_dim > b_dim ? 1 : -1;
	af = vitk_unit_factor(&a->unit);
	bf = vitk_unit_factor(&b->unit);
	cmp = bound_cmp(a->lower, &af, b->lower, &bf);
	if (cmp == 0)
		cmp = bound_cmp(a->upper, &af, b->upper, &bf);
	return cmp;
}

/* Is the upper bound of a below the lower bound of b?  Only of one dimension */
bool
vitk_amount_surely_below(const VitkAmount *a, const VitkAmount *b, bool *below, VitkErr *err)
{
	char		a_text[VITK_DIMENSION_LEN];
	char		b_text[VITK_DIMENSION_LEN];
	uint32_t	a_dim = vitk_unit_dimension(&a->unit);
	uint32_t	b_dim = vitk_unit_dimension(&b->unit);
	VitkFactor	af = vitk_unit_factor(&a->unit);
	VitkFactor	bf = vitk_unit_factor(&b->unit);

	if (a_dim == b_dim)
	{
		*below = bound_cmp(a->upper, &af, b->lower, &bf) < 0;
		return true;
	}
	vitk_dimension_text(a_dim, a_text);
	vitk_dimension_text(b_dim, b_text);
	vitk_err(err, VITK_E_DIMENSION, "cannot compare a nutrient_amount in units of %s with one in units of %s",
			 a_text, b_text);
	vitk_err_detail(err, "Amounts of different dimensions cannot be ordered.");
	if (vitk_dimension_hint(a_dim, b_dim) != NULL)
		vitk_err_hint(err, "%s", vitk_dimension_hint(a_dim, b_dim));
	return false;
}

/* Convert both bounds, with a nutrient (id, or 0) across mass, moles and IU. */
bool
vitk_amount_convert(const VitkAmount *a, const VitkUnit *to, int nutrient,
					VitkAmount *out, VitkErr *err)
{
	VitkAmount	r = {0, 0, *to};

	if (nutrient != 0)
	{
		if (!vitk_unit_convert_nutrient(a->lower, &a->unit, to, nutrient, &r.lower, err) ||
			!vitk_unit_convert_nutrient(a->upper, &a->unit, to, nutrient, &r.upper, err))
			return false;
	}
	else if (!vitk_unit_convert(a->lower, &a->unit, to, &r.lower, err) ||
			 !vitk_unit_convert(a->upper, &a->unit, to, &r.upper, err))
		return false;
	*out = r;
	return true;
}

/* a + b in the unit of a; out may be a. */
bool
vitk_amount_add(const VitkAmount *a, const VitkAmount *b, VitkAmount *out, VitkErr *err)
{
	VitkAmount	converted;
	double		lower;
	double		upper;

	if (!vitk_unit_same(&a->unit, &b->unit))
	{
		if (!vitk_amount_convert(b, &a->unit, 0, &converted, err))
			return false;
		b = &converted;
	}
	lower = a->lower + b->lower;
	upper = a->upper + b->upper;
	if (!isfinite(lower) || !isfinite(upper))
		return vitk_err(err, VITK_E_RANGE, "sum of nutrient_amount is out of range");
	out->lower = vitk_flush(lower);
	out->upper = vitk_flush(upper);
	out->unit = a->unit;
	return true;
}

/*
 * To that many decimals, for people to read.  An exact amount goes to the
 * nearest; the bounds of an interval go outward, so that it keeps all it held
 * and <0.04 does not turn into 0.  Not by the last bits of a sum, though, which
 * are a millionth of the last digit at most.
 */
static double
round_bound(double v, int digits, double (*outward) (double))
{
	double		ten = pow(10, abs(digits));
	double		scaled = digits < 0 ? v / ten : v * ten;
	double		nearest = rint(scaled);

	/* a number without decimals to lose, also when it overflowed */
	if (!(fabs(scaled) < 1e15))
		return v;
	if (outward != NULL && fabs(nearest - scaled) > fmin(1e-12 * fabs(scaled), 1e-6))
		nearest = outward(scaled);
	/* + 0.0, because -0 is not a bound */
	return (digits < 0 ? nearest * ten : nearest / ten) + 0.0;
}

void
vitk_bounds_round(double *lower, double *upper, int digits)
{
	bool		exact = *lower == *upper;

	*lower = round_bound(*lower, digits, exact ? NULL : floor);
	*upper = round_bound(*upper, digits, exact ? NULL : ceil);
}
