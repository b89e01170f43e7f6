/*
 * vitk.c
 *		Module magic, the way from a VitkErr to ereport, and rows.
 */
#include "vitk.h"

#include "access/htup_details.h"
#include "funcapi.h"

VITK_MODULE_MAGIC;

static int
sqlstate_of(VitkErrCode code)
{
	switch (code)
	{
		case VITK_E_NONE:
			break;
		case VITK_E_SYNTAX:
			return ERRCODE_INVALID_TEXT_REPRESENTATION;
		case VITK_E_RANGE:
			return ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
		case VITK_E_BINARY:
			return ERRCODE_INVALID_BINARY_REPRESENTATION;
		case VITK_E_NAME:
		case VITK_E_UNIT:
		case VITK_E_DIMENSION:
		case VITK_E_VALUE:
			return ERRCODE_INVALID_PARAMETER_VALUE;
	}
	return ERRCODE_INTERNAL_ERROR;
}

int
vitk_report(const VitkErr *err)
{
	errcode(sqlstate_of(err->code));
	errmsg("%s", err->msg);
	if (err->detail[0])
		errdetail("%s", err->detail);
	if (err->hint[0])
		errhint("%s", err->hint);
	return 0;
}

Datum
vitk_row_datum(FunctionCallInfo fcinfo, Datum *values, bool *nulls)
{
	TupleDesc	desc;

	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	return HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(desc), values, nulls));
}
