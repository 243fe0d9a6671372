/** npm run bench: what the package costs, against named peers measured in the same run. Needs the built package. */
import CryptoJS from 'crypto-js';
import { spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

const root = join(import.meta.dirname, '..');
const require = createRequire(join(root, 'dist', 'index.js'));

/** Milliseconds of one call: the median of several rounds. */
function median(rounds: number, calls: number, work: () => unknown): number {
	const times = Array.from({ length: rounds }, () => {
		const start = performance.now();
		for (let call = 0; call < calls; call += 1) work();
		return (performance.now() - start) / calls;
	});
	return times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN;
}

/** Milliseconds that a fresh process needs to load a module, over another that is there already. */
function loading(module: string, over: string): number {
	const script = `require(${JSON.stringify(over)}); const start = process.hrtime.bigint(); require(${JSON.stringify(module)}); console.log(Number(process.hrtime.bigint() - start) / 1e6)`;
	const runs = Array.from({ length: 7 }, () =>
		Number(spawnSync(process.execPath, ['-e', script], { cwd: root, encoding: 'utf8' }).stdout),
	);
	return runs.sort((a, b) => a - b)[3] ?? Number.NaN;
}

function line(what: string, ours: number, peer: string, theirs: number, unit = 'ms'): void {
	const ratio = (theirs / ours).toFixed(1);
	console.log(
		`${what.padEnd(44)}${ours.toFixed(3).padStart(10)} ${unit}   ${peer}: ${theirs.toFixed(3)} ${unit} (${ratio} times ours)`,
	);
}

const dist = join(root, 'dist', 'index.js');
line(
	'loading the package over n8n-workflow',
	loading(dist, 'n8n-workflow'),
	'loading n8n-workflow',
	loading('n8n-workflow', 'node:path'),
);

const { sign } = require('./nodes/GatePay/signing.js');
const body = JSON.stringify({ text: 'x'.repeat(1000) });
const parts = { timestamp: '1782864000000', nonce: 'a1B2c3D4e5F6g7H8', body };
const text = `${parts.timestamp}\n${parts.nonce}\n${body}\n`;
const ours = median(9, 2000, () => sign('secret', parts));
line(
	'signing 1 kB (Gate Pay)',
	ours,
	'crypto-js',
	median(5, 200, () => CryptoJS.HmacSHA512(text, 'secret').toString()),
);
line(
	'signing 1 kB (Gate Pay)',
	ours,
	'bare node:crypto',
	median(9, 2000, () => createHmac('sha512', 'secret').update(text).digest('hex')),
);

const { receive } = require('./nodes/GatePay/webhook.js');
const suborders = Array.from({ length: 50 }, (_one, index) => ({
	merchant_withdraw_id: `w${index}`,
	amount: '0.1000',
	done_amount: '0.0501',
	status: 'DONE',
	chain: 'TRX',
	address: 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G',
	tx_id: '0x57b0632baf605f7d0dd301a49d08a2505b56d178eb04eecbfa858f0a75b1aa36',
	currency: 'USDT',
	fee: '0.0499',
	memo: 'x'.repeat(120),
}));
const notification = Buffer.from(
	JSON.stringify({ main_order: { batch_id: 'b', status: 'SUCCESS' }, suborders }),
);
const now = 1782864000000;
const delivery = {
	headers: {
		'x-gatepay-timestamp': String(now),
		'x-gatepay-nonce': 'n1',
		'x-gatepay-signature': sign('secret', { timestamp: String(now), nonce: 'n1', body: notification }),
	},
	body: notification,
};
line(
	`verifying and parsing ${Math.round(notification.length / 1000)} kB (webhook)`,
	median(9, 300, () => receive(delivery, { paymentSecret: 'secret' }, now)),
	'JSON.parse alone',
	median(9, 300, () => JSON.parse(notification.toString('utf8'))),
);

const built = require('./index.js');
for (const { name, operations } of built.providers) {
	const className = `${name[0].toUpperCase()}${name.slice(1)}`;
	const size = JSON.stringify(new built[className]().description).length;
	console.log(
		`${`description of ${className}`.padEnd(44)}${(size / 1000).toFixed(0).padStart(10)} kB   ${operations.length} operations`,
	);
}

/** One comparison in a process of its own, so that nothing but it is measured. */
function reconciling(rows: number, which: 'all' | 'differences', seed: number) {
	const script = join(root, 'scripts', 'benchReconcile.mts');
	const run = spawnSync(process.execPath, ['--expose-gc', script, String(rows), which, String(seed)], {
		cwd: root,
		encoding: 'utf8',
	});
	if (run.status !== 0) throw new Error(`Reconciling ${rows} rows: ${run.stderr}`);
	const told: { found: number; milliseconds: number; bytes: number; index: number } = JSON.parse(run.stdout);
	return told;
}

const seed = Number(process.env.RECONCILE_SEED ?? 20_261_120);
for (const rows of [100, 10_000, 100_000]) {
	const full = reconciling(rows, 'all', seed);
	const lean = reconciling(rows, 'differences', seed);
	const megabytes = ({ bytes, index }: typeof full) => `+${((bytes - index) / 1e6).toFixed(1)} MB`;
	console.log(
		`${`reconciling ${rows} rows (seed ${seed})`.padEnd(44)}${full.milliseconds.toFixed(0).padStart(10)} ms   ${full.found} differences; heap: the ledger by reference ${(full.index / 1e6).toFixed(1)} MB, all pages ${megabytes(full)}, with Only Differences ${megabytes(lean)}`,
	);
}
