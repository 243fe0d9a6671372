/** Where a provider's answer has an amount, and which member of the record gets it. */
export interface Echo {
	operation: string;
	/** The answer around a JSON text or number. */
	answer(amount: string): string;
	/** Its path in the record. A batch has no amount of its own: its lines have. */
	member: 'amount' | 'paidAmount' | 'fiatAmount' | 'fee' | 'lines.0.amount' | 'lines.0.paidAmount';
}

const gatePay = (data: string) => `{"status":"SUCCESS","code":"000000","errorMessage":"","data":${data}}`;

export const echoes: Readonly<Record<string, Echo[]>> = {
	gatePay: [
		{ operation: 'otc.createDeposit', answer: (a) => gatePay(`{"cryptoAmount":${a}}`), member: 'amount' },
		{ operation: 'otc.createDeposit', answer: (a) => gatePay(`{"fiatAmount":${a}}`), member: 'fiatAmount' },
		{
			operation: 'payout.get',
			answer: (a) => gatePay(`{"withdraw_list":[{"amount":${a}}]}`),
			member: 'lines.0.amount',
		},
		{
			operation: 'payout.get',
			answer: (a) => gatePay(`{"withdraw_list":[{"done_amount":${a}}]}`),
			member: 'lines.0.paidAmount',
		},
		{ operation: 'paymentOrder.get', answer: (a) => gatePay(`{"orderAmount":${a}}`), member: 'amount' },
		{ operation: 'paymentOrder.get', answer: (a) => gatePay(`{"totalFee":${a}}`), member: 'fee' },
	],
	bridgePay: [
		{
			operation: 'invoice.get',
			answer: (a) => `[{"id":"1","status":"new","sum":{"amount":${a},"currency":"RUB"}}]`,
			member: 'amount',
		},
		{
			operation: 'invoice.get',
			answer: (a) => `[{"id":"1","status":"paid","receivedSumFromTaker":{"amount":${a},"currency":"RUB"}}]`,
			member: 'paidAmount',
		},
		{ operation: 'withdrawal.get', answer: (a) => `{"id":"1","sum":{"amount":${a}}}`, member: 'amount' },
	],
	okiPays: [
		{ operation: 'order.get', answer: (a) => `{"status":true,"data":{"price":${a}}}`, member: 'amount' },
		{
			operation: 'order.create',
			answer: (a) => `{"status":true,"data":{"total_sum_price":${a}}}`,
			member: 'paidAmount',
		},
	],
	payPlay: [
		{ operation: 'order.get', answer: (a) => `{"order":{"id":"1","value":${a}}}`, member: 'amount' },
		{ operation: 'transaction.get', answer: (a) => `{"transaction":{"id":"1","fee":${a}}}`, member: 'fee' },
		{
			operation: 'withdrawal.create',
			answer: (a) => `{"transactions":[{"id":"1","value":${a}}]}`,
			member: 'amount',
		},
	],
	rapira: [
		{ operation: 'payout.getMany', answer: (a) => `[{"id":1,"totalAmount":${a}}]`, member: 'amount' },
		{ operation: 'payout.getMany', answer: (a) => `[{"id":1,"arrivedAmount":${a}}]`, member: 'paidAmount' },
		{ operation: 'deposit.getMany', answer: (a) => `{"content":[{"id":1,"amount":${a}}]}`, member: 'amount' },
	],
};
