# Event counts and samples of published sets against metafor 3.8: effects of each study (escalc), Mantel-Haenszel (rma.mh)
# and Peto (rma.peto); among them what no paper has: one table, tables alike, events in one arm only, arms of one,
# everybody, counts of a nation.  test/unit/event_tables.txt, which test/unit/event_tables.R printed.
use strict;
use warnings;
use FindBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION vitk');

my (@query, @check, $from);
my %aggregate = (OR => 'mh_odds_ratio', RR => 'mh_risk_ratio', RD => 'mh_risk_difference', PETO => 'peto_odds_ratio');
my %function = (
	OR => 'log_odds_ratio(a, n1, c, n2)', RR => 'log_risk_ratio(a, n1, c, n2)', RD => 'risk_difference(a, n1, c, n2)',
	MD => 'mean_difference(s1, s2)', SMD => 'hedges_g(s1, s2)', ROM => 'log_ratio_of_means(s1, s2)');

# columns of numbers as an SQL list of arrays
sub arrays
{
	my ($type, @columns) = @_;
	return join ', ', map { "'{" . join(',', split) . "}'::${type}[]" } @columns;
}

open my $fh, '<', "$FindBin::RealBin/../unit/event_tables.txt" or die $!;
while (my $line = <$fh>)
{
	my ($what, $set, $rest) = $line =~ /^(\w+) (\S+) (.*?)\s*$/ or die $line;
	if ($what eq 'table')
	{
		$from = 'unnest(' . arrays('bigint', map { join ' ', map { int } split } split /\|/, $rest) . ') WITH ORDINALITY t (a, n1, c, n2, i)';
		next;
	}
	if ($what eq 'samples')
	{
		$from = '(SELECT study_sample(n1, m1, sd1) AS s1, study_sample(n2, m2, sd2) AS s2, i FROM unnest('
		  . arrays('float8', split /\|/, $rest) . ') WITH ORDINALITY u (n1, m1, sd1, n2, m2, sd2, i)) t';
		next;
	}
	my ($measure, $numbers) = split / /, $rest, 2;
	my $effect;
	if ($what eq 'effects')
	{
		my ($estimates, $errors) = map { [split] } split /\|/, $numbers;
		push @check, [ 'effects', "$set $measure", map { $estimates->[$_], $errors->[$_] } 0 .. $#$estimates ];
		push @query, "SELECT string_agg(concat_ws('|', estimate(e), se(e)), '|' ORDER BY i) FROM $from, LATERAL (SELECT $function{$measure} AS e) f";
	}
	else
	{
		my ($drop00, @expected) = split / /, $numbers;
		my $argument = $measure !~ /^R[RD]$/ ? '' : $drop00 eq 'TRUE' ? ', true' : ', false';
		push @check, [ $measure eq 'PETO' ? 'peto' : 'mh', "$set $measure, drop00 $drop00", @expected ];
		push @query, "SELECT coalesce(concat_ws('|', estimate(e), se(e)), '') FROM (SELECT $aggregate{$measure}(a, n1, c, n2$argument) AS e FROM $from) f";
	}
}
my @got = split /\n/, $node->safe_psql('postgres', join ' UNION ALL ', map { "(SELECT $_, ($query[$_]))" } 0 .. $#query);
is(scalar @got, scalar @check, 'every figure of R has an answer');

my %largest;
for my $i (0 .. $#check)
{
	my ($family, $name, @expected) = @{ $check[$i] };
	my (undef, @ours) = split /\|/, $got[$i];
	if ($expected[0] eq 'NA')
	{
		is("@ours", '', "$name: not determined");
		next;
	}
	my @wrong;
	for (0 .. $#expected)
	{
		my $off = $expected[$_] == 0 ? abs $ours[$_] : abs($ours[$_] / $expected[$_] - 1);
		$largest{$family} = $off if $off > ($largest{$family} // 0);
		push @wrong, "$ours[$_] is not $expected[$_]" if $off > 1e-9;
	}
	ok(@ours == @expected && !@wrong, $name) or diag "@wrong";
}
diag sprintf '%s: largest relative difference from metafor %.1e', $_, $largest{$_} for sort keys %largest;

$node->stop;
done_testing();
