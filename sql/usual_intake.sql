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
-- scales and back
SELECT s AS scale, round(usual_scale(0.25, s)::numeric, 12) AS of_a_quarter, round(usual_scale(64, s)::numeric, 12) AS of_64, round(usual_back_transform(usual_scale(64, s), s)::numeric, 12) AS back
FROM unnest('{none,sqrt,cuberoot,log}'::text[]) s;
SELECT usual_scale(0, 'sqrt') AS sqrt, usual_scale(0, 'cuberoot') AS cuberoot, usual_scale(-5, 'none') AS none, round(usual_back_transform(-1, 'log')::numeric, 12) AS log, usual_scale(NULL, 'log') IS NULL AS strict;
-- usual intakes: 400 between, 900 within: a mean of one day is shrunk by sqrt(400 / 1300), of nine days by sqrt(400 / 500)
SELECT round(usual_intake('130 (n=1)', c)::numeric, 9) AS one_day, round((80 + 50 * sqrt(400 / 1300.0))::numeric, 9) AS by_hand,
    round(usual_intake('130 ± 30 (n=9)', c)::numeric, 9) AS nine_days, round((80 + 50 * sqrt(400 / 500.0))::numeric, 9) AS by_hand, usual_intake('80 (n=1)', c) AS at_the_mean, usual_intake('(n=0)', c) IS NULL AS no_day
FROM variance_components(100, 2, 80, 900, 400) c;
-- nothing between: all have the mean; nothing within: all have their own
SELECT usual_intake('130 (n=1)', variance_components(100, 2, 80, 900, 0)) AS none_between, usual_intake('130 (n=1)', variance_components(100, 2, 80, 0, 400)) AS none_within,
    usual_intake('130 (n=1)', variance_components(100, 2, 80, 0, 0)) AS none;
-- the mean over days that scatter on the scale is above the bare inverse: u^2 + w, u^3 + 3 u w, exp(u + w / 2)
SELECT s AS scale, round(usual_intake('4 (n=1)', variance_components(100, 2, 4, 0.5, 0.2), s)::numeric, 9) AS usual, round(usual_back_transform(4, s)::numeric, 9) AS bare,
    round((CASE s WHEN 'sqrt' THEN 16.5 WHEN 'cuberoot' THEN 70 WHEN 'log' THEN exp(4.25) ELSE 4 END)::numeric, 9) AS by_hand
FROM unnest('{none,sqrt,cuberoot,log}'::text[]) s;

-- shares: of persons
SELECT share_below(u, 10, 'EAR') AS below, share_above(u, 10, 'UL') AS above, share_above(u, 10, 'guidance_level') AS above_guidance, share_below(u, r, 'EAR') AS own
FROM (VALUES (8, 7), (10, 11), (11, NULL), (12, 13), (NULL, 5), (9.5, 9.5)) v (u, r);
SELECT share_below(u, 10, 'EAR') IS NULL AS none FROM unnest('{NULL}'::float8[]) u;
SELECT u, share_below(u, 10, 'EAR') OVER (ORDER BY u) FROM unnest('{8,9,10,11}'::float8[]) u;
-- of normal usual intakes: 80, SD 20
SELECT round(share_below(c, 60, 'EAR')::numeric, 12) AS minus_1_sd, share_below(c, 80, 'EAR') AS half, round(share_above(c, 119.6, 'UL')::numeric, 12) AS plus_1_98_sd, share_above(c, 480, 'UL') > 0 AS far_tail
FROM variance_components(100, 2, 80, 900, 400) c;
-- a share below what usual_intake gives for a person is the share of persons below that person
SELECT s AS scale, round(share_below(c, usual_intake('4.3 (n=1)', c, s), 'EAR', s)::numeric, 12) AS below, round(share_above(c, usual_intake('4.3 (n=1)', c, s), 'UL', s)::numeric, 12) AS above
FROM unnest('{none,sqrt,cuberoot,log}'::text[]) s, variance_components(100, 2, 4, 0.5, 0.2) c;
-- nothing between, nothing within; intakes so small that the scale has none
SELECT share_below(c, 79, 'EAR') AS below_79, share_below(c, 80, 'EAR') AS below_80, share_below(c, 81, 'EAR') AS below_81, share_above(c, 79, 'UL') AS above_79, share_above(c, 80, 'UL') AS above_80
FROM variance_components(100, 2, 80, 900, 0) c;
SELECT s AS scale, share_below(c, 0.4, 'EAR', s) < 1e-9 AS below, share_above(c, 0.4, 'UL', s) > 1 - 1e-9 AS above, share_below(c, 0, 'EAR', s) < 1e-9 AS below_0,
    round(share_below(variance_components(100, 2, 4, 0, 0.2), usual_back_transform(4, s), 'EAR', s)::numeric, 9) AS none_within
FROM unnest('{none,sqrt,cuberoot,log}'::text[]) s, variance_components(100, 2, 4, 0.5, 0.2) c;

-- what is not eaten daily: refused, whatever the scale; up to 5 percent of days without are not
CREATE TEMP VIEW natto AS SELECT scale, eaten, variance_components(days) AS c FROM (
    SELECT scale, eaten, person, study_sample(usual_scale(CASE WHEN (person * 7 + day * 13) % 100 < eaten THEN 40 + person % 9 ELSE 0 END, scale)) AS days
    FROM generate_series(1, 200) person, generate_series(1, 2) day, unnest('{none,sqrt,cuberoot}'::text[]) scale, unnest('{20,90,95,100}'::int[]) eaten
    GROUP BY scale, eaten, person) p GROUP BY scale, eaten;
SELECT scale, eaten, days(c), zero_days(c), (c::text::variance_components) = c AS reads_back FROM natto ORDER BY eaten, scale;
SELECT eaten, regexp_replace(pg_temp.refusal(format('SELECT usual_intake(%L, %L, %L)', '5 (n=1)', c, scale)), '\(persons=[^)]*\)', '(...)') AS refusal
FROM natto WHERE eaten IN (90, 95) AND scale = 'sqrt' ORDER BY eaten;
SELECT pg_temp.refusal(format('SELECT share_below(%L::variance_components, 20, %L, %L)', c, 'EAR', scale)) FROM natto WHERE eaten = 20 ORDER BY scale;
SELECT zero_days(variance_components(s)) FROM unnest('{0 (n=1),0 ± 0 (n=5),"(n=2, sum=3, ss=4.5)","(n=2, sum=-3, ss=4.5)",5 ± 1 (n=2),"0 ± 1 (n=2)","(n=3, sum=3, ss=6)",4 (n=1)}'::study_sample[]) s;
SELECT '(persons=2, days=5, days_squared=13, means=9, sum=23, ss_within=1.5, ss_between=1.2, zero_days=2)'::variance_components;
SELECT pg_temp.refusal(format('SELECT %L::variance_components', '(persons=2, days=5, days_squared=13, means=9, sum=23, ss_within=1.5, ss_between=1.2, zero_days=' || z || ')')) FROM unnest('{6,-1,1.5}'::text[]) z;

\pset tuples_only
\pset format unaligned
SELECT pg_temp.refusal(c) FROM unnest(ARRAY[$$SELECT usual_scale(0, 'log')$$, $$SELECT usual_scale(-1, 'log')$$, $$SELECT usual_scale(-1, 'sqrt')$$, $$SELECT usual_scale(-1, 'cuberoot')$$, $$SELECT usual_scale('NaN', 'none')$$,
    $$SELECT usual_scale(1, 'ln')$$, $$SELECT usual_scale(1, 'square')$$, $$SELECT usual_scale(1, '')$$, $$SELECT usual_back_transform(-1, 'sqrt')$$, $$SELECT usual_back_transform(-1, 'cuberoot')$$, $$SELECT usual_back_transform(1000, 'log')$$, $$SELECT usual_back_transform('Infinity', 'log')$$]) c;
SELECT pg_temp.refusal(c) FROM unnest(ARRAY[$$SELECT usual_intake('5 (n=1)', '(persons=0)')$$, $$SELECT usual_intake('5 (n=1)', variance_components(s)) FROM unnest('{5 (n=1),7 (n=1)}'::study_sample[]) s$$,
    $$SELECT usual_intake('5 (n=1)', variance_components(s)) FROM unnest('{5 ± 1 (n=2)}'::study_sample[]) s$$, $$SELECT usual_intake('1200 (n=1)', variance_components(100, 2, 800, 900, 400), 'log')$$,
    $$SELECT usual_intake('-5 (n=1)', variance_components(100, 2, -4, 0.5, 0.2), 'sqrt')$$, $$SELECT usual_intake('5 (n=1)', variance_components(100, 2, 4, 0.5, 0.2), 'root')$$]) c;
SELECT pg_temp.refusal(format('SELECT share_below(u, 10, %L) FROM unnest(%L::float8[]) u', k, '{8,9}')) FROM unnest('{AI,RDA,PRI,RNI,UL,guidance_level,NRV,therapeutic,ear,ADI}'::text[]) k;
SELECT pg_temp.refusal(format('SELECT share_above(u, 10, %L) FROM unnest(%L::float8[]) u', k, '{8,9}')) FROM unnest('{AI,RDA,EAR,NRV,TUL}'::text[]) k;
SELECT pg_temp.refusal(c) FROM unnest(ARRAY[$$SELECT share_below(variance_components(100, 2, 80, 900, 400), 120, 'AI')$$, $$SELECT share_above(variance_components(100, 2, 80, 900, 400), 120, 'RDA')$$,
    $$SELECT share_below('(persons=0)'::variance_components, 120, 'EAR')$$, $$SELECT share_below(variance_components(100, 2, 80, 900, 400), 'NaN', 'EAR')$$, $$SELECT share_below(variance_components(100, 2, 80, 900, 400), 5, 'EAR', 'x')$$,
    $$SELECT share_below(u, 10, 'EAR') FROM unnest('{8,NaN}'::float8[]) u$$, $$SELECT share_above(u, 'Infinity', 'UL') FROM unnest('{8,9}'::float8[]) u$$]) c;

-- which method and which scale.  R says the same:
--   id <- rep(1:10, each = 2); x <- c(540, 980, 1210, 860, 700, 450, 820, NA, 1520, 1130, 930, 1010, 640, 1180, 1340, 1710, 380, 760, 1090, NA)
--   y <- x[!is.na(x) & x > 0]; b <- MASS::boxcox(y ~ 1, lambda = c(1, 1/2, 1/3, 0), plotit = FALSE, eps = 1e-12)$y; b - max(b)
--   m <- tapply(f(y), i, mean); d <- tapply(f(y), i, sd); cor(m[!is.na(d)], d[!is.na(d)]), i <- id of y, for each scale f
\pset tuples_only off
\pset format aligned
SELECT name, scale, persons, persons_second_day AS second, days, zero_days, share_no_intake AS never, round(mean_with_sd::numeric, 12) AS mean_with_sd, round(box_cox::numeric, 12) AS box_cox, best, method
FROM (VALUES (1, 'calcium', '{1,1,2,2,3,3,4,4,5,5,6,6,7,7,8,8,9,9,10,10}'::int[], '{540,980,1210,860,700,450,820,NULL,1520,1130,930,1010,640,1180,1340,1710,380,760,1090,NULL}'::float8[]),
    (2, 'natto', '{1,1,2,2,3,3,4,4,5,5,6,6,7,7,8,8,9,9,10,10}', '{350,410,0,0,0,280,0,0,390,300,520,0,0,0,260,330,0,0,440,0}'),
    (3, 'alike', '{1,1,2,2}', '{5,5,5,5}'), (4, 'never', '{1,1,2,2}', '{0,0,0,0}'), (5, 'once', '{1,2}', '{3,7}'),
    (6, 'one zero of 20', '{1,1,2,2,3,3,4,4,5,5,6,6,7,7,8,8,9,9,10,10}', '{1,2,3,2,1,4,2,3,1,2,3,2,1,4,2,3,1,0,2,3}'),
    (7, 'no intake twice', '{1,1,2,2}', '{1,0,0,3}'), (8, 'nobody', '{}', '{}')) AS t (place, name, person, intake), usual_intake_diagnostics(person, intake)
WHERE place < 3 OR scale IN ('none', 'log') ORDER BY place;
SELECT scale, persons, best FROM usual_intake_diagnostics('{a,a,b,b}'::text[], '{1,2,2,4}') WHERE best;
-- intakes whose squares are out of range; the unit makes no difference
SELECT d.scale, round(d.mean_with_sd::numeric, 12) = round(e.mean_with_sd::numeric, 12) AS mean_with_sd, round(d.box_cox::numeric, 9) = round(e.box_cox::numeric, 9) AS box_cox, d.best = e.best AS best
FROM unnest('{1e300,1e-300}'::float8[]) unit, LATERAL (SELECT array_agg(x * unit) AS x FROM unnest('{5,8,12,6,7,3,9,15}'::float8[]) x) s,
    usual_intake_diagnostics('{1,1,2,2,3,3,4,4}'::int[], s.x) d JOIN usual_intake_diagnostics('{1,1,2,2,3,3,4,4}'::int[], '{5,8,12,6,7,3,9,15}') e USING (scale) ORDER BY unit, d.scale COLLATE "C";
\set VERBOSITY terse
SELECT usual_intake_diagnostics('{1,1,2,2}'::int[], '{NaN,1,2,3}');
SELECT usual_intake_diagnostics('{1,1,2,2}'::int[], '{Infinity,1,2,3}');
SELECT usual_intake_diagnostics('{1,1,2,2}'::int[], '{-1,1,2,3}');
SELECT usual_intake_diagnostics('{1,1,2,2}'::int[], '{1,2,3}');
SELECT usual_intake_diagnostics('{1,1,2,NULL}'::int[], '{1,1,2,3}');
\set VERBOSITY default
