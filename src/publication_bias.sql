-- publication_bias: do small studies find something else than large ones?

CREATE FUNCTION rank_test(evidence meta_evidence, OUT k integer, OUT tau float8, OUT p_value float8, OUT exact boolean)
    AS 'MODULE_PATHNAME', 'publication_bias_rank_test' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION rank_test(meta_evidence) IS
    'whether small studies differ: Kendall''s rank correlation of standardised effects and variances (Begg and Mazumdar 1994, doi:10.2307/2533446), as ranktest() of metafor; exact for up to 100 studies without ties, else by the normal approximation; NULL for fewer than 3 studies or equal variances';
