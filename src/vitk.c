/*
 * vitk.c
 *		Module magic, the way from a VitkErr to ereport, and rows.
 *
 * The pure files know nothing of encodings: what they quote of the user's text is
 * cut here to whole characters of the database, and a message that is none of its
 * texts is never sent, because the client would see an error of encodings instead.
 */
#include "vitk.h"

#include "access/htup_details.h"
#include "funcapi.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/typcache.h"

VITK_MODULE_MAGIC;

static size_t (*whole_utf8) (const char *s, size_t len, size_t limit);

static size_t
whole_characters(const char *s, size_t len, size_t limit)
{
	/* what such a database holds is UTF-8 nowadays, if anything */
	if (GetDatabaseEncoding() == PG_SQL_ASCII)
		return whole_utf8(s, len, limit);
	return pg_mbcliplen(s, len, limit);
}

PGDLLEXPORT void _PG_init(void);

void
_PG_init(void)
{
	whole_utf8 = vitk_whole_characters;
	vitk_whole_characters = whole_characters;
}

PG_FUNCTION_INFO_V1(vitk_library_version);
Datum
vitk_library_version(PG_FUNCTION_ARGS)
{
	(void) fcinfo;
	PG_RETURN_TEXT_P(cstring_to_text(VITK_VERSION));
}

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

/*
 * A text that may quote a part of the user's; where a parser has stopped within
 * a character, question marks stand for what is not ASCII.
 */
static const char *
valid_text(const char *s)
{
	char	   *plain;

	if (pg_verify_mbstr(GetDatabaseEncoding(), s, strlen(s), true))
		return s;
	plain = pstrdup(s);
	for (char *p = plain; *p != '\0'; p++)
	{
		if (IS_HIGHBIT_SET(*p))
			*p = '?';
	}
	return plain;
}

int
vitk_report(const VitkErr *err)
{
	errcode(sqlstate_of(err->code));
	errmsg("%s", valid_text(err->msg));
	if (err->detail[0])
		errdetail("%s", valid_text(err->detail));
	if (err->hint[0])
		errhint("%s", valid_text(err->hint));
	return 0;
}

void *
vitk_own_state(FunctionCallInfo fcinfo, Size size)
{
	void	   *state = PG_GETARG_POINTER(0);

	if (AggCheckCallContext(fcinfo, NULL) != AGG_CONTEXT_AGGREGATE)
		state = memcpy(palloc(size), state, size);
	return state;
}

/* The row that a function was declared to return, kept from call to call */
static TupleDesc
row_desc(FunctionCallInfo fcinfo)
{
	TupleDesc	desc = fcinfo->flinfo->fn_extra;
	MemoryContext old;

	if (desc != NULL)
		return desc;
	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	old = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);
	desc = BlessTupleDesc(CreateTupleDescCopy(desc));
	MemoryContextSwitchTo(old);
	fcinfo->flinfo->fn_extra = desc;
	return desc;
}

Datum
vitk_row_datum(FunctionCallInfo fcinfo, Datum *values, bool *nulls)
{
	return HeapTupleGetDatum(heap_form_tuple(row_desc(fcinfo), values, nulls));
}

/*
 * min and max of whatever type they are declared for, by its operator class for
 * btree.  Either argument may be the result: the executor copies what it keeps.
 */
static Datum
extreme(FunctionCallInfo fcinfo, int sign)
{
	TypeCacheEntry *type = fcinfo->flinfo->fn_extra;

	if (type == NULL)
	{
		/* as declared: who computes parts of an aggregate may have no expression to ask */
		type = lookup_type_cache(get_func_rettype(fcinfo->flinfo->fn_oid), TYPECACHE_CMP_PROC_FINFO);
		if (!OidIsValid(type->cmp_proc_finfo.fn_oid))
			elog(ERROR, "the type has no order");
		fcinfo->flinfo->fn_extra = type;
	}
	if (sign * DatumGetInt32(FunctionCall2(&type->cmp_proc_finfo, PG_GETARG_DATUM(0),
										   PG_GETARG_DATUM(1))) <= 0)
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	PG_RETURN_DATUM(PG_GETARG_DATUM(1));
}

PG_FUNCTION_INFO_V1(vitk_smaller);
Datum
vitk_smaller(PG_FUNCTION_ARGS)
{
	return extreme(fcinfo, 1);
}

PG_FUNCTION_INFO_V1(vitk_larger);
Datum
vitk_larger(PG_FUNCTION_ARGS)
{
	return extreme(fcinfo, -1);
}
