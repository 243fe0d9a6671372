/** The label of each code. INVALID_SIGNATURE is documented. The others are made up from the documented meanings. */
const LABELS = {
	'400001': 'PARAMETER_FORMAT_ERROR',
	'400002': 'INVALID_SIGNATURE',
	'400003': 'TIMESTAMP_EXPIRED',
	'400004': 'INVALID_API_KEY',
	'400007': 'UNSUPPORTED_MEDIA_TYPE',
	'400020': 'INVALID_NONCE',
	'400201': 'ORDER_ALREADY_EXISTS',
	'400202': 'ORDER_NOT_FOUND',
	'400204': 'ORDER_STATUS_ERROR',
	'400205': 'INVALID_CURRENCY',
	'400304': 'REFUND_NOT_FOUND',
	'400603': 'ORDER_TIMED_OUT',
	'400604': 'ORDER_NOT_COMPLETED',
	'400605': 'INSUFFICIENT_BALANCE',
	'400608': 'REFUND_AMOUNT_ERROR',
	'400620': 'ORDER_ALREADY_PAID',
	'400621': 'PAYMENT_AMOUNT_ERROR',
	'500008': 'MERCHANT_NOT_FOUND',
	'500203': 'ADDRESS_ORDER_NOT_FOUND',
	'500205': 'REFUND_CURRENCY_ERROR',
	'500208': 'ORDER_NOT_CONVERTED',
	'550139': 'BILL_NOT_FOUND',
	'550140': 'NO_PAYMENT_RECORD',
	'550233': 'WITHDRAW_INSUFFICIENT_BALANCE',
	'550234': 'WITHDRAW_MEMO_TOO_LONG',
	'550235': 'WITHDRAW_TOO_MANY_DECIMALS',
	'550238': 'WITHDRAW_TOO_MANY_ORDERS',
	'550239': 'WITHDRAW_AMOUNT_MISSING',
	'550240': 'WITHDRAW_CURRENCY_MISSING',
	'550241': 'WITHDRAW_ADDRESS_MISSING',
	'550242': 'WITHDRAW_CHAIN_MISSING',
	'550245': 'WITHDRAW_BATCH_EXISTS',
	'550249': 'WITHDRAW_ID_MALFORMED',
	'5504060': 'INVALID_ORDER_TYPE',
	/** The sandbox does not serve this call. The code is not Gate Pay's. */
	'999999': 'NOT_IN_SANDBOX',
} as const;

export type RefusalCode = keyof typeof LABELS;

/** Gate Pay's refusal. Nothing was changed. It comes with HTTP 200. */
export class Refusal extends Error {
	readonly code: RefusalCode;

	constructor(code: RefusalCode, message: string) {
		super(message);
		this.code = code;
	}

	envelope(): string {
		const { code, message } = this;
		return JSON.stringify({ status: 'FAIL', code, label: LABELS[code], errorMessage: message, data: null });
	}
}
