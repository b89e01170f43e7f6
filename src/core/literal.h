/*
 * literal.h
 *		What the readers of literals share: spaces, words, and how a literal is
 *		refused.
 */
#ifndef VITK_CORE_LITERAL_H
#define VITK_CORE_LITERAL_H

#include "core/err.h"

/* Step over the spaces at *p. */
extern void vitk_skip_space(const char **p, const char *end);

/* Take the spaces off both ends. */
extern void vitk_trim(const char **s, const char **end);

/* Step over the word, in either case, and the space behind it, if it stands here. */
extern bool vitk_skip_word(const char **p, const char *end, const char *word);

/* Is the text this word, in either case of ASCII letters? */
extern bool vitk_same_word(const char *s, size_t len, const char *word);

/* Place of a word among names, in either case; -1 = it is none of them */
extern int	vitk_find_word(const char *const *names, int count, const char *s, size_t len);

/*
 * Each turns err, which says what was found wrong, into the refusal of the whole
 * literal, and returns false.
 */

/* The literal reads, but its value is none: the type and what was wrong */
extern bool vitk_value_refused(const char *type, VitkErr *err);

/* It does not read: the type and the literal; what was wrong becomes the detail. */
extern bool vitk_syntax_refused(const char *type, const char *s, size_t len, const char *hint,
								VitkErr *err);

/* Whichever of both the code of err says */
extern bool vitk_literal_refused(const char *type, const char *s, size_t len, const char *hint,
								 VitkErr *err);

/* A message becomes the detail: with a capital letter and a period. */
extern void vitk_err_detail_of(VitkErr *err, const char *msg);

#endif							/* VITK_CORE_LITERAL_H */
