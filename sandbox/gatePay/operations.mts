import { getBalanceMap, getBalances, getTotalBalance, listLedger } from './balances.mts';
import {
	createOtcBankAccount,
	deleteOtcBankAccount,
	listOtcBankAccounts,
	listOtcBankCountries,
	supplementOtcBankMaterial,
} from './bankAccounts.mts';
import { envelopes, type ServedOperation } from './envelopes.mts';
import {
	cancelOtcDeposit,
	confirmOtcDeposit,
	createOtcDeposit,
	getOtcDeposit,
	listOtcDeposits,
} from './deposits.mts';
import { createPayoutBatch, getPayoutFees, listPayoutChains, queryPayoutBatch } from './payouts.mts';
import { merchantOperations } from './merchantOperations.mts';
import { createOtcQuote } from './quotes.mts';
import { createBatchTransfer, queryBatchTransfer } from './transfers.mts';
import { createOtcWithdrawal, getOtcWithdrawal, listOtcWithdrawals } from './withdrawals.mts';

const operations: Record<string, ServedOperation> = {
	...merchantOperations,
	createOtcQuote: { handle: createOtcQuote, envelope: 'otc' },
	listOtcBankAccounts: { handle: listOtcBankAccounts, envelope: 'otc' },
	listOtcBankCountries: { handle: listOtcBankCountries, envelope: 'otc' },
	createOtcBankAccount: { handle: createOtcBankAccount, envelope: 'otcUpperCase' },
	deleteOtcBankAccount: { handle: deleteOtcBankAccount, envelope: 'otc' },
	supplementOtcBankMaterial: { handle: supplementOtcBankMaterial, envelope: 'otc' },
	createOtcDeposit: { handle: createOtcDeposit, envelope: 'otc' },
	confirmOtcDeposit: { handle: confirmOtcDeposit, envelope: 'otc' },
	getOtcDeposit: { handle: getOtcDeposit, envelope: 'otc' },
	cancelOtcDeposit: { handle: cancelOtcDeposit, envelope: 'otcWithoutStatus' },
	listOtcDeposits: { handle: listOtcDeposits, envelope: 'otc' },
	createOtcWithdrawal: { handle: createOtcWithdrawal, envelope: 'otc' },
	getOtcWithdrawal: { handle: getOtcWithdrawal, envelope: 'otc' },
	listOtcWithdrawals: { handle: listOtcWithdrawals, envelope: 'otc' },
	createPayoutBatch: { handle: createPayoutBatch, envelope: 'standard' },
	queryPayoutBatch: { handle: queryPayoutBatch, envelope: 'standard' },
	listPayoutChains: { handle: listPayoutChains, envelope: 'none' },
	getPayoutFees: { handle: getPayoutFees, envelope: 'none' },
	getTotalBalance: { handle: getTotalBalance, envelope: 'none' },
	createBatchTransfer: { handle: createBatchTransfer, envelope: 'standard' },
	queryBatchTransfer: { handle: queryBatchTransfer, envelope: 'standard' },
	getBalances: { handle: getBalances, envelope: 'standard' },
	getBalanceMap: { handle: getBalanceMap, envelope: 'standard' },
	listLedger: { handle: listLedger, envelope: 'standard' },
};

/** What answers the operation. One for institutions is served as the merchant's: institutionGetBalanceMap as getBalanceMap. */
export function servedOperation(operation: string): ServedOperation | undefined {
	return operations[operation] ?? operations[merchantNameOf(operation)];
}

/** The text of an answer in the envelope that the operation's documented example has. */
export function inEnvelope({ envelope }: ServedOperation, data: unknown): string {
	return JSON.stringify(envelopes[envelope](data));
}

function merchantNameOf(operation: string): string {
	return operation.replace(/^institution([A-Z])/, (_match, initial: string) => initial.toLowerCase());
}
