/*
 * nutrient_profile_json.c
 *		nutrient_profile from and to jsonb.
 *
 *	{"grams": 100, "nutrients": {
 *		"K1":   {"lower": 7, "upper": 7, "unit": "ug"},
 *		"MK-7": {"lower": 0, "upper": 0.5, "unit": "ug", "known_grams": 50}}}
 *
 * "grams" is 0, or absent, for a profile without mass; "more" is true, or
 * absent, where more was eaten of unknown mass; "known_grams" is there where
 * it is less than the mass.  An amount reads from a literal of type
 * nutrient_amount as well: "K1": "7 ug".  Nothing is lost either way.
 */
#include "nutrient_profile.h"

#include <math.h>

#include "utils/builtins.h"
#include "utils/jsonb.h"
#include "utils/numeric.h"

#include "core/number.h"
#include "nutrient.h"

/*
 * Writing
 */

static void
push_key(JsonbParseState **state, const char *key)
{
	JsonbValue	v;

	v.type = jbvString;
	v.val.string.val = unconstify(char *, key);
	v.val.string.len = strlen(key);
	pushJsonbValue(state, WJB_KEY, &v);
}

/* All digits of a double: float8_numeric() would round to 15. */
static void
push_number(JsonbParseState **state, const char *key, double number)
{
	char		text[VITK_NUMBER_LEN];
	JsonbValue	v;

	push_key(state, key);
	vitk_number_format(number, text);
	v.type = jbvNumeric;
	v.val.numeric = DatumGetNumeric(DirectFunctionCall3(numeric_in, CStringGetDatum(text),
														ObjectIdGetDatum(InvalidOid),
														Int32GetDatum(-1)));
	pushJsonbValue(state, WJB_VALUE, &v);
}

static void
push_string(JsonbParseState **state, const char *key, const char *string)
{
	JsonbValue	v;

	push_key(state, key);
	v.type = jbvString;
	v.val.string.val = unconstify(char *, string);
	v.val.string.len = strlen(string);
	pushJsonbValue(state, WJB_VALUE, &v);
}

static void
push_true(JsonbParseState **state, const char *key)
{
	JsonbValue	v = {.type = jbvBool, .val.boolean = true};

	push_key(state, key);
	pushJsonbValue(state, WJB_VALUE, &v);
}

PG_FUNCTION_INFO_V1(nutrient_profile_to_jsonb);
Datum
nutrient_profile_to_jsonb(PG_FUNCTION_ARGS)
{
	const VitkProfile *p = PG_GETARG_PROFILE(0);
	JsonbParseState *state = NULL;
	VitkProfileOrder order;
	VitkNutrientSet beyond;

	(void) vitk_profile_beyond(p, &beyond);
	pushJsonbValue(&state, WJB_BEGIN_OBJECT, NULL);
	push_number(&state, "grams", p->grams);
	if (vitk_profile_has_more(p))
		push_true(&state, "more");
	push_key(&state, "nutrients");
	pushJsonbValue(&state, WJB_BEGIN_OBJECT, NULL);
	vitk_profile_order(p, &order);
	for (int k = 0; k < order.n; k++)
	{
		int			id = vitk_profile_nutrient(p, order.index[k]);
		VitkAmount	amount;

		(void) vitk_profile_amount(p, id, &amount);
		push_key(&state, vitk_nutrient_get(id)->code);
		pushJsonbValue(&state, WJB_BEGIN_OBJECT, NULL);
		push_number(&state, "lower", amount.lower);
		push_number(&state, "upper", amount.upper);
		push_string(&state, "unit", vitk_nutrient_get(id)->unit);
		if (vitk_profile_known_grams(p, id) < p->grams || vitk_in_set(&beyond, id))
			push_number(&state, "known_grams", vitk_profile_known_grams(p, id));
		pushJsonbValue(&state, WJB_END_OBJECT, NULL);
	}
	pushJsonbValue(&state, WJB_END_OBJECT, NULL);
	PG_RETURN_JSONB_P(JsonbValueToJsonb(pushJsonbValue(&state, WJB_END_OBJECT, NULL)));
}

/*
 * Reading
 */

static void __attribute__((noreturn))
reject(const JsonbValue *key, const char *expected)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("invalid jsonb for type %s", "nutrient_profile"),
			 key ? errdetail("At key \"%.*s\": expected %s.",
							 vitk_clip(key->val.string.val, key->val.string.len),
							 key->val.string.val, expected)
			 : errdetail("Expected %s.", expected),
			 errhint("Write, for example, {\"grams\": 100, \"nutrients\": {\"K1\": "
					 "{\"lower\": 7, \"upper\": 7, \"unit\": \"ug\"}, \"MK-7\": \"<0.5 ug\"}}.")));
}

/* Raise what was said of a part of the profile, and tell which. */
static void
raise_at(const VitkErr *err, const JsonbValue *key)
{
	VitkErr		told = *err;

	vitk_err_detail(&told, "%s%sThis is at key \"%.*s\" of a nutrient_profile.",
					err->detail, err->detail[0] ? " " : "",
					vitk_clip(key->val.string.val, key->val.string.len),
					key->val.string.val);
	VITK_RAISE(&told);
}

static bool
key_is(const JsonbValue *key, const char *name)
{
	return key->val.string.len == (int) strlen(name) &&
		memcmp(key->val.string.val, name, key->val.string.len) == 0;
}

static double
number_of(const JsonbValue *key, const JsonbValue *v)
{
	double		number;

	if (v->type != jbvNumeric)
		reject(key, "a number");
	/* not numeric_float8(), whose error would print all digits of 1e400 */
	errno = 0;
	number = strtod(numeric_normalize(v->val.numeric), NULL);
	if (errno == ERANGE && (number == 0 || isinf(number)))
		reject(key, "a number that double precision can hold");
	if (number < 0)
		reject(key, "a number of at least 0");
	return number;
}

/* Step to the next pair of an object; false at its end. */
static bool
next_pair(JsonbIterator **it, JsonbValue *key, JsonbValue *value)
{
	if (JsonbIteratorNext(it, key, true) != WJB_KEY)
		return false;
	(void) JsonbIteratorNext(it, value, true);
	return true;
}

static JsonbIterator *
iterate_object(const JsonbValue *key, JsonbContainer *container)
{
	JsonbIterator *it;
	JsonbValue	ignored;

	if (!JsonContainerIsObject(container))
		reject(key, "an object");
	it = JsonbIteratorInit(container);
	(void) JsonbIteratorNext(&it, &ignored, false);
	return it;
}

/* {"lower": 0, "upper": 0.5, "unit": "ug", "known_grams": 50} */
static void
read_amount_object(const JsonbValue *nutrient, JsonbContainer *container,
				   VitkAmount *amount, double *known)
{
	JsonbIterator *it = iterate_object(nutrient, container);
	JsonbValue	key;
	JsonbValue	v;
	VitkUnit	unit = {0};
	double		lower = -1;
	double		upper = -1;
	VitkErr		err;

	while (next_pair(&it, &key, &v))
	{
		if (key_is(&key, "lower"))
			lower = number_of(&key, &v);
		else if (key_is(&key, "upper"))
			upper = number_of(&key, &v);
		else if (key_is(&key, "known_grams"))
			*known = number_of(&key, &v);
		else if (key_is(&key, "unit") && v.type == jbvString)
		{
			if (!vitk_unit_parse(v.val.string.val, v.val.string.len, &unit, &err))
				raise_at(&err, nutrient);
		}
		else
			reject(&key, "one of \"lower\", \"upper\", \"unit\" (a string), \"known_grams\"");
	}
	if (lower < 0 || upper < 0 || unit.num == 0)
		reject(nutrient, "\"lower\", \"upper\" and \"unit\"");
	if (!vitk_amount_make(lower, upper, &unit, amount, &err))
		raise_at(&err, nutrient);
}

static void
read_nutrients(const JsonbValue *at, JsonbContainer *container, VitkProfileDraft *draft)
{
	JsonbIterator *it = iterate_object(at, container);
	JsonbValue	key;
	JsonbValue	v;

	while (next_pair(&it, &key, &v))
	{
		VitkAmount	amount;
		double		known = VITK_ALL_KNOWN;
		int			nutrient;
		VitkErr		err;

		if (!vitk_nutrient_parse(key.val.string.val, key.val.string.len, &nutrient, &err))
			raise_at(&err, &key);
		if (v.type == jbvBinary)
			read_amount_object(&key, v.val.binary.data, &amount, &known);
		else if (v.type != jbvString)
			reject(&key, "an object, or a string such as \"7 ug\"");
		else if (!vitk_amount_parse(v.val.string.val, v.val.string.len, &amount, &err))
			raise_at(&err, &key);
		if (!vitk_profile_draft_add(draft, nutrient, &amount, known, &err))
			raise_at(&err, &key);
	}
}

PG_FUNCTION_INFO_V1(nutrient_profile_from_jsonb);
Datum
nutrient_profile_from_jsonb(PG_FUNCTION_ARGS)
{
	Jsonb	   *jsonb = PG_GETARG_JSONB_P(0);
	JsonbIterator *it = iterate_object(NULL, &jsonb->root);
	JsonbValue	key;
	JsonbValue	v;
	VitkProfileDraft draft;
	VitkProfileBuffer buf;
	VitkErr		err;

	vitk_profile_draft_init(&draft);
	while (next_pair(&it, &key, &v))
	{
		if (key_is(&key, "grams"))
			draft.grams = number_of(&key, &v);
		else if (key_is(&key, "more") && v.type == jbvBool)
			draft.more = v.val.boolean;
		else if (!key_is(&key, "nutrients"))
			reject(&key, "one of \"grams\", \"more\" (a boolean), \"nutrients\"");
		else if (v.type == jbvBinary)
			read_nutrients(&key, v.val.binary.data, &draft);
		else
			reject(&key, "an object");
	}
	if (!vitk_profile_draft_finish(&draft, &buf.profile, &err))
		VITK_RAISE(&err);
	PG_RETURN_POINTER(vitk_profile_copy(&buf.profile));
}
