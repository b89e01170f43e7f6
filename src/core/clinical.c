/*
 * clinical.c
 *		A value as laboratories and scanners hand it over: number, unit, comparator.
 */
#include "core/clinical.h"

#include <math.h>
#include <string.h>

#include "core/literal.h"
#include "core/number.h"

/* No coagulometer reports more: a per cent, or a time in seconds. */
#define MAX_INR 100

VitkClinicalKind
vitk_clinical_kind(const char *s, size_t len)
{
	if (vitk_same_word(s, len, "nutrient") || vitk_same_word(s, len, "marker"))
		return VITK_CLINICAL_NUTRIENT;
	if (vitk_same_word(s, len, "calcification"))
		return VITK_CLINICAL_CALCIFICATION;
	if (vitk_same_word(s, len, "inr"))
		return VITK_CLINICAL_INR;
	return VITK_CLINICAL_OTHER;
}

/* A comparator of SQL, OMOP, FHIR or print; how long it is comes back in *len. */
static VitkComparator
comparator_at(const char *s, size_t avail, size_t *len)
{
	static const struct
	{
		const char *sign;
		VitkComparator comparator;
	}			signs[] = {
		{"<=", VITK_COMPARATOR_BELOW},
		{">=", VITK_COMPARATOR_ABOVE},
		{"<", VITK_COMPARATOR_BELOW},
		{">", VITK_COMPARATOR_ABOVE},
		{"=", VITK_COMPARATOR_EQUAL},
		{"\xe2\x89\xa4", VITK_COMPARATOR_BELOW},	/* U+2264 */
		{"\xe2\x89\xa5", VITK_COMPARATOR_ABOVE},	/* U+2265 */
	};

	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
	{
		*len = strlen(signs[i].sign);
		if (*len <= avail && memcmp(s, signs[i].sign, *len) == 0)
			return signs[i].comparator;
	}
	*len = 0;
	return VITK_COMPARATOR_UNKNOWN;
}

/* A comparator alone; an empty one says nothing, so the value is equal. */
VitkComparator
vitk_comparator(const char *s, size_t len)
{
	const char *end = s + len;
	VitkComparator comparator;
	size_t		length;

	vitk_trim(&s, &end);
	if (s == end)
		return VITK_COMPARATOR_EQUAL;
	comparator = comparator_at(s, end - s, &length);
	return s + length == end ? comparator : VITK_COMPARATOR_UNKNOWN;
}

/*
 * A number with or without a comparator, and with or without a unit behind it:
 * "<0.5", "> 10", "2.4 ug/L", as systems write it where a text is wanted.  What
 * cannot be the start of a unit, as in "1:128", "10-20", "1,5" or "0.5 (low)",
 * makes it no value; the comparator before the number is told even then.
 */
bool
vitk_reading_parse(const char *s, size_t len, VitkReading *out)
{
	VitkErr		err = {0};
	const char *end = s + len;
	size_t		length;
	VitkComparator comparator;

	memset(out, 0, sizeof(*out));
	vitk_trim(&s, &end);
	comparator = comparator_at(s, end - s, &length);
	s += length;
	vitk_skip_space(&s, end);
	if (s == end || !vitk_number_parse(&s, end, &out->value, &err))
		return false;
	if (length > 0)
		out->comparator = comparator;
	vitk_skip_space(&s, end);
	out->unit = s;
	out->unit_len = end - s;
	out->has_value = s == end || *s == '[' || *s == '{' || *s == '%' ||
		(vitk_lower_case(*s) >= 'a' && vitk_lower_case(*s) <= 'z') || (unsigned char) *s >= 0x80;
	return out->has_value;
}

/* What every kind wants: a finite number, and a comparator that is one */
static bool
reading_has_value(const VitkReading *r, VitkErr *err)
{
	if (!r->has_value)
		return vitk_err(err, VITK_E_VALUE, "no value");
	if (!isfinite(r->value))
		return vitk_err(err, VITK_E_RANGE, "value is not finite");
	if (r->comparator == VITK_COMPARATOR_UNKNOWN)
		return vitk_err(err, VITK_E_SYNTAX, "unknown comparator");
	return true;
}

/*
 * A level in blood.  Below a bound it is the interval from zero; above one it
 * is not an amount but a bound, as *bound tells.
 */
bool
vitk_reading_amount(const VitkReading *r, VitkAmount *out, bool *bound, VitkErr *err)
{
	VitkUnit	unit;

	*bound = false;
	if (!reading_has_value(r, err))
		return false;
	if (r->unit_len == 0)
		return vitk_err(err, VITK_E_UNIT, "no unit");
	if (r->value < 0)
		return vitk_err(err, VITK_E_RANGE, "negative level");
	if (!vitk_unit_parse(r->unit, r->unit_len, &unit, err) ||
		!vitk_amount_make(r->comparator == VITK_COMPARATOR_BELOW ? 0 : r->value, r->value, &unit, out, err))
		return false;
	*bound = r->comparator == VITK_COMPARATOR_ABOVE;
	return true;
}

/* Is it a unit that says no more than that the number has none, such as "1" or "{score}"? */
static bool
no_unit(const char *unit, size_t len)
{
	return len == 0 || vitk_same_word(unit, len, "1") ||
		(len > 1 && unit[0] == '{' && memchr(unit, '}', len) == unit + len - 1);
}

static bool
is_unit_of(const VitkReading *r, const VitkMethod *method)
{
	int			id;
	VitkErr		err = {0};

	/* a microlitre is a cubic millimetre */
	if (vitk_same_word(r->unit, r->unit_len, "ul"))
		return strcmp(method->unit, "mm3") == 0;
	if (r->unit_len == 0)
		return false;
	return vitk_method_parse(r->unit, r->unit_len, &id, &err) && vitk_method_by_id(id) == method;
}

/* A calcium score by its method; with a comparator it is a bound alone. */
bool
vitk_reading_calcification(const VitkReading *r, int method, VitkCalcification *out,
						   bool *bound, VitkErr *err)
{
	const VitkMethod *m = vitk_method_by_id(method);

	*bound = false;
	if (!reading_has_value(r, err))
		return false;
	/* a score has no unit, or one that is an annotation */
	if (!is_unit_of(r, m) && !(strcmp(m->code, "agatston") == 0 && no_unit(r->unit, r->unit_len)))
		return vitk_err(err, VITK_E_UNIT, "unit does not fit calcification by %s", m->code);
	if (!vitk_calcification_make(r->value, method, out, err))
		return false;
	*bound = r->comparator != VITK_COMPARATOR_EQUAL;
	return true;
}

/*
 * An INR is a ratio without a unit.  The same codes carry prothrombin times in
 * seconds and activities in per cent, which must not count as INR.
 */
bool
vitk_reading_inr(const VitkReading *r, VitkErr *err)
{
	if (!reading_has_value(r, err))
		return false;
	if (!no_unit(r->unit, r->unit_len) && !vitk_same_word(r->unit, r->unit_len, "inr") &&
		!vitk_same_word(r->unit, r->unit_len, "ratio"))
		return vitk_err(err, VITK_E_UNIT, "an INR has no unit");
	if (r->value <= 0)
		return vitk_err(err, VITK_E_RANGE, "INR is not positive");
	if (r->value > MAX_INR)
		return vitk_err(err, VITK_E_RANGE, "INR is above %d", MAX_INR);
	return true;
}

static int
digits(const char **s, const char *end, int count)
{
	int			n = 0;

	for (int i = 0; i < count; i++)
	{
		if (*s == end || !vitk_is_digit(**s))
			return -1;
		n = 10 * n + (*(*s)++ - '0');
	}
	return n;
}

static int
days_of_month(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool		leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return month == 2 && leap ? 29 : days[month - 1];
}

/* The day of an ISO 8601 date, with or without hyphens, with or without a time behind it */
bool
vitk_day_parse(const char *s, size_t len, VitkDay *out)
{
	const char *end = s + len;
	bool		hyphens;

	vitk_trim(&s, &end);
	hyphens = end - s > 4 && s[4] == '-';
	if ((out->year = digits(&s, end, 4)) < 1)
		return false;
	if (hyphens)
		s++;
	if ((out->month = digits(&s, end, 2)) < 1 || out->month > 12)
		return false;
	if (hyphens && (s == end || *s++ != '-'))
		return false;
	if ((out->day = digits(&s, end, 2)) < 1 || out->day > days_of_month(out->year, out->month))
		return false;
	return s == end || *s == 'T' || *s == ' ';
}
