# Usual intake in two parts against a simulation whose truth is known: foods like natto, cheese and liver, of two days of each
# person; the method for what is eaten daily, which refuses such data, aside.  VITK_SEED=... repeats a run.
use strict;
use warnings;
use List::Util qw(max sum);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $seed = $ENV{VITK_SEED} // int rand 1e6;
diag "VITK_SEED=$seed";
my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION vitk');

my $n = 20000;
my $sets = 4;
my $largest = 0;

# name, probability of a day as an expression of a uniform u; usual amount on such days: mean and SD of its logarithm, SD of days; and of
# each cut what R says: bias and SD of the share below
my @food = (
	[ 'natto-like, often or hardly ever', '1 - (1 - u) ^ (1.0 / 6)', 3.7, 0.3, 0.5,
		{ 1 => [ -0.00106, 0.01353 ], 5 => [ -0.00100, 0.01058 ], 20 => [ 0.00031, 0.00416 ] } ],
	[ 'cheese-like, most days', 'u ^ (1 / 1.5)', 3.4, 0.5, 0.6,
		{ 5 => [ 0.00012, 0.00327 ], 15 => [ -0.00040, 0.00448 ], 40 => [ -0.00019, 0.00294 ] } ],
	[ 'liver-like, once in a month or two', '1 - (1 - u) ^ (1.0 / 40)', 4.5, 0.4, 0.4,
		{ 0.5 => [ -0.01003, 0.08241 ], 2 => [ -0.00887, 0.04804 ], 6 => [ 0.00526, 0.02216 ] } ],
	[ 'all alike in how often', '0.3 + 0 * u', 3.0, 0.5, 0.5,
		{ 4 => [ 0.00422, 0.01019 ], 7 => [ 0.00189, 0.00871 ], 12 => [ -0.00128, 0.00555 ] } ]);
for my $f (@food)
{
	my ($name, $p, $mean, $between, $within, $known) = @$f;
	my $cut = join ', ', sort keys %$known;
	my %difference;
	for my $set (1 .. $sets)
	{
		my @row = split /\n/, $node->safe_psql('postgres', qq{
			SELECT setseed(($seed % 1000 + $set) / 2000.0) \\g /dev/null
			CREATE TEMP TABLE person AS
				SELECT i, $p AS p, $mean + $between * sqrt(-2 * ln(1 - v)) * cos(2 * pi() * w) AS a
				FROM (SELECT i, random() AS u, random() AS v, random() AS w FROM generate_series(1, $n) i) t;
			CREATE TEMP TABLE day AS
				SELECT i, CASE WHEN random() < p THEN exp(a + $within * sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random())) ELSE 0 END AS intake
				FROM person, generate_series(1, 2);
			CREATE TEMP TABLE part AS SELECT (SELECT variance_components(d) FROM (SELECT study_sample((intake > 0)::integer) AS d FROM day GROUP BY i) f) AS frequency,
				(SELECT variance_components(d) FROM (SELECT study_sample(usual_scale(intake, 'log')) AS d FROM day WHERE intake > 0 GROUP BY i) m) AS amount;
			SELECT c, two_part_share_below(frequency, amount, c, 'EAR'), two_part_share_above(frequency, amount, c, 'UL'),
				(SELECT avg((p * exp(a + $within ^ 2 / 2) < c)::integer) FROM person)
			FROM part, unnest(ARRAY[$cut]::float8[]) c});
		for (@row)
		{
			my ($c, $below, $above, $truth) = split /\|/;
			push @{ $difference{$c} }, $below - $truth;
			BAIL_OUT("$name: $below and $above do not add up") if abs($below + $above - 1) > 1e-9;
		}
	}
	for my $c (sort { $a <=> $b } keys %difference)
	{
		my @d = @{ $difference{$c} };
		my ($bias, $sd) = @{ $known->{$c} };
		my $off = sum(@d) / @d - $bias;
		my $ss = sum(map { ($_ - sum(@d) / @d)**2 } @d) / (@d - 1);
		my $se = $sd * sqrt(1 / @d + 1 / 300);
		cmp_ok(abs $off, '<', 4.5 * $se, sprintf '%s: share below %s is off by %.4f, Monte Carlo error %.4f', $name, $c, $off, $se);
		cmp_ok($ss, '<', 10 * $sd**2, 'sets scatter as those of R');
		$largest = max($largest, abs($off) / $se);
	}
}
diag sprintf 'usual intake in two parts: at most %.1f Monte Carlo errors from the truth', $largest;

# The model by maximum likelihood: correlated parts, covariates of persons and days, weights of a sample that prefers women and those
# who eat it often.  Truth: the parameters below; the shares, by R:
#   z <- seq(-9, 9, length.out = 4001); wz <- dnorm(z); wz <- wz / sum(wz)
#   below <- function(c) mean(sapply(0:1, function(w) sum(wz * sapply(z, function(z) {
#     p <- plogis(-0.5 + 0.6 * w + 0.4 * 0:1 + 1.2 * z); k <- c(4, 3) / 7 * p * exp(3 + 0.3 * w - 0.2 * 0:1 + 0.18)
#     pnorm((log(c / sum(k)) / 0.5 - 0.5 * z) / sqrt(0.75)) }))))
#   sapply(c(2, 8, 20), below)
# SD: of 150 (persons: of 40) such sets; without weights and correlation the shares are 0.025, 0.228 and 0.645.
$node->safe_psql('postgres', q{
CREATE FUNCTION normal() RETURNS float8 LANGUAGE sql RETURN sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random());
CREATE TABLE person (i int, woman int, z float8, u float8, weight float8);
CREATE TABLE day (i int, weekend int, intake float8);
CREATE FUNCTION share(m two_part_model, reference float8) RETURNS float8 LANGUAGE sql RETURN
	(two_part_probability_below(m, NULL, reference, 'EAR', NULL, '{{0,0},{0,1}}', '{4,3}') + two_part_probability_below(m, NULL, reference, 'EAR', NULL, '{{1,0},{1,1}}', '{4,3}')) / 2;
CREATE FUNCTION simulate() RETURNS float8[] LANGUAGE plpgsql AS $$
DECLARE
	m two_part_model;
BEGIN
	TRUNCATE person, day;
	INSERT INTO person SELECT i, woman, z, 0.5 * z + sqrt(0.75) * u, 1 / chance
	FROM (SELECT i, (random() < 0.5)::int AS woman, normal() AS z, normal() AS u, random() AS draw FROM generate_series(1, 9000) i) p,
		LATERAL (SELECT CASE WHEN woman = 1 THEN 0.6 ELSE 0.3 END * CASE WHEN z > 0.5 THEN 1 ELSE 0.6 END AS chance) c WHERE draw < chance;
	INSERT INTO day SELECT i, weekend, CASE WHEN random() < 1 / (1 + exp(0.5 - 0.6 * woman - 0.4 * weekend - 1.2 * z))
		THEN exp(3 + 0.3 * woman - 0.2 * weekend + 0.5 * u + 0.6 * normal()) ELSE 0 END
	FROM person, LATERAL (SELECT d, (random() < 3.0 / 7 + 0 * i)::int AS weekend FROM generate_series(1, 2) d) k;
	m := (SELECT two_part_fit(array_agg(i), array_agg(intake), array_agg(ARRAY[woman, weekend]::float8[]), array_agg(weight)) FROM person JOIN day USING (i));
	RETURN m.frequency || m.amount || ARRAY[m.sd_frequency, m.sd_amount, m.correlation, m.sd_day, share(m, 2), share(m, 8), share(m, 20)]
	|| (SELECT ARRAY[(sum(weight * truth * usual) / sum(weight) - sum(weight * truth) * sum(weight * usual) / sum(weight) ^ 2)
			/ (sum(weight * usual ^ 2) / sum(weight) - (sum(weight * usual) / sum(weight)) ^ 2), sum(weight * (truth - usual)) / sum(weight),
			sum(weight * (below - (truth < 8)::int)) / sum(weight) FILTER (WHERE below IS NOT NULL)]
		FROM (SELECT weight, two_part_intake(m, array_agg(intake), array_agg(ARRAY[woman, weekend]::float8[]), ARRAY[[woman, 0], [woman, 1]]::float8[], '{4,3}') AS usual,
				CASE WHEN i % 10 = 0 THEN two_part_probability_below(m, array_agg(intake), 8, 'EAR', array_agg(ARRAY[woman, weekend]::float8[]), ARRAY[[woman, 0], [woman, 1]]::float8[], '{4,3}') END AS below,
				exp(0.3 * woman + 0.5 * u + 0.18) * (4 * exp(3) / (1 + exp(0.5 - 0.6 * woman - 1.2 * z)) + 3 * exp(2.8) / (1 + exp(0.1 - 0.6 * woman - 1.2 * z))) / 7 AS truth
			FROM person JOIN day USING (i) GROUP BY i, weight, woman, u, z) p);
END $$});
my @known = (
	[ 'logit, intercept', -0.5, 0.0788 ], [ 'of women', 0.6, 0.0787 ], [ 'of weekends', 0.4, 0.0727 ], [ 'amount, intercept', 3, 0.0348 ],
	[ 'of women', 0.3, 0.0334 ], [ 'of weekends', -0.2, 0.0301 ], [ 'SD of the logit', 1.2, 0.0893 ], [ 'SD of amounts', 0.5, 0.0202 ],
	[ 'correlation', 0.5, 0.0758 ], [ 'SD of days', 0.6, 0.0135 ], [ 'share below 2', 0.067650, 0.0117 ], [ 'share below 8', 0.346050, 0.0153 ],
	[ 'share below 20', 0.707162, 0.0097 ], [ 'truth on usual intakes of persons, slope', 1, 0.0450 ], [ 'truth less usual intakes, mean', 0, 0.264 ],
	[ 'probability below 8 less truth, mean', 0, 0.0263 ]);
my $model_sets = 4;
my @mean = split /\n/, $node->safe_psql('postgres', qq{
	SELECT setseed(($seed % 1000) / 2000.0) \\g /dev/null
	SELECT avg(v) FROM generate_series(1, $model_sets) s, LATERAL (SELECT s, simulate() AS r) x, unnest(r) WITH ORDINALITY u (v, k) GROUP BY k ORDER BY k});
my $furthest = 0;
for my $i (0 .. $#known)
{
	my ($name, $truth, $sd) = @{ $known[$i] };
	my $se = $sd / sqrt $model_sets;
	cmp_ok(abs($mean[$i] - $truth), '<', 4.5 * $se, sprintf 'model, %s: %.4f, in truth %.4f, Monte Carlo error %.4f', $name, $mean[$i], $truth, $se);
	$furthest = max($furthest, abs($mean[$i] - $truth) / $se);
}
diag sprintf 'usual intake in two parts by maximum likelihood: at most %.1f Monte Carlo errors from the truth', $furthest;

$node->stop;
done_testing();
