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
			['another network', token('USDT:ETH:USDTERC20')],
			['another code of the same network', token('USDT:TRX:USDT')],
			['another coin', token('USDC:TRX:USDCTRC20')],
			['another memo', option({ memo: '8' })],
			['no memo', option({ memo: '' })],
			['a conversion first', option({ conversionDetails: { conversion: { conversionEnabled: true } } })],
			['a nonce of its own', option({ nonce: '1767225600123' })],
			['another account', credential({ uid: 'another-uid' })],
			['another host', credential({ baseUrl: 'https://api.example.com' })],
		],
	);
});
