# The stable objects of SQL, test/catalogue.txt: whoever wrote a query against one of them finds it in every
# later version.  What is new since is named, so that it can be added when a version is made.
#
# Not in the list: schema vitk_internal, which only the extension itself calls.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION vitk');

# The types of arguments and results as SQL names them, columns with their types, names of arguments as they
# are written in calls with =>.
my $catalogue = q{
	WITH member AS (
		SELECT classid, objid FROM pg_depend
		WHERE deptype = 'e' AND refclassid = 'pg_extension'::regclass
		AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'vitk'))
	SELECT 'type ' || oid::regtype FROM pg_type WHERE oid IN (SELECT objid FROM member WHERE classid = 'pg_type'::regclass)
		AND typtype IN ('b', 'r') AND typcategory <> 'A' AND typnamespace <> 'vitk_internal'::regnamespace
	UNION ALL
	SELECT CASE prokind WHEN 'a' THEN 'aggregate ' WHEN 'p' THEN 'procedure ' ELSE 'function ' END
		|| CASE pronamespace WHEN 'vitk'::regnamespace THEN 'vitk.' ELSE '' END || proname || '(' || pg_get_function_arguments(oid) || ')' || coalesce(' -> ' || pg_get_function_result(oid), '')
	FROM pg_proc p WHERE oid IN (SELECT objid FROM member WHERE classid = 'pg_proc'::regclass)
		AND pronamespace <> 'vitk_internal'::regnamespace
	UNION ALL
	SELECT 'operator ' || coalesce(nullif(oprleft, 0)::regtype || ' ', '') || oprname || ' ' || oprright::regtype || ' -> ' || oprresult::regtype
	FROM pg_operator WHERE oid IN (SELECT objid FROM member WHERE classid = 'pg_operator'::regclass)
	UNION ALL
	SELECT 'operator class ' || opcname || ' of ' || amname || ' for ' || opcintype::regtype || CASE WHEN opcdefault THEN ', default' ELSE '' END
	FROM pg_opclass o JOIN pg_am a ON a.oid = opcmethod WHERE o.oid IN (SELECT objid FROM member WHERE classid = 'pg_opclass'::regclass)
	UNION ALL
	SELECT 'cast ' || castsource::regtype || ' to ' || casttarget::regtype
		|| CASE castcontext WHEN 'i' THEN ', implicit' WHEN 'a' THEN ', in assignments' ELSE '' END
	FROM pg_cast WHERE oid IN (SELECT objid FROM member WHERE classid = 'pg_cast'::regclass)
		AND castsource NOT IN (SELECT oid FROM pg_type WHERE typnamespace = 'vitk_internal'::regnamespace)
	UNION ALL
	SELECT CASE relkind WHEN 'v' THEN 'view ' WHEN 'c' THEN 'type ' ELSE 'table ' END || attrelid::regclass || '.' || attname || ' ' || format_type(atttypid, atttypmod)
	FROM pg_class c JOIN pg_attribute ON attrelid = c.oid AND attnum > 0 AND NOT attisdropped
	WHERE c.relkind IN ('r', 'v', 'c') AND (c.oid IN (SELECT objid FROM member WHERE classid = 'pg_class'::regclass)
		OR c.reltype IN (SELECT objid FROM member WHERE classid = 'pg_type'::regclass))};
my @there = split /\n/, $node->safe_psql('postgres', "SELECT object FROM ($catalogue) AS c (object) ORDER BY object COLLATE \"C\"");
my $list = 'test/catalogue.txt';
my @stable = grep { !/^(#|$)/ } split /\n/, slurp_file($list);
my (%there, %stable);
@there{@there} = ();
@stable{@stable} = ();

cmp_ok(scalar @stable, '>', 300, "$list is a list");
is(scalar(keys %stable), scalar @stable, 'and names nothing twice');
is(join("\n", @stable), join("\n", sort @stable), 'in order');
is(join("\n", grep { !exists $there{$_} } @stable), '',
	"every stable object is there as it was; if one must go, say so in CHANGELOG.md and take its line out of $list");
my @new = grep { !exists $stable{$_} } @there;
diag("Not yet in $list; with the next version they become stable, so read them and add these lines:\n" . join "\n", @new)
  if @new;

$node->stop;
done_testing();
