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
import { payPlayWebhook } from './webhook';

export class PayPlayTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'PayPlay Trigger',
		name: 'payPlayTrigger',
		icon: { light: 'file:payPlay.svg', dark: 'file:payPlay.dark.svg' },
		group: ['trigger'],
		// With version 1, n8n evaluates an expression for each delivery, for an option that only its old Webhook node
		// has.
		version: 2,
		subtitle:
			'={{ $parameter["events"].map((event) => event[0].toUpperCase() + event.slice(1)).join(", ") || "All events" }}',
		description:
			'Take crypto payments, withdraw, convert and refund with PayPlay, or start the workflow when one of these changes',
		defaults: { name: 'PayPlay Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		...webhookTexts(
			'PayPlay',
			'Orders also need the Payment Page Slug in the credential. Each further payment page needs a credential and a trigger of its own. Nobody documents whether PayPlay repeats what was not acknowledged, so let a PayPlay Polling Trigger look for lost orders.',
		),
		credentials: [{ name: 'payPlayApi', required: true, testedBy: 'testPayPlay' }],
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
					'Paste the Production URL from Webhook URLs above as webhook URL in the PayPlay CRM and tick the events there: orders and transactions in the settings of a payment page, withdrawals and rollbacks in the general settings. Put the signature token that each of the two shows once into the credential.',
				name: 'notice',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Events',
				name: 'events',
				type: 'multiOptions',
				options: [
					{ name: 'Order', value: 'order', description: 'An order was paid, partly paid or declined' },
					{ name: 'Other', value: 'other', description: 'A notification of a kind that is not documented' },
					{
						name: 'Rollback',
						value: 'rollback',
						description: 'An overpaid part went to the account or back to the payer',
					},
					{
						name: 'Transaction',
						value: 'transaction',
						description: 'A transaction of a payment page was completed, declined or exchanged',
					},
					{ name: 'Withdrawal', value: 'withdrawal', description: 'A withdrawal was completed or declined' },
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
					'Whether to read the order or transaction from PayPlay and emit that. The signature covers no time, so without this a notification that somebody has seen can be sent again later. An expression that gives neither true nor false is answered 503.',
			},
		],
	};

	methods = { credentialTest: credentialTests };

	// PayPlay has no API for webhooks: the user pastes the URL in the CRM. Nothing is registered.
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
		return await receiveWebhook.call(this, payPlayWebhook);
	}
}
