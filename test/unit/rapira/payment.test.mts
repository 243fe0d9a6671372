import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { exactNumbers, toPayment } from '../../../nodes/Rapira/payment.ts';
import { depositStatus, payoutStatus } from '../../../nodes/Rapira/statuses.ts';

const record = {
	id: 1000001,
	totalAmount: '100.50',
	fee: 2,
	arrivedAmount: '98.50',
	createTime: '2026-01-01 00:00:00',
	dealTime: null,
	endTime: '2026-01-01 00:03:02',
	status: 'SUCCESS',
	unit: 'USDT (TRC20)',
	token: 'TRX_USDT',
	chain: 'TRX',
	transactionNumber: 'hash',
	address: 'TXExample',
	confirmRequired: false,
	isDeclined: false,
	isAddressBanned: false,
	memo: null,
};

describe('a payout', () => {
	it('from the history', () => {
		expect(toPayment('payout', record)).toEqual({
			provider: 'rapira',
			kind: 'payout',
			id: '1000001',
			status: 'succeeded',
			final: true,
			providerStatus: 'SUCCESS',
			amount: '100.50',
			currency: 'USDT',
			network: 'TRX',
			paidAmount: '98.50',
			fee: '2',
			feeCurrency: 'USDT',
			address: 'TXExample',
			txHash: 'hash',
			createdAtLocal: '2026-01-01 00:00:00',
			updatedAtLocal: '2026-01-01 00:03:02',
		});
	});

	it('just made, filled up from the request', () => {
		const sent = { coin: 'BTC', chain: 'BTC', code: 'BTC', address: 'bc1', amount: '0.01', memo: 'm' };
		expect(toPayment('payout', { withdrawRecordId: '963936310324625408' }, sent)).toEqual({
			provider: 'rapira',
			kind: 'payout',
			id: '963936310324625408',
			status: 'created',
			final: false,
			providerStatus: '',
			amount: '0.01',
			currency: 'BTC',
			network: 'BTC',
			address: 'bc1',
			requisites: { memo: 'm' },
		});
	});

	it('without a state is unknown, and so is any text that is not in the table', () => {
		for (const status of [undefined, '', 'success', 'DONE', 'constructor', '__proto__']) {
			const data = { ...record, ...(status === undefined ? {} : { status }) };
			if (status === undefined) Reflect.deleteProperty(data, 'status');
			expect(toPayment('payout', data)).toMatchObject({ status: 'unknown', final: false });
		}
	});

	it.each(['confirmRequired', 'isDeclined', 'isAddressBanned'])(
		'waits for a person when %s is set',
		(flag) => {
			expect(toPayment('payout', { ...record, status: 'WAITING', [flag]: true })).toMatchObject({
				status: 'action_required',
				final: false,
			});
			expect(toPayment('payout', { ...record, [flag]: true })).toMatchObject({
				status: 'succeeded',
				final: true,
			});
			expect(toPayment('payout', { ...record, status: 'DONE', [flag]: true })).toMatchObject({
				status: 'unknown',
			});
		},
	);

	it.each([
		['BTC', 'BTC', { currency: 'BTC', network: 'BTC' }],
		['TRX_USDT', null, { currency: 'USDT', network: 'TRX' }],
		['BSC_A_B', 'BSC', { currency: 'A_B', network: 'BSC' }],
	])('reads the token %s', (token, chain, expected) => {
		expect(toPayment('payout', { ...record, token, chain })).toMatchObject(expected);
	});

	it('writes amounts without exponents', () => {
		expect(toPayment('payout', { ...record, fee: '3.0E-5' }).fee).toBe('0.000030');
	});
});

describe('a deposit', () => {
	const deposit = {
		id: 1,
		status: 'SUCCESS',
		amount: 100,
		unit: 'XRP',
		token: 'XRP_XRP',
		address: 'r',
		memo: '7',
	};

	it('has its memo beside the address', () => {
		expect(toPayment('deposit', { ...deposit, txid: 't' })).toEqual({
			provider: 'rapira',
			kind: 'deposit',
			id: '1',
			status: 'succeeded',
			final: true,
			providerStatus: 'SUCCESS',
			amount: '100',
			currency: 'XRP',
			network: 'XRP',
			address: 'r',
			txHash: 't',
			requisites: { memo: '7' },
		});
	});

	it.each([
		[1767225600, '2026-01-01T00:00:00.000Z'],
		[1767225600123, '2026-01-01T00:00:00.123Z'],
		[null, undefined],
		['soon', undefined],
	])('has the time %p', (createTimeTimestamp, createdAt) => {
		expect(toPayment('deposit', { ...deposit, createTimeTimestamp }).createdAt).toBe(createdAt);
	});
});

describe('the tables of statuses', () => {
	const mapping = readFileSync('nodes/Rapira/MAPPING.md', 'utf8');
	const { schemas } = parse(readFileSync('contracts/rapira.openapi.yaml', 'utf8')).components;

	it('have every state that the contract names, and a reason in MAPPING.md', () => {
		expect(Object.keys(payoutStatus)).toEqual(
			expect.arrayContaining(schemas.CryptoWithdrawalStatus.examples),
		);
		expect(Object.keys(depositStatus)).toEqual(expect.arrayContaining(schemas.DepositStatus.examples));
		for (const [kind, table] of Object.entries({ payout: payoutStatus, deposit: depositStatus })) {
			for (const [state, { status, final }] of Object.entries(table)) {
				const line = mapping
					.split('\n')
					.find((one) => one.startsWith(`| ${kind} `) && one.includes(`\`${state}\``));
				expect([state, line]).toEqual([state, expect.stringContaining(`| ${status} `)]);
				expect(line).toMatch(final ? /\| yes / : /\| no /);
			}
		}
	});

	it('call only ended states final', () => {
		const open = ['created', 'pending', 'processing', 'action_required', 'unknown'];
		for (const { status, final } of Object.values({ ...payoutStatus, ...depositStatus })) {
			if (final) expect(open).not.toContain(status);
		}
	});

	it('name every operation that is not offered', () => {
		const file = parse(readFileSync('contracts/rapira.openapi.yaml', 'utf8'));
		const titles: string[] = file['x-inferred-operations'].map(({ title }: { title: string }) => title);
		expect(titles).toHaveLength(54);
		for (const title of titles) expect(mapping).toContain(title);
	});
});

it('makes every amount of a read text, and nothing else', () => {
	expect(
		exactNumbers([
			{
				scale: 2,
				fee: 0,
				minWithdraw: '1.0E-4',
				withdrawable: true,
				name: 'a',
				ask: { items: [{ price: 80, amount: '1.5' }] },
			},
			{ riskscore: 1, signals: { mixer: 0, exchange: '0.8' }, fee: null, confirmations: 5 },
		]),
	).toEqual([
		{
			scale: 2,
			fee: '0',
			minWithdraw: '0.00010',
			withdrawable: true,
			name: 'a',
			ask: { items: [{ price: '80', amount: '1.5' }] },
		},
		{ riskscore: '1', signals: { mixer: '0', exchange: '0.8' }, fee: null, confirmations: 5 },
	]);
});
