-- find_food: foods by the words that people type, in English or French
--
-- The words before the first comma of a name weigh more than those after it:
-- who types "salmon" wants "Salmon, wild, raw", not a salad that has some.

CREATE FUNCTION vitk_internal.plain_letters(words text) RETURNS text
    AS 'MODULE_PATHNAME', 'find_food_plain_letters' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.plain_letters(text) IS
    'words in lower case without accents and hyphens, for find_food: Pâté becomes pate; in UTF8, LATIN1, LATIN9 and WIN1252, else accents stay';

CREATE FUNCTION vitk_internal.food_words(language regconfig, name text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT setweight(to_tsvector(language, vitk_internal.plain_letters(split_part(name, ',', 1))), 'A'::"char")
           || setweight(to_tsvector(language, vitk_internal.plain_letters(substr(name, length(split_part(name, ',', 1)) + 1))),
                        'B'::"char");
END;
COMMENT ON FUNCTION vitk_internal.food_words(regconfig, text) IS
    'stems of the words of a food''s name, for find_food: weight A before the first comma, B after it';

-- no list of pending entries, which every search would have to read
CREATE INDEX food_english ON vitk.food USING gin (vitk_internal.food_words('pg_catalog.english', name)) WITH (fastupdate = off);
CREATE INDEX food_french ON vitk.food USING gin (vitk_internal.food_words('pg_catalog.french', name_local)) WITH (fastupdate = off);

-- In all_words each word as its stem; in begun the last one as the beginning of
-- a word, letter by letter, because somebody may still be typing it.
CREATE FUNCTION vitk_internal.food_query(language regconfig, words text,
                                OUT all_words tsquery, OUT begun tsquery, OUT any_word tsquery)
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT string_agg(quote_literal(lexeme), ' & ')::tsquery,
           (coalesce(string_agg(quote_literal(lexeme), ' & ')
                         FILTER (WHERE lexeme <> ALL (tsvector_to_array(to_tsvector(language, typed.last)))) || ' & ', '')
            || quote_literal(typed.last) || ':*')::tsquery,
           CASE WHEN count(*) > 1 THEN string_agg(quote_literal(lexeme), ' | ')::tsquery END
    FROM (SELECT letters, substring(letters, '(\w+)\W*$') AS last
          FROM lower(vitk_internal.plain_letters(words)) AS letters) AS typed,
         unnest(to_tsvector(language, letters))
    GROUP BY typed.last;
END;
COMMENT ON FUNCTION vitk_internal.food_query(regconfig, text) IS
    'what find_food looks for: a food with all words, one with all of them where the last may be incomplete, one with any word, where there are several; NULL where there is no word';

CREATE FUNCTION vitk_internal.near_word(typed text, name text, most integer) RETURNS text
    AS 'MODULE_PATHNAME', 'find_food_near_word' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.near_word(text, text, integer) IS
    'the word of a name that is nearest to a typed one, with the same first letter and at most that many letters added, missing or wrong, in plain letters; NULL: none is that near';

-- A word that no food has, nor one that begins so, is misspelt.
CREATE FUNCTION vitk_internal.food_spelling(words text) RETURNS text
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    WITH typed AS MATERIALIZED (
        SELECT t.word, t.place,
               -- so many words people type; each costs a look at all foods
               t.place <= 20 AND t.word ~ '^[a-z]{5}' AND length(t.word) <= 64
               AND NOT EXISTS (SELECT
                               FROM vitk_internal.food_query('pg_catalog.english', t.word) AS q
                               LEFT JOIN vitk.food g
                                   ON vitk_internal.food_words('pg_catalog.english', g.name) @@ (q.all_words || q.begun)
                               WHERE q.begun IS NULL OR g.name IS NOT NULL)
               AND NOT EXISTS (SELECT
                               FROM vitk_internal.food_query('pg_catalog.french', t.word) AS q
                               LEFT JOIN vitk.food g
                                   ON vitk_internal.food_words('pg_catalog.french', g.name_local) @@ (q.all_words || q.begun)
                               WHERE q.begun IS NULL OR g.name IS NOT NULL) AS misspelt
        FROM pg_catalog.unnest(regexp_split_to_array(vitk_internal.plain_letters(words), '\W+')) WITH ORDINALITY AS t (word, place)
    )
    SELECT CASE WHEN bool_or(near.word IS NOT NULL)
                THEN string_agg(coalesce(near.word, typed.word), ' ' ORDER BY place) ELSE words END
    FROM typed
    LEFT JOIN LATERAL (
        SELECT n.word
        FROM (VALUES (1), (2)) AS m (most),
             LATERAL (SELECT vitk_internal.near_word(typed.word, g.name, most) FROM vitk.food g
                      UNION ALL
                      SELECT vitk_internal.near_word(typed.word, g.name_local, most) FROM vitk.food g) AS n (word)
        WHERE typed.misspelt AND length(typed.word) >= 4 + most AND n.word IS NOT NULL
        GROUP BY n.word, most
        ORDER BY most, count(*) DESC, n.word COLLATE "C"
        LIMIT 1
    ) AS near ON true;
END;
COMMENT ON FUNCTION vitk_internal.food_spelling(text) IS
    'the words, for find_food, where a word that no food has is replaced by the nearest that some food has: the first letter must be right, one letter may be wrong in a word of five, two in a longer one; shorter words are left alone; of several that are as near, the one that most foods have; the first 20 words, up to 64 letters each';

CREATE FUNCTION vitk_internal.food_rank(typed text, name text, food_group text) RETURNS float8
    AS 'MODULE_PATHNAME', 'find_food_rank' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.food_rank(text, text, text) IS
    'how well a name of a food fits what was typed, for find_food: 1 it is that, near 0 not at all; names go from the general to the particular, so words beside those typed cost most in their segment, behind them most of all, and elsewhere what src/data/find_food_word.csv says';

CREATE FUNCTION vitk_internal.food_sources(sources text[]) RETURNS text[]
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $function$
DECLARE
    unknown text;
BEGIN
    SELECT string_agg(format('"%s"', n), ', ') INTO unknown
        FROM unnest(sources) AS n
        WHERE NOT EXISTS (SELECT FROM vitk.source s WHERE s.source_id = lower(n));
    IF unknown IS NOT NULL THEN
        RAISE EXCEPTION 'no such source: %', unknown
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = (SELECT format('Sources with foods are %s.', string_agg(s.source_id, ', ' ORDER BY s.source_id))
                          FROM vitk.source s WHERE EXISTS (SELECT FROM vitk.food f WHERE f.source_id = s.source_id));
    END IF;
    RETURN (SELECT coalesce(array_agg(lower(n)), '{}') FROM unnest(sources) AS n);
END
$function$;
COMMENT ON FUNCTION vitk_internal.food_sources(text[]) IS
    'names of sources as vitk.source has them, capitals or not; errors: 22023 no such source, with the list of those that there are';

-- The words are looked for in three ways, each by an index: foods with all of them, with all of which the last is
-- only begun, with some.  name_local of many sources is the name in English again.
CREATE FUNCTION find_food(words text, max_foods bigint DEFAULT 20, sources text[] DEFAULT NULL)
RETURNS TABLE (food_id text, name text, name_local text, food_group text, source_id text, rank float8)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT f.food_id, f.name, f.name_local, f.food_group, f.source_id, r.rank
    FROM vitk.food f
    JOIN (SELECT h.food_id, t.sources,
                 max(least(h.has, CASE s.spelling WHEN t.words THEN 2::float8 ELSE 1::float8 END)
                     + vitk_internal.food_rank(s.spelling, h.name, h.food_group)) AS rank
          -- a line of a diary; a book costs no more
          FROM (SELECT left(find_food.words, 1000), vitk_internal.food_sources(find_food.sources) OFFSET 0) AS t (words, sources),
               vitk_internal.food_spelling(t.words) AS s (spelling),
               LATERAL (SELECT g.food_id, g.name, g.food_group, 2::float8 AS has
                        FROM vitk_internal.food_query('pg_catalog.english', s.spelling) AS q
                        JOIN vitk.food g ON vitk_internal.food_words('pg_catalog.english', g.name) @@ q.all_words
                        UNION ALL
                        SELECT g.food_id, g.name, g.food_group, 1::float8
                        FROM vitk_internal.food_query('pg_catalog.english', s.spelling) AS q
                        JOIN vitk.food g ON vitk_internal.food_words('pg_catalog.english', g.name) @@ q.begun
                        UNION ALL
                        SELECT g.food_id, g.name, g.food_group, 0::float8
                        FROM vitk_internal.food_query('pg_catalog.english', s.spelling) AS q
                        JOIN vitk.food g ON vitk_internal.food_words('pg_catalog.english', g.name) @@ q.any_word
                        UNION ALL
                        SELECT g.food_id, g.name_local, g.food_group, 2::float8
                        FROM vitk_internal.food_query('pg_catalog.french', s.spelling) AS q
                        JOIN vitk.food g ON vitk_internal.food_words('pg_catalog.french', g.name_local) @@ q.all_words AND g.name_local <> g.name
                        UNION ALL
                        SELECT g.food_id, g.name_local, g.food_group, 1::float8
                        FROM vitk_internal.food_query('pg_catalog.french', s.spelling) AS q
                        JOIN vitk.food g ON vitk_internal.food_words('pg_catalog.french', g.name_local) @@ q.begun AND g.name_local <> g.name
                        UNION ALL
                        SELECT g.food_id, g.name_local, g.food_group, 0::float8
                        FROM vitk_internal.food_query('pg_catalog.french', s.spelling) AS q
                        JOIN vitk.food g ON vitk_internal.food_words('pg_catalog.french', g.name_local) @@ q.any_word AND g.name_local <> g.name) AS h
          GROUP BY h.food_id, t.sources) AS r USING (food_id)
    WHERE r.sources IS NULL OR f.source_id = ANY (r.sources)
    ORDER BY r.rank DESC, length(f.name), f.food_id
    LIMIT max_foods;
END;
COMMENT ON FUNCTION find_food(text, bigint, text[]) IS
    'foods by words as people type them, the one meant first: English ones in the name, French ones in name_local, stemmed, in any order, with or without accents; rank 2 and above: the food has all the words; 1 and above: all, but the last is incomplete or some are misspelt; below 1: some; among these, names that begin with the words and say little else (NFS, raw) come first; only the first 1000 letters are used, and only the first 20 words are corrected; max_foods NULL: all foods found; sources: only foods from these; errors: 22023 no such source';
