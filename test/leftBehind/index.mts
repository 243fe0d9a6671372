import type { Sandbox } from '../../sandbox/index.mts';
import type { Instance } from '../../host/instance.mts';
import type { SmtpSink } from '../../host/smtpSink.mts';
import type { N8n } from '../../host/start.mts';
import { tell } from '../../scripts/test/figures.mts';
import { secretsIn } from './credentials.mts';
import { recordsOf, type Records } from './sandbox.mts';
import { bothWays, inWords, search, type Found, type Text, type Wanted } from './search.mts';
import { leftInFolder, writeAheadLog } from './userFolder.mts';

export interface Stage {
	n8n: N8n;
	sandbox?: Sandbox;
	mail?: SmtpSink;
	/** The secrets of credentials that were typed by hand. */
	typed?: readonly string[];
	/** More texts to search. */
	seen?: () => Promise<Text[]>;
}

/** A process of n8n. */
export type Process = Pick<Instance, 'log' | 'userFolder' | 'kill'>;

/** Places where every n8n leaves something. A search that misses one of them proves nothing. */
const ALWAYS = ['output', 'event log', 'database file', 'table execution_data', 'table credentials_entity'];

/** Ends the process first, because its last words count too. Its folder stays until `stop`. */
export async function* leftByProcess(n8n: Process): AsyncGenerator<Text> {
	yield* writeAheadLog(n8n.userFolder);
	await n8n.kill('SIGTERM');
	yield { place: 'output', text: n8n.log };
	yield* leftInFolder(n8n.userFolder);
}

/** Everything that n8n, the sandbox and the mail box have written down. */
export async function* leftBehind({ n8n, mail, seen }: Stage, records?: Records): AsyncGenerator<Text> {
	yield* leftByProcess(n8n);
	if (records) yield* records.texts();
	if (seen) yield* await seen();
	for (const each of mail?.allMails ?? [])
		yield { place: 'mails', text: `${JSON.stringify(each)}\n${bothWays(each.html)}` };
}

/**
 * The last test of a file that starts an n8n. It searches everything that n8n and the sandbox have written down for the
 * secrets of all credentials that were created in it. It ends n8n.
 */
export function leavesNoSecret(stage: () => Stage): void {
	let records: Records | undefined;
	beforeAll(() => {
		const { sandbox } = stage();
		records = sandbox && recordsOf(sandbox);
	});

	it('no secret is in what n8n leaves behind', async () => {
		const { n8n, typed = [] } = stage();
		const wanted: Wanted = {
			secrets: [...(await secretsIn(n8n)), ...typed],
			proofs: records?.proofs() ?? [],
		};
		expectNone(wanted, await search(leftBehind(stage(), records), wanted), ALWAYS);
	});
}

/** @param places in which something must have been found to search */
export function expectNone(wanted: Wanted, found: Found, places: readonly string[]): void {
	const suite = expect.getState().testPath?.split('/').slice(-2).join('/') ?? 'left behind';
	tell(inWords(suite, wanted, found));
	expect(found.leaks).toEqual([]);
	expect(wanted.secrets.length).toBeGreaterThan(0);
	expect(Object.keys(found.searched)).toEqual(expect.arrayContaining([...places]));
}
