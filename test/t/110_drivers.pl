# What BI tools read through: JDBC, ODBC, psycopg 3 (text and binary), SQLAlchemy with psycopg2 and
# node-postgres give for every type, view and set of rows the values that psql gives; plain columns as numbers
# and booleans of the language.  Over TCP with a password, as such tools connect.
#
# The programs are in test/drivers, README there says how they are spoken to.
use strict;
use warnings;
use B ();
use IPC::Run ();
use JSON::PP ();
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

# a program, what has to be there for it, the Debian packages that bring it, its modes
my $python = '/usr/bin/python3';		# Debian's, for which the packages are
my $jar = '/usr/share/java/postgresql.jar';
my %drivers = (
	jdbc => {
		command => [ qw(java -XX:TieredStopAtLevel=1 -cp), $jar, 'test/drivers/jdbc.java' ],
		needs => [ 'java', '-cp', $jar, '--version' ],
		file => $jar,
		packages => 'libpostgresql-jdbc-java default-jdk-headless',
		modes => [ '', 'stringtype=unspecified&prepareThreshold=-1' ] },
	odbc => {
		command => [ $python, 'test/drivers/odbc.py' ],
		needs => [ $python, '-c', 'import pyodbc; assert "PostgreSQL Unicode" in pyodbc.drivers()' ],
		packages => 'odbc-postgresql unixodbc python3-pyodbc',
		modes => [ map { "BoolsAsChar=0;UnknownsAsLongVarchar=1;MaxLongVarcharSize=1000000$_" } '', ';UseDeclareFetch=1;Fetch=7' ] },
	psycopg3 => {
		command => [ $python, 'test/drivers/psycopg3.py' ],
		needs => [ $python, '-c', 'import psycopg' ],
		packages => 'python3-psycopg',
		modes => [ 'text', 'binary' ] },
	sqlalchemy => {
		command => [ $python, 'test/drivers/alchemy.py' ],
		needs => [ $python, '-c', 'import sqlalchemy, psycopg2' ],
		packages => 'python3-sqlalchemy python3-psycopg2',
		modes => [ '' ] },
	node => {
		command => [ 'node', 'test/drivers/node.js' ],
		needs => [ qw(node -e), 'require("./test/drivers/node_modules/pg")' ],
		packages => 'nodejs and npm; then npm ci --prefix test/drivers',
		modes => [ 'text', 'binary' ] });

# values of each type; ± comes in with the samples
my %samples = (
	nutrient => [ 'MK-4', 'D3' ],
	nutrient_amount => [ '<0.3333333333333333 ug/(kg.d)', '600 [IU]/d' ],
	nutrient_profile => [ '100 g: K1 0.1 ug, MK-4 <0.5 ug, MK-7 7 ug (known 30 g)', 'every nutrient' ],
	conversion => [ 'molar: K1 0..0.25, MK-7 0.1', 'mass: MK-7 0.6852' ],
	calcification => [ '312.7 AU', '7.2 ug/mg' ],
	study_sample => [ '3.2 (SD 0.4, n=7)', '(n=0)' ],
	effect_size => [ '-10 (SE 9.22)', 'OR 0.35 [0.16, 0.78]' ],
	diet => [ 'a year', '{1002: 0.3333333333333333, 7: ?}' ],
	food_composition => [ 'every food', '{}' ],
	meta_evidence => [ 'many', '{}' ],
	survey_sample => [ '{1/2: n=2, weight=4, sum=0.3333333333333333, ss=1; 1/3: n=0}', '{}' ],
	variance_components => [ 'of three samples', '(persons=0)' ]);
# those too long or too odd to write down
my %made = (
	'every nutrient' => q{(SELECT with_grams(profile(nutrient, nutrient_amount(1/3::float8, unit)), 1000) FROM vitk.nutrient)},
	'many' => q{(SELECT meta_evidence(effect_size(i / 7::float8, 1/3::float8, 'MD')) FROM generate_series(1, 500) AS i)},
	'a year' => q{(SELECT diet(i, CASE WHEN i % 3 > 0 THEN i / 100.0 END::float8) FROM generate_series(1, 900) AS i)},
	'every food' => q{(SELECT food_composition(i, format('100 g: K1 %s ug, MK-4 <%s ug', i / 3.0, i)::nutrient_profile) FROM generate_series(1, 100) AS i)},
	'of three samples' => q{(SELECT variance_components(s) FROM unnest('{"3.2 (SD 0.4, n=2)", "1.1 (SD 0.1, n=3)", "2 (SD 0.7, n=2)"}'::study_sample[]) AS s)});

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', "listen_addresses = '127.0.0.1'\npassword_encryption = 'scram-sha-256'");
unlink $node->data_dir . '/pg_hba.conf';
$node->append_conf('pg_hba.conf', "local all all trust\nhost study analyst 127.0.0.1/32 scram-sha-256\n");
$node->start;
$node->safe_psql('postgres', q{CREATE ROLE analyst LOGIN PASSWORD 'a secret'; CREATE DATABASE study OWNER analyst ENCODING UTF8 TEMPLATE template0});

sub ask
{
	my ($sql) = @_;
	return $node->safe_psql('study', $sql, extra_params => [ '-U', 'analyst' ]);
}

ask('CREATE EXTENSION vitk');
my @types = split /\n/, ask(q{SELECT typname FROM pg_depend
	JOIN pg_extension e ON e.oid = refobjid AND extname = 'vitk' JOIN pg_type t ON t.oid = objid
	WHERE classid = 'pg_type'::regclass AND refclassid = 'pg_extension'::regclass AND typtype = 'b' AND typcategory <> 'A' ORDER BY typname});
is("@types", join(' ', sort keys %samples), 'there are samples of every type');

# A table for each type: values, NULL, an array of all three, a name that is not ASCII.
for my $type (grep { $samples{$_} } @types)
{
	my @values = map { $made{$_} // "'$_'" } @{ $samples{$type} };
	ask("CREATE TABLE of_$type (id serial, name text, v $type, a $type\[]);
		INSERT INTO of_$type (name, v) VALUES " . join(', ', map { "('Zoé ±', $_)" } @values, 'NULL') . ";
		UPDATE of_$type SET a = (SELECT array_agg(v ORDER BY id) FROM of_$type)");
}


# Text does not depend on how the client wants its floats: JDBC sets 3, ODBC 2.
sub distinct_texts
{
	my ($texts) = @_;
	my %texts = map { $_ => 1 } split /\n/, ask(join ' ', map { "SET extra_float_digits = $_; SELECT md5($texts);" } -15 .. 3);
	return scalar keys %texts;
}
is(distinct_texts("(SELECT string_agg(v::text || a::text, '') FROM of_$_)"), 1, "$_ is the same text under extra_float_digits from -15 to 3")
  for @types;
cmp_ok(distinct_texts('(SELECT string_agg(mk4_ug::text, \'\') FROM vitk.food_vitamin_k)'), '>', 1, 'as float8 is not');

# The queries: name, SQL, its parameters, and SQL without parameters that gives the same.
my @queries;

sub query
{
	my ($name, $sql, $parameters, $same) = @_;
	push @queries, { name => $name, sql => $sql, parameters => $parameters // [], same => $same // $sql };
	return;
}

for my $type (@types)
{
	query($type, "SELECT id, name, v, a FROM of_$type ORDER BY id");
	my $value = ask("SELECT v FROM of_$type WHERE id = 1");
	query("parameter of $type", "SELECT id FROM of_$type WHERE v = ?::$type AND name = ?", [ $value, 'Zoé ±' ], "SELECT 1 AS id");
	my $both = ask("SELECT a FROM of_$type WHERE id = 1");
	query("parameter of $type\[]", "SELECT id FROM of_$type WHERE v = ANY (?::$type\[]) ORDER BY id", [ $both ], "VALUES (1), (2) ORDER BY 1");
	query("parameter without a cast, of $type", "SELECT id FROM of_$type WHERE v = ?", [ $value ], "SELECT 1 AS id");
}
query('has_nutrient', q{SELECT id FROM of_nutrient_profile WHERE has_nutrient(v, ?::nutrient)}, [ 'MK-8' ], 'SELECT 2 AS id');
query('intake_vs_limit', q{SELECT * FROM intake_vs_limit('2100 g: K1 95 ug, MK-4 20 ug, MK-7 <5 ug, calcium 900 mg', 'female', 52, NULL, weight_kg => 60) AS v ORDER BY v::text COLLATE "C"});
query('reference_value', q{SELECT * FROM reference_value('female', 52)});

# every view of a schema, of large ones some 300 rows
sub query_views
{
	my ($schema) = @_;
	query("view $schema.$_", "SELECT * FROM $schema.$_ AS v ORDER BY md5(v::text) LIMIT 300")
	  for split /\n/, ask("SELECT relname FROM pg_class WHERE relnamespace = '$schema'::regnamespace AND relkind IN ('v', 'm') ORDER BY 1");
	return;
}

query_views('vitk');

# An OMOP CDM with a row for each view that vitk.omop_views makes over it.
my $ddl = ($ENV{VITK_SHARED} // '../shared') . '/data/omop/ddl54/OMOPCDM_postgresql_5.4_ddl.sql';
SKIP:
{
	if (!-f $ddl)
	{
		diag(my $why = "NO OMOP DATA at $ddl: views over a CDM are not read");
		skip $why, 3;
	}
	my $tables = 'person|observation_period|drug_exposure|drug_era|measurement|concept|concept_ancestor';
	my @made = slurp_file($ddl) =~ /^(CREATE TABLE \@cdmDatabaseSchema\.(?:$tables) \(.*?\);)/msg;
	ask(join "\n", 'CREATE SCHEMA cdm;', map { s/\@cdmDatabaseSchema/cdm/r } @made);
	ask(q{INSERT INTO cdm.observation_period VALUES (1, 1, '2019-01-01', '2021-01-01', 0);
		INSERT INTO cdm.concept VALUES (4171756, '<', 'Meas Value Operator', 'SNOMED', 'Qualifier Value', 'S', '276139006', '2002-01-31', '2099-12-31', NULL);
		INSERT INTO cdm.drug_era VALUES (1, 1, 1310149, '2020-01-01', '2020-02-01', 1, 0);
		INSERT INTO cdm.drug_exposure (drug_exposure_id, person_id, drug_concept_id, drug_exposure_start_date, drug_exposure_end_date, drug_type_concept_id)
			SELECT 2, 1, concept_id, '2020-03-01', '2020-03-01', 0 FROM vitk.omop_concept WHERE kind = 'vitamin_k_drug' LIMIT 1;
		INSERT INTO cdm.measurement (measurement_id, person_id, measurement_concept_id, measurement_date, measurement_type_concept_id,
				operator_concept_id, value_as_number, unit_source_value) VALUES
			(1, 1, 3002431, '2020-01-01', 0, NULL, 0.9, 'ng/mL'), (2, 1, 3002431, '2020-01-02', 0, 4171756, 0.1, 'ug/L'),
			(3, 1, 3002431, '2020-01-04', 0, NULL, 5, 'cups'), (4, 1, 42872742, '2020-01-01', 0, NULL, 312, '{score}'),
			(5, 1, 3022217, '2020-01-01', 0, NULL, 2.5, '{INR}');
		CALL vitk.omop_views('cdm', 'omop')});
	is(ask(q{SELECT calcification, value, unit FROM omop.omop_calcification}), '312 AU|312|AU', 'calcification in plain columns');
	is(ask(q{SELECT amount, lower, upper, unit FROM omop.omop_nutrient ORDER BY 1}), "<0.1 ug/L|0|0.1|ug/L\n0.9 ng/mL|0.9|0.9|ng/mL", 'and levels of nutrients');
	is(ask(q{SELECT DISTINCT attname || ' ' || format_type(atttypid, NULL) FROM pg_attribute JOIN pg_class c ON c.oid = attrelid AND attnum > 0
		WHERE relnamespace = 'omop'::regnamespace AND NOT attisdropped AND relkind = 'v' AND format_type(atttypid, NULL) NOT IN ('bigint', 'integer', 'boolean', 'date', 'double precision', 'text') ORDER BY 1}),
		"amount nutrient_amount\ncalcification calcification", 'all else is plain');
	query_views('omop');
}

# What psql gives, as JSON: of the types of ours text, or the bytes of send().
sub expected
{
	my ($sql, $binary) = @_;
	return ask("CREATE TEMP VIEW q AS $sql; SELECT format('SELECT coalesce(json_agg(json_build_array(%s)), ''[]'') FROM q', string_agg("
		. ($binary ? "CASE WHEN t.typname = ANY ('{@{[join ',', @types]}}') THEN format('vitk_internal.%s_send(%I)', t.typname, attname)
			WHEN e.typname = ANY ('{@{[join ',', @types]}}') THEN format('array_send(%I)', attname) ELSE quote_ident(attname) END"
			: "CASE WHEN t.typname = ANY ('{@{[join ',', @types]}}') THEN format('%I::text', attname)
			WHEN e.typname = ANY ('{@{[join ',', @types]}}') THEN format('%I::text[]', attname) ELSE quote_ident(attname) END")
		. q{, ', ' ORDER BY attnum)) FROM pg_attribute JOIN pg_type t ON t.oid = atttypid LEFT JOIN pg_type e ON e.oid = t.typelem
			WHERE attrelid = 'q'::regclass \gexec});
}

my $json = JSON::PP->new->utf8->canonical->allow_nonref;

# one notation for a cell: numbers bare, texts in quotes, lists as PostgreSQL writes an array
sub cell
{
	my ($v) = @_;
	return 'NULL' unless defined $v;
	return $v ? 'true' : 'false' if JSON::PP::is_bool($v);
	return cell('{' . join(',', map { !defined $_ ? 'NULL' : !/^(?:null)?$|[{}",\\\s]/i ? $_ : '"' . s/(["\\])/\\$1/gr . '"' } @$v) . '}')
	  if ref $v;
	return sprintf '%.17g', $v if B::svref_2object(\$v)->FLAGS & (B::SVf_IOK | B::SVf_NOK);
	return "'$v'";
}

sub table
{
	my ($rows) = @_;
	return join "\n", map { join '|', map { cell($_) } @$_ } @$rows;
}

for my $query (@queries)
{
	my $rows = $json->decode(expected($query->{same}));
	$query->{rows} = @$rows;
	$query->{text} = table($rows);
	$query->{binary} = table($json->decode(expected($query->{same}, 1)));
	cmp_ok($query->{rows}, '>', 0, "$query->{name} has rows");
}
my $input = join '', map { join("\t", $_->{sql}, @{ $_->{parameters} }) . "\n" } @queries;

# the answers of a driver to lines of input
sub run_driver
{
	my ($driver, $lines, @modes) = @_;
	local @ENV{qw(PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE PYTHONDONTWRITEBYTECODE)} =
	  ('127.0.0.1', $node->port, 'analyst', 'a secret', 'study', 1);
	IPC::Run::run([ @{ $driver->{command} }, @modes ], '<', \$lines, '>', \my $out, '2>', \my $err,
		IPC::Run::timer($PostgreSQL::Test::Utils::timeout_default));
	is($err, '', 'no complaint');
	my @answers = map { $json->decode($_) } split /\n/, $out;
	is(scalar @answers, @modes * ($lines =~ tr/\n//), 'an answer to each query');
	return @answers;
}

for my $name (sort keys %drivers)
{
	my $driver = $drivers{$name};
	subtest $name => sub {
		my $there = -e ($driver->{file} // '.') && eval { IPC::Run::run($driver->{needs}, '<', \'', '>', \my $out, '2>', \my $err) };
		if (!$there)
		{
			diag(my $why = "NO $name HERE, it is not tested; install $driver->{packages}");
			plan skip_all => $why;
		}
		my @answers = run_driver($driver, $input, @{ $driver->{modes} });
		for my $mode (@{ $driver->{modes} })
		{
			for my $query (@queries)
			{
				my $answer = shift @answers // { error => 'none' };
				my $text = $answer->{error} // table($answer->{rows});
				if ($name eq 'jdbc' && $mode eq '' && $query->{name} =~ /without a cast/)
				{
					like($text, qr/operator does not exist: \w+ = character varying/, "$query->{name}: an error of JDBC");
				}
				elsif ("$name $mode" eq 'node binary')		# reads what it does not know as characters
				{
					is($answer->{error} // @{ $answer->{rows} }, $query->{rows}, "$query->{name} ($mode): as many rows");
				}
				else
				{
					is($text, $query->{$mode eq 'binary' ? 'binary' : 'text'}, "$query->{name} ($mode)");
				}
			}
		}
		reflect($driver) if $name eq 'sqlalchemy';
	};
}

# Reflection finds every relation and reads it.  It warns of types that it does not know, but in no flat view.
sub reflect
{
	my ($driver) = @_;
	my @relations = map { [ split /\|/ ] } split /\n/, ask(q{SELECT relname, obj_description(c.oid, 'pg_class') ~ 'for BI tools',
			string_agg(attname, ' ' ORDER BY attnum)
		FROM pg_class c JOIN pg_attribute ON attrelid = c.oid AND attnum > 0
		WHERE relnamespace = 'vitk'::regnamespace AND relkind IN ('r', 'v', 'm') GROUP BY 1, 2 ORDER BY 1});
	my @answers = run_driver($driver, join('', map { "$_->[0]\n" } @relations), 'reflect');
	my $warned = 0;
	for (@relations)
	{
		my ($relation, $flat, $columns) = @$_;
		my $answer = shift @answers // { error => 'none' };
		my %found = (column => [], warning => []);
		push @{ $found{$_->[0]} }, $_->[1] for @{ $answer->{rows} // [] };
		is($answer->{error} // "@{ $found{column} }", $columns, "$relation is reflected");
		is("@{ $found{warning} }", '', "$relation: no warning") if $flat eq 't';
		$warned += grep { /^Did not recognize type/ } @{ $found{warning} };
	}
	cmp_ok($warned, '>', 0, 'warnings are seen');
	return;
}

$node->stop;
done_testing();
