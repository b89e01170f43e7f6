/*
 * csv.c
 *		csv_records(): a file of comma-separated values as rows of cells.
 */
#include "vitk.h"

#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "core/csv.h"

static void
put_record(ReturnSetInfo *result, ArrayBuildState *cells, int64 number)
{
	Datum		values[2];
	bool		nulls[2] = {false, false};

	values[0] = Int32GetDatum((int32) number);
	values[1] = makeArrayResult(cells, CurrentMemoryContext);
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

/* csv_records(content, delimiter, most): number and cells of each record */
PG_FUNCTION_INFO_V1(csv_records);
Datum
csv_records(PG_FUNCTION_ARGS)
{
	text	   *content = PG_GETARG_TEXT_PP(0);
	text	   *delimiter = PG_GETARG_TEXT_PP(1);
	int			most = PG_GETARG_INT32(2);
	int			number = 0;
	size_t		len;
	bool		ends_record;
	VitkCsv		csv;
	char	   *field;
	MemoryContext of_record;
	MemoryContext caller = CurrentMemoryContext;
	ArrayBuildState *cells = NULL;

	if (VARSIZE_ANY_EXHDR(delimiter) != 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("field delimiter must be a single ASCII character")));
	InitMaterializedSRF(fcinfo, 0);
	of_record = AllocSetContextCreate(caller, "record of CSV", ALLOCSET_DEFAULT_SIZES);
	field = palloc_extended(VARSIZE_ANY_EXHDR(content) + 1, MCXT_ALLOC_HUGE);
	vitk_csv_open(&csv, VARDATA_ANY(content), VARSIZE_ANY_EXHDR(content), *VARDATA_ANY(delimiter));
	MemoryContextSwitchTo(of_record);
	while (number < most && vitk_csv_field(&csv, field, &len, &ends_record))
	{
		cells = accumArrayResult(cells, PointerGetDatum(cstring_to_text_with_len(field, len)), false,
								 TEXTOID, of_record);
		if (!ends_record)
			continue;
		put_record((ReturnSetInfo *) fcinfo->resultinfo, cells, ++number);
		cells = NULL;
		MemoryContextReset(of_record);
		CHECK_FOR_INTERRUPTS();
	}
	MemoryContextSwitchTo(caller);
	MemoryContextDelete(of_record);
	PG_RETURN_VOID();
}
