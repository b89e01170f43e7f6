# doc/r-and-python.md tells the truth: its blocks of SQL, then those of each language, run in order in one session a
# language, and print what the page says.
use strict;
use warnings;
use IPC::Run ();
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $line = '=== end of block ===';

# how to run a language, what its blocks are between, what it needs, the Debian packages that have it
my $python = '/usr/bin/python3';
my %client = (
	r => {
		command => [ 'Rscript', '--vanilla', '-' ],
		end => qq(cat("$line\\n")),
		needs => [ 'Rscript', '-e', 'library(RPostgreSQL); library(dbplyr); library(dplyr); library(metafor)' ],
		packages => 'r-cran-rpostgresql r-cran-dplyr r-cran-dbplyr r-cran-metafor' },
	python => {
		command => [ $python, '-' ],
		end => qq(print("$line")),
		needs => [ $python, '-c', 'import asyncpg, pandas, psycopg, sqlalchemy' ],
		packages => 'python3-asyncpg python3-pandas python3-psycopg python3-psycopg2 python3-sqlalchemy' });

my $text = slurp_file('doc/r-and-python.md');
my (%blocks, $last);
while ($text =~ /^```(\w+)\n(.*?)^```$/msg)
{
	my ($language, $code) = ($1, $2);
	if ($language eq 'text')
	{
		$last->{output} = $code;
		next;
	}
	$last = { code => $code, line => 1 + (substr($text, 0, $-[0]) =~ tr/\n//) };
	push @{ $blocks{$language} }, $last;
}
is_deeply([ sort keys %blocks ], [ sort 'sql', keys %client ], 'the page has these languages');

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql('postgres', q{CREATE DATABASE study ENCODING UTF8 LOCALE 'C' TEMPLATE template0});
$node->safe_psql('study', 'CREATE EXTENSION vitk');
$node->safe_psql('study', $_->{code}) for @{ $blocks{sql} };

sub tidy
{
	my $text = shift // '';
	$text =~ s/[ \t]+$//mg;
	$text =~ s/\s+\z//;
	return $text;
}

$ENV{PGHOST} = $node->host;
$ENV{PGPORT} = $node->port;
$ENV{PGDATABASE} = 'study';
delete $ENV{LANGUAGE};
$ENV{LC_ALL} = 'C.UTF-8';

for my $language (sort keys %client)
{
	my ($c, @blocks) = ($client{$language}, @{ $blocks{$language} });
	my $ignored;
	SKIP:
	{
		skip "NOT TRIED: the recipes in $language; they need $c->{packages}", scalar @blocks
		  unless eval { IPC::Run::run($c->{needs}, '>&', \$ignored) };
		my $script = join '', map { "$_->{code}$c->{end}\n" } @blocks;
		my ($out, $err) = ('', '');
		my $done = IPC::Run::run($c->{command}, '<', \$script, '>', \$out, '2>', \$err);
		ok($done, "$language runs to the end") or diag($err);
		my @out = split /^\Q$line\E\n/m, $out;
		for my $i (0 .. $#blocks)
		{
			is(tidy($out[$i]), tidy($blocks[$i]{output}), "the block in line $blocks[$i]{line} prints what it says");
		}
	}
}

# The same in R, beside the SQL of other pages: blocks of r with their output run in order, a session a page.
for my $page (qw(studies surveys))
{
	my (@r, $end);
	$text = slurp_file("doc/$page.md");
	push @r, { code => $1, output => $2 } while $text =~ /^```r\n([^`]*(?:`[^`]+)*?)^```\n\n```text\n(.*?)^```$/msg;
	ok(@r > 0, "doc/$page.md has blocks of R");
	SKIP:
	{
		skip "NOT TRIED: R beside the SQL of doc/$page.md; it needs r-cran-metafor r-cran-survey", scalar @r
		  unless eval { IPC::Run::run([ 'Rscript', '-e', 'library(metafor); library(survey)' ], '>&', \$end) };
		my $script = join '', map { "$_->{code}$client{r}{end}\n" } @r;
		my ($out, $err) = ('', '');
		ok(IPC::Run::run($client{r}{command}, '<', \$script, '>', \$out, '2>', \$err), "R of doc/$page.md runs to the end") or diag($err);
		my @out = split /^\Q$line\E\n/m, $out;
		is(tidy($out[$_]), tidy($r[$_]{output}), "R of doc/$page.md, block " . ($_ + 1)) for 0 .. $#r;
	}
}

done_testing();
