import { type IExecuteFunctions, type INodeExecutionData, NodeOperationError } from 'n8n-workflow';
import { breathing, clock } from './clock';
import { hintAtUnapplied } from './items/executionHint';
import { failedItem, messageOf, operationError } from './items/failure';
import { type CheckedItem, prepare, type Prepared } from './items/prepare';
import { unknown } from './items/messages';
import type { Unsent } from './items/outcome';
import { isTool, type Run, type Signer } from './items/run';
import { asStored, signerFor, signerOf } from './items/signer';
import { areAgentsAllowed, refuseAgents, refuseSleeping } from './money/agents';
import { type Attempts, attemptsOf, type SendingRun } from './money/attempts';
import { heldToLimits } from './money/limited';
import { sendBatches } from './money/sendBatches';
import { sendAll } from './money/sendAll';
import { sentBeforeAt } from './money/sendOne';
import { findOperation, type Operation } from './provider/operation';
import type { Provider } from './provider/provider';
import { readAll } from './reads/readAll';
import { reconcile } from './reads/reconcile';
import { waitAll } from './reads/waitAll';
import { asRefusal, Refusal } from './refusal';

/**
 * Runs one operation for all input items. All items are checked before the first is sent. Reads run in parallel.
 * Calls that can move money run one by one.
 * @throws NodeOperationError when an input cannot be sent
 * @throws NodeApiError when a call was refused or its outcome is not known. With Continue On Fail the item carries
 * the message instead.
 */
export async function execute(this: IExecuteFunctions, provider: Provider): Promise<INodeExecutionData[][]> {
	const operation = chosenOperation(this, provider);
	const output = await carryOut(this, provider, operation);
	if (operation.effect !== 'read') hintAtUnapplied(this, output);
	return [output];
}

async function carryOut(
	node: IExecuteFunctions,
	provider: Provider,
	operation: Operation,
): Promise<INodeExecutionData[]> {
	const attempts = attemptsFor(node, provider, operation);
	if (!('recall' in attempts)) return attempts;
	const signer = await firstSigner(node, provider, operation);
	if (!('account' in signer)) return signer;
	return await outputOf({
		node,
		provider,
		operation,
		...signer,
		...(await asStored({ node, provider, operation }, signer.credentials)),
		stop: node.getExecutionCancelSignal?.(),
		attempts,
		runIndex: Number(node.evaluateExpression('{{ $runIndex }}', 0)),
		asTool: isTool(node),
		agentsAllowed: areAgentsAllowed(node),
	});
}

async function outputOf(run: SendingRun): Promise<INodeExecutionData[]> {
	const { operation } = run;
	if (operation.does?.packs) return await sendBatches(run, operation.does.packs);
	if (operation.does?.reconciles) return await reconcile(run, operation.does.reconciles);
	const prepared = heldToLimits(run, await prepareAll(run), (one, cause) => refusedItem(run, one, cause));
	return await wayOf(operation)(run, prepared);
}

/** The memory of this execution. If it cannot be read, the items that come out instead. */
function attemptsFor(
	node: IExecuteFunctions,
	provider: Provider,
	operation: Operation,
): Attempts | INodeExecutionData[] {
	if (operation.effect === 'read') return attemptsOf({});
	try {
		return attemptsOf(node.getContext('node'), node.getExecutionId(), operation.once?.unkept);
	} catch (cause) {
		return allFailed(node, { provider, operation, code: 'sent_before' }, cause);
	}
}

/** The account of the first item. If the credential cannot be used, the items that come out instead. */
async function firstSigner(
	node: IExecuteFunctions,
	provider: Provider,
	operation: Operation,
): Promise<Signer | INodeExecutionData[]> {
	try {
		return await signerOf({ node, provider }, 0);
	} catch (cause) {
		return allFailed(node, { provider, operation, code: 'not_checked' }, cause);
	}
}

/**
 * With Continue On Fail, one item for each input item. If the node threw, n8n would put out the input items, with the
 * outcome of an earlier node.
 * @throws NodeOperationError without Continue On Fail
 */
function allFailed(
	node: IExecuteFunctions,
	{ provider, operation, code }: { provider: Provider; operation: Operation; code: Unsent },
	cause: unknown,
): INodeExecutionData[] {
	const told = messageOf(cause, { provider, operation, reference: undefined });
	if (!node.continueOnFail()) throw operationError(node, told);
	const isRead = operation.effect === 'read';
	const outcome = isRead ? 'rejected' : 'unknown';
	const details = { outcome, reference: null, code: isRead ? undefined : code };
	return node.getInputData().map((_one, item) => failedItem(node, told, details, item));
}

function wayOf({ effect, does: { until } = {} }: Operation) {
	if (until) return waitAll;
	return effect === 'read' ? readAll : sendAll;
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

/** Checks all items. Without Continue On Fail, the first bad item stops the node, so nothing is sent. */
async function prepareAll(run: SendingRun): Promise<CheckedItem[]> {
	const { node, provider, operation } = run;
	const boundary = `----otc-payouts-${clock.nonce()}`;
	const checked: CheckedItem[] = [];
	const references = new Map<string, string>();
	const breathe = breathing();
	for (let item = 0; item < node.getInputData().length; item += 1) {
		let { account } = run;
		await breathe();
		try {
			const signer = await signerFor(run, item);
			account = signer.account;
			const { credentials } = signer;
			// An agent hears first that it cannot or may not do this, and not which field it should fill to do it.
			refuseSleeping(run);
			refuseAgents(run);
			const one = await prepare(node, { provider, operation, account, credentials, item, boundary });
			refuseReusedReference(references, one);
			checked.push(one);
		} catch (cause) {
			checked.push({ failed: refusedItem(run, { item, account }, cause) });
		}
	}
	return checked;
}

/**
 * The item that comes out in place of one that cannot be sent.
 * @throws NodeOperationError without Continue On Fail
 */
function refusedItem(
	run: SendingRun,
	{ item, account }: Pick<Prepared, 'item' | 'account'>,
	cause: unknown,
): INodeExecutionData {
	const { told, details } = unbuilt(run, item, cause, account);
	if (!run.node.continueOnFail()) throw operationError(run.node, told);
	return failedItem(run.node, told, details, item);
}

/** What to say about an item that cannot be built: nothing was sent now, and perhaps at an earlier try. */
function unbuilt(run: SendingRun, item: number, cause: unknown, account: Run['account']) {
	const { provider, operation } = run;
	const subject = { provider, operation, reference: undefined, account, item };
	const before = sentBeforeAt(run, item, asRefusal(cause).message);
	return before
		? {
				told: unknown(before, subject),
				details: { outcome: before.state, reference: null, code: before.unsent },
			}
		: { told: messageOf(cause, subject), details: { outcome: 'rejected', reference: null } };
}

/** Refuses two different requests with the same reference in one run, before the first is sent. */
function refuseReusedReference(references: Map<string, string>, { reference, request }: Prepared): void {
	if (reference === undefined) return;
	const earlier = references.get(reference);
	if (earlier !== undefined && earlier !== request.fingerprint) {
		throw new Refusal(`Two items use the reference \`${reference}\` for different requests`);
	}
	references.set(reference, request.fingerprint);
}
