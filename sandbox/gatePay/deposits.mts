import { pageOf, requireFile, type Call, type Handler } from './call.mts';
import { notifyDeposit } from './notifications.mts';
import { requireApproved } from './bankAccounts.mts';
import { requireQuote, type QuotedOrder } from './quotes.mts';
import { Refusal } from './refusal.mts';
import { bankInstructionsA, depositA, depositB, depositDetailB, depositListRowA } from './depositShapes.mts';
import type { Deposit } from './state.mts';
import type { World } from './world.mts';

const IMAGES = ['jpg', 'jpeg', 'png'];
const DESK_MS = 1500;

/** Whether the call has the header of version B. A wrong number in it is refused in every call. */
function isVersionB({ headers }: Call, world: World): boolean {
	if (!headers.has('x-gatepay-merchantid')) return false;
	const given = headers.scalar('x-gatepay-merchantid');
	if (given === world.account.merchantId) return true;
	throw new Refusal('500008', `The merchant ${given} does not exist`);
}

/** Both versions of the contract share this path. Their bodies tell which version a call is. */
export const createOtcDeposit: Handler = (call, world) => {
	const hasMerchant = isVersionB(call, world);
	if (call.body.has('bankAccountId')) return createVersionA(call, world);
	// In the contract the same call for institutions has no merchant header.
	if (!hasMerchant && !call.headers.has('x-gatepay-on-behalf-of')) {
		throw new Refusal(
			'400001',
			'X-GatePay-MerchantId is required with bankId, currency and amount (version B)',
		);
	}
	return createVersionB(call, world);
};

function createVersionA({ operation, body }: Call, world: World): unknown {
	const clientOrderId = body.text('clientOrderId');
	if (world.state.deposits.some((deposit) => deposit.clientOrderId === clientOrderId)) {
		throw new Refusal('400201', `clientOrderId ${clientOrderId} exists already`);
	}
	const order: QuotedOrder = {
		type: 'BUY',
		quoteToken: body.text('quoteToken'),
		cryptoCurrency: body.text('cryptoCurrency'),
		cryptoAmount: body.text('cryptoAmount'),
		fiatCurrency: body.text('fiatCurrency'),
		fiatAmount: body.text('fiatAmount'),
	};
	const names = { clientOrderId, promoCode: body.textOr('promoCode', '') };
	const deposit = open(world, 'A', order, body.text('bankAccountId'), names);
	world.books.apply(operation, clientOrderId, [{ amount: deposit.amount, currency: deposit.currency }]);
	return { ...depositA(deposit), gate_bank_info: bankInstructionsA(deposit) };
}

function createVersionB({ operation, body }: Call, world: World): unknown {
	const order: QuotedOrder = {
		type: 'BUY',
		quoteToken: body.text('quoteToken'),
		cryptoCurrency: body.text('currency'),
		cryptoAmount: body.text('amount'),
		fiatCurrency: body.text('fiatCurrency'),
		fiatAmount: body.text('fiatAmount'),
	};
	const names = { clientOrderId: '', promoCode: body.textOr('promoCode', '') };
	const deposit = open(world, 'B', order, body.text('bankId'), names);
	world.books.apply(operation, deposit.orderId, [{ amount: deposit.amount, currency: deposit.currency }]);
	return depositB(deposit, world.merchantNumber);
}

function open(
	world: World,
	version: Deposit['version'],
	order: QuotedOrder,
	bankId: string,
	names: Pick<Deposit, 'clientOrderId' | 'promoCode'>,
): Deposit {
	const bank = requireApproved(world, bankId);
	const quote = requireQuote(world, order);
	const orderId = world.nextId();
	quote.usedBy = orderId;
	const deposit: Deposit = {
		orderId,
		otcOrderId: world.nextId(),
		version,
		...names,
		currency: order.cryptoCurrency,
		amount: quote.cryptoAmount,
		fiatCurrency: order.fiatCurrency,
		fiatAmount: quote.fiatAmount,
		rate: quote.fiatRate,
		bankId,
		bankNumber: bank.iban,
		paid: false,
		status: 'PENDING',
		createTime: world.now(),
		updateTime: world.now(),
		transferRemark: `GP${orderId.slice(-8)}`,
		receipt: '',
		errMsg: '',
	};
	world.state.deposits.push(deposit);
	return deposit;
}

export const confirmOtcDeposit: Handler = (call, world) => {
	isVersionB(call, world);
	const file = requireFile(call, 'file', IMAGES);
	const deposit = findDeposit(world, call.body.text('orderId'));
	const receipt = `https://files.sandbox.invalid/receipts/${deposit.orderId}/${encodeURIComponent(file.name)}`;
	confirm(world, deposit, receipt);
	// The documentation does not show the data of this answer.
	return { success: true };
};

export const cancelOtcDeposit: Handler = (call, world) => {
	isVersionB(call, world);
	cancel(world, findDeposit(world, call.body.text('orderId')));
	return { success: true };
};

export const getOtcDeposit: Handler = (call, world) => {
	const { query } = call;
	const clientOrderId = query.textOr('clientOrderId', undefined);
	const orderId = query.textOr('orderId', undefined);
	const isB = isVersionB(call, world);
	if (!orderId && !(isB && clientOrderId)) {
		throw new Refusal(
			'400001',
			isB ? 'orderId or clientOrderId is required' : 'orderId is required (version A)',
		);
	}
	const deposit = orderId
		? findDeposit(world, orderId)
		: world.state.deposits.find((each) => each.clientOrderId === clientOrderId);
	if (!deposit) throw new Refusal('400202', `The order ${clientOrderId} does not exist`);
	if (isB) return depositDetailB(deposit, world.merchantNumber);
	return { ...depositA(deposit), gate_bank_info: bankInstructionsA(deposit) };
};

export const listOtcDeposits: Handler = (call, world) => {
	const { query } = call;
	const newestFirst = world.state.deposits.toReversed();
	const isB = isVersionB(call, world);
	const hasFilters = ['status', 'startTime', 'endTime', 'page', 'pageSize'].some((name) => query.has(name));
	if (!isB && !hasFilters) {
		const data = newestFirst.map(depositListRowA);
		return { page: 1, pageSize: data.length, total: data.length, data };
	}
	if (!isB) throw new Refusal('400001', 'X-GatePay-MerchantId is required with filters (version B)');
	return listVersionB(call, newestFirst, world);
};

function listVersionB({ query }: Call, deposits: Deposit[], world: World): unknown {
	for (const name of ['startTime', 'endTime']) {
		if (!query.has(name)) throw new Refusal('400001', `${name} is required (version B)`);
	}
	const page = query.numberOr('page', -1);
	if (page >= 0 && !query.has('pageSize'))
		throw new Refusal('400001', 'pageSize is required when page is 0 or more');
	const [from, to] = [query.number('startTime'), query.number('endTime')];
	const status = query.textOr('status', undefined);
	const found = deposits.filter(({ createTime }) => createTime >= from && createTime <= to);
	const matching = found.filter((deposit) => !status || deposit.status === status);
	const rows = page < 0 ? matching : pageOf(matching, page, query.number('pageSize'));
	return { total: matching.length, page, list: rows.map((row) => depositDetailB(row, world.merchantNumber)) };
}

/** The deposit with this order ID. Throws a Refusal when there is none. */
export function findDeposit({ state }: World, id: string): Deposit {
	const deposit = state.deposits.find(({ orderId }) => orderId === id);
	if (!deposit) throw new Refusal('400202', `The order ${id} does not exist`);
	return deposit;
}

/** The merchant says that the fiat was sent. The desk settles it after a while. */
export function confirm(world: World, deposit: Deposit, receipt: string): void {
	if (deposit.paid) throw new Refusal('400620', 'The order is already confirmed');
	move(world, deposit, ['PENDING'], 'PROCESSING');
	deposit.paid = true;
	deposit.receipt = receipt;
	world.later(DESK_MS, () => {
		if (deposit.status === 'PROCESSING') settle(world, deposit);
	});
}

/** The desk has received the fiat: the crypto is credited, and a notification is sent. */
export function settle(world: World, deposit: Deposit): void {
	move(world, deposit, ['PENDING', 'PROCESSING'], 'DONE');
	const { orderId, clientOrderId: merchantTradeNo } = deposit;
	world.credit(deposit.currency, deposit.amount, {
		orderId,
		merchantTradeNo,
		financialType: 'otcRecharge_add_fi',
	});
	notifyDeposit(world, deposit, 'RECHARGE_SUCCESS');
}

/** The desk gives up on the deposit, and a notification is sent. */
export function fail(world: World, deposit: Deposit): void {
	move(world, deposit, ['PENDING', 'PROCESSING'], 'ERROR');
	deposit.errMsg = 'The remittance could not be matched';
	notifyDeposit(world, deposit, 'RECHARGE_FAIL');
}

/** Cancels a deposit without a notification: no page has one. */
export function cancel(world: World, deposit: Deposit): void {
	if (deposit.paid)
		throw new Refusal('400204', 'The payment is confirmed; the order can no longer be cancelled');
	move(world, deposit, ['PENDING'], 'CANCEL');
}

function move(world: World, deposit: Deposit, from: Deposit['status'][], to: Deposit['status']): void {
	if (!from.includes(deposit.status)) throw new Refusal('400204', `The order is ${deposit.status}`);
	deposit.status = to;
	deposit.updateTime = world.now();
}
