# Security: row-level security leaves the indexes on our types in use; who may read and write the reference
# tables; no function runs with another's rights, nor does one trust the search path.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql('postgres', 'CREATE ROLE owner LOGIN; CREATE ROLE reader LOGIN; CREATE DATABASE study OWNER owner');

sub ask
{
	my ($sql, $user) = @_;
	return $node->safe_psql('study', $sql, extra_params => [ '-U', $user // 'owner' ]);
}

sub fails
{
	my ($sql, $user) = @_;
	my ($status, undef, $stderr) = $node->psql('study', $sql, extra_params => [ '-U', $user // 'owner' ]);
	return $status == 0 ? 'no error' : $stderr;
}

my $members = q{(SELECT classid, objid FROM pg_depend WHERE deptype = 'e' AND refclassid = 'pg_extension'::regclass
	AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'vitk')) AS member};

ask('CREATE EXTENSION vitk');

# Row-level security: a condition may go before the policy, into an index, only if its operator is leakproof.
my %value = (
	nutrient => 'MK-4', nutrient_amount => '15 ug/d', nutrient_profile => '100 g: MK-4 15 ug', conversion => 'molar: MK-7 0.1',
	calcification => '312 AU', study_sample => '3.2 (SD 0.4, n=7)', effect_size => '-10 (SE 9.22)',
	diet => '{1002: 14, 7: ?}', food_composition => '{7: 100 g: MK-4 15 ug}',
	meta_evidence => '{-10 (SE 9.22)}', survey_sample => '{1/2: n=2, weight=4, sum=5, ss=1; 1/3: n=0}', variance_components => '(persons=0)');
my @types = sort keys %value;
is(ask("SELECT string_agg(typname, ' ' ORDER BY typname) FROM $members JOIN pg_type t ON t.oid = objid
	WHERE classid = 'pg_type'::regclass AND typtype = 'b' AND typcategory <> 'A'"), "@types", 'the test knows every type');
ask('CREATE TABLE diary (person name, ' . join(', ', map { "$_ $_" } @types) . q{);
	INSERT INTO diary VALUES ('reader', } . join(', ', map { "'$value{$_}'" } @types) . q{);
	INSERT INTO diary SELECT 'somebody', } . join(', ', @types) . q{ FROM diary;
	ALTER TABLE diary ENABLE ROW LEVEL SECURITY;
	CREATE POLICY own ON diary USING (person = current_user);
	GRANT SELECT ON diary TO reader; }
	. join('; ', map { "CREATE INDEX diary_$_ ON diary ($_); CREATE INDEX diary_${_}_hash ON diary USING hash ($_)" } @types)
	. '; ANALYZE diary');
for my $type (@types)
{
	for my $operator ('=', '<', '<=', '>', '>=')
	{
		my $query = "SELECT person, $type = '$value{$type}' FROM diary WHERE $type $operator '$value{$type}'";
		my $plan = ask("SET enable_seqscan = off; SET enable_bitmapscan = off; EXPLAIN (COSTS OFF) $query", 'reader');
		like($plan, qr/Index (?:Only )?Scan .*\n\s+Index Cond: \($type \Q$operator\E/, "$type $operator under a policy uses an index");
		is(ask($query, 'reader'), $operator =~ /=/ ? 'reader|t' : '', "$type $operator gives the reader's row");
	}
}
$node->safe_psql('study', 'ALTER FUNCTION vitk_internal.nutrient_eq(nutrient, nutrient) NOT LEAKPROOF');
unlike(ask(q{SET enable_seqscan = off; EXPLAIN (COSTS OFF) SELECT person FROM diary WHERE nutrient = 'MK-4'}, 'reader'),
	qr/Index Cond: \(nutrient =/, 'an operator that might leak would not');
$node->safe_psql('study', 'ALTER FUNCTION vitk_internal.nutrient_eq(nutrient, nutrient) LEAKPROOF');

# The reference tables: all read, the database owner adds, nobody else does; whoever owns the database defines nothing anew.
my $relations = q{(SELECT c.oid, c.oid::regclass AS name, EXISTS (SELECT FROM pg_attribute
		WHERE attrelid = c.oid AND attname = 'builtin') AND relkind = 'r' AND relname !~ 'import' AS own_rows
	FROM pg_class c WHERE relnamespace = 'vitk'::regnamespace AND relkind IN ('r', 'v', 'm', 'p')) AS relation};
cmp_ok(ask("SELECT count(*) FROM $relations"), '>=', 15, 'there are tables and views');
is(ask("SELECT name FROM $relations WHERE NOT has_table_privilege('reader', oid, 'SELECT')"), '', 'all are read by everybody');
is(ask("SELECT name FROM $relations WHERE has_table_privilege('reader', oid, 'INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')"),
	'', 'none is written by everybody');
cmp_ok(ask("SELECT count(*) FROM $relations WHERE own_rows"), '>=', 8, 'tables take rows of one\'s own');
is(ask("SELECT name, own_rows FROM $relations WHERE own_rows <> has_table_privilege('owner', oid, 'INSERT')
	OR own_rows <> has_table_privilege('owner', oid, 'UPDATE') OR own_rows <> has_table_privilege('owner', oid, 'DELETE')"),
	'', 'those are written by the owner of the database, and no other');
is(ask(q{SELECT has_schema_privilege('reader', 'vitk', 'USAGE'), has_schema_privilege('reader', 'vitk', 'CREATE')}), 't|f',
	'everybody uses the schema, and creates nothing in it');
like(fails(q{INSERT INTO vitk.source (source_id, citation) VALUES ('x', 'x')}, 'reader'), qr/permission denied for table source/,
	'a reader adds nothing');
is(ask(q{INSERT INTO vitk.source (source_id, citation) VALUES ('x', 'x') RETURNING source_id}), 'x', 'the owner of the database does');
is(ask("SELECT objid::regprocedure FROM $members JOIN pg_proc p ON p.oid = objid WHERE classid = 'pg_proc'::regclass
	AND NOT has_function_privilege('reader', p.oid, 'EXECUTE')"), '', 'everybody may call every function');
is(ask("SELECT objid::regprocedure FROM $members JOIN pg_proc p ON p.oid = objid WHERE classid = 'pg_proc'::regclass AND prosecdef"),
	'', 'no function is SECURITY DEFINER');

# The search path: names are resolved when the extension is created.  Functions that resolve them when they run have
# a search path of their own, with nothing in it that others can write to.
is(ask("SELECT p.proname FROM $members JOIN pg_proc p ON p.oid = objid JOIN pg_language l ON l.oid = prolang
	WHERE classid = 'pg_proc'::regclass AND prokind <> 'a' AND prosqlbody IS NULL AND lanname NOT IN ('c', 'internal')
	AND NOT coalesce(array_to_string(proconfig, ' '), '') LIKE '%search_path=pg_catalog, pg_temp%' ORDER BY 1"),
	'', 'no function looks names up where another may have put them');

# A schema before all others, with a trap of the name and arguments of everything of ours and of the common
# operators and functions of PostgreSQL.
ask(q{CREATE SCHEMA evil;
	DO $$
	DECLARE
		f record;
		parts text[];
	BEGIN
		FOR f IN SELECT p.proname, pg_get_function_identity_arguments(p.oid) AS arguments, array_to_string(p.proargtypes::regtype[], ', ') AS types
			FROM pg_proc p
			WHERE p.prokind IN ('f', 'w') AND 'internal'::regtype <> ALL (p.proargtypes) AND 'cstring'::regtype <> ALL (p.proargtypes)
			AND p.provariadic = 0 AND p.pronargs > 0
			AND (p.oid IN (SELECT objid FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.deptype = 'e'
					AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'vitk'))
				OR p.pronamespace = 'pg_catalog'::regnamespace AND p.proname IN ('lower', 'upper', 'length', 'abs', 'sqrt',
					'exp', 'ln', 'power', 'round', 'btrim', 'split_part', 'substr', 'translate', 'to_tsvector', 'setweight',
					'ts_rank', 'unnest', 'generate_series', 'quote_literal', 'string_to_array', 'array_to_string'))
		LOOP
			EXECUTE format('CREATE FUNCTION evil.%I(%s) RETURNS boolean LANGUAGE plpgsql AS %L',
				f.proname, f.types, 'BEGIN RAISE EXCEPTION ''trapped''; END');
		END LOOP;
		FOR f IN SELECT DISTINCT oprleft::regtype AS l, oprright::regtype AS r FROM pg_operator WHERE oprleft <> 0
			AND (oprnamespace = 'public'::regnamespace OR oprname IN ('=', '||', '@@') OR oprleft IN ('float8'::regtype, 'text'::regtype))
		LOOP
			EXECUTE format('CREATE FUNCTION evil.trap(%s, %s) RETURNS boolean LANGUAGE plpgsql AS %L', f.l, f.r,
				'BEGIN RAISE EXCEPTION ''trapped''; END');
		END LOOP;
		FOR f IN SELECT oprname AS o, oprleft::regtype AS l, oprright::regtype AS r FROM pg_operator WHERE oprleft <> 0
			AND (oprnamespace = 'public'::regnamespace OR oprname IN ('=', '||', '@@') OR oprleft IN ('float8'::regtype, 'text'::regtype))
		LOOP
			EXECUTE format('CREATE OPERATOR evil.%s (LEFTARG = %s, RIGHTARG = %s, FUNCTION = evil.trap)', f.o, f.l, f.r);
		END LOOP;
	END $$;});
my $hostile = 'SET search_path = evil, public, pg_catalog;';
like(fails("$hostile SELECT 'a'::text = 'a'"), qr/trapped/, 'the trap of an operator works');
like(fails("$hostile SELECT coverage('100 g: K1 7 ug'::nutrient_profile, 'K1'::nutrient)"), qr/trapped/, 'and that of a function');

my @statements = (
	map({ "SELECT pg_catalog.md5(pg_catalog.string_agg(t::pg_catalog.text, '' ORDER BY t::pg_catalog.text)) FROM $_ AS t" }
		split /\n/, ask("SELECT 'vitk.' || relname FROM pg_class WHERE relnamespace = 'vitk'::regnamespace AND relkind = 'v' ORDER BY 1")),
	q{SELECT public.mk4_equivalent('100 g: K1 7 ug, MK-7 <0.5 ug'::public.nutrient_profile)},
	q{SELECT ('100 g: K1 7 ug'::public.nutrient_profile)['phylloquinone']},
	q{SELECT public.intake('100 g: K1 7 ug'::public.nutrient_profile, 50)},
	q{SELECT t::pg_catalog.text FROM public.find_food('beef liver', 3) AS t},
	q{SELECT t::pg_catalog.text FROM public.intake_vs_limit('K1 100 ug, D3 25 ug'::public.nutrient_profile, 'female', 30) AS t},
	q{SELECT t::pg_catalog.text FROM public.reference_value('female', 30) AS t},
	q{SELECT t::pg_catalog.text FROM public.calcification_delta('100 AU'::public.calcification, '150 AU', 2) AS t},
	q{SELECT public.mean_difference('3.2 (SD 0.4, n=7)'::public.study_sample, '2 (SD 1, n=5)')},
	q{SELECT t::pg_catalog.text FROM vitk_internal.clinical_amount('nutrient', 'K1', 0.5, 'ug/L', '<') AS t},
	q{SELECT t::pg_catalog.text FROM vitk_internal.clinical_calcification('calcification', 'volume', 5, 'uL', NULL) AS t},
	map({ qq{BEGIN; CREATE TEMP TABLE staged (LIKE vitk.food_import INCLUDING DEFAULTS) ON COMMIT DROP;
		INSERT INTO staged (code, name, nutrient, value, unit) VALUES ('1', 'kale', 'K1', '7', 'ug'), ('1', 'kale', 'D3', '', 'ug');
		$_; COMMIT} } q{SELECT t::pg_catalog.text FROM public.import_check('staged') AS t},
		q{CALL vitk.import_foods('x', 'staged', replace_foods => true)}));
for my $statement (@statements)
{
	my $expected = ask($statement);
	isnt($expected, '', "gives something: $statement");
	is(ask("$hostile $statement"), $expected, 'and the same under a hostile search path');
}
ask(q{CREATE TABLE evil.staged (LIKE vitk.food_import); INSERT INTO evil.staged (code, name) VALUES ('2', 'of the caller')});
is(ask("$hostile SELECT name FROM public.import_check('staged')"), 'of the caller', 'a staging table is the one that the caller means');

$node->stop;
done_testing();
