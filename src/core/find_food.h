/*
 * find_food.h
 *		Words of names, and words as people type them.
 */
#ifndef VITK_CORE_FIND_FOOD_H
#define VITK_CORE_FIND_FOOD_H

#include <stdbool.h>
#include <stddef.h>

#include "core/nutrient.h"

/* How letters beyond ASCII are encoded */
typedef enum VitkLetters
{
	VITK_LETTERS_UTF8,
	VITK_LETTERS_LATIN1,		/* one byte, Latin 1 from 0xC0 on */
	VITK_LETTERS_OTHER			/* left as they are */
} VitkLetters;

/* A word with more letters is not looked for: vitk_edit_distance() takes no longer one. */
#define VITK_MAX_WORD VITK_MAX_NAME

extern size_t vitk_plain_letters(const char *s, size_t len, VitkLetters letters, char *out);
extern bool vitk_near_word(const char *typed, size_t typed_len, const char *plain, size_t len,
						   int most, const char **word, size_t *word_len);
extern double vitk_food_rank(const char *typed, size_t typed_len, const char *plain, size_t plain_len,
							 const char *name, size_t name_len, const char *group, size_t group_len);

#endif							/* VITK_CORE_FIND_FOOD_H */
