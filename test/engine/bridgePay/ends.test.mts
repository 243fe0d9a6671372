import type { INodeParameters } from 'n8n-workflow';
import { bridgePay } from '../../../nodes/BridgePay/provider.ts';
import { endsOf } from '../../documentedStates.mts';
import { reachesEveryEnd, wakesAtEveryEnd, type Reach, type Sleeper } from '../ends.mts';
import { passingTime } from '../passingTime.mts';
import { receiptItem } from '../setting.mts';
import {
	invoice,
	openBridgePay,
	orders,
	payIn,
	payOut,
	withdrawal,
	type BridgePaySetting,
} from './setting.mts';

let setting: BridgePaySetting;
beforeAll(async () => {
	setting = await openBridgePay();
	passingTime(setting);
});
afterEach(() => setting.sandbox.reset());
afterAll(async () => {
	await setting.close();
	jest.restoreAllMocks();
});

/** An invoice after some actions, asked for by either reference. */
const made =
	(by: 'id' | 'internalId', create: () => INodeParameters, ...actions: string[]): Reach =>
	async () => {
		const { items, error } = await setting.run(create(), { items: orders('A-1') });
		expect(error).toBeUndefined();
		const id = String(items[0]?.json.id);
		for (const action of actions) {
			if (action === 'dispute') await dispute(id);
			else setting.provider.act(action, id);
		}
		return by === 'id' ? { id } : { internalId: 'A-1' };
	};

async function dispute(id: string): Promise<void> {
	const deal = setting.provider.state.invoices.find((one) => one.id === id)?.deals[0];
	const fields = { id, dealId: deal?.id ?? '', disputeReason: 'has_payment', attachment: 'data' };
	const { error } = await setting.run(invoice('openDispute', fields), { items: [receiptItem()] });
	expect(error).toBeUndefined();
}

const invoiceEnds = (by: 'id' | 'internalId') => ({
	paid: made(by, payIn, 'completeInvoice'),
	'paid after transfer_confirmed': made(by, payIn, 'sayPaid', 'completeInvoice'),
	'paid after an accepted dispute': made(by, payIn, 'dispute', 'acceptDispute'),
	'paid after a dispute about a paid one': made(by, payIn, 'completeInvoice', 'dispute', 'rejectDispute'),
	'paid after a pay-out': made(by, payOut, 'takePayOut', 'completeInvoice'),
	canceled: made(by, payIn, 'cancelInvoice'),
	'canceled after a pay-out': made(by, payOut, 'cancelInvoice'),
	expired: made(by, payIn, 'expireInvoice'),
	'expired after a rejected dispute': made(by, payIn, 'dispute', 'rejectDispute'),
});

reachesEveryEnd('bridgePay', {
	setting: () => setting,
	resources: bridgePay.resources,
	ends: {
		'invoice.waitUntilFinal': invoiceEnds('id'),
		'invoice.waitUntilFinalByInternalId': invoiceEnds('internalId'),
		'withdrawal.waitUntilFinal': { txId: made('id', withdrawal, 'sendWithdrawal') },
	},
});

const latest = () => setting.provider.state.invoices.at(-1)?.id ?? '';

function sleeper(create: INodeParameters): Sleeper {
	const { notificationUrl, ...parameters } = create;
	expect(notificationUrl).toBeDefined();
	return {
		parameters: { ...parameters, operation: `${String(create.operation)}AndWait` },
		item: { order: 'A-1', amount: '1500.50' },
		ends: {
			paid: () => setting.provider.act('completeInvoice', latest()),
			canceled: () => setting.provider.act('cancelInvoice', latest()),
			expired: () => setting.provider.act('expireInvoice', latest()),
		},
	};
}

describe('asleep on an invoice', () => {
	wakesAtEveryEnd({
		setting: () => setting,
		resources: bridgePay.resources,
		announced: endsOf('bridgePay', 'invoice'),
		sleepers: {
			'invoice.createPayInAndWait': sleeper(payIn()),
			'invoice.createPayOutAndWait': sleeper(payOut()),
		},
		delivery: () => ({
			rawBody: Buffer.from(setting.provider.deliveries.at(-1)?.body ?? ''),
			headers: {
				'content-type': 'application/json',
				'x-notification-token': setting.provider.account.notificationToken,
			},
		}),
	});
});
