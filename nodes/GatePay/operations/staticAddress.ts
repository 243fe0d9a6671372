import type { INodeProperties } from 'n8n-workflow';
import { fromList } from '../../../core/fields/fromList';
import { optionalText, requiredText } from '../../../core/fields/typed';
import type { Operation, Resource } from '../../../core/provider/operation';
import { address, customerName, endTime, milliseconds, PAGES, startTime } from './fields';

const channelId: INodeProperties = requiredText({
	displayName: 'Customer',
	name: 'channelId',
	placeholder: 'e.g. smart_shop',
	description: 'The name of your customer (channel) that the address belongs to',
});

const chain = fromList(
	{ displayName: 'Chain', name: 'chain', description: 'The network of the address' },
	'searchStaticAddressChains',
	'e.g. TRX',
	'By Code',
);

/** Controls the value that is sent as Callback URL. */
const callback: INodeProperties = {
	displayName: 'Callback',
	name: 'callback',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Other URL',
			value: 'url',
			description: 'Any URL, e.g. that of a Gate Pay Trigger in another workflow',
		},
		{
			name: "This Workflow's Trigger",
			value: 'trigger',
			description: 'The Gate Pay Trigger of this workflow, which must be published',
		},
	],
	default: 'trigger',
	description: 'Where this address sends its notifications',
};

const callbackUrl: INodeProperties = optionalText({
	displayName: 'Callback URL',
	name: 'callbackUrl',
	placeholder: 'e.g. https://n8n.example/webhook/gate-pay',
	description:
		'Where this address sends its notifications, at most 128 characters; the Production URL of a Gate Pay Trigger in any workflow',
});

const triggerUrl = { parameter: 'callbackUrl', choice: 'callback' };

const save: Operation = {
	name: 'Create or Update',
	value: 'save',
	action: 'Create or update static address',
	description:
		'Get an address for a customer on a chain. Where there is one already, its currencies and callback URL are replaced.',
	request: 'POST /v1/pay/fixedaddress/save',
	onBehalfOf: '/payment/open/institution/v1/pay/fixedaddress/save',
	effect: 'write',
	once: { see: 'staticAddress.get' },
	// Whoever is shown the address of another customer or chain pays there.
	proof: {
		has: ['address'],
		same: { fields: { channelId: 'channelId' }, grouped: { chain: ['chain'] } },
	},
	returns: {},
	docs: `${PAGES}/fixedaddress/save`,
	fields: [
		channelId,
		chain,
		requiredText({
			displayName: 'Currencies',
			name: 'currencies',
			placeholder: 'e.g. USDT,USDC',
			description: 'The currencies that the address takes, separated by commas without spaces',
		}),
	],
	steering: ['callback'],
	does: { triggerUrl },
	options: [callback, callbackUrl],
	rules: { channelId: customerName(50), callbackUrl: address(128) },
};

const evmNetworks: INodeProperties = {
	displayName: 'Networks',
	name: 'chianCurrencyInfos',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Network',
	required: true,
	default: {},
	options: [
		{
			displayName: 'Network',
			name: 'network',
			values: [
				optionalText({
					displayName: 'Chain',
					name: 'chain',
					placeholder: 'e.g. ETH',
					description: 'An EVM network like ETH, MATIC, ARBEVM or BSC',
				}),
				optionalText({
					displayName: 'Currencies',
					name: 'currencies',
					placeholder: 'e.g. USDT, USDC',
					description: 'Separated by commas',
				}),
			],
		},
	],
};

const createEvm: Operation = {
	name: 'Create EVM Address',
	value: 'createEvm',
	action: 'Create static address for several EVM networks',
	description:
		'Get one address for several EVM networks. A network that the customer has already is refused.',
	request: 'POST /merchant/open/v1/pay/fixedaddress/evm/save',
	onBehalfOf: '/merchant/open/institution/v1/pay/fixedaddress/evm/save',
	effect: 'write',
	once: { see: 'staticAddress.getMany' },
	proof: { has: ['address'], same: { fields: { channelId: 'channelId' } } },
	returns: {},
	docs: `${PAGES}/fixedaddress/evm-save`,
	fields: [channelId, evmNetworks],
	steering: ['callback'],
	does: { triggerUrl },
	options: [callback, callbackUrl],
	rules: {
		channelId: customerName(50),
		callbackUrl: address(128),
		'chianCurrencyInfos.currencies': { kind: 'list' },
	},
};

const callbackNotice: INodeProperties = {
	displayName:
		'The URL of this execution becomes the callback URL of the address, in place of the one that it had. It is called for one payment only: use Create or Update afterwards with the URL of a Gate Pay Trigger for what is sent later. Get Many Payments lists everything that was received. At the time limit nothing was announced, and n8n must be reachable from the internet until then.',
	name: 'callbackNotice',
	type: 'notice',
	default: '',
};

/**
 * An address's notifications contain the address. The request and the customer appear in them in several spellings,
 * so only the address identifies it.
 */
const onAddress = {
	parameter: 'callbackUrl',
	about: { address: 'address' },
	kinds: ['staticAddressPayment', 'staticAddressRisk', 'unresolvedPayment'],
};

const saveAndWait: Operation = {
	...save,
	name: 'Create or Update and Wait',
	value: 'saveAndWait',
	action: 'Create or update static address and wait',
	description: 'Get an address for a customer and let the execution sleep until something is received on it',
	standsOn: 'staticAddress.save',
	does: { callback: onAddress },
	steering: ['callbackNotice'],
	fields: [...(save.fields ?? []), callbackNotice],
	options: [],
};

const createEvmAndWait: Operation = {
	...createEvm,
	name: 'Create EVM Address and Wait',
	value: 'createEvmAndWait',
	action: 'Create static address for several EVM networks and wait',
	description:
		'Get one address for several EVM networks and let the execution sleep until something is received on it',
	standsOn: 'staticAddress.createEvm',
	does: { callback: onAddress },
	steering: ['callbackNotice'],
	fields: [...(createEvm.fields ?? []), callbackNotice],
	options: [],
};

const getMany: Operation = {
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many static addresses',
	description: 'List the static addresses; is_risk 1 means that an address must not be used any more',
	request: 'GET /v1/pay/fixedaddress/list',
	onBehalfOf: '/payment/open/institution/v1/pay/fixedaddress/list',
	effect: 'read',
	returns: {
		list: 'list',
		page: { number: 'page', size: 'count', first: 0, maximumSize: 100, total: 'total' },
	},
	docs: `${PAGES}/fixedaddress/list`,
};

const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get static address',
	description: 'Get the address of a customer on a chain',
	request: 'GET /v1/pay/fixedaddress/detail',
	onBehalfOf: '/payment/open/institution/v1/pay/fixedaddress/detail',
	effect: 'read',
	about: { channelId: 'channelId' },
	returns: {},
	docs: `${PAGES}/fixedaddress/detail`,
	fields: [channelId, chain],
	rules: { channelId: customerName(50) },
};

const remove: Operation = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete static address',
	description:
		'Delete the address of a customer on a chain. What is sent there later needs a decision by hand.',
	request: 'DELETE /v1/pay/fixedaddress/delete',
	effect: 'write',
	does: { deletes: true },
	once: { see: 'staticAddress.getMany' },
	returns: {},
	docs: `${PAGES}/fixedaddress/delete`,
	fields: [channelId, chain],
	rules: { channelId: customerName(50) },
};

const getPayments: Operation = {
	name: 'Get Many Payments',
	value: 'getPayments',
	action: 'Get many payments on static address',
	description: 'List what was received on the address of a customer in a time range',
	request: 'GET /v1/pay/fixedaddress/order/query',
	onBehalfOf: '/payment/open/institution/v1/pay/fixedaddress/order/query',
	effect: 'read',
	returns: {
		kind: 'staticAddressPayment',
		list: 'details',
		// This page does not give the number of the first page. The list of addresses begins with page 0.
		page: { number: 'page', size: 'count', first: 0, maximumSize: 100, total: 'total' },
	},
	docs: `${PAGES}/fixedaddress/order-query`,
	fields: [channelId, chain, startTime, endTime],
	options: [
		optionalText({ displayName: 'Address', name: 'address' }),
		optionalText({ displayName: 'Transaction Hash', name: 'txHash' }),
	],
	rules: { channelId: customerName(50), startTime: milliseconds, endTime: milliseconds },
};

const getChains: Operation = {
	name: 'Get Many Chains',
	value: 'getChains',
	action: 'Get many static address chains',
	description: 'List the networks that static addresses can be on, with their currencies',
	request: 'GET /v1/pay/fixedaddress/chains',
	onBehalfOf: '/merchant/open/institution/v1/pay/fixedaddress/chains',
	effect: 'read',
	unverified: 'only the page for institutions describes this call',
	returns: { list: 'Chains' },
	docs: `${PAGES}/fixedaddress/chains`,
};

/** Receiving addresses that stay with a customer. */
export const staticAddress: Resource = {
	name: 'Static Address',
	value: 'staticAddress',
	operations: [save, saveAndWait, createEvm, createEvmAndWait, getMany, get, remove, getPayments, getChains],
};
