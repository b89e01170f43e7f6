# A fact that is entered in part fails the build, with a sentence that says what is missing: src/data/generate.pl is
# run over CSV files that lack it.  Needs no server.
use strict;
use warnings;
use File::Copy qw(copy);
use File::Temp qw(tempdir);
use IPC::Run ();
use Test::More;

# Generate from the facts with lines added to some files, as { file => lines }
sub generate
{
	my ($added, @arguments) = @_;
	my $folder = tempdir(CLEANUP => 1);
	copy($_, $folder) or die "$_: $!" for glob 'src/data/*';
	for my $file (keys %$added)
	{
		open my $fh, '>>:raw', "$folder/$file" or die "$file: $!";
		print $fh "$added->{$file}\n";
		close $fh or die "$file: $!";
	}
	IPC::Run::run([ $^X, "$folder/generate.pl", map { s/FOLDER/$folder/r } @arguments ], '>', \my $out, '2>', \my $err);
	return $? == 0 ? 'generated' : $err;
}

my $vitamer = '660,135,MK-14,menaquinone-14,vitamin K,ug,,,,,1125.85,,C81H120O2,,,vitamin K,,,,made up';
my $factors = 'half,,,K1|MK-4,mass,0.5,1,,made up';

is(generate({}, 'c', $_), 'generated', "$_ as it is") for qw(nutrient conversion_factor limit_basis unit);
is(generate({ 'nutrient.csv' => $vitamer }, 'c', 'nutrient'), 'generated', 'a vitamer is a nutrient');
like(generate({ 'nutrient.csv' => $vitamer }, 'c', 'conversion_factor'),
	qr/^conversion_factor\.csv: bioconversion, human, antagonist false: the vitamer MK-14 of nutrient\.csv has no factor$/, 'it needs factors');
like(generate({ 'nutrient.csv' => $vitamer }, 'c', 'limit_basis'),
	qr/^limit_basis\.csv: .+: the vitamer MK-14 of nutrient\.csv is not among the others$/, 'and a place among those that limits count');
like(generate({ 'conversion_factor.csv' => $factors }, 'c', 'conversion_factor'),
	qr/^conversion_factor\.csv: half, human, antagonist false: the vitamer dK1 of nutrient\.csv has no factor$/, 'a method has a factor for each vitamer');
is(generate({ 'conversion_factor.csv' => "$factors; other vitamers are not counted" }, 'c', 'conversion_factor'), 'generated', 'or says that it does not count the others');
like(generate({ 'conversion_factor.csv' => 'half,,,K1,mass,0.5,1,,made up; other vitamers are not counted' }, 'c', 'conversion_factor'),
	qr/^conversion_factor\.csv: half, .+: no MK-4$/, 'but counts MK-4');
like(generate({ 'nutrient.csv' => '661,9999,new,a new one,other,g' . ',' x 14 . 'made up' }, 'c', 'nutrient'),
	qr/^nutrient ids must be 1, 2, 3, \.\.\.: 661$/, 'ids have no gaps');
like(generate({ 'nutrient.csv' => '660,9999,new,phylloquinone,other,g' . ',' x 14 . 'made up' }, 'c', 'nutrient'),
	qr/^"phylloquinone" names two nutrients: K1 and new$/, 'a name has one meaning');
like(generate({ 'unit.csv' => '55,mcg,,mass,1,1,-6,made up' }, 'c', 'unit'), qr/^"mcg" names two units$/, 'also that of a unit');
like(generate({ 'view.sql' => "CREATE VIEW v AS\n    SELECT a FROM t;\nCOMMENT ON COLUMN t.a IS 'the same';\nCOMMENT ON COLUMN v.a IS 'the same';" },
		'script', 'FOLDER/view.sql'),
	qr/^the comment on v\.a repeats that on t\.a: write \@comments v from t: a\@$/, 'a comment of a view that repeats one of its table');
like(generate({ 'view.sql' => "CREATE VIEW v AS\n    SELECT a FROM t;\n\@comments v from t: a\@" }, 'script', 'FOLDER/view.sql'),
	qr/^\@comments v: no comment on column t\.a before it$/, 'a comment to copy that is not there');
done_testing();
