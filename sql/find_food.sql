-- the best three of what people type: any order, plural, part of a word, part of the words
SELECT typed, round(f.rank::numeric, 2) AS rank, f.food_id, left(f.name, 48) AS name
FROM unnest('{chicken leg, chicken thighs, leg chicken, butter, cheddar cheese, eggs, egg yolk, hard-boiled eggs,
              natto, brocc, whole mil, olive oil, soybean oil, ground beef, goose liver, salmon, raw kale,
              spinach boiled, green peas, canned tuna}'::text[]) WITH ORDINALITY AS t (typed, i),
     LATERAL find_food(typed, 3) WITH ORDINALITY AS f (food_id, name, name_local, food_group, source_id, rank, place)
ORDER BY i, place;

-- French names, with accents or without
SET client_encoding = 'UTF8';
SELECT typed, round(f.rank::numeric, 2) AS rank, f.food_id, left(f.name_local, 48) AS name_local
FROM unnest(ARRAY['cuisse de poulet', 'foie d''oie', 'jaune d''oeuf', 'Œuf', 'gruyère', 'GRUYÈRE', 'gruyere', 'lait entier',
                  'beurre doux', 'génisse foie']) WITH ORDINALITY AS t (typed, i)
     LEFT JOIN LATERAL find_food(typed, 2) WITH ORDINALITY AS f (food_id, name, name_local, food_group, source_id, rank, place)
         ON true
ORDER BY i, place;

-- misspelt: words that no food has stand for the nearest that some food has, and rank below those that are right
SELECT left(typed, 20) AS typed, left(vitk_internal.food_spelling(typed), 20) AS spelling, round(f.rank::numeric, 2) AS rank, left(f.name, 40) AS name
FROM unnest(ARRAY['chiken leg', 'chicken lag', 'Brocolli', 'slamon', 'chedar chese', 'hard-boild egg', 'fromaje', 'gruiyère', 'nato', 'egs', 'chick leg',
                  'beef', 'xyzzyx', 'of the', 'le jambon', 'mikl2', '', repeat('x', 70)]) WITH ORDINALITY AS t (typed, i)
     LEFT JOIN LATERAL find_food(typed, 1) AS f ON true
ORDER BY i;
SELECT vitk_internal.near_word('chiken', 'Chickens, chicken; CHIKN', most) FROM generate_series(0, 2) AS most;
SELECT vitk_internal.near_word('pate', 'Pâté en croûte', 0), vitk_internal.near_word('boeuf', 'BŒUF', 0), vitk_internal.near_word('', 'a', 2), vitk_internal.near_word('a', '', 2),
       vitk_internal.near_word('kale', 'ale', 1), vitk_internal.near_word(NULL, 'a', 1);
SELECT vitk_internal.plain_letters('ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß àáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ ŒœŁł AZ\09');
-- with a hyphen or without
SELECT typed, f.food_id, round(f.rank::numeric, 2) AS rank FROM unnest('{chicken leg,chicken-leg,hard-boiled egg,hard boiled egg}'::text[]) AS typed, find_food(typed, 1) AS f;
-- an accent that stands by itself, as macOS writes it
SELECT food_id, name FROM find_food(U&'e\0301gg', 1);
-- indexes find the words: no look at all the foods
BEGIN;
SELECT seq_scan, idx_scan FROM pg_stat_xact_all_tables WHERE relid = 'vitk.food'::regclass \gset before_
SELECT count(*) FROM find_food('chicken leg', 2);
SELECT seq_scan - :before_seq_scan AS seq_scans, idx_scan > :before_idx_scan AS by_index FROM pg_stat_xact_all_tables WHERE relid = 'vitk.food'::regclass;
ROLLBACK;

-- words that mean the same, of a user's own, too; the longest counts
BEGIN;
SELECT typed, vitk_internal.food_synonym(typed) AS synonym, f.name
FROM unnest('{aubergine,Prawns,toast,french toast,minced beef,spaghetti,zucchini,garbanzo beans,apple}'::text[]) WITH ORDINALITY AS t (typed, i)
     LEFT JOIN LATERAL find_food(typed, 1) AS f ON true
ORDER BY i;
INSERT INTO vitk.food_synonym (words, instead, source) VALUES ('neep', 'rutabaga', 'Scottish'), ('toast', 'rye bread toasted', 'our house');
SELECT typed, f.name FROM unnest('{neeps,toast}'::text[]) AS typed LEFT JOIN LATERAL find_food(typed, 1) AS f ON true;
INSERT INTO vitk.food_synonym (words, instead, source) VALUES ('Neeps!', 'rutabaga', 'Scottish');
ROLLBACK;

-- the food that is meant, not a dish that has some; no repair of short words; of some sources alone
SELECT typed, f.food_id, f.name FROM unnest('{apple,milk,rice,water,beer,brown rice,toast,nato}'::text[]) WITH ORDINALITY AS t (typed, i)
     LEFT JOIN LATERAL find_food(typed, 1) AS f ON true
ORDER BY i;
SELECT food_id, name FROM find_food('natto', 5, '{SR28, kamao2007}');
SELECT food_id FROM find_food('natto', 5, '{}');
\set SHOW_CONTEXT never
SELECT food_id FROM find_food('natto', 5, '{sr28, sr2}');
\set SHOW_CONTEXT errors
SELECT round(vitk_internal.food_rank('chocolate milk', name, NULL)::numeric, 3), name
FROM unnest('{"Chocolate milk, NFS","Milk, chocolate, fluid","Milk chocolate","Chocolate","Baby food, chocolate milk","","a, b","NS"}'::text[]) AS name;
SELECT vitk_internal.food_rank('', 'Milk', ''), vitk_internal.food_rank('milk', NULL, ''), vitk_internal.food_rank(repeat('milk ', 200), repeat('milk, ', 200), repeat('x', 200)) > 0;

-- what finds nothing, and no signs of a tsquery
SELECT left(typed, 10) AS typed, count(f.food_id)
FROM unnest(ARRAY['', ' ,;''"', 'of', 'xyzzy', NULL, 'a''b\', '!(natto', 'natto:*', '| & <->', repeat('(', 1000), repeat('x', 2000)])
     WITH ORDINALITY AS t (typed, i)
     LEFT JOIN LATERAL find_food(typed) AS f ON true
GROUP BY i, typed ORDER BY i;

-- how many: 20, as many as one asks for, all
SELECT (SELECT count(*) FROM find_food('raw chicken')), (SELECT count(*) FROM find_food('raw chicken', 5)),
       (SELECT count(*) FROM find_food('chicken', NULL)) AS all_chicken,
       (SELECT count(*) FROM vitk.food WHERE name ~* '\mchickens?\M' OR name_local ~* '\mchickens?\M') AS by_regex;

-- foods of one's own, for a diary in words; no search path needed by what find_food calls
BEGIN;
INSERT INTO vitk.source (source_id, citation) VALUES ('lab', 'our own laboratory');
INSERT INTO vitk.food (source_id, code, name, name_local) VALUES ('lab', '1', 'Sauerkraut juice', 'Jus de choucroute');
SET LOCAL search_path = '';
SELECT d.item, f.food_id
FROM (VALUES ('sauerkraut juice'), ('choucroute, jus'), ('boiled kale'), ('nothing such')) AS d (item)
LEFT JOIN LATERAL (SELECT food_id FROM public.find_food(d.item, 1) WHERE rank >= 2) AS f ON true;
ROLLBACK;

-- bounded: thousands of misspelt words, a word of 50,000 letters
SET statement_timeout = '20s';
SELECT count(*) FROM find_food((SELECT string_agg('spinahc' || chr(97 + i % 26), ' ') FROM generate_series(1, 5000) AS i), 1);
SELECT count(*) FROM find_food(repeat('spinach', 7000), 1);
RESET statement_timeout;
