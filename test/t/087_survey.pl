# Surveys against R's survey package: NHANES 2017-2018 (shared/data/nhanes), and survey_sample in binary.
use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use File::Spec;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Vitk;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION vitk; CREATE TABLE copied (s survey_sample)');
my $largest = 0;

sub near
{
	my ($name, $got, @expected) = @_;
	my @got = split /\|/, $got, -1;
	is(scalar @got, scalar @expected, "$name: all are told");
	for my $i (0 .. $#expected)
	{
		my $off = $got[$i] eq '' ? 9**9**9 : abs($got[$i] - $expected[$i]) / abs $expected[$i];
		$largest = $off if $off > $largest;
		ok($off <= 1e-9, "$name, figure $i") or diag "$got[$i] is not $expected[$i]";
	}
}

# the columns of a CSV file, as text for COPY
sub columns
{
	my ($file, @names) = @_;
	open my $fh, '<', $file or die "$file: $!";
	my @head = split /,/, scalar(<$fh>) =~ s/[\r\n"]//gr;
	my %place = map { $head[$_] => $_ } 0 .. $#head;
	my $text = '';
	while (my $line = <$fh>)
	{
		$line =~ s/[\r\n"]//g;
		my @field = split /,/, $line, -1;
		$text .= join(',', @field[ @place{@names} ]) . "\n";
	}
	return $text;
}

sub load
{
	my ($table, $text) = @_;
	my $file = File::Spec->rel2abs($node->basedir . "/$table.csv");
	PostgreSQL::Test::Utils::append_to_file($file, $text);
	$node->safe_psql('postgres', "COPY $table FROM '$file' (FORMAT csv)");
}

# R 4.2.2, survey 4.1.1, options(digits = 17):
#   x <- merge(read.csv("DR1TOT_J.csv"), read.csv("DEMO_J.csv"), by = "SEQN"); x <- x[x$DR1DRSTZ == 1, ]
#   d <- svydesign(ids = ~SDMVPSU, strata = ~SDMVSTRA, weights = ~WTDRD1, nest = TRUE, data = x)
#   m <- subset(d, RIAGENDR == 1 & RIDAGEYR >= 20); w <- subset(d, RIAGENDR == 2 & RIDAGEYR >= 51)
#   svymean(~DR1TVK, m, na.rm = TRUE, deff = TRUE); confint(..., df = degf(d)); svytotal(~DR1TVK, m, na.rm = TRUE)
#   svymean(~I(as.numeric(DR1TVK < 120)), m, na.rm = TRUE); svymean(~DR1TCALC, w, na.rm = TRUE)
#   svymean(~I(as.numeric(DR1TCALC < 1000)), w, na.rm = TRUE); svyratio(~DR1TVK, ~DR1TKCAL, m, na.rm = TRUE)
#   svycontrast(svyby(~DR1TVK, ~RIAGENDR, subset(d, RIDAGEYR >= 20), svymean, na.rm = TRUE, covmat = TRUE), c(1, -1))
SKIP:
{
	my $nhanes = ($ENV{VITK_SHARED} // '../shared') . '/data/nhanes';
	if (!-r "$nhanes/DR1TOT_J.csv")
	{
		diag "SKIPPED: no $nhanes, so nothing is compared with R's survey.";
		skip 'no shared data', 1;
	}
	$node->safe_psql('postgres', q{
		CREATE TABLE recall (seqn float8, weight float8, status int, energy float8, calcium float8, vitamin_k float8);
		CREATE TABLE demo (seqn float8, sex int, age int, stratum int, psu int)});
	load('recall', columns("$nhanes/DR1TOT_J.csv", qw(SEQN WTDRD1 DR1DRSTZ DR1TKCAL DR1TCALC DR1TVK)));
	load('demo', columns("$nhanes/DEMO_J.csv", qw(SEQN RIAGENDR RIDAGEYR SDMVSTRA SDMVPSU)));
	$node->safe_psql('postgres', q{
		CREATE VIEW survey AS SELECT *, sex = 1 AND age >= 20 AS man, sex = 2 AND age >= 20 AS woman, sex = 2 AND age >= 51 AS older
		FROM recall JOIN demo USING (seqn) WHERE status = 1 AND weight > 0;
		CREATE TABLE s AS SELECT survey_sample(CASE WHEN man THEN vitamin_k END, weight, stratum, psu) AS men,
			survey_sample(CASE WHEN woman THEN vitamin_k END, weight, stratum, psu) AS women,
			survey_sample(CASE WHEN man THEN energy END, weight, stratum, psu) AS energy,
			survey_sample(CASE WHEN man THEN (vitamin_k < 120)::int END, weight, stratum, psu) AS men_low,
			survey_sample(CASE WHEN older THEN calcium END, weight, stratum, psu) AS calcium,
			survey_sample(CASE WHEN older THEN (calcium < 1000)::int END, weight, stratum, psu) AS calcium_low FROM survey});
	my $mean = 'SELECT estimate, se FROM s, survey_mean';
	near('vitamin K, men 20+', $node->safe_psql('postgres', 'SELECT n, sum_weights, df, estimate, m.se, ci_lower, ci_upper, m.deff FROM s, survey_mean(men) m'),
		2307, 114615499.569791, 15, 126.86804763000214, 8.04118697210786, 109.72866331253945, 144.00743194746483, 5.385614973615767);
	near('total', $node->safe_psql('postgres', 'SELECT estimate, t.se FROM s, survey_total(men) t'), 14541044658.556734, 1097793495.3826466);
	near('share below 120 ug', $node->safe_psql('postgres', "$mean(men_low)"), 0.67335260378979589, 0.019572893648969577);
	near('calcium, women 51+', $node->safe_psql('postgres', "$mean(calcium)"), 820.68329058968084, 24.283968345762453);
	near('share below 1000 mg', $node->safe_psql('postgres', "$mean(calcium_low)"), 0.7050240458364132, 0.021561551919942763);
	near('vitamin K per kcal', $node->safe_psql('postgres', 'SELECT estimate, r.se FROM s, survey_ratio(men, energy) r'), 0.051050839636653231, 0.0032031446745082424);
	near('men less women', $node->safe_psql('postgres', 'SELECT estimate(d), se(d), df(d) FROM s, survey_difference(men, women) d'),
		-1.7679905343956932, 4.6839954192790536, 15);

	# svyquantile(~DR1TVK, m, c(.05, .25, .5, .75, .9, .95), na.rm = TRUE, df = degf(d)); svyquantile(~DR1TCALC, w, likewise)
	my %quantile = (
		'man, vitamin_k' => [ '13.6|11.8|16.7|1.1494524958865795', '45.9|41.9|48.9|1.6420749941236856', '78.5|73.6|84.7|2.603861776396132',
			'147.8|135.5|165.3|6.9905478321265502', '261.3|233.8|309.4|17.734409936535798', '347.2|317|407.6|21.253142066800851' ],
		'older, calcium' => [ '245|206|287|19.001153503431219', '482|453|548|22.28530349167859', '723|689|794|24.631124911855284',
			'1061|989|1141|35.656485586685747', '1359|1273|1493|51.60807124388726', '1670|1528|2010|113.06859245251664' ]);
	for (sort keys %quantile)
	{
		my ($domain, $value) = split /, /;
		near("quantiles: $_", $node->safe_psql('postgres', qq{SELECT string_agg(concat_ws('|', q.estimate, ci_lower, ci_upper, q.se), '|' ORDER BY p)
			FROM (SELECT array_agg(CASE WHEN $domain THEN $value END) AS v, array_agg(weight) AS w, array_agg(stratum) AS s, array_agg(psu) AS u FROM survey) a,
				unnest('{0.05,0.25,0.5,0.75,0.9,0.95}'::float8[]) p, survey_quantile(v, w, s, u, p) q}), map { split /\|/ } @{ $quantile{$_} });
	}
	diag sprintf 'surveys: the largest relative difference from R is %.1e', $largest;
}

# An image: version, number of PSUs, and of each stratum, psu, n, weight, sum, ss
sub image
{
	return pack('C N', 1, scalar @_) . join '', map { pack('q> q> d> d> d> d>', @$_) } @_;
}
sub read_image { return read_images($node, 'postgres', 'copied', @_) =~ s/^invalid binary value for type survey_sample: //r }

is(read_image(image([ 1, 1, 2, 4, 10, 2 ], [ 1, 2, 0, 0, 0, 0 ])), 'accepted', 'an image is accepted');
is($node->safe_psql('postgres', 'SELECT s FROM copied'), '{1/1: n=2, weight=4, sum=10, ss=2; 1/2: n=0}', 'and means what it says');
my $zero = unpack('d>', pack('H*', '8000000000000000'));
my @refused = (
	[ 'version of the future', pack('C N', 2, 0), 'unknown format version' ],
	[ 'more than there are', pack('C N', 1, 1000), 'more PSUs than the message holds' ],
	[ 'many more', pack('C N', 1, 0xFFFFFFFF), 'more PSUs than the message holds' ],
	[ 'so many that their size overflows', pack('C N', 1, 0x05555556), 'more PSUs than the message holds' ],
	[ 'not in order', image([ 1, 2, 0, 0, 0, 0 ], [ 1, 1, 0, 0, 0, 0 ]), 'PSUs are not in order' ],
	[ 'twice', image([ 1, 1, 0, 0, 0, 0 ], [ 1, 1, 0, 0, 0, 0 ]), 'PSUs are not in order' ],
	[ 'n NaN', image([ 1, 1, unpack('d>', pack('H*', '7ff8000000000000')), 0, 0, 0 ]), 'n must be a whole number below 2^53, not nan' ],
	[ 'weight infinite', image([ 1, 1, 1, 'Inf', 0, 0 ]), 'a sum is not finite' ],
	[ 'sum NaN', image([ 1, 1, 1, 1, 'NaN', 0 ]), 'a sum is not finite' ],
	[ 'ss negative', image([ 1, 1, 2, 1, 1, -1 ]), 'ss is negative' ],
	[ 'weight without n', image([ 1, 1, 0, 1, 0, 0 ]), 'n = 0 does not match weight = 1' ],
	[ 'minus zero', image([ 1, 1, 1, 1, $zero, 0 ]), 'a zero has a minus sign' ],
	[ 'empty', '', 'no data left in message' ],
	[ 'too short', substr(image([ 1, 1, 1, 1, 1, 0 ]), 0, 52), 'more PSUs than the message holds' ],
	[ 'too long', image([ 1, 1, 1, 1, 1, 0 ]) . 'x', 'incorrect binary data format' ]);
is(read_image($_->[1]), $_->[2], "refused: $_->[0]") for @refused;

# Round trips without loss
$node->safe_psql('postgres', q{
	CREATE TABLE made AS SELECT survey_sample(CASE WHEN i % 3 > 0 THEN sin(i) * 10.0::float8 ^ (i % 40 - 20) END, abs(cos(i)) * 10.0::float8 ^ (i % 30 - 10),
		i % 5, hashint8(i % n)) AS s FROM generate_series(1, 400) i, generate_series(1, 40) n GROUP BY n});
my $file = File::Spec->rel2abs($node->basedir . '/samples');
for my $format ('BINARY', 'TEXT', 'CSV')
{
	unlink $file;
	$node->safe_psql('postgres', "SET extra_float_digits = 0; TRUNCATE copied; COPY made TO '$file' (FORMAT $format); COPY copied FROM '$file' (FORMAT $format)");
	is($node->safe_psql('postgres', q{SELECT count(*), (SELECT count(*) FROM (SELECT s FROM made EXCEPT ALL SELECT s FROM copied) e) FROM copied}),
		'40|0', "COPY $format loses nothing");
}

done_testing();
