/*
 * nutrient.c
 *		Type nutrient: a substance of the registry, its id by value.
 */
#include "vitk.h"

#include "common/hashfn.h"
#include "funcapi.h"
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
				 errdetail("No nutrient has the id %d.", id),
				 errhint("A newer version of vitk may know it.")));
	PG_RETURN_INT32(id);
}

PG_FUNCTION_INFO_V1(nutrient_send);
Datum
nutrient_send(PG_FUNCTION_ARGS)
{
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendint32(&buf, PG_GETARG_NUTRIENT(0));
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/*
 * The order of the registry is the one that people see: K1, dK1, MK-4, ...
 * LEAKPROOF, so nothing raises: what only a newer registry knows sorts after all
 * others, by id.  Indexes rely on it: from 1.0.0 on no two nutrients may change
 * places, a new one takes a position between.
 */
static int
compare_nutrients(int32 a, int32 b)
{
	bool		a_known = vitk_nutrient_by_id(a) != NULL;
	bool		b_known = vitk_nutrient_by_id(b) != NULL;

	if (a_known && b_known)
	{
		a = vitk_nutrient_place(a);
		b = vitk_nutrient_place(b);
	}
	else if (a_known != b_known)
		return a_known ? -1 : 1;
	return (a > b) - (a < b);
}

#define NUTRIENT_CMP(fcinfo) \
	compare_nutrients(PG_GETARG_INT32(0), PG_GETARG_INT32(1))

PG_FUNCTION_INFO_V1(nutrient_cmp);
Datum
nutrient_cmp(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(NUTRIENT_CMP(fcinfo));
}

#define NUTRIENT_OPERATOR(name, op) \
PG_FUNCTION_INFO_V1(name); \
Datum \
name(PG_FUNCTION_ARGS) \
{ \
	PG_RETURN_BOOL(NUTRIENT_CMP(fcinfo) op 0); \
}

NUTRIENT_OPERATOR(nutrient_lt, <)
NUTRIENT_OPERATOR(nutrient_le, <=)
NUTRIENT_OPERATOR(nutrient_gt, >)
NUTRIENT_OPERATOR(nutrient_ge, >=)

PG_FUNCTION_INFO_V1(nutrient_eq);
Datum
nutrient_eq(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(PG_GETARG_INT32(0) == PG_GETARG_INT32(1));
}

PG_FUNCTION_INFO_V1(nutrient_ne);
Datum
nutrient_ne(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(PG_GETARG_INT32(0) != PG_GETARG_INT32(1));
}

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

/*
 * The registry as rows, for view vitk.nutrient
 */

static void
set_text(Datum *value, bool *null, const char *s)
{
	*null = s[0] == '\0';
	if (!*null)
		*value = CStringGetTextDatum(s);
}

static void
set_number(Datum *value, bool *null, double number)
{
	*null = number == 0;
	*value = Float8GetDatum(number);
}

static void
set_nutrient(Datum *value, bool *null, int id)
{
	*null = id == 0;
	*value = Int32GetDatum(id);
}

PG_FUNCTION_INFO_V1(nutrient_rows);
Datum
nutrient_rows(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	for (int id = 1; id <= VITK_NUTRIENT_COUNT; id++)
	{
		const VitkNutrient *n = vitk_nutrient_by_id(id);
		const char *const texts[] = {n->code, n->name, n->group, n->unit, n->synonyms, n->infoods,
			n->usda, n->fdc, n->formula, n->chebi, n->cas, n->sum_of, n->note, n->source};
		Datum		values[20];
		bool		nulls[20] = {false};

		values[0] = Int32GetDatum(id);
		values[1] = Int32GetDatum(n->position);
		set_number(&values[2], &nulls[2], n->molar_mass);
		set_number(&values[3], &nulls[3], n->units_per_iu);
		set_nutrient(&values[4], &nulls[4], n->parent);
		set_nutrient(&values[5], &nulls[5], n->variant_of);
		for (int i = 0; i < (int) lengthof(texts); i++)
			set_text(&values[6 + i], &nulls[6 + i], texts[i]);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}
