-- food_measure: household measures of foods in grams
--
-- Shipped rows come from src/data/food_measure.csv (SR28's weights but those in ounces and pounds, which are grams
-- anyway) and household_measure.csv.  Users and the import scripts add their own beside them.

CREATE TABLE vitk.household_measure (
    measure text NOT NULL CHECK (measure ~ '^[a-z]+$'),
    synonyms text,
    millilitres float8 CHECK (millilitres > 0::float8 AND millilitres < 'infinity'),
    grams float8 CHECK (grams > 0::float8 AND grams < 'infinity'),
    source text NOT NULL,
    builtin boolean NOT NULL DEFAULT false,
    PRIMARY KEY (measure, builtin)
);
COMMENT ON TABLE vitk.household_measure IS 'words for measures, and their synonyms: of volume and mass, which are the same of every food, and those whose weight is that of the food, such as a slice';
COMMENT ON COLUMN vitk.household_measure.measure IS 'the word, in small letters, singular; fl oz and fluid ounce are one word: floz';
COMMENT ON COLUMN vitk.household_measure.synonyms IS 'other words for it, separated by "|"';
COMMENT ON COLUMN vitk.household_measure.millilitres IS 'of a volume: mL';
COMMENT ON COLUMN vitk.household_measure.grams IS 'of a mass: g';
COMMENT ON COLUMN vitk.household_measure.source IS 'where the figure is printed';
COMMENT ON COLUMN vitk.household_measure.builtin IS 'shipped with the extension: an update replaces it, pg_dump leaves it out';

CREATE TABLE vitk.food_measure (
    food_id text NOT NULL,
    measure text NOT NULL CHECK (measure <> '' AND length(measure) <= 200),
    amount float8 NOT NULL DEFAULT 1 CHECK (amount > 0::float8 AND amount < 'infinity'),
    grams float8 NOT NULL CHECK (grams > 0::float8 AND grams <= 1e6::float8),
    n integer CHECK (n > 0),
    sd float8 CHECK (sd >= 0::float8 AND sd < 'infinity'),
    doubt text,
    source_id text NOT NULL,
    builtin boolean NOT NULL DEFAULT false
);
COMMENT ON TABLE vitk.food_measure IS 'what cups, slices and pieces of foods weigh, as printed';
COMMENT ON COLUMN vitk.food_measure.food_id IS 'the food';
COMMENT ON COLUMN vitk.food_measure.measure IS 'the measure in words, such as "cup, chopped"';
COMMENT ON COLUMN vitk.food_measure.amount IS 'so many of it';
COMMENT ON COLUMN vitk.food_measure.grams IS 'weigh so much, g';
COMMENT ON COLUMN vitk.food_measure.n IS 'number of samples weighed; NULL: the source does not tell';
COMMENT ON COLUMN vitk.food_measure.sd IS 'standard deviation of them, g';
COMMENT ON COLUMN vitk.food_measure.doubt IS 'what is odd about it, such as another weight of the same measure; NULL: nothing';
COMMENT ON COLUMN vitk.food_measure.source_id IS 'where it is printed';
COMMENT ON COLUMN vitk.food_measure.builtin IS
    'shipped with the extension: an update replaces it, pg_dump leaves it out; a measure of a user''s own takes its place';

@rows vitk.household_measure household_measure.csv@
@rows vitk.food_measure food_measure.csv@

-- after the rows: checked in one go
ALTER TABLE vitk.food_measure
    ADD PRIMARY KEY (food_id, measure, grams, builtin),
    ADD FOREIGN KEY (food_id) REFERENCES vitk.food,
    ADD FOREIGN KEY (source_id) REFERENCES vitk.source;

SELECT pg_catalog.pg_extension_config_dump('vitk.household_measure', 'WHERE NOT builtin');
SELECT pg_catalog.pg_extension_config_dump('vitk.food_measure', 'WHERE NOT builtin');

GRANT SELECT ON vitk.household_measure, vitk.food_measure TO PUBLIC;
GRANT INSERT, UPDATE, DELETE ON vitk.household_measure, vitk.food_measure TO pg_database_owner WITH GRANT OPTION;

CREATE FUNCTION vitk_internal.measure_key(measure text, synonyms text[], names text[]) RETURNS text[]
    AS 'MODULE_PATHNAME', 'food_measure_key' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.measure_key(text, text[], text[]) IS
    'words of a measure in small letters, singular, without what stands in brackets, each synonym as its name: "Tablespoons, chopped (fresh)" is tbsp, chopped';

-- How a measure fits: 0 a mass; 1 the same words; 2 all words, the first one first ("cup" is "cup, chopped");
-- 3 all words; 4 another measure of volume, in words of its own or 5 with more; and for a piece, where there is none
-- such, 6 what is named as the food, 7 a medium one, 8 another that is named so, 9 a fruit or item, 10 a large one.  The best fit counts, one's own
-- before those shipped, and those without doubt before the others.
CREATE FUNCTION find_measure(food_id text, measure text)
RETURNS TABLE (food_measure text, grams float8, doubt text, source_id text)
LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    WITH synonym AS MATERIALIZED (
        SELECT pg_catalog.array_agg(word) AS words, pg_catalog.array_agg(h.measure) AS names
        FROM vitk.household_measure h, LATERAL pg_catalog.unnest(string_to_array(h.synonyms, '|')) AS word
    ), asked AS MATERIALIZED (
        SELECT k.key, h.grams, h.millilitres, h.measure
        FROM synonym, vitk_internal.measure_key(find_measure.measure, synonym.words, synonym.names) AS k (key)
        LEFT JOIN vitk.household_measure h ON k.key OPERATOR(pg_catalog.=) ARRAY[h.measure]
        WHERE k.key OPERATOR(pg_catalog.<>) '{}'::text[]
    ), has AS (
        SELECT m.measure, m.grams / m.amount AS grams, m.doubt, m.source_id, m.builtin, k.key
        FROM synonym, vitk.food_measure m, vitk_internal.measure_key(m.measure, synonym.words, synonym.names) AS k (key)
        WHERE m.food_id = find_measure.food_id
    ), fitting AS (
        SELECT asked.measure, asked.grams, NULL AS doubt, NULL AS source_id, false AS builtin, 0 AS fit
        FROM asked WHERE asked.grams IS NOT NULL
        UNION ALL
        SELECT has.measure, has.grams, has.doubt, has.source_id, has.builtin,
               CASE WHEN asked.key OPERATOR(pg_catalog.=) has.key THEN 1 WHEN asked.key[1] = has.key[1] THEN 2 ELSE 3 END
        FROM asked JOIN has ON asked.key OPERATOR(pg_catalog.<@) has.key
        UNION ALL
        SELECT has.measure, has.grams * asked.millilitres / h.millilitres, has.doubt, has.source_id, has.builtin,
               CASE WHEN has.key OPERATOR(pg_catalog.=) ARRAY[h.measure] THEN 4 ELSE 5 END
        FROM asked, has JOIN vitk.household_measure h ON has.key[1] = h.measure AND h.millilitres IS NOT NULL
        WHERE asked.millilitres IS NOT NULL AND h.measure <> asked.measure
        UNION ALL
        SELECT has.measure, has.grams, has.doubt, has.source_id, has.builtin,
               CASE WHEN has.key OPERATOR(pg_catalog.=) has.key[1:1] AND has.key[1] = ANY (noun.key) THEN 6
                    WHEN 'medium' = ANY (has.key) AND (has.key[1] = 'medium' OR has.key[1] = ANY (noun.key)) THEN 7
                    WHEN has.key[1] = ANY (noun.key) THEN 8 WHEN has.key[1] = 'large' THEN 10 ELSE 9 END
        FROM asked, has, synonym, vitk.food f,
             vitk_internal.measure_key(translate(f.name, '()', ', '), synonym.words, synonym.names) AS noun (key)
        WHERE asked.key OPERATOR(pg_catalog.=) ARRAY['piece'] AND f.food_id = find_measure.food_id
          AND (has.key[1] = ANY (noun.key) OR has.key[1] IN ('medium', 'fruit', 'item', 'unit', 'each', 'whole', 'large'))
    )
    SELECT DISTINCT b.measure, b.grams, b.doubt, b.source_id
    FROM (SELECT f.*, rank() OVER (ORDER BY f.fit, f.builtin, f.doubt IS NOT NULL) AS place FROM fitting AS f) AS b
    WHERE b.place = 1
    ORDER BY b.measure, b.grams;
END;
COMMENT ON FUNCTION find_measure(text, text) IS
    'what one of a measure of a food weighs, g: capitals and plurals do not count, tbsp is tablespoon, "cup" finds "cup, chopped"; a gram, an ounce and a pound are themselves; a volume that the food has not is reckoned from one that it has; a piece that it has not is one of those named as the food, else a medium one; several rows: the food has several that fit; none: it has none';

CREATE FUNCTION grams(food_id text, amount float8, measure text) RETURNS float8
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $function$
DECLARE
    least_grams float8;
    most_grams float8;
    found_measures text;
BEGIN
    IF NOT (amount >= 0 AND amount < 'infinity') THEN
        RAISE EXCEPTION 'an amount of a measure must not be negative, and finite' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    SELECT min(f.grams), max(f.grams), string_agg(format('%s (%s g)', f.food_measure, round(f.grams::numeric, 1)), ', ')
        INTO least_grams, most_grams, found_measures
        FROM @extschema@.find_measure(food_id, measure) AS f;
    IF least_grams IS NULL THEN
        IF NOT EXISTS (SELECT FROM vitk.food f WHERE f.food_id = grams.food_id) THEN
            RAISE EXCEPTION 'no such food: "%"', left(food_id, 100) USING ERRCODE = 'invalid_parameter_value';
        END IF;
        RAISE EXCEPTION 'food "%" has no measure "%"', food_id, left(measure, 100)
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = (SELECT format('It has %s, and grams, ounces and pounds as any food.',
                                        coalesce(string_agg(DISTINCT format('%s (%s g)', m.measure, round((m.grams / m.amount)::numeric, 1)), ', '), 'none'))
                          FROM vitk.food_measure m WHERE m.food_id = grams.food_id);
    ELSIF most_grams > least_grams * 1.01 THEN
        RAISE EXCEPTION 'food "%" has more than one measure "%"', food_id, left(measure, 100)
            USING ERRCODE = 'ambiguous_parameter',
                  HINT = format('Say which: %s.', found_measures);
    END IF;
    RETURN amount * least_grams;
END
$function$;
COMMENT ON FUNCTION grams(text, float8, text) IS
    'what so many of a household measure of a food weigh, g, see find_measure(); NULL where one of them is NULL; errors: 22023 no such food, no such measure (with those that the food has), a negative amount, 42P08 several measures fit that differ by more than 1 %';

-- A line of a diary: how many, of what measure, of which food.  Words of measures are those of household_measure, or
-- whatever stands before "of"; a line may begin with the food and end with its amount.
CREATE FUNCTION vitk_internal.diary_number(printed text) RETURNS float8
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE WHEN n.part[2] IS NULL THEN replace(n.part[3], ',', '.')::float8
                ELSE coalesce(n.part[1], '0')::float8 + n.part[2]::float8 / nullif(n.part[3]::float8, 0::float8) END
    FROM regexp_match(printed, '^(?:(?:(\d{1,9}) +)?(\d{1,9})/)?(\d{0,9}[.,]?\d{1,9})$') AS n (part);
END;
COMMENT ON FUNCTION vitk_internal.diary_number(text) IS 'a number as people write it, for diary_item(): 2, 0,5, 1/2 or 1 1/2; NULL: none of these';

CREATE FUNCTION diary_item(line text, OUT amount float8, OUT measure text, OUT food text)
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $function$
DECLARE
    number CONSTANT text := '((?:\d{1,9} +)?\d{1,9}/\d{1,9}|\d{0,9}[.,]?\d{1,9})';
    counted boolean := false;
    rest text := trim(regexp_replace(left(line, 1000), '\s+', ' ', 'g'));
    synonyms text[];
    names text[];
    known text[];
    words text[];
    key text[];
    part text[];
BEGIN
    SELECT coalesce(array_agg(w.word), '{}'), coalesce(array_agg(h.measure), '{}') INTO synonyms, names
        FROM vitk.household_measure h, LATERAL unnest(string_to_array(h.synonyms, '|')) AS w (word);
    known := ARRAY(SELECT h.measure FROM vitk.household_measure h);

    IF getdatabaseencoding() = 'UTF8' THEN
        -- a half that is one sign, after a number too
        rest := ltrim(replace(normalize(regexp_replace(rest, '([\u00BC-\u00BE\u2150-\u215E])', ' \1', 'g'), NFKC), unistr('\2044'), '/'));
    END IF;
    part := regexp_match(rest, '^' || number || '(?: *(?:-|to|or) *' || number || ')? *(?:x +)?([[:alpha:](].*)$', 'i');
    IF part IS NOT NULL THEN
        counted := true;
        amount := vitk_internal.diary_number(part[1]);
        amount := (amount + coalesce(vitk_internal.diary_number(part[2]), amount)) / 2;
        rest := part[3];
    ELSE
        SELECT ARRAY[w.words, w.number::text] INTO part
            FROM (VALUES ('a', 1), ('an', 1), ('one', 1), ('two', 2), ('three', 3), ('four', 4), ('five', 5), ('six', 6), ('seven', 7), ('eight', 8),
                         ('nine', 9), ('ten', 10), ('a dozen', 12), ('half a dozen', 6), ('a couple of', 2), ('half', 0.5), ('half a', 0.5), ('half an', 0.5),
                         ('a half', 0.5), ('one and a half', 1.5), ('quarter', 0.25), ('a quarter', 0.25), ('quarter of a', 0.25), ('a quarter of a', 0.25),
                         ('some', NULL), ('a few', NULL), ('a little', NULL), ('a bit of', NULL)) AS w (words, number)
            WHERE starts_with(lower(rest), w.words || ' ')
            ORDER BY length(w.words) DESC LIMIT 1;
        IF FOUND THEN
            counted := true;
            amount := part[2];
            rest := substr(rest, length(part[1]) + 2);
        END IF;
    END IF;

    words := string_to_array(rest, ' ');
    FOR n IN REVERSE least(4, cardinality(words) - 1) .. 1 LOOP
        key := vitk_internal.measure_key(array_to_string(words[1:n], ' '), synonyms, names);
        IF key <> '{}' AND key <@ known AND (counted OR lower(words[n]) = 'of') THEN
            measure := regexp_replace(array_to_string(words[1:n], ' '), ' of$', '', 'i');
            amount := CASE WHEN counted THEN amount ELSE 1 END;
            rest := array_to_string(words[n + 1:], ' ');
            EXIT;
        END IF;
    END LOOP;
    -- "a cup of shredded cabbage": how it is cut is part of the measure
    part := regexp_match(rest, '^(chopped|sliced|shredded|diced|grated|cubed),? (\S.*)$', 'i');
    IF measure IS NOT NULL AND part IS NOT NULL
       AND EXISTS (SELECT FROM vitk.household_measure h WHERE h.measure = ANY (key) AND h.millilitres IS NOT NULL) THEN
        measure := measure || ', ' || part[1];
        rest := part[2];
    ELSIF measure IS NULL AND counted THEN
        part := regexp_match(rest, '^(\S+(?: \S+)?) of (\S.*)$', 'i');
        measure := part[1];
        rest := coalesce(part[2], rest);
    ELSIF measure IS NULL THEN
        part := regexp_match(rest, '^(.*[[:alpha:])%])[ ,;:(-]+' || number || ' *([[:alpha:]][^0-9]*?)[).]*$');
        key := vitk_internal.measure_key(coalesce(part[3], ''), synonyms, names);
        IF key <> '{}' AND key <@ known THEN
            amount := vitk_internal.diary_number(part[2]);
            measure := part[3];
            rest := part[1];
        END IF;
    END IF;
    food := nullif(trim(regexp_replace(rest, '^of ', '', 'i')), '');
END
$function$;
COMMENT ON FUNCTION diary_item(text) IS
    'a line of a diary taken apart, for find_food() and grams(): "2 cups of boiled broccoli" is 2, cups, boiled broccoli; "bread, 2 slices" too; how something is cut belongs to a volume of it: "cup, shredded"; a range of numbers is its middle; an amount that is not told is NULL, a measure that is none is NULL: "two eggs"; which words are measures says vitk.household_measure, before "of" any may stand';
