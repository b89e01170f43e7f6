-- what it reads, and how it prints
SELECT t AS literal, t::meta_evidence FROM unnest(ARRAY[
    '{-10 (SE 9.22), -17 [-86, 53]}',
    ' { SMD -0.5 (SE 0.2, df=18),SMD -0.25(SE .25) } ',
    '{OR 0.35 [0.16, 0.78], OR 1 (log SE 0.5), log OR -0.1 (SE 0.3)}',
    '{-0 (SE 1e-30), 1e30 (SE 1e30)}',
    '{0.1 (SE 0.30000000000000004)}',
    '{}', ' { } ']) AS t;
SET extra_float_digits = -15;
SELECT '{0.1 (SE 0.30000000000000004)}'::meta_evidence;
RESET extra_float_digits;
-- bad literals
SELECT ''::meta_evidence;
SELECT '{'::meta_evidence;
SELECT '-10 (SE 9.22)'::meta_evidence;
SELECT '{-10 (SE 9.22)'::meta_evidence;
SELECT '-10 (SE 9.22)}'::meta_evidence;
SELECT '{,}'::meta_evidence;
SELECT '{-10 (SE 9.22),}'::meta_evidence;
SELECT '{-10 (SE 9.22),, 1 (SE 2)}'::meta_evidence;
SELECT '{-10 (SE 9.22) 1 (SE 2)}'::meta_evidence;
SELECT '{-10 (SE 9.22), {1 (SE 2)}}'::meta_evidence;
SELECT '{-10 (SE 0)}'::meta_evidence;
SELECT '{-10 (SE 9.22), -17 [-86, 53'::meta_evidence;
SELECT '{nan (SE 1)}'::meta_evidence;
SELECT '{1 (SE 1), OR 0.35 [0.16, 0.78]}'::meta_evidence;
SELECT '{1.1e30 (SE 1)}'::meta_evidence;
SELECT '{1 (SE 1.1e30)}'::meta_evidence;
SELECT '{1 (SE 0.9e-30)}'::meta_evidence;
SELECT ('{' || repeat('1 (SE 1),', 100000) || '1 (SE 1)}')::meta_evidence;
-- what is in it
CREATE TABLE evidence_test (id integer PRIMARY KEY, e meta_evidence);
INSERT INTO evidence_test VALUES
    (1, '{-10 (SE 9.22), -17 [-86, 53], 4 (SE 3, df=12)}'),
    (2, '{OR 0.35 [0.16, 0.78], log OR -0.1 (SE 0.3)}'),
    (3, '{-10 (SE 9.22)}'),
    (4, '{}'),
    (5, NULL);
SELECT id, e, k(e), kind(e) FROM evidence_test ORDER BY id;
SELECT id, u.* FROM evidence_test, unnest(e) u ORDER BY id, study;
SELECT id, e || e AS twice, e || '{}' = e AS and_none, '{}' || e = e AS none_and FROM evidence_test ORDER BY id;
SELECT '{1 (SE 1)}'::meta_evidence || '{SMD 1 (SE 1)}';
SELECT k(e || e) FROM (SELECT meta_evidence(effect_size(i, 1)) AS e FROM generate_series(1, 60000) i) s;
-- comparison
SELECT a, b, a = b AS eq, a <> b AS ne, a < b AS lt, a <= b AS le, a > b AS gt, a >= b AS ge, vitk_internal.meta_evidence_cmp(a, b) AS cmp
FROM (VALUES
    ('{1 (SE 1), 2 (SE 1)}'::meta_evidence, '{1 (SE 1.0), 2 [1, 3] }'::meta_evidence),
    ('{1 (SE 1), 2 (SE 1)}', '{2 (SE 1), 1 (SE 1)}'),
    ('{1 (SE 1), 2 (SE 1)}', '{1 (SE 1)}'),
    ('{-0 (SE 1)}', '{0 (SE 1)}'),
    ('{0 (SE 1)}', '{0 (SE 1, df=3)}'),
    ('{SMD 0 (SE 1)}', '{9 (SE 1)}'),
    ('{}', '{1 (SE 1)}'),
    ('{}', '{}')) v (a, b);
SELECT count(DISTINCT e), count(DISTINCT hashed), count(DISTINCT extended) FROM (
    SELECT e, vitk_internal.meta_evidence_hash(e) AS hashed, vitk_internal.meta_evidence_hash_extended(e, 7) AS extended
    FROM evidence_test WHERE e IS NOT NULL
    UNION ALL VALUES ('{-0 (SE 1)}'::meta_evidence, vitk_internal.meta_evidence_hash('{-0 (SE 1)}'), vitk_internal.meta_evidence_hash_extended('{0 (SE 1)}', 7)),
                     ('{0 (SE 1)}', vitk_internal.meta_evidence_hash('{0 (SE 1)}'), vitk_internal.meta_evidence_hash_extended('{-0 (SE 1)}', 7))) s;
-- frozen: hash partitions of users depend on these
SELECT e, vitk_internal.meta_evidence_hash(e), vitk_internal.meta_evidence_hash_extended(e, 0), vitk_internal.meta_evidence_hash_extended(e, 42)
FROM unnest('{"{}","{1 (SE 0.5), 2 (SE 1, df=3)}"}'::meta_evidence[]) e;
-- made of rows: NULL is left out, no row is NULL, order as asked for
SELECT meta_evidence(e) FROM (VALUES (1, '1 (SE 1)'::effect_size), (2, NULL), (3, '2 (SE 1)'), (4, NULL)) v (i, e);
SELECT meta_evidence(e ORDER BY i DESC) FROM (VALUES (1, '1 (SE 1)'::effect_size), (2, NULL), (3, '2 (SE 1)')) v (i, e);
SELECT meta_evidence(e) IS NULL AS none, meta_evidence(NULL::effect_size) IS NULL AS null_alone
FROM (SELECT '1 (SE 1)'::effect_size AS e WHERE false) s;
SELECT meta_evidence(e) FROM (VALUES ('1 (SE 1)'::effect_size), ('OR 0.5 [0.2, 1.25]')) v (e);
SELECT meta_evidence(effect_size(1e31, 1));
SELECT meta_evidence(e ORDER BY id) FROM evidence_test WHERE id <> 2;
SELECT meta_evidence(e) FROM evidence_test;
SELECT k(meta_evidence(effect_size(1, 1))) FROM generate_series(1, 100001);
-- growing: from none to many, in groups, in windows where every row's value stays as it was
SELECT i % 3 AS g, k(meta_evidence(effect_size(i, 1) ORDER BY i)), (pooled(meta_evidence(effect_size(i, 1)), 'FE')).estimate
FROM generate_series(1, 3000) i GROUP BY 1 ORDER BY 1;
SELECT i, meta_evidence(effect_size(i, 1)) OVER (ORDER BY i) AS up_to, meta_evidence(effect_size(i, 1)) OVER (ORDER BY i ROWS 1 PRECEDING) AS two,
       k(meta_evidence(effect_size(i, 1)) OVER ()) AS all
FROM generate_series(1, 5) i ORDER BY i;
SELECT count(*) AS rows, count(DISTINCT e) AS values, min(k(e)), max(k(e)), bool_and(k(e) = i) AS as_it_was
FROM (SELECT i, meta_evidence(effect_size(i, 1)) OVER (ORDER BY i) AS e FROM generate_series(1, 200) i) s;
-- stored long and compressed, and short
INSERT INTO evidence_test SELECT 6, meta_evidence(effect_size(i % 7, 1 + i % 3) ORDER BY i) FROM generate_series(1, 5000) i;
SELECT id, pg_column_size(e) < 24 * k(e) AS compressed, k(e), k(e || e) FROM evidence_test WHERE e IS NOT NULL ORDER BY id;
SELECT e::text::meta_evidence = e AS text, (SELECT meta_evidence(u.effect ORDER BY study) FROM unnest(e) u) = e AS unnested FROM evidence_test WHERE id = 6;
SELECT count(*) FROM evidence_test a JOIN evidence_test b USING (e);
-- whichever worker had which studies, the pooled results are the same to the last bit
CREATE TABLE evidence_rows AS
SELECT i % 4 AS g, effect_size(sin(i), 0.2 + 0.1 * cos(i * i), 'SMD') AS e FROM generate_series(1, 20000) i;
ANALYZE evidence_rows;
CREATE VIEW pooled_by_g AS SELECT g, p.* FROM (SELECT g, meta_evidence(e) AS e FROM evidence_rows GROUP BY g) s, pooled(e) p;
CREATE TABLE pooled_serial AS SELECT * FROM pooled_by_g;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 2;
CREATE FUNCTION is_parallel(query text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    line text;
BEGIN
    FOR line IN EXECUTE 'EXPLAIN ' || query LOOP
        IF line LIKE '%Partial%Aggregate%' THEN
            RETURN true;
        END IF;
    END LOOP;
    RETURN false;
END $$;
SELECT is_parallel('SELECT * FROM pooled_by_g');
CREATE TABLE pooled_parallel AS SELECT * FROM pooled_by_g;
SELECT is_parallel('SELECT meta_evidence(e) FROM evidence_rows'),
       (SELECT pooled(meta_evidence(e)) FROM evidence_rows) = (SELECT pooled(meta_evidence(e ORDER BY e)) FROM evidence_rows) AS same;
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;
RESET max_parallel_workers_per_gather;
SELECT count(*), count(*) FILTER (WHERE p = s) AS same FROM pooled_parallel p JOIN pooled_serial s USING (g);
-- pooled: the values are R's.
--   y <- c(-0.9, -0.3, 0.1, -0.6, 0.4, -1.5); s <- c(0.3, 0.2, 0.25, 0.1, 0.5, 0.4); v <- s^2; k <- 6
--   pool <- function(t) { w <- 1/(v+t); b <- sum(w*y)/sum(w); c(b, 1/sqrt(sum(w)), sqrt(sum(w*(y-b)^2)/(k-1)/sum(w))) }
--   ll <- function(t, r) { w <- 1/(v+t); -(sum(log(v+t)) + r*log(sum(w)) + sum(w*(y-pool(t)[1])^2))/2 }
--   tau2 REML, ML: optimize(ll, c(0, 5), r = 1 or 0, maximum = TRUE, tol = 1e-12)
--   PM: uniroot(function(t) sum((y-pool(t)[1])^2/(v+t)) - (k-1), c(0, 5), tol = 1e-14)
--   DL: w <- 1/v; (sum(w*(y-pool(0)[1])^2) - (k-1)) / (sum(w) - sum(w^2)/sum(w))
CREATE TABLE studies AS SELECT meta_evidence(effect_size(y, s) ORDER BY i) AS e
FROM unnest('{-0.9,-0.3,0.1,-0.6,0.4,-1.5}'::float8[], '{0.3,0.2,0.25,0.1,0.5,0.4}'::float8[]) WITH ORDINALITY u (y, s, i);
SELECT method, kh, p.k, round(p.estimate::numeric, 6) AS estimate, round(p.se::numeric, 6) AS se, round(p.statistic::numeric, 6) AS statistic, p.df,
       round(p.p_value::numeric, 6) AS p_value, round(p.ci_lower::numeric, 6) AS ci_lower, round(p.ci_upper::numeric, 6) AS ci_upper, p.estimator, p.test, p.kind
FROM studies, unnest('{FE,DL,PM,REML,ML}'::text[]) method, unnest('{f,t}'::bool[]) kh, pooled(e, method, kh) p ORDER BY kh, method;
SELECT method, round(p.tau2::numeric, 6) AS tau2, round(p.se_tau2::numeric, 6) AS se_tau2, round(p.i2::numeric, 5) AS i2, round(p.h2::numeric, 6) AS h2, round(p.q::numeric, 6) AS q,
       p.q_df, round(p.q_p::numeric, 6) AS q_p, round(p.pi_lower::numeric, 6) AS pi_lower, round(p.pi_upper::numeric, 6) AS pi_upper
FROM studies, unnest('{FE,DL,PM,REML,ML}'::text[]) method, pooled(e, method) p ORDER BY method;
-- defaults, names, levels
SELECT pooled(e) = pooled(e, 'reml', true, 0.95) AS defaults, pooled(e, knapp_hartung => false) = pooled(e, 'Reml', false) AS named,
       (pooled(e, 'FE', true)).test AS never_knapp_hartung FROM studies;
SELECT round(p.ci_lower::numeric, 6) AS ci_lower, round(p.ci_upper::numeric, 6) AS ci_upper FROM studies, pooled(e, 'DL', false, 0.9) p;
SELECT pooled(e, NULL) IS NULL AS null_method FROM studies;
SELECT pooled(e, 'SJ') FROM studies;
SELECT pooled(e, '') FROM studies;
SELECT pooled(e, 'REML', true, 1) FROM studies;
SELECT pooled(e, 'REML', true, 0) FROM studies;
SELECT pooled(e, 'REML', true, 'nan') FROM studies;
SELECT pooled(e, 'REML', true, 95) FROM studies;
-- ratios: as logarithms, and back
SELECT round(p.estimate::numeric, 6) AS estimate, round(exp(p.estimate)::numeric, 6) AS exp, round(p.ratio::numeric, 6) AS ratio,
       round(p.ratio_lower::numeric, 6) AS ratio_lower, round(exp(p.ci_upper)::numeric, 6) AS exp_upper, round(p.ratio_upper::numeric, 6) AS ratio_upper, p.kind
FROM pooled('{OR 0.35 [0.16, 0.78], OR 0.8 [0.5, 1.28], OR 0.5 [0.1, 2.5]}', 'FE') p;
SELECT ratio, ratio_lower, estimate FROM pooled('{OR 0.35 [0.16, 0.78], log OR 1e5 (SE 0.001)}', 'FE') p;
-- no study, one, two; no difference at all; one that outweighs all, and such that contradict each other
CREATE FUNCTION to_15_digits(json) RETURNS json LANGUAGE sql AS $$
    SELECT json_object_agg(key, CASE json_typeof(value) WHEN 'number' THEN to_json(trim_scale(round(value::text::numeric, 9))) ELSE value END ORDER BY i)
    FROM json_each(json_strip_nulls($1)) WITH ORDINALITY e (key, value, i) $$;
SELECT e AS evidence, to_15_digits(row_to_json(p))
FROM unnest('{NULL,"{}","{-10 (SE 4)}","{1 (SE 1), 3 (SE 1)}","{0.1 (SE 0.3), 0.1 (SE 0.7), 0.1 (SE 1.1)}"}'::meta_evidence[]) e, pooled(e) p;
SELECT method, estimate, round((se * 1e60)::numeric, 9) AS se_e60, ci_lower, tau2, i2, q_p
FROM unnest('{DL,PM,REML,ML}'::text[]) method, pooled('{1 (SE 1e-30), 2 (SE 1e30), 3 (SE 1e30)}', method);
SELECT method, round((tau2 / 1e60)::numeric, 9) AS tau2_e60
FROM unnest('{DL,PM,REML,ML}'::text[]) method, pooled('{1e30 (SE 1e-30), -1e30 (SE 1e-30), 0 (SE 1e30)}', method);
-- restricted likelihoods of two maxima: the higher counts.  By R's ll() above they are at 0 and 43.9201 (-17.1604, -5.3917),
-- and at 0.1669 and 28.4756 (-8.4744, -8.5653): ll(0), optimize(ll, c(20, 100)); optimize(ll, c(0, 1)), optimize(ll, c(20, 100))
SELECT e AS evidence, round(tau2::numeric, 4) AS tau2
FROM unnest('{"{0 (SE 0.1), 0 (SE 0.2), 12 (SE 2)}","{1.8 (SE 0.2), 1 (SE 0.5), 15 (SE 5), 0 (SE 20)}"}'::meta_evidence[]) e, pooled(e);
-- leave one out, one after the other: each row is pooled() of what it says
SELECT l.study, l.effect, l.k, round(l.estimate::numeric, 6) AS estimate, round(l.tau2::numeric, 6) AS tau2, round(l.p_value::numeric, 6) AS p_value,
       (l.k, l.estimate, l.se, l.statistic, l.df, l.p_value, l.ci_lower, l.ci_upper, l.tau2, l.se_tau2, l.i2, l.h2, l.q, l.q_df, l.q_p, l.pi_lower, l.pi_upper, l.ratio, l.ratio_lower, l.ratio_upper, l.estimator, l.test, l.kind)
       IS NOT DISTINCT FROM (SELECT pooled(meta_evidence(u.effect), 'REML') FROM unnest(e) u WHERE u.study <> l.study) AS pooled
FROM studies, leave_one_out(e) l;
SELECT l.study, l.effect, l.k, round(l.estimate::numeric, 6) AS estimate, round(l.tau2::numeric, 6) AS tau2, l.test,
       (l.k, l.estimate, l.se, l.statistic, l.df, l.p_value, l.ci_lower, l.ci_upper, l.tau2, l.se_tau2, l.i2, l.h2, l.q, l.q_df, l.q_p, l.pi_lower, l.pi_upper, l.ratio, l.ratio_lower, l.ratio_upper, l.estimator, l.test, l.kind)
       IS NOT DISTINCT FROM (SELECT pooled(meta_evidence(u.effect), 'DL', false, 0.9) FROM unnest(e) u WHERE u.study <= l.study) AS pooled
FROM studies, cumulative(e, 'DL', false, 0.9) l;
SELECT study, effect, k, estimate, estimator, test, kind FROM leave_one_out('{OR 0.5 [0.25, 1]}');
SELECT study, effect, k, round(estimate::numeric, 6) AS estimate, round(ratio::numeric, 6) AS ratio, estimator, test, kind FROM cumulative('{OR 0.5 [0.25, 1]}');
SELECT count(*) FROM leave_one_out('{}');
SELECT count(*) FROM cumulative(NULL);
SELECT count(*) FROM leave_one_out('{}', 'EB');
SELECT count(*) FROM cumulative('{}', level => 2);
-- Egger's test: the values are R's, of summary(lm(y ~ s, weights = 1/s^2)) with y and s as above
SELECT t.k, round(bias::numeric, 6) AS bias, round(se::numeric, 6) AS se, round(statistic::numeric, 6) AS statistic, df, round(p_value::numeric, 6) AS p_value,
       round(limit_estimate::numeric, 6) AS limit_estimate, round(limit_se::numeric, 6) AS limit_se
FROM studies, egger_test(e) t;
SELECT l AS evidence, t.* FROM unnest('{"{}","{1 (SE 1), 2 (SE 2)}","{1 (SE 0.1), 2 (SE 0.1), 4 (SE 0.1)}","{1 (SE 1), 2 (SE 2), 4 (SE 4)}"}'::meta_evidence[]) l, egger_test(l) t;
SELECT egger_test(NULL) IS NULL AS null_evidence;
DROP FUNCTION is_parallel, to_15_digits;
DROP VIEW pooled_by_g;
DROP TABLE evidence_test, evidence_rows, pooled_serial, pooled_parallel, studies;
