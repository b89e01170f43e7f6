/*
 * nutrient_profile.c
 *		Type nutrient_profile: what a mass of food, or an intake, contains.
 *
 * Layout and arithmetic are in core/nutrient_profile.c, text in core/nutrient_profile_text.c,
 * the sums in intake.c, the subscript in nutrient_profile_subscript.c.
 */
#include "nutrient_profile.h"

#include <float.h>
#include <math.h>

#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "funcapi.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"

#include "core/number.h"
#include "nutrient.h"
#include "nutrient_amount.h"

/* Why PG_GETARG_PROFILE refused a value. */
void
vitk_profile_reject(const VitkProfile *p)
{
	if (!vitk_profile_readable(p, VARSIZE(p)))
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg("nutrient_profile has unknown format version %d, form %d, or is cut short",
						p->version, p->form),
				 errhint("A newer version of vitk may have written it.")));
	if (vitk_profile_known_nutrients(p))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("nutrient_profile is the running state of avg()"),
				 errhint("Only avg() can take a \"sum of\" profiles.")));
	vitk_nutrient_reject(vitk_profile_nutrient(p, p->n - 1));
}

void
vitk_profile_overflow(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("nutrient_profile is out of range"),
			 errdetail("The mass exceeds %g g, or an amount the range of double precision.", VITK_MAX_GRAMS)));
}

VitkProfile *
vitk_profile_copy(const VitkProfile *p)
{
	Size		size = vitk_profile_size(p);
	VitkProfile *result = palloc(size);

	memcpy(result, p, size);
	SET_VARSIZE(result, size);
	return result;
}

/* Check a mass that a function was given. */
static double
check_grams(double grams)
{
	if (!isfinite(grams) || grams < 0 || vitk_is_denormal(grams))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("mass of a nutrient_profile must be a finite number of grams and at least 0, not %g",
						grams)));
	if (grams > VITK_MAX_GRAMS)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("mass of a nutrient_profile must be at most %g g, not %g", VITK_MAX_GRAMS, grams)));
	return grams;
}

/*
 * Input and output
 */

PG_FUNCTION_INFO_V1(nutrient_profile_in);
Datum
nutrient_profile_in(PG_FUNCTION_ARGS)
{
	char	   *str = PG_GETARG_CSTRING(0);
	VitkProfileBuffer buf;
	VitkErr		err;

	if (!vitk_profile_parse(str, strlen(str), &buf.profile, &err))
		VITK_RETURN_ERROR(&err, VITK_ESCONTEXT(fcinfo));
	PG_RETURN_POINTER(vitk_profile_copy(&buf.profile));
}

PG_FUNCTION_INFO_V1(nutrient_profile_out);
Datum
nutrient_profile_out(PG_FUNCTION_ARGS)
{
	VitkProfile *p = PG_GETARG_PROFILE_OR_SUM(0);
	char	   *str = palloc(VITK_PROFILE_TEXT_SIZE(p->n));

	vitk_profile_format(p, str);
	PG_RETURN_CSTRING(str);
}

/*
 * Binary form: the canonical profile, field by field in network order, the ids
 * before the numbers.
 */
PG_FUNCTION_INFO_V1(nutrient_profile_send);
Datum
nutrient_profile_send(PG_FUNCTION_ARGS)
{
	VitkProfile *p = PG_GETARG_PROFILE_OR_SUM(0);
	VitkProfileBuffer canonical;
	StringInfoData buf;

	(void) vitk_profile_canonical(&canonical.profile, p);
	p = &canonical.profile;
	pq_begintypsend(&buf);
	pq_sendint8(&buf, p->version);
	pq_sendint8(&buf, p->form);
	pq_sendint16(&buf, p->n);
	pq_sendfloat8(&buf, p->grams);
	for (int i = 0; i < p->n; i++)
		pq_sendint16(&buf, vitk_profile_nutrient(p, i));
	for (const double *v = p->v; v < (const double *) vitk_profile_ids(p); v++)
		pq_sendfloat8(&buf, *v);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/* A negative zero would break equality of bytes: make it a plain one. */
static double
receive_number(StringInfo buf)
{
	return pq_getmsgfloat8(buf) + 0.0;
}

/*
 * The ids and numbers that the header promises.  Returns the size of the
 * profile; what does not fit is not read, and the size tells.
 */
static Size
receive_body(StringInfo buf, VitkProfile *p)
{
	Size		size = vitk_profile_size(p);
	uint16	   *ids = (uint16 *) vitk_profile_ids(p);
	Size		numbers = (double *) ids - p->v;
	Size		left = buf->len - buf->cursor;

	if (left != p->n * sizeof(uint16) + numbers * sizeof(double))
		return size + 1;
	for (int i = 0; i < p->n; i++)
		ids[i] = pq_getmsgint(buf, 2);
	for (Size i = 0; i < numbers; i++)
		p->v[i] = receive_number(buf);
	return size;
}

PG_FUNCTION_INFO_V1(nutrient_profile_recv);
Datum
nutrient_profile_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	VitkProfileBuffer received = {0};
	VitkProfileBuffer canonical;
	VitkProfile *p = &received.profile;
	Size		size = sizeof(VitkProfile);
	VitkErr		err;

	p->version = pq_getmsgbyte(buf);
	p->form = pq_getmsgbyte(buf);
	p->n = pq_getmsgint(buf, 2);
	p->grams = receive_number(buf);
	if (vitk_profile_has_room(p))
		size = receive_body(buf, p);
	if (!vitk_profile_valid(p, size, &err))
		VITK_RAISE(&err);
	vitk_profile_canonical(&canonical.profile, p);
	PG_RETURN_POINTER(vitk_profile_copy(&canonical.profile));
}

/*
 * What is in it
 */

/* An amount as a function returns it */
Datum
vitk_profile_amount_or_null(const VitkProfile *p, int32 nutrient, bool *isnull)
{
	VitkAmount	amount;
	VitkAmount *result;

	*isnull = !vitk_profile_amount(p, nutrient, &amount);
	if (*isnull)
		return (Datum) 0;
	result = palloc(sizeof(VitkAmount));
	*result = amount;
	return PointerGetDatum(result);
}

PG_FUNCTION_INFO_V1(nutrient_profile_amount);
Datum
nutrient_profile_amount(PG_FUNCTION_ARGS)
{
	return vitk_profile_amount_or_null(PG_GETARG_PROFILE(0), PG_GETARG_NUTRIENT(1), &fcinfo->isnull);
}

/* A bound of a nutrient as a plain number: shipped to other servers without a text for its unit */
static Datum
bound_or_null(FunctionCallInfo fcinfo, double (*bound) (const VitkAmount *a))
{
	VitkAmount	a;

	if (!vitk_profile_amount(PG_GETARG_PROFILE(0), PG_GETARG_NUTRIENT(1), &a))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(bound(&a));
}

static double
lower_of(const VitkAmount *a)
{
	return a->lower;
}

static double
upper_of(const VitkAmount *a)
{
	return a->upper;
}

PG_FUNCTION_INFO_V1(nutrient_profile_lower);
Datum
nutrient_profile_lower(PG_FUNCTION_ARGS)
{
	return bound_or_null(fcinfo, lower_of);
}

PG_FUNCTION_INFO_V1(nutrient_profile_middle);
Datum
nutrient_profile_middle(PG_FUNCTION_ARGS)
{
	return bound_or_null(fcinfo, vitk_amount_middle);
}

PG_FUNCTION_INFO_V1(nutrient_profile_upper);
Datum
nutrient_profile_upper(PG_FUNCTION_ARGS)
{
	return bound_or_null(fcinfo, upper_of);
}

PG_FUNCTION_INFO_V1(nutrient_profile_has);
Datum
nutrient_profile_has(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(vitk_profile_has(PG_GETARG_PROFILE(0), PG_GETARG_NUTRIENT(1)));
}

PG_FUNCTION_INFO_V1(nutrient_profile_grams);
Datum
nutrient_profile_grams(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(PG_GETARG_PROFILE(0)->grams);
}

PG_FUNCTION_INFO_V1(nutrient_profile_known_grams);
Datum
nutrient_profile_known_grams(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(vitk_profile_known_grams(PG_GETARG_PROFILE(0), PG_GETARG_NUTRIENT(1)));
}

PG_FUNCTION_INFO_V1(nutrient_profile_coverage);
Datum
nutrient_profile_coverage(PG_FUNCTION_ARGS)
{
	const VitkProfile *p = PG_GETARG_PROFILE(0);
	int32		nutrient = PG_GETARG_NUTRIENT(1);

	if (vitk_profile_has_more(p))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(vitk_profile_coverage(p, nutrient));
}

/* unnest(profile): a row for each nutrient, in registry order */
PG_FUNCTION_INFO_V1(nutrient_profile_unnest);
Datum
nutrient_profile_unnest(PG_FUNCTION_ARGS)
{
	const VitkProfile *p = PG_GETARG_PROFILE(0);
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	VitkProfileOrder order;

	InitMaterializedSRF(fcinfo, 0);
	vitk_profile_order(p, &order);
	for (int k = 0; k < order.n; k++)
	{
		int32		id = vitk_profile_nutrient(p, order.index[k]);
		VitkAmount	amount;
		Datum		values[6];
		bool		nulls[6] = {false};

		(void) vitk_profile_amount(p, id, &amount);
		values[0] = Int32GetDatum(id);
		values[1] = PointerGetDatum(&amount);
		values[2] = Float8GetDatum(amount.lower);
		values[3] = Float8GetDatum(amount.upper);
		values[4] = CStringGetTextDatum(vitk_nutrient_get(id)->unit);
		values[5] = Float8GetDatum(vitk_profile_coverage(p, id));
		nulls[5] = vitk_profile_has_more(p);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/*
 * Scaling
 */

static VitkProfile *
scaled(const VitkProfile *p, double mul, double div, double grams)
{
	VitkProfile *result = palloc(vitk_profile_size(p));

	if (!vitk_profile_scale(result, p, mul, div, grams))
		vitk_profile_overflow();
	return result;
}

/* vitk_profile_as_part() as a value */
VitkProfile *
vitk_profile_part(const VitkProfile *p)
{
	VitkProfile *part = palloc(vitk_profile_part_size(p));

	vitk_profile_as_part(part, p);
	SET_VARSIZE(part, vitk_profile_size(part));
	return part;
}

PG_FUNCTION_INFO_V1(nutrient_profile_portion);
Datum
nutrient_profile_portion(PG_FUNCTION_ARGS)
{
	const VitkProfile *p = PG_GETARG_PROFILE(0);
	double		grams = check_grams(PG_GETARG_FLOAT8(1));

	if (p->grams == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("nutrient_profile has no mass to take a portion of"),
				 errhint("Multiply a supplement by the number of doses, or use with_grams() to set its mass.")));
	if (vitk_profile_has_more(p))
		p = vitk_profile_part(p);
	PG_RETURN_PROFILE(scaled(p, grams, p->grams, grams));
}

PG_FUNCTION_INFO_V1(nutrient_profile_mul);
Datum
nutrient_profile_mul(PG_FUNCTION_ARGS)
{
	const VitkProfile *p = PG_GETARG_PROFILE(0);
	double		factor = PG_GETARG_FLOAT8(1);

	if (!isfinite(factor) || factor < 0)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("factor of a nutrient_profile must be finite and at least 0, not %g",
						factor)));
	PG_RETURN_PROFILE(scaled(p, factor, 1, p->grams * factor));
}

PG_FUNCTION_INFO_V1(nutrient_profile_mul_commuted);
Datum
nutrient_profile_mul_commuted(PG_FUNCTION_ARGS)
{
	return DirectFunctionCall2(nutrient_profile_mul, PG_GETARG_DATUM(1), PG_GETARG_DATUM(0));
}

/* A mass that would be none stays as it is; one that is at least so much goes down. */
static double
rounded_grams(double grams, int digits, bool more)
{
	double		lower = grams;
	double		upper = more ? DBL_MAX : grams;

	vitk_bounds_round(&lower, &upper, digits);
	return lower > 0 ? lower : grams;
}

/* Known grams of a part go down, so that the part does not become all. */
static double
rounded_known(double known, double grams, double all, int digits)
{
	double		lower = known;
	double		upper = grams;

	if (known == grams)
		return all;
	vitk_bounds_round(&lower, &upper, digits);
	return Min(lower, all);
}

VitkProfile *
vitk_profile_rounded(const VitkProfile *p, int digits)
{
	VitkProfile *result = palloc(vitk_profile_size(p));

	memcpy(result, p, vitk_profile_size(p));
	result->grams = rounded_grams(p->grams, digits, vitk_profile_has_more(p));
	for (int i = 0; i < p->n; i++)
	{
		double		lower = vitk_profile_lower(p)[i];
		double		upper = vitk_profile_upper(p)[i];

		vitk_bounds_round(&lower, &upper, digits);
		result->v[i] = lower;
		if (vitk_profile_is_full(p))
		{
			result->v[p->n + i] = upper;
			result->v[2 * p->n + i] = rounded_known(vitk_profile_known(p, i), p->grams, result->grams, digits);
		}
	}
	return result;
}

PG_FUNCTION_INFO_V1(nutrient_profile_rounded);
Datum
nutrient_profile_rounded(PG_FUNCTION_ARGS)
{
	const VitkProfile *p = PG_GETARG_PROFILE(0);

	PG_RETURN_PROFILE(vitk_profile_rounded(p, vitk_check_digits(PG_GETARG_INT32(1), "nutrient_profile")));
}

PG_FUNCTION_INFO_V1(nutrient_profile_with_grams);
Datum
nutrient_profile_with_grams(PG_FUNCTION_ARGS)
{
	const VitkProfile *p = PG_GETARG_PROFILE(0);
	double		grams = check_grams(PG_GETARG_FLOAT8(1));
	VitkProfile *result;
	VitkErr		err;

	if (p->grams > 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("nutrient_profile has a mass of %g g already", p->grams),
				 errhint("Use portion() to scale a profile to another mass.")));
	if (grams == 0)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("mass of a nutrient_profile must be above zero")));
	result = scaled(p, 1, 1, grams);
	if (!vitk_profile_of_food(result, &err))
		VITK_RAISE(&err);
	PG_RETURN_PROFILE(result);
}

/*
 * Comparison: by content.  LEAKPROOF, so nothing here may raise, not even for
 * a value of a newer version of vitk: what has a layout of its own is compared
 * byte by byte and sorts after all others.
 */
static int
compare_profiles(Datum left, Datum right)
{
	const VitkProfile *a = DatumGetVitkProfileRaw(left);
	const VitkProfile *b = DatumGetVitkProfileRaw(right);
	Size		a_size = VARSIZE(a);
	Size		b_size = VARSIZE(b);
	bool		a_readable = vitk_profile_readable(a, a_size);
	bool		b_readable = vitk_profile_readable(b, b_size);
	int			cmp;

	if (a_readable && b_readable)
		return vitk_profile_cmp(a, b);
	if (a_readable != b_readable)
		return a_readable ? -1 : 1;
	cmp = memcmp(VARDATA(a), VARDATA(b), Min(a_size, b_size) - VARHDRSZ);
	return cmp != 0 ? cmp : (a_size > b_size) - (a_size < b_size);
}

#define PROFILE_CMP(fcinfo) \
	compare_profiles(PG_GETARG_DATUM(0), PG_GETARG_DATUM(1))

PG_FUNCTION_INFO_V1(nutrient_profile_cmp);
Datum
nutrient_profile_cmp(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(PROFILE_CMP(fcinfo));
}

#define PROFILE_OPERATOR(name, op) \
PG_FUNCTION_INFO_V1(name); \
Datum \
name(PG_FUNCTION_ARGS) \
{ \
	PG_RETURN_BOOL(PROFILE_CMP(fcinfo) op 0); \
}

PROFILE_OPERATOR(nutrient_profile_eq, ==)
PROFILE_OPERATOR(nutrient_profile_ne, !=)
PROFILE_OPERATOR(nutrient_profile_lt, <)
PROFILE_OPERATOR(nutrient_profile_le, <=)
PROFILE_OPERATOR(nutrient_profile_gt, >)
PROFILE_OPERATOR(nutrient_profile_ge, >=)

static uint64
hash_bytes_of(const void *bytes, Size size, uint64 seed)
{
	return DatumGetUInt64(hash_any_extended(bytes, size, seed));
}

/* By content, as comparison is: what a profile holds if it is compact, and more if it cannot be. */
static uint64
hash_profile(Datum d, uint64 seed)
{
	const VitkProfile *p = DatumGetVitkProfileRaw(d);
	Size		numbers = p->n * sizeof(double);
	double		head[2];
	uint64		hash;

	if (!vitk_profile_readable(p, VARSIZE(p)))
		return hash_bytes_of(VARDATA(p), VARSIZE(p) - VARHDRSZ, seed);
	head[0] = vitk_profile_count(p);
	head[1] = p->grams;
	hash = hash_bytes_of(head, sizeof(head), seed);
	if (vitk_profile_has_more(p))
		hash ^= VITK_PROFILE_MORE;
	hash = hash_bytes_of(vitk_profile_ids(p), p->n * sizeof(uint16), hash);
	hash = hash_bytes_of(vitk_profile_lower(p), numbers, hash);
	if (vitk_profile_says_more(p))
		hash = hash_bytes_of(vitk_profile_upper(p), 2 * numbers, hash);
	return hash;
}

PG_FUNCTION_INFO_V1(nutrient_profile_hash);
Datum
nutrient_profile_hash(PG_FUNCTION_ARGS)
{
	/* with seed 0 the extended hash has the plain one in its low half */
	PG_RETURN_UINT32((uint32) hash_profile(PG_GETARG_DATUM(0), 0));
}

PG_FUNCTION_INFO_V1(nutrient_profile_hash_extended);
Datum
nutrient_profile_hash_extended(PG_FUNCTION_ARGS)
{
	PG_RETURN_UINT64(hash_profile(PG_GETARG_DATUM(0), PG_GETARG_INT64(1)));
}
