import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { isEndpoint } from '../../core/provider/operation.ts';
import type { StatusTable } from '../../core/provider/payment.ts';
import * as bridgePay from '../../nodes/BridgePay/statuses.ts';
import * as gatePay from '../../nodes/GatePay/statuses.ts';
import * as okiPays from '../../nodes/OkiPays/statuses.ts';
import * as payPlay from '../../nodes/PayPlay/statuses.ts';
import * as rapira from '../../nodes/Rapira/statuses.ts';
import { catalogue } from '../catalogue.mts';
import { documentedStates, type Kind } from '../documentedStates.mts';

/** The tables of the code by provider and kind. */
const TABLES: Readonly<Record<string, Readonly<Record<string, StatusTable>>>> = {
	gatePay: {
		otcBuy: gatePay.otcBuyStatus,
		otcSell: gatePay.otcSellStatus,
		payout: gatePay.payoutBatchStatus,
		payoutLine: gatePay.payoutLineStatus,
		batchTransfer: gatePay.batchTransferStatus,
		paymentOrder: gatePay.paymentOrderStatus,
		addressPayment: gatePay.addressOrderStatus,
		refund: gatePay.refundStatus,
		conversion: gatePay.conversionStatus,
		subscriptionOrder: gatePay.subscriptionStatus,
		subscriptionDebit: gatePay.subscriptionDebitStatus,
		giftCard: gatePay.giftCardStatus,
		institutionTransfer: gatePay.institutionMoveStatus,
		institutionCharge: gatePay.institutionMoveStatus,
		staticAddressPayment: gatePay.staticAddressPaymentStatus,
	},
	bridgePay: { invoice: bridgePay.invoiceStatus, withdrawal: bridgePay.withdrawalStatus },
	okiPays: { order: okiPays.orderStatus },
	payPlay: {
		order: payPlay.orderStatus,
		staticWallet: payPlay.orderStatus,
		transaction: payPlay.transactionStatus,
	},
	rapira: { payout: rapira.payoutStatus, deposit: rapira.depositStatus },
};

/** Kinds without a state of their own in an answer: they are followed as another kind. */
const FOLLOWED_AS: Readonly<Record<string, string>> = {
	'payPlay withdrawal': 'a withdrawal is read as its transaction',
	'payPlay convertWithdrawal': 'a conversion is read as its transaction',
	'payPlay refund': 'a refund is read as its order, by is_refunded',
};

interface SchemaNode {
	$ref?: string;
	enum?: unknown[];
	examples?: unknown[];
	'x-known-values'?: unknown[];
	properties?: Record<string, SchemaNode>;
	items?: SchemaNode;
}

function schemasOf(file: string): Record<string, SchemaNode> {
	return parse(readFileSync(`contracts/${file}.openapi.yaml`, 'utf8')).components.schemas;
}

/** What the contract knows of a member: `QueryPayoutBatchData.withdraw_list.status`. */
function valuesIn(schemas: Record<string, SchemaNode>, place: string): string[] {
	const [name = '', ...members] = place.split('.');
	let node: SchemaNode | undefined = schemas[name];
	for (const member of members) {
		const inside: SchemaNode | undefined = node?.items ?? node;
		node = inside?.properties?.[member];
	}
	if (!node) throw new Error(`The contract has no ${place}`);
	const ref = node.$ref?.split('/').at(-1);
	if (ref) return valuesIn(schemas, ref);
	const known = [...(node.enum ?? []), ...(node['x-known-values'] ?? []), ...(node.examples ?? [])];
	return known.map(String);
}

const objectOf = ({ holds }: Kind, state: string) =>
	typeof holds === 'string' ? { [holds]: state } : holds(state);

/** A new provider has no states yet. The first kind that one of its rows returns asks for them. */
const withStates = catalogue.filter(({ provider }) => provider.name in documentedStates);

it('every provider whose rows return a kind has documented states', () => {
	const returning = catalogue.filter(({ provider }) =>
		provider.resources.some(({ operations }) => operations.some(({ returns }) => returns.kind !== undefined)),
	);
	expect(withStates).toEqual(returning);
});

describe.each(withStates)('the states of $folder', ({ folder, provider }) => {
	const kinds = Object.entries(documentedStates[provider.name] ?? {});
	const states = kinds.flatMap(([kind, one]) =>
		one.states.map(([text, status, isEnd]) => ({ kind, one, text, status, isEnd })),
	);

	it.each(states)('$kind $text is $status, and an end: $isEnd', ({ kind, one, text, status, isEnd }) => {
		expect(provider.payment(kind, objectOf(one, text) as never)).toMatchObject({ status, final: isEnd });
	});

	it.each(kinds)('%s: the table has the documented states and no other', (kind, one) => {
		const known = Object.keys(TABLES[provider.name]?.[kind] ?? {});
		expect(known.toSorted()).toEqual(one.states.map(([text]) => text).toSorted());
	});

	it.each(kinds)('%s: every state that the contract knows is documented here', (kind, one) => {
		const schemas = schemasOf(folder.toLowerCase());
		const known = one.states.map(([text]) => text);
		for (const place of one.schemas ?? []) {
			for (const value of valuesIn(schemas, place))
				expect([kind, place, known]).toEqual([kind, place, expect.arrayContaining([value])]);
		}
	});

	it('are known for every kind that an operation returns', () => {
		const returned = provider.resources
			.flatMap(({ operations }) => operations)
			.filter(isEndpoint)
			.flatMap(({ returns }) => returns.kind ?? []);
		const missing = [...new Set(returned)].filter(
			(kind) => !(`${provider.name} ${kind}` in FOLLOWED_AS) && !kinds.some(([known]) => known === kind),
		);
		expect(missing).toEqual([]);
	});

	it.each(kinds)('%s: a status that no page knows is final nowhere', (kind, one) => {
		const record = provider.payment(kind, objectOf(one, 'BRAND_NEW') as never);
		expect(record.final).toBe(false);
	});
});
