# meta_evidence: tau2 of hard data against a grid, round trips and binary images.
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
sub build
{
	my ($name, @core) = @_;
	return is(system($ENV{CC} // 'gcc', qw(-O2 -Wall -Wextra -Werror -ffp-contract=off -Isrc -o), "$dir/$name",
		"test/unit/$name.c", (map { "src/core/$_.c" } @core), '-lm'), 0, "$name builds without a server");
}
build('pooled', qw(pooled tau2 distribution err literal));
my $report = `$dir/pooled`;
is($?, 0, 'tau2 of PM, REML and ML is right for hard data') or diag $report;
like($report, qr/^3000 sets, 0 wrong, \d\d\d likelihoods with several maxima$/m, 'and the data were hard');
build('meta_regression', qw(meta_regression least_squares pooled tau2 distribution err literal));
$report = `$dir/meta_regression`;
is($report, "600 sets, 0 wrong\n", 'so is that of regressions on up to three moderators, which without any are pooled()');

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION vitk; CREATE TABLE copied (e meta_evidence)');

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
	[ 'no effect of a kind', image(1), 'a measure but no effects' ],
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
