import type { INodeParameters } from 'n8n-workflow';
import { runWorkflow } from '../harness/index.mts';
import { credential, describeApproval, item, lookAlike, option, parameter } from '../approval.mts';
import { openRapira, payoutPerItem, type RapiraSetting } from './setting.mts';

let setting: RapiraSetting;
beforeAll(async () => {
	setting = await openRapira();
});
afterEach(() => setting.sandbox.reset());
afterAll(() => setting.close());

const ADDRESS = 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G';
const token = (value: string) => parameter({ token: { __rl: true, mode: 'id', value } });

describe('the approval of a payout', () => {
	describeApproval(
		() => setting,
		() => ({ parameters: payoutPerItem({ memo: '7' }), items: [{ address: ADDRESS, amount: '100.5' }] }),
		[
			['a larger amount', item({ amount: '100.50001' })],
			['a smaller amount', item({ amount: '10.05' })],
			['the same amount with another zero', item({ amount: '100.50' })],
			['the same amount with a zero before it', item({ amount: '0100.5' })],
			['an amount with an exponent', item({ amount: '1.005e2' }), 'unfit'],
			['a negative amount', item({ amount: '-100.5' }), 'unfit'],
			['white space before the amount', item({ amount: ' 100.5' }), 'unfit'],
			['wide digits in the amount', item({ amount: '１００.5' }), 'unfit'],
			['another address', item({ address: 'TQn9Y2khEsLJW1ChVWFMSMeRDow5KcbLSE' })],
			['an address in other letters', item({ address: ADDRESS.toLowerCase() })],
			['an address that looks alike', item({ address: lookAlike(ADDRESS) }), 'unfit'],
			['a space without width in the address', item({ address: `${ADDRESS}\u200b` }), 'unfit'],
			['white space behind the address', item({ address: `${ADDRESS} ` }), 'unfit'],
			['another network', token('USDT:NEAR:USDTNEAR')],
			['another code of the same network', token('USDT:TRX:USDT')],
			['another coin', token('USDC:TRX:USDCTRC20')],
			['another memo', option({ memo: '8' })],
			['no memo', option({ memo: '' })],
			['a conversion first', option({ conversionDetails: { conversion: { conversionEnabled: true } } })],
			['a nonce of its own', option({ nonce: '1767225600123' })],
			['another Payment Reference', item({ reference: 'p-2' })],
			['another account', credential({ uid: 'another-uid' })],
			['another host', credential({ baseUrl: 'https://api.example.com' })],
		],
	);
});

describe('one approval', () => {
	const item = { address: ADDRESS, amount: '100.5' };
	const repeats = { allowRepeats: true };
	const approvalHash = async (options: INodeParameters = {}) => {
		const { items } = await setting.run(payoutPerItem({ ...options, preview: true }), { items: [item] });
		return String(items[0]?.json.approvalHash);
	};
	const paid = () => setting.provider.books.appliedPerReference();

	it('is one payment for all executions, where n8n remembers it', async () => {
		const parameters = payoutPerItem({ approvalHash: await approvalHash() });
		await setting.run(parameters, { items: [item, item] });
		const { items } = await setting.run(parameters, { items: [item] });
		expect(items[0]?.json).toMatchObject({ outcome: 'applied', code: 'remembered' });
		expect(paid()).toEqual({ [ADDRESS]: 1 });
	});

	it('is one payment with Allow Repeats too, however often a loop comes by', async () => {
		const parameters = payoutPerItem({ ...repeats, approvalHash: await approvalHash(repeats) });
		const onError = 'continueRegularOutput' as const;
		const step = { ...setting.full(parameters), settings: { onError } };
		const { runs } = await runWorkflow({
			steps: { Node: step },
			items: [item],
			times: 3,
			network: step.network,
		});
		expect(runs.Node.map(({ items }) => items[0]?.json.outcome)).toEqual(['applied', 'rejected', 'rejected']);
		expect(runs.Node[1]?.items[0]?.json).toMatchObject({
			code: 'not_sent',
			message: expect.stringContaining('its approval was used for another payment of this execution'),
		});
		expect(paid()).toEqual({ [ADDRESS]: 1 });
	});

	it('is one payment for several equal items', async () => {
		const parameters = payoutPerItem({ ...repeats, approvalHash: await approvalHash(repeats) });
		const { error } = await setting.run(parameters, { items: [item, item] });
		expect(error?.message).toContain('its approval was used for another payment of this execution');
		expect(paid()).toEqual({ [ADDRESS]: 1 });
	});

	it('is good for Retry On Fail of a payment that was refused', async () => {
		const parameters = payoutPerItem({ approvalHash: await approvalHash() });
		setting.provider.state.balances.USDT = '10';
		const { items } = await setting.run(parameters, {
			items: [item],
			settings: { retryOnFail: true, maxTries: 2 },
			before: (attempt) => {
				if (attempt === 2) setting.provider.state.balances.USDT = '1000';
			},
		});
		expect(items[0]?.json.outcome).toBe('applied');
		expect(paid()).toEqual({ [ADDRESS]: 1 });
	});
});

it('tells a form from a list of pairs, and a number from its text, in a Custom API Request', async () => {
	const custom = (fields: INodeParameters, options: INodeParameters): INodeParameters => ({
		resource: 'customRequest',
		operation: 'send',
		paymentReference: '={{ `custom-${$itemIndex + 1}` }}',
		method: 'POST',
		path: '/open/withdraw/create',
		...fields,
		options,
	});
	const json = (body: string): INodeParameters => ({ bodyFormat: 'json', body });
	const form: INodeParameters = {
		bodyFormat: 'form',
		form: { parameter: [{ name: 'amount', value: '10.50' }] },
	};
	const ways = [form, json('[["amount","10.50"]]'), json('{"amount":10.50}'), json('{"amount":"10.50"}')];
	for (const approved of ways) {
		const { items } = await setting.run(custom(approved, { preview: true }));
		const approvalHash = String(items[0]?.json.approvalHash);
		for (const sent of ways) {
			if (sent === approved) continue;
			const { error } = await setting.run(custom(sent, { approvalHash }));
			expect(error?.message).toContain('The request differs from the one that was approved');
		}
	}
	expect(setting.provider.requests).toHaveLength(0);
});
