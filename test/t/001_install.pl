# Installing and removing: who may, where to, documented, marked, and without a trace.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql('postgres', 'CREATE ROLE analyst LOGIN; CREATE ROLE reader LOGIN;
	CREATE DATABASE study OWNER analyst');

# what is asked, by whom: rows as text
sub ask
{
	my ($sql, $user) = @_;
	return $node->safe_psql('study', $sql, extra_params => [ '-U', $user // 'analyst' ]);
}

# every object that belongs to the extension
my $members = q{(SELECT classid, objid FROM pg_depend
	WHERE deptype = 'e' AND refclassid = 'pg_extension'::regclass
	AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'vitk')) AS member};

# how many objects of a user's making each catalog holds
my $census = join ' UNION ALL ', map({ "SELECT '$_', count(*) FROM $_ WHERE oid >= 16384" }
	qw(pg_class pg_type pg_proc pg_operator pg_opclass pg_opfamily pg_cast pg_namespace pg_constraint
	pg_rewrite pg_trigger pg_extension)),
  map { "SELECT '$_', count(*) FROM $_ WHERE objoid >= 16384" } qw(pg_description pg_init_privs);

my $before = ask($census);

# the database owner, no superuser, may install it: trusted
ask('CREATE EXTENSION vitk');
is(ask(q{SELECT 'menaquinone-4'::nutrient}), 'MK-4', 'the database owner creates the extension');
is(ask(q{SELECT 'menaquinone-4'::public.nutrient}, 'reader'), 'MK-4', 'and others use it');

my ($status, undef, $stderr) =
  $node->psql('study', 'CREATE TABLE vitk.intruder ()', extra_params => [ '-U', 'reader' ]);
isnt($status, 0, 'a reader creates nothing in the schema vitk');

# documented
is(ask("SELECT pg_describe_object(classid, objid, 0) FROM $members
	WHERE obj_description(objid, classid::regclass::text) IS NULL
	AND classid::regclass::text NOT IN ('pg_amop', 'pg_amproc', 'pg_rewrite', 'pg_default_acl')
	AND NOT (classid = 'pg_class'::regclass
		AND (SELECT relkind IN ('i', 'S', 'c') FROM pg_class WHERE oid = objid))
	AND NOT (classid = 'pg_type'::regclass
		AND (SELECT typrelid <> 0 OR typsubscript = 'array_subscript_handler'::regproc
			FROM pg_type WHERE oid = objid))
	ORDER BY 1"), '', 'every object has a comment');
is(ask("SELECT pg_describe_object(classid, objid, attnum) FROM $members
	JOIN pg_attribute ON attrelid = objid AND attnum > 0 AND NOT attisdropped
	WHERE classid = 'pg_class'::regclass AND col_description(attrelid, attnum) IS NULL
	AND (SELECT relkind IN ('r', 'p', 'v', 'm') FROM pg_class WHERE oid = attrelid)
	ORDER BY 1"), '', 'every column has a comment');

# rooms: the schemas of users hold what users call.  What only operators, operator classes, types, aggregates, casts,
# triggers and constraints call is in vitk_internal; for users, too, are amount() and has_nutrient(), which drivers write
# for -> and ?, food_profile(), which is -> of a composition, and pool(), which is of two samples what the aggregate is of many.
my %for_users_too = map { $_ => 1 } qw(amount food_profile has_nutrient pool);
my @plumbing = split /\n/, ask("WITH called (by, oid) AS (
		SELECT 'operator', oprcode::oid FROM pg_operator UNION ALL SELECT 'estimator', unnest(ARRAY[oprrest, oprjoin])::oid FROM pg_operator
		UNION ALL SELECT 'operator class', amproc::oid FROM pg_amproc
		UNION ALL SELECT 'type', unnest(ARRAY[typinput, typoutput, typreceive, typsend, typmodin, typmodout, typanalyze, typsubscript])::oid FROM pg_type
		UNION ALL SELECT 'range', unnest(ARRAY[rngcanonical, rngsubdiff])::oid FROM pg_range
		UNION ALL SELECT 'aggregate', unnest(ARRAY[aggtransfn, aggfinalfn, aggcombinefn, aggserialfn, aggdeserialfn,
			aggmtransfn, aggminvtransfn, aggmfinalfn])::oid FROM pg_aggregate
		UNION ALL SELECT 'cast', castfunc FROM pg_cast
		UNION ALL SELECT 'planner', prosupport::oid FROM pg_proc
		UNION ALL SELECT 'trigger', tgfoid FROM pg_trigger)
	SELECT DISTINCT proname, by FROM called JOIN pg_proc p USING (oid) JOIN $members ON objid = p.oid AND classid = 'pg_proc'::regclass
	WHERE pronamespace <> 'vitk_internal'::regnamespace
	UNION SELECT proname, 'internal' FROM pg_proc p JOIN $members ON objid = p.oid AND classid = 'pg_proc'::regclass
	WHERE pronamespace <> 'vitk_internal'::regnamespace
	AND ((proargtypes::oid[] || prorettype) && '{internal,cstring,trigger}'::regtype[]::oid[] OR proname ~ '^check_|_check\$')
	UNION SELECT proname, 'no procedure, in vitk' FROM pg_proc WHERE pronamespace = 'vitk'::regnamespace AND prokind <> 'p' ORDER BY 1, 2");
is(join("\n", grep { !/^(\w+)\|/ || !$for_users_too{$1} && $1 ne 'import_check' } @plumbing), '', 'no plumbing in the schemas of users');
cmp_ok(ask("SELECT count(*) FROM pg_proc JOIN pg_operator o ON oprcode = pg_proc.oid WHERE pronamespace = 'vitk_internal'::regnamespace"), '>', 50,
	'operators have theirs in vitk_internal');

# every object belongs to who installed it, for a trusted extension the superuser of the cluster
my %owner = (pg_proc => 'proowner', pg_type => 'typowner', pg_class => 'relowner', pg_operator => 'oprowner', pg_opclass => 'opcowner',
	pg_opfamily => 'opfowner', pg_namespace => 'nspowner');
is(ask(join ' UNION ALL ', map { "SELECT pg_describe_object(classid, objid, 0) FROM $members JOIN $_ c ON c.oid = objid
	WHERE classid = '$_'::regclass AND $owner{$_} <> (SELECT datdba FROM pg_database WHERE datname = 'template0')" } sort keys %owner), '',
	'every object belongs to who installed it');
is(ask("SELECT DISTINCT classid::regclass FROM $members WHERE classid::regclass::text <> ALL ('{" . join(',', keys %owner) . ",pg_cast}')"), '',
	'objects of no other kind have an owner');

# marked for the planner
cmp_ok(ask("SELECT count(*) FROM $members JOIN pg_proc p ON p.oid = objid
	WHERE classid = 'pg_proc'::regclass AND prolang = (SELECT oid FROM pg_language WHERE lanname = 'c')"),
	'>', 10, 'there are functions in C');
is(ask("SELECT objid::regprocedure FROM $members JOIN pg_proc p ON p.oid = objid
	WHERE classid = 'pg_proc'::regclass AND prolang = (SELECT oid FROM pg_language WHERE lanname = 'c')
	AND NOT (provolatile = 'i' AND proparallel = 's')
	AND NOT (provolatile = 's' AND proparallel = 's' AND proargtypes[0] = 'internal'::regtype AND prorettype = 'float8'::regtype)
	ORDER BY 1"), '', 'every function in C is IMMUTABLE and PARALLEL SAFE, but for estimators of selectivity, which read statistics');
is(ask("SELECT objid::regprocedure FROM $members JOIN pg_proc p ON p.oid = objid
	WHERE classid = 'pg_proc'::regclass AND prokind = 'a' AND proparallel <> 's'
	ORDER BY 1"), '', 'every aggregate is PARALLEL SAFE');
is(ask("SELECT objid::regprocedure FROM $members JOIN pg_aggregate a ON a.aggfnoid = objid
	WHERE classid = 'pg_proc'::regclass AND aggtranstype = 'internal'::regtype
	ORDER BY 1"), '', 'no aggregate hides its state');

# operator classes
cmp_ok(ask("SELECT count(*) FROM $members WHERE classid = 'pg_opclass'::regclass"),
	'>', 1, 'there are operator classes');
is(ask("SELECT pg_describe_object(classid, objid, 0) FROM $members JOIN pg_opclass o ON o.oid = objid
	WHERE classid = 'pg_opclass'::regclass AND NOT amvalidate(o.oid)"),
	'', 'every operator class validates');

# the module of what version, for one to tell a server that has it loaded from one that needs a restart
SKIP:
{
	skip 'modules tell their version since PostgreSQL 18', 1 if $node->pg_version < 18;
	is(ask(q{SELECT 'MK-4'::nutrient; SELECT version FROM pg_get_loaded_modules() WHERE module_name = 'vitk'}),
		ask(q{SELECT E'MK-4\n' || extversion FROM pg_extension WHERE extname = 'vitk'}), 'the module is of the version of the extension');
}

# gone without a trace
ask('DROP EXTENSION vitk');
is(ask($census), $before, 'DROP EXTENSION leaves nothing behind');

# what everybody tries: the schema of the tables, which the extension makes itself
{
	my (undef, undef, $stderr) = $node->psql('study', 'CREATE SCHEMA vitk; CREATE EXTENSION vitk SCHEMA vitk', extra_params => [ '-U', 'analyst' ]);
	like($stderr, qr/types and functions of vitk cannot be created in schema "vitk"\n.*HINT: +DROP SCHEMA vitk; CREATE EXTENSION vitk; or name any other schema/s,
		'CREATE EXTENSION vitk SCHEMA vitk says what to do');
	(undef, undef, $stderr) = $node->psql('study', 'CREATE EXTENSION vitk', extra_params => [ '-U', 'analyst' ]);
	like($stderr, qr/schema "vitk" already exists\n.*HINT: +Drop or rename it first, such as by ALTER SCHEMA vitk RENAME TO vitk_before/s, 'and so where the schema is there');
	ask('DROP SCHEMA vitk; CREATE EXTENSION vitk; DROP EXTENSION vitk');
	is(ask($census), $before, 'what it says works');
}

# whatever the settings that change how SQL is read, the objects are the same, and so is what functions do
{
	my $objects = "SELECT md5(string_agg(definition, chr(10) ORDER BY definition)) FROM (
		SELECT replace(pg_get_functiondef(p.oid), '\"public\"', 'public') FROM $members JOIN pg_proc p ON p.oid = objid WHERE classid = 'pg_proc'::regclass AND prokind <> 'a'
		UNION ALL SELECT pg_get_viewdef(c.oid) FROM $members JOIN pg_class c ON c.oid = objid WHERE classid = 'pg_class'::regclass AND relkind = 'v'
		UNION ALL SELECT conname || pg_get_constraintdef(k.oid) FROM $members JOIN pg_constraint k ON conrelid = objid WHERE classid = 'pg_class'::regclass
		UNION ALL SELECT obj_description(objid, classid::regclass::text) FROM $members) AS o (definition)";
	my $does = q{SELECT count(*), (SELECT md5(string_agg(f::text, '' ORDER BY f)) FROM vitk.food f) FROM find_food('beef liver', 5)};
	my @settings = ('standard_conforming_strings = off', 'escape_string_warning = off', 'backslash_quote = on', 'array_nulls = off',
		'transform_null_equals = on', q{DateStyle = 'German, DMY'}, q{IntervalStyle = 'sql_standard'}, 'extra_float_digits = -15', 'quote_all_identifiers = on',
		q{bytea_output = 'escape'}, 'xmloption = document', q{TimeZone = 'Asia/Tokyo'});
	ask('CREATE EXTENSION vitk');
	my ($expected, $found) = (ask($objects), ask($does));
	ask('DROP EXTENSION vitk');
	ask(join '; ', map({ "SET $_" } @settings), 'CREATE EXTENSION vitk');
	is(ask($objects), $expected, 'the objects are the same under settings that change how SQL is read');
	is(ask(join '; ', map({ "SET $_" } grep { /strings|backslash|nulls|null_equals|digits/ } @settings), $does), $found, 'and functions find the same');
	ask('DROP EXTENSION vitk');
}

# in a schema of one's own, found without search_path
ask('CREATE SCHEMA nutr; CREATE EXTENSION vitk SCHEMA nutr');
is(ask(q{SELECT nutr.unit('K1'::nutr.nutrient)}), 'ug', 'created in another schema');
is(ask("SELECT DISTINCT nspname FROM $members
	JOIN (SELECT 'pg_proc'::regclass AS catalog, oid, pronamespace AS nsp FROM pg_proc
		UNION ALL SELECT 'pg_type'::regclass, oid, typnamespace FROM pg_type
		UNION ALL SELECT 'pg_operator'::regclass, oid, oprnamespace FROM pg_operator
		UNION ALL SELECT 'pg_opclass'::regclass, oid, opcnamespace FROM pg_opclass) o
		ON o.catalog = classid AND o.oid = objid
	JOIN pg_namespace n ON n.oid = nsp
	WHERE nspname NOT IN ('nutr', 'vitk', 'vitk_internal')"), '', 'nothing of it lies elsewhere');
is(ask('SELECT count(*) > 20 FROM vitk.nutrient'), 't', 'the reference tables lie in vitk all the same');

# it does not move; the schema may get another name, and all works on
sub refused
{
	my ($statement) = @_;
	my (undef, undef, $stderr) = $node->psql('study', $statement, extra_params => [ '-U', 'analyst' ]);
	return $stderr;
}

like(refused('ALTER EXTENSION vitk SET SCHEMA public'), qr/extension "vitk" does not support SET SCHEMA/, 'it does not move');
like(refused('ALTER SCHEMA vitk RENAME TO other'), qr/must be owner of schema vitk/, 'the schema vitk is the extension\'s');
ask('ALTER SCHEMA nutr RENAME TO "other one"');
is(ask(q{SELECT ('K1 5 ug'::"other one".nutrient_profile)['K1'], vitk_internal.clinical_calcification('calcification', 'volume', 5, 'uL', NULL),
	(SELECT count(*) FROM "other one".find_food('natto', 1)),
	(SELECT count(*) > 0 FROM "other one".intake_vs_limit('K1 5 ug', 'female', 30)),
	(SELECT bool_or(effect IS NOT NULL) FROM vitk.study_result_effect)}), '5 ug|5 mm3|1|t|t', 'its schema may be renamed');
ask('DROP EXTENSION vitk; DROP SCHEMA "other one"');
is(ask($census), $before, 'and it goes from there, too');

$node->stop;

# the install script: plain CREATE, so that it cannot take over an object laid out for it
my ($version) = slurp_file('META.json') =~ /"version": "(.*?)"/;
my $script = "build/vitk--$version.sql";
ok(-s $script, 'the install script is built');
my @lines = grep { /^\s*CREATE\b.*\b(OR REPLACE|IF NOT EXISTS)\b/i } split /\n/, slurp_file($script);
is(join("\n", @lines), '', 'the install script uses plain CREATE only');

done_testing();
