import type { INodeExecutionData } from 'n8n-workflow';
import { isObject, type Json, type JsonObject, present } from '../exact/json';
import { approvalHashOf } from '../items/approval';
import { askedFor } from '../items/asked';
import { asItem, plainJson } from '../items/output';
import type { CheckedItem, Prepared } from '../items/prepare';
import { runOf } from '../items/run';
import { type Covered, coveredBy, coveredText } from '../limits/covered';
import type { LimitVerdict } from '../limits/judge';
import { type Moved, movedBy, type PaidSum, sumsJson } from '../limits/moved';
import { redacted } from '../wire/secrets';
import { allInSlots } from '../wire/slots';
import type { SendingRun } from './attempts';
import { balancesFor } from './balances';
import type { Plan } from './batches';
import { feesFor } from './fees';
import { verdictsOf } from './limited';
import { sentBefore, type SentBefore } from './sentBefore';

/** One request of a preview, and what is known of it. */
interface Previewed {
	one: Prepared;
	moved: Moved;
	verdict: LimitVerdict;
	earlier: SentBefore | undefined;
}

/** The items of the previews among these. Nothing is sent, but the provider is asked what it has already. */
export async function previewsOf(
	run: SendingRun,
	checked: readonly CheckedItem[],
): Promise<Map<CheckedItem, INodeExecutionData>> {
	const all = checked.filter((one) => 'request' in one);
	if (!all.some(({ preview }) => preview)) return new Map();
	const shown = (await lookedAt(run, all)).filter(({ one }) => one.preview);
	const repeats = repeatsIn(shown);
	const facts = await runFacts(
		run,
		shown.filter((each) => !repeats.has(each)),
	);
	return new Map(
		shown.map((each) => {
			const { one, moved, verdict } = each;
			const { request, reference, item, recipientCheck } = one;
			const isMultipart = request.headers['Content-Type']?.startsWith('multipart/') === true;
			const json = {
				outcome: 'not_sent',
				reference: reference ?? null,
				preview: true,
				...judged(verdict),
				...earlierOf(run, repeats.has(each) ? { ...each, earlier: REPEAT } : each),
				...facts,
				method: request.method,
				url: request.url,
				body: request.body && !isMultipart ? request.body.toString('utf8') : '',
				asked: askedFor(run.operation, request.values),
				...present({ recipientCheck }),
				...hashToApprove(verdict, coveredBy([moved]), request.fingerprint),
			};
			return [one, asItem(json, item)];
		}),
	);
}

/** One item per recipient. Each contains the facts of the whole run, so any of them can be shown for approval. */
export async function previewBatches(run: SendingRun, plan: Plan): Promise<INodeExecutionData[]> {
	const { batches, fingerprint, totals } = plan;
	const shown = await lookedAt(
		run,
		batches.map(({ prepared }) => prepared),
	);
	// If one batch cannot be sent, none is.
	const verdict = worst(shown.map((each) => each.verdict));
	const facts = await runFacts(run, shown);
	const covered = coveredBy(shown.map(({ moved }) => moved));
	return batches.flatMap(({ reference: batch, prepared, recipients }, place) => {
		const { request, recipientCheck } = prepared;
		const each = shown[place];
		return recipients.map(({ item, reference, line }) =>
			asItem(
				{
					outcome: 'not_sent',
					reference,
					batchReference: batch,
					preview: true,
					...judged(verdict),
					...(each ? earlierOf(run, each) : {}),
					...facts,
					totals,
					batches: batches.length,
					method: request.method,
					url: request.url,
					line: plainJson(line),
					...present({ recipientCheck }),
					...hashToApprove(verdict, covered, fingerprint),
				},
				item,
			),
		);
	});
}

async function lookedAt(run: SendingRun, all: readonly Prepared[]): Promise<Previewed[]> {
	const verdicts = verdictsOf(run, all);
	const earlier = await allInSlots(run.provider.parallelReads, all, async (one) =>
		one.preview ? await sentBefore(runOf(run, one), one) : undefined,
	);
	return all.map((one, place) => ({
		one,
		moved: movedBy(run.operation, one.request.values),
		verdict: verdicts[place] ?? NOT_JUDGED,
		earlier: earlier[place],
	}));
}

// No item is without a verdict. If one were, nobody could approve it.
const NOT_JUDGED: LimitVerdict = { state: 'blocked', rule: '', reason: 'It was not judged', nextStep: '' };

const REPEAT: SentBefore = { state: 'yes', reason: 'an item before it is the same payment' };

/** Two items with one reference are one payment, which is sent once and counts once. */
function repeatsIn(shown: readonly Previewed[]): ReadonlySet<Previewed> {
	const seen = new Set<string>();
	const isRepeat = ({ one: { reference } }: Previewed) => {
		const isSeen = reference !== undefined && seen.has(reference);
		if (reference !== undefined) seen.add(reference);
		return isSeen;
	};
	return new Set(shown.filter(isRepeat));
}

function worst(verdicts: readonly LimitVerdict[]): LimitVerdict {
	const blocked = verdicts.find(({ state }) => state === 'blocked');
	return blocked ?? verdicts.find(({ state }) => state === 'needs_approval') ?? verdicts[0] ?? NOT_JUDGED;
}

function judged(verdict: LimitVerdict): JsonObject {
	if (verdict.state === 'would_send') return { verdict: verdict.state };
	const { state, rule, reason, nextStep } = verdict;
	return { verdict: state, rule, reason, nextStep };
}

/** What a limit blocks has no hash, so nobody approves it, even if the limit is changed meanwhile. */
function hashToApprove({ state }: LimitVerdict, covered: Covered, fingerprint: string): JsonObject {
	return state === 'blocked' ? {} : { approvalHash: approvalHashOf(covered, fingerprint) };
}

function earlierOf({ account }: SendingRun, { earlier }: Previewed): JsonObject {
	if (!earlier) return {};
	const { state, reason, status } = earlier;
	return present({
		sentBefore: state,
		sentBeforeStatus: status,
		sentBeforeReason: reason === undefined ? undefined : redacted(reason, account.secrets),
	});
}

/** What a person wants to know about the whole run. It is the same in every item. */
async function runFacts(run: SendingRun, shown: readonly Previewed[]): Promise<JsonObject> {
	const all = coveredBy(movedIn(shown));
	const open = shown.filter(({ earlier }) => earlier === undefined || earlier.state === 'no');
	const toSend = coveredBy(movedIn(open));
	const isAsked = shown.some(({ earlier }) => earlier !== undefined);
	const sent = countIn(shown, 'yes');
	const toLookAt = countIn(shown, 'other') + countIn(shown, 'unknown');
	const isOneAccount =
		new Set(shown.map(({ one: { account } }) => `${account.id} ${account.onBehalfOf ?? ''}`)).size === 1;
	const { facts: fees, onTop } = isOneAccount
		? await feesFor(
				run,
				open.map(({ one: { request } }) => request.values),
			)
		: { facts: {}, onTop: [] };
	const money = isOneAccount ? await balancesFor(run, toSend.sums ?? [], onTop) : {};
	const standing = { alreadySent: sent, toSend: open.length === 0 ? 0 : toSend.count, toLookAt };
	return {
		[`${all.unit}s`]: all.count,
		...(all.sums ? { totals: sumsJson(all.sums) } : {}),
		...(isAsked ? { ...standing, ...(toSend.sums ? { totalsToSend: sumsJson(toSend.sums) } : {}) } : {}),
		...fees,
		...money,
		summary: summaryOf(all, isAsked ? { ...standing, sums: toSend.sums } : undefined, onTop, money),
	};
}

function movedIn(shown: readonly Previewed[]): Moved[] {
	return shown.map(({ moved }) => moved);
}

function countIn(shown: readonly Previewed[], state: SentBefore['state']): number {
	const some = shown.filter(({ earlier }) => earlier?.state === state);
	return some.length === 0 ? 0 : coveredBy(movedIn(some)).count;
}

interface SentSoFar {
	alreadySent: number;
	toSend: number;
	toLookAt: number;
	sums: readonly PaidSum[] | undefined;
}

/** e.g. `30 recipients, 557.74 USDT: 20 already sent, 10 to send (120.5 USDT), short by 12.5 USDT` */
function summaryOf(
	all: Covered,
	standing: SentSoFar | undefined,
	feesOnTop: readonly PaidSum[],
	{ shortBy }: JsonObject,
): string {
	const parts: string[] = [];
	if (standing && standing.alreadySent + standing.toLookAt > 0) {
		const { alreadySent, toSend, toLookAt, sums = [] } = standing;
		const money = sums.length > 0 ? ` (${moneyText(sumsJson(sums))})` : '';
		parts.push(`${alreadySent} already sent`, `${toSend} to send${money}`);
		if (toLookAt > 0) parts.push(`${toLookAt} to look at first`);
	}
	const fees = feesOnTop.filter(({ amount }) => amount.units > 0n);
	if (fees.length > 0) parts.push(`fees of ${moneyText(sumsJson(fees))} on top`);
	if (isObject(shortBy)) parts.push(`short by ${moneyText(shortBy)}`);
	return [coveredText(all), ...(parts.length > 0 ? [parts.join(', ')] : [])].join(': ');
}

function moneyText(sums: Record<string, Json>): string {
	return Object.entries(sums)
		.map(([currency, amount]) => `${String(amount)} ${currency}`)
		.join(' and ');
}
