# Many servers by postgres_fdw: two sites hold the diary of their persons, the third computes nothing itself
# that they can compute.  All over the socket of one server, as three databases; that plans and ships alike.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;

sub ask
{
	my ($sql, $database) = @_;
	return $node->safe_psql($database // 'postgres', $sql);
}

plan skip_all => 'NO postgres_fdw here: sums on other servers are not tested'
  if ask(q{SELECT count(*) FROM pg_available_extensions WHERE name = 'postgres_fdw'}) eq '0';

my $diary = '(site text, person integer, food nutrient_profile, grams float8, eaten nutrient_amount, score calcification)';
my ($host, $port) = ($node->host, $node->port);
ask('CREATE EXTENSION vitk; CREATE EXTENSION postgres_fdw;
	CREATE TABLE diary ' . $diary . ' PARTITION BY LIST (site)');
for my $site (qw(north south))
{
	ask("CREATE DATABASE $site");
	ask("CREATE EXTENSION vitk; CREATE TABLE diary $diary;
		INSERT INTO diary SELECT '$site', i % 4, format('100 g: K1 %s ug, MK-4 <%s ug, D3 %s ug', i, i / 8.0, i / 4.0)::nutrient_profile,
			i * length('$site') / 4.0, format('%s ug', i / 3.0)::nutrient_amount, format('%s AU', i * i)::calcification
		FROM generate_series(1, 200) AS i;
		ANALYZE", $site);
	# as the README does it
	ask("CREATE SERVER $site FOREIGN DATA WRAPPER postgres_fdw
			OPTIONS (host '$host', port '$port', dbname '$site', extensions 'vitk', use_remote_estimate 'true');
		CREATE USER MAPPING FOR CURRENT_USER SERVER $site;
		CREATE FOREIGN TABLE diary_$site PARTITION OF diary FOR VALUES IN ('$site')
			SERVER $site OPTIONS (table_name 'diary')");
}
ask('CREATE TABLE here AS TABLE diary; ANALYZE diary, here');
is(ask('SELECT count(*), count(DISTINCT site) FROM here'), '400|2', 'rows of every site');

my $set = 'SET enable_partitionwise_aggregate = on; SET enable_partitionwise_join = on;';

# the queries that a plan ships
sub remote
{
	my ($sql) = @_;
	return map { /Remote SQL: (.*)/ ? $1 : () } split /\n/, ask("$set EXPLAIN (VERBOSE, COSTS OFF) $sql");
}

# A query of the diary: each site gets one that the pattern matches, and the rows are those of the local table.
sub shipped
{
	my ($name, $sql, $pattern) = @_;
	my @remote = remote($sql);
	is(scalar(grep { /$pattern/s } @remote), 2, "$name: computed at the sites") or diag(join "\n", @remote);
	(my $local = $sql) =~ s/\bdiary\b/here/g;
	my $expected = ask($local);
	isnt($expected, '', "$name: gives something");
	is(ask("$set$sql"), $expected, "$name: as here");
}

# by site, the key of the partitions
shipped('intake', 'SELECT site, intake(food, grams) FROM diary GROUP BY site ORDER BY site',
	qr/^SELECT site, public\.intake\(food, grams\) FROM public\.diary GROUP BY 1$/);
shipped('intake of persons', 'SELECT site, person, intake(food, grams) FROM diary GROUP BY site, person ORDER BY site, person',
	qr/^SELECT site, person, public\.intake\(food, grams\) FROM public\.diary GROUP BY 1, 2$/);
shipped('sum of amounts', 'SELECT site, sum(eaten), max(score) FROM diary GROUP BY site ORDER BY site',
	qr/public\.sum\(eaten\), public\.max\(score\) FROM public\.diary GROUP BY 1$/);
shipped('sum of profiles', 'SELECT site, sum(food) FROM diary GROUP BY site ORDER BY site',
	qr/public\.sum\(food\) FROM public\.diary GROUP BY 1$/);
shipped('study_sample', 'SELECT site, study_sample(grams) FROM diary GROUP BY site ORDER BY site',
	qr/public\.study_sample\(grams\) FROM public\.diary GROUP BY 1$/);

# conditions with our operators and functions; a text among the arguments, such as a unit, has a collation,
# for which postgres_fdw keeps a function here
shipped('operators', q{SELECT site, person, eaten FROM diary WHERE eaten > '0.06 mg' AND food ? 'menaquinone-4' ORDER BY site, eaten},
	qr/WHERE .*eaten OPERATOR\(public\.>\) '0\.06 mg'.*food OPERATOR\(public\.\?\) 'MK-4'/);
shipped('functions', q{SELECT site, person FROM diary WHERE portion(food, grams) -> 'D3' > '90 ug' AND coverage(food, 'K1') = 1 ORDER BY site, person},
	qr/WHERE (?=.*public\.coverage\(food, 'K1').*public\.portion\(food, grams\) OPERATOR\(public\.->\) 'D3'.* OPERATOR\(public\.>\) '90 ug'/);

# Without the key an aggregate of foreign tables is not split: every row would travel.
my @whole = remote('SELECT intake(food, grams) FROM diary');
is(scalar(grep { /intake/ } @whole), 0, 'without the key the rows are shipped');

# In two levels a summary of each site travels, and these are combined.
my %two = (
	'intake' => [ 'intake(food, grams)', 'sum(part)' ],
	'study_sample' => [ 'study_sample(grams)', 'pool(part)' ],
	'sum of amounts' => [ 'sum(eaten)', 'sum(part)' ]);
for my $name (sort keys %two)
{
	my ($part, $sum) = @{ $two{$name} };
	shipped("$name in two levels", "SELECT $sum FROM (SELECT site, $part AS part FROM diary GROUP BY site) AS s",
		qr/^SELECT (?:site, )?public\.\w+\([a-z, ]+\)(?:, site)? FROM public\.diary GROUP BY \d$/);
	is(ask("$set SELECT ($sum)::text FROM (SELECT site, $part AS part FROM diary GROUP BY site) AS s"),
		ask("SELECT ($part)::text FROM here"), "$name in two levels is that of all rows")
		unless $name eq 'study_sample';
}
is(ask("$set SELECT n(s), abs(mean(s) / avg - 1) < 1e-14, abs(sd(s) / stddev - 1) < 1e-12
	FROM (SELECT pool(part) AS s FROM (SELECT site, study_sample(grams) AS part FROM diary GROUP BY site) AS p) AS q,
		(SELECT avg(grams), stddev(grams) FROM here) AS h"), '400|t|t', 'study_sample in two levels is that of all rows');

# without the option nothing of ours goes there
ask('ALTER SERVER north OPTIONS (DROP extensions); ALTER SERVER south OPTIONS (DROP extensions)');
is(scalar(grep { /intake/ } remote('SELECT site, intake(food, grams) FROM diary GROUP BY site')), 0,
	q{without extensions 'vitk' the rows are shipped});

$node->stop;
done_testing();
