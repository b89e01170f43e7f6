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
 * The bytes of a profile, which may come compressed, out of line or with a
 * short header, and from a version of vitk that knows more than this one: only
 * comparison takes them as they are.
 */
static inline VitkProfile *
DatumGetVitkProfileRaw(Datum d)
{
	if (likely(VARATT_IS_4B_U(DatumGetPointer(d))))
		return (VitkProfile *) DatumGetPointer(d);
	return (VitkProfile *) PG_DETOAST_DATUM(d);
}

/* A profile that this library knows how to read, the running state of avg() among them */
static inline VitkProfile *
DatumGetVitkProfileOrSum(Datum d)
{
	VitkProfile *p = DatumGetVitkProfileRaw(d);

	if (unlikely(!vitk_profile_readable(p, VARSIZE(p)) || !vitk_profile_known_nutrients(p)))
		vitk_profile_reject(p);
	return p;
}

/*
 * A profile that a function was given.  The running state of avg() is a value
 * of this type too, but only avg() and I/O know what to do with it.
 */
static inline VitkProfile *
DatumGetVitkProfile(Datum d)
{
	VitkProfile *p = DatumGetVitkProfileOrSum(d);

	if (unlikely(vitk_profile_is_counted(p)))
		vitk_profile_reject(p);
	return p;
}

/* The state of a sum to which p is added: of p's layout, as a rule */
static inline VitkProfile *
DatumGetVitkProfileState(Datum d, const VitkProfile *p)
{
	VitkProfile *state = DatumGetVitkProfileRaw(d);

	if (likely(vitk_profile_same_head(state, p) && vitk_profile_known_nutrients(state)))
		return state;
	return DatumGetVitkProfile(d);
}

#define PG_GETARG_PROFILE(n)		DatumGetVitkProfile(PG_GETARG_DATUM(n))
#define PG_GETARG_PROFILE_OR_SUM(n)	DatumGetVitkProfileOrSum(PG_GETARG_DATUM(n))

/* Copy a profile from a buffer into a value to return. */
extern VitkProfile *vitk_profile_copy(const VitkProfile *p);

/* The amount of a nutrient as a function returns it */
extern Datum vitk_profile_amount_or_null(const VitkProfile *p, int32 nutrient, bool *isnull);

/* With so many decimals, as rounded() gives it */
extern VitkProfile *vitk_profile_rounded(const VitkProfile *p, int digits);

#define PG_RETURN_PROFILE(p) \
	do { \
		VitkProfile *result_ = (p); \
		SET_VARSIZE(result_, vitk_profile_size(result_)); \
		PG_RETURN_POINTER(result_); \
	} while (0)

/* The functions of the type, for values that hold profiles */
extern PGDLLEXPORT Datum nutrient_profile_send(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum nutrient_profile_recv(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum nutrient_profile_to_jsonb(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum nutrient_profile_from_jsonb(PG_FUNCTION_ARGS);

/* What is known of any part of a profile that has more of unknown mass */
extern VitkProfile *vitk_profile_part(const VitkProfile *p);

extern void vitk_profile_overflow(void) __attribute__((noreturn));

#endif							/* VITK_NUTRIENT_PROFILE_H */
