import type { INodeProperties } from 'n8n-workflow';

/** How long an operation asks until a payment is final. */
export const waitFields: INodeProperties[] = [
	{
		displayName: 'Maximum Wait',
		name: 'maximumWait',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 5,
		description:
			'How long to wait at most. After that the item continues as it is, with timedOut set to true. The execution stays in memory meanwhile: to wait for hours, a trigger is better.',
	},
	{
		displayName: 'Unit',
		name: 'maximumWaitUnit',
		type: 'options',
		options: [
			{ name: 'Hours', value: 'hours' },
			{ name: 'Minutes', value: 'minutes' },
			{ name: 'Seconds', value: 'seconds' },
		],
		default: 'minutes',
		description: 'The unit of Maximum Wait',
	},
];

/** The event for which an execution sleeps, and the longest sleep. */
export const callbackFields: INodeProperties[] = [
	{
		displayName: 'Wait For',
		name: 'waitFor',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Any Change',
				value: 'change',
				description: 'The first callback that tells anything new about the order',
			},
			{
				name: 'Final State',
				value: 'final',
				description: 'Callbacks about states that can still change are acknowledged, and the wait goes on',
			},
		],
		default: 'final',
		description: 'Which callback the execution goes on with',
	},
	{
		displayName: 'Maximum Wait',
		name: 'maximumWait',
		type: 'number',
		required: true,
		typeOptions: { minValue: 0 },
		default: 1,
		description:
			'How long the execution sleeps at most. After that it continues with the order as it was created and timedOut set to true. A callback may have been lost, so read the order again with a Get or Wait Until Final behind this node.',
	},
	{
		displayName: 'Unit',
		name: 'maximumWaitUnit',
		type: 'options',
		options: [
			{ name: 'Days', value: 'days' },
			{ name: 'Hours', value: 'hours' },
			{ name: 'Minutes', value: 'minutes' },
		],
		default: 'hours',
		description: 'The unit of Maximum Wait',
	},
];
