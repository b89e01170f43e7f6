/*
 * variance_components.c
 *		Fuzz target: the literal of variance_components, what two of them come
 *		to, and the usual intakes and shares that follow.
 */
#include "fuzz.h"

#include "core/usual_intake.h"

static void
check_components(const VitkComponents *c)
{
	char		text[VITK_COMPONENTS_LEN];
	VitkComponents again;
	VitkErr		err = {0};
	int			len = vitk_components_format(c, text);

	CHECK(vitk_components_valid(c, &err));
	CHECK(len > 0 && len < VITK_COMPONENTS_LEN && (size_t) len == strlen(text));
	CHECK(vitk_components_parse(text, len, &again, &err));
	CHECK(memcmp(c, &again, sizeof(again)) == 0);
	CHECK(vitk_components_cmp(c, &again) == 0);
}

/* A finite intake, or a share, or an error: but always one of them */
static void
check_usual(const VitkComponents *c, double reference)
{
	VitkSample	person = {1, reference, 0};
	VitkErr		err = {0};
	double		result;

	for (VitkIntakeScale scale = VITK_INTAKE_NONE; scale <= VITK_INTAKE_LOG; scale++)
	{
		if (vitk_usual_intake(&person, c, scale, &result, &err))
			CHECK(isfinite(result));
		else
			check_error(&err, NULL, 0);
		for (int above = 0; above <= 1; above++)
		{
			if (vitk_components_share(c, reference, scale, above, &result, &err))
				CHECK(result >= 0 && result <= 1);
			else
				check_error(&err, NULL, 0);
		}
	}
}

static bool
read_components(const uint8_t *data, size_t size, VitkComponents *c)
{
	char	   *s = literal(data, size);
	VitkErr		err = {0};
	bool		ok;

	if (s == NULL)
		return false;
	ok = vitk_components_parse(s, size, c, &err);
	free(s);
	if (ok)
	{
		check_components(c);
		CHECK(!(vitk_components_between(c, true) < 0));
		check_usual(c, vitk_components_mean(c) / 2);
		check_usual(c, c->between.sum);
	}
	else
	{
		check_error(&err, data, size);
		CHECK(strstr(err.msg, "variance_components") != NULL);
	}
	return ok;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t		cut = first_part(data, size);
	VitkComponents a;
	VitkComponents b;
	VitkComponents c;

	if (!read_components(data, cut, &a) ||
		cut == size || !read_components(data + cut + 1, size - cut - 1, &b))
		return 0;
	CHECK(sign(vitk_components_cmp(&a, &b)) == -sign(vitk_components_cmp(&b, &a)));
	if (vitk_components_pool(&a, &b, &c))
		check_components(&c);
	return 0;
}
