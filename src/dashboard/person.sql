-- What the page of a person shows, by the key of the person; $1: that key, or NULL for everybody
WITH who AS (
    SELECT * FROM dashboard.person WHERE md5(person) = coalesce($1, md5(person))
), held AS (
    SELECT person, jsonb_agg(to_jsonb(v) - 'person' - 'place' ORDER BY authority, known_from, place, kind) AS rows
    FROM (SELECT person, r.authority, known_from, r.nutrient::nutrient AS place, v.kind,
                 split_part(nutrient_name(r.nutrient::nutrient), ',', 1) || ', ' || v.kind AS "limit",
                 intake_lower, nullif(intake_upper, intake_lower) AS intake_upper, limit_lower AS limit_value, unit,
                 100 * intake_lower / nullif(limit_upper, 0) AS lower, 100 * intake_upper / nullif(limit_lower, 0) AS upper,
                 100 * coverage AS known, verdict
          FROM who JOIN dashboard.intake USING (person), unnest('{NAM,EFSA,MHLW,NNR}'::text[]) AS a (authority),
               reference_value(sex, age, a.authority, life_stage) AS r, (VALUES (100), (80), (60)) AS k (known_from),
               intake_vs_limit(total, r, 1, known_from / 100.0) AS v
          WHERE r.nutrient IN ('vitamin K', 'K1', 'D', 'A-RAE', 'A-RE', 'retinol', 'calcium')) AS v
    GROUP BY person
), days AS (
    SELECT person, jsonb_agg(jsonb_build_object('label', format('day %s: %s', day, nutrient),
                                                'lower', lower(intake -> nutrient, 'ug'), 'known', 100 * coverage(intake, nutrient))
                             ORDER BY day, nutrient) AS rows
    FROM (SELECT person, day, intake(profile, grams)
          FROM who JOIN dashboard.diary USING (person) LEFT JOIN vitk.food_profile USING (food_id)
          GROUP BY person, day) AS person_day, unnest('{K1, MK-4, MK-7}'::nutrient[]) AS nutrient
    GROUP BY person
), eaten AS (
    SELECT person, jsonb_agg(jsonb_build_object('day', d.day::text, 'meal', meal, 'food', coalesce(name, 'not recorded what it was'), 'grams', grams,
                                                'k1', middle(portion(profile, grams) -> 'K1', 'ug'), 'mk4', middle(portion(profile, grams) -> 'MK-4', 'ug'),
                                                'mk7', middle(portion(profile, grams) -> 'MK-7', 'ug'))
                             ORDER BY d.day, array_position('{breakfast, lunch, dinner, snack}', meal), name) AS rows
    FROM who JOIN dashboard.diary AS d USING (person) LEFT JOIN vitk.food USING (food_id) LEFT JOIN vitk.food_profile USING (food_id)
    GROUP BY person
), scans AS (
    SELECT person, jsonb_agg(jsonb_build_object('years', s.years, 'score', value(score), 'category', calcification_category(score), 'per_year', d.per_year)
                             ORDER BY s.years) AS rows
    FROM who JOIN dashboard.scan USING (person), calcification_delta(baseline, followup, scan.years) AS d,
         LATERAL (VALUES (0, baseline), (scan.years, followup)) AS s (years, score)
    GROUP BY person
)
SELECT md5(person) AS key, jsonb_build_object('held', coalesce(held.rows, '[]'), 'days', coalesce(days.rows, '[]'),
                                              'diary', coalesce(eaten.rows, '[]'), 'scans', coalesce(scans.rows, '[]')) AS data
FROM who LEFT JOIN held USING (person) LEFT JOIN days USING (person) LEFT JOIN eaten USING (person) LEFT JOIN scans USING (person)
