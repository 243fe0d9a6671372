import { isEndpoint, type Operation } from '../../core/provider/operation.ts';
import { catalogue } from '../catalogue.mts';

/** The things that a hint can speak of. */
const THINGS = [
	'address order',
	'static address',
	'bank account',
	'batch',
	'Batch ID',
	'charge',
	'company',
	'conversion',
	'customer',
	'debit',
	'dispute',
	'fee rule',
	'gift card',
	'invoice',
	'order',
	'payment page',
	'payout',
	'plan',
	'product',
	'quote',
	'refund',
	'sub-account',
	'subscription',
	'transfer',
	'withdrawal',
];

/** What calls of a resource are about; every other thing in a hint would send the reader elsewhere. */
const ABOUT: Readonly<Record<string, readonly string[]>> = {
	'gatePay otc': ['order', 'bank account', 'quote'],
	'gatePay payout': ['payout', 'batch', 'Batch ID', 'transfer'],
	'gatePay paymentOrder': ['order'],
	'gatePay refund': ['refund', 'order', 'address order'],
	'gatePay addressPayment': ['order', 'address order', 'refund'],
	'gatePay staticAddress': ['static address', 'address'],
	'gatePay convert': ['conversion', 'quote'],
	'gatePay reconciliation': ['order', 'payout'],
	'gatePay giftCard': ['gift card'],
	'gatePay customer': ['customer'],
	'gatePay subscription': ['subscription', 'plan', 'product', 'debit'],
	'gatePay institution': ['sub-account', 'fee rule', 'transfer', 'charge'],
	'bridgePay invoice': ['invoice', 'dispute'],
	'bridgePay withdrawal': ['withdrawal'],
	'okiPays order': ['order', 'invoice'],
	'payPlay order': ['order', 'payment page', 'company'],
	'payPlay cryptoOrder': ['order', 'payment page', 'company'],
	'payPlay topUp': ['order', 'payment page', 'company'],
	'payPlay staticWallet': ['order', 'payment page', 'company'],
	'payPlay withdrawal': ['withdrawal', 'payment page', 'company'],
};

/** Codes of Gate Pay's table of errors. 400622 is "conversion failed": its hint speaks of a quote in every call. */
const GATE_PAY_CODES = (
	'400001 400002 400003 400004 400007 400020 400201 400202 400203 400204 400205 400304 400603 400604 400605 ' +
	'400607 400608 400620 400621 400623 400624 500008 500100 500101 500103 500203 500204 500205 500206 500207 ' +
	'500208 550139 550140 550141 550233 550234 550235 550238 550239 550240 550241 550242 550245 550249 5504060'
).split(' ');

const json = (status: number, body: unknown) => ({ status, headers: {}, text: JSON.stringify(body) });

/** Each provider's refusals of an object that is not there, and the other documented ones, whatever call they answer. */
const REFUSALS: Readonly<Record<string, ReadonlyArray<ReturnType<typeof json>>>> = {
	gatePay: GATE_PAY_CODES.map((code) => json(200, { status: 'FAIL', code, errorMessage: 'no', data: null })),
	bridgePay: [json(404, null), json(400, [{ message: 'no' }]), json(401, [{ message: 'no' }])],
	okiPays: ['-1', '14', '19'].map((code) => json(400, { status: false, error: 'no', code: Number(code) })),
	payPlay: [401, 404, 422].map((status) => json(status, { message: 'no' })),
	rapira: [400, 401, 403].map((status) => json(status, { code: status, message: 'no' })),
};

type Case = [name: string, about: readonly string[], operation: Operation];

describe.each(catalogue)('a hint of $folder speaks of nothing else than the call', ({ provider }) => {
	const cases = provider.resources.flatMap((resource) =>
		resource.operations.filter(isEndpoint).map((one): Case => {
			const about = ABOUT[`${provider.name} ${resource.value}`] ?? [];
			return [`${resource.value}.${one.value}`, about, one];
		}),
	);

	it.each(cases)('%s', (_name, about, operation) => {
		const hints = (REFUSALS[provider.name] ?? []).map((answer) => {
			const found = provider.verdict(answer, operation);
			return found.state === 'refused' ? (found.nextStep ?? '') : '';
		});
		const foreign = hints.filter((hint) =>
			THINGS.some(
				(thing) =>
					new RegExp(`\\b${thing}s?\\b`, 'i').test(hint) &&
					!about.some((own) => own === thing || own.endsWith(` ${thing}`) || thing.startsWith(`${own} `)),
			),
		);
		expect(foreign).toEqual([]);
	});
});

const operationOf = (name: string, resourceValue: string, value: string): Operation => {
	const found = catalogue
		.find(({ provider }) => provider.name === name)
		?.provider.resources.find((one) => one.value === resourceValue)
		?.operations.find((one) => one.value === value);
	if (!found) throw new Error(`No operation ${resourceValue}.${value}`);
	return found;
};

it.each<[string, string, string, ReturnType<typeof json>, string]>([
	[
		'gatePay',
		'staticAddress',
		'get',
		json(200, { status: 'FAIL', code: '500203', errorMessage: 'no' }),
		'Check which static address was asked for; a new one may take a moment to be found',
	],
	['bridgePay', 'withdrawal', 'get', json(404, null), 'Check the ID of the withdrawal'],
	['payPlay', 'transaction', 'get', json(404, { message: 'no' }), 'Check the ID'],
	[
		'payPlay',
		'withdrawal',
		'create',
		json(404, { message: 'no' }),
		'Check the Company Slug: it is not that of a payment page',
	],
	['bridgePay', 'invoice', 'cancel', json(400, [{ message: 'x' }]), expect.stringContaining('over already')],
])('%s %s.%s names its own object', (name, resource, value, answer, nextStep) => {
	const operation = operationOf(name, resource, value);
	const { provider } = catalogue.find((parts) => parts.provider.name === name) ?? {};
	expect(provider?.verdict(answer, operation)).toMatchObject({ state: 'refused', nextStep });
});
