# Two editions of one source that are imported at the same time: the second waits for the first, and what stands in
# the end is one edition, whole.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

plan skip_all => 'no background_psql in this PostgreSQL' unless eval { require PostgreSQL::Test::BackgroundPsql; 1 };

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql('postgres', q{CREATE EXTENSION vitk; INSERT INTO vitk.source (source_id, citation) VALUES ('ours', 'our own table')});

# a session that has staged its edition: foods 1 to $n, whose K1 is $k1
sub edition
{
	my ($n, $k1) = @_;
	my $session = $node->background_psql('postgres', on_error_stop => 0);
	$session->query(qq{CREATE TEMP TABLE food_import (LIKE vitk.food_import INCLUDING DEFAULTS);
		INSERT INTO food_import (code, name, nutrient, value, unit) SELECT i, 'Food ' || i || ' of $k1', 'K1', '$k1', 'ug' FROM generate_series(1, $n) AS i});
	return $session;
}

for my $level ('READ COMMITTED', 'REPEATABLE READ')
{
	$node->safe_psql('postgres', q{DELETE FROM vitk.food_value WHERE source_id = 'ours'; DELETE FROM vitk.food WHERE source_id = 'ours'});
	my ($first, $second) = (edition(30, 7), edition(20, 9));
	$first->query('BEGIN');
	$first->query(q{CALL vitk.import_foods('ours', replace_foods => true)});
	$second->query("BEGIN ISOLATION LEVEL $level; SELECT count(*) FROM vitk.food WHERE source_id = 'ours'");
	$second->query_until(qr/called/, qq{\\echo called\nCALL vitk.import_foods('ours', replace_foods => true);\n});
	ok($node->poll_query_until('postgres', q{SELECT count(*) = 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'CALL%'}),
		"$level: the second waits for the first");
	$first->query('COMMIT');
	$second->query('COMMIT');
	is($node->safe_psql('postgres', q{SELECT count(*), count(DISTINCT v.amount::text), min(v.amount::text), bool_and(f.name LIKE '% of ' || lower(v.amount, 'ug'))
		FROM vitk.food f JOIN vitk.food_value v USING (food_id) WHERE f.source_id = 'ours'}),
		$level eq 'READ COMMITTED' ? '20|1|9 ug|t' : '30|1|7 ug|t', "$level: one edition is there, whole");
	$_->quit for $first, $second;
}

$node->stop;
done_testing();
