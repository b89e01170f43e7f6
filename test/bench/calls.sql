-- Single calls: the time of count(f(value)) less that of count(value).

SELECT greatest(:rows / 50, 1000) AS n \gset
SET jit = off;
SET max_parallel_workers_per_gather = 0;

CREATE TABLE amount_sample AS
SELECT a, a::text AS t FROM (SELECT nutrient_amount(round((random() * 100)::numeric, 2)::float8, 'ug') AS a
                             FROM generate_series(1, :n)) s;
CREATE TABLE profile_sample AS
SELECT f.p, f.p::text AS t, g.p AS q, g.p::text AS u
FROM generate_series(1, :n) i JOIN food_profile f ON f.food = 1 + i % 8000 JOIN food_gaps g USING (food);
VACUUM ANALYZE amount_sample, profile_sample;

INSERT INTO contestant
SELECT 'calls', ord, name, beside, format('SELECT count(%s) FROM %s_sample', expression, split_part(name, ' ', 1))
FROM (VALUES
    (1, 'amount t', NULL, 't'),
    (2, 'amount a', NULL, 'a'),
    (3, 'profile t', NULL, 't'),
    (4, 'profile p', NULL, 'p'),
    (5, 'profile q', NULL, 'q'),
    (6, 'profile u', NULL, 'u'),
    (10, 'amount input', 'amount t', 't::nutrient_amount'),
    (11, 'amount output', 'amount a', 'a::text'),
    (12, 'amount +', 'amount a', 'a + a'),
    (13, 'amount <', 'amount a', $$a < '50 ug'::nutrient_amount$$),
    (14, 'amount to_unit(a, ''mg'')', 'amount a', $$to_unit(a, 'mg')$$),
    (20, 'profile input', 'profile t', 't::nutrient_profile'),
    (21, 'profile output', 'profile p', 'p::text'),
    (22, 'profile input, with bounds', 'profile u', 'u::nutrient_profile'),
    (23, 'profile output, with bounds', 'profile q', 'q::text'),
    (24, 'profile -> nutrient', 'profile p', $$p -> 'MK-4'$$),
    (25, 'profile portion(p, 50)', 'profile p', 'portion(p, 50)'),
    (26, 'profile +', 'profile p', 'p + p'),
    (27, 'profile mk4_equivalent(p)', 'profile p', 'mk4_equivalent(p)'),
    (28, 'profile mk4_equivalent(p), with bounds', 'profile q', 'mk4_equivalent(q)')) v (ord, name, beside, expression);

CALL take_turns('calls', :runs);

\echo 'Single calls, of profiles with 14 nutrients: ns each, less what count() of the argument takes'
SELECT name AS call, round(more_ms * 1e6 / :n) AS ns
FROM result WHERE suite = 'calls' AND more_ms IS NOT NULL ORDER BY ord;
