/*
 * diet.c
 *		Fuzz target: the literal of diets, and sums of two ("{1: 2}|{1: 3, 4: ?}").
 */
#include "fuzz.h"

#include "core/diet.h"

static VitkDiet *
read_diet(const uint8_t *data, size_t size)
{
	char	   *s = literal(data, size);
	VitkDiet   *d;
	VitkErr		err = {0};

	if (s == NULL)
		return NULL;
	d = malloc(vitk_diet_wide_size(vitk_diet_text_bound(s, size)));
	if (!vitk_diet_parse(s, size, d, &err))
	{
		check_error(&err, data, size);
		free(d);
		d = NULL;
	}
	free(s);
	return d;
}

static bool
same_bytes(const VitkDiet *a, const VitkDiet *b)
{
	return a->n == b->n && a->form == b->form &&
		memcmp(a->word, b->word, vitk_diet_size(a, a->n) - sizeof(VitkDiet)) == 0;
}

/* Foods ascend, each with one known and one unknown mass at most; the text reads back. */
static void
check_diet(const VitkDiet *d)
{
	char	   *text = malloc(VITK_DIET_TEXT_SIZE(d->n));
	size_t		len = vitk_diet_format(d, text);
	VitkDiet   *again = read_diet((const uint8_t *) text, len);

	CHECK(len == strlen(text) && len < VITK_DIET_TEXT_SIZE(d->n));
	CHECK(again != NULL && same_bytes(d, again) && vitk_diet_cmp(d, again) == 0);
	for (size_t i = 0; i < d->n; i++)
	{
		VitkEaten	e = vitk_diet_item(d, i);

		CHECK(e.food_no >= 0 && (e.grams >= 0 || e.grams == VITK_MASS_UNKNOWN));
		CHECK(vitk_diet_is_eaten(d, e.food_no) || e.grams == 0);
		if (i > 0)
		{
			VitkEaten	before = vitk_diet_item(d, i - 1);

			CHECK(before.food_no < e.food_no ||
				  (before.food_no == e.food_no && before.grams >= 0 && e.grams == VITK_MASS_UNKNOWN));
		}
	}
	free(again);
	free(text);
}

/* a + b; NULL = out of range */
static VitkDiet *
add(const VitkDiet *a, const VitkDiet *b)
{
	VitkDiet   *sum = malloc(vitk_diet_wide_size((size_t) a->n + b->n));

	memcpy(sum, a, vitk_diet_size(a, a->n));
	if (!vitk_diet_append_all(sum, b))
	{
		vitk_diet_widen(sum, sum);
		CHECK(vitk_diet_append_all(sum, b));
	}
	if (vitk_diet_settle(sum))
		return sum;
	free(sum);
	return NULL;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t		cut = first_part(data, size);
	VitkDiet   *a = read_diet(data, cut);
	VitkDiet   *b = cut < size ? read_diet(data + cut + 1, size - cut - 1) : NULL;

	if (a != NULL)
		check_diet(a);
	if (a != NULL && b != NULL)
	{
		VitkDiet   *ab = add(a, b);
		VitkDiet   *ba = add(b, a);

		check_diet(b);
		CHECK(sign(vitk_diet_cmp(a, b)) == -sign(vitk_diet_cmp(b, a)));
		CHECK((vitk_diet_cmp(a, b) == 0) == same_bytes(a, b));
		CHECK((ab == NULL) == (ba == NULL));
		if (ab != NULL)
		{
			check_diet(ab);
			CHECK(same_bytes(ab, ba));
		}
		free(ab);
		free(ba);
	}
	free(a);
	free(b);
	return 0;
}
