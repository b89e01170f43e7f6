# nutrient_amount in binary: a round trip without loss, and every malformed image refused.
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
$node->safe_psql('postgres', q{
	CREATE EXTENSION vitk;
	CREATE TABLE amount (a nutrient_amount);
	CREATE TABLE copied (a nutrient_amount)});
my $file = File::Spec->rel2abs($node->basedir . '/amount');

# An image: two bounds, five parts of the unit, a zero, the factor
sub image
{
	my %part = (lower => 1, upper => 2, num => 4, mass => 0, volume => 0, energy => 0, time => 0, unused => 0, mult => 0, @_);
	return pack('d> d> C6 n', @part{qw(lower upper num mass volume energy time unused mult)});
}

sub read_image { return read_images($node, 'postgres', 'copied', @_) }

# round trip
$node->safe_psql('postgres', q{
	INSERT INTO amount SELECT nutrient_amount(least(x, y), greatest(x, y), u)
	FROM generate_series(1, 500) i, unnest('{ug,mg/d,"ug/(100.g)","[IU]/(8.kg.h)",nmol/L,ug/(kcal.wk)}'::text[]) u,
		LATERAL (SELECT sin(i) * 10.0::float8 ^ (i % 600 - 300) AS x, cos(i) * 10.0::float8 ^ (i % 600 - 300) AS y) s});
for my $format ('BINARY', 'TEXT', 'CSV')
{
	unlink $file;
	$node->safe_psql('postgres', "SET extra_float_digits = 0; TRUNCATE copied;
		COPY amount TO '$file' (FORMAT $format); COPY copied FROM '$file' (FORMAT $format)");
	is($node->safe_psql('postgres', q{SELECT count(*), (SELECT count(*) FROM
		(SELECT vitk_internal.nutrient_amount_send(a) FROM amount EXCEPT ALL SELECT vitk_internal.nutrient_amount_send(a) FROM copied) s) FROM copied}),
		'3000|0', "COPY $format loses nothing");
}

# well-formed, to know that what follows is refused for its fault alone
$node->safe_psql('postgres', 'TRUNCATE copied');
is(read_image(image(), image(num => 22, mass => 9, time => 38, mult => 8), image(lower => -0.0, upper => 0.0)), 'accepted', 'images are accepted');
is($node->safe_psql('postgres', 'SELECT string_agg(a::text, $$, $$) FROM copied'), '1..2 ug, 1..2 [IU]/(8.kg.d), 0 ug', 'and mean what they say');

my $unit = 'invalid value for type nutrient_amount: unit or sign of zero is malformed';
my $finite = 'invalid value for type nutrient_amount: amount is not finite';
my @refused = (
	[ 'lower above upper', image(lower => 3), 'invalid value for type nutrient_amount: lower bound 3 is above upper bound 2' ],
	[ 'NaN', image(upper => 'NaN'), $finite ],
	[ 'infinity', image(upper => 'Inf'), $finite ],
	[ 'minus infinity', image(lower => '-Inf'), $finite ],
	[ 'no unit', image(num => 0), $unit ],
	[ 'unknown unit', image(num => 255), $unit ],
	[ 'time above the line', image(num => 38), $unit ],
	[ 'time in place of mass', image(mass => 38), $unit ],
	[ 'mass in place of volume', image(volume => 5), $unit ],
	[ 'moles in place of energy', image(energy => 16), $unit ],
	[ 'volume in place of time', image(time => 45), $unit ],
	[ 'unknown divisor', image(time => 200), $unit ],
	[ 'factor without divisor', image(mult => 100), $unit ],
	[ 'factor of one', image(mass => 8, mult => 1), $unit ],
	[ 'byte in use that is not', image(unused => 1), $unit ],
	[ 'too short', substr(image(), 0, 23), 'insufficient data left in message' ],
	[ 'empty', '', 'insufficient data left in message' ],
	[ 'too long', image() . 'x', 'incorrect binary data format' ]);
is(read_image($_->[1]), $_->[2], "refused: $_->[0]") for @refused;

done_testing();
