/*
 * err.c
 *		Error texts of the pure files.
 */
#include "core/err.h"

#include <stdio.h>
#include <string.h>

/*
 * Cut a text that filled its buffer back to whole UTF-8 characters: bytes of
 * the user's input may stand in it, and half a character is no valid text.
 */
static void
clip_utf8(char *s, size_t size)
{
	size_t		n = strlen(s);

	if (n + 1 < size)
		return;
	while (n > 0 && ((unsigned char) s[n - 1] & 0xC0) == 0x80)
		n--;
	if (n > 0 && (unsigned char) s[n - 1] >= 0xC0)
		n--;
	s[n] = '\0';
}

static void __attribute__((format(printf, 3, 0)))
set_text(char *dst, size_t size, const char *fmt, va_list args)
{
	vsnprintf(dst, size, fmt, args);
	clip_utf8(dst, size);
}

bool
vitk_err(VitkErr *err, VitkErrCode code, const char *fmt,...)
{
	va_list		args;

	err->code = code;
	err->detail[0] = err->hint[0] = '\0';
	va_start(args, fmt);
	set_text(err->msg, sizeof(err->msg), fmt, args);
	va_end(args);
	return false;
}

bool
vitk_err_detail(VitkErr *err, const char *fmt,...)
{
	va_list		args;

	va_start(args, fmt);
	set_text(err->detail, sizeof(err->detail), fmt, args);
	va_end(args);
	return false;
}

bool
vitk_err_hint(VitkErr *err, const char *fmt,...)
{
	va_list		args;

	va_start(args, fmt);
	set_text(err->hint, sizeof(err->hint), fmt, args);
	va_end(args);
	return false;
}

void
vitk_list_names(const char *const *names, int count, char *list, size_t size)
{
	list[0] = '\0';
	for (int i = 0; i < count; i++)
	{
		size_t		used = strlen(list);

		snprintf(list + used, size - used, "%s%s",
				 i == 0 ? "" : i == count - 1 ? " and " : ", ", names[i]);
	}
}

/*
 * A message shows the start of the user's text only.  The cut is before an
 * ASCII character, which is never the middle of one in any server encoding;
 * in text that has none, before a character of UTF-8.
 */
int
vitk_clip(const char *s, size_t len)
{
	size_t		n = 60;

	if (len <= n)
		return (int) len;
	while (n > 0 && (s[n] & 0x80))
		n--;
	if (n == 0)
	{
		for (n = 60; (s[n] & 0xC0) == 0x80 && n > 0;)
			n--;
	}
	return (int) n;
}
