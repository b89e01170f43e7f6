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
