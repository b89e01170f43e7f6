/*
 * vitk.h
 *		What every server file of vitk needs, version shims among it.
 */
#ifndef VITK_H
#define VITK_H

/*
 * Only what SQL calls is exported (-fvisibility=hidden), as PostgreSQL 16 builds
 * extensions anyway: no symbol of another library gets in the way of ours.
 */
#ifndef PGDLLEXPORT
#define PGDLLEXPORT __attribute__((visibility("default")))
#endif

#include "postgres.h"

#include "fmgr.h"

/* The macro of PostgreSQL 16, which exports the function too */
#if PG_VERSION_NUM < 160000
#undef PG_FUNCTION_INFO_V1
#define PG_FUNCTION_INFO_V1(funcname) \
extern PGDLLEXPORT Datum funcname(PG_FUNCTION_ARGS); \
extern PGDLLEXPORT const Pg_finfo_record * CppConcat(pg_finfo_,funcname)(void); \
const Pg_finfo_record * \
CppConcat(pg_finfo_,funcname) (void) \
{ \
	static const Pg_finfo_record my_finfo = { 1 }; \
	return &my_finfo; \
} \
extern int no_such_variable
#endif

/* PostgreSQL 16 moved VARDATA_ANY and its kin out of postgres.h. */
#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#endif

#include "core/err.h"

/*
 * Soft errors came with PostgreSQL 16.  Input functions hand their escontext
 * to VITK_RETURN_ERROR; before 16 it raises as ever.
 */
#if PG_VERSION_NUM >= 160000
#include "nodes/miscnodes.h"
#define VITK_ESCONTEXT(fcinfo) ((fcinfo)->context)
#else
#include "nodes/nodes.h"
#define VITK_ESCONTEXT(fcinfo) ((Node *) NULL)
#define SOFT_ERROR_OCCURRED(escontext) false
#define errsave(context, ...) \
	do { \
		(void) (context); \
		ereport(ERROR, __VA_ARGS__); \
	} while (0)
#define ereturn(context, dummy, ...) \
	do { \
		(void) (context); \
		ereport(ERROR, __VA_ARGS__); \
		return dummy; \
	} while (0)
#endif

/*
 * PG_MODULE_MAGIC_EXT, which tells name and version, came with 18.
 * VITK_VERSION is the Makefile's, from META.json.
 */
#ifdef PG_MODULE_MAGIC_EXT
#define VITK_MODULE_MAGIC PG_MODULE_MAGIC_EXT(.name = "vitk", .version = VITK_VERSION)
#else
#define VITK_MODULE_MAGIC PG_MODULE_MAGIC
#endif

/*
 * Report what a pure function found, at the caller's place: the macros below are
 * ereport and errsave themselves, and vitk_report fills in what they report.
 */
extern int	vitk_report(const VitkErr *err);

/* For input functions: report, softly where escontext allows, and return NULL. */
#define VITK_RETURN_ERROR(err, escontext) \
	do { \
		errsave((escontext), vitk_report(err)); \
		PG_RETURN_NULL(); \
	} while (0)

/* For every other function: report, never to return. */
#define VITK_RAISE(err) ereport(ERROR, vitk_report(err))

/*
 * The state of an aggregate, argument 0, to update in place; in a window it may have
 * been returned as the result of a row already, so there it is copied.
 */
extern void *vitk_own_state(FunctionCallInfo fcinfo, Size size);

/* Text without a copy and without a NUL at its end */
typedef struct VitkText
{
	const char *data;
	size_t		len;
} VitkText;

/* An argument as text; NULL is empty */
static inline VitkText
vitk_text_arg(FunctionCallInfo fcinfo, int n)
{
	VitkText	result = {"", 0};

	if (!PG_ARGISNULL(n))
	{
		text	   *t = PG_GETARG_TEXT_PP(n);

		result.data = VARDATA_ANY(t);
		result.len = VARSIZE_ANY_EXHDR(t);
	}
	return result;
}

/* A row of the type that the function was declared to return, which is kept in fn_extra */
extern Datum vitk_row_datum(FunctionCallInfo fcinfo, Datum *values, bool *nulls);

#endif							/* VITK_H */
