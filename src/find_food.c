/*
 * find_food.c
 *		What find_food needs of words.
 */
#include "vitk.h"

#include "mb/pg_wchar.h"
#include "utils/builtins.h"

#include "core/find_food.h"
#include "find_food.h"

static VitkLetters
letters_of_database(void)
{
	switch (GetDatabaseEncoding())
	{
		case PG_UTF8:
		case PG_SQL_ASCII:		/* the shipped names are UTF-8 there */
			return VITK_LETTERS_UTF8;
		case PG_LATIN1:
		case PG_LATIN9:
		case PG_WIN1252:
			return VITK_LETTERS_LATIN1;
		default:
			return VITK_LETTERS_OTHER;
	}
}

text *
vitk_plain_text(const text *t)
{
	size_t		len = VARSIZE_ANY_EXHDR(t);
	text	   *result = palloc(VARHDRSZ + 2 * len);

	SET_VARSIZE(result, VARHDRSZ +
				vitk_plain_letters(VARDATA_ANY(t), len, letters_of_database(), VARDATA(result)));
	return result;
}

PG_FUNCTION_INFO_V1(find_food_plain_letters);
Datum
find_food_plain_letters(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(vitk_plain_text(PG_GETARG_TEXT_PP(0)));
}

/* near_word(typed, name, most): both may have accents and capitals */
PG_FUNCTION_INFO_V1(find_food_near_word);
Datum
find_food_near_word(PG_FUNCTION_ARGS)
{
	text	   *typed = vitk_plain_text(PG_GETARG_TEXT_PP(0));
	text	   *name = vitk_plain_text(PG_GETARG_TEXT_PP(1));
	const char *word;
	size_t		len;

	if (!vitk_near_word(VARDATA(typed), VARSIZE(typed) - VARHDRSZ,
						VARDATA(name), VARSIZE(name) - VARHDRSZ,
						PG_GETARG_INT32(2), &word, &len))
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text_with_len(word, len));
}

/* rank(typed, name, food_group): the last may be missing */
PG_FUNCTION_INFO_V1(find_food_rank);
Datum
find_food_rank(PG_FUNCTION_ARGS)
{
	text	   *typed;
	text	   *name;
	text	   *plain_name;
	text	   *group;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	typed = vitk_plain_text(PG_GETARG_TEXT_PP(0));
	name = PG_GETARG_TEXT_PP(1);
	plain_name = vitk_plain_text(name);
	group = PG_ARGISNULL(2) ? NULL : PG_GETARG_TEXT_PP(2);
	PG_RETURN_FLOAT8(vitk_food_rank(VARDATA(typed), VARSIZE(typed) - VARHDRSZ,
									VARDATA(plain_name), VARSIZE(plain_name) - VARHDRSZ,
									VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name),
									group ? VARDATA_ANY(group) : "", group ? VARSIZE_ANY_EXHDR(group) : 0));
}
