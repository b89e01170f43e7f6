/*
 * diet.c
 *		Type diet: foods and how many grams of each were eaten.
 *
 * Layout and text are in core/diet.c, the aggregates in diet_sum.c, what-if in
 * diet_change.c, "who ate natto" in diet_gin.c.
 */
#include "diet.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "funcapi.h"
#include "libpq/pqformat.h"
#include "utils/array.h"
#include "utils/memutils.h"

VitkDiet *
vitk_diet_detoast(Datum datum)
{
	VitkDiet   *d = (VitkDiet *) PG_DETOAST_DATUM(datum);

	if (unlikely(VARSIZE(d) < vitk_diet_wide_size(0) || d->version != VITK_DIET_VERSION ||
				 (d->form & ~(VITK_DIET_WIDE | VITK_DIET_LOOSE)) ||
				 VARSIZE(d) < vitk_diet_size(d, d->n)))
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg("diet has an unknown format")));
	return d;
}

/*
 * Fetch what will be asked for next: the rows of a page lie one before the
 * other, from its end, and no processor guesses where the next one starts.
 * Where the diet lies elsewhere, that costs next to nothing.  (Inlined, or gcc
 * finds that it computes nothing and drops the call.)
 */
static pg_attribute_always_inline void
prefetch_next_row(const VitkDiet *d)
{
	/* as large as this one, and what a row has beside its diet; of long ones the beginning */
	Size		size = Min(VARSIZE(d) + 128, 512);

	for (Size i = 64; i <= size; i += 64)
		__builtin_prefetch((const char *) d - i);
}

VitkDiet *
vitk_diet_get(Datum datum)
{
	VitkDiet   *d = vitk_diet_detoast(datum);

	prefetch_next_row(d);
	return unlikely(d->form & VITK_DIET_LOOSE) ? vitk_diet_finish(vitk_diet_copy(d, d->n)) : d;
}

VitkDiet *
vitk_diet_copy(const VitkDiet *d, Size room)
{
	VitkDiet   *copy;

	if (room > (MaxAllocSize - vitk_diet_wide_size(0)) / (3 * sizeof(uint32)))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("diet is too long")));
	copy = palloc(vitk_diet_wide_size(Max(room, d->n)));
	memcpy(copy, d, vitk_diet_size(d, d->n));
	return copy;
}

VitkDiet *
vitk_diet_finish(VitkDiet *d)
{
	if (!vitk_diet_settle(d))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("mass of a food is out of range for type %s", "diet")));
	SET_VARSIZE(d, vitk_diet_size(d, d->n));
	return d;
}

int32
vitk_check_food_no(int32 food_no)
{
	VitkErr		err;

	if (!vitk_food_no_valid(food_no, &err))
		VITK_RAISE(&err);
	return food_no;
}

/*
 * Input and output
 */

PG_FUNCTION_INFO_V1(diet_in);
Datum
diet_in(PG_FUNCTION_ARGS)
{
	char	   *str = PG_GETARG_CSTRING(0);
	size_t		len = strlen(str);
	VitkDiet   *d = vitk_diet_copy(&vitk_diet_empty, vitk_diet_text_bound(str, len));
	VitkErr		err;

	if (!vitk_diet_parse(str, len, d, &err))
		VITK_RETURN_ERROR(&err, VITK_ESCONTEXT(fcinfo));
	SET_VARSIZE(d, vitk_diet_size(d, d->n));
	PG_RETURN_POINTER(d);
}

PG_FUNCTION_INFO_V1(diet_out);
Datum
diet_out(PG_FUNCTION_ARGS)
{
	const VitkDiet *d = PG_GETARG_DIET(0);
	char	   *str = palloc(VITK_DIET_TEXT_SIZE(d->n));

	vitk_diet_format(d, str);
	PG_RETURN_CSTRING(str);
}

/*
 * Binary form: version, number of items, and of each the food and the grams,
 * -1 where they are not known.
 */
PG_FUNCTION_INFO_V1(diet_send);
Datum
diet_send(PG_FUNCTION_ARGS)
{
	const VitkDiet *d = PG_GETARG_DIET(0);
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendint8(&buf, VITK_DIET_VERSION);
	pq_sendint32(&buf, d->n);
	for (uint32 i = 0; i < d->n; i++)
	{
		VitkEaten	e = vitk_diet_item(d, i);

		pq_sendint32(&buf, e.food_no);
		pq_sendfloat8(&buf, e.grams);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

static void
reject_binary(const char *why)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid binary value for type %s", "diet"),
			 errdetail("%s", why)));
}

#define BINARY_ITEM_SIZE (sizeof(int32) + sizeof(float8))

PG_FUNCTION_INFO_V1(diet_recv);
Datum
diet_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	int			version = pq_getmsgbyte(buf);
	uint32		n = pq_getmsgint(buf, 4);
	VitkDiet   *d;
	VitkErr		err;

	if (version != VITK_DIET_VERSION)
		reject_binary("The version of the format is not supported.");
	if (n != (buf->len - buf->cursor) / BINARY_ITEM_SIZE)
		reject_binary("The number of items does not match the size.");
	d = vitk_diet_copy(&vitk_diet_empty, n);
	d->form = VITK_DIET_WIDE;
	for (uint32 i = 0; i < n; i++)
	{
		VitkEaten	e;

		e.food_no = pq_getmsgint(buf, 4);
		e.grams = pq_getmsgfloat8(buf) + 0.0;	/* a zero has no sign */
		if (!vitk_food_no_valid(e.food_no, &err) ||
			(e.grams != VITK_MASS_UNKNOWN && !vitk_grams_eaten_valid(e.grams, &err)))
			reject_binary("An item lacks its food number or its mass.");
		(void) vitk_diet_append(d, e);
	}
	PG_RETURN_DIET(d);
}

/*
 * What is in it
 */

PG_FUNCTION_INFO_V1(diet_food_count);
Datum
diet_food_count(PG_FUNCTION_ARGS)
{
	const VitkDiet *d = PG_GETARG_DIET(0);
	int32		count = 0;

	for (uint32 i = 0; i < d->n; i++)
		count += i == 0 || vitk_diet_item(d, i).food_no != vitk_diet_item(d, i - 1).food_no;
	PG_RETURN_INT32(count);
}

PG_FUNCTION_INFO_V1(diet_foods);
Datum
diet_foods(PG_FUNCTION_ARGS)
{
	const VitkDiet *d = PG_GETARG_DIET(0);
	Datum	   *foods = palloc((d->n + 1) * sizeof(Datum));
	int			count = 0;

	for (uint32 i = 0; i < d->n; i++)
	{
		int32		food_no = vitk_diet_item(d, i).food_no;

		if (count == 0 || DatumGetInt32(foods[count - 1]) != food_no)
			foods[count++] = Int32GetDatum(food_no);
	}
	PG_RETURN_ARRAYTYPE_P(construct_array(foods, count, INT4OID, sizeof(int32), true, TYPALIGN_INT));
}

PG_FUNCTION_INFO_V1(diet_grams);
Datum
diet_grams(PG_FUNCTION_ARGS)
{
	double		grams = vitk_diet_grams(PG_GETARG_DIET(0));

	if (isinf(grams))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("mass of a diet is out of range")));
	PG_RETURN_FLOAT8(grams);
}

PG_FUNCTION_INFO_V1(diet_grams_of);
Datum
diet_grams_of(PG_FUNCTION_ARGS)
{
	const VitkDiet *d = PG_GETARG_DIET(0);
	int32		food_no = PG_GETARG_INT32(1);
	size_t		i = vitk_diet_find(d, food_no);
	VitkEaten	e;

	/* an item of unknown mass stands last, so that first is what is known */
	if (i == d->n || (e = vitk_diet_item(d, i)).food_no != food_no)
		PG_RETURN_FLOAT8(0);
	if (e.grams == VITK_MASS_UNKNOWN)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(e.grams);
}

PG_FUNCTION_INFO_V1(diet_unnest);
Datum
diet_unnest(PG_FUNCTION_ARGS)
{
	const VitkDiet *d = PG_GETARG_DIET(0);
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	for (uint32 i = 0; i < d->n; i++)
	{
		VitkEaten	e = vitk_diet_item(d, i);
		Datum		values[2] = {Int32GetDatum(e.food_no), Float8GetDatum(e.grams)};
		bool		nulls[2] = {false, e.grams == VITK_MASS_UNKNOWN};

		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/*
 * Comparison: by content
 */

static int
compare(FunctionCallInfo fcinfo)
{
	VitkDiet   *a = PG_GETARG_DIET(0);
	VitkDiet   *b = PG_GETARG_DIET(1);
	int			cmp = vitk_diet_cmp(a, b);

	/* sorting must not fill the memory with what came from TOAST */
	PG_FREE_IF_COPY(a, 0);
	PG_FREE_IF_COPY(b, 1);
	return cmp;
}

PG_FUNCTION_INFO_V1(diet_cmp);
Datum
diet_cmp(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(compare(fcinfo));
}

#define DIET_OPERATOR(name, op) \
PG_FUNCTION_INFO_V1(name); \
Datum \
name(PG_FUNCTION_ARGS) \
{ \
	PG_RETURN_BOOL(compare(fcinfo) op 0); \
}

DIET_OPERATOR(diet_eq, ==)
DIET_OPERATOR(diet_ne, !=)
DIET_OPERATOR(diet_lt, <)
DIET_OPERATOR(diet_le, <=)
DIET_OPERATOR(diet_gt, >)
DIET_OPERATOR(diet_ge, >=)

/* Equal diets have equal words; their form follows from their content. */
static uint64
hash_diet(FunctionCallInfo fcinfo, uint64 seed)
{
	VitkDiet   *d = PG_GETARG_DIET(0);
	uint64		hash = DatumGetUInt64(hash_any_extended((unsigned char *) d->word,
														vitk_diet_size(d, d->n) - offsetof(VitkDiet, word),
														seed));

	PG_FREE_IF_COPY(d, 0);
	return hash;
}

PG_FUNCTION_INFO_V1(diet_hash);
Datum
diet_hash(PG_FUNCTION_ARGS)
{
	/* with seed 0 the extended hash has the plain one in its low half */
	PG_RETURN_UINT32((uint32) hash_diet(fcinfo, 0));
}

PG_FUNCTION_INFO_V1(diet_hash_extended);
Datum
diet_hash_extended(PG_FUNCTION_ARGS)
{
	PG_RETURN_UINT64(hash_diet(fcinfo, PG_GETARG_INT64(1)));
}
