import type { Deposit } from '../../sandbox/gatePay/state.mts';
import type { Setting } from '../../scripts/demo/setting.mts';
import { isFinished, itemsOf, type Execution } from '../../host/executions.mts';
import { poll } from '../../host/poll.mts';

/** Environment variables that make n8n log everything, also into a file. */
export const talkative = { N8N_LOG_LEVEL: 'debug', N8N_LOG_OUTPUT: 'console,file' };

/** Gives the desk an order, as after an accepted quote. */
export function placeOrder({ sandbox }: Pick<Setting, 'sandbox'>, orderId: string): void {
	const now = Date.now();
	const order: Deposit = {
		orderId,
		otcOrderId: `otc-${orderId}`,
		version: 'B',
		clientOrderId: '',
		currency: 'USDT',
		amount: '1088.42',
		fiatCurrency: 'USD',
		fiatAmount: '1000',
		rate: '1.08842',
		bankId: 'ba_123456789',
		bankNumber: '1',
		paid: false,
		status: 'PENDING',
		createTime: now,
		updateTime: now,
		promoCode: '',
		transferRemark: '',
		receipt: '',
		errMsg: '',
	};
	sandbox.gatePay.state.deposits.push(order);
}

/** IDs larger than 2^53, as the desk has them. */
export const idsFrom = (first: number, count: number) =>
	Array.from({ length: count }, (_, index) => String(79_550_727_153_510_000n + BigInt(first + index)));
export const settle = ({ sandbox }: Setting, orderId: string) =>
	sandbox.gatePay.act('settleDeposit', orderId);

/** Waits until there are so many executions and all of them have ended. */
export const finished = ({ n8n }: Setting, workflowId: string, count: number) =>
	poll(async () => {
		const all = await n8n.executions({ workflowId });
		return all.length >= count && all.every(isFinished) ? all : undefined;
	}, `${count} executions of ${workflowId}`);

export const statesIn = (executions: Execution[], name: string) =>
	executions
		.flatMap((each) => itemsOf(each, name))
		.map(({ id, status }) => `${String(id)} ${String(status)}`)
		.sort();
