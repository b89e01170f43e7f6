-- usual_intake: usual intakes from diaries of a few days

CREATE FUNCTION usual_scale(intake float8, scale text) RETURNS float8
    AS 'MODULE_PATHNAME', 'usual_intake_scale' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION usual_scale(intake float8, scale text) IS
    'the intake of a day on a scale on which days are spread evenly: none, sqrt, cuberoot or log; an error for negative intakes, except on none, and for zero on log';
CREATE FUNCTION usual_back_transform(value float8, scale text) RETURNS float8
    AS 'MODULE_PATHNAME', 'usual_intake_unscale' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION usual_back_transform(value float8, scale text) IS
    'inverse of usual_scale; for a mean on the scale it does not give the mean of intakes, see usual_intake; an error for what cannot be an intake';
CREATE FUNCTION usual_intake(person study_sample, components variance_components, scale text DEFAULT 'none') RETURNS float8
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION usual_intake(person study_sample, components variance_components, scale text) IS
    'usual intake of a person, to study the distribution in a group: mean + (person mean - mean) * sqrt(between / (between + within / days)); NRC 1986, doi:10.17226/618. Days and components must be on the scale (none, sqrt, cuberoot, log) already; the result is an intake again: the mean over days that vary on the scale with the variance within, not the plain inverse, which would be too low (Nusser et al. 1996, J Am Stat Assoc 91:1440-1449). NULL for a person without days; an error for components of fewer than two persons or without a second day';

-- which method, which scale

CREATE FUNCTION usual_intake_diagnostics(person anyarray, intake float8[])
RETURNS TABLE (scale text, persons bigint, persons_second_day bigint, days bigint, zero_days bigint, share_no_intake float8,
               mean_with_sd float8, box_cox float8, best boolean, method text)
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 10000 ROWS 4 SET search_path = pg_catalog, pg_temp AS $function$
BEGIN
    IF cardinality(person) <> cardinality(intake) THEN
        RAISE EXCEPTION 'person and intake must have the same number of elements, not % and %', cardinality(person), cardinality(intake)
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Aggregate both with array_agg() over the same rows, one a day.';
    ELSIF EXISTS (SELECT FROM unnest(person) AS p (id) WHERE p.id IS NULL) THEN
        RAISE EXCEPTION 'person must not be NULL' USING ERRCODE = 'null_value_not_allowed', HINT = 'Whose days are not known cannot be told apart.';
    ELSIF EXISTS (SELECT FROM unnest(intake) AS i (x) WHERE i.x NOT BETWEEN 0 AND '1.7976931348623157e308') THEN
        RAISE EXCEPTION 'intake must be finite and at least 0' USING ERRCODE = 'numeric_value_out_of_range';
    END IF;
    RETURN QUERY
    WITH day AS (SELECT u.id, u.x FROM unnest(person, intake) AS u (id, x) WHERE u.x IS NOT NULL),
    each AS (SELECT d.id, count(*) AS n, count(*) FILTER (WHERE d.x = 0) AS zeros FROM day AS d GROUP BY d.id),
    seen AS (SELECT count(*) AS k, count(*) FILTER (WHERE e.n > 1) AS twice, coalesce(sum(e.n), 0)::bigint AS n, coalesce(sum(e.zeros), 0)::bigint AS zeros,
                    avg((e.zeros = e.n)::integer)::float8 AS never, count(*) FILTER (WHERE e.n - e.zeros > 1) AS ate_twice
             FROM each AS e),
    -- in terms of the largest, whose squares are in range
    largest AS (SELECT max(d.x) AS g FROM day AS d),
    scaled AS (SELECT v.name, v.power, d.id, d.x, g, @extschema@.usual_scale(CASE WHEN v.power > 0 THEN d.x / g ELSE d.x END, v.name) AS y
               FROM (VALUES ('none', 1::float8), ('sqrt', 1::float8 / 2), ('cuberoot', 1::float8 / 3), ('log', 0::float8)) AS v (name, power), day AS d, largest
               -- zero has no logarithm
               WHERE d.x <> 0),
    -- Box and Cox 1964: log-likelihood of the power, of days as they are spread over all persons
    fit AS (SELECT s.name, -count(*) / 2::float8 * ln(nullif(var_pop(s.y) / CASE WHEN s.power > 0 THEN s.power ^ 2 ELSE 1 END, 0))
                           + (s.power - 1) * sum(ln(s.x)) - s.power * sum(ln(s.g)) AS likelihood
            FROM scaled AS s GROUP BY s.name, s.power),
    spread AS (SELECT t.name, corr(t.mean, t.sd) AS r
               FROM (SELECT s.name, avg(s.y) AS mean, stddev_samp(s.y) AS sd FROM scaled AS s GROUP BY s.name, s.id HAVING count(*) > 1) AS t
               GROUP BY t.name)
    SELECT v.name, a.k, a.twice, a.n, a.zeros, a.never, r.r, f.likelihood - max(f.likelihood) OVER (),
           coalesce(f.likelihood = max(f.likelihood) OVER (), false),
           CASE WHEN a.k < 2 OR a.twice = 0 THEN 'none: nobody has a second day'
                WHEN a.zeros <= 0.05 * a.n AND NOT (v.name = 'log' AND a.zeros > 0) THEN 'one part'
                WHEN a.ate_twice = 0 THEN 'none: nobody has two days with intake'
                ELSE 'two parts' END
    FROM seen AS a, (VALUES (1, 'none'), (2, 'sqrt'), (3, 'cuberoot'), (4, 'log')) AS v (place, name)
    LEFT JOIN fit AS f ON f.name = v.name LEFT JOIN spread AS r ON r.name = v.name
    ORDER BY v.place;
END
$function$;
COMMENT ON FUNCTION usual_intake_diagnostics(person anyarray, intake float8[]) IS
    'what to look at before usual intakes are estimated, of columns of a table with a row a day, by array_agg(). A row for each scale: number of persons, of those with a second day, of days, of days without intake; the share of persons without intake on any day; on the days with intake, the correlation of means and SDs of persons (near zero on a good scale) and the log-likelihood of Box and Cox 1964, less that of the best scale (0; a scale within 2 of it fits as well); and the method that the days allow: one part (usual_intake, share_below), two parts (two_part_share_below, as more than 5 percent of days are without intake), or none, and why. A NULL intake is a day not known. Errors: 22023 arrays of different lengths, 22004 a person that is NULL, 22003 an intake that is negative or not finite';

-- shares of persons

CREATE FUNCTION vitk_internal.share_below_add(study_sample, usual float8, reference float8, kind text) RETURNS study_sample
    AS 'MODULE_PATHNAME', 'usual_intake_share_below_add' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.share_below_add(study_sample, float8, float8, text) IS
    'aggregate transition function: 1 for a person below the reference value, else 0';
CREATE FUNCTION vitk_internal.share_above_add(study_sample, usual float8, reference float8, kind text) RETURNS study_sample
    AS 'MODULE_PATHNAME', 'usual_intake_share_above_add' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.share_above_add(study_sample, float8, float8, text) IS
    'aggregate transition function: 1 for a person above the reference value, else 0';
CREATE FUNCTION vitk_internal.share_final(study_sample) RETURNS float8
    AS 'MODULE_PATHNAME', 'study_sample_mean' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.share_final(study_sample) IS 'aggregate final function: the share of ones';
CREATE AGGREGATE share_below(usual float8, reference float8, kind text) (
    SFUNC = vitk_internal.share_below_add, STYPE = study_sample, INITCOND = '(n=0)', FINALFUNC = vitk_internal.share_final,
    COMBINEFUNC = pool, PARALLEL = SAFE);
COMMENT ON AGGREGATE share_below(float8, float8, text) IS
    'share of persons whose usual intake is below their EAR, in the same unit: the prevalence of inadequate intakes by the cut-point method (not for energy, nor for skewed requirements such as iron); kind EAR, an error for an AI, from which nothing can be concluded, and for any other; NULLs are ignored; IOM 2000, doi:10.17226/9956';
CREATE AGGREGATE share_above(usual float8, reference float8, kind text) (
    SFUNC = vitk_internal.share_above_add, STYPE = study_sample, INITCOND = '(n=0)', FINALFUNC = vitk_internal.share_final,
    COMBINEFUNC = pool, PARALLEL = SAFE);
COMMENT ON AGGREGATE share_above(float8, float8, text) IS
    'share of persons whose usual intake is above their UL, in the same unit: those at risk of too much; kind UL or guidance_level, an error for any other; NULLs are ignored; IOM 2000, doi:10.17226/9956';
CREATE FUNCTION share_below(components variance_components, reference float8, kind text, scale text DEFAULT 'none') RETURNS float8
    AS 'MODULE_PATHNAME', 'usual_intake_share_of_components_below' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION share_below(components variance_components, reference float8, kind text, scale text) IS
    'share of usual intakes below an EAR if they are normal on the scale of the components (none, sqrt, cuberoot, log); the reference value is an intake, not scaled; errors as share_below(usual, reference, kind), and for components of fewer than two persons or without a second day';
CREATE FUNCTION share_above(components variance_components, reference float8, kind text, scale text DEFAULT 'none') RETURNS float8
    AS 'MODULE_PATHNAME', 'usual_intake_share_of_components_above' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION share_above(components variance_components, reference float8, kind text, scale text) IS
    'share of usual intakes above a UL if they are normal on the scale of the components; errors as share_above(usual, reference, kind), and for components of fewer than two persons or without a second day';
