/*
 * nutrient_profile_text.c
 *		nutrient_profile as text.
 *
 *		profile		[ "sum of" count ":" ] [ mass ":" ] item { "," item }
 *					[ "sum of" count ":" ] mass [ ":" ]
 *		mass		amount [ "and more" ]
 *		item		nutrient amount [ "(" "known" mass ")" ]
 *
 * The mass reads in any unit of mass and prints in g; "0 g" is the profile
 * without mass that contains nothing, "0 g and more" what was eaten of unknown
 * mass.
 */
#include "core/nutrient_profile.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/number.h"
#include "core/nutrient.h"

/* A stretch of the literal. */
typedef struct Span
{
	const char *s;
	const char *end;
} Span;

static Span
trim(Span t)
{
	while (t.s < t.end && vitk_is_space(*t.s))
		t.s++;
	while (t.end > t.s && vitk_is_space(t.end[-1]))
		t.end--;
	return t;
}

/* The text before the first "stop" outside brackets, and t behind it. */
static bool
cut(Span *t, char stop, Span *before)
{
	int			depth = 0;

	for (const char *p = t->s; p < t->end; p++)
	{
		if (*p == '(' || *p == '[' || *p == '{')
			depth++;
		else if (*p == ')' || *p == ']' || *p == '}')
			depth--;
		else if (*p == stop && depth <= 0)
		{
			before->s = t->s;
			before->end = p;
			t->s = p + 1;
			return true;
		}
	}
	return false;
}

/* Step over a word of the grammar, which a non-letter must follow. */
static bool
skip_word(Span *t, const char *word)
{
	size_t		len = strlen(word);

	*t = trim(*t);
	if ((size_t) (t->end - t->s) < len || memcmp(t->s, word, len) != 0 ||
		(t->s + len < t->end && !vitk_is_space(t->s[len])))
		return false;
	t->s += len;
	*t = trim(*t);
	return true;
}

/* Take a word of the grammar, which a space precedes, off the end. */
static bool
drop_word(Span *t, const char *word)
{
	size_t		len = strlen(word);

	*t = trim(*t);
	if ((size_t) (t->end - t->s) <= len || memcmp(t->end - len, word, len) != 0 ||
		!vitk_is_space(t->end[-(ptrdiff_t) len - 1]))
		return false;
	t->end -= len;
	*t = trim(*t);
	return true;
}

/* Take "and more" off the end of a mass, if it is there. */
static bool
drop_more(Span *mass)
{
	Span		rest = *mass;

	if (!drop_word(&rest, "more") || !drop_word(&rest, "and"))
		return false;
	*mass = rest;
	return true;
}

/* How much of a text an error shows: not too much, and whole characters. */
static int
shown(Span t)
{
	return vitk_clip(t.s, t.end - t.s);
}

static bool
syntax(VitkErr *err, const char *what, Span t)
{
	vitk_err(err, VITK_E_SYNTAX, "invalid input syntax for type %s: %s \"%.*s\"",
			 "nutrient_profile", what, shown(t), t.s);
	return vitk_err_hint(err, "Write, for example, \"100 g: K1 7 ug, MK-7 <0.5 ug\", "
						 "or \"D3 25 ug\" for a supplement.");
}

/* Add to an error of a part where in the profile that part stands. */
static bool
at(VitkErr *err, Span t)
{
	char		detail[sizeof(err->detail)];

	memcpy(detail, err->detail, sizeof(detail));
	return vitk_err_detail(err, "%s%sThis is at \"%.*s\" in a %s.",
						   detail, detail[0] ? " " : "", shown(t), t.s, "nutrient_profile");
}

/* Can an amount start here? */
static bool
starts_amount(const char *p)
{
	return vitk_is_digit(*p) || (*p != '\0' && strchr("<>+-.", *p) != NULL);
}

/* Read a mass as grams. */
static bool
parse_mass(Span t, double *grams, VitkErr *err)
{
	static const char gram[] = "g";
	VitkAmount	amount;
	VitkUnit	g;
	double		factor;

	t = trim(t);
	if (t.s == t.end || !starts_amount(t.s))
		return syntax(err, "expected a mass such as 100 g, not", t);
	if (!vitk_amount_parse(t.s, t.end - t.s, &amount, err) ||
		!vitk_unit_parse(gram, strlen(gram), &g, err))
		return at(err, t);
	if (vitk_unit_dimension(&amount.unit) != vitk_unit_dimension(&g))
	{
		syntax(err, "a mass of food must be in g or kg, not", t);
		return vitk_err_hint(err, "Name the nutrient, as in \"K1 100 ug\".");
	}
	if (!vitk_unit_convert(1, &amount.unit, &g, &factor, err))
		return at(err, t);
	if (factor != 1 && factor != 1000)
	{
		syntax(err, "a mass of food must be in g or kg, not", t);
		return vitk_err_hint(err, "Name the nutrient, as in \"K1 100 ug\".");
	}
	if (amount.lower != amount.upper || amount.lower < 0)
	{
		vitk_err(err, VITK_E_RANGE, "invalid mass \"%.*s\" for type %s",
				 shown(t), t.s, "nutrient_profile");
		return vitk_err_detail(err, "The mass of a profile must be a single number, zero or more.");
	}
	return vitk_unit_convert(amount.lower, &amount.unit, &g, grams, err) || at(err, t);
}

/* No name of a nutrient is longer; spaces count. */
#define MAX_NAME_TEXT 200

/*
 * Split an item into nutrient and amount.  Names may hold spaces and digits
 * ("vitamin K1 5 ug", "MK 4 15 ug"), so the longest name that is known wins.
 */
static bool
split_item(Span item, int *nutrient, Span *amount, VitkErr *err)
{
	const char *name_end = NULL;

	*nutrient = 0;
	*amount = item;
	for (const char *p = item.s + 1; p < item.end && p - item.s <= MAX_NAME_TEXT; p++)
	{
		int			id;

		if (!vitk_is_space(p[-1]) || !starts_amount(p))
			continue;
		if (name_end == NULL)
			name_end = p;
		id = vitk_nutrient_by_name(item.s, p - item.s);
		if (id != 0)
		{
			*nutrient = id;
			amount->s = p;
		}
	}
	if (*nutrient != 0)
		return true;
	if (name_end == NULL)
	{
		syntax(err, "expected a nutrient and an amount, not", item);
		return !starts_amount(item.s) ? false : vitk_err_hint(err, "Name the nutrient, as in \"K1 100 ug\"; a mass of food is in g or kg.");
	}
	item.end = name_end;
	item = trim(item);
	if (starts_amount(item.s))
		return syntax(err, "expected a nutrient, or a mass and a colon, not", item);
	return vitk_nutrient_parse(item.s, item.end - item.s, nutrient, err) || at(err, item);
}

/* Take "(known 100 g)" off the end of an item, if it is there. */
static bool
split_known(Span *item, double *known, VitkErr *err)
{
	Span		inner;
	const char *open;

	*known = VITK_ALL_KNOWN;
	if (item->end == item->s || item->end[-1] != ')')
		return true;
	for (open = item->end - 1; open > item->s && *open != '('; open--)
		;
	if (*open != '(')
		return true;
	inner.s = open + 1;
	inner.end = item->end - 1;
	if (!skip_word(&inner, "known"))
		return true;			/* a unit such as ug/(kg.d): no profile's, so told later */
	item->end = open;
	*item = trim(*item);
	return parse_mass(inner, known, err);
}

static bool
parse_item(Span item, VitkProfileDraft *draft, VitkErr *err)
{
	Span		text;
	VitkAmount	amount;
	double		known;
	int			nutrient;

	item = trim(item);
	if (item.s == item.end)
		return syntax(err, "expected a nutrient before or after a comma, not", item);
	if (!split_known(&item, &known, err) || !split_item(item, &nutrient, &text, err))
		return false;
	return (vitk_amount_parse(text.s, text.end - text.s, &amount, err) &&
			vitk_profile_draft_add(draft, nutrient, &amount, known, err)) ||
		at(err, item);
}

/* "sum of 3:" starts the running state of avg() */
static bool
parse_count(Span *t, double *count, VitkErr *err)
{
	Span		head;
	Span		rest = *t;

	if (!skip_word(&rest, "sum") || !skip_word(&rest, "of"))
		return true;
	if (!cut(&rest, ':', &head))
		return syntax(err, "expected a colon after", *t);
	head = trim(head);
	if (!vitk_number_parse(&head.s, head.end, count, err) ||
		head.s != head.end || *count != floor(*count) ||
		*count < 2 || *count > VITK_PROFILE_MAX_COUNT)
		return syntax(err, "expected a whole number above one after \"sum of\", not", *t);
	*t = trim(rest);
	return true;
}

/* The mass, if there is one, with a colon or nothing behind it */
static bool
parse_head(Span *rest, VitkProfileDraft *draft, VitkErr *err)
{
	VitkAmount	amount;
	Span		mass;

	if (cut(rest, ':', &mass))
	{
		draft->more = drop_more(&mass);
		*rest = trim(*rest);
		return parse_mass(mass, &draft->grams, err);
	}
	mass = *rest;
	draft->more = drop_more(&mass);
	/* nothing but a mass? no nutrient has a name that reads as an amount */
	if (!draft->more && !vitk_amount_parse(mass.s, mass.end - mass.s, &amount, err))
		return true;
	rest->s = rest->end;
	return parse_mass(mass, &draft->grams, err);
}

/*
 * Read a profile into dst, which has VITK_PROFILE_MAX_SIZE bytes.
 */
bool
vitk_profile_parse(const char *s, size_t len, VitkProfile *dst, VitkErr *err)
{
	VitkProfileDraft draft;
	Span		whole = trim((Span) {s, s + len});
	Span		rest = whole;
	Span		item;

	vitk_profile_draft_init(&draft);
	if (rest.s == rest.end)
		return syntax(err, "nothing in", whole);
	if (!parse_count(&rest, &draft.count, err))
		return false;
	if (!parse_head(&rest, &draft, err))
		return false;
	while (rest.s < rest.end)
	{
		bool		more = cut(&rest, ',', &item);

		if (!parse_item(more ? item : rest, &draft, err))
			return false;
		if (!more)
			break;
		if (trim(rest).s == rest.end)
			return syntax(err, "nothing after the last comma in", whole);
	}
	return vitk_profile_draft_finish(&draft, dst, err);
}

/*
 * Write a profile; buf has VITK_PROFILE_TEXT_SIZE(p->n) bytes.  Returns the
 * length.  Reads back to an equal profile.
 */
int
vitk_profile_format(const VitkProfile *p, char *buf)
{
	char	   *out = buf;
	VitkProfileOrder order;
	VitkNutrientSet beyond;
	bool		any = vitk_profile_beyond(p, &beyond);

	vitk_profile_order(p, &order);
	if (vitk_profile_is_counted(p))
		out += sprintf(out, "sum of %.0f: ", vitk_profile_count(p));
	if (p->grams > 0 || p->n == 0 || vitk_profile_has_more(p))
	{
		out += vitk_number_format(p->grams, out);
		out += sprintf(out, " g%s%s", vitk_profile_has_more(p) ? " and more" : "", p->n > 0 ? ": " : "");
	}
	for (int k = 0; k < order.n; k++)
	{
		int			i = order.index[k];
		int			id = vitk_profile_nutrient(p, i);
		VitkAmount	amount = {vitk_profile_lower(p)[i], vitk_profile_upper(p)[i], *vitk_profile_unit(id)};

		out += sprintf(out, "%s%s ", k > 0 ? ", " : "", vitk_nutrient_by_id(id)->code);
		out += vitk_amount_format(&amount, out);
		if (vitk_profile_known(p, i) < p->grams || (any && vitk_in_set(&beyond, id)))
		{
			out += sprintf(out, " (known ");
			out += vitk_number_format(vitk_profile_known(p, i), out);
			out += sprintf(out, " g)");
		}
	}
	return out - buf;
}
