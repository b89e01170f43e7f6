-- printed_sample: from quantiles (Wan 2014, Luo 2018).  By R, as the papers have it: n <- 41
--   w <- 0.7 + 0.39 / n; w * (10 + 31) / 2 + (1 - w) * 17; (31 - 10) / (2 * qnorm((0.75 * n - 0.125) / (n + 0.25)))
--   w <- 4 / (4 + n^0.75); w * (2 + 90) / 2 + (1 - w) * 17; (90 - 2) / (2 * qnorm((n - 0.375) / (n + 0.25)))
--   a <- 2.2 / (2.2 + n^0.75); b <- 0.7 - 0.72 / n^0.55; a * (2 + 90) / 2 + b * (10 + 31) / 2 + (1 - a - b) * 17, and the mean of both SDs
SELECT what, n(s), round(mean(s)::numeric, 9) AS mean, round(sd(s)::numeric, 9) AS sd
FROM (VALUES ('quartiles, luo', study_sample_from_quantiles(41, 10, 17, 31)), ('quartiles, wan', study_sample_from_quantiles(41, 10, 17, 31, 'wan')),
             ('range, luo', study_sample_from_range(41, 2, 17, 90)), ('range, wan', study_sample_from_range(41, 2, 17, 90, method => 'WAN')),
             ('five, luo', study_sample_from_five(41, 2, 10, 17, 31, 90)), ('five, wan', study_sample_from_five(41, 2, 10, 17, 31, 90, 'wan'))) AS v (what, s);
-- log-normal.  R: s <- log(1.8); 12 * exp(s^2 / 2); 12 * exp(s^2 / 2) * sqrt(exp(s^2) - 1); s <- (log(15) - log(9.6)) / 2 / qt(0.975, 29) * sqrt(30)
SELECT round(mean(a)::numeric, 9) AS mean, round(sd(a)::numeric, 9) AS sd, round(mean(b)::numeric, 9) AS mean_ci, round(sd(b)::numeric, 9) AS sd_ci
FROM study_sample_from_geometric(30, 12, 1.8) a, study_sample_from_geometric_ci(30, 12, 9.6, 15) b;
-- standardised changes.  R: escalc(measure = "SMCC", m1i = 90, m2i = 100, sd1i = 18, sd2i = 20, ni = 25, ri = 0.6); measure = "SMCR", sd1i = 20
SELECT what, measure(e), round(estimate(e)::numeric, 12) AS estimate, round(se(e)::numeric, 12) AS se
FROM (VALUES ('SMCC', smcc('100 ± 20 (n=25)', '90 ± 18 (n=25)', 0.6)), ('SMCR', smcr('100 ± 20 (n=25)', '90 ± 18 (n=25)', 0.6))) AS v (what, e);
-- clusters: the Cochrane Handbook's example of 23.1.4, 295 and 330 children of 21 classes, icc 0.02
SELECT round(d::numeric, 3) AS design_effect, round((295 / d)::numeric, 1) AS n_treat, round((330 / d)::numeric, 1) AS n_control, with_design_effect('5 ± 2 (n=295)'::study_sample, d) AS sample,
       round((se(with_design_effect('OR 0.8 (log SE 0.2)'::effect_size, d)) / 0.2 / sqrt(d))::numeric, 12) AS ratio
FROM (SELECT design_effect((295 + 330) / 21.0, 0.02) AS d) t;
-- a shared control: nobody twice
SELECT part, shared_part('3.2 ± 0.4 (n=31)', 4, part) AS sample FROM generate_series(1, 4) part;
SELECT sum(n(shared_part('3.2 ± 0.4 (n=31)', 4, part))) AS n FROM generate_series(1, 4) part;
-- crossover is the paired t test
SELECT crossover_difference('90 ± 18 (n=25)', '100 ± 20 (n=25)', 0.6) = mean_change('100 ± 20 (n=25)', '90 ± 18 (n=25)', 0.6) AS paired;
-- Cochrane Handbook 5.1, 16.4.6.4: difference 0.5 with standard error 0.583 where the correlation is 0.68
SELECT estimate(e), round(se(e)::numeric, 3) AS se, df(e) FROM crossover_difference('7.0 (SD 2.38, n=10)', '6.5 (SD 2.21, n=10)', 0.68) AS e;
-- NULLs, what has no effect, and what is refused
SELECT smcc(NULL, '1 ± 1 (n=5)', 0.5) IS NULL AS null_sample, smcr('1 ± 0 (n=5)', '2 ± 1 (n=5)', 0.5) IS NULL AS no_spread, smcc('1 ± 1 (n=2)', '2 ± 1 (n=2)', 0.5) IS NULL AS too_few;
SELECT smcc('1 ± 1 (n=5)', '2 ± 1 (n=5)');
SELECT smcr('1 ± 1 (n=5)', '2 ± 1 (n=6)', 0.5);
SELECT study_sample_from_quantiles(1, 1, 2, 3);
SELECT study_sample_from_quantiles(20.5, 1, 2, 3);
SELECT study_sample_from_quantiles(20, 2, 1, 3);
SELECT study_sample_from_quantiles(20, 1, 2, 'Infinity');
SELECT study_sample_from_quantiles(20, 1, 2, 3, 'hozo');
SELECT study_sample_from_five(20, 1, 2, 3, 5, 4);
SELECT study_sample_from_geometric(20, 0, 2);
SELECT study_sample_from_geometric(20, 2, 0.5);
SELECT study_sample_from_geometric_ci(20, 2, 0, 3);
SELECT study_sample_from_geometric_ci(20, 2, 3, 4);
SELECT design_effect(0.5, 0.1);
SELECT design_effect(20, 1.1);
SELECT with_design_effect('5 ± 2 (n=20)'::study_sample, 0.9);
SELECT with_design_effect('5 ± 2 (n=20)'::study_sample, 15);
SELECT with_design_effect('5 (SE 2)'::effect_size, 'NaN');
SELECT shared_part('5 ± 2 (n=20)', 3, 4);
SELECT shared_part('5 ± 2 (n=20)', 0, 0);
SELECT shared_part('5 ± 2 (n=20)', 15, 1);
