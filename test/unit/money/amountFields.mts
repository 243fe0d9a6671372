import { isRecord } from '../../../core/exact/json.ts';
import type { FieldRule } from '../../../core/provider/fieldRule.ts';
import { findOperation, type Operation } from '../../../core/provider/operation.ts';
import type { Account, Provider } from '../../../core/provider/provider.ts';
import { bridgePay } from '../../../nodes/BridgePay/provider.ts';
import { gatePay } from '../../../nodes/GatePay/provider.ts';
import { okiPays } from '../../../nodes/OkiPays/provider.ts';
import { payPlay } from '../../../nodes/PayPlay/provider.ts';
import { rapira } from '../../../nodes/Rapira/provider.ts';
import { fixtures as bridgePayFixtures } from '../bridgePay/requestFixtures.mts';
import { orders } from '../gatePay/requests/orders.mts';
import { otcAndPayouts } from '../gatePay/requests/otcAndPayouts.mts';
import { services } from '../gatePay/requests/services.mts';
import { fixtures as okiPaysFixtures } from '../okiPays/requestFixtures.mts';
import { fixtures as payPlayFixtures } from '../payPlay/requestFixtures.mts';
import { fixtures as rapiraFixtures } from '../rapira/requestFixtures.mts';
import type { RequestFixture } from '../requestFixtures.mts';

export type AmountRule = Extract<FieldRule, { kind: 'amount' }>;

/** An amount field of an operation, in a request that is otherwise right. */
export interface AmountField {
	provider: Provider;
	account: Account;
	operation: Operation;
	/** e.g. `withdraw_list.amount` */
	path: string;
	rule: AmountRule;
	/** The request with another amount. */
	fixture(amount: unknown): RequestFixture;
}

const parameters = { merchantId: '10001', clientId: 'cid', paymentPageSlug: 'page', companySlug: 'company' };
const account: Account = { origin: 'https://api.example.com', id: 'a', parameters, secrets: [] };

const all: Array<[Provider, RequestFixture[]]> = [
	[gatePay, [...otcAndPayouts, ...orders, ...services]],
	[bridgePay, bridgePayFixtures],
	[okiPays, okiPaysFixtures],
	[payPlay, payPlayFixtures],
	[rapira, rapiraFixtures],
];

/** All fields with a rule for amounts that some fixture of a request fills. */
export const amountFields: AmountField[] = all.flatMap(([provider, fixtures]) =>
	fixtures.flatMap((fixture) => alike(provider, fixture).flatMap((one) => fieldsOf(provider, one))),
);

/** The names of all such fields, so that a test sees when one is forgotten. */
export const documented: string[] = all.flatMap(([{ name, resources }]) =>
	resources.flatMap((resource) =>
		resource.operations.flatMap((operation) =>
			Object.entries(operation.rules ?? {})
				.filter(([, { kind }]) => kind === 'amount')
				.map(([path]) => `${name} ${resource.value}.${operation.value} ${path}`),
		),
	),
);

/** The fixture of an endpoint, and the same one for every row that stands on it with the same parameters. */
function alike({ resources }: Provider, fixture: RequestFixture): RequestFixture[] {
	const others = resources.flatMap(({ value, operations }) =>
		operations
			.filter(({ standsOn, does: { packs } = {} }) => standsOn === fixture.operation && !packs)
			.map((operation) => ({ ...fixture, operation: `${value}.${operation.value}` })),
	);
	return [fixture, ...others];
}

function fieldsOf(provider: Provider, fixture: RequestFixture): AmountField[] {
	const operation = findOperation(provider.resources, fixture.operation);
	if (!operation) throw new Error(`There is no operation ${fixture.operation}`);
	const fields: AmountField[] = [];
	for (const [path, rule] of Object.entries(operation.rules ?? {})) {
		if (rule.kind !== 'amount' || !replaced(fixture, operation, path, '1')) continue;
		fields.push({
			provider,
			account: fixture.account ?? account,
			operation,
			path,
			rule,
			fixture: (amount) => replaced(fixture, operation, path, amount) ?? fixture,
		});
	}
	return fields;
}

/** The fixture with another value at the path. Undefined: it has no line for the field. */
function replaced(
	fixture: RequestFixture,
	{ options = [] }: Operation,
	path: string,
	amount: unknown,
): RequestFixture | undefined {
	const [name = '', inner] = path.split('.');
	// In a packed row each item has its own amount.
	if (fixture.items) return { ...fixture, items: fixture.items.map((item) => ({ ...item, [name]: amount })) };
	const place = options.some((option) => option.name === name) ? 'options' : 'fields';
	const value = inner === undefined ? amount : inLines(fixture[place]?.[name], inner, amount);
	return value === undefined ? undefined : { ...fixture, [place]: { ...fixture[place], [name]: value } };
}

function inLines(collection: unknown, name: string, amount: unknown): unknown {
	if (!isRecord(collection)) return undefined;
	const [group = '', lines] = Object.entries(collection)[0] ?? [];
	const first: unknown = Array.isArray(lines) ? lines[0] : lines;
	if (!isRecord(first)) return undefined;
	const line = { ...first, [name]: amount };
	return { [group]: Array.isArray(lines) ? [line] : line };
}
