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

$node->stop;
done_testing();
