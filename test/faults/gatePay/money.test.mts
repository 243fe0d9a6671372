import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';
import { authorizedSubscription, byId, one, paidOrder } from '../../engine/gatePay/merchant.mts';
import { type GatePaySetting, openGatePay } from '../../engine/gatePay/setting.mts';

let setting: GatePaySetting;
beforeAll(async () => {
	setting = await openGatePay();
});
afterEach(async () => {
	await setting.sandbox.reset();
	setting.waits.length = 0;
});
afterAll(() => setting.close());

/** An operation that moves money, other than payouts and OTC. */
interface Case {
	/** The contract's name for its request. */
	request: string;
	parameters: INodeParameters;
	/** Makes what the operation needs, and one input item for each reference. */
	prepare(references: string[]): Promise<IDataObject[]>;
	credential?: ICredentialDataDecryptedObject;
	/** Whether Gate Pay can be asked by the reference. */
	isFound: boolean;
}

const reference = '={{ $json.reference }}';
const refund = { refundRequestId: reference, prepayId: '={{ $json.prepayId }}', refundAmount: '10.50' };
const converted = { ...refund, refundIn: 'pay', refundPayCurrency: 'USDC', refundPayAmount: '10.5' };

function refundOf(kind: Parameters<typeof paidOrder>[1]): Case['prepare'] {
	return async (references) => {
		const prepayId = await paidOrder(setting, kind);
		return references.map((each) => ({ reference: each, prepayId }));
	};
}

const plain: Case['prepare'] = async (references) => references.map((each) => ({ reference: each }));

const move = { merchantBatchNo: reference, accountId: byId('53695181'), amount: '10.5', currency: 'USDT' };
const behalf = { onBehalfOf: '53695180' };

const cases: Record<string, Case> = {
	'refund.create': {
		request: 'refundOrderV2',
		parameters: { ...refund, refundReason: 'Returned' },
		prepare: refundOf('checkout'),
		isFound: true,
	},
	'refund.createOlder': {
		request: 'refundOrder',
		parameters: refund,
		prepare: refundOf('native'),
		isFound: true,
	},
	'refund.createCheckoutOlder': {
		request: 'refundCheckoutOrder',
		parameters: { ...converted, refundPayCurrency: 'USDT' },
		prepare: refundOf('checkout'),
		isFound: true,
	},
	'addressPayment.refund': {
		request: 'refundAddressOrder',
		parameters: refund,
		prepare: refundOf('address'),
		isFound: true,
	},
	'addressPayment.refundConvert': {
		request: 'refundAddressConvertOrder',
		parameters: converted,
		prepare: refundOf('convert'),
		isFound: true,
	},
	'convert.create': {
		request: 'createConvert',
		parameters: {
			clientReqId: reference,
			quoteId: '={{ $json.quoteId }}',
			sellCurrency: byId('USDT'),
			sellAmount: '={{ $json.sellAmount }}',
			buyCurrency: byId('BTC'),
			buyAmount: '={{ $json.buyAmount }}',
		},
		prepare: async (references) => {
			const currencies = { sellCurrency: byId('USDT'), buyCurrency: byId('BTC') };
			const quote = () =>
				one(setting, 'convert', 'getQuote', { ...currencies, amountGivenIn: 'sell', sellAmount: '600' });
			return Promise.all(references.map(async (each) => ({ reference: each, ...(await quote()) })));
		},
		isFound: false,
	},
	'giftCard.create': {
		request: 'createGiftCard',
		parameters: {
			title: 'Thanks',
			templateId: byId('1'),
			currency: byId('USDT'),
			amount: '25',
			paymentReference: reference,
		},
		prepare: plain,
		isFound: false,
	},
	'subscription.debit': {
		request: 'deductSubscription',
		parameters: {
			merchantDeductNo: reference,
			merchantSubscriptionOrderNo: 's-1',
			subscriptionOrderNo: '',
			amount: '9.90',
			currency: 'USDT',
		},
		prepare: async (references) => {
			await authorizedSubscription(setting);
			return plain(references);
		},
		isFound: true,
	},
	'institution.createTransfer': {
		request: 'createInstitutionTransfer',
		parameters: move,
		prepare: plain,
		credential: behalf,
		isFound: true,
	},
	'institution.createCharge': {
		request: 'createInstitutionCharge',
		parameters: move,
		prepare: plain,
		credential: behalf,
		isFound: true,
	},
};

const applied = () => setting.provider.books.appliedEvents.length;
const sends = (request: string) =>
	setting.provider.requests.filter(({ operation }) => operation === request).length;

function parametersOf(name: string, options: INodeParameters): INodeParameters {
	const [resource = '', operation = ''] = name.split('.');
	return { resource, operation, ...cases[name]?.parameters, options };
}

const faults: Array<[string, object, string, number]> = [
	['dns', {}, 'rejected', 0],
	['connection-refused', {}, 'rejected', 0],
	['tls-handshake', {}, 'unknown', 0],
	['reset-before-reading', {}, 'unknown', 0],
	['reset-after-applying', {}, 'applied', 1],
	['timeout-before-applying', { seconds: 5 }, 'unknown', 0],
	['timeout-after-applying', { seconds: 5 }, 'applied', 1],
	['half-a-body', {}, 'applied', 1],
	['slow-drip', { seconds: 0.2 }, 'applied', 1],
	['unauthorized', { status: 401 }, 'unknown', 0],
	['redirect', { status: 307 }, 'unknown', 0],
	['too-many-requests', { status: 429, retryAfter: 1 }, 'unknown', 0],
	['bad-gateway', { status: 502, applied: true }, 'applied', 1],
	['ok-but-wrong', { body: 'html' }, 'unknown', 0],
	['ok-but-wrong', { body: 'refusal' }, 'rejected', 0],
];

describe.each(Object.keys(cases))('%s', (name) => {
	const { request = '', prepare = plain, credential = {}, isFound = false } = cases[name] ?? {};
	const credentials = () => setting.credentials(credential);

	it.each(faults)('%s %j', async (kind, details, outcome, count) => {
		const items = await prepare(['m-1']);
		setting.sandbox.fault({ operation: request, kind: kind as never, ...details });
		const run = await setting.run(parametersOf(name, { whenUnknown: 'continue', timeout: 1 }), {
			items,
			credentials: credentials(),
			settings: { onError: 'continueRegularOutput' },
		});
		expect(run.error).toBeUndefined();
		// Gate Pay applied it, but the answer was lost. The node knows it only where it can ask.
		const expected = outcome === 'applied' && !isFound ? 'unknown' : outcome;
		expect(run.items.map(({ json }) => json.outcome)).toEqual([expected]);
		expect(run.items[0]?.json).not.toHaveProperty('error');
		expect(applied()).toBe(count);
		expect(sends(request)).toBeLessThanOrEqual(1);
	});

	it('is applied once per reference when n8n runs the node again after a time-out', async () => {
		const items = await prepare(['m-1', 'm-2', 'm-3']);
		setting.sandbox.fault({ operation: request, kind: 'timeout-after-applying', nth: 2, seconds: 5 });
		const { error } = await setting.run(parametersOf(name, { timeout: 1 }), {
			items,
			credentials: credentials(),
			settings: { retryOnFail: true, maxTries: 3 },
		});
		// Without a lookup the second stays unknown, and a person has to decide before the third is sent.
		expect(error === undefined).toBe(isFound);
		expect([applied(), sends(request)]).toEqual(isFound ? [3, 3] : [2, 2]);
		if (name !== 'giftCard.create')
			expect(Object.values(setting.provider.books.appliedPerReference())).toEqual(
				isFound ? [1, 1, 1] : [1, 1],
			);
	});

	it('is a record that says so', async () => {
		const items = await prepare(['m-1']);
		const run = await setting.run(parametersOf(name, {}), { items, credentials: credentials() });
		expect(run.error).toBeUndefined();
		expect(run.items[0]?.json).toMatchObject({
			outcome: 'applied',
			reference: 'm-1',
			provider: 'gatePay',
			amount: expect.stringMatching(/^\d+(\.\d+)?$/),
		});
		expect(run.saved).not.toContain(setting.provider.account.paymentSecret);
	});

	it('does not move money for an AI agent unless it is allowed', async () => {
		const items = await prepare(['m-1']);
		const run = await setting.run(parametersOf(name, {}), {
			items,
			credentials: credentials(),
			asTool: true,
		});
		expect(`${run.error?.message} ${JSON.stringify(run.items)}`).toContain('An AI agent asked to move money');
		expect(applied()).toBe(0);
	});

	if (!isFound) return;

	it('is not sent again by another execution, and refused under another amount', async () => {
		const items = await prepare(['m-1']);
		const run = (options: INodeParameters, change: INodeParameters = {}) =>
			setting.run({ ...parametersOf(name, options), ...change }, { items, credentials: credentials() });
		await run({});
		expect((await run({})).items[0]?.json).toMatchObject({ outcome: 'applied', replayed: true });
		expect(sends(request)).toBe(1);
		const changed = 'refundPayAmount' in parametersOf(name, {}) ? 'refundPayAmount' : 'amount';
		const field = 'refundAmount' in parametersOf(name, {}) && changed === 'amount' ? 'refundAmount' : changed;
		const other = await run({}, { [field]: '11' });
		expect(other.error?.message).toContain('already used at the provider');
		expect(applied()).toBe(1);
	});
});
