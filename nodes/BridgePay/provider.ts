import { customRequestResource } from '../../core/fields/customRequest';
import { isObject } from '../../core/exact/json';
import type { Provider } from '../../core/provider/provider';
import { account } from './account';
import { invoice } from './operations/invoice';
import { store } from './operations/store';
import { withdrawal } from './operations/withdrawal';
import { toPayment } from './payment';
import { verdict } from './verdict';

const DOCS = 'https://docs.bridgepay.club';

export const bridgePay: Provider = {
	name: 'bridgePay',
	displayName: 'BridgePay',
	credential: 'bridgePayApi',
	resources: [invoice, store, withdrawal, customRequestResource(DOCS, '/api/merchant/accounts')],
	// No rate limit is documented.
	parallelReads: 32,
	dashboard: 'your personal account at BridgePay',
	account,
	verdict,
	payment: toPayment,
	// A dispute can reopen a paid invoice, which can then be paid again with the same amount. While the invoice is
	// open, its deal changes independently. Afterwards some answers leave the deal out.
	eventVersion: ({ providerStatus, updatedAt, requisites }) => {
		const isOpen = providerStatus === 'new' || providerStatus === 'dispute';
		const deal = isOpen && isObject(requisites) ? requisites : {};
		return [providerStatus, updatedAt, deal.dealId, deal.dealStatus, deal.disputeResult];
	},
};
