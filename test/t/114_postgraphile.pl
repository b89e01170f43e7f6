# PostGraphile, which makes a GraphQL API of a database: it starts over the user's schema and vitk, types and
# views of one name notwithstanding, shows every view with the comments of the catalogue, answers over flat
# views and, with the plugin of doc/bi.md, columns of our types, and hands on what our types refuse.
use strict;
use warnings;
use Cwd qw(abs_path);
use HTTP::Tiny ();
use IPC::Run ();
use JSON::PP ();
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(sleep);

my $program = 'test/drivers/node_modules/.bin/postgraphile';
if (!-x $program || !eval { IPC::Run::run([ qw(node --version) ], '>', \my $out, '2>', \my $err) })
{
	diag(my $why = 'NO PostGraphile HERE, it is not tested; install nodejs and npm; then npm ci --prefix test/drivers');
	plan skip_all => $why;
}

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql('postgres', 'CREATE ROLE analyst LOGIN; CREATE DATABASE study OWNER analyst ENCODING UTF8 TEMPLATE template0');

sub ask
{
	my ($sql) = @_;
	return $node->safe_psql('study', $sql, extra_params => [ '-U', 'analyst' ]);
}

ask(q{CREATE EXTENSION vitk;
	CREATE TABLE person (name text PRIMARY KEY, sex text, age float8, dose nutrient_amount('ug/d'), eaten nutrient_profile,
		scan calcification(agatston), foods diet, favourite nutrient);
	INSERT INTO person VALUES ('Ada', 'female', 31, '45 mg/d', '100 g: K1 7 ug, MK-7 <0.5 ug', '312 AU', '{1002: 14}', 'MK-4'),
		('Bo', 'male', 44, NULL, '1400 g: K1 150 ug', NULL, NULL, 'phylloquinone');
	CREATE VIEW intake AS
		SELECT name || ' ' || nutrient AS key, name, nutrient::text, kind, intake_lower, intake_upper, limit_lower, unit, verdict, verdict_order
		FROM person, LATERAL intake_vs_limit(eaten, sex, age, 'EFSA') AS v;
	COMMENT ON VIEW intake IS 'intakes of the day against the limits of EFSA'});

my $json = JSON::PP->new->utf8;
my $http = HTTP::Tiny->new(timeout => 60);
my ($server, $output);

# Start it, and wait until it listens
sub serve
{
	my (@options) = @_;
	my $port = PostgreSQL::Test::Cluster::get_free_port();
	my $database = sprintf 'postgres:///study?host=%s&port=%d&user=analyst', $node->host, $node->port;

	local @ENV{qw(PGUSER PGDATABASE)} = qw(analyst study);
	$output = '';
	$server = IPC::Run::start([ $program, '-c', $database, '-s', 'public,vitk', '-n', '127.0.0.1', '-p', $port, @options ],
		'<', \undef, '>&', \$output);
	for (1 .. 10 * $PostgreSQL::Test::Utils::timeout_default)
	{
		last if !$server->pumpable;
		$server->pump_nb;
		return "http://127.0.0.1:$port/graphql" if $output =~ /GraphQL API:/;
		sleep 0.1;
	}
	BAIL_OUT("PostGraphile did not start: $output");
}

sub stop
{
	$server->kill_kill(grace => 5);
	return;
}

sub graphql
{
	my ($url, $query) = @_;
	my $response = $http->post($url, { headers => { 'content-type' => 'application/json' }, content => $json->encode({ query => $query }) });
	return eval { $json->decode($response->{content}) } // { errors => [ { message => $response->{content} } ] };
}

# the plugin, from the page that gives it
my ($plugin) = slurp_file('doc/bi.md') =~ /^```js\n(.*?)^```/ms or BAIL_OUT('doc/bi.md has no plugin');
my $folder = abs_path(PostgreSQL::Test::Utils::tempdir());
append_to_file("$folder/vitk.js", $plugin);
my ($listed) = $plugin =~ /^const types = (.*?);/ms;
my @types = split / /, join '', $listed =~ /'([a-z_ ]+)'/g;
is(join("\n", sort @types), ask(q{SELECT typname FROM pg_depend
	JOIN pg_extension e ON e.oid = refobjid AND extname = 'vitk' JOIN pg_type t ON t.oid = objid
	WHERE classid = 'pg_type'::regclass AND refclassid = 'pg_extension'::regclass AND typtype = 'b' AND typcategory <> 'A'
	ORDER BY typname COLLATE "C"}), 'the plugin names every type');

my $url = serve('--include-extension-resources', '--append-plugins', "$folder/vitk.js");
unlike($output, qr/error|conflict|deprecat/i, 'starts over public and vitk without a complaint');

# The views, with the comments of the catalogue
my $schema = graphql($url, '{ __schema { types { description fields { description } } } }');
my %types = map { $_->{description} => $_ } grep { defined $_->{description} } @{ $schema->{data}{__schema}{types} };
my @views = split /\n/, ask(q{SELECT c.oid::regclass || E'\t' || obj_description(c.oid, 'pg_class') FROM pg_class c
	WHERE relnamespace = 'vitk'::regnamespace AND relkind IN ('v', 'r') ORDER BY 1});
cmp_ok(scalar @views, '>', 25, 'tables and views of vitk');
for (@views)
{
	my ($view, $comment) = split /\t/;
	my $columns = ask(qq{SELECT string_agg(col_description(attrelid, attnum), E'\n' ORDER BY col_description(attrelid, attnum) COLLATE "C")
		FROM pg_attribute WHERE attrelid = '$view'::regclass AND attnum > 0 AND NOT attisdropped});
	my %shown = map { ($_->{description} // '') => 1 } @{ $types{$comment}{fields} // [] };
	my @missing = grep { !$shown{$_} } split /\n/, $columns;
	is("@missing", '', "$view and its columns have their comments");
}

# Rows of a flat view, as SQL has them
my $answer = graphql($url, '{ allNutrientFlats(orderBy: NUTRIENT_ORDER_ASC, condition: {nutrientGroup: "vitamin K"}) { nodes { nutrient nutrientOrder unit molarMass } } }');
is(join('', map { join('|', @$_{qw(nutrient nutrientOrder unit)}) . "\n" } @{ $answer->{data}{allNutrientFlats}{nodes} }),
	ask(q{SELECT nutrient, nutrient_order, unit FROM vitk.nutrient_flat WHERE nutrient_group = 'vitamin K' ORDER BY nutrient_order}) . "\n",
	'rows of a flat view, filtered and sorted');
is(graphql($url, '{ allFoodVitaminKs(condition: {foodId: "sr28:01002"}) { nodes { food mk4Ug } } }')->{data}{allFoodVitaminKs}{nodes}[0]{mk4Ug},
	20.9, 'numbers are numbers');
$answer = graphql($url, '{ allIntakes(orderBy: VERDICT_ORDER_ASC, condition: {nutrient: "K1"}) { nodes { name kind intakeLower intakeUpper limitLower unit verdict } } }');
is(join('', map { join('|', map { $_ // '' } @$_{qw(name kind intakeLower intakeUpper limitLower unit verdict)}) . "\n" } @{ $answer->{data}{allIntakes}{nodes} }),
	ask(q{SELECT name, kind, intake_lower, intake_upper, limit_lower, unit, verdict FROM intake WHERE nutrient = 'K1' ORDER BY verdict_order}) . "\n",
	'rows of a view of intakes against limits');
like($answer->{data}{allIntakes}{nodes}[0]{verdict}, qr/^(no conclusion|adequate)$/, 'which are verdicts');

# Columns of our types, and what they refuse
$answer = graphql($url, '{ personByName(name: "Ada") { dose eaten scan foods favourite } }');
is_deeply($answer->{data}{personByName},
	{ dose => '45000 ug/d', eaten => '100 g: K1 7 ug, MK-7 <0.5 ug', scan => '312 AU', foods => '{1002: 14}', favourite => 'MK-4' },
	'columns of our types are texts');
my $insert = 'mutation { createPerson(input: {person: {name: "Cy", dose: "%s", scan: "9 AU"}}) { person { dose scan } } }';
is_deeply(graphql($url, sprintf $insert, '0.6 mg/d')->{data}{createPerson}{person}, { dose => '600 ug/d', scan => '9 AU' }, 'they are written as literals');
like(graphql($url, sprintf $insert, '5 cups')->{errors}[0]{message}, qr/unit "cups" is not supported/, 'and refuse with the message of the type');
is(graphql($url, '{ allPeople(condition: {favourite: "K1"}) { nodes { name } } }')->{data}{allPeople}{nodes}[0]{name}, 'Bo', 'they compare as the type does');
stop();

# Without options it leaves out what belongs to an extension, but not the tables of users
$url = serve();
is(graphql($url, '{ personByName(name: "Ada") { sex favourite } }')->{data}{personByName}{favourite}, 'MK-4', 'without options: the tables of users');
like(graphql($url, '{ allNutrientFlats { nodes { nutrient } } }')->{errors}[0]{message}, qr/Cannot query field "allNutrientFlats"/, 'and none of ours');
stop();
$node->stop;
done_testing();
