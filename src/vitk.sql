-- vitk: the schema of the reference tables

CREATE SCHEMA vitk;
COMMENT ON SCHEMA vitk IS 'Reference tables of the extension vitk: nutrients, foods, limits, conversions';
GRANT USAGE ON SCHEMA vitk TO PUBLIC;
