import type { ConsoleRow, ConsoleTable } from '../provider.mts';
import type { BridgePayAction } from './actions.mts';
import type { BridgePayState, DealStatus, Invoice, Withdrawal } from './state.mts';

const DEAL_ACTIONS: Record<DealStatus, BridgePayAction[]> = {
	new: ['takePayOut', 'completeInvoice'],
	transfer_waiting: ['sayPaid', 'completeInvoice'],
	transfer_confirmed: ['completeInvoice'],
	completed: [],
	canceled: [],
	expired: [],
	dispute: [],
};

/** BridgePay's records as the console shows them, newest first. */
export function tablesOf({ invoices, withdrawals, accounts, store }: BridgePayState): ConsoleTable[] {
	const newest = invoices.toReversed();
	return [
		{ title: 'Pay-ins', rows: newest.filter(({ type }) => type === 'in').map(invoiceRow) },
		{ title: 'Pay-outs', rows: newest.filter(({ type }) => type === 'out').map(invoiceRow) },
		{ title: 'Withdrawals', rows: withdrawals.toReversed().map(withdrawalRow) },
		{
			title: 'Accounts',
			rows: accounts.map(({ id, currency, sum, frozenSum }) => ({
				id,
				cells: { ID: id, Currency: currency, Balance: sum, Frozen: frozenSum },
				actions: [],
			})),
		},
		{ title: 'Store', rows: storeRows(store) },
	];
}

function invoiceRow(invoice: Invoice): ConsoleRow {
	const { id, internalId, sum, actual, status, deals } = invoice;
	const [deal] = deals;
	const order = { 'Internal ID': internalId ?? '', Amount: `${actual ?? sum.amount} ${sum.currency}` };
	const place = {
		Requisites: deal?.requisites.requisites ?? 'none',
		Deal: deal?.status ?? 'none',
		Status: status,
	};
	return { id, cells: { ID: id, ...order, ...place }, actions: actionsOf(invoice) };
}

function actionsOf({ status, deals }: Invoice): BridgePayAction[] {
	if (status === 'dispute') return ['acceptDispute', 'rejectDispute'];
	if (status !== 'new') return [];
	return [...deals.flatMap((deal) => DEAL_ACTIONS[deal.status]), 'cancelInvoice', 'expireInvoice'];
}

function withdrawalRow({ id, sum, fee, address, txId }: Withdrawal): ConsoleRow {
	const cells = { ID: id, Amount: `${sum.amount} ${sum.currency}`, Fee: fee.amount, Address: address };
	return { id, cells: { ...cells, 'Tx ID': txId ?? '' }, actions: txId === null ? ['sendWithdrawal'] : [] };
}

function storeRows({ payIn, payOut, twoFactor }: BridgePayState['store']): ConsoleRow[] {
	const row = (name: string, isOn: boolean, action: BridgePayAction): ConsoleRow => ({
		id: name,
		cells: { Switch: name, State: isOn ? 'on' : 'off' },
		actions: [action],
	});
	return [
		row('Pay-ins', payIn, 'switchPayIns'),
		row('Pay-outs', payOut, 'switchPayOuts'),
		row('Two-factor authentication', twoFactor, 'switchTwoFactor'),
	];
}
