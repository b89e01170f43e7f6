# make demo: its scripts run without a word of complaint, print tables that fit a terminal and say that
# the persons are invented; its sums are those of plain SQL.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use IPC::Run ();
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql('postgres', 'CREATE DATABASE demo');

my @scripts = sort glob 'test/demo/*.sql';
cmp_ok(scalar @scripts, '>=', 2, 'there are scripts');
my ($out, $err) = ('', '');
# as the Makefile calls it
IPC::Run::run([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-P', 'pager=off', '-d', $node->connstr('demo'),
	map { ('-f', $_) } @scripts ], '>', \$out, '2>', \$err);
is($?, 0, 'they run');
is($err, '', 'without complaint');
like($out, qr/The persons and their diaries are invented/, 'the heading says that the persons are invented');
like($out, qr/Nothing here is advice to a patient/, 'and that this is no advice');
is(join("\n", grep { length > 119 } split /\n/, $out), '', 'every line fits');

# each numbered table has rows
my (undef, @tables) = split /^(?=\d+\. )/m, $out;
is(scalar @tables, 12, 'twelve tables');
for my $table (@tables)
{
	my ($title) = $table =~ /^(.*)$/m;
	my @rows = grep { /\|/ } split /\n/, $table;
	cmp_ok(scalar @rows, '>', 2, "rows of: $title") unless $title =~ /^12/;
}
like($tables[0], qr/^ Kenji M 66 +\| +198 \| +95 \|.*\| +470 \| +5 \|/m, 'natto: 150 g x 939 ug/100 g in 3 days');
like($tables[1], qr/^ Elena F 68 warfarin +\| <[\d.]+ ug /m, 'under warfarin even MK-4 may count nothing');
like($tables[1], qr/^ Grace F 51 +\| [\d.]+\.\./m, 'without it counts at least itself');
like($tables[4], qr/^ Hugo M 60 +\| retinol \(NAM, EFSA\) /m, 'cod liver oil');

sub ask
{
	return $node->safe_psql('demo', shift);
}

is(ask('SELECT count(*), count(DISTINCT sex), count(*) FILTER (WHERE warfarin) FROM example.person'), '16|2|3',
	'sixteen persons of both sexes, three on warfarin');
is(ask(q{SELECT count(DISTINCT (person, day)) FROM example.diary}), '48', 'three days each');
cmp_ok(ask('SELECT count(*) FROM example.diary WHERE food_id IS NULL'), '>=', 1, 'a food is not known');
is(ask(q{SELECT oid::regclass FROM pg_class WHERE relnamespace = 'example'::regnamespace AND relkind IN ('r', 'v', 'm')
	AND obj_description(oid, 'pg_class') NOT LIKE 'EXAMPLE: %invented%'}), '', 'every table says that it is an example');

# the sums by plain SQL, from the values in the food table
is(ask(q{
	WITH plain AS (
		SELECT person, nutrient, sum(lower(amount, unit(nutrient)) * grams / 100) AS lower,
			sum(upper(amount, unit(nutrient)) * grams / 100) AS upper, sum(grams) AS known
		FROM example.diary JOIN vitk.food_value USING (food_id)
		WHERE amount IS NOT NULL
		GROUP BY person, nutrient),
	ours AS (
		SELECT person, nutrient, lower, upper, coverage * grams(food) AS known
		FROM example.intake, unnest(food))
	SELECT count(*), count(plain.lower), count(ours.lower),
		count(*) FILTER (WHERE abs(ours.lower - plain.lower) <= 1e-12 * plain.lower
			AND abs(ours.upper - plain.upper) <= 1e-12 * plain.upper
			AND abs(ours.known - plain.known) <= 1e-12 * plain.known)
	FROM plain FULL JOIN ours USING (person, nutrient)}) =~ /^(\d\d\d)\|\1\|\1\|\1$/ ? 'all' : 'not all', 'all',
	'intake is what plain SQL adds up');
is(ask(q{SELECT count(*) FROM (SELECT person, sum(grams) AS g FROM example.diary GROUP BY person) AS d
	JOIN example.intake USING (person) WHERE grams(food) = g AND grams(total) = g}), '16', 'and so is the mass');

$node->stop;
done_testing();
