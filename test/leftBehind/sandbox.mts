import type { Delivery, ReceivedRequest, Sandbox } from '../../sandbox/index.mts';
import { proofsIn } from '../secrets.mts';
import type { Text } from './search.mts';

/** Headers in which BridgePay's and OkiPays' notifications have a secret, because the protocol says so. */
const DEMANDED = new Set(['x-notification-token', 'token']);

export interface Records {
	/** What the sandbox knows about each notification: its URL, its text and n8n's answer. */
	texts(): Generator<Text>;
	/** The tokens and signatures of the requests. */
	proofs(): string[];
}

/** Keeps the sandbox's records, which a reset of the sandbox would forget. */
export function recordsOf(sandbox: Sandbox): Records {
	const kept = { deliveries: new Set<Delivery>(), requests: new Set<ReceivedRequest>() };
	const keep = () => {
		for (const { deliveries, requests } of Object.values(sandbox.providers)) {
			for (const delivery of deliveries) kept.deliveries.add(delivery);
			for (const request of requests) kept.requests.add(request);
		}
	};
	const reset = sandbox.reset;
	sandbox.reset = async () => {
		keep();
		await reset();
	};
	return {
		*texts() {
			keep();
			for (const delivery of kept.deliveries) yield { place: 'deliveries', text: textOf(delivery) };
			for (const { url } of kept.requests) yield { place: 'requested URLs', text: url };
		},
		proofs() {
			keep();
			return [...new Set([...kept.requests].flatMap(({ headers }) => proofsIn(headers)))];
		},
	};
}

function textOf({ attempts, ...delivery }: Delivery): string {
	const open = attempts.map(({ headers, ...attempt }) => ({
		...attempt,
		headers: Object.entries(headers).filter(([name]) => !DEMANDED.has(name.toLowerCase())),
	}));
	return JSON.stringify({ ...delivery, attempts: open });
}
