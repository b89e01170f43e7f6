/*
 * conversion.c
 *		Type conversion: what vitamers count as MK-4; and mk4_equivalent.
 *
 * Text, built-in factors and arithmetic are in core/conversion.c.
 */
#include "vitk.h"

#include <math.h>

#include "common/hashfn.h"
#include "funcapi.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"

#include "core/draw.h"
#include "conversion.h"
#include "nutrient.h"
#include "nutrient_amount.h"
#include "nutrient_profile.h"

#define PG_GETARG_FACTORS(n) vitk_get_factors(PG_GETARG_DATUM(n))
#define PG_GETARG_RAW_FACTORS(n) vitk_get_raw_factors(PG_GETARG_DATUM(n))

VitkMk4Factors
vitk_get_factors(Datum d)
{
	VitkMk4Factors f = vitk_get_raw_factors(d);
	bool		known = f.n <= VITK_MAX_FACTOR && f.n == ((VitkConversion *) DatumGetPointer(d))->n;

	for (int i = 0; known && i < f.n; i++)
	{
		if (vitk_nutrient_by_id(f.factor[i].nutrient) == NULL)
			vitk_nutrient_reject(f.factor[i].nutrient);
		known = f.factor[i].basis == VITK_MOLAR || f.factor[i].basis == VITK_MASS;
	}
	if (!known)
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg("conversion has an unknown basis or too many factors"),
				 errhint("A newer version of vitk may have stored it.")));
	return f;
}

static VitkConversion *
make_conversion(const VitkMk4Factors *f)
{
	Size		size = VITK_CONVERSION_SIZE(f->n);
	VitkConversion *c = palloc(size);

	SET_VARSIZE(c, size);
	c->n = f->n;
	memcpy(c->factor, f->factor, f->n * sizeof(VitkMk4Factor));
	return c;
}

/*
 * Input and output
 */

PG_FUNCTION_INFO_V1(conversion_in);
Datum
conversion_in(PG_FUNCTION_ARGS)
{
	char	   *str = PG_GETARG_CSTRING(0);
	VitkMk4Factor factor[VITK_MAX_FACTOR];
	VitkMk4Factors f = {0, factor};
	VitkErr		err;

	if (!vitk_conversion_parse(str, strlen(str), factor, &f.n, &err))
		VITK_RETURN_ERROR(&err, VITK_ESCONTEXT(fcinfo));
	PG_RETURN_POINTER(make_conversion(&f));
}

PG_FUNCTION_INFO_V1(conversion_out);
Datum
conversion_out(PG_FUNCTION_ARGS)
{
	VitkMk4Factors f = PG_GETARG_FACTORS(0);
	char		buf[VITK_CONVERSION_LEN];

	vitk_conversion_format(&f, buf);
	PG_RETURN_CSTRING(pstrdup(buf));
}

PG_FUNCTION_INFO_V1(conversion_send);
Datum
conversion_send(PG_FUNCTION_ARGS)
{
	VitkMk4Factors f = PG_GETARG_FACTORS(0);
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendint8(&buf, VITK_CONVERSION_VERSION);
	pq_sendint8(&buf, f.n);
	for (int i = 0; i < f.n; i++)
	{
		pq_sendint32(&buf, f.factor[i].nutrient);
		pq_sendint8(&buf, f.factor[i].basis);
		pq_sendfloat8(&buf, f.factor[i].lower);
		pq_sendfloat8(&buf, f.factor[i].upper);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

static void
reject_binary(const char *why)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid binary value for type %s", "conversion"),
			 errdetail_internal("%s", why)));
}

PG_FUNCTION_INFO_V1(conversion_recv);
Datum
conversion_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	VitkMk4Factor factor[VITK_MAX_FACTOR];
	VitkMk4Factors f = {0, factor};
	VitkErr		err;

	if (pq_getmsgbyte(buf) != VITK_CONVERSION_VERSION)
		reject_binary("The format version is not known.");
	f.n = pq_getmsgbyte(buf);
	if (f.n > VITK_MAX_FACTOR)
		reject_binary("There are too many factors.");
	for (int i = 0; i < f.n; i++)
	{
		factor[i].nutrient = pq_getmsgint(buf, 4);
		factor[i].basis = pq_getmsgbyte(buf);
		factor[i].lower = pq_getmsgfloat8(buf) + 0.0;	/* -0 becomes 0 */
		factor[i].upper = pq_getmsgfloat8(buf) + 0.0;
	}
	if (!vitk_conversion_check(&f, &err))
		VITK_RAISE(&err);
	PG_RETURN_POINTER(make_conversion(&f));
}

/*
 * Comparison
 */

static int
compare(FunctionCallInfo fcinfo)
{
	VitkMk4Factors a = PG_GETARG_RAW_FACTORS(0);
	VitkMk4Factors b = PG_GETARG_RAW_FACTORS(1);

	return vitk_conversion_cmp(&a, &b);
}

PG_FUNCTION_INFO_V1(conversion_cmp);
Datum
conversion_cmp(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(compare(fcinfo));
}

#define CONVERSION_OPERATOR(name, op) \
PG_FUNCTION_INFO_V1(name); \
Datum \
name(PG_FUNCTION_ARGS) \
{ \
	PG_RETURN_BOOL(compare(fcinfo) op 0); \
}

CONVERSION_OPERATOR(conversion_eq, ==)
CONVERSION_OPERATOR(conversion_ne, !=)
CONVERSION_OPERATOR(conversion_lt, <)
CONVERSION_OPERATOR(conversion_le, <=)
CONVERSION_OPERATOR(conversion_gt, >)
CONVERSION_OPERATOR(conversion_ge, >=)

/* Equal factors have equal bytes: no padding, no minus zero */
PG_FUNCTION_INFO_V1(conversion_hash);
Datum
conversion_hash(PG_FUNCTION_ARGS)
{
	VitkMk4Factors f = PG_GETARG_RAW_FACTORS(0);

	return hash_any((const unsigned char *) f.factor, f.n * sizeof(VitkMk4Factor));
}

PG_FUNCTION_INFO_V1(conversion_hash_extended);
Datum
conversion_hash_extended(PG_FUNCTION_ARGS)
{
	VitkMk4Factors f = PG_GETARG_RAW_FACTORS(0);

	return hash_any_extended((const unsigned char *) f.factor,
							 f.n * sizeof(VitkMk4Factor), PG_GETARG_INT64(1));
}

/*
 * Built-in factors
 */

/* Arguments from "first" on: species, method, antagonist (NULL = not known); false = one of the names is NULL */
static bool
find_factors(FunctionCallInfo fcinfo, int first, VitkMk4Factors *f)
{
	text	   *species;
	text	   *method;
	VitkAntagonist antagonist = VITK_ANTAGONIST_UNKNOWN;
	VitkErr		err;

	if (PG_ARGISNULL(first) || PG_ARGISNULL(first + 1))
		return false;
	species = PG_GETARG_TEXT_PP(first);
	method = PG_GETARG_TEXT_PP(first + 1);
	if (!PG_ARGISNULL(first + 2))
		antagonist = PG_GETARG_BOOL(first + 2) ? VITK_ANTAGONIST_YES : VITK_ANTAGONIST_NO;
	if (!vitk_conversion_find(VARDATA_ANY(species), VARSIZE_ANY_EXHDR(species),
							  VARDATA_ANY(method), VARSIZE_ANY_EXHDR(method),
							  antagonist, f, &err))
		VITK_RAISE(&err);
	return true;
}

PG_FUNCTION_INFO_V1(conversion_builtin);
Datum
conversion_builtin(PG_FUNCTION_ARGS)
{
	VitkMk4Factors f;

	if (!find_factors(fcinfo, 0, &f))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(make_conversion(&f));
}

PG_FUNCTION_INFO_V1(conversion_unnest);
Datum
conversion_unnest(PG_FUNCTION_ARGS)
{
	VitkMk4Factors f = PG_GETARG_FACTORS(0);
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < f.n; i++)
	{
		bool		nulls[4] = {false};
		Datum		values[4] = {
			Int32GetDatum(f.factor[i].nutrient),
			CStringGetTextDatum(vitk_factor_basis_name(f.factor[i].basis)),
			Float8GetDatum(f.factor[i].lower),
			Float8GetDatum(f.factor[i].upper)
		};

		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/* As draw(food_composition, seed), of no food */
PG_FUNCTION_INFO_V1(conversion_draw);
Datum
conversion_draw(PG_FUNCTION_ARGS)
{
	VitkMk4Factors f = PG_GETARG_FACTORS(0);
	int64		seed = PG_GETARG_INT64(1);
	VitkConversion *result = make_conversion(&f);

	for (int i = 0; i < f.n; i++)
	{
		VitkMk4Factor *factor = &result->factor[i];

		if (factor->lower < factor->upper)
			factor->lower = factor->upper = vitk_draw_uniform(factor->lower, factor->upper, seed, 0, factor->nutrient);
	}
	PG_RETURN_POINTER(result);
}

/*
 * MK-4 equivalents
 */

static Datum
equivalent(FunctionCallInfo fcinfo, const VitkMk4Factors *f)
{
	VitkAmount *result = palloc(sizeof(VitkAmount));

	if (!vitk_mk4_equivalent(PG_GETARG_PROFILE(0), f, result))
		PG_RETURN_NULL();
	if (!isfinite(result->upper))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("MK-4 equivalent of the nutrient_profile is out of range")));
	PG_RETURN_POINTER(result);
}

PG_FUNCTION_INFO_V1(conversion_mk4_equivalent);
Datum
conversion_mk4_equivalent(PG_FUNCTION_ARGS)
{
	VitkMk4Factors f = PG_GETARG_FACTORS(1);

	return equivalent(fcinfo, &f);
}

PG_FUNCTION_INFO_V1(conversion_mk4_equivalent_builtin);
Datum
conversion_mk4_equivalent_builtin(PG_FUNCTION_ARGS)
{
	VitkMk4Factors f;

	if (PG_ARGISNULL(0) || !find_factors(fcinfo, 1, &f))
		PG_RETURN_NULL();
	return equivalent(fcinfo, &f);
}

static Datum
mk4_coverage(FunctionCallInfo fcinfo, const VitkMk4Factors *f)
{
	double		coverage = vitk_mk4_coverage(PG_GETARG_PROFILE(0), f);

	if (isnan(coverage))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(coverage);
}

PG_FUNCTION_INFO_V1(conversion_mk4_coverage);
Datum
conversion_mk4_coverage(PG_FUNCTION_ARGS)
{
	VitkMk4Factors f = PG_GETARG_FACTORS(1);

	return mk4_coverage(fcinfo, &f);
}

PG_FUNCTION_INFO_V1(conversion_mk4_coverage_builtin);
Datum
conversion_mk4_coverage_builtin(PG_FUNCTION_ARGS)
{
	VitkMk4Factors f;

	if (PG_ARGISNULL(0) || !find_factors(fcinfo, 1, &f))
		PG_RETURN_NULL();
	return mk4_coverage(fcinfo, &f);
}
