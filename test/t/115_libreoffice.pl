# A spreadsheet: categories whose label is no date, and codes that stay what they are when read as doc/bi.md says.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my ($soffice) = grep { -x } map { "$_/soffice" } split /:/, $ENV{PATH};
if (!$soffice)
{
	diag(my $why = 'NO LibreOffice HERE, spreadsheets are not tested; apt-get install libreoffice-calc-nogui (80 MB)');
	plan skip_all => $why;
}

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION vitk');
my $folder = PostgreSQL::Test::Utils::tempdir;

# Read by LibreOffice as CSV by a filter, and written as it then shows it
sub through
{
	my ($sql, $filter) = @_;
	my $csv = $node->safe_psql('postgres', "COPY ($sql) TO STDOUT (FORMAT csv, HEADER)");
	open my $file, '>', "$folder/in.csv" or die $!;
	print $file "$csv\n";
	close $file;
	PostgreSQL::Test::Utils::system_or_bail($soffice, "-env:UserInstallation=file://$folder/profile", '--headless', "--infilter=CSV:$filter",
		'--convert-to', 'ods', '--outdir', $folder, "$folder/in.csv");
	PostgreSQL::Test::Utils::system_or_bail($soffice, "-env:UserInstallation=file://$folder/profile", '--headless',
		'--convert-to', 'csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,false,true', '--outdir', "$folder/out", "$folder/in.ods");
	return ($csv, slurp_file("$folder/out/in.csv") =~ s/\n\z//r);
}

my $categories = q{SELECT category, label FROM vitk.calcification_category ORDER BY scheme, category_order};
# en-US, numbers and days guessed, as the dialog of a desktop offers it
my ($in, $out) = through($categories, '44,34,76,1,,1033,false,true');
my @in = map { [ split /,/ ] } split /\n/, $in;
my @out = map { [ split /,/ ] } split /\n/, $out;
is_deeply([ map { $_->[1] } @out ], [ map { $_->[1] } @in ], 'labels come through as they are');
isnt($out[6][0], '1-10', 'the category 1-10 does not: a label is needed');

($in, $out) = through(q{SELECT * FROM (VALUES ('1989-3', '0012', '1-10'), ('34714-6', '1E5', '3/4')) AS v (loinc, local, category)}, '44,34,76,1,1/2/2/2/3/2,1033,false,true');
is($out, $in, 'codes read as texts come through as they are');

$node->stop;
done_testing();
