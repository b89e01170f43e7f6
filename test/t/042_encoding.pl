# Databases and clients in other encodings than UTF8: where the shipped names can be written the extension is
# the same, elsewhere it is refused as a whole; values of the types are ASCII but for the sign of a study_sample, which is +- in these.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$ENV{PGCLIENTENCODING} = 'UTF8';

sub create
{
	my ($encoding) = @_;
	my $database = lc $encoding;
	$node->safe_psql('postgres', "CREATE DATABASE $database ENCODING '$encoding' LOCALE 'C' TEMPLATE template0");
	my (undef, undef, $stderr) = $node->psql($database, 'CREATE EXTENSION vitk');
	return $stderr;
}

# the shipped names, words found in them, and every type as text
my $names = q{SELECT count(*), md5(string_agg(convert_to(concat(name, name_local), 'UTF8')::text, '' ORDER BY food_id)) FROM vitk.food};
my $words = q{SELECT string_agg(typed || ' ' || food_id, '; ' ORDER BY i) FROM unnest('{gruyère,jaune d''oeuf,chiken leg,natto}'::text[])
	WITH ORDINALITY AS t (typed, i), LATERAL find_food(typed, 1)};
my $values = q{SELECT 'MK-4'::nutrient, '<5 µg/d'::nutrient_amount, '100 g: K1 7 ug, MK-4 <1 µg (known 5 g)'::nutrient_profile,
	'molar: K1 0..0.25'::conversion, '250 mm3'::calcification, study_sample(7, 3.2, 0.4), '27 (SE 6, n=200)'::study_sample,
	'OR 0.35 [0.16, 0.78]'::effect_size, '{-10 (SE 9.22)}'::meta_evidence,
	variance_components(2, 3, 50, 4, 9), r.amount FROM reference_value('male', 40) AS r WHERE nutrient = 'vitamin K' AND kind = 'AI'};

is(create('UTF8'), '', 'UTF8');
my @expected = map { $node->safe_psql('utf8', $_) } $names, $words, $values;
like($expected[1], qr/^gruyère ciqual2025:12113; jaune d'oeuf ciqual2025:22002; chiken leg sr28:05082; natto /, 'words are found');
my $ascii = $expected[2] =~ s/\xc2\xb1/+-/gr;
isnt($ascii, $expected[2], 'in UTF8 a study_sample prints with its sign');
unlike($ascii, qr/[^\x00-\x7f]/, 'values of the types are ASCII but for that');

for my $encoding (qw(LATIN1 LATIN5 LATIN9 WIN1252 WIN1254 EUC_JP SQL_ASCII))
{
	is(create($encoding), '', "$encoding: the extension is created");
	my $ours = $encoding eq 'SQL_ASCII' ? $names =~ s/convert_to\((.*?), 'UTF8'\)/$1::bytea/r : $names;
	is($node->safe_psql(lc $encoding, $ours), $expected[0], "$encoding: the names are the same");
	is($node->safe_psql(lc $encoding, $words), $expected[1], "$encoding: so are the words found in them");
	is($node->safe_psql(lc $encoding, $values =~ s/µ/u/gr), $ascii, "$encoding: and values print alike, with +-");
}

# accents do not count where they can be told
is($node->safe_psql(lc, q{SELECT count(*) FROM find_food('GRUYERE') WHERE rank >= 2 AND source_id = 'ciqual2025'}), 1, "$_: gruyere finds Gruyère")
  for qw(UTF8 LATIN1 LATIN9 WIN1252 SQL_ASCII);

# no half an extension where the names cannot be written
for my $encoding (qw(LATIN2 WIN1251 KOI8R EUC_KR))
{
	like(create($encoding), qr/has no equivalent in encoding "$encoding"/, "$encoding: the error names the encoding");
	is($node->safe_psql(lc $encoding, q{SELECT count(*) FROM pg_namespace WHERE nspname = 'vitk'}), 0, "$encoding: and nothing is left");
}

# What a user types wrongly comes back in our error, cut between two characters: an error of encodings in its
# place would say nothing.  Every type reads it, alone and behind what makes a parser stop elsewhere; and so do
# the functions that quote a text.
my @types = split /\n/, $node->safe_psql('utf8', q{
	SELECT format_type(objid, NULL) FROM pg_depend JOIN pg_type t ON t.oid = objid
	WHERE deptype = 'e' AND classid = 'pg_type'::regclass AND typtype = 'b' AND typcategory <> 'A'
		AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'vitk') ORDER BY 1});
cmp_ok(scalar @types, '>=', 9, 'the types of the extension are there');
my @before = ('', 'a', '5 ', '5 u', '5 ug/', '3 ± ', '<5', '100 g: ', '100 g: K1 5 ', 'K1 5 ug (known ', 'molar: K1 ', 'molar: ', '{', '{-10 (SE ',
	'-10 (SE 2, ', '(persons=2, ', 'OR 2 [1, 3] ', '{1002: ', '5 [');
my @calls = (
	q{to_unit('1 ug'::nutrient_amount, T)}, q{lower('1 ug'::nutrient_amount, T)}, q{'100 g: K1 1 ug'::nutrient_profile -> T::nutrient},
	q{mk4_equivalent('K1 1 ug', T)}, q{mk4_equivalent('K1 1 ug', method => T)},
	q{calcification(1, T)}, q{calcification_category('1 AU', T)}, q{calcification_progression('100 AU', '150 AU', 1, T)},
	q{calcification_progression_limit('100 AU', T)}, q{effect_size(1, 1, T)}, q{pooled('{-10 (SE 9)}', T)}, q{usual_scale(1, T)},
	q{share_below(1, 2, T)}, q{share_above(1, 2, T)}, q{intake_verdict(T, 1, 1, 1, 1, 1)},
	q{reference_value(T, 40)}, q{reference_value('male', 40, T)}, q{reference_value('female', 40, life_stage => T)}, q{study_effects(ARRAY[T])},
	q{jsonb_build_object('grams', 100, 'nutrients', jsonb_build_object(T, '1 ug'))::nutrient_profile},
	q{jsonb_build_object('grams', 100, 'nutrients', jsonb_build_object('K1', T))::nutrient_profile},
	q{jsonb_build_object(T, 100)::nutrient_profile});
my @rows = (q{printed_value(T, '1', 'ug')}, q{printed_value('K1', T, 'ug')}, q{printed_value('K1', '1', T)}, q{find_food(T)});
my %long = (UTF8 => '永', EUC_JP => '永', LATIN1 => 'é', SQL_ASCII => '永');
for my $encoding (sort keys %long)
{
	my @texts = ($long{$encoding} x 90, $encoding eq 'LATIN1' ? 'ÿþ' x 60 : 'пять миллиграммов ' x 9, "g$long{$encoding}" x 80);
	my (@refused, @read);
	for my $text (@texts)
	{
		push @refused, map { my $type = $_; map { "SELECT '$_$text'::$type" } @before } @types;
		push @refused, map { 'SELECT ' . s/\bT\b/'$text'::text/r } @calls;
		push @read, map { 'SELECT ' . s/\bT\b/'$text'::text/r } @rows;
	}
	my (undef, undef, $stderr) = $node->psql(lc $encoding, "\\set VERBOSITY verbose\n" . join(";\n", @refused, ''), on_error_stop => 0);
	my @errors = $stderr =~ /ERROR:  ([0-9A-Z]{5}.*)/g;
	is(scalar @errors, scalar @refused, "$encoding: each is refused") or diag $stderr;
	my @foreign = map { "$refused[$_]: $errors[$_]\n" } grep { $errors[$_] !~ /^(22P02|22023|22003|42704)/ } 0 .. $#errors;
	is(join('', @foreign), '', "$encoding: by an error of ours");
	unlike($stderr, qr/byte sequence|has no equivalent|\?\?/, "$encoding: which the client can read") if $encoding ne 'SQL_ASCII';
	is($node->psql(lc $encoding, join ";\n", @read, ''), 0, "$encoding: what answers with rows does so");
}

# a client that lacks the sign is told so, and reads all else
my $figures = q{SELECT mean(s), sd(s), n(s), vitk_internal.study_sample_send(s), '<5 ug/d'::nutrient_amount FROM study_sample(7, 3.2, 0.4) AS s};
my $in_utf8 = $node->safe_psql('utf8', $figures);
for my $encoding (qw(LATIN2 KOI8R))
{
	local $ENV{PGCLIENTENCODING} = $encoding;
	is($node->safe_psql('utf8', $figures), $in_utf8, "a client in $encoding reads the figures of a study_sample");
	my (undef, undef, $stderr) = $node->psql('utf8', 'SELECT study_sample(7, 3.2, 0.4)');
	like($stderr, qr/has no equivalent in encoding "$encoding"/, "a client in $encoding is told that it lacks the sign");
}

$node->stop;
done_testing();
