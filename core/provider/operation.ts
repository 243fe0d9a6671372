import type { INodeProperties } from 'n8n-workflow';
import type { DecimalRule } from '../exact/decimal';
import type { WritableObject } from '../exact/json';
import type { TimeFormat } from '../exact/time';
import type { AccountKind } from '../recipients/recipient';

/**
 * What a call does to money. `read` may be repeated. `write` creates or changes something, and no money leaves.
 * `money` is a payout, withdrawal, transfer, refund, OTC order or conversion. Each attempt sends a write or money
 * call at most once.
 */
export type Effect = 'read' | 'write' | 'money';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface ReferenceRule {
	kind: 'reference';
	/** The allowed characters: a regular expression over the whole text, and words for the user. */
	pattern?: string;
	characters?: string;
	maximumLength: number;
}

export interface FileRule {
	kind: 'file';
	maximumBytes: number;
	/** File name endings in lower case, without the dot. Absent where none are documented. The content must match. */
	extensions?: readonly string[];
	/** The parameter takes several comma-separated binary fields, at most this many. */
	maximumFiles?: number;
}

/** How a field is checked and written. A field without a rule is sent as the user set it: text, number or boolean. */
export type FieldRule =
	/** Decimal text. `as: 'number'` writes a JSON number with exactly the typed digits, where one is documented. */
	| ({ kind: 'amount'; as?: 'number' } & DecimalRule)
	| ReferenceRule
	| FileRule
	| { kind: 'time'; as: TimeFormat }
	/** A whole number that the user may give as text. */
	| { kind: 'integer'; minimum?: number; maximum?: number }
	/** Several values in one text, separated by commas. */
	| { kind: 'list' }
	/**
	 * One choice sets several parameters, so that they always fit each other: `USDT:TRX:USDTTRC20`. The field itself
	 * is not sent. The last `optional` parts may be left out.
	 */
	| { kind: 'parts'; names: readonly string[]; optional?: number }
	/** Any JSON, written with exactly the typed digits. It is for objects that are nested too deeply for fields. */
	| { kind: 'json' };

export interface Page {
	/** Parameters that carry the page number and the page size. */
	number: string;
	size: string;
	/** The number of the first page, and the largest page that the provider allows. */
	first: number;
	maximumSize: number;
	/** The path in the answer to the count of all rows (`total`), or to a flag that says that more follow (`more`). */
	total?: string;
	more?: string;
	/** A field that identifies a row. It makes each row come once, even if new rows shift the pages meanwhile. */
	unique?: string;
}

export type Returns = {
	/** The kind of Payment that the provider's `payment` makes of the answer when Output is Simplified. */
	kind?: string;
	/**
	 * For an answer that is not a payment: the name in the provider's `shapes` of the function that makes it
	 * readable.
	 */
	shape?: string;
} & (
	| /** One object, at this path of the answer. */
	  { data?: string }
	  /**
	   * Rows at this path of the answer, one item each. The path is '' when the answer itself is the list. There are
	   * several paths where the pages differ.
	   */
	| { list: string | readonly string[]; page?: Page }
	/** A file as binary data, from an answer that is text (SVG, CSV). */
	| { file: { name: string; type: string } }
);

export interface Lookup {
	/** `resource.operation` of a read. */
	operation: string;
	/** The read's parameter that takes the reference. Absent where the provider can only list. */
	by?: string;
	/** Other parameters that the read needs. */
	with?: Record<string, string | number>;
	/** Parameters that the read takes from the request, e.g. a path parameter that the user has changed. */
	sharing?: readonly string[];
	/** The field of the found object (or row) that must equal the reference, with the provider's name. */
	field: string;
	/** How many milliseconds a new object may stay invisible to this lookup. Set where the provider documents it. */
	findsAfter?: number;
	/** The fields that must agree, where this lookup's answer has other names than the operation's `same`. */
	same?: Sameness;
	/** The lookup on behalf of another account, where this lookup has no path for it. */
	onBehalfOf?: Lookup;
}

/**
 * What makes two payments the same: equal money to the same place in the same way. The key is a field of the request;
 * the value is a path in the found object.
 */
export interface Sameness extends SameFields {
	/** The member of the object that names the account on whose behalf it was sent. */
	onBehalfOf?: string;
	/**
	 * Texts that people write in groups, such as card and phone numbers. Only their letters and digits are compared.
	 * The key is the path in the request; the value lists paths in the found object, and the first filled one counts.
	 */
	grouped?: Record<string, readonly string[]>;
	/**
	 * The lines of a batch: where both objects have them, which field identifies a line, and which fields must agree.
	 */
	lines?: SameFields & {
		sent: string;
		found: string;
		by: [sent: string, found: string];
		fields: Record<string, string>;
	};
}

export interface SameFields {
	/** Fields that identify the payment. If only one side has a value, that is a difference. */
	fields?: Record<string, string>;
	/** The value that the provider uses when a request leaves one of `fields` out. */
	unset?: Record<string, string>;
	/** Fields that the provider fills in when a request leaves them out. Compared only if the request has them. */
	ifSent?: Record<string, string>;
}

/** How the rows of a list are found that could be a payment: what both show agrees, and it was made since the send. */
export interface Candidates {
	/** `resource.operation` of the list. */
	operation: string;
	/** The key is a field of the request; the value lists members of the list's record, and one of them must agree. */
	by: Readonly<Record<string, readonly string[]>>;
	/** The parameters of the list's time range, where it has them. */
	range?: { from: string; to: string };
}

/** What a success must show of the payment. All entries are paths in the returned object. */
export interface Proof {
	/** Members that must be filled. */
	has: readonly string[];
	/** The member that repeats our reference. */
	reference?: string;
	/** Amounts that the answer may show without their fee. They must not be larger than the requested amount. */
	atMost?: Readonly<Record<string, string>>;
	/** Members under other names than in `same`. None of them may contradict the request. */
	same?: Sameness;
}

/**
 * How a ledger is compared with payments. A list shows all differences. An endpoint that answers about one payment is
 * asked once per reference; it cannot show payments that the ledger lacks.
 */
export interface Reconciles {
	/** The member of the Payment that the ledger's reference stands for. */
	by: 'reference' | 'id';
	/** For a list: the parameters of its time range, where it has them. */
	range?: { from: string; to: string };
	/**
	 * For a single payment: the parameter of the reference, and the codes that prove that the payment does not exist.
	 */
	ask?: { parameter: string; absent: readonly string[] };
}

/** An order with its own notification URL. The execution that made the order sleeps until that URL is called. */
export interface Callback {
	/** The parameter that takes the URL. */
	parameter: string;
	/**
	 * What identifies the order: the key is a field of an event, the value the same field in the made object's
	 * record.
	 */
	about: Readonly<Record<string, string>>;
	/**
	 * For an object that outlives the execution, e.g. an address: the kinds of records that are about it. Only a
	 * record that is newer than the execution's beginning counts. An older one may have ended an earlier execution.
	 */
	kinds?: readonly string[];
	/**
	 * How to read the order once more before sleeping: `resource.operation` of a read, and its parameters from the
	 * record.
	 */
	read?: { operation: string; by: Readonly<Record<string, string>> };
}

/** A price that the provider has quoted, as the members of the request that accepts it: the rate is `of` / `per`. */
export interface Quoted {
	of: { name: string; label: string };
	per: { name: string; label: string };
	/** Which end of the rates is bad for the user. */
	worst: 'highest' | 'lowest';
}

/** A member that names who gets the money, and how to see that it is mistyped. */
export type CheckedPayee =
	/** An address, and the member that names its chain. An unknown chain is not checked. */
	| { member: string; chain: string }
	/** A card, phone or account, by the member that names the way of payment. A way that is not listed is not checked. */
	| { member: string; way: string; kinds: Readonly<Record<string, AccountKind>> };

/**
 * The members of a money request that say how much of what goes to whom. The limits of the credential count them. All
 * are paths in the values of the request. With `lines` they are members of each line, and a line without a member has
 * that of the batch.
 */
export interface Moves {
	/** Where the payments of one request stand. */
	lines?: string;
	/** The sum. If there are several, the request has exactly one of them, with the currency at the same place. */
	amount: readonly string[];
	currency: readonly string[];
	/** The member that says how many times the sum is paid. */
	times?: string;
	/** Members that let another sum leave than the request says. With one of them, the sum is not known. */
	unlessSet?: readonly string[];
	/** A member that names the currency in another way. It must contain the currency, or else the sum is not known. */
	repeatedIn?: string;
	/**
	 * Whoever gets the money. If several are set, all count. Empty where the request names nobody. A bare name is an ID
	 * of the provider, or an address of an unknown chain: nobody can see whether it is mistyped.
	 */
	to: ReadonlyArray<string | CheckedPayee> | 'own account';
	memo?: string;
	/** Why the request does not say its sum or currency, and what to do. Under a cap such a request is refused. */
	unsaid?: string;
}

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
	/** How much of what goes to whom. A call that moves money and has no such member is refused under every limit. */
	moves?: Moves;
	/**
	 * The list of balances that the money comes from: `resource.operation` of a read, and the members of its rows. A
	 * preview says what is left.
	 */
	balance?: { operation: string; currency: string; available: string };
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
	/** Headers that this call needs in addition to the signed ones. Each is filled from the account's `parameters`. */
	accountHeaders?: Readonly<Record<string, { parameter: string; label: string }>>;
	/** The user sets method and path. This is the Custom API Request. */
	custom?: true;
	/**
	 * `resource.operation` of the endpoint that this row calls, for a row that is not an endpoint of its own but does
	 * more with one. It makes the same request, and has no parameter that the other row lacks.
	 */
	standsOn?: string;
	/** The row reads one payment repeatedly until it is final, or until the time that the user sets is over. */
	until?: 'final';
	/** Packs the items into as few requests as possible, instead of one request per item. */
	packs?: Packing;
	/** Compares the user's ledger with the payments of the endpoint that the row stands on. */
	reconciles?: Reconciles;
	/** The call needs no authentication. It is sent without the session of a login. */
	public?: true;
	/** How the parameters travel in the body. The default is JSON. `none` marks a call without a body. */
	encoding?: 'multipart' | 'form' | 'none';
	/** Names in the request that a field in n8n cannot have, e.g. names with brackets. */
	sentAs?: Record<string, string>;
	/**
	 * Fields that travel inside an object of the JSON body (`env`), or inside a list with one object (`channels[]`).
	 */
	within?: Readonly<Record<string, string>>;
	/** The field whose value is the whole JSON body, e.g. a bare list. */
	bodyOf?: string;
	/** The field that makes the request unique at the provider. */
	referenceField?: string;
	/**
	 * The provider does not document that it refuses a reference that it has seen, so n8n remembers the payment. Where
	 * there is a lookup, it does so by the provider's own reference, as a second belt behind Check First. Elsewhere it
	 * does so by a field of its own, the Payment Reference.
	 */
	remembered?: true;
	/** The call accepts a quote. The user can say which rate is too bad, and when the quote ends. */
	quoted?: Quoted;
	/** How to look the request up at the provider by that reference. */
	lookup?: Lookup;
	/**
	 * For lines with an ID that is unique across all batches: the code of the refusal when another batch has the ID,
	 * the list that shows that batch, and the members of its rows with both IDs.
	 */
	holder?: { code: string; operation: string; line: string; batch: string; label: string };
	/** `resource.operation` of the row that shows the result, where no lookup is possible. Messages name it. */
	see?: string;
	/** What a person looks for there, e.g. `the same address and amount`. */
	seeBy?: string;
	/** After an unknown outcome, the list that may show the payment where no lookup is possible. It proves nothing. */
	candidates?: Candidates;
	/**
	 * Parameters that the node makes when the user leaves them empty. It makes each once per request, and keeps it
	 * when this execution runs the request again. They are not part of what a person approves.
	 */
	made?: Readonly<Record<string, 'milliseconds'>>;
	/** The fields in which a request and the object under its reference must agree, if both are one payment. */
	same?: Sameness;
	/**
	 * A parameter that may take the URL of the provider's trigger in the same workflow, and the field for that
	 * choice.
	 */
	triggerUrl?: { parameter: string; choice: string };
	/** The row sends the request, and then sleeps until the provider calls. */
	callback?: Callback;
	/** What the answer to a send must show. If it does not, the success is not believed, and the provider is asked. */
	proof?: Proof;
	/**
	 * For a read: how to tell that its answer is about the requested object. The key is a parameter; the value is the
	 * member of the object that repeats it.
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
	/**
	 * Path parameters that the credential fills when the user does not: the name in the account's `parameters`, and a
	 * label.
	 */
	fromAccount?: Readonly<Record<string, { parameter: string; label: string }>>;
	/** Fields with a new value at each try, like a one-time code. The fingerprint leaves them out. */
	oneTime?: readonly string[];
	/** Members of the answer that are never saved, e.g. the key of a gift card. A replayed outcome lacks them. */
	unkept?: readonly string[];
	/** The call deletes the object. Its output says `deleted: true`, as n8n's nodes do. */
	deletes?: true;
	/** Where the parameters go, if not to the method's usual place. */
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

/** A mass payment. Each input item is one line, and each request takes as many lines as fit. */
export interface Packing {
	/** The parameter that holds the lines, with the name that it has in the row that this one stands on. */
	into: string;
	/** The fields of a line. All other parameters belong to the batch and are the same for every item. */
	lines: readonly string[];
	/** The line's own reference, unique within a run. An item without one gets a reference made from the batch's. */
	referenceField: string;
	/** The amount and currency of a line, for the totals that a person approves: fields of the line or of the batch. */
	amount: string;
	currency: string;
	/** The option that limits the lines of one request. Its default counts when the user does not set it. */
	most: string;
}
