import type { INodeProperties } from 'n8n-workflow';
import type { DecimalRule } from '../exact/decimal';
import type { WritableObject } from '../exact/json';
import type { TimeFormat } from '../exact/time';

/**
 * What a call does to money. `read` may be repeated. `write` creates or changes something, no money leaves.
 * `money` is a payout, withdrawal, transfer, refund, OTC order or conversion. Write and money calls are sent
 * at most once per attempt.
 */
export type Effect = 'read' | 'write' | 'money';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface ReferenceRule {
	kind: 'reference';
	/** Characters, as a regular expression over the whole text, and how to say it. */
	pattern?: string;
	characters?: string;
	maximumLength: number;
}

export interface FileRule {
	kind: 'file';
	maximumBytes: number;
	/**
	 * File name endings without the dot, lower case; absent where the provider documents none. The content must fit
	 * the ending that it has.
	 */
	extensions?: readonly string[];
	/** Several comma-separated binary fields, at most this many. */
	maximumFiles?: number;
}

/** How a field is checked and written. A field without a rule is text, number or boolean as the user set it. */
export type FieldRule =
	/** Decimal text; `as: 'number'` where the provider documents a JSON number, with exactly the digits that were typed. */
	| ({ kind: 'amount'; as?: 'number' } & DecimalRule)
	| ReferenceRule
	| FileRule
	| { kind: 'time'; as: TimeFormat }
	/** A whole number that the user may give as text. */
	| { kind: 'integer'; minimum?: number; maximum?: number }
	/** Several values, given as one text with commas. */
	| { kind: 'list' }
	/**
	 * Several parameters in one choice, so that they always fit each other: `USDT:TRX:USDTTRC20`. The field itself is
	 * not sent; the last `optional` parts may be left out.
	 */
	| { kind: 'parts'; names: readonly string[]; optional?: number }
	/** Any JSON, written with exactly the digits that were typed: for objects too deep for fields. */
	| { kind: 'json' };

export interface Page {
	/** Parameters that carry the page number and the page size. */
	number: string;
	size: string;
	/** The number of the first page, and the largest page that the provider allows. */
	first: number;
	maximumSize: number;
	/** Path in the answer to the count of all rows, or to a flag that there is more. */
	total?: string;
	more?: string;
	/** A field that tells rows apart, where new rows may shift the pages while they are read: each row comes once. */
	unique?: string;
}

export type Returns = {
	/** The kind of Payment that the provider's `payment` makes of it when Output is Simplified. */
	kind?: string;
	/** For what is no payment: the name of a function in the provider's `shapes` that makes it readable. */
	shape?: string;
} & (
	| /** One object, at this path of the answer. */
	  { data?: string }
	  /** Rows at this path of the answer ('' when the answer is the list; several where the pages differ), one item each. */
	| { list: string | readonly string[]; page?: Page }
	/** A file as binary data, from an answer that is text (SVG, CSV). */
	| { file: { name: string; type: string } }
);

export interface Lookup {
	/** `resource.operation` of a read. */
	operation: string;
	/** The read's parameter that takes the reference; absent where the provider only lists. */
	by?: string;
	/** Other parameters that the read needs. */
	with?: Record<string, string | number>;
	/** Parameters that the read shares with the request, e.g. a path parameter that the user has changed. */
	sharing?: readonly string[];
	/** The field of the found object (or row) that must equal the reference, in the provider's spelling. */
	field: string;
	/** Milliseconds for which it may not find a new object, where the provider documents it. */
	findsAfter?: number;
	/** What must agree where this lookup answers with other names than the operation's `same` has. */
	same?: Sameness;
	/** The lookup on behalf of another account, where this one has no path for it. */
	onBehalfOf?: Lookup;
}

/**
 * What makes two payments one: the same money to the same place by the same way. Fields of the request against fields of
 * the found object, by their names in each (there: paths).
 */
export interface Sameness extends SameFields {
	/** The member that names the account on whose behalf it was sent. */
	onBehalfOf?: string;
	/**
	 * Texts that are written in groups (card and phone numbers), compared by their letters and digits alone: path here
	 * -> paths there, of which the first that is filled counts.
	 */
	grouped?: Record<string, readonly string[]>;
	/** A batch's lines: where they are, which field tells one line from another, and what must agree. */
	lines?: SameFields & {
		sent: string;
		found: string;
		by: [sent: string, found: string];
		fields: Record<string, string>;
	};
}

export interface SameFields {
	/** They decide the payment: empty on one side alone is a difference. */
	fields?: Record<string, string>;
	/** What the provider takes where a request leaves one of `fields` out. */
	unset?: Record<string, string>;
	/** Filled in by the provider where a request leaves them out, so compared only where it has them. */
	ifSent?: Record<string, string>;
}

/** What a success must show of the payment, all of it paths in the object that is returned. */
export interface Proof {
	/** What must be filled. */
	has: readonly string[];
	/** Where it repeats our reference. */
	reference?: string;
	/** What it shows of the payment under other names than `same` has: nothing of it may be another one. */
	same?: Sameness;
}

/**
 * How a ledger is compared with payments. From a list all differences can be found; where the endpoint answers about one
 * payment, it is asked for each, and what the ledger lacks cannot be found.
 */
export interface Reconciles {
	/** The member of the Payment that the ledger's reference stands for. */
	by: 'reference' | 'id';
	/** Of a list: its parameters for the range of time, where it has them. */
	range?: { from: string; to: string };
	/** Of one payment: the parameter for the reference, and the refusals that prove that there is none. */
	ask?: { parameter: string; absent: readonly string[] };
}

/** An order that names the URL where it is announced: the execution that made it sleeps until it is called there. */
export interface Callback {
	/** The parameter that takes the URL. */
	parameter: string;
	/** What tells the order: fields of an event, and where the record of the made object has the same. */
	about: Readonly<Record<string, string>>;
	/**
	 * For what outlives the execution, e.g. an address: the kinds of records that are about it. Only what is dated after
	 * the execution's beginning is news; what is older has perhaps ended an earlier execution.
	 */
	kinds?: readonly string[];
	/**
	 * How to ask for the order once more before sleeping: `resource.operation` of a read, and its parameters, filled
	 * from the record of the made object.
	 */
	read?: { operation: string; by: Readonly<Record<string, string>> };
}

/** One endpoint. A row holds literals; where it needs code it names a function of its provider. */
export interface Operation {
	name: string;
	value: string;
	/** Sentence case, as n8n's node panel shows it. */
	action: string;
	description: string;
	/** e.g. `POST /open/otc/api/recharge`; `{name}` stands for a path parameter. */
	request: `${Method} /${string}`;
	effect: Effect;
	/** The page that the row follows. */
	docs: string;
	/** The page was not read itself, or leaves fields open: the description says so to the user. */
	unverified?: string;
	/**
	 * When the credential acts On Behalf Of another account: the path used then; `header` when the path stays. Calls that
	 * exist only so are `required`, calls that are always the account's own (the header must not be there) are `never`.
	 */
	onBehalfOf?: `/${string}` | 'header' | 'required' | 'never';
	/** Headers that this call needs beside the signed ones, each filled from the account's `parameters`. */
	accountHeaders?: Readonly<Record<string, { parameter: string; label: string }>>;
	/** Method and path are the user's: the Custom API Request. */
	custom?: true;
	/**
	 * `resource.operation` of the endpoint that this row calls, where it is no endpoint of its own but does more with
	 * one: it makes the same request, with no parameter that the other does not have.
	 */
	standsOn?: string;
	/** Reads one payment again and again until it is final, or the time is over that the user sets. */
	until?: 'final';
	/** Packs the items into as few requests as possible, instead of one request per item. */
	packs?: Packing;
	/** Compares the user's ledger with the payments of the endpoint that the row stands on. */
	reconciles?: Reconciles;
	/** Needs no authentication: sent without the session of a login. */
	public?: true;
	/** How the parameters travel in the body: JSON unless said otherwise; `none` for a call without a body. */
	encoding?: 'multipart' | 'form' | 'none';
	/** Fields whose name in the request cannot be a name in n8n, e.g. with brackets. */
	sentAs?: Record<string, string>;
	/** Fields that travel inside an object of the JSON body (`env`), or inside a list of one object (`channels[]`). */
	within?: Readonly<Record<string, string>>;
	/** The field whose value alone is the JSON body, e.g. a bare list. */
	bodyOf?: string;
	/** The field that makes the request unique at the provider. */
	referenceField?: string;
	/** How to ask the provider by that reference. */
	lookup?: Lookup;
	/**
	 * Where lines have IDs that are unique beyond their batch: the code that refuses one that another batch holds, the
	 * list that tells which, and where its rows have both.
	 */
	holder?: { code: string; operation: string; line: string; batch: string; label: string };
	/** `resource.operation` that shows what became of it, where no lookup is possible. For messages. */
	see?: string;
	/** By what a person finds it there, e.g. `the same address and amount`. */
	seeBy?: string;
	/**
	 * Parameters that the node makes when the user does not: once per request, the same when this execution runs it
	 * again, and no part of what a person approves.
	 */
	made?: Readonly<Record<string, 'milliseconds'>>;
	/** What must agree between the request and an object found under its reference, for both to be one payment. */
	same?: Sameness;
	/**
	 * A parameter that may take the URL of the provider's trigger in the same workflow, and the field in which the user
	 * says so.
	 */
	triggerUrl?: { parameter: string; choice: string };
	/** Sends, and then sleeps until the provider calls. */
	callback?: Callback;
	/** What the answer to a send must show; otherwise it is not believed, and the provider is asked. */
	proof?: Proof;
	/**
	 * Of a read, what tells that its answer is about the object that was asked for: a parameter -> the member of the
	 * object that repeats it.
	 */
	about?: Readonly<Record<string, string>>;
	returns: Returns;
	fields?: INodeProperties[];
	/** Optional parameters of the provider, shown in one collection. */
	options?: INodeProperties[];
	/** Names of fields that only steer the node and are not sent. */
	steering?: readonly string[];
	rules?: Record<string, FieldRule>;
	/** Alternatives: at least one of these fields must be set. */
	oneOf?: readonly string[];
	/** Values that the documentation fixes for this call, e.g. `type: 'BUY'`. */
	constants?: WritableObject;
	/** Path parameters that the credential fills when the user does not: which of the account's, and what it is called. */
	fromAccount?: Readonly<Record<string, { parameter: string; label: string }>>;
	/**
	 * Fields that are new at each try, like a one-time code: no part of what a payment is, so the fingerprint leaves
	 * them out.
	 */
	oneTime?: readonly string[];
	/** Members of the answer that the memory of an execution never keeps, e.g. the key of a gift card: a replay lacks them. */
	unkept?: readonly string[];
	/** Where the parameters go to when it is not the method's usual place. */
	parametersIn?: 'query' | 'body';
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

/** Whether a row is an endpoint of the provider: neither the user's own call nor one that stands on another row. */
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

/** A mass payment: each input item is one line, and as many lines as fit go into one request. */
export interface Packing {
	/** The parameter that holds the lines, as in the row that this one stands on. */
	into: string;
	/** The fields of a line. All other parameters belong to the batch and are the same for every item. */
	lines: readonly string[];
	/** The line's own reference, unique within a run; made from the batch's where the item has none. */
	referenceField: string;
	/** What a line moves, for the totals that a person approves: fields of the line or of the batch. */
	amount: string;
	currency: string;
	/** The option that says how many lines one request takes at most; its default counts where it is not set. */
	most: string;
}
