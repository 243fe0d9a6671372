import { itemsOf } from '../../host/executions.mts';
import type { AskedForApproval, OtcBuyRun } from './flows.mts';

/** One amount that a flow wanted to be moved. */
export interface Asked {
	reference: string;
	amount: string;
	currency: string;
}

/** What the OTC flow wanted. Gate Pay takes no reference for this order, so its ID stands here. The amount is the quote's. */
export function askedByOtcBuy({ execution, orderId }: OtcBuyRun): Asked[] {
	return itemsOf(execution, 'Ask for a Quote').map(({ cryptoAmount, cryptoCurrency }) => ({
		reference: orderId,
		amount: String(cryptoAmount),
		currency: String(cryptoCurrency),
	}));
}

/** What the payout flow wanted: one amount for each line of the list. */
export function askedByPayout({ execution }: AskedForApproval): Asked[] {
	return itemsOf(execution, 'List of Payouts').map(({ batchId, amount, currency }) => ({
		reference: String(batchId),
		amount: String(amount),
		currency: String(currency),
	}));
}
