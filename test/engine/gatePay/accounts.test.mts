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
