-- printed_sample: samples and effects from quantiles, geometric means, clusters, shared controls and crossover

CREATE FUNCTION study_sample_from_quantiles(n float8, q1 float8, median float8, q3 float8, method text DEFAULT 'luo') RETURNS study_sample
    AS 'MODULE_PATHNAME', 'printed_sample_from_quantiles' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION study_sample_from_quantiles(n float8, q1 float8, median float8, q3 float8, method text) IS
    'sample for which a paper prints median and quartiles (an interquartile range [q1, q3] is both). method luo (default): mean by Luo et al. 2018, doi:10.1177/0962280216669183; wan: by Wan et al. 2014, doi:10.1186/1471-2288-14-135; the SD is Wan''s in both. For values that are roughly normal: a median far from the middle of the quartiles says that they are not';
CREATE FUNCTION study_sample_from_range(n float8, minimum float8, median float8, maximum float8, method text DEFAULT 'luo') RETURNS study_sample
    AS 'MODULE_PATHNAME', 'printed_sample_from_range' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION study_sample_from_range(n float8, minimum float8, median float8, maximum float8, method text) IS
    'sample for which a paper prints median, minimum and maximum. method luo (default): mean by Luo et al. 2018, doi:10.1177/0962280216669183; wan: by Wan et al. 2014, doi:10.1186/1471-2288-14-135; the SD is Wan''s in both. For values that are roughly normal: a median far from the middle of the quartiles says that they are not';
CREATE FUNCTION study_sample_from_five(n float8, minimum float8, q1 float8, median float8, q3 float8, maximum float8, method text DEFAULT 'luo') RETURNS study_sample
    AS 'MODULE_PATHNAME', 'printed_sample_from_five' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION study_sample_from_five(n float8, minimum float8, q1 float8, median float8, q3 float8, maximum float8, method text) IS
    'sample for which a paper prints the five numbers. method luo (default): mean by Luo et al. 2018, doi:10.1177/0962280216669183; wan: by Wan et al. 2014, doi:10.1186/1471-2288-14-135; the SD is Wan''s in both. For values that are roughly normal: a median far from the middle of the quartiles says that they are not';
CREATE FUNCTION study_sample_from_geometric(n float8, geometric_mean float8, geometric_sd float8) RETURNS study_sample
    AS 'MODULE_PATHNAME', 'printed_sample_from_geometric' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION study_sample_from_geometric(n float8, geometric_mean float8, geometric_sd float8) IS
    'sample for which a paper prints the geometric mean and the geometric SD (a factor of 1 or more), with mean and SD on the scale of the values, if they are log-normal: m = gm exp(s^2 / 2), SD = m sqrt(exp(s^2) - 1) with s = ln gsd (Higgins et al. 2008, doi:10.1002/sim.3427)';
CREATE FUNCTION study_sample_from_geometric_ci(n float8, geometric_mean float8, lower float8, upper float8, level float8 DEFAULT 0.95) RETURNS study_sample
    AS 'MODULE_PATHNAME', 'printed_sample_from_geometric_ci' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION study_sample_from_geometric_ci(n float8, geometric_mean float8, lower float8, upper float8, level float8) IS
    'likewise from the geometric mean and its confidence interval, which must be by Student t on the logarithms';
CREATE FUNCTION smcc(baseline study_sample, followup study_sample, correlation float8 DEFAULT NULL) RETURNS effect_size
    AS 'MODULE_PATHNAME', 'printed_sample_smcc' LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE;
COMMENT ON FUNCTION smcc(baseline study_sample, followup study_sample, correlation float8) IS
    'standardised mean change by the SD of the change, followup minus baseline, as escalc(measure = "SMCC") of metafor; measure SMD; an error when the correlation is NULL';
CREATE FUNCTION smcr(baseline study_sample, followup study_sample, correlation float8 DEFAULT NULL) RETURNS effect_size
    AS 'MODULE_PATHNAME', 'printed_sample_smcr' LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE;
COMMENT ON FUNCTION smcr(baseline study_sample, followup study_sample, correlation float8) IS
    'standardised mean change by the SD of baseline, followup minus baseline, as escalc(measure = "SMCR") of metafor; measure SMD; an error when the correlation is NULL';
CREATE FUNCTION design_effect(cluster_size float8, icc float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'printed_sample_design_effect' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION design_effect(cluster_size float8, icc float8) IS
    'design effect of a cluster-randomised trial: 1 + (mean size - 1) * intracluster correlation; Cochrane Handbook 23.1.4';
CREATE FUNCTION with_design_effect(effect effect_size, design_effect float8) RETURNS effect_size
    AS 'MODULE_PATHNAME', 'printed_sample_effective_effect' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION with_design_effect(effect effect_size, design_effect float8) IS
    'the effect of a cluster-randomised trial that was analysed as if persons had been randomised: its standard error times the square root of the design effect; Cochrane Handbook 23.1.5';
CREATE FUNCTION with_design_effect(sample study_sample, design_effect float8) RETURNS study_sample
    AS 'MODULE_PATHNAME', 'printed_sample_effective' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION with_design_effect(sample study_sample, design_effect float8) IS
    'the sample with its effective n, n / design effect rounded down, the same mean and SD; Cochrane Handbook 23.1.4';
CREATE FUNCTION shared_part(sample study_sample, parts integer, part integer) RETURNS study_sample
    AS 'MODULE_PATHNAME', 'printed_sample_part' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION shared_part(sample study_sample, parts integer, part integer) IS
    'a control group that several arms share, divided among them so that nobody counts twice: the n of all parts add up to that of the sample, mean and SD stay the same; Cochrane Handbook 23.3.4';
CREATE FUNCTION crossover_difference(treatment study_sample, control study_sample, correlation float8 DEFAULT NULL) RETURNS effect_size
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN mean_change(control, treatment, correlation);
COMMENT ON FUNCTION crossover_difference(treatment study_sample, control study_sample, correlation float8) IS
    'difference of treatment and control in the same persons, by the paired t test; an error when the correlation is NULL: use change_correlation() of a study that prints the SD of the differences; Cochrane Handbook 23.2.7';
