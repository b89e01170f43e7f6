# The laws of doc/limits.md over random intakes: Monotone (what is known more takes nothing away) and Complete
# (as many persons come out as go in).  A world is made first, of foods with true contents, and then told in part:
# so the truth is there to be held against the bounds.  VITK_SEED repeats a run, VITK_WORLDS makes it longer.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $seed = $ENV{VITK_SEED} // time;
my $worlds = $ENV{VITK_WORLDS} // 60;
srand($seed);
note("VITK_SEED=$seed VITK_WORLDS=$worlds");

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION vitk');

sub ask { return $node->safe_psql('postgres', shift) }

# the nutrients told: totals beside their parts
my @parts = qw(K1 MK-4 MK-7 MK-9);
my %total = (K2 => [qw(MK-4 MK-7 MK-9)], 'vitamin K' => [@parts], D => [qw(D2 D3)], 'EPA+DHA' => [qw(EPA DHA)]);
my @all = (@parts, 'K2', 'vitamin K', 'D2', 'D3', 'D', 'A-RAE', 'A-RE', 'retinol', 'calcium', 'EPA', 'DHA', 'EPA+DHA', 'fat', 'energy',
	'magnesium', 'folate', 'food folate', 'folic acid');
my %unit = (calcium => 'mg', EPA => 'mg', DHA => 'mg', 'EPA+DHA' => 'mg', fat => 'g', energy => 'kcal', magnesium => 'mg');

# a food: its grams and true contents, in whole numbers so that sums are exact
sub food
{
	my %of = map { $_ => int(rand 40) } @parts, qw(D2 D3 A-RAE A-RE retinol calcium EPA DHA magnesium), 'food folate', 'folic acid';
	$of{folate} = $of{'food folate'} + $of{'folic acid'};
	$of{'A-RAE'} += $of{retinol};
	$of{'A-RE'} += $of{'A-RAE'};
	my $grams = 50 + int(rand 200);
	$of{fat} = int(rand $grams);
	$of{energy} = 9 * $of{fat} + int(rand 200);
	for my $t (('K2', 'vitamin K', 'D', 'EPA+DHA')) { $of{$t} = 0; $of{$t} += $of{$_} for @{ $total{$t} } }
	return { grams => $grams, of => \%of, told => {}, unweighed => rand() < 0.15 };
}

# what is told of a food: for each nutrient nothing, a value, or an interval that holds it
sub profile
{
	my ($world) = @_;
	my $grams = 0;
	my $more = '';
	my (%lower, %upper, %known);
	for my $f (@$world)
	{
		if ($f->{unweighed}) { $more = ' and more'; next }
		$grams += $f->{grams};
		for my $n (keys %{ $f->{told} })
		{
			$lower{$n} += $f->{of}{$n} - $f->{told}{$n};
			$upper{$n} += $f->{of}{$n} + $f->{told}{$n};
			$known{$n} += $f->{grams};
		}
	}
	return "$grams g$more: " . join(', ', map {
		my $unit = $unit{$_} // 'ug';
		($lower{$_} == $upper{$_} ? "$_ $lower{$_} $unit" : "$_ $lower{$_}..$upper{$_} $unit")
		  . ($known{$_} < $grams ? " (known $known{$_} g)" : '')
	} grep { exists $known{$_} } @all);
}

# tell one thing more: a value, or an interval more narrowly
sub reveal
{
	my ($world) = @_;
	my $f = $world->[ rand @$world ];
	# how much was eaten is told as well
	if ($f->{unweighed} && rand() < 0.4) { $f->{unweighed} = 0; return }
	my $n = $all[ rand @all ];
	if (!exists $f->{told}{$n}) { $f->{told}{$n} = int(rand(2)) ? 0 : int(rand(1 + $f->{of}{$n})) }
	else { $f->{told}{$n} = int($f->{told}{$n} / 2) }
	return;
}

my @rows;
for my $w (1 .. $worlds)
{
	my $world = [ map { food() } 1 .. 1 + int(rand 4) ];
	# some tables tell a nutrient of every food
	for my $n (@all) { if (rand() < 0.3) { $_->{told}{$n} = 0 for @$world } }
	my %truth;
	for my $n (@all) { $truth{$n} += $_->{of}{$n} for @$world }
	my ($sex, $age) = ((qw(female male))[ rand 2 ], int(rand 90));
	for my $step (0 .. 12)
	{
		reveal($world) if $step;
		push @rows, join("\t", $w, $step, $sex, $age, profile($world), map { $truth{$_} } @all);
	}
}
ask("CREATE TABLE world (w integer, step integer, sex text, age float8, eaten nutrient_profile, "
	  . join(', ', map { "\"$_\" float8" } @all) . ");\nCOPY world FROM STDIN;\n" . join("\n", @rows) . "\n\\.\n");
is(ask('SELECT count(*) FROM world'), 13 * $worlds, 'worlds told step by step');
cmp_ok(ask("SELECT count(*) FROM world WHERE eaten::text LIKE '%and more%'"), '>', $worlds, 'in some, more was eaten of unknown mass');

# each basis of a limit, each kind of verdict, limits at several heights
ask(q{CREATE TABLE held AS
	SELECT w, step, v.*, eaten, basis_name, l.kind AS of_kind, l.height,
		CASE v.nutrient WHEN 'K1' THEN "K1" WHEN 'K2' THEN "K2" WHEN 'vitamin K' THEN "vitamin K" WHEN 'D' THEN "D"
			WHEN 'A-RAE' THEN "A-RAE" WHEN 'A-RE' THEN "A-RE" WHEN 'retinol' THEN retinol WHEN 'calcium' THEN calcium WHEN 'EPA+DHA' THEN "EPA+DHA"
			WHEN 'fat' THEN CASE basis_name WHEN 'fat' THEN fat ELSE 900 * fat / nullif(energy, 0) END WHEN 'magnesium' THEN CASE basis_name WHEN 'magnesium' THEN magnesium END
			WHEN 'folate' THEN folate WHEN 'folate-DFE' THEN "food folate" + 1.7 * "folic acid" END AS truth
	FROM world, (SELECT b.basis AS basis_name, k.kind, h.height,
			ROW(b.nutrient, k.kind, (h.height || ' ' || b.unit)::nutrient_amount, 'value',
				b.basis, NULL, 'test', NULL, 'test', NULL)::reference_value_row AS "limit"
		FROM (VALUES ('vitamin K', 'vitamin K', 'ug/d'), ('phylloquinone-based', 'vitamin K', 'ug/d'), ('mk4-equivalents', 'vitamin K', 'ug/d'), ('K1', 'K1', 'ug/d'), ('k1-supplement', 'K1', 'ug/d'), ('K2', 'K2', 'ug/d'),
				('D', 'D', 'ug/d'), ('vde', 'D', 'ug/d'), ('A-RAE', 'A-RAE', 'ug/d'), ('A-RE', 'A-RE', 'ug/d'), ('retinol', 'retinol', 'ug/d'), ('calcium', 'calcium', 'mg/d'),
				('EPA+DHA', 'EPA+DHA', 'mg/d'), ('fat-energy', 'fat', 'kcal/(100.kcal)'), ('magnesium-supplement', 'magnesium', 'mg/d'),
				('folate', 'folate', 'ug/d'), ('folate-DFE', 'folate-DFE', 'ug/d')) AS b (basis, nutrient, unit),
			unnest('{EAR,AI,UL,AMDR,safe_level}'::text[]) AS k (kind), unnest('{20,60..80,150}'::text[]) AS h (height)) l,
		LATERAL intake_vs_limit(eaten, "limit", 1) v
	-- that basis takes a total as Japanese tables sum it, which these worlds, that sum by mass, contradict
	WHERE NOT (basis_name = 'mk4-equivalents' AND eaten ? 'vitamin K')});
is(ask("SELECT string_agg(basis, ', ' ORDER BY basis) FROM (SELECT basis FROM vitk.limit_basis, unnest(nutrients) n GROUP BY basis
	HAVING bool_and(n::text = ANY ('{" . join(',', map { "\"$_\"" } @all) . "}'))
	EXCEPT SELECT DISTINCT basis FROM held) x"),
	'', 'no basis is left out of those whose nutrients the worlds have');
cmp_ok(ask("SELECT count(DISTINCT verdict) FROM held"), '>=', 9, 'verdicts of many kinds');

my $pairs = 'FROM held a JOIN held b ON (a.w, a.step + 1, a.basis, a.kind, a.height) = (b.w, b.step, b.basis, b.kind, b.height) WHERE';
my $show = "SELECT a.eaten || ' -> ' || b.eaten || ': ' || concat_ws(' ', a.basis, a.kind, a.height, a.intake_lower, a.intake_upper, a.verdict, b.intake_lower, b.intake_upper, b.verdict) $pairs";
is(ask("$show b.intake_lower < a.intake_lower LIMIT 3"), '', 'monotone: no lower bound is lowered');
is(ask("$show a.coverage = 1 AND a.intake_upper IS NOT NULL AND (b.intake_upper IS NULL OR b.coverage < 1 OR b.intake_upper > a.intake_upper) LIMIT 3"),
	'', 'monotone: no upper bound is raised');
is(ask(q{SELECT eaten, basis, verdict FROM held WHERE eaten::text LIKE '%and more%'
	AND (coverage IS NOT NULL OR intake_upper IS NOT NULL OR verdict IN ('likely inadequate', 'within limit', 'within range', 'below range')) LIMIT 3}),
	'', 'more of unknown mass: nothing bounds the intake above');
is(ask("$show a.verdict NOT IN ('uncertain', 'not comparable') AND b.verdict IN ('uncertain', 'not comparable') LIMIT 3"),
	'', 'monotone: no certain verdict becomes uncertain');
is(ask(q{SELECT eaten, basis, intake_lower, intake_upper, truth FROM held
	WHERE basis NOT IN ('mk4-equivalents') AND (intake_lower > truth + 1e-9 OR (coverage = 1 AND intake_upper < truth - 1e-9)) LIMIT 3}), '',
	'the truth lies within the bounds');
is(ask(q{SELECT eaten, basis, kind, height, verdict, truth FROM held
	WHERE basis NOT IN ('mk4-equivalents', 'k1-supplement') AND height <> '60..80' AND
		(verdict = 'exceeds' AND truth <= height::float8 OR verdict = 'within limit' AND truth > height::float8
		OR verdict = 'adequate' AND truth < height::float8 OR verdict = 'likely inadequate' AND truth >= height::float8
			AND basis <> 'phylloquinone-based') LIMIT 3}), '', 'and certain verdicts are true');

# MK-4 equivalents by every method, species and state
ask(q{CREATE TABLE mk4 AS
	SELECT w, step, eaten, m, s, a, mk4_equivalent(eaten, s, m, a) AS e, mk4_equivalent(eaten, s, m, NULL) AS hull,
		mk4_equivalent(format('100 g: K1 %s ug, MK-4 %s ug, MK-7 %s ug, MK-9 %s ug', "K1", "MK-4", "MK-7", "MK-9")::nutrient_profile, s, m, a) AS truth
	FROM world, unnest('{bioconversion,article,molar,japan_dri,mk4_only}'::text[]) m, unnest('{human,rat,mouse}'::text[]) s, unnest('{f,t}'::boolean[]) a});
my $mk4 = "FROM mk4 a JOIN mk4 b ON (a.w, a.step + 1, a.m, a.s, a.a) = (b.w, b.step, b.m, b.s, b.a) WHERE";
is(ask("SELECT a.eaten, b.eaten, a.m, a.s, a.a, a.e, b.e $mk4 coalesce(lower(b.e, 'ug'), 0) < lower(a.e, 'ug') - 1e-9 LIMIT 3"), '',
	'MK-4 equivalents: no lower bound is lowered');
is(ask("SELECT eaten, m, s, a, e, truth FROM mk4 WHERE m <> 'japan_dri' AND lower(e, 'ug') > upper(truth, 'ug') + 1e-9 LIMIT 3"), '',
	'MK-4 equivalents: at least, at most what there is');
is(ask("SELECT a.eaten, b.eaten, a.m, a.s, a.a, a.e, b.e $mk4 coverage(a.eaten, 'vitamin K') = 1 AND a.m <> 'japan_dri'
	AND NOT (upper(b.e, 'ug') <= upper(a.e, 'ug') + 1e-9) LIMIT 3"), '', 'MK-4 equivalents beside a total that is known: no upper bound is raised');
is(ask("SELECT eaten, m, s, a, e, truth FROM mk4 WHERE m <> 'japan_dri' AND coverage(eaten, 'vitamin K') = 1 AND upper(e, 'ug') < lower(truth, 'ug') - 1e-9 LIMIT 3"),
	'', 'and it holds the truth');
is(ask("SELECT eaten, m, s, a, e, hull FROM mk4 WHERE lower(hull, 'ug') > lower(e, 'ug') OR upper(hull, 'ug') < upper(e, 'ug') LIMIT 3"), '',
	'the hull of both states holds each');

# complete: as many persons come out as go in
ask(q{CREATE TABLE person AS
	SELECT row_number() OVER () AS id, sex, age, stage, authority, kg, eaten
	FROM unnest('{female,M,NULL}'::text[]) sex, unnest('{0,0.3,12,19,25,44,60,80,NULL}'::float8[]) age, unnest('{none,PREGNANCY,lactation,NULL}'::text[]) stage,
		unnest('{NAM,efsa,MHLW,NNR,article,EVM,NULL}'::text[]) authority, unnest('{NULL,60}'::float8[]) kg,
		unnest('{100 g: K1 5 ug,NULL}'::nutrient_profile[]) eaten
	WHERE NOT (sex = 'M' AND lower(coalesce(stage, 'none')) <> 'none') AND (authority IS NOT NULL OR age IS NOT NULL) AND (age IS NOT NULL OR kg IS NULL)});
is(ask(q{SELECT count(*) FROM person p LEFT JOIN (SELECT id FROM person,
	LATERAL intake_vs_limit(eaten, sex, age, authority, stage, kg)) l USING (id) WHERE l.id IS NULL}), 0,
	'complete: no person vanishes');

# and a cohort at random: numbers at the ends of what is taken, names in any case, intakes of every form
my @cohort;
my $any = sub { my $v = $_[ rand @_ ]; return $v };
for my $id (1 .. 20 * $worlds)
{
	my $authority = $any->('NAM', 'nam', 'EFSA', 'MHLW', 'NNR', 'FDA', 'EU', 'article', 'Article', '\\N', 'EVM');
	my $sex = $any->('female', 'F', 'Female', 'male', 'M', '\\N');
	my $age = $any->('\\N', '0', '-0', '1e-300', '0.25', '0.999999999', '14', '18.999', '19', '149.999', 150 * rand, 90 * rand);
	# what no person is: an error, which is tested elsewhere
	my $stage = $sex =~ /^m/i ? $any->('none', '\\N') : $any->('none', 'NONE', 'pregnancy', 'Pregnancy_T2', 'lactation', '\\N');
	push @cohort, join("\t", $id, $sex, $age, $stage, $authority, $any->('\\N', '0.2', '700', '70', 1 + 100 * rand), $any->('\\N', '1', '0.01', '36525', 1 + int(rand 30)),
		$any->('\\N', '0 g', '0 g and more', '250 g and more: K1 15 ug', 'K1 120 ug', '1e17 g: K1 <1e12 ug', '100 g: K1 0 ug', '1124 g: K1 67.9 ug (known 1123 g), K2 80 ug (known 113 g)', '2000 g: MK-4 2 mg',
			"100 g: K1 @{[ rand 500 ]} ug, calcium @{[ rand 900 ]} mg", "300 g: energy @{[ rand 2000 ]} kcal, fat @{[ rand 150 ]} g"));
}
ask("CREATE TABLE cohort (id integer, sex text, age float8, stage text, authority text, kg float8, days float8, eaten nutrient_profile);\nCOPY cohort FROM STDIN;\n" . join("\n", @cohort) . "\n\\.\n");
is(ask(q{SELECT (SELECT count(*) FROM cohort) || ' ' || count(DISTINCT id) FROM cohort, LATERAL intake_vs_limit(eaten, sex, age, authority, stage, kg, days)}),
	20 * $worlds . ' ' . 20 * $worlds, 'complete: a random cohort comes out as it went in');
is(ask(q{SELECT string_agg(DISTINCT concat_ws(' ', eaten, verdict), '; ') FROM cohort, LATERAL intake_vs_limit(eaten, sex, age, authority, stage, kg, days)
	WHERE (eaten IS NULL OR eaten::text LIKE '0 g%' OR days IS NULL) AND verdict NOT IN ('no conclusion', 'no limit set', 'no value', 'uncertain', 'not comparable', 'not judged')}), '', 'and of what nobody knows nothing is concluded');
is(ask(q{SELECT string_agg(DISTINCT verdict, ', ' ORDER BY verdict) FROM person, LATERAL intake_vs_limit(NULL, sex, age, authority, stage, kg)}),
	'no conclusion, no limit set, no value, uncertain', 'what is not known is not judged');

# sense: of one authority and person, EAR <= RDA, PRI, RNI or AI <= UL, in one unit.  Where it is not so there is a reason:
# a UL of supplements says nothing of food (magnesium).
ask(q{CREATE TABLE pair AS
	WITH v AS MATERIALIZED (SELECT r.*, k.role FROM vitk.reference_value r
		JOIN (VALUES ('EAR', 1), ('RDA', 2), ('PRI', 2), ('RNI', 2), ('AI', 2), ('UL', 3)) AS k (kind, role) USING (kind) WHERE amount IS NOT NULL AND NOT add_on)
	SELECT a.authority, a.nutrient, a.kind AS low_kind, b.kind AS high_kind, a.amount AS low, b.amount AS high, b.basis,
		unit(a.amount) ~ 'kg' OR unit(b.amount) ~ 'kg' AS by_weight
	FROM v a JOIN v b USING (authority, nutrient, life_stage)
	WHERE a.role < b.role AND (a.sex = b.sex OR 'both' IN (a.sex, b.sex)) AND a.age_min < b.age_max AND b.age_min < a.age_max
		AND (a.condition = b.condition OR a.condition IS NULL OR b.condition IS NULL)});
cmp_ok(ask('SELECT count(*) FROM pair WHERE NOT by_weight'), '>', 2000, 'pairs of values of one person');
my $out_of_order = q{SELECT authority, nutrient, low_kind, high_kind, basis, count(*) FROM pair WHERE NOT by_weight
	AND lower(low, unit(low)) > upper(to_unit(high, unit(low)), unit(low)) GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3};
is(ask($out_of_order), join("\n", 'EFSA|magnesium|AI|UL|magnesium-supplement|7', 'MHLW|magnesium|RDA|UL|magnesium-supplement|2',
		'NAM|magnesium|RDA|UL|magnesium-supplement|11', 'NNR|magnesium|AI|UL|magnesium-supplement|8', 'NNR|magnesium|EAR|UL|magnesium-supplement|4'),
	'EAR <= RDA or AI <= UL but for magnesium, whose UL is of supplements');
is(ask("INSERT INTO pair VALUES ('NAM', 'zinc', 'EAR', 'RDA', '9.4 mg/d', '8000 ug/d', NULL, false); $out_of_order LIMIT 9") =~ /^NAM\|zinc\|EAR\|RDA\|\|1$/m ? 'seen' : 'not seen',
	'seen', 'a value out of order is seen');

# a figure in doubt says so in the row that a user reads
is(ask(q{SELECT count(*), count(*) FILTER (WHERE v.note LIKE '%in doubt: %') FROM vitk.reference_value r,
	LATERAL intake_vs_limit('100 g: K1 1 ug', r.sex, r.age_min, r.authority, r.life_stage) AS v
	WHERE r.note LIKE '%in doubt: %' AND v.nutrient = r.nutrient::text AND v.kind = r.kind AND r.sex = 'female'}) =~ /^([1-9]\d*)\|\1$/ ? 'yes' : 'no', 'yes',
	'the doubt comes along');

$node->stop;
done_testing();
