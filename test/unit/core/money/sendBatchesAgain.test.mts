import type { IDataObject } from 'n8n-workflow';
import type { JsonObject } from '../../../../core/exact/json.ts';
import type { Operation } from '../../../../core/provider/operation.ts';
import { getBatch, massPayout, recipients } from './exampleBatch.mts';
import { NOTHING, type Call, type Reply } from '../../examplePay.mts';
import { cut, moneyStage, sendsIn } from '../../moneyStage.mts';

afterEach(() => jest.restoreAllMocks());

const five = recipients('TA', 'TB', 'TC', 'TD', 'TE');
const four = five.slice(0, 4);

/** The provider makes each batch that it gets, also a second time, and shows it by its ID unless its list lags. */
function stageOf(operation: Operation = massPayout) {
	const made: JsonObject[] = [];
	const fault: { before?: string; after?: string; lags?: boolean } = {};
	const make = (body: JsonObject): Reply => {
		if (body.batch_id === fault.before) return cut();
		made.push(body);
		return body.batch_id === fault.after ? cut() : { body: { data: body } };
	};
	const respond = ({ line, body }: Call): Reply => {
		if (!line.startsWith('GET')) return make(body);
		const found = made.find(({ batch_id: id }) => line === `GET /batches/${String(id)}`);
		return { body: found && !fault.lags ? { data: found } : NOTHING };
	};
	const stage = moneyStage({ operation, respond, more: [getBatch] });
	const ids = () => made.map(({ batch_id: id }) => id);
	/** A new execution with these recipients. */
	const run = (items: IDataObject[], options: IDataObject = {}) =>
		stage.execution().run(items, { options, continueOnFail: true });
	return { ...stage, made, ids, fault, run };
}

const told = (items: IDataObject[]) => items.map(({ outcome, code }) => (code ? [outcome, code] : [outcome]));

describe('a mass payment that was cut off', () => {
	it('is finished by a new execution, which pays nobody twice', async () => {
		const { run, ids, fault } = stageOf();
		fault.before = 'pay_2';
		await run(five);
		delete fault.before;
		const { items } = await run(five);
		expect(ids()).toEqual(['pay_1', 'pay_2', 'pay_3']);
		expect(items.map(({ outcome, replayed }) => [outcome, replayed])).toEqual([
			['applied', true],
			['applied', true],
			['applied', undefined],
			['applied', undefined],
			['applied', undefined],
		]);
	});

	it('is finished too where the answer to a batch was lost after it was paid', async () => {
		const { run, ids, fault } = stageOf();
		Object.assign(fault, { after: 'pay_2', lags: true });
		await run(five);
		Object.assign(fault, { after: undefined, lags: false });
		await run(five);
		expect(ids()).toEqual(['pay_1', 'pay_2', 'pay_3']);
	});

	it('shows in a preview what is left', async () => {
		const { run, fault } = stageOf();
		fault.before = 'pay_2';
		await run(five);
		const ran = await run(five, { preview: true });
		expect(sendsIn(ran)).toBe(0);
		expect(ran.items.map(({ sentBefore }) => sentBefore)).toEqual(['yes', 'yes', 'no', 'no', 'no']);
		expect(ran.items[4]).toMatchObject({ alreadySent: 2, toSend: 3, totalsToSend: { USDT: '30' } });
	});
});

describe('a mass payment that is repeated otherwise', () => {
	it('takes new recipients behind full batches', async () => {
		const { run, ids } = stageOf();
		await run(four);
		await run(five);
		expect(ids()).toEqual(['pay_1', 'pay_2', 'pay_3']);
	});

	it('takes none into a batch that was not full, and pays nobody', async () => {
		const { run, ids } = stageOf();
		await run(five);
		const { items } = await run([...five, ...recipients('TF')]);
		expect(ids()).toEqual(['pay_1', 'pay_2', 'pay_3']);
		expect(told(items).slice(4)).toEqual([
			['unknown', 'reference_in_use'],
			['unknown', 'reference_in_use'],
		]);
	});

	it('in batches of another size pays nobody', async () => {
		const { run, ids } = stageOf();
		await run(five);
		const { items } = await run(five, { most: 3 });
		expect(ids()).toEqual(['pay_1', 'pay_2', 'pay_3']);
		expect(items[0]).toMatchObject({ outcome: 'unknown', code: 'reference_in_use' });
	});

	it.each<[string, IDataObject]>([
		['amount', { amount: '11' }],
		['address', { address: 'TX' }],
	])('with another %s in the last batch does not pay that one again', async (_what, change) => {
		const { run, ids } = stageOf();
		await run(five);
		const { items } = await run(five.map((one, item) => (item === 4 ? { ...one, ...change } : one)));
		expect(ids()).toEqual(['pay_1', 'pay_2', 'pay_3']);
		expect(told(items)).toEqual([...Array(4).fill(['applied']), ['unknown', 'reference_in_use']]);
	});
});

describe('a mass payment that n8n remembers too', () => {
	const both: Operation = { ...massPayout, once: { remembered: true } };

	it('pays nobody twice where the list of the provider lags', async () => {
		const { run, ids, fault } = stageOf(both);
		await run(five);
		fault.lags = true;
		const { items } = await run(five);
		expect(ids()).toEqual(['pay_1', 'pay_2', 'pay_3']);
		expect(told(items)).toEqual(Array(5).fill(['applied', 'remembered']));
	});

	it('pays nobody twice where two executions run at the same moment', async () => {
		const { run, ids } = stageOf(both);
		await Promise.all([run(five), run(five)]);
		expect(ids().sort()).toEqual(['pay_1', 'pay_2', 'pay_3']);
	});

	it("sends nothing where n8n's database does not answer, and calls nothing refused", async () => {
		const { run, ids, database } = stageOf(both);
		database.isDown = true;
		const { items } = await run(five);
		expect(ids()).toEqual([]);
		expect(told(items)).toEqual(Array(5).fill(['unknown', 'not_checked']));
	});

	it('sends what a person has found unpaid, batch by batch', async () => {
		const { run, ids, fault } = stageOf(both);
		fault.before = 'pay_1';
		await run(five);
		delete fault.before;
		expect(sendsIn(await run(five))).toBe(0);
		await run(five, { checkedNotPaid: 'pay_1' });
		expect(ids()).toEqual(['pay_1', 'pay_2', 'pay_3']);
	});
});

describe('Stop', () => {
	it('before the first batch sends none, and no batch is called refused', async () => {
		const { execution, calls } = stageOf();
		const { items } = await execution().run(five, { stop: AbortSignal.abort(), continueOnFail: true });
		expect(calls).toEqual([]);
		expect(told(items)).toEqual(Array(5).fill(['unknown', 'not_checked']));
	});

	it('before a batch that nobody can be asked about calls it not sent', async () => {
		const { execution } = stageOf({ ...massPayout, lookup: undefined });
		const { items } = await execution().run(five, { stop: AbortSignal.abort(), continueOnFail: true });
		expect(told(items)).toEqual(Array(5).fill(['rejected', 'not_sent']));
	});

	it('while a batch is sent leaves it unknown and keeps the rest back, and a new execution pays only the rest', async () => {
		const stop = new AbortController();
		const { execution, ids, run, made } = stageOf();
		const push = made.push.bind(made);
		made.push = (...bodies) => {
			stop.abort();
			return push(...bodies);
		};
		const { items } = await execution().run(five, { stop: stop.signal, continueOnFail: true });
		expect(told(items)).toEqual([
			...Array(2).fill(['unknown']),
			...Array(3).fill(['unknown', 'not_checked']),
		]);
		await run(five);
		expect(ids()).toEqual(['pay_1', 'pay_2', 'pay_3']);
	});
});
