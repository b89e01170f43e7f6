# The food that a person means is the first one that find_food gives: 150 ordinary lines of diaries, with the foods
# that a nutritionist would take for them (patterns of names, written before the ranking was).  Costs of words were
# chosen by two lines of three; the third of them, each third line, has to reach the marks.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $shared = $ENV{VITK_SHARED} // '../shared';
my $fndds = "$shared/data/fndds/FNDDS_2017_2018_NutVal.csv";
my $list = PostgreSQL::Test::Utils::tempdir() . '/list.csv';
copy_list();
my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql('postgres', 'CREATE DATABASE study ENCODING UTF8 TEMPLATE template0');

sub ask
{
	return $node->safe_psql('study', shift);
}

sub copy_list
{
	open my $fh, '>', $list or die $!;
	print $fh slurp_file('test/t/046_find_food.csv');
	close $fh;
	return;
}

# share of right answers in the unseen third, and in the lines that the ranking was tuned by
sub marks
{
	my ($what, $mark) = @_;
	my ($unseen, $tuned, $lines) = split /\|/, ask(q{
		SELECT round(100.0 * count(*) FILTER (WHERE unseen AND is_right) / count(*) FILTER (WHERE unseen), 1),
			round(100.0 * count(*) FILTER (WHERE NOT unseen AND is_right) / count(*) FILTER (WHERE NOT unseen), 1), count(*)
		FROM (SELECT i % 3 = 0 AS unseen, coalesce(f.name ~* "right", false) AS is_right
			FROM line LEFT JOIN LATERAL find_food(line, 1) AS f ON true) AS r});
	note("$what: $unseen % of the unseen lines, $tuned % of the others");
	is($lines, 150, 'each line has an answer or none, and is there');
	cmp_ok($unseen, '>=', $mark, "$what: $unseen % of the unseen third right at first place (mark: $mark %)");
	return;
}

ask('CREATE EXTENSION vitk; CREATE TABLE line (i integer GENERATED ALWAYS AS IDENTITY, line text, "right" text)');
$node->command_ok([ 'psql', '-X', '-d', $node->connstr('study'), '-c', qq(\\copy line (line, "right") FROM '$list' WITH (FORMAT csv, HEADER)) ],
	'the list loads');
is(ask('SELECT count(*), count(DISTINCT line) FROM line'), '150|150', 'of 150 lines');
marks('with the shipped foods', 75);

SKIP:
{
	skip "NO FNDDS FILE at $fndds", 3 unless -f $fndds;
	$node->command_ok([ 'psql', '-X', '-d', $node->connstr('study'), '-v', "file=$fndds", '-v', 'source=fndds2017', '-f', 'src/import/fndds.psql' ],
		'FNDDS imports');
	marks('with FNDDS', 90);
	is(ask(q{SELECT count(*) FROM line, LATERAL find_food(line, 3, '{FNDDS2017}') AS f WHERE source_id <> 'fndds2017'}), 0,
		'of one source alone');
}

$node->stop;
done_testing();
