import { clock } from '../../../../core/clock.ts';
import { textOf } from '../../../../core/exact/json.ts';
import type { Watch } from '../../../../core/events/watching.ts';
import { payment } from '../../../../core/provider/payment.ts';
import type { Provider } from '../../../../core/provider/provider.ts';
import { cases, patience, seed } from '../../../fuzzing.mts';
import { type Play, type Stage, stage, type Stored } from '../../pollingStage.mts';

const STEPS = 30;
const states = ['open', 'busy', 'paid'] as const;

interface Order {
	id: string;
	state: string;
	created: string;
	changed: string;
}

const provider: Provider = {
	name: 'shop',
	displayName: 'Shop',
	credential: 'shopApi',
	resources: [
		{
			name: 'Order',
			value: 'order',
			operations: [
				{
					...{
						name: 'Get Many',
						value: 'getMany',
						action: 'Read',
						description: '',
						effect: 'read',
						docs: '',
					},
					request: 'GET /orders',
					returns: {
						kind: 'order',
						list: 'orders',
						page: { number: 'page', size: 'size', first: 1, maximumSize: 100, total: 'total' },
					},
				},
			],
		},
	],
	parallelReads: 1,
	dashboard: 'the dashboard',
	account: () => ({ origin: 'https://shop.example', id: 'k', parameters: {}, secrets: [] }),
	verdict: ({ status, text }) =>
		status === 200
			? { state: 'accepted', data: JSON.parse(text) }
			: { state: 'unclear', reason: `it answered ${status}` },
	payment: (kind, { id, state = null, created = null, changed = null }) =>
		payment(
			'shop',
			kind,
			{
				table: {
					open: { status: 'pending' },
					busy: { status: 'processing' },
					paid: { status: 'succeeded' },
				},
				text: textOf(state),
			},
			{ id: textOf(id), createdAt: textOf(created), updatedAt: textOf(changed) },
		),
};
const watches: Readonly<Record<string, Watch>> = {
	orders: { event: 'order', operation: 'order.getMany', reads: () => [{}] },
};

/** A shop, an n8n and a person, who do as the seed says; what has to be told is counted beside them. */
class Schedule {
	readonly #random: () => number;
	readonly #isDurable: boolean;
	readonly #orders: Order[] = [];
	#now = Date.parse('2026-11-20T12:00:00Z');
	#answer: 'whole' | 'short' | 'none' = 'whole';
	#name = 'Trigger';
	#stage: Stage;
	/** What the trigger has to know, by an oracle that knows neither memory nor answers. */
	#seen: Map<string, string> | undefined;
	/** What of it n8n has stored: at a start, and with each change that it takes over. */
	#stored: Map<string, string> | undefined;
	#since: number | undefined;
	#isWhole = true;
	readonly expected: string[] = [];
	readonly told: { change: string; eventId: string }[] = [];
	lost = 0;

	constructor(seedOfOne: number, isDurable: boolean) {
		this.#random = randomOf(seedOfOne);
		this.#isDurable = isDurable;
		this.#stage = this.#start();
		jest.spyOn(clock, 'now').mockImplementation(() => this.#now);
	}

	async run(): Promise<void> {
		for (let id = this.#below(4); id > 0; id -= 1) this.#make();
		if (this.#below(4) === 0) this.#answer = this.#below(2) === 0 ? 'short' : 'none';
		await this.#begin();
		for (let step = 0; step < STEPS; step += 1) await this.#step();
		this.#answer = 'whole';
		await this.#poll();
		await this.#poll();
	}

	async #step(): Promise<void> {
		this.#now += 60_000;
		const choice = this.#below(12);
		if (choice < 2) this.#make();
		else if (choice < 6) this.#change();
		else if (choice < 7) this.#answer = this.#below(2) === 0 ? 'none' : 'short';
		else if (choice < 8) this.#answer = 'whole';
		else if (choice < 10) await this.#poll();
		else {
			if (this.#below(2) === 0) this.#name = this.#below(2) === 0 ? 'Trigger' : `Name ${step(this.#now)}`;
			this.#stage = this.#start(this.#stage.stored);
			await this.#begin();
		}
		if (this.#below(2) === 0) await this.#poll();
	}

	#make(): void {
		this.#now += 1_000;
		const created = this.#time();
		this.#orders.push({ id: String(this.#orders.length + 1), state: 'open', created, changed: created });
		this.#now += 1_000;
	}

	#time(): string {
		return new Date(this.#now).toISOString();
	}

	#change(): void {
		const order = this.#orders[this.#below(this.#orders.length)];
		const state = states[this.#below(states.length)] ?? 'open';
		if (order && order.state !== state) Object.assign(order, { state, changed: this.#time() });
	}

	/** What a start does: without the durable scheduler it polls, with it the first one of all does. */
	async #begin(): Promise<void> {
		const polls = !this.#isDurable || this.#stage.stored.cursor === undefined;
		if (!this.#isDurable) this.#seen = this.#stored && new Map(this.#stored);
		if (polls) this.#foresee(undefined);
		this.#store();
		await this.#stage.start();
		this.#collect();
	}

	async #poll(): Promise<void> {
		this.#now += 60_000;
		const dies = [undefined, undefined, undefined, 'before', 'between'][this.#below(5)] as Stage['dies'];
		const isKilled = this.#foresee(dies);
		if (isKilled) this.#stage.dies = dies;
		await this.#stage.tick();
		this.#collect();
		if (!isKilled) return;
		this.#stage = this.#start(this.#stage.stored);
		await this.#begin();
	}

	/** @returns whether the kill comes to pass: it waits for something to tell */
	#foresee(dies: Stage['dies']): boolean {
		this.#since ??= this.#now;
		if (this.#answer === 'none') return false;
		const visible = this.#visible();
		if (!this.#seen) {
			this.#seen = new Map<string, string>();
			this.#isWhole = this.#answer === 'whole';
			const isLate = this.#since < this.#now;
			const told = visible.filter(({ changed }) => isLate && Date.parse(changed) >= this.since);
			return this.#take(visible, told, dies);
		}
		const { since } = this;
		const news = visible.filter(({ id, state }) => this.#seen?.get(id) !== state);
		const isNew = ({ id, changed }: Order) =>
			this.#seen?.has(id) === true || this.#isWhole || Date.parse(changed) >= since;
		return this.#take(news, news.filter(isNew), dies);
	}

	/** What is seen in a poll, and what of it is told. */
	#take(news: readonly Order[], told: readonly Order[], dies: Stage['dies']): boolean {
		const isKilled = dies !== undefined && told.length > 0;
		const isForgotten = isKilled && (dies === 'before' || this.#isDurable);
		if (isForgotten) {
			if (this.#seen?.size === 0) this.#seen = undefined;
			return true;
		}
		for (const { id, state } of news) this.#seen?.set(id, state);
		if (told.length > 0) this.#store();
		if (isKilled) this.lost += told.length;
		else this.expected.push(...told.map(({ id, state }) => `${id} ${state}`));
		return isKilled;
	}

	#store(): void {
		this.#stored = this.#seen && new Map(this.#seen);
	}

	get since(): number {
		return this.#since ?? 0;
	}

	#visible(): Order[] {
		return this.#answer === 'short'
			? this.#orders.slice(0, Math.ceil(this.#orders.length / 2))
			: this.#orders;
	}

	#collect(): void {
		for (const { json } of this.#stage.emitted.splice(0))
			this.told.push({
				change: `${String(json.id)} ${String(json.providerStatus)}`,
				eventId: String(json.eventId),
			});
	}

	#start(stored?: Stored): Stage {
		const play: Play = {
			provider,
			watches,
			credentials: {},
			parameters: { watch: 'orders' },
			name: this.#name,
			isDurable: this.#isDurable,
			answer: ({ url }) => {
				if (this.#answer === 'none') return { status: 404, body: '' };
				const isFirst = new URL(url).searchParams.get('page') === '1';
				const orders = isFirst ? this.#visible() : [];
				return { body: JSON.stringify({ total: this.#orders.length, orders }) };
			},
		};
		return stage(play, stored);
	}

	#below(count: number): number {
		return Math.floor(this.#random() * count);
	}
}

const step = (now: number) => now % 7;

function randomOf(start: number): () => number {
	let state = start >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

beforeEach(() => jest.spyOn(clock, 'sleep').mockResolvedValue());
afterEach(() => jest.restoreAllMocks());

it.each([true, false])(
	'changes, outages, cut lists, kills, restarts and renames: each change is told once (durable cursors: %p)',
	async (isDurable) => {
		let changes = 0;
		let lost = 0;
		for (let number = 0; number < cases(150); number += 1) {
			const schedule = new Schedule(seed + number, isDurable);
			await schedule.run();
			const { told, expected } = schedule;
			const found = told.map(({ change }) => change);
			if (JSON.stringify(found.toSorted()) !== JSON.stringify(expected.toSorted()))
				expect({ seed: seed + number, found }).toEqual({ seed: seed + number, found: expected });
			// Two changes, two ids.
			expect(new Set(told.map(({ eventId }) => eventId)).size).toBe(told.length);
			changes += told.length;
			lost += schedule.lost;
		}
		expect(changes).toBeGreaterThan(cases(150));
		// Without durable cursors a kill between memory and execution loses, as the page says; nothing else does.
		if (isDurable) expect(lost).toBe(0);
		else expect(lost).toBeGreaterThan(0);
	},
	patience(150),
);
