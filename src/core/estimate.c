/*
 * estimate.c
 *		An estimate as papers print it.
 *
 *		[number [± number]] ['[' number, number ']'] ['(' part, part ... ')']
 *
 * where a part is "n=7", "SD 0.4", "SE 6", "log SE 0.4", "df=9", "sum=22.4",
 * "ss=0.96" or the level of the interval, "90 %", which the interval may follow:
 * "95 % CI 0.16 to 0.78".
 */
#include "core/estimate.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/number.h"

/* "±", which is one byte in Latin encodings */
static bool
skip_plus_minus(const char **p, const char *end)
{
	return vitk_skip_word(p, end, "\302\261") || vitk_skip_word(p, end, "\261") ||
		vitk_skip_word(p, end, "+-") || vitk_skip_word(p, end, "+/-");
}

static bool
read_number(const char **p, const char *end, double *out, VitkErr *err)
{
	static const char minus[] = "\342\210\222";	/* U+2212, as papers print it */
	bool		negative = (size_t) (end - *p) > strlen(minus) && memcmp(*p, minus, strlen(minus)) == 0 &&
		(vitk_is_digit((*p)[strlen(minus)]) || (*p)[strlen(minus)] == '.');

	if (!isnan(*out))
		return vitk_err(err, VITK_E_SYNTAX, "a part is given twice");
	if (negative)
		*p += strlen(minus);
	if (!vitk_number_parse(p, end, out, err))
		return false;
	if (negative)
		*out = 0 - *out;
	vitk_skip_space(p, end);
	return true;
}

/* The bounds of an interval: "225, 326", "225..326", "225 to 326" */
static bool
read_bounds(const char **p, const char *end, VitkEstimate *e, VitkErr *err)
{
	const char *start = *p;

	if (!read_number(p, end, &e->lower, err))
		return false;
	e->interval.lower_off = vitk_printed_off(start, *p);
	if (!vitk_skip_word(p, end, ",") && !vitk_skip_word(p, end, ";") &&
		!vitk_skip_word(p, end, "..") && !vitk_skip_word(p, end, "to"))
		return vitk_err(err, VITK_E_SYNTAX, "the bounds of the interval must be separated by a comma");
	start = *p;
	if (!read_number(p, end, &e->upper, err))
		return false;
	e->interval.upper_off = vitk_printed_off(start, *p);
	if (e->lower > e->upper)
		return vitk_err(err, VITK_E_VALUE, "the bounds of the interval are in the wrong order");
	return true;
}

/* "95 %", "95 % CI", "95 % CI 225 to 326" */
static bool
read_level(const char **p, const char *end, VitkEstimate *e, VitkErr *err)
{
	if (!read_number(p, end, &e->level, err))
		return false;
	if (!vitk_skip_word(p, end, "%"))
		return vitk_err(err, VITK_E_SYNTAX, "a number in parentheses needs a name, such as SD or SE; an interval is written in brackets");
	if (e->level <= 0 || e->level >= 100)
		return vitk_err(err, VITK_E_RANGE, "level of the interval must be between 0 and 100 %%");
	e->level /= 100;
	if (!vitk_skip_word(p, end, "CI"))
		return true;
	vitk_skip_word(p, end, ":");
	if (*p == end || **p == ',' || **p == ')')
		return true;
	return read_bounds(p, end, e, err);
}

/* One part in the parentheses */
static bool
read_part(const char **p, const char *end, VitkEstimate *e, VitkErr *err)
{
	struct
	{
		const char *name;
		double	   *value;
	}			part[] = {
		{"n", &e->n}, {"SD", &e->sd}, {"SEM", &e->se}, {"SE", &e->se}, {"log SE", &e->log_se},
		{"df", &e->df}, {"sum", &e->sum}, {"ss", &e->ss}
	};

	if (*p < end && (vitk_is_digit(**p) || **p == '.'))
		return read_level(p, end, e, err);
	for (size_t i = 0; i < sizeof(part) / sizeof(part[0]); i++)
		if (vitk_skip_word(p, end, part[i].name))
		{
			vitk_skip_word(p, end, "=");
			return read_number(p, end, part[i].value, err);
		}
	return vitk_err(err, VITK_E_SYNTAX, "unknown part \"%.*s\"", vitk_clip(*p, end - *p), *p);
}

static bool
read_parts(const char **p, const char *end, VitkEstimate *e, VitkErr *err)
{
	do
	{
		if (!read_part(p, end, e, err))
			return false;
	} while (vitk_skip_word(p, end, ",") || vitk_skip_word(p, end, ";"));
	if (!vitk_skip_word(p, end, ")"))
		return vitk_err(err, VITK_E_SYNTAX, "the parenthesis is not closed");
	return true;
}

bool
vitk_estimate_parse(const char *s, const char *end, VitkEstimate *out, VitkErr *err)
{
	const char *p = s;

	*out = (VitkEstimate) {NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, {0, 0, 0, 0, 0, 0}};
	vitk_skip_space(&p, end);
	s = p;
	if (p == end || *p != '(')
	{
		if (!read_number(&p, end, &out->value, err))
			return false;
		out->interval.value_off = vitk_printed_off(s, p);
		if (skip_plus_minus(&p, end) && !read_number(&p, end, &out->sd, err))
			return false;
		if (end - p > 1 && *p == ',' && vitk_is_digit(p[1]))
			return vitk_err(err, VITK_E_SYNTAX, "the decimal separator must be a point");
		if (vitk_skip_word(&p, end, "["))
		{
			if (!read_bounds(&p, end, out, err))
				return false;
			if (!vitk_skip_word(&p, end, "]"))
				return vitk_err(err, VITK_E_SYNTAX, "the bracket is not closed");
		}
	}
	if (vitk_skip_word(&p, end, "(") && !read_parts(&p, end, out, err))
		return false;
	if (p < end)
		return vitk_err(err, VITK_E_SYNTAX, "unexpected \"%.*s\"", vitk_clip(p, end - p), p);
	if (!isnan(out->lower) && !(out->lower <= out->value && out->value <= out->upper))
		return vitk_err(err, VITK_E_VALUE, "the estimate lies outside its interval");
	out->interval.value = out->value;
	out->interval.lower = out->lower;
	out->interval.upper = out->upper;
	return true;
}

bool
vitk_level_valid(double level, VitkErr *err)
{
	if (level > 0 && level < 1)
		return true;
	vitk_err(err, VITK_E_RANGE, "confidence level must be between 0 and 1, not %g", level);
	return vitk_err_hint(err, "Write 95 percent as 0.95.");
}

/* The double nearest to v in that many significant digits */
double
vitk_round_to_digits(double v, int digits)
{
	char		buf[VITK_NUMBER_LEN];

	snprintf(buf, sizeof(buf), "%.*e", digits - 1, v);
	return strtod(buf, NULL);
}

/*
 * A result in the digits that a paper could print: exp(log(0.35)) is 0.35 again.
 * Twelve digits are more than anybody measures and fewer than rounding errors reach.
 */
double
vitk_as_printed(double v)
{
	return vitk_round_to_digits(v, 12) + 0.0;	/* -0 becomes 0 */
}

/* Write the text to buf at n; returns where it ends. */
int
vitk_put(char *buf, int n, const char *text)
{
	size_t		len = strlen(text);

	memcpy(buf + n, text, len + 1);
	return n + (int) len;
}
