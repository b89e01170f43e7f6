/*
 * food_composition.c
 *		Type food_composition: the profiles of many foods as one value.
 *
 * Layout and text are in core/food_composition.c; intake(diet, food_composition)
 * and what-if, which keep what they made of a composition for the rest of the
 * query, in food_table.c.
 */
#include "food_composition.h"

#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"

#include "diet.h"
#include "nutrient_profile.h"

VitkComposition *
vitk_composition_detoast(Datum datum)
{
	VitkComposition *c = (VitkComposition *) PG_DETOAST_DATUM(datum);

	if (unlikely(!vitk_composition_valid(c, VARSIZE(c))))
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg("food_composition has an unknown format"),
				 errhint("A newer version of vitk may have written it.")));
	return c;
}

VitkComposition *
vitk_composition_get(Datum datum)
{
	VitkComposition *c = vitk_composition_detoast(datum);

	return unlikely(c->form & VITK_COMPOSITION_LOOSE) ? vitk_composition_finish(c) : c;
}

VitkComposition *
vitk_composition_make(const VitkComposition *c, Size bytes)
{
	VitkComposition *result;

	if (!AllocSizeIsValid(bytes))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("food_composition is too large")));
	result = palloc(bytes);
	memcpy(result, c, c->used);
	SET_VARSIZE(result, bytes);
	return result;
}

VitkComposition *
vitk_composition_add(VitkComposition *c, int32 food_no, const VitkProfile *p)
{
	Size		needed = c->used + vitk_food_entry_size(p);
	VitkErr		err;

	if (!vitk_composition_takes(food_no, p, &err))
		VITK_RAISE(&err);
	if (VARSIZE(c) < needed)
		c = vitk_composition_make(c, Min(2 * needed, Max(needed, MaxAllocSize)));
	vitk_composition_append(c, food_no, p);
	return c;
}

VitkComposition *
vitk_composition_finish(const VitkComposition *c)
{
	VitkComposition *result = vitk_composition_make(&vitk_composition_empty, c->used);
	const VitkFoodEntry **index = palloc_extended(((Size) c->n + 1) * sizeof(*index), MCXT_ALLOC_HUGE);
	VitkErr		err;

	if (!vitk_composition_settle(result, c, index, &err))
		VITK_RAISE(&err);
	SET_VARSIZE(result, result->used);
	pfree(index);
	return result;
}

VitkProfile *
vitk_food_entry_copy(const VitkFoodEntry *e)
{
	const VitkProfile *p = vitk_food_entry_profile(e);
	VitkProfile *copy = palloc(vitk_profile_size(p));

	memcpy(copy, p, vitk_profile_size(p));
	SET_VARSIZE(copy, vitk_profile_size(p));
	return copy;
}

/*
 * Input and output
 */

PG_FUNCTION_INFO_V1(food_composition_in);
Datum
food_composition_in(PG_FUNCTION_ARGS)
{
	const char *s = PG_GETARG_CSTRING(0);
	const char *end = s + strlen(s);
	VitkComposition *c = vitk_composition_make(&vitk_composition_empty, sizeof(VitkComposition));
	VitkProfileBuffer *p = palloc(sizeof(VitkProfileBuffer));
	const VitkFoodEntry **index;
	VitkComposition *result;
	int32		food_no;
	bool		more;
	VitkErr		err;

	if (!vitk_composition_open(&s, end, &more, &err))
		VITK_RETURN_ERROR(&err, VITK_ESCONTEXT(fcinfo));
	while (more)
	{
		CHECK_FOR_INTERRUPTS();
		if (!vitk_composition_parse_food(&s, end, &food_no, &p->profile, &more, &err))
			VITK_RETURN_ERROR(&err, VITK_ESCONTEXT(fcinfo));
		c = vitk_composition_add(c, food_no, &p->profile);
	}
	result = vitk_composition_make(&vitk_composition_empty, c->used);
	index = palloc_extended(((Size) c->n + 1) * sizeof(*index), MCXT_ALLOC_HUGE);
	if (!vitk_composition_settle(result, c, index, &err))
		VITK_RETURN_ERROR(&err, VITK_ESCONTEXT(fcinfo));
	SET_VARSIZE(result, result->used);
	PG_RETURN_POINTER(result);
}

PG_FUNCTION_INFO_V1(food_composition_out);
Datum
food_composition_out(PG_FUNCTION_ARGS)
{
	const VitkComposition *c = PG_GETARG_COMPOSITION(0);
	StringInfoData buf;
	const char *separator = "{";

	initStringInfo(&buf);
	for (VITK_EACH_FOOD(e, c))
	{
		const VitkProfile *p = vitk_food_entry_profile(e);

		CHECK_FOR_INTERRUPTS();
		appendStringInfo(&buf, "%s%d: ", separator, e->food_no);
		enlargeStringInfo(&buf, VITK_PROFILE_TEXT_SIZE(p->n));
		buf.len += vitk_profile_format(p, buf.data + buf.len);
		separator = "; ";
	}
	appendStringInfoString(&buf, c->n == 0 ? "{}" : "}");
	PG_RETURN_CSTRING(buf.data);
}

/* Binary form: version, number of foods; of each its number, and length and image of its profile */
PG_FUNCTION_INFO_V1(food_composition_send);
Datum
food_composition_send(PG_FUNCTION_ARGS)
{
	const VitkComposition *c = PG_GETARG_COMPOSITION(0);
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendint8(&buf, VITK_COMPOSITION_VERSION);
	pq_sendint32(&buf, c->n);
	for (VITK_EACH_FOOD(e, c))
	{
		VitkProfile *p = vitk_food_entry_copy(e);
		bytea	   *image = DatumGetByteaP(DirectFunctionCall1(nutrient_profile_send, PointerGetDatum(p)));

		CHECK_FOR_INTERRUPTS();
		pq_sendint32(&buf, e->food_no);
		pq_sendint32(&buf, VARSIZE(image) - VARHDRSZ);
		pq_sendbytes(&buf, VARDATA(image), VARSIZE(image) - VARHDRSZ);
		pfree(image);
		pfree(p);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

static void
reject_binary(const char *why)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid binary value for type %s", "food_composition"),
			 errdetail("%s", why)));
}

/*
 * Call a function that reads a profile; an error of it tells of which food.
 */
VitkProfile *
vitk_composition_read_profile(PGFunction read, Datum image, int32 food_no)
{
	MemoryContext context = CurrentMemoryContext;
	Datum		p = (Datum) 0;

	PG_TRY();
	{
		p = DirectFunctionCall1(read, image);
	}
	PG_CATCH();
	{
		ErrorData  *e;

		MemoryContextSwitchTo(context);
		e = CopyErrorData();
		FlushErrorState();
		e->detail = psprintf("%s%sThis is food %d of a food_composition.",
							 e->detail ? e->detail : "", e->detail ? " " : "", food_no);
		ReThrowError(e);
	}
	PG_END_TRY();
	return DatumGetVitkProfileOrSum(p);
}

/* The next profile of a message, by the function that reads profiles */
static VitkProfile *
receive_profile(StringInfo message, int32 food_no)
{
	int			length = pq_getmsgint(message, 4);
	StringInfoData image;
	VitkProfile *p;

	if (length < 0 || length > message->len - message->cursor)
		reject_binary("A profile is cut short.");
	initStringInfo(&image);
	appendBinaryStringInfo(&image, pq_getmsgbytes(message, length), length);
	p = vitk_composition_read_profile(nutrient_profile_recv, PointerGetDatum(&image), food_no);
	if (image.cursor != image.len || vitk_profile_is_counted(p))
		reject_binary("A profile is not that of a food.");
	pfree(image.data);
	return p;
}

PG_FUNCTION_INFO_V1(food_composition_recv);
Datum
food_composition_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	VitkComposition *c = vitk_composition_make(&vitk_composition_empty, sizeof(VitkComposition));
	uint32		n;

	if (pq_getmsgbyte(buf) != VITK_COMPOSITION_VERSION)
		reject_binary("The version of the format is not supported.");
	n = pq_getmsgint(buf, 4);
	for (uint32 i = 0; i < n; i++)
	{
		int32		food_no = pq_getmsgint(buf, 4);
		VitkProfile *p;

		if (food_no < 0)
			reject_binary("A food number is negative.");
		p = receive_profile(buf, food_no);
		CHECK_FOR_INTERRUPTS();
		c = vitk_composition_add(c, food_no, p);
		pfree(p);
	}
	PG_RETURN_POINTER(vitk_composition_finish(c));
}

/*
 * The aggregate.  The state is a composition, loose and with spare room,
 * extended in place; a window may have returned it, so there it is copied.
 */

/* Transition function of food_composition(food_no, profile) */
PG_FUNCTION_INFO_V1(food_composition_add);
Datum
food_composition_add(PG_FUNCTION_ARGS)
{
	VitkComposition *state;

	if (PG_ARGISNULL(0))
		state = vitk_composition_make(&vitk_composition_empty, 8192);
	else
		state = vitk_composition_detoast(PG_GETARG_DATUM(0));
	if (PG_ARGISNULL(2))
		PG_RETURN_POINTER(state);
	if (PG_ARGISNULL(1))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("food_no of a profile given to food_composition() must not be null")));
	if (AggCheckCallContext(fcinfo, NULL) != AGG_CONTEXT_AGGREGATE)
		state = vitk_composition_make(state, VARSIZE(state));
	PG_RETURN_POINTER(vitk_composition_add(state, PG_GETARG_INT32(1), PG_GETARG_PROFILE(2)));
}

/* Combine function */
PG_FUNCTION_INFO_V1(food_composition_combine);
Datum
food_composition_combine(PG_FUNCTION_ARGS)
{
	VitkComposition *a = vitk_composition_detoast(PG_GETARG_DATUM(0));
	VitkComposition *b = vitk_composition_detoast(PG_GETARG_DATUM(1));
	VitkComposition *state = vitk_composition_make(a, (Size) a->used + b->used);

	memcpy((char *) state + state->used, vitk_composition_first(b), b->used - sizeof(VitkComposition));
	state->used += b->used - sizeof(VitkComposition);
	state->n += b->n;
	state->form |= VITK_COMPOSITION_LOOSE;
	SET_VARSIZE(state, state->used);
	PG_RETURN_POINTER(state);
}

PG_FUNCTION_INFO_V1(food_composition_final);
Datum
food_composition_final(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(vitk_composition_finish(vitk_composition_detoast(PG_GETARG_DATUM(0))));
}

/*
 * What is in it
 */

PG_FUNCTION_INFO_V1(food_composition_food_count);
Datum
food_composition_food_count(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(PG_GETARG_COMPOSITION(0)->n);
}

PG_FUNCTION_INFO_V1(food_composition_foods);
Datum
food_composition_foods(PG_FUNCTION_ARGS)
{
	const VitkComposition *c = PG_GETARG_COMPOSITION(0);
	Datum	   *foods = palloc_extended(((Size) c->n + 1) * sizeof(Datum), MCXT_ALLOC_HUGE);
	int			n = 0;

	for (VITK_EACH_FOOD(e, c))
		foods[n++] = Int32GetDatum(e->food_no);
	PG_RETURN_ARRAYTYPE_P(construct_array(foods, n, INT4OID, sizeof(int32), true, TYPALIGN_INT));
}

/* The nutrients that any of its foods has, in the order that people see, as nutrient[] */
PG_FUNCTION_INFO_V1(food_composition_nutrients);
Datum
food_composition_nutrients(PG_FUNCTION_ARGS)
{
	const VitkComposition *c = PG_GETARG_COMPOSITION(0);
	Oid			type = get_element_type(get_func_rettype(fcinfo->flinfo->fn_oid));
	int32		at[VITK_NUTRIENT_COUNT] = {0};	/* by their place */
	Datum		nutrients[VITK_NUTRIENT_COUNT];
	int			n = 0;

	if (!OidIsValid(type))
		elog(ERROR, "could not determine the type nutrient");
	for (VITK_EACH_FOOD(e, c))
		for (int i = 0; i < vitk_food_entry_profile(e)->n; i++)
		{
			int			id = vitk_profile_nutrient(vitk_food_entry_profile(e), i);

			at[vitk_nutrient_place(id)] = id;
		}
	for (int place = 0; place < VITK_NUTRIENT_COUNT; place++)
		if (at[place] != 0)
			nutrients[n++] = Int32GetDatum(at[place]);
	PG_RETURN_ARRAYTYPE_P(construct_array(nutrients, n, type, sizeof(int32), true, TYPALIGN_INT));
}

PG_FUNCTION_INFO_V1(food_composition_unnest);
Datum
food_composition_unnest(PG_FUNCTION_ARGS)
{
	const VitkComposition *c = PG_GETARG_COMPOSITION(0);
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	for (VITK_EACH_FOOD(e, c))
	{
		VitkProfile *p = vitk_food_entry_copy(e);
		Datum		values[2] = {Int32GetDatum(e->food_no), PointerGetDatum(p)};
		bool		nulls[2] = {false, false};

		CHECK_FOR_INTERRUPTS();
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
		pfree(p);
	}
	return (Datum) 0;
}

/*
 * Comparison: by content
 */

static int
compare(FunctionCallInfo fcinfo)
{
	VitkComposition *a = PG_GETARG_COMPOSITION(0);
	VitkComposition *b = PG_GETARG_COMPOSITION(1);
	int			cmp = vitk_composition_cmp(a, b);

	/* sorting must not fill the memory with what came from TOAST */
	PG_FREE_IF_COPY(a, 0);
	PG_FREE_IF_COPY(b, 1);
	return cmp;
}

PG_FUNCTION_INFO_V1(food_composition_cmp);
Datum
food_composition_cmp(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(compare(fcinfo));
}

#define COMPOSITION_OPERATOR(name, op) \
PG_FUNCTION_INFO_V1(name); \
Datum \
name(PG_FUNCTION_ARGS) \
{ \
	PG_RETURN_BOOL(compare(fcinfo) op 0); \
}

COMPOSITION_OPERATOR(food_composition_eq, ==)
COMPOSITION_OPERATOR(food_composition_ne, !=)
COMPOSITION_OPERATOR(food_composition_lt, <)
COMPOSITION_OPERATOR(food_composition_le, <=)
COMPOSITION_OPERATOR(food_composition_gt, >)
COMPOSITION_OPERATOR(food_composition_ge, >=)

/* Equal compositions have equal entries, byte by byte. */
static uint64
hash_composition(FunctionCallInfo fcinfo, uint64 seed)
{
	VitkComposition *c = PG_GETARG_COMPOSITION(0);
	uint64		hash = DatumGetUInt64(hash_any_extended((const unsigned char *) vitk_composition_first(c),
														c->used - sizeof(VitkComposition), seed));

	PG_FREE_IF_COPY(c, 0);
	return hash;
}

PG_FUNCTION_INFO_V1(food_composition_hash);
Datum
food_composition_hash(PG_FUNCTION_ARGS)
{
	/* with seed 0 the extended hash has the plain one in its low half */
	PG_RETURN_UINT32((uint32) hash_composition(fcinfo, 0));
}

PG_FUNCTION_INFO_V1(food_composition_hash_extended);
Datum
food_composition_hash_extended(PG_FUNCTION_ARGS)
{
	PG_RETURN_UINT64(hash_composition(fcinfo, PG_GETARG_INT64(1)));
}
