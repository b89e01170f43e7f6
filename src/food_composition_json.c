/*
 * food_composition_json.c
 *		food_composition from and to jsonb: an object of profiles, by the
 *		numbers of their foods.
 */
#include "food_composition.h"

#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/jsonb.h"

#include "diet.h"
#include "nutrient_profile.h"

PG_FUNCTION_INFO_V1(food_composition_json_from_foods);
Datum
food_composition_json_from_foods(PG_FUNCTION_ARGS)
{
	const VitkComposition *c = PG_GETARG_COMPOSITION(0);
	JsonbParseState *state = NULL;

	pushJsonbValue(&state, WJB_BEGIN_OBJECT, NULL);
	for (VITK_EACH_FOOD(e, c))
	{
		char	   *food = psprintf("%d", e->food_no);
		JsonbValue	key = {.type = jbvString, .val.string = {strlen(food), food}};
		Jsonb	   *profile = DatumGetJsonbP(DirectFunctionCall1(nutrient_profile_to_jsonb,
																 PointerGetDatum(vitk_food_entry_copy(e))));
		JsonbValue	value = {.type = jbvBinary,
			.val.binary = {VARSIZE(profile) - VARHDRSZ, &profile->root}};

		CHECK_FOR_INTERRUPTS();
		pushJsonbValue(&state, WJB_KEY, &key);
		pushJsonbValue(&state, WJB_VALUE, &value);
	}
	PG_RETURN_JSONB_P(JsonbValueToJsonb(pushJsonbValue(&state, WJB_END_OBJECT, NULL)));
}

static void __attribute__((noreturn))
reject(const JsonbValue *key, const char *expected)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("invalid jsonb for type %s", "food_composition"),
			 key ? errdetail("At key \"%.*s\": expected %s.",
							 pg_mbcliplen(key->val.string.val, key->val.string.len, 80),
							 key->val.string.val, expected)
			 : errdetail("Expected %s.", expected),
			 errhint("Write, for example, {\"1002\": {\"grams\": 100, \"nutrients\": {\"K1\": \"7 ug\"}}}.")));
}

PG_FUNCTION_INFO_V1(food_composition_json_to_foods);
Datum
food_composition_json_to_foods(PG_FUNCTION_ARGS)
{
	Jsonb	   *jsonb = PG_GETARG_JSONB_P(0);
	JsonbIterator *it = JsonbIteratorInit(&jsonb->root);
	VitkComposition *c = vitk_composition_make(&vitk_composition_empty, sizeof(VitkComposition));
	JsonbValue	key;
	JsonbValue	v;

	if (!JB_ROOT_IS_OBJECT(jsonb))
		reject(NULL, "an object");
	(void) JsonbIteratorNext(&it, &v, false);
	while (JsonbIteratorNext(&it, &key, true) == WJB_KEY)
	{
		const char *s = key.val.string.val;
		const char *end = s + key.val.string.len;
		int32		food_no;
		VitkProfile *p;
		VitkErr		err;

		CHECK_FOR_INTERRUPTS();
		if (!vitk_food_no_parse(&s, end, &food_no, &err) || s != end)
			reject(&key, "a food number");
		(void) JsonbIteratorNext(&it, &v, true);
		if (v.type != jbvBinary)
			reject(&key, "a nutrient_profile");
		p = vitk_composition_read_profile(nutrient_profile_from_jsonb,
										  JsonbPGetDatum(JsonbValueToJsonb(&v)), food_no);
		c = vitk_composition_add(c, food_no, p);
	}
	PG_RETURN_POINTER(vitk_composition_finish(c));
}
