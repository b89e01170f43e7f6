# LibreOffice: the path of doc/bi.md from a query to a spreadsheet, and what a spreadsheet would make of other texts.
use strict;
use warnings;
use Cwd qw(abs_path);
use IPC::Run ();
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

plan skip_all => 'SKIPPED: no LibreOffice here (Debian: libreoffice-calc)'
  unless eval { IPC::Run::run([ 'soffice', '--version' ], '>', \my $out, '2>', \my $err) };

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql('postgres', q{CREATE DATABASE study ENCODING UTF8 LOCALE 'C' TEMPLATE template0});
$node->safe_psql('study', 'CREATE EXTENSION vitk');

my ($page) = slurp_file('doc/bi.md') =~ /^## Spreadsheets\n(.*?)(?=^## |\z)/ms;
my @sql = $page =~ /^```sql\n(.*?)^```/msg;
my ($copy) = $page =~ /^```psql\n(.*?)^```/ms;
my ($convert) = $page =~ /^```sh\n(.*?)^```/ms;
$node->safe_psql('study', join "\n", @sql);
$node->safe_psql('study', q{CREATE TABLE hostile (t text, n float8, d date);
	INSERT INTO hostile VALUES ('1-10', 437.87199999999996, '2026-03-01'), ('01/02', 1e-7, '2026-12-31'), ('1E5', NULL, NULL), ('0012', -0.5, NULL),
		('1989-3', 123456789012.25, NULL), ('=1+1', 0, NULL), ('a "quoted", comma', 1e300, NULL), ('µg', 1, NULL), ('', 2, NULL), (NULL, 3, NULL), ('true', 4, NULL)});

# Both files at once; a home of its own, so that no LibreOffice that is open is in the way.
my $dir = abs_path(PostgreSQL::Test::Utils::tempdir());
my $both = $copy . q{\copy hostile TO 'hostile.csv' (FORMAT csv, HEADER, FORCE_QUOTE (t))};
IPC::Run::run([ 'psql', '-XAtq', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr('study') ], '<', \$both, init => sub { chdir $dir }) or die 'psql failed';
$convert =~ s/--convert-to ods scan.csv\n/--convert-to fods scan.csv hostile.csv/ or die 'the page converts something else';
my ($out, $err);
my $done = eval { IPC::Run::run([ 'sh', '-c', $convert ], '>', \$out, '2>', \$err, init => sub { chdir $dir; $ENV{HOME} = $dir },
	IPC::Run::timeout($PostgreSQL::Test::Utils::timeout_default)) };
ok($done, 'the command of the page') or diag $@, $out, $err;

# The cells of a sheet, as type:value
sub cells
{
	my ($table) = slurp_file("$dir/$_[0].fods") =~ /<table:table (.*?)<\/table:table>/s;
	return [ map {
		[ map { my ($attributes, $text) = @$_;
				my ($type) = $attributes =~ /office:value-type="(\w+)"/;
				my ($value) = $attributes =~ /office:(?:date-)?value="([^"]*)"/;
				defined $type ? "$type:" . ($value // join '', ($text // '') =~ /<text:p>(.*?)<\/text:p>/) : '' }
			cells_of($_) ] }
		grep { /value-type/ } $table =~ /<table:table-row.*?>(.*?)<\/table:table-row>/sg ];
}
# ... of a row; what stands there several times is written once
sub cells_of
{
	my @cells;
	while ($_[0] =~ /<table:table-cell([^>]*?)(?:\/>|>(.*?)<\/table:table-cell>)/sg)
	{
		my ($attributes, $text) = ($1, $2);
		my ($times) = $attributes =~ /number-columns-repeated="(\d+)"/;
		push @cells, ([ $attributes, $text ]) x ($times // 1);
	}
	return @cells;
}
sub first { my $n = shift; return [ map { [ @{$_}[0 .. $n - 1] ] } @_ ] }

is_deeply(first(4, @{ cells('scan') }), [
	[ 'string:person', 'string:score', 'string:category', 'string:label' ],
	[ 'string:Ada', 'float:7', 'string:1-10', 'string:1 to 10' ],
	[ 'string:Bo', 'float:0', 'string:0', 'string:0' ],
	[ 'string:Cem', 'float:512', 'string:401-1000', 'string:401 to 1000' ] ], 'categories stay texts, scores are numbers');
my @hostile = @{ cells('hostile') };
is_deeply([ map { $_->[0] } @hostile[ 0 .. 8 ] ],
	[ map { "string:$_" } 't', '1-10', '01/02', '1E5', '0012', '1989-3', '=1+1', 'a &quot;quoted&quot;, comma', 'µg' ],
	'no text becomes a day, a number or a formula') or diag explain \@hostile;
is_deeply([ map { $_->[1] } @hostile[ 1 .. 8 ] ], [ 'float:437.872', 'float:0.0000001', '', 'float:-0.5', 'float:123456789012.25', 'float:0', 'float:1E+300', 'float:1' ],
	'numbers have 15 digits, and unknown is empty, not zero');
is_deeply([ map { $_->[2] } @hostile[ 1, 2 ] ], [ 'date:2026-03-01', 'date:2026-12-31' ], 'days are days');

$node->stop;
done_testing();
