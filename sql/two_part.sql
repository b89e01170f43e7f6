-- two_part: the integral over the beta distribution is that of R, to 1e-10; test/t/089_two_part.pl has simulations.
--   f <- function(m, v, mu, w, b, c) { s <- m * (1 - m) / v - 1
--     integrate(function(p) dbeta(p, m * s, (1 - m) * s) * pnorm((log(c / p) - mu - w / 2) / sqrt(b)), 0, 1, rel.tol = 1e-12, subdivisions = 1e4)$value }
--   f(.3, .03, 3.5, .25, .16, 10); f(.6, .06, 3.5, .25, .16, 40); f(.05, .02, 4, .2, .1, 1); f(.5, .0001, 3, .3, .2, 10)
SELECT m, v, c, round(two_part_share_below(variance_components(1000, 2, m, m * (1 - m) - v, v), variance_components(1000, 2, mu, w, b), c, 'EAR')::numeric, 10) AS below,
       round(two_part_share_above(variance_components(1000, 2, m, m * (1 - m) - v, v), variance_components(1000, 2, mu, w, b), c, 'UL')::numeric, 10) AS above
FROM (VALUES (0.3::float8, 0.03::float8, 3.5::float8, 0.25::float8, 0.16::float8, 10::float8), (0.6, 0.06, 3.5, 0.25, 0.16, 40), (0.05, 0.02, 4, 0.2, 0.1, 1), (0.5, 0.0001, 3, 0.3, 0.2, 10)) t (m, v, mu, w, b, c);
-- nobody differs in how often: half the days of 20 are 10 a day, and half of persons are below that; everybody always or never; every day
SELECT round(two_part_share_below(variance_components(1000, 2, 0.5, 0.25, 0), variance_components(1000, 2, ln(20), 0, 0.2), 10, 'EAR')::numeric, 12) AS alike,
       round(two_part_share_below(variance_components(1000, 2, 0.5, 0, 0.25), variance_components(1000, 2, ln(20), 0, 0.2), 20, 'EAR')::numeric, 12) AS always_or_never,
       round(two_part_share_below(variance_components(1000, 2, 1, 0, 0), variance_components(1000, 2, 4, 0, 1), 16, 'EAR', 'sqrt')::numeric, 12) AS daily;
-- below nothing is nobody
SELECT two_part_share_below(f, a, 0, 'EAR') AS below_0, two_part_share_above(f, a, 0, 'UL') AS above_0, round(two_part_share_below(f, a, 1e300, 'EAR')::numeric, 12) AS below_all
FROM (SELECT variance_components(1000, 2, 0.3, 0.18, 0.03) AS f, variance_components(1000, 2, 3.5, 0.25, 0.16) AS a) t;
-- what is refused
SELECT two_part_share_below(f, a, 10, 'AI') FROM (SELECT variance_components(1000, 2, 0.3, 0.18, 0.03) AS f, variance_components(1000, 2, 3.5, 0.25, 0.16) AS a) t;
SELECT two_part_share_below(a, f, 10, 'EAR') FROM (SELECT variance_components(1000, 2, 0.3, 0.18, 0.03) AS f, variance_components(1000, 2, 3.5, 0.25, 0.16) AS a) t;
SELECT two_part_share_below('(persons=0)', '(persons=0)', 10, 'EAR');
SELECT two_part_share_below(f, variance_components(1000, 1, 3.5, 0.25, 0.16), 10, 'EAR') FROM (SELECT variance_components(1000, 2, 0.3, 0.18, 0.03) AS f) t;
SELECT two_part_share_below(f, f, 10, 'EAR', 'cube') FROM (SELECT variance_components(1000, 2, 0.3, 0.18, 0.03) AS f) t;
