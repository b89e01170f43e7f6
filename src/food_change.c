/*
 * food_change.c
 *		What if: compositions with fewer nutrients, other values, fortified or drawn.
 *
 * Each makes a composition of one that may have megabytes, and a plan may ask
 * for the same one for every row.  What was made is kept in fn_extra, known by
 * its source and the other arguments, and given back as the same value, which
 * then is recognised by its mark.
 */
#include "food_composition.h"

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/memutils.h"

#include "diet.h"
#include "nutrient.h"
#include "nutrient_amount.h"
#include "nutrient_profile.h"

/* No more are kept: as many as a query may draw at random at once, and that much memory */
#define MAX_MADE		128
#define MAX_MADE_BYTES	((Size) 256 * 1024 * 1024)

typedef struct Made
{
	VitkSource	source;			/* the first member: see vitk_source_find */
	char	   *arguments;
	Size		length;
	VitkComposition *result;
} Made;

typedef struct MadeCache
{
	MemoryContext context;
	int			n;
	int			last;
	Size		size;
	Made		entry[MAX_MADE];
} MadeCache;

/* Makes a composition, loose or not, with the other arguments of the function */
typedef VitkComposition *(*Maker) (FunctionCallInfo fcinfo, const VitkComposition *c);

static MadeCache *
get_cache(FmgrInfo *flinfo)
{
	MadeCache  *cache = flinfo->fn_extra;

	if (cache == NULL)
	{
		cache = MemoryContextAllocZero(flinfo->fn_mcxt, sizeof(MadeCache));
		cache->context = AllocSetContextCreate(flinfo->fn_mcxt, "vitk foods made", ALLOCSET_DEFAULT_SIZES);
		flinfo->fn_extra = cache;
	}
	return cache;
}

/* Where among those made is the one of these arguments?  -1 = nowhere */
static int
find_made(MadeCache *cache, Datum d, const char *arguments, Size length,
		  VitkSource *source, VitkComposition **c)
{
	for (int i = 0, guess = cache->last; i < cache->n; i++)
	{
		int			at = vitk_source_find(d, source, c, cache->entry, cache->n, sizeof(Made), guess);

		if (at < 0)
			return -1;
		if (cache->entry[at].length == length &&
			memcmp(cache->entry[at].arguments, arguments, length) == 0)
			return at;
		guess = at + 1 < cache->n ? at + 1 : 0;
	}
	if (*c == NULL)
		(void) vitk_source_find(d, source, c, NULL, 0, sizeof(Made), 0);
	return -1;
}

/* Make room for a result of that size; the one used last goes, see food_table.c. */
static int
make_room(MadeCache *cache, Size size)
{
	while (cache->n == MAX_MADE || (cache->n > 0 && cache->size + size > MAX_MADE_BYTES))
	{
		Made	   *victim = &cache->entry[cache->last];

		cache->size -= VARSIZE(victim->result);
		pfree(victim->result);
		pfree(victim->arguments);
		*victim = cache->entry[--cache->n];
		cache->last = Max(cache->n - 1, 0);
	}
	cache->size += size;
	return cache->n++;
}

/* What make() makes of the first argument, from the cache if it was made before */
static Datum
make_once(FunctionCallInfo fcinfo, const void *arguments, Size length, Maker make)
{
	MadeCache  *cache = get_cache(fcinfo->flinfo);
	VitkSource	source;
	VitkComposition *c = NULL;
	int			at = find_made(cache, PG_GETARG_DATUM(0), arguments, length, &source, &c);

	if (at < 0)
	{
		VitkComposition *made = make(fcinfo, c);
		MemoryContext old = MemoryContextSwitchTo(cache->context);
		Made		m = {source, palloc(length), length, vitk_composition_finish(made)};

		MemoryContextSwitchTo(old);
		memcpy(m.arguments, arguments, length);
		at = make_room(cache, VARSIZE(m.result));
		cache->entry[at] = m;
		pfree(made);
	}
	cache->last = at;
	PG_RETURN_POINTER(cache->entry[at].result);
}

/* Call change() for the profile of each food, in a buffer, and collect them. */
typedef void (*Changer) (VitkProfile *p, int32 food_no, void *arg);

static VitkComposition *
change_each(const VitkComposition *c, Changer change, void *arg)
{
	VitkComposition *result = vitk_composition_make(&vitk_composition_empty, Max(c->used, 1024));
	VitkProfileBuffer *p = palloc(sizeof(VitkProfileBuffer));

	for (VITK_EACH_FOOD(e, c))
	{
		CHECK_FOR_INTERRUPTS();
		memcpy(p, vitk_food_entry_profile(e), vitk_profile_size(vitk_food_entry_profile(e)));
		change(&p->profile, e->food_no, arg);
		result = vitk_composition_add(result, e->food_no, &p->profile);
	}
	pfree(p);
	return result;
}

/*
 * restricted(foods, VARIADIC nutrients)
 */

static void
keep_wanted(VitkProfile *p, int32 food_no, void *wanted)
{
	VitkProfileBuffer all;

	(void) food_no;
	memcpy(&all, p, vitk_profile_size(p));
	vitk_profile_only(p, &all.profile, wanted);
}

static VitkComposition *
make_restricted(FunctionCallInfo fcinfo, const VitkComposition *c)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(1);
	uint8		wanted[VITK_NUTRIENT_COUNT + 1] = {0};
	Datum	   *nutrients;
	bool	   *nulls;
	int			n;

	deconstruct_array(array, ARR_ELEMTYPE(array), sizeof(int32), true, TYPALIGN_INT, &nutrients, &nulls, &n);
	for (int i = 0; i < n; i++)
		if (!nulls[i])
			wanted[vitk_nutrient_get(DatumGetInt32(nutrients[i]))->id] = 1;
	return change_each(c, keep_wanted, wanted);
}

PG_FUNCTION_INFO_V1(food_change_restricted);
Datum
food_change_restricted(PG_FUNCTION_ARGS)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(1);

	return make_once(fcinfo, array, VARSIZE(array), make_restricted);
}

/*
 * draw(foods, seed)
 */

static void
draw_food(VitkProfile *p, int32 food_no, void *seed)
{
	vitk_profile_draw(p, food_no, *(int64 *) seed);
}

static VitkComposition *
make_draw(FunctionCallInfo fcinfo, const VitkComposition *c)
{
	int64		seed = PG_GETARG_INT64(1);

	return change_each(c, draw_food, &seed);
}

PG_FUNCTION_INFO_V1(food_change_draw);
Datum
food_change_draw(PG_FUNCTION_ARGS)
{
	int64		seed = PG_GETARG_INT64(1);

	return make_once(fcinfo, &seed, sizeof(seed), make_draw);
}

/*
 * with_value(foods, food_no, nutrient, amount) and fortified(foods, food_nos, added)
 */

static void
check_there(const VitkComposition *c, int32 food_no)
{
	if (vitk_composition_find(c, food_no) == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("food %d is not in the food_composition", food_no)));
}

typedef struct Fortification
{
	const int32 *foods;			/* sorted */
	int			n;
	const VitkProfile *added;	/* to 100 g of each of them; without mass */
	bool		instead;		/* of what is known of those nutrients */
} Fortification;

static void
fortify(VitkProfile *p, int32 food_no, void *arg)
{
	const Fortification *f = arg;
	VitkProfileBuffer food;
	VitkProfileBuffer added;
	uint8		wanted[VITK_NUTRIENT_COUNT + 1];

	if (!vitk_in_foods(food_no, f->foods, f->n))
		return;
	memcpy(&food, p, vitk_profile_size(p));
	if (f->instead)
	{
		memset(wanted, 1, sizeof(wanted));
		for (int i = 0; i < f->added->n; i++)
			wanted[vitk_profile_nutrient(f->added, i)] = 0;
		vitk_profile_only(&food.profile, p, wanted);
	}
	/* as portion(): 7 ug in 100 g are 2.1 ug in 30 g */
	if (!vitk_profile_scale(&added.profile, f->added, food.profile.grams, 100, 0))
		vitk_profile_overflow();
	vitk_profile_sum_layout(p, &food.profile, &added.profile, 0, false);
	if (!vitk_profile_sum(p, &food.profile, &added.profile, 1, 0))
		vitk_profile_overflow();
	if (f->instead)				/* a value that is given is known for all of the food */
		for (int i = 0; i < f->added->n; i++)
			vitk_profile_know_all(p, vitk_profile_nutrient(f->added, i));
}

static VitkComposition *
make_fortified(FunctionCallInfo fcinfo, const VitkComposition *c)
{
	Fortification f = {.added = PG_GETARG_PROFILE(2)};

	f.foods = vitk_get_foods(PG_GETARG_ARRAYTYPE_P(1), &f.n);
	for (int i = 0; i < f.n; i++)
		check_there(c, f.foods[i]);
	return change_each(c, fortify, &f);
}

PG_FUNCTION_INFO_V1(food_change_fortified);
Datum
food_change_fortified(PG_FUNCTION_ARGS)
{
	ArrayType  *foods = PG_GETARG_ARRAYTYPE_P(1);
	VitkProfile *added = PG_GETARG_PROFILE(2);
	Size		length = VARSIZE(foods) + vitk_profile_size(added);
	char	   *arguments = palloc(length);

	if (added->grams > 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("profile that a food is fortified with must not have a mass"),
				 errhint("Write, for example, 'MK-7 20 ug': it is added to 100 g of the food.")));
	memcpy(arguments, foods, VARSIZE(foods));
	memcpy(arguments + VARSIZE(foods), added, vitk_profile_size(added));
	return make_once(fcinfo, arguments, length, make_fortified);
}

static VitkComposition *
make_with_value(FunctionCallInfo fcinfo, const VitkComposition *c)
{
	int32		food_no = PG_GETARG_INT32(1);
	VitkProfileDraft *draft = palloc(sizeof(VitkProfileDraft));
	VitkProfileBuffer value;
	Fortification f = {&food_no, 1, &value.profile, true};
	VitkErr		err;

	check_there(c, food_no);
	vitk_profile_draft_init(draft);
	if (!vitk_profile_draft_add(draft, PG_GETARG_NUTRIENT(2),
								PG_GETARG_NUTRIENT_AMOUNT_P(3), VITK_ALL_KNOWN, &err) ||
		!vitk_profile_draft_finish(draft, &value.profile, &err))
		VITK_RAISE(&err);
	return change_each(c, fortify, &f);
}

PG_FUNCTION_INFO_V1(food_change_with_value);
Datum
food_change_with_value(PG_FUNCTION_ARGS)
{
	struct
	{
		int32		food_no;
		int32		nutrient;
		VitkAmount	amount;
	}			arguments;

	memset(&arguments, 0, sizeof(arguments));
	arguments.food_no = PG_GETARG_INT32(1);
	arguments.nutrient = PG_GETARG_INT32(2);
	memcpy(&arguments.amount, PG_GETARG_POINTER(3), sizeof(VitkAmount));
	return make_once(fcinfo, &arguments, sizeof(arguments), make_with_value);
}
