import type { Operation } from '../../../../core/provider/operation.ts';
import { exampleBank, NOTHING, payout } from '../../examplePay.mts';
import { cut, linesOf, moneyStage, sendsIn, unreachable, type Respond } from '../../moneyStage.mts';

afterEach(() => jest.restoreAllMocks());

const anna = { reference: 'p_1', amount: '10.5', currency: 'USDT', address: 'TA1' };
const shown = { id: '7', status: 'NEW', ...anna };

const stageOf = (respond: Respond, more: Partial<Operation> = {}) =>
	moneyStage({ operation: { ...payout, ...more }, respond });

/** One run with one payout. The provider answers each request about the reference, and each payout. */
async function paid(asked: Respond, sent: Respond, more: Partial<Operation> = {}) {
	const stage = stageOf((call) => (call.line.startsWith('POST') ? sent(call) : asked(call)), more);
	const ran = await stage.execution().run([anna], { continueOnFail: true });
	return { ...ran, item: ran.items[0] ?? {}, waits: stage.waits };
}

const byReference = { operation: 'payout.get', by: 'reference', field: 'reference' };
const nothing: Respond = () => ({ body: NOTHING });
const made: Respond = () => ({ body: { data: shown } });

describe('a payout', () => {
	it('is looked up by its reference, and then sent once, exactly as it was asked for', async () => {
		const { item, calls } = await paid(nothing, made);
		expect(linesOf({ calls })).toEqual(['GET /payouts/p_1', 'POST /payouts']);
		expect(calls[1]?.body).toEqual(anna);
		expect(item).toMatchObject({ outcome: 'applied', reference: 'p_1', id: '7' });
		expect(item).not.toHaveProperty('replayed');
	});

	it('that an earlier execution has made is not sent', async () => {
		const ran = await paid(made, made);
		expect(sendsIn(ran)).toBe(0);
		expect(ran.item).toMatchObject({ outcome: 'applied', id: '7', replayed: true });
	});

	it.each([{ amount: '10.51' }, { address: 'TB2' }, { currency: 'USDC' }])(
		'whose reference is there with %j is another one: it is not sent, and nobody says that it was not paid',
		async (other) => {
			const ran = await paid(() => ({ body: { data: { ...shown, ...other } } }), made);
			expect(sendsIn(ran)).toBe(0);
			expect(ran.item).toMatchObject({ outcome: 'unknown', code: 'reference_in_use' });
			expect(ran.item.message).toContain('the reference is already used at the provider');
		},
	);

	it.each([[{}], [null], ['']])('is sent where the lookup answers with nothing: %j', async (data) => {
		expect(sendsIn(await paid(() => ({ body: { data } }), made))).toBe(1);
	});

	it.each<[string, Respond, string]>([
		[
			'another object',
			() => ({ body: { data: { ...shown, reference: 'P_1' } } }),
			'does not name the reference',
		],
		['an object without a reference', () => ({ body: { data: { id: '7' } } }), 'does not name the reference'],
		['text', () => ({ body: { data: 'ok' } }), 'does not name the reference'],
		['a number', () => ({ body: { data: 0 } }), 'does not name the reference'],
		['a refusal that says nothing of it', () => ({ body: { code: 'X9', message: 'no' } }), 'no (X9)'],
		['a page that nobody documents', () => ({ status: 404, body: 'Not Found' }), 'HTTP 404'],
		['a cut connection', cut, 'the connection was cut'],
		['no connection', unreachable, 'the connection was refused'],
	])('is not sent where the lookup gives %s', async (_what, asked, why) => {
		const ran = await paid(asked, made);
		expect(sendsIn(ran)).toBe(0);
		expect(ran.item).toMatchObject({ outcome: 'unknown', code: 'not_checked' });
		expect(ran.item.message).toContain(`Check First got no answer (`);
		expect(ran.item.message).toContain(why);
	});

	it('is not asked for first where a person has turned Check First off', async () => {
		const stage = stageOf(exampleBank().respond);
		const ran = await stage.execution().run([anna], { options: { checkFirst: false } });
		expect(linesOf(ran)).toEqual(['POST /payouts']);
	});

	it('never shows the secret that an answer repeats', async () => {
		const { item } = await paid(nothing, () => ({ body: { data: { ...shown, id: 'top-secret' } } }));
		expect(JSON.stringify(item)).not.toContain('top-secret');
	});
});

describe('a send without a clear answer', () => {
	/** The first lookup finds nothing, later ones find the payout after some more. */
	const after = (more: number): Respond => {
		let asked = 0;
		return () => {
			asked += 1;
			return asked > more + 1 ? { body: { data: shown } } : { body: NOTHING };
		};
	};

	it.each([
		[0, [1000]],
		[1, [1000, 2000]],
		[2, [1000, 2000, 4000]],
	])('is looked up, and never sent again (shown after %d lookups)', async (more, slept) => {
		const ran = await paid(after(more), cut);
		expect(sendsIn(ran)).toBe(1);
		expect(ran.item).toMatchObject({ outcome: 'applied', id: '7' });
		expect(ran.item).not.toHaveProperty('replayed');
		expect(ran.waits).toEqual(slept);
	});

	it.each<[string, Respond]>([
		['cut', cut],
		['a page of a gateway', () => ({ status: 502, body: 'Bad Gateway' })],
		['a success without content', () => ({ body: {} })],
	])('is unknown while the lookup has nothing, because it may still arrive: %s', async (_what, sent) => {
		const ran = await paid(nothing, sent);
		expect(sendsIn(ran)).toBe(1);
		expect(ran.item).toMatchObject({ outcome: 'unknown', reference: 'p_1' });
		expect(ran.item).not.toHaveProperty('code');
		expect(ran.item.message).toContain('Money may or may not have moved.');
	});

	it('is unknown where it is shown with other details: the provider may write it in another way', async () => {
		const other = { body: { data: { ...shown, amount: '9' } } };
		const { item } = await paid(inTurn({ body: NOTHING }, other), cut);
		expect(item).toMatchObject({ outcome: 'unknown' });
		expect(item).not.toHaveProperty('code');
		expect(item.message).toContain('the reference is there with other details: amount');
	});

	it('is not sent by the Retry, which looks it up', async () => {
		const bank = exampleBank();
		const late = { isShown: false };
		const stage = stageOf((call) => {
			if (call.line.startsWith('GET')) return late.isShown ? bank.respond(call) : { body: NOTHING };
			bank.pay(call.body);
			return cut();
		});
		const execution = stage.execution();
		const { error } = await execution.run([anna]);
		expect(error?.message).toContain('Money may or may not have moved.');
		late.isShown = true;
		const retried = await execution.retry().run([anna]);
		expect(retried.items).toEqual([expect.objectContaining({ outcome: 'applied', id: '1000' })]);
		expect(bank.payouts).toHaveLength(1);
	});

	it('is looked up for as long as the provider documents that it shows a payout late', async () => {
		const { waits } = await paid(nothing, cut, { lookup: { ...byReference, findsAfter: 10_000 } });
		expect(waits).toEqual([1000, 2000, 4000, 3000]);
	});
});

describe('a refusal', () => {
	const refuse: Respond = () => ({ body: { code: 'LOW', message: 'too little money' } });

	it('is one only after the provider was asked: an earlier request may have made the payout', async () => {
		const ran = await paid(nothing, refuse);
		expect(linesOf(ran)).toEqual(['GET /payouts/p_1', 'POST /payouts', 'GET /payouts/p_1']);
		expect(ran.item).toMatchObject({
			outcome: 'rejected',
			code: 'LOW',
			nextStep: 'It is safe to send it again.',
		});
	});

	it('of a payout that is there is its success', async () => {
		const ran = await paid(inTurn({ body: NOTHING }, { body: { data: shown } }), refuse);
		expect(ran.item).toMatchObject({ outcome: 'applied', replayed: true });
	});

	it('is not known to be one where the provider cannot be asked', async () => {
		const ran = await paid(inTurn({ body: NOTHING }, { status: 502, body: 'Bad Gateway' }), refuse);
		expect(ran.item).toMatchObject({ outcome: 'unknown', code: 'LOW' });
		expect(sendsIn(ran)).toBe(1);
	});

	it('without a lookup never says that it is safe to send again', async () => {
		const ran = await paid(nothing, refuse, { lookup: undefined });
		expect(linesOf(ran)).toEqual(['POST /payouts']);
		expect(ran.item).toMatchObject({ outcome: 'rejected' });
		expect(ran.item.nextStep).toBe('This attempt moved nothing; if it was sent before, find out first.');
	});

	it('for its age is sent again, as often as a slow queue needs, and no more', async () => {
		const ran = await paid(nothing, () => ({ body: { code: 'OLD' } }));
		expect(sendsIn(ran)).toBe(7);
		expect(ran.item).toMatchObject({ outcome: 'rejected', code: 'OLD' });
	});

	it('as a duplicate is looked up at once', async () => {
		const ran = await paid(inTurn({ body: NOTHING }, { body: { data: shown } }), () => ({
			body: { code: 'DUPLICATE' },
		}));
		expect(ran.waits).toEqual([]);
		expect(ran.item).toMatchObject({ outcome: 'applied', replayed: true });
	});

	it('that never left is one without a second lookup', async () => {
		const ran = await paid(nothing, unreachable);
		expect(ran.item).toMatchObject({ outcome: 'rejected', nextStep: 'It is safe to send it again.' });
		expect(ran.item.message).toContain('the request never left: the connection was refused');
		expect(linesOf(ran)).toEqual(['GET /payouts/p_1', 'POST /payouts']);
	});
});

describe('a success', () => {
	const proof = { has: ['id'], reference: 'reference' };

	it.each([
		[{ ...shown, reference: 'p_2' }, 'about another reference'],
		[{ ...shown, id: '' }, 'without id'],
		[{ ...shown, amount: '999999' }, 'about another payment'],
	])('that does not prove the payout is looked up, and never sent again: %j', async (data, why) => {
		const ran = await paid(nothing, () => ({ body: { data } }), { proof });
		expect(sendsIn(ran)).toBe(1);
		expect(ran.item).toMatchObject({ outcome: 'unknown' });
		expect(ran.item.message).toContain(why);
	});
});

describe('the lookup in a list', () => {
	const rows = (count: number, from = 0) =>
		Array.from({ length: count }, (_one, index) => ({
			id: `o${from + index}`,
			reference: `other_${from + index}`,
		}));
	const listed = (pages: readonly (readonly object[])[]): Respond => {
		return ({ query }) => ({ body: { data: pages[Number(query.page) - 1] ?? [] } as never });
	};
	const inList = (asked: Respond) =>
		paid(asked, made, { lookup: { operation: 'payout.getMany', field: 'reference' } });

	it('finds the payout on a later page', async () => {
		const ran = await inList(listed([rows(100), [...rows(3, 100), shown]]));
		expect(linesOf(ran)).toEqual(['GET /payouts', 'GET /payouts']);
		expect(ran.item).toMatchObject({ outcome: 'applied', replayed: true });
	});

	it.each([[[[]]], [[rows(3)]], [[rows(100), rows(5, 100)]]])(
		'lets it be sent where no row is it',
		async (pages) => {
			expect(sendsIn(await inList(listed(pages)))).toBe(1);
		},
	);

	it.each(['P_1', ' p_1', 'p _1', 'ｐ_1'])(
		'does not prove that it is absent where a row has %j: the provider may have changed it',
		async (reference) => {
			const ran = await inList(listed([[...rows(2), { id: '9', reference }]]));
			expect(sendsIn(ran)).toBe(0);
			expect(ran.item.message).toContain('its list names the reference in another spelling');
		},
	);

	it('remembers the other spelling to the end of the list', async () => {
		const first = [{ id: 'x', reference: 'P_1' }, ...rows(99)];
		expect(sendsIn(await inList(listed([first, rows(3, 100)])))).toBe(0);
	});

	it('proves nothing where no row shows a reference', async () => {
		const ran = await inList(listed([[{ id: '1' }, { id: '2' }]]));
		expect(sendsIn(ran)).toBe(0);
		expect(ran.item.message).toContain('no row of its list shows a reference');
	});

	it('is whole where only some rows show a reference', async () => {
		expect(sendsIn(await inList(listed([[...rows(100)], [{ id: 'x' }]])))).toBe(1);
	});

	it('proves nothing where its filter does not work: a thousand other rows are not all', async () => {
		const pages = Array.from({ length: 12 }, (_one, page) => rows(100, page * 100));
		const ran = await inList(listed(pages));
		expect(linesOf(ran)).toHaveLength(10);
		expect(ran.item.message).toContain('the first 1000 rows of its list do not name the reference');
	});

	it('proves nothing where rows are missing', async () => {
		const ran = await inList(() => ({ body: { data: rows(2), total: 5 } }));
		expect(sendsIn(ran)).toBe(0);
		expect(ran.item.message).toContain('its list is not whole');
	});

	it.each([{ body: 'maintenance' }, { body: { code: 'X' } }])(
		'proves nothing where it cannot be read',
		async (reply) => {
			expect(sendsIn(await inList(() => reply))).toBe(0);
		},
	);

	it('that the provider says is empty lets it be sent', async () => {
		expect(sendsIn(await inList(nothing))).toBe(1);
	});
});

describe('what the lookup asks with', () => {
	const asked = async (lookup: Operation['lookup'], more: Partial<Operation> = {}, account = {}) => {
		const stage = moneyStage({
			operation: { ...payout, onBehalfOf: 'header', ...more, lookup },
			respond: nothing,
			credentials: { account: 'a', secret: 'top-secret', ...account },
		});
		const { calls } = await stage.execution().run([anna], { continueOnFail: true });
		return calls[0];
	};

	it('has what the row fixes and what the request shares, and nothing else of it', async () => {
		const lookup = { ...byReference, with: { type: 'out' }, sharing: ['currency', 'network'] };
		expect(await asked(lookup)).toMatchObject({
			line: 'GET /payouts/p_1',
			query: { type: 'out', currency: 'USDT' },
		});
	});

	it('is the way of the account on whose behalf it pays, where that is another one', async () => {
		const lookup = { ...byReference, onBehalfOf: { operation: 'payout.getMany', field: 'reference' } };
		expect(await asked(lookup)).toMatchObject({ line: 'GET /payouts/p_1' });
		expect(await asked(lookup, {}, { onBehalfOf: 'sub' })).toBeUndefined();
	});
});

/** Replies one after the other; the last one stays. */
function inTurn(...replies: ReadonlyArray<ReturnType<Respond>>): Respond {
	let turn = -1;
	return () => {
		turn = Math.min(turn + 1, replies.length - 1);
		return replies[turn] ?? { body: null };
	};
}
