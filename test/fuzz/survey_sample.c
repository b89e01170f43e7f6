/*
 * survey_sample.c
 *		Fuzz target: the literal of survey_sample, and what whatever reads tells.
 */
#include "fuzz.h"

#include <math.h>

#include "core/survey_sample.h"

static VitkSurvey *
read_sample(const uint8_t *data, size_t size)
{
	char	   *s = literal(data, size);
	VitkSurvey *sample;
	VitkErr		err = {0};

	if (s == NULL)
		return NULL;
	sample = malloc(vitk_survey_size(vitk_survey_text_bound(s, size)));
	if (!vitk_survey_parse(s, size, sample, &err))
	{
		check_error(&err, data, size);
		CHECK(strstr(err.msg, "survey_sample") != NULL);
		free(sample);
		sample = NULL;
	}
	free(s);
	return sample;
}

/* The text reads back to the same. */
static void
check_text(const VitkSurvey *s)
{
	char	   *text = malloc(vitk_survey_text_size(s->psus));
	int			len = vitk_survey_format(s, text);
	VitkSurvey *again = read_sample((const uint8_t *) text, len);

	CHECK((size_t) len == strlen(text) && (size_t) len < vitk_survey_text_size(s->psus));
	CHECK(again != NULL);
	CHECK(memcmp(s, again, vitk_survey_size(s->psus)) == 0);
	CHECK(vitk_survey_cmp(s, again) == 0);
	free(again);
	free(text);
}

/* No variance is negative; what is known at all lies within what the values allow. */
static void
check_estimates(const VitkSurvey *s)
{
	for (int lonely = VITK_LONELY_FAIL; lonely <= VITK_LONELY_AVERAGE; lonely++)
	{
		VitkSurveyEstimate e;
		VitkErr		err = {0};
		VitkSurveyTotals t;

		if (!vitk_survey_finite_totals(s, &t, &err))
		{
			CHECK(!isfinite(t.weight) || !isfinite(t.sum));
			CHECK(!vitk_survey_mean(s, (VitkLonely) lonely, &e, &err) && err.code == VITK_E_RANGE);
			CHECK(!vitk_survey_total(s, (VitkLonely) lonely, &e, &err) && err.code == VITK_E_RANGE);
			continue;
		}
		if (!vitk_survey_mean(s, (VitkLonely) lonely, &e, &err))
		{
			CHECK(lonely == VITK_LONELY_FAIL && strstr(err.msg, "single PSU") != NULL);
			continue;
		}
		CHECK(isnan(e.se) || e.se >= 0);
		CHECK(isnan(e.deff) || e.deff >= 0);
		if (!vitk_survey_total(s, (VitkLonely) lonely, &e, &err))
			CHECK(lonely == VITK_LONELY_FAIL);	/* of no row there is a total, but no mean */
		else
			CHECK(isnan(e.se) || e.se >= 0);
	}
}

/* A row that is added and the PSUs brought to order again: a valid sample, or out of range */
static void
check_add(const VitkSurvey *s)
{
	VitkSurvey *more = malloc(vitk_survey_size(s->psus + 1));
	VitkErr		err = {0};

	memcpy(more, s, vitk_survey_size(s->psus));
	if (vitk_survey_add(more, 1, 1, 2.5, true, -3, &err) && vitk_survey_order(more))
		CHECK(vitk_survey_valid(more, &err) && more->psus <= s->psus + 1);
	free(more);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t		cut = first_part(data, size);
	VitkSurvey *a = read_sample(data, cut);
	VitkSurvey *b = cut < size ? read_sample(data + cut + 1, size - cut - 1) : NULL;
	VitkErr		err = {0};
	VitkEffect	effect;

	if (a != NULL)
	{
		CHECK(vitk_survey_valid(a, &err));
		check_text(a);
		check_estimates(a);
		check_add(a);
	}
	if (a != NULL && b != NULL)
	{
		CHECK((vitk_survey_cmp(a, b) > 0) == (vitk_survey_cmp(b, a) < 0));
		if (!vitk_survey_difference(a, b, VITK_LONELY_ADJUST, &effect, &err))
			check_error(&err, NULL, 0);
	}
	free(a);
	free(b);
	return 0;
}
