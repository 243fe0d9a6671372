/** The vectors of PayPlay's reference. */
export const token = 'payplay-demo-signature-token';

export const W1 =
	'{"order":{"id":"5f96a6c7-d2f6-4e20-8ace-9f398b8ce43e","currency":"EUR","order_number":"348883076","value":"100","expected_amount":"105.2","received_total":"104.1","exchange_rate":"0.95","clean_exchange_rate":"1","is_internal":false,"deposited_currency":"USDT","received_currency":"USDT","status":"COMPLETE","external_order_id":"INV-123","created_at":"2024-12-05 09:51:25","completed_at":"2024-12-05 09:58:01","acquiring_url":"https:\\/\\/merchant.pay.payplay.io\\/crypto-orders\\/5f96a6c7-d2f6-4e20-8ace-9f398b8ce43e","successful_link":null,"failure_link":null,"transactions":[]},"event_type":"order::completed"}';
export const W1_SIGNATURE = '1defb31965a7ed1d09729125c988a2d9e4c12b1a7bde1be9090300f43a0c418c';

export const W2 =
	'{"transaction":{"id":"11ee8f2c-ffa1-4785-a14e-707dc011f959","order_id":null,"external_order_id":null,"stock_orders":[],"currency":"USDT","value":"11.2","is_internal":true,"type":"WITHDRAWAL","status":"COMPLETE","hash":"internal_transaction_c69b0b13","created_at":"2024-07-26 14:36:19","completed_at":"2024-07-26 15:00:06","external_id":"12345rtg234","comment":"\\u043e\\u043f\\u043b\\u0430\\u0442\\u0430"},"event_type":"withdrawal::completed"}';
export const W2_SIGNATURE = '731471809535e0cda03ac30c8f49538e00e246455d6d834eaf3417b96857702b';

/** Every documented event, the object that it is about, and its name on older pages and in clients. */
export const eventTypes: ReadonlyArray<[string, string, string]> = [
	['order::completed', 'order', 'COMPLETE'],
	['order::complete', 'order', 'COMPLETE'],
	['order::declined', 'order', 'DECLINED'],
	['order::decline', 'order', 'DECLINED'],
	['order::partially_fulfilled', 'order', 'PARTIALLY_FULFILLED'],
	['order::final_amount_was_received', 'order', 'OPEN'],
	['transaction::complete', 'transaction', 'COMPLETE'],
	['transaction::completed', 'transaction', 'COMPLETE'],
	['transaction::decline', 'transaction', 'DECLINED'],
	['transaction::declined', 'transaction', 'DECLINED'],
	['transaction::was_final_exchange', 'transaction', 'COMPLETE'],
	['withdrawal::completed', 'withdrawal', 'COMPLETE'],
	['withdrawal::complete', 'withdrawal', 'COMPLETE'],
	['withdrawal::declined', 'withdrawal', 'CANCELLED'],
	['withdrawal::decline', 'withdrawal', 'DECLINED'],
	['rollback::to_merchant', 'rollback', 'COMPLETE'],
	['rollback::to_client', 'rollback', 'COMPLETE'],
];

/** A notification as PHP writes it, with escaped slashes and escaped characters. */
export function notification(
	event_type: string,
	status: string,
	change: Record<string, unknown> = {},
): string {
	const isOrder = event_type.startsWith('order');
	const { order } = JSON.parse(W1);
	const { transaction } = JSON.parse(W2);
	const object = { ...(isOrder ? order : transaction), status, ...change };
	return php({ [isOrder ? 'order' : 'transaction']: object, event_type });
}

/** JSON as PHP writes it. */
export function php(value: unknown): string {
	return JSON.stringify(value)
		.replace(/\//g, '\\/')
		.replace(/[\u007f-\uffff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
