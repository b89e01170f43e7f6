/*
 * dimension_sel.c
 *		Estimators of comparisons: those of the core, after a look at the dimensions
 *		of the two sides.
 */
#include "vitk.h"

#include "access/stratnum.h"
#include "utils/fmgrprotos.h"
#include "utils/lsyscache.h"
#include "utils/selfuncs.h"
#include "utils/typcache.h"

#include "dimension.h"

static Datum
checked_estimate(FunctionCallInfo fcinfo, PGFunction estimator, Oid operator)
{
	vitk_dimension_check_operands(PG_GETARG_OID(1), (List *) PG_GETARG_POINTER(2));
	return DirectFunctionCall4Coll(estimator, PG_GET_COLLATION(), PG_GETARG_DATUM(0),
								   ObjectIdGetDatum(operator), PG_GETARG_DATUM(2), PG_GETARG_DATUM(3));
}

PG_FUNCTION_INFO_V1(dimension_eqsel);
Datum
dimension_eqsel(PG_FUNCTION_ARGS)
{
	return checked_estimate(fcinfo, eqsel, PG_GETARG_OID(1));
}

PG_FUNCTION_INFO_V1(dimension_neqsel);
Datum
dimension_neqsel(PG_FUNCTION_ARGS)
{
	return checked_estimate(fcinfo, neqsel, PG_GETARG_OID(1));
}

/* The operator of the btree family of its type, for << and >> */
static Oid
sort_operator(Oid operator, StrategyNumber strategy)
{
	Oid			left;
	Oid			right;
	TypeCacheEntry *cache;

	op_input_types(operator, &left, &right);
	cache = lookup_type_cache(left, TYPECACHE_BTREE_OPFAMILY);
	return get_opfamily_member(cache->btree_opf, left, right, strategy);
}

PG_FUNCTION_INFO_V1(dimension_belowsel);
Datum
dimension_belowsel(PG_FUNCTION_ARGS)
{
	return checked_estimate(fcinfo, scalarltsel,
							sort_operator(PG_GETARG_OID(1), BTLessStrategyNumber));
}

PG_FUNCTION_INFO_V1(dimension_abovesel);
Datum
dimension_abovesel(PG_FUNCTION_ARGS)
{
	return checked_estimate(fcinfo, scalargtsel,
							sort_operator(PG_GETARG_OID(1), BTGreaterStrategyNumber));
}
