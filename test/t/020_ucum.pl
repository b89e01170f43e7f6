# UCUM's functional tests: every case within the dimensions of nutrient_amount reads and
# converts, every other is refused.  Which is which is decided here, from UCUM's own
# definitions (https://ucum.org/ucum), not by asking our parser.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $file = ($ENV{VITK_SHARED} // '../shared') . '/data/ucum/UcumFunctionalTests.xml';
plan skip_all => "NOT RUN: there is no $file" unless -r $file;

# What UCUM defines: any prefix on a metric unit, none on another.
my $prefix = qr/(?:Y|Z|E|P|T|G|M|k|h|da|d|c|m|u|n|p|f|a|z|y)?/;
my %kind = (
	mass => qr/${prefix}(?:g|t|u)|\[(?:gr|lb_av|oz_av|dr_av|stone_av)\]/,
	moles => qr/${prefix}mol/,
	IU => qr/${prefix}\[[iI]U\]/,
	energy => qr/${prefix}(?:J|cal|cal_th|eV|erg)|\[Cal\]/,
	time => qr/${prefix}s|min|h|d|wk|mo|a/,
	volume => qr/${prefix}(?:l|L)|${prefix}m3|\[(?:gal|qt|pt|cup|tbs|tsp|foz)_(?:us|br)\]|\[drp\]/);
my $quantity = qr/(?:$kind{mass}|$kind{moles}|$kind{IU}|$kind{energy})/;
# Of the same dimension as mol, mol/s or J/kg, yet quantities of another kind, with names
# of their own: equivalents, osmoles, catalytic activity, radiation dose.  They contain
# none of the symbols above, so the rule leaves them out: eq osm kat U Gy Sv RAD REM.

# Sizes by UCUM's definitions: in g, mol, IU, J, s and L
my %prefix_size = (Y => 1e24, Z => 1e21, E => 1e18, P => 1e15, T => 1e12, G => 1e9, M => 1e6, k => 1e3, h => 1e2, da => 10,
	d => 1e-1, c => 1e-2, m => 1e-3, u => 1e-6, n => 1e-9, p => 1e-12, f => 1e-15, a => 1e-18, z => 1e-21, y => 1e-24);
my %size = (g => 1, t => 1e6, '[lb_av]' => 7000 * 0.06479891, '[oz_av]' => 7000 * 0.06479891 / 16, mol => 1, '[iU]' => 1,
	'[IU]' => 1, J => 1, cal => 4.184, eV => 1.602176634e-19, s => 1, min => 60, h => 3600, d => 86400, wk => 604800,
	mo => 86400 * 365.25 / 12, a => 86400 * 365.25, l => 1, L => 1, m3 => 1000);

sub size_of
{
	my $symbol = shift;
	return $symbol if $symbol =~ /^[0-9]+$/;
	return $size{$symbol} if $size{$symbol};
	my ($p, $unit) = $symbol =~ /^($prefix)(.+)$/;
	return $prefix_size{$p}**($unit eq 'm3' ? 3 : 1) * $size{$unit};
}

# Is this valid unit one mass, amount of substance, IU or energy, over at most one each of
# mass, volume, energy and time and over integers?  "a/b.c" is (a/b).c and so is not.
sub is_ours
{
	my $unit = shift;
	$unit =~ s/\{[^}]*\}//g;
	$unit =~ s/^$quantity(?=\/|\z)// or return 0;
	my @divisors =
	    $unit =~ m{^/\(([^()/]+)\)$} ? split(/\./, $1)
	  : $unit =~ m{^(?:/[^()/.]+)*$} ? grep({ $_ ne '' } split(/\//, $unit))
	  : return 0;
	my %seen;
	for my $divisor (@divisors)
	{
		next if $divisor =~ /^[0-9]+$/;
		my ($kind) = grep { $divisor =~ /^$kind{$_}$/ } qw(mass volume energy time);
		return 0 if !$kind || $seen{$kind}++;
	}
	return 1;
}

# The cases of one section, as hashes of their attributes
sub cases
{
	my ($xml, $section) = @_;
	my ($body) = $xml =~ m{<$section>(.*?)</$section>}s or die "no section $section\n";
	return map { my $case = $_; +{ $case =~ /(\w+)="([^"]*)"/g } } $body =~ /<case\b([^>]*)>/g;
}

open my $fh, '<:raw', $file or die "$file: $!";
my $xml = do { local $/; <$fh> };
close $fh;
$xml =~ s/<!--.*?-->//gs;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init(extra => [ '--encoding=UTF8', '--locale=C' ]);
$node->start;
$node->safe_psql('postgres', q{
	CREATE EXTENSION vitk;
	CREATE FUNCTION outcome(command text) RETURNS text LANGUAGE plpgsql AS $$
	DECLARE result text;
	BEGIN
		EXECUTE command INTO result;
		RETURN result;
	EXCEPTION WHEN OTHERS THEN
		RETURN SQLSTATE || ' ' || SQLERRM;
	END $$});

sub quote
{
	my $s = shift;
	$s =~ s/'/''/g;
	return "'$s'";
}

# What SQL commands give: a value, or SQLSTATE and message
sub outcomes
{
	my @sql = map { "SELECT outcome(" . quote($_) . ");" } @_;
	my @rows = split /\n/, $node->safe_psql('postgres', join("\n", @sql)), -1;
	die 'outcomes: ' . @rows . ' of ' . @sql unless @rows == @sql;
	return @rows;
}

sub refused
{
	my ($outcome, @units) = @_;
	return scalar grep { $outcome =~ /^22023 .*\Qunit "$_" is not supported\E$/ } @units;
}

# Validation: a unit of ours must read back from its canonical form as the same unit.
my @validation = cases($xml, 'validation');
my @ours = grep { $_->{valid} eq 'true' && is_ours($_->{unit}) } @validation;
my @others = grep { !($_->{valid} eq 'true' && is_ours($_->{unit})) } @validation;
my @got = outcomes(map {
	my $u = quote($_->{unit});
	"SELECT unit(nutrient_amount(1, unit(a))) = unit(a) AND a = ('1 ' || unit(a))::nutrient_amount FROM nutrient_amount(1, $u) a"
} @ours);
is_deeply([ map { "$ours[$_]{unit}: $got[$_]" } grep { $got[$_] ne 'true' } 0 .. $#ours ], [],
	'every valid unit within our dimensions is read');
@got = outcomes(map { 'SELECT unit(nutrient_amount(1, ' . quote($_->{unit}) . '))' } @others);
is_deeply([ map { "$others[$_]{unit}: $got[$_]" } grep { !refused($got[$_], $others[$_]{unit}) } 0 .. $#others ], [],
	'every other unit is refused as not supported');
@got = outcomes(map { 'SELECT ' . quote("1 $_->{unit}") . '::nutrient_amount' } @others);
is_deeply([ map { "$others[$_]{unit}: $got[$_]" } grep { !refused($got[$_], $others[$_]{unit}) } 0 .. $#others ], [],
	'and in a literal');
note('within our dimensions: ', join(' ', map { $_->{unit} } @ours));
is(@ours . ' of ' . @validation, '185 of 529', 'validation cases within our dimensions');


# Each has the size that UCUM's definitions give, in base units of its dimension.
my (@ratio, @size_due);
for my $case (@ours)
{
	my $unit = $case->{unit} =~ s/\{[^}]*\}//gr;
	my ($num, @divisors) = split /[\/.]/, $unit =~ tr/()//dr;
	my ($kind) = grep { $num =~ /^$kind{$_}$/ } qw(mass moles IU energy);
	my $base = { mass => 'g', moles => 'mol', IU => '[IU]', energy => 'J' }->{$kind};
	my $due = size_of($num);
	for my $divisor (@divisors)
	{
		$due /= size_of($divisor);
		($kind) = grep { $divisor =~ /^$kind{$_}$/ } qw(mass volume energy time);
		$base .= '/' . { mass => 'g', volume => 'L', energy => 'J', time => 's' }->{$kind} if $kind;
	}
	push @ratio, 'SELECT nutrient_amount(1, ' . quote($unit) . ') / nutrient_amount(1, ' . quote($base) . ')';
	push @size_due, $due;
}
@got = outcomes(@ratio);
is_deeply([ map { "$ours[$_]{unit}: $got[$_]" } grep { !($got[$_] =~ /^[0-9.e+-]+$/ && abs($got[$_] / $size_due[$_] - 1) < 1e-14) } 0 .. $#ours ],
	[], 'and has its size');

# Display names: units again, none of them ours.
my @display = cases($xml, 'displayNameGeneration');
@got = outcomes(map { 'SELECT unit(nutrient_amount(1, ' . quote($_->{unit}) . '))' } @display);
is(scalar(grep({ is_ours($_->{unit}) } @display)) . ' of ' . @display, '0 of 9', 'units of the display name cases');
is(scalar(grep({ refused($got[$_], $display[$_]{unit}) } 0 .. $#display)), 9, 'are refused');

# Conversion, multiplication and division.  UCUM's printed outcomes are rounded, some to two
# digits, so what is compared is what rounds to the outcome.
my @conversion = cases($xml, 'conversion');
is(scalar(grep({ is_ours($_->{srcUnit}) && is_ours($_->{dstUnit}) } @conversion)) . ' of ' . @conversion,
	'0 of 30', 'conversion cases within our dimensions');
@got = outcomes(map {
	"SELECT lower(nutrient_amount($_->{value}, " . quote($_->{srcUnit}) . '), ' . quote($_->{dstUnit}) . ')'
} @conversion);
is(scalar(grep({ refused($got[$_], $conversion[$_]{srcUnit}, $conversion[$_]{dstUnit}) } 0 .. $#conversion)),
	scalar(@conversion), 'every other is refused');

my %operator = (multiplication => '*', division => '/');
for my $section (sort keys %operator)
{
	my @cases = cases($xml, $section);
	my @within = grep { is_ours($_->{u1}) && is_ours($_->{u2}) && $_->{uRes} eq '' } @cases;
	my @without = grep { !(is_ours($_->{u1}) && is_ours($_->{u2}) && $_->{uRes} eq '') } @cases;
	my $sql = sub {
		my $case = shift;
		return "SELECT nutrient_amount($case->{v1}, " . quote($case->{u1}) . ") $operator{$section} "
		  . "nutrient_amount($case->{v2}, " . quote($case->{u2}) . ')';
	};
	is(@within . ' of ' . @cases, $section eq 'division' ? '1 of 3' : '0 of 2', "$section cases within our dimensions");
	@got = outcomes(map { $sql->($_) } @within);
	cmp_ok(abs($got[$_] / $within[$_]{vRes} - 1), '<', 1e-15, "$section $within[$_]{id}") for 0 .. $#within;
	@got = outcomes(map { $sql->($_) } @without);
	is(scalar(grep({ $got[$_] =~ /^(?:42883|22023) / } 0 .. $#without)), scalar(@without),
		"every other $section is refused");
}

done_testing();
