-- food: foods, the values printed for them, and where those come from
--
-- Shipped rows carry builtin and come from src/data/{source,food,food_value}.csv;
-- src/data/select_foods.pl tells the rule by which they were chosen.  Users add
-- their own beside them; pg_dump keeps those.

CREATE TABLE vitk.source (
    source_id text PRIMARY KEY CHECK (source_id ~ '^[a-z0-9][a-z0-9_.-]*$'),
    citation text NOT NULL,
    doi text CHECK (doi ~ '^10\.[0-9]{4,9}/.+'),
    url text,
    licence text,
    note text,
    builtin boolean NOT NULL DEFAULT false
);
COMMENT ON TABLE vitk.source IS 'papers and tables from which foods and their values come';
COMMENT ON COLUMN vitk.source.source_id IS 'short name, such as sr28: lower-case letters, digits, "_", "." and "-"';
COMMENT ON COLUMN vitk.source.citation IS 'how to cite it';
COMMENT ON COLUMN vitk.source.doi IS 'DOI without the address of a resolver';
COMMENT ON COLUMN vitk.source.url IS 'where it is published';
COMMENT ON COLUMN vitk.source.licence IS 'terms under which its figures may be used';
COMMENT ON COLUMN vitk.source.note IS 'what to know before one uses it, among it what was taken from it';
COMMENT ON COLUMN vitk.source.builtin IS 'shipped with the extension: an update replaces it, pg_dump leaves it out';

CREATE TABLE vitk.food (
    food_id text PRIMARY KEY GENERATED ALWAYS AS (source_id || ':' || code) STORED,
    source_id text NOT NULL REFERENCES vitk.source,
    code text NOT NULL CHECK (code <> ''),
    name text NOT NULL CHECK (name <> ''),
    name_local text,
    food_group text,
    note text,
    builtin boolean NOT NULL DEFAULT false
);
COMMENT ON TABLE vitk.food IS 'foods; one and the same food of two sources is two rows: sources are never averaged';
COMMENT ON COLUMN vitk.food.food_id IS 'key: source and code, such as sr28:01002';
COMMENT ON COLUMN vitk.food.source_id IS 'the source that describes the food';
COMMENT ON COLUMN vitk.food.code IS 'its number or code there';
COMMENT ON COLUMN vitk.food.name IS 'name in English, short: name, part, state';
COMMENT ON COLUMN vitk.food.name_local IS 'name as its source prints it';
COMMENT ON COLUMN vitk.food.food_group IS 'group of foods, as its source divides them, in English';
COMMENT ON COLUMN vitk.food.note IS 'what else is known of it';
COMMENT ON COLUMN vitk.food.builtin IS 'shipped with the extension: an update replaces it, pg_dump leaves it out';

CREATE TABLE vitk.food_value (
    food_id text NOT NULL REFERENCES vitk.food,
    nutrient nutrient NOT NULL,
    kind text NOT NULL CHECK (kind IN ('measured', 'below_detection', 'assumed_zero', 'imputed',
                                       'calculated', 'compiled', 'trace', 'label')),
    amount nutrient_amount,
    n integer CHECK (n > 0),
    se float8 CHECK (se >= 0::float8 AND se < 'infinity'),
    sd float8 CHECK (sd >= 0::float8 AND sd < 'infinity'),
    minimum float8 CHECK (minimum >= 0::float8),
    maximum float8 CHECK (maximum < 'infinity'),
    derivation_code text,
    source_id text NOT NULL REFERENCES vitk.source,
    note text,
    builtin boolean NOT NULL DEFAULT false,
    PRIMARY KEY (food_id, nutrient, builtin),
    CONSTRAINT food_value_amount_known CHECK (amount IS NOT NULL OR kind IN ('trace', 'below_detection')),
    CONSTRAINT food_value_amount_unit CHECK (lower(to_unit(amount, unit(nutrient), nutrient), unit(nutrient)) >= 0::float8),
    CONSTRAINT food_value_range CHECK (minimum <= maximum)
);
COMMENT ON TABLE vitk.food_value IS 'what 100 g of a food contain, one row a nutrient; a nutrient without a row is unknown, not zero';
COMMENT ON COLUMN vitk.food_value.food_id IS 'the food';
COMMENT ON COLUMN vitk.food_value.nutrient IS 'the nutrient';
COMMENT ON COLUMN vitk.food_value.kind IS
    'measured; below_detection (measured, nothing found: 0..limit where the limit is printed, else the zero that is printed); assumed_zero; imputed (from another form of the food or a similar one); calculated (recipe, formulation, sum); compiled (a table that does not tell how); trace (present, how much is not said: no amount); label';
COMMENT ON COLUMN vitk.food_value.amount IS
    'amount in 100 g, in any unit in which the nutrient can be given (not ug/(100.g)), never negative; NULL: present or not, but the amount is unknown';
COMMENT ON COLUMN vitk.food_value.n IS 'number of samples behind the value; NULL where the source does not tell, or there were none';
COMMENT ON COLUMN vitk.food_value.se IS 'standard error of the mean, in the unit of amount';
COMMENT ON COLUMN vitk.food_value.sd IS 'standard deviation, in the unit of amount';
COMMENT ON COLUMN vitk.food_value.minimum IS 'least value found, in the unit of amount';
COMMENT ON COLUMN vitk.food_value.maximum IS 'greatest value found, in the unit of amount';
COMMENT ON COLUMN vitk.food_value.derivation_code IS 'how the value came about, in the code of its source (SR28: source code/derivation code)';
COMMENT ON COLUMN vitk.food_value.source_id IS 'where the value is printed';
COMMENT ON COLUMN vitk.food_value.note IS 'what to know before one uses it';
COMMENT ON COLUMN vitk.food_value.builtin IS
    'shipped with the extension: an update replaces it, pg_dump leaves it out; a value of a user''s own takes its place';

@rows vitk.source source.csv@
@rows vitk.food food.csv@
@rows vitk.food_value food_value.csv@

SELECT pg_catalog.pg_extension_config_dump('vitk.source', 'WHERE NOT builtin');
SELECT pg_catalog.pg_extension_config_dump('vitk.food', 'WHERE NOT builtin');
SELECT pg_catalog.pg_extension_config_dump('vitk.food_value', 'WHERE NOT builtin');

GRANT SELECT ON vitk.source, vitk.food, vitk.food_value TO PUBLIC;
GRANT INSERT, UPDATE, DELETE ON vitk.source, vitk.food, vitk.food_value TO pg_database_owner WITH GRANT OPTION;

-- a user's value of a shipped food stands before the shipped one
CREATE VIEW vitk.food_value_in_force AS
    SELECT v.*
    FROM vitk.food_value v
    WHERE NOT EXISTS (SELECT FROM vitk.food_value own
                      WHERE own.food_id = v.food_id AND own.nutrient = v.nutrient
                        AND NOT own.builtin AND v.builtin);
COMMENT ON VIEW vitk.food_value_in_force IS
    'one value a food and nutrient: the user''s own where there is one, else the shipped one';
COMMENT ON COLUMN vitk.food_value_in_force.food_id IS 'the food';
COMMENT ON COLUMN vitk.food_value_in_force.nutrient IS 'the nutrient';
COMMENT ON COLUMN vitk.food_value_in_force.kind IS 'how the value came about, see vitk.food_value';
COMMENT ON COLUMN vitk.food_value_in_force.amount IS 'amount in 100 g; NULL: unknown';
COMMENT ON COLUMN vitk.food_value_in_force.n IS 'number of samples measured';
COMMENT ON COLUMN vitk.food_value_in_force.se IS 'standard error of the mean, in the unit of amount';
COMMENT ON COLUMN vitk.food_value_in_force.sd IS 'standard deviation, in the unit of amount';
COMMENT ON COLUMN vitk.food_value_in_force.minimum IS 'least value found, in the unit of amount';
COMMENT ON COLUMN vitk.food_value_in_force.maximum IS 'greatest value found, in the unit of amount';
COMMENT ON COLUMN vitk.food_value_in_force.derivation_code IS 'how the value came about, in the code of its source';
COMMENT ON COLUMN vitk.food_value_in_force.source_id IS 'where the value is printed';
COMMENT ON COLUMN vitk.food_value_in_force.note IS 'what to know before one uses it';
COMMENT ON COLUMN vitk.food_value_in_force.builtin IS 'shipped with the extension';

CREATE VIEW vitk.food_profile AS
    SELECT food_id, with_grams(profile(nutrient, amount), 100::float8) AS profile
    FROM vitk.food_value_in_force
    WHERE amount IS NOT NULL
    GROUP BY food_id;
COMMENT ON VIEW vitk.food_profile IS
    'what 100 g of each food contain, for intake(profile, grams); traces and unknown amounts are left out and so count as not known; keep it in a materialized view for large diaries';
COMMENT ON COLUMN vitk.food_profile.food_id IS 'the food, see vitk.food';
COMMENT ON COLUMN vitk.food_profile.profile IS 'profile of 100 g';

-- exact values alone, all else in words
CREATE VIEW vitk.food_vitamin_k AS
    SELECT f.food_id, f.name AS food, f.food_group,
           v.k1_ug, v.dk1_ug, v.mk4_ug, v.mk5_ug, v.mk6_ug, v.mk7_ug, v.mk8_ug, v.mk9_ug,
           v.mk10_ug, v.mk11_ug, v.mk12_ug, v.mk13_ug, v.k2_ug, v.k_ug,
           v.flags, f.source_id AS source
    FROM vitk.food f
    JOIN (SELECT food_id,
                 min(upper) FILTER (WHERE nutrient = 'K1' AND lower = upper) AS k1_ug,
                 min(upper) FILTER (WHERE nutrient = 'dK1' AND lower = upper) AS dk1_ug,
                 min(upper) FILTER (WHERE nutrient = 'MK-4' AND lower = upper) AS mk4_ug,
                 min(upper) FILTER (WHERE nutrient = 'MK-5' AND lower = upper) AS mk5_ug,
                 min(upper) FILTER (WHERE nutrient = 'MK-6' AND lower = upper) AS mk6_ug,
                 min(upper) FILTER (WHERE nutrient = 'MK-7' AND lower = upper) AS mk7_ug,
                 min(upper) FILTER (WHERE nutrient = 'MK-8' AND lower = upper) AS mk8_ug,
                 min(upper) FILTER (WHERE nutrient = 'MK-9' AND lower = upper) AS mk9_ug,
                 min(upper) FILTER (WHERE nutrient = 'MK-10' AND lower = upper) AS mk10_ug,
                 min(upper) FILTER (WHERE nutrient = 'MK-11' AND lower = upper) AS mk11_ug,
                 min(upper) FILTER (WHERE nutrient = 'MK-12' AND lower = upper) AS mk12_ug,
                 min(upper) FILTER (WHERE nutrient = 'MK-13' AND lower = upper) AS mk13_ug,
                 min(upper) FILTER (WHERE nutrient = 'K2' AND lower = upper) AS k2_ug,
                 min(upper) FILTER (WHERE nutrient = 'K' AND lower = upper) AS k_ug,
                 string_agg(nutrient::text || ' ' || replace(kind, '_', ' ')
                                || CASE WHEN lower < upper THEN ' ' || amount::text ELSE '' END,
                            '; ' ORDER BY nutrient)
                     FILTER (WHERE kind <> 'measured' OR lower < upper) AS flags
          FROM (SELECT food_id, nutrient, kind, amount,
                       lower(to_unit(amount, 'ug', nutrient), 'ug') AS lower,
                       upper(to_unit(amount, 'ug', nutrient), 'ug') AS upper
                FROM vitk.food_value_in_force
                WHERE nutrient IN ('K1', 'dK1', 'MK-4', 'MK-5', 'MK-6', 'MK-7', 'MK-8', 'MK-9', 'MK-10',
                                   'MK-11', 'MK-12', 'MK-13', 'K2', 'K')) AS a
          GROUP BY food_id) AS v USING (food_id);
COMMENT ON VIEW vitk.food_vitamin_k IS
    'vitamin K of each food by vitamer in plain columns, for BI tools; NULL: not known exactly, the flags tell more';
COMMENT ON COLUMN vitk.food_vitamin_k.food_id IS 'key, see vitk.food';
COMMENT ON COLUMN vitk.food_vitamin_k.food IS 'name in English';
COMMENT ON COLUMN vitk.food_vitamin_k.food_group IS 'group of foods, as its source divides them';
COMMENT ON COLUMN vitk.food_vitamin_k.k1_ug IS 'phylloquinone, ug/100 g';
COMMENT ON COLUMN vitk.food_vitamin_k.dk1_ug IS 'dihydrophylloquinone, ug/100 g';
COMMENT ON COLUMN vitk.food_vitamin_k.mk4_ug IS 'menaquinone-4, ug/100 g';
COMMENT ON COLUMN vitk.food_vitamin_k.mk5_ug IS 'menaquinone-5, ug/100 g';
COMMENT ON COLUMN vitk.food_vitamin_k.mk6_ug IS 'menaquinone-6, ug/100 g';
COMMENT ON COLUMN vitk.food_vitamin_k.mk7_ug IS 'menaquinone-7, ug/100 g';
COMMENT ON COLUMN vitk.food_vitamin_k.mk8_ug IS 'menaquinone-8, ug/100 g';
COMMENT ON COLUMN vitk.food_vitamin_k.mk9_ug IS 'menaquinone-9, ug/100 g';
COMMENT ON COLUMN vitk.food_vitamin_k.mk10_ug IS 'menaquinone-10, ug/100 g';
COMMENT ON COLUMN vitk.food_vitamin_k.mk11_ug IS 'menaquinone-11, ug/100 g';
COMMENT ON COLUMN vitk.food_vitamin_k.mk12_ug IS 'menaquinone-12, ug/100 g';
COMMENT ON COLUMN vitk.food_vitamin_k.mk13_ug IS 'menaquinone-13, ug/100 g';
COMMENT ON COLUMN vitk.food_vitamin_k.k2_ug IS 'vitamin K2 where the source does not tell the menaquinones apart, ug/100 g';
COMMENT ON COLUMN vitk.food_vitamin_k.k_ug IS 'vitamin K where the source does not tell K1 and K2 apart, ug/100 g';
COMMENT ON COLUMN vitk.food_vitamin_k.flags IS
    'every value that was not measured or is not exact, such as "K1 imputed; K2 below detection <20 ug"; NULL: none';
COMMENT ON COLUMN vitk.food_vitamin_k.source IS 'source of the food, see vitk.source';

CREATE VIEW vitk.food_value_flat AS
    SELECT v.food_id || '/' || n.nutrient AS key, v.food_id, f.name AS food, f.food_group, n.nutrient, n.nutrient_order,
           v.kind, lower(a.amount, n.unit) AS lower, middle(a.amount, n.unit) AS middle, upper(a.amount, n.unit) AS upper,
           n.unit, v.n, v.source_id AS source, v.builtin
    FROM vitk.food_value_in_force v
    JOIN vitk.food f USING (food_id)
    JOIN vitk.nutrient_flat n ON n.nutrient = v.nutrient::text,
    LATERAL to_unit(v.amount, n.unit, v.nutrient) AS a (amount);
COMMENT ON VIEW vitk.food_value_flat IS
    'vitk.food_value_in_force in plain columns, for BI tools: what 100 g of a food contain, one row a nutrient';
COMMENT ON COLUMN vitk.food_value_flat.key IS 'key: food and nutrient';
COMMENT ON COLUMN vitk.food_value_flat.food_id IS 'the food, see vitk.food';
COMMENT ON COLUMN vitk.food_value_flat.food IS 'its name in English';
COMMENT ON COLUMN vitk.food_value_flat.food_group IS 'group of foods, as its source divides them';
COMMENT ON COLUMN vitk.food_value_flat.nutrient IS 'the nutrient, see vitk.nutrient_flat';
COMMENT ON COLUMN vitk.food_value_flat.nutrient_order IS 'to sort nutrients by';
COMMENT ON COLUMN vitk.food_value_flat.kind IS 'how the value came about, see vitk.food_value';
COMMENT ON COLUMN vitk.food_value_flat.lower IS 'at least so much in 100 g, in unit; NULL: unknown';
COMMENT ON COLUMN vitk.food_value_flat.middle IS 'middle of lower and upper, in unit: of a value below detection half the limit';
COMMENT ON COLUMN vitk.food_value_flat.upper IS 'at most so much in 100 g, in unit';
COMMENT ON COLUMN vitk.food_value_flat.unit IS 'unit of lower, middle and upper (UCUM): one unit a nutrient';
COMMENT ON COLUMN vitk.food_value_flat.n IS 'number of samples behind the value';
COMMENT ON COLUMN vitk.food_value_flat.source IS 'where the value is printed, see vitk.source';
COMMENT ON COLUMN vitk.food_value_flat.builtin IS 'shipped with the extension';
GRANT SELECT ON vitk.food_value_in_force, vitk.food_profile, vitk.food_vitamin_k, vitk.food_value_flat TO PUBLIC;
