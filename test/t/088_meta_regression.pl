# Meta-regression, subgroups, trim and fill against metafor 3.8, for published sets of metadat: test/unit/meta_regression.txt,
# which test/unit/meta_regression.R printed.
use strict;
use warnings;
use FindBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION vitk; CREATE TABLE study (set_name text, i serial, yi float8, vi float8, x float8[]);
	CREATE TABLE at (set_name text PRIMARY KEY, x float8[]);
	CREATE VIEW evidence AS SELECT set_name, meta_evidence(effect_size(yi, sqrt(vi), \'SMD\') ORDER BY i) AS e, array_agg(x ORDER BY i) AS x
	FROM study GROUP BY set_name');

my %largest;

# Numbers as SQL gives them against R's; remembers the largest relative difference of each family.  Predictions are taken
# relative to the largest number of their row: near zero both sides are left with what rounding has of the intercept.
sub near
{
	my ($family, $got, $expected, $name, $to_largest) = @_;
	my @got = split /[|\n]/, $got, -1;
	my @wrong;
	my ($scale) = sort { $b <=> $a } map { abs } grep { $_ ne 'NA' } @$expected;
	for my $i (0 .. $#$expected)
	{
		my ($a, $b) = ($got[$i] // 'nothing', $expected->[$i]);
		if ($b eq 'NA' || $a !~ /^-?\d/)
		{
			push @wrong, $i unless $b eq 'NA' && $a eq '';
			next;
		}
		my $difference = $b == 0 ? abs $a : abs($a - $b) / ($to_largest ? $scale : abs $b);
		$largest{$family} = $difference if $difference > ($largest{$family} // 0);
		push @wrong, $i if $difference > 1e-9;
	}
	ok(@got == @$expected && !@wrong, $name)
	  or diag "ours @got\nR's  @$expected\nin @wrong";
}

my %fitted;
open my $fh, '<', "$FindBin::RealBin/../unit/meta_regression.txt" or die $!;
while (my $line = <$fh>)
{
	chomp $line;
	my ($what, $set, $rest) = $line =~ /^(data|fit|fill|subgroups) (\S+) (.*?)\s*$/ or next;
	my @part = map { s/^ //r } split / \|/, $rest;
	if ($what eq 'data')
	{
		my ($y, $v, $x, $at) = map { [ split /,/ ] } map { s/ (?=\S)/,/gr } @part[0, 1];
		($x, $at) = map { '{' . join(',', map { '{' . s/ /,/gr . '}' } split /, ?/) . '}' } @part[2, 3];
		$node->safe_psql('postgres', qq{INSERT INTO at VALUES ('$set', '$at');
			INSERT INTO study (set_name, yi, vi, x) SELECT '$set', y, v, ARRAY(SELECT ('$x'::float8[])[i][j] FROM generate_subscripts('$x'::float8[], 2) j ORDER BY j)
			FROM unnest('{@{[join ',', @$y]}}'::float8[], '{@{[join ',', @$v]}}'::float8[]) WITH ORDINALITY t (y, v, i) ORDER BY i});
	}
	elsif ($what eq 'fit')
	{
		my ($method, $test, @model) = split / /, $part[0];
		my $call = "e, evidence.x, '$method', '$test'";
		my ($model, $terms, @predicted) = split /\n/, $node->safe_psql('postgres', qq{
			SELECT f.tau2, f.se_tau2, f.i2, f.h2, f.r2, f.qe, f.qe_df, f.qe_p, f.qm, f.qm_df1, f.qm_df2, f.qm_p
				FROM evidence, meta_regression_fit($call) f WHERE set_name = '$set';
			SELECT string_agg(concat_ws('|', estimate, se, statistic, p_value, ci_lower, ci_upper), '|' ORDER BY term)
				FROM evidence, meta_regression($call) WHERE set_name = '$set';
			SELECT estimate, se, ci_lower, ci_upper, predict_lower, predict_upper
				FROM evidence JOIN at USING (set_name), meta_regression_predict(e, evidence.x, at.x, '$method', '$test')
				WHERE set_name = '$set' ORDER BY point});
		near('meta_regression', $model, [ @model[0 .. 8], @model == 11 ? ($model[9], 'NA', $model[10]) : @model[9 .. 11] ], "$set $method $test: the model");
		near('meta_regression', $terms, [ split / /, $part[1] ], "$set $method $test: its coefficients");
		my @r = split / /, $part[2];
		my $n = @r / @predicted;
		near('meta_regression_predict', shift @predicted, [ splice(@r, 0, $n), $n == 4 ? ('NA', 'NA') : () ], "$set $method $test: predictions", 1) while @r;
		$fitted{$set}++;
	}
	elsif ($what eq 'fill')
	{
		my ($estimator, $side, $filled, @numbers) = split / /, $rest;
		next if $filled eq 'none';
		my ($ours, $numbers_of_ours) = split /\|/, $node->safe_psql('postgres', "SELECT side_filled, k0, se_k0, t.p_value, p.estimate, p.se, p.q
			FROM evidence, trim_and_fill(e, 'DL', '$estimator', '$side') t, pooled(t.filled, 'DL', 'z') p WHERE set_name = '$set'"), 2;
		is($ours, $filled, "$set $estimator $side: side");
		near('trim_and_fill', $numbers_of_ours, \@numbers, "$set $estimator $side: trim and fill");
	}
	else
	{
		my ($method, @numbers) = split / /, $rest;
		near('subgroup_test', $node->safe_psql('postgres', "SELECT q_between, q_between_df, q_between_p, q_within FROM
			(SELECT array_agg(e) AS e FROM (SELECT meta_evidence(effect_size(yi, sqrt(vi), 'RR')) AS e FROM study WHERE set_name = 'bcg_alloc' GROUP BY x) g) a,
			subgroup_test(e, '$method', 'z')"), \@numbers, "subgroups of bcg, $method");
	}
}
is_deeply(\%fitted, { map { $_ => 13 } qw(bcg bcg_alloc bangertdrowns2004 konstantopoulos2011) }, 'four sets, thirteen models each');
diag sprintf '%s: largest relative difference from metafor %.1e', $_, $largest{$_} for sort keys %largest;

$node->stop;
done_testing();
