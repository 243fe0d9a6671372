import { StubCredentialsHelper } from '../harness/credentials.mts';
import { createMany, recipients } from './massPayouts.mts';
import { type GatePaySetting, openGatePay, payoutPerItem, payouts } from './setting.mts';

let setting: GatePaySetting;
beforeAll(async () => {
	setting = await openGatePay();
});
afterEach(() => setting.sandbox.reset());
afterAll(() => setting.close());

/** Two accounts at the provider; each item names its own. */
const perItem = () =>
	setting.credentials({
		clientId: `={{ $json.account ?? '${setting.provider.account.clientId}' }}`,
		merchantId: '={{ $json.merchant }}',
	});
const clients = () =>
	setting.provider.requests.map(({ headers }) => headers['x-gatepay-certificate-clientid']);

describe('a credential with expressions', () => {
	it('is that of each item: nobody pays for another', async () => {
		const [first = {}, second = {}] = payouts('p_1', 'p_2');
		const { items } = await setting.run(payoutPerItem({ checkFirst: false, whenUnknown: 'continue' }), {
			items: [first, { ...second, account: 'somebody-else' }],
			credentials: perItem(),
			settings: { onError: 'continueRegularOutput' },
		});
		// Refused for its signature, and nobody can be asked with it either.
		expect(items.map(({ json }) => json.outcome)).toEqual(['applied', 'unknown']);
		expect(new Set(clients())).toEqual(new Set([setting.provider.account.clientId, 'somebody-else']));
		expect(setting.provider.books.appliedPerReference()).toEqual({ p_1: 1 });
	});

	it('is that of each item for reads', async () => {
		await setting.run(
			{ resource: 'payout', operation: 'get', batch_id: '={{ $json.batch }}', options: {} },
			{
				items: [
					{ batch: 'p_1', account: 'one' },
					{ batch: 'p_2', account: 'two' },
				],
				credentials: perItem(),
				settings: { onError: 'continueRegularOutput' },
			},
		);
		expect(new Set(clients())).toEqual(new Set(['one', 'two']));
	});

	it('refuses an item whose account cannot work, before the first is sent', async () => {
		const [first = {}, second = {}] = payouts('p_1', 'p_2');
		const { error } = await setting.run(payoutPerItem(), {
			items: [first, { ...second, merchant: 'x' }],
			credentials: perItem(),
		});
		expect(error?.message).toBe(
			'Merchant ID in the credential must have digits only. Nothing was sent. [item 2]',
		);
		expect(setting.provider.requests).toHaveLength(0);
	});

	it('refuses a run of several accounts where one request pays many', async () => {
		const items = recipients(3).map((one, index) => ({ ...one, merchant: index === 2 ? '7' : '' }));
		const { error } = await setting.run(createMany(), { items, credentials: perItem() });
		expect(error?.message).toContain(
			'Item 3: The credential gives another account than for item 1, and one run pays from one account.',
		);
		expect(setting.provider.requests).toHaveLength(0);
	});
});

describe('a credential without expressions', () => {
	const many = payouts('p_1', 'p_2', 'p_3', 'p_4', 'p_5');
	const real = StubCredentialsHelper.prototype.getDecrypted;
	let readings: jest.SpiedFunction<StubCredentialsHelper['getDecrypted']>;
	beforeEach(() => {
		readings = jest.spyOn(StubCredentialsHelper.prototype, 'getDecrypted');
	});
	afterEach(() => readings.mockRestore());

	it('is read twice for all items: its values, and whether one of them is an expression', async () => {
		const { items } = await setting.run(payoutPerItem(), { items: many });
		expect(items.map(({ json }) => json.outcome)).toEqual(many.map(() => 'applied'));
		expect(readings).toHaveBeenCalledTimes(2);
	});

	it('is read for each item where one value is an expression, even one that gives all the same', async () => {
		await setting.run(payoutPerItem(), {
			items: many,
			credentials: setting.credentials({ onBehalfOf: "={{ '' }}" }),
		});
		expect(readings).toHaveBeenCalledTimes(many.length + 1);
	});

	it('stays as it was when the run began, though a person changes it meanwhile', async () => {
		const credentials = setting.credentials({});
		const { items } = await setting.run(payoutPerItem(), {
			items: many,
			credentials,
			network: () => {
				for (const values of Object.values(credentials)) Object.assign(values, { clientId: 'changed' });
				return undefined;
			},
		});
		expect(items.map(({ json }) => json.outcome)).toEqual(many.map(() => 'applied'));
		expect(new Set(clients())).toEqual(new Set([setting.provider.account.clientId]));
	});

	it('is read for each item where n8n does not show what it has stored', async () => {
		readings.mockImplementation(async function (this: StubCredentialsHelper, ...given) {
			if (given[5] === true) throw new Error('not in this version');
			return await real.apply(this, given);
		});
		const { items } = await setting.run(payoutPerItem(), { items: many });
		expect(items.map(({ json }) => json.outcome)).toEqual(many.map(() => 'applied'));
		expect(readings).toHaveBeenCalledTimes(many.length + 1);
	});

	it('is read for each item where n8n adds a value that is not stored', async () => {
		readings.mockImplementation(async function (this: StubCredentialsHelper, ...given) {
			const values = await real.apply(this, given);
			if (given[5] === true) return { ...values, clientId: '' };
			return values;
		});
		await setting.run(payoutPerItem(), { items: many });
		expect(readings).toHaveBeenCalledTimes(many.length + 1);
	});
});
