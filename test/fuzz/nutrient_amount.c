/*
 * amount.c
 *		Fuzz target: the parser of amounts, and two of them ("1 g|1000 mg").
 */
#include "fuzz.h"

#include <math.h>

#include "core/nutrient_amount.h"

static bool
read_amount(const uint8_t *data, size_t size, VitkAmount *amount)
{
	char	   *s = literal(data, size);
	char		text[VITK_AMOUNT_LEN];
	VitkAmount	again;
	VitkErr		err = {0};
	int			len;

	if (s == NULL)
		return false;
	if (!vitk_amount_parse(s, size, amount, &err))
	{
		check_error(&err, data, size);
		CHECK(strstr(err.msg, "nutrient_amount") != NULL);
		free(s);
		return false;
	}
	free(s);
	CHECK(vitk_amount_valid(amount, &err));
	len = vitk_amount_format(amount, text);
	CHECK(len > 0 && len < VITK_AMOUNT_LEN && (size_t) len == strlen(text));
	CHECK(vitk_amount_parse(text, len, &again, &err));
	CHECK(memcmp(amount, &again, sizeof(again)) == 0);
	CHECK(vitk_amount_cmp(amount, &again) == 0);
	return true;
}

static int
decimal_cmp(const VitkDecimal *a, const VitkDecimal *b)
{
	/* 15 digits each: an exponent more weighs more than any mantissa */
	int			s = (a->mantissa > 0) - (a->mantissa < 0);

	if (s != (b->mantissa > 0) - (b->mantissa < 0))
		return s > (b->mantissa > 0) - (b->mantissa < 0) ? 1 : -1;
	if (a->exponent != b->exponent)
		return a->exponent > b->exponent ? s : -s;
	return (a->mantissa > b->mantissa) - (a->mantissa < b->mantissa);
}

/* The order that the hash keys have, without the short cuts of the comparison */
static int
key_cmp(const VitkAmount *a, const VitkAmount *b)
{
	VitkAmountKey x;
	VitkAmountKey y;
	int			cmp;

	vitk_amount_key(a, &x);
	vitk_amount_key(b, &y);
	if (x.dimension != y.dimension)
		return x.dimension > y.dimension ? 1 : -1;
	cmp = decimal_cmp(&x.lower, &y.lower);
	return cmp != 0 ? cmp : decimal_cmp(&x.upper, &y.upper);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t		cut = first_part(data, size);
	VitkAmount	a;
	VitkAmount	b;
	VitkAmount	c;
	VitkErr		err = {0};

	if (!read_amount(data, cut, &a) ||
		cut == size || !read_amount(data + cut + 1, size - cut - 1, &b))
		return 0;
	CHECK(sign(vitk_amount_cmp(&a, &b)) == key_cmp(&a, &b));
	CHECK(sign(vitk_amount_cmp(&b, &a)) == -sign(vitk_amount_cmp(&a, &b)));
	if (!vitk_amount_convert(&a, &b.unit, 0, &c, &err))
		check_error(&err, NULL, 0);
	else
		CHECK(vitk_amount_valid(&c, &err) && vitk_unit_same(&c.unit, &b.unit));
	if (!vitk_amount_convert(&a, &b.unit, 19, &c, &err))
		check_error(&err, NULL, 0);
	else
		CHECK(vitk_amount_valid(&c, &err));
	if (!vitk_amount_add(&a, &b, &c, &err))
		check_error(&err, NULL, 0);
	else
		CHECK(vitk_amount_valid(&c, &err) && vitk_unit_same(&c.unit, &a.unit));
	return 0;
}
