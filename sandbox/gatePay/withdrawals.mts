import { subtract } from '../decimal.mts';
import { pageOf, type Handler } from './call.mts';
import { requireApproved } from './bankAccounts.mts';
import { notifyWithdrawal } from './notifications.mts';
import { requireQuote } from './quotes.mts';
import { Refusal } from './refusal.mts';
import type { Withdrawal } from './state.mts';
import type { World } from './world.mts';

const DISPATCH_MS = 1000;
const SETTLE_MS = 1500;
const DEFAULT_PAGE_SIZE = 20;
const TRADE_FEE = '0';

export const createOtcWithdrawal: Handler = ({ operation, body }, world) => {
	const clientOrderId = body.text('clientOrderId');
	if (world.state.withdrawals.some((withdrawal) => withdrawal.clientOrderId === clientOrderId)) {
		throw new Refusal('400201', `clientOrderId ${clientOrderId} exists already`);
	}
	const bankAccountId = requireApproved(world, body.text('bankAccountId')).bankAccountId;
	const quote = requireQuote(world, {
		type: 'SELL',
		quoteToken: body.text('quoteToken'),
		cryptoCurrency: body.text('cryptoCurrency'),
		cryptoAmount: body.text('cryptoAmount'),
		fiatCurrency: body.text('fiatCurrency'),
		fiatAmount: body.text('fiatAmount'),
	});
	const { cryptoCurrency, cryptoAmount, fiatCurrency, fiatAmount, fiatRate } = quote;
	world.require(cryptoCurrency, cryptoAmount, '400605');
	const withdrawal: Withdrawal = {
		orderId: world.nextId(),
		clientOrderId,
		status: 'PROCESSING',
		returned: false,
		cryptoCurrency,
		fiatCurrency,
		cryptoAmount,
		fiatAmount,
		fiatRate,
		bankAccountId,
		createTime: world.now(),
		updateTime: world.now(),
		errMsg: '',
		bankSlipInfo: '',
	};
	quote.usedBy = withdrawal.orderId;
	world.state.withdrawals.push(withdrawal);
	world.debit(cryptoCurrency, cryptoAmount, movementOf(withdrawal));
	world.books.apply(operation, clientOrderId, [{ amount: cryptoAmount, currency: cryptoCurrency }]);
	dispatchLater(world, withdrawal);
	return shape(withdrawal);
};

export const getOtcWithdrawal: Handler = ({ query }, world) =>
	shape(findWithdrawal(world, query.text('orderId')));

export const listOtcWithdrawals: Handler = ({ body }, { state }) => {
	const matching = state.withdrawals.toReversed().filter((withdrawal) => {
		const exact = ['status', 'cryptoCurrency', 'fiatCurrency', 'clientOrderId'] as const;
		if (exact.some((name) => body.has(name) && body.text(name) !== withdrawal[name])) return false;
		if (body.textOr('type', 'SELL') !== 'SELL') return false;
		const from = Number(body.textOr('startTime', '0'));
		const to = Number(body.textOr('endTime', 'Infinity'));
		return withdrawal.createTime >= from && withdrawal.createTime <= to;
	});
	const page = body.numberOr('page', 1);
	const pageSize = body.numberOr('pageSize', DEFAULT_PAGE_SIZE);
	return { page, pageSize, total: matching.length, data: pageOf(matching, page, pageSize).map(shape) };
};

/** The off-ramp order with this ID. Throws a Refusal when there is none. */
export function findWithdrawal({ state }: World, id: string): Withdrawal {
	const withdrawal = state.withdrawals.find(({ orderId }) => orderId === id);
	if (!withdrawal) throw new Refusal('400202', `The order ${id} does not exist`);
	return withdrawal;
}

/** The desk has sent the fiat to the bank, and a notification is sent. */
export function dispatch(world: World, withdrawal: Withdrawal): void {
	move(world, withdrawal, ['PROCESSING'], 'DISPATCHED');
	withdrawal.bankSlipInfo = `https://files.sandbox.invalid/slips/${withdrawal.orderId}.pdf`;
	notifyWithdrawal(world, withdrawal, 'WITHDRAW_DISPATCHED');
}

/** The bank has paid, and a notification is sent. */
export function settle(world: World, withdrawal: Withdrawal): void {
	move(world, withdrawal, ['DISPATCHED'], 'DONE');
	notifyWithdrawal(world, withdrawal, 'WITHDRAW_SUCCESS');
}

/** The bank has sent the fiat back, and a notification is sent. The crypto comes back later, by hand. */
export function fail(world: World, withdrawal: Withdrawal): void {
	move(world, withdrawal, ['PROCESSING', 'DISPATCHED'], 'FAIL');
	withdrawal.errMsg = 'The bank returned the transfer';
	notifyWithdrawal(world, withdrawal, 'WITHDRAW_FAIL');
}

/** Gate's staff book the crypto of a failed payment back to the balance, without the fee. */
export function giveBack(world: World, withdrawal: Withdrawal): void {
	if (withdrawal.status !== 'FAIL' || withdrawal.returned)
		throw new Refusal('400204', 'There is nothing to give back');
	withdrawal.returned = true;
	world.credit(
		withdrawal.cryptoCurrency,
		subtract(withdrawal.cryptoAmount, TRADE_FEE),
		movementOf(withdrawal),
	);
}

function dispatchLater(world: World, withdrawal: Withdrawal): void {
	world.later(DISPATCH_MS, () => {
		if (withdrawal.status === 'PROCESSING') dispatch(world, withdrawal);
		world.later(SETTLE_MS, () => {
			if (withdrawal.status === 'DISPATCHED') settle(world, withdrawal);
		});
	});
}

function move(
	world: World,
	withdrawal: Withdrawal,
	from: Withdrawal['status'][],
	to: Withdrawal['status'],
): void {
	if (!from.includes(withdrawal.status)) throw new Refusal('400204', `The order is ${withdrawal.status}`);
	withdrawal.status = to;
	withdrawal.updateTime = world.now();
}

function movementOf({ orderId, clientOrderId }: Withdrawal) {
	return { orderId, merchantTradeNo: clientOrderId, financialType: 'otcWithdraw_fi' };
}

function shape(withdrawal: Withdrawal) {
	const { returned, ...shown } = withdrawal;
	const errMsg = returned ? `${withdrawal.errMsg}; the crypto is back` : withdrawal.errMsg;
	return {
		...shown,
		errMsg,
		type: 'SELL',
		tradeFee: TRADE_FEE,
		finalFiatAmount: withdrawal.fiatAmount,
		promCode: '',
	};
}
