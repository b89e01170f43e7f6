-- pooled: what the studies of a meta_evidence say together

-- what they say together, as R's metafor defines it (doi:10.18637/jss.v036.i03)

CREATE FUNCTION pooled(
    evidence meta_evidence, method text DEFAULT 'REML', test text DEFAULT 'adhoc', level float8 DEFAULT 0.95,
    OUT k integer, OUT estimate float8, OUT se float8, OUT statistic float8, OUT df float8, OUT p_value float8,
    OUT ci_lower float8, OUT ci_upper float8, OUT tau2 float8, OUT se_tau2 float8, OUT i2 float8, OUT h2 float8,
    OUT q float8, OUT q_df float8, OUT q_p float8, OUT pi_lower float8, OUT pi_upper float8, OUT predict_lower float8, OUT predict_upper float8,
    OUT ratio float8, OUT ratio_lower float8, OUT ratio_upper float8, OUT method text, OUT test text, OUT measure text)
    AS 'MODULE_PATHNAME', 'meta_evidence_pooled' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION pooled(evidence meta_evidence, method text, test text, level float8) IS
    'the pooled result of the studies, as rma() of metafor: method FE, DL, PM, REML or ML; test z, knha (Knapp and Hartung, t with k - 1 df) or adhoc (knha whose standard error is never below that of z: similar, imprecise studies do not become significant by agreeing); FE and a single study are tested by z. ci_ at the level; a new study is expected within pi_ (t with k - 2 df, Higgins 2009) or predict_ (predict() of metafor: k - 1 df, or normal for z); i2 in percent; for logarithms, ratio is the exponential. NULL for what is not defined. The order of studies makes no difference';

CREATE FUNCTION leave_one_out(
    evidence meta_evidence, method text DEFAULT 'REML', test text DEFAULT 'adhoc', level float8 DEFAULT 0.95,
    OUT study integer, OUT effect effect_size,
    OUT k integer, OUT estimate float8, OUT se float8, OUT statistic float8, OUT df float8, OUT p_value float8,
    OUT ci_lower float8, OUT ci_upper float8, OUT tau2 float8, OUT se_tau2 float8, OUT i2 float8, OUT h2 float8,
    OUT q float8, OUT q_df float8, OUT q_p float8, OUT pi_lower float8, OUT pi_upper float8, OUT predict_lower float8, OUT predict_upper float8,
    OUT ratio float8, OUT ratio_lower float8, OUT ratio_upper float8, OUT method text, OUT test text, OUT measure text)
    RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'meta_evidence_leave_one_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000 ROWS 20;
COMMENT ON FUNCTION leave_one_out(evidence meta_evidence, method text, test text, level float8) IS
    'a row for each study, by its number from 1: its effect, and pooled() of all others';

CREATE FUNCTION cumulative(
    evidence meta_evidence, method text DEFAULT 'REML', test text DEFAULT 'adhoc', level float8 DEFAULT 0.95,
    OUT study integer, OUT effect effect_size,
    OUT k integer, OUT estimate float8, OUT se float8, OUT statistic float8, OUT df float8, OUT p_value float8,
    OUT ci_lower float8, OUT ci_upper float8, OUT tau2 float8, OUT se_tau2 float8, OUT i2 float8, OUT h2 float8,
    OUT q float8, OUT q_df float8, OUT q_p float8, OUT pi_lower float8, OUT pi_upper float8, OUT predict_lower float8, OUT predict_upper float8,
    OUT ratio float8, OUT ratio_lower float8, OUT ratio_upper float8, OUT method text, OUT test text, OUT measure text)
    RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'meta_evidence_cumulative' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000 ROWS 20;
COMMENT ON FUNCTION cumulative(evidence meta_evidence, method text, test text, level float8) IS
    'a row for each study, by its number from 1: its effect, and pooled() of it and all before it';

CREATE FUNCTION heterogeneity_ci(
    evidence meta_evidence, method text DEFAULT 'REML', level float8 DEFAULT 0.95,
    OUT k integer, OUT tau2 float8, OUT tau2_lower float8, OUT tau2_upper float8, OUT i2 float8, OUT i2_lower float8, OUT i2_upper float8,
    OUT h2 float8, OUT h2_lower float8, OUT h2_upper float8)
    AS 'MODULE_PATHNAME', 'pooled_heterogeneity_ci' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION heterogeneity_ci(evidence meta_evidence, method text, level float8) IS
    'the variance between studies with the interval of the Q profile (Viechtbauer 2007, doi:10.1002/sim.2514), and those of I2 (percent) and H2 that follow, as confint() of metafor; the interval may exclude the estimate, which is by another method; NULL for fewer than two studies and for FE';

CREATE FUNCTION egger_test(
    evidence meta_evidence,
    OUT k integer, OUT bias float8, OUT se float8, OUT statistic float8, OUT df float8, OUT p_value float8,
    OUT limit_estimate float8, OUT limit_se float8)
    AS 'MODULE_PATHNAME', 'meta_evidence_egger_test' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION egger_test(meta_evidence) IS
    'whether small studies differ: Egger''s regression (1997, doi:10.1136/bmj.315.7109.629), weighted, as regtest(model = "lm") of metafor: bias is the coefficient of the standard error, limit_estimate the effect at a standard error of 0; NULL for fewer than 3 studies or equal standard errors';
