-- publication_bias: rank_test is tested beside influence, for the same evidence; here its exact and normal parts.  R:
--   cor.test(c(1, 2, 3, 4), c(1, 2, 3, 4), method = "kendall", exact = TRUE)$p.value is 1/12; of 3 in order 1/3
SELECT k, tau, round(p_value::numeric, 12) AS p_value, exact
FROM (SELECT meta_evidence(effect_size(i * i, i) ORDER BY i) AS e FROM generate_series(1, 4) i UNION ALL SELECT meta_evidence(effect_size(i * i, i) ORDER BY i) FROM generate_series(1, 3) i) t, rank_test(e) ORDER BY k;
SELECT rank_test('{}'), (rank_test('{1 (SE 1), 2 (SE 2)}')).p_value AS of_two, (rank_test('{1 (SE 1), 2 (SE 1), 5 (SE 1)}')).tau AS equal_variances;
-- trim_and_fill: test/t/088_meta_regression.pl holds it against metafor; here, library(metafor):
--   y <- c(-.9, -.3, .1, -.6, .4, -1.5, -2, -1.8); s <- c(.3, .2, .25, .1, .5, .4, .6, .7); trimfill(rma(y, sei = s, method = "DL"))
CREATE TABLE studies AS SELECT meta_evidence(effect_size(y, s) ORDER BY i) AS e
FROM unnest('{-0.9,-0.3,0.1,-0.6,0.4,-1.5,-2,-1.8}'::float8[], '{0.3,0.2,0.25,0.1,0.5,0.4,0.6,0.7}'::float8[]) WITH ORDINALITY u (y, s, i);
SELECT estimator, side, t.k, k0, round(se_k0::numeric, 9) AS se_k0, side_filled, t.p_value, round(p.estimate::numeric, 9) AS estimate, round(p.se::numeric, 9) AS se, p.k
FROM studies, unnest('{L0,R0,Q0}'::text[]) estimator, unnest('{auto,left,right}'::text[]) side, trim_and_fill(e, 'DL', estimator, side) t, pooled(t.filled, 'DL', 'z') p ORDER BY 1, 2;
SELECT study, round(estimate::numeric, 9) AS estimate, se FROM studies, trim_and_fill(e, 'FE') t, unnest(t.filled) WHERE study > t.k;
-- where all say the same nothing lacks
SELECT estimator, k0, t.k FROM unnest('{L0,R0,Q0}'::text[]) estimator, trim_and_fill('{5 (SE 1), 5 (SE 2), 5 (SE 3), 5 (SE 4)}', 'FE', estimator, 'left') t ORDER BY 1;
SELECT trim_and_fill('{}'), trim_and_fill('{-10 (SE 4)}', side => 'left'), trim_and_fill('{1 (SE 1), 2 (SE 1), 5 (SE 1)}') AS equal_variances;
SELECT trim_and_fill(e, estimator => 'L1') FROM studies;
SELECT trim_and_fill(e, side => 'up') FROM studies;
DROP TABLE studies;
