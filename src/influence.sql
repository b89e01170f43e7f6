-- influence: what each study of a meta_evidence weighs, and what would be without it

CREATE FUNCTION study_weights(
    evidence meta_evidence, method text DEFAULT 'REML', test text DEFAULT 'adhoc', level float8 DEFAULT 0.95,
    OUT study integer, OUT effect effect_size, OUT estimate float8, OUT se float8, OUT ci_lower float8, OUT ci_upper float8,
    OUT ratio float8, OUT ratio_lower float8, OUT ratio_upper float8, OUT weight float8, OUT residual float8, OUT rstandard float8)
    RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'influence_study_weights' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 20;
COMMENT ON FUNCTION study_weights(evidence meta_evidence, method text, test text, level float8) IS
    'what a forest plot needs, a row for each study, by its number from 1: its effect and interval (for logarithms also as a ratio), its weight in percent in the model of pooled(), its residual from the pooled estimate, and that residual divided by its standard error (rstandard() of metafor)';

CREATE FUNCTION influence(
    evidence meta_evidence, method text DEFAULT 'REML', test text DEFAULT 'adhoc', level float8 DEFAULT 0.95,
    OUT study integer, OUT effect effect_size, OUT rstudent float8, OUT dffits float8, OUT cooks_distance float8, OUT cov_ratio float8,
    OUT tau2_deleted float8, OUT q_deleted float8, OUT hat float8, OUT weight float8, OUT dfbetas float8, OUT influential boolean)
    RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'influence_influence' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000 ROWS 20;
COMMENT ON FUNCTION influence(evidence meta_evidence, method text, test text, level float8) IS
    'what leaving a study out would change, a row for each study, as influence() of metafor (Viechtbauer and Cheung 2010, doi:10.1002/jrsm.11): its residual from the estimate of all others, DFFITS, Cook''s distance, ratio of variances, tau2 and Q of all others, hat value, weight in percent, DFBETAS; influential by the same bounds as there. NULL for what is not defined';
