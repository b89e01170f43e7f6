# Users' sources, foods and values: kept by dump and restore, which leave the shipped rows to the extension; in
# databases of other encodings; written by the owner, read by all.
use strict;
use warnings;
use IPC::Run ();
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql('postgres', 'CREATE ROLE analyst LOGIN; CREATE ROLE reader LOGIN;
	CREATE DATABASE study OWNER analyst; CREATE DATABASE restored OWNER analyst;
	CREATE DATABASE elsewhere OWNER analyst; CREATE DATABASE inserted OWNER analyst');

sub ask
{
	my ($database, $sql, $user) = @_;
	return $node->safe_psql($database, $sql, extra_params => [ '-U', $user // 'analyst' ]);
}

sub fails
{
	my ($database, $sql, $user) = @_;
	my ($status, undef, $stderr) = $node->psql($database, $sql, extra_params => [ '-U', $user // 'analyst' ]);
	return $status == 0 ? 'no error' : $stderr;
}

# rows of users, and what the profiles make of all rows
my $own = q{SELECT 'source', s::text FROM vitk.source s WHERE NOT builtin
	UNION ALL SELECT 'food', f::text FROM vitk.food f WHERE NOT builtin
	UNION ALL SELECT 'value', v::text FROM vitk.food_value v WHERE NOT builtin ORDER BY 1, 2};
my $profiles = q{SELECT count(*), md5(string_agg(food_id || profile::text, chr(10) ORDER BY food_id)) FROM vitk.food_profile};

ask('study', q{CREATE EXTENSION vitk;
	INSERT INTO vitk.source (source_id, citation, note) VALUES ('lab', 'our own laboratory', 'a "note", with ; and newline' || chr(10));
	INSERT INTO vitk.food (source_id, code, name, food_group) VALUES ('lab', '1', 'Goose liver paste', 'Meat'), ('sr28', 'x1', 'Ours, described as in SR28', NULL);
	INSERT INTO vitk.food_value (food_id, nutrient, kind, amount, n, se, sd, minimum, maximum, derivation_code, source_id, note) VALUES
		('lab:1', 'MK-4', 'measured', '0.3 mg', 3, 0.001, 0.0017320508075688774, 0.29, 0.31, 'x', 'lab', 'wet weight'),
		('lab:1', 'MK-7', 'below_detection', '<0.5 ug', 3, NULL, NULL, NULL, NULL, NULL, 'lab', NULL),
		('lab:1', 'MK-8', 'trace', NULL, 3, NULL, NULL, NULL, NULL, NULL, 'lab', NULL),
		('sr28:x1', 'D', 'label', '400 [IU]', NULL, NULL, NULL, NULL, NULL, NULL, 'sr28', NULL),
		('sr28:01002', 'MK-4', 'measured', '18 ug', 5, NULL, NULL, NULL, NULL, NULL, 'lab', 'instead of the shipped one'),
		('ciqual2025:20010', 'MK-9', 'measured', '1 ug', 5, NULL, NULL, NULL, NULL, NULL, 'lab', 'beside the shipped ones')});
my ($rows, $sums) = (ask('study', $own), ask('study', $profiles));
is(scalar(split /\n(?=source|food|value)/, $rows), 9, 'nine rows of our own');

# dump and restore
my $dump = PostgreSQL::Test::Utils::tempdir() . '/study.sql';
$node->command_ok([ 'pg_dump', '-d', $node->connstr('study'), '-f', $dump ], 'pg_dump');
my $text = slurp_file($dump);
is(join(' ', map { my ($t) = $_; $text =~ /^COPY vitk\.$t \(.*?;\n(.*?)^\\\.$/ms ? $1 =~ tr/\n// : 'none' } qw(source food food_value)),
	'1 2 6', 'the dump holds our rows and no shipped one');
$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-U', 'analyst', '-d', $node->connstr('restored'), '-f', $dump ],
	'the owner of a database restores it');
is(ask('restored', $own), $rows, 'our rows are back');
is(ask('restored', $profiles), $sums, 'and every profile is as it was');
is(ask('restored', q{INSERT INTO vitk.food (source_id, code, name) VALUES ('lab', '2', 'the next one') RETURNING food_no}), '1000002',
	'foods of ours have their numbers again, and the next one has the next');
is(ask('restored', q{SELECT profile -> 'MK-4' FROM vitk.food_profile WHERE food_id = 'sr28:01002'}), '18 ug',
	'our value stands before the shipped one again');

# the shipped names in databases of other encodings
for my $encoding (qw(utf8 latin1 win1252))
{
	$node->safe_psql('postgres', "CREATE DATABASE x$encoding ENCODING $encoding LOCALE 'C' TEMPLATE template0");
	is($node->safe_psql("x$encoding", q{SET client_min_messages = warning; CREATE EXTENSION vitk; SET client_encoding = 'UTF8';
		SELECT encode(convert_to(name_local, 'UTF8'), 'hex') FROM vitk.food WHERE food_id = 'ciqual2025:40104'}),
		unpack('H*', "Foie, g\xc3\xa9nisse, cru"), "a French name in a $encoding database");
}

# types in a schema of their own, which no one has on the search path
ask('elsewhere', 'CREATE SCHEMA ext; CREATE EXTENSION vitk SCHEMA ext');
is(ask('elsewhere', q{SET search_path = '';
	INSERT INTO vitk.source (source_id, citation) VALUES ('lab', 'our own laboratory');
	CREATE TEMP TABLE food_import (LIKE vitk.food_import INCLUDING DEFAULTS);
	INSERT INTO pg_temp.food_import (code, name, nutrient, value, unit) VALUES
		('1', 'Paste', 'MK4', '<0,5', 'ug'), ('1', 'Paste', 'K1', '1', 'ug');
	CALL vitk.import_foods('lab', 'pg_temp.food_import');
	SELECT p.profile FROM vitk.food_profile p WHERE food_id = 'lab:1';
	SELECT k1_ug, flags FROM vitk.food_vitamin_k WHERE food_id = 'lab:1'}),
	"1|2|0|0|0\n100 g: K1 1 ug, MK-4 <0.5 ug\n1|K1 compiled; MK-4 below detection <0.5 ug", 'import and views need no search path');

# who may write
like(fails('restored', q{INSERT INTO vitk.source (source_id, citation) VALUES ('r', 'r')}, 'reader'),
	qr/permission denied for table source/, 'a reader adds no source');
like(fails('restored', q{DELETE FROM vitk.food_value WHERE NOT builtin}, 'reader'),
	qr/permission denied for table food_value/, 'and deletes no value');
like(fails('restored', q{ALTER TABLE vitk.food ADD COLUMN x integer}), qr/must be owner of table food/, 'the owner of the database alters no table');
is(ask('restored', q{SELECT count(*) FROM vitk.food_vitamin_k}, 'reader'), '5429', 'all read');
ask('restored', 'GRANT INSERT ON vitk.source, vitk.food, vitk.food_value, vitk.reference_value, vitk.conversion_evidence TO reader');
is(ask('restored', q{INSERT INTO vitk.source (source_id, citation) VALUES ('r', 'r') RETURNING source_id}, 'reader'), 'r',
	'the owner of the database may let others add');


# in the form of INSERT, without a warning, whatever refers to what: results that overlap each other, links, recipes
ask('study', q{INSERT INTO vitk.study (study_id, name, kind) VALUES ('ours', 'Ours', 'randomised_trial');
	INSERT INTO vitk.study_arm (study_id, arm, intervention) VALUES ('ours', 'a', 'MK-7'), ('ours', 'b', 'placebo');
	INSERT INTO vitk.study_result (study_id, code, outcome, treat_arm, control_arm, effect, overlaps_with, source) VALUES
		('ours', '1', 'CAC change', 'a', 'b', '-2 (SE 0.5)', 'ours:2', 'we'), ('ours', '2', 'CAC score', 'a', 'b', '-3 (SE 0.5)', 'ours:1', 'we'),
		('ours', '3', 'AVC change', 'a', 'b', '-1 (SE 0.5)', 'shea2009:cac', 'we');
	INSERT INTO vitk.food_link (food_id, nutrient, from_food_id) VALUES ('lab:1', 'MK-9', 'ciqual2025:20010');
	INSERT INTO vitk.recipe (food_id, ingredient_id, grams, source_id) VALUES ('sr28:x1', 'lab:1', 50, 'lab'), ('sr28:x1', 'sr28:01002', 10, 'lab')});
my $linked = q{SELECT s::text FROM vitk.study s WHERE NOT builtin UNION ALL SELECT a::text FROM vitk.study_arm a WHERE NOT builtin
	UNION ALL SELECT r::text FROM vitk.study_result r WHERE NOT builtin UNION ALL SELECT l::text FROM vitk.food_link l WHERE NOT builtin
	UNION ALL SELECT r::text FROM vitk.recipe r WHERE NOT builtin ORDER BY 1};
my $inserts = PostgreSQL::Test::Utils::tempdir() . '/inserts.sql';
IPC::Run::run([ 'pg_dump', '--inserts', '-d', $node->connstr('study'), '-f', $inserts ], '2>', \my $warnings);
is($warnings, '', 'pg_dump --inserts warns of nothing');
$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-U', 'analyst', '-d', $node->connstr('inserted'), '-f', $inserts ], 'and is restored');
is(ask('inserted', "SELECT count(*) FROM ($linked) AS own"), 9, 'nine rows that refer to each other and to shipped ones');
is(ask('inserted', $linked), ask('study', $linked), 'as they were');
is(ask('inserted', $own), ask('study', $own), 'and the others');

$node->stop;
done_testing();
