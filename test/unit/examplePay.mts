import { isObject, parseJson, textOf, type Json, type JsonObject } from '../../core/exact/json.ts';
import type { HttpAnswer } from '../../core/provider/http.ts';
import type { Operation } from '../../core/provider/operation.ts';
import { payment } from '../../core/provider/payment.ts';
import type { Provider, Verdict } from '../../core/provider/provider.ts';

/** A request as the provider receives it. */
export interface Call {
	/** e.g. `POST /payouts` */
	line: string;
	query: Record<string, string>;
	body: JsonObject;
}

export interface Reply {
	status?: number;
	body: Json;
}

const DOCS = 'https://docs.example.com';

/** A payout that can be looked up by its reference. */
export const payout: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create payout',
	description: 'Pays',
	request: 'POST /payouts',
	docs: DOCS,
	effect: 'money',
	moves: { amount: ['amount'], currency: ['currency'], to: ['address'] },
	fields: ['reference', 'amount', 'currency', 'address'].map((name) => ({
		displayName: name.charAt(0).toUpperCase() + name.slice(1),
		name,
		type: 'string',
		required: true,
		default: '',
	})),
	rules: { reference: { kind: 'reference', maximumLength: 40 } },
	referenceField: 'reference',
	lookup: { operation: 'payout.get', by: 'reference', field: 'reference' },
	same: { fields: { amount: 'amount', currency: 'currency', address: 'address' } },
	returns: { kind: 'payout', data: 'data' },
};

/** A payout whose provider keeps no reference unique, so n8n remembers it by a Payment Reference. */
export const remembered: Operation = {
	...payout,
	referenceField: undefined,
	fields: payout.fields?.filter(({ name }) => name !== 'reference'),
	rules: {},
	lookup: undefined,
	once: { remembered: true, see: 'payout.getMany' },
};

export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get payout',
	description: 'Reads',
	request: 'GET /payouts/{reference}',
	docs: DOCS,
	effect: 'read',
	fields: payout.fields?.filter(({ name }) => name === 'reference'),
	returns: { kind: 'payout', data: 'data' },
};

export const getMany: Operation = {
	...get,
	name: 'Get Many',
	value: 'getMany',
	request: 'GET /payouts',
	fields: [],
	returns: {
		kind: 'payout',
		list: 'data',
		page: { number: 'page', size: 'size', first: 1, maximumSize: 100, unique: 'id' },
	},
};

const MEANINGS = { DUPLICATE: 'duplicate', OLD: 'stale', NOT_FOUND: 'absent' } as const;

/** `{ data }` is a success, `{ code, message }` a refusal. Anything else is not documented. */
function verdict({ status, text }: HttpAnswer): Verdict {
	const answer = readable(text);
	if (!isObject(answer)) return { state: 'unclear', reason: `HTTP ${status}` };
	const { code } = answer;
	if (typeof code !== 'string')
		return status === 200 && 'data' in answer
			? { state: 'accepted', data: answer }
			: { state: 'unclear', reason: `HTTP ${status}` };
	const meaning = Object.entries(MEANINGS).find(([name]) => name === code)?.[1];
	const reason = textOf(answer.message) ?? code;
	return { state: 'refused', code, reason, ...(meaning ? { meaning } : {}) };
}

function readable(text: string): Json {
	try {
		return parseJson(text);
	} catch {
		return null;
	}
}

const table = { DONE: { status: 'succeeded', final: true }, NEW: { status: 'pending' } } as const;

/** A made-up provider. Its operations stand beside the two reads. */
export function examplePay(...operations: Operation[]): Provider {
	return {
		name: 'examplePay',
		displayName: 'Example Pay',
		credential: 'examplePayApi',
		resources: [{ name: 'Payout', value: 'payout', operations: [...operations, get, getMany] }],
		parallelReads: 1,
		dashboard: 'the dashboard of Example Pay',
		account: ({ account, secret, onBehalfOf }) => ({
			origin: 'https://api.example.com',
			id: String(account),
			secrets: [String(secret)],
			...(typeof onBehalfOf === 'string' ? { onBehalfOf } : {}),
		}),
		verdict,
		payment: (kind, data) =>
			payment(
				'examplePay',
				kind,
				{ table, text: textOf(data.status) },
				{
					id: textOf(data.id),
					reference: textOf(data.reference),
					amount: textOf(data.amount),
					currency: textOf(data.currency),
					address: textOf(data.address),
					createdAt: textOf(data.createdAt),
				},
			),
	};
}

/** The provider's ledger: it makes each payout, also twice, and shows it by its reference. */
export function exampleBank() {
	const payouts: JsonObject[] = [];
	const pay = (body: JsonObject): Reply => {
		const made = { id: String(1000 + payouts.length), status: 'NEW', ...body };
		payouts.push(made);
		return { body: { data: made } };
	};
	const show = (reference: string): Reply => {
		const found = payouts.find((one) => one.reference === reference);
		return { body: found ? { data: found } : NOTHING };
	};
	const respond = ({ line, body }: Call): Reply => {
		if (line === 'POST /payouts') return pay(body);
		if (line === 'GET /payouts') return { body: { data: payouts } };
		return show(line.replace('GET /payouts/', ''));
	};
	return { payouts, pay, show, respond };
}

/** The provider says that it has no such payout. */
export const NOTHING = { code: 'NOT_FOUND', message: 'no such payout' };
