-- two_part_model: how often and how much by maximum likelihood, against lme4 and a likelihood written in R: test/unit/two_part_model.R
-- made the numbers.  test/t/089_two_part.pl has simulations whose truth is known.
CREATE VIEW day AS
    SELECT i, d, i % 2 AS woman, ((i + d) % 3 = 0)::int AS weekend, 1 + i % 4 AS weight, intake
    FROM (SELECT (k + 1) / 2 AS i, 2 - k % 2 AS d, intake FROM unnest('{
5.9,0,12.6,65.8,0,0,0,0,0,9.9,0,0,73.5,73,31.4,34.6,0,0,0,7.7,14.9,0,0,0,0,0,24.5,0,0,0,20.6,0,6.1,14,54.4,0,57.4,17.2,0,0,0,0,21.9,7.5,12.2,0,47.7,
39.7,55.3,41,41.9,0,20.7,0,0,30.3,21.1,0,0,11.8,30.6,0,12,0,54.3,52.4,0,0,0,74.6,0,0,99.4,0,33.4,77.2,0,64.2,14.5,16.1,14.2,0,0,0,59.6,42.9,11.1,0,
27.4,51.1,42.7,83.8,21.4,0,14.3,12.8,29.8,0,54.9,0,32.2,37.2,71.5,9,0,14,21.2,134.1,98.6,18.6,11,0,0,27.8,13.9,13,30.6,57,0,0,26.9,0,26,24.5,0,0,0,0,
21.9,25.9,19.1,14.8,0,16.5,0,0,17.4,0,21.9,31.2,57.5,83.8,0,44.7,38.6,0,27.4,0,0,17.9,24.4,11.2,0,0,9.4,32.1,0,0,14.3,0,34.9,53.1,21.9,0,0,0,0,0,12.3,
7,0,27.9,0,0,0,32,0,0,0,0,0,34.7,0,48.2,50.2,46,0,72.6,109.1,36,0,10.9,51.8,27.3,34,0,26.9,26.5,0,11.4,0,10.5,35,20.7,0,0,28.8,55.6,0,0,4.1,26.3,42.5,
0,16.3,8.6,24.9,24.1,0,42,31.4,39.7,17.1,14.4,0,0,0,0,21.5,0,48.3,0,5.9,11.5,15.6,17.7,11.8,12.6,0,33.1,31.9,36,0,0,122.2,123.7,0,0,0,0,26.2,17.2,20.8,
38.8,7.9,13.3,73.2,101.9,0,0,38,20,0,0,0,0,9,0,0,23.7,0,34.9,6.2,0,0,16.5,12.3,0,5.5,0,0,0,0,26.3,0,0,0,0,0,23.4,0,41,23.3,39.5,11.4,24,21.7,0,20.3,
30.3
}'::float8[]) WITH ORDINALITY u (intake, k)) t;
CREATE FUNCTION numbers(m two_part_model) RETURNS float8[] LANGUAGE sql RETURN m.frequency || m.amount || ARRAY[m.sd_frequency, m.sd_amount, m.correlation, m.sd_day, m.log_likelihood];
CREATE FUNCTION furthest(a float8[], b float8[]) RETURNS float8 LANGUAGE sql RETURN (SELECT max(abs(x - y)) FROM unnest(a, b) u (x, y));
CREATE TABLE fit AS SELECT two_part_fit(array_agg(i), array_agg(intake), array_agg(ARRAY[woman, weekend]::float8[]), array_agg(weight)) AS weighted,
    two_part_fit(array_agg(i), array_agg(intake), array_agg(ARRAY[woman, weekend]::float8[]), correlated => false) AS flat FROM day;
SELECT (flat).scale, (flat).persons, (flat).days, (flat).days_with_intake, (flat).correlation FROM fit;
-- lme4 stops some 1e-6 before the maximum, its log-likelihood is right to 1e-9
SELECT furthest(numbers(flat), '{0.0666752178439,0.0680996346242,0.610753536108,3.22645518789,0.189705905252,-0.247785156442,1.10597498671,0.45677875529,0,0.512685257887,-370.218371791}') < 1e-5 AS parameters, abs((flat).log_likelihood - (-370.218371791)) < 1e-8 AS likelihood FROM fit;
SELECT furthest(numbers(weighted), '{0.223349785686,-0.00450577651537,0.513138346173,3.16252218313,0.201504862141,-0.175505188075,1.08872217069,0.454128788409,0.607657336521,0.525315183141,-373.527340279}') < 1e-6 AS parameters, abs((weighted).log_likelihood - (-373.527340279)) < 1e-8 AS likelihood FROM fit;
-- the order of rows, names of persons, the size of weights, the unit of a covariate make no difference; who counts twice is as two persons
SELECT furthest((numbers(m))[1:10], (SELECT (numbers(weighted))[1:10] FROM fit)) < 1e-6 AS reordered
FROM (SELECT two_part_fit(array_agg(-7 * i ORDER BY o), array_agg(intake ORDER BY o), array_agg(ARRAY[woman, weekend]::float8[] ORDER BY o), array_agg(weight * 1e6 ORDER BY o)) AS m
      FROM (SELECT *, i * 7919 % 101 - d AS o FROM day) t) f;
SELECT furthest((numbers(m))[1:10], (SELECT ARRAY[a[1], a[2] / 1000, a[3], a[4], a[5] / 1000, a[6], a[7], a[8], a[9], a[10]] FROM (SELECT numbers(weighted) AS a FROM fit) w)) < 1e-6 AS in_other_units
FROM (SELECT two_part_fit(array_agg(i), array_agg(intake), array_agg(ARRAY[1000 * woman, weekend]::float8[]), array_agg(weight)) AS m FROM day) f;
SELECT furthest((numbers(two_part_fit(array_agg(i * 10 + copy), array_agg(intake), array_agg(ARRAY[woman, weekend]::float8[]))))[1:10], (SELECT (numbers(weighted))[1:10] FROM fit)) < 1e-6 AS copies
FROM day, LATERAL generate_series(1, weight) copy;
-- a person of weight 0 and a day that is not known are left out
SELECT furthest(numbers(two_part_fit(array_agg(i), array_agg(x), NULL, array_agg(w))), (SELECT numbers(two_part_fit(array_agg(i), array_agg(intake))) FROM day)) < 1e-9 AS left_out
FROM (SELECT i, intake AS x, 1 AS w FROM day UNION ALL SELECT 1000, 50, 0 UNION ALL SELECT 1, NULL, 1) t;

-- a model that is given: shares on every scale, and a person, against integrals by R
CREATE FUNCTION given(scale text) RETURNS two_part_model LANGUAGE sql RETURN ROW(scale, '{-0.5,0.4}', '{3,-0.2}', 1.2, 0.5, 0.5, 0.6, 0, 0, 0, 0)::two_part_model;
SELECT s, round(two_part_probability_below(given(s), NULL, c, 'EAR', at => '{0,1}', day_weight => '{4,3}')::numeric, 9) AS below,
    abs(two_part_probability_below(given(s), NULL, c, 'EAR', at => '{0,1}', day_weight => '{4,3}') - r) < 1e-9 AS as_r,
    abs(two_part_probability_below(given(s), NULL, c, 'EAR', at => '{0,1}', day_weight => '{4,3}') + two_part_probability_above(given(s), NULL, c, 'UL', at => '{0,1}', day_weight => '{4,3}') - 1) < 1e-12 AS all_of_them
FROM (VALUES ('none', 1::float8, 0.413269136096), ('sqrt', 4, 0.550032020044), ('cuberoot', 12, 0.529503919322), ('log', 8, 0.458186791132)) v (s, c, r);
SELECT round(two_part_intake(given('log'), '{25,0}', '{0,1}', '{0,1}', '{4,3}')::numeric, 6) AS usual, abs(two_part_intake(given('log'), '{25,0}', '{0,1}', '{0,1}', '{4,3}') / 12.8038069091 - 1) < 1e-10 AS as_r,
    abs(two_part_probability_below(given('log'), '{25,0}', 8, 'EAR', '{0,1}', '{0,1}', '{4,3}') - 0.33383473641) < 1e-9 AS below_as_r;
-- many days say what they are; the mean over what persons may have recorded is that without records
SELECT round(two_part_intake(given('log'), array_fill(10::float8, ARRAY[400]) || array_fill(0::float8, ARRAY[400]), array_fill(0::float8, ARRAY[800]), '{0}')::numeric, 1) AS half_the_days,
    two_part_intake(given('log'), NULL, at => '{0}') = two_part_intake(given('log'), '{}', '{}', '{0}') AS no_days, two_part_intake(given('log'), '{NULL}', '{0}', '{0}') = two_part_intake(given('log'), NULL, at => '{0}') AS unknown_day,
    two_part_intake(NULL, '{1,0}') IS NULL AS no_model, two_part_probability_below(given('log'), NULL, NULL, 'EAR', at => '{0}') IS NULL AS no_reference,
    two_part_fit(NULL, '{1}') IS NULL AS no_person;

-- all alike, or amounts that follow from how often: exp(3 + 0.18) on half of the days; half of persons below what those with z = 0 have
SELECT round(two_part_intake(ROW('log', '{0}', '{3}', 0, 0, 0, 0.6, 0, 0, 0, 0)::two_part_model, NULL)::numeric, 5) AS alike, round((exp(3.18) / 2)::numeric, 5) AS by_hand,
    round(two_part_probability_below(ROW('log', '{0}', '{3}', 1.2, 0.5, 1, 0.6, 0, 0, 0, 0)::two_part_model, NULL, exp(3.18) / 2, 'EAR')::numeric, 3) AS half,
    round(two_part_probability_below(ROW('log', '{0}', '{3}', 1.2, 0, 0, 0.6, 0, 0, 0, 0)::two_part_model, NULL, exp(3.18) / 2, 'EAR')::numeric, 3) AS half_of_alike;

-- what is refused
\set VERBOSITY terse
SELECT two_part_fit('{1,1,2,2}', '{1,2,3}');
SELECT two_part_fit('{1,1,2,2}', '{1,2,3,4}');
SELECT two_part_fit('{1,1,2,2}', '{0,0,0,0}');
SELECT two_part_fit('{1,1,2,2}', '{1,0,0,4}');
SELECT two_part_fit('{1,1,2,2}', '{5,5,0,4}');
SELECT two_part_fit('{1,1,2,2}', '{1,-2,0,4}');
SELECT two_part_fit('{1,1,2,2}', '{1,NaN,0,4}');
SELECT two_part_fit('{1,1,2,NULL}', '{1,2,0,4}');
SELECT two_part_fit('{1,1,2,2}', '{1,2,0,4}', '{0,1,NULL,1}');
SELECT two_part_fit('{1,1,2,2}', '{1,2,0,4}', '{0,1,1}');
SELECT two_part_fit('{1,1,2,2}', '{1,2,0,4}', weight => '{1,2,1,1}');
SELECT two_part_fit('{1,1,2,2}', '{1,2,0,4}', weight => '{-1,-1,1,1}');
SELECT two_part_fit('{1,1,2,2}', '{1,2,0,4}', scale => 'ln');
SELECT two_part_fit(array_agg(i), array_agg(intake), array_agg(ARRAY[woman, 1 - woman]::float8[])) FROM day;
SELECT two_part_fit(array_agg(i), array_agg(intake), array_agg(array_fill(1::float8, ARRAY[21]))) FROM day;
SELECT two_part_fit('{}', '{}');
SELECT two_part_intake(given('log'), '{25}');
SELECT two_part_intake(given('log'), '{25}', '{0}');
SELECT two_part_intake(given('log'), '{25,0}', '{0}', '{0}');
SELECT two_part_intake(given('log'), NULL, at => '{0,1}', day_weight => '{0,0}');
SELECT two_part_intake(given('ln'), NULL, at => '{0}');
SELECT two_part_intake(ROW('log', '{1}', '{1,2}', 1, 1, 0, 1, 0, 0, 0, 0)::two_part_model, NULL);
SELECT two_part_intake(ROW('log', '{1}', '{1}', 1, 1, 1.1, 1, 0, 0, 0, 0)::two_part_model, NULL);
SELECT two_part_intake(ROW('log', '{1}', '{1}', 1, -1, 0, 1, 0, 0, 0, 0)::two_part_model, NULL);
SELECT two_part_intake(ROW('log', '{1}', '{1000}', 1, 1, 0, 1, 0, 0, 0, 0)::two_part_model, NULL);
SELECT two_part_probability_below(given('log'), NULL, 8, 'AI', at => '{0}');
SELECT two_part_probability_above(given('log'), NULL, 'NaN', 'UL', at => '{0}');
\set VERBOSITY default
DROP FUNCTION numbers, given, furthest;
DROP TABLE fit;
DROP VIEW day;
