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
-- every name of the view reads as its nutrient, and every code prints as itself
SELECT v.code, s AS misread
FROM vitk.nutrient v, unnest(ARRAY[code, name, infoods, usda] || synonyms) AS s
WHERE s::nutrient <> v.nutrient OR v.nutrient::text <> v.code;
SELECT count(*) > 20 AS registry_is_filled FROM vitk.nutrient;
SELECT nutrient, name, unit, molar_mass, units_per_iu, infoods, usda FROM vitk.nutrient ORDER BY nutrient;
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
SELECT nutrient_name('MK-7'), unit('MK-7'::nutrient), molar_mass('MK-7'), molar_mass('K') AS sums_have_none,
       unit('calcium'::nutrient);
