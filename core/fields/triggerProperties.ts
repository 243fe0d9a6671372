import type { INodeProperties } from 'n8n-workflow';

/** The statuses that a trigger lets through. */
export const statuses: INodeProperties = {
	displayName: 'Statuses',
	name: 'statuses',
	type: 'multiOptions',
	options: [
		{ name: 'Action Required', value: 'action_required' },
		{ name: 'Cancelled', value: 'cancelled' },
		{ name: 'Created', value: 'created' },
		{ name: 'Expired', value: 'expired' },
		{ name: 'Failed', value: 'failed' },
		{ name: 'Pending', value: 'pending' },
		{ name: 'Processing', value: 'processing' },
		{ name: 'Refunded', value: 'refunded' },
		{ name: 'Succeeded', value: 'succeeded' },
		{ name: 'Unknown', value: 'unknown' },
	],
	default: [],
	description:
		'The statuses to start the workflow for. Empty: all. With an expression that gives no list nothing starts: a notification is answered 503, and a poll tells nothing.',
};

/** How a polling trigger looks for changes. */
export const pollingProperties: INodeProperties[] = [
	{
		displayName: 'Days to Look Back',
		name: 'days',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 365 },
		default: 7,
		description: 'How old a watched object may be. Changes of older ones are not seen.',
	},
	{
		displayName: 'Emit Existing',
		name: 'emitExisting',
		type: 'boolean',
		default: false,
		description:
			'Whether the first poll emits what is already there, instead of only what changes afterwards',
	},
	statuses,
];
