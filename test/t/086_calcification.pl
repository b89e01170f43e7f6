# calcification through COPY and pg_dump: nothing is lost, columns keep to their method, and
# binary images of another method, or of none, are refused.
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
	CREATE DATABASE study; CREATE DATABASE restored});
$node->safe_psql('study', q{
	CREATE EXTENSION vitk;
	CREATE TABLE scan (person int, score calcification(agatston), other calcification, many calcification(volume)[],
		CHECK (calcification_category_order(score) < 4), UNIQUE (score, person));
	INSERT INTO scan SELECT i, calcification((0.1 + abs(sin(i))) * 10.0::float8 ^ (i % 3 - 1), 'agatston'),
		calcification(i % 24 + 1.0::float8 / i, (ARRAY['agatston', 'volume', 'mass', 'aac24', 'tissue', 'tbr'])[i % 6 + 1]),
		ARRAY[calcification(i / 3.0::float8, 'volume'), NULL]
	FROM generate_series(1, 600) i;
	CREATE VIEW progress AS SELECT a.person, d.* FROM scan a JOIN scan b USING (person), calcification_delta(a.score, b.score, 2) d;
	CREATE TABLE copied (LIKE scan)});
my $file = File::Spec->rel2abs($node->basedir . '/scan');
my $bytes = q{SELECT md5(string_agg(concat_ws(' ', person, vitk_internal.calcification_send(score), vitk_internal.calcification_send(other), vitk_internal.calcification_send(many[1])), ',' ORDER BY person)) FROM };
my $sum = $node->safe_psql('study', $bytes . 'scan');

for my $format ('BINARY', 'TEXT', 'CSV')
{
	unlink $file;
	is($node->safe_psql('study', "SET extra_float_digits = 0; TRUNCATE copied;
		COPY scan TO '$file' (FORMAT $format); COPY copied FROM '$file' (FORMAT $format); $bytes copied"),
		$sum, "COPY $format loses nothing");
}

# dump and restore: the columns come back with their method
my $dump = "$file.sql";
$node->command_ok([ 'pg_dump', '-f', $dump, '-d', $node->connstr('study') ], 'pg_dump');
$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr('restored'), '-f', $dump ], 'restore');
is($node->safe_psql('restored', $bytes . 'scan'), $sum, 'every value is as it was');
is($node->safe_psql('restored', q{SELECT string_agg(format_type(atttypid, atttypmod), ', ' ORDER BY attnum)
	FROM pg_attribute WHERE attrelid = 'scan'::regclass AND attnum > 1}),
	'calcification(agatston), calcification, calcification(volume)[]', 'and every column keeps to its method');
is($node->safe_psql('restored', 'SELECT count(*) FROM progress WHERE absolute = 0'), '600', 'a view over calcification_delta, too');

# what no scanner gives
my ($rc, $out, $err) = $node->psql('study', q{SELECT calcification(8.4e-298::float8, 'agatston')});
isnt($rc, 0, 'a value that no scanner gives is refused');
like($err, qr/8\.4e-298 AU is out of range for type calcification/, 'and named');

# binary images into a column of one method
sub read_image
{
	my ($column, $image) = @_;
	return read_images($node, 'study', "copied ($column)", $image);
}
is(read_image('score', pack 'd> C', 312, 1), 'accepted', 'a value of the method');
is(read_image('score', pack 'd> C', 250, 2), 'calcification is by volume, but agatston is expected', 'one of another');
is(read_image('other', pack 'd> C', 250, 2), 'accepted', 'which another column takes');
is(read_image('other', pack 'd> C', 250, 0), 'invalid binary value for type calcification: unknown method 0', 'no method');
is(read_image('other', pack 'd> C', 250, 7), 'invalid binary value for type calcification: unknown method 7', 'an unknown method');
is(read_image('other', pack 'd> C', 25, 4), 'invalid binary value for type calcification: 25 AAC24 is out of range for type calcification', 'a value out of range');
is(read_image('other', pack 'd> C', 1e300, 2), 'invalid binary value for type calcification: 1e+300 mm3 is out of range for type calcification', 'more than there is body');
is(read_image('other', pack 'd> C', 1e-9, 1), 'invalid binary value for type calcification: 1e-09 AU is out of range for type calcification', 'less than a voxel');
is(read_image('other', pack 'd> C', -sin(9**9**9), 1), 'invalid binary value for type calcification: calcification by agatston must be a finite number', 'NaN');
is(read_image('other', pack 'd>', 25), 'no data left in message', 'too short');
is($node->safe_psql('study', q{TRUNCATE copied}) . read_image('other', pack 'd> C', -0.0, 1)
	. $node->safe_psql('study', 'SELECT vitk_internal.calcification_send(other), vitk_internal.calcification_hash(other) = vitk_internal.calcification_hash(calcification(0, \'AU\')) FROM copied'),
	'accepted\x000000000000000001|t', 'a zero has no sign');

done_testing();
