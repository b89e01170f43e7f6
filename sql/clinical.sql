-- values as laboratories and scanners hand them over: read, or the reason why not
\pset null NULL
SELECT v.*, t.* FROM (VALUES (0.9, 'ng/mL', NULL), (0.1, 'ug/L', '<'), (0.1, 'ug/L', ' <= '), (5, 'ug/L', '>'), (5, 'ug/L', '>='), (5, 'ug/L', '='),
    (5, 'cups', NULL), (5, NULL, NULL), (5, '', ''), (NULL, 'ug/L', NULL), (-1, 'ug/L', NULL), ('NaN', 'ug/L', NULL), ('Infinity', 'ug/L', '<'),
    (5, 'ug/L', '~'), (5, 'ug/L', '≤')) AS v (value, unit, comparator), try_nutrient_amount(value, unit, comparator) AS t;

-- by kind: a level, a score, an INR
SELECT v.*, vitk_internal.clinical_amount(kind, means, value, unit, comparator) AS amount,
       vitk_internal.clinical_calcification(kind, means, value, unit, comparator) AS calcification,
       vitk_internal.clinical_reason(kind, means, value, unit, comparator) AS reason
FROM (VALUES ('nutrient', 'K1', 0.9, 'nmol/L', NULL), ('marker', '25-OH-D', 75, 'nmol/L', NULL), ('nutrient', 'K1', 10, 'nmol/L', '>'),
    ('calcification', 'agatston', 312, NULL, NULL), ('calcification', 'agatston', 312, '{score}', NULL), ('calcification', 'agatston', 312, '1', NULL),
    ('calcification', 'agatston', 312, 'AU', NULL), ('calcification', 'agatston', 312, 'mm3', NULL), ('calcification', 'agatston', 312, '{a} mg', NULL),
    ('calcification', 'agatston', 1000, NULL, '>'), ('calcification', 'agatston', -1, NULL, NULL),
    ('calcification', 'volume', 250, 'mm3', NULL), ('calcification', 'volume', 250, 'uL', NULL), ('calcification', 'volume', 250, NULL, NULL),
    ('calcification', 'guess', 250, NULL, NULL),
    ('inr', 'INR', 2.5, NULL, NULL), ('inr', 'INR', 2.5, '1', NULL), ('inr', 'INR', 2.5, '{INR}', NULL), ('inr', 'INR', 2.5, 'Ratio', NULL),
    ('inr', 'INR', 2.5, 'INR', NULL), ('INR', 'INR', 10, NULL, '>'), ('inr', 'INR', 24.1, 's', NULL), ('inr', 'INR', 35, '%', NULL),
    ('inr', 'INR', 2.4, 'mg/dL', NULL), ('inr', 'INR', 0, NULL, NULL), ('inr', 'INR', 100, NULL, NULL), ('inr', 'INR', 100.5, NULL, NULL),
    ('shoe size', '42', 42, NULL, NULL), (NULL, NULL, NULL, NULL, NULL)) AS v (kind, means, value, unit, comparator);

-- numbers and days as systems write them
SELECT t, vitk_internal.clinical_number(t), vitk_internal.clinical_comparator(t, NULL), vitk_internal.clinical_quantity(t), vitk_internal.clinical_unit(t)
FROM unnest(ARRAY['2.4', ' 2.4 ', '<0.5', '> 10', '>=10', '<= 1e-3', '= 7', '≥ 3', '', '<', 'not done', '1,5', '2.4 mg', '<0.5 ug/L', '>10 (high)', '1:128', 'NaN', '1e400', '-1']) AS t;
SELECT v, vitk_internal.clinical_comparator('<0.5', v), vitk_internal.clinical_comparator('0.5', v) FROM unnest('{0.5,0.25,NaN,-0.5,1e308}'::float8[]) AS v;
SELECT vitk_internal.clinical_number(n) FROM unnest('{0,9.8,1e400,-1e400,1e-400,NaN}'::numeric[]) AS n;
SELECT t, vitk_internal.clinical_day(t)
FROM unnest(ARRAY['2026-01-05', '20260105', ' 2026-01-05T23:30:00-05:00', '2026-01-05 08:00', '2024-02-29', '2023-02-29', '2000-02-29', '1900-02-29', '2026-13-01',
    '2026-00-10', '2026-04-31', '2026-01', '2026', '2026-01-05x', '2026-0105', '05.01.2026', '0000-01-01', '9999-12-31', 'infinity', '']) AS t;

-- prescriptions
SELECT drug, vitamin_k_antagonist(drug)
FROM unnest(ARRAY['Coumadin 5 mg', 'b01aa04', ' B01AA03 ', 'aspirin', 'PREVISCAN 20 mg, cp', 'warfarinx', '11289', '', NULL]) AS drug;
SELECT vitamin_k_antagonist('11289', 'RxNorm'), vitamin_k_antagonist('11289', 'ATC'), vitamin_k_antagonist('Marcumar', 'name'), vitamin_k_antagonist('Marcumar', 'RxNorm');
INSERT INTO vitk.clinical_code (system, code, kind, means, name, source) VALUES ('hospital', '4711', 'antagonist', 'warfarin', 'our warfarin', 'our pharmacy');
SELECT vitamin_k_antagonist('4711', 'hospital');
INSERT INTO vitk.clinical_code (system, code, kind, means, name, source) VALUES ('hospital', '4712', 'nutrient', 'vitamin X', 'x', 'x');
INSERT INTO vitk.clinical_code (system, code, kind, means, name, source) VALUES ('name', 'Upper', 'antagonist', 'warfarin', 'x', 'x');
DELETE FROM vitk.clinical_code WHERE system = 'hospital';
-- each code means what its neighbours of the same drug mean
SELECT kind, means, count(*), string_agg(DISTINCT system, ', ' ORDER BY system) FROM vitk.clinical_code GROUP BY 1, 2 ORDER BY 1, 2;

-- printed results: the number, its comparator and its unit lie in one text
SELECT v.*, t.*
FROM (VALUES ('9.8', 'mg/dL'), ('<0.10', 'ug/L'), ('<= 0.5 ug/L', NULL), ('0.4 ng/mL', 'ug/L'), ('>5', 'ug/L'), ('NOT DONE', 'ug/L'), ('1:128', 'ug/L'),
    ('9,8', 'mg/dL'), ('9.8', NULL), ('9.8', ' mg/dL '), ('-1', 'mg/dL'), ('10-20', 'mg/dL'), ('', 'mg/dL'), (NULL, 'mg/dL'), ('1e400', 'mg/dL')) AS v (printed, unit),
    try_nutrient_amount(printed, unit) AS t;
SELECT v.*, t.*
FROM (VALUES ('312', NULL, 'agatston'), ('312 AU', NULL, 'agatston'), ('312', 'AU', 'agatston'), ('250', 'mm3', 'agatston'), ('250', 'mm3', 'volume'), ('250', NULL, 'volume'),
    ('>1000', 'AU', 'agatston'), ('<1', 'AU', 'agatston'), ('NOT DONE', 'AU', 'agatston'), ('-3', 'AU', 'agatston'), ('', 'AU', 'agatston'), (NULL, 'AU', 'agatston'),
    ('1', 'AU', 'guess'), ('0', 'AU', NULL)) AS v (printed, unit, method),
    try_calcification(printed, unit, method) AS t;
SELECT * FROM try_nutrient_amount('0.4', 'ug/L');
