-- study_weights, influence, heterogeneity_ci, rank_test.  The values are metafor's (3.8):
--   library(metafor); y <- c(-0.9, -0.3, 0.1, -0.6, 0.4, -1.5); s <- c(0.3, 0.2, 0.25, 0.1, 0.5, 0.4)
--   r <- rma(y, sei = s, test = "adhoc", control = list(stepadj = 0.5, maxiter = 10000, threshold = 1e-14))  # and test = "z"
--   weights(r); y - r$beta; rstandard(r)$z; influence(r)$inf; influence(r)$dfbs; confint(r, control = list(tol = 1e-14)); ranktest(r)
CREATE TABLE studies AS SELECT meta_evidence(effect_size(y, s) ORDER BY i) AS e
FROM unnest('{-0.9,-0.3,0.1,-0.6,0.4,-1.5}'::float8[], '{0.3,0.2,0.25,0.1,0.5,0.4}'::float8[]) WITH ORDINALITY u (y, s, i);
SELECT study, estimate, se, round(ci_lower::numeric, 6) AS ci_lower, round(ci_upper::numeric, 6) AS ci_upper, round(weight::numeric, 8) AS weight,
       round(residual::numeric, 8) AS residual, round(rstandard::numeric, 8) AS rstandard FROM studies, study_weights(e) ORDER BY study;
SELECT t AS test, study, round(rstudent::numeric, 8) AS rstudent, round(dffits::numeric, 8) AS dffits, round(cooks_distance::numeric, 8) AS cook, round(cov_ratio::numeric, 8) AS cov_ratio,
       round(tau2_deleted::numeric, 8) AS tau2_deleted, round(q_deleted::numeric, 8) AS q_deleted, round(hat::numeric, 8) AS hat, round(dfbetas::numeric, 8) AS dfbetas, influential
FROM studies, unnest('{adhoc,z}'::text[]) t, influence(e, test => t) ORDER BY t, study;
SELECT k, round(tau2::numeric, 8) AS tau2, round(tau2_lower::numeric, 8) AS lower, round(tau2_upper::numeric, 8) AS upper, round(i2::numeric, 6) AS i2, round(i2_lower::numeric, 6) AS i2_lower,
       round(i2_upper::numeric, 6) AS i2_upper, round(h2::numeric, 6) AS h2, round(h2_lower::numeric, 6) AS h2_lower, round(h2_upper::numeric, 6) AS h2_upper FROM studies, heterogeneity_ci(e);
SELECT k, round(tau::numeric, 12) AS tau, round(p_value::numeric, 12) AS p_value, exact FROM studies, rank_test(e);
-- with ties: r2 <- rma(log(c(1.5, .7, .7, .9, 2, 1.1, .5)), c(.1, .2, .2, .05, .3, .15, .22), method = "DL"); ranktest(r2); confint(r2, control = list(tol = 1e-14))
CREATE TABLE tied AS SELECT meta_evidence(effect_size(ln(y), sqrt(v), 'OR') ORDER BY i) AS e
FROM unnest('{1.5,.7,.7,.9,2,1.1,.5}'::float8[], '{.1,.2,.2,.05,.3,.15,.22}'::float8[]) WITH ORDINALITY u (y, v, i);
SELECT k, round(tau::numeric, 12) AS tau, round(p_value::numeric, 12) AS p_value, exact FROM tied, rank_test(e);
SELECT round(tau2::numeric, 8) AS tau2, round(tau2_lower::numeric, 8) AS lower, round(tau2_upper::numeric, 8) AS upper, round(i2_upper::numeric, 5) AS i2_upper FROM tied, heterogeneity_ci(e, 'DL');
SELECT study, round(ratio::numeric, 6) AS ratio, round(ratio_lower::numeric, 6) AS lower, round(ratio_upper::numeric, 6) AS upper FROM tied, study_weights(e) LIMIT 2;
SELECT round(sum(weight)::numeric, 9) AS percent FROM tied, study_weights(e);
-- influential by its weight alone: influence(rma(c(1, .9, 1.1, 1, 1), sei = c(.01, 1, 1, 1, 1), method = "DL"))
SELECT study, round(rstudent::numeric, 4) AS rstudent, round(cooks_distance::numeric, 4) AS cook, round(dfbetas::numeric, 4) AS dfbetas, round(hat::numeric, 4) AS hat, influential
FROM influence('{1 (SE 0.01), 0.9 (SE 1), 1.1 (SE 1), 1 (SE 1), 1 (SE 1)}', 'DL', test => 'z') ORDER BY study;
-- few studies, and none; what is refused
SELECT e, (SELECT array_agg(weight) FROM study_weights(e)) AS weights, (SELECT array_agg(rstudent) FROM influence(e)) AS rstudent, (heterogeneity_ci(e)).tau2_upper, (rank_test(e)).tau
FROM unnest('{"{}","{-10 (SE 4)}","{1 (SE 1), 3 (SE 1)}","{1 (SE 1), 3 (SE 1), 4 (SE 1)}"}'::meta_evidence[]) e;
SELECT heterogeneity_ci(e, 'FE') FROM studies;
SELECT count(*) FROM study_weights('{}', test => 't');
SELECT count(*) FROM influence('{}', 'EB');
SELECT heterogeneity_ci('{}', level => 95);
DROP TABLE studies, tied;
