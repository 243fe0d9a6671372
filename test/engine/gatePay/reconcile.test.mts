import type { PayoutLine } from '../../../sandbox/gatePay/state.mts';
import { plantedLedger } from '../../plantedLedger.mts';
import { BEFORE, inRange, MADE_AT, reconcileRow, told } from '../reconciling.mts';
import { byId, one, order, paidOrder } from './merchant.mts';
import { openGatePay, type GatePaySetting } from './setting.mts';

let setting: GatePaySetting;
beforeAll(async () => {
	setting = await openGatePay();
});
afterEach(async () => {
	await setting.sandbox.reset();
	setting.waits.length = 0;
});
afterAll(() => setting.close());

let lines = 0;

function line(reference: string, amount: string, more: Partial<PayoutLine> = {}): PayoutLine {
	lines += 1;
	return {
		id: lines,
		suborder_id: String(700_000_000_000_000_000n + BigInt(lines)),
		merchant_withdraw_id: reference,
		currency: 'USDT',
		chain: 'TRX',
		address: 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G',
		memo: '',
		fee_type: 0,
		amount,
		fee: '1',
		sub_amount: amount,
		done_amount: amount,
		status: 'DONE',
		tx_id: '',
		err_msg: '',
		create_time: MADE_AT,
		update_time: MADE_AT,
		finish_time: MADE_AT,
		...more,
	};
}

function batch(id: string, ...all: PayoutLine[]) {
	setting.provider.state.payoutBatches.push({
		batch_id: id,
		channel_id: '',
		status: 'SUCCESS',
		create_time: MADE_AT,
		lines: all,
	});
}

const payouts = reconcileRow('payout', inRange);
const ledger = (...references: string[]) =>
	references.map((reference) => ({ reference, amount: '10.50', currency: 'usdt' }));

describe('10,000 payouts with 500 planted differences', () => {
	const seed = Number(process.env.RECONCILE_SEED ?? Math.floor(Math.random() * 2 ** 31));

	it(`are told apart: all 500 found, none invented (RECONCILE_SEED=${seed})`, async () => {
		const wanted = plantedLedger(10_000, 500, seed);
		wanted.payments.forEach(({ reference, amount, currency }, index) => {
			if (index % 100 === 0) batch(`b${index}`);
			setting.provider.state.payoutBatches.at(-1)?.lines.push(line(reference, amount, { currency }));
		});
		// The ledger has the provider's own status: DONE.
		const items = wanted.ledger.map((row) => ({ ...row, status: row.status.replace('COMPLETE', 'DONE') }));
		const run = await setting.run(reconcileRow('payout', { ...inRange, statusField: 'status' }), { items });
		expect(run.error).toBeUndefined();
		expect(run.items).toHaveLength(10_000);
		const found = run.items.filter(({ json }) => json.result !== 'matched');
		expect(found).toHaveLength(500);
		expect(new Map(found.map(({ json }) => [json.reference, json.result]))).toEqual(wanted.planted);
		const amounts = found.filter(({ json }) => json.result === 'amount_differs');
		expect(new Map(amounts.map(({ json }) => [json.reference, json.difference]))).toEqual(wanted.differences);
		const pages = Math.ceil(wanted.payments.length / 500);
		expect(setting.provider.requests).toHaveLength(pages);
		process.stdout.write(`reconcile: seed ${seed}, ${items.length} rows, ${pages} pages, 500 of 500 found\n`);
	});
});

describe('a ledger of payouts', () => {
	it('is compared by Payout ID with the lines of all batches', async () => {
		batch('b1', line('a', '10.5'), line('b', '12'));
		batch('b2', line('x', '3'), line('old', '9', { create_time: BEFORE - 90_000_000 }));
		const run = await setting.run(payouts, { items: ledger('a', 'b', 'c') });
		expect(told(run)).toEqual([
			'a: matched 0',
			'b: amount_differs 1.5',
			'c: missing_at_provider',
			'x: missing_in_ledger',
		]);
		expect(run.items[1]?.json).toMatchObject({
			differences: ['amount_differs'],
			ledger: { reference: 'b', amount: '10.50', currency: 'usdt' },
			provider: { provider: 'gatePay', kind: 'payoutLine', reference: 'b', amount: '12' },
		});
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual([
			[{ item: 0 }],
			[{ item: 1 }],
			[{ item: 2 }],
			[],
		]);
	});

	it('pairs what it lacks with no item, also when as many come out as went in', async () => {
		batch('b1', line('x', '1'));
		const { items } = await setting.run(payouts, { items: [{}] });
		expect(items.map(({ json, pairedItem }) => [json.result, pairedItem])).toEqual([
			['missing_in_ledger', []],
		]);
	});

	it('may have other names, deep ones too, and only differences may come', async () => {
		batch('b1', line('a', '10.5'), line('b', '10.5'));
		const fields = { ...inRange, referenceField: 'order.no', amountField: 'sum', currencyField: '' };
		const items = [
			{ order: { no: 'a' }, sum: 10.5 },
			{ order: { no: 'b' }, sum: '10,5' },
		];
		const run = await setting.run(reconcileRow('payout', fields, { onlyDifferences: true }), { items });
		expect(told(run)).toEqual(['b: not_comparable']);
		expect(run.items[0]?.json.reasons).toEqual(['sum: no exact decimal in the ledger']);
	});

	it('is not compared when a field is named that no item has', async () => {
		const run = await setting.run(reconcileRow('payout', { ...inRange, amountField: '12.5' }), {
			items: ledger('a'),
		});
		expect(run.error?.message).toContain('No input item has the field `12.5` of Amount Field');
		expect(setting.provider.requests).toEqual([]);
	});

	it.each([
		['={{ "" }}', 'From is empty'],
		['2027-01-01T00:00:00Z', 'From is later than To'],
	])('needs a range: from %p', async (from, message) => {
		const run = await setting.run(reconcileRow('payout', { ...inRange, from }), { items: ledger('a') });
		expect(run.error?.message).toContain(message);
	});

	it('says so where the credential acts for an account that the list does not know', async () => {
		const run = await setting.run(payouts, {
			items: ledger('a'),
			credentials: setting.credentials({ onBehalfOf: '123' }),
		});
		expect(run.error?.message).toContain('no documented path for acting on behalf');
	});
});

describe('a page that does not come', () => {
	beforeEach(() => {
		batch('b1', ...Array.from({ length: 600 }, (_one, index) => line(`r${index}`, '10.5')));
	});
	const items = ledger(...Array.from({ length: 600 }, (_one, index) => `r${index}`));
	const plan = {
		operation: 'listPayoutSuborders',
		kind: 'bad-gateway',
		status: 502,
		times: 9,
		nth: 2,
	} as const;

	it('stops the node: a part of a comparison is none', async () => {
		setting.sandbox.fault({ provider: 'gatePay', ...plan });
		const run = await setting.run(payouts, { items });
		expect(run.error?.message).toMatch(/Gate Pay gave no usable answer to Reconciliation: Get Many Payouts/);
		expect(run.items).toEqual([]);
	});

	it('gives one item that says so with Continue On Fail, and none that says missing', async () => {
		setting.sandbox.fault({ provider: 'gatePay', ...plan });
		const run = await setting.run(payouts, { items, settings: { onError: 'continueRegularOutput' } });
		expect(run.items.map(({ json }) => json.result)).toEqual(['not_read']);
	});

	it('is asked for again first', async () => {
		setting.sandbox.fault({ provider: 'gatePay', ...plan, times: 1 });
		const run = await setting.run(payouts, { items });
		expect(run.items).toHaveLength(600);
		expect(run.items.every(({ json }) => json.result === 'matched')).toBe(true);
	});
});

/** A range around now, because the OTC orders are made now. */
const aroundNow = {
	from: '={{ $now.minus({ hours: 1 }) }}',
	to: '={{ $now.plus({ hours: 1 }) }}',
};

async function quoted(type: 'BUY' | 'SELL') {
	const quote = await one(setting, 'otc', 'createQuote', {
		type,
		cryptoCurrency: 'USDT',
		fiatCurrency: 'USD',
		side: 'FIAT',
		fiatAmount: '1000',
	});
	return { quoteToken: String(quote.quoteToken), cryptoAmount: String(quote.cryptoAmount) };
}

describe('a ledger of OTC orders', () => {
	const reconcileOtc = (operation: string) =>
		reconcileRow('otc', { ...aroundNow, statusField: 'status' }, {}, operation);

	it('is compared with deposits by order ID, and fiat with fiat where it is in fiat', async () => {
		const { quoteToken, cryptoAmount } = await quoted('BUY');
		const made = await one(setting, 'otc', 'createDeposit', {
			paymentReference: 'd-1',
			quoteToken,
			bankId: byId('ba_123456789'),
			currency: 'USDT',
			amount: cryptoAmount,
			fiatCurrency: 'USD',
			fiatAmount: '1000',
		});
		const reference = String(made.id);
		const crypto = { reference, amount: cryptoAmount, currency: 'USDT', status: 'action_required' };
		expect(told(await setting.run(reconcileOtc('reconcileDeposits'), { items: [crypto] }))).toEqual([
			`${reference}: matched 0`,
		]);
		const inFiat = reconcileRow('otc', aroundNow, { sides: 'fiatAmount' }, 'reconcileDeposits');
		const fiat = { reference, amount: '999.99', currency: 'USD' };
		expect(told(await setting.run(inFiat, { items: [fiat, { ...fiat, reference: '1' }] }))).toEqual([
			`${reference}: amount_differs 0.01`,
			'1: missing_at_provider',
		]);
	});

	it('is compared by Client Order ID with deposits of the older contract', async () => {
		const { quoteToken, cryptoAmount } = await quoted('BUY');
		const fields = {
			clientOrderId: 'o-1',
			quoteToken,
			bankAccountId: byId('ba_123456789'),
			cryptoCurrency: 'USDT',
			cryptoAmount,
			fiatCurrency: 'USD',
			fiatAmount: '1000',
		};
		await one(setting, 'otc', 'createDepositOlder', fields, {}, { merchantId: '' });
		const row = { reference: 'o-1', amount: cryptoAmount, currency: 'USDT', status: 'succeeded' };
		const run = await setting.run(reconcileOtc('reconcileDepositsOlder'), {
			items: [row],
			credentials: setting.credentials({ merchantId: '' }),
		});
		expect(told(run)).toEqual(['o-1: status_differs 0']);
	});

	it('is compared by Client Order ID with withdrawals', async () => {
		const { quoteToken, cryptoAmount } = await quoted('SELL');
		await one(setting, 'otc', 'createWithdrawal', {
			clientOrderId: 'w-1',
			quoteToken,
			bankAccountId: byId('ba_123456789'),
			cryptoCurrency: 'USDT',
			cryptoAmount,
			fiatCurrency: 'USD',
			fiatAmount: '1000',
		});
		const items = [{ reference: 'w-0', amount: '1', currency: 'USDT' }];
		const parameters = reconcileRow('otc', aroundNow, {}, 'reconcileWithdrawals');
		expect(told(await setting.run(parameters, { items }))).toEqual([
			'w-0: missing_at_provider',
			'w-1: missing_in_ledger',
		]);
	});
});

describe('a ledger that is asked for one by one', () => {
	const items = ['A-1', 'A-2', 'A 3'].map((reference) => ({ reference, amount: '100', currency: 'USDT' }));

	it.each([
		['paymentOrder', 'checkout'],
		['addressPayment', 'address'],
	] as const)('is compared with orders: %s', async (resource, kind) => {
		await paidOrder(setting, kind, 'A-1');
		const run = await setting.run(reconcileRow(resource), { items });
		expect(told(run)).toEqual(['A-1: matched 0', 'A-2: missing_at_provider', 'A 3: not_comparable']);
		expect(run.items[2]?.json.reasons).toEqual([expect.stringContaining('characters that are not taken')]);
	});

	it('is compared with refunds', async () => {
		const prepayId = await paidOrder(setting, 'native');
		await one(setting, 'refund', 'create', {
			refundRequestId: 'A-1',
			prepayId,
			refundAmount: '100',
			refundReason: 'Returned goods',
		});
		const run = await setting.run(reconcileRow('refund'), { items: items.slice(0, 2) });
		expect(told(run)).toEqual(['A-1: matched 0', 'A-2: missing_at_provider']);
	});

	it('is not called missing for another refusal: an order of another kind', async () => {
		await one(setting, 'paymentOrder', 'createNative', order('native', 'A-1'));
		const run = await setting.run(reconcileRow('addressPayment'), {
			items,
			settings: { onError: 'continueRegularOutput' },
		});
		expect(told(run)[0]).not.toContain('missing');
	});
});
