# Pooling against R: metafor's own figures for two published data sets (shared/data/metafor), Egger's test against
# lm(), tau2 of hard data against a grid; and meta_evidence in binary.
use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use File::Spec;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Vitk;

# tau2 of random hard data has the highest likelihood
my $dir = PostgreSQL::Test::Utils::tempdir();
my @build = ($ENV{CC} // 'gcc', qw(-O2 -Wall -Wextra -Werror -ffp-contract=off -Isrc -o), "$dir/meta",
	'test/unit/pooled.c', map { "src/core/$_.c" } qw(pooled distribution err));
is(system(@build, '-lm'), 0, 'builds without a server');
my $report = `$dir/meta`;
is($?, 0, 'tau2 of PM, REML and ML is right for hard data') or diag $report;
like($report, qr/^3000 sets, 0 wrong, \d\d\d likelihoods with several maxima$/m, 'and the data were hard');

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql('postgres', q{
	CREATE EXTENSION vitk;
	CREATE TABLE study (set_name text, i serial, yi float8, vi float8);
	CREATE VIEW evidence AS
	SELECT set_name, meta_evidence(effect_size(yi, sqrt(vi), CASE set_name WHEN 'bcg_RR' THEN 'RR' ELSE 'SMD' END) ORDER BY i) AS e
	FROM study GROUP BY 1;
	CREATE TABLE copied (e meta_evidence)});

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
			$b eq 'NA' ? $a ne '' : $a eq '' || abs($a - $b) > 1e-9 * abs($b);
		} @$names;
		is_deeply([ map { "$_ $ours{$_}" } @wrong ], [ map { "$_ $row->{$_}" } @wrong ], "$row->{set} $row->{method} $row->{test}");
		$compared += @$names;
	}
	return $compared;
}

SKIP:
{
	my $metafor = ($ENV{VITK_SHARED} // '../shared') . '/data/metafor';
	if (!-r "$metafor/expected_models.csv")
	{
		diag "SKIPPED: no $metafor, so nothing is compared with metafor.";
		skip 'no shared data', 1;
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
}

# Round trips without loss
$node->safe_psql('postgres', q{
	CREATE TABLE made AS
	SELECT meta_evidence(effect_size(sin(i) * 10.0::float8 ^ (i % 59 - 29), abs(cos(i)) * 10.0::float8 ^ (i % 57 - 28),
		(enum_range)[1 + n % 8], CASE WHEN i % 3 > 0 THEN i / 7.0 END) ORDER BY i) AS e
	FROM generate_series(1, 400) i, generate_series(1, 40) n, (SELECT '{MD,SMD,ROM,OR,RR,RD,GEN,HR}'::text[] AS enum_range) k
	WHERE i % n = 0 GROUP BY n
	UNION ALL SELECT '{}'});
my $file = File::Spec->rel2abs($node->basedir . '/evidence');
for my $format ('BINARY', 'TEXT', 'CSV')
{
	unlink $file;
	$node->safe_psql('postgres', "SET extra_float_digits = 0; TRUNCATE copied;
		COPY made TO '$file' (FORMAT $format); COPY copied FROM '$file' (FORMAT $format)");
	is($node->safe_psql('postgres', q{SELECT count(*), (SELECT count(*) FROM
		(SELECT vitk_internal.meta_evidence_send(e) FROM made EXCEPT ALL SELECT vitk_internal.meta_evidence_send(e) FROM copied) s) FROM copied}),
		'41|0', "COPY $format loses nothing");
}

sub read_image { return read_images($node, 'postgres', 'copied', @_) =~ s/^invalid binary value for type meta_evidence: //r }

# An image: version, kind, k, and of each effect estimate, se, df
sub image
{
	my ($kind, @effects) = @_;
	return pack('C C N', 1, $kind, scalar @effects) . join '', map { pack('d> d> d>', @$_) } @effects;
}

$node->safe_psql('postgres', 'TRUNCATE copied');
is(read_image(image(4, [ -0.0, 0.5, -0.0 ], [ 1, 2, 3 ])), 'accepted', 'an image is accepted');
is(read_image(image(0)), 'accepted', 'so is that of none');
is($node->safe_psql('postgres', 'SELECT e FROM copied ORDER BY e'), "{}\n{OR 1 (log SE 0.5), log OR 1 (SE 2, df=3)}",
	'and they mean what they say');
my @refused = (
	[ 'version of the future', pack('C C N', 2, 0, 0), 'unknown format version' ],
	[ 'no effect of a kind', image(1), 'a kind but no effects' ],
	[ 'effects of no kind', image(0, [ 1, 1, 0 ]), 'unknown measure 0' ],
	[ 'unknown kind', image(9, [ 1, 1, 0 ]), 'unknown measure 9' ],
	[ 'more than there are', pack('C C N', 1, 1, 1000), 'more effects than the message holds' ],
	[ 'many more', pack('C C N', 1, 1, 0xFFFFFFFF), 'more effects than the message holds' ],
	[ 'so many that their size overflows', pack('C C N', 1, 1, 0x0AAAAAAB), 'more effects than the message holds' ],
	[ 'NaN', image(1, [ 'NaN', 1, 0 ]), 'estimate is not finite' ],
	[ 'infinity', image(1, [ 'Inf', 1, 0 ]), 'estimate is not finite' ],
	[ 'out of range', image(1, [ 1e31, 1, 0 ]), 'effect 1e+31 (SE 1) is out of range for type meta_evidence' ],
	[ 'no error', image(1, [ 1, 0, 0 ]), 'SE must be finite and above 0, not 0' ],
	[ 'no finite error', image(1, [ 1, 'Inf', 0 ]), 'SE must be finite and above 0, not inf' ],
	[ 'negative df', image(1, [ 1, 1, -1 ]), 'df must be finite and above 0, not -1' ],
	[ 'empty', '', 'no data left in message' ],
	[ 'too short', substr(image(1, [ 1, 1, 0 ]), 0, 29), 'more effects than the message holds' ],
	[ 'too long', image(1, [ 1, 1, 0 ]) . 'x', 'incorrect binary data format' ]);
is(read_image($_->[1]), $_->[2], "refused: $_->[0]") for @refused;

done_testing();
