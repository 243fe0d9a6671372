import { startSetting, type Setting } from '../../scripts/demo/setting.mts';
import { workflowFile } from '../../scripts/demo/workflowFiles.mts';
import { submitForm } from '../../host/approval.mts';
import { itemsOf } from '../../host/executions.mts';
import { leavesNoSecret } from '../leftBehind/index.mts';
import { expectSuccess, mailAbout, nodesOf, openFlow } from './openFlow.mts';
import { withParameters } from './smallFlows.mts';

let setting: Setting;
beforeAll(async () => (setting = await startSetting()));
afterAll(async () => await setting?.close());

describe('a P2P order', () => {
	let flow: string;
	beforeAll(async () => (flow = await openFlow(setting, 'p2p-order')));
	afterAll(async () => await setting.n8n.deactivate(flow));
	const store = () => setting.sandbox.bridgePay;
	const sent = (operation: string) => store().requests.filter((one) => one.operation === operation);

	it('is made, given requisites, paid with a receipt, and reported as paid', async () => {
		const execution = await setting.n8n.runWorkflow(flow);
		expect(execution.status).toBe('waiting');
		const asked = await mailAbout(setting, /^Please pay 1500.00 RUB for order-1001$/);
		expect(asked.to).toEqual(['payer@example.com']);
		expect(asked.html).toContain('2234 7017 2272 7358');
		expect(sent('confirmTransfer')).toEqual([]);

		const receipt = new File(['%PDF-1.4 a receipt'], 'receipt.pdf', { type: 'application/pdf' });
		await submitForm(asked.links['Hand in the receipt'] ?? '', [receipt]);
		expectSuccess(await setting.n8n.waitForExecution(execution.id));
		await mailAbout(setting, /^Order order-1001 is paid$/);
		expect(store().books.appliedPerReference()).toEqual({ 'order-1001': 1 });
		expect(store().state.invoices).toMatchObject([{ status: 'paid', sum: { amount: '1500.00' } }]);
		expect(store().state.invoices[0]?.deals[0]?.attachments).toEqual([
			expect.stringMatching(/receipt\.pdf$/),
		]);
	});

	it('is not made again under the same reference', async () => {
		const again = await setting.n8n.runWorkflow(flow);
		expectSuccess(again);
		expect(itemsOf(again, 'Create the Order')).toMatchObject([{ replayed: true, status: 'succeeded' }]);
		await mailAbout(setting, /^Order order-1001 is there already$/);
		expect(sent('cancelInvoice')).toEqual([]);
		expect(store().books.appliedPerReference()).toEqual({ 'order-1001': 1 });
	});

	it('is cancelled when nobody can take it, and the desk is told', async () => {
		await setting.sandbox.reset();
		const nobody = { jsonOutput: '{ "option": "SBP", "method": "alfabank" }' };
		const file = withParameters(await workflowFile('p2p-order'), 'Choose a Variant', nobody);
		// The copy has the same trigger, and only one workflow can publish it.
		await setting.n8n.deactivate(flow);
		flow = await openFlow(setting, 'p2p-order', file);
		const execution = await setting.n8n.runWorkflow(flow);
		expectSuccess(execution);
		expect(nodesOf(execution)).not.toContain('Ask the Payer to Pay');
		await mailAbout(setting, /^Order order-1001: no requisites are free$/);
		expect(store().state.invoices).toMatchObject([{ status: 'canceled' }]);
	});
});

describe('P2P at Rapira', () => {
	const order = '963936310324625408';
	const state = () => setting.sandbox.rapira.state.otcOrders.find(({ orderSn }) => orderSn === order)?.status;
	let flow: string;
	beforeAll(async () => (flow = await openFlow(setting, 'p2p-at-rapira')));
	beforeEach(() => setting.mail.mails.splice(0));

	async function trade(orderNumber: string) {
		const execution = await setting.n8n.runWorkflow(flow);
		expect(execution.status).toBe('waiting');
		const asked = await mailAbout(setting, /^Buy USDT for 10000 RUB at 79.60$/);
		await submitForm(asked.links['I have paid'] ?? '', [orderNumber]);
		const ended = await setting.n8n.waitForExecution(execution.id);
		expectSuccess(ended);
		return ended;
	}

	it('offers the best price, and reports the payment when a person has paid', async () => {
		expect(state()).toBe('UNPAID');
		const execution = await trade(` ${order}`);
		expect(itemsOf(execution, 'Take the Cheapest')).toMatchObject([{ merchantSide: 'SELL', price: '79.60' }]);
		await mailAbout(setting, new RegExp(`^Order ${order} is reported as paid$`));
		expect(state()).toBe('PAID');
	});

	it('tells the trader when Rapira refuses the report', async () => {
		await trade('111');
		const mail = await mailAbout(setting, /^Order 111: the report is rejected$/);
		expect(mail.html).toContain('There is no order 111');
	});

	it('tells the trader when the outcome is not known, and reports once', async () => {
		await setting.sandbox.reset();
		setting.sandbox.fault({ operation: 'payOtcOrder', kind: 'bad-gateway', applied: true });
		await trade(order);
		await mailAbout(setting, new RegExp(`^Order ${order}: the report is unknown$`));
		const reports = setting.sandbox.rapira.requests.filter(({ operation }) => operation === 'payOtcOrder');
		expect(reports).toHaveLength(1);
	});

	it('tells the trader when nobody sells at this price', async () => {
		const file = await workflowFile('p2p-at-rapira');
		const strict = withParameters(file, 'Look for Offers', { options: { amount: '1' } });
		const execution = await setting.n8n.runWorkflow(await setting.n8n.importWorkflow(strict, setting));
		expectSuccess(execution);
		await mailAbout(setting, /^No offer up to 79.70$/);
	});
});

leavesNoSecret(() => setting);
