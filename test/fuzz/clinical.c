/*
 * clinical.c
 *		Fuzz what reads values of clinical systems: the first byte says which.
 */
#include "fuzz.h"

#include "core/clinical.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *s = (const char *) data + 1;
	VitkReading r = {true, 5, s, size - 1, VITK_COMPARATOR_EQUAL};
	VitkErr		err = {0};
	bool		bound;

	if (size < 1)
		return 0;
	if (data[0] % 4 == 0)
	{
		VitkDay		day;

		if (vitk_day_parse(s, size - 1, &day))
			CHECK(day.month >= 1 && day.month <= 12 && day.day >= 1 && day.day <= 31 && day.year >= 1 && day.year <= 9999);
	}
	else if (data[0] % 4 == 1)
	{
		if (vitk_reading_parse(s, size - 1, &r))
			CHECK(r.has_value && r.value - r.value == 0 && r.comparator != VITK_COMPARATOR_UNKNOWN);
	}
	else if (data[0] % 4 == 2)
	{
		VitkAmount	amount;

		if (vitk_reading_amount(&r, &amount, &bound, &err))
			CHECK(amount.lower == 5 && amount.upper == 5 && !bound);
		else
			CHECK(err.msg[0] != '\0');
	}
	else
	{
		VitkCalcification c;

		vitk_clinical_kind(s, size - 1);
		vitk_comparator(s, size - 1);
		if (vitk_reading_calcification(&r, 1, &c, &bound, &err))
			CHECK(c.value == 5 && c.method == 1);
		vitk_reading_inr(&r, &err);
	}
	return 0;
}
