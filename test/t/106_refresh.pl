# What an update does to shipped rows that change: it is built from CSV files edited here as those of a later
# version may be.  Rows of users stay as they are, and so does what they refer to.
use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Vitk;

plan skip_all => 'NO STAGED INSTALLATION (VITK_STAGE, as test/cluster sets it) to put an update into: changes of rows are not tested'
  unless -w ($ENV{VITK_STAGE} // '/nonexistent');

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;

sub ask
{
	my ($sql, $user) = @_;
	return $node->safe_psql('study', $sql, extra_params => [ '-U', $user // 'analyst' ]);
}

# The next version: of each file the lines that go, by their beginning, and the lines that come.
my %changes = (
	source => [ [ 'koivu2000,', 'tsukamoto2000,' ],
		[ 'new2031,A new table,,,public domain,' ] ],
	food => [ [ 'koivu2000,', 'tsukamoto2000,', 'sr28,01002,', 'sr28,01009,', 'ciqual2025,20010,' ],
		[ 'new2031,1,A new food,,Meat,,900001', 'sr28,01002,"Butter, renamed",,,,1002', 'sr28,x1,Shipped under the key of ours,,,,900002' ] ],
	food_value => [ [ 'koivu2000:', 'tsukamoto2000:', 'ciqual2025:20010,' ],
		[ 'new2031:1,MK-4,measured,7 ug,,,,,,,new2031,', 'sr28:01002,MK-4,measured,21 ug,,,,,,,sr28,',
		  'sr28:01002,K1,measured,5 ug,,,,,,,new2031,' ] ],
	food_value_sr28 => [ [ '01009,', '01002,' ], [] ],
	food_measure => [ [ 'sr28:01009,' ], [] ],
	reference_value => [ [ 'NAM,2001,vitamin K,' ],
		[ 'NAM,2001,vitamin K,,AI,both,0,100,none,,99 ug/d,value,false,corrected,', 'clinic,2024,vitamin K,,AI,both,40,60,none,,1 ug/d,value,false,overlaps ours,',
		  'clinic,2024,vitamin K,,AI,both,60,70,none,,2 ug/d,value,false,beside ours,' ] ],
	study => [ [ 'inoue2009,', 'jiang2014,', 'binkley2009,' ], [] ],
	study_arm => [ [ 'inoue2009,', 'jiang2014,', 'binkley2009,' ], [] ],
	study_result => [ [ 'inoue2009,', 'jiang2014,', 'binkley2009,', 'haroon2023,', 'witham2020,' ],
		[ 'haroon2023,score,CAC score,agatston' . ',' x 27 . 'renamed,', 'haroon2023,avc,AVC score' . ',' x 26 . 'haroon2023:score,,now overlaps that,' ] ]);

my ($version, $next) = next_version($node, sub {
	my ($tree) = @_;
	for my $name (sort keys %changes)
	{
		my ($go, $come) = @{ $changes{$name} };
		edit("$tree/src/data/$name.csv", sub {
			my ($header, @lines) = split /^/m;
			for my $start (@$go)
			{
				my $there = @lines;
				@lines = grep { index($_, $start) != 0 } @lines;
				cmp_ok(scalar @lines, '<', $there, "$name.csv has lines of $start");
			}
			$_ = join '', $header, @lines, map { "$_\n" } @$come;
		});
	}
});
$node->append_conf('postgresql.conf', 'max_prepared_transactions = 2');
$node->start;
$node->safe_psql('postgres', 'CREATE ROLE analyst LOGIN; CREATE DATABASE study OWNER analyst');

# Users' rows: beside, before and under the shipped ones that change and go
ask(qq{CREATE EXTENSION vitk VERSION '$version'});
ask(q{
	INSERT INTO vitk.source (source_id, citation) VALUES ('lab', 'our own laboratory');
	INSERT INTO vitk.food (source_id, code, name) VALUES ('lab', '1', 'Paste'), ('sr28', 'x1', 'Ours, described as in SR28');
	INSERT INTO vitk.food_value (food_id, nutrient, kind, amount, source_id) VALUES
		('lab:1', 'MK-4', 'measured', '0.3 mg', 'lab'), ('sr28:01002', 'MK-4', 'measured', '18 ug', 'lab'),
		('ciqual2025:20010', 'MK-9', 'measured', '1 ug', 'lab'), ('lab:1', 'K1', 'measured', '2 ug', 'koivu2000');
	INSERT INTO vitk.reference_value (authority, year, nutrient, kind, age_min, age_max, amount, source)
		VALUES ('clinic', 2024, 'vitamin K', 'AI', 18, 60, '90 ug/d', 'our own');
	INSERT INTO vitk.study (study_id, name, kind) VALUES ('ours', 'Ours', 'randomised_trial');
	INSERT INTO vitk.study_arm (study_id, arm, intervention) VALUES ('binkley2009', 'ours', 'K1');
	INSERT INTO vitk.study_result (study_id, code, outcome, overlaps_with, source)
		VALUES ('ours', 'cac', 'CAC change', 'witham2020:aac', 'ours')});
# A table of theirs that refers to a shipped row; and a trap: the update runs as a superuser, who must not call this.
$node->safe_psql('study', q{GRANT REFERENCES ON vitk.food, vitk.source TO analyst});
ask(q{CREATE TABLE label (source_id text REFERENCES vitk.source ON DELETE RESTRICT);
	INSERT INTO label VALUES ('tsukamoto2000');
	CREATE FUNCTION quote_ident(name) RETURNS text LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION 'trapped'; END$$});
my @tables = qw(source food food_value reference_value study study_arm study_result);
my $own = join ' UNION ALL ', map { "SELECT '$_', to_jsonb(t) FROM vitk.$_ t WHERE NOT builtin" } @tables;
my %own = map { $_ => 1 } split /\n/, ask($own);
my %shipped = map { $_ => ask("SELECT count(*) FROM vitk.$_ WHERE builtin") } @tables;

# While a session has tables of the names of ours, in a transaction that is prepared, as Citus does, so that nothing
# temporary may be touched
my ($stdout, $stderr);
$node->psql('study', "BEGIN; ALTER EXTENSION vitk UPDATE TO '$next'; PREPARE TRANSACTION 'update'", stderr => \$stderr,
	extra_params => [ '-U', 'analyst' ]);
is(ask('SELECT gid FROM pg_prepared_xacts'), 'update', 'the transaction of an update can be prepared') or diag($stderr);
ask(q{ROLLBACK PREPARED 'update'});
$node->psql('study', join('; ', map({ "CREATE TEMP TABLE $_ (x integer); CREATE TEMP TABLE shipped_$_ (x integer)" } @tables),
	"ALTER EXTENSION vitk UPDATE TO '$next'"), stdout => \$stdout, stderr => \$stderr, extra_params => [ '-U', 'analyst' ]);
my @warnings = sort map { /WARNING:\s+(.*)/ } split /\n/, $stderr;
is(ask(q{SELECT extversion FROM pg_extension WHERE extname = 'vitk'}), $next, 'the extension is updated') or diag($stderr);

my %now = map { $_ => 1 } split /\n/, ask($own);
is(join("\n", grep { !$now{$_} } sort keys %own), '', 'rows of users are what they were');
is(ask(q{SELECT string_agg(food_id, ' ' ORDER BY food_id) FROM vitk.food WHERE NOT builtin AND source_id <> 'lab'}), 'ciqual2025:20010 sr28:x1',
	'the food that has gone but has a value of ours is ours; the one that came under the key of ours stays ours');
is(ask(q{SELECT string_agg(source_id, ' ' ORDER BY source_id) FROM vitk.source WHERE NOT builtin}), 'koivu2000 lab tsukamoto2000',
	'and so the sources that a value and a table of ours refer to');
is(ask(q{SELECT string_agg(study_id, ' ' ORDER BY study_id) FROM vitk.study WHERE NOT builtin}), 'binkley2009 ours', 'the study with an arm of ours');
is(ask(q{SELECT string_agg(result_id, ' ' ORDER BY result_id) FROM vitk.study_result WHERE NOT builtin}),
	'ours:cac', 'a result that ours overlaps with has gone');
is(ask(q{SELECT obstacle FROM vitk.study_result_effect WHERE result_id = 'ours:cac'}), 'no control arm', 'and ours says what stands in its way');
is(ask(q{SELECT string_agg(study_id || ' ' || arm, ', ') FROM vitk.study_arm WHERE NOT builtin}), 'binkley2009 ours', 'arms that nothing needs have gone');
is(join("\n", @warnings), join("\n", map({ "rows of vitk.$_" } map { s/:/ that are shipped no longer and are yours now:/r }
		'food: 1', 'source: 2', 'study: 1'),
	map { "shipped rows of vitk.$_" } map { s/:/ left out because rows of yours stand in their place:/r } 'food: 1'),
	'and it says so');

is(ask(q{SELECT count(*) FROM vitk.food WHERE food_id = 'sr28:01009' OR source_id IN ('koivu2000', 'tsukamoto2000')}), 0, 'a food that nothing needs has gone');
is(ask(q{SELECT name FROM vitk.food WHERE food_id IN ('sr28:01002', 'new2031:1') ORDER BY 1}), "A new food\nButter, renamed", 'foods have come and changed');
is(ask(q{SELECT profile FROM vitk.food_profile WHERE food_id = 'sr28:01002'}), '100 g: K1 5 ug, MK-4 18 ug',
	'new values have come, ours still stands before the shipped one');
is(ask(q{SELECT profile FROM vitk.food_profile WHERE food_id = 'ciqual2025:20010'}), '100 g: MK-9 1 ug', 'ours stays alone');
is(ask(q{SELECT authority, age_min, age_max, amount, builtin FROM vitk.reference_value
	WHERE nutrient = 'vitamin K' AND (authority = 'clinic' OR authority = 'NAM' AND year = 2001) ORDER BY authority, age_min}),
	"NAM|0|100|99 ug/d|t\nclinic|18|60|90 ug/d|f\nclinic|40|60|1 ug/d|t\nclinic|60|70|2 ug/d|t",
	'a reference value took the place of those that it overlaps, and lies beside ours');
is(ask(q{SELECT age, amount FROM unnest('{50,65}'::float8[]) age, LATERAL reference_value('male', age, 'clinic') ORDER BY age}), "50|90 ug/d\n65|2 ug/d",
	'ours stands in place of the shipped one');
is(ask(q{SELECT code, overlaps_with FROM vitk.study_result WHERE study_id = 'haroon2023' ORDER BY 1}), "avc|haroon2023:score\nscore|",
	'a result refers to a new one instead of one that has gone');
is(ask(q{SELECT count(*) FROM vitk.study_result WHERE study_id IN ('inoue2009', 'jiang2014', 'binkley2009')}), 0, 'results of studies that are shipped no longer have gone');

# Where DELETE takes rows of users along, sets them to NULL or fails at COMMIT only, all that is shipped no longer stays.
ask("DROP EXTENSION vitk CASCADE; DROP TABLE label; CREATE EXTENSION vitk VERSION '$version'");
$node->safe_psql('study', q{GRANT REFERENCES ON vitk.food, vitk.source, vitk.study TO analyst});
ask(q{CREATE TABLE diary (food_id text REFERENCES vitk.food ON DELETE CASCADE);
	CREATE TABLE label (source_id text REFERENCES vitk.source DEFERRABLE INITIALLY DEFERRED);
	CREATE TABLE citation (study_id text REFERENCES vitk.study ON DELETE SET NULL);
	INSERT INTO diary VALUES ('sr28:01009'); INSERT INTO label VALUES ('koivu2000'); INSERT INTO citation VALUES ('jiang2014')});
ask("ALTER EXTENSION vitk UPDATE TO '$next'");
is(ask('SELECT d.food_id, l.source_id, c.study_id FROM diary d, label l, citation c'), 'sr28:01009|koivu2000|jiang2014', 'no row of ours went along');
is(ask(q{SELECT food_id FROM vitk.food WHERE NOT builtin ORDER BY 1}), "ciqual2025:20010\nkoivu2000:chicken-meat\nsr28:01009\ntsukamoto2000:"
	. ask(q{SELECT code FROM vitk.food WHERE source_id = 'tsukamoto2000'}), 'foods stay');
is(ask(q{SELECT count(*) FROM vitk.food_value WHERE food_id = 'sr28:01009'}), 0, 'their shipped values have gone');

$node->stop;
done_testing();
