/*
 * usual_intake.c
 *		Usual intakes, and the shares of persons below and above reference values.
 */
#include "vitk.h"

#include <math.h>

#include "core/usual_intake.h"
#include "study_sample.h"
#include "variance_components.h"

static VitkIntakeScale
scale_arg(FunctionCallInfo fcinfo, int n)
{
	text	   *name = PG_GETARG_TEXT_PP(n);
	VitkIntakeScale scale;
	VitkErr		err;

	if (!vitk_intake_scale_by_name(VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name), &scale, &err))
		VITK_RAISE(&err);
	return scale;
}

PG_FUNCTION_INFO_V1(usual_intake_scale);
Datum
usual_intake_scale(PG_FUNCTION_ARGS)
{
	double		result;
	VitkErr		err;

	if (!vitk_usual_scale(PG_GETARG_FLOAT8(0), scale_arg(fcinfo, 1), &result, &err))
		VITK_RAISE(&err);
	PG_RETURN_FLOAT8(result);
}

PG_FUNCTION_INFO_V1(usual_intake_unscale);
Datum
usual_intake_unscale(PG_FUNCTION_ARGS)
{
	double		result;
	VitkErr		err;

	if (!vitk_usual_unscale(PG_GETARG_FLOAT8(0), scale_arg(fcinfo, 1), &result, &err))
		VITK_RAISE(&err);
	PG_RETURN_FLOAT8(result);
}

/* NULL for a person without days */
PG_FUNCTION_INFO_V1(usual_intake);
Datum
usual_intake(PG_FUNCTION_ARGS)
{
	VitkSample *person = PG_GETARG_STUDY_SAMPLE_P(0);
	VitkIntakeScale scale = scale_arg(fcinfo, 2);
	double		result;
	VitkErr		err;

	if (person->n == 0)
		PG_RETURN_NULL();
	if (!vitk_usual_intake(person, PG_GETARG_COMPONENTS_P(1), scale, &result, &err))
		VITK_RAISE(&err);
	PG_RETURN_FLOAT8(result);
}

/*
 * Shares of persons.  The state of the aggregates is the sample of ones, which
 * are persons below or above, and zeros: its mean is the share.
 */

static void
check_share_kind(FunctionCallInfo fcinfo, int n, bool above)
{
	text	   *kind = PG_GETARG_TEXT_PP(n);
	VitkErr		err;

	if (!vitk_share_kind(VARDATA_ANY(kind), VARSIZE_ANY_EXHDR(kind), above, &err))
		VITK_RAISE(&err);
}

static Datum
share_add(FunctionCallInfo fcinfo, bool above)
{
	VitkSample *state = vitk_own_state(fcinfo, sizeof(VitkSample));
	double		usual = PG_GETARG_FLOAT8(1);
	double		reference = PG_GETARG_FLOAT8(2);

	check_share_kind(fcinfo, 3, above);
	if (!isfinite(usual) || !isfinite(reference))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%s must be finite, not %g", isfinite(usual) ? "reference value" : "usual intake",
						isfinite(usual) ? reference : usual),
				 errhint("Use NULL for an unknown value.")));
	if (!vitk_sample_add(state, above ? usual > reference : usual < reference))
		study_sample_overflow();
	PG_RETURN_STUDY_SAMPLE_P(state);
}

PG_FUNCTION_INFO_V1(usual_intake_share_below_add);
Datum
usual_intake_share_below_add(PG_FUNCTION_ARGS)
{
	return share_add(fcinfo, false);
}

PG_FUNCTION_INFO_V1(usual_intake_share_above_add);
Datum
usual_intake_share_above_add(PG_FUNCTION_ARGS)
{
	return share_add(fcinfo, true);
}

static Datum
components_share(FunctionCallInfo fcinfo, bool above)
{
	VitkIntakeScale scale = scale_arg(fcinfo, 3);
	double		result;
	VitkErr		err;

	check_share_kind(fcinfo, 2, above);
	if (!vitk_components_share(PG_GETARG_COMPONENTS_P(0), PG_GETARG_FLOAT8(1), scale, above, &result, &err))
		VITK_RAISE(&err);
	PG_RETURN_FLOAT8(result);
}

PG_FUNCTION_INFO_V1(usual_intake_share_of_components_below);
Datum
usual_intake_share_of_components_below(PG_FUNCTION_ARGS)
{
	return components_share(fcinfo, false);
}

PG_FUNCTION_INFO_V1(usual_intake_share_of_components_above);
Datum
usual_intake_share_of_components_above(PG_FUNCTION_ARGS)
{
	return components_share(fcinfo, true);
}
