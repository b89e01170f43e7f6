# vitk.omop_views over the OMOP CDM: Synthea27Nj as published (5.4, integer ids), the drugs of synthea_2019
# with 64-bit ids in tables without the columns that came with 5.4, and rows made to be refused.
use strict;
use warnings;
use File::Basename qw(basename);
use IO::Uncompress::Unzip qw($UnzipError);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $shared = $ENV{VITK_SHARED} // '../shared';
my $omop = "$shared/data/omop";
my $ddl = "$omop/ddl54/OMOPCDM_postgresql_5.4_ddl.sql";
plan skip_all => "NO OMOP DATA at $omop" unless -f $ddl && -f "$omop/Synthea27Nj_5.4.zip";

my $dir = PostgreSQL::Test::Utils::tempdir();
my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', 'jit = off');	# tables that nobody analysed look worth compiling for
$node->start;
# the analyst is no superuser, and somebody has put traps on the search path
$node->safe_psql('postgres', 'CREATE ROLE analyst LOGIN; CREATE DATABASE study OWNER analyst ENCODING UTF8 TEMPLATE template0');

sub ask
{
	my ($sql) = @_;
	return $node->safe_psql('study', $sql, extra_params => [ '-U', 'analyst' ]);
}

sub fails
{
	my ($sql) = @_;
	my ($ret, $out, $err) = $node->psql('study', $sql, extra_params => [ '-U', 'analyst' ]);
	return $ret ? $err : 'no error';
}

# the tables of the DDL that are wanted, in a schema
sub make_cdm
{
	my ($schema, $change) = @_;
	my $tables = 'person|observation_period|drug_exposure|drug_era|measurement|concept|concept_ancestor';
	my $text = slurp_file($ddl);
	my @made = $text =~ /^(CREATE TABLE \@cdmDatabaseSchema\.(?:$tables) \(.*?\);)/msg;
	is(scalar @made, 7, "the DDL has the tables for $schema");
	ask(join "\n", "CREATE SCHEMA $schema;", map { s/\@cdmDatabaseSchema/$schema/r } map { $change ? $change->($_) : $_ } @made);
	return;
}

sub load
{
	my ($table, $file) = @_;
	open my $fh, '<', $file or die "$file: $!";
	my $columns = <$fh> =~ s/\s+\z//r;
	close $fh;
	ask("\\copy $table ($columns) FROM '$file' (FORMAT csv, HEADER)");
	return;
}

ask('CREATE EXTENSION vitk');
ask(q{CREATE SCHEMA trap; CREATE TABLE trap.unnest(x text);
	CREATE FUNCTION trap.nutrient_amount(float8, text) RETURNS nutrient_amount LANGUAGE sql AS $$SELECT '1 kg'::nutrient_amount$$;
	CREATE FUNCTION trap.format(text, text) RETURNS text LANGUAGE sql AS $$SELECT 'trapped'$$;
	ALTER DATABASE study SET search_path = trap, pg_catalog, public});

# Synthea27Nj as published

make_cdm('cdm');
my $z = IO::Uncompress::Unzip->new("$omop/Synthea27Nj_5.4.zip") or die $UnzipError;
for (my $more = 1; $more > 0; $more = $z->nextStream)
{
	my $name = basename($z->getHeaderInfo->{Name});
	next unless $name =~ /^(CONCEPT|CONCEPT_ANCESTOR|DRUG_ERA|DRUG_EXPOSURE|MEASUREMENT|OBSERVATION_PERIOD|PERSON)\.csv$/;
	my $table = lc $1;
	open my $fh, '>:raw', "$dir/$name" or die $!;
	my $buffer;
	print $fh $buffer while $z->read($buffer) > 0;
	close $fh or die $!;
	load("cdm.$table", "$dir/$name");
}
is(ask('SELECT count(*) FROM cdm.measurement'), '10040', 'Synthea27Nj is loaded');

ask(q{CALL vitk.omop_views('cdm', 'study')});
is(ask(q{SELECT count(*), avg(value::numeric), min(unit), max(unit) FROM study.omop_nutrient WHERE nutrient = 'calcium' AND concept_id = 3032503}),
	'229|9.3362445414847162|mg/dL|mg/dL', 'serum calcium: 229 rows and their mean')
  or diag ask('SELECT reason, count(*) FROM study.omop_rejected GROUP BY 1');
is(ask(q{SELECT count(*) FROM study.omop_nutrient n JOIN cdm.measurement m ON m.measurement_id = n.source_id
	WHERE amount <> public.nutrient_amount(m.value_as_number::float8 * 10, 'mg/L') OR n.person_id <> m.person_id OR n.day <> m.measurement_date}),
	'0', 'each amount is that of its row, in whatever unit one asks');
is(ask('SELECT count(*) FROM study.omop_rejected'), '0', 'none is refused');
is(ask(q{SELECT DISTINCT attname, format_type(atttypid, NULL) FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
	WHERE relnamespace = 'study'::regnamespace AND relkind = 'v' AND attname ~ '_id$' AND attnum > 0 ORDER BY 1}),
	"concept_id|bigint\nperson_id|integer\nsource_id|integer", 'ids of persons and rows stay as the CDM has them');
is(ask(q{SELECT count(*) FROM pg_class WHERE relnamespace = 'study'::regnamespace AND relkind = 'v'
	AND obj_description(oid, 'pg_class') IS NULL}), '0', 'every view has its comment');
ask(q{CALL vitk.omop_views('cdm', 'study', 60)});
pass('called again it replaces its views');

# what fits no type is listed, and stops nothing

ask(q{INSERT INTO cdm.concept VALUES
		(4171756, '<', 'Meas Value Operator', 'SNOMED', 'Qualifier Value', 'S', '276139006', '2002-01-31', '2099-12-31', NULL),
		(4172704, '>', 'Meas Value Operator', 'SNOMED', 'Qualifier Value', 'S', '276140008', '2002-01-31', '2099-12-31', NULL);
	INSERT INTO cdm.measurement (measurement_id, person_id, measurement_concept_id, measurement_date, measurement_type_concept_id,
			operator_concept_id, value_as_number, unit_source_value) VALUES
		(900001, 1, 3002431, '2020-01-01', 0, NULL, 0.9, 'ng/mL'), (900002, 1, 3002431, '2020-01-02', 0, 4171756, 0.1, 'ug/L'),
		(900003, 1, 3002431, '2020-01-03', 0, NULL, 1.2, 'nmol/L'), (900004, 1, 3002431, '2020-01-04', 0, NULL, 5, 'cups'),
		(900005, 1, 3002431, '2020-01-05', 0, NULL, 5, ' '), (900006, 1, 3002431, '2020-01-06', 0, 4172704, 5, 'ug/L'),
		(900007, 1, 3002431, '2020-01-07', 0, NULL, NULL, 'ug/L'), (900008, 1, 3002431, '2020-01-08', 0, NULL, 'NaN', 'ug/L'),
		(900011, 1, 42872742, '2020-01-01', 0, NULL, 312, '{score}'), (900012, 1, 42872742, '2021-01-01', 0, NULL, 350, NULL),
		(900013, 1, 42872742, '2022-01-01', 0, NULL, 350, 'mm3'), (900014, 1, 42872742, '2023-01-01', 0, NULL, -1, '{score}'),
		(900015, 1, 4166120, '2020-01-01', 0, NULL, 250, 'mm3'), (900016, 1, 4166120, '2020-01-01', 0, NULL, 250, NULL),
		(900021, 1, 3022217, '2020-01-01', 0, NULL, 2.5, '{INR}'), (900022, 1, 3032080, '2020-01-02', 0, NULL, 0, NULL)});
is(ask(q{SELECT source_id, nutrient, amount, lower, upper FROM study.omop_nutrient WHERE source_id > 900000 ORDER BY 1}),
	"900001|K1|0.9 ng/mL|0.9|0.9\n900002|K1|<0.1 ug/L|0|0.1\n900003|K1|1.2 nmol/L|1.2|1.2\n900006|K1||5|", 'vitamin K levels in the units of the laboratory');
is(ask('SELECT source_id, calcification, method, value FROM study.omop_calcification ORDER BY 1'),
	"900011|312 AU|agatston|312\n900012|350 AU|agatston|350\n900015|250 mm3|volume|250", 'calcium scores by method');
is(ask('SELECT source_id, inr FROM study.omop_inr'), '900021|2.5', 'INR');
is(ask('SELECT source_id, reason FROM study.omop_rejected ORDER BY 1'), join("\n",
	'900004|unit "cups" is not supported', '900005|no unit',
	'900007|no value', '900008|value is not finite',
	'900013|unit does not fit calcification by agatston', '900014|-1 AU is out of range for type calcification',
	'900016|unit does not fit calcification by volume', '900022|INR is not positive'), 'the others are listed with the reason');

# synthea_2019: all users of warfarin are open-ended.  Without the columns of 5.4, with ids of 64 bits, in
# schemas that need quotes.

my ($cdm, $target) = ('"cdm ""2019"""', '"T;--"');
make_cdm($cdm, sub { $_[0] =~ s/,\s*(?:unit_source_concept_id|measurement_event_id|meas_event_field_concept_id) integer NULL//gr =~ s/_id integer/_id bigint/gr });
load("$cdm.$_", "$omop/synthea_2019/$_.csv") for qw(person observation_period drug_era drug_exposure);
ask(q{CALL vitk.omop_views('cdm "2019"', 'T;--')});
is(ask("SELECT count(*), count(DISTINCT person_id), count(*) FILTER (WHERE open_ended), min(source_table), max(end_from)
	FROM $target.omop_drug WHERE means = 'warfarin'"), '41|41|41|drug_era|equals start', '41 persons with warfarin, all of them open-ended');
is(ask("SELECT count(*), count(DISTINCT p.person_id), count(*) FILTER (WHERE p.recorded_end_date = p.start_date),
		count(*) FILTER (WHERE p.end_date = o.observation_period_end_date)
	FROM $target.omop_antagonist_period p JOIN $cdm.observation_period o USING (person_id)"),
	'41|41|41|41', '41 periods, to the end of observation');
ask("INSERT INTO $cdm.concept_ancestor VALUES (1310149, 40163554, 1, 1)");
is(ask("SELECT source_table, count(*) FROM $target.omop_drug GROUP BY 1"), 'drug_exposure|41',
	'with the ancestry of the vocabulary the exposures come, and their eras do not come twice');
is(ask("SELECT count(*) FROM $target.omop_antagonist_period"), '41', 'the periods stay');

# the same as tools leave it that guess no types: all columns texts, concepts with a decimal point, but eras with integers;
# no table of measurements; later rows that are there twice
{
	ask('CREATE SCHEMA texts; CREATE TABLE texts.concept (concept_id text, concept_name text, vocabulary_id text, concept_code text);
		CREATE TABLE texts.concept_ancestor (ancestor_concept_id float8, descendant_concept_id numeric);
		INSERT INTO texts.concept_ancestor VALUES (1310149, 40163554), (\'NaN\', \'NaN\'), (1e300, 1)');
	for my $table (qw(observation_period drug_era drug_exposure))
	{
		open my $fh, '<', "$omop/synthea_2019/$table.csv" or die $!;
		my @columns = split /,/, <$fh> =~ s/\s+\z//r;
		close $fh;
		my $type = $table eq 'drug_era' ? 'integer' : 'text';
		ask("CREATE TABLE texts.$table (" . join(', ', map { /^(person|drug_era)_id$/ ? "$_ $type" : "$_ text" } @columns) . ')');
		load("texts.$table", "$omop/synthea_2019/$table.csv");
	}
	ask(q{UPDATE texts.drug_exposure SET drug_concept_id = drug_concept_id || '.0'; INSERT INTO texts.drug_exposure (drug_exposure_id, drug_concept_id) VALUES ('a7', 'warfarin')});
	like(($node->psql('study', q{CALL vitk.omop_views('texts', 'of_texts', materialized => true)}, extra_params => [ '-U', 'analyst' ]))[2],
		qr/WARNING:  schema "texts" lacks tables of the OMOP CDM: measurement\n/, 'a table that is missing is named');
	my $both = sub { my $schema = shift; return "SELECT person_id::text, start_date, recorded_end_date, end_date, open_ended, drugs FROM $schema.omop_antagonist_period" };
	is(ask("SELECT count(*) FROM (" . $both->('of_texts') . ' INTERSECT ' . $both->($target) . ') AS b'), '41', 'a CDM of texts says the same');
	is(ask(q{SELECT name, note FROM of_texts.omop_check WHERE what = 'table' AND note LIKE 'missing%'}), "measurement|missing\nobservation|missing", 'and omop_check what is missing');
	ask(q{INSERT INTO texts.drug_exposure SELECT * FROM texts.drug_exposure WHERE drug_concept_id = '40163554.0'});
	ask(q{CALL vitk.omop_refresh('of_texts')}) for 1, 2;
	is(ask('SELECT count(*), sum(records) FROM of_texts.omop_antagonist_period'), '41|82', 'rows that are there twice stop no refresh');
	ask(q{CALL vitk.omop_views('texts', 'of_texts', materialized => true)});
	is(ask('SELECT count(*), sum(records) FROM of_texts.omop_antagonist_period'), '41|82', '... and no materialised view');
	ask('DROP SCHEMA texts CASCADE');
}
ask(q{CALL vitk.omop_views('cdm "2019"', 'T;--', open_days => 90)});
is(ask("SELECT DISTINCT end_date - start_date FROM $target.omop_antagonist_period"), '90', 'or as many days as one says');

# persons of our own, with ids beyond 32 bits
my $big = 9_000_000_000;
ask("ALTER TABLE $cdm.drug_exposure ALTER drug_exposure_end_date DROP NOT NULL");
ask("INSERT INTO $cdm.drug_exposure (drug_exposure_id, person_id, drug_concept_id, drug_exposure_start_date, drug_exposure_end_date,
		verbatim_end_date, drug_type_concept_id, days_supply)
	SELECT $big + i, $big + p, 40163554, s, e, v, 0, d FROM (VALUES
		(1, 1, '2020-01-01'::date, '2020-01-30'::date, NULL::date, NULL::integer),
		(2, 1, '2020-02-29', '2020-02-29', NULL, 30), (3, 1, '2020-06-01', '2020-06-01', '2020-06-10', NULL),
		(4, 2, '2020-01-01', '2020-01-30', NULL, NULL), (5, 2, '2020-03-02', '2020-03-10', NULL, NULL),
		(6, 3, '2020-01-02', '2020-01-01', NULL, NULL), (7, 4, '2020-01-01', '2020-01-01', NULL, NULL),
		(8, 5, '2020-05-01', NULL, NULL, NULL), (9, 6, '2020-05-01', '2020-05-01', NULL, 1)) AS v (i, p, s, e, v, d)");
is(ask("SELECT person_id - $big, start_date, recorded_end_date, end_date, open_ended, records
	FROM $target.omop_antagonist_period WHERE person_id > $big ORDER BY 1, 2"), join("\n",
	'1|2020-01-01|2020-03-29|2020-03-29|f|2', '1|2020-06-01|2020-06-10|2020-06-10|f|1',
	'2|2020-01-01|2020-01-30|2020-01-30|f|1', '2|2020-03-02|2020-03-10|2020-03-10|f|1',
	'4|2020-01-01|2020-01-01|2020-03-31|t|1', '5|2020-05-01|2020-05-01|2020-07-30|t|1', '6|2020-05-01|2020-05-01|2020-05-01|f|1'),
	'days of supply, verbatim end; a gap of 29 days is one period, one of 31 days is two; open ones last 90 days, a supply of one day does not');
is(ask("SELECT source_id - $big, end_from FROM $target.omop_drug WHERE person_id > $big ORDER BY 1"), join("\n",
	'1|end date', '2|days of supply', '3|verbatim end date', '4|end date', '5|end date', '6|before start', '7|equals start', '8|missing',
	'9|days of supply'), 'each row tells how its end is known');
is(ask("SELECT source_table, source_id - $big, person_id - $big, reason FROM $target.omop_rejected"),
	'drug_exposure|6|3|end before start', 'an end before the start is refused');
ask("CALL vitk.omop_views('cdm \"2019\"', 'T;--', 31, 90)");
is(ask("SELECT count(*) FROM $target.omop_antagonist_period WHERE person_id = $big + 2"), '1', 'a wider window makes it one');

# a diary, joined by the day
is(ask("SELECT d.day, mk4_equivalent('K1 100 ug, MK-4 20 ug', antagonist => EXISTS (
		SELECT FROM $target.omop_antagonist_period p WHERE p.person_id = d.person_id AND d.day BETWEEN p.start_date AND p.end_date))
		= mk4_equivalent('K1 100 ug, MK-4 20 ug', antagonist => under)
	FROM (VALUES ($big + 1, '2019-12-31'::date, false), ($big + 1, '2020-01-01', true), ($big + 1, '2020-03-29', true),
		($big + 1, '2020-03-30', false), ($big + 5, '2020-01-01', false)) AS d (person_id, day, under) ORDER BY d.person_id, d.day"),
	"2019-12-31|t\n2020-01-01|t\n2020-03-29|t\n2020-03-30|t\n2020-01-01|t", 'mk4_equivalent by the day of the diary');

# concepts of one's own
ask(q{INSERT INTO vitk.omop_concept (kind, means, concept_id, name, source) VALUES ('nutrient', 'MK-7', 2000000001, 'MK-7 in serum', 'our laboratory')});
like(fails(q{INSERT INTO vitk.omop_concept (kind, means, concept_id, name, source) VALUES ('nutrient', 'vitamin X', 1, 'x', 'x')}),
	qr/unknown nutrient "vitamin X"/, 'a nutrient must be one');
like(fails(q{INSERT INTO vitk.omop_concept (kind, means, concept_id, name, source) VALUES ('calcification', 'guess', 1, 'x', 'x')}),
	qr/ERROR/, 'a method of calcification, too');

# a CDM as hospitals have it: names in capitals, the vocabulary elsewhere, dates as timestamps or text, no eras, INR among
# the observations, ends that nobody meant

ask(q{CREATE SCHEMA vocab; CREATE SCHEMA "HOSPITAL";
	CREATE TABLE vocab."CONCEPT" ("CONCEPT_ID" integer, "CONCEPT_NAME" varchar, "VOCABULARY_ID" varchar, "CONCEPT_CODE" varchar);
	CREATE TABLE vocab."CONCEPT_ANCESTOR" ("ANCESTOR_CONCEPT_ID" integer, "DESCENDANT_CONCEPT_ID" integer);
	INSERT INTO vocab."CONCEPT" VALUES (1310149, 'warfarin', 'RxNorm', '11289'), (40163554, 'warfarin 5 MG', 'RxNorm', '855332'),
		(19035344, 'phenprocoumon', 'RxNorm', '8150'), (3022217, 'INR', 'LOINC', '6301-6'), (8840, 'mg/dL', 'UCUM', 'mg/dL'),
		(4172704, '>', 'SNOMED', '276140008'), (3006906, 'Calcium', 'LOINC', '17861-6');
	INSERT INTO vocab."CONCEPT_ANCESTOR" VALUES (1310149, 1310149), (1310149, 40163554);
	CREATE TABLE "HOSPITAL"."OBSERVATION_PERIOD" ("PERSON_ID" bigint, "OBSERVATION_PERIOD_START_DATE" timestamp, "OBSERVATION_PERIOD_END_DATE" timestamp);
	CREATE TABLE "HOSPITAL"."DRUG_EXPOSURE" ("DRUG_EXPOSURE_ID" bigint, "PERSON_ID" bigint, "DRUG_CONCEPT_ID" integer,
		"DRUG_EXPOSURE_START_DATE" timestamp, "DRUG_EXPOSURE_END_DATE" text, "DAYS_SUPPLY" integer);
	CREATE TABLE "HOSPITAL"."MEASUREMENT" ("MEASUREMENT_ID" bigint, "PERSON_ID" bigint, "MEASUREMENT_CONCEPT_ID" integer,
		"MEASUREMENT_DATE" timestamptz, "OPERATOR_CONCEPT_ID" integer, "VALUE_AS_NUMBER" numeric, "UNIT_CONCEPT_ID" integer,
		"UNIT_SOURCE_VALUE" varchar, "VALUE_SOURCE_VALUE" varchar);
	CREATE TABLE "HOSPITAL"."OBSERVATION" ("OBSERVATION_ID" bigint, "PERSON_ID" bigint, "OBSERVATION_CONCEPT_ID" integer,
		"OBSERVATION_DATE" text, "VALUE_AS_NUMBER" numeric, "VALUE_AS_STRING" varchar, "UNIT_CONCEPT_ID" integer, "UNIT_SOURCE_VALUE" varchar);
	INSERT INTO "HOSPITAL"."OBSERVATION_PERIOD" VALUES (1, '2019-01-01 08:00', '2021-12-31 23:59'), (1, '2020-06-01', '2021-06-30'),
		(2, '2019-01-01', '2021-12-31'), (3, '2021-12-31', '2019-01-01');
	INSERT INTO "HOSPITAL"."DRUG_EXPOSURE" VALUES
		(1, 1, 40163554, '2020-01-01 09:30', '2020-01-31', NULL), (2, 1, 40163554, '2020-05-01', '9999-12-31', NULL),
		(3, 2, 40163554, '2020-05-01', '2099-12-31', NULL), (4, 2, 40163554, '2020-01-01', '2023-06-30', NULL),
		(5, 2, 40163554, '2020-03-01', '31.03.2020', 14), (6, 2, 40163554, '2020-03-01', NULL, 2000000000),
		(7, 2, 40163554, 'infinity', NULL, NULL), (8, 2, 40163554, '0001-01-01', '2020-01-01', NULL),
		(9, 3, 40163554, '2020-01-01', NULL, -5), (10, 3, 19035344, '2020-01-01', '2020-02-01', NULL);
	INSERT INTO "HOSPITAL"."MEASUREMENT" VALUES
		(1, 1, 3022217, '2020-01-02 23:30+00', NULL, 2.5, NULL, NULL, '2.5'), (2, 1, 3022217, '2020-01-03 10:00+00', NULL, 24.1, NULL, 's', NULL),
		(3, 1, 3022217, '2020-01-04 10:00+00', NULL, 35, NULL, '%', NULL), (4, 1, 3022217, '2020-01-05 10:00+00', NULL, 2.4, 8840, NULL, NULL),
		(5, 1, 3022217, '2020-01-06 10:00+00', 4172704, 10, NULL, '{INR}', NULL), (6, 1, 3022217, '2020-01-07 10:00+00', NULL, 2.1, NULL, 'ratio', NULL),
		(7, 1, 3022217, '2020-01-08 10:00+00', NULL, 10, NULL, '1', '>10'), (8, 1, 3022217, '2020-01-09 10:00+00', NULL, 1e400, NULL, NULL, NULL),
		(9, 1, 3022217, '2020-01-10 10:00+00', NULL, NULL, NULL, NULL, '<1.0'), (10, 1, 3022217, 'infinity', NULL, 2, NULL, NULL, NULL),
		(11, 1, 3022217, '2020-01-11 10:00+00', NULL, 240, NULL, NULL, NULL), (12, 1, 3006906, '2020-01-11 10:00+00', NULL, 1e-400, 8840, NULL, NULL),
		(13, 1, 3006906, '2020-01-11 10:00+00', NULL, 9.4, 8840, NULL, NULL), (14, 1, 3022217, NULL, NULL, 2, NULL, NULL, NULL),
		(15, 1, 42872742, '2020-02-01 10:00+00', 4172704, 1000, NULL, NULL, NULL), (16, 1, 2000000002, '2020-02-01 10:00+00', NULL, 40, NULL, 'nmol/L', NULL);
	INSERT INTO "HOSPITAL"."OBSERVATION" VALUES
		(1, 2, 3022217, '2020-02-01T07:45:00', NULL, '3.1', NULL, NULL), (2, 2, 3022217, '1 Feb 2020', 2.8, NULL, NULL, NULL),
		(3, 2, 3022217, '20200203', NULL, '> 10', NULL, '{INR}'), (4, 2, 3022217, '2020-02-30', 2.8, NULL, NULL, NULL),
		(5, 2, 3022217, '2020-02-04', NULL, 'not done', NULL, NULL)});
ask(q{CALL vitk.omop_views('HOSPITAL', 'ward', vocabulary_schema => 'vocab')});
is(ask(q{SELECT source_table, source_id, day, inr, lower, upper FROM ward.omop_inr ORDER BY 1, 2}), join("\n",
	'measurement|1|2020-01-02|2.5|2.5|2.5', 'measurement|5|2020-01-06||10|', 'measurement|6|2020-01-07|2.1|2.1|2.1',
	'measurement|7|2020-01-08||10|', 'measurement|9|2020-01-10||0|1',
	'observation|1|2020-02-01|3.1|3.1|3.1', 'observation|3|2020-02-03||10|'),
	'INR of both tables, bounds as bounds; a unit that says none is none');
is(ask(q{SET timezone = 'Pacific/Auckland'; SELECT day FROM ward.omop_inr WHERE source_table = 'measurement' AND source_id = 1}), '2020-01-02',
	'the time zone of a session moves no day');
is(ask(q{SELECT source_table, source_id, reason FROM ward.omop_rejected ORDER BY 1, 2}), join("\n",
	'drug_exposure|6|days of supply are not plausible', 'drug_exposure|7|start is not a plausible date', 'drug_exposure|8|start is not a plausible date',
	'drug_exposure|9|days of supply are not plausible',
	(map { "measurement|$_|an INR has no unit" } 2 .. 4), 'measurement|8|value is not finite',
	'measurement|10|date is not plausible', 'measurement|11|INR is above 100', 'measurement|14|no date',
	'observation|2|no date', 'observation|4|no date', 'observation|5|no value'), 'every odd row is in the list of rejects, and none stops it');
is(ask(q{SELECT source_id, start_date, recorded_end_date, end_date, end_from FROM ward.omop_drug WHERE reason IS NULL ORDER BY 1}), join("\n",
	'1|2020-01-01|2020-01-31|2020-01-31|end date', '2|2020-05-01|2020-05-01|2021-12-31|beyond observation',
	'3|2020-05-01|2020-05-01|2021-12-31|beyond observation', '4|2020-01-01|2020-01-01|2021-12-31|beyond observation',
	'5|2020-03-01|2020-03-14|2020-03-14|days of supply', '10|2020-01-01|2020-02-01|2020-02-01|end date'),
	'an end in 9999 or 2099 or beyond the time of observation is not a recorded end');
is(ask(q{SELECT calcification, lower, upper FROM ward.omop_calcification}), '|1000|', 'a score above 1000 is a bound');
is(ask(q{SELECT means, concept_id, in_vocabulary, descendants, found, rejected, reasons, note FROM ward.omop_check
	WHERE what = 'concept' AND concept_id IN (1310149, 19035344, 3006906, 3032503) ORDER BY concept_id}), join("\n",
	'warfarin|1310149|t|1|9|4|days of supply are not plausible: 2; start is not a plausible date: 2|',
	'calcium|3006906|t|0|2|0||', 'calcium|3032503|f|0|0|0||not in the vocabulary',
	'phenprocoumon|19035344|t|0|1|0||no descendants: clinical drugs and brands of this ingredient are not found'),
	'omop_check tells what was found and why it may be too little');
is(ask(q{SELECT name, note FROM ward.omop_check WHERE what = 'table' AND note IS NOT NULL}), 'drug_era|missing', 'and which tables are missing');
ask(q{INSERT INTO ward.omop_own_concept VALUES ('nutrient', 'MK-7', 2000000002, 'MK-7 in serum', 'our laboratory')});
is(ask(q{SELECT nutrient, amount FROM ward.omop_nutrient WHERE source_id = 16}), 'MK-7|40 nmol/L', 'a concept of this study alone');
like(fails(q{INSERT INTO ward.omop_own_concept VALUES ('nutrient', 'vitamin X', 1, 'x', 'x')}), qr/unknown nutrient "vitamin X"/, 'is checked as those of vitk are');

my $everything = join ' UNION ALL ', map { "SELECT '$_', r::text FROM ward.$_ r" }
	qw(omop_drug omop_antagonist_period omop_vitamin_k_drug omop_measurement omop_inr omop_calcification omop_nutrient omop_rejected omop_check);
my $as_views = ask("SELECT * FROM ($everything) AS e ORDER BY 1, 2");
ask(q{CALL vitk.omop_views('HOSPITAL', 'ward', vocabulary_schema => 'vocab', materialized => true)});
is(ask("SELECT * FROM ($everything) AS e ORDER BY 1, 2"), $as_views, 'materialised they say the same');
ask(q{INSERT INTO "HOSPITAL"."OBSERVATION" VALUES (6, 2, 3022217, '2020-02-05', 2.2, NULL, NULL, NULL)});
ask(q{CALL vitk.omop_refresh('ward')});
is(ask(q{SELECT inr FROM ward.omop_inr WHERE source_table = 'observation' AND source_id = 6}), '2.2', 'and omop_refresh brings them up to date');
ask(q{CALL vitk.omop_views('HOSPITAL', 'ward', vocabulary_schema => 'vocab')});
like(fails(q{CALL vitk.omop_refresh('ward')}), qr/schema "ward" has no materialized views of omop_views/, 'which views do not need');
ask(q{ALTER TABLE "HOSPITAL"."MEASUREMENT" DROP COLUMN "MEASUREMENT_DATE" CASCADE});
like(fails(q{CALL vitk.omop_views('HOSPITAL', 'ward2', vocabulary_schema => 'vocab')}), qr/table "HOSPITAL"."MEASUREMENT" lacks column measurement_date/,
	'a column that is missing is named');

# the full DDL as published, its constraints aside
{
	my $text = slurp_file($ddl) =~ s/\@cdmDatabaseSchema/whole/gr;
	ask("CREATE SCHEMA whole;\n$text");
	ask(q{CALL vitk.omop_views('whole', 'whole_views')});
	is(ask(q{SELECT count(*) FROM whole_views.omop_rejected}), '0', 'the whole DDL of 5.4');
	is(ask(q{SELECT count(*) FROM whole_views.omop_check WHERE what = 'table' AND note LIKE 'empty%'}), '7', 'whose tables are empty, it says');
}

# errors
like(fails(q{CALL vitk.omop_views('nowhere', 'study')}), qr/schema "nowhere" does not exist/, 'no schema');
like(fails(q{CALL vitk.omop_views('study', 'study')}), qr/schema "study" lacks tables of the OMOP CDM: concept, concept_ancestor\nHINT:  Where the vocabulary has/, 'no vocabulary');
like(fails(q{CALL vitk.omop_views('vocab', 'study')}), qr/schema "vocab" lacks tables of the OMOP CDM: drug_era, drug_exposure, measurement, observation,/, 'no CDM');
like(fails(q{CALL vitk.omop_views('cdm', 'study', -1)}), qr/persistence_days and open_days must be from 0 to 36600/, 'negative days');
like(fails(q{CALL vitk.omop_views('cdm', NULL)}), qr/must not be null/, 'no schema');

$node->stop;
done_testing();
