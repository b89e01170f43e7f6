/*
 * conversion.h
 *		Factors that turn vitamers of vitamin K into MK-4, built in and the user's.
 */
#ifndef VITK_CORE_CONVERSION_H
#define VITK_CORE_CONVERSION_H

#include "core/err.h"
#include "core/nutrient_profile.h"

#define VITK_CONVERSION_VERSION 1	/* of the binary form */

/* More than there are vitamers of vitamin K in the registry. */
#define VITK_MAX_FACTOR 32

/* Room for the text of any conversion: name, two numbers, ", " each */
#define VITK_CONVERSION_LEN (VITK_MAX_FACTOR * 80 + 32)

typedef enum VitkFactorBasis
{
	VITK_MOLAR,					/* mol MK-4 per mol of the nutrient */
	VITK_MASS					/* gram of MK-4 of a gram of the nutrient */
} VitkFactorBasis;

/* One nutrient and what it counts; no padding, so that bytes may be hashed. */
typedef struct VitkMk4Factor
{
	double		lower;			/* 0 <= lower <= upper, finite, never -0 */
	double		upper;
	int32_t		nutrient;
	int32_t		basis;			/* a VitkFactorBasis */
} VitkMk4Factor;

/*
 * The type conversion.  Factors are in the order of their nutrients, each
 * nutrient once.  MK-4 is always among them (1 unless given); its basis makes
 * no difference and is molar, unless all others are by mass.
 */
typedef struct VitkConversion
{
	int32_t		vl_len_;		/* set by the server files */
	int32_t		n;
	VitkMk4Factor factor[];
} VitkConversion;

#define VITK_CONVERSION_SIZE(n) \
	(offsetof(VitkConversion, factor) + (n) * sizeof(VitkMk4Factor))

/* Whether a vitamin K antagonist is taken: the third index of conversion_sets */
typedef enum VitkAntagonist
{
	VITK_ANTAGONIST_NO,
	VITK_ANTAGONIST_YES,
	VITK_ANTAGONIST_UNKNOWN		/* factors from the least to the greatest of both */
} VitkAntagonist;

/* The factors of a conversion, wherever they are kept */
typedef struct VitkMk4Factors
{
	int			n;
	const VitkMk4Factor *factor;
} VitkMk4Factors;

extern bool vitk_conversion_parse(const char *s, size_t len,
								  VitkMk4Factor *factor, int *n, VitkErr *err);
extern int	vitk_conversion_format(const VitkMk4Factors *c, char *buf);
extern bool vitk_conversion_check(const VitkMk4Factors *c, VitkErr *err);
extern int	vitk_conversion_cmp(const VitkMk4Factors *a, const VitkMk4Factors *b);

extern const char *vitk_factor_basis_name(VitkFactorBasis basis);
extern bool vitk_conversion_find(const char *species, size_t species_len,
								 const char *method, size_t method_len,
								 VitkAntagonist antagonist, VitkMk4Factors *out, VitkErr *err);

extern bool vitk_mk4_equivalent(const VitkProfile *p, const VitkMk4Factors *c, VitkAmount *out);
extern double vitk_mk4_coverage(const VitkProfile *p, const VitkMk4Factors *c);

#endif							/* VITK_CORE_CONVERSION_H */
