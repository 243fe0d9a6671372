import type { INodeParameters } from 'n8n-workflow';
import type { ProviderName } from '../../../sandbox/index.mts';
import { sentIn } from '../approval.mts';
import { openGatePay } from '../gatePay/setting.mts';
import type { Setting } from '../setting.mts';
import { payments } from './payments.mts';

/** One wrong character, or one wrong digit of a card. */
function damaged(recipient: string): string {
	const last = recipient.slice(-1);
	return `${recipient.slice(0, -1)}${last === '9' || last === 'a' ? '8' : '9'}`;
}

// BridgePay's withdrawal does not name its network, so it is not checked.
const checked = payments.filter(({ name }) => name !== 'BridgePay withdrawal');

describe.each(checked.map((payment) => [payment.name, payment] as const))('%s', (_name, payment) => {
	let setting: Setting<ProviderName>;
	beforeAll(async () => {
		setting = await payment.open();
	});
	afterEach(async () => await setting.sandbox.reset());
	afterAll(() => setting.close());

	const { item, taken = '10', parameters, withRecipient, recipient } = payment;
	const wrong = damaged(recipient);
	const to = (address: string, options: Parameters<typeof parameters>[0] = {}): INodeParameters =>
		withRecipient?.(parameters(options), address) ?? {};
	const run = async (asked: INodeParameters, more: object = {}) =>
		await setting.run(asked, { items: [{ ...item(taken), ...more }] });

	it('keeps a mistyped recipient back, and names the option', async () => {
		const { error } = await run(to(wrong));
		expect(error?.message).toContain(`The recipient \`${wrong}\` is no `);
		expect(error?.message).toContain('Nothing was sent.');
		expect(error?.description).toContain('Skip Recipient Check');
		expect(sentIn(setting)).toEqual([]);
	});

	it('shows in the preview that the check was skipped, and sends nothing', async () => {
		const { items, error } = await run(to(wrong, { preview: true, skipRecipientCheck: true }));
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({
			preview: true,
			verdict: 'would_send',
			recipientCheck: 'skipped',
			approvalHash: expect.any(String),
		});
		expect(sentIn(setting)).toEqual([]);
	});

	it('shows nothing of it in the preview of a recipient that was checked', async () => {
		for (const options of [{}, { skipRecipientCheck: false }]) {
			const { items } = await run(to(recipient, { preview: true, ...options }));
			expect(items[0]?.json).toMatchObject({ verdict: 'would_send' });
			expect(items[0]?.json).not.toHaveProperty('recipientCheck');
		}
	});

	it('sends what was previewed and approved without the check, to that recipient', async () => {
		const options = { skipRecipientCheck: true };
		const { items } = await run(to(wrong, { preview: true, ...options }));
		const approvalHash = String(items[0]?.json.approvalHash);
		await run(to(wrong, { ...options, approvalHash }));
		const bodies = setting.provider.requests
			.filter(({ method }) => method === 'POST')
			.map(({ body }) => body);
		expect(bodies.filter((body) => body.includes(wrong))).toHaveLength(1);
	});

	it('skips nothing where an expression gives a text or nothing', async () => {
		for (const given of ['true', null, 1]) {
			const { error } = await run(to(recipient, { skipRecipientCheck: '={{ $json.skip }}' }), {
				skip: given,
			});
			expect(error?.message).toContain('Skip Recipient Check is neither true nor false');
		}
		expect(sentIn(setting)).toEqual([]);
	});
});

describe("Gate Pay's bank account", () => {
	let setting: Awaited<ReturnType<typeof openGatePay>>;
	beforeAll(async () => {
		setting = await openGatePay();
	});
	afterEach(() => setting.sandbox.reset());
	afterAll(() => setting.close());

	async function create(iban: string, options: INodeParameters = {}) {
		const data = { data: 'iVBORw0KGgo=', mimeType: 'image/png', fileName: 'a.png' };
		return await setting.run(
			{
				resource: 'otc',
				operation: 'createBankAccount',
				bankAccountName: 'Demo Ltd',
				bankName: 'Bank',
				countryId: { __rl: true, mode: 'id', value: '276' },
				address: 'Street 1',
				iban,
				swift: 'BYLADEM1001',
				file: 'data',
				options,
			},
			{ items: [{ json: {}, binary: { data } }] },
		);
	}

	it('is not created with a mistyped IBAN', async () => {
		const { error } = await create('DE02120300000000202052');
		expect(error?.message).toContain('The recipient `DE02120300000000202052` is no IBAN');
		expect(sentIn(setting)).toEqual([]);
	});

	it.each(['DE02120300000000202051', '202051', '0012-345 678'])('is created with %s', async (iban) => {
		expect((await create(iban)).items[0]?.json).toMatchObject({ outcome: 'applied' });
	});

	it('is created without the check, if the user says so', async () => {
		const { items } = await create('DE02120300000000202052', { skipRecipientCheck: true });
		expect(items[0]?.json).toMatchObject({ outcome: 'applied' });
	});
});
