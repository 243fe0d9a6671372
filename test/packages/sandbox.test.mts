import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import axios from 'axios';

import { sign } from '../../sandbox/gatePay/signing.mts';
import { node24, projectFolder } from '../../host/folders.mts';
import { poll } from '../../host/poll.mts';
import { npmPack } from '../../scripts/pack.mts';
import { runCommand } from '../../scripts/test/command.mts';
import type { Command } from '../../scripts/test/suites.mts';

const MINUTE_MS = 60_000;
jest.setTimeout(3 * MINUTE_MS);

let folder: string;
let tarball: string;
let running: ChildProcess | undefined;

/** Makes another person's project, in which only the packed sandbox is installed. */
beforeAll(async () => {
	const gulp = join(projectFolder, 'node_modules', '.bin', 'gulp');
	expect(await runCommand([gulp, 'packages', '-L'], { timeoutMs: 5 * MINUTE_MS })).toMatchObject({ code: 0 });
	tarball = (await npmPack(join(projectFolder, 'packages', 'otc-payouts-sandbox'))).path;
	folder = await mkdtemp(join(tmpdir(), 'sandbox-alone-'));
	await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
	const flags = ['--prefer-offline', '--no-audit', '--no-fund'];
	const installed = await runCommand(['npm', 'install', ...flags, tarball], {
		timeoutMs: 5 * MINUTE_MS,
		cwd: folder,
	});
	expect(installed).toMatchObject({ code: 0 });
}, 8 * MINUTE_MS);
afterAll(async () => {
	running?.kill('SIGKILL');
	await rm(folder, { recursive: true, force: true });
});

async function call(url: string, headers: Record<string, string>) {
	const { data } = await axios.get(`${url}/v1/pay/balance/query`, {
		headers,
		validateStatus: () => true,
		proxy: false,
	});
	return data;
}

it('is packed without a complaint', async () => {
	const command = [node24, join(projectFolder, 'scripts', 'tarballs.mts'), tarball] satisfies Command;
	const { output } = await runCommand(command, { timeoutMs: 5 * MINUTE_MS });
	expect(output).toBe(`${tarball}: nothing found\n`);
});

it('needs no n8n', async () => {
	const installed = await readdir(join(folder, 'node_modules'));
	expect(installed).toContain('otc-payouts-sandbox');
	expect(installed.filter((name) => name.includes('n8n'))).toEqual([]);
});

it('starts as one command, judges signatures, and stops', async () => {
	const command = join(folder, 'node_modules', '.bin', 'otc-payouts-sandbox');
	const child = spawn(node24, [command, '--port', '0'], {
		cwd: folder,
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	running = child;
	let output = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
	await poll(() => (output.includes('Ctrl+C') ? true : undefined), 'the sandbox to start', MINUTE_MS);
	const told = (pattern: RegExp) => pattern.exec(output)?.[1] ?? '';
	const url = told(/^Gate Pay\n +Base URL +(\S+)$/m);
	const secret = told(/^ +Payment API Secret +(\S+)$/m);

	const parts = { timestamp: String(Date.now()), nonce: 'n1', body: '' };
	const headers = {
		'X-GatePay-Certificate-ClientId': told(/^ +Client ID +(\S+)$/m),
		'X-GatePay-Timestamp': parts.timestamp,
		'X-GatePay-Nonce': parts.nonce,
		'X-GatePay-Signature': sign(secret, parts),
	};
	expect(await call(url, headers)).toMatchObject({ status: 'SUCCESS' });
	expect(await call(url, { ...headers, 'X-GatePay-Signature': '0' })).toMatchObject({ status: 'FAIL' });
	const page = await axios.get<string>(told(/^Console +(\S+)$/m), { proxy: false });
	expect(page.data).toContain('<html');

	child.kill('SIGTERM');
	expect(await once(child, 'exit')).toEqual([0, null]);
});

it('is a library, too', async () => {
	const script = `
		import { startSandbox } from 'otc-payouts-sandbox';
		const sandbox = await startSandbox();
		console.log(Object.keys(sandbox.providers).join(' '), sandbox.gatePay.books.total('USDT'));
		await sandbox.close();`;
	await writeFile(join(folder, 'use.mjs'), script);
	const { code, output } = await runCommand([node24, 'use.mjs'], { timeoutMs: MINUTE_MS, cwd: folder });
	expect([code, output.trim()]).toEqual([0, 'gatePay bridgePay okiPays payPlay rapira 0']);
});
