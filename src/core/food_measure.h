/*
 * food_measure.h
 *		Words of household measures.
 */
#ifndef VITK_CORE_FOOD_MEASURE_H
#define VITK_CORE_FOOD_MEASURE_H

#include <stddef.h>

#define VITK_MAX_MEASURE		200 /* letters of a measure that count */
#define VITK_MAX_MEASURE_WORDS	32

typedef struct VitkMeasureWord
{
	char		s[VITK_MAX_MEASURE + 1];
	int			len;
} VitkMeasureWord;

extern int	vitk_measure_words(const char *plain, size_t len, VitkMeasureWord *words);

#endif							/* VITK_CORE_FOOD_MEASURE_H */
