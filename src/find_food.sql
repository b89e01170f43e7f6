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

-- Words that mean the same: who types aubergine may mean the eggplant of a table of the USDA
CREATE TABLE vitk.food_synonym (
    words text NOT NULL CHECK (words ~ '^[a-z0-9]+( [a-z0-9]+)*$' AND length(words) <= 100),
    instead text NOT NULL CHECK (instead <> '' AND length(instead) <= 100),
    source text NOT NULL,
    builtin boolean NOT NULL DEFAULT false,
    PRIMARY KEY (words, builtin)
);
COMMENT ON TABLE vitk.food_synonym IS 'words for foods that tables of foods call by another name: find_food looks for both';
COMMENT ON COLUMN vitk.food_synonym.words IS 'what people type, in small letters without accents, singular; of several that a line has the longest counts';
COMMENT ON COLUMN vitk.food_synonym.instead IS 'what is looked for, too; the same as words: nothing, so that a shorter one does not count';
COMMENT ON COLUMN vitk.food_synonym.source IS 'where it is said that they mean the same';
COMMENT ON COLUMN vitk.food_synonym.builtin IS 'shipped with the extension: an update replaces it, pg_dump leaves it out; a row of your own takes its place';

@rows vitk.food_synonym food_synonym.csv@

SELECT pg_catalog.pg_extension_config_dump('vitk.food_synonym', 'WHERE NOT builtin');

GRANT SELECT ON vitk.food_synonym TO PUBLIC;
GRANT INSERT, UPDATE, DELETE ON vitk.food_synonym TO pg_database_owner WITH GRANT OPTION;

CREATE FUNCTION vitk_internal.food_synonym(words text) RETURNS text
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT nullif(trim(replace(l.line, ' ' || y.form || ' ', ' ' || y.instead || ' ')), trim(l.line))
    FROM (SELECT ' ' || regexp_replace(vitk_internal.plain_letters(words), '\W+', ' ', 'g') || ' ') AS l (line),
         LATERAL (SELECT s.words || e.ending AS form, s.instead, s.builtin, length(s.words) AS letters
                  FROM vitk.food_synonym s, (VALUES (''), ('s'), ('es')) AS e (ending)) AS y
    WHERE strpos(l.line, ' ' || y.form || ' ') > 0
    ORDER BY y.letters DESC, y.builtin
    LIMIT 1;
END;
COMMENT ON FUNCTION vitk_internal.food_synonym(text) IS 'the words, for find_food, with the longest synonym of vitk.food_synonym in its place; NULL: there is none';

-- The words are looked for in three ways, each by an index: foods with all of them, with all of which the last is
-- only begun, with some.  The next way is gone only where those before it gave too few, for what it finds ranks
-- below.  name_local of many sources is the name in English again.  The query has a plan for the session and is not
-- compiled just in time, which would take a hundred times as long as it does.
CREATE FUNCTION find_food(words text, max_foods bigint DEFAULT 20, sources text[] DEFAULT NULL)
RETURNS TABLE (food_id text, name text, name_local text, food_group text, source_id text, rank float8)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 20 SET search_path = pg_catalog, pg_temp SET jit = off AS $function$
#variable_conflict use_column
DECLARE
    typed CONSTANT text := left(words, 1000);       -- a line of a diary; a book costs no more
    wanted CONSTANT text[] := vitk_internal.food_sources(sources);
    synonym CONSTANT text := vitk_internal.food_synonym(typed);
    spelling text := typed;
    english tsquery;
    french tsquery;
BEGIN
    SELECT e.all_words, f.all_words INTO english, french
        FROM vitk_internal.food_query('pg_catalog.english', typed) AS e, vitk_internal.food_query('pg_catalog.french', typed) AS f;
    -- where some food has them all, no word is misspelt
    IF NOT EXISTS (SELECT FROM vitk.food g WHERE vitk_internal.food_words('pg_catalog.english', g.name) @@ english)
       AND NOT EXISTS (SELECT FROM vitk.food g WHERE vitk_internal.food_words('pg_catalog.french', g.name_local) @@ french) THEN
        spelling := vitk_internal.food_spelling(typed);
    END IF;
    RETURN QUERY
    WITH asked AS MATERIALIZED (
        SELECT w.words, w.weight, w.most, e.all_words AS english, e.begun AS english_begun, e.any_word AS english_any,
               f.all_words AS french, f.begun AS french_begun, f.any_word AS french_any
        FROM (VALUES (spelling, 1::float8, CASE spelling WHEN typed THEN 2::float8 ELSE 1 END), (synonym, 0.99, 2)) AS w (words, weight, most),
             vitk_internal.food_query('pg_catalog.english', w.words) AS e, vitk_internal.food_query('pg_catalog.french', w.words) AS f
        WHERE w.words IS NOT NULL
    ), whole AS MATERIALIZED (
        SELECT a.words, a.weight, a.most AS has, g.food_id, g.name, g.food_group
        FROM asked a JOIN vitk.food g ON vitk_internal.food_words('pg_catalog.english', g.name) @@ a.english
        WHERE wanted IS NULL OR g.source_id = ANY (wanted)
        UNION ALL
        SELECT a.words, a.weight, a.most, g.food_id, g.name_local, g.food_group
        FROM asked a JOIN vitk.food g ON vitk_internal.food_words('pg_catalog.french', g.name_local) @@ a.french AND g.name_local <> g.name
        WHERE wanted IS NULL OR g.source_id = ANY (wanted)
    ), begun AS MATERIALIZED (
        SELECT a.words, a.weight, 1::float8 AS has, g.food_id, g.name, g.food_group
        FROM asked a JOIN vitk.food g ON vitk_internal.food_words('pg_catalog.english', g.name) @@ a.english_begun
        WHERE (wanted IS NULL OR g.source_id = ANY (wanted))
          AND ((SELECT count(DISTINCT w.food_id) FROM whole w WHERE w.has = 2) < max_foods) IS NOT FALSE
        UNION ALL
        SELECT a.words, a.weight, 1, g.food_id, g.name_local, g.food_group
        FROM asked a JOIN vitk.food g ON vitk_internal.food_words('pg_catalog.french', g.name_local) @@ a.french_begun AND g.name_local <> g.name
        WHERE (wanted IS NULL OR g.source_id = ANY (wanted))
          AND ((SELECT count(DISTINCT w.food_id) FROM whole w WHERE w.has = 2) < max_foods) IS NOT FALSE
    ), better AS MATERIALIZED (
        SELECT w.* FROM whole w
        UNION ALL
        SELECT b.* FROM begun b
    ), found AS (
        SELECT b.* FROM better b
        UNION ALL
        SELECT a.words, a.weight, 0, g.food_id, g.name, g.food_group
        FROM asked a JOIN vitk.food g ON vitk_internal.food_words('pg_catalog.english', g.name) @@ a.english_any
        WHERE (wanted IS NULL OR g.source_id = ANY (wanted))
          AND ((SELECT count(DISTINCT b.food_id) FROM better b) < max_foods) IS NOT FALSE
        UNION ALL
        SELECT a.words, a.weight, 0, g.food_id, g.name_local, g.food_group
        FROM asked a JOIN vitk.food g ON vitk_internal.food_words('pg_catalog.french', g.name_local) @@ a.french_any AND g.name_local <> g.name
        WHERE (wanted IS NULL OR g.source_id = ANY (wanted))
          AND ((SELECT count(DISTINCT b.food_id) FROM better b) < max_foods) IS NOT FALSE
    )
    SELECT f.food_id, f.name, f.name_local, f.food_group, f.source_id, r.rank
    FROM (SELECT h.food_id, max(h.has + h.weight * vitk_internal.food_rank(h.words, h.name, h.food_group)) AS rank
          FROM found h
          GROUP BY h.food_id) AS r
    JOIN vitk.food f USING (food_id)
    ORDER BY r.rank DESC, length(f.name), f.food_id
    LIMIT max_foods;
END
$function$;
COMMENT ON FUNCTION find_food(text, bigint, text[]) IS
    'foods by words as people type them, the one meant first: English ones in the name, French ones in name_local, stemmed, in any order, with or without accents; rank 2 and above: the food has all the words; 1 and above: all, but the last is incomplete or some are misspelt; below 1: some; synonyms of vitk.food_synonym count as what was typed; among these, names that begin with the words and say little else (NFS, raw) come first; only the first 1000 letters are used, and only the first 20 words are corrected; max_foods NULL: all foods found; sources: only foods from these; errors: 22023 no such source';
