import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';
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

async function refusalOf(
	parameters: INodeParameters,
	items: IDataObject[],
	credential: ICredentialDataDecryptedObject = {},
) {
	const { error } = await setting.run(parameters, { items, credentials: setting.credentials(credential) });
	expect(setting.provider.requests).toHaveLength(0);
	return `${error?.message} ${error?.description ?? ''}`;
}

describe('nothing is sent and the text says why', () => {
	it.each<[string, unknown, RegExp]>([
		['an exponent', '1e3', /Amount `1e3` has an exponent; write all digits\. Nothing was sent\. \[item 2\]/],
		['a sign', '-1', /has a sign/],
		['zero', '0.00', /is zero/],
		['too many decimals', `1.${'1'.repeat(21)}`, /has 21 decimals; it takes at most 20/],
		['words', 'all', /is not a decimal amount like 12\.5/],
		['nothing', '', /Amount is empty/],
		['a rounded number', 0.1 + 0.2, /may already be rounded/],
		['a decimal comma', '1,5', /has a comma/],
	])('for an amount that is %s', async (_case, amount, message) => {
		const items = [...withdrawals('w-1'), { reference: 'w-2', amount: amount as string }];
		expect(await refusalOf(withdrawalPerItem(), items)).toMatch(message);
	});

	it('for an order above the documented maximum', async () => {
		const items = [{ reference: 'INV-1', amount: '10000000.01' }];
		expect(await refusalOf(cryptoOrderPerItem(), items)).toMatch(/above the largest amount, 10000000/);
	});

	it.each<[string, unknown, RegExp]>([
		['too long', 'x'.repeat(256), /External Order ID has 256 characters; it takes at most 255/],
		['with a space', 'INV 1', /has characters that are not taken; use letters, digits, - and _/],
		['with a line break', 'INV-1\n', /not taken|white space/],
		['in another script', 'Счёт-1', /not taken/],
		['a rounded number', Number('7615917337495251231'), /may already be rounded/],
	])('for an External Order ID that is %s', async (_case, reference, message) => {
		expect(await refusalOf(cryptoOrderPerItem(), [{ reference: reference as string, amount: '1' }])).toMatch(
			message,
		);
	});

	it.each<[string, string, RegExp]>([
		['with a space', 'T abc', /Wallet `T abc` has characters that are not taken/],
		['empty', '={{ "" }}', /Wallet is empty/],
		['with a line break', 'Tabc\nX', /not taken/],
	])('for a wallet that is %s', async (_case, wallet, message) => {
		expect(await refusalOf({ ...withdrawalPerItem(), wallet }, withdrawals('w-1'))).toMatch(message);
	});

	it.each<[string, ICredentialDataDecryptedObject, RegExp]>([
		['no token', { apiToken: '' }, /Private API Token in the credential is empty/],
		[
			'a token with white space',
			{ apiToken: 'abc ' },
			/Private API Token .* white space around it.*Paste it again/,
		],
		[
			'a token with Bearer',
			{ apiToken: 'Bearer abc' },
			/begins with Bearer\. Nothing was sent\..*Paste the token alone/,
		],
		['a token with a line break inside', { apiToken: 'abc\ndef' }, /characters that no token has/],
		[
			'no company slug',
			{ companySlug: '' },
			/Company Slug is set neither in the credential nor in the operation/,
		],
		['a company called like a resource', { companySlug: 'crypto-orders' }, /name of a resource/],
		['a company that climbs', { companySlug: '..' }, /slug cannot stand in a path/],
		[
			'a signature token with white space',
			{ pageSignatureToken: ' x' },
			/Page Signature Token .* white space/,
		],
		['a base URL without https', { baseUrl: 'http://api.payplay.io' }, /must begin with https/],
		['a base URL with a path', { baseUrl: 'https://api.payplay.io/v1' }, /must be the host alone/],
	])('for %s in the credential', async (_case, credential, message) => {
		expect(await refusalOf(withdrawalPerItem(), withdrawals('w-1'), credential)).toMatch(message);
	});

	it('for a payment page that is set nowhere, and not for a withdrawal then', async () => {
		const credential = { paymentPageSlug: '' };
		expect(await refusalOf(cryptoOrderPerItem(), [{ reference: 'a', amount: '1' }], credential)).toMatch(
			/Payment Page Slug is set neither in the credential nor in the operation.*Set it in one of them/,
		);
		const { items } = await setting.run(withdrawalPerItem(), {
			items: withdrawals('w-1'),
			credentials: setting.credentials(credential),
		});
		expect(items[0]?.json.outcome).toBe('applied');
	});

	it('for a company of the operation that is called like a resource', async () => {
		expect(await refusalOf(withdrawalPerItem({ slug: 'balances' }), withdrawals('w-1'))).toMatch(
			/Company Slug `balances`.*no resource of the API/,
		);
	});

	it('for a fixed top-up without its currency', async () => {
		const parameters = row('topUp', 'create', {
			amountIs: 'fixed',
			amount: '5',
			currency: byId('={{ "" }}'),
		});
		expect(await refusalOf(parameters, [{}])).toMatch(/Currency is empty/);
	});

	it('for a static wallet without a network', async () => {
		const parameters = row('staticWallet', 'create', {
			currency_id: byId(USDT_ID),
			network: byId('={{ "" }}'),
			amount: '5',
		});
		expect(await refusalOf(parameters, [{}])).toMatch(/Network is empty/);
	});

	it('for a filter that is no date', async () => {
		const parameters = row('order', 'getMany', { returnAll: true }, { date_from: '01.06.2022' });
		expect(await refusalOf(parameters, [{}])).toMatch(/Created After `01\.06\.2022` is not a date and time/);
	});

	it('for a page number below 1', async () => {
		expect(await refusalOf(row('transaction', 'getMany', {}, { page: 0 }), [{}])).toMatch(
			/Page `0` is below 1/,
		);
	});
});

describe('with Continue On Fail', () => {
	it('the bad item carries its message and the others are paid', async () => {
		const items = [...withdrawals('w-1'), { reference: 'w-2', amount: '1e3' }, ...withdrawals('w-3')];
		const result = await setting.run(withdrawalPerItem(), {
			items,
			settings: { onError: 'continueRegularOutput' },
		});
		expect(result.items.map(({ json }) => json.outcome)).toEqual(['applied', 'rejected', 'applied']);
		expect(setting.provider.books.appliedPerReference()).toEqual({ 'w-1': 1, 'w-3': 1 });
	});

	it('the error output tells rejected from unknown', async () => {
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
