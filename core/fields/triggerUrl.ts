import type { IExecuteFunctions, IHookFunctions } from 'n8n-workflow';
import { isRecord, type WritableObject } from '../exact/json';
import type { Does } from '../provider/does';
import type { Operation } from '../provider/operation';
import type { Parameters } from './parameters';
import type { Provider } from '../provider/provider';
import { Refusal } from '../refusal';
import { checkField, isEmpty } from './rules';

/**
 * The URL of a trigger, and its workflow. An exported workflow takes this entry along into another one, so the
 * workflow's ID is needed to recognize that.
 */
interface PublishedTrigger {
	/** The node type, e.g. `n8n-nodes-otc-payouts.bridgePayTrigger`. */
	type: string;
	url: string;
	workflow: string;
}

const TRIGGER_URLS = 'otcPayoutsTriggers';

/** The value of the choice that stands for the trigger's URL. */
export const THIS_WORKFLOW = 'trigger';

/**
 * Writes the trigger's production URL into the workflow's static data. The action nodes read it there, because n8n
 * tells no node the URL of another one. n8n calls this when the workflow is published and at every start.
 */
export function writeDownUrl(hook: IHookFunctions): boolean {
	// The editor's test URL is valid for two minutes only.
	if (hook.getMode() === 'manual') return true;
	const url = hook.getNodeWebhookUrl('default');
	const { id, type } = hook.getNode();
	if (url !== undefined) change(hook, { [id]: { type, url, workflow: hook.getWorkflow().id ?? '' } });
	return true;
}

/** Removes the trigger's URL. n8n calls this when the workflow is unpublished. */
export function strikeOutUrl(hook: IHookFunctions): boolean {
	if (hook.getMode() !== 'manual') change(hook, { [hook.getNode().id]: undefined });
	return true;
}

function change(hook: IHookFunctions, entries: Record<string, PublishedTrigger | undefined>): void {
	const data = hook.getWorkflowStaticData('global');
	const merged = { ...(isRecord(data[TRIGGER_URLS]) ? data[TRIGGER_URLS] : {}), ...entries };
	const kept = Object.entries(merged).filter(([, entry]) => entry !== undefined);
	const before = JSON.stringify(data[TRIGGER_URLS] ?? {});
	// n8n writes static data to the database at every assignment, even of an equal value.
	if (JSON.stringify(Object.fromEntries(kept)) !== before) data[TRIGGER_URLS] = Object.fromEntries(kept);
}

/**
 * The URL parameter of a request whose user wants this workflow's trigger.
 * @throws Refusal when the workflow does not have exactly one published trigger of the provider
 */
export function triggerUrlValue(
	node: IExecuteFunctions,
	provider: Provider,
	{ does: { triggerUrl } = {}, rules }: Operation,
	{ fields, options }: Parameters,
): WritableObject {
	if (!triggerUrl || !isWanted(triggerUrl, { ...fields, ...options })) return {};
	const title = `${provider.displayName} Trigger`;
	const [url, ...others] = urlsOf(node, provider);
	const place = triggerUrl.choice === undefined ? 'fill in' : 'choose Other URL and paste';
	const otherwise = `or ${place} the Production URL of another ${title}`;
	if (url === undefined)
		throw new Refusal(
			`This workflow has no published ${title}`,
			`Add one and publish the workflow, ${otherwise}`,
		);
	if (others.length > 0)
		throw new Refusal(`This workflow has ${others.length + 1} nodes ${title}`, `Keep one, ${otherwise}`);
	const label = `The URL of the ${title}`;
	checkField(url, rules?.[triggerUrl.parameter], { label, required: true, timezone: 'UTC' });
	return { [triggerUrl.parameter]: url };
}

function isWanted(
	{ parameter, choice }: NonNullable<Does['triggerUrl']>,
	values: Readonly<Record<string, unknown>>,
): boolean {
	return choice === undefined ? isEmpty(values[parameter]) : values[choice] === THIS_WORKFLOW;
}

function urlsOf(node: IExecuteFunctions, { name }: Provider): string[] {
	const entries: unknown = node.getWorkflowStaticData('global')[TRIGGER_URLS];
	const { id } = node.getWorkflow();
	return Object.values(isRecord(entries) ? entries : {})
		.filter(isPublishedTrigger)
		.filter(({ type, workflow }) => workflow === id && type.endsWith(`.${name}Trigger`))
		.map(({ url }) => url);
}

function isPublishedTrigger(value: unknown): value is PublishedTrigger {
	return isRecord(value) && [value.type, value.url, value.workflow].every((one) => typeof one === 'string');
}
