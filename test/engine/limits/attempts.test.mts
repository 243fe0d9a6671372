import type { ProviderName } from '../../../sandbox/index.mts';
import type { Setting } from '../setting.mts';
import { attemptsOf } from './attempts.mts';
import { payments } from './payments.mts';

describe.each(payments.map((payment) => [payment.name, payment] as const))('%s', (_name, payment) => {
	let setting: Setting<ProviderName>;
	beforeAll(async () => {
		setting = await payment.open();
	});
	afterEach(async () => await setting.sandbox.reset());
	afterAll(() => setting.close());

	/** What was sent, but for reads and logins. */
	const sent = () =>
		setting.provider.requests.filter(
			({ method, path }) => method !== 'GET' && !path.includes('generate_jwt') && !path.includes('query'),
		);

	it.each(attemptsOf(payment).map((attempt) => [attempt.name, attempt] as const))(
		'sends nothing for %s',
		async (_attempt, { limits, parameters, items, more }) => {
			const result = await setting.run(parameters, {
				items,
				credentials: setting.credentials(limits),
				...more,
			});
			expect(sent()).toEqual([]);
			expect(setting.provider.books.entries).toEqual([]);
			// Nobody may take the silence for a payment.
			expect(JSON.stringify(result.items)).not.toContain('"applied"');
			if (more?.settings?.onError === undefined) expect(result.error).toBeDefined();
		},
	);

	it('pays within the limits, so the attempts fail because of them', async () => {
		const { currency, recipient, item, taken = '10' } = payment;
		// No limit on amounts can be kept where the request does not name its currency.
		const caps = payment.withCurrency && {
			mostPerPayment: `${currency} ${taken}`,
			mostPerRun: `${currency} ${Number(taken) * 2}`,
		};
		const limits = { ...caps, allowedRecipients: recipient };
		const { error } = await setting.run(payment.parameters(), {
			items: [item(taken, 1), item(taken, 2)],
			credentials: setting.credentials(limits),
		});
		expect(error?.message).toBeUndefined();
		expect(sent()).not.toEqual([]);
	});
});

it('there are at least 300 attempts', () => {
	expect(payments.flatMap(attemptsOf).length).toBeGreaterThanOrEqual(300);
});
