/*
 * binary_conversion.c
 *		Fuzz target: bytes as factors of a conversion, as conversion_recv has them.
 */
#include "fuzz.h"

#include "core/conversion.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	VitkMk4Factor factor[VITK_MAX_FACTOR];
	VitkMk4Factor again_factor[VITK_MAX_FACTOR];
	VitkMk4Factors c = {size / sizeof(VitkMk4Factor), factor};
	VitkMk4Factors again = {0, again_factor};
	VitkErr		err = {0};
	char		text[VITK_CONVERSION_LEN];
	int			len;

	if (c.n > VITK_MAX_FACTOR)
		return 0;
	if (c.n > 0)
		memcpy(factor, data, c.n * sizeof(VitkMk4Factor));
	for (int i = 0; i < c.n; i++)
	{
		factor[i].lower += 0.0;	/* as conversion_recv: -0 becomes 0 */
		factor[i].upper += 0.0;
	}
	if (!vitk_conversion_check(&c, &err))
	{
		check_error(&err, NULL, 0);
		return 0;
	}
	len = vitk_conversion_format(&c, text);
	CHECK(len > 0 && len < VITK_CONVERSION_LEN && (size_t) len == strlen(text));
	CHECK(vitk_conversion_parse(text, len, again_factor, &again.n, &err));
	CHECK(again.n == c.n && memcmp(factor, again_factor, c.n * sizeof(*factor)) == 0);
	return 0;
}
