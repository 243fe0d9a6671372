import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import type { Operation } from '../../core/provider/operation.ts';
import { startSetting, type Setting } from '../../scripts/demo/setting.mts';
import { itemsOf } from '../../host/executions.mts';
import { inARow, node, start } from '../../host/smallFlows.mts';
import type { WorkflowFile } from '../../host/workflows.mts';
import { catalogue } from '../catalogue.mts';
import { leavesNoSecret } from '../leftBehind/index.mts';
import { expectSuccess, mailAbout } from './openFlow.mts';

let setting: Setting;
beforeAll(async () => (setting = await startSetting({ pace: 20 })));
afterAll(async () => await setting?.close());

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const ADDRESS = 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G';

interface Use {
	provider: string;
	/** The node's parameters. Everything else in the flow stays as it is. */
	parameters: INodeParameters;
}

const input = { reference: '900001', amount: '1500.5' };
const [reference, amount] = ['={{ $json.reference }}', '={{ $json.amount }}'];

/** All operations that pay somebody from the balance. */
const payouts: Use[] = [
	{
		provider: 'gatePay',
		parameters: {
			resource: 'payout',
			operation: 'create',
			batch_id: reference,
			withdraw_list: {
				payout: [
					{
						address: ADDRESS,
						amount,
						chain: byId('TRX'),
						currency: byId('USDT'),
						fee_type: '',
						memo: '',
						merchant_withdraw_id: reference,
					},
				],
			},
		},
	},
	{
		provider: 'bridgePay',
		parameters: {
			resource: 'invoice',
			operation: 'createPayOut',
			internalId: reference,
			amount,
			currency: byId('RUB'),
			paymentOption: byId('TO_CARD'),
			paymentMethod: byId('sberbank'),
			paymentRequisites: { recipient: { requisites: '4444 4444 4444 4448', holder: 'Ivan Petrov' } },
			notificationUrl: 'https://example.com/hook',
			matching: false,
		},
	},
	{
		provider: 'payPlay',
		parameters: {
			resource: 'withdrawal',
			operation: 'create',
			external_id: reference,
			amount,
			currency: byId('USDT'),
			wallet: ADDRESS,
			network: byId('TRC20'),
		},
	},
	{
		provider: 'rapira',
		parameters: {
			resource: 'payout',
			operation: 'create',
			token: byId('USDT:TRX:USDTTRC20'),
			address: ADDRESS,
			amount,
			paymentReference: reference,
		},
	},
];

/** All operations that ask a payer for money. */
const invoices: Use[] = [
	{
		provider: 'gatePay',
		parameters: {
			resource: 'paymentOrder',
			operation: 'createCheckout',
			merchantTradeNo: reference,
			amountGivenIn: 'crypto',
			currency: byId('USDT'),
			orderAmount: amount,
			chain: byId('BSC'),
			fullCurrType: byId('USDT_BSC'),
			goodsName: 'Coffee',
			merchantUserId: '7',
			terminalType: 'WEB',
		},
	},
	{
		provider: 'bridgePay',
		parameters: {
			resource: 'invoice',
			operation: 'createPayIn',
			flow: 'direct',
			internalId: reference,
			amount,
			currency: byId('RUB'),
			notificationUrl: 'https://example.com/hook',
			matching: false,
		},
	},
	{
		provider: 'okiPays',
		parameters: {
			resource: 'order',
			operation: 'create',
			order_id: reference,
			price: amount,
			payment_currency_iso: byId('USD'),
			include_commission: 1,
		},
	},
	{
		provider: 'payPlay',
		parameters: {
			resource: 'cryptoOrder',
			operation: 'create',
			external_order_id: reference,
			amount,
			currency: byId('USDT'),
		},
	},
];

/** The same flow for all operations. Only the node in the middle differs. */
function flowWith({ provider, parameters }: Use): WorkflowFile {
	const credential = catalogue.find((one) => one.provider.name === provider)?.provider.credential ?? '';
	const swapped: INode = {
		...node('Swapped', `n8n-nodes-otc-payouts.${provider}`, 1, { ...parameters, options: {} }),
		credentials: { [credential]: { id: '', name: '' } },
	};
	const set = (name: string, jsonOutput: string) =>
		node(name, 'n8n-nodes-base.set', 3.4, { mode: 'raw', jsonOutput, options: {} });
	const mail: INode = {
		...node('Tell', 'n8n-nodes-base.emailSend', 2.1, {
			fromEmail: 'n8n@example.com',
			toEmail: 'desk@example.com',
			subject:
				'={{ $json.provider }} {{ $json.kind }}: {{ $json.outcome }}, {{ $json.amount }} {{ $json.currency }}',
			emailFormat: 'text',
			text: '={{ $json.status }}, {{ $json.final ? "for good" : "so far" }}',
			options: { appendAttribution: false },
		}),
		credentials: { smtp: { id: '', name: '' } },
	};
	return inARow(provider, [start, set('Input', JSON.stringify(input)), swapped, mail]);
}

/** The members that every record has. */
const always = [
	'outcome',
	'reference',
	'provider',
	'kind',
	'status',
	'final',
	'providerStatus',
	'amount',
	'currency',
];
const sometimes = [
	...[
		'id',
		'network',
		'paidAmount',
		'fiatAmount',
		'fiatCurrency',
		'rate',
		'fee',
		'feeCurrency',
		'address',
		'txHash',
	],
	...[
		'payUrl',
		'requisites',
		'createdAt',
		'updatedAt',
		'expiresAt',
		'createdAtLocal',
		'updatedAtLocal',
		'lines',
	],
];
/** All other members are texts. */
const otherTypes: Record<string, string> = { final: 'boolean', requisites: 'object', lines: 'object' };

/** Complaints about a record. Empty: a flow can read it like any other record. */
function complaintsAbout(record: IDataObject): string[] {
	const keys = Object.keys(record);
	const typeOf = (key: string) => typeof record[key];
	return [
		...always.filter((key) => !keys.includes(key)).map((key) => `${key} is missing`),
		...keys.filter((key) => ![...always, ...sometimes].includes(key)).map((key) => `${key} is a stranger`),
		...keys
			.filter((key) => typeOf(key) !== (otherTypes[key] ?? 'string'))
			.map((key) => `${key} is ${typeof record[key]}`),
	];
}

describe.each([
	['payout', payouts],
	['invoice', invoices],
] as const)('a flow with one %s, in which only the node is swapped', (_what, uses) => {
	beforeAll(async () => {
		setting.mail.mails.splice(0);
		await setting.sandbox.reset();
	});

	it.each(uses)('runs with $provider, and reads the same record', async (use) => {
		const execution = await setting.n8n.runWorkflow(await setting.n8n.importWorkflow(flowWith(use), setting));
		expectSuccess(execution);
		const [record = {}] = itemsOf(execution, 'Swapped');
		expect(complaintsAbout(record)).toEqual([]);
		expect(record).toMatchObject({ provider: use.provider, outcome: 'applied', final: false });
		expect(Number(record.amount)).toBe(1500.5);
		expect(record.reference).toBe(input.reference);
		const mail = await mailAbout(setting, new RegExp(`^${use.provider} `));
		expect(mail.subject).toBe(`${use.provider} ${record.kind}: applied, ${record.amount} ${record.currency}`);
		expect(mail.html.trim()).toBe(`${record.status}, so far`);
	});
});

describe('the swaps', () => {
	const providersWith = (matches: (operation: Operation) => boolean) =>
		catalogue
			.filter(({ provider }) => provider.resources.some(({ operations }) => operations.some(matches)))
			.map(({ provider }) => provider.name)
			.sort();
	const names = (uses: Use[]) => uses.map(({ provider }) => provider).sort();

	it('are made with every provider that can pay out', () => {
		expect(names(payouts)).toEqual(providersWith(({ effect, custom }) => effect === 'money' && !custom));
	});

	it('are made with every provider that can ask for a payment under a reference', () => {
		const asks = ({ effect, lookup, returns }: Operation) => effect === 'write' && lookup && returns.kind;
		expect(names(invoices)).toEqual(providersWith((operation) => Boolean(asks(operation))));
	});
});

leavesNoSecret(() => setting);
