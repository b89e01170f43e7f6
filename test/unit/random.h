/*
 * random.h
 *		A generator of our own, so that the numbers are the same everywhere.  SEED is defined before.
 */
#include <math.h>
#include <stdint.h>

static uint64_t state = SEED;

/* splitmix64, as a number between 0 and 1 */
static double
uniform(void)
{
	uint64_t	z = (state += 0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return ((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

static double
normal(void)
{
	return sqrt(-2 * log(1 - uniform())) * cos(2 * M_PI * uniform());
}

/* Between low and high, by order of magnitude */
static double
magnitude(double low, double high)
{
	return low * pow(high / low, uniform());
}
