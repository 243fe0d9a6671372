import { add, compare } from '../decimal.mts';
import type { Fields } from '../values.mts';
import { requirePlaces, type Handler } from './call.mts';
import { notifyTransfer } from './notifications.mts';
import { Refusal } from './refusal.mts';
import type { BatchTransfer, TransferOrder } from './state.mts';
import type { World } from './world.mts';

/** Pays at once, because the receivers have Gate accounts. */
export const createBatchTransfer: Handler = ({ operation, body }, world) => {
	const merchant_batch_no = body.text('merchant_batch_no');
	if (world.state.transfers.some((transfer) => transfer.merchant_batch_no === merchant_batch_no)) {
		throw new Refusal('400201', `merchant_batch_no ${merchant_batch_no} exists already`);
	}
	const items = body.list('batchorderList');
	if (items.length === 0) throw new Refusal('400001', 'batchorderList is empty');
	const currency = body.text('currency');
	const orders = items.map((item) => orderOf(item, currency, world));
	for (const [each, amount] of totals(orders)) world.require(each, amount, '400605');

	const transfer: BatchTransfer = {
		batch_id: world.nextId(),
		merchant_batch_no,
		currency,
		channel_id: body.textOr('channelId', ''),
		orders,
	};
	world.state.transfers.push(transfer);
	for (const { currency: each, amount, transaction_id } of orders) {
		const movement = {
			orderId: transaction_id,
			merchantTradeNo: merchant_batch_no,
			financialType: 'reward_fi',
		};
		world.debit(each, amount, movement);
	}
	world.books.apply(operation, merchant_batch_no, orders.map(applied));
	notifyTransfer(world, transfer);
	return { merchant_batch_no, batch_id: transfer.batch_id };
};

/** The documented status is SUCCESS here and PAID in the notification. */
export const queryBatchTransfer: Handler = ({ body }, world) => {
	const batchId = body.textOr('batch_id', undefined);
	const merchantBatchNo = body.textOr('merchant_batch_no', undefined);
	const transfer = world.state.transfers.find(
		({ batch_id, merchant_batch_no }) =>
			(batchId === undefined || batch_id === batchId) &&
			(merchantBatchNo === undefined || merchant_batch_no === merchantBatchNo),
	);
	if (!transfer) throw new Refusal('400202', 'The batch transfer does not exist');
	const { batch_id, merchant_batch_no, currency, channel_id } = transfer;
	const orders_list = transfer.orders.map((order) => ({ ...order, status: 'SUCCESS', channel_id }));
	const merchant_id = world.merchantNumber;
	return { batch_id, merchant_id, merchant_batch_no, status: 'SUCCESS', currency, channel_id, orders_list };
};

function orderOf(item: Fields, batchCurrency: string, world: World): TransferOrder {
	const amount = item.text('amount');
	requirePlaces(amount, 6, 'amount');
	if (compare(amount, '0') <= 0) throw new Refusal('400621', 'The amount must be above 0');
	const currency = item.textOr('currency', batchCurrency);
	if (!(currency in world.state.balances)) throw new Refusal('400205', `There is no account in ${currency}`);
	return {
		receiver_id: item.number('user_id'),
		amount,
		currency,
		reward_id: item.textOr('rewardId', ''),
		transaction_id: world.nextId(),
		create_time: world.now(),
	};
}

function applied({ amount, currency, receiver_id, reward_id }: TransferOrder) {
	return { amount, currency, line: reward_id || String(receiver_id) };
}

function totals(orders: TransferOrder[]): Map<string, string> {
	const sums = new Map<string, string>();
	for (const { currency, amount } of orders) sums.set(currency, add(sums.get(currency) ?? '0', amount));
	return sums;
}
