import { findOperation } from '../../../core/provider/operation.ts';
import type { Provider } from '../../../core/provider/provider.ts';
import { bridgePay } from '../../../nodes/BridgePay/provider.ts';
import { gatePay } from '../../../nodes/GatePay/provider.ts';
import { okiPays } from '../../../nodes/OkiPays/provider.ts';
import { payPlay } from '../../../nodes/PayPlay/provider.ts';
import { rapira } from '../../../nodes/Rapira/provider.ts';

/** How each provider says no to a send, with a text that no page has. */
const subjects: ReadonlyArray<[Provider, send: string, status: number, refuse: (text: string) => object]> = [
	[
		gatePay,
		'payout.create',
		200,
		(text) => ({ status: 'FAIL', code: '559999', label: '', errorMessage: text }),
	],
	[gatePay, 'otc.createWithdrawal', 200, (text) => ({ code: '7', message: text })],
	[bridgePay, 'invoice.createPayOut', 400, (text) => [{ message: text }]],
	[payPlay, 'withdrawal.create', 422, (text) => ({ message: text, errors: { amount: ['x'] } })],
	[payPlay, 'cryptoOrder.create', 422, (text) => ({ message: 'x', errors: { amount: [text] } })],
	[okiPays, 'order.create', 400, (text) => ({ status: false, error: text, code: 77, token: 't' })],
	[okiPays, 'order.create', 400, (text) => ({ name: 'Bad Request', message: text, code: 0, status: 400 })],
	[rapira, 'payout.create', 400, (text) => ({ data: null, code: 400, message: text, isWorking: 1 })],
	[rapira, 'payout.create', 200, (text) => ({ data: null, code: 3, message: text, isWorking: 1 })],
];

const cases = subjects.flatMap(([provider, name, status, refuse]) => {
	const operation = findOperation(provider.resources, name);
	if (!operation) throw new Error(`No ${name}`);
	const say = (text: string) =>
		provider.verdict({ status, headers: {}, text: JSON.stringify(refuse(text)) }, operation);
	return [[`${provider.displayName} ${name} ${status}`, say] as const];
});

describe.each(cases)('%s', (_name, say) => {
	it.each([
		'Order has existed',
		'ORDER_EXISTS',
		'The order was already used',
		'must be unique',
		'already processed',
		'Duplicate order',
		'This value is already used.',
		'订单已存在',
		'Заказ уже существует',
	])('"there is one already" is a duplicate: %s', (text) =>
		expect(say(text)).toMatchObject({ state: 'refused', meaning: 'duplicate' }),
	);

	it.each([
		'System busy',
		'Request timeout',
		'Read timed out',
		'Internal server error',
		'Internal error, try later',
		'Unknown error',
		'Processing, please query the result',
		'Lock wait timeout exceeded',
		'系统繁忙',
		'Внутренняя ошибка',
	])('"I do not know" is no refusal: %s', (text) => expect(say(text)).toMatchObject({ state: 'unclear' }));

	it.each(['Balance too low', 'Amount is below the minimum', 'Недостаточно средств'])(
		'what says no is one: %s',
		(text) => {
			expect(say(text)).toMatchObject({ state: 'refused' });
			expect(say(text)).not.toHaveProperty('meaning');
		},
	);
});

it.each([
	[gatePay, 'payout.create', 'batch_id', 200, { status: 'FAIL', code: '9', errorMessage: 'Wrong batch id' }],
	[bridgePay, 'invoice.createPayOut', 'internalId', 400, [{ message: 'refused', field: 'internalId' }]],
	[payPlay, 'withdrawal.create', 'external_id', 422, { message: 'x', errors: { external_id: ['взято'] } }],
	[okiPays, 'order.create', 'order_id', 400, { status: false, error: 'Bad order_id', code: 77 }],
	[rapira, 'payout.create', 'nonce', 400, { data: null, code: 400, message: 'Invalid nonce', isWorking: 1 }],
] as const)(
	'a refusal that names what is unique is a duplicate: %# %s',
	(provider, name, _field, status, body) => {
		const operation = findOperation(provider.resources, name);
		const verdict =
			operation && provider.verdict({ status, headers: {}, text: JSON.stringify(body) }, operation);
		expect(verdict).toMatchObject({ state: 'refused', meaning: 'duplicate' });
	},
);
