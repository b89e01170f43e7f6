/*
 * two_part.c
 *		Usual intakes of what is not eaten daily.
 */
#include "vitk.h"

#include "core/two_part.h"
#include "variance_components.h"

/* The arguments (frequency, amount, reference, kind, scale) */
static Datum
share(FunctionCallInfo fcinfo, bool above)
{
	VitkText	kind = vitk_text_arg(fcinfo, 3);
	VitkText	name = vitk_text_arg(fcinfo, 4);
	VitkIntakeScale scale;
	double		result;
	VitkErr		err;

	if (!vitk_share_kind(kind.data, kind.len, above, &err) ||
		!vitk_intake_scale_by_name(name.data, name.len, &scale, &err) ||
		!vitk_two_part_share(PG_GETARG_COMPONENTS_P(0), PG_GETARG_COMPONENTS_P(1), PG_GETARG_FLOAT8(2), scale, above,
							 &result, &err))
		VITK_RAISE(&err);
	PG_RETURN_FLOAT8(result);
}

PG_FUNCTION_INFO_V1(two_part_share_below);
Datum
two_part_share_below(PG_FUNCTION_ARGS)
{
	return share(fcinfo, false);
}

PG_FUNCTION_INFO_V1(two_part_share_above);
Datum
two_part_share_above(PG_FUNCTION_ARGS)
{
	return share(fcinfo, true);
}
