-- Intervals that do not fit their estimate: refused beyond what printed digits explain, with a hint.
CREATE FUNCTION pg_temp.tried(command text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    result text; detail text; hint text;
BEGIN
    EXECUTE 'SELECT ' || command INTO result;
    RETURN result;
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
    RETURN concat_ws(E'\n    ', SQLSTATE || ' ' || SQLERRM, nullif(detail, ''), nullif(hint, ''));
END $$;
\pset format unaligned
\pset tuples_only
SELECT command || E'\n    ' || pg_temp.tried(command) FROM unnest(ARRAY[
    -- as printed
    $$'-17 [-86, 53]'::effect_size$$, $$'0.5 [-0.23, 1.36]'::effect_size$$, $$effect_size_from_ci(0.5, -0.23, 1.36)$$,
    $$'OR 0.35 [0.16, 0.78]'::effect_size$$, $$'OR 0.35 (95 % CI 0.16 to 0.78)'::effect_size$$, $$'OR 0.05 [0.01, 0.25]'::effect_size$$,
    $$'log OR -1.05 [-1.83, -0.25]'::effect_size$$, $$'RR 1.10 [0.95, 1.28]'::effect_size$$, $$'2.5 [−0.3, 5.3]'::effect_size$$,
    $$'1e3 [9e2, 1.1e3]'::effect_size$$, $$'275 [225, 326] (n=180)'::study_sample$$, $$study_sample_from_ci(20, 1e-3, 0, 2e-3)$$,
    -- quartiles, misprints, other scales
    $$'50 [1, 60] (n=20)'::study_sample$$, $$'3.2 [2.8, 9] (n=7)'::study_sample$$, $$'275 [225, 3260] (n=180)'::study_sample$$,
    $$'275 [225, 336] (n=180)'::study_sample$$, $$study_sample_from_ci(180, 275, 225, 336)$$, $$'2.75 (95 % CI 22.5 to 32.6, n=180)'::study_sample$$,
    $$'OR 2.0 [0.5, 2.1]'::effect_size$$, $$'OR 2 [0.5, 2.1]'::effect_size$$, $$effect_size_from_ci(2.0, 0.5, 2.1, 'OR')$$,
    $$'OR 0.35 [0.16, 7.8]'::effect_size$$, $$'OR 0.35 [0.16, 0.95]'::effect_size$$, $$'OR 0.35 [0.016, 0.78]'::effect_size$$,
    $$'17 [-86, 53]'::effect_size$$, $$'100 [50, 200]'::effect_size$$, $$'1.0 [0.5, 2.0]'::effect_size$$, $$effect_size_from_ci(1, 0.5, 2)$$,
    $$'OR 1.0 [0.5, 1.5]'::effect_size$$, $$'HR 5 [1, 9]'::effect_size$$, $$'{-10 (SE 9), -17 [-86, 530]}'::meta_evidence$$,
    -- on purpose
    $$effect_size_from_ci(2.0, 0.5, 2.1, 'OR', skewed => true)$$, $$study_sample_from_ci(180, 275, 225, 336, skewed => true)$$,
    $$effect_size_from_ci(2.0, 0.5, 2.1, 'OR', skewed => NULL)$$, $$effect_size_from_ci(3, 0.5, 2.1, 'OR', skewed => true)$$,
    $$study_sample_from_ci(20, 50, 1, 40, skewed => true)$$
]) AS command;

-- rows of studies
INSERT INTO vitk.study (study_id, name, kind) VALUES ('mine', 'invented', 'randomised_trial');
INSERT INTO vitk.study_result (study_id, code, outcome, effect, source) VALUES ('mine', 'a', 'CAC', 'OR 0.35 [0.16, 7.8]', 'invented');
INSERT INTO vitk.study_result (study_id, code, outcome, n_treat, n, mean_treat, lower_treat, upper_treat, spread_kind, source)
VALUES ('mine', 'b', 'CAC', 180, 180, 275, 225, 3260, '95 % CI', 'invented');
INSERT INTO vitk.study_result (study_id, code, outcome, n_treat, n, mean_treat, lower_treat, upper_treat, spread_kind, source)
VALUES ('mine', 'b', 'CAC', 180, 180, 275, 225, 326, '95 % CI', 'invented') RETURNING sample_treat;
DELETE FROM vitk.study_result WHERE study_id = 'mine';
DELETE FROM vitk.study WHERE study_id = 'mine';
