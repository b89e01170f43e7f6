# Round trip: every value that a function or an aggregate returns reads back from text, binary (COPY), json and jsonb,
# equal and with an equal hash.  The values are what the functions make of each other: each round calls every function
# and aggregate that returns one of our types with arguments drawn from a pool, and puts into it what comes out.
# VITK_SEED repeats a run, VITK_ROUNDS makes it longer (default 4).
use strict;
use warnings;
use Cwd qw(abs_path);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $seed = $ENV{VITK_SEED} // int rand 1_000_000;
my $rounds = $ENV{VITK_ROUNDS} // 4;
diag "$0: seed $seed (VITK_SEED=$seed repeats this run)";

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION vitk');

sub ask { return $node->safe_psql('postgres', shift) }

my @types = split /\n/, ask(q{SELECT t.oid::regtype FROM pg_type t JOIN pg_depend ON classid = 'pg_type'::regclass AND objid = t.oid AND deptype = 'e'
	WHERE typtype = 'b' AND typcategory <> 'A' ORDER BY t.oid::regtype::text});
is(scalar(@types), 12, "types: @types");

# What the pool starts with: of each type, and of PostgreSQL's types that our functions take
ask(q{CREATE TABLE pool (type regtype, id serial, value text, how text);
	CREATE INDEX ON pool (type, id);
	INSERT INTO pool (type, value, how) SELECT type::regtype, unnest(values), 'start' FROM (VALUES
		('float8', '{0,1,0.95,2,0.1,0.3,7,28,44,100,250,1e-5,12345.678901234567,1e15,1e16,1e300,1e-300,-1,-0.7}'::text[]),
		('integer', '{0,1,2,3,7,12,15,-3,-15,1002,2147483647}'), ('bigint', '{1,2,5,10,40,200,9007199254740991}'), ('boolean', '{t,f}'),
		('text', '{mg,ug,ug/d,g,kcal,nmol/L,agatston,volume,mass,log,cuberoot,sqrt,none,REML,DL,FE,human,rat,bioconversion,molar,article,MD,OR,RR,SMD,adhoc,z,EAR,UL,K1}'),
		('nutrient', '{K1,MK-4,MK-7,vitamin K,D3,energy,"A-RAE",fat,FASAT}'),
		('nutrient_amount', '{0 mg,45 mg,<0.5 ug,35..65 ug/d,"600 [IU]/d",7 nmol/L,1 kcal,45 ug/(kg.d),<1000000000000.4 ug,0.30000000000000004 ug,1e300 g,2.2250738585072014e-308 ug}'),
		('nutrient_profile', '{0 g,"100 g: K1 7 ug, MK-7 <0.5 ug","250 g: K1 0.1 ug (known 100 g), fat 3 g","K1 1e300 ug",D3 25 ug,0.3 g: K1 0.1..0.7 ug,"250 g and more: K1 15 ug",1e17 g: K1 <1000000000000.4 ug,"100 g: fat 3 g, FASAT 2.9 g, water 90 g"}'),
		('conversion', '{molar: K1 0..0.25,"mass: MK-7 0.6852","molar: K1 0.1, MK-7 1; mass: MK-9 0.3"}'),
		('calcification', '{0 AU,312 AU,0.1 AU,250 mm3,9 AAC24,1.35 TBR,7.2 ug/mg,10000000 AU,0.001 mm3}'),
		('study_sample', '{(n=0),5 (n=1),"3.2 (SD 0.4, n=7)","27 (SE 6, n=200)","0.1 (SD 0.3, n=3)","1e150 (SD 1e140, n=5)","0 (SD 1, n=9007199254740991)"}'),
		('effect_size', '{-10 (SE 9.22),"-10 (SE 9.22, df=373)","OR 0.35 [0.16, 0.78]",RR 2 (SE 0.1),SMD 0.3 (SE 0.2),0.1 (SE 1e-9),1e300 (SE 1e300)}'),
		('diet', '{"{}","{1002: 14, 7: ?}","{1: 0.1, 7: 120.5}","{0: 0.3}","{1: 1e17}"}'),
		('food_composition', '{"{}","{1: 100 g: K1 7 ug, MK-7 <0.5 ug; 7: 30 g}","{1: 0.3 g: K1 0.1 ug; 1002: 100 g: K1 1..3 ug (known 40 g), fat 3 g}"}'),
		('meta_evidence', '{"{}","{1 (SE 1)}","{-10 (SE 9), -11 (SE 20), -9.5 (SE 14)}","{OR 0.35 (SE 0.1), OR 0.5 (SE 0.3)}"}'),
		('survey_sample', '{"{}","{1/1: n=2, weight=4, sum=10, ss=2; 1/2: n=2, weight=3, sum=1}","{1/1: n=2, weight=1.5, sum=0.1; 2/1: n=3, weight=0.3, sum=5, ss=0.7; 2/2: n=0}"}'),
		('variance_components', '{(persons=0),"(persons=2, days=5, days_squared=13, means=9, sum=23, ss_within=1.5, ss_between=1.2)"}'),
		('integer[]', '{"{}","{1,2,7}"}'), ('nutrient[]', '{"{}","{K1,MK-7}"}'), ('float8[]', '{"{0.5}","{1,2,3}","{0.1,0.2,0.3,0.7}"}'), ('text[]', '{"{K1}"}')) AS v (type, values);
	INSERT INTO pool (type, value, how) SELECT 'float8'::regtype, (random() * 10 ^ (random() * 12 - 4))::float8::text, 'random' FROM generate_series(1, 40) WHERE setseed(} . $seed % 1_000_000 / 1e6 . q{) IS NOT NULL;
	INSERT INTO pool (type, value, how) SELECT 'jsonb'::regtype, '{}', 'start';

	-- a literal of the type, drawn from the pool; the same in one seeded run
	CREATE FUNCTION drawn(t oid, ours oid) RETURNS text LANGUAGE sql VOLATILE AS $$
		SELECT format('%L::%s', value, type::text)
		FROM (SELECT CASE t WHEN 'cstring'::regtype THEN ours WHEN 'jsonb'::regtype THEN ours ELSE t END AS wanted) w,
			LATERAL (SELECT array_agg(id ORDER BY id) AS ids FROM pool WHERE type = wanted) n, LATERAL (SELECT ids[1 + floor(random() * cardinality(ids))::integer] AS drawn_id OFFSET 0) d
			JOIN pool ON id = drawn_id
	$$;
	CREATE FUNCTION call(f oid) RETURNS text LANGUAGE plpgsql AS $$
	DECLARE
		p pg_proc;
		arguments text[] = '{}';
		t oid;
		k integer = 1 + floor(random() * random() * 9);
	BEGIN
		SELECT * INTO p FROM pg_proc WHERE oid = f;
		IF p.prokind = 'f' THEN
			FOREACH t IN ARRAY p.proargtypes::oid[] LOOP
				arguments = arguments || (drawn(t, p.prorettype) || CASE t WHEN 'cstring'::regtype THEN '::text::cstring' WHEN 'jsonb'::regtype THEN '::jsonb' ELSE '' END);
			END LOOP;
			RETURN format('SELECT %s(%s%s)', f::regproc, CASE WHEN p.provariadic <> 0 THEN 'VARIADIC ' ELSE '' END, array_to_string(arguments, ', '));
		END IF;
		FOR i IN 1 .. k LOOP
			arguments = arguments || (SELECT '(' || string_agg(drawn(u.t, 0), ', ' ORDER BY place) || ')' FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY u (t, place));
		END LOOP;
		RETURN format('SELECT %s(%s) FROM (VALUES %s) v (%2$s)', f::regproc,
			(SELECT string_agg('a' || i, ', ' ORDER BY i) FROM generate_series(1, p.pronargs) i), array_to_string(arguments, ', '));
	END $$;
	CREATE FUNCTION try(f oid, returns regtype) RETURNS void LANGUAGE plpgsql AS $$
	DECLARE
		statement text = call(f);
		result text;
	BEGIN
		EXECUTE format('SELECT r::text FROM (%s) AS s (r)', statement) INTO result;
		INSERT INTO pool (type, value, how) SELECT returns, result, statement WHERE result IS NOT NULL;
	EXCEPTION WHEN OTHERS THEN
		IF sqlstate ~ '^XX' THEN
			RAISE WARNING '%: % %', statement, sqlstate, sqlerrm;
		END IF;
	END $$;});
ask("CREATE TABLE of_$_ (id integer, value $_, how text); CREATE TABLE again_$_ (LIKE of_$_);") for @types;
my $functions = q{(SELECT p.oid, prorettype::regtype AS returns, proname FROM pg_proc p JOIN pg_depend ON classid = 'pg_proc'::regclass AND objid = p.oid AND deptype = 'e'
	WHERE prorettype IN (SELECT DISTINCT type FROM pool WHERE type::text = ANY (string_to_array('} . join(',', @types) . q{', ','))) AND prokind IN ('f', 'a') AND NOT proretset AND pronargs > 0
		AND proargtypes::oid[] <@ ARRAY(SELECT DISTINCT type::oid FROM pool UNION SELECT 'cstring'::regtype)
		AND proname !~ '_in$|_typmod') AS f};
my ($count, $names) = split /\|/, ask("SELECT count(*), string_agg(DISTINCT returns::text, ' ' ORDER BY returns::text) FROM $functions");
cmp_ok($count, '>', 100, "$count functions and aggregates return a value of ours");
is($names, "@types", 'of every type some');

# A value is made anew by its statement, since what is in the pool has gone through text already.
ask(q{CREATE FUNCTION keep() RETURNS void LANGUAGE plpgsql AS $$
	DECLARE
		p pool;
	BEGIN
		FOR p IN SELECT * FROM pool WHERE how LIKE 'SELECT %' ORDER BY id LOOP
			EXECUTE format('INSERT INTO of_%s SELECT %s, r, %L FROM (%s) AS s (r)', p.type, p.id, p.how, p.how);
		END LOOP;
	END $$});
my (undef, $warnings) = (0, '');
for my $round (1 .. $rounds)
{
	my ($status, undef, $stderr) = $node->psql('postgres', "SELECT setseed(" . (($seed + $round * 7919) % 1_000_000) / 1e6 . "); SELECT try(oid, returns) FROM (SELECT * FROM $functions ORDER BY proname, oid OFFSET 0) f, generate_series(1, 3)");
	$warnings .= $stderr;
}
is($warnings, '', 'no internal error');
ask('SELECT keep()');
my $dir = abs_path(PostgreSQL::Test::Utils::tempdir);
for my $type (@types)
{
	cmp_ok(ask("SELECT count(DISTINCT value::text) FROM of_$type"), ">=", 3, "$type: values to try");
	# the running state of avg() is no value of a user's: it has no json
	my $json = $type eq 'nutrient_profile' ? q{value::text !~ '^sum of'} : 'true';
	ask("COPY of_$type TO '$dir/$type.bin' (FORMAT binary); COPY again_$type FROM '$dir/$type.bin' (FORMAT binary)");
	for my $way ([ 'text', 'value::text::' . $type, 'true' ], [ 'jsonb', "value::jsonb::$type", $json ], [ 'json', "value::json::jsonb::$type", $json ],
		[ 'binary', "(SELECT a.value FROM again_$type a WHERE a.id = o.id)", 'true' ])
	{
		my ($name, $back, $where) = @$way;
		ask("DROP FUNCTION IF EXISTS reads_back; CREATE FUNCTION reads_back(o of_$type) RETURNS text LANGUAGE plpgsql AS \$\$
			DECLARE value $type = o.value; back $type;
			BEGIN
				back = $back;
				IF back = value AND vitk_internal.${type}_hash_extended(back, 42) = vitk_internal.${type}_hash_extended(value, 42) AND back::text = value::text THEN RETURN NULL; END IF;
				RETURN 'became ' || left(coalesce(back::text, 'NULL'), 300);
			EXCEPTION WHEN OTHERS THEN RETURN sqlerrm; END \$\$");
		ask("CREATE INDEX IF NOT EXISTS again_${type}_id ON again_$type (id)");
		is(ask("SELECT left(how, 400) || ' = ' || left(value::text, 200) || ': ' || what FROM (SELECT *, reads_back(o) AS what FROM of_$type o WHERE $where OFFSET 0) AS s WHERE what IS NOT NULL LIMIT 3"),
			'', "$type reads back from $name");
	}
}

$node->stop;
done_testing();
