// npm run demo: runs both flows in a real n8n against the sandbox and stays up, so that people can look at it. With --once
// it ends by itself, with 0 only if each reference was paid exactly once and each webhook was accepted once.
import { parseArgs } from 'node:util';

import { askedByOtcBuy, askedByPayout } from './demo/asked.mts';
import { importFlows, importOthers, runOtcBuy, runPayout, type ImportedFlows } from './demo/flows.mts';
import { startProgress } from './demo/progress.mts';
import { showNewMails } from './demo/mails.mts';
import { complaints } from './demo/proof.mts';
import { startSetting, type Setting } from './demo/setting.mts';
import { stepsOfOtcBuy, stepsOfPayout } from './demo/steps.mts';
import { table } from './demo/table.mts';
import { withoutProviderTrigger } from './demo/workflowFiles.mts';

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
let isStopping = false;
let setting: Promise<Setting> | undefined;

const progress = startProgress({ print: (line) => console.log(line), now: Date.now });
const { tell } = progress;

async function stop(code: number): Promise<never> {
	isStopping = true;
	const running = await setting?.catch(() => undefined);
	await running?.close();
	process.exit(code);
}

/** Resolves to what went wrong. Empty: all is well. */
async function show(running: Setting, flows: ImportedFlows): Promise<string[]> {
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

function invite({ n8n, sandbox, mail }: Setting, { payout }: ImportedFlows): void {
	console.log(`
Workflows  ${n8n.url}/home/workflows  (${n8n.owner.email}, ${n8n.owner.password})
Console    ${sandbox.consoleUrl}  (orders, webhooks, faults; mails in ${sandbox.consoleUrl}#mails)

Three things to try:
  1. Run a payment again. Open ${n8n.url}/workflow/${payout}, press Execute, and approve in the mail.
     The payouts are found by their references (replayed), and the books in the console still say "once".
  2. Break the connection. In the console press "Plan the fault" for reset-after-applying, change a Batch ID in the
     node List of Payouts, and execute again. The answer is lost, and the payout is paid once.
  3. Pay 66.01 and 66.05. Put these amounts into the list: one is refused, the other stays in review.

Mails appear here and in the console. Stop with Ctrl+C; nothing is kept.`);
	showNewMails(mail);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.on(signal, () => {
		if (!isStopping) void stop(values.once ? 1 : 0);
	});
}

try {
	console.log(
		'This starts five local providers and a real n8n, runs two flows and then stays up. It takes about a minute, and two or three\nmore when n8n is not installed yet. Everything stays on this machine.',
	);
	setting = startSetting({ firstPort: FIRST_PORT, pace: PACE, magicAmounts: true, onProgress: tell });
	const running = await setting;
	const flows = await importFlows(running, withoutProviderTrigger);
	const others = await importOthers(running);
	tell(`All ${others + 3} workflows are imported; three of them are published and run now`);
	const wrong = await show(running, flows);
	progress.end();
	for (const complaint of wrong) console.error(`Not as it should be: ${complaint}`);
	if (values.once) await stop(wrong.length === 0 ? 0 : 1);
	invite(running, flows);
} catch (cause) {
	// After Ctrl+C the stopped parts complain about their connections.
	if (!isStopping) {
		console.error(
			`The demo did not come to its end. ${cause instanceof Error ? cause.message : String(cause)}`,
		);
		await stop(1);
	}
}
