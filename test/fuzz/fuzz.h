/*
 * fuzz.h
 *		What the fuzz targets share.
 *
 * A target is a function of bytes that must hold for any bytes: libFuzzer
 * looks for those that break it (make fuzz), and test/t/070_pure.pl replays
 * the seeds on it (replay.c).
 */
#ifndef VITK_FUZZ_H
#define VITK_FUZZ_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/err.h"

extern int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define CHECK(condition) \
	do { \
		if (!(condition)) \
		{ \
			fprintf(stderr, "%s:%d: not true: %s\n", __FILE__, __LINE__, #condition); \
			abort(); \
		} \
	} while (0)

static inline int
sign(int i)
{
	return (i > 0) - (i < 0);
}

/* Length of the UTF-8 character at s, 0 = it is none; *s may be the final NUL. */
static inline size_t
utf8_length(const unsigned char *s, const unsigned char *end)
{
	size_t		len = *s < 0x80 ? 1 : *s < 0xC2 ? 0 : *s < 0xE0 ? 2 : *s < 0xF0 ? 3 : *s < 0xF5 ? 4 : 0;

	if (len == 0 || (size_t) (end - s) < len)
		return 0;
	for (size_t i = 1; i < len; i++)
		if ((s[i] & 0xC0) != 0x80)
			return 0;
	if ((*s == 0xE0 && s[1] < 0xA0) || (*s == 0xED && s[1] > 0x9F) ||
		(*s == 0xF0 && s[1] < 0x90) || (*s == 0xF4 && s[1] > 0x8F))
		return 0;
	return len;
}

static inline bool
is_utf8(const char *text, size_t size)
{
	const unsigned char *s = (const unsigned char *) text;
	const unsigned char *end = s + size;
	size_t		len;

	for (; s < end; s += len)
		if ((len = utf8_length(s, end)) == 0)
			return false;
	return true;
}

/*
 * An error has a code and a message, and its texts are as valid as the input:
 * the server sends them to a client that expects its encoding.
 */
static inline void
check_error(const VitkErr *err, const uint8_t *input, size_t size)
{
	CHECK(err->code > VITK_E_NONE && err->code <= VITK_E_BINARY);
	CHECK(err->msg[0] != '\0');
	if (input == NULL || is_utf8((const char *) input, size))
	{
		CHECK(is_utf8(err->msg, strlen(err->msg)));
		CHECK(is_utf8(err->detail, strlen(err->detail)));
		CHECK(is_utf8(err->hint, strlen(err->hint)));
	}
}

/*
 * A copy of exactly these bytes, so that reading beyond them is seen; the
 * server's literals hold no NUL.  NULL = the input has one.
 */
static inline char *
literal(const uint8_t *data, size_t size)
{
	char	   *copy;

	if (size > 0 && memchr(data, '\0', size) != NULL)
		return NULL;
	copy = malloc(size > 0 ? size : 1);
	CHECK(copy != NULL);
	if (size > 0)
		memcpy(copy, data, size);
	return copy;
}

/* Cut the input at the first "|": targets that compare read two values. */
static inline size_t
first_part(const uint8_t *data, size_t size)
{
	const uint8_t *bar = size > 0 ? memchr(data, '|', size) : NULL;

	return bar ? (size_t) (bar - data) : size;
}

#endif							/* VITK_FUZZ_H */
