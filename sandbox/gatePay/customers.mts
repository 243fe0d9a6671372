import type { Fields } from '../values.mts';
import { pageOf, type Call, type Handler } from './call.mts';
import type { Customer } from './merchantState.mts';
import { Refusal } from './refusal.mts';
import type { World } from './world.mts';

export const createCustomer: Handler = (call, world) => {
	const given = only(call);
	const channelId = given.text('channelId');
	if (world.state.customers.some((customer) => customer.channelId === channelId))
		throw new Refusal('400201', `The customer ${channelId} exists already`);
	const times = { createTime: world.now(), updateTime: world.now() };
	world.state.customers.push({ channelId, ...details(given), ...times });
	return {};
};

export const updateCustomer: Handler = (call, world) => {
	const given = only(call);
	const customer = find(world, given.text('channelId'));
	Object.assign(customer, details(given, customer), { updateTime: world.now() });
	return {};
};

export const deleteCustomer: Handler = ({ query }, world) => {
	const customer = find(world, query.text('channelId'));
	world.state.customers.splice(world.state.customers.indexOf(customer), 1);
	return {};
};

/** A filter finds customers by a part of their name or description, as documented. */
export const listCustomers: Handler = ({ query }, { state }) => {
	const matching = state.customers.filter(
		({ channelId, desc, channelType }) =>
			channelId.includes(query.textOr('channelId', '')) &&
			desc.includes(query.textOr('desc', '')) &&
			(!query.has('channelType') || channelType === query.text('channelType')),
	);
	const rows = pageOf(matching, query.number('page'), query.number('count'));
	return { total: matching.length, merchantChannelList: rows.map(shape) };
};

/** The only customer in the list: "One customer per call." */
function only({ body }: Call): Fields {
	const [customer, ...others] = body.list('merchantChannelList');
	if (!customer || others.length > 0)
		throw new Refusal('400001', 'merchantChannelList must have one customer');
	return customer;
}

function details(given: Fields, known?: Customer) {
	const fields: unknown = given.value('customFields');
	return {
		desc: given.textOr('desc', known?.desc ?? ''),
		channelType: given.textOr('channelType', known?.channelType ?? '0'),
		address: given.textOr('address', known?.address ?? ''),
		chain: given.textOr('chain', known?.chain ?? ''),
		customFields: Array.isArray(fields) ? fields : (known?.customFields ?? []),
	};
}

function find({ state }: World, id: string): Customer {
	const customer = state.customers.find(({ channelId }) => channelId === id);
	if (!customer) throw new Refusal('400202', `The customer ${id} does not exist`);
	return customer;
}

function shape({ createTime, updateTime, ...customer }: Customer) {
	return { ...customer, createTime: String(createTime), updateTime: String(updateTime) };
}
