/*
 * dimension.h
 *		What is known of dimensions before any row is read.
 */
#ifndef VITK_DIMENSION_H
#define VITK_DIMENSION_H

#include "vitk.h"

#include "nodes/pg_list.h"

extern void vitk_dimension_check_expression(FmgrInfo *flinfo);
extern void vitk_dimension_check_operands(Oid operator, List *args);

/*
 * To be called by every function that compares two values: once for each
 * expression, it looks at what is known of both sides.  It may raise, but
 * never for a value of a row: the functions stay LEAKPROOF.
 */
static inline void
vitk_dimension_check(FunctionCallInfo fcinfo)
{
	static char checked;
	FmgrInfo   *flinfo = fcinfo->flinfo;

	if (flinfo != NULL && flinfo->fn_extra == NULL)
	{
		flinfo->fn_extra = &checked;
		if (flinfo->fn_expr != NULL)
			vitk_dimension_check_expression(flinfo);
	}
}

#endif							/* VITK_DIMENSION_H */
