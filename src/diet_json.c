/*
 * diet_json.c
 *		diet from and to jsonb: {"1002": 14, "5100": 120.5}.
 *
 * null: eaten, the mass is not known; [14, null]: so much, and more of which
 * the mass is not known.  Nothing is lost either way.
 */
#include "diet.h"

#include <math.h>

#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"
#include "utils/numeric.h"

#include "core/literal.h"
#include "core/number.h"

static void
push_grams(JsonbParseState **state, JsonbIteratorToken token, double grams)
{
	char		text[VITK_NUMBER_LEN];
	JsonbValue	v = {.type = jbvNull};

	if (grams != VITK_MASS_UNKNOWN)
	{
		/* all digits of a double: float8_numeric() would round to 15 */
		vitk_number_format(grams, text);
		v.type = jbvNumeric;
		v.val.numeric = DatumGetNumeric(DirectFunctionCall3(numeric_in, CStringGetDatum(text),
															ObjectIdGetDatum(InvalidOid),
															Int32GetDatum(-1)));
	}
	pushJsonbValue(state, token, &v);
}

PG_FUNCTION_INFO_V1(diet_json_from_diet);
Datum
diet_json_from_diet(PG_FUNCTION_ARGS)
{
	const VitkDiet *d = PG_GETARG_DIET(0);
	JsonbParseState *state = NULL;

	pushJsonbValue(&state, WJB_BEGIN_OBJECT, NULL);
	for (uint32 i = 0; i < d->n; i++)
	{
		VitkEaten	e = vitk_diet_item(d, i);
		char	   *food = psprintf("%d", e.food_no);
		JsonbValue	key = {.type = jbvString, .val.string = {strlen(food), food}};

		pushJsonbValue(&state, WJB_KEY, &key);
		if (i + 1 < d->n && vitk_diet_item(d, i + 1).food_no == e.food_no)
		{
			pushJsonbValue(&state, WJB_BEGIN_ARRAY, NULL);
			push_grams(&state, WJB_ELEM, e.grams);
			push_grams(&state, WJB_ELEM, VITK_MASS_UNKNOWN);
			pushJsonbValue(&state, WJB_END_ARRAY, NULL);
			i++;
		}
		else
			push_grams(&state, WJB_VALUE, e.grams);
	}
	PG_RETURN_JSONB_P(JsonbValueToJsonb(pushJsonbValue(&state, WJB_END_OBJECT, NULL)));
}

static void __attribute__((noreturn))
reject(const JsonbValue *key, const char *expected)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("invalid jsonb for type %s", "diet"),
			 key ? errdetail("At key \"%.*s\": expected %s.",
							 pg_mbcliplen(key->val.string.val, key->val.string.len, 80),
							 key->val.string.val, expected)
			 : errdetail("Expected %s.", expected),
			 errhint("Write, for example, {\"1002\": 14, \"5100\": 120.5}: food numbers and grams.")));
}

static int32
food_of(const JsonbValue *key)
{
	const char *s = key->val.string.val;
	const char *end = s + key->val.string.len;
	int32		food_no;
	VitkErr		err;

	if (!vitk_food_no_parse(&s, end, &food_no, &err) || s != end)
		reject(key, "a food number");
	return food_no;
}

static double
grams_of(const JsonbValue *key, const JsonbValue *v)
{
	double		grams;
	VitkErr		err;

	if (v->type == jbvNull)
		return VITK_MASS_UNKNOWN;
	if (v->type != jbvNumeric)
		reject(key, "grams, or null");
	/* not numeric_float8(), whose error would print all digits of 1e400 */
	errno = 0;
	grams = strtod(numeric_normalize(v->val.numeric), NULL) + 0.0;
	if (errno == ERANGE && (grams == 0 || isinf(grams)))
		reject(key, "a number that double precision can hold");
	if (!vitk_grams_eaten_valid(grams, &err))
	{
		(void) vitk_value_refused("diet", &err);
		VITK_RAISE(&err);
	}
	return grams;
}

static VitkDiet *
append(VitkDiet *d, Size *room, VitkEaten e)
{
	if (d->n == *room)
	{
		*room *= 2;
		d = vitk_diet_copy(d, *room);
	}
	(void) vitk_diet_append(d, e);
	return d;
}

PG_FUNCTION_INFO_V1(diet_json_to_diet);
Datum
diet_json_to_diet(PG_FUNCTION_ARGS)
{
	Jsonb	   *jsonb = PG_GETARG_JSONB_P(0);
	JsonbIterator *it = JsonbIteratorInit(&jsonb->root);
	Size		room = 16;
	VitkDiet   *d = vitk_diet_copy(&vitk_diet_empty, room);
	JsonbValue	key;
	JsonbValue	v;

	if (!JB_ROOT_IS_OBJECT(jsonb))
		reject(NULL, "an object");
	d->form = VITK_DIET_WIDE;
	(void) JsonbIteratorNext(&it, &v, false);
	while (JsonbIteratorNext(&it, &key, false) == WJB_KEY)
	{
		VitkEaten	e = {.food_no = food_of(&key)};
		JsonbIteratorToken token = JsonbIteratorNext(&it, &v, false);

		if (token == WJB_BEGIN_OBJECT)
			reject(&key, "grams, or null");
		if (token == WJB_VALUE)
		{
			e.grams = grams_of(&key, &v);
			d = append(d, &room, e);
			continue;
		}
		while (JsonbIteratorNext(&it, &v, true) == WJB_ELEM)
		{
			e.grams = grams_of(&key, &v);
			d = append(d, &room, e);
		}
	}
	PG_RETURN_DIET(d);
}
