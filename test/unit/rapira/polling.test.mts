import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { generateKeyPairSync } from 'node:crypto';
import { clock } from '../../../core/clock.ts';
import { rapira } from '../../../nodes/Rapira/provider.ts';
import { RapiraPollingTrigger } from '../../../nodes/Rapira/RapiraPollingTrigger.node.ts';
import { watches } from '../../../nodes/Rapira/watches.ts';
import { type Play, stage, type Stored } from '../pollingStage.mts';

const privateKey = generateKeyPairSync('rsa', { modulusLength: 2048 })
	.privateKey.export({ type: 'pkcs8', format: 'pem' })
	.toString();

const DAY = 24 * 60 * 60 * 1000;
let now = Date.parse('2026-11-20T12:00:00Z');
let naps: number[] = [];
let accounts = 0;

beforeEach(() => {
	naps = [];
	jest.spyOn(clock, 'now').mockImplementation(() => now);
	jest.spyOn(clock, 'sleep').mockImplementation((milliseconds) => {
		naps.push(milliseconds);
		now += milliseconds;
		return Promise.resolve();
	});
});
afterEach(() => jest.restoreAllMocks());

type Row = Record<string, unknown> & { id: number };
type Answer = ReturnType<Play['answer']>;

/** Rapira with a list that changes between two polls, or between two pages of one. */
class Desk {
	/** Newest first. */
	rows: Row[] = [];
	/** The time and the kind of each request. */
	readonly calls: { at: number; what: string }[] = [];
	/** Where it gives an answer, that answer replaces the list. */
	instead: (call: number) => Answer | undefined = () => undefined;
	afterPage: (page: number) => void = () => undefined;
	/** The number of the first page; below it, the first page too. */
	first = 1;
	/** Whether the page number counts. */
	pages = true;
	total = true;
	readonly credentials = {
		uid: `00000000-0000-4000-8000-${String((accounts += 1)).padStart(12, '0')}`,
		privateKey,
		baseUrl: 'https://api.rapira.net',
		token: '',
	};
	#lists = 0;
	#tokens = 0;

	play(parameters: IDataObject = {}, stored?: Stored, mode?: Play['mode']) {
		const own = { watch: 'payouts', ...parameters };
		const answer = (request: IHttpRequestOptions) => this.#answer(request);
		const { credentials } = this;
		const parts = { provider: rapira, watches, credentials, parameters: own, answer };
		return stage({ ...parts, ...(mode && { mode }) }, stored);
	}

	get logins() {
		return this.calls.filter(({ what }) => what === 'login').length;
	}

	get listed() {
		return this.calls.map(({ what }) => what).filter((what) => what !== 'login');
	}

	add(id: number, change: Record<string, unknown> = {}) {
		this.rows.unshift(row(id, change));
	}

	change(id: number, change: Record<string, unknown>) {
		this.rows = this.rows.map((one) => (one.id === id ? { ...one, ...change } : one));
	}

	#answer({ url, body }: IHttpRequestOptions): Answer {
		if (url.endsWith('/open/generate_jwt')) {
			this.calls.push({ at: now, what: 'login' });
			return { body: JSON.stringify({ token: `eyJhbGciOiJ.c2VjcmV0.token${(this.#tokens += 1)}` }) };
		}
		const isDeposits = url.includes('/open/deposit/records');
		const asked = isDeposits ? new URLSearchParams(String(body)) : new URL(url).searchParams;
		this.calls.push({ at: now, what: `${isDeposits ? 'deposits' : 'payouts'} ${String(asked)}` });
		const instead = this.instead((this.#lists += 1));
		if (instead) return instead;
		const number = Number(asked.get('pageNo'));
		const size = Number(asked.get('pageSize'));
		const page = this.pages ? Math.max(0, number - this.first) : 0;
		const content = this.rows.slice(page * size, (page + 1) * size);
		const totalElements = this.rows.length;
		this.afterPage(number);
		const answer = isDeposits
			? { code: 0, message: 'SUCCESS', data: { content } }
			: { content, ...(this.total && { totalElements }) };
		return { body: JSON.stringify(answer) };
	}
}

function row(id: number, change: Record<string, unknown> = {}): Row {
	return {
		id,
		totalAmount: 10.5,
		fee: 2,
		arrivedAmount: 8.5,
		status: 'PROCESSING',
		token: 'TRX_USDT',
		chain: 'TRX',
		address: 'TA1',
		createTime: wall(now),
		dealTime: null,
		endTime: null,
		transactionNumber: null,
		...change,
	};
}

const wall = (time: number) => new Date(time).toISOString().slice(0, 19).replace('T', ' ');
const idsFrom = (first: number, count: number) => Array.from({ length: count }, (_, index) => first + index);
const idsOf = ({ emitted }: { emitted: { json: IDataObject }[] }) =>
	emitted.map(({ json }) => Number(json.id));
const ascending = (ids: number[]) => ids.toSorted((one, other) => one - other);

describe('payouts', () => {
	it('that are new or changed after the start come each once, oldest first', async () => {
		const desk = new Desk();
		desk.add(1);
		const play = desk.play();
		await play.start();
		expect(play.emitted).toEqual([]);
		desk.change(1, { status: 'SUCCESS', endTime: wall(now), transactionNumber: 'hash' });
		for (const id of [2, 3]) desk.add(id, { createTime: wall(now - DAY / 2) });
		await play.tick();
		await play.tick();
		expect(idsOf(play)).toEqual([2, 3, 1]);
		expect(play.emitted[2]?.json).toMatchObject({
			event: 'payout',
			kind: 'payout',
			status: 'succeeded',
			final: true,
			amount: '10.5',
			txHash: 'hash',
			raw: { id: 1, status: 'SUCCESS' },
		});
		expect(new Set(play.emitted.map(({ json }) => json.eventId)).size).toBe(3);
		expect(play.failures).toEqual([]);
	});

	it('come once when 3 pages shift while they are read, and none is missed', async () => {
		const desk = new Desk();
		const play = desk.play();
		await play.start();
		for (const id of idsFrom(1, 250)) desk.add(id);
		let next = 251;
		desk.afterPage = (page) => {
			if (page < 3) for (let count = 0; count < 30; count += 1) desk.add(next++);
		};
		await play.tick();
		desk.afterPage = () => undefined;
		await play.tick();
		await play.tick();
		expect(ascending(idsOf(play))).toEqual(idsFrom(1, 310));
	});

	it.each([true, false])('end when the page number is not heeded (with a total: %p)', async (total) => {
		const desk = new Desk();
		for (const id of idsFrom(1, 250)) desk.add(id);
		Object.assign(desk, { pages: false, total });
		// Something changes in each answer, so that no page is word for word the one before.
		desk.instead = (call) => void desk.change(250, { remark: String(call) });
		const play = desk.play({ emitExisting: true });
		await play.start();
		expect(desk.listed).toHaveLength(2);
		expect(ascending(idsOf(play))).toEqual(idsFrom(151, 100));
	});

	it('are read with ids beyond 2^53 exactly', async () => {
		const desk = new Desk();
		desk.instead = () => ({ body: '{"content":[{"id":963936310324625409,"status":"CREATE"}]}' });
		const play = desk.play({ emitExisting: true });
		await play.start();
		expect(play.emitted[0]?.json.id).toBe('963936310324625409');
	});

	it('are shown in the editor: the newest', async () => {
		const desk = new Desk();
		for (const id of [1, 2, 3]) desk.add(id);
		const play = desk.play({}, undefined, 'manual');
		await play.start();
		expect(idsOf(play)).toEqual([3]);
	});
});

describe('the days, with times that have no zone', () => {
	/** 1000 payouts, one an hour. */
	function old(): Desk {
		const desk = new Desk();
		for (const id of idsFrom(1, 1000)) desk.add(id, { createTime: wall(now - (1000 - id) * 3_600_000) });
		return desk;
	}

	it('end the reading, and what comes into sight below is remembered, not emitted', async () => {
		const desk = old();
		const play = desk.play({ days: 7 });
		await play.start();
		expect(desk.listed).toHaveLength(3);
		// Pages now end elsewhere: the last one reaches 40 payouts that were never read.
		for (const id of idsFrom(1001, 60)) desk.add(id);
		desk.change(850, { status: 'SUCCESS' });
		await play.tick();
		expect(ascending(idsOf(play))).toEqual([850, ...idsFrom(1001, 60)]);
		desk.change(701, { status: 'SUCCESS' });
		desk.change(661, { status: 'SUCCESS' });
		for (const id of idsFrom(1061, 60)) desk.add(id);
		await play.tick();
		await play.tick();
		// What is remembered has changes as anything else has.
		expect(ascending(idsOf(play))).toEqual([661, 701, 850, ...idsFrom(1001, 120)]);
	});

	it('leave out no row that was read: what is new by its id comes, whatever its time', async () => {
		const desk = old();
		const play = desk.play({ days: 1 });
		await play.start();
		const odd = ['2020-01-01 00:00:00', '2099-01-01 00:00:00', 'soon', '', null, 1, wall(now + DAY / 2)];
		for (const [index, createTime] of odd.entries()) desk.add(1001 + index, { createTime });
		await play.tick();
		expect(ascending(idsOf(play))).toEqual(idsFrom(1001, odd.length));
	});

	it.each([
		[-12, 'behind'],
		[14, 'ahead'],
	])('reach far enough when they are meant %i hours from UTC (%s)', async (hours) => {
		const desk = new Desk();
		// 150 of the last 24 hours by a clock of that zone, and older ones.
		for (const id of idsFrom(1, 400))
			desk.add(id, { createTime: wall(now + hours * 3_600_000 - (400 - id) * ((DAY - 60_000) / 150)) });
		const play = desk.play({ days: 1 });
		await play.start();
		desk.change(251, { status: 'SUCCESS' });
		await play.tick();
		expect(idsOf(play)).toEqual([251]);
	});

	it('are not trusted when the ids do not fall: then the list is read to its end', async () => {
		const desk = old();
		desk.rows.reverse();
		const play = desk.play({ days: 1 });
		await play.start();
		expect(desk.listed).toHaveLength(10);
		desk.change(990, { status: 'SUCCESS' });
		await play.tick();
		expect(idsOf(play)).toEqual([990]);
	});

	it('count from the last poll: after 30 days without n8n, 20 changes come all, each once', async () => {
		const desk = old();
		const first = desk.play({ days: 2 });
		await first.start();
		const kept = first.stored;
		now += 30 * DAY;
		for (const id of idsFrom(981, 10)) desk.change(id, { status: 'SUCCESS' });
		for (const id of idsFrom(1001, 10)) desk.add(id, { createTime: wall(now - 29 * DAY) });
		for (const id of idsFrom(2001, 300)) desk.add(id, { createTime: wall(now) });
		const second = desk.play({ days: 2 }, kept);
		await second.start();
		await second.tick();
		const wanted = [...idsFrom(981, 10), ...idsFrom(1001, 10), ...idsFrom(2001, 300)];
		expect(ascending(idsOf(second))).toEqual(wanted);
	});
});

describe('a restart', () => {
	it('finds 20 changes that were made meanwhile, once, and restarted thrice nothing more', async () => {
		const desk = new Desk();
		for (const id of idsFrom(1, 30)) desk.add(id);
		const first = desk.play();
		await first.start();
		for (const id of idsFrom(1, 10)) desk.change(id, { status: 'FAIL' });
		for (const id of idsFrom(31, 10)) desk.add(id);
		let kept = first.stored;
		const emitted: number[] = [];
		for (let restart = 0; restart < 3; restart += 1) {
			const play = desk.play({}, kept);
			await play.start();
			await play.tick();
			emitted.push(...idsOf(play));
			kept = play.stored;
		}
		expect(ascending(emitted)).toEqual([...idsFrom(1, 10), ...idsFrom(31, 10)]);
	});

	it('with another watch begins anew: what was there before is not new', async () => {
		const desk = new Desk();
		for (const id of [1, 2]) desk.add(id);
		const first = desk.play();
		await first.start();
		const second = desk.play({ watch: 'deposits' }, first.stored);
		await second.start();
		expect(second.emitted).toEqual([]);
		desk.add(3, { status: 'MEMPOOL' });
		await second.tick();
		expect(idsOf(second)).toEqual([3]);
	});
});

describe('a status that nobody knows', () => {
	it('is never final, comes once for each word, and does not hide what follows', async () => {
		const desk = new Desk();
		const play = desk.play();
		await play.start();
		desk.add(1, { status: 'FROZEN' });
		await play.tick();
		await play.tick();
		for (const status of ['THAWED', 'SUCCESS', 'PROCESSING']) {
			desk.change(1, { status });
			await play.tick();
		}
		desk.change(1, { status: 'SUCCESS', endTime: wall(now) });
		await play.tick();
		expect(play.emitted.map(({ json }) => [json.providerStatus, json.status, json.final])).toEqual([
			['FROZEN', 'unknown', false],
			['THAWED', 'unknown', false],
			['SUCCESS', 'succeeded', true],
			['PROCESSING', 'processing', false],
			['SUCCESS', 'succeeded', true],
		]);
		expect(new Set(play.emitted.map(({ json }) => json.eventId)).size).toBe(5);
	});
});

describe('deposits', () => {
	const paid = (id: number, change: object = {}) => ({
		status: 'PENDING_AML',
		amount: 100.5,
		unit: 'USDT',
		txid: `t${id}`,
		createTimeTimestamp: Math.floor(now / 1000),
		...change,
	});

	it('are asked for from page 0, in a form, narrowed by address and coin', async () => {
		const desk = new Desk();
		desk.first = 0;
		const play = desk.play({ watch: 'deposits', address: ' TA1 ', coin: 'usdt' });
		await play.start();
		desk.add(1, paid(1));
		await play.tick();
		desk.change(1, { status: 'SUCCESS', confirmations: 20 });
		await play.tick();
		expect(play.requests.at(-1)).toMatchObject({
			method: 'POST',
			headers: { 'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8' },
		});
		for (const asked of desk.listed)
			expect(Object.fromEntries(new URLSearchParams(asked.replace('deposits ', '')))).toEqual({
				address: 'TA1',
				unit: 'usdt',
				pageNo: '0',
				pageSize: '100',
			});
		expect(play.emitted.map(({ json }) => [json.event, json.status])).toEqual([
			['deposit', 'processing'],
			['deposit', 'succeeded'],
		]);
	});

	it.each([0, 1])('come all, each once, when their first page is really %i', async (first) => {
		const desk = new Desk();
		desk.first = first;
		const play = desk.play({ watch: 'deposits' });
		await play.start();
		for (const id of idsFrom(1, 250)) desk.add(id, paid(id));
		await play.tick();
		await play.tick();
		expect(ascending(idsOf(play))).toEqual(idsFrom(1, 250));
	});

	it('do not come again for confirmations alone', async () => {
		const desk = new Desk();
		const play = desk.play({ watch: 'deposits' });
		await play.start();
		desk.add(1, paid(1, { status: 'PENDING_CONFIRMATIONS', confirmations: 1 }));
		await play.tick();
		desk.change(1, { confirmations: 2 });
		await play.tick();
		expect(play.emitted).toHaveLength(1);
	});

	it.each([1, 1000])('are read as far as the days when their time is in units of %i ms', async (unit) => {
		const desk = new Desk();
		desk.first = 0;
		for (const id of idsFrom(1, 500)) {
			const time = now - (500 - id) * 3_600_000;
			desk.add(id, paid(id, { createTimeTimestamp: Math.floor(time / unit) }));
		}
		await desk.play({ watch: 'deposits', days: 1 }).start();
		expect(desk.listed).toHaveLength(2);
	});
});

describe('what goes wrong in the middle', () => {
	function three(): { desk: Desk; play: ReturnType<Desk['play']> } {
		const desk = new Desk();
		const play = desk.play();
		for (const id of idsFrom(1, 250)) desk.add(id);
		return { desk, play };
	}

	it('401: signs in once more and reads on', async () => {
		const { desk, play } = three();
		desk.instead = (call) => (call === 2 ? { status: 401, body: '{"code":401}' } : undefined);
		await play.start();
		expect([desk.logins, desk.listed.length, play.failures]).toEqual([2, 4, []]);
		desk.add(251);
		await play.tick();
		expect([desk.logins, idsOf(play)]).toEqual([2, [251]]);
	});

	it('401 again: says so, and does not go on signing in', async () => {
		const { desk, play } = three();
		desk.instead = () => ({ status: 401, body: '{"code":401,"message":"no"}' });
		await play.start();
		expect([desk.logins, desk.listed.length]).toEqual([2, 2]);
		expect(play.failures).toEqual([expect.stringContaining('Rapira refused Payout: Get Many: no (401)')]);
	});

	it('429: waits as long as Retry-After says, and reads on', async () => {
		const { desk, play } = three();
		desk.instead = (call) =>
			call === 2 ? { status: 429, headers: { 'retry-after': '7' }, body: '{}' } : undefined;
		await play.start();
		expect(naps).toContain(7000);
		expect([desk.listed.length, play.failures]).toEqual([4, []]);
	});

	it.each<[string, Answer, number, string]>([
		['a web page', { body: '<html><body>Attention</body></html>' }, 4, 'with a web page'],
		['nothing', { body: '' }, 4, 'with nothing'],
		['half a list', { body: '{"content":[{"id":1,' }, 4, 'text that is not JSON'],
		['502', { status: 502, body: '<html>' }, 4, '502'],
		['403', { status: 403, body: '{"code":403,"message":"no right"}' }, 1, 'no right'],
		['451', { status: 451, body: '<html>' }, 1, 'the IP address of this machine is blocked (HTTP 451)'],
	])(
		'%s on page 2: shows it, emits nothing, and the next poll has all',
		async (_case, answer, tries, says) => {
			const { desk, play } = three();
			desk.rows = [];
			await play.start();
			for (const id of idsFrom(1, 250)) desk.add(id);
			desk.instead = (call) => (call > 2 ? answer : undefined);
			await play.tick();
			expect(desk.listed).toHaveLength(2 + tries);
			expect(play.emitted).toEqual([]);
			expect(play.failures).toEqual([expect.stringContaining(says)]);
			expect(play.failures.join()).not.toMatch(/eyJ|c2VjcmV0|PRIVATE KEY/);
			desk.instead = () => undefined;
			await play.tick();
			expect(ascending(idsOf(play))).toEqual(idsFrom(1, 250));
		},
	);

	it('an answer without a list is no list that is empty', async () => {
		const { desk, play } = three();
		await play.start();
		desk.instead = () => ({ body: '{"code":500,"message":"later"}' });
		await play.tick();
		expect(play.failures).toHaveLength(1);
		expect(play.emitted).toEqual([]);
	});

	it('a credential that cannot work: shown at each poll, nothing sent', async () => {
		const { desk, play } = three();
		desk.credentials.uid = '';
		await play.start();
		await play.tick();
		expect(play.failures).toHaveLength(2);
		expect(play.requests).toEqual([]);
	});
});

describe('the limits of Rapira', () => {
	/** The most requests in any such span. */
	const most = (calls: readonly { at: number }[], span: number) =>
		Math.max(...calls.map(({ at }) => calls.filter((one) => one.at >= at && one.at < at + span).length));

	it('are kept by three polls of 85 pages, logins counted', async () => {
		const desk = new Desk();
		for (const id of idsFrom(1, 8_500)) desk.add(id);
		const started = now;
		const play = desk.play();
		await play.start();
		await play.tick();
		await play.tick();
		expect(desk.listed.length).toBeGreaterThan(200);
		expect(most(desk.calls, 1_000)).toBe(4);
		expect(most(desk.calls, 60_000)).toBe(90);
		expect(now - started).toBeGreaterThan(2 * 60_000);
	});

	it('are shared by three triggers of one account', async () => {
		const desk = new Desk();
		for (const id of idsFrom(1, 3_000)) desk.add(id);
		const plays = [desk.play(), desk.play(), desk.play({ watch: 'deposits' })];
		await Promise.all(plays.map((play) => play.start()));
		await Promise.all(plays.map((play) => play.tick()));
		expect(desk.logins).toBe(1);
		expect(desk.listed.length).toBeGreaterThan(120);
		expect(most(desk.calls, 1_000)).toBe(4);
		expect(most(desk.calls, 60_000)).toBe(90);
	});
});

describe('the node', () => {
	const { properties } = new RapiraPollingTrigger().description;

	it('is polled by n8n, at the times of Poll Times', () => {
		const node = new RapiraPollingTrigger();
		expect([node.description.polling, 'trigger' in node, 'poll' in node]).toEqual([true, false, true]);
	});

	it('has no two fields of one name', () => {
		const names = properties.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
	});

	it('offers every watch', () => {
		const options = properties.find(({ name }) => name === 'watch')?.options ?? [];
		expect(options.map((option) => 'value' in option && option.value).sort()).toEqual(
			Object.keys(watches).sort(),
		);
	});
});
