# Importing whole food tables by the scripts of src/import/: real FoodData Central and FNDDS files, the CIQUAL
# and NEVO layouts; what does not fit is refused, and then nothing is imported.
use strict;
use warnings;
use File::Basename qw(basename);
use IO::Uncompress::Unzip qw($UnzipError);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $shared = $ENV{VITK_SHARED} // '../shared';
my $dir = PostgreSQL::Test::Utils::tempdir();
my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
# the database owner imports, no superuser
$node->safe_psql('postgres', 'CREATE ROLE analyst LOGIN; CREATE ROLE reader LOGIN;
	CREATE DATABASE study OWNER analyst ENCODING UTF8 TEMPLATE template0');

sub ask
{
	my ($sql) = @_;
	return $node->safe_psql('study', $sql, extra_params => [ '-U', 'analyst' ]);
}

# run a script as a user would; returns exit status, output, errors
sub import_script
{
	my ($script, $user, %variable) = @_;
	my ($out, $err);
	local %ENV = (%ENV, PGHOST => $node->host, PGPORT => $node->port, PGUSER => $user, PGDATABASE => 'study');
	my $ok = IPC::Run::run(
		[ 'psql', '-X', '-A', '-t', map({ ('-v', "$_=$variable{$_}") } sort keys %variable), '-f', "src/import/$script.psql" ],
		'<', '/dev/null', '>', \$out, '2>', \$err);
	return ($ok, $out, $err);
}

sub write_file
{
	my ($name, $layer, $text) = @_;
	open my $fh, ">$layer", "$dir/$name" or die "$name: $!";
	print $fh $text;
	close $fh or die "$name: $!";
	return "$dir/$name";
}

# foods, and how many have a value of each nutrient asked for
sub coverage
{
	my ($source, @nutrients) = @_;
	return join "\n", map { ask($_) } "SELECT count(*) FROM vitk.food WHERE source_id = '$source'",
	  map { "SELECT count(*) FROM vitk.food_value WHERE source_id = '$source' AND nutrient = '$_'" } @nutrients;
}

ask('CREATE EXTENSION vitk');
my $shipped = ask('SELECT md5(string_agg(v::text, chr(10) ORDER BY food_id, nutrient)) FROM vitk.food_value v WHERE builtin');

SKIP:
{
	my ($zip) = glob "$shared/data/fdc_foundation/*.zip";
	skip "NO FoodData Central FILES at $shared/data/fdc_foundation", 15 unless $zip;

	# the files that the script reads
	my $folder = "$dir/fdc";
	mkdir $folder or die $!;
	my $z = IO::Uncompress::Unzip->new($zip) or die $UnzipError;
	for (my $more = 1; $more > 0; $more = $z->nextStream)
	{
		my $name = basename($z->getHeaderInfo->{Name});
		next unless $name =~ /^(food|nutrient|food_nutrient|foundation_food|food_category|food_portion|measure_unit)\.csv$/;
		open my $fh, '>:raw', "$folder/$name" or die $!;
		my $buffer;
		print $fh $buffer while $z->read($buffer) > 0;
		close $fh or die $!;
	}

	my ($ok, $out, $err) = import_script('fdc', 'analyst', folder => $folder, source => 'fdc2024');
	ok($ok, 'FoodData Central foundation foods import') or diag $err;
	like($out, qr/^316\|\d+\|0\|\d+\|0$/m, 'it tells what it took of 316 foods, and what it skipped');
	like($out, qr/^1185 Vitamin K \(phylloquinone\)\|K1\|75\|0\|0\|0\|0\|/m, 'by column');
	is(ask(q{SELECT count(*) FROM vitk.food_value WHERE source_id = 'fdc2024' AND nutrient = 'energy'}), '287', 'energy of 287 foods');
	is(ask(q{SELECT amount FROM vitk.food_value WHERE food_id = 'fdc2024:2346401' AND nutrient = 'energy'}), '80.9523625 kcal',
		'of id 2048 where 1008 is missing');
	is(ask(q{SELECT grams('fdc2024:747447', 2, 'cups'), grams('fdc2024:321358', 1, 'tbsp')}), '152|16.95', 'household measures');
	is(coverage('fdc2024', qw(K1 MK-4 dK1)), "316\n75\n60\n65", '316 foods; K1 of 75, MK-4 of 60, dihydro-K1 of 65');
	is(ask(q{SELECT name, food_group, amount, kind, n, minimum, maximum, derivation_code
		FROM vitk.food JOIN vitk.food_value USING (food_id) WHERE food_id = 'fdc2024:747447' AND nutrient = 'K1'}),
		'Broccoli, raw|Vegetables and Vegetable Products|102 ug|measured|8|76.6|136|FDC derivation 1',
		'a value comes with its n and range');
	is(ask(q{SELECT count(*) FROM vitk.food_value WHERE source_id = 'fdc2024' AND kind = 'measured' AND n IS NULL}),
		'0', 'whatever is called measured has an n');
	is(ask(q{SELECT count(*) FROM vitk.food_value WHERE source_id = 'fdc2024' AND nutrient = 'A-RAE' AND kind <> 'calculated'}),
		'0', 'retinol activity equivalents are calculated');

	my $numbers = ask(q{SELECT md5(string_agg(food_no || food_id, ' ' ORDER BY food_id)) FROM vitk.food WHERE source_id = 'fdc2024'});
	($ok) = import_script('fdc', 'analyst', folder => $folder, source => 'fdc2024');
	ok($ok, 'a second import of the same source');
	is(coverage('fdc2024', 'K1'), "316\n75", 'takes the place of the first');
	is(ask(q{SELECT md5(string_agg(food_no || food_id, ' ' ORDER BY food_id)) FROM vitk.food WHERE source_id = 'fdc2024'}), $numbers,
		'but the foods keep their numbers');

	($ok, $out, $err) = import_script('fdc', 'reader', folder => $folder, source => 'fdc_of_reader');
	ok(!$ok, 'one who may only read imports nothing');
	like($err, qr/permission denied for table source/, 'and is told so');
}

SKIP:
{
	my $file = "$shared/data/fndds/FNDDS_2017_2018_NutVal.csv";
	skip "NO FNDDS FILE at $file", 20 unless -f $file;

	my ($ok, $out, $err) = import_script('fndds', 'analyst', file => $file, source => 'fndds2017');
	ok($ok, 'FNDDS imports, though its headers hold line breaks') or diag $err;
	like($out, qr/^7083\|\d+\|0\|\d+\|0$/m, 'no cell is unknown or refused');
	is(coverage('fndds2017', 'K1', 'D', 'calcium'), "7083\n" x 3 . '7083', '7,083 foods with K1, D and calcium');
	is(ask(q{SELECT f.name, p.profile -> 'K1', p.profile -> 'D', p.profile -> 'A-RAE', p.profile -> 'calcium', p.profile -> 'energy', p.profile -> 'fat'
		FROM vitk.food f JOIN vitk.food_profile p USING (food_id)
		WHERE f.food_id = 'fndds2017:11100000'}),
		'Milk, NFS|0.2 ug|1.1 ug|59 ug|126 mg|51 kcal|1.99 g',
		'a food as printed');
	is(ask(q{SELECT name FROM vitk.food WHERE food_id = 'fndds2017:11000000'}),
		'Milk, human', 'the code that a program wrote as 1.1e+07 is 11000000');
	is(ask(q{SELECT v.kind, v.amount, v.note, p.profile -> 'MK-7', coverage(p.profile, 'MK-7') FROM vitk.food f
		JOIN vitk.food_value_in_force v USING (food_id) JOIN vitk.food_profile p USING (food_id)
		WHERE f.source_id = 'fndds2017' AND f.name = 'Natto' AND v.nutrient = 'MK-7'}), 'borrowed|939 ug|value of kamao2007:natto|939 ug|1',
		'natto keeps its MK-7, and says whose it is');

	# a second import, with measures and with recipes (those are invented: 60 g of butter on 40 g of this source's bread)
	my $ingredients = write_file('ingredients.csv', ':raw', "Food code,Main food description,Seq num,Ingredient code,Ingredient weight (g),Retention code,Moisture change (%)\n"
		. "51000100,Bread,1,1001,60,0,-10\n51000100,Bread,2,51101000,40,,-10\n"
		. "11100000,Milk,1,1077,50,3005,0\n11100000,Milk,2,99999,50,0,0\n");
	($ok, $out, $err) = import_script('fndds', 'analyst', file => $file, source => 'fndds2017',
		portions => "$shared/facts/measures_fndds.csv", ingredients => $ingredients);
	ok($ok, 'portions and recipes import with it') or diag $err;
	like($out, qr/^32614\|\d{5}\|\d+$/m, 'it tells how many portions it took');
	is(ask(q{SELECT grams('fndds2017:11111000', 2, 'cups'), grams('fndds2017:11111000', 1, 'fluid ounce'), grams('fndds2017:72201100', 3, 'pieces')}), '488|30.5|30',
		'portions of FNDDS in words');
	like($out, qr/^1\|1$/m, 'of two recipes one');
	like($out, qr/^no ingredient 99999\|1$/m, 'the other lacks an ingredient, and is left out whole');
	is(ask(q{SELECT count(*), min(y.grams) FROM vitk.recipe JOIN vitk.recipe_yield y USING (food_id) WHERE food_id = 'fndds2017:51000100'}), '2|90', 'its yield');
	is(ask(q{SELECT abs(lower(recipe_profile('fndds2017:51000100') -> 'K1', 'ug')
			- (60 * lower(b.profile -> 'K1', 'ug') + 40 * lower(w.profile -> 'K1', 'ug')) / 90) < 1e-9, coverage(recipe_profile('fndds2017:51000100'), 'MK-4')
		FROM vitk.food_profile b, vitk.food_profile w WHERE b.food_id = 'sr28:01001' AND w.food_id = 'fndds2017:51101000'}),
		ask(q{SELECT true, CASE WHEN profile ? 'MK-4' THEN 0.6 ELSE 0 END FROM vitk.food_profile WHERE food_id = 'sr28:01001'}), 'what it contains by its recipe');

	# a file of another layout: told which column is missing, nothing is imported
	open my $in, '<:raw', $file or die $!;
	my $text = do { local $/; <$in> };
	close $in;
	$text =~ s/Vitamin K \(phylloquinone\)/Vitamin K (any)/;
	($ok, $out, $err) = import_script('fndds', 'analyst', file => write_file("it's another.csv", ':raw', $text),
		source => 'fndds_bad');
	ok(!$ok, 'a file without the column of vitamin K is refused');
	like($err, qr/no column "Vitamin K \(phylloquinone\) \(mcg\)"/, 'the column is named');
	is(coverage('fndds_bad'), '0', 'nothing of it is imported');
}

SKIP:
{
	my $facts = "$shared/facts/foods_ciqual2025.csv";
	skip "NO CIQUAL FIGURES at $facts", 8 unless -f $facts;

	# the published layout, from the figures that we have of it
	open my $in, '<:encoding(UTF-8)', $facts or die $!;
	my $csv = do { local $/; <$in> } =~ s{\r}{}gr;
	close $in;
	my @rows = ([]);
	while ($csv =~ /\G("(?:[^"]|"")*"|[^,\n]*)(,|\n)/g)
	{
		push @{ $rows[-1] }, $1;
		push @rows, [] if $2 eq "\n";
	}
	shift @rows;
	pop @rows;
	my $k = "\x{b5}g/100 g";
	my @header = ('alim_grp_nom_fr', 'alim_code', 'alim_nom_fr', "Calcium\n(mg/100 g)", "Vitamine D ($k)",
		"Vitamine K1 ($k)", "Vitamine K2\n($k)");
	my $text = join("\r\n",
		join(';', map { qq("$_") } @header),
		map { my $r = $_; join ';', map { $_ =~ /^"/ ? $_ : qq("$_") } @$r[ 2, 0, 1, 10, 11, 4, 7 ] } @rows)
	  . "\r\n";

	for my $encoding (qw(UTF8 WIN1252))
	{
		my $file = write_file("ciqual $encoding.csv", $encoding eq 'UTF8' ? ':encoding(UTF-8)' : ':encoding(cp1252)',
			$encoding eq 'UTF8' ? "\x{feff}$text" : $text =~ s/[^\x{0}-\x{ff}\x{2019}\x{153}\x{2026}\x{152}]/?/gr);
		my ($ok, $out, $err) = import_script('ciqual', 'analyst', file => $file, source => 'ciqual_all',
			delimiter => ';', encoding => $encoding);
		ok($ok, "CIQUAL's layout imports, $encoding") or diag $err;
		is(ask(q{SELECT kind, count(*), count(amount) FROM vitk.food_value
			WHERE source_id = 'ciqual_all' AND nutrient = 'K2' GROUP BY kind ORDER BY kind}),
			"below_detection|22|22\ncompiled|102|102\ntrace|51|0", '102 numbers, 22 "< x", 51 traces of K2; 1,411 dashes are no rows');
		is(ask(q{SELECT count(*) FROM vitk.food WHERE source_id = 'ciqual_all'}), '1586', 'all foods');
	}
	is(ask(q{SELECT count(*) FROM vitk.food_value s
		LEFT JOIN vitk.food_value v ON v.food_id = replace(s.food_id, 'ciqual2025:', 'ciqual_all:') AND v.nutrient = s.nutrient
		WHERE s.builtin AND s.source_id = 'ciqual2025' AND (v.kind, v.amount) IS DISTINCT FROM (s.kind, s.amount)}),
		'0', 'what is imported equals what is shipped of CIQUAL');
	is(ask(q{SELECT profile FROM vitk.food_profile WHERE food_id = 'ciqual_all:12007'}),
		'100 g: K1 2.9 ug, K2 <20 ug, D <0.6 ug, calcium 476 mg', 'below the limit of quantification is an interval');
}

# the other editions of FoodData Central: other codes, groups or none, nutrients by id or by number
mkdir "$dir/$_" or die $! for qw(sr_legacy_food survey_fndds_food);
for ([ 'sr_legacy_food', 'NDB_number', '1001', '1', '1185' ], [ 'survey_fndds_food', 'food_code', '11000000', '9602', '430' ])
{
	my ($edition, $code, $value, $category, $vitamin_k) = @$_;
	write_file("$edition/$edition.csv", ':raw', qq("fdc_id","$code"\n"167512","$value"\n));
	write_file("$edition/food.csv", ':raw', qq("fdc_id","data_type","description","food_category_id"\n"167512","x","A food","$category"\n"9","x","Another","1"\n));
	write_file("$edition/nutrient.csv", ':raw', qq("id","name","unit_name","nutrient_nbr"\n"1185","Vitamin K (phylloquinone)","UG","430"\n));
	write_file("$edition/food_nutrient.csv", ':raw',
		qq("id","fdc_id","nutrient_id","amount","data_points","derivation_id","min","max"\n"1","167512","$vitamin_k","7.0","","","",""\n"2","9","1185","1","","","",""\n));
	write_file("$edition/food_category.csv", ':raw', qq("id","code","description"\n"1","0100","Dairy"\n)) if $edition eq 'sr_legacy_food';
	my ($ok, $out, $err) = import_script('fdc', 'analyst', folder => "$dir/$edition", edition => $edition, source => $edition);
	ok($ok, "$edition imports") or diag $err;
	is(ask(qq{SELECT code, name, food_group, nutrient, amount, kind, v.source_id FROM vitk.food f JOIN vitk.food_value v USING (food_id)
		WHERE f.source_id = '$edition'}),
		"$value|A food|" . ($edition eq 'sr_legacy_food' ? 'Dairy' : '') . "|K1|7 ug|compiled|$edition", 'its food by its own code');
}

# NEVO's layout: traces in a column of their own, some foods per 100 ml
my $nevo = <<"END";
NEVO-versie/NEVO-version|Voedingsmiddelgroep|Food group|NEVO-code|Voedingsmiddelnaam/Dutch food name|Engelse naam/Food name|Hoeveelheid/Quantity|Bevat sporen van/Contains traces of|CHOCAL (\x{b5}g)|VITK (\x{b5}g)|VITK1 (\x{b5}g)|VITK2 (\x{b5}g)|K (mg)
test|Kaas|Cheese|1|"Kaas, ""test"""|Cheese, test|per 100g|VITK1, CHOCAL|0|47,3|0|47,3|80
test|Brood|Bread|2|Brood|Bread|per 100g|CHOCAL|0,1|0|0||100
test|Melk|Milk|3|Melk|Milk|per 100ml||0|0,5|0,2|0,3|150
END
my $file = write_file('nevo.csv', ':encoding(UTF-8)', $nevo);
my ($ok, $out, $err) = import_script('nevo', 'analyst', file => $file);
ok(!$ok, 'a table with values per volume is refused');
like($err, qr/nothing imported: \d+ of \d+ rows refused.*\d x not per mass, but per "100ml"/s, 'with the reason');
is(coverage('nevo'), '0', 'as a whole');
($ok, $out, $err) = import_script('nevo', 'analyst', file => $file, refused => 'skip');
ok($ok, 'unless told to take the others') or diag $err;
is(ask(q{SELECT food_id, name, name_local, string_agg(nutrient || ' ' || kind || ' ' || coalesce(amount::text, ''), ', ' ORDER BY nutrient)
	FROM vitk.food f JOIN vitk.food_value v USING (food_id) WHERE v.source_id = 'nevo' GROUP BY food_id ORDER BY food_id}),
	qq(nevo:1|Cheese, test|Kaas, "test"|K1 trace , K2 compiled 47.3 ug, vitamin K compiled 47.3 ug, D3 trace , potassium compiled 80 mg\n)
	  . 'nevo:2|Bread|Brood|K1 compiled 0 ug, vitamin K compiled 0 ug, D3 compiled 0.1 ug, potassium compiled 100 mg',
	'a zero named among the traces is a trace, a blank is no row, K is potassium');

is(ask('SELECT md5(string_agg(v::text, chr(10) ORDER BY food_id, nutrient)) FROM vitk.food_value v WHERE builtin'),
	$shipped, 'no import touched a shipped value');

$node->stop;
done_testing();
