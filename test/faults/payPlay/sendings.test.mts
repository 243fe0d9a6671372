import { sentIn } from '../../engine/approval.mts';
import { itemFor, openPayPlay, sendings, type PayPlaySetting } from '../../engine/payPlay/setting.mts';

let setting: PayPlaySetting;
beforeAll(async () => {
	setting = await openPayPlay();
});
afterEach(async () => {
	await setting.sandbox.reset();
	setting.waits.length = 0;
});
afterAll(() => setting.close());

const applied = () => setting.provider.books.appliedEvents.length;
const quick = { timeout: 1 };
const all = Object.entries(sendings);

/** The fault with its details, whether PayPlay applied the request, and the outcome where it cannot be looked up. */
const faults: Array<[string, object, boolean, 'rejected' | 'unknown']> = [
	['dns', {}, false, 'rejected'],
	['connection-refused', {}, false, 'rejected'],
	['tls-handshake', {}, false, 'unknown'],
	['reset-before-reading', {}, false, 'unknown'],
	['reset-after-applying', {}, true, 'unknown'],
	['timeout-before-applying', { seconds: 5 }, false, 'unknown'],
	['timeout-after-applying', { seconds: 5 }, true, 'unknown'],
	['half-a-body', {}, true, 'unknown'],
	['slow-drip', { seconds: 0.2 }, true, 'unknown'],
	['unauthorized', { status: 401 }, false, 'unknown'],
	['redirect', { status: 302 }, false, 'unknown'],
	['redirect', { status: 307 }, false, 'unknown'],
	['too-many-requests', { status: 429, retryAfter: 1 }, false, 'unknown'],
	['too-many-requests', { status: 429, retryAfter: null }, false, 'unknown'],
	['bad-gateway', { status: 502 }, false, 'unknown'],
	['bad-gateway', { status: 502, applied: true }, true, 'unknown'],
	['ok-but-wrong', { body: 'html' }, false, 'unknown'],
	['ok-but-wrong', { body: 'html', applied: true }, true, 'unknown'],
	// Documented refusals have 422 and not 200.
	['ok-but-wrong', { body: 'refusal' }, false, 'unknown'],
];

describe.each(all)('%s', (name, sending) => {
	const sends = () =>
		setting.provider.requests.filter(({ operation }) => operation === sending.endpoint).length;

	it('is applied once, with its record', async () => {
		const { items, error } = await setting.run(sending.parameters({}), {
			items: [await itemFor(setting, sending)],
		});
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({ outcome: 'applied' });
		expect(items[0]?.json).not.toHaveProperty('replayed');
		expect([sends(), applied()]).toEqual([1, 1]);
	});

	it.each(faults)(
		'ends in one outcome and is sent once: %s %j',
		async (kind, details, isApplied, outcome) => {
			const item = await itemFor(setting, sending);
			setting.sandbox.fault({
				provider: 'payPlay',
				operation: sending.endpoint,
				kind: kind as never,
				...details,
			});
			const { items, error } = await setting.run(sending.parameters({ whenUnknown: 'continue', ...quick }), {
				items: [item],
				settings: { onError: 'continueRegularOutput' },
			});
			expect(error).toBeUndefined();
			expect(items).toHaveLength(1);
			expect(items[0]?.json.outcome).toBe(sending.isKnown && isApplied ? 'applied' : outcome);
			expect(items[0]?.json).not.toHaveProperty('error');
			expect(applied()).toBe(isApplied ? 1 : 0);
			expect(sends()).toBeLessThanOrEqual(1);
		},
	);

	it.each(['reset-before-reading', 'reset-after-applying'] as const)(
		'is sent once by Retry On Fail and the editor (%s)',
		async (kind) => {
			const items = [await itemFor(setting, sending)];
			setting.sandbox.fault({ provider: 'payPlay', operation: sending.endpoint, kind });
			const first = await setting.run(sending.parameters(quick), {
				items,
				settings: { retryOnFail: true, maxTries: 3 },
			});
			const isKnown = sending.isKnown && kind === 'reset-after-applying';
			expect([name, first.error === undefined]).toEqual([name, isKnown]);
			if (!isKnown) {
				const again = await setting.retry(first, sending.parameters(quick), { items });
				expect(again.error?.message).toMatch(/gave no clear answer to/);
			}
			expect(sends()).toBe(1);
		},
	);

	it('is not sent in a preview, and then as it was approved', async () => {
		const items = [await itemFor(setting, sending)];
		const shown = await setting.run(sending.parameters({ preview: true }), { items });
		expect(shown.items[0]?.json).toMatchObject({ outcome: 'not_sent', preview: true, method: 'POST' });
		expect(sentIn(setting)).toEqual([]);
		const approvalHash = String(shown.items[0]?.json.approvalHash);
		const sent = await setting.run(sending.parameters({ approvalHash }), { items });
		expect(sent.items[0]?.json.outcome).toBe('applied');
	});
});

describe.each(all.filter(([, { isKnown }]) => !isKnown))('%s as a tool', (_name, sending) => {
	it('is refused to an AI agent unless it is allowed', async () => {
		const items = [await itemFor(setting, sending)];
		const denied = await setting.run(sending.parameters({}), { items, asTool: true });
		expect(`${denied.error?.message} ${JSON.stringify(denied.items)}`).toContain(
			'An AI agent asked to move money',
		);
		expect(applied()).toBe(0);
		await setting.run(sending.parameters({ allowAgents: true }), { items, asTool: true });
		expect(applied()).toBe(1);
	});
});
