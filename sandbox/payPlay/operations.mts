import { convertBalance, getBalance, listBalances } from './balances.mts';
import type { Handler } from './call.mts';
import { convertAndWithdraw, listConvertWithdrawalCurrencies } from './conversions.mts';
import {
	completeCryptoOrder,
	createCryptoOrder,
	createCryptoTopup,
	getCryptoOrder,
	getOrder,
	listCryptoOrders,
	listInvoiceCurrencies,
	listOrders,
	listOrderStatuses,
	refundOrder,
} from './orders.mts';
import { getExchangeRate, getUsdtUsdRate } from './rates.mts';
import {
	createStaticWalletOrder,
	getStaticWalletOrder,
	listStaticWalletCurrencies,
} from './staticWallets.mts';
import { createWithdrawal, getTransaction, getWithdrawalFees, listTransactions } from './withdrawals.mts';

/** What answers each operation, by the contract's operationId. */
export const operations: Readonly<Record<string, Handler>> = {
	getOrder,
	listOrders,
	listOrderStatuses,
	getTransaction,
	listTransactions,
	getUsdtUsdRate,
	getExchangeRate,
	createWithdrawal,
	getWithdrawalFees,
	createCryptoOrder,
	listCryptoOrders,
	getCryptoOrder,
	completeCryptoOrder,
	listCryptoOrderCurrencies: listInvoiceCurrencies,
	createCryptoTopup,
	listCryptoTopupCurrencies: listInvoiceCurrencies,
	listStaticWalletCurrencies,
	createStaticWalletOrder,
	getStaticWalletOrder,
	listBalances,
	getBalance,
	convertBalance,
	createConvertWithdrawal: convertAndWithdraw,
	createInstantConvertWithdrawal: convertAndWithdraw,
	listConvertWithdrawalCurrencies,
	refundOrder,
};
