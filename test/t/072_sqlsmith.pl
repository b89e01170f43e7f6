# SQLsmith writes queries at random: whatever they ask, the server lives and no function of
# ours fails in a way that it does not know of.
#
# VITK_SEED repeats a run, VITK_QUERIES sets how many queries (default 2000).
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

plan skip_all => 'SKIPPED: no sqlsmith here (Debian: sqlsmith)' if system('sqlsmith --version >/dev/null 2>&1') != 0;

my $seed = $ENV{VITK_SEED} // int(rand(1_000_000));
my $queries = $ENV{VITK_QUERIES} // 2000;
diag("072_sqlsmith.pl: seed $seed (VITK_SEED=$seed repeats this run)");

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', "track_functions = all\nlog_line_prefix = '%e '\nlog_statement = none\njit = off");
$node->start;

# A value of each type, and none; and the tables of vitk.
$node->safe_psql('postgres', q{
CREATE EXTENSION vitk;
CREATE TABLE every AS
	SELECT nutrient AS n, ('<' || i || ' ug/d')::nutrient_amount AS a, ('100 g: K1 ' || i || ' ug, MK-4 <5 ug (known 50 g)')::nutrient_profile AS p,
		('molar: K1 0..' || 1.0 / i)::conversion AS c, ('5 +- ' || i || ' (n=9)')::study_sample AS s, ('-10 (SE ' || i || ')')::effect_size AS e,
		variance_components(i + 1, 2, 5, i, 1) AS vc, format('{%s: %s, 7: ?}', i, i / 3.0)::diet AS d,
		format('{%s: 100 g: K1 %s ug, MK-4 <5 ug; 7: 30 g}', i + 7, i)::food_composition AS fc, ARRAY[i, 7]::integer[] AS ia,
		i::float8 AS f, (ARRAY['ug', 'human', 'NAM', 'K1'])[i % 4 + 1] AS t, i % 2 = 0 AS b, i::integer
	FROM (SELECT nutrient, row_number() OVER () AS i FROM vitk.nutrient) s;
INSERT INTO every DEFAULT VALUES;

-- SQLsmith asks pg_proc, without its schema, which functions there are.  Show it ours, and those
-- few that make numbers.
CREATE SCHEMA smith;
CREATE VIEW smith.pg_proc AS
	SELECT * FROM pg_catalog.pg_proc p
	WHERE prosrc IN ('float8abs', 'int4abs', 'dsqrt') OR EXISTS (
		SELECT FROM pg_depend WHERE classid = 'pg_catalog.pg_proc'::regclass AND objid = p.oid AND deptype = 'e'
			AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'vitk'));
ALTER DATABASE postgres SET search_path = smith, public, pg_catalog;

-- It casts NULL to anyrange and the like, which no server takes, in two of three queries.  Hide
-- the operators of pseudo-types, which costs this database a few "type 0" below.
SET allow_system_table_mods = on;
UPDATE pg_operator SET oprresult = 0 WHERE EXISTS (
	SELECT FROM pg_type t WHERE t.oid IN (oprleft, oprright, oprresult) AND typtype = 'p');
});

my ($out, $err);
my $smith = IPC::Run::start([ 'sqlsmith', "--target=" . $node->connstr('postgres'), "--max-queries=$queries", "--seed=$seed", '--exclude-catalog' ],
	'>', \$out, '2>', \$err, IPC::Run::timeout(10 * $PostgreSQL::Test::Utils::timeout_default));
ok($smith->finish, "$queries queries were tried") or diag $err;

is($node->safe_psql('postgres', 'SELECT 1'), '1', 'the server answers');
my $log = slurp_file($node->logfile);
unlike($log, qr/terminated by signal|PANIC|TRAP:|server process .* exited/, 'no process of it has died');
my @internal = grep { /^XX... ERROR/ && !/cache lookup failed for type 0(?: at character \d+)?$/ } split /\n/, $log;
is(join("\n", @internal), '', 'no internal error');
cmp_ok($node->safe_psql('postgres', 'SELECT count(*) FROM pg_stat_user_functions WHERE calls > 0'), '>', 20,
	'many functions of ours were called');

$node->stop;
done_testing();
