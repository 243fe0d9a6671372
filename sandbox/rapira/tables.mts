import type { ConsoleRow, ConsoleTable } from '../provider.mts';
import type { RapiraAction } from './actions.mts';
import type { Deposit, DepositStatus, RapiraState, Withdrawal, WithdrawalStatus } from './state.mts';

const OPEN: RapiraAction[] = ['advancePayout', 'rejectPayout', 'cancelPayout', 'cancelPayoutByUser'];

const PAYOUT_ACTIONS: Partial<Record<WithdrawalStatus, RapiraAction[]>> = {
	CREATE: ['holdPayout', 'failPayout', ...OPEN],
	PENDING: OPEN,
	WAITING: OPEN,
	PROCESSING: ['completePayout', 'failPayout', 'rejectPayout'],
};

const DEPOSIT_ACTIONS: Partial<Record<DepositStatus, RapiraAction[]>> = {
	MEMPOOL: ['advanceDeposit', 'failDeposit'],
	PENDING_CONFIRMATIONS: ['advanceDeposit', 'failDeposit'],
	PENDING_AML: ['advanceDeposit', 'checkDeposit', 'rejectDeposit'],
	MANUAL_CHECK: ['advanceDeposit', 'rejectDeposit', 'returnDeposit'],
	REJECTED: ['returnDeposit'],
};

/** Rapira's records as the console shows them, newest first. */
export function tablesOf(state: RapiraState): ConsoleTable[] {
	return [
		{ title: 'Payouts', rows: state.withdrawals.toReversed().map(payoutRow) },
		{ title: 'Deposit addresses', rows: addressRows(state) },
		{ title: 'Deposits', rows: state.deposits.toReversed().map(depositRow) },
		{ title: 'OTC orders', rows: orderRows(state) },
		{ title: 'AML checks', rows: amlRows(state) },
		{ title: 'Balances', rows: balanceRows(state) },
		{ title: 'Access', rows: accessRows(state) },
	];
}

function payoutRow(one: Withdrawal): ConsoleRow {
	const cells = {
		ID: String(one.id),
		Amount: `${one.total} ${one.coin}`,
		Fee: one.fee,
		Chain: one.chain,
		Address: one.address,
		Nonce: one.nonce,
		Hash: one.hash ?? '',
		Status: one.status,
	};
	return { id: String(one.id), cells, actions: PAYOUT_ACTIONS[one.status] ?? [] };
}

function addressRows({ addresses }: RapiraState): ConsoleRow[] {
	return addresses.toReversed().map(({ id, address, currency, memo, nonce, use }) => ({
		id: String(id),
		cells: { Address: address, Currency: currency, Memo: memo ?? '', Order: nonce, Use: use },
		actions: use === 'on' ? ['payToAddress'] : [],
	}));
}

function depositRow({ id, address, amount, coin, txid, status }: Deposit): ConsoleRow {
	const cells = { ID: String(id), Amount: `${amount} ${coin}`, Address: address, Hash: txid, Status: status };
	return { id: String(id), cells, actions: DEPOSIT_ACTIONS[status] ?? [] };
}

function orderRows({ otcOrders }: RapiraState): ConsoleRow[] {
	return otcOrders.map(({ orderSn, amount, coin, fiat, currency, status }) => ({
		id: orderSn,
		cells: { Order: orderSn, Crypto: `${amount} ${coin}`, Fiat: `${fiat} ${currency}`, Status: status },
		actions: status === 'UNPAID' ? ['cancelOrder'] : [],
	}));
}

function amlRows({ amlChecks }: RapiraState): ConsoleRow[] {
	return amlChecks.toReversed().map(({ uuid, subject, status }) => ({
		id: uuid,
		cells: { Uuid: uuid, Subject: subject, Status: status },
		actions: [],
	}));
}

function balanceRows({ balances }: RapiraState): ConsoleRow[] {
	return Object.entries(balances).map(([coin, balance]) => {
		return { id: coin, cells: { Coin: coin, Balance: balance }, actions: [] };
	});
}

function accessRows({ isRegionBlocked, access }: RapiraState): ConsoleRow[] {
	const yes = (is: boolean) => (is ? 'yes' : 'no');
	const region: RapiraAction = isRegionBlocked ? 'unblockRegion' : 'blockRegion';
	const cells = {
		'Region blocked (451)': yes(isRegionBlocked),
		P2P: yes(access.p2p),
		Withdraw: yes(access.withdraw),
	};
	return [{ id: 'account', cells, actions: ['revokeTokens', region, 'toggleP2p', 'toggleWithdraw'] }];
}
