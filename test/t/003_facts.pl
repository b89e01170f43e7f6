# A fact that is entered in part fails the build, with a sentence that says what is missing; a row that is gone, or a cell,
# leaves all else as it was, or fails likewise.  VITK_SEED repeats a run, VITK_FACTS makes it longer.
use strict;
use warnings;
use File::Copy;
use IPC::Run;
use File::Path qw(make_path);
use PostgreSQL::Test::Utils;
use lib 'src/data';
use Csv;
use Facts qw(needs);
use Test::More;

# a copy of what generate.pl reads, whose facts one breaks
my $tree = PostgreSQL::Test::Utils::tempdir();
make_path("$tree/src/data");
copy('META.json', $tree) or die "cannot copy META.json: $!";
for my $file (glob 'src/*.sql src/data/*')
{
	copy($file, "$tree/$file") or die "cannot copy $file: $!";
}

# What the build does with a file: its C table, or the script
sub generate
{
	my @what = @_;
	my ($stdout, $stderr);
	my $good = IPC::Run::run([ $^X, "$tree/src/data/generate.pl", @what ], '>', \$stdout, '2>', \$stderr);
	return $good ? 'built' : $stderr;
}

# Break one file, by a substitution that must find its place, build, and mend it.
sub broken
{
	my ($file, $from, $to, @what) = @_;
	my $path = "$tree/src/data/$file";
	my $facts = slurp_file($path);
	my $changed = $facts;
	$changed =~ s/$from/ref $to ? $to->($1) : $to/me or die "$file has no $from\n";
	open my $out, '>:raw', $path or die "cannot write $path: $!\n";
	print $out $changed;
	close $out;
	my $says = generate(@what);
	open $out, '>:raw', $path or die "cannot write $path: $!\n";
	print $out $facts;
	close $out;
	return $says;
}

my @script = ('script', "$tree/src/reference_value.sql");
is(generate(@script), 'built', 'the facts as they are build a script');
is(generate('c', $_), 'built', "and the table $_") for qw(conversion_factor limit_basis nutrient unit);

my ($last) = slurp_file('src/data/nutrient.csv') =~ /^(\d+),[^\n]*\n\z/m;
my $mk14 = ($last + 1) . ',9999,MK-14,menaquinone-14,vitamin K,ug' . ',' x 10 . 'K2,,,,test';
for my $case (
	[ 'a vitamer without factor', 'nutrient.csv', qr/(?<=\n)\z/m, "$mk14\n", 'c', 'conversion_factor', qr/^conversion_factor\.csv: \w+, \w+, antagonist \w+, has no factor of MK-14, a vitamer of vitamin K$/m ],
	[ 'a vitamer that no limit counts', 'nutrient.csv', qr/(?<=\n)\z/m, "$mk14\n", 'c', 'limit_basis', qr/^limit_basis\.csv: way \d of basis [\w -]+ has no term of MK-14, a vitamer of vitamin K$/m ],
	[ 'a vitamer, in the script', 'nutrient.csv', qr/(?<=\n)\z/m, "$mk14\n", @script, qr/MK-14, a vitamer of vitamin K$/m ],
	[ 'a vitamer taken out of one list', 'conversion_factor.csv', qr/\|MK-13\|K3\|K1O/m, '|K3|K1O', 'c', 'conversion_factor', qr/^conversion_factor\.csv: molar, human, antagonist false, has no factor of MK-13/m ],
	[ 'a unit without a dimension', 'unit.csv', qr/^4,ug,mcg,mass,/m, '4,ug,mcg,,', 'c', 'unit', qr/^unit\.csv: 4 has no kind$/m ],
	[ 'a unit of an unknown dimension', 'unit.csv', qr/^4,ug,mcg,mass,/m, '4,ug,mcg,length,', 'c', 'unit', qr/^unit\.csv: ug: no dimension length$/m ],
	[ 'a unit without a factor', 'unit.csv', qr/^39,wk,,time,7,/m, '39,wk,,time,,', 'c', 'unit', qr/^unit\.csv: 39 has no numerator$/m ],
	[ 'an id that stands twice', 'nutrient.csv', qr/^3,/m, '2,', 'c', 'nutrient', qr/^nutrient\.csv: 2 stands twice$/m ],
	[ 'a key that stands twice', 'study.csv', qr/^shea2009,/m, 'braam2004,', @script, qr/^study\.csv: braam2004 stands twice$/m ],
	[ 'a parent that is not there', 'nutrient.csv', qr/^(3,.*),K2,/m, '$1,K9,', 'c', 'nutrient', qr/^nutrient\.csv: parent of MK-4: no nutrient K9$/m ],
	[ 'a row with a field too few', 'unit.csv', qr/^4,ug,mcg,/m, '4,ug,', 'c', 'unit', qr/unit\.csv: 7 fields where 8 are due/ ],
	[ 'a row without what it needs', 'reference_value.csv', qr/^(NAM,2001,vitamin K,phylloquinone-based),AI,/m, '$1,,', @script, qr/^reference_value\.csv: NAM.* has no kind$/m ],
	[ 'a source that is not there', 'food.csv', qr/^sr28,01001,/m, 'sr29,01001,', @script, qr/^food\.csv: sr29\/01001: source_id sr29 is not in source\.csv$/m ],
	[ 'a basis that is not there', 'reference_value.csv', qr/^(NAM,2001,vitamin K),phylloquinone-based,/m, '$1,guess,', @script, qr/^reference_value\.csv: NAM.*: basis guess is not in limit_basis\.csv$/m ],
	[ 'parts in another unit', 'part_of_whole.csv', qr/^D,D2\|D3,/m, 'D,D2|sugars,', 'c', 'part_of_whole', qr/^part_of_whole\.csv: sugars is in g, not ug$/m ],
	[ 'parts without a tolerance', 'part_of_whole.csv', qr/^D,D2\|D3,105,/m, 'D,D2|D3,,', 'c', 'part_of_whole', qr{^part_of_whole\.csv: D/D2\|D3 has no percent$}m ],
	[ 'a component of energy that is missing', 'energy_factor.csv', qr/^protein,.*\n/m, '', 'c', 'energy_factor', qr/^energy_factor\.csv: no row of protein$/m ],
	[ 'a most intake in another unit', 'intake_maximum.csv', qr/^K1,([\d.]+),ug,/m, 'K1,$1,mg,', 'c', 'intake_maximum', qr/^intake_maximum\.csv: K1 is in ug$/m ],
	[ 'a retention code that is not there', 'retention_factor.csv', qr/^\d+,calcium,/m, '9,calcium,', @script, qr{^retention_factor\.csv: 9/calcium: code 9 is not in retention\.csv$}m ],
	[ 'a nutrient that is not there', 'limit_basis.csv', qr/^vitamin K,1,exact,vitamin K,/m, 'vitamin K,1,exact,vitamin X,', 'c', 'limit_basis', qr/nutrients vitamin X is not in nutrient\.csv$/m ],
	[ 'evidence that is not there', 'conversion_factor.csv', qr/ davidson1998|davidson1998 /m, ' davidson1999 ', 'c', 'conversion_factor', qr/evidence davidson1999 is not in conversion_evidence\.csv$/m ],
	[ 'ages that overlap', 'reference_value.csv', qr/^(NAM,2001,vitamin K,phylloquinone-based,AI,both),0,0\.5,/m, '$1,0,0.6,', @script, qr/^reference_value\.csv: two rows of NAM.*vitamin K.* overlap in age at 0\.5$/m ],
	[ 'ages the wrong way round', 'reference_value.csv', qr/^(NAM,2001,vitamin K,phylloquinone-based,AI,both),0,0\.5,/m, '$1,0.5,0.5,', @script, qr/^reference_value\.csv: NAM vitamin K AI: ages 0\.5 to 0\.5$/m ])
{
	my ($name, $file, $from, $to, @what) = @$case;
	my $says = pop @what;
	# $1 of a replacement is what the pattern kept
	my $text = $to;
	$to = sub { my $kept = shift; return $text =~ s/\$1/$kept/r } if $text =~ /\$1/;
	like(broken($file, $from, $to, @what), $says, $name);
}
is(generate(@script), 'built', 'the facts as they were build again');

# A row taken out at random, or a cell
my $seed = $ENV{VITK_SEED} // int rand 1_000_000;
my $trials = $ENV{VITK_FACTS} // 6;
diag "$0: seed $seed (VITK_SEED=$seed repeats this run)";
srand $seed;
# what becomes a C table, and what becomes rows of a small script
my @facts = (map({ [ "$_.csv", 'c', $_ ] } qw(conversion_factor energy_factor intake_maximum limit_basis nutrient part_of_whole plausible_maximum printed_value progression_criterion unit)),
	map({ [ $_->[0] . '.csv', 'script', "$tree/src/$_->[1].sql" ] } [ clinical_code => 'clinical' ], [ conversion_evidence => 'conversion' ], [ food_table => 'food_table' ],
		[ food_measure => 'food_measure' ], [ retention_factor => 'recipe' ], [ omop_concept => 'omop' ], [ reference_value => 'reference_value' ], map { [ $_ => 'study' ] } qw(study study_arm study_result)));
my (%before, @wrong, %outcome);

sub written
{
	my @what = @_;
	my ($stdout, $stderr) = ('', '');
	IPC::Run::run([ $^X, "$tree/src/data/generate.pl", @what ], '>', \$stdout, '2>', \$stderr);
	# how many rows a statement has, and where a list ends, are no facts
	return ($stderr, map { s/[,;]+$//r } grep { !/^INSERT INTO/ } split /\n/, $stdout);
}

sub cell { my $c = shift; return $c =~ /[",\n]/ ? '"' . $c =~ s/"/""/gr . '"' : $c }

for (1 .. $trials)
{
	my ($file, @what) = @{ $facts[ rand @facts ] };
	my @columns;
	my @rows = read_csv("src/data/$file", 'raw', \@columns);
	my $at = int rand @rows;
	my $column = rand() < 0.5 ? undef : $columns[ rand @columns ];
	my $what = "$file, row " . ($at + 2) . ' without ' . ($column // 'all');
	$before{"@what"} //= [ written(@what) ];
	my $emptied = defined $column && $rows[$at]{$column} ne '';
	if (defined $column) { $rows[$at]{$column} = '' }
	else { splice @rows, $at, 1 }
	open my $out, '>:raw', "$tree/src/data/$file" or die "cannot write $file: $!\n";
	print $out join(',', @columns), "\n", map { my $r = $_; join(',', map { cell($r->{$_}) } @columns) . "\n" } @rows;
	close $out;
	my ($says, @after) = written(@what);
	copy("src/data/$file", "$tree/src/data/$file") or die "cannot copy $file: $!";
	my ($said, @lines) = @{ $before{"@what"} };
	if ($says ne '')
	{
		$outcome{refused}++;
		push @wrong, "$what: $says" if $says =~ /uninitialized|at \S+ line \d+/ || $says !~ /\A[^\n]+\n\z/;
		next;
	}
	$outcome{built}++;
	push @wrong, "$what: built" if $emptied && grep { $_ eq $column } needs($file);
	next if $what[0] eq 'c';
	my %count;
	$count{$_}++ for @lines;
	my @new = grep { --$count{$_} < 0 } @after;
	my $gone = grep { $_ > 0 } values %count;
	push @wrong, "$what: $gone lines gone, " . @new . " new: @new[0 .. ($#new > 2 ? 2 : $#new)]"
	  if $gone != (defined $column ? $emptied : 1) || @new != (defined $column ? $emptied : 0);
}
is(join("\n", @wrong), '', "$trials rows or cells gone at random: " . join(', ', map { "$outcome{$_} $_" } sort keys %outcome));
is(generate(@script), 'built', 'and the facts as they were build once more');

# The comment of a view's column that is that of the table is written once.
sub script_of
{
	my ($sql) = @_;
	open my $out, '>:raw', "$tree/view.sql" or die "cannot write $tree/view.sql: $!\n";
	print $out "COMMENT ON COLUMN t.a IS 'the same';\nCREATE VIEW v AS\n    SELECT a, b FROM t;\n$sql\n";
	close $out;
	return generate('script', "$tree/view.sql");
}
is(script_of("COMMENT ON COLUMN v.a IS 'another';"), 'built', 'a view with a comment of its own');
is(script_of('@comments v from t: a@'), 'built', 'or with that of its table');
like(script_of("COMMENT ON COLUMN v.a IS 'the same';"), qr/^the comment on v\.a repeats that on t\.a: write \@comments v from t: a\@$/, 'written again');
like(script_of('@comments v from t: b@'), qr/^\@comments v: no comment on column t\.b before it$/, 'of a column that has none');

done_testing();
