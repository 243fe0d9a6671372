import {
	NodeApiError,
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';
import { clock } from './clock';
import { present, type Json } from './json';
import { memoOf } from './memo';
import { notSent, rejected, unknown, unread, type Message, type Subject } from './messages';
import { findOperation, type Operation } from './operation';
import { asItem, fileItem, outcomeItem, readItems, type OutputForm } from './output';
import { prepare, type Prepared } from './prepare';
import type { Account, Provider } from './provider';
import { readPages, type Reading } from './reading';
import { Refusal } from './refusal';
import type { WireRequest } from './request';
import { readFrom, type Run } from './run';
import { madeFor, sendPrepared } from './sending';

/**
 * Runs one operation for all input items: every item is checked before the first is sent; reads run in parallel,
 * what can move money runs one by one.
 * @throws NodeOperationError when an input cannot be sent, NodeApiError when a call was refused or its outcome is
 * not known; with Continue On Fail the item carries it instead
 */
export async function execute(this: IExecuteFunctions, provider: Provider): Promise<INodeExecutionData[][]> {
	const operation = chosenOperation(this, provider);
	const run: Run = {
		node: this,
		provider,
		operation,
		account: await accountOf(this, provider, operation),
		memo: memoOf(this.getContext('node')),
		runIndex: Number(this.evaluateExpression('{{ $runIndex }}', 0)),
	};
	const prepared = await prepareAll(run);
	if (operation.effect === 'read') return [await readAll(run, prepared)];

	const output: INodeExecutionData[] = [];
	const applied: string[] = [];
	for (const one of prepared) {
		output.push('failed' in one ? one.failed : await sendOne(run, one, applied));
	}
	return [output];
}

function chosenOperation(node: IExecuteFunctions, provider: Provider): Operation {
	const name = `${String(node.getNodeParameter('resource', 0))}.${String(node.getNodeParameter('operation', 0))}`;
	const operation = findOperation(provider.resources, name);
	if (operation) return operation;
	throw new NodeOperationError(
		node.getNode(),
		`${provider.displayName} has no operation ${name}. Nothing was sent.`,
	);
}

async function accountOf(
	node: IExecuteFunctions,
	provider: Provider,
	operation: Operation,
): Promise<Account> {
	const credentials = await node.getCredentials(provider.credential, 0);
	try {
		return provider.account(credentials);
	} catch (cause) {
		const subject = { provider, operation, reference: undefined };
		throw operationError(node, messageOf(cause, subject), undefined);
	}
}

type Checked = Prepared | { failed: INodeExecutionData };

/** Checks all items. Without Continue On Fail the first bad one stops the node, so nothing at all is sent. */
async function prepareAll(run: Run): Promise<Checked[]> {
	const { node, provider, operation, account } = run;
	const boundary = `----otc-payouts-${clock.nonce()}`;
	const checked: Checked[] = [];
	const references = new Map<string, string>();
	for (let item = 0; item < node.getInputData().length; item += 1) {
		try {
			const one = await prepare(node, { provider, operation, account, item, boundary });
			refuseAgents(node, operation, one.allowAgents);
			refuseSecondUse(references, one);
			checked.push(one);
		} catch (cause) {
			const message = messageOf(cause, { provider, operation, reference: undefined, account, item });
			if (!node.continueOnFail()) throw operationError(node, message, item);
			checked.push({ failed: failedItem(node, message, { outcome: 'rejected', reference: null }, item) });
		}
	}
	return checked;
}

function refuseAgents(node: IExecuteFunctions, operation: Operation, allowed: boolean): void {
	if (operation.effect !== 'money' || allowed || !isTool(node)) return;
	throw new Refusal(
		'An AI agent asked to move money, and this node does not allow it',
		'Turn on Allow Use by AI Agents in the node if that is what you want',
	);
}

// n8n names the tool variant of a node `...Tool`; isToolExecution() alone is false when the engine runs the tool for
// the agent, and older n8n does not have it.
function isTool(node: IExecuteFunctions): boolean {
	return /Tool$/.test(node.getNode().type) || node.isToolExecution?.() === true;
}

/** The same reference for two different requests of one run is refused before the first is sent. */
function refuseSecondUse(references: Map<string, string>, { reference, request }: Prepared): void {
	if (reference === undefined) return;
	const earlier = references.get(reference);
	if (earlier !== undefined && earlier !== request.fingerprint) {
		throw new Refusal(`Two items use the reference \`${reference}\` for different requests`);
	}
	references.set(reference, request.fingerprint);
}

async function sendOne(run: Run, prepared: Prepared, applied: string[]): Promise<INodeExecutionData> {
	const { node, provider, operation, account } = run;
	const { item, reference, request, form } = prepared;
	if (prepared.preview) return asItem(preview(prepared), item);

	const outcome = await sendPrepared(run, prepared);
	if (outcome.state === 'applied') {
		applied.push(reference ?? `item ${item + 1}`);
		return outcomeItem(provider, operation, outcome, { reference, values: request.values, form }, item);
	}
	const made = madeFor(run, prepared);
	const subject: Subject = { provider, operation, reference, account, item, made };
	const told = outcome.state === 'rejected' ? rejected(outcome, subject) : unknown(outcome, subject);
	const sent = Object.entries(made).map(([name, value]) => [name, String(value)]);
	const details = {
		outcome: outcome.state,
		reference: reference ?? null,
		code: outcome.code,
		...Object.fromEntries(sent),
	};
	if (outcome.state === 'unknown' && prepared.whenUnknown === 'continue') {
		return asItem({ ...present(details), message: told.message, nextStep: told.nextStep }, item);
	}
	if (node.continueOnFail()) return failedItem(node, told, details, item);
	throw apiError(node, withApplied(told, applied), item);
}

function preview({ request, reference }: Prepared) {
	const isMultipart = request.headers['Content-Type']?.startsWith('multipart/') === true;
	return {
		outcome: 'not_sent',
		reference: reference ?? null,
		preview: true,
		method: request.method,
		url: request.url,
		body: request.body && !isMultipart ? request.body.toString('utf8') : '',
		approvalHash: request.fingerprint,
	};
}

function withApplied(told: Message, applied: readonly string[]): Message {
	if (applied.length === 0) return told;
	const listed =
		applied.slice(0, 20).join(', ') + (applied.length > 20 ? ` and ${applied.length - 20} more` : '');
	return {
		message: told.message,
		nextStep: `${told.nextStep} Already applied in this run: ${listed}; a retry of this execution does not repeat them.`,
	};
}

async function readAll(run: Run, prepared: readonly Checked[]): Promise<INodeExecutionData[]> {
	const results = new Array<INodeExecutionData[]>(prepared.length);
	let next = 0;
	const worker = async () => {
		for (let index = next++; index < prepared.length; index = next++) {
			const one = prepared[index];
			if (one) results[index] = 'failed' in one ? [one.failed] : await readOne(run, one);
		}
	};
	const workers = Math.min(run.provider.parallelReads, prepared.length);
	await Promise.all(Array.from({ length: workers }, worker));
	return results.flat();
}

async function readOne(run: Run, prepared: Prepared): Promise<INodeExecutionData[]> {
	const { node, provider, operation, account } = run;
	const { item, form, reference } = prepared;
	const ask = (request: WireRequest) => readFrom(run, operation, request, prepared.timeout);
	const { rows, reading } =
		'list' in operation.returns
			? await readPages(operation, prepared.limit, (page) => ask(prepared.withValues(page)))
			: await readWhole(() => ask(prepared.request));
	if (!reading) return await rowItems(run, rows, form, item);

	const code = reading.state === 'refused' ? reading.code : undefined;
	const told = unread(
		reading.reason,
		{ provider, operation, reference, account, item },
		code,
		reading.nextStep,
	);
	if (node.continueOnFail()) return [failedItem(node, told, { code }, item)];
	throw apiError(node, told, item);
}

async function readWhole(ask: () => Promise<Reading>): ReturnType<typeof readPages> {
	const reading = await ask();
	return reading.state === 'read' ? { rows: [reading.data] } : { rows: [], reading };
}

async function rowItems({ node, provider, operation }: Run, rows: Json[], form: OutputForm, item: number) {
	const { returns } = operation;
	if (!('file' in returns)) return rows.flatMap((row) => readItems(provider, operation, row, form, item));
	return await Promise.all(rows.map((row) => fileItem(node, row, returns.file, item)));
}

function messageOf(cause: unknown, subject: Subject): Message {
	if (cause instanceof Refusal) return notSent(cause.message, subject, cause.nextStep);
	const reason = cause instanceof Error ? cause.message : 'The item could not be read';
	return notSent(reason, subject);
}

function operationError(
	node: IExecuteFunctions,
	told: Message,
	item: number | undefined,
): NodeOperationError {
	return new NodeOperationError(node.getNode(), told.message, {
		description: told.nextStep,
		...(item === undefined ? {} : { itemIndex: item }),
	});
}

function apiError(node: IExecuteFunctions, told: Message, item: number): NodeApiError {
	// Made from our own text only: n8n would replace it by advice to retry at once if it found a network code.
	return new NodeApiError(
		node.getNode(),
		{},
		{ message: told.message, description: told.nextStep, itemIndex: item },
	);
}

/**
 * An item that failed and goes on. n8n replaces the json of an item with `error` by the message alone; these two
 * shapes keep outcome and reference, so that a flow can tell a rejected payment from an unknown one.
 */
function failedItem(
	node: IExecuteFunctions,
	{ message, nextStep }: Message,
	details: Record<string, string | null | undefined>,
	item: number,
): INodeExecutionData {
	const known = { ...present(details), nextStep };
	const pairedItem = { item };
	// The one shape, besides `error` on the item, that n8n routes to the error output. With Retry On Fail it also runs
	// the node again, as every node that fails; the memo keeps that from paying twice.
	if (node.getNode().onError === 'continueErrorOutput')
		return { json: { error: message, details: known }, pairedItem };
	return { json: { ...known, message }, pairedItem };
}
