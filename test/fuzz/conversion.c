/*
 * conversion.c
 *		Fuzz target: the literal of type conversion, and what it makes of a profile.
 */
#include "fuzz.h"

#include <math.h>

#include "core/conversion.h"

static bool
read_conversion(const uint8_t *data, size_t size, VitkMk4Factors *c, VitkMk4Factor *factor)
{
	char	   *s = literal(data, size);
	char		text[VITK_CONVERSION_LEN];
	VitkMk4Factor factor2[VITK_MAX_FACTOR];
	VitkMk4Factors again = {0, factor2};
	VitkErr		err = {0};
	int			len;

	if (s == NULL)
		return false;
	if (!vitk_conversion_parse(s, size, factor, &c->n, &err))
	{
		check_error(&err, data, size);
		CHECK(strstr(err.msg, "conversion") != NULL);
		free(s);
		return false;
	}
	free(s);
	c->factor = factor;
	CHECK(c->n > 0 && c->n <= VITK_MAX_FACTOR);
	CHECK(vitk_conversion_check(c, &err));
	len = vitk_conversion_format(c, text);
	CHECK(len > 0 && len < VITK_CONVERSION_LEN && (size_t) len == strlen(text));
	CHECK(vitk_conversion_parse(text, len, factor2, &again.n, &err));
	CHECK(again.n == c->n && memcmp(factor, factor2, c->n * sizeof(*factor)) == 0);
	CHECK(vitk_conversion_cmp(c, &again) == 0);
	return true;
}

/* What a profile with every kind of amount comes to, unless out of range */
static void
check_equivalent(const VitkMk4Factors *c)
{
	static const char profile[] =
		"100 g: K1 500 ug, dK1 3 ug, MK-4 10..20 ug, MK-7 <1 ug (known 50 g), K2 30 ug, vitamin K 600 ug";
	static VitkProfileBuffer p;
	VitkAmount	amount;
	VitkErr		err = {0};

	if (p.profile.n == 0)
		CHECK(vitk_profile_parse(profile, strlen(profile), &p.profile, &err));
	if (vitk_mk4_equivalent(&p.profile, c, &amount) && isfinite(amount.upper))
		CHECK(vitk_amount_valid(&amount, &err) && amount.lower >= 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t		cut = first_part(data, size);
	VitkMk4Factor a_factor[VITK_MAX_FACTOR];
	VitkMk4Factor b_factor[VITK_MAX_FACTOR];
	VitkMk4Factors a;
	VitkMk4Factors b;

	if (!read_conversion(data, cut, &a, a_factor))
		return 0;
	check_equivalent(&a);
	if (cut == size || !read_conversion(data + cut + 1, size - cut - 1, &b, b_factor))
		return 0;
	CHECK(sign(vitk_conversion_cmp(&a, &b)) == -sign(vitk_conversion_cmp(&b, &a)));
	CHECK((vitk_conversion_cmp(&a, &b) == 0) ==
		  (a.n == b.n && memcmp(a_factor, b_factor, a.n * sizeof(*a_factor)) == 0));
	return 0;
}
