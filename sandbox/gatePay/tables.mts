import type { ConsoleRow, ConsoleTable } from '../provider.mts';
import type { GatePayAction } from './actions.mts';
import { merchantTables } from './merchantTables.mts';
import type { BankAccountStatus, Deposit, GatePayState, PayoutLine, Withdrawal } from './state.mts';

const SHOWN_LEDGER_ROWS = 30;

const BANK_STATUS: Record<BankAccountStatus, string> = {
	1: '1 approved',
	2: '2 pending review',
	3: '3 needs material',
	99: '99 rejected',
};

const DEPOSIT_ACTIONS: Record<Deposit['status'], GatePayAction[]> = {
	PENDING: ['confirmDeposit', 'cancelDeposit', 'failDeposit'],
	PROCESSING: ['settleDeposit', 'failDeposit'],
	DONE: [],
	CANCEL: [],
	ERROR: [],
};

const WITHDRAWAL_ACTIONS: Record<Withdrawal['status'], GatePayAction[]> = {
	PROCESSING: ['dispatchWithdrawal', 'failWithdrawal'],
	DISPATCHED: ['settleWithdrawal', 'failWithdrawal'],
	DONE: [],
	FAIL: ['returnWithdrawal'],
};

const PAYOUT_ACTIONS: Record<PayoutLine['status'], GatePayAction[]> = {
	INIT: ['advancePayout', 'reviewPayout', 'failPayout'],
	PENDING: ['advancePayout', 'reviewPayout', 'failPayout'],
	CHECK: ['approvePayout', 'failPayout'],
	PROCESSING: ['completePayout', 'failPayout'],
	DONE: [],
	FAIL: [],
};

/** Gate Pay's records as the console shows them, newest first. */
export function tablesOf(state: GatePayState, now: number): ConsoleTable[] {
	return [
		{ title: 'Deposits (on-ramp)', rows: state.deposits.toReversed().map(depositRow) },
		{ title: 'Withdrawals (off-ramp)', rows: state.withdrawals.toReversed().map(withdrawalRow) },
		{ title: 'Payout batches', rows: payoutRows(state) },
		{ title: 'Batch transfers', rows: transferRows(state) },
		...merchantTables(state),
		{ title: 'Quotes', rows: quoteRows(state, now) },
		{ title: 'Bank accounts', rows: bankRows(state) },
		{ title: 'Balances', rows: balanceRows(state) },
		{ title: 'Ledger', rows: ledgerRows(state) },
	];
}

function depositRow(deposit: Deposit): ConsoleRow {
	const { orderId, clientOrderId, version, amount, currency, fiatAmount, fiatCurrency, status, paid } =
		deposit;
	const order = { 'Order ID': orderId, 'Client order ID': clientOrderId, Contract: version };
	const money = { Crypto: `${amount} ${currency}`, Fiat: `${fiatAmount} ${fiatCurrency}` };
	const cells = { ...order, ...money, Paid: paid ? 'yes' : 'no', Status: status };
	return { id: orderId, cells, actions: DEPOSIT_ACTIONS[status] };
}

function withdrawalRow(withdrawal: Withdrawal): ConsoleRow {
	const { orderId, clientOrderId, cryptoAmount, cryptoCurrency, fiatAmount, fiatCurrency, status } =
		withdrawal;
	const order = { 'Order ID': orderId, 'Client order ID': clientOrderId };
	const money = { Crypto: `${cryptoAmount} ${cryptoCurrency}`, Fiat: `${fiatAmount} ${fiatCurrency}` };
	const actions = withdrawal.returned ? [] : WITHDRAWAL_ACTIONS[status];
	return { id: orderId, cells: { ...order, ...money, Status: status }, actions };
}

function payoutRows({ payoutBatches }: GatePayState): ConsoleRow[] {
	return payoutBatches.toReversed().map(({ batch_id, status, lines }) => ({
		id: batch_id,
		cells: { 'Batch ID': batch_id, 'Sub-orders': String(lines.length), Status: status },
		actions: [],
		rows: lines.map(payoutLineRow),
	}));
}

function payoutLineRow(line: PayoutLine): ConsoleRow {
	const { suborder_id, merchant_withdraw_id, amount, currency, chain, address, fee, tx_id, status } = line;
	const order = { 'Merchant withdraw ID': merchant_withdraw_id, Amount: `${amount} ${currency}`, Fee: fee };
	const cells = { ...order, Chain: chain, Address: address, 'Tx ID': tx_id, Status: status };
	return { id: suborder_id, cells, actions: PAYOUT_ACTIONS[status] };
}

function transferRows({ transfers }: GatePayState): ConsoleRow[] {
	return transfers.toReversed().map(({ batch_id, merchant_batch_no, orders }) => ({
		id: batch_id,
		cells: {
			'Batch ID': batch_id,
			'Merchant batch no': merchant_batch_no,
			Orders: String(orders.length),
			Status: 'PAID',
		},
		actions: [],
		rows: orders.map(({ transaction_id, receiver_id, amount, currency }) => ({
			id: transaction_id,
			cells: {
				Receiver: String(receiver_id),
				Amount: `${amount} ${currency}`,
				'Transaction ID': transaction_id,
			},
			actions: [],
		})),
	}));
}

function quoteRows({ quotes }: GatePayState, now: number): ConsoleRow[] {
	return quotes.toReversed().map((quote) => {
		const { quoteToken, type, cryptoAmount, cryptoCurrency, fiatAmount, fiatCurrency, expiresAt, usedBy } =
			quote;
		const money = { Crypto: `${cryptoAmount} ${cryptoCurrency}`, Fiat: `${fiatAmount} ${fiatCurrency}` };
		const until = new Date(expiresAt).toLocaleTimeString('en-GB');
		const status = usedBy ? `used by ${usedBy}` : expiresAt > now ? `valid until ${until}` : 'expired';
		return {
			id: quoteToken,
			cells: { Token: quoteToken, Type: type, ...money, Status: status },
			actions: [],
		};
	});
}

function bankRows({ bankAccounts }: GatePayState): ConsoleRow[] {
	const all: GatePayAction[] = ['approveBankAccount', 'askForBankMaterial', 'rejectBankAccount'];
	return bankAccounts.map(({ bankAccountId, bankAccountName, iban, memo, status }) => ({
		id: bankAccountId,
		cells: {
			ID: bankAccountId,
			Name: bankAccountName,
			IBAN: iban,
			Memo: memo,
			Status: BANK_STATUS[status],
		},
		actions: status === 1 ? all.slice(1) : all,
	}));
}

function balanceRows({ balances }: GatePayState): ConsoleRow[] {
	return Object.entries(balances).map(([currency, available]) => {
		return { id: currency, cells: { Currency: currency, Available: available }, actions: [] };
	});
}

function ledgerRows({ ledger }: GatePayState): ConsoleRow[] {
	const latest = ledger.slice(-SHOWN_LEDGER_ROWS).reverse();
	return latest.map(
		({ transactId, transactTime, financialType, merchantTradeNo, payAmount, currency, balance }) => {
			const what = {
				Time: new Date(transactTime).toLocaleTimeString('en-GB'),
				Type: financialType,
				Reference: merchantTradeNo,
			};
			const cells = { ...what, Amount: `${payAmount} ${currency}`, Balance: balance };
			return { id: transactId, cells, actions: [] };
		},
	);
}
