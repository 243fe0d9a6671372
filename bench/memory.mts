/**
 * npm run bench:memory [-- --deliveries 10000 --each 1000]: what n8n's process holds after many webhook deliveries, of our
 * trigger and of n8n's own Webhook node in the same run, each in an n8n of its own. Deliveries that our trigger refuses are
 * counted apart: it answers them itself, so n8n gets no answer to send. Needs the built package.
 */
import '../scripts/typescript.mjs';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { poll } from '../host/poll.mts';
import { inARow, node } from '../host/smallFlows.mts';
import { startN8n, type N8n } from '../host/start.mts';
import { pack } from '../scripts/pack.mts';
import { credentialFor, ours } from './flow.mts';
import { deliverMany, genuine, type Letter } from './webhooks.mts';

const HOOK = 'be000000-0000-4000-8000-000000000004';
const MB = 1024 * 1024;

const { values } = parseArgs({
	options: {
		deliveries: { type: 'string', default: '10000' },
		each: { type: 'string', default: '1000' },
		env: { type: 'string', multiple: true, default: ['N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE=true'] },
	},
});

const end = node('End', 'n8n-nodes-base.noOp', 1);
const ourTrigger = {
	...ours('Event', 'gatePayTrigger', { events: [], statuses: [] }),
	typeVersion: 2,
	webhookId: HOOK,
};
const webhookNode = {
	...node('Event', 'n8n-nodes-base.webhook', 2, { httpMethod: 'POST', path: HOOK, options: {} }),
	webhookId: HOOK,
};

const subjects = [
	{ name: "n8n's Webhook node", trigger: webhookNode, path: HOOK, letter: genuine },
	{ name: 'our trigger, genuine', trigger: ourTrigger, path: `${HOOK}/webhook`, letter: genuine },
	{ name: 'our trigger, forged', trigger: ourTrigger, path: `${HOOK}/webhook`, letter: forged },
];

const folder = mkdtempSync(join(tmpdir(), 'bench-memory-'));
const running: N8n[] = [];
try {
	const { path } = await pack({ build: false });
	const open = await Promise.all(
		subjects.map((subject, index) => start(subject, path, join(folder, `${index}`))),
	);
	const each = Number(values.each);
	console.log(
		row(
			'deliveries',
			open.map(({ name }) => name),
		),
	);
	for (let sent = 0; sent <= Number(values.deliveries); sent += each) {
		if (sent > 0) await Promise.all(open.map(({ url, letter }) => deliverMany(url, each, letter)));
		await sleep(3000); // the executions that the deliveries started still run
		const held = await Promise.all(open.map(({ memory }) => memory()));
		console.log(
			row(
				String(sent),
				held.map(({ rss, heapUsed }) => `${inMb(rss)} (${inMb(heapUsed)})`),
			),
		);
	}
	console.log('MB of the process, and of it the heap of JavaScript, after a collection');
} finally {
	for (const n8n of running) await n8n.stop();
	rmSync(folder, { recursive: true, force: true });
}

function forged(number: number): Letter {
	const { body, headers } = genuine(number);
	return { body: body.replace('0.1000', '9.1000'), headers, status: 401 };
}

async function start(
	{ name, trigger, path, letter }: (typeof subjects)[number],
	tarball: string,
	file: string,
) {
	const inside = join(import.meta.dirname, 'collecting.mts');
	const settings = Object.fromEntries(values.env.map((one) => one.split('=', 2)));
	const env = { NODE_OPTIONS: `--import=${inside}`, BENCH_MEMORY: file, ...settings };
	const n8n = await startN8n({ tarball, env });
	running.push(n8n);
	const type = 'gatePayApi';
	const id = await n8n.createCredential({ name: type, type, data: credentialFor('http://127.0.0.1:1') });
	const credentials = { [type]: { id, name: type } };
	await n8n.activate(await n8n.importWorkflow(inARow('Events', [trigger, end]), { credentials }));
	return { name, letter, url: n8n.webhookUrl(path), memory: () => memoryOf(n8n.pid, file) };
}

/** Asks the process for a collection. Resolves to the bytes that it holds then. */
async function memoryOf(pid: number, file: string): Promise<{ rss: number; heapUsed: number }> {
	rmSync(file, { force: true });
	process.kill(pid, 'SIGUSR2');
	return await poll(() => written(file), 'the memory of n8n');
}

function written(file: string): { rss: number; heapUsed: number } | undefined {
	try {
		return JSON.parse(readFileSync(file, 'utf8'));
	} catch {
		return undefined; // it is not written yet, or not to its end
	}
}

function inMb(bytes: number): string {
	return String(Math.round(bytes / MB));
}

function row(first: string, others: readonly string[]): string {
	return `| ${[first, ...others].join(' | ')} |`;
}
