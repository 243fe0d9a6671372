import { add, isSameAmount } from '../../sandbox/decimal.mts';
import type { Execution } from '../../host/executions.mts';
import { poll } from '../../host/poll.mts';
import type { Asked } from './asked.mts';
import type { ImportedFlows } from './flows.mts';
import type { Setting } from './setting.mts';

/**
 * Checks the sandbox's books and n8n's executions: each amount was moved exactly once, and no other. Each webhook was
 * accepted at its first attempt and made one execution.
 * @returns what is not so. Empty: it is proven
 */
export async function complaints(setting: Setting, flows: ImportedFlows, asked: Asked[]): Promise<string[]> {
	await quiet(setting);
	return [
		...complaintsAboutReferences(setting, asked),
		...complaintsAboutSums(setting, asked),
		...complaintsAboutDeliveries(setting, asked),
		...(await complaintsAboutExecutions(setting, flows)),
	];
}

/** Waits until all executions have ended: mails arrive a moment earlier. */
async function quiet({ n8n, sandbox }: Setting): Promise<void> {
	const look = async () => {
		const running = await n8n.executions({ status: 'running' });
		const isWaiting = sandbox.gatePay.deliveries.some(({ state }) => state === 'waiting');
		return running.length === 0 && !isWaiting ? true : undefined;
	};
	await poll(look, 'the last executions and webhooks to end');
}

function complaintsAboutReferences({ sandbox }: Setting, asked: Asked[]): string[] {
	const applied = sandbox.gatePay.books.appliedPerReference();
	const wanted = new Set(asked.map(({ reference }) => reference));
	return [
		...[...wanted]
			.filter((reference) => applied[reference] !== 1)
			.map((reference) => `${reference} was applied ${applied[reference] ?? 0} times.`),
		...Object.keys(applied)
			.filter((reference) => !wanted.has(reference))
			.map((reference) => `${reference} was applied, but nobody asked for it.`),
	];
}

function complaintsAboutSums({ sandbox }: Setting, asked: Asked[]): string[] {
	const { books } = sandbox.gatePay;
	const currencies = new Set([...asked, ...books.entries].map(({ currency }) => currency));
	return [...currencies].flatMap((currency) => {
		const wanted = add(...asked.filter((each) => each.currency === currency).map(({ amount }) => amount));
		const applied = books.total(currency);
		return isSameAmount(wanted, applied) ? [] : [`${applied} ${currency} were applied, not ${wanted}.`];
	});
}

function complaintsAboutDeliveries({ sandbox }: Setting, asked: Asked[]): string[] {
	const { deliveries } = sandbox.gatePay;
	return [
		...(deliveries.length === asked.length
			? []
			: [`${deliveries.length} webhooks were sent, not ${asked.length}.`]),
		...deliveries
			.filter(({ state, attempts }) => state !== 'delivered' || attempts.length !== 1)
			.map(({ id, state, attempts }) => `Webhook ${id} is ${state} after ${attempts.length} attempts.`),
	];
}

/** The events workflow runs once for each webhook, and so does the flow that it calls. */
async function complaintsAboutExecutions(
	{ n8n, sandbox }: Setting,
	{ otcBuy, payout, events }: ImportedFlows,
): Promise<string[]> {
	const executions = await n8n.executions();
	const wanted = sandbox.gatePay.deliveries.length;
	const received = executions.filter(({ workflowId }) => workflowId === events);
	const passedOn = executions.filter(
		({ workflowId, mode }) => mode === 'integrated' && [otcBuy, payout].includes(workflowId),
	);
	return [
		...complaintAboutCount('Gate Pay events', received, wanted),
		...complaintAboutCount('The flows', passedOn, wanted),
	];
}

function complaintAboutCount(what: string, executions: Execution[], wanted: number): string[] {
	const good = executions.filter(({ status }) => status === 'success').length;
	if (good === wanted && executions.length === wanted) return [];
	return [
		`${what} ran ${executions.length} times for ${wanted} webhooks, ${good} of them without a complaint.`,
	];
}
