/**
 * npm run bench:polling -- --way WAY [--flows 25] [--rounds 4] [--tarball FILE]
 * What becomes of a change that a polling trigger has to tell: counted in a real n8n that is killed, renamed and pruned.
 * Ways: `memory` is n8n as it comes, `durable` with its durable scheduler and cursors. --tarball measures another
 * edition of the package, e.g. one whose triggers still set their own clock.
 */
import '../../scripts/typescript.mjs';
import { parseArgs } from 'node:util';

import { startSandbox } from '../../sandbox/index.mts';
import { sandboxCredential } from '../../scripts/demo/credentials.mts';
import { startN8n } from '../../host/start.mts';
import { packIfChanged } from '../../scripts/pack.mts';
import { measure, type Tally } from './trial.mts';

const ways: Readonly<Record<string, NodeJS.ProcessEnv>> = {
	memory: {},
	durable: {
		N8N_SCHEDULER_ENABLED: 'true',
		N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
		N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
		N8N_USE_WORKFLOW_PUBLICATION_SERVICE: 'true',
	},
};

const { values } = parseArgs({
	options: {
		way: { type: 'string', default: 'memory' },
		flows: { type: 'string', default: '25' },
		rounds: { type: 'string', default: '4' },
		seed: { type: 'string', default: '20261130' },
		tarball: { type: 'string' },
	},
});
const env = ways[values.way];
if (!env) throw new Error(`There is no way ${values.way}; there are ${Object.keys(ways).join(', ')}`);

const sandbox = await startSandbox({ pace: 100, autopilot: false });
const tarball = values.tarball ?? (await packIfChanged()).path;
const n8n = await startN8n({ tarball, env });
try {
	const { type, name, data } = sandboxCredential(sandbox, 'gatePayApi');
	const credentials = { [type]: { id: await n8n.createCredential({ type, name, data }), name } };
	const tallies = await measure({
		n8n,
		sandbox,
		credentials,
		flows: Number(values.flows),
		rounds: Number(values.rounds),
		seed: Number(values.seed),
		say: (line) => console.log(`${new Date().toISOString().slice(11, 19)} ${line}`),
	});
	console.log(table(values.way, tallies));
} finally {
	await n8n.stop();
	await sandbox.close();
}

function table(way: string, tallies: readonly Tally[]): string {
	const lines = tallies.map(
		({ trial, runs, lost, doubled }) => `| ${way} | ${trial} | ${runs} | ${lost} | ${doubled} |`,
	);
	return ['| way | what happens | runs | lost | doubled |', '|---|---|--:|--:|--:|', ...lines].join('\n');
}
