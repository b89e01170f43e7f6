package Vitk;
# What several tests share.
use strict;
use warnings;
use Exporter 'import';
use File::Copy qw(copy);
use File::Spec;
use IO::Compress::Gzip qw(gzip $GzipError);
use IO::Uncompress::Gunzip qw(gunzip $GunzipError);
use PostgreSQL::Test::Utils;

our @EXPORT = qw(copy_file edit next_version own_dishes read_images);

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

# A version to come: a copy of the tree in which $change has edited the files, where this version is one that was shipped.
# Its install and update scripts go into a copy of the staged installation, which $node then uses, and are its default.
# Gives back the names of both versions.
sub next_version
{
	my ($node, $change) = @_;
	my ($version) = slurp_file('META.json') =~ /"version": "(.*?)"/;
	my $next = "$version.next";
	my $tree = PostgreSQL::Test::Utils::tempdir();
	system_or_bail('cp', '-R', qw(src META.json Makefile vitk.control test sql), $tree);
	gzip("build/vitk--$version.sql" => "$tree/src/update/$version.sql.gz") or die $GzipError;
	append_to_file("$tree/src/update/$version--$next.sql", '');
	edit("$tree/META.json", sub { s/"version": "\Q$version\E"/"version": "$next"/g });
	$change->($tree, "$tree/src/update/$version--$next.sql");

	my @old = map { m{([^/]+)\.sql\.gz$} } glob 'src/update/*.sql.gz';
	my @built = ('build/vitk.control', "build/vitk--$next.sql", map { "build/vitk--$_--$next.sql" } $version, @old);
	delete local $ENV{MAKEFLAGS};
	system_or_bail('make', '-s', '-C', $tree, @built);
	my $stage = File::Spec->rel2abs(PostgreSQL::Test::Utils::tempdir() . '/stage');
	system_or_bail('cp', '-R', $ENV{VITK_STAGE}, $stage);
	my $sharedir = $node->config_data('--sharedir');
	for (@built)
	{
		my ($name) = m{([^/]+)$};
		copy("$tree/$_", "$stage$sharedir/extension/$name") or die "$name: $!";
	}
	gunzip("src/update/$_.sql.gz" => "$stage$sharedir/extension/vitk--$_.sql") or die $GunzipError for @old;
	my $settings = slurp_file($ENV{TEMP_CONFIG}) =~ s/\Q$ENV{VITK_STAGE}\E/$stage/gr;
	$node->append_conf('postgresql.conf', $settings);
	return ($version, $next);
}

# Rows of a user's own in every table about how foods are cooked and weighed, beside the source lab and its food 1
sub own_dishes
{
	my ($dish, $cooked, $raw) = @_;
	return qq{
	INSERT INTO vitk.food_link (food_id, nutrient, from_food_id) VALUES ('lab:1', 'MK-7', 'kamao2007:natto');
	INSERT INTO vitk.food_link_name (name, nutrient, from_food_id) VALUES ('goose liver paste', 'MK-7', 'lab:1');
	INSERT INTO vitk.retention (code, description, source) VALUES ('ours', 'smoked', 'our own');
	INSERT INTO vitk.retention_factor (code, nutrient, factor) VALUES ('ours', 'K1', 0.9);
	INSERT INTO vitk.recipe (food_id, ingredient_id, grams, retention_code, source_id) VALUES ('$dish', '$cooked', 50, 'ours', 'lab'), ('$dish', '$raw', 50, NULL, 'lab');
	INSERT INTO vitk.recipe_yield (food_id, grams) VALUES ('$dish', 90);
	INSERT INTO vitk.food_synonym (words, instead, source) VALUES ('foie gras', 'liver goose', 'our own');
	INSERT INTO vitk.household_measure (measure, grams, source) VALUES ('momme', 3.75, 'Japanese measure of mass');
	INSERT INTO vitk.food_measure (food_id, measure, grams, source_id) VALUES ('sr28:01001', 'tbsp', 15, 'lab');};
}

# A file, in $_ while $change changes it
sub edit
{
	my ($file, $change) = @_;
	my $text = slurp_file($file);
	$change->() for $text;
	open my $fh, '>:raw', $file or die "$file: $!";
	print $fh $text;
	close $fh;
}

1;
