/*
 * err.c
 *		Error texts of the pure files.
 */
#include "core/err.h"

#include <stdio.h>
#include <string.h>

/* UTF-8, where nobody knows better; bytes that are none stay */
static size_t
whole_utf8(const char *s, size_t len, size_t limit)
{
	size_t		n = limit;

	if (len <= limit)
		return len;
	while (n > 0 && limit - n < 4 && ((unsigned char) s[n] & 0xC0) == 0x80)
		n--;
	return n;
}

size_t		(*vitk_whole_characters) (const char *s, size_t len, size_t limit) = whole_utf8;

static void __attribute__((format(printf, 3, 0)))
set_text(char *dst, size_t size, const char *fmt, va_list args)
{
	int			len = vsnprintf(dst, size, fmt, args);

	/* of a text that did not fit, no character in part: it may be the user's */
	if (len >= (int) size)
		dst[vitk_whole_characters(dst, size - 1, size - 2)] = '\0';
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

int
vitk_clip(const char *s, size_t len)
{
	return (int) vitk_whole_characters(s, len, 60);
}
