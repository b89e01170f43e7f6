# A fact that is entered in part fails the build, with a sentence that says what is missing.
use strict;
use warnings;
use File::Copy;
use IPC::Run;
use File::Path qw(make_path);
use PostgreSQL::Test::Utils;
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
