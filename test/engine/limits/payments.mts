import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { ProviderName } from '../../../sandbox/index.mts';
import { openBridgePay, payOut, withdrawal } from '../bridgePay/setting.mts';
import { openGatePay, payoutPerItem } from '../gatePay/setting.mts';
import { createMany } from '../gatePay/massPayouts.mts';
import { openPayPlay, withdrawalPerItem } from '../payPlay/setting.mts';
import { openRapira, payoutPerItem as rapiraPayout } from '../rapira/setting.mts';
import type { Setting } from '../setting.mts';

/** A way to pay, with the words that a limit needs for it. */
export interface Payment {
	name: string;
	open: () => Promise<Setting<ProviderName>>;
	parameters: (options?: IDataObject) => INodeParameters;
	/** One item that pays this amount. */
	item: (amount: unknown, number?: number) => IDataObject;
	currency: string;
	recipient: string;
	/** Another spelling of the currency and of the recipient, where a field takes one. */
	withCurrency?: (parameters: INodeParameters, currency: string) => INodeParameters;
	withRecipient?: (parameters: INodeParameters, recipient: string) => INodeParameters;
	/** An amount that the provider takes. The default is 10. */
	taken?: string;
	customPath: string;
	/** All items go as one payment run, so the limits on one payment refuse the whole run. */
	isPacked?: boolean;
}

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const ADDRESS = 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G';

function inPayout(change: INodeParameters) {
	return (parameters: INodeParameters): INodeParameters => {
		const list = structuredClone(parameters.withdraw_list) as { payout: INodeParameters[] };
		Object.assign(list.payout[0] ?? {}, change);
		return { ...parameters, withdraw_list: list };
	};
}

export const payments: readonly Payment[] = [
	{
		name: 'Gate Pay payout',
		open: openGatePay as Payment['open'],
		parameters: payoutPerItem,
		item: (amount, number = 1) => ({ batch: `p_${number}`, amount }) as IDataObject,
		currency: 'USDT',
		recipient: ADDRESS,
		withCurrency: (parameters, currency) => inPayout({ currency: byId(currency) })(parameters),
		withRecipient: (parameters, address) => inPayout({ address })(parameters),
		customPath: '/v1/pay/withdraw',
	},
	{
		name: 'Gate Pay mass payout',
		open: openGatePay as Payment['open'],
		parameters: createMany,
		item: (amount) => ({ address: ADDRESS, amount }) as IDataObject,
		currency: 'USDT',
		recipient: ADDRESS,
		withCurrency: (parameters, currency) => ({ ...parameters, currency: byId(currency) }),
		withRecipient: (parameters, address) => ({ ...parameters, address }),
		customPath: '/v1/pay/batch/transfer',
		isPacked: true,
	},
	{
		name: 'Rapira payout',
		open: openRapira as Payment['open'],
		parameters: rapiraPayout,
		item: (amount, number = 1) => ({ address: ADDRESS, amount, reference: `r-${number}` }) as IDataObject,
		currency: 'USDT',
		recipient: ADDRESS,
		withCurrency: (parameters, coin) => ({ ...parameters, token: byId(`${coin}:TRX:USDTTRC20`) }),
		withRecipient: (parameters, address) => ({ ...parameters, address }),
		customPath: '/open/withdraw/create',
	},
	{
		name: 'BridgePay pay-out',
		open: openBridgePay as Payment['open'],
		parameters: payOut,
		item: (amount, number = 1) => ({ order: `o-${number}`, amount }) as IDataObject,
		currency: 'RUB',
		recipient: '4444444444444448',
		withCurrency: (parameters, currency) => ({ ...parameters, currency: byId(currency) }),
		withRecipient: (parameters, requisites) => ({
			...parameters,
			paymentRequisites: { recipient: { requisites, holder: 'Ivan Petrov' } },
		}),
		taken: '1500',
		customPath: '/api/merchant/invoices',
	},
	{
		name: 'BridgePay withdrawal',
		open: openBridgePay as Payment['open'],
		parameters: withdrawal,
		item: (amount) => ({ amount }) as IDataObject,
		currency: 'USDT',
		recipient: 'TNPXDJcnLqNwPbTB6ux7k1fSgM2v7jetP9',
		withRecipient: (parameters, address) => ({ ...parameters, address }),
		customPath: '/api/merchant/withdrawals',
	},
	{
		name: 'PayPlay withdrawal',
		open: openPayPlay as Payment['open'],
		parameters: withdrawalPerItem,
		item: (amount, number = 1) => ({ reference: `w-${number}`, amount }) as IDataObject,
		currency: 'USDT',
		recipient: ADDRESS,
		withCurrency: (parameters, currency) => ({ ...parameters, currency: byId(currency) }),
		withRecipient: (parameters, wallet) => ({ ...parameters, wallet }),
		customPath: '/private-api/sandbox-company/withdrawal',
	},
];
