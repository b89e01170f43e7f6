-- what is read, and how it prints
SELECT a, a::nutrient_amount FROM unnest(ARRAY['45 mg', '120 ug/d', '1 ug/(kg.d)', '<0.5 ug', '35..65 ug/d',
    '600 [IU]/d', '7 nmol/L', '100 µg', '100 μg/d', '5 mcg', '600 IU/d', '600 [iU]/d', '3 mIU/L', '  2.50  mg ', '2mg',
    '-3 mg', '-5..-2 ug', '-1..1 ug', '0..5 ug', '< 5 ug', '<0 ug', '-0 mg', '-0..0 mg', '1e3 ug', '1E-3 g',
    '.5 mg', '5. mg', '1.5..2 mg', '5..5 ug', '+5 ug', '1e300 kg', '2.2250738585072014e-308 fg', '0.1 mg', '0.30000000000000004 mg',
    '2000 kcal/d', '8.4 MJ/d', '2000 [Cal]/d', '5 eV', '3 [oz_av]', '1 pt', '3 mg/l', '3 mg/ml']) AS a;
-- UCUM: products, quotients, exponents, factors, annotations
SELECT a, a::nutrient_amount FROM unnest(ARRAY['1 ug/kg/d', '1 ug.kg-1.d-1', '1 ug/(d.kg)', '1 kg-1.ug.d-1', '1 ug/d/kg',
    '1 (ug)/((kg).(d))', '1 mg/(8.h)', '1 mg/8/h', '1 mg/(8.h.kg)', '1 ug/(100.g)', '1 ug/(g.100)', '1 ug/(2.3.4.g)',
    '1 ug/(1.d)', '1.ug', '1 1.ug', '1 mg/(100.kcal)', '1 mg/(100.mL)', '1 ug/m3', '1 ug.m-3', '1 ug/dm3', '1 g/cm+3',
    '1 ug/mm3', '1 g{creat}', '1 ug{RAE}/d', '1 nmol/h/mL', '1 pmol/h/mg', '1 kg/kg{body_wt}', '1 ng/(65535.s)']) AS a;

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
    RETURN pg_temp.refusal(format('SELECT %L::nutrient_amount', literal));
\pset tuples_only
\pset format unaligned
SELECT pg_temp.refused(a) FROM unnest(ARRAY['', ' ', 'mg', 'abc', '45', '<5', '1..2', 'NaN mg', 'inf mg', 'Infinity ug', '0x10 mg',
    '0,5 ug', '1,000 ug', '1e400 ug', '1e-400 g', '5..3 ug', '<-3 ug', '..5 ug', '5.. ug', '1..2..3 ug', '>5 ug', '5 - 6 ug', '5-6 ug', '5–6 ug', '3 ml', '5 to 6 ug', '--5 ug',
    '5 ug ug', '5 ug /d', '1 ug/', '1 ug//d', '1 /d', '1 ug.', '1 (ug', '1 ug)', '1 ()', '1 ug{x', '1 ug{é}', '1 ug{a}b', '1 {a}ug',
    '1 {ug}', '1 ug/{day}', '1 ug/100.g', '1 umol/2.h', '1 mg/12h', '1 ug(8.h)', '1 ug/0/d', '1 ug/65536/d', '1 ug/8', '1 100.ug', '1 ug.mg',
    '1 ug/d/d', '1 ug/d2', '1 ug2', '1 ug/d0', '1 d', '1 L', '1 m3', '1 h/ug', '1 ug/mol', '1 ug/[IU]', '1 m', '1 %', '1 eq', '1 osm', '1 U', '1 kat',
    '1 10*3/L', '1 Mg', '1 UG', '1 KCAL', '1 Cal', '1 iu', '1 gram', '1 microgram', '1 ug/day', '1 micrograms', '1 grams/days', '1 dayss', '1 ug[', '1 [iIU]',
    '1 ' || repeat('x', 500), repeat('9', 400) || ' ug', '1 ' || repeat('(', 200), 'é', '1 ' || repeat('é', 40) || 'x']) AS a;
SELECT pg_temp.refusal(c) FROM unnest(ARRAY[
    'SELECT nutrient_amount(1, ''kat'')', 'SELECT nutrient_amount(1, '''')', 'SELECT nutrient_amount(''NaN'', ''ug'')',
    'SELECT nutrient_amount(''-Infinity'', ''ug'')', 'SELECT nutrient_amount(2, 1, ''ug'')', 'SELECT nutrient_amount(1, ''Infinity'', ''ug'')',
    $$SELECT to_unit('1 ug/d'::nutrient_amount, 'ug')$$, $$SELECT to_unit('1 ug'::nutrient_amount, 'mmol')$$,
    $$SELECT to_unit('1 kcal'::nutrient_amount, 'g')$$, $$SELECT to_unit('1 ug/(kg.d)'::nutrient_amount, 'ug/L')$$,
    $$SELECT to_unit('1 [IU]/d'::nutrient_amount, 'ug/d')$$, $$SELECT to_unit('1 ug'::nutrient_amount, 'kat')$$,
    $$SELECT to_unit('1e308 t'::nutrient_amount, 'fg')$$, $$SELECT to_unit('3e-308 fg'::nutrient_amount, 't')$$,
    $$SELECT to_unit('1 nmol'::nutrient_amount, 'ug', 'vitamin K')$$, $$SELECT to_unit('1 [IU]'::nutrient_amount, 'ug', 'MK-4')$$,
    $$SELECT to_unit('1 kcal'::nutrient_amount, 'ug', 'MK-4')$$, $$SELECT to_unit('1 nmol/L'::nutrient_amount, 'ug', 'MK-4')$$,
    $$SELECT lower('1 ug'::nutrient_amount, 'nmol')$$, $$SELECT upper('1 ug'::nutrient_amount, 'ug/d')$$,
    $$SELECT middle('1 ug'::nutrient_amount, 'm')$$,
    $$SELECT '1 ug'::nutrient_amount + '1 ug/d'$$, $$SELECT '1 ug'::nutrient_amount - '1 nmol'$$,
    $$SELECT '1e308 ug'::nutrient_amount + '1e308 ug'$$, $$SELECT '1e308 ug'::nutrient_amount * 10$$, $$SELECT '3e-308 ug'::nutrient_amount * 1e-308$$,
    $$SELECT '1 ug'::nutrient_amount * 'NaN'$$, $$SELECT '1 ug'::nutrient_amount * 'Infinity'$$, $$SELECT '1 ug'::nutrient_amount / 'Infinity'::float8$$,
    $$SELECT '1 ug'::nutrient_amount / 0::float8$$, $$SELECT '1 ug'::nutrient_amount / '0 ug'::nutrient_amount$$,
    $$SELECT '1 ug'::nutrient_amount / '1 nmol'::nutrient_amount$$, $$SELECT '1..2 ug'::nutrient_amount / '1 ug'::nutrient_amount$$,
    $$SELECT '1e308 kg'::nutrient_amount / '1e-300 kg'::nutrient_amount$$,
    $$SELECT sum(a) FROM unnest('{1 ug,1 ug/d}'::nutrient_amount[]) a$$, $$SELECT avg(a) FROM unnest('{1 ug,1 [IU]}'::nutrient_amount[]) a$$,
    $$SELECT min(a) FROM unnest('{1 ug,1 ug/L}'::nutrient_amount[]) a$$, $$SELECT max(a) FROM unnest('{1 ug,1 kcal}'::nutrient_amount[]) a$$,
    $$SELECT vitk_internal.nutrient_amount_avg('{1,2}')$$, $$SELECT vitk_internal.nutrient_amount_avg('{1,2,2,0,0}')$$, $$SELECT vitk_internal.nutrient_amount_avg('{1,2,2,-1,NaN}')$$,
    $$SELECT vitk_internal.nutrient_amount_avg('{1,NULL,2,3,4}')$$, $$SELECT vitk_internal.nutrient_amount_avg_combine('{0,0,0,0,0}', '{{1,2},{3,4}}')$$]) AS c;
\pset format aligned
\pset tuples_only off
-- soft errors, where the server has them
DO $$
DECLARE
    good boolean; bad boolean;
BEGIN
    IF current_setting('server_version_num')::int >= 160000 THEN
        EXECUTE $q$SELECT pg_input_is_valid('1 ug', 'nutrient_amount'), pg_input_is_valid('1 kat', 'nutrient_amount')$q$ INTO good, bad;
        ASSERT good AND NOT bad;
    END IF;
END $$;

-- constructors and parts
SELECT nutrient_amount(45, 'mg'), nutrient_amount(35, 65, 'µg/d'), nutrient_amount(0, 0.5, 'ug'), nutrient_amount(-0.0, 'ug'),
       nutrient_amount(NULL, 'ug') IS NULL AS strict;
SELECT a, unit(a), lower(a, 'ug'), upper(a, 'mg'), middle(a, 'ug') FROM unnest('{45 mg,<0.5 ug,35..65 ug,-2..1 mg}'::nutrient_amount[]) a;
SELECT middle('-1e308..1e308 g'::nutrient_amount, 'g'), middle('1e308..1.5e308 g'::nutrient_amount, 'g'), unit('1 ug/kg/d'::nutrient_amount);

-- conversion: rounded once, so decimals stay decimals
SELECT a, u, to_unit(a, u) FROM (VALUES
    ('700 mg'::nutrient_amount, 'g'), ('0.1 mg', 'ug'), ('1 kg', 'fg'), ('0.3 ug', 'kg'), ('1 ug/(100.g)', 'ug/g'), ('70 ug/(7.d)', 'ug/wk'),
    ('70 ug/wk', 'ug/d'), ('1 mg/d', 'ug/h'), ('2.4 mg/d', 'ug/h'), ('1 mg/(8.h)', 'mg/d'), ('1 ug/a', 'ug/mo'), ('5 ng/mL', 'ug/L'), ('5 ug/dL', 'ng/mL'),
    ('1 mg/m3', 'ug/L'), ('2000 kcal', 'kJ'), ('8368 kJ', 'kcal'), ('1 [Cal]', 'cal'), ('1 [lb_av]', 'g'), ('1 [oz_av]', 'g'), ('35..65 ug/d', 'mg/wk'),
    ('1 ug/(100.kcal)', 'ug/MJ'), ('4000 [IU]', 'k[IU]'), ('5 mg/kg', 'ug/g'), ('<0.5 mg', 'ug')) AS v (a, u);
-- there and back again is the same amount
SELECT count(*) AS amounts, count(*) FILTER (WHERE to_unit(a, u) = a) AS there, count(*) FILTER (WHERE to_unit(to_unit(a, u), unit(a)) = a) AS back
FROM generate_series(1, 1000) i, unnest('{mg,ng,kg,[oz_av],[lb_av],cg}'::text[]) u, LATERAL (SELECT nutrient_amount(i / 100.0, 'ug') a) s;
-- across mass, moles and IU, for a nutrient
SELECT a, u, n, to_unit(a, u, n) FROM (VALUES
    ('1 nmol/L'::nutrient_amount, 'ug/L', 'K1'::nutrient), ('1 umol', 'ug', 'MK-7'), ('444.66 ug', 'umol', 'MK-4'), ('600 [IU]/d', 'ug/d', 'D3'),
    ('100 ug/d', '[IU]/d', 'D3'), ('5000 IU', 'mg', 'retinol'), ('50 nmol/L', 'ng/mL', '25-OH-D3'), ('1 mmol/L', 'mg/dL', 'calcium'),
    ('1000 [IU]', 'nmol', 'D3'), ('1..2 mg', 'ug', 'vitamin K'), ('<40 [IU]', 'ug', 'D3')) AS v (a, u, n);

-- arithmetic: of intervals all possible results, in the unit of the left
SELECT '1 mg'::nutrient_amount + '500 ug' AS a, '500 ug'::nutrient_amount + '1 mg' AS b, '<0.5 ug'::nutrient_amount + '1..2 ug' AS c,
       '5..7 ug'::nutrient_amount - '1..2 ug' AS d, '1 ug'::nutrient_amount - '1 ug' AS e, - '1..2 ug'::nutrient_amount AS f, - '0 ug'::nutrient_amount AS g;
SELECT '1..2 ug'::nutrient_amount * 3 AS a, 3 * '1..2 ug'::nutrient_amount AS b, '1..2 ug'::nutrient_amount * -1 AS c,
       '1..2 ug'::nutrient_amount * 0 AS d, '-1..2 ug'::nutrient_amount * -0.0 AS e, '1..2 ug'::nutrient_amount / 2 AS f, '<3 ug'::nutrient_amount / -3 AS g;
SELECT '1 g'::nutrient_amount / '1 mg'::nutrient_amount AS a, '700 mg'::nutrient_amount / '1 g'::nutrient_amount AS b,
       '70 ug/wk'::nutrient_amount / '1 ug/d'::nutrient_amount AS c, '0 ug'::nutrient_amount / '1 mg'::nutrient_amount AS d;

-- equality is by value
SELECT a, b, a = b AS equal, vitk_internal.nutrient_amount_hash(a) = vitk_internal.nutrient_amount_hash(b) AND vitk_internal.nutrient_amount_hash_extended(a, 7) = vitk_internal.nutrient_amount_hash_extended(b, 7) AS same_hash
FROM (VALUES ('1 g'::nutrient_amount, '1000 mg'::nutrient_amount), ('0.1 mg', '100 ug'), ('0.3 mg', '300 ug'), ('1 kcal', '4.184 kJ'), ('1 [lb_av]', '453.59237 g'),
    ('16 [oz_av]', '1 [lb_av]'), ('7 ug/wk', '1 ug/d'), ('1 mg/(8.h)', '3 mg/d'), ('1 ug/(100.g)', '10 ng/g'), ('1 ug/mL', '1 mg/L'), ('0 ug', '0 kg'), ('0 ug', '-0 ug'),
    ('<0.5 ug', '0..500 ng'), ('0.30000000000000004 mg', '0.3 mg'), ('1e300 kg', '1e303 g'), ('1e-300 g', '1e-297 mg'), ('1.7e308 t', '1.7e308 t'), ('0.1 mg/wk', '100 ug/wk'),
    ('9.99999999999999 ug', '10 ug'), ('1.00000000000001 ug', '1 ug'), ('0.999999999999999 mg', '1 mg'), ('1..2 ug', '1 ug'), ('1 ug', '1 ug/d'), ('1 ug', '1 pmol'), ('0 ug', '0 kcal')) AS v (a, b);
-- the whole range of decimals: equal in four prefixes, with equal hash
SELECT count(*) AS decimals, count(*) FILTER (WHERE a = b AND b = c AND c = d AND a = d) AS equal,
       count(*) FILTER (WHERE vitk_internal.nutrient_amount_hash(a) = vitk_internal.nutrient_amount_hash(b) AND vitk_internal.nutrient_amount_hash(b) = vitk_internal.nutrient_amount_hash(c)
                          AND vitk_internal.nutrient_amount_hash(c) = vitk_internal.nutrient_amount_hash(d)) AS equal_hash
FROM generate_series(1, 2000) i,
     LATERAL (SELECT (i || 'e-' || i % 9)::numeric * 7 AS x) AS s,
     LATERAL (SELECT (x || ' mg')::nutrient_amount a, (x * 1000 || ' ug')::nutrient_amount b, (x / 1000 || ' g')::nutrient_amount c, (x * 1000000 || ' ng')::nutrient_amount d) AS t;
-- order: dimension, lower bound, upper bound
SELECT a FROM unnest('{1 kg,1 mg,-1 g,0 ug,<1 mg,1..2 mg,-5..1 g,999 ug,1 ug/d,7 ug/wk,1 [IU],1 kcal,1 kJ,1 nmol,1 ug/(kg.d),1 nmol/L}'::nutrient_amount[]) a ORDER BY a, a::text;
SELECT a < b AS lt, a <= b AS le, a = b AS eq, a <> b AS ne, a >= b AS ge, a > b AS gt, vitk_internal.nutrient_amount_cmp(a, b) AS cmp
FROM (VALUES ('1 mg'::nutrient_amount, '2 mg'::nutrient_amount), ('1 mg', '1000 ug'), ('1 g', '2 mg'), ('1 kg', '1 ug/d'), ('-1e308 t', '1e308 t'), ('3e-308 ug', '6e-308 ug')) AS v (a, b);
-- cmp is a total order: antisymmetric and transitive over near and far values
WITH v AS (SELECT nutrient_amount(f * m, u) AS a FROM unnest('{0,1,-1,3e-7,1e22,1e-305}'::float8[]) f,
    unnest('{1,1.00000000000001,0.99999999999999,1.000000000000001,1.0000000000000002}'::float8[]) m, unnest('{ug,mg,[oz_av],ug/d,ug/wk}'::text[]) u)
SELECT count(*) AS pairs, count(*) FILTER (WHERE vitk_internal.nutrient_amount_cmp(x.a, y.a) <> -vitk_internal.nutrient_amount_cmp(y.a, x.a)) AS asymmetric,
       count(*) FILTER (WHERE (x.a = y.a) <> (vitk_internal.nutrient_amount_hash_extended(x.a, 0) = vitk_internal.nutrient_amount_hash_extended(y.a, 0))) AS hash_differs
FROM v x, v y;
WITH v AS MATERIALIZED (SELECT row_number() OVER (ORDER BY a) AS i, a FROM (SELECT nutrient_amount(f * m, u) AS a
    FROM unnest('{1,3e-7}'::float8[]) f, unnest('{1,1.00000000000001,1.000000000000006,0.99999999999999,1.000000000000001}'::float8[]) m, unnest('{ug,mg,ng,[oz_av]}'::text[]) u) s)
SELECT count(*) AS pairs, count(*) FILTER (WHERE vitk_internal.nutrient_amount_cmp(x.a, y.a) > 0) AS out_of_order FROM v x JOIN v y ON x.i < y.i;
-- frozen: hash partitions of users depend on these
SELECT a, vitk_internal.nutrient_amount_hash(a), vitk_internal.nutrient_amount_hash_extended(a, 0), vitk_internal.nutrient_amount_hash_extended(a, 42)
FROM unnest('{45 mg,0 ug,<0.5 ug/d,600 [IU]/d}'::nutrient_amount[]) a;

-- rounded for people to read: exact amounts to the nearest, bounds outward
SELECT a, rounded(a) AS none, rounded(a, 1) AS one, rounded(a, -2) AS hundreds
FROM unnest('{123.456 ug,<0.04 ug,35.26..64.31 ug/d,-0.04 mg,-2.55..-0.01 g,0 ug,1.2345678901234567e300 kg}'::nutrient_amount[]) a;
SELECT rounded(nutrient_amount(0.1 + 0.2, 0.7 + 0.1, 'ug'), 1) AS not_by_the_last_bits, rounded('1.7e308..1.75e308 g'::nutrient_amount, 2),
    rounded('5 ug'::nutrient_amount, 15), rounded('<5 ug'::nutrient_amount, -15);
SELECT rounded('5 ug'::nutrient_amount, 16);

-- joins, distinct, sort and index
CREATE TABLE amount_test AS SELECT i, CASE i % 2 WHEN 0 THEN nutrient_amount(i, 'ug') ELSE nutrient_amount(i / 1000.0, 'mg') END AS a FROM generate_series(1, 500) i;
CREATE TABLE amount_test2 AS SELECT i, CASE i % 3 WHEN 0 THEN nutrient_amount(i, 'ug') ELSE nutrient_amount(i / 1e6, 'g') END AS a FROM generate_series(251, 750) i;
SET enable_hashjoin = off; SET enable_nestloop = off;
SELECT count(*), count(*) FILTER (WHERE x.i <> y.i) AS wrong FROM amount_test x JOIN amount_test2 y USING (a);
SET enable_hashjoin = on; SET enable_mergejoin = off;
SELECT count(*), count(*) FILTER (WHERE x.i <> y.i) AS wrong FROM amount_test x JOIN amount_test2 y USING (a);
SELECT count(*) FROM amount_test x FULL JOIN amount_test2 y USING (a);
RESET enable_hashjoin; RESET enable_nestloop; RESET enable_mergejoin;
SELECT count(DISTINCT a), count(*) FROM (SELECT a FROM amount_test UNION ALL SELECT a FROM amount_test2) s;
SET enable_sort = off;
SELECT count(*) FROM (SELECT a FROM amount_test UNION SELECT a FROM amount_test2) s;
SET enable_hashagg = off; RESET enable_sort;
SELECT count(*) FROM (SELECT a FROM amount_test UNION SELECT a FROM amount_test2) s;
RESET enable_hashagg;
CREATE INDEX amount_test_a ON amount_test (a);
CREATE INDEX amount_test_hash ON amount_test2 USING hash (a);
ANALYZE amount_test, amount_test2;
SET enable_seqscan = off; SET enable_bitmapscan = off;
SELECT array_agg(a ORDER BY a) FROM amount_test WHERE a BETWEEN '0.099 mg' AND '102 ug';
SELECT i FROM amount_test2 WHERE a = '0.3 mg';
SELECT count(*) FROM amount_test WHERE a > '1 kg' OR a < '-1 ug' OR a >= '0 ug/d';
RESET enable_seqscan; RESET enable_bitmapscan;

-- aggregates
SELECT sum(a), avg(a), min(a), max(a), count(a) FROM amount_test;
SELECT sum(a), avg(a), min(a), max(a) FROM unnest('{<1 ug,2 ug,0.003..0.005 mg,NULL}'::nutrient_amount[]) a;
SELECT sum(a) IS NULL AS sum, avg(a) IS NULL AS avg, min(a) IS NULL AS min, max(a) IS NULL AS max FROM amount_test WHERE false;
SELECT sum(a), avg(a) FROM unnest('{NULL,NULL}'::nutrient_amount[]) a;
-- a running sum must not write on rows that were returned already
SELECT i, a, sum(a) OVER w, avg(a) OVER w, sum(a) OVER m AS moving, avg(a) OVER m AS moving_avg, max(a) OVER m
FROM amount_test WHERE i <= 6 WINDOW w AS (ORDER BY i), m AS (ORDER BY i ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) ORDER BY i;
SELECT array_agg(s ORDER BY i) FROM (SELECT i, sum(a) OVER (ORDER BY i) AS s FROM amount_test WHERE i <= 4) s;
-- serial and parallel agree but for the last digits, and the state of avg is plain to see
SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0;
SELECT rounded(to_unit(sum(a), 'ug'), 9) AS sum, rounded(to_unit(avg(a), 'ug'), 9) AS avg, to_unit(min(a), 'ug') AS min, to_unit(max(a), 'ug') AS max
FROM amount_test;
RESET parallel_setup_cost; RESET parallel_tuple_cost; RESET min_parallel_table_scan_size;
SELECT s, vitk_internal.nutrient_amount_avg(s), vitk_internal.nutrient_amount_avg(vitk_internal.nutrient_amount_avg_combine(s, s)), vitk_internal.nutrient_amount_avg_combine(s, '{0,0,0,0,0}') = s AS neutral
FROM (SELECT vitk_internal.nutrient_amount_avg_accum(vitk_internal.nutrient_amount_avg_accum('{0,0,0,0,0}', '1..2 ug/(100.kg.d)'), '3 ug/(100.kg.d)') AS s) s;
SELECT vitk_internal.nutrient_amount_avg('{0,0,0,0,0}') IS NULL AS none;

-- text and binary round trips, whatever extra_float_digits
SET extra_float_digits = -15;
SELECT '0.1 mg'::nutrient_amount, '0.30000000000000004..1.2345678901234567e-300 g'::text, '1.2345678901234567e-300..0.30000000000000004 g'::nutrient_amount;
SELECT count(*) AS amounts, count(*) FILTER (WHERE (nutrient_amount(x, y, 'ug/d')::text::nutrient_amount)::text = nutrient_amount(x, y, 'ug/d')::text
    AND lower(nutrient_amount(x, y, 'ug/d')::text::nutrient_amount, 'ug/d') = x AND upper(nutrient_amount(x, y, 'ug/d')::text::nutrient_amount, 'ug/d') = y) AS lossless
FROM generate_series(1, 1000) i, LATERAL (SELECT sin(i) * 10.0::float8 ^ (i % 600 - 300) AS p, cos(i) * 10.0::float8 ^ (i % 600 - 300) AS q) s,
    LATERAL (SELECT least(p, q) AS x, greatest(p, q) AS y) t;
RESET extra_float_digits;
SELECT a, vitk_internal.nutrient_amount_send(a) FROM unnest('{45 mg,<0.5 ug/(100.g),-2..-1 [IU]/(8.kg.L.kcal.d)}'::nutrient_amount[]) a;

DROP TABLE amount_test, amount_test2;
-- bounds of large amounts go outward as those of small ones do, but not by the last bits of a sum
SELECT rounded('<1000000000000.4 ug'::nutrient_amount, 0), rounded('999999999999.5..1000000000000.25 ug'::nutrient_amount, 0), rounded('<12345678.04 ug'::nutrient_amount, 1),
    rounded('<70000000000000.25 ug'::nutrient_amount, 1), rounded(nutrient_amount(0, 0.1 + 0.2, 'ug'), 1), rounded('100 g: K1 <1000000000000.4 ug (known 50 g)'::nutrient_profile, 0);
