import { itemsOf } from '../../host/executions.mts';
import type { AskedForApproval, OtcBuyRun } from './flows.mts';

/** One amount that a flow wanted to be moved. */
export interface Asked {
	reference: string;
	amount: string;
	currency: string;
}

/** Gate Pay takes no reference for this order, so its own id stands for it; the amount is that of the quote. */
export function askedByOtcBuy({ execution, orderId }: OtcBuyRun): Asked[] {
	return itemsOf(execution, 'Ask for a Quote').map(({ cryptoAmount, cryptoCurrency }) => ({
		reference: orderId,
		amount: String(cryptoAmount),
		currency: String(cryptoCurrency),
	}));
}

export function askedByPayout({ execution }: AskedForApproval): Asked[] {
	return itemsOf(execution, 'List of Payouts').map(({ batchId, amount, currency }) => ({
		reference: String(batchId),
		amount: String(amount),
		currency: String(currency),
	}));
}
