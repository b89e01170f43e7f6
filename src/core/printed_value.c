/*
 * printed_value.c
 *		A value as food composition tables print it.
 *
 * "12,3", "< 0.5", "traces", "-" and a blank mean five different things, and
 * what looks like a thousands separator could be a decimal mark.  Whatever is
 * not certain is refused with the reason; nothing is guessed.
 */
#include "core/printed_value.h"

#include <string.h>

#include "core/literal.h"
#include "core/number.h"

#define MAX_PRINTED 64

typedef struct Word
{
	const char *text;			/* lower case */
	VitkPrintedKind kind;
} Word;

/* FAO/INFOODS and EuroFIR usage; the dashes are UTF-8 */
static const Word words[] = {
	{"", VITK_PRINTED_UNKNOWN},
	{"-", VITK_PRINTED_UNKNOWN},
	{"\xe2\x80\x93", VITK_PRINTED_UNKNOWN}, /* en dash */
	{"\xe2\x80\x94", VITK_PRINTED_UNKNOWN}, /* em dash */
	{"\xe2\x88\x92", VITK_PRINTED_UNKNOWN}, /* minus sign */
	{"..", VITK_PRINTED_UNKNOWN},
	{"...", VITK_PRINTED_UNKNOWN},
	{"n", VITK_PRINTED_UNKNOWN},	/* McCance and Widdowson: no reliable value */
	{"na", VITK_PRINTED_UNKNOWN},
	{"n/a", VITK_PRINTED_UNKNOWN},
	{"n.a.", VITK_PRINTED_UNKNOWN},
	{"tr", VITK_PRINTED_TRACE},
	{"tr.", VITK_PRINTED_TRACE},
	{"trace", VITK_PRINTED_TRACE},
	{"traces", VITK_PRINTED_TRACE},
	{"spuren", VITK_PRINTED_TRACE},
	{"sporen", VITK_PRINTED_TRACE},
	{"spor", VITK_PRINTED_TRACE}
};

/* Spaces that printed tables hold, the UTF-8 ones of typography among them */
static size_t
space_length(const char *s, const char *end)
{
	static const char *const wide[] = {
		"\xc2\xa0",				/* no-break space */
		"\xe2\x80\x89",			/* thin space */
		"\xe2\x80\xaf"			/* narrow no-break space */
	};

	if (s == end)
		return 0;
	if (*s == ' ' || (*s >= '\t' && *s <= '\r'))
		return 1;
	for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++)
	{
		size_t		len = strlen(wide[i]);

		if ((size_t) (end - s) >= len && memcmp(s, wide[i], len) == 0)
			return len;
	}
	return 0;
}

static const char *
skip_space(const char *s, const char *end)
{
	size_t		len;

	while ((len = space_length(s, end)) > 0)
		s += len;
	return s;
}

/* The text without the spaces around it */
static void
trim(const char **s, const char **end)
{
	*s = skip_space(*s, *end);
	for (const char *p = *s, *last = *s;;)
	{
		size_t		len = space_length(p, *end);

		if (p == *end)
		{
			*end = last;
			return;
		}
		p += len > 0 ? len : 1;
		if (len == 0)
			last = p;
	}
}

/* "1,234" could be one and a quarter or more than a thousand */
static bool
looks_grouped(const char *s, const char *comma, const char *end)
{
	const char *p = comma + 1;

	if (s == comma || comma - s > 3 || s[0] == '0')
		return false;
	while (p < end && vitk_is_digit(*p))
		p++;
	return p - comma - 1 == 3;
}

/* A number without sign, its decimal mark a point or a comma */
static bool
parse_number(const char *s, const char *end, char decimal_mark, double *value,
			 VitkErr *err)
{
	size_t		len = end - s;
	char		buf[MAX_PRINTED];
	const char *p = buf;
	int			marks = 0;

	if (s < end && *s == '-')
		return vitk_err(err, VITK_E_VALUE, "a negative value");
	if (s == end || !(vitk_is_digit(*s) || *s == '.' || *s == ','))
		return vitk_err(err, VITK_E_SYNTAX, "not a value");
	for (size_t i = 0; i < len; i++)
	{
		char		c = s[i];

		if (space_length(s + i, end) > 0)
			return vitk_err(err, VITK_E_SYNTAX,
							"a space within the number: thousands separators are not guessed");
		if (c == '.' || c == ',')
		{
			if (++marks > 1)
				return vitk_err(err, VITK_E_SYNTAX,
								"more than one decimal mark: thousands separators are not guessed");
			if (decimal_mark != '\0' && c != decimal_mark)
				return vitk_err(err, VITK_E_SYNTAX,
								"\"%c\" where the decimal mark is \"%c\"",
								c, decimal_mark);
			if (decimal_mark == '\0' && c == ',' && looks_grouped(s, s + i, end))
				return vitk_err(err, VITK_E_SYNTAX,
								"the comma is a decimal mark or a thousands separator: name the decimal mark");
			c = '.';
		}
		buf[i] = c;
	}
	if (!vitk_number_parse(&p, buf + len, value, err))
		return false;
	if (p != buf + len)
		return vitk_err(err, VITK_E_SYNTAX, "not a value");
	return true;
}

/*
 * Read one printed value.  decimal_mark is '.' or ',', or 0 to read both where
 * there is no doubt.  *value is the number, or the x of "< x", else 0.  Where
 * the value is refused, err->msg is the reason.
 */
bool
vitk_printed_parse(const char *s, size_t len, char decimal_mark,
				   VitkPrintedKind *kind, double *value, VitkErr *err)
{
	const char *end = s + len;

	trim(&s, &end);
	*value = 0;
	if (end - s >= MAX_PRINTED)
		return vitk_err(err, VITK_E_SYNTAX, "not a value");
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
	{
		if (vitk_same_word(s, end - s, words[i].text))
		{
			*kind = words[i].kind;
			return true;
		}
	}
	if (vitk_same_word(s, end - s, "nd") || vitk_same_word(s, end - s, "n.d."))
		return vitk_err(err, VITK_E_SYNTAX,
						"\"nd\" is not detected or not determined: write \"< limit\", \"traces\" or \"-\"");

	*kind = VITK_PRINTED_VALUE;
	if (s < end && *s == '<')
	{
		*kind = VITK_PRINTED_BELOW;
		s++;
	}
	else if (end - s >= 3 && memcmp(s, "\xe2\x89\xa4", 3) == 0)
	{
		*kind = VITK_PRINTED_BELOW;
		s += 3;
	}
	if (*kind == VITK_PRINTED_BELOW)
		s = skip_space(s, end);
	if (!parse_number(s, end, decimal_mark, value, err))
		return false;
	if (*kind == VITK_PRINTED_BELOW && *value == 0)
		return vitk_err(err, VITK_E_VALUE, "below zero");
	return true;
}

/*
 * Read what a value refers to: "100 g", "per 100g", "kg"; blank is 100 g.
 * A volume or a portion is refused: its mass is not known here.
 */
bool
vitk_printed_per(const char *s, size_t len, double *grams, VitkErr *err)
{
	const char *end = s + len;
	const char *p;

	trim(&s, &end);
	*grams = 100;
	if (s == end)
		return true;
	if (end - s >= 4 && vitk_same_word(s, 4, "per "))
		s = skip_space(s + 4, end);
	p = s;
	if (s < end && vitk_is_digit(*s))
	{
		if (!vitk_number_parse(&p, end, grams, err))
			return false;
	}
	else
		*grams = 1;
	p = skip_space(p, end);
	if (vitk_same_word(p, end - p, "kg"))
		*grams *= 1000;
	else if (!vitk_same_word(p, end - p, "g"))
		return vitk_err(err, VITK_E_UNIT, "not per mass, but per \"%.*s\"",
						vitk_clip(s, end - s), s);
	if (!(*grams > 0) || *grams > 1e6)
		return vitk_err(err, VITK_E_VALUE, "per a mass of %g g", *grams);
	return true;
}
