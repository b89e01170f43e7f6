# Columns with a unit or a method: dump and restore, COPY in binary, ALTER TABLE, views; the index under << and >>.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use File::Spec;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql('postgres', 'CREATE DATABASE study; CREATE DATABASE restored');

sub fails
{
	my ($database, $sql) = @_;
	my ($status, undef, $stderr) = $node->psql($database, $sql);
	return $status == 0 ? 'no error' : $stderr;
}

$node->safe_psql('study', q{
	CREATE EXTENSION vitk;
	CREATE DOMAIN dose AS nutrient_amount('mg/(kg.d)');
	CREATE TABLE eaten (person integer, amount nutrient_amount('ug/d') DEFAULT '0 mg/d', doses dose, list nutrient_amount('[IU]/d')[],
		fraction nutrient_amount('mg/(2000.kcal)'), score calcification(agatston), untyped nutrient_amount,
		CHECK (amount >= '0 ug/d'));
	INSERT INTO eaten SELECT i, nutrient_amount(i, 'mg/d'), nutrient_amount(i, 'ug/(kg.d)'), ARRAY['1 k[IU]/d']::nutrient_amount[],
		nutrient_amount(i, 'mg/kcal'), calcification(i, 'AU'), nutrient_amount(i, 'ug') FROM generate_series(1, 10000) i;
	CREATE INDEX by_amount ON eaten (amount);
	CREATE INDEX by_score ON eaten (score);
	CREATE INDEX by_untyped ON eaten (untyped);
	CREATE INDEX small ON eaten (person) WHERE amount << '5 mg/d';
	CREATE VIEW low AS SELECT person, amount FROM eaten WHERE amount << '3 mg/d' AND NOT amount >> '1 g/d';
	ANALYZE eaten});

my $columns = q{SELECT attname, format_type(atttypid, atttypmod), atttypmod FROM pg_attribute
	WHERE attrelid = 'eaten'::regclass AND attnum > 0 ORDER BY attnum};
my $rows = q{SELECT md5(string_agg(e::text, ';' ORDER BY person)) FROM eaten e};

my $dump = PostgreSQL::Test::Utils::tempdir() . '/study.sql';
$node->command_ok([ 'pg_dump', '-d', $node->connstr('study'), '-f', $dump ], 'pg_dump');
like(slurp_file($dump), qr{amount public\.nutrient_amount\('ug/d'\) DEFAULT '0 mg/d'::public\.nutrient_amount}, 'it writes the unit of a column');
$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr('restored'), '-f', $dump ], 'restore');
is($node->safe_psql('restored', $columns), $node->safe_psql('study', $columns), 'columns have their units again');
is($node->safe_psql('restored', $rows), $node->safe_psql('study', $rows), 'and the values are the same');
is($node->safe_psql('restored', 'SELECT count(*), max(amount) FROM low'), '2|2000 ug/d', 'a view with << and >> comes back');
like(fails('restored', q{INSERT INTO eaten (amount) VALUES ('1 mg')}), qr/cannot convert nutrient_amount from "mg" to "ug\/d"/, 'a restored column keeps to its unit');

# the form of COPY BINARY passes through recv, which converts too
my $file = File::Spec->rel2abs($node->basedir . '/eaten.bin');
$node->safe_psql('restored', qq{COPY (SELECT amount FROM eaten WHERE person <= 3) TO '$file' BINARY;
	CREATE TABLE other (amount nutrient_amount('g/wk')); COPY other FROM '$file' BINARY});
is($node->safe_psql('restored', q{SELECT string_agg(amount::text, ', ') FROM other}), '0.007 g/wk, 0.014 g/wk, 0.021 g/wk', 'COPY BINARY converts');
like(fails('restored', qq{CREATE TABLE wrong (amount nutrient_amount('ug')); COPY wrong FROM '$file' BINARY}),
	qr/cannot convert nutrient_amount from "ug\/d" to "ug"/, '... or refuses');
$node->safe_psql('restored', qq{COPY (SELECT score FROM eaten WHERE person <= 3) TO '$file' BINARY});
like(fails('restored', qq{CREATE TABLE of_volume (score calcification(volume)); COPY of_volume FROM '$file' BINARY}),
	qr/calcification is by agatston, but volume is expected/, 'and so does calcification');

is($node->safe_psql('restored', q{ALTER TABLE eaten DROP CONSTRAINT eaten_amount_check; DROP VIEW low; DROP INDEX small;
	ALTER TABLE eaten ALTER amount TYPE nutrient_amount('g/wk'), ALTER untyped TYPE nutrient_amount('mg');
	SELECT amount, untyped FROM eaten WHERE person = 5}), '0.035 g/wk|0.005 mg', 'ALTER TABLE converts');
like(fails('restored', q{ALTER TABLE eaten ALTER untyped TYPE nutrient_amount('mg/d')}), qr/cannot convert/, '... or refuses');

# plans of their own accord, with estimates near the truth
for my $case (
	[ q{amount << '1 g/d'}, 'by_amount', q{\(amount < '1 g/d'}, 999 ],
	[ q{'9 g/d' << amount}, 'by_amount', q{\(amount > '9 g/d'}, 1000 ],
	[ q{amount << (SELECT nutrient_amount(100, 'mg/d') OFFSET 0)}, 'by_amount', q{\(amount < (?:\$0|\(InitPlan 1\)\.col1)}, undef ],
	[ q{score >> '9000 AU'}, 'by_score', q{\(score > '9000 AU'}, 1000 ],
	[ q{untyped >> '<9900 ug'}, 'by_untyped', q{\(untyped > '<9900 ug'}, undef ])
{
	my ($condition, $index, $recheck, $true) = @$case;
	my $plan = $node->safe_psql('study', "SET enable_seqscan = off; EXPLAIN SELECT person FROM eaten WHERE $condition");
	like($plan, qr/Index (?:Only )?Scan (?:using|on) $index.*Index Cond: $recheck/s, "$condition is served by an index");
	next if !defined $true;
	my ($rows) = $plan =~ /rows=(\d+)/;
	cmp_ok(abs($rows - $true), '<=', 0.1 * $true, "... whose rows are estimated: $rows of $true");
}
like($node->safe_psql('study', q{SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off;
	EXPLAIN SELECT FROM (VALUES ('3 mg/d'::nutrient_amount)) v (a) JOIN eaten ON eaten.amount << v.a}), qr/Index Cond: \(amount < '3 mg\/d'/, 'a join with a constant is');
like($node->safe_psql('study', q{SET enable_seqscan = off; EXPLAIN SELECT FROM eaten a JOIN eaten b ON a.amount << b.untyped WHERE b.person = 3}),
	qr/Index Cond: \(amount < b\.untyped\)/, 'and a join of columns');

done_testing;
