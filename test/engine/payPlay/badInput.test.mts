import { credential, item, option, parameter } from '../approval.mts';
import { badAmounts, describeBadInput, describeContinueOnFail, nothing } from '../badInput.mts';
import {
	byId,
	cryptoOrderPerItem,
	openPayPlay,
	row,
	USDT_ID,
	withdrawalPerItem,
	withdrawals,
	type PayPlaySetting,
} from './setting.mts';

let setting: PayPlaySetting;
beforeAll(async () => {
	setting = await openPayPlay();
});
afterEach(() => setting.sandbox.reset());
afterAll(() => setting.close());

describe('a withdrawal', () => {
	describeBadInput(
		() => setting,
		() => ({ parameters: withdrawalPerItem(), items: withdrawals('w-1', 'w-2') }),
		[
			...badAmounts('Amount', (amount) => item({ amount }, 1)),
			['21 decimals', item({ amount: `1.${'1'.repeat(21)}` }), /has 21 decimals; it takes at most 20/],
			[
				'a wallet with a space',
				parameter({ wallet: 'T abc' }),
				/Wallet `T abc` has characters that are not taken/,
			],
			['no wallet', parameter({ wallet: nothing }), /Wallet is empty/],
			['a wallet with a line break', parameter({ wallet: 'Tabc\nX' }), /not taken/],
			[
				'a company that is called like a resource',
				option({ slug: 'balances' }),
				/Company Slug `balances`.*no resource of the API/,
			],
			['no token', credential({ apiToken: '' }), /Private API Token in the credential is empty/],
			[
				'a token with white space',
				credential({ apiToken: 'abc ' }),
				/Private API Token .* white space around it.*Paste it again/,
			],
			[
				'a token with Bearer',
				credential({ apiToken: 'Bearer abc' }),
				/begins with Bearer\. Nothing was sent\..*Paste the token alone/,
			],
			[
				'a token with a line break inside',
				credential({ apiToken: 'abc\ndef' }),
				/characters that no token has/,
			],
			[
				'no company slug',
				credential({ companySlug: '' }),
				/Company Slug is set neither in the credential nor in the operation/,
			],
			[
				'a company called like a resource',
				credential({ companySlug: 'crypto-orders' }),
				/name of a resource/,
			],
			['a company that climbs', credential({ companySlug: '..' }), /slug cannot stand in a path/],
			[
				'a signature token with white space',
				credential({ pageSignatureToken: ' x' }),
				/Page Signature Token .* white space/,
			],
			['a base URL without https', credential({ baseUrl: 'http://api.payplay.io' }), /must begin with https/],
			[
				'a base URL with a path',
				credential({ baseUrl: 'https://api.payplay.io/v1' }),
				/must be the host alone/,
			],
		],
	);
});

describe('an order', () => {
	describeBadInput(
		() => setting,
		() => ({ parameters: cryptoOrderPerItem(), items: [{ reference: 'INV-1', amount: '1' }] }),
		[
			[
				'more than the documented maximum',
				item({ amount: '10000000.01' }),
				/above the largest amount, 10000000/,
			],
			[
				'a long External Order ID',
				item({ reference: 'x'.repeat(256) }),
				/External Order ID has 256 characters; it takes at most 255/,
			],
			[
				'a space in the External Order ID',
				item({ reference: 'INV 1' }),
				/has characters that are not taken; use letters, digits, - and _/,
			],
			['a line break in it', item({ reference: 'INV-1\n' }), /not taken|white space/],
			['another script in it', item({ reference: 'Счёт-1' }), /not taken/],
			[
				'one that a number has rounded',
				item({ reference: Number('7615917337495251231') }),
				/may already be rounded/,
			],
			[
				'a payment page that is set nowhere',
				credential({ paymentPageSlug: '' }),
				/Payment Page Slug is set neither in the credential nor in the operation.*Set it in one of them/,
			],
		],
	);

	it('alone needs a payment page: a withdrawal is sent without one', async () => {
		const { items } = await setting.run(withdrawalPerItem(), {
			items: withdrawals('w-1'),
			credentials: setting.credentials({ paymentPageSlug: '' }),
		});
		expect(items[0]?.json.outcome).toBe('applied');
	});
});

describe('another row', () => {
	const empty = byId(nothing);
	const topUp = row('topUp', 'create', { amountIs: 'fixed', amount: '5', currency: empty });
	const wallet = row('staticWallet', 'create', { currency_id: byId(USDT_ID), network: empty, amount: '5' });
	const orders = row('order', 'getMany', { returnAll: true }, { date_from: '01.06.2022' });
	const page = row('transaction', 'getMany', {}, { page: 0 });
	describeBadInput(
		() => setting,
		() => ({ parameters: {}, items: [{}] }),
		[
			['a fixed top-up without its currency', parameter(topUp), /Currency is empty/],
			['a static wallet without a network', parameter(wallet), /Network is empty/],
			['a filter that is no date', parameter(orders), /Created After `01\.06\.2022` is not a date and time/],
			['a page number below 1', parameter(page), /Page `0` is below 1/],
		],
	);
});

describe('several withdrawals', () => {
	describeContinueOnFail(
		() => setting,
		() => ({
			parameters: withdrawalPerItem(),
			impatient: withdrawalPerItem({ timeout: 1 }),
			items: [...withdrawals('w-1'), { reference: 'w-2', amount: '1e3' }, ...withdrawals('w-3')],
			references: ['w-1', 'w-2', 'w-3'],
			fault: { provider: 'payPlay', operation: 'createWithdrawal', kind: 'half-a-body', nth: 2 },
		}),
	);

	it('that the provider refuses are rejected beside one whose outcome nobody knows', async () => {
		setting.sandbox.fault({
			provider: 'payPlay',
			operation: 'createWithdrawal',
			kind: 'half-a-body',
			nth: 2,
		});
		const items = [{ reference: 'w-1', amount: '1' }, ...withdrawals('w-2', 'w-3')];
		const result = await setting.run(withdrawalPerItem(), {
			items,
			settings: { onError: 'continueErrorOutput' },
		});
		expect(result.items.map(({ json }) => json.reference)).toEqual(['w-3']);
		expect(result.errorItems.map(({ json }) => json.details)).toEqual([
			expect.objectContaining({ outcome: 'rejected', reference: 'w-1', code: '422' }),
			expect.objectContaining({ outcome: 'unknown', reference: 'w-2' }),
		]);
	});
});
