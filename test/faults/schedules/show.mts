import type { Execution } from './execution.mts';
import { planOf } from './kinds/index.mts';
import { judge } from './oracle.mts';
import { Stage, type Played } from './stage.mts';

/** Plays one schedule and prints everything that happened in it. */
export async function show(seed: number, wanted: readonly string[]): Promise<void> {
	const schedule = planOf(seed, wanted);
	const stage = await Stage.open();
	const played = await stage.play(schedule);
	const { violations } = judge(played, stage.booked(schedule.target));
	const { target, ...rest } = schedule;
	console.log(`${target.provider} ${target.operation}\n${JSON.stringify(rest, undefined, 2)}`);
	for (const [index, execution] of played.executions.entries()) {
		console.log(`\nExecution ${index + 1}, ${execution.attempts} calls of the node`);
		showExecution(execution, played.altered);
	}
	for (const event of played.twist?.events ?? []) console.log(`Happened: ${event}`);
	const { sleeps = [], calls = [], rounds = [] } = played.waited ?? {};
	for (const sleep of sleeps) console.log(`Slept: ${JSON.stringify(sleep)}`);
	for (const call of calls) console.log(`Called: ${JSON.stringify({ ...call, headers: undefined })}`);
	for (const { how, out } of rounds) console.log(`Woken (${how}): ${JSON.stringify(out)?.slice(0, 400)}`);
	for (const { operation, fault } of played.lost) console.log(`Never arrived: ${operation} (${fault})`);
	console.log(`\nBooks: ${JSON.stringify(Object.fromEntries(stage.booked(target)))}`);
	console.log(violations.length === 0 ? 'No violation' : violations.join('\n'));
	await stage.close();
	process.exitCode = violations.length === 0 ? 0 : 1;
}

function showExecution({ requests, runs }: Execution, altered: Played['altered']): void {
	for (const request of requests) {
		const { at, operation, fault, verdict, url, body } = request;
		const what = [fault, altered.get(request)].filter((one) => one !== undefined).join(', ');
		const met = what === '' ? '' : ` [${what}]`;
		const text = body.replace(/\s+/g, ' ').slice(0, 200);
		console.log(
			`  ${new Date(at).toISOString()} ${operation}${met} ${JSON.stringify(verdict)} ${url} ${text}`,
		);
	}
	for (const { items, errorItems, error } of runs) {
		for (const { json } of [...items, ...errorItems])
			console.log(`  out: ${JSON.stringify(json).slice(0, 400)}`);
		if (error) console.log(`  stopped: ${error.message} ${error.description ?? ''}`);
	}
}
