import { add, isSameAmount } from '../../sandbox/decimal.mts';
import { tell } from '../../scripts/test/figures.mts';
import { referenceOf } from './payoutFlow.mts';
import { amountOf, deliveriesOf, type Row, type Stage } from './stage.mts';

/** How often Gate Pay has applied the payout of each deposit. */
export function timesApplied({ sandbox }: Stage, ids: readonly string[]): Map<string, number> {
	const applied = sandbox.gatePay.books.appliedPerReference();
	return new Map(ids.map((orderId) => [orderId, applied[referenceOf(orderId)] ?? 0]));
}

/** What is wrong in Gate Pay's books. They must have each of these payouts once, the right sum, and nothing else. */
export function complaintsAboutBooks(stage: Stage, ids: readonly string[]): string[] {
	const { books } = stage.sandbox.gatePay;
	const times = timesApplied(stage, ids);
	const wanted = new Set(ids.map(referenceOf));
	const [asked, applied] = [add(...ids.map(amountOf)), books.total('USDT')];
	return [
		...[...times].filter(([, count]) => count !== 1).map(([id, count]) => `${id} was paid ${count} times`),
		...Object.keys(books.appliedPerReference())
			.filter((reference) => !wanted.has(reference))
			.map((reference) => `${reference} was paid, but nobody asked for it`),
		...(isSameAmount(asked, applied) ? [] : [`${applied} USDT were paid, not ${asked}`]),
	];
}

/** The acknowledged notifications for which n8n has no execution. */
export function lost(stage: Stage, ids: readonly string[], rows: readonly Row[]): string[] {
	const executed = new Set(rows.map(({ orderId }) => orderId));
	return ids.filter(
		(orderId) =>
			!executed.has(orderId) &&
			deliveriesOf(stage, [orderId]).some(({ attempts }) => attempts.some((one) => one.acknowledged)),
	);
}

export function countOf(rows: readonly Row[], ...statuses: string[]): number {
	return rows.filter(({ status }) => statuses.includes(status)).length;
}

/** Reports the scene and its figures in one line. */
export function tellFigures(
	scene: string,
	stage: Stage,
	ids: readonly string[],
	rows: readonly Row[],
	more: Record<string, number | string>,
): void {
	const attempts = deliveriesOf(stage, ids).flatMap((delivery) => delivery.attempts);
	const times = [...timesApplied(stage, ids).values()];
	const figures = {
		deposits: ids.length,
		deliveries: attempts.length,
		acknowledged: attempts.filter(({ acknowledged }) => acknowledged).length,
		executions: rows.length,
		success: countOf(rows, 'success'),
		'crashed or error': countOf(rows, 'crashed', 'error'),
		...more,
		'paid per reference': `${Math.min(...times)} to ${Math.max(...times)}`,
	};
	tell(inOneLine(scene, figures));
}

export function inOneLine(scene: string, figures: Record<string, number | string>): string {
	const counts = Object.entries(figures).map(([name, value]) => `${name} ${value}`);
	return `${scene}: ${counts.join(', ')}`;
}

/** The seconds since `started`. */
export function seconds(started: number): string {
	return ((Date.now() - started) / 1000).toFixed(0);
}
