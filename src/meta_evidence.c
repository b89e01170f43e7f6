/*
 * meta_evidence.c
 *		Type meta_evidence: the effects of k studies.
 *
 * Layout and text are in core/meta_evidence.c; what the studies say together
 * is in pooled.c.
 */
#include "vitk.h"

#include <math.h>

#include "common/hashfn.h"
#include "funcapi.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "effect_size.h"
#include "meta_evidence.h"

/* Every value comes through here: TOAST may hold it, its format may be unknown. */
VitkEvidence *
vitk_get_evidence(Datum d)
{
	VitkEvidence *e = (VitkEvidence *) PG_DETOAST_DATUM(d);

	if (unlikely(VARSIZE(e) < vitk_evidence_size(0) || e->version != VITK_EVIDENCE_VERSION ||
				 e->k > VITK_MAX_STUDIES || VARSIZE(e) < vitk_evidence_size(e->k)))
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg("meta_evidence has an unknown format"),
				 errhint("A newer version of vitk may have stored it.")));
	if (unlikely(e->kind >= VITK_EFFECT_KINDS || (e->kind == VITK_EFFECT_NONE) != (e->k == 0)))
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg("meta_evidence has an unknown measure"),
				 errhint("A newer version of vitk may have stored it.")));
	return e;
}

/* Evidence with room for that many effects, and those of e */
static VitkEvidence *
make_evidence(const VitkEvidence *e, uint32 capacity)
{
	VitkEvidence *result = palloc(vitk_evidence_size(capacity));

	memcpy(result, e, vitk_evidence_size(e->k));
	SET_VARSIZE(result, vitk_evidence_size(capacity));
	return result;
}

/*
 * Input and output
 */

PG_FUNCTION_INFO_V1(meta_evidence_in);
Datum
meta_evidence_in(PG_FUNCTION_ARGS)
{
	char	   *str = PG_GETARG_CSTRING(0);
	size_t		len = strlen(str);
	VitkEvidence *e = palloc(vitk_evidence_size(Min(vitk_evidence_text_bound(str, len),
													VITK_MAX_STUDIES)));
	VitkErr		err;

	if (!vitk_evidence_parse(str, len, e, &err))
		VITK_RETURN_ERROR(&err, VITK_ESCONTEXT(fcinfo));
	SET_VARSIZE(e, vitk_evidence_size(e->k));
	PG_RETURN_POINTER(e);
}

PG_FUNCTION_INFO_V1(meta_evidence_out);
Datum
meta_evidence_out(PG_FUNCTION_ARGS)
{
	VitkEvidence *e = PG_GETARG_EVIDENCE(0);
	char	   *str = palloc(vitk_evidence_text_size(e->k));

	vitk_evidence_format(e, str);
	PG_RETURN_CSTRING(str);
}

PG_FUNCTION_INFO_V1(meta_evidence_send);
Datum
meta_evidence_send(PG_FUNCTION_ARGS)
{
	VitkEvidence *e = PG_GETARG_EVIDENCE(0);
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendint8(&buf, VITK_EVIDENCE_VERSION);
	pq_sendint8(&buf, e->kind);
	pq_sendint32(&buf, e->k);
	for (uint32 i = 0; i < e->k; i++)
	{
		pq_sendfloat8(&buf, e->study[i].estimate);
		pq_sendfloat8(&buf, e->study[i].se);
		pq_sendfloat8(&buf, e->study[i].df);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

static void
reject_binary(const char *why)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid binary value for type meta_evidence: %s", why)));
}

PG_FUNCTION_INFO_V1(meta_evidence_recv);
Datum
meta_evidence_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	int			version = pq_getmsgbyte(buf);
	int			kind = pq_getmsgbyte(buf);
	uint32		k = pq_getmsgint(buf, 4);
	VitkEvidence *e;
	VitkErr		err;

	if (version != VITK_EVIDENCE_VERSION)
		reject_binary("unknown format version");
	if (k == 0 && kind != VITK_EFFECT_NONE)
		reject_binary("a measure but no effects");
	if (k > VITK_MAX_STUDIES || (int) (k * sizeof(VitkStudy)) > buf->len - buf->cursor)
		reject_binary("more effects than the message holds");
	e = make_evidence(&vitk_evidence_none, k);
	for (uint32 i = 0; i < k; i++)
	{
		double		estimate = pq_getmsgfloat8(buf);
		double		se = pq_getmsgfloat8(buf);
		double		df = pq_getmsgfloat8(buf);
		VitkEffect	effect;

		if (!vitk_effect_make(estimate, se, df, kind, &effect, &err) ||
			!vitk_evidence_add(e, &effect, &err))
			reject_binary(err.msg);
	}
	PG_RETURN_POINTER(e);
}

/*
 * What is in it
 */

PG_FUNCTION_INFO_V1(meta_evidence_k);
Datum
meta_evidence_k(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(PG_GETARG_EVIDENCE(0)->k);
}

PG_FUNCTION_INFO_V1(meta_evidence_measure);
Datum
meta_evidence_measure(PG_FUNCTION_ARGS)
{
	VitkEvidence *e = PG_GETARG_EVIDENCE(0);

	if (e->k == 0)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(vitk_effect_kind_name(e->kind)));
}

PG_FUNCTION_INFO_V1(meta_evidence_unnest);
Datum
meta_evidence_unnest(PG_FUNCTION_ARGS)
{
	VitkEvidence *e = PG_GETARG_EVIDENCE(0);
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	for (uint32 i = 0; i < e->k; i++)
	{
		VitkEffect	effect = vitk_evidence_effect(e, i);
		bool		nulls[6] = {[4] = effect.df == 0};
		Datum		values[6] = {
			Int32GetDatum(i + 1),
			PointerGetDatum(&effect),
			Float8GetDatum(effect.estimate),
			Float8GetDatum(effect.se),
			Float8GetDatum(effect.df),
			CStringGetTextDatum(vitk_effect_kind_name(effect.kind))
		};

		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/*
 * Aggregates.  The state is a meta_evidence, extended in place; it has spare
 * room, twice what it needs each time it must grow, which the final function
 * takes away.  In a window the state of a row may have been returned, so there
 * it is copied.
 */

static VitkEvidence *
with_room(FunctionCallInfo fcinfo, uint32 more)
{
	VitkEvidence *e;
	uint64		needed;

	if (PG_ARGISNULL(0))
		return make_evidence(&vitk_evidence_none, Max(more, 8));
	e = PG_GETARG_EVIDENCE(0);
	needed = (uint64) e->k + more;
	if (AggCheckCallContext(fcinfo, NULL) != AGG_CONTEXT_AGGREGATE)
		return make_evidence(e, needed);
	if ((Pointer) e == DatumGetPointer(PG_GETARG_DATUM(0)) &&
		VARSIZE(e) >= vitk_evidence_size(needed))
		return e;
	return make_evidence(e, 2 * needed);
}

/* Transition function of meta_evidence(effect_size) */
PG_FUNCTION_INFO_V1(meta_evidence_add);
Datum
meta_evidence_add(PG_FUNCTION_ARGS)
{
	VitkEvidence *state;
	VitkErr		err;

	if (PG_ARGISNULL(1))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	state = with_room(fcinfo, 1);
	if (!vitk_evidence_add(state, PG_GETARG_EFFECT_SIZE_P(1), &err))
		VITK_RAISE(&err);
	PG_RETURN_POINTER(state);
}

/* Operator ||, combine function, transition function of meta_evidence(meta_evidence) */
PG_FUNCTION_INFO_V1(meta_evidence_concat);
Datum
meta_evidence_concat(PG_FUNCTION_ARGS)
{
	VitkEvidence *more = PG_GETARG_EVIDENCE(1);
	VitkEvidence *state = with_room(fcinfo, more->k);
	VitkErr		err;

	if (!vitk_evidence_append(state, more, &err))
		VITK_RAISE(&err);
	PG_RETURN_POINTER(state);
}

PG_FUNCTION_INFO_V1(meta_evidence_final);
Datum
meta_evidence_final(PG_FUNCTION_ARGS)
{
	VitkEvidence *state = PG_GETARG_EVIDENCE(0);

	PG_RETURN_POINTER(make_evidence(state, state->k));
}

/*
 * Comparison: by content, in order
 */

static int
compare(FunctionCallInfo fcinfo)
{
	VitkEvidence *a = PG_GETARG_EVIDENCE(0);
	VitkEvidence *b = PG_GETARG_EVIDENCE(1);
	int			cmp = vitk_evidence_cmp(a, b);

	/* sorting must not fill the memory with what came from TOAST */
	PG_FREE_IF_COPY(a, 0);
	PG_FREE_IF_COPY(b, 1);
	return cmp;
}

PG_FUNCTION_INFO_V1(meta_evidence_cmp);
Datum
meta_evidence_cmp(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(compare(fcinfo));
}

#define EVIDENCE_OPERATOR(name, op) \
PG_FUNCTION_INFO_V1(name); \
Datum \
name(PG_FUNCTION_ARGS) \
{ \
	PG_RETURN_BOOL(compare(fcinfo) op 0); \
}

EVIDENCE_OPERATOR(meta_evidence_eq, ==)
EVIDENCE_OPERATOR(meta_evidence_ne, !=)
EVIDENCE_OPERATOR(meta_evidence_lt, <)
EVIDENCE_OPERATOR(meta_evidence_le, <=)
EVIDENCE_OPERATOR(meta_evidence_gt, >)
EVIDENCE_OPERATOR(meta_evidence_ge, >=)

/* Equal effects have equal bytes: no padding, no minus zero */
static uint64
hash_evidence(FunctionCallInfo fcinfo, uint64 seed)
{
	VitkEvidence *e = PG_GETARG_EVIDENCE(0);
	uint64		hash = DatumGetUInt64(hash_any_extended((unsigned char *) e->study,
														e->k * sizeof(VitkStudy),
														seed)) + e->kind;

	PG_FREE_IF_COPY(e, 0);
	return hash;
}

PG_FUNCTION_INFO_V1(meta_evidence_hash);
Datum
meta_evidence_hash(PG_FUNCTION_ARGS)
{
	/* with seed 0 the extended hash has the plain one in its low half */
	PG_RETURN_UINT32((uint32) hash_evidence(fcinfo, 0));
}

PG_FUNCTION_INFO_V1(meta_evidence_hash_extended);
Datum
meta_evidence_hash_extended(PG_FUNCTION_ARGS)
{
	PG_RETURN_UINT64(hash_evidence(fcinfo, PG_GETARG_INT64(1)));
}
