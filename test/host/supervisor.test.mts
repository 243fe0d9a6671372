import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { node24, projectFolder } from '../../host/folders.mts';
import { poll } from '../../host/poll.mts';
import { supervise, type Program, type Supervised } from '../../host/supervisor.mts';

/** Starts a process of its own, as n8n starts task runners, and says so. It ends in order when it is asked to. */
const parent = `
	const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
	process.on('SIGTERM', () => { console.log('bye'); process.exit(0); });
	console.log('ready with ' + child.pid + '.');
`;
/** Leaves a process behind and ends by itself as soon as a file says so. */
const ending = `${parent} setInterval(() => require('node:fs').existsSync('end') && process.exit(3), 50);`;
const deaf = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('ready with 0.')`;

const isReady = (output: string) => output.includes('ready');
const open: Supervised[] = [];
let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'supervised-'));
});
afterEach(async () => {
	for (const each of open.splice(0)) await each.stop();
});

function programOf(code: string): Program {
	return { command: [node24, '-e', code], cwd: folder, folder, stopSignal: 'SIGTERM' };
}

function supervised(code: string): Supervised {
	const program = supervise(programOf(code), { name: 'a program', isReady });
	open.push(program);
	return program;
}

const childIn = (output: string) => Number(/ready with (\d+)\./.exec(output)?.[1]);

function lives(pid: number): boolean {
	try {
		process.kill(pid, 0);
	} catch {
		return false;
	}
	// A process that has ended keeps its number until its parent asks how; in a container nobody may ask.
	const stat = `/proc/${pid}/stat`;
	return !existsSync(stat) || !/\) Z /.test(readFileSync(stat, 'utf8'));
}

const gone = (pid: number) => poll(() => (lives(pid) ? undefined : true), `process ${pid} to end`);

it('kills a program with all that it has started, and starts it again in the same folder', async () => {
	const program = supervised(parent);
	await program.start();
	const first = program.pid;
	const child = childIn(program.log);
	expect([lives(first), lives(child)]).toEqual([true, true]);

	await program.kill();
	expect(program.pid).toBe(0);
	await Promise.all([gone(first), gone(child)]);
	expect(program.log).not.toContain('bye');

	await program.start();
	expect(program.pid).not.toBe(first);
	expect(program.log.match(/ready/g)).toHaveLength(2);
});

it('ends a program in order, keeps its last words and removes its folder', async () => {
	const program = supervised(parent);
	await program.start();
	await program.stop();
	expect(program.log).toContain('bye');
	expect(existsSync(folder)).toBe(false);
});

it('ends what a program has left behind when it ended by itself', async () => {
	const program = supervised(ending);
	await program.start();
	await writeFile(join(folder, 'end'), '');
	await poll(() => (program.pid === 0 ? true : undefined), 'the program to end');
	await gone(childIn(program.log));
});

it('kills a program that does not listen to the signal', async () => {
	const program = supervised(deaf);
	await program.start();
	const { pid } = program;
	await program.kill('SIGTERM');
	expect(lives(pid)).toBe(false);
});

it('says why a program did not get ready', async () => {
	const program = supervised(`console.error('no database'); process.exitCode = 7`);
	await expect(program.start()).rejects.toThrow('a program did not get ready. It ended with 7.\nno database');
});

it('says that a program is missing', async () => {
	const program = supervise({ ...programOf(''), command: ['/no/such/program'] }, { name: 'It', isReady });
	open.push(program);
	await expect(program.start()).rejects.toThrow(
		/^It did not get ready\. It ended with .*\/no\/such\/program/s,
	);
});

it('ends a program and removes its folder when the caller is killed', async () => {
	const told = join(await mkdtemp(join(tmpdir(), 'caller-')), 'told');
	const caller = spawn(node24, ['--input-type=module', '-e', callerOf(programOf(parent), told)], {
		stdio: ['ignore', 'ignore', 'inherit'],
	});
	const { pid, child } = JSON.parse(await poll(() => textOf(told), 'the caller to start its program'));
	expect([lives(pid), lives(child)]).toEqual([true, true]);

	caller.kill('SIGKILL');
	await Promise.all([gone(pid), gone(child)]);
	await poll(() => (existsSync(folder) ? undefined : true), 'the folder to go');
});

/** Code of a process that starts the program and tells its process IDs in a file. */
function callerOf(program: Program, told: string): string {
	return `
		import { renameSync, writeFileSync } from 'node:fs';
		import { supervise } from ${JSON.stringify(join(projectFolder, 'host', 'supervisor.mts'))};
		const isReady = (output) => output.includes('ready');
		const program = supervise(${JSON.stringify(program)}, { name: 'a program', isReady });
		await program.start();
		const child = Number(/ready with (\\d+)\\./.exec(program.log)[1]);
		writeFileSync('${told}.new', JSON.stringify({ pid: program.pid, child }));
		renameSync('${told}.new', '${told}');
	`;
}

async function textOf(file: string): Promise<string | undefined> {
	return existsSync(file) ? await readFile(file, 'utf8') : undefined;
}
