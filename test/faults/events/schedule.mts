import { Random } from '../schedules/random.mts';
import { shops } from './shops/index.mts';
import type { Shop } from './shops/shop.mts';

/** How the provider answers: by its books, not at all, or with something about nothing. */
export type Answering = 'right' | 'down' | { rubbish: string };

/** A trigger of a user: its own workflow, on the one account. */
export interface TriggerNode {
	kind: 'webhook' | 'poll';
	/** What it is filtered by; [] for everything. */
	statuses: readonly string[];
	/** Confirm With the Provider, where the node has it. */
	isAsking: boolean;
	/** Whether its n8n has durable cursors. */
	isDurable: boolean;
}

export type Step =
	| { do: 'change'; object: string; word: string; isSigned: boolean }
	| {
			do: 'deliver';
			node: number;
			/** Which of the waiting notifications, as a share of all. */
			which: number;
			answering: Answering;
			/** The provider does not get the answer. */
			isCut: boolean;
			isFilterBroken: boolean;
	  }
	| { do: 'forge'; node: number; object: string; how: 'signature' | 'half' | 'empty' | 'list' }
	| { do: 'poll'; node: number; answering: Answering[]; dies?: 'before' | 'between' }
	| { do: 'restart'; node: number; name: string; answering: Answering[] };

export interface Schedule {
	seed: number;
	shop: Shop;
	objects: readonly string[];
	/** What is there before the triggers are published. */
	before: ReadonlyArray<[object: string, word: string]>;
	nodes: readonly TriggerNode[];
	/** How the provider answers the polls of the publication. */
	publication: Answering[];
	steps: ReadonlyArray<Step & { after: number }>;
}

/** The same seed is the same schedule. */
export function scheduleOf(seed: number): Schedule {
	const random = new Random(seed);
	const shop = random.pick(shops);
	const objects = Array.from({ length: random.between(1, 4) }, (_value, place) => String(place + 1));
	const words = Object.keys(shop.words);
	const made = shop.isMadeAtOnce ? objects.length : random.between(0, objects.length);
	const before = objects.slice(0, made).map((object): [string, string] => [object, random.pick(words)]);
	const nodes = Array.from({ length: random.between(1, 3) }, () => nodeOf(random, shop));
	const answering = () => objects.map(() => answeringOf(random, shop));
	const publication = answering();
	const own = { random, shop, objects, nodes, answering };
	let known = made;
	const steps = Array.from({ length: random.between(6, 30) }, () => {
		const step = stepOf(own, known);
		if (step.do === 'change' && Number(step.object) > known) known += 1;
		return { ...step, after: random.between(1, random.chance(0.1) ? 7_200_000 : 90_000) };
	});
	return { seed, shop, objects, before, nodes, publication, steps };
}

function nodeOf(random: Random, shop: Shop): TriggerNode {
	const kind = shop.notification && random.chance(0.55) ? 'webhook' : 'poll';
	const meanings = [...new Set(Object.values(shop.words))];
	const statuses = random.chance(0.6) ? [] : meanings.filter(() => random.chance(0.4));
	// OkiPays' notifications tell more than its answers: to be told apart by time, they are no change of a poll.
	const isAsking = shop.name === 'OkiPays' || random.chance(0.7);
	return { kind, statuses, isAsking, isDurable: random.chance(0.5) };
}

function answeringOf(random: Random, { rubbish }: Shop): Answering {
	if (random.chance(0.75)) return 'right';
	return random.chance(0.5) ? 'down' : { rubbish: random.pick(rubbish) };
}

interface Setting {
	random: Random;
	shop: Shop;
	objects: readonly string[];
	nodes: readonly TriggerNode[];
	answering: () => Answering[];
}

function stepOf(setting: Setting, known: number): Step {
	const { random, shop, objects, nodes, answering } = setting;
	const node = random.between(0, nodes.length - 1);
	const isWebhook = nodes[node]?.kind === 'webhook';
	const chance = random.fraction();
	if (chance < 0.4) {
		// IDs grow: the next one is made, or an older one changes.
		const most = Math.min(objects.length, known + 1);
		const word = random.pick(Object.keys(shop.words));
		return { do: 'change', object: String(random.between(1, most)), word, isSigned: random.chance(0.6) };
	}
	if (isWebhook && chance < 0.5) {
		const how = random.pick(['signature', 'half', 'empty', 'list'] as const);
		return { do: 'forge', node, object: random.pick(objects), how };
	}
	if (isWebhook)
		return {
			do: 'deliver',
			node,
			which: random.fraction(),
			answering: answeringOf(random, shop),
			isCut: random.chance(0.15),
			isFilterBroken: random.chance(0.07),
		};
	if (chance < 0.5)
		return {
			do: 'restart',
			node,
			name: random.pick(['Trigger', 'Renamed', 'Again']),
			answering: answering(),
		};
	const dies = random.chance(0.15) ? random.pick(['before', 'between'] as const) : undefined;
	return { do: 'poll', node, answering: answering(), ...(dies && { dies }) };
}
