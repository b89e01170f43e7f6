-- publication_bias: rank_test is tested beside influence, for the same evidence; here its exact and normal parts.  R:
--   cor.test(c(1, 2, 3, 4), c(1, 2, 3, 4), method = "kendall", exact = TRUE)$p.value is 1/12; of 3 in order 1/3
SELECT k, tau, round(p_value::numeric, 12) AS p_value, exact
FROM (SELECT meta_evidence(effect_size(i * i, i) ORDER BY i) AS e FROM generate_series(1, 4) i UNION ALL SELECT meta_evidence(effect_size(i * i, i) ORDER BY i) FROM generate_series(1, 3) i) t, rank_test(e) ORDER BY k;
SELECT rank_test('{}'), (rank_test('{1 (SE 1), 2 (SE 2)}')).p_value AS of_two, (rank_test('{1 (SE 1), 2 (SE 1), 5 (SE 1)}')).tau AS equal_variances;
