import { openDispute } from './disputes.mts';
import {
	cancelInvoice,
	confirmTransfer,
	createInvoice,
	getInvoice,
	getInvoiceByInternalId,
	listVariants,
	qrCode,
	startInvoiceDeal,
} from './invoices.mts';
import type { Handler } from './requests.mts';
import { methods, options, RATE } from './seeds.mts';
import { accountShape } from './shapes.mts';
import { createWithdrawal, getWithdrawal } from './withdrawals.mts';

const operations: Record<string, Handler> = {
	createInvoice,
	getInvoice,
	getInvoiceByInternalId,
	listInvoicePaymentVariants: listVariants,
	startDeal: startInvoiceDeal,
	confirmTransfer,
	cancelInvoice,
	openDispute,
	listMerchantPaymentMethods: () => methods,
	listMerchantPaymentOptions: () => options,
	getCurrentRates: () => ({ in: { pair: 'USDT/RUB', rate: RATE }, out: { pair: 'USDT/RUB', rate: RATE } }),
	listAccounts: (_call, { state }) => state.accounts.map(accountShape),
	createWithdrawal,
	getWithdrawal,
	listPublicPaymentMethods: ({ path }) =>
		methods
			.filter(({ currency }) => currency === undefined || currency === path.currency)
			.map(({ code, name }) => ({ code, name })),
	getInvoiceQrCode: qrCode,
};

/** What answers this operation of the contract. Undefined: the sandbox does not serve it. */
export function servedOperation(operation: string): Handler | undefined {
	return Object.hasOwn(operations, operation) ? operations[operation] : undefined;
}
