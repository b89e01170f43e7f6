/*
 * printed_value.c
 *		A value as food composition tables print it.
 *
 * "12,3", "< 0.5", "traces", "(0)", "-" and a blank mean six different things,
 * and what looks like a thousands separator could be a decimal mark.  What a
 * table prints instead of a number is in src/data/printed_value.csv, by
 * dialect; whatever is not certain is refused with the reason; nothing is
 * guessed.
 */
#include "core/printed_value.h"

#include <string.h>

#include "core/literal.h"
#include "core/number.h"

#define MAX_PRINTED 64

/* What a form of printed_value.csv is */
typedef enum FormMeaning
{
	FORM_UNKNOWN,
	FORM_TRACE,
	FORM_AMBIGUOUS,				/* refused: means one or the other */
	FORM_SUFFIX,				/* a mark behind a value, of no matter */
	FORM_THOUSANDS				/* separates thousands */
} FormMeaning;

typedef struct Form
{
	int			dialect;		/* index into printed_dialects, 0: every table */
	const char *text;			/* lower case */
	FormMeaning meaning;
} Form;

#include "printed_value_data.h"
#include "printed_per_data.h"

/* A text with ends and, on the stack, room for its own copy */
typedef struct Span
{
	const char *s;
	const char *end;
} Span;

/* The dialect of a name, 0 for the empty one; -1: there is none such */
int
vitk_printed_dialect(const char *name, size_t len)
{
	for (int i = 0; i < PRINTED_DIALECTS_COUNT; i++)
		if (strlen(printed_dialects[i]) == len &&
			memcmp(printed_dialects[i], name, len) == 0)
			return i;
	return -1;
}

/* "a, b and c" */
void
vitk_printed_dialect_list(char *list, size_t size)
{
	vitk_list_names(printed_dialects + 1, PRINTED_DIALECTS_COUNT - 1, list, size);
}

/* Spaces that printed tables hold, the UTF-8 ones of typography among them */
static size_t
space_length(const char *s, const char *end)
{
	static const char *const wide[] = {
		"\xc2\xa0",				/* no-break space */
		"\xe2\x80\x89",			/* thin space */
		"\xe2\x80\xaf",			/* narrow no-break space */
		"\xe3\x80\x80"			/* ideographic space */
	};

	if (s == end)
		return 0;
	if (vitk_is_space(*s))
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
static Span
trim(Span t)
{
	const char *last;

	t.s = last = skip_space(t.s, t.end);
	for (const char *p = t.s; p < t.end;)
	{
		size_t		len = space_length(p, t.end);

		p += len > 0 ? len : 1;
		if (len == 0)
			last = p;
	}
	t.end = last;
	return t;
}

/*
 * Small letters; and the full-width forms U+FF01 .. U+FF5E, in which Japanese
 * tables write brackets and digits, as the ASCII that they are.  Never longer.
 */
static Span
plain(Span t, char *buf)
{
	char	   *out = buf;

	for (const char *p = t.s; p < t.end;)
	{
		unsigned char second = t.end - p >= 3 ? p[1] : 0;
		unsigned char third = t.end - p >= 3 ? p[2] : 0;

		if ((unsigned char) *p == 0xef && ((second == 0xbc && third >= 0x81 && third <= 0xbf) ||
										   (second == 0xbd && third >= 0x80 && third <= 0x9e)))
		{
			*out++ = vitk_lower_case(third - 0x60 + (second == 0xbd ? 0x40 : 0));
			p += 3;
		}
		else
			*out++ = vitk_lower_case(*p++);
	}
	return (Span) {buf, out};
}

static bool
is_text(Span t, const char *text)
{
	return vitk_same_word(t.s, t.end - t.s, text);
}

/* The form that stands here in this dialect, or NULL; the dialect's own goes before */
static const Form *
find_form(Span t, int dialect)
{
	const Form *found = NULL;

	for (size_t i = 0; i < sizeof(printed_forms) / sizeof(printed_forms[0]); i++)
	{
		const Form *f = &printed_forms[i];

		if (f->meaning <= FORM_AMBIGUOUS && is_text(t, f->text) &&
			(f->dialect == dialect || (f->dialect == 0 && found == NULL)))
			found = f;
	}
	return found;
}

/* The first form of such a meaning of the dialect, or NULL */
static const char *
form_of(int dialect, FormMeaning meaning)
{
	for (size_t i = 0; i < sizeof(printed_forms) / sizeof(printed_forms[0]); i++)
		if (printed_forms[i].dialect == dialect && printed_forms[i].meaning == meaning)
			return printed_forms[i].text;
	return NULL;
}

static Span
without_suffix(Span t, int dialect)
{
	const char *suffix = form_of(dialect, FORM_SUFFIX);
	size_t		len = suffix == NULL ? 0 : strlen(suffix);

	if (len > 0 && (size_t) (t.end - t.s) > len && memcmp(t.end - len, suffix, len) == 0)
		return trim((Span) {t.s, t.end - len});
	return t;
}

/* How many digits stand here */
static int
digits(const char *s, const char *end)
{
	const char *p = s;

	while (p < end && vitk_is_digit(*p))
		p++;
	return p - s;
}

/* "1,234" could be one and a quarter or more than a thousand */
static bool
looks_grouped(const char *s, const char *comma, const char *end)
{
	return comma > s && comma - s <= 3 && s[0] != '0' && digits(comma + 1, end) == 3;
}

/* The number without the thousands separators of its table, each of which must be at its place. */
static bool
ungroup(Span *t, char separator, char *buf, VitkErr *err)
{
	char	   *out = buf;
	bool		grouped = false;

	for (const char *p = t->s; p < t->end; p++)
	{
		if (*p == separator)
		{
			if (p == t->s || digits(p + 1, t->end) != 3 || (!grouped && p - t->s > 3))
				return vitk_err(err, VITK_E_SYNTAX, "\"%c\" does not separate thousands", separator);
			grouped = true;
			continue;
		}
		*out++ = *p;
	}
	*t = (Span) {buf, out};
	return true;
}

/* The decimal mark as a point, in a copy; two marks, or one of a doubtful meaning, are refused. */
static bool
unify_mark(Span *t, char decimal_mark, char *buf, VitkErr *err)
{
	int			marks = 0;
	size_t		len = t->end - t->s;

	for (size_t i = 0; i < len; i++)
	{
		char		c = t->s[i];

		if (space_length(t->s + i, t->end) > 0)
			return vitk_err(err, VITK_E_SYNTAX,
							"a space within the number: thousands separators are not guessed");
		buf[i] = c == ',' ? '.' : c;
		if (c != '.' && c != ',')
			continue;
		if (++marks > 1)
			return vitk_err(err, VITK_E_SYNTAX,
							"more than one decimal mark: thousands separators are not guessed");
		if (decimal_mark != '\0' && c != decimal_mark)
			return vitk_err(err, VITK_E_SYNTAX,
							"\"%c\" where the decimal mark is \"%c\"", c, decimal_mark);
		if (decimal_mark == '\0' && c == ',' && looks_grouped(t->s, t->s + i, t->end))
			return vitk_err(err, VITK_E_SYNTAX,
							"the comma is a decimal mark or a thousands separator: name the decimal mark");
	}
	*t = (Span) {buf, buf + len};
	return true;
}

/* A number without sign */
static bool
parse_number(Span t, const VitkPrintedRule *rule, double *value, VitkErr *err)
{
	char		ungrouped[MAX_PRINTED];
	char		buf[MAX_PRINTED];
	const char *separator = form_of(rule->dialect, FORM_THOUSANDS);
	const char *p;

	if (t.s < t.end && *t.s == '-')
		return vitk_err(err, VITK_E_VALUE, "a negative value");
	if (t.s == t.end || !(vitk_is_digit(*t.s) || *t.s == '.' || *t.s == ','))
		return vitk_err(err, VITK_E_SYNTAX, "not a value");
	if (separator != NULL && !ungroup(&t, *separator, ungrouped, err))
		return false;
	if (!unify_mark(&t, rule->decimal_mark, buf, err))
		return false;
	p = t.s;
	if (!vitk_number_parse(&p, t.end, value, err))
		return false;
	if (p != t.end)
		return vitk_err(err, VITK_E_SYNTAX, "not a value");
	return true;
}

/* What stands between brackets, where the whole does; such values were not measured. */
static bool
unbracket(Span *t)
{
	if (t->end - t->s < 3 || !((*t->s == '(' && t->end[-1] == ')') || (*t->s == '[' && t->end[-1] == ']')))
		return false;
	*t = trim((Span) {t->s + 1, t->end - 1});
	return true;
}

/* "< x", where there is one */
static bool
unless(Span *t)
{
	if (t->s < t->end && *t->s == '<')
		t->s++;
	else if (t->end - t->s >= 3 && memcmp(t->s, "\xe2\x89\xa4", 3) == 0)	/* less than or equal to */
		t->s += 3;
	else
		return false;
	t->s = skip_space(t->s, t->end);
	return true;
}

/*
 * Read one printed value.  *value is the number, or the x of "< x", else 0.
 * Where the value is refused, err->msg is the reason.
 */
bool
vitk_printed_parse(const char *s, size_t len, const VitkPrintedRule *rule,
				   VitkPrintedKind *kind, double *value, VitkErr *err)
{
	char		buf[MAX_PRINTED];
	Span		t = trim((Span) {s, s + len});
	const Form *form;
	bool		bracketed;

	*value = 0;
	if (t.end - t.s >= MAX_PRINTED)
		return vitk_err(err, VITK_E_SYNTAX, "not a value");
	t = without_suffix(plain(t, buf), rule->dialect);
	bracketed = unbracket(&t);
	form = find_form(t, rule->dialect);
	if (form != NULL && form->meaning == FORM_AMBIGUOUS)
		return vitk_err(err, VITK_E_SYNTAX,
						"\"nd\" is not detected or not determined: write \"< limit\", \"traces\" or \"-\"");
	if (form != NULL)
	{
		*kind = form->meaning == FORM_TRACE ? VITK_PRINTED_TRACE : VITK_PRINTED_UNKNOWN;
		return true;
	}

	*kind = unless(&t) ? VITK_PRINTED_BELOW : VITK_PRINTED_VALUE;
	if (!parse_number(t, rule, value, err))
		return false;
	if (*kind == VITK_PRINTED_BELOW && *value == 0)
		return vitk_err(err, VITK_E_VALUE, "below zero");
	if (bracketed && *kind == VITK_PRINTED_VALUE)
		*kind = *value == 0 ? VITK_PRINTED_ASSUMED_ZERO : VITK_PRINTED_IMPUTED;
	return true;
}

/* Small words with one space between them: brackets, commas and hyphens part words, too */
static Span
plain_words(Span t, char *buf)
{
	char	   *out = buf;

	t = plain(t, buf);
	for (const char *p = t.s; p < t.end;)
	{
		bool		mark = *p == '.' && !(p + 1 < t.end && vitk_is_digit(p[1]));
		size_t		space = mark || (*p != '\0' && strchr("()[],;:-_", *p) != NULL) ? 1 : space_length(p, t.end);

		if (space == 0)
			*out++ = *p++;
		else
		{
			p += space;
			if (out > buf && out[-1] != ' ')
				*out++ = ' ';
		}
	}
	if (out > buf && out[-1] == ' ')
		out--;
	return (Span) {buf, out};
}

/* Do these words, or "of" them, say of which matter the mass is, the one that is eaten? */
static bool
is_matter(Span t)
{
	if (t.end - t.s > 3 && memcmp(t.s, "of ", 3) == 0)
		t.s += 3;
	for (size_t i = 0; i < sizeof(printed_per) / sizeof(printed_per[0]); i++)
		if (is_text(t, printed_per[i]))
			return true;
	return t.s == t.end;
}

/* The grams of a unit of mass, 0: it is none */
static double
grams_of(Span t)
{
	static const struct
	{
		const char *name;
		double		grams;
	}			units[] = {{"g", 1}, {"gram", 1}, {"grams", 1}, {"gramme", 1}, {"grammes", 1},
	{"kg", 1000}, {"kilogram", 1000}, {"kilograms", 1000}};

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (is_text(t, units[i].name))
			return units[i].grams;
	return 0;
}

/* Behind "per", "/" and their like; a word for what is eaten may precede the number too. */
static Span
without_per(Span t)
{
	static const char *const per[] = {"per ", "pro ", "par ", "pour ", "je ", "por ", "in ", "/"};

	for (size_t i = 0; i < sizeof(per) / sizeof(per[0]); i++)
	{
		size_t		len = strlen(per[i]);

		if ((size_t) (t.end - t.s) > len && memcmp(t.s, per[i], len) == 0)
			return (Span) {skip_space(t.s + len, t.end), t.end};
	}
	return t;
}

static bool
not_per_mass(Span t, VitkErr *err)
{
	return vitk_err(err, VITK_E_UNIT, "not per mass, but per \"%.*s\"", vitk_clip(t.s, t.end - t.s), t.s);
}

/*
 * Read what a value refers to: "100 g", "per 100g edible portion", "kg"; blank
 * is 100 g.  A volume or a portion is refused, for its mass is not known here,
 * and so are dry matter, protein and whatever else is not the food as eaten.
 */
bool
vitk_printed_per(const char *s, size_t len, double *grams, VitkErr *err)
{
	char		buf[MAX_PRINTED];
	Span		all = trim((Span) {s, s + len});
	Span		t = all;
	Span		unit;
	double		mass;

	*grams = 100;
	if (t.s == t.end)
		return true;
	if (all.end - all.s > 4 && vitk_same_word(all.s, 4, "per "))
		all.s = skip_space(all.s + 4, all.end);
	if (t.end - t.s >= MAX_PRINTED)
		return not_per_mass(all, err);
	t = without_per(plain_words(t, buf));
	for (const char *p = t.s; p < t.end && !vitk_is_digit(*p); p++)
		if (is_matter((Span) {t.s, p}) && digits(p + (*p == ' '), t.end) > 0)
			t.s = p + 1;
	if (t.s < t.end && vitk_is_digit(*t.s))
	{
		const char *p = t.s;

		if (!vitk_number_parse(&p, t.end, grams, err))
			return false;
		t.s = skip_space(p, t.end);
	}
	else
		*grams = 1;
	unit = t;
	for (unit.end = t.s; unit.end < t.end && *unit.end >= 'a' && *unit.end <= 'z'; unit.end++)
		;
	mass = grams_of(unit);
	if (mass == 0 || !is_matter((Span) {skip_space(unit.end, t.end), t.end}))
		return not_per_mass(all, err);
	*grams *= mass;
	if (!(*grams > 0) || *grams > 1e6)
		return vitk_err(err, VITK_E_VALUE, "per mass of %g g", *grams);
	return true;
}
