#!/usr/bin/env node
import { parseArgs } from 'node:util';

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

console.log(`${'Console'.padEnd(12)}${sandbox.consoleUrl}`);
for (const { title, url, account } of Object.values(sandbox.providers)) {
	console.log(`${title.padEnd(12)}${url}`);
	for (const [field, value] of Object.entries(Object(account))) {
		console.log(`${''.padEnd(12)}${field.padEnd(23)}${String(value)}`);
	}
}
console.log('Everything stays on this machine and is forgotten when you stop it (Ctrl+C).');

for (const signal of ['SIGINT', 'SIGTERM']) {
	process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
}
