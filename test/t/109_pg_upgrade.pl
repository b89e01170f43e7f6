# pg_upgrade: values of every type, rows of users in every reference table, what is indexed, partitioned by
# hash and computed with our types, all of it as it was.
#
# From a server of the same version, which finds what does not survive it as well as a later one would;
# test/matrix/run names an older one by VITK_UPGRADE_FROM, with vitk for both in VITK_STAGE.
use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Vitk;

my $new = PostgreSQL::Test::Cluster->new('new');
my $libdir = $new->config_data('--pkglibdir');
plan skip_all => "SKIPPED: pg_upgrade to 18 finds vitk.so in $libdir alone, and it is not there"
  if $new->pg_version >= 18 && !-e "$libdir/vitk.so";
$new->init(extra => ['--data-checksums']);
my $bindir = $new->config_data('--bindir');

my $from = $ENV{VITK_UPGRADE_FROM};
my $old = PostgreSQL::Test::Cluster->new('old', $from ? (install_path => $from) : ());
{
	# the settings of test/cluster are for its own server
	local $ENV{TEMP_CONFIG} = $from ? undef : $ENV{TEMP_CONFIG};
	$old->init(extra => ['--data-checksums']);
}
$old->append_conf('postgresql.conf', "extension_destdir = '$ENV{VITK_STAGE}'\nfsync = off") if $from;
diag('from ' . $old->pg_version . ' to ' . $new->pg_version);

# Values of each type, many.
my %values = (
	nutrient => 'SELECT nutrient FROM vitk.nutrient',
	nutrient_amount => q{SELECT (format(form, i + 1.0 / 3))::nutrient_amount
		FROM generate_series(1, 200) AS i, unnest('{%s mg,<%s ug/(kg.d),-%s [IU],%s nmol/L}'::text[]) AS form
		UNION ALL SELECT '35..65 ug/d'},
	nutrient_profile => q{SELECT profile FROM vitk.food_profile UNION ALL SELECT 'K1 100 ug, D3 25 ug'
		UNION ALL SELECT '100 g: K1 0.1 ug, MK-4 <0.5 ug, MK-7 7 ug (known 30 g)'},
	conversion => q{SELECT format('%s: K1 0..%s, MK-7 0.1', CASE i % 2 WHEN 0 THEN 'mass' ELSE 'molar' END, i / 300.0)::conversion
		FROM generate_series(1, 300) AS i},
	calcification => q{SELECT format('%s %s', i / 3.0, unit)::calcification
		FROM generate_series(0, 200) AS i, unnest('{AU,mm3,mg,ug/mg,TBR}'::text[]) AS unit},
	study_sample => q{SELECT study_sample(i + 1, i / 3.0, i / 7.0) FROM generate_series(1, 300) AS i UNION ALL SELECT '(n=0)'},
	effect_size => q{SELECT format('-%s (SE %s)', i / 3.0, i / 7.0)::effect_size FROM generate_series(1, 300) AS i
		UNION ALL SELECT 'OR 0.35 [0.16, 0.78]'},
	diet => q{SELECT diet(j * 7, CASE WHEN j % 5 > 0 THEN j / CASE WHEN i % 2 = 0 THEN 100.0 ELSE 3.0 END END::float8)
		FROM generate_series(1, 100) AS i, generate_series(1, i) AS j GROUP BY i UNION ALL SELECT '{}'},
	food_composition => q{SELECT food_composition(j, format('100 g: K1 %s ug, MK-4 <%s ug', i / 3.0, j)::nutrient_profile)
		FROM generate_series(1, 60) AS i, generate_series(1, 3) AS j GROUP BY i UNION ALL SELECT '{}'},
	meta_evidence => q{SELECT meta_evidence(format('-%s (SE %s)', j / 3.0, i)::effect_size)
		FROM generate_series(1, 100) AS i, generate_series(1, i) AS j GROUP BY i UNION ALL SELECT '{}'},
	survey_sample => q{SELECT survey_sample(i / 3.0, i, j, i % 3) FROM generate_series(1, 9) AS i, generate_series(1, 100) AS j GROUP BY j UNION ALL SELECT '{}'},
	variance_components => q{SELECT variance_components(i + 1, 2, 5, i / 3.0, 1) FROM generate_series(1, 300) AS i
		UNION ALL SELECT '(persons=0)'});
my @types = sort keys %values;

# Tables by hash of each type, indexed both ways; what users define with the types and functions; their rows.
my $create = 'CREATE EXTENSION vitk;';
$create .= "CREATE TABLE of_$_ (v $_, many $_\[]) PARTITION BY HASH (v);
	CREATE TABLE of_${_}_0 PARTITION OF of_$_ FOR VALUES WITH (MODULUS 3, REMAINDER 0);
	CREATE TABLE of_${_}_1 PARTITION OF of_$_ FOR VALUES WITH (MODULUS 3, REMAINDER 1);
	CREATE TABLE of_${_}_2 PARTITION OF of_$_ FOR VALUES WITH (MODULUS 3, REMAINDER 2);
	INSERT INTO of_$_ SELECT v, ARRAY[v, NULL, v] FROM ($values{$_}) AS _ (v);
	INSERT INTO of_$_ VALUES (NULL);
	CREATE INDEX of_${_}_btree ON of_$_ (v);
	CREATE INDEX of_${_}_hash ON of_$_ USING hash (v);" for @types;
$create .= q{
	CREATE DOMAIN dose AS nutrient_amount CHECK (lower(VALUE, 'mg/d') >= 0);
	CREATE TYPE dose_range AS RANGE (subtype = nutrient_amount);
	CREATE TYPE visit AS (dose dose, scan calcification);
	CREATE TABLE person (
		person integer PRIMARY KEY,
		intake nutrient_profile NOT NULL,
		visits visit[],
		allowed dose_range NOT NULL DEFAULT '[1 ug/d,45 mg/d]',
		mk4 nutrient_amount GENERATED ALWAYS AS (mk4_equivalent(intake)) STORED,
		before calcification, after calcification,
		CHECK (method(before) = method(after)),
		EXCLUDE USING gist (allowed WITH &&, int4range(person, person, '[]') WITH &&));
	INSERT INTO person (person, intake, visits, before, after)
		SELECT i, v, ARRAY[(i || ' mg/d', i || ' AU')::visit], calcification(100 + i, 'AU'), calcification(120 + i / 2, 'AU')
		FROM (SELECT v, row_number() OVER (ORDER BY v) AS i FROM of_nutrient_profile WHERE v IS NOT NULL) AS _;
	CREATE INDEX person_k1 ON person ((intake -> 'K1'));
	CREATE VIEW progress AS
		SELECT person, mk4, limits.nutrient, limits.verdict, change.*
		FROM person, calcification_delta(before, after, 2) AS change, intake_vs_limit(intake, 'female', 60) AS limits;
	CREATE MATERIALIZED VIEW cohort AS
		SELECT sum(intake), study_sample(value(before)) AS before FROM person;
	CREATE FUNCTION k1(nutrient_profile) RETURNS nutrient_amount IMMUTABLE BEGIN ATOMIC SELECT $1 -> 'K1'; END;
	CREATE AGGREGATE pooled_k1 (nutrient_amount) (SFUNC = vitk_internal.nutrient_amount_pl, STYPE = nutrient_amount, INITCOND = '0 ug');

	INSERT INTO vitk.source (source_id, citation) VALUES ('lab', 'our own laboratory');
	INSERT INTO vitk.food (source_id, code, name) VALUES ('lab', '1', 'Paste');
	INSERT INTO vitk.food_value (food_id, nutrient, kind, amount, source_id) VALUES
		('lab:1', 'MK-4', 'measured', '0.3 mg', 'lab'), ('sr28:01002', 'MK-4', 'measured', '18 ug', 'lab');
	INSERT INTO vitk.reference_value (authority, year, nutrient, kind, age_min, amount, source) VALUES
		('clinic', 2024, 'MK-7', 'AI', 18, '90..100 ug/d', 'our own');
	INSERT INTO vitk.conversion_evidence (evidence_id, species, nutrients, lower, best, upper, finding, citation) VALUES
		('own', 'human', '{K1,MK-7}', 0, 0.1, 0.2, 'ours', 'we');
	INSERT INTO vitk.study (study_id, name, kind, duration) VALUES ('own', 'Our trial', 'randomised_trial', '3 years');
	INSERT INTO vitk.study_arm (study_id, arm, intervention, vitamer, dose) VALUES
		('own', 'MK-4', 'capsules', 'MK-4', '45 mg/d'), ('own', 'placebo', 'capsules', NULL, NULL);
	INSERT INTO vitk.study_result (study_id, code, outcome, treat_arm, control_arm, n_treat, n_control, spread_kind,
			mean_treat, mean_control, spread_treat, spread_control, effect, source) VALUES
		('own', '1', 'score', 'MK-4', 'placebo', 20, 21, 'SD', 3, 5, 1, 2, '-2 (SE 0.5)', 'we');
} . own_dishes('lab:1', 'sr28:01001', 'sr28:01002') . q{
	INSERT INTO vitk.food_table (layout, name) VALUES ('ours', 'our table');
	INSERT INTO vitk.food_table_column (layout, header, role) VALUES ('ours', 'Code', 'code');
	INSERT INTO vitk.clinical_code (system, code, kind, means, name, source) VALUES ('hospital', '4711', 'nutrient', 'K1', 'ours', 'we');
	INSERT INTO vitk.omop_concept (kind, means, concept_id, name, source) VALUES ('nutrient', 'K1', 2000000001, 'ours', 'we');
	ANALYZE;
};

sub ask { my ($node, $sql) = @_; return $node->safe_psql('study', $sql); }

# Every row of every table and view of ours, as text and in binary.
sub contents
{
	my ($node) = @_;
	my @relations = split /\n/, ask($node, q{SELECT c.oid::regclass FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
		WHERE relkind IN ('r', 'v', 'm') AND nspname NOT LIKE 'pg\_%' AND nspname <> 'information_schema' ORDER BY 1::text});
	return map { $_ => ask($node, qq{SELECT count(*), md5(string_agg(r::text, chr(10) ORDER BY r::text COLLATE "C")),
		md5(string_agg(record_send(r), '' ORDER BY r::text COLLATE "C")) FROM $_ AS r}) } @relations;
}

# What the new pg_dump makes of it, but for what names the server and the run, and a sole table, which
# later servers do not name before each column.
sub dumped
{
	my ($node) = @_;
	my $file = PostgreSQL::Test::Utils::tempdir() . '/dump.sql';
	$new->command_ok([ 'pg_dump', '-d', $node->connstr('study'), '-f', $file ], 'pg_dump of ' . $node->name);
	return map { s/\bperson\.//gr } grep { !/^(?:-- Dumped from|\\(?:un)?restrict)/ } split /^/, slurp_file($file);
}

$old->start;
$old->safe_psql('postgres', 'CREATE DATABASE study');
ask($old, $create);

my $members = q{FROM pg_depend d JOIN pg_extension e ON e.oid = refobjid AND extname = 'vitk' WHERE refclassid = 'pg_extension'::regclass};
is(ask($old, "SELECT string_agg(t.typname, ' ' ORDER BY typname) FROM pg_type t WHERE typtype = 'b' AND typcategory <> 'A'
	AND oid IN (SELECT objid $members AND classid = 'pg_type'::regclass)"), "@types", 'a sample of every type');
for my $table (split /\n/, ask($old, q{SELECT oid::regclass FROM pg_class WHERE relkind = 'r'
	AND oid IN (SELECT unnest(extconfig) FROM pg_extension WHERE extname = 'vitk')}))
{
	cmp_ok(ask($old, "SELECT count(*) FROM $table WHERE NOT builtin"), '>', 0, "a row of a user's in $table");
}
my %before = contents($old);
my @dump = dumped($old);
my $statistics = q{SELECT md5(string_agg(concat_ws('|', tablename, attname, n_distinct, most_common_vals, histogram_bounds), chr(10)
	ORDER BY tablename COLLATE "C", attname COLLATE "C")) FROM pg_stats WHERE schemaname IN ('public', 'vitk') AND NOT inherited};
my $known = ask($old, $statistics);
# but for what a range type brings along, which pg_upgrade leaves to the type
my $objects = "SELECT pg_describe_object(d.classid, d.objid, d.objsubid) $members
	AND NOT EXISTS (SELECT FROM pg_depend i WHERE (i.classid, i.objid, i.deptype) = (d.classid, d.objid, 'i')) ORDER BY 1";
my $of_extension = ask($old, $objects);
$old->stop;

my $upgraded = $new->command_ok([ 'pg_upgrade', '--no-sync',
	'-b', $from ? "$from/bin" : $bindir, '-d', $old->data_dir, '-p', $old->port,
	'-B', $bindir, '-D', $new->data_dir, '-P', $new->port, '-s', $new->host ], 'pg_upgrade');
if (my @logs = glob $new->data_dir . '/pg_upgrade_output.d/*/log/*.log')
{
	diag(map { join '', (split /^/m, slurp_file($_))[-6 .. -1] } @logs);
	diag(map { slurp_file($_) =~ /^.*(?:error|ERROR|failure|fatal).*$/mg } @logs);
	BAIL_OUT('pg_upgrade failed');
}
$new->start;

my %after = contents($new);
is_deeply([ sort keys %after ], [ sort keys %before ], scalar(keys %before) . ' tables and views');
is($after{$_}, $before{$_}, $_) for sort keys %before;
is_deeply([ dumped($new) ], \@dump, 'the dump is what it was');
SKIP:
{
	skip 'pg_upgrade takes statistics along since PostgreSQL 18', 1 if $new->pg_version < 18;
	is(ask($new, $statistics), $known, 'statistics of our types');
}
is(ask($new, $objects), $of_extension, 'the extension has the objects that it had');

# every partition holds what would go there today
for my $type (@types)
{
	my $placed = join ' UNION ALL ', map {
		"SELECT $_, count(*), bool_and(satisfies_hash_partition('of_$type'::regclass, 3, $_, v)) FROM of_${type}_$_" } 0 .. 2;
	is(ask($new, "SELECT count(*) FILTER (WHERE count > 5), bool_and FROM ($placed) AS _ GROUP BY 2"), '3|t', "partitions by $type");
}

# every index answers as the table does, those of btree also to amcheck
is(ask($new, q{CREATE EXTENSION amcheck; SELECT count(bt_index_check(indexrelid, true)) > 50 FROM pg_index i
	JOIN pg_class c ON c.oid = indexrelid AND relkind = 'i' JOIN pg_am a ON a.oid = relam AND amname = 'btree'}), 't', 'btree: amcheck');
for my $method (qw(btree hash))
{
	for my $type (@types)
	{
		my $other = $method eq 'btree' ? 'hash' : 'btree';
		my $found = "SELECT count(*), count(found) FROM of_$type AS t,
			LATERAL (SELECT min(many) AS found FROM of_$type AS same WHERE same.v = t.v) AS _";
		my $by_index = "BEGIN; DROP INDEX of_${type}_$other; SET enable_seqscan = off; SET enable_bitmapscan = off";
		like(ask($new, "$by_index; EXPLAIN $found"), qr/Index Scan using of_${type}_\d_/, "$type: $method is used");
		is(ask($new, "$by_index; $found"), ask($new, "SET enable_indexscan = off; SET enable_bitmapscan = off; $found"),
			"$type: every value is found by $method");
	}
}

# alive: more rows, the same version, removed and made anew
ask($new, 'INSERT INTO person (person, intake, before, after) SELECT person + 100000, intake, before, after FROM person;
	REFRESH MATERIALIZED VIEW cohort; ALTER EXTENSION vitk UPDATE');
is(ask($new, 'SELECT count(DISTINCT mk4::text) FROM person'), ask($new, 'SELECT count(DISTINCT mk4::text) FROM person WHERE person < 100000'),
	'new rows');
$new->safe_psql('postgres', 'CREATE EXTENSION vitk');
is($new->safe_psql('postgres', $objects), $of_extension, 'a fresh installation has the same objects');
ask($new, 'DROP EXTENSION vitk CASCADE');
is(ask($new, q{SELECT count(*) FROM pg_proc WHERE probin LIKE '%vitk%'}), 0, 'removed');

$new->stop;
done_testing();
