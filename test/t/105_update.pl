# ALTER EXTENSION UPDATE from every shipped version (src/update/*.sql.gz), and from this one to a version to come, made
# here: the catalogue and the shipped rows are then those of a fresh install, rows and objects of users as they were;
# dump, restore and DROP work as ever.
#
# The old version is created with the library of this one, as on a server after "make install" and before the
# UPDATE: a C function that is missing from it fails there.
use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Vitk;

plan skip_all => 'NO STAGED INSTALLATION (VITK_STAGE, as test/cluster sets it) to put old versions into: updates are not tested'
  unless -w ($ENV{VITK_STAGE} // '/nonexistent');

my @old = map { m{([^/]+)\.sql\.gz$} } sort glob 'src/update/*.sql.gz';
my (undef, @shipped) = slurp_file('CHANGELOG.md') =~ /^## (\S+)/mg;
is("@old", join(' ', sort @shipped), 'every version before the first in CHANGELOG.md is there');

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;

# What a version may bring: functions, a view and a comment that are new or others, columns, rows, and a table that
# has shipped rows; what is no function, view, comment or row is in the step of the update.
my ($this, $next) = next_version($node, sub {
	my ($tree, $step) = @_;
	edit("$tree/src/nutrient.sql", sub {
		s/'name of the nutrient, such as menaquinone-4'/'another comment'/ or die;
		$_ .= q{
CREATE FUNCTION nutrient_code(nutrient) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT $1::text;
END;
COMMENT ON FUNCTION nutrient_code(nutrient) IS 'a function that is new';
CREATE VIEW vitk.nutrient_unit AS SELECT code, unit FROM vitk.nutrient;
COMMENT ON VIEW vitk.nutrient_unit IS 'a view that is new';
COMMENT ON COLUMN vitk.nutrient_unit.code IS 'code';
COMMENT ON COLUMN vitk.nutrient_unit.unit IS 'unit';
GRANT SELECT ON vitk.nutrient_unit TO PUBLIC;
};
	});
	edit("$tree/src/builtin.sql", sub { s/cannot be marked as shipped/cannot become a shipped one/ or die });
	edit("$tree/src/omop.sql", sub {
		$_ .= q{
CREATE TABLE vitk.ward (
    ward_id text PRIMARY KEY,
    builtin boolean NOT NULL DEFAULT false
);
COMMENT ON TABLE vitk.ward IS 'a table that is new';
COMMENT ON COLUMN vitk.ward.ward_id IS 'key';
COMMENT ON COLUMN vitk.ward.builtin IS 'shipped';
@rows vitk.ward ward.csv@
SELECT pg_catalog.pg_extension_config_dump('vitk.ward', 'WHERE NOT builtin');
GRANT SELECT ON vitk.ward TO PUBLIC;
GRANT INSERT, UPDATE, DELETE ON vitk.ward TO pg_database_owner WITH GRANT OPTION;
};
	});
	append_to_file("$tree/src/data/ward.csv", "ward_id\nfirst\nsecond\n");
	append_to_file($step, "\@definition vitk.ward\@\nSELECT pg_catalog.pg_extension_config_dump('vitk.ward', 'WHERE NOT builtin');\n");
	edit("$tree/src/data/food.csv", sub { s/Butter, whipped, with salt/Butter, whipped and salted/g or die });
});
$node->start;
$node->safe_psql('postgres', 'CREATE ROLE analyst LOGIN');

sub ask
{
	my ($database, $sql, $user) = @_;
	return $node->safe_psql($database, $sql, extra_params => [ '-U', $user // 'analyst' ]);
}

sub fails
{
	my ($database, $sql) = @_;
	my ($status, undef, $stderr) = $node->psql($database, $sql, extra_params => [ '-U', 'analyst' ]);
	return $status == 0 ? 'no error' : $stderr;
}

# What does not tell how an object behaves: where and when it was stored, numbers of columns (compared by their
# order and in definitions), what depends on the tables of users, and expressions, which are compared as SQL.
my %left_out = map { $_ => 1 } qw(oid relfilenode relpages reltuples relallvisible relallfrozen reltoastrelid
  relfrozenxid relminmxid relnatts relhastriggers attrelid attnum attcacheoff atthasmissing attmissingval
  attoptions aggfnoid indexrelid rngtypid indkey conkey confkey proargdefaults prosqlbody adbin conbin indexprs indpred
  ev_action ev_qual);
my %definition = (
	pg_attrdef => 'pg_get_expr(adbin, adrelid)',
	pg_attribute => '(SELECT count(*) FROM pg_attribute b
		WHERE b.attrelid = c.attrelid AND b.attnum BETWEEN 1 AND c.attnum AND NOT b.attisdropped)::text',
	pg_constraint => 'pg_get_constraintdef(c.oid)',
	pg_index => 'pg_get_indexdef(indexrelid)',
	pg_proc => q{CASE WHEN prokind <> 'a' THEN pg_get_functiondef(c.oid) END},
	pg_class => q{CASE WHEN relkind = 'v' THEN pg_get_viewdef(c.oid) END});
# catalogs whose rows have no OID of their own: those of this object
my %part_of = (
	pg_attribute => [ 'pg_class', 'attrelid', 'attnum' ],
	pg_aggregate => [ 'pg_proc', 'aggfnoid' ],
	pg_index => [ 'pg_class', 'indexrelid' ],
	pg_range => [ 'pg_type', 'rngtypid' ]);

# The extension and all that depends on it alone, with every property: "OBJECT: PROPERTY = VALUE".  OIDs are
# replaced by what they stand for, as pg_get_catalog_foreign_keys() tells.
sub catalogue
{
	my ($database) = @_;
	my $objects = q{CREATE TEMPORARY TABLE object AS
		WITH RECURSIVE object (classid, objid) AS (
			SELECT 'pg_extension'::regclass::oid, oid FROM pg_extension WHERE extname = 'vitk'
			UNION
			SELECT d.classid, d.objid FROM pg_depend d JOIN object o ON d.refclassid = o.classid AND d.refobjid = o.objid
			WHERE d.deptype IN ('e', 'i', 'a') AND d.classid <> 'pg_trigger'::regclass)
		SELECT classid, objid FROM object WHERE pg_describe_object(classid, objid, 0) !~ 'pg_toast'};
	my %to = map { my ($from, $column, @to) = split /\|/; ("$from.$column" => \@to) } split /\n/,
	  ask($database, 'SELECT fktable, fkcols[1], pktable, is_array FROM pg_get_catalog_foreign_keys() WHERE cardinality(fkcols) = 1');
	my %type = map { my ($catalog, $column, $type) = split /\|/; ("$catalog.$column" => $type) } split /\n/,
	  ask($database, "$objects; SELECT attrelid::regclass, attname, atttypid::regtype FROM pg_attribute
		WHERE attrelid IN (SELECT classid FROM object UNION SELECT unnest('{" . join(',', keys %part_of) . "}'::regclass[]))
		AND attnum > 0 AND NOT attisdropped");

	my %properties;
	for (keys %type)
	{
		my ($catalog, $column) = split /\./;
		next if $left_out{$column};
		my ($to, $is_array) = @{ $to{$_} // [] };
		push @{ $properties{$catalog} }, "('$column', "
		  . ( !$to ? $type{$_} eq 'aclitem[]' ? "(SELECT string_agg(a::text, ', ' ORDER BY a::text) FROM unnest($column) AS a)" : "$column\::text"
			: $is_array eq 't' ? "(SELECT string_agg(CASE WHEN a <> 0 THEN pg_describe_object('$to'::regclass, a, 0) END, ', ' ORDER BY n)
				FROM unnest($column\::oid[]) WITH ORDINALITY AS u (a, n))"
			: "CASE WHEN $column <> 0 THEN pg_describe_object('$to'::regclass, $column\::oid, 0) END") . ')';
	}
	my $queries = join ' UNION ALL ',
	  q{SELECT pg_describe_object(classid, objid, 0) || ' is a member' FROM pg_depend
		WHERE deptype = 'e' AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'vitk')},
	  q{SELECT pg_describe_object(classoid, objoid, objsubid) || ': comment = ' || description
		FROM pg_description JOIN object ON classid = classoid AND objid = objoid},
	  q{SELECT pg_describe_object(classoid, objoid, objsubid) || ': initial privileges = '
			|| (SELECT string_agg(a::text, ', ' ORDER BY a::text) FROM unnest(initprivs) AS a)
		FROM pg_init_privs JOIN object ON classid = classoid AND objid = objoid},
	  map {
		my ($of, $oid, $sub) = @{ $part_of{$_} // [ $_, 'oid', 0 ] };
		$sub //= 0;
		"SELECT pg_describe_object(o.classid, o.objid, $sub) || ': ' || property || ' = ' || value
			FROM object o JOIN $_ c ON c.$oid = o.objid, LATERAL (VALUES "
		  . join(', ', sort(@{ $properties{$_} }), $definition{$_} ? "('definition', $definition{$_})" : ())
		  . ") AS v (property, value)
			WHERE o.classid = '$of'::regclass" . ($sub ? ' AND attnum > 0 AND NOT attisdropped' : '');
	  } sort keys %properties;
	return { map { $_ => 1 } split /\x1e\n/, ask($database, "$objects; SELECT line || chr(30) FROM ($queries) AS all_lines (line)
		WHERE line IS NOT NULL") . "\n" };
}

# the lines that one of them lacks; of an object that it lacks, or that only it has, no more than the name
sub differences
{
	my ($got, $expected) = @_;
	my (%seen, %object);
	my $object_of = sub { return $_[0] =~ /^(.*?)(?: is a member$|: \w)/s ? $1 : $_[0] };
	$object{'-'}{ $object_of->($_) } = 1 for keys %$expected;
	$object{'+'}{ $object_of->($_) } = 1 for keys %$got;
	return join "\n", grep { !$seen{$_}++ } map {
		my ($sign, $has, $lacks, $other) = @$_;
		map { my $object = $object_of->($_); "$sign " . ($object{$other}{$object} ? $_ : $object) } sort grep { !$lacks->{$_} } keys %$has
	} [ '-', $expected, $got, '+' ], [ '+', $got, $expected, '-' ];
}

# the functions of the library, as SQL calls them
sub calls
{
	my ($database) = @_;
	return { map { $_ => 1 } split /\n/, ask($database, q{SELECT prosrc, proargtypes::regtype[], prorettype::regtype, proisstrict FROM pg_proc
		WHERE probin = '$libdir/vitk'}) };
}

# tables in which users have rows, and the rows that are shipped
my $with_rows = q{SELECT relation::regclass FROM pg_extension, unnest(extconfig) WITH ORDINALITY AS c (relation, n)
	WHERE extname = 'vitk' AND (SELECT relkind = 'r' FROM pg_class WHERE oid = relation) ORDER BY n};
sub shipped_rows
{
	my ($database) = @_;
	return { map { $_ => 1 } map { my $table = $_; map { "$table $_" } split /\n/, ask($database, "SELECT to_jsonb(t) FROM $table t WHERE builtin") }
		  split /\n/, ask($database, $with_rows) };
}

# Users' rows: of a source of their own, beside and before shipped ones; tables, views, indexes of their own
my $own = q{
	INSERT INTO vitk.source (source_id, citation, note) VALUES ('lab', 'our own laboratory', 'a "note", with ; and newline' || chr(10));
	INSERT INTO vitk.food (source_id, code, name) VALUES ('lab', '1', 'Goose liver paste'), ('sr28', 'x1', 'Ours, described as in SR28');
	INSERT INTO vitk.food_value (food_id, nutrient, kind, amount, n, se, source_id, note) VALUES
		('lab:1', 'MK-4', 'measured', '0.3 mg', 3, 0.001, 'lab', 'wet weight'), ('lab:1', 'MK-8', 'trace', NULL, 3, NULL, 'lab', NULL),
		('sr28:01002', 'MK-4', 'measured', '18 ug', 5, NULL, 'lab', 'instead of the shipped one'),
		('ciqual2025:20010', 'MK-9', 'measured', '1 ug', 5, NULL, 'lab', 'beside the shipped ones');
	INSERT INTO vitk.reference_value (authority, year, nutrient, kind, age_min, amount, source)
		VALUES ('clinic', 2024, 'MK-7', 'AI', 18, '90..100 ug/d', 'our own'), ('NAM', 2031, 'vitamin K', 'AI', 18, '130 ug/d', 'our own');
	INSERT INTO vitk.conversion_evidence (evidence_id, species, nutrients, finding, citation) VALUES ('ours', 'rat', '{MK-7}', 'some', 'ours');
	INSERT INTO vitk.study (study_id, name, kind) VALUES ('ours', 'Ours', 'randomised_trial');
	INSERT INTO vitk.study_arm (study_id, arm, intervention, vitamer, dose)
		VALUES ('ours', 'treated', 'MK-7', 'MK-7', '360 ug/d'), ('shea2009', 'half', 'K1', 'K1', '250 ug/d');
	INSERT INTO vitk.study_result (study_id, code, outcome, treat_arm, spread_kind, n_treat, mean_treat, spread_treat, overlaps_with, source)
		VALUES ('ours', 'cac', 'CAC change', 'treated', 'SD', 20, 27, 6, 'shea2009:cac', 'ours');
} . own_dishes('sr28:x1', 'lab:1', 'sr28:01001') . q{
	INSERT INTO vitk.food_table (layout, name) VALUES ('ours', 'our table');
	INSERT INTO vitk.food_table_column (layout, header, role) VALUES ('ours', 'Code', 'code');
	INSERT INTO vitk.clinical_code (system, code, kind, means, name, source) VALUES ('hospital', '4711', 'nutrient', 'K1', 'ours', 'ours');
	INSERT INTO vitk.omop_concept (kind, means, concept_id, name, source) VALUES ('antagonist', 'warfarin', 2000000001, 'Coumadin 5', 'ours');

	CREATE TABLE diary (person integer, food_id text, grams float8, supplement nutrient_amount DEFAULT '45 mg', main nutrient);
	INSERT INTO diary VALUES (1, 'sr28:01002', 20, DEFAULT, 'MK4'), (1, 'lab:1', 50, '<0.5 ug', 'K1'), (2, 'ciqual2025:20010', 100, NULL, NULL);
	CREATE INDEX ON diary (main);
	CREATE VIEW person_day AS SELECT person, intake(profile, grams), mk4_equivalent(intake(profile, grams)), max(supplement)
		FROM diary LEFT JOIN vitk.food_profile USING (food_id) GROUP BY person;
	CREATE VIEW against_limits AS SELECT person, l.* FROM person_day, intake_vs_limit(intake, 'male', 30) AS l;
	CREATE MATERIALIZED VIEW kept AS SELECT * FROM vitk.food_vitamin_k};
my $results = q{SELECT d::text FROM diary d UNION ALL SELECT p::text FROM person_day p UNION ALL SELECT a::text FROM against_limits a
	UNION ALL SELECT count(*)::text FROM kept ORDER BY 1};

$node->safe_psql('postgres', 'CREATE DATABASE fresh OWNER analyst');
my $census = join ' UNION ALL ', map({ "SELECT '$_', count(*) FROM $_ WHERE oid >= 16384" . (/namespace/ ? q{ AND nspname !~ '^pg_'} : '') }
	qw(pg_class pg_type pg_proc pg_operator pg_opclass pg_opfamily pg_cast pg_namespace pg_constraint pg_rewrite pg_trigger pg_extension)),
  map { "SELECT '$_', count(*) FROM $_ WHERE objoid >= 16384" } qw(pg_description pg_init_privs);
my $empty = ask('fresh', $census);
ask('fresh', 'CREATE EXTENSION vitk');
my $current = ask('fresh', q{SELECT extversion FROM pg_extension WHERE extname = 'vitk'});
my ($catalogue, $shipped) = (catalogue('fresh'), shipped_rows('fresh'));
cmp_ok(scalar keys %$catalogue, '>', 20000, 'the catalogue has ' . keys(%$catalogue) . ' properties');
cmp_ok(scalar keys %$shipped, '>', 8000, keys(%$shipped) . ' rows are shipped');
my @tables = split /\n/, ask('fresh', $with_rows);
my $calls = calls('fresh');
my %symbols = map { (/^(\w+)/)[0] => 1 } keys %$calls;
ask('fresh', 'DROP EXTENSION vitk; CREATE SCHEMA nutr; CREATE EXTENSION vitk SCHEMA nutr');
my $catalogue_of_nutr = catalogue('fresh');

is($current, $next, 'a fresh install is of the version to come');
for my $old ($this, @old)
{
	(my $database = "from_$old") =~ tr/./_/;
	$node->safe_psql('postgres', "CREATE DATABASE $database OWNER analyst");

	ask($database, "CREATE EXTENSION vitk VERSION '$old'");
	is(join("\n", grep { /^(\w+)/ && $symbols{$1} && !$calls->{$_} } sort keys %{ calls($database) }), '',
		"a function of the library that $old calls is still called in this way: one with other arguments has another name");
	ask($database, $own);
	my @had_rows = split /\n/, ask($database, $with_rows);
	ask($database, "CREATE TABLE before$_ AS SELECT * FROM $had_rows[$_] WHERE NOT builtin") for 0 .. $#had_rows;
	my $before = ask($database, $results);
	my $dump = PostgreSQL::Test::Utils::tempdir() . "/$old.sql";
	$node->command_ok([ 'pg_dump', '-d', $node->connstr($database), '-f', $dump ], "pg_dump of $old");

	like(fails($database, q{ALTER EXTENSION vitk UPDATE TO '99'}), qr/extension "vitk" has no update path from version "$old" to version "99"/,
		"$old: no way to a version that there is not");
	is(ask($database, q{SELECT extversion FROM pg_extension WHERE extname = 'vitk'}) . ask($database, $results), $old . $before, 'nothing lost by trying');

	ask($database, 'ALTER EXTENSION vitk UPDATE');
	is(ask($database, q{SELECT extversion FROM pg_extension WHERE extname = 'vitk'}), $current, "$old updates to $current");
	is(differences(catalogue($database), $catalogue), '', 'the catalogue is that of a fresh install');
	is(differences(shipped_rows($database), $shipped), '', 'and so are the shipped rows');
	for (0 .. $#had_rows)
	{
		cmp_ok(ask($database, "SELECT count(*) FROM before$_"), '>', 0, "there are own rows in $had_rows[$_]");
		is(ask($database, "SELECT to_jsonb(b) FROM before$_ b
			WHERE NOT EXISTS (SELECT FROM $had_rows[$_] t WHERE NOT builtin AND to_jsonb(t) @> to_jsonb(b))"), '', 'all are there as they were');
		is(ask($database, "SELECT count(*) FROM $had_rows[$_] WHERE NOT builtin"), ask($database, "SELECT count(*) FROM before$_"), 'and no other');
	}
	is(ask($database, $results), $before, 'tables and views of our own show what they did');
	like(fails($database, "ALTER EXTENSION vitk UPDATE TO '$old'"), qr/no update path from version "$current" to version "$old"/, 'there is no way back');
	is(ask($database, $results), $before, 'nothing lost by trying');

	# an index built before the function that it is of was replaced would be wrong, of rows of users at least
	my $found = q{SELECT food_id, round(rank::numeric, 6) FROM find_food('goose', NULL)};
	my $indexed = ask($database, $found);
	$node->safe_psql($database, "REINDEX DATABASE $database");
	is(ask($database, $found), $indexed, 'indexes need not be built anew');

	# dump and restore: of what was updated, and of the old version into the new one
	my $own_rows = join '; ', map { "SELECT '$_', to_jsonb(t) FROM $_ t WHERE NOT builtin ORDER BY 2" } @tables;
	$node->command_ok([ 'pg_dump', '-d', $node->connstr($database), '-f', "$dump.updated" ], 'pg_dump of what was updated');
	for my $from ($dump, "$dump.updated")
	{
		$node->safe_psql('postgres', 'CREATE DATABASE restored OWNER analyst');
		$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-U', 'analyst', '-d', $node->connstr('restored'), '-f', $from ],
			'the owner of a database restores it');
		is(ask('restored', $own_rows), ask($database, $own_rows), 'own rows are back');
		is(ask('restored', $results), $before, 'and show what they did');
		is(differences(catalogue('restored'), $catalogue), '', 'in the catalogue of a fresh install');
		$node->safe_psql('postgres', 'DROP DATABASE restored');
	}

	# gone without a trace
	ask($database, 'DROP MATERIALIZED VIEW kept; DROP VIEW against_limits, person_day; DROP TABLE diary, '
		. join ', ', map { "before$_" } 0 .. $#had_rows);
	ask($database, 'DROP EXTENSION vitk');
	is(ask($database, $census), $empty, 'DROP EXTENSION leaves nothing of it behind');

	# in a schema of its own, which is not on the search path
	(my $elsewhere = "elsewhere_$old") =~ tr/./_/;
	$node->safe_psql('postgres', "CREATE DATABASE $elsewhere OWNER analyst");
	ask($elsewhere, "CREATE SCHEMA nutr; CREATE EXTENSION vitk SCHEMA nutr VERSION '$old'; SET search_path = ''; ALTER EXTENSION vitk UPDATE");
	is(differences(catalogue($elsewhere), $catalogue_of_nutr), '', 'the same in a schema of its own');
}

$node->stop;
done_testing();
