import type { INodeProperties } from 'n8n-workflow';
import { fromList } from '../../../core/fields/fromList';
import { optionalText, requiredText } from '../../../core/fields/typed';
import type { FieldRule } from '../../../core/provider/fieldRule';
import type { Operation, Resource } from '../../../core/provider/operation';
import { PAGES } from './fields';

/** "Letters, digits, _ and -, at most 50 bytes". The customer pages show only the length. */
const name: FieldRule = { kind: 'reference', maximumLength: 50 };

/** The body is a list with one customer. */
const within: Readonly<Record<string, string>> = {
	channelId: 'merchantChannelList[]',
	desc: 'merchantChannelList[]',
	channelType: 'merchantChannelList[]',
	address: 'merchantChannelList[]',
	chain: 'merchantChannelList[]',
	customFields: 'merchantChannelList[]',
};

const channelType: INodeProperties = {
	displayName: 'Type',
	name: 'channelType',
	type: 'options',
	options: [
		{ name: 'Corporate', value: '1' },
		{ name: 'Individual', value: '0' },
	],
	default: '0',
};

const details: INodeProperties[] = [
	optionalText({
		displayName: 'Address',
		name: 'address',
		description: 'The collection address of the customer',
	}),
	optionalText({ displayName: 'Chain', name: 'chain', placeholder: 'e.g. TRX' }),
	{
		displayName: 'Custom Fields',
		name: 'customFields',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Field',
		default: {},
		options: [
			{
				displayName: 'Field',
				name: 'field',
				values: [
					optionalText({
						displayName: 'Code',
						name: 'code',
						description: 'Links to a spare field of the dashboard',
					}),
					requiredText({ displayName: 'Name', name: 'name' }),
					requiredText({ displayName: 'Value', name: 'value' }),
				],
			},
		],
	},
	optionalText({ displayName: 'Description', name: 'desc' }),
	channelType,
];

const chosenCustomer = fromList(
	{ displayName: 'Customer', name: 'channelId', description: 'The name of the customer (channel)' },
	'searchCustomers',
	'e.g. smart_shop',
	'By Name',
);

const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create customer',
	description: 'Add a customer (channel) that orders, payouts and addresses can belong to',
	request: 'POST /v1/pay/channelmanage/save',
	effect: 'write',
	referenceField: 'channelId',
	lookup: {
		operation: 'customer.getMany',
		by: 'channelId',
		with: { page: 1, count: 100 },
		field: 'channelId',
	},
	same: {
		fields: { channelId: 'channelId' },
		// Gate Pay fills in the values that the request leaves out.
		ifSent: { desc: 'desc', channelType: 'channelType', address: 'address', chain: 'chain' },
	},
	returns: {},
	docs: 'https://www.gate.com/docs/gatepay/channel_manage/en',
	wire: { within },
	fields: [
		requiredText({
			displayName: 'Name',
			name: 'channelId',
			placeholder: 'e.g. smart_shop',
			description: 'Letters, digits, _ and -, at most 50. It must be unique and cannot be changed.',
		}),
	],
	options: details,
	rules: { channelId: name },
};

const getMany: Operation = {
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many customers',
	description: 'List your customers',
	request: 'GET /v1/pay/channelmanage/list',
	effect: 'read',
	returns: {
		list: 'merchantChannelList',
		page: { number: 'page', size: 'count', first: 1, maximumSize: 100, total: 'total' },
	},
	docs: `${PAGES}/channel/queryChannel`,
	options: [
		optionalText({ displayName: 'Description', name: 'desc', description: 'Part of the description' }),
		optionalText({ displayName: 'Name', name: 'channelId', description: 'Part of the name' }),
		channelType,
	],
};

const update: Operation = {
	name: 'Update',
	value: 'update',
	action: 'Update customer',
	description: 'Change the details of a customer',
	request: 'PUT /v1/pay/channelmanage/update',
	onBehalfOf: '/payment/open/institution/v1/pay/channelmanage/update',
	effect: 'write',
	once: { see: 'customer.getMany' },
	returns: {},
	docs: `${PAGES}/channel/updateChannel`,
	wire: { within },
	fields: [chosenCustomer],
	options: details,
	rules: { channelId: name },
};

const remove: Operation = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete customer',
	description: 'Delete a customer. Known from the official SDK only.',
	request: 'DELETE /v1/pay/channelmanage/delete',
	effect: 'write',
	does: { deletes: true },
	once: { see: 'customer.getMany' },
	returns: {},
	docs: 'https://github.com/gate/gatepay-sdk-go',
	fields: [chosenCustomer],
};

/** Customers of the merchant; Gate Pay also calls them channels. */
export const customer: Resource = {
	name: 'Customer',
	value: 'customer',
	operations: [create, getMany, update, remove],
};
