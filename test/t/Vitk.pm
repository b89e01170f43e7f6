package Vitk;
# What several tests share.
use strict;
use warnings;
use Exporter 'import';
use File::Spec;
use PostgreSQL::Test::Utils;

our @EXPORT = qw(copy_file read_images);

# A file in COPY's own binary format: one column, a row for each binary image of a value
sub copy_file
{
	my ($file, @images) = @_;
	unlink $file;
	append_to_file($file, "PGCOPY\n\xFF\r\n\0" . pack('NN', 0, 0)
		. join('', map { pack('nN', 1, length) . $_ } @images) . pack('n', 0xFFFF));
	return $file;
}

# Have binary images read into a table, or a column "table (column)": "accepted", or the error and its detail
sub read_images
{
	my ($node, $database, $table, @images) = @_;
	my $file = copy_file(File::Spec->rel2abs($node->basedir . '/images'), @images);
	my ($status, undef, $stderr) = $node->psql($database, "COPY $table FROM '$file' BINARY");
	return $status == 0 ? 'accepted' : join ': ', $stderr =~ /^(?:.*ERROR|DETAIL):  (.*)/mg;
}

1;
