-- pooled, leave_one_out, cumulative, egger_test: what studies say together
-- pooled: the values are R's.
--   y <- c(-0.9, -0.3, 0.1, -0.6, 0.4, -1.5); s <- c(0.3, 0.2, 0.25, 0.1, 0.5, 0.4); v <- s^2; k <- 6
--   pool <- function(t) { w <- 1/(v+t); b <- sum(w*y)/sum(w); c(b, 1/sqrt(sum(w)), sqrt(sum(w*(y-b)^2)/(k-1)/sum(w))) }
--   ll <- function(t, r) { w <- 1/(v+t); -(sum(log(v+t)) + r*log(sum(w)) + sum(w*(y-pool(t)[1])^2))/2 }
--   tau2 REML, ML: optimize(ll, c(0, 5), r = 1 or 0, maximum = TRUE, tol = 1e-12)
--   PM: uniroot(function(t) sum((y-pool(t)[1])^2/(v+t)) - (k-1), c(0, 5), tol = 1e-14)
--   DL: w <- 1/v; (sum(w*(y-pool(0)[1])^2) - (k-1)) / (sum(w) - sum(w^2)/sum(w))
CREATE TABLE studies AS SELECT meta_evidence(effect_size(y, s) ORDER BY i) AS e
FROM unnest('{-0.9,-0.3,0.1,-0.6,0.4,-1.5}'::float8[], '{0.3,0.2,0.25,0.1,0.5,0.4}'::float8[]) WITH ORDINALITY u (y, s, i);
SELECT m AS method, t AS test_asked, p.k, round(p.estimate::numeric, 6) AS estimate, round(p.se::numeric, 6) AS se, round(p.statistic::numeric, 6) AS statistic, p.df,
       round(p.p_value::numeric, 6) AS p_value, round(p.ci_lower::numeric, 6) AS ci_lower, round(p.ci_upper::numeric, 6) AS ci_upper, p.method AS used, p.test, p.measure
FROM studies, unnest('{FE,DL,PM,REML,ML}'::text[]) m, unnest('{z,knha,adhoc}'::text[]) t, pooled(e, m, t) p ORDER BY t, m;
SELECT p.method, round(p.tau2::numeric, 6) AS tau2, round(p.se_tau2::numeric, 6) AS se_tau2, round(p.i2::numeric, 5) AS i2, round(p.h2::numeric, 6) AS h2, round(p.q::numeric, 6) AS q,
       p.q_df, round(p.q_p::numeric, 6) AS q_p, round(p.pi_lower::numeric, 6) AS pi_lower, round(p.pi_upper::numeric, 6) AS pi_upper,
       round(p.predict_lower::numeric, 6) AS predict_lower, round(p.predict_upper::numeric, 6) AS predict_upper
FROM studies, unnest('{FE,DL,PM,REML,ML}'::text[]) m, pooled(e, m) p ORDER BY 1;
-- defaults, names, levels
SELECT pooled(e) = pooled(e, 'reml', 'ADHOC', 0.95) AS defaults, pooled(e, test => 'z') = pooled(e, 'Reml', 'Z') AS named,
       (pooled(e, 'FE', 'knha')).test AS never_knapp_hartung FROM studies;
SELECT round(p.ci_lower::numeric, 6) AS ci_lower, round(p.ci_upper::numeric, 6) AS ci_upper FROM studies, pooled(e, 'DL', 'z', 0.9) p;
SELECT pooled(e, NULL) IS NULL AS null_method FROM studies;
SELECT pooled(e, 'SJ') FROM studies;
SELECT pooled(e, '') FROM studies;
SELECT pooled(e, test => 't') FROM studies;
SELECT pooled(e, test => '') FROM studies;
SELECT pooled(e, 'REML', 'knha', 1) FROM studies;
SELECT pooled(e, 'REML', 'knha', 0) FROM studies;
SELECT pooled(e, 'REML', 'knha', 'nan') FROM studies;
SELECT pooled(e, 'REML', 'knha', 95) FROM studies;
-- Similar, imprecise trials: by their scatter alone (knha) they would be significant, which they are not; R:
--   library(metafor); options(digits = 10)
--   a <- rma(c(-10, -10.5, -9.8, -10.2), sei = c(9, 12, 15, 8), test = "adhoc"); a; predict(a); rma(..., test = "knha"), "z"
--   b <- rma(c(-10, -11, -9.5), sei = c(9, 20, 14), test = "adhoc"); b
SELECT e AS evidence, p.test, round(p.estimate::numeric, 6) AS estimate, round(p.se::numeric, 6) AS se, p.df, round(p.p_value::numeric, 9) AS p_value,
       round(p.ci_lower::numeric, 6) AS ci_lower, round(p.ci_upper::numeric, 6) AS ci_upper,
       round(p.predict_lower::numeric, 6) AS predict_lower, round(p.predict_upper::numeric, 6) AS predict_upper
FROM unnest('{"{-10 (SE 9), -10.5 (SE 12), -9.8 (SE 15), -10.2 (SE 8)}","{-10 (SE 9), -11 (SE 20), -9.5 (SE 14)}","{-10 (SE 2), 11 (SE 3), -9.5 (SE 4)}"}'::meta_evidence[]) e,
     unnest('{adhoc,knha,z}'::text[]) t, pooled(e, test => t) p;
-- ratios: as logarithms, and back
SELECT round(p.estimate::numeric, 6) AS estimate, round(exp(p.estimate)::numeric, 6) AS exp, round(p.ratio::numeric, 6) AS ratio,
       round(p.ratio_lower::numeric, 6) AS ratio_lower, round(exp(p.ci_upper)::numeric, 6) AS exp_upper, round(p.ratio_upper::numeric, 6) AS ratio_upper, p.measure
FROM pooled('{OR 0.35 [0.16, 0.78], OR 0.8 [0.5, 1.28], OR 0.5 [0.1, 2.5]}', 'FE') p;
SELECT ratio, ratio_lower, estimate FROM pooled('{OR 0.35 [0.16, 0.78], log OR 1e5 (SE 0.001)}', 'FE') p;
-- no study, one, two; no difference at all; one that outweighs all, and such that contradict each other
CREATE FUNCTION to_9_digits(json) RETURNS json LANGUAGE sql AS $$
    SELECT json_object_agg(key, CASE json_typeof(value) WHEN 'number' THEN to_json(trim_scale(round(value::text::numeric, 9))) ELSE value END ORDER BY i)
    FROM json_each(json_strip_nulls($1)) WITH ORDINALITY e (key, value, i) $$;
SELECT e AS evidence, to_9_digits(row_to_json(p))
FROM unnest('{NULL,"{}","{-10 (SE 4)}","{1 (SE 1), 3 (SE 1)}","{0.1 (SE 0.3), 0.1 (SE 0.7), 0.1 (SE 1.1)}"}'::meta_evidence[]) e, pooled(e) p;
SELECT p.method, estimate, se, p.test, ci_lower, tau2, i2, q_p
FROM unnest('{DL,PM,REML,ML}'::text[]) m, unnest('{adhoc,knha}'::text[]) t, pooled('{1 (SE 1e-30), 2 (SE 1e30), 3 (SE 1e30)}', m, t) p ORDER BY p.test, m;
SELECT p.method, round((tau2 / 1e60)::numeric, 9) AS tau2_e60
FROM unnest('{DL,PM,REML,ML}'::text[]) m, pooled('{1e30 (SE 1e-30), -1e30 (SE 1e-30), 0 (SE 1e30)}', m) p;
-- restricted likelihoods of two maxima: the higher counts.  By R's ll() above they are at 0 and 43.9201 (-17.1604, -5.3917),
-- and at 0.1669 and 28.4756 (-8.4744, -8.5653): ll(0), optimize(ll, c(20, 100)); optimize(ll, c(0, 1)), optimize(ll, c(20, 100))
SELECT e AS evidence, round(tau2::numeric, 4) AS tau2
FROM unnest('{"{0 (SE 0.1), 0 (SE 0.2), 12 (SE 2)}","{1.8 (SE 0.2), 1 (SE 0.5), 15 (SE 5), 0 (SE 20)}"}'::meta_evidence[]) e, pooled(e);
-- leave one out, one after the other: each row is pooled() of what it says
SELECT l.study, l.effect, l.k, round(l.estimate::numeric, 6) AS estimate, round(l.tau2::numeric, 6) AS tau2, round(l.p_value::numeric, 6) AS p_value,
       (l.k, l.estimate, l.se, l.statistic, l.df, l.p_value, l.ci_lower, l.ci_upper, l.tau2, l.se_tau2, l.i2, l.h2, l.q, l.q_df, l.q_p, l.pi_lower, l.pi_upper, l.predict_lower, l.predict_upper, l.ratio, l.ratio_lower, l.ratio_upper, l.method, l.test, l.measure)
       IS NOT DISTINCT FROM (SELECT pooled(meta_evidence(u.effect), 'REML') FROM unnest(e) u WHERE u.study <> l.study) AS pooled
FROM studies, leave_one_out(e) l;
SELECT l.study, l.effect, l.k, round(l.estimate::numeric, 6) AS estimate, round(l.tau2::numeric, 6) AS tau2, l.test,
       (l.k, l.estimate, l.se, l.statistic, l.df, l.p_value, l.ci_lower, l.ci_upper, l.tau2, l.se_tau2, l.i2, l.h2, l.q, l.q_df, l.q_p, l.pi_lower, l.pi_upper, l.predict_lower, l.predict_upper, l.ratio, l.ratio_lower, l.ratio_upper, l.method, l.test, l.measure)
       IS NOT DISTINCT FROM (SELECT pooled(meta_evidence(u.effect), 'DL', 'z', 0.9) FROM unnest(e) u WHERE u.study <= l.study) AS pooled
FROM studies, cumulative(e, 'DL', 'z', 0.9) l;
SELECT study, effect, k, estimate, method, test, measure FROM leave_one_out('{OR 0.5 [0.25, 1]}');
SELECT study, effect, k, round(estimate::numeric, 6) AS estimate, round(ratio::numeric, 6) AS ratio, method, test, measure FROM cumulative('{OR 0.5 [0.25, 1]}');
SELECT count(*) FROM leave_one_out('{}');
SELECT count(*) FROM cumulative(NULL);
SELECT count(*) FROM leave_one_out('{}', 'EB');
SELECT count(*) FROM cumulative('{}', level => 2);
-- Egger's test: the values are R's, of summary(lm(y ~ s, weights = 1/s^2)) with y and s as above
SELECT t.k, round(bias::numeric, 6) AS bias, round(se::numeric, 6) AS se, round(statistic::numeric, 6) AS statistic, df, round(p_value::numeric, 6) AS p_value,
       round(limit_estimate::numeric, 6) AS limit_estimate, round(limit_se::numeric, 6) AS limit_se
FROM studies, egger_test(e) t;
SELECT l AS evidence, t.* FROM unnest('{"{}","{1 (SE 1), 2 (SE 2)}","{1 (SE 0.1), 2 (SE 0.1), 4 (SE 0.1)}","{1 (SE 1), 2 (SE 2), 4 (SE 4)}"}'::meta_evidence[]) l, egger_test(l) t;
-- identical effects, and effects on a line, have no scatter: nothing to test, and no noise for an answer
SELECT l AS evidence, t.* FROM unnest('{"{0.1 (SE 0.3), 0.1 (SE 0.7), 0.1 (SE 1.1)}","{-1e9 (SE 0.3), -1e9 (SE 0.7), -1e9 (SE 1.7)}"}'::meta_evidence[]) l, egger_test(l) t;
SELECT round(bias::numeric, 9) AS bias, se, p_value, round(limit_estimate::numeric, 9) AS limit_estimate FROM egger_test('{1.3 (SE 0.1), 1.6 (SE 0.2), 2.2 (SE 0.4), 3.1 (SE 0.7)}');
SELECT egger_test(NULL) IS NULL AS null_evidence;
DROP FUNCTION to_9_digits;
DROP TABLE studies;
-- of many studies: what is written to is as long as it must be
SELECT count(*), count(DISTINCT study), min(k), max(k) FROM (SELECT meta_evidence(effect_size(sin(i), 1 + i % 7)) AS e FROM generate_series(1, 700) i) s, cumulative(e, 'FE');
SELECT count(*), count(DISTINCT study), min(k), max(k) FROM (SELECT meta_evidence(effect_size(sin(i), 1 + i % 7)) AS e FROM generate_series(1, 700) i) s, leave_one_out(e, 'FE');
SELECT r.k, r.df FROM (SELECT meta_evidence(effect_size(sin(i), 1 + i % 7)) AS e FROM generate_series(1, 20000) i) s, egger_test(e) AS r;
