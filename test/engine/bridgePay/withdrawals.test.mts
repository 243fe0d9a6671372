import { type BridgePaySetting, faults, openBridgePay, withdrawal } from './setting.mts';

let setting: BridgePaySetting;
beforeAll(async () => {
	setting = await openBridgePay();
});
afterEach(async () => {
	await setting.sandbox.reset();
	setting.waits.length = 0;
});
afterAll(() => setting.close());

const sends = (operation: string) =>
	setting.provider.requests.filter((one) => one.operation === operation).length;
const quick = { timeout: 1 };

describe('a withdrawal', () => {
	const total = () => setting.provider.books.total('USDT');
	const items = (...amounts: string[]) => amounts.map((amount) => ({ amount }));

	it('is made with a code of the moment, which is seen nowhere', async () => {
		const { items: output, saved, error } = await setting.run(withdrawal(), { items: items('10.5') });
		expect(error).toBeUndefined();
		expect(output[0]?.json).toMatchObject({
			outcome: 'applied',
			reference: 'w-1',
			kind: 'withdrawal',
			status: 'pending',
			amount: '10.50000000',
			currency: 'USDT',
			fee: '5.00000000',
		});
		const sent = JSON.parse(setting.provider.requests[0]?.body ?? '');
		expect(sent.code2FA).toMatch(/^\d{6}$/);
		expect(saved).not.toContain(sent.code2FA);
		expect(saved).not.toContain(setting.provider.account.totpSecret);
	});

	it.each(faults)(
		'%s %j ends in one outcome and is sent once',
		async (fault, details, _other, outcome, isApplied) => {
			setting.sandbox.fault({ operation: 'createWithdrawal', kind: fault as never, ...details });
			const { items: output, error } = await setting.run(withdrawal({ whenUnknown: 'continue', ...quick }), {
				items: items('10'),
				settings: { onError: 'continueRegularOutput' },
			});
			expect(error).toBeUndefined();
			expect(output[0]?.json).toMatchObject({ outcome, reference: 'w-1' });
			expect(total()).toBe(isApplied ? '10' : '0');
			expect(sends('createWithdrawal')).toBeLessThanOrEqual(1);
		},
	);

	it('is never repeated: not by Retry On Fail, not by the editor, not with another code', async () => {
		setting.sandbox.fault({ operation: 'createWithdrawal', kind: 'reset-after-applying', nth: 2 });
		const run = { items: items('10', '20'), settings: { retryOnFail: true, maxTries: 3 } };
		const first = await setting.run(withdrawal(quick), run);
		expect(first.error?.message).toContain('Money may or may not have moved');
		expect(first.error?.description).toContain('add `w-2` to the option Checked and Not Paid');
		expect(first.error?.description).toContain('your personal account at BridgePay');
		expect(sends('createWithdrawal')).toBe(2);
		const again = await setting.retry(first, withdrawal(quick, { code2FA: '123456' }), {
			items: items('10', '20'),
		});
		expect(again.error?.message).toContain('Money may or may not have moved');
		expect(sends('createWithdrawal')).toBe(2);
		expect(total()).toBe('30');
	});

	it('each of many items gets a code of its own moment', async () => {
		const now = jest.spyOn((await import('../../../core/clock.ts')).clock, 'now');
		let time = Date.now() - 90_000;
		// Half a minute passes between two looks at the clock, so each item needs another code.
		now.mockImplementation(() => (time += 30_000));
		const { error } = await setting.run(withdrawal({ whenUnknown: 'continue' }), {
			items: items('10', '20', '30'),
			settings: { onError: 'continueRegularOutput' },
		});
		now.mockRestore();
		expect(error).toBeUndefined();
		const codes = setting.provider.requests.map(({ body }) => JSON.parse(body).code2FA);
		expect(new Set(codes).size).toBe(3);
	});

	it('two equal items are two withdrawals, as they say', async () => {
		await setting.run(withdrawal(), { items: items('10', '10') });
		expect(total()).toBe('20');
	});

	it('a refusal for its code may be tried again, and is then made once', async () => {
		const first = await setting.run(withdrawal({}, { code2FA: '000000' }), { items: items('10') });
		expect(first.error?.message).toContain(
			'2FA code is not valid (code2FA) (HTTP 400). No money was moved by it.',
		);
		const again = await setting.retry(first, withdrawal(), { items: items('10') });
		expect(again.items[0]?.json).toMatchObject({ outcome: 'applied' });
		expect(total()).toBe('10');
	});

	it('needs a code or the secret that makes it, and says so before the first item', async () => {
		const { error } = await setting.run(withdrawal(), {
			items: items('10', '20'),
			credentials: setting.credentials({ totpSecret: '' }),
		});
		expect(error?.message).toBe(
			'2FA Code is empty, and there is no TOTP Secret in the credential to make it from. Nothing was sent. [item 1]',
		);
		expect(setting.provider.requests).toHaveLength(0);
	});

	it('is approved without its code, and with it', async () => {
		const without = setting.credentials({ totpSecret: '' });
		const preview = await setting.run(withdrawal({ preview: true }), {
			items: items('10'),
			credentials: without,
		});
		expect(preview.items[0]?.json).toMatchObject({
			outcome: 'not_sent',
			body: '{"code2FA":"[from the credential]","accountId":"df2b175e-0aef-45e3-8d03-80881389901c","amount":"10","address":"TNPXDJcnLqNwPbTB6ux7k1fSgM2v7jetP9"}',
		});
		const approvalHash = String(preview.items[0]?.json.approvalHash);
		const refused = await setting.run(withdrawal({ approvalHash }), { items: items('10.1') });
		expect(refused.error?.message).toContain('differs from the one that was approved');
		const { items: output } = await setting.run(withdrawal({ approvalHash }), { items: items('10') });
		expect(output[0]?.json.outcome).toBe('applied');
	});

	it('keeps its approval when another code is typed', async () => {
		const { items: shown } = await setting.run(withdrawal({ preview: true }), { items: items('10') });
		const approvalHash = String(shown[0]?.json.approvalHash);
		const typed = await setting.run(withdrawal({ approvalHash }, { code2FA: '000000' }), {
			items: items('10'),
		});
		expect(typed.error?.message).toContain('2FA code is not valid');
	});
});
