# study_sample and effect_size against R and metafor, from raw values and from n, mean and SD;
# pooling, in shards and in parallel; malformed binary images refused; other server encodings.
use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use JSON::PP;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Vitk;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION vitk');

# What SQL says, one row, as a list
sub row
{
	return split /\|/, $node->safe_psql('postgres', shift), -1;
}

my $largest = 0;
sub near
{
	my ($got, $expected, $name) = @_;
	my $off = abs($got - $expected);
	ok($off <= 1e-9 * abs($expected), $name) or diag "$got is not $expected";
	$largest = $off / abs $expected if $expected && $off > $largest * abs $expected;
}

# The fields of a CSV file, a hash for each row
sub read_csv
{
	open my $fh, '<', shift or die $!;
	my @lines = map { s/[\r\n"]//gr } <$fh>;
	my @head = split /,/, shift @lines;
	return map { my %r; @r{@head} = split /,/; \%r } @lines;
}

# R's t.test and metafor's SMD and ROM, for two samples
my $shared = $ENV{VITK_SHARED} // '../shared';
my $rstats = "$shared/data/rstats";
my $bcg = "$shared/data/metafor";

sub compare
{
	my ($name, $e, $a, $b) = @_;
	my @welch = row("SELECT estimate(e), se(e), statistic(e), df(e), p_value(e), ci_lower(e), ci_upper(e) FROM mean_difference($a, $b) e");
	my @student = row("SELECT estimate(e), se(e), statistic(e), df(e), p_value(e), ci_lower(e), ci_upper(e) FROM mean_difference($a, $b, true) e");
	my @part = qw(diff se t df p ci.lb ci.ub);
	near($welch[$_], $e->{welch}{$part[$_]}, "$name: Welch, $part[$_]") for 0 .. 6;
	near($student[$_], $e->{student}{$part[$_]}, "$name: Student, $part[$_]") for 0 .. 6;
	my $effect = $e->{effect};
	my ($g, $g_var, $rom, $rom_var) = row("SELECT estimate(g), se(g) ^ 2, estimate(r), se(r) ^ 2 FROM hedges_g($a, $b) g, log_ratio_of_means($a, $b) r");
	near($g, $effect->{hedges_g}, "$name: Hedges' g");
	near($g_var, $effect->{vi_LS}, "$name: its variance");
	near($g / $effect->{J}, $effect->{cohen_d}, "$name: Cohen's d, by J");
	near($rom, $effect->{log_ROM}, "$name: log ratio of means");
	near($rom_var, $effect->{log_ROM_vi}, "$name: its variance");
}

SKIP:
{
	skip "SKIPPED: no R results in $rstats", 1 unless -r "$rstats/expected_group_comparisons.json";
	my $expected = decode_json(slurp_file("$rstats/expected_group_comparisons.json"));
	my %data = (
		sleep => [ 'extra', 'group', read_csv("$rstats/sleep.csv") ],
		tooth => [ 'len', 'supp', read_csv("$rstats/ToothGrowth.csv") ],
		plant => [ 'weight', 'group', read_csv("$rstats/PlantGrowth.csv") ]);
	cmp_ok(scalar keys %$expected, '>=', 6, 'comparisons are there');
	for my $name (sort keys %$expected)
	{
		my $e = $expected->{$name};
		my ($value, $group, @rows) = @{ $data{ $name =~ s/_.*//r } };
		@rows = grep { $_->{dose} == $1 } @rows if $name =~ /dose_(.*)/;
		my @raw = map { my $g = $e->{"group$_"}; join ',', map { $_->{$value} } grep { $_->{$group} eq $g } @rows } 1, 2;
		my @aggregate = map { "(SELECT study_sample(x) FROM unnest('{$_}'::float8[]) x)" } @raw;
		my $s = $e->{summary};
		my @summary = map { qq('$s->{"mean$_"} (SD $s->{"sd$_"}, n=$s->{"n$_"})') } 1, 2;
		compare("$name, raw", $e, @aggregate);
		compare("$name, summary", $e, @summary);
		for (1, 2)
		{
			my ($n, $mean, $sd) = row("SELECT n(s), mean(s), sd(s) FROM (SELECT $aggregate[$_ - 1]) v (s)");
			is($n, $s->{"n$_"}, "$name: n$_");
			near($mean, $s->{"mean$_"}, "$name: mean$_");
			near($sd, $s->{"sd$_"}, "$name: sd$_");
		}
		next unless $e->{paired};

		# raw: of the differences; summary: by the correlation
		my @paired = (
			[ 'raw', "mean_change((SELECT study_sample(x - y) FROM unnest('{$raw[0]}'::float8[], '{$raw[1]}'::float8[]) v (x, y)))" ],
			[ 'summary', "mean_change($summary[1], $summary[0], $e->{paired}{r})" ]);
		for (@paired)
		{
			my ($from, $effect) = @$_;
			my @got = row("SELECT estimate(e), se(e) * sqrt(df(e) + 1), statistic(e), df(e), p_value(e), ci_lower(e), ci_upper(e) FROM $effect e");
			my @part = qw(mean sd t df p ci.lb ci.ub);
			near($got[$_], $e->{paired}{$part[$_]}, "$name: paired, $from, $part[$_]") for 0 .. 6;
		}
		my ($r) = row("SELECT change_correlation($summary[0], $summary[1], '$e->{paired}{mean} (SD $e->{paired}{sd}, n=10)')");
		near($r, $e->{paired}{r}, "$name: correlation of the pairs, from the three SDs");
	}
}

SKIP:
{
	skip "SKIPPED: no metafor data in $bcg", 1 unless -r "$bcg/raw_dat.bcg.csv";
	my @expected = read_csv("$bcg/in_bcg_RR.csv");
	for my $r (read_csv("$bcg/raw_dat.bcg.csv"))
	{
		my $e = shift @expected;
		my ($yi, $vi) = row(sprintf 'SELECT estimate(e), se(e) ^ 2 FROM log_risk_ratio(%d, %d, %d, %d) e',
			$r->{tpos}, $r->{tpos} + $r->{tneg}, $r->{cpos}, $r->{cpos} + $r->{cneg});
		near($yi, $e->{yi}, "BCG trial $r->{trial}: log risk ratio");
		near($vi, $e->{vi}, "BCG trial $r->{trial}: its variance");
	}
	is(scalar @expected, 0, 'all BCG trials');
}

# metafor 3.8, escalc(add = 1/2, to = "only0"), of a/n against b/n: yi and sqrt(vi)
my %escalc = (
	OR => [ '4, 123, 11, 139', -0.938694140870392, 0.597599324174341, '0, 20, 3, 20', -2.10413415427021, 1.54649204028408,
		'20, 20, 10, 20', 3.71357206670431, 1.49641460774782, '0, 20, 0, 30', 0.397301797469003, 2.0202889330615,
		'20, 20, 30, 30', -0.397301797469006, 2.0202889330615, '1, 1, 0, 1', 2.19722457733622, 2.3094010767585 ],
	RR => [ '4, 123, 11, 139', -0.889311333920205, 0.570600354892951, '0, 20, 3, 20', -1.94591014905531, 1.48002573980191,
		'20, 20, 10, 20', 0.669049628980885, 0.220863052149693, '0, 20, 0, 30', 0.389464766761723, 1.97993002095145,
		'20, 20, 30, 30', -0.00783703070728024, 0.0411127828734938, '1, 1, 0, 1', 1.09861228866811, 1.29099444873581 ],
	RD => [ '4, 123, 11, 139', -0.04661636544423, 0.0279297093586012, '0, 20, 3, 20', -0.142857142857143, 0.0878666520181295,
		'20, 20, 10, 20', 0.476190476190476, 0.11406819814427, '0, 20, 0, 30', 0.00768049155145929, 0.0402329652163716,
		'20, 20, 30, 30', -0.00768049155145933, 0.0402329652163717, '1, 1, 0, 1', 0.5, 0.433012701892219 ]);
my %function = (OR => 'log_odds_ratio', RR => 'log_risk_ratio', RD => 'risk_difference');
for my $kind (sort keys %escalc)
{
	while (my ($counts, $yi, $se) = splice @{ $escalc{$kind} }, 0, 3)
	{
		my @got = row("SELECT estimate(e), se(e), measure(e), df(e) FROM $function{$kind}($counts) e");
		near($got[0], $yi, "$kind($counts)");
		near($got[1], $se, "$kind($counts): SE");
		is("$got[2]|$got[3]", "$kind|", "$kind($counts): kind, no df");
	}
}

# R 4.2: lm(y ~ x + g), coefficient of g, and the correlation within the arms
my $arms = q{(SELECT study_sample(x) FILTER (WHERE g) AS ax, study_sample(y) FILTER (WHERE g) AS ay,
	study_sample(x) FILTER (WHERE NOT g) AS bx, study_sample(y) FILTER (WHERE NOT g) AS by
	FROM unnest('{10.1,12.3,9.8,14.2,11.7,8.9,11.2,13.1,10.4,12.8,9.5,12.0,13.3}'::float8[],
		'{11.0,12.9,10.9,15.1,11.9,10.2,14.1,15.9,12.2,16.0,11.6,15.2,15.5}'::float8[],
		'{t,t,t,t,t,t,f,f,f,f,f,f,f}'::boolean[]) v (x, y, g)) s};
my @ancova = row("SELECT estimate(e), se(e), statistic(e), p_value(e), df(e) FROM $arms, ancova_difference(ax, ay, bx, by, 0.96183566389927544) e");
near($ancova[0], -1.75585362165431457804, 'ANCOVA: estimate');
near($ancova[1], 0.29107764768232841091, 'ANCOVA: SE');
near($ancova[2], -6.03225165393183893059, 'ANCOVA: t');
near($ancova[3], 0.00012655640588050694, 'ANCOVA: p');
diag sprintf 'samples and effects: the largest relative difference from R and metafor is %.1e', $largest;
is($ancova[4], 10, 'ANCOVA: df');

# A million shards are one pass, and so are workers.
$node->safe_psql('postgres', q{
	CREATE TABLE value AS SELECT i, 1000 + 50 * sin(i) + i % 17 AS x FROM generate_series(1, 1000000) i;
	CREATE TABLE shard AS SELECT i, study_sample(x) AS s FROM value GROUP BY i;
	ANALYZE value, shard});
my @one = row('SELECT n(s), mean(s), sd(s) FROM (SELECT study_sample(x) AS s FROM value) t');
my @core = row('SELECT count(x), avg(x), stddev(x) FROM value');
my $parallel = q{SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0;
	SET max_parallel_workers_per_gather = 3;};
my %pass = (
	'a million shards' => [ row('SELECT n(s), mean(s), sd(s) FROM (SELECT pool(s) AS s FROM shard) t') ],
	'shards by text' => [ row('SELECT n(s), mean(s), sd(s) FROM (SELECT pool(s::text::study_sample) AS s FROM shard WHERE i <= 1000000) t') ],
	'shards in another order' => [ row('SELECT n(s), mean(s), sd(s) FROM (SELECT pool(s ORDER BY hashint4(i)) AS s FROM shard) t') ],
	'core' => \@core,
	'workers' => [ row("$parallel SELECT n(s), mean(s), sd(s) FROM (SELECT study_sample(x) AS s FROM value) t") ],
	'workers over shards' => [ row("$parallel SELECT n(s), mean(s), sd(s) FROM (SELECT pool(s) AS s FROM shard) t") ]);
for my $name (sort keys %pass)
{
	my @got = @{ $pass{$name} };
	is($got[0], $one[0], "$name: n");
	cmp_ok(abs($got[$_] / $one[$_] - 1), '<', 1e-12, "$name: " . (qw(n mean sd))[$_]) for 1, 2;
}
like($node->safe_psql('postgres', "$parallel EXPLAIN SELECT study_sample(x) FROM value"), qr/Partial Aggregate/, 'workers do take part');

sub read_image
{
	my ($type, $image) = @_;
	return read_images($node, 'postgres', "copied_$type", $image) =~ s/^invalid binary value for type $type: //r;
}

sub sample
{
	return pack('d> d> d>', @_);
}

sub effect
{
	return pack('d> d> d> C', @_);
}

$node->safe_psql('postgres', 'CREATE TABLE copied_study_sample (v study_sample); CREATE TABLE copied_effect_size (v effect_size)');
is(read_image('study_sample', sample(7, 21, 6)), 'accepted', 'an image of study_sample is accepted');
is(read_image('effect_size', effect(-10, 2, 0, 1)), 'accepted', 'an image of effect_size is accepted');
is(read_image('effect_size', effect(-0.0, 2, 5, 8)), 'accepted', 'and one with minus zero');
is(join("\n", $node->safe_psql('postgres', 'SELECT n(v), mean(v), sd(v) FROM copied_study_sample'),
		$node->safe_psql('postgres', 'SELECT v FROM copied_effect_size')),
	"7|3|1\n-10 (SE 2)\nHR 1 (log SE 2, df=5)", 'they mean what they say');

my $nan = unpack('d>', pack('H*', '7ff8000000000000'));
my $n = 'n must be a whole number below 2^53, not';
my @refused = (
	[ 'n not whole', 'study_sample', sample(7.5, 1, 1), "$n 7.5" ],
	[ 'n negative', 'study_sample', sample(-1, 1, 1), "$n -1" ],
	[ 'n too large', 'study_sample', sample(2**53, 1, 1), "$n 9.0072e+15" ],
	[ 'n NaN', 'study_sample', sample($nan, 1, 1), "$n nan" ],
	[ 'n infinite', 'study_sample', sample('Inf', 1, 1), "$n inf" ],
	[ 'sum NaN', 'study_sample', sample(7, 'NaN', 1), 'sum or spread is not finite' ],
	[ 'spread infinite', 'study_sample', sample(7, 1, 'Inf'), 'sum or spread is not finite' ],
	[ 'spread negative', 'study_sample', sample(7, 1, -1), 'spread is negative' ],
	[ 'sum of none', 'study_sample', sample(0, 1, 0), 'a sample with n = 0 cannot have a sum' ],
	[ 'spread of one', 'study_sample', sample(1, 1, 1), 'a sample with n = 1 cannot have a spread' ],
	[ 'spread of none', 'study_sample', sample(0, 0, 1), 'a sample with n = 0 cannot have a spread' ],
	[ 'minus zero', 'study_sample', sample(7, unpack('d>', pack('H*', '8000000000000000')), 1), 'a zero has a minus sign' ],
	[ 'too short', 'study_sample', substr(sample(7, 1, 1), 0, 23), 'insufficient data left in message' ],
	[ 'too long', 'study_sample', sample(7, 1, 1) . 'x', 'incorrect binary data format' ],
	[ 'kind zero', 'effect_size', effect(1, 1, 0, 0), 'unknown measure 0' ],
	[ 'kind of the future', 'effect_size', effect(1, 1, 0, 9), 'unknown measure 9' ],
	[ 'kind 255', 'effect_size', effect(1, 1, 0, 255), 'unknown measure 255' ],
	[ 'estimate NaN', 'effect_size', effect('NaN', 1, 0, 1), 'estimate is not finite' ],
	[ 'estimate infinite', 'effect_size', effect('-Inf', 1, 0, 1), 'estimate is not finite' ],
	[ 'SE zero', 'effect_size', effect(1, 0, 0, 1), 'SE must be finite and above 0, not 0' ],
	[ 'SE NaN', 'effect_size', effect(1, $nan, 0, 1), 'SE must be finite and above 0, not nan' ],
	[ 'df negative', 'effect_size', effect(1, 1, -1, 1), 'df must be finite and above 0, not -1' ],
	[ 'df infinite', 'effect_size', effect(1, 1, 'Inf', 1), 'df must be finite and above 0, not inf' ],
	[ 'too short', 'effect_size', substr(effect(1, 1, 1, 1), 0, 24), 'no data left in message' ],
	[ 'too long', 'effect_size', effect(1, 1, 1, 1) . 'x', 'incorrect binary data format' ]);
is(read_image(@$_[1, 2]), $_->[3], "refused: $_->[1], $_->[0]") for @refused;

# Where the server encoding has another plus-minus sign, or none, output is plain ASCII.
$node->safe_psql('postgres', "CREATE DATABASE latin1 ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
$node->safe_psql('latin1', 'CREATE EXTENSION vitk');
is($node->safe_psql('latin1', 'SELECT study_sample(7, 3.2, 0.4)'), '3.2 +- 0.4 (n=7)', 'LATIN1 writes plain ASCII');
is($node->safe_psql('latin1', "SET client_encoding = 'UTF8'; SELECT '3.2 \302\261 0.4 (n=7)'::study_sample"),
	'3.2 +- 0.4 (n=7)', 'and reads the sign');

done_testing();
