/*
 * nutrient_profile_subscript.c
 *		Subscript of nutrient_profile: p['MK-4'] is p -> 'MK-4', read only.
 */
#include "nutrient_profile.h"

#include "catalog/pg_type.h"
#include "executor/execExpr.h"
#include "nodes/nodeFuncs.h"
#include "nodes/subscripting.h"
#include "parser/parse_coerce.h"
#include "parser/parse_expr.h"
#include "utils/builtins.h"
#include "utils/syscache.h"

#include "nutrient.h"

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
				 errhint("Use the operator + to add a profile."),
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
	*op->resvalue = vitk_profile_amount_or_null(DatumGetVitkProfile(*op->resvalue),
												DatumGetNutrient(sbsrefstate->upperindex[0]),
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
