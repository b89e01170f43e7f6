-- find_food: foods by the words that people type, in English or French
--
-- The words before the first comma of a name weigh more than those after it:
-- who types "salmon" wants "Salmon, wild, raw", not a salad that has some.

-- The letters are those of Latin 1, in which every database can be that takes
-- the shipped names; in a query a backslash would be an escape.
CREATE FUNCTION vitk.plain_letters(words text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT translate(lower(words), 'àáâãäåçèéêëìíîïñòóôõöùúûüýÿÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝ\',
                     'aaaaaaceeeeiiiinooooouuuuyyaaaaaaceeeeiiiinooooouuuuy ');
END;
COMMENT ON FUNCTION vitk.plain_letters(text) IS
    'words in small letters without accents, for find_food: Pâté becomes pate';

CREATE FUNCTION vitk.food_words(language regconfig, name text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT setweight(to_tsvector(language, vitk.plain_letters(split_part(name, ',', 1))), 'A')
           || setweight(to_tsvector(language, vitk.plain_letters(substr(name, length(split_part(name, ',', 1)) + 1))),
                        'B');
END;
COMMENT ON FUNCTION vitk.food_words(regconfig, text) IS
    'stems of the words of a food''s name, for find_food: weight A before the first comma, B after it';

-- In all_words each word as its stem; in begun the last one as the beginning of
-- a word, letter by letter, because somebody may still be typing it.
CREATE FUNCTION vitk.food_query(language regconfig, words text,
                                OUT all_words tsquery, OUT begun tsquery, OUT any_word tsquery)
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT string_agg(quote_literal(lexeme), ' & ')::tsquery,
           (coalesce(string_agg(quote_literal(lexeme), ' & ')
                         FILTER (WHERE lexeme <> ALL (tsvector_to_array(to_tsvector(language, typed.last)))) || ' & ', '')
            || quote_literal(typed.last) || ':*')::tsquery,
           string_agg(quote_literal(lexeme), ' | ')::tsquery
    FROM (SELECT letters, substring(letters, '(\w+)\W*$') AS last
          FROM vitk.plain_letters(words) AS letters) AS typed,
         unnest(to_tsvector(language, letters))
    GROUP BY typed.last;
END;
COMMENT ON FUNCTION vitk.food_query(regconfig, text) IS
    'what find_food looks for: a food with all words, one with all of them where the last is only begun, one with any word; NULL where there is no word';

CREATE FUNCTION vitk.find_food(words text, max_foods bigint DEFAULT 20)
RETURNS TABLE (food_id text, name text, name_local text, food_group text, source_id text, rank float8)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT f.food_id, f.name, f.name_local, f.food_group, f.source_id, r.rank
    FROM vitk.food f
    JOIN (SELECT g.food_id,
                 max(CASE WHEN w.words @@ q.all_words THEN 2 WHEN w.words @@ q.begun THEN 1 ELSE 0 END
                     + ts_rank('{0, 0, 0.3, 1}', w.words, q.any_word, 2)) AS rank
          FROM (VALUES ('pg_catalog.english'::regconfig), ('pg_catalog.french')) AS l (language),
               LATERAL vitk.food_query(l.language, find_food.words) AS q,
               vitk.food g,
               LATERAL vitk.food_words(l.language,
                                       CASE l.language WHEN 'pg_catalog.english'::regconfig THEN g.name
                                                       ELSE g.name_local END) AS w (words)
          WHERE w.words @@ (q.any_word || q.begun)
          GROUP BY g.food_id) AS r USING (food_id)
    ORDER BY r.rank DESC, length(f.name), f.food_id
    LIMIT max_foods;
END;
COMMENT ON FUNCTION vitk.find_food(text, bigint) IS
    'foods by words as people type them, best first: English ones in the name, French ones in name_local, stemmed, in any order, with or without accents; rank from 2: the food has all words, from 1: all, the last of which is only begun, below 1: some; max_foods NULL: all of them';
