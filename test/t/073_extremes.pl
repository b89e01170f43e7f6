# Every function, called with values at the ends of what its arguments can be: an error is one of the user's, never an
# internal one (SQLSTATE XX...), and of finite numbers nothing infinite or NaN is made.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION vitk');
my $seed = $ENV{VITK_SEED} // int rand 1_000_000;
diag "$0: seed $seed (VITK_SEED=$seed repeats this run)";

$node->safe_psql('postgres', q{
	CREATE TABLE extreme (type regtype, value text);
	INSERT INTO extreme SELECT type::regtype, unnest(values) FROM (VALUES
		('float8', '{0,-0,-1,1,0.95,2,1e308,-1e308,1e-308,5e-324,Infinity,-Infinity,NaN}'::text[]),
		('integer', '{0,-1,1,2,16,999,2147483647,-2147483648}'), ('oid', '{0,1}'),
		('bigint', '{0,-1,1,10,9007199254740993,9223372036854775807,-9223372036854775808}'),
		('boolean', '{t,f}'), ('jsonb', '{0,"{}","{\"grams\": 1e400}","{\"nutrients\": {\"K1\": \"7 ug\"}}"}'),
		('text', '{"",K1,mg,ug/d,g,agatston,volume,REML,FE,human,rat,bioconversion,molar,EAR,UL,AI,log,cuberoot,none,female,male,hokanson,annual_15,agatston_4,"< 5","1,234",MD,OR,NAM,adhoc,z,average,certainty}'),
		('nutrient', '{K1,MK-4,energy,"A, RAE",K}'),
		('nutrient_amount', '{0 mg,1.7e308 mg,-1e308..1.7e308 g,2.2250738585072014e-308 ug,"1 [IU]/d",7 nmol/L,1 kcal,45 ug/(kg.d),<0.5 ug/d}'),
		('nutrient_profile', '{0 g,"100 g: K1 7 ug, MK-7 <0.5 ug","1e18 g: K1 1.7e308 ug (known 1e18 g)","1e-300 g: K1 2.2250738585072014e-308 ug",K1 1e308 ug,"sum of 2: 100 g: K1 5 ug","250 g and more: K1 15 ug, MK-7 1..3 ug (known 100 g)",0 g and more}'),
		('conversion', '{molar: MK-7 1e308,mass: K2 0..1,molar: K1 2.2250738585072014e-308}'),
		('calcification', '{0 AU,312 AU,10000000 AU,0.001 AU,10000000 mm3,24 AAC24,1.35 TBR,1000 TBR}'),
		('study_sample', '{(n=0),5 (n=1),"3.2 (SD 0.4, n=7)","8e307 (SD 1e153, n=2)","0 (SD 1e-160, n=3)","-8e307 (SD 0, n=2)","1 (SD 1, n=9007199254740991)"}'),
		('effect_size', '{-10 (SE 9.22),"1.7e308 (SE 1.7e308, df=0.1)",log OR 700 (SE 1e300),0 (SE 2.2250738585072014e-308),"OR 0.35 [0.16, 0.78]",1e30 (SE 1e-30)}'),
		('diet', '{"{}","{1002: 14, 7: ?}","{0: 0, 1: 1e18}","{1: 1e18, 2: 1e18}","{2147483647: 2.2250738585072014e-308}"}'),
		('food_composition', '{"{}","{1: 100 g: K1 7 ug, MK-7 <0.5 ug; 7: 30 g}","{1: 1e-300 g: K1 1e-295 ug}","{1: 1e18 g: K1 2.2250738585072014e-308 ug; 2147483647: 1 g: K1 0..1.7e308 ug (known 0.5 g)}"}'),
		('integer[]', '{"{}","{1,2,7}","{NULL,2147483647,0,-1}"}'), ('nutrient[]', '{"{}","{K1,MK-7}","{NULL,D3}"}'),
		('meta_evidence', '{"{}","{1 (SE 1)}","{1e30 (SE 1e-30), -1e30 (SE 1e30), 0 (SE 1)}","{0 (SE 1), 0 (SE 1)}","{log OR 1e30 (SE 1e-30), log OR -1e30 (SE 1e-30), log OR 0 (SE 1e30)}"}'),
		('survey_sample', '{"{}","{1/1: n=0}","{1/1: n=2, weight=4, sum=10, ss=2; 1/2: n=2, weight=3, sum=1}","{1/1: n=2, weight=1.7e308, sum=1.7e308, ss=1.7e308; 1/2: n=2, weight=1.7e308, sum=-1.7e308}","{1/1: n=2, weight=2.2250738585072014e-308, sum=1e308; 1/2: n=2, weight=2.2250738585072014e-308}","{1/1: n=2, weight=1, sum=1; 2/1: n=2, weight=1, sum=5}"}'),
		('variance_components', '{(persons=0),"(persons=2, days=5, days_squared=13, means=9, sum=23, ss_within=1.5, ss_between=1.2)",
			"(persons=2, days=4, days_squared=8, means=1.7e308, sum=1.7e308, ss_within=1.7e308, ss_between=1.7e308)",
			"(persons=2, days=4, days_squared=8, means=1, sum=2, ss_within=1.7e308, ss_between=1.7e308)",
			"(persons=2, days=4, days_squared=8, means=0, sum=0, ss_within=0, ss_between=2.2250738585072014e-308)"}'),
		('float8[]', '{"{}","{0,0,0}","{1,1,1}","{1,NaN,Infinity,0,0}","{1,1e308,1e308,16777216,0}","{{1,2,3}}","{NULL,1,2}"}'),
		('text[]', '{"{}","{shea2009:cac}","{NULL}"}')) AS v (type, values);

	-- calls of a function with arguments drawn at random, and what was wrong with them
	CREATE FUNCTION try(f regprocedure, times integer) RETURNS SETOF text LANGUAGE plpgsql AS $$
	DECLARE
		statement text;
		result text;
	BEGIN
		FOR i IN 1 .. times LOOP
			SELECT format('SELECT string_agg(r::text, '' '') FROM %s(%s) AS r', f::regproc,
					string_agg(CASE WHEN random() < 0.03 THEN 'NULL::' || t::regtype ELSE format('%L::%s', e.value, t::regtype) END, ', ' ORDER BY place))
				INTO statement
				FROM pg_proc p, unnest(proargtypes) WITH ORDINALITY AS a (t, place),
					LATERAL (SELECT value FROM extreme WHERE type = CASE t WHEN 'cstring'::regtype THEN prorettype ELSE t END
						ORDER BY random() + place * i * 0 LIMIT 1) AS e
				WHERE p.oid = f;
			BEGIN
				EXECUTE statement INTO result;
				IF result ~ '(?<![A-Za-z])(NaN|-?Infinity)(?![A-Za-z])' AND statement !~ 'NaN|Infinity' THEN
					RETURN NEXT statement || ': ' || result;
				END IF;
			EXCEPTION WHEN OTHERS THEN
				IF sqlstate ~ '^XX' THEN
					RETURN NEXT statement || ': ' || sqlstate || ' ' || sqlerrm;
				END IF;
			END;
		END LOOP;
	END $$;});
my $known = q{(SELECT p.oid, p.oid::regprocedure AS f, pronargs FROM pg_proc p
	WHERE p.oid IN (SELECT objid FROM pg_depend WHERE classid = 'pg_proc'::regclass AND deptype = 'e' AND refclassid = 'pg_extension'::regclass
		AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'vitk'))
	AND prokind = 'f' AND pronargs > 0 AND proname !~ '^(food_|find_food|import_|omop_)') AS known};
my $called = qq{(SELECT * FROM $known WHERE NOT EXISTS (
	SELECT FROM pg_proc p, unnest(proargtypes) AS t WHERE p.oid = known.oid
	AND CASE t WHEN 'cstring'::regtype THEN prorettype ELSE t END NOT IN (SELECT type FROM extreme))) AS called};
cmp_ok($node->safe_psql('postgres', "SELECT count(*) FROM $called"), '>', 250, 'functions are called');
is($node->safe_psql('postgres', "SELECT setseed($seed % 1000000 / 1e6); SELECT DISTINCT ON (f) t FROM $called, LATERAL try(f, 400) AS t ORDER BY f") =~ s/^\n//r,
	'', 'no internal error, no NaN, nothing infinite that was not given');

$node->stop;
done_testing();
