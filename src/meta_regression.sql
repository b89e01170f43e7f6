-- meta_regression: what of the differences between studies goes with their moderators; subgroups

CREATE FUNCTION meta_regression(
    evidence meta_evidence, moderators float8[], method text DEFAULT 'REML', test text DEFAULT 'adhoc', level float8 DEFAULT 0.95,
    OUT term integer, OUT estimate float8, OUT se float8, OUT statistic float8, OUT df float8, OUT p_value float8,
    OUT ci_lower float8, OUT ci_upper float8)
    RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'meta_regression' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000 ROWS 4;
COMMENT ON FUNCTION meta_regression(evidence meta_evidence, moderators float8[], method text, test text, level float8) IS
    'intercept (term 0) and slope of each moderator (1, 2, ...), as rma(yi, sei = sei, mods = ...) of metafor; moderators has those of each study in the order of the evidence: array_agg(x), or array_agg(ARRAY[x1, x2]) of up to 20, over the same rows as meta_evidence(effect); kinds are coded as 0 and 1; method and test as in pooled(). NULL where the studies cannot tell, see meta_regression_fit; an error for a NULL moderator';

CREATE FUNCTION meta_regression_fit(
    evidence meta_evidence, moderators float8[], method text DEFAULT 'REML', test text DEFAULT 'adhoc', level float8 DEFAULT 0.95,
    OUT k integer, OUT coefficients integer, OUT tau2 float8, OUT se_tau2 float8, OUT i2 float8, OUT h2 float8, OUT r2 float8,
    OUT qe float8, OUT qe_df float8, OUT qe_p float8, OUT qm float8, OUT qm_df1 float8, OUT qm_df2 float8, OUT qm_p float8,
    OUT method_used text, OUT test_used text, OUT obstacle text)
    AS 'MODULE_PATHNAME', 'meta_regression_fit' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION meta_regression_fit(evidence meta_evidence, moderators float8[], method text, test text, level float8) IS
    'the model of meta_regression as a whole: the variance between studies that is left, I2 and R2 in percent, Q_E (what is left), Q_M (all moderators together: chi-square, or F where qm_df2 is not NULL); obstacle says why all that is NULL: as many coefficients as studies, or a moderator that follows from others';

CREATE FUNCTION meta_regression_predict(
    evidence meta_evidence, moderators float8[], at float8[], method text DEFAULT 'REML', test text DEFAULT 'adhoc', level float8 DEFAULT 0.95,
    OUT point integer, OUT estimate float8, OUT se float8, OUT ci_lower float8, OUT ci_upper float8, OUT predict_lower float8, OUT predict_upper float8,
    OUT ratio float8, OUT ratio_lower float8, OUT ratio_upper float8)
    RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'meta_regression_predict' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000 ROWS 4;
COMMENT ON FUNCTION meta_regression_predict(evidence meta_evidence, moderators float8[], at float8[], method text, test text, level float8) IS
    'the effect that meta_regression expects at these moderators, a row for each row of at (an array as moderators), its confidence interval, and where that of a new study is expected, as predict() of metafor; of logarithms also as ratio';

CREATE FUNCTION subgroup_test(
    evidence meta_evidence[], method text DEFAULT 'REML', test text DEFAULT 'adhoc',
    OUT subgroups integer, OUT k integer, OUT q_between float8, OUT q_between_df float8, OUT q_between_p float8, OUT q_within float8, OUT q_within_df float8)
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT g.n::integer, g.k::integer, b.q, b.q_df, b.q_p, g.q, g.q_df
    FROM (SELECT count(*) AS n, sum(p.k) AS k, sum(p.q) AS q, sum(p.q_df) AS q_df,
                 meta_evidence(effect_size(p.estimate, p.se, p.measure)) AS of_groups
          FROM pg_catalog.unnest(subgroup_test.evidence) AS e, pooled(e, subgroup_test.method, subgroup_test.test) AS p
          WHERE p.k > 0) AS g
    LEFT JOIN LATERAL pooled(g.of_groups, 'FE') AS b ON true;
END;
COMMENT ON FUNCTION subgroup_test(evidence meta_evidence[], method text, test text) IS
    'whether subgroups of studies differ: Q_between, chi-square, of what pooled() says of each, with a tau2 of its own; q_within is the sum of their Q. Pool each by GROUP BY and hand over array_agg(evidence): SELECT subgroup_test(array_agg(e)) FROM (SELECT meta_evidence(effect) AS e FROM ... GROUP BY vitamer) AS g. With one tau2 for all: meta_regression on 0 and 1';
