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
import { gatePayWebhook } from './webhook';

export class GatePayTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Gate Pay Trigger',
		name: 'gatePayTrigger',
		icon: { light: 'file:gatePay.svg', dark: 'file:gatePay.dark.svg' },
		group: ['trigger'],
		// With version 1, n8n evaluates an expression for each delivery, for an option that only its old Webhook node
		// has.
		version: 2,
		subtitle:
			'={{ $parameter["events"].map((event) => ({ otc: "OTC", subscriptionOrder: "Subscription" })[event] ?? event[0].toUpperCase() + event.slice(1).replace(/([A-Z])/g, " $1")).join(", ") || "All events" }}',
		description:
			'Pay out, take payments, refund, convert and trade OTC with Gate Pay, or start the workflow when one of these changes',
		defaults: { name: 'Gate Pay Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		...webhookTexts('Gate Pay', 'Gate Pay repeats what was not acknowledged for about a day.'),
		credentials: [{ name: 'gatePayApi', required: true, testedBy: 'testGatePay' }],
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
					'Paste the Production URL from Webhook URLs above as the Callback URL of your application in the Gate Pay dashboard; for a static address, as the callback URL of that address. Keep the URL secret.',
				name: 'notice',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Events',
				name: 'events',
				type: 'multiOptions',
				options: [
					{
						name: 'Address Payment',
						value: 'addressPayment',
						description: 'An address order was paid, expired or received funds',
					},
					{
						name: 'Batch Transfer',
						value: 'batchTransfer',
						description: 'A batch transfer to Gate users was executed',
					},
					{ name: 'Gift Card Batch', value: 'giftCardBatch', description: 'A batch of gift cards was paid' },
					{
						name: 'Institution Account',
						value: 'institutionAccount',
						description: 'A sub-account was created or refused',
					},
					{
						name: 'OTC',
						value: 'otc',
						action: 'On OTC order',
						description: 'An OTC deposit or withdrawal changed its state',
					},
					{ name: 'Other', value: 'other', description: 'A notification of a kind that is not documented' },
					{
						name: 'Payment Order',
						value: 'paymentOrder',
						description: 'An order was paid from a Gate account or closed',
					},
					{
						name: 'Payout',
						value: 'payout',
						description: 'A payout of a batch changed its state, one item for each',
					},
					{ name: 'Refund', value: 'refund', description: 'A refund changed its state' },
					{
						name: 'Static Address Payment',
						value: 'staticAddressPayment',
						description: 'Funds arrived on a static address',
					},
					{
						name: 'Static Address Risk',
						value: 'staticAddressRisk',
						description: 'A static address was flagged as risky',
					},
					{
						name: 'Subscription',
						value: 'subscriptionOrder',
						description: 'A subscription changed its state',
					},
					{
						name: 'Subscription Debit',
						value: 'subscriptionDebit',
						description: 'A subscription was debited',
					},
					{
						name: 'Unresolved Payment',
						value: 'unresolvedPayment',
						description: 'A payment needs a decision in the dashboard',
					},
				],
				default: [],
				description:
					'The events to start the workflow for. Empty: all. Others are acknowledged without an execution. An expression that gives no list is answered 503, and the provider sends again.',
			},
			statuses,
		],
	};

	methods = { credentialTest: credentialTests };

	// Gate Pay has no API for the payment URL: the user pastes it in the dashboard. A static address is created with
	// its own URL, so the URL is stored for the nodes that create addresses.
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
		return await receiveWebhook.call(this, gatePayWebhook);
	}
}
