#!/usr/bin/perl
#
# test/fuzz/seeds.pl FOLDER - write the seed corpus, a folder for each target.
#
# seeds/TARGET.txt has a seed a line, \x.. is a byte.  The seeds of the binary
# targets are made here, from numbers.
use strict;
use warnings;
use File::Path qw(make_path);

my ($folder) = @ARGV or die "usage: test/fuzz/seeds.pl FOLDER\n";
my %seeds;

for my $file (glob 'test/fuzz/seeds/*.txt')
{
	my ($target) = $file =~ m{([^/]+)\.txt$};
	open my $lines, '<:raw', $file or die "$file: $!\n";
	while (my $line = <$lines>)
	{
		chomp $line;
		$line =~ s/\\x([0-9a-f]{2})/chr hex $1/ge;
		push @{ $seeds{$target} }, $line;
	}
}

# lower, upper; rows of the unit table: what, per mass, volume, energy, time; 0, multiple
$seeds{binary_nutrient_amount} = [ map { pack 'd2 C6 S', @$_ } (
	[ 7, 7, 4, 0, 0, 0, 0, 0, 0 ], [ 0, 0.5, 5, 0, 0, 0, 38, 0, 0 ], [ 35, 65, 4, 8, 0, 0, 0, 0, 100 ],
	[ -5, -1, 22, 0, 0, 0, 38, 0, 0 ], [ -0.0, -0.0, 4, 0, 0, 0, 0, 0, 0 ], [ 2, 1, 4, 0, 0, 0, 0, 0, 0 ],
	[ 9**9**9, 9**9**9, 4, 0, 0, 0, 0, 0, 0 ], [ 1, 1, 4, 0, 0, 0, 0, 1, 0 ], [ 1, 1, 4, 0, 0, 0, 0, 0, 5 ],
	[ 1, 1, 200, 0, 0, 0, 0, 0, 0 ], [ 1, 1, 38, 0, 0, 0, 0, 0, 0 ], [ 1, 1, 4, 8, 49, 28, 38, 0, 0 ],
	[ 1, 1, 4, 8, 0, 0, 38, 0, 65535 ], [ 5e-324, 1.7976931348623157e308, 9, 0, 0, 0, 0, 0, 0 ]) ];

# version, form, number of nutrients, grams, ids, numbers
sub profile
{
	my ($form, $grams, $ids, @v) = @_;
	my $list = pack 'S*', @$ids;
	return pack('C2 S d d*', 2, $form, scalar @$ids, $grams, @v) . $list . "\0" x (-length($list) % 8);
}
my @profiles = (
	profile(0, 0, []), profile(0, 100, []), profile(0, 100, [ 1, 3 ], 7, 15),
	profile(0, 0, [3], 15), profile(1, 100, [1], 7, 8, 100), profile(1, 100, [1], 7, 7, 100),
	profile(1, 250, [ 1, 3 ], 7, 0, 7, 0.5, 100, 250), profile(2, 300, [1], 21, 3),
	profile(3, 300, [1], 21, 22, 300, 3), profile(3, 300, [1], 21, 21, 300, 3),
	profile(0, 100, [0], 7), profile(0, 100, [65535], 7), profile(0, 100, [ 3, 1 ], 7, 15), profile(0, 100, [ 1, 1 ], 7, 7),
	profile(0, -1, [1], 7), profile(1, 100, [1], 8, 7, 100), profile(1, 100, [1], 7, 8, 101),
	profile(2, 300, [1], 21, 1.5), profile(0, 1e308, [1], 1e308), profile(4, 0, []),
	profile(0, 100, [ 2 .. 6 ], 1 .. 5), profile(0, 100, [ 1 .. 4 ], 1 .. 4), profile(0, 50, [ 1 .. 4 ], 2 .. 5));
# the first byte: length of the first of two, in words less its first four bytes
$seeds{binary_nutrient_profile} = [ map { chr((length($_) - 4) / 8) . $_ } @profiles ];
for my $i (0 .. $#profiles)
{
	push @{ $seeds{binary_nutrient_profile} },
	  map { chr((length($profiles[$i]) - 4) / 8) . $profiles[$i] . $_ } @profiles[ $i, ($i * 7 + 3) % @profiles ];
}

# lower, upper, nutrient, basis (0 molar, 1 mass) of each factor
$seeds{binary_conversion} = [ map { pack '(d2 l2)*', @$_ } (
	[ 1, 1, 3, 0 ], [ 0, 0.25, 1, 0, 1, 1, 3, 0 ], [ 1, 1, 3, 1, 0.6852, 0.6852, 6, 1 ], [ 0, 0.25, 1, 0 ],
	[ 1, 1, 3, 0, 0, 0.25, 1, 0 ], [ 0, 1, 1, 0, 1, 1, 3, 0, 0, 1, 16, 1 ], [ 1, 1, 3, 0, 0, 1, 16, 0 ],
	[ 1, 1, 3, 1 ], [ 0.5, 0.25, 1, 0, 1, 1, 3, 0 ], [ 1, 1, 1, 7, 1, 1, 3, 0 ], [ 1, 1, 3, 0, 1, 1, 19, 0 ],
	[ -0.0, -0.0, 1, 0, 1, 1, 3, 0 ], [ 9**9**9, 9**9**9, 1, 0, 1, 1, 3, 0 ], []) ];

for my $target (sort keys %seeds)
{
	my $n = 0;
	make_path("$folder/$target");
	for my $seed (@{ $seeds{$target} })
	{
		my $file = sprintf '%s/%s/seed%03d', $folder, $target, $n++;
		open my $out, '>:raw', $file or die "$file: $!\n";
		print $out $seed;
		close $out or die "$file: $!\n";
	}
}
