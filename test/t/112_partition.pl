# Declarative partitioning by every type: equal values written differently share a partition, plans skip partitions,
# unique means unique across them; aggregates and joins a partition at a time, and parallel, give what plain SQL
# gives; dump and restore find every row where it was, because the hashes are frozen.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql('postgres', 'CREATE DATABASE study');
my $settings = '';

sub ask
{
	my ($sql) = @_;
	return $node->safe_psql('study', "$settings $sql");
}

sub fails
{
	my ($sql) = @_;
	my ($status, undef, $stderr) = $node->psql('study', $sql);
	return $status == 0 ? 'no error' : $stderr;
}

ask('CREATE EXTENSION vitk');

# Of each type a value made of the number g, as two people write it, and its hashes: plain, with seeds 0 and 42.
my %type = (
	nutrient => [ q{(ARRAY['K1', 'dK1', 'MK-4', 'MK-5', 'MK-6', 'MK-7', 'MK-8', 'MK-9'])[1 + g % 8]},
		q{(ARRAY['phylloquinone', 'dihydrophylloquinone', 'menaquinone-4', 'MK5', 'mk-6', 'menaquinone 7', 'MK 8', 'MK9'])[1 + g % 8]} ],
	nutrient_amount => [ q{g || ' mg'}, q{g * 1000 || ' ug'} ],
	nutrient_profile => [ q{format('100 g: MK-4 %s ug', g)}, q{format('0.1 kg: menaquinone-4 %s mg', g / 1000.0)} ],
	conversion => [ q{format('molar: MK-7 %s', g / 100.0)}, q{format('molar: MK-4 1, MK7 %se-2', g)} ],
	calcification => [ q{g || ' AU'}, q{g || '.0 agatston'} ],
	study_sample => [ q{format('%s (SD 1, n=5)', g)}, q{format('%s.0 +- 1 (n=5)', g)} ],
	effect_size => [ q{format('%s (SE 2)', g)}, q{format('MD %s.0 (SE 2.0)', g)} ],
	diet => [ q{format('{7: %s, 1002: 14}', g)}, q{format('{ 1002: 14.0,7: 0,7:%s }', g)} ],
	food_composition => [ q{format('{7: 100 g: MK-4 %s ug; 9: 30 g}', g)}, q{format('{9:30 g;7: 0.1 kg: menaquinone-4 %s mg}', g / 1000.0)} ],
	meta_evidence => [ q{format('{%s (SE 2)}', g)}, q{format('{ MD %s.0 (SE 2.0) }', g)} ],
	survey_sample => [ q{format('{1/2: n=2, weight=4, sum=%s, ss=1; 1/3: n=0}', g)}, q{format('{ 1/3: n=0; 1/2: weight=4.0, sum=%s.0, ss=1, n=2}', g)} ],
	variance_components => [ q{format('(persons=2, days=5, days_squared=13, means=%s, sum=23, ss_within=1.5, ss_between=1.2)', g)},
		q{format('(days=5.0, persons=2, means=%s.0, days_squared=13, sum=23, ss_between=1.2, ss_within=1.5)', g)} ]);
my @types = sort keys %type;
is(ask(q{SELECT string_agg(opcintype::regtype::text, ' ' ORDER BY opcintype::regtype::text) FROM pg_opclass
	JOIN pg_type t ON t.oid = opcintype WHERE opcmethod = (SELECT oid FROM pg_am WHERE amname = 'hash')
	AND typnamespace = 'public'::regnamespace}), "@types", 'the test knows every type that hashes');

# Frozen: a row of a hash partition is looked for where its hash says.
my %hashes = map { split /\|/, $_, 2 } split /\n/, <<'END';
calcification|-2043537046|-3199333695023343254|-5377112588805631621
conversion|356190550|4708892660679248214|-6452849931244970670
diet|350175851|4620652252634235499|6455349817906380605
effect_size|1791558946|-2052139001484606174|-5986102934046706817
food_composition|-2107382558|-3448882655173286686|4305064931525248222
meta_evidence|-568916097|-8679205127039023233|2025843339929023226
nutrient|-2047600124|6299651379668720132|6689296582274307059
nutrient_amount|-142412188|4861452200637036132|5676857226934957452
nutrient_profile|-1541300728|-3402780724760044024|550141190092752201
study_sample|1495520361|-4150545080691469207|-8347915573536947238
survey_sample|1285260830|6578550027874698782|-2631506198655461376
variance_components|1325391146|-1514233428034200278|-4567555958700756951
END
for my $type (@types)
{
	my ($one, $other) = map { "($_)::$type" } @{ $type{$type} };
	is(ask("SELECT vitk_internal.${type}_hash(v), vitk_internal.${type}_hash_extended(v, 0), vitk_internal.${type}_hash_extended(v, 42) FROM (SELECT $one AS v FROM (VALUES (7)) AS s (g)) AS s"),
		$hashes{$type}, "hashes of $type are what they ever were");

	my $t = "by_$type";
	ask("CREATE TABLE $t (k $type, g integer) PARTITION BY HASH (k);
		CREATE INDEX ON $t (k);
		" . join(' ', map { "CREATE TABLE ${t}_$_ PARTITION OF $t FOR VALUES WITH (MODULUS 4, REMAINDER $_);" } 0 .. 3) . "
		CREATE TABLE ${t}_range (k $type, g integer) PARTITION BY RANGE (k);
		CREATE TABLE plain_$t AS SELECT $one AS k, g FROM generate_series(1, 40) AS g UNION ALL SELECT $other, g FROM generate_series(1, 40) AS g;
		INSERT INTO $t SELECT * FROM plain_$t;
		ANALYZE $t");
	is(ask("SELECT count(*), count(DISTINCT tableoid) > 1 FROM $t"), '80|t', "$type: rows spread over the partitions");
	is(ask("SELECT k FROM $t GROUP BY k HAVING count(DISTINCT tableoid) > 1"), '', 'equal values in one partition, however written');
	my $where = "k = (SELECT $other FROM (VALUES (7)) AS s (g))";
	my $literal = ask("SELECT quote_literal($other) FROM (VALUES (7)) AS s (g)");
	is(ask("SELECT count(*) FROM $t WHERE k = $literal"), ask("SELECT count(*) FROM plain_$t WHERE k = $literal"), 'found there');
	my @scanned = ask("EXPLAIN (COSTS OFF) SELECT * FROM $t WHERE k = $literal") =~ / on (${t}_\d)\b/g;
	is(scalar(@scanned), 1, "and the plan looks nowhere else: @scanned");

	my $middle = ask("SELECT quote_literal(k) FROM plain_$t ORDER BY k OFFSET 40 LIMIT 1");
	ask("CREATE TABLE ${t}_low PARTITION OF ${t}_range FOR VALUES FROM (MINVALUE) TO ($middle);
		CREATE TABLE ${t}_high PARTITION OF ${t}_range FOR VALUES FROM ($middle) TO (MAXVALUE);
		INSERT INTO ${t}_range SELECT * FROM plain_$t");
	is(ask("SELECT count(*) FROM ${t}_low WHERE k >= $middle") . ask("SELECT count(*) FROM ${t}_high WHERE k < $middle"), '00',
		'ranges hold what is in them');
	my $low = ask("EXPLAIN (COSTS OFF) SELECT * FROM ${t}_range WHERE k < $middle");
	ok($low =~ /${t}_low/ && $low !~ /${t}_high/, 'and the other one is not read');

	ask("CREATE TABLE ${t}_list (k $type PRIMARY KEY, g integer) PARTITION BY LIST (k);
		CREATE TABLE ${t}_seven PARTITION OF ${t}_list FOR VALUES IN ($literal);
		CREATE TABLE ${t}_rest PARTITION OF ${t}_list DEFAULT;
		INSERT INTO ${t}_list SELECT DISTINCT ON (k) * FROM plain_$t");
	is(ask("SELECT count(*) FROM ${t}_seven"), '1', 'a list');
	like(fails("INSERT INTO ${t}_list SELECT $other FROM (VALUES (8)) AS s (g)"), qr/duplicate key value violates unique constraint/,
		'unique, however written');
	my $again = ask("SELECT quote_literal($one) FROM (VALUES (7)) AS s (g)");
	like(fails("CREATE TABLE twice PARTITION OF ${t}_list FOR VALUES IN ($again)"), qr/would overlap partition "${t}_seven"/,
		'one value, one partition');

	ask("ALTER TABLE $t DETACH PARTITION $scanned[0]");
	is(ask("SELECT count(*) FROM $t WHERE k = $literal"), '0', 'a partition is detached');
	my ($remainder) = $scanned[0] =~ /(\d)$/;
	my $wrong = ($remainder + 1) % 4;
	like(fails("ALTER TABLE $t DETACH PARTITION ${t}_$wrong; ALTER TABLE $t ATTACH PARTITION $scanned[0] FOR VALUES WITH (MODULUS 4, REMAINDER $wrong)"),
		qr/partition constraint of relation "$scanned[0]" is violated by some row/, 'and attached only where its rows belong');
	ask("ALTER TABLE $t ATTACH PARTITION $scanned[0] FOR VALUES WITH (MODULUS 4, REMAINDER $remainder);
		ALTER TABLE $t ATTACH PARTITION ${t}_$wrong FOR VALUES WITH (MODULUS 4, REMAINDER $wrong)");
	is(ask("SELECT count(*) FROM $t"), '80', 'attached');
}

# Vitamers eaten, hash-partitioned by nutrient; what plain SQL makes of the same numbers.
ask(q{CREATE TABLE eaten (person integer, day integer, nutrient nutrient, ug float8, amount nutrient_amount, food nutrient_profile,
		grams float8, score calcification, effect effect_size) PARTITION BY HASH (nutrient);
	CREATE TABLE eaten_0 PARTITION OF eaten FOR VALUES WITH (MODULUS 3, REMAINDER 0);
	CREATE TABLE eaten_1 PARTITION OF eaten FOR VALUES WITH (MODULUS 3, REMAINDER 1);
	CREATE TABLE eaten_2 PARTITION OF eaten FOR VALUES WITH (MODULUS 3, REMAINDER 2);
	INSERT INTO eaten SELECT i % 50, i % 7, n.nutrient, ug, nutrient_amount(ug, 'ug'), format('100 g: %s %s ug', n.nutrient, ug)::nutrient_profile,
			ug + 1, calcification(ug, 'agatston'), effect_size(ug, 1 + ug)
		FROM generate_series(1, 6000) AS i,
			LATERAL (SELECT (ARRAY['K1', 'MK-4', 'MK-5', 'MK-6', 'MK-7', 'MK-8', 'MK-9'])[1 + i % 7]::nutrient, (i * 7919 % 1000)::float8 / 3) AS n (nutrient, ug);
	CREATE TABLE eaten_by_other AS SELECT * FROM eaten;
	CREATE TABLE dose (nutrient nutrient, ug float8) PARTITION BY HASH (nutrient);
	CREATE TABLE dose_0 PARTITION OF dose FOR VALUES WITH (MODULUS 3, REMAINDER 0);
	CREATE TABLE dose_1 PARTITION OF dose FOR VALUES WITH (MODULUS 3, REMAINDER 1);
	CREATE TABLE dose_2 PARTITION OF dose FOR VALUES WITH (MODULUS 3, REMAINDER 2);
	INSERT INTO dose SELECT nutrient, row_number() OVER (ORDER BY nutrient) FROM (SELECT DISTINCT nutrient FROM eaten) AS n;
	ANALYZE eaten; ANALYZE dose; ANALYZE eaten_by_other});

# of each aggregate a number, and the same in plain SQL
my %number = (
	q{middle(sum(amount), 'ug')} => 'sum(ug)',
	q{middle(avg(amount), 'ug')} => 'avg(ug)',
	q{middle(max(amount), 'ug')} => 'max(ug)',
	q{grams(intake(food, grams))} => 'sum(grams)',
	q{coalesce(upper(intake(food, grams) -> 'K1', 'ug'), 0)} => q{sum(CASE nutrient::text WHEN 'K1' THEN ug * grams / 100 ELSE 0 END)},
	q{coalesce(upper(sum(food) -> 'K1', 'ug'), 0)} => q{sum(CASE nutrient::text WHEN 'K1' THEN ug ELSE 0 END)},
	q{coalesce(lower(avg(food) -> 'K1', 'ug'), 0)} => q{avg(CASE nutrient::text WHEN 'K1' THEN ug ELSE 0 END)},
	q{sd(study_sample(ug))} => 'stddev(ug)',
	q{value(avg(score))} => 'avg(ug)',
	q{value(max(score))} => 'max(ug)',
	q{(pooled(meta_evidence(effect), 'FE')).estimate} => 'sum(ug / (1 + ug) ^ 2) / sum(1 / (1 + ug) ^ 2)');
my @ours = sort keys %number;
my $ours = join ', ', @ours;
my $plain = join ', ', map { $number{$_} } @ours;

# the query, its plan, and how far it is off plain SQL, per group the worst
sub compared
{
	my ($key) = @_;
	my $off = join ', ', map { "abs(a.o[$_] - b.o[$_]) / greatest(abs(b.o[$_]), 1e-300)" } 1 .. @ours;
	my $query = "SELECT $key AS k, ARRAY[$ours] AS o FROM eaten GROUP BY $key";
	return (ask("EXPLAIN (COSTS OFF) $query"),
		ask("RESET ALL; CREATE TEMP TABLE expected AS SELECT $key AS k, ARRAY[$plain] AS o FROM eaten_by_other GROUP BY $key; $settings
			CREATE TEMP TABLE found AS $query;
			SELECT count(*) = (SELECT count(*) FROM expected), coalesce(max(greatest($off)), 1) < 1e-12 FROM found a JOIN expected b USING (k)"));
}

my ($plan, $result);
$settings = 'SET enable_partitionwise_aggregate = on; SET enable_partitionwise_join = on; SET max_parallel_workers_per_gather = 0;';
($plan, $result) = compared('nutrient');
like($plan, qr/^\s*Append\n\s+->  (?:Hash|Group)Aggregate\n(?:.*\n)+?\s+->  (?:Hash|Group)Aggregate\n/, 'grouped by the key, each partition is aggregated whole');
is($result, 't|t', 'and gives what plain SQL gives');
($plan, $result) = compared('person');
like($plan, qr/Finalize (?:Hash|Group)Aggregate\n(?:.*\n)*?.*Append\n\s+->  Partial (?:Hash|Group)Aggregate/, 'by another, partial states of each are combined');
is($result, 't|t', 'and give what plain SQL gives');
like(ask('EXPLAIN (COSTS OFF) SELECT count(*) FROM eaten e JOIN dose d USING (nutrient)'),
	qr/Append\n(?:.*\n)*?.*Join\n(?:.*\n)*?.*Join\n(?:.*\n)*?.*Join\n|Append\n\s+->  Partial Aggregate\n\s+->  Hash Join/, 'a join goes a partition at a time');
is(ask('SELECT sum(e.ug * d.ug) FROM eaten e JOIN dose d USING (nutrient)'),
	ask('SET enable_partitionwise_join = off; SELECT sum(e.ug * d.ug) FROM eaten_by_other e JOIN (SELECT nutrient::text AS n, ug FROM dose) d ON d.n = e.nutrient::text'),
	'and finds the same');

$settings = 'SET parallel_setup_cost = 0; SET min_parallel_table_scan_size = 0; SET max_parallel_workers_per_gather = 2;';
($plan, $result) = compared('day');
like($plan, qr/Finalize (?:Hash|Group)Aggregate\n(?:.*\n)*?.*Partial (?:Hash|Group)Aggregate\n(?:.*\n)*?.*Parallel Append/, 'in parallel, partitions are spread over workers');
is($result, 't|t', 'and give what plain SQL gives');
$settings = '';

# dump and restore
my $dump = $node->basedir . '/study.dump';
$node->command_ok([ 'pg_dump', '-Fc', '-f', $dump, '-d', $node->connstr('study') ], 'dump');
$node->safe_psql('postgres', 'CREATE DATABASE restored');
$node->command_ok([ 'pg_restore', '--exit-on-error', '-d', $node->connstr('restored'), $dump ], 'restore');
my $where = join ' UNION ALL ', map { "SELECT tableoid::regclass::text AS t, g, k::text FROM by_$_" } @types;
is($node->safe_psql('restored', "SELECT md5(string_agg(s::text, ';' ORDER BY s::text)) FROM ($where) AS s"),
	ask("SELECT md5(string_agg(s::text, ';' ORDER BY s::text)) FROM ($where) AS s"), 'every row is in its partition again');

$node->stop;
done_testing();
