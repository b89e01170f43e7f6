# TimescaleDB: the page of doc/operations.md, and what its views say against plain PostgreSQL; compressed chunks and
# late rows, too.
use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Vitk;

my $node = PostgreSQL::Test::Cluster->new('main');
plan skip_all => 'SKIPPED: no TimescaleDB in this PostgreSQL (it is not in Debian)'
  unless -e $node->config_data('--pkglibdir') . '/timescaledb.so';
$node->init;
$node->append_conf('postgresql.conf', "shared_preload_libraries = 'timescaledb'\ntimescaledb.telemetry_level = off");
$node->start;
sub ask { return $node->safe_psql('postgres', shift) }

my ($page) = slurp_file('doc/operations.md') =~ /^### TimescaleDB\n(.*?)(?=^##|\z)/ms;
my @blocks = $page =~ /^```psql\n(.*?)^```/msg;
my ($answer) = ask(join "\n", @blocks);
like($answer, qr/^Ada\|2026-\d\d-\d\d\|7\|6573 ug$/m, 'a week of natto') or diag $answer;

my $weeks = q{SELECT person, week, days, profile FROM eaten_week ORDER BY person, week};
my $plain = q{SELECT person, time_bucket('7 days', at), count(DISTINCT at::date), intake(profile, grams) FROM eaten GROUP BY 1, 2 ORDER BY 1, 2};
my $refresh = q{CALL refresh_continuous_aggregate('eaten_day', NULL, NULL); CALL refresh_continuous_aggregate('eaten_week', NULL, NULL);};
ok(agree(ask($plain), ask($weeks)), 'weeks of days are the weeks of what was eaten, though its chunks are compressed');
cmp_ok(ask(q{SELECT count(*) FROM timescaledb_information.chunks WHERE hypertable_name = 'eaten' AND is_compressed}), '>', 1, 'they are');

ask(q{INSERT INTO eaten SELECT 'Ada', '2026-03-05 20:00+00', food_id, profile, 50 FROM vitk.food_profile WHERE food_id = 'sr28:20037';
	DELETE FROM eaten WHERE person = 'Bo' AND at < '2026-03-09'; UPDATE eaten SET grams = 1.5 * grams WHERE food_id = 'kamao2007:natto'});
ask($refresh);
ok(agree(ask($plain), ask($weeks)), 'and so they are after rows came late, went and changed');
$node->stop;
done_testing();
