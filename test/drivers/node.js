// node-postgres: see README.  Mode: text or binary.
'use strict';

const { readFileSync } = require('fs');
const pg = require('pg');

// 64 bits are text otherwise
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

const pad = (n) => String(n).padStart(2, '0');

function cell(value) {
	if (Array.isArray(value))
		return value.map(cell);
	if (value instanceof Date) // midnight of the local day
		return `${value.getFullYear()}-${pad(value.getMonth() + 1)}-${pad(value.getDate())}`;
	if (Buffer.isBuffer(value))
		return '\\x' + value.toString('hex');
	if (value === null || ['boolean', 'number'].includes(typeof value))
		return value;
	return typeof value.toPostgres === 'function' ? value.toPostgres() : String(value);
}

async function answer(client, sql, values, binary) {
	let i = 0;
	const text = values.length ? sql.replace(/\?/g, () => `$${++i}`) : sql;
	try {
		const result = await client.query({ text, values, binary, rowMode: 'array' });
		return { rows: result.rows.map((r) => r.map(cell)) };
	} catch (error) {
		return { error: error.message };
	}
}

(async () => {
	const queries = readFileSync(0, 'utf8').split('\n').filter(Boolean).map((line) => line.split('\t'));
	for (const mode of process.argv.slice(2)) {
		const client = new pg.Client();
		await client.connect();
		for (const [sql, ...values] of queries)
			console.log(JSON.stringify(await answer(client, sql, values, mode === 'binary')));
		await client.end();
	}
})();
