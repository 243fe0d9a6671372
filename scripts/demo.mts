// npm run demo: runs both flows in a real n8n against the sandbox and stays up, so that people can look at it. With --once
// it ends by itself, with 0 only if each reference was paid exactly once and each webhook was accepted once.
import { parseArgs } from 'node:util';

import { askedByOtcBuy, askedByPayout } from './demo/asked.mts';
import { importFlows, runOtcBuy, runPayout } from './demo/flows.mts';
import { showNewMails } from './demo/mails.mts';
import { complaints } from './demo/proof.mts';
import { startSetting, type Setting } from './demo/setting.mts';
import { stepsOfOtcBuy, stepsOfPayout } from './demo/steps.mts';
import { table } from './demo/table.mts';

const FIRST_PORT = 4460;
/** Banks, chains and desks are four times as fast as in the sandbox. People can still watch them in the console. */
const PACE = 4;

const USAGE = 'npm run demo -- [--once]   --once: end by itself when all is shown';

function readOptions(): { once: boolean } {
	try {
		const { values } = parseArgs({
			options: { once: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
		});
		if (!values.help) return values;
		console.log(USAGE);
		process.exit(0);
	} catch (cause) {
		console.error(`${cause instanceof Error ? cause.message : String(cause)}\n\n${USAGE}`);
		process.exit(2);
	}
}

const values = readOptions();
const started = Date.now();
let isStopping = false;
let setting: Promise<Setting> | undefined;

const tell = (line: string) =>
	console.log(`${String(Math.round((Date.now() - started) / 1000)).padStart(4)} s  ${line}`);

async function stop(code: number): Promise<never> {
	isStopping = true;
	const running = await setting?.catch(() => undefined);
	await running?.close();
	process.exit(code);
}

/** Resolves to what went wrong. Empty: all is well. */
async function show(running: Setting): Promise<string[]> {
	const flows = await importFlows(running);
	tell('Three workflows are imported and published');
	const buy = await runOtcBuy(running, flows.otcBuy);
	tell('OTC buy: bought, remitted, confirmed with a receipt; Gate Pay reported it settled');
	const paid = await runPayout(running, flows.payout);
	tell(
		`Payout with approval: ${paid.request.to} approved by the link in the mail; Gate Pay reported all as done`,
	);

	const asked = [...askedByOtcBuy(buy), ...askedByPayout(paid)];
	const wrong = await complaints(running, flows, asked);
	console.log(`\nOTC buy\n${table(await stepsOfOtcBuy(running, flows, buy))}`);
	console.log(`\nPayout with approval\n${table(await stepsOfPayout(running, flows, paid))}\n`);
	if (wrong.length > 0) return wrong;
	console.log(
		`By the books of the sandbox: ${asked.length} references, each applied exactly once, sums exact.`,
	);
	console.log(`Webhooks: ${asked.length} sent, each accepted at the first attempt, one execution each.`);
	return [];
}

function invite({ n8n, sandbox, mail }: Setting): void {
	console.log(`
Editor   ${n8n.url}  (${n8n.owner.email}, ${n8n.owner.password})
Console  ${sandbox.consoleUrl}  (orders, webhooks, faults)
Mails    appear here. Execute a flow again from its Start node: the payouts are found by their references, not paid twice.
Stop     Ctrl+C; nothing is kept`);
	showNewMails(mail);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.on(signal, () => {
		if (!isStopping) void stop(values.once ? 1 : 0);
	});
}

try {
	console.log('Starting; everything stays on this machine.');
	setting = startSetting({ firstPort: FIRST_PORT, pace: PACE, magicAmounts: true, onProgress: tell });
	const running = await setting;
	const wrong = await show(running);
	for (const complaint of wrong) console.error(`Not as it should be: ${complaint}`);
	if (values.once) await stop(wrong.length === 0 ? 0 : 1);
	invite(running);
} catch (cause) {
	// After Ctrl+C the stopped parts complain about their connections.
	if (!isStopping) {
		console.error(
			`The demo did not come to its end. ${cause instanceof Error ? cause.message : String(cause)}`,
		);
		await stop(1);
	}
}
