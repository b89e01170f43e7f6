# Pooling against R: metafor's own figures for two published data sets (shared/data/metafor), Egger's test against
# lm().
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $metafor = ($ENV{VITK_SHARED} // '../shared') . '/data/metafor';
plan skip_all => "no $metafor: nothing to compare with" unless -r "$metafor/expected_models.csv";

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql('postgres', q{
	CREATE EXTENSION vitk;
	CREATE TABLE study (set_name text, i serial, yi float8, vi float8);
	CREATE VIEW evidence AS
	SELECT set_name, meta_evidence(effect_size(yi, sqrt(vi), CASE set_name WHEN 'bcg_RR' THEN 'RR' ELSE 'SMD' END) ORDER BY i) AS e
	FROM study GROUP BY 1});

# a CSV file as hashes
sub csv
{
	my $file = shift;
	open my $fh, '<', $file or die "$file: $!";
	my @lines = map { s/\s+$//r } <$fh>;
	close $fh;
	my @names = split /,/, shift @lines;
	return map { my %row; @row{@names} = split /,/, $_, -1; \%row } @lines;
}

# Where each figure of metafor stands in pooled()
my %column = (
	k => 'k', beta => 'estimate', se => 'se', zval => 'statistic', pval => 'p_value', 'ci.lb' => 'ci_lower',
	'ci.ub' => 'ci_upper', tau2 => 'tau2', 'se.tau2' => 'se_tau2', I2 => 'i2', H2 => 'h2', QE => 'q', QEp => 'q_p',
	crit_df => 'df', 'pi_t_km2.lb' => 'pi_lower', 'pi_t_km2.ub' => 'pi_upper');

my $largest = 0;
sub compare
{
	my ($file, $names, $skip) = @_;
	my $compared = 0;
	for my $row (csv($file))
	{
		next unless $row->{method} =~ /^(?:FE|DL|PM|REML|ML)$/;
		my %ours;
		@ours{@$names} = split /\|/, $node->safe_psql('postgres', sprintf
			q{SELECT %s FROM evidence, pooled(e, '%s', '%s') p WHERE set_name = '%s'},
			join(', ', map { "p.$column{$_}" } @$names), @$row{qw(method test set)}), -1;
		my @wrong = grep {
			my ($a, $b) = ($ours{$_}, $row->{$_});
			my $off = $b eq 'NA' || $a eq '' || $b == 0 ? 0 : abs(($a - $b) / $b);
			$largest = $off if $off > $largest;
			$b eq 'NA' ? $a ne '' : $a eq '' || abs($a - $b) > 1e-9 * abs($b);
		} @$names;
		is_deeply([ map { "$_ $ours{$_}" } @wrong ], [ map { "$_ $row->{$_}" } @wrong ], "$row->{set} $row->{method} $row->{test}");
		$compared += @$names;
	}
	return $compared;
}

for my $set (qw(bcg_RR raudenbush))
{
	$node->safe_psql('postgres', join ';', map { "INSERT INTO study (set_name, yi, vi) VALUES ('$set', $_->{yi}, $_->{vi})" }
		csv("$metafor/in_$set.csv"));
}
is(compare("$metafor/expected_models.csv", [qw(k beta se zval pval ci.lb ci.ub tau2 se.tau2 I2 H2 QE QEp crit_df)]),
	14 * 18, 'two sets, five methods, two tests but for FE');
is(compare("$metafor/expected_prediction_intervals.csv", [qw(k beta se tau2 pi_t_km2.lb pi_t_km2.ub)]),
	6 * 16, 'prediction intervals of four methods');

diag sprintf 'pooled: largest relative difference from metafor %.1e', $largest;

# summary(lm(yi ~ sqrt(vi), weights = 1/vi))$coefficients, sprintf("%.17g")
my %egger = (
	bcg_RR => [ -2.1120421208932956, 1.5072213283570077, -1.4012820022893326, 11, 0.18870699508197877, -0.19092864235982013, 0.22008494954872537 ],
	raudenbush => [ 1.6243012242300827, 0.79702519850832332, 2.0379546685224659, 17, 0.057425574299397715, -0.17903112308198119, 0.12669486519312412 ],
);
for my $set (sort keys %egger)
{
	my @ours = split /\|/, $node->safe_psql('postgres', "SELECT bias, t.se, statistic, df, p_value, limit_estimate, limit_se
		FROM evidence, egger_test(e) t WHERE set_name = '$set'");
	my @theirs = @{ $egger{$set} };
	my @wrong = grep { abs($ours[$_] - $theirs[$_]) > 1e-9 * abs $theirs[$_] } 0 .. $#theirs;
	is_deeply([ @ours[@wrong] ], [ @theirs[@wrong] ], "Egger's test of $set");
}

$node->stop;
done_testing();
