import type { Answer } from '../../../../sandbox/index.mts';
import { quietly, type Twist } from '../twist.mts';
import type { Kind } from './kind.mts';

/** How a provider shows the same in another spelling; `means` the same to whoever compares numbers. */
const SPELLINGS: ReadonlyArray<{ what: string; from: RegExp; to: string; isNumber?: true }> = [
	{ what: 'network', from: /"TRX"/g, to: '"TRC20"' },
	{ what: 'network in small letters', from: /"(TRX|TRC20|ETH|BSC)"/g, to: '"tron"' },
	{ what: 'more zeros', from: /"(\d+\.\d+)"/g, to: '"$1000"', isNumber: true },
	{ what: 'currency with its network', from: /"USDT"/g, to: '"USDT-TRC20"' },
];

/** A new execution with an empty memory and the same references; what was there before counts. */
export const anew: Kind = {
	name: 'anew',
	fits: () => true,
	plan(calm, random) {
		const spelling = random.chance(0.5) ? random.pick(SPELLINGS) : undefined;
		const firstFault =
			random.chance(0.75) &&
			random.pick([
				{ kind: 'reset-after-applying' as const },
				{ kind: 'timeout-after-applying' as const, seconds: 3600 },
				{ kind: 'bad-gateway' as const, status: 502, applied: true },
			]);
		const later =
			random.chance(0.5) &&
			random.pick([
				{ kind: 'dns' as const },
				{ kind: 'connection-refused' as const },
				{ kind: 'ok-but-wrong' as const, body: 'refusal' as const },
			]);
		const { items } = calm;
		const faults = [
			...(firstFault ? [{ ...firstFault, on: 'send' as const, nth: random.between(1, items) }] : []),
			// A second execution sends only where it does not find the first.
			...(later ? [{ ...later, on: 'send' as const, nth: items + random.between(1, items) }] : []),
		];
		return {
			...calm,
			checkFirst: random.chance(0.8),
			retries: 0,
			tries: 0,
			faults,
			anew: true,
			twist: () => twistOf(spelling),
		};
	},
};

function twistOf(spelling: (typeof SPELLINGS)[number] | undefined): Twist {
	const told = quietly();
	return {
		...told,
		async answer({ role, serve }, alter): Promise<Answer> {
			const answer = await serve();
			if (role !== 'lookup' || !spelling) return answer;
			const body = answer.body.replace(spelling.from, spelling.to);
			if (body === answer.body) return answer;
			told.events.push(`shown otherwise: ${spelling.what}`);
			if (!spelling.isNumber) alter('spoiled');
			return { ...answer, body };
		},
	};
}
