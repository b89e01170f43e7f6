/*
 * food_table.c
 *		intake(diet, food_composition), and what is kept of a composition for a query.
 *
 * A composition has megabytes and is used for millions of diets: it is read
 * and laid out once a query and process, whatever the plan, in fn_extra.  What
 * is kept is found again by where the composition lies in TOAST, without
 * reading it there, or by the mark that it carries: 128 bits of its content,
 * so that a value at the same address is never taken for another.
 */
#include "food_composition.h"

#include "access/detoast.h"
#include "storage/proc.h"
#include "utils/memutils.h"

#include "diet.h"
#include "nutrient_profile.h"

static LocalTransactionId
current_lxid(void)
{
#if PG_VERSION_NUM >= 170000
	return MyProc->vxid.lxid;
#else
	return MyProc->lxid;
#endif
}

static bool
same_source(const VitkSource *known, const VitkSource *s)
{
	if (s->toasted)
		return known->toasted && known->lxid == s->lxid &&
			memcmp(&known->toast, &s->toast, sizeof(s->toast)) == 0;
	return known->mark[0] == s->mark[0] && known->mark[1] == s->mark[1];
}

/* The first source at or behind guess, in a circle, that is the same; -1 = none */
static int
search(const VitkSource *s, void *sources, int n, Size spacing, int guess)
{
	for (int i = 0; i < n; i++)
	{
		int			at = guess + i < n ? guess + i : guess + i - n;

		if (same_source((VitkSource *) ((char *) sources + at * spacing), s))
			return at;
	}
	return -1;
}

/* Has the value in memory a mark?  Its entries are not looked at yet. */
static bool
has_mark(const struct varlena *value)
{
	const VitkComposition *c = (const VitkComposition *) value;

	return VARATT_IS_4B_U(value) && VARSIZE(value) >= sizeof(VitkComposition) &&
		c->version == VITK_COMPOSITION_VERSION && c->form == 0;
}

/*
 * Where it is not found, *c is the composition.  Otherwise *c may be NULL: it
 * was not read at all.
 */
int
vitk_source_find(Datum d, VitkSource *source, VitkComposition **c,
				 void *sources, int n, Size spacing, int guess)
{
	struct varlena *value = (struct varlena *) DatumGetPointer(d);
	int			at;

	memset(source, 0, sizeof(*source));
	source->toasted = VARATT_IS_EXTERNAL_ONDISK(value);
	*c = NULL;
	if (source->toasted)
	{
		source->lxid = current_lxid();
		VARATT_EXTERNAL_GET_POINTER(source->toast, value);
		at = search(source, sources, n, spacing, guess);
		if (at >= 0)
			return at;
	}
	else if (has_mark(value))
	{
		memcpy(source->mark, ((VitkComposition *) value)->mark, sizeof(source->mark));
		at = search(source, sources, n, spacing, guess);
		if (at >= 0)
			return at;
	}
	*c = vitk_composition_get(d);
	memcpy(source->mark, (*c)->mark, sizeof(source->mark));
	source->toasted = false;
	at = search(source, sources, n, spacing, guess);
	source->toasted = VARATT_IS_EXTERNAL_ONDISK(value);
	/* the same foods in another place: next time they are known by that */
	if (at >= 0 && source->toasted)
		memcpy((char *) sources + at * spacing, source, sizeof(*source));
	return at;
}

/*
 * The tables of a function
 */

/* No more are kept: as many as a query may draw at random at once, and that much memory */
#define MAX_TABLES		128
#define MAX_TABLE_BYTES ((Size) 256 * 1024 * 1024)

typedef struct CachedTable
{
	VitkSource	source;			/* the first member: see vitk_source_find */
	VitkFoodTable table;
	char	   *memory;
	Size		size;
} CachedTable;

typedef struct TableCache
{
	MemoryContext context;
	int			n;
	int			last;			/* used last */
	Size		size;			/* of all */
	CachedTable entry[MAX_TABLES];
} TableCache;

static TableCache *
get_cache(FmgrInfo *flinfo)
{
	TableCache *cache = flinfo->fn_extra;

	if (cache == NULL)
	{
		cache = MemoryContextAllocZero(flinfo->fn_mcxt, sizeof(TableCache));
		cache->context = AllocSetContextCreate(flinfo->fn_mcxt, "vitk food tables", ALLOCSET_DEFAULT_SIZES);
		flinfo->fn_extra = cache;
	}
	return cache;
}

/* Make room for a table of that size; returns where it goes. */
static int
make_room(TableCache *cache, Size size)
{
	while (cache->n == MAX_TABLES || (cache->n > 0 && cache->size + size > MAX_TABLE_BYTES))
	{
		/* the one used last goes: who takes turns among too many would else find none */
		CachedTable *victim = &cache->entry[cache->last];

		pfree(victim->memory);
		cache->size -= victim->size;
		*victim = cache->entry[--cache->n];
		cache->last = Max(cache->n - 1, 0);
	}
	cache->size += size;
	return cache->n++;
}

static int
add_table(TableCache *cache, const VitkSource *source, const VitkComposition *c)
{
	VitkFoodTable table;
	uint32	   *words = palloc_extended(VITK_FOOD_PLAN_WORDS(c->n) * sizeof(uint32), MCXT_ALLOC_HUGE);
	Size		size = vitk_food_table_plan(&table, c, words);
	char	   *memory = MemoryContextAllocHuge(cache->context, size);
	int			at = make_room(cache, size);

	vitk_food_table_build(&table, c, words, memory);
	cache->entry[at] = (CachedTable) {*source, table, memory, size};
	pfree(words);
	return at;
}

const VitkFoodTable *
vitk_food_table_get(FunctionCallInfo fcinfo, Datum d)
{
	TableCache *cache = get_cache(fcinfo->flinfo);
	VitkSource	source;
	VitkComposition *c;
	int			at = vitk_source_find(d, &source, &c, cache->entry, cache->n, sizeof(CachedTable), cache->last);

	if (at < 0)
	{
		at = add_table(cache, &source, c);
		if ((Pointer) c != DatumGetPointer(d))
			pfree(c);
	}
	cache->last = at;
	return &cache->entry[at].table;
}

/* intake(diet, food_composition) */
PG_FUNCTION_INFO_V1(food_table_intake);
Datum
food_table_intake(PG_FUNCTION_ARGS)
{
	VitkDiet   *d = PG_GETARG_DIET(0);
	const VitkFoodTable *t = vitk_food_table_get(fcinfo, PG_GETARG_DATUM(1));
	VitkFoodSum sum;
	VitkProfile *p;

	if (!vitk_food_table_sum(t, d, &sum))
		vitk_profile_overflow();
	PG_FREE_IF_COPY(d, 0);
	p = palloc(vitk_food_sum_size(t, &sum));
	SET_VARSIZE(p, vitk_food_sum_profile(t, &sum, p));
	/* as intake(profile, NULL) */
	if (unlikely(sum.flags & VITK_FOOD_MORE))
		p->form |= VITK_PROFILE_MORE;
	PG_RETURN_POINTER(p);
}

/* food_profile(foods, food_no): NULL when it is not there */
PG_FUNCTION_INFO_V1(food_table_profile);
Datum
food_table_profile(PG_FUNCTION_ARGS)
{
	const VitkFoodTable *t = vitk_food_table_get(fcinfo, PG_GETARG_DATUM(0));
	uint32		row = vitk_food_table_row(t, PG_GETARG_INT32(1));
	VitkFoodSum sum;
	VitkProfile *p;

	if (row == 0)
		PG_RETURN_NULL();
	vitk_food_table_food(t, row, &sum);
	p = palloc(vitk_food_sum_size(t, &sum));
	SET_VARSIZE(p, vitk_food_sum_profile(t, &sum, p));
	PG_RETURN_POINTER(p);
}
