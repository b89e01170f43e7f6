-- literals and what is printed of them: molar first, registry order, MK-4 always there
SELECT c, c::conversion
FROM unnest(ARRAY['molar: K1 0..0.25, MK-7 0.1', 'mass: MK-7 0.6852', 'mass: MK-7 0.6852, MK-4 1',
    'mass:K2 0..1;molar:K1 .25', 'molar: MK-4 0', 'mass: MK-4 1', 'molar: K1 -0', 'molar: phylloquinone 1e-3',
    E' molar :\tmenaquinone-4  0.5 ,\n K1 0 ', 'molar: K1 1; molar: MK-9 0.5', 'molar: K1 0.3333333333333333']) AS c;
-- what does not read
SELECT ''::conversion;
SELECT 'K1 1'::conversion;
SELECT 'molar:'::conversion;
SELECT 'molar: K1'::conversion;
SELECT 'molar: K1 1,'::conversion;
SELECT 'molar: K1 1;'::conversion;
SELECT 'molecular: K1 1'::conversion;
SELECT 'molar: K1 0..'::conversion;
SELECT 'molar: K1 0..1..2'::conversion;
SELECT 'molar: K1 1 %'::conversion;
SELECT 'molar: K1 NaN'::conversion;
SELECT 'molar: K1 1e999'::conversion;
SELECT 'molar: K1 -0.1'::conversion;
SELECT 'molar: K1 1..0'::conversion;
SELECT 'molar: MK-17 1'::conversion;
SELECT 'molar: retinol 1'::conversion;
SELECT 'molar: K2 1'::conversion;
SELECT 'molar: K1 1, phylloquinone 2'::conversion;
SELECT ('molar: ' || repeat('K', 1000) || ' 1')::conversion;
-- the rows of a value
SELECT * FROM unnest('molar: K1 0..0.25; mass: K2 0..1'::conversion);
-- order, hash, joins
CREATE TABLE conversion_test (c conversion PRIMARY KEY);
INSERT INTO conversion_test
VALUES ('molar: K1 0..0.25'), ('molar: K1 0..0.5'), ('molar: K1 0.1'), ('mass: K1 0.1'), ('molar: MK-4 1'),
       ('molar: MK-4 0.5'), ('molar: MK-7 0'), ('molar: K1 0.1, MK-7 0.1');
INSERT INTO conversion_test VALUES ('molar: MK-4 1, phylloquinone 0.10');
SELECT c, c < 'molar: K1 0.1' AS lt, c <= 'molar: K1 0.1' AS le, c = 'molar: K1 0.1' AS eq,
       c <> 'molar: K1 0.1' AS ne, c >= 'molar: K1 0.1' AS ge, c > 'molar: K1 0.1' AS gt
FROM conversion_test ORDER BY c;
SET enable_hashjoin = off; SET enable_nestloop = off;
SELECT count(*) AS merge_join FROM conversion_test a JOIN conversion_test b USING (c);
SET enable_hashjoin = on; SET enable_mergejoin = off;
SELECT count(*) AS hash_join FROM conversion_test a JOIN conversion_test b USING (c);
RESET enable_hashjoin; RESET enable_nestloop; RESET enable_mergejoin;
SELECT count(DISTINCT vitk_internal.conversion_hash(c)) = count(*) AS hashes_differ,
       bool_and(vitk_internal.conversion_hash_extended(c, 0)::bit(32) = vitk_internal.conversion_hash(c)::bit(32)) AS extended_agrees,
       bool_and(vitk_internal.conversion_hash_extended(c, 1) <> vitk_internal.conversion_hash_extended(c, 0)) AS seed_counts
FROM conversion_test;
-- frozen: hash partitions of users depend on these
SELECT c, vitk_internal.conversion_hash(c), vitk_internal.conversion_hash_extended(c, 0), vitk_internal.conversion_hash_extended(c, 42)
FROM unnest(ARRAY['molar: K1 0..0.25, MK-7 0.1', 'mass: MK-7 0.6852']::conversion[]) c;
-- binary there and back
\copy conversion_test TO results/conversion.bin (FORMAT binary)
CREATE TABLE conversion_copy (LIKE conversion_test);
\copy conversion_copy FROM results/conversion.bin (FORMAT binary)
SELECT count(*) AS came_back FROM conversion_test JOIN conversion_copy USING (c);
DROP TABLE conversion_test, conversion_copy;
-- checked by hand: 500 x 0.25 x 444.66 / 450.71, 500 x 444.66 / 450.71, 100 x 444.7 / 649.0
SELECT upper(mk4_equivalent('K1 500 ug'), 'ug')::numeric(8, 1) AS k1_human,
       lower(mk4_equivalent('K1 500 ug'), 'ug') AS k1_human_lower,
       lower(mk4_equivalent('K1 500 ug', method => 'molar'), 'ug')::numeric(8, 1) AS k1_molar,
       upper(mk4_equivalent('MK-7 100 ug', 'human', 'japan_dri'), 'ug')::numeric(8, 1) AS mk7_japan,
       mk4_equivalent('dK1 500 ug') AS dk1_human,
       mk4_equivalent('K1 450.71 ug', 'rat') AS k1_rat,
       mk4_equivalent('MK-4 1 ug, MK-7 649.02 ug', 'mouse') AS mk7_mouse;
SELECT method, mk4_equivalent('MK-4 45 mg', 'human', method) = '45 mg' AS mk4_stays
FROM unnest('{bioconversion,molar,japan_dri,mk4_only}'::text[]) AS method;
-- under an antagonist nobody knows how much stays MK-4
SELECT mk4_equivalent('MK-4 45 mg', antagonist => true), mk4_equivalent('MK-4 45 mg', method => 'molar', antagonist => true),
       mk4_equivalent('K1 500 ug', antagonist => true) = mk4_equivalent('K1 500 ug') AS k1_as_without;
-- intervals of the amounts and of the factors
SELECT mk4_equivalent('100 g: MK-4 2..4 ug', method => 'mk4_only'),
       mk4_equivalent('100 g: MK-4 <0.5 ug', method => 'molar'),
       mk4_equivalent('100 g: MK-4 2 ug, MK-7 64.902 ug'),
       mk4_equivalent('250 g: MK-4 2 ug (known 100 g)');
-- nothing known is NULL, not zero; what a method does not count adds nothing
SELECT mk4_equivalent('100 g: calcium 120 mg') AS no_vitamin_k, mk4_equivalent('K1 5 ug', method => 'mk4_only') AS no_mk4,
       mk4_equivalent('MK-9 5 ug', method => 'japan_dri') AS not_counted,
       mk4_equivalent('MK-4 1 ug, MK-9 5 ug', method => 'japan_dri') AS mk4_counted,
       mk4_equivalent(NULL) AS null_profile, mk4_equivalent('K1 5 ug', NULL::text) AS null_species;
-- totals: anything between their lightest and heaviest member; beside their parts not counted twice
SELECT p, mk4_equivalent(p, method => 'molar') AS molar, mk4_equivalent(p) AS bioconversion,
       mk4_equivalent(p, method => 'mk4_only') AS mk4_only, mk4_equivalent(p, method => 'japan_dri') AS japan_dri
FROM unnest('{"vitamin K 100 ug","K2 100 ug","K2 100 ug, MK-4 60 ug","K2 100 ug, MK-4 200 ug","vitamin K 100 ug, K1 30 ug"}'::nutrient_profile[]) AS p;
-- for what share of the mass that is known: K1 and MK-4, as far as the method counts them; totals that count are as good
SELECT p, mk4_coverage(p) AS bioconversion, mk4_coverage(p, 'rat') AS rat, mk4_coverage(p, method => 'molar', antagonist => true) AS molar,
       mk4_coverage(p, method => 'mk4_only') AS mk4_only, mk4_coverage(p, method => 'japan_dri') AS japan_dri
FROM unnest('{"100 g: K1 7 ug, MK-4 15 ug","100 g: K1 7 ug, MK-4 15 ug (known 60 g)","100 g: K1 7 ug (known 50 g), MK-4 15 ug (known 60 g)",
        "100 g: K1 7 ug, MK-4 15 ug, MK-7 2 ug (known 1 g)","100 g: K1 7 ug",100 g: MK-4 15 ug,100 g: calcium 1 mg,100 g,
        "100 g: K1 7 ug (known 80 g), K2 9 ug (known 70 g)","100 g: K1 7 ug, MK-4 2 ug (known 20 g), K2 9 ug (known 70 g)",
        100 g: vitamin K 9 ug (known 70 g),MK-4 45 mg,MK-7 180 ug,calcium 1 mg,"100 g: K1 7 ug (known 50 g), MK-4 45 mg (known 0 g)"}'::nutrient_profile[]) AS p;
SELECT c, mk4_coverage('100 g: K1 7 ug (known 50 g), MK-4 15 ug (known 60 g), MK-7 2 ug (known 1 g), vitamin K 9 ug', c)
FROM unnest('{molar: K1 0.1,"molar: K1 0, MK-7 1","molar: MK-4 0, K1 1","molar: MK-4 0, MK-7 1","molar: K1 1; mass: vitamin K 0..1"}'::conversion[]) AS c;
SELECT mk4_coverage(NULL) AS null_profile, mk4_coverage('K1 5 ug', NULL::text) AS null_species;
SELECT mk4_coverage('K1 5 ug', 'dog');
-- never more than each that counts; the same by name and by value
SELECT s, m, a FROM unnest('{human,rat,mouse}'::text[]) s, unnest('{bioconversion,article,molar,japan_dri,mk4_only}'::text[]) m,
    unnest('{f,t}'::boolean[]) a, (VALUES ('100 g: K1 7 ug (known 50 g), MK-4 15 ug (known 60 g)'::nutrient_profile)) v (p)
WHERE mk4_coverage(p, s, m, a) IS DISTINCT FROM mk4_coverage(p, conversion(s, m, a))
   OR mk4_coverage(p, s, m, a) <> CASE m WHEN 'mk4_only' THEN 0.6 ELSE 0.5 END;
-- factors of one's own, and built-in ones as a value
SELECT mk4_equivalent('K1 450.71 ug, MK-7 1000 ug', 'molar: K1 0.1..0.2'::conversion),
       mk4_equivalent('K1 450.71 ug, MK-4 7 ug', 'molar: K1 0.1; mass: MK-4 0'::conversion),
       mk4_equivalent('MK-7 1 mg', 'mass: MK-7 0.6852'::conversion);
SELECT conversion('human', 'japan_dri'), conversion('human', 'bioconversion', true);
SELECT s, m, a FROM unnest('{human,rat,mouse}'::text[]) s, unnest('{bioconversion,article,molar,japan_dri,mk4_only}'::text[]) m,
    unnest('{f,t}'::boolean[]) a, (VALUES ('100 g: K1 7 ug, dK1 1 ug, MK-4 15..17 ug, MK-7 <0.5 ug, K3 1 ug, K2 19 ug'::nutrient_profile)) v (p)
WHERE mk4_equivalent(p, s, m, a) IS DISTINCT FROM mk4_equivalent(p, conversion(s, m, a));
SELECT bool_and(conversion(s, m, a)::text::conversion = conversion(s, m, a)) AS builtin_text_round_trip
FROM unnest('{human,rat,mouse}'::text[]) s, unnest('{bioconversion,article,molar,japan_dri,mk4_only}'::text[]) m, unnest('{f,t}'::boolean[]) a;
-- unknown names
SELECT mk4_equivalent('K1 1 ug', 'dog');
SELECT mk4_equivalent('K1 1 ug', 'Human');
SELECT mk4_equivalent('K1 1 ug', method => 'bioconvertion');
SELECT mk4_equivalent('K1 1 ug', 'molar: K1 0.1');
SELECT conversion('', 'molar');
SELECT mk4_equivalent('MK-4 1e308 ug, K1 1e308 ug', 'mass: K1 1'::conversion);
-- more than a ring gives: percent, or a misprint
SELECT 'molar: K1 25'::conversion;
SELECT 'mass: MK-7 1.01'::conversion;
SELECT 'mass: K3 2.58'::conversion;
-- the factors shown are the factors computed with, both ways
CREATE TEMP VIEW shown AS
    SELECT s AS species, f.method, a AS antagonist, f.nutrient, f.basis, f.lower, f.upper, f.evidence, f.reason
    FROM vitk.conversion_factor f, unnest('{human,rat,mouse}'::text[]) s, unnest('{f,t}'::boolean[]) a
    WHERE coalesce(f.species, s) = s AND coalesce(f.antagonist, a) = a;
CREATE TEMP VIEW compiled AS
    SELECT s AS species, m AS method, a AS antagonist, f.*
    FROM unnest('{human,rat,mouse}'::text[]) s, unnest('{bioconversion,article,molar,japan_dri,mk4_only}'::text[]) m,
        unnest('{f,t}'::boolean[]) a, unnest(conversion(s, m, a)) f;
SELECT species, method, antagonist, nutrient, basis, lower, upper FROM shown EXCEPT TABLE compiled;
TABLE compiled EXCEPT SELECT species, method, antagonist, nutrient, basis, lower, upper FROM shown;
SELECT method, antagonist, count(*) FROM compiled GROUP BY 1, 2 ORDER BY 1, 2;
-- 1 mg of each nutrient, against the same sum in SQL
SELECT f.*, e FROM compiled f, mk4_equivalent(format('%s 1 mg', f.nutrient)::nutrient_profile, species, method, antagonist) e,
    coalesce(CASE basis WHEN 'molar' THEN molar_mass('MK-4') / molar_mass(f.nutrient) END, 1) ratio
WHERE abs(lower(e, 'ug') - 1000 * f.lower * ratio) > 1e-9 OR abs(upper(e, 'ug') - 1000 * f.upper * ratio) > 1e-9
   OR e IS NULL;
-- the two ratios of the table, from their masses
SELECT f.lower = 444.7 / 649.0::float8 AS japan FROM vitk.conversion_factor f WHERE method = 'japan_dri' AND nutrient = 'MK-7';
SELECT DISTINCT f.lower = molar_mass('MK-4') / molar_mass('MK-13') AS heaviest
FROM vitk.conversion_factor f WHERE method = 'molar' AND basis = 'mass';
SELECT method, species, antagonist, string_agg(nutrient::text, ' ' ORDER BY nutrient) AS nutrients, basis, lower, upper, evidence
FROM vitk.conversion_factor GROUP BY method, species, antagonist, basis, lower, upper, evidence, reason
ORDER BY method, species NULLS FIRST, antagonist NULLS FIRST, (array_agg(nutrient ORDER BY nutrient))[1];
-- every piece of evidence is on file, and a hard zero rests on a zero that was found
SELECT method, nutrient, e FROM vitk.conversion_factor, unnest(evidence) e
WHERE NOT EXISTS (SELECT FROM vitk.conversion_evidence WHERE evidence_id = e);
SELECT method, species, nutrient FROM vitk.conversion_factor f
WHERE upper = 0 AND method <> 'article' AND NOT EXISTS (SELECT FROM vitk.conversion_evidence c WHERE evidence_id = ANY (evidence) AND c.upper = 0);
SELECT evidence_id, species, nutrients, antagonist, lower, best, upper, unit, doi FROM vitk.conversion_evidence ORDER BY evidence_id COLLATE "C";
-- rows of one's own; nonsense stays out
INSERT INTO vitk.conversion_evidence (evidence_id, species, nutrients, lower, upper, unit, finding, citation)
VALUES ('mine', 'human', '{MK-9}', 0, 0.1, 'mol/mol', 'at most a tenth', 'a note of ours') RETURNING builtin;
INSERT INTO vitk.conversion_evidence (evidence_id, species, lower, upper, finding, citation) VALUES ('bad', 'human', 1, 0, '?', '?');
INSERT INTO vitk.conversion_evidence (evidence_id, species, best, finding, citation) VALUES ('bad', 'human', 'NaN', '?', '?');
INSERT INTO vitk.conversion_evidence (evidence_id, species, finding, citation, doi) VALUES ('bad', 'human', '?', '?', 'http');
INSERT INTO vitk.conversion_evidence (evidence_id, species, finding, citation) VALUES ('ellis2022', 'human', '?', '?');
DELETE FROM vitk.conversion_evidence WHERE NOT builtin;

-- the article as it says it: rats turn K1 into MK-4, warfarin stops that, humans hardly do, MK-4 counts as itself
SELECT species, antagonist, rounded(mk4_equivalent('K1 450.71 ug', species, 'article', antagonist), 2) AS k1,
       mk4_equivalent('MK-4 1 mg', species, 'article', antagonist) AS mk4
FROM unnest('{human,rat,mouse}'::text[]) species, unnest('{f,t,NULL}'::boolean[]) antagonist;
-- an antagonist that is not known: from the least to the most of both
SELECT conversion('rat', 'article', NULL), mk4_equivalent('K1 450.71 ug, MK-4 1 ug', 'rat', 'article', NULL) AS hull,
       mk4_coverage('10 g: K1 1 ug (known 5 g), MK-4 1 ug', antagonist => NULL), mk4_equivalent('MK-4 1 ug', NULL, antagonist => NULL) AS no_species,
       mk4_equivalent('MK-4 1 ug', 'HUMAN', 'Article');
-- a total known for all of the mass holds its parts; beside it stands what no food states
SELECT p, mk4_equivalent(p, method => 'molar') AS molar, mk4_equivalent(p) AS bioconversion
FROM unnest('{100 g: vitamin K 100 ug,"100 g: vitamin K 100 ug, K1 0..50 ug","100 g: vitamin K 100 ug, K2 60 ug, MK-4 30 ug","100 g: vitamin K 100 ug (known 99 g), K1 30 ug",
    "100 g: vitamin K 100 ug, MK-7 50 ug (known 0 g)","100 g: vitamin K 100 ug, MK-7 50 ug (known 1 g)"}'::nutrient_profile[]) AS p;

-- a draw is within the bounds, the same for a seed, and that of a nutrient does not depend on the others
SELECT draw(c, 1) AS drawn, draw(c, 1) = draw(c, 1) AS same, draw(c, 1) = draw(c, 2) AS other, draw('mass: MK-7 0.6852'::conversion, 5) AS exact
FROM CAST('molar: K1 0..0.25, MK-7 0.1..0.2' AS conversion) AS c;
SELECT (SELECT upper FROM unnest(draw('molar: K1 0..0.25, MK-7 0.1..0.2'::conversion, 9)) WHERE nutrient = 'K1')
    = (SELECT upper FROM unnest(draw('molar: K1 0..0.25'::conversion, 9)) WHERE nutrient = 'K1') AS by_itself;
SELECT min(v) >= 0 AND max(v) <= 0.25 AS within, abs(avg(v) - 0.125) < 0.005 AS centred, abs(stddev(v) - 0.25 / sqrt(12)) < 0.004 AS spread
FROM generate_series(1, 2000) AS seed, unnest(draw('molar: K1 0..0.25'::conversion, seed)) AS d (nutrient, basis, v) WHERE d.nutrient = 'K1';
