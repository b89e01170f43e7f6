/*
 * nutrient.c
 *		Type nutrient: a substance of the registry, its id by value.
 */
#include "vitk.h"

#include "common/hashfn.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"

#include "core/nutrient.h"
#include "nutrient.h"

/* Say that a stored nutrient is none of this library's. */
void
vitk_nutrient_reject(int32 id)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATA_CORRUPTED),
			 errmsg("nutrient with id %d is not in the registry", id),
			 errhint("A newer version of vitk may have stored it.")));
}

const VitkNutrient *
vitk_nutrient_get(int32 id)
{
	const VitkNutrient *n = vitk_nutrient_by_id(id);

	if (n == NULL)
		vitk_nutrient_reject(id);
	return n;
}

PG_FUNCTION_INFO_V1(nutrient_in);
Datum
nutrient_in(PG_FUNCTION_ARGS)
{
	char	   *str = PG_GETARG_CSTRING(0);
	VitkErr		err;
	int			id;

	if (!vitk_nutrient_parse(str, strlen(str), &id, &err))
		VITK_RETURN_ERROR(&err, VITK_ESCONTEXT(fcinfo));
	PG_RETURN_INT32(id);
}

PG_FUNCTION_INFO_V1(nutrient_out);
Datum
nutrient_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(pstrdup(vitk_nutrient_get(PG_GETARG_INT32(0))->code));
}

PG_FUNCTION_INFO_V1(nutrient_recv);
Datum
nutrient_recv(PG_FUNCTION_ARGS)
{
	int32		id = pq_getmsgint((StringInfo) PG_GETARG_POINTER(0), 4);

	if (vitk_nutrient_by_id(id) == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary value for type %s", "nutrient"),
				 errdetail("No nutrient has the id %d.", id)));
	PG_RETURN_INT32(id);
}

PG_FUNCTION_INFO_V1(nutrient_send);
Datum
nutrient_send(PG_FUNCTION_ARGS)
{
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendint32(&buf, PG_GETARG_INT32(0));
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/* Registry order is the order of the vitamers in tables: K1, dK1, MK-4, ... */
PG_FUNCTION_INFO_V1(nutrient_cmp);
Datum
nutrient_cmp(PG_FUNCTION_ARGS)
{
	int32		a = PG_GETARG_INT32(0);
	int32		b = PG_GETARG_INT32(1);

	PG_RETURN_INT32((a > b) - (a < b));
}

#define NUTRIENT_OPERATOR(name, op) \
PG_FUNCTION_INFO_V1(name); \
Datum \
name(PG_FUNCTION_ARGS) \
{ \
	PG_RETURN_BOOL(PG_GETARG_INT32(0) op PG_GETARG_INT32(1)); \
}

NUTRIENT_OPERATOR(nutrient_eq, ==)
NUTRIENT_OPERATOR(nutrient_ne, !=)
NUTRIENT_OPERATOR(nutrient_lt, <)
NUTRIENT_OPERATOR(nutrient_le, <=)
NUTRIENT_OPERATOR(nutrient_gt, >)
NUTRIENT_OPERATOR(nutrient_ge, >=)

PG_FUNCTION_INFO_V1(nutrient_hash);
Datum
nutrient_hash(PG_FUNCTION_ARGS)
{
	return hash_uint32(PG_GETARG_UINT32(0));
}

PG_FUNCTION_INFO_V1(nutrient_hash_extended);
Datum
nutrient_hash_extended(PG_FUNCTION_ARGS)
{
	return hash_uint32_extended(PG_GETARG_UINT32(0), PG_GETARG_INT64(1));
}

PG_FUNCTION_INFO_V1(nutrient_name);
Datum
nutrient_name(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(vitk_nutrient_get(PG_GETARG_INT32(0))->name));
}

PG_FUNCTION_INFO_V1(nutrient_unit);
Datum
nutrient_unit(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(vitk_nutrient_get(PG_GETARG_INT32(0))->unit));
}

PG_FUNCTION_INFO_V1(nutrient_molar_mass);
Datum
nutrient_molar_mass(PG_FUNCTION_ARGS)
{
	double		molar_mass = vitk_nutrient_get(PG_GETARG_INT32(0))->molar_mass;

	if (molar_mass == 0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(molar_mass);
}
