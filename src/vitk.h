/*
 * vitk.h
 *		What every server file of vitk needs, version shims among it.
 */
#ifndef VITK_H
#define VITK_H

#include "postgres.h"

#include "fmgr.h"

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

/* Report what a pure function found, softly where escontext allows. */
extern void vitk_errsave(const VitkErr *err, struct Node *escontext);

/* For input functions: report and return NULL (the Datum 0). */
#define VITK_RETURN_ERROR(err, escontext) \
	do { \
		vitk_errsave((err), (escontext)); \
		PG_RETURN_NULL(); \
	} while (0)

/* For every other function: report, never to return. */
#define VITK_RAISE(err) vitk_errsave((err), NULL)

/* A row of the type that the function was declared to return */
extern Datum vitk_row_datum(FunctionCallInfo fcinfo, Datum *values, bool *nulls);

#endif							/* VITK_H */
