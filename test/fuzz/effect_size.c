/*
 * effect_size.c
 *		Fuzz target: the literal of effect_size.
 */
#include "fuzz.h"

#include "core/effect_size.h"

static bool
read_effect(const uint8_t *data, size_t size, VitkEffect *effect)
{
	char	   *s = literal(data, size);
	char		text[VITK_EFFECT_LEN];
	VitkEffect	again;
	VitkErr		err = {0};
	int			len;

	if (s == NULL)
		return false;
	if (!vitk_effect_parse(s, size, effect, &err))
	{
		check_error(&err, data, size);
		CHECK(strstr(err.msg, "effect_size") != NULL);
		free(s);
		return false;
	}
	free(s);
	CHECK(vitk_effect_make(effect->estimate, effect->se, effect->df, effect->kind, &again, &err));
	CHECK(memcmp(effect, &again, sizeof(again)) == 0);
	len = vitk_effect_format(effect, text);
	CHECK(len > 0 && len < VITK_EFFECT_LEN && (size_t) len == strlen(text));
	CHECK(vitk_effect_parse(text, len, &again, &err));
	CHECK(memcmp(effect, &again, sizeof(again)) == 0);
	CHECK(vitk_effect_cmp(effect, &again) == 0);
	CHECK((effect->df > 0 && effect->df < 1) ||
		  (vitk_effect_p_value(effect) >= 0 && vitk_effect_p_value(effect) <= 1));
	/* less than one degree of freedom comes from no data; nothing is promised then */
	CHECK((effect->df > 0 && effect->df < 1) || vitk_effect_ci_half(effect, 0.95) > 0);
	return true;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t		cut = first_part(data, size);
	VitkEffect	a;
	VitkEffect	b;

	if (read_effect(data, cut, &a) &&
		cut < size && read_effect(data + cut + 1, size - cut - 1, &b))
		CHECK(sign(vitk_effect_cmp(&a, &b)) == -sign(vitk_effect_cmp(&b, &a)));
	return 0;
}
