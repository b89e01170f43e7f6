/*
 * printed_value.c
 *		Reading one printed value of a food composition table.
 */
#include "vitk.h"

#include "utils/builtins.h"

#include "core/food_value.h"
#include "core/nutrient_amount.h"
#include "core/nutrient.h"
#include "core/printed_value.h"

/* The result of printed_value, in the order of its OUT parameters */
enum
{
	OUT_STATUS,
	OUT_REASON,
	OUT_NUTRIENT,
	OUT_KIND,
	OUT_AMOUNT,
	OUT_COLUMNS
};

typedef struct Reading
{
	Datum		values[OUT_COLUMNS];
	bool		nulls[OUT_COLUMNS];
	VitkAmount	amount;
} Reading;

static void
set_text(Reading *r, int column, const char *s)
{
	r->values[column] = CStringGetTextDatum(s);
	r->nulls[column] = false;
}

static void
set_status(Reading *r, const char *status, const char *reason)
{
	set_text(r, OUT_STATUS, status);
	if (reason != NULL)
		set_text(r, OUT_REASON, reason);
}

static int
dialect_arg(FunctionCallInfo fcinfo, int i)
{
	VitkText	name = vitk_text_arg(fcinfo, i);
	int			dialect = vitk_printed_dialect(name.data, name.len);
	char		list[256];

	if (dialect >= 0)
		return dialect;
	vitk_printed_dialect_list(list, sizeof(list));
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unknown dialect \"%.*s\"", vitk_clip(name.data, name.len), name.data),
			 errhint("Valid dialects are %s; leave it NULL for what all tables have in common.", list)));
}

static char
decimal_mark_arg(FunctionCallInfo fcinfo, int i)
{
	VitkText	mark = vitk_text_arg(fcinfo, i);

	if (PG_ARGISNULL(i))
		return '\0';
	if (mark.len != 1 || (mark.data[0] != '.' && mark.data[0] != ','))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("decimal mark must be \".\" or \",\""),
				 errhint("Leave it NULL to read both where that is unambiguous.")));
	return mark.data[0];
}

/*
 * The amount per 100 g of a number printed per some grams, in its unit as
 * printed, which must be one of that nutrient.
 */
static bool
amount_per_100g(double lower, double upper, VitkText unit, double grams,
				int nutrient, VitkAmount *out, VitkErr *err)
{
	VitkUnit	from;
	VitkUnit	to;
	VitkAmount	converted;
	const char *registry = vitk_nutrient_by_id(nutrient)->unit;

	if (unit.len == 0)
		return vitk_err(err, VITK_E_UNIT, "no unit");
	if (!vitk_unit_parse(unit.data, unit.len, &from, err) ||
		!vitk_unit_parse(registry, strlen(registry), &to, err))
		return false;
	if (grams != 100)
	{
		lower = lower * 100 / grams;
		upper = upper * 100 / grams;
	}
	return vitk_amount_make(lower, upper, &from, out, err) &&
		vitk_amount_convert(out, &to, nutrient, &converted, err) &&
		vitk_food_value_possible(nutrient, converted.lower, err);
}

/* Fill r from the printed cells; every way out sets a status. */
static void
read_printed(Reading *r, VitkText name, VitkText value, VitkText unit,
			 VitkText per, const VitkPrintedRule *rule)
{
	static const char *const kinds[] = {
		[VITK_PRINTED_VALUE] = NULL,	/* how it came about is not printed */
		[VITK_PRINTED_BELOW] = "below_detection",
		[VITK_PRINTED_TRACE] = "trace",
		[VITK_PRINTED_IMPUTED] = "imputed",
		[VITK_PRINTED_ASSUMED_ZERO] = "assumed_zero"
	};
	VitkErr		err = {0};
	VitkPrintedKind kind;
	double		number;
	double		grams;
	int			nutrient = vitk_nutrient_by_name(name.data, name.len);

	if (nutrient == 0)
	{
		if (vitk_nutrient_is_ambiguous(name.data, name.len, &err))
			set_status(r, "refused", psprintf("%s: %s", err.msg, err.detail));
		else
			set_status(r, "skipped", "nutrient is not in the registry");
		return;
	}
	r->values[OUT_NUTRIENT] = Int32GetDatum(nutrient);
	r->nulls[OUT_NUTRIENT] = false;

	if (!vitk_printed_parse(value.data, value.len, rule, &kind, &number, &err))
	{
		set_status(r, "refused", err.msg);
		return;
	}
	if (kind == VITK_PRINTED_UNKNOWN)
	{
		set_status(r, "unknown", NULL);
		return;
	}
	if (!vitk_printed_per(per.data, per.len, &grams, &err))
	{
		set_status(r, "refused", err.msg);
		return;
	}
	if (kind != VITK_PRINTED_TRACE)
	{
		double		lower = kind == VITK_PRINTED_BELOW ? 0 : number;

		if (!amount_per_100g(lower, number, unit, grams, nutrient, &r->amount, &err))
		{
			set_status(r, "refused", err.msg);
			return;
		}
		r->values[OUT_AMOUNT] = PointerGetDatum(&r->amount);
		r->nulls[OUT_AMOUNT] = false;
	}
	if (kinds[kind] != NULL)
		set_text(r, OUT_KIND, kinds[kind]);
	set_status(r, "taken", NULL);
}

/*
 * printed_value(nutrient, value, unit, per, decimal_mark, dialect): not strict, for a
 * blank cell comes as NULL.
 */
PG_FUNCTION_INFO_V1(printed_value);
Datum
printed_value(PG_FUNCTION_ARGS)
{
	Reading		r;
	VitkPrintedRule rule;

	for (int i = 0; i < OUT_COLUMNS; i++)
	{
		r.values[i] = (Datum) 0;
		r.nulls[i] = true;
	}
	rule.decimal_mark = decimal_mark_arg(fcinfo, 4);
	rule.dialect = dialect_arg(fcinfo, 5);
	read_printed(&r, vitk_text_arg(fcinfo, 0), vitk_text_arg(fcinfo, 1),
				 vitk_text_arg(fcinfo, 2), vitk_text_arg(fcinfo, 3), &rule);
	PG_RETURN_DATUM(vitk_row_datum(fcinfo, r.values, r.nulls));
}
