import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { receiptItem } from '../setting.mts';
import { type BridgePaySetting, byId, invoice, openBridgePay, orders, payIn } from './setting.mts';

let setting: BridgePaySetting;
beforeAll(async () => {
	setting = await openBridgePay();
});
afterEach(() => setting.sandbox.reset());
afterAll(() => setting.close());

const received = (operation: string) =>
	setting.provider.requests.filter((one) => one.operation === operation);

async function one(
	parameters: INodeParameters,
	more: Parameters<BridgePaySetting['run']>[1] = {},
): Promise<IDataObject> {
	const { items, error } = await setting.run(parameters, { items: orders('o-1'), ...more });
	if (error) throw new Error(`${error.message} ${error.description ?? ''}`);
	return items[0]?.json ?? {};
}

describe('what is done to an invoice', () => {
	it('cancel has no body, and its smaller answer gives the same record', async () => {
		const { id } = await one(payIn());
		expect(await one(invoice('cancel', { id: String(id) }))).toMatchObject({
			outcome: 'applied',
			kind: 'payIn',
			status: 'cancelled',
			final: true,
			amount: '1500.50',
		});
		const [cancel] = received('cancelInvoice');
		expect([cancel?.rawBody.length, cancel?.headers['content-type']]).toEqual([0, undefined]);
	});

	it('a dispute has its literal form names', async () => {
		const { id, requisites } = await one(payIn());
		const dealId = String((requisites as IDataObject).dealId);
		const fields = {
			id: String(id),
			dealId: byId(dealId),
			disputeReason: 'invalid_sum',
			paidAmount: '1400.00',
			attachment: 'data',
		};
		const disputed = await one(invoice('openDispute', fields), { items: [receiptItem()] });
		expect(disputed).toMatchObject({ outcome: 'applied', status: 'processing', final: false });
		const body = received('openDispute')[0]?.rawBody.toString('latin1') ?? '';
		expect([...body.matchAll(/name="([^"]*)"/g)].map(([, name]) => name)).toEqual([
			'dealId',
			'disputeReason',
			'disputeReasonData[amount]',
			'attachment',
			'receipt.png',
		]);
		expect(body).toContain('name="disputeReasonData[amount]"\r\n\r\n1400.00\r\n');

		setting.provider.act('acceptDispute', String(id));
		expect(await one(invoice('get', { id: String(id) }))).toMatchObject({
			status: 'succeeded',
			amount: '1500.50',
			paidAmount: '1400.00',
		});
	});

	it('a dispute that was sent, and whose amount cannot be sent at the next try, is not rejected', async () => {
		const { id, requisites } = await one(payIn());
		const fields = {
			id: String(id),
			dealId: byId(String((requisites as IDataObject).dealId)),
			disputeReason: 'invalid_sum',
			attachment: 'data',
		};
		const dispute = (paidAmount: string) => invoice('openDispute', { ...fields, paidAmount });
		setting.sandbox.fault({ operation: 'openDispute', kind: 'reset-after-applying' });
		const failed = await setting.run(dispute('1400.00'), { items: [receiptItem()] });
		expect(failed.error?.message).toContain('may or may not have');

		const stopped = await setting.retry(failed, dispute('1400.000'), { items: [receiptItem()] });
		expect(stopped.error?.message).toMatch(
			/takes at most 2\. It may have been carried out then\. \[item 1\]/,
		);
		const { items } = await setting.retry(failed, dispute('1400.000'), {
			items: [receiptItem()],
			settings: { onError: 'continueRegularOutput' },
		});
		expect(items[0]?.json).toMatchObject({ outcome: 'unknown', code: 'sent_before' });
		expect(received('openDispute')).toHaveLength(1);
	});

	it('a dispute for another reason has no amount', async () => {
		const { id, requisites } = await one(payIn());
		const dealId = byId(String((requisites as IDataObject).dealId));
		const fields = {
			id: String(id),
			dealId,
			disputeReason: 'has_payment',
			paidAmount: '1',
			attachment: 'data',
		};
		await one(invoice('openDispute', fields), { items: [receiptItem()] });
		expect(received('openDispute')[0]?.rawBody.toString('latin1')).not.toContain('disputeReasonData');
	});

	it.each(['startDeal', 'confirmTransfer', 'openDispute', 'cancel'])(
		'%s is sent once when the answer is lost, and says how to find out',
		async (operation) => {
			const flow = operation === 'startDeal' ? 'stepByStep' : 'direct';
			const { id, requisites } = await one(payIn({}, { flow }));
			const dealId = byId(String((requisites as IDataObject | undefined)?.dealId ?? 'x'));
			const parameters = invoice(
				operation,
				{ id: String(id), dealId, disputeReason: 'unknown', attachment: 'data' },
				{ timeout: 1 },
			);
			const name = operation === 'cancel' ? 'cancelInvoice' : operation;
			setting.sandbox.fault({ operation: name, kind: 'reset-after-applying' });
			const { error } = await setting.run(parameters, {
				items: [receiptItem()],
				settings: { retryOnFail: true, maxTries: 3 },
			});
			expect(error?.message).toContain('It may or may not have been carried out');
			expect(error?.description).toContain('use Invoice: Get');
			expect(received(name)).toHaveLength(1);
		},
	);
});

describe('a QR code', () => {
	it('is a file, asked for without a key', async () => {
		const { id } = await one(payIn({}, { flow: 'crossBorderQr' }));
		const { items, error } = await setting.run(invoice('getQrCode', { id: String(id) }), { items: [{}] });
		expect(error).toBeUndefined();
		const { binary, json } = items[0] ?? {};
		expect(json).toEqual({ fileName: 'qr-code.svg', mimeType: 'image/svg+xml' });
		expect(binary?.data).toMatchObject({ fileName: 'qr-code.svg', mimeType: 'image/svg+xml' });
		expect(Buffer.from(binary?.data?.data ?? '', 'base64').toString()).toMatch(/<svg .*<\/svg>/);
		const [request] = received('getInvoiceQrCode');
		expect(request?.headers).not.toHaveProperty('x-identity');
		expect(request?.headers).not.toHaveProperty('x-signature');
		expect(request?.headers.accept).toBe('image/svg+xml');
	});

	it('half a picture is read again', async () => {
		const { id } = await one(payIn({}, { flow: 'crossBorderQr' }));
		setting.sandbox.fault({ operation: 'getInvoiceQrCode', kind: 'ok-but-wrong', body: 'html' });
		const { items } = await setting.run(invoice('getQrCode', { id: String(id) }), { items: [{}] });
		expect(items[0]?.binary).toHaveProperty('data');
		expect(received('getInvoiceQrCode')).toHaveLength(2);
	});

	it('there is none for a card', async () => {
		const { id } = await one(payIn());
		const { error } = await setting.run(invoice('getQrCode', { id: String(id) }), { items: [{}] });
		expect(error?.message).toContain('BridgePay refused Invoice: Get QR Code');
	});
});
