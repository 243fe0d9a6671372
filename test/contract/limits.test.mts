import type { INodeProperties } from 'n8n-workflow';
import type { CheckedPayee, Moves } from '../../core/provider/moves.ts';
import { findOperation, type Operation } from '../../core/provider/operation.ts';
import { catalogue } from '../catalogue.mts';

const money = catalogue.flatMap(({ provider }) =>
	provider.resources.flatMap(({ value, operations }) =>
		operations
			.filter(({ effect, custom }) => effect === 'money' && !custom)
			.map(
				(operation) => [`${provider.displayName} ${value}.${operation.value}`, operation, provider] as const,
			),
	),
);

/** All paths of what a row sends, e.g. `withdraw_list.amount`. */
function sentPaths({
	fields = [],
	options = [],
	rules = {},
	wire: { sentAs = {} } = {},
	does: { packs } = {},
}: Operation): string[] {
	return [...fields, ...options].flatMap((field) => {
		const rule = rules[field.name];
		if (rule?.kind === 'parts') return [...rule.names];
		const name = sentAs[field.name] ?? field.name;
		const inList = packs?.lines.includes(name) ? [`${packs.into}.${name}`] : [];
		return [name, ...inList, ...membersOf(field).map((member) => `${name}.${member}`)];
	});
}

function membersOf({ type, options = [] }: INodeProperties): string[] {
	if (type !== 'fixedCollection') return [];
	return options.flatMap((group) => ('values' in group ? group.values.map(({ name }) => name) : []));
}

function payeeMembers(payee: string | CheckedPayee): string[] {
	if (typeof payee === 'string') return [payee];
	if ('kind' in payee) return [payee.member];
	return [payee.member, 'chain' in payee ? payee.chain : payee.way];
}

function namedIn({ lines, amount, currency, times, to, memo, unlessSet = [], repeatedIn }: Moves): string[] {
	const recipients = to === 'own account' ? [] : to.flatMap(payeeMembers);
	const all = [...amount, ...currency, ...recipients, times, memo, repeatedIn, ...unlessSet];
	const names = all.flatMap((name) => name ?? []);
	return lines === undefined ? names : names.map((name) => `${lines}.${name}`);
}

it('every member that is documented as an IBAN is checked where it is written', () => {
	const written = catalogue.flatMap(({ provider }) =>
		provider.resources.flatMap(({ operations }) => operations.filter(({ effect }) => effect !== 'read')),
	);
	const named = written.filter((operation) => sentPaths(operation).some((path) => /iban/i.test(path)));
	expect(named.map(({ action, later }) => [action, later])).toEqual([
		['Create OTC bank account', [{ member: 'iban', kind: 'account' }]],
	]);
});

describe('a call that moves money', () => {
	it.each(money)('says how much of what goes to whom, or why it cannot: %s', (_name, { moves }) => {
		expect(moves).toBeDefined();
		const { amount = [], currency = [], unsaid } = moves ?? {};
		expect(amount).toHaveLength(currency.length);
		expect(amount.length > 0).toBe(unsaid === undefined);
	});

	it.each(money)('names members that it sends: %s', (_name, operation, { resources }) => {
		const endpoint =
			operation.standsOn === undefined ? operation : findOperation(resources, operation.standsOn);
		const sent = [...sentPaths(operation), ...sentPaths(endpoint ?? operation)];
		for (const name of operation.moves ? namedIn(operation.moves) : []) expect(sent).toContain(name);
	});

	it.each(money)('checks an address where it names the chain: %s', (_name, operation) => {
		const { to = [] } = operation.moves ?? {};
		const unchecked = to === 'own account' ? [] : to.filter((payee) => typeof payee === 'string');
		const names = sentPaths(operation).some((path) => /(?:chain|network)$/i.test(path));
		if (names) expect(unchecked.filter((member) => /address|wallet/i.test(member))).toEqual([]);
	});

	it.each(money)('moves the same as the call that it stands on: %s', (_name, operation, { resources }) => {
		const endpoint =
			operation.standsOn === undefined ? operation : findOperation(resources, operation.standsOn);
		expect(operation.moves).toEqual(endpoint?.moves);
	});
});

it('a preview reads balances from a list that can be asked without a guess', () => {
	const named = money.flatMap(([name, { balance }, { resources }]) =>
		balance ? [{ name, asked: findOperation(resources, balance.operation) }] : [],
	);
	expect(named.length).toBeGreaterThanOrEqual(3);
	const odd = named.filter(({ asked }) => {
		const needed = [...(asked?.fields ?? [])].filter(({ required }) => required);
		return asked?.effect !== 'read' || !('list' in asked.returns) || needed.length > 0;
	});
	expect(odd.map(({ name }) => name)).toEqual([]);
});

it('a preview reads fees from a read whose parameters it has, and holds each row against the payment', () => {
	const named = money.flatMap(([name, operation, { resources }]) =>
		operation.fee
			? [{ name, operation, fee: operation.fee, asked: findOperation(resources, operation.fee.operation) }]
			: [],
	);
	expect(named.map(({ name }) => name)).toEqual([
		'Gate Pay payout.create',
		'Gate Pay payout.createMany',
		'BridgePay withdrawal.create',
		'Rapira payout.create',
	]);
	for (const { name, operation, fee, asked } of named) {
		const needed = (asked?.fields ?? []).filter(({ required }) => required).map((field) => field.name);
		expect([name, asked?.effect, needed]).toEqual([name, 'read', Object.keys(fee.by ?? {})]);
		const lines = operation.moves?.lines;
		const members = [
			...Object.values(fee.by ?? {}),
			...Object.keys(fee.same),
			...(fee.perChain === undefined ? [] : [fee.perChain]),
			...(fee.fromAmount ? [fee.fromAmount.member] : []),
		];
		const sent = sentPaths(operation);
		for (const member of members) expect(sent).toContain(lines === undefined ? member : `${lines}.${member}`);
		expect(Object.keys(fee.same)).not.toEqual([]);
	}
});

it('no GET moves money or changes something, because every GET counts as a read', () => {
	const all = catalogue.flatMap(({ provider }) => provider.resources.flatMap(({ operations }) => operations));
	const odd = all.filter(({ request, effect }) => request.startsWith('GET ') && effect !== 'read');
	expect(odd.map(({ action }) => action)).toEqual([]);
});

it('every credential has the same limits, without expressions', () => {
	const [first, ...others] = catalogue.map(({ credential: { properties } }) => {
		const start = properties.findIndex(({ name }) => name === 'limitsNotice');
		return properties.slice(start);
	});
	expect(first?.map(({ name }) => name)).toEqual([
		'limitsNotice',
		'paymentsOff',
		'mostPerPayment',
		'mostPerRun',
		'allowedRecipients',
		'approvalFrom',
		'aiAgents',
		'customRequests',
	]);
	for (const one of others) expect(one).toEqual(first);
	for (const field of first?.slice(1) ?? [])
		expect([field.name, field.noDataExpression]).toEqual([field.name, true]);
});
