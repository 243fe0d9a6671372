import { rapira } from '../../../nodes/Rapira/provider.ts';
import { reachesEveryEnd, type Reach } from '../ends.mts';
import { passingTime } from '../passingTime.mts';
import { openRapira, payoutPerItem, payouts, type RapiraSetting } from './setting.mts';

let setting: RapiraSetting;
beforeAll(async () => {
	setting = await openRapira();
	passingTime(setting);
});
afterEach(() => setting.sandbox.reset());
afterAll(async () => {
	await setting.close();
	jest.restoreAllMocks();
});

const payout =
	(...actions: string[]): Reach =>
	async () => {
		const { items } = await setting.run(payoutPerItem(), { items: payouts('TA1') });
		const id = String(items[0]?.json.id);
		for (const action of actions) setting.provider.act(action, id);
		return { withdrawRecordId: { __rl: true, mode: 'id', value: id } };
	};

reachesEveryEnd('rapira', {
	setting: () => setting,
	resources: rapira.resources,
	ends: {
		'payout.waitUntilFinal': {
			SUCCESS: payout('completePayout'),
			'SUCCESS after PROCESSING': payout('advancePayout', 'completePayout'),
			FAIL: payout('failPayout'),
			REJECT: payout('rejectPayout'),
			'REJECT after PROCESSING': payout('advancePayout', 'rejectPayout'),
			CANCELED: payout('cancelPayout'),
			'CANCELED after WAITING': payout('holdPayout', 'cancelPayout'),
			CANCEL_BY_USER: payout('cancelPayoutByUser'),
		},
	},
});
