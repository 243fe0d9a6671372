import type { IHttpRequestOptions } from 'n8n-workflow';
import { clock } from '../../../core/clock.ts';
import { type Stage, stage, type Stored } from '../../unit/pollingStage.mts';
import { type Delivered, webhookStage } from '../../unit/webhookStage.mts';
import { deliveryFaults, emptyTally, Names, Poller, pollFaults, type Tally } from './oracle.mts';
import type { Answering, Schedule, Step, TriggerNode } from './schedule.mts';
import type { Answer, Shop, State } from './shops/shop.mts';

/** What a mutant makes of the package, or of what n8n does with it. */
export interface Mutation {
	shop?(shop: Shop): Shop;
	delivered?(delivered: Delivered): Delivered;
	stored?(stored: Stored, isRenamed: boolean): Stored;
	item?(item: Stage['emitted'][number]['json']): Stage['emitted'][number]['json'];
	statuses?(statuses: unknown): unknown;
}

const BEGINNING = Date.parse('2026-11-20T09:00:00Z');

interface Notification {
	object: string;
	state: State;
	isSigned: boolean;
	/** Whether it has started an execution, whose answer the provider did not get. */
	isTold?: boolean;
}

interface Running {
	node: TriggerNode;
	/** The notifications that the provider still has to get rid of. */
	waiting: Notification[];
	stage?: Stage;
	poller?: Poller;
	name: string;
}

/** Plays one schedule, and says what is wrong. */
export async function play(schedule: Schedule, mutation: Mutation = {}): Promise<Tally> {
	return await new Play(schedule, mutation).run();
}

class Play {
	readonly tally = emptyTally();
	readonly #schedule: Schedule;
	readonly #mutation: Mutation;
	readonly #shop: Shop;
	readonly #names = new Names();
	readonly #books = new Map<string, State>();
	readonly #nodes: Running[] = [];
	#now = BEGINNING;
	/** Which objects a poll has got an answer about. */
	#answered = new Set<string>();
	#answering: (asked: readonly string[]) => Answering = () => 'right';

	constructor(schedule: Schedule, mutation: Mutation) {
		this.#schedule = schedule;
		this.#mutation = mutation;
		this.#shop = mutation.shop?.(schedule.shop) ?? schedule.shop;
	}

	async run(): Promise<Tally> {
		clock.now = () => this.#now;
		const { before, nodes, publication, steps } = this.#schedule;
		for (const [object, word] of before) this.#books.set(object, { word, at: this.#now - 3_600_000 });
		for (const node of nodes) {
			const running: Running = { node, waiting: [], name: 'Trigger' };
			this.#nodes.push(running);
			if (node.kind === 'poll') await this.#publish(running, publication);
		}
		for (const { after, ...step } of steps) {
			this.#now += after;
			await this.#step(step);
		}
		await this.#quiet();
		this.tally.schedules = 1;
		return this.tally;
	}

	async #step(step: Step): Promise<void> {
		if (step.do === 'change') return this.#change(step);
		const running = this.#nodes[step.node];
		if (!running) return;
		if (step.do === 'deliver') await this.#deliver(running, step);
		else if (step.do === 'forge') await this.#forge(running, step);
		else if (step.do === 'restart') {
			running.name = step.name;
			await this.#restart(running, step.answering);
		} else await this.#poll(running, step.answering, step.dies);
	}

	/** Everything comes to its end: the provider repeats until it is acknowledged, and answers. */
	async #quiet(): Promise<void> {
		for (const running of this.#nodes) {
			for (let place = running.waiting.length; place > 0; place -= 1) {
				this.#now += 1000;
				const right = { answering: 'right', isCut: false, isFilterBroken: false, which: 0 } as const;
				await this.#deliver(running, right);
			}
			if (running.waiting.length > 0) this.#fault('lost: not acknowledged to the end');
			for (let polls = running.stage ? 2 : 0; polls > 0; polls -= 1) {
				this.#now += 60_000;
				await this.#poll(
					running,
					this.#schedule.objects.map(() => 'right'),
				);
			}
		}
	}

	#change({ object, word, isSigned }: Extract<Step, { do: 'change' }>): void {
		const state = { word, at: this.#now };
		if (this.#books.get(object)?.word === word) return;
		this.#books.set(object, state);
		this.tally.changes += 1;
		if (!this.#shop.isAnnounced(word)) return;
		for (const { node, waiting } of this.#nodes)
			if (node.kind === 'webhook') waiting.push({ object, state, isSigned });
	}

	#answer(request: IHttpRequestOptions): Answer {
		const asked = this.#shop.asked(request, this.#schedule.objects);
		const answering = asked.length === 0 ? 'right' : this.#answering(asked);
		if (answering === 'down') return { status: 500, body: '' };
		if (answering !== 'right') return { body: answering.rubbish };
		for (const object of asked) this.#answered.add(object);
		return this.#shop.answer(request, this.#books);
	}

	#webhookOf({ node }: Running, isFilterBroken = false) {
		const { trigger } = this.#shop.product;
		if (!trigger) throw new Error('It has no webhook');
		const statuses = isFilterBroken ? undefined : [...node.statuses];
		return webhookStage({
			trigger,
			credentials: this.#shop.credentials,
			parameters: {
				confirm: node.isAsking,
				statuses: (this.#mutation.statuses?.(statuses) ?? statuses) as string[],
			},
			answer: (request) => this.#answer(request),
		});
	}

	async #deliver(
		running: Running,
		step: Omit<Extract<Step, { do: 'deliver' }>, 'do' | 'node'>,
	): Promise<void> {
		const { node, waiting } = running;
		const place = Math.floor(step.which * waiting.length);
		const [one] = waiting.splice(place, 1);
		const delivery = one && this.#shop.notification?.(one.object, one.state, one);
		if (!one || !delivery) return;
		this.#answering = () => step.answering;
		const got = await this.#webhookOf(running, step.isFilterBroken).deliver(delivery);
		const delivered = this.#mutation.delivered?.(got) ?? got;
		this.tally.deliveries += 1;
		const isHint = this.#shop.hasHints === true && !one.isSigned;
		const isAsked = this.#shop.isConfirmed && (node.isAsking || isHint);
		const isUnderstood = !step.isFilterBroken && (!isAsked || step.answering === 'right');
		const state = isAsked ? this.#books.get(one.object) : one.state;
		const told = isUnderstood && state ? { object: one.object, state } : undefined;
		const setting = { shop: this.#shop, names: this.#names, node };
		this.#faults(deliveryFaults(setting, delivered, told));
		this.#told(delivered.items?.length ?? 0, one);
		if (delivered.status !== 200 || step.isCut) waiting.push(one);
	}

	#told(items: number, one: Notification): void {
		this.tally.told += items;
		if (one.isTold) this.tally.repeats += items;
		one.isTold = items > 0 || one.isTold === true;
	}

	async #forge(running: Running, { object, how }: Extract<Step, { do: 'forge' }>): Promise<void> {
		const [word] = Object.keys(this.#shop.words).filter((one) => this.#shop.isAnnounced(one));
		const state = { word: word ?? '', at: this.#now };
		const real = this.#shop.notification?.(object, state, { isSigned: true });
		if (!real) return;
		const half = real.body.subarray(0, real.body.length / 2);
		const bodies = { signature: real.body, half, empty: Buffer.alloc(0), list: Buffer.from('[{}]') };
		const wrong = Object.entries(real.headers).map(([name, value]) => [
			name,
			/timestamp|nonce/.test(name) ? value : 'f'.repeat(String(value).length),
		]);
		const headers = how === 'signature' ? Object.fromEntries(wrong) : real.headers;
		const { deliver } = this.#webhookOf(running);
		const got = await deliver({ headers, body: bodies[how] });
		const { status, items } = this.#mutation.delivered?.(got) ?? got;
		this.tally.forgeries += 1;
		if (items) this.#fault(`invented: a forgery with ${how} has started an execution`);
		if (status === 200) this.#fault(`a forgery with ${how} was acknowledged`);
	}

	#stageOf({ node, name }: Running, stored?: Stored): Stage {
		const { provider, watches } = this.#shop.product;
		const statuses = [...node.statuses];
		return stage(
			{
				provider,
				watches,
				credentials: this.#shop.credentials,
				parameters: {
					watch: this.#shop.watch,
					references: this.#shop.references(this.#schedule.objects),
					statuses: (this.#mutation.statuses?.(statuses) ?? statuses) as string[],
				},
				name,
				isDurable: node.isDurable,
				answer: (request) => this.#answer(request),
			},
			stored,
		);
	}

	async #publish(running: Running, answering: Answering[]): Promise<void> {
		running.poller = new Poller(this.#shop, this.#now);
		running.stage = this.#stageOf(running);
		await this.#watched(running, answering, (own) => own.start());
		running.poller.store();
	}

	async #restart(running: Running, answering: Answering[]): Promise<void> {
		const { stage: before, poller, node } = running;
		if (!before || !poller) return;
		this.tally.restarts += 1;
		poller.recall();
		const stored = this.#mutation.stored?.(before.stored, running.name !== 'Trigger') ?? before.stored;
		running.stage = this.#stageOf(running, stored);
		await this.#watched(running, answering, (own) => own.start());
		if (!node.isDurable || !before.stored.cursor) poller.store();
	}

	async #poll(running: Running, answering: Answering[], dies?: 'before' | 'between'): Promise<void> {
		const { stage: own, poller, node } = running;
		if (!own || !poller) return;
		own.dies = dies;
		const items = await this.#watched(running, answering, (one) => one.tick(), dies);
		const hasDied = dies !== undefined && own.dies === undefined;
		own.dies = undefined;
		if (hasDied) {
			// Without durable cursors n8n may have stored the memory, and not the execution.
			if (dies === 'between' && !node.isDurable) poller.store();
			await this.#restart(
				running,
				this.#schedule.objects.map(() => 'right'),
			);
		} else if (node.isDurable || items > 0) poller.store();
	}

	/** One poll, judged. @returns how many items it gave */
	async #watched(
		running: Running,
		answering: Answering[],
		run: (own: Stage) => Promise<void>,
		dies?: 'before' | 'between',
	): Promise<number> {
		const { stage: own, poller, node } = running;
		if (!own || !poller) return 0;
		const { objects } = this.#schedule;
		// A list has one answer.
		this.#answering = ([first = '1', ...more]) =>
			(this.#shop.isNamed && more.length === 0 ? answering[objects.indexOf(first)] : answering[0]) ?? 'right';
		this.#answered = new Set();
		const already = own.emitted.length;
		await run(own);
		this.tally.polls += 1;
		const items = own.emitted.slice(already).map(({ json }) => this.#mutation.item?.(json) ?? json);
		const expected = poller.answered([...this.#answered], this.#books, this.#now);
		const hasDied = dies !== undefined && own.dies === undefined;
		if (hasDied) {
			if (dies === 'between' && !node.isDurable) this.tally.lostInCrash += expected.size;
			if (items.length > 0) this.#fault('invented: n8n was not there');
			return 0;
		}
		this.#faults(pollFaults({ shop: this.#shop, names: this.#names, node }, items, expected));
		this.tally.told += items.length;
		return items.length;
	}

	#faults(all: readonly string[]): void {
		for (const one of all) this.#fault(one);
	}

	#fault(text: string): void {
		this.tally.violations.push(`Seed ${this.#schedule.seed}, ${this.#shop.name}: ${text}`);
	}
}
