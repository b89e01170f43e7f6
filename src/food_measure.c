/*
 * food_measure.c
 *		What find_measure needs of words.
 */
#include "vitk.h"

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "core/find_food.h"
#include "core/food_measure.h"
#include "find_food.h"

typedef struct Names
{
	Datum	   *name;
	int			n;
} Names;

static Names
get_names(ArrayType *array)
{
	Names		names;
	bool	   *nulls;

	deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &names.name, &nulls, &names.n);
	for (int i = 0; i < names.n; i++)
		if (nulls[i])
			ereport(ERROR, (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("a name of a measure is missing")));
	return names;
}

/* The word, or what it is a synonym of */
static Datum
measure_name(const VitkMeasureWord *w, const Names *synonyms, const Names *names)
{
	for (int i = 0; i < synonyms->n; i++)
	{
		text	   *synonym = DatumGetTextPP(synonyms->name[i]);

		if (VARSIZE_ANY_EXHDR(synonym) == (Size) w->len && memcmp(VARDATA_ANY(synonym), w->s, w->len) == 0)
			return names->name[i];
	}
	return PointerGetDatum(cstring_to_text_with_len(w->s, w->len));
}

/* measure_key(measure, synonyms, names): its words, each synonym as its name */
PG_FUNCTION_INFO_V1(food_measure_key);
Datum
food_measure_key(PG_FUNCTION_ARGS)
{
	text	   *plain = vitk_plain_text(PG_GETARG_TEXT_PP(0));
	Names		synonyms = get_names(PG_GETARG_ARRAYTYPE_P(1));
	Names		names = get_names(PG_GETARG_ARRAYTYPE_P(2));
	VitkMeasureWord *words = palloc(sizeof(VitkMeasureWord) * VITK_MAX_MEASURE_WORDS);
	Datum		key[VITK_MAX_MEASURE_WORDS];
	int			n = vitk_measure_words(VARDATA(plain), VARSIZE(plain) - VARHDRSZ, words);

	if (synonyms.n != names.n)
		ereport(ERROR, (errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR), errmsg("each synonym needs the name that it stands for")));
	for (int i = 0; i < n; i++)
		key[i] = measure_name(&words[i], &synonyms, &names);
	PG_RETURN_ARRAYTYPE_P(construct_array(key, n, TEXTOID, -1, false, TYPALIGN_INT));
}
