# Published studies: every row of the facts from which they were entered is in the tables; users' own
# are kept by dump and restore; who may write; what can be pooled, by arithmetic of this test's own.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql('postgres', 'CREATE ROLE analyst LOGIN; CREATE ROLE reader LOGIN;
	CREATE DATABASE study OWNER analyst; CREATE DATABASE restored OWNER analyst; CREATE DATABASE elsewhere OWNER analyst');

sub ask
{
	my ($database, $sql, $user) = @_;
	return $node->safe_psql($database, $sql, extra_params => [ '-U', $user // 'analyst' ]);
}

sub fails
{
	my ($database, $sql, $user) = @_;
	my ($status, undef, $stderr) = $node->psql($database, $sql, extra_params => [ '-U', $user // 'analyst' ]);
	return $status == 0 ? 'no error' : $stderr;
}

ask('study', 'CREATE EXTENSION vitk');

# the facts, row by row

# result of each row, in their order
my @result = qw(braam2004:carotid shea2009:cac kurnatowska2015:cac knapen2015:stiffness ikari2016:cac
	zwakenberg2019:tbr zwakenberg2019:mass devriese2020:calcification witham2020:cfpwv diederichsen2022:avc
	bellinge2022:coronary holden2023:cac haroon2023:cac hasific2023:cac lees2019:calcification li2023:cac
	shiraki2000:bmd cockayne2006:vertebral cockayne2006:hip cockayne2006:nonvertebral inoue2009:vertebral
	binkley2009:bmd jiang2014:fracture);

# columns of the facts, and where they went; the dose of Binkley's two arms is told apart by the result
my %column = (
	study => 's.name', year => 's.year', doi => 's.doi', registration => 's.registration', population => 's.population',
	design => 's.design', country => 's.country', vitamer => 't.vitamer',
	dose_ug_per_day => q{CASE WHEN s.species = 'human' THEN round(lower(to_unit(t.dose, 'ug/d'), 'ug/d')) END},
	duration_months => q{concat_ws('-', 12 * extract(year FROM s.duration) + extract(month FROM s.duration),
		12 * extract(year FROM s.duration_max) + extract(month FROM s.duration_max))},
	n_treat => 'coalesce(r.n_treat, t.n)', n_control => 'coalesce(r.n_control, c.n)', n_total => 's.n', outcome => 'r.outcome',
	change_treat => 'r.mean_treat', change_control => 'r.mean_control',
	spread_kind => 'r.spread_kind', effect => 'b.estimate', p => 'r.p_bound, r.p');

# what is written another way, and why
my %other = (
	'braam2004:carotid' => { doi => 'found since' },
	'ikari2016:cac' => { outcome => 'one name for one outcome', change_treat => 'before and after: results of their own', spread_kind => 'likewise', effect => 'the mean of the arm',
		n_control => 'none, not zero' },
	'diederichsen2022:avc' => { outcome => 'likewise' }, 'holden2023:cac' => { outcome => 'likewise' },
	'cockayne2006:hip' => { design => 'said once', population => 'likewise' },
	'cockayne2006:nonvertebral' => { design => 'said once', population => 'likewise' },
	'zwakenberg2019:tbr' => { n_treat => 'completed in the note', n_control => 'likewise' },
	'zwakenberg2019:mass' => { n_treat => 'completed in the note', n_control => 'likewise' },
	'binkley2009:bmd' => { vitamer => 'two arms', dose_ug_per_day => 'two arms' },
	'shiraki2000:bmd' => { p => 'of the fractures: a result of its own' },
	'lees2019:calcification' => { vitamer => 'many' }, 'li2023:cac' => { vitamer => 'many' },
	'witham2020:cfpwv' => { outcome => 'two results' },
	'jiang2014:fracture' => { change_treat => 'events', change_control => 'events' });
my %spread = ('SEM' => 'SE', '95% CI of mean' => '95 % CI', 'SEM? (abstract: +/-)' => 'unclear');

sub csv_line
{
	my @field;
	while ($_[0] =~ /\G(?:"((?:[^"]|"")*)"|([^",]*))(?:,|\z)/g)
	{
		push @field, ($1 // $2) =~ s/""/"/gr;
		last if pos($_[0]) >= length $_[0];
	}
	push @field, '' if $_[0] =~ /,\z/;
	return @field;
}

SKIP:
{
	my $file = ($ENV{VITK_SHARED} // '../shared') . '/facts/trials.csv';
	skip "NO $file: the tables of studies are not held against it", 4 unless -r $file;

	my ($head, @rows) = split /\r?\n/, slurp_file($file);
	my @name = csv_line($head);
	is(scalar @rows, scalar @result, 'as many rows as we think');
	# all of a result in one line; what stands within it, in words or numbers, last
	my @column = sort keys %column;
	my %got = map { my ($id, @f) = split /\|/, $_, -1; $id => \@f } split /\n/, ask('study',
		"SELECT result_id, " . join(', ', map { "concat($column{$_})" } @column) . ", concat_ws(' ', spread_treat, spread_control,
			lower_treat, upper_treat, lower_control, upper_control, events_treat, events_control, finding, r.note, r.integrity_note)
		FROM vitk.study_result r JOIN vitk.study s USING (study_id)
		LEFT JOIN vitk.study_arm t ON t.study_id = r.study_id AND t.arm = r.treat_arm
		LEFT JOIN vitk.study_arm c ON c.study_id = r.study_id AND c.arm = r.control_arm
		LEFT JOIN (SELECT result_id, effect FROM vitk.study_result_effect) AS e USING (result_id)
		LEFT JOIN LATERAL back_transform(e.effect) AS b ON true");
	my ($compared, @wrong) = (0);
	for my $i (0 .. $#rows)
	{
		my %row;
		@row{@name} = csv_line($rows[$i]);
		my %in;
		@in{ @column, 'words' } = @{ $got{ $result[$i] } };
		for my $c (grep { !$other{ $result[$i] }{$_} && $row{$_} ne '' } @column)
		{
			my ($got, $expected) = ($in{$c}, $c eq 'spread_kind' ? $spread{ $row{$c} } // $row{$c} : $row{$c});
			$_ = /^-?[\d.]+\z/ ? $_ + 0 : $_ for $got, $expected;
			$compared++;
			push @wrong, "$result[$i] $c: \"$got\" instead of \"$expected\"" if $got ne $expected;
		}
		# nothing that the facts do not have
		push @wrong, map { "$result[$i] $_: \"$in{$_}\" instead of none" }
		  grep { $row{$_} eq '' && $in{$_} ne '' && !$other{ $result[$i] }{$_} } qw(doi registration dose_ug_per_day n_treat n_control n_total change_treat spread_kind p);
		next if $result[$i] eq 'ikari2016:cac';
		for my $n (map { /(\d+(?:\.\d+)?)/g } @row{qw(spread_treat spread_control effect_low effect_high)})
		{
			$n += 0;
			$compared++;
			push @wrong, "$result[$i]: no $n in \"$in{words}\"" if $in{words} !~ /(?<![\d.])\Q$n\E(?![\d])/;
		}
	}
	is(join("\n", @wrong), '', 'the tables say what the facts say');
	cmp_ok($compared, '>', 250, "in $compared figures and words");
	is(ask('study', q{SELECT string_agg(concat(mean_treat, spread_kind, spread_treat, ' ', n_treat), '; ' ORDER BY code) FROM vitk.study_result
		WHERE result_id IN ('ikari2016:cac-baseline', 'ikari2016:cac-12-months')}), '588SD872 26; 513SD773 26', 'Ikari, before and after');
}

# more of them, and the rats: every effect with its interval, every mean and every direction is there
SKIP:
{
	my $facts = ($ENV{VITK_SHARED} // '../shared') . '/facts';
	skip "NO $facts/trials_more.csv: later studies are not held against it", 3 unless -r "$facts/trials_more.csv";
	my %not = map { $_ => 1 } qw(oikonomaki2019 peeters2018protocol tanaka2014protocol hasific2023protocol westenfeld2012);
	my %there;
	push @{ $there{ (split /\|/)[0] } }, $_ for split /\n/, ask('study', q{
		SELECT r.study_id, concat_ws(' ', b.estimate, r.estimate, r.mean_treat, r.mean_control, r.p, r.finding)
		FROM vitk.study_result r LEFT JOIN LATERAL back_transform(r.effect) b ON true});
	my $rows = sub { my ($head, @rows) = split /\r?\n/, slurp_file("$facts/$_[0]"); my @name = csv_line($head);
		return map { my %r; @r{@name} = csv_line($_); \%r } @rows };
	my ($compared, @lost) = (0);
	for my $row (grep { !$not{ $_->{study_id} } } $rows->('trials_more.csv'))
	{
		my @number = grep { /^-?[\d.]+\z/ } map { $row->{$_} } qw(effect treat_value control_value p);
		$compared += @number;
		my $found = grep { my $r = $_; !grep { my $n = $_ + 0; $r !~ /(?<![\d.-])\Q$n\E(?:\.0)?(?!\d)/ } @number } @{ $there{ $row->{study_id} } // [] };
		push @lost, "$row->{study_id} $row->{outcome}: @number" unless $found;
	}
	is(join("\n", @lost), '', 'every row of trials_more.csv is a result with its numbers');
	cmp_ok($compared, '>', 200, "$compared numbers");
	my $rats = grep { $_->{direction} ne 'not stated' } $rows->('rat_study.csv');
	is(ask('study', q{SELECT count(*), count(*) FILTER (WHERE direction IS NULL), count(DISTINCT treat_arm) FROM vitk.study_result WHERE study_id = 'schurgers2007'}),
		"$rats|0|5", 'the rats: a row for each arm and outcome of which a source says something');
}

# what can be pooled, by arithmetic of our own: inverse variances of the figures in the papers; the standard
# error that p = 0.7 and p = 0.089 imply by R: 16.3 / qt(1 - 0.7 / 2, 40), 51 / qt(1 - 0.089 / 2, 302)
{
	my @trial = ([ 27 - 37, 6**2 + 7**2 ], [ 58.1 - 74.4, 41.999501113224**2 ], [ 203 - 254, 29.891088906359**2 ]);
	my ($sum, $weight) = (0, 0);
	($sum, $weight) = ($sum + $_->[0] / $_->[1], $weight + 1 / $_->[1]) for @trial;
	my ($estimate, $se) = split /\|/, ask('study', q{SELECT estimate, se FROM pooled((SELECT meta_evidence(effect)
		FROM vitk.study_result_poolable WHERE outcome = 'CAC change' AND unit = 'AU'), 'FE')});
	cmp_ok(abs($estimate - $sum / $weight), '<', 1e-9, "the pooled difference is $estimate AU");
	cmp_ok(abs($se - sqrt(1 / $weight)), '<', 1e-9, 'and so is its standard error');
}

# our own studies: dump and restore

my $own = q{SELECT 'study', s::text FROM vitk.study s WHERE NOT builtin UNION ALL SELECT 'arm', a::text FROM vitk.study_arm a WHERE NOT builtin
	UNION ALL SELECT 'result', r::text FROM vitk.study_result r WHERE NOT builtin ORDER BY 1, 2};
my $effects = q{SELECT md5(string_agg(e::text, chr(10) ORDER BY result_id)) FROM vitk.study_result_effect e};
ask('study', q{
	INSERT INTO vitk.study (study_id, name, year, kind, n, duration, note) VALUES ('ours', 'Our trial', 2026, 'randomised_trial', 60, '2 years', 'with; "quotes"');
	INSERT INTO vitk.study_arm (study_id, arm, intervention, vitamer, dose, co_nutrients, n) VALUES
		('ours', 'K', 'K', 'MK-4', '15 mg/(3.d)', 'D3 10 ug', 30), ('ours', 'placebo', 'placebo', NULL, NULL, NULL, 30);
	INSERT INTO vitk.study_result (study_id, code, outcome, method, unit, treat_arm, control_arm, n_treat, n_control, n,
			mean_treat, mean_control, spread_kind, spread_treat, spread_control, overlaps_with, source) VALUES
		('ours', 'cac', 'CAC change', 'agatston', 'AU', 'K', 'placebo', 30, 30, 60, 0.1, 1e-3, 'SD', 20.3, 7, NULL, 'us'),
		('ours', 'cac2', 'CAC change', 'agatston', 'AU', 'K', 'placebo', 30, 30, 60, 5, 9, 'SE', 2, 3, 'ours:cac', 'us'),
		('ours', 'cac3', 'CAC change', 'agatston', 'AU', 'K', 'placebo', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'shea2009:cac', 'us');
	UPDATE vitk.study_result SET effect = '-7 (SE 3)' WHERE result_id = 'ours:cac3'});
my ($rows, $sums) = (ask('study', $own), ask('study', $effects));
is(scalar(split /\n/, $rows), 6, 'six rows of our own');
my $dump = PostgreSQL::Test::Utils::tempdir() . '/study.sql';
$node->command_ok([ 'pg_dump', '-d', $node->connstr('study'), '-f', $dump ], 'pg_dump');
my $text = slurp_file($dump);
is(join(' ', map { my ($t) = $_; $text =~ /^COPY vitk\.$t \(.*?;\n(.*?)^\\\.$/ms ? $1 =~ tr/\n// : 'none' } qw(study study_arm study_result)),
	'1 2 3', 'the dump holds our rows and no shipped one');
$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-U', 'analyst', '-d', $node->connstr('restored'), '-f', $dump ],
	'the owner of a database restores it');
is(ask('restored', $own), $rows, 'our rows are back');
is(ask('restored', $effects), $sums, 'and every effect is as it was');

is(ask('restored', q{SELECT p.result_id FROM vitk.study_result_poolable p JOIN vitk.study_participants USING (participants) WHERE vitk.study_participants.study_id = 'ours'}), 'ours:cac',
	'of ours and the shipped one of the same participants, ours can be pooled');

# who may write
like(fails('restored', q{INSERT INTO vitk.study (study_id, name, kind) VALUES ('r', 'r', 'cohort')}, 'reader'),
	qr/permission denied for table study/, 'a reader adds no study');
like(fails('restored', q{UPDATE vitk.study_result SET p = 0.01}, 'reader'), qr/permission denied for table study_result/, 'and betters no result');
is(ask('restored', q{SELECT count(*) FROM vitk.study_result_flat JOIN vitk.study_arm USING (study_id) JOIN vitk.study_result_poolable USING (result_id)
	WHERE result_id = 'haroon2023:cac'}, 'reader'), '2', 'all read');
is(ask('restored', q{SELECT count(*) FROM study_effects('{shea2009:cac}')}, 'reader'), '1', 'and take effects');

# types in a schema of their own, which no one has on the search path; a table of the user's named as ours is not taken for it
ask('elsewhere', 'CREATE SCHEMA ext; CREATE EXTENSION vitk SCHEMA ext');
is(ask('elsewhere', q{SET search_path = pg_temp; CREATE TEMP TABLE study_result_effect (result_id text); CREATE TEMP TABLE study (study_id text);
	SELECT result_id, ext.estimate(effect) FROM ext.study_effects('{shea2009:cac,hasific2023:cac}');
	SELECT count(*) FROM vitk.study_result_flat WHERE poolable;
	SELECT ext.n(sample_treat) FROM vitk.study_result WHERE result_id = 'shea2009:cac'}), "shea2009:cac|-10\nhasific2023:cac|-51\n53\n200", 'views and function need no search path');

$node->stop;
done_testing();
