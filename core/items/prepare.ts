import type { ICredentialDataDecryptedObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { sha256 } from '../exact/hash';
import { canonicalJson, type WritableObject } from '../exact/json';
import { readCustomParameters } from '../fields/customRequest';
import { FROM_CREDENTIAL } from '../fields/fromCredential';
import { checkParameters, readParameters } from '../fields/parameters';
import { ownPaymentReference, type PaymentReference, readPaymentReference } from '../fields/paymentReference';
import { quoteEndsAt, refuseWorseRate } from '../fields/quoteGuard';
import { refuseWrongRecipient, skippedCheck } from '../fields/recipientCheck';
import { refuseUnreachable, resumePlace } from '../fields/resumeUrl';
import { checkField, isEmpty } from '../fields/rules';
import { triggerUrlValue } from '../fields/triggerUrl';
import { checkSwitch } from '../fields/values';
import { coveredBy } from '../limits/covered';
import { movedBy } from '../limits/moved';
import type { Operation } from '../provider/operation';
import type { Account, Provider } from '../provider/provider';
import { Refusal } from '../refusal';
import { buildCustomRequest } from '../wire/customRequest';
import { buildRequest, type WireRequest } from '../wire/request';
import { isPreview, refuseChanged } from './approval';
import type { OutputForm } from './output';
import type { Signer } from './run';

/** One item that is checked, built and ready to send. */
export interface Prepared extends Signer {
	item: number;
	request: WireRequest;
	reference: string | undefined;
	/** The reference that the provider sees, where it differs from the payment's own. */
	providerReference?: string | undefined;
	/** The reference by which n8n remembers the payment in every execution. */
	payment?: PaymentReference | undefined;
	form: OutputForm;
	/** The most rows to return. */
	limit: number;
	/** Milliseconds. */
	timeout: number;
	/** How many milliseconds to wait for a final state or a callback. */
	longestWait: number;
	/** Which callback wakes the execution. */
	waitFor: 'final' | 'change';
	preview: boolean;
	checkFirst: boolean;
	/** What a preview says of the check of the recipient. Absent where it was done. */
	recipientCheck?: 'skipped';
	whenUnknown: 'stop' | 'continue';
	/** When the quote that the item accepts stops being valid, in unix milliseconds. */
	endsAt?: number | undefined;
	/** Whether a person approved exactly this request. */
	isApproved: boolean;
	/** The same request with more parameters, e.g. a page number. */
	withValues(values: WritableObject): WireRequest;
}

/** An item that can be sent, or the item that comes out in its place. */
export type CheckedItem = Prepared | { failed: INodeExecutionData };

/** What one item needs for its preparation. */
export interface Setting {
	provider: Provider;
	operation: Operation;
	account: Account;
	credentials?: ICredentialDataDecryptedObject | undefined;
	item: number;
	boundary: string;
}

/**
 * Reads, checks and builds one item. Sends nothing.
 * @throws Refusal when the item cannot be sent as it is
 */
export async function prepare(node: IExecuteFunctions, setting: Setting): Promise<Prepared> {
	const { operation, item } = setting;
	const parameters = readParameters(node, operation, item);
	const { options } = parameters;
	const build = operation.custom ? customBuilder(node, setting) : await rowBuilder(node, setting, parameters);
	const payment = readPaymentReference(node, operation, options, item);
	const built = {
		...preparedFrom(setting, options, build),
		endsAt: quoteEndsAt(operation, options, node.getTimezone()),
	};
	refuseWorseRate(operation, built.request.values, options);
	refuseWrongRecipient(operation, built.request.values, options);
	const prepared = payment ? asPayment(built, payment) : built;
	const { values, fingerprint } = prepared.request;
	refuseChanged(options, () => ({ covered: coveredBy([movedBy(operation, values)]), fingerprint }));
	if (!prepared.preview) refuseUnreachable(node, setting);
	return prepared;
}

/**
 * The fingerprint covers the Payment Reference too, so an approved payment is paid under this reference and only
 * once.
 */
function asPayment(built: Prepared, payment: PaymentReference): Prepared {
	const { request, reference } = built;
	const fingerprint = sha256(canonicalJson({ request: request.fingerprint, payment: payment.reference }));
	return {
		...built,
		request: { ...request, fingerprint },
		payment,
		reference: payment.reference,
		providerReference: reference,
	};
}

/**
 * Builds the request of an item and reads the options that the user chose.
 * @throws Refusal when the credential lacks a value that the request needs
 */
export function preparedFrom(
	{ operation, account, credentials, item }: Setting,
	options: Record<string, unknown>,
	build: Builder,
): Prepared {
	const request = build({});
	const preview = isPreview(options);
	if (!preview) refuseLacking(request, account);
	const reference =
		operation.referenceField === undefined ? undefined : request.values[operation.referenceField];
	const known =
		typeof reference === 'string' || typeof reference === 'number' ? String(reference) : undefined;
	return {
		item,
		account,
		credentials,
		request,
		reference: known,
		payment: known === undefined ? undefined : ownPaymentReference(operation, options, known),
		form: options.output === 'raw' ? 'raw' : 'simplified',
		limit: 'list' in operation.returns ? mostRows(options) : Number.POSITIVE_INFINITY,
		timeout: timeoutOf(operation, options.timeout),
		longestWait: operation.does?.until || operation.does?.callback ? longestWaitOf(options) : 0,
		waitFor: options.waitFor === 'change' ? 'change' : 'final',
		preview,
		...skippedCheck(operation, options),
		checkFirst: operation.lookup !== undefined && options.checkFirst !== false,
		whenUnknown: options.whenUnknown === 'continue' ? 'continue' : 'stop',
		isApproved: !preview && !isEmpty(options.approvalHash),
		withValues: build,
	};
}

const UNIT_MS: Readonly<Record<string, number>> = {
	seconds: 1_000,
	minutes: 60_000,
	hours: 3_600_000,
	days: 86_400_000,
};

/** Milliseconds. A longer wait is probably a wrong unit, and n8n's dates have an end. */
const YEAR_MS = 366 * 86_400_000;

/** Maximum Wait with its unit, in milliseconds. 0 means to ask once, or not to sleep. */
function longestWaitOf({ maximumWait, maximumWaitUnit }: Record<string, unknown>): number {
	const isText = typeof maximumWait === 'string' && maximumWait.trim() !== '';
	const given = isText ? Number(maximumWait) : maximumWait;
	const unit = UNIT_MS[String(maximumWaitUnit)];
	if (typeof given !== 'number' || unit === undefined || !(given >= 0 && given * unit <= YEAR_MS))
		throw new Refusal('Maximum Wait must be a number, 0 or more, and a year at most');
	return given * unit;
}

/**
 * How many rows of a list come out.
 * @throws Refusal for an expression that gives nothing or no number. The list would be empty or too short, and a flow
 * could take that for a proof that nothing was paid.
 */
function mostRows({ returnAll, limit = 50 }: Record<string, unknown>): number {
	if (checkSwitch(returnAll, 'Return All') === true) return Number.POSITIVE_INFINITY;
	const field = { label: 'Limit', required: true, timezone: 'UTC' };
	return Number(checkField(limit, { kind: 'integer', minimum: 1 }, field));
}

export type Builder = (more: WritableObject) => WireRequest;

async function rowBuilder(
	node: IExecuteFunctions,
	{ provider, operation, account, item, boundary }: Setting,
	parameters: ReturnType<typeof readParameters>,
): Promise<Builder> {
	const readFile = (binaryField: string) => readBinary(node, item, binaryField);
	const checked = await checkParameters(operation, parameters, readFile, node.getTimezone());
	const headers = provider.headers?.(operation, account) ?? {};
	const urls = { ...triggerUrlValue(node, provider, operation, parameters), ...resumePlace(operation) };
	return (more) =>
		buildRequest(operation, {
			account,
			headers,
			values: { ...checked.values, ...urls, ...more },
			files: checked.files,
			boundary,
		});
}

function customBuilder(node: IExecuteFunctions, { provider, operation, account, item }: Setting): Builder {
	const custom = readCustomParameters(node, operation, item);
	const headers = provider.headers?.(operation, account) ?? {};
	return () => buildCustomRequest(custom, account, headers);
}

async function readBinary(node: IExecuteFunctions, item: number, field: string) {
	const binary = node.getInputData()[item]?.binary?.[field];
	if (!binary) {
		throw new Refusal(
			`The input item has no file in the field \`${field}\``,
			'Put a node before this one that reads the file, e.g. Read/Write Files from Disk or HTTP Request',
		);
	}
	return {
		name: binary.fileName,
		type: binary.mimeType,
		content: await node.helpers.getBinaryDataBuffer(item, field),
	};
}

/**
 * Looks for values that only the credential can fill in. If one is missing, this refuses before the first item is
 * sent, not in the middle of a run.
 */
function refuseLacking({ values }: WireRequest, { lacks = {} }: Account): void {
	for (const [name, reason] of Object.entries(lacks)) {
		if (values[name] === FROM_CREDENTIAL) throw new Refusal(reason);
	}
}

/** Turns the node's Timeout from seconds into milliseconds. The default is 30 s for reads and 60 s for other calls. */
export function timeoutOf(operation: Operation, seconds: unknown): number {
	const given = Number(seconds);
	if (seconds !== undefined && Number.isFinite(given) && given > 0) return Math.min(given, 300) * 1000;
	return operation.effect === 'read' ? 30_000 : 60_000;
}
