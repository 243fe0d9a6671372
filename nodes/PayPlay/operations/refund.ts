import type { Operation, Resource } from '../../../core/provider/operation';
import { COMMUNITY, orderId } from './fields';

const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Refund order',
	description:
		'Refund an order. PayPlay documents no fields, so neither amount nor address is sent and what is paid back is up to PayPlay.',
	request: 'POST /private-api/refunds/orders/{orderId}',
	effect: 'money',
	moves: { amount: [], currency: [], to: [], unsaid: 'PayPlay takes no amount with a refund' },
	once: { remembered: true, see: 'order.get' },
	referenceField: 'orderId',
	proof: { has: ['id'], same: { fields: { orderId: 'id' } } },
	returns: { kind: 'refund', data: 'order' },
	docs: COMMUNITY,
	steering: ['bodyNotice'],
	fields: [
		orderId,
		{
			displayName:
				'PayPlay does not document what a refund can say, so neither an amount nor an address is sent. Ask PayPlay what is paid back then, and to whom.',
			name: 'bodyNotice',
			type: 'notice',
			default: '',
		},
	],
};

/** Money back to the payer. */
export const refund: Resource = { name: 'Refund', value: 'refund', operations: [create] };
