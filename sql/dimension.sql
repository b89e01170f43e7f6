-- Units of columns, and comparisons across dimensions or methods: the query is refused, not
-- the values; and << and >>, surely below and above.
\set VERBOSITY default

-- a column with a unit: other units of the dimension are converted
CREATE TABLE intake_of (
    id integer GENERATED ALWAYS AS IDENTITY,
    day nutrient_amount('ug/d'),
    any_unit nutrient_amount,
    list nutrient_amount('mg')[],
    food nutrient_profile,
    score calcification(agatston));
\d intake_of
SELECT attname, atttypmod FROM pg_attribute WHERE attrelid = 'intake_of'::regclass AND atttypmod >= 0 ORDER BY attnum;
INSERT INTO intake_of (day, any_unit, list, food, score)
SELECT nutrient_amount(i / 10.0, 'mg/d'), nutrient_amount(i, 'ug'), ARRAY['1 g', '5 mg']::nutrient_amount[],
       ('100 g: K1 ' || i || ' ug')::nutrient_profile, calcification(i, 'AU')
FROM generate_series(1, 1000) i;
INSERT INTO intake_of (day) VALUES ('0.05..0.1 mg/d'), ('<7 ug/wk'), (NULL);
SELECT day, list FROM intake_of WHERE id IN (1, 1001, 1002, 1003) ORDER BY id;
INSERT INTO intake_of (day) VALUES ('1 mg');
INSERT INTO intake_of (day) VALUES ('600 [IU]/d');
INSERT INTO intake_of (list) VALUES ('{1 mg,1 mg/d}');
UPDATE intake_of SET day = any_unit WHERE id = 1;
SELECT '1 mg/d'::nutrient_amount('ug/d'), '1 g/wk'::nutrient_amount('mg/d'), NULL::nutrient_amount('mg');
SELECT '{1 mg,2 g}'::nutrient_amount('ug')[];

-- COPY, ALTER TABLE, domains, PREPARE
COPY intake_of (day) FROM STDIN;
2 mg/d
\.
SELECT day FROM intake_of ORDER BY id DESC LIMIT 1;
COPY intake_of (day) FROM STDIN;
2 mg
\.
ALTER TABLE intake_of ALTER day TYPE nutrient_amount('mg/d');
SELECT day FROM intake_of WHERE id <= 3 ORDER BY id;
ALTER TABLE intake_of ALTER day TYPE nutrient_amount('mg');
ALTER TABLE intake_of ALTER day TYPE nutrient_amount('ug/d');
CREATE DOMAIN dose AS nutrient_amount('mg') CHECK (VALUE >= '0 mg');
SELECT '45000 ug'::dose, '1 g'::dose < '2 g';
SELECT '1 mg/d'::dose;
SELECT '1 mg'::dose < '2 mg/d';
PREPARE put (nutrient_amount('mg/d')) AS SELECT $1, $1 < '2 mg/d';
EXECUTE put('1000 ug/d');
EXECUTE put('1 mg');

-- every unit of a column reads back, whatever its parts; what has no room is refused
CREATE TABLE unit_column (a nutrient_amount('ug/(100.g)'), b nutrient_amount('mg/(kg.d)'), c nutrient_amount('[IU]/L'),
    d nutrient_amount('mg/(2000.kcal.d)'), e nutrient_amount('ug/(8.h)'), f nutrient_amount('nmol/(250.g.mL.[Cal].min)'),
    g nutrient_amount('kJ'), h nutrient_amount('ug/(16383.g)'), i nutrient_amount(mg));
SELECT attname, format_type(atttypid, atttypmod), atttypmod FROM pg_attribute
WHERE attrelid = 'unit_column'::regclass AND attnum > 0 ORDER BY attnum;
SELECT '1 ug'::nutrient_amount('ug/(16384.g)');
SELECT '1 ug'::nutrient_amount('ug/(256.g.mL)');
SELECT '1 ug'::nutrient_amount('mcgs');
SELECT '1 ug'::nutrient_amount('ug', 'd');
SELECT vitk_internal.nutrient_amount_typmod('1 ug', 2147483647);
SELECT vitk_internal.nutrient_amount_typmod_out(0);
DROP TABLE unit_column;

-- two constants
SELECT '45 mg'::nutrient_amount < '45 mg/d';
SELECT '312 AU'::calcification < '300 mm3';
SELECT '312 AU'::calcification = '312 mm3';
SELECT '1 umol'::nutrient_amount >= '1 mg';
SELECT '1 ug/g'::nutrient_amount <> '1 ug/mL';
SELECT '45 mg'::nutrient_amount << '45 mg/d';
SELECT '312 AU'::calcification >> '300 mm3';

-- what is known of a side: type modifier, constant, nutrient, unit, arithmetic, aggregate
CREATE INDEX ON intake_of (day);
CREATE INDEX ON intake_of (any_unit);
CREATE INDEX ON intake_of (score);
ANALYZE intake_of;
SET client_min_messages = warning;
CREATE FUNCTION is_refused(condition text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    hint text;
BEGIN
    -- planned only: no row is read
    EXECUTE 'EXPLAIN SELECT FROM intake_of o WHERE ' || condition;
    RETURN 'taken';
EXCEPTION WHEN invalid_parameter_value THEN
    GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
    RETURN SQLSTATE || ' ' || SQLERRM || CASE WHEN hint = '' THEN ' WITHOUT HINT' ELSE '' END;
END $$;
RESET client_min_messages;
SELECT condition, is_refused(condition) FROM unnest(ARRAY[
    $$day < '1 mg'$$,
    $$day < '1 mg/d'$$,
    $$'1 mg' >= day$$,
    $$day = '1 mg'$$,
    $$day <> '1 mg'$$,
    $$day BETWEEN '1 ug/d' AND '1 mg'$$,
    $$day BETWEEN SYMMETRIC '1 mg' AND '1 ug/d'$$,
    $$day IN ('1 mg', '2 mg')$$,
    $$day IN ('1 mg/d', '2 mg')$$,
    $$day IN ('1 mg')$$,
    $$day IN ('1 mg/d', '2 mg/d')$$,
    $$day NOT IN ('1 mg', '2 mg')$$,
    $$day = ANY ('{1 mg/d,1 mg}')$$,
    $$day = ANY (list)$$,
    $$day IS DISTINCT FROM '1 mg'$$,
    $$CASE WHEN day > '1 mg' THEN true END$$,
    $$CASE day WHEN '1 mg' THEN true END$$,
    $$(id, day) = (3, '1 mg')$$,
    $$NOT (day < '1 mg')$$,
    $$day << '1 mg'$$,
    $$day >> '1 mg'$$,
    $$'1 mg' >> day$$,
    $$day << '1 mg/d'$$,
    $$food -> 'K1' > '45 ug/d'$$,
    $$food -> 'K1' > '45 mg'$$,
    $$food['K1'] > '45 ug/d'$$,
    $$food -> 'calcium' > '1 [IU]'$$,
    $$food -> 'energy' > '1 g'$$,
    $$mk4_equivalent(food) > '1 mg/d'$$,
    $$mk4_equivalent(food) > '1 mg'$$,
    $$to_unit(any_unit, 'mg') > '1 mg/d'$$,
    $$to_unit(any_unit, '[IU]', 'D3') > '1 mg'$$,
    $$nutrient_amount(id, 'ug') > '1 mg/d'$$,
    $$nutrient_amount(id, id, 'ug') > '1 mg/d'$$,
    $$rounded(day, 1) > '1 mg'$$,
    $$day + '1 ug/d' > '1 mg'$$,
    $$any_unit - '1 ug' > '1 mg/d'$$,
    $$- day > '1 mg'$$,
    $$2 * day > '1 mg'$$,
    $$day / 2 > '1 mg'$$,
    $$day * 2 > '1 mg/d'$$,
    $$coalesce(day, '0 ug/d') > '1 mg'$$,
    $$coalesce(any_unit, day) > '1 mg'$$,
    $$CASE WHEN id > 3 THEN day ELSE '0 mg/d' END > '1 mg'$$,
    $$(SELECT max(day) FROM intake_of) > '1 mg'$$,
    $$(SELECT true FROM intake_of HAVING max(day) > '1 mg')$$,
    $$(SELECT true FROM intake_of HAVING sum(food) -> 'K1' > '1 ug/d')$$,
    $$day IN (SELECT food -> 'K1' FROM intake_of)$$,
    $$EXISTS (SELECT FROM intake_of i WHERE i.day = o.food -> 'K1')$$,
    $$EXISTS (SELECT FROM (SELECT food -> 'K1' AS k1 FROM intake_of) i WHERE k1 > '1 ug/d')$$,
    $$any_unit > '1 mg/d'$$,
    $$any_unit > day$$,
    $$score > '1 mm3'$$,
    $$score << '1 mm3'$$,
    $$score IN ('1 mm3', '2 mm3')$$,
    $$calcification(id, 'volume') > '1 AU'$$,
    $$calcification(id, 'mm3') > score$$,
    $$score > '1 AU'$$
]) AS condition;

-- outside of WHERE the functions of the operators look, when they are first called
SELECT day IN ('1 mg', '2 mg') FROM intake_of LIMIT 1;
SELECT day IN ('1 mg', '2 mg', '3 mg', '4 mg', '5 mg', '6 mg', '7 mg', '8 mg', '9 mg', '10 mg') FROM intake_of LIMIT 1;
SELECT day IS DISTINCT FROM '1 mg' FROM intake_of LIMIT 1;
SELECT nullif(day, '1 mg') FROM intake_of LIMIT 1;
SELECT greatest(day, '1 mg') FROM intake_of LIMIT 1;
SELECT least('1 mg'::nutrient_amount, '1 mg/d');
SELECT (day, id) < ('1 mg', 3) FROM intake_of LIMIT 1;
SELECT '1 mg'::nutrient_amount IN ('1 mg/d', '2 mg/d');
SELECT vitk_internal.nutrient_amount_lt('1 mg', '1 mg/d');
PREPARE later (nutrient_amount) AS SELECT count(*) FROM intake_of WHERE day < $1;
EXECUTE later ('1 mg/d');
EXECUTE later ('1 mg');

-- what is not known is compared as ever: sorts, DISTINCT, joins, indexes of mixed columns
CREATE TABLE mixed AS SELECT a FROM (VALUES ('1 mg'::nutrient_amount), ('1 mg/d'), ('1000 ug'), ('1 [IU]'), ('<2 ug')) v (a);
SELECT DISTINCT a FROM mixed ORDER BY a;
SELECT a FROM mixed WHERE a < '1 mg/d' ORDER BY a;
SELECT count(*) FROM mixed x JOIN mixed y USING (a);
SET enable_hashjoin = off;
SET enable_nestloop = off;
SELECT count(*) FROM mixed x JOIN mixed y USING (a);
RESET enable_hashjoin;
RESET enable_nestloop;
CREATE INDEX ON mixed (a) WHERE a > '10 ug';
ANALYZE mixed;
-- the planner proves one condition from another of the column, across dimensions
SELECT count(*) FROM mixed WHERE a > '1 ug/d';
SELECT count(*) FROM mixed WHERE a > '10 ug' AND a > '1 ug/d';
-- << and >> raise for values
SELECT a FROM mixed WHERE a << '1 mg/d';
SELECT count(*) FROM (VALUES ('1 AU'::calcification), ('1 mm3')) v (c) WHERE c << '2 AU';

-- surely below, surely above
SELECT a, b, a < b AS "<", a << b AS "<<", a > b AS ">", a >> b AS ">>", b >> a AS "commuted"
FROM (VALUES ('<10 ug'::nutrient_amount, '1 ug'::nutrient_amount), ('<10 ug', '10 ug'), ('<10 ug', '10.1 ug'), ('0.1 mg', '100 ug'),
      ('5..6 ug', '6..7 ug'), ('5..6 ug', '6.1..7 ug'), ('12 ug', '<10 ug'), ('12 ug', '<12 ug'), ('-3..-2 ug', '-1 ug'),
      ('7 ug/wk', '1 ug/d'), ('7 ug/wk', '1.01 ug/d'), (NULL, '1 ug')) v (a, b);
SELECT a << b AS "<<", a >> b AS ">>" FROM (VALUES ('1 AU'::calcification, '2 AU'::calcification), ('2 AU', '2 AU'), ('3 AU', '2 AU')) v (a, b);

-- by an index, with rows looked at again; estimates are those of < and >
CREATE FUNCTION plan(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
    line text;
BEGIN
    SET LOCAL enable_seqscan = off;
    SET LOCAL enable_bitmapscan = off;
    FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP
        RETURN NEXT line;
    END LOOP;
END $$;
SELECT plan($$SELECT day FROM intake_of WHERE day << '0.2 mg/d'$$);
SELECT plan($$SELECT day FROM intake_of WHERE '0.2 mg/d' << day$$);
SELECT plan($$SELECT any_unit FROM intake_of WHERE any_unit >> '<5 ug'$$);
SELECT plan($$SELECT score FROM intake_of WHERE score >> '990 AU'$$);
SELECT count(*) FROM intake_of WHERE day << '0.2 mg/d';
SELECT count(*) FROM intake_of WHERE any_unit >> '<5 ug';
SELECT count(*) FROM intake_of WHERE score >> '990 AU';
-- not where its statistics show another dimension: those rows would be left out unseen
CREATE INDEX ON mixed (a);
SELECT plan($$SELECT a FROM mixed WHERE a << '1 ug'$$);
SELECT count(*) FROM intake_of WHERE any_unit >> '1 ug/d';

SELECT proleakproof, count(*) FROM pg_operator o JOIN pg_proc p ON p.oid = oprcode
WHERE oprleft IN ('nutrient_amount'::regtype, 'calcification'::regtype) AND oprleft = oprright AND oprname ~ '[<>=]'
GROUP BY 1 ORDER BY 1;

DROP TABLE intake_of, mixed;
DROP DOMAIN dose;
DROP FUNCTION is_refused(text), plan(text);
