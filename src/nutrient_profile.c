/*
 * nutrient_profile.c
 *		Type nutrient_profile: what a mass of food, or an intake, contains.
 *
 * Layout and arithmetic are in core/nutrient_profile.c, text in core/nutrient_profile_text.c,
 * the sums in intake.c.
 */
#include "nutrient_profile.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "executor/execExpr.h"
#include "funcapi.h"
#include "libpq/pqformat.h"
#include "nodes/nodeFuncs.h"
#include "nodes/subscripting.h"
#include "parser/parse_coerce.h"
#include "parser/parse_expr.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

#include "nutrient.h"
#include "nutrient_amount.h"

/* Why PG_GETARG_PROFILE refused a value. */
void
vitk_profile_reject(const VitkProfile *p)
{
	if (p->version == VITK_PROFILE_VERSION && vitk_profile_is_counted(p))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("nutrient_profile is the running state of avg()"),
				 errhint("Only avg() can take a \"sum of\" profiles.")));
	ereport(ERROR,
			(errcode(ERRCODE_DATA_CORRUPTED),
			 errmsg("nutrient_profile has unknown format version %d, form %d",
					p->version, p->form)));
}

void
vitk_profile_overflow(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("nutrient_profile is out of range"),
			 errdetail("An amount or the mass exceeds what a double precision number holds.")));
}

VitkProfile *
vitk_profile_copy(const VitkProfile *p)
{
	Size		size = vitk_profile_size(p);
	VitkProfile *result = palloc(size);

	memcpy(result, p, size);
	SET_VARSIZE(result, size);
	return result;
}

/* Check a mass that a function was given. */
static double
check_grams(double grams)
{
	if (!isfinite(grams) || grams < 0)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("mass of a nutrient_profile must be a finite number of grams from zero, not %g",
						grams)));
	return grams;
}

/*
 * Input and output
 */

PG_FUNCTION_INFO_V1(nutrient_profile_in);
Datum
nutrient_profile_in(PG_FUNCTION_ARGS)
{
	char	   *str = PG_GETARG_CSTRING(0);
	VitkProfileBuffer buf;
	VitkErr		err;

	if (!vitk_profile_parse(str, strlen(str), &buf.profile, &err))
		VITK_RETURN_ERROR(&err, VITK_ESCONTEXT(fcinfo));
	PG_RETURN_POINTER(vitk_profile_copy(&buf.profile));
}

PG_FUNCTION_INFO_V1(nutrient_profile_out);
Datum
nutrient_profile_out(PG_FUNCTION_ARGS)
{
	VitkProfile *p = (VitkProfile *) PG_GETARG_POINTER(0);
	char	   *str = palloc(VITK_PROFILE_TEXT_SIZE(p->n));

	vitk_profile_format(p, str);
	PG_RETURN_CSTRING(str);
}

/*
 * Binary form: the canonical profile, field by field in network order.
 */
PG_FUNCTION_INFO_V1(nutrient_profile_send);
Datum
nutrient_profile_send(PG_FUNCTION_ARGS)
{
	VitkProfile *p = (VitkProfile *) PG_GETARG_POINTER(0);
	VitkProfileBuffer canonical;
	int			numbers = (vitk_profile_canonical(&canonical.profile, p) -
						   offsetof(VitkProfile, v)) / sizeof(double);
	StringInfoData buf;

	p = &canonical.profile;
	pq_begintypsend(&buf);
	pq_sendint8(&buf, p->version);
	pq_sendint8(&buf, p->form);
	pq_sendint16(&buf, p->n);
	pq_sendfloat8(&buf, p->grams);
	pq_sendint64(&buf, p->has[0]);
	pq_sendint64(&buf, p->has[1]);
	for (int i = 0; i < numbers; i++)
		pq_sendfloat8(&buf, p->v[i]);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/* A negative zero would break equality of bytes: make it a plain one. */
static double
receive_number(StringInfo buf)
{
	return pq_getmsgfloat8(buf) + 0.0;
}

PG_FUNCTION_INFO_V1(nutrient_profile_recv);
Datum
nutrient_profile_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	VitkProfileBuffer received;
	VitkProfileBuffer canonical;
	VitkProfile *p = &received.profile;
	Size		size;
	VitkErr		err;

	p->version = pq_getmsgbyte(buf);
	p->form = pq_getmsgbyte(buf);
	p->n = pq_getmsgint(buf, 2);
	p->grams = receive_number(buf);
	p->has[0] = pq_getmsgint64(buf);
	p->has[1] = pq_getmsgint64(buf);
	size = offsetof(VitkProfile, v) + (buf->len - buf->cursor);
	if (size <= sizeof(received))
		for (int i = 0; buf->len - buf->cursor >= (int) sizeof(double); i++)
			p->v[i] = receive_number(buf);
	if (!vitk_profile_valid(p, size, &err))
		VITK_RAISE(&err);
	vitk_profile_canonical(&canonical.profile, p);
	PG_RETURN_POINTER(vitk_profile_copy(&canonical.profile));
}

/*
 * What is in it
 */

static Datum
amount_or_null(const VitkProfile *p, int32 nutrient, bool *isnull)
{
	VitkAmount	amount;
	VitkAmount *result;

	*isnull = !vitk_profile_amount(p, nutrient, &amount);
	if (*isnull)
		return (Datum) 0;
	result = palloc(sizeof(VitkAmount));
	*result = amount;
	return PointerGetDatum(result);
}

PG_FUNCTION_INFO_V1(nutrient_profile_amount);
Datum
nutrient_profile_amount(PG_FUNCTION_ARGS)
{
	return amount_or_null(PG_GETARG_PROFILE(0), PG_GETARG_INT32(1), &fcinfo->isnull);
}

PG_FUNCTION_INFO_V1(nutrient_profile_has);
Datum
nutrient_profile_has(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(vitk_profile_has(PG_GETARG_PROFILE(0), PG_GETARG_INT32(1)));
}

PG_FUNCTION_INFO_V1(nutrient_profile_grams);
Datum
nutrient_profile_grams(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(PG_GETARG_PROFILE(0)->grams);
}

PG_FUNCTION_INFO_V1(nutrient_profile_known_grams);
Datum
nutrient_profile_known_grams(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(vitk_profile_known_grams(PG_GETARG_PROFILE(0), PG_GETARG_INT32(1)));
}

PG_FUNCTION_INFO_V1(nutrient_profile_coverage);
Datum
nutrient_profile_coverage(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(vitk_profile_coverage(PG_GETARG_PROFILE(0), PG_GETARG_INT32(1)));
}

/* unnest(profile): a row for each nutrient, in registry order */
PG_FUNCTION_INFO_V1(nutrient_profile_unnest);
Datum
nutrient_profile_unnest(PG_FUNCTION_ARGS)
{
	const VitkProfile *p = PG_GETARG_PROFILE(0);
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	for (int32 id = 1; id < VITK_PROFILE_IDS; id++)
	{
		VitkAmount	amount;
		Datum		values[6];
		bool		nulls[6] = {false};

		if (!vitk_profile_amount(p, id, &amount))
			continue;
		values[0] = Int32GetDatum(id);
		values[1] = PointerGetDatum(&amount);
		values[2] = Float8GetDatum(amount.lower);
		values[3] = Float8GetDatum(amount.upper);
		values[4] = CStringGetTextDatum(vitk_nutrient_get(id)->unit);
		values[5] = Float8GetDatum(vitk_profile_coverage(p, id));
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/*
 * Scaling
 */

static VitkProfile *
scaled(const VitkProfile *p, double mul, double div, double grams)
{
	VitkProfile *result = palloc(vitk_profile_size(p));

	if (!vitk_profile_scale(result, p, mul, div, grams))
		vitk_profile_overflow();
	return result;
}

PG_FUNCTION_INFO_V1(nutrient_profile_portion);
Datum
nutrient_profile_portion(PG_FUNCTION_ARGS)
{
	const VitkProfile *p = PG_GETARG_PROFILE(0);
	double		grams = check_grams(PG_GETARG_FLOAT8(1));

	if (p->grams == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("nutrient_profile has no mass to take a portion of"),
				 errhint("Multiply a supplement by the number of doses, or set its mass by with_grams().")));
	PG_RETURN_PROFILE(scaled(p, grams, p->grams, grams));
}

PG_FUNCTION_INFO_V1(nutrient_profile_mul);
Datum
nutrient_profile_mul(PG_FUNCTION_ARGS)
{
	const VitkProfile *p = PG_GETARG_PROFILE(0);
	double		factor = PG_GETARG_FLOAT8(1);

	if (!isfinite(factor) || factor < 0)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("factor of a nutrient_profile must be a finite number from zero, not %g",
						factor)));
	PG_RETURN_PROFILE(scaled(p, factor, 1, p->grams * factor));
}

PG_FUNCTION_INFO_V1(nutrient_profile_mul_commuted);
Datum
nutrient_profile_mul_commuted(PG_FUNCTION_ARGS)
{
	return DirectFunctionCall2(nutrient_profile_mul, PG_GETARG_DATUM(1), PG_GETARG_DATUM(0));
}

PG_FUNCTION_INFO_V1(nutrient_profile_rounded);
Datum
nutrient_profile_rounded(PG_FUNCTION_ARGS)
{
	const VitkProfile *p = PG_GETARG_PROFILE(0);
	int			digits = vitk_check_digits(PG_GETARG_INT32(1), "nutrient_profile");
	VitkProfile *result = palloc(vitk_profile_size(p));

	memcpy(result, p, vitk_profile_size(p));
	for (int i = 0; i < p->n; i++)
	{
		double		lower = vitk_profile_lower(p)[i];
		double		upper = vitk_profile_upper(p)[i];

		vitk_bounds_round(&lower, &upper, digits);
		result->v[i] = lower;
		if (vitk_profile_is_full(p))
			result->v[p->n + i] = upper;
	}
	PG_RETURN_PROFILE(result);
}

PG_FUNCTION_INFO_V1(nutrient_profile_with_grams);
Datum
nutrient_profile_with_grams(PG_FUNCTION_ARGS)
{
	const VitkProfile *p = PG_GETARG_PROFILE(0);
	double		grams = check_grams(PG_GETARG_FLOAT8(1));

	if (p->grams > 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("nutrient_profile has a mass of %g g already", p->grams),
				 errhint("portion() scales a profile to another mass.")));
	if (grams == 0)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("mass of a nutrient_profile must be above zero")));
	PG_RETURN_PROFILE(scaled(p, 1, 1, grams));
}

/*
 * Comparison: by content.  LEAKPROOF, so nothing here may raise.
 */

#define PROFILE_CMP(fcinfo) \
	vitk_profile_cmp((const VitkProfile *) PG_GETARG_POINTER(0), \
					 (const VitkProfile *) PG_GETARG_POINTER(1))

PG_FUNCTION_INFO_V1(nutrient_profile_cmp);
Datum
nutrient_profile_cmp(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(PROFILE_CMP(fcinfo));
}

#define PROFILE_OPERATOR(name, op) \
PG_FUNCTION_INFO_V1(name); \
Datum \
name(PG_FUNCTION_ARGS) \
{ \
	PG_RETURN_BOOL(PROFILE_CMP(fcinfo) op 0); \
}

PROFILE_OPERATOR(nutrient_profile_eq, ==)
PROFILE_OPERATOR(nutrient_profile_ne, !=)
PROFILE_OPERATOR(nutrient_profile_lt, <)
PROFILE_OPERATOR(nutrient_profile_le, <=)
PROFILE_OPERATOR(nutrient_profile_gt, >)
PROFILE_OPERATOR(nutrient_profile_ge, >=)

/* Equal profiles have one canonical form: hash that, without its length word. */
static uint64
hash_profile(const VitkProfile *p, uint64 seed)
{
	VitkProfileBuffer buf;
	Size		size = vitk_profile_canonical(&buf.profile, p);

	return DatumGetUInt64(hash_any_extended((unsigned char *) &buf.profile.version,
											size - offsetof(VitkProfile, version), seed));
}

PG_FUNCTION_INFO_V1(nutrient_profile_hash);
Datum
nutrient_profile_hash(PG_FUNCTION_ARGS)
{
	/* with seed 0 the extended hash has the plain one in its low half */
	PG_RETURN_UINT32((uint32) hash_profile((VitkProfile *) PG_GETARG_POINTER(0), 0));
}

PG_FUNCTION_INFO_V1(nutrient_profile_hash_extended);
Datum
nutrient_profile_hash_extended(PG_FUNCTION_ARGS)
{
	PG_RETURN_UINT64(hash_profile((VitkProfile *) PG_GETARG_POINTER(0), PG_GETARG_INT64(1)));
}

/*
 * Subscript: p['MK-4'] is p -> 'MK-4', read only.
 */

/* A type of this extension, which lives in the schema of the profile. */
static Oid
sibling_type(Oid profile_type, const char *name)
{
	HeapTuple	tuple = SearchSysCache1(TYPEOID, ObjectIdGetDatum(profile_type));
	Oid			nspace;

	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "cache lookup failed for type %u", profile_type);
	nspace = ((Form_pg_type) GETSTRUCT(tuple))->typnamespace;
	ReleaseSysCache(tuple);
	return GetSysCacheOid2(TYPENAMENSP, Anum_pg_type_oid,
						   CStringGetDatum(name), ObjectIdGetDatum(nspace));
}

static void
profile_subscript_transform(SubscriptingRef *sbsref, List *indirection,
							ParseState *pstate, bool isSlice, bool isAssignment)
{
	Oid			nutrient_type = sibling_type(sbsref->refcontainertype, "nutrient");
	A_Indices  *index = linitial_node(A_Indices, indirection);
	Node	   *expr;
	Node	   *subscript;

	if (isAssignment)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("cannot assign to a subscript of type nutrient_profile"),
				 errhint("Add a profile with the operator +."),
				 parser_errposition(pstate, exprLocation((Node *) indirection))));
	if (isSlice || list_length(indirection) != 1)
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("type nutrient_profile takes one subscript, a nutrient"),
				 parser_errposition(pstate, exprLocation((Node *) indirection))));

	expr = transformExpr(pstate, index->uidx, pstate->p_expr_kind);
	subscript = coerce_to_target_type(pstate, expr, exprType(expr),
									  nutrient_type, -1,
									  COERCION_ASSIGNMENT, COERCE_IMPLICIT_CAST, -1);
	if (subscript == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("subscript of type nutrient_profile must be of type nutrient, not %s",
						format_type_be(exprType(expr))),
				 errhint("Cast it, as in p[code::nutrient]."),
				 parser_errposition(pstate, exprLocation(expr))));
	sbsref->refupperindexpr = list_make1(subscript);
	sbsref->reflowerindexpr = NIL;
	sbsref->refrestype = sibling_type(sbsref->refcontainertype, "nutrient_amount");
	sbsref->reftypmod = -1;
}

/* A NULL nutrient gives NULL. */
static bool
profile_subscript_check(ExprState *state, ExprEvalStep *op, ExprContext *econtext)
{
	SubscriptingRefState *sbsrefstate = op->d.sbsref_subscript.state;

	(void) state;
	(void) econtext;
	if (!sbsrefstate->upperindexnull[0])
		return true;
	*op->resnull = true;
	return false;
}

static void
profile_subscript_fetch(ExprState *state, ExprEvalStep *op, ExprContext *econtext)
{
	SubscriptingRefState *sbsrefstate = op->d.sbsref.state;

	(void) state;
	(void) econtext;
	*op->resvalue = amount_or_null(DatumGetVitkProfile(*op->resvalue),
								   DatumGetInt32(sbsrefstate->upperindex[0]),
								   op->resnull);
}

static void
profile_subscript_exec_setup(const SubscriptingRef *sbsref,
							 SubscriptingRefState *sbsrefstate,
							 SubscriptExecSteps *methods)
{
	(void) sbsref;
	(void) sbsrefstate;
	methods->sbs_check_subscripts = profile_subscript_check;
	methods->sbs_fetch = profile_subscript_fetch;
	methods->sbs_assign = NULL;
	methods->sbs_fetch_old = NULL;
}

PG_FUNCTION_INFO_V1(nutrient_profile_subscript);
Datum
nutrient_profile_subscript(PG_FUNCTION_ARGS)
{
	static const SubscriptRoutines routines = {
		.transform = profile_subscript_transform,
		.exec_setup = profile_subscript_exec_setup,
		.fetch_strict = true,
		.fetch_leakproof = false,
		.store_leakproof = false
	};

	(void) fcinfo;
	PG_RETURN_POINTER(&routines);
}
