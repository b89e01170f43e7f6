/*
 * calcification.c
 *		calcification: literals, methods, comparison, sums.
 */
#include "core/calcification.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/literal.h"
#include "core/number.h"

#include "calcification_method_data.h"	/* generated: methods, method_names */

#define MAX_METHOD_NAME 16
#define METHOD_HINT \
	"Methods are agatston (AU), volume (mm3), mass (mg), aac24 (AAC24), tissue (ug/mg, dry weight) and tbr (TBR)."

/* NULL where there is no such method */
const VitkMethod *
vitk_method_by_id(int id)
{
	return id >= 1 && id <= METHOD_COUNT ? &methods[id - 1] : NULL;
}

/*
 * Copy a name in lower case, with the micro sign (U+00B5, U+03BC and its byte
 * in LATIN1) as "u" and the superscript three as "3".
 */
static bool
fold_method(const char *s, size_t len, char *name)
{
	static const struct
	{
		const char *from;
		char		to;
	}			folds[] = {{"\xC2\xB5", 'u'}, {"\xCE\xBC", 'u'}, {"\xC2\xB3", '3'},
	{"\xB5", 'u'}, {"\xB3", '3'}};
	const char *end = s + len;
	int			n = 0;

	memset(name, 0, MAX_METHOD_NAME);
	while (s < end)
	{
		size_t		step = 1;

		if (n == MAX_METHOD_NAME - 1 || *s == '\0')
			return false;
		name[n] = vitk_lower_case(*s);
		for (size_t i = 0; i < sizeof(folds) / sizeof(folds[0]); i++)
		{
			size_t		size = strlen(folds[i].from);

			if ((size_t) (end - s) >= size && memcmp(s, folds[i].from, size) == 0)
			{
				name[n] = folds[i].to;
				step = size;
				break;
			}
		}
		n++;
		s += step;
	}
	return true;
}

/* A method by its name or by its unit, for each unit belongs to one method */
bool
vitk_method_parse(const char *s, size_t len, int *id, VitkErr *err)
{
	char		name[MAX_METHOD_NAME];

	if (fold_method(s, len, name) && strlen(name) > 0)
		for (int i = 0; i < METHOD_NAME_COUNT; i++)
			if (strcmp(method_names[i].name, name) == 0)
			{
				*id = method_names[i].id;
				return true;
			}
	vitk_err(err, VITK_E_NAME, "unknown method or unit of calcification \"%.*s\"",
			 vitk_clip(s, len), s);
	return vitk_err_hint(err, METHOD_HINT);
}

/* The literal s does not read, for a reason that err->msg tells. */
static bool
refuse_literal(const char *s, size_t len, VitkErr *err)
{
	return vitk_syntax_refused("calcification", s, len, "Write a number and a unit: 312 AU (Agatston), "
							   "250 mm3 (volume), 48 mg (mass), 9 AAC24, 7.2 ug/mg (tissue, dry weight) "
							   "or 1.35 TBR.", err);
}

/* Read "312 AU"; for a unit the name of its method may stand. */
bool
vitk_calcification_parse(const char *s, size_t len, VitkCalcification *out, VitkErr *err)
{
	const char *p = s;
	const char *end = s + len;
	double		value;
	int			method;

	vitk_trim(&p, &end);
	if (!vitk_number_parse(&p, end, &value, err))
		return err->code == VITK_E_SYNTAX ? refuse_literal(s, len, err) :
			vitk_value_refused("calcification", err);
	if (p < end && *p == ',')
	{
		vitk_err(err, VITK_E_SYNTAX, "the decimal separator must be a point");
		return refuse_literal(s, len, err);
	}
	vitk_skip_space(&p, end);
	if (p == end)
	{
		vitk_err(err, VITK_E_SYNTAX, "the unit is missing");
		return refuse_literal(s, len, err);
	}
	if (!vitk_method_parse(p, end - p, &method, err))
		return refuse_literal(s, len, err);
	return vitk_calcification_make(value, method, out, err);
}

/* Write the text to buf[VITK_CALCIFICATION_LEN]; returns its length. */
int
vitk_calcification_format(const VitkCalcification *c, char *buf)
{
	int			n = vitk_number_format(c->value, buf);

	return n + snprintf(buf + n, VITK_CALCIFICATION_LEN - n, " %s", methods[c->method - 1].unit);
}

/* The mean of many zeros and a small value may be less than the least: what is nearer stands for it. */
double
vitk_calcification_flush(double value, int method)
{
	double		least = methods[method - 1].minimum;

	if (value >= least)
		return value;
	return value < least / 2 ? 0 : least;
}

/* A value of a known method, checked; minus zero becomes zero. */
bool
vitk_calcification_make(double value, int method, VitkCalcification *out, VitkErr *err)
{
	const VitkMethod *m = &methods[method - 1];
	char		number[VITK_NUMBER_LEN];

	memset(out, 0, sizeof(*out));
	value = vitk_sas_zero(value);
	out->value = value + 0.0;
	out->method = method;
	if (isfinite(value) && value <= m->maximum && (value == 0 || value >= m->minimum))
		return true;
	if (!isfinite(value))
		return vitk_err(err, VITK_E_RANGE, "calcification by %s must be a finite number", m->code);
	vitk_number_format(value, number);
	vitk_err(err, VITK_E_RANGE, "%s %s is out of range for type calcification", number, m->unit);
	if (value < 0)
		return vitk_err_detail(err, "Calcification by %s cannot be negative.", m->code);
	if (value < m->minimum)
		return vitk_err_detail(err, "Nothing can distinguish less than %g %s from zero: write 0.", m->minimum, m->unit);
	return vitk_err_detail(err, "Calcification by %s must be at most %.0f %s.", m->code, m->maximum, m->unit);
}

/* Order: method, then value.  What has no common scale is unequal, not an error. */
int
vitk_calcification_cmp(const VitkCalcification *a, const VitkCalcification *b)
{
	if (a->method != b->method)
		return a->method < b->method ? -1 : 1;
	return (a->value > b->value) - (a->value < b->value);
}

/* What computes with two values wants one method. */
bool
vitk_calcification_alike(const VitkCalcification *a, const VitkCalcification *b, VitkErr *err)
{
	if (a->method == b->method)
		return true;
	vitk_err(err, VITK_E_DIMENSION, "cannot combine calcification by %s with calcification by %s",
			 methods[a->method - 1].code, methods[b->method - 1].code);
	return vitk_err_detail(err, "Values of different methods have no common scale.");
}

/* Is it a value of the method that a column or a caller asks for? */
bool
vitk_calcification_is(const VitkCalcification *c, int method, VitkErr *err)
{
	if (c->method == method)
		return true;
	return vitk_err(err, VITK_E_DIMENSION, "calcification is by %s, but %s is expected",
					methods[c->method - 1].code, methods[method - 1].code);
}

/* May it be a sum of parts, such as the coronary arteries? */
bool
vitk_calcification_additive(const VitkCalcification *c, VitkErr *err)
{
	if (methods[c->method - 1].additive)
		return true;
	vitk_err(err, VITK_E_VALUE, "calcification by %s cannot be added up",
			 methods[c->method - 1].code);
	return vitk_err_detail(err, "It is a ratio, and ratios can be averaged but not added up.");
}
