#!/usr/bin/perl
# generate.pl - turn the facts of src/data/*.csv into C tables and SQL rows.
#
#   generate.pl c TABLE            prints the C header of one table
#   generate.pl script FILE...     joins SQL files; a line "@rows TABLE CSV@" becomes the
#                                  INSERTs of the shipped rows, "@values CSV@" a VALUES list,
#                                  "@comparison TYPE: ...@" the operators of a type, from
#                                  comparison.sql, likewise "@extremes TYPE@", "@to_json TYPE:
#                                  ...@", "@from_jsonb TYPE@", "@version@" that of META.json,
#                                  "@verdicts@" those of src/core/intake_vs_limit.c, in order.
#                                  "@list CSV@" becomes 'a', 'b', "@names CSV@" a, b or c and
#                                  "@meanings CSV@" a (what it is); b: the first column of a
#                                  list of names, or with COLUMN=A|B of its rows where it is so;
#                                  "@comments VIEW from TABLE: a, b@" gives columns of a view the
#                                  comments that those of a table before it have: each text stands once
#   generate.pl update FROM FILE...
#                                  prints the script of an update to the version of META.json:
#                                  the steps src/update/FROM--*.sql, in which "@definition NAME@"
#                                  stands for the CREATE of it in the SQL files, and what brings
#                                  objects and rows up to date; src/update/FROM.sql.gz is the
#                                  install script of that version, which tells what it has
#
# Core Perl only.  An empty field is unknown: NULL in SQL, never zero.
use strict;
use warnings;
use FindBin;
use IO::Uncompress::Gunzip qw(gunzip $GunzipError);
use lib $FindBin::RealBin;
use Csv;
use Facts qw(check_facts check_all);

my $data = $FindBin::RealBin;

# The rows of one of our tables, as bytes
sub rows
{
	my ($file, $columns) = @_;
	return read_csv("$data/$file", 'raw', $columns);
}

sub c_string
{
	my $s = shift;
	$s =~ s/([\\"])/\\$1/g;
	return "\"$s\"";
}

sub c_number
{
	my $n = shift;
	return '0' if $n eq '';
	die "no number: \"$n\"\n" unless $n =~ /^-?\d+(\.\d+)?(e-?\d+)?$/i;
	return $n;
}

sub c_boolean
{
	my $b = shift;
	die "no boolean: \"$b\"\n" unless $b =~ /^(true|false)$/;
	return $b;
}

# As fold_name() in src/core/nutrient.c: a hyphen at the end is part of a tag
sub fold_name
{
	my $s = lc shift;
	my $tag = $s =~ /-\s*$/ ? '-' : '';
	$s =~ s/[ \t\r\n_-]//g;
	die "name \"$s\" is too long\n" if length $s > 63;
	return $s . $tag;
}

sub nutrient_names
{
	my $r = shift;
	return grep { $_ ne '' } $r->{code}, $r->{name}, map { split /\|/, $r->{$_} } qw(synonyms infoods usda);
}

# The rows of the registry, checked, in the order of their ids
sub nutrients
{
	my @rows = rows('nutrient.csv');
	my (%id, %position);
	for my $r (@rows)
	{
		die "nutrient ids must be 1, 2, 3, ...: $r->{id}\n" if $r->{id} != 1 + keys %id;
		die "nutrient.csv: two nutrients have the code $r->{code}\n" if exists $id{ $r->{code} };
		die "nutrient.csv: $r->{code} has no position of its own\n"
		  if $r->{position} !~ /^[1-9]\d*$/ || $position{ $r->{position} }++;
		$id{ $r->{code} } = $r->{id};
	}
	my $place = 0;
	$_->{place} = $place++ for sort { $a->{position} <=> $b->{position} } @rows;
	for my $r (@rows)
	{
		for my $column (qw(parent variant_of))
		{
			die "nutrient.csv: $column of $r->{code}: no nutrient $r->{$column}\n"
			  if $r->{$column} ne '' && !$id{ $r->{$column} };
			$r->{"${column}_id"} = $id{ $r->{$column} } // 0;
		}
	}
	return @rows;
}

# Names that are refused: each with its meanings and what to write instead
sub ambiguous_names
{
	my ($names, @nutrients) = @_;
	my %id = map { $_->{code} => $_->{id} } @nutrients;
	my @rows = rows('nutrient_ambiguous.csv');
	for my $r (@rows)
	{
		$r->{id} = $r->{nutrient} eq '' ? 0 : $id{ $r->{nutrient} } || die "nutrient_ambiguous.csv: no nutrient $r->{nutrient}\n";
		die "nutrient_ambiguous.csv: $r->{name} says no meaning, or not what to write\n"
		  if $r->{meaning} eq '' || $r->{write} eq '' || ($r->{exact} eq '') != !$r->{id};
		for my $name ($r->{write} =~ /"([^"]+)"/g)
		{
			die "nutrient_ambiguous.csv: $r->{name}: no nutrient is called $name\n" if ($names->{ fold_name($name) } // -1) < 1;
		}
	}
	return @rows;
}

sub c_nutrient
{
	my @rows = nutrients();
	my %names;
	print "static const VitkNutrient nutrients[] = {\n";
	for my $r (@rows)
	{
		print "\t{", join(', ', map({ c_number($r->{$_}) } qw(id place position)),
			map({ c_string($r->{$_}) } qw(code name group unit synonyms)),
			map({ c_number($r->{$_}) } qw(molar_mass units_per_iu)),
			map({ c_string($r->{$_}) } qw(infoods usda fdc formula chebi cas)),
			map({ c_number($r->{$_}) } qw(parent_id variant_of_id)),
			map({ c_string($r->{$_}) } qw(sum_of note source))), "},\n";
	}
	print "};\n\n";
	my %refused = map { fold_name($_->{name}) => 1 } rows('nutrient_ambiguous.csv');
	for my $r (@rows)
	{
		for my $name (nutrient_names($r))
		{
			my $fold = fold_name($name);
			next if $refused{$fold};
			die "\"$name\" names two nutrients: " . $rows[$names{$fold} - 1]{code} . " and $r->{code}\n"
			  if exists $names{$fold} && $names{$fold} != $r->{id};
			$names{$fold} = $r->{id};
		}
	}
	my @ambiguous = ambiguous_names(\%names, @rows);
	print "static const VitkAmbiguousName ambiguous_names[] = {\n";
	for my $i (0 .. $#ambiguous)
	{
		my $r = $ambiguous[$i];
		print "\t{", join(', ', map({ c_string($r->{$_}) } qw(meaning write exact)), $r->{id}), "},\n";
		$names{ fold_name($r->{name}) } = -1 - $i;
	}
	print "};\n\n/* folded names in strcmp order; below zero: -1 - the index of an ambiguous one */\n";
	print "static const struct\n{\n\tconst char *name;\n\tint\t\t\tid;\n}\t\t\tnutrient_names[] = {\n";
	print "\t{", c_string($_), ", $names{$_}},\n" for sort keys %names;
	print "};\n#define NUTRIENT_NAME_COUNT " . keys(%names) . "\n";
}

# For the sizes of arrays
sub c_nutrient_count
{
	my @rows = rows('nutrient.csv');
	die "nutrient.csv: an id takes two bytes in a profile\n" if @rows > 65535;
	print "#define VITK_NUTRIENT_COUNT " . @rows . "\n";
}

# Factors are exact: numerator / denominator * 10^power of the base unit of the kind.
sub c_unit
{
	my @rows = rows('unit.csv');
	my %names;
	my $id = 0;
	print "static const VitkUnitRow units[] = {\n\t{\"\", VITK_KIND_NONE, 1, 1, 0},\n";
	for my $r (@rows)
	{
		die "unit ids must be 1, 2, 3, ...: $r->{id}\n" if $r->{id} != ++$id;
		die "unit.csv: $r->{code}: no dimension $r->{kind}\n" if $r->{kind} !~ /^(mass|mole|IU|energy|time|volume)$/;
		print "\t{", join(', ', c_string($r->{code}), "VITK_KIND_" . uc $r->{kind},
			map({ c_number($r->{$_}) } qw(numerator denominator power))), "},\n";
		for my $name ($r->{code}, split(/\|/, $r->{aliases}))
		{
			die "\"$name\" names two units\n" if exists $names{$name};
			$names{$name} = $id;
		}
	}
	die "a unit id is one byte\n" if $id > 255;
	print "};\n#define UNIT_COUNT $id\n\n/* codes and aliases */\n";
	print "static const struct\n{\n\tconst char *name;\n\tuint8_t\t\tid;\n}\t\t\tunit_names[] = {\n";
	print "\t{", c_string($_), ", $names{$_}},\n" for sort keys %names;
	print "};\n#define UNIT_NAME_COUNT " . keys(%names) . "\n";
}

# The factors of one method, species and antagonist state, in the order of their
# nutrients.  An empty species or antagonist of a row stands for every one.
sub conversion_set
{
	my ($rows, $nutrient, $method, $species, $antagonist) = @_;
	my $what = "conversion_factor.csv: $method, $species, antagonist $antagonist";
	my %set;
	for my $r (@$rows)
	{
		next if $r->{method} ne $method || $r->{species} !~ /^($species)?$/
		  || $r->{antagonist} !~ /^($antagonist)?$/;
		for my $code (split /\|/, $r->{nutrients})
		{
			my $n = $nutrient->{$code} or die "$what: no nutrient $code\n";
			die "$what: two factors of $code\n" if $set{ $n->{id} };
			die "$what: $code is not in ug\n" if $n->{unit} ne 'ug';
			die "$what: no basis $r->{basis}\n" if $r->{basis} !~ /^(mass|molar)$/;
			die "$what: bounds of $code\n" if $r->{lower} > $r->{upper};
			$set{ $n->{id} } = '{' . join(', ', c_number($r->{lower}),
				c_number($r->{upper}), $n->{id}, 'VITK_' . uc $r->{basis}) . '}';
		}
	}
	die "$what: no MK-4\n" unless $set{ $nutrient->{'MK-4'}{id} };
	return %set;
}

# From the least to the greatest factor, of a set without and one with an antagonist
sub conversion_hull
{
	my ($without, $with) = @_;
	my %hull;
	for my $id (unique(keys %$without, keys %$with))
	{
		my @of = map { defined $_ ? /^\{(.+), (.+), \d+, (\w+)\}$/ : (0, 0, undef) } $without->{$id}, $with->{$id};
		die "factors of nutrient $id by mass and by moles\n" if ($of[2] // $of[5]) ne ($of[5] // $of[2]);
		$hull{$id} = '{' . join(', ', $of[0] < $of[3] ? $of[0] : $of[3], $of[1] > $of[4] ? $of[1] : $of[4], $id, $of[2] // $of[5]) . '}';
	}
	return \%hull;
}

sub unique
{
	my %seen;
	return grep { !$seen{$_}++ } @_;
}

sub c_name_list
{
	my ($name, @list) = @_;
	return "static const char *const $name\[] = {" . join(', ', map { c_string($_) } @list)
	  . "};\n#define " . uc($name) . "_COUNT " . @list . "\n";
}

# Equal sets of factors are kept once.
sub c_conversion_factor
{
	my @nutrients = rows('nutrient.csv');
	my %nutrient = map { $_->{code} => $_ } @nutrients;
	my @rows = rows('conversion_factor.csv');
	my (%seen, %first, @factors, $sets);
	my @methods = grep { !$seen{$_}++ } map { $_->{method} } @rows;
	my @species = grep { $_ ne '' && !$seen{$_}++ } map { $_->{species} } @rows;

	for my $method (@methods)
	{
		$sets .= "\t{\t\t\t\t\t\t\t/* $method */\n";
		for my $species (@species)
		{
			my @states;
			my @both = map { { conversion_set(\@rows, \%nutrient, $method, $species, $_) } } qw(false true);
			for my $of (@both, conversion_hull(@both))
			{
				my @set = map { $of->{$_} } sort { $a <=> $b } keys %$of;
				if (!exists $first{"@set"})
				{
					$first{"@set"} = @factors;
					push @factors, @set;
				}
				push @states, "{" . @set . qq(, conversion_factors + $first{"@set"}});
			}
			$sets .= "\t\t{" . join(', ', @states) . "},\t/* $species */\n";
		}
		$sets .= "\t},\n";
	}
	print "static const VitkMk4Factor conversion_factors[] = {\n", map({ "\t$_,\n" } @factors), "};\n\n";
	print c_name_list('conversion_methods', @methods), c_name_list('conversion_species', @species);
	print "\n/* of each method and species, without and with an antagonist, and from the least to the greatest of both */\n";
	print "static const VitkMk4Factors conversion_sets[][CONVERSION_SPECIES_COUNT][3] = {\n$sets};\n\n";
	print "#define NUTRIENT_$_->[0] $nutrient{$_->[1]}{id}\n" for (['K1', 'K1'], ['MK4', 'MK-4'], ['K2', 'K2'], ['K', 'vitamin K']);
	print "\n/* the nutrients that a total may hold, 0 ends the list */\n";
	print "static const uint16_t parts_of_k2[] = {",
	  join(', ', map({ $_->{id} } grep { $_->{code} =~ /^MK-\d+$/ } @nutrients), 0), "};\n";
	print "/* beside K2 and its parts */\nstatic const uint16_t parts_of_k[] = {",
	  join(', ', map({ $_->{id} } grep { $_->{group} eq 'vitamin K' && $_->{code} !~ /^(vitamin K|K2|MK-\d+)$/ } @nutrients), 0), "};\n";
}

# The ways to count a profile towards a limit: bases, their ways, the terms of each
sub c_limit_basis
{
	my %id = map { $_->{code} => $_->{id} } rows('nutrient.csv');
	my (@bases, @ways, @terms);
	for my $r (rows('limit_basis.csv'))
	{
		push @bases, { name => $r->{basis}, ways => 0, first => scalar @ways }
		  if !@bases || $bases[-1]{name} ne $r->{basis};
		if ($r->{way} != $bases[-1]{ways})
		{
			die "ways of $r->{basis} must be 1, 2, 3, ...\n" if $r->{way} != ++$bases[-1]{ways};
			push @ways, { bound => $r->{bound}, note => $r->{note}, terms => 0, first => scalar @terms };
		}
		die "limit_basis.csv: $r->{basis}: bad bound \"$r->{bound}\"\n" if $r->{bound} !~ /^(exact|at_least|at_most|set_on|supplement|never)$/;
		die "limit_basis.csv: $r->{basis}: bad factor \"$r->{factor}\"\n" if $r->{factor} !~ m{^\d+(\.\d+)?(/\d+\.\d+)?( kcal/g)?$};
		for my $code (split /\|/, $r->{nutrients})
		{
			$ways[-1]{terms}++;
			push @terms, "{" . ($id{$code} // die "limit_basis.csv: $r->{basis}: no nutrient $code\n") . ', '
			  . $r->{factor} =~ s/ kcal\/g$//r . ", $r->{required}, " . ($r->{factor} =~ /kcal/ ? 'true' : 'false') . '}';
		}
	}
	print "static const VitkBasisTerm basis_terms[] = {\n", map({ "\t$_,\n" } @terms), "};\n\n";
	print "static const VitkBasisWay basis_ways[] = {\n",
	  map({ "\t{VITK_" . uc($_->{bound}) . ", $_->{terms}, &basis_terms[$_->{first}], "
		  . ($_->{note} eq '' ? 'NULL' : c_string($_->{note})) . "},\n" } @ways), "};\n\n";
	print "static const VitkLimitBasis bases[] = {\n",
	  map({ "\t{" . c_string($_->{name}) . ", $_->{ways}, &basis_ways[$_->{first}]},\n" } @bases), "};\n";
	my ($most) = sort { $b <=> $a } map { $_->{ways} } @bases;
	print "#define BASIS_COUNT " . @bases . "\n#define BASIS_MAX_WAYS $most\n#define NUTRIENT_ENERGY $id{energy}\n";
}

# A folded name as fold_method() in src/core/calcification.c makes it: ASCII here
sub c_calcification_method
{
	my @rows = rows('calcification_method.csv');
	my %names;
	my $id = 0;
	print "static const VitkMethod methods[] = {\n";
	for my $r (@rows)
	{
		die "method ids must be 1, 2, 3, ...: $r->{id}\n" if $r->{id} != ++$id;
		print "\t{", join(', ', c_string($r->{code}), c_string($r->{unit}), c_number($r->{minimum}),
			c_number($r->{maximum}), c_boolean($r->{additive}),
			c_number($r->{log_shift})), "},\n";
		for my $name (map { lc } $r->{code}, $r->{unit}, split(/\|/, $r->{aliases}))
		{
			die "\"$name\" names two methods\n" if exists $names{$name} && $names{$name} != $id;
			$names{$name} = $id;
		}
	}
	print "};\n#define METHOD_COUNT $id\n\n";
	print "static const struct\n{\n\tconst char *name;\n\tuint8_t\t\tid;\n}\t\t\tmethod_names[] = {\n";
	print "\t{", c_string($_), ", $names{$_}},\n" for sort keys %names;
	print "};\n#define METHOD_NAME_COUNT " . keys(%names) . "\n";
}

# The id of a method by its code, for the tables that name it
sub method_id
{
	my $code = shift;
	my ($row) = grep { $_->{code} eq $code } rows('calcification_method.csv');
	return $row ? $row->{id} : die "no method \"$code\"\n";
}

sub c_calcification_category
{
	my ($scheme, $upper, $count) = ('', 0, 0);
	print "static const VitkCategory categories[] = {\n";
	for my $r (rows('calcification_category.csv'))
	{
		($scheme, $upper, $count) = ($r->{scheme}, -1, 0) if $r->{scheme} ne $scheme;
		die "calcification_category.csv: order of $scheme\n"
		  if $r->{position} != ++$count || $upper eq '' || $r->{upper} ne '' && $r->{upper} <= $upper;
		$upper = $r->{upper};
		print "\t{", join(', ', c_string($scheme), c_string($r->{category}),
			$upper eq '' ? 'INFINITY' : c_number($upper), c_boolean($r->{inclusive}),
			method_id($r->{method}), $count), "},\n";
	}
	print "};\n#define CATEGORY_COUNT ((int) (sizeof(categories) / sizeof(categories[0])))\n\n";
	print c_name_list('category_schemes', unique(map { $_->{scheme} } rows('calcification_category.csv')));
}

sub c_progression_criterion
{
	my @rows = rows('progression_criterion.csv');
	print "static const VitkCriterion criteria[] = {\n";
	for my $r (@rows)
	{
		die "$r->{criterion}: no scale $r->{scale}\n" if $r->{scale} !~ /^(absolute|sqrt|percent_per_year)$/;
		die "$r->{criterion}: no baseline $r->{baseline}\n" if $r->{baseline} !~ /^(any|zero|positive)$/;
		print "\t{", join(', ', c_string($r->{criterion}), method_id($r->{method}),
			'VITK_BASELINE_' . uc $r->{baseline}, 'VITK_CRITERION_' . uc $r->{scale}, c_boolean($r->{inclusive}),
			map { c_number($r->{$_}) } qw(linear root bmi constant)), "},\n";
	}
	print "};\n#define CRITERION_COUNT ((int) (sizeof(criteria) / sizeof(criteria[0])))\n\n";
	print c_name_list('criterion_names', unique(map { $_->{criterion} } @rows));
}

# The kinds of reference values, and how a message lists those of a role
sub c_reference_value_kind
{
	my @rows = rows('reference_value_kind.csv');
	print "static const struct\n{\n\tconst char *name;\n\tVitkLimitKind kind;\n}\t\t\tlimit_kinds[] = {\n";
	for my $r (@rows)
	{
		die "$r->{kind}: no role $r->{role}\n" if $r->{role} !~ /^(average|enough|upper|safe|range|label|context)$/;
		print "\t{", c_string($r->{kind}), ", VITK_LIMIT_\U$r->{role}\E},\n";
	}
	print "};\n#define LIMIT_KIND_COUNT " . @rows . "\n";
}

# Forms in which tables print; dialect 0 is what all have in common
sub c_printed_value
{
	my @rows = rows('printed_value.csv');
	my @dialects = unique('', map { $_->{dialect} } @rows);
	my %index = map { $dialects[$_] => $_ } 0 .. $#dialects;
	my %seen;
	print c_name_list('printed_dialects', @dialects);
	print "\nstatic const Form printed_forms[] = {\n";
	for my $r (@rows)
	{
		die "printed_value.csv: no meaning $r->{meaning}\n" if $r->{meaning} !~ /^(unknown|trace|ambiguous|suffix|thousands)$/;
		die "printed_value.csv: two meanings of \"$r->{form}\"\n" if $seen{"$r->{dialect} $r->{form}"}++;
		die "printed_value.csv: \"$r->{form}\" without source\n" if $r->{source} eq '';
		print "\t{$index{$r->{dialect}}, ", c_string($r->{form}), ", FORM_\U$r->{meaning}\E},\n";
	}
	print "};\n";
}

# Words for the food as eaten, behind "100 g"
sub c_printed_per
{
	print "static const char *const printed_per[] = {\n", map({ "\t" . c_string($_->{words}) . ",\n" } rows('printed_per.csv')), "};\n";
}

# What words of a name cost that were not typed
sub c_find_food_word
{
	my %seen;
	print "static const struct\n{\n\tconst char *word;\n\tconst char *group;\n\tdouble\t\tcost;\n}\t\t\tfood_words[] = {\n";
	for my $r (rows('find_food_word.csv'))
	{
		die "find_food_word.csv: $r->{word} stands twice\n" if $seen{"$r->{word} $r->{food_group}"}++;
		print "\t{", c_string($r->{word}), ', ', c_string($r->{food_group}), ', ', c_number($r->{cost}), "},\n";
	}
	print "};\n#define FOOD_WORD_COUNT ((int) (sizeof(food_words) / sizeof(food_words[0])))\n";
}

# The most of a nutrient that any table publishes, in the order of the nutrients
sub c_plausible_maximum
{
	my %nutrient = map { $_->{code} => $_ } rows('nutrient.csv');
	my %of;
	for my $r (rows('plausible_maximum.csv'))
	{
		my $n = $nutrient{ $r->{nutrient} } or die "plausible_maximum.csv: no nutrient $r->{nutrient}\n";
		die "plausible_maximum.csv: $r->{nutrient} is in $n->{unit}\n" if $r->{unit} ne $n->{unit};
		die "plausible_maximum.csv: $r->{nutrient} stands twice\n" if $of{ $n->{id} };
		$of{ $n->{id} } = "\t{$n->{id}, " . c_number($r->{published}) . ', ' . c_number($r->{possible}) . ', '
		  . c_string("$r->{food} ($r->{source})") . "},\n";
	}
	print "static const PlausibleMaximum plausible_maxima[] = {\n", map({ $of{$_} } sort { $a <=> $b } keys %of), "};\n";
}

# What has parts, its nutrient (0: the food itself) and theirs
sub c_part_of_whole
{
	my %nutrient = map { $_->{code} => $_ } rows('nutrient.csv');
	my %in_grams = (g => 1, mg => 1e-3, ug => 1e-6);
	my (@parts, @wholes);
	for my $r (rows('part_of_whole.csv'))
	{
		my @codes = split /\|/, $r->{parts};
		my $unit = $r->{whole} ne '' ? ($nutrient{ $r->{whole} } // die "part_of_whole.csv: no nutrient $r->{whole}\n")->{unit} : 'g';
		for my $code (@codes)
		{
			my $n = $nutrient{$code} or die "part_of_whole.csv: no nutrient $code\n";
			my $factor = $in_grams{ $n->{unit} } && $in_grams{$unit} ? $in_grams{ $n->{unit} } / $in_grams{$unit} : 0;
			# an amount of ug beside one of g is a slip of the pen
			die "part_of_whole.csv: $code is in $n->{unit}, not $unit\n" if $factor != 1 && $factor != 1e-3;
			push @parts, "{$n->{id}, $factor}";
		}
		push @wholes, sprintf("\t{%d, %s, %s, %d, &whole_parts[%d]},\n", $r->{whole} ne '' ? $nutrient{ $r->{whole} }{id} : 0,
			c_number($r->{percent}) / 100, c_number($r->{rounding}), scalar @codes, @parts - @codes);
	}
	print "static const VitkPart whole_parts[] = {", join(', ', @parts), "};\n\nstatic const VitkWhole wholes[] = {\n", @wholes, "};\n";
}

# The energy of what gives energy, a component after the other as core/energy_factor.c names them
sub c_energy_factor
{
	my %nutrient = map { $_->{code} => $_ } rows('nutrient.csv');
	my @components = qw(energy fat protein carbohydrate available fibre polyols sugars starch alcohol water ash rest tolerance);
	my %of = map { $_->{component} => $_ } rows('energy_factor.csv');
	my (@ids, @factors);
	for my $component (@components)
	{
		my $r = delete $of{$component} or die "energy_factor.csv: no row of $component\n";
		my @codes = split /\|/, $r->{nutrients};
		die "energy_factor.csv: $component has no nutrient\n" if !@codes && $component !~ /^(rest|tolerance)$/;
		die "energy_factor.csv: $component has no factor\n" if $component ne 'energy' && ($r->{lowest} eq '' || $r->{highest} eq '');
		my $unit = $component eq 'energy' ? 'kcal' : 'g';
		for (@codes)
		{
			my $n = $nutrient{$_} or die "energy_factor.csv: no nutrient $_\n";
			die "energy_factor.csv: $_ is in $n->{unit}, not $unit\n" if $n->{unit} ne $unit;
		}
		push @factors, sprintf("\t{%s, %s, %d, &energy_nutrients[%d]},\n", c_number($r->{lowest}), c_number($r->{highest}), scalar @codes, scalar @ids);
		push @ids, map { $nutrient{$_}{id} } @codes;
	}
	die 'energy_factor.csv: unknown component ', join(', ', sort keys %of), "\n" if %of;
	print "static const uint16_t energy_nutrients[] = {", join(', ', @ids, 0), "};\n\nstatic const EnergyFactor energy_factors[] = {\n", @factors, "};\n";
}

# The most that any of some thousand persons ate in a day, in the order of the nutrients; 0: food itself
sub c_intake_maximum
{
	my %nutrient = map { $_->{code} => $_ } rows('nutrient.csv');
	my %of;
	for my $r (rows('intake_maximum.csv'))
	{
		my $n = $r->{nutrient} eq '' ? { id => 0, unit => 'g' } : $nutrient{ $r->{nutrient} } // die "intake_maximum.csv: no nutrient $r->{nutrient}\n";
		die "intake_maximum.csv: $r->{nutrient} is in $n->{unit}\n" if $r->{unit} ne $n->{unit};
		my ($survey) = $r->{source} =~ /^([^:]+):/ or die "intake_maximum.csv: $r->{nutrient}: no survey before a colon in source\n";
		$of{ $n->{id} } = "\t{$n->{id}, " . c_number($r->{most}) . ', ' . c_number($r->{persons}) . ', ' . c_string($survey) . "},\n";
	}
	die "intake_maximum.csv: no row of food itself\n" if !$of{0};
	print "static const IntakeMaximum intake_maxima[] = {\n", map({ $of{$_} } sort { $a <=> $b } keys %of), "};\n";
}

my %c_tables = (
	calcification_category => \&c_calcification_category,
	calcification_method => \&c_calcification_method,
	conversion_factor => \&c_conversion_factor,
	energy_factor => \&c_energy_factor,
	find_food_word => \&c_find_food_word,
	intake_maximum => \&c_intake_maximum,
	limit_basis => \&c_limit_basis,
	nutrient => \&c_nutrient,
	part_of_whole => \&c_part_of_whole,
	plausible_maximum => \&c_plausible_maximum,
	printed_per => \&c_printed_per,
	printed_value => \&c_printed_value,
	nutrient_count => \&c_nutrient_count,
	progression_criterion => \&c_progression_criterion,
	reference_value_kind => \&c_reference_value_kind,
	unit => \&c_unit);

sub sql_literal
{
	my $s = shift;
	return 'NULL' if $s eq '';
	$s =~ s/'/''/g;
	return "'$s'";
}

sub sql_values
{
	my ($file, $columns, $extra) = @_;
	return map {
		my $r = $_;
		'(' . join(', ', (map { sql_literal($r->{$_}) } @$columns), @$extra) . ')'
	} rows($file, $columns);
}

# The values of SR28, one row a food in the CSV, unfolded by the server: 80,000 rows of VALUES are slow to parse.
sub sql_folded_values
{
	my $table = shift;
	my @columns;
	my @rows = rows('food_value_sr28.csv', \@columns);
	my @packed = map {
		my $r = $_;
		'(' . sql_literal($r->{code}) . ','
		  . sql_literal(join(';', map { $r->{$_} eq '' ? () : "$_|$r->{$_}" } grep { $_ ne 'code' } @columns)) . ')'
	} @rows;
	return "INSERT INTO $table (food_id, nutrient, kind, amount, n, se, minimum, maximum, derivation_code, source_id, note, builtin)\n"
	  . "SELECT 'sr28:' || code, p[1]::nutrient, p[2], p[3]::nutrient_amount, nullif(p[4], '')::integer, nullif(p[5], '')::float8,\n"
	  . "       nullif(p[6], '')::float8, nullif(p[7], '')::float8, nullif(p[8], ''), 'sr28',\n"
	  . "       CASE p[9] WHEN 'x' THEN 'some of the values were below the limit of detection' END, true\n"
	  . "FROM (VALUES\n" . join(",\n", @packed) . ") AS f (code, packed),\n"
	  . "     LATERAL pg_catalog.unnest(pg_catalog.string_to_array(packed, ';')) AS v (cell),\n"
	  . "     LATERAL pg_catalog.string_to_array(cell, '|') AS c (p);\n";
}

# INSERTs of some hundred rows each: one statement of many thousand is slow to parse
sub sql_rows
{
	my ($table, $file) = @_;
	my @columns;
	my @values = sql_values($file, \@columns, ['true']);
	my $out = '';
	while (my @part = splice @values, 0, 500)
	{
		$out .= "INSERT INTO $table (" . join(', ', @columns, 'builtin') . ") VALUES\n"
		  . join(",\n", @part) . ";\n";
	}
	return $file eq 'food_value.csv' ? $out . sql_folded_values($table) : $out;
}

sub version
{
	return slurp("$data/../../META.json") =~ /"version"\s*:\s*"([^"]+)"/ ? $1 : die "META.json has no version\n";
}

sub slurp
{
	my $file = shift;
	open my $fh, '<:raw', $file or die "cannot open $file: $!\n";
	local $/;
	return scalar <$fh>;
}

# Lines "@comments VIEW from TABLE: a, b@" become the comments that these columns of TABLE have.  A comment of a
# view's column that repeats that of a relation which the view reads is refused, or the two would come to differ.
sub copy_comments
{
	my ($sql) = @_;
	my %view = $sql =~ /^CREATE VIEW (\S+)(.*?;)$/msg;
	my (%comment, %same);
	$sql =~ s{^COMMENT\ ON\ COLUMN\ (\S+)\.(\S+)\ IS\s+('(?:[^']|'')*');\n|^\@comments\ (\S+)\ from\ (\S+):\ (.+)\@\n}{
		my ($relation, $column, $text, $view, $table, $columns) = ($1, $2, $3, $4, $5, $6);
		my $statement = $&;
		if (defined $view)
		{
			$statement = '';
			for my $c (split /, /, $columns)
			{
				$comment{$view}{$c} = $comment{$table}{$c} // die "\@comments $view: no comment on column $table.$c before it\n";
				push @{ $same{"$c $comment{$view}{$c}"} }, $view;
				$statement .= "COMMENT ON COLUMN $view.$c IS $comment{$view}{$c};\n";
			}
		}
		else
		{
			my ($repeated) = grep { ($view{$relation} // '') =~ /\b\Q$_\E\b/ } @{ $same{"$column $text"} };
			die "the comment on $relation.$column repeats that on $repeated.$column: write \@comments $relation from $repeated: $column\@\n"
			  if defined $repeated;
			$comment{$relation}{$column} = $text;
			push @{ $same{"$column $text"} }, $relation;
		}
		$statement}gemx;
	return $sql;
}

# A file of SQL, in which a line "@comparison TYPE: EQUAL; ORDER@" has become src/comparison.sql.
# "; dimensions" at its end is for a type whose values have dimensions: see src/dimension.c.
sub source
{
	my $sql = slurp(shift);
	$sql =~ s{^\@comparison (\w+): (.+?); (.+?)(; dimensions)?\@$}{
		my %of = (type => $1, equal => $2, order => $3, support => $4 ? ' SUPPORT vitk_internal.dimension_support' : '',
			sel => $4 ? 'vitk_internal.dimension_' : '');
		slurp("$data/../comparison.sql") =~ s/\A(?:--.*\n)+\n//r =~ s/\@(type|equal|order|support|sel)\@/$of{$1}/gr}gem;
	$sql =~ s{^\@(extremes|to_json|from_jsonb) (\w+)(?:: (.+))?\@$}{
		my ($name, %of) = ($1, type => $2, shape => $3 // '');
		slurp("$data/../$name.sql") =~ s/\A(?:--.*\n)+\n//r =~ s/\@(type|shape)\@/$of{$1}/gr}gem;
	return copy_comments($sql);
}

# The names of a list of src/data: its first column, of all rows or of those where a column is as told
sub names
{
	my ($file, $column, $values) = @_;
	my @columns;
	my @rows = rows($file, \@columns);
	die "$file has no column $column\n" if defined $column && !grep { $_ eq $column } @columns;
	@rows = grep { $_->{$column} =~ /^(?:$values)$/ } @rows if defined $column;
	die "$file: no row where $column is $values\n" if !@rows;
	return map { [ $_->{ $columns[0] }, $_->{meaning} ] } @rows;
}

sub or_list
{
	my $last = pop;
	return @_ ? join(', ', @_) . " or $last" : $last;
}

sub meanings
{
	return join '; ', map { $_->[0] . ($_->[1] eq '' ? '' : " ($_->[1])") } @_;
}

# Literals with backslashes, which say the same whatever standard_conforming_strings is: a script is parsed as a whole
# before it could set that, and bodies in plpgsql when they run
sub conforming
{
	my $sql = shift;
	$sql =~ s{(--[^\n]*|\b[Ee]'(?:[^'\\]|\\.|'')*')|'((?:[^']|'')*)'}{
		defined $1 ? $1 : index($2, '\\') < 0 ? "'$2'" : "E'" . $2 =~ s/\\/\\\\/gr . "'"}gesx;
	return $sql;
}

# The verdicts in their order, which C alone tells
sub verdicts
{
	my ($names) = slurp("$data/../core/intake_vs_limit.c") =~ /^vitk_verdict_name\b.*?\{\s*NULL,(.*?)\}/ms
	  or die "src/core/intake_vs_limit.c has no names of verdicts\n";
	return $names =~ /"([^"]+)"/g;
}

sub expand
{
	my $sql = shift;
	my $list = qr/(\w+\.csv)(?: (\w+)=([\w|]+))?/;
	$sql =~ s/\@list $list\@/join ', ', map { sql_literal($_->[0]) } names($1, $2, $3)/ge;
	$sql =~ s/\@names $list\@/or_list(map { $_->[0] } names($1, $2, $3)) =~ s{'}{''}gr/ge;
	$sql =~ s/\@meanings $list\@/meanings(names($1, $2, $3)) =~ s{'}{''}gr/ge;
	$sql =~ s/^\@rows (\S+) (\S+)\@$/sql_rows($1, $2)/gem;
	$sql =~ s/\@values (\S+)\@/my @columns; "VALUES\n" . join(",\n", sql_values($1, \@columns, []))/ge;
	$sql =~ s/\@verdicts\@/or_list(verdicts())/ge;
	$sql =~ s/\@version\@/version()/ge;
	return $sql;
}

sub script
{
	print "\\echo Use \"CREATE EXTENSION vitk\" to load this file. \\quit\n";
	print "\n", conforming(expand(source($_))) for @_;
}

sub statements
{
	my @statements;
	my $quote = '';		# the dollar quote that is open: lines within it begin no statement
	for my $line (split /^/m, shift)
	{
		push @statements, '' if $quote eq '' && (!@statements || $line =~ /^(?:CREATE|COMMENT|GRANT|REVOKE|ALTER|DROP|INSERT|SELECT|DO|\@rows) /);
		$statements[-1] .= $line;
		for my $tag ($line =~ /^--/ ? () : $line =~ /(\$(?:[A-Za-z_]\w*)?\$)/g)
		{
			$quote = $quote eq '' ? $tag : $quote eq $tag ? '' : $quote;
		}
	}
	s/(?:^(?:--.*)?\n)+\z//m for @statements;		# what belongs to the next one
	return @statements;
}

# What a statement creates that could be replaced, such as "FUNCTION f(a integer)", without defaults
sub replaceable
{
	my ($object) = shift =~ /^CREATE (VIEW \S+|(?:FUNCTION|PROCEDURE|AGGREGATE) [\w.]+(\((?:[^()]|(?2))*\)))/ or return;
	return $object =~ s/\s+DEFAULT [^,)]+//gr =~ s/\s+/ /gr;
}

# The statements of an update, from version FROM to this one: those of all steps between, then what FROM has is
# replaced and what it lacks is created.  Not CREATE OR REPLACE for all: who owns the database but is no superuser
# could have made an object of that name a member of the extension and would own it afterwards.
sub update
{
	my ($from, @files) = @_;
	my $to = version();
	print "\\echo Use \"ALTER EXTENSION vitk UPDATE TO '$to'\" to load this file. \\quit\n\n",
	  slurp("$data/../update/members.sql"), "\n";

	my %had = map { $_ => 1 } map { replaceable($_) } statements(frozen($from));
	my @statements = map { statements(source($_)) } @files;
	for (@statements)
	{
		my $object = replaceable($_) // next;
		s/^CREATE /CREATE OR REPLACE / if $had{$object};
	}
	for (my $version = $from; $version ne $to;)
	{
		my ($step, @others) = glob "$data/../update/$version--*.sql";
		die "src/update has no step, or more than one, from version $version\n" if !$step || @others;
		my $ddl = slurp($step);
		$ddl =~ s{^\@definition (\S+)\@$}{
			join('', grep { /^CREATE [A-Z ]+ \Q$1\E\b/ } @statements) || die "$step: no definition of $1\n"}gem;
		$_ = '' for grep { my $s = $_; $s =~ /^CREATE / && index($ddl, $s) >= 0 } @statements;
		print conforming(expand($ddl));
		($version) = $step =~ /--(.+)\.sql$/;
	}

	print "\n", map { conforming(expand($_)) } grep { replaceable(s/^CREATE OR REPLACE /CREATE /r) || /^COMMENT / } @statements;
	my @tables;
	for my $rows (map { slurp($_) =~ /^\@rows (\S+ \S+)\@$/mg } @files)
	{
		my ($table, $csv) = $rows =~ /^vitk\.(\w+) (\S+)$/ or die "shipped rows outside of schema vitk: $rows\n";
		push @tables, $table;
		print "\nCREATE UNLOGGED TABLE vitk_internal.shipped_$table (LIKE vitk.$table INCLUDING DEFAULTS INCLUDING GENERATED);\n",
		  sql_rows("vitk_internal.shipped_$table", $csv);
	}
	my $refresh = slurp("$data/../update/refresh.sql");
	$refresh =~ s/\@tables\@/join ', ', @tables/e;
	print "\n", $refresh;
}

# The install script of a version as it was shipped
sub frozen
{
	my $file = "$data/../update/" . shift() . '.sql.gz';
	gunzip($file => \my $sql) or die "cannot read $file, the install script of that version: $GunzipError\n";
	return $sql;
}

my $command = shift // '';
if ($command eq 'c' && @ARGV == 1 && $c_tables{ $ARGV[0] })
{
	print "/* Generated by src/data/generate.pl from src/data/$ARGV[0].csv: edit that. */\n";
	check_facts($data, $ARGV[0]);
	$c_tables{ $ARGV[0] }->();
}
elsif ($command eq 'script' && @ARGV)
{
	check_all($data);
	script(@ARGV);
}
elsif ($command eq 'update' && @ARGV > 1)
{
	update(@ARGV);
}
else
{
	die "usage: generate.pl c TABLE | generate.pl script FILE... | generate.pl update FROM FILE...\n";
}
