import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';

import type { Text } from './search.mts';

/** n8n's copies of its editor and of installed packages. They exist before the first credential. */
const NOT_WRITTEN = /(^|\/)(\.cache|node_modules)\//;

const databaseOf = (userFolder: string) => join(userFolder, '.n8n', 'database.sqlite');

/** The texts in the folder of an n8n that has ended. */
export async function* leftInFolder(userFolder: string): AsyncGenerator<Text> {
	yield* filesIn(userFolder);
	const database = databaseOf(userFolder);
	if (existsSync(database)) yield* tablesIn(database);
}

/** The write-ahead log. Read it while n8n runs: SQLite empties it when n8n ends in order. */
export async function* writeAheadLog(userFolder: string): AsyncGenerator<Text> {
	const path = `${databaseOf(userFolder)}-wal`;
	if (existsSync(path)) yield { place: 'write-ahead log', text: await readFile(path, 'latin1') };
}

/** Reads the files as Latin-1, which keeps every byte of a binary file. All markers are ASCII. */
export async function* filesIn(folder: string): AsyncGenerator<Text> {
	for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
		const path = join(entry.parentPath, entry.name);
		if (!entry.isFile() || NOT_WRITTEN.test(relative(folder, path))) continue;
		yield { place: placeOf(entry.name), text: await readFile(path, 'latin1') };
	}
}

function placeOf(name: string): string {
	if (name.endsWith('.sqlite')) return 'database file';
	if (/\.sqlite-(wal|shm)$/.test(name)) return 'write-ahead log';
	if (name.startsWith('n8nEventLog')) return 'event log';
	return name.endsWith('.log') ? 'log file' : 'other files';
}

/** Reads the values through the database as well, because its file cuts long values into pages. */
function* tablesIn(path: string): Generator<Text> {
	const database = new DatabaseSync(path, { readOnly: true });
	try {
		const tables = database.prepare("select name from sqlite_master where type = 'table'").all();
		for (const { name } of tables) {
			const select = database.prepare(`select * from "${String(name)}"`);
			select.setReadBigInts(true);
			for (const row of select.iterate()) {
				yield { place: `table ${String(name)}`, text: Object.values(row).map(asText).join('\n') };
			}
		}
	} finally {
		database.close();
	}
}

function asText(value: SQLOutputValue): string {
	return value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value);
}
