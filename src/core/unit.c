/*
 * unit.c
 *		Units of nutrient amounts: a closed part of UCUM.
 *
 * Grammar and meaning are those of The Unified Code for Units of Measure
 * (https://ucum.org/ucum): "." multiplies, "/" divides by the next component
 * only, from left to right, parentheses group, an integer at the end of a
 * symbol is an exponent, an integer alone is a factor, {text} is an annotation
 * without meaning.  What comes out must be an amount: one mass, amount of
 * substance, IU or energy, over at most one each of mass, volume, energy and
 * time, and an integer.
 */
#include "core/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/number.h"

typedef struct VitkUnitRow
{
	const char *code;
	VitkKind	kind;
	double		n;				/* base units in one: n / d * 10^power */
	double		d;
	int			power;
} VitkUnitRow;

#include "unit_data.h"			/* generated: units[], unit_names[] */

/* A row; a byte that is not an id, from a newer vitk's data, reads as none. */
#define ROW(id) (&units[(id) <= UNIT_COUNT ? (id) : 0])

const int	vitk_unit_last = UNIT_COUNT;

#define MAX_UNIT_TEXT 128		/* annotations included; bounds the recursion */
#define MAX_SYMBOL 16
#define MAX_MULT 65535

typedef struct UnitParser
{
	const char *start;
	const char *p;
	const char *end;
	const char *slash;			/* the first "/", NULL while there is none */
	VitkUnit   *unit;
	VitkErr    *err;
} UnitParser;

static bool parse_term(UnitParser *ps, int sign);

/* Refuse the unit as a whole; the caller's detail says why. */
static void
refuse(UnitParser *ps)
{
	size_t		len = ps->end - ps->start;

	vitk_err(ps->err, VITK_E_UNIT, "unit \"%.*s\" is not supported",
			 vitk_clip(ps->start, len), ps->start);
	vitk_err_hint(ps->err, "Write UCUM codes: ug, mg, g, nmol, [IU], kcal or kJ, "
				  "alone or over d, h, kg, (100.g), L or kcal.");
}

static bool
refuse_at(UnitParser *ps, const char *what)
{
	refuse(ps);
	if (ps->p < ps->end)
		return vitk_err_detail(ps->err, "%s before \"%.*s\".", what,
							   vitk_clip(ps->p, ps->end - ps->p), ps->p);
	return vitk_err_detail(ps->err, "%s at its end.", what);
}

static bool
refuse_because(UnitParser *ps, const char *detail)
{
	refuse(ps);
	return vitk_err_detail(ps->err, "%s", detail);
}

/*
 * Refuse what no amount can have above the line.  Most often the divisor
 * lacks its parentheses: ug/100.g is (ug/100).g to UCUM.
 */
static bool
refuse_product(UnitParser *ps, const char *detail)
{
	refuse_because(ps, detail);
	if (ps->slash != NULL && ps->end - ps->start <= 60)
	{
		const char *rest = ps->slash + 1;

		if (memchr(rest, '/', ps->end - rest) == NULL &&
			memchr(rest, '(', ps->end - rest) == NULL)
			vitk_err_hint(ps->err, "\"/\" divides by the next part only; perhaps you meant \"%.*s(%.*s)\".",
						  (int) (rest - ps->start), ps->start,
						  (int) (ps->end - rest), rest);
	}
	return false;
}

/* id of the unit with this code or alias, 0 = none */
static int
find_unit(const char *name)
{
	int			lo = 0;
	int			hi = UNIT_NAME_COUNT - 1;

	while (lo <= hi)
	{
		int			mid = (lo + hi) / 2;
		int			cmp = strcmp(name, unit_names[mid].name);

		if (cmp == 0)
			return unit_names[mid].id;
		if (cmp < 0)
			hi = mid - 1;
		else
			lo = mid + 1;
	}
	return 0;
}

/*
 * The code that differs from name in brackets, or in upper and lower case
 * only, or NULL.  Brackets first: a Cal is a [Cal], not a cal.
 */
static const char *
find_similar(const char *name)
{
	char		bracketed[MAX_SYMBOL + 2];
	int			id;

	snprintf(bracketed, sizeof(bracketed), "[%s]", name);
	id = find_unit(bracketed);
	if (id != 0)
		return units[id].code;
	for (int i = 0; i < UNIT_NAME_COUNT; i++)
	{
		const char *known = unit_names[i].name;
		size_t		j = 0;

		while (name[j] != '\0' &&
			   (name[j] == known[j] || ((name[j] ^ known[j]) == 0x20 &&
										(name[j] | 0x20) >= 'a' && (name[j] | 0x20) <= 'z')))
			j++;
		if (name[j] == '\0' && known[j] == '\0')
			return units[unit_names[i].id].code;
	}
	return NULL;
}

/*
 * Copy a symbol to name, the micro sign as "u": U+00B5, U+03BC, and the byte
 * that it is in LATIN1 (which starts no character of UTF-8).
 */
static bool
copy_symbol(const char *s, size_t len, char *name)
{
	size_t		n = 0;

	if (len >= 2 && (memcmp(s, "\xC2\xB5", 2) == 0 || memcmp(s, "\xCE\xBC", 2) == 0))
	{
		name[n++] = 'u';
		s += 2;
		len -= 2;
	}
	else if (len >= 1 && *s == '\xB5')
	{
		name[n++] = 'u';
		s++;
		len--;
	}
	if (n + len >= MAX_SYMBOL || memchr(s, '\0', len) != NULL)
		return false;
	memcpy(name + n, s, len);
	name[n + len] = '\0';
	return true;
}

/*
 * Split a symbol such as "d-1", "m3" or "kg" into unit and exponent.  Volumes
 * are listed as m3 and so on, so m-3 is the inverse of m3.
 */
static int
find_symbol(char *name, int *exponent)
{
	int			id = find_unit(name);
	size_t		len = strlen(name);
	size_t		n = len;

	*exponent = 1;
	if (id != 0)
		return id;
	while (n > 0 && vitk_is_digit(name[n - 1]))
		n--;
	if (n == len || len - n > 2)
		return 0;
	*exponent = name[n] - '0';
	if (len - n == 2)
		*exponent = *exponent * 10 + name[n + 1] - '0';
	if (n > 0 && (name[n - 1] == '-' || name[n - 1] == '+'))
	{
		if (name[n - 1] == '-')
			*exponent = -*exponent;
		n--;
	}
	name[n] = '\0';
	id = find_unit(name);
	if (id == 0 && *exponent % 3 == 0)
	{
		strcpy(name + n, "3");
		*exponent /= 3;
		id = find_unit(name);
	}
	return id;
}

/* Put one unit into its place above or below the line. */
static bool
add_unit(UnitParser *ps, int id, int exponent)
{
	VitkUnit   *u = ps->unit;
	VitkKind	kind = units[id].kind;
	uint8_t    *place;

	if (exponent != 1 && exponent != -1)
		return refuse_because(ps, "An amount cannot have squares or other powers of units.");
	if (exponent == 1)
	{
		if (kind == VITK_KIND_TIME || kind == VITK_KIND_VOLUME)
			return refuse_product(ps, "An amount can have time and volume only as divisors.");
		if (u->num != 0)
			return refuse_product(ps, "An amount must have one unit of mass, substance, IU or energy, not a product of two.");
		u->num = id;
		return true;
	}
	switch (kind)
	{
		case VITK_KIND_MASS:
			place = &u->per_mass;
			break;
		case VITK_KIND_VOLUME:
			place = &u->per_volume;
			break;
		case VITK_KIND_ENERGY:
			place = &u->per_energy;
			break;
		case VITK_KIND_TIME:
			place = &u->per_time;
			break;
		default:
			return refuse_because(ps, "An amount can be divided by mass, volume, energy and time, but not by moles or IU.");
	}
	if (*place != 0)
		return refuse_because(ps, "An amount can be divided by only one unit of each kind.");
	*place = id;
	return true;
}

/* An integer that stands alone, as the 100 of ug/(100.g) */
static bool
parse_factor(UnitParser *ps, int sign)
{
	uint64_t	mult = 0;

	while (ps->p < ps->end && vitk_is_digit(*ps->p))
	{
		mult = mult * 10 + (*ps->p++ - '0');
		if (mult > MAX_MULT)
			break;
	}
	if (sign > 0 && mult != 1)
		return refuse_product(ps, "A factor belongs in the number of the amount, or in the divisor.");
	if (ps->unit->mult != 0)
		mult *= ps->unit->mult;
	if (mult == 0 || mult > MAX_MULT)
		return refuse_because(ps, "The factor of a divisor must be an integer from 1 to 65535.");
	ps->unit->mult = mult == 1 ? 0 : mult;
	return true;
}

/* The code of a unit that is written out, one or more of it: "days" */
static const char *
find_written_out(const char *name)
{
	static const struct
	{
		const char *word;
		const char *code;
	}			words[] = {
		{"gram", "g"}, {"kilogram", "kg"}, {"milligram", "mg"}, {"microgram", "ug"},
		{"litre", "L"}, {"liter", "L"}, {"hour", "h"}, {"day", "d"}, {"week", "wk"}
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
	{
		size_t		len = strlen(words[i].word);

		if (strncmp(name, words[i].word, len) == 0 &&
			(name[len] == '\0' || strcmp(name + len, "s") == 0))
			return words[i].code;
	}
	return NULL;
}

static bool
refuse_symbol(UnitParser *ps, const char *s, const char *name)
{
	int			len = vitk_clip(s, ps->p - s);
	const char *near = find_similar(name);
	const char *code = find_written_out(name);
	size_t		digits = strspn(name, "0123456789");

	refuse(ps);
	if (near != NULL)
		vitk_err_hint(ps->err, "Perhaps you meant \"%s\"; UCUM codes are case-sensitive.", near);
	else if (code != NULL)
		vitk_err_hint(ps->err, "Units are UCUM codes: perhaps you meant \"%s\".", code);
	else if (digits > 0 && find_unit(name + digits) != 0)
		vitk_err_hint(ps->err, "A factor is followed by a dot and enclosed in parentheses: perhaps you meant \"(%.*s.%s)\".",
					  (int) digits, name, name + digits);
	return vitk_err_detail(ps->err, "\"%.*s\" is not a unit that an amount can have.", len, s);
}

static bool
parse_symbol(UnitParser *ps, int sign)
{
	const char *s = ps->p;
	bool		number = true;
	char		name[MAX_SYMBOL];
	char		base[MAX_SYMBOL];
	int			exponent;
	int			id = 0;

	for (; ps->p < ps->end && memchr("./(){}", *ps->p, 6) == NULL; ps->p++)
	{
		/* in [...] every character is part of the symbol */
		const char *close = *ps->p == '[' ? memchr(ps->p, ']', ps->end - ps->p) : NULL;

		number = number && vitk_is_digit(*ps->p);
		if (close != NULL)
			ps->p = close;
	}
	if (ps->p == s)
		return refuse_at(ps, "A unit is missing");
	if (number)
	{
		ps->p = s;
		return parse_factor(ps, sign);
	}
	if (!copy_symbol(s, ps->p - s, name))
		name[0] = '\0';
	else
		id = find_symbol(strcpy(base, name), &exponent);
	if (id == 0)
		return refuse_symbol(ps, s, name);
	return add_unit(ps, id, exponent * sign);
}

/* {text}: printable ASCII, without meaning */
static bool
skip_annotation(UnitParser *ps)
{
	for (ps->p++; ps->p < ps->end && *ps->p != '}'; ps->p++)
	{
		if (*ps->p <= ' ' || *ps->p > '~' || *ps->p == '{')
			return refuse_at(ps, "An annotation contains a character that is not printable ASCII");
	}
	if (ps->p == ps->end)
		return refuse_at(ps, "A \"}\" is missing");
	ps->p++;
	return true;
}

static bool
parse_component(UnitParser *ps, int sign)
{
	if (ps->p < ps->end && *ps->p == '(')
	{
		ps->p++;
		if (!parse_term(ps, sign))
			return false;
		if (ps->p == ps->end || *ps->p != ')')
			return refuse_at(ps, "A \")\" is missing");
		ps->p++;
		return true;
	}

	/*
	 * To UCUM an annotation that stands alone is the number one, so ug/{day}
	 * would be ug.  Who writes it means something else.
	 */
	if (ps->p < ps->end && *ps->p == '{')
		return refuse_at(ps, "An annotation is not a unit: a unit is missing");
	if (!parse_symbol(ps, sign))
		return false;
	if (ps->p < ps->end && *ps->p == '{')
		return skip_annotation(ps);
	return true;
}

static bool
parse_term(UnitParser *ps, int sign)
{
	if (!parse_component(ps, sign))
		return false;
	while (ps->p < ps->end && *ps->p != ')')
	{
		if (*ps->p != '.' && *ps->p != '/')
			return refuse_at(ps, "A \".\" or \"/\" is missing");
		if (*ps->p == '/' && ps->slash == NULL)
			ps->slash = ps->p;
		ps->p++;
		if (!parse_component(ps, ps->p[-1] == '/' ? -sign : sign))
			return false;
	}
	return true;
}

/* Read a UCUM unit; false and *err when it is none that an amount can have. */
bool
vitk_unit_parse(const char *s, size_t len, VitkUnit *out, VitkErr *err)
{
	UnitParser	ps = {s, s, s + len, NULL, out, err};

	memset(out, 0, sizeof(*out));
	if (len > MAX_UNIT_TEXT)
	{
		refuse(&ps);
		return vitk_err_detail(err, "A unit can have at most %d characters.", MAX_UNIT_TEXT);
	}
	for (size_t i = 0; i < len; i++)
	{
		if (s[i] == ' ' || (s[i] >= '\t' && s[i] <= '\r'))
			return refuse_because(&ps, "A unit cannot contain a space.");
	}
	if (!parse_term(&ps, 1))
		return false;
	if (ps.p != ps.end)
		return refuse_at(&ps, "A \"(\" is missing");
	if (out->num == 0)
		return refuse_because(&ps, "An amount must begin with a unit of mass, substance, IU or energy.");
	if (!vitk_unit_valid(out))
		return refuse_because(&ps, "A factor in the divisor needs a unit next to it.");
	return true;
}

static bool
part_valid(int id, VitkKind kind)
{
	return id == 0 || ROW(id)->kind == kind;
}

/* Could vitk_unit_parse have made it? */
bool
vitk_unit_valid(const VitkUnit *u)
{
	bool		divided = u->per_mass || u->per_volume || u->per_energy || u->per_time;

	return ROW(u->num)->kind >= VITK_KIND_MASS && ROW(u->num)->kind <= VITK_KIND_ENERGY &&
		part_valid(u->per_mass, VITK_KIND_MASS) &&
		part_valid(u->per_volume, VITK_KIND_VOLUME) &&
		part_valid(u->per_energy, VITK_KIND_ENERGY) &&
		part_valid(u->per_time, VITK_KIND_TIME) &&
		u->unused == 0 && u->mult != 1 && (u->mult == 0 || divided);
}

/* Write the canonical UCUM text to buf[VITK_UNIT_LEN]; returns its length. */
int
vitk_unit_format(const VitkUnit *u, char *buf)
{
	const uint8_t per[] = {u->per_mass, u->per_volume, u->per_energy, u->per_time};
	int			parts = u->mult != 0;
	int			n;

	for (int i = 0; i < 4; i++)
		parts += per[i] != 0;
	n = sprintf(buf, "%s%s", ROW(u->num)->code,
				parts == 0 ? "" : parts == 1 ? "/" : "/(");
	if (u->mult != 0)
		n += sprintf(buf + n, "%d.", u->mult);
	for (int i = 0; i < 4; i++)
	{
		if (per[i] != 0)
			n += sprintf(buf + n, "%s.", ROW(per[i])->code);
	}
	if (parts > 0)
		n--;					/* the last dot */
	if (parts > 1)
		buf[n++] = ')';
	buf[n] = '\0';
	return n;
}

/* What the unit measures above the line: mass, moles, IU or energy */
VitkKind
vitk_unit_kind(const VitkUnit *u)
{
	return ROW(u->num)->kind;
}

/* The kind of a row of src/data/unit.csv; none where there is no such row */
VitkKind
vitk_unit_kind_of_id(int id)
{
	return ROW(id)->kind;
}

/* Units with the same number compare and add; it orders dimensions, too. */
uint32_t
vitk_unit_dimension(const VitkUnit *u)
{
	return (uint32_t) ROW(u->num)->kind << 4 |
		(u->per_mass != 0) << 3 | (u->per_volume != 0) << 2 |
		(u->per_energy != 0) << 1 | (u->per_time != 0);
}

/*
 * The unit in base units.  All figures are exact: the products of the table's
 * integers stay far below 2^53 for every unit that anybody writes.
 */
VitkFactor
vitk_unit_factor(const VitkUnit *u)
{
	const uint8_t per[] = {u->per_mass, u->per_volume, u->per_energy, u->per_time};
	VitkFactor	f = {ROW(u->num)->n, ROW(u->num)->d, ROW(u->num)->power};

	for (int i = 0; i < 4; i++)
	{
		f.n *= ROW(per[i])->d;
		f.d *= ROW(per[i])->n;
		f.e -= ROW(per[i])->power;
	}
	if (u->mult != 0)
		f.d *= u->mult;
	return f;
}
