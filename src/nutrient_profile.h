/*
 * nutrient_profile.h
 *		Type nutrient_profile in the server.
 */
#ifndef VITK_NUTRIENT_PROFILE_H
#define VITK_NUTRIENT_PROFILE_H

#include "vitk.h"

#include "core/nutrient_profile.h"

extern void vitk_profile_reject(const VitkProfile *p) __attribute__((noreturn));

/*
 * A profile that a function was given.  Storage is plain and alignment double,
 * so it comes as it was stored: no detoasting, no copy.  The running state of
 * avg() is a value of this type too, but only avg() and I/O know what to do
 * with it.
 */
static inline VitkProfile *
DatumGetVitkProfile(Datum d)
{
	VitkProfile *p = (VitkProfile *) DatumGetPointer(d);

	if (unlikely(p->version != VITK_PROFILE_VERSION || (p->form & ~VITK_PROFILE_FULL)))
		vitk_profile_reject(p);
	return p;
}

#define PG_GETARG_PROFILE(n)	DatumGetVitkProfile(PG_GETARG_DATUM(n))

/* Copy a profile from a buffer into a value to return. */
extern VitkProfile *vitk_profile_copy(const VitkProfile *p);

#define PG_RETURN_PROFILE(p) \
	do { \
		VitkProfile *result_ = (p); \
		SET_VARSIZE(result_, vitk_profile_size(result_)); \
		PG_RETURN_POINTER(result_); \
	} while (0)

extern void vitk_profile_overflow(void) __attribute__((noreturn));

#endif							/* VITK_NUTRIENT_PROFILE_H */
