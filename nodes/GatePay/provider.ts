import { customRequestResource } from '../../core/fields/customRequest';
import type { Operation } from '../../core/provider/operation';
import type { Account, Provider } from '../../core/provider/provider';
import { account } from './account';
import { addressPayment } from './operations/addressPayment';
import { balance } from './operations/balance';
import { convert } from './operations/convert';
import { customer } from './operations/customer';
import { giftCard } from './operations/giftCard';
import { institution } from './operations/institution';
import { otc } from './operations/otc';
import { paymentOrder } from './operations/paymentOrder';
import { payout } from './operations/payout';
import { reconciliation } from './operations/reconciliation';
import { refund } from './operations/refund';
import { staticAddress } from './operations/staticAddress';
import { subscription } from './operations/subscription';
import { eventVersion, parts, toPayment } from './payment';
import { verdict } from './verdict';

const DOCS = 'https://docs.gate.com';

/** The header for the account on whose behalf the call runs. Only operations that take it get it. */
function headers(operation: Operation, { onBehalfOf }: Account): Record<string, string> {
	const takes = operation.onBehalfOf !== undefined && operation.onBehalfOf !== 'never';
	const known = takes || operation.custom === true;
	return onBehalfOf !== undefined && known ? { 'X-GatePay-On-Behalf-Of': onBehalfOf } : {};
}

export const gatePay: Provider = {
	name: 'gatePay',
	displayName: 'Gate Pay',
	credential: 'gatePayApi',
	resources: [
		otc,
		payout,
		paymentOrder,
		refund,
		addressPayment,
		staticAddress,
		convert,
		balance,
		reconciliation,
		giftCard,
		customer,
		subscription,
		institution,
		customRequestResource(DOCS, '/v1/pay/balance/query'),
	],
	// No rate limit is documented.
	parallelReads: 32,
	dashboard: 'the Gate Pay dashboard',
	account,
	headers,
	verdict,
	payment: toPayment,
	eventVersion,
	parts,
	// The lists of currencies contain bare texts.
	shapes: { currency: (row) => (typeof row === 'string' ? { currency: row } : row) },
};
