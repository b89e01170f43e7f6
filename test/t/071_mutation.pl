# Literals, binary images and jsonb of every type, mutated: each is read as a value that
# keeps through output, or refused by an error of class 22 that names the type.
#
# VITK_SEED repeats a run, VITK_MUTATIONS sets how many cases of each kind (default 400).
use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use Cwd qw(abs_path);
use Encode qw(decode encode FB_CROAK);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Vitk;

my $seed = $ENV{VITK_SEED} // int(rand(1_000_000));
my $cases = $ENV{VITK_MUTATIONS} // 400;
diag("071_mutation.pl: seed $seed (VITK_SEED=$seed repeats this run)");
srand($seed);

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
my $dir = abs_path(PostgreSQL::Test::Utils::tempdir);

$node->safe_psql('postgres', q{
CREATE EXTENSION vitk;

-- Read the input as the type: "accepted", "refused", or what is wrong with that.
CREATE FUNCTION attempt(type text, how text, input text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	keeps boolean;
	state text; message text; detail text; hint text;
BEGIN
	IF how = 'jsonb' THEN
		BEGIN
			PERFORM input::jsonb;
		EXCEPTION WHEN OTHERS THEN
			RETURN 'no json';
		END;
	END IF;
	EXECUTE format('TRUNCATE target_%s', type);
	IF how = 'binary' THEN
		EXECUTE format('COPY target_%s FROM %L (FORMAT binary)', type, input);
	ELSE
		EXECUTE format('INSERT INTO target_%s SELECT %L::%s::%1$s', type, input, how);
	END IF;
	EXECUTE format('SELECT v = v::text::%1$s AND vitk_internal.%1$s_send(v) = vitk_internal.%1$s_send(v::text::%1$s) FROM target_%1$s', type)
		INTO STRICT keeps;
	RETURN CASE WHEN keeps THEN 'accepted' ELSE 'WRONG: is not kept' END;
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT,
		detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
	RETURN CASE
		WHEN state LIKE '22%' AND concat_ws(' ', message, detail) ~ ('\m' || type || '\M') THEN 'refused'
		-- what the server says of any type's binary image that is too short or too long
		WHEN how = 'binary' AND message IN ('insufficient data left in message', 'no data left in message',
			'incorrect binary data format') THEN 'refused'
		ELSE translate(format('WRONG: %s %s / %s / %s', state, message, detail, hint), E'\n\t', '  ') END;
END $$});

my @types = split /\n/, $node->safe_psql('postgres', q{
	SELECT typname FROM pg_depend JOIN pg_type t ON t.oid = objid
	WHERE classid = 'pg_type'::regclass AND refclassid = 'pg_extension'::regclass
		AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'vitk') AND deptype = 'e'
		AND typtype = 'b' AND typcategory <> 'A' ORDER BY 1});
cmp_ok(scalar @types, '>', 3, 'the types are there');

# Literals to begin with: the fuzzers' seeds, one a line, or two with "|" between them; \x.. is a byte.
sub literals
{
	my $type = shift;
	my $file = "test/fuzz/seeds/$type.txt";
	my @bytes = $type eq 'nutrient' ? split /\n/, $node->safe_psql('postgres', 'SELECT name FROM vitk.nutrient UNION ALL SELECT nutrient::text FROM vitk.nutrient')
	  : -f $file ? map { s/\\x([0-9a-f]{2})/chr hex $1/ger } split /[|\n]/, slurp_file($file)
	  : ();
	return grep { defined && !/\0/ } map { eval { decode('UTF-8', $_, FB_CROAK) } } @bytes;
}

sub pick { return $_[ rand @_ ] }

my @doubles = map { pack 'd>', $_ } 0, -0.0, 1, -1, 0.1, 1e308, 5e-324, 9**9**9, -9**9**9, -sin(9**9**9);

# One to three changes: of a character (or byte), or by a piece of the same or another seed
sub mutate
{
	my ($s, $seeds, $alphabet, $binary) = @_;
	for (0 .. rand 3)
	{
		my $at = int rand length $s;
		my $kind = int rand($binary ? 7 : 6);
		if ($s eq '') { $s = pick(@$seeds) }
		elsif ($kind == 0) { substr($s, $at, 1) = '' }
		elsif ($kind == 1) { substr($s, $at, 0) = pick(@$alphabet) }
		elsif ($kind == 2) { substr($s, $at, 1) = pick(@$alphabet) }
		elsif ($kind == 3) { substr($s, $at, 0) = substr($s, rand length $s, 1 + rand 8) }
		elsif ($kind == 4) { my $other = pick(@$seeds); $s = substr($s, 0, $at) . substr($other, rand length $other) }
		elsif ($kind == 5) { substr($s, $at, 1) = chr(ord(substr($s, $at, 1)) ^ (1 << rand 7)) }
		elsif ($at + 8 <= length $s) { substr($s, $at, 8) = pick(@doubles) }
	}
	$s =~ tr/\0//d if !$binary;
	return $s;
}

# Try all inputs, each in a statement of its own: after a crash the server's log shows which it was.
sub attempts
{
	my ($type, $how, @inputs) = @_;
	my $sql = '';
	my $n = 0;
	for my $input (@inputs)
	{
		my $literal = encode('UTF-8', $input);
		if ($how eq 'binary')
		{
			$literal = "$dir/$type." . $n++;
			copy_file($literal, $input);
		}
		$literal =~ s/'/''/g;
		$sql .= "SELECT attempt('$type', '$how', '$literal');\n";
	}
	my ($status, $out, $err) = $node->psql('postgres', $sql, extra_params => ['-v', 'VERBOSITY=verbose']);
	unlink glob "$dir/$type.*";
	my @verdicts = split /\n/, $out;
	is("$status " . @verdicts, '0 ' . @inputs, "$type, $how: the server answers all") or BAIL_OUT("seed $seed: $err");
	return @verdicts;
}

# Mutate the seeds, try what comes of it, and tell what is wrong with the answers.
sub mutation_test
{
	my ($type, $how, @seeds) = @_;
	my $binary = $how eq 'binary';
	my @alphabet = $binary ? map { chr } 0 .. 255 : (split(//, join '', @seeds), split(//, "\t\n'\"\\{}%:,;.-+e<\x{b5}\x{3bc}\x{20ac}\x{1d11e}"));
	my @inputs = map { mutate(pick(@seeds), \@seeds, \@alphabet, $binary) } 1 .. $cases;
	my @verdicts = attempts($type, $how, @inputs);
	my %count;
	my @wrong;
	for my $i (0 .. $#verdicts)
	{
		$count{ $verdicts[$i] =~ s/:.*//r }++;
		push @wrong, ($binary ? unpack('H*', $inputs[$i]) : encode('UTF-8', $inputs[$i])) . "\n    $verdicts[$i]" if $verdicts[$i] =~ /^WRONG/;
	}
	is(scalar @wrong, 0, "$type, $how: " . join(', ', map { "$count{$_} $_" } sort keys %count))
	  or diag(join "\n", grep { defined } @wrong[ 0 .. 9 ]);
	cmp_ok($count{$_} // 0, '>', 0, "$type, $how: some are $_") for 'accepted', 'refused';
}

for my $type (@types)
{
	$node->safe_psql('postgres', "CREATE TABLE target_$type (v $type)");
	my @seeds = literals($type);
	cmp_ok(scalar @seeds, '>', 5, "$type has literals to begin with (test/fuzz/seeds)") or next;
	my @verdicts = attempts($type, 'text', @seeds);
	is(join("\n", grep { /^WRONG/ } @verdicts), '', "$type: its seeds are accepted or refused");
	my @good = @seeds[ grep { $verdicts[$_] eq 'accepted' } 0 .. $#seeds ];
	my $values = join ', ', map { "'" . encode('UTF-8', $_) =~ s/'/''/gr . "'" } @good;

	mutation_test($type, 'text', @seeds);
	mutation_test($type, 'binary', map { pack 'H*', $_ }
		split /\n/, $node->safe_psql('postgres', "SELECT encode(vitk_internal.${type}_send(v::$type), 'hex') FROM unnest(ARRAY[$values]) v"));
	next if $node->safe_psql('postgres', "SELECT count(*) FROM pg_cast WHERE castsource = 'jsonb'::regtype AND casttarget = '$type'::regtype") == 0;
	mutation_test($type, 'jsonb', map { decode('UTF-8', $_) }
		split /\n/, $node->safe_psql('postgres', "SELECT v::$type\::jsonb FROM unnest(ARRAY[$values]) v WHERE v !~ 'sum of'"));
}

$node->stop;
done_testing();
