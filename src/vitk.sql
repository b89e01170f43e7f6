-- vitk: the schemas beside the one of the extension, which has what a user writes in a query
--
--   vitk            what one reads and maintains: tables, views, procedures
--   vitk_internal   what only the extension calls

CREATE SCHEMA vitk;
COMMENT ON SCHEMA vitk IS 'Reference tables of the extension vitk: nutrients, foods, limits, conversions, studies';
GRANT USAGE ON SCHEMA vitk TO PUBLIC;

CREATE SCHEMA vitk_internal;
COMMENT ON SCHEMA vitk_internal IS 'What the extension vitk calls behind its types, operators and views; not for use';
GRANT USAGE ON SCHEMA vitk_internal TO PUBLIC;
