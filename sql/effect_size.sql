-- what is read, and how it prints: what a person types comes back, intervals as standard errors
SELECT e, e::effect_size FROM unnest(ARRAY['-10 (SE 9.22)', 'MD -10 (SE=9.22)', 'md -10 (SEM 9.22)', '-1.58 (SE 0.849, df=17.8)', '-1.58 (SE 0.849, df 17.8)', 'SMD -0.8 (SE 0.3)',
    'OR 0.35 (log SE 0.4)', 'or 0.35 (log SE=0.4, df=7)', 'log OR -1.05 (SE 0.4)', 'log OR 0 (SE 0.4)', 'log rr 0.1 (log SE 0.2)', 'ROM 0.85 (log SE 0.22)', 'HR 0.7 (log SE 0.1)', 'RR 1 (log SE 0.1)',
    'RD -0.05 (SE 0.02)', 'GEN 3 (SE 1)', '  -0 (SE 1) ', '−17.37 (SE 8.5)', '−.5 (SE 1)', '−0 (SE 1)', 'log OR −1.05 (SE 0.4)', 'OR 9990 (log SE 1)', 'OR 1e-300 (log SE 1)', 'log OR 800 (SE 1)', 'log OR -800 (SE 1)', '1.7e308 (SE 2.2250738585072014e-308)']) e;
SELECT e, measure(x), round(estimate(x)::numeric, 12) AS estimate, round(se(x)::numeric, 12) AS se, df(x), is_log(x)
FROM unnest(ARRAY['-17 [-86, 53]', '-17 [-86..53] (90 %)', '-17 (95% CI -86 to 53)', '-17 [-86, 53] (df=363)', '-17 [-86, 53] (90 % CI, df=363)', 'OR 0.35 [0.16, 0.78]', 'OR 0.35 (95 % CI: 0.16, 0.78)',
    'log ROM 0.5 [-0.23, 1.36]', 'ROM 0.85 [0.55, 1.31]', 'GEN -9.1 [-17.7, -0.5]', '−9.1 [−17.7, −0.5]']) e, LATERAL (SELECT e::effect_size AS x) t;
-- 15 digits of a ratio always come back
SELECT count(*) AS literals, count(*) FILTER (WHERE e::effect_size::text = e) AS same
FROM generate_series(1, 3000) i, LATERAL (SELECT format('OR %s (log SE %s)', exp(sin(i) * (i % 20))::numeric::float8, abs(cos(i))::float8) AS e) t;

-- what is refused, by its whole message
CREATE FUNCTION pg_temp.refusal(command text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    message text; detail text; hint text;
BEGIN
    EXECUTE command;
    RETURN command || ' was not refused';
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
    RETURN concat_ws(E'\n    ', SQLSTATE || ' ' || message, nullif(detail, ''), nullif(hint, ''));
END $$;
CREATE FUNCTION pg_temp.refused(literal text) RETURNS text
    RETURN pg_temp.refusal(format('SELECT %L::effect_size', literal));
\pset tuples_only
\pset format unaligned
SELECT pg_temp.refused('');
-- the same hint with each: here without it
SELECT split_part(pg_temp.refused(e), E'\n    Write', 1) FROM unnest(ARRAY['-10', 'OR', '(SE 1)', '-10 (SE 9.22', '-10 SE 9.22', '-10 (9.22)', '-10 ± 9.22', '-10 (SD 9.22)', '-10 (SE 9.22, n=388)', '-10 (SE 9.22, SE 1)', '-17 [-86, 53] (SE 1)',
    'XX 3 (SE 1)', 'log 3 (SE 1)', 'log MD 3 (SE 1)', 'log log OR 3 (SE 1)', 'OR 0.35 (SE 0.4)', 'MD 3 (log SE 1)', '-10 (SE 9.22, 95 %)', '-10 (SE 9.22) x', '-17 [-86 53]', '-17 (95 %)', 'NaN (SE 1)', 'OR0.35 (log SE)',
    'OR é (log SE 1)', 'ORé 1 (log SE 1)', '−-3 (SE 1)', '− 3 (SE 1)', '−', 'OR 0,35 [0.16, 0.78]', 'OR 0.35, 95 % CI 0.16 to 0.78']) e;
SELECT pg_temp.refused(e) FROM unnest(ARRAY['-10 (SE 0)', '-10 (SE -1)', '-10 (SE 1, df=0)', '-10 (SE 1, df=-1)', '-10 (SE 1, df=0.05)', '-17 [53, -86]', '-17 [17, 53]', '-17 [-17, -17]', 'OR -0.35 (log SE 1)', 'OR 0 (log SE 1)', 'OR 0.35 [0, 0.78]', 'OR 0.35 [-0.16, 0.78]',
    '-17 [-86, 53] (0 %)', '-17 [-86, 53] (100 %)', '-17 [-86, 53] (df=-1)', '1e400 (SE 1)']) e;
SELECT pg_temp.refusal(c) FROM unnest(ARRAY['SELECT effect_size(1, 0)', $$SELECT effect_size('NaN', 1)$$, $$SELECT effect_size(1, 'Infinity')$$, $$SELECT effect_size(1, 1, 'XX')$$, 'SELECT effect_size(1, 1, df => 0)', 'SELECT effect_size(1, 1, df => -1)',
    $$SELECT effect_size(1, 1, df => 'NaN')$$, 'SELECT effect_size_from_ci(1, 2, 3)', $$SELECT effect_size_from_ci(1, 0, 3, 'OR')$$, 'SELECT effect_size_from_ci(1, 0, 3, level => 95)', $$SELECT effect_size_from_ci('NaN', 0, 3)$$, $$SELECT effect_size_from_ci(1, '-Infinity', 3)$$,
    'SELECT effect_size_from_ci(1, 0, 3, df => -2)', $$SELECT ci_lower('1 (SE 1)'::effect_size, 95)$$, $$SELECT ci_upper('1 (SE 1e308)'::effect_size)$$, $$SELECT statistic('1e308 (SE 1e-9)'::effect_size)$$, $$SELECT back_transform('1 (SE 1)'::effect_size, 1)$$,
    $$SELECT log_ratio_of_means('-1 ± 1 (n=9)', '2 ± 1 (n=9)')$$, $$SELECT log_ratio_of_means('1 ± 1 (n=9)', '0 ± 1 (n=9)')$$, $$SELECT mean_difference('1e308 (n=1)', '(n=2, sum=-1.7e308, ss=1)', true)$$,
    $$SELECT mean_change('10 ± 3 (n=20)', '12 ± 4 (n=20)')$$, $$SELECT ancova_difference('10 ± 3 (n=20)', '12 ± 4 (n=20)', '10 ± 3 (n=20)', '12 ± 4 (n=20)')$$, $$SELECT ancova_difference('10 ± 3 (n=20)', '12 ± 4 (n=20)', '10 ± 3 (n=20)', '12 ± 4 (n=21)', 0.5)$$,
    'SELECT log_odds_ratio(11, 10, 1, 10)', 'SELECT log_odds_ratio(1, 0, 1, 10)', 'SELECT log_risk_ratio(1, 10, -1, 10)', 'SELECT risk_difference(1, -10, 1, 10)', 'SELECT log_odds_ratio(0, 10, 1, 10, 0)', 'SELECT log_risk_ratio(0, 10, 1, 10, 0)', 'SELECT log_odds_ratio(1, 10, 1, 10, -1)']) c;
\pset format aligned
\pset tuples_only off
-- soft errors, where the server has them
DO $$
DECLARE
    good boolean; bad boolean;
BEGIN
    IF current_setting('server_version_num')::int >= 160000 THEN
        EXECUTE $q$SELECT pg_input_is_valid('1 (SE 1)', 'effect_size'), pg_input_is_valid('1 (SE 0)', 'effect_size')$q$ INTO good, bad;
        ASSERT good AND NOT bad;
    END IF;
END $$;

-- parts
SELECT effect_size(-10, 9.22), effect_size(-1.58, 0.849, df => 17.8), effect_size(0.5, 0.2, 'smd'), effect_size(-0.5, 0.2, 'OR'), effect_size(1, 2, 'MD', NULL), effect_size(NULL, 1) IS NULL AS unknown, effect_size(1, 1, NULL) IS NULL AS unknown_kind;
SELECT effect_size_from_ci(-17, -86, 53) = '-17 [-86, 53]' AS md, effect_size_from_ci(0.35, 0.16, 0.78, 'OR') = 'OR 0.35 [0.16, 0.78]' AS odds_ratio, effect_size_from_ci(-17, -86, 53, level => 0.9, df => 363) = '-17 [-86, 53] (90 %, df=363)' AS level,
    effect_size_from_ci(NULL, -86, 53) IS NULL AS unknown;
SELECT e, statistic(e)::numeric, p_value(e)::numeric, round(ci_lower(e)::numeric, 12) AS ci_lower, round(ci_upper(e, 0.9)::numeric, 12) AS ci_upper, round(lower::numeric, 10) AS lower, round(upper::numeric, 10) AS upper
FROM unnest('{-10 (SE 9.22),"-10 (SE 9.22, df=5)",OR 0.35 (log SE 0.4),0 (SE 1),40 (SE 1),"40 (SE 1, df=3)"}'::effect_size[]) e, ci(e);
SELECT e, estimate::numeric, lower::numeric, upper::numeric FROM unnest('{-10 (SE 9.22),OR 0.35 (log SE 0.4),log HR 0 (SE 0.1),RD 0.1 (SE 0.02)}'::effect_size[]) e, back_transform(e, 0.9);
-- what papers print comes back as they print it, although a logarithm lies between
SELECT e, b.* FROM unnest(ARRAY['OR 0.35 [0.16, 0.78]', 'RR 1.1 (log SE 0.01)', 'HR 1234.56789 (log SE 1e-9)', 'ROM 1e-9 (log SE 0.1)', '-17.37 [-34.18, -0.56]', 'log OR -1000 (SE 1)']::effect_size[]) e, back_transform(e) b;
SELECT back_transform('log OR 705 (SE 10)');

-- of two samples: first minus second, treatment minus control; to 13 digits, behind which the lgamma of libms differ
SELECT name, round(estimate(e)::numeric, 13) AS estimate, se(e)::numeric, df(e)::numeric, round(p_value(e)::numeric, 13) AS p_value, measure(e)
FROM (VALUES ('12 ± 3 (n=10)'::study_sample, '9 ± 4 (n=15)'::study_sample)) v (a, b), LATERAL (VALUES ('welch', mean_difference(a, b)), ('student', mean_difference(a, b, equal_variance => true)), ('swapped', mean_difference(b, a)),
    ('g', hedges_g(a, b)), ('log ratio', log_ratio_of_means(a, b))) r (name, e);
-- J is exact, for small and large n: 3 (2), 100 (98), 300, 302 and a million degrees of freedom
SELECT n, round((estimate(hedges_g(study_sample(n, 1, 1), study_sample(n, 0, 1))))::numeric, 12) AS g FROM unnest('{2,3,50,150,151,152,500001}'::int[]) n;
-- too small or without spread: NULL, as stddev and corr are
SELECT mean_difference('5 (n=1)', '3 ± 1 (n=5)') AS one, mean_difference('5 (n=1)', '3 ± 1 (n=5)', true) AS one_equal, mean_difference('5 (n=1)', '3 (n=1)', true) AS two, mean_difference('(n=0)', '3 ± 1 (n=5)', true) AS none, mean_difference('5 ± 1 (n=2)', '3 ± 1 (n=2)') AS pairs,
    mean_difference('5 ± 0 (n=4)', '3 ± 0 (n=5)') AS constant, mean_difference('5 ± 0 (n=4)', '3 ± 1 (n=5)') AS constant_one, hedges_g('5 ± 0 (n=4)', '3 ± 0 (n=5)') AS g, hedges_g('5 (n=1)', '3 ± 1 (n=5)') AS g_one,
    log_ratio_of_means('5 (n=1)', '3 ± 1 (n=5)') AS rom, mean_change('5 (n=1)') AS change, mean_change('5 ± 0 (n=4)') AS change_constant, mean_difference(NULL, '3 ± 1 (n=5)') AS strict;

-- change of the same subjects, and what is left of it against control
SELECT mean_change('2 ± 1 (n=16)'), mean_change('10 ± 3 (n=20)', '12 ± 3 (n=20)', 0.5)::text = mean_change(change('10 ± 3 (n=20)', '12 ± 3 (n=20)', 0.5))::text AS same;
SELECT r, estimate(d)::numeric AS change, round(se(d)::numeric, 12) AS change_se, estimate(a)::numeric AS ancova, round(se(a)::numeric, 12) AS ancova_se, df(a)
FROM unnest('{0,0.5,0.9,1}'::float8[]) r, LATERAL (SELECT mean_difference(change('10 ± 3 (n=20)', '12 ± 4 (n=20)', r), change('11 ± 3 (n=18)', '15 ± 5 (n=18)', r)) AS d,
    ancova_difference('10 ± 3 (n=20)', '12 ± 4 (n=20)', '11 ± 3 (n=18)', '15 ± 5 (n=18)', r) AS a) t;

-- of counts, as metafor: one half to each cell where one is zero
SELECT c, estimate(o)::numeric AS log_or, se(o)::numeric, estimate(r)::numeric AS log_rr, se(r)::numeric, estimate(d)::numeric AS rd, se(d)::numeric
FROM (VALUES (4, 123, 11, 139), (0, 20, 3, 20), (20, 20, 10, 20), (0, 20, 0, 30), (20, 20, 30, 30), (1, 1, 0, 1)) v (a, an, b, bn), LATERAL (SELECT format('%s/%s - %s/%s', a, an, b, bn) AS c,
    log_odds_ratio(a, an, b, bn) AS o, log_risk_ratio(a, an, b, bn) AS r, risk_difference(a, an, b, bn) AS d) t;
SELECT log_odds_ratio(0, 0, 1, 10) AS empty, risk_difference(0, 20, 0, 30, 0) AS no_spread, log_risk_ratio(20, 20, 30, 30, 0) AS all, estimate(risk_difference(0, 20, 3, 20, 0)) AS plain, log_odds_ratio(NULL, 10, 1, 10) AS strict;

-- from p, t and F.  R 4.2: options(digits = 17); e <- -13; e / qt(.015, 10); e / qt(5e-18, 10); 13 / 2.748590609560512e30 (see test/t/080_distribution.pl); e / qnorm(5e-301); log(.5) / qnorm(.005);
-- 5 / 2.5; 5 / sqrt(6.25); log(2) / 2.5; 2 * pt(-2.5, 18); 2 * pnorm(-2.5)
SELECT what, e, round((se(e) / r - 1)::numeric, 12) AS off, round((p_value(e) / p - 1)::numeric, 12) AS off_p
FROM (VALUES ('p .03', effect_size_from_p(-13, 0.03, df => 10), 5.143454417508646, 0.03),
             ('p 1e-17', effect_size_from_p(-13, 1e-17, df => 10), 0.094392656805137571, 1e-17),
             ('p 1e-300', effect_size_from_p(13, 1e-300, df => 10), 4.7296967233976e-30, 1e-300),
             ('p 1e-300, normal', effect_size_from_p(-13, 1e-300), 0.35072773960225852, 1e-300),
             ('p .01 of a ratio', effect_size_from_p(0.5, 0.01, 'OR'), 0.26909670590553031, 0.01),
             ('t', effect_size_from_t(5, 2.5, 'MD', 18), 2, 0.022308020232022229),
             ('t without its sign', effect_size_from_t(-5, 2.5, 'MD', 18), 2, 0.022308020232022229),
             ('F', effect_size_from_f(5, 6.25, 'SMD', 18), 2, 0.022308020232022229),
             ('z of a ratio', effect_size_from_t(2, 2.5, 'HR'), 0.27725887222397810, 0.01241933065155227)) AS v (what, e, r, p);
SELECT effect_size_from_p(NULL, 0.5) IS NULL AND effect_size_from_t(1, NULL) IS NULL AND effect_size_from_f(1, 1, NULL) IS NULL AS nulls;
SELECT effect_size_from_p(-13, 0);
SELECT effect_size_from_p(-13, 1);
SELECT effect_size_from_p(-13, 5e-324);
SELECT effect_size_from_p(-13, 'NaN');
SELECT effect_size_from_p(0, 0.5);
SELECT effect_size_from_p(1, 0.5, 'OR');
SELECT effect_size_from_p(-1, 0.5, 'OR');
SELECT effect_size_from_p(1, 0.5, df => 0);
SELECT effect_size_from_p(1, 0.5, df => -3);
SELECT effect_size_from_t(5, -2);
SELECT effect_size_from_t(5, 'Infinity');
SELECT effect_size_from_f(5, -2);

-- equal in all parts; order by kind, estimate, standard error, df
SELECT e FROM unnest('{OR 2 (log SE 1),-10 (SE 2),3 (SE 1),"3 (SE 1, df=4)",SMD -5 (SE 1),3 (SE 0.5),log OR -1 (SE 1)}'::effect_size[]) e ORDER BY e;
SELECT a < b AS lt, a <= b AS le, a = b AS eq, a <> b AS ne, a >= b AS ge, a > b AS gt, vitk_internal.effect_size_cmp(a, b) AS cmp
FROM (VALUES ('1 (SE 1)'::effect_size, '2 (SE 1)'::effect_size), ('OR 1 (log SE 1)', 'log OR 0 (SE 1)'), ('OR 1 (log SE 1)', 'RR 0.5 (log SE 1)'), ('1 (SE 1, df=9)', '1 (SE 1)')) v (a, b);
SELECT count(DISTINCT e), count(*) FROM unnest('{MD 1 (SE 1),1 (SE 1.0),GEN 1 (SE 1),"1 (SE 1, df=2)"}'::effect_size[]) e;
-- frozen: hash partitions of users depend on these
SELECT e, vitk_internal.effect_size_hash(e), vitk_internal.effect_size_hash_extended(e, 0), vitk_internal.effect_size_hash_extended(e, 42) FROM unnest('{-10 (SE 9.22),"0 (SE 1, df=5)",OR 1 (log SE 0.5)}'::effect_size[]) e;
CREATE TABLE effect_index AS SELECT i, effect_size(i, 1) AS e FROM generate_series(1, 1000) i;
CREATE INDEX ON effect_index (e); CREATE INDEX ON effect_index USING hash (e);
ANALYZE effect_index;
SET enable_seqscan = off;
SELECT array_agg(i ORDER BY e) FROM effect_index WHERE e BETWEEN '7 (SE 0.5)' AND '9 (SE 9)';
SELECT i FROM effect_index WHERE e = '77 (SE 1)';
RESET enable_seqscan;
SET enable_nestloop = off; SET enable_mergejoin = off;
SELECT count(*) FROM effect_index a JOIN effect_index b USING (e);
SET enable_hashjoin = off; SET enable_mergejoin = on;
SELECT count(*) FROM effect_index a JOIN effect_index b USING (e);
RESET enable_hashjoin; RESET enable_nestloop;

-- text and binary round trips, whatever extra_float_digits
SET extra_float_digits = -15;
SELECT count(*) AS effects, count(*) FILTER (WHERE vitk_internal.effect_size_send(e::text::effect_size) = vitk_internal.effect_size_send(e)) AS lossless
FROM generate_series(1, 1000) i, unnest('{MD,SMD,ROM,OR,RR,HR,RD,GEN}'::text[]) k, LATERAL (SELECT effect_size(sin(i) * 10.0::float8 ^ (i % 40 - 35), abs(cos(i)) * 10.0::float8 ^ (i % 60 - 30), k, nullif(i % 3 * pi(), 0)) AS e) t;
SELECT e, vitk_internal.effect_size_send(e) FROM unnest('{-10 (SE 9.22),"OR 1 (log SE 0.5, df=2)"}'::effect_size[]) e;
RESET extra_float_digits;
DROP TABLE effect_index;
