import { payPlay } from '../../../nodes/PayPlay/provider.ts';
import { reachesEveryEnd, type Reach } from '../ends.mts';
import { passingTime } from '../passingTime.mts';
import { byId, openPayPlay, sendings, withdrawals, type PayPlaySetting } from './setting.mts';

let setting: PayPlaySetting;
beforeAll(async () => {
	setting = await openPayPlay();
	passingTime(setting);
});
afterEach(() => setting.sandbox.reset());
afterAll(async () => {
	await setting.close();
	jest.restoreAllMocks();
});

/** What a sending makes, brought to an end. */
async function made(sending: keyof typeof sendings, actions: readonly string[]): Promise<string> {
	const parameters = sendings[sending]?.parameters({});
	if (!parameters) throw new Error(`There is no ${sending}`);
	const { items, error } = await setting.run(parameters, { items: withdrawals('r-1') });
	expect(error).toBeUndefined();
	const id = String(items[0]?.json.id);
	for (const action of actions) setting.provider.act(action, id);
	return id;
}

const transaction =
	(sending: keyof typeof sendings, ...actions: string[]): Reach =>
	async () => ({ transactionId: await made(sending, actions) });

const order =
	(sending: keyof typeof sendings, ...actions: string[]): Reach =>
	async () => ({ orderId: byId(await made(sending, actions)) });

const orderEnds = {
	COMPLETE: order('Crypto Order: Create', 'chooseCoin', 'payOrder'),
	'COMPLETE after PARTIALLY_FULFILLED': order('Crypto Order: Create', 'chooseCoin', 'payPart', 'payOrder'),
	// A payment that comes late wins.
	'COMPLETE after DECLINED': order('Crypto Order: Create', 'chooseCoin', 'declineOrder', 'payOrder'),
	'COMPLETE after CANCELED': order('Crypto Order: Create', 'chooseCoin', 'cancelOrder', 'payOrder'),
};

reachesEveryEnd('payPlay', {
	setting: () => setting,
	resources: payPlay.resources,
	ends: {
		'transaction.waitUntilFinal': {
			COMPLETE: transaction('Withdrawal: Create', 'completeTransaction'),
			'COMPLETE after a conversion': transaction(
				'Withdrawal With Conversion: Instant',
				'completeTransaction',
			),
			DECLINED: transaction('Withdrawal: Create', 'declineTransaction'),
			CANCELLED: transaction('Withdrawal: Create', 'cancelTransaction'),
		},
		'order.waitUntilFinal': {
			...orderEnds,
			'COMPLETE after a top-up': order('Top-Up: Create', 'chooseCoin', 'payOrder'),
		},
		'cryptoOrder.waitUntilFinal': orderEnds,
		'staticWallet.waitUntilFinal': {
			COMPLETE: async () => ({ orderId: await made('Static Wallet: Create', ['payOrder']) }),
		},
	},
});
