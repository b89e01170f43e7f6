\set ON_ERROR_STOP 1
\set QUIET 1
\pset pager off
\pset footer off
\pset null '-'

-- who is who, in few letters
CREATE VIEW example.who AS
    SELECT person, concat_ws(' ', person, upper(left(sex, 1)), age,
                             nullif(life_stage, 'none'), CASE WHEN warfarin THEN 'warfarin' END) AS who
    FROM example.person;
COMMENT ON VIEW example.who IS 'EXAMPLE: the invented persons, described';

\echo
\echo '1. From words to foods and grams: one day of two persons'
\echo
\echo 'The diaries were written in words. diary_item() takes a line apart, find_food() looks for the food,'
\echo 'find_measure() weighs the measure; bowls and mugs were weighed in this kitchen (vitk.food_measure).'
\echo

SELECT person, i.line, round(i.amount::numeric, 2) AS amount, i.measure, left(i.name, 31) AS food, round(i.grams::numeric) AS g
FROM example.meal, string_to_table(items, '; ') WITH ORDINALITY AS l (line, place)
JOIN example.item AS i USING (line)
WHERE (person, day) IN (('Kenji', 1), ('Grace', 1))
ORDER BY person, array_position('{breakfast,lunch,dinner,snack}', meal), place;

\echo
\echo '2. What was not matched, and what was taken for it'
\echo

SELECT line, count(*) AS times, CASE WHEN i.food_id IS NULL THEN 'no such food' ELSE 'no such measure' END AS "not matched",
       coalesce(d.food_id, 'unknown') AS "taken for", d.grams AS g, why
FROM example.meal, string_to_table(items, '; ') AS l (line)
JOIN example.item AS i USING (line)
LEFT JOIN example.decision AS d USING (line)
WHERE i.food_id IS NULL OR i.grams IS NULL
GROUP BY line, i.food_id, d.food_id, d.grams, why
ORDER BY times DESC, line;

\echo
\echo '3. Intake of vitamin K by vitamer, food and supplements, mean of three days'
\echo
\echo 'For each vitamer, ug a day, followed by the % of the mass eaten for which it is known.'
\echo 'Unknown is not zero: where 70 % is known, the intake is at least the figure. K2 is what'
\echo 'some food tables give as one sum; it is listed next to the menaquinones and is not their sum.'
\echo

SELECT who,
       round(lower(total -> 'K1', 'ug') / 3) AS "K1 ug/d", round(100 * coverage(total, 'K1')) AS "%",
       round(lower(total -> 'dK1', 'ug') / 3) AS "dK1 ug/d", round(100 * coverage(total, 'dK1')) AS "%",
       round(lower(total -> 'MK-4', 'ug') / 3) AS "MK-4 ug/d", round(100 * coverage(total, 'MK-4')) AS "%",
       round(lower(total -> 'MK-7', 'ug') / 3) AS "MK-7 ug/d", round(100 * coverage(total, 'MK-7')) AS "%",
       round(lower(total -> 'K2', 'ug') / 3) AS "K2 ug/d", round(100 * coverage(total, 'K2')) AS "%"
FROM example.intake JOIN example.who USING (person)
ORDER BY person;

\echo
\echo '4. The same as MK-4, ug a day, by four methods'
\echo
\echo 'A range where science or the food table is unsure. bioconversion: what humans may make of it,'
\echo 'under warfarin with the factors of that state; molar: mole for mole; japan_dri: the sum of'
\echo 'the Japanese reference values; mk4_only: MK-4 as eaten. Foods of which nothing is known'
\echo 'count as nothing, so every figure is a lower bound.'
\echo

SELECT who,
       rounded(mk4_equivalent(daily, antagonist => warfarin), 1) AS bioconversion,
       rounded(mk4_equivalent(daily, method => 'molar', antagonist => warfarin), 1) AS molar,
       rounded(mk4_equivalent(daily, method => 'japan_dri', antagonist => warfarin), 1) AS japan_dri,
       rounded(mk4_equivalent(daily, method => 'mk4_only', antagonist => warfarin), 1) AS mk4_only
FROM (SELECT person, total * (1 / 3.0) AS daily FROM example.intake) AS i
JOIN example.person USING (person) JOIN example.who USING (person)
ORDER BY person;

\echo
\echo '5. Vitamin K against the adequate intake (AI) of NAM (USA, Canada) and EFSA (Europe)'
\echo
\echo 'At or above an AI an intake is adequate; below it nothing can be concluded (IOM 2000,'
\echo 'doi:10.17226/9956). Against NAM the menaquinones count too; EFSA set its value on K1 alone.'
\echo 'uncertain: the foods that are not known decide. Neither set an upper limit.'
\echo

-- every person against every limit of both
CREATE TABLE example.verdict AS
    SELECT person, v.*
    FROM example.intake JOIN example.person USING (person),
         unnest(ARRAY['NAM', 'EFSA']) AS held_against,
         LATERAL intake_vs_limit(total, sex, age, held_against, life_stage, days => 3) AS v
    WHERE v.nutrient IN ('vitamin K', 'K1', 'D', 'A-RAE', 'A-RE', 'retinol', 'calcium');
COMMENT ON TABLE example.verdict IS 'EXAMPLE: intakes of the invented persons, compared with limits';

SELECT who,
       round(nam.intake_lower) AS "intake ug/d", nam.limit_lower AS "AI of NAM ug/d", nam.verdict,
       round(efsa.intake_lower) AS "K1 ug/d", efsa.limit_lower AS "AI of EFSA ug/d", efsa.verdict
FROM example.who
JOIN (SELECT * FROM example.verdict WHERE authority = 'NAM' AND nutrient = 'vitamin K' AND kind = 'AI') AS nam USING (person)
JOIN (SELECT * FROM example.verdict WHERE authority = 'EFSA' AND nutrient = 'K1' AND kind = 'AI') AS efsa USING (person)
ORDER BY person;

\echo
\echo '6. All limits of both: number of persons by verdict'
\echo
\echo 'EAR is the average requirement: below it an intake is likely inadequate. RDA and PRI are'
\echo 'enough for nearly everyone, UL is the upper limit. Here a nutrient counts as known where it is'
\echo 'known for 80 % of the mass: a choice of the analyst, made in the query. Vitamin A in RE'
\echo 'is never compared with intakes in RAE. EAR and UL call for the usual intake, not three days.'
\echo

CREATE VIEW example.verdict_80 AS
    SELECT person, authority, nutrient, kind, intake_lower, limit_lower, unit, coverage,
           CASE verdict WHEN 'uncertain'
                THEN intake_verdict(kind, intake_lower, intake_upper, coverage, limit_lower, limit_upper,
                                    min_coverage => 0.8)
                ELSE verdict END AS verdict
    FROM example.verdict;
COMMENT ON VIEW example.verdict_80 IS 'EXAMPLE: verdicts of the invented persons, 80 % known taken for known';

SELECT authority, nutrient, kind,
       count(*) FILTER (WHERE verdict = 'exceeds') AS exceeds,
       count(*) FILTER (WHERE verdict = 'likely inadequate') AS inadequate,
       count(*) FILTER (WHERE verdict = 'uncertain') AS uncertain,
       count(*) FILTER (WHERE verdict = 'no conclusion') AS "open",
       count(*) FILTER (WHERE verdict = 'within limit') AS within,
       count(*) FILTER (WHERE verdict = 'adequate') AS adequate,
       count(*) FILTER (WHERE verdict = 'not comparable') AS "incomp.",
       count(*) FILTER (WHERE verdict = 'no limit set') AS "unset"
FROM example.verdict_80
GROUP BY authority, nutrient, kind
ORDER BY authority DESC, nutrient::nutrient, kind;

\echo
\echo '7. Who that is'
\echo
\echo 'Nutrient and whose limit; the same choice of 80 %.'
\echo

SELECT who,
       string_agg(nutrient || ' (' || authorities || ')', ', ' ORDER BY nutrient::nutrient)
           FILTER (WHERE verdict = 'exceeds') AS "exceeds the UL of",
       string_agg(nutrient || ' (' || authorities || ')', ', ' ORDER BY nutrient::nutrient)
           FILTER (WHERE verdict = 'likely inadequate') AS "likely inadequate in"
FROM example.who
LEFT JOIN (SELECT person, nutrient, verdict, string_agg(authority, ', ' ORDER BY authority DESC) AS authorities
           FROM example.verdict_80
           GROUP BY person, nutrient, verdict) AS v USING (person)
GROUP BY who
ORDER BY who;

\echo
\echo '8. Foods that gave most MK-4, all persons and days'
\echo
\echo 'Foods only; supplements are left out. ug per 100 g as the food table has it.'
\echo

SELECT left(name, 52) AS food, count(*) AS times, round(sum(grams)) AS "eaten g",
       round(sum(lower(portion(profile, grams) -> 'MK-4', 'ug'))::numeric, 1) AS "MK-4 ug",
       round((100 * sum(lower(portion(profile, grams) -> 'MK-4', 'ug'))
              / sum(sum(lower(portion(profile, grams) -> 'MK-4', 'ug'))) OVER ())::numeric, 1) AS "% of all",
       min(lower(profile -> 'MK-4', 'ug')) AS "ug/100 g", food_id
FROM example.diary JOIN vitk.food USING (food_id) JOIN vitk.food_profile USING (food_id)
WHERE profile ? 'MK-4'
GROUP BY food_id, name
ORDER BY 4 DESC
LIMIT 12;
