/*
 * clinical.h
 *		A value as laboratories and scanners hand it over: number, unit, comparator.
 *
 * Nothing here raises: what cannot be taken has a reason.
 */
#ifndef VITK_CORE_CLINICAL_H
#define VITK_CORE_CLINICAL_H

#include "core/calcification.h"
#include "core/nutrient_amount.h"

/* What a value is of */
typedef enum VitkClinicalKind
{
	VITK_CLINICAL_OTHER,		/* none of these */
	VITK_CLINICAL_NUTRIENT,		/* a level in blood, of a nutrient or a marker */
	VITK_CLINICAL_CALCIFICATION,	/* a calcium score, by the method that it means */
	VITK_CLINICAL_INR
} VitkClinicalKind;

typedef enum VitkComparator
{
	VITK_COMPARATOR_EQUAL,
	VITK_COMPARATOR_BELOW,		/* < or <= */
	VITK_COMPARATOR_ABOVE,		/* > or >= */
	VITK_COMPARATOR_UNKNOWN		/* anything else */
} VitkComparator;

typedef struct VitkReading
{
	bool		has_value;
	double		value;
	const char *unit;			/* not NUL-terminated; length 0: none */
	size_t		unit_len;
	VitkComparator comparator;
} VitkReading;

typedef struct VitkDay
{
	int			year;
	int			month;
	int			day;
} VitkDay;

extern VitkClinicalKind vitk_clinical_kind(const char *s, size_t len);
extern VitkComparator vitk_comparator(const char *s, size_t len);
extern bool vitk_reading_parse(const char *s, size_t len, VitkReading *out);
extern bool vitk_reading_amount(const VitkReading *r, VitkAmount *out, bool *bound, VitkErr *err);
extern bool vitk_reading_calcification(const VitkReading *r, int method, VitkCalcification *out,
									   bool *bound, VitkErr *err);
extern bool vitk_reading_inr(const VitkReading *r, VitkErr *err);
extern bool vitk_day_parse(const char *s, size_t len, VitkDay *out);

#endif							/* VITK_CORE_CLINICAL_H */
