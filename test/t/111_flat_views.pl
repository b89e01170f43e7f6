# Views that BI tools read.  The rule: a view of vitk whose comment says "for BI tools" is flat, and every view
# of plain columns is one.  The others hold what has no plain type, and where that is no amount, profile or
# effect but a list or a nutrient, a flat view beside them, <name>_flat, has the same.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION vitk');

# Rows of a user's own, in other units than the shipped ones, with what can be NULL.
$node->safe_psql('postgres', q{
	INSERT INTO vitk.source (source_id, citation) VALUES ('lab', 'our own laboratory');
	INSERT INTO vitk.food (source_id, code, name) VALUES ('lab', '1', 'Paste');
	INSERT INTO vitk.food_value (food_id, nutrient, kind, amount, source_id) VALUES
		('lab:1', 'MK-4', 'measured', '0.3 mg', 'lab'), ('lab:1', 'MK-7', 'below_detection', '<0.5 ug', 'lab'),
		('lab:1', 'MK-8', 'trace', NULL, 'lab'), ('lab:1', 'D3', 'label', '400 [IU]', 'lab');
	INSERT INTO vitk.reference_value (authority, nutrient, kind, age_min, amount, source) VALUES ('us', 'K1', 'UL', 18, NULL, 'us')});

my %plain = map { $_ => 1 } 'double precision', qw(text integer bigint boolean date), 'timestamp with time zone';
my $unit_in_words = qr{\b(?:unit|ug|g/mol|years|months|factor|coefficient)\b};
# categories whose names do not sort as they are meant to
my %ordered = map { $_ => 1 } qw(nutrient category verdict);

sub rows
{
	my ($sql) = @_;
	return map { [ split /\|/, $_, -1 ] } split /\n/, $node->safe_psql('postgres', $sql);
}

my %views;
push @{ $views{$_->[0]} }, { name => $_->[1], type => $_->[2], comment => $_->[3] } for rows(q{
	SELECT c.relname, attname, format_type(atttypid, atttypmod), coalesce(col_description(c.oid, attnum), '')
	FROM pg_class c JOIN pg_attribute ON attrelid = c.oid AND attnum > 0
	WHERE relnamespace = 'vitk'::regnamespace AND relkind IN ('v', 'm') ORDER BY 1, attnum});
my %comment = map { @$_ } rows(q{SELECT relname, obj_description(oid, 'pg_class') FROM pg_class WHERE relnamespace = 'vitk'::regnamespace AND relkind IN ('v', 'm')});
cmp_ok(scalar keys %views, '>=', 10, 'there are views');

for my $view (sort keys %views)
{
	my @columns = @{ $views{$view} };
	my @other = map { "$_->{name} $_->{type}" } grep { !($plain{$_->{type}} || $_->{type} =~ /^numeric\(/) } @columns;
	if ($comment{$view} !~ /for BI tools/)
	{
		isnt("@other", '', "$view has plain columns alone: its comment should say that it is for BI tools, and name a key");
		ok($views{"${view}_flat"}, "$view: ${view}_flat is there") unless grep { /(?:_amount|_profile|effect_size)$/ } @other;
		next;
	}
	is("@other", '', "$view: plain types");

	my @keys = grep { $_->{comment} =~ /^key\b/ } @columns;
	is(scalar @keys, 1, "$view: a key");
	my $key = $keys[0]{name};
	my ($counts) = rows("SELECT count(*) > 0, count($key) = count(*), count(DISTINCT $key) = count(*) FROM vitk.$view");
	is("@$counts", 't t t', "$view: $key is unique and never NULL");

	my %has = map { $_->{name} => $_ } @columns;
	for my $column (@columns)
	{
		my $name = $column->{name};
		if ($column->{type} eq 'double precision')
		{
			ok($has{unit} || $column->{comment} =~ $unit_in_words, "$view: unit of $name");
			is($node->safe_psql('postgres', "SELECT count(*) FROM vitk.$view WHERE $name IN ('NaN', 'Infinity', '-Infinity')"), '0',
				"$view: $name is finite");
		}
		is($has{"${name}_order"} && $has{"${name}_order"}{type}, 'integer', "$view: order of $name") if $ordered{$name};
	}
}

# the rows of intake_vs_limit, of every authority, with unknown intakes and limits that are not set; with a
# weight EFSA has two AIs for K1, which the note tells apart
$node->safe_psql('postgres', q{CREATE VIEW verdict AS SELECT concat_ws('/', authority, nutrient, kind, condition, note) AS key, v.*
	FROM intake_vs_limit('2100 g: K1 95 ug (known 1000 g), MK-4 <20 ug, calcium 0 mg, A-RE 5 ug', 'female', 30, NULL, 'lactation', 60) AS v});
is(join(' ', grep { !$plain{$_} } map { $_->[0] } rows(q{SELECT format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = 'verdict'::regclass AND attnum > 0})),
	'', 'intake_vs_limit: plain types');
is($node->safe_psql('postgres', q{SELECT count(*) > 20, count(DISTINCT key) = count(*), count(unit) = count(*), count(verdict_order) = count(*),
	bool_or('NaN' IN (intake_lower, intake_upper, coverage, limit_lower, limit_upper, ratio)
		OR 'Infinity' IN (intake_lower, intake_upper, coverage, limit_lower, limit_upper, ratio)) FROM verdict}), 't|t|t|t|f',
	'intake_vs_limit: a key, units, an order, and finite numbers');

# the same as the values behind them
is($node->safe_psql('postgres', q{SELECT nutrient, kind, lower, middle, upper, unit FROM vitk.food_value_flat WHERE food_id = 'lab:1' ORDER BY nutrient_order}),
	"MK-4|measured|300|300|300|ug\nMK-7|below_detection|0|0.25|0.5|ug\nMK-8|trace||||ug\nD3|label|10|10|10|ug", 'values in the unit of the nutrient');
is($node->safe_psql('postgres', q{SELECT (SELECT count(*) FROM vitk.food_value_flat) = (SELECT count(*) FROM vitk.food_value_in_force),
	(SELECT count(*) FROM vitk.reference_value_flat) = (SELECT count(*) FROM vitk.reference_value),
	(SELECT count(*) FROM vitk.conversion_factor_flat) = (SELECT count(*) FROM vitk.conversion_factor),
	(SELECT count(*) FROM vitk.nutrient_flat) = (SELECT count(*) FROM vitk.nutrient)}), 't|t|t|t', 'no row is lost');
is($node->safe_psql('postgres', q{SELECT string_agg(nutrient, ' ' ORDER BY nutrient_order) FROM vitk.nutrient_flat WHERE nutrient ~ '^MK-[0-9]+$'}),
	'MK-4 MK-5 MK-6 MK-7 MK-8 MK-9 MK-10 MK-11 MK-12 MK-13', 'menaquinones in their order');
is($node->safe_psql('postgres', q{SELECT DISTINCT unit FROM vitk.reference_value_flat WHERE nutrient IN ('vitamin K', 'K1') AND lower IS NULL}), 'ug/d',
	'where no limit is set there is a unit, too');

$node->stop;
done_testing();
