/*
 * calcification.h
 *		calcification: a calcium burden and the method that measured it.
 */
#ifndef VITK_CORE_CALCIFICATION_H
#define VITK_CORE_CALCIFICATION_H

#include "core/err.h"

#define VITK_CALCIFICATION_LEN 48	/* the longest text and a NUL fit */

/* value: finite, within the range of the method, a zero has no sign */
typedef struct VitkCalcification
{
	double		value;			/* in the unit of the method */
	uint8_t		method;
	uint8_t		unused[7];		/* zero */
} VitkCalcification;

/* From src/data/calcification_method.csv */
typedef struct VitkMethod
{
	const char *code;
	const char *unit;
	double		minimum;		/* of what is not 0 */
	double		maximum;
	bool		additive;		/* the parts of a whole add up */
	double		log_shift;		/* the 25 of ln(x + 25), 0: none is in use */
} VitkMethod;

extern const VitkMethod *vitk_method_by_id(int id);
extern bool vitk_method_parse(const char *s, size_t len, int *id, VitkErr *err);

extern bool vitk_calcification_parse(const char *s, size_t len, VitkCalcification *out,
									 VitkErr *err);
extern int	vitk_calcification_format(const VitkCalcification *c, char *buf);
extern bool vitk_calcification_make(double value, int method, VitkCalcification *out,
									VitkErr *err);
extern double vitk_calcification_flush(double value, int method);
extern int	vitk_calcification_cmp(const VitkCalcification *a, const VitkCalcification *b);
extern bool vitk_calcification_alike(const VitkCalcification *a, const VitkCalcification *b,
									 VitkErr *err);
extern bool vitk_calcification_is(const VitkCalcification *c, int method, VitkErr *err);
extern bool vitk_calcification_additive(const VitkCalcification *c, VitkErr *err);

#endif							/* VITK_CORE_CALCIFICATION_H */
