package Facts;
# What a row of src/data must have, and what of other files it must name: a fact that is entered in part
# fails the build with a sentence that says what is missing.  For generate.pl.
use strict;
use warnings;
use Csv;
use Exporter 'import';

our @EXPORT_OK = qw(check_facts check_all needs);

# Of each file: the columns that name a row, those that may not be empty, and those that name a row of another
# file: one, or several joined by "|", of evidence by blanks.
my %rules = (
	'nutrient.csv' => { key => ['id'], needs => [qw(id position code name group unit source)] },
	'unit.csv' => { key => ['id'], needs => [qw(id code kind numerator denominator power source)] },
	'source.csv' => { key => ['source_id'], needs => [qw(source_id citation)] },
	'food.csv' => { key => [qw(source_id code)], needs => [qw(source_id code name)], names => { source_id => 'source.csv' } },
	'food_synonym.csv' => { key => ['words'], needs => [qw(words instead source)] },
	'food_value.csv' => { key => [qw(food_id nutrient)], needs => [qw(food_id nutrient kind source_id)],
		names => { nutrient => 'nutrient.csv code', kind => 'food_value_kind.csv', source_id => 'source.csv' } },
	'food_value_kind.csv' => { key => ['kind'], needs => ['kind'] },
	'food_table.csv' => { key => ['layout'], needs => [qw(layout name citation)] },
	'food_table_column.csv' => { key => [qw(layout header nutrient)], needs => [qw(layout header role)],
		names => { layout => 'food_table.csv' } },
	'food_link.csv' => { key => [qw(food_id nutrient)], needs => [qw(food_id nutrient from_food_id note)], names => { nutrient => 'nutrient.csv code' } },
	'food_link_name.csv' => { key => [qw(name nutrient)], needs => [qw(name nutrient from_food_id note)], names => { nutrient => 'nutrient.csv code' } },
	'food_measure.csv' => { key => [qw(food_id measure amount grams)], needs => [qw(food_id measure amount grams source_id)], names => { source_id => 'source.csv' } },
	'household_measure.csv' => { key => ['measure'], needs => [qw(measure source)] },
	'retention.csv' => { key => ['code'], needs => [qw(code description source)] },
	'retention_factor.csv' => { key => [qw(code nutrient)], needs => [qw(code nutrient factor)],
		names => { code => 'retention.csv', nutrient => 'nutrient.csv code' } },
	'find_food_word.csv' => { key => [qw(word food_group)], needs => [qw(word cost)] },
	'printed_per.csv' => { key => ['words'], needs => [qw(words source)] },
	'printed_value.csv' => { key => [qw(dialect form)], needs => [qw(meaning source)] },
	'nutrient_ambiguous.csv' => { key => ['name'], needs => [qw(name meaning write)], names => { nutrient => 'nutrient.csv code' } },
	'part_of_whole.csv' => { key => [qw(whole parts)], needs => [qw(parts percent rounding source)],
		names => { whole => 'nutrient.csv code', parts => 'nutrient.csv code' } },
	'arterial_age.csv' => { key => ['citation'], needs => [qw(intercept slope citation)] },
	'energy_factor.csv' => { key => ['component'], needs => [qw(component source)], names => { nutrients => 'nutrient.csv code' } },
	'intake_maximum.csv' => { key => ['nutrient'], needs => [qw(most unit persons source)], names => { nutrient => 'nutrient.csv code' } },
	'plausible_maximum.csv' => { key => ['nutrient'], needs => [qw(nutrient published unit food source)], names => { nutrient => 'nutrient.csv code' } },
	'conversion_evidence.csv' => { key => ['evidence_id'], needs => [qw(evidence_id species finding citation)] },
	'conversion_factor.csv' => { key => [qw(method species antagonist nutrients)], needs => [qw(method nutrients basis lower upper reason)],
		names => { nutrients => 'nutrient.csv code', evidence => 'conversion_evidence.csv' } },
	'limit_basis.csv' => { key => [qw(basis way nutrients)], needs => [qw(basis way bound nutrients factor required)], names => { nutrients => 'nutrient.csv code' } },
	'reference_value_kind.csv' => { key => ['kind'], needs => [qw(kind role)] },
	'reference_value.csv' => {
		key => [qw(authority year nutrient kind sex age_min life_stage condition amount add_on)],
		needs => [qw(authority nutrient kind sex age_min age_max life_stage bound add_on source)],
		names => { nutrient => 'nutrient.csv code', kind => 'reference_value_kind.csv', basis => 'limit_basis.csv' } },
	'calcification_method.csv' => { key => ['id'], needs => [qw(id code unit minimum maximum range_reason additive name)] },
	'calcification_category.csv' => { key => [qw(scheme position)], needs => [qw(scheme method position category inclusive citation)],
		names => { method => 'calcification_method.csv code' } },
	'progression_criterion.csv' => { key => [qw(criterion method baseline)], needs => [qw(criterion method baseline scale inclusive rule citation)],
		names => { method => 'calcification_method.csv code' } },
	'clinical_code.csv' => { key => [qw(system code)], needs => [qw(system code kind means name source)] },
	'omop_concept.csv' => { key => [qw(kind concept_id)], needs => [qw(kind means concept_id name source)] },
	'study.csv' => { key => ['study_id'], needs => [qw(study_id name kind)] },
	'study_arm.csv' => { key => [qw(study_id arm)], needs => [qw(study_id arm intervention)],
		names => { study_id => 'study.csv', vitamer => 'nutrient.csv code' } },
	'study_result.csv' => { key => [qw(study_id code)], needs => [qw(study_id code outcome source)],
		names => { study_id => 'study.csv', method => 'calcification_method.csv code' } },
);

my ($data, %read);

sub rows { my $file = shift; return @{ $read{$file} //= [ read_csv("$data/$file", 'raw') ] } }

sub ids
{
	my ($file, $column) = split ' ', shift;
	$column //= $rules{$file}{key}[0];
	return map { $_->{$column} => 1 } rows($file);
}

sub check_file
{
	my $file = shift;
	my $rule = $rules{$file} or return;
	my %known = map { $_ => { ids($rule->{names}{$_}) } } keys %{ $rule->{names} // {} };
	my %seen;
	for my $r (rows($file))
	{
		my $row = join '/', grep { $_ ne '' } map { $r->{$_} } @{ $rule->{key} };
		$r->{$_} ne '' or die "$file: $row has no $_\n" for @{ $rule->{needs} };
		!$seen{ join "\0", map { $r->{$_} } @{ $rule->{key} } }++ or die "$file: $row stands twice\n";
		for my $column (sort keys %known)
		{
			my ($other) = split ' ', $rule->{names}{$column};
			$known{$column}{$_} or die "$file: $row: $column $_ is not in $other\n"
			  for $column eq 'evidence' ? split(' ', $r->{$column}) : split(/\|/, $r->{$column});
		}
	}
}

# A vitamer has a factor wherever most have one, and is counted wherever most are.
sub check_vitamers
{
	my ($file, $what, @sets) = @_;
	my @vitamers = map { $_->{code} } grep { $_->{group} eq 'vitamin K' && $_->{code} =~ /^MK-\d+$/ } rows('nutrient.csv');
	for my $set (@sets)
	{
		my ($name, %has) = @$set;
		my @lacks = grep { !$has{$_} } @vitamers;
		die "$file: $name has no $what of $lacks[0], a vitamer of vitamin K\n" if @lacks && @lacks < @vitamers / 2;
	}
}

sub check_conversion_factors
{
	my %set;
	for my $r (rows('conversion_factor.csv'))
	{
		for my $species ($r->{species} eq '' ? qw(human rat mouse) : $r->{species})
		{
			for my $antagonist ($r->{antagonist} eq '' ? qw(false true) : $r->{antagonist})
			{
				$set{"$r->{method}, $species, antagonist $antagonist,"}{$_} = 1 for split /\|/, $r->{nutrients};
			}
		}
	}
	check_vitamers('conversion_factor.csv', 'factor', map { [ $_, %{ $set{$_} } ] } sort keys %set);
}

sub check_limit_bases
{
	my %set;
	for my $r (rows('limit_basis.csv')) { $set{"way $r->{way} of basis $r->{basis}"}{$_} = 1 for split /\|/, $r->{nutrients} }
	check_vitamers('limit_basis.csv', 'term', map { [ $_, %{ $set{$_} } ] } sort keys %set);
}

# Shipped values of one key must not overlap in age, which the table's constraint sees to for those of users.
sub check_reference_values
{
	my %of;
	for my $r (rows('reference_value.csv'))
	{
		die "reference_value.csv: $r->{authority} $r->{nutrient} $r->{kind}: ages $r->{age_min} to $r->{age_max}\n" if $r->{age_min} >= $r->{age_max};
		push @{ $of{ join '/', (map { $r->{$_} } qw(authority year nutrient kind life_stage add_on condition)), $r->{amount} =~ /kg/ ? 'kg' : '' } }, $r;
	}
	for my $key (sort keys %of)
	{
		my @rows = sort { $a->{age_min} <=> $b->{age_min} } @{ $of{$key} };
		for my $i (0 .. $#rows)
		{
			for my $j ($i + 1 .. $#rows)
			{
				last if $rows[$j]{age_min} >= $rows[$i]{age_max};
				die "reference_value.csv: two rows of $key overlap in age at $rows[$j]{age_min}\n"
				  if $rows[$i]{sex} eq $rows[$j]{sex} || grep { $_->{sex} eq 'both' } @rows[ $i, $j ];
			}
		}
	}
}

# The columns of a file that may not be empty
sub needs { return @{ ($rules{ +shift } // { needs => [] })->{needs} } }

# What a file that is about to become a C table must have
sub check_facts
{
	($data, my $table) = @_;
	check_file("$table.csv");
	check_conversion_factors() if $table eq 'conversion_factor';
	check_limit_bases() if $table eq 'limit_basis';
}

sub check_all
{
	$data = shift;
	check_file($_) for sort keys %rules;
	check_conversion_factors();
	check_limit_bases();
	check_reference_values();
}

1;
