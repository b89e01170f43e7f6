/*
 * study.c
 *		Effects of printed p values; what study_effects() says when it refuses to pool.
 */
#include "vitk.h"

#include "effect_size.h"

#include "utils/builtins.h"

/* Not strict: df may be NULL.  NULL where no effect can be given. */
PG_FUNCTION_INFO_V1(study_effect_from_p);
Datum
study_effect_from_p(PG_FUNCTION_ARGS)
{
	VitkEffect *result = palloc(sizeof(VitkEffect));
	VitkErr		err;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) ||
		!vitk_effect_from_p(PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(1),
							PG_ARGISNULL(2) ? 0 : PG_GETARG_FLOAT8(2), VITK_EFFECT_MD, result, &err))
		PG_RETURN_NULL();
	PG_RETURN_EFFECT_SIZE_P(result);
}

static char *
text_arg(FunctionCallInfo fcinfo, int n)
{
	return PG_ARGISNULL(n) ? pstrdup("") : text_to_cstring(PG_GETARG_TEXT_PP(n));
}

PG_FUNCTION_INFO_V1(study_result_unknown);
Datum
study_result_unknown(PG_FUNCTION_ARGS)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unknown study result \"%s\"", text_arg(fcinfo, 0)),
			 errhint("Results have names such as shea2009:cac; see vitk.study_result.")));
}

PG_FUNCTION_INFO_V1(study_result_refused);
Datum
study_result_refused(PG_FUNCTION_ARGS)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("study result \"%s\" cannot be pooled: %s",
					text_arg(fcinfo, 0), text_arg(fcinfo, 1)),
			 errhint("Those that can be pooled are in vitk.study_result_poolable.")));
}

PG_FUNCTION_INFO_V1(study_results_differ);
Datum
study_results_differ(PG_FUNCTION_ARGS)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("study results \"%s\" and \"%s\" differ in %s",
					text_arg(fcinfo, 0), text_arg(fcinfo, 1), text_arg(fcinfo, 2)),
			 errdetail("One is of \"%s\", the other of \"%s\".",
					   text_arg(fcinfo, 3), text_arg(fcinfo, 4))));
}

PG_FUNCTION_INFO_V1(study_results_overlap);
Datum
study_results_overlap(PG_FUNCTION_ARGS)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("study results \"%s\" and \"%s\" have participants in common",
					text_arg(fcinfo, 0), text_arg(fcinfo, 1)),
			 errdetail("Both are of participants of %s, who would count twice.",
					   text_arg(fcinfo, 2)),
			 errhint("Leave one of them out, or pass allow_overlap => true.")));
}
