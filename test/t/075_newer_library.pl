# Values that a newer library stored: with a nutrient, a unit, a method, a measure, a basis or a format that this one
# does not know.  Every function that reads them raises an error of class data corrupted; comparison and hashing take
# them as they are, and nothing stops the server.  Some of the values are those of a library that has a row more in its
# tables of nutrients, units and methods; the others are bytes put in place of what this library wrote, by casts that
# PostgreSQL takes for free.
# VITK_SEED repeats a run.
use strict;
use warnings;
use File::Spec;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $seed = $ENV{VITK_SEED} // int rand 1_000_000;
diag "$0: seed $seed (VITK_SEED=$seed repeats this run)";
my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
sub ask { return $node->safe_psql('postgres', shift) }

ask(q{CREATE EXTENSION vitk;
	CREATE CAST (integer AS nutrient) WITHOUT FUNCTION});

# a type of bytes for each of ours, as long as it and aligned as it, so that a cast may take it as it is
my %length = map { split /\|/ } split /\n/, ask(q{SELECT oid::regtype, typlen FROM pg_type
	WHERE oid IN (SELECT objid FROM pg_depend WHERE classid = 'pg_type'::regclass AND deptype = 'e') AND typtype = 'b' AND typcategory <> 'A'});
is(scalar(keys %length), 12, 'the types');
for my $type (grep { $_ ne 'nutrient' } sort keys %length)
{
	ask("CREATE TYPE raw_$type;
		CREATE FUNCTION raw_${type}_in(cstring) RETURNS raw_$type LANGUAGE internal IMMUTABLE STRICT AS 'byteain';
		CREATE FUNCTION raw_${type}_out(raw_$type) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'byteaout';
		CREATE TYPE raw_$type (INPUT = raw_${type}_in, OUTPUT = raw_${type}_out, LIKE = $type);
		CREATE CAST (raw_$type AS $type) WITHOUT FUNCTION; CREATE CAST ($type AS raw_$type) WITHOUT FUNCTION");
}

# The bytes behind the length word of what this library makes of a literal, with some of them changed: offset => bytes
sub changed
{
	my ($type, $literal, %at) = @_;
	my $bytes = pack 'H*', ask("SELECT substr(CAST(CAST('$literal' AS $type) AS raw_$type)::text, 3)");
	substr($bytes, $_ - 4, length $at{$_}) = $at{$_} for keys %at;
	return "CAST(CAST('\\x" . unpack('H*', $bytes) . "' AS raw_$type) AS $type)";
}

# Bytes of a fixed length, of which the first four are a length word and so no matter
sub bytes
{
	my ($type, @parts) = @_;
	my $bytes = join '', @parts;
	die "$type" if length($bytes) != $length{$type};
	return "CAST(CAST('\\x" . unpack('H*', substr $bytes, 4) . "' AS raw_$type) AS $type)";
}
my $count = ask('SELECT count(*) FROM vitk.nutrient');

# The newer library: only what reads the tables that grew is compiled anew.
my $tree = File::Spec->rel2abs(PostgreSQL::Test::Utils::tempdir());
system_or_bail('cp', '-R', qw(src sql META.json Makefile vitk.control build), $tree);
my %more = (nutrient => '9999,ZZZ,of tomorrow,organic acid,ug' . ',' x 14 . 'test', unit => 'zzz,,mass,7,1,0,test',
	calcification_method => 'zzz,zzz,,0.001,1000,test,false,,of tomorrow,test,');
for my $table (keys %more)
{
	my ($last) = slurp_file("$tree/src/data/$table.csv") =~ /^(\d+),[^\n]*\n\z/m;
	append_to_file("$tree/src/data/$table.csv", $last + 1 . ",$more{$table}\n");
}
system_or_bail('sh', '-c', "cd $tree && for table in nutrient nutrient_count unit calcification_method
	do perl src/data/generate.pl c \$table >build/\${table}_data.h || exit 1; done
	find . -type f ! -name '*.o' -exec touch -t 200001010000 {} + && rm \$(grep -l 'nutrient_data.h\\|unit_data.h\\|method_data.h\\|nutrient_profile.h\\|food_composition.h\\|food_table.h\\|VITK_NUTRIENT_COUNT' -r src --include='*.c' | sed 's/c\$/o/')");
{
	delete local $ENV{MAKEFLAGS};
	system_or_bail('make', '-s', '-C', $tree, 'with_llvm=no', 'vitk.so');
}
ask("CREATE FUNCTION newer(text, text) RETURNS void LANGUAGE plpgsql AS \$\$
	BEGIN
		EXECUTE format('CREATE FUNCTION newer_%1\$s_in(cstring, oid, integer) RETURNS %1\$s LANGUAGE C STRICT AS ''$tree/vitk.so'', ''%1\$s_in'';
			CREATE FUNCTION newer_%1\$s_out(%1\$s) RETURNS cstring LANGUAGE C STRICT AS ''$tree/vitk.so'', ''%1\$s_out''', \$1);
		EXECUTE format('INSERT INTO newer (%1\$s) SELECT newer_%1\$s_in(%2\$L, 0, -1)', \$1, \$2);
	END \$\$;
	CREATE TABLE newer (nutrient nutrient, nutrient_amount nutrient_amount, nutrient_profile nutrient_profile, calcification calcification, food_composition food_composition)");
sub of_newer { return "(SELECT $_[0] FROM newer WHERE $_[0] IS NOT NULL)" }
my %newer = (nutrient => 'ZZZ', nutrient_amount => '7 zzz', nutrient_profile => '100 g: K1 7 ug, ZZZ 3 ug', calcification => '312 zzz', food_composition => '{7: 100 g: ZZZ 7 ug}');
for my $type (sort keys %newer)
{
	# on a backend each, which has the newer library first
	ask("SELECT newer('$type', '$newer{$type}')");
	is(ask("SELECT newer_${type}_out(" . of_newer($type) . ')'), $newer{$type}, "$type of a newer library is what it stored");
}

my @values = (
	(map { [ $_, 'a newer library', of_newer($_) ] } sort keys %newer),
	[ 'nutrient', 'nutrient 0', 'CAST(0 AS nutrient)' ],
	[ 'nutrient', 'a nutrient far off', 'CAST(-2000000000 AS nutrient)' ],
	(map { my $i = $_; [ 'nutrient_amount', "a unit in place $i", bytes('nutrient_amount', pack('d<d<', 7, 7), pack('C6S<', map { $_ == $i ? 250 : $_ == 0 ? 4 : 0 } 0 .. 6)) ] } 0 .. 4),
	[ 'nutrient_profile', 'a format', changed('nutrient_profile', '100 g: K1 7 ug', 4 => "\x03") ],
	[ 'nutrient_profile', 'a form', changed('nutrient_profile', '100 g: K1 7 ug', 5 => "\x08") ],
	[ 'nutrient_profile', 'more nutrients than bytes', changed('nutrient_profile', '100 g: K1 7 ug', 6 => pack 'S<', 9) ],
	[ 'conversion', 'the next nutrient', changed('conversion', 'molar: K1 0.25', 24 => pack 'l<', $count + 1) ],
	[ 'conversion', 'a basis', changed('conversion', 'molar: K1 0.25', 28 => pack 'l<', 7) ],
	[ 'conversion', 'more factors than there may be', changed('conversion', 'molar: K1 0.25', 4 => pack 'l<', 33) ],
	[ 'calcification', 'a method', bytes('calcification', pack('d<C8', 312, 250, (0) x 7)) ],
	[ 'effect_size', 'the next measure', bytes('effect_size', pack('d<d<d<l<l<', -10, 9, 0, 9, 0)) ],
	[ 'effect_size', 'no measure', bytes('effect_size', pack('d<d<d<l<l<', -10, 9, 0, 0, 0)) ],
	[ 'meta_evidence', 'a format', changed('meta_evidence', '{1 (SE 1)}', 4 => "\x02") ],
	[ 'meta_evidence', 'the next measure', changed('meta_evidence', '{1 (SE 1)}', 5 => "\x09") ],
	[ 'meta_evidence', 'more studies than bytes', changed('meta_evidence', '{1 (SE 1)}', 8 => pack 'L<', 9) ],
	[ 'survey_sample', 'a format', changed('survey_sample', '{1/1: n=0}', 4 => "\x02") ],
	[ 'survey_sample', 'more PSUs than bytes', changed('survey_sample', '{1/1: n=0}', 8 => pack 'L<', 9) ],
	[ 'diet', 'a format', changed('diet', '{1002: 14}', 8 => "\x02") ],
	[ 'diet', 'a form', changed('diet', '{1002: 14}', 9 => "\x40") ],
	[ 'diet', 'more items than bytes', changed('diet', '{1002: 14}', 4 => pack 'L<', 9) ],
	[ 'food_composition', 'a format', changed('food_composition', '{7: 100 g: K1 7 ug}', 4 => "\x02") ],
	[ 'food_composition', 'more foods than bytes', changed('food_composition', '{7: 100 g: K1 7 ug}', 12 => pack 'L<', 900) ]);
# samples and variance components are numbers alone: there is nothing in them to know
is(join(' ', sort keys %{ { map { $_->[0] => 1 } @values } }), join(' ', sort grep { !/^(?:study_sample|variance_components)$/ } keys %length), 'a value of each type that may be newer');

# Calls of each function with such a value, the other arguments drawn from what it may take: what they raise.  Another
# argument may be refused first, so it is most of the functions that must come to the value; none may make something of it.
ask(q{CREATE TABLE pool (type regtype, value text);
	INSERT INTO pool SELECT type::regtype, unnest(values) FROM (VALUES
		('float8', '{0.5,1,0.9}'::text[]), ('integer', '{1,2,7}'), ('bigint', '{1,2,7}'), ('boolean', '{t,f}'), ('date', '{2020-01-01,2021-01-01}'),
		('text', '{ug,ug/d,kcal,agatston,agatston_4,REML,adhoc,human,molar,bioconversion,female,NAM,none,log,MD,AI,UL,annual_15,z,K1,vitamin K,certainty,value}'),
		('nutrient', '{K1,MK-4}'), ('nutrient_amount', '{7 ug,7 ug/d}'), ('nutrient_profile', '{100 g: K1 7 ug,K1 7 ug}'), ('conversion', '{molar: K1 0.25}'),
		('calcification', '{312 AU}'), ('study_sample', '{"3.2 (SD 0.4, n=7)"}'), ('effect_size', '{-10 (SE 9.22)}'), ('diet', '{"{1002: 14, 7: 5}"}'),
		('food_composition', '{"{7: 100 g: K1 7 ug; 1002: 30 g}"}'), ('meta_evidence', '{"{1 (SE 1), 2 (SE 1), 3 (SE 1), 5 (SE 2)}"}'), ('survey_sample', '{"{1/1: n=2, weight=4, sum=10, ss=2; 1/2: n=2, weight=3, sum=1}"}'),
		('variance_components', '{"(persons=2, days=5, days_squared=13, means=9, sum=23, ss_within=1.5, ss_between=1.2)"}'),
		('reference_value_row', '{"(K1,AI,90 ug/d,value,K1,,NAM,2001,x,)"}'),
		('integer[]', '{"{7}"}'), ('nutrient[]', '{"{K1}"}'), ('float8[]', '{"{0.5}"}'), ('text[]', '{"{K1}"}')) AS v (type, values);
	CREATE FUNCTION called(f oid, type regtype, place integer, value text) RETURNS TABLE (error text) LANGUAGE plpgsql AS $$
	DECLARE
		statement text;
		result text;
	BEGIN
		FOR i IN 1 .. 12 LOOP
			SELECT format(CASE p.prokind WHEN 'a' THEN 'SELECT max(r::text) FROM (SELECT %s(%s)) AS s (r)' ELSE 'SELECT max(r::text) FROM %s(%s) AS r' END,
					f::regproc, (SELECT string_agg(CASE WHEN n = place THEN value ELSE format('%L::%s', (SELECT pool.value FROM pool WHERE pool.type = t ORDER BY random() + n * i * 0 LIMIT 1), t::regtype) END, ', ' ORDER BY n)
						FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY AS a (t, n)))
				INTO statement FROM pg_proc p WHERE p.oid = f;
			BEGIN
				EXECUTE statement INTO result;
				error = 'none: ' || statement || ' = ' || coalesce(result, 'NULL');
			EXCEPTION WHEN OTHERS THEN
				error = sqlstate;
				IF sqlstate NOT IN ('XX001') THEN error = error || ' ' || statement || ': ' || sqlerrm; END IF;
			END;
			RETURN NEXT;
		END LOOP;
	END $$});
my $functions = q{(SELECT p.oid, p.oid::regprocedure::text AS name, n::integer AS place FROM pg_proc p JOIN pg_depend ON classid = 'pg_proc'::regclass AND objid = p.oid AND deptype = 'e',
		unnest(proargtypes::oid[]) WITH ORDINALITY AS a (t, n)
	WHERE t = '%s'::regtype AND prokind IN ('f', 'a') AND proargtypes::oid[] <@ ARRAY(SELECT type::oid FROM pool)
		AND proname !~ '_(eq|ne|lt|le|gt|ge|cmp|hash|hash_extended|smaller|larger)$') AS f};
for (@values)
{
	my ($type, $what, $value) = @$_;
	cmp_ok(ask('SELECT count(*) FROM ' . sprintf $functions, $type), '>', 3, "$type: functions that read it");
	# the same on another backend each, so that a crash is seen for what it is
	my $answer = $node->psql('postgres', "SELECT setseed($seed % 1000000 / 1e6);
		CREATE TEMP TABLE raised AS SELECT name, place, error FROM " . sprintf($functions, $type) . ", LATERAL called(oid, '$type', place, \$v\$$value\$v\$);
		SELECT DISTINCT ON (name, place) left(error, 300) FROM raised WHERE error LIKE 'none%' OR (error LIKE 'XX%' AND error <> 'XX001') ORDER BY name, place;
		SELECT 'too few: ' || string_agg(name, ', ') FROM (SELECT name FROM raised GROUP BY name HAVING count(*) FILTER (WHERE error = 'XX001') = 0) n
			HAVING count(*) > 0.2 * (SELECT count(DISTINCT name) FROM raised)", stdout => \my $out, stderr => \my $err);
	$out =~ s/^\n//;
	is("$answer $err", '0 ', "$type of $what: the server goes on");
	is($out, '', "$type of $what: every function that reads it says that it is corrupted");
	my $compared = $node->psql('postgres', "SELECT a = a, a < b, a >= b, vitk_internal.${type}_hash_extended(a, 42) IS NOT NULL
		FROM (SELECT $value AS a, (SELECT value FROM pool WHERE type = '$type'::regtype LIMIT 1)::$type AS b) s", stdout => \my $order, stderr => \my $error);
	ok($order =~ /^t\|[tf]\|[tf]\|t$/ || $error =~ /unknown (?:format|measure)/, "$type of $what: comparison does not read it, or refuses it") or diag "$order $error";
}
is(ask('SELECT 1'), '1', 'the server is there');

$node->stop;
done_testing();
