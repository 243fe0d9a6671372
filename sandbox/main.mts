#!/usr/bin/env node
import { labelled } from './accountLabels.mts';
import { startSandbox, type Sandbox } from './index.mts';
import { readOptions, USAGE, type Options } from './options.mts';

const TOLD_WRONG = 2;

function end(message: string, code: number): never {
	if (code === 0) console.log(message);
	else console.error(message);
	process.exit(code);
}

function optionsOrEnd(): Options {
	try {
		return readOptions(process.argv.slice(2)) ?? end(USAGE, 0);
	} catch (cause) {
		return end(`${cause instanceof Error ? cause.message : String(cause)}\n\n${USAGE}`, TOLD_WRONG);
	}
}

async function startOrEnd({ port, pace, manual }: Options): Promise<Sandbox> {
	try {
		return await startSandbox({ ports: { console: port }, pace, autopilot: !manual, magicAmounts: true });
	} catch (cause) {
		const isTaken = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE';
		if (!isTaken) throw cause;
		return end(
			`${cause.message}. Another sandbox or demo may be running: stop it, or choose other ports, e.g. --port 4600.`,
			1,
		);
	}
}

const sandbox = await startOrEnd(optionsOrEnd());

console.log(`Console  ${sandbox.consoleUrl}\n`);
for (const { title, url, account } of Object.values(sandbox.providers)) {
	console.log(title);
	for (const [label, value] of Object.entries({ 'Base URL': url, ...labelled(Object(account)) })) {
		console.log(`  ${label.padEnd(25)}${value}`);
	}
	console.log('');
}
console.log('Everything stays on this machine and is forgotten when you stop it (Ctrl+C).');

for (const signal of ['SIGINT', 'SIGTERM']) {
	process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
}
