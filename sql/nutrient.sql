CREATE FUNCTION pg_temp.reads(name text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    PERFORM name::nutrient;
    RETURN true;
EXCEPTION WHEN invalid_parameter_value THEN
    RETURN false;
END $$;
-- every way to write one nutrient
SELECT n, n::nutrient FROM unnest(ARRAY['MK-4', 'MK4', 'mk 4', 'menaquinone-4', 'Menatetrenone', '428',
    'K1', 'phylloquinone', 'vitamin K1', 'VITK1', '430', 'dK1', '429', 'VITK', 'vitamin K', 'K2', 'retinol',
    'RAE', 'A-RE', '25-OH-D3', 'calcifediol', '301', 'calcium', 'energy']) AS n;
-- bad names
SELECT 'MK-14'::nutrient;
SELECT 'menakinon'::nutrient;
SELECT 'Vitamin Q'::nutrient;
SELECT 'vitamin A'::nutrient;
SELECT ''::nutrient;
SELECT '-'::nutrient;
SELECT repeat('K', 1000)::nutrient;
-- names of two meanings are refused with both, and what to write instead
SELECT 'K'::nutrient;
SELECT 'vitamin E'::nutrient;
SELECT 'ALA'::nutrient;
SELECT 'pro'::nutrient;
SELECT 'n-3'::nutrient;
SELECT '100 g: B 12 ug'::nutrient_profile;
-- an INFOODS tag of two meanings is read as INFOODS spells it; a hyphen at its end is part of it
SELECT n, n::nutrient FROM unnest('{PRO,PRO-,prot-,PROT,FAT,FAT-,VITD-,VITD,FOL-,CHO-,Na,Co,MK-4,ENERC_KCAL,CARTBTOT,FATCE,VITK2,PROCNT,omega-3,18:1,269.3}'::text[]) AS n;
SELECT 'SUGAR-'::nutrient;
SELECT 'MK-4-'::nutrient;
-- a group has many members
SELECT 'mineral'::nutrient;
SELECT 'vitamin K '::nutrient, ' mk-4'::nutrient;
-- every name of the view reads as its nutrient or is refused, and every code prints as itself
CREATE FUNCTION pg_temp.names(v vitk.nutrient) RETURNS SETOF text LANGUAGE sql
    RETURN unnest(ARRAY[v.code, v.name] || v.synonyms || v.infoods || v.usda);
SELECT v.code, s AS misread FROM vitk.nutrient v, pg_temp.names(v) AS s
WHERE pg_temp.reads(s) AND s::nutrient <> v.nutrient OR v.nutrient::text <> v.code OR v.code::nutrient <> v.nutrient;
SELECT v.code, s AS refused FROM vitk.nutrient v, pg_temp.names(v) AS s WHERE NOT pg_temp.reads(s) ORDER BY nutrient, s;
-- what came in 0.2.0 has its id; the order is that of position, and a part comes in the units of its group
SELECT count(*), count(DISTINCT position), min(position) > 0 AS positive FROM vitk.nutrient;
SELECT nutrient_group, count(*), string_agg(DISTINCT unit, ' ' ORDER BY unit) AS units FROM vitk.nutrient GROUP BY 1 ORDER BY min(position);
SELECT nutrient, vitk_internal.nutrient_send(nutrient) AS id, name, unit, molar_mass, units_per_iu, infoods, usda, fdc, parent
FROM vitk.nutrient WHERE vitk_internal.nutrient_send(nutrient) <= '\x0000001e' ORDER BY id;
SELECT count(*) AS out_of_order FROM (SELECT position < lag(position) OVER (ORDER BY nutrient) AS wrong FROM vitk.nutrient) s WHERE wrong;
-- a molar mass is that of its formula, to what is printed
SELECT n.code, n.formula, n.molar_mass
FROM vitk.nutrient n,
    LATERAL (SELECT sum(w.mass * coalesce(nullif(m[2], ''), '1')::int) AS mass, count(*) AS elements
             FROM regexp_matches(n.formula, '([A-Z][a-z]?)([0-9]*)', 'g') m
             JOIN (VALUES ('H', 1.008), ('C', 12.011), ('N', 14.007), ('O', 15.999), ('S', 32.06), ('P', 30.974), ('Co', 58.933)) w (element, mass)
                 ON w.element = m[1]) f
WHERE n.formula ~ '^C[0-9]' AND abs(n.molar_mass - f.mass) > 0.012;
SELECT count(*) AS half FROM vitk.nutrient WHERE (formula IS NULL) <> (molar_mass IS NULL);
-- order, hash, join
SELECT n FROM unnest('{MK-10,MK-4,K1,calcium,MK-9}'::nutrient[]) n ORDER BY n;
SELECT 'K1'::nutrient = 'phylloquinone', 'K1'::nutrient <> 'K1', 'K1'::nutrient < 'MK-4', 'MK-4'::nutrient >= 'K1',
       'K1'::nutrient > 'MK-4', 'K1'::nutrient <= 'K1';
-- frozen: hash partitions of users depend on these
SELECT n, hashint4(1) = vitk_internal.nutrient_hash('K1') AS as_int4, vitk_internal.nutrient_hash(n), vitk_internal.nutrient_hash_extended(n, 0),
       vitk_internal.nutrient_hash_extended(n, 42)
FROM unnest('{K1,MK-4,fat}'::nutrient[]) n;
CREATE TABLE nutrient_test (n nutrient PRIMARY KEY);
INSERT INTO nutrient_test SELECT nutrient FROM vitk.nutrient;
SET enable_hashjoin = off; SET enable_nestloop = off;
SELECT count(*) = (SELECT count(*) FROM vitk.nutrient) AS merge_join FROM nutrient_test a JOIN nutrient_test b USING (n);
SET enable_hashjoin = on; SET enable_mergejoin = off;
SELECT count(*) = (SELECT count(*) FROM vitk.nutrient) AS hash_join FROM nutrient_test a JOIN nutrient_test b USING (n);
RESET enable_hashjoin; RESET enable_nestloop; RESET enable_mergejoin;
SET enable_seqscan = off; SET enable_bitmapscan = off;
SELECT n FROM nutrient_test WHERE n BETWEEN 'MK-9' AND 'MK-11' ORDER BY n;
RESET enable_seqscan; RESET enable_bitmapscan;
DROP TABLE nutrient_test;
-- what the registry says
SELECT nutrient_name('MK-7'), unit('MK-7'::nutrient), molar_mass('MK-7'), molar_mass('vitamin K') AS sums_have_none,
       unit('calcium'::nutrient);
