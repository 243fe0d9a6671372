import type { Answer, ReceivedRequest, Sandbox } from '../../../sandbox/index.mts';
import type { Network } from '../../engine/harness/index.mts';
import type { operationFinder } from '../../engine/setting.mts';
import type { Target } from './cases/index.mts';
import { asThen, pretended } from './rollback.mts';
import type { Schedule } from './schedule.mts';
import type { SimulatedTime } from './time.mts';
import type { Alteration, Role, Twist } from './twist.mts';

/** A request that met a fault before it arrived. */
export interface Lost {
	operation: string;
	fault: string;
}

export interface Places {
	sandbox: Sandbox;
	time: SimulatedTime;
	operationOf: ReturnType<typeof operationFinder>;
	/** An address that no request may reach. */
	trap: string;
	/** A secret that the provider must not repeat. */
	secret: string;
	twist: Twist | undefined;
}

/** The way between the node and the provider during one schedule: its faults, and what happens meanwhile. */
export class Way {
	readonly lost: Lost[] = [];
	/** What was done to answers. */
	readonly altered = new Map<ReceivedRequest, Alteration>();
	readonly #arrivals = new Map<Role, number>();
	readonly #schedule: Schedule;
	readonly #places: Places;
	readonly #tags: readonly string[];
	/** Runs the other worker. */
	readonly #race: () => Promise<void>;
	/** Called for each accepted send. */
	readonly #made: (request: ReceivedRequest) => Promise<void>;
	#called = 0;
	#arrived = 0;
	#sent = 0;
	#isRacing = false;

	constructor(
		schedule: Schedule,
		tags: readonly string[],
		places: Places,
		{ race, made }: { race: () => Promise<void>; made: (request: ReceivedRequest) => Promise<void> },
	) {
		this.#schedule = schedule;
		this.#tags = tags;
		this.#places = places;
		this.#race = race;
		this.#made = made;
		for (const { on, ...plan } of schedule.faults) {
			const { target } = schedule;
			const { endpoint, lookup, login, confirm } = target;
			const operation = { send: endpoint, lookup, login, confirm }[on];
			if (operation === undefined) continue;
			const location = plan.kind === 'redirect' ? { location: this.#redirect(target, plan.status) } : {};
			places.sandbox.fault({ ...plan, ...location, provider: target.provider, operation });
		}
	}

	/** Called when a request is signed and ready to leave. */
	readonly network: Network = (request) => {
		const { sandbox, time, operationOf, twist } = this.#places;
		const { clock, target } = this.#schedule;
		twist?.leaves?.();
		this.#called += 1;
		if (clock?.nth === this.#called) time.skew = clock.milliseconds;
		const operation = operationOf(request);
		if (operation === undefined) return undefined;
		const provider = sandbox[target.provider];
		const broken = provider.takeAddressFault(operation);
		if (broken === undefined) return undefined;
		const [fault = ''] = Object.entries(provider.brokenAddresses).find(([, url]) => url === broken.url) ?? [];
		this.lost.push({ operation, fault });
		return broken.url;
	};

	/** Called when a request has arrived, before the provider carries it out. */
	async intercept(request: ReceivedRequest, serve: () => Promise<Answer>): Promise<Answer> {
		if (this.#isRacing) return await serve();
		const { target, race, oddity } = this.#schedule;
		this.#arrived += 1;
		const isSend = request.operation === target.endpoint;
		if (isSend) this.#sent += 1;
		if (oddity.kind === 'late' && isSend && this.#sent === oddity.nth) {
			return await this.#late(serve, oddity.milliseconds);
		}
		const isNow = race?.nth === this.#arrived;
		if (isNow && race.when === 'before') await this.#runRace();
		const answer = await this.#answered(request, serve);
		if (isSend && answer.verdict.kind === 'accepted') await this.#made(request);
		if (isNow && race.when === 'after') await this.#runRace();
		return this.#odd(answer, request);
	}

	/** The answer as the schedule's kind wants it. */
	#answered(request: ReceivedRequest, serve: () => Promise<Answer>): Promise<Answer> {
		const { sandbox, time, twist } = this.#places;
		if (!twist?.answer) return serve();
		const { provider } = this.#schedule.target;
		const keeper = sandbox[provider];
		const role = this.#roleOf(request);
		const nth = (this.#arrivals.get(role) ?? 0) + 1;
		this.#arrivals.set(role, nth);
		const tag = this.#tags.find((one) => `${request.url} ${request.body}`.includes(one));
		const alter = (how: Alteration) => void this.altered.set(request, how);
		const arrival = {
			request,
			role,
			tag,
			nth,
			serve,
			pretend: () => pretended(keeper, request, serve),
			remember: () => asThen(keeper),
			now: time.now,
		};
		return twist.answer(arrival, alter);
	}

	#roleOf({ operation }: ReceivedRequest): Role {
		const { endpoint, lookup, login, confirm } = this.#schedule.target;
		const roles = { send: endpoint, lookup, login, confirm };
		const role = (['send', 'lookup', 'login', 'confirm'] as const).find((one) => roles[one] === operation);
		return operation === undefined ? 'other' : (role ?? 'other');
	}

	#odd(answer: Answer, { operation }: ReceivedRequest): Answer {
		const { target, oddity } = this.#schedule;
		const isKnown =
			operation !== undefined && [target.endpoint, target.lookup, target.confirm].includes(operation);
		if (oddity.kind === 'other-object' && operation === target.lookup) return this.#ofAnotherObject(answer);
		if (oddity.kind === 'error-key' && isKnown) {
			return { ...answer, body: answer.body.replace(/\{(?=")/g, '{"error":"",') };
		}
		if (oddity.kind === 'echo' && isKnown && answer.verdict.kind === 'refused') {
			const said = `: "${this.#places.secret}"`;
			return { ...answer, body: answer.body.replace(/: ?"[^"\\]* [^"\\]*"/g, said) };
		}
		return answer;
	}

	/** Delays the request for so long that the node has given up. */
	#late(serve: () => Promise<Answer>, milliseconds: number): Promise<Answer> {
		return new Promise((resolve, reject) => {
			this.#places.time.after(milliseconds, () => void serve().then(resolve, reject));
		});
	}

	async #runRace(): Promise<void> {
		this.#isRacing = true;
		// If a second answer were held back, the time of the first request would pass.
		this.#places.sandbox.clearFaults();
		// The other worker takes no time, so the first request is under way no longer than without it.
		const goOn = this.#places.time.freeze();
		await this.#race();
		goOn();
		this.#isRacing = false;
	}

	/**
	 * Changes the answer, as if it were about another reference. In a list, the reference is written in capitals: a whole
	 * list of other references is the documented proof that ours is not there, so a provider that hides it under another
	 * one deceives every client.
	 */
	#ofAnotherObject(answer: Answer): Answer {
		const { isFoundInList } = this.#schedule.target;
		const other = (tag: string) => (isFoundInList ? tag.toUpperCase() : /^\d+$/.test(tag) ? '1' : 'another');
		const renamed = (body: string, tag: string) => body.replaceAll(tag, other(tag));
		return { ...answer, body: this.#tags.reduce(renamed, answer.body) };
	}

	/** The target of a redirect. Half of them lead back to the provider, which would carry the request out again. */
	#redirect({ provider, row }: Target, status = 307): string {
		const { sandbox, trap } = this.#places;
		const path = row.request.split(' ')[1] ?? '/';
		return `${status % 2 === 0 ? trap : sandbox[provider].url}${path}`;
	}
}
