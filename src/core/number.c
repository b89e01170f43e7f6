/*
 * number.c
 *		Numbers as text: finite decimals in, shortest exact text out.
 *
 * Output must not depend on extra_float_digits or the locale and must read
 * back to the same double: PostgreSQL's own Ryu does that, in libpgcommon,
 * which programs outside the server can link as well.
 */
#include "core/number.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* declared here, because common/shortest_dec.h wants the server's c.h */
extern int	double_to_shortest_decimal_buf(double f, char *result);

/*
 * A literal longer than this is not a measurement.  So long are the numbers of
 * jsonb, which writes 1e300 and 1e-300 with all their zeros.
 */
#define MAX_NUMBER_TEXT 350

/*
 * Length of the decimal number at the start of s: [+-] digits [. digits]
 * [e [+-] digits], at least one digit before the exponent; 0 if there is none.
 * An "e" without digits is not part of the number.
 */
static size_t
number_length(const char *s, const char *end)
{
	const char *p = s;
	size_t		digits = 0;

	if (p < end && (*p == '+' || *p == '-'))
		p++;
	for (; p < end && vitk_is_digit(*p); p++)
		digits++;
	if (p < end && *p == '.')
		for (p++; p < end && vitk_is_digit(*p); p++)
			digits++;
	if (digits == 0)
		return 0;
	if (p < end && (*p == 'e' || *p == 'E'))
	{
		const char *q = p + 1;

		if (q < end && (*q == '+' || *q == '-'))
			q++;
		if (q < end && vitk_is_digit(*q))
		{
			while (q < end && vitk_is_digit(*q))
				q++;
			p = q;
		}
	}
	/* "35..65": the dots belong to the interval, not to the number */
	if (p[-1] == '.' && p < end && *p == '.')
		p--;
	return p - s;
}

/*
 * Read a number at *p and step over it.  Text that would overflow, or that is
 * not zero but would become zero or a denormal, is refused: none of it is what
 * was written.
 */
bool
vitk_number_parse(const char **p, const char *end, double *out, VitkErr *err)
{
	size_t		len = number_length(*p, end);
	char		buf[MAX_NUMBER_TEXT + 1];

	if (len == 0)
		return vitk_err(err, VITK_E_SYNTAX, "expected a number");
	if (len > MAX_NUMBER_TEXT)
		return vitk_err(err, VITK_E_SYNTAX, "number is longer than %d characters",
						MAX_NUMBER_TEXT);
	memcpy(buf, *p, len);
	buf[len] = '\0';
	errno = 0;
	*out = strtod(buf, NULL);
	if (!isfinite(*out) || vitk_is_denormal(*out) || (errno == ERANGE && *out == 0.0))
		return vitk_err(err, VITK_E_RANGE, "number \"%s\" is out of range", buf);
	if (*out == 0.0)
		*out = fabs(*out);		/* a zero has no sign */
	*p += len;
	return true;
}

/* Write the shortest text that reads back to v; returns its length. */
int
vitk_number_format(double v, char *buf)
{
	int			len = double_to_shortest_decimal_buf(v, buf);

	buf[len] = '\0';
	return len;
}
