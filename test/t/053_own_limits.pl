# Limits of one's own: written by the owner of the database, read by all, kept by dump, restore and
# an update of the extension, which leave the shipped rows to the extension.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql('postgres', 'CREATE ROLE analyst LOGIN; CREATE ROLE reader LOGIN;
	CREATE DATABASE study OWNER analyst; CREATE DATABASE restored OWNER analyst');

sub ask
{
	my ($database, $sql, $user) = @_;
	return $node->safe_psql($database, $sql, extra_params => [ '-U', $user // 'analyst' ]);
}

my $own = 'SELECT r::text FROM vitk.reference_value r WHERE NOT builtin ORDER BY 1';
my $verdict = q{SELECT kind, limit_lower, limit_upper, unit, verdict, year, note
	FROM intake_vs_limit('100 g: MK-7 80 ug', 'female', 30, 'clinic', 'pregnancy', 50) ORDER BY kind, limit_lower};

ask('study', q{CREATE EXTENSION vitk;
	INSERT INTO vitk.reference_value (authority, year, nutrient, kind, sex, age_min, age_max, life_stage, amount, add_on, source, note) VALUES
		('clinic', 2024, 'MK-7', 'AI', 'both', 18, 65, 'none', '90..100 ug/d', false, 'our own', 'a "note"; with more'),
		('clinic', 2024, 'MK-7', 'AI', 'female', 18, 51, 'pregnancy', '0.01 mg/d', true, 'our own', NULL),
		('clinic', 2023, 'MK-7', 'AI', 'both', 18, 65, 'none', '75 ug/d', false, 'our own', NULL),
		('clinic', NULL, 'MK-7', 'UL', 'both', 0.5, 150, 'none', '2 ug/(kg.d)', false, 'our own', NULL),
		('clinic', 2024, 'vitamin K', 'UL', 'both', 0, 150, 'none', NULL, false, 'our own', 'none set')});
my ($rows, $verdicts) = (ask('study', $own), ask('study', $verdict));
is(scalar(split /\n/, $rows), 5, 'five rows of our own');
is($verdicts, "AI|100|110|ug/d|no conclusion|2024|a \"note\"; with more; 0.01 mg/d added for pregnancy\n"
	. "UL|100|100|ug/d|within limit||2 ug/(kg.d) for 50 kg; nothing set for pregnancy: the value for the age applies\n"
	. "UL|||ug/d|no limit set|2024|none set; nothing set for pregnancy: the value for the age applies; "
	. "at least: counted as far as the profile lists the vitamers",
	'and what they say');

# who may
is(ask('study', $verdict, 'reader'), $verdicts, 'others read them');
for my $sql (q{INSERT INTO vitk.reference_value (authority, nutrient, kind, age_min, source) VALUES ('me', 'vitamin K', 'UL', 0, 'I')},
	'UPDATE vitk.reference_value SET amount = NULL', 'DELETE FROM vitk.reference_value')
{
	my ($status, undef, $stderr) = $node->psql('study', $sql, extra_params => [ '-U', 'reader' ]);
	like($stderr, qr/permission denied for table reference_value/, 'but may not ' . ($sql =~ /^(\w+)/)[0]);
}

# dump and restore
my $dump = PostgreSQL::Test::Utils::tempdir() . '/study.sql';
$node->command_ok([ 'pg_dump', '-d', $node->connstr('study'), '-f', $dump ], 'pg_dump');
my ($copied) = slurp_file($dump) =~ /^COPY vitk\.reference_value \(.*?;\n(.*?)^\\\.$/ms;
is($copied =~ tr/\n//, 5, 'the dump holds our rows and no shipped one');
$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-U', 'analyst', '-d', $node->connstr('restored'), '-f', $dump ],
	'the owner of a database restores it');
is(ask('restored', $own), $rows, 'our rows are back');
is(ask('restored', $verdict), $verdicts, 'and say the same');
is(ask('restored', 'SELECT count(*) > 4000 FROM vitk.reference_value WHERE builtin'), 't', 'beside the shipped ones');
my (undef, undef, $stderr) = $node->psql('restored', q{INSERT INTO vitk.reference_value (authority, year, nutrient, kind, age_min, amount, source)
	VALUES ('clinic', 2023, 'MK-7', 'AI', 64, '1 ug/d', 'I')}, extra_params => [ '-U', 'analyst' ]);
like($stderr, qr/reference_value_ages_overlap/, 'overlapping ages are refused there too');

$node->stop;
done_testing();
