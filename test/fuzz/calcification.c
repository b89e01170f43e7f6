/*
 * calcification.c
 *		Fuzz target: the literal of calcification, and the change between two.
 */
#include "fuzz.h"

#include <math.h>

#include "core/calcification_delta.h"

static bool
read_calcification(const uint8_t *data, size_t size, VitkCalcification *c)
{
	char	   *s = literal(data, size);
	char		text[VITK_CALCIFICATION_LEN];
	VitkCalcification again;
	VitkErr		err = {0};
	bool		ok;
	int			len;

	if (s == NULL)
		return false;
	ok = vitk_calcification_parse(s, size, c, &err);
	free(s);
	if (!ok)
	{
		check_error(&err, data, size);
		CHECK(strstr(err.msg, "calcification") != NULL);
		return false;
	}
	len = vitk_calcification_format(c, text);
	CHECK(len > 0 && len < VITK_CALCIFICATION_LEN && (size_t) len == strlen(text));
	CHECK(vitk_calcification_parse(text, len, &again, &err));
	CHECK(memcmp(c, &again, sizeof(again)) == 0);
	return true;
}

/* A verdict is stable, or has the direction of the change; equal scans are stable. */
static void
check_progression(const char *name, const VitkCalcification *a, const VitkCalcification *b,
				  const double *years)
{
	double		bmi = 27;
	const VitkCriterion *criterion;
	VitkProgression verdict;
	VitkErr		err = {0};

	if (!vitk_criterion_find(name, strlen(name), a, true, &criterion, &err) ||
		!vitk_progression(a, b, years, false, criterion, &bmi, &verdict, &err))
	{
		check_error(&err, NULL, 0);
		return;
	}
	CHECK(verdict == VITK_STABLE || verdict == VITK_UNDECIDED ||
		  (verdict == VITK_PROGRESSION) == (b->value > a->value));
	CHECK(a->value != b->value || verdict == VITK_STABLE);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const names[] = {"hokanson", "sevrukov", "annual_15", "mesa", "none"};
	static const double years[] = {0.5, 1, 2.5};
	size_t		cut = first_part(data, size);
	VitkCalcification a;
	VitkCalcification b;
	VitkDelta	d;
	VitkErr		err = {0};

	if (!read_calcification(data, cut, &a) ||
		cut == size || !read_calcification(data + cut + 1, size - cut - 1, &b))
		return 0;
	CHECK(vitk_calcification_cmp(&a, &b) == -vitk_calcification_cmp(&b, &a));
	for (int i = 0; i < 3; i++)
	{
		if (!vitk_calcification_delta(&a, &b, &years[i], &d, &err))
		{
			check_error(&err, NULL, 0);
			continue;
		}
		CHECK(a.method == b.method);
		CHECK(!d.has_percent || (d.percent >= -100 && d.percent_per_year >= -100));
		CHECK(isfinite(d.absolute) && isfinite(d.sqrt_difference) && isfinite(d.log_difference));
		for (int j = 0; j < 5; j++)
			check_progression(names[j], &a, &b, &years[i]);
	}
	return 0;
}
