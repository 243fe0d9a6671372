import type { INodeProperties } from 'n8n-workflow';
import { fromList, optionalFromList } from '../../../core/fields/fromList';
import { optionalText, optionalTime } from '../../../core/fields/typed';
import type { FieldRule, ReferenceRule } from '../../../core/provider/fieldRule';
import type { Operation } from '../../../core/provider/operation';
import type { Wire } from '../../../core/provider/wire';

/**
 * PayPlay's own pages, the pages of its sister on the same engine, and a list of paths that was made from PayPlay's
 * later pages.
 */
export const MISC = 'https://payplay-docs.pages.dev/docs/http-api/misc';
export const WITHDRAWAL = 'https://payplay-docs.pages.dev/docs/http-api/withdrawal';
export const SISTER = 'https://docs.whitepay.com/docs/http-api';
export const COMMUNITY = 'https://github.com/Konard/payplay-api';

/** Here `slug` is the name of a payment page. In withdrawals it is the name of the company. */
export const ofPage: NonNullable<Wire['fromAccount']> = {
	slug: { parameter: 'paymentPageSlug', label: 'Payment Page Slug' },
};

export const paymentPage: INodeProperties = optionalText({
	displayName: 'Payment Page Slug',
	name: 'slug',
	placeholder: 'e.g. my-shop',
	description: 'Another payment page than that of the credential',
});

/** "1-255 characters, only A-Z a-z 0-9 - _". */
export const externalOrderId: ReferenceRule = {
	kind: 'reference',
	pattern: '^[A-Za-z0-9_-]+$',
	characters: 'letters, digits, - and _',
	maximumLength: 255,
};

/** The page says that this is a text and gives no rule. A number from an expression becomes text. */
export const anyText: ReferenceRule = {
	kind: 'reference',
	pattern: '^[\\s\\S]+$',
	characters: 'text',
	maximumLength: 10_000,
};

export const externalOrderIdField: INodeProperties = optionalText({
	displayName: 'External Order ID',
	name: 'external_order_id',
	placeholder: 'e.g. INV-123',
	description:
		'Your own unique ID: letters, digits, - and _, at most 255. Without it an order whose outcome is unknown cannot be looked up.',
});

/** An order with the same External Order ID is the same order if amount and currency agree. */
export const sameOrder: NonNullable<Operation['same']> = {
	fields: { external_order_id: 'external_order_id' },
	// A top-up may leave amount and currency to the payer.
	ifSent: { amount: 'value', currency: 'currency' },
};

/** The same page says: "before repeating an order: `GET /private-api/orders/{slug}?external_order_id=...`". */
export const byExternalOrderId: NonNullable<Operation['lookup']> = {
	operation: 'order.getMany',
	by: 'external_order_id',
	sharing: ['slug'],
	field: 'external_order_id',
};

/** No number of decimals is documented for requests. Answers have up to 20. */
export const DECIMALS = 20;

export const orderId: INodeProperties = fromList(
	{
		displayName: 'Order',
		name: 'orderId',
		description: "The list shows the latest orders of the payment page; an ID is PayPlay's own, not yours",
	},
	'searchOrders',
	'e.g. 9d05ffbb-0f89-488a-ad58-2a9bc207d3ab',
);

export const links: INodeProperties[] = [
	optionalText({
		displayName: 'Successful Link',
		name: 'successful_link',
		placeholder: 'e.g. https://shop.example/thanks',
		description: 'Where the payer goes after the payment',
	}),
	optionalText({
		displayName: 'Unsuccessful Link',
		name: 'failure_link',
		placeholder: 'e.g. https://shop.example/again',
		description: 'Where the payer goes when the payment did not succeed',
	}),
];

/** PayPlay counts pages from 1. It documents neither the largest page nor the order of the rows. */
export const orderPages = {
	number: 'page',
	size: 'per_page',
	first: 1,
	maximumSize: 50,
	total: 'meta.total',
	unique: 'id',
} as const;

/** Filters of the lists of orders. */
export const orderFilters: INodeProperties[] = [
	optionalTime({
		displayName: 'Completed After',
		name: 'completed_at_from',
		description: 'Sent in UTC; the time zone of PayPlay is not documented',
	}),
	optionalTime({
		displayName: 'Completed Before',
		name: 'completed_at_to',
		description: 'Sent in UTC; the time zone of PayPlay is not documented',
	}),
	optionalTime({
		displayName: 'Created After',
		name: 'date_from',
		description: 'Sent in UTC; the time zone of PayPlay is not documented',
	}),
	optionalTime({
		displayName: 'Created Before',
		name: 'date_to',
		description: 'Sent in UTC; the time zone of PayPlay is not documented',
	}),
	optionalText({
		displayName: 'External Order ID',
		name: 'external_order_id',
		placeholder: 'e.g. INV-123',
		description: 'Only the orders with this ID of yours',
	}),
	paymentPage,
	optionalFromList(
		{ displayName: 'Status', name: 'order_status_id', description: 'Only the orders in this status' },
		'searchOrderStatuses',
		'e.g. ab306dbd-b837-413a-add5-3bd76542c1c4',
	),
];

/** "Documented format 2022-06-01+00:00:00, where + stands for an encoded space". */
const dateAndTime: FieldRule = { kind: 'time', as: 'date and time' };

export const orderFilterRules: NonNullable<Operation['rules']> = {
	completed_at_from: dateAndTime,
	completed_at_to: dateAndTime,
	date_from: dateAndTime,
	date_to: dateAndTime,
};
