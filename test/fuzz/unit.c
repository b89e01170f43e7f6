/*
 * unit.c
 *		Fuzz target: the parser of units, and conversion between two ("mg|ug").
 */
#include "fuzz.h"

#include <math.h>

#include "core/unit.h"

static bool
read_unit(const uint8_t *data, size_t size, VitkUnit *unit)
{
	char	   *s = literal(data, size);
	char		text[VITK_UNIT_LEN];
	VitkUnit	again;
	VitkErr		err = {0};
	int			len;

	if (s == NULL)
		return false;
	if (!vitk_unit_parse(s, size, unit, &err))
	{
		check_error(&err, data, size);
		free(s);
		return false;
	}
	free(s);
	CHECK(vitk_unit_valid(unit));
	len = vitk_unit_format(unit, text);
	CHECK(len > 0 && len < VITK_UNIT_LEN && (size_t) len == strlen(text));
	CHECK(vitk_unit_parse(text, len, &again, &err));
	CHECK(vitk_unit_same(unit, &again));
	CHECK(memcmp(unit, &again, sizeof(again)) == 0);
	return true;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t		cut = first_part(data, size);
	VitkUnit	a;
	VitkUnit	b;
	VitkErr		err = {0};
	double		v;

	if (!read_unit(data, cut, &a))
		return 0;
	CHECK(vitk_unit_convert(1, &a, &a, &v, &err) && v == 1);
	if (cut == size || !read_unit(data + cut + 1, size - cut - 1, &b))
		return 0;
	if (!vitk_unit_convert(1, &a, &b, &v, &err))
		check_error(&err, NULL, 0);
	else
	{
		CHECK(vitk_unit_dimension(&a) == vitk_unit_dimension(&b));
		CHECK(isfinite(v) && v > 0);
	}
	if (!vitk_unit_convert_nutrient(1, &a, &b, 19, &v, &err))
		check_error(&err, NULL, 0);
	return 0;
}
