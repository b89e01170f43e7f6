/*
 * study_sample.c
 *		Fuzz target: the literal of study_sample, and what two of them come to.
 */
#include "fuzz.h"

#include "core/effect_size.h"

static void
check_sample(const VitkSample *sample)
{
	static const char *const plus_minus[] = {" \302\261 ", " +- "};
	char		text[VITK_SAMPLE_LEN];
	VitkSample	again;
	VitkErr		err = {0};

	CHECK(vitk_sample_valid(sample, &err));
	for (int i = 0; i < 2; i++)
	{
		int			len = vitk_sample_format(sample, plus_minus[i], text);

		CHECK(len > 0 && len < VITK_SAMPLE_LEN && (size_t) len == strlen(text));
		CHECK(vitk_sample_parse(text, len, &again, &err));
		CHECK(memcmp(sample, &again, sizeof(again)) == 0);
	}
	CHECK(vitk_sample_cmp(sample, &again) == 0);
}

static bool
read_sample(const uint8_t *data, size_t size, VitkSample *sample)
{
	char	   *s = literal(data, size);
	VitkErr		err = {0};
	bool		ok;

	if (s == NULL)
		return false;
	ok = vitk_sample_parse(s, size, sample, &err);
	free(s);
	if (ok)
		check_sample(sample);
	else
	{
		check_error(&err, data, size);
		CHECK(strstr(err.msg, "study_sample") != NULL);
	}
	return ok;
}

/* An effect, or none, or an error: but always one of them */
static void
check_effect(bool made, const VitkEffect *effect, const VitkErr *err)
{
	VitkEffect	again;
	VitkErr		ignored;

	if (!made)
		check_error(err, NULL, 0);
	else if (effect->kind != VITK_EFFECT_NONE)
		CHECK(vitk_effect_make(effect->estimate, effect->se, effect->df, effect->kind, &again, &ignored));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t		cut = first_part(data, size);
	VitkSample	a;
	VitkSample	b;
	VitkSample	c;
	VitkEffect	effect;
	VitkErr		err = {0};

	if (!read_sample(data, cut, &a) ||
		cut == size || !read_sample(data + cut + 1, size - cut - 1, &b))
		return 0;
	CHECK(sign(vitk_sample_cmp(&a, &b)) == -sign(vitk_sample_cmp(&b, &a)));
	if (vitk_sample_pool(&a, &b, &c))
		check_sample(&c);
	if (vitk_sample_change(&a, &b, 0.5, &c, &err))
		check_sample(&c);
	else
		check_error(&err, NULL, 0);
	check_effect(vitk_effect_mean_difference(&a, &b, false, &effect, &err), &effect, &err);
	check_effect(vitk_effect_mean_difference(&a, &b, true, &effect, &err), &effect, &err);
	check_effect(vitk_effect_hedges_g(&a, &b, &effect, &err), &effect, &err);
	check_effect(vitk_effect_log_ratio_of_means(&a, &b, &effect, &err), &effect, &err);
	check_effect(vitk_effect_mean_change(&a, &effect, &err), &effect, &err);
	return 0;
}
