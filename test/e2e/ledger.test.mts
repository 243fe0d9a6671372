import type { Deposit } from '../../sandbox/rapira/state.mts';
import { startSetting, type Setting } from '../../scripts/demo/setting.mts';
import { workflowFile } from '../../scripts/demo/workflowFiles.mts';
import { itemsOf } from '../../host/executions.mts';
import { poll } from '../../host/poll.mts';
import { leavesNoSecret } from '../leftBehind/index.mts';
import { expectSuccess, mailAbout, nodesOf, openFlow, quiet } from './openFlow.mts';
import { withParameters } from './smallFlows.mts';

let setting: Setting;
beforeAll(async () => (setting = await startSetting({ pace: 20 })));
afterAll(async () => await setting?.close());

const invoices = [
	{
		flow: 'invoice-to-ledger-okipays',
		provider: 'okiPays',
		reference: '1042',
		currency: 'USD',
		create: 'createOrder',
		link: 'https://checkout.okipays.sandbox.invalid/',
		earlier: { status: 'processing', final: false },
		trouble: {
			outcome: 'rejected',
			fault: { kind: 'ok-but-wrong', body: 'refusal' },
			advice: 'Nothing was changed by it',
		},
	},
	{
		flow: 'invoice-to-ledger-payplay',
		provider: 'payPlay',
		reference: 'inv-1042',
		currency: 'USDT',
		create: 'createCryptoOrder',
		link: 'https://merchant.pay.payplay.io/crypto-orders/',
		earlier: { status: 'pending', final: false },
		trouble: {
			outcome: 'unknown',
			fault: { kind: 'bad-gateway', applied: false },
			advice: 'It may or may not have been carried out',
		},
	},
] as const;

describe.each(invoices)(
	'$flow',
	({ flow, provider, reference, currency, create, link, earlier, trouble }) => {
		let id: string;
		beforeAll(async () => (id = await openFlow(setting, flow)));
		const rows = async () =>
			(await setting.n8n.rowsIn('Payments ledger')).filter((row) => row.provider === provider);
		const mails = () =>
			setting.mail.mails.filter(({ subject }) => subject.startsWith(`Invoice ${reference} `));

		it('sends the link, and has the invoice paid in the ledger once the provider says so', async () => {
			const execution = await setting.n8n.runWorkflow(id);
			expectSuccess(execution);
			const sent = await mailAbout(setting, new RegExp(`^Invoice ${reference}: 15.75 ${currency}$`));
			expect(sent.html).toContain(link);
			const paid = await mailAbout(setting, new RegExp(`^Invoice ${reference} is paid$`));
			expect(paid.html).toContain(`15.75 ${currency}`);
			expect(setting.sandbox[provider].books.appliedPerReference()).toEqual({ [reference]: 1 });
			const settled = await rows();
			expect(settled).toMatchObject([{ reference, amount: '15.75', currency, status: 'succeeded' }]);
			expect(settled[0]?.settledAt).toMatch(/^\d{4}-\d{2}-\d{2}T/);
		});

		it('mails once, and changes nothing that is settled, when the provider repeats all it has said', async () => {
			const before = { rows: await rows(), mails: mails().length };
			const { deliveries } = setting.sandbox[provider];
			await poll(
				() => (deliveries.every(({ state }) => state === 'delivered') ? true : undefined),
				'all events',
			);
			const known = await quiet(setting, id, 1);
			const reported = known.filter(({ mode }) => mode === 'webhook').length;
			expect(reported).toBeGreaterThan(0);
			for (const { id: delivery } of [...deliveries]) await setting.sandbox[provider].resend(delivery);
			await quiet(setting, id, known.length + reported);
			expect({ rows: await rows(), mails: mails().length }).toEqual(before);
		});

		it('never goes back: an earlier state that is reported late, and believed, changes nothing', async () => {
			const settled = await rows();
			const file = await workflowFile(flow);
			const trigger = file.nodes.find(({ type }) => /\.(okiPays|payPlay)Trigger$/.test(type))?.name ?? '';
			await setting.n8n.deactivate(id);
			const believing = await openFlow(setting, flow, withParameters(file, trigger, { confirm: false }));
			for (const { id: delivery } of [...setting.sandbox[provider].deliveries]) {
				await setting.sandbox[provider].resend(delivery);
			}
			const late = await quiet(setting, believing, 2);
			expect(late.flatMap((each) => itemsOf(each, trigger))).toContainEqual(
				expect.objectContaining({ ...earlier }),
			);
			expect(await rows()).toEqual(settled);
			expect(mails()).toHaveLength(1);
			await setting.n8n.deactivate(believing);
		});

		it('does not invoice the same reference again', async () => {
			const execution = await setting.n8n.runWorkflow(id);
			expectSuccess(execution);
			expect(itemsOf(execution, 'Create the Invoice')).toMatchObject([
				{ replayed: true, status: 'succeeded' },
			]);
			expect(setting.sandbox[provider].books.appliedPerReference()).toEqual({ [reference]: 1 });
			expect(await rows()).toMatchObject([{ status: 'succeeded' }]);
		});

		it(`tells a person when the outcome is ${trouble.outcome}, and sends no link`, async () => {
			await setting.sandbox.reset();
			setting.sandbox.fault({ provider, operation: create, ...trouble.fault });
			const execution = await setting.n8n.runWorkflow(id);
			expectSuccess(execution);
			expect(nodesOf(execution)).not.toContain('Send the Link');
			const told = await mailAbout(setting, new RegExp(`^Invoice ${reference}: ${trouble.outcome}$`));
			expect(told.html).toContain(trouble.advice);
			expect(setting.sandbox[provider].books.entries).toEqual([]);
		});
	},
);

describe('the two invoice flows', () => {
	it('differ in nothing but the provider: two nodes, names and texts', async () => {
		const [oki, pay] = await Promise.all(invoices.map(({ flow }) => workflowFile(flow)));
		const shape = (file: typeof oki) =>
			file?.nodes.map(({ name, type, position }) => [
				name.replace(/OkiPays|PayPlay/, 'X'),
				type.replace(/okiPays|payPlay/, 'x'),
				position,
			]);
		expect(shape(oki)).toEqual(shape(pay));
		const ours = oki?.nodes.filter(({ type }) => type.startsWith('n8n-nodes-otc-payouts.'));
		expect(ours).toHaveLength(2);
	});
});

describe('deposit watch at Rapira', () => {
	let id: string;
	beforeAll(async () => (id = await openFlow(setting, 'deposit-watch-rapira')));
	afterAll(async () => await setting.n8n.deactivate(id));
	const subjects = () => setting.mail.mails.map(({ subject }) => subject);

	/** Adds a deposit that the chain has brought. It does not change by itself any more. */
	function deposit(number: number, amount: string, status: Deposit['status']): void {
		const made = { memo: null, coin: 'USDT', chain: 'TRX', confirmations: 20, createdAt: Date.now() };
		const [address, txid] = ['TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G', `hash-${number}`];
		setting.sandbox.rapira.state.deposits.push({ id: number, amount, status, address, txid, ...made });
	}

	/** Lets the trigger poll. It does so at once when its workflow is published, and then every minute. */
	async function look(): Promise<void> {
		await setting.n8n.deactivate(id);
		await setting.n8n.activate(id);
	}

	it('mails what arrived and what is held, and nothing about what is under way', async () => {
		deposit(1, '100.50', 'SUCCESS');
		deposit(2, '7', 'MANUAL_CHECK');
		deposit(3, '8', 'PENDING_CONFIRMATIONS');
		await look();
		const arrived = await mailAbout(setting, /^100.50 USDT arrived$/);
		expect(arrived.html).toContain('hash-1');
		await mailAbout(setting, /^Deposit 2: MANUAL_CHECK$/);
		// One poll is one execution, with an item for each change.
		await quiet(setting, id, 1);
		expect(subjects().filter((subject) => /arrived$|^Deposit /.test(subject))).toHaveLength(2);
	});

	it('mails the list when a person looks by hand, and tells nothing twice', async () => {
		expectSuccess(await setting.n8n.runWorkflow(id));
		const list = await mailAbout(setting, /^The latest deposits at Rapira$/);
		expect(list.html).toMatch(/pending {2}8 USDT[^]*processing {2}7 USDT[^]*succeeded {2}100.50 USDT/);
		await look();
		expect(await quiet(setting, id, 2)).toHaveLength(2);
	});

	it('mails a deposit that was held when it arrives after all', async () => {
		setting.sandbox.rapira.act('advanceDeposit', '2');
		await look();
		await mailAbout(setting, /^7 USDT arrived$/);
	});
});

leavesNoSecret(() => setting);
