# conversion in binary: a round trip without loss, every malformed image refused.
# vitk.conversion_evidence: a user's evidence survives dump and restore, beside the shipped rows.
use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Vitk;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql('postgres', q{
	CREATE EXTENSION vitk;
	CREATE TABLE copied (c conversion)});

sub read_image { return read_images($node, 'postgres', 'copied', @_) }

# An image: version, number of factors, and of each nutrient, basis (0 molar, 1 mass), bounds
sub factor
{
	return pack('N C d> d>', @_);
}

sub image
{
	return pack('C C', 1, scalar @_) . join '', @_;
}

my ($k1, $mk4, $k2, $retinol) = (1, 3, 16, 22);

# well-formed, to know that what follows is refused for its fault alone
is(read_image(image(factor($k1, 0, -0.0, 0.25), factor($mk4, 0, 1, 1))), 'accepted', 'an image is accepted');
is(read_image(image(factor($mk4, 1, 1, 1), factor($k2, 1, 0, 1))), 'accepted', 'an image by mass is accepted');
is($node->safe_psql('postgres', 'SELECT c FROM copied ORDER BY c'),
	"molar: K1 0..0.25, MK-4 1\nmass: MK-4 1, K2 0..1", 'and they mean what they say');
is($node->safe_psql('postgres', q{SELECT count(*) FROM copied
	WHERE vitk_internal.conversion_send(c) = vitk_internal.conversion_send(c::text::conversion)}), '2', 'text gives the same image');

my $malformed = 'invalid binary value for type conversion: ';
my @refused = (
	[ 'version of the future', pack('C', 2), "${malformed}The format version is not known." ],
	[ 'too many factors', pack('C C', 1, 33), "${malformed}There are too many factors." ],
	[ 'no factor', image(), "${malformed}The factor of MK-4 is missing or has another basis." ],
	[ 'no MK-4', image(factor($k1, 0, 0, 1)), "${malformed}The factor of MK-4 is missing or has another basis." ],
	[ 'MK-4 of another basis', image(factor($k1, 0, 0, 1), factor($mk4, 1, 1, 1)),
		"${malformed}The factor of MK-4 is missing or has another basis." ],
	[ 'wrong order', image(factor($mk4, 0, 1, 1), factor($k1, 0, 0, 1)),
		"${malformed}The factors are not in the order of their nutrients." ],
	[ 'twice', image(factor($mk4, 0, 1, 1), factor($mk4, 0, 1, 1)),
		"${malformed}The factors are not in the order of their nutrients." ],
	[ 'unknown basis', image(factor($mk4, 2, 1, 1)), "${malformed}A factor has unknown basis 2." ],
	[ 'unknown nutrient', image(factor(0, 0, 1, 1), factor($mk4, 0, 1, 1)),
		"${malformed}Nutrient \"?\" is not a form of vitamin K." ],
	[ 'negative nutrient', image(factor(0xFFFFFFFF, 0, 1, 1), factor($mk4, 0, 1, 1)),
		"${malformed}Nutrient \"?\" is not a form of vitamin K." ],
	[ 'retinol', image(factor($mk4, 0, 1, 1), factor($retinol, 0, 1, 1)),
		"${malformed}Nutrient \"retinol\" is not a form of vitamin K." ],
	[ 'a total by mole', image(factor($mk4, 0, 1, 1), factor($k2, 0, 0, 1)),
		"${malformed}Nutrient \"K2\" has no molar mass." ],
	[ 'NaN', image(factor($mk4, 0, 1, 'NaN')), "${malformed}The factor of MK-4 is not finite." ],
	[ 'infinity', image(factor($mk4, 0, 1, 'Inf')), "${malformed}The factor of MK-4 is not finite." ],
	[ 'negative', image(factor($mk4, 0, -1, 1)), "${malformed}The factor of MK-4 is negative." ],
	[ 'bounds exchanged', image(factor($mk4, 0, 1, 0.5)),
		"${malformed}The bounds of the factor of MK-4 are in the wrong order." ],
	[ 'empty', '', 'no data left in message' ],
	[ 'too short', substr(image(factor($mk4, 0, 1, 1)), 0, 20), 'insufficient data left in message' ],
	[ 'too long', image(factor($mk4, 0, 1, 1)) . 'x', 'incorrect binary data format' ]);
is(read_image($_->[1]), $_->[2], "refused: $_->[0]") for @refused;

# dump and restore
$node->safe_psql('postgres', q{INSERT INTO vitk.conversion_evidence (evidence_id, species, nutrients, lower, upper, unit, finding, citation)
	VALUES ('mine', 'human', '{MK-9}', 0, 0.1, 'mol/mol', 'at most a tenth', 'a note of ours')});
my $rows = q{SELECT count(*), count(*) FILTER (WHERE builtin), (SELECT c::text FROM vitk.conversion_evidence c WHERE NOT builtin)
	FROM vitk.conversion_evidence};
my $before = $node->safe_psql('postgres', $rows);
my $factors = $node->safe_psql('postgres', 'SELECT c FROM copied ORDER BY c');
my $dump = $node->basedir . '/dump.sql';
$node->command_ok([ 'pg_dump', '-f', $dump, 'postgres' ], 'the database is dumped');
$node->safe_psql('postgres', 'CREATE DATABASE restored');
$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-f', $dump, 'restored' ], 'and restored');
is($node->safe_psql('restored', $rows), $before, 'shipped evidence once, the own row beside it');
is($node->safe_psql('restored', 'SELECT c FROM copied ORDER BY c'), $factors, 'values of type conversion come back');

done_testing();
