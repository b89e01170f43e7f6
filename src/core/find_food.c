/*
 * find_food.c
 *		Words of names, and words as people type them: without accents, and
 *		with a letter wrong.
 */
#include "core/find_food.h"

#include <string.h>

#include "core/number.h"

/* What the letters 0xC0 .. 0xFF of Latin 1 are without their accents */
static const char *const plain_latin1[64] = {
	"a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",
	"d", "n", "o", "o", "o", "o", "o", " ", "o", "u", "u", "u", "u", "y", "th", "ss",
	"a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",
	"d", "n", "o", "o", "o", "o", "o", " ", "o", "u", "u", "u", "u", "y", "th", "y"
};

/* The plain letters of a character at s, and its length; NULL: as it is */
static const char *
plain_letter(const char *s, size_t len, VitkLetters letters, size_t *used)
{
	unsigned char first = s[0];
	unsigned char second = len > 1 ? s[1] : 0;

	*used = 1;
	if (letters == VITK_LETTERS_LATIN1 && first >= 0xC0)
		return plain_latin1[first - 0xC0];
	if (letters != VITK_LETTERS_UTF8)
		return NULL;
	*used = 2;
	if (first == 0xC3 && second >= 0x80 && second <= 0xBF)
		return plain_latin1[second - 0x80];
	if (first == 0xC5 && (second == 0x92 || second == 0x93))
		return "oe";
	/* accents that stand by themselves, U+0300 .. U+036F: macOS writes so */
	if ((first == 0xCC && second >= 0x80 && second <= 0xBF) ||
		(first == 0xCD && second >= 0x80 && second <= 0xAF))
		return "";
	return NULL;
}

/*
 * Small letters without accents: "Pâté" becomes "pate".  A hyphen, with which a
 * "chicken-leg" would be a word of its own, and a backslash, which is an escape in
 * a query, become spaces.  Writes at most 2 * len bytes to out.
 */
size_t
vitk_plain_letters(const char *s, size_t len, VitkLetters letters, char *out)
{
	size_t		n = 0;

	for (size_t i = 0; i < len;)
	{
		size_t		used;
		const char *plain = plain_letter(s + i, len - i, letters, &used);

		if (plain != NULL)
		{
			memcpy(out + n, plain, strlen(plain));
			n += strlen(plain);
			i += used;
			continue;
		}
		out[n++] = s[i] == '\\' || s[i] == '-' ? ' ' : vitk_lower_case(s[i]);
		i++;
	}
	return n;
}

static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c & 0x80);
}

/*
 * The word of a text, both in plain letters, that is nearest to a typed one: with
 * the same first letter, which people get right, and at most so many letters too
 * much, too few or wrong.  False: none is so near.
 */
bool
vitk_near_word(const char *typed, size_t typed_len, const char *plain, size_t len,
			   int most, const char **word, size_t *word_len)
{
	bool		found = false;

	if (typed_len == 0 || typed_len > VITK_MAX_WORD)
		return false;
	for (size_t from = 0, to; from < len; from = to + 1)
	{
		int			distance;

		for (to = from; to < len && is_word(plain[to]); to++)
			;
		if (to == from || to - from > VITK_MAX_WORD || plain[from] != typed[0] ||
			to - from + most < typed_len || typed_len + most < to - from)
			continue;
		distance = vitk_edit_distance(typed, typed_len, plain + from, to - from);
		if (distance > most)
			continue;
		*word = plain + from;
		*word_len = to - from;
		most = distance - 1;
		found = true;
		if (distance == 0)
			break;
	}
	return found;
}
