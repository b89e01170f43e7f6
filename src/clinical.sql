-- clinical: values as laboratories and scanners hand them over, or the reason why they are none
--
-- None of these functions raises: one odd row stops no view.

CREATE FUNCTION try_nutrient_amount(value float8, unit text, comparator text DEFAULT NULL,
                                    OUT amount nutrient_amount, OUT reason text)
    AS 'MODULE_PATHNAME', 'clinical_try_nutrient_amount' LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE;
COMMENT ON FUNCTION try_nutrient_amount(float8, text, text) IS
    'a laboratory value with its UCUM unit as an amount, or the reason why it is none; comparator < or <= gives the interval from zero; never an error';

CREATE FUNCTION vitk_internal.clinical_amount(kind text, means text, value float8, unit text, comparator text)
    RETURNS nutrient_amount
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.clinical_amount(text, text, float8, text, text) IS
    'a level in blood as an amount; NULL where it is none, or no more than a bound from below';
CREATE FUNCTION vitk_internal.clinical_calcification(kind text, means text, value float8, unit text, comparator text)
    RETURNS calcification
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.clinical_calcification(text, text, float8, text, text) IS
    'a calcium score by the method that it means; NULL where it is none, or no more than a bound';
CREATE FUNCTION vitk_internal.clinical_reason(kind text, means text, value float8, unit text, comparator text)
    RETURNS text
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.clinical_reason(text, text, float8, text, text) IS
    'why a value of this kind (nutrient, calcification, inr) is none; NULL: it is one, or a bound of one';
CREATE FUNCTION vitk_internal.clinical_number(printed text) RETURNS float8
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.clinical_number(text) IS
    'the number of a text such as 2.4, <0.5 or > 10; NULL where there is none';
CREATE FUNCTION vitk_internal.clinical_number(numeric) RETURNS float8
    AS 'MODULE_PATHNAME', 'clinical_number_of_numeric' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.clinical_number(numeric) IS 'the number as float8, infinite where it is beyond that';
CREATE FUNCTION vitk_internal.clinical_comparator(printed text) RETURNS text
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.clinical_comparator(text) IS
    'the comparator of such a text, < or >; NULL where there is none';
CREATE FUNCTION vitk_internal.clinical_day(printed text) RETURNS date
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION vitk_internal.clinical_day(text) IS
    'the day of an ISO 8601 date or timestamp; NULL where it is none';
