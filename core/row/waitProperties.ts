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
			'How long to wait at most. When it is over, the item goes on as it is, with timedOut. The execution stays in memory meanwhile; for hours, a trigger is better.',
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

/** What an execution sleeps for, and how long at most. */
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
			'How long the execution sleeps at most. Then it goes on with timedOut true and the order as it was made: let a Get or Wait Until Final behind it tell the truth, because a callback may have been lost.',
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
