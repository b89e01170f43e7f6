# CREATE EXTENSION changes no statement that does not use vitk: every call of a name that we share with PostgreSQL, and
# every operator of a name that we share, with untyped parameters and with those of PostgreSQL's own types, is prepared
# before and after.  What was resolved is resolved to the same types; what was an error may only become a call of ours.
use strict;
use warnings;
use File::Spec;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql('postgres', "CREATE DATABASE $_") for 'scratch', 'study';

sub ask
{
	my ($database, $sql) = @_;
	return $node->safe_psql($database, $sql);
}

# What we have in the schema that is on the search path, under names of PostgreSQL's
ask('scratch', 'CREATE EXTENSION vitk');
my $members = q{(SELECT classid, objid FROM pg_depend WHERE deptype = 'e' AND refclassid = 'pg_extension'::regclass
	AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'vitk')) AS m};
my @functions = split /\n/, ask('scratch', qq{SELECT DISTINCT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
	AND ('pg_proc'::regclass, oid) IN (SELECT * FROM $members)
	AND proname IN (SELECT proname FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace) ORDER BY 1});
my @operators = split /\n/, ask('scratch', qq{SELECT DISTINCT oprname FROM pg_operator
	WHERE ('pg_operator'::regclass, oid) IN (SELECT * FROM $members)
	AND oprname IN (SELECT oprname FROM pg_operator WHERE oprnamespace = 'pg_catalog'::regnamespace) ORDER BY 1});
cmp_ok(scalar @functions, '>', 5, "functions shared: @functions");
cmp_ok(scalar @operators, '>', 10, "operators shared: @operators");
is(join(' ', grep { /^(round|variance|convert)$/ } @functions), '', 'names that untyped calls use are left to PostgreSQL');

push @functions, qw(round variance convert);
my @types = qw(text name integer bigint numeric float8 boolean date timestamptz interval jsonb text[] int4range);

# expressions of one, two and three arguments, each untyped or of a type of PostgreSQL's
sub arguments
{
	my ($n) = @_;
	my @combinations = ([]);
	@combinations = map { my $c = $_; map { [ @$c, $_ ] } '', $n > 2 ? @types[ 0, 2, 5 ] : @types } @combinations for 1 .. $n;
	return map { my $i = 0; [ map { $i++; '$' . $i . ($_ eq '' ? '' : "::$_") } @$_ ] } @combinations;
}
my @expressions = (
	(map { my $f = $_; map { "$f(" . join(', ', @$_) . ')' } map { arguments($_) } 0 .. 3 } @functions),
	(map { my $f = $_; ("$f(DISTINCT \$1)", "$f(ALL \$1)", "$f(\$1) OVER ()", "$f(VARIADIC \$1)", "$f('x')", "$f('1', '2')") } @functions),
	(map { my $o = $_; map { "$_->[0] $o $_->[1]" } arguments(2) } @operators),
	(map { my $o = $_; map { ("$o $_->[0]", "'1' $o $_->[0]", "$_->[0] $o '1'", "$_->[0] $o ANY (\$2)", "$_->[0] $o ANY (\$2::text[])") } arguments(1) } @operators),
	(map { ("\$1 $_ (SELECT \$2)", "'1' $_ '2'", "1 $_ '2'", "'2' $_ 1.5") } @operators),
	map { ("$_ BETWEEN \$3 AND \$4", "$_ IN (\$5, \$6)", "CASE $_ WHEN \$7 THEN 1 END", "coalesce($_, \$3)", "greatest($_, \$3)", "nullif($_, \$3)",
			"$_ IS DISTINCT FROM \$3", "$_ LIKE \$3") } '$1', q{'1'}, map { "\$1::$_" } @types);
# Of ?& PostgreSQL has but one, jsonb ?& text[], so that it is found where neither side has a type; with a second one,
# diet ?& integer[], it is not.  A side that has a type, as a column has, decides as ever.
@expressions = grep { !/^(?:\$1|'1') \?& (?:\$[12]|'[12]'|ANY \(\$2\))$/ } @expressions;
cmp_ok(scalar @expressions, '>', 4000, @expressions . ' expressions');

# How they are resolved: types of parameters and of the result, or the SQLSTATE
ask($_, 'CREATE TABLE public.expression (id integer PRIMARY KEY, sql text)') for 'study';
my $file = File::Spec->rel2abs($node->basedir . '/expressions');
append_to_file($file, join '', map { "$_\n" } @expressions);
ask('study', "CREATE TEMP TABLE lines (id serial, sql text); COPY lines (sql) FROM '$file' (FORMAT csv, DELIMITER E'\\x01', QUOTE E'\\x02');
	INSERT INTO expression SELECT id, sql FROM lines");
sub resolve
{
	my ($table) = @_;
	ask('study', qq{CREATE TABLE $table (id integer, resolved text);
		DO \$do\$
		DECLARE
			e record;
			resolved text;
		BEGIN
			FOR e IN TABLE expression LOOP
				BEGIN
					EXECUTE format('PREPARE expression AS SELECT %s', e.sql);
					SELECT p.parameter_types::text || coalesce(to_jsonb(p) ->> 'result_types', '') INTO resolved
						FROM pg_prepared_statements p WHERE name = 'expression';
					DEALLOCATE expression;
				EXCEPTION WHEN OTHERS THEN
					resolved := sqlstate;
				END;
				INSERT INTO $table VALUES (e.id, resolved);
			END LOOP;
		END
		\$do\$});
}

# the type of the result, which pg_prepared_statements tells from PostgreSQL 16 on
sub result_types
{
	my ($table) = @_;
	ask('study', qq{CREATE TABLE $table (id integer, resolved text);
		DO \$do\$
		DECLARE
			e record;
			resolved text;
		BEGIN
			FOR e IN SELECT id, regexp_replace(sql, '\\\$\\d', 'NULL', 'g') AS sql FROM expression LOOP
				BEGIN
					EXECUTE format('SELECT pg_typeof((SELECT %s WHERE false))', e.sql) INTO resolved;
				EXCEPTION WHEN OTHERS THEN
					resolved := sqlstate;
				END;
				INSERT INTO $table VALUES (e.id, resolved);
			END LOOP;
		END
		\$do\$});
}

resolve('before');
result_types('before_result') if $node->pg_version < 16;
ask('study', 'CREATE EXTENSION vitk');
resolve('after');
result_types('after_result') if $node->pg_version < 16;

for my $what ('', $node->pg_version < 16 ? '_result' : ())
{
	cmp_ok(ask('study', "SELECT count(*) FROM before$what WHERE resolved !~ '^[0-9A-Z]{5}\$'"), '>', 1000, "many are statements of PostgreSQL$what");
	is(ask('study', "SELECT sql || ': ' || b.resolved || ' became ' || a.resolved
		FROM expression JOIN before$what b USING (id) JOIN after$what a USING (id)
		WHERE a.resolved <> b.resolved AND b.resolved <> '42883' ORDER BY id LIMIT 50"), '', "and are as they were$what");
	is(ask('study', "SELECT count(*) FROM expression JOIN before$what b USING (id) JOIN after$what a USING (id)
		WHERE a.resolved <> b.resolved"), ask('study', "SELECT count(*) FROM expression JOIN before$what b USING (id) JOIN after$what a USING (id)
		WHERE b.resolved = '42883' AND a.resolved <> b.resolved"), "none but what was undefined is another$what");
}

# The test notices a function such as there were in drafts
ask('study', q{CREATE FUNCTION public.round(nutrient_amount, integer DEFAULT 0) RETURNS nutrient_amount LANGUAGE sql AS 'SELECT $1'});
ask('study', 'DROP TABLE after');
resolve('after');
is(ask('study', q{SELECT string_agg(sql, ', ' ORDER BY id) FROM expression JOIN before b USING (id) JOIN after a USING (id)
	WHERE a.resolved <> b.resolved AND b.resolved <> '42883' AND sql ~ '^round[(][$]1(, [$]2)?[)]$'}), 'round($1), round($1, $2)', 'round() of ours would be noticed');

$node->stop;
done_testing();
