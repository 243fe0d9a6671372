import type { INodeParameters } from 'n8n-workflow';
import { credential, describeApproval, item, lookAlike, option, parameter } from '../approval.mts';
import { byId, openPayPlay, row, type PayPlaySetting } from './setting.mts';

let setting: PayPlaySetting;
beforeAll(async () => {
	setting = await openPayPlay();
});
afterEach(() => setting.sandbox.reset());
afterAll(() => setting.close());

const WALLET = 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G';

const fields: INodeParameters = {
	amount: '={{ $json.amount }}',
	currency: byId('={{ $json.currency }}'),
	wallet: '={{ $json.wallet }}',
	network: byId('={{ $json.network }}'),
	external_id: '={{ $json.reference }}',
};

describe('the approval of a withdrawal', () => {
	describeApproval(
		() => setting,
		() => ({
			parameters: row('withdrawal', 'create', fields, { memo: '7' }),
			items: [{ amount: '10.5', currency: 'USDT', network: 'TRC20', wallet: WALLET, reference: 'w-1' }],
		}),
		[
			['a larger amount', item({ amount: '10.50001' })],
			['a smaller amount', item({ amount: '1.05' })],
			['the same amount with another zero', item({ amount: '10.50' })],
			['the same amount with a zero before it', item({ amount: '010.5' })],
			['an amount with an exponent', item({ amount: '1.05e1' }), 'unfit'],
			['white space before the amount', item({ amount: ' 10.5' }), 'unfit'],
			['wide digits in the amount', item({ amount: '１０.5' }), 'unfit'],
			['another address', item({ wallet: 'TQn9Y2khEsLJW1ChVWFMSMeRDow5KcbLSE' })],
			['an address in other letters', item({ wallet: WALLET.toLowerCase() })],
			['an address that looks alike', item({ wallet: lookAlike(WALLET) }), 'unfit'],
			['white space behind the address', item({ wallet: `${WALLET} ` }), 'unfit'],
			['another network', item({ network: 'NEAR' })],
			['no network', item({ network: '' })],
			['the network in small letters', item({ network: 'trc20' })],
			['another currency', item({ currency: 'USDC' })],
			['another reference', item({ reference: 'w-2' })],
			['the reference in capitals', item({ reference: 'W-1' })],
			['no reference', item({ reference: '' }), 'unfit'],
			['another memo', option({ memo: '8' })],
			['no memo', option({ memo: '' })],
			['a comment', option({ comment: 'Thanks' })],
			['another company', option({ slug: 'other-company' })],
			[
				'a conversion first',
				parameter({ resource: 'convertWithdrawal', target_currency: 'USDT', address: WALLET }),
			],
			['another account', credential({ apiToken: 'another-token-of-another-account' })],
			['another company in the credential', credential({ companySlug: 'other-company' })],
			['another host', credential({ baseUrl: 'https://api.example.com' })],
		],
	);
});
