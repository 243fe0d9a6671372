import type { IDataObject, IExecuteFunctions, IHookFunctions } from 'n8n-workflow';
import { strikeOutUrl, triggerUrlValue, writeDownUrl } from '../../../../core/fields/triggerUrl.ts';
import { createPayIn, createPayInAndWait } from '../../../../nodes/BridgePay/operations/payIn.ts';
import { staticAddress } from '../../../../nodes/GatePay/operations/staticAddress.ts';
import { bridgePay } from '../../../../nodes/BridgePay/provider.ts';
import { gatePay } from '../../../../nodes/GatePay/provider.ts';

let staticData: IDataObject;
beforeEach(() => (staticData = {}));

const TYPE = 'n8n-nodes-otc-payouts.bridgePayTrigger';
const URL = 'https://n8n.example.com/webhook/a/webhook';

interface Trigger {
	id?: string;
	type?: string;
	url?: string | undefined;
	mode?: string;
	workflow?: string;
}

function hook({ id = 't-1', type = TYPE, url = URL, mode = 'trigger', workflow = 'w-1' }: Trigger = {}) {
	return {
		getMode: () => mode,
		getNode: () => ({ id, type }),
		getNodeWebhookUrl: () => url,
		getWorkflow: () => ({ id: workflow }),
		getWorkflowStaticData: () => staticData,
	} as unknown as IHookFunctions;
}

const node = {
	getWorkflow: () => ({ id: 'w-1' }),
	getWorkflowStaticData: () => staticData,
} as unknown as IExecuteFunctions;

const empty = { fields: { notificationUrl: '' }, options: {} };
const valueOf = () => triggerUrlValue(node, bridgePay, createPayIn, empty);

it('an action node takes the URL that the trigger of its workflow wrote down', () => {
	expect(writeDownUrl(hook())).toBe(true);
	expect(valueOf()).toEqual({ notificationUrl: URL });
});

it('what the trigger writes down at a later start counts', () => {
	writeDownUrl(hook());
	writeDownUrl(hook({ url: 'https://moved.example.com/webhook/a/webhook' }));
	expect(valueOf()).toEqual({ notificationUrl: 'https://moved.example.com/webhook/a/webhook' });
});

it('writes to the database only what is new', () => {
	writeDownUrl(hook());
	Object.freeze(staticData);
	expect(() => writeDownUrl(hook())).not.toThrow();
	expect(() => strikeOutUrl(hook({ id: 'another' }))).not.toThrow();
	expect(() => strikeOutUrl(hook())).toThrow(TypeError);
});

it("the editor's test URL is neither written down nor struck out", () => {
	writeDownUrl(hook());
	writeDownUrl(hook({ mode: 'manual', url: 'https://n8n.example.com/webhook-test/a/webhook' }));
	strikeOutUrl(hook({ mode: 'manual' }));
	expect(valueOf()).toEqual({ notificationUrl: URL });
});

it.each<[string, () => void]>([
	['nothing was published', () => undefined],
	['it was unpublished', () => void (writeDownUrl(hook()), strikeOutUrl(hook()))],
	['it came along from another workflow', () => void writeDownUrl(hook({ workflow: 'w-0' }))],
	['it is the trigger of another provider', () => void writeDownUrl(hook({ type: 'p.gatePayTrigger' }))],
	['it is the polling trigger', () => void writeDownUrl(hook({ type: 'p.bridgePayPollingTrigger' }))],
	['it has no URL', () => void writeDownUrl({ ...hook(), getNodeWebhookUrl: () => undefined })],
	['what is there is not ours', () => void (staticData.otcPayoutsTriggers = { a: { url: 7 }, b: null })],
])('is refused when %s', (_why, prepare) => {
	prepare();
	expect(valueOf).toThrow('This workflow has no published BridgePay Trigger');
});

it('is refused when there are two', () => {
	writeDownUrl(hook());
	writeDownUrl(hook({ id: 't-2', url: 'https://n8n.example.com/webhook/b/webhook' }));
	expect(valueOf).toThrow('This workflow has 2 nodes BridgePay Trigger');
});

it('leaves the URL alone where the user has set one', () => {
	writeDownUrl(hook());
	const other = { fields: { notificationUrl: 'https://example.com' }, options: {} };
	expect(triggerUrlValue(node, bridgePay, createPayIn, other)).toEqual({});
	expect(triggerUrlValue(node, bridgePay, createPayInAndWait, { fields: {}, options: {} })).toEqual({});
});

it('holds a long URL against what the provider takes', () => {
	const save = staticAddress.operations.find(({ value }) => value === 'save');
	if (!save) throw new Error('No such operation');
	const asked = { fields: {}, options: { callback: 'trigger' } };
	writeDownUrl(hook({ type: 'p.gatePayTrigger' }));
	expect(triggerUrlValue(node, gatePay, save, asked)).toEqual({ callbackUrl: URL });
	writeDownUrl(hook({ type: 'p.gatePayTrigger', url: `${URL}/${'x'.repeat(100)}` }));
	expect(() => triggerUrlValue(node, gatePay, save, asked)).toThrow('it takes at most 128');
});
