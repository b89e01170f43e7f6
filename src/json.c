/*
 * json.c
 *		Casts to json and jsonb, a pair for each type.
 *
 * A cast to json is what to_jsonb(), row_to_json() and json_agg() look for, which
 * would else make a string of the literal.  Nothing is lost: numbers have all
 * their digits, whatever extra_float_digits says, and json.sql reads them back.
 */
#include "vitk.h"

#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/json.h"
#include "utils/jsonb.h"

#include "core/number.h"
#include "calcification.h"
#include "conversion.h"
#include "effect_size.h"
#include "meta_evidence.h"
#include "nutrient.h"
#include "nutrient_amount.h"
#include "nutrient_profile.h"
#include "study_sample.h"
#include "survey_sample.h"
#include "variance_components.h"

extern PGDLLEXPORT Datum nutrient_profile_to_jsonb(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum diet_json_from_diet(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum food_composition_json_from_foods(PG_FUNCTION_ARGS);

/* The comma where one is due, and the key */
static void
put_key(StringInfo s, const char *key)
{
	char		last = s->len > 0 ? s->data[s->len - 1] : '{';

	if (last != '{' && last != '[')
		appendStringInfoString(s, ", ");
	escape_json(s, key);
	appendStringInfoString(s, ": ");
}

static void
put_number(StringInfo s, const char *key, double number)
{
	char		text[VITK_NUMBER_LEN];

	put_key(s, key);
	appendBinaryStringInfo(s, text, vitk_number_format(number, text));
}

static void
put_string(StringInfo s, const char *key, const char *string)
{
	put_key(s, key);
	escape_json(s, string);
}

static void
write_nutrient(FunctionCallInfo fcinfo, StringInfo s)
{
	escape_json(s, vitk_nutrient_get(PG_GETARG_NUTRIENT(0))->code);
}

static void
write_nutrient_amount(FunctionCallInfo fcinfo, StringInfo s)
{
	const VitkAmount *a = PG_GETARG_NUTRIENT_AMOUNT_P(0);
	char		unit[VITK_UNIT_LEN];

	unit[vitk_unit_format(&a->unit, unit)] = '\0';
	appendStringInfoChar(s, '{');
	put_number(s, "lower", a->lower);
	put_number(s, "upper", a->upper);
	put_string(s, "unit", unit);
	appendStringInfoChar(s, '}');
}

static void
write_calcification(FunctionCallInfo fcinfo, StringInfo s)
{
	const VitkCalcification *c = PG_GETARG_CALCIFICATION_P(0);
	const VitkMethod *method = vitk_method_by_id(c->method);

	appendStringInfoChar(s, '{');
	put_number(s, "value", c->value);
	put_string(s, "unit", method->unit);
	put_string(s, "method", method->code);
	appendStringInfoChar(s, '}');
}

static void
write_study_sample(FunctionCallInfo fcinfo, StringInfo s)
{
	const VitkSample *sample = PG_GETARG_STUDY_SAMPLE_P(0);

	appendStringInfoChar(s, '{');
	put_number(s, "n", sample->n);
	if (sample->n > 0)
	{
		put_number(s, "mean", vitk_sample_mean(sample));
		if (sample->n > 1)
			put_number(s, "sd", vitk_sample_sd(sample));
		put_number(s, "sum", sample->sum);
		if (sample->n > 1)
			put_number(s, "ss", sample->ss);
	}
	appendStringInfoChar(s, '}');
}

/* Estimates of ratios are logarithms, as type effect_size has them. */
static void
put_effect(StringInfo s, double estimate, double se, double df)
{
	put_number(s, "estimate", estimate);
	put_number(s, "se", se);
	if (df > 0)
		put_number(s, "df", df);
}

static void
write_effect_size(FunctionCallInfo fcinfo, StringInfo s)
{
	const VitkEffect *e = PG_GETARG_EFFECT_SIZE_P(0);

	appendStringInfoChar(s, '{');
	put_string(s, "measure", vitk_effect_kind_name(e->kind));
	put_effect(s, e->estimate, e->se, e->df);
	appendStringInfoChar(s, '}');
}

static void
write_meta_evidence(FunctionCallInfo fcinfo, StringInfo s)
{
	const VitkEvidence *e = PG_GETARG_EVIDENCE(0);

	appendStringInfoChar(s, '{');
	if (e->k > 0)
		put_string(s, "measure", vitk_effect_kind_name(e->kind));
	put_key(s, "studies");
	appendStringInfoChar(s, '[');
	for (uint32 i = 0; i < e->k; i++)
	{
		appendStringInfoString(s, i == 0 ? "{" : ", {");
		put_effect(s, e->study[i].estimate, e->study[i].se, e->study[i].df);
		appendStringInfoChar(s, '}');
	}
	appendStringInfoString(s, "]}");
}

static void
write_variance_components(FunctionCallInfo fcinfo, StringInfo s)
{
	const VitkComponents *c = PG_GETARG_COMPONENTS_P(0);

	appendStringInfoChar(s, '{');
	put_number(s, "persons", c->persons);
	if (c->persons > 0)
	{
		put_number(s, "days", c->between.n);
		put_number(s, "days_squared", c->days_squared);
		put_number(s, "means", c->means);
		put_number(s, "sum", c->between.sum);
		put_number(s, "ss_within", c->ss_within);
		put_number(s, "ss_between", c->between.ss);
		if (c->zero_days > 0)
			put_number(s, "zero_days", c->zero_days);
	}
	appendStringInfoChar(s, '}');
}

static void
write_conversion(FunctionCallInfo fcinfo, StringInfo s)
{
	VitkMk4Factors f = vitk_get_factors(PG_GETARG_DATUM(0));

	appendStringInfoChar(s, '{');
	for (int i = 0; i < f.n; i++)
	{
		put_key(s, vitk_nutrient_get(f.factor[i].nutrient)->code);
		appendStringInfoChar(s, '{');
		put_string(s, "basis", vitk_factor_basis_name(f.factor[i].basis));
		put_number(s, "lower", f.factor[i].lower);
		put_number(s, "upper", f.factor[i].upper);
		appendStringInfoChar(s, '}');
	}
	appendStringInfoChar(s, '}');
}

static void
write_survey_sample(FunctionCallInfo fcinfo, StringInfo s)
{
	const VitkSurvey *sample = vitk_get_survey(PG_GETARG_DATUM(0));

	appendStringInfoString(s, "{\"psus\": [");
	for (uint32 i = 0; i < sample->psus; i++)
	{
		const VitkPsu *p = &sample->psu[i];

		appendStringInfo(s, "%s{\"stratum\": " INT64_FORMAT ", \"psu\": " INT64_FORMAT,
						 i == 0 ? "" : ", ", p->stratum, p->psu);
		put_number(s, "n", p->n);
		put_number(s, "weight", p->weight);
		put_number(s, "sum", p->sum);
		put_number(s, "ss", p->ss);
		appendStringInfoChar(s, '}');
	}
	appendStringInfoString(s, "]}");
}

#define JSON_CASTS(type) \
PG_FUNCTION_INFO_V1(json_##type); \
Datum \
json_##type(PG_FUNCTION_ARGS) \
{ \
	StringInfoData s; \
\
	initStringInfo(&s); \
	write_##type(fcinfo, &s); \
	PG_RETURN_TEXT_P(cstring_to_text_with_len(s.data, s.len)); \
} \
\
PG_FUNCTION_INFO_V1(json_b_##type); \
Datum \
json_b_##type(PG_FUNCTION_ARGS) \
{ \
	StringInfoData s; \
\
	initStringInfo(&s); \
	write_##type(fcinfo, &s); \
	return DirectFunctionCall1(jsonb_in, CStringGetDatum(s.data)); \
}

JSON_CASTS(nutrient)
JSON_CASTS(nutrient_amount)
JSON_CASTS(calcification)
JSON_CASTS(study_sample)
JSON_CASTS(effect_size)
JSON_CASTS(meta_evidence)
JSON_CASTS(variance_components)
JSON_CASTS(conversion)
JSON_CASTS(survey_sample)

/* These have a cast to jsonb of their own, which is read back in C. */
static Datum
json_of_jsonb(Datum jsonb)
{
	Jsonb	   *value = DatumGetJsonbP(jsonb);

	return PointerGetDatum(cstring_to_text(JsonbToCString(NULL, &value->root, VARSIZE(value))));
}

PG_FUNCTION_INFO_V1(json_nutrient_profile);
Datum
json_nutrient_profile(PG_FUNCTION_ARGS)
{
	return json_of_jsonb(DirectFunctionCall1(nutrient_profile_to_jsonb, PG_GETARG_DATUM(0)));
}

PG_FUNCTION_INFO_V1(json_diet);
Datum
json_diet(PG_FUNCTION_ARGS)
{
	return json_of_jsonb(DirectFunctionCall1(diet_json_from_diet, PG_GETARG_DATUM(0)));
}

PG_FUNCTION_INFO_V1(json_food_composition);
Datum
json_food_composition(PG_FUNCTION_ARGS)
{
	return json_of_jsonb(DirectFunctionCall1(food_composition_json_from_foods, PG_GETARG_DATUM(0)));
}
