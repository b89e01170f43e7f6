-- json: every type as a structure, by casts to json and jsonb, and back from jsonb
--
-- to_jsonb(), row_to_json(), json_agg() and their like look for the cast to json.

CREATE FUNCTION vitk_internal.json(nutrient) RETURNS json
    AS 'MODULE_PATHNAME', 'json_nutrient' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.json(nutrient) IS 'implementation of the cast to json';
CREATE CAST (nutrient AS json) WITH FUNCTION vitk_internal.json(nutrient);
COMMENT ON CAST (nutrient AS json) IS 'its code as a string';
CREATE FUNCTION vitk_internal.jsonb(nutrient) RETURNS jsonb
    AS 'MODULE_PATHNAME', 'json_b_nutrient' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.jsonb(nutrient) IS 'implementation of the cast to jsonb';
CREATE CAST (nutrient AS jsonb) WITH FUNCTION vitk_internal.jsonb(nutrient);
COMMENT ON CAST (nutrient AS jsonb) IS 'its code as a string';

CREATE FUNCTION vitk_internal.json(nutrient_amount) RETURNS json
    AS 'MODULE_PATHNAME', 'json_nutrient_amount' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.json(nutrient_amount) IS 'implementation of the cast to json';
CREATE CAST (nutrient_amount AS json) WITH FUNCTION vitk_internal.json(nutrient_amount);
COMMENT ON CAST (nutrient_amount AS json) IS '{"lower", "upper", "unit"}';
CREATE FUNCTION vitk_internal.jsonb(nutrient_amount) RETURNS jsonb
    AS 'MODULE_PATHNAME', 'json_b_nutrient_amount' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.jsonb(nutrient_amount) IS 'implementation of the cast to jsonb';
CREATE CAST (nutrient_amount AS jsonb) WITH FUNCTION vitk_internal.jsonb(nutrient_amount);
COMMENT ON CAST (nutrient_amount AS jsonb) IS '{"lower", "upper", "unit"}';

CREATE FUNCTION vitk_internal.json(nutrient_profile) RETURNS json
    AS 'MODULE_PATHNAME', 'json_nutrient_profile' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.json(nutrient_profile) IS 'implementation of the cast to json';
CREATE CAST (nutrient_profile AS json) WITH FUNCTION vitk_internal.json(nutrient_profile);
COMMENT ON CAST (nutrient_profile AS json) IS '{"grams", "nutrients": {code: {"lower", "upper", "unit", "known_grams" where less than all}}}';

CREATE FUNCTION vitk_internal.json(conversion) RETURNS json
    AS 'MODULE_PATHNAME', 'json_conversion' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.json(conversion) IS 'implementation of the cast to json';
CREATE CAST (conversion AS json) WITH FUNCTION vitk_internal.json(conversion);
COMMENT ON CAST (conversion AS json) IS '{code: {"basis", "lower", "upper"}}';
CREATE FUNCTION vitk_internal.jsonb(conversion) RETURNS jsonb
    AS 'MODULE_PATHNAME', 'json_b_conversion' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.jsonb(conversion) IS 'implementation of the cast to jsonb';
CREATE CAST (conversion AS jsonb) WITH FUNCTION vitk_internal.jsonb(conversion);
COMMENT ON CAST (conversion AS jsonb) IS '{code: {"basis", "lower", "upper"}}';

CREATE FUNCTION vitk_internal.json(calcification) RETURNS json
    AS 'MODULE_PATHNAME', 'json_calcification' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.json(calcification) IS 'implementation of the cast to json';
CREATE CAST (calcification AS json) WITH FUNCTION vitk_internal.json(calcification);
COMMENT ON CAST (calcification AS json) IS '{"value", "unit", "method"}';
CREATE FUNCTION vitk_internal.jsonb(calcification) RETURNS jsonb
    AS 'MODULE_PATHNAME', 'json_b_calcification' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.jsonb(calcification) IS 'implementation of the cast to jsonb';
CREATE CAST (calcification AS jsonb) WITH FUNCTION vitk_internal.jsonb(calcification);
COMMENT ON CAST (calcification AS jsonb) IS '{"value", "unit", "method"}';

CREATE FUNCTION vitk_internal.json(study_sample) RETURNS json
    AS 'MODULE_PATHNAME', 'json_study_sample' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.json(study_sample) IS 'implementation of the cast to json';
CREATE CAST (study_sample AS json) WITH FUNCTION vitk_internal.json(study_sample);
COMMENT ON CAST (study_sample AS json) IS '{"n", "mean", "sd", "sum", "ss"}; the last two are what is kept';
CREATE FUNCTION vitk_internal.jsonb(study_sample) RETURNS jsonb
    AS 'MODULE_PATHNAME', 'json_b_study_sample' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.jsonb(study_sample) IS 'implementation of the cast to jsonb';
CREATE CAST (study_sample AS jsonb) WITH FUNCTION vitk_internal.jsonb(study_sample);
COMMENT ON CAST (study_sample AS jsonb) IS '{"n", "mean", "sd", "sum", "ss"}; the last two are what is kept';

CREATE FUNCTION vitk_internal.json(effect_size) RETURNS json
    AS 'MODULE_PATHNAME', 'json_effect_size' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.json(effect_size) IS 'implementation of the cast to json';
CREATE CAST (effect_size AS json) WITH FUNCTION vitk_internal.json(effect_size);
COMMENT ON CAST (effect_size AS json) IS '{"measure", "estimate", "se", "df"}; of ratios the logarithm';
CREATE FUNCTION vitk_internal.jsonb(effect_size) RETURNS jsonb
    AS 'MODULE_PATHNAME', 'json_b_effect_size' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.jsonb(effect_size) IS 'implementation of the cast to jsonb';
CREATE CAST (effect_size AS jsonb) WITH FUNCTION vitk_internal.jsonb(effect_size);
COMMENT ON CAST (effect_size AS jsonb) IS '{"measure", "estimate", "se", "df"}; of ratios the logarithm';

CREATE FUNCTION vitk_internal.json(meta_evidence) RETURNS json
    AS 'MODULE_PATHNAME', 'json_meta_evidence' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.json(meta_evidence) IS 'implementation of the cast to json';
CREATE CAST (meta_evidence AS json) WITH FUNCTION vitk_internal.json(meta_evidence);
COMMENT ON CAST (meta_evidence AS json) IS '{"measure", "studies": [{"estimate", "se", "df"}]}';
CREATE FUNCTION vitk_internal.jsonb(meta_evidence) RETURNS jsonb
    AS 'MODULE_PATHNAME', 'json_b_meta_evidence' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.jsonb(meta_evidence) IS 'implementation of the cast to jsonb';
CREATE CAST (meta_evidence AS jsonb) WITH FUNCTION vitk_internal.jsonb(meta_evidence);
COMMENT ON CAST (meta_evidence AS jsonb) IS '{"measure", "studies": [{"estimate", "se", "df"}]}';

CREATE FUNCTION vitk_internal.json(variance_components) RETURNS json
    AS 'MODULE_PATHNAME', 'json_variance_components' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.json(variance_components) IS 'implementation of the cast to json';
CREATE CAST (variance_components AS json) WITH FUNCTION vitk_internal.json(variance_components);
COMMENT ON CAST (variance_components AS json) IS '{"persons", "days", "days_squared", "means", "sum", "ss_within", "ss_between"}, the sums that are kept';
CREATE FUNCTION vitk_internal.jsonb(variance_components) RETURNS jsonb
    AS 'MODULE_PATHNAME', 'json_b_variance_components' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.jsonb(variance_components) IS 'implementation of the cast to jsonb';
CREATE CAST (variance_components AS jsonb) WITH FUNCTION vitk_internal.jsonb(variance_components);
COMMENT ON CAST (variance_components AS jsonb) IS '{"persons", "days", "days_squared", "means", "sum", "ss_within", "ss_between"}, the sums that are kept';

CREATE FUNCTION vitk_internal.json(survey_sample) RETURNS json
    AS 'MODULE_PATHNAME', 'json_survey_sample' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.json(survey_sample) IS 'implementation of the cast to json';
CREATE CAST (survey_sample AS json) WITH FUNCTION vitk_internal.json(survey_sample);
COMMENT ON CAST (survey_sample AS json) IS '{"psus": [{"stratum", "psu", "n", "weight", "sum", "ss"}]}';
CREATE FUNCTION vitk_internal.jsonb(survey_sample) RETURNS jsonb
    AS 'MODULE_PATHNAME', 'json_b_survey_sample' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.jsonb(survey_sample) IS 'implementation of the cast to jsonb';
CREATE CAST (survey_sample AS jsonb) WITH FUNCTION vitk_internal.jsonb(survey_sample);
COMMENT ON CAST (survey_sample AS jsonb) IS '{"psus": [{"stratum", "psu", "n", "weight", "sum", "ss"}]}';

CREATE FUNCTION vitk_internal.json(diet) RETURNS json
    AS 'MODULE_PATHNAME', 'json_diet' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.json(diet) IS 'implementation of the cast to json';
CREATE CAST (diet AS json) WITH FUNCTION vitk_internal.json(diet);
COMMENT ON CAST (diet AS json) IS '{food_no: grams}, as the cast to jsonb';

CREATE FUNCTION vitk_internal.json(food_composition) RETURNS json
    AS 'MODULE_PATHNAME', 'json_food_composition' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.json(food_composition) IS 'implementation of the cast to json';
CREATE CAST (food_composition AS json) WITH FUNCTION vitk_internal.json(food_composition);
COMMENT ON CAST (food_composition AS json) IS '{food_no: profile}, as the cast to jsonb';

-- back: what these casts write, or the literal of the type as a string.  A key that is misspelt, missing or
-- one too many is an error: what is read must write the same.

CREATE FUNCTION vitk_internal.jsonb_refused(type_name text, problem text) RETURNS void
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $function$
BEGIN
    RAISE EXCEPTION 'invalid jsonb for type %', type_name
        USING ERRCODE = 'invalid_parameter_value',
              DETAIL = coalesce(upper(left(problem, 1)) || substr(problem, 2) || '.', 'A key is missing, misspelt or one too many, or two of them contradict each other.'),
              HINT = format('Write it as the cast from %s to jsonb does, or the literal as a string.', type_name);
END
$function$;
COMMENT ON FUNCTION vitk_internal.jsonb_refused(text, text) IS 'raises the error of a cast from jsonb';

CREATE FUNCTION vitk_internal.nutrient_read_jsonb(jsonb) RETURNS nutrient
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT ($1 #>> '{}')::nutrient;
END;
COMMENT ON FUNCTION vitk_internal.nutrient_read_jsonb(jsonb) IS 'reads what the cast to jsonb writes, and the literal as a string';
CREATE FUNCTION vitk_internal.nutrient_from_jsonb(jsonb) RETURNS nutrient
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $function$
DECLARE
    result @extschema@.nutrient;
BEGIN
    BEGIN
        result := vitk_internal.nutrient_read_jsonb($1);
    EXCEPTION WHEN data_exception THEN
        PERFORM vitk_internal.jsonb_refused('nutrient', sqlerrm);
    END;
    IF result IS NULL OR jsonb_typeof($1) <> 'string' AND result::jsonb <> $1 THEN
        PERFORM vitk_internal.jsonb_refused('nutrient', NULL);
    END IF;
    RETURN result;
END
$function$;
COMMENT ON FUNCTION vitk_internal.nutrient_from_jsonb(jsonb) IS 'implementation of the cast from jsonb';
CREATE CAST (jsonb AS nutrient) WITH FUNCTION vitk_internal.nutrient_from_jsonb(jsonb);
COMMENT ON CAST (jsonb AS nutrient) IS 'reads what the cast to jsonb writes, and the literal as a string';

CREATE FUNCTION vitk_internal.nutrient_amount_read_jsonb(jsonb) RETURNS nutrient_amount
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE pg_catalog.jsonb_typeof($1) WHEN 'string' THEN ($1 #>> '{}')::nutrient_amount
        ELSE nutrient_amount(($1 ->> 'lower')::float8, ($1 ->> 'upper')::float8, $1 ->> 'unit') END;
END;
COMMENT ON FUNCTION vitk_internal.nutrient_amount_read_jsonb(jsonb) IS 'reads what the cast to jsonb writes, and the literal as a string';
CREATE FUNCTION vitk_internal.nutrient_amount_from_jsonb(jsonb) RETURNS nutrient_amount
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $function$
DECLARE
    result @extschema@.nutrient_amount;
BEGIN
    BEGIN
        result := vitk_internal.nutrient_amount_read_jsonb($1);
    EXCEPTION WHEN data_exception THEN
        PERFORM vitk_internal.jsonb_refused('nutrient_amount', sqlerrm);
    END;
    IF result IS NULL OR jsonb_typeof($1) <> 'string' AND result::jsonb <> $1 THEN
        PERFORM vitk_internal.jsonb_refused('nutrient_amount', NULL);
    END IF;
    RETURN result;
END
$function$;
COMMENT ON FUNCTION vitk_internal.nutrient_amount_from_jsonb(jsonb) IS 'implementation of the cast from jsonb';
CREATE CAST (jsonb AS nutrient_amount) WITH FUNCTION vitk_internal.nutrient_amount_from_jsonb(jsonb);
COMMENT ON CAST (jsonb AS nutrient_amount) IS 'reads what the cast to jsonb writes, and the literal as a string';

CREATE FUNCTION vitk_internal.calcification_read_jsonb(jsonb) RETURNS calcification
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE pg_catalog.jsonb_typeof($1) WHEN 'string' THEN ($1 #>> '{}')::calcification
        ELSE calcification(($1 ->> 'value')::float8, $1 ->> 'method') END;
END;
COMMENT ON FUNCTION vitk_internal.calcification_read_jsonb(jsonb) IS 'reads what the cast to jsonb writes, and the literal as a string';
CREATE FUNCTION vitk_internal.calcification_from_jsonb(jsonb) RETURNS calcification
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $function$
DECLARE
    result @extschema@.calcification;
BEGIN
    BEGIN
        result := vitk_internal.calcification_read_jsonb($1);
    EXCEPTION WHEN data_exception THEN
        PERFORM vitk_internal.jsonb_refused('calcification', sqlerrm);
    END;
    IF result IS NULL OR jsonb_typeof($1) <> 'string' AND result::jsonb <> $1 THEN
        PERFORM vitk_internal.jsonb_refused('calcification', NULL);
    END IF;
    RETURN result;
END
$function$;
COMMENT ON FUNCTION vitk_internal.calcification_from_jsonb(jsonb) IS 'implementation of the cast from jsonb';
CREATE CAST (jsonb AS calcification) WITH FUNCTION vitk_internal.calcification_from_jsonb(jsonb);
COMMENT ON CAST (jsonb AS calcification) IS 'reads what the cast to jsonb writes, and the literal as a string';

CREATE FUNCTION vitk_internal.study_sample_read_jsonb(jsonb) RETURNS study_sample
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE pg_catalog.jsonb_typeof($1) WHEN 'string' THEN ($1 #>> '{}')::study_sample
        ELSE ('(' || pg_catalog.concat_ws(', ', 'n=' || ($1 ->> 'n'), 'sum=' || ($1 ->> 'sum'), 'ss=' || ($1 ->> 'ss')) || ')')::study_sample END;
END;
COMMENT ON FUNCTION vitk_internal.study_sample_read_jsonb(jsonb) IS 'reads what the cast to jsonb writes, and the literal as a string';
CREATE FUNCTION vitk_internal.study_sample_from_jsonb(jsonb) RETURNS study_sample
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $function$
DECLARE
    result @extschema@.study_sample;
BEGIN
    BEGIN
        result := vitk_internal.study_sample_read_jsonb($1);
    EXCEPTION WHEN data_exception THEN
        PERFORM vitk_internal.jsonb_refused('study_sample', sqlerrm);
    END;
    IF result IS NULL OR jsonb_typeof($1) <> 'string' AND result::jsonb <> $1 THEN
        PERFORM vitk_internal.jsonb_refused('study_sample', NULL);
    END IF;
    RETURN result;
END
$function$;
COMMENT ON FUNCTION vitk_internal.study_sample_from_jsonb(jsonb) IS 'implementation of the cast from jsonb';
CREATE CAST (jsonb AS study_sample) WITH FUNCTION vitk_internal.study_sample_from_jsonb(jsonb);
COMMENT ON CAST (jsonb AS study_sample) IS 'reads what the cast to jsonb writes, and the literal as a string';

CREATE FUNCTION vitk_internal.effect_size_read_jsonb(jsonb) RETURNS effect_size
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE pg_catalog.jsonb_typeof($1) WHEN 'string' THEN ($1 #>> '{}')::effect_size
        ELSE effect_size(($1 ->> 'estimate')::float8, ($1 ->> 'se')::float8, $1 ->> 'measure', ($1 ->> 'df')::float8) END;
END;
COMMENT ON FUNCTION vitk_internal.effect_size_read_jsonb(jsonb) IS 'reads what the cast to jsonb writes, and the literal as a string';
CREATE FUNCTION vitk_internal.effect_size_from_jsonb(jsonb) RETURNS effect_size
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $function$
DECLARE
    result @extschema@.effect_size;
BEGIN
    BEGIN
        result := vitk_internal.effect_size_read_jsonb($1);
    EXCEPTION WHEN data_exception THEN
        PERFORM vitk_internal.jsonb_refused('effect_size', sqlerrm);
    END;
    IF result IS NULL OR jsonb_typeof($1) <> 'string' AND result::jsonb <> $1 THEN
        PERFORM vitk_internal.jsonb_refused('effect_size', NULL);
    END IF;
    RETURN result;
END
$function$;
COMMENT ON FUNCTION vitk_internal.effect_size_from_jsonb(jsonb) IS 'implementation of the cast from jsonb';
CREATE CAST (jsonb AS effect_size) WITH FUNCTION vitk_internal.effect_size_from_jsonb(jsonb);
COMMENT ON CAST (jsonb AS effect_size) IS 'reads what the cast to jsonb writes, and the literal as a string';

CREATE FUNCTION vitk_internal.meta_evidence_read_jsonb(jsonb) RETURNS meta_evidence
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE pg_catalog.jsonb_typeof($1) WHEN 'string' THEN ($1 #>> '{}')::meta_evidence
        ELSE coalesce((SELECT meta_evidence(effect_size((s.effect ->> 'estimate')::float8, (s.effect ->> 'se')::float8, $1 ->> 'measure',
                                           (s.effect ->> 'df')::float8) ORDER BY s.i)
                 FROM pg_catalog.jsonb_array_elements($1 -> 'studies') WITH ORDINALITY AS s (effect, i)), '{}'::meta_evidence) END;
END;
COMMENT ON FUNCTION vitk_internal.meta_evidence_read_jsonb(jsonb) IS 'reads what the cast to jsonb writes, and the literal as a string';
CREATE FUNCTION vitk_internal.meta_evidence_from_jsonb(jsonb) RETURNS meta_evidence
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $function$
DECLARE
    result @extschema@.meta_evidence;
BEGIN
    BEGIN
        result := vitk_internal.meta_evidence_read_jsonb($1);
    EXCEPTION WHEN data_exception THEN
        PERFORM vitk_internal.jsonb_refused('meta_evidence', sqlerrm);
    END;
    IF result IS NULL OR jsonb_typeof($1) <> 'string' AND result::jsonb <> $1 THEN
        PERFORM vitk_internal.jsonb_refused('meta_evidence', NULL);
    END IF;
    RETURN result;
END
$function$;
COMMENT ON FUNCTION vitk_internal.meta_evidence_from_jsonb(jsonb) IS 'implementation of the cast from jsonb';
CREATE CAST (jsonb AS meta_evidence) WITH FUNCTION vitk_internal.meta_evidence_from_jsonb(jsonb);
COMMENT ON CAST (jsonb AS meta_evidence) IS 'reads what the cast to jsonb writes, and the literal as a string';

CREATE FUNCTION vitk_internal.variance_components_read_jsonb(jsonb) RETURNS variance_components
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE pg_catalog.jsonb_typeof($1) WHEN 'string' THEN ($1 #>> '{}')::variance_components
        ELSE ('(' || (SELECT pg_catalog.string_agg(k.part || '=' || ($1 ->> k.part), ', ' ORDER BY k.i)
             FROM pg_catalog.unnest('{persons,days,days_squared,means,sum,ss_within,ss_between}'::text[])
                 WITH ORDINALITY AS k (part, i)) || ')')::variance_components END;
END;
COMMENT ON FUNCTION vitk_internal.variance_components_read_jsonb(jsonb) IS 'reads what the cast to jsonb writes, and the literal as a string';
CREATE FUNCTION vitk_internal.variance_components_from_jsonb(jsonb) RETURNS variance_components
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $function$
DECLARE
    result @extschema@.variance_components;
BEGIN
    BEGIN
        result := vitk_internal.variance_components_read_jsonb($1);
    EXCEPTION WHEN data_exception THEN
        PERFORM vitk_internal.jsonb_refused('variance_components', sqlerrm);
    END;
    IF result IS NULL OR jsonb_typeof($1) <> 'string' AND result::jsonb <> $1 THEN
        PERFORM vitk_internal.jsonb_refused('variance_components', NULL);
    END IF;
    RETURN result;
END
$function$;
COMMENT ON FUNCTION vitk_internal.variance_components_from_jsonb(jsonb) IS 'implementation of the cast from jsonb';
CREATE CAST (jsonb AS variance_components) WITH FUNCTION vitk_internal.variance_components_from_jsonb(jsonb);
COMMENT ON CAST (jsonb AS variance_components) IS 'reads what the cast to jsonb writes, and the literal as a string';

CREATE FUNCTION vitk_internal.conversion_read_jsonb(jsonb) RETURNS conversion
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE pg_catalog.jsonb_typeof($1) WHEN 'string' THEN ($1 #>> '{}')::conversion
        ELSE (SELECT pg_catalog.string_agg(b.factors, '; ' ORDER BY b.factors)
              FROM (SELECT (f.value ->> 'basis') || ': ' ||
                           pg_catalog.string_agg(f.key || ' ' || (f.value ->> 'lower') || '..' || (f.value ->> 'upper'), ', ') AS factors
                    FROM pg_catalog.jsonb_each($1) AS f GROUP BY f.value ->> 'basis') AS b)::conversion END;
END;
COMMENT ON FUNCTION vitk_internal.conversion_read_jsonb(jsonb) IS 'reads what the cast to jsonb writes, and the literal as a string';
CREATE FUNCTION vitk_internal.conversion_from_jsonb(jsonb) RETURNS conversion
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $function$
DECLARE
    result @extschema@.conversion;
BEGIN
    BEGIN
        result := vitk_internal.conversion_read_jsonb($1);
    EXCEPTION WHEN data_exception THEN
        PERFORM vitk_internal.jsonb_refused('conversion', sqlerrm);
    END;
    IF result IS NULL OR jsonb_typeof($1) <> 'string' AND result::jsonb <> $1 THEN
        PERFORM vitk_internal.jsonb_refused('conversion', NULL);
    END IF;
    RETURN result;
END
$function$;
COMMENT ON FUNCTION vitk_internal.conversion_from_jsonb(jsonb) IS 'implementation of the cast from jsonb';
CREATE CAST (jsonb AS conversion) WITH FUNCTION vitk_internal.conversion_from_jsonb(jsonb);
COMMENT ON CAST (jsonb AS conversion) IS 'reads what the cast to jsonb writes, and the literal as a string';
