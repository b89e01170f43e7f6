/*
 * intake_vs_limit.c
 *		What an intake says about a person, held against a reference value.
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
	switch (verdict)
	{
		case VITK_VERDICT_NONE:
			break;
		case VITK_EXCEEDS:
			return "exceeds";
		case VITK_LIKELY_INADEQUATE:
			return "likely inadequate";
		case VITK_UNCERTAIN:
			return "uncertain";
		case VITK_NOT_COMPARABLE:
			return "not comparable";
		case VITK_NO_CONCLUSION:
			return "no conclusion";
		case VITK_WITHIN_LIMIT:
			return "within limit";
		case VITK_ADEQUATE:
			return "adequate";
		case VITK_NO_LIMIT_SET:
			return "no limit set";
	}
	return NULL;
}

/* Is a below b?  Sums of decimal amounts that should meet b do so to 1e-12. */
static bool
below(double a, double b)
{
	return a < b * (1 - 1e-12);
}

/*
 * lower..upper is the intake, open = nothing bounds it above.  The limit is an
 * interval where a range is printed: an intake inside of it is uncertain.
 */
VitkVerdict
vitk_verdict(VitkLimitKind kind, double lower, double upper, bool open,
			 double limit_lower, double limit_upper)
{
	bool		reaches = !below(lower, limit_upper);
	bool		misses = !open && below(upper, limit_lower);
	bool		exceeds = below(limit_upper, lower);
	bool		within = !open && !below(limit_lower, upper);

	switch (kind)
	{
		case VITK_LIMIT_AVERAGE:
			return misses ? VITK_LIKELY_INADEQUATE :
				reaches ? VITK_NO_CONCLUSION : VITK_UNCERTAIN;
		case VITK_LIMIT_ENOUGH:
			return misses ? VITK_NO_CONCLUSION :
				reaches ? VITK_ADEQUATE : VITK_UNCERTAIN;
		case VITK_LIMIT_UPPER:
			return exceeds ? VITK_EXCEEDS :
				within ? VITK_WITHIN_LIMIT : VITK_UNCERTAIN;
		case VITK_LIMIT_CONTEXT:
		case VITK_LIMIT_UNKNOWN:
			break;
	}
	return VITK_VERDICT_NONE;
}
