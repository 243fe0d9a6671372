import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';
import { sentIn } from '../approval.mts';
import { createMany, recipients } from '../gatePay/massPayouts.mts';
import { type GatePaySetting, openGatePay, payoutPerItem } from '../gatePay/setting.mts';

let setting: GatePaySetting;
beforeAll(async () => {
	setting = await openGatePay();
});
afterEach(() => setting.sandbox.reset());
afterAll(() => setting.close());

const item = (batch: string, amount: string, more: IDataObject = {}): IDataObject => ({
	batch,
	amount,
	...more,
});
const three = [item('p_1', '10'), item('p_2', '1200'), item('p_3', '20')];
const goesOn = { onError: 'continueRegularOutput' as const };

async function shown(
	items: IDataObject[],
	limits: ICredentialDataDecryptedObject = {},
	parameters: INodeParameters = payoutPerItem({ preview: true }),
): Promise<IDataObject[]> {
	const result = await setting.run(parameters, { items, credentials: setting.credentials(limits) });
	expect(result.error).toBeUndefined();
	expect(sentIn(setting)).toEqual([]);
	return result.items.map(({ json }) => json);
}

async function pay(
	items: IDataObject[],
	limits: ICredentialDataDecryptedObject,
	approvalHash: unknown,
	parameters: (options: IDataObject) => INodeParameters = payoutPerItem,
) {
	const credentials = setting.credentials(limits);
	return await setting.run(parameters({ approvalHash: String(approvalHash) }), { items, credentials });
}

const hashOf = ([first]: IDataObject[]): string => String(first?.approvalHash);
const applied = () => setting.provider.books.appliedPerReference();

describe('the verdict of a preview', () => {
	it('is said for each item, and the blocked one in the middle has no hash to approve', async () => {
		const items = await shown(three, { mostPerPayment: 'USDT 777', approvalFrom: 'USDT 15' });
		expect(items.map(({ verdict, rule, approvalHash }) => [verdict, rule, typeof approvalHash])).toEqual([
			['would_send', undefined, 'string'],
			['blocked', 'Most per Payment', 'undefined'],
			['needs_approval', 'Approval From', 'string'],
		]);
		expect(items[1]).toMatchObject({
			reason: '1200 USDT is above Most per Payment of the credential',
			nextStep: 'Only the owner of the credential can change this limit',
		});
	});

	it('blocks all of a mass payment, which is sent together or not at all', async () => {
		const lines = three.map(({ amount }) => ({ ...recipients(1)[0], amount }) as IDataObject);
		const many = createMany({ preview: true, recipientsPerBatch: 1 });
		const items = await shown(lines, { mostPerPayment: 'USDT 777' }, many);
		expect(items.map(({ verdict, approvalHash }) => [verdict, approvalHash])).toEqual(
			Array(3).fill(['blocked', undefined]),
		);
	});

	it.each<[string, ICredentialDataDecryptedObject, string]>([
		['Payments Off', { paymentsOff: true }, 'Payments Off'],
		['a sum of the run that is too large', { mostPerRun: 'USDT 1229.999999' }, 'Most per Run'],
		[
			'a recipient that is not allowed',
			{ allowedRecipients: 'TQn9Y2khEsLJW1ChVWFMSMeRDow5KcbLSE' },
			'Allowed Recipients',
		],
		['a limit that cannot be read', { mostPerPayment: 'USDT 1,000' }, 'Most per Payment'],
		['a currency without a cap', { mostPerPayment: 'EUR 99999' }, 'Most per Payment'],
	])('blocks everything for %s', async (_what, limits, rule) => {
		const items = await shown(three, limits);
		expect(items.map((one) => [one.verdict, one.rule, one.approvalHash])).toEqual(
			Array(3).fill(['blocked', rule, undefined]),
		);
	});

	it('never says the value of a limit, nor who is allowed', async () => {
		const limits = {
			mostPerPayment: 'USDT 777, EUR 888',
			mostPerRun: 'USDT 999',
			approvalFrom: 'USDT 555',
			allowedRecipients: 'TQn9Y2khEsLJW1ChVWFMSMeRDow5KcbLSE',
		};
		const text = JSON.stringify(await shown(three, limits));
		for (const secret of ['777', '888', '999', '555', 'TQn9', 'EUR']) {
			expect(text.replace(/"(?:balances|balancesAfter)":\{[^}]*\}/g, '')).not.toContain(secret);
		}
	});

	it('says to an agent that a person has to approve, and its own hash approves nothing', async () => {
		const credentials = setting.credentials({ aiAgents: 'approval' });
		const options = { allowAgents: true };
		const preview = await setting.run(payoutPerItem({ ...options, preview: true }), {
			items: [item('p_1', '10')],
			credentials,
			asTool: true,
		});
		const approvalHash = String(JSON.stringify(preview.items).match(/1-recipient-10-USDT-[0-9a-f]{64}/)?.[0]);
		expect(JSON.stringify(preview.items)).toContain('needs_approval');
		const own = `={{ "${approvalHash}" }}`;
		const { items, error } = await setting.run(payoutPerItem({ ...options, approvalHash: own }), {
			items: [item('p_1', '10')],
			credentials,
			asTool: true,
		});
		expect(`${error?.message} ${JSON.stringify(items)}`).toContain('only what a person approved');
		expect(applied()).toEqual({});
	});
});

describe('a limit that changes between preview and payment', () => {
	it.each<[string, ICredentialDataDecryptedObject]>([
		['a cap on a payment', { mostPerPayment: 'USDT 9' }],
		['a cap on the run', { mostPerRun: 'USDT 9' }],
		['other recipients', { allowedRecipients: 'TQn9Y2khEsLJW1ChVWFMSMeRDow5KcbLSE' }],
		['Payments Off', { paymentsOff: true }],
	])('wins over the approval: %s', async (_what, limits) => {
		const items = [item('p_1', '10')];
		const approvalHash = hashOf(await shown(items, { approvalFrom: 'USDT 1' }));
		const { error } = await pay(items, { approvalFrom: 'USDT 1', ...limits }, approvalHash);
		expect(error?.message).toContain('Nothing was sent.');
		expect(applied()).toEqual({});
		expect((await pay(items, { approvalFrom: 'USDT 1' }, approvalHash)).error).toBeUndefined();
		expect(applied()).toEqual({ p_1: 1 });
	});

	it('leaves no hash of what was blocked: it is previewed and approved anew', async () => {
		const items = [item('p_1', '10')];
		const [blocked] = await shown(items, { mostPerPayment: 'USDT 9' });
		const { error } = await pay(items, {}, blocked?.approvalHash ?? '');
		expect(error?.message).toContain('Approval Hash is empty');
		expect(applied()).toEqual({});
	});
});

describe('an approval that was given to something else', () => {
	const five = recipients(5);

	it.each<[string, IDataObject[], string]>([
		['one item instead of five, as Send and Wait gives it', five.slice(0, 1), 'now: 1 recipient, 11.5 USDT)'],
		['another currency', five.map((one) => ({ ...one, currency: 'USDC' })), 'now: 5 recipients, 67.5 USDC)'],
		['another sum', [...five.slice(0, 4), { ...five[4], amount: '15' }], 'now: 5 recipients, 67 USDT)'],
		['one recipient more', recipients(6), 'now: 6 recipients, 84 USDT)'],
	])('says both: %s', async (_what, items, now) => {
		const approvalHash = hashOf(await shown(five, {}, createMany({ preview: true })));
		expect(approvalHash).toMatch(/^5-recipients-67\.5-USDT-[0-9a-f]{64}$/);
		const { error } = await pay(items, {}, approvalHash, createMany);
		expect(error?.message).toContain(`(approved: 5 recipients, 67.5 USDT; ${now}`);
		const isCountOther = !now.includes('5 recipients');
		expect(error?.description?.includes('A Send and Wait node gives out one item')).toBe(isCountOther);
		expect(sentIn(setting)).toEqual([]);
	});

	it('says so when the sum is the same', async () => {
		const approvalHash = hashOf(await shown(five, {}, createMany({ preview: true })));
		const { error } = await pay([...five].reverse(), {}, approvalHash, createMany);
		expect(error?.message).toContain('in something else than its sum (5 recipients, 67.5 USDT)');
		expect(sentIn(setting)).toEqual([]);
	});

	it('is used again in a later execution, and pays nobody twice', async () => {
		const approvalHash = hashOf(await shown(five, {}, createMany({ preview: true })));
		await pay(five, {}, approvalHash, createMany);
		const { items } = await pay(five, {}, approvalHash, createMany);
		expect(items.map(({ json }) => json.replayed)).toEqual(Array(5).fill(true));
		expect(Object.values(applied())).toEqual([1, 1, 1]);
	});
});

describe('what a preview says of the run', () => {
	it('counts what is there already, so the second mail is another one', async () => {
		const list = [item('p_1', '10'), item('p_2', '20'), item('p_3', '30.05')];
		const [first] = await shown(list);
		expect(first).toMatchObject({ summary: '3 recipients, 60.05 USDT', recipients: 3, toSend: 3 });
		await setting.run(payoutPerItem(), { items: list.slice(0, 2) });
		setting.provider.requests.length = 0;
		const items = await shown(list);
		expect(items.map(({ sentBefore, sentBeforeStatus }) => [sentBefore, sentBeforeStatus])).toEqual([
			['yes', expect.any(String)],
			['yes', expect.any(String)],
			['no', undefined],
		]);
		expect(items[2]).toMatchObject({
			summary: '3 recipients, 60.05 USDT: 2 already sent, 1 to send (30.05 USDT)',
			totals: { USDT: '60.05' },
			totalsToSend: { USDT: '30.05' },
			alreadySent: 2,
			toSend: 1,
			toLookAt: 0,
		});
	});

	it('counts the recipients of batches that are there already', async () => {
		await setting.run(createMany(), { items: recipients(2) });
		setting.provider.requests.length = 0;
		const [one] = await shown(recipients(5), {}, createMany({ preview: true }));
		expect(one?.summary).toBe('5 recipients, 67.5 USDT: 2 already sent, 3 to send (43.5 USDT)');
	});

	it('marks a reference that is used for something else', async () => {
		await setting.run(payoutPerItem(), { items: [item('p_1', '10')] });
		setting.provider.requests.length = 0;
		const [one] = await shown([item('p_1', '11')]);
		expect(one).toMatchObject({ sentBefore: 'other', toSend: 0, toLookAt: 1 });
		expect(one?.summary).toBe('1 recipient, 11 USDT: 0 already sent, 0 to send, 1 to look at first');
	});

	it('does not take silence for an answer', async () => {
		setting.sandbox.fault({
			provider: 'gatePay',
			operation: 'queryPayoutBatch',
			kind: 'bad-gateway',
			times: 99,
		});
		const [one] = await shown([item('p_1', '11')]);
		expect(one).toMatchObject({ sentBefore: 'unknown', toSend: 0, toLookAt: 1, verdict: 'would_send' });
		expect(one?.sentBeforeReason).not.toBe('');
	});

	it('asks nobody without Check First', async () => {
		const [one] = await shown([item('p_1', '11')], {}, payoutPerItem({ preview: true, checkFirst: false }));
		expect(one).not.toHaveProperty('sentBefore');
		expect(one).not.toHaveProperty('alreadySent');
		expect(one?.summary).toBe('1 recipient, 11 USDT');
	});

	it('counts two items with one reference once, because they are one payment', async () => {
		const items = await shown([item('p_1', '11'), item('p_1', '11')]);
		expect(items.map(({ sentBefore }) => sentBefore)).toEqual(['no', 'yes']);
		expect(items[0]).toMatchObject({ summary: '1 recipient, 11 USDT', recipients: 1 });
	});

	it('adds exactly', async () => {
		const list = Array.from({ length: 10 }, (_one, index) => item(`p_${index}`, '0.1'));
		expect((await shown([...list, item('p_x', '1234567890123.000001')]))[0]?.totals).toEqual({
			USDT: '1234567890124.000001',
		});
	});

	it('says what is missing in the balance', async () => {
		setting.provider.state.balances.USDT = '20';
		const [one] = await shown([item('p_1', '12.5'), item('p_2', '20')]);
		expect(one).toMatchObject({ balances: { USDT: '20' }, balancesAfter: {}, shortBy: { USDT: '12.5' } });
		expect(one?.summary).toBe('2 recipients, 32.5 USDT: short by 12.5 USDT');
	});

	it('counts for the balance only what is still to be sent', async () => {
		await setting.run(payoutPerItem(), { items: [item('p_1', '12.5')] });
		setting.provider.requests.length = 0;
		setting.provider.state.balances.USDT = '20';
		const [one] = await shown([item('p_1', '12.5'), item('p_2', '20')]);
		expect(one).toMatchObject({ balancesAfter: { USDT: '0' } });
		expect(one).not.toHaveProperty('shortBy');
	});

	it('makes up no balance where the list does not show the currency', async () => {
		delete setting.provider.state.balances.USDT;
		expect((await shown([item('p_1', '12.5')]))[0]).toMatchObject({ balances: {}, balancesAfter: {} });
	});

	it('is shown without the balance when that cannot be read', async () => {
		setting.sandbox.fault({ provider: 'gatePay', operation: 'getBalances', kind: 'bad-gateway', times: 99 });
		const [one] = await shown([item('p_1', '12.5')]);
		expect(one).toMatchObject({ verdict: 'would_send', balancesNotRead: expect.any(String) });
		expect(one).not.toHaveProperty('balances');
	});

	it('shows what is right beside an item that cannot be built', async () => {
		const { items } = await setting.run(payoutPerItem({ preview: true }), {
			items: [item('p_1', '10'), item('p_2', '1e3'), item('p_3', '20')],
			settings: goesOn,
		});
		expect(items.map(({ json }) => [json.outcome, json.verdict])).toEqual([
			['not_sent', 'would_send'],
			['rejected', undefined],
			['not_sent', 'would_send'],
		]);
		expect(items[0]?.json.summary).toBe('2 recipients, 30 USDT');
		expect(sentIn(setting)).toEqual([]);
	});
});
