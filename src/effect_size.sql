-- effect_size: an estimate, its standard error, df and measure

CREATE TYPE effect_size;

CREATE FUNCTION vitk_internal.effect_size_in(cstring) RETURNS effect_size
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.effect_size_in(cstring) IS 'I/O';
CREATE FUNCTION vitk_internal.effect_size_out(effect_size) RETURNS cstring
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.effect_size_out(effect_size) IS 'I/O';
CREATE FUNCTION vitk_internal.effect_size_recv(internal) RETURNS effect_size
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.effect_size_recv(internal) IS 'I/O';
CREATE FUNCTION vitk_internal.effect_size_send(effect_size) RETURNS bytea
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.effect_size_send(effect_size) IS 'I/O';

CREATE TYPE effect_size (
    INPUT = vitk_internal.effect_size_in,
    OUTPUT = vitk_internal.effect_size_out,
    RECEIVE = vitk_internal.effect_size_recv,
    SEND = vitk_internal.effect_size_send,
    INTERNALLENGTH = 32,
    ALIGNMENT = double
);
COMMENT ON TYPE effect_size IS
    'an estimate with its standard error, df and measure: -10 (SE 9.22), -17 [-86, 53], OR 0.35 [0.16, 0.78]; measures MD (the default), SMD, ROM, OR, RR, HR, RD, GEN; a ratio is kept as its logarithm';

-- from what papers print

CREATE FUNCTION effect_size(estimate float8, se float8, measure text DEFAULT 'MD', df float8 DEFAULT NULL) RETURNS effect_size
    AS 'MODULE_PATHNAME', 'effect_size_from_se' LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE;
COMMENT ON FUNCTION effect_size(estimate float8, se float8, measure text, df float8) IS
    'effect from its estimate and standard error (for ROM, OR, RR, HR those of the logarithm); df NULL: normal; an error for an unknown measure or an SE that is not positive';
CREATE FUNCTION effect_size_from_ci(estimate float8, lower float8, upper float8, measure text DEFAULT 'MD', level float8 DEFAULT 0.95, df float8 DEFAULT NULL,
    skewed boolean DEFAULT false) RETURNS effect_size
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE;
COMMENT ON FUNCTION effect_size_from_ci(estimate float8, lower float8, upper float8, measure text, level float8, df float8, skewed boolean) IS
    'effect from its estimate and confidence interval as printed (ROM, OR, RR, HR as ratios); df NULL: normal; an error when the estimate lies outside, or further from the middle (of a ratio: of the logarithms) than the printed digits allow; skewed => true accepts an exact or bootstrap interval, and takes the standard error from half its width';

CREATE FUNCTION effect_size_from_p(estimate float8, p_value float8, measure text DEFAULT 'MD', df float8 DEFAULT NULL) RETURNS effect_size
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE;
COMMENT ON FUNCTION effect_size_from_p(estimate float8, p_value float8, measure text, df float8) IS
    'effect from its estimate as printed (ROM, OR, RR, HR as ratios) and the exact two-sided p value of its test: t with df, NULL: normal; Cochrane Handbook 6.3.2 and 6.5.2.3; an error for p of 0 or 1 and for an estimate of no effect';
CREATE FUNCTION effect_size_from_t(estimate float8, t float8, measure text DEFAULT 'MD', df float8 DEFAULT NULL) RETURNS effect_size
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE;
COMMENT ON FUNCTION effect_size_from_t(estimate float8, t float8, measure text, df float8) IS
    'effect from its estimate as printed (ROM, OR, RR, HR as ratios) and the t of its test, or z where df is NULL: the standard error is estimate / t; an error for a t of 0 and for one of the opposite sign';
CREATE FUNCTION effect_size_from_f(estimate float8, f float8, measure text DEFAULT 'MD', df float8 DEFAULT NULL) RETURNS effect_size
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE;
COMMENT ON FUNCTION effect_size_from_f(estimate float8, f float8, measure text, df float8) IS
    'effect from its estimate as printed (ROM, OR, RR, HR as ratios) and the F of a test of two groups, with 1 and df degrees of freedom: F is the square of t';

-- parts

CREATE FUNCTION estimate(effect_size) RETURNS float8
    AS 'MODULE_PATHNAME', 'effect_size_estimate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION estimate(effect_size) IS 'the estimate; of ROM, OR, RR and HR its logarithm';
CREATE FUNCTION se(effect_size) RETURNS float8
    AS 'MODULE_PATHNAME', 'effect_size_se' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION se(effect_size) IS 'standard error of the estimate';
CREATE FUNCTION df(effect_size) RETURNS float8
    AS 'MODULE_PATHNAME', 'effect_size_df' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION df(effect_size) IS 'degrees of freedom of its Student t distribution; NULL: normal distribution';
CREATE FUNCTION measure(effect_size) RETURNS text
    AS 'MODULE_PATHNAME', 'effect_size_measure' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION measure(effect_size) IS
    'MD mean difference, SMD standardised mean difference, ROM log ratio of means, OR log odds ratio, RR log risk ratio, HR log hazard ratio, RD risk difference, GEN any other';
CREATE FUNCTION is_log(effect_size) RETURNS boolean
    AS 'MODULE_PATHNAME', 'effect_size_is_log' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION is_log(effect_size) IS 'whether the estimate is the logarithm of a ratio';
CREATE FUNCTION statistic(effect_size) RETURNS float8
    AS 'MODULE_PATHNAME', 'effect_size_statistic' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION statistic(effect_size) IS 'the estimate divided by its standard error: t, or z when df is NULL';
CREATE FUNCTION p_value(effect_size) RETURNS float8
    AS 'MODULE_PATHNAME', 'effect_size_p_value' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION p_value(effect_size) IS 'two-sided p value for no effect, by Student t, or normal when df is NULL';
CREATE FUNCTION ci_lower(effect effect_size, level float8 DEFAULT 0.95) RETURNS float8
    AS 'MODULE_PATHNAME', 'effect_size_ci_lower' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION ci_lower(effect effect_size, level float8) IS
    'lower end of the confidence interval, by Student t, or normal when df is NULL; of ratios its logarithm';
CREATE FUNCTION ci_upper(effect effect_size, level float8 DEFAULT 0.95) RETURNS float8
    AS 'MODULE_PATHNAME', 'effect_size_ci_upper' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION ci_upper(effect effect_size, level float8) IS
    'upper end of the confidence interval, by Student t, or normal when df is NULL; of ratios its logarithm';
CREATE FUNCTION ci(effect effect_size, level float8 DEFAULT 0.95, OUT lower float8, OUT upper float8)
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    BEGIN ATOMIC
        SELECT ci_lower(effect, level), ci_upper(effect, level);
    END;
COMMENT ON FUNCTION ci(effect effect_size, level float8) IS
    'confidence interval, by Student t, or normal when df is NULL; of ratios its logarithms';
CREATE FUNCTION back_transform(effect effect_size, level float8 DEFAULT 0.95, OUT estimate float8, OUT lower float8, OUT upper float8)
    AS 'MODULE_PATHNAME', 'effect_size_back_transform' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION back_transform(effect effect_size, level float8) IS
    'estimate and confidence interval as papers print them: logarithms of ratios (ROM, OR, RR, HR) as ratios, others as they are; to 12 digits, so that 0.35 is 0.35 again; NULL for what is out of range';
CREATE FUNCTION percent_change(effect effect_size, level float8 DEFAULT 0.95, OUT percent float8, OUT lower float8, OUT upper float8)
    AS 'MODULE_PATHNAME', 'effect_size_percent_change' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION percent_change(effect_size, float8) IS
    'a ratio (ROM, OR, RR, HR) as change in percent, with its confidence interval: 100 * (ratio - 1); an error for other measures';

-- of samples and counts, as R's metafor defines them; first minus second, so treatment minus
-- control.  Where samples are too small or without spread the effect is NULL, as stddev and corr are.

CREATE FUNCTION mean_difference(a study_sample, b study_sample, equal_variance boolean DEFAULT false) RETURNS effect_size
    AS 'MODULE_PATHNAME', 'effect_size_mean_difference' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION mean_difference(a study_sample, b study_sample, equal_variance boolean) IS
    'mean of a minus mean of b (MD), with the df of Welch, or n - 2 for equal variance, as t.test of R; NULL when a sample is too small or has no spread';
CREATE FUNCTION hedges_g(a study_sample, b study_sample) RETURNS effect_size
    AS 'MODULE_PATHNAME', 'effect_size_hedges_g' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION hedges_g(a study_sample, b study_sample) IS
    'mean of a minus mean of b in pooled SDs, unbiased by the exact J (SMD, Hedges 1981), large-sample variance; NULL when a sample is too small or has no spread';
CREATE FUNCTION log_ratio_of_means(a study_sample, b study_sample) RETURNS effect_size
    AS 'MODULE_PATHNAME', 'effect_size_log_ratio_of_means' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION log_ratio_of_means(a study_sample, b study_sample) IS
    'log of the mean of a over the mean of b (ROM, Hedges 1999); an error when a mean is not positive, NULL when a sample is too small or has no spread';
CREATE FUNCTION mean_change(change study_sample) RETURNS effect_size
    AS 'MODULE_PATHNAME', 'effect_size_mean_change' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION mean_change(change study_sample) IS
    'mean of the changes or paired differences (MD) with df n - 1, the paired t-test; NULL when n is below 2 or without spread';
CREATE FUNCTION mean_change(baseline study_sample, followup study_sample, correlation float8 DEFAULT NULL) RETURNS effect_size
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN mean_change(change(baseline, followup, correlation));
COMMENT ON FUNCTION mean_change(baseline study_sample, followup study_sample, correlation float8) IS
    'mean followup minus mean baseline of the same subjects (MD), df n - 1; an error when the correlation is NULL, as it has no default';
CREATE FUNCTION ancova_difference(a_baseline study_sample, a_followup study_sample, b_baseline study_sample, b_followup study_sample, correlation float8 DEFAULT NULL) RETURNS effect_size
    AS 'MODULE_PATHNAME', 'effect_size_ancova' LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE;
COMMENT ON FUNCTION ancova_difference(a_baseline study_sample, a_followup study_sample, b_baseline study_sample, b_followup study_sample, correlation float8) IS
    'followup of a minus followup of b, adjusted for baseline (MD, df n - 3), as lm(followup ~ baseline + arm); correlation of baseline and followup within the arms, an error when NULL';
CREATE FUNCTION log_odds_ratio(a_events bigint, a_n bigint, b_events bigint, b_n bigint, continuity float8 DEFAULT 0.5) RETURNS effect_size
    AS 'MODULE_PATHNAME', 'effect_size_log_odds_ratio' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION log_odds_ratio(a_events bigint, a_n bigint, b_events bigint, b_n bigint, continuity float8) IS
    'log odds ratio of events in a against b (OR); when one of the four cells is zero, continuity is added to each, and a continuity of 0 is an error; NULL when an arm is empty';
CREATE FUNCTION log_risk_ratio(a_events bigint, a_n bigint, b_events bigint, b_n bigint, continuity float8 DEFAULT 0.5) RETURNS effect_size
    AS 'MODULE_PATHNAME', 'effect_size_log_risk_ratio' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION log_risk_ratio(a_events bigint, a_n bigint, b_events bigint, b_n bigint, continuity float8) IS
    'log risk ratio of events in a against b (RR); when one of the four cells is zero, continuity is added to each, and a continuity of 0 without events is an error; NULL when an arm is empty';
CREATE FUNCTION risk_difference(a_events bigint, a_n bigint, b_events bigint, b_n bigint, continuity float8 DEFAULT 0.5) RETURNS effect_size
    AS 'MODULE_PATHNAME', 'effect_size_risk_difference' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION risk_difference(a_events bigint, a_n bigint, b_events bigint, b_n bigint, continuity float8) IS
    'risk of events in a minus risk in b (RD); when one of the four cells is zero, continuity is added to each; NULL when an arm is empty or there is no spread';

@comparison effect_size: kind, estimate, standard error and df; kind, estimate, standard error, df@
