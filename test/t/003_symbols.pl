# The library exports what SQL calls and nothing else, each by a name that begins with that of a file of src/;
# a database has the symbols of every extension that it loads in one space.
use strict;
use warnings;
use File::Basename qw(basename);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $nm = qx{nm --version 2>/dev/null};
plan skip_all => 'needs nm, of binutils' unless $nm;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION vitk');

my $library = "$ENV{VITK_STAGE}" . $node->config_data('--pkglibdir') . '/vitk.so';
my %exported = map { ((split)[2]) => 1 } split /\n/, qx{nm -D --defined-only '$library'};
ok($exported{_PG_init} && $exported{Pg_magic_func}, 'the symbols of an extension');
delete @exported{qw(_PG_init Pg_magic_func _init _fini)};

my %called = map { $_ => 1 } split /\n/, $node->safe_psql('postgres', q{SELECT DISTINCT prosrc FROM pg_proc
	WHERE prolang = (SELECT oid FROM pg_language WHERE lanname = 'c') AND probin LIKE '%vitk%'});
cmp_ok(scalar keys %called, '>', 300, scalar(keys %called) . ' functions of SQL are in C');

my %expected = map { $_ => 1, "pg_finfo_$_" => 1 } keys %called;
is_deeply([ sort grep { !$expected{$_} } keys %exported ], [], 'no symbol is exported that SQL does not call');
is_deeply([ sort grep { !$exported{$_} } keys %expected ], [], 'each that it calls is there');

my $concepts = join '|', map { basename($_, '.c') } glob 'src/*.c';
is_deeply([ sort grep { !/^(?:$concepts)_/ && !/^(?:$concepts)$/ } keys %called ], [], 'each begins with the name of a file');

done_testing();
