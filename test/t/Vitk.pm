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

our @EXPORT = qw(agree call_of copy_file edit next_version own_dishes read_images shards);

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

# A table whose columns are arguments for every aggregate: three shards, by id
sub shards
{
	return q{CREATE TABLE shard (id integer, amount nutrient_amount, score calcification, food nutrient_profile, grams float8,
		substance nutrient, x float8, limit_ float8, ear text, ul text, sample study_sample, days study_sample,
		effect effect_size, evidence meta_evidence, components variance_components, survey survey_sample, food_no integer, eaten diet,
		factors conversion, composition food_composition);
	INSERT INTO shard SELECT i % 3, CASE WHEN i % 5 = 0 THEN format('<%s ug', i / 7.0)
			ELSE format('%s ug', i / 3.0) END::nutrient_amount, format('%s AU', i / 3.0)::calcification,
		format('%s g: K1 %s ug, MK-4 <%s ug', i, i / 3.0, i / 7.0)::nutrient_profile, i / 9.0,
		n.nutrient, sqrt(i), 3.3, 'EAR', 'UL', format('%s (SD %s, n=%s)', i / 3.0, i / 11.0, i + 2)::study_sample,
		format('%s (SD %s, n=3)', i / 3.0, i / 11.0)::study_sample,
		format('%s (SE %s)', i / 3.0, i / 11.0)::effect_size
	FROM generate_series(1, 12) AS i
	JOIN (SELECT nutrient, row_number() OVER (ORDER BY nutrient) FROM vitk.nutrient WHERE unit = 'ug') AS n ON row_number = i;
	UPDATE shard SET food_no = 13 - x * x, eaten = format('{%s: %s, 7: %s, 9: ?}', id, x, round(x::numeric, 2))::diet;
	UPDATE shard SET evidence = (SELECT meta_evidence(effect) FROM shard s WHERE s.id = shard.id),
		components = (SELECT variance_components(days) FROM shard s WHERE s.id = shard.id),
		survey = (SELECT survey_sample(x, x, id, ascii(ear)) FROM shard s WHERE s.id = shard.id),
		factors = format('molar: K1 %s', 1 / (x + 1))::conversion,
		composition = (SELECT food_composition(s.food_no, s.food) FROM shard s WHERE s.id = shard.id)};
}

my %arguments = (
	'nutrient_amount' => 'amount', 'calcification' => 'score', 'nutrient_profile' => 'food',
	'diet' => 'eaten', 'integer,double precision' => 'food_no, grams', 'integer,nutrient_profile' => 'food_no, food',
	'nutrient_profile,double precision' => 'food, grams', 'nutrient,nutrient_amount' => 'substance, amount',
	'double precision' => 'x', 'study_sample' => 'sample', 'effect_size' => 'effect', 'meta_evidence' => 'evidence',
	'variance_components' => 'components', 'survey_sample' => 'survey', 'nutrient' => 'substance',
	'conversion' => 'factors', 'food_composition' => 'composition',
	'bigint,bigint,bigint,bigint' => 'id + 1, n(sample) + 5, id + 2, n(sample) + 9',
	'bigint,bigint,bigint,bigint,boolean' => 'id, n(sample) + 5, id, n(sample) + 9, true', 'double precision,double precision,bigint,bigint' => 'x, grams, length(ear) + id % 2, id', 'share_below' => 'x, limit_, ear', 'share_above' => 'x, limit_, ul');


# The name of an aggregate, and columns of that table to call it with
sub call_of
{
	my ($name, $types) = @_;
	my ($function) = $name =~ /^(\w+)/;
	return ($function, $name =~ /^variance/ ? 'days' : $arguments{$types} // $arguments{$function});
}

# Are two texts equal but for the last digits of their numbers?
sub agree
{
	my ($one, $other) = @_;
	my $number = qr/(?<![A-Za-z-])\d+(?:\.\d+)?(?:e[+-]?\d+)?/;
	my @one = $one =~ /$number/g;
	my @other = $other =~ /$number/g;
	return 0 if $one eq '' || @one != @other || $one =~ s/$number/#/gr ne $other =~ s/$number/#/gr;
	abs($one[$_] - $other[$_]) <= 1e-12 * abs($one[$_]) or return 0 for 0 .. $#one;
	return 1;
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
