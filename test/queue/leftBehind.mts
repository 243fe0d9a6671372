import { once } from 'node:events';
import { appendFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';

import type { Queue } from '../../host/queue.mts';
import { secretsIn } from '../leftBehind/credentials.mts';
import { expectNone, type Process } from '../leftBehind/index.mts';
import { leftByQueue } from '../leftBehind/queue.mts';
import { search, type Text } from '../leftBehind/search.mts';
import { marker } from '../secrets.mts';
import type { Stage } from './stage.mts';

const PLACES = [
	...['main', 'webhook', 'worker'].flatMap((role) => [`${role}'s output`, `${role}'s event log`]),
	'commands to Redis',
	"Redis' output",
	"Redis' files",
	"PostgreSQL's output",
	"PostgreSQL's files",
	'table execution_data',
	'deliveries',
];

type Left = Pick<Queue, 'redis' | 'postgres'> & Record<'main' | 'webhook', Process> & { workers: Process[] };

async function* leftIn({ heard, records }: Stage, left: Left): AsyncGenerator<Text> {
	const { main, webhook, workers, redis, postgres } = left;
	const processes: [string, Process][] = [
		['main', main],
		['webhook', webhook],
		...workers.map((worker): [string, Process] => ['worker', worker]),
	];
	yield* leftByQueue({ processes, redis, postgres, heard });
	yield* records.texts();
}

/** Searches everything that was left behind, and expects no secret. Ends n8n's processes. */
export async function findNoSecret(stage: Stage): Promise<void> {
	const wanted = { secrets: await secretsIn(stage.queue.main), proofs: stage.records.proofs() };
	expectNone(wanted, await search(leftIn(stage, stage.queue), wanted), PLACES);
}

/** Puts a secret into every place, each time in another spelling, and expects to find it there. */
export async function findPlanted(stage: Stage): Promise<void> {
	const secret = marker('planted');
	const bytes = Buffer.from(secret);
	const { main, webhook, workers, redis, postgres } = stage.queue;
	for (const { userFolder } of [main, webhook, ...workers])
		await appendFile(join(userFolder, '.n8n', 'n8nEventLog-planted.log'), JSON.stringify({ secret }));

	const oldest = '(select min("executionId") from execution_data)';
	const row = JSON.stringify(JSON.stringify({ secret })).replaceAll("'", "''");
	await postgres.query(`update execution_data set data = '${row}' where "executionId" = ${oldest}`);
	await postgres.query('checkpoint');
	await expect(postgres.query(`select '${bytes.toString('base64url')}'::integer`)).rejects.toThrow('integer');

	const socket = connect(redis.port, '127.0.0.1');
	socket.write(`SET planted ${bytes.toString('hex')}\r\n`);
	await once(socket, 'data');
	socket.destroy();

	for (const delivery of stage.sandbox.gatePay.deliveries)
		for (const attempt of delivery.attempts) attempt.responseBody = encodeURIComponent(secret);

	const said = { log: `It is ${secret}` };
	const left = {
		postgres,
		main: { ...main, ...said },
		webhook: { ...webhook, ...said },
		workers: workers.map((worker) => ({ ...worker, ...said })),
		redis: { ...redis, ...said },
	};
	const { leaks } = await search(leftIn(stage, left), { secrets: [secret] });
	const places = new Set(leaks.map((leak) => leak.slice(0, leak.indexOf(': '))));
	expect(PLACES.filter((place) => !places.has(place))).toEqual([]);
}
