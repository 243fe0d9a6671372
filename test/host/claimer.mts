// A program of its own, for processedData.test.mts: n8n's own code on n8n's own database, as a worker has it.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const [, , host = '', name = '', way = '', begin = ''] = process.argv;
const required = createRequire(join(host, 'package.json'));
required('reflect-metadata');
const { Container } = required('@n8n/di');
const { DbConnection } = required('@n8n/db');
const { DataSource } = required('@n8n/typeorm');
const { DeduplicationHelper } = required(
	join(host, 'node_modules/n8n/dist/deduplication/deduplication-helper.js'),
);

const connection = Container.get(DbConnection);
await connection.init();
const workflow = { id: 'workflow-1' };

if (way === 'migrate') {
	await connection.migrate();
	await Container.get(DataSource).query(
		`insert into workflow_entity (id, name, active, nodes, connections, "versionId")
		values ('workflow-1', 'One', false, '[]', '{}', '00000000-0000-4000-8000-000000000001')`,
	);
} else console.log(JSON.stringify(await claimAll(way === 'rows')));
process.exit();

/** 200 references, each at the same moment as the other process. */
async function claimAll(hasRows: boolean): Promise<{ won: number[]; refused: number; kept: number }> {
	const helper = new DeduplicationHelper();
	const options = { mode: 'entries' };
	const won: number[] = [];
	let refused = 0;
	for (let reference = 0; reference < 200; reference += 1) {
		const moment = Number(begin) + reference * 25;
		await sleep(Math.max(0, moment - 3 - Date.now()));
		// A timer is late by a moment of its own; both processes have to begin in the same millisecond.
		while (Date.now() < moment);
		const node = { id: hasRows ? `row ${reference}` : 'list' };
		try {
			const checked = await helper.checkProcessedAndRecord(
				[`r${reference}`],
				'node',
				{ workflow, node },
				options,
			);
			if (checked.new.length > 0) won.push(reference);
			const own = { workflow, node: { id: hasRows ? `own ${name} ${reference}` : 'own' } };
			await helper.checkProcessedAndRecord([`${name} ${reference}`], 'node', own, options);
		} catch {
			refused += 1;
		}
	}
	await sleep(1000);
	let kept = 0;
	for (let reference = 0; reference < 200; reference += 1) {
		const own = { workflow, node: { id: hasRows ? `own ${name} ${reference}` : 'own' } };
		const checked = await helper.checkProcessedAndRecord([`${name} ${reference}`], 'node', own, options);
		kept += checked.processed.length;
	}
	return { won, refused, kept };
}
