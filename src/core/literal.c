/*
 * literal.c
 *		What the readers of literals share.
 */
#include "core/literal.h"

#include <string.h>

#include "core/number.h"

void
vitk_skip_space(const char **p, const char *end)
{
	while (*p < end && vitk_is_space(**p))
		(*p)++;
}

void
vitk_trim(const char **s, const char **end)
{
	vitk_skip_space(s, *end);
	while (*end > *s && vitk_is_space((*end)[-1]))
		(*end)--;
}

static bool
starts_with(const char *s, size_t len, const char *word)
{
	for (size_t i = 0; word[i] != '\0'; i++)
	{
		if (i == len || vitk_lower_case(s[i]) != vitk_lower_case(word[i]))
			return false;
	}
	return true;
}

bool
vitk_skip_word(const char **p, const char *end, const char *word)
{
	if (!starts_with(*p, end - *p, word))
		return false;
	*p += strlen(word);
	vitk_skip_space(p, end);
	return true;
}

bool
vitk_same_word(const char *s, size_t len, const char *word)
{
	return strlen(word) == len && starts_with(s, len, word);
}

int
vitk_find_word(const char *const *names, int count, const char *s, size_t len)
{
	for (int i = 0; i < count; i++)
	{
		if (vitk_same_word(s, len, names[i]))
			return i;
	}
	return -1;
}

void
vitk_err_detail_of(VitkErr *err, const char *msg)
{
	bool		small = msg[0] >= 'a' && msg[0] <= 'z';

	vitk_err_detail(err, "%c%s.", small ? msg[0] - ('a' - 'A') : msg[0], msg + 1);
}

bool
vitk_value_refused(const char *type, VitkErr *err)
{
	VitkErr		cause = *err;

	vitk_err(err, cause.code, "invalid value for type %s: %s", type, cause.msg);
	vitk_err_detail(err, "%s", cause.detail);
	return vitk_err_hint(err, "%s", cause.hint);
}

bool
vitk_syntax_refused(const char *type, const char *s, size_t len, const char *hint, VitkErr *err)
{
	VitkErr		cause = *err;

	vitk_err(err, VITK_E_SYNTAX, "invalid input syntax for type %s: \"%.*s\"",
			 type, vitk_clip(s, len), s);
	vitk_err_detail_of(err, cause.msg);
	return vitk_err_hint(err, "%s", hint);
}

bool
vitk_literal_refused(const char *type, const char *s, size_t len, const char *hint, VitkErr *err)
{
	return err->code == VITK_E_SYNTAX ? vitk_syntax_refused(type, s, len, hint, err) :
		vitk_value_refused(type, err);
}
