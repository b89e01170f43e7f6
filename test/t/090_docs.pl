# README.md and doc/*.md tell the truth: every block of SQL runs and prints what it says, every error comes as
# described, links lead somewhere, and the reference is what the catalogue says.
#
# How a page marks what is to be tested:
#
#   ```sql                            runs, all blocks of a page in order in one session of psql, in a database
#                                     of the page's own that has the extension (README.md creates it)
#   <!-- fresh database --> before it  runs in a database of its own, without the extension
#   <!-- error 22023 --> before it    its one statement fails with that SQLSTATE
#   ```text after it                  what psql prints, but for space at the ends of lines; after a block of another
#                                     language it is not for here: see 091_clients.pl
#   | `22023` | `SQL` | message       in doc/errors.md: a statement and the error that it raises
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

# what psql makes of a script: standard output, standard error
sub psql
{
	my ($database, $sql) = @_;
	my ($out, $err) = ('', '');
	IPC::Run::run([ 'psql', '-X', '-q', '-P', 'pager=off', '-d', $node->connstr($database) ],
		'<', \$sql, '>', \$out, '2>', \$err);
	return ($out, $err);
}

# without space at the ends of lines and of all
sub tidy
{
	my $text = shift;
	$text =~ s/[ \t]+$//mg;
	$text =~ s/\s+\z//;
	return $text;
}

sub blocks
{
	my ($page, $text) = @_;
	my (@blocks, %mark, $language);
	while ($text =~ /^(?:```(\w*)\n(.*?)^```|<!-- (error|fresh) (\w+) -->)$/msg)
	{
		if (defined $3)
		{
			$mark{$3} = $4;
			next;
		}
		if ($1 eq 'sql')
		{
			push @blocks, { line => 1 + (substr($text, 0, $-[0]) =~ tr/\n//), sql => $2, %mark };
			%mark = ();
		}
		elsif ($1 eq 'text' && ($language // '') eq 'sql')
		{
			$blocks[-1]{output} = $2;
		}
		$language = $1;
	}
	is(scalar(() = $text =~ /^```sql$/mg), scalar @blocks, "$page: no block was overlooked");
	is(join(' ', %mark), '', "$page: every mark stands before a block");
	return @blocks;
}

# One script runs them all and draws a line after each, on both outputs.
sub run_blocks
{
	my ($page, $database, @blocks) = @_;
	my $line = '=== end of block ===';
	my $script = '';
	for my $block (@blocks)
	{
		$script .= "CREATE DATABASE fresh $utf8;\n\\c fresh\n" if $block->{fresh};
		$script .= "$block->{sql};\n\\echo :LAST_ERROR_SQLSTATE\n\\echo $line\n\\warn $line\n";
		$script .= "\\c $database\nDROP DATABASE fresh;\n" if $block->{fresh};
	}
	my ($out, $err) = psql($database, $script);
	my @out = split /^\Q$line\E\n/m, $out;
	my @err = split /^\Q$line\E\n/m, $err;
	is(scalar @out, scalar @blocks, "$page: psql came to the end");
	for my $i (0 .. $#blocks)
	{
		my $block = $blocks[$i];
		my $name = "$page:$block->{line}";
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
	return;
}

my %page = map { $_ => slurp_file($_) } 'README.md', glob 'doc/*.md';
my %anchor;
for my $page (keys %page)
{
	$anchor{$page}{ lc =~ s/[^\w\- ]//gr =~ tr/ /-/r } = 1 for $page{$page} =~ /^#+ (.*)$/mg;
}
cmp_ok(scalar keys %page, '>', 10, 'there is a book');
cmp_ok(-s 'README.md', '<=', 12288, 'README.md has at most 12 KB');

my ($count, $printed) = (0, 0);
for my $page (sort keys %page)
{
	my $text = $page{$page};
	my @blocks = blocks($page, $text);
	$count += @blocks;
	$printed += grep { defined $_->{output} } @blocks;
	if (@blocks)
	{
		my $database = $page =~ m{(\w[\w-]*)\.md} ? lc $1 : die;
		$node->safe_psql('postgres', qq(CREATE DATABASE "$database" $utf8));
		$node->safe_psql($database, 'CREATE EXTENSION vitk') if !grep { $_->{sql} =~ /^CREATE EXTENSION/m && !$_->{fresh} } @blocks;
		run_blocks($page, $database, @blocks);
	}

	my @nowhere;
	while ($text =~ /\]\(([^)#\s]*)(?:#([^)\s]+))?\)/g)
	{
		my ($file, $anchor) = ($1, $2);
		next if $file =~ /^https?:/;
		my $there = $file eq '' ? $page : $page =~ m{^doc/} ? "doc/$file" =~ s{^doc/\.\./}{}r : $file;
		push @nowhere, "$file#" . ($anchor // '') if !-e $there || defined $anchor && !$anchor{$there}{$anchor};
	}
	is(join(' ', @nowhere), '', "$page: its links lead somewhere");

	my %file = map { $_ => 1 } $text =~ m{(?<![\w/.])((?:test|src|doc)/[\w./-]*\w)}g;
	is(join(' ', grep { !-e } sort keys %file), '', "$page: the files that it names are there");
	is(join("\n", map { "line $_->[0] has $_->[1] characters" } grep { $_->[1] > 400 }
			do { my $n = 0; map { [ ++$n, length ] } split /\n/, $text }), '', "$page: no cell that nobody reads");
}
cmp_ok($count, '>=', 60, "$count blocks of SQL");
cmp_ok($printed, '>=', 40, "and $printed that say what they print");

# the reference

$ENV{PGHOST} = $node->host;
$ENV{PGPORT} = $node->port;
$node->safe_psql('postgres', qq(CREATE DATABASE reference $utf8));
$node->safe_psql('reference', 'CREATE EXTENSION vitk');
{
	local $ENV{PGDATABASE} = 'reference';
	for my $page (qw(vitk tables))
	{
		is(scalar `$^X doc/reference.pl $page`, slurp_file("doc/$page.md"), "doc/$page.md is what the catalogue says: make reference");
	}
}

# the errors

$node->safe_psql('postgres', qq(CREATE DATABASE mistakes $utf8));
$node->safe_psql('mistakes', 'CREATE EXTENSION vitk');
$count = 0;
while ($page{'doc/errors.md'} =~ /^\| `(\w{5})` \| `(.+?)` \| (.+?) \|/mg)
{
	my ($sqlstate, $sql, $message) = map { s/\\\|/|/gr } ($1, $2, $3);
	my ($out, $err) = psql('mistakes', "$sql;\n\\echo :LAST_ERROR_SQLSTATE\n");
	is((split /\n/, $out)[-1], $sqlstate, "SQLSTATE of $sql");
	my ($primary) = $err =~ /^ERROR:  (.*)$/m;
	is($primary, $message, "message of $sql");
	$count++;
}
is($count, scalar(() = $page{'doc/errors.md'} =~ /^\| `/mg), 'every error was tried');
cmp_ok($count, '>', 10, 'and there are some');

$node->stop;
done_testing();
