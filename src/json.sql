-- json: every type as a structure, by casts to json and jsonb, and back from jsonb
--
-- to_jsonb(), row_to_json(), json_agg() and their like look for the cast to json.

@to_json nutrient: its code as a string@

@to_json nutrient_amount: {"lower", "upper", "unit"}@

CREATE FUNCTION vitk_internal.as_json(nutrient_profile) RETURNS json
    AS 'MODULE_PATHNAME', 'json_nutrient_profile' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.as_json(nutrient_profile) IS 'implementation of the cast to json';
CREATE CAST (nutrient_profile AS json) WITH FUNCTION vitk_internal.as_json(nutrient_profile);
COMMENT ON CAST (nutrient_profile AS json) IS '{"grams", "nutrients": {code: {"lower", "upper", "unit", "known_grams" where less than all}}}';

@to_json conversion: {code: {"basis", "lower", "upper"}}@

@to_json calcification: {"value", "unit", "method"}@

@to_json study_sample: {"n", "mean", "sd", "sum", "ss"}; the last two are what is kept@

@to_json effect_size: {"measure", "estimate", "se", "df"}; of ratios the logarithm@

@to_json meta_evidence: {"measure", "studies": [{"estimate", "se", "df"}]}@

@to_json variance_components: {"persons", "days", "days_squared", "means", "sum", "ss_within", "ss_between", "zero_days" where there are any}, the sums that are kept@

@to_json survey_sample: {"psus": [{"stratum", "psu", "n", "weight", "sum", "ss"}]}@

CREATE FUNCTION vitk_internal.as_json(diet) RETURNS json
    AS 'MODULE_PATHNAME', 'json_diet' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.as_json(diet) IS 'implementation of the cast to json';
CREATE CAST (diet AS json) WITH FUNCTION vitk_internal.as_json(diet);
COMMENT ON CAST (diet AS json) IS '{food_no: grams}, as the cast to jsonb';

CREATE FUNCTION vitk_internal.as_json(food_composition) RETURNS json
    AS 'MODULE_PATHNAME', 'json_food_composition' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.as_json(food_composition) IS 'implementation of the cast to json';
CREATE CAST (food_composition AS json) WITH FUNCTION vitk_internal.as_json(food_composition);
COMMENT ON CAST (food_composition AS json) IS '{food_no: profile}, as the cast to jsonb';

-- back: what these casts write, or the literal of the type as a string.  A key that is misspelt, missing or
-- one too many is an error: what is read must write the same.

CREATE FUNCTION vitk_internal.jsonb_refused(type_name text, problem text) RETURNS void
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $function$
BEGIN
    RAISE EXCEPTION 'invalid jsonb for type %', type_name
        USING ERRCODE = 'invalid_parameter_value',
              DETAIL = coalesce(upper(left(problem, 1)) || substr(problem, 2) || '.', 'A key is missing, misspelt or superfluous, or two of them contradict each other.'),
              HINT = format('Write it as the cast from %s to jsonb does, or the literal as a string.', type_name);
END
$function$;
COMMENT ON FUNCTION vitk_internal.jsonb_refused(text, text) IS 'raises the error of a cast from jsonb';

CREATE FUNCTION vitk_internal.nutrient_read_jsonb(jsonb) RETURNS nutrient
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT ($1 #>> '{}')::nutrient;
END;
@from_jsonb nutrient@

CREATE FUNCTION vitk_internal.nutrient_amount_read_jsonb(jsonb) RETURNS nutrient_amount
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE pg_catalog.jsonb_typeof($1) WHEN 'string' THEN ($1 #>> '{}')::nutrient_amount
        ELSE nutrient_amount(($1 ->> 'lower')::float8, ($1 ->> 'upper')::float8, $1 ->> 'unit') END;
END;
@from_jsonb nutrient_amount@

CREATE FUNCTION vitk_internal.calcification_read_jsonb(jsonb) RETURNS calcification
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE pg_catalog.jsonb_typeof($1) WHEN 'string' THEN ($1 #>> '{}')::calcification
        ELSE calcification(($1 ->> 'value')::float8, $1 ->> 'method') END;
END;
@from_jsonb calcification@

CREATE FUNCTION vitk_internal.study_sample_read_jsonb(jsonb) RETURNS study_sample
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE pg_catalog.jsonb_typeof($1) WHEN 'string' THEN ($1 #>> '{}')::study_sample
        ELSE ('(' || pg_catalog.concat_ws(', ', 'n=' || ($1 ->> 'n'), 'sum=' || ($1 ->> 'sum'), 'ss=' || ($1 ->> 'ss')) || ')')::study_sample END;
END;
@from_jsonb study_sample@

CREATE FUNCTION vitk_internal.effect_size_read_jsonb(jsonb) RETURNS effect_size
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE pg_catalog.jsonb_typeof($1) WHEN 'string' THEN ($1 #>> '{}')::effect_size
        ELSE effect_size(($1 ->> 'estimate')::float8, ($1 ->> 'se')::float8, $1 ->> 'measure', ($1 ->> 'df')::float8) END;
END;
@from_jsonb effect_size@

CREATE FUNCTION vitk_internal.meta_evidence_read_jsonb(jsonb) RETURNS meta_evidence
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE pg_catalog.jsonb_typeof($1) WHEN 'string' THEN ($1 #>> '{}')::meta_evidence
        ELSE coalesce((SELECT meta_evidence(effect_size((s.effect ->> 'estimate')::float8, (s.effect ->> 'se')::float8, $1 ->> 'measure',
                                           (s.effect ->> 'df')::float8) ORDER BY s.i)
                 FROM pg_catalog.jsonb_array_elements($1 -> 'studies') WITH ORDINALITY AS s (effect, i)), '{}'::meta_evidence) END;
END;
@from_jsonb meta_evidence@

CREATE FUNCTION vitk_internal.variance_components_read_jsonb(jsonb) RETURNS variance_components
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE pg_catalog.jsonb_typeof($1) WHEN 'string' THEN ($1 #>> '{}')::variance_components
        ELSE ('(' || (SELECT pg_catalog.string_agg(k.part || '=' || ($1 ->> k.part), ', ' ORDER BY k.i)
             FROM pg_catalog.unnest('{persons,days,days_squared,means,sum,ss_within,ss_between,zero_days}'::text[])
                 WITH ORDINALITY AS k (part, i)) || ')')::variance_components END;
END;
@from_jsonb variance_components@

CREATE FUNCTION vitk_internal.survey_sample_read_jsonb(jsonb) RETURNS survey_sample
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE pg_catalog.jsonb_typeof($1) WHEN 'string' THEN ($1 #>> '{}')::survey_sample
        ELSE ('{' || coalesce((SELECT pg_catalog.string_agg(pg_catalog.format('%s/%s: n=%s, weight=%s, sum=%s, ss=%s',
                                                                              p ->> 'stratum', p ->> 'psu', p ->> 'n', p ->> 'weight', p ->> 'sum', p ->> 'ss'), '; ')
                               FROM pg_catalog.jsonb_array_elements($1 -> 'psus') AS p), '') || '}')::survey_sample END;
END;
@from_jsonb survey_sample@

CREATE FUNCTION vitk_internal.conversion_read_jsonb(jsonb) RETURNS conversion
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE pg_catalog.jsonb_typeof($1) WHEN 'string' THEN ($1 #>> '{}')::conversion
        ELSE (SELECT pg_catalog.string_agg(b.factors, '; ' ORDER BY b.factors)
              FROM (SELECT (f.value ->> 'basis') || ': ' ||
                           pg_catalog.string_agg(f.key || ' ' || (f.value ->> 'lower') || '..' || (f.value ->> 'upper'), ', ') AS factors
                    FROM pg_catalog.jsonb_each($1) AS f GROUP BY f.value ->> 'basis') AS b)::conversion END;
END;
@from_jsonb conversion@
