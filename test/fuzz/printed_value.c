/*
 * printed.c
 *		Fuzz target: values and reference masses as food tables print them.
 */
#include "fuzz.h"

#include <math.h>

#include "core/printed_value.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char marks[] = {'\0', '.', ','};
	char	   *s = literal(data, size);
	VitkErr		err = {0};
	VitkPrintedKind kind;
	double		values[3];
	VitkPrintedRule rule = {0};
	bool		ok[3];
	double		grams;

	if (s == NULL)
		return 0;
	for (int i = 0; i < 3; i++)
	{
		rule.decimal_mark = marks[i];
		ok[i] = vitk_printed_parse(s, size, &rule, &kind, &values[i], &err);
		if (!ok[i])
			check_error(&err, data, size);
		else if (kind == VITK_PRINTED_VALUE)
			CHECK(isfinite(values[i]) && values[i] >= 0);
		else if (kind == VITK_PRINTED_BELOW || kind == VITK_PRINTED_IMPUTED)
			CHECK(isfinite(values[i]) && values[i] >= 0x1p-1074);
		else
			CHECK(values[i] == 0);
	}
	/* what reads without a decimal mark named reads the same with it */
	if (ok[0])
		CHECK((ok[1] && values[1] == values[0]) || (ok[2] && values[2] == values[0]));
	for (int d = 1; vitk_printed_parse(s, size, &rule, &kind, values, &err) || d < 5; d++)
	{
		rule.dialect = d;
		if (d == 5)
			break;
	}
	if (!vitk_printed_per(s, size, &grams, &err))
		check_error(&err, data, size);
	else
		CHECK(grams > 0 && grams <= 1e6);
	free(s);
	return 0;
}
