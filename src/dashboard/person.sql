-- What the page of a person shows, by the key of the person, a parameter; NULL stands for everybody
WITH who AS MATERIALIZED (
    SELECT person FROM dashboard.person WHERE md5(person) = coalesce($1, md5(person))
), eaten AS MATERIALIZED (      -- OFFSET 0: profiles are made once, not for each row that is looked up
    SELECT d.*, name, profile
    FROM dashboard.diary AS d LEFT JOIN vitk.food USING (food_id) LEFT JOIN (SELECT * FROM vitk.food_profile OFFSET 0) AS p USING (food_id)
    WHERE person = ANY (ARRAY(SELECT person FROM who))
), limits AS MATERIALIZED (
    SELECT person, "limit" FROM who JOIN dashboard.person_limit USING (person)
), held AS (
    SELECT person, jsonb_agg(to_jsonb(v) - 'person' - 'place' ORDER BY authority, known_from, place, kind) AS rows
    FROM (SELECT person, v.authority, known_from, v.nutrient::nutrient AS place, v.kind,
                 split_part(nutrient_name(v.nutrient::nutrient), ',', 1) || ', ' || v.kind AS "limit",
                 intake_lower, nullif(intake_upper, intake_lower) AS intake_upper, limit_lower AS limit_value, unit,
                 100 * intake_lower / nullif(limit_upper, 0) AS lower, 100 * intake_upper / nullif(limit_lower, 0) AS upper,
                 100 * coverage AS known, verdict
          FROM limits JOIN dashboard.intake USING (person), (VALUES (100), (80), (60)) AS k (known_from),
               intake_vs_limit(total, limits."limit", 1, known_from / 100.0) AS v) AS v
    GROUP BY person
), days AS (
    SELECT person, jsonb_agg(jsonb_build_object('label', format('day %s: %s', day, nutrient),
                                                'lower', lower(intake -> nutrient, 'ug'), 'known', 100 * coverage(intake, nutrient))
                             ORDER BY day, nutrient) AS rows
    FROM (SELECT person, day, intake(profile, grams)
          FROM eaten GROUP BY person, day) AS person_day, unnest('{K1, MK-4, MK-7}'::nutrient[]) AS nutrient
    GROUP BY person
), diary AS (
    SELECT person, jsonb_agg(jsonb_build_object('day', d.day::text, 'meal', meal, 'food', coalesce(name, 'not recorded what it was'), 'grams', grams,
                                                'k1', middle(portion(profile, grams) -> 'K1', 'ug'), 'mk4', middle(portion(profile, grams) -> 'MK-4', 'ug'),
                                                'mk7', middle(portion(profile, grams) -> 'MK-7', 'ug'))
                             ORDER BY d.day, array_position('{breakfast, lunch, dinner, snack}', meal), name) AS rows
    FROM eaten AS d GROUP BY person
), scans AS (
    SELECT person, jsonb_agg(jsonb_build_object('years', s.years, 'score', value(score), 'category', calcification_category(score), 'per_year', d.per_year)
                             ORDER BY s.years) AS rows
    FROM who JOIN dashboard.scan USING (person), calcification_delta(baseline, followup, scan.years) AS d,
         LATERAL (VALUES (0, baseline), (scan.years, followup)) AS s (years, score)
    GROUP BY person
)
SELECT md5(person) AS key, jsonb_build_object('held', coalesce(held.rows, '[]'), 'days', coalesce(days.rows, '[]'),
                                              'diary', coalesce(diary.rows, '[]'), 'scans', coalesce(scans.rows, '[]')) AS data
FROM who LEFT JOIN held USING (person) LEFT JOIN days USING (person) LEFT JOIN diary USING (person) LEFT JOIN scans USING (person)
