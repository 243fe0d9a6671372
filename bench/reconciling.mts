/**
 * node --expose-gc bench/reconciling.mts ROWS all|differences SEED: compares a ledger with Gate Pay's list of payouts
 * as the node does, from the text of each page, and prints what it took as JSON. Needs the built package.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { plantedLedger } from '../test/plantedLedger.mts';

const require = createRequire(join(import.meta.dirname, '..', 'dist', 'index.js'));
const { eachPage } = require('./core/wire/pages.js');
const { ledgerRow } = require('./core/reads/ledger.js');
const { Reconciliation } = require('./core/reads/reconciliation.js');
const { findOperation } = require('./core/provider/operation.js');
const { gatePay } = require('./nodes/GatePay/provider.js');

const rows = Number(process.argv[2]);
const onlyDifferences = process.argv[3] === 'differences';
const { ledger, payments, planted } = plantedLedger(rows, Math.floor(rows / 20), Number(process.argv[4]));
const operation = findOperation(gatePay.resources, 'reconciliation.getPayouts');
const fields = { reference: 'reference', amount: 'amount', currency: 'currency' };

/** A page as Gate Pay writes it. It is made when the node asks for it. */
function pageText(page: number, count: number): string {
	const list = payments
		.slice((page - 1) * count, page * count)
		.map(({ reference, amount, currency }, at) => ({
			create_time: 1_794_000_000_000,
			finish_time: 1_794_000_060_000,
			batch_id: `batch_${page}`,
			merchant_withdraw_id: reference,
			suborder_id: String(700_000_000_000_000_000n + BigInt(page * count + at)),
			currency,
			amount,
			fee: '1',
			chain: 'TRX',
			address: 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G',
			status: 'DONE',
			done_amount: amount,
			tx_id: `0x${String(page * count + at).padStart(64, '0')}`,
		}));
	return JSON.stringify({
		status: 'SUCCESS',
		code: '000000',
		data: { total: payments.length, suborder_list: list },
	});
}

function heap(): number {
	globalThis.gc?.();
	return process.memoryUsage().heapUsed;
}

/** The most bytes that were held after a page, beside the ledger and the payments themselves. */
let most = 0;
/** How many of these the ledger by reference takes, before the first page. */
let index = 0;
async function reconcile(base: number, isMeasured: boolean): Promise<number> {
	const given = {
		fields,
		by: 'reference',
		sides: { amount: 'amount', currency: 'currency' },
		onlyDifferences,
	};
	const reconciliation = new Reconciliation(
		ledger.map((json, item) => ledgerRow(json, item, fields)),
		{ ...given, belongs: () => true },
	);
	if (isMeasured) index = heap() - base;
	let pages = 0;
	const ask = ({ page, count }: { page: number; count: number }) => {
		const answer = { status: 200, headers: {}, text: pageText(page, count) };
		const { data } = gatePay.verdict(answer, operation);
		return Promise.resolve({ state: 'read', data });
	};
	const end = await eachPage(operation, Infinity, ask, (found: object[]) => {
		for (const row of found) reconciliation.found(gatePay.payment('payoutLine', row));
		pages += 1;
		const isSampled = isMeasured && pages % Math.ceil(payments.length / 500 / 10) === 0;
		if (isSampled) most = Math.max(most, heap() - base);
		return false;
	});
	if (end.state !== 'complete') throw new Error(`The list ended with ${end.state}`);
	const results = [...reconciliation.results()];
	const found = results.filter(({ result }) => result !== 'matched').length;
	if (isMeasured) most = Math.max(most, heap() - base);
	// Statuses are not compared here, so planted differences of status are not found.
	const wanted = [...planted.values()].filter((kind) => kind !== 'status_differs').length;
	if (found !== wanted) throw new Error(`${found} differences instead of ${wanted}`);
	return found;
}

// One run measures the memory, another one the time, because looking at the memory takes time.
const found = await reconcile(heap(), true);
const start = process.cpuUsage();
await reconcile(0, false);
const { user, system } = process.cpuUsage(start);
const milliseconds = (user + system) / 1000;
console.log(JSON.stringify({ rows, found, milliseconds, bytes: most, index }));
