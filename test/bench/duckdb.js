// duckdb.js - the queries of the bench of diets in DuckDB, on tables of its own.
//
//   node duckdb.js load FILE FOLDER     makes a database of FOLDER's diary.csv and foods.csv
//   node duckdb.js turn FILE TURN       each query once, with 1 and 2 threads: tab-separated
//                                       suite, setting, name, turn, ms, as "measured" has them
//   node duckdb.js check FILE           a few sums of the answers, tab-separated: name, value
const { DuckDBInstance } = require(process.env.VITK_BENCH_MODULES + '/@duckdb/node-api');

const columns = [...Array(14).keys()].map((i) => i + 1);
const sums = columns.map((i) => `sum(grams / 100 * v${i}) AS s${i}`).join(', ');
const joined = 'FROM diary JOIN foods USING (food)';
const days = `SELECT person, day, ${sums} ${joined} GROUP BY person, day`;
const one = `SELECT person, day, sum(grams / 100 * v1) AS s1 ${joined} GROUP BY person, day`;
const swapped = `SELECT person, day, ${sums}
	FROM (SELECT person, day, CASE food WHEN 17 THEN 18 ELSE food END AS food, grams FROM diary) JOIN foods USING (food) GROUP BY person, day`;
const queries = {
	'(a) by person and day': days,
	'(b) mean day of each person': `SELECT person, ${columns.map((i) => `avg(s${i})`).join(', ')} FROM (${days}) GROUP BY person`,
	'(c) share of persons below': `SELECT avg((k1 < 1500)::integer) AS share FROM (SELECT person, avg(s1) AS k1 FROM (${one}) GROUP BY person)`,
	'(d) one nutrient': one,
	'(e) a swap': swapped,
};
const checks = {
	'(a) by person and day': `SELECT sum((s1 + s14) * (person % 97 + day)) FROM (${days})`,
	'(b) mean day of each person': `SELECT sum(m * (person % 97)) FROM (SELECT person, avg(s3) AS m FROM (${days}) GROUP BY person)`,
	'(c) share of persons below': queries['(c) share of persons below'],
	'(d) one nutrient': `SELECT sum(s1 * (person % 97 + day)) FROM (${one})`,
	'(e) a swap': `SELECT sum((s1 + s14) * (person % 97 + day)) FROM (${swapped})`,
};

async function main([task, file, argument]) {
	const connection = await (await DuckDBInstance.create(file)).connect();
	const run = async (sql) => (await connection.runAndReadAll(sql)).getRows();
	if (task === 'load') {
		await run(`CREATE TABLE diary AS FROM read_csv('${argument}/diary.csv', header = false,
			columns = {person: 'INTEGER', day: 'INTEGER', food: 'INTEGER', grams: 'DOUBLE'})`);
		await run(`CREATE TABLE foods AS FROM read_csv('${argument}/foods.csv', header = false,
			columns = {food: 'INTEGER', ${columns.map((i) => `v${i}: 'DOUBLE'`).join(', ')}})`);
		await run('CHECKPOINT');
	} else if (task === 'turn') {
		for (const threads of [1, 2]) {
			await run(`SET threads = ${threads}`);
			await run('SELECT sum(person), sum(day), sum(food), sum(grams) FROM diary');		// all in memory
			for (const [name, sql] of Object.entries(queries)) {
				const start = process.hrtime.bigint();
				await run(`${sql} OFFSET 1000000000`);		// computed, and none of it kept
				console.log(['diet', threads, `DuckDB ${name}`, argument, Number(process.hrtime.bigint() - start) / 1e6].join('\t'));
			}
		}
	} else if (task === 'check') {
		for (const [name, sql] of Object.entries(checks)) console.log([name, (await run(sql))[0][0]].join('\t'));
	} else throw new Error(`no task ${task}`);
}

main(process.argv.slice(2)).then(() => process.exit(0), (error) => { console.error(error); process.exit(1); });
