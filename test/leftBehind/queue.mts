import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Queue } from '../../host/queue.mts';
import type { Postgres } from '../../host/servers/postgres.mts';
import type { Redis } from '../../host/servers/redis.mts';
import { leftByProcess, type Process } from './index.mts';
import type { Text } from './search.mts';
import { filesIn } from './userFolder.mts';

const ROWS_AT_ONCE = 200;
const PAUSE_MS = 20;

export interface QueueLeft extends Pick<Queue, 'redis' | 'postgres'> {
	/** The processes with their role: main, webhook or worker. */
	processes: readonly (readonly [string, Process])[];
	heard: Listener;
}

export interface Listener {
	readonly text: string;
	stop(): void;
}

/** Listens to all commands to Redis, also to messages between n8n's processes, which Redis does not keep. */
export function listenTo({ port }: Pick<Redis, 'port'>): Listener {
	let text = '';
	let isOver = false;
	let stop = () => {};
	const listen = async () => {
		while (!isOver) {
			const socket = connect(port, '127.0.0.1').setEncoding('latin1');
			stop = () => socket.destroy();
			socket.on('connect', () => socket.write('MONITOR\r\n')).on('data', (said) => (text += String(said)));
			// Redis is killed sometimes and comes back. events.once would reject on the error before the end.
			socket.on('error', () => undefined);
			await new Promise((resolve) => socket.on('close', resolve));
			if (!isOver) await sleep(PAUSE_MS);
		}
	};
	void listen();
	return {
		get text() {
			return text;
		},
		stop: () => {
			isOver = true;
			stop();
		},
	};
}

/** Everything that n8n in queue mode, PostgreSQL and Redis have kept. Ends n8n's processes, but not the servers. */
export async function* leftByQueue({ processes, postgres, redis, heard }: QueueLeft): AsyncGenerator<Text> {
	for (const [role, process] of processes) {
		for await (const { place, text } of leftByProcess(process)) yield { place: `${role}'s ${place}`, text };
	}
	yield { place: 'commands to Redis', text: heard.text };
	yield { place: "Redis' output", text: redis.log };
	for await (const { text } of filesIn(redis.folder)) yield { place: "Redis' files", text };
	yield* tablesOf(postgres);
	yield { place: "PostgreSQL's output", text: postgres.log };
	for await (const { text } of filesIn(postgres.folder)) yield { place: "PostgreSQL's files", text };
}

/** Reads the rows as JSON: psql's own format does not show where a value ends, and COPY changes backslashes. */
async function* tablesOf(postgres: Postgres): AsyncGenerator<Text> {
	const tables = await postgres.query("select tablename from pg_tables where schemaname = 'public'");
	for (const [table = ''] of tables) {
		for (let offset = 0; ; offset += ROWS_AT_ONCE) {
			const page = `select * from "${table}" order by ctid limit ${ROWS_AT_ONCE} offset ${offset}`;
			const rows = await postgres.query(`select row_to_json(rows) from (${page}) rows`);
			for (const row of rows) yield { place: `table ${table}`, text: valuesOf(row.join('\t')) };
			if (rows.length < ROWS_AT_ONCE) break;
		}
	}
}

function valuesOf(row: string): string {
	const values: unknown[] = Object.values(JSON.parse(row));
	return values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join('\n');
}
