# The pure files outside the server, under AddressSanitizer and UndefinedBehaviorSanitizer:
# their unit test, and the seeds of the fuzzers, among them whatever a fuzzer has found.
use strict;
use warnings;
use File::Basename;
use PostgreSQL::Test::Utils;
use Test::More;

my $dir = PostgreSQL::Test::Utils::tempdir();
my $pg_config = $ENV{PG_CONFIG} // 'pg_config';
my ($lib) = grep { -f "$_/libpgcommon.a" } map { chomp(my $d = `$pg_config $_`); $d } '--pkglibdir', '--libdir';
my @cc = ($ENV{CC} // 'gcc', qw(-std=gnu11 -g -O1 -Wall -Wextra -Werror -ffp-contract=off -fno-omit-frame-pointer
	-fsanitize=address -fsanitize=undefined -fno-sanitize-recover=all -Isrc -Ibuild));

append_to_file("$dir/empty.c", "int main(void) { return 0; }\n");
plan skip_all => 'SKIPPED: no libpgcommon.a here' if !$lib;
plan skip_all => "SKIPPED: no sanitizers with $cc[0] here (Debian: they come with gcc)"
  if !run_log([ @cc, '-o', "$dir/empty", "$dir/empty.c" ]) || !run_log(["$dir/empty"]);

# The core once, then each program with it.
my @objects;
for my $file (glob 'src/core/*.c')
{
	push @objects, "$dir/" . basename($file, '.c') . '.o';
	is(system(@cc, '-c', '-o', $objects[-1], $file), 0, "builds: $file");
}

# What a program says when it runs, or fails to
sub said
{
	my ($name, $sources, @arguments) = @_;
	system(@cc, '-o', "$dir/$name", @$sources, @objects, "$lib/libpgcommon.a", "$lib/libpgport.a", '-lm') == 0
	  or return 'not ok - does not build';
	my ($out, $err);
	IPC::Run::run([ "$dir/$name", @arguments ], '>', \$out, '2>', \$err) or $out .= "not ok - ended with\n$err";
	return $out;
}

for my $unit (qw(pure readers))
{
	my $report = said($unit, ["test/unit/$unit.c"]);
	like($report, qr/^1\.\.\d+$/m, "unit test $unit runs to its end");
	unlike($report, qr/^not ok/m, 'and all of it is ok') or diag $report;
}

is(system('perl', 'test/fuzz/seeds.pl', "$dir/seeds"), 0, 'the seeds are there');
my @targets = grep { $_ ne 'replay' } map { basename($_, '.c') } glob 'test/fuzz/*.c';
cmp_ok(scalar @targets, '>', 7, 'the fuzz targets are there');
for my $target (@targets)
{
	my @seeds = glob "$dir/seeds/$target/*";
	cmp_ok(scalar @seeds, '>', 10, "$target has seeds");
	is(said("fuzz_$target", [ "test/fuzz/$target.c", 'test/fuzz/replay.c' ], @seeds), '', "$target holds for them");
}

done_testing();
