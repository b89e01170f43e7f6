/*
 * err.h
 *		How the pure files report an error: they fill a VitkErr and return false.
 *
 * Nothing here needs a server, so that fuzzers and unit tests use the very
 * parsers that the types use.  src/vitk.h turns a VitkErr into an ereport.
 */
#ifndef VITK_ERR_H
#define VITK_ERR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum VitkErrCode
{
	VITK_E_NONE = 0,
	VITK_E_SYNTAX,				/* 22P02 the literal does not read */
	VITK_E_RANGE,				/* 22003 a number out of range */
	VITK_E_NAME,				/* 22023 an unknown name */
	VITK_E_UNIT,				/* 22023 a unit that is not supported */
	VITK_E_DIMENSION,			/* 22023 units that do not convert */
	VITK_E_VALUE,				/* 22023 a value that makes no sense here */
	VITK_E_BINARY				/* 22P03 a binary image that does not read */
} VitkErrCode;

typedef struct VitkErr
{
	VitkErrCode code;
	char		msg[256];		/* primary message: lower case, no period */
	char		detail[256];	/* full sentence, or empty */
	char		hint[256];		/* full sentence, or empty */
} VitkErr;

/* Each sets one text and returns false, so that a parser may return it. */
extern bool vitk_err(VitkErr *err, VitkErrCode code, const char *fmt,...)
			__attribute__((format(printf, 3, 4)));
extern bool vitk_err_detail(VitkErr *err, const char *fmt,...)
			__attribute__((format(printf, 2, 3)));
extern bool vitk_err_hint(VitkErr *err, const char *fmt,...)
			__attribute__((format(printf, 2, 3)));

/* Write "a, b and c" to list. */
extern void vitk_list_names(const char *const *names, int count, char *list, size_t size);

/* Length to which the user's text is cut for a message ("%.*s"), in whole characters */
extern int	vitk_clip(const char *s, size_t len);

/*
 * The longest start of a text, of at most limit bytes, that ends with a whole
 * character.  Which bytes make a character only the server knows: it sets this.
 */
extern size_t (*vitk_whole_characters) (const char *s, size_t len, size_t limit);

#endif							/* VITK_ERR_H */
