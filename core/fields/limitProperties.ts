import type { INodeProperties } from 'n8n-workflow';

/**
 * The section Limits of a credential. It is the same for all providers. The fields take no expression: the data of a
 * flow must not decide how much the flow may pay.
 */
export const limitProperties: INodeProperties[] = [
	{
		displayName:
			'Limits: whoever may only use this credential can neither read nor change them. Empty means no limit. What cannot be read as a limit keeps every payment back.',
		name: 'limitsNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Payments Off',
		name: 'paymentsOff',
		type: 'boolean',
		default: false,
		noDataExpression: true,
		description: 'Whether to refuse everything that moves money or changes something. Reads still work.',
	},
	{
		displayName: 'Most per Payment',
		name: 'mostPerPayment',
		type: 'string',
		default: '',
		noDataExpression: true,
		placeholder: 'e.g. USDT 1000, USD 5000',
		description:
			'The largest single payment in each currency. A currency that is not named here is not paid then. Fees that the provider adds are not counted.',
	},
	{
		displayName: 'Most per Run',
		name: 'mostPerRun',
		type: 'string',
		default: '',
		noDataExpression: true,
		placeholder: 'e.g. USDT 20000, USD 50000',
		description:
			'The most for all items of one run of a node together, in each currency. A currency that is not named here is not paid then.',
	},
	{
		displayName: 'Allowed Recipients',
		name: 'allowedRecipients',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		noDataExpression: true,
		placeholder: 'e.g. TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G, rPVMhWBsfF9iMXYj3aAzJVkPDTFNSyWdKy#104328',
		description:
			'Addresses, cards, phones, accounts and user IDs that may be paid, separated by commas. A memo stands behind a #, and a payment with another memo is refused.',
	},
	{
		displayName: 'Approval From',
		name: 'approvalFrom',
		type: 'string',
		default: '',
		noDataExpression: true,
		placeholder: 'e.g. USDT 500, USD 500',
		description:
			'From this amount on a payment needs an Approval Hash. A currency that is not named here needs one for any amount then.',
	},
	{
		displayName: 'AI Agents',
		name: 'aiAgents',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Never',
				value: 'never',
				description: 'An agent only reads',
			},
			{
				name: 'Only With an Approval',
				value: 'approval',
				description:
					'An agent makes previews. Only a hash that a person has saved in the node is an approval.',
			},
			{
				name: 'Within the Limits',
				value: 'within',
				description: 'An agent pays what the limits of this credential allow',
			},
		],
		default: 'never',
		description:
			'Whether an AI agent may pay or change something, where its node has Allow Use by AI Agents turned on',
	},
	{
		displayName: 'Custom Requests',
		name: 'customRequests',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'All',
				value: 'all',
				description: 'The limits on amounts and recipients do not see what such a request pays',
			},
			{
				name: 'All, but Reads Only With Any Limit',
				value: 'auto',
			},
			{
				name: 'Reads Only',
				value: 'reads',
				description: 'Only GET',
			},
		],
		default: 'auto',
		description:
			"What Custom API Request and n8n's HTTP Request node may send with this credential. Only GET counts as a read.",
	},
];
