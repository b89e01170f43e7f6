/*
 * binary_amount.c
 *		Fuzz target: bytes as an amount, as nutrient_amount_recv has them.
 */
#include "fuzz.h"

#include "core/nutrient_amount.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	VitkAmount	raw;
	VitkAmount	amount;
	VitkAmount	again;
	VitkErr		err = {0};
	char		text[VITK_AMOUNT_LEN];
	int			len;

	if (size != sizeof(raw))
		return 0;
	memcpy(&raw, data, size);
	if (!vitk_amount_make(raw.lower, raw.upper, &raw.unit, &amount, &err))
	{
		check_error(&err, NULL, 0);
		return 0;
	}
	CHECK(vitk_amount_valid(&amount, &err));
	len = vitk_amount_format(&amount, text);
	CHECK(len > 0 && len < VITK_AMOUNT_LEN && (size_t) len == strlen(text));
	CHECK(vitk_amount_parse(text, len, &again, &err));
	CHECK(memcmp(&amount, &again, sizeof(again)) == 0);
	return 0;
}
