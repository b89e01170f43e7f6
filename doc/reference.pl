#!/usr/bin/perl
# reference.pl - print doc/vitk.md or doc/tables.md, from the comments in the catalogue
#
#   make reference          writes both
#   doc/reference.pl vitk | tables       prints one; within test/cluster, after CREATE EXTENSION vitk
#
# An object stands in the section of the file of src/*.sql that creates it.
use strict;
use warnings;

my %pages = (
	vitk => { title => 'Reference: types, functions, operators, aggregates', kinds => [qw(type function aggregate operator)] },
	tables => { title => 'Reference: tables, views, procedures', kinds => [qw(table view procedure)] });
my %headings = (type => 'Types', function => 'Functions', aggregate => 'Aggregates', operator => 'Operators',
	table => 'Tables', view => 'Views', procedure => 'Procedures');

my $objects = q{
WITH member AS (
	SELECT classid, objid FROM pg_depend
	WHERE deptype = 'e' AND refclassid = 'pg_extension'::regclass
		AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'vitk')),
home AS (SELECT extnamespace AS schema FROM pg_extension WHERE extname = 'vitk')
SELECT kind, name, signature, result, columns, regexp_replace(comment, '\s+', ' ', 'g')
FROM (
	SELECT 'type' AS kind, t.typname::text AS name, t.typname::text AS signature, '' AS result, '' AS columns,
		obj_description(t.oid, 'pg_type') AS comment, t.typname::text AS position
	FROM member JOIN pg_type t ON t.oid = objid AND classid = 'pg_type'::regclass, home
	WHERE typnamespace = schema AND typtype = 'b' AND typcategory <> 'A'
	UNION ALL
	SELECT CASE prokind WHEN 'a' THEN 'aggregate' WHEN 'p' THEN 'procedure' ELSE 'function' END, p.proname,
		CASE WHEN pronamespace = schema THEN '' ELSE 'vitk.' END || p.proname || '(' || coalesce(a.taken, '') || ')',
		CASE WHEN prokind = 'p' THEN '' ELSE CASE WHEN proretset THEN 'setof ' ELSE '' END || format_type(prorettype, NULL) END,
		coalesce(a.given, ''), obj_description(p.oid, 'pg_proc'), p.proname || a.taken
	FROM member JOIN pg_proc p ON p.oid = objid AND classid = 'pg_proc'::regclass, home,
		LATERAL (SELECT
				string_agg(concat_ws(' ', nullif(name, ''), format_type(type, NULL), 'DEFAULT ' || pg_get_function_arg_default(p.oid, place::integer)),
					', ' ORDER BY place) FILTER (WHERE mode IN ('i', 'b', 'v')) AS taken,
				string_agg(format('`%s` %s', name, format_type(type, NULL)), ', ' ORDER BY place) FILTER (WHERE mode IN ('o', 't', 'b')) AS given
			FROM (SELECT place, type, coalesce(proargnames[place], '') AS name, coalesce(proargmodes[place], 'i') AS mode
				FROM unnest(coalesce(proallargtypes, proargtypes::oid[])) WITH ORDINALITY AS t (type, place)) AS arguments) AS a
	WHERE pronamespace IN (schema, 'vitk'::regnamespace)
	UNION ALL
	SELECT 'operator', o.oprname, concat_ws(' ', format_type(nullif(oprleft, 0), NULL), oprname, format_type(oprright, NULL)),
		format_type(oprresult, NULL), '', obj_description(o.oid, 'pg_operator'), o.oprname || format_type(oprleft, NULL)
	FROM member JOIN pg_operator o ON o.oid = objid AND classid = 'pg_operator'::regclass
	WHERE oprleft <> oprright OR oprname NOT IN ('=', '<>', '<', '<=', '>', '>=')	-- which every type has
	UNION ALL
	SELECT CASE relkind WHEN 'v' THEN 'view' ELSE 'table' END, relname, 'vitk.' || relname, '',
		(SELECT string_agg(format(E'\x01`%s` %s\x02%s', attname, format_type(atttypid, atttypmod), col_description(c.oid, attnum)), '' ORDER BY attnum)
			FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped),
		obj_description(c.oid, 'pg_class'), relname
	FROM member JOIN pg_class c ON c.oid = objid AND classid = 'pg_class'::regclass
	WHERE relkind IN ('r', 'v') AND relnamespace = 'vitk'::regnamespace) AS object
ORDER BY kind, position COLLATE "C", signature COLLATE "C"};

sub rows
{
	my $sql = shift;
	local $ENV{PGOPTIONS} = '-c search_path=public';
	open my $psql, '-|', 'psql', '-X', '-q', '-A', '-t', '-F', "\x1f", '-R', "\x1e", '-v', 'ON_ERROR_STOP=1', '-c', $sql or die "psql: $!\n";
	local $/;
	my $all = <$psql> // '';
	close $psql or die "psql failed\n";
	chomp $all;
	return map { [ split /\x1f/, $_, -1 ] } split /\x1e/, $all;
}

# What creates an object: the name of the file, in the order of the Makefile
sub faces
{
	open my $fh, '<', 'Makefile' or die "Makefile: $!\n";
	local $/;
	my ($list) = <$fh> =~ /^SQL_(?:PARTS|FACES) = .*?\n((?:\t[\w ]+\\?\)*\n)+)/m or die "Makefile: no list of SQL faces\n";
	return $list =~ /(\w+)/g;
}

sub creations
{
	my ($face, $created) = @_;
	open my $fh, '<', "src/$face.sql" or die "src/$face.sql: $!\n";
	local $/;
	my $sql = <$fh>;
	while ($sql =~ /^CREATE (TYPE|FUNCTION|PROCEDURE|AGGREGATE|TABLE|VIEW) (?:vitk\.)?(\w+)(?:\s*\(([^;]*?)(?:\)|,))?/mg)
	{
		my ($kind, $name, $first) = (lc $1, $2, $3 // '');
		$created->{"$kind $name"} //= $face;
		$created->{"$kind $name " . last_word($first)} //= $face if $kind =~ /function|aggregate/;
	}
	$created->{"type $1"} = $face while $sql =~ /^\@comparison (\w+):/mg;
	return;
}

# The type of "baseline study_sample DEFAULT NULL"
sub last_word
{
	my $argument = shift =~ s/ DEFAULT .*//sr;
	return $argument =~ /([\w.]+)\s*(?:\[\])?\s*\z/ ? $1 : '';
}

sub sql_name
{
	return shift =~ s/double precision/float8/gr =~ s/::(?:text|double precision|float8|boolean|integer|bigint)\b//gr
	  =~ s/timestamp with time zone/timestamptz/gr;
}

# Lines of at most 110 characters
sub wrapped
{
	my ($text, $first, $rest) = @_;
	my ($out, $line) = ('', $first);
	for my $word (split / /, $text)
	{
		if (length($line) + length($word) > 109 && $line =~ /\S/ && $line ne $first)
		{
			$out .= $line =~ s/ +\z//r . "\n";
			$line = $rest;
		}
		$line .= "$word ";
	}
	return $out . $line =~ s/ +\z//r . "\n";
}

sub entry
{
	my ($kind, $name, $signature, $result, $columns, $comment) = @_;
	$_ = sql_name($_) for $signature, $result, $columns;
	return "\n### $signature\n\n" . wrapped(($comment =~ /^vitk\./ ? $comment : ucfirst $comment) . '.', '', '') . "\n"
	  . join('', map { my ($column, $says) = split /\x02/; wrapped("$column: $says", '- ', '  ') } grep { $_ ne '' } split /\x01/, $columns)
	  if $kind =~ /table|view/;
	my $text = "`$signature" . ($result =~ /^(?:setof )?record\z|^\z/ ? '`' : " → $result`") . ": $comment";
	$text .= '. ' . ($result =~ /setof/ ? 'Rows of' : 'Columns') . " $columns" if $columns ne '' && $kind ne 'procedure';
	return wrapped($text, '- ', '  ');
}

my $page = $pages{ shift // '' } or die "usage: doc/reference.pl vitk | tables\n";
my @faces = faces();
my %created;
creations($_, \%created) for @faces;

my %text;
for my $row (rows($objects))
{
	my ($kind, $name, $signature) = @$row;
	next if !grep { $_ eq $kind } @{ $page->{kinds} };
	my ($first) = $signature =~ /\(([^,)]*)/;
	my ($operand) = $signature =~ /(?:^|\b)(nutrient_\w+|[a-z_]+)\b/;
	my $face = $kind eq 'operator'
	  ? (map { $created{"type $_"} // () } $signature =~ /(\w+)/g)[0]
	  : $created{"$kind $name " . last_word($first // '')} // $created{"$kind $name"};
	die "doc/reference.pl: no file of src creates $kind $signature\n" if !$face;
	die "doc/reference.pl: $kind $signature has no comment\n" if $row->[5] eq '';
	$text{$face}{$kind} .= entry(@$row);
}

print "# $page->{title}\n\n";
print wrapped('Made of the comments in the catalogue by `make reference`; psql shows the same with `\df+`, `\dT+`, `\do+` and `\d+`.'
	. ' Literals, units, order and binary forms: [types](types.md). [Errors](errors.md).', '', '');
print "\n", join(" ·\n", map { "[$_](#$_)" } grep { $text{$_} } @faces), "\n";
for my $face (grep { $text{$_} } @faces)
{
	print "\n## $face\n";
	for my $kind (grep { $text{$face}{$_} } @{ $page->{kinds} })
	{
		print $kind =~ /table|view/ ? '' : "\n$headings{$kind}:\n\n", $text{$face}{$kind};
	}
}
