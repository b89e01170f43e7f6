-- publication_bias: do small studies find something else than large ones?

CREATE FUNCTION rank_test(evidence meta_evidence, OUT k integer, OUT tau float8, OUT p_value float8, OUT exact boolean)
    AS 'MODULE_PATHNAME', 'publication_bias_rank_test' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION rank_test(meta_evidence) IS
    'whether small studies differ: Kendall''s rank correlation of standardised effects and variances (Begg and Mazumdar 1994, doi:10.2307/2533446), as ranktest() of metafor; exact for up to 100 studies without ties, else by the normal approximation; NULL for fewer than 3 studies or equal variances';

CREATE FUNCTION trim_and_fill(
    evidence meta_evidence, method text DEFAULT 'REML', estimator text DEFAULT 'L0', side text DEFAULT 'auto',
    OUT k integer, OUT k0 integer, OUT se_k0 float8, OUT side_filled text, OUT p_value float8, OUT filled meta_evidence)
    AS 'MODULE_PATHNAME', 'publication_bias_trim_and_fill' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION trim_and_fill(evidence meta_evidence, method text, estimator text, side text) IS
    'how many studies k0 lack on one side of the funnel (Duval and Tweedie 2000, doi:10.1111/j.0006-341X.2000.00455.x), and the evidence filled with them, the mirror images of those beyond: pooled(filled) is what all would say. As trimfill() of metafor: estimator L0, R0 (p_value: none lacks) or Q0; side left, right, or auto, where small studies lack. A check of how much a conclusion hangs on unpublished studies, no correction. NULL for too few studies, equal variances with auto, and where the number goes round in circles';
