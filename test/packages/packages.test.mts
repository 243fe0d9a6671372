import { appendFile, cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../../sandbox/index.mts';
import { sandboxCredential } from '../../scripts/demo/credentials.mts';
import { node24, projectFolder } from '../../host/folders.mts';
import { isFinished, itemsOf, type Execution } from '../../host/executions.mts';
import { poll } from '../../host/poll.mts';
import { inARow, node, start } from '../../host/smallFlows.mts';
import { startN8n, type N8n } from '../../host/start.mts';
import type { CredentialChoice } from '../../host/workflows.mts';
import { packBuilt } from '../../scripts/pack.mts';
import { runCommand, type Ended } from '../../scripts/test/command.mts';
import type { Command } from '../../scripts/test/suites.mts';
import { idsFrom, placeOrder } from '../e2e/desk.mts';
import { leavesNoSecret } from '../leftBehind/index.mts';
import { parts, sandboxOf, type PartSubject } from './subjects.mts';

const MINUTE_MS = 60_000;
jest.setTimeout(5 * MINUTE_MS);

const treeOf = ({ packageName }: PartSubject) => join(projectFolder, 'packages', packageName);
const bin = (name: string) => join(projectFolder, 'node_modules', '.bin', name);

// With jest's NODE_ENV=test n8n's rules take every file for a node. And n8n-node asks for colours, even with NO_COLOR.
const env = { NODE_ENV: undefined, NO_COLOR: undefined };
const run = (command: Command, cwd: string) => runCommand(command, { timeoutMs: 5 * MINUTE_MS, cwd, env });
const scan = (...folders: string[]) =>
	run([node24, join(projectFolder, 'scripts', 'packages', 'scan.mjs'), ...folders], projectFolder);

/** How the build of each package ended. */
const builds = new Map<string, Ended>();

beforeAll(async () => {
	const made = await run([bin('gulp'), 'packages', '-L'], projectFolder);
	expect(made).toMatchObject({ code: 0 });
	for (const part of parts) {
		builds.set(part.packageName, await run([bin('n8n-node'), 'build'], treeOf(part)));
	}
}, 10 * MINUTE_MS);

// n8n's lint of the whole looks into every folder and would complain about the built packages.
afterAll(async () => {
	for (const part of parts) await rm(join(treeOf(part), 'dist'), { recursive: true, force: true });
});

describe.each(parts)('the tree of $packageName', (part) => {
	const tree = treeOf(part);

	it('builds', () => {
		expect(builds.get(part.packageName)).toMatchObject({ code: 0 });
	});

	it('passes the strict lint without a complaint', async () => {
		const { code, output } = await run([bin('n8n-node'), 'lint'], tree);
		expect([code, output]).toEqual([0, expect.not.stringMatching(/✖|\d+ (errors?|warnings?)|violation/i)]);
	});

	it("passes n8n's scanner, sources and built files", async () => {
		const { code, output } = await scan(tree);
		expect(output.trim().split('\n')).toEqual([`${tree}, sources: passed`, `${tree}, published: passed`]);
		expect(code).toBe(0);
	});

	it('is packed without a complaint', async () => {
		const { path } = await packBuilt(tree);
		const { output } = await run([node24, join(projectFolder, 'scripts', 'tarballs.mts'), path], tree);
		expect(output).toBe(`${path}: nothing found\n`);
	});

	it('would be published', async () => {
		const { code, output } = await run(['npm', 'publish', '--dry-run', '--provenance', '--offline'], tree);
		expect(output).toContain(`+ ${part.packageName}@`);
		expect(code).toBe(0);
	});

	it('speaks of no other provider and of no other package', async () => {
		const manifest = JSON.parse(await readFile(join(tree, 'package.json'), 'utf8'));
		const nodes: string[] = manifest.n8n.nodes;
		expect(nodes.map((path) => path.split('/').at(-1))).toEqual(
			part.nodeTypes.map((type) => expect.stringMatching(new RegExp(`^${type}\\.node\\.js$`, 'i'))),
		);
		expect(manifest.n8n.credentials).toHaveLength(1);
		for (const path of nodes) {
			const codex = JSON.parse(await readFile(join(tree, path.replace(/\.js$/, '.json')), 'utf8'));
			expect(part.nodeTypes.map((type) => `${part.packageName}.${type}`)).toContain(codex.node);
		}
	});
});

describe("n8n's scanner", () => {
	it.each([
		['a forbidden import in a source', 'nodes/Rapira/signing.ts', "\nimport 'node:fs';\n", 'sources'],
		['a forbidden global in a built file', 'dist/core/clock.js', '\nsetTimeout(() => {}, 1);\n', 'published'],
	])('finds %s', async (_what, file, text, where) => {
		const folder = await mkdtemp(join(tmpdir(), 'scanned-'));
		try {
			await cp(join(projectFolder, 'packages', 'n8n-nodes-rapira'), folder, { recursive: true });
			await appendFile(join(folder, file), text);
			const { code, output } = await scan(folder);
			expect(output).toContain(`${folder}, ${where}: ESLint violations found`);
			expect(code).toBe(1);
		} finally {
			await rm(folder, { recursive: true });
		}
	});
});

describe('all parts in one n8n', () => {
	let n8n: N8n;
	let sandbox: Sandbox;
	const credentials: CredentialChoice = {};

	beforeAll(async () => {
		const tarballs: string[] = [];
		for (const part of parts) tarballs.push((await packBuilt(treeOf(part))).path);
		sandbox = await startSandbox({ pace: 100, autopilot: false });
		n8n = await startN8n({ tarball: tarballs });
		for (const { name } of parts) {
			const credential = sandboxCredential(sandbox, `${name}Api`);
			credentials[credential.type] = { id: await n8n.createCredential(credential), name: credential.name };
		}
	});
	afterAll(async () => {
		await n8n?.stop();
		await sandbox?.close();
	});

	/** An OTC order. Gate Pay notifies of one, but making it takes three calls. */
	function orderOfTheDesk(): IDataObject {
		const [id = ''] = idsFrom(1, 1);
		placeOrder({ sandbox }, id);
		return { id };
	}

	describe.each(parts)('$packageName', (part) => {
		const provider = () => sandboxOf(sandbox, part);
		const ours = (type: string, parameters: INodeParameters): INode => ({
			...node('Ours', `${part.packageName}.${type}`, 1, parameters),
			credentials: { [`${part.name}Api`]: { id: '', name: '' } },
		});
		const runOnce = async (parameters: INodeParameters): Promise<Execution> => {
			const file = inARow(`Once ${part.name}`, [start, ours(part.name, parameters)]);
			return await n8n.runWorkflow(await n8n.importWorkflow(file, { credentials }));
		};

		it('is served with its node types and a credential that passes its test', async () => {
			const { data } = await n8n.rest.get<{ name: string }[]>(`${n8n.url}/types/nodes.json`);
			const served = data.map(({ name }) => name).filter((name) => name.startsWith(`${part.packageName}.`));
			const wanted = part.nodeTypes.map((type) => `${part.packageName}.${type}`);
			expect(served).toEqual(expect.arrayContaining(wanted));
			expect(await n8n.testCredential(credentials[`${part.name}Api`]?.id ?? '')).toMatchObject({
				status: 'OK',
			});
		});

		it('reads', async () => {
			const execution = await runOnce(part.read);
			expect(execution.status).toBe('success');
			expect(itemsOf(execution, 'Ours').length).toBeGreaterThan(0);
		});

		it('pays, with one request', async () => {
			const before = provider().requests.length;
			expect(itemsOf(await runOnce(part.pay), 'Ours')).toMatchObject([{ outcome: 'applied' }]);
			const sent = provider().requests.slice(before);
			expect(sent.filter(({ operation }) => operation === part.payEndpoint)).toHaveLength(1);
		});

		const { event, acknowledgement } = part;
		if (!event) return;

		it('accepts a signed notification and refuses a forged one', async () => {
			const webhookId = `d0000000-0000-4000-8000-00000000000${parts.indexOf(part)}`;
			const trigger = { ...ours(`${part.name}Trigger`, { statuses: ['succeeded'] }), webhookId };
			const workflowId = await n8n.importWorkflow(inARow('Events', [trigger]), { credentials });
			await n8n.activate(workflowId);
			provider().setCallbackUrl(n8n.webhookUrl(`${webhookId}/webhook`));
			const known = provider().deliveries.length;
			const [created = {}] = event.create ? itemsOf(await runOnce(event.create), 'Ours') : [orderOfTheDesk()];
			for (const act of event.acts) provider().act(act, String(created[event.actBy]));

			const told = await poll(() => provider().deliveries.slice(known).at(-1), 'a notification');
			// OkiPays notifies of its next state when it has the answer to this one.
			const isQuiet = () => provider().deliveries.every(({ state }) => state !== 'waiting');
			await poll(() => (isQuiet() ? true : undefined), 'all answers');
			expect(told.attempts.at(-1)).toMatchObject({ status: 200, responseBody: acknowledgement });
			const execution = await n8n.waitForExecution(
				(each) => each.workflowId === workflowId && isFinished(each),
			);
			expect(itemsOf(execution, 'Ours')).toMatchObject([{ provider: part.name, status: 'succeeded' }]);

			const count = (await n8n.executions({ workflowId })).length;
			const forged = await provider().forge(told.id, 'signature');
			expect(forged.attempts.map(({ status }) => status)).toEqual([401]);
			expect(await n8n.executions({ workflowId })).toHaveLength(count);
		});
	});

	leavesNoSecret(() => ({ n8n, sandbox }));
});
