# Usual intakes against R, on two days of 237 men of NHANES 2015-2016: variance components by aov,
# the shrinkage of NRC 1986 on every scale, shares below an EAR.  Then serial against parallel, shards,
# and binary images.
#
# What R 4.2.2 said is below; this made it, run in the folder of the files:
#
# items <- read.csv("items_2015_2016_men_60_79.csv")
# demo <- read.csv("DEMO_I.csv")
# day <- aggregate(cbind(VK, VD, CALC) ~ SEQN + Day, items, sum)
# fewer <- subset(day, !(Day == 2 & SEQN %% 3 == 0))
# scale <- list(none = identity, sqrt = sqrt, cuberoot = function(x) x^(1/3), log = log)
# back <- list(none = function(u, w) u, sqrt = function(u, w) u^2 + w,
# 			 cuberoot = function(u, w) u^3 + 3 * u * w, log = function(u, w) exp(u + w / 2))
# components <- function(d, nutrient, s) {
# 	d$y <- scale[[s]](d[[nutrient]])
# 	a <- summary(aov(y ~ factor(SEQN), d))[[1]]
# 	n <- as.vector(table(d$SEQN)); N <- sum(n); k <- length(n)
# 	w <- a[2, "Mean Sq"]
# 	raw <- (a[1, "Mean Sq"] - w) / ((N - sum(n^2) / N) / (k - 1))
# 	b <- max(0, raw)
# 	m <- tapply(d$y, d$SEQN, mean)
# 	u <- mean(m) + (m - mean(m)) * sqrt(b / (b + w / n))
# 	list(N = N, mean = mean(m), w = w, raw = raw, b = b, usual = back[[s]](u, w), seqn = as.integer(names(m)))
# }
# line <- function(set, d, nutrient, s) {
# 	x <- components(d, nutrient, s)
# 	cat(sprintf("%s %s %s %d %.17g %.17g %.17g %.17g %.17g %.17g %.17g\n", set, nutrient, s, x$N,
# 		x$mean, x$w, x$raw, mean(x$usual), sd(x$usual), min(x$usual), max(x$usual)))
# }
# for (nutrient in c("VK", "VD", "CALC")) for (s in names(scale)) if (nutrient != "VD" || s != "log") {
# 	line("two", day, nutrient, s)
# 	line("fewer", fewer, nutrient, s)
# }
# for (set in c("two", "fewer")) for (s in names(scale)) {
# 	d <- list(two = day, fewer = fewer)[[set]]
# 	x <- components(d, "CALC", s)
# 	ear <- ifelse(demo$RIDAGEYR[match(x$seqn, demo$SEQN)] < 71, 800, 1000)
# 	cut <- function(r) uniroot(function(u) back[[s]](u, x$w) - r, c(0, c(none = 5000, sqrt = 100, cuberoot = 20, log = 10)[s]), tol = 1e-15)$root
# 	cat(sprintf("%s %s %d %.17g %.17g\n", set, s, sum(x$usual < ear),
# 		pnorm(cut(800), x$mean, sqrt(x$b)), pnorm(cut(2000), x$mean, sqrt(x$b), lower.tail = FALSE)))
# }
# x <- components(day, "CALC", "none")
# ear <- ifelse(demo$RIDAGEYR[match(x$seqn, demo$SEQN)] < 71, 800, 1000)
# first <- subset(day, Day == 1); first <- first[match(x$seqn, first$SEQN), ]
# cat("one day", sum(first$CALC < ear), "two days", sum(tapply(day$CALC, day$SEQN, mean) < ear), "\n")
# library(lme4)
# v <- as.data.frame(VarCorr(lmer(CALC ~ (1 | SEQN), day)))
# cat(sprintf("lme4 %.17g %.17g\n", v$vcov[2], v$vcov[1]))

use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use Cwd qw(abs_path);
use List::Util qw(max);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Vitk;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', 'max_parallel_workers = 4');
$node->start;
$node->safe_psql('postgres', 'CREATE DATABASE study ENCODING UTF8 TEMPLATE template0');
$node->safe_psql('study', 'CREATE EXTENSION vitk');

sub ask
{
	return $node->safe_psql('study', shift);
}

my $largest = 0;

# Numbers that should be equal, to the relative difference; says which are not
sub near
{
	my ($got, $expected, $most, $name) = @_;
	my @got = split /\|/, $got;
	my @difference = map { $expected->[$_] ? abs($got[$_] / $expected->[$_] - 1) : abs $got[$_] } 0 .. $#$expected;
	my @off = grep { $difference[$_] > $most } 0 .. $#$expected;
	$largest = max($largest, @difference) if $most == 1e-9;
	ok(@got == @$expected && !@off, $name)
	  or diag "got $got\nexpected " . join('|', @$expected) . "\nin " . join(', ', @off);
}

# set, nutrient, scale, days, mean, within, between (not truncated); mean, sd, min, max of usual intakes
my @components = map { [split] } split /\n/, <<'END';
two VK none 474 120.8126582278481 26233.997721518994 2279.7544952800017 120.8126582278481 47.746774710759247 78.076298347695101 405.01740304986316
fewer VK none 391 116.35611814345991 31726.064805194834 -3935.3933652084829 116.35611814345991 0 116.35611814345991 116.35611814345991
two VK sqrt 474 9.6598713142938948 23.328611368454272 4.2380315198914822 120.8618747075284 45.968913986557176 62.480104072968444 332.18099250145428
fewer VK sqrt 391 9.5505461412354951 26.725020873587052 0.22274325143104678 118.18218706416501 9.3142884459147339 102.77274932744091 159.61039305161691
two VK cuberoot 474 4.4132649470210659 1.888714748664911 0.39859454126839167 116.43685163803666 46.92333732602961 49.272381997900709 320.9811647064472
fewer VK cuberoot 391 4.3844401194408551 2.1163719193764616 0.13839079128366402 113.97779965090253 25.535738353909903 69.90384746178816 225.69951239244148
two VK log 474 4.2942385813651107 0.75634524602531417 0.18959936350781792 117.59749822053614 54.243135399556188 32.001016615972446 330.34117524553557
fewer VK log 391 4.2776269081057858 0.79720343660217907 0.15219469994016324 115.53583368201402 45.403928086281148 35.986986392253044 302.10744886397941
two VD none 474 5.0265822784810128 34.333670886075971 6.618175284273768 5.0265822784810128 2.5725814436619423 2.4014653923783778 23.263849863403113
fewer VD none 391 4.7191983122362871 42.837175324675293 -1.3996517673557274 4.7191983122362871 0 4.7191983122362871 4.7191983122362871
two VD sqrt 474 1.9687036177020336 0.85192001263486483 0.30193963800921936 5.0283795780857279 2.489704139736129 1.4960556434233134 19.677798150183033
fewer VD sqrt 391 1.9119153231401431 0.96441641819959523 0.15157948054127671 4.8055281999415875 1.6664636722960255 2.4532746623864332 13.006433771170249
two VD cuberoot 474 1.516452173923464 0.23548076219776473 0.089084092824680397 4.9681844917411606 2.5465851609527594 0.78134112092564534 19.435466966355747
fewer VD cuberoot 391 1.4909204214651435 0.25986362379215383 0.047417694424760244 4.7273422959528766 1.7791986605442702 1.8406521502117326 12.709727120078696
two CALC none 474 910.91983122362865 167071.39240506332 115890.23802116819 910.91983122362865 340.42655304950642 352.58759317459783 2552.2381272117809
fewer CALC none 391 887.24894514767936 178845.14935064939 102488.99593591533 890.0882368272014 319.41398521762335 369.30773771180873 2428.6155863565664
two CALC sqrt 474 28.973629460376834 42.915468882825188 28.744984050006611 911.01037018751651 327.33038151220194 336.6636403470954 2429.7535531825993
fewer CALC sqrt 391 28.560796685165126 41.924105345124204 29.471128059915205 889.88068402711383 324.59055259229353 270.05217537771313 2336.2519168419276
two CALC cuberoot 474 9.342489220387959 2.0705038375646816 1.3277165130386319 910.86219216384973 326.636891664149 322.03631924339612 2386.3691023641622
fewer CALC cuberoot 391 9.250724984087535 1.9518266266476521 1.441269001186894 888.93907449674953 330.19092485243976 223.19716863722931 2304.5885968687267
two CALC log 474 6.6422287637892952 0.24770256819893033 0.13723162048372578 927.13373046386653 336.4960328561038 299.91087298196305 2356.3154517488738
fewer CALC log 391 6.6104442562988011 0.21540162991153136 0.17126572090649111 900.2532483130509 352.12794214663887 151.5699590280621 2294.9090860338138
END

# set, scale, men below the EAR of their age; if normal on the scale: share below 800, above 2000 mg
my @shares = map { [split] } split /\n/, <<'END';
two none 113 0.37227799288453045 0.00068913513894894708
two sqrt 113 0.39280024918955736 0.0022049704477022729
two cuberoot 113 0.40322796505005959 0.003640063513650526
two log 105 0.41296733350958609 0.012112277710725452
fewer none 117 0.39260551488536505 0.00025463090403356361
fewer sqrt 117 0.42493175655896676 0.0019258479772455927
fewer cuberoot 117 0.44114296499373207 0.003905383791065668
fewer log 115 0.46770935906044714 0.016459284720890782
END

SKIP:
{
	my $nhanes = ($ENV{VITK_SHARED} // '../shared') . '/data/nhanes';
	my ($items, $demo) = map { "$nhanes/$_.csv" } qw(items_2015_2016_men_60_79 DEMO_I);
	-f or skip "NO FILE $_: USUAL INTAKES ARE NOT TESTED AGAINST R", 1 for $items, $demo;

	# the days of both sets on each scale; the second day of every third man is left out of "fewer"
	my $load = PostgreSQL::Test::Utils::tempdir() . '/load.psql';
	append_to_file($load, <<"END");
\\set ON_ERROR_STOP 1
\\set file '$items'
\\set table items
\\i src/import/csv.psql
\\set file '$demo'
\\set table demo
\\i src/import/csv.psql
CREATE TABLE day AS
	SELECT "SEQN"::integer AS person, "Day"::integer AS day, sum("VK"::float8) AS vk, sum("VD"::float8) AS vd,
		sum("CALC"::float8) AS calc
	FROM items GROUP BY 1, 2;
CREATE TABLE man AS SELECT "SEQN"::integer AS person, "RIDAGEYR"::float8 AS age, "RIAGENDR" AS sex FROM demo;
CREATE TABLE person AS
	SELECT s AS set, nutrient, scale, person, study_sample(usual_scale(intake, scale)) AS days
	FROM day, LATERAL (VALUES ('VK', vk), ('VD', vd), ('CALC', calc)) v (nutrient, intake),
		unnest('{none,sqrt,cuberoot,log}'::text[]) scale, unnest('{two,fewer}'::text[]) s
	WHERE NOT (s = 'fewer' AND day = 2 AND person % 3 = 0) AND NOT (nutrient = 'VD' AND scale = 'log')
	GROUP BY s, nutrient, scale, person;
CREATE TABLE component AS
	SELECT set, nutrient, scale, variance_components(days) AS c FROM person GROUP BY set, nutrient, scale;
CREATE TABLE usual AS
	SELECT set, nutrient, scale, person, usual_intake(days, c, scale) AS usual
	FROM person JOIN component USING (set, nutrient, scale);
END
	$node->command_ok([ 'psql', '-X', '-q', '-d', $node->connstr('study'), '-f', $load ], 'the files load');
	is(ask('SELECT count(*), count(DISTINCT person) FROM day'), '474|237', 'two days of 237 men');

	for my $line (@components)
	{
		my ($set, $nutrient, $scale, @r) = @$line;
		my $where = "WHERE set = '$set' AND nutrient = '$nutrient' AND scale = '$scale'";
		my $name = "$nutrient, $scale, $set days";

		is(ask("SELECT persons(c) FROM component $where"), 237, "$name: persons");
		near(ask("SELECT days(c), mean(c), variance_within(c), variance_between(c, false) FROM component $where"),
			[ @r[0 .. 3] ], 1e-9, "$name: components are those of aov");
		my $between = $r[3] > 0 ? $r[3] : 0;
		near(ask("SELECT variance_between(c), coalesce(variance_ratio(c), 0), icc(c) FROM component $where"),
			[ $between, $between ? $r[2] / $between : 0, $between / ($between + $r[2]) ], 1e-9, "$name: none below zero");
		near(ask("SELECT avg(usual), CASE WHEN min(usual) < max(usual) THEN stddev(usual) ELSE 0 END,
				min(usual), max(usual) FROM usual $where"),
			[ @r[4 .. 7] ], 1e-9, "$name: usual intakes");
	}
	is(scalar(grep { $_->[6] < 0 } @components), 2, 'two estimates are below zero');

	# lme4 fits by REML, which here is the analysis of variance, to what its optimizer reaches
	near(ask(q{SELECT variance_within(c), variance_between(c) FROM component WHERE set = 'two' AND nutrient = 'CALC' AND scale = 'none'}),
		[ 167071.39225553695, 115890.23827517158 ], 1e-8, "lme4's components");

	# the cut-point method, each man below the EAR of his age: plain SQL with reference_value
	my $ear = q{reference_value('male', age) WHERE nutrient = 'calcium' AND kind = 'EAR'};
	ask("CREATE TABLE limits AS SELECT person, kind, amount, lower(amount, 'mg/d') AS ear FROM man, $ear AND sex = '1'");
	is(ask('SELECT ear, count(*) FROM limits JOIN (SELECT DISTINCT person FROM day) d USING (person) GROUP BY ear ORDER BY ear'),
		"800|156\n1000|81", '156 men have an EAR of 800 mg, 81 of 1000 mg');
	for my $line (@shares)
	{
		my ($set, $scale, $below, @normal) = @$line;
		my $where = "WHERE set = '$set' AND nutrient = 'CALC' AND scale = '$scale'";

		near(ask("SELECT share_below(usual, ear, kind) FROM usual JOIN limits USING (person) $where"),
			[ $below / 237 ], 1e-15, "$set days, $scale: $below of 237 men below their EAR");
		near(ask("SELECT share_below(intake_vs_limit(nutrient_amount(usual, 'mg/d'), amount), 1, kind)
				FROM usual JOIN limits USING (person) $where"),
			[ $below / 237 ], 1e-15, "$set days, $scale: the same with units, by intake_vs_limit");
		near(ask("SELECT share_below(c, 800, 'EAR', scale), share_above(c, 2000, 'UL', scale) FROM component $where"),
			\@normal, 1e-9, "$set days, $scale: shares of normal usual intakes");
	}

	# what it is for: fewer men are below than by days, or by means of two days
	near(ask(q{SELECT share_below(calc, ear, 'EAR') FROM day JOIN limits USING (person) WHERE day = 1}),
		[ 131 / 237 ], 1e-15, '131 of 237 by one day');
	near(ask(q{SELECT share_below(mean(days), ear, 'EAR') FROM person JOIN limits USING (person)
			WHERE set = 'two' AND nutrient = 'CALC' AND scale = 'none'}),
		[ 120 / 237 ], 1e-15, '120 of 237 by the mean of two days');

	# the way back keeps the mean of the group, which the bare inverse of the scale does not
	for my $scale (qw(sqrt cuberoot log))
	{
		is(ask(qq{SELECT abs(avg(usual_intake(days, c, scale)) / 910.9198312 - 1) < 0.02,
				avg(usual_back_transform(usual_intake(days, c), scale)) / 910.9198312 < 0.96
			FROM person JOIN component USING (set, nutrient, scale) WHERE set = 'two' AND nutrient = 'CALC' AND scale = '$scale'}),
			't|t', "$scale and back: the mean of calcium stays within 2 percent; it would fall by more than 4");
	}

	# vitamin K has an AI alone: no prevalence
	my ($ret, $out, $err) = $node->psql('study', q{SELECT share_below(usual, lower(amount, 'ug/d'), kind)
		FROM usual JOIN man USING (person), reference_value('male', age) r
		WHERE set = 'two' AND usual.nutrient = 'VK' AND scale = 'sqrt' AND r.nutrient = 'vitamin K'});
	like($err, qr/kind AI cannot give the prevalence.*\nDETAIL:  .*nothing can be concluded/, 'none of vitamin K, which has an AI');
	diag sprintf 'usual intake: the largest relative difference from R is %.1e', $largest;
}

# Serial, parallel, by shards in any order, through text: the same to 1e-12, of values with a large
# mean and persons with 1 to 4 days.
ask(q{
	CREATE TABLE diary AS
		SELECT p AS person, 1e6 + 40 * sin(p) + 90 * cos(p * 7.1 + d * 13.3) AS x
		FROM generate_series(1, 100000) p, generate_series(1, 4) d WHERE d <= 1 + p % 4;
	CREATE TABLE diner AS SELECT person, study_sample(x) AS days FROM diary GROUP BY person;
	CREATE TABLE shard AS SELECT person % 97 AS shard, variance_components(days) AS c FROM diner GROUP BY 1;
	ANALYZE});
my $serial = 'SET max_parallel_workers_per_gather = 0;';
my $parallel = 'SET max_parallel_workers_per_gather = 4; SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0;
	SET min_parallel_table_scan_size = 0;';
my $parts = 'SELECT persons(c), days(c), mean(c), variance_within(c), variance_between(c, false) FROM';
my $all = '(SELECT variance_components(days) AS c FROM diner) s';
like(ask("$parallel EXPLAIN $parts $all"), qr/Partial Aggregate/, 'workers take part');
my @one = split /\|/, ask("$serial $parts $all");
is("@one[0, 1]", '100000 250000', '100,000 persons, 250,000 days');
# two passes in numeric, rounded by nothing but the division
near(join('|', @one[2 .. 4]), [ split /\|/, ask(q{
	WITH p AS (SELECT person, count(*)::numeric AS n, avg(x::numeric) AS m, sum(x::numeric * x::numeric) - sum(x::numeric) ^ 2 / count(*) AS ss
			FROM diary GROUP BY person),
		g AS (SELECT count(*)::numeric AS k, sum(n) AS n, sum(n * n) AS n2, sum(n * m) / sum(n) AS m, avg(m) AS mean, sum(ss) / (sum(n) - count(*)) AS within FROM p)
	SELECT mean::float8, within::float8,
		(((SELECT sum(p.n * (p.m - g.m) ^ 2) FROM p) / (k - 1) - within) / ((n - n2 / n) / (k - 1)))::float8
	FROM g}) ], 1e-9, 'what numeric says');
near(ask("$parallel $parts $all"), \@one, 1e-12, 'parallel');
near(ask("$parallel SET parallel_leader_participation = off; $parts $all"), \@one, 1e-12, 'workers alone');
near(ask("$serial $parts (SELECT variance_components(days ORDER BY person DESC) AS c FROM diner) s"), \@one, 1e-12, 'backwards');
near(ask("$serial $parts (SELECT pool(c) AS c FROM shard) s"), \@one, 1e-12, 'pooled from shards');
near(ask("$serial $parts (SELECT pool(c::text::variance_components ORDER BY shard DESC) AS c FROM shard) s"),
	\@one, 1e-12, 'backwards, through text');
is(ask("$parallel SELECT share_below(mean(days), 1e6, 'EAR') FROM diner"),
	ask("$serial SELECT avg((mean(days) < 1e6)::integer)::float8 FROM diner"), 'share_below, parallel, is what avg says');

# Binary: a round trip without loss, and every malformed image refused.
my $file = abs_path(PostgreSQL::Test::Utils::tempdir) . '/image';
chmod 0755, PostgreSQL::Test::Utils::tempdir;
ask(qq{CREATE TABLE copied (shard integer, c variance_components); COPY shard TO '$file' BINARY; COPY copied FROM '$file' BINARY});
is(ask('SELECT count(*), count(*) FILTER (WHERE a.c = b.c) FROM shard a FULL JOIN copied b USING (shard)'), '97|97', 'COPY BINARY loses nothing');

# persons, days_squared, means, ss_within, days, sum, ss_between
sub image
{
	my %part = (persons => 4, days_squared => 18, means => 73, ss_within => 66, days => 8, sum => 157, ss_between => 289, @_);
	return pack('d>8', @part{qw(persons days_squared means ss_within days sum ss_between)}, $part{zero_days} // 0);
}

sub read_image { return read_images($node, 'study', 'image', @_) =~ s/^invalid binary value for type variance_components: //r }

ask('CREATE TABLE image (c variance_components)');
my $minus_zero = unpack('d>', pack('H*', '8000000000000000'));
is(read_image(image()), 'accepted', 'an image is accepted');
is(ask('SELECT c FROM image'), '(persons=4, days=8, days_squared=18, means=73, sum=157, ss_within=66, ss_between=289)', 'and means what it says');
my @refused = (
	[ 'part of a person', image(persons => 3.5), 'persons must be a whole number below 2^53, not 3.5' ],
	[ 'days NaN', image(days => unpack('d>', pack('H*', '7ff8000000000000'))), 'days must be a whole number below 2^53, not nan' ],
	[ 'fewer days than persons', image(days => 3), '4 persons cannot have 3 days' ],
	[ 'days_squared infinite', image(days_squared => 9**9**9), 'days_squared = inf does not match 8 days of 4 persons' ],
	[ 'means infinite', image(means => 9**9**9), 'a sum is not finite' ],
	[ 'sum infinite', image(sum => -9**9**9), 'a sum is not finite' ],
	[ 'ss_within negative', image(ss_within => -1), 'a sum of squares is negative' ],
	[ 'minus zero', image(ss_within => $minus_zero), 'a zero has a minus sign' ],
	[ 'too short', substr(image(), 0, 55), 'insufficient data left in message' ],
	[ 'too long', image() . 'x', 'incorrect binary data format' ]);
is(read_image($_->[1]), $_->[2], "refused: $_->[0]") for @refused;

$node->stop;
done_testing();
