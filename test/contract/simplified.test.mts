import { readFileSync } from 'node:fs';
import type { Json, JsonObject } from '../../core/exact/json.ts';
import { outcomeItem, readItems } from '../../core/items/output.ts';
import { requestLine, type Operation } from '../../core/provider/operation.ts';
import type { Provider } from '../../core/provider/provider.ts';
import { objectIn, rowsOf } from '../../core/wire/pages.ts';
import { catalogue } from '../catalogue.mts';
import { asSuccess, fullest } from './answers.mts';
import { readContract } from './contract.mts';

/** The most columns that a person reads at once. It is n8n's own number for a simplified output. */
const MOST = 10;

/** What every write and money operation adds in front. It does not count as the provider's. */
const OWN = ['outcome', 'reference', 'replayed', 'deleted'];

/** Records that keep more, each with its reason. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
	'gatePay.subscription.getPlan': 'its price is in crypto or in fiat, and no amount of it is left out',
	'gatePay.subscription.getPlans': 'the same',
	'rapira.otc.getAds':
		'an advertisement is chosen by its price, its fee, its limits, its time and its ways to pay',
};

/** Answers that cannot be made from the contract, each with its reason. */
const WITHOUT_ANSWER: Readonly<Record<string, string>> = {
	'gatePay.subscription.getDebits': 'no page shows an answer',
	'payPlay.balance.convert': 'no page shows an answer',
	'payPlay.convertWithdrawal.getCurrencies': 'no page shows an answer',
	'payPlay.transaction.getMany': 'no page shows an answer',
	'rapira.address.stopUsing': 'no page shows an answer',
};

/** The members of a success, where the envelope's schema does not show them. */
const SUCCESS: Readonly<Record<string, JsonObject>> = {
	gatePay: { code: '000000', status: 'SUCCESS', success: true },
	rapira: { code: 0, error: '' },
};

/** A record begins with what a person looks for, in this order. */
const FIRST = 'outcome status amount currency reference address payUrl final providerStatus id'.split(' ');

/** Members that say what became of the money. A record may not lose one of these. */
const DECIDING = /^(.*status|.*amount|currency|.*memo|.*reference|final|id|order_?id|txid)$/i;

const GUIDE = readFileSync('docs/guide.md', 'utf8');
const RECORD = /`(provider, kind,[^`]+)`/.exec(GUIDE)?.[1]?.split(/,\s+/) ?? [];

interface Seen {
	operation: Operation;
	/** The members that the provider documents, of the object or of a row. */
	raw: string[];
	simplified: string[];
}

const judged = catalogue
	.map(({ folder, provider }) => ({ folder, provider, answered: answeredBy(provider, folder) }))
	.filter(({ answered }) =>
		answered.some(({ operation, seen }) => operation.effect !== 'read' && seen.length > 0),
	);

it('is looked at for each provider whose verdict is written', () => {
	expect(judged.map(({ folder }) => folder)).toEqual(
		expect.arrayContaining(['BridgePay', 'GatePay', 'OkiPays', 'PayPlay', 'Rapira']),
	);
});

describe.each(judged)('the simplified output of $folder', ({ provider, answered }) => {
	const all = answered.flatMap(({ name, seen }) => seen.map((one) => ({ name, ...one })));
	const others = all.filter(({ operation }) => operation.returns.kind === undefined);
	const records = all.filter(({ operation }) => operation.returns.kind !== undefined);

	it('is known for every operation, except for those that are named', () => {
		const unknown = answered.filter(({ seen }) => seen.length === 0).map(({ name }) => name);
		const named = Object.keys(WITHOUT_ANSWER).filter((name) => name.startsWith(`${provider.name}.`));
		expect(unknown.sort()).toEqual(named.sort());
	});

	it(`has at most ${MOST} members where it is not a payment, except for those that are named`, () => {
		const long = others.filter(({ simplified }) => ofProvider(simplified).length > MOST);
		const named = Object.keys(EXCEPTIONS).filter((name) => name.startsWith(`${provider.name}.`));
		expect([...new Set(long.map(({ name }) => name))]).toEqual(named);
	});

	it('leaves out only members that the contract documents', () => {
		const leaving = others.filter(({ operation }) => operation.returns.leavesOut);
		const gone = leaving.map(({ name, raw, simplified }) => [
			name,
			raw.filter((one) => !simplified.includes(one)).sort(),
		]);
		const named = leaving.map(({ name, operation }) => [
			name,
			[...(operation.returns.leavesOut ?? [])].sort(),
		]);
		expect(gone).toEqual(named);
	});

	it('leaves out nothing of a payment, and no member that decides about money', () => {
		expect(records.filter(({ operation }) => operation.returns.leavesOut)).toEqual([]);
		const gone = others.flatMap(({ operation }) => operation.returns.leavesOut ?? []);
		expect(gone.filter((name) => DECIDING.test(name))).toEqual([]);
	});

	it.each(records)('begins with what a person looks for: $name', ({ simplified }) => {
		const known = FIRST.filter((name) => simplified.includes(name));
		expect(simplified.slice(0, known.length)).toEqual(known);
	});

	it.each(records)('has only members that the guide names: $name', ({ simplified }) => {
		expect(simplified.filter((name) => !GUIDE.includes(`\`${name}\``) && !RECORD.includes(name))).toEqual([]);
	});
});

function answeredBy(provider: Provider, folder: string) {
	return rowsOfProvider(provider).map((row) => ({ ...row, seen: seenOf(provider, row.operation, folder) }));
}

/** The operations that give out what the provider says: no file, and no comparison with a ledger. */
function rowsOfProvider({
	name: provider,
	resources,
}: Provider): Array<{ name: string; operation: Operation }> {
	return resources.flatMap(({ value, operations }) =>
		operations.flatMap((operation) =>
			operation.does?.reconciles || 'file' in operation.returns || value === 'customRequest'
				? []
				: [{ operation, name: `${provider}.${value}.${operation.value}` }],
		),
	);
}

/** What an operation gives out for the fullest documented success. Empty where no page shows one. */
function seenOf(provider: Provider, operation: Operation, folder: string): Seen[] {
	const contract = readContract(folder.toLowerCase());
	const { method, path } = requestLine(operation);
	const endpoint = contract.endpoints.find((one) => one.method === method && one.path === path);
	if (!endpoint?.answer) return [];
	const answer = asSuccess(fullest(endpoint.answer, contract), SUCCESS[provider.name] ?? {});
	const { verdict } = provider;
	const reading = verdict({ status: 200, headers: {}, text: JSON.stringify(answer) }, operation);
	if (reading.state !== 'accepted') return [];
	const rows = 'list' in operation.returns ? rowsOf(reading.data, operation) : [reading.data];
	return rows.map((row) => ({
		operation,
		raw: namesOf(firstOf(objectIn(row, operation) ?? row)),
		simplified: namesOf(itemOf(provider, operation, row).json),
	}));
}

function itemOf(provider: Provider, operation: Operation, data: Json) {
	if (operation.effect !== 'read') {
		const request = { reference: 'ref-1', values: {}, form: 'simplified' } as const;
		return outcomeItem(provider, operation, { state: 'applied', data }, request, 0);
	}
	const [item] = readItems(provider, operation, data, 'simplified', 0);
	return item ?? { json: {} };
}

/** Some answers that are one object by their row are a list. Each of its elements is an item. */
function firstOf(value: Json): Json {
	return Array.isArray(value) ? (value[0] ?? null) : value;
}

function namesOf(value: unknown): string[] {
	return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}

function ofProvider(names: readonly string[]): string[] {
	return names.filter((name) => !OWN.includes(name));
}
