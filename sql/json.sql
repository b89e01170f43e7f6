-- every type has casts to json and jsonb: to_jsonb() gives structure, not a string of the literal
SELECT string_agg(t.oid::regtype::text, ', ') AS without_casts
FROM pg_depend d JOIN pg_extension e ON e.oid = refobjid AND extname = 'vitk' JOIN pg_type t ON t.oid = objid
WHERE classid = 'pg_type'::regclass AND d.deptype = 'e' AND typtype = 'b' AND typcategory <> 'A'
    AND (SELECT count(*) FROM pg_cast WHERE castsource = t.oid AND casttarget IN ('json'::regtype, 'jsonb'::regtype) AND castmethod = 'f') <> 2;

CREATE TABLE everything (nutrient nutrient, nutrient_amount nutrient_amount, nutrient_profile nutrient_profile, conversion conversion,
    calcification calcification, study_sample study_sample, effect_size effect_size, meta_evidence meta_evidence, variance_components variance_components);
INSERT INTO everything VALUES
    ('MK-4', '0.30000000000000004 ug', '100 g: K1 7 ug, MK-7 <0.5 ug (known 50 g)', 'molar: K1 0..0.25, MK-7 0.1', '312 AU', '3.2 ± 0.4 (n=7)', '-10 (SE 9.22, df=12)',
     '{-10 (SE 9), -11 (SE 20, df=5)}', '(persons=2, days=5, days_squared=13, means=9.2, sum=23, ss_within=1.5, ss_between=1.2)'),
    ('vitamin D', '<0.5 ug/d', 'K1 100 ug', 'mass: MK-7 0.6852', '7.2 ug/mg', '5 (n=1)', 'OR 0.35 (log SE 0.4)', '{}', '(persons=0)');
INSERT INTO everything (study_sample) VALUES ('(n=0)');
SELECT jsonb_pretty(to_jsonb(e)) FROM everything e WHERE nutrient = 'MK-4';
-- whatever the settings, json and jsonb, in rows, arrays, nested
SET extra_float_digits = -15;
SELECT row_to_json(e) FROM everything e;
SELECT count(*) FROM everything e WHERE row_to_json(e)::jsonb IS DISTINCT FROM to_jsonb(e);
SELECT json_agg(nutrient_amount ORDER BY nutrient_amount), jsonb_agg(calcification ORDER BY calcification) FROM everything WHERE nutrient IS NOT NULL;
SELECT to_json(ARRAY['45 mg', '1..2 ug/d']::nutrient_amount[]), jsonb_build_object('of', 'K1'::nutrient, 'scans', array_agg(calcification ORDER BY calcification))
FROM everything WHERE calcification IS NOT NULL;
SELECT to_jsonb(ROW(e.nutrient, ROW(e.effect_size, ARRAY[e.study_sample]))) FROM everything e WHERE nutrient = 'MK-4';
RESET extra_float_digits;

-- back: nothing is lost
SELECT nutrient::jsonb::nutrient = nutrient AS nutrient, nutrient_amount::jsonb::nutrient_amount = nutrient_amount AS amount,
    nutrient_profile::jsonb::nutrient_profile = nutrient_profile AS profile, calcification::jsonb::calcification = calcification AS calcification,
    study_sample::jsonb::study_sample = study_sample AS sample, effect_size::jsonb::effect_size = effect_size AS effect,
    meta_evidence::jsonb::meta_evidence = meta_evidence AS evidence, conversion::jsonb::conversion = conversion AS conversion, variance_components::jsonb::variance_components = variance_components AS components
FROM everything;
SELECT count(*) AS lost FROM (SELECT study_sample(x) AS s FROM (SELECT g % 37 AS g, sin(g) * 10 ^ (g % 9) AS x FROM generate_series(1, 999) g) r GROUP BY g) r
WHERE s::jsonb::study_sample IS DISTINCT FROM s;
SELECT count(*) AS lost FROM (SELECT survey_sample(CASE WHEN g % 5 > 0 THEN x END, 1 + g / 7, g % 3, g % 11) AS s FROM (SELECT g, sin(g) * 10 ^ (g % 9) AS x FROM generate_series(1, 999) g) r GROUP BY g % 13) r
WHERE s::jsonb::survey_sample IS DISTINCT FROM s;
SELECT c::jsonb, c::jsonb::variance_components = c AS same FROM (SELECT variance_components(s) AS c FROM unnest('{"0 ± 0 (n=2)", "3 ± 1 (n=2)"}'::study_sample[]) s) r;
SELECT '{}'::survey_sample::jsonb::survey_sample, '"{1/2: n=1, weight=2, sum=3}"'::jsonb::survey_sample;
SELECT '{"psus": [{"stratum": 1, "psu": 1, "n": 1, "weight": 2, "sum": 3}]}'::jsonb::survey_sample;
SELECT '{"psus": [{"stratum": 1, "psu": 1, "n": 0, "weight": 2, "sum": 3, "ss": 0}]}'::jsonb::survey_sample;
SELECT '"45 mg"'::jsonb::nutrient_amount, '"OR 0.35 (log SE 0.4)"'::jsonb::effect_size, '"K2"'::jsonb::nutrient;
SELECT '{"lower": 1, "upper": 2, "unit": "nonsense"}'::jsonb::nutrient_amount;
SELECT '{"value": 12, "method": "AU"}'::jsonb::calcification;

-- min and max of every ordered type, by the order of its index, serial and parallel
SELECT string_agg(t.oid::regtype::text, ', ') AS without_extremes
FROM pg_opclass JOIN pg_type t ON t.oid = opcintype JOIN pg_depend d ON d.objid = t.oid AND d.classid = 'pg_type'::regclass AND d.deptype = 'e'
WHERE opcmethod = (SELECT oid FROM pg_am WHERE amname = 'btree') AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'vitk')
    AND typtype = 'b' AND (SELECT count(*) FROM pg_proc WHERE proname IN ('min', 'max') AND prokind = 'a' AND proargtypes[0] = t.oid) <> 2;
SELECT min(nutrient), max(nutrient), min(study_sample), max(effect_size), min(conversion), max(nutrient_profile), max(meta_evidence), min(variance_components) FROM everything;
SELECT min(nutrient), max(study_sample) FROM everything WHERE false;
SELECT min(n) = (array_agg(n ORDER BY n))[1] AS min, max(n) = (array_agg(n ORDER BY n DESC))[1] AS max, percentile_disc(0.5) WITHIN GROUP (ORDER BY n) AS median
FROM unnest('{MK-7,K1,MK-10,MK-4,D3}'::nutrient[]) n;
SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY a) AS median FROM unnest('{7 ug,0.1 mg,2 ug,<1 ug,9 ug}'::nutrient_amount[]) a;
CREATE TABLE indexed AS SELECT ('MK-' || 4 + g % 9)::nutrient AS n FROM generate_series(1, 1000) g;
CREATE INDEX ON indexed (n);
SET enable_seqscan = off;
CREATE FUNCTION pg_temp.plan_has(query text, pattern text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE line text;
BEGIN
    FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP
        IF line ~ pattern THEN RETURN true; END IF;
    END LOOP;
    RETURN false;
END $$;
SELECT pg_temp.plan_has('SELECT max(n) FROM indexed', 'Index Only Scan Backward');
SELECT max(n) FROM indexed;
RESET enable_seqscan;

-- LIKE on nutrients, which takes no cast to text
SELECT n, n LIKE 'MK-%' AS "like", n NOT LIKE 'MK-%' AS "not", n ILIKE 'mk-1_' AS "ilike", n NOT ILIKE 'mk%' AS "not ilike" FROM unnest('{MK-4,K1,MK-10,calcium}'::nutrient[]) n;
SELECT count(*) FROM indexed WHERE n LIKE '%-1_';

-- rounded for people to read
SELECT rounded('938.6666666666666 g: K1 568.4333 ug, MK-4 12.345..20.01 ug (known 938.2 g)'::nutrient_profile, 1),
    rounded('938.6666666666666 g: K1 568.4333 ug, MK-4 12.345..20.01 ug (known 938.2 g)'::nutrient_profile),
    rounded('0.4 g: K1 1.2 ug'::nutrient_profile), rounded('938.96 g: K1 1 ug (known 938.94 g)'::nutrient_profile, 1);
SELECT rounded('312.47 AU'::calcification), rounded('312.47 AU'::calcification, 1), rounded('7.25 AAC24'::calcification, -1);
SELECT rounded('0.75 ± 1.78901 (n=10, ss=28.805)'::study_sample, 2), rounded('5.55 (n=1)'::study_sample, 1), rounded('(n=0)'::study_sample, 2), rounded('27.4 (SE 6, n=200)'::study_sample);
SELECT rounded('-10.123 (SE 9.2234, df=12.345)'::effect_size, 1), rounded('log OR -1.0498221244986778 (SE 0.4034)'::effect_size, 2), rounded('-10.1 (SE 0.0123)'::effect_size),
    rounded('{-10.12 (SE 9.26), -11.3 (SE 20.04)}'::meta_evidence, 1), rounded('molar: K1 0.0512..0.2512'::conversion, 2);
SELECT rounded('{1002: 14.449, 7: ?, 5: 0.3333333333333333}'::diet, 1), rounded('{1002: 14.449, 7: 0.04}'::diet), rounded('{1002: 1449}'::diet, -2);
SELECT rounded('{7: 100 g: K1 0.17 ug, MK-4 <0.51 ug; 9: 30.04 g}'::food_composition, 1), rounded('{}'::food_composition, 1);
SELECT rounded('{1/1: n=1, weight=2.5, sum=3.0864175; 1/2: n=2, weight=0.04, sum=7.97661, ss=1.0158300086785712}'::survey_sample, 1);
SELECT rounded('(persons=3, days=7, days_squared=17, means=6.300000000000001, sum=13.700000000000001, ss_within=0.67, ss_between=5.297142857142858)'::variance_components, 1);
SELECT string_agg(t.oid::regtype::text, ', ') AS without_rounded
FROM pg_depend d JOIN pg_extension e ON e.oid = refobjid AND extname = 'vitk' JOIN pg_type t ON t.oid = objid
WHERE classid = 'pg_type'::regclass AND d.deptype = 'e' AND typtype = 'b' AND typcategory <> 'A'
    AND NOT EXISTS (SELECT FROM pg_proc WHERE proname = 'rounded' AND proargtypes[0] = t.oid AND prorettype = t.oid);
SELECT rounded('312 AU'::calcification, 16);

DROP TABLE everything, indexed;
