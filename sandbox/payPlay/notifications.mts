import { createHmac } from 'node:crypto';

import type { DeliveryRules } from '../deliveries.mts';
import { isRecord } from '../values.mts';
import type { PayPlayAccount } from './account.mts';
import { orderShape, paymentShape } from './orderShapes.mts';
import type { Order, Payment, Transaction } from './state.mts';
import { transactionShape } from './transactionShapes.mts';
import { phpJson } from './wireText.mts';
import type { World } from './world.mts';

/** The pauses before repetitions. No page has them; these are the defaults of the package that PayPlay seems to use. */
const RETRIES_MS = [10_000, 100_000];

/** How PayPlay signs its notifications: with the page's token, or with the general one for general events. */
export function deliveryRules(account: PayPlayAccount): DeliveryRules {
	const { pageSignatureToken, generalSignatureToken } = account;
	const tokenOf = (body: string) => (isGeneral(body) ? generalSignatureToken : pageSignatureToken);
	return {
		headers: (body) => ({ Signature: sign(tokenOf(body), body) }),
		forgedHeaders: (body) => ({ Signature: sign('not-a-signature-token', body) }),
		isAcknowledged: (status) => status >= 200 && status < 300,
		retries: RETRIES_MS,
	};
}

/** The signature: HMAC-SHA256 over the bytes on the wire, in lower-case hex. */
export function sign(token: string, body: string): string {
	return createHmac('sha256', token).update(body).digest('hex');
}

/** Whether it is an event of the general settings. A forged text may not even be JSON. */
function isGeneral(body: string): boolean {
	try {
		const parsed: unknown = JSON.parse(body);
		return isRecord(parsed) && /^(?:withdrawal|rollback)::/.test(String(parsed.event_type));
	} catch {
		return false;
	}
}

type OrderEvent =
	'order::completed' | 'order::declined' | 'order::partially_fulfilled' | 'order::final_amount_was_received';

export function notifyOrder(world: World, order: Order, event: OrderEvent): void {
	send(world, event, { order: orderShape(order) });
}

export function notifyPayment(world: World, order: Order, payment: Payment): void {
	const names = { order_id: order.id, external_order_id: order.externalOrderId, stock_orders: [] };
	send(world, 'transaction::complete', { transaction: { ...paymentShape(payment), ...names } });
}

export function notifyWithdrawal(world: World, transaction: Transaction): void {
	const event = transaction.status === 'COMPLETE' ? 'withdrawal::completed' : 'withdrawal::declined';
	const { externalId: external_id, comment } = transaction;
	const names = { order_id: null, external_order_id: null, stock_orders: [], external_id, comment };
	send(world, event, { transaction: { ...transactionShape(transaction), ...names } });
}

function send({ deliveries }: World, event_type: string, payload: object): void {
	deliveries.send(event_type, phpJson({ ...payload, event_type }));
}
