/*
 * dimension.c
 *		Comparisons across dimensions or methods, found when a query is planned.
 *
 * The operators of an operator class must not raise: sorts, indexes and the
 * planner compare any two values of a column.  But 45 mg and 120 ug/d have no
 * order that a user could mean.  So it is the query that is refused, not the
 * values: where the dimension of both sides is known from the query and the
 * tables (a type modifier, a constant, profile -> 'K1') and differs.
 *
 * Who looks:
 *	- the support function of the operators (OpExpr with something to compute);
 *	- the functions of the operators, when first called for an expression: two
 *	  constants are computed before a support function is asked, and IN lists,
 *	  IS DISTINCT FROM, NULLIF and GREATEST never ask one;
 *	- the estimators of =, <>, << and >>, which see each element of an IN list,
 *	  also where an index serves it and no function is called.
 */
#include "vitk.h"

#include "access/htup_details.h"
#include "catalog/pg_am.h"
#include "catalog/pg_language.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_statistic.h"
#include "catalog/pg_type.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "nodes/pathnodes.h"
#include "nodes/supportnodes.h"
#include "optimizer/optimizer.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/selfuncs.h"
#include "utils/syscache.h"

#include "calcification.h"
#include "core/unit_typmod.h"
#include "dimension.h"
#include "nutrient.h"
#include "nutrient_amount.h"

/* A type whose values have a dimension, a number above 0; 0 is unknown */
typedef struct Dimensioned
{
	const char *type;
	uint32		(*of_value) (Datum value);
	uint32		(*of_typmod) (int32 typmod);
	uint32		(*of_name) (const char *s, size_t len);
	void		(*refuse) (uint32 left, uint32 right);
} Dimensioned;

/*
 * The two types
 */

static uint32
amount_of_value(Datum value)
{
	return vitk_unit_dimension(&((VitkAmount *) DatumGetPointer(value))->unit);
}

static uint32
amount_of_typmod(int32 typmod)
{
	VitkUnit	unit;

	return vitk_unit_from_typmod(typmod, &unit) ? vitk_unit_dimension(&unit) : 0;
}

static uint32
amount_of_name(const char *s, size_t len)
{
	VitkUnit	unit;
	VitkErr		err;

	return vitk_unit_parse(s, len, &unit, &err) ? vitk_unit_dimension(&unit) : 0;
}

static void
refuse_amounts(uint32 left, uint32 right)
{
	char		l[VITK_DIMENSION_LEN];
	char		r[VITK_DIMENSION_LEN];
	const char *hint = vitk_dimension_hint(left, right);

	vitk_dimension_text(left, l);
	vitk_dimension_text(right, r);
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("cannot compare a nutrient_amount in units of %s with one in units of %s", l, r),
			 errdetail("Amounts of different dimensions cannot be ordered."),
			 errhint("%s", hint != NULL ? hint : "Convert both to one dimension before comparing them.")));
}

static uint32
method_of_value(Datum value)
{
	int			method = ((VitkCalcification *) DatumGetPointer(value))->method;

	return vitk_method_by_id(method) != NULL ? method : 0;
}

static uint32
method_of_typmod(int32 typmod)
{
	return vitk_method_by_id(typmod) != NULL ? typmod : 0;
}

static uint32
method_of_name(const char *s, size_t len)
{
	int			method;
	VitkErr		err;

	return vitk_method_parse(s, len, &method, &err) ? method : 0;
}

static void
refuse_methods(uint32 left, uint32 right)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("cannot compare calcification by %s with calcification by %s",
					vitk_method_by_id(left)->code, vitk_method_by_id(right)->code),
			 errdetail("Values of different methods have no common scale."),
			 errhint("Compare scans of one method: method(calcification) returns it, and a column of type calcification(agatston) accepts no other.")));
}

static const Dimensioned dimensioned[] = {
	{"nutrient_amount", amount_of_value, amount_of_typmod, amount_of_name, refuse_amounts},
	{"calcification", method_of_value, method_of_typmod, method_of_name, refuse_methods}
};

/* NULL where it is none of them */
static const Dimensioned *
dimensioned_type(Oid type)
{
	HeapTuple	tuple = SearchSysCache1(TYPEOID, ObjectIdGetDatum(type));
	const Dimensioned *result = NULL;

	if (!HeapTupleIsValid(tuple))
		return NULL;
	for (int i = 0; i < (int) lengthof(dimensioned); i++)
		if (strcmp(NameStr(((Form_pg_type) GETSTRUCT(tuple))->typname), dimensioned[i].type) == 0)
			result = &dimensioned[i];
	ReleaseSysCache(tuple);
	return result;
}

/* ... of the first argument of a function */
static const Dimensioned *
dimensioned_argument(Oid function)
{
	Oid		   *types;
	int			n;

	get_func_signature(function, &types, &n);
	return n == 0 ? NULL : dimensioned_type(types[0]);
}

/*
 * What is known of an expression
 */

static uint32 dimension_of(const Dimensioned *d, Node *node);

/* One dimension that all of them have */
static uint32
common_dimension(const Dimensioned *d, List *nodes)
{
	uint32		result = 0;
	ListCell   *cell;

	foreach(cell, nodes)
	{
		uint32		dimension = dimension_of(d, lfirst(cell));

		if (dimension == 0 || (result != 0 && dimension != result))
			return 0;
		result = dimension;
	}
	return result;
}

static uint32
case_dimension(const Dimensioned *d, CaseExpr *c)
{
	List	   *results = NIL;
	ListCell   *cell;

	foreach(cell, c->args)
		results = lappend(results, lfirst_node(CaseWhen, cell)->result);
	if (c->defresult != NULL && !(IsA(c->defresult, Const) && ((Const *) c->defresult)->constisnull))
		results = lappend(results, c->defresult);
	return common_dimension(d, results);
}

/* What a constant that names a unit, a method or a nutrient says */
static uint32
named_dimension(const Dimensioned *d, Node *node)
{
	Const	   *c = (Const *) node;
	const VitkNutrient *nutrient;
	text	   *name;

	if (!IsA(node, Const) || c->constisnull)
		return 0;
	if (c->consttype == TEXTOID)
	{
		name = DatumGetTextPP(c->constvalue);
		return d->of_name(VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name));
	}
	nutrient = c->constbyval && c->constlen == sizeof(int32) ?
		vitk_nutrient_by_id(DatumGetInt32(c->constvalue)) : NULL;
	return nutrient == NULL ? 0 : d->of_name(nutrient->unit, strlen(nutrient->unit));
}

/* Which of our C functions a function is; NULL for any other */
static char *
our_symbol(Oid function)
{
	HeapTuple	tuple = SearchSysCache1(PROCOID, ObjectIdGetDatum(function));
	char	   *symbol = NULL;

	if (!HeapTupleIsValid(tuple))
		return NULL;
	if (((Form_pg_proc) GETSTRUCT(tuple))->prolang == ClanguageId)
	{
		bool		isnull;
		Datum		prosrc = SysCacheGetAttr(PROCOID, tuple, Anum_pg_proc_prosrc, &isnull);

		if (!isnull)
			symbol = TextDatumGetCString(prosrc);
	}
	ReleaseSysCache(tuple);
	return symbol;
}

/* What is known of the result of a function, from one of its arguments */
static uint32
call_dimension(const Dimensioned *d, Oid function, List *args)
{
	static const struct
	{
		const char *symbol;
		enum
		{
			SAME, NAMED, ALWAYS
		}			how;
		int			arg;
	}			calls[] = {
		{"nutrient_amount_convert", NAMED, 1},
		{"nutrient_amount_convert_nutrient", NAMED, 1},
		{"nutrient_amount_from_value", NAMED, 1},
		{"nutrient_amount_from_bounds", NAMED, 2},
		{"nutrient_profile_amount", NAMED, 1},
		{"nutrient_amount_rounded", SAME, 0},
		{"nutrient_amount_pl", SAME, 0},
		{"nutrient_amount_pl", SAME, 1},
		{"nutrient_amount_mi", SAME, 0},
		{"nutrient_amount_mi", SAME, 1},
		{"nutrient_amount_um", SAME, 0},
		{"nutrient_amount_mul", SAME, 0},
		{"nutrient_amount_div", SAME, 0},
		{"nutrient_amount_mul_commuted", SAME, 1},
		{"conversion_mk4_equivalent_builtin", ALWAYS, 0},
		{"conversion_mk4_equivalent", ALWAYS, 0},
		{"calcification_from_value", NAMED, 1},
		{"calcification_rounded", SAME, 0}
	};
	char	   *symbol = our_symbol(function);
	uint32		result = 0;

	for (int i = 0; i < (int) lengthof(calls) && symbol != NULL && result == 0; i++)
	{
		if (strcmp(symbol, calls[i].symbol) != 0 || calls[i].arg >= list_length(args))
			continue;
		if (calls[i].how == ALWAYS)
			result = d->of_name("ug", 2);
		else if (calls[i].how == NAMED)
			result = named_dimension(d, list_nth(args, calls[i].arg));
		else
			result = dimension_of(d, list_nth(args, calls[i].arg));
	}
	return result;
}

/* sum, avg, min and max have the dimension of what they are of. */
static uint32
aggregate_dimension(const Dimensioned *d, Oid function, List *args)
{
	char	   *name = get_func_name(function);
	Node	   *arg = args == NIL ? NULL : linitial(args);

	if (name == NULL || arg == NULL ||
		(strcmp(name, "sum") != 0 && strcmp(name, "avg") != 0 &&
		 strcmp(name, "min") != 0 && strcmp(name, "max") != 0))
		return 0;
	if (IsA(arg, TargetEntry))
		arg = (Node *) ((TargetEntry *) arg)->expr;
	return dimensioned_type(getBaseType(exprType(arg))) == d ? dimension_of(d, arg) : 0;
}

static uint32
subscript_dimension(const Dimensioned *d, SubscriptingRef *s)
{
	if (type_is_array(s->refcontainertype) || list_length(s->refupperindexpr) != 1)
		return 0;
	return named_dimension(d, linitial(s->refupperindexpr));
}

/* (SELECT max(amount) FROM ...) */
static uint32
sublink_dimension(const Dimensioned *d, SubLink *s)
{
	Query	   *query = (Query *) s->subselect;

	if (s->subLinkType != EXPR_SUBLINK || !IsA(query, Query) || query->targetList == NIL)
		return 0;
	return dimension_of(d, (Node *) linitial_node(TargetEntry, query->targetList)->expr);
}

static uint32
dimension_of(const Dimensioned *d, Node *node)
{
	int32		typmod;

	if (node == NULL)
		return 0;
	typmod = exprTypmod(node);
	getBaseTypeAndTypmod(exprType(node), &typmod);
	if (typmod >= 0)
		return d->of_typmod(typmod);
	switch (nodeTag(node))
	{
		case T_Const:
			return ((Const *) node)->constisnull ? 0 : d->of_value(((Const *) node)->constvalue);
		case T_RelabelType:
			return dimension_of(d, (Node *) ((RelabelType *) node)->arg);
		case T_CoerceToDomain:
			return dimension_of(d, (Node *) ((CoerceToDomain *) node)->arg);
		case T_PlaceHolderVar:
			return dimension_of(d, (Node *) ((PlaceHolderVar *) node)->phexpr);
		case T_FuncExpr:
			return call_dimension(d, ((FuncExpr *) node)->funcid, ((FuncExpr *) node)->args);
		case T_OpExpr:
			return call_dimension(d, get_opcode(((OpExpr *) node)->opno), ((OpExpr *) node)->args);
		case T_NullIfExpr:
			return dimension_of(d, linitial(((NullIfExpr *) node)->args));
		case T_Aggref:
			return aggregate_dimension(d, ((Aggref *) node)->aggfnoid, ((Aggref *) node)->args);
		case T_WindowFunc:
			return aggregate_dimension(d, ((WindowFunc *) node)->winfnoid, ((WindowFunc *) node)->args);
		case T_CaseExpr:
			return case_dimension(d, (CaseExpr *) node);
		case T_CoalesceExpr:
			return common_dimension(d, ((CoalesceExpr *) node)->args);
		case T_MinMaxExpr:
			return common_dimension(d, ((MinMaxExpr *) node)->args);
		case T_SubLink:
			return sublink_dimension(d, (SubLink *) node);
		case T_SubscriptingRef:
			return subscript_dimension(d, (SubscriptingRef *) node);
		default:
			return 0;
	}
}

/*
 * Pairs that are compared
 */

static void
check(const Dimensioned *d, uint32 left, uint32 right)
{
	if (left != 0 && right != 0 && left != right)
		d->refuse(left, right);
}

static void
check_pair(const Dimensioned *d, List *args)
{
	if (list_length(args) == 2)
		check(d, dimension_of(d, linitial(args)), dimension_of(d, lsecond(args)));
}

/* The other side of IN and of ANY: each element that is known */
static void
check_elements(const Dimensioned *d, uint32 scalar, Node *array)
{
	Const	   *c = (Const *) array;

	if (IsA(array, ArrayExpr))
	{
		ListCell   *cell;

		foreach(cell, ((ArrayExpr *) array)->elements)
			check(d, scalar, dimension_of(d, lfirst(cell)));
	}
	else if (IsA(array, Const) && !c->constisnull)
	{
		ArrayType  *a = DatumGetArrayTypeP(c->constvalue);
		Datum	   *values;
		bool	   *nulls;
		int			n;
		int16		len;
		bool		byval;
		char		align;

		get_typlenbyvalalign(ARR_ELEMTYPE(a), &len, &byval, &align);
		deconstruct_array(a, ARR_ELEMTYPE(a), len, byval, align, &values, &nulls, &n);
		for (int i = 0; i < n; i++)
			if (!nulls[i])
				check(d, scalar, d->of_value(values[i]));
	}
	else if (exprTypmod(array) >= 0)
		check(d, scalar, d->of_typmod(exprTypmod(array)));
}

/* GREATEST and LEAST */
static void
check_alike(const Dimensioned *d, List *args)
{
	uint32		first = 0;
	ListCell   *cell;

	foreach(cell, args)
	{
		uint32		dimension = dimension_of(d, lfirst(cell));

		check(d, first, dimension);
		if (first == 0)
			first = dimension;
	}
}

/* (a, b) < (c, d): of those pairs that have this type */
static void
check_rows(const Dimensioned *d, RowCompareExpr *rows)
{
	ListCell   *l;
	ListCell   *r;

	forboth(l, rows->largs, r, rows->rargs)
		if (dimensioned_type(getBaseType(exprType(lfirst(l)))) == d)
			check(d, dimension_of(d, lfirst(l)), dimension_of(d, lfirst(r)));
}

/*
 * The expression that a comparing function is called for.  An OpExpr has been
 * through the support function; and one of two constants is the planner's own,
 * when it proves one condition from another, which is not a comparison by the user.
 */
void
vitk_dimension_check_expression(FmgrInfo *flinfo)
{
	const Dimensioned *d = dimensioned_argument(flinfo->fn_oid);
	ScalarArrayOpExpr *any = (ScalarArrayOpExpr *) flinfo->fn_expr;

	if (d == NULL)
		return;
	switch (nodeTag(flinfo->fn_expr))
	{
		case T_FuncExpr:
			check_pair(d, ((FuncExpr *) flinfo->fn_expr)->args);
			break;
		case T_DistinctExpr:
		case T_NullIfExpr:
			check_pair(d, ((OpExpr *) flinfo->fn_expr)->args);
			break;
		case T_ScalarArrayOpExpr:
			check_elements(d, dimension_of(d, linitial(any->args)), lsecond(any->args));
			break;
		case T_MinMaxExpr:
			check_alike(d, ((MinMaxExpr *) flinfo->fn_expr)->args);
			break;
		case T_RowCompareExpr:
			check_rows(d, (RowCompareExpr *) flinfo->fn_expr);
			break;
		default:
			break;
	}
}

/*
 * Support of << and >> by a btree: what lies surely below sorts before, what
 * lies surely above sorts after.  Not all that does, so each row is looked at.
 */

static StrategyNumber
surely_strategy(Oid function)
{
	char	   *symbol = our_symbol(function);
	const char *end = symbol == NULL ? NULL : strstr(symbol, "_surely_");

	if (end == NULL)
		return InvalidStrategy;
	return strcmp(end, "_surely_below") == 0 ? BTLessStrategyNumber : BTGreaterStrategyNumber;
}

/*
 * An index would leave out, unseen, the rows of another dimension, for which
 * << and >> are to raise.  A column without a type modifier may have such rows:
 * where its statistics show one, no index serves.
 */
static bool
one_dimension(const Dimensioned *d, PlannerInfo *root, Node *column, Node *other)
{
	static const int kinds[] = {STATISTIC_KIND_MCV, STATISTIC_KIND_HISTOGRAM};
	uint32		dimension = dimension_of(d, other);
	bool		result = true;
	VariableStatData data;
	AttStatsSlot slot;

	if (dimension == 0 || dimension_of(d, column) != 0)
		return true;
	examine_variable(root, column, 0, &data);
	for (int kind = 0; kind < 2 && HeapTupleIsValid(data.statsTuple); kind++)
		if (get_attstatsslot(&slot, data.statsTuple, kinds[kind], InvalidOid, ATTSTATSSLOT_VALUES))
		{
			for (int i = 0; i < slot.nvalues; i++)
				result = result && d->of_value(slot.values[i]) == dimension;
			free_attstatsslot(&slot);
		}
	ReleaseVariableStats(data);
	return result;
}

static List *
index_condition(SupportRequestIndexCondition *request)
{
	StrategyNumber strategy = surely_strategy(request->funcid);
	Oid			type;
	Oid			operator;
	Node	   *column;
	Node	   *other;

	if (strategy == InvalidStrategy || !is_opclause(request->node) || request->index->relam != BTREE_AM_OID)
		return NIL;
	column = list_nth(((OpExpr *) request->node)->args, request->indexarg);
	other = list_nth(((OpExpr *) request->node)->args, 1 - request->indexarg);
	if (!is_pseudo_constant_for_index(request->root, other, request->index) ||
		!one_dimension(dimensioned_argument(request->funcid), request->root, column, other))
		return NIL;
	if (request->indexarg == 1)
		strategy = BTLessStrategyNumber + BTGreaterStrategyNumber - strategy;
	type = request->index->opcintype[request->indexcol];
	operator = get_opfamily_member(request->opfamily, type, type, strategy);
	if (!OidIsValid(operator))
		return NIL;
	return list_make1(make_opclause(operator, BOOLOID, false, (Expr *) column, (Expr *) other,
									InvalidOid, InvalidOid));
}

PG_FUNCTION_INFO_V1(dimension_support);
Datum
dimension_support(PG_FUNCTION_ARGS)
{
	Node	   *request = (Node *) PG_GETARG_POINTER(0);

	if (IsA(request, SupportRequestSimplify))
	{
		FuncExpr   *call = ((SupportRequestSimplify *) request)->fcall;
		const Dimensioned *d = dimensioned_argument(call->funcid);

		if (d != NULL)
			check_pair(d, call->args);
	}
	else if (IsA(request, SupportRequestIndexCondition))
		PG_RETURN_POINTER(index_condition((SupportRequestIndexCondition *) request));
	PG_RETURN_POINTER(NULL);
}

/* The operands of an operator, unless both are constants, which are looked at when it is called */
void
vitk_dimension_check_operands(Oid operator, List *args)
{
	Oid			type;
	Oid			right;
	const Dimensioned *d;

	op_input_types(operator, &type, &right);
	d = dimensioned_type(type);
	if (d != NULL && list_length(args) == 2 &&
		!(IsA(linitial(args), Const) && IsA(lsecond(args), Const)))
		check_pair(d, args);
}
