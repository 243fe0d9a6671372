import type { ReceivedRequest, Sandbox } from '../../../../sandbox/index.mts';
import type { WorkflowResult } from '../../../engine/harness/index.mts';
import { OTHER } from '../cases/case.mts';
import type { Ran } from '../runs.mts';
import type { Schedule } from '../schedule.mts';
import type { Execution } from '../execution.mts';
import { announcerOf, type Announcement, type Announcer } from './announcers.mts';
import { WaitingExecutions, type Entry, type Lent } from './executions.mts';
import { REPEAT_MS, type PlannedEvent, type WaitPlan } from './plan.mts';
import type { Call, Sleep, Waited } from './waited.mts';

/** What happens to the executions of a schedule while they sleep. */
export class Course {
	readonly #plan: WaitPlan;
	readonly #announcer: Announcer;
	readonly #executions: WaitingExecutions;
	readonly #lent: Omit<Lent, 'waitFor'>;
	/** The genuine announcements, which can be repeated. */
	readonly #announced: Announcement[] = [];
	/** The announcements that nobody has acknowledged yet. */
	readonly #pending: Announcement[] = [];
	#planned = 0;
	#made = 0;

	constructor({ target }: Schedule, plan: WaitPlan, sandbox: Sandbox, lent: Omit<Lent, 'waitFor'>) {
		this.#plan = plan;
		this.#lent = lent;
		this.#announcer = announcerOf(target.provider, sandbox);
		this.#executions = new WaitingExecutions(this.#announcer, { ...lent, waitFor: plan.waitFor });
	}

	get waited(): Waited {
		return this.#executions.waited;
	}

	/** Stores the result of a run of n8n. `earlier` runs of the node ended in a run before it. */
	store(execution: Execution, result: WorkflowResult, isElsewhere: boolean, earlier: number): Ran {
		return this.#executions.store(execution, result, isElsewhere, earlier);
	}

	/** Called for each accepted send. Some are announced while the execution still runs. */
	async made({ url, body }: ReceivedRequest, tags: readonly string[]): Promise<void> {
		this.#made += 1;
		if (this.#plan.early === undefined || this.#made % this.#plan.early !== 0) return;
		const tag = tags.find((one) => `${url} ${body}`.includes(one));
		const announcement =
			tag === undefined ? undefined : this.#announcer.announce({ tag }, 'final', this.#made);
		if (!announcement) return;
		this.waited.events.push('early');
		await this.#tell('early', announcement);
	}

	/** Plays everything that is planned for an execution, until it sleeps no more. */
	async play(execution: Execution): Promise<void> {
		const entry = this.#executions.entryOf(execution);
		while (entry?.sleep) {
			const { sleep } = entry;
			for (const announcement of this.#pending.splice(0)) await this.#repeat(announcement);
			const events = this.#plan.sleeps[this.#planned % this.#plan.sleeps.length] ?? [];
			this.#planned += 1;
			for (const event of events) {
				await this.#executions.pass(event.pause);
				await this.#happen(event, entry, sleep);
			}
			if (entry.sleep === sleep) await this.#executions.untilWoken(entry, sleep);
		}
	}

	/** Lets the executions of other workers sleep until their time limit. */
	async end(): Promise<void> {
		await this.#executions.end();
	}

	async #happen({ kind, way }: PlannedEvent, entry: Entry, { tag }: Sleep): Promise<void> {
		const asked = { tag, executionId: entry.last.executionId };
		this.waited.events.push(kind);
		switch (kind) {
			case 'after':
			case 'early':
				return await this.#tell(kind, this.#announcer.announce(asked, 'final', way));
			case 'open':
				return await this.#tell(kind, this.#announcer.announce(asked, 'open', way));
			case 'lost':
				return void this.#announcer.announce(asked, 'final', way);
			case 'twice': {
				const announcement = this.#announcer.announce(asked, 'final', way);
				await this.#tell(kind, announcement);
				return await this.#tell(kind, announcement);
			}
			case 'simultaneous': {
				const announcement = this.#announcer.announce(asked, 'final', way);
				if (announcement) await this.#executions.call([announcement, announcement], 'simultaneous', 'true');
				return;
			}
			case 'forged': {
				const proof = (['wrong', 'none', 'of another text'] as const)[way % 3];
				const announcement = this.#announcer.pretend(asked);
				if (announcement && proof) await this.#executions.call([announcement], kind, proof);
				return;
			}
			case 'other': {
				const other = this.#announcer.announce({ tag: OTHER }, 'final', way);
				const own = this.#announcer.pretend(asked);
				if (other && own) await this.#executions.call([{ ...other, url: own.url }], kind, 'true');
				return;
			}
			case 'again': {
				const before = this.#announced[way % Math.max(1, this.#announced.length)];
				return await this.#tell(kind, before);
			}
			case 'killed':
				entry.node = await this.#lent.newProcess();
				return;
			case 'never':
		}
	}

	/** Delivers a genuine announcement. The provider repeats it until somebody acknowledges it. */
	async #tell(kind: Call['kind'], announcement: Announcement | undefined): Promise<void> {
		if (!announcement) return;
		this.#announced.push(announcement);
		const isTaken = await this.#executions.call([announcement], kind, 'true');
		if (isTaken) return;
		if (kind === 'early') this.#pending.push(announcement);
		else await this.#repeat(announcement);
	}

	async #repeat(announcement: Announcement): Promise<void> {
		for (let left = this.#plan.repeats; left > 0; left -= 1) {
			await this.#executions.pass(REPEAT_MS);
			if (await this.#executions.call([announcement], 'repeated', 'true')) return;
		}
	}
}
