import type { Mutation } from './play.mts';
import type { Product, Shop } from './shops/shop.mts';

/** The package with one thing wrong in it. */
export interface Mutant extends Mutation {
	name: string;
	/** What at least one violation has to say. */
	caught: RegExp;
}

const changed = (change: (product: Product) => Partial<Product>) => (shop: Shop) => ({
	...shop,
	product: { ...shop.product, ...change(shop.product) },
});

/** Another provider, and the trigger that asks it. */
const withProvider = (change: (provider: Product['provider']) => Partial<Product['provider']>) =>
	changed(({ provider, trigger }) => {
		const other = { ...provider, ...change(provider) };
		return { provider: other, ...(trigger && { trigger: { ...trigger, provider: other } }) };
	});

/** What is wrong, and what the oracle has to say about it. */
export const mutants: readonly Mutant[] = [
	{
		name: "the eventId leaves out the provider's word and its time",
		caught: /one name for two changes/,
		shop: withProvider(() => ({ eventVersion: () => [] })),
	},
	{
		name: 'the eventId has something of each time',
		caught: /two names for one change/,
		shop: withProvider(() => {
			let times = 0;
			return { eventVersion: () => [(times += 1)] };
		}),
	},
	{
		name: 'an answer about nothing is taken for one about what was asked',
		caught: /invented/,
		shop: withProvider(({ payment }) => ({
			payment: (...read) => {
				const record = payment(...read);
				return { ...record, id: record.id ?? 'order-1', reference: record.reference ?? '1' };
			},
		})),
	},
	{
		name: 'a signed notification is believed without asking',
		caught: /invented/,
		shop: changed(({ trigger }) => ({
			...(trigger && {
				trigger: {
					...trigger,
					receive: (...delivery) => {
						const received = trigger.receive(...delivery);
						if (received.state !== 'genuine') return received;
						return { ...received, notified: received.notified.map(({ event }) => ({ event })) };
					},
				},
			}),
		})),
	},
	{
		name: 'a forgery is taken',
		caught: /invented: a forgery/,
		shop: changed(({ trigger }) => ({
			...(trigger && {
				trigger: {
					...trigger,
					receive: (...delivery) => {
						const received = trigger.receive(...delivery);
						if (received.state !== 'forged') return received;
						const event = { eventId: 'x', event: 'other', id: '1', raw: {} };
						return { state: 'genuine', notified: [{ event }] };
					},
				},
			}),
		})),
	},
	{
		name: 'what is not understood is acknowledged',
		caught: /lost: acknowledged/,
		delivered: (delivered) =>
			delivered.status === 503 ? { status: 200, body: {}, items: undefined } : delivered,
	},
	{
		name: 'an execution begins for what is answered 503',
		caught: /invented/,
		delivered: (delivered) =>
			delivered.status === 503 ? { ...delivered, items: [{ eventId: 'x' }] } : delivered,
	},
	{
		name: 'a filter that fails lets everything through',
		caught: /invented|lost: acknowledged/,
		statuses: (statuses) => statuses ?? [],
	},
	{
		name: 'no filter filters',
		caught: /past the filter/,
		statuses: (statuses) => statuses && [],
	},
	{
		name: 'OkiPays is told done for every order',
		caught: /acknowledged with/,
		shop: changed(({ trigger }) => ({
			...(trigger && { trigger: { ...trigger, acknowledge: () => ({ status: 'done' }) } }),
		})),
	},
	{
		name: 'the lines of a batch are told as the batch',
		caught: /invented: a payout/,
		shop: withProvider(() => ({ parts: () => undefined })),
	},
	{
		name: 'the memory of a poll goes by the name of the node',
		caught: /lost/,
		stored: (stored, isRenamed) => (isRenamed ? { staticData: {} } : stored),
	},
	{
		name: 'the memory of a poll is not kept over a restart',
		caught: /lost/,
		stored: () => ({ staticData: {} }),
	},
	{
		name: 'a state that comes again in a poll has its old name',
		caught: /\d\. time of/,
		item: (item) => ({ ...item, eventId: String(item.eventId).replace(/-\d+$/, '') }),
	},
	{
		name: 'a poll tells a state of before',
		caught: /invented/,
		item: (item) => ({ ...item, providerStatus: 'ANOTHER' }),
	},
];
