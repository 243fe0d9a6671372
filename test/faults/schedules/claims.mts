import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { isAsleep, type NodeRun, type RunResult } from '../../engine/harness/index.mts';

/** What one item of a run says about its request. */
export interface Claim {
	item: number;
	outcome: string;
	replayed: boolean;
	/** What a person reads. */
	text: string;
}

/** Every message of a write or money operation ends like this: what happened to money, and which item. */
const OURS = /([^.]+)\. \[items? (\d+)(?: to \d+)?\](?: \(.*\))?$/s;

const OUTCOMES: ReadonlyArray<readonly [consequence: RegExp, outcome: string]> = [
	[/may (or may not )?have|is not known/, 'unknown'],
	[/No money was moved|moved nothing|Nothing was changed|changed nothing|Nothing was sent/, 'rejected'],
];

/** Reads one of our messages. Undefined: it is another message. */
export function readMessage(message: string): Claim | undefined {
	const [, consequence = '', item = ''] = OURS.exec(message) ?? [];
	const outcome = OUTCOMES.find(([pattern]) => pattern.test(consequence))?.[1];
	return outcome === undefined
		? undefined
		: { item: Number(item) - 1, outcome, replayed: false, text: message };
}

/** What the items of a run say, and what is wrong with how they say it. */
export function claimsOf(
	result: RunResult & { rounds?: NodeRun[] },
	count: number,
): { claims: Claim[]; flaws: string[] } {
	if (result.rounds) return claimsOfRounds({ ...result, rounds: result.rounds }, count);
	const flaws: string[] = [];
	const claims: Claim[] = [];
	for (const item of result.items) read(item, item.json, claims, flaws);
	for (const item of result.errorItems) readErrorItem(item, claims, flaws);
	if (result.error) claims.push(...readError(result, flaws));
	else if (claims.length !== count) flaws.push(`${claims.length} of ${count} items came out`);
	if (new Set(claims.map(({ item }) => item)).size !== claims.length) flaws.push('an item came out twice');
	return { claims, flaws };
}

/** In a loop, each run of the node has one item. */
function claimsOfRounds({ rounds, ...result }: RunResult & { rounds: NodeRun[] }, count: number) {
	const last = rounds.length - 1;
	const each = rounds.map((round, index) => {
		const error = round.error ?? (index === last ? result.error : undefined);
		const { claims, flaws } = claimsOf({ ...result, ...round, error }, 1);
		return { claims: claims.map((claim) => ({ ...claim, item: claim.item + index })), flaws };
	});
	const flaws = each.flatMap((one) => one.flaws);
	if (!result.error && !isAsleep(result) && rounds.length !== count)
		flaws.push(`${rounds.length} of ${count} items came out of the loop`);
	return { claims: each.flatMap(({ claims }) => claims), flaws };
}

function readErrorItem(item: INodeExecutionData, claims: Claim[], flaws: string[]): void {
	const { error, details } = item.json;
	if (typeof error !== 'string' || readMessage(error) === undefined)
		flaws.push(`foreign message: ${String(error)}`);
	const isObject = typeof details === 'object' && details !== null && !Array.isArray(details);
	read(item, isObject ? Object.fromEntries(Object.entries(details)) : {}, claims, flaws);
}

function read(item: INodeExecutionData, said: IDataObject, claims: Claim[], flaws: string[]): void {
	const { outcome, reference, replayed, message } = said;
	if ('error' in said) flaws.push('a top-level error in the json');
	if (item.error) flaws.push('an item with an error beside its json');
	if (outcome !== 'applied' && outcome !== 'rejected' && outcome !== 'unknown')
		flaws.push(`the outcome ${JSON.stringify(outcome)}`);
	// n8n leaves null members out of the details.
	if (outcome === 'applied' && reference === undefined)
		flaws.push('an applied item without a reference field');
	if (outcome !== 'applied' && message !== undefined && readMessage(String(message)) === undefined)
		flaws.push(`foreign message: ${String(message)}`);
	const text = [message, said.nextStep, item.json.error, item.json.message, item.error?.message, reference]
		.filter((part) => typeof part === 'string')
		.join(' ');
	claims.push({ item: placeOf(item), outcome: String(outcome), replayed: replayed === true, text });
}

function placeOf({ pairedItem }: INodeExecutionData): number {
	const [first] = [pairedItem ?? -1].flat();
	return typeof first === 'object' ? first.item : Number(first);
}

function readError({ error }: RunResult, flaws: string[]): Claim[] {
	const { name = '', message = '', description } = error ?? {};
	const claim = readMessage(message);
	if (name !== 'NodeApiError' && name !== 'NodeOperationError')
		flaws.push(`a bare exception: ${name} ${message}`);
	else if (!claim) flaws.push(`foreign message: ${message}`);
	return claim ? [{ ...claim, text: `${message} ${description ?? ''}` }] : [];
}
