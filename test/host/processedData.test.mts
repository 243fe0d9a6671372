import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { projectFolder } from '../../host/folders.mts';
import { tell } from '../../scripts/test/figures.mts';

const host = join(projectFolder, 'host', 'n8n');
let folder: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'processed-data-'));
	await claimer('nobody', 'migrate');
});
afterAll(async () => await rm(folder, { recursive: true, force: true }));

async function claimer(name: string, way: string, begin = 0): Promise<string> {
	const program = join(projectFolder, 'test', 'host', 'claimer.mts');
	const env = { ...process.env, N8N_USER_FOLDER: folder, N8N_ENCRYPTION_KEY: 'claims' };
	const { stdout } = await promisify(execFile)(process.execPath, [program, host, name, way, String(begin)], {
		env,
	});
	return stdout.trim().split('\n').at(-1) ?? '';
}

interface Claimed {
	won: number[];
	refused: number;
	kept: number;
}

/** Two workers claim the same 200 references at the same moments. */
async function both(
	way: string,
): Promise<{ twice: number; nobody: number; refused: number; kept: number[] }> {
	const begin = Date.now() + 8000;
	const said = await Promise.all(['a', 'b'].map((name) => claimer(name, way, begin)));
	const [one, other] = said.map((text): Claimed => JSON.parse(text));
	const all = new Set([...(one?.won ?? []), ...(other?.won ?? [])]);
	const figures = {
		twice: (one?.won.length ?? 0) + (other?.won.length ?? 0) - all.size,
		nobody: 200 - all.size,
		refused: (one?.refused ?? 0) + (other?.refused ?? 0),
		kept: [one?.kept ?? 0, other?.kept ?? 0],
	};
	tell(`n8n's processed data, ${way}, two processes: ${JSON.stringify(figures)}`);
	return figures;
}

describe("n8n's table of processed data", () => {
	it('lets one of two processes through where each reference has a row of its own', async () => {
		expect(await both('rows')).toMatchObject({ twice: 0, nobody: 0 });
	});

	it('forgets nothing of what a process has recorded in a row of its own', async () => {
		const { refused, kept } = await both('rows');
		// The second time all is there already.
		expect([refused, kept]).toEqual([0, [200, 200]]);
	});

	// How many are doubled and lost is a matter of chance: it is told, and the memory of payments does not build on it.
	it('is no memory for two processes where all references share one row', async () => {
		const { kept } = await both('list');
		for (const count of kept) expect(count).toBeLessThanOrEqual(200);
	});
});
