import { randomBytes } from 'node:crypto';

import type { DeliveryRules } from '../deliveries.mts';
import { isRecord } from '../values.mts';
import type { GatePayAccount } from './account.mts';
import { sign } from './signing.mts';
import type { BatchTransfer, Deposit, PayoutBatch, PayoutLine, Withdrawal } from './state.mts';
import type { World } from './world.mts';

const UNITS: Record<string, number> = { s: 1000, min: 60_000, h: 3_600_000 };

/** The milliseconds of `15 s`, `3 min` or `6 h`, as the contract writes its retry schedule. */
export function retryMilliseconds(step: string): number {
	const [count, unit = ''] = step.split(' ');
	const milliseconds = Number(count) * (UNITS[unit] ?? Number.NaN);
	if (Number.isNaN(milliseconds)) throw new Error(`Cannot read the retry step "${step}"`);
	return milliseconds;
}

/** How Gate Pay signs notifications and repeats them. @param schedule the contract's list of pauses */
export function deliveryRules(account: GatePayAccount, schedule: unknown): DeliveryRules {
	const steps: unknown[] = Array.isArray(schedule) ? schedule : [];
	// No page says whether a repetition is signed again. Here it is, with a new timestamp and nonce.
	const signedWith = (secret: string) => (body: string, at: number) => {
		const timestamp = String(at);
		const nonce = randomBytes(12).toString('hex');
		return {
			'X-GatePay-Timestamp': timestamp,
			'X-GatePay-Nonce': nonce,
			'X-GatePay-Signature': sign(secret, { timestamp, nonce, body }),
		};
	};
	return {
		headers: signedWith(account.paymentSecret),
		forgedHeaders: signedWith('not-the-payment-secret'),
		isAcknowledged,
		// For static addresses "notifications go to the callback URL of that address".
		ownUrlFirst: true,
		retries: steps.map((step) => retryMilliseconds(String(step))),
	};
}

function isAcknowledged(status: number, body: string): boolean {
	if (status !== 200) return false;
	try {
		const answer: unknown = JSON.parse(body);
		return isRecord(answer) && answer.returnCode === 'SUCCESS';
	} catch {
		return false;
	}
}

type OtcEvent =
	'RECHARGE_SUCCESS' | 'RECHARGE_FAIL' | 'WITHDRAW_DISPATCHED' | 'WITHDRAW_SUCCESS' | 'WITHDRAW_FAIL';

export function notifyDeposit(world: World, deposit: Deposit, event: OtcEvent): void {
	notifyOtc(world, event, deposit.orderId, {
		type: 'BUY',
		errMsg: deposit.errMsg,
		orderId: deposit.orderId,
		fiatRate: deposit.rate,
		promoCode: deposit.promoCode,
		fiatAmount: deposit.fiatAmount,
		updateTime: String(deposit.updateTime),
		bankSlipInfo: '',
		cryptoAmount: deposit.amount,
		fiatCurrency: deposit.fiatCurrency,
		clientOrderId: deposit.clientOrderId,
		cryptoCurrency: deposit.currency,
		finalFiatAmount: deposit.fiatAmount,
	});
}

export function notifyWithdrawal(world: World, withdrawal: Withdrawal, event: OtcEvent): void {
	notifyOtc(world, event, withdrawal.orderId, {
		type: 'SELL',
		errMsg: withdrawal.errMsg,
		orderId: withdrawal.orderId,
		fiatRate: withdrawal.fiatRate,
		promoCode: '',
		fiatAmount: withdrawal.fiatAmount,
		updateTime: String(withdrawal.updateTime),
		bankSlipInfo: withdrawal.bankSlipInfo,
		cryptoAmount: withdrawal.cryptoAmount,
		fiatCurrency: withdrawal.fiatCurrency,
		clientOrderId: withdrawal.clientOrderId,
		cryptoCurrency: withdrawal.cryptoCurrency,
		finalFiatAmount: withdrawal.fiatAmount,
	});
}

/** Notifies of an OTC order. `data` is JSON text inside the JSON body, as in the documented examples. */
function notifyOtc(world: World, bizStatus: OtcEvent, bizId: string, data: Record<string, string>): void {
	const { clientId } = world.account;
	const body = { bizType: 'OTC', bizId, bizStatus, clientId, data: JSON.stringify(data) };
	world.deliveries.send(`OTC ${bizStatus}`, JSON.stringify(body));
}

/** Sends one notification for each final sub-order. Its main_order has the state of the whole batch at that moment. */
export function notifyPayout(world: World, batch: PayoutBatch, line: PayoutLine): void {
	const merchant_id = world.merchantNumber;
	const body = {
		main_order: {
			batch_id: batch.batch_id,
			merchant_id,
			status: batch.status,
			client_id: world.account.clientId,
			// NO is documented. YES is made up.
			pay_back_status: line.status === 'FAIL' ? 'YES' : 'NO',
			channel_id: batch.channel_id,
		},
		suborders: [
			{
				fee: line.fee,
				desc: line.err_msg,
				memo: line.memo,
				chain: line.chain,
				tx_id: line.tx_id,
				amount: line.amount,
				status: line.status,
				address: line.address,
				currency: line.currency,
				fee_type: line.fee_type,
				channel_id: batch.channel_id,
				sub_amount: line.sub_amount,
				done_amount: line.done_amount,
				finish_time: line.finish_time,
				merchant_id,
				suborder_id: line.suborder_id,
				from_address: '0x0D07a0000000000000000000000000000000A2fe',
				batch_withdraw_id: batch.batch_id,
				merchant_withdraw_id: line.merchant_withdraw_id,
				reconciliation_status: 0,
			},
		],
	};
	world.deliveries.send(`PAYOUT ${line.status}`, JSON.stringify(body));
}

/** Notifies of a transfer. The documented example has no client ID. */
export function notifyTransfer(world: World, transfer: BatchTransfer): void {
	const batchItemList = transfer.orders.map(({ amount, create_time, currency, receiver_id }) => {
		return { amount, channel_id: transfer.channel_id, create_time, currency, receiver_id, status: 'PAID' };
	});
	const data = JSON.stringify({ batchItemList, merchant_batch_no: transfer.merchant_batch_no });
	const body = { bizType: 'PAY_BATCH', bizId: transfer.batch_id, bizStatus: 'PAID', data };
	world.deliveries.send('PAY_BATCH PAID', JSON.stringify(body));
}
