#!/usr/bin/env node
import { parseArgs } from 'node:util';

import { labelled } from './accountLabels.mts';
import { startSandbox } from './index.mts';

const { values } = parseArgs({
	options: {
		port: { type: 'string', default: '4460' },
		pace: { type: 'string', default: '1' },
		manual: { type: 'boolean', default: false },
	},
});

const ports = { console: Number(values.port) };
const sandbox = await startSandbox({ ports, pace: Number(values.pace), autopilot: !values.manual });

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
