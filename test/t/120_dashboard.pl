# make dashboard: what a browser shows is what SQL says, every mark of a picture lies where its number says,
# nothing is asked of another host, and a changed row changes the page.
use strict;
use warnings;
use utf8;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use IPC::Run ();
use JSON::PP ();
use Test::More;

my ($js) = glob 'build/dashboard/node_modules/node-linux-*/bin/node';
$ENV{CHROMIUM} = (grep { -x } qw(/usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome))[0];
plan skip_all => 'needs node and the packages of src/dashboard: run test/prepare ci' unless $js && -x $js;
plan skip_all => 'needs a browser: run test/prepare ci, or install chromium' unless $ENV{CHROMIUM};

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql('postgres', 'CREATE DATABASE demo');
command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr('demo'), map { ('-f', $_) } sort glob 'doc/example/*.sql' ],
	'there are data');

sub ask
{
	utf8::encode(my $sql = shift);
	utf8::decode(my $rows = $node->safe_psql('demo', $sql));
	return [ map { [ split /\|/, $_, -1 ] } split /\n/, $rows ];
}

# Builds and serves; the address
my ($server, $out, $err, $timer);
sub serve
{
	local @ENV{qw(PGHOST PGPORT PGDATABASE PORT)} = ($node->host, $node->port, 'demo', PostgreSQL::Test::Cluster::get_free_port());
	local $ENV{NO_COLOR} = 1;			# under CI it would print the address in colours
	($out, $err) = ('', '');
	$server = IPC::Run::start([ 'src/dashboard/run' ], '<', \undef, '>', \$out, '2>', \$err,
		$timer = IPC::Run::timeout(2 * $PostgreSQL::Test::Utils::timeout_default));
	$server->pump until $out =~ m{(http://127\.0\.0\.1:\d+/)} || !$server->pumpable;
	my $url = $1 // die "the dashboard is not served:\n$out$err";
	$timer->reset;
	return $url;
}

# What a browser finds on these pages
sub look
{
	my ($url, @pages) = @_;
	my $json = '';
	IPC::Run::run([ $js, 'build/dashboard/site/check.mjs', $url, @pages ], '>', \$json, '2>', \$err) or die "the browser failed:\n$err";
	return JSON::PP->new->utf8->decode($json);
}

sub end
{
	my $url = shift;
	$server->signal('TERM');
	$timer->start;
	$server->finish;
	isnt(IO::Socket::INET->new(PeerAddr => $url =~ m{//([^/]+)}) ? 'there' : 'gone', 'there', 'the server ends when told to');
}

# 1,234.5 -> 1234.5; "not known" stays
sub plain
{
	my $text = shift;
	$text =~ s/(?<=\d),(?=\d)//g;
	$text =~ s/^\x{2212}/-/;
	return $text;
}

# A table of a page, some of its columns, against rows of SQL: numbers as printed there.
sub table_is
{
	my ($page, $title, $columns, $sql, $name) = @_;
	my ($table) = grep { ($_->{title} // '') =~ $title } @{ $page->{tables} };
	my %place = map { $table->{head}[$_] => $_ } 0 .. $#{ $table->{head} };
	my $expected = ask($sql);
	cmp_ok(scalar @$expected, '>', 0, "$name: SQL has rows");
	is_deeply([ map { my $row = $_; [ map { plain($row->[ $place{$_} ]) } @$columns ] } @{ $table->{rows} } ],
		$expected, $name);
}

# The ticks of a picture's axis: [number, pixel], ...; of lengths, which begin at zero
sub ticks
{
	return map { [ plain($_->[0]), $_->[1] ] } @{ shift->{axis} };
}
sub lengths
{
	my @ticks = ticks(shift);
	my ($zero) = map { $_->[1] } grep { $_->[0] == 0 } @ticks;
	return map { [ $_->[0], $_->[1] - $zero ] } @ticks;
}

# Pixels must be a straight line of numbers: the worst distance of [number, pixel], ... from it
sub off_line
{
	my @pairs = @_;
	my ($n, $x, $y, $xx, $xy) = (scalar @pairs);
	$x += $_->[0] / $n, $y += $_->[1] / $n for @pairs;
	$xx += ($_->[0] - $x)**2, $xy += ($_->[0] - $x) * ($_->[1] - $y) for @pairs;
	my ($slope, $worst) = ($xy / $xx, 0);
	for (@pairs)
	{
		my $off = abs($y + $slope * ($_->[0] - $x) - $_->[1]);
		$worst = $off if $off > $worst;
	}
	return $worst;
}

my %heading = (
	index => qr/what people eat/, intake => qr/Who eats enough/, sources => qr/Which foods/,
	calcification => qr/arteries/, trials => qr/trials/, person => qr/One person/, whatif => qr/What if/);
my $P007 = ask(q{SELECT concat_ws(', ', person, sex, age || ' years', CASE WHEN warfarin THEN 'warfarin' END) FROM dashboard.person WHERE person = 'P007'})->[0][0];
my $all = 'intake?radio=all that was eaten&Limit to look at=calcium, EAR&save=1';
my $women = 'calcification?Counted as MK-4=MK-4 as eaten (mk4_only)&Persons=women';
my $whatif_eu = 'whatif?Limits of=European Union (EFSA)';
my $url = serve();
my $found = look($url, sort(keys %heading), $whatif_eu, $all, $women, 'person#Hugo', 'person#Anna', 'person#Elena', "person?Person=$P007");
end($url);

# every page
for my $name (sort keys %$found)
{
	my $page = $found->{$name};
	my ($base) = $name =~ /^(\w+)/;
	like($page->{heading}, $heading{$base}, "$name: its heading");
	is_deeply($page->{complaints}, [], "$name: the browser complains of nothing");
	is_deeply($page->{elsewhere}, [], "$name: nothing is asked of another host");
	unlike($page->{text}, qr/\bNaN\b|undefined|\bnull\b|Infinity|\[object|Error/, "$name: every value is there or said to be unknown");
	like($page->{text}, qr/Not for advice to a patient/, "$name: no advice");
	like($page->{banners}[0], $base eq 'trials' ? qr/nothing on this page is invented/ : qr/^EXAMPLE: 240 invented persons/, "$name: whose data these are");
	is_deeply([ grep { $_->[0] !~ /^(img|group)$/ || length $_->[1] < 20 } map { @{ $_->{images} } } @{ $page->{figures} } ], [], "$name: pictures are told in words");
	my @sql = grep { /SQL/ } map { $_ // '' } @{ $page->{folds} };
	is_deeply([ grep { !/^SQL: \w/ } @sql ], [], "$name: every SQL has a name");
	is(scalar(@sql), scalar keys %{ { map { ($_ => 1) } @sql } }, '... of its own');
	is_deeply($page->{phone}, { width => 390, cut => [] }, "$name: fits a phone, labels too");
	is_deeply($page->{faint}, [], "$name: every text has a contrast of 4.5, by day and by night");
	like($page->{text}, qr/Read from the database on 20\d\d-\d\d-\d\d \d\d:\d\d UTC; vitk \d/, "$name: when its data were read");
}

# index
like($found->{index}{text}, qr/^$_->[0]\n$_->[1]/m, "index: $_->[1]")
	for @{ ask(q{SELECT count(*), 'persons, ' || min(age) || ' to ' || max(age) || ' years' FROM dashboard.person
		UNION ALL SELECT count(*), 'of them on warfarin' FROM dashboard.person WHERE warfarin
		UNION ALL SELECT count(DISTINCT (person, day)), 'days of eating' FROM dashboard.diary
		UNION ALL SELECT count(*), 'persons scanned twice' FROM dashboard.scan}) };

# intake: the verdicts of vitk where what is known for 80 % is taken for known
sub shares
{
	my ($known_from, $where, $group) = @_;
	return qq{
		WITH held AS (
			SELECT split_part(nutrient_name(nutrient::nutrient), ',', 1) || ', ' || kind AS "limit", nutrient, kind, sex,
				(age >= 19)::int + (age >= 31)::int + (age >= 51)::int + (age >= 71)::int AS age_order,
				verdict
			FROM dashboard.person JOIN dashboard.intake USING (person), LATERAL intake_vs_limit(total, sex, age, 'NAM', life_stage, min_coverage => $known_from)
			WHERE kind NOT IN ('RDA') AND nutrient IN ('vitamin K', 'D', 'A-RAE', 'retinol', 'calcium'))
		SELECT $group, verdict, count(*), round(100.0 * count(*) / sum(count(*)) OVER (PARTITION BY nutrient, kind, $group), 1)
		FROM held WHERE $where
		GROUP BY nutrient, kind, $group, verdict
		ORDER BY nutrient::nutrient, kind, $group, verdict};
}
my $by_group = q{CASE sex WHEN 'female' THEN 'women' ELSE 'men' END || ' ' || (ARRAY['0–18', '19–30', '31–50', '51–70', 'over 70'])[age_order + 1]};
for my $seen ([ 'intake', 0.8, 'vitamin K, AI' ], [ $all, 1, 'calcium, EAR' ])
{
	my ($name, $known_from, $limit) = @$seen;
	my $page = $found->{$name};
	table_is({ tables => [ $page->{tables}[0] ] }, qr/./, [ 'limit', 'verdict', 'persons', '%' ], shares($known_from, 'true', '"limit"'), "$name: all limits");
	# sorted as the page has them: women first
	my $groups = shares($known_from, "\"limit\" = '$limit'", 'sex, age_order');
	table_is({ tables => [ map { my %t = %$_; $t{rows} = [ map { my @r = @$_; $r[0] =~ s/ \(n = (\d+)\)$//; [ @r ] } @{ $t{rows} } ]; \%t } $page->{tables}[1] ] },
		qr/./, [ 'group', 'verdict', 'persons', '%' ],
		qq{SELECT CASE sex WHEN 'female' THEN 'women' ELSE 'men' END || ' ' || (ARRAY['0–18', '19–30', '31–50', '51–70', 'over 70'])[age_order + 1], verdict, count, round
			FROM (SELECT *, sum(count) OVER (PARTITION BY sex, age_order) AS persons FROM ($groups) AS g) AS g WHERE persons >= 5},
		"$name: $limit by sex and age");
	for my $n (0, 1)
	{
		my @bars = @{ $page->{figures}[$n]{marks}{shares} };
		my $rows = $page->{tables}[$n]{rows};
		is(scalar @bars, scalar @$rows, "$name: a bar a row, picture $n");
		my %percent = map { ("$_->[0]: $_->[1]" => plain($_->[4])) } @$rows;
		cmp_ok(off_line(lengths($page->{figures}[$n]), map { [ $percent{ $_->{title} =~ s/, \d+ of .*//r }, $_->{width} ] } @bars), '<', 1.5, "$name: as long as its share, picture $n");
	}
}
my $group_label = q{CASE sex WHEN 'female' THEN 'women ' ELSE 'men ' END || CASE WHEN age < 19 THEN '0–18' WHEN age < 31 THEN '19–30' WHEN age < 51 THEN '31–50' WHEN age < 71 THEN '51–70' ELSE 'over 70' END};
my $spread = ask(qq{
	SELECT $group_label || format(' (n = %s)', count(*)), percentile_cont(0.5) WITHIN GROUP (ORDER BY 100 * intake_lower / limit_lower)
	FROM dashboard.person JOIN dashboard.intake USING (person), LATERAL intake_vs_limit(total, sex, age, 'NAM', life_stage)
	WHERE nutrient = 'calcium' AND kind = 'EAR' GROUP BY $group_label HAVING count(*) >= 5});
my $small = ask("SELECT count(*), sum(n) FROM (SELECT count(*) AS n FROM dashboard.person JOIN dashboard.intake USING (person) GROUP BY $group_label) AS g WHERE n < 5")->[0];
cmp_ok($small->[0], '>', 0, 'intake: some groups are smaller than five');
like($found->{intake}{text}, qr/(?:A group|$small->[0] groups) of fewer than 5 persons \($small->[1] in all\) (?:is|are) not shown/, 'intake: and are not shown, which is said');
# Wilson's interval as its textbook has it, of the first verdict
my ($cells) = $found->{intake}{tables}[0]{rows};
my ($x, $n) = map { plain($_) } @{ $cells->[0] }[2, 3];
my $z = 1.959963984540054;
is_deeply([ map { plain($_) } @{ $cells->[0] }[5, 6] ], [ map { sprintf '%.1f', 100 * ($x / $n + $z**2 / (2 * $n) + $_ * $z * sqrt($x / $n * (1 - $x / $n) / $n + $z**2 / (4 * $n**2))) / (1 + $z**2 / $n) } -1, 1 ],
	'intake: the interval of a share');
# saved, and read without a mouse
my ($png, $csv) = @{ $found->{$all} }{qw(png csv)};
like($png->[0], qr/^All limits at once.*\.png$/, 'a picture is saved under its title');
my ($wide, $high) = unpack 'x16 N2', $png->[1];
ok($png->[1] =~ /^\x89PNG\r\n/ && $wide > 1500 && $high > 400 && length $png->[1] > 20_000, "... as PNG, $wide by $high");
my @lines = split /\r\n/, $csv->[1] =~ s/^\xef\xbb\xbf//r;
is($lines[0], 'limit,verdict,persons,of,%,95 % from,to', 'a table is saved as CSV');
is(scalar @lines, 1 + @{ $found->{$all}{tables}[0]{rows} }, '... with all its rows');
like($lines[1], qr/^"$found->{$all}{tables}[0]{rows}[0][0]",$found->{$all}{tables}[0]{rows}[0][1],$found->{$all}{tables}[0]{rows}[0][2],/, '... and what they say');
is($found->{$all}{told}, $found->{$all}{figures}[0]{marks}{shares}[1]{title}, 'the arrows lead from mark to mark, and a line says what it is');
is($found->{$all}{touched}[0], $found->{$all}{touched}[1], 'so it does where a finger taps on a phone');
like($found->{$all}{touched}[0], qr/persons/, '... in words');
my %median = map { ($_->[0] => $_->[1]) } @$spread;
my @medians = @{ $found->{$all}{figures}[2]{marks}{groups} };
is(scalar @medians, scalar @$spread, 'intake: a median a group');
cmp_ok(off_line(ticks($found->{$all}{figures}[2]), map { [ $median{ $_->{title} =~ s/: \d+ % of the limit//r }, $_->{middle}[0] ] } @medians), '<', 1, 'intake: where the median says');
is_deeply($found->{intake}{choices}[2], [ map { $_->[0] } @{ ask(q{SELECT DISTINCT ON (nutrient::nutrient, kind)
	split_part(nutrient_name(nutrient::nutrient), ',', 1) || ', ' || kind
	FROM intake_vs_limit('100 g', 'female', 30) WHERE kind <> 'RDA' AND nutrient IN ('vitamin K', 'D', 'A-RAE', 'retinol', 'calcium') ORDER BY nutrient::nutrient, kind}) } ], 'intake: every limit can be chosen');
table_is($found->{intake}, qr/What is known/, [ 'nutrient', 'persons', '10 % (known %)', 'median', '90 %' ], q{
	WITH day AS (
		SELECT person, nutrient, day, sum(CASE WHEN amount IS NOT NULL THEN grams ELSE 0 END) AS known, sum(grams) AS grams
		FROM dashboard.diary CROSS JOIN unnest('{K1, MK-4, MK-7, D, A-RAE, calcium}'::nutrient[]) AS nutrient
		LEFT JOIN vitk.food_value_in_force USING (food_id, nutrient)
		GROUP BY person, nutrient, day
	), known AS (SELECT person, nutrient, 100 * sum(known) / sum(grams) AS known FROM day GROUP BY person, nutrient)
	SELECT nutrient, count(*), round((percentile_cont(0.1) WITHIN GROUP (ORDER BY known))::numeric, 1),
		round((percentile_cont(0.5) WITHIN GROUP (ORDER BY known))::numeric, 1), round((percentile_cont(0.9) WITHIN GROUP (ORDER BY known))::numeric, 1)
	FROM known GROUP BY nutrient ORDER BY nutrient}, 'intake: what is known, by plain SQL');

my ($usual) = grep { join(',', @{ $_->{head} }) =~ /by usual intake/ } @{ $found->{intake}{tables} };
is_deeply([ map { [ map { plain($_) } @{$_}[0 .. 2] ] } grep { $_->[0] =~ /^calcium/ } @{ $usual->{rows} } ], ask(q{
	SELECT 'calcium, EAR: ' || CASE sex WHEN 'female' THEN 'women' ELSE 'men' END, count(*), round(100 * avg((mg < ear)::integer), 1)
	FROM (SELECT person, sex, lower(amount, 'mg/d') AS ear, lower(total -> 'calcium', 'mg') AS mg
		FROM dashboard.person JOIN dashboard.intake USING (person), reference_value(sex, age, 'NAM', life_stage) AS r
		WHERE r.nutrient = 'calcium' AND kind = 'EAR') AS p GROUP BY sex ORDER BY sex}), 'intake: below the EAR by the days, by plain SQL');
ok(!(grep { $_->[3] ne 'not known' && !(plain($_->[3]) >= 0 && plain($_->[3]) <= 100) } @{ $usual->{rows} }), 'intake: shares by usual intake');
like($found->{intake}{text}, qr/not known/, 'intake: what cannot be separated is said');

# sources: by plain SQL from the values of the food table
my $days = ask('SELECT count(DISTINCT (person, day)) FROM dashboard.diary')->[0][0];
my $plain_foods = qq{
	SELECT name, sum(middle(amount, 'ug') * grams / 100) / $days AS ug, count(DISTINCT person) AS eaters
	FROM dashboard.diary JOIN vitk.food USING (food_id) JOIN vitk.food_value USING (food_id)
	WHERE nutrient = 'MK-4' AND upper(amount, 'ug') > 0
	GROUP BY food_id, name};
my $foods_with = ask("SELECT count(*) FROM ($plain_foods) AS f")->[0][0];
cmp_ok($foods_with, '>', 12, 'sources: more foods contain MK-4 than the picture has');
table_is($found->{sources}, qr/\b$foods_with rows/, [ 'food', 'MK-4 (µg a person and day)', 'eaten by (persons)' ],
	qq{SELECT name, CASE WHEN ug > 0 AND ug < 0.005 THEN '<0.01' ELSE round(ug::numeric, 2)::text END, eaters FROM ($plain_foods) AS f ORDER BY ug DESC, name}, 'sources: foods');
my %ug = map { ($_->[0] => $_->[1]) } @{ ask("SELECT name, ug FROM ($plain_foods) AS f ORDER BY ug DESC LIMIT 12") };
my @bars = @{ $found->{sources}{figures}[0]{marks}{foods} };
is(scalar @bars, 12, 'sources: twelve bars');
cmp_ok(off_line(lengths($found->{sources}{figures}[0]), map { [ $ug{ $_->{title} =~ s/: [\d.,<]+ µg a person.*//r }, $_->{width} ] } @bars), '<', 1, 'sources: as long as what they gave');
my $plain_mass = qq{
	SELECT coalesce(food_group, 'What it was is not recorded') AS food_group,
		CASE WHEN amount IS NULL THEN 'not known' WHEN upper(amount, 'ug') = 0 THEN 'none found' ELSE 'contains MK-4' END AS known, sum(grams) / $days AS g
	FROM dashboard.diary LEFT JOIN vitk.food USING (food_id) LEFT JOIN (SELECT * FROM vitk.food_value WHERE nutrient = 'MK-4') AS v USING (food_id)
	GROUP BY 1, 2};
my $groups_known = ask("SELECT count(*) FROM ($plain_mass) AS m")->[0][0];
table_is($found->{sources}, qr/\b$groups_known rows/, [ 'group', 'MK-4', 'g a person and day' ],
	qq{SELECT food_group, known, CASE WHEN g < 0.05 THEN '<0.1' ELSE round(g::numeric, 1)::text END FROM ($plain_mass) AS m ORDER BY sum(g) OVER (PARTITION BY food_group) DESC, 1, 2}, 'sources: what is not known');
my %mass = map { ("$_->[0] $_->[1]" => $_->[2]) } @{ ask($plain_mass) };
@bars = @{ $found->{sources}{figures}[1]{marks}{mass} };
is(scalar @bars, scalar keys %mass, 'sources: a bar for each');
cmp_ok(off_line(lengths($found->{sources}{figures}[1]), map { [ $mass{ $_->{title} =~ s/: [\d.,<]+ g a person and day, / /r }, $_->{width} ] } @bars), '<', 1.5, 'sources: as long as what was eaten');
is_deeply([ map { $_->{title} } grep { ($_->{fill} eq 'url(#unknown)') != ($_->{title} =~ /not known$/) } @bars ], [], 'sources: hatched is what is not known, and nothing else');

# calcification
my $plain_people = q{
	SELECT person, warfarin, middle(mk4_equivalent(food, antagonist => warfarin), 'ug') AS x, (value(followup) - value(baseline)) / years AS y
	FROM dashboard.person JOIN dashboard.intake USING (person) JOIN dashboard.scan USING (person)};
my $points = ask($plain_people);
my %point = map { ($_->[0] => $_) } @$points;
my @dots = @{ $found->{calcification}{figures}[0]{marks}{persons} };
is(scalar @dots, scalar @$points, 'calcification: a mark a person scanned');
for my $warfarin ('f', 't')
{
	my @these = grep { $point{ $_->{title} =~ s/:.*//r }[1] eq $warfarin } @dots;
	cmp_ok(off_line(ticks($found->{calcification}{figures}[0]), map { [ $point{ $_->{title} =~ s/:.*//r }[2], $_->{middle}[0] ] } @these), '<', 1.5, "calcification: where MK-4 says (warfarin $warfarin)");
	cmp_ok(off_line(map { [ $point{ $_->{title} =~ s/:.*//r }[3], $_->{middle}[1] ] } @these), '<', 1.5, "calcification: where the change says (warfarin $warfarin)");
}
table_is($found->{calcification}, qr/The persons/, [ 'person', 'AU a year' ], "SELECT person, round(y::numeric, 1) FROM ($plain_people) AS p ORDER BY warfarin, person", 'calcification: the persons');
table_is($found->{calcification}, qr/The lines/, [ 'n', 'AU a year for each µg', 'AU a year at 0 µg' ],
	"SELECT count(*), round((covar_pop(x, y) / var_pop(x))::numeric, 3), round((avg(y) - covar_pop(x, y) / var_pop(x) * avg(x))::numeric, 1) FROM ($plain_people) AS p GROUP BY warfarin ORDER BY warfarin", 'calcification: the lines');
table_is($found->{calcification}, qr/The numbers/, [ 'group', 'n', 'mean (AU a year)', '95 % from', 'to' ], qq{
	WITH thirds AS (SELECT *, ntile(3) OVER (PARTITION BY warfarin ORDER BY x, person) AS third FROM ($plain_people) AS p)
	SELECT CASE WHEN warfarin THEN 'on warfarin, ' ELSE 'no warfarin, ' END || CASE third
			WHEN 1 THEN 'least: up to ' || round((max(x) + (SELECT min(x) FROM thirds AS o WHERE o.warfarin = t.warfarin AND o.third = 2)) / 2)
			WHEN 2 THEN 'middle: ' || round((min(x) + (SELECT max(x) FROM thirds AS o WHERE o.warfarin = t.warfarin AND o.third = 1)) / 2) || ' to '
				|| round((max(x) + (SELECT min(x) FROM thirds AS o WHERE o.warfarin = t.warfarin AND o.third = 3)) / 2)
			ELSE 'most: from ' || round((min(x) + (SELECT max(x) FROM thirds AS o WHERE o.warfarin = t.warfarin AND o.third = 2)) / 2) END || ' µg a day (n = ' || count(*) || ')',
		count(*), round(avg(y)::numeric, 1), round(ci_lower(study_sample(count(*), avg(y), stddev(y)))::numeric, 1), round(ci_upper(study_sample(count(*), avg(y), stddev(y)))::numeric, 1)
	FROM thirds AS t GROUP BY warfarin, third ORDER BY warfarin, third}, 'calcification: thirds');

my $slopes = qq{
	SELECT persons, slope, sqrt(rest / (persons - 2) / xx) AS se FROM (
		SELECT count(*) AS persons, covar_pop(x, y) / var_pop(x) AS slope, sum((x - mx) ^ 2) AS xx, sum((y - my - s * (x - mx)) ^ 2) AS rest, warfarin
		FROM ($plain_people) AS p JOIN (SELECT warfarin, avg(x) AS mx, avg(y) AS my, covar_pop(x, y) / var_pop(x) AS s FROM ($plain_people) AS q GROUP BY warfarin) AS m USING (warfarin)
		GROUP BY warfarin) AS l ORDER BY slope};
my @slopes = map { [ map { plain($_) } @{$_}[1 .. 4] ] } @{ (grep { ($_->{title} // '') =~ /The lines/ } @{ $found->{calcification}{tables} })[0]{rows} };
is_deeply([ sort { $a->[1] <=> $b->[1] } @slopes ], ask("SELECT persons, round(slope::numeric, 3), round(ci_lower(effect_size(slope, se, 'MD', persons - 2))::numeric, 3),
	round(ci_upper(effect_size(slope, se, 'MD', persons - 2))::numeric, 3) FROM ($slopes) AS s"), 'calcification: intervals of the slopes, from the residuals');
my $only = ask(q{SELECT count(*), round(regr_slope(y, x)::numeric, 3) FROM (SELECT middle(mk4_equivalent(food, 'human', 'mk4_only', warfarin), 'ug') AS x, (value(followup) - value(baseline)) / years AS y, warfarin
	FROM dashboard.person JOIN dashboard.intake USING (person) JOIN dashboard.scan USING (person) WHERE sex = 'female') AS w WHERE x IS NOT NULL GROUP BY warfarin ORDER BY warfarin});
is_deeply([ map { [ map { plain($_) } @{$_}[1, 2] ] } @{ (grep { ($_->{title} // '') =~ /The lines/ } @{ $found->{$women}{tables} })[0]{rows} } ], $only, 'calcification: women, MK-4 as eaten');

# trials
my $pool = q{(SELECT meta_evidence(s.effect) AS evidence, sum(r.n) AS n FROM study_effects('{hasific2023:cac,kurnatowska2015:cac,shea2009:cac}') AS s
	JOIN vitk.study_result AS r USING (result_id)) AS e, pooled(evidence)};
my $trials = qq{
	SELECT study, n, estimate, lower, upper FROM vitk.study_result_flat WHERE result_id IN ('hasific2023:cac', 'kurnatowska2015:cac', 'shea2009:cac', 'li2023:cac')
	UNION ALL SELECT 'Pooled', n, estimate, ci_lower, ci_upper FROM $pool};
table_is($found->{trials}, qr/The numbers/, [ 'n', 'effect (AU)', '95 % from', 'to' ],
	"SELECT n, round(estimate::numeric, 2), round(lower::numeric, 2), round(upper::numeric, 2) FROM ($trials) AS t ORDER BY study ~ '^Li', study = 'Pooled', study", 'trials: the rows');
my ($forest) = @{ $found->{trials}{figures} };
my %effect = map { ($_->[0] => $_) } @{ ask($trials) };
my $effect_of = sub { my $title = shift; return $effect{ (grep { $title =~ /^\Q$_/ } keys %effect)[0] } };
my @squares = map { [ $effect_of->($_->{title})->[2], $_->{middle}[0] ] } @{ $forest->{marks}{trials} };
my @ends = map { my $e = $effect_of->($_->{title}); ([ $e->[3], $_->{x} + 1 ], [ $e->[4], $_->{x} + $_->{width} - 1 ]) } @{ $forest->{marks}{diamonds} };
my ($prediction) = @{ $forest->{marks}{prediction} };
my $next = ask("SELECT pi_lower, pi_upper FROM $pool")->[0];
is_deeply([ sort map { $_->{title} =~ /weight ([\d.]+) %/ } @{ $forest->{marks}{trials} } ],
	[ sort map { $_->[0] } @{ ask("SELECT round((100 * w / sum(w) OVER ())::numeric, 1) FROM $pool, unnest(evidence) AS u, LATERAL (SELECT 1 / (u.se ^ 2 + tau2)) AS v (w)") } ],
	'trials: weights of a random-effects model');
is(scalar @squares, 3, 'trials: three squares');
is(scalar @ends, 4, 'trials: two diamonds');
is(scalar @{ $forest->{marks}{intervals} }, 3, 'trials: three intervals');
cmp_ok(off_line(ticks($forest), @squares, @ends, [ $next->[0], $prediction->{x} ], [ $next->[1], $prediction->{x} + $prediction->{width} ]), '<', 2,
	'trials: estimates, both diamonds and the prediction interval on one scale');
my $heterogeneity = ask("SELECT round(tau2::numeric, 1), round(i2::numeric), round(q::numeric, 2), q_df, round(q_p::numeric, 3) FROM $pool")->[0];
like($forest->{caption} =~ s/(?<=\d),(?=\d)//gr, qr/τ² $heterogeneity->[0] AU², I² $heterogeneity->[1] %, Q $heterogeneity->[2] with $heterogeneity->[3] df, p $heterogeneity->[4]/, 'trials: how much they differ');
table_is($found->{trials}, qr/The numbers/, [ 'study', 'n, vitamin K', 'n, control' ], q{
	SELECT study, coalesce(n_treat, 'not known'), coalesce(n_control, 'not known') FROM (
		SELECT concat_ws(' ', study, year) AS study, CASE study_id WHEN 'li2023' THEN '–' ELSE n_treat::text END AS n_treat, CASE study_id WHEN 'li2023' THEN '–' ELSE n_control::text END AS n_control FROM vitk.study_result_flat WHERE result_id IN ('hasific2023:cac', 'kurnatowska2015:cac', 'shea2009:cac', 'li2023:cac')
		UNION ALL SELECT 'Pooled by vitk: 3 trials', '–', '–') AS t ORDER BY study ~ '^Li', study ~ '^Pooled', study}, 'trials: n of each arm');
table_is({ tables => [ grep { !defined $_->{title} } @{ $found->{trials}{tables} } ] }, qr/^$/, [ 'outcome', 'effect (AU)', 'why not' ], q{
	SELECT outcome, coalesce(round(estimate::numeric, 1)::text, 'not known'), obstacle FROM vitk.study_result_flat
	WHERE kind = 'randomised_trial' AND unit = 'AU' AND NOT poolable ORDER BY year, result_id}, 'trials: what is left out, and why');

# persons
for my $name (grep { /^person/ } sort keys %$found)
{
	my $page = $found->{$name};
	my ($person) = $name =~ /#(\w+)/ ? $1 : $name =~ /=(\w+)/ ? $1 : 'Chiyo';
	table_is($page, qr/The diary/, [ 'day', 'food', 'g', 'MK-4 (µg)' ], qq{
		SELECT day, coalesce(name, 'not recorded what it was'), round(grams::numeric), CASE WHEN amount IS NULL THEN 'not known'
			WHEN middle(amount, 'ug') > 0 AND middle(amount, 'ug') * grams / 100 < 0.05 THEN '<0.1' ELSE round((middle(amount, 'ug') * grams / 100)::numeric, 1)::text END
		FROM dashboard.diary LEFT JOIN vitk.food USING (food_id) LEFT JOIN (SELECT * FROM vitk.food_value WHERE nutrient = 'MK-4') AS v USING (food_id)
		WHERE person = '$person'
		ORDER BY day, array_position('{breakfast, lunch, dinner, snack}', meal), name}, "$name: the diary");
	table_is({ tables => [ $page->{tables}[0] ] }, qr/./, [ 'limit', 'verdict', 'known (% of the mass)' ], qq{
		SELECT split_part(nutrient_name(nutrient::nutrient), ',', 1) || ', ' || kind, verdict, round((100 * coverage)::numeric)
		FROM dashboard.person JOIN dashboard.intake USING (person), LATERAL intake_vs_limit(total, sex, age, 'NAM', life_stage, min_coverage => 0.8)
		WHERE person = '$person' AND nutrient IN ('vitamin K', 'D', 'A-RAE', 'retinol', 'calcium') ORDER BY nutrient::nutrient, kind}, "$name: its limits");
	my %percent = map { ($_->[0] => $_->[1]) } @{ ask(qq{
		SELECT split_part(nutrient_name(nutrient::nutrient), ',', 1) || ', ' || kind, least(300, 100 * intake_lower / limit_lower)
		FROM dashboard.person JOIN dashboard.intake USING (person), LATERAL intake_vs_limit(total, sex, age, 'NAM', life_stage)
		WHERE person = '$person' AND nutrient IN ('vitamin K', 'D', 'A-RAE', 'retinol', 'calcium') AND limit_lower IS NOT NULL}) };
	my @marks = @{ $page->{figures}[0]{marks}{intakes} };
	is(scalar @marks, scalar keys %percent, "$name: a mark a limit");
	cmp_ok(off_line(ticks($page->{figures}[0]), map { [ $percent{ $_->{title} =~ s/:.*//r }, $_->{middle}[0] ] } @marks), '<', 1, "$name: where the intake says");
	my ($scan) = @{ ask("SELECT value(baseline), value(followup), round(((value(followup) - value(baseline)) / years)::numeric, 1) FROM dashboard.scan WHERE person = '$person'") };
	my ($warfarin) = @{ ask("SELECT 1 FROM dashboard.person WHERE warfarin AND person = '$person'") };
	like($page->{text}, $scan ? qr/From $scan->[0] to $scan->[1] AU/ : qr/No scan of this person is recorded/, "$name: scans");
	is(scalar @{ $page->{figures}[2]{marks}{scans} // [] }, $scan ? 2 : 0, "$name: two marks for two scans");
	($warfarin ? \&like : \&unlike)->($page->{text}, qr/Takes warfarin/, "$name: warfarin is said");
}

# what if: the first swap, by plain SQL from rows
{
	my $page = $found->{whatif};
	my ($from, $to) = map { $page->{choices}[$_][0] } 0, 1;
	(my $quoted_from = $from) =~ s/'/''/g;
	(my $quoted_to = $to) =~ s/'/''/g;
	my $swapped = sub { my ($authority) = @_; return qq{
		WITH day AS (SELECT person, day, intake(profile, grams) AS was, intake(instead, grams) AS swapped FROM (
				SELECT person, day, f.profile, grams, CASE WHEN name = '$quoted_from' THEN t.profile ELSE f.profile END AS instead
				FROM dashboard.diary LEFT JOIN vitk.food USING (food_id) LEFT JOIN vitk.food_profile AS f USING (food_id),
					(SELECT profile FROM vitk.food JOIN vitk.food_profile USING (food_id) WHERE name = '$quoted_to' AND food_id IN (SELECT food_id FROM dashboard.diary)) AS t) AS items
			GROUP BY person, day),
		mean AS (SELECT person, avg(was) AS was, avg(swapped) AS swapped FROM day GROUP BY person),
		verdict AS (SELECT split_part(nutrient_name(nutrient::nutrient), ',', 1) || ', ' || v.kind AS "limit", nutrient::nutrient AS place, kind, person, at, verdict
			FROM mean JOIN dashboard.person USING (person) LEFT JOIN (SELECT person, sum(a_day) AS a_day FROM dashboard.supplement GROUP BY person) AS s USING (person),
				(VALUES ('was'), ('swapped')) AS w (at),
				intake_vs_limit(CASE at WHEN 'was' THEN was ELSE swapped END + coalesce(a_day, '0 g'), sex, age, '$authority', life_stage, min_coverage => 0.8) AS v
			WHERE kind IN ('AI', 'EAR', 'UL') AND nutrient IN ('vitamin K', 'K1', 'D', 'A-RAE', 'A-RE', 'retinol', 'calcium'))
		SELECT "limit", count(*) / 2, count(*) / 2 - count(*) FILTER (WHERE at = 'was' AND same)
		FROM (SELECT *, min(verdict) OVER p = max(verdict) OVER p AS same FROM verdict WINDOW p AS (PARTITION BY "limit", person)) AS v
		GROUP BY "limit", place, kind ORDER BY place, kind} };
	table_is($page, qr/What changes/, [ 'limit', 'persons', 'other verdict' ], $swapped->('NAM'), "what if: $to instead of $from");
	table_is($found->{$whatif_eu}, qr/What changes/, [ 'limit', 'persons', 'other verdict' ], $swapped->('EFSA'), '... against the limits of EFSA');
	like($found->{$whatif_eu}{text}, qr/EFSA sets [^.]*no upper limit of vitamin K\b/, '... which sets no upper limit of vitamin K, and the page says so');
	unlike($found->{$whatif_eu}{text}, qr/no requirement of vitamin K/, '... but a requirement');
	cmp_ok(scalar(grep { $_->[2] > 0 } @{ $page->{tables}[0]{rows} }), '>', 0, 'what if: some verdicts move');
}

# live: the rows are those of the moment, without another build, and none is kept
$node->safe_psql('demo', q{
	UPDATE dashboard.diary SET grams = 40 * grams WHERE food_id = 'sr28:01077';
	UPDATE dashboard.scan SET followup = '777 AU' WHERE person = 'Hugo';
	UPDATE dashboard.diary SET food_id = NULL WHERE person = 'P001';
	COMMENT ON SCHEMA dashboard IS 'Other data';
	ALTER DATABASE demo SET dashboard.least_persons = 22});
$url = do { local $ENV{LIVE} = 1; serve() };
my $again = look($url, 'sources', 'person#Hugo', 'person#P001');
my ($first) = @{ ask("SELECT name, round(ug::numeric, 2) FROM ($plain_foods) AS f ORDER BY ug DESC LIMIT 1") };
is($again->{sources}{tables}[0]{rows}[0][1], $first->[0], 'a changed diary: another food comes first');
isnt($found->{sources}{tables}[0]{rows}[0][1], $first->[0], '... than before');
cmp_ok(abs(plain($again->{sources}{tables}[0]{rows}[0][2]) - $first->[1]), '<', 0.011, '... with its amount, but for how a half is rounded');
like($again->{'person#Hugo'}{text}, qr/From 188 to 777 AU/, 'a changed scan');
is($again->{sources}{banners}[0], 'Other data', 'a changed comment');
like($again->{'person#P001'}{text}, qr/^not known\n?a day as MK-4/m, 'a person of whose food nothing is known');
is_deeply($again->{'person#P001'}{complaints}, [], '... and the browser complains of nothing');
is_deeply([ glob('build/dashboard/site/dist/person/*.json'), grep { slurp_file($_) !~ /^\{"rows":\[\],/ } glob('build/dashboard/site/dist/assets/postgres-*') ], [], 'live: no row lies beside the pages');
cmp_ok(scalar(my @empty = glob 'build/dashboard/site/dist/assets/postgres-*'), '>', 0, '... whose files are empty');
$node->safe_psql('demo', q{DELETE FROM dashboard.scan WHERE person = 'Hugo'});

my ($intake) = slurp_file('doc/example/61_dashboard_views.sql') =~ /(CREATE VIEW dashboard\.intake.*?;)/s;

# other cohorts: nothing is drawn of what is not there, and no page stops
my @all = qw(index intake sources calcification person whatif);
my $eu = 'intake?Limits of=European Union (EFSA)';
my $was_deleted = 0;
for my $cohort (
	[ 'without warfarin', q{UPDATE dashboard.person SET warfarin = false} ],
	[ 'with days as dates, persons of unknown age or sex and one without a diary', q{
		DROP VIEW dashboard.intake;
		ALTER TABLE dashboard.diary ALTER day TYPE date USING '2026-01-01'::date + day;
		ALTER TABLE dashboard.person ALTER age DROP NOT NULL, ALTER age_group DROP NOT NULL, ALTER sex DROP NOT NULL;
		UPDATE dashboard.person SET age = NULL WHERE person = 'P001';
		UPDATE dashboard.person SET sex = NULL WHERE person = 'P002';
		DELETE FROM dashboard.diary WHERE person = 'P003';
		} . $intake ],
	[ 'of 600 persons scanned', q{
		INSERT INTO dashboard.person (person, sex, age) SELECT 'Q' || i, CASE i % 2 WHEN 0 THEN 'female' ELSE 'male' END, 50 + i % 30 FROM generate_series(1, 600) AS i;
		INSERT INTO dashboard.diary (person, day, meal, food_id, grams) SELECT 'Q' || i, '2026-01-01', 'lunch', 'sr28:05345', 50 + 10 * (i % 3) FROM generate_series(1, 600) AS i;
		INSERT INTO dashboard.scan (person, years, baseline, followup) SELECT 'Q' || i, 2, '100 AU', calcification(100 + 10 * (i % 4), 'AU') FROM generate_series(1, 600) AS i} ],
	[ 'without scans', q{TRUNCATE dashboard.scan; DELETE FROM dashboard.diary WHERE person ~ '^Q'; DELETE FROM dashboard.person WHERE person ~ '^Q'} ],
	[ 'of nobody', q{TRUNCATE dashboard.person, dashboard.diary, dashboard.supplement, dashboard.scan} ])
{
	my ($name, $sql) = @$cohort;
	$node->safe_psql('demo', $sql);
	my @these = $name =~ /600/ ? qw(calcification whatif) : $name =~ /warfarin/ ? grep { $_ ne 'whatif' } @all
		: $name =~ /without a diary/ ? map { $_ eq 'intake' ? $eu : $_ } @all : @all;
	my $pages = look($url, @these, $was_deleted++ ? () : 'person#Hugo');
	like($pages->{'person#Hugo'}{text}, qr/No scan of this person is recorded/, 'a deleted scan is gone at the next look') if $was_deleted == 1;
	for my $page (@these)
	{
		is_deeply($pages->{$page}{complaints}, [], "cohort $name: the browser complains of nothing on $page");
		unlike($pages->{$page}{text}, qr/TypeError|ReferenceError|RuntimeError|NaN|undefined/, "cohort $name: $page stands");
	}
	is_deeply([ @{ $pages->{calcification}{figures}[0]{marks}{persons} // [] } ], [], 'of more than 500 persons none is drawn') if $name =~ /600/;
	if ($name =~ /600/)
	{
		my @persons = map { $_->{title} =~ /^([\d,]+) persons/; plain($1) } @{ $pages->{calcification}{figures}[0]{marks}{bins} };
		my ($hidden) = $pages->{calcification}{text} =~ /([\d,]+) of the persons lie where there are fewer than 22 in a square: they are not drawn/;
		my $sum = plain($hidden // 0);
		$sum += $_ for @persons;
		is($sum, ask("SELECT count(*) FROM ($plain_people) AS p WHERE x IS NOT NULL")->[0][0], 'but squares, and a number of those alone in theirs: all of them');
		cmp_ok($hidden, '>', 0, '... some are alone');
		cmp_ok(scalar @persons, '>', 1, '... some are not');
		is_deeply([ grep { $_ < 22 } @persons ], [], '... and no square is of fewer than least_persons');
	}
	$pages->{intake} //= $pages->{$eu};
	if ($name =~ /warfarin|without a diary/)
	{
		my $few = ask('SELECT count(*), sum(n) FROM (SELECT count(*) AS n FROM dashboard.person JOIN dashboard.intake USING (person) GROUP BY sex, age_group) AS g WHERE n < 22')->[0];
		cmp_ok($few->[0], '>', 2, "cohort $name: some groups are small");
		like($pages->{intake}{text}, qr/$few->[0] groups of fewer than 22 persons \($few->[1] in all\) are not shown/, '... which are not shown, as dashboard.least_persons says');
		is_deeply([ grep { $_ < 22 } map { /\(n = (\d+)\)$/ } map { $_->[0] } map { @{ $_->{rows} } } @{ $pages->{intake}{tables} }, @{ $pages->{calcification}{tables} } ], [], '... no group of fewer is shown');
	}
	if ($name =~ /without a diary/)
	{
		like($pages->{$eu}{text}, qr/phylloquinone \d+ %/, 'the limits of EFSA are for phylloquinone');
		like($pages->{$eu}{text}, qr/vitamin A not known[,.]/, '... and vitamin A in other terms is not known');
		unlike($pages->{$eu}{text}, qr/not known %/, '... which has no percent');
	}
	like($pages->{whatif}{text}, qr/Below are 500 persons drawn by lot/, 'of many persons what if takes 500, and says so') if $name =~ /600/;
	like($pages->{intake}{text}, qr/1 of 240 persons have no diary/, 'the page counts those whom it leaves out') if $name =~ /without a diary/;
	like($pages->{calcification}{text}, qr/No person has both a diary and two scans/, 'the page says that there are no scans') if $name =~ /scans/;
}

end($url);
$node->stop;
done_testing();
