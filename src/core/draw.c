/*
 * draw.c
 *		Numbers drawn at random, the same for a seed on every machine.
 */
#include "core/draw.h"

#include <float.h>

/* A finalizer of splitmix64: each bit of the outcome depends on each of x. */
static uint64_t
mix(uint64_t x)
{
	x ^= x >> 30;
	x *= UINT64_C(0xBF58476D1CE4E5B9);
	x ^= x >> 27;
	x *= UINT64_C(0x94D049BB133111EB);
	return x ^ (x >> 31);
}

/*
 * A number drawn evenly from lower to upper.  It depends on the seed and on
 * what is drawn, not on what else is: leaving out a food changes no other.
 * Only exact and once rounded operations: the same on every machine.
 */
double
vitk_draw_uniform(double lower, double upper, int64_t seed, int64_t what, int64_t which)
{
	uint64_t	bits = mix(mix(mix((uint64_t) seed + UINT64_C(0x9E3779B97F4A7C15)) ^ (uint64_t) what) ^
						   ((uint64_t) which << 32 | UINT64_C(0x5BF03635)));
	double		u = (double) (bits >> 11) * (1.0 / 9007199254740992.0);
	double		drawn = lower + u * (upper - lower);

	if (drawn >= upper)
		return upper;
	/* no denormals: nothing that is drawn is negative */
	return drawn < DBL_MIN ? lower : drawn;
}
