# Two laws over random rows.  One bad row: whatever the tables take, no view stops; whatever is staged, import_check tells
# each row what becomes of it, and the import skips what it refuses.  Plausible: more of a nutrient than there is food is
# refused wherever one can say it, and what food can hold is taken.  VITK_SEED repeats a run, VITK_ROWS makes it longer.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $seed = $ENV{VITK_SEED} // int rand 1_000_000;
my $rows = $ENV{VITK_ROWS} // 300;
diag "$0: seed $seed (VITK_SEED=$seed repeats this run)";
my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
sub ask { return $node->safe_psql('postgres', shift) }

ask('CREATE EXTENSION vitk; SELECT setseed(' . $seed % 1_000_000 / 1e6 . ')');

# Rows of every table, each column drawn from what its type may be; a row that the table refuses is none
ask(q{CREATE TABLE pool (type regtype, value text);
	INSERT INTO pool SELECT type::regtype, unnest(values) FROM (VALUES
		('float8', '{0,1,-1,0.05,0.5,3.5,1e-308,1e308,-1e308,5e-324,1e300,NaN,Infinity}'::text[]),
		('integer', '{0,1,2,6,30,-1,2147483647,1900,2026}'), ('bigint', '{0,1,6,9007199254740993,9223372036854775807}'), ('smallint', '{0,1,2026}'), ('boolean', '{t,f}'),
		('numeric', '{0,1,1e400,NaN}'), ('date', '{2020-01-01,infinity}'),
		('text', '{"",a,b,x,ug,mm3,AU,agatston,MD,OR,mean_difference,<,=,post,change,median,SD,SE,measured,label,K1,MK-7,100 g,"1,2",NAM,AI,UL,male,female,both,none,human,rat,RCT,randomised trial,sr28,value,at_most}'),
		('nutrient', '{K1,MK-4,MK-7,calcium,energy,D3}'), ('nutrient_amount', '{0 mg,45 mg,1.7e308 g,360 ug/d,"600 [IU]/d",5 nmol/L,1e308 mmol/d,2.2250738585072014e-308 ug,1 kcal}'),
		('study_sample', '{(n=0),5 (n=1),"3.2 (SD 0.4, n=7)","8e307 (SD 1e153, n=2)","0 (SD 0, n=3)","1 (SD 1, n=9007199254740991)"}'),
		('effect_size', '{-10 (SE 9.22),"1.7e308 (SE 1.7e308, df=0.1)",log OR 700 (SE 1e300),log OR 19.5 (SE 4500),0 (SE 2.2250738585072014e-308)}'),
		('calcification', '{0 AU,312 AU,10000000 AU,250 mm3}'), ('text[]', '{"{}","{K1,x}"}'), ('integer[]', '{"{}","{1}"}'), ('jsonb', '{"{}",1}')) AS v (type, values);
	CREATE FUNCTION try_row(t regclass) RETURNS void LANGUAGE plpgsql AS $$
	DECLARE
		f record;
		columns text[] = '{}';
		given text[] = '{}';
		value text;
		share float8 = random() * 0.9;
	BEGIN
		FOR f IN SELECT attname, attnum, attnotnull, atttypid::regtype AS type, (SELECT confrelid::regclass FROM pg_constraint WHERE contype = 'f' AND conrelid = t AND conkey = ARRAY[attnum]) AS refers
			FROM pg_attribute WHERE attrelid = t AND attnum > 0 AND NOT attisdropped AND attgenerated = '' AND attidentity = '' AND attname <> 'builtin' LOOP
			value = NULL;
			IF f.refers IS NOT NULL THEN
				EXECUTE format('SELECT %I::text FROM %s ORDER BY random() LIMIT 1', (SELECT a.attname FROM pg_constraint c JOIN pg_attribute a ON attrelid = confrelid AND a.attnum = confkey[1]
					WHERE contype = 'f' AND conrelid = t AND conkey = ARRAY[f.attnum] LIMIT 1), f.refers) INTO value;
			ELSIF f.attnotnull OR random() < share THEN
				SELECT p.value INTO value FROM pool p WHERE p.type = f.type ORDER BY random() LIMIT 1;
				CONTINUE WHEN NOT FOUND;
			ELSE CONTINUE;
			END IF;
			columns = columns || quote_ident(f.attname);
			given = given || quote_nullable(value);
		END LOOP;
		EXECUTE format('INSERT INTO %s (%s) VALUES (%s)', t, array_to_string(columns, ', '), array_to_string(given, ', '));
	EXCEPTION WHEN integrity_constraint_violation OR data_exception OR invalid_parameter_value OR raise_exception OR object_not_in_prerequisite_state THEN NULL;
	END $$});
# the tables, those that others refer to first
for my $table (qw(source food food_value study study_arm study_result reference_value conversion_evidence))
{
	# a row for which another table is needed is tried more often; what few rows pass come from thousands of tries
	ask("SELECT setseed($seed % 1000000 / 1e6); SELECT try_row('vitk.$table') FROM generate_series(1, $rows * 8)");
}
# most random results of studies break a rule of their table: these keep to the rules and are odd in one column
ask(q{INSERT INTO vitk.source (source_id, citation) VALUES ('odd', 'odd') ON CONFLICT DO NOTHING;
	INSERT INTO vitk.food (source_id, code, name) SELECT 'odd', i::text, 'food ' || i FROM generate_series(1, 40) AS i ON CONFLICT DO NOTHING});
for my $nutrient (qw(K1 MK-4 calcium energy D3))
{
	ask("DO \$\$ DECLARE a text; BEGIN FOR i IN 1 .. 40 LOOP BEGIN
		SELECT value INTO a FROM pool WHERE type = 'nutrient_amount'::regtype ORDER BY random() LIMIT 1;
		INSERT INTO vitk.food_value (food_id, nutrient, kind, amount, source_id) VALUES ('odd:' || i, '$nutrient', 'measured', a::nutrient_amount, 'odd');
		EXCEPTION WHEN integrity_constraint_violation OR data_exception THEN NULL; END; END LOOP; END \$\$");
}
my $own = ask(q{SELECT string_agg(n, ' ') FROM (SELECT 'food_value ' || count(*) AS n FROM vitk.food_value WHERE NOT builtin UNION ALL SELECT 'source ' || count(*) FROM vitk.source WHERE NOT builtin
	UNION ALL SELECT 'study_result ' || count(*) FROM vitk.study_result WHERE NOT builtin UNION ALL SELECT 'reference_value ' || count(*) FROM vitk.reference_value WHERE NOT builtin) s});
note("rows of our own: $own");
cmp_ok(ask("SELECT count(*) FROM vitk.$_ WHERE NOT builtin"), '>', 10, "odd rows are in $_") for qw(food_value study_result);
for my $view (split /\n/, ask(q{SELECT oid::regclass FROM pg_class WHERE relnamespace = 'vitk'::regnamespace AND relkind = 'v' ORDER BY 1}))
{
	my $status = $node->psql('postgres', "SELECT count(v::text) FROM $view AS v", stderr => \my $stderr);
	is("$status $stderr", '0 ', "no row stops $view");
}
my $status = $node->psql('postgres', 'SELECT count(e::text) FROM study_effects() AS e', stderr => \my $stderr);
is("$status $stderr", '0 ', 'nor study_effects()') if ask("SELECT count(*) FROM pg_proc WHERE proname = 'study_effects' AND pronargs = 0");

# Imports: cells at random, of bytes that may stand in a text
ask(q{CREATE TABLE cell AS SELECT unnest('{"","-","1","0","(0)","(12)","[12]","Tr","traces","< 0.5","<","1,234","1.234,5","1e400","1e308","-5","NaN","inf","12 mg","nd","N","*","0.5-0.7","1 000","١٢","½","\"","''","\\\\","K1","VITK1","CARTBTOT","ug","µg","mg/kg","per 100 g","100g","kcal","kJ","dry matter","%","x"}'::text[]) AS c;
	INSERT INTO cell SELECT (SELECT string_agg(chr(32 + floor(random() * 95)::integer), '') FROM generate_series(1, 1 + (i % 12)) AS g WHERE i = i) FROM generate_series(1, 200) AS i;
	INSERT INTO cell VALUES (repeat('9', 5000)), (repeat('x', 20000)), (NULL);
	CREATE FUNCTION cell(i integer) RETURNS text LANGUAGE sql VOLATILE AS 'SELECT c FROM cell ORDER BY random() + i * 0 LIMIT 1';
	CREATE FUNCTION amount_cell(i integer) RETURNS text LANGUAGE sql VOLATILE AS 'SELECT CASE WHEN random() < 0.5 THEN round((random() * 100 + i * 0)::numeric, 1)::text ELSE cell(i) END';
	CREATE TEMP TABLE food_import (LIKE vitk.food_import INCLUDING DEFAULTS); CREATE TABLE staged (LIKE vitk.food_import INCLUDING DEFAULTS)});
ask("INSERT INTO staged (code, name, name_local, food_group, nutrient, value, unit, per, kind, n, minimum, maximum, derivation_code, note)
	SELECT CASE WHEN random() < 0.9 THEN 'f' || i % 97 ELSE cell(i) END, CASE WHEN random() < 0.9 THEN 'food ' || i % 97 ELSE cell(i) END, cell(i), cell(i), CASE WHEN random() < 0.7 THEN (ARRAY['K1', 'VITK1', 'calcium', 'energy', 'D3', 'fat', 'FASAT', 'vitamin K'])[1 + i % 8] ELSE cell(i) END,
		amount_cell(i), CASE WHEN random() < 0.7 THEN 'ug' ELSE cell(i) END, CASE WHEN random() < 0.9 THEN '100 g' ELSE cell(i) END, CASE WHEN random() < 0.2 THEN cell(i) END,
		CASE WHEN random() < 0.2 THEN i - 50 END, (ARRAY[NULL, 0, 1, 'NaN', 'Infinity', -1]::float8[])[1 + i % 6], (ARRAY[NULL, 2, 'NaN', 'Infinity', 1e308]::float8[])[1 + i % 5], cell(i), cell(i)
	FROM generate_series(1, $rows * 3) AS i");
my $answer = $node->psql('postgres', "SELECT count(*) = (SELECT count(*) FROM staged), bool_and(status IN ('taken', 'unknown', 'skipped', 'refused')), bool_and(status <> 'refused' OR reason IS NOT NULL),
	count(DISTINCT status) >= 3 FROM import_check('staged')", stdout => \my $checked, stderr => \my $problem);
is("$answer $checked $problem", '0 t|t|t|t ', 'import_check tells of each staged row what becomes of it');
# and among them some that nothing is wrong with: what is good arrives, what is bad is listed, and the counts add up
ask("INSERT INTO staged (code, name, nutrient, value, unit) SELECT 'good' || i, 'good food ' || i, n, i || '.5', 'ug' FROM generate_series(1, 20) AS i, unnest('{K1,MK-4}'::text[]) AS n;
	INSERT INTO vitk.source (source_id, citation) VALUES ('random', 'cells at random')");
$answer = $node->psql('postgres', "CALL vitk.import_foods('random', 'staged')", stderr => \$problem);
is($answer . ($problem =~ /nothing imported: \d+ of \d+ rows refused/) . ask("SELECT count(*) FROM vitk.food WHERE source_id = 'random'"), '310', 'a refused row stops an import that is not told to skip it, and nothing is left behind');
$answer = $node->psql('postgres', q{CREATE TEMP TABLE checked AS SELECT * FROM import_check('staged');
	CREATE TEMP TABLE told (foods bigint, taken bigint, unknown bigint, skipped bigint, refused bigint);
	DO $$ DECLARE t told; BEGIN
		CALL vitk.import_foods('random', 'staged', refused_rows => 'skip', foods => t.foods, taken => t.taken, unknown => t.unknown, skipped => t.skipped, refused => t.refused);
		INSERT INTO told SELECT t.*;
	END $$;
	SELECT (SELECT taken + unknown + skipped + refused FROM told) = (SELECT count(*) FROM staged),
		(SELECT (taken, unknown, skipped, refused) FROM told) = (SELECT (sum(taken)::bigint, sum(unknown)::bigint, sum(skipped)::bigint, sum(refused)::bigint) FROM import_report),
		(SELECT foods FROM told) = (SELECT count(*) FROM vitk.food WHERE source_id = 'random'), (SELECT refused > 0 AND skipped > 0 FROM told),
		NOT EXISTS (SELECT 'random:' || code, nutrient, kind, amount, n, minimum, maximum FROM checked WHERE status = 'taken'
			EXCEPT SELECT food_id, nutrient, kind, amount, n, minimum, maximum FROM vitk.food_value WHERE source_id = 'random'),
		(SELECT count(*) FROM vitk.food_value WHERE source_id = 'random') = (SELECT taken FROM told),
		(SELECT count(*) FROM vitk.food_value WHERE food_id LIKE 'random:good%' AND amount = (substr(food_id, 12) || '.5 ug')::nutrient_amount) = 40,
		NOT EXISTS (SELECT FROM checked WHERE status = 'refused' AND reason IS NULL)},
	stdout => \my $found, stderr => \$problem);
is($answer . ' ' . $found =~ s/\s+\z//r, '0 t|t|t|t|t|t|t|t', 'with skip, what is good arrives, what is bad is listed, and the counts add up') or diag($problem);
for my $view (qw(food_profile food_doubt food_value_flat food_vitamin_k))
{
	$answer = $node->psql('postgres', "SELECT count(v::text) FROM vitk.$view AS v", stderr => \$problem);
	is("$answer $problem", '0 ', "what was imported does not stop vitk.$view");
}

# Plausible
my @odd = split /\n/, ask(q{SELECT DISTINCT ON (i) code || '|' || unit || '|' || round(power(10, random() * 4 - 2)::numeric, 3) || '|' || in_food
	FROM generate_series(1, 60) AS i, LATERAL (SELECT code, unit, CASE unit WHEN 'g' THEN 100 WHEN 'mg' THEN 1e5 ELSE 1e8 END::float8 AS in_food, random() * (i / i) AS r FROM vitk.nutrient
		WHERE unit IN ('g', 'mg', 'ug') AND code <> 'carbohydrate-available-mono' ORDER BY r LIMIT 1) n});
my %wrong;
for (@odd)
{
	my ($code, $unit, $times, $in_food) = split /\|/;
	next if $times > 0.95 && $times < 1.05;
	my $amount = $in_food * $times . " $unit";
	$code =~ s/'/''/g;
	my %way = (
		text => "SELECT '100 g: $code $amount'::nutrient_profile",
		kilogram => "SELECT '0.1 kg: $code $amount, iodine 0 ug'::nutrient_profile",
		jsonb => "SELECT jsonb_build_object('grams', 100, 'nutrients', jsonb_build_object('$code', '$amount'))::nutrient_profile",
		with_grams => "SELECT with_grams(profile('$code', '$amount'), 100)",
		composition => "SELECT '{7: 100 g: $code $amount (known 100 g)}'::food_composition",
		aggregate => "SELECT food_composition(7, p) FROM (SELECT '100 g'::nutrient_profile + '$code $amount' AS p) s",
		maximum => "BEGIN; INSERT INTO vitk.food_value (food_id, nutrient, kind, amount, maximum, source_id) VALUES ('odd:1', '$code', 'measured', '0 $unit', " . $in_food * $times . ", 'odd') ON CONFLICT (food_id, nutrient, builtin) DO UPDATE SET amount = excluded.amount, maximum = excluded.maximum; ROLLBACK",
		food_value => "BEGIN; INSERT INTO vitk.food_value (food_id, nutrient, kind, amount, source_id) VALUES ('odd:1', '$code', 'measured', '$amount', 'odd') ON CONFLICT (food_id, nutrient, builtin) DO UPDATE SET amount = excluded.amount; ROLLBACK");
	for my $way (sort keys %way)
	{
		next if $way eq 'kilogram' && $code eq 'iodine';
		my $status = $node->psql('postgres', $way{$way}, stderr => \my $stderr);
		$wrong{"$way: $amount of $code in 100 g " . ($status ? "refused: $stderr" : 'taken')} = 1 if ($status == 0) != ($times <= 1);
	}
}
is(join("\n", sort keys %wrong), '', 'more of a nutrient than food is refused in every way in, less is taken');

# An energy that any factors in use give is never doubted; half of the least and twice the most of them are, and so they
# are in any mass.  What is eaten more never takes a doubt about a day away.
is(ask(q{CREATE TABLE meal AS SELECT i, fat, protein, carbohydrate, fibre, alcohol, 100 - least(fat + protein + carbohydrate + alcohol, 100) AS water,
		fat * f.lowest + protein * p.lowest + alcohol * a.lowest + (carbohydrate - fibre) * c.lowest AS least,
		fat * f.highest + protein * p.highest + alcohol * a.highest + carbohydrate * c.highest AS most, random() AS at, 10 ^ (random() * 6 - 2) AS mass
	FROM (SELECT i, 40 * random() AS fat, 25 * random() AS protein, 25 * random() AS carbohydrate, 10 * random() AS alcohol FROM generate_series(1, 300) i) x,
		LATERAL (SELECT carbohydrate * random() * (i / i) AS fibre) y,
		vitk.energy_factor f, vitk.energy_factor p, vitk.energy_factor c, vitk.energy_factor a
	WHERE f.component = 'fat' AND p.component = 'protein' AND c.component = 'carbohydrate' AND a.component = 'alcohol';
	CREATE FUNCTION doubt(m meal, energy float8) RETURNS text LANGUAGE sql AS $$
		SELECT food_doubt(format('%s g: fat %s g, protein %s g, carbohydrate %s g, fibre %s g, alcohol %s g, water %s g, energy %s kcal', mass, fat * mass / 100, protein * mass / 100,
			carbohydrate * mass / 100, fibre * mass / 100, alcohol * mass / 100, water * mass / 100, energy * mass / 100)::nutrient_profile) FROM (SELECT m.*) AS m $$;
	SELECT count(doubt(m, least + at * (most - least))), count(doubt(m, least / 2)) FILTER (WHERE least > 20) = count(*) FILTER (WHERE least > 20),
		count(doubt(m, most * 2)) FILTER (WHERE most BETWEEN 20 AND 500) = count(*) FILTER (WHERE most BETWEEN 20 AND 500), count(*) FILTER (WHERE most BETWEEN 20 AND 500) > 100 FROM meal m}),
	'0|t|t|t', 'an energy is doubted where no factors in use give it, and only there');
is(ask(q{SELECT count(*) FROM (SELECT intake_doubt(a) AS before, intake_doubt(a + b) AS after FROM (SELECT format('%s g: K1 %s ug', 1 + 30000 * random(), 8000 * random())::nutrient_profile AS a,
		format('%s g: K1 %s ug', 1 + 30000 * random(), 8000 * random())::nutrient_profile AS b FROM generate_series(1, 500)) x) y WHERE before IS NOT NULL AND after IS NULL}),
	'0', 'what is eaten more takes no doubt away');

$node->stop;
done_testing();
