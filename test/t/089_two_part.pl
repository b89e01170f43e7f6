# Usual intake in two parts against a simulation whose truth is known: foods like natto, cheese and liver, of two days of each
# person; the method for what is eaten daily, which refuses such data, aside.  VITK_SEED=... repeats a run.
use strict;
use warnings;
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
my $sets = 6;

# name, probability of a day as an expression of a uniform u; usual amount on such days: mean and SD of its logarithm, SD of days; cuts; what two days of
# so many persons leave open (of what is eaten once in a month, much)
my @food = (
	[ 'natto-like, often or hardly ever', '1 - (1 - u) ^ (1.0 / 6)', 3.7, 0.3, 0.5, [ 1, 5, 20 ], 0.015 ],
	[ 'cheese-like, most days', 'u ^ (1 / 1.5)', 3.4, 0.5, 0.6, [ 5, 15, 40 ], 0.015 ],
	[ 'liver-like, once in a month or two', '1 - (1 - u) ^ (1.0 / 40)', 4.5, 0.4, 0.4, [ 0.5, 2, 6 ], 0.08 ],
	[ 'all alike in how often', '0.3 + 0 * u', 3.0, 0.5, 0.5, [ 4, 7, 12 ], 0.02 ]);
for my $f (@food)
{
	my ($name, $p, $mean, $between, $within, $cuts, $open) = @$f;
	my $cut = join ', ', @$cuts;
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
		my ($sum, $ss) = (0, 0);
		$sum += $_ / @d for @d;
		$ss += ($_ - $sum)**2 / (@d - 1) for @d;
		my $se = sqrt($ss / @d);
		cmp_ok(abs $sum, '<', 8 * $se + 0.004, sprintf '%s: share below %s is off by %.4f, its Monte Carlo error %.4f', $name, $c, $sum, $se);
		cmp_ok($se, '<', $open, 'which is what two days leave open');
	}
}

$node->stop;
done_testing();
