-- clinical: values as laboratories and scanners hand them over, or the reason why they are none
--
-- None of these functions raises: one odd row stops no view.

CREATE FUNCTION try_nutrient_amount(value float8, unit text, comparator text DEFAULT NULL,
                                    OUT amount nutrient_amount, OUT reason text)
    AS 'MODULE_PATHNAME', 'clinical_try_nutrient_amount' LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE;
COMMENT ON FUNCTION try_nutrient_amount(float8, text, text) IS
    'a laboratory value with its UCUM unit as an amount, or the reason why it is not one; comparator < or <= gives the interval from zero; never raises an error';

CREATE FUNCTION vitk_internal.clinical_amount(kind text, means text, value float8, unit text, comparator text)
    RETURNS nutrient_amount
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.clinical_amount(text, text, float8, text, text) IS
    'a level in blood as an amount; NULL where it is not one, or only a lower bound';
CREATE FUNCTION vitk_internal.clinical_calcification(kind text, means text, value float8, unit text, comparator text)
    RETURNS calcification
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.clinical_calcification(text, text, float8, text, text) IS
    'a calcium score by the method that it means; NULL where it is not one, or only a bound';
CREATE FUNCTION vitk_internal.clinical_reason(kind text, means text, value float8, unit text, comparator text)
    RETURNS text
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.clinical_reason(text, text, float8, text, text) IS
    'why a value cannot be read as one of this kind (nutrient, calcification, inr); NULL: it can, or is a bound of one';
CREATE FUNCTION vitk_internal.clinical_number(printed text) RETURNS float8
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.clinical_number(text) IS
    'the number in a text such as 2.4, <0.5 or > 10; NULL where there is none';
CREATE FUNCTION vitk_internal.clinical_number(numeric) RETURNS float8
    AS 'MODULE_PATHNAME', 'clinical_number_of_numeric' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.clinical_number(numeric) IS 'the number as float8, infinite where it exceeds that';
CREATE FUNCTION vitk_internal.clinical_quantity(printed text) RETURNS float8
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.clinical_quantity(text) IS
    'the number in such a text, which may have a unit behind it, as <0.5 ug/L; NULL where there is none';
CREATE FUNCTION vitk_internal.clinical_unit(printed text) RETURNS text
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.clinical_unit(text) IS
    'the unit behind the number in such a text; NULL where there is none';
CREATE FUNCTION vitk_internal.clinical_comparator(printed text, value float8) RETURNS text
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.clinical_comparator(text, float8) IS
    'the comparator in such a text, < or >; NULL where there is none; where value is another number than that of the text, the whole text, which is no comparator';
CREATE FUNCTION vitk_internal.clinical_day(printed text) RETURNS date
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.clinical_day(text) IS
    'the day of an ISO 8601 date or timestamp; NULL for any other text';

-- The same of a printed result.  A text that is no number is named, a bound of a score is no score.

-- SETOF so that it is inlined
CREATE FUNCTION vitk_internal.clinical_printed(printed text, unit_beside text, OUT value float8, OUT unit text, OUT comparator text, OUT reason text) RETURNS SETOF record
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 1
BEGIN ATOMIC
    SELECT q.value, coalesce(vitk_internal.clinical_unit(printed), unit_beside), vitk_internal.clinical_comparator(printed, NULL),
           CASE WHEN q.value IS NULL AND pg_catalog.btrim(printed) <> '' THEN 'no number: ' || left(pg_catalog.btrim(printed), 80) END
    FROM (SELECT vitk_internal.clinical_quantity(printed) AS value) AS q;
END;
COMMENT ON FUNCTION vitk_internal.clinical_printed(text, text) IS
    'what a printed result holds, or the reason why it holds no number; a unit behind the number goes before the one beside it';

CREATE FUNCTION try_nutrient_amount(printed text, unit text DEFAULT NULL, OUT amount nutrient_amount, OUT reason text)
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT t.amount, coalesce(r.reason, t.reason)
    FROM vitk_internal.clinical_printed(printed, unit) AS r, try_nutrient_amount(r.value, r.unit, r.comparator) AS t;
END;
COMMENT ON FUNCTION try_nutrient_amount(text, text) IS
    'a laboratory value as it was printed (9.8, <0.10, 0.4 ug/L) as an amount, or the reason why it is not one; a unit behind the number goes before the argument; never raises an error';

CREATE FUNCTION try_calcification(printed text, unit text DEFAULT NULL, method text DEFAULT 'agatston', OUT calcification calcification, OUT reason text)
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT vitk_internal.clinical_calcification('calcification', try_calcification.method, r.value, r.unit, r.comparator),
           coalesce(r.reason, vitk_internal.clinical_reason('calcification', try_calcification.method, r.value, r.unit, r.comparator),
                    CASE WHEN r.comparator IS NOT NULL THEN 'only a bound: ' || left(pg_catalog.btrim(printed), 80) END)
    FROM vitk_internal.clinical_printed(printed, try_calcification.unit) AS r;
END;
COMMENT ON FUNCTION try_calcification(text, text, text) IS
    'a calcium score as it was printed (312, 312 AU) by a method, or the reason why it is not one; a unit behind the number goes before the argument, an Agatston score needs none; never raises an error';

-- what the codes of clinical systems mean

CREATE TABLE vitk.clinical_code (
    system text NOT NULL CHECK (system <> ''),
    code text NOT NULL CHECK (code <> ''),
    kind text NOT NULL CHECK (kind IN ('antagonist', 'vitamin_k_drug', 'inr', 'calcification', 'nutrient', 'marker')),
    means text NOT NULL CHECK (means <> ''),
    name text NOT NULL,
    source text NOT NULL,
    builtin boolean NOT NULL DEFAULT false,
    PRIMARY KEY (system, code),
    CONSTRAINT clinical_code_name CHECK (system <> 'name' OR code = lower(code)),
    CONSTRAINT clinical_code_means CHECK (CASE kind
        WHEN 'calcification' THEN method(calcification(0::float8, means)) = means
        WHEN 'vitamin_k_drug' THEN means::nutrient IS NOT NULL
        WHEN 'nutrient' THEN means::nutrient IS NOT NULL
        ELSE true END)
);
COMMENT ON TABLE vitk.clinical_code IS
    'codes and names of drugs and laboratory tests, for the functions over FHIR resources and for prescriptions; add those of your hospital';
COMMENT ON COLUMN vitk.clinical_code.system IS
    'LOINC, SNOMED CT, RxNorm, ATC, name (a drug''s name in lower case), or the URL by which FHIR identifies a system';
COMMENT ON COLUMN vitk.clinical_code.code IS 'the code in that system';
COMMENT ON COLUMN vitk.clinical_code.kind IS
    'antagonist (a vitamin K antagonist), vitamin_k_drug, inr, calcification (a measurement), nutrient (its level in blood), marker (another level)';
COMMENT ON COLUMN vitk.clinical_code.means IS
    'name of the antagonist; nutrient of the drug or of the level; INR; method of the calcification; name of the marker';
COMMENT ON COLUMN vitk.clinical_code.name IS 'what the system calls it';
COMMENT ON COLUMN vitk.clinical_code.source IS 'where the code was read';
COMMENT ON COLUMN vitk.clinical_code.builtin IS 'shipped with the extension: an update replaces it, pg_dump leaves it out';

@rows vitk.clinical_code clinical_code.csv@

SELECT pg_catalog.pg_extension_config_dump('vitk.clinical_code', 'WHERE NOT builtin');
GRANT SELECT ON vitk.clinical_code TO PUBLIC;
GRANT INSERT, UPDATE, DELETE ON vitk.clinical_code TO pg_database_owner WITH GRANT OPTION;

CREATE FUNCTION vitk_internal.clinical_drug(drug text, system text, OUT kind text, OUT means text)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT c.kind, c.means
    FROM vitk.clinical_code c
    WHERE c.kind IN ('antagonist', 'vitamin_k_drug')
      AND CASE WHEN c.system = 'name' THEN coalesce(clinical_drug.system, 'name') = 'name' AND lower(drug) ~ ('\m' || c.code || '\M')
               WHEN clinical_drug.system IS NULL THEN c.system = 'ATC' AND upper(btrim(drug)) = c.code
               ELSE c.system = clinical_drug.system AND btrim(drug) = c.code END
    ORDER BY c.kind, c.means
    LIMIT 1;
END;
COMMENT ON FUNCTION vitk_internal.clinical_drug(text, text) IS
    'what a drug is according to vitk.clinical_code: a text with its name, an ATC code, or a code of the system';

CREATE FUNCTION vitamin_k_antagonist(drug text, system text DEFAULT NULL) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN (SELECT d.means FROM vitk_internal.clinical_drug(drug, system) AS d WHERE d.kind = 'antagonist');
COMMENT ON FUNCTION vitamin_k_antagonist(text, text) IS
    'which vitamin K antagonist a prescription is for: drug is a text with its name (Coumadin 5 mg), an ATC code, or, with system (RxNorm, ATC, ...), a code of that system; NULL: none that vitk.clinical_code knows';
