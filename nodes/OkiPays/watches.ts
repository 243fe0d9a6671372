import type { Watch } from '../../core/events/watching';
import { Refusal } from '../../core/refusal';
import { checkedOrderId } from './orderId';

/** OkiPays has no list. Each order is asked for by its ID, in the lane of the token. */
export const watches: Readonly<Record<string, Watch>> = {
	orders: {
		event: 'order',
		operation: 'order.get',
		reads: (_range, references) => references.map((reference) => ({ order_id: orderId(reference) })),
	},
};

function orderId(reference: string): number {
	const id = checkedOrderId(reference);
	if (id !== undefined) return id;
	throw new Refusal(
		`${reference} in Order IDs is not a whole number of at most 14 digits. It was not asked for.`,
	);
}
