import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { statuses } from '../../core/fields/triggerProperties';
import { strikeOutUrl, writeDownUrl } from '../../core/fields/triggerUrl';
import { webhookTexts } from '../../core/fields/webhookTexts';
import { receiveWebhook } from '../../core/events/webhook';
import { credentialTests } from './credentialTest';
import { bridgePayWebhook } from './webhook';

export class BridgePayTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'BridgePay Trigger',
		name: 'bridgePayTrigger',
		icon: { light: 'file:bridgePay.svg', dark: 'file:bridgePay.dark.svg' },
		group: ['trigger'],
		// With version 1, n8n evaluates an expression for each delivery, for an option that only its old Webhook node
		// has.
		version: 2,
		subtitle:
			'={{ $parameter["events"].map((event) => ({ payIn: "Pay-In", payOut: "Pay-Out", other: "Other" })[event]).join(", ") || "All events" }}',
		description:
			'Take P2P payments and pay out with BridgePay, or start the workflow when a pay-in or pay-out changes its status',
		defaults: { name: 'BridgePay Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		...webhookTexts(
			'BridgePay',
			'BridgePay tries three times within two minutes and then keeps silent, so let a BridgePay Polling Trigger look after open invoices too.',
		),
		credentials: [{ name: 'bridgePayApi', required: true, testedBy: 'testBridgePay' }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				// n8n answers after it has stored the execution, so an acknowledged event is never lost.
				responseMode: 'onReceived',
				responseData: '',
				path: 'webhook',
			},
		],
		properties: [
			{
				displayName:
					"Each invoice has a URL of its own: choose This Workflow's Trigger under Notify when you create it, or, in another workflow, paste the Production URL from Webhook URLs above into Notification URL. Use one credential with a Notification Token there and here.",
				name: 'notice',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Events',
				name: 'events',
				type: 'multiOptions',
				options: [
					{ name: 'Other', value: 'other', description: 'An invoice of a type that is not documented' },
					{ name: 'Pay-In', value: 'payIn', description: 'A pay-in changed its status' },
					{ name: 'Pay-Out', value: 'payOut', description: 'A pay-out changed its status' },
				],
				default: [],
				description:
					'The events to start the workflow for. Empty: all. Others are acknowledged without an execution. An expression that gives no list is answered 503, and the provider sends again.',
			},
			statuses,
			{
				displayName: 'Confirm With the Provider',
				name: 'confirm',
				type: 'boolean',
				default: true,
				description:
					'Whether to read the invoice from BridgePay and emit that. The token does not protect what a notification says, so leave it on wherever money or goods depend on it. An expression that gives neither true nor false is answered 503.',
			},
		],
	};

	methods = { credentialTest: credentialTests };

	// BridgePay has no API for the URL, because each invoice is created with its own. Nothing is registered. The URL
	// is stored for the nodes that create invoices.
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return writeDownUrl(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return writeDownUrl(this);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return strikeOutUrl(this);
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveWebhook.call(this, bridgePayWebhook);
	}
}
