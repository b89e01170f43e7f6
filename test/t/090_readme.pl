# README.md tells the truth: every block of SQL runs and prints what it says, every error comes as
# described, and its reference names each object of the extension and none that is not there.
#
# How README.md marks what is to be tested:
#
#   ```sql                            runs, all blocks in order in one session of psql
#   <!-- fresh database --> before it  runs in a database of its own
#   <!-- error 22023 --> before it    its one statement fails with that SQLSTATE
#   ```text after it                  what psql prints, but for space at the ends of lines
#   | `object` | ...                  under "## Reference": an object of the extension
#   | `22023` | `SQL` | message       under "### Errors": a statement and the error that it raises
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use IPC::Run ();
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
my $utf8 = "ENCODING UTF8 LOCALE 'C' TEMPLATE template0";
$node->safe_psql('postgres', "CREATE DATABASE readme $utf8");

# what psql makes of a script: standard output, standard error
sub psql
{
	my ($sql, @options) = @_;
	my ($out, $err) = ('', '');
	IPC::Run::run([ 'psql', '-X', '-q', '-P', 'pager=off', '-d', $node->connstr('readme'), @options ],
		'<', \$sql, '>', \$out, '2>', \$err);
	return ($out, $err);
}

sub rows
{
	my ($out, $err) = psql(shift, '-A', '-t');
	die $err if $err ne '';
	return split /\n/, $out;
}

# without space at the ends of lines and of all
sub tidy
{
	my $text = shift;
	$text =~ s/[ \t]+$//mg;
	$text =~ s/\s+\z//;
	return $text;
}

my $readme = slurp_file('README.md');

# the blocks

my (@blocks, %mark);
while ($readme =~ /^(?:```(\w*)\n(.*?)^```|<!-- (error|fresh) (\w+) -->)$/msg)
{
	if (defined $3)
	{
		$mark{$3} = $4;
	}
	elsif ($1 eq 'sql')
	{
		push @blocks, { line => 1 + (substr($readme, 0, $-[0]) =~ tr/\n//), sql => $2, %mark };
		%mark = ();
	}
	elsif ($1 eq 'text' && @blocks)
	{
		$blocks[-1]{output} = $2;
	}
}
cmp_ok(scalar @blocks, '>=', 20, 'README.md has its blocks of SQL');
cmp_ok(scalar(grep { defined $_->{output} } @blocks), '>=', 10, 'and says what they print');
is(scalar(() = $readme =~ /^```sql$/mg), scalar @blocks, 'no block was overlooked');
is(join(' ', %mark), '', 'every mark stands before a block');

# One script runs them all and draws a line after each, on both outputs.
my $line = '=== end of block ===';
my $script = '';
for my $block (@blocks)
{
	$script .= "CREATE DATABASE fresh $utf8;\n\\c fresh\n" if $block->{fresh};
	$script .= "$block->{sql};\n\\echo :LAST_ERROR_SQLSTATE\n\\echo $line\n\\warn $line\n";
	$script .= "\\c readme\nDROP DATABASE fresh;\n" if $block->{fresh};
}
my ($out, $err) = psql($script);
my @out = split /^\Q$line\E\n/m, $out;
my @err = split /^\Q$line\E\n/m, $err;
is(scalar @out, scalar @blocks, 'psql came to the end');

my $previous = '00000';
for my $i (0 .. $#blocks)
{
	my $block = $blocks[$i];
	my $name = "block at line $block->{line}";
	my $printed = $out[$i] // '';
	my $sqlstate = $printed =~ s/(\w{5})\n\z// ? $1 : 'none';
	if ($block->{error})
	{
		is($sqlstate, $block->{error}, "$name fails as it says");
		$printed = $err[$i];
	}
	else
	{
		is($err[$i] // '', '', "$name runs");
	}
	is(tidy($printed // ''), tidy($block->{output}), "$name prints what it says") if defined $block->{output};
}

# the files that it names

my %file = map { $_ => 1 } $readme =~ m{\b((?:test|src)/[\w./-]*\w)}g;
is(join(' ', grep { !-e } sort keys %file), '', 'the files that it names are there');

my %anchor = map { (lc =~ s/[^\w\- ]//gr =~ tr/ /-/r) => 1 } $readme =~ /^#+ (.*)$/mg;
my @link = $readme =~ /\]\(#([^)]+)\)/g;
cmp_ok(scalar @link, '>', 10, 'there are links to its headings');
is(join(' ', grep { !$anchor{$_} } @link), '', 'and they lead somewhere');

# the reference

my ($reference) = $readme =~ /^## Reference\n(.*?)(?=^## |\z)/ms;
ok($reference, 'there is a reference') or $reference = '';
my ($errors) = $reference =~ /^### Errors\n(.*?)(?=^### |\z)/ms;
ok($errors, 'there are its errors') or $errors = '';
$reference =~ s/\Q$errors\E//;

my %named = map { s/\\\|/|/gr => 1 } $reference =~ /^\| `([^`]+)`/mg;
my %helper = map { $_ => 1 } map { /`([^`]+)`/g } $reference =~ /^Helpers[^:]*: (.*?)(?=^\s*$)/msg;

my $member = q{(SELECT classid, objid FROM pg_depend
	WHERE deptype = 'e' AND refclassid = 'pg_extension'::regclass
	AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'vitk')) AS member};

# functions behind types, operators, operator classes, aggregates and triggers go without saying
my $behind = q{(
	SELECT unnest(ARRAY[typinput, typoutput, typreceive, typsend, typmodin, typmodout, typsubscript]::oid[])
		FROM pg_type
	UNION SELECT castfunc FROM pg_cast WHERE castsource = casttarget
	UNION SELECT amproc FROM pg_amproc
	UNION SELECT tgfoid FROM pg_trigger
	UNION SELECT unnest(ARRAY[aggtransfn, aggfinalfn, aggcombinefn, aggmtransfn, aggminvtransfn, aggmfinalfn]::oid[])
		FROM pg_aggregate
	UNION SELECT oid FROM pg_proc WHERE obj_description(oid, 'pg_proc') LIKE 'implementation of % operator')};

my @objects = rows(qq{
	SELECT format_type(t.oid, NULL) FROM $member JOIN pg_type t ON t.oid = objid
	WHERE classid = 'pg_type'::regclass AND typcategory <> 'A' AND typtype IN ('b', 'c') AND
		(typrelid = 0 OR (SELECT relkind = 'c' FROM pg_class WHERE pg_class.oid = typrelid))
	UNION ALL
	SELECT CASE prokind WHEN 'p' THEN format('%s(%s)', oid::regproc, args)
		ELSE format('%s(%s) → %s%s', oid::regproc, args, CASE WHEN proretset THEN 'setof ' END, result) END
	FROM (SELECT p.oid, proretset, prokind,
			replace(regexp_replace(pg_get_function_arguments(p.oid), '::text|::double precision|::bigint|\\mIN ', '', 'g'),
				'double precision', 'float8') AS args,
			replace(format_type(prorettype, NULL), 'double precision', 'float8') AS result
		FROM $member JOIN pg_proc p ON p.oid = objid
		WHERE classid = 'pg_proc'::regclass AND p.oid NOT IN (SELECT x FROM $behind AS b (x) WHERE x IS NOT NULL)) AS f
	UNION ALL
	SELECT replace(concat_ws(' ', nullif(oprleft, 0)::regtype, oprname, oprright::regtype), 'double precision', 'float8')
	FROM $member JOIN pg_operator o ON o.oid = objid
	WHERE classid = 'pg_operator'::regclass AND oprcode::regproc::text !~ '_(eq|ne|lt|le|gt|ge)\\Z'
	UNION ALL
	SELECT oid::regclass::text FROM $member JOIN pg_class c ON c.oid = objid
	WHERE classid = 'pg_class'::regclass AND relkind IN ('r', 'p', 'v', 'm')});
cmp_ok(scalar @objects, '>', 50, 'the extension has objects');

# the schema stands before names that core PostgreSQL has, too
my %object = map { s/^public\.//r => 1 } @objects;
my %function = map { /^([^(]+)\(/ ? ($1 => 1) : () } keys %object;
is(join("\n", grep { !$named{$_} && !(/^([^(]+)\(/ && $helper{$1}) && !$helper{$_} } sort keys %object), '',
	'the reference names every object: a new one wants a row in README.md');
is(join("\n", grep { !$object{$_} } sort keys %named), '', 'and none that is not there');
is(join("\n", grep { !$function{$_} && !$object{$_} } sort keys %helper), '', 'nor a helper that is not there');

is(join("\n", rows(qq{
	SELECT format_type(oid, NULL) FROM $member JOIN pg_type ON oid = objid
	WHERE classid = 'pg_type'::regclass AND typtype = 'b' AND typcategory <> 'A' AND 6 <> (
		SELECT count(*) FROM pg_operator
		WHERE oprleft = pg_type.oid AND oprright = oprleft AND oprname IN ('=', '<>', '<', '<=', '>', '>='))})),
	'', 'every type has the six comparisons');

# the errors

my $count = 0;
while ($errors =~ /^\| `(\w{5})` \| `(.+?)` \| (.+?) \|/mg)
{
	my ($sqlstate, $sql, $message) = map { s/\\\|/|/gr } ($1, $2, $3);
	my ($out, $err) = psql("$sql;\n\\echo :LAST_ERROR_SQLSTATE\n");
	is((split /\n/, $out)[-1], $sqlstate, "SQLSTATE of $sql");
	my ($primary) = $err =~ /^ERROR:  (.*)$/m;
	is($primary, $message, "message of $sql");
	$count++;
}
is($count, scalar(() = $errors =~ /^\| `/mg), 'every error was tried');
cmp_ok($count, '>', 10, 'and there are some');

$node->stop;
done_testing();
