# What Citus and parallel query ask of an aggregate before they compute it in parts, for every aggregate
# there is; and the parts themselves: computed a shard at a time, shipped as text, as Citus does, combined.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;

sub ask
{
	return $node->safe_psql('postgres', shift);
}

ask('CREATE EXTENSION vitk');
ask(q{CREATE VIEW members AS SELECT classid, objid FROM pg_depend
	WHERE deptype = 'e' AND refclassid = 'pg_extension'::regclass
	AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'vitk');
	CREATE VIEW aggregates AS SELECT p.oid::regprocedure AS name, p.pronargs, p.proargtypes, p.proretset,
		p.proparallel, a.*, t.typtype, t.typinput, t.typoutput, t.typsend, t.typreceive
	FROM members JOIN pg_proc p ON classid = 'pg_proc'::regclass AND p.oid = objid
	JOIN pg_aggregate a ON aggfnoid = p.oid JOIN pg_type t ON t.oid = aggtranstype});

# The rule.
cmp_ok(ask('SELECT count(*) FROM aggregates'), '>=', 20, 'there are aggregates');
my @rule = (
	[ 'has a state of a type that can be stored', q{typtype <> 'p'} ],
	[ 'has a combine function', 'aggcombinefn <> 0' ],
	[ 'has a combine function that takes two states and gives one',
		'EXISTS (SELECT FROM pg_proc c WHERE c.oid = aggcombinefn AND prorettype = aggtranstype
			AND proargtypes[0] = aggtranstype AND proargtypes[1] = aggtranstype AND pronargs = 2)' ],
	[ 'is parallel safe, with all of its functions', q{proparallel = 's' AND NOT EXISTS (SELECT FROM pg_proc f
		WHERE f.oid IN (aggtransfn, aggcombinefn, aggfinalfn) AND (f.proparallel <> 's' OR f.provolatile <> 'i'))} ],
	[ 'has an argument', 'pronargs > 0' ],
	[ 'is no ordered-set aggregate', q{aggkind = 'n' AND aggnumdirectargs = 0} ],
	[ 'has a final function of the state alone', 'NOT aggfinalextra' ],
	[ 'has a final function that leaves the state as it is', q{aggfinalmodify = 'r'} ],
	[ 'has a state with text input and output', 'typinput <> 0 AND typoutput <> 0' ],
	[ 'has a state with binary input and output', 'typsend <> 0 AND typreceive <> 0' ]);
is(ask("SELECT name FROM aggregates WHERE ($_->[1]) IS NOT TRUE ORDER BY 1"), '', "every aggregate $_->[0]") for @rule;

# The types: as columns by which a table is distributed, in text and binary between servers.
my $types = q{members JOIN pg_type t ON classid = 'pg_type'::regclass AND t.oid = objid AND typtype = 'b' AND typcategory <> 'A'};
cmp_ok(ask("SELECT count(*) FROM $types"), '>=', 7, 'there are types');
is(ask("SELECT t.oid::regtype FROM $types WHERE typinput = 0 OR typoutput = 0 OR typsend = 0 OR typreceive = 0"),
	'', 'every type has text and binary input and output');
is(ask("SELECT t.oid::regtype FROM $types WHERE NOT EXISTS (SELECT FROM pg_opclass o JOIN pg_am m ON m.oid = opcmethod
	WHERE amname = 'hash' AND opcdefault AND opcintype = t.oid
	AND EXISTS (SELECT FROM pg_amproc WHERE amprocfamily = opcfamily AND amprocnum = 2))"),
	'', 'every type hashes, also with a seed, as hash partitions need it');

# The parts.  Of each aggregate two others are made: its transition without the final function, to compute a
# part, and its combine with the final function.  Three shards and one without rows.
ask(q{CREATE TABLE shard (id integer, amount nutrient_amount, score calcification, food nutrient_profile, grams float8,
		substance nutrient, x float8, limit_ float8, ear text, ul text, sample study_sample, days study_sample,
		effect effect_size, evidence meta_evidence, components variance_components, survey survey_sample, food_no integer, eaten diet,
		factors conversion, composition food_composition);
	INSERT INTO shard SELECT i % 3, CASE WHEN i % 5 = 0 THEN format('<%s ug', i / 7.0)
			ELSE format('%s ug', i / 3.0) END::nutrient_amount, format('%s AU', i / 3.0)::calcification,
		format('%s g: K1 %s ug, MK-4 <%s ug', i, i / 3.0, i / 7.0)::nutrient_profile, i / 9.0,
		n.nutrient, sqrt(i), 3.3, 'EAR', 'UL', format('%s (SD %s, n=%s)', i / 3.0, i / 11.0, i + 2)::study_sample,
		format('%s (SD %s, n=3)', i / 3.0, i / 11.0)::study_sample,
		format('%s (SE %s)', i / 3.0, i / 11.0)::effect_size
	FROM generate_series(1, 12) AS i
	JOIN (SELECT nutrient, row_number() OVER (ORDER BY nutrient) FROM vitk.nutrient WHERE unit = 'ug') AS n ON row_number = i;
	UPDATE shard SET food_no = 13 - x * x, eaten = format('{%s: %s, 7: %s, 9: ?}', id, x, round(x::numeric, 2))::diet;
	UPDATE shard SET evidence = (SELECT meta_evidence(effect) FROM shard s WHERE s.id = shard.id),
		components = (SELECT variance_components(days) FROM shard s WHERE s.id = shard.id),
		survey = (SELECT survey_sample(x, x, id, ascii(ear)) FROM shard s WHERE s.id = shard.id),
		factors = format('molar: K1 %s', 1 / (x + 1))::conversion,
		composition = (SELECT food_composition(s.food_no, s.food) FROM shard s WHERE s.id = shard.id)});
my %arguments = (
	'nutrient_amount' => 'amount', 'calcification' => 'score', 'nutrient_profile' => 'food',
	'diet' => 'eaten', 'integer,double precision' => 'food_no, grams', 'integer,nutrient_profile' => 'food_no, food',
	'nutrient_profile,double precision' => 'food, grams', 'nutrient,nutrient_amount' => 'substance, amount',
	'double precision' => 'x', 'study_sample' => 'sample', 'effect_size' => 'effect', 'meta_evidence' => 'evidence',
	'variance_components' => 'components', 'survey_sample' => 'survey', 'nutrient' => 'substance',
	'conversion' => 'factors', 'food_composition' => 'composition',
	'bigint,bigint,bigint,bigint' => 'id + 1, n(sample) + 5, id + 2, n(sample) + 9',
	'bigint,bigint,bigint,bigint,boolean' => 'id, n(sample) + 5, id, n(sample) + 9, true', 'double precision,double precision,bigint,bigint' => 'x, grams, length(ear) + id % 2, id', 'share_below' => 'x, limit_, ear', 'share_above' => 'x, limit_, ul');

# For each aggregate another order of the rows, and other parts, drawn at random
my $seed = $ENV{VITK_SEED} // int rand 1_000_000;
diag "$0: seed $seed (VITK_SEED=$seed repeats this run)";
ask("SELECT setseed($seed / 1e6);
	CREATE TABLE chance AS SELECT number, x AS cx, grams AS cgrams, random() AS place, floor(random() * 4)::integer AS part FROM shard, generate_series(1, 99) AS number ORDER BY number, x");

# Are two texts equal but for the last digits of their numbers?
sub agree
{
	my ($one, $other) = @_;
	my $number = qr/(?<![A-Za-z-])\d+(?:\.\d+)?(?:e[+-]?\d+)?/;
	my @one = $one =~ /$number/g;
	my @other = $other =~ /$number/g;
	return 0 if $one eq '' || @one != @other || $one =~ s/$number/#/gr ne $other =~ s/$number/#/gr;
	abs($one[$_] - $other[$_]) <= 1e-12 * abs($one[$_]) or return 0 for 0 .. $#one;
	return 1;
}
ok(agree('MK-4 <0.3 ug', 'MK-4 <0.30000000000000004 ug') && !agree('MK-4 0.3 ug', 'MK-4 0.30001 ug') && !agree('', ''),
	'what agrees and what does not');

my $number = 0;
for (split /\n/, ask(q{SELECT name, array_to_string(proargtypes::regtype[], ','), aggtransfn, aggtranstype::regtype,
	aggcombinefn, CASE WHEN aggfinalfn <> 0 THEN aggfinalfn::text ELSE '' END,
	coalesce(quote_literal(agginitval), '') FROM aggregates ORDER BY name::text}))
{
	my ($name, $types, $step, $state, $combine, $final, $start) = split /\|/, $_, -1;
	my ($function) = $name =~ /^(\w+)/;
	my $arguments = $name =~ /^variance/ ? 'days' : $arguments{$types} // $arguments{$function};
	ok($arguments, "the test has arguments for $name") or next;
	$number++;
	ask("CREATE AGGREGATE part$number ($types) (SFUNC = $step, STYPE = $state" . ($start ne '' ? ", INITCOND = $start" : '') . ");
		CREATE AGGREGATE whole$number ($state) (SFUNC = $combine, STYPE = $state" . ($final ne '' ? ", FINALFUNC = $final" : '') . ')');
	my ($whole, $parts, $shuffled, $split) = split /\n/, ask("SELECT $function($arguments) FROM (SELECT * FROM shard ORDER BY id, x) AS s;
		SELECT whole$number(part::text::$state) FROM generate_series(0, 3) AS shard_id,
			LATERAL (SELECT part$number($arguments) AS part FROM (SELECT * FROM shard WHERE id = shard_id ORDER BY x) AS s) AS p;
		SELECT $function($arguments) FROM (SELECT * FROM shard, chance WHERE (x, grams) = (cx, cgrams) AND number = $number ORDER BY place) AS s;
		SELECT whole$number(part::text::$state ORDER BY part_place) FROM (SELECT part, min(place) AS part_place FROM chance WHERE number = $number GROUP BY part) AS c (part_id, part_place),
			LATERAL (SELECT part$number($arguments) AS part FROM (SELECT * FROM shard, chance WHERE (x, grams) = (cx, cgrams) AND number = $number AND chance.part = part_id ORDER BY place) AS s) AS p");
	# a ratio prints as such or as its logarithm, whichever reads back; its standard error tells the digits
	($whole, $parts, $shuffled, $split) = map { ask("SELECT concat_ws(' ', measure(e), round(estimate(e)::numeric, 12), round(se(e)::numeric, 12)) FROM (SELECT '$_'::effect_size) AS s (e)") } $whole, $parts, $shuffled, $split
	  if $name =~ /^(?:mh|peto)_/;
	# evidence keeps its studies in the order in which they came: what is made of it does not depend on that
	($whole, $parts, $shuffled, $split) = map { ask("SELECT pooled('$_'::meta_evidence, 'DL')") } $whole, $parts, $shuffled, $split
	  if $name =~ /^meta_evidence/;
	ok(agree($whole, $parts), "$name in parts, shipped as text") or diag("whole: $whole\nparts: $parts");
	ok(agree($whole, $shuffled), "$name in another order") or diag("whole: $whole\nshuffled: $shuffled");
	ok(agree($whole, $split), "$name in random parts") or diag("whole: $whole\nsplit: $split");
}

$node->stop;
done_testing();
