/*
 * food_composition.c
 *		Fuzz target: a composition and a diet ("{1: 100 g: K1 7 ug}|{1: 50}"),
 *		added up by the table and profile by profile.
 */
#include "profiles.h"

#include "core/food_table.h"

static VitkComposition *
read_composition(const uint8_t *data, size_t size)
{
	static VitkProfileBuffer p;
	char	   *text = literal(data, size);
	const char *s = text;
	VitkComposition *c = malloc(sizeof(VitkComposition));
	VitkComposition *settled = NULL;
	int32_t		food_no;
	bool		more;
	VitkErr		err = {0};
	bool		ok;

	*c = vitk_composition_empty;
	ok = text != NULL && vitk_composition_open(&s, text + size, &more, &err);
	while (ok && more && (ok = vitk_composition_parse_food(&s, text + size, &food_no, &p.profile, &more, &err)))
	{
		c = realloc(c, c->used + vitk_food_entry_size(&p.profile));
		vitk_composition_append(c, food_no, &p.profile);
	}
	if (ok)
	{
		const VitkFoodEntry **index = malloc((c->n + 1) * sizeof(*index));

		settled = malloc(c->used);
		ok = vitk_composition_settle(settled, c, index, &err);
		free(index);
	}
	if (!ok && text != NULL)
		check_error(&err, data, size);
	if (!ok)
	{
		free(settled);
		settled = NULL;
	}
	free(c);
	free(text);
	return settled;
}

/* What the aggregate makes of it; false = out of range */
static bool
add_up(VitkProfileBuffer *sum, const VitkComposition *c, const VitkDiet *d)
{
	static VitkProfileBuffer next;

	sum->profile = vitk_profile_empty;
	for (size_t i = 0; i < d->n; i++)
	{
		VitkEaten	e = vitk_diet_item(d, i);
		const VitkProfile *p = vitk_composition_find(c, e.food_no);
		double		factor = p ? e.grams / p->grams : 0;

		if (p == NULL)
			p = &vitk_profile_empty;
		vitk_profile_sum_layout(&next.profile, &sum->profile, p, e.grams, false);
		if (!vitk_profile_sum(&next.profile, &sum->profile, p, factor, e.grams))
			return false;
		memcpy(sum, &next, vitk_profile_size(&next.profile));
	}
	return true;
}

static void
check_sum(const VitkComposition *c, const VitkDiet *d)
{
	static VitkProfileBuffer by_profile;
	VitkFoodTable t;
	uint32_t   *words = malloc(VITK_FOOD_PLAN_WORDS(c->n) * sizeof(uint32_t));
	char	   *memory = malloc(vitk_food_table_plan(&t, c, words));
	VitkFoodSum sum;
	bool		finite;

	vitk_food_table_build(&t, c, words, memory);
	finite = vitk_food_table_sum(&t, d, &sum);
	if ((sum.flags & VITK_FOOD_MORE) == 0)
	{
		CHECK(add_up(&by_profile, c, d) == finite);
		if (finite)
		{
			VitkProfile *p = malloc(vitk_food_sum_size(&t, &sum));

			CHECK(vitk_food_sum_profile(&t, &sum, p) <= vitk_food_sum_size(&t, &sum));
			p->vl_len_ = 0;
			CHECK(same_content(p, &by_profile.profile));
			CHECK(vitk_profile_cmp(p, &by_profile.profile) == 0);
			free(p);
		}
	}
	free(memory);
	free(words);
}

static void
check_composition(VitkComposition *c)
{
	CHECK(vitk_composition_valid(c, c->used));
	CHECK(vitk_composition_cmp(c, c) == 0);
	for (VITK_EACH_FOOD(e, c))
	{
		static VitkProfileBuffer p;
		VitkErr		err;

		CHECK(vitk_composition_find(c, e->food_no) == vitk_food_entry_profile(e));
		memcpy(&p, vitk_food_entry_profile(e), vitk_profile_size(vitk_food_entry_profile(e)));
		vitk_profile_draw(&p.profile, e->food_no, e->size);
		CHECK(vitk_profile_valid(&p.profile, vitk_profile_size(&p.profile), &err));
	}
	/* no byte makes walking through it leave it */
	for (uint32_t i = sizeof(VitkComposition); i < c->used && i < 400; i++)
	{
		uint8_t    *byte = (uint8_t *) c + i;
		uint8_t		old = *byte;

		*byte ^= 1 << i % 8;
		(void) vitk_composition_valid(c, c->used);
		*byte = old;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t		cut = first_part(data, size);
	VitkComposition *c = read_composition(data, cut);

	if (c != NULL)
	{
		check_composition(c);
		if (cut < size)
		{
			char	   *s = literal(data + cut + 1, size - cut - 1);
			VitkDiet   *d = s ? malloc(vitk_diet_wide_size(vitk_diet_text_bound(s, size - cut - 1))) : NULL;
			VitkErr		err;

			if (d != NULL && vitk_diet_parse(s, size - cut - 1, d, &err))
				check_sum(c, d);
			free(d);
			free(s);
		}
		free(c);
	}
	return 0;
}
