import type { Answer, ReceivedRequest } from '../../../../sandbox/index.mts';
import type { Target } from '../cases/index.mts';
import { quietly, type Alteration, type Role, type Twist } from '../twist.mts';
import type { Kind } from './kind.mts';
import { nameOf, PAGES, shown, type Page } from './pages.mts';

interface Plan {
	on: Role;
	page: Page;
	/** Which of that role meet it. */
	nth: number;
	times: number;
	isApplied: boolean;
	how: Alteration;
}

/** A gateway, a firewall or a maintenance page answers in the place of the provider. */
export const gateway: Kind = {
	name: 'gateway',
	fits: () => true,
	plan(calm, random) {
		const { target, items } = calm;
		const places: Role[] = ['send'];
		if (target.lookup !== undefined) places.push('lookup', 'lookup');
		if (target.login !== undefined) places.push('login');
		const on = random.pick(places);
		const page = random.pick(PAGES);
		const isEarly = random.chance(0.5);
		const isLate = page.mayBeLate && page.own?.includes(target.provider) !== true;
		const plan: Plan = {
			on,
			page,
			// Check First of the second execution, or anywhere.
			nth: on === 'lookup' && isEarly ? items + 1 : random.between(1, items),
			times: on === 'send' ? 1 : random.pick([1, 4, 16]),
			isApplied: isLate && (isTakenForSuccess(target, page) || random.chance(0.4)),
			how: on === 'send' && !isLate ? 'refused' : 'spoiled',
		};
		const faults =
			on === 'lookup' && random.chance(0.5)
				? [{ kind: 'reset-after-applying' as const, on: 'send' as const, nth: random.between(1, items) }]
				: [];
		const checkFirst = on === 'lookup' ? true : calm.checkFirst;
		return {
			...calm,
			checkFirst,
			faults,
			anew: on === 'lookup' || random.chance(0.3),
			twist: () => twistOf(plan),
		};
	},
};

/** Nobody documents what else these answer with: an empty 200 is a success there. */
function isTakenForSuccess({ row, provider }: Target, { status }: Page): boolean {
	return status === 200 && (row.custom === true || (provider === 'rapira' && row.effect === 'write'));
}

function twistOf({ on, page, nth, times, isApplied, how }: Plan): Twist {
	const told = quietly();
	const unread = (request: ReceivedRequest): Answer => ({ status: 0, body: '', verdict: request.verdict });
	return {
		...told,
		async answer(arrival, alter) {
			const { role, request, serve } = arrival;
			const isDue = role === on && arrival.nth >= nth && arrival.nth < nth + times;
			if (!isDue) return await serve();
			alter(how);
			told.events.push(`${on}: ${nameOf(page)}`);
			return shown(page, isApplied ? await serve() : unread(request));
		},
	};
}
