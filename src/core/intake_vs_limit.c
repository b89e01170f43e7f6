/*
 * intake_vs_limit.c
 *		What an intake says about a person, compared with a reference value.
 *
 * The rules are those of IOM 2000, Dietary Reference Intakes: Applications in
 * Dietary Assessment, doi:10.17226/9956: an intake below the EAR is likely
 * inadequate; at or above an RDA or AI it is likely adequate; below an AI, and
 * between EAR and RDA, nothing can be concluded; a UL is what one may reach
 * but not exceed.  They speak of usual intakes.
 */
#include <string.h>

#include "core/intake_vs_limit.h"

#include "core/err.h"

#include "reference_value_kind_data.h"	/* generated: limit_kinds */

VitkLimitKind
vitk_limit_kind(const char *s, size_t len)
{
	for (int i = 0; i < LIMIT_KIND_COUNT; i++)
	{
		if (strlen(limit_kinds[i].name) == len && memcmp(limit_kinds[i].name, s, len) == 0)
			return limit_kinds[i].kind;
	}
	return VITK_LIMIT_UNKNOWN;
}

VitkLimitBound
vitk_limit_bound(const char *s, size_t len)
{
	static const char *const names[] = {"value", "at_least", "at_most", "hull", "none set", "no value"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
	{
		if (strlen(names[i]) == len && memcmp(names[i], s, len) == 0)
			return VITK_BOUND_VALUE + i;
	}
	return VITK_BOUND_UNKNOWN;
}

/* Write the kinds of these roles, such as "UL and guidance_level". */
void
vitk_limit_kind_names(VitkLimitKind first, VitkLimitKind last, char *list, size_t size)
{
	const char *names[LIMIT_KIND_COUNT];
	int			n = 0;

	for (int i = 0; i < LIMIT_KIND_COUNT; i++)
	{
		if (limit_kinds[i].kind >= first && limit_kinds[i].kind <= last)
			names[n++] = limit_kinds[i].name;
	}
	vitk_list_names(names, n, list, size);
}

const char *
vitk_verdict_name(VitkVerdict verdict)
{
	static const char *const names[] = {
		NULL, "exceeds", "likely inadequate", "above range", "below range", "uncertain",
		"not comparable", "no conclusion", "within limit", "within range", "adequate",
		"no limit set", "no value"
	};

	return names[verdict];
}

/* Is a below b?  Sums of decimal amounts that should meet b do so to 1e-12. */
static bool
below(double a, double b)
{
	return a < b * (1 - 1e-12);
}

/*
 * From one end of a range to the other.  Of a person not well known the ends
 * are the outermost of several ranges: what lies between them may be outside.
 */
static VitkVerdict
range_verdict(VitkLimitBound bound, const VitkIntake *intake, double lower, double upper)
{
	bool		has_lower = bound != VITK_BOUND_AT_MOST;
	bool		has_upper = bound != VITK_BOUND_AT_LEAST;

	if (has_upper && below(upper, intake->lower))
		return VITK_ABOVE_RANGE;
	if (has_lower && below(intake->most, lower))
		return VITK_BELOW_RANGE;
	if (bound != VITK_BOUND_HULL &&
		(!has_lower || !below(intake->lower, lower)) &&
		(!has_upper || !below(upper, intake->most)))
		return VITK_WITHIN_RANGE;
	return VITK_UNCERTAIN;
}

/*
 * The limit is an interval where a range is printed, or where it is not known
 * which of several holds: an intake inside of it is uncertain.
 */
VitkVerdict
vitk_verdict(VitkLimitKind kind, VitkLimitBound bound, const VitkIntake *intake,
			 double limit_lower, double limit_upper)
{
	bool		reaches = !below(intake->lower, limit_upper);
	bool		misses = below(intake->miss, limit_lower);
	bool		exceeds = below(limit_upper, intake->lower);
	bool		within = !below(limit_lower, intake->most);

	if (bound == VITK_BOUND_NONE_SET)
		return VITK_NO_LIMIT_SET;
	if (bound == VITK_BOUND_NO_VALUE)
		return VITK_NO_VALUE;
	switch (kind)
	{
		case VITK_LIMIT_AVERAGE:
			return reaches ? VITK_NO_CONCLUSION :
				misses ? VITK_LIKELY_INADEQUATE : VITK_UNCERTAIN;
		case VITK_LIMIT_ENOUGH:
			return reaches ? VITK_ADEQUATE :
				misses ? VITK_NO_CONCLUSION : VITK_UNCERTAIN;
		case VITK_LIMIT_UPPER:
			return exceeds ? VITK_EXCEEDS :
				within ? VITK_WITHIN_LIMIT : VITK_UNCERTAIN;
		case VITK_LIMIT_SAFE:
			return exceeds ? VITK_NO_CONCLUSION :
				within ? VITK_WITHIN_LIMIT : VITK_UNCERTAIN;
		case VITK_LIMIT_RANGE:
			return range_verdict(bound, intake, limit_lower, limit_upper);
		case VITK_LIMIT_LABEL:
		case VITK_LIMIT_CONTEXT:
			return VITK_NO_CONCLUSION;
		case VITK_LIMIT_UNKNOWN:
			break;
	}
	return VITK_VERDICT_NONE;
}
