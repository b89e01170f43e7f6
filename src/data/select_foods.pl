#!/usr/bin/perl
#
# select_foods.pl - choose the shipped foods out of the published tables
#
#	perl src/data/select_foods.pl ../shared/facts src/data
#
# reads foods_usda_sr28.csv, sr28_more.csv, sr28_nutrients.csv, foods_ciqual2025.csv
# and foods_literature.csv in the first directory, ciqual_english.csv and
# nutrient.csv in the second, and writes food.csv, food_value.csv and
# food_value_sr28.csv there.  The three are committed; nobody needs to run this to
# build vitk.  It is here so that everybody can see the rule.  The same input
# gives the same output, byte for byte.
#
# The rule
# --------
# USDA SR28: every food with a value of vitamin K (K1, dihydro-K1 or MK-4), with
# its vitamins K, D and A, calcium, phosphorus, magnesium, energy and
# macronutrients (@nutrients below).  Their values are many: food_value_sr28.csv
# has one row a food and a column a nutrient, and generate.pl unfolds it.
# CIQUAL 2025: every food whose K2 is a positive number, "< x" or "traces",
# with its K1, calcium and vitamin D as printed.
# Literature: single foods with one value, by mass, that one can buy.  Left
# out: ranges over groups of foods, molar phylloquinone equivalents, a misprint
# (cheddar 28.2 +/- 41.3), a laboratory ferment, reinforced natto, MK-9(4H)
# (no MK-9), and second-hand copies (they repeat other sources).
# Sums of K1 and menaquinones load as K, sums of MK-4..MK-10 as K2.
#
# Numbers
# -------
# food_no is the number by which a diet packs a food.  It never changes: SR28's
# are its NDB numbers, CIQUAL's 100000 + alim_code, those of the literature are
# listed below, from 200001 on.  Foods of users have 1000000 and more.
#
# What a zero is
# --------------
# SR28 (codes as in its documentation; stat_cmt 1: some values were below the
# limit of detection):
#	assumed_zero		source code 7 or derivation code Z
#	below_detection		n > 0, zero, stat_cmt 1
#	measured			n > 0 and an analytical source (1, 6, 11, 12, 13)
#	label				source code 8
#	calculated			source code 9; n = 0 out of a recipe (R..), a formulation
#						(F..), a physical composition (P..) or sums (src 1, 6)
#	imputed				any other, from another form of the food or a similar one
# A zero of SR28 that is below_detection has no printed limit: it is the interval
# of its printed rounding, such as 0..0.05 ug where one decimal is printed.
# CIQUAL does not tell here how a value came about: compiled, but "< x" is
# below_detection (0..x) and "traces" is trace (no amount).
#
use strict;
use warnings;
use utf8;
use FindBin;
use lib $FindBin::RealBin;
use Csv;

die "usage: $0 facts-directory data-directory\n" unless @ARGV == 2;
my ($facts, $data) = @ARGV;

binmode(STDERR, ':utf8');

sub write_csv
{
	my ($path, $columns, @rows) = @_;
	open(my $fh, '>:encoding(UTF-8)', $path) or die "$path: $!\n";
	print $fh join(',', @$columns), "\n";
	for my $row (@rows)
	{
		print $fh join(',',
			map {
				my $v = $row->{$_} // '';
				$v =~ s/"/""/g;
				$v =~ /[",\n]/ ? qq("$v") : $v
			} @$columns), "\n";
	}
	close($fh) or die "$path: $!\n";
}

my (@food, @value);

sub add_food
{
	push @food, {@_};
}

sub add_value
{
	push @value, {@_};
}

# A number as a plain shortest decimal: '7.0' -> '7', '.50' -> '0.5'.
sub number
{
	my ($s) = @_;
	die "not a number: '$s'\n" unless $s =~ /^\d*\.?\d+$|^\d+\.$/;
	$s =~ s/(\.\d*?)0+$/$1/;
	$s =~ s/\.$//;
	$s =~ s/^\./0./;
	return $s;
}

#
# USDA SR28
#

# Segments of a description that say how a food was sampled or sold and not
# what it is.  They go, but come back where two foods would share a name: first
# the grades and bones, then all.
my $cut = qr/^(?:all grades|choice|select|boneless|bone-in)$/;
my $sold = qr/^(?:
	separable\ lean\ and\ fat | trimmed\ to\ .*\ fat | broilers\ or\ fryers
	| mixed\ species | composite\ of\ trimmed\ retail\ cuts
	| without\ salt(?:\ added)? | no\ salt\ added | salad\ or\ cooking
	| commercially\ prepared | commercial | regular\ pack | regular
	| year\ round\ average | family\ style
)$/x;
my @drop = (qr/$cut|$sold/, $sold, qr/(?!)/);

# Shelves, not foods: the food group says the same.
my $shelf = qr/^(?:Fish|Crustaceans|Mollusks|Spices|Snacks|Nuts|Seeds|Cereals
	|Cereals\ ready-to-eat|Beverages|Candies|Vegetables)$/x;

# Of "cooked, boiled, drained" boiled is enough.
my $method = qr/^(?:boiled|steamed|microwaved|stir-fried|sauteed|scrambled|roasted|baked|grilled
	|broiled|braised|fried|rotisserie|breaded\ and\ fried)$/x;

# Short name of an SR28 description: name, part, state.
sub short_name
{
	my ($description, $drop) = @_;
	$description =~ s/\s*\((?:includes|may have been)[^()]*\)//gi;
	my @s = split /\s*,\s+/, $description;
	shift @s if @s > 1 && $s[0] =~ $shelf;
	@s = map { $s[$_] } grep {
		$_ == 0
		  || !($s[$_] =~ $drop
			|| ($s[$_] eq 'cooked' && $_ < $#s && $s[ $_ + 1 ] =~ $method)
			|| ($s[$_] eq 'drained' && $s[ $_ - 1 ] =~ $method))
	} 0 .. $#s;
	my $name = join(', ', @s);
	$name =~ s/^Babyfood/Baby food/;
	return ucfirst($name);
}

sub sr28_kind
{
	my ($amount, $n, $src, $deriv, $comment) = @_;
	return 'assumed_zero' if $src eq '7' || $deriv eq 'Z';
	return 'label' if $src eq '8';
	return 'calculated' if $src eq '9';
	if ($n > 0 && $src =~ /^(?:1|6|11|12|13)$/)
	{
		return 'below_detection' if $amount == 0 && $comment =~ /\b1\b/;
		return 'measured';
	}
	return 'calculated' if $deriv =~ /^[RFP]/ || $src =~ /^[16]$/;
	return 'imputed';
}

my @sr28 = grep { $_->{k1_ug} ne '' || $_->{dk_ug} ne '' || $_->{mk4_ug} ne '' }
  read_csv("$facts/foods_usda_sr28.csv", 'encoding(UTF-8)');

# USDA number, nutrient, unit
my %registry = map { $_->{code} => 1 } read_csv("$data/nutrient.csv", 'encoding(UTF-8)');
my @nutrients = grep { $registry{ $_->[1] } } (
	[ 430, 'K1', 'ug' ], [ 429, 'dK1', 'ug' ], [ 428, 'MK-4', 'ug' ], [ 325, 'D2', 'ug' ], [ 326, 'D3', 'ug' ], [ 328, 'D', 'ug' ],
	[ 319, 'retinol', 'ug' ], [ 321, 'beta-carotene', 'ug' ], [ 320, 'A-RAE', 'ug' ], [ 301, 'calcium', 'mg' ],
	[ 305, 'phosphorus', 'mg' ], [ 304, 'magnesium', 'mg' ], [ 208, 'energy', 'kcal' ], [ 204, 'fat', 'g' ],
	[ 203, 'protein', 'g' ], [ 205, 'carbohydrate', 'g' ], [ 291, 'fibre', 'g' ], [ 255, 'water', 'g' ]);
my %decimals = map { $_->{usda_number} => $_->{decimals} } read_csv("$facts/sr28_nutrients.csv", 'encoding(UTF-8)');
my %more;
# line by line, for there are 169,000; none holds a line break
open(my $lines, '<', "$facts/sr28_more.csv") or die "sr28_more.csv: $!\n";
my @header = split /,/, <$lines> =~ s/\s+\z//r;
my %wanted = map { $_->[0] => 1 } @nutrients;
while (my $line = <$lines>)
{
	next unless $line =~ /^(\w+),([\d.]+),/ && $wanted{$2};
	my @fields = map { s/^"|"$//gr } $line =~ s/\s+\z//r =~ /("[^"]*"|[^,]*)(?:,|\z)/g;
	my %v;
	@v{@header} = @fields;
	$more{$1}{$2} = \%v if $line =~ /^(\w+),([\d.]+),/;
}
close $lines;
my %vitamin_k = (430 => 'k1', 429 => 'dk', 428 => 'mk4');

# A value of a food with its statistics, or undef
sub sr28_value
{
	my ($f, $number) = @_;
	my $p = $vitamin_k{$number} or return $more{ $f->{ndb_no} }{$number};
	return if $f->{"${p}_ug"} eq '';
	return { value => $f->{"${p}_ug"}, map { ($_ => $f->{"${p}_$_"}) } qw(n se src_cd deriv_cd min max stat_cmt) };
}

# The value as one cell: kind, amount, n, se, minimum, maximum, derivation, and x where some samples had none
sub sr28_cell
{
	my ($v, $number, $unit) = @_;
	my $kind = sr28_kind($v->{value}, $v->{n} || 0, $v->{src_cd}, $v->{deriv_cd}, $v->{stat_cmt});
	my $amount = $kind eq 'below_detection' ? '0..' . number(sprintf '%.*f', $decimals{$number} + 1, 0.5 / 10**$decimals{$number}) : number($v->{value});
	return join('|', $kind, "$amount $unit", ($v->{n} || 0) > 0 ? $v->{n} : '',
		map({ $v->{$_} eq '' ? '' : number($v->{$_}) } qw(se min max)),
		join('/', grep { $_ ne '' } $v->{src_cd}, $v->{deriv_cd}),
		$kind eq 'measured' && $v->{stat_cmt} =~ /\b1\b/ ? 'x' : '') =~ s/\|+$//r;
}

my @cells;
# how many foods share a name, by how much is dropped
my @sharing;
for my $i (0 .. $#drop)
{
	$sharing[$i]{ lc short_name($_->{description}, $drop[$i]) }++ for @sr28;
}

for my $f (@sr28)
{
	my $name;

	for my $i (0 .. $#drop)
	{
		$name = short_name($f->{description}, $drop[$i]);
		last if $sharing[$i]{ lc $name } == 1;
	}
	add_food(
		food_no => $f->{ndb_no} + 0,
		source_id => 'sr28',
		code => $f->{ndb_no},
		name => $name,
		name_local => $f->{description},
		food_group => $f->{food_group},
		note => "FoodData Central id $f->{fdc_id}");

	my %cell = (code => $f->{ndb_no});
	for my $n (@nutrients)
	{
		my ($number, $nutrient, $unit) = @$n;
		my $v = sr28_value($f, $number) or next;
		$cell{$nutrient} = sr28_cell($v, $number, $unit);
	}
	push @cells, \%cell;
}

#
# CIQUAL 2025
#
my %english = map { $_->{code} => $_ } read_csv("$data/ciqual_english.csv", 'encoding(UTF-8)');
my %group = (
	'entrées et plats composés' => 'Starters and dishes',
	'fruits, légumes, légumineuses et oléagineux' =>
	  'Fruits, vegetables, legumes and nuts',
	'produits céréaliers' => 'Cereal products',
	'viandes, oeufs, poissons' => 'Meat, eggs and fish',
	'produits laitiers' => 'Dairy products',
	'matières grasses' => 'Fats and oils',
	'produits sucrés' => 'Sugar and confectionery',
	'glaces et sorbets' => 'Ice cream and sorbets',
	'aides culinaires et ingrédients divers' =>
	  'Cooking aids and ingredients');

# A value as CIQUAL prints it: (kind, amount), () where it is unknown.
sub ciqual_value
{
	my ($raw, $unit) = @_;
	return if $raw =~ /^-?$/;
	return ('trace', '') if $raw eq 'traces';
	(my $s = $raw) =~ tr/,/./;
	return ('below_detection', '<' . number($1) . " $unit")
	  if $s =~ /^< ([\d.]+)$/;
	return ('compiled', number($s) . " $unit");
}

for my $f (grep { $_->{k2_kind} =~ /^(?:pos|lt|trace)$/ }
	read_csv("$facts/foods_ciqual2025.csv", 'encoding(UTF-8)'))
{
	my $code = $f->{alim_code};

	die "ciqual_english.csv lacks $code: $f->{alim_nom_fr}\n"
	  unless $english{$code};
	die "ciqual_english.csv: $code is '$f->{alim_nom_fr}'\n"
	  unless $english{$code}{name_local} eq $f->{alim_nom_fr};
	die "no English name of the group '$f->{groupe}'\n"
	  unless $group{ $f->{groupe} };
	add_food(
		food_no => 100_000 + $code,
		source_id => 'ciqual2025',
		code => $code,
		name => $english{$code}{name},
		# so that a LATIN1 database can hold it
		name_local => $f->{alim_nom_fr} =~ s/\x{2019}/'/gr,
		food_group => $group{ $f->{groupe} },
		note => '');
	for my $k (
		[ 'K1', 'k1_raw', 'ug' ],
		[ 'K2', 'k2_raw', 'ug' ],
		[ 'D', 'vitd_raw', 'ug' ],
		[ 'calcium', 'calcium_raw', 'mg' ])
	{
		my ($nutrient, $column, $unit) = @$k;
		my ($kind, $amount) = ciqual_value($f->{$column}, $unit) or next;
		add_value(
			food_id => "ciqual2025:$code",
			nutrient => $nutrient,
			kind => $kind,
			amount => $amount,
			source_id => 'ciqual2025',
			note => $amount eq '' || $kind eq 'below_detection'
			? "printed: $f->{$column}"
			: '');
	}
}

#
# Literature
#
my @paper = (
	[ qr/^Kamao/ => 'kamao2007' ],
	[ qr/^Tsukamoto/ => 'tsukamoto2000' ],
	[ qr/^Fu et al. 2017/ => 'fu2017' ],
	[ qr/^Fu et al. 2016, FASEB/ => 'fu2016a' ],
	[ qr/^Vermeer/ => 'vermeer2018' ],
	[ qr/^Dunlop/ => 'dunlop2022' ],
	[ qr/^Koivu-Tikkanen/ => 'koivu2000' ]);
my %nutrient_of = (
	'total K (K1+MK-4..MK-13)' => 'vitamin K',
	'total K (K1+MK-4..MK-10)' => 'vitamin K',
	'sum MK-4..MK-10' => 'K2');

# In the order of their numbers: new ones go to the end.
my $literature_no = 200_000;
my %literature_no = map { $_ => ++$literature_no } qw(
	kamao2007:spinach-raw
	kamao2007:broccoli-raw
	kamao2007:natto
	tsukamoto2000:natto-regular
	fu2017:cheese-soft
	fu2017:cheese-blue
	fu2017:cheese-semi-soft
	fu2017:cheese-hard
	fu2017:cheese-processed
	fu2017:milk-full-fat-4
	fu2017:milk-2-fat
	fu2017:milk-1-fat
	fu2017:milk-nonfat
	fu2016a:yogurt-full-fat
	fu2016a:yogurt-greek-full-fat
	fu2016a:cottage-cheese-full-fat
	fu2016a:cheese-blue
	fu2016a:cheese-fresh
	fu2016a:cheese-soft-ripened
	fu2016a:cheese-semi-soft
	fu2016a:cheese-processed
	vermeer2018:cheese-gouda-4-weeks
	vermeer2018:cheese-gouda-13-weeks
	vermeer2018:cheese-munster-french
	vermeer2018:cheese-camembert-french
	dunlop2022:lamb-liver
	dunlop2022:chicken-leg-meat
	dunlop2022:cheese-cheddar
	dunlop2022:cream-cheese
	koivu2000:chicken-meat
);

my %seen;
for my $f (read_csv("$facts/foods_literature.csv", 'encoding(UTF-8)'))
{
	next if $f->{ug_per_100g} eq '';	# a range, no value
	next if $f->{vitamer} =~ /PKeq|\(4H\)/;	# not by mass, or not MK-9
	next if $f->{note} =~ /do not load|normal retail|laboratory ferment/;
	my ($paper) = map { $_->[1] } grep { $f->{source} =~ $_->[0] } @paper;
	next unless $paper;				# second-hand

	my $nutrient = $nutrient_of{ $f->{vitamer} } // $f->{vitamer};
	(my $code = lc $f->{food}) =~ s/[^a-z0-9]+/-/g;
	$code =~ s/-$//;
	my $id = "$paper:$code";

	my $group =
	    $f->{food} =~ /^Cheese|^Cream cheese|^Milk|^Yogurt|^Cottage/
	  ? 'Dairy products'
	  : $f->{food} =~ /^Natto/ ? 'Legumes and ferments'
	  : $f->{food} =~ /^(?:Spinach|Broccoli)/ ? 'Vegetables'
	  : $f->{food} =~ /^(?:Chicken|Lamb)/ ? 'Meat'
	  : die "no group for '$f->{food}'\n";
	add_food(
		food_no => $literature_no{$id} // die("no number for $id\n"),
		source_id => $paper,
		code => $code,
		name => $f->{food},
		name_local => '',
		food_group => $group,
		note => "country $f->{country}") unless $seen{$id}++;
	my ($sd) = $f->{stat} =~ /\bSD ([\d.]+)$/;
	my ($se) = $f->{stat} =~ /\bSEM ([\d.]+)$/;
	add_value(
		food_id => $id,
		nutrient => $nutrient,
		kind => 'measured',
		amount => number($f->{ug_per_100g}) . ' ug',
		se => defined $se ? number($se) : '',
		sd => defined $sd ? number($sd) : '',
		source_id => $paper,
		note => join('; ',
			grep { $_ ne '' } ($nutrient =~ /^K2?$/ ? $f->{vitamer} : ''),
			$f->{stat} =~ /not stated|product content|ng\/g/ ? $f->{stat} : '',
			$f->{note}));
}

# Names must tell the foods of a source apart, numbers all foods.
my (%name, %no);
for my $f (@food)
{
	die "two foods have the number $f->{food_no}\n" if $no{ $f->{food_no} }++;
	die "$f->{food_no} is the number of a user's food\n" if $f->{food_no} >= 1_000_000;
	warn "$f->{source_id}: two foods are called '$f->{name}'\n"
	  if $name{ $f->{source_id} . ' ' . lc $f->{name} }++;
}

write_csv("$data/food.csv",
	[qw(source_id code name name_local food_group note food_no)], @food);
write_csv(
	"$data/food_value.csv",
	[   qw(food_id nutrient kind amount n se sd minimum maximum
		  derivation_code source_id note)
	],
	@value);
write_csv("$data/food_value_sr28.csv", [ 'code', map { $_->[1] } @nutrients ], @cells);
