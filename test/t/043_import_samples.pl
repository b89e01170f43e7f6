# True samples of food tables, as published, and layouts of others: every cell comes in as the expected value that
# was read off beside it, or is left out for a reason that is told.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $shared = $ENV{VITK_SHARED} // '../shared';
my $samples = "$shared/data/import_samples";
plan skip_all => "NO SAMPLES AT $samples: THE IMPORT SCRIPTS ARE NOT TESTED ON FOOD TABLES" unless -d $samples;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql('postgres', 'CREATE DATABASE study ENCODING UTF8 TEMPLATE template0');
$node->safe_psql('study', 'CREATE EXTENSION vitk');
my $dir = PostgreSQL::Test::Utils::tempdir();

# What each expected cell became.  A file's own report tells why a column is left out.
my $compare = q{
CREATE TEMPORARY TABLE verdict AS
WITH e AS MATERIALIZED (SELECT food_code, "column", printed, meaning, value,
                  CASE lower(unit) WHEN 'iu' THEN '[IU]' WHEN 'kj' THEN 'kJ' ELSE lower(unit) END AS unit, note, vitk_internal.header_key("column") AS key FROM expected
           -- columns without a header; what to choose is asked below
           WHERE "column" NOT IN ('None', '') AND coalesce(nutrient, '') NOT LIKE 'energy (%'),
     g AS MATERIALIZED (SELECT g.*, c.header, c.role, split_part(c.header, ' ', 1) AS id,
                  vitk_internal.header_key(c.header) AS key
           FROM import_column c LEFT JOIN got g ON g.printed_column = c.header AND c.role = 'value' AND g.printed_nutrient = c.nutrient)
SELECT e.food_code, e."column", e.printed, e.meaning, e.value, e.unit, e.note, g.role, g.status, g.reason, g.kind, g.amount, g.printed_nutrient,
       CASE WHEN g.header IS NULL THEN 'no such column'
            WHEN g.role IS NULL THEN CASE e.meaning WHEN 'unknown' THEN 'left out' ELSE 'column not known' END
            WHEN g.role = 'ignore' THEN 'left out'
            WHEN g.reason = 'nutrient is not in the registry' THEN 'not in the registry'
            WHEN g.reason ~ 'more than is possible' THEN CASE WHEN e.value::float8 > 100 THEN 'impossible' ELSE 'WRONG: refused' END
            WHEN g.status = 'skipped' THEN 'another column'
            WHEN e.meaning = 'unknown' AND g.status = 'unknown' THEN 'right'
            WHEN e.meaning = 'refused' AND g.status = 'refused' THEN 'right'
            WHEN g.status <> 'taken' THEN 'WRONG: ' || g.status || ' ' || coalesce(g.reason, '')
            WHEN e.meaning = 'trace' THEN CASE WHEN g.kind = 'trace' AND g.amount IS NULL THEN 'right' ELSE 'WRONG: no trace' END
            WHEN e.meaning = 'below' THEN
                CASE WHEN g.kind = 'below_detection' AND lower(g.amount, unit(g.amount)) = 0
                          AND abs(upper(to_unit(g.amount, e.unit, g.nutrient), e.unit) - e.value::float8) <= 1e-12 * e.value::float8
                     THEN 'right' ELSE 'WRONG: no limit' END
            WHEN abs(lower(to_unit(g.amount, e.unit, g.nutrient), e.unit) - e.value::float8) <= 1e-12 * e.value::float8
                 AND lower(g.amount, unit(g.amount)) = upper(g.amount, unit(g.amount))
                 AND CASE e.meaning WHEN 'exact' THEN g.kind NOT IN ('imputed', 'assumed_zero', 'below_detection', 'trace')
                                    WHEN 'imputed' THEN g.kind = 'imputed'
                                    WHEN 'assumed zero' THEN g.kind = 'assumed_zero' ELSE false END
                THEN 'right' ELSE 'WRONG' END AS verdict
FROM e
-- a food may stand twice, once with blanks; traces may be named elsewhere
LEFT JOIN g ON (g.code IS NULL OR (g.code = e.food_code AND (coalesce(g.printed_value, '') = coalesce(e.printed, '') OR e.note LIKE 'named in%')))
           AND CASE WHEN e."column" ~ '^\d+$' THEN g.id = e."column" ELSE g.key = e.key END;
\\echo BEGIN
SELECT verdict, count(DISTINCT (food_code, "column")) FROM verdict GROUP BY 1 ORDER BY 1;
\\echo WRONG
SELECT food_code, "column", printed, meaning, value, unit, printed_nutrient, status, reason, kind, amount, verdict
FROM verdict WHERE verdict ~ '^(WRONG|no such|column not)' LIMIT 15;
-- the tables hold what was seen
\\echo STORED
SELECT count(*) FROM got g
WHERE status = 'taken' AND NOT EXISTS (SELECT FROM vitk.food_value v
    WHERE v.food_id = :'source' || ':' || g.code AND v.nutrient = g.nutrient AND v.kind = g.kind AND v.amount IS NOT DISTINCT FROM g.amount);
};

sub sample
{
	my ($script, $file, $expected, %variable) = @_;
	my $run = "$dir/run.psql";
	my ($out, $err);

	open my $fh, '>', $run or die $!;
	print $fh "\\set file '$samples/$file'\n\\i src/import/$script.psql\n";
	# the dialect and mark that the script found
	print $fh "CREATE TEMPORARY TABLE got AS SELECT * FROM import_check('food_import', nullif(:'decimal', ''), nullif(:'dialect', ''));\n";
	print $fh "\\set file '$samples/$expected'\n\\set table expected\n\\set delimiter ','\n\\set encoding UTF8\n\\i src/import/csv.psql\n$compare";
	close $fh;
	local %ENV = (%ENV, PGHOST => $node->host, PGPORT => $node->port, PGDATABASE => 'study');
	my $ok = IPC::Run::run([ 'psql', '-X', '-A', '-t', '-v', "source=$script", map({ ('-v', "$_=$variable{$_}") } sort keys %variable), '-f', $run ],
		'<', '/dev/null', '>', \$out, '2>', \$err);
	ok($ok, "$file imports") or diag $err;
	my ($counts, $wrong, $stored) = $out =~ /^BEGIN\n(.*?)^WRONG\n(.*?)^STORED\n(.*)/ms;
	my %count = map { split /\|/ } split /\n/, $counts // '';
	is($wrong, '', "$file: no cell is wrong");
	is($stored, "0\n", "$file: what was taken is stored");
	return (\%count, $out);
}

my %all = (
	'ciqual2025_fr.csv' => [ 'ciqual', 3000 ],
	'ciqual2020_fr.csv' => [ 'ciqual', 2680, encoding => 'WIN1252' ],
	'ciqual2020_en.csv' => [ 'ciqual', 2680 ],
	'fndds2019-2020.csv' => [ 'fndds', 2600 ],
	'fndds2021-2023.csv' => [ 'fndds', 2600 ],
	'mext2020.csv' => [ 'mext', 2120 ],
	'layouts/nevo2025.layout.csv' => [ 'nevo', 548 ],
	'layouts/swiss_v7.layout.csv' => [ 'swiss', 176 ],
	'layouts/ifct2017.layout.csv' => [ 'ifct', 618 ],
	'layouts/afcd2_per100g.layout.csv' => [ 'afcd', 870 ]);
for my $file (sort keys %all)
{
	my ($script, $cells, %variable) = @{ $all{$file} };
	my ($count) = sample($script, $file, $file =~ s/\.csv$/.expected.csv/r, refused => $file =~ /afcd|mext/ ? 'skip' : 'stop', %variable);
	my $sum = 0;
	$sum += $_ for values %$count;
	cmp_ok($sum, '>=', $cells - ($script eq 'ciqual' ? 80 : 0), "$file: all cells");
	note "$file: ", join(', ', map { "$_ $count->{$_}" } sort keys %$count);
	is($count->{'not in the registry'} // 0, 0, "$file: the registry has every nutrient")
	  if $node->safe_psql('study', 'SELECT count(*) > 600 FROM vitk.nutrient_flat') eq 't';
}

my ($count, $out) = sample('fdc', '', 'fdc_foundation_2024-10-31.expected.csv', folder => "$samples/fdc_foundation_2024-10-31");
is($node->safe_psql('study', q{SELECT count(*) FILTER (WHERE v.nutrient = 'energy'),
	max(v.amount::text) FILTER (WHERE f.code = '2346401' AND v.nutrient = 'energy') FROM vitk.food f JOIN vitk.food_value v USING (food_id) WHERE f.source_id = 'fdc'}),
	'17|80.9523625 kcal', 'energy is that of 1008, else 2048, else 2047');
note 'fdc: ', join(', ', map { "$_ $count->{$_}" } sort keys %$count);
like($out, qr/^2066 not in nutrient.csv\|.*not known: left out$/m, 'an id that nutrient.csv has not is told');

# values per 100 mL: nothing in the file tells, but the columns do
{
	local %ENV = (%ENV, PGHOST => $node->host, PGPORT => $node->port, PGDATABASE => 'study');
	IPC::Run::run([ 'psql', '-X', '-v', 'source=afcd_ml', '-v', "file=$samples/layouts/afcd2_per100ml.layout.csv", '-f', 'src/import/afcd.psql' ],
		'<', '/dev/null', '>', \my $out, '2>', \my $err);
	like($err, qr/does not have layout "afcd": no column "C4 \(%T\)"/, 'the Australian sheet per 100 mL is not taken for the one per 100 g');
	is($node->safe_psql('study', q{SELECT count(*) FROM vitk.food WHERE source_id = 'afcd_ml'}), '0', 'nothing of it is imported');
}

sub script
{
	my ($name, %variable) = @_;
	local %ENV = (%ENV, PGHOST => $node->host, PGPORT => $node->port, PGDATABASE => 'study');
	my $ok = IPC::Run::run([ 'psql', '-X', '-A', '-t', map({ ('-v', "$_=$variable{$_}") } sort keys %variable), '-f', "src/import/$name.psql" ],
		'<', '/dev/null', '>', \my $out, '2>', \my $err);
	return ($ok, $out, $err);
}

# the Aquatic Foods Composition Database has one row a value; names go before tags, a value without a unit is unknown
{
	my $file = "$samples/layouts/afcd_aquatic.layout.csv";
	my ($ok, undef, $err) = script('aquatic', source => 'aquatic', file => $file);
	ok(!$ok && $err =~ /1 x a negative value, such as iron of Z9: "-1.19"/, 'aquatic: a negative value is refused') or diag $err;
	($ok, my $report) = script('aquatic', source => 'aquatic', file => $file, refused => 'skip');
	ok($ok, 'aquatic imports without it');
	is($node->safe_psql('study', q{SELECT nutrient, kind, amount FROM vitk.food_value WHERE food_id = 'aquatic:Z9' ORDER BY nutrient::text}),
		join("\n", 'A-RAE|compiled|3 ug', 'B12|compiled|0 ug', 'D-unknown|compiled|5 ug', 'D3|compiled|400 [IU]', 'K1|compiled|0.2 ug', 'calcium|compiled|21 mg',
			'energy|compiled|418 kJ', 'retinol|compiled|12.5 ug'), 'aquatic: each value by its tag and unit');
	like($report, qr/^Vitamin E, VITE-\|E-unknown\|0\|1\|0\|0\|0\|by its tag$/m, 'aquatic: no unit, not known');
	like($report, qr/^Iron, Y\|iron\|0\|0\|0\|1\|0\|a negative value/m, 'aquatic: told by column');
}

# SR28 as it was published, made of the facts that the shipped foods were made of: what comes in is what is shipped
SKIP:
{
	my $facts = "$shared/facts";
	skip "NO FACTS AT $facts: sr28.psql is not tested", 4 unless -r "$facts/sr28_more.csv";
	my %some;
	my %file = map { $_ => '' } qw(FOOD_DES FD_GROUP NUTR_DEF NUT_DATA WEIGHT);
	my $line = sub { join('^', map { my ($v, $text) = ref ? (@$_, 1) : ($_, 0); $text ? "~$v~" : $v } @_) . "\r\n" };
	my $fields = sub { map { s/^"|"$//gr =~ s/""/"/gr } shift =~ s/\s+\z//r =~ /("(?:[^"]|"")*"|[^,]*)(?:,|\z)/g };
	my $each = sub {
		my ($name, $row) = @_;
		open my $in, '<:encoding(UTF-8)', "$facts/$name.csv" or die $!;
		my @head = $fields->(scalar <$in>);
		while (<$in>)
		{
			# most rows of most files are of other foods
			next if $name ne 'foods_usda_sr28' && /^(\d{5}),/ && !$some{$1};
			my %r;
			@r{@head} = $fields->($_);
			$row->(\%r);
		}
	};
	my $nutrient = sub {
		my ($ndb, $number, @v) = @_;
		my ($value, $n, $se, $src, $deriv, $min, $max, $comment) = @v;
		return if $value eq '';
		$file{NUT_DATA} .= $line->([$ndb], [$number], $value, $n || 0, $se, [$src], [$deriv], [''], [''], '', $min, $max, '', '', '', [$comment], '', ['']);
	};
	my %group;
	my $nth = 0;
	$each->('foods_usda_sr28', sub {
		my $r = shift;
		return if $nth++ % 100;
		$some{ $r->{ndb_no} } = 1;
		$file{FOOD_DES} .= $line->([ $r->{ndb_no} ], [ $r->{food_group_code} ], [ $r->{description} ], (['']) x 5, '', [''], '', '', '', '');
		$file{FD_GROUP} .= $line->([ $r->{food_group_code} ], [ $r->{food_group} ]) unless $group{ $r->{food_group_code} }++;
		for (['430', 'k1'], ['428', 'mk4'], ['429', 'dk'])
		{
			my ($number, $p) = @$_;
			$nutrient->($r->{ndb_no}, $number, map { $r->{$_} } "${p}_ug", map { "${p}_$_" } qw(n se src_cd deriv_cd min max stat_cmt));
		}
	});
	$each->('sr28_nutrients', sub { my $r = shift; $file{NUTR_DEF} .= $line->(map { [ $r->{$_} ] } qw(usda_number unit infoods_tag name decimals sr_order)) });
	$each->('sr28_more', sub { my $r = shift; $nutrient->(map { $r->{$_} } qw(ndb_no usda_number value n se src_cd deriv_cd min max stat_cmt)) });
	$each->('measures_sr28', sub { my $r = shift; $file{WEIGHT} .= $line->([ $r->{ndb_no} ], [ $r->{seq} ], $r->{amount}, [ $r->{measure} ], $r->{grams}, '', '') });
	for my $name (keys %file)
	{
		open my $out, '>:encoding(latin1)', "$dir/$name.txt" or die $!;
		print $out $file{$name};
		close $out;
	}
	my ($ok, $report, $err) = script('sr28', folder => $dir, source => 'sr28_all');
	ok($ok, 'SR28 imports') or diag $err;
	like($report, qr/^430 [^|]*\|K1\|\d\d\|0\|0\|0\|0\|/m, 'SR28: told by nutrient');
	is($node->safe_psql('study', q{
		SELECT count(*) > 600, count(DISTINCT a.food_id) > 45, count(*) FILTER (WHERE s.food_id IS NULL),
			count(*) FILTER (WHERE s.kind <> a.kind OR abs(upper(s.amount, unit(s.amount)) - upper(a.amount, unit(s.amount))) > 1e-12
				OR lower(s.amount, unit(s.amount)) <> lower(a.amount, unit(s.amount)) OR (s.n, s.minimum, s.maximum) IS DISTINCT FROM (a.n, a.minimum, a.maximum))
		FROM vitk.food_value a LEFT JOIN vitk.food_value s ON s.food_id = replace(a.food_id, 'sr28_all:', 'sr28:') AND s.nutrient = a.nutrient AND s.builtin
		WHERE a.source_id = 'sr28_all' AND a.nutrient IN (SELECT DISTINCT nutrient FROM vitk.food_value WHERE source_id = 'sr28' AND builtin)}), 't|t|0|0',
		'SR28: kind, amount and statistics are those shipped');
	is($node->safe_psql('study', q{SELECT count(*) > 50, count(*) FILTER (WHERE s.food_id IS NULL) FROM vitk.food_measure a
		LEFT JOIN vitk.food_measure s ON s.food_id = replace(a.food_id, 'sr28_all:', 'sr28:') AND s.measure = a.measure AND abs(s.grams / s.amount - a.grams / a.amount) < 1e-9 AND s.builtin
		WHERE a.source_id = 'sr28_all' AND a.measure !~ '^(oz|lb|fl oz)'}), 't|0', 'SR28: measures are those shipped');
}

$node->stop;
done_testing();
