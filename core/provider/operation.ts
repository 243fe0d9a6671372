import type { INodeProperties } from 'n8n-workflow';
import type { Does } from './does';
import type { Fee } from './fee';
import type { FieldRule } from './fieldRule';
import type { Lookup, Proof, Sameness } from './lookup';
import type { CheckedPayee, Moves } from './moves';
import type { Once } from './once';
import type { Returns } from './returns';
import type { Wire } from './wire';

/**
 * What a call does to money. `read` may be repeated. `write` creates or changes something, and no money leaves.
 * `money` is a payout, withdrawal, transfer, refund, OTC order or conversion. Each attempt sends a write or money
 * call at most once.
 */
export type Effect = 'read' | 'write' | 'money';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** One endpoint. A row holds only literals. Where it needs code, it names a function of its provider. */
export interface Operation {
	name: string;
	value: string;
	/** Sentence case, as n8n's node panel shows it. */
	action: string;
	description: string;
	/** The method and path, e.g. `POST /open/otc/api/recharge`. `{name}` stands for a path parameter. */
	request: `${Method} /${string}`;
	effect: Effect;
	/** The documentation page on which the row is based. */
	docs: string;
	/** Set where nobody could read the page, or where the page leaves fields open. The description tells the user. */
	unverified?: string;
	/**
	 * How the call changes when the credential acts On Behalf Of another account. It names the other path, or is
	 * `header` when the path stays the same. `required` marks a call that exists only on behalf of another account.
	 * `never` marks a call for the own account only; it must not have the header.
	 */
	onBehalfOf?: `/${string}` | 'header' | 'required' | 'never';
	/**
	 * `resource.operation` of the endpoint that this row calls, for a row that is not an endpoint of its own but does
	 * more with one. It makes the same request, and has no parameter that the other row lacks.
	 */
	standsOn?: string;
	/** The user sets method and path. This is the Custom API Request. */
	custom?: true;

	fields?: INodeProperties[];
	/** Optional parameters of the provider, shown in one collection. */
	options?: INodeProperties[];
	/** Names of fields that only steer the node and are not sent. */
	steering?: readonly string[];
	rules?: Record<string, FieldRule>;
	/** Alternatives: at least one of these fields must be set. */
	oneOf?: readonly string[];

	returns: Returns;
	/**
	 * For a read: how to tell that its answer is about the requested object. The key is a parameter; the value is the
	 * member of the object that repeats it.
	 */
	about?: Readonly<Record<string, string>>;

	/** How much of what goes to whom. A call that moves money and has no such member is refused under every limit. */
	moves?: Moves;
	/** For a call that pays nobody yet: the members that name the recipient of later payments. They are checked as well. */
	later?: readonly CheckedPayee[];
	/**
	 * The list of balances that the money comes from: `resource.operation` of a read, and the members of its rows. A
	 * preview says what is left.
	 */
	balance?: { operation: string; currency: string; available: string };
	/** What the provider takes for a payment, where a documented read says it. A preview shows it. */
	fee?: Fee;
	/** The field that makes the request unique at the provider. */
	referenceField?: string;
	/** How to look the request up at the provider by that reference. */
	lookup?: Lookup;
	/** The fields in which a request and the object under its reference must agree, if both are one payment. */
	same?: Sameness;
	/** What the answer to a send must show. If it does not, the success is not believed, and the provider is asked. */
	proof?: Proof;

	/** What else keeps the payment from being made twice. */
	once?: Once;
	/** How the request travels, where that is not the usual way. */
	wire?: Wire;
	/** What the row does besides one request per item. */
	does?: Does;
}

export interface Resource {
	name: string;
	value: string;
	operations: Operation[];
}

export interface RequestLine {
	method: Method;
	path: string;
}

export function requestLine(operation: Pick<Operation, 'request'>): RequestLine {
	const [method, path] = operation.request.split(' ');
	if (!isMethod(method) || path === undefined)
		throw new TypeError(`Not a request line: ${operation.request}`);
	return { method, path };
}

function isMethod(text: string | undefined): text is Method {
	return text === 'GET' || text === 'POST' || text === 'PUT' || text === 'DELETE';
}

/** Whether a row is an endpoint of its own. The Custom API Request is not, nor is a row that stands on another row. */
export function isEndpoint({ custom, standsOn }: Operation): boolean {
	return custom === undefined && standsOn === undefined;
}

/** The operation called `resource.operation`. */
export function findOperation(resources: readonly Resource[], name: string): Operation | undefined {
	const [resource, value] = name.split('.');
	return resources
		.find((candidate) => candidate.value === resource)
		?.operations.find((candidate) => candidate.value === value);
}
