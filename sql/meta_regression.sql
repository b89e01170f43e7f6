-- meta_regression: trials of BCG vaccine, by latitude and year (dat.bcg of metadat).  test/t/088_meta_regression.pl has more;
-- metafor: r <- rma(RR, mods = ~ ablat + year, test = "knha"), with
--   tau2 0.110784696948, QM 4.964947555890 (p 0.031803501286), R2 64.633014735354; slopes -0.028 and 0.0019
CREATE TABLE bcg (trial int, tpos bigint, tneg bigint, cpos bigint, cneg bigint, ablat int, year int, alloc text);
INSERT INTO bcg VALUES
    (1, 4, 119, 11, 128, 44, 1948, 'random'), (2, 6, 300, 29, 274, 55, 1949, 'random'), (3, 3, 228, 11, 209, 42, 1960, 'random'),
    (4, 62, 13536, 248, 12619, 52, 1977, 'random'), (5, 33, 5036, 47, 5761, 13, 1973, 'alternate'), (6, 180, 1361, 372, 1079, 44, 1953, 'alternate'),
    (7, 8, 2537, 10, 619, 19, 1973, 'random'), (8, 505, 87886, 499, 87892, 13, 1980, 'random'), (9, 29, 7470, 45, 7232, 27, 1968, 'random'),
    (10, 17, 1699, 65, 1600, 42, 1961, 'systematic'), (11, 186, 50448, 141, 27197, 18, 1974, 'systematic'),
    (12, 5, 2493, 3, 2338, 33, 1969, 'systematic'), (13, 27, 16886, 29, 17825, 33, 1976, 'systematic');
CREATE VIEW trial AS SELECT trial, log_risk_ratio(tpos, tpos + tneg, cpos, cpos + cneg) AS effect, ablat, year, alloc FROM bcg;
CREATE VIEW evidence AS SELECT meta_evidence(effect ORDER BY trial) AS e, array_agg(ARRAY[ablat, year]::float8[] ORDER BY trial) AS x FROM trial;
SELECT k, coefficients, round(tau2::numeric, 9) AS tau2, round(i2::numeric, 7) AS i2, round(r2::numeric, 7) AS r2, round(qe::numeric, 7) AS qe, qe_df,
       round(qm::numeric, 8) AS qm, qm_df1, qm_df2, round(qm_p::numeric, 9) AS qm_p, method_used, test_used, obstacle
FROM evidence, meta_regression_fit(e, x, test => 'knha');
SELECT term, round(estimate::numeric, 7) AS estimate, round(se::numeric, 7) AS se, df, round(p_value::numeric, 7) AS p FROM evidence, meta_regression(e, x, test => 'knha');
SELECT point, round(estimate::numeric, 8) AS estimate, round(ratio::numeric, 6) AS ratio, round(ratio_lower::numeric, 6) AS lower, round(ratio_upper::numeric, 6) AS upper
FROM evidence, meta_regression_predict(e, x, ARRAY[[33.5, 1950], [10, 1970]], test => 'z');
-- the order of the rows does not matter, nor what the moderators count from
SELECT bool_and(abs(a.estimate / b.estimate - 1) < 1e-9) FROM evidence, meta_regression(e, x) a,
    (SELECT meta_evidence(effect ORDER BY year DESC, trial) AS e, array_agg(ARRAY[ablat, year - 1900]::float8[] ORDER BY year DESC, trial) AS x FROM trial) o,
    meta_regression(o.e, o.x) b WHERE a.term = b.term AND a.term > 0;
-- one moderator: a plain array, here through the aggregate
SELECT term, round(estimate::numeric, 6) AS estimate FROM (SELECT meta_evidence(effect) AS e, array_agg(ablat::float8) AS x FROM trial) t, meta_regression(e, x);
-- subgroups; kinds as 0 and 1 have one tau2
SELECT subgroups, k, round(q_between::numeric, 9) AS q_between, q_between_df, round(q_between_p::numeric, 9) AS p, round(q_within::numeric, 7) AS q_within, q_within_df
FROM (SELECT array_agg(e) AS e FROM (SELECT meta_evidence(effect) AS e FROM trial GROUP BY alloc) g) a, subgroup_test(e, test => 'z');
SELECT subgroup_test('{}'), subgroup_test(ARRAY['{}', '{-10 (SE 4), -3 (SE 5)}']::meta_evidence[]);
SELECT subgroup_test(ARRAY['{1 (SE 1)}', '{OR 2 [1, 4]}']::meta_evidence[]);
-- what cannot be told, and why
SELECT obstacle, tau2, qm FROM evidence, meta_regression_fit(e, (SELECT array_agg(ARRAY[ablat, 2 * ablat + 1]::float8[] ORDER BY trial) FROM trial));
SELECT obstacle FROM evidence, meta_regression_fit(e, array_fill(7::float8, '{13}'));
SELECT obstacle, k FROM meta_regression_fit('{1 (SE 1), 2 (SE 1)}', '{1,2}');
SELECT * FROM meta_regression('{1 (SE 1), 2 (SE 1)}', '{1,2}');
SELECT point, estimate, ratio FROM meta_regression_predict('{1 (SE 1), 2 (SE 1)}', '{1,2}', '{3}');
SELECT k, obstacle FROM meta_regression_fit('{}', '{}');
SELECT round(estimate::numeric, 6) AS heaviest_alone FROM meta_regression('{1 (SE 1e-9), 2 (SE 1), 4 (SE 1), 5 (SE 1)}', '{1, 2, 3, 4}', 'FE');
-- what is refused
SELECT meta_regression(e, '{1,2,3}') FROM evidence;
SELECT meta_regression('{1 (SE 1), 2 (SE 1), 4 (SE 1)}', '{1,NULL,3}');
SELECT meta_regression('{1 (SE 1), 2 (SE 1), 4 (SE 1)}', '{1,Infinity,3}');
SELECT meta_regression('{1 (SE 1), 2 (SE 1), 4 (SE 1)}', '{{{1}},{{2}},{{3}}}');
SELECT meta_regression('{1 (SE 1)}', ARRAY[array_fill(0::float8, '{21}')]);
SELECT meta_regression_predict(e, x, '{1,2}') FROM evidence;
SELECT meta_regression(e, x, 'EB') FROM evidence;
SELECT meta_regression(e, x, test => 't') FROM evidence;
SELECT meta_regression(e, x, level => 95) FROM evidence;
DROP VIEW evidence, trial;
DROP TABLE bcg;
