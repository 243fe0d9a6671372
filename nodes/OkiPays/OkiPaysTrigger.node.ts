import {
	NodeConnectionTypes,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { statuses } from '../../core/fields/triggerProperties';
import { webhookTexts } from '../../core/fields/webhookTexts';
import { receiveWebhook } from '../../core/events/webhook';
import { credentialTests } from './credentialTest';
import { okiPaysWebhook } from './webhook';

export class OkiPaysTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'OkiPays Trigger',
		name: 'okiPaysTrigger',
		icon: { light: 'file:okiPays.svg', dark: 'file:okiPays.dark.svg' },
		group: ['trigger'],
		// With version 1, n8n evaluates an expression for each delivery, for an option that only its old Webhook node
		// has.
		version: 2,
		subtitle:
			'={{ $parameter["statuses"].map((status) => status[0].toUpperCase() + status.slice(1).replace("_r", " R")).join(", ") || "All statuses" }}',
		description:
			'Take crypto payments for your orders with OkiPays, or start the workflow when one of them changes',
		defaults: { name: 'OkiPays Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		...webhookTexts(
			'OkiPays',
			'When an order is paid and n8n has stored the execution, OkiPays is answered "done" and closes the order. In every other case the answer decides nothing, and nothing here cancels an order.',
		),
		credentials: [{ name: 'okiPaysApi', required: true, testedBy: 'testOkiPays' }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				// n8n answers after it has stored the execution. OkiPays may close a paid order after this answer,
				// but not before.
				responseMode: 'onReceived',
				responseData: '',
				path: 'webhook',
			},
		],
		properties: [
			{
				displayName:
					'Paste the Production URL from Webhook URLs above as the Result URL in the settings of your merchant at OkiPays. Keep the URL secret.',
				name: 'notice',
				type: 'notice',
				default: '',
			},
			{
				...statuses,
				description:
					'The statuses to start the workflow for. Empty: all. Without Succeeded, OkiPays is never answered "done". An expression that gives no list is answered 503, and the provider sends again.',
			},
			{
				displayName: 'Confirm With the Provider',
				name: 'confirm',
				type: 'boolean',
				default: true,
				description:
					'Whether to ask OkiPays for the order and to emit its answer instead of the notification. Off, a signed notification is taken at its word, with the amounts that only it tells; one without a signature is confirmed all the same. An expression that gives neither true nor false is answered 503.',
			},
			{
				displayName: 'Require Signature',
				name: 'requireSignature',
				type: 'boolean',
				default: false,
				description:
					'Whether to refuse notifications without a signature. OkiPays does not document that it signs: switch it on when yours are signed. A wrong signature is always refused. An expression that gives neither true nor false is answered 503.',
			},
		],
	};

	methods = { credentialTest: credentialTests };

	// OkiPays has no API for the Result URL: the user pastes it in the merchant's settings. Nothing is registered.
	webhookMethods = {
		default: {
			async checkExists(): Promise<boolean> {
				return true;
			},
			async create(): Promise<boolean> {
				return true;
			},
			async delete(): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveWebhook.call(this, okiPaysWebhook);
	}
}
